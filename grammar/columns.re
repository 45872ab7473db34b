// How wide a text is for alignment: `terraform fmt` counts grapheme clusters (Unicode Standard Annex 29), so a letter with
// its accents is one column, an emoji made of several code points too.
#include "data/hcl_format.h"

/*!re2c
  re2c:api:style = free-form;
  re2c:define:YYCTYPE = "unsigned char";
  re2c:define:YYCURSOR = at;
  re2c:define:YYMARKER = marker;
  re2c:define:YYLIMIT = limit;
  re2c:yyfill:enable = 0;
  re2c:eof = 0;
*/
/*!include:re2c "unicode_categories.re" */

static size_t count_clusters(Str text) {
  const unsigned char *at = (const unsigned char *)text.at, *limit = at + text.len, *marker;
  for (size_t count = 0;; count++) {
    /*!re2c
      joiner    = "\u200D";
      modifier  = [\U0001F3FB-\U0001F3FF];
      tag       = [\U000E0020-\U000E007F];
      extend    = Mn | Me | Mc | "\u200C" | joiner | modifier | tag;
      picture   = [\u00A9\u00AE\u203C\u2049\u2122\u2139\u2194-\u2199\u21A9\u21AA\u231A-\u23FF\u24C2\u25AA-\u27BF]
                | [\u2934\u2935\u2B05-\u2B55\u3030\u303D\u3297\u3299]
                | [\U0001F000-\U0001F1E5\U0001F200-\U0001F3FA\U0001F400-\U0001FAFF];
      region    = [\U0001F1E6-\U0001F1FF];
      lead      = [\u1100-\u115F\uA960-\uA97C];
      vowel     = [\u1160-\u11A7\uD7B0-\uD7C6];
      trail     = [\u11A8-\u11FF\uD7CB-\uD7FB];
      syllable  = [\uAC00-\uD7A3];
      hangul    = lead+ | lead* (syllable | vowel) vowel* trail* | trail+;
      emoji     = picture (extend* joiner picture)*;

      $                                                         { return count; }
      "\r\n"                                                    { continue; }
      (emoji | region region? | hangul | [^\r\n]) extend*       { continue; }
      *                                                         { continue; }
    */
  }
}

size_t hcl_columns(Arena *arena, Str text) {
  size_t i = 0;
  while (i < text.len && (unsigned char)text.at[i] < 0x80 && text.at[i] != '\r') i++;
  return i == text.len ? i : count_clusters(str_dup(arena, text)); // re2c wants its sentinel
}
