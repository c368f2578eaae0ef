/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way: emissions year by year, targets and gaps, energy and intensities, neutrality. */
#include "report/plan_report.h"

enum { LADDERS_ABREAST = 4, MOST_DRIVERS = TH_DOC_COLUMNS - 4, SIGNIFICANT = 4 };

/* --- years --- */

static void put_year(th_page *p, const th_case_plan *plan, size_t t)
{
	const th_path *path = &plan->path;
	const th_path_year *y = &path->year[t];
	const th_mass value[] = {y->bau, y->saved, y->gross, y->removals, y->net, y->credits};
	th_doc_year(&p->doc, y->year);
	for (size_t i = 0; i < sizeof value / sizeof *value; i++)
		th_page_mass(p, value[i]);
	if (plan->trend_bau) {
		th_page_mass(p, y->bau_low);
		th_page_mass(p, y->bau_high);
	} else if (path->ladders) {
		th_page_mass(p, path->ladder[0].limit[t]);
		th_page_mass(p, path->ladder[0].gap[t]);
	} else {
		th_doc_none(&p->doc);
		th_doc_none(&p->doc);
	}
}

void th_put_path_years(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_P_H_YEAR, TH_DOC_YEAR}, {W_P_H_BAU, TH_DOC_MASS}, {W_P_H_SAVED, TH_DOC_MASS}, {W_P_H_GROSS, TH_DOC_MASS},
		{W_H_REMOVALS, TH_DOC_MASS}, {W_P_H_NET, TH_DOC_MASS}, {W_H_CREDITS, TH_DOC_MASS},
	};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	th_page_column_of(p, TH_DOC_MASS, plan->trend_bau ? W_P_H_LOW : W_P_H_LIMIT);
	th_page_column_of(p, TH_DOC_MASS, plan->trend_bau ? W_P_H_HIGH : W_P_H_GAP);
	for (size_t t = 0; t < plan->path.years; t++)
		put_year(p, plan, t);
}

static void put_ladder_group(th_page *p, const th_path *path, size_t from, size_t to)
{
	th_doc_table(&p->doc);
	th_page_column_of(p, TH_DOC_YEAR, W_P_H_YEAR);
	for (size_t i = from; i < to; i++) {
		th_put_ladder_name(p, path->input, &path->ladder[i]);
		th_doc_column(&p->doc, TH_DOC_MASS, TH_S(""));
		th_page_column_of(p, TH_DOC_MASS, W_P_H_GAP);
	}
	for (size_t t = 0; t < path->years; t++) {
		th_doc_year(&p->doc, path->year[t].year);
		for (size_t i = from; i < to; i++) {
			th_page_mass(p, path->ladder[i].limit[t]);
			th_page_mass(p, path->ladder[i].gap[t]);
		}
	}
}

/* Lines that the table of years has no room for. */
static void put_ladders(th_page *p, const th_case_plan *plan)
{
	const th_path *path = &plan->path;
	if (path->ladders < 2 && !(plan->trend_bau && path->ladders))
		return;
	th_page_section(p, W_P_GAPS);
	for (size_t from = 0; from < path->ladders; from += LADDERS_ABREAST)
		put_ladder_group(p, path, from, path->ladders - from > LADDERS_ABREAST ? from + LADDERS_ABREAST : path->ladders);
	th_doc_close(&p->doc);
}

/* --- energy and intensities --- */

static void put_ratio(th_page *p, th_mass a, int shift, th_mass b)
{
	th_ratio divisor = th_mass_ratio(b);
	if (b > 0)
		th_doc_quotient(&p->doc, a, shift, &divisor, SIGNIFICANT);
	else
		th_doc_none(&p->doc);
}

static void put_energy_heads(th_page *p, const th_case_plan *plan, bool energy, size_t drivers)
{
	th_doc_table(&p->doc);
	th_page_column_of(p, TH_DOC_YEAR, W_P_H_YEAR);
	if (energy) {
		th_page_column_of(p, TH_DOC_MASS, W_P_H_ENERGY);
		th_page_column_of(p, TH_DOC_NUMBER, W_P_H_CARBON);
		th_page_column_of(p, TH_DOC_PERCENT, W_P_H_NON_FOSSIL);
	}
	for (size_t d = 0; d < drivers; d++) {
		th_page_say(p, W_TONNES);
		th_page_text(p, TH_S("/"));
		th_doc_column(&p->doc, TH_DOC_NUMBER, th_in_lang(p->lang, plan->driver_of[d]->intensity->unit_zh, plan->driver_of[d]->intensity->unit_text));
	}
}

static void put_energy(th_page *p, const th_case_plan *plan)
{
	const th_path *path = &plan->path;
	size_t drivers = path->input->drivers < MOST_DRIVERS ? path->input->drivers : MOST_DRIVERS;
	bool energy = path->year[0].energy > 0;
	th_page_section(p, W_P_ENERGY);
	if (!energy)
		th_page_paragraph(p, W_P_ENERGY_NONE);
	if (energy || drivers)
		put_energy_heads(p, plan, energy, drivers);
	for (size_t t = 0; t < path->years && (energy || drivers); t++) {
		const th_path_year *y = &path->year[t];
		th_doc_year(&p->doc, y->year);
		if (energy) {
			th_page_mass(p, y->energy);
			put_ratio(p, y->gross, 0, y->energy);
			th_doc_share(&p->doc, y->non_fossil, y->energy, false);
		}
		for (size_t d = 0; d < drivers; d++)
			put_ratio(p, y->gross, 3, y->driver[d]);
	}
	th_doc_close(&p->doc);
}

/* --- targets --- */

void th_put_targets_text(th_page *p, const th_case_plan *plan)
{
	const th_path *path = &plan->path;
	static const th_page_column columns[] = {
		{W_P_H_PHASE, TH_DOC_WORD}, {W_P_H_YEAR, TH_DOC_YEAR}, {W_P_H_KIND, TH_DOC_WORD}, {W_P_H_LIMIT, TH_DOC_MASS},
		{W_P_H_PLANNED, TH_DOC_MASS}, {W_P_H_GAP, TH_DOC_MASS}, {W_P_H_BAU_GAP, TH_DOC_MASS}, {W_P_H_MET, TH_DOC_WORD},
	};
	if (path->input->targets == 0)
		return;
	th_page_section(p, W_P_TARGETS);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < path->input->targets; i++) {
		const th_path_target *target = &path->input->target[i];
		const th_path_target_result *result = &path->target[i];
		const th_target *stated = &plan->a->targets.target[plan->target_of[i]];
		th_doc_cell_text(&p->doc, target->phase);
		th_doc_year(&p->doc, target->year);
		th_put_ladder_name(p, path->input, &path->ladder[result->ladder]);
		if (stated->of_base)
			TH_SAY(p, W_P_LESS, th_fill_text(stated->emissions_text));
		th_doc_end(&p->doc);
		th_page_mass(p, result->limit);
		th_page_mass(p, result->planned);
		th_page_mass(p, result->gap);
		th_page_mass(p, result->bau_gap);
		th_page_cell(p, result->met ? W_P_YES : W_P_NO);
	}
	th_doc_close(&p->doc);
}

/* --- neutrality --- */

static void put_row(th_page *p, th_label label, th_mass mass)
{
	th_page_cell(p, label);
	th_page_mass(p, mass);
}

static void put_zero(th_page *p, th_label label, int year, int last, th_mass missing)
{
	if (year)
		th_buf_printf(&p->doc.text, "%d", year);
	else {
		TH_SAY(p, W_P_NOT_BY, th_fill_integer(last));
		TH_SAY(p, W_P_STILL_MISSING, th_fill_mass(missing));
	}
	th_page_field(p, label, TH_S(""));
}

static void put_neutrality(th_page *p, const th_path *path)
{
	static const th_page_column columns[] = {{W_D_H_ITEM, TH_DOC_WORD}, {W_TONNES, TH_DOC_MASS}};
	const th_path_year *last = &path->year[path->years - 1];
	th_page_section(p, W_P_NEUTRALITY);
	th_page_quiet_table(p, columns, sizeof columns / sizeof *columns);
	TH_SAY(p, W_P_RESIDUAL, th_fill_integer(last->year));
	th_doc_end(&p->doc);
	th_page_mass(p, last->gross);
	put_row(p, W_P_REMOVALS_IN, last->removals);
	put_row(p, W_P_NET_IN, last->net);
	put_row(p, W_P_CREDITS_IN, last->credits);
	put_row(p, W_P_NET_CREDITS, last->net_credits);
	put_zero(p, W_P_NET_ZERO, path->net_zero, last->year, path->missing);
	put_zero(p, W_P_NET_ZERO_CREDITS, path->net_zero_credits, last->year, path->missing_credits);
	th_doc_close(&p->doc);
}

void th_put_way_text(th_page *p, const th_case_plan *plan)
{
	th_page_section(p, W_P_PATH);
	if (!plan->has_base || !plan->has_bau) {
		th_page_paragraph(p, W_P_PATH_NONE);
		th_doc_close(&p->doc);
		return;
	}
	th_put_path_years(p, plan);
	th_put_total_text(p, plan->a);
	th_doc_close(&p->doc);
	put_ladders(p, plan);
	th_put_targets_text(p, plan);
	if (!p->brief)
		put_energy(p, plan);
	put_neutrality(p, &plan->path);
}
