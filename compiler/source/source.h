// Source files, spans and diagnostics: what is wrong where, why, and how to mend it.
#pragma once
#include "base/buf.h"

// --- Files and spans

// A place in a registered file: bytes [start, end). file 0 is no file.
typedef struct Span {
  uint32_t file, start, end;
} Span;
#define NO_SPAN ((Span){0, 0, 0})
static inline bool span_known(Span span) {
  return span.file != 0;
}
// From the start of `a` to the end of `b` (of one file).
static inline Span span_join(Span a, Span b) {
  return (Span){a.file, a.start, b.end};
}

typedef struct SourceFile {
  Str path, text;
  uint32_t *lines; // offsets of line starts, made on first use
  size_t line_count;
  bool part; // of another file: a document in it, whose findings are moved there
} SourceFile;

typedef struct Sources {
  Arena *arena;
  VEC(SourceFile) files; // index 0 unused
} Sources;

// Registers a text under the path it is to be shown with; returns its file number. Nothing is copied.
uint32_t source_add(Sources *sources, Str path, Str text);
// Registers a document that stands in a file.
uint32_t source_add_part(Sources *sources, Str path, Str text);
const SourceFile *source_file(const Sources *sources, uint32_t file);

typedef struct LineColumn {
  uint32_t line, column; // both from 1; columns count code points
} LineColumn;
LineColumn source_line_column(Sources *sources, uint32_t file, uint32_t offset);
// The text of a line (from 1), without its end.
Str source_line(Sources *sources, uint32_t file, uint32_t line);

// --- Diagnostics

// error: the service refuses it, or every execution that comes there fails; warning: may fail, or the tables don't know
// it; note: worth knowing.
typedef enum { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE } DiagLevel;

typedef struct DiagNote {
  Span span; // NO_SPAN: about the whole
  Str text;
} DiagNote;

typedef struct Diag {
  DiagLevel level;
  const char *code; // "E0312"; a row of the family's codes file
  Span span;
  Str message, help; // help may be empty
  Str cite;          // what the service itself answers ("SCHEMA_VALIDATION_FAILED at /States/A"), may be empty
  VEC(DiagNote) notes;
} Diag;

// Collects diagnostics. Zero-initialise with an arena.
typedef struct Diags {
  Arena *arena;
  VEC(Diag *) list;
  size_t counts[3]; // by level
  size_t most;      // further ones are only counted; 0: 1000
} Diags;

// Adds a diagnostic (printf text) and returns it for notes and help, never NULL.
Diag *diag(Diags *diags, DiagLevel level, const char *code, Span span, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void diag_note(Diags *diags, Diag *on, Span span, const char *format, ...) __attribute__((format(printf, 4, 5)));
void diag_help(Diags *diags, Diag *on, const char *format, ...) __attribute__((format(printf, 3, 4)));

// What to write instead of a word that people know from other languages; empty: it is none. `group`: statement, value,
// type, kind or unit, where it stands (templates/habits.txt).
Str habit_help(const char *group, Str word);

// Sorts by file and place and drops repetitions (same code, span and message; the gravest stays).
void diags_sort(Diags *diags);
static inline bool diags_failed(const Diags *diags) {
  return diags->counts[DIAG_ERROR] > 0;
}
const char *diag_level_name(DiagLevel level);

// Appends all in the text format of the manual (path:line:col, source line, caret, notes, help). `colour` for
// terminals.
void diags_write_text(Buf *out, Diags *diags, Sources *sources, bool colour);
