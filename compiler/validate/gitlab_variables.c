// Misspelt predefined variables: `$CI_COMIT_SHA` is empty at run time, and nothing says so.
#include "base/embed.h"
#include "validate/gitlab.h"

enum { NEAR_MOST = 2 };

typedef struct Search {
  Gitlab *g;
  Map known;    // predefined
  Map declared; // anywhere in the file: as a key, or by a shell's NAME=
} Search;

static void read_known(Search *s) {
  Str text = {0};
  embed_find(S("shapes/gitlab-variables.txt"), &text);
  while (text.len) {
    Str line = str_trim(str_cut(text, '\n', &text));
    if (line.len && line.at[0] != '#') map_set(&s->known, line, s);
  }
}

static bool is_prefixed(Str name) {
  return str_starts(name, S("CI_")) || str_starts(name, S("GITLAB_"));
}

// Every NAME= in a text counts as a declaration (export NAME=…, dotenv files, and so on).
static void declare_assigned(Search *s, Str text) {
  for (size_t i = 0; (i = str_find(text, S("="), i)) < text.len; i++) {
    size_t from = i;
    while (from && ascii_is_word(text.at[from - 1])) from--;
    if (from < i) map_set(&s->declared, str_slice(text, from, i), s);
  }
}

static void declare(Search *s, const Yaml *node) {
  if (yaml_is_scalar(node)) declare_assigned(s, node->text);
  for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->items.len; i++) declare(s, node->items.at[i]);
  for (size_t i = 0; node->kind == YAML_MAPPING && i < node->pairs.len; i++) {
    const YamlPair *pair = &node->pairs.at[i];
    if (yaml_is_scalar(pair->key)) map_set(&s->declared, pair->key->text, s);
    declare(s, pair->value);
  }
}

static void check_name(Search *s, const Yaml *node, Str name) {
  if (!is_prefixed(name) || map_get(&s->known, name) || map_get(&s->declared, name)) return;
  Str best = {0};
  size_t distance = NEAR_MOST + 1;
  for (size_t i = 0; i < s->known.len; i++) {
    size_t d = str_distance(name, s->known.entries[i].key, NEAR_MOST);
    if (d < distance) best = s->known.entries[i].key, distance = d;
  }
  if (!best.len) return;
  Diag *d = diag(s->g->diags, DIAG_WARNING, "V3032", node->span, "$%.*s is no predefined variable", STR_ARG(name));
  diag_help(s->g->diags, d, "did you mean $%.*s?", STR_ARG(best));
}

static void check_text(Search *s, const Yaml *node) {
  Str text = node->text;
  for (size_t i = 0; (i = str_find(text, S("$"), i)) < text.len;) {
    size_t from = i + 1 + (i + 1 < text.len && text.at[i + 1] == '{');
    for (i = from; i < text.len && ascii_is_word(text.at[i]); i++) continue;
    check_name(s, node, str_slice(text, from, i));
  }
}

static void check_node(Search *s, const Yaml *node) {
  if (yaml_is_scalar(node)) check_text(s, node);
  for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->items.len; i++) check_node(s, node->items.at[i]);
  for (size_t i = 0; node->kind == YAML_MAPPING && i < node->pairs.len; i++) check_node(s, node->pairs.at[i].value);
}

void gitlab_check_variables(Gitlab *g) {
  Search s = {.g = g, .known = {.arena = g->arena}, .declared = {.arena = g->arena}};
  read_known(&s);
  declare(&s, g->root);
  check_node(&s, g->root);
}
