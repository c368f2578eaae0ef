/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_ASSESS_FIXTURE_H
#define TH_TEST_ASSESS_FIXTURE_H

/* A complete, eligible case in memory, one file of which a test replaces. */

#include "lend.h"

#include "check/check.h"

static const char folder[] = "/nowhere/case";
static th_diags *diags;
static th_reference *ref;
static th_assessment *assessment;

static inline const char *path_of(const char *name)
{
	static char path[64];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static inline const char *put(const char *name, const char *text)
{
	return lend(diags, path_of(name), text);
}

/* A factor of 1 makes emissions what the inventory says. */
static const char factors[] = "id,gas,value,unit,activity,scope,source\none,CO2,1,t/t,测试活动,1,test\n";
static const char facts[] = "fact,value,unit,evidence\ncategory,enterprise,,\ntarget,peak,,\nbody_type,enterprise,,\n"
                            "registered_in_shanghai,yes,,\nindependent_legal_person,yes,,\nadvantages,innovation,,a.pdf\n"
                            "statistics_basis,yes,,e.pdf\nmonitoring_basis,yes,,e.pdf\naccounting_basis,yes,,e.pdf\nleading_body,yes,,e.pdf\nworking_body,yes,,e.pdf\n"
                            "plan_indicators,yes,,e.pdf\nplan_path,yes,,e.pdf\nplan_tasks,yes,,e.pdf\nplan_schedule,yes,,e.pdf\n"
                            "base_year,2023,,\nstart,2024-01,,\nend,2026-12,,\n";
static const char inventory[] = "period,activity,quantity,unit\n2023,测试活动,1000,t\n";
static const char measures[] = "id,name,group,start,end,reduction,unit,lifetime,effect_start\nM1,a,renewables_storage,2024-01,2024-06,100,t CO2e/a,20,\n"
                               "M2,b,energy_management,,,50,t CO2e/a,20,2024-01\nM3,c,low_carbon_vehicles,2024-01,,0,t CO2e/a,,\n";
static const char targets[] = "phase,year,emissions,unit,kind\n一,2025,950,t CO2e,gross\n二,2026,850,t CO2e,gross\n";
static const char params[] = "param,value,unit,source\nmin_reduction_share,10,%,example\nmin_reduction,150,t CO2e,example\n"
                             "peak_years_usual,5,year,example\npeak_years_max,6,year,example\n";

static inline void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &ref), TH_OK);
	ck_assert_int_eq(th_reference_add_factors(ref, put("factors.csv", factors), diags), TH_OK);
	put("case.csv", facts);
	put("inventory.csv", inventory);
	put("measures.csv", measures);
	put("targets.csv", targets);
	put("params.csv", params);
}

static inline void teardown(void)
{
	th_assessment_free(assessment);
	assessment = NULL;
	th_reference_free(ref);
	th_diags_free(diags);
}

static inline th_status run_with(th_check_options options)
{
	options.folder = folder;
	return th_check_run(ref, TEST_DATA_DIR, &options, diags, &assessment);
}

static inline void run(void)
{
	th_status status = run_with((th_check_options){0});
	expect_places(diags, "", "a good case");
	ck_assert_int_eq(status, TH_OK);
	ck_assert(assessment->decided);
}

static inline void drop(const char *name)
{
	take_back(diags, path_of(name));
}

/* One line of the case file in place of the one of that fact. */
static inline void set_fact(const char *fact, const char *line)
{
	char text[2048], start[64];
	snprintf(start, sizeof start, "\n%s,", fact);
	const char *at = strstr(facts, start);
	ck_assert_ptr_nonnull(at);
	const char *end = strchr(at + 1, '\n');
	snprintf(text, sizeof text, "%.*s%s%s", (int)(at + 1 - facts), facts, line, *line ? end : end + 1);
	put("case.csv", text);
}

static inline const th_rule_input *computed(const char *id)
{
	uint32_t decl = th_pack_computed(assessment->pack, th_slice_of(id));
	ck_assert_msg(decl != TH_NONE, "the pack does not declare %s", id);
	return &assessment->inputs.input[decl];
}

/* num/den tonnes of CO2e; what is lacking, joined by blanks, when `den` is 0. */
static inline void expect(const char *id, long num, long den, const char *lacks)
{
	const th_rule_input *input = computed(id);
	ck_assert_msg(input->value.known == (den != 0), "%s is %sknown", id, input->value.known ? "" : "un");
	if (den) {
		th_unit tonne;
		th_slice at;
		ck_assert_int_eq(th_unit_parse(ref->units, TH_S("t CO2e"), &tonne, &at), TH_UNIT_OK);
		th_rule_value wanted = th_rule_number(th_decimal_int(num), &tonne);
		ck_assert_msg(input->value.number.num * den * wanted.number.den == wanted.number.num * input->value.number.den, "%s is not %ld/%ld t", id,
		              num, den);
	}
	th_buf text = {0};
	for (size_t i = 0; i < input->lack_count; i++) {
		th_buf_str(&text, i ? " " : "");
		th_buf_slice(&text, input->lacks[i]);
	}
	th_buf_char(&text, '\0');
	ck_assert_str_eq(text.ptr, lacks);
	th_buf_free(&text);
}

static inline size_t caveats_of(th_code code)
{
	size_t count = 0;
	for (size_t i = 0; i < assessment->caveats; i++)
		count += assessment->caveat[i].code == code;
	return count;
}

static inline th_rule_status status_of(const char *id)
{
	uint32_t requirement = th_pack_requirement(assessment->pack, th_slice_of(id));
	ck_assert(requirement != TH_NONE);
	return assessment->results.result[requirement].status;
}

#endif
