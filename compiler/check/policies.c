// Policy documents in resources, whoever wrote their statements: the service refuses one with a member that it does not
// know, or without one that it needs (IAM User Guide, "Grammar of the IAM JSON policy language").
#include "check/internal.h"
#include "data/json.h"

typedef struct Policy {
  Checker *c;
  const Resource *resource;
  bool identity; // what a role or user may do: on what, but not who
  bool trust;    // who may take on a role: who, but not on what
} Policy;

static void report(const Policy *p, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void report(const Policy *p, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str what = str_vfmt(p->c->arena, format, args);
  va_end(args);
  bool written = span_known(span) && !in_library(p->c, span);
  Diag *d = diag(p->c->diags, DIAG_ERROR, "E0517", written ? span : p->resource->span, "%.*s", STR_ARG(what));
  diag_help(p->c->diags, d, "a statement is { Effect: \"Allow\", Action: [\"service:Action\"], Resource: [arn] }");
}

static void check_member(const Policy *p, const ValueMember *member) {
  static const char *const known[] = {"Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
                                      "NotAction", "Resource", "NotResource", "Condition"};
  Nearest nearest = nearest_to(member->name);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (str_eq(member->name, str_of(known[i]))) return;
    nearest_offer(&nearest, str_of(known[i]));
  }
  Str best = nearest_best(&nearest);
  report(p, member->span, "a policy's statement has no `%.*s`%s%.*s%s", STR_ARG(member->name),
         best.len ? "; did you mean `" : "", STR_ARG(best), best.len ? "`?" : "");
}

static bool has_one(const Value *statement, const char *one, const char *other) {
  return value_member(statement, str_of(one)) || value_member(statement, str_of(other));
}

static void check_statement(const Policy *p, const Value *statement) {
  size_t errors = p->c->diags->counts[DIAG_ERROR];
  for (size_t i = 0; i < statement->count; i++) check_member(p, &statement->members[i]);
  if (p->c->diags->counts[DIAG_ERROR] > errors) return; // what is missing is misspelt
  Str effect;
  const Value *said = value_member(statement, S("Effect"));
  if (!said)
    report(p, statement->span, "a policy's statement needs `Effect`");
  else if (value_is_string(said, &effect) && !str_eq(effect, S("Allow")) && !str_eq(effect, S("Deny")))
    report(p, said->span, "`Effect` is \"Allow\" or \"Deny\"");
  if (!has_one(statement, "Action", "NotAction")) report(p, statement->span, "a policy's statement needs `Action`");
  if (p->identity && !has_one(statement, "Resource", "NotResource"))
    report(p, statement->span, "a policy's statement needs `Resource`");
  if (p->trust && !has_one(statement, "Principal", "NotPrincipal"))
    report(p, statement->span, "a statement of who may take on a role needs `Principal`");
}

static void check_statements(const Policy *p, const Value *list) {
  if (list->kind == VALUE_OBJECT) check_statement(p, list);
  for (size_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
    if (list->items[i]->kind == VALUE_OBJECT) check_statement(p, list->items[i]);
  }
}

// The document that an attribute holds as text, or NULL: no object, or not known.
static const Value *document_of(Checker *c, const Value *value) {
  if (value->kind == VALUE_CALL && str_eq(value->text, S("json")) && value->count) return value->items[0];
  if (value->kind != VALUE_STRING || !str_starts(value->text, S("{"))) return NULL;
  JsonError error;
  const Json *json = json_read(c->arena, value->text, 0, &error);
  return json ? value_of_json(c->arena, json, value->span) : NULL;
}

void check_policies(Checker *c) {
  for (size_t i = 0; i < c->resources.len; i++) {
    const Resource *resource = c->resources.at[i];
    for (size_t k = 0; resource->body && k < resource->body->count; k++) {
      const ValueMember *member = &resource->body->members[k];
      const Value *document = document_of(c, member->value);
      const Value *statements =
          document && document->kind == VALUE_OBJECT ? value_member(document, S("Statement")) : NULL;
      if (!statements) continue;
      bool iam = str_starts(resource->type, S("aws_iam_")), trust = str_eq(member->name, S("assume_role_policy"));
      check_statements(&(Policy){c, resource, iam && !trust, trust}, statements);
    }
  }
}
