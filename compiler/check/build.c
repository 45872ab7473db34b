// Building a state graph: states, the edges that wait for a target, variables and where they are assigned.
#include "check/flow.h"
#include "jsonata/jsonata.h"
#include "base/digest.h"
#include "base/utf8.h"

enum { NAME_MOST = 80, EXPRESSION_MOST = 60 };

// A name that is too long ends with digits made of the whole of it, so that no other edit changes it.
static Str shortened(Checker *c, Str name, size_t most) {
  enum { DIGITS = 6 };
  if (utf8_count(name) <= most) return name;
  unsigned char bytes[DIGEST_MOST];
  digest(S("SHA-256"), name, bytes);
  Buf out = {.arena = c->arena};
  size_t kept = 0;
  for (size_t i = 0, len; i < name.len && kept < most - DIGITS - 2; i += len, kept++) {
    utf8_decode(name, i, &len, NULL);
    buf_str(&out, str_slice(name, i, i + len));
  }
  buf_str(&out, S("… "));
  buf_hex(&out, bytes, DIGITS / 2);
  return buf_text(&out);
}

// What a person wrote as the name of a state is kept as it is.
void check_state_name(Checker *c, Word name) {
  size_t count = utf8_count(name.text);
  if (count <= NAME_MOST) return;
  diag(c->diags, DIAG_ERROR, "E0806", name.span, "a state's name has at most %d characters; this has %zu", NAME_MOST,
       count);
}

static Str flow_state_name(FlowBuild *f, Str wanted) {
  Checker *c = f->c;
  Str name = shortened(c, wanted, NAME_MOST);
  for (int n = 2; map_get(f->state_names, name); n++)
    name = str_fmt(c->arena, "%.*s (%d)", STR_ARG(shortened(c, wanted, NAME_MOST - 6)), n);
  map_set(f->state_names, name, f);
  return name;
}

static void patch(FlowBuild *f, State *to) {
  for (size_t i = 0; i < f->frontier.len; i++) *f->frontier.at[i].to = to;
}

void frontier_set(FlowBuild *f, Edge edge) {
  f->frontier = (Edges){0};
  VEC_PUSH(f->c->arena, &f->frontier, edge);
}

static void add_catches(FlowBuild *f, State *state) {
  Checker *c = f->c;
  for (Try *t = f->tries; t; t = t->outer) {
    Catch row = {.errors = t->errors, .error_count = t->count};
    if (t->count == 0) {
      row.errors = NEW(c->arena, Str);
      row.errors[0] = S("States.ALL");
      row.error_count = 1;
    }
    VEC_PUSH(c->arena, &state->catches, row);
    if (t->count == 0) break;
  }
  size_t i = 0;
  for (Try *t = f->tries; t && i < state->catches.len; t = t->outer, i++) {
    Catch *row = &state->catches.at[i];
    if (t->variable) {
      const Value *error =
          value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.errorOutput"), t->variable->type, state->span);
      VEC_PUSH(c->arena, &row->assign, (Assignment){t->variable->name, error});
    }
    VEC_PUSH(c->arena, &t->caught, (Edge){state, &row->next, &row->assign});
  }
}

State *flow_add_state(FlowBuild *f, StateKind kind, Str name, Span span) {
  State *state = NEW(f->c->arena, State);
  state->kind = kind;
  state->name = flow_state_name(f, name);
  state->span = span_known(f->origin) ? f->origin : span;
  patch(f, state);
  VEC_PUSH(f->c->arena, &f->graph->states, state);
  frontier_set(f, (Edge){state, &state->next, &state->assign});
  if (kind == STATE_TASK || kind == STATE_MAP || kind == STATE_PARALLEL) add_catches(f, state);
  return state;
}

// ---------------------------------------------------------------- variables

FlowVariable *flow_new_variable(FlowBuild *f, Str name, const Type *type, Span span) {
  Checker *c = f->c;
  FlowVariable *variable = NEW(c->arena, FlowVariable);
  Buf clean = {.arena = c->arena};
  for (size_t i = 0; i < name.len; i++) {
    char ch = name.at[i];
    buf_char(&clean, ascii_is_word(ch) ? ch : '_');
  }
  variable->name = buf_text(&clean);
  // Names are distinct in the whole definition, so that no scope ever hides another.
  // … and none hides a function of JSONata.
  if (jsonata_has_function(variable->name, JSONATA_STEP_FUNCTIONS)) {
    buf_str(&clean, S("_value"));
    variable->name = buf_text(&clean);
  }
  for (int n = 2; map_get(f->variable_names, variable->name); n++) {
    variable->name = str_fmt(c->arena, "%.*s_%d", STR_ARG(buf_text(&clean)), n);
  }
  map_set(f->variable_names, variable->name, variable);
  variable->type = type;
  variable->number = f->variables->len;
  variable->depth = f->depth;
  variable->span = span;
  VEC_PUSH(c->arena, f->variables, variable);
  return variable;
}

uint8_t *flow_status(FlowBuild *f, size_t number) {
  if (number >= f->status_room) {
    size_t room = (number + 16) * 2;
    uint8_t *grown = NEW_N(f->c->arena, uint8_t, room);
    if (f->status_room) memcpy(grown, f->status, f->status_room);
    f->status = grown;
    f->status_room = room;
  }
  return &f->status[number];
}

uint8_t *flow_statuses(FlowBuild *f) {
  size_t count = f->variables->len + 16;
  uint8_t *copy = NEW_N(f->c->arena, uint8_t, count);
  for (size_t i = 0; i < f->variables->len; i++) copy[i] = *flow_status(f, i);
  return copy;
}

void flow_take_statuses(FlowBuild *f, const uint8_t *from, size_t known) {
  for (size_t i = 0; i < f->variables->len; i++) *flow_status(f, i) = i < known ? from[i] : UNSET;
}

FlowVariable *flow_named_variable(FlowBuild *f, Scope *scope, Word name, const Type *type) {
  Checker *c = f->c;
  Str full = scope->prefix.len ? str_fmt(c->arena, "%.*s%.*s", STR_ARG(scope->prefix), STR_ARG(name.text)) : name.text;
  Binding *before = map_get(&scope->names, name.text);
  if (before && before->variable && (*flow_status(f, before->variable->number) == UNSET || before->variable->counter)) {
    before->variable->counter = false;
    before->variable->type = before->variable->type == type ? type : &TYPE_ANY;
    if (!before->variable->span.file) before->variable->type = type;
    before->variable->span = name.span;
    return before->variable;
  }
  Scope *owner = NULL;
  Binding *outer = before ? NULL : scope_find(scope->outer, name.text, &owner);
  if (outer && owner->kind != SCOPE_KIND && scope->kind != SCOPE_STEP && owner->kind != SCOPE_STEP) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0103", name.span, "`%.*s` hides another `%.*s`", STR_ARG(name.text),
                   STR_ARG(name.text));
    if (span_known(outer->span)) diag_note(c->diags, d, outer->span, "that one");
    diag_help(c->diags, d, "use another name");
  }
  Binding *binding = scope_add(c, scope, name);
  binding->variable = flow_new_variable(f, full, type, name.span);
  return binding->variable;
}

// What is read of a value that was passed in: it may be missing where that may.
static const Value *captured(Checker *c, Str name, const Value *of, Span span) {
  Value *value = (Value *)(uintptr_t)value_leaf(c->arena, VALUE_VARIABLE, TIME_RUN, name, of->type, span);
  value->maybe = of->maybe;
  value->missing_because = of->missing_because;
  value->missing_unless = of->missing_unless;
  return value;
}

static const Value *flow_capture(FlowBuild *f, const Value *read) {
  Str name = read->text;
  bool known = false;
  for (size_t i = 0; i < f->captured.len; i++) known = known || str_eq(f->captured.at[i].name, name);
  if (!known) {
    const Value *outside = value_leaf(f->c->arena, VALUE_VARIABLE, TIME_RUN, name, read->type, read->span);
    VEC_PUSH(f->c->arena, &f->captured, (Captured){name, outside});
  }
  return read;
}

const Value *flow_read(Checker *c, Scope *scope, Binding *binding, Span span) {
  FlowVariable *variable = binding->variable;
  FlowBuild *f = scope->flow;
  uint8_t status = *flow_status(f, variable->number);
  if (status == UNSET) return value_missing(span);
  variable->read = true;
  Value *value =
      (Value *)(uintptr_t)value_leaf(c->arena, VALUE_VARIABLE, TIME_RUN, variable->name, variable->type, span);
  value->maybe = status == MAYBE;
  Span set = span_known(variable->span) ? variable->span : variable->later;
  value->missing_because = status == MAYBE ? set : NO_SPAN;
  value->missing_unless = status == MAYBE ? variable->deciding : NO_SPAN;
  return f->distributed && variable->depth < f->depth ? flow_capture(f, value) : value;
}

const Value *flow_capture_value(FlowBuild *f, Str name, const Value *value) {
  Checker *c = f->c;
  for (size_t i = 0; i < f->captured.len; i++) {
    if (path_text(c->arena, f->captured.at[i].value).len &&
        str_eq(path_text(c->arena, f->captured.at[i].value), path_text(c->arena, value))) {
      return captured(c, f->captured.at[i].name, value, value->span);
    }
  }
  FlowVariable *variable = flow_new_variable(f, name, value->type, value->span);
  *flow_status(f, variable->number) = SET;
  VEC_PUSH(c->arena, &f->captured, (Captured){variable->name, value});
  return captured(c, variable->name, value, value->span);
}

// ---------------------------------------------------------------- rewriting values

const Value *value_rewrite(Arena *arena, const Value *value, Rewrite leaf, void *with) {
  const Value *other = leaf(with, value);
  if (other != value) return other;
  if (value->count == 0 || value->time < TIME_RUN) return value;
  Value *copy = NULL;
  for (size_t i = 0; i < value->count; i++) {
    const Value *part = value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i];
    const Value *made = value_rewrite(arena, part, leaf, with);
    if (made == part) continue;
    if (!copy) {
      copy = NEW(arena, Value);
      *copy = *value;
      if (value->kind == VALUE_OBJECT) {
        ValueMember *members = NEW_N(arena, ValueMember, value->count);
        memcpy(members, value->members, value->count * sizeof *members);
        copy->members = members;
      } else {
        copy->items = NEW_N(arena, const Value *, value->count);
        memcpy(copy->items, value->items, value->count * sizeof *copy->items);
      }
    }
    if (value->kind == VALUE_OBJECT)
      ((ValueMember *)(uintptr_t)copy->members)[i].value = made;
    else
      copy->items[i] = made;
  }
  return copy ? copy : value;
}

typedef struct Settling {
  FlowBuild *f;
  const State *at;
  bool called; // it becomes arguments of a call
  bool token;  // the token of a call was seen
} Settling;

// What the context object has of a call, it has while that is made.
static const Value *settle_context(Settling *s, const Value *value) {
  if (str_eq(value->text, S("$states.context.Task.Token"))) s->token = true;
  bool retries = !s->called && str_eq(value->text, S("$states.context.State.RetryCount"));
  return retries ? value_number(s->f->c->arena, 0, UNIT_NONE, value->span) : value;
}

static const Value *settle_leaf(void *with, const Value *value) {
  Settling *s = with;
  if (value->kind == VALUE_JSONATA && !value->entity) return settle_context(s, value);
  if (value->kind != VALUE_JSONATA || value->entity == s->at) return value;
  State *state = (State *)(uintptr_t)value->entity;
  for (size_t i = 0; i < state->assign.len; i++) {
    const Value *held = state->assign.at[i].value;
    if (held->kind == VALUE_JSONATA && held->entity == state) {
      return value_leaf(s->f->c->arena, VALUE_VARIABLE, TIME_RUN, state->assign.at[i].name, value->type, value->span);
    }
  }
  FlowVariable *variable =
      flow_new_variable(s->f, str_fmt(s->f->c->arena, "%.*s_result", STR_ARG(state->name)), value->type, value->span);
  *flow_status(s->f, variable->number) = SET;
  VEC_PUSH(s->f->c->arena, &state->assign, (Assignment){variable->name, value});
  return value_leaf(s->f->c->arena, VALUE_VARIABLE, TIME_RUN, variable->name, value->type, value->span);
}

// Reports what is declared, and no data, inside of a value that a machine is to hold.
static void require_data(Checker *c, const Value *value) {
  if (value->kind == VALUE_DECLARED || (value->kind == VALUE_TERRAFORM && value->type->tag == T_INSTANCE)) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0207", value->span, "a declaration is no value of a flow");
    diag_help(c->diags, d, "say which member: `.name`, `.arn`, `.uri`, …");
  }
  for (size_t i = 0; i < value->count && value->kind != VALUE_CALL; i++)
    require_data(c, value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i]);
}

// The bytes that a value has as JSON at least: what is known of it.
static size_t least_bytes(const Value *value) {
  if (value->kind == VALUE_STRING) return value->text.len + 2;
  bool data = value->kind == VALUE_LIST || value->kind == VALUE_OBJECT || value->kind == VALUE_TEMPLATE;
  size_t sum = value->kind == VALUE_LIST || value->kind == VALUE_OBJECT ? 2 : 0;
  for (size_t i = 0; data && i < value->count; i++) {
    const Value *part = value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i];
    if (value->kind == VALUE_OBJECT && part->maybe) continue;
    sum += least_bytes(part) + (value->kind == VALUE_OBJECT ? value->members[i].name.len + 4 : 1);
  }
  return sum;
}

enum { PAYLOAD_MOST = 262144 };

// Reports what is more than a state may be given or give, whatever it will be in a run.
static void require_small(Checker *c, const Value *value) {
  size_t bytes = least_bytes(value);
  if (bytes <= PAYLOAD_MOST) return;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0805", value->span,
                 "this has %zu bytes at least; a state takes and gives 262,144", bytes);
  diag_help(c->diags, d, "put it into S3 or a table, and hand over where it is");
}

const Value *settle(FlowBuild *f, const Value *value, const State *at) {
  require_data(f->c, value);
  require_small(f->c, value);
  Settling settling = {.f = f, .at = at};
  const Value *made = value_rewrite(f->c->arena, value, settle_leaf, &settling);
  if (settling.token)
    diag(f->c->diags, DIAG_ERROR, "E0327", value->span, "`task.token` is there only where a call is awaited");
  return made;
}

const Value *settle_arguments(FlowBuild *f, const Value *value, bool awaited, Span span) {
  require_data(f->c, value);
  require_small(f->c, value);
  Settling settling = {.f = f, .called = true};
  const Value *made = value_rewrite(f->c->arena, value, settle_leaf, &settling);
  if (settling.token && !awaited) {
    Diag *d = diag(f->c->diags, DIAG_ERROR, "E0327", span, "`task.token` is there only where a call is awaited");
    diag_help(f->c->diags, d, "an awaited call is written `Answer = await ask({ token: task.token })`");
  } else if (awaited && !settling.token) {
    Diag *d = diag(f->c->diags, DIAG_ERROR, "E0327", span, "nobody is given `task.token`, so nothing comes back");
    diag_help(f->c->diags, d, "hand it to who answers, as in `await ask({ token: task.token })`");
  }
  return made;
}

static const Value *substitute_leaf(void *with, const Value *value) {
  const Assignments *assign = with;
  if (value->kind != VALUE_VARIABLE) return value;
  for (size_t i = 0; i < assign->len; i++) {
    if (str_eq(assign->at[i].name, value->text)) return assign->at[i].value;
  }
  return value;
}

const Value *substitute(Arena *arena, const Value *value, const Assignments *with) {
  return with->len ? value_rewrite(arena, value, substitute_leaf, (void *)(uintptr_t)with) : value;
}

static size_t weight(const Value *value) {
  size_t sum = 1;
  for (size_t i = 0; i < value->count && sum < EXPRESSION_MOST * 4; i++) {
    sum += weight(value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i]);
  }
  return sum;
}

// ---------------------------------------------------------------- assignment

// The state whose one way on is the whole frontier, or NULL.
State *frontier_state(const FlowBuild *f) {
  if (f->frontier.len != 1 || !f->frontier.at[0].from) return NULL;
  State *state = f->frontier.at[0].from;
  return f->frontier.at[0].to == &state->next ? state : NULL;
}

void edge_assign(FlowBuild *f, Edge *edge, Str name, const Value *value) {
  const Value *made = substitute(f->c->arena, value, edge->assign);
  for (size_t i = 0; i < edge->assign->len; i++) {
    if (!str_eq(edge->assign->at[i].name, name)) continue;
    edge->assign->at[i].value = made;
    return;
  }
  VEC_PUSH(f->c->arena, edge->assign, (Assignment){name, made});
}

void flow_assign(FlowBuild *f, FlowVariable *variable, const Value *value, Span span) {
  if (f->frontier.len == 0) return;
  const State *at = frontier_state(f);
  value = settle(f, value, at);
  bool shared = f->frontier.len == 1 || value->count == 0;
  for (size_t i = 0; i < f->frontier.len; i++) shared = shared && f->frontier.at[i].assign;
  for (size_t i = 0; shared && i < f->frontier.len; i++) shared = !reads_varying(value, f->frontier.at[i].assign);
  if (shared && f->frontier.len == 1 &&
      weight(substitute(f->c->arena, value, f->frontier.at[0].assign)) > EXPRESSION_MOST * 3) {
    shared = false;
  }
  if (!shared) {
    value = settle(f, value, NULL);
    State *pass = flow_add_state(
        f, STATE_PASS, f->label.len ? f->label : str_fmt(f->c->arena, "Set %.*s", STR_ARG(variable->name)), span);
    (void)pass;
  }
  for (size_t i = 0; i < f->frontier.len; i++) edge_assign(f, &f->frontier.at[i], variable->name, value);
  *flow_status(f, variable->number) = SET;
}
