/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_RULES_CELLS_H
#define TH_TEST_RULES_CELLS_H

/* Complete cases of the shipped pack, one for each category, and what becomes of each requirement when something in them changes.
 * The parameters' values are invented. For test_rules.c only. */

#include "rules_fixture.h"

static const char *const common =
	"name=甲; advantages=economy@a.pdf; statistics_basis=yes@e; monitoring_basis=是@e; accounting_basis=yes@e; leading_body=yes@e;"
	"working_body=yes@e; plan_indicators=yes@e; plan_path=yes@e; plan_tasks=yes@e; plan_schedule=yes@e; start=2025-01; end=2029-12; account_ok=yes; account_method=m;"
	"account_completeness=c; holes_gross=0#t CO2e; has_targets=yes; targets_given=yes; measures_given=yes; phase_targets=300 200 100; first_phase_end=2027; meets_city_neutrality_spec=yes;"
	"min_area=2#km2; min_households_central=900#household; min_households_suburban=600#household; min_floor_area=3#10^4 m2;"
	"min_reduction_share=10#%; min_reduction=5000#t CO2e; peak_years_usual=5#year; peak_years_max=7#year;"
	"neutrality_first_phase_years=3#year; central_soe_hq=no; national_park=no";

static const struct { const char *category, *facts; } complete[] = {
	{"region", "category=region; body_type=行政主管部门; area=3#平方公里@e; measures=power_system planning greening markets remanufacturing"},
	{"park", "category=产业园区; body_type=park_committee; area=300#ha@e; measures=power_system planning greening markets"},
	{"community", "category=community; body_type=街道办事处; location=central; households=1000@e; measures=power_system planning greening markets"},
	{"building", "category=building; body_type=owner; floor_area=40000#m2@e; measures=power_system planning greening"},
	{"enterprise", "category=enterprise; body_type=enterprise; registered_in_shanghai=yes; independent_legal_person=yes; base_year=2020;"
	               "base_gross=100000#t CO2e; reduction_annual=20000#t CO2e; reduction_cumulative=60000#t CO2e; reduction_inventory=20000#t CO2e;"
	               "measures=power_system new_energy planning greening"},
};

/* Situations: m all given, l just at the line, b just below it (or the fact is no), f a fact is missing, p a parameter is missing,
 * s a special case claimed. `*` stands for every category or target; what is missing is the whole list, in the pack's order. */
static const struct cell { const char *rule, *category, *target; char situation; const char *changes; th_rule_status status; const char *missing; } cells[] = {
	{"4.3-body", "*", "*", 'm', "", TH_RULE_MET, ""},
	{"4.3-body", "*", "*", 'f', "body_type=", TH_RULE_UNDETERMINED, "body_type"},
	{"4.3-body", "enterprise", "*", 'f', "registered_in_shanghai=", TH_RULE_UNDETERMINED, "registered_in_shanghai"},
	{"4.3-body", "enterprise", "*", 'f', "registered_in_shanghai=; body_type=; independent_legal_person=", TH_RULE_UNDETERMINED, "body_type registered_in_shanghai independent_legal_person"},
	{"4.3-body", "enterprise", "*", 'f', "registered_in_shanghai=; independent_legal_person=no", TH_RULE_NOT_MET, ""},
	{"4.3-body", "enterprise", "*", 'b', "registered_in_shanghai=no", TH_RULE_NOT_MET, ""},
	{"4.3-body", "enterprise", "*", 'b', "independent_legal_person=no; registered_in_shanghai=", TH_RULE_NOT_MET, ""},
	{"4.3-body", "enterprise", "*", 'm', "body_type=institution", TH_RULE_MET, ""},
	{"4.3-body", "enterprise", "*", 'b', "body_type=owner", TH_RULE_NOT_MET, ""},
	{"4.3-body", "region", "*", 'b', "body_type=park_committee", TH_RULE_NOT_MET, ""},
	{"4.3-body", "park", "*", 'b', "body_type=enterprise", TH_RULE_NOT_MET, ""},
	{"4.3-body", "park", "*", 'm', "body_type=development_company", TH_RULE_MET, ""},
	{"4.3-body", "community", "*", 'b', "body_type=administrative_department", TH_RULE_NOT_MET, ""},
	{"4.3-body", "community", "*", 'm', "body_type=镇政府", TH_RULE_MET, ""},
	{"4.3-body", "building", "*", 'b', "body_type=institution", TH_RULE_NOT_MET, ""},
	{"4.3-body", "building", "*", 'm', "body_type=developer", TH_RULE_MET, ""},
	{"4.3-body", "building", "*", 'm', "body_type=operator", TH_RULE_MET, ""},
	{"4.3-body", "*", "*", 'f', "category=; body_type=; registered_in_shanghai=yes; independent_legal_person=yes", TH_RULE_UNDETERMINED, "category body_type"},
	{"4.3-req1", "*", "*", 'm', "", TH_RULE_MET, ""},
	{"4.3-req1", "*", "*", 'f', "advantages=", TH_RULE_UNDETERMINED, "advantages"},
	{"4.3-req1", "*", "*", 'b', "advantages=innovation", TH_RULE_UNDETERMINED, "advantages"},
	{"4.3-req2", "*", "*", 'm', "", TH_RULE_MET, ""},
	{"4.3-req2", "*", "*", 'f', "account_ok=", TH_RULE_UNDETERMINED, "account_ok"},
	{"4.3-req2", "*", "*", 'f', "statistics_basis=; accounting_basis=", TH_RULE_UNDETERMINED, "statistics_basis accounting_basis"},
	{"4.3-req2", "*", "*", 'f', "statistics_basis=; monitoring_basis=no", TH_RULE_NOT_MET, ""},
	{"4.3-req2", "*", "*", 'b', "account_ok=no", TH_RULE_NOT_MET, ""},
	/* A yes counts with its evidence only, a no without. */
	{"4.3-req2", "*", "*", 'f', "statistics_basis=yes; monitoring_basis=yes", TH_RULE_UNDETERMINED, "statistics_basis monitoring_basis"},
	{"4.3-req2", "*", "*", 'b', "statistics_basis=yes; monitoring_basis=no", TH_RULE_NOT_MET, ""},
	{"4.3-req3", "*", "*", 'f', "leading_body=yes", TH_RULE_UNDETERMINED, "leading_body"},
	{"4.3-req4a", "*", "*", 'f', "plan_tasks=yes", TH_RULE_UNDETERMINED, "plan_tasks"},
	{"4.3-req5", "region", "*", 'f', "area=3", TH_RULE_UNDETERMINED, "area"},
	{"4.3-req5", "park", "*", 'b', "area=1", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "community", "*", 'f', "households=1000", TH_RULE_UNDETERMINED, "households"},
	{"4.3-req5", "community", "*", 'f', "households=700; location=suburban", TH_RULE_UNDETERMINED, "households"},
	{"4.3-req5", "building", "*", 'f', "floor_area=40000#m2", TH_RULE_UNDETERMINED, "floor_area"},
	/* Series with days missing: 5 % of 100,000 t is just at the line. */
	{"4.3-req2", "enterprise", "*", 'l', "holes_gross=5000#t CO2e", TH_RULE_MET, ""},
	{"4.3-req2", "enterprise", "*", 'f', "holes_gross=5000.001#t CO2e", TH_RULE_UNDETERMINED, "holes_reason"},
	{"4.3-req2", "enterprise", "*", 'm', "holes_gross=50000#t CO2e; holes_reason=三月停产", TH_RULE_MET, ""},
	{"4.3-req3", "*", "*", 'm', "", TH_RULE_MET, ""},
	{"4.3-req3", "*", "*", 'f', "working_body=", TH_RULE_UNDETERMINED, "working_body"},
	{"4.3-req3", "*", "*", 'b', "working_body=; leading_body=否", TH_RULE_NOT_MET, ""},
	{"4.3-req4a", "*", "*", 'm', "", TH_RULE_MET, ""},
	{"4.3-req4a", "*", "*", 'f', "plan_path=; plan_schedule=", TH_RULE_UNDETERMINED, "plan_path plan_schedule"},
	{"4.3-req4a", "*", "*", 'b', "plan_indicators=no", TH_RULE_NOT_MET, ""},
	{"4.3-req4b", "*", "*", 'm', "", TH_RULE_MET, ""},
	{"4.3-req4b", "region", "*", 'l', "measures=power_system planning greening markets remanufacturing", TH_RULE_MET, ""},
	{"4.3-req4b", "region", "*", 'b', "measures=power_system new_energy planning greening markets", TH_RULE_NOT_MET, ""},
	{"4.3-req4b", "park", "*", 'l', "measures=power_system planning greening markets", TH_RULE_MET, ""},
	{"4.3-req4b", "park", "*", 'b', "measures=power_system planning greening", TH_RULE_NOT_MET, ""},
	{"4.3-req4b", "community", "*", 'l', "measures=power_system planning greening markets", TH_RULE_MET, ""},
	{"4.3-req4b", "community", "*", 'b', "measures=power_system planning greening", TH_RULE_NOT_MET, ""},
	{"4.3-req4b", "building", "*", 'l', "measures=power_system planning greening", TH_RULE_MET, ""},
	{"4.3-req4b", "building", "*", 'b', "measures=power_system new_energy planning", TH_RULE_NOT_MET, ""},
	{"4.3-req4b", "enterprise", "*", 'l', "measures=power_system planning greening", TH_RULE_MET, ""},
	{"4.3-req4b", "enterprise", "*", 'b', "measures=power_system new_energy planning", TH_RULE_NOT_MET, ""},
	{"4.3-req4b", "*", "*", 'f', "measures=", TH_RULE_UNDETERMINED, "measures"},
	{"4.3-req4b", "*", "*", 'f', "measures=power_system planning greening markets; category=", TH_RULE_UNDETERMINED, "category"},
	{"4.3-req4b", "*", "*", 'f', "measures=power_system planning; category=", TH_RULE_NOT_MET, ""},
	{"4.3-req4b", "*", "*", 'f', "measures=power_system planning greening markets remanufacturing; category=", TH_RULE_MET, ""},
	{"4.3-req5", "*", "*", 'm', "", TH_RULE_MET, ""},
	{"4.3-req5", "region", "*", 'l', "area=2@e", TH_RULE_MET, ""},
	{"4.3-req5", "region", "*", 'b', "area=1.999999999@e", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "region", "*", 'f', "area=", TH_RULE_UNDETERMINED, "area"},
	{"4.3-req5", "region", "*", 'p', "min_area=", TH_RULE_UNDETERMINED, "min_area"},
	{"4.3-req5", "region", "*", 'p', "min_area=; area=", TH_RULE_UNDETERMINED, "area min_area"},
	{"4.3-req5", "park", "*", 'l', "area=200#公顷@e", TH_RULE_MET, ""},
	{"4.3-req5", "park", "*", 'b', "area=1999999.9#m2@e", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "park", "*", 'f', "area=", TH_RULE_UNDETERMINED, "area"},
	{"4.3-req5", "park", "*", 'p', "min_area=", TH_RULE_UNDETERMINED, "min_area"},
	{"4.3-req5", "community", "*", 'l', "households=900@e", TH_RULE_MET, ""},
	{"4.3-req5", "community", "*", 'b', "households=899@e", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "community", "*", 'l', "households=600@e; location=suburban", TH_RULE_MET, ""},
	{"4.3-req5", "community", "*", 'b', "households=599@e; location=郊区", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "community", "*", 'f', "households=", TH_RULE_UNDETERMINED, "households"},
	{"4.3-req5", "community", "*", 'f', "households=700@e; location=", TH_RULE_UNDETERMINED, "location"},
	{"4.3-req5", "community", "*", 'f', "households=599@e; location=", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "community", "*", 'f', "households=900@e; location=", TH_RULE_MET, ""},
	{"4.3-req5", "community", "*", 'p', "min_households_central=", TH_RULE_UNDETERMINED, "min_households_central"},
	{"4.3-req5", "community", "*", 'p', "min_households_suburban=; location=; households=899@e", TH_RULE_UNDETERMINED, "location min_households_suburban"},
	{"4.3-req5", "building", "*", 'l', "floor_area=30000#m2@e", TH_RULE_MET, ""},
	{"4.3-req5", "building", "*", 'l', "floor_area=3#万平方米@e", TH_RULE_MET, ""},
	{"4.3-req5", "building", "*", 'b', "floor_area=29999.999#m2@e", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "building", "*", 'f', "floor_area=", TH_RULE_UNDETERMINED, "floor_area"},
	{"4.3-req5", "building", "*", 'p', "min_floor_area=", TH_RULE_UNDETERMINED, "min_floor_area"},
	{"4.3-req5", "enterprise", "*", 'l', "reduction_annual=10000.000001#t CO2e", TH_RULE_MET, ""},
	{"4.3-req5", "enterprise", "*", 'b', "reduction_annual=10000#t CO2e", TH_RULE_NOT_MET, ""}, /* the share is strict */
	{"4.3-req5", "enterprise", "*", 'l', "reduction_annual=5000#t CO2e; min_reduction_share=1#%", TH_RULE_MET, ""}, /* the amount is not */
	{"4.3-req5", "enterprise", "*", 'b', "reduction_annual=4999.999999#t CO2e; min_reduction_share=1#%", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "enterprise", "*", 'b', "reduction_annual=4999#t CO2e; min_reduction_share=", TH_RULE_NOT_MET, ""}, /* one false half decides */
	{"4.3-req5", "enterprise", "*", 'f', "reduction_annual=", TH_RULE_UNDETERMINED, "reduction_annual"},
	{"4.3-req5", "enterprise", "*", 'f', "reduction_annual=; reduction=20000", TH_RULE_UNDETERMINED, "reduction_annual"},
	{"4.3-req5", "enterprise", "*", 'f', "reduction_annual=; reduction=20000@r.pdf", TH_RULE_MET, ""},
	{"4.3-req5", "enterprise", "*", 'f', "reduction=1@r.pdf", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "enterprise", "*", 'f', "base_gross=", TH_RULE_UNDETERMINED, "base_gross"},
	{"4.3-req5", "enterprise", "*", 'p', "min_reduction_share=; min_reduction=", TH_RULE_UNDETERMINED, "min_reduction_share min_reduction"},
	{"4.3-req5", "enterprise", "*", 'p', "min_reduction=", TH_RULE_UNDETERMINED, "min_reduction"},
	{"4.3-req5", "region", "*", 's', "area=1@e; special_case=yes; special_case_reason=行业代表性", TH_RULE_EXPERT_REVIEW, ""},
	{"4.3-req5", "park", "*", 's', "area=; special_case=yes; special_case_reason=行业代表性", TH_RULE_EXPERT_REVIEW, ""},
	{"4.3-req5", "community", "*", 's', "min_households_central=; special_case=yes; special_case_reason=x", TH_RULE_EXPERT_REVIEW, ""},
	{"4.3-req5", "building", "*", 's', "floor_area=1#m2@e; special_case=yes; special_case_reason=x", TH_RULE_EXPERT_REVIEW, ""},
	{"4.3-req5", "enterprise", "*", 's', "reduction_annual=1#t CO2e; special_case=yes; special_case_reason=x", TH_RULE_EXPERT_REVIEW, ""},
	{"4.3-req5", "enterprise", "*", 's', "reduction_annual=1#t CO2e; special_case=yes", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "enterprise", "*", 's', "reduction_annual=1#t CO2e; special_case_reason=x", TH_RULE_NOT_MET, ""},
	{"4.3-req5", "enterprise", "*", 's', "reduction_annual=; special_case=no; special_case_reason=x", TH_RULE_UNDETERMINED, "reduction_annual"},
	{"4.3-req5", "*", "*", 's', "special_case=yes; special_case_reason=x", TH_RULE_MET, ""},
	{"4.3-req6-max", "*", "peak", 'm', "", TH_RULE_MET, ""},
	{"4.3-req6-max", "*", "peak", 'l', "end=2031-12-31", TH_RULE_MET, ""},
	{"4.3-req6-max", "*", "peak", 'b', "end=2032-01-31", TH_RULE_NOT_MET, ""},
	{"4.3-req6-max", "*", "peak", 'f', "start=", TH_RULE_UNDETERMINED, "start"},
	{"4.3-req6-max", "*", "peak", 'f', "start=2030; end=2029", TH_RULE_UNDETERMINED, "start end"},
	{"4.3-req6-max", "*", "peak", 'f', "target=", TH_RULE_UNDETERMINED, "target"},
	{"4.3-req6-max", "*", "peak", 'p', "peak_years_max=", TH_RULE_UNDETERMINED, "peak_years_max"},
	{"4.3-req6-usual", "*", "peak", 'm', "", TH_RULE_MET, ""},
	{"4.3-req6-usual", "*", "peak", 'l', "end=2029", TH_RULE_MET, ""},
	{"4.3-req6-usual", "*", "peak", 'b', "end=2030-01", TH_RULE_NOT_MET, ""},
	{"4.3-req6-usual", "*", "peak", 'f', "end=", TH_RULE_UNDETERMINED, "end"},
	{"4.3-req6-usual", "*", "peak", 'p', "peak_years_usual=", TH_RULE_UNDETERMINED, "peak_years_usual"},
	{"4.3-req6-phases", "*", "neutrality", 'm', "", TH_RULE_MET, ""},
	{"4.3-req6-phases", "*", "neutrality", 'b', "phase_targets=300 300", TH_RULE_NOT_MET, ""},
	{"4.3-req6-phases", "*", "neutrality", 'f', "phase_targets=", TH_RULE_UNDETERMINED, "phase_targets"},
	{"4.3-req6-first-phase", "*", "neutrality", 'm', "", TH_RULE_MET, ""},
	{"4.3-req6-first-phase", "*", "neutrality", 'l', "first_phase_end=2027-12-31", TH_RULE_MET, ""},
	{"4.3-req6-first-phase", "*", "neutrality", 'b', "first_phase_end=2028-01", TH_RULE_NOT_MET, ""},
	{"4.3-req6-first-phase", "*", "neutrality", 'f', "first_phase_end=; start=", TH_RULE_UNDETERMINED, "start first_phase_end"},
	{"4.3-req6-first-phase", "*", "neutrality", 'p', "neutrality_first_phase_years=", TH_RULE_UNDETERMINED, "neutrality_first_phase_years"},
	{"4.3-req6-spec", "*", "neutrality", 'm', "", TH_RULE_MET, ""},
	{"4.3-req6-spec", "*", "neutrality", 'b', "meets_city_neutrality_spec=no", TH_RULE_NOT_MET, ""},
	{"4.3-req6-spec", "*", "neutrality", 'f', "meets_city_neutrality_spec=", TH_RULE_UNDETERMINED, "meets_city_neutrality_spec"},
};

#endif
