// What a spec tells those who use the repository: `readme "HEADING" "text"`, and `output NAME = value "text"`.
#include "check/internal.h"

void output_add(Checker *c, Scope *scope, const Stmt *stmt) {
  for (size_t i = 0; i < c->model->outputs.len; i++) {
    if (!str_eq(c->model->outputs.at[i].name, stmt->name.text)) continue;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0102", stmt->name.span, "there is an output `%.*s` already",
                   STR_ARG(stmt->name.text));
    diag_help(c->diags, d, "give one of the two another name");
    return;
  }
  const Value *value = eval(c, scope, stmt->value);
  if (is_poison(value) || is_poison(require_present(c, value)) || !require_time(c, value, TIME_DEPLOY, "an output"))
    return;
  if (value_entity(value)) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0201", value->span, "an output is a value, not a thing");
    diag_help(c->diags, d, "say which member of it: `%.*s.name`, `.arn`", STR_ARG(value_entity(value)->name));
    return;
  }
  VEC_PUSH(c->arena, &c->model->outputs, (Output){.name = stmt->name.text, .doc = stmt->string, .value = value});
}

void readme_add(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *heading = eval_as(c, scope, stmt->value, &TYPE_STRING, S("a heading"));
  if (is_poison(heading) || !require_time(c, heading, TIME_COMPILE, "a heading")) return;
  ReadmeText text = {.heading = heading->text, .span = stmt->span};
  // Part by part: what is filled in stays apart from the Markdown around it, so that it can stand there as data.
  for (size_t i = 0; i < stmt->second->parts.len; i++) {
    const StringPart *part = &stmt->second->parts.at[i];
    ReadmePart made = {.markdown = !part->expr};
    if (part->expr) {
      const Value *value = eval(c, scope, part->expr);
      if (is_poison(value) || !require_present(c, value) ||
          !require_time(c, value, TIME_DEPLOY, "what the README says"))
        return;
      made.value = value_template(c->arena, &value, 1, part->expr->span);
    } else {
      made.value = value_string(c->arena, part->text, stmt->second->span);
    }
    VEC_PUSH(c->arena, &text.parts, made);
  }
  VEC_PUSH(c->arena, &c->model->readme, text);
}
