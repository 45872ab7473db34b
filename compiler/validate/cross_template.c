// templatefile(path, vars): the template's own syntax and calls, the variables that it wants and those that it is
// given.
#include "validate/cross.h"
#include "validate/learnt.h"
#include "validate/tf.h"

typedef struct Given {
  World *world;
  TfProject *project;
  Str folder;
  Map read; // templates by path -> HclExpr
} Given;

static Str key_of(const HclMember *member) {
  if (member->key->kind == HCL_STRING || member->key->kind == HCL_NAME) return member->key->text;
  return (Str){0};
}

const TfType *tf_check_template_name(const TfScope *scope, Str name, Span at) {
  TfTemplate *template = scope->template;
  map_set(&template->used, name, template);
  if (template->open || map_get(&template->given, name)) return &TF_TYPE_ANY;
  Diags *diags = scope->module->diags;
  at.end = at.start + (uint32_t)name.len;
  Diag *made = diag(diags, DIAG_ERROR, "V7003", at, "the template reads `%.*s`, which templatefile() does not give it",
                    STR_ARG(name));
  diag_note(diags, made, template->vars, "what it is given");
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < template->given.len; i++) nearest_offer(&nearest, template->given.entries[i].key);
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(diags, made, "did you mean `%.*s`?", STR_ARG(best));
  return &TF_TYPE_ANY;
}

static void check_call(void *with, const HclExpr *call) {
  Given *given = with;
  World *world = given->world;
  Str path, text;
  uint32_t file;
  if (call->count != 2 || !cross_text(world, call->items[0], given->folder, &path)) return;
  if (!cross_read(world, path, &text, &file)) return;
  const HclExpr *vars = call->items[1], *template = map_get(&given->read, path);
  if (!template) {
    template = inside_template(world->set->learnt, world->diags, world->sources, file);
    map_set(&given->read, str_dup(world->arena, path), (void *)(uintptr_t) template);
  }
  if (template->kind == HCL_INVALID) return;
  TfTemplate names = {.given = {.arena = world->arena}, .used = {.arena = world->arena}, .vars = vars->span};
  names.open = vars->kind != HCL_OBJECT;
  for (uint32_t k = 0; !names.open && k < vars->count; k++) {
    Str name = key_of(&vars->members[k]);
    if (name.len)
      map_set(&names.given, name, (void *)vars);
    else
      names.open = true; // a computed name
  }
  TfModule module = {.arena = world->arena, .diags = world->diags, .sources = world->sources};
  module.project = given->project;
  module.partial = true; // the functions of providers are not looked for
  TfScope scope = {.module = &module, .template = &names};
  tf_check_expr(&scope, template);
  for (uint32_t k = 0; !names.open && k < vars->count; k++) {
    Str name = key_of(&vars->members[k]);
    if (map_get(&names.used, name)) continue;
    diag(world->diags, DIAG_WARNING, "V7004", vars->members[k].key->span, "the template does not read `%.*s`",
         STR_ARG(name));
  }
}

void cross_check_templates(World *world) {
  TfProject project = {.arena = world->arena, .diags = world->diags, .set = world->set};
  Given given = {.world = world, .project = &project, .read = {.arena = world->arena}};
  for (size_t i = 0; i < world->bodies.len; i++) {
    const TopBody *top = &world->bodies.at[i];
    given.folder = top->folder;
    cross_each_call(top->body, S("templatefile"), check_call, &given);
  }
}
