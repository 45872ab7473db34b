// hcl_format: reads a text into pieces, respells what `terraform fmt` respells ("${x}" alone as x, labels in quotes,
// types of variables), lays them out, and joins them again.
#include "data/hcl_format.h"
#include "data/hcl_write.h"

enum { REMOVED = -1 };

typedef struct Simplifier {
  Arena *arena;
  Str source;
  HclPiece *pieces;
  const HclToken *tokens; // of the pieces
  uint32_t count;
} Simplifier;

// Some pieces [from, to).
typedef struct Run {
  uint32_t from, to;
} Run;

// The first piece that begins at or behind an offset.
static uint32_t piece_at(const Simplifier *s, uint32_t offset) {
  uint32_t low = 0, high = s->count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (s->tokens[middle].start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static Run pieces_of(const Simplifier *s, Span span) {
  return (Run){piece_at(s, span.start), piece_at(s, span.end)};
}

static void remove_pieces(Simplifier *s, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; i++) s->pieces[i].kind = REMOVED;
}

static int kind_at(const Simplifier *s, uint32_t i) {
  return s->pieces[i].kind;
}

// --- "${x}" alone is x

// Whether nothing but one inserted expression stands between the quotes: no other sequence and no text at their level.
static bool is_one_insertion(const Simplifier *s, Run inside) {
  int quotes = 0;
  for (uint32_t i = inside.from; i < inside.to; i++) {
    int kind = kind_at(s, i);
    if (kind == HCL_TOKEN_OPEN_QUOTE) quotes++;
    if (kind == HCL_TOKEN_CLOSE_QUOTE) quotes--;
    bool ends = kind == HCL_TOKEN_OPEN_INTERPOLATION || kind == HCL_TOKEN_TEMPLATE_END ||
                (kind == HCL_TOKEN_TEXT && !s->pieces[i].heredoc);
    if (ends && quotes == 0) return false;
  }
  return true;
}

static bool has_newline(const Simplifier *s, Run run) {
  for (uint32_t i = run.from; i < run.to; i++) {
    if (kind_at(s, i) == HCL_TOKEN_NEWLINE) return true;
  }
  return false;
}

static void respell(HclPiece *piece, int kind, Str text) {
  piece->kind = kind;
  piece->text = text;
}

static void unwrap(Simplifier *s, Run value) {
  if (value.to - value.from < 5) return;
  bool wrapped =
      kind_at(s, value.from) == HCL_TOKEN_OPEN_QUOTE && kind_at(s, value.from + 1) == HCL_TOKEN_OPEN_INTERPOLATION &&
      kind_at(s, value.to - 2) == HCL_TOKEN_TEMPLATE_END && kind_at(s, value.to - 1) == HCL_TOKEN_CLOSE_QUOTE;
  Run inside = {value.from + 2, value.to - 2};
  if (!wrapped || !is_one_insertion(s, inside)) return;
  while (inside.from < inside.to && kind_at(s, inside.from) == HCL_TOKEN_NEWLINE) inside.from++;
  while (inside.from < inside.to && kind_at(s, inside.to - 1) == HCL_TOKEN_NEWLINE) inside.to--;
  remove_pieces(s, value.from, inside.from);
  remove_pieces(s, inside.to, value.to);
  bool has_parens =
      kind_at(s, inside.from) == HCL_TOKEN_OPEN_PAREN && kind_at(s, inside.to - 1) == HCL_TOKEN_CLOSE_PAREN;
  if (!has_newline(s, inside) || has_parens) return;
  respell(&s->pieces[inside.from - 1], HCL_TOKEN_OPEN_PAREN, S("("));
  respell(&s->pieces[inside.to], HCL_TOKEN_CLOSE_PAREN, S(")"));
}

// --- type = "map" and type = map in a variable

typedef struct TypeRow {
  const char *old, *bare, *quoted; // what it becomes without and with quotes; NULL: stays
} TypeRow;

static const TypeRow types[] = {
    {"string", NULL, "string"},
    {"list", "list(any)", "list(string)"},
    {"map", "map(any)", "map(string)"},
    {"set", "set(any)", NULL},
};

static void respell_type(Simplifier *s, Run value) {
  uint32_t count = value.to - value.from;
  bool quoted = count == 3 && kind_at(s, value.from) == HCL_TOKEN_OPEN_QUOTE &&
                kind_at(s, value.from + 1) == HCL_TOKEN_TEXT && !s->pieces[value.from + 1].heredoc;
  if (!quoted && (count != 1 || kind_at(s, value.from) != HCL_TOKEN_NAME)) return;
  HclPiece *word = &s->pieces[value.from + quoted];
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    const char *text = quoted ? types[i].quoted : types[i].bare;
    if (!text || !str_eq(word->text, str_of(types[i].old))) continue;
    remove_pieces(s, value.from, value.to);
    respell(word, HCL_TOKEN_NAME, str_of(text));
    return;
  }
}

// --- Labels

// Whether a label stands in the source as it is to be: in quotes, of plain characters.
static bool is_spelt(Str written, Str text) {
  if (written.len != text.len + 2 || written.at[0] != '"') return false;
  for (size_t i = 0; i < text.len; i++) {
    if (!ascii_is_word(text.at[i]) && text.at[i] != '-') return false;
  }
  return true;
}

// Labels stand in quotes, without comments between them, and spelt in one way.
static void respell_labels(Simplifier *s, const HclBlock *block) {
  if (block->label_count == 0) return;
  uint32_t next = piece_at(s, block->type_span.end);
  uint32_t to = piece_at(s, block->labels[block->label_count - 1].span.end);
  for (size_t i = 0; i < block->label_count; i++) {
    const HclLabel *label = &block->labels[i];
    Str quoted = str_slice(s->source, label->span.start, label->span.end);
    if (!is_spelt(quoted, label->text)) {
      Buf text = {.arena = s->arena};
      buf_char(&text, '"');
      hcl_escape(&text, label->text);
      buf_char(&text, '"');
      quoted = buf_text(&text);
    }
    respell(&s->pieces[next++], HCL_TOKEN_NAME, quoted); // spaced as names are
  }
  remove_pieces(s, next, to);
}

static void simplify_body(Simplifier *s, const HclBody *body, Str block) {
  for (size_t i = 0; i < body->items.len; i++) {
    const HclItem *item = &body->items.at[i];
    if (item->block) {
      respell_labels(s, item->block);
      // Only a variable of the file itself has a type.
      simplify_body(s, item->block->body, block.len ? S("-") : item->block->type);
    } else if (str_eq(block, S("variable")) && str_eq(item->attribute->name, S("type"))) {
      respell_type(s, pieces_of(s, item->attribute->value->span));
    } else {
      unwrap(s, pieces_of(s, item->attribute->value->span));
    }
  }
}

// --- The whole

typedef VEC(HclToken) Tokens;

static Tokens all_tokens(Arena *arena, Str text) {
  Tokens tokens = {0};
  HclLexer lexer = hcl_lexer(arena, text);
  HclToken token;
  do {
    token = hcl_next_token(&lexer);
    VEC_PUSH(arena, &tokens, token);
  } while (token.kind != HCL_TOKEN_EOF);
  return tokens;
}

static HclPiece *make_pieces(Arena *arena, Str text, const Tokens *tokens) {
  HclPiece *pieces = NEW_N(arena, HclPiece, tokens->len);
  int heredocs = 0;
  for (size_t i = 0; i < tokens->len; i++) {
    HclToken token = tokens->at[i];
    heredocs += (token.kind == HCL_TOKEN_OPEN_HEREDOC) - (token.kind == HCL_TOKEN_CLOSE_HEREDOC);
    pieces[i] = (HclPiece){.kind = token.kind, .text = str_slice(text, token.start, token.end)};
    pieces[i].heredoc = heredocs > 0;
  }
  return pieces;
}

static uint32_t drop_removed(HclPiece *pieces, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (pieces[i].kind != REMOVED) pieces[kept++] = pieces[i];
  }
  return kept;
}

static Str join(Arena *arena, const HclPiece *pieces, uint32_t count, size_t blanks) {
  Buf out = {.arena = arena};
  for (uint32_t i = 0; i < count; i++) {
    buf_repeat(&out, ' ', pieces[i].space);
    buf_str(&out, pieces[i].text);
  }
  buf_repeat(&out, ' ', blanks);
  return buf_text(&out);
}

Str hcl_format_read(Arena *arena, Str text, const HclBody *body) {
  Tokens tokens = all_tokens(arena, text);
  Simplifier s = {arena, text, make_pieces(arena, text, &tokens), tokens.at, (uint32_t)tokens.len - 1};
  simplify_body(&s, body, S(""));
  uint32_t count = drop_removed(s.pieces, s.count);
  hcl_format_pieces(arena, s.pieces, count);
  // Blanks behind the last token of a file stay, as they do in terraform.
  uint32_t end = s.count ? tokens.at[s.count - 1].end : str_starts(text, S("\xEF\xBB\xBF")) ? 3 : 0;
  return join(arena, s.pieces, count, text.len - end);
}

bool hcl_format(Arena *arena, Str text, Str *out) {
  Sources sources = {.arena = arena};
  Diags diags = {.arena = arena};
  uint32_t file = source_add(&sources, S(""), text);
  const HclBody *body = hcl_read(arena, &diags, &sources, file);
  bool good = !diags_failed(&diags);
  *out = good ? hcl_format_read(arena, text, body) : text;
  return good;
}
