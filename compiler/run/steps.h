// A run for people: a line for every state as it is left, with how long it took in virtual time and what came out.
#pragma once
#include "run/run.h"

typedef struct Step {
  const State *state;
  unsigned depth;
  double entered;
} Step;

typedef struct StepPrinter {
  Arena *arena;
  bool colour;
  VEC(Step) open; // states that were entered and not left
  Buf lines;
} StepPrinter;

// Takes an event; `printer` is the StepPrinter.
void steps_event(StepPrinter *printer, const RunEvent *event);
// Prints everything: of a failed run the failing state first.
void steps_finish(StepPrinter *printer, const RunResult *result);
