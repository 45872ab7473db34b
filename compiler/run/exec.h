// Running Lambda handlers for real: <function name>.py of a folder, by python3.
#pragma once
#include "run/run.h"

typedef struct Handlers {
  Str folder;      // of the .py files: the functions that the account has
  Str machine_arn; // of the caller: the region and account that a function's name is looked up in
  uint64_t random; // for ids
  double seconds;  // a handler's real time at most; 0: 60
  // Where else a function is found: its file and the handler in it. NULL: nowhere.
  bool (*find)(void *with, Str function, Str *path, Str *handler);
  void *with;
} Handlers;

// A RunWorld's answer function; `handlers` is the Handlers. Answers calls of Lambda functions whose file is there.
bool handlers_answer(void *handlers, Arena *arena, const RunCall *call, RunAnswer *answer, Str *why);
