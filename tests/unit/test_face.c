/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public face: what a host reads of an account, its entries and an assessment is what the JSON says. Only public headers here. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tanhe/tanhe.h>

#include "suites.h"

static th_diags *diags;
static th_reference *ref;
static th_account *account;
static char *json;

static void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &ref), TH_OK);
}

static void teardown_account(void)
{
	th_account_free(account);
	account = NULL;
	free(json);
	json = NULL;
}

static void teardown(void)
{
	teardown_account();
	th_reference_free(ref);
	th_diags_free(diags);
}

static void compute(const char *inventory, const char *by, const th_listener *listener)
{
	size_t length;
	th_account_options o = {.inventory = &inventory, .inventories = 1, .by = by, .listener = listener, .listeners = listener != NULL};
	ck_assert_int_eq(th_reference_add_factors(ref, "examples/enterprise/factors.csv", diags), TH_OK);
	ck_assert_int_eq(th_account_run(ref, &o, diags, &account), TH_OK);
	ck_assert_int_eq(th_report_account(account, TH_FORMAT_JSON, TH_LANG_EN, &json, &length), TH_OK);
}

/* Does the JSON have the member with that number, digit by digit? */
static void in_json(const char *member, const th_amount *amount)
{
	char text[128];
	snprintf(text, sizeof text, "\"%s\": %s", member, amount->tonnes);
	const char *at = strstr(json, text);
	ck_assert_msg(at && !strchr("0123456789.", at[strlen(text)]), "not in the JSON: %s", text);
	ck_assert_double_eq_tol(amount->kg, 1000 * strtod(amount->tonnes, NULL), 1e-9 + 1e-12 * fabs(amount->kg));
}

START_TEST(totals_are_those_of_the_json)
{
	static const char *const members[TH_TOTALS] = {"gross", "net", "scope1", "scope2_location", "scope3", "removals", "scope2_market",
	                                               "biogenic_co2", "credits", "avoided", "net_after_credits", "outside_kyoto"};
	compute("examples/enterprise/inventory.csv", NULL, NULL);
	th_amount amount;
	for (int i = 0; i < TH_TOTALS; i++) {
		ck_assert(th_account_total(account, (th_total)i, 0, &amount));
		in_json(members[i], &amount);
	}
	ck_assert(!th_account_total(account, TH_TOTALS, 0, &amount));
	th_slice profile = th_account_profile(account);
	ck_assert(profile.len == strlen("mee-provincial") && memcmp(profile.ptr, "mee-provincial", profile.len) == 0);
	ck_assert_str_eq(th_account_gwp(account), "AR5");
}
END_TEST

START_TEST(years_are_told_and_add_up)
{
	compute("examples/region/inventory.csv", NULL, NULL);
	const int *year;
	size_t years = th_account_years(account, &year);
	ck_assert_uint_gt(years, 1);
	for (int i = 0; i < TH_TOTALS; i++) {
		th_amount whole, one;
		double sum = 0;
		if (!th_account_total(account, (th_total)i, 0, &whole))
			continue;
		for (size_t y = 0; y < years; y++) {
			ck_assert(y == 0 || year[y] > year[y - 1]);
			ck_assert(th_account_total(account, (th_total)i, year[y], &one));
			sum += one.kg;
		}
		ck_assert_double_eq_tol(sum, whole.kg, 1e-6 + 1e-12 * fabs(whole.kg));
	}
	th_amount amount;
	ck_assert(!th_account_total(account, TH_TOTAL_GROSS, year[0] - 1, &amount));
	ck_assert(!th_account_total(account, TH_TOTAL_GROSS, -7, &amount) && !th_account_total(account, TH_TOTAL_GROSS, 99999, &amount));
}
END_TEST

/* JSON has files without the way to them. */
static void without_folder(char *text)
{
	static const char folder[] = "examples/enterprise/";
	for (char *at; (at = strstr(text, folder)) != NULL;)
		memmove(at, at + strlen(folder), strlen(at + strlen(folder)) + 1);
}

START_TEST(groups_gases_and_caveats_are_those_of_the_json)
{
	compute("examples/enterprise/inventory.csv", "site,year", NULL);
	ck_assert_uint_eq(th_account_keys(account), 2);
	ck_assert(memcmp(th_account_key(account, 0).ptr, "site", 4) == 0 && th_account_key(account, 2).len == 0);
	th_group_row group;
	size_t groups = 0, lines = 0;
	for (; th_account_group(account, groups, &group); groups++) {
		in_json("tco2e", &group.gross);
		ck_assert_uint_eq(th_account_group_key(account, groups, 1).len, 4);
		lines += group.lines;
	}
	ck_assert_uint_gt(groups, 1);
	ck_assert_uint_gt(lines, groups);
	ck_assert_uint_eq(th_account_group_key(account, groups, 0).len, 0);

	th_gas_row gas;
	size_t gases = 0;
	for (; th_account_gas(account, gases, &gas); gases++) {
		char name[32];
		snprintf(name, sizeof name, "%.*s", (int)gas.gas.len, gas.gas.ptr);
		in_json(name, &gas.co2e);
		in_json(name, &gas.mass);
	}
	ck_assert_uint_gt(gases, 2);

	th_caveat_row caveat;
	size_t caveats = 0, places = 0;
	for (; th_account_caveat(account, caveats, &caveat); caveats++) {
		char *text, member[64];
		const char *file;
		size_t line;
		ck_assert_int_eq(th_account_caveat_text(account, caveats, TH_LANG_EN, &text), TH_OK);
		without_folder(text);
		ck_assert_ptr_nonnull(strstr(json, text)); /* none of these has a character that JSON escapes */
		free(text);
		snprintf(member, sizeof member, "\"C%u\"", caveat.code);
		ck_assert_ptr_nonnull(strstr(json, member));
		ck_assert(caveat.places <= caveat.count);
		for (size_t k = 0; k < caveat.places; k++)
			ck_assert(th_account_caveat_place(account, caveats, k, &file, &line));
		ck_assert(!th_account_caveat_place(account, caveats, caveat.places, &file, &line));
		places += caveat.places;
	}
	char *text = json;
	ck_assert_uint_gt(caveats, 2);
	ck_assert_uint_gt(places, caveats);
	ck_assert_int_eq(th_account_caveat_text(account, caveats, TH_LANG_EN, &text), TH_USAGE);
	ck_assert_ptr_null(text);
}
END_TEST

struct sums { double kg; size_t entries, factors; unsigned long long order; };

static th_status add(void *context, const th_entry *entry)
{
	struct sums *sums = context;
	th_entry_row row;
	th_entry_read(entry, &row);
	ck_assert_str_eq(row.file, "examples/enterprise/inventory.csv");
	ck_assert(row.line > 1 && row.column > 0 && row.first_year <= row.last_year && row.activity.len && row.period.len);
	ck_assert_int_eq(row.gas.len == 0, strcmp(row.bucket, "energy") == 0);
	ck_assert(row.order >= sums->order);
	ck_assert(row.gas.len ? row.formula.len >= row.quantity.len && memcmp(row.formula.ptr, row.quantity.ptr, row.quantity.len) == 0 : row.formula.len == 0);
	sums->order = row.order;
	sums->entries++;
	sums->factors += row.factor.len > 0;
	if (strcmp(row.bucket, "gross") == 0) {
		ck_assert(row.scope >= 1 && row.scope <= 3);
		sums->kg += row.co2e.kg;
	}
	return TH_OK;
}

START_TEST(entries_add_up_to_the_total)
{
	struct sums sums = {0};
	th_listener listener = {.entry = add, .context = &sums};
	compute("examples/enterprise/inventory.csv", NULL, &listener);
	th_amount gross;
	ck_assert(th_account_total(account, TH_TOTAL_GROSS, 0, &gross));
	ck_assert_double_eq_tol(sums.kg, gross.kg, 1e-9 * gross.kg);
	ck_assert_uint_gt(sums.factors, 10);
	ck_assert_uint_ge(sums.entries, sums.factors);
}
END_TEST

START_TEST(a_year_with_a_line_longer_than_it_has_no_total)
{
	char path[] = "/tmp/tanhe-face-XXXXXX";
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	FILE *f = fdopen(fd, "w");
	fputs("period,activity,quantity,unit\n2023-07-01/2024-07-31,diesel,1,t\n2024,diesel,1,t\n2025,diesel,2,t\n", f);
	fclose(f);
	compute(path, NULL, NULL);
	remove(path);
	th_amount amount;
	ck_assert(th_account_total(account, TH_TOTAL_SCOPE1, 2025, &amount));
	ck_assert(!th_account_total(account, TH_TOTAL_SCOPE1, 2023, &amount));
	ck_assert(!th_account_total(account, TH_TOTAL_SCOPE1, 2024, &amount));
	ck_assert(!th_account_total(account, TH_TOTAL_SCOPE2_MARKET, 2025, &amount)); /* no line names a contract */
}
END_TEST

/* A requirement's status by the word of the JSON. */
static const char *word_of(th_requirement_status status)
{
	static const char *const words[] = {"met", "not_met", "undetermined", "expert_review", "not_applicable"};
	return words[status];
}

START_TEST(requirements_are_those_of_the_json)
{
	th_assessment *assessment = NULL;
	static const char *const params = "examples/params-illustrative.csv";
	size_t length, limits = 0, missing = 0;
	for (size_t with = 0; with < 2; with++) {
		th_check_options o = {.folder = "examples/enterprise", .params = &params, .params_count = with};
		if (!with)
			ck_assert_int_eq(th_reference_add_factors(ref, "examples/enterprise/factors.csv", diags), TH_OK);
		ck_assert_int_eq(th_check_run(ref, TEST_DATA_DIR, &o, diags, &assessment), TH_OK);
		ck_assert_int_eq(th_report_check(assessment, TH_FORMAT_JSON, TH_LANG_EN, &json, &length), TH_OK);
		ck_assert_int_eq(th_assessment_verdict(assessment), with ? TH_VERDICT_YES : TH_VERDICT_OPEN);
		ck_assert(th_assessment_illustrative(assessment) == (with == 1));
		ck_assert_ptr_nonnull(th_assessment_account(assessment));
		th_requirement_row row;
		const char *at = json;
		for (size_t i = 0; th_assessment_requirement(assessment, i, TH_LANG_EN, &row); i++) {
			char text[256];
			snprintf(text, sizeof text, "{\"id\": \"%.*s\", \"clause\": \"%.*s\"", (int)row.id.len, row.id.ptr, (int)row.clause.len, row.clause.ptr);
			at = strstr(at, text); /* in this order */
			ck_assert_msg(at != NULL, "not in the JSON: %s", text);
			snprintf(text, sizeof text, "\"status\": \"%s\"", word_of(row.status));
			const char *status = strstr(at, "\"status\"");
			ck_assert(strncmp(status, text, strlen(text)) == 0);
			ck_assert(row.why.len > 0 && row.quote.len > 0 && (row.limits == 0 || row.binding < row.limits));
			ck_assert(row.missing == 0 || row.status == TH_REQUIREMENT_OPEN);
			th_limit_row limit;
			for (size_t k = 0; k < row.limits; k++, limits++) {
				ck_assert(th_assessment_limit(assessment, i, k, TH_LANG_EN, &limit));
				int known = !isnan(limit.observed) && !isnan(limit.required);
				ck_assert(known == (limit.status != TH_REQUIREMENT_OPEN));
				if (known) /* ge and gt have observed - required for a margin, le and lt the other way */
					ck_assert_double_eq_tol(fabs(limit.observed - limit.required), fabs(limit.margin), 1e-9 * fabs(limit.observed));
			}
			ck_assert(!th_assessment_limit(assessment, i, row.limits, TH_LANG_EN, &limit));
			th_slice id;
			for (size_t k = 0; k < row.missing; k++, missing++)
				ck_assert(th_assessment_missing(assessment, i, k, &id) && id.len > 0);
			ck_assert(!th_assessment_missing(assessment, i, row.missing, &id));
		}
		ck_assert(at != json);
		th_assessment_free(assessment);
		free(json);
		json = NULL;
	}
	ck_assert_uint_gt(limits, 0);
	ck_assert_uint_gt(missing, 0);
}
END_TEST

/* The JSON of an account with its uncertainty, and of a plan, which reads numbers of JSON too. */
static char *told(void)
{
	static const char *const inventory = "examples/enterprise/inventory.csv";
	const th_account_options o = {.inventory = &inventory, .inventories = 1};
	const th_uncertainty_options sure = {.approach = 1, .data = TEST_DATA_DIR};
	const th_plan_options p = {.assess = {.folder = "examples/enterprise"}};
	th_case_plan *plan = NULL;
	char *text = NULL;
	size_t length;
	ck_assert_int_eq(th_uncertainty_run(ref, &o, &sure, diags, &account), TH_OK);
	ck_assert_int_eq(th_report_account(account, TH_FORMAT_JSON, TH_LANG_EN, &json, &length), TH_OK);
	ck_assert_int_eq(th_plan_run(ref, TEST_DATA_DIR, &p, diags, &plan), TH_OK);
	ck_assert_int_eq(th_report_plan(plan, TH_FORMAT_JSON, TH_LANG_EN, &text, &length), TH_OK);
	char *both = malloc(strlen(json) + strlen(text) + 1);
	ck_assert_ptr_nonnull(both);
	strcat(strcpy(both, json), text);
	th_plan_free(plan);
	free(text);
	teardown_account();
	return both;
}

/* A host may have set a locale of its own: with a comma for the point, with a point of two bytes, with another small i. */
START_TEST(hosts_speak_any_language)
{
	static const char *const locales[] = {"de_DE.UTF-8", "ps_AF.UTF-8", "tr_TR.UTF-8"};
	ck_assert_int_eq(th_reference_add_factors(ref, "examples/enterprise/factors.csv", diags), TH_OK);
	char *before = told();
	ck_assert_ptr_nonnull(setlocale(LC_ALL, locales[_i]));
	char *after = told();
	ck_assert_str_eq(localeconv()->decimal_point, _i == 1 ? "\xD9\xAB" : ",");
	setlocale(LC_ALL, "C");
	ck_assert_str_eq(before, after);
	free(before);
	free(after);
}
END_TEST

/* A report in a file of its own, and its name. */
static void put_file(char *path, const char *text)
{
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	FILE *f = fdopen(fd, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

START_TEST(a_report_is_verified_by_its_host)
{
	char good[] = "/tmp/tanhe-face-XXXXXX", changed[] = "/tmp/tanhe-face-XXXXXX", *text;
	size_t length;
	int equal = 0;
	compute("examples/enterprise/inventory.csv", NULL, NULL);
	put_file(good, json);
	ck_assert_int_eq(th_audit_verify(good, json, strlen(json), TH_FORMAT_JSON, TH_LANG_EN, diags, &text, &length, &equal), TH_OK);
	ck_assert_int_eq(equal, 1);
	ck_assert_ptr_nonnull(strstr(text, "\"schema\": \"tanhe.verify/1\""));
	ck_assert_uint_eq(length, strlen(text));
	free(text);
	char *other = strdup(json), *digit = strstr(other, "\"scope3\": ");
	ck_assert_ptr_nonnull(digit);
	digit[10] = digit[10] == '9' ? '8' : '9';
	put_file(changed, other);
	ck_assert_int_eq(th_audit_verify(changed, json, strlen(json), TH_FORMAT_TEXT, TH_LANG_EN, diags, &text, &length, &equal), TH_OK);
	ck_assert_int_eq(equal, 0);
	ck_assert_ptr_nonnull(strstr(text, "totals.scope3"));
	free(text);
	free(other);
	remove(good);
	remove(changed);
}
END_TEST

START_TEST(a_bridge_is_built_by_its_host)
{
	static const char *const names[] = {"examples/enterprise/inventory.csv", "examples/building/inventory.csv"};
	th_side *side[2];
	th_audit_bridge_row there, back, same;
	th_amount gross[2];
	ck_assert_int_eq(th_reference_add_factors(ref, "examples/building/factors.csv", diags), TH_OK);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(th_audit_side_new(diags, &side[i]), TH_OK);
		const th_listener listener = {.entry = th_audit_side_entry, .context = side[i]};
		compute(names[i], NULL, &listener);
		ck_assert_int_eq(th_account_total(account, TH_TOTAL_GROSS, 2023, &gross[i]), 1);
		teardown_account();
	}
	ck_assert_int_eq(th_audit_bridge(side[0], 2023, side[1], 2023, &there), TH_OK);
	ck_assert_int_eq(th_audit_bridge(side[1], 2023, side[0], 2023, &back), TH_OK);
	ck_assert_int_eq(th_audit_bridge(side[0], 2023, side[0], 2023, &same), TH_OK);
	ck_assert_int_eq(th_audit_bridge(side[0], 1999, side[1], 2023, &same), TH_USAGE);
	ck_assert_int_eq(same.differs, 0);
	ck_assert_int_eq(there.differs, 1);
	ck_assert_str_eq(there.from.tonnes, gross[0].tonnes);
	ck_assert_str_eq(there.to.tonnes, gross[1].tonnes);
	double sum = there.remainder.kg;
	for (int i = 0; i < TH_AUDIT_CAUSES; i++) {
		int other = i == TH_AUDIT_NEW ? TH_AUDIT_DROPPED : i == TH_AUDIT_DROPPED ? TH_AUDIT_NEW : i;
		ck_assert_double_eq(there.cause[i].kg, -back.cause[other].kg);
		sum += there.cause[i].kg;
	}
	ck_assert_double_eq_tol(sum, there.change.kg, 1e-6);
	ck_assert_double_eq_tol(gross[1].kg - gross[0].kg, there.change.kg, 1e-6);
	th_audit_side_free(side[0]);
	th_audit_side_free(side[1]);
	th_audit_side_free(NULL);
}
END_TEST

Suite *face_suite(void)
{
	Suite *suite = suite_create("face");
	TCase *tcase = tcase_create("face");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, totals_are_those_of_the_json);
	tcase_add_test(tcase, years_are_told_and_add_up);
	tcase_add_test(tcase, groups_gases_and_caveats_are_those_of_the_json);
	tcase_add_test(tcase, entries_add_up_to_the_total);
	tcase_add_test(tcase, a_year_with_a_line_longer_than_it_has_no_total);
	tcase_add_test(tcase, requirements_are_those_of_the_json);
	tcase_add_test(tcase, a_report_is_verified_by_its_host);
	tcase_add_test(tcase, a_bridge_is_built_by_its_host);
	tcase_add_loop_test(tcase, hosts_speak_any_language, 0, 3);
	suite_add_tcase(suite, tcase);
	return suite;
}
