// Functions of Terraform with constant arguments: what they give, and when they fail (Terraform's "Built-in
// Functions").
#include "validate/tf_constant.h"
#include <math.h>
#include <stdlib.h>

enum { RANGE_MOST = 1024, TEXT_MOST = 1 << 16 };

typedef const Json *Function(TfConstantCall *call);

// --- Arguments

static const Json *fail(TfConstantCall *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
static const Json *fail(TfConstantCall *call, const char *format, ...) {
  va_list args;
  va_start(args, format);
  call->fault = str_vfmt(call->arena, format, args);
  va_end(args);
  return NULL;
}

static const Json *argument(const TfConstantCall *call, uint32_t i) {
  return i < call->count ? call->arguments[i] : NULL;
}

static bool number_at(const TfConstantCall *call, uint32_t i, double *number) {
  const Json *value = argument(call, i);
  if (json_is(value, JSON_NUMBER)) return *number = value->number, true;
  return json_is(value, JSON_STRING) && json_number_parse(json_str(value), number);
}

static bool text_at(const TfConstantCall *call, uint32_t i, Str *text) {
  return tf_constant_text(call->arena, argument(call, i), text);
}

static bool list_at(const TfConstantCall *call, uint32_t i, const Json **list) {
  return json_is(*list = argument(call, i), JSON_ARRAY);
}

static bool object_at(const TfConstantCall *call, uint32_t i, const Json **object) {
  return json_is(*object = argument(call, i), JSON_OBJECT);
}

// Functions on single characters are worked out for ASCII alone.
static bool is_ascii(Str text) {
  for (size_t i = 0; i < text.len; i++) {
    if ((unsigned char)text.at[i] >= 0x80) return false;
  }
  return true;
}

static const Json *number(const TfConstantCall *call, double value) {
  return isfinite(value) ? json_number(call->arena, value) : NULL;
}

static const Json *text(const TfConstantCall *call, Str value) {
  return json_string(call->arena, value);
}

// --- Numbers

static const Json *call_max(TfConstantCall *call) {
  double best = 0, one;
  bool least = str_eq(call->name, S("min"));
  for (uint32_t i = 0; i < call->count; i++) {
    if (!number_at(call, i, &one)) return NULL;
    if (i == 0 || (least ? one < best : one > best)) best = one;
  }
  return call->count ? number(call, best) : NULL;
}

static const Json *call_round(TfConstantCall *call) {
  double value;
  if (!number_at(call, 0, &value)) return NULL;
  if (str_eq(call->name, S("abs"))) return number(call, fabs(value));
  if (str_eq(call->name, S("ceil"))) return number(call, ceil(value));
  if (str_eq(call->name, S("floor"))) return number(call, floor(value));
  if (value != floor(value)) return fail(call, "it wants a whole number");
  return number(call, (value > 0) - (value < 0));
}

static const Json *call_pow(TfConstantCall *call) {
  double base, power;
  if (!number_at(call, 0, &base) || !number_at(call, 1, &power)) return NULL;
  return base == 0 && power < 0 ? fail(call, "that is infinite") : number(call, pow(base, power));
}

static const Json *call_parseint(TfConstantCall *call) {
  double base;
  Str digits;
  if (!text_at(call, 0, &digits) || !number_at(call, 1, &base)) return NULL;
  if (!json_is(argument(call, 0), JSON_STRING)) return fail(call, "it wants a text of digits");
  if (base < 2 || base > 62 || base != floor(base)) return fail(call, "a base is a whole number from 2 to 62");
  if (base > 36 || digits.len > 12) return NULL;
  char *end, *z = str_z(call->arena, digits);
  double value = (double)strtoll(z, &end, (int)base);
  bool good = digits.len && *end == 0 && z[0] != ' ' && !(base == 16 && strchr(z, 'x'));
  return good ? number(call, value) : fail(call, "`%s` is no whole number to the base %.0f", z, base);
}

// --- Texts

static const Json *call_case(TfConstantCall *call) {
  Str given;
  if (!text_at(call, 0, &given) || !is_ascii(given)) return NULL;
  char *made = str_z(call->arena, given);
  bool upper = str_eq(call->name, S("upper"));
  for (char *c = made; *c; c++) {
    bool other = upper ? *c >= 'a' && *c <= 'z' : *c >= 'A' && *c <= 'Z';
    if (other) *c = (char)(*c ^ 32);
  }
  return text(call, (Str){made, given.len});
}

static const Json *call_trimspace(TfConstantCall *call) {
  Str given;
  return text_at(call, 0, &given) && is_ascii(given) ? text(call, str_trim(given)) : NULL;
}

static const Json *call_affix(TfConstantCall *call) {
  Str given, part;
  if (!text_at(call, 0, &given) || !text_at(call, 1, &part)) return NULL;
  bool starts = str_starts(given, part), ends = str_ends(given, part);
  if (str_eq(call->name, S("startswith"))) return json_bool(starts);
  if (str_eq(call->name, S("endswith"))) return json_bool(ends);
  if (str_eq(call->name, S("strcontains"))) return json_bool(str_has(given, part));
  if (str_eq(call->name, S("trimprefix"))) return text(call, starts ? str_slice(given, part.len, given.len) : given);
  return text(call, ends ? str_slice(given, 0, given.len - part.len) : given);
}

static const Json *call_join(TfConstantCall *call) {
  Str between, part;
  Buf out = {.arena = call->arena};
  bool first = true;
  if (!text_at(call, 0, &between)) return NULL;
  for (uint32_t i = 1; i < call->count; i++) {
    const Json *list;
    if (!list_at(call, i, &list)) return NULL;
    for (uint32_t k = 0; k < list->count; k++, first = false) {
      if (!tf_constant_text(call->arena, list->items[k], &part)) return NULL;
      if (!first) buf_str(&out, between);
      buf_str(&out, part);
    }
  }
  return text(call, buf_text(&out));
}

static const Json *call_split(TfConstantCall *call) {
  Str between, given;
  JsonBuild made = {.arena = call->arena};
  if (!text_at(call, 0, &between) || !text_at(call, 1, &given) || !between.len) return NULL;
  for (size_t at = 0;;) {
    size_t end = str_find(given, between, at);
    json_add(&made, text(call, str_slice(given, at, end)));
    if (end == given.len) break;
    at = end + between.len;
  }
  return json_made_array(&made);
}

static const Json *call_replace(TfConstantCall *call) {
  Str given, old, new;
  Buf out = {.arena = call->arena};
  if (!text_at(call, 0, &given) || !text_at(call, 1, &old) || !text_at(call, 2, &new)) return NULL;
  bool pattern = old.len > 1 && old.at[0] == '/' && old.at[old.len - 1] == '/';
  if (!old.len || pattern) return NULL;
  for (size_t at = 0; at < given.len;) {
    size_t found = str_find(given, old, at);
    buf_str(&out, str_slice(given, at, found));
    if (found == given.len) break;
    buf_str(&out, new);
    at = found + old.len;
  }
  return text(call, buf_text(&out));
}

static const Json *call_substr(TfConstantCall *call) {
  Str given;
  double from, length;
  if (!text_at(call, 0, &given) || !number_at(call, 1, &from) || !number_at(call, 2, &length)) return NULL;
  if (!is_ascii(given) || (from < 0 && length == 0) || from != floor(from) || length != floor(length)) return NULL;
  double all = (double)given.len;
  if (from < 0) from += all;
  double to = length < 0 ? all : fmin(from + length, all);
  return text(call, from < 0 || from >= to ? S("") : str_slice(given, (size_t)from, (size_t)to));
}

// %s, %d and %v; what else there is stays unknown.
static const Json *call_format(TfConstantCall *call) {
  Str form, part;
  Buf out = {.arena = call->arena};
  uint32_t used = 1;
  if (!text_at(call, 0, &form)) return NULL;
  for (size_t i = 0; i < form.len; i++) {
    if (form.at[i] != '%' || (i + 1 < form.len && form.at[i + 1] == '%')) {
      i += form.at[i] == '%';
      buf_char(&out, form.at[i]);
      continue;
    }
    char verb = ++i < form.len ? form.at[i] : 0;
    if (!verb || !strchr("sdv", verb)) return NULL;
    if (used >= call->count) return fail(call, "there is no value for `%%%c`", verb);
    const Json *value = argument(call, used++);
    double whole;
    if (verb == 'd' && value->kind < JSON_ARRAY && !number_at(call, used - 1, &whole))
      return fail(call, "`%%d` wants a number");
    if (!tf_constant_text(call->arena, value, &part) || (verb == 'd' && memchr(part.at, '.', part.len))) return NULL;
    buf_str(&out, part);
  }
  if (used < call->count) return fail(call, "the format has places for %u values, not %u", used - 1, call->count - 1);
  return text(call, buf_text(&out));
}

// --- Conversions

static const Json *call_tonumber(TfConstantCall *call) {
  double value;
  if (number_at(call, 0, &value)) return number(call, value);
  const Json *given = argument(call, 0);
  if (json_is(given, JSON_STRING) &&
      (json_str(given).len == 0 || !strchr("+.0123456789", json_str(given).at[0]) || str_has(json_str(given), S("x"))))
    return fail(call, "`%.*s` is no number", STR_ARG(json_str(given)));
  return NULL;
}

static const Json *call_tostring(TfConstantCall *call) {
  Str given;
  return text_at(call, 0, &given) ? text(call, given) : NULL;
}

static const Json *call_tobool(TfConstantCall *call) {
  const Json *given = argument(call, 0);
  if (json_is_bool(given) || !json_is(given, JSON_STRING)) return json_is_bool(given) ? given : NULL;
  if (str_eq(json_str(given), S("true")) || str_eq(json_str(given), S("1"))) return &JSON_THE_TRUE;
  if (str_eq(json_str(given), S("false")) || str_eq(json_str(given), S("0"))) return &JSON_THE_FALSE;
  return fail(call, "`%.*s` is neither \"true\" nor \"false\"", STR_ARG(json_str(given)));
}

static const Json *call_jsondecode(TfConstantCall *call) {
  Str given;
  JsonError error;
  if (!text_at(call, 0, &given)) return NULL;
  const Json *value = json_read(call->arena, given, 0, &error);
  return value ? value : fail(call, "not JSON: %s", error.what);
}

// Whether terraform writes a value as we do: it sorts the members of objects, and escapes what HTML gives a meaning.
static bool is_plain(const Json *value) {
  if (value->kind == JSON_STRING) {
    for (uint32_t i = 0; i < value->count; i++) {
      if (strchr("<>&", value->text[i]) || (unsigned char)value->text[i] == 0xe2) return false;
    }
  }
  for (uint32_t i = 0; value->kind == JSON_ARRAY && i < value->count; i++) {
    if (!is_plain(value->items[i])) return false;
  }
  return value->kind != JSON_OBJECT;
}

static const Json *call_jsonencode(TfConstantCall *call) {
  const Json *value = argument(call, 0);
  return value && is_plain(value) ? text(call, json_text(call->arena, value, JSON_COMPACT)) : NULL;
}

static const Json *call_base64decode(TfConstantCall *call) {
  Str given;
  if (!text_at(call, 0, &given)) return NULL;
  size_t padding = 0;
  while (padding < 2 && padding < given.len && given.at[given.len - 1 - padding] == '=') padding++;
  bool good = given.len % 4 == 0;
  for (size_t i = 0; i + padding < given.len; i++)
    good &= ascii_is_word(given.at[i]) ? given.at[i] != '_' : given.at[i] == '+' || given.at[i] == '/';
  return good ? NULL : fail(call, "`%.*s` is not base64", STR_ARG(str_slice(given, 0, 40)));
}

// --- Collections

static const Json *call_length(TfConstantCall *call) {
  const Json *given = argument(call, 0);
  if (json_is(given, JSON_STRING)) return is_ascii(json_str(given)) ? number(call, given->count) : NULL;
  return given && given->kind >= JSON_ARRAY ? number(call, given->count) : NULL;
}

static const Json *call_concat(TfConstantCall *call) {
  JsonBuild made = {.arena = call->arena};
  const Json *list;
  for (uint32_t i = 0; i < call->count; i++) {
    if (!list_at(call, i, &list)) return NULL;
    for (uint32_t k = 0; k < list->count; k++) json_add(&made, list->items[k]);
  }
  return json_made_array(&made);
}

static bool flatten(JsonBuild *made, const Json *list, int depth) {
  for (uint32_t i = 0; i < list->count; i++) {
    if (!json_is(list->items[i], JSON_ARRAY))
      json_add(made, list->items[i]);
    else if (depth > 20 || !flatten(made, list->items[i], depth + 1))
      return false;
  }
  return true;
}

static const Json *call_flatten(TfConstantCall *call) {
  JsonBuild made = {.arena = call->arena};
  const Json *list;
  return list_at(call, 0, &list) && flatten(&made, list, 0) ? json_made_array(&made) : NULL;
}

static const Json *call_element(TfConstantCall *call) {
  const Json *list;
  double index;
  if (!list_at(call, 0, &list) || !number_at(call, 1, &index)) return NULL;
  if (!list->count) return fail(call, "an empty list has no element");
  if (index < 0 || index != floor(index)) return NULL;
  return list->items[(uint32_t)fmod(index, list->count)];
}

static const Json *call_index(TfConstantCall *call) {
  const Json *list, *wanted = argument(call, 1);
  if (!list_at(call, 0, &list) || !wanted || wanted->kind >= JSON_ARRAY) return NULL;
  for (uint32_t i = 0; i < list->count; i++) {
    if (json_equal(list->items[i], wanted)) return number(call, i);
    if (list->items[i]->kind != wanted->kind) return NULL; // they may be of one type once converted
  }
  return fail(call, "the list does not hold that");
}

static const Json *call_lookup(TfConstantCall *call) {
  const Json *object;
  Str key;
  if (!object_at(call, 0, &object) || !text_at(call, 1, &key)) return NULL;
  const Json *value = json_get(object, key);
  if (value || call->count > 2) return value ? value : argument(call, 2);
  return fail(call, "there is no `%.*s`, and no default is given", STR_ARG(key));
}

static const Json *call_contains(TfConstantCall *call) {
  const Json *list, *wanted = argument(call, 1);
  if (!list_at(call, 0, &list) || !json_is(wanted, JSON_STRING)) return NULL;
  for (uint32_t i = 0; i < list->count; i++) {
    if (!json_is(list->items[i], JSON_STRING)) return NULL;
    if (json_equal(list->items[i], wanted)) return &JSON_THE_TRUE;
  }
  return &JSON_THE_FALSE;
}

static int by_key(const void *a, const void *b) {
  return str_cmp(((const JsonMember *)a)->key, ((const JsonMember *)b)->key);
}

static const Json *call_keys(TfConstantCall *call) {
  const Json *object;
  JsonBuild made = {.arena = call->arena};
  if (!object_at(call, 0, &object)) return NULL;
  JsonMember *members = NEW_N(call->arena, JsonMember, object->count + 1);
  memcpy(members, object->members, object->count * sizeof *members);
  qsort(members, object->count, sizeof *members, by_key);
  bool keys = str_eq(call->name, S("keys"));
  for (uint32_t i = 0; i < object->count; i++) json_add(&made, keys ? text(call, members[i].key) : members[i].value);
  return json_made_array(&made);
}

static const Json *call_merge(TfConstantCall *call) {
  size_t most = 0;
  uint32_t count = 0;
  const Json *object;
  for (uint32_t i = 0; i < call->count; i++) {
    if (!object_at(call, i, &object)) return NULL;
    most += object->count;
  }
  JsonMember *members = NEW_N(call->arena, JsonMember, most + 1);
  for (uint32_t i = 0; i < call->count; i++) {
    for (uint32_t k = 0; k < call->arguments[i]->count; k++) members[count++] = call->arguments[i]->members[k];
  }
  json_index(call->arena, members, &count, false);
  return json_object(call->arena, members, count);
}

static const Json *call_slice(TfConstantCall *call) {
  const Json *list;
  double from, to;
  if (!list_at(call, 0, &list) || !number_at(call, 1, &from) || !number_at(call, 2, &to)) return NULL;
  if (from < 0 || from > to) return fail(call, "a slice begins at an index from 0 to its end");
  if (to > list->count) return fail(call, "the list has %u elements, the slice ends at %.0f", list->count, to);
  return json_array(call->arena, list->items + (uint32_t)from, (uint32_t)to - (uint32_t)from);
}

static const Json *call_chunklist(TfConstantCall *call) {
  double size;
  if (number_at(call, 1, &size) && size < 0) return fail(call, "the size of a chunk is not negative");
  return NULL;
}

static const Json *call_range(TfConstantCall *call) {
  double from = 0, to, step;
  JsonBuild made = {.arena = call->arena};
  if (!number_at(call, 0, &to)) return NULL;
  if (call->count > 1) from = to;
  if (call->count > 1 && !number_at(call, 1, &to)) return NULL;
  step = from <= to ? 1 : -1;
  if (call->count > 2 && !number_at(call, 2, &step)) return NULL;
  if (step == 0 || fabs(to - from) / fabs(step) > RANGE_MOST)
    return fail(call, "it would have more than %d values", RANGE_MOST);
  if ((to > from) != (step > 0) && to != from) return fail(call, "the step leads away from the end");
  for (double at = from; step > 0 ? at < to : at > to; at += step) json_add(&made, number(call, at));
  return json_made_array(&made);
}

static const Json *call_zipmap(TfConstantCall *call) {
  const Json *keys, *values;
  JsonMember *members;
  if (!list_at(call, 0, &keys) || !list_at(call, 1, &values)) return NULL;
  if (keys->count != values->count) return fail(call, "there are %u keys for %u values", keys->count, values->count);
  uint32_t count = keys->count;
  members = NEW_N(call->arena, JsonMember, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    members[i] = (JsonMember){.value = values->items[i], .at = JSON_NOWHERE};
    if (!tf_constant_text(call->arena, keys->items[i], &members[i].key)) return NULL;
  }
  json_index(call->arena, members, &count, false);
  return json_object(call->arena, members, count);
}

static const Json *call_sum(TfConstantCall *call) {
  const Json *list;
  double sum = 0;
  if (!list_at(call, 0, &list)) return NULL;
  if (!list->count) return fail(call, "an empty list has no sum");
  for (uint32_t i = 0; i < list->count; i++) {
    const Json *item = list->items[i];
    double one = item->kind == JSON_NUMBER ? item->number : 0;
    if (json_is(item, JSON_STRING) && !json_number_parse(json_str(item), &one))
      return fail(call, "`%.*s` is no number", STR_ARG(json_str(item)));
    if (!json_is(item, JSON_NUMBER) && !json_is(item, JSON_STRING)) return NULL;
    sum += one;
  }
  return number(call, sum);
}

static const Json *call_one(TfConstantCall *call) {
  const Json *list;
  if (!list_at(call, 0, &list)) return NULL;
  if (list->count > 1) return fail(call, "the list has %u elements: there may be one or none", list->count);
  return list->count ? list->items[0] : &JSON_THE_NULL;
}

static const Json *call_coalesce(TfConstantCall *call) {
  for (uint32_t i = 0; i < call->count; i++) {
    const Json *value = call->arguments[i];
    if (!json_is(value, JSON_STRING)) return NULL;
    if (value->count) return value;
  }
  return call->count ? fail(call, "all arguments are empty") : NULL;
}

static const Json *call_truths(TfConstantCall *call) {
  const Json *list;
  bool all = true, any = false;
  if (!list_at(call, 0, &list)) return NULL;
  for (uint32_t i = 0; i < list->count; i++) {
    const Json *item = list->items[i];
    bool word = json_is(item, JSON_STRING), truth = json_is(item, JSON_TRUE);
    if (word && !str_eq(json_str(item), S("true")) && !str_eq(json_str(item), S("false")))
      return fail(call, "`%.*s` is no bool", STR_ARG(json_str(item)));
    if (word) truth = str_eq(json_str(item), S("true"));
    if (!word && !json_is_bool(item)) return NULL;
    all &= truth, any |= truth;
  }
  return json_bool(str_eq(call->name, S("alltrue")) ? all : any);
}

static const Json *call_setproduct(TfConstantCall *call) {
  return call->count < 2 ? fail(call, "it wants at least two lists") : NULL;
}

// --- Networks: IPv4 alone

static bool read_network(Str given, uint32_t *address, int *prefix) {
  Str rest;
  unsigned long parts[4], bits;
  str_cut(given, '/', &rest);
  char buffer[40], *at = buffer, *end;
  if (given.len >= sizeof buffer || !rest.len) return false;
  memcpy(buffer, given.at, given.len);
  buffer[given.len] = 0;
  for (int i = 0; i < 4; i++, at = end + 1) {
    if (!ascii_is_digit(*at)) return false;
    parts[i] = strtoul(at, &end, 10);
    if (parts[i] > 255 || *end != (i < 3 ? '.' : '/')) return false;
  }
  if (!ascii_is_digit(*at)) return false;
  bits = strtoul(at, &end, 10);
  *address = (uint32_t)(parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3]);
  *prefix = (int)bits;
  return *end == 0 && bits <= 32;
}

static const Json *call_cidr(TfConstantCall *call) {
  Str given;
  uint32_t address;
  int prefix;
  double extra = 0, which = 0;
  bool subnet = str_eq(call->name, S("cidrsubnet")), host = str_eq(call->name, S("cidrhost"));
  if (!text_at(call, 0, &given) || memchr(given.at, ':', given.len)) return NULL;
  if (!read_network(given, &address, &prefix))
    return fail(call, "`%.*s` is no network like 10.0.0.0/16", STR_ARG(given));
  if (subnet && (!number_at(call, 1, &extra) || !number_at(call, 2, &which))) return NULL;
  if (host && !number_at(call, 1, &which)) return NULL;
  if (extra < 0 || prefix + extra > 32)
    return fail(call, "a prefix of %d bits has no room for %.0f more", prefix, extra);
  double room = ldexp(1, subnet ? (int)extra : 32 - prefix);
  bool back = host && which < 0;
  if ((back ? -which - 1 : which) >= room || (!back && which < 0))
    return fail(call, "there is no number %.0f: there are %.0f", which, room);
  uint32_t mask = prefix ? ~0u << (32 - prefix) : 0;
  address &= mask;
  if (str_eq(call->name, S("cidrnetmask"))) address = mask;
  if (host) address += (uint32_t)(back ? room + which : which);
  if (subnet && prefix + (int)extra) address |= (uint32_t)which << (32 - prefix - (int)extra) % 32;
  Str made = str_fmt(call->arena, "%u.%u.%u.%u", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
  return text(call, subnet ? str_fmt(call->arena, "%.*s/%d", STR_ARG(made), prefix + (int)extra) : made);
}

static const struct Row {
  Str name;
  Function *call;
} functions[] = {
    {STR_INIT("abs"), call_round},
    {STR_INIT("alltrue"), call_truths},
    {STR_INIT("anytrue"), call_truths},
    {STR_INIT("base64decode"), call_base64decode},
    {STR_INIT("ceil"), call_round},
    {STR_INIT("chunklist"), call_chunklist},
    {STR_INIT("cidrhost"), call_cidr},
    {STR_INIT("cidrnetmask"), call_cidr},
    {STR_INIT("cidrsubnet"), call_cidr},
    {STR_INIT("coalesce"), call_coalesce},
    {STR_INIT("concat"), call_concat},
    {STR_INIT("contains"), call_contains},
    {STR_INIT("element"), call_element},
    {STR_INIT("endswith"), call_affix},
    {STR_INIT("flatten"), call_flatten},
    {STR_INIT("floor"), call_round},
    {STR_INIT("format"), call_format},
    {STR_INIT("index"), call_index},
    {STR_INIT("join"), call_join},
    {STR_INIT("jsondecode"), call_jsondecode},
    {STR_INIT("jsonencode"), call_jsonencode},
    {STR_INIT("keys"), call_keys},
    {STR_INIT("length"), call_length},
    {STR_INIT("lookup"), call_lookup},
    {STR_INIT("lower"), call_case},
    {STR_INIT("max"), call_max},
    {STR_INIT("merge"), call_merge},
    {STR_INIT("min"), call_max},
    {STR_INIT("one"), call_one},
    {STR_INIT("parseint"), call_parseint},
    {STR_INIT("pow"), call_pow},
    {STR_INIT("range"), call_range},
    {STR_INIT("replace"), call_replace},
    {STR_INIT("setproduct"), call_setproduct},
    {STR_INIT("signum"), call_round},
    {STR_INIT("slice"), call_slice},
    {STR_INIT("split"), call_split},
    {STR_INIT("startswith"), call_affix},
    {STR_INIT("strcontains"), call_affix},
    {STR_INIT("substr"), call_substr},
    {STR_INIT("sum"), call_sum},
    {STR_INIT("tobool"), call_tobool},
    {STR_INIT("tonumber"), call_tonumber},
    {STR_INIT("tostring"), call_tostring},
    {STR_INIT("trimprefix"), call_affix},
    {STR_INIT("trimspace"), call_trimspace},
    {STR_INIT("trimsuffix"), call_affix},
    {STR_INIT("upper"), call_case},
    {STR_INIT("values"), call_keys},
    {STR_INIT("zipmap"), call_zipmap},
};

const Json *tf_constant_call(TfConstantCall *call) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (!str_eq(functions[i].name, call->name)) continue;
    const Json *made = functions[i].call(call);
    return made && (made->kind != JSON_STRING || made->count <= TEXT_MOST) ? made : NULL;
  }
  return NULL;
}
