#include "facts/terraform_schema.h"

// The header: for each kind, then for the providers, where the index is and how many entries it has.
//   type:      kind [element | count (name type)…]
//   block:     attributes blocks (name+flags type)… (name+bits min·65536+max block)…
enum { KINDS = 4, ATTRIBUTE_WORDS = 2, BLOCK_WORDS = 3, NESTING_BITS = 3, DEPRECATED_BIT = 8, OPAQUE_BIT = 16 };

static FactsAt section(unsigned which, size_t *count) {
  FactsAt header = facts_table(S("facts/terraform.bin"), "MLT1");
  *count = facts_word(header, 2 * which + 1);
  return facts_go(header, facts_word(header, 2 * which));
}

// --- Types

FactsTfTypeKind facts_tf_type_kind(FactsTfType type) {
  return (FactsTfTypeKind)facts_word(type.at, 0);
}

FactsTfType facts_tf_type_element(FactsTfType type) {
  return (FactsTfType){facts_go(type.at, facts_word(type.at, 1))};
}

size_t facts_tf_type_fields(FactsTfType type) {
  return facts_word(type.at, 1);
}

FactsTfType facts_tf_type_field(FactsTfType type, size_t index, Str *name) {
  *name = facts_string(type.at, facts_word(type.at, 2 + 2 * index));
  return (FactsTfType){facts_go(type.at, facts_word(type.at, 3 + 2 * index))};
}

void facts_tf_type_write(Buf *out, FactsTfType type) {
  static const char *const names[] = {"string", "number", "bool", "dynamic", "list", "set", "map", "object"};
  FactsTfTypeKind kind = facts_tf_type_kind(type);
  buf_fmt(out, "%s", names[kind]);
  if (kind < FACTS_TF_LIST) return;
  buf_char(out, '(');
  if (kind == FACTS_TF_OBJECT) {
    buf_str(out, S("{"));
    for (size_t i = 0; i < facts_tf_type_fields(type); i++) {
      Str name;
      FactsTfType field = facts_tf_type_field(type, i, &name);
      buf_fmt(out, "%s %.*s = ", i ? "," : "", STR_ARG(name));
      facts_tf_type_write(out, field);
    }
    buf_str(out, S(" }"));
  } else {
    facts_tf_type_write(out, facts_tf_type_element(type));
  }
  buf_char(out, ')');
}

// --- Blocks

bool facts_tf_find(FactsTfKind kind, Str type, FactsTfBlock *block) {
  size_t count;
  FactsAt index = section(kind, &count);
  size_t i = facts_search(index, count, 2, false, type);
  if (i == count) return false;
  *block = (FactsTfBlock){facts_go(index, facts_word(index, 2 * i + 1))};
  return true;
}

size_t facts_tf_count(FactsTfKind kind) {
  size_t count;
  section(kind, &count);
  return count;
}

Str facts_tf_name(FactsTfKind kind, size_t index) {
  size_t count;
  FactsAt entries = section(kind, &count);
  return facts_string(entries, facts_word(entries, 2 * index));
}

static FactsAt attributes_of(FactsTfBlock block) {
  return facts_go(block.at, block.at.at + 8);
}

static FactsAt blocks_of(FactsTfBlock block) {
  return facts_go(block.at, block.at.at + 8 + 4 * ATTRIBUTE_WORDS * facts_word(block.at, 0));
}

size_t facts_tf_attributes(FactsTfBlock block) {
  return facts_word(block.at, 0);
}

FactsTfAttribute facts_tf_attribute(FactsTfBlock block, size_t index) {
  FactsAt entries = attributes_of(block);
  uint32_t name = facts_word(entries, ATTRIBUTE_WORDS * index);
  unsigned bits = facts_packed_bits(name);
  return (FactsTfAttribute){
      .name = facts_string(entries, facts_packed_at(name)),
      .type = {facts_go(entries, facts_word(entries, ATTRIBUTE_WORDS * index + 1))},
      .required = bits & 1,
      .optional = bits & 2,
      .computed = bits & 4,
      .sensitive = bits & 8,
      .write_only = bits & 16,
      .deprecated = bits & 32,
  };
}

bool facts_tf_find_attribute(FactsTfBlock block, Str name, FactsTfAttribute *attribute) {
  size_t count = facts_tf_attributes(block);
  size_t i = facts_search(attributes_of(block), count, ATTRIBUTE_WORDS, true, name);
  if (i == count) return false;
  *attribute = facts_tf_attribute(block, i);
  return true;
}

size_t facts_tf_blocks(FactsTfBlock block) {
  return facts_word(block.at, 1);
}

FactsTfNested facts_tf_block(FactsTfBlock block, size_t index) {
  FactsAt entries = blocks_of(block);
  uint32_t name = facts_word(entries, BLOCK_WORDS * index);
  uint32_t items = facts_word(entries, BLOCK_WORDS * index + 1);
  unsigned bits = facts_packed_bits(name);
  return (FactsTfNested){
      .name = facts_string(entries, facts_packed_at(name)),
      .nesting = (FactsTfNesting)(bits & NESTING_BITS),
      .min_items = items >> 16,
      .max_items = items & 0xffff,
      .deprecated = (bits & DEPRECATED_BIT) != 0,
      .opaque = (bits & OPAQUE_BIT) != 0,
      .block = {facts_go(entries, facts_word(entries, BLOCK_WORDS * index + 2))},
  };
}

bool facts_tf_find_block(FactsTfBlock block, Str name, FactsTfNested *nested) {
  size_t count = facts_tf_blocks(block);
  size_t i = facts_search(blocks_of(block), count, BLOCK_WORDS, true, name);
  if (i == count) return false;
  *nested = facts_tf_block(block, i);
  return true;
}

// --- Providers

size_t facts_tf_providers(void) {
  size_t count;
  section(KINDS, &count);
  return count;
}

FactsTfProvider facts_tf_provider(size_t index) {
  size_t count;
  FactsAt entries = section(KINDS, &count);
  return (FactsTfProvider){
      facts_string(entries, facts_word(entries, 3 * index)),
      facts_string(entries, facts_word(entries, 3 * index + 1)),
      facts_string(entries, facts_word(entries, 3 * index + 2)),
  };
}
