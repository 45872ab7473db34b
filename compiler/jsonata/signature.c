// Function signatures: "<s-nn?:s>". What each parameter takes, which may be left out, which fall back on the context.
#include "jsonata/engine.h"

// Types as bits, by the letter that stands for them.
static const char letters[] = "snblaofm";
enum { TYPE_MISSING = 1 << 7, TYPE_FUNCTION = 1 << 6, TYPE_ARRAY = 1 << 4, TYPE_ANY = 0xFF };

typedef struct Parameter {
  uint8_t types;    // the types it takes
  char type;        // its letter; '(' for a choice
  char subtype;     // of an array's items; 0: any
  Str subtype_text; // as written
  bool context;     // '-': the context stands in
  bool optional;    // '?' (or '-')
  bool many;        // '+'
} Parameter;

struct Signature {
  Parameter *parameters;
  uint32_t count;
};

static unsigned type_bit(char letter) {
  const char *hit = letter ? strchr(letters, letter) : NULL;
  return hit ? 1u << (hit - letters) : 0;
}

static char type_letter(Value v) {
  if (!v) return 'm';
  switch (v->kind) {
  case JSON_NULL: return 'l';
  case JSON_FALSE:
  case JSON_TRUE: return 'b';
  case JSON_NUMBER: return 'n';
  case JSON_STRING: return 's';
  case JSON_ARRAY: return 'a';
  case JSON_OBJECT: return 'o';
  case KIND_FUNCTION: return 'f';
  default: return 'm';
  }
}

static uint32_t closing(Str text, uint32_t from, char open, char close) {
  uint32_t at = from;
  for (int depth = 1; at < text.len;) {
    at++;
    char c = at < text.len ? text.at[at] : 0;
    depth += (c == open) - (c == close);
    if (depth == 0) break;
  }
  return at;
}

static bool plain_type(char c, Parameter *parameter) {
  parameter->type = c;
  switch (c) {
  case 's':
  case 'n':
  case 'b':
  case 'l':
  case 'o': parameter->types = (uint8_t)(type_bit(c) | TYPE_MISSING); return true;
  case 'a':
  case 'x': parameter->types = TYPE_ANY; return true;
  case 'f': parameter->types = TYPE_FUNCTION; return true;
  case 'j': parameter->types = TYPE_ANY & ~TYPE_FUNCTION; return true;
  default: return false;
  }
}

static Signature *fault(const char **code, uint32_t *offset, const char *what, uint32_t at) {
  *code = what;
  *offset = at;
  return NULL;
}

Signature *jsonata_signature_parse(Arena *arena, Str text, const char **code, uint32_t *offset) {
  Signature *signature = NEW(arena, Signature);
  Parameter *list = NEW_N(arena, Parameter, text.len + 1), *last = list; // "last" is the first before there is any
  for (uint32_t i = 1; i < text.len && text.at[i] != ':'; i++) {
    char c = text.at[i];
    Parameter parameter = {0};
    if (c == '-') {
      last->context = last->optional = true;
    } else if (c == '?') {
      last->optional = true;
    } else if (c == '+') {
      last->many = true;
    } else if (c == '(') {
      uint32_t end = closing(text, i, '(', ')');
      parameter.type = '(';
      parameter.types = TYPE_MISSING;
      for (uint32_t k = i + 1; k < end; k++) {
        if (text.at[k] == '<') return fault(code, offset, "S0402", i);
        parameter.types |= (uint8_t)type_bit(text.at[k]);
      }
      i = end;
      *(last = &list[signature->count++]) = parameter;
    } else if (c == '<') {
      if (last->type != 'a' && last->type != 'f') return fault(code, offset, "S0401", i);
      uint32_t end = closing(text, i, '<', '>');
      last->subtype_text = str_slice(text, i + 1, end);
      last->subtype = last->subtype_text.len ? last->subtype_text.at[0] : 0;
      i = end;
    } else if (plain_type(c, &parameter)) {
      *(last = &list[signature->count++]) = parameter;
    }
  }
  signature->parameters = list;
  return signature;
}

// Lets parameters [p, most) take arguments from `a` on, greedily, going back where that leads nowhere. taken[p] is how
// many each took. `all`: no argument may remain. Gives how many arguments were taken in total, or -1.
typedef struct Matching {
  const Signature *signature;
  const Value *arguments;
  size_t count;
  uint32_t most;
  bool all;
  uint32_t *taken;
  uint32_t fuel; // bounds going back
} Matching;

static int64_t match(Matching *m, uint32_t p, size_t a) {
  if (m->fuel == 0) return -1;
  m->fuel--;
  if (p == m->most) return m->all && a < m->count ? -1 : (int64_t)a;
  const Parameter *parameter = &m->signature->parameters[p];
  size_t fitting = 0, limit = parameter->many ? m->count - a : 1;
  while (fitting < limit && a + fitting < m->count &&
         (parameter->types & type_bit(type_letter(m->arguments[a + fitting])))) {
    fitting++;
  }
  for (size_t take = fitting + 1; take-- > (parameter->optional ? 0u : 1u);) {
    m->taken[p] = (uint32_t)take;
    int64_t end = match(m, p + 1, a + take);
    if (end >= 0) return end;
  }
  return -1;
}

static _Noreturn void refuse(Engine *engine, Matching *m) {
  int64_t good = 0;
  m->all = false;
  m->fuel = 20000; // for all of them together
  for (m->most = 1; m->most <= m->signature->count; m->most++) {
    int64_t end = match(m, 0, 0);
    if (end < 0) break;
    good = end;
  }
  FAIL(engine, "T0410", .value = argument(m->arguments, m->count, (size_t)good), .index = (uint32_t)good + 1);
}

static Str plural(char letter) {
  switch (letter) {
  case 'a': return S("arrays");
  case 'b': return S("booleans");
  case 'f': return S("functions");
  case 'n': return S("numbers");
  case 'o': return S("objects");
  case 's': return S("strings");
  default: return (Str){0};
  }
}

// An array parameter takes a single value for an array of it; its items must have the type that is asked for.
static Value as_array(Engine *engine, const Parameter *parameter, Value value, uint32_t index) {
  if (!value) return NULL;
  bool fits = true;
  if (parameter->subtype_text.len && !is_array(value)) {
    fits = parameter->subtype_text.len == 1 && type_letter(value) == parameter->subtype;
  } else if (parameter->subtype_text.len && value->count) {
    char first = type_letter(value->items[0]);
    fits = first == parameter->subtype;
    for (uint32_t i = 1; i < value->count && fits; i++) fits = type_letter(value->items[i]) == first;
  }
  if (!fits) {
    FAIL(engine, "T0412", .value = value, .index = index,
         .text = parameter->subtype_text.len == 1 ? plural(parameter->subtype) : (Str){0});
  }
  if (is_array(value)) return value;
  const Json **items;
  Value array = jsonata_new_array(engine, 1, 0, &items);
  items[0] = value;
  return array;
}

const Value *jsonata_signature_apply(Engine *engine, const Signature *signature, const Value *arguments, size_t *count,
                                     Value context) {
  uint32_t few[16], *taken = few;
  if (signature->count > 16) taken = NEW_N(engine->arena, uint32_t, signature->count);
  Matching m = {signature, arguments, *count, signature->count, true, taken, 10000};
  if (match(&m, 0, 0) < 0) refuse(engine, &m);
  size_t base = engine->top, a = 0;
  for (uint32_t p = 0; p < signature->count; p++) {
    const Parameter *parameter = &signature->parameters[p];
    if (taken[p] == 0 && parameter->context) {
      if (!(parameter->types & type_bit(type_letter(context)))) {
        FAIL(engine, "T0411", .value = context, .index = (uint32_t)a + 1);
      }
      stack_push(engine, context);
    } else if (taken[p] == 0) {
      stack_push(engine, argument(arguments, *count, a));
      a++;
    }
    for (uint32_t k = 0; k < taken[p]; k++, a++) {
      Value value = argument(arguments, *count, a);
      stack_push(engine, parameter->type == 'a' ? as_array(engine, parameter, value, (uint32_t)a + 1) : value);
    }
  }
  *count = engine->top - base;
  return engine->stack + base;
}
