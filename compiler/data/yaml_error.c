#include "data/yaml_error.h"

typedef struct Explanation {
  const char *problem; // begins libyaml's sentence
  bool at_start;       // the fault is where the thing began, not where it was noticed
  const char *message, *help;
} Explanation;

static const Explanation explanations[] = {
    {"mapping values are not allowed", false, "a colon and a blank begin a value here, where none may stand",
     "put quotes around text that holds \": \", or mend the indentation of this line or the one above"},
    {"block sequence entries are not allowed", false, "a list item may not begin here",
     "put the first \"- \" on a line of its own below the key, at the same depth as the other items"},
    {"block mapping entries are not allowed", false, "a key may not begin here", "mend the indentation of this line"},
    {"did not find expected key", false, "this line fits neither the mapping above nor anything around it",
     "give it the indentation of its siblings; look too for a quote or a bracket above that ends too early"},
    {"did not find expected '-' indicator", false, "a list item must begin with \"- \" here",
     "begin the line with \"- \", or give it the indentation of what it belongs to"},
    {"could not find expected ':'", true, "this key has no colon behind it",
     "write \"key: value\"; text of several lines needs | or > or quotes, and deeper indentation than its key"},
    {"found unexpected end of stream", true, "this quote is never closed", "close it with the same kind of quote"},
    {"found unexpected document indicator", true, "this quote is not closed before the document ends",
     "close it with the same kind of quote"},
    {"did not find expected ',' or ']'", true, "this [ is not closed as it should be",
     "separate items with commas and close the list with ]"},
    {"did not find expected ',' or '}'", true, "this { is not closed as it should be",
     "separate pairs with commas and close the mapping with }; text that begins with { needs quotes"},
    {"found unknown escape character", false, "not an escape that double quotes know",
     "write \\\\ for a backslash, or use single quotes, where a backslash is just a character"},
    {"found undefined tag handle", false, "this tag's handle is not declared", "text that begins with ! needs quotes"},
    {"found character that cannot start any token", false, "text may not begin with this character",
     "put quotes around the value"},
    {"found a tab character", false, "a tab stands in the indentation: YAML allows only blanks there",
     "indent with blanks"},
    {"found unexpected ':'", false, "a colon may not stand here", "put quotes around the text"},
    {"did not find expected comment or line break", false, "something follows where the line must end",
     "after | or > only a comment may follow; the text begins on the next line"},
    {"did not find expected <document start>", false, "this stands outside of the document",
     "mend the indentation; a second document begins with \"---\""},
    {"invalid", false, "the text is not UTF-8 here", "save the file as UTF-8"},
    {"control characters are not allowed", false, "a control character stands here", "remove it"},
};

static uint32_t line_start(Str text, uint32_t at) {
  while (at > 0 && text.at[at - 1] != '\n') at--;
  return at;
}

// The offset of a tab in the indentation of the line of `at`, or UINT32_MAX.
static uint32_t tab_in_indent(Str text, uint32_t at) {
  for (uint32_t i = line_start(text, at); i < text.len && (text.at[i] == ' ' || text.at[i] == '\t'); i++) {
    if (text.at[i] == '\t') return i;
  }
  return UINT32_MAX;
}

// A tab that indents the faulty line or the one above is the fault, whatever the parser stumbled over.
static uint32_t guilty_tab(Str text, uint32_t at) {
  uint32_t here = tab_in_indent(text, at), start = line_start(text, at);
  if (here != UINT32_MAX || start == 0) return here;
  return tab_in_indent(text, start - 1);
}

static Span one_character(uint32_t file, Str text, uint32_t at) {
  uint32_t end = at < text.len ? at + 1 : at;
  while (end < text.len && ((unsigned char)text.at[end] & 0xC0) == 0x80) end++;
  return (Span){file, at, end};
}

void yaml_explain_trouble(Diags *diags, const char *code, uint32_t file, Str text, const YamlTrouble *trouble) {
  Str problem = str_of(trouble->problem);
  uint32_t tab = guilty_tab(text, trouble->at);
  if (tab != UINT32_MAX) {
    Diag *d = diag(diags, DIAG_ERROR, code, one_character(file, text, tab),
                   "a tab indents this line: YAML allows only blanks there");
    diag_help(diags, d, "replace tabs by blanks at the start of lines");
    return;
  }
  for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++) {
    const Explanation *e = &explanations[i];
    if (!str_starts(problem, str_of(e->problem))) continue;
    Span noticed = one_character(file, text, trouble->at);
    Span began = one_character(file, text, trouble->from);
    Diag *d = diag(diags, DIAG_ERROR, code, e->at_start ? began : noticed, "%s", e->message);
    if (!e->at_start && trouble->from < trouble->at) diag_note(diags, d, began, "%s", trouble->context);
    if (e->at_start) diag_note(diags, d, noticed, "noticed here");
    diag_help(diags, d, "%s", e->help);
    return;
  }
  diag(diags, DIAG_ERROR, code, one_character(file, text, trouble->at), "%s %s", trouble->context, trouble->problem);
}
