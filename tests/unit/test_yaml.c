// YAML: what is written reads back as the same tree, in YAML 1.1 and 1.2.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "data/yaml.h"

static void writes(void **state) {
  (void)state;
  Arena arena = {0};
  Yaml *root = yaml_map(&arena);
  yaml_put(&arena, root, S("image"), yaml_text(&arena, S("alpine:3.19")));
  Yaml *job = yaml_put(&arena, root, S("build"), yaml_map(&arena));
  yaml_comment(root, S("What runs first.\n\nSee docs."));
  Yaml *script = yaml_put(&arena, job, S("script"), yaml_seq(&arena));
  yaml_add(&arena, script, yaml_text(&arena, S("echo \"a: b\"")));
  yaml_add(&arena, script, yaml_text(&arena, S("set -e\nif true; then\n  echo hi # no comment\nfi\n")));
  yaml_add(&arena, script, yaml_text(&arena, S("echo it's")));
  yaml_put(&arena, job, S("when"), yaml_text(&arena, S("on")));
  yaml_put(&arena, job, S("version"), yaml_text(&arena, S("1.10")));
  yaml_put(&arena, job, S("retry"), yaml_int(&arena, 2));
  yaml_put(&arena, job, S("interruptible"), yaml_bool(&arena, true));
  yaml_put(&arena, job, S("needs"), yaml_seq(&arena));
  Str text = yaml_print(&arena, root, S("Made by a program."));
  assert_string_equal(str_z(&arena, text), "# Made by a program.\n"
                                           "\n"
                                           "image: alpine:3.19\n"
                                           "\n"
                                           "# What runs first.\n"
                                           "#\n"
                                           "# See docs.\n"
                                           "build:\n"
                                           "  script:\n"
                                           "  - 'echo \"a: b\"'\n"
                                           "  - |\n"
                                           "    set -e\n"
                                           "    if true; then\n"
                                           "      echo hi # no comment\n"
                                           "    fi\n"
                                           "  - echo it's\n"
                                           "  when: 'on'\n"
                                           "  version: '1.10'\n"
                                           "  retry: 2\n"
                                           "  interruptible: true\n"
                                           "  needs: []\n");
  arena_free(&arena);
}

static void plain_means_string_everywhere(void **state) {
  (void)state;
  static const Str quoted[] = {STR_INIT(""),     STR_INIT("yes"),   STR_INIT("No"),         STR_INIT("y"),
                               STR_INIT("~"),    STR_INIT("null"),  STR_INIT("1e3"),        STR_INIT("0x1F"),
                               STR_INIT("0o17"), STR_INIT("12:30"), STR_INIT("2024-01-31"), STR_INIT(".5"),
                               STR_INIT("+1"),   STR_INIT("- a"),   STR_INIT("a: b"),       STR_INIT("a #b"),
                               STR_INIT("a:"),   STR_INIT("[a"),    STR_INIT("*a"),         STR_INIT("1_000"),
                               STR_INIT("off"),  STR_INIT(" a"),    STR_INIT("a "),         STR_INIT("@a"),
                               STR_INIT("`a`"),  STR_INIT("%a"),    STR_INIT("1.2.3"),      STR_INIT("<<"),
                               STR_INIT("="),    STR_INIT(".inf"),  STR_INIT("-.nan")};
  static const Str plain[] = {STR_INIT("main"), STR_INIT("$CI_COMMIT_SHA"), STR_INIT("terraform apply -auto-approve"),
                              STR_INIT("a:b"),  STR_INIT("3.12-slim"),      STR_INIT("https://x.y/z?a=b"),
                              STR_INIT("a#b"),  STR_INIT("/usr/bin")};
  for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++) assert_false(yaml_is_plain(quoted[i]));
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) assert_true(yaml_is_plain(plain[i]));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(writes), cmocka_unit_test(plain_means_string_everywhere)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
