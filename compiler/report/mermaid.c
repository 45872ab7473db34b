#include "report/mermaid.h"
#include "model/make.h"

// Both languages say the same things: a node, an edge, a box around nodes.
typedef struct Tongue {
  const char *first, *last;
  void (*node)(Buf *out, int depth, size_t id, StateKind kind, Str label);
  void (*edge)(Buf *out, int depth, size_t from, size_t to, Str label, bool dotted);
  void (*open)(Buf *out, int depth, size_t id, Str label);
  const char *close;
} Tongue;

typedef struct Picture {
  Buf *out;
  const Tongue *tongue;
  VEC(const State *) numbered; // a state's number is its index + 1
  size_t boxes;
} Picture;

enum { LABEL_MOST = 60, END = 0 };

static size_t number_of(Picture *p, const State *state) {
  for (size_t i = 0; i < p->numbered.len; i++) {
    if (p->numbered.at[i] == state) return i + 1;
  }
  VEC_PUSH(p->out->arena, &p->numbered, state);
  return p->numbered.len;
}

static Str shortened(Arena *arena, Str text) {
  if (text.len <= LABEL_MOST) return text;
  size_t end = LABEL_MOST;
  while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80) end--;
  return str_fmt(arena, "%.*s…", STR_ARG(str_slice(text, 0, end)));
}

// ---------------------------------------------------------------- walking

static void draw_graph(Picture *p, const Graph *graph, int depth);

static void edge(Picture *p, int depth, const State *from, const State *to, Str label, bool dotted) {
  p->tongue->edge(p->out, depth, number_of(p, from), to ? number_of(p, to) : END, label, dotted);
}

static bool is_end(const State *state) {
  return state->kind == STATE_FAIL || state->kind == STATE_SUCCEED;
}

// Ends are drawn once, for the flow itself: in a box they are clear.
static void draw_edges(Picture *p, const State *state, int depth) {
  Arena *arena = p->out->arena;
  for (size_t i = 0; i < state->rules.len; i++) {
    Str label = shortened(arena, value_text(arena, state->rules.at[i].condition));
    if (state->rules.at[i].next || depth == 1) edge(p, depth, state, state->rules.at[i].next, label, false);
  }
  const State *next = state->kind == STATE_CHOICE ? state->otherwise : state->next;
  Str label = state->kind == STATE_CHOICE ? S("else") : (Str){0};
  if (!is_end(state) && (next || depth == 1)) edge(p, depth, state, next, label, false);
  for (size_t i = 0; i < state->catches.len; i++) {
    const Catch *caught = &state->catches.at[i];
    Buf names = {.arena = arena};
    for (size_t k = 0; k < caught->error_count; k++)
      buf_fmt(&names, "%s%.*s", k ? ", " : "", STR_ARG(caught->errors[k]));
    if (caught->next) edge(p, depth, state, caught->next, shortened(arena, buf_text(&names)), true);
  }
}

static void draw_box(Picture *p, const Graph *graph, Str label, int depth) {
  p->tongue->open(p->out, depth, ++p->boxes, label);
  draw_graph(p, graph, depth + 1);
  buf_repeat(p->out, ' ', (size_t)depth * 2);
  buf_fmt(p->out, "%s\n", p->tongue->close);
}

static void draw_graph(Picture *p, const Graph *graph, int depth) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    p->tongue->node(p->out, depth, number_of(p, state), state->kind, state->name);
    if (state->body) draw_box(p, state->body, str_fmt(p->out->arena, "each of %.*s", STR_ARG(state->name)), depth);
    for (size_t k = 0; k < state->branches.len; k++)
      draw_box(p, state->branches.at[k], state->branches.at[k]->name, depth);
    if (state->body && state->body->start) edge(p, depth, state, state->body->start, (Str){0}, false);
    for (size_t k = 0; k < state->branches.len; k++) {
      if (state->branches.at[k]->start) edge(p, depth, state, state->branches.at[k]->start, (Str){0}, false);
    }
    draw_edges(p, state, depth);
  }
}

static void draw(Buf *out, const Flow *flow, const Tongue *tongue) {
  Picture p = {.out = out, .tongue = tongue};
  buf_str(out, str_of(tongue->first));
  draw_graph(&p, &flow->graph, 1);
  buf_str(out, str_of(tongue->last));
}

// ---------------------------------------------------------------- Mermaid

static void mermaid_label(Buf *out, Str text) {
  buf_char(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    bool special = c < 0x20 || c == 0x7f || strchr("\"#<>&`\\|{}[]();", c);
    if (special)
      buf_fmt(out, "#%u;", c < 0x20 ? 32u : (unsigned)c);
    else
      buf_char(out, (char)c);
  }
  buf_char(out, '"');
}

static void mermaid_node(Buf *out, int depth, size_t id, StateKind kind, Str label) {
  static const char *const open[] = {
      [STATE_TASK] = "[",      [STATE_PASS] = "(",  [STATE_CHOICE] = "{",   [STATE_WAIT] = "([", [STATE_MAP] = "[[",
      [STATE_PARALLEL] = "[[", [STATE_FAIL] = "[/", [STATE_SUCCEED] = "([", [STATE_RAW] = "["};
  static const char *const close[] = {
      [STATE_TASK] = "]",      [STATE_PASS] = ")",  [STATE_CHOICE] = "}",   [STATE_WAIT] = "])", [STATE_MAP] = "]]",
      [STATE_PARALLEL] = "]]", [STATE_FAIL] = "/]", [STATE_SUCCEED] = "])", [STATE_RAW] = "]"};
  buf_repeat(out, ' ', (size_t)depth * 2);
  buf_fmt(out, "s%zu%s", id, open[kind]);
  mermaid_label(out, label);
  buf_fmt(out, "%s\n", close[kind]);
}

static void mermaid_edge(Buf *out, int depth, size_t from, size_t to, Str label, bool dotted) {
  buf_repeat(out, ' ', (size_t)depth * 2);
  buf_fmt(out, "s%zu %s", from, dotted ? "-.->" : "-->");
  if (label.len) {
    buf_char(out, '|');
    mermaid_label(out, label);
    buf_char(out, '|');
  }
  if (to == END)
    buf_str(out, S(" done((end))\n"));
  else
    buf_fmt(out, " s%zu\n", to);
}

static void mermaid_open(Buf *out, int depth, size_t id, Str label) {
  buf_repeat(out, ' ', (size_t)depth * 2);
  buf_fmt(out, "subgraph b%zu[", id);
  mermaid_label(out, label);
  buf_str(out, S("]\n"));
}

void mermaid_write(Buf *out, const Flow *flow) {
  static const Tongue mermaid = {"flowchart TD\n", "", mermaid_node, mermaid_edge, mermaid_open, "end"};
  draw(out, flow, &mermaid);
}

// ---------------------------------------------------------------- Graphviz

static void dot_label(Buf *out, Str text) {
  buf_char(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if (c == '"' || c == '\\') buf_char(out, '\\');
    buf_char(out, c < 0x20 ? ' ' : (char)c);
  }
  buf_char(out, '"');
}

static void dot_node(Buf *out, int depth, size_t id, StateKind kind, Str label) {
  static const char *const shapes[] = {[STATE_TASK] = "box",     [STATE_PASS] = "box",     [STATE_CHOICE] = "diamond",
                                       [STATE_WAIT] = "oval",    [STATE_MAP] = "box3d",    [STATE_PARALLEL] = "box3d",
                                       [STATE_FAIL] = "octagon", [STATE_SUCCEED] = "oval", [STATE_RAW] = "box"};
  buf_repeat(out, ' ', (size_t)depth * 2);
  buf_fmt(out, "s%zu [shape=%s label=", id, shapes[kind]);
  dot_label(out, label);
  buf_str(out, S("]\n"));
}

static void dot_edge(Buf *out, int depth, size_t from, size_t to, Str label, bool dotted) {
  buf_repeat(out, ' ', (size_t)depth * 2);
  buf_fmt(out, "s%zu -> ", from);
  if (to == END)
    buf_str(out, S("done"));
  else
    buf_fmt(out, "s%zu", to);
  if (dotted || label.len) {
    buf_fmt(out, " [%slabel=", dotted ? "style=dotted " : "");
    dot_label(out, label);
    buf_char(out, ']');
  }
  buf_char(out, '\n');
}

static void dot_open(Buf *out, int depth, size_t id, Str label) {
  buf_repeat(out, ' ', (size_t)depth * 2);
  buf_fmt(out, "subgraph cluster_%zu {\n", id);
  buf_repeat(out, ' ', (size_t)depth * 2 + 2);
  buf_str(out, S("label="));
  dot_label(out, label);
  buf_char(out, '\n');
}

void dot_write(Buf *out, const Flow *flow) {
  static const Tongue dot = {
      "digraph flow {\n  done [shape=doublecircle label=\"end\"]\n", "}\n", dot_node, dot_edge, dot_open, "}"};
  draw(out, flow, &dot);
}
