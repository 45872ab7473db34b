// The passes of the emission, and what they share.
#include "base/sys.h"
#include "base/utf8.h"
#include "emit/internal.h"
#include "emit/readme.h"
#include <stdlib.h>

// A path that stays inside the output folder and is a plain name everywhere.
static bool is_safe_path(Emitter *e, Str path) {
  if (path.len == 0 || path.at[0] == '/' || utf8_check(path) < path.len) return false;
  for (size_t i = 0; i < path.len; i++) {
    if ((unsigned char)path.at[i] < 0x20 || path.at[i] == 0x7f || path.at[i] == '\\') return false;
  }
  Str clean = path_clean(e->arena, path);
  return !str_starts(clean, S("..")) && !str_eq(clean, S("."));
}

const EmittedFile *emission_file(const Emission *emission, Str path) {
  for (size_t i = 0; i < emission->files.len; i++) {
    if (str_eq(emission->files.at[i].path, path)) return &emission->files.at[i];
  }
  return NULL;
}

void emit_file(Emitter *e, EmittedFile file) {
  if (!is_safe_path(e, file.path)) {
    Diag *fault =
        diag(e->diags, DIAG_ERROR, "E0760", file.span, "`%.*s` is no path inside the repository", STR_ARG(file.path));
    diag_help(e->diags, fault,
              "name it from the output folder on, without `..`, a leading `/`, `\\` or control characters");
    return;
  }
  file.path = path_clean(e->arena, file.path);
  const EmittedFile *other = emission_file(e->emission, file.path);
  if (other) {
    Span span = span_known(file.span) ? file.span : other->span;
    Diag *fault = diag(e->diags, DIAG_ERROR, "E0755", span, "two files are to stand at `%.*s`", STR_ARG(file.path));
    diag_help(e->diags, fault, "give one of them another path");
    return;
  }
  VEC_PUSH(e->arena, &e->emission->files, file);
}

Str generated_note(Emitter *e) {
  return str_fmt(e->arena, "Generated from %.*s by mlopsc: change the spec, not this file.", STR_ARG(e->model->spec));
}

const Value *setting(const Emitter *e, const char *name) {
  const Value *value = value_member(e->model->settings, str_of(name));
  return value && value->kind != VALUE_MISSING ? value : NULL;
}

bool targets_localstack(const Emitter *e) {
  const Value *target = setting(e, "target");
  return target && target->kind == VALUE_STRING && str_eq(target->text, S("localstack"));
}

size_t environments(const Emitter *e, Str **names) {
  const Value *list = setting(e, "environments");
  size_t count = list && list->kind == VALUE_LIST ? list->count : 0;
  *names = NEW_N(e->arena, Str, count);
  for (size_t i = 0; i < count; i++) (*names)[i] = list->items[i]->text;
  return count;
}

static void emit_definitions(Emitter *e) {
  for (size_t i = 0; i < e->model->flows.len; i++) {
    Flow *flow = e->model->flows.at[i];
    Str text = emit_definition(e->arena, e->model, flow, e->diags);
    Str path = str_fmt(e->arena, "terraform/%.*s", STR_ARG(definition_path(e->arena, flow)));
    emit_file(e, (EmittedFile){.path = path, .text = text, .span = flow->span});
  }
}

static int by_path(const void *a, const void *b) {
  return str_cmp(((const EmittedFile *)a)->path, ((const EmittedFile *)b)->path);
}

static Emitter emitter_of(Arena *arena, const Model *model, Diags *diags, Emission *emission) {
  return (Emitter){.arena = arena,
                   .model = model,
                   .diags = diags,
                   .emission = emission,
                   .expressions = {.arena = arena},
                   .places = {.arena = arena},
                   .bodies = {.arena = arena}};
}

static void sort(Emission *emission) {
  if (emission->files.len) qsort(emission->files.at, emission->files.len, sizeof(EmittedFile), by_path);
}

void emit_faults(Arena *arena, const Model *model, Diags *diags) {
  Emission emission = {0};
  Emitter e = emitter_of(arena, model, diags, &emission);
  emit_definitions(&e);
  emit_declared_files(&e);
  emit_ci(&e);
}

bool emit_pipeline(Arena *arena, const Model *model, Diags *diags, Emission *emission) {
  Emitter e = emitter_of(arena, model, diags, emission);
  *emission = (Emission){0};
  emit_definitions(&e); // first: they say which values the resources fill in
  emit_declared_files(&e);
  emit_ci(&e); // these two before the Terraform: they say which outputs they read
  readme_collect(&e);
  emit_terraform(&e);
  emit_copies(&e);
  sort(emission); // the README lists the folders
  emit_readme(&e);
  sort(emission);
  return !diags_failed(diags);
}

void emit_renames(Arena *arena, const Model *model, const MovedList *moved, Diags *diags, Emission *emission) {
  if (!moved->list.len) return;
  Emitter e = emitter_of(arena, model, diags, emission);
  for (size_t i = 0; i < moved->list.len; i++) {
    const Moved *row = &moved->list.at[i];
    emit_moved(&e, S("moved"), row);
  }
  emit_terraform_bodies(&e);
  sort(emission);
}
