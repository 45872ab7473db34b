#include "facts/terraform_value.h"
#include "base/embed.h"
#include <assert.h>

// The rows of a type stand together.
static Str first_row(Str type) {
  Str table;
  bool found = embed_find(S("facts/terraform-values.tsv"), &table);
  assert(found);
  (void)found;
  for (size_t at = 0; (at = str_find(table, type, at)) < table.len; at += type.len) {
    size_t end = at + type.len;
    if (at && table.at[at - 1] == '\n' && end < table.len && table.at[end] == '\t')
      return str_slice(table, at, table.len);
  }
  return S("\n");
}

bool facts_tf_rule(Str type, Str *rest, FactsTfRule *rule) {
  if (!rest->at) *rest = first_row(type);
  Str line = str_cut(*rest, '\n', rest);
  rule->type = str_cut(line, '\t', &line);
  if (!str_eq(rule->type, type)) return false;
  rule->path = str_cut(line, '\t', &line);
  rule->rule = str_cut(line, '\t', &line);
  rule->value = str_cut(line, '\t', &line);
  rule->when = line;
  return true;
}
