// How wide a text is for alignment: `terraform fmt` counts grapheme clusters, so a letter with its accents is one
// column, an emoji made of several code points too.
#include "base/utf8.h"
#include "data/hcl_format.h"

size_t hcl_columns(Str text) {
  return utf8_count(text);
}
