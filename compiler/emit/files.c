// Declared files (`file "path" json { … }`, items, scaffold) and the sources that the Terraform packs.
#include "emit/internal.h"
#include "base/sys.h"
#include "data/yaml.h"

// ---------------------------------------------------------------- declared files

typedef Str Contents(Emitter *e, const File *file, Places *places);

static Str text_contents(Emitter *e, const File *file, Places *places) {
  // Without places the file is read as it stands, and nothing in it is escaped.
  return file->content->kind == VALUE_STRING ? file->content->text : template_text(e, file->content, places);
}

static Str printed(Emitter *e, const Json *value) {
  return str_fmt(e->arena, "%.*s\n", STR_ARG(json_text(e->arena, value, JSON_INDENT)));
}

static Str json_contents(Emitter *e, const File *file, Places *places) {
  return printed(e, json_value(e, file->content, has_deploy_parts(file->content) ? places : NULL));
}

static Str item_contents(Emitter *e, const File *file, Places *places) {
  return printed(e, item_members(e, file->content, places));
}

static Str yaml_contents(Emitter *e, const File *file, Places *places) {
  (void)places;
  const Yaml *root = yaml_from_json(e->arena, json_value(e, file->content, NULL));
  return yaml_print(e->arena, root, file->scaffold ? (Str){0} : generated_note(e));
}

static Contents *const formats[] = {[FILE_TEXT] = text_contents,
                                    [FILE_JSON] = json_contents,
                                    [FILE_YAML] = yaml_contents,
                                    [FILE_MAKE] = make_contents,
                                    [FILE_ITEM] = item_contents};

void emit_declared_files(Emitter *e) {
  for (size_t i = 0; i < e->model->files.len; i++) {
    const File *file = &e->model->files.at[i];
    bool is_object = file->content->kind == VALUE_OBJECT;
    if ((file->format == FILE_MAKE || file->format == FILE_ITEM) && !is_object) {
      diag(e->diags, DIAG_ERROR, "E0757", file->span, "the content of `%.*s` is to be an object", STR_ARG(file->path));
      continue;
    }
    Places *places = NEW(e->arena, Places);
    Str text = formats[file->format](e, file, places);
    map_set(&e->places, file->path, places);
    emit_file(e, (EmittedFile){.path = file->path,
                               .text = text,
                               .kind = file->scaffold ? EMITTED_SCAFFOLD : EMITTED_GENERATED,
                               .executable = file->executable,
                               .span = file->span});
  }
}

static const File *file_of(const Model *model, Str path) {
  for (size_t i = 0; i < model->files.len; i++) {
    if (str_eq(model->files.at[i].path, path)) return &model->files.at[i];
  }
  return NULL;
}

HclExpr *hcl_contents(Emitter *e, Str path, Span span) {
  const File *file = file_of(e->model, path);
  if (!file) {
    diag(e->diags, DIAG_ERROR, "E0758", span, "no file `%.*s` is declared", STR_ARG(path));
    return hcl_null(e->arena);
  }
  Str below = str_fmt(e->arena, "/../%.*s", STR_ARG(path));
  HclExpr *at =
      hcl_template(e->arena, HCL_ITEMS(hcl_reference(e->arena, S("path.module")), hcl_string(e->arena, below)));
  const Places *places = map_get(&e->places, path);
  bool escaped = file->format == FILE_ITEM || has_deploy_parts(file->content);
  if (!escaped) return hcl_call(e->arena, S("file"), HCL_ITEMS(at));
  HclExpr *variables = hcl_object(e->arena);
  for (size_t i = 0; i < places->list.len; i++) {
    const TemplateVariable *variable = &places->list.at[i];
    hcl_put(e->arena, variables, variable->name,
            file->format == FILE_TEXT ? hcl_value_or_null(e, variable->value)
                                      : hcl_template_variable(e, variable->value, false));
  }
  return hcl_call(e->arena, S("templatefile"), HCL_ITEMS(at, variables));
}

// ---------------------------------------------------------------- sources

enum { FOLDER_DEPTH_MOST = 32 };

static void copy_path(Emitter *e, Str path, int depth);

static void unreadable(Emitter *e, Str why) {
  Diag *fault = diag(e->diags, DIAG_ERROR, "E0759", NO_SPAN, "cannot read %.*s", STR_ARG(why));
  diag_help(e->diags, fault, "the spec names it as a source; it stands beside the spec");
}

static void copy_folder(Emitter *e, Str path, Str from, int depth) {
  Str *names, why;
  size_t count;
  if (depth > FOLDER_DEPTH_MOST) return;
  if (!sys_list(e->arena, from, &names, &count, &why)) {
    unreadable(e, why);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    bool litter = str_eq(names[i], S("__pycache__")) || str_ends(names[i], S(".pyc")) || str_eq(names[i], S(".git"));
    if (!litter) copy_path(e, path_join(e->arena, path, names[i]), depth + 1);
  }
}

static void copy_path(Emitter *e, Str path, int depth) {
  Str from = path_join(e->arena, e->model->folder, path), text, why;
  SysKind kind = sys_kind(from);
  if (kind == SYS_FOLDER) {
    copy_folder(e, path, from, depth);
    return;
  }
  if (kind == SYS_NONE && emission_file(e->emission, path)) return; // its scaffold is about to be written
  if (!sys_read(e->arena, from, &text, &why)) {
    unreadable(e, why);
    return;
  }
  if (emission_file(e->emission, path)) return;
  emit_file(e, (EmittedFile){.path = path, .text = text, .kind = EMITTED_COPY, .executable = sys_executable(from)});
}

void emit_copies(Emitter *e) {
  for (size_t i = 0; i < e->model->copies.len; i++) { copy_path(e, path_clean(e->arena, e->model->copies.at[i]), 0); }
}
