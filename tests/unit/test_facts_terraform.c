#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "facts/facts.h"

#define assert_str(is, want) assert_true(str_eq((is), S(want)))

static void resources_have_attributes(void **state) {
  (void)state;
  FactsTfBlock topic;
  assert_true(facts_tf_find(FACTS_TF_RESOURCE, S("aws_sns_topic"), &topic));
  FactsTfAttribute attribute;
  assert_true(facts_tf_find_attribute(topic, S("arn"), &attribute));
  assert_true(attribute.computed && !attribute.optional && !attribute.required);
  assert_int_equal(facts_tf_type_kind(attribute.type), FACTS_TF_STRING);
  assert_true(facts_tf_find_attribute(topic, S("tags"), &attribute));
  assert_int_equal(facts_tf_type_kind(attribute.type), FACTS_TF_MAP);
  assert_int_equal(facts_tf_type_kind(facts_tf_type_element(attribute.type)), FACTS_TF_STRING);
  assert_false(facts_tf_find_attribute(topic, S("nam"), &attribute));
  assert_false(facts_tf_find(FACTS_TF_DATA, S("aws_sns_topics"), &topic));
}

static void blocks_nest(void **state) {
  (void)state;
  FactsTfBlock function;
  FactsTfNested vpc;
  FactsTfAttribute subnets;
  assert_true(facts_tf_find(FACTS_TF_RESOURCE, S("aws_lambda_function"), &function));
  assert_true(facts_tf_find_block(function, S("vpc_config"), &vpc));
  assert_int_equal(vpc.nesting, FACTS_TF_NEST_LIST);
  assert_int_equal(vpc.max_items, 1);
  assert_true(facts_tf_find_attribute(vpc.block, S("subnet_ids"), &subnets));
  assert_true(subnets.required);
  Arena arena = {0};
  Buf text = {.arena = &arena};
  facts_tf_type_write(&text, subnets.type);
  assert_str(buf_text(&text), "set(string)");
  arena_free(&arena);
}

static void secrets_are_marked(void **state) {
  (void)state;
  FactsTfBlock version;
  FactsTfAttribute secret;
  assert_true(facts_tf_find(FACTS_TF_RESOURCE, S("aws_secretsmanager_secret_version"), &version));
  assert_true(facts_tf_find_attribute(version, S("secret_string"), &secret) && secret.sensitive);
  assert_true(facts_tf_find_attribute(version, S("secret_string_wo"), &secret) && secret.write_only);
}

static void every_type_can_be_found_by_its_name(void **state) {
  (void)state;
  for (FactsTfKind kind = FACTS_TF_PROVIDER; kind <= FACTS_TF_EPHEMERAL; kind++) {
    assert_true(facts_tf_count(kind) > 0);
    for (size_t i = 0; i < facts_tf_count(kind); i++) {
      FactsTfBlock block;
      assert_true(facts_tf_find(kind, facts_tf_name(kind, i), &block));
      for (size_t j = 0; j < facts_tf_attributes(block); j++) {
        FactsTfAttribute one = facts_tf_attribute(block, j), same;
        assert_true(facts_tf_find_attribute(block, one.name, &same));
        assert_true(one.required || one.optional || one.computed);
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(resources_have_attributes),
      cmocka_unit_test(blocks_nest),
      cmocka_unit_test(secrets_are_marked),
      cmocka_unit_test(every_type_can_be_found_by_its_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
