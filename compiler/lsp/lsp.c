#include "lsp/lsp.h"
#include "syntax/syntax.h"

// Error codes of JSON-RPC and of the protocol.
enum { PARSE_ERROR = -32700, INVALID_REQUEST = -32600, METHOD_NOT_FOUND = -32601 };

// ---------------------------------------------------------------- messages

typedef struct Call {
  Lsp *lsp;
  Arena *arena;
  const Json *params;
  Buf *out;
} Call;

static void send(Arena *arena, Buf *out, JsonBuild *message) {
  Str text = json_text(arena, json_made_object(message), JSON_COMPACT);
  buf_fmt(out, "Content-Length: %zu\r\n\r\n", text.len);
  buf_str(out, text);
}

static JsonBuild begin_message(Arena *arena) {
  JsonBuild message = {.arena = arena};
  json_put(&message, S("jsonrpc"), json_string(arena, S("2.0")));
  return message;
}

static void answer(Call *call, const Json *id, const Json *result) {
  JsonBuild message = begin_message(call->arena);
  json_put(&message, S("id"), id);
  json_put(&message, S("result"), result);
  send(call->arena, call->out, &message);
}

static void refuse(Arena *arena, Buf *out, const Json *id, int code, Str why) {
  JsonBuild message = begin_message(arena), error = {.arena = arena};
  json_put(&error, S("code"), json_number(arena, code));
  json_put(&error, S("message"), json_string(arena, why));
  json_put(&message, S("id"), id ? id : &JSON_THE_NULL);
  json_put(&message, S("error"), json_made_object(&error));
  send(arena, out, &message);
}

static void notify(Call *call, Str method, const Json *params) {
  JsonBuild message = begin_message(call->arena);
  json_put(&message, S("method"), json_string(call->arena, method));
  json_put(&message, S("params"), params);
  send(call->arena, call->out, &message);
}

// ---------------------------------------------------------------- documents

static Str string_at(const Json *value, Str pointer) {
  const Json *found = json_at(value, pointer);
  return json_is(found, JSON_STRING) ? json_str(found) : (Str){0};
}

static LspDocument *document_of(Lsp *lsp, Str uri) {
  for (size_t i = 0; i < lsp->documents.len; i++) {
    if (str_eq(lsp->documents.at[i]->uri, uri)) return lsp->documents.at[i];
  }
  return NULL;
}

static int hex_value(char c) {
  return ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The path of a file: URI; other URIs stand for themselves.
static Str path_of(Arena *arena, Str uri) {
  if (!str_starts(uri, S("file://"))) return uri;
  Buf path = {.arena = arena};
  for (size_t i = 7; i < uri.len; i++) {
    bool escape = uri.at[i] == '%' && i + 2 < uri.len && hex_value(uri.at[i + 1]) >= 0 && hex_value(uri.at[i + 2]) >= 0;
    buf_char(&path, escape ? (char)(hex_value(uri.at[i + 1]) * 16 + hex_value(uri.at[i + 2])) : uri.at[i]);
    if (escape) i += 2;
  }
  return buf_text(&path);
}

static void publish(Call *call, const LspDocument *document) {
  JsonBuild params = {.arena = call->arena}, none = {.arena = call->arena};
  json_put(&params, S("uri"), json_string(call->arena, document->uri));
  Str path = path_of(call->arena, document->uri);
  json_put(&params, S("diagnostics"),
           document->open ? lsp_diagnostics(call->arena, path, document->text) : json_made_array(&none));
  notify(call, S("textDocument/publishDiagnostics"), json_made_object(&params));
}

static void set_text(Call *call, LspDocument *document, Str text) {
  arena_free(&document->arena);
  document->text = str_dup(&document->arena, text);
  document->open = true;
  publish(call, document);
}

static void did_open(Call *call) {
  Str uri = string_at(call->params, S("/textDocument/uri"));
  LspDocument *document = document_of(call->lsp, uri);
  if (!document) {
    document = NEW(call->lsp->arena, LspDocument);
    document->uri = str_dup(call->lsp->arena, uri);
    VEC_PUSH(call->lsp->arena, &call->lsp->documents, document);
  }
  set_text(call, document, string_at(call->params, S("/textDocument/text")));
}

// The server asks for whole texts: the last change is the document.
static void did_change(Call *call) {
  LspDocument *document = document_of(call->lsp, string_at(call->params, S("/textDocument/uri")));
  const Json *changes = json_get(call->params, S("contentChanges"));
  if (!document || !json_is(changes, JSON_ARRAY) || !changes->count) return;
  set_text(call, document, string_at(changes->items[changes->count - 1], S("/text")));
}

static void did_close(Call *call) {
  LspDocument *document = document_of(call->lsp, string_at(call->params, S("/textDocument/uri")));
  if (!document) return;
  document->open = false;
  document->text = (Str){0};
  arena_free(&document->arena);
  publish(call, document);
}

// ---------------------------------------------------------------- requests

static const Json *initialize(Call *call) {
  Arena *arena = call->arena;
  JsonBuild result = {.arena = arena}, able = {.arena = arena}, about = {.arena = arena};
  json_put(&able, S("textDocumentSync"), json_number(arena, 1)); // whole texts
  json_put(&able, S("documentFormattingProvider"), json_bool(true));
  json_put(&able, S("documentSymbolProvider"), json_bool(true));
  json_put(&about, S("name"), json_string(arena, S("mlopsc")));
  json_put(&result, S("capabilities"), json_made_object(&able));
  json_put(&result, S("serverInfo"), json_made_object(&about));
  return json_made_object(&result);
}

static const Json *shut_down(Call *call) {
  call->lsp->shut_down = true;
  return &JSON_THE_NULL;
}

// One edit that replaces the whole text; none for a text that is faulty or canonical already.
static const Json *formatting(Call *call) {
  LspDocument *document = document_of(call->lsp, string_at(call->params, S("/textDocument/uri")));
  JsonBuild edits = {.arena = call->arena}, edit = {.arena = call->arena};
  if (!document || !document->open) return json_made_array(&edits);
  Sources sources = {.arena = call->arena};
  Diags diags = {.arena = call->arena};
  uint32_t file = source_add(&sources, document->uri, document->text);
  Str formatted;
  if (!syntax_format(call->arena, &sources, file, &diags, &formatted)) return json_made_array(&edits);
  if (str_eq(formatted, document->text)) return json_made_array(&edits);
  Span whole = {file, 0, (uint32_t)document->text.len};
  json_put(&edit, S("range"), lsp_range(call->arena, &sources, whole));
  json_put(&edit, S("newText"), json_string(call->arena, formatted));
  json_add(&edits, json_made_object(&edit));
  return json_made_array(&edits);
}

static const Json *symbols(Call *call) {
  LspDocument *document = document_of(call->lsp, string_at(call->params, S("/textDocument/uri")));
  Sources sources = {.arena = call->arena};
  Str text = document ? document->text : (Str){0};
  return lsp_symbols(call->arena, &sources, source_add(&sources, S("spec"), text));
}

static void say_goodbye(Call *call) {
  call->lsp->ended = true;
}

typedef struct Method {
  Str name;
  const Json *(*ask)(Call *call); // a request
  void (*tell)(Call *call);       // a notification
} Method;

static const Method methods[] = {
    {STR_INIT("initialize"), initialize, NULL},
    {STR_INIT("shutdown"), shut_down, NULL},
    {STR_INIT("exit"), NULL, say_goodbye},
    {STR_INIT("textDocument/didOpen"), NULL, did_open},
    {STR_INIT("textDocument/didChange"), NULL, did_change},
    {STR_INIT("textDocument/didClose"), NULL, did_close},
    {STR_INIT("textDocument/formatting"), formatting, NULL},
    {STR_INIT("textDocument/documentSymbol"), symbols, NULL},
};

void lsp_message(Lsp *lsp, Arena *scratch, Str text, Buf *out) {
  JsonError fault;
  const Json *message = json_read(scratch, text, 0, &fault);
  if (!message) {
    refuse(scratch, out, NULL, PARSE_ERROR, str_fmt(scratch, "no JSON: %s", fault.what));
    return;
  }
  const Json *id = json_get(message, S("id"));
  Str name = string_at(message, S("/method"));
  Call call = {lsp, scratch, json_get(message, S("params")), out};
  for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
    const Method *method = &methods[i];
    if (!str_eq(method->name, name)) continue;
    if (id && lsp->shut_down && method->ask)
      refuse(scratch, out, id, INVALID_REQUEST, S("the session is shut down"));
    else if (id && method->ask)
      answer(&call, id, method->ask(&call));
    else if (method->tell)
      method->tell(&call);
    return;
  }
  // Notifications that nobody knows are ignored, and so are answers.
  if (id && name.len) refuse(scratch, out, id, METHOD_NOT_FOUND, str_fmt(scratch, "there is no %.*s", STR_ARG(name)));
}
