/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one contract after an error: whatever a function of the public face would have given through a pointer is NULL, each length 0,
 * whatever stood there before; and what the diagnostics say outlives everything else. tests/lint.sh names the functions that are not here. */

#include "suites.h"

#include <stdlib.h>
#include <string.h>
#include <tanhe/tanhe.h>

#define NOWHERE "/nowhere/at-all"

static char poison[1];
static th_diags *diags;
static th_reference *reference;
static const th_format no_format[] = {(th_format)4, (th_format)99, (th_format)-1};

static void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &reference), TH_OK);
}

static void teardown(void)
{
	th_reference_free(reference);
	th_diags_free(diags);
}

/* Call with a poisoned pointer; the status and what is left of the poison. */
#define GIVES_NOTHING(type, expected, call) do { \
		type *out = (void *)poison; \
		ck_assert_int_eq((call), (expected)); \
		ck_assert_ptr_null(out); \
	} while (0)
#define WRITES_NOTHING(expected, call) do { \
		char *text = poison; \
		size_t len = 7; \
		ck_assert_int_eq((call), (expected)); \
		ck_assert_ptr_null(text); \
		ck_assert_uint_eq(len, 0); \
	} while (0)

START_TEST(opening_gives_nothing)
{
	GIVES_NOTHING(th_reference, TH_SYSTEM, th_reference_open(NOWHERE, diags, &out));
	GIVES_NOTHING(th_reference, TH_SYSTEM, th_reference_open("data/rules", diags, &out));
	GIVES_NOTHING(th_ledger, TH_SYSTEM, th_ledger_open(NOWHERE "/ledger.csv", TH_LANG_EN, diags, &out));
	GIVES_NOTHING(th_pack, TH_USAGE, th_rules_open(reference, TEST_DATA_DIR, "none", diags, &out));
	GIVES_NOTHING(th_pack, TH_SYSTEM, th_rules_open(reference, TEST_DATA_DIR, NOWHERE ".json", diags, &out));
	GIVES_NOTHING(th_pack, TH_SYSTEM, th_rules_open(reference, NOWHERE, NULL, diags, &out));
	GIVES_NOTHING(th_pack, TH_INVALID, th_rules_open(reference, TEST_DATA_DIR, TEST_DATA_DIR "/rules/set.json", diags, &out));
	th_side *side; /* only memory can stop it */
	ck_assert_int_eq(th_audit_side_new(diags, &side), TH_OK);
	th_audit_side_free(side);
	size_t count = 7;
	GIVES_NOTHING(th_pack *, TH_SYSTEM, th_rules_open_all(reference, NOWHERE, diags, &out, &count));
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(running_gives_nothing)
{
	const char *inventory[] = {NOWHERE ".csv"}, *list[] = {TEST_DATA_DIR "/units.csv"};
	const th_account_options absent = {.inventory = inventory, .inventories = 1}, invalid = {.inventory = list, .inventories = 1},
	                         unknown = {.inventory = list, .inventories = 1, .by = "colour"};
	const th_uncertainty_options sure = {.approach = 1, .data = NOWHERE};
	GIVES_NOTHING(th_account, TH_SYSTEM, th_account_run(reference, &absent, diags, &out));
	GIVES_NOTHING(th_account, TH_INVALID, th_account_run(reference, &invalid, diags, &out));
	GIVES_NOTHING(th_account, TH_USAGE, th_account_run(reference, &unknown, diags, &out));
	GIVES_NOTHING(th_account, TH_SYSTEM, th_uncertainty_run(reference, &invalid, &sure, diags, &out));
	GIVES_NOTHING(th_account, TH_USAGE, th_uncertainty_run(reference, &unknown, NULL, diags, &out));
	const char *table[] = {NOWHERE};
	const th_account_options of_site = {.inventory = table, .inventories = 1};
	const th_footprint_options footprint = {.account = &of_site, .products = NOWHERE};
	GIVES_NOTHING(th_footprints, TH_SYSTEM, th_footprint_run(reference, &footprint, diags, &out));
	const th_check_options nowhere = {.folder = NOWHERE}, rules = {.folder = NOWHERE, .rules = "none"}, params = {.params = list, .params_count = 1};
	GIVES_NOTHING(th_assessment, TH_SYSTEM, th_check_run(reference, TEST_DATA_DIR, &nowhere, diags, &out));
	GIVES_NOTHING(th_assessment, TH_USAGE, th_check_run(reference, TEST_DATA_DIR, &rules, diags, &out));
	GIVES_NOTHING(th_assessment, TH_INVALID, th_check_params(reference, TEST_DATA_DIR, &params, diags, &out));
	GIVES_NOTHING(th_assessment, TH_USAGE, th_check_params(reference, TEST_DATA_DIR, &rules, diags, &out));
	const th_plan_options plan = {.assess = nowhere}, no_rules = {.assess = rules};
	GIVES_NOTHING(th_case_plan, TH_SYSTEM, th_plan_run(reference, TEST_DATA_DIR, &plan, diags, &out));
	GIVES_NOTHING(th_case_plan, TH_USAGE, th_plan_run(reference, TEST_DATA_DIR, &no_rules, diags, &out));
}
END_TEST

START_TEST(behind_the_last_is_nothing)
{
	const char *inventory[] = {TEST_DATA_DIR "/../examples/park/inventory.csv"};
	const th_account_options options = {.inventory = inventory, .inventories = 1};
	th_account *account;
	ck_assert_int_eq(th_account_run(reference, &options, diags, &account), TH_OK);
	GIVES_NOTHING(char, TH_USAGE, th_account_caveat_text(account, 10000, TH_LANG_EN, &out));
	th_account_free(account);
}
END_TEST

START_TEST(a_report_without_its_format_gives_nothing)
{
	th_format format = no_format[_i];
	WRITES_NOTHING(TH_USAGE, th_report_account(NULL, format, TH_LANG_EN, &text, &len));
	WRITES_NOTHING(TH_USAGE, th_report_check(NULL, format, TH_LANG_EN, &text, &len));
	WRITES_NOTHING(TH_USAGE, th_report_plan(NULL, format, TH_LANG_EN, &text, &len));
	WRITES_NOTHING(TH_USAGE, th_report_factors(reference, "grid", format, TH_LANG_EN, &text, &len));
	WRITES_NOTHING(TH_USAGE, th_report_factor(reference, "grid", format, TH_LANG_EN, diags, &text, &len));
	WRITES_NOTHING(TH_USAGE, th_report_factor(reference, "none", TH_FORMAT_TEXT, TH_LANG_EN, diags, &text, &len));
	WRITES_NOTHING(TH_USAGE, th_report_check(NULL, TH_FORMAT_CSV, TH_LANG_EN, &text, &len));
	int equal = 7;
	WRITES_NOTHING(TH_USAGE, th_audit_verify(NOWHERE, "{}", 2, format, TH_LANG_EN, diags, &text, &len, &equal));
	WRITES_NOTHING(TH_SYSTEM, th_audit_verify(NOWHERE, "{}", 2, TH_FORMAT_TEXT, TH_LANG_EN, diags, &text, &len, &equal));
	WRITES_NOTHING(TH_INVALID, th_audit_verify("data/units.csv", "{}", 2, TH_FORMAT_JSON, TH_LANG_EN, diags, &text, &len, &equal));
	ck_assert_int_eq(equal, 0);
	WRITES_NOTHING(TH_USAGE, th_report_plan(NULL, TH_FORMAT_CSV, TH_LANG_EN, &text, &len));
}
END_TEST

/* The names of files in the findings are the list's own: what failed is gone, and so is the caller's text. */
START_TEST(findings_outlive_all_else)
{
	char folder[] = "/nowhere/passing", *text = NULL;
	GIVES_NOTHING(th_reference, TH_SYSTEM, th_reference_open(folder, diags, &out));
	const th_check_options options = {.folder = folder};
	GIVES_NOTHING(th_assessment, TH_SYSTEM, th_check_run(reference, TEST_DATA_DIR, &options, diags, &out));
	memset(folder, 'x', sizeof folder - 1);
	th_reference_free(reference);
	reference = NULL;
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &text), TH_OK);
	ck_assert_ptr_nonnull(strstr(text, "/nowhere/passing/units.csv"));
	ck_assert_ptr_nonnull(strstr(text, "/nowhere/passing/case.csv"));
	free(text);
	ck_assert_int_eq(th_diags_jsonl(diags, &text), TH_OK);
	ck_assert_ptr_nonnull(strstr(text, "\"/nowhere/passing/case.csv\""));
	free(text);
}
END_TEST

Suite *contract_suite(void)
{
	Suite *suite = suite_create("contract");
	TCase *tcase = tcase_create("contract");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, opening_gives_nothing);
	tcase_add_test(tcase, running_gives_nothing);
	tcase_add_test(tcase, behind_the_last_is_nothing);
	tcase_add_loop_test(tcase, a_report_without_its_format_gives_nothing, 0, sizeof no_format / sizeof *no_format);
	tcase_add_test(tcase, findings_outlive_all_else);
	suite_add_tcase(suite, tcase);
	return suite;
}
