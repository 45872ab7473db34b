// References: var.x, local.x, data.a.b.c, aws_sns_topic.t.arn, module.m.out, each.key, count.index, self, path.module.
// https://developer.hashicorp.com/terraform/language/expressions/references
#include "validate/tf.h"
#include "base/planted.h"

enum { CHAIN_MOST = 100 }; // declarations that wait for each other's types; longer chains are typed in pieces

// A reference as root and steps.
typedef struct Reference {
  Str root;
  Span span;
  const HclStep *steps;
  size_t count;
} Reference;

static bool names(const Reference *ref, size_t step, Str *name) {
  if (step >= ref->count || ref->steps[step].kind != HCL_STEP_NAME) return false;
  *name = ref->steps[step].name;
  return true;
}

static const TfType *follow(const TfScope *scope, const TfType *type, const Reference *ref, size_t from) {
  if (from >= ref->count) return type;
  return tf_check_steps(scope, type, ref->steps + from, ref->count - from);
}

static const TfType *give_up(const TfScope *scope, const Reference *ref, size_t from) {
  return follow(scope, &TF_TYPE_ANY, ref, from); // what stands in brackets is still checked
}

static const TfType *incomplete(const TfScope *scope, const Reference *ref, const char *form) {
  PLANTED(ref->root.len > 0);
  Diag *d = tf_error(scope->module, "V2126", ref->span, "`%.*s` alone is no reference", STR_ARG(ref->root));
  tf_help(scope->module, d, "its form is %s", form);
  return give_up(scope, ref, 0);
}

static void use(const TfScope *scope, TfDeclaration *declaration) {
  bool resource = declaration->kind == TF_RESOURCE || declaration->kind == TF_DATA || declaration->kind == TF_EPHEMERAL;
  if (scope->derived && (resource || declaration->derived || declaration->kind == TF_MODULE)) *scope->derived = true;
  if (scope->owner) VEC_PUSH(scope->module->arena, &scope->owner->uses, declaration);
}

// --- Undeclared things

typedef struct Wanted {
  const char *code, *what, *prefix;
  TfKind kind;
} Wanted;

static const TfType *undeclared(const TfScope *scope, const Reference *ref, const Wanted *wanted, Str name,
                                size_t from) {
  TfModule *module = scope->module;
  if (module->partial) return give_up(scope, ref, from);
  Nearest nearest = nearest_to(name);
  const Map *map = &module->names[wanted->kind];
  for (size_t i = 0; tf_suggests(module) && i < map->len; i++) nearest_offer(&nearest, map->entries[i].key);
  Str best = nearest_best(&nearest);
  Diag *d = tf_error(module, wanted->code, ref->span, "%s `%.*s` is not declared in this module", wanted->what,
                     STR_ARG(name));
  if (best.len) tf_help(module, d, "did you mean `%s%.*s`?", wanted->prefix, STR_ARG(best));
  return give_up(scope, ref, from);
}

// --- Variables and locals

static const TfType *check_variable(const TfScope *scope, const Reference *ref) {
  static const Wanted wanted = {"V2122", "variable", "var.", TF_VARIABLE};
  Str name;
  if (!names(ref, 0, &name)) return incomplete(scope, ref, "var.NAME");
  TfDeclaration *variable = tf_declaration(scope->module, TF_VARIABLE, name);
  if (!variable) return undeclared(scope, ref, &wanted, name, 1);
  use(scope, variable);
  return follow(scope, tf_declared_type(variable, scope->module), ref, 1);
}

static const TfType *check_local(const TfScope *scope, const Reference *ref) {
  static const Wanted wanted = {"V2123", "local value", "local.", TF_LOCAL};
  Str name;
  if (!names(ref, 0, &name)) return incomplete(scope, ref, "local.NAME");
  TfDeclaration *local = tf_declaration(scope->module, TF_LOCAL, name);
  if (!local) return undeclared(scope, ref, &wanted, name, 1);
  const TfType *type = tf_declared_type(local, scope->module);
  use(scope, local);
  TfScope inner = *scope;
  inner.soft |= local->derived;
  return follow(&inner, type, ref, 1);
}

// --- Resources and modules: one, a list of them (count), or a map of them (for_each)

// The key behind the address of something repeated. Returns the step from which its attributes are read, and in *type
// what that place is.
static size_t instance(const TfScope *scope, const Reference *ref, const TfDeclaration *declaration, size_t at,
                       const TfType *one, const TfType **type) {
  *type = one;
  Arena *arena = scope->module->arena;
  bool repeated = declaration->counted || declaration->keyed;
  const HclStep *step = at < ref->count ? &ref->steps[at] : NULL;
  if (repeated && step && step->kind == HCL_STEP_NAME) {
    const char *meta = declaration->counted ? "count" : "for_each";
    // A module with for_each is a map, whose keys only a plan knows.
    bool late = declaration->kind == TF_MODULE && !declaration->counted;
    Diag *d = tf_mismatch(scope, late, "V2129", ref->span, "`%.*s` has %s set: an attribute is read from one instance",
                          STR_ARG(declaration->address), meta);
    tf_help(scope->module, d,
            declaration->counted ? "write %.*s[0].… or %.*s[count.index].…"
                                 : "write %.*s[\"KEY\"].… or %.*s[each.key].…",
            STR_ARG(declaration->address), STR_ARG(declaration->address));
    *type = &TF_TYPE_ANY;
    return at;
  }
  if (repeated) {
    *type = tf_type_of(arena, declaration->counted ? TF_LIST : TF_MAP, one);
    return at;
  }
  bool literal =
      step && step->kind == HCL_STEP_INDEX && (step->index->kind == HCL_NUMBER || step->index->kind == HCL_STRING);
  if (!literal) return at;
  Diag *d = tf_mismatch(scope, false, "V2129", step->span,
                        "`%.*s` has neither count nor for_each: it has no instances to choose from",
                        STR_ARG(declaration->address));
  tf_help(scope->module, d, "leave the index out");
  return at + 1;
}

static const TfType *check_resource(const TfScope *scope, const Reference *ref, TfKind kind, size_t at) {
  static const Wanted wanted[] = {[TF_RESOURCE] = {"V2121", "resource", "", TF_RESOURCE},
                                  [TF_DATA] = {"V2121", "data source", "data.", TF_DATA},
                                  [TF_EPHEMERAL] = {"V2121", "ephemeral resource", "ephemeral.", TF_EPHEMERAL}};
  static const char *const forms[] = {[TF_RESOURCE] = "TYPE.NAME.ATTRIBUTE",
                                      [TF_DATA] = "data.TYPE.NAME.ATTRIBUTE",
                                      [TF_EPHEMERAL] = "ephemeral.TYPE.NAME.ATTRIBUTE"};
  Str type = ref->root, name;
  bool complete = (at == 0 || names(ref, at - 1, &type)) && names(ref, at, &name);
  if (!complete) return incomplete(scope, ref, forms[kind]);
  Str key = str_fmt(scope->module->arena, "%.*s.%.*s", STR_ARG(type), STR_ARG(name));
  TfDeclaration *declaration = tf_declaration(scope->module, kind, key);
  if (!declaration) return undeclared(scope, ref, &wanted[kind], key, at + 1);
  if (declaration == scope->owner && !scope->self) {
    Diag *d = tf_error(scope->module, "V2131", ref->span, "`%.*s` refers to itself", STR_ARG(declaration->address));
    tf_help(scope->module, d, "`self` works in provisioners and postconditions only; otherwise share a local value");
    return give_up(scope, ref, at + 1);
  }
  if (declaration != scope->owner) use(scope, declaration);
  const TfType *found, *one = tf_declared_type(declaration, scope->module);
  at = instance(scope, ref, declaration, at + 1, one, &found);
  return follow(scope, found, ref, at);
}

static const TfType *check_module(const TfScope *scope, const Reference *ref) {
  static const Wanted wanted = {"V2124", "module", "module.", TF_MODULE};
  Str name, output;
  if (!names(ref, 0, &name)) return incomplete(scope, ref, "module.NAME.OUTPUT");
  TfDeclaration *call = tf_declaration(scope->module, TF_MODULE, name);
  if (!call) return undeclared(scope, ref, &wanted, name, 1);
  use(scope, call);
  const TfType *any;
  size_t at = instance(scope, ref, call, 1, &TF_TYPE_ANY, &any);
  bool repeated = call->counted || call->keyed;
  if (repeated) at += at < ref->count && ref->steps[at].kind != HCL_STEP_NAME;
  bool known = call->child && !call->child->partial && !call->child->faulty;
  if (!known || !names(ref, at, &output)) return give_up(scope, ref, 1);
  TfDeclaration *declared = tf_declaration(call->child, TF_OUTPUT, output);
  TfScope inner = *scope;
  inner.soft = true;
  if (declared)
    return repeated ? give_up(scope, ref, 1) : follow(&inner, tf_declared_type(declared, call->child), ref, at + 1);
  Nearest nearest = nearest_to(output);
  for (size_t i = 0; tf_suggests(scope->module) && i < call->child->names[TF_OUTPUT].len; i++)
    nearest_offer(&nearest, call->child->names[TF_OUTPUT].entries[i].key);
  Str best = nearest_best(&nearest);
  Diag *d = tf_error(scope->module, "V2125", ref->steps[at].span, "module `%.*s` has no output `%.*s`", STR_ARG(name),
                     STR_ARG(output));
  if (best.len) tf_help(scope->module, d, "did you mean `%.*s`?", STR_ARG(best));
  return give_up(scope, ref, at + 1);
}

// --- What depends on the place

static const TfType *outside(const TfScope *scope, const Reference *ref, const char *needs) {
  tf_error(scope->module, "V2127", ref->span, "`%.*s` means nothing here: %s", STR_ARG(ref->root), needs);
  return give_up(scope, ref, 0);
}

static const TfType *one_of(const TfScope *scope, const Reference *ref, const char *const *allowed, const TfType *gives,
                            const char *form) {
  Str name;
  if (!names(ref, 0, &name)) return incomplete(scope, ref, form);
  for (size_t i = 0; allowed[i]; i++) {
    if (str_eq(name, str_of(allowed[i]))) return follow(scope, gives, ref, 1);
  }
  Diag *d =
      tf_error(scope->module, "V2128", ref->span, "`%.*s` has no attribute `%.*s`", STR_ARG(ref->root), STR_ARG(name));
  tf_help(scope->module, d, "its form is %s", form);
  return give_up(scope, ref, 1);
}

static const TfType *check_count(const TfScope *scope, const Reference *ref) {
  static const char *const allowed[] = {"index", NULL};
  if (!scope->count) return outside(scope, ref, "the block has no count");
  return one_of(scope, ref, allowed, &TF_TYPE_NUMBER, "count.index");
}

static const TfType *check_each(const TfScope *scope, const Reference *ref) {
  static const char *const allowed[] = {"key", "value", NULL};
  if (!scope->each) return outside(scope, ref, "the block has no for_each");
  return one_of(scope, ref, allowed, &TF_TYPE_ANY, "each.key or each.value");
}

static const TfType *check_self(const TfScope *scope, const Reference *ref) {
  if (!scope->self) return outside(scope, ref, "it is known in provisioners, connections and postconditions only");
  const TfType *type = scope->owner ? tf_declared_type(scope->owner, scope->module) : &TF_TYPE_ANY;
  return follow(scope, type, ref, 0);
}

static const TfType *check_path(const TfScope *scope, const Reference *ref) {
  static const char *const allowed[] = {"module", "root", "cwd", NULL};
  return one_of(scope, ref, allowed, &TF_TYPE_STRING, "path.module, path.root or path.cwd");
}

static const TfType *check_terraform(const TfScope *scope, const Reference *ref) {
  static const char *const allowed[] = {"workspace", "applying", NULL};
  return one_of(scope, ref, allowed, &TF_TYPE_ANY, "terraform.workspace");
}

static const TfType *check_data(const TfScope *scope, const Reference *ref) {
  return check_resource(scope, ref, TF_DATA, 1);
}

static const TfType *check_ephemeral(const TfScope *scope, const Reference *ref) {
  return check_resource(scope, ref, TF_EPHEMERAL, 1);
}

static const TfType *check_explicit(const TfScope *scope, const Reference *ref) {
  return check_resource(scope, ref, TF_RESOURCE, 1);
}

typedef struct Root {
  const char *word;
  const TfType *(*check)(const TfScope *scope, const Reference *ref);
} Root;

static const Root roots[] = {
    {"var", check_variable},        {"local", check_local},       {"module", check_module},       {"data", check_data},
    {"ephemeral", check_ephemeral}, {"resource", check_explicit}, {"count", check_count},         {"each", check_each},
    {"self", check_self},           {"path", check_path},         {"terraform", check_terraform},
};

static const TfLocalName *local_name(const TfScope *scope, Str name) {
  for (const TfLocalName *at = scope->names; at; at = at->outer) {
    if (at->name.len && str_eq(at->name, name)) return at;
  }
  return NULL;
}

static Reference split(const HclExpr *expr) {
  bool access = expr->kind == HCL_ACCESS;
  const HclExpr *root = access ? expr->items[0] : expr;
  Reference ref = {.root = root->text, .span = root->span};
  if (access) ref.steps = expr->steps, ref.count = expr->count;
  // A finding covers the words of the address: data.aws_region.now, not only `data`.
  for (size_t i = 0; i < ref.count && i < 3 && ref.steps[i].kind == HCL_STEP_NAME; i++)
    ref.span.end = ref.steps[i].span.end;
  return ref;
}

const TfType *tf_check_reference(const TfScope *scope, const HclExpr *expr) {
  if (expr->kind == HCL_ACCESS && expr->items[0]->kind != HCL_NAME)
    return tf_check_steps(scope, tf_check_expr(scope, expr->items[0]), expr->steps, expr->count);
  Reference ref = split(expr);
  const TfLocalName *known = local_name(scope, ref.root);
  if (known) {
    TfScope inner = *scope;
    inner.soft |= known->derived;
    if (known->derived && scope->derived) *scope->derived = true;
    return follow(&inner, known->type, &ref, 0);
  }
  if (scope->template) return follow(scope, tf_check_template_name(scope, ref.root, ref.span), &ref, 0);
  if (scope->references) ++*scope->references;
  if (scope->constant) {
    tf_error(scope->module, "V2132", ref.span, "nothing can be referred to here: %s", scope->constant_why);
    return give_up(scope, &ref, 0);
  }
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
    if (str_eq(ref.root, str_of(roots[i].word))) return roots[i].check(scope, &ref);
  }
  return check_resource(scope, &ref, TF_RESOURCE, 0);
}

// --- Types of declarations

static const TfType *type_of(TfDeclaration *declaration, TfModule *module) {
  TfScope scope = {.module = module, .owner = declaration, .derived = &declaration->derived};
  const HclAttribute *attribute;
  TfType *type;
  switch (declaration->kind) {
  case TF_VARIABLE:
    attribute = hcl_attribute(declaration->block->body, S("type"));
    return attribute ? tf_type_constraint(module, attribute->value) : &TF_TYPE_ANY;
  case TF_LOCAL: return tf_check_expr(&scope, declaration->value);
  case TF_OUTPUT:
    attribute = hcl_attribute(declaration->block->body, S("value"));
    return attribute ? tf_check_expr(&scope, attribute->value) : &TF_TYPE_ANY;
  case TF_RESOURCE:
  case TF_DATA:
  case TF_EPHEMERAL:
    if (!declaration->has_schema) return &TF_TYPE_ANY;
    type = NEW(module->arena, TfType);
    *type = (TfType){.kind = TF_SCHEMA, .block = declaration->schema};
    type->what = str_z(module->arena, str_fmt(module->arena, "`%.*s`", STR_ARG(declaration->type)));
    return type;
  default: return &TF_TYPE_ANY;
  }
}

const TfType *tf_declared_type(TfDeclaration *declaration, TfModule *module) {
  TfProject *project = module->project;
  if (declaration->typing == TF_VISITED) return declaration->value_type;
  if (declaration->typing == TF_VISITING || project->chain >= CHAIN_MOST) return &TF_TYPE_ANY;
  declaration->typing = TF_VISITING;
  project->chain++;
  declaration->value_type = type_of(declaration, module);
  project->chain--;
  declaration->typing = TF_VISITED;
  return declaration->value_type;
}
