// mlopsc facts: what the tables know of a call, an IAM action or a Terraform type.
#include "base/sys.h"
#include "cli/cli.h"
#include "cli/facts_json.h"
#include "facts/facts.h"

// --- Shapes

enum { MOST_LEVELS = 3 };

static void write_limits(Buf *out, FactsShape shape) {
  FactsLimits limits = facts_shape_limits(shape);
  if (limits.has_min || limits.has_max) {
    buf_str(out, S(" "));
    if (limits.has_min) buf_fmt(out, "%.15g", limits.min);
    buf_str(out, S(".."));
    if (limits.has_max) buf_fmt(out, "%.15g", limits.max);
  }
  if (limits.pattern.len) buf_fmt(out, " /%.*s/", STR_ARG(limits.pattern));
  for (size_t i = 0; i < facts_shape_enums(shape); i++)
    buf_fmt(out, "%s%.*s", i ? " | " : " = ", STR_ARG(facts_shape_enum(shape, i)));
}

static void write_members(Buf *out, FactsShape shape, unsigned level);

static void write_shape(Buf *out, FactsShape shape, unsigned level) {
  FactsShapeKind kind = facts_shape_kind(shape);
  buf_fmt(out, "%s", facts_shape_kind_name(kind));
  write_limits(out, shape);
  bool holds = kind == FACTS_LIST || kind == FACTS_MAP;
  if (holds) {
    buf_str(out, S(" of "));
    write_shape(out, facts_shape_element(shape), level);
    return;
  }
  buf_char(out, '\n');
  if (kind == FACTS_STRUCTURE) write_members(out, shape, level + 1);
}

static void write_members(Buf *out, FactsShape shape, unsigned level) {
  if (level > MOST_LEVELS) return;
  for (size_t i = 0; i < facts_shape_members(shape); i++) {
    FactsMember member = facts_shape_member(shape, i);
    buf_repeat(out, ' ', 2 * level);
    buf_fmt(out, "%.*s%s: ", STR_ARG(member.name), member.required ? "!" : "");
    write_shape(out, member.shape, level);
  }
}

// --- Calls

static void write_strings(Buf *out, const char *indent, const Str *list, size_t count) {
  for (size_t i = 0; i < count; i++) buf_fmt(out, "%s%.*s\n", indent, STR_ARG(list[i]));
}

static void write_policy(Buf *out, const FactsTask *task, const Json *arguments) {
  FactsCall call = {.task = *task, .arguments = arguments, .step = task->action};
  FactsPolicyRequest request = {
      .calls = &call,
      .call_count = 1,
      .partition = S("aws"),
      .region = S("us-east-1"),
      .account = S("123456789012"),
  };
  FactsPolicy policy = facts_policy(out->arena, &request);
  buf_str(out, S("permissions\n"));
  for (size_t i = 0; i < policy.count; i++) {
    const FactsStatement *statement = &policy.statements[i];
    buf_fmt(out, "  %.*s: %.*s\n", STR_ARG(statement->sid), STR_ARG(statement->why));
    write_strings(out, "    ", statement->actions, statement->action_count);
    write_strings(out, "    on ", statement->resources, statement->resource_count);
    for (size_t j = 0; j < statement->condition_count; j++) {
      const FactsCondition *condition = &statement->conditions[j];
      buf_fmt(out, "    if %.*s %.*s", STR_ARG(condition->key), STR_ARG(condition->operator));
      for (size_t k = 0; k < condition->count; k++) buf_fmt(out, " %.*s", STR_ARG(condition->values[k]));
      buf_char(out, '\n');
    }
  }
  for (size_t i = 0; i < policy.unknown_count; i++) buf_fmt(out, "  not known: %.*s\n", STR_ARG(policy.unknown[i]));
}

static void write_errors(Buf *out, const FactsTask *task) {
  buf_str(out, S("errors\n"));
  if (task->kind == FACTS_TASK_OPTIMIZED) {
    const FactsIntegration *integration = &task->integration;
    if (integration->catch_all.len)
      buf_fmt(out, "  %.*s.%.*s\n", STR_ARG(integration->errors_prefix), STR_ARG(integration->catch_all));
    for (size_t i = 0; i < facts_integration_errors(*integration); i++)
      buf_fmt(out, "  %.*s.%.*s\n", STR_ARG(integration->errors_prefix),
              STR_ARG(facts_integration_error(*integration, i)));
    return;
  }
  Str prefix = facts_service_errors_prefix(task->sdk_service);
  for (size_t i = 0; i < facts_operation_errors(task->operation); i++)
    buf_fmt(out, "  %.*s.%.*s\n", STR_ARG(prefix), STR_ARG(facts_operation_error(task->operation, i)));
}

static void write_finding(void *with, const FactsFinding *finding) {
  Buf *out = with;
  buf_fmt(out, "  %.*s", STR_ARG(finding->message));
  if (finding->nearest.len) buf_fmt(out, " (did you mean %.*s?)", STR_ARG(finding->nearest));
  buf_char(out, '\n');
}

// With arguments: what is wrong with them, the answer that a dry run would make up, the permissions of this very call.
static void write_call(Buf *out, const FactsTask *task, const Json *arguments) {
  if (arguments) {
    buf_str(out, S("findings\n"));
    FactsCheck check = {.arena = out->arena, .with = out, .found = write_finding, .leaf = facts_leaf_jsonata};
    facts_check_arguments(&check, facts_task_input(task), arguments);
    FactsPlace place = {.seed = 1};
    buf_str(out, S("answer\n  "));
    json_write(out, facts_default_answer(out->arena, task, arguments, &place), JSON_COMPACT);
    buf_char(out, '\n');
  } else {
    buf_str(out, S("input "));
    write_shape(out, facts_task_input(task), 0);
    buf_str(out, S("output "));
    write_shape(out, facts_task_output(task), 0);
    write_errors(out, task);
  }
  write_policy(out, task, arguments);
}

// "sagemaker.createModel" is the optimized integration where there is one, else the SDK's; ARNs are what they are.
static bool find_call(Arena *arena, Str name, FactsTask *task) {
  if (str_starts(name, S("arn:"))) {
    *task = facts_task(name);
  } else {
    Str action, service = str_cut(name, '.', &action);
    if (!action.len) return false;
    *task = facts_task(str_fmt(arena, "arn:aws:states:::%.*s:%.*s", STR_ARG(service), STR_ARG(action)));
    if (task->kind == FACTS_TASK_NO_SERVICE || task->kind == FACTS_TASK_NO_ACTION)
      *task = facts_task(str_fmt(arena, "arn:aws:states:::aws-sdk:%.*s:%.*s", STR_ARG(service), STR_ARG(action)));
  }
  return task->kind == FACTS_TASK_OPTIMIZED || task->kind == FACTS_TASK_SDK;
}

// --- IAM actions

static bool write_iam(Buf *out, Str name) {
  FactsIamAction action;
  if (!facts_iam_action(name, &action)) return false;
  buf_fmt(out, "%.*s: %.*s\nresources\n", STR_ARG(action.name), STR_ARG(action.access_level));
  for (size_t i = 0; i < facts_iam_resources(action); i++) {
    FactsIamResource resource = facts_iam_resource(action, i);
    buf_fmt(out, "  %.*s%s: %.*s\n", STR_ARG(resource.name), resource.required ? "!" : "", STR_ARG(resource.arn));
  }
  buf_str(out, S("conditions\n"));
  for (size_t i = 0; i < facts_iam_conditions(action); i++)
    buf_fmt(out, "  %.*s\n", STR_ARG(facts_iam_condition(action, i)));
  return true;
}

// --- Terraform, in the form of `terraform providers schema -json`

static const Json *type_json(Arena *arena, FactsTfType type) {
  static const char *const names[] = {"string", "number", "bool", "dynamic", "list", "set", "map", "object"};
  FactsTfTypeKind kind = facts_tf_type_kind(type);
  const Json *name = json_string(arena, str_of(names[kind]));
  if (kind < FACTS_TF_LIST) return name;
  JsonBuild build = {.arena = arena}, fields = {.arena = arena};
  json_add(&build, name);
  if (kind != FACTS_TF_OBJECT) {
    json_add(&build, type_json(arena, facts_tf_type_element(type)));
    return json_made_array(&build);
  }
  for (size_t i = 0; i < facts_tf_type_fields(type); i++) {
    Str field;
    FactsTfType of = facts_tf_type_field(type, i, &field);
    json_put(&fields, field, type_json(arena, of));
  }
  json_add(&build, json_made_object(&fields));
  return json_made_array(&build);
}

static const Json *flag(bool set) {
  return set ? &JSON_THE_TRUE : NULL;
}

static const Json *block_json(Arena *arena, FactsTfBlock block, bool deprecated) {
  JsonBuild build = {.arena = arena}, attributes = {.arena = arena}, blocks = {.arena = arena};
  for (size_t i = 0; i < facts_tf_attributes(block); i++) {
    FactsTfAttribute attribute = facts_tf_attribute(block, i);
    JsonBuild one = {.arena = arena};
    json_put(&one, S("computed"), flag(attribute.computed));
    json_put(&one, S("deprecated"), flag(attribute.deprecated));
    json_put(&one, S("optional"), flag(attribute.optional));
    json_put(&one, S("required"), flag(attribute.required));
    json_put(&one, S("sensitive"), flag(attribute.sensitive));
    json_put(&one, S("type"), type_json(arena, attribute.type));
    json_put(&one, S("write_only"), flag(attribute.write_only));
    json_put(&attributes, attribute.name, json_made_object(&one));
  }
  for (size_t i = 0; i < facts_tf_blocks(block); i++) {
    static const char *const nestings[] = {"single", "list", "set", "map"};
    FactsTfNested nested = facts_tf_block(block, i);
    JsonBuild one = {.arena = arena};
    json_put(&one, S("block"), block_json(arena, nested.block, nested.deprecated));
    if (nested.max_items) json_put(&one, S("max_items"), json_number(arena, nested.max_items));
    if (nested.min_items) json_put(&one, S("min_items"), json_number(arena, nested.min_items));
    json_put(&one, S("nesting_mode"), json_string(arena, str_of(nestings[nested.nesting])));
    json_put(&blocks, nested.name, json_made_object(&one));
  }
  if (attributes.members.len) json_put(&build, S("attributes"), json_made_object(&attributes));
  if (blocks.members.len) json_put(&build, S("block_types"), json_made_object(&blocks));
  json_put(&build, S("deprecated"), flag(deprecated));
  return json_made_object(&build);
}

static const char *const kind_names[] = {"provider", "resource_schemas", "data_source_schemas",
                                         "ephemeral_resource_schemas"};

// One type, or all of them where `type` is empty. False: there is none of that name.
static bool write_terraform(Buf *out, Str type) {
  JsonBuild build = {.arena = out->arena};
  for (FactsTfKind kind = FACTS_TF_PROVIDER; kind <= FACTS_TF_EPHEMERAL; kind++) {
    JsonBuild types = {.arena = out->arena};
    for (size_t i = 0; i < facts_tf_count(kind); i++) {
      Str name = facts_tf_name(kind, i);
      FactsTfBlock block;
      if (type.len && !str_eq(type, name)) continue;
      facts_tf_find(kind, name, &block);
      json_put(&types, name, block_json(out->arena, block, false));
    }
    if (types.members.len) json_put(&build, str_of(kind_names[kind]), json_made_object(&types));
  }
  if (!build.members.len) return false;
  json_write(out, json_made_object(&build), JSON_INDENT);
  buf_char(out, '\n');
  return true;
}

// --- For programs

static void add_fault(void *with, const FactsFinding *finding) {
  JsonBuild *faults = with;
  json_add(faults, json_string(faults->arena, finding->message));
}

// What an SDK's call with these arguments does: its faults, and an answer of that region and account.
static const Json *call_json(Arena *arena, FactsOperation operation, Str service, const Json *arguments, Str place) {
  JsonBuild build = {.arena = arena}, faults = {.arena = arena};
  FactsCheck check = {.arena = arena, .with = &faults, .found = add_fault};
  facts_check_arguments(&check, operation.input, arguments);
  FactsTask task =
      facts_task(str_fmt(arena, "arn:aws:states:::aws-sdk:%.*s:%.*s", STR_ARG(service), STR_ARG(operation.action)));
  FactsPlace from = {.now = (double)(int64_t)sys_now(), .seed = sys_clock()};
  from.region = str_cut(place, '/', &from.account);
  json_put(&build, S("faults"), json_made_array(&faults));
  json_put(&build, S("answer"), facts_default_answer(arena, &task, arguments, &from));
  return json_made_object(&build);
}

// "sagemaker", or "sagemaker.createModel" as the SDKs have it, whatever Step Functions makes of it.
static bool write_api(Buf *out, Str name, const Json *arguments, Str place) {
  Str action, service_name = str_cut(name, '.', &action);
  FactsService service;
  FactsOperation operation;
  if (!facts_service(service_name, &service)) return false;
  if (action.len && !facts_operation(service, action, &operation)) return false;
  const Json *json = !action.len ? facts_service_json(out->arena, service)
                     : arguments ? call_json(out->arena, operation, service_name, arguments, place)
                                 : facts_operation_json(out->arena, operation);
  json_write(out, json, JSON_COMPACT);
  buf_char(out, '\n');
  return true;
}

// --- The command

static void write_versions(Buf *out) {
  buf_fmt(out, "%.*s\n%.*s\n", STR_ARG(facts_api_version()), STR_ARG(facts_iam_version()));
  for (size_t i = 0; i < facts_tf_providers(); i++) {
    FactsTfProvider provider = facts_tf_provider(i);
    buf_fmt(out, "%.*s (%.*s %.*s)\n", STR_ARG(provider.source), STR_ARG(provider.name), STR_ARG(provider.version));
  }
}

static int run(Args *args) {
  Buf out = {.arena = args->arena};
  Str text, place = {0};
  const Json *arguments = NULL;
  args_value(args, "--place", &place);
  if (args_value(args, "--arguments", &text)) {
    JsonError error;
    if (str_starts(text, S("@"))) text = read_or_exit(args->arena, str_slice(text, 1, text.len));
    arguments = json_read(args->arena, text, 0, &error);
    if (!arguments) return usage_error(args, "--arguments: %s", error.what);
  }
  if (args_flag(args, "--versions")) {
    write_versions(&out);
  } else if (args_flag(args, "--terraform")) {
    write_terraform(&out, (Str){0});
  } else if (args->words.len != 1) {
    return usage_error(args, "one name is needed");
  } else {
    Str name = args->words.at[0];
    FactsTask task = {0};
    if (args_flag(args, "--api")) {
      if (!write_api(&out, name, arguments, place))
        return usage_error(args, "the tables know no API %.*s", STR_ARG(name));
    } else if (find_call(args->arena, name, &task)) {
      write_call(&out, &task, arguments);
    } else if (!write_iam(&out, name) && !write_terraform(&out, name)) {
      return usage_error(args, "%.*s is not known%s%.*s", STR_ARG(name), task.nearest.len ? "; did you mean " : "",
                         STR_ARG(task.nearest));
    }
  }
  sys_out(1, buf_text(&out));
  return EXIT_GOOD;
}

static const Option options[] = {
    {"--api", NULL,
     "the API of SERVICE or SERVICE.ACTION as JSON, as the SDKs have it; with --arguments, a call of it"},
    {"--place", "REGION/ACCOUNT", "with --api: where the answer to a call comes from"},
    {"--arguments", "JSON|@FILE", "check these arguments, make up an answer, derive the call's permissions"},
    {"--terraform", NULL, "all Terraform schemas, as `terraform providers schema -json` has them"},
    {"--versions", NULL, "what the tables were distilled from"},
    {0},
};
const Command command_facts = {"facts",
                               "what is known of a call, an IAM action or a Terraform type",
                               "SERVICE.ACTION[.PATTERN] | ARN | PREFIX:ACTION | TYPE",
                               options,
                               "mlopsc facts sagemaker.createTrainingJob.sync",
                               run};
