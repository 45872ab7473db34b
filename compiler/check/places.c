// Accounts and regions beside the pipeline's own: what `accounts`, `regions` and `in` mean.
#include "base/embed.h"
#include "check/flow.h"
#include "facts/pattern.h"

static const Place at_home = {.name = STR_INIT("home")};

static bool is_home(Str name) {
  return str_eq(name, at_home.name);
}

// ---------------------------------------------------------------- the pipeline's settings

static const Value *text_of(Checker *c, const Value *value, const Type *type, Str what) {
  if (!value) return NULL;
  value = fit(c, value, type, what);
  return is_poison(value) ? NULL : value;
}

// The ARN of the role that Terraform takes on: `role` is its name or the whole.
static const Value *role_arn(Checker *c, const Value *account, const Value *role) {
  if (!account) return NULL;
  if (!role) role = value_string(c->arena, PLACE_ROLE, NO_SPAN);
  if (role->kind == VALUE_STRING && str_starts(role->text, S("arn:"))) return role;
  const Value *parts[] = {value_string(c->arena, S("arn:aws:iam::"), NO_SPAN), account,
                          value_string(c->arena, S(":role/"), NO_SPAN), role};
  return value_template(c->arena, parts, 4, NO_SPAN);
}

static void place_add(Checker *c, const ValueMember *member, const Value *account, const Value *region,
                      const Value *role) {
  if (is_home(member->name)) {
    diag(c->diags, DIAG_ERROR, "E0513", member->span, "`home` is the pipeline's own account and region");
    return;
  }
  if (map_get(&c->places, member->name)) {
    diag(c->diags, DIAG_ERROR, "E0102", member->span, "`%.*s` is already an account or region of this pipeline",
         STR_ARG(member->name));
    return;
  }
  Place *place = NEW(c->arena, Place);
  *place = (Place){.name = member->name, .account = account, .region = region, .role = role_arn(c, account, role)};
  map_set(&c->places, member->name, place);
}

// What a person has to know before the first apply.
static void tell_of_role(Checker *c, const ValueMember *member, const Value *id, const Value *role) {
  ReadmeText text = {.heading = S("Deploy"), .span = member->span};
  if (!role) role = value_string(c->arena, PLACE_ROLE, NO_SPAN);
  const Value *values[] = {
      value_string(c->arena, S("In the account `"), NO_SPAN), id,
      value_string(c->arena, S("` Terraform takes on the role `"), NO_SPAN), role,
      value_string(c->arena, S("`: it must be there, and trust whose credentials Terraform has."), NO_SPAN)};
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    ReadmePart part = {.markdown = i % 2 == 0, .value = values[i]};
    VEC_PUSH(c->arena, &text.parts, part);
  }
  VEC_PUSH(c->arena, &c->model->readme, text);
}

// NAME: ID, or NAME: { id?, region?, role? }. Gives the id.
static const Value *read_account(Checker *c, const ValueMember *member) {
  Str what = str_fmt(c->arena, "the account `%.*s`", STR_ARG(member->name));
  const Value *value = member->value, *id = value, *region = NULL;
  if (value->kind == VALUE_OBJECT) {
    static const char *const known[] = {"id", "region", "role"};
    for (size_t i = 0; i < value->count; i++) {
      bool found = false;
      for (size_t k = 0; k < 3; k++) found = found || str_eq(value->members[i].name, str_of(known[k]));
      if (found) continue;
      Diag *d = diag(c->diags, DIAG_ERROR, "E0204", value->members[i].span, "%.*s has no `%.*s`", STR_ARG(what),
                     STR_ARG(value->members[i].name));
      diag_help(c->diags, d, "it has id, region and role");
    }
    id = value_member(value, S("id"));
    region = text_of(c, value_member(value, S("region")), &TYPE_STRING, S("`region`"));
    check_region(c, region);
    const Value *own = value_member(c->model->settings, S("region"));
    if (id && region && own && value_same(region, own)) region = NULL; // said for clarity
    text_of(c, value_member(value, S("role")), &TYPE_STRING, S("`role`"));
  }
  id = text_of(c, id, &TYPE_ACCOUNT, what);
  if (!id && !region) map_set(&c->lost, member->name, c);
  if (id || region) place_add(c, member, id, region, value_member(value, S("role")));
  if (id) tell_of_role(c, member, id, value_member(value, S("role")));
  return id;
}

void places_read(Checker *c) {
  const Value *accounts = value_member(c->model->settings, S("accounts"));
  const Value *regions = value_member(c->model->settings, S("regions"));
  VEC(ValueMember) ids = {0};
  for (size_t i = 0; accounts && accounts->kind == VALUE_OBJECT && i < accounts->count; i++) {
    const Value *id = read_account(c, &accounts->members[i]);
    if (id) VEC_PUSH(c->arena, &ids, ((ValueMember){accounts->members[i].name, id, accounts->members[i].span}));
  }
  if (accounts) {
    const Value *space = value_object(c->arena, ids.at, ids.len, accounts->span);
    scope_bind_value(c, c->prelude, (Word){S("accounts"), NO_SPAN}, space)->used = true;
  }
  for (size_t i = 0; regions && regions->kind == VALUE_OBJECT && i < regions->count; i++) {
    const Value *region = text_of(c, regions->members[i].value, &TYPE_STRING, S("a region"));
    if (!region) map_set(&c->lost, regions->members[i].name, c);
    if (region) place_add(c, &regions->members[i], NULL, region, NULL);
  }
  if (regions) scope_bind_value(c, c->prelude, (Word){S("regions"), NO_SPAN}, regions)->used = true;
}

// ---------------------------------------------------------------- what holds there

static const Value *own_account(Checker *c) {
  return value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, S("data.aws_caller_identity.current.account_id"),
                    &TYPE_STRING, NO_SPAN);
}

void place_enter(Checker *c, Scope *scope, const Place *place) {
  scope->place = place;
  if (!place) return;
  const Binding *binding = map_get(&c->prelude->names, S("pipeline"));
  const Value *own = binding->value;
  ValueMember *members = NEW_N(c->arena, ValueMember, own->count);
  for (size_t i = 0; i < own->count; i++) {
    members[i] = own->members[i];
    if (place->account && str_eq(members[i].name, S("account"))) members[i].value = place->account;
    if (place->region && str_eq(members[i].name, S("region"))) members[i].value = place->region;
  }
  const Value *there = value_object(c->arena, members, own->count, NO_SPAN);
  scope_bind_value(c, scope, (Word){S("pipeline"), NO_SPAN}, there)->used = true;
}

bool place_same_account(const Place *a, const Place *b) {
  const Value *one = a ? a->account : NULL, *other = b ? b->account : NULL;
  if (!one || !other) return one == other;
  return value_same(one, other);
}

static const Place *place_named(Checker *c, Str name, Span span, bool *known) {
  const Place *place = map_get(&c->places, name);
  *known = place || is_home(name);
  if (*known || is_lost(c, name)) return place;
  Nearest nearest = nearest_to(name);
  nearest_offer(&nearest, at_home.name);
  for (size_t i = 0; i < c->places.len; i++) nearest_offer(&nearest, c->places.entries[i].key);
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0513", span, "the pipeline has no account or region `%.*s`", STR_ARG(name));
  if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else
    diag_help(c->diags, d, "name it in the pipeline: `accounts: { %.*s: … }` or `regions: { %.*s: … }`", STR_ARG(name),
              STR_ARG(name));
  return NULL;
}

// The places that `in: NAME` or `in: [NAME, …]` says (*several), at most `most`; reports unknown ones (E0513).
static size_t places_of(Checker *c, Scope *scope, const Expr *in, const Place **places, size_t most, bool *several) {
  static const Type words = {.tag = T_LIST, .item = &TYPE_WORD};
  *several = in->kind == EXPR_LIST;
  const Value *names = eval_as(c, scope, in, *several ? &words : &TYPE_WORD, S("`in`"));
  if (is_poison(names) || !require_time(c, names, TIME_COMPILE, "where a thing is")) return 0;
  size_t count = 0, given = *several ? names->count : 1;
  for (size_t i = 0; i < given && count < most; i++) {
    const Value *name = *several ? names->items[i] : names;
    bool known, again = false;
    if (is_poison(name)) continue;
    const Place *place = place_named(c, name->text, name->span, &known);
    for (size_t k = 0; known && k < count; k++) again = again || places[k] == place;
    if (again) diag(c->diags, DIAG_ERROR, "E0513", name->span, "`%.*s` is named twice", STR_ARG(name->text));
    if (known && !again) places[count++] = place;
  }
  if (!given) diag(c->diags, DIAG_ERROR, "E0513", in->span, "`in` names no account or region");
  return count;
}

void help_with_places(Checker *c, Diag *d, const Entity *whole, Str behind) {
  if (!whole->each.len) return;
  diag_help(c->diags, d, "it is in several places: say which, `%.*s.%.*s%.*s`", STR_ARG(whole->name),
            STR_ARG(whole->each.entries[0].key), STR_ARG(behind));
}

Str place_name(const Place *place) {
  return place ? place->name : at_home.name;
}

// ---------------------------------------------------------------- declarations and resources

Scope *resource_place(Checker *c, Scope *outer, const Expr *in) {
  Scope *scope = scope_new(c, SCOPE_BLOCK, outer);
  const Place *place = NULL;
  bool several;
  size_t count = places_of(c, outer, in, &place, 1, &several);
  if (several) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0513", in->span, "a resource is in one place");
    diag_help(c->diags, d, "to have it in several, declare a kind that holds it");
  } else if (count) {
    place_enter(c, scope, place);
  }
  return scope;
}

// The field `in`, unless the kind has a parameter of that name.
static const Expr *place_field(const Entity *kind, const Stmt *stmt) {
  for (size_t i = 0; i < kind->stmt->params.len; i++) {
    Str name = kind->stmt->params.at[i].name.text;
    if (str_eq(name, S("in")) || str_eq(name, S("body"))) return NULL;
  }
  for (size_t i = 0; i < stmt->fields.len; i++) {
    if (str_eq(stmt->fields.at[i].name.text, S("in"))) return stmt->fields.at[i].value;
  }
  return NULL;
}

// Expands an instance where it is put: its fields are read there, too.
static void expand_there(Checker *c, Entity *instance, Entity *kind, const Expr *in) {
  Scope *scope = scope_new(c, SCOPE_BLOCK, instance->scope);
  if (instance->place || in) place_enter(c, scope, instance->place);
  Arguments given = arguments_of(c, scope, &instance->stmt->fields, instance->stmt->name.span);
  size_t kept = 0;
  for (size_t i = 0; i < given.given.len; i++) {
    if (!in || !str_eq(given.given.at[i].name.text, S("in"))) given.given.at[kept++] = given.given.at[i];
  }
  given.given.len = kept;
  instance_begin(c, instance, kind, &given);
}

// What is the same in all places can be said of the whole: a name, mostly.
static void share_members(Entity *whole, Entity *const *made, size_t count) {
  for (size_t i = 0; count && i < made[0]->members.len; i++) {
    Str name = made[0]->members.entries[i].key;
    const Value *value = made[0]->members.entries[i].value;
    bool same = !map_get(&whole->members, name);
    for (size_t k = 1; k < count && same; k++) {
      const Value *other = map_get(&made[k]->members, name);
      same = other && value_same(value, other);
    }
    if (same) map_set(&whole->members, name, (void *)(uintptr_t)value);
  }
}

void expand_in_places(Checker *c, Entity *instance, Entity *kind) {
  enum { PLACES_MOST = 64 };
  const Place *places[PLACES_MOST];
  bool several = false;
  const Expr *in = place_field(kind, instance->stmt);
  size_t count = in ? places_of(c, instance->scope, in, places, PLACES_MOST, &several) : 0;
  if (in && !count) { // it was told
    instance->value = poison(c, instance->span);
    return;
  }
  if (in && !several) instance->place = places[0];
  if (!several) {
    expand_there(c, instance, kind, in);
    return;
  }
  Entity **made = NEW_N(c->arena, Entity *, count);
  for (size_t i = 0; i < count; i++) {
    Entity *there = entity_new(c, ENTITY_INSTANCE, instance->stmt->name, instance->stmt, instance->scope);
    there->of = kind, there->owner = instance->owner, there->place = places[i];
    there->whole = instance;
    there->progress = 2;
    there->value = entity_value(c, there);
    map_set(&instance->each, place_name(places[i]), made[i] = there);
    map_set(&instance->members, place_name(places[i]), (void *)(uintptr_t)there->value);
    VEC_PUSH(c->arena, &c->instances, there);
  }
  for (size_t i = 0; i < count; i++) expand_there(c, made[i], kind, in);
  share_members(instance, made, count);
}

// ---------------------------------------------------------------- calls

void call_there(FlowBuild *f, State *state, const Place *place, Span span) {
  if (!place || state->credentials) return;
  if (place->region || !place->account) {
    Diag *d = diag(f->c->diags, DIAG_ERROR, "E0516", span, "a flow calls services of its own region; this is in `%.*s`",
                   STR_ARG(place->name));
    diag_help(f->c->diags, d, "call a lambda of the flow's region that `uses` it");
    return;
  }
  state->credentials = flow_access(f->c, f->flow, place);
  state->access = place->name;
}

void call_as(FlowBuild *f, State *state, Scope *scope, const Expr *role) {
  Checker *c = f->c;
  const Place *place = role->kind == EXPR_NAME && !scope_find(scope, role->name.text, NULL)
                           ? map_get(&c->places, role->name.text)
                           : NULL;
  if (place) {
    call_there(f, state, place, role->span);
    return;
  }
  const Value *value = eval(c, scope, role);
  Entity *entity = value_entity(value);
  if (entity && map_get(&entity->members, S("arn"))) value = map_get(&entity->members, S("arn"));
  state->credentials = settle(f, fit(c, value, &TYPE_STRING, S("`as`")), NULL);
}

// ---------------------------------------------------------------- functions of kinds

const Place *entity_place(const Entity *entity) {
  return entity && entity->inside ? entity->inside->place : NULL;
}

// A thing that is in several places, seen from one of them, is the one that is there.
const Value *place_nearby(const Scope *scope, const Value *value) {
  Entity *entity = value_entity(value);
  if (!entity || !entity->each.len) return value;
  Entity *there = map_get(&entity->each, place_name(scope->place));
  return there ? there->value : value;
}

Things things_of(Checker *c, const Value *const *lists, size_t count, Span use) {
  Things things = {0};
  for (size_t i = 0; i < count; i++) {
    size_t many = lists[i]->kind == VALUE_LIST ? lists[i]->count : lists[i]->kind == VALUE_MISSING ? 0 : 1;
    for (size_t k = 0; k < many; k++) {
      const Value *value = lists[i]->kind == VALUE_LIST ? lists[i]->items[k] : lists[i];
      Entity *entity = value_entity(value);
      if (entity && entity->kind == ENTITY_INSTANCE) entity_resolve(c, entity, use);
      for (size_t e = 0; entity && e < entity->each.len; e++) {
        Entity *there = entity->each.entries[e].value;
        VEC_PUSH(c->arena, &things, ((Thing){there, there->value}));
      }
      if (!entity || !entity->each.len) VEC_PUSH(c->arena, &things, ((Thing){entity, value}));
    }
  }
  return things;
}

const Value *accounts_of(Checker *c, const Scope *scope, const Value *const *lists, size_t count, Span span) {
  Things things = things_of(c, lists, count, span);
  VEC(const Place *) seen = {0};
  VEC(const Value *) names = {0};
  for (size_t i = 0; i < things.len; i++) {
    const Place *place = entity_place(things.at[i].entity);
    bool known = !things.at[i].entity || place_same_account(place, scope->place);
    for (size_t k = 0; k < seen.len && !known; k++) known = place_same_account(seen.at[k], place);
    if (known) continue;
    VEC_PUSH(c->arena, &seen, place);
    VEC_PUSH(c->arena, &names, value_string(c->arena, place_name(place), span));
  }
  return value_list(c->arena, names.at, names.len, span);
}

const Value *account_id(Checker *c, const Value *name, Span span) {
  bool known;
  const Place *place = place_named(c, name->text, span, &known);
  if (!known) return poison(c, span);
  return place && place->account ? place->account : own_account(c);
}

bool place_holds(Checker *c, const Value *name, const Entity *thing, Span span) {
  bool known;
  const Place *place = place_named(c, name->text, span, &known);
  return known && place_same_account(place, entity_place(thing));
}

// ---------------------------------------------------------------- what others add

void add_to(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *given = eval(c, scope, stmt->value), *to = eval(c, scope, stmt->second);
  if (is_poison(given) || is_poison(to)) return;
  Things things = things_of(c, &to, 1, stmt->span);
  for (size_t i = 0; i < things.len; i++) {
    Entity *entity = things.at[i].entity;
    const Value *other = entity ? map_get(&entity->members, stmt->name.text) : NULL;
    if (other && value_entity(other)) entity = value_entity(other); // which takes them in its stead
    if (!entity || entity->kind != ENTITY_INSTANCE) {
      diag(c->diags, DIAG_ERROR, "E0514", stmt->second->span, "something is added to a declared thing, not to this");
      return;
    }
    Added *added = map_get(&entity->added, stmt->name.text);
    if (!added) {
      added = NEW(c->arena, Added);
      *added = (Added){.span = stmt->second->span, .user = scope->self};
      map_set(&entity->added, stmt->name.text, added);
    }
    bool known = false;
    for (size_t k = 0; k < added->values.len && !known; k++) known = value_same(added->values.at[k], given);
    if (!known) VEC_PUSH(c->arena, &added->values, given);
  }
}

const Value *added_to(Checker *c, const Scope *scope, const Value *name, Span span) {
  if (!c->bodies || !scope->self) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0514", span, "what others add is known only when all is declared");
    diag_help(c->diags, d, "write added(…) in the fields of a resource or file of a kind");
    return poison(c, span);
  }
  Entity *self = scope->self;
  map_set(&self->taken, name->text, self);
  const Added *added = map_get(&self->added, name->text);
  return value_list(c->arena, added ? added->values.at : NULL, added ? added->values.len : 0, span);
}

// The library's kinds that read what others add by that name: "topic, channel".
static Str takers_of(Checker *c, Str name) {
  Str reads = str_fmt(c->arena, "added(\"%.*s\")", STR_ARG(name));
  size_t count;
  const EmbeddedFile *files = embed_list(&count);
  Buf out = {.arena = c->arena};
  for (size_t i = 0; i < count; i++) {
    Str file = files[i].name, text = {files[i].start, (size_t)(files[i].end - files[i].start)};
    if (!str_starts(file, S("std/")) || !str_has(text, reads)) continue;
    buf_fmt(&out, "%s%.*s", out.len ? ", " : "", STR_ARG(str_slice(file, 4, file.len - 6)));
  }
  return buf_text(&out);
}

void check_added(Checker *c) {
  for (size_t i = 0; i < c->instances.len; i++) {
    Entity *entity = c->instances.at[i];
    for (size_t k = 0; k < entity->added.len; k++) {
      if (map_get(&entity->taken, entity->added.entries[k].key)) continue;
      const Added *added = entity->added.entries[k].value;
      Str name = entity->added.entries[k].key, takers = takers_of(c, name);
      size_t errors = c->diags->list.len;
      bool library = in_library(c, added->span);
      Span place = added->user && !library ? field_for(c, added->user, added->span) : added->span;
      Str of = entity->of ? str_fmt(c->arena, ", a %.*s,", STR_ARG(entity->of->name)) : (Str){0};
      Diag *d = diag(c->diags, DIAG_ERROR, "E0514", place, "`%.*s`%.*s takes no `%.*s` from others",
                     STR_ARG(entity->name), STR_ARG(of), STR_ARG(name));
      if (takers.len) diag_help(c->diags, d, "what takes them: %.*s", STR_ARG(takers));
      if (!library) diag_note(c->diags, d, added->span, "added here");
      if (library && added->user) blame_instance(c, errors, added->user);
    }
  }
}
