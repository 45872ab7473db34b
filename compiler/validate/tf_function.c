// The functions of Terraform 1.11: https://developer.hashicorp.com/terraform/language/functions
#include "validate/tf.h"

enum { ANY_NUMBER = -1 };

typedef struct Function {
  const char *name;
  int least, most; // arguments; ANY_NUMBER: no limit
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
    {"abs", 1, 1, NUMBER},
    {"abspath", 1, 1, TEXT},
    {"alltrue", 1, 1, TRUTH},
    {"anytrue", 1, 1, TRUTH},
    {"base64decode", 1, 1, TEXT},
    {"base64encode", 1, 1, TEXT},
    {"base64gzip", 1, 1, TEXT},
    {"base64sha256", 1, 1, TEXT},
    {"base64sha512", 1, 1, TEXT},
    {"basename", 1, 1, TEXT},
    {"bcrypt", 1, 2, TEXT},
    {"can", 1, 1, TRUTH},
    {"ceil", 1, 1, NUMBER},
    {"chomp", 1, 1, TEXT},
    {"chunklist", 2, 2, &list_of_any},
    {"cidrhost", 2, 2, TEXT},
    {"cidrnetmask", 1, 1, TEXT},
    {"cidrsubnet", 3, 3, TEXT},
    {"cidrsubnets", 1, ANY_NUMBER, &list_of_text},
    {"coalesce", 1, ANY_NUMBER, ANY},
    {"coalescelist", 1, ANY_NUMBER, ANY},
    {"compact", 1, 1, &list_of_text},
    {"concat", 1, ANY_NUMBER, ANY},
    {"contains", 2, 2, TRUTH},
    {"csvdecode", 1, 1, &list_of_any},
    {"dirname", 1, 1, TEXT},
    {"distinct", 1, 1, &list_of_any},
    {"element", 2, 2, ANY},
    {"endswith", 2, 2, TRUTH},
    {"ephemeralasnull", 1, 1, ANY},
    {"file", 1, 1, TEXT},
    {"filebase64", 1, 1, TEXT},
    {"filebase64sha256", 1, 1, TEXT},
    {"filebase64sha512", 1, 1, TEXT},
    {"fileexists", 1, 1, TRUTH},
    {"filemd5", 1, 1, TEXT},
    {"fileset", 2, 2, &set_of_text},
    {"filesha1", 1, 1, TEXT},
    {"filesha256", 1, 1, TEXT},
    {"filesha512", 1, 1, TEXT},
    {"flatten", 1, 1, ANY},
    {"floor", 1, 1, NUMBER},
    {"format", 1, ANY_NUMBER, TEXT},
    {"formatdate", 2, 2, TEXT},
    {"formatlist", 1, ANY_NUMBER, &list_of_text},
    {"indent", 2, 2, TEXT},
    {"index", 2, 2, NUMBER},
    {"issensitive", 1, 1, TRUTH},
    {"join", 2, ANY_NUMBER, TEXT},
    {"jsondecode", 1, 1, ANY},
    {"jsonencode", 1, 1, TEXT},
    {"keys", 1, 1, &list_of_text},
    {"length", 1, 1, NUMBER},
    {"log", 2, 2, NUMBER},
    {"lookup", 2, 3, ANY},
    {"lower", 1, 1, TEXT},
    {"matchkeys", 3, 3, &list_of_any},
    {"max", 1, ANY_NUMBER, NUMBER},
    {"md5", 1, 1, TEXT},
    {"merge", 0, ANY_NUMBER, ANY},
    {"min", 1, ANY_NUMBER, NUMBER},
    {"nonsensitive", 1, 1, ANY},
    {"one", 1, 1, ANY},
    {"parseint", 2, 2, NUMBER},
    {"pathexpand", 1, 1, TEXT},
    {"plantimestamp", 0, 0, TEXT},
    {"pow", 2, 2, NUMBER},
    {"range", 1, 3, &list_of_any},
    {"regex", 2, 2, ANY},
    {"regexall", 2, 2, &list_of_any},
    {"replace", 3, 3, TEXT},
    {"reverse", 1, 1, ANY},
    {"rsadecrypt", 2, 2, TEXT},
    {"sensitive", 1, 1, ANY},
    {"setintersection", 1, ANY_NUMBER, &set_of_any},
    {"setproduct", 1, ANY_NUMBER, ANY},
    {"setsubtract", 2, 2, &set_of_any},
    {"setunion", 1, ANY_NUMBER, &set_of_any},
    {"sha1", 1, 1, TEXT},
    {"sha256", 1, 1, TEXT},
    {"sha512", 1, 1, TEXT},
    {"signum", 1, 1, NUMBER},
    {"slice", 3, 3, ANY},
    {"sort", 1, 1, &list_of_text},
    {"split", 2, 2, &list_of_text},
    {"startswith", 2, 2, TRUTH},
    {"strcontains", 2, 2, TRUTH},
    {"strrev", 1, 1, TEXT},
    {"substr", 3, 3, TEXT},
    {"sum", 1, 1, NUMBER},
    {"templatefile", 2, 2, ANY},
    {"templatestring", 2, 2, ANY},
    {"textdecodebase64", 2, 2, TEXT},
    {"textencodebase64", 2, 2, TEXT},
    {"timeadd", 2, 2, TEXT},
    {"timecmp", 2, 2, NUMBER},
    {"timestamp", 0, 0, TEXT},
    {"title", 1, 1, TEXT},
    {"tobool", 1, 1, TRUTH},
    {"tolist", 1, 1, &list_of_any},
    {"tomap", 1, 1, &map_of_any},
    {"tonumber", 1, 1, NUMBER},
    {"toset", 1, 1, &set_of_any},
    {"tostring", 1, 1, TEXT},
    {"transpose", 1, 1, &map_of_any},
    {"trim", 2, 2, TEXT},
    {"trimprefix", 2, 2, TEXT},
    {"trimspace", 1, 1, TEXT},
    {"trimsuffix", 2, 2, TEXT},
    {"try", 1, ANY_NUMBER, ANY},
    {"upper", 1, 1, TEXT},
    {"urlencode", 1, 1, TEXT},
    {"uuid", 0, 0, TEXT},
    {"uuidv5", 2, 2, TEXT},
    {"values", 1, 1, ANY},
    {"yamldecode", 1, 1, ANY},
    {"yamlencode", 1, 1, TEXT},
    {"zipmap", 2, 2, ANY},
};
enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static const Function *find(Str name) {
  size_t low = 0, high = FUNCTION_COUNT;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = str_cmp(name, str_of(functions[middle].name));
    if (order == 0) return &functions[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
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

static void check_count(const TfScope *scope, const HclExpr *expr, const Function *function) {
  int given = (int)expr->count;
  // An expanded list may give any number of further arguments.
  bool few = expr->spread ? false : given < function->least;
  bool many = function->most != ANY_NUMBER && given - (expr->spread ? 1 : 0) > function->most;
  if (scope->lenient || (!few && !many)) return;
  Str wants = function->most == ANY_NUMBER ? str_fmt(scope->module->arena, "at least %d", function->least)
              : function->most == function->least
                  ? str_fmt(scope->module->arena, "%d", function->least)
                  : str_fmt(scope->module->arena, "%d to %d", function->least, function->most);
  tf_error(scope->module, "V2141", expr->span, "function `%s` wants %.*s argument%s, not %d", function->name,
           STR_ARG(wants), str_eq(wants, S("1")) ? "" : "s", given);
}

// provider::name::function: of a provider that the module requires.
static void check_provider_function(const TfScope *scope, const HclExpr *expr) {
  Str rest = str_slice(expr->text, S("provider::").len, expr->text.len);
  Str provider = str_slice(rest, 0, str_find(rest, S("::"), 0));
  if (map_get(&scope->module->providers, provider) || scope->module->partial) return;
  tf_error(scope->module, "V2140", expr->span, "`%.*s` is not among the required_providers of this module",
           STR_ARG(provider));
}

const TfType *tf_check_call(const TfScope *scope, const HclExpr *expr) {
  Str name = str_starts(expr->text, S("core::")) ? str_slice(expr->text, 6, expr->text.len) : expr->text;
  if (scope->constant)
    tf_error(scope->module, "V2132", expr->span, "functions cannot be called here: %s", scope->constant_why);
  TfScope inner = *scope;
  inner.lenient |= str_eq(name, S("try")) || str_eq(name, S("can"));
  for (uint32_t i = 0; i < expr->count; i++) tf_check_expr(&inner, expr->items[i]);
  if (str_starts(name, S("provider::"))) {
    check_provider_function(scope, expr);
    return ANY;
  }
  const Function *function = find(name);
  if (!function) return unknown(scope, expr, name);
  check_count(scope, expr, function);
  return function->gives;
}
