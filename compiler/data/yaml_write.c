// The writer, over libyaml's emitter. We choose the quoting; libyaml does the escapes, the indentation and the blocks.
// libyaml leaves no blank lines, so each top-level pair is emitted as a document of its own and the pieces are joined.
#include "data/yaml.h"
#include <yaml.h>

// Digits with only what may stand in a number or a time: not a string to some parser, so it gets quotes.
static bool looks_numeric(Str text) {
  if (!ascii_is_digit(text.at[0]) &&
      !(text.len > 1 && strchr("+-.", text.at[0]) && (ascii_is_digit(text.at[1]) || text.at[1] == '.')))
    return false;
  for (size_t i = 0; i < text.len; i++) {
    if (!ascii_is_digit(text.at[i]) && !strchr("abcdefABCDEFxoXOTtZz_+-.:, ", text.at[i])) return false;
  }
  return true;
}

bool yaml_is_plain(Str text) {
  if (text.len == 0 || looks_numeric(text)) return false;
  if (text.len == 1 && strchr("yYnN=~", text.at[0])) return false; // y and n are booleans in YAML 1.1's own type list
  if (strchr("-?:,[]{}#&*!|>'\"%@`<= \t.", text.at[0])) return false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i], next = i + 1 < text.len ? text.at[i + 1] : ' ';
    if ((unsigned char)c < 0x20 || c == 0x7F || (unsigned char)c >= 0x80) return false;
    if ((c == ':' || c == ' ') && (next == ' ' || next == '#' || next == ':')) return false;
  }
  return yaml_resolve(text, YAML_1_1) == YAML_STRING && yaml_resolve(text, YAML_1_2) == YAML_STRING;
}

// Whether several lines may stand in a literal block: not where the block would need an indentation or keep indicator
// ("|2", "|+"; after the latter libyaml ends the document with "...").
static bool fits_block(Str text) {
  return !strchr(" \t\n", text.at[0]) && !str_ends(text, S("\n\n"));
}

// Characters that end a line to some parsers and not to others (YAML 1.1: NEL, LS, PS; CR to all): written as escapes.
static bool has_odd_break(Str text) {
  return str_has(text, S("\r")) || str_has(text, S("\xC2\x85")) || str_has(text, S("\xE2\x80\xA8")) ||
         str_has(text, S("\xE2\x80\xA9"));
}

static yaml_scalar_style_t style_of(const Yaml *node) {
  if (node->kind != YAML_STRING || node->style == YAML_PLAIN) return YAML_PLAIN_SCALAR_STYLE;
  if (has_odd_break(node->text)) return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
  size_t newline = str_find(node->text, S("\n"), 0);
  if (node->style != YAML_QUOTED && newline < node->text.len && fits_block(node->text))
    return YAML_LITERAL_SCALAR_STYLE;
  if (node->style == YAML_ANY && yaml_is_plain(node->text)) return YAML_PLAIN_SCALAR_STYLE;
  for (size_t i = 0; i < node->text.len; i++) {
    if (strchr("'\\", node->text.at[i])) return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
  }
  return newline < node->text.len ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_SINGLE_QUOTED_SCALAR_STYLE;
}

typedef struct Writer {
  yaml_emitter_t emitter;
  Arena *arena;
} Writer;

static void emit(Writer *w, int made, yaml_event_t *event) {
  if (!made || !yaml_emitter_emit(&w->emitter, event)) fatal("libyaml cannot write: %s", w->emitter.problem);
}

static void emit_node(Writer *w, const Yaml *node);

static void emit_scalar(Writer *w, const Yaml *node) {
  yaml_event_t event;
  yaml_scalar_style_t style = style_of(node);
  yaml_char_t *tag = node->tag.len ? (yaml_char_t *)str_z(w->arena, node->tag) : NULL;
  emit(w,
       yaml_scalar_event_initialize(&event, NULL, tag, (const yaml_char_t *)(node->text.len ? node->text.at : ""),
                                    (int)node->text.len, !tag, !tag, style),
       &event);
}

static void emit_sequence(Writer *w, const Yaml *node) {
  yaml_event_t event;
  yaml_char_t *tag = node->tag.len ? (yaml_char_t *)str_z(w->arena, node->tag) : NULL;
  yaml_sequence_style_t style = tag ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE; // !reference [a, b]
  emit(w, yaml_sequence_start_event_initialize(&event, NULL, tag, !tag, style), &event);
  for (size_t i = 0; i < node->items.len; i++) emit_node(w, node->items.at[i]);
  emit(w, yaml_sequence_end_event_initialize(&event), &event);
}

static void emit_pairs(Writer *w, const YamlPair *pairs, size_t count) {
  yaml_event_t event;
  emit(w, yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE), &event);
  for (size_t i = 0; i < count; i++) {
    emit_node(w, pairs[i].key);
    emit_node(w, pairs[i].value);
  }
  emit(w, yaml_mapping_end_event_initialize(&event), &event);
}

static void emit_node(Writer *w, const Yaml *node) {
  if (node->kind == YAML_MAPPING)
    emit_pairs(w, node->pairs.at, node->pairs.len);
  else if (node->kind == YAML_SEQUENCE)
    emit_sequence(w, node);
  else
    emit_scalar(w, node);
}

static int append(void *out, unsigned char *bytes, size_t size) {
  buf_bytes(out, (const char *)bytes, size);
  return 1;
}

// Appends one document: `root`, or (root NULL) a mapping of one pair.
static void write_document(Buf *out, const Yaml *root, const YamlPair *pair) {
  Writer w = {.arena = out->arena};
  yaml_event_t event;
  if (!yaml_emitter_initialize(&w.emitter)) fatal("out of memory (YAML)");
  yaml_emitter_set_output(&w.emitter, append, out);
  yaml_emitter_set_width(&w.emitter, -1);
  yaml_emitter_set_indent(&w.emitter, 2);
  yaml_emitter_set_unicode(&w.emitter, 1);
  emit(&w, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING), &event);
  emit(&w, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1), &event);
  if (root)
    emit_node(&w, root);
  else
    emit_pairs(&w, pair, 1);
  emit(&w, yaml_document_end_event_initialize(&event, 1), &event);
  emit(&w, yaml_stream_end_event_initialize(&event), &event);
  yaml_emitter_delete(&w.emitter);
}

static void write_comment(Buf *out, Str comment) {
  while (comment.len) {
    Str line = str_cut(comment, '\n', &comment);
    buf_fmt(out, line.len ? "# %.*s\n" : "#\n", STR_ARG(line));
  }
}

Str yaml_print(Arena *arena, const Yaml *root, Str header) {
  Buf out = {.arena = arena};
  write_comment(&out, header);
  if (root->kind != YAML_MAPPING || root->pairs.len == 0) {
    write_document(&out, root, NULL);
    return buf_text(&out);
  }
  for (size_t i = 0; i < root->pairs.len; i++) {
    const YamlPair *pair = &root->pairs.at[i];
    bool airy = pair->value->kind >= YAML_SEQUENCE || (i && root->pairs.at[i - 1].value->kind >= YAML_SEQUENCE) ||
                (i == 0 && header.len);
    if (airy && out.len) buf_char(&out, '\n');
    write_document(&out, NULL, pair);
  }
  return buf_text(&out);
}
