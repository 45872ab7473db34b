#include "base/sys.h"
#include "cli/cli.h"
#include "validate/validate.h"

// --key NAME:TYPE[,NAME:TYPE]. False: it is not of that form.
static bool parse_key(Str text, ValidateOptions *options) {
  while (text.len) {
    Str type, name = str_cut(str_cut(text, ',', &text), ':', &type);
    bool known = str_eq(type, S("S")) || str_eq(type, S("N")) || str_eq(type, S("B"));
    if (!name.len || !known || options->key_count == 2) return false;
    options->key[options->key_count++] = (KeyAttribute){name, type.at[0]};
  }
  return options->key_count > 0;
}

static int parse_options(Args *args, ValidateOptions *options, const FileKind **kind) {
  Str value;
  if (args_value(args, "--key", &value) && !parse_key(value, options)) {
    return usage_error(args, "--key wants NAME:TYPE[,NAME:TYPE] with TYPE S, N or B, not %.*s", STR_ARG(value));
  }
  if (args_value(args, "--type", &value)) {
    options->express = str_eq(value, S("EXPRESS"));
    if (!options->express && !str_eq(value, S("STANDARD"))) {
      return usage_error(args, "--type is STANDARD or EXPRESS, not %.*s", STR_ARG(value));
    }
  }
  if (args_value(args, "--as", &value) && !(*kind = file_kind_named(value))) {
    Buf names = {.arena = args->arena};
    for (const FileKind *row = file_kinds; row->name; row++) buf_fmt(&names, "%s%s", names.len ? ", " : "", row->name);
    return usage_error(args, "there is no kind %.*s: it is one of %.*s", STR_ARG(value), STR_ARG(buf_text(&names)));
  }
  return EXIT_GOOD;
}

static int run(Args *args) {
  ValidateOptions options = {0};
  const FileKind *kind = NULL;
  int status = parse_options(args, &options, &kind);
  if (status != EXIT_GOOD) return status;
  if (!args->words.len) return usage_error(args, "wants files or folders");
  Sources sources = {.arena = args->arena};
  FileSet set = {.arena = args->arena, .sources = &sources, .alone = kind != NULL};
  Diags diags = {.arena = args->arena};
  for (size_t i = 0; i < args->words.len; i++) {
    Str path = args->words.at[i], why;
    size_t before = set.files.len;
    bool folder = sys_kind(path) == SYS_FOLDER;
    if (!file_set_add_path(&set, path, folder ? NULL : kind, &why)) fatal("cannot read %.*s", STR_ARG(why));
    if (!folder && !set.files.at[before].kind) {
      return usage_error(args, "cannot tell what kind of file %.*s is; say it with --as", STR_ARG(path));
    }
  }
  validate_set(&diags, &set, &options);
  return report_findings(args, &diags, &sources);
}

static const Option options[] = {
    {"--as", "KIND", "asl, terraform, hcl, dynamodb-item, gitlab-ci, github-actions or buildspec"},
    {"--format", "FORMAT", "text, json, sarif, gitlab, github or junit"},
    {"--type", "STANDARD|EXPRESS", "what state machines are to be (default STANDARD)"},
    {"--key", "NAME:TYPE[,…]", "the key of the table that items are for"},
    {0},
};
const Command command_validate = {
    "validate",
    "check ASL, Terraform, DynamoDB items, CI and build files, each alone and against each other",
    "PATH… [--as KIND] [--format FORMAT]",
    options,
    "mlopsc validate . --format gitlab > gl-code-quality-report.json",
    run,
};
