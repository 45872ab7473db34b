// The functions of Terraform 1.11: https://developer.hashicorp.com/terraform/language/functions
#include "validate/tf.h"
#include "validate/tf_constant.h"

// What a function takes, a letter a parameter: s string, n number, l list, set or tuple, m map or object, c what has a
// length, a anything; a capital may be left out, `*` repeats the letter before it any number of times.
typedef struct Function {
  const char *name, *takes;
  const TfType *gives;
} Function;

#define TEXT &TF_TYPE_STRING
#define NUMBER &TF_TYPE_NUMBER
#define TRUTH &TF_TYPE_BOOL
#define ANY &TF_TYPE_ANY
static const TfType list_of_any = {.kind = TF_LIST, .element = ANY}, list_of_text = {.kind = TF_LIST, .element = TEXT},
                    set_of_any = {.kind = TF_SET, .element = ANY}, map_of_any = {.kind = TF_MAP, .element = ANY},
                    set_of_text = {.kind = TF_SET, .element = TEXT};

// Sorted by name.
static const Function functions[] = {
    {"abs", "n", NUMBER},
    {"abspath", "s", TEXT},
    {"alltrue", "l", TRUTH},
    {"anytrue", "l", TRUTH},
    {"base64decode", "s", TEXT},
    {"base64encode", "s", TEXT},
    {"base64gzip", "s", TEXT},
    {"base64sha256", "s", TEXT},
    {"base64sha512", "s", TEXT},
    {"basename", "s", TEXT},
    {"bcrypt", "sN", TEXT},
    {"can", "a", TRUTH},
    {"ceil", "n", NUMBER},
    {"chomp", "s", TEXT},
    {"chunklist", "ln", &list_of_any},
    {"cidrhost", "sn", TEXT},
    {"cidrnetmask", "s", TEXT},
    {"cidrsubnet", "snn", TEXT},
    {"cidrsubnets", "sn*", &list_of_text},
    {"coalesce", "aa*", ANY},
    {"coalescelist", "ll*", ANY},
    {"compact", "l", &list_of_text},
    {"concat", "ll*", ANY},
    {"contains", "la", TRUTH},
    {"csvdecode", "s", &list_of_any},
    {"dirname", "s", TEXT},
    {"distinct", "l", &list_of_any},
    {"element", "ln", ANY},
    {"endswith", "ss", TRUTH},
    {"ephemeralasnull", "a", ANY},
    {"file", "s", TEXT},
    {"filebase64", "s", TEXT},
    {"filebase64sha256", "s", TEXT},
    {"filebase64sha512", "s", TEXT},
    {"fileexists", "s", TRUTH},
    {"filemd5", "s", TEXT},
    {"fileset", "ss", &set_of_text},
    {"filesha1", "s", TEXT},
    {"filesha256", "s", TEXT},
    {"filesha512", "s", TEXT},
    {"flatten", "l", ANY},
    {"floor", "n", NUMBER},
    {"format", "sa*", TEXT},
    {"formatdate", "ss", TEXT},
    {"formatlist", "sa*", &list_of_text},
    {"indent", "ns", TEXT},
    {"index", "la", NUMBER},
    {"issensitive", "a", TRUTH},
    {"join", "sll*", TEXT},
    {"jsondecode", "s", ANY},
    {"jsonencode", "a", TEXT},
    {"keys", "m", &list_of_text},
    {"length", "c", NUMBER},
    {"log", "nn", NUMBER},
    {"lookup", "maA", ANY},
    {"lower", "s", TEXT},
    {"matchkeys", "lll", &list_of_any},
    {"max", "nn*", NUMBER},
    {"md5", "s", TEXT},
    {"merge", "m*", ANY},
    {"min", "nn*", NUMBER},
    {"nonsensitive", "a", ANY},
    {"one", "l", ANY},
    {"parseint", "an", NUMBER},
    {"pathexpand", "s", TEXT},
    {"plantimestamp", "", TEXT},
    {"pow", "nn", NUMBER},
    {"range", "nNN", &list_of_any},
    {"regex", "ss", ANY},
    {"regexall", "ss", &list_of_any},
    {"replace", "sss", TEXT},
    {"reverse", "l", ANY},
    {"rsadecrypt", "ss", TEXT},
    {"sensitive", "a", ANY},
    {"setintersection", "ll*", &set_of_any},
    {"setproduct", "ll*", ANY},
    {"setsubtract", "ll", &set_of_any},
    {"setunion", "ll*", &set_of_any},
    {"sha1", "s", TEXT},
    {"sha256", "s", TEXT},
    {"sha512", "s", TEXT},
    {"signum", "n", NUMBER},
    {"slice", "lnn", ANY},
    {"sort", "l", &list_of_text},
    {"split", "ss", &list_of_text},
    {"startswith", "ss", TRUTH},
    {"strcontains", "ss", TRUTH},
    {"strrev", "s", TEXT},
    {"substr", "snn", TEXT},
    {"sum", "l", NUMBER},
    {"templatefile", "sa", ANY},
    {"templatestring", "sa", ANY},
    {"textdecodebase64", "ss", TEXT},
    {"textencodebase64", "ss", TEXT},
    {"timeadd", "ss", TEXT},
    {"timecmp", "ss", NUMBER},
    {"timestamp", "", TEXT},
    {"title", "s", TEXT},
    {"tobool", "a", TRUTH},
    {"tolist", "a", &list_of_any},
    {"tomap", "a", &map_of_any},
    {"tonumber", "a", NUMBER},
    {"toset", "a", &set_of_any},
    {"tostring", "a", TEXT},
    {"transpose", "m", &map_of_any},
    {"trim", "ss", TEXT},
    {"trimprefix", "ss", TEXT},
    {"trimspace", "s", TEXT},
    {"trimsuffix", "ss", TEXT},
    {"try", "aa*", ANY},
    {"upper", "s", TEXT},
    {"urlencode", "s", TEXT},
    {"uuid", "", TEXT},
    {"uuidv5", "ss", TEXT},
    {"values", "m", ANY},
    {"yamldecode", "s", ANY},
    {"yamlencode", "a", TEXT},
    {"zipmap", "ll", ANY},
};
enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static int order_of_function(const void *with, Str name, size_t index) {
  (void)with;
  return str_cmp(name, str_of(functions[index].name));
}

static const Function *find(Str name) {
  size_t i = str_search(name, FUNCTION_COUNT, order_of_function, NULL);
  return i < FUNCTION_COUNT ? &functions[i] : NULL;
}

static const TfType *unknown(const TfScope *scope, const HclExpr *expr, Str name) {
  if (scope->lenient) return ANY;
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < FUNCTION_COUNT; i++) nearest_offer(&nearest, str_of(functions[i].name));
  Str best = nearest_best(&nearest);
  Diag *d = tf_error(scope->module, "V2140", expr->span, "there is no function `%.*s`", STR_ARG(name));
  if (best.len) tf_help(scope->module, d, "did you mean `%.*s`?", STR_ARG(best));
  return ANY;
}

// --- Arguments

static bool may_be_left_out(const char *letter) {
  return letter[0] == '*' || letter[1] == '*' || ascii_is_upper(letter[0]);
}

static void check_count(const TfScope *scope, const HclExpr *expr, const Function *function) {
  size_t least = 0, most = strlen(function->takes), given = expr->count;
  for (size_t i = 0; i < most; i++) least += !may_be_left_out(function->takes + i);
  bool endless = most > 0 && function->takes[most - 1] == '*';
  // A list that is expanded may give any number of arguments.
  bool few = given < least && !expr->spread, many = !endless && given - expr->spread > most;
  if (scope->lenient || (!few && !many)) return;
  Arena *arena = scope->module->arena;
  Str wants = endless         ? str_fmt(arena, "at least %zu", least)
              : least == most ? str_fmt(arena, "%zu", least)
                              : str_fmt(arena, "%zu to %zu", least, most);
  tf_error(scope->module, "V2141", expr->span, "function `%s` wants %.*s argument%s, not %zu", function->name,
           STR_ARG(wants), str_eq(wants, S("1")) ? "" : "s", given);
}

static const char *misfit(char letter, const TfType *type, const HclExpr *expr) {
  Str why;
  Arena scratch = {0};
  bool sequence = type->kind == TF_LIST || type->kind == TF_SET || type->kind == TF_TUPLE;
  bool keyed = type->kind == TF_MAP || type->kind == TF_OBJECT || type->kind == TF_SCHEMA;
  bool fits = true;
  if (type->kind == TF_ANY || type->kind == TF_NULL) return NULL;
  if (letter == 's') fits = tf_type_fits(&scratch, &TF_TYPE_STRING, type, expr, &why);
  if (letter == 'n') fits = tf_type_fits(&scratch, &TF_TYPE_NUMBER, type, expr, &why);
  arena_free(&scratch);
  if (!fits) return letter == 's' ? "a string" : "a number";
  if (letter == 'l' && !sequence) return "a list";
  if (letter == 'c' && (type->kind == TF_NUMBER || type->kind == TF_BOOL)) return "a string or a collection";
  return letter == 'm' && !keyed ? "a map" : NULL;
}

static void check_argument(const TfScope *scope, const HclExpr *expr, const Function *function, size_t index,
                           const TfType *type, bool derived) {
  size_t letters = strlen(function->takes), at = index;
  if (expr->spread && index + 1 == expr->count) return;
  if (at + 1 >= letters && letters && function->takes[letters - 1] == '*') at = letters - 2;
  if (at >= letters || scope->lenient) return;
  const char *wanted = misfit((char)(function->takes[at] | 32), type, expr->items[index]);
  if (wanted)
    tf_mismatch(scope, derived, "V2118", expr->items[index]->span, "argument %zu of `%s` is %s", index + 1,
                function->name, wanted);
}

// provider::name::function: of a provider that the module requires.
static void check_provider_function(const TfScope *scope, const HclExpr *expr) {
  Str rest = str_slice(expr->text, S("provider::").len, expr->text.len);
  Str provider = str_slice(rest, 0, str_find(rest, S("::"), 0));
  if (map_get(&scope->module->providers, provider) || scope->module->partial) return;
  tf_error(scope->module, "V2140", expr->span, "`%.*s` is not among the required_providers of this module",
           STR_ARG(provider));
}

// The type of a value that is known; lists that a function makes are none of these.
static const TfType *type_of_constant(TfModule *module, const Json *value, int depth) {
  Arena *arena = module->arena;
  if (!value || depth > 8) return ANY;
  if (value->kind == JSON_STRING) return TEXT;
  if (value->kind == JSON_NUMBER) return NUMBER;
  if (json_is_bool(value)) return &TF_TYPE_BOOL;
  if (value->kind == JSON_NULL) return ANY;
  TfType *made = NEW(arena, TfType);
  *made = (TfType){.kind = value->kind == JSON_ARRAY ? TF_TUPLE : TF_OBJECT, .count = value->count};
  made->items = NEW_N(arena, const TfType *, value->count + 1);
  Str *names = NEW_N(arena, Str, value->count + 1);
  for (uint32_t i = 0; i < value->count; i++) {
    bool item = value->kind == JSON_ARRAY;
    if (!item) names[i] = value->members[i].key;
    made->items[i] = type_of_constant(module, item ? value->items[i] : value->members[i].value, depth + 1);
  }
  if (made->kind == TF_OBJECT) made->names = names;
  return made;
}

// What a call with constant arguments gives or fails with, as terraform finds out when it validates.
static const TfType *check_constant(const TfScope *scope, const HclExpr *expr, const Function *function) {
  static const Str typed[] = {STR_INIT("concat"), STR_INIT("flatten"), STR_INIT("jsondecode"), STR_INIT("merge")};
  if (scope->lenient || scope->constant) return function->gives;
  Str fault = scope->perhaps ? (Str){0} : tf_constant_fault(scope->module, expr);
  if (fault.len) tf_error(scope->module, "V2143", expr->span, "`%s` fails: %.*s", function->name, STR_ARG(fault));
  for (size_t i = 0; !fault.len && i < sizeof typed / sizeof *typed; i++) {
    if (str_eq(typed[i], str_of(function->name)))
      return type_of_constant(scope->module, tf_constant(scope->module, expr), 0);
  }
  return function->gives;
}

const TfType *tf_check_call(const TfScope *scope, const HclExpr *expr) {
  Str name = str_starts(expr->text, S("core::")) ? str_slice(expr->text, 6, expr->text.len) : expr->text;
  if (scope->constant)
    tf_error(scope->module, "V2132", expr->span, "functions cannot be called here: %s", scope->constant_why);
  TfScope inner = *scope;
  inner.lenient |= str_eq(name, S("try")) || str_eq(name, S("can"));
  const Function *function = find(name);
  for (uint32_t i = 0; i < expr->count; i++) {
    bool derived;
    const TfType *type = tf_check_derived(&inner, expr->items[i], &derived);
    if (function) check_argument(scope, expr, function, i, type, derived);
  }
  if (str_starts(name, S("provider::"))) {
    check_provider_function(scope, expr);
    return ANY;
  }
  if (!function) return unknown(scope, expr, name);
  check_count(scope, expr, function);
  tf_check_file(scope, expr);
  return check_constant(scope, expr, function);
}
