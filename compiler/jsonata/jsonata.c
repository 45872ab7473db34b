// Compiling and running: the passes in their order, the run's bounds.
#include "jsonata/engine.h"
#include "jsonata/syntax.h"
#include "jsonata_parse.h"

enum {
  STEPS_MOST = 500000000,
  DEPTH_MOST = 100000,
  MEMORY_MOST = 1 << 30,
  STACK_MOST = 5 << 20, // bytes of C stack a run may use; programs have eight megabytes
};

Jsonata *jsonata_syntax_compile(Arena *arena, Str source, JsonataDialect dialect, const Scope *outer,
                                JsonataError *error) {
  Parser *parser = NEW(arena, Parser);
  *error = (JsonataError){0};
  source = str_dup(arena, source); // the lexer wants a byte to stand on at the end
  *parser = (Parser){.arena = arena, .source = source, .dialect = dialect, .error = error};
  parser->at = source.at;
  parser->end = source.at + source.len;
  if (source.len >= UINT32_MAX / 2) jsonata_syntax_fail(parser, "D2015", 0, 0, NULL, (Str){0});
  if (!parser->failed && jsonata_parse(parser) != 0) jsonata_syntax_fail(parser, "S0201", 0, 0, NULL, (Str){0});
  Node *body = parser->failed ? NULL : jsonata_syntax_shape(parser, parser->result);
  bool orphan = body && (body->kind == NODE_PARENT || (body->extras && body->extras->seeking.len));
  if (orphan) jsonata_syntax_fail(parser, "S0217", body->start, body->end, NULL, (Str){0});
  if (parser->failed) return NULL;
  Jsonata *program = NEW(arena, Jsonata);
  *program = (Jsonata){.source = source, .dialect = dialect, .body = body};
  jsonata_syntax_resolve(arena, program, outer);
  return program;
}

const Jsonata *jsonata_compile(Arena *arena, Str source, JsonataDialect dialect, JsonataError *error) {
  return jsonata_syntax_compile(arena, source, dialect, NULL, error);
}

static Engine *prepare(const Jsonata *expression, JsonataRun *run) {
  enum { FIRST_TICKS = 1024, FIRST_STACK = 64 };
  Engine *engine = NEW(run->arena, Engine);
  size_t memory = run->limits.memory ? run->limits.memory : MEMORY_MOST;
  engine->arena = run->arena;
  engine->run = run;
  engine->program = expression;
  engine->root = run->input;
  engine->hints = NEW_N(run->arena, uint32_t, expression->hint_count);
  engine->floor = (char *)__builtin_frame_address(0) - STACK_MOST;
  engine->ticks = FIRST_TICKS;
  engine->steps_left = run->limits.steps ? run->limits.steps : STEPS_MOST;
  engine->depth_most = run->limits.depth ? run->limits.depth : DEPTH_MOST;
  engine->memory_most = run->arena->total + memory;
  engine->stack = arena_raw(run->arena, FIRST_STACK * sizeof(Value));
  engine->room = FIRST_STACK;
  engine->globals = jsonata_engine_globals(engine, expression);
  return engine;
}

// An array as input counts as one value, not as many.
static Value wrapped_input(Engine *engine) {
  if (!is_array(engine->root)) return engine->root;
  const Json **items;
  Value wrapped = jsonata_new_array(engine, 1, SEQUENCE | OUTER, &items);
  items[0] = engine->root;
  return wrapped;
}

static bool run_caught(Engine *engine, const Json **result) {
  jmp_buf caught;
  engine->caught = &caught;
  if (setjmp(caught)) return false;
  Frame *frame = jsonata_frame_new(engine, engine->program->scope, NULL);
  *result = jsonata_values_settle(engine, jsonata_eval(engine, engine->program->body, wrapped_input(engine), frame));
  return true;
}

bool jsonata_run(const Jsonata *expression, JsonataRun *run, const Json **result, JsonataError *error) {
  Engine *engine = prepare(expression, run);
  *result = NULL;
  if (run_caught(engine, result)) return true;
  jsonata_failure_tell(run->arena, expression->source, &engine->failure, error);
  return false;
}
