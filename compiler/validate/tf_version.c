// Version constraints: `>= 1.5, < 2.0`, `~> 5.31`, `!= 5.3.1`.
#include "validate/tf.h"

typedef struct Version {
  long parts[3];
  int given; // how many parts were written
} Version;

static bool parse_version(Str text, Version *version) {
  *version = (Version){0};
  size_t i = text.len && text.at[0] == 'v' ? 1 : 0;
  for (;;) {
    size_t from = i;
    long part = 0;
    while (i < text.len && ascii_is_digit(text.at[i]) && i - from < 9) part = part * 10 + text.at[i++] - '0';
    if (i == from) return false;
    if (version->given < 3) version->parts[version->given] = part;
    version->given++;
    if (i == text.len || text.at[i] == '-' || text.at[i] == '+') return true;
    if (text.at[i++] != '.') return false;
  }
}

static int compare(const Version *a, const Version *b) {
  for (int i = 0; i < 3; i++) {
    if (a->parts[i] != b->parts[i]) return a->parts[i] < b->parts[i] ? -1 : 1;
  }
  return 0;
}

// ~> 1.2.3: at least that, and the last part written may grow.
static bool grows_from(const Version *version, const Version *base) {
  if (compare(version, base) < 0) return false;
  for (int i = 0; i + 1 < base->given && i < 3; i++) {
    if (version->parts[i] != base->parts[i]) return false;
  }
  return true;
}

static bool satisfies(Str operation, const Version *version, const Version *bound) {
  int order = compare(version, bound);
  if (str_eq(operation, S("!="))) return order != 0;
  if (str_eq(operation, S(">"))) return order > 0;
  if (str_eq(operation, S(">="))) return order >= 0;
  if (str_eq(operation, S("<"))) return order < 0;
  if (str_eq(operation, S("<="))) return order <= 0;
  if (str_eq(operation, S("~>"))) return grows_from(version, bound);
  return order == 0;
}

static bool known_operation(Str operation) {
  static const char *const operations[] = {"", "=", "!=", ">", ">=", "<", "<=", "~>"};
  for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
    if (str_eq(operation, str_of(operations[i]))) return true;
  }
  return false;
}

bool tf_version_fits(Str constraint, Str text, bool *valid) {
  Version version, bound;
  bool fits = true;
  *valid = parse_version(text, &version) && str_trim(constraint).len > 0;
  for (Str rest = constraint; rest.len && *valid;) {
    Str term = str_trim(str_cut(rest, ',', &rest));
    size_t i = 0;
    while (i < term.len && strchr("=!<>~", term.at[i])) i++;
    Str operation = str_slice(term, 0, i);
    *valid = known_operation(operation) && parse_version(str_trim(str_slice(term, i, term.len)), &bound);
    fits &= *valid && satisfies(operation, &version, &bound);
  }
  return fits;
}
