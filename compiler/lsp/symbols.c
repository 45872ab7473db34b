// The outline of a spec: its declarations, the steps of its flows, the members of its kinds.
#include "lsp/lsp.h"
#include "syntax/syntax.h"

// The protocol's SymbolKind of each statement that stands in the outline.
typedef struct SymbolRow {
  StmtKind kind;
  int symbol;
  const char *detail;
} SymbolRow;

static const SymbolRow symbol_rows[] = {
    {STMT_DECLARE, 23, NULL},      // Struct
    {STMT_PARAM, 13, "param"},     // Variable
    {STMT_OUTPUT, 13, "output"},   // Variable
    {STMT_TYPE, 11, "type"},       // Interface
    {STMT_KIND, 5, "kind"},        // Class
    {STMT_STEP, 6, "step"},        // Method
    {STMT_FLOW, 12, "flow"},       // Function
    {STMT_RESOURCE, 19, NULL},     // Object
    {STMT_DATA, 19, NULL},         // Object
    {STMT_TEST, 24, "test"},       // Event
    {STMT_MEMBER, 7, "member"},    // Property
    {STMT_GRANT, 7, "grant"},      // Property
    {STMT_EVENT, 24, "event"},     // Event
    {STMT_LET, 14, "let"},         // Constant
    {STMT_CALL, 6, "step"},        // Method
    {STMT_EACH, 6, "each"},        // Method
    {STMT_PARALLEL, 6, "parallel"} // Method
};

static const SymbolRow *row_of(const Stmt *s) {
  for (size_t i = 0; i < sizeof symbol_rows / sizeof symbol_rows[0]; i++) {
    if (symbol_rows[i].kind == s->kind) return s->name.text.len ? &symbol_rows[i] : NULL;
  }
  return NULL;
}

static void add_list(JsonBuild *all, Sources *sources, const Stmt *first);

static void add_inner(JsonBuild *all, Sources *sources, const Stmt *s) {
  add_list(all, sources, s->body);
  add_list(all, sources, s->other);
  for (const Stmt *m = s->more; m; m = m->more) add_list(all, sources, m->other);
  for (size_t i = 0; i < s->arms.len; i++) add_list(all, sources, s->arms.at[i].body);
}

static const Json *symbol_of(Arena *arena, Sources *sources, const Stmt *s, const SymbolRow *row) {
  JsonBuild made = {.arena = arena}, children = {.arena = arena};
  json_put(&made, S("name"), json_string(arena, s->name.text));
  json_put(&made, S("detail"), json_string(arena, row->detail ? str_of(row->detail) : s->word.text));
  json_put(&made, S("kind"), json_number(arena, row->symbol));
  json_put(&made, S("range"), lsp_range(arena, sources, s->span));
  json_put(&made, S("selectionRange"), lsp_range(arena, sources, s->name.span));
  add_inner(&children, sources, s);
  if (children.items.len) json_put(&made, S("children"), json_made_array(&children));
  return json_made_object(&made);
}

// What has no name of its own (if, match, try, …) gives what stands in it.
static void add_list(JsonBuild *all, Sources *sources, const Stmt *first) {
  for (const Stmt *s = first; s; s = s->next) {
    const SymbolRow *row = row_of(s);
    if (row)
      json_add(all, symbol_of(all->arena, sources, s, row));
    else
      add_inner(all, sources, s);
  }
}

const Json *lsp_symbols(Arena *arena, Sources *sources, uint32_t file) {
  Diags unheard = {.arena = arena};
  JsonBuild all = {.arena = arena};
  add_list(&all, sources, syntax_parse(arena, sources, file, &unheard)->items);
  return json_made_array(&all);
}
