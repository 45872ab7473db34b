// What is wrong with a text that is not HCL, in words that say what to do.
#include "base/utf8.h"
#include "data/hcl_read.h"
#include "base/planted.h"

enum { HCL_FAULTS_MOST = 6 }; // that are told of one file

Diag *hcl_fault(HclReader *r, const char *code, Span at, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str text = str_vfmt(r->arena, format, args);
  va_end(args);
  Diag *d = diag(r->diags, DIAG_ERROR, code, at, "%.*s", STR_ARG(text));
  if (++r->faults == HCL_FAULTS_MOST) {
    diag_note(r->diags, d, NO_SPAN, "the rest of the file is not read: mend these faults first");
    r->stopped = true;
  }
  return d;
}

void hcl_fault_depth(HclReader *r, Span at) {
  if (!r->stopped) hcl_fault(r, "V2008", at, "nested too deeply: more than %d levels", HCL_DEPTH_MOST);
  r->stopped = r->said = true;
}

static Span token_span(const HclReader *r, HclToken token) {
  return hcl_span(r, token.start, token.end);
}

void hcl_fault_token(HclReader *r, HclToken token) {
  Span at = token_span(r, token);
  r->said = true;
  if (r->resuming) return;
  Str text = hcl_token_text(r, token);
  if (token.kind == HCL_TOKEN_BAD_BYTE) {
    hcl_fault(r, "V2002", at, "this byte is not UTF-8");
  } else if (token.kind == HCL_TOKEN_BROKEN_QUOTE) {
    Diag *d = hcl_fault(r, "V2003", at, "the string does not end on its line");
    diag_help(r->diags, d, "close it with `\"`, write \\n for a line break, or use a heredoc (<<EOT)");
  } else if (token.kind == HCL_TOKEN_BAD_DIRECTIVE) {
    Diag *d = hcl_fault(r, "V2010", at, "unknown template directive");
    diag_help(r->diags, d, "it is one of if, else, endif, for, endfor; write %%%%{ for a literal %%{");
  } else if (str_eq(text, S("'")) || str_eq(text, S("`"))) {
    hcl_fault(r, "V2002", at, "strings stand in double quotes, not in %.*s", STR_ARG(text));
  } else if (str_eq(text, S("&")) || str_eq(text, S("|"))) {
    hcl_fault(r, "V2002", at, "there is no operator %.*s; the logical ones are && and ||", STR_ARG(text));
  } else if (str_eq(text, S(";"))) {
    hcl_fault(r, "V2002", at, "arguments are separated by newlines, not by semicolons");
  } else {
    hcl_fault(r, "V2002", at, "this character has no meaning here");
  }
}

// --- Names of tokens

static Str token_name(HclReader *r, HclToken token) {
  switch (token.kind) {
  case HCL_TOKEN_EOF: return S("the end of the file");
  case HCL_TOKEN_NEWLINE: return S("the end of the line");
  case HCL_TOKEN_TEXT: return S("text");
  case HCL_TOKEN_OPEN_QUOTE: return S("a string");
  case HCL_TOKEN_CLOSE_QUOTE: return S("the end of the string");
  case HCL_TOKEN_OPEN_HEREDOC: return S("a heredoc");
  case HCL_TOKEN_CLOSE_HEREDOC: return S("the end of the heredoc");
  default: return str_fmt(r->arena, "`%.*s`", STR_ARG(str_slice(hcl_token_text(r, token), 0, 40)));
  }
}

// --- The end of the file

static Str opener_text(const HclReader *r, const HclOpen *open) {
  return str_slice(r->text, open->at, open->at + (open->kind == HCL_TOKEN_OPEN_INTERPOLATION ? 2 : 1));
}

static void fault_end(HclReader *r) {
  if (r->faults) return; // whatever was wrong before may be why
  Span at = token_span(r, r->token);
  const HclLexer *l = &r->lexer;
  const HclOpen *open = &r->open.at[r->open.len - 1];
  const HclLexFrame *frame = &l->frames.at[l->frames.len - 1];
  PLANTED(frame->mode == HCL_MODE_HEREDOC);
  if (frame->mode == HCL_MODE_HEREDOC) {
    Span mark = hcl_span(r, frame->mark_at, frame->mark_at + frame->mark_length);
    Str text = str_slice(r->text, mark.start, mark.end);
    Diag *d = hcl_fault(r, "V2004", at, "the heredoc is not closed: no line holds only %.*s", STR_ARG(text));
    diag_note(r->diags, d, mark, "it begins here");
  } else if (frame->mode == HCL_MODE_QUOTED) {
    hcl_fault(r, "V2004", at, "the string is never closed");
  } else if (r->before.kind == HCL_TOKEN_ASSIGN) {
    hcl_fault(r, "V2004", at, "the file ends where a value is expected");
  } else if (open->kind) {
    Span from = hcl_span(r, open->at, open->at + 1);
    hcl_fault(r, "V2004", from, "`%.*s` is never closed", STR_ARG(opener_text(r, open)));
  } else {
    hcl_fault(r, "V2004", at, "the file ends in the middle of an item");
  }
}

// --- Bodies

static bool is_label_end(int kind) {
  return kind == HCL_TOKEN_NAME || kind == HCL_TOKEN_CLOSE_QUOTE;
}

// A body's item that is neither `name = value` nor `type "label" {`.
static void fault_item(HclReader *r, Span at, bool in_block_line) {
  Diag *d;
  Str item = str_slice(r->text, r->item_at, r->before.end > r->item_at ? r->before.end : r->item_at);
  int kind = r->token.kind, before = r->before.kind;
  if (kind == HCL_TOKEN_CLOSE_BRACE && r->open.len == 1) {
    hcl_fault(r, "V2001", at, "this `}` closes nothing");
  } else if (before == HCL_TOKEN_CLOSE_BRACE) {
    d = hcl_fault(r, "V2001", at, "a newline is missing behind the block");
    diag_help(r->diags, d, "each block ends its line");
  } else if (kind == HCL_TOKEN_OPEN_QUOTE && r->token.start == r->item_at) {
    d = hcl_fault(r, "V2009", at, "the name of an argument stands without quotes");
    diag_help(r->diags, d, "write `name = value`, not JSON");
  } else if (kind == HCL_TOKEN_OPEN_INTERPOLATION || kind == HCL_TOKEN_OPEN_DIRECTIVE) {
    d = hcl_fault(r, "V2006", at, "a label is plain text: nothing can be inserted");
    diag_help(r->diags, d, "write $${ for a literal ${");
  } else if (kind == HCL_TOKEN_COLON && before == HCL_TOKEN_NAME) {
    hcl_fault(r, "V2009", at, "an argument is set with `=`, not with `:`");
  } else if (kind == HCL_TOKEN_DOT && before == HCL_TOKEN_NAME) {
    hcl_fault(r, "V2009", at, "the name of an argument has no dots");
  } else if (kind == HCL_TOKEN_COMMA && is_label_end(before)) {
    hcl_fault(r, "V2009", at, "labels are separated by blanks, not by commas");
  } else if (in_block_line && r->token.start != r->item_at) {
    d = hcl_fault(r, "V2009", at, "a block on one line holds at most one argument");
    diag_help(r->diags, d, "put its content on lines of their own");
  } else if (kind == HCL_TOKEN_NEWLINE && is_label_end(before)) {
    d = hcl_fault(r, "V2009", hcl_span(r, r->item_at, r->before.end), "`%.*s` is neither an argument nor a block",
                  STR_ARG(str_slice(item, 0, 60)));
    diag_help(r->diags, d, "an argument is `name = value`; the `{` of a block stands on the line of its header");
  } else {
    Str name = token_name(r, r->token);
    d = hcl_fault(r, "V2009", at, "an argument or a block is expected, not %.*s", STR_ARG(name));
    diag_help(r->diags, d, "an argument is `name = value`, a block `type \"label\" {`");
  }
}

// --- Expressions

static void note_opener(HclReader *r, const HclOpen *open, Diag *d) {
  if (!open->kind || open->place == HCL_IN_BODY) return;
  diag_note(r->diags, d, hcl_span(r, open->at, open->at + 1), "`%.*s` is open since here",
            STR_ARG(opener_text(r, open)));
}

static void fault_value(HclReader *r, const HclOpen *in, Span at, HclWanted wanted) {
  Str name = token_name(r, r->token);
  Diag *d;
  if (wanted.endif || wanted.endfor) {
    d = hcl_fault(r, "V2010", at, "the template ends before its %%{ %s }", wanted.endif ? "endif" : "endfor");
  } else if (wanted.newline && in->place == HCL_IN_BODY && r->token.kind == HCL_TOKEN_COMMA) {
    d = hcl_fault(r, "V2001", at, "arguments are not separated by commas");
    diag_help(r->diags, d, "put each on a line of its own");
  } else if (wanted.newline && in->place == HCL_IN_BODY) {
    d = hcl_fault(r, "V2001", at, "the argument ends before %.*s", STR_ARG(name));
    diag_help(r->diags, d, "put what follows on a line of its own");
  } else if (wanted.expression) {
    d = hcl_fault(r, "V2001", at, "a value is expected, not %.*s", STR_ARG(name));
  } else if (wanted.colon && !wanted.comma) {
    d = hcl_fault(r, "V2001", at, "`:` is expected, not %.*s", STR_ARG(name));
    diag_help(r->diags, d, "a conditional is `condition ? then : else`, a for expression `[for x in list : value]`");
  } else if (in->place == HCL_IN_OBJECT) {
    d = hcl_fault(r, "V2001", at, "unexpected %.*s in an object", STR_ARG(name));
    diag_help(r->diags, d, "its members are `key = value`, separated by commas or newlines");
  } else if (wanted.comma) {
    d = hcl_fault(r, "V2001", at, "`,` or the closing bracket is expected, not %.*s", STR_ARG(name));
  } else {
    d = hcl_fault(r, "V2001", at, "unexpected %.*s", STR_ARG(name));
  }
  note_opener(r, in, d);
}

void hcl_fault_syntax(HclReader *r, HclWanted wanted) {
  bool said = r->said;
  r->said = false;
  r->resuming = true;
  if (said) return;
  const HclOpen *in = &r->open.at[r->open.len - 1];
  if (in->kind && in->at == r->token.start) in--; // a bracket that is the fault itself opened nothing
  bool in_block_line = in->place == HCL_IN_BODY && in->kind && !in->lines;
  if (r->token.kind == HCL_TOKEN_EOF)
    fault_end(r);
  else if (in->place == HCL_IN_BODY && !in->value && r->before.kind != HCL_TOKEN_ASSIGN)
    fault_item(r, token_span(r, r->token), in_block_line);
  else
    fault_value(r, in, token_span(r, r->token), wanted);
}
