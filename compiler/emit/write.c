#include "emit/write.h"
#include "base/sys.h"
#include "emit/manifest.h"
#include <stdlib.h>

static const ManifestFile *recorded(const Manifest *manifest, Str path) {
  for (size_t i = 0; i < manifest->files.len; i++) {
    if (str_eq(manifest->files.at[i].path, path)) return &manifest->files.at[i];
  }
  return NULL;
}

// Whether a text on disk is what a build left there.
static bool is_ours(Arena *arena, const ManifestFile *record, Str text) {
  if (!record) return false;
  Str hash = manifest_hash(arena, text);
  return str_eq(hash, record->hash) || str_eq(hash, record->before);
}

// ---------------------------------------------------------------- planning

typedef struct Planner {
  Arena *arena;
  const Manifest *old;
  BuildPlan *plan;
} Planner;

static bool on_disk(Planner *p, Str folder, Str path, Str *text, bool *executable) {
  Str full = path_join(p->arena, folder, path), why;
  *executable = sys_executable(full);
  return sys_kind(full) == SYS_FILE && sys_read(p->arena, full, text, &why);
}

static void plan_scaffold(Planner *p, Str sources, const EmittedFile *file) {
  if (sys_kind(path_join(p->arena, sources, file->path)) != SYS_NONE) return;
  VEC_PUSH(p->arena, &p->plan->changes,
           (Change){CHANGE_CREATE, sources, file->path, {0}, file->text, file->executable});
}

static void plan_generated(Planner *p, const EmittedFile *file, Str text) {
  Str before = {0};
  bool executable, there = on_disk(p, p->plan->folder, file->path, &before, &executable);
  const ManifestFile *record = recorded(p->old, file->path);
  if (there && !record && file->yields && !str_eq(before, text)) return;
  VEC_PUSH(p->arena, &p->plan->manifest.files,
           (ManifestFile){.path = file->path, .hash = manifest_hash(p->arena, text)});
  if (there && str_eq(before, text) && executable == file->executable) return;
  if (there && !str_eq(before, text) && !is_ours(p->arena, record, before)) {
    VEC_PUSH(p->arena, &p->plan->conflicts, (Conflict){file->path, before, text, record == NULL});
  }
  VEC_PUSH(
      p->arena, &p->plan->changes,
      (Change){there ? CHANGE_UPDATE : CHANGE_CREATE, p->plan->folder, file->path, before, text, file->executable});
}

static void plan_stale(Planner *p) {
  for (size_t i = 0; i < p->old->files.len; i++) {
    const ManifestFile *file = &p->old->files.at[i];
    Str before;
    bool executable;
    if (recorded(&p->plan->manifest, file->path)) continue;
    if (!on_disk(p, p->plan->folder, file->path, &before, &executable)) continue;
    if (is_ours(p->arena, file, before))
      VEC_PUSH(p->arena, &p->plan->changes, (Change){CHANGE_REMOVE, p->plan->folder, file->path, before, {0}, false});
    else
      VEC_PUSH(p->arena, &p->plan->kept, file->path);
  }
}

// A scaffold file is the user's once it is there: the output folder gets what stands beside the spec.
static Str scaffold_text(Planner *p, Str sources, const EmittedFile *file) {
  Str text;
  bool executable;
  return on_disk(p, sources, file->path, &text, &executable) ? text : file->text;
}

void plan_build(Arena *arena, const Model *model, const Emission *emission, const Manifest *old, const MovedList *moved,
                Str sources, Str folder, BuildPlan *plan) {
  *plan = (BuildPlan){.folder = folder, .manifest = {.spec = model->spec, .moved = *moved}};
  plan->unfinished = old->unfinished;
  Planner p = {arena, old, plan};
  bool apart = !str_eq(path_clean(arena, sources), path_clean(arena, folder));
  for (size_t i = 0; i < emission->files.len; i++) {
    const EmittedFile *file = &emission->files.at[i];
    if (file->kind == EMITTED_SCAFFOLD) plan_scaffold(&p, sources, file);
    if (file->kind == EMITTED_GENERATED)
      plan_generated(&p, file, file->text);
    else if (apart)
      plan_generated(&p, file, file->kind == EMITTED_COPY ? file->text : scaffold_text(&p, sources, file));
  }
  for (size_t i = 0; i < emission->resources.len; i++) {
    VEC_PUSH(arena, &plan->manifest.resources, emission->resources.at[i]);
  }
  plan_stale(&p);
  Str record = manifest_text(arena, &plan->manifest), before = {0};
  bool executable;
  bool there = on_disk(&p, folder, S(".mlopsc.json"), &before, &executable);
  if (!there || !str_eq(before, record)) {
    ChangeKind kind = there ? CHANGE_UPDATE : CHANGE_CREATE;
    VEC_PUSH(arena, &plan->changes, (Change){kind, folder, S(".mlopsc.json"), before, record, false});
  }
}

// ---------------------------------------------------------------- carrying out

typedef struct Staged {
  Str from, to;
} Staged;

typedef struct StagedList {
  VEC(Staged) list;
} StagedList;

// The folders around a path, as far as they are empty.
static void remove_folders(Str path, Str top) {
  for (Str folder = path_folder(path); folder.len > top.len; folder = path_folder(folder)) sys_remove_folder(folder);
}

// What a build that was killed left beside a file: NAME.NUMBER.tmp.
static bool is_leftover(Str name, Str of) {
  if (!str_starts(name, of) || !str_ends(name, S(".tmp")) || name.len < of.len + 6) return false;
  Str number = str_slice(name, of.len + 1, name.len - 4);
  for (size_t i = 0; i < number.len; i++) {
    if (!ascii_is_digit(number.at[i])) return false;
  }
  return name.at[of.len] == '.';
}

static void sweep(Arena *arena, Str folder, Str path) {
  Str full = path_join(arena, folder, path), why, *names;
  size_t count;
  if (!sys_list(arena, path_folder(full), &names, &count, &why)) return;
  for (size_t i = 0; i < count; i++) {
    if (is_leftover(names[i], path_name(full))) sys_remove(arena, path_join(arena, path_folder(full), names[i]), &why);
  }
}

static bool is_record(const Change *change) {
  return str_eq(change->path, S(".mlopsc.json"));
}

// While files are being replaced, the record holds the old hash and the new one of each, so that a build after a kill
// knows either as its own.
static bool write_journal(Arena *arena, const BuildPlan *plan, Str *why) {
  Manifest journal = plan->manifest;
  journal.unfinished = true;
  journal.files.at = NEW_N(arena, ManifestFile, plan->manifest.files.len + plan->changes.len);
  journal.files.room = plan->manifest.files.len + plan->changes.len;
  for (size_t i = 0; i < plan->manifest.files.len; i++) journal.files.at[i] = plan->manifest.files.at[i];
  for (size_t i = 0; i < plan->changes.len; i++) {
    const Change *change = &plan->changes.at[i];
    if (change->kind == CHANGE_CREATE || is_record(change)) continue;
    Str before = manifest_hash(arena, change->before);
    size_t at = 0;
    while (at < journal.files.len && !str_eq(journal.files.at[at].path, change->path)) at++;
    if (at < journal.files.len) journal.files.at[at].before = before;
    if (change->kind == CHANGE_REMOVE) VEC_PUSH(arena, &journal.files, (ManifestFile){change->path, before, {0}});
  }
  Str path = path_join(arena, plan->folder, S(".mlopsc.json"));
  return sys_write(arena, path, manifest_text(arena, &journal), false, why);
}

static bool stage(Arena *arena, const BuildPlan *plan, StagedList *staged, Str *why) {
  for (size_t i = 0; i < plan->changes.len; i++) {
    const Change *change = &plan->changes.at[i];
    if (change->kind == CHANGE_REMOVE || is_record(change)) continue;
    Str to = path_join(arena, change->folder, change->path), from;
    if (sys_kind(to) == SYS_FOLDER) {
      *why = str_fmt(arena, "%.*s: a folder stands where this file is to be", STR_ARG(to));
      return false;
    }
    if (!sys_stage(arena, to, change->after, change->executable, &from, why)) return false;
    VEC_PUSH(arena, &staged->list, (Staged){from, to});
  }
  return true;
}

static void remove_stale(Arena *arena, const BuildPlan *plan) {
  Str why;
  for (size_t i = 0; i < plan->changes.len; i++) {
    const Change *change = &plan->changes.at[i];
    if (change->kind != CHANGE_REMOVE) continue;
    Str full = path_join(arena, change->folder, change->path);
    sys_remove(arena, full, &why);
    remove_folders(full, plan->folder);
  }
}

// A build before was cut short: what it had staged goes.
static void sweep_all(Arena *arena, const BuildPlan *plan) {
  if (!plan->unfinished) return;
  for (size_t i = 0; i < plan->manifest.files.len; i++) sweep(arena, plan->folder, plan->manifest.files.at[i].path);
  for (size_t i = 0; i < plan->changes.len; i++) sweep(arena, plan->changes.at[i].folder, plan->changes.at[i].path);
}

// Takes back what was staged, the folders made for it, and the records that announced it.
static void restore(Arena *arena, const BuildPlan *plans, size_t count, const StagedList *staged) {
  Str why;
  for (size_t i = 0; i < staged->list.len; i++) sys_remove(arena, staged->list.at[i].from, &why);
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < plans[i].changes.len; k++) {
      const Change *change = &plans[i].changes.at[k];
      Str path = path_join(arena, change->folder, change->path);
      if (is_record(change) && change->kind == CHANGE_CREATE) sys_remove(arena, path, &why);
      if (is_record(change) && change->kind == CHANGE_UPDATE) sys_write(arena, path, change->before, false, &why);
      if (change->kind == CHANGE_CREATE) remove_folders(path, change->folder);
    }
  }
}

bool carry_out(Arena *arena, const BuildPlan *plans, size_t count, Str *why) {
  StagedList staged = {0};
  bool good = true;
  // A build that was killed over its record alone left no other trace than this.
  for (size_t i = 0; i < count; i++) sweep(arena, plans[i].folder, S(".mlopsc.json"));
  for (size_t i = 0; i < count && good; i++) good = !plans[i].changes.len || write_journal(arena, &plans[i], why);
  for (size_t i = 0; i < count && good; i++) {
    sweep_all(arena, &plans[i]);
    good = stage(arena, &plans[i], &staged, why);
  }
  if (!good) {
    restore(arena, plans, count, &staged);
    return false;
  }
  for (size_t i = 0; i < count; i++) remove_stale(arena, &plans[i]);
  for (size_t i = 0; i < staged.list.len; i++) {
    if (!sys_move(arena, staged.list.at[i].from, staged.list.at[i].to, why)) return false;
  }
  for (size_t i = 0; i < count; i++) {
    Str path = path_join(arena, plans[i].folder, S(".mlopsc.json"));
    if (plans[i].changes.len && !sys_write(arena, path, manifest_text(arena, &plans[i].manifest), false, why))
      return false;
  }
  return true;
}
