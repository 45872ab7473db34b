#include "dry/spec.h"
#include "base/sys.h"
#include "check/check.h"
#include "dry/deploy.h"
#include "dry/input.h"
#include "dry/test.h"
#include "model/make.h"

static void collect_places(Arena *arena, const Graph *graph, DrySpec *spec) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    VEC_PUSH(arena, &spec->places, (DryPlace){state->name, state->span});
    if (state->body) collect_places(arena, state->body, spec);
    for (size_t k = 0; k < state->branches.len; k++) collect_places(arena, state->branches.at[k], spec);
  }
}

static Str text_of(Arena *arena, const Model *model, const Resource *resource, Str member) {
  const Value *value = value_member(resource->body, member);
  const Value *made = value ? deploy_resolve(arena, model, value) : NULL;
  return made && made->kind == VALUE_STRING ? made->text : (Str){0};
}

static Str arn_of(Arena *arena, const Model *model, const Resource *resource) {
  Str reference = str_fmt(arena, "aws_lambda_function.%.*s.arn", STR_ARG(resource->name));
  const Value *arn = value_leaf(arena, VALUE_TERRAFORM, TIME_DEPLOY, reference, &TYPE_STRING, NO_SPAN);
  arn = deploy_resolve(arena, model, arn);
  return arn->kind == VALUE_STRING ? arn->text : (Str){0};
}

// environment: { variables: { NAME: value } } of a function.
static char *const *environment_of(Arena *arena, const Model *model, const Resource *resource) {
  const Value *environment = value_member(resource->body, S("environment"));
  const Value *variables = environment ? deploy_resolve(arena, model, environment) : NULL;
  variables = variables && variables->kind == VALUE_OBJECT ? value_member(variables, S("variables")) : NULL;
  size_t count = variables && variables->kind == VALUE_OBJECT ? variables->count : 0;
  char **made = NEW_N(arena, char *, count + 1);
  for (size_t i = 0; i < count; i++) {
    Str text = value_plain(arena, variables->members[i].value);
    made[i] = str_z(arena, str_fmt(arena, "%.*s=%.*s", STR_ARG(variables->members[i].name), STR_ARG(text)));
  }
  made[count] = NULL;
  return made;
}

// Functions whose handler's file stands beside the spec: "validate.handler" is handler in a packed validate.py.
static void collect_functions(Arena *arena, const Model *model, DrySpec *spec) {
  for (size_t i = 0; i < model->resources.len; i++) {
    const Resource *resource = &model->resources.at[i];
    if (!str_eq(resource->type, S("aws_lambda_function"))) continue;
    Str handler, module = str_cut(text_of(arena, model, resource, S("handler")), '.', &handler);
    Str file = str_fmt(arena, "%.*s.py", STR_ARG(module));
    for (size_t k = 0; k < model->copies.len; k++) {
      Str copy = model->copies.at[k], path = path_join(arena, model->folder, copy);
      bool folder = sys_kind(path) == SYS_FOLDER;
      if (!folder && !str_eq(path_name(copy), file)) continue;
      if (folder) path = path_join(arena, path, file);
      if (folder && sys_kind(path) != SYS_FILE) continue;
      DryFunction function = {text_of(arena, model, resource, S("function_name")), arn_of(arena, model, resource), path,
                              handler, environment_of(arena, model, resource)};
      VEC_PUSH(arena, &spec->functions, function);
      break;
    }
  }
}

// The one that stands first in the spec.
static const Flow *first_flow(const Model *model) {
  const Flow *first = model->flows.at[0];
  for (size_t i = 1; i < model->flows.len; i++) {
    const Flow *flow = model->flows.at[i];
    bool before =
        flow->span.file != first->span.file ? flow->span.file < first->span.file : flow->span.start < first->span.start;
    if (before) first = flow;
  }
  return first;
}

static const Flow *pick(Diags *diags, const Model *model, Str name) {
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < model->flows.len; i++) {
    if (str_eq(model->flows.at[i]->name, name)) return model->flows.at[i];
    nearest_offer(&nearest, model->flows.at[i]->name);
  }
  if (!name.len && model->flows.len) return first_flow(model);
  Diag *d = name.len ? diag(diags, DIAG_ERROR, "E0705", NO_SPAN, "there is no flow `%.*s`", STR_ARG(name))
                     : diag(diags, DIAG_ERROR, "E0705", NO_SPAN, "the spec has no flow to run");
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(diags, d, "did you mean `%.*s`?", STR_ARG(best));
  return NULL;
}

bool dry_spec(Arena *arena, Sources *sources, Diags *diags, uint32_t file, Str name, DrySpec *spec) {
  *spec = (DrySpec){0};
  const Model *model = check_pipeline(arena, sources, file, diags);
  const Flow *flow = model ? pick(diags, model, name) : NULL;
  if (!flow) return false;
  Map *definitions = NEW(arena, Map);
  *definitions = (Map){.arena = arena};
  TraceDefault *defaults;
  spec->flow = flow->name;
  spec->of = flow;
  spec->flow_count = model->flows.len;
  spec->input = dry_input(arena, model, flow);
  spec->machine = flow->machine;
  spec->definition = dry_definition(arena, model, flow, definitions, diags);
  spec->region = deploy_region(model);
  spec->account = deploy_account(model);
  TraceItem *items;
  spec->item_count = dry_items(arena, model, &items);
  spec->items = items;
  collect_places(arena, &flow->graph, spec);
  collect_functions(arena, model, spec);
  Diags *unseen = NEW(arena, Diags); // what is wrong with another flow is told where that one is run
  *unseen = (Diags){.arena = arena};
  spec->flows = dry_flows(arena, model, definitions, unseen);
  deploy_guesses(arena, model, flow, &spec->flows.guesses);
  spec->default_count = dry_defaults(arena, flow, &defaults);
  spec->defaults = defaults;
  return !diags_failed(diags);
}
