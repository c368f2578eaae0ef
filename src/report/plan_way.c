/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way: emissions year by year, targets and gaps, energy and intensities, neutrality. */
#include "report/plan_report.h"

#include <stdio.h>

enum { NUMBER = 24, LADDERS_ABREAST = 4 };

/* --- years --- */

static void put_years(const th_plan_page *p)
{
	static const th_label heads[] = {W_P_H_YEAR, W_P_H_BAU, W_P_H_SAVED, W_P_H_GROSS, W_H_REMOVALS, W_P_H_NET, W_H_CREDITS};
	const th_path *path = &p->plan->path;
	th_grid grid = {.align = "lrrrrrrrr"};
	bool band = p->plan->trend_bau;
	size_t columns = sizeof heads / sizeof *heads;
	for (size_t i = 0; i < columns; i++)
		th_plan_head_cell(p, &grid, heads[i]);
	th_plan_head_cell(p, &grid, band ? W_P_H_LOW : W_P_H_LIMIT);
	th_plan_head_cell(p, &grid, band ? W_P_H_HIGH : W_P_H_GAP);
	for (size_t t = 0; t < path->years; t++) {
		const th_path_year *y = &path->year[t];
		const th_mass value[] = {y->bau, y->saved, y->gross, y->removals, y->net, y->credits};
		th_plan_year(&grid, y->year);
		for (size_t i = 0; i < sizeof value / sizeof *value; i++)
			th_plan_tonnes(p, &grid, value[i]);
		if (band) {
			th_plan_tonnes(p, &grid, y->bau_low);
			th_plan_tonnes(p, &grid, y->bau_high);
		} else if (path->ladders) {
			th_plan_tonnes(p, &grid, path->ladder[0].limit[t]);
			th_plan_tonnes(p, &grid, path->ladder[0].gap[t]);
		} else {
			th_grid_cell(&grid, TH_S("-"));
			th_grid_cell(&grid, TH_S("-"));
		}
	}
	th_grid_print(&grid, 2, p->out);
}

/* Lines that the table of years has no room for. */
static void put_ladders(const th_plan_page *p)
{
	const th_path *path = &p->plan->path;
	if (path->ladders < 2 && !(p->plan->trend_bau && path->ladders))
		return;
	th_plan_heading(p, W_P_GAPS);
	for (size_t from = 0; from < path->ladders; from += LADDERS_ABREAST) {
		th_grid grid = {.align = "lrrrrrrrr"};
		size_t to = from + LADDERS_ABREAST;
		to = to < path->ladders ? to : path->ladders;
		th_buf name = {0};
		th_plan_head_cell(p, &grid, W_P_H_YEAR);
		for (size_t i = from; i < to; i++) {
			th_plan_ladder_name(p, path->input, &path->ladder[i], &name);
			th_grid_cell(&grid, th_buf_view(&name));
			th_plan_head_cell(p, &grid, W_P_H_GAP);
			grid.failed |= name.failed;
			th_buf_clear(&name);
		}
		th_buf_free(&name);
		/* Rows have as many cells as align has letters: the rest stays empty. */
		for (size_t i = to - from; i < LADDERS_ABREAST; i++) {
			th_grid_end(&grid);
			th_grid_end(&grid);
		}
		for (size_t t = 0; t < path->years; t++) {
			th_plan_year(&grid, path->year[t].year);
			for (size_t i = from; i < from + LADDERS_ABREAST; i++) {
				if (i < to) {
					th_plan_tonnes(p, &grid, path->ladder[i].limit[t]);
					th_plan_tonnes(p, &grid, path->ladder[i].gap[t]);
				} else {
					th_grid_end(&grid);
					th_grid_end(&grid);
				}
			}
		}
		th_grid_print(&grid, 2, p->out);
	}
}

/* --- energy and intensities --- */

static void put_energy(const th_plan_page *p)
{
	const th_path *path = &p->plan->path;
	size_t drivers = path->input->drivers < TH_GRID_COLUMNS - 4 ? path->input->drivers : TH_GRID_COLUMNS - 4;
	bool energy = path->year[0].energy > 0;
	size_t columns = 1u + (energy ? 3u : 0u) + drivers;
	th_plan_heading(p, W_P_ENERGY);
	if (!energy)
		th_paragraph(th_plan_word(p, W_P_ENERGY_NONE), 2, p->out);
	if (columns == 1)
		return;
	char align[TH_GRID_COLUMNS + 1] = "l";
	memset(align + 1, 'd', columns - 1);
	th_grid grid = {.align = align};
	th_plan_head_cell(p, &grid, W_P_H_YEAR);
	if (energy) {
		th_plan_head_cell(p, &grid, W_P_H_ENERGY);
		th_plan_head_cell(p, &grid, W_P_H_CARBON);
		th_plan_head_cell(p, &grid, W_P_H_NON_FOSSIL);
	}
	for (size_t d = 0; d < drivers; d++) {
		th_buf_str(&grid.text, "t CO2e/");
		th_grid_cell(&grid, p->plan->driver_of[d]->intensity->unit_text);
	}
	for (size_t t = 0; t < path->years; t++) {
		const th_path_year *y = &path->year[t];
		th_plan_year(&grid, y->year);
		if (energy) {
			th_plan_tonnes(p, &grid, y->energy);
			th_plan_ratio(&grid, y->gross, y->energy, 4);
			if (!th_percent_text(&grid.text, y->non_fossil, y->energy, false))
				th_buf_char(&grid.text, '-');
			th_grid_end(&grid);
		}
		for (size_t d = 0; d < drivers; d++) {
			th_ratio divisor = th_mass_ratio(y->driver[d]);
			th_put_mass_quotient(&grid.text, y->gross, 3, &divisor, 4);
			th_grid_end(&grid);
		}
	}
	th_grid_print(&grid, 2, p->out);
}

/* --- targets --- */

static void put_targets(const th_plan_page *p)
{
	static const th_label heads[] = {W_P_H_PHASE, W_P_H_YEAR, W_P_H_KIND, W_P_H_LIMIT, W_P_H_PLANNED, W_P_H_GAP, W_P_H_BAU_GAP, W_P_H_MET};
	const th_path *path = &p->plan->path;
	th_grid grid = {.align = "lllrrrrl"};
	if (path->input->targets == 0)
		return;
	th_plan_heading(p, W_P_TARGETS);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		th_plan_head_cell(p, &grid, heads[i]);
	for (size_t i = 0; i < path->input->targets; i++) {
		const th_path_target *target = &path->input->target[i];
		const th_path_target_result *result = &path->target[i];
		th_grid_cell(&grid, target->phase);
		th_plan_year(&grid, target->year);
		th_plan_ladder_name(p, path->input, &path->ladder[result->ladder], &grid.text);
		th_grid_end(&grid);
		th_plan_tonnes(p, &grid, result->limit);
		th_plan_tonnes(p, &grid, result->planned);
		th_plan_tonnes(p, &grid, result->gap);
		th_plan_tonnes(p, &grid, result->bau_gap);
		th_plan_head_cell(p, &grid, result->met ? W_P_YES : W_P_NO);
	}
	th_grid_print(&grid, 2, p->out);
}

/* --- neutrality --- */

static void mass_row(const th_plan_page *p, th_grid *grid, th_label label, th_mass mass)
{
	th_plan_head_cell(p, grid, label);
	th_plan_tonnes(p, grid, mass);
}

static void zero_row(const th_plan_page *p, th_grid *grid, th_label label, int year, int last, th_mass missing)
{
	char number[NUMBER];
	th_buf text = {0};
	th_plan_head_cell(p, grid, label);
	snprintf(number, sizeof number, "%d", year ? year : last);
	if (year) {
		th_grid_cell(grid, th_slice_of(number));
	} else {
		th_plan_fill(&grid->text, W_P_NOT_BY, p->lang, number, (char *)NULL);
		th_plan_fill(&grid->text, W_P_STILL_MISSING, p->lang, th_plan_tonne_text(p, missing, &text), (char *)NULL);
		th_grid_end(grid);
	}
	grid->failed |= text.failed;
	th_buf_free(&text);
}

static void put_neutrality(const th_plan_page *p)
{
	const th_path *path = &p->plan->path;
	const th_path_year *last = &path->year[path->years - 1];
	char number[NUMBER];
	th_grid grid = {.align = "lr"}, zero = {.align = "ll"};
	th_plan_heading(p, W_P_NEUTRALITY);
	snprintf(number, sizeof number, "%d", last->year);
	th_plan_fill(&grid.text, W_P_RESIDUAL, p->lang, number, (char *)NULL);
	th_grid_end(&grid);
	th_plan_tonnes(p, &grid, last->gross);
	mass_row(p, &grid, W_P_REMOVALS_IN, last->removals);
	mass_row(p, &grid, W_P_NET_IN, last->net);
	mass_row(p, &grid, W_P_CREDITS_IN, last->credits);
	mass_row(p, &grid, W_P_NET_CREDITS, last->net_credits);
	th_grid_print(&grid, 2, p->out);
	zero_row(p, &zero, W_P_NET_ZERO, path->net_zero, last->year, path->missing);
	zero_row(p, &zero, W_P_NET_ZERO_CREDITS, path->net_zero_credits, last->year, path->missing_credits);
	th_grid_print(&zero, 2, p->out);
}

void th_plan_way(const th_plan_page *p)
{
	th_plan_heading(p, W_P_PATH);
	if (!p->plan->has_base || !p->plan->has_bau) {
		th_paragraph(th_plan_word(p, W_P_PATH_NONE), 2, p->out);
		return;
	}
	put_years(p);
	put_ladders(p);
	put_targets(p);
	put_energy(p);
	put_neutrality(p);
}
