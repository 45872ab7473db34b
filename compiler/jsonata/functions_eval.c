// $eval: an expression in a string, compiled into the run's own memory, seeing the variables of its caller.
#include "jsonata/natives.h"
#include "jsonata/syntax.h"

static _Noreturn void refuse(Engine *engine, const char *code, Str message) {
  enum { MESSAGE_MOST = 1000 }; // every level around it would double the escapes in it
  if (message.len > MESSAGE_MOST) message.len = jsonata_text_offset(message, MESSAGE_MOST / 4);
  FAIL(engine, code, .value = jsonata_new_string(engine, message));
}

const Value *jsonata_engine_globals(Engine *engine, const Jsonata *program) {
  Value *values = engine_raw(engine, program->globals.len * sizeof *values);
  const JsonataRun *run = engine->run;
  for (size_t i = 0; i < program->globals.len; i++) {
    const Global *global = &program->globals.at[i];
    values[i] = str_eq(global->name, S("$")) ? engine->root : global->value;
    for (size_t k = 0; k < run->binding_count; k++) {
      if (str_eq(run->bindings[k].name, global->name)) values[i] = run->bindings[k].value;
    }
  }
  return values;
}

// The parts of the engine that belong to the expression being evaluated.
typedef struct Saved {
  const Value *globals;
  uint32_t *hints;
  const Jsonata *program;
  jmp_buf *caught;
  const Node *call;
  Str called;
  size_t top;
  uint32_t calls;
} Saved;

static void restore(Engine *engine, const Saved *saved) {
  engine->globals = saved->globals;
  engine->hints = saved->hints;
  engine->program = saved->program;
  engine->caught = saved->caught;
  engine->call = saved->call;
  engine->called = saved->called;
  engine->top = saved->top;
  engine->calls = saved->calls;
}

static bool evaluate(Engine *engine, const Jsonata *program, Value input, Frame *outer, Value *result) {
  jmp_buf caught;
  engine->caught = &caught;
  if (setjmp(caught)) return false;
  *result = jsonata_eval(engine, program->body, input, jsonata_frame_new(engine, program->scope, outer));
  return true;
}

NATIVE(eval) {
  Value text = ARGUMENT(0), focus = ARGUMENT(1), input = engine->input, result = NULL;
  if (!text) return NULL;
  Frame *frame = engine->frame;
  if (focus) input = focus;
  if (focus && is_array(focus) && !(focus->flags & SEQUENCE)) {
    const Json **wrapped;
    input = jsonata_new_array(engine, 1, SEQUENCE | OUTER, &wrapped);
    wrapped[0] = focus;
  }
  JsonataError error;
  const Scope *scope = frame ? frame->scope : NULL;
  Jsonata *program = jsonata_syntax_compile(engine->arena, json_str(text), engine->program->dialect, scope, &error);
  if (!program) refuse(engine, "D3120", error.message);
  Saved saved = {engine->globals, engine->hints,  engine->program, engine->caught,
                 engine->call,    engine->called, engine->top,     engine->calls};
  engine->program = program;
  engine->globals = jsonata_engine_globals(engine, program);
  engine->hints = NEW_N(engine->arena, uint32_t, program->hint_count);
  engine->call = NULL;
  bool done = evaluate(engine, program, input, frame, &result);
  restore(engine, &saved);
  if (done) return result;
  // The bounds of the run hold for what it evaluates, too.
  const char *code = engine->failure.code;
  if (strcmp(code, "U1001") == 0 || strcmp(code, "D1012") == 0 || strcmp(code, "D2015") == 0) FAIL(engine, code);
  refuse(engine, "D3121", jsonata_failure_message(engine->arena, &engine->failure));
}
