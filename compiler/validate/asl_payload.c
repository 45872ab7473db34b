// Paths, payload templates and assignments in JSONPath; what they have in common with JSONata is handed on.
#include "validate/asl.h"
#include "validate/asl_path.h"
#include <stdlib.h>

enum { VARIABLE_MOST = 80 };

Span asl_inner_span(const Asl *asl, const Json *string, uint32_t from, uint32_t to) {
  Span span = asl_span(asl, string);
  if (string->end - string->at - 2 == string->count) { // no escapes: bytes stand where they are decoded
    return (Span){asl->file, string->at + 1 + from, string->at + 1 + (to > from ? to : from + 1)};
  }
  uint32_t decoded = 0, raw = string->at + 1;
  while (raw + 1 < string->end && decoded < from) {
    uint32_t step = 1, bytes = 1;
    if (asl->text.at[raw] == '\\') {
      bool unicode = asl->text.at[raw + 1] == 'u';
      step = unicode ? 6 : 2;
      if (unicode) {
        char digits[5] = {0};
        memcpy(digits, asl->text.at + raw + 2, 4);
        unsigned long unit = strtoul(digits, NULL, 16);
        bytes = unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit - 0xD800 < 0x800 ? 2 : 3;
      }
    }
    raw += step;
    decoded += bytes;
  }
  span.start = raw < string->end ? raw : string->at;
  span.end = span.start + (to > from ? to - from : 1);
  if (span.end > string->end) span.end = string->end;
  return span;
}

// --- Terms

static void check_format(Asl *asl, const Json *string, const AslTerm *call) {
  const AslTerm *template = call->arguments[0];
  if (template->kind != TERM_STRING) return;
  uint32_t places = 0;
  for (size_t i = 0; i < template->text.len; i++) {
    if (template->text.at[i] == '\\')
      i++;
    else
      places += template->text.at[i] == '{' && i + 1 < template->text.len && template->text.at[i + 1] == '}';
  }
  if (places == call->count - 1) return;
  asl_report(asl, "V1047", asl_inner_span(asl, string, template->start, template->end), NULL,
             "the text has %u places {} for %u arguments", places, call->count - 1);
}

static void check_call(Asl *asl, State *state, const Json *string, const AslTerm *term, const Crumb *at);

static void check_term(Asl *asl, State *state, const Json *string, const AslTerm *term, const Crumb *at) {
  if (term->kind == TERM_CALL) check_call(asl, state, string, term, at);
  if (term->kind != TERM_PATH || term->path.root != PATH_VARIABLE || !state) return;
  Span span = asl_inner_span(asl, string, term->start, term->end);
  VEC_PUSH(asl->arena, &state->reads, (VariableRead){.name = term->path.variable, .span = span});
}

static void check_call(Asl *asl, State *state, const Json *string, const AslTerm *term, const Crumb *at) {
  Span span = asl_inner_span(asl, string, term->start, term->end);
  const Intrinsic *function = asl_intrinsic(term->text);
  if (!function) {
    Diag *made = asl_report(asl, "V1043", span, at, "there is no intrinsic function States.%.*s", STR_ARG(term->text));
    Str best = asl_nearest_intrinsic(term->text);
    if (best.len) diag_help(asl->diags, made, "did you mean States.%.*s?", STR_ARG(best));
  } else if (term->count < function->least || term->count > function->most) {
    asl_report(asl, "V1043", span, at, "States.%.*s takes %s%u argument%s, not %u", STR_ARG(term->text),
               function->most > function->least ? "at least " : "", function->least, function->least == 1 ? "" : "s",
               term->count);
  } else if (str_eq(function->name, S("Format"))) {
    check_format(asl, string, term);
  }
  for (uint32_t i = 0; i < term->count; i++) check_term(asl, state, string, term->arguments[i], at);
}

// A string that must be a path, or a call where `calls` says so. Returns it, or NULL (reported, or not known yet).
static const AslTerm *read_path_text(Asl *asl, State *state, const Json *value, bool calls, const char *code,
                                     const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_STRING, at)) return NULL;
  Str text = json_str(value);
  TermError error = {0};
  const AslTerm *term = asl_read_term(asl->arena, text, &error);
  if (term && (calls || term->kind == TERM_PATH)) {
    check_term(asl, state, value, term, at);
    return term;
  }
  if (template_is_open(text)) return NULL;
  if (term) {
    asl_report(asl, code, asl_span(asl, value), at, "a call cannot stand here: this is a path");
    return NULL;
  }
  Diag *made = asl_report(asl, code, asl_inner_span(asl, value, error.at, error.at + 1), at, "`%.*s` is no path%s: %s",
                          STR_ARG(text), calls ? " and no call of an intrinsic function" : "", error.what);
  if (calls && str_starts(str_trim(text), S("States.")) && text.len && text.at[0] == ' ')
    diag_help(asl->diags, made, "remove the blanks before the call");
  return NULL;
}

void asl_check_path(Asl *asl, State *state, const Json *value, const Crumb *at) {
  read_path_text(asl, state, value, false, "V1040", at);
}

void asl_check_path_or_null(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (value->kind != JSON_NULL) read_path_text(asl, state, value, false, "V1040", at);
}

void asl_check_reference_path(Asl *asl, State *state, const Json *value, const Crumb *at) {
  const AslTerm *term = read_path_text(asl, state, value, false, "V1040", at);
  if (!term || term->path.definite) return;
  asl_report(asl, "V1041", asl_span(asl, value), at,
             "the language wants a path to one value here, without *, slices, filters and the like");
}

void asl_check_result_path(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (value->kind == JSON_NULL) return;
  const AslTerm *term = read_path_text(asl, NULL, value, false, "V1040", at);
  (void)state;
  if (!term || (term->path.definite && term->path.root == PATH_INPUT)) return;
  Diag *made = asl_report(asl, "V1040", asl_span(asl, value), at, "a result is put at one place of the state's input");
  diag_help(asl->diags, made, "write a path of names and indexes that begins with $.");
}

void asl_check_string_path(Asl *asl, State *state, const Json *value, const Crumb *at) {
  const AslTerm *term = read_path_text(asl, state, value, true, "V1042", at);
  if (!term || term->kind != TERM_CALL) return;
  const Intrinsic *function = asl_intrinsic(term->text);
  if (function && !function->text)
    asl_report(asl, "V1042", asl_span(asl, value), at, "States.%.*s gives no text, which is wanted here",
               STR_ARG(term->text));
}

// --- Templates

static bool looks_dynamic(Str text) {
  if (text.len < 3 || template_is_open(text)) return false;
  if (!str_starts(text, S("$.")) && !str_starts(text, S("$$.")) && !str_starts(text, S("States."))) return false;
  Arena scratch = {0};
  TermError error;
  bool is = asl_read_term(&scratch, text, &error) != NULL;
  arena_free(&scratch);
  return is;
}

static void check_dynamic_member(Asl *asl, State *state, const Json *object, const JsonMember *member,
                                 const Crumb *at) {
  Str plain = str_slice(member->key, 0, member->key.len - 2);
  const JsonMember *other = json_member(object, plain);
  if (other) {
    asl_report(asl, "V1044", asl_key_span(asl, member), at, "`%.*s` and `%.*s` are the same member", STR_ARG(plain),
               STR_ARG(member->key));
  }
  if (!json_is(member->value, JSON_STRING)) {
    Diag *made =
        asl_report(asl, "V1044", asl_span(asl, member->value), at,
                   "the value of `%.*s` must be a path or a call of an intrinsic function", STR_ARG(member->key));
    diag_help(asl->diags, made, "drop the .$ from the name when the value is meant literally");
    return;
  }
  read_path_text(asl, state, member->value, true, "V1044", at);
}

static void check_template(Asl *asl, State *state, const Json *value, const Crumb *at) {
  for (uint32_t i = 0; i < value->count && value->kind == JSON_ARRAY; i++) {
    Crumb here = crumb_index(at, i);
    if (value->items[i]->kind >= JSON_ARRAY) check_template(asl, state, value->items[i], &here);
  }
  for (uint32_t i = 0; i < value->count && value->kind == JSON_OBJECT; i++) {
    const JsonMember *member = &value->members[i];
    if (str_ends(member->key, S(".$"))) {
      check_dynamic_member(asl, state, value, member, at);
    } else if (member->value->kind >= JSON_ARRAY) {
      Crumb here = crumb_key(at, member->key);
      check_template(asl, state, member->value, &here);
    } else if (json_is(member->value, JSON_STRING) && looks_dynamic(json_str(member->value))) {
      Diag *made =
          asl_report(asl, "V1045", asl_span(asl, member->value), at,
                     "this is handed on as the text `%.*s`, not as what it names", STR_ARG(json_str(member->value)));
      diag_help(asl->diags, made, "name the member \"%.*s.$\"", STR_ARG(member->key));
    }
  }
}

void asl_check_template(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (state->language == LANGUAGE_JSONATA)
    asl_check_jsonata(asl, state, value, IN_STATE, at);
  else
    check_template(asl, state, value, at);
}

void asl_check_items(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (asl_check_kind(asl, value, 1 << JSON_ARRAY | 1 << JSON_OBJECT | 1 << JSON_STRING, at))
    asl_check_jsonata(asl, state, value, IN_STATE, at);
}

// A Pass state's Result is handed on as it stands.
void asl_check_static(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (value->kind == JSON_STRING && looks_dynamic(json_str(value))) {
    Diag *made = asl_report(asl, "V1046", asl_span(asl, value), at, "Result is static: this stays the text `%.*s`",
                            STR_ARG(json_str(value)));
    diag_help(asl->diags, made, "use Parameters with a name that ends in .$");
  }
  for (uint32_t i = 0; i < value->count && value->kind == JSON_ARRAY; i++)
    asl_check_static(asl, state, value->items[i], at);
  for (uint32_t i = 0; i < value->count && value->kind == JSON_OBJECT; i++)
    asl_check_static(asl, state, value->members[i].value, at);
}

// --- Variables

// A letter or _ first, then letters, digits, _; at most 80 characters. ("Unicode letters" is taken as: not ASCII.)
static const char *wrong_variable(Str name) {
  if (str_eq(name, S("states"))) return "is the language's own";
  if (!name.len) return "is empty";
  size_t characters = 0;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.at[i];
    characters += ((unsigned char)c & 0xC0) != 0x80;
    bool good = ascii_is_word(c) || (unsigned char)c >= 0x80;
    if (!good || (i == 0 && ascii_is_digit(c))) return "must be letters, digits and _, and not begin with a digit";
  }
  return characters > VARIABLE_MOST ? "is longer than 80 characters" : NULL;
}

void asl_check_assignments(Asl *asl, State *state, const Json *value, ExpressionPlace place, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_OBJECT, at)) return;
  bool jsonata = state->language == LANGUAGE_JSONATA;
  for (uint32_t i = 0; i < value->count; i++) {
    const JsonMember *member = &value->members[i];
    Str name = member->key;
    if (!jsonata && str_ends(name, S(".$"))) name = str_slice(name, 0, name.len - 2);
    const char *wrong = template_is_open(name) ? NULL : wrong_variable(name);
    if (wrong)
      asl_report(asl, "V1062", asl_key_span(asl, member), at, "the variable's name `%.*s` %s", STR_ARG(name), wrong);
  }
  if (jsonata)
    asl_check_jsonata(asl, state, value, place, at);
  else
    check_template(asl, state, value, at);
}

void asl_check_assign(Asl *asl, State *state, const Json *value, const Crumb *at) {
  bool working = state->type & (STATE_TASK | STATE_PARALLEL | STATE_MAP);
  asl_check_assignments(asl, state, value, working ? IN_RESULT : IN_STATE, at);
}
