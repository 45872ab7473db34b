// Findings of the ASL validator: levels, spans, and what the service would answer.
#include "validate/asl.h"
#include <stdlib.h>

typedef struct Rule {
  const char *code;
  DiagLevel level;
  const char
      *service; // the code that CreateStateMachine and ValidateStateMachineDefinition answer; NULL: they accept it
} Rule;

static const char SCHEMA[] = "SCHEMA_VALIDATION_FAILED";
static const char TARGET[] = "MISSING_TRANSITION_TARGET";
static const char BAD_JSONATA[] = "INVALID_JSONATA_EXPRESSION";
static const char NO_JSONATA[] = "UNSUPPORTED_JSONATA_EXPRESSION";

// Sorted by code.
static const Rule rules[] = {
    {"V1001", DIAG_ERROR, "INVALID_JSON_DESCRIPTION"},
    {"V1002", DIAG_ERROR, "INVALID_JSON_DESCRIPTION"},
    {"V1003", DIAG_ERROR, SCHEMA},
    {"V1004", DIAG_WARNING, NULL},
    {"V1005", DIAG_ERROR, NULL},
    {"V1010", DIAG_ERROR, SCHEMA},
    {"V1011", DIAG_ERROR, SCHEMA},
    {"V1012", DIAG_ERROR, SCHEMA},
    {"V1013", DIAG_ERROR, SCHEMA},
    {"V1014", DIAG_ERROR, SCHEMA},
    {"V1015", DIAG_ERROR, SCHEMA},
    {"V1016", DIAG_ERROR, SCHEMA},
    {"V1017", DIAG_ERROR, SCHEMA},
    {"V1018", DIAG_ERROR, "INVALID_STATE_NAME"},
    {"V1019", DIAG_ERROR, "DUPLICATE_STATE_NAME"},
    {"V1020", DIAG_ERROR, TARGET},
    {"V1021", DIAG_ERROR, TARGET},
    {"V1022", DIAG_ERROR, "MISSING_END_STATE"},
    {"V1023", DIAG_ERROR, NULL},
    {"V1024", DIAG_ERROR, TARGET},
    {"V1025", DIAG_ERROR, "TOO_DEEPLY_NESTED"},
    {"V1030", DIAG_ERROR, SCHEMA},
    {"V1031", DIAG_WARNING, NULL},
    {"V1032", DIAG_WARNING, NULL},
    {"V1034", DIAG_WARNING, NULL},
    {"V1040", DIAG_ERROR, SCHEMA},
    {"V1041", DIAG_WARNING, NULL},
    {"V1042", DIAG_ERROR, SCHEMA},
    {"V1043", DIAG_ERROR, SCHEMA},
    {"V1044", DIAG_ERROR, SCHEMA},
    {"V1045", DIAG_WARNING, NULL},
    {"V1046", DIAG_WARNING, NULL},
    {"V1047", DIAG_ERROR, NULL},
    {"V1048", DIAG_ERROR, NO_JSONATA},
    {"V1050", DIAG_ERROR, BAD_JSONATA},
    {"V1051", DIAG_ERROR, SCHEMA},
    {"V1052", DIAG_ERROR, NULL},
    {"V1053", DIAG_ERROR, NULL},
    {"V1054", DIAG_ERROR, NULL},
    {"V1055", DIAG_ERROR, NO_JSONATA},
    {"V1056", DIAG_ERROR, NO_JSONATA},
    {"V1057", DIAG_ERROR, NULL},
    {"V1058", DIAG_WARNING, NULL},
    {"V1059", DIAG_WARNING, NULL},
    {"V1060", DIAG_ERROR, NULL},
    {"V1061", DIAG_WARNING, NULL},
    {"V1062", DIAG_WARNING, NULL},
    {"V1063", DIAG_ERROR, SCHEMA},
    {"V1064", DIAG_ERROR, NULL},
    {"V1065", DIAG_WARNING, NULL},
    {"V1070", DIAG_WARNING, NULL},
    {"V1071", DIAG_ERROR, SCHEMA},
    {"V1072", DIAG_ERROR, SCHEMA},
    {"V1073", DIAG_ERROR, SCHEMA},
    {"V1074", DIAG_ERROR, NULL},
    {"V1075", DIAG_ERROR, SCHEMA},
    {"V1076", DIAG_ERROR, SCHEMA},
    {"V1077", DIAG_ERROR, SCHEMA},
    {"V1078", DIAG_ERROR, NULL},
    {"V1080", DIAG_ERROR, SCHEMA},
    {"V1081", DIAG_WARNING, NULL},
    {"V1082", DIAG_WARNING, NULL},
    {"V1083", DIAG_WARNING, NULL},
    {"V1084", DIAG_WARNING, NULL},
    {"V1085", DIAG_WARNING, NULL},
    {"V1086", DIAG_WARNING, NULL},
    {"V1087", DIAG_WARNING, NULL},
    {"V1088", DIAG_WARNING, NULL},
    {"V1090", DIAG_ERROR, NULL},
    {"V1091", DIAG_WARNING, NULL},
    {"V1092", DIAG_ERROR, NULL},
    {"V1093", DIAG_WARNING, NULL},
    {"V1094", DIAG_WARNING, NULL},
    {"V1095", DIAG_NOTE, NULL},
    {"V1096", DIAG_WARNING, NULL},
};

static int by_code(const void *code, const void *rule) {
  return strcmp(code, ((const Rule *)rule)->code);
}

static const Rule *rule_of(const char *code) {
  return bsearch(code, rules, sizeof rules / sizeof *rules, sizeof *rules, by_code);
}

static void write_scope(Buf *out, const Scope *scope);

static void write_state(Buf *out, const State *state) {
  write_scope(out, state->scope);
  buf_fmt(out, "/States/%.*s", STR_ARG(state->name));
}

static void write_scope(Buf *out, const Scope *scope) {
  if (!scope->owner) return;
  write_state(out, scope->owner);
  buf_fmt(out, "/%.*s", STR_ARG(scope->field));
  if (str_eq(scope->field, S("Branches"))) buf_fmt(out, "[%u]", scope->index);
}

static void write_place(Buf *out, const Crumb *crumb) {
  if (crumb->state) {
    write_state(out, crumb->state);
    return;
  }
  if (crumb->scope) {
    write_scope(out, crumb->scope);
    return;
  }
  if (crumb->up) write_place(out, crumb->up);
  if (crumb->key.len)
    buf_fmt(out, "/%.*s", STR_ARG(crumb->key));
  else
    buf_fmt(out, "[%u]", crumb->index);
}

// The location as the service writes it.
static Str place_text(Arena *arena, const Crumb *place) {
  Buf out = {.arena = arena};
  write_place(&out, place);
  return out.len ? buf_text(&out) : S("/");
}

Diag *asl_report(Asl *asl, const char *code, Span span, const Crumb *place, const char *format, ...) {
  const Rule *rule = rule_of(code);
  va_list args;
  va_start(args, format);
  Str text = str_vfmt(asl->diags->arena, format, args);
  va_end(args);
  Diag *made = diag(asl->diags, rule->level, code, span, "%.*s", STR_ARG(text));
  if (!rule->service) return made;
  if (rule->level == DIAG_ERROR && asl->faults++ == 0) asl->fault = span.start;
  made->cite = str_of(rule->service);
  if (place) {
    Str at = place_text(asl->diags->arena, place);
    made->cite = str_fmt(asl->diags->arena, "%s at %.*s", rule->service, STR_ARG(at));
  }
  return made;
}

bool asl_may_search(Asl *asl, size_t count) {
  enum { COMPARED_MOST = 1 << 20 };
  asl->hints += count;
  return asl->hints < COMPARED_MOST;
}

Span asl_span(const Asl *asl, const Json *value) {
  return (Span){asl->file, value->at, value->end};
}

Span asl_key_span(const Asl *asl, const JsonMember *member) {
  uint32_t end = member->at + 1;
  while (end < asl->text.len && asl->text.at[end] != '"') end += asl->text.at[end] == '\\' ? 2 : 1;
  return (Span){asl->file, member->at, end + 1};
}

Span asl_field_span(const Asl *asl, const Json *object, Str name) {
  const JsonMember *member = json_member(object, name);
  return member ? asl_key_span(asl, member) : (Span){asl->file, object->at, object->at + 1};
}
