#include "facts/iam.h"

// iam.bin, as distill/iam.mjs writes it:
//   prefixes: (name actions)…               actions:  count action…, sorted by name without regard to case
//   services: (name service)…               service:  prefix count (operation 0|list)…, those with other actions
//   action:   name access resources conditions dependents, the last three 0 or: count …
//   resource: name arn conditions
enum { PREFIXES, PREFIX_COUNT, SERVICES, SERVICE_COUNT, VERSION };
enum { ACTION_NAME, ACTION_ACCESS, ACTION_RESOURCES, ACTION_CONDITIONS, ACTION_DEPENDENTS };

static FactsAt header(void) {
  return facts_table(S("facts/iam.bin"), "MLI1");
}

static FactsIamAction action_at(FactsAt table, uint32_t at) {
  FactsAt record = facts_go(table, at);
  return (FactsIamAction){
      .at = record,
      .name = facts_string(record, facts_word(record, ACTION_NAME)),
      .access_level = facts_string(record, facts_word(record, ACTION_ACCESS)),
  };
}

// --- Actions

static bool prefix_actions(Str prefix, FactsAt *actions) {
  FactsAt top = header();
  FactsAt index = facts_go(top, facts_word(top, PREFIXES));
  size_t count = facts_word(top, PREFIX_COUNT);
  size_t i = facts_search(index, count, 2, false, prefix);
  if (i == count) return false;
  *actions = facts_go(index, facts_word(index, 2 * i + 1));
  return true;
}

static int compare_ignoring_case(Str a, Str b) {
  for (size_t i = 0; i < a.len && i < b.len; i++) {
    char x = ascii_lower(a.at[i]), y = ascii_lower(b.at[i]);
    if (x != y) return x < y ? -1 : 1;
  }
  return a.len < b.len ? -1 : a.len > b.len;
}

static int order_of_action(const void *with, Str name, size_t index) {
  const FactsAt *actions = with;
  Str own;
  str_cut(action_at(*actions, facts_word(*actions, 1 + index)).name, ':', &own);
  return compare_ignoring_case(name, own);
}

// `name` without its prefix.
static bool find_in(FactsAt actions, Str name, FactsIamAction *action) {
  size_t count = facts_word(actions, 0), i = str_search(name, count, order_of_action, &actions);
  if (i == count) return false;
  *action = action_at(actions, facts_word(actions, 1 + i));
  return true;
}

bool facts_iam_action(Str name, FactsIamAction *action) {
  Str own;
  Str prefix = str_cut(name, ':', &own);
  FactsAt actions;
  return prefix_actions(prefix, &actions) && find_in(actions, own, action);
}

// --- What is known of an action

static size_t list_count(FactsIamAction action, size_t word) {
  uint32_t list = facts_word(action.at, word);
  return list ? facts_word(facts_go(action.at, list), 0) : 0;
}

static uint32_t list_item(FactsIamAction action, size_t word, size_t index) {
  return facts_word(facts_go(action.at, facts_word(action.at, word)), 1 + index);
}

size_t facts_iam_resources(FactsIamAction action) {
  return list_count(action, ACTION_RESOURCES);
}

FactsIamResource facts_iam_resource(FactsIamAction action, size_t index) {
  uint32_t word = list_item(action, ACTION_RESOURCES, index);
  FactsAt record = facts_go(action.at, facts_packed_at(word));
  return (FactsIamResource){
      .name = facts_string(record, facts_word(record, 0)),
      .arn = facts_string(record, facts_word(record, 1)),
      .required = facts_packed_bits(word) & 1,
  };
}

size_t facts_iam_conditions(FactsIamAction action) {
  return list_count(action, ACTION_CONDITIONS);
}

Str facts_iam_condition(FactsIamAction action, size_t index) {
  return facts_string(action.at, list_item(action, ACTION_CONDITIONS, index));
}

// --- What an operation needs

static FactsIamActions own_action(FactsAt service, Str action) {
  FactsAt actions;
  FactsIamAction found;
  FactsIamActions result = {0};
  if (!prefix_actions(facts_string(service, facts_word(service, 0)), &actions)) return result;
  if (!find_in(actions, action, &found)) return result;
  return (FactsIamActions){.known = true, .count = 1, .own = true, .list = found.at};
}

FactsIamActions facts_iam_of_operation(Str service, Str action) {
  FactsAt top = header();
  FactsAt index = facts_go(top, facts_word(top, SERVICES));
  size_t count = facts_word(top, SERVICE_COUNT);
  size_t i = facts_search(index, count, 2, false, service);
  if (i == count) return (FactsIamActions){0};
  FactsAt record = facts_go(index, facts_word(index, 2 * i + 1));
  FactsAt entries = facts_go(record, record.at + 8);
  size_t others = facts_word(record, 1);
  size_t j = facts_search(entries, others, 2, false, action);
  if (j == others) return own_action(record, action);
  uint32_t list = facts_word(entries, 2 * j + 1);
  if (!list) return (FactsIamActions){.known = true};
  FactsAt at = facts_go(entries, list);
  return (FactsIamActions){.known = true, .count = facts_word(at, 0), .list = facts_go(at, list + 4)};
}

FactsIamAction facts_iam_of_operation_at(FactsIamActions actions, size_t index) {
  return action_at(actions.list, actions.own ? actions.list.at : facts_word(actions.list, index));
}

Str facts_iam_version(void) {
  FactsAt top = header();
  return facts_string(top, facts_word(top, VERSION));
}
