/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_PLAN_REPORT_H
#define TH_REPORT_PLAN_REPORT_H

/* What the writers of a plan share. */

#include "plan/plan.h"
#include "report/check_report.h"

typedef struct th_plan_page {
	const th_case_plan *plan;
	th_lang lang;
	th_buf *out;
	int digits;                /* decimals of a tonne */
} th_plan_page;

/* A text with {1} {2} ... filled in; NULL behind the last. */
void th_plan_fill(th_buf *out, th_label label, th_lang lang, ...) TH_SENTINEL;

/* --- numbers as cells --- */
void th_plan_tonnes(const th_plan_page *p, th_grid *grid, th_mass mass);
void th_plan_money(th_grid *grid, th_money money);  /* 10^4 CNY */
void th_plan_year(th_grid *grid, int year);          /* empty for 0 */
/* a / b to `digits` significant digits; a dash when b is zero. */
void th_plan_ratio(th_grid *grid, th_mass a, th_mass b, int digits);
void th_plan_head_cell(const th_plan_page *p, th_grid *grid, th_label label);
void th_plan_heading(const th_plan_page *p, th_label label);
/* A mass in tonnes as a NUL-terminated text of the buffer, which is cleared before. */
const char *th_plan_tonne_text(const th_plan_page *p, th_mass mass, th_buf *text);
th_slice th_plan_word(const th_plan_page *p, th_label label);
th_slice th_plan_activity_name(const th_plan_page *p, th_slice id);
/* What a ladder is called: gross, net, or the intensity per its fact. */
void th_plan_ladder_name(const th_plan_page *p, const th_path_input *input, const th_path_ladder *ladder, th_buf *out);

/* --- the parts, in their order --- */
void th_plan_past(const th_plan_page *p);      /* plan_past.c: trend, decomposition */
void th_plan_way(const th_plan_page *p);       /* plan_way.c: path, targets, neutrality */
void th_plan_efforts(const th_plan_page *p);   /* plan_efforts.c: measures, costs, scenarios */
void th_plan_asked(const th_plan_page *p);     /* plan_asked.c: route, follow-up */

void th_plan_json(const th_case_plan *plan, th_lang lang, th_buf *out);
void th_plan_json_more(th_writer *w, const th_case_plan *plan); /* plan_json_more.c: measures to follow-up */
extern const char *const th_plan_kind_names[];   /* gross net intensity */
extern const char *const th_plan_effect_names[]; /* reduction removal credit */

#endif
