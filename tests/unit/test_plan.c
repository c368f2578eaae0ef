/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case planned: what the path is made of, worked by hand from round factors. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "lend.h"
#include "plan/plan.h"
#include "suites.h"

static const th_mass tonne = (th_mass)1000 * 1000000000;

static th_reference *reference;
static th_diags *diags;
static th_case_plan *plan;
static th_plan_options options;
static const char folder[] = "/nowhere/case";

static const char *put(const char *name, const char *text)
{
	char path[64];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return lend(diags, path, text);
}

/* One kWh of a is 1 kg, so that 1000 MWh are 1000 t; b likewise. */
static void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
	put("case.csv", "fact,value\nname,x\ncategory,enterprise\ntarget,peak\nbase_year,2023\nstart,2024-01\nend,2026-12\n");
	const char *own = put("own.csv", "id,gas,value,unit,activity,scope,source,confidence\nfa,CO2,1,kg/kWh,act-a,2,test,user\nfb,CO2,1,kg/kWh,act-b,2,test,user\n"
	               "fa2,CO2,1,kg/kWh,act-a,2,test,user\nfa3,CO2,1,kg/kWh,act-a,2,test,user\nfb2,CO2,1,kg/kWh,act-b,2,test,user\n"
	               "fb3,CO2,1,kg/kWh,act-b,2,test,user\n");
	put("inventory.csv", "period,activity,quantity,unit,factor\n2023,act-a,1000,MWh,fa\n2023,act-b,500,MWh,fb\n2024,act-a,900,MWh,fa\n2024,act-b,500,MWh,fb\n");
	put("measures.csv", "id,name,group,effect_start,reduction,unit,activity,capex(万元),opex(万元),lifetime\n"
	                    "M1,m,markets,2024-01,100,t/a,act-a,10,1,10\nM2,n,markets,2024-01,100,t/a,act-a,0,3,10\n");
	put("targets.csv", "phase,year,emissions,unit\none,2026,1400,t\n");
	put("assumptions.csv", "param,value,unit,source\ngrowth,0,%,x\ndiscount_rate,0,%,x\n");
	put("delivered.csv", "measure,year,reduction,unit\nM1,2024,60,t\n");
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &reference), TH_OK);
	ck_assert_int_eq(th_reference_add_factors(reference, own, diags), TH_OK);
	options = (th_plan_options){.assess.folder = folder};
	plan = NULL;
}

static void teardown(void)
{
	th_plan_free(plan);
	th_diags_free(diags);
	th_reference_free(reference);
}

static th_status run(void)
{
	return th_plan_run(reference, TEST_DATA_DIR, &options, diags, &plan);
}

static void run_well(void)
{
	th_status status = run();
	char *text = NULL;
	if (status != TH_OK && th_diags_text(diags, TH_LANG_EN, 0, &text) == TH_OK && text)
		puts(text);
	free(text);
	ck_assert_int_eq(status, TH_OK);
}

static size_t caveats_of(th_code code)
{
	size_t count = 0;
	for (size_t i = 0; i < plan->caveats; i++)
		count += plan->caveat[i].code == code;
	return count;
}

/* 1500 t; M1 takes 100 of 1000, M2 a tenth of the 900 that are left: 1310 t, and the target of 1400 t is met by 90 t. */
START_TEST(measures_of_one_activity_multiply)
{
	run_well();
	ck_assert(plan->has_base && plan->has_bau && plan->has_discount);
	ck_assert_uint_eq(plan->path.years, 4);
	ck_assert(plan->path.year[0].gross == 1500 * tonne);
	for (size_t t = 1; t < 4; t++)
		ck_assert(plan->path.year[t].gross == 1310 * tonne);
	ck_assert(plan->path.target[0].met && plan->path.target[0].gap == -90 * tonne);
	/* M1: 10^5 CNY over 10 years and 10^4 a year, 200 CNY/t; M2: 3 x 10^4, 300 CNY/t. */
	ck_assert_uint_eq(plan->path.costs, 2);
	ck_assert(fabs(plan->path.cost[0].per_tonne - 200) < 1e-9 && plan->path.cost[0].measure == 0);
	ck_assert(fabs(plan->path.cost[1].per_tonne - 300) < 1e-9 && plan->path.cost[1].after == 90 * tonne);
}
END_TEST

START_TEST(terms_add_up)
{
	run_well();
	ck_assert(plan->lmdi.done && plan->lmdi.from == 2023 && plan->lmdi.to == 2024);
	ck_assert(plan->lmdi.sum.change == -100 * tonne);
	ck_assert(plan->lmdi.sum.activity + plan->lmdi.sum.intensity + plan->lmdi.sum.factor + plan->lmdi.undivided == plan->lmdi.sum.change);
	ck_assert(plan->lmdi.sum.factor == 0);
}
END_TEST

/* 1400 t against 1310 t; M1 brought 60 of 100, M2 tells nothing and its activity is above the path. */
START_TEST(a_year_is_set_against_the_path)
{
	options.actual = 2024;
	run_well();
	ck_assert(plan->follow.computed && !plan->follow.result.on_track);
	ck_assert(plan->follow.result.behind == 90 * tonne);
	ck_assert_int_eq(plan->follow.result.measure[0].state, TH_FOLLOW_SHORT);
	ck_assert(plan->follow.result.measure[0].lack == 40 * tonne);
	ck_assert_int_eq(plan->follow.result.measure[1].state, TH_FOLLOW_SUSPECT);
	ck_assert_int_eq(th_plan_answer_of(plan), TH_PLAN_NO);
}
END_TEST

/* 100 t are needed, and M1 alone is the cheaper one: 2 x 10^4 CNY a year. */
START_TEST(the_route_takes_the_cheapest)
{
	options.route = "one";
	run_well();
	ck_assert_int_eq(plan->route.found.verdict, TH_ROUTE_OPTIMAL);
	ck_assert(plan->route.found.chosen == 1 && plan->route.found.cost == (th_money)20000 * 1000000000);
	ck_assert_int_eq(th_plan_answer_of(plan), TH_PLAN_YES);
}
END_TEST

START_TEST(a_threshold_without_its_parameter_is_open)
{
	options.route = "threshold";
	run_well();
	ck_assert(!plan->route.computed && plan->route.missings > 0);
	ck_assert_int_eq(th_plan_answer_of(plan), TH_PLAN_OPEN);
}
END_TEST

START_TEST(nothing_is_supposed)
{
	put("assumptions.csv", "param,value,unit,source\ndiscount_rate,,%,x\n");
	options.route = "one";
	options.actual = 2024;
	run_well();
	ck_assert(plan->has_base && !plan->has_bau && !plan->has_discount);
	ck_assert_uint_eq(caveats_of(TH_PLAN_NO_GROWTH), 1);
	ck_assert_uint_eq(caveats_of(TH_PLAN_NO_DISCOUNT), 1);
	ck_assert(!plan->route.computed && !plan->follow.computed);
	ck_assert_int_eq(th_plan_answer_of(plan), TH_PLAN_OPEN);
}
END_TEST

START_TEST(a_scenario_changes_what_it_names)
{
	char path[128];
	const char *list[] = {path};
	snprintf(path, sizeof path, "%s/s.csv", folder);
	put("s.csv", "param,value,unit,source\nmeasure.M1.off,1,,x\ngrowth.act-b,10,%,x\n");
	options.scenario = list;
	options.scenarios = 1;
	run_well();
	/* act-a: 1000 - 100; act-b: 500 x 1.1^3 */
	ck_assert(plan->scenario[0].result.year[3].gross == 900 * tonne + (th_mass)665500 * 1000000000);
	ck_assert(plan->path.year[3].gross == 1310 * tonne);
}
END_TEST

/* When a measure counts: whole years only. Works until 2025-06 with a life of 10 years: 2026 to 2034. A ramp begins with the effect and
 * takes nothing from the life. */
static const struct { const char *row; int start, end; } times[] = {
	{",,,,2024-01,", 2024, 0}, {",,,,2024-04,", 2025, 0}, {",,,,2024-01,2026-12", 2024, 2026}, {",,,,2024-01,2026-06", 2024, 2025},
	{"2024-01,2025-12,10,,,", 2026, 2035}, {"2024-01,2025-06,10,,,", 2026, 2034}, {"2024-01,2025-12,10,2,,", 2026, 2035},
	{"2024-01,2025-12,10,,2025-01,", 2025, 2034}, {"2024-01,2025-12,,,,", 2026, 0},
};

START_TEST(counts_whole_years)
{
	char text[256];
	snprintf(text, sizeof text, "id,name,group,reduction,unit,start,end,lifetime,ramp,effect_start,effect_end\nM1,m,markets,10,t/a,%s\n", times[_i].row);
	put("measures.csv", text);
	run_well();
	ck_assert_uint_eq(plan->input.measures, 1);
	ck_assert_int_eq(plan->input.measure[0].start, times[_i].start);
	ck_assert_int_eq(plan->input.measure[0].end, times[_i].end);
}
END_TEST

/* Each is one diagnostic. */
static const struct { const char *file, *text, *code; } wrongs[] = {
	{"assumptions.csv", "param,value,unit,source\ngrowth,0,%,x\ndiscount_rate,-100,%,x\n", "E3935"},
	{"assumptions.csv", "param,value,unit,source\ngrowth.act-a,-100,%,x\n", "E3933"},
	{"assumptions.csv", "param,value,unit,source\ngrowht,1,%,x\n", "E3925"},
	{"assumptions.csv", "param,value,unit,source\nlast_year,2020,,x\n", "E3931"},
	{"targets.csv", "phase,year,emissions,unit\none,2025,1000,t\ntwo,2026,1100,t\n", "E3942"},
	{"targets.csv", "phase,year,emissions,unit,start\none,2025,1000,t,\ntwo,2026,900,t,2025\n", "E3941"},
	{"targets.csv", "phase,year,emissions,unit\none,2023,1000,t\n", "E3939"},
	{"measures.csv", "id,name,group,effect_start,reduction,unit,activity\nM1,m,markets,2024,1001,t/a,act-a\n", "E3937"},
	{"measures.csv", "id,name,group,start,end,reduction,unit\nM1,m,markets,2025,2024,10,t/a\n", "E3902"},
	{"measures.csv", "id,name,group,start,end,reduction,unit,lifetime,ramp\nM1,m,markets,2025-01,2025-12,10,t/a,3,4\n", "E3923"},
	{"delivered.csv", "measure,year,reduction,unit\nM9,2024,60,t\n", "E3306"},
	{"measures.csv", "id,name,group,effect_start,reduction,unit,activity\nM1,m,markets,2024-01,1.2e24,t/a,\n", "E3937"},
	/* What keeps the balance line by line, and does not by activity or by year: too large a number, not too little memory. */
	{"inventory.csv", "period,activity,quantity,unit,factor\n2023,act-a,8e28,kWh,fa\n2023,act-b,-8e28,kWh,fb\n2023,act-a,8e28,kWh,fa2\n"
	                  "2023,act-b,-8e28,kWh,fb2\n2023,act-a,8e28,kWh,fa3\n2023,act-b,-8e28,kWh,fb3\n", "E3944"},
	{"inventory.csv", "period,activity,quantity,unit,factor\n2023,act-a,8e28,kWh,fa\n2024,act-b,-8e28,kWh,fb\n2023,act-a,8e28,kWh,fa2\n"
	                  "2024,act-b,-8e28,kWh,fb2\n2023,act-a,8e28,kWh,fa3\n", "E2212"},
	{"inventory.csv", "period,activity,quantity,unit,factor\n2023-01,act-a,8e28,kWh,fa\n2024,act-b,-8e28,kWh,fb\n2023-02,act-a,8e28,kWh,fa2\n"
	                  "2024,act-b,-8e28,kWh,fb2\n2023-03,act-a,8e28,kWh,fa3\n", "E2212"},
};

START_TEST(reports_what_is_wrong)
{
	char *text = NULL;
	put(wrongs[_i].file, wrongs[_i].text);
	if (strcmp(wrongs[_i].file, "measures.csv") == 0)
		put("delivered.csv", "measure,year,reduction,unit\n");
	ck_assert_int_eq(run(), TH_INVALID);
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &text), TH_OK);
	ck_assert_msg(strstr(text, wrongs[_i].code) != NULL && !strstr(text, "E5001"), "%s", text);
	free(text);
}
END_TEST

/* Too many measures are no year that is missing. */
START_TEST(a_route_has_its_limit)
{
	char text[8192], *said = NULL;
	size_t length = (size_t)snprintf(text, sizeof text, "id,name,group,effect_start,reduction,unit,activity,capex(万元),opex(万元),lifetime\n");
	for (int i = 1; i <= 65; i++)
		length += (size_t)snprintf(text + length, sizeof text - length, "M%d,m,markets,2024-01,1,t/a,act-a,10,1,10\n", i);
	put("measures.csv", text);
	options.route = "one";
	ck_assert_int_eq(run(), TH_INVALID);
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &said), TH_OK);
	ck_assert_msg(strstr(said, "E3947") && !strstr(said, "E3929"), "%s", said);
	free(said);
}
END_TEST

static th_status count_entry(void *context, const th_entry *entry)
{
	ck_assert_ptr_nonnull(entry->activity);
	++*(size_t *)context;
	return TH_OK;
}

/* Whoever calls hears what the plan hears, once. */
START_TEST(hears_each_line_once)
{
	size_t entries = 0;
	const th_listener listener = {.entry = count_entry, .context = &entries};
	options.assess.listener = &listener;
	options.assess.listeners = 1;
	run_well();
	ck_assert_uint_eq(entries, 4);
	ck_assert_uint_eq(plan->cells, 4);
}
END_TEST

/* A deposit emits for years, none of which has a quantity of it; and a year that is not whole is not counted. */
START_TEST(a_landfill_has_no_quantity)
{
	put("inventory.csv", "period,activity,quantity,unit,factor\n2022,landfill_food,100,t,\n2023,act-a,1000,MWh,fa\n2024,act-a,900,MWh,fa\n2025-01,act-a,1,MWh,fa\n");
	run_well();
	size_t of_landfill = 0;
	for (size_t i = 0; i < plan->cells; i++) {
		bool landfill = th_slice_eq(plan->cell[i].activity, TH_S("landfill_food"));
		of_landfill += landfill;
		ck_assert(plan->cell[i].uncountable == landfill && plan->cell[i].year < 2025);
	}
	ck_assert_uint_eq(of_landfill, 2);
}
END_TEST

Suite *plan_suite(void)
{
	Suite *suite = suite_create("plan");
	TCase *all = tcase_create("plan");
	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, measures_of_one_activity_multiply);
	tcase_add_test(all, terms_add_up);
	tcase_add_test(all, a_year_is_set_against_the_path);
	tcase_add_test(all, the_route_takes_the_cheapest);
	tcase_add_test(all, a_threshold_without_its_parameter_is_open);
	tcase_add_test(all, nothing_is_supposed);
	tcase_add_test(all, a_scenario_changes_what_it_names);
	tcase_add_test(all, a_route_has_its_limit);
	tcase_add_test(all, hears_each_line_once);
	tcase_add_test(all, a_landfill_has_no_quantity);
	tcase_add_loop_test(all, counts_whole_years, 0, (int)(sizeof times / sizeof *times));
	tcase_add_loop_test(all, reports_what_is_wrong, 0, (int)(sizeof wrongs / sizeof *wrongs));
	suite_add_tcase(suite, all);
	return suite;
}
