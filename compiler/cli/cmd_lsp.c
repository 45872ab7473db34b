// mlopsc lsp: the language server on standard input and output.
#include "base/sys.h"
#include "cli/cli.h"
#include "lsp/lsp.h"
#include <stdlib.h>

enum { HEADER_MOST = 4096, MESSAGE_MOST = 128 * 1024 * 1024 };

// Bytes from the editor, as they come.
typedef struct Input {
  char bytes[65536];
  size_t at, len;
} Input;

// The next byte, or -1 at the end.
static int next_byte(Input *in) {
  if (in->at == in->len) {
    in->at = 0;
    in->len = sys_read_some(0, in->bytes, sizeof in->bytes);
    if (in->len == 0) return -1;
  }
  return (unsigned char)in->bytes[in->at++];
}

// The header lines of a message, up to the empty line. Returns the length of what follows; 0: the end, or no header.
static size_t read_header(Arena *scratch, Input *in) {
  Buf header = {.arena = scratch};
  while (!str_ends(buf_text(&header), S("\r\n\r\n"))) {
    int byte = next_byte(in);
    if (byte < 0 || header.len == HEADER_MOST) return 0;
    buf_char(&header, (char)byte);
  }
  Str rest = buf_text(&header);
  while (rest.len) {
    Str line = str_cut(rest, '\n', &rest), value, name = str_cut(line, ':', &value);
    if (!str_eq(name, S("Content-Length"))) continue;
    long long length = strtoll(str_z(scratch, str_trim(value)), NULL, 10);
    return length > 0 && length <= MESSAGE_MOST ? (size_t)length : 0;
  }
  return 0;
}

static bool read_message(Arena *scratch, Input *in, Str *message) {
  size_t length = read_header(scratch, in);
  if (!length) return false;
  char *at = arena_raw(scratch, length);
  for (size_t i = 0; i < length; i++) {
    int byte = next_byte(in);
    if (byte < 0) return false;
    at[i] = (char)byte;
  }
  *message = (Str){at, length};
  return true;
}

// Ends well where the editor asked to shut down before it went.
static int run(Args *args) {
  Lsp lsp = {.arena = args->arena};
  Input *in = NEW(args->arena, Input);
  Arena scratch = {0};
  Str message;
  while (!lsp.ended && read_message(&scratch, in, &message)) {
    Buf out = {.arena = &scratch};
    lsp_message(&lsp, &scratch, message, &out);
    if (out.len) sys_out(1, buf_text(&out));
    arena_free(&scratch);
  }
  arena_free(&scratch);
  for (size_t i = 0; i < lsp.documents.len; i++) arena_free(&lsp.documents.at[i]->arena);
  return lsp.shut_down ? EXIT_GOOD : EXIT_FINDINGS;
}

static const Option options[] = {{0}};
const Command command_lsp = {
    "lsp",
    "answer an editor about specs while they are written (Language Server Protocol)",
    "",
    options,
    "mlopsc lsp        (the editor starts it and talks to it)",
    run,
};
