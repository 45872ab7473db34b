// templatefile(path, vars): the variables that the template wants and those that it is given.
#include "validate/cross.h"

typedef struct Given {
  World *world;
  Str folder;
} Given;

static bool is_letter(char c) {
  return ascii_is_letter(c) || c == '_';
}

static bool is_name_char(char c) {
  return is_letter(c) || ascii_is_digit(c) || c == '-';
}

static bool is_keyword(Str name) {
  static const Str words[] = {STR_INIT("for"),  STR_INIT("in"),    STR_INIT("if"),
                              STR_INIT("else"), STR_INIT("endif"), STR_INIT("endfor"),
                              STR_INIT("true"), STR_INIT("false"), STR_INIT("null")};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (str_eq(name, words[i])) return true;
  }
  return false;
}

// The names that the expression in text[from, to) reads; `loops` collects the names that a `for` binds.
static void read_names(World *world, Str text, size_t from, size_t to, Map *names, Map *loops) {
  bool quoted = false, binding = false;
  for (size_t i = from; i < to; i++) {
    char c = text.at[i];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') i++;
    if (quoted && c == '$' && i + 1 < to && text.at[i + 1] == '{') quoted = false; // an expression in a string; its end
    if (quoted || !is_letter(c)) continue;                                         // quote turns this round again
    size_t start = i;
    while (i < to && is_name_char(text.at[i])) i++;
    Str name = str_slice(text, start, i);
    size_t next = i;
    while (next < to && text.at[next] == ' ') next++;
    bool member = start > from && text.at[start - 1] == '.', call = next < to && text.at[next] == '(';
    bool key = next < to && text.at[next] == '=' && (next + 1 == to || text.at[next + 1] != '=');
    if (str_eq(name, S("for"))) binding = true;
    if (str_eq(name, S("in"))) binding = false;
    if (binding && !is_keyword(name)) map_set(loops, name, (void *)text.at);
    if (!binding && !member && !call && !key && !is_keyword(name) && !map_get(names, name))
      map_set(names, str_dup(world->arena, name), (void *)(uintptr_t)(start + 1));
    i--;
  }
}

// The variables that a template reads, with the offset + 1 of their first use.
static Map wanted_by(World *world, Str text) {
  Map names = {.arena = world->arena}, loops = {.arena = world->arena}, free_names = {.arena = world->arena};
  for (size_t i = 0; i + 1 < text.len; i++) {
    bool opens = (text.at[i] == '$' || text.at[i] == '%') && text.at[i + 1] == '{';
    if (!opens) continue;
    if (i > 0 && text.at[i - 1] == text.at[i]) continue; // $${ is an escape
    size_t depth = 0, end = i + 1;
    for (; end < text.len; end++) {
      if (text.at[end] == '{') depth++;
      if (text.at[end] == '}' && --depth == 0) break;
    }
    read_names(world, text, i + 2, end, &names, &loops);
    i = end;
  }
  for (size_t i = 0; i < names.len; i++) {
    if (!map_get(&loops, names.entries[i].key)) map_set(&free_names, names.entries[i].key, names.entries[i].value);
  }
  return free_names;
}

static Str key_of(const HclMember *member) {
  if (member->key->kind == HCL_STRING || member->key->kind == HCL_NAME) return member->key->text;
  return (Str){0};
}

static void check_wanted(const Given *given, const Map *wanted, const HclExpr *vars, uint32_t template_file) {
  for (size_t i = 0; i < wanted->len; i++) {
    Str name = wanted->entries[i].key;
    bool there = false;
    Nearest nearest = nearest_to(name);
    for (uint32_t k = 0; k < vars->count; k++) {
      there |= str_eq(key_of(&vars->members[k]), name);
      nearest_offer(&nearest, key_of(&vars->members[k]));
    }
    if (there) continue;
    uint32_t at = (uint32_t)((uintptr_t)wanted->entries[i].value - 1);
    Diag *made = diag(given->world->diags, DIAG_ERROR, "V7003", (Span){template_file, at, at + (uint32_t)name.len},
                      "the template reads `%.*s`, which templatefile() does not give it", STR_ARG(name));
    diag_note(given->world->diags, made, vars->span, "what it is given");
    Str best = nearest_best(&nearest);
    if (best.len) diag_help(given->world->diags, made, "did you mean `%.*s`?", STR_ARG(best));
  }
}

static void check_call(void *with, const HclExpr *call) {
  const Given *given = with;
  Str path, text;
  uint32_t file;
  if (call->count != 2 || !cross_text(given->world, call->items[0], given->folder, &path)) return;
  const HclExpr *vars = call->items[1];
  if (vars->kind != HCL_OBJECT || !cross_read(given->world, path, &text, &file)) return;
  Map wanted = wanted_by(given->world, text);
  for (uint32_t k = 0; k < vars->count; k++) {
    if (!key_of(&vars->members[k]).len) return; // a computed name
  }
  check_wanted(given, &wanted, vars, file);
  for (uint32_t k = 0; k < vars->count; k++) {
    Str name = key_of(&vars->members[k]);
    if (map_get(&wanted, name)) continue;
    diag(given->world->diags, DIAG_WARNING, "V7004", vars->members[k].key->span, "the template does not read `%.*s`",
         STR_ARG(name));
  }
}

void cross_check_templates(World *world) {
  for (size_t i = 0; i < world->bodies.len; i++) {
    const TopBody *top = &world->bodies.at[i];
    Given given = {world, top->folder};
    cross_each_call(top->body, S("templatefile"), check_call, &given);
  }
}
