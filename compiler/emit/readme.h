// The README of the generated repository.
#pragma once
#include "emit/internal.h"

// Text in Markdown that is data: signs that mean something there are escaped.
void markdown_text(Buf *out, Str text);
// Text as code: a fence longer than any run of backquotes inside.
void markdown_code(Buf *out, Str text);

// Gathers what kinds and the spec say into e->sections: texts below one heading in order, each once. Values of deploy
// time that a text holds become outputs of the Terraform, so it comes before emit_terraform.
void readme_collect(Emitter *e);
// Writes a section's texts: paragraphs, and list items (`- …`) that follow each other as one list.
void readme_section(Buf *out, const ReadmeSection *section);
