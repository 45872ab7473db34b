#include "validate/form.h"

enum { MEMBERS_MOST = 64, MERGE_MOST = 6, FACTS_MOST = 5 };

const Form FORM_ANY = {.kinds = FORM_ANY_KINDS, .open = true};
const Form FORM_EMPTY = {.kinds = 1 << JSON_OBJECT};
const Form FORM_TEXT = {.kinds = 1 << JSON_STRING};
const Form FORM_COUNT = {.kinds = 1 << JSON_NUMBER};
const Form FORM_TRUTH = {.kinds = FORM_BOOL};

const Form *form_constant(Arena *arena, const Json *json) {
  Form *made = NEW(arena, Form);
  made->kinds = json_is_bool(json) ? FORM_BOOL : 1u << json->kind;
  made->constant = json;
  return made;
}

const Form *form_items(Arena *arena, const Form **items, uint32_t count) {
  const Json **values = NEW_N(arena, const Json *, count + 1);
  uint32_t known = 0;
  while (known < count && items[known]->constant) values[known] = items[known]->constant, known++;
  if (known == count) return form_constant(arena, json_array(arena, values, count));
  Form *made = NEW(arena, Form);
  *made = (Form){.kinds = 1 << JSON_ARRAY, .items = items, .item_count = count};
  return made;
}

const Form *form_array(Arena *arena, const Form *element) {
  Form *made = NEW(arena, Form);
  made->kinds = 1 << JSON_ARRAY;
  made->element = element;
  return made;
}

// A closed object of constants is a constant.
static const Form *fold(Arena *arena, const FormMember *members, uint32_t count) {
  JsonMember *made = NEW_N(arena, JsonMember, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    if (!members[i].form->constant || members[i].maybe) return NULL;
    made[i] = (JsonMember){members[i].name, members[i].form->constant, JSON_NOWHERE};
  }
  return form_constant(arena, json_object(arena, made, count));
}

const Form *form_object(Arena *arena, FormMember *members, uint32_t count, bool open) {
  const Form *constant = open ? NULL : fold(arena, members, count);
  if (constant) return constant;
  Form *made = NEW(arena, Form);
  made->kinds = 1 << JSON_OBJECT;
  made->members = members;
  made->count = count;
  made->open = open;
  return made;
}

static const Form *of_facts(Arena *arena, FactsShape facts, int depth) {
  FactsShapeKind kind = facts_shape_kind(facts);
  if (depth > FACTS_MOST) return &FORM_ANY;
  switch (kind) {
  case FACTS_STRING:
  case FACTS_BLOB: return &FORM_TEXT;
  case FACTS_INTEGER:
  case FACTS_LONG:
  case FACTS_FLOAT:
  case FACTS_DOUBLE: return &FORM_COUNT;
  case FACTS_BOOLEAN: return &FORM_TRUTH;
  case FACTS_LIST: return form_array(arena, of_facts(arena, facts_shape_element(facts), depth + 1));
  case FACTS_MAP: return form_object(arena, NULL, 0, true);
  case FACTS_STRUCTURE: break;
  default: return &FORM_ANY;
  }
  uint32_t count = (uint32_t)facts_shape_members(facts);
  FormMember *members = NEW_N(arena, FormMember, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    FactsMember member = facts_shape_member(facts, i);
    members[i] = (FormMember){member.name, of_facts(arena, member.shape, depth + 1), true};
  }
  Form *made = NEW(arena, Form);
  *made = (Form){.kinds = 1 << JSON_OBJECT, .loose = true, .members = members, .count = count};
  return made;
}

const Form *form_of_facts(Arena *arena, FactsShape facts) {
  return of_facts(arena, facts, 0);
}

// A constant as members and items that are constants.
static const Form *spread(Arena *arena, const Form *form) {
  const Json *json = form->constant;
  if (!json || json->kind < JSON_ARRAY) return form;
  Form *made = NEW(arena, Form);
  made->kinds = form->kinds;
  if (json->count > MEMBERS_MOST) {
    made->open = true;
    return made;
  }
  if (json->kind == JSON_ARRAY) {
    made->items = NEW_N(arena, const Form *, json->count + 1);
    made->item_count = json->count;
    for (uint32_t i = 0; i < json->count; i++) made->items[i] = form_constant(arena, json->items[i]);
    return made;
  }
  made->members = NEW_N(arena, FormMember, json->count + 1);
  made->count = json->count;
  for (uint32_t i = 0; i < json->count; i++)
    made->members[i] = (FormMember){json->members[i].key, form_constant(arena, json->members[i].value), false};
  return made;
}

static const FormMember *find(const Form *form, Str name) {
  for (uint32_t i = 0; i < form->count; i++) {
    if (str_eq(form->members[i].name, name)) return &form->members[i];
  }
  return NULL;
}

static const Form *merge(Arena *arena, const Form *a, const Form *b, int depth);

static void merge_members(Arena *arena, Form *made, const Form *a, const Form *b, int depth) {
  bool one = !(a->kinds & b->kinds & 1 << JSON_OBJECT); // only one of them may be an object
  made->members = NEW_N(arena, FormMember, a->count + b->count + 1);
  for (uint32_t i = 0; i < a->count; i++) {
    FormMember member = a->members[i];
    const FormMember *other = find(b, member.name);
    if (other)
      member.form = merge(arena, member.form, other->form, depth + 1), member.maybe |= other->maybe;
    else if (b->open)
      member.form = &FORM_ANY;
    member.maybe |= !other && !one;
    made->members[made->count++] = member;
  }
  for (uint32_t i = 0; i < b->count; i++) {
    if (find(a, b->members[i].name)) continue;
    FormMember member = b->members[i];
    if (a->open && a->kinds & 1 << JSON_OBJECT) member.form = &FORM_ANY;
    member.maybe |= !one;
    made->members[made->count++] = member;
  }
  if (made->count > MEMBERS_MOST) made->count = 0, made->open = true;
}

static const Form *merge(Arena *arena, const Form *a, const Form *b, int depth) {
  if (a == b || form_same(a, b)) return a;
  if (a == &FORM_ANY || b == &FORM_ANY || depth > MERGE_MOST) return &FORM_ANY;
  Form *made = NEW(arena, Form);
  *made = (Form){.kinds = a->kinds | b->kinds, .open = a->open || b->open, .loose = a->loose || b->loose};
  if (made->kinds & 1 << JSON_OBJECT) merge_members(arena, made, spread(arena, a), spread(arena, b), depth);
  if (made->kinds & 1 << JSON_ARRAY) {
    bool both = a->kinds & b->kinds & 1 << JSON_ARRAY;
    const Form *x = form_element(arena, a), *y = form_element(arena, b);
    made->element = both ? merge(arena, x, y, depth + 1) : a->kinds & 1 << JSON_ARRAY ? x : y;
  }
  return made;
}

const Form *form_merge(Arena *arena, const Form *a, const Form *b) {
  return merge(arena, a, b, 0);
}

bool form_same(const Form *a, const Form *b) {
  if (a == b) return true;
  if (!a || !b || a->kinds != b->kinds || a->open != b->open || a->loose != b->loose) return false;
  if (a->constant || b->constant) return a->constant && b->constant && json_equal(a->constant, b->constant);
  if (a->count != b->count || a->item_count != b->item_count) return false;
  for (uint32_t i = 0; i < a->count; i++) {
    const FormMember *x = &a->members[i], *y = &b->members[i];
    if (x->maybe != y->maybe || !str_eq(x->name, y->name) || !form_same(x->form, y->form)) return false;
  }
  for (uint32_t i = 0; i < a->item_count; i++) {
    if (!form_same(a->items[i], b->items[i])) return false;
  }
  return a->element == b->element || form_same(a->element, b->element);
}

const Form *form_member(Arena *arena, const Form *form, Str name, bool *maybe) {
  *maybe = false;
  if (!(form->kinds & 1 << JSON_OBJECT)) return NULL;
  bool only = form->kinds == 1 << JSON_OBJECT;
  if (form->constant) {
    const Json *value = json_get(form->constant, name);
    return value ? form_constant(arena, value) : NULL;
  }
  const FormMember *member = find(form, name);
  *maybe = !only || !member || member->maybe;
  if (member) return member->form;
  return form->open ? &FORM_ANY : NULL;
}

const Form *form_item(Arena *arena, const Form *form, double index) {
  if (!(form->kinds & 1 << JSON_ARRAY)) return NULL;
  if (form->constant || form->items) {
    uint32_t count = form->constant ? form->constant->count : form->item_count;
    double at = index < 0 ? index + count : index;
    if (at < 0 || at >= count) return form->kinds == 1 << JSON_ARRAY ? NULL : &FORM_ANY;
    return form->constant ? form_constant(arena, form->constant->items[(uint32_t)at]) : form->items[(uint32_t)at];
  }
  return form->element ? form->element : &FORM_ANY;
}

const Form *form_element(Arena *arena, const Form *form) {
  if (!(form->kinds & 1 << JSON_ARRAY)) return &FORM_ANY;
  const Form *all = spread(arena, form);
  if (all->items) {
    const Form *element = all->item_count ? all->items[0] : &FORM_ANY;
    for (uint32_t i = 1; i < all->item_count; i++) element = form_merge(arena, element, all->items[i]);
    return element;
  }
  return all->element ? all->element : &FORM_ANY;
}

const Form *form_with(Arena *arena, const Form *form, Str name, const Form *value) {
  if (!(form->kinds & 1 << JSON_OBJECT)) return &FORM_ANY;
  const Form *all = spread(arena, form);
  Form *made = NEW(arena, Form);
  *made = (Form){.kinds = 1 << JSON_OBJECT, .open = all->open, .loose = all->loose};
  made->members = NEW_N(arena, FormMember, all->count + 1);
  for (uint32_t i = 0; i < all->count; i++) {
    if (!str_eq(all->members[i].name, name)) made->members[made->count++] = all->members[i];
  }
  made->members[made->count++] = (FormMember){name, value, false};
  if (made->count > MEMBERS_MOST) made->count = 0, made->open = true;
  return made;
}

Str form_nearest(Arena *arena, const Form *form, Str name) {
  const Form *all = spread(arena, form);
  Nearest nearest = nearest_to(name);
  for (uint32_t i = 0; i < all->count; i++) nearest_offer(&nearest, all->members[i].name);
  return nearest_best(&nearest);
}

Str form_kinds_text(Arena *arena, unsigned kinds) {
  static const struct {
    unsigned bits;
    const char *name;
  } names[] = {{1 << JSON_NULL, "null"},       {FORM_BOOL, "true or false"},  {1 << JSON_NUMBER, "a number"},
               {1 << JSON_STRING, "a string"}, {1 << JSON_ARRAY, "an array"}, {1 << JSON_OBJECT, "an object"}};
  Buf out = {.arena = arena};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (kinds & names[i].bits) buf_fmt(&out, "%s%s", out.len ? " or " : "", names[i].name);
  }
  return buf_text(&out);
}
