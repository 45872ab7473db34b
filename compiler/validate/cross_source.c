// Source files that declarations name: the handler of a Lambda function, the buildspec of a build project.
#include "base/sys.h"
#include "validate/cross.h"

// --- Handlers

// The suffixes of source files by a runtime's beginning.
static const struct Runtime {
  Str prefix;
  const char *suffixes[4];
  bool python;
} runtimes[] = {
    {STR_INIT("python"), {".py", NULL}, true},
    {STR_INIT("nodejs"), {".js", ".mjs", ".cjs", NULL}, false},
};

static const struct Runtime *runtime_of(const HclBody *body) {
  Str text;
  const HclExpr *value = cross_value(body, S("runtime"));
  for (size_t i = 0; value && hcl_plain_string(value, &text) && i < sizeof runtimes / sizeof *runtimes; i++) {
    if (str_starts(text, runtimes[i].prefix)) return &runtimes[i];
  }
  return NULL;
}

// Where the function's source lies: what the archive that is deployed is made of. *file is set when it is one file.
static bool source_of(const World *world, const Declared *function, Str *folder, Str *file) {
  Str attribute, path;
  *file = *folder = (Str){0};
  const Declared *archive =
      cross_reference(world, cross_value(function->block->body, S("filename")), function->folder, &attribute);
  if (!archive || !str_eq(archive->type, S("archive_file"))) return false;
  if (cross_text(world, cross_value(archive->block->body, S("source_dir")), archive->folder, &path)) {
    *folder = path_clean(world->arena, path);
    return true;
  }
  if (!cross_text(world, cross_value(archive->block->body, S("source_file")), archive->folder, &path)) return false;
  *file = path_clean(world->arena, path);
  *folder = path_folder(*file);
  return true;
}

// Whether a Python module defines `name` at its top: def, a class, an assignment or an import.
static bool python_defines(Str text, Str name) {
  for (size_t at = 0; at < text.len;) {
    size_t end = str_find(text, S("\n"), at);
    Str line = str_slice(text, at, end);
    at = end + 1;
    if (str_starts(line, S("async "))) line = str_slice(line, 6, line.len);
    Str word = str_starts(line, S("def ")) ? str_slice(line, 4, line.len) : line;
    bool starts = str_starts(word, name);
    char behind = starts && word.len > name.len ? word.at[name.len] : 0;
    if (starts && strchr("( =:\t", behind ? behind : 'x')) return true;
    if ((str_starts(line, S("from ")) || str_starts(line, S("import "))) &&
        (str_has(line, name) || str_has(line, S("*"))))
      return true;
  }
  return false;
}

static void report_missing_file(World *world, const HclExpr *handler, Str module, Str folder) {
  Nearest nearest = nearest_to(module);
  bool there = false; // an archive's folder that is not among the files is not known to lack anything
  for (size_t i = 0; i < world->set->files.len; i++) {
    Str path = path_clean(world->arena, world->set->files.at[i].path);
    if (!str_eq(path_folder(path), folder)) continue;
    nearest_offer(&nearest, path_name(path));
    there = true;
  }
  if (!there) return;
  Diag *made = diag(world->diags, DIAG_ERROR, "V7005", handler->span, "the handler's file `%.*s` is not in `%.*s`",
                    STR_ARG(module), STR_ARG(folder));
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(world->diags, made, "did you mean `%.*s`?", STR_ARG(best));
}

static void check_function(World *world, const Declared *function) {
  const HclExpr *value = cross_value(function->block->body, S("handler"));
  const struct Runtime *runtime = runtime_of(function->block->body);
  Str handler, folder, file, text;
  if (!runtime || !value || !hcl_plain_string(value, &handler) || !source_of(world, function, &folder, &file)) return;
  size_t dot = handler.len;
  while (dot > 0 && handler.at[dot - 1] != '.') dot--;
  if (dot < 2) {
    diag(world->diags, DIAG_ERROR, "V7005", value->span, "a handler is FILE.FUNCTION, as in `app.handler`");
    return;
  }
  char *module = str_z(world->arena, str_slice(handler, 0, dot - 1));
  for (char *c = module; runtime->python && *c; c++) *c = *c == '.' ? '/' : *c;
  Str name = str_slice(handler, dot, handler.len);
  for (size_t i = 0; runtime->suffixes[i]; i++) {
    Str path = path_join(world->arena, folder, str_fmt(world->arena, "%s%s", module, runtime->suffixes[i]));
    uint32_t number;
    bool other = file.len && !str_eq(path_clean(world->arena, path), file);
    if (other || !cross_read(world, path, &text, &number)) continue;
    bool defined = runtime->python ? python_defines(text, name) : str_has(text, name);
    if (defined) return;
    Diag *made = diag(world->diags, DIAG_ERROR, "V7006", value->span, "`%.*s` has no function `%.*s`", STR_ARG(path),
                      STR_ARG(name));
    diag_help(world->diags, made, "the function fails when it is loaded: Runtime.HandlerNotFound");
    return;
  }
  report_missing_file(world, value, str_fmt(world->arena, "%s%s", module, runtime->suffixes[0]), folder);
}

// --- Buildspecs

static bool is_inline(Str text) {
  return memchr(text.at, '\n', text.len) != NULL || !(str_ends(text, S(".yml")) || str_ends(text, S(".yaml")));
}

static void check_project(World *world, const Declared *project) {
  const HclExpr *value = cross_value(cross_block(project->block->body, S("source")), S("buildspec"));
  Str path;
  if (!value || !hcl_plain_string(value, &path) || !path.len || is_inline(path) || str_starts(path, S("arn:"))) return;
  // The path is relative to the source that the project builds: any folder of the set may be its root.
  Str end = str_fmt(world->arena, "/%.*s", STR_ARG(path));
  Nearest nearest = nearest_to(path_name(path));
  for (size_t i = 0; i < world->set->files.len; i++) {
    Str file = path_clean(world->arena, world->set->files.at[i].path);
    if (str_eq(file, path) || str_ends(file, end)) return;
    if (str_ends(file, S(".yml")) || str_ends(file, S(".yaml"))) nearest_offer(&nearest, path_name(file));
  }
  if (sys_kind(path) == SYS_FILE) return;
  Diag *made = diag(world->diags, DIAG_ERROR, "V7007", value->span, "there is no buildspec `%.*s` among the files",
                    STR_ARG(path));
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(world->diags, made, "did you mean `%.*s`?", STR_ARG(best));
}

void cross_check_sources(World *world) {
  for (size_t i = 0; i < world->declared.len; i++) {
    const Declared *d = &world->declared.at[i];
    if (d->data) continue;
    if (str_eq(d->type, S("aws_lambda_function"))) check_function(world, d);
    if (str_eq(d->type, S("aws_codebuild_project"))) check_project(world, d);
  }
}
