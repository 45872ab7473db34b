// Encryption keys: what a role that uses an encrypted resource needs of the resource's key.
#include "check/internal.h"

// The field of a resource that names its key, evaluated before the other fields are, or NULL.
static const Value *key_field(Checker *c, const Resource *resource) {
  for (size_t i = 0; i < c->later.len; i++) {
    const Later *later = &c->later.at[i];
    if (!later->entity || later->entity->resource != resource) continue;
    for (size_t k = 0; k < later->stmt->fields.len; k++) {
      const Field *field = &later->stmt->fields.at[k];
      bool key = str_eq(field->name.text, S("kms_master_key_id")) || str_eq(field->name.text, S("kms_key_id"));
      if (key && !field->spread) return eval(c, later->scope, field->value);
    }
  }
  return NULL;
}

// The ARN of the key that a resource is encrypted with; NULL: it has none, or one of AWS's own.
static const Value *key_of(Checker *c, const Value *resource) {
  if (resource->kind != VALUE_TERRAFORM || !str_ends(resource->text, S(".arn"))) return NULL;
  const Resource *found = map_get(&c->addresses, str_slice(resource->text, 0, resource->text.len - 4));
  const Value *key = found ? key_field(c, found) : NULL;
  if (!key || is_poison(key) || key->time > TIME_DEPLOY) return NULL;
  if (key->kind == VALUE_STRING) return str_starts(key->text, S("arn:")) ? key : NULL;
  if (key->kind != VALUE_TERRAFORM || !str_starts(key->text, S("aws_kms_key."))) {
    return key->kind == VALUE_TERRAFORM || key->kind == VALUE_TEMPLATE ? key : NULL;
  }
  size_t dot = key->text.len;
  while (key->text.at[dot - 1] != '.') dot--;
  Str arn = str_fmt(c->arena, "%.*sarn", STR_ARG(str_slice(key->text, 0, dot)));
  return value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, arn, &TYPE_STRING, key->span);
}

const Value *allow(Checker *c, const char *sid, const Value *actions, const Value **on, size_t count, Span span) {
  ValueMember *members = NEW_N(c->arena, ValueMember, 4);
  size_t used = 0;
  if (sid) members[used++] = (ValueMember){S("Sid"), value_string(c->arena, str_of(sid), span), span};
  members[used++] = (ValueMember){S("Effect"), value_string(c->arena, S("Allow"), span), span};
  members[used++] = (ValueMember){S("Action"), actions, span};
  members[used++] = (ValueMember){S("Resource"), count == 1 ? on[0] : value_list(c->arena, on, count, span), span};
  return value_object(c->arena, members, used, span);
}

const Value *use_of_keys(Checker *c, const Value *statements, Span span) {
  VEC(const Value *) keys = {0};
  for (size_t i = 0; i < statements->count; i++) {
    const Value *on = value_member(statements->items[i], S("Resource"));
    size_t count = !on ? 0 : on->kind == VALUE_LIST ? on->count : 1;
    for (size_t k = 0; k < count; k++) {
      const Value *key = key_of(c, on->kind == VALUE_LIST ? on->items[k] : on);
      bool listed = !key;
      for (size_t n = 0; n < keys.len && !listed; n++) listed = value_same(keys.at[n], key);
      if (!listed) VEC_PUSH(c->arena, &keys, key);
    }
  }
  if (!keys.len) return NULL;
  const Value **actions = NEW_N(c->arena, const Value *, 2);
  actions[0] = value_string(c->arena, S("kms:Decrypt"), span);
  actions[1] = value_string(c->arena, S("kms:GenerateDataKey"), span);
  return allow(c, "Keys", value_list(c->arena, actions, 2, span), keys.at, keys.len, span);
}
