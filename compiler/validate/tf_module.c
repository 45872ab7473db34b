// A folder of Terraform as one module: its files, what they declare, which providers they ask for.
#include "base/sys.h"
#include "validate/learnt.h"
#include "validate/tf.h"

// --- Findings

static Diag *finding(TfModule *module, DiagLevel level, const char *code, Span at, const char *format, va_list args) {
  Str text = str_vfmt(module->arena, format, args);
  return diag(module->diags, level, code, at, "%.*s", STR_ARG(text));
}

Diag *tf_error(TfModule *module, const char *code, Span at, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *made = finding(module, DIAG_ERROR, code, at, format, args);
  va_end(args);
  return made;
}

Diag *tf_warning(TfModule *module, const char *code, Span at, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *made = finding(module, DIAG_WARNING, code, at, format, args);
  va_end(args);
  return made;
}

void tf_help(TfModule *module, Diag *on, const char *format, ...) {
  va_list args;
  va_start(args, format);
  on->help = str_vfmt(module->diags->arena, format, args);
  va_end(args);
}

bool tf_suggests(const TfModule *module) {
  enum { MOST = 200 };
  return module->diags->counts[DIAG_ERROR] + module->diags->counts[DIAG_WARNING] < MOST;
}

// --- Declarations

TfDeclaration *tf_declaration(const TfModule *module, TfKind kind, Str name) {
  return map_get(&module->names[kind], name);
}

static TfDeclaration *declare(TfModule *module, TfDeclaration fresh, Str key, const char *what) {
  TfDeclaration *made = NEW(module->arena, TfDeclaration);
  *made = fresh;
  TfDeclaration *first = map_get(&module->names[made->kind], key);
  if (first) {
    Diag *d = tf_error(module, "V2101", made->span, "%s `%.*s` is declared twice", what, STR_ARG(key));
    diag_note(module->diags, d, first->span, "first declared here");
    return made;
  }
  map_set(&module->names[made->kind], key, made);
  VEC_PUSH(module->arena, &module->declarations, made);
  return made;
}

static void declare_locals(TfModule *module, const HclBlock *block) {
  for (size_t i = 0; i < block->body->items.len; i++) {
    const HclAttribute *attribute = block->body->items.at[i].attribute;
    if (!attribute) continue;
    TfDeclaration local = {.kind = TF_LOCAL, .name = attribute->name, .span = attribute->name_span};
    local.value = attribute->value;
    local.address = str_fmt(module->arena, "local.%.*s", STR_ARG(attribute->name));
    declare(module, local, attribute->name, "local value");
  }
}

static void check_requirement(TfModule *module, TfProvider *provider, const HclMember *member) {
  Str key = {0}, text;
  bool word = hcl_plain_string(member->key, &key), plain = hcl_plain_string(member->value, &text);
  if (word && str_eq(key, S("configuration_aliases"))) {
    provider->handed_in = true;
  } else if (word && str_eq(key, S("source")) && plain) {
    provider->source = text;
    provider->source_span = member->value->span;
  } else if (word && str_eq(key, S("version")) && plain) {
    provider->version = text;
    provider->version_span = member->value->span;
  } else if (word && (str_eq(key, S("source")) || str_eq(key, S("version")))) {
    tf_error(module, "V2132", member->value->span, "`%.*s` is a plain string", STR_ARG(key));
  } else {
    tf_error(module, "V2106", member->key->span, "a required provider has source, version and configuration_aliases");
  }
}

// required_providers: aws = { source = "hashicorp/aws", version = "~> 6.0" }, or the constraint alone.
static void require_provider(TfModule *module, const HclAttribute *attribute) {
  TfProvider *provider = NEW(module->arena, TfProvider);
  const HclExpr *value = attribute->value;
  if (hcl_plain_string(value, &provider->version))
    provider->version_span = value->span;
  else if (value->kind != HCL_OBJECT)
    tf_error(module, "V2118", value->span, "a required provider is { source = \"…\", version = \"…\" }");
  for (uint32_t i = 0; value->kind == HCL_OBJECT && i < value->count; i++)
    check_requirement(module, provider, &value->members[i]);
  map_set(&module->providers, attribute->name, provider);
}

static void collect_settings(TfModule *module, const HclBlock *block) {
  for (size_t i = 0; i < block->body->items.len; i++) {
    const HclBlock *inner = block->body->items.at[i].block;
    if (!inner || !str_eq(inner->type, S("required_providers"))) continue;
    if (module->requirements) {
      Diag *d = tf_error(module, "V2101", inner->type_span, "`required_providers` stands twice in this module");
      diag_note(module->diags, d, module->requirements->type_span, "first here");
    }
    module->requirements = inner;
    for (size_t j = 0; j < inner->body->items.len; j++) {
      if (inner->body->items.at[j].attribute) require_provider(module, inner->body->items.at[j].attribute);
    }
  }
}

static void collect_provider(TfModule *module, const HclBlock *block) {
  if (block->label_count != 1) return;
  Str name = block->labels[0].text, alias, key = name;
  const HclAttribute *attribute = hcl_attribute(block->body, S("alias"));
  if (attribute && hcl_plain_string(attribute->value, &alias))
    key = str_fmt(module->arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(alias));
  const HclBlock *first = map_set(&module->configurations, key, (void *)(uintptr_t)block);
  if (!first) return;
  Diag *d = tf_error(module, "V2101", block->type_span, "provider `%.*s` is configured twice", STR_ARG(key));
  diag_note(module->diags, d, first->type_span, "first configured here");
  tf_help(module, d, "give the second configuration an `alias`");
}

typedef struct DeclaringBlock {
  const char *type;
  TfKind kind;
  size_t labels;
  const char *prefix, *what;
} DeclaringBlock;

static const DeclaringBlock declaring[] = {
    {"variable", TF_VARIABLE, 1, "var.", "variable"},
    {"output", TF_OUTPUT, 1, "output.", "output"},
    {"module", TF_MODULE, 1, "module.", "module"},
    {"check", TF_CHECK, 1, "check.", "check"},
    {"resource", TF_RESOURCE, 2, "", "resource"},
    {"data", TF_DATA, 2, "data.", "data source"},
    {"ephemeral", TF_EPHEMERAL, 2, "ephemeral.", "ephemeral resource"},
};

static void declare_block(TfModule *module, const HclBlock *block, const DeclaringBlock *row) {
  if (block->label_count != row->labels) return; // said by tf_check_language
  TfDeclaration made = {.kind = row->kind, .block = block, .span = block->type_span};
  made.span.end = block->labels[row->labels - 1].span.end;
  Str key = made.name = block->labels[row->labels - 1].text;
  if (row->labels == 2) {
    made.type = block->labels[0].text;
    key = str_fmt(module->arena, "%.*s.%.*s", STR_ARG(made.type), STR_ARG(made.name));
  }
  made.address = str_fmt(module->arena, "%s%.*s", row->prefix, STR_ARG(key));
  made.counted = hcl_attribute(block->body, S("count")) != NULL;
  made.keyed = hcl_attribute(block->body, S("for_each")) != NULL;
  TfDeclaration *declared = declare(module, made, key, row->what);
  bool sure;
  if (row->labels == 2)
    declared->has_schema = tf_find_schema(module, declared, &declared->schema, &sure) == TF_SCHEMA_FOUND;
}

static void collect_block(TfModule *module, const HclBlock *block) {
  for (size_t i = 0; i < sizeof declaring / sizeof *declaring; i++) {
    if (str_eq(block->type, str_of(declaring[i].type))) declare_block(module, block, &declaring[i]);
  }
  if (str_eq(block->type, S("check"))) {
    for (size_t i = 0; i < block->body->items.len; i++) {
      if (block->body->items.at[i].block) collect_block(module, block->body->items.at[i].block);
    }
  }
  if (str_eq(block->type, S("locals"))) declare_locals(module, block);
  if (str_eq(block->type, S("provider"))) collect_provider(module, block);
}

typedef void (*Collector)(TfModule *module, const HclBlock *block);

static void each_block(TfModule *module, Collector collect, const char *only) {
  for (size_t i = 0; i < module->bodies.len; i++) {
    const HclBody *body = module->bodies.at[i];
    for (size_t j = 0; j < body->items.len; j++) {
      const HclBlock *block = body->items.at[j].block;
      if (block && (!only || str_eq(block->type, str_of(only)))) collect(module, block);
    }
  }
}

// Settings first: they say which providers the resources are of.
static void collect(TfModule *module) {
  each_block(module, collect_settings, "terraform");
  each_block(module, collect_block, NULL);
}

// --- Reading a folder

static bool is_override(Str name) {
  return str_eq(name, S("override.tf")) || str_ends(name, S("_override.tf"));
}

const HclBody *tf_read_file(TfProject *project, uint32_t file, bool *faulty) {
  Arena *arena = project->arena;
  size_t before = project->diags->counts[DIAG_ERROR];
  const HclBody *body = hcl_read(arena, project->diags, project->set->sources, file);
  learnt_keep(project->set->learnt, file, body);
  *faulty = project->diags->counts[DIAG_ERROR] > before;
  if (*faulty) return body;
  const SourceFile *source = source_file(project->set->sources, file);
  Str text = source->text, canonical = hcl_format_read(arena, text, body);
  if (str_eq(text, canonical)) return body;
  uint32_t same = 0;
  while (same < text.len && same < canonical.len && text.at[same] == canonical.at[same]) same++;
  Diag *d = diag(project->diags, DIAG_WARNING, "V2012", (Span){file, same, same}, "not in canonical format");
  diag_help(project->diags, d, "`mlopsc fmt %.*s` mends it", STR_ARG(source->path));
  return body;
}

static void read_file(TfModule *module, uint32_t file) {
  bool faulty;
  const HclBody *body = tf_read_file(module->project, file, &faulty);
  module->faulty |= faulty;
  Str name = path_name(source_file(module->sources, file)->path);
  if (is_override(name))
    module->partial = true; // it changes declarations of other files: nothing is certain
  else
    VEC_PUSH(module->arena, &module->bodies, body);
}

static Str folder_of(Arena *arena, Str path) {
  Str folder = path_clean(arena, path_folder(path));
  return str_eq(folder, S(".")) ? S("") : folder;
}

// The files of a set by their folders, made once.
void tf_index_folders(TfProject *project) {
  project->folders.arena = project->modules.arena = project->arena;
  for (size_t i = 0; i < project->set->files.len; i++) {
    const SetFile *file = &project->set->files.at[i];
    Str folder = folder_of(project->arena, file->path);
    TfFolder *files = map_get(&project->folders, folder);
    if (!files) map_set(&project->folders, folder, files = NEW(project->arena, TfFolder));
    VEC_PUSH(project->arena, files, file);
  }
}

static size_t read_from_set(TfModule *module, Map *seen) {
  const TfFolder *files = map_get(&module->project->folders, module->folder);
  size_t count = 0;
  for (size_t i = 0; files && i < files->len; i++) {
    const SetFile *file = files->at[i];
    Str name = path_name(file->path);
    if (str_ends(name, S(".tf.json"))) module->partial = true;
    bool named = file->kind && str_eq(str_of(file->kind->name), S("terraform")) && !str_ends(name, S(".tfvars"));
    if (!file->file || !(str_ends(name, S(".tf")) || named)) continue;
    map_set(seen, name, module);
    read_file(module, file->file);
    count++;
  }
  return count;
}

// What stands beside files that were given one by one.
static size_t read_from_disk(TfModule *module, const Map *seen) {
  Str *names, why, text;
  size_t name_count, count = 0;
  Str folder = module->folder.len ? module->folder : S(".");
  if (sys_kind(folder) != SYS_FOLDER || !sys_list(module->arena, folder, &names, &name_count, &why)) return 0;
  for (size_t i = 0; i < name_count; i++) {
    if (str_ends(names[i], S(".tf.json"))) module->partial = true;
    if (!str_ends(names[i], S(".tf")) || map_get(seen, names[i])) continue;
    Str path = module->folder.len ? path_join(module->arena, folder, names[i]) : names[i];
    if (!sys_read(module->arena, path, &text, &why)) continue;
    read_file(module, source_add(module->sources, path, text));
    count++;
  }
  return count;
}

TfModule *tf_module(TfProject *project, Str folder) {
  Arena *arena = project->arena;
  folder = path_clean(arena, folder);
  if (str_eq(folder, S("."))) folder = S("");
  TfModule *module = map_get(&project->modules, folder);
  if (module) return module->bodies.len || module->faulty || module->partial ? module : NULL;
  module = NEW(arena, TfModule);
  *module = (TfModule){.arena = arena, .diags = project->diags, .sources = project->set->sources};
  module->project = project;
  module->folder = folder;
  module->providers.arena = module->configurations.arena = arena;
  for (size_t i = 0; i < TF_DECLARATION_KINDS; i++) module->names[i].arena = arena;
  map_set(&project->modules, str_dup(arena, folder), module);
  Map seen = {.arena = arena};
  size_t count = read_from_set(module, &seen);
  if (project->set->on_disk) count += read_from_disk(module, &seen);
  if (count == 0 && !module->partial) return NULL;
  collect(module);
  return module;
}
