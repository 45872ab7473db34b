// A pipeline with the local files that it includes, as GitLab puts them together: what is included lies below, later
// files above earlier ones, the file itself on top.
#include "base/sys.h"
#include "facts/pattern.h"
#include "validate/gitlab.h"
#include "validate/local_files.h"
#include "validate/yaml_rules.h"

enum { FILES_MOST = 150 }; // as GitLab

typedef struct Assembly {
  Diags *diags;
  const FileSet *set;
  Str root;        // the folder of the repository
  bool complete;   // everything that is included is here
  DiagLevel level; // of a file that is not there
  size_t files;
} Assembly;

// --- Trees

static const Yaml *laid_over(Arena *arena, const Yaml *base, const Yaml *over) {
  if (!yaml_is(base, YAML_MAPPING) || !yaml_is(over, YAML_MAPPING)) return over;
  Yaml *made = NEW(arena, Yaml);
  *made = *over;
  memset(&made->pairs, 0, sizeof made->pairs);
  for (size_t i = 0; i < base->pairs.len; i++) {
    YamlPair pair = base->pairs.at[i];
    const Yaml *above = yaml_is_scalar(pair.key) ? yaml_get(over, pair.key->text) : NULL;
    if (above) pair.value = laid_over(arena, pair.value, above);
    VEC_PUSH(arena, &made->pairs, pair);
  }
  for (size_t i = 0; i < over->pairs.len; i++) {
    YamlPair pair = over->pairs.at[i];
    if (yaml_is_scalar(pair.key) && yaml_pair(base, pair.key->text)) continue;
    VEC_PUSH(arena, &made->pairs, pair);
  }
  return made;
}

static const Yaml *without_include(Arena *arena, const Yaml *root) {
  Yaml *made = NEW(arena, Yaml);
  *made = *root;
  memset(&made->pairs, 0, sizeof made->pairs);
  for (size_t i = 0; i < root->pairs.len; i++) {
    YamlPair pair = root->pairs.at[i];
    if (!str_eq(yaml_str(pair.key), S("include"))) VEC_PUSH(arena, &made->pairs, pair);
  }
  return made;
}

// --- Inputs

static const Yaml *input_value(const Yaml *declared, const Yaml *given, Str name) {
  const Yaml *value = yaml_get(given, name);
  return value ? value : yaml_get(yaml_get(declared, name), S("default"));
}

// A text with the values of its inputs: $[[ inputs.NAME ]] and $[[ inputs.NAME | function ]].
static const Yaml *filled_text(Assembly *a, const Yaml *node, const Yaml *declared, const Yaml *given) {
  Arena *arena = a->set->arena;
  Buf out = {.arena = arena};
  Str text = node->text;
  size_t from = 0;
  for (size_t i = 0; (i = str_find(text, S("$[["), i)) < text.len;) {
    size_t end = str_find(text, S("]]"), i);
    Str rest, inside = str_trim(str_cut(str_trim(str_slice(text, i + 3, end)), '|', &rest));
    Str name = str_starts(inside, S("inputs.")) ? str_slice(inside, 7, inside.len) : (Str){0};
    const Yaml *value = name.len ? input_value(declared, given, name) : NULL;
    bool whole = i == 0 && end + 2 >= text.len;
    if (value && whole && !rest.len) return value;
    buf_str(&out, str_slice(text, from, i));
    buf_str(&out, yaml_is_scalar(value) ? value->text : str_slice(text, i, end + 2));
    from = i = end + 2 < text.len ? end + 2 : text.len;
  }
  if (!out.len) return node;
  buf_str(&out, str_slice(text, from, text.len));
  Yaml *made = NEW(arena, Yaml);
  *made = *node;
  made->text = buf_text(&out);
  return made;
}

static const Yaml *filled(Assembly *a, const Yaml *node, const Yaml *declared, const Yaml *given) {
  if (yaml_is_scalar(node)) return str_has(node->text, S("$[[")) ? filled_text(a, node, declared, given) : node;
  Yaml *made = NEW(a->set->arena, Yaml);
  *made = *node;
  if (node->kind == YAML_SEQUENCE) {
    memset(&made->items, 0, sizeof made->items);
    for (size_t i = 0; i < node->items.len; i++) {
      const Yaml *item = filled(a, node->items.at[i], declared, given);
      VEC_PUSH(a->set->arena, &made->items, item);
    }
    return made;
  }
  memset(&made->pairs, 0, sizeof made->pairs);
  for (size_t i = 0; i < node->pairs.len; i++) {
    YamlPair pair = node->pairs.at[i];
    pair.key = filled(a, pair.key, declared, given);
    pair.value = filled(a, pair.value, declared, given);
    VEC_PUSH(a->set->arena, &made->pairs, pair);
  }
  return made;
}

static void check_given(Assembly *a, const Yaml *declared, const Yaml *given) {
  for (size_t i = 0; yaml_is(given, YAML_MAPPING) && i < given->pairs.len; i++) {
    const YamlPair *pair = &given->pairs.at[i];
    const YamlPair *input = yaml_pair(declared, yaml_str(pair->key));
    if (input) {
      const char *why = gitlab_input_misfit(a->set->arena, input->value, pair->value);
      if (why)
        diag(a->diags, DIAG_ERROR, "V3033", pair->value->span, "the input `%.*s` %s", STR_ARG(yaml_str(pair->key)),
             why);
      continue;
    }
    Nearest near = nearest_to(yaml_str(pair->key));
    for (size_t k = 0; yaml_is(declared, YAML_MAPPING) && k < declared->pairs.len; k++)
      nearest_offer(&near, yaml_str(declared->pairs.at[k].key));
    Diag *d = diag(a->diags, DIAG_ERROR, "V3033", pair->key->span, "the included file declares no input `%.*s`",
                   STR_ARG(yaml_str(pair->key)));
    if (nearest_best(&near).len) diag_help(a->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
  }
}

static void check_missing(Assembly *a, const Yaml *declared, const Yaml *given, Span at) {
  for (size_t i = 0; yaml_is(declared, YAML_MAPPING) && i < declared->pairs.len; i++) {
    const YamlPair *pair = &declared->pairs.at[i];
    if (yaml_pair(pair->value, S("default")) || yaml_pair(pair->value, S("rules")) ||
        yaml_pair(given, yaml_str(pair->key)))
      continue;
    Diag *d = diag(a->diags, DIAG_ERROR, "V3033", at, "the included file wants the input `%.*s`",
                   STR_ARG(yaml_str(pair->key)));
    diag_note(a->diags, d, pair->key->span, "it has no default");
  }
}

// --- Files

// The number of a file of the repository, from the set or from the disk; 0: it is not there.
static uint32_t find_file(Assembly *a, Str path) {
  while (str_starts(path, S("/"))) path = str_slice(path, 1, path.len);
  Arena *arena = a->set->arena;
  Str whole = path_clean(arena, a->root.len ? path_join(arena, a->root, path) : path), text, why;
  for (size_t i = 0; i < a->set->files.len; i++) {
    const SetFile *file = &a->set->files.at[i];
    if (file->file && str_eq(file->path, whole)) return file->file;
  }
  for (uint32_t i = 1; i < a->set->sources->files.len; i++) {
    if (str_eq(a->set->sources->files.at[i].path, whole)) return i;
  }
  if (!a->set->on_disk || !sys_read(arena, whole, &text, &why)) return 0;
  return source_add(a->set->sources, whole, text);
}

static const Yaml *assembled(Assembly *a, uint32_t file, const Yaml *given, Span at);

// The file that an include names; 0: it is not one of the repository, or it is missing, which is told.
static uint32_t named_file(Assembly *a, const Yaml *path, DiagLevel level) {
  if (!yaml_is(path, YAML_STRING) || str_has(path->text, S("$")) || str_has(path->text, S("*")) ||
      str_has(path->text, S("://")))
    return 0;
  uint32_t file = find_file(a, path->text);
  if (!file && a->set->on_disk)
    diag(a->diags, level, "V3034", path->span, "there is no file `%.*s` to include", STR_ARG(path->text));
  return file;
}

static const Yaml *included(Assembly *a, const Yaml *path, const Yaml *given, const Yaml *below) {
  uint32_t file = a->files < FILES_MOST ? named_file(a, path, a->level) : 0;
  if (!file) {
    a->complete = false;
    return below;
  }
  a->files++;
  const Yaml *root = assembled(a, file, given, path->span);
  if (!yaml_is(root, YAML_MAPPING)) return below;
  return below ? laid_over(a->set->arena, below, root) : root;
}

// What an `include` brings, laid over `below`.
static const Yaml *included_by(Assembly *a, const Yaml *include, const Yaml *below) {
  if (yaml_is(include, YAML_SEQUENCE)) {
    for (size_t i = 0; i < include->items.len; i++) below = included_by(a, include->items.at[i], below);
    return below;
  }
  if (yaml_is(include, YAML_STRING)) return included(a, include, NULL, below);
  const Yaml *local = yaml_get(include, S("local"));
  if (!local || yaml_get(include, S("rules"))) { // elsewhere, or only sometimes
    a->complete = false;
    if (local) named_file(a, local, DIAG_WARNING);
    return below;
  }
  return included(a, local, yaml_get(include, S("inputs")), below);
}

static const Yaml *assembled(Assembly *a, uint32_t file, const Yaml *given, Span at) {
  YamlOptions how = {.version = YAML_1_1, .merge = true, .syntax_code = "V3001"};
  YamlStream stream;
  if (!yaml_read(a->diags, a->set->sources, file, &how, &stream) || !stream.documents.len) {
    a->complete = false;
    return NULL;
  }
  const Yaml *first = stream.documents.at[0], *spec = yaml_get(first, S("spec"));
  bool header = spec && first->pairs.len == 1 && stream.documents.len > 1;
  const Yaml *root = header ? stream.documents.at[1] : first;
  const Yaml *declared = yaml_get(spec, S("inputs"));
  if (span_known(at) && !yaml_get(spec, S("include"))) {
    check_given(a, declared, given);
    check_missing(a, declared, given, at);
  }
  if (!yaml_is(root, YAML_MAPPING)) return root;
  if (declared) root = filled(a, root, declared, given);
  const Yaml *include = yaml_get(root, S("include"));
  if (!include) return root;
  const Yaml *below = included_by(a, include, NULL);
  const Yaml *own = without_include(a->set->arena, root);
  return below ? laid_over(a->set->arena, below, own) : own;
}

static void check_whole(Assembly *a, uint32_t file, Span at, int depth);

// The files of child pipelines: each is a pipeline of its own.
static void check_children(Assembly *a, const Yaml *include, int depth) {
  for (size_t i = 0; yaml_is(include, YAML_SEQUENCE) && i < include->items.len; i++)
    check_children(a, include->items.at[i], depth);
  const Yaml *path = yaml_is(include, YAML_STRING) ? include : yaml_get(include, S("local"));
  uint32_t file = path ? named_file(a, path, a->level) : 0;
  if (file) check_whole(a, file, yaml_get(include, S("inputs")) ? NO_SPAN : path->span, depth + 1);
}

// A pipeline that begins with `file`, and those that its jobs begin.
static void check_whole(Assembly *a, uint32_t file, Span at, int depth) {
  enum { CHILDREN_MOST = 2 }; // as GitLab
  Assembly own = {.diags = a->diags, .set = a->set, .root = a->root, .level = a->level, .complete = true};
  const Yaml *root = assembled(&own, file, NULL, at);
  if (!yaml_is(root, YAML_MAPPING)) return;
  if (own.complete && (own.files || depth)) gitlab_check_assembled(a->diags, a->set->sources, file, root);
  for (size_t i = 0; i < root->pairs.len && depth < CHILDREN_MOST; i++)
    check_children(a, yaml_get(yaml_get(root->pairs.at[i].value, S("trigger")), S("include")), depth);
}

void validate_gitlab_files(Diags *diags, const FileSet *set, const uint32_t *files, size_t count,
                           const ValidateOptions *options) {
  (void)options;
  for (size_t i = 0; i < count; i++) {
    Str path = source_file(set->sources, files[i])->path;
    if (!str_eq(path_name(path), S(".gitlab-ci.yml"))) continue; // else the repository is not here
    Assembly a = {.diags = diags, .set = set, .root = path_folder(path)};
    a.level = set->alone ? DIAG_WARNING : DIAG_ERROR;
    check_whole(&a, files[i], NO_SPAN, 0);
  }
}
