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

// Reads a text; asserts that it is good or bad.
typedef struct Read {
  Arena arena;
  Sources sources;
  Diags diags;
  YamlStream stream;
} Read;

static const Yaml *read_text(Read *r, Str text, YamlVersion version, bool good) {
  *r = (Read){0};
  r->sources.arena = r->diags.arena = &r->arena;
  YamlOptions options = {.version = version, .merge = true, .syntax_code = "V3001"};
  uint32_t file = source_add(&r->sources, S("a.yml"), text);
  assert_int_equal(yaml_read(&r->diags, &r->sources, file, &options, &r->stream), good);
  return r->stream.documents.len ? r->stream.documents.at[0] : NULL;
}

static void scalars_have_the_kind_of_their_version(void **state) {
  (void)state;
  static const struct {
    const char *text;
    YamlKind old, core;
  } rows[] = {
      {"yes", YAML_BOOL, YAML_STRING},     {"off", YAML_BOOL, YAML_STRING},        {"true", YAML_BOOL, YAML_BOOL},
      {"~", YAML_NULL, YAML_NULL},         {"1:30", YAML_INT, YAML_STRING},        {"0b11", YAML_INT, YAML_STRING},
      {"0x1F", YAML_INT, YAML_INT},        {"1_000", YAML_INT, YAML_STRING},       {"1.5e3", YAML_FLOAT, YAML_FLOAT},
      {".inf", YAML_FLOAT, YAML_FLOAT},    {"2024-01-31", YAML_TIME, YAML_STRING}, {"v1.2", YAML_STRING, YAML_STRING},
      {"1.2.3", YAML_STRING, YAML_STRING}, {"-", YAML_STRING, YAML_STRING}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_int_equal(yaml_resolve(str_of(rows[i].text), YAML_1_1), rows[i].old);
    assert_int_equal(yaml_resolve(str_of(rows[i].text), YAML_1_2), rows[i].core);
  }
}

static void spans_count_bytes(void **state) {
  (void)state;
  Read r;
  const Yaml *root = read_text(&r, S("\xC3\xA9: 'x'\nkey: [a, b]\n"), YAML_1_2, true);
  const YamlPair *pair = &root->pairs.at[1];
  assert_int_equal(pair->key->span.start, 8);
  assert_int_equal(pair->key->span.end, 11);
  assert_int_equal(pair->value->items.at[1]->span.start, 17);
  arena_free(&r.arena);
}

static void merge_keys_give_way_to_own_ones(void **state) {
  (void)state;
  Read r;
  const Yaml *root = read_text(&r,
                               S("a: &a { x: 1, y: 2 }\nb: &b { y: 3, z: 4 }\n"
                                 "c:\n  <<: [*a, *b]\n  x: own\n"),
                               YAML_1_1, true);
  const Yaml *c = yaml_get(root, S("c"));
  assert_int_equal(c->pairs.len, 3);
  assert_string_equal(str_z(&r.arena, yaml_str(yaml_get(c, S("x")))), "own");
  assert_string_equal(str_z(&r.arena, yaml_str(yaml_get(c, S("y")))), "2");
  assert_true(yaml_pair(c, S("z"))->merged);
  assert_ptr_equal(yaml_get(c, S("z")), yaml_get(yaml_get(root, S("b")), S("z")));
  arena_free(&r.arena);
}

static void aliases_of_nothing_do_not_end_the_reading(void **state) {
  (void)state;
  Read r;
  const Yaml *root = read_text(&r, S("a: *none\nb: &self [*self]\nc: 1\n"), YAML_1_2, true);
  assert_true(r.stream.dangling);
  assert_int_equal(r.diags.counts[DIAG_ERROR], 2);
  assert_int_equal(yaml_get(root, S("c"))->kind, YAML_INT);
  arena_free(&r.arena);
}

static void documents_and_local_tags_are_kept(void **state) {
  (void)state;
  Read r;
  read_text(&r, S("spec: {}\n---\njob: !reference [a, b]\n"), YAML_1_1, true);
  assert_int_equal(r.stream.documents.len, 2);
  const Yaml *job = yaml_get(r.stream.documents.at[1], S("job"));
  assert_string_equal(str_z(&r.arena, job->tag), "!reference");
  arena_free(&r.arena);
}

static void faults_are_told_where_they_are(void **state) {
  (void)state;
  static const struct {
    const char *text, *message;
    uint32_t line, column;
  } rows[] = {{"a:\n\tb: 1\n", "a tab indents this line", 2, 1},
              {"a: b: c\n", "a colon and a blank begin a value here", 1, 5},
              {"a: 'x\nb: 1\n", "this quote is never closed", 1, 4},
              {"a: [1, 2\nb: 3\n", "this [ is not closed", 1, 4},
              {"a:\n  - x\n y: 1\n", "this line fits neither", 3, 2}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Read r;
    read_text(&r, str_of(rows[i].text), YAML_1_2, false);
    const Diag *d = r.diags.list.at[0];
    LineColumn at = source_line_column(&r.sources, d->span.file, d->span.start);
    assert_true(str_starts(d->message, str_of(rows[i].message)));
    assert_int_equal(at.line, rows[i].line);
    assert_int_equal(at.column, rows[i].column);
    arena_free(&r.arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(writes),
                                     cmocka_unit_test(plain_means_string_everywhere),
                                     cmocka_unit_test(scalars_have_the_kind_of_their_version),
                                     cmocka_unit_test(spans_count_bytes),
                                     cmocka_unit_test(merge_keys_give_way_to_own_ones),
                                     cmocka_unit_test(aliases_of_nothing_do_not_end_the_reading),
                                     cmocka_unit_test(documents_and_local_tags_are_kept),
                                     cmocka_unit_test(faults_are_told_where_they_are)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
