// Running Lambda handlers for real: <function name>.py of a folder, by python3.
#pragma once
#include "run/run.h"

// A function's code on this machine.
typedef struct Handler {
  Str path, name;           // its file, the function in it
  Str arn;                  // of the Lambda function; empty: not known
  char *const *environment; // NAME=VALUE, NULL behind the last; NULL: none
} Handler;

typedef struct Handlers {
  Str folder;      // of the .py files: the functions that the account has
  Str machine_arn; // of the caller: the region and account that a function's name is looked up in
  uint64_t random; // for ids
  double seconds;  // a handler's real time at most; 0: 60
  // Handlers call the AWS that is really there, by the SDK that is installed. Else their calls are checked and answered
  // from what is known of the APIs, and the network is not there.
  bool real;
  bool strict;    // not even such calls are answered
  Str s3;         // <bucket>/<key> files that they find in S3, or empty
  size_t made_up; // how many of their calls were answered so
  // What the last handler asked that nobody here knows, with the place in its code ("what … answers (f.py:3)"), or
  // empty. Its run ended there, and its answer is not known.
  Str unknown;
  // Where else a function is found. NULL: nowhere.
  bool (*find)(void *with, Str function, Handler *handler);
  void *with;
} Handlers;

// A RunWorld's answer function; `handlers` is the Handlers. Answers calls of Lambda functions whose file is there.
// False with `unknown` set: the handler ran as far as it could.
bool handlers_answer(void *handlers, Arena *arena, const RunCall *call, RunAnswer *answer, Str *why);
