// The `test` blocks of a spec, run on the emitted definitions in virtual time.
#pragma once
#include "dry/trace.h"
#include "model/model.h"

typedef struct TestFailure {
  Str text;
  Span span; // of the expectation, or of the test
} TestFailure;

typedef struct TestReport {
  const Test *test;
  VEC(TestFailure) failures;
  Trace trace;
  double seconds; // real ones
} TestReport;

// Runs a test. The definition of its flow is emitted on first use and kept in `definitions` (machine name -> Str).
void test_run(Arena *arena, const Model *model, const Test *test, Map *definitions, Diags *diags, TestReport *report);

// A flow's definition with plausible values in its places.
Str dry_definition(Arena *arena, const Model *model, const Flow *flow, Map *definitions, Diags *diags);
// What calls of lambdas and flows give when nobody answers them: values of their declared types.
size_t dry_defaults(Arena *arena, const Flow *flow, TraceDefault **defaults);
// The items of tables that the spec declares.
size_t dry_items(Arena *arena, const Model *model, TraceItem **items);
