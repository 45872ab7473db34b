// The hooks of the shapes: ids, actions, shells, patterns.
#include "validate/github.h"

static bool is_computed(Str text) {
  return str_has(text, S("${{"));
}

static void check_id(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  bool good = text.len && (ascii_is_letter(text.at[0]) || text.at[0] == '_');
  for (size_t i = 0; i < text.len && good; i++)
    good = ascii_is_letter(text.at[i]) || ascii_is_digit(text.at[i]) || text.at[i] == '_' || text.at[i] == '-';
  if (!good)
    shape_complain(check, "V4012", node->span,
                   "`%.*s`: \"%.*s\" is no id: it begins with a letter or _ and holds letters, digits, - and _",
                   STR_ARG(name), STR_ARG(text));
}

static void check_number_text(ShapeCheck *check, const Yaml *node, Str name) {
  double number;
  if (!json_number_parse(str_trim(node->text), &number))
    shape_complain(check, "V4003", node->span, "`%.*s` takes a number or one expression, not \"%.*s\"", STR_ARG(name),
                   STR_ARG(node->text));
}

// --- uses

// owner/repository[/path] in front of @ref; needs at least `parts` parts.
static bool is_repository(Str text, size_t parts) {
  size_t at = str_find(text, S("@"), 0), slashes = 0;
  if (at == 0 || at + 1 >= text.len) return false;
  for (size_t i = 0; i < at; i++) {
    if (text.at[i] == ' ') return false;
    if (text.at[i] != '/') continue;
    if (i == 0 || i + 1 == at || text.at[i + 1] == '/') return false;
    slashes++;
  }
  return slashes + 1 >= parts && text.at[0] != '.';
}

static void check_uses(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  if (is_computed(text) || str_starts(text, S("./")) || str_starts(text, S("../"))) return;
  if (str_starts(text, S("docker://"))) {
    if (text.len > 9 && text.at[text.len - 1] != ':') return;
  } else if (is_repository(text, 2)) {
    return;
  }
  Diag *d =
      shape_complain(check, "V4013", node->span, "`%.*s`: \"%.*s\" names no action", STR_ARG(name), STR_ARG(text));
  diag_help(check->diags, d, "write owner/repository@ref, owner/repository/path@ref, ./path or docker://image:tag");
}

static void check_workflow_uses(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  Str path = str_slice(text, 0, str_find(text, S("@"), 0));
  bool is_file = str_ends(path, S(".yml")) || str_ends(path, S(".yaml"));
  bool local = str_starts(text, S("./")) && path.len == text.len;
  if (is_computed(text) || (is_file && local)) return;
  if (is_file && !str_starts(text, S("./")) && is_repository(text, 3)) return;
  Diag *d = shape_complain(check, "V4013", node->span, "`%.*s`: \"%.*s\" names no reusable workflow", STR_ARG(name),
                           STR_ARG(text));
  diag_help(check->diags, d, "write owner/repository/.github/workflows/file.yml@ref or ./.github/workflows/file.yml");
}

// --- Shells, passwords

static void check_shell(ShapeCheck *check, const Yaml *node, Str name) {
  static const Str shells[] = {STR_INIT("bash"), STR_INIT("pwsh"), STR_INIT("python"),
                               STR_INIT("sh"),   STR_INIT("cmd"),  STR_INIT("powershell")};
  if (is_computed(node->text) || str_has(node->text, S("{0}"))) return;
  Nearest near = nearest_to(node->text);
  for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
    if (str_eq_ignoring_case(node->text, shells[i])) return;
    nearest_offer(&near, shells[i]);
  }
  Diag *d = shape_complain(check, "V4014", node->span, "`%.*s`: there is no shell \"%.*s\"", STR_ARG(name),
                           STR_ARG(node->text));
  if (nearest_best(&near).len)
    diag_help(check->diags, d, "did you mean %.*s?", STR_ARG(nearest_best(&near)));
  else
    diag_help(check->diags, d, "bash, pwsh, python, sh, cmd, powershell, or a command with {0} for the script's file");
}

static void check_password(ShapeCheck *check, const Yaml *node, Str name) {
  if (is_computed(node->text)) return;
  Diag *d = diag(check->diags, DIAG_WARNING, "V4028", node->span, "`%.*s` stands in the file for everyone to read",
                 STR_ARG(name));
  diag_help(check->diags, d, "store it as a secret and write ${{ secrets.NAME }}");
}

// What services take and the container of a job does not.
static void check_container(ShapeCheck *check, const Yaml *node, Str name) {
  static const Str keys[] = {STR_INIT("entrypoint"), STR_INIT("command")};
  for (size_t i = 0; i < 2; i++) {
    const YamlPair *pair = yaml_pair(node, keys[i]);
    if (!pair) continue;
    Diag *d = shape_complain(check, "V4002", check->at, "`%.*s` takes no `%.*s`: only services do", STR_ARG(name),
                             STR_ARG(keys[i]));
    diag_note(check->diags, d, pair->key->span, "here");
  }
}

// A queue of many waiting runs and cancelling the one that runs contradict each other.
static void check_concurrency(ShapeCheck *check, const Yaml *node, Str name) {
  const YamlPair *queue = yaml_pair(node, S("queue"));
  if (queue && str_eq(yaml_str(queue->value), S("max")) && yaml_truth(yaml_get(node, S("cancel-in-progress"))))
    shape_complain(check, "V4007", queue->key->span, "`%.*s`: queue: max excludes cancel-in-progress: true",
                   STR_ARG(name));
}

// --- Patterns of branches, tags and paths

static void complain_pattern(ShapeCheck *check, const Yaml *node, Str name, const char *what) {
  shape_complain(check, "V4015", node->span, "`%.*s`: the pattern \"%.*s\": %s", STR_ARG(name), STR_ARG(node->text),
                 what);
}

// A fault that every pattern may have, or NULL.
static const char *pattern_fault(Str text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    if (c == '[' && str_find(text, S("]"), i) == text.len) return "this [ is never closed";
    if (c == '\\' && i + 1 < text.len && strchr("[]?+*\\!", text.at[i + 1]))
      i++;
    else if (c == '\\')
      return "a backslash escapes only [ ] ? + * \\ !; these are no regular expressions";
    if (c == '[' && text.at[i + 1] == ']') return "[] matches nothing";
  }
  return str_eq(text, S("!")) ? "a pattern must follow the !" : NULL;
}

static void check_ref_glob(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  const char *fault = pattern_fault(text);
  if (!fault && (text.at[0] == '/' || text.at[text.len - 1] == '/')) fault = "a name neither begins nor ends with /";
  for (size_t i = 0; i < text.len && !fault; i++) {
    if (strchr(" ~^:", text.at[i]) || (unsigned char)text.at[i] < 0x20)
      fault = "names of branches and tags hold no blanks, ~, ^ or :";
  }
  if (fault) complain_pattern(check, node, name, fault);
}

static void check_path_glob(ShapeCheck *check, const Yaml *node, Str name) {
  const char *fault = pattern_fault(node->text);
  if (fault) {
    complain_pattern(check, node, name, fault);
  } else if (str_starts(node->text, S("./")) || str_starts(node->text, S("../"))) {
    diag(check->diags, DIAG_WARNING, "V4015", node->span,
         "`%.*s`: the pattern \"%.*s\" matches nothing: paths begin at the root of the repository", STR_ARG(name),
         STR_ARG(node->text));
  }
}

const ShapeHook github_hooks[] = {{"id", check_id},
                                  {"number_text", check_number_text},
                                  {"uses", check_uses},
                                  {"workflow_uses", check_workflow_uses},
                                  {"shell", check_shell},
                                  {"password", check_password},
                                  {"container", check_container},
                                  {"concurrency", check_concurrency},
                                  {"ref_glob", check_ref_glob},
                                  {"path_glob", check_path_glob},
                                  {"cron", github_check_cron},
                                  {"timezone", github_check_timezone},
                                  {"dispatch_input", github_check_dispatch_input},
                                  {"call_input", github_check_call_input},
                                  {"input_count", github_check_input_count},
                                  {0}};
