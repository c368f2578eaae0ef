/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_PLAN_REPORT_H
#define TH_REPORT_PLAN_REPORT_H

/* What the writers of a plan share. */

#include "plan/plan.h"
#include "report/check_report.h"

/* --- plan_words.c --- */

th_slice th_activity_name(const th_page *page, const th_case_plan *plan, th_slice id);
/* What a ladder is called: gross, net, or the intensity per its fact. The text is still open. */
void th_put_ladder_name(th_page *page, const th_path_input *input, const th_path_ladder *ladder);

/* Is there a path of several years? */
bool th_has_path(const th_case_plan *plan);

/* --- text: plan_text.c, and its parts in their order --- */

void th_put_plan_text(th_page *page, const th_case_plan *plan);
void th_put_assumptions_text(th_page *page, const th_case_plan *plan); /* a section; nothing of none */
/* `growth.gdp@2026` in words, behind the open text; a name of any other kind stays as it is written (plan_words.c). */
void th_put_assumption_name(th_page *page, const th_assessment *a, th_slice name);
void th_put_plan_methods(th_page *page, const th_case_plan *plan);    /* a section */
void th_put_past_text(th_page *page, const th_case_plan *plan);    /* plan_past.c: trend, decomposition */
void th_put_way_text(th_page *page, const th_case_plan *plan);     /* plan_way.c: path, targets, neutrality */
void th_put_path_years(th_page *page, const th_case_plan *plan);   /* a table; with has_base and has_bau, as the section of targets */
void th_put_targets_text(th_page *page, const th_case_plan *plan);
void th_put_efforts_text(th_page *page, const th_case_plan *plan); /* plan_efforts.c: measures, costs, scenarios, each a section: */
void th_put_path_measures(th_page *page, const th_case_plan *plan); /* as the path counts them; with has_base, as the costs */
void th_put_costs_text(th_page *page, const th_case_plan *plan);
void th_put_scenarios_text(th_page *page, const th_case_plan *plan);
void th_put_asked_text(th_page *page, const th_case_plan *plan);   /* plan_asked.c: route, follow-up */
void th_put_route_text(th_page *page, const th_case_plan *plan);   /* plan_route.c: a section, where a route was asked for */

/* --- JSON: plan_json.c, and its parts --- */

void th_put_plan_json(const th_case_plan *plan, th_buf *out);
void th_put_plan_options(th_writer *w, const th_case_plan *plan); /* options_json.c */
void th_put_past_json(th_writer *w, const th_case_plan *plan);    /* plan_past_json.c */
void th_put_way_json(th_writer *w, const th_path *path, const th_case_plan *plan); /* plan_way_json.c: of the plan, or of a scenario */
void th_put_measures_json(th_writer *w, const th_case_plan *plan);  /* plan_efforts_json.c: and their costs */
void th_put_assumption(th_writer *w, const th_param_row *row, const char *path); /* there, too: a row of assumptions */
void th_put_scenarios_json(th_writer *w, const th_case_plan *plan); /* there, too */
void th_put_asked_json(th_writer *w, const th_case_plan *plan);   /* plan_asked_json.c: route, follow-up */

extern const char *const th_path_kind_names[]; /* by th_path_target_kind, in JSON */

#endif
