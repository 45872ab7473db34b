// Which module a resource stands in. Resources form no circle, but modules easily would: a role's policy names
// functions, a function its role. So nodes are placed in the order of their needs, each where it belongs unless that
// module is needed, however indirectly, by one of those that the node needs.
#include "emit/modules.h"

typedef VEC(size_t) Numbers;

typedef struct Assigner {
  Modules *m;
  Str *wanted;    // the module that a node belongs to, by its type
  Numbers *users; // of each node
  bool *reach;    // reach[a * room + b]: module a needs module b, perhaps by way of others
  size_t room;
  uint8_t *state; // of the walk: 0 not seen, 1 under way, 2 placed
} Assigner;

// The module of a type in the table, or empty.
static Str module_of_type(const Modules *m, Str type) {
  const Value *table = m->e->model->modules;
  for (size_t i = 0; table && i < table->count; i++) {
    const Value *prefixes = table->members[i].value;
    for (size_t k = 0; k < prefixes->count; k++) {
      if (str_starts(type, prefixes->items[k]->text)) return table->members[i].name;
    }
  }
  return (Str){0};
}

// aws_batch_job_queue -> batch.
static Str service_of(Str type) {
  Str rest;
  str_cut(type, '_', &rest);
  return str_cut(rest, '_', &rest);
}

static size_t module_number(Assigner *a, Str name) {
  Modules *m = a->m;
  for (size_t i = 0; i < m->names.len; i++) {
    if (str_eq(m->names.at[i], name)) return i;
  }
  VEC_PUSH(m->e->arena, &m->names, name);
  return m->names.len - 1;
}

// Whether a node may stand in a module: none of the modules that it needs needs that one.
static bool fits(const Assigner *a, const ModuleNode *node, size_t module) {
  for (size_t i = 0; i < node->needs.len; i++) {
    size_t other = a->m->nodes.at[node->needs.at[i]].module;
    if (other != NO_MODULE && other != module && a->reach[other * a->room + module]) return false;
  }
  return true;
}

static void put(Assigner *a, ModuleNode *node, size_t module) {
  node->module = module;
  for (size_t i = 0; i < node->needs.len; i++) {
    size_t other = a->m->nodes.at[node->needs.at[i]].module;
    if (other == NO_MODULE || other == module) continue;
    for (size_t from = 0; from < a->m->names.len; from++) {
      if (from != module && !a->reach[from * a->room + module]) continue;
      a->reach[from * a->room + other] = true;
      for (size_t to = 0; to < a->m->names.len; to++) a->reach[from * a->room + to] |= a->reach[other * a->room + to];
    }
  }
}

// Of the modules that a node needs, the one that none of the others needs: there the node always fits.
static size_t last_needed(const Assigner *a, const ModuleNode *node) {
  for (size_t i = 0; i < node->needs.len; i++) {
    size_t module = a->m->nodes.at[node->needs.at[i]].module;
    if (module != NO_MODULE && fits(a, node, module)) return module;
  }
  return NO_MODULE;
}

static bool try_wanted(Assigner *a, ModuleNode *node, Str name) {
  if (!name.len) return false;
  size_t module = module_number(a, name);
  if (!fits(a, node, module)) return false;
  put(a, node, module);
  return true;
}

static void place(Assigner *a, size_t number) {
  ModuleNode *node = &a->m->nodes.at[number];
  if (try_wanted(a, node, a->wanted[number])) return;
  for (size_t i = 0; i < a->users[number].len; i++) {
    if (try_wanted(a, node, a->wanted[a->users[number].at[i]])) return;
  }
  size_t last = last_needed(a, node);
  if (last != NO_MODULE)
    put(a, node, last);
  else
    put(a, node, module_number(a, service_of(node->type)));
}

static void walk(Assigner *a, size_t number) {
  if (a->state[number]) return;
  a->state[number] = 1;
  for (size_t i = 0; i < a->m->nodes.at[number].needs.len; i++) walk(a, a->m->nodes.at[number].needs.at[i]);
  if (a->m->nodes.at[number].module != NO_MODULE) place(a, number);
  a->state[number] = 2;
}

// A data source that reads nothing else is read again where it is wanted, instead of being handed from module to
// module.
static bool is_copied(const ModuleNode *node) {
  return str_starts(node->address, S("data.aws_")) && !node->reads;
}

void modules_assign(Modules *m) {
  Arena *arena = m->e->arena;
  size_t count = m->nodes.len, table = m->e->model->modules ? m->e->model->modules->count : 0;
  Assigner a = {.m = m, .room = table + count + 1};
  a.wanted = NEW_N(arena, Str, count + 1);
  a.users = NEW_N(arena, Numbers, count + 1);
  a.reach = NEW_N(arena, bool, a.room *a.room);
  a.state = NEW_N(arena, uint8_t, count + 1);
  for (size_t i = 0; i < count; i++) {
    ModuleNode *node = &m->nodes.at[i];
    a.wanted[i] = module_of_type(m, node->type);
    node->module = is_copied(node) ? NO_MODULE : 0;
    for (size_t k = 0; k < node->needs.len; k++) VEC_PUSH(arena, &a.users[node->needs.at[k]], i);
  }
  for (size_t i = 0; i < count; i++) walk(&a, i);
}
