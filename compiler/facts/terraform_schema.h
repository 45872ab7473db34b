// The schemas of Terraform providers: every resource, data source and ephemeral resource with its attributes and
// blocks. Read in place from terraform.bin; nothing allocates, everything returned lives as long as the program.
#pragma once
#include "base/buf.h"
#include "facts/table.h"

typedef enum {
  FACTS_TF_PROVIDER, // the provider's own configuration block, by its name ("aws")
  FACTS_TF_RESOURCE,
  FACTS_TF_DATA,
  FACTS_TF_EPHEMERAL,
} FactsTfKind;

// --- Types of attributes

typedef enum {
  FACTS_TF_STRING,
  FACTS_TF_NUMBER,
  FACTS_TF_BOOL,
  FACTS_TF_DYNAMIC, // any type
  FACTS_TF_LIST,
  FACTS_TF_SET,
  FACTS_TF_MAP,
  FACTS_TF_OBJECT,
} FactsTfTypeKind;

typedef struct FactsTfType {
  FactsAt at;
} FactsTfType;

FactsTfTypeKind facts_tf_type_kind(FactsTfType type);
// The element type of a list, set or map.
FactsTfType facts_tf_type_element(FactsTfType type);
// The fields of an object, sorted by name.
size_t facts_tf_type_fields(FactsTfType type);
FactsTfType facts_tf_type_field(FactsTfType type, size_t index, Str *name);
// As Terraform writes it: "list(object({ name = string }))"; in the buffer's arena.
void facts_tf_type_write(Buf *out, FactsTfType type);

// --- Blocks

typedef struct FactsTfBlock {
  FactsAt at;
} FactsTfBlock;

typedef struct FactsTfAttribute {
  Str name;
  FactsTfType type;
  bool required, optional, computed, sensitive, write_only, deprecated;
} FactsTfAttribute;

typedef enum { FACTS_TF_NEST_SINGLE, FACTS_TF_NEST_LIST, FACTS_TF_NEST_SET, FACTS_TF_NEST_MAP } FactsTfNesting;

typedef struct FactsTfNested {
  Str name;
  FactsTfNesting nesting;
  uint32_t min_items, max_items; // max_items 0: no limit
  bool deprecated;
  bool opaque; // nests deeper than the table tells; the members of `block` are not known
  FactsTfBlock block;
} FactsTfNested;

// The block of a resource type ("aws_s3_bucket"); false: the tables do not know it.
bool facts_tf_find(FactsTfKind kind, Str type, FactsTfBlock *block);
// All types of a kind, sorted by name: for did-you-mean.
size_t facts_tf_count(FactsTfKind kind);
Str facts_tf_name(FactsTfKind kind, size_t index);

// The attributes and nested blocks of a block, each sorted by name. What every type has of its own accord
// (count, for_each, depends_on, lifecycle, provider, …) is the language's and not among them.
size_t facts_tf_attributes(FactsTfBlock block);
FactsTfAttribute facts_tf_attribute(FactsTfBlock block, size_t index);
bool facts_tf_find_attribute(FactsTfBlock block, Str name, FactsTfAttribute *attribute);
size_t facts_tf_blocks(FactsTfBlock block);
FactsTfNested facts_tf_block(FactsTfBlock block, size_t index);
bool facts_tf_find_block(FactsTfBlock block, Str name, FactsTfNested *nested);

// --- Providers

typedef struct FactsTfProvider {
  Str name;    // "aws"
  Str version; // of the provider: "6.25.0"
  Str source;  // the package and version that the schema was distilled from
} FactsTfProvider;

size_t facts_tf_providers(void);
FactsTfProvider facts_tf_provider(size_t index);
