// Files that functions read: file(), templatefile(), filesha256(), … fail where there is none.
#include "base/sys.h"
#include "validate/tf.h"

static const char *const readers[] = {
    "file",    "templatefile", "filebase64", "filebase64sha256", "filebase64sha512",
    "filemd5", "filesha1",     "filesha256", "filesha512",
};

static bool reads_file(Str function) {
  for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
    if (str_eq(function, str_of(readers[i]))) return true;
  }
  return false;
}

static bool is_module_path(const HclExpr *expr) {
  return expr->kind == HCL_ACCESS && expr->count == 1 && expr->items[0]->kind == HCL_NAME &&
         str_eq(expr->items[0]->text, S("path")) && str_eq(expr->steps[0].name, S("module"));
}

// The path that a text of literals and path.module gives. *sure: it does not depend on where terraform is run.
static bool known_path(const TfModule *module, const HclExpr *expr, Str *path, bool *sure) {
  Buf out = {.arena = module->arena};
  Str text;
  *sure = false;
  if (hcl_plain_string(expr, &text)) buf_str(&out, text);
  for (uint32_t i = 0; expr->kind == HCL_TEMPLATE && i < expr->count; i++) {
    const HclExpr *part = expr->items[i];
    if (part->kind == HCL_STRING) {
      buf_str(&out, part->text);
    } else if (is_module_path(part) && i == 0) {
      buf_str(&out, S("."));
      *sure = true;
    } else {
      return false;
    }
  }
  *path = buf_text(&out);
  return path->len && path->at[0] != '/' && path->at[0] != '~';
}

// What a build makes before terraform runs need not stand in the repository.
static bool is_made(Str path) {
  static const char *const ends[] = {".zip", ".jar", ".whl", ".gz", ".tgz", ".tar", ".b64"};
  static const char *const folders[] = {"build/", "dist/", "target/", "out/", "node_modules/", ".terraform/"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    if (str_ends(path, str_of(ends[i]))) return true;
  }
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    Str name = str_of(folders[i]);
    for (size_t at = 0; (at = str_find(path, name, at)) < path.len; at++) {
      if (at == 0 || path.at[at - 1] == '/') return true;
    }
  }
  return false;
}

static bool is_there(const TfProject *project, Str path) {
  if (sys_kind(path) != SYS_NONE) return true;
  for (size_t i = 0; i < project->set->files.len; i++) {
    if (str_eq(path_clean(project->arena, project->set->files.at[i].path), path)) return true;
  }
  return false;
}

void tf_check_file(const TfScope *scope, const HclExpr *call) {
  TfModule *module = scope->module;
  Str path;
  bool sure;
  bool asked = module->project->set && module->project->set->on_disk && !scope->lenient && call->count > 0;
  if (!asked || !reads_file(call->text) || !known_path(module, call->items[0], &path, &sure)) return;
  Str from = module->folder.len ? path_join(module->arena, module->folder, path) : path;
  if (is_there(module->project, path_clean(module->arena, from))) return;
  bool refused = sure && !is_made(path) && !module->partial && !scope->guarded;
  Diag *d = refused ? tf_error(module, "V2142", call->items[0]->span, "there is no file `%.*s`", STR_ARG(path))
                    : tf_warning(module, "V2142", call->items[0]->span, "there is no file `%.*s`", STR_ARG(path));
  tf_help(module, d,
          sure ? "path.module is the folder of this file"
               : "a path is looked up where terraform runs; begin it with ${path.module}/");
}
