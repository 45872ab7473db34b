#include "run/load_parts.h"

const char *const state_kind_names[STATE_KINDS] = {"Task",    "Pass", "Wait",     "Choice",
                                                   "Succeed", "Fail", "Parallel", "Map"};

bool load_fault(Loader *l, const char *code, const Json *at, const char *format, ...) {
  if (l->fault->code) return false;
  va_list args;
  va_start(args, format);
  *l->fault = (LoadFault){code, at, str_vfmt(l->arena, format, args)};
  va_end(args);
  return false;
}

bool load_member(Loader *l, const Json *object, Str key, JsonKind kind, const Json **value) {
  static const char *const kinds[] = {"null",     "a boolean", "a boolean", "a number",
                                      "a string", "an array",  "an object"};
  *value = json_get(object, key);
  if (!*value || (*value)->kind == kind || (kind == JSON_TRUE && json_is_bool(*value))) return true;
  return load_fault(l, "R0101", *value, "%.*s must be %s", STR_ARG(key), kinds[kind]);
}

bool load_template_within(Loader *l, const Json *object, Str within, Str key, bool jsonata, const Template **made) {
  const Json *value = json_get(object, key);
  if (!value) return true;
  TemplateFault fault;
  Str field = within.len ? str_fmt(l->arena, "%.*s/%.*s", STR_ARG(within), STR_ARG(key)) : key;
  *made = template_compile(l->arena, value, jsonata, field, &fault);
  return *made || load_fault(l, "R0103", fault.at, "%.*s: %.*s", STR_ARG(key), STR_ARG(fault.why));
}

bool load_template(Loader *l, const Json *object, Str key, bool jsonata, const Template **made) {
  return load_template_within(l, object, S(""), key, jsonata, made);
}

bool load_assign(Loader *l, const Json *object, Str within, bool jsonata, const Template **made) {
  const Json *value;
  return load_member(l, object, S("Assign"), JSON_OBJECT, &value) &&
         load_template_within(l, object, within, S("Assign"), jsonata, made);
}

static bool load_found(Loader *l, const Json *value, Field *field) {
  Str why;
  if (!json_is(value, JSON_STRING)) return load_fault(l, "R0101", value, "%.*s must be a path", STR_ARG(field->name));
  if (intrinsic_is_call(json_str(value))) {
    field->kind = FIELD_CALL;
    field->call = intrinsic_compile(l->arena, json_str(value), &why);
    return field->call || load_fault(l, "R0103", value, "%.*s: %.*s", STR_ARG(field->name), STR_ARG(why));
  }
  field->kind = FIELD_PATH;
  return path_compile(l->arena, json_str(value), &field->path, &why) ||
         load_fault(l, "R0103", value, "%.*s: %.*s", STR_ARG(field->name), STR_ARG(why));
}

bool load_field(Loader *l, const Json *object, const char *key, bool jsonata, Field *field) {
  Str by_path = str_fmt(l->arena, "%sPath", key);
  const Json *path = jsonata ? NULL : json_get(object, by_path);
  field->name = path ? by_path : str_of(key);
  if (path) return load_found(l, path, field);
  if (!json_get(object, field->name)) return true;
  field->kind = FIELD_VALUE;
  return load_template(l, object, field->name, jsonata, &field->value);
}

bool load_data_path(Loader *l, const Json *object, Str key, const DataPath **path) {
  static const DataPath whole = {.use = DATA_WHOLE}, none = {.use = DATA_NONE};
  const Json *value = json_get(object, key);
  *path = value && value->kind == JSON_NULL ? &none : &whole;
  if (!value || value->kind == JSON_NULL) return true;
  Str why;
  if (value->kind != JSON_STRING) return load_fault(l, "R0101", value, "%.*s must be a path or null", STR_ARG(key));
  DataPath *made = NEW(l->arena, DataPath);
  made->use = DATA_PATH;
  if (!path_compile(l->arena, json_str(value), &made->path, &why)) {
    return load_fault(l, "R0103", value, "%.*s: %.*s", STR_ARG(key), STR_ARG(why));
  }
  if (made->path.root == PATH_INPUT && made->path.count == 0) made->use = DATA_WHOLE;
  if (str_eq(key, S("ResultPath")) && !path_is_reference(&made->path)) {
    return load_fault(l, "R0103", value, "ResultPath must name one place: '%.*s' does not", STR_ARG(json_str(value)));
  }
  *path = made;
  return true;
}

bool load_next(Loader *l, const State *s, const Json *name, const State **next) {
  uint32_t count = s->machine->count;
  for (uint32_t i = 0; i < count; i++) { // most often it is the one behind
    const State *other = &s->machine->states[(s->index + 1 + i) % count];
    if (str_eq(other->name, json_str(name))) return *next = other, true;
  }
  if (l->alone) {
    State *named = NEW(l->arena, State);
    named->name = json_str(name);
    return *next = named, true;
  }
  return load_fault(l, "R0102", name, "there is no state '%.*s' beside '%.*s'", STR_ARG(json_str(name)),
                    STR_ARG(s->name));
}

static bool load_branches(Loader *l, State *s) {
  const Json *branches;
  if (!load_member(l, s->source, S("Branches"), JSON_ARRAY, &branches)) return false;
  if (!branches || !branches->count) return load_fault(l, "R0101", s->source, "a Parallel state wants Branches");
  const Machine **made = NEW_N(l->arena, const Machine *, branches->count);
  for (uint32_t i = 0; i < branches->count; i++) {
    if (!(made[i] = load_machine(l, branches->items[i]))) return false;
  }
  s->branches = made;
  s->branch_count = branches->count;
  return true;
}

static bool load_wait(Loader *l, State *s) {
  if (!load_field(l, s->source, "Seconds", s->jsonata, &s->seconds)) return false;
  if (!load_field(l, s->source, "Timestamp", s->jsonata, &s->timestamp)) return false;
  bool one = (s->seconds.kind != FIELD_NONE) != (s->timestamp.kind != FIELD_NONE);
  return one || load_fault(l, "R0101", s->source, "a Wait state wants Seconds or Timestamp");
}

static bool load_task(Loader *l, State *s) {
  return load_resource(l, s) && load_field(l, s->source, "TimeoutSeconds", s->jsonata, &s->timeout) &&
         load_field(l, s->source, "HeartbeatSeconds", s->jsonata, &s->heartbeat) &&
         load_template(l, s->source, S("Credentials"), s->jsonata, &s->credentials);
}

static bool load_own(Loader *l, State *s) {
  switch (s->kind) {
  case STATE_TASK: return load_task(l, s);
  case STATE_PASS: s->result = s->jsonata ? NULL : json_get(s->source, S("Result")); return true;
  case STATE_WAIT: return load_wait(l, s);
  case STATE_CHOICE: return load_choices(l, s);
  case STATE_FAIL:
    return load_field(l, s->source, "Error", s->jsonata, &s->error) &&
           load_field(l, s->source, "Cause", s->jsonata, &s->cause);
  case STATE_PARALLEL: return load_branches(l, s);
  case STATE_MAP: return load_map(l, s);
  default: return true;
  }
}

static bool load_way_out(Loader *l, State *s) {
  if (s->kind == STATE_CHOICE || s->kind == STATE_SUCCEED || s->kind == STATE_FAIL) return true;
  const Json *end, *next;
  if (!load_member(l, s->source, S("End"), JSON_TRUE, &end)) return false;
  if (!load_member(l, s->source, S("Next"), JSON_STRING, &next)) return false;
  s->end = json_is(end, JSON_TRUE);
  if (s->end == (next != NULL))
    return load_fault(l, "R0101", s->source, "'%.*s' wants either Next or End", STR_ARG(s->name));
  return !next || load_next(l, s, next, &s->next);
}

static bool load_state(Loader *l, State *s) {
  bool q = s->jsonata;
  return load_way_out(l, s) && load_data_path(l, s->source, S("InputPath"), &s->input_path) &&
         load_data_path(l, s->source, S("ResultPath"), &s->result_path) &&
         load_data_path(l, s->source, S("OutputPath"), &s->output_path) &&
         load_template(l, s->source, q ? S("Arguments") : S("Parameters"), q, &s->parameters) &&
         load_assign(l, s->source, S(""), q, &s->assign) &&
         (q ? load_template(l, s->source, S("Output"), q, &s->output)
            : load_template(l, s->source, S("ResultSelector"), q, &s->result_selector)) &&
         load_own(l, s) && load_retry(l, s) && load_catch(l, s);
}

static bool load_kind(Loader *l, State *s) {
  const Json *type, *language;
  if (!load_member(l, s->source, S("Type"), JSON_STRING, &type)) return false;
  if (!load_member(l, s->source, S("QueryLanguage"), JSON_STRING, &language)) return false;
  if (language) s->jsonata = str_eq(json_str(language), S("JSONata"));
  if (!type) return load_fault(l, "R0101", s->source, "'%.*s' has no Type", STR_ARG(s->name));
  for (int kind = 0; kind < STATE_KINDS; kind++) {
    if (str_eq(json_str(type), str_of(state_kind_names[kind]))) return s->kind = (StateKind)kind, true;
  }
  return load_fault(l, "R0104", type, "there is no state of type '%.*s'", STR_ARG(json_str(type)));
}

static bool load_head(Loader *l, Machine *m) {
  const Json *language, *timeout;
  if (!load_member(l, m->source, S("QueryLanguage"), JSON_STRING, &language)) return false;
  if (!load_member(l, m->source, S("TimeoutSeconds"), JSON_NUMBER, &timeout)) return false;
  m->jsonata = language ? str_eq(json_str(language), S("JSONata")) : l->machine_jsonata;
  m->timeout = timeout ? timeout->number : 0;
  return true;
}

const Machine *load_machine(Loader *l, const Json *definition) {
  Machine *m = NEW(l->arena, Machine);
  m->source = definition;
  if (!json_is(definition, JSON_OBJECT))
    return load_fault(l, "R0101", definition, "a state machine is an object"), NULL;
  const Json *states, *start;
  if (!load_head(l, m) || !load_member(l, definition, S("States"), JSON_OBJECT, &states)) return NULL;
  if (!load_member(l, definition, S("StartAt"), JSON_STRING, &start)) return NULL;
  if (!states || !states->count) return load_fault(l, "R0101", definition, "a state machine wants States"), NULL;
  if (!start) return load_fault(l, "R0101", definition, "a state machine wants StartAt"), NULL;
  bool outer = l->machine_jsonata;
  l->machine_jsonata = m->jsonata;
  m->count = states->count;
  m->states = NEW_N(l->arena, State, m->count);
  for (uint32_t i = 0; i < m->count; i++) {
    m->states[i] = (State){.name = states->members[i].key,
                           .source = states->members[i].value,
                           .machine = m,
                           .index = i,
                           .jsonata = m->jsonata};
    if (!load_kind(l, &m->states[i])) return NULL;
  }
  for (uint32_t i = 0; i < m->count; i++) {
    if (!load_state(l, &m->states[i])) return NULL;
  }
  l->machine_jsonata = outer;
  return load_next(l, &m->states[0], start, &m->start) ? m : NULL;
}

const Machine *machine_load(Arena *arena, const Json *definition, LoadFault *fault) {
  *fault = (LoadFault){0};
  Loader l = {.arena = arena, .fault = fault};
  return load_machine(&l, definition);
}

const Machine *machine_load_state(Arena *arena, const Json *state, Str name, LoadFault *fault) {
  *fault = (LoadFault){0};
  Loader l = {.arena = arena, .fault = fault, .alone = true};
  JsonBuild states = {.arena = arena}, machine = {.arena = arena};
  json_put(&states, name, state);
  json_put(&machine, S("StartAt"), json_string(arena, name));
  json_put(&machine, S("States"), json_made_object(&states));
  return load_machine(&l, json_made_object(&machine));
}

const State *machine_state(const Machine *machine, Str name) {
  for (uint32_t i = 0; i < machine->count; i++) {
    const State *s = &machine->states[i], *found = NULL;
    if (str_eq(s->name, name)) return s;
    uint32_t branches = s->kind == STATE_PARALLEL ? s->branch_count : 0;
    for (uint32_t k = 0; k < branches && !found; k++) found = machine_state(s->branches[k], name);
    if (s->kind == STATE_MAP) found = machine_state(s->map->processor, name);
    if (found) return found;
  }
  return NULL;
}
