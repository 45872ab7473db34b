// Values of run time as JSONata, in the dialect of Step Functions (2.0.6), so that JSONata's own habits never show:
// missing is missing, lists of one stay lists, `.` never maps, conditions are total.
#pragma once
#include "model/model.h"

// Deploy-time values met on the way are template variables; they are written as marks that the definition's writer
// turns into ${name}.
typedef struct JsonataText {
  Arena *arena;
  Flow *flow;
} JsonataText;

// Appends the expression, without {% %}.
void jsonata_text_write(JsonataText *text, Buf *out, const Value *value);
// Appends a mark for a deploy-time value; `literal`: as a JSONata literal, else as plain text.
void jsonata_text_mark(JsonataText *text, Buf *out, const Value *value, bool literal);
// The bytes around a variable's name in a mark; a MARK_BEGIN of the spec's own text is written twice.
#define MARK_BEGIN '\x01'
#define MARK_NAME '\x03'
#define MARK_END '\x02'
