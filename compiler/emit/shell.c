#include "emit/shell.h"

static Str capitals(Arena *arena, const char *prefix, Str name) {
  Buf out = {.arena = arena};
  buf_str(&out, str_of(prefix));
  for (size_t i = 0; i < name.len; i++) {
    char c = name.at[i];
    buf_char(&out, ascii_is_alnum(c) ? ascii_upper(c) : '_');
  }
  return buf_text(&out);
}

Str shell_input_name(Arena *arena, ShellPlace place, Str parameter) {
  return capitals(arena, place == SHELL_GITHUB ? "INPUT_" : "", parameter);
}

Str shell_output_name(Arena *arena, Str output) {
  return capitals(arena, "", output);
}

Str shell_parameter(const Value *value) {
  bool is = value->kind == VALUE_EVENT && str_starts(value->text, S("input."));
  return is ? str_slice(value->text, 6, value->text.len) : (Str){0};
}

// ---------------------------------------------------------------- constant text

static bool is_bare(Str text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    if (!ascii_is_alnum(c) && (c == 0 || !strchr("_./:@%+=,-", c))) return false;
  }
  return text.len > 0;
}

static void quoted(Buf *out, Str text) {
  buf_char(out, '\'');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '\'')
      buf_str(out, S("'\\''"));
    else
      buf_char(out, text.at[i]);
  }
  buf_char(out, '\'');
}

void shell_text(Buf *out, Str text) {
  if (is_bare(text))
    buf_str(out, text);
  else
    quoted(out, text);
}

// ---------------------------------------------------------------- values that are known later

static bool in_ci(const Shell *sh) {
  return sh->place < (ShellPlace)CI_SYSTEMS;
}

// What the core itself knows of the deployment, as constant text where it can be told; NULL: only Terraform knows.
static const Value *known(Shell *sh, const Value *value) {
  Emitter *e = sh->e;
  if (value->kind != VALUE_TERRAFORM) return NULL;
  Str text = value->text, told = {0};
  const Value *region = setting(e, "region"), *prefix = setting(e, "prefix");
  if (str_eq(text, S("var.environment")) && sh->environment.len) told = sh->environment;
  if (str_eq(text, S("var.prefix")) && prefix && prefix->kind == VALUE_STRING) told = prefix->text;
  if (str_eq(text, S("data.aws_caller_identity.current.account_id")) && targets_localstack(e)) told = S("000000000000");
  if (str_eq(text, S("data.aws_partition.current.partition")) && region && region->kind == VALUE_STRING) {
    told = str_starts(region->text, S("cn-"))       ? S("aws-cn")
           : str_starts(region->text, S("us-gov-")) ? S("aws-us-gov")
                                                    : S("aws");
  }
  if (told.len) return value_string(e->arena, told, value->span);
  return resource_attribute(e, text);
}

// Where the system says it, or where LocalStack is known to listen.
static Str of_event(Shell *sh, const Value *value, bool *plain) {
  Emitter *e = sh->e;
  Str parameter = shell_parameter(value);
  if (parameter.len && in_ci(sh))
    return str_fmt(e->arena, "$%.*s", STR_ARG(shell_input_name(e->arena, sh->place, parameter)));
  if (str_eq(value->text, S("endpoint"))) *plain = !in_ci(sh);
  if (str_eq(value->text, S("endpoint"))) return in_ci(sh) ? S("$AWS_ENDPOINT_URL") : S("http://localhost:4566");
  const CiVariable *row = in_ci(sh) ? ci_variable(value->text) : NULL;
  if (row) {
    *plain = row->plain;
    return str_of(row->word[sh->place]);
  }
  diag(e->diags, DIAG_ERROR, "E0781", value->span, "`%.*s` is not known where this runs", STR_ARG(value->text));
  return S("");
}

// How a part that the shell fills in is written inside double quotes; *plain: its value needs no escaping in JSON.
static Str reference(Shell *sh, const Value *value, bool *plain) {
  Emitter *e = sh->e;
  *plain = false;
  if (value->kind == VALUE_EVENT) return of_event(sh, value, plain);
  if (value->kind == VALUE_TERRAFORM && str_eq(value->text, S("data.aws_caller_identity.current.account_id"))) {
    sh->needs_account = *plain = true;
    return S("$account");
  }
  if (value->time == TIME_DEPLOY) {
    if (value->kind == VALUE_TERRAFORM && str_eq(value->text, S("var.environment"))) {
      *plain = true;
      return S("$ENVIRONMENT");
    }
    Str output = terraform_output(e, value);
    if (!in_ci(sh) && sh->in_json) {
      *plain = true; // escaped by Terraform
      return str_fmt(e->arena, "$(terraform -chdir=terraform output -json %.*s | sed 's/^\"//;s/\"$//')",
                     STR_ARG(output));
    }
    if (!in_ci(sh)) return str_fmt(e->arena, "$(terraform -chdir=terraform output -raw %.*s)", STR_ARG(output));
    bool seen = false;
    for (size_t i = 0; i < sh->outputs.len; i++) seen = seen || str_eq(sh->outputs.at[i], output);
    if (!seen) VEC_PUSH(e->arena, &sh->outputs, output);
    return str_fmt(e->arena, "$%.*s", STR_ARG(shell_output_name(e->arena, output)));
  }
  Diag *fault = diag(e->diags, DIAG_ERROR, "E0782", value->span, "a command's shell cannot compute this");
  diag_help(e->diags, fault, "it can pass on what is known, and put it into text");
  return S("");
}

static bool is_token(const Value *value) {
  return value->kind == VALUE_CALL && str_eq(value->text, S("token"));
}

static bool is_json(const Value *value) {
  return value->kind == VALUE_CALL && str_eq(value->text, S("json"));
}

static void put_json(Shell *sh, Buf *out, const Value *value);

static bool is_plain(Shell *sh, const Value *value) {
  bool plain = true;
  if (value->time == TIME_COMPILE) return true;
  const Value *told = known(sh, value);
  if (told) return is_plain(sh, told);
  if (value->kind == VALUE_EVENT) return of_event(sh, value, &plain), plain;
  if (value->kind != VALUE_TEMPLATE) return reference(sh, value, &plain), plain;
  for (size_t i = 0; i < value->count && plain; i++) plain = is_plain(sh, value->items[i]);
  return plain;
}

// token(text, most): as it is where its values hold nothing else, else made so by the shell.
static void put_token(Shell *sh, Buf *out, const Value *value) {
  if (is_plain(sh, value->items[0])) {
    shell_word(sh, out, value->items[0]);
    return;
  }
  buf_str(out, S("\"$(printf %s "));
  shell_word(sh, out, value->items[0]);
  buf_fmt(out, " | tr -c 'A-Za-z0-9_.-' '-' | cut -c 1-%.0f)\"", value->items[1]->number);
}

static void word_part(Shell *sh, Buf *out, const Value *value) {
  bool plain;
  if (value->time == TIME_COMPILE) {
    Str text = value_plain(sh->e->arena, value);
    if (sh->place == SHELL_MAKE && str_has(text, S("\n"))) {
      Diag *fault = diag(sh->e->diags, DIAG_ERROR, "E0757", value->span, "a line of a Makefile holds no line's end");
      diag_help(sh->e->diags, fault, "hand it over as JSON: `${json(…)}` in the command");
    }
    if (text.len) shell_text(out, text);
    return;
  }
  const Value *told = known(sh, value);
  if (told) {
    word_part(sh, out, told);
  } else if (value->kind == VALUE_TEMPLATE) {
    for (size_t i = 0; i < value->count; i++) word_part(sh, out, value->items[i]);
  } else if (is_token(value)) {
    put_token(sh, out, value);
  } else if (is_json(value)) {
    put_json(sh, out, value->items[0]);
  } else {
    buf_fmt(out, "\"%.*s\"", STR_ARG(reference(sh, value, &plain)));
  }
}

void shell_word(Shell *sh, Buf *out, const Value *value) {
  size_t before = out->len;
  word_part(sh, out, value);
  if (out->len == before) buf_str(out, S("''"));
}

// ---------------------------------------------------------------- JSON

// JSON as pieces: constant text gathered in `text`, flushed in single quotes before each part the shell fills in.
typedef struct Pieces {
  Shell *sh;
  Buf *out, text;
} Pieces;

static void flush(Pieces *p) {
  if (p->text.len) quoted(p->out, buf_text(&p->text));
  p->text.len = 0;
}

static void json_string_part(Pieces *p, const Value *value) {
  Arena *arena = p->sh->e->arena;
  bool plain;
  const Value *told = value->time == TIME_COMPILE ? NULL : known(p->sh, value);
  if (told) {
    json_string_part(p, told);
    return;
  }
  if (value->kind == VALUE_TEMPLATE) {
    for (size_t i = 0; i < value->count; i++) json_string_part(p, value->items[i]);
    return;
  }
  if (value->time == TIME_COMPILE) {
    Buf text = {.arena = arena};
    json_write_string(&text, value_plain(arena, value), JSON_COMPACT);
    buf_bytes(&p->text, text.at + 1, text.len - 2); // without its quotes
    return;
  }
  Str word = reference(p->sh, value, &plain);
  flush(p);
  p->sh->needs_json |= !plain;
  buf_fmt(p->out, plain ? "\"%.*s\"" : "\"$(json \"%.*s\")\"", STR_ARG(word));
}

static void json_part(Pieces *p, const Value *value) {
  bool plain;
  switch (value->kind) {
  case VALUE_OBJECT:
    buf_char(&p->text, '{');
    for (size_t i = 0, written = 0; i < value->count; i++) {
      if (value->members[i].value->kind == VALUE_MISSING) continue;
      if (written++) buf_char(&p->text, ',');
      json_write_string(&p->text, value->members[i].name, JSON_COMPACT);
      buf_char(&p->text, ':');
      json_part(p, value->members[i].value);
    }
    buf_char(&p->text, '}');
    return;
  case VALUE_LIST:
    buf_char(&p->text, '[');
    for (size_t i = 0; i < value->count; i++) {
      if (i) buf_char(&p->text, ',');
      json_part(p, value->items[i]);
    }
    buf_char(&p->text, ']');
    return;
  case VALUE_MISSING: buf_str(&p->text, S("null")); return;
  case VALUE_BOOL:
  case VALUE_NUMBER: buf_str(&p->text, value_plain(p->sh->e->arena, value)); return;
  default: break;
  }
  if (value->type->tag == T_BOOL || value->type->tag == T_NUMBER) {
    Str word = reference(p->sh, value, &plain);
    flush(p);
    buf_fmt(p->out, "\"%.*s\"", STR_ARG(word));
    return;
  }
  buf_char(&p->text, '"');
  json_string_part(p, value);
  buf_char(&p->text, '"');
}

static void put_json(Shell *sh, Buf *out, const Value *value) {
  Pieces p = {sh, out, {.arena = sh->e->arena}};
  sh->in_json = true;
  json_part(&p, value);
  sh->in_json = false;
  flush(&p);
}

// The dot keeps a line's end at the end; sed sees the whole text and takes the dot away again.
static const char json_function[] =
    "# Text with JSON's escapes.\n"
    "json() {\n"
    "  printf '%s.' \"$1\" | tr -d '\\000-\\010\\013\\014\\016-\\037' |\n"
    "    sed -e ':a' -e '$!{' -e 'N' -e 'ba' -e '}' -e 's/.$//' -e 's/\\\\/\\\\\\\\/g' -e 's/\"/\\\\\"/g' \\\n"
    "      -e \"s/$(printf '\\t')/\\\\\\\\t/g\" -e \"s/$(printf '\\r')/\\\\\\\\r/g\" -e 's/\\n/\\\\n/g'\n"
    "}\n";

// ---------------------------------------------------------------- scripts

Str shell_script(Shell *sh, const Value *command) {
  Buf lines = {.arena = sh->e->arena}, out = {.arena = sh->e->arena};
  sh->needs_json = sh->needs_account = false;
  for (size_t i = 0; i < command->count; i++) {
    const Value *line = command->items[i];
    for (size_t k = 0; k < line->count; k++) {
      const Value *part = line->items[k];
      if (part->kind == VALUE_STRING)
        buf_str(&lines, part->text);
      else
        shell_word(sh, &lines, part->items[0]);
    }
    buf_char(&lines, '\n');
  }
  if (sh->needs_json) buf_str(&out, str_of(json_function));
  if (sh->needs_account && !sh->has_account)
    buf_str(&out, S("account=$(aws sts get-caller-identity --query Account --output text)\n"));
  sh->has_account |= sh->needs_account;
  buf_str(&out, buf_text(&lines));
  return buf_text(&out);
}
