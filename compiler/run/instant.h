// Instants: seconds since 1970 with fractions, and their RFC 3339 texts.
#pragma once
#include "base/buf.h"

// Reads an extended offset date-time ("2016-03-14T01:59:00Z", with any fraction, offset Z or ±hh:mm). False: it is none
// (a date that does not exist is none either).
bool instant_read(Str text, double *seconds);
// "2016-03-14T01:59:00.000Z": what the context object and the history hold.
void instant_write(Buf *out, double seconds);
