/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The past: three answers to whether a series has peaked, each with its reasons, and why emissions changed. */
#include "report/plan_report.h"

#include <stdio.h>

enum { NUMBER = 48 };

static th_label verdict_word(th_peak_verdict verdict)
{
	static const th_label words[] = {[TH_PEAK_UNKNOWN] = W_P_UNKNOWN, [TH_PEAK_NOT] = W_P_NOT_PEAKED, [TH_PEAK_YES] = W_P_PEAKED};
	return words[verdict];
}

static void answer(const th_plan_page *p, th_grid *grid, th_label test, th_label verdict)
{
	th_grid_cell(grid, th_plan_word(p, test));
	th_grid_cell(grid, th_plan_word(p, verdict));
}

static void put_criterion(const th_plan_page *p, th_grid *grid, const th_trend *trend, th_c40 which)
{
	static const th_label words[] = {W_P_C40_YEARS, W_P_C40_BEFORE, W_P_C40_RECENT, W_P_C40_ABOVE};
	const th_c40_criterion *c = &trend->criterion[which];
	char one[NUMBER], two[NUMBER], percent[NUMBER];
	th_buf a = {0}, b = {0};
	snprintf(one, sizeof one, "%lld", (long long)c->observed);
	snprintf(two, sizeof two, "%lld", (long long)c->required);
	snprintf(percent, sizeof percent, "%.1f", c->percent);
	bool mass = which == TH_C40_ABOVE;
	th_grid_end(grid);
	th_grid_cell(grid, th_plan_word(p, c->holds ? W_P_HOLDS : W_P_FAILS));
	th_plan_fill(&grid->text, words[which], p->lang, mass ? th_plan_tonne_text(p, c->observed, &a) : one,
	             mass ? th_plan_tonne_text(p, c->required, &b) : two, percent, (char *)NULL);
	th_grid_end(grid);
	grid->failed |= a.failed | b.failed;
	th_buf_free(&a);
	th_buf_free(&b);
}

static void put_slope(const th_plan_page *p, th_grid *grid, const th_trend *trend)
{
	const th_slope_test *slope = &trend->slope;
	char a[NUMBER], b[NUMBER], c[NUMBER], d[NUMBER];
	answer(p, grid, W_P_SLOPE, verdict_word(slope->verdict));
	if (slope->verdict == TH_PEAK_UNKNOWN) {
		snprintf(a, sizeof a, "%zu", slope->years);
		snprintf(b, sizeof b, "%d", trend->rules->least_after);
		th_plan_fill(&grid->text, W_P_SLOPE_FEW, p->lang, a, b, (char *)NULL);
	} else {
		snprintf(a, sizeof a, "%+.*f", p->digits, slope->slope / 1000);
		snprintf(b, sizeof b, "%+.2f", slope->percent);
		snprintf(c, sizeof c, "%zu", slope->years);
		snprintf(d, sizeof d, "%.4f", slope->p);
		th_plan_fill(&grid->text, W_P_SLOPE_FOUND, p->lang, a, b, c, d, (char *)NULL);
	}
	th_grid_end(grid);
}

static void put_maximum(const th_plan_page *p, th_grid *grid, const th_plain_maximum *m)
{
	char year[NUMBER];
	th_buf a = {0}, b = {0};
	th_grid_cell(grid, th_plan_word(p, W_P_MAXIMUM));
	snprintf(year, sizeof year, "%d", m->year);
	th_grid_cell(grid, th_slice_of(year));
	th_plan_fill(&grid->text, W_P_MAX_FOUND, p->lang, year, th_plan_tonne_text(p, m->mass, &a), (char *)NULL);
	snprintf(year, sizeof year, "%d", m->runner_up);
	if (m->has_runner_up)
		th_plan_fill(&grid->text, W_P_MAX_NEXT, p->lang, year, th_plan_tonne_text(p, m->runner_up_mass, &a),
		             th_plan_tonne_text(p, m->difference, &b), (char *)NULL);
	th_grid_end(grid);
	grid->failed |= a.failed | b.failed;
	th_buf_free(&a);
	th_buf_free(&b);
}

static void put_cases(const th_plan_page *p, th_grid *grid, const th_trend *trend)
{
	static const th_label words[TH_CASE_KINDS] = {
		W_P_CASE_FEW_YEARS, W_P_CASE_LAST_MAXIMUM, W_P_CASE_ONE_LOWER_YEAR, W_P_CASE_FIRST_MAXIMUM, W_P_CASE_PLATEAU, W_P_CASE_DOUBLE_PEAK,
		W_P_CASE_LOCAL_MAXIMUM, W_P_CASE_DIP, W_P_CASE_GAP, W_P_CASE_REVISED, W_P_CASE_REVISED_PEAK,
	};
	for (size_t i = 0; i < trend->cases; i++) {
		char year[NUMBER], other[NUMBER];
		snprintf(year, sizeof year, "%d", trend->list[i].year);
		snprintf(other, sizeof other, "%d", trend->list[i].other);
		th_grid_cell(grid, i ? TH_S("") : th_plan_word(p, W_P_CASES));
		th_grid_end(grid);
		th_plan_fill(&grid->text, words[trend->list[i].kind], p->lang, year, other, (char *)NULL);
		th_grid_end(grid);
	}
}

static void put_series(const th_plan_page *p, const th_plan_series *series)
{
	const th_trend *trend = &series->trend;
	char count[NUMBER], first[NUMBER], last[NUMBER], asked[NUMBER];
	th_grid grid = {.align = "lll"};
	th_buf title = {0};
	th_slice unnamed = th_plan_word(p, series == p->plan->series && p->plan->a->account ? W_P_SERIES_INVENTORY : W_P_SERIES_UNNAMED);
	snprintf(count, sizeof count, "%zu", trend->points);
	snprintf(first, sizeof first, "%d", trend->point[0].year);
	snprintf(last, sizeof last, "%d", trend->point[trend->points - 1].year);
	snprintf(asked, sizeof asked, "%d", trend->as_of);
	th_put_name_id(series->name.len ? series->name : unnamed, th_slice_of(series->file), p->lang, &title);
	th_buf_str(&title, th_word_text(W_COLON, p->lang));
	th_plan_fill(&title, W_P_YEARS_OF, p->lang, count, first, last, asked, (char *)NULL);
	th_paragraph(th_buf_view(&title), 2, p->out);
	p->out->failed |= title.failed;
	th_buf_free(&title);
	answer(p, &grid, W_P_C40, verdict_word(trend->c40));
	th_grid_end(&grid);
	for (int c = 0; c < TH_C40_CRITERIA; c++)
		put_criterion(p, &grid, trend, (th_c40)c);
	put_slope(p, &grid, trend);
	put_maximum(p, &grid, &trend->maximum);
	put_cases(p, &grid, trend);
	th_grid_print(&grid, 4, p->out);
}

/* --- decomposition --- */

static void span(const th_plan_page *p, th_slice name, int from, int to)
{
	char one[NUMBER], two[NUMBER];
	th_buf text = {0};
	snprintf(one, sizeof one, "%d", from);
	snprintf(two, sizeof two, "%d", to);
	th_buf_slice(&text, name);
	th_buf_str(&text, th_word_text(W_COMMA, p->lang));
	th_plan_fill(&text, W_P_LMDI_SPAN, p->lang, one, two, (char *)NULL);
	th_paragraph(th_buf_view(&text), 2, p->out);
	p->out->failed |= text.failed;
	th_buf_free(&text);
}

static void lmdi_head(const th_plan_page *p, th_grid *grid)
{
	static const th_label heads[] = {W_ACTIVITY, W_P_LMDI_ACTIVITY, W_P_LMDI_FACTOR, W_P_LMDI_UNDIVIDED, W_P_LMDI_CHANGE};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		th_plan_head_cell(p, grid, heads[i]);
}

static void put_inventory_terms(const th_plan_page *p)
{
	const th_plan_lmdi *lmdi = &p->plan->lmdi;
	th_grid grid = {.align = "ldddd"};
	if (!p->plan->a->account)
		return;
	if (!lmdi->done) {
		th_paragraph(th_plan_word(p, W_P_LMDI_NONE), 2, p->out);
		return;
	}
	span(p, th_plan_word(p, W_P_SERIES_INVENTORY), lmdi->from, lmdi->to);
	lmdi_head(p, &grid);
	for (size_t i = 0; i < lmdi->rows; i++) {
		const th_plan_term *row = &lmdi->row[i];
		th_grid_cell(&grid, th_plan_activity_name(p, row->activity));
		if (row->divided) {
			th_plan_tonnes(p, &grid, row->terms.activity + row->terms.intensity);
			th_plan_tonnes(p, &grid, row->terms.factor);
			th_grid_end(&grid);
		} else {
			th_grid_end(&grid);
			th_grid_end(&grid);
			th_plan_tonnes(p, &grid, row->terms.change);
		}
		th_plan_tonnes(p, &grid, row->terms.change);
	}
	th_grid_cell(&grid, th_plan_word(p, W_P_SUM));
	th_plan_tonnes(p, &grid, lmdi->sum.activity + lmdi->sum.intensity);
	th_plan_tonnes(p, &grid, lmdi->sum.factor);
	th_plan_tonnes(p, &grid, lmdi->undivided);
	th_plan_tonnes(p, &grid, lmdi->sum.change);
	th_grid_print(&grid, 4, p->out);
}

static void put_series_terms(const th_plan_page *p, const th_plan_series *series)
{
	static const th_label heads[] = {W_P_LMDI_OUTPUT, W_P_LMDI_ENERGY, W_P_LMDI_FACTOR, W_P_LMDI_CHANGE};
	const th_mass value[] = {series->terms.activity, series->terms.intensity, series->terms.factor, series->terms.change};
	th_grid grid = {.align = "ld"};
	span(p, series->name.len ? series->name : th_plan_word(p, W_P_SERIES_UNNAMED), series->from, series->to);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		th_grid_cell(&grid, th_plan_word(p, heads[i]));
		th_plan_tonnes(p, &grid, value[i]);
	}
	th_grid_print(&grid, 4, p->out);
}

void th_plan_past(const th_plan_page *p)
{
	const th_case_plan *plan = p->plan;
	if (plan->series_count == 0)
		return;
	th_plan_heading(p, W_P_TREND);
	for (size_t i = 0; i < plan->series_count; i++)
		put_series(p, &plan->series[i]);
	th_plan_heading(p, W_P_LMDI);
	put_inventory_terms(p);
	for (size_t i = 0; i < plan->series_count; i++)
		if (plan->series[i].has_terms)
			put_series_terms(p, &plan->series[i]);
}
