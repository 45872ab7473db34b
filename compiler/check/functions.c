// Calls of the language's functions.
#include "model/functions.h"
#include "base/embed.h"
#include "check/internal.h"

void functions_nearest(Nearest *nearest) {
  for (const Function *function = functions; function->name.len; function++) nearest_offer(nearest, function->name);
}

// path("$.detail.key"): where an event holds a value.
static const Value *event_path(Checker *c, const Value *path, Span span) {
  if (path->kind != VALUE_STRING || !str_starts(path->text, S("$"))) {
    diag(c->diags, DIAG_ERROR, "E0211", span, "path(…) takes a constant like \"$.detail.key\"");
    return poison(c, span);
  }
  return value_leaf(c->arena, VALUE_EVENT, TIME_EVENT, path->text, &TYPE_ANY, span);
}

// hcl("…"): a raw Terraform expression with ${…} filled in by constants and references.
static const Value *raw_terraform(Checker *c, const Value *text, Span span) {
  Buf out = {.arena = c->arena};
  size_t count = text->kind == VALUE_TEMPLATE ? text->count : 1;
  for (size_t i = 0; i < count; i++) {
    const Value *part = text->kind == VALUE_TEMPLATE ? text->items[i] : text;
    if (part->kind == VALUE_STRING || part->kind == VALUE_TERRAFORM)
      buf_str(&out, part->text);
    else
      return diag(c->diags, DIAG_ERROR, "E0211", span, "hcl(…) takes text and references of deploy time"),
             poison(c, span);
  }
  return value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, buf_text(&out), &TYPE_ANY, span);
}

static void scaffold_file(Checker *c, Str path, Str text, Span span) {
  File *file = NEW(c->arena, File);
  *file = (File){
      .path = path, .format = FILE_TEXT, .content = value_string(c->arena, text, span), .scaffold = true, .span = span};
  file->executable = str_ends(path, S(".sh")) || str_starts(text, S("#!"));
  for (size_t i = 0; i < c->files.len; i++) {
    if (str_eq(c->files.at[i]->path, path)) return;
  }
  VEC_PUSH(c->arena, &c->files, file);
}

// scaffold("router.py", "lambda/router.py"): a file of the library, or with a / at its end a folder of it, that is
// written beside the spec once and is the user's from then on; gives its path.
static const Value *scaffold(Checker *c, const Value *name, const Value *path, Span span) {
  Str text;
  if (name->kind != VALUE_STRING || path->kind != VALUE_STRING) return poison(c, span);
  Str full = str_fmt(c->arena, "scaffold/%.*s", STR_ARG(name->text)), at = path_clean(c->arena, path->text);
  bool folder = str_ends(full, S("/")), found = false;
  Nearest nearest = nearest_to(name->text);
  size_t count;
  const EmbeddedFile *files = embed_list(&count);
  for (size_t i = 0; i < count; i++) {
    if (!str_starts(files[i].name, S("scaffold/"))) continue;
    Str below = str_slice(files[i].name, 9, files[i].name.len);
    nearest_offer(&nearest, folder ? str_fmt(c->arena, "%.*s/", STR_ARG(path_folder(below))) : below);
    if (folder ? !str_starts(files[i].name, full) : !str_eq(files[i].name, full)) continue;
    text = (Str){files[i].start, (size_t)(files[i].end - files[i].start)};
    Str inside = str_slice(files[i].name, full.len, files[i].name.len);
    scaffold_file(c, folder ? path_join(c->arena, at, inside) : at, text, span);
    found = true;
  }
  if (found) return path;
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0903", name->span, "the library has no scaffold `%.*s`", STR_ARG(name->text));
  if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  return poison(c, span);
}

// What stands where a missing source may be meant: its stem differs, by more than its digits.
static Str source_nearby(Checker *c, Str full) {
  Str *names, why, wanted = path_name(full), ending = wanted, stem = str_cut(wanted, '.', &ending);
  size_t count;
  if (!sys_list(c->arena, path_folder(full), &names, &count, &why)) return (Str){0};
  Nearest nearest = nearest_to(stem);
  for (size_t i = 0; i < count; i++) {
    Str rest, other = str_cut(names[i], '.', &rest);
    if (str_eq(rest, ending) && !str_same_letters(other, stem)) nearest_offer(&nearest, other);
  }
  Str best = nearest_best(&nearest);
  return best.len && ending.len ? str_fmt(c->arena, "%.*s.%.*s", STR_ARG(best), STR_ARG(ending)) : best;
}

static bool is_scaffolded(const Checker *c, Str path) {
  for (size_t i = 0; i < c->files.len; i++) {
    Str file = c->files.at[i]->path;
    if (str_eq(file, path) || (str_starts(file, path) && file.at[path.len] == '/')) return true;
  }
  return false;
}

// source("lambda/validate.py"): a file or folder beside the spec that the Terraform packs or uploads, as Terraform
// finds it. Where it is missing, a second argument names the scaffold that the build begins it with.
static const Value *source_path(Checker *c, const Value **a, size_t count, Span span, Span place) {
  Str text;
  if (!value_is_string(a[0], &text) || !text.len || str_starts(text, S("/")) || str_starts(text, S(".."))) {
    diag(c->diags, DIAG_ERROR, "E0211", place, "a source is a constant path inside the folder of the spec");
    return poison(c, span);
  }
  text = path_clean(c->arena, text);
  Str full = path_join(c->arena, c->model->folder, text);
  bool there = sys_kind(full) != SYS_NONE, scaffolded = is_scaffolded(c, text);
  if (!there && !scaffolded) {
    Str near = source_nearby(c, full),
        begun = near.len || count < 2 || a[1]->kind != VALUE_STRING ? (Str){0} : a[1]->text;
    Diag *d = diag(c->diags, begun.len ? DIAG_WARNING : DIAG_ERROR, begun.len ? "E0905" : "E0902", place,
                   "`%.*s` does not exist beside the spec%s", STR_ARG(text), begun.len ? " yet" : "");
    if (begun.len) {
      diag_help(c->diags, d, "`build` writes a beginning there, which is yours to finish; it is looked for as %.*s",
                STR_ARG(full));
      if (is_poison(scaffold(c, a[1], value_string(c->arena, text, span), span))) return poison(c, span);
    } else {
      if (near.len)
        diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(path_join(c->arena, path_folder(text), near)));
      else
        diag_help(c->diags, d, "write it, or correct the path; it is looked for as %.*s", STR_ARG(full));
      return poison(c, span);
    }
  }
  bool known = !there;
  for (size_t i = 0; i < c->model->copies.len && !known; i++) known = str_eq(c->model->copies.at[i], text);
  if (!known) VEC_PUSH(c->arena, &c->model->copies, text);
  const Value *parts[] = {value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, S("path.module"), &TYPE_STRING, span),
                          value_string(c->arena, str_fmt(c->arena, "/../%.*s", STR_ARG(text)), span)};
  return value_template(c->arena, parts, 2, span);
}

static Str environment_name(Arena *arena, Str name, Str place) {
  Buf out = {.arena = arena};
  buf_str(&out, name);
  if (place.len) buf_fmt(&out, "_%.*s", STR_ARG(place));
  return str_upper(arena, buf_text(&out));
}

typedef struct Environment {
  Checker *c;
  VEC(ValueMember) members;
  Span span;
} Environment;

static void add_variable(Environment *e, Str called, Str place, const Value *value) {
  Str name = environment_name(e->c->arena, called, place);
  for (size_t m = 0; m < e->members.len; m++) {
    if (str_eq(e->members.at[m].name, name)) return;
  }
  VEC_PUSH(e->c->arena, &e->members, (ValueMember){name, value, e->span});
}

static bool tell(Environment *e, const Entity *entity, Str place) {
  static const char *const ways[] = {"env", "name", "arn"};
  const Value *value = NULL;
  for (size_t i = 0; i < 3 && !value; i++) value = map_get(&entity->members, str_of(ways[i]));
  if (!value) return false;
  bool many = value->kind == VALUE_OBJECT;
  if (!many) add_variable(e, entity->name, place, value);
  for (size_t m = 0; many && m < value->count; m++)
    add_variable(e, value->members[m].name, place, value->members[m].value);
  return true;
}

// environment_of([store, train]): what a program is told of the things it uses: NAME (in capitals) is its `env`, `name`
// or `arn`, or each member of an `env` that is an object; of what is in several places, NAME_PLACE where they differ.
static const Value *environment_of(Checker *c, const Value **lists, size_t count, Span span) {
  Environment e = {.c = c, .span = span};
  for (size_t i = 0; i < count; i++) {
    size_t many = lists[i]->kind == VALUE_LIST ? lists[i]->count : lists[i]->kind == VALUE_MISSING ? 0 : 1;
    for (size_t k = 0; k < many; k++) {
      Entity *entity = value_entity(lists[i]->kind == VALUE_LIST ? lists[i]->items[k] : lists[i]);
      if (!entity) continue;
      entity_resolve(c, entity, span);
      if (tell(&e, entity, (Str){0})) continue;
      for (size_t n = 0; n < entity->each.len; n++)
        tell(&e, entity->each.entries[n].value, entity->each.entries[n].key);
    }
  }
  return value_object(c->arena, e.members.at, e.members.len, span);
}

// uri_of(x): where a declared thing is (its member `uri`, or `arn`), or the text itself.
static const Value *uri_of(Checker *c, const Value *value, Span span) {
  Entity *entity = value_entity(value);
  if (!entity) return value;
  entity_resolve(c, entity, span);
  const Value *uri = map_get(&entity->members, S("uri"));
  if (!uri) uri = map_get(&entity->members, S("arn"));
  if (uri) return uri;
  if (!is_poison(entity->value))
    diag(c->diags, DIAG_ERROR, "E0207", value->span, "`%.*s` has no uri", STR_ARG(entity->name));
  return poison(c, span);
}

// contents("PATH"): the text of a file that the spec emits, its deploy-time values filled in.
static const Value *contents_of(Checker *c, const Value *path, Span span) {
  if (path->kind != VALUE_STRING) return poison(c, span);
  Value *value = value_node(c->arena, VALUE_CALL, &path, 1, &TYPE_STRING, span);
  value->text = S("contents");
  value->time = TIME_DEPLOY;
  return value;
}

// object("name", x): an object of one member; object([["a", x], ["b", y]]): of these, where a later one replaces an
// earlier one of its name. NULL: the list is known at run time alone, as is the object.
static const Value *object_of(Checker *c, const Value **a, size_t count, Span span) {
  const Value *pair = value_list(c->arena, a, count, span);
  const Value *pairs = count == 2 ? value_list(c->arena, &pair, 1, span) : a[0];
  VEC(ValueMember) members = {0};
  for (size_t i = 0; pairs->kind == VALUE_LIST && i < pairs->count; i++) {
    const Value *one = pairs->items[i];
    if (one->kind != VALUE_LIST || one->count != 2 || one->items[0]->kind != VALUE_STRING) {
      diag(c->diags, DIAG_ERROR, "E0211", one->span, "object(…) takes constant names, each with a value");
      return poison(c, span);
    }
    if (one->items[1]->kind == VALUE_MISSING) continue;
    ValueMember member = {one->items[0]->text, one->items[1], one->span};
    size_t at = 0;
    while (at < members.len && !str_eq(members.at[at].name, member.name)) at++;
    if (at < members.len)
      members.at[at] = member;
    else
      VEC_PUSH(c->arena, &members, member);
  }
  if (pairs->kind == VALUE_LIST) return value_object(c->arena, members.at, members.len, span);
  if (pairs->time == TIME_RUN) return NULL;
  diag(c->diags, DIAG_ERROR, "E0211", span, "object(…) takes a list that is known at compile time, or in a flow");
  return poison(c, span);
}

static void grants_nothing(Checker *c, const Entity *entity, const Value *item, Str name) {
  if (!entity) {
    Str text = value_is_const(item) ? value_text(c->arena, item) : type_text(c->arena, item->type);
    Diag *d = diag(c->diags, DIAG_ERROR, "E0506", item->span, "a declared thing is wanted, not %.*s", STR_ARG(text));
    bool declared = item->kind == VALUE_STRING && map_get(&c->file_scope->names, item->text);
    if (declared)
      diag_help(c->diags, d, "without quotes: `%.*s`", STR_ARG(item->text));
    else
      diag_help(c->diags, d, "name what the spec declares; what exists elsewhere is a policy statement");
    return;
  }
  Diag *d =
      diag(c->diags, DIAG_ERROR, "E0506", item->span, "`%.*s` grants no `%.*s`", STR_ARG(entity->name), STR_ARG(name));
  Buf out = {.arena = c->arena};
  for (size_t i = 0; i < entity->grants.len; i++)
    buf_fmt(&out, "%s`%.*s`", i ? ", " : "", STR_ARG(entity->grants.entries[i].key));
  if (out.len) diag_help(c->diags, d, "it grants %.*s", STR_ARG(buf_text(&out)));
}

// The statements that the grant `name` of each thing in `list` gives; with a place, of those in its account. Things
// without such a grant are an error; so are, without a place, things of other accounts.
static const Value *grants_of(Checker *c, const Scope *scope, const Value *list, const Value *name, const Value *place,
                              Span span) {
  VEC(const Value *) statements = {0};
  Things things = things_of(c, &list, 1, span);
  for (size_t i = 0; i < things.len; i++) {
    Entity *entity = things.at[i].entity;
    const Value *item = things.at[i].value;
    bool again = false; // a thing that is named twice grants once
    for (size_t k = 0; k < i && entity; k++) again = again || things.at[k].entity == entity;
    if (again) continue;
    if (entity && place && !place_holds(c, place, entity, span)) continue;
    if (entity && !place && !place_same_account(entity_place(entity), scope->place)) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0515", item->span, "`%.*s` is in another account, out of reach from here",
                     STR_ARG(entity->name));
      diag_help(c->diags, d, "what can reach it is a lambda or a flow; or declare this `in: %.*s`, too",
                STR_ARG(place_name(entity_place(entity))));
      continue;
    }
    const Value *granted = entity ? map_get(&entity->grants, name->text) : NULL;
    if (!granted) {
      if (item->kind != VALUE_MISSING && !(entity && (is_poison(entity->value) || entity->progress == 1)))
        grants_nothing(c, entity, item, name->text);
      continue;
    }
    for (size_t k = 0; k < granted->count; k++) {
      Value *own = NEW(c->arena, Value); // a copy: who needs it is this use
      *own = *granted->items[k];
      VEC_PUSH(c->arena, &statements, own);
      Str what = str_fmt(c->arena, "it may `%.*s` %.*s", STR_ARG(name->text), STR_ARG(entity->name));
      VEC_PUSH(c->arena, &c->model->reasons, (PolicyReason){own, written_at(c, scope, item->span), what});
    }
  }
  return value_list(c->arena, statements.at, statements.len, span);
}

// list_of(x): what may be one thing or a list of them, as a list.
static const Value *list_of(Checker *c, const Value *value, Span span) {
  if (value->kind == VALUE_LIST || value->type->tag == T_LIST || is_poison(value)) return value;
  return value_list(c->arena, &value, value->kind == VALUE_MISSING ? 0 : 1, span);
}

// declared([a, "text", …]): the declared things among values.
static const Value *declared_of(Checker *c, const Value **lists, size_t count, Span span) {
  Things things = things_of(c, lists, count, span);
  const Value **items = NEW_N(c->arena, const Value *, things.len);
  size_t kept = 0;
  for (size_t i = 0; i < things.len; i++) {
    if (things.at[i].entity) items[kept++] = things.at[i].value;
  }
  return value_list(c->arena, items, kept, span);
}

// Functions that need more than their arguments' values. NULL: none of that name.
static const Value *special(Checker *c, Scope *scope, Str name, const Value **a, size_t count, Span span) {
  // What a person wrote: the declaration whose kind this is evaluated for.
  Span place = scope->self && !in_library(c, span) ? field_for(c, scope->self, span) : span;
  if (str_eq(name, S("path")) && count == 1) return event_path(c, a[0], span);
  bool sourced = count == 1 || (count == 2 && (a[1]->kind == VALUE_STRING || a[1]->kind == VALUE_MISSING));
  if (str_eq(name, S("source")) && sourced) return source_path(c, a, count, span, place);
  if (str_eq(name, S("packed")) && sourced) { // a source that is all that its function has
    if (a[0]->kind == VALUE_STRING) check_python(c, path_join(c->arena, c->model->folder, a[0]->text), place);
    return source_path(c, a, count, span, place);
  }
  if (str_eq(name, S("scaffold")) && count == 2) return scaffold(c, a[0], a[1], span);
  if (str_eq(name, S("environment_of"))) return environment_of(c, a, count, span);
  if (str_eq(name, S("list_of")) && count == 1) return list_of(c, a[0], span);
  if (str_eq(name, S("uri_of")) && count == 1) return uri_of(c, a[0], span);
  if (str_eq(name, S("contents")) && count == 1) return contents_of(c, a[0], span);
  if (str_eq(name, S("object")) && (count == 1 || count == 2)) return object_of(c, a, count, span);
  if (str_eq(name, S("hcl")) && count == 1) return raw_terraform(c, a[0], span);
  if (str_eq(name, S("grants")) && (count == 2 || count == 3) && a[1]->kind == VALUE_STRING &&
      (count == 2 || a[2]->kind == VALUE_STRING))
    return grants_of(c, scope, a[0], a[1], count == 3 ? a[2] : NULL, span);
  if (str_eq(name, S("accounts_of"))) return accounts_of(c, scope, a, count, span);
  if (str_eq(name, S("declared"))) return declared_of(c, a, count, span);
  if (str_eq(name, S("account_id")) && count == 1 && a[0]->kind == VALUE_STRING) return account_id(c, a[0], span);
  if (str_eq(name, S("deployment")) && count == 1 && a[0]->kind == VALUE_STRING)
    return deployment_statements(c, scope, str_eq(a[0]->text, S("apply")), span);
  if (str_eq(name, S("deployable")) && count == 1 && a[0]->kind == VALUE_STRING)
    return value_bool(c->arena, deployment_known(c, a[0]->text), span);
  if (str_eq(name, S("heard")) && count == 1 && a[0]->kind == VALUE_STRING)
    return value_bool(c->arena, scope->self && event_is_heard(c, scope->self->name, a[0]->text), span);
  if (str_eq(name, S("added")) && count == 1 && a[0]->kind == VALUE_STRING) return added_to(c, scope, a[0], span);
  return NULL;
}

static bool is_special(Str name) {
  static const char *const names[] = {"path",        "hcl",        "grants", "source",     "packed",
                                      "contents",    "object",     "uri_of", "scaffold",   "environment_of",
                                      "accounts_of", "account_id", "added",  "deployment", "deployable",
                                      "declared",    "list_of",    "heard"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (str_eq(name, str_of(names[i]))) return true;
  }
  return false;
}

// What the shell of a command can do with what is known only when it runs.
static bool function_in_commands(const Function *function) {
  return str_eq(function->name, S("json")) || str_eq(function->name, S("token"));
}

// keys(TYPE): the names of its members; missing where it is no object.
static const Value *keys_of_type(Checker *c, const Type *type, Span span) {
  if (!type || type->tag != T_OBJECT || type->open) return value_missing(span);
  const Value **names = NEW_N(c->arena, const Value *, type->count + 1);
  for (size_t i = 0; i < type->count; i++) names[i] = value_string(c->arena, type->fields[i].name, span);
  return value_list(c->arena, names, type->count, span);
}

static const Value *call_of(Checker *c, const Function *function, const Value **a, size_t count, Span span) {
  bool constant = function->fold != NULL;
  Time time = TIME_COMPILE;
  for (size_t i = 0; i < count; i++) {
    constant = constant && a[i]->kind != VALUE_DECLARED;
    if (a[i]->time > time) time = a[i]->time;
  }
  if (time > TIME_COMPILE && str_eq(function->name, S("json"))) constant = false; // it is encoded when all is known
  const Value *folded = constant ? function->fold(c->arena, a, count, span) : NULL;
  if (folded) return folded;
  if (function->jsonata && !function->hcl && time < TIME_RUN) time = TIME_RUN;
  if (time == TIME_DEPLOY && !function->hcl) {
    diag(c->diags, DIAG_ERROR, "E0402", span, "%.*s(…) does not exist at deploy time", STR_ARG(function->name));
    return poison(c, span);
  }
  if (time == TIME_RUN && !function->jsonata) {
    diag(c->diags, DIAG_ERROR, "E0402", span, "%.*s(…) does not exist at run time", STR_ARG(function->name));
    return poison(c, span);
  }
  if (time == TIME_EVENT && !(c->in_command && function_in_commands(function))) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0402", span, "an event's value can only be passed on or stand in text");
    diag_help(c->diags, d, "compute %.*s(…) in the flow that is started", STR_ARG(function->name));
    return poison(c, span);
  }
  if (time == TIME_COMPILE) {
    diag(c->diags, DIAG_ERROR, "E0212", span, "%.*s(…) cannot take these values", STR_ARG(function->name));
    return poison(c, span);
  }
  const Type *result = function->result;
  if ((str_eq(function->name, S("concat")) || str_eq(function->name, S("unique")) ||
       str_eq(function->name, S("sort"))) &&
      a[0]->type->tag == T_LIST) {
    result = a[0]->type;
  }
  Value *value = value_node(c->arena, VALUE_CALL, a, count, result, span);
  value->text = function->name;
  value->time = time;
  return value;
}

// What becomes a number is a text of digits, perhaps with blanks around.
static void seen_as_digits(Checker *c, const Value *value) {
  while (value->kind == VALUE_CALL && str_eq(value->text, S("trim"))) value = value->items[0];
  type_seen_like(c, value->type, value_string(c->arena, S("1"), value->span));
}

const Value *eval_function(Checker *c, Scope *scope, const Expr *call) {
  Str name = call->left->name.text;
  const Function *function = function_named(name);
  if (!function && !is_special(name)) return NULL;
  const Value **a = NEW_N(c->arena, const Value *, call->fields.len + 1);
  size_t count = call->fields.len;
  bool bad = false;
  for (size_t i = 0; i < count; i++) {
    if (call->fields.at[i].name.text.len && !call->fields.at[i].shorthand) {
      diag(c->diags, DIAG_ERROR, "E0203", call->fields.at[i].name.span, "%.*s(…) takes no named arguments",
           STR_ARG(name));
      return poison(c, call->span);
    }
    a[i] = eval(c, scope, call->fields.at[i].value);
    if (c->in_command && a[i]->kind == VALUE_MISSING) return a[i]; // its line is left out
    if (!is_special(name) && !str_eq(name, S("merge"))) a[i] = require_present(c, a[i]);
    bad = bad || is_poison(a[i]);
  }
  if (bad) return poison(c, call->span);
  if (count && str_eq(name, S("number"))) seen_as_digits(c, a[0]);
  if (function && (count < function->least || count > function->most)) {
    diag(c->diags, DIAG_ERROR, "E0206", call->span, "%.*s(…) takes %u%s argument%s, not %zu", STR_ARG(name),
         function->least, function->most > function->least ? " or more" : "",
         function->least == 1 && function->most == 1 ? "" : "s", count);
    return poison(c, call->span);
  }
  const Entity *type = str_eq(name, S("keys")) ? value_entity(a[0]) : NULL;
  if (type && type->kind == ENTITY_TYPE) return keys_of_type(c, type->type, call->span);
  const Value *value = is_special(name) ? special(c, scope, name, a, count, call->span) : NULL;
  if (value) return value;
  if (function) return call_of(c, function, a, count, call->span);
  diag(c->diags, DIAG_ERROR, "E0206", call->span, "%.*s(…) does not take these arguments", STR_ARG(name));
  return poison(c, call->span);
}
