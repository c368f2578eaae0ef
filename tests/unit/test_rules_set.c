/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packs by name: the list data/rules/set.json, and what is opened by it. */

#include "rules_fixture.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lend.h"
#include "reference/reference.h"

#define SET "d/rules/set.json"

static rules_fixture f;
static th_reference reference;
static th_pack *pack;

static void begin(void)
{
	rules_setup(&f);
	reference = (th_reference){.units = f.units};
	char *text = rules_read(TEST_RULES_DIR "/example-scheme.json");
	(void)lend(f.diags, "d/rules/one.json", text);
	(void)lend(f.diags, "d/rules/two.json", text);
	(void)lend(f.diags, "d/rules/bad.json", "{}");
	free(text);
}

static void end(void)
{
	rules_teardown(&f);
}

static th_status open_named(const char *rules)
{
	th_status status = th_rules_open(&reference, "d", rules, f.diags, &pack);
	ck_assert(status == TH_OK ? pack != NULL : pack == NULL);
	return status;
}

static const struct { const char *set, *errors; } lists[] = {
	{"{\"default\": \"one\", \"packs\": [\"two\", \"one\", \"two\"]}", ""},
	{"{\"default\": \"one\"}", "1:1 E3402"},
	{"{\"default\": \"one\", \"packs\": \"two\"}", "1:1 E3402"},
	{"{\"packs\": []}", "1:1 E3402"},
	{"{\"default\": 1, \"packs\": []}", "1:1 E3401"},
	{"{\"default\": \"one\", \"packs\": [], \"more\": 1}", "1:1 E3403"},
	{"{\"default\": \"one\", \"packs\": [\"two\", 3, \"../two\"]}", "1:1 E3404; 1:1 E3404"},
	{"{\"default\": \"../one\", \"packs\": []}", "1:1 E3404"},
	{"{", "1:2 E1202"},
};

START_TEST(a_list_is_read)
{
	(void)lend(f.diags, SET, lists[_i].set);
	th_status status = open_named(NULL);
	th_pack_free(pack);
	ck_assert_int_eq(status, *lists[_i].errors ? TH_INVALID : TH_OK);
	expect_places(f.diags, lists[_i].errors, lists[_i].set);
}
END_TEST

START_TEST(a_pack_is_found_by_id_or_path)
{
	static const struct { const char *rules; th_status status; const char *path; } names[] = {
		{NULL, TH_OK, "d/rules/one.json"}, {"two", TH_OK, "d/rules/two.json"}, {"one", TH_OK, "d/rules/one.json"}, {"d/rules/two.json", TH_OK, "d/rules/two.json"},
		{"none", TH_USAGE, NULL}, {".json", TH_USAGE, NULL}, {"longer", TH_USAGE, NULL}, {"", TH_USAGE, NULL}, {"x.json", TH_SYSTEM, NULL}, {"no/where", TH_SYSTEM, NULL},
		{"d/rules/bad.json", TH_INVALID, NULL},
	};
	(void)lend(f.diags, SET, lists[0].set);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		ck_assert_msg(open_named(names[i].rules) == names[i].status, "%s", names[i].rules);
		if (pack)
			ck_assert_str_eq(pack->path, names[i].path);
		th_rules_free(pack);
	}
}
END_TEST

START_TEST(all_packs_or_none)
{
	th_pack **all;
	size_t count;
	(void)lend(f.diags, SET, lists[0].set);
	ck_assert_int_eq(th_rules_open_all(&reference, "d", f.diags, &all, &count), TH_OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(all[0]->path, "d/rules/one.json");
	ck_assert_str_eq(all[1]->path, "d/rules/two.json");
	th_rules_free_all(all, count);
	(void)lend(f.diags, SET, "{\"default\": \"one\", \"packs\": [\"bad\", \"two\"]}");
	ck_assert_int_eq(th_rules_open_all(&reference, "d", f.diags, &all, &count), TH_INVALID);
	ck_assert(!all && count == 0);
	ck_assert_int_eq(th_rules_open_all(&reference, "nowhere", f.diags, &all, &count), TH_SYSTEM);
	ck_assert(!all && count == 0);
}
END_TEST

START_TEST(an_option_is_supposed_where_there_is_a_fact)
{
	rules_pack(&f, TEST_RULES_DIR "/example-scheme.json");
	th_rule_inputs_suppose(&f.inputs, f.pack->category, 1);
	th_rule_inputs_suppose(&f.inputs, f.pack->target, 1);
	uint32_t kind = th_pack_fact(f.pack, TH_S("kind"));
	for (uint32_t i = 0; i < f.pack->decls; i++)
		ck_assert(f.inputs.input[i].value.known == (i == kind));
	ck_assert_uint_eq(f.inputs.input[kind].value.choice, 1);
}
END_TEST

Suite *rules_set_suite(void)
{
	Suite *suite = suite_create("rules: set");
	TCase *tcase = tcase_create("rules: set");
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_loop_test(tcase, a_list_is_read, 0, sizeof lists / sizeof *lists);
	tcase_add_test(tcase, a_pack_is_found_by_id_or_path);
	tcase_add_test(tcase, all_packs_or_none);
	tcase_add_test(tcase, an_option_is_supposed_where_there_is_a_fact);
	suite_add_tcase(suite, tcase);
	return suite;
}
