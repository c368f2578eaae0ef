/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shipped pack. The parameters' values here are invented for the tests; the text has lost the real ones. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "rules_cells.h"
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
	"base_year holes_reason start end reduction special_case special_case_reason meets_city_neutrality_spec central_soe_hq national_park "
	"work_mechanism responsibilities carbon_ledger progress_reviewed corrections tasks_done phase_target_reached self_evaluation gdp "
	"output_value population employees";

START_TEST(has_every_clause)
{
	th_slice rest = th_slice_of(fact_ids), id;
	size_t count = 0;
	ck_assert_uint_eq(f.pack->requirements, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < f.pack->requirements; i++) {
		ck_assert(th_slice_eq(f.pack->requirement[i].id, th_slice_of(expected[i].id)));
		ck_assert_int_eq(f.pack->requirement[i].level == TH_RULE_MANDATORY, expected[i].mandatory);
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
	ck_assert_str_eq(f.pack->define[2].reading[f.pack->define[2].chosen].id.ptr, "annual");
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
		if (quote.ptr[i] == ' ') {
			i++;
			continue;
		}
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

static void find_quotes(const th_pack *pack, const char *text)
{
	for (size_t i = 0; i < pack->params; i++)
		find_quote(text, pack->decl[pack->facts + i].quote, pack->decl[pack->facts + i].id.ptr);
	for (size_t i = 0; i < pack->stages; i++)
		find_quote(text, pack->stage[i].quote, pack->stage[i].id.ptr);
	for (size_t i = 0; i < pack->everys; i++) {
		const th_requirement *rule = &pack->every[i];
		ck_assert_uint_gt(rule->quote.len, 0);
		find_quote(text, rule->quote, rule->id.ptr);
		for (size_t k = 0; k < rule->variants; k++)
			find_quote(text, rule->variant[k].quote, rule->id.ptr);
		for (size_t k = 0; k < rule->otherwises; k++)
			find_quote(text, rule->otherwise[k].quote, rule->id.ptr);
	}
	for (size_t i = 0; i < pack->routes; i++)
		find_quote(text, pack->route[i].quote, "route");
	for (size_t i = 0; i < pack->coverages; i++)
		find_quote(text, pack->coverage[i].quote, "coverage");
}

/* The notice itself is not part of this repository: NOTICE=FILE names a copy. Without one this is skipped, which is said. */
START_TEST(quotes_the_notice)
{
	const char *path = getenv("NOTICE");
	char *notice = rules_read(path);
	find_quotes(f.pack, notice);
	for (size_t i = 0; i < f.pack->groups; i++)
		find_quote(notice, f.pack->group[i].name.zh, "group");
	for (size_t i = 0; i < f.pack->domains; i++)
		find_quote(notice, f.pack->domain[i].name.zh, "domain");
	th_pack_free(f.pack);
	rules_pack(&f, TEST_DATA_DIR "/rules/project-admission.json");
	find_quotes(f.pack, notice);
	free(notice);
}
END_TEST

/* The same of the parks' four annexes, in one file: ANNEXES=FILE. */
START_TEST(quotes_the_annexes)
{
	char *annexes = rules_read(getenv("ANNEXES"));
	th_pack_free(f.pack);
	rules_pack(&f, TEST_DATA_DIR "/rules/ndrc-2025-910.json");
	find_quotes(f.pack, annexes);
	free(annexes);
}
END_TEST

/* --- the table --- */

enum { CELLS = sizeof cells / sizeof *cells, CATEGORIES = sizeof complete / sizeof *complete };
static const char *const targets[] = {"peak", "neutrality"};

static void begin_case(size_t category, size_t target, const char *changes)
{
	rules_begin(&f);
	rules_set(&f, common);
	rules_set(&f, complete[category].facts);
	rules_set(&f, target ? "target=碳中和" : "target=peak");
	rules_set(&f, changes);
}

/* --- stages --- */

/* What the notice asks at each stage, worked out by reading its sections three and four: m mandatory, g general, r recommended. */
static const struct { const char *stage, *asked; } stages[] = {
	{"apply", "4.3-body m;4.3-req1 m;4.3-req2 m;4.3-req3 m;4.3-req4a m;4.3-req4b m;4.3-req5 m;4.3-req6-max m;4.3-req6-usual g;4.3-req6-phases g;"
	          "4.3-req6-first-phase r;4.3-req6-spec g;"},
	{"follow", "3.7-ledger r;4.2-build m;4.3-req2 m;4.3-req3 m;4.3-req6-max m;4.3-req6-usual g;4.3-req6-phases g;4.3-req6-first-phase r;4.3-req6-spec g;"},
	{"accept", "3.7-ledger r;4.2-done m;4.2-report m;4.2-experts m;4.3-req2 m;4.3-req3 m;4.3-req5 g;4.3-req6-max m;4.3-req6-usual g;4.3-req6-phases g;"
	           "4.3-req6-first-phase r;4.3-req6-spec m;"},
};

START_TEST(a_stage_asks_what_the_notice_asks_then)
{
	th_buf asked = {0};
	ck_assert_int_eq(th_rules_stage(f.pack, stages[_i].stage, f.diags), TH_OK);
	for (size_t i = 0; i < f.pack->requirements; i++)
		th_buf_printf(&asked, "%s %c;", f.pack->requirement[i].id.ptr, "mgr"[f.pack->requirement[i].level]);
	th_buf_char(&asked, '\0');
	ck_assert_str_eq(asked.ptr, stages[_i].asked);
	th_buf_free(&asked);
}
END_TEST

/* At acceptance experts have the last word; before them, what the notice asks for is there or is not. */
static const struct { const char *changes, *status, *verdict; } acceptance[] = {
	{"meets_city_neutrality_spec=", "4.3-req6-spec undetermined", "undetermined"},
	{"meets_city_neutrality_spec=yes", "4.3-req6-spec met", "expert_review"},
	{"meets_city_neutrality_spec=no", "4.3-req6-spec not_met", "not_eligible"},
	{"meets_city_neutrality_spec=yes; tasks_done=no", "4.2-done undetermined", "undetermined"},
	{"meets_city_neutrality_spec=yes; tasks_done=no; phase_target_reached=no", "4.2-done not_met", "not_eligible"},
	{"meets_city_neutrality_spec=yes; tasks_done=no; phase_target_reached=yes@t.pdf", "4.2-done met", "expert_review"},
	{"meets_city_neutrality_spec=yes; self_evaluation=no", "4.2-report not_met", "not_eligible"},
	{"target=peak; meets_city_neutrality_spec=no", "4.3-req6-spec not_applicable", "expert_review"},
	{"meets_city_neutrality_spec=yes; min_reduction=; area=; body_type=", "4.2-experts expert_review", "expert_review"},
};

START_TEST(acceptance_is_decided_by_what_the_notice_says_of_it)
{
	for (size_t category = 0; category < CATEGORIES; category++) {
		th_rule_results all;
		th_slice rest = th_slice_of(acceptance[_i].status), id = {"", 0};
		ck_assert_int_eq(th_rules_stage(f.pack, "accept", f.diags), TH_OK);
		begin_case(category, 1, "tasks_done=yes@t.pdf; self_evaluation=yes@r.pdf");
		rules_set(&f, acceptance[_i].changes);
		ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
		ck_assert(th_slice_split(&rest, ' ', &id));
		ck_assert_str_eq(th_rule_status_names[all.result[th_pack_requirement(f.pack, id)].status], rest.ptr);
		ck_assert_str_eq(th_verdict_names[all.verdict], acceptance[_i].verdict);
		/* ISO 14068-1 is for no region. */
		const bool of_region = th_slice_eq(f.pack->decl[th_index_number(f.pack->category)].option[category].id, TH_S("region")) && strstr(acceptance[_i].changes, "target=peak") == NULL;
		ck_assert_uint_eq(all.caveats, of_region ? 2 : 1);
		ck_assert(!of_region || strstr(all.caveat[1].en.ptr, "ISO 14068-1:2023"));
	}
}
END_TEST

static bool fits(const char *pattern, const char *name)
{
	return strcmp(pattern, "*") == 0 || strcmp(pattern, name) == 0;
}

static void check_cell(const struct cell *cell, size_t category, size_t target)
{
	th_rule_results all;
	char missing[512] = "";
	begin_case(category, target, cell->changes);
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	const th_rule_result *one = &all.result[th_pack_requirement(f.pack, th_slice_of(cell->rule))];
	for (size_t i = 0; i < one->missings; i++) {
		strcat(missing, i ? " " : "");
		strncat(missing, one->missing[i].ptr, one->missing[i].len);
	}
	ck_assert_msg(one->status == cell->status && strcmp(missing, cell->missing) == 0, "%s %s %s [%s]: %s, missing [%s]; expected %s, [%s]", cell->rule,
	              complete[category].category, targets[target], cell->changes, th_rule_status_names[one->status], missing,
	              th_rule_status_names[cell->status], cell->missing);
	ck_assert_uint_gt(one->why.zh.len, 0);
	ck_assert_ptr_null(strchr(one->why.zh.ptr, '{'));
	ck_assert_ptr_null(strchr(one->why.en.ptr, '{'));
}

/* Which situations a requirement needs cells for, from the pack: limits need a line, parameters can be missing, an otherwise a special case. */
static void needed_situations(const th_rule_result *one, char needed[8])
{
	strcpy(needed, "mfb");
	if (one->limits)
		strcat(needed, "l");
	for (size_t i = 0; i < one->useds; i++)
		if (one->used[i] >= f.pack->facts && one->used[i] < f.pack->facts + f.pack->params && !strchr(needed, 'p'))
			strcat(needed, "p");
	if (one->requirement->otherwises)
		strcat(needed, "s");
}

START_TEST(decides_every_cell)
{
	size_t category = (size_t)_i / 2, target = (size_t)_i % 2;
	th_rule_results all;
	begin_case(category, target, "");
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_str_eq(th_verdict_names[all.verdict], "eligible");
	const th_rule_decl *kinds = TH_AT(f.pack->decl, f.pack->category);
	ck_assert_ptr_nonnull(kinds);
	ck_assert_uint_eq(kinds->options, CATEGORIES);
	for (size_t r = 0; r < f.pack->requirements; r++) {
		const th_rule_result *one = &all.result[r];
		char needed[8];
		if (one->status == TH_RULE_NOT_APPLICABLE)
			continue;
		needed_situations(one, needed);
		for (const char *situation = needed; *situation; situation++) {
			size_t found = 0;
			for (size_t c = 0; c < CELLS; c++)
				if (cells[c].situation == *situation && th_slice_eq(th_slice_of(cells[c].rule), one->requirement->id) &&
				    fits(cells[c].category, complete[category].category) && fits(cells[c].target, targets[target])) {
					check_cell(&cells[c], category, target);
					found++;
				}
			ck_assert_msg(found > 0, "%s has no cell for %s, %s, situation %c", one->requirement->id.ptr, complete[category].category, targets[target],
			              *situation);
		}
	}
}
END_TEST

/* --- laws --- */

/* Removing a fact never turns what was not met into met, nor undetermined into eligible. `reduction` gives way to the computed value. */
START_TEST(a_fact_less_is_never_better)
{
	th_rule_status before[64], after[64];
	for (size_t category = 0; category < CATEGORIES; category++)
		for (size_t c = 0; c < CELLS; c++) {
			if (!fits(cells[c].category, complete[category].category))
				continue;
			begin_case(category, (size_t)_i, cells[c].changes);
			th_verdict verdict = th_rules_verdict(&f.inputs, before);
			for (size_t fact = 0; fact < f.pack->facts; fact++) {
				th_rule_input kept = f.inputs.input[fact];
				if (!kept.value.known || th_slice_eq(f.pack->decl[fact].id, TH_S("reduction")))
					continue;
				f.inputs.input[fact] = (th_rule_input){.value = {.type = kept.value.type}};
				th_verdict now = th_rules_verdict(&f.inputs, after);
				ck_assert(!(verdict == TH_VERDICT_UNDETERMINED && now == TH_ELIGIBLE));
				for (size_t r = 0; r < f.pack->requirements; r++)
					ck_assert_msg(before[r] == TH_RULE_MET || after[r] != TH_RULE_MET, "%s became met without %s [%s]", f.pack->requirement[r].id.ptr,
					              f.pack->decl[fact].id.ptr, cells[c].changes);
				f.inputs.input[fact] = kept;
			}
		}
}
END_TEST

static void decided_again_as_all(const th_rule_status *before, size_t changed)
{
	th_rule_status after[64], all[64];
	memcpy(after, before, sizeof after);
	th_verdict one = th_rules_verdict_after(&f.inputs, changed, after), other = th_rules_verdict(&f.inputs, all);
	ck_assert_int_eq(one, other);
	ck_assert_msg(memcmp(after, all, f.pack->requirements * sizeof *all) == 0, "change of %zu of %zu names", changed, f.pack->names);
}

/* Whatever is changed, what cannot rest on it is as it was. */
START_TEST(only_what_rests_on_it_is_decided_again)
{
	th_rule_status before[64] = {0};
	for (size_t category = 0; category < CATEGORIES; category++)
		for (size_t c = 0; c < CELLS; c++) {
			if (!fits(cells[c].category, complete[category].category))
				continue;
			begin_case(category, (size_t)_i, cells[c].changes);
			(void)th_rules_verdict(&f.inputs, before);
			for (size_t i = 0; i < f.pack->decls; i++) {
				th_rule_input kept = f.inputs.input[i];
				f.inputs.input[i] = (th_rule_input){.value = {.type = kept.value.type}};
				decided_again_as_all(before, i);
				f.inputs.input[i] = kept;
			}
			f.inputs.has_measures = !f.inputs.has_measures;
			decided_again_as_all(before, f.pack->decls);
			f.inputs.has_measures = !f.inputs.has_measures;
			for (size_t i = 0; i < f.pack->defines; i++)
				for (uint32_t k = 0, kept = f.inputs.chosen[i]; k < f.pack->define[i].readings; k++) {
					f.inputs.chosen[i] = k;
					decided_again_as_all(before, f.pack->names + i);
					f.inputs.chosen[i] = kept;
				}
		}
}
END_TEST

START_TEST(reduction_gives_way)
{
	th_rule_status status[64];
	uint32_t rule = th_pack_requirement(f.pack, TH_S("4.3-req5"));
	begin_case(4, 0, "reduction=1#t CO2e@r.pdf");
	(void)th_rules_verdict(&f.inputs, status);
	ck_assert_int_eq(status[rule], TH_RULE_NOT_MET);
	rules_set(&f, "reduction=");
	(void)th_rules_verdict(&f.inputs, status);
	ck_assert_int_eq(status[rule], TH_RULE_MET);
}
END_TEST

enum { SAMPLES = 16 };

/* Some values of every type, enough to fall on both sides of every line. */
static size_t samples(uint32_t decl, th_rule_value out[SAMPLES])
{
	static const th_exact falling[] = {{3, 1}, {2, 1}}, rising[] = {{2, 1}, {3, 1}};
	const th_rule_decl *d = &f.pack->decl[decl];
	th_period early, late;
	size_t n = 0;
	ck_assert_int_eq(th_period_parse(TH_S("2027-01"), &early), TH_PERIOD_OK);
	ck_assert_int_eq(th_period_parse(TH_S("2090-12"), &late), TH_PERIOD_OK);
	switch (d->type) {
	case TH_RULE_BOOL:
		out[n++] = th_rule_bool(false);
		out[n++] = th_rule_bool(true);
		break;
	case TH_RULE_NUMBER:
		out[n++] = th_rule_number(th_decimal_int(0), &d->unit);
		out[n++] = th_rule_number((th_decimal){1, 12}, &d->unit);
		break;
	case TH_RULE_CHOICE:
		for (uint32_t i = 0; i < d->options && n < SAMPLES; i++)
			out[n++] = th_rule_choice(i);
		break;
	case TH_RULE_DATE:
		out[n++] = th_rule_date(early);
		out[n++] = th_rule_date(late);
		break;
	case TH_RULE_SERIES:
		out[n++] = th_rule_series(falling, 2);
		out[n++] = th_rule_series(rising, 2);
		break;
	default:
		out[n++] = (th_rule_value){.known = true, .type = d->type, .list = 1, .text = TH_S("x")};
	}
	return n;
}

static th_rule_status status_now(uint32_t rule)
{
	th_rule_status status[64];
	(void)th_rules_verdict(&f.inputs, status);
	return status[rule];
}

/* Is there a way to fill missing[at..] that gives (decided or not) `wanted`? */
static bool can_become(const uint32_t *missing, size_t count, uint32_t rule, bool decided)
{
	th_rule_value value[SAMPLES];
	if (count == 0)
		return (status_now(rule) != TH_RULE_UNDETERMINED) == decided;
	th_rule_input kept = f.inputs.input[*missing];
	bool found = false;
	f.inputs.input[*missing].evidence = TH_S("e");
	for (size_t n = samples(*missing, value); !found && n-- > 0;) {
		f.inputs.input[*missing].value = value[n];
		found = can_become(missing + 1, count - 1, rule, decided);
	}
	f.inputs.input[*missing] = kept;
	return found;
}

/* What is listed as missing decides, nothing in it is idle, and nothing outside it matters. */
START_TEST(missing_is_exact)
{
	size_t tried = 0;
	for (size_t c = 0; c < CELLS; c++) {
		uint32_t rule = th_pack_requirement(f.pack, th_slice_of(cells[c].rule)), missing[16], others[16];
		size_t count = 0, category = (size_t)_i;
		th_slice rest = th_slice_of(cells[c].missing), name;
		if (cells[c].status != TH_RULE_UNDETERMINED || !fits(cells[c].category, complete[category].category) || strstr(cells[c].missing, "measures"))
			continue;
		begin_case(category, strcmp(cells[c].target, "neutrality") == 0, cells[c].changes);
		while (th_slice_split(&rest, ' ', &name))
			for (uint32_t i = 0; i < f.pack->decls; i++)
				if (th_slice_eq(f.pack->decl[i].id, name))
					missing[count++] = i;
		ck_assert_msg(can_become(missing, count, rule, true), "%s [%s]: what is missing does not decide", cells[c].rule, cells[c].changes);
		for (size_t i = 0; i < count; i++) {
			memcpy(others, missing, sizeof others);
			others[i] = missing[count - 1];
			ck_assert_msg(can_become(others, count - 1, rule, false), "%s [%s]: %s is idle", cells[c].rule, cells[c].changes, f.pack->decl[missing[i]].id.ptr);
		}
		for (uint32_t i = 0; i < f.pack->decls; i++) {
			bool listed = false;
			for (size_t k = 0; k < count; k++)
				listed |= missing[k] == i;
			/* A special case can be claimed for any size, and a reduction be stated: neither is missing. */
			th_slice id = f.pack->decl[i].id;
			bool elective = th_slice_eq(id, TH_S("special_case")) || th_slice_eq(id, TH_S("special_case_reason")) || th_slice_eq(id, TH_S("reduction"));
			if (!listed && !elective && !f.inputs.input[i].value.known)
				ck_assert_msg(!can_become(&i, 1, rule, true), "%s [%s]: %s is not listed and decides", cells[c].rule, cells[c].changes, id.ptr);
		}
		tried++;
	}
	ck_assert_uint_gt(tried, 20);
}
END_TEST

START_TEST(without_parameters)
{
	static const char *const sizes[CATEGORIES] = {"min_area", "min_area", "min_households_central", "min_floor_area", "min_reduction_share"};
	th_rule_results all;
	size_t category = (size_t)_i;
	begin_case(category, 0, "min_area=; min_households_central=; min_households_suburban=; min_floor_area=; min_reduction_share=; min_reduction=;"
	                        "peak_years_usual=; peak_years_max=; neutrality_first_phase_years=");
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_int_eq(all.verdict, TH_VERDICT_UNDETERMINED);
	for (size_t i = 0; i < all.results; i++) {
		const th_rule_result *one = &all.result[i];
		bool needs = one->requirement->id.ptr[strlen("4.3-req")] > '4' && strncmp(one->requirement->id.ptr, "4.3-req", 7) == 0;
		if (one->status == TH_RULE_NOT_APPLICABLE)
			continue;
		ck_assert_int_eq(one->status, needs ? TH_RULE_UNDETERMINED : TH_RULE_MET);
		if (th_slice_eq(one->requirement->id, TH_S("4.3-req5")))
			ck_assert_str_eq(one->missing[0].ptr, sizes[category]);
	}
}
END_TEST

/* --- results --- */

static const th_rule_result *decide(th_rule_results *all, const char *rule)
{
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, all), TH_OK);
	return &all->result[th_pack_requirement(f.pack, th_slice_of(rule))];
}

static const char *shown(th_rule_value value, const th_unit *unit)
{
	static char text[128];
	th_buf buf = {0};
	ck_assert(value.known);
	ck_assert(th_put_exact(&buf, value.number, unit));
	snprintf(text, sizeof text, "%.*s", (int)buf.len, buf.ptr);
	th_buf_free(&buf);
	return text;
}

START_TEST(tells_the_distance)
{
	th_rule_results all;
	begin_case(4, 0, "reduction_annual=10000#t CO2e");
	const th_rule_result *one = decide(&all, "4.3-req5");
	ck_assert_int_eq(all.verdict, TH_NOT_ELIGIBLE);
	ck_assert_uint_eq(one->limits, 2);
	ck_assert_uint_eq(one->binding, 0);
	ck_assert_str_eq(shown(one->limit[0].observed, &one->limit[0].limit->unit), "10");
	ck_assert_str_eq(shown(one->limit[0].required, &one->limit[0].limit->unit), "10");
	ck_assert_str_eq(shown(one->limit[0].margin, &one->limit[0].limit->unit), "0");
	ck_assert_str_eq(shown(one->limit[1].margin, &one->limit[1].limit->unit), "5000");
	ck_assert(one->flips);
	ck_assert_str_eq(one->why.en.ptr, "Not met. reduction as a share of the base year's gross emissions: 10 %, required more than 10 %, margin 0 %; "
	                                  "reduction: 10,000 t CO2e, required at least 5,000 t CO2e, margin 5,000 t CO2e.");
	ck_assert(strstr(one->quote.ptr, "企事业单位类创建对象") == one->quote.ptr);
	/* Two failures: neither alone changes the verdict. A recommended one never does. */
	rules_set(&f, "leading_body=no; end=2031");
	one = decide(&all, "4.3-req5");
	ck_assert(!one->flips);
	ck_assert_int_eq(decide(&all, "4.3-req6-usual")->status, TH_RULE_NOT_MET);
	ck_assert(!decide(&all, "4.3-req6-usual")->flips);
	ck_assert(!decide(&all, "4.3-req6-spec")->flips);
}
END_TEST

/* Two decimals where they tell the numbers apart, else as many as do: what is shown never contradicts what is decided. */
START_TEST(shows_what_differs)
{
	static const struct { const char *reduction, *said; } cases[] = {
		{"10010", "10.01 %, required more than 10 %"}, {"10001", "10.001 %, required more than 10 %"},
		{"10000.001", "10.000001 %, required more than 10 %"}, {"9999.999", "9.999999 %, required more than 10 %"},
	};
	th_rule_results all;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char facts[64];
		(void)snprintf(facts, sizeof facts, "reduction_annual=%s#t CO2e", cases[i].reduction);
		begin_case(4, 0, facts);
		const char *why = decide(&all, "4.3-req5")->why.en.ptr;
		ck_assert_msg(strstr(why, cases[i].said) != NULL, "%s: %s", cases[i].reduction, why);
	}
}
END_TEST

START_TEST(names_other_readings)
{
	th_rule_results all;
	begin_case(4, 0, "reduction_annual=9000#t CO2e; reduction_inventory=");
	(void)decide(&all, "4.3-req5");
	ck_assert_uint_eq(all.alternatives, 2);
	ck_assert_str_eq(f.pack->define[all.alternative[0].define].reading[all.alternative[0].reading].id.ptr, "cumulative");
	ck_assert_int_eq(all.alternative[0].verdict, TH_ELIGIBLE);
	ck_assert_int_eq(all.alternative[0].status[0], TH_RULE_MET);
	ck_assert_int_eq(all.alternative[1].verdict, TH_VERDICT_UNDETERMINED);
	f.inputs.chosen[th_pack_define(f.pack, TH_S("reduction_reading"))] = 1;
	ck_assert_int_eq(decide(&all, "4.3-req5")->status, TH_RULE_MET);
	ck_assert(strstr(decide(&all, "4.3-req5")->caveat[0].zh.ptr, "周期内累计减排量") != NULL);
}
END_TEST

START_TEST(finds_route_and_domains)
{
	static const struct { const char *changes, *route, *missing; } routes[] = {
		{"", "district", ""}, {"central_soe_hq=yes", "district", ""}, {"central_soe_hq=yes; body_type=development_company", "direct", ""}, {"national_park=yes", "direct", ""},
		{"national_park=yes; body_type=administrative_department", "district", ""}, {"central_soe_hq=; national_park=yes", "direct", ""},
		/* A committee is no headquarters of a company; a development company may be. */
		{"central_soe_hq=", "district", ""}, {"central_soe_hq=; body_type=development_company", "", "central_soe_hq"},
		{"central_soe_hq=; national_park=; body_type=", "", "body_type central_soe_hq national_park"},
	};
	th_rule_results all;
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		char missing[128] = "";
		begin_case(1, 0, routes[i].changes);
		(void)decide(&all, "4.3-req5");
		ck_assert_str_eq(all.route ? all.route->id.ptr : "", routes[i].route);
		for (size_t k = 0; k < all.route_missings; k++)
			strcat(strcat(missing, k ? " " : ""), all.route_missing[k].ptr);
		ck_assert_str_eq(missing, routes[i].missing);
	}
	ck_assert_uint_eq(all.domains, 4);
	ck_assert_str_eq(f.pack->domain[all.domain[1]].id.ptr, "construction");
}
END_TEST

/* By 四（三）申报主体 and 四（二）: of a region files its administrative department and of a community an office or a town, none of which may be one that files directly. */
START_TEST(asks_of_a_route_what_decides_it)
{
	static const struct { size_t category; const char *changes, *missing; } asked[] = {
		{0, "body_type=; central_soe_hq=; national_park=", "body_type"}, {1, "body_type=; central_soe_hq=; national_park=", "body_type central_soe_hq national_park"},
		{2, "body_type=; central_soe_hq=; national_park=", "body_type"}, {3, "body_type=; central_soe_hq=; national_park=", "body_type central_soe_hq"},
		{4, "body_type=; central_soe_hq=; national_park=", "body_type central_soe_hq"}, {0, "body_type=; central_soe_hq=; national_park=; area=1#km2", "body_type"},
		{1, "body_type=development_company; central_soe_hq=; national_park=", "central_soe_hq national_park"}, {0, "central_soe_hq=; national_park=", ""},
		{1, "category=; body_type=; central_soe_hq=; national_park=", "body_type central_soe_hq national_park"},
	};
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		char missing[128] = "";
		th_rule_results all;
		begin_case(asked[i].category, 0, asked[i].changes);
		(void)decide(&all, "4.3-req5");
		const uint64_t *fits = th_check_fits(&f.inputs, &f.arena);
		ck_assert(fits != NULL);
		ck_assert_int_eq(th_rules_ask_route(&f.inputs, fits, &f.arena, &all), TH_OK);
		for (size_t k = 0; k < all.route_missings; k++)
			strcat(strcat(missing, k ? " " : ""), all.route_missing[k].ptr);
		ck_assert_str_eq(missing, asked[i].missing);
	}
}
END_TEST

START_TEST(warns)
{
	th_rule_results all;
	begin_case(1, 0, "has_targets=; targets_given=no; measures=; measures_given=no; start=2030; end=2029; special_case=yes");
	ck_assert_uint_eq(decide(&all, "4.3-req4a")->caveats, 2);
	ck_assert(strstr(decide(&all, "4.3-req4a")->caveat[0].en.ptr, "there is no targets.csv"));
	ck_assert_uint_eq(decide(&all, "4.3-req5")->caveats, 1);
	begin_case(1, 0, "has_targets=; measures="); /* both are there and have errors */
	ck_assert_uint_eq(decide(&all, "4.3-req4a")->caveats, 0);
	begin_case(1, 0, "has_targets=no; measures="); /* both are empty; of measures the check says it */
	ck_assert_uint_eq(decide(&all, "4.3-req4a")->caveats, 1);
	ck_assert(strstr(decide(&all, "4.3-req4a")->caveat[0].en.ptr, "targets.csv has no target"));
	begin_case(4, 0, "reduction=30000#t CO2e@r.pdf");
	ck_assert_uint_eq(decide(&all, "4.3-req5")->caveats, 2);
	ck_assert(strstr(decide(&all, "4.3-req5")->caveat[1].en.ptr, "annual 20,000 t CO2e, cumulative 60,000 t CO2e, inventories 20,000 t CO2e"));
	begin_case(4, 0, "reduction=30000#t CO2e");
	ck_assert(strstr(decide(&all, "4.3-req5")->caveat[1].zh.ptr, "填报的减排量 30,000 tCO2e 未附佐证材料"));
}
END_TEST

START_TEST(names_what_a_computed_value_lacks)
{
	static const th_slice lacks[] = {{"base_year", 9}, {"measures", 8}};
	th_rule_results all;
	begin_case(4, 0, "reduction_annual=; base_gross=; base_year=; measures=");
	uint32_t annual = th_pack_computed(f.pack, TH_S("reduction_annual")), base = th_pack_computed(f.pack, TH_S("base_gross"));
	f.inputs.input[annual].lacks = f.inputs.input[base].lacks = lacks;
	f.inputs.input[annual].lack_count = f.inputs.input[base].lack_count = 2;
	const th_rule_result *one = decide(&all, "4.3-req5");
	ck_assert_uint_eq(one->missings, 2);
	ck_assert_str_eq(one->why.zh.ptr, "暂不能判定，缺少基准年（base_year）、措施表 measures.csv。");
	ck_assert_str_eq(one->why.en.ptr, "Cannot be decided yet; missing: base year (base_year), table of measures (measures.csv).");
	/* What it rests on: known inputs with their places. */
	one = decide(&all, "4.3-body");
	ck_assert_uint_eq(one->useds, 4);
	ck_assert_str_eq(f.pack->decl[one->used[1]].id.ptr, "body_type");
	ck_assert_uint_eq(f.inputs.input[one->used[1]].line, 7);
}
END_TEST

/* --- what is asked --- */

struct outcome {
	th_rule_status status[32];
	const th_rule_route *route;
};

static void outcome_of(struct outcome *out)
{
	th_rule_results all;
	ck_assert_uint_le(f.pack->requirements, sizeof out->status / sizeof *out->status);
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	for (size_t i = 0; i < all.results; i++)
		out->status[i] = all.result[i].status;
	out->route = all.route;
}

/* The n-th value to try of a declaration, with evidence; false behind the last. */
static bool value_of(const th_rule_decl *decl, uint32_t n, th_rule_input *out)
{
	static const th_period day = {.from = 20000, .to = 20000, .first_year = 2024, .last_year = 2024, .num = 1, .den = 366};
	*out = (th_rule_input){.evidence = TH_S("paper"), .text = TH_S("x")};
	switch (decl->type) {
	case TH_RULE_BOOL:
		out->value = th_rule_bool(n == 1);
		return n < 2;
	case TH_RULE_CHOICE:
		out->value = th_rule_choice(n);
		return n < decl->options;
	case TH_RULE_LIST:
		out->value = (th_rule_value){.known = true, .type = TH_RULE_LIST, .list = 1};
		return n < 1;
	case TH_RULE_NUMBER:
		out->value = (th_rule_value){.known = true, .type = TH_RULE_NUMBER, .number = {n ? 1000000000 : 0, 1}};
		return n < 2;
	case TH_RULE_DATE:
		out->value = th_rule_date(day);
		return n < 1;
	default:
		out->value = th_rule_text(TH_S("words"));
		return decl->type == TH_RULE_TEXT && n < 1;
	}
}

/* What a kind of applicant is not asked changes nothing, whatever it is: neither of a case of which nothing else is known, nor of one that is complete, nor
 * who files where. */
START_TEST(what_is_not_asked_decides_nothing)
{
	size_t category = (size_t)_i / 2, target = (size_t)_i % 2, left_out = 0;
	bool asked[128] = {false};
	uint64_t fits[128] = {0};
	th_rule_asks asks;
	ck_assert_uint_lt(f.pack->decls, sizeof asked / sizeof *asked);
	for (int whole = 0; whole < 2; whole++) {
		rules_begin(&f);
		th_rule_inputs_suppose(&f.inputs, f.pack->category, (uint32_t)category); /* the table of whole cases has the order of the pack */
		th_rule_inputs_suppose(&f.inputs, f.pack->target, (uint32_t)target);
		if (!whole) {
			ck_assert_int_eq(th_rules_ask(&f.inputs, fits, &f.arena, &asks), TH_OK);
			for (size_t i = 0; i < asks.asks; i++) {
				ck_assert_msg(!asked[asks.ask[i].decl], "%s is asked for twice", f.pack->decl[asks.ask[i].decl].id.ptr);
				asked[asks.ask[i].decl] = true;
			}
		} else
			begin_case(category, target, "");
		struct outcome before, then;
		outcome_of(&before);
		for (uint32_t d = 0; d < f.pack->facts + f.pack->params; d++) {
			const th_rule_input own = f.inputs.input[d];
			uint32_t number;
			bool kind_of = (th_index_get(f.pack->category, &number) && number == d) || (th_index_get(f.pack->target, &number) && number == d);
			left_out += !asked[d] && !kind_of;
			for (uint32_t n = 0; !asked[d] && !kind_of && value_of(&f.pack->decl[d], n, &f.inputs.input[d]); n++) {
				outcome_of(&then);
				/* Who files where: a fact of a body that the clause refuses may tell, of one that is not known yet. */
				bool same_route = then.route == before.route || !whole;
				ck_assert_msg(memcmp(then.status, before.status, f.pack->requirements * sizeof *then.status) == 0 && same_route, "%s, value %u", f.pack->decl[d].id.ptr, n);
			}
			f.inputs.input[d] = own;
		}
	}
	ck_assert_uint_gt(left_out, 10); /* parameters and facts of the other kinds */
}
END_TEST

/* The same words for both: facts that only a default or an exception looks at are asked for, facts of other kinds are not. */
START_TEST(asks_each_kind)
{
	static const struct { size_t category, target; const char *asked, *not_asked; } kinds[] = {
		{0, 0, "area special_case special_case_reason start end min_area peak_years_max", "households floor_area registered_in_shanghai meets_city_neutrality_spec min_reduction"},
		{4, 1, "registered_in_shanghai reduction meets_city_neutrality_spec min_reduction neutrality_first_phase_years central_soe_hq", "area households peak_years_max national_park location"},
		{2, 0, "location households min_households_central min_households_suburban", "area floor_area min_floor_area central_soe_hq"},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		th_rule_asks asks;
		uint64_t fits[128] = {0};
		uint32_t body = th_pack_fact(f.pack, TH_S("body_type"));
		/* As the clause has it: a department; an enterprise or institution; a sub-district office or town. */
		static const char *const bodies[][2] = {{"administrative_department", NULL}, {"enterprise", "institution"}, {"subdistrict_office", "town_government"}};
		for (size_t k = 0; k < 2 && bodies[i][k]; k++)
			fits[body] |= UINT64_C(1) << th_decl_option(&f.pack->decl[body], th_slice_of(bodies[i][k]));
		rules_begin(&f);
		th_rule_inputs_suppose(&f.inputs, f.pack->category, (uint32_t)kinds[i].category);
		th_rule_inputs_suppose(&f.inputs, f.pack->target, (uint32_t)kinds[i].target);
		ck_assert_int_eq(th_rules_ask(&f.inputs, fits, &f.arena, &asks), TH_OK);
		for (int yes = 0; yes < 2; yes++) {
			th_slice rest = th_slice_of(yes ? kinds[i].asked : kinds[i].not_asked), id;
			while (th_slice_split(&rest, ' ', &id)) {
				bool found = false;
				for (size_t k = 0; k < asks.asks; k++)
					found |= th_slice_eq(f.pack->decl[asks.ask[k].decl].id, id);
				ck_assert_msg(found == (bool)yes, "kind %zu: %.*s is %sasked for", i, (int)id.len, id.ptr, yes ? "not " : "");
			}
		}
	}
}
END_TEST

Suite *rules_suite(void)
{
	Suite *suite = suite_create("rules");
	TCase *tests = tcase_create("the shipped pack");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, has_every_clause);
	const char *notice = getenv("NOTICE");
	if (notice && *notice)
		tcase_add_test(tests, quotes_the_notice);
	else {
		tests_skipped++;
		printf("skipped: quotes_the_notice needs NOTICE=FILE, the text of the notice\n");
	}
	const char *annexes = getenv("ANNEXES");
	if (annexes && *annexes)
		tcase_add_test(tests, quotes_the_annexes);
	else {
		tests_skipped++;
		printf("skipped: quotes_the_annexes needs ANNEXES=FILE, the annexes of 发改环资〔2025〕910号\n");
	}
	tcase_add_loop_test(tests, a_stage_asks_what_the_notice_asks_then, 0, sizeof stages / sizeof *stages);
	tcase_add_loop_test(tests, acceptance_is_decided_by_what_the_notice_says_of_it, 0, sizeof acceptance / sizeof *acceptance);
	tcase_add_loop_test(tests, decides_every_cell, 0, CATEGORIES * 2);
	tcase_add_loop_test(tests, a_fact_less_is_never_better, 0, 2);
	tcase_add_loop_test(tests, only_what_rests_on_it_is_decided_again, 0, 2);
	tcase_add_test(tests, reduction_gives_way);
	tcase_add_loop_test(tests, missing_is_exact, 0, CATEGORIES);
	tcase_add_loop_test(tests, without_parameters, 0, CATEGORIES);
	tcase_add_test(tests, tells_the_distance);
	tcase_add_test(tests, shows_what_differs);
	tcase_add_test(tests, names_other_readings);
	tcase_add_test(tests, finds_route_and_domains);
	tcase_add_test(tests, asks_of_a_route_what_decides_it);
	tcase_add_test(tests, warns);
	tcase_add_loop_test(tests, what_is_not_asked_decides_nothing, 0, CATEGORIES * 2);
	tcase_add_test(tests, asks_each_kind);
	tcase_add_test(tests, names_what_a_computed_value_lacks);
	suite_add_tcase(suite, tests);
	return suite;
}
