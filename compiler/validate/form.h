// Forms: what is known of a JSON value before it exists. Immutable, in an arena.
#pragma once
#include "data/json.h"
#include "facts/api.h"

typedef struct Form Form;

typedef struct FormMember {
  Str name;
  const Form *form;
  bool maybe; // it may be missing
} FormMember;

struct Form {
  unsigned kinds;       // what it may be: bits 1 << JsonKind; both booleans always together
  const Json *constant; // its value, if that is known; then nothing below is set
  bool open;            // as an object it may have other members too
  bool loose;           // told by the tables of AWS, which may be older than the service
  FormMember *members;  // as an object
  uint32_t count;
  const Form *element; // as an array: every item; NULL: not known
  const Form **items;  // … of which these are known by their places
  uint32_t item_count;
};

enum { FORM_ANY_KINDS = (1 << (JSON_OBJECT + 1)) - 1, FORM_BOOL = 1 << JSON_FALSE | 1 << JSON_TRUE };
extern const Form FORM_ANY, FORM_EMPTY, FORM_TEXT, FORM_COUNT, FORM_TRUTH;

const Form *form_constant(Arena *arena, const Json *json);
// An array whose items are known by their places.
const Form *form_items(Arena *arena, const Form **items, uint32_t count);
const Form *form_array(Arena *arena, const Form *element);
// What an API gives or takes.
const Form *form_of_facts(Arena *arena, FactsShape facts);
const Form *form_object(Arena *arena, FormMember *members, uint32_t count, bool open);
// What is one or the other.
const Form *form_merge(Arena *arena, const Form *a, const Form *b);
bool form_same(const Form *a, const Form *b);

// A member or an item: its form; NULL when it is missing for certain. *maybe is set when it may be missing. FORM_ANY
// when nothing is known.
const Form *form_member(Arena *arena, const Form *form, Str name, bool *maybe);
const Form *form_item(Arena *arena, const Form *form, double index);
// Any item of an array.
const Form *form_element(Arena *arena, const Form *form);
// `form` with `value` as its member `name`.
const Form *form_with(Arena *arena, const Form *form, Str name, const Form *value);
// The member's name nearest to `name`, or an empty Str.
Str form_nearest(Arena *arena, const Form *form, Str name);
// "a string", "an array or an object".
Str form_kinds_text(Arena *arena, unsigned kinds);
