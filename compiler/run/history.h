// The execution history as JSON: what GetExecutionHistory gives, an event a line.
#pragma once
#include "run/run.h"

// Writes to `out`; when `flush` is not NULL it is called with what was written whenever that is much, and the buffer is
// emptied. Zero-initialise the rest.
typedef struct HistoryWriter {
  Buf out;
  Arena scratch; // of one event; free it at the end
  void (*flush)(void *with, Str text);
  void *with;
  uint64_t count;
  double stamp_of; // the time whose text is in stamp
  char stamp[32];
} HistoryWriter;

// A RunWorld's event function; `writer` is its HistoryWriter.
void history_event(void *writer, const RunEvent *event);
