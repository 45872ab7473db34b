// What kinds and the spec add to the README, gathered below its headings.
#include "emit/readme.h"
#include "emit/shell.h"

void markdown_text(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if (c < 0x20) c = ' ';
    if (strchr("\\`*_[]<>#|&", c)) buf_char(out, '\\');
    buf_char(out, (char)c);
  }
}

void markdown_code(Buf *out, Str text) {
  size_t run = 0, most = 0;
  for (size_t i = 0; i < text.len; i++) {
    run = text.at[i] == '`' ? run + 1 : 0;
    if (run > most) most = run;
  }
  buf_repeat(out, '`', most + 1);
  if (most) buf_char(out, ' ');
  for (size_t i = 0; i < text.len; i++) buf_char(out, (unsigned char)text.at[i] < 0x20 ? ' ' : text.at[i]);
  if (most) buf_char(out, ' ');
  buf_repeat(out, '`', most + 1);
}

// ---------------------------------------------------------------- values in Markdown

// Where a value stands: in prose, in `code`, or in a block of commands.
typedef enum { IN_PROSE, IN_CODE, IN_BLOCK } Place;

// Markdown written so far, as far as its backquotes tell.
static Place place_at(Str text) {
  bool block = false, span = false;
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] != '`') continue;
    if (i + 2 < text.len && text.at[i + 1] == '`' && text.at[i + 2] == '`') {
      block = !block;
      i += 2;
    } else if (!block) {
      span = !span;
    }
  }
  return block ? IN_BLOCK : span ? IN_CODE : IN_PROSE;
}

static void put_data(Buf *out, Str text, Place place) {
  if (place == IN_PROSE) {
    markdown_text(out, text);
    return;
  }
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    buf_char(out, c == '`' ? '\'' : (unsigned char)c < 0x20 ? ' ' : c);
  }
}

// A value of deploy time: as capitals where it is a variable, as the name that was given where it is one, else as the
// command that asks Terraform.
static void put_value(Emitter *e, Buf *out, const Value *value, Place place, int depth) {
  if (value->time == TIME_COMPILE) {
    put_data(out, value_plain(e->arena, value), place);
    return;
  }
  if (value->kind == VALUE_TEMPLATE) {
    for (size_t i = 0; i < value->count; i++) put_value(e, out, value->items[i], place, depth);
    return;
  }
  bool reference = value->kind == VALUE_TERRAFORM;
  if (reference && str_starts(value->text, S("var."))) {
    for (size_t i = 4; i < value->text.len; i++) {
      char c = value->text.at[i];
      if (c == '_' && place == IN_PROSE) buf_char(out, '\\');
      buf_char(out, ascii_upper(c));
    }
    return;
  }
  const Value *given = reference && depth < 8 ? resource_attribute(e, value->text) : NULL;
  if (given) {
    put_value(e, out, given, place, depth + 1);
    return;
  }
  Str name = terraform_output(e, value);
  if (place == IN_PROSE) buf_char(out, '`');
  buf_fmt(out, place == IN_BLOCK ? "$(terraform -chdir=terraform output -raw %.*s)" : "terraform output -raw %.*s",
          STR_ARG(name));
  if (place == IN_PROSE) buf_char(out, '`');
}

// ---------------------------------------------------------------- sections

static Str rendered(Emitter *e, const ReadmeText *text) {
  Buf out = {.arena = e->arena};
  for (size_t i = 0; i < text->parts.len; i++) {
    const ReadmePart *part = &text->parts.at[i];
    if (part->markdown)
      buf_str(&out, part->value->text);
    else
      put_value(e, &out, part->value, place_at(buf_text(&out)), 0);
  }
  return str_trim(buf_text(&out));
}

static ReadmeSection *section_of(Emitter *e, Str heading) {
  for (size_t i = 0; i < e->sections.len; i++) {
    if (str_eq(e->sections.at[i].heading, heading)) return &e->sections.at[i];
  }
  VEC_PUSH(e->arena, &e->sections, (ReadmeSection){.heading = heading});
  return &e->sections.at[e->sections.len - 1];
}

// How each flow is started by hand, in the first environment.
static Str commands(Emitter *e) {
  Str *names;
  size_t count = environments(e, &names);
  Buf out = {.arena = e->arena};
  Shell sh = {.e = e, .place = SHELL_HAND, .environment = count ? names[0] : (Str){0}};
  for (size_t i = 0; i < e->model->flows.len; i++) {
    if (e->model->flows.at[i]->start) buf_str(&out, shell_script(&sh, e->model->flows.at[i]->start));
  }
  return buf_text(&out);
}

void readme_collect(Emitter *e) {
  e->commands = commands(e);
  for (size_t i = 0; i < e->model->readme.len; i++) {
    const ReadmeText *text = &e->model->readme.at[i];
    ReadmeSection *section = section_of(e, text->heading);
    Str words = rendered(e, text);
    bool known = !words.len;
    for (size_t k = 0; k < section->texts.len && !known; k++) known = str_eq(section->texts.at[k], words);
    if (!known) VEC_PUSH(e->arena, &section->texts, words);
  }
}

void readme_section(Buf *out, const ReadmeSection *section) {
  bool in_list = false;
  for (size_t i = 0; i < section->texts.len; i++) {
    bool item = str_starts(section->texts.at[i], S("- "));
    if (!(item && in_list)) buf_char(out, '\n');
    buf_str(out, section->texts.at[i]);
    buf_char(out, '\n');
    in_list = item;
  }
}
