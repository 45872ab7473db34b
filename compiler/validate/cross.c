#include "validate/cross.h"
#include "base/sys.h"
#include "validate/learnt.h"
#include "validate/template.h"

enum { DEPTH_MOST = 200 };

// --- Gathering

static void add_declared(World *world, const HclBody *body, uint32_t file) {
  Str folder = path_folder(source_file(world->sources, file)->path);
  VEC_PUSH(world->arena, &world->bodies, (TopBody){body, folder, file});
  for (size_t i = 0; i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    if (!block) continue;
    bool data = str_eq(block->type, S("data"));
    if (str_eq(block->type, S("module"))) world->modules = true;
    if ((data || str_eq(block->type, S("resource"))) && block->label_count == 2)
      VEC_PUSH(world->arena, &world->declared,
               (Declared){data, block->labels[0].text, block->labels[1].text, block, folder, file});
  }
}

static const Json *read_json(World *world, uint32_t file) {
  Str text = source_file(world->sources, file)->text, filled;
  JsonError error;
  bool directives;
  const Json *json = json_read(world->arena, text, 0, &error);
  if (!json && template_fill(world->arena, text, &filled, &directives))
    json = json_read(world->arena, filled, 0, &error);
  return json_is(json, JSON_OBJECT) ? json : NULL;
}

static bool is_kind(const SetFile *file, const char *name) {
  return file->kind && strcmp(file->kind->name, name) == 0;
}

static void gather(World *world) {
  for (size_t i = 0; i < world->set->files.len; i++) {
    const SetFile *file = &world->set->files.at[i];
    map_set(&world->paths, path_clean(world->arena, file->path), (void *)file);
    if (is_kind(file, "terraform") && str_ends(file->path, S(".tf")))
      add_declared(world, learnt_tree(world->set->learnt, file->file), file->file);
    bool machine = is_kind(file, "asl"), item = is_kind(file, "dynamodb-item");
    const Json *json = machine || item ? read_json(world, file->file) : NULL;
    if (json && machine) VEC_PUSH(world->arena, &world->machines, (Machine){file->file, json});
    if (json && item) VEC_PUSH(world->arena, &world->items, (Machine){file->file, json});
  }
  const Learnt *learnt = world->set->learnt;
  for (size_t i = 0; i < learnt->inside.len; i++) {
    const Inside *inside = learnt->inside.at[i];
    if (!inside->kind) continue;
    bool machine = strcmp(inside->kind->name, "asl") == 0, item = strcmp(inside->kind->name, "dynamodb-item") == 0;
    const Json *json = machine || item ? read_json(world, inside->file) : NULL;
    if (json && machine) VEC_PUSH(world->arena, &world->machines, (Machine){inside->file, json});
    if (json && item) VEC_PUSH(world->arena, &world->items, (Machine){inside->file, json});
  }
}

// A set of machines alone has nothing to be held against, nor has one file, but for what stands inside of it.
static bool worth_it(const FileSet *set) {
  bool terraform = false, items = false;
  for (size_t i = 0; i < set->files.len; i++) {
    terraform |= is_kind(&set->files.at[i], "terraform");
    items |= is_kind(&set->files.at[i], "dynamodb-item");
  }
  return set->files.len > 1 ? terraform || items : set->learnt->inside.len > 0;
}

void cross_check(Diags *diags, const FileSet *set) {
  if (!worth_it(set)) return;
  Arena scratch = {0};
  World world = {.arena = &scratch, .diags = diags, .set = set, .sources = set->sources, .paths = {.arena = &scratch}};
  gather(&world);
  size_t before = diags->list.len;
  if (set->files.len > 1) { // one file alone may name what its neighbours declare
    cross_check_names(&world);
    cross_check_templates(&world);
    cross_check_sources(&world);
  }
  cross_check_items(&world);
  cross_check_policies(&world);
  inside_place(set->learnt, diags, before);
  arena_free(&scratch);
}

// --- Looking

// The declaration of a type and label in a folder, or NULL.
static const Declared *find(const World *world, bool data, Str type, Str label, Str folder) {
  for (size_t i = 0; i < world->declared.len; i++) {
    const Declared *d = &world->declared.at[i];
    if (d->data == data && str_eq(d->type, type) && str_eq(d->label, label) && str_eq(d->folder, folder)) return d;
  }
  return NULL;
}

const HclExpr *cross_value(const HclBody *body, Str name) {
  const HclAttribute *attribute = body ? hcl_attribute(body, name) : NULL;
  return attribute ? attribute->value : NULL;
}

const HclBody *cross_block(const HclBody *body, Str type) {
  for (size_t i = 0; body && i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    if (block && str_eq(block->type, type)) return block->body;
  }
  return NULL;
}

static bool is_path(const HclExpr *expr, Str of) {
  return expr->kind == HCL_ACCESS && expr->items[0]->kind == HCL_NAME && str_eq(expr->items[0]->text, S("path")) &&
         expr->count == 1 && expr->steps[0].kind == HCL_STEP_NAME && str_eq(expr->steps[0].name, of);
}

// The folder that calls a module's folder, or empty.
static Str caller_of(const World *world, Str folder) {
  for (size_t i = 0; i < world->bodies.len; i++) {
    const TopBody *top = &world->bodies.at[i];
    for (size_t k = 0; k < top->body->items.len; k++) {
      const HclBlock *block = top->body->items.at[k].block;
      const HclAttribute *source =
          block && str_eq(block->type, S("module")) ? hcl_attribute(block->body, S("source")) : NULL;
      Str text;
      if (!source || !hcl_plain_string(source->value, &text) || !str_starts(text, S("."))) continue;
      if (str_eq(path_clean(world->arena, path_join(world->arena, top->folder, text)), folder)) return top->folder;
    }
  }
  return (Str){0};
}

// What path.root is in a folder: where terraform runs.
static Str root_of(const World *world, Str folder) {
  for (int depth = 0; depth < 8; depth++) {
    Str caller = caller_of(world, folder);
    if (!caller.len) break;
    folder = caller;
  }
  return folder;
}

bool cross_text(const World *world, const HclExpr *expr, Str folder, Str *text) {
  if (!expr) return false;
  if (hcl_plain_string(expr, text)) return true;
  if (expr->kind == HCL_PAREN) return cross_text(world, expr->items[0], folder, text);
  bool root = is_path(expr, S("root"));
  if (root || is_path(expr, S("module"))) {
    if (root) folder = root_of(world, folder);
    *text = folder.len ? folder : S(".");
    return true;
  }
  if (expr->kind != HCL_TEMPLATE) return false;
  Buf out = {.arena = world->arena};
  for (uint32_t i = 0; i < expr->count; i++) {
    Str part;
    if (!cross_text(world, expr->items[i], folder, &part)) return false;
    buf_str(&out, part);
  }
  *text = buf_text(&out);
  return true;
}

const Declared *cross_reference(const World *world, const HclExpr *expr, Str folder, Str *attribute) {
  *attribute = (Str){0};
  if (!expr || expr->kind != HCL_ACCESS || expr->items[0]->kind != HCL_NAME) return NULL;
  Str names[4];
  size_t count = 0;
  names[count++] = expr->items[0]->text;
  for (uint32_t i = 0; i < expr->count && count < 4; i++) {
    if (expr->steps[i].kind == HCL_STEP_NAME) names[count++] = expr->steps[i].name;
  }
  bool data = str_eq(names[0], S("data"));
  if (count < 2u + data) return NULL;
  if (count > 2u + data) *attribute = names[2 + data];
  return find(world, data, names[data], names[1 + data], folder);
}

const SetFile *cross_file(const World *world, Str path) {
  return map_get(&world->paths, path_clean(world->arena, path));
}

bool cross_read(World *world, Str path, Str *text, uint32_t *file) {
  SetFile *known = (SetFile *)cross_file(world, path);
  Str why;
  if (known && known->file) {
    *file = known->file;
    *text = source_file(world->sources, *file)->text;
    return true;
  }
  Str clean = str_dup(world->set->arena, path_clean(world->arena, path)); // findings keep it
  if (sys_kind(clean) != SYS_FILE || !sys_read(world->set->arena, clean, text, &why)) return false;
  *file = source_add(world->sources, clean, *text);
  return true;
}

// --- Calls

typedef struct Calls {
  Str function;
  void (*then)(void *with, const HclExpr *call);
  void *with;
} Calls;

static void calls_in_expr(const Calls *calls, const HclExpr *expr, int depth) {
  if (!expr || depth > DEPTH_MOST) return;
  if (expr->kind == HCL_CALL && str_eq(expr->text, calls->function)) calls->then(calls->with, expr);
  if (expr->kind == HCL_OBJECT) {
    for (uint32_t i = 0; i < expr->count; i++) {
      calls_in_expr(calls, expr->members[i].key, depth + 1);
      calls_in_expr(calls, expr->members[i].value, depth + 1);
    }
    return;
  }
  if (expr->kind == HCL_FOR || expr->kind == HCL_TEMPLATE_FOR) {
    calls_in_expr(calls, expr->loop->in, depth + 1);
    calls_in_expr(calls, expr->loop->result, depth + 1);
    return;
  }
  size_t count = expr->kind == HCL_ACCESS ? 1 : expr->kind >= HCL_TEMPLATE && expr->items ? expr->count : 0;
  if (expr->kind == HCL_NAME) count = 0;
  for (size_t i = 0; i < count; i++) calls_in_expr(calls, expr->items[i], depth + 1);
}

static void calls_in_body(const Calls *calls, const HclBody *body) {
  for (size_t i = 0; body && i < body->items.len; i++) {
    if (body->items.at[i].attribute) calls_in_expr(calls, body->items.at[i].attribute->value, 0);
    if (body->items.at[i].block) calls_in_body(calls, body->items.at[i].block->body);
  }
}

void cross_each_call(const HclBody *body, Str function, void (*then)(void *with, const HclExpr *call), void *with) {
  Calls calls = {function, then, with};
  calls_in_body(&calls, body);
}
