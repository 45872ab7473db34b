// Checks a tree against a shape. Each place is complained about once: a value whose kind does not fit is not looked
// into.
#include "validate/shape.h"

enum { WORDS_SHOWN = 16 };

typedef struct Place {
  Str name;  // of the key above
  bool item; // an item of the list that stands there
  Span at;
} Place;

static void check_shape(ShapeCheck *c, const Shape *shape, const Yaml *node, Place place);

Diag *shape_complain(ShapeCheck *check, const char *code, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str text = str_vfmt(check->diags->arena, format, args);
  va_end(args);
  bool pinned = span_known(check->pin);
  Diag *d = diag(check->diags, check->level, code, pinned ? check->pin : span, "%.*s", STR_ARG(text));
  if (pinned) diag_note(check->diags, d, span, "here");
  return d;
}

// --- What fits

static bool is_expression(Str text) {
  text = str_trim(text);
  return str_starts(text, S("${{")) && str_ends(text, S("}}")) && str_find(text, S("${{"), 3) == text.len;
}

static bool kind_fits(const ShapeAlternative *a, const Yaml *node) {
  switch (a->kind) {
  case SHAPE_STRING: return node->kind == YAML_STRING || node->kind == YAML_TIME;
  case SHAPE_SCALAR: return yaml_is_scalar(node) && node->kind != YAML_NULL;
  case SHAPE_INT: return node->kind == YAML_INT;
  case SHAPE_NUMBER: return node->kind == YAML_INT || node->kind == YAML_FLOAT;
  case SHAPE_BOOL: return node->kind == YAML_BOOL;
  case SHAPE_NULL: return node->kind == YAML_NULL;
  case SHAPE_ANY: return true;
  case SHAPE_EXPRESSION: return node->kind == YAML_STRING && is_expression(node->text);
  case SHAPE_WORD: return node->kind == YAML_STRING && str_eq(node->text, a->text);
  case SHAPE_LIST: return node->kind == YAML_SEQUENCE;
  case SHAPE_MAP: return node->kind == YAML_MAPPING;
  default: return false;
  }
}

// The first alternative whose kind fits; *owner becomes the named shape it stands in, *hook what is asked on the way.
static const ShapeAlternative *fitting(const Shape *shape, const Yaml *node, const Shape **owner, Str *hook,
                                       bool *lenient) {
  for (size_t i = 0; i < shape->alternatives.len; i++) {
    const ShapeAlternative *a = &shape->alternatives.at[i];
    const ShapeAlternative *found = a->kind == SHAPE_NAME ? fitting(a->inner, node, owner, hook, lenient) : NULL;
    if (found && a->hook.len) *hook = a->hook;
    if (found && a->lenient) *lenient = true;
    if (!found && kind_fits(a, node)) found = a;
    if (found && !*owner && shape->name.len) *owner = shape;
    if (found && a->kind != SHAPE_NAME) {
      if (a->hook.len) *hook = a->hook;
      *lenient = a->lenient;
    }
    if (found) return found;
  }
  return NULL;
}

// --- What to say

typedef struct Said {
  Buf out;
  size_t words;
  VEC(Str) list;
} Said;

static void describe(Said *said, const Shape *shape, int depth);

static Str described_inner(Arena *arena, const Shape *inner, int depth) {
  Said said = {.out = {.arena = arena}};
  describe(&said, inner, depth + 1);
  if (said.list.len != 1) return S("a list");
  Str what = said.list.at[0];
  if (str_eq(what, S("a string"))) return S("a list of strings");
  if (str_eq(what, S("a map"))) return S("a list of maps");
  return S("a list");
}

static Str range_text(Arena *arena, const ShapeAlternative *a) {
  if (a->least == INT64_MIN && a->most == INT64_MAX) return S("a whole number");
  if (a->most == INT64_MAX) return str_fmt(arena, "a whole number from %lld up", (long long)a->least);
  return str_fmt(arena, "a whole number from %lld to %lld", (long long)a->least, (long long)a->most);
}

static void say(Said *said, Str what) {
  for (size_t i = 0; i < said->list.len; i++) {
    if (str_eq(said->list.at[i], what)) return;
  }
  VEC_PUSH(said->out.arena, &said->list, what);
}

static void describe(Said *said, const Shape *shape, int depth) {
  Arena *arena = said->out.arena;
  for (size_t i = 0; depth < 8 && i < shape->alternatives.len; i++) {
    const ShapeAlternative *a = &shape->alternatives.at[i];
    if (a->lenient) continue;
    switch (a->kind) {
    case SHAPE_STRING: say(said, S("a string")); break;
    case SHAPE_SCALAR: say(said, S("a string, number or boolean")); break;
    case SHAPE_INT: say(said, range_text(arena, a)); break;
    case SHAPE_NUMBER: say(said, S("a number")); break;
    case SHAPE_BOOL: say(said, S("true or false")); break;
    case SHAPE_NULL: say(said, S("nothing")); break;
    case SHAPE_ANY: say(said, S("anything")); break;
    case SHAPE_EXPRESSION: say(said, S("an expression ${{ … }}")); break;
    case SHAPE_WORD:
      if (++said->words <= WORDS_SHOWN) say(said, str_fmt(arena, "\"%.*s\"", STR_ARG(a->text)));
      break;
    case SHAPE_LIST: say(said, described_inner(arena, a->inner, depth)); break;
    case SHAPE_MAP: say(said, S("a map")); break;
    case SHAPE_NAME: describe(said, a->inner, depth + 1); break;
    }
  }
}

// "a string, a list of strings or a map"
static Str expectation(Arena *arena, const Shape *shape) {
  Said said = {.out = {.arena = arena}};
  describe(&said, shape, 0);
  for (size_t i = 0; i < said.list.len; i++) {
    if (i) buf_str(&said.out, i + 1 == said.list.len ? S(" or ") : S(", "));
    buf_str(&said.out, said.list.at[i]);
  }
  if (said.words > WORDS_SHOWN) buf_str(&said.out, S(", …"));
  return buf_text(&said.out);
}

static const char *kind_text(const Yaml *node) {
  static const char *const texts[] = {"nothing", "a boolean", "a whole number", "a number",
                                      "a date",  "a string",  "a list",         "a map"};
  return texts[node->kind];
}

static Str place_text(Arena *arena, Place place) {
  if (!place.name.len) return S("this");
  return str_fmt(arena, place.item ? "an item of `%.*s`" : "`%.*s`", STR_ARG(place.name));
}

// The first line of a node, so that what spans half a file is not underlined as a whole.
static Span head(const Yaml *node, Place place) {
  if (node->span.start == node->span.end) return place.at;
  if (node->kind == YAML_MAPPING && node->pairs.len && !node->pairs.at[0].merged) return node->pairs.at[0].key->span;
  if (node->kind == YAML_SEQUENCE && node->items.len) {
    Span first = node->items.at[0]->span;
    return first.start >= node->span.start && first.start < node->span.end
               ? (Span){node->span.file, node->span.start, first.start}
               : node->span;
  }
  return node->span;
}

static void offer_words(Nearest *near, const Shape *shape, int depth) {
  for (size_t i = 0; depth < 8 && i < shape->alternatives.len; i++) {
    const ShapeAlternative *a = &shape->alternatives.at[i];
    if (a->kind == SHAPE_WORD) nearest_offer(near, a->text);
    if (a->kind == SHAPE_NAME) offer_words(near, a->inner, depth + 1);
  }
}

static void complain_kind(ShapeCheck *c, const Shape *shape, const Yaml *node, Place place) {
  Arena *arena = c->diags->arena;
  Str wants = expectation(arena, shape), where = place_text(arena, place);
  Nearest near = nearest_to(yaml_str(node));
  offer_words(&near, shape, 0);
  if (node->kind == YAML_STRING && str_has(wants, S("\""))) {
    Diag *d = shape_complain(c, c->codes.wrong_value, node->span, "%.*s takes %.*s, not \"%.*s\"", STR_ARG(where),
                             STR_ARG(wants), STR_ARG(node->text));
    if (nearest_best(&near).len) diag_help(c->diags, d, "did you mean \"%.*s\"?", STR_ARG(nearest_best(&near)));
    return;
  }
  Diag *d = shape_complain(c, c->codes.wrong_type, head(node, place), "%.*s takes %.*s, not %s", STR_ARG(where),
                           STR_ARG(wants), kind_text(node));
  if (node->kind == YAML_MAPPING && str_has(wants, S("list of strings")) && place.item)
    diag_help(c->diags, d, "quote the whole text if a colon and a blank stand in it");
  else if (node->kind == YAML_MAPPING && place.item && str_has(wants, S("a string")))
    diag_help(c->diags, d,
              "a colon and a blank make it a map: put quotes around the whole line, or write it as a block (|)");
  else if (node->kind == YAML_STRING && (str_has(wants, S("number")) || str_has(wants, S("true or false"))))
    diag_help(c->diags, d, "write it without quotes");
  else if (node->kind <= YAML_FLOAT && node->kind != YAML_NULL && str_has(wants, S("a string")))
    diag_help(c->diags, d, "put quotes around it");
  else if (node->kind == YAML_STRING && str_has(wants, S("a list")) && !str_has(wants, S("a string")))
    diag_help(c->diags, d, "make it a list: begin the line below with \"- \"");
}

// What the reference does not list but the service takes.
static void warn_lenient(ShapeCheck *c, const Shape *shape, const Yaml *node, Place place) {
  DiagLevel level = c->level;
  Str where = place_text(c->diags->arena, place), wants = expectation(c->diags->arena, shape);
  c->level = DIAG_WARNING;
  Span at = node->kind < YAML_SEQUENCE && node->span.end > node->span.start ? node->span : place.at;
  if (wants.len)
    shape_complain(c, c->codes.wrong_value, at, "%.*s takes %.*s, says the reference", STR_ARG(where), STR_ARG(wants));
  else
    shape_complain(c, c->codes.unknown_key, place.at, "the reference does not list %.*s here", STR_ARG(where));
  c->level = level;
}

// --- Maps

static const YamlPair *given(const ShapeCheck *c, const Yaml *node, Str key) {
  const YamlPair *pair = yaml_pair(node, key);
  return pair && !(c->null_is_absent && pair->value->kind == YAML_NULL) ? pair : NULL;
}

static Str listed(Arena *arena, const ShapeKeys *rule) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < rule->keys.len; i++) {
    if (i) buf_str(&out, i + 1 == rule->keys.len ? S(" or ") : S(", "));
    buf_fmt(&out, "`%.*s`", STR_ARG(rule->keys.at[i]));
  }
  return buf_text(&out);
}

static Str title_of(const Shape *owner, Arena *arena, Place place) {
  return owner && owner->title.len ? owner->title : place_text(arena, place);
}

static void check_keys_rule(ShapeCheck *c, const ShapeKeys *rule, const Yaml *node, Str title, Span at) {
  const YamlPair *first = NULL, *second = NULL;
  for (size_t i = 0; i < rule->keys.len; i++) {
    const YamlPair *pair = given(c, node, rule->keys.at[i]);
    if (pair && first && !second) second = pair;
    if (pair && !first) first = pair;
  }
  if (rule->rule == KEYS_WITH) {
    if (!c->partial && first && !second && given(c, node, rule->keys.at[0])) {
      shape_complain(c, c->codes.missing_key, at, "`%.*s` needs `%.*s` beside it", STR_ARG(rule->keys.at[0]),
                     STR_ARG(rule->keys.at[1]));
    }
    return;
  }
  Str keys = listed(c->diags->arena, rule);
  if (!first && rule->rule != KEYS_APART && !c->partial) {
    shape_complain(c, c->codes.missing_key, at, "%.*s needs %.*s", STR_ARG(title), STR_ARG(keys));
  }
  if (second && rule->rule != KEYS_SOME) {
    Span later = second->key->span.start > first->key->span.start ? second->key->span : first->key->span;
    Diag *d =
        shape_complain(c, c->codes.wrong_keys, later, "%.*s takes only one of %.*s", STR_ARG(title), STR_ARG(keys));
    diag_note(c->diags, d, NO_SPAN, "`%.*s` and `%.*s` are both given", STR_ARG(first->key->text),
              STR_ARG(second->key->text));
  }
}

static const ShapeMember *member(const ShapeAlternative *a, Str key) {
  for (size_t i = 0; i < a->members.len; i++) {
    if (str_eq(a->members.at[i].key, key)) return &a->members.at[i];
  }
  return NULL;
}

static void complain_key(ShapeCheck *c, const ShapeAlternative *a, const Yaml *key, Str title) {
  Nearest near = nearest_to(key->text);
  for (size_t i = 0; i < a->members.len; i++) nearest_offer(&near, a->members.at[i].key);
  DiagLevel level = c->level;
  if (a->ignoring && !nearest_best(&near).len) c->level = DIAG_WARNING;
  Diag *d = shape_complain(c, c->codes.unknown_key, key->span, "unknown key `%.*s` in %.*s", STR_ARG(key->text),
                           STR_ARG(title));
  c->level = level;
  if (nearest_best(&near).len) {
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
  } else if (a->members.len <= WORDS_SHOWN) {
    Buf keys = {.arena = c->diags->arena};
    for (size_t i = 0; i < a->members.len; i++) buf_fmt(&keys, "%s%.*s", i ? ", " : "", STR_ARG(a->members.at[i].key));
    diag_help(c->diags, d, "it takes: %.*s", STR_ARG(buf_text(&keys)));
  }
}

static void check_map(ShapeCheck *c, const ShapeAlternative *a, const Shape *owner, const Yaml *node, Place place) {
  Str title = title_of(owner, c->diags->arena, place);
  for (size_t i = 0; i < node->pairs.len; i++) {
    const YamlPair *pair = &node->pairs.at[i];
    if (!yaml_is_scalar(pair->key)) {
      shape_complain(c, c->codes.wrong_type, pair->key->span, "a key must be text, not %s", kind_text(pair->key));
      continue;
    }
    if (c->other_rule.len && str_eq(pair->key->text, c->other_rule)) continue;
    const ShapeMember *known = member(a, pair->key->text);
    const Shape *shape = known ? known->shape : a->inner;
    if (!shape)
      complain_key(c, a, pair->key, title);
    else if (!(c->null_is_absent && pair->value->kind == YAML_NULL))
      check_shape(c, shape, pair->value, (Place){pair->key->text, false, pair->key->span});
  }
  for (size_t i = 0; i < a->members.len && !c->partial; i++) {
    if (!a->members.at[i].required || given(c, node, a->members.at[i].key)) continue;
    shape_complain(c, c->codes.missing_key, place.at, "%.*s needs `%.*s`", STR_ARG(title),
                   STR_ARG(a->members.at[i].key));
  }
  for (size_t i = 0; i < a->rules.len; i++) check_keys_rule(c, &a->rules.at[i], node, title, place.at);
}

// --- Lists and scalars

static void check_list(ShapeCheck *c, const ShapeAlternative *a, const Yaml *node, Place place) {
  int64_t count = (int64_t)node->items.len;
  Str where = place_text(c->diags->arena, place);
  if (count < a->least) {
    shape_complain(c, c->codes.wrong_value, head(node, place), "%.*s needs at least %lld item%s", STR_ARG(where),
                   (long long)a->least, a->least == 1 ? "" : "s");
  } else if (count > a->most) {
    shape_complain(c, c->codes.wrong_value, head(node, place), "%.*s takes at most %lld items, not %lld",
                   STR_ARG(where), (long long)a->most, (long long)count);
  }
  Map seen = {.arena = c->diags->arena};
  for (size_t i = 0; i < node->items.len; i++) {
    const Yaml *item = node->items.at[i];
    check_shape(c, a->inner, item, (Place){place.name, true, head(item, place)});
    if (a->unique && yaml_is_scalar(item) && map_set(&seen, item->text, (void *)(uintptr_t)item)) {
      shape_complain(c, c->codes.wrong_value, item->span, "\"%.*s\" stands twice in `%.*s`", STR_ARG(item->text),
                     STR_ARG(place.name));
    }
  }
}

// The value of a decimal whole number; others (0x10, 1:30) count as in range.
static bool whole(Str text, int64_t *value) {
  double number;
  if (!json_number_parse(text, &number) || number < -9e15 || number > 9e15) return false;
  *value = (int64_t)number;
  return true;
}

static void check_scalar(ShapeCheck *c, const ShapeAlternative *a, const Shape *shape, const Yaml *node, Place place) {
  Str where = place_text(c->diags->arena, place);
  int64_t value;
  if (a->kind == SHAPE_INT && whole(node->text, &value) && (value < a->least || value > a->most)) {
    Str wants = expectation(c->diags->arena, shape);
    shape_complain(c, c->codes.wrong_value, node->span, "%.*s takes %.*s, not %.*s", STR_ARG(where), STR_ARG(wants),
                   STR_ARG(node->text));
  }
  if (a->kind != SHAPE_STRING && a->kind != SHAPE_SCALAR) return;
  if ((int64_t)node->text.len < a->least) {
    shape_complain(c, c->codes.wrong_value, node->span, "%.*s may not be empty", STR_ARG(where));
  } else if ((int64_t)node->text.len > a->most) {
    shape_complain(c, c->codes.wrong_value, node->span, "%.*s takes at most %lld characters", STR_ARG(where),
                   (long long)a->most);
  }
}

static void run_hook(ShapeCheck *c, Str name, const Yaml *node, Str key) {
  for (const ShapeHook *hook = c->hooks; hook && hook->name; hook++) {
    if (str_eq(name, str_of(hook->name))) {
      hook->check(c, node, key);
      return;
    }
  }
  fatal("shapes: no hook %.*s", STR_ARG(name));
}

static void check_shape(ShapeCheck *c, const Shape *shape, const Yaml *node, Place place) {
  if (node->size == 0) return; // could not be read, and that is reported
  if (c->stands_for_any && c->stands_for_any(node)) return;
  const Shape *owner = NULL;
  Str hook = {0};
  bool lenient = false;
  const ShapeAlternative *a = fitting(shape, node, &owner, &hook, &lenient);
  if (!a) {
    complain_kind(c, shape, node, place);
    return;
  }
  if (lenient) warn_lenient(c, shape, node, place);
  Span outer = c->pin;
  if (a->pinned && !span_known(outer)) c->pin = place.at;
  if (a->kind == SHAPE_LIST)
    check_list(c, a, node, place);
  else if (a->kind == SHAPE_MAP)
    check_map(c, a, owner, node, place);
  else
    check_scalar(c, a, shape, node, place);
  c->at = place.at;
  if (hook.len) run_hook(c, hook, node, place.name);
  c->pin = outer;
}

void shape_check(ShapeCheck *check, Str shape, const Yaml *node, Str name, Span at) {
  check_shape(check, map_get(&check->set->shapes, shape), node, (Place){name, false, at});
}
