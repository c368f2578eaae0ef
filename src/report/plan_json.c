/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan as tanhe.plan/2 (data/schema/plan.schema.json). Masses are tonnes CO2e, energy tonnes of standard coal, money CNY. Ids and
 * words are the same in every language, texts are in both. What is not computed is absent. */
#include "report/plan_report.h"

/* --- head --- */

static void put_files(th_writer *w, const th_case_plan *plan)
{
	th_put_open(w, "files", '[');
	th_put_case_files(w, plan->a);
	if (plan->has_assumptions && !th_in_case_workbook(plan->a, plan->assumptions_path))
		th_put_file(w, "assumptions", plan->assumptions_path, plan->assumptions.encoding, plan->assumptions.sha256, plan->assumptions.rows);
	if (plan->has_delivered && !th_in_case_workbook(plan->a, plan->delivered_path))
		th_put_file(w, "delivered", plan->delivered_path, plan->delivered.encoding, plan->delivered.sha256, plan->delivered.count);
	for (size_t i = 0; i < plan->yearlys; i++)
		th_put_file(w, "series", plan->yearly[i].path, plan->yearly[i].encoding, plan->yearly[i].sha256, plan->yearly[i].count);
	for (size_t i = 0; i < plan->scenarios; i++) {
		const th_params *params = &plan->scenario[i].params;
		th_put_file(w, "scenario", plan->scenario[i].path, params->encoding, params->sha256, params->rows);
	}
	th_put_close(w, ']');
}

static void put_head(th_writer *w, const th_case_plan *plan)
{
	for (size_t i = 0; i < plan->a->files; i++) /* texts may name any of them, whether they are there or not */
		(void)th_name_of(&w->names, plan->a->file[i].path);
	(void)th_name_of(&w->names, plan->assumptions_path);
	(void)th_name_of(&w->names, plan->delivered_path);
	th_put_text(w, "case", plan->a->name);
	th_put_text_if(w, "applicant", th_applicant(plan->a));
	put_files(w, plan);
	th_put_total_of(w, plan->a);
	if (plan->has_base) {
		th_put_count(w, "base_year", (size_t)plan->input.base_year);
		th_put_text(w, "business_as_usual", !plan->has_bau ? TH_S("unknown") : plan->trend_bau ? TH_S("trend") : TH_S("growth"));
	}
	th_put_open(w, "assumptions", '[');
	for (size_t i = 0; i < plan->assumptions.count; i++) {
		th_put_assumption(w, &plan->assumptions.row[i], plan->assumptions_path);
	}
	th_put_close(w, ']');
}

static void put_method(th_writer *w)
{
	th_put_open(w, "method", '{');
	th_put_text(w, "effects", TH_S("order_of_file"));
	th_put_text(w, "costs", TH_S("cheapest_first"));
	th_put_text(w, "target_line", TH_S("straight_then_flat"));
	th_put_close(w, '}');
}

void th_put_plan_json(const th_case_plan *plan, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.plan/2");
	put_head(&w, plan);
	th_put_past_json(&w, plan);
	if (plan->has_base)
		th_put_measures_json(&w, plan);
	if (plan->has_base && plan->has_bau)
		th_put_way_json(&w, &plan->path, plan);
	put_method(&w);
	th_put_scenarios_json(&w, plan);
	th_put_asked_json(&w, plan);
	if (plan->a->pack->at) {
		th_put_outcomes_json(&w, plan->a);
		th_put_tasks_json(&w, plan->a);
	}
	if (plan->a->account)
		th_put_account(&w, "account", plan->a->account);
	th_put_open(&w, "caveats", '[');
	th_put_caveat_objects(&w, plan->caveat, plan->caveats);
	th_put_caveat_objects(&w, plan->a->caveat, plan->a->caveats);
	th_put_close(&w, ']');
	th_put_plan_options(&w, plan);
	th_writer_end(&w);
}
