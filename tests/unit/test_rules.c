/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shipped pack. The parameters' values here are invented for the tests; the text has lost the real ones. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules_fixture.h"
#include "suites.h"

static rules_fixture f;

static void setup(void)
{
	rules_setup(&f);
	rules_pack(&f, TEST_DATA_DIR "/rules/shanghai-2022-189.json");
}

static void teardown(void)
{
	rules_teardown(&f);
}

/* --- the catalogue --- */

/* Ids, levels and, by number, the clauses of the policy. */
static const struct { const char *id; bool mandatory; } expected[] = {
	{"4.3-body", true}, {"4.3-req1", true}, {"4.3-req2", true}, {"4.3-req3", true}, {"4.3-req4a", true}, {"4.3-req4b", true}, {"4.3-req5", true},
	{"4.3-req6-max", true}, {"4.3-req6-usual", false}, {"4.3-req6-phases", false}, {"4.3-req6-first-phase", false}, {"4.3-req6-spec", false},
};
static const char *const lost[] = {
	"min_area", "min_households_central", "min_households_suburban", "min_floor_area", "min_reduction_share", "min_reduction",
	"peak_years_usual", "peak_years_max", "neutrality_first_phase_years",
};
static const char *const fact_ids =
	"name category target body_type registered_in_shanghai independent_legal_person advantages statistics_basis monitoring_basis "
	"accounting_basis leading_body working_body plan_indicators plan_path plan_tasks plan_schedule location area households floor_area "
	"base_year start end reduction special_case special_case_reason meets_city_neutrality_spec central_soe_hq national_park gdp "
	"output_value population employees";

START_TEST(has_every_clause)
{
	th_slice rest = th_slice_of(fact_ids), id;
	size_t count = 0;
	ck_assert_uint_eq(f.pack->requirements, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < f.pack->requirements; i++) {
		ck_assert(th_slice_eq(f.pack->requirement[i].id, th_slice_of(expected[i].id)));
		ck_assert_int_eq(f.pack->requirement[i].mandatory, expected[i].mandatory);
	}
	ck_assert_uint_eq(f.pack->params, sizeof lost / sizeof *lost);
	for (size_t i = 0; i < f.pack->params; i++) {
		const th_rule_decl *param = &f.pack->decl[f.pack->facts + i];
		ck_assert(th_slice_eq(param->id, th_slice_of(lost[i])));
		ck_assert(strstr(param->quote.ptr, "□") && param->unit_text.len > 0 && param->why_missing.zh.len > 0);
	}
	while (th_slice_split(&rest, ' ', &id)) {
		ck_assert_msg(th_slice_eq(f.pack->decl[count].id, id), "fact %zu is not %.*s", count, (int)id.len, id.ptr);
		count++;
	}
	ck_assert_uint_eq(f.pack->facts, count);
	ck_assert_uint_eq(f.pack->domains, 8);
	ck_assert_uint_eq(f.pack->groups, 29);
	ck_assert_uint_eq(strlen(f.pack->sha256), 64);
	ck_assert_str_eq(f.pack->define[1].reading[f.pack->define[1].chosen].id.ptr, "annual");
}
END_TEST

/* How many bytes of the notice the quote covers from `at`; 0 when it does not stand there. White space and page marks (- 10 -) of the
 * notice are skipped, and the quote's □ stands where something was lost. */
static size_t skip_blank(const char *text)
{
	size_t n = 0;
	int used;
	for (;;) {
		used = 0;
		if (strchr(" \t\r\n\f", text[n]) && text[n])
			n++;
		else if (strncmp(text + n, "\xE3\x80\x80", 3) == 0)
			n += 3;
		else if (sscanf(text + n, "- %*d -%n", &used) >= 0 && used > 0)
			n += (size_t)used;
		else
			return n;
	}
}

static bool stands_at(const char *text, th_slice quote)
{
	size_t at = 0;
	for (size_t i = 0; i < quote.len;) {
		size_t blank = skip_blank(text + at);
		if (quote.len - i >= 3 && memcmp(quote.ptr + i, "□", 3) == 0) {
			if (blank == 0)
				return false;
			i += 3;
			continue;
		}
		at += blank;
		if (text[at] != quote.ptr[i])
			return false;
		/* Bytes of one character stand together. */
		do {
			at++;
			i++;
		} while (i < quote.len && ((unsigned char)quote.ptr[i] & 0xC0) == 0x80 && text[at] == quote.ptr[i]);
	}
	return true;
}

static void find_quote(const char *notice, th_slice quote, const char *what)
{
	if (quote.len == 0)
		return;
	for (const char *at = notice; *at; at++)
		if (stands_at(at, quote))
			return;
	ck_abort_msg("%s: not in the notice: %.*s", what, (int)quote.len, quote.ptr);
}

/* The notice itself is not part of this repository: NOTICE=FILE names a copy. Without one this is skipped and says so. */
START_TEST(quotes_the_notice)
{
	const char *path = getenv("NOTICE");
	if (!path || !*path) {
		printf("quotes_the_notice: skipped, NOTICE=FILE names no copy of the notice\n");
		return;
	}
	char *notice = rules_read(path);
	for (size_t i = 0; i < f.pack->params; i++)
		find_quote(notice, f.pack->decl[f.pack->facts + i].quote, f.pack->decl[f.pack->facts + i].id.ptr);
	for (size_t i = 0; i < f.pack->requirements; i++) {
		const th_requirement *rule = &f.pack->requirement[i];
		ck_assert_uint_gt(rule->quote.len, 0);
		find_quote(notice, rule->quote, rule->id.ptr);
		for (size_t k = 0; k < rule->variants; k++)
			find_quote(notice, rule->variant[k].quote, rule->id.ptr);
		for (size_t k = 0; k < rule->otherwises; k++)
			find_quote(notice, rule->otherwise[k].quote, rule->id.ptr);
	}
	for (size_t i = 0; i < f.pack->groups; i++)
		find_quote(notice, f.pack->group[i].name.zh, "group");
	for (size_t i = 0; i < f.pack->domains; i++)
		find_quote(notice, f.pack->domain[i].name.zh, "domain");
	for (size_t i = 0; i < f.pack->routes; i++)
		find_quote(notice, f.pack->route[i].quote, "route");
	free(notice);
}
END_TEST
