// Terraform: every folder is a module; its files are read together and held against the language and the providers.
#include "base/sys.h"
#include "validate/hcl.h"
#include "validate/tf.h"

// --- Versions

static void check_constraint(TfModule *module, Str constraint, Span at) {
  bool valid;
  tf_version_fits(constraint, S("1.0.0"), &valid);
  if (valid) return;
  Diag *d = tf_error(module, "V2150", at, "`%.*s` is no version constraint", STR_ARG(constraint));
  tf_help(module, d, "it is like \">= 1.5\", \"~> 5.31\" or \">= 1.5, < 2.0\"");
}

// [HOST/][NAMESPACE/]NAME
static void check_source(TfModule *module, const TfProvider *provider) {
  bool good = true;
  int parts = 0;
  for (Str rest = provider->source, part; rest.len || !parts; parts++) {
    part = str_cut(rest, '/', &rest);
    good &= part.len > 0 && part.at[0] != '-' && part.at[part.len - 1] != '-';
    for (size_t i = 0; i < part.len; i++)
      good &= ascii_is_word(part.at[i]) || part.at[i] == '-' || strchr(".:", part.at[i]) ||
              (unsigned char)part.at[i] >= 0x80;
  }
  if (good && parts <= 3) return;
  Diag *d =
      tf_error(module, "V2155", provider->source_span, "`%.*s` is no provider's source", STR_ARG(provider->source));
  tf_help(module, d, "it is like \"hashicorp/aws\" or \"registry.example.com/team/tools\"");
}

static void check_versions(TfModule *module) {
  for (size_t i = 0; i < module->providers.len; i++) {
    const TfProvider *provider = module->providers.entries[i].value;
    if (provider->source_span.file) check_source(module, provider);
    if (provider->version_span.file) check_constraint(module, provider->version, provider->version_span);
  }
  for (size_t i = 0; i < module->bodies.len; i++) {
    for (size_t j = 0; j < module->bodies.at[i]->items.len; j++) {
      const HclBlock *block = module->bodies.at[i]->items.at[j].block;
      Str text;
      if (!block || !str_eq(block->type, S("terraform"))) continue;
      const HclAttribute *required = hcl_attribute(block->body, S("required_version"));
      if (!required || !hcl_plain_string(required->value, &text)) continue;
      check_constraint(module, text, required->value->span);
      if (str_has(text, S("-")))
        tf_error(module, "V2150", required->value->span, "terraform takes no versions before a release here");
    }
  }
}

// --- Modules

static void check_tops(TfModule *module, const HclBody *body) {
  for (size_t i = 0; i < body->items.len; i++) {
    const HclItem *item = &body->items.at[i];
    if (item->block)
      tf_check_language(module, item->block);
    else
      tf_error(module, "V2106", item->attribute->name_span, "no argument stands at the top of a file");
  }
}

static void check_declaration(TfModule *module, TfDeclaration *declaration) {
  switch (declaration->kind) {
  case TF_RESOURCE:
  case TF_DATA:
  case TF_EPHEMERAL: tf_check_resource(module, declaration); break;
  case TF_MODULE: tf_check_module_call(module, declaration); break;
  case TF_LOCAL:
  case TF_OUTPUT: tf_declared_type(declaration, module); break;
  default: break;
  }
}

static void check_module(TfModule *module) {
  if (module->checked) return;
  module->checked = true;
  if (module->faulty) return; // what is missing may stand in what could not be read
  for (size_t i = 0; i < module->declarations.len; i++) {
    if (module->declarations.at[i]->kind == TF_MODULE) tf_find_child(module, module->declarations.at[i]);
  }
  for (size_t i = 0; i < module->bodies.len; i++) check_tops(module, module->bodies.at[i]);
  for (size_t i = 0; i < module->declarations.len; i++) check_declaration(module, module->declarations.at[i]);
  check_versions(module);
  tf_check_cycles(module);
}

// --- Files

// Values of variables: plain arguments.
static void check_values(TfProject *project, uint32_t file) {
  bool faulty;
  const HclBody *body = tf_read_file(project, file, &faulty);
  TfModule module = {.arena = project->arena, .diags = project->diags, .project = project};
  TfScope scope = {.module = &module, .constant = true, .constant_why = "the value of a variable is a constant"};
  for (size_t i = 0; i < body->items.len; i++) {
    const HclItem *item = &body->items.at[i];
    if (item->block)
      tf_error(&module, "V2102", item->block->type_span, "a file of values holds no blocks");
    else
      tf_check_expr(&scope, item->attribute->value);
  }
}

// Findings of files that were read only to know what they declare are nobody's question.
static void hand_over(Diags *to, const Diags *from, const uint32_t *files, size_t count) {
  Map asked = {.arena = from->arena};
  for (size_t i = 0; i < count; i++) map_set(&asked, (Str){(const char *)&files[i], sizeof files[i]}, (void *)to);
  for (size_t i = 0; i < from->list.len; i++) {
    Diag *d = from->list.at[i];
    if (!map_get(&asked, (Str){(const char *)&d->span.file, sizeof d->span.file})) continue;
    VEC_PUSH(to->arena, &to->list, d);
    to->counts[d->level]++;
  }
}

static Str folder_of(Arena *arena, Str path) {
  Str folder = path_clean(arena, path_folder(path));
  return str_eq(folder, S(".")) ? S("") : folder;
}

void validate_terraform(Diags *diags, const FileSet *set, const uint32_t *files, size_t count,
                        const ValidateOptions *options) {
  (void)options;
  Diags found = {.arena = diags->arena};
  TfProject project = {.arena = diags->arena, .diags = &found, .set = set};
  tf_index_folders(&project);
  for (size_t i = 0; i < count; i++) {
    Str path = source_file(set->sources, files[i])->path;
    if (str_ends(path, S(".tfvars"))) {
      check_values(&project, files[i]);
    } else {
      tf_module(&project, folder_of(project.arena, path));
      TfModule *module = map_get(&project.modules, folder_of(project.arena, path));
      if (module) check_module(module);
    }
  }
  hand_over(diags, &found, files, count);
}
