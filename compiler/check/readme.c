// `readme "HEADING" "text"`: what a kind or the spec adds to the README of the repository.
#include "check/internal.h"

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
