// The reader, over libyaml's event parser: a tree with spans, aliases shared, merge keys carried out, bombs refused.
#include "base/map.h"
#include "data/yaml.h"
#include "data/yaml_error.h"
#include "base/planted.h"
#include <yaml.h>

typedef struct Reader {
  yaml_parser_t parser;
  Diags *diags;
  Arena *arena;
  Str text;
  uint32_t file;
  const YamlOptions *options;
  YamlStream *stream;
  Map anchors;               // name -> YamlAnchor
  size_t start;              // behind a byte order mark, which libyaml would count as a column
  size_t characters, offset; // a pair that belongs together: libyaml counts characters, spans count bytes
  bool failed;
} Reader;

static bool is_continuation(char c) {
  return ((unsigned char)c & 0xC0) == 0x80;
}

// The byte offset of a mark. Marks mostly go forward a little, so walking from the last one is linear in all.
static uint32_t offset_of(Reader *r, yaml_mark_t mark) {
  while (r->characters < mark.index && r->offset < r->text.len) {
    r->offset++;
    while (r->offset < r->text.len && is_continuation(r->text.at[r->offset])) r->offset++;
    r->characters++;
  }
  while (r->characters > mark.index && r->offset > 0) {
    r->offset--;
    while (r->offset > 0 && is_continuation(r->text.at[r->offset])) r->offset--;
    r->characters--;
  }
  return (uint32_t)r->offset;
}

static Span span_of(Reader *r, yaml_mark_t from, yaml_mark_t to) {
  uint32_t start = offset_of(r, from);
  return (Span){r->file, start, offset_of(r, to)};
}

static const Yaml *refuse(Reader *r, Span span, const char *what) {
  if (!r->failed) diag(r->diags, DIAG_ERROR, r->options->syntax_code, span, "%s", what);
  r->failed = true;
  return NULL;
}

static bool next_event(Reader *r, yaml_event_t *event) {
  if (!r->failed && yaml_parser_parse(&r->parser, event)) return true;
  if (!r->failed) {
    YamlTrouble trouble = {.problem = r->parser.problem ? r->parser.problem : "",
                           .context = r->parser.context ? r->parser.context : "",
                           .at = offset_of(r, r->parser.problem_mark),
                           .from = offset_of(r, r->parser.context_mark)};
    if (r->parser.error == YAML_READER_ERROR)
      trouble.at = trouble.from = (uint32_t)(r->start + r->parser.problem_offset);
    yaml_explain_trouble(r->diags, r->options->syntax_code, r->file, r->text, &trouble);
  }
  r->failed = true;
  return false;
}

// --- Anchors and aliases

static void remember(Reader *r, const yaml_char_t *name, Yaml *node, Span span) {
  if (!name) return;
  node->anchor = str_dup(r->arena, str_of((const char *)name));
  span.end = span.start + 1 + (uint32_t)node->anchor.len;
  YamlAnchor *anchor = NEW(r->arena, YamlAnchor);
  *anchor = (YamlAnchor){node, span, false};
  VEC_PUSH(r->arena, &r->stream->anchors, anchor);
  map_set(&r->anchors, node->anchor, anchor);
}

// Stands for what an alias does not name.
static const Yaml *poison(Reader *r, Span span) {
  r->stream->dangling = true;
  Yaml *node = NEW(r->arena, Yaml);
  node->span = span;
  node->depth = 1;
  return node;
}

static const Yaml *read_alias(Reader *r, const yaml_event_t *event) {
  Span span = span_of(r, event->start_mark, event->end_mark);
  Str name = str_of((const char *)event->data.alias.anchor);
  YamlAnchor *anchor = map_get(&r->anchors, name);
  PLANTED(!anchor && r->anchors.len == 0);
  if (!anchor) {
    Nearest near = nearest_to(name);
    for (size_t i = 0; i < r->anchors.len; i++) nearest_offer(&near, r->anchors.entries[i].key);
    Diag *d = diag(r->diags, DIAG_ERROR, r->options->syntax_code, span, "no anchor &%.*s stands above this alias",
                   STR_ARG(name));
    if (nearest_best(&near).len) diag_help(r->diags, d, "did you mean *%.*s?", STR_ARG(nearest_best(&near)));
    return poison(r, span);
  }
  anchor->used = true;
  if (anchor->node->size == 0) {
    diag(r->diags, DIAG_ERROR, r->options->syntax_code, span,
         "this alias stands inside of what it names: it has no end");
    return poison(r, span);
  }
  return anchor->node;
}

// --- Nodes

static const Yaml *read_node(Reader *r, yaml_event_t *event, unsigned depth);

static Yaml *new_node(Reader *r, const yaml_event_t *event, const yaml_char_t *tag, YamlKind kind) {
  Yaml *node = NEW(r->arena, Yaml);
  node->kind = (uint8_t)kind;
  node->span = span_of(r, event->start_mark, event->end_mark);
  if (tag) node->tag = str_dup(r->arena, str_of((const char *)tag));
  return node;
}

static YamlKind tagged_kind(Str tag, Str text, YamlVersion version) {
  static const struct {
    const char *tag;
    YamlKind kind;
  } kinds[] = {{"tag:yaml.org,2002:null", YAML_NULL},    {"tag:yaml.org,2002:bool", YAML_BOOL},
               {"tag:yaml.org,2002:int", YAML_INT},      {"tag:yaml.org,2002:float", YAML_FLOAT},
               {"tag:yaml.org,2002:str", YAML_STRING},   {"tag:yaml.org,2002:timestamp", YAML_TIME},
               {"tag:yaml.org,2002:binary", YAML_STRING}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (str_eq(tag, str_of(kinds[i].tag))) return kinds[i].kind;
  }
  return tag.len == 1 ? YAML_STRING : yaml_resolve(text, version);
}

static const Yaml *read_scalar(Reader *r, const yaml_event_t *event) {
  Yaml *node = new_node(r, event, event->data.scalar.tag, YAML_STRING);
  node->text = str_dup(r->arena, (Str){(const char *)event->data.scalar.value, event->data.scalar.length});
  yaml_scalar_style_t style = event->data.scalar.style;
  bool is_block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
  bool is_plain = style == YAML_PLAIN_SCALAR_STYLE;
  node->style = is_plain ? YAML_PLAIN : is_block ? YAML_BLOCK : YAML_QUOTED;
  if (is_plain || node->tag.len) {
    bool typed = is_plain || str_starts(node->tag, S("tag:"));
    if (typed) node->kind = (uint8_t)tagged_kind(node->tag, node->text, r->options->version);
  }
  node->depth = 1;
  node->size = 1;
  remember(r, event->data.scalar.anchor, node, node->span);
  return node;
}

// Counts a child into its parent; false: too much.
static bool take_in(Reader *r, Yaml *parent, uint32_t *size, const Yaml *child) {
  if (child->depth >= parent->depth) parent->depth = (uint16_t)(child->depth + 1);
  *size += child->size; // both are bounded
  if (*size > YAML_SIZE_MOST + r->text.len)
    refuse(r, child->span, "aliases make this more than 2,000,000 nodes: it is not expanded");
  if (parent->depth > YAML_DEPTH_MOST) refuse(r, child->span, "nested more than 100 levels deep");
  return !r->failed;
}

static const Yaml *read_sequence(Reader *r, const yaml_event_t *start, unsigned depth) {
  Yaml *node = new_node(r, start, start->data.sequence_start.tag, YAML_SEQUENCE);
  remember(r, start->data.sequence_start.anchor, node, node->span);
  node->depth = 1;
  uint32_t size = 1;
  yaml_event_t event;
  while (next_event(r, &event)) {
    bool ends = event.type == YAML_SEQUENCE_END_EVENT;
    const Yaml *item = ends ? NULL : read_node(r, &event, depth + 1);
    if (ends) node->span.end = offset_of(r, event.end_mark);
    yaml_event_delete(&event);
    if (ends) break;
    if (!item || !take_in(r, node, &size, item)) return NULL;
    VEC_PUSH(r->arena, &node->items, item);
  }
  node->size = size;
  return r->failed ? NULL : node;
}

static bool is_merge_key(const Yaml *key) {
  return yaml_is(key, YAML_STRING) && key->style == YAML_PLAIN && str_eq(key->text, S("<<"));
}

static bool is_mergeable(const Yaml *value) {
  if (yaml_is(value, YAML_MAPPING) || value->size == 0) return true; // an alias of nothing merges nothing
  for (size_t i = 0; yaml_is(value, YAML_SEQUENCE) && i < value->items.len; i++) {
    if (!yaml_is(value->items.at[i], YAML_MAPPING)) return false;
  }
  return yaml_is(value, YAML_SEQUENCE);
}

static void merge_pairs(Reader *r, Yaml *into, Map *known, const Yaml *from) {
  for (size_t i = 0; i < from->pairs.len; i++) {
    YamlPair pair = from->pairs.at[i];
    if (yaml_is_scalar(pair.key) && map_set(known, pair.key->text, into)) continue;
    pair.merged = true;
    VEC_PUSH(r->arena, &into->pairs, pair);
  }
}

// Carries out the merge keys of a mapping: own pairs first, then the merged ones whose keys are new, in order.
static void merge(Reader *r, Yaml *node) {
  bool any = false;
  for (size_t i = 0; i < node->pairs.len && !any; i++) {
    any = is_merge_key(node->pairs.at[i].key) && is_mergeable(node->pairs.at[i].value);
  }
  if (!any) return;
  Yaml given = *node;
  Map known = {.arena = r->arena};
  memset(&node->pairs, 0, sizeof node->pairs);
  for (int own = 1; own >= 0; own--) {
    for (size_t i = 0; i < given.pairs.len; i++) {
      const YamlPair *pair = &given.pairs.at[i];
      bool merges = is_merge_key(pair->key) && is_mergeable(pair->value);
      if (own && !merges) {
        if (yaml_is_scalar(pair->key)) map_set(&known, pair->key->text, node);
        VEC_PUSH(r->arena, &node->pairs, *pair);
      } else if (!own && merges && yaml_is(pair->value, YAML_MAPPING)) {
        merge_pairs(r, node, &known, pair->value);
      } else if (!own && merges && yaml_is(pair->value, YAML_SEQUENCE)) {
        for (size_t k = 0; k < pair->value->items.len; k++) merge_pairs(r, node, &known, pair->value->items.at[k]);
      }
    }
  }
}

static const Yaml *read_mapping(Reader *r, const yaml_event_t *start, unsigned depth) {
  Yaml *node = new_node(r, start, start->data.mapping_start.tag, YAML_MAPPING);
  remember(r, start->data.mapping_start.anchor, node, node->span);
  node->depth = 1;
  uint32_t size = 1;
  const Yaml *key = NULL;
  yaml_event_t event;
  while (next_event(r, &event)) {
    bool ends = event.type == YAML_MAPPING_END_EVENT;
    const Yaml *child = ends ? NULL : read_node(r, &event, depth + 1);
    if (ends) node->span.end = offset_of(r, event.end_mark);
    yaml_event_delete(&event);
    if (ends) break;
    if (!child || !take_in(r, node, &size, child)) return NULL;
    if (key) VEC_PUSH(r->arena, &node->pairs, (YamlPair){.key = key, .value = child});
    key = key ? NULL : child;
  }
  if (r->failed) return NULL;
  if (r->options->merge) merge(r, node);
  node->size = size;
  return node;
}

static const Yaml *read_node(Reader *r, yaml_event_t *event, unsigned depth) {
  if (depth > YAML_DEPTH_MOST) {
    return refuse(r, span_of(r, event->start_mark, event->end_mark), "nested more than 100 levels deep");
  }
  switch (event->type) {
  case YAML_ALIAS_EVENT: return read_alias(r, event);
  case YAML_SCALAR_EVENT: return read_scalar(r, event);
  case YAML_SEQUENCE_START_EVENT: return read_sequence(r, event, depth);
  case YAML_MAPPING_START_EVENT: return read_mapping(r, event, depth);
  default: return refuse(r, span_of(r, event->start_mark, event->end_mark), "a value is missing here");
  }
}

static void read_stream(Reader *r) {
  yaml_event_t event;
  uint32_t total = 0;
  while (next_event(r, &event)) {
    bool ends = event.type == YAML_STREAM_END_EVENT;
    bool is_node = event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT &&
                   event.type != YAML_DOCUMENT_END_EVENT;
    if (event.type == YAML_DOCUMENT_START_EVENT) r->anchors = (Map){.arena = r->arena};
    const Yaml *root = !ends && is_node ? read_node(r, &event, 1) : NULL;
    yaml_event_delete(&event);
    if (root) {
      VEC_PUSH(r->arena, &r->stream->documents, root);
      total += root->size;
      if (total > YAML_SIZE_MOST + r->text.len) refuse(r, root->span, "aliases make this more than 2,000,000 nodes");
    }
    if (ends) return;
  }
}

bool yaml_read(Diags *diags, Sources *sources, uint32_t file, const YamlOptions *options, YamlStream *stream) {
  Reader r = {.diags = diags,
              .arena = diags->arena,
              .text = source_file(sources, file)->text,
              .file = file,
              .options = options,
              .stream = stream};
  *stream = (YamlStream){0};
  if (!yaml_parser_initialize(&r.parser)) fatal("out of memory (YAML)");
  yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
  r.start = r.offset = str_starts(r.text, S("\xEF\xBB\xBF")) ? 3 : 0;
  yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.text.at + r.start, r.text.len - r.start);
  read_stream(&r);
  yaml_parser_delete(&r.parser);
  return !r.failed;
}
