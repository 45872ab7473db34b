// How findings are shown: one function a format, all from the same Diags.
#pragma once
#include "base/map.h"
#include "source/source.h"

// Writes the diagnostics in a format by its name: "text", "json", "sarif", "gitlab", "github", "junit". False: there is
// no such format. text is for people (`colour` for terminals); json is the array [{path, line, column, severity, code,
// message, cite?, help?}].
bool findings_write(Buf *out, Diags *diags, Sources *sources, Str format, bool colour);

// SARIF 2.1.0, for code scanning.
void findings_sarif(Buf *out, Diags *diags, Sources *sources);
// GitLab's code quality report: [] when there is nothing.
void findings_gitlab(Buf *out, Diags *diags, Sources *sources);
// GitHub's workflow commands (::error file=…), one a line.
void findings_github(Buf *out, Diags *diags, Sources *sources);
// JUnit XML: one case a file, failed when it has errors.
void findings_junit(Buf *out, Diags *diags, Sources *sources);

// --- Shared by the formats

// A path relative to the current folder, with "/" and without "./".
Str findings_path(Arena *arena, Str path);
// Stays the same when lines are added or removed elsewhere: made of code, path, message and the text of the line.
// `seen` counts repetitions.
Str findings_fingerprint(Arena *arena, Sources *sources, const Diag *diag, Map *seen);
