/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case through account and rules: what is computed for the rules, what is missing, what does not fit together. */
#include "assess_fixture.h"
#include "scratch.h"

#include <math.h>

Suite *assess_suite(void);

/* --- a whole case --- */

START_TEST(decides_a_case)
{
	run();
	ck_assert_int_eq(th_assessment_verdict(assessment), TH_VERDICT_YES);
	expect("base_gross", 1000, 1, "");
	expect("reduction_annual", 150, 1, "");     /* M1 from 2024-07 on, M2 */
	expect("reduction_cumulative", 400, 1, ""); /* 100 x 30/12 + 50 x 36/12 */
	expect("reduction_inventory", 0, 0, "inventory:2026");
	ck_assert(computed("account_ok")->value.known && computed("account_ok")->value.truth);
	ck_assert(th_slice_eq(computed("account_method")->value.text, TH_S("mee-provincial")));
	ck_assert(th_slice_eq(computed("account_completeness")->value.text, TH_S("2023 (12/12)")));
	ck_assert(computed("has_targets")->value.known && computed("has_targets")->value.truth);
	ck_assert_uint_eq(computed("phase_targets")->value.count, 2);
	ck_assert_int_eq(computed("first_phase_end")->value.date.to, th_day(2025, 12, 31));
	ck_assert_uint_eq(assessment->measures.count, 3);
	ck_assert_uint_eq(assessment->measure[2].domain, assessment->pack->group[assessment->measure[2].group].domain);
	ck_assert_uint_eq(assessment->files, 7); /* tasks.csv and offsets.csv, which the pack does not ask for, among them */
	for (size_t i = 0; i < assessment->files; i++)
		ck_assert(assessment->file[i].kind == TH_CASE_TASKS || assessment->file[i].kind == TH_CASE_OFFSETS || (assessment->file[i].found && strlen(assessment->file[i].sha256) == 64 && assessment->file[i].rows > 0));
	/* 1000 - 150 is the target of 850; e.pdf is no file */
	ck_assert_uint_eq(assessment->caveats, 1);
	ck_assert_int_eq(assessment->caveat[0].code, TH_EVIDENCE_NOT_HERE);
	ck_assert_uint_eq(assessment->categories, 0);
}
END_TEST

/* Just at the amount it is met; the share has to be above. */
static const struct { const char *share, *amount; th_rule_status status; } lines[] = {
	{"14.999999", "150", TH_RULE_MET}, {"15", "150", TH_RULE_NOT_MET}, {"10", "150.000001", TH_RULE_NOT_MET}, {"10", "149.999999", TH_RULE_MET},
};

START_TEST(compares_at_the_line)
{
	char text[512];
	snprintf(text, sizeof text, "param,value,unit,source\nmin_reduction_share,%s,%%,x\nmin_reduction,%s,t CO2e,x\n", lines[_i].share,
	         lines[_i].amount);
	put("params.csv", text);
	run();
	ck_assert_int_eq(status_of("4.3-req5"), lines[_i].status);
}
END_TEST

/* --- reductions: creation period 2024-01 to 2026-12 --- */

static const struct { const char *rows; long annual, cumulative, den; const char *lacks; } reductions[] = {
	{"M1,a,markets,2024-01,,120,t/a,,\n", 120, 360, 1, ""},
	{"M1,a,markets,2020,,120,t/a,,\n", 0, 0, 1, ""},                   /* complete before the base year */
	{"M1,a,markets,2023-07,,120,t/a,,\n", 60, 180, 1, ""},             /* the base year had half a year of it */
	{"M1,a,markets,2020,2025-06,120,t/a,,\n", 0, 0, 1, ""},
	{"M1,a,markets,2024-07,2025-06,120,t/a,,\n", 0, 120, 1, ""},       /* over at the end */
	{"M1,a,markets,2025-01,2030,120,t/a,,\n", 120, 240, 1, ""},
	{"M1,a,markets,2027,,120,t/a,,\n", 0, 0, 1, ""},                   /* too late */
	{"M1,a,markets,2024-07,,120,t/a,10,\n", 120, 300, 1, ""},          /* 30 months */
	{"M1,a,markets,2024-07,,120,t/a,1,\n", 0, 120, 1, ""},
	{"M1,a,markets,2024-01-15,,120,t/a,,\n", 120, 350, 1, ""},         /* 35 whole months */
	{"M1,a,markets,2026-12,,12,t/a,,\n", 12, 1, 1, ""},
	{"M1,a,markets,2024-01,,1,t/a,,\nM2,b,markets,2024-01,,,,,\n", 0, 0, 0, "measures:M2"}, /* blank is not zero */
	{"M1,a,markets,2024-01,,1,t/a,,\nM2,b,markets,2027-01,,,,,\n", 1, 3, 1, ""}, /* but surely nothing where it comes too late, */
	{"M1,a,markets,2024-01,,1,t/a,,\nM2,b,markets,2020-01,,,,,\n", 1, 3, 1, ""}, /* or was there before */
	{"M1,a,markets,2024-01,,9,t/a,,\nM2,b,markets,2024-01,,5,t/a,,credit\n", 9, 27, 1, ""}, /* a credit is no reduction */
	{"M1,a,markets,,,120,t/a,,\nM2,b,markets,2024,,1,t/a,,\n", 0, 0, 0, "measures:M1"},
	{"M1,a,markets,,,0,t/a,,\nM2,b,markets,2024,,1,t/a,,\n", 1, 3, 1, ""}, /* of nothing no date is needed */
	{"M1,a,markets,2024,,,,,\n", 0, 0, 0, "measures:M1"},
	{"", 0, 0, 0, "measures"},
};

START_TEST(counts_reductions)
{
	char text[512];
	snprintf(text, sizeof text, "id,name,group,effect_start,effect_end,reduction,unit,lifetime,effect\n%s", reductions[_i].rows);
	put("measures.csv", text);
	run();
	expect("reduction_annual", reductions[_i].annual, reductions[_i].den, reductions[_i].lacks);
	expect("reduction_cumulative", reductions[_i].cumulative, reductions[_i].den, reductions[_i].lacks);
}
END_TEST

START_TEST(needs_the_period)
{
	set_fact("end", "");
	run();
	expect("reduction_annual", 0, 0, "end");
	expect("reduction_cumulative", 0, 0, "end");
	expect("reduction_inventory", 0, 0, "end");
}
END_TEST

/* --- the inventory --- */

static const struct { const char *rows; long base, difference, known; const char *base_lacks, *lacks; size_t caveats; } years[] = {
	/* known: 0 neither, 1 base, 2 both */
	{"2023,测试活动,1000,t\n2026,测试活动,400,t\n", 1000, 600, 2, "", "", 0},
	{"2023,测试活动,400,t\n2026,测试活动,1000,t\n", 400, -600, 2, "", "", 0},
	{"2023-01/2023-06,测试活动,1,t\n2023-07/2023-12,测试活动,2,t\n2022,测试活动,9,t\n", 3, 0, 1, "", "inventory:2026", 0},
	{"2023-01/2023-11,测试活动,1000,t\n", 0, 0, 0, "inventory:2023", "inventory:2023 inventory:2026", 1},
	{"2023,测试活动,1000,t\n2022-12/2023-01,测试活动,62,t\n", 1031, 0, 1, "", "inventory:2026", 0}, /* 31 days of 62 */
	{"2023,测试活动,1,t\n2022-12/2023-12,测试活动,1,t\n", 0, 0, 0, "inventory:2023", "inventory:2023 inventory:2026", 1},
	{"2022,测试活动,1,t\n", 0, 0, 0, "inventory:2023", "inventory:2023 inventory:2026", 0},
};

START_TEST(takes_whole_years)
{
	char text[512];
	snprintf(text, sizeof text, "period,activity,quantity,unit\n%s", years[_i].rows);
	put("inventory.csv", text);
	run();
	expect("base_gross", years[_i].base, years[_i].known > 0, years[_i].base_lacks);
	expect("reduction_inventory", years[_i].difference, years[_i].known > 1, years[_i].lacks);
	ck_assert_uint_eq(caveats_of(TH_INVENTORY_YEAR), years[_i].caveats);
}
END_TEST

/* --- targets --- */

static const struct { const char *rows; size_t count; bool known; const char *lacks; size_t mixed, outside, gap; } phases[] = {
	{"一,2024,3,t,\n二,2026,2,t,\n三,2025,1,kg,\n", 3, true, "", 0, 0, 1},
	{"一,2024,3,t,net\n二,2026,2,t,gross\n", 0, false, "targets:kind", 1, 0, 1},
	{"一,2024,3,t/万元,intensity\n二,2026,2,kg/元,intensity\n", 2, true, "", 0, 0, 0},
	{"一,2024,3,t/万元,intensity\n二,2026,2,kg/m2,intensity\n", 0, false, "targets:kind", 0, 0, 0},
	{"一,2023,3,t,net\n二,2027,2,t,net\n", 2, true, "", 0, 2, 0},
	{"一,2026,850,t,gross\n", 1, true, "", 0, 0, 0},
	{"一,2026,849.999,t,gross\n", 1, true, "", 0, 0, 1},
	{"", 0, false, "targets", 0, 0, 0},
};

START_TEST(orders_targets)
{
	char text[512];
	snprintf(text, sizeof text, "phase,year,emissions,unit,kind\n%s", phases[_i].rows);
	put("targets.csv", text);
	run();
	const th_rule_input *input = computed("phase_targets");
	ck_assert_uint_eq(input->value.known, phases[_i].known);
	ck_assert_uint_eq(input->value.count, phases[_i].count);
	if (*phases[_i].lacks)
		ck_assert(input->lack_count == 1 && th_slice_eq(input->lacks[0], th_slice_of(phases[_i].lacks)));
	ck_assert_uint_eq(caveats_of(TH_TARGETS_MIXED), phases[_i].mixed);
	ck_assert_uint_eq(caveats_of(TH_TARGET_OUTSIDE), phases[_i].outside);
	ck_assert_uint_eq(caveats_of(TH_MEASURES_SHORT), phases[_i].gap);
	ck_assert_uint_eq(computed("has_targets")->value.truth, *phases[_i].rows != '\0');
}
END_TEST

START_TEST(puts_targets_in_the_order_of_their_years)
{
	put("targets.csv", "phase,year,emissions,unit,kind\n一,2026,1,kg,\n二,2024,3,kg,\n三,2025,2,kg,\n");
	run();
	const th_rule_value *series = &computed("phase_targets")->value;
	for (size_t i = 0; i < 3; i++)
		ck_assert(series->series[i].num == (__int128)(3 - i) * series->series[2].num && series->series[i].den == 1);
	ck_assert_int_eq(computed("first_phase_end")->value.date.last_year, 2024);
}
END_TEST

/* --- what is not there --- */

static const struct { const char *file, *id, *lacks; } absent[] = {
	{"inventory.csv", "account_ok", "inventory"},         {"inventory.csv", "account_method", "inventory"},
	{"inventory.csv", "account_completeness", "inventory"}, {"inventory.csv", "base_gross", "inventory"},
	{"inventory.csv", "reduction_inventory", "inventory"}, {"measures.csv", "reduction_annual", "measures"},
	{"measures.csv", "reduction_cumulative", "measures"}, {"targets.csv", "has_targets", "targets"},
	{"targets.csv", "phase_targets", "targets"},          {"targets.csv", "first_phase_end", "targets"},
};

START_TEST(a_file_that_is_not_there_is_unknown)
{
	drop(absent[_i].file);
	run();
	expect(absent[_i].id, 0, 0, absent[_i].lacks);
	ck_assert_uint_eq(caveats_of(TH_CASE_FILE_ABSENT), 1);
	if (strcmp(absent[_i].file, "measures.csv") == 0)
		ck_assert(!assessment->inputs.has_measures);
	if (strcmp(absent[_i].file, "targets.csv") != 0)
		ck_assert_int_eq(th_assessment_verdict(assessment), TH_VERDICT_OPEN);
}
END_TEST

START_TEST(a_case_without_facts_is_an_error)
{
	drop("case.csv");
	ck_assert_int_eq(run_with((th_check_options){0}), TH_SYSTEM);
	expect_places(diags, "1:1 E1001", "no case.csv");
	ck_assert_ptr_null(assessment);
}
END_TEST

START_TEST(parameters_are_not_needed)
{
	drop("params.csv");
	run();
	ck_assert_int_eq(th_assessment_verdict(assessment), TH_VERDICT_OPEN);
	ck_assert_int_eq(status_of("4.3-req5"), TH_RULE_UNDETERMINED);
	ck_assert_int_eq(status_of("4.3-req4b"), TH_RULE_MET);
	for (size_t i = 0; i < assessment->params; i++)
		ck_assert(!assessment->param[i].supplied && assessment->param[i].decl == assessment->pack->facts + i);
}
END_TEST

/* --- parameters --- */

static const th_check_param *param(const char *id)
{
	uint32_t decl = th_pack_param(assessment->pack, th_slice_of(id));
	ck_assert(decl != TH_NONE);
	return &assessment->param[decl - assessment->pack->facts];
}

START_TEST(the_first_file_of_parameters_wins)
{
	static const char of_first[] = "param,value,unit,source\nmin_reduction,1,t CO2e,first\n";
	scratch dir;
	char again[128];
	scratch_make(&dir);
	const char *first = scratch_write(&dir, "first.csv", of_first, sizeof of_first - 1);
	const char *second = put("second-illustrative.csv", "param,value,unit,source\nmin_reduction,2,t CO2e,second\nmin_area,2,km2,second\n");
	put("shanghai-2022-189.csv", "param,value,unit,source\nmin_reduction,3,kg CO2e,user\nmin_area,3,km2,user\nmin_floor_area,3,10^4 m2,user\n");
	snprintf(again, sizeof again, "%s/./first.csv", dir.folder);
	const char *list[] = {first, second, again};
	ck_assert_int_eq(run_with((th_check_options){.params = list, .params_count = 3, .user_folder = folder}), TH_OK);
	expect_places(diags, "", "parameters");
	ck_assert(th_slice_eq(param("min_reduction")->source, TH_S("first")) && param("min_reduction")->line == 2);
	ck_assert(th_slice_eq(param("min_area")->source, TH_S("second")) && param("min_area")->illustrative);
	ck_assert(th_slice_eq(param("min_reduction_share")->source, TH_S("example")) && !param("min_reduction_share")->illustrative);
	ck_assert(th_slice_eq(param("min_floor_area")->source, TH_S("user")));
	ck_assert(!param("min_households_central")->supplied);
	ck_assert(assessment->illustrative);
	ck_assert_uint_eq(caveats_of(TH_PARAMS_ILLUSTRATIVE), 1);
	ck_assert_uint_eq(assessment->files, 10); /* the one named twice is read once */
	ck_assert_int_eq(assessment->inputs.input[param("min_reduction")->decl].value.known, true);
	scratch_remove(&dir);
}
END_TEST

static const struct { const char *rows, *places; } bad_params[] = {
	{"min_reduction,abc,t CO2e,x\n", "2:15 E3912"},
	{"min_reduction,-1,t CO2e,x\n", "2:15 E3912"},
	{"min_reduction,1,kWh,x\n", "2:17 E3913"},
	{"min_reduction,1,pfund,x\n", "2:17 E3913"},
	{"min_reductoin,1,t CO2e,x\n", "2:1 W3911"},
	{"min_area,1,km2,x\nmin_area,2,km2,x\n", "3:1 E3909"},
	{"min_area,1,km2,\n", "2:16 E3910"},
};

START_TEST(reports_bad_parameters)
{
	char text[256];
	snprintf(text, sizeof text, "param,value,unit,source\n%s", bad_params[_i].rows);
	put("params.csv", text);
	ck_assert_int_eq(run_with((th_check_options){0}), TH_OK); /* the rest is decided, and there is no verdict */
	expect_places(diags, bad_params[_i].places, bad_params[_i].rows);
	ck_assert_int_eq(th_assessment_verdict(assessment), strchr(bad_params[_i].places, 'W') ? TH_VERDICT_OPEN : TH_VERDICT_ERROR);
}
END_TEST

START_TEST(parameters_without_a_case)
{
	const char *list[] = {TEST_DATA_DIR "/../examples/params-illustrative.csv"};
	const th_check_options options = {.params = list, .params_count = 1, .user_folder = "/nowhere"};
	ck_assert_int_eq(th_check_params(ref, TEST_DATA_DIR, &options, diags, &assessment), TH_OK);
	ck_assert(!assessment->decided);
	for (size_t i = 0; i < assessment->params; i++)
		ck_assert(assessment->param[i].supplied && assessment->param[i].illustrative);
}
END_TEST

/* --- options --- */

START_TEST(another_reading_can_be_in_force)
{
	const char *readings[] = {"reduction_reading=cumulative"};
	ck_assert_int_eq(run_with((th_check_options){.readings = readings, .readings_count = 1}), TH_OK);
	ck_assert_uint_eq(assessment->readings, 3);
	size_t chosen = 0;
	for (size_t i = 0; i < assessment->readings; i++) {
		const th_check_reading *reading = &assessment->reading[i];
		const th_rule_define *define = &assessment->pack->define[reading->define];
		bool wanted = th_slice_eq(define->reading[reading->reading].id, TH_S("cumulative"));
		ck_assert(reading->chosen == wanted && reading->overridden == wanted);
		chosen += reading->chosen;
		ck_assert_uint_eq(reading->value.known, !th_slice_eq(define->reading[reading->reading].id, TH_S("inventory")));
	}
	ck_assert_uint_eq(chosen, 1);
}
END_TEST

static const char *const no_readings[] = {"reduction_reading", "reduction_reading=", "reduction_reading=x", "x=annual", "", "="};

START_TEST(an_unknown_reading_is_a_usage_error)
{
	const char *readings[] = {no_readings[_i]};
	ck_assert_int_eq(run_with((th_check_options){.readings = readings, .readings_count = 1}), TH_USAGE);
	ck_assert_uint_eq(th_diags_errors(diags), 1);
}
END_TEST

START_TEST(other_categories_are_tried)
{
	ck_assert_int_eq(run_with((th_check_options){.all_categories = 1}), TH_OK);
	const th_rule_decl *decl = TH_AT(assessment->pack->decl, assessment->pack->category);
	ck_assert_uint_eq(assessment->categories, decl->options);
	for (uint32_t i = 0; i < decl->options; i++) {
		bool own = th_slice_eq(decl->option[i].id, TH_S("enterprise"));
		ck_assert_uint_eq(assessment->category[i].own, own);
		/* The body is an enterprise, which no other category takes. */
		ck_assert_int_eq(assessment->category[i].verdict, own ? TH_ELIGIBLE : TH_NOT_ELIGIBLE);
	}
	ck_assert_int_eq(th_assessment_verdict(assessment), TH_VERDICT_YES);
}
END_TEST

START_TEST(rules_are_found_by_id_or_path)
{
	th_pack **all, *pack;
	size_t count;
	char id[64], path[256];
	ck_assert_int_eq(th_rules_open_all(ref, TEST_DATA_DIR, diags, &all, &count), TH_OK);
	ck_assert_uint_eq(count, 4);
	snprintf(id, sizeof id, "%.*s", (int)all[0]->id.len, all[0]->id.ptr);
	th_rules_free_all(all, count);
	ck_assert_int_eq(th_rules_open(ref, TEST_DATA_DIR, id, diags, &pack), TH_OK);
	ck_assert(th_slice_eq(pack->id, th_slice_of(id)));
	snprintf(path, sizeof path, "%s", pack->path);
	th_rules_free(pack);
	ck_assert_int_eq(th_rules_open(ref, TEST_DATA_DIR, path, diags, &pack), TH_OK);
	th_rules_free(pack);
	ck_assert_int_eq(th_rules_open(ref, TEST_DATA_DIR, NULL, diags, &pack), TH_OK);
	ck_assert(th_slice_eq(pack->id, th_slice_of(id)));
	th_rules_free(pack);
	expect_places(diags, "", "packs");
	ck_assert_int_eq(th_rules_open(ref, TEST_DATA_DIR, "none", diags, &pack), TH_USAGE);
	ck_assert_int_eq(th_rules_open(ref, TEST_DATA_DIR, "none.json", diags, &pack), TH_SYSTEM);
	ck_assert_int_eq(th_rules_open_all(ref, "/nowhere", diags, &all, &count), TH_SYSTEM);
	ck_assert_ptr_null(all);
	ck_assert_uint_eq(count, 0);
	ck_assert_uint_eq(th_diags_errors(diags), 3);
}
END_TEST

/* --- how sure --- */

/* The size asked of an enterprise: a share of the base year, and an amount. */
static const th_check_odds *size_odds(size_t limit)
{
	const th_rule_result *result = &assessment->results.result[th_pack_requirement(assessment->pack, TH_S("4.3-req5"))];
	ck_assert_uint_eq(result->limits, 2);
	return th_check_odds_of(assessment, &result->limit[limit]);
}

static void run_unsure(int approach, const char *reading, const char *share, const char *rows)
{
	char text[512];
	snprintf(text, sizeof text, "param,value,unit,source\nmin_reduction_share,%s,%%,x\nmin_reduction,100,t CO2e,x\npeak_years_usual,5,year,x\npeak_years_max,6,year,x\n", share);
	put("params.csv", text);
	snprintf(text, sizeof text, "period,activity,quantity,unit,uncertainty\n%s", rows);
	put("inventory.csv", text);
	const th_uncertainty_options uncertainty = {.approach = approach, .trials = 100000, .seed = 1, .threads = 2, .data = TEST_DATA_DIR};
	ck_assert_int_eq(run_with((th_check_options){.uncertainty = approach ? &uncertainty : NULL, .readings = &reading, .readings_count = 1}), TH_OK);
	ck_assert(assessment->decided);
}

/* 150 t are reduced. Of a base year of 1000 t +/- 20 % (half-width 1.96 standard deviations, normal) a share s is exceeded while
 * 150 > s x base, so with Phi(1.959964 (150/s - 1000) / 200). */
static const struct { const char *share, *rows; double probability; th_rule_status status; bool bound; } shares[] = {
	{"14", "2023,测试活动,1000,t,20%\n", 0.758032, TH_RULE_MET, false},                          /* below 1071.43: Phi(0.699987) */
	{"12", "2023,测试活动,1000,t,20%\n", 0.992856, TH_RULE_MET, true},                           /* below 1250: Phi(2.449955) */
	{"12.5", "2023,测试活动,1000,t,20%\n", 0.975, TH_RULE_MET, false},                         /* below 1200, the bound */
	{"16", "2023,测试活动,1000,t,20%\n", 0.270107, TH_RULE_NOT_MET, false},                      /* below 937.5: Phi(-0.612489) */
	{"14", "2022,测试活动,500,t,10%\n2023,测试活动,1000,t,20%\n", 0.758032, TH_RULE_MET, false}, /* that year alone */
	{"14", "2022,测试活动,500,t,10%\n2023-01/2023-12,测试活动,1000,t,20%\n", 0.758032, TH_RULE_MET, false},
};

START_TEST(says_how_sure_a_limit_is)
{
	for (int approach = 1; approach <= 2; approach++) {
		run_unsure(approach, "reduction_reading=annual", shares[_i].share, shares[_i].rows);
		const th_check_odds *odds = size_odds(0);
		ck_assert_ptr_nonnull(odds);
		double slack = approach == 1 ? 1e-6 : 0.006; /* 4 standard errors of 100000 trials */
		ck_assert_double_eq_tol(odds->probability, shares[_i].probability, slack);
		ck_assert_double_eq_tol(odds->lower, 800, approach == 1 ? 1e-3 : 4);
		ck_assert_double_eq_tol(odds->upper, 1200, approach == 1 ? 1e-3 : 4);
		ck_assert(!odds->percent && odds->decl == th_pack_computed(assessment->pack, TH_S("base_gross")));
		if (strcmp(shares[_i].share, "12.5") != 0) /* a bound just at the line, but for rounding */
			ck_assert_int_eq(odds->at_bound, shares[_i].bound);
		ck_assert_int_eq(odds->limit->status, shares[_i].status);
		ck_assert_ptr_null(size_odds(1)); /* measures carry no uncertainty */
		ck_assert_uint_eq(assessment->oddses, 1);
		ck_assert_int_eq(th_assessment_verdict(assessment), shares[_i].status == TH_RULE_MET ? TH_VERDICT_YES : TH_VERDICT_NO);
		th_assessment_free(assessment);
		assessment = NULL;
	}
}
END_TEST

/* From 1000 t +/- 20 % to 800 t +/- 10 %, independent: more than a tenth less while 0.9 base - last > 0, with
 * Phi(1.959964 x 100 / sqrt(180^2 + 80^2)) = Phi(0.995019). */
START_TEST(says_how_sure_a_difference_is)
{
	static const char rows[] = "2023,测试活动,1000,t,20%\n2026,测试活动,800,t,10%\n";
	run_unsure(2, "reduction_reading=inventory", "10", rows);
	const th_check_odds *odds = size_odds(0);
	ck_assert_ptr_nonnull(odds);
	ck_assert(odds->percent && odds->decl == th_pack_computed(assessment->pack, TH_S("reduction_inventory")));
	ck_assert_double_eq_tol(odds->probability, 0.840137, 0.006);
	ck_assert(odds->lower < 0 && odds->upper > 30 && odds->upper < 40 && !odds->at_bound);
	ck_assert_ptr_null(size_odds(1)); /* of the amount in tonnes nothing is known */
	th_assessment_free(assessment);
	run_unsure(1, "reduction_reading=inventory", "10", rows);
	ck_assert_uint_eq(assessment->oddses, 0); /* nor of the change from error propagation */
	th_assessment_free(assessment);
	run_unsure(0, "reduction_reading=annual", "10", rows);
	ck_assert_uint_eq(assessment->oddses, 0);
	th_assessment_free(assessment);
	run_unsure(2, "reduction_reading=annual", "10", "2023-01/2023-06,测试活动,1000,t,20%\n");
	ck_assert_uint_eq(assessment->oddses, 0); /* not a whole year */
	th_assessment_free(assessment);
	run_unsure(1, "reduction_reading=annual", "10", "2023,测试活动,1000,t,\n");
	ck_assert_ptr_null(size_odds(1));
}
END_TEST

/* --- errors, all at once --- */

START_TEST(all_files_are_read_before_giving_up)
{
	set_fact("category", "category,enterprize,,");
	put("inventory.csv", "period,activity,quantity,unit\n2023,测试活动,12%,t\n");
	put("measures.csv", "id,name,group,reduction,unit\nM1,a,renewables_storag,1,t/a\nM2,a,markets,x,t/a\n");
	put("targets.csv", "phase,year,emissions,unit\n一,2026,1,kWh\n");
	put("params.csv", "param,value,unit,source\nmin_reduction,abc,t CO2e,x\n");
	ck_assert_int_eq(run_with((th_check_options){0}), TH_OK);
	expect_places(diags, "2:10 E3821; 3:14 E2211; 2:6 E3903; 2:10 E3904; 2:15 E3912; 2:11 E2203", "five bad files");
	ck_assert_int_eq(th_assessment_verdict(assessment), TH_VERDICT_ERROR);
}
END_TEST

START_TEST(a_warning_is_given_once)
{
	put("case.csv", "fact,value,unit,colour\ncategory,enterprise,,red\ngdp,5,万元,\n");
	ck_assert_int_eq(run_with((th_check_options){0}), TH_OK);
	expect_places(diags, "1:17 W2054", "an unknown column of the facts, which the account reads too");
	ck_assert_uint_eq(assessment->account->intensities, 1);
}
END_TEST

#define LOOP(tcase, test, table) tcase_add_loop_test(tcase, test, 0, (int)(sizeof table / sizeof *table))

Suite *assess_suite(void)
{
	Suite *suite = suite_create("assess");
	TCase *all = tcase_create("assess");
	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, decides_a_case);
	LOOP(all, compares_at_the_line, lines);
	LOOP(all, counts_reductions, reductions);
	tcase_add_test(all, needs_the_period);
	LOOP(all, takes_whole_years, years);
	LOOP(all, orders_targets, phases);
	tcase_add_test(all, puts_targets_in_the_order_of_their_years);
	LOOP(all, a_file_that_is_not_there_is_unknown, absent);
	tcase_add_test(all, a_case_without_facts_is_an_error);
	tcase_add_test(all, parameters_are_not_needed);
	tcase_add_test(all, the_first_file_of_parameters_wins);
	LOOP(all, reports_bad_parameters, bad_params);
	tcase_add_test(all, parameters_without_a_case);
	tcase_add_test(all, another_reading_can_be_in_force);
	LOOP(all, an_unknown_reading_is_a_usage_error, no_readings);
	tcase_add_test(all, other_categories_are_tried);
	tcase_add_test(all, rules_are_found_by_id_or_path);
	LOOP(all, says_how_sure_a_limit_is, shares);
	tcase_add_test(all, says_how_sure_a_difference_is);
	tcase_add_test(all, all_files_are_read_before_giving_up);
	tcase_add_test(all, a_warning_is_given_once);
	suite_add_tcase(suite, all);
	return suite;
}
