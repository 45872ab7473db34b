// Cycles among declarations: what needs itself to be known can never be created.
#include "validate/tf.h"

typedef struct Step {
  TfDeclaration *at;
  size_t next; // the use to look at next
} Step;

typedef struct Walk {
  TfModule *module;
  VEC(Step) path;
} Walk;

// Reports the cycle that ends the path at `back`.
static void report(Walk *w, const TfDeclaration *back) {
  size_t from = w->path.len;
  while (from > 0 && w->path.at[from - 1].at != back) from--;
  from--;
  Buf names = {.arena = w->module->arena};
  for (size_t i = from; i < w->path.len; i++) {
    buf_str(&names, w->path.at[i].at->address);
    buf_str(&names, S(" → "));
  }
  buf_str(&names, back->address);
  Str list = buf_text(&names);
  Diag *d = tf_error(w->module, "V2130", back->span, "a cycle: %.*s", STR_ARG(list));
  for (size_t i = from + 1; i < w->path.len; i++) {
    const TfDeclaration *other = w->path.at[i].at;
    diag_note(w->module->diags, d, other->span, "`%.*s` takes part", STR_ARG(other->address));
  }
}

static void enter(Walk *w, TfDeclaration *declaration) {
  declaration->ordering = TF_VISITING;
  VEC_PUSH(w->module->arena, &w->path, (Step){declaration, 0});
}

static void walk_from(Walk *w, TfDeclaration *start) {
  enter(w, start);
  while (w->path.len) {
    Step *step = &w->path.at[w->path.len - 1];
    if (step->next == step->at->uses.len) {
      step->at->ordering = TF_VISITED;
      w->path.len--;
      continue;
    }
    TfDeclaration *used = step->at->uses.at[step->next++];
    // What a module gives may depend on some of its arguments only.
    if (used->kind == TF_MODULE) continue;
    if (used->ordering == TF_VISITING) report(w, used);
    if (used->ordering == TF_UNVISITED) enter(w, used);
  }
}

void tf_check_cycles(TfModule *module) {
  Walk walk = {.module = module};
  for (size_t i = 0; i < module->declarations.len; i++) {
    if (module->declarations.at[i]->ordering == TF_UNVISITED) walk_from(&walk, module->declarations.at[i]);
  }
}
