// The language server: what an editor asks about specs while they are written (Language Server Protocol 3.17).
#pragma once
#include "data/json.h"
#include "source/source.h"

// A spec that is open in the editor.
typedef struct LspDocument {
  Arena arena; // of its text; emptied at each change
  Str uri, text;
  bool open;
} LspDocument;

// A session with one editor. Zero-initialise it with its arena, which lives as long.
typedef struct Lsp {
  Arena *arena;
  VEC(LspDocument *) documents;
  bool shut_down; // the editor asked to end
  bool ended;     // it said goodbye
} Lsp;

// Takes one message (JSON text) and appends what is to be sent back, framed, to `out`. Everything temporary lives in
// `scratch`. A message that is no JSON, or asks for what the server does not know, is answered with an error.
void lsp_message(Lsp *lsp, Arena *scratch, Str message, Buf *out);

// --- Within the folder

// A range of the protocol: lines from 0, columns in UTF-16 units.
const Json *lsp_range(Arena *arena, Sources *sources, Span span);
// The outline of a parsed file.
const Json *lsp_symbols(Arena *arena, Sources *sources, uint32_t file);
// The findings of a file as the protocol's diagnostics: of its syntax, and, where it holds a pipeline, of all it means.
const Json *lsp_diagnostics(Arena *arena, Str path, Str text);
