// mlopsc init: a new repository that builds, tests and lints at once.
#include "base/embed.h"
#include "base/sys.h"
#include "cli/cli.h"

// A name as the services take it: small letters, digits and `-`.
static Str pipeline_name(Arena *arena, Str folder) {
  if (str_eq(path_clean(arena, folder), S("."))) folder = sys_current_folder(arena);
  Buf out = {.arena = arena};
  Str name = path_name(path_clean(arena, folder));
  for (size_t i = 0; i < name.len; i++) {
    char c = name.at[i];
    if (ascii_is_alnum(c))
      buf_char(&out, ascii_lower(c));
    else if (out.len && out.at[out.len - 1] != '-')
      buf_char(&out, '-');
  }
  while (out.len && out.at[out.len - 1] == '-') out.len--;
  return out.len ? buf_text(&out) : S("pipeline");
}

static Str with_name(Arena *arena, Str text, Str name) {
  Buf out = {.arena = arena};
  for (size_t from = 0; from < text.len;) {
    size_t hit = str_find(text, S("NAME"), from);
    buf_str(&out, str_slice(text, from, hit));
    if (hit < text.len) buf_str(&out, name);
    from = hit + 4;
  }
  return buf_text(&out);
}

typedef struct NewFile {
  Str path, text;
} NewFile;

typedef struct NewFiles {
  VEC(NewFile) list;
} NewFiles;

static void gather(Arena *arena, Str template, Str folder, NewFiles *files) {
  size_t count;
  const EmbeddedFile *embedded = embed_list(&count);
  Str prefix = str_fmt(arena, "init/%.*s/", STR_ARG(template)), name = pipeline_name(arena, folder);
  for (size_t i = 0; i < count; i++) {
    if (!str_starts(embedded[i].name, prefix)) continue;
    Str path = with_name(arena, str_slice(embedded[i].name, prefix.len, embedded[i].name.len), name);
    Str text = {embedded[i].start, (size_t)(embedded[i].end - embedded[i].start)};
    VEC_PUSH(arena, &files->list, (NewFile){path_join(arena, folder, path), with_name(arena, text, name)});
  }
}

static int run(Args *args) {
  Str template = S("train"), why;
  args_value(args, "--template", &template);
  if (args->words.len != 1) return usage_error(args, "wants one folder");
  NewFiles files = {0};
  gather(args->arena, template, args->words.at[0], &files);
  if (!files.list.len) return usage_error(args, "there is no template %.*s; there is train", STR_ARG(template));
  for (size_t i = 0; i < files.list.len; i++) {
    if (sys_kind(files.list.at[i].path) != SYS_NONE) {
      return usage_error(args, "%.*s is there already", STR_ARG(files.list.at[i].path));
    }
  }
  Buf out = {.arena = args->arena};
  for (size_t i = 0; i < files.list.len; i++) {
    const NewFile *file = &files.list.at[i];
    if (!sys_write(args->arena, file->path, file->text, false, &why)) fatal("cannot write %.*s", STR_ARG(why));
    buf_fmt(&out, "%.*s\n", STR_ARG(file->path));
  }
  buf_fmt(&out, "\nNext: cd %.*s && mlopsc build && mlopsc test\n", STR_ARG(args->words.at[0]));
  sys_out(1, buf_text(&out));
  return EXIT_GOOD;
}

static const Option options[] = {
    {"--template", "NAME", "what to begin with (default: train, a two-step training pipeline)"},
    {0},
};
const Command command_init = {
    "init",
    "begin a repository",
    "[--template NAME] DIR",
    options,
    "mlopsc init churn-model && cd churn-model && mlopsc build",
    run,
};
