/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The past: three answers to whether a series has peaked, each with its reasons, and why emissions changed. */
#include "report/plan_report.h"

static th_label verdict_word(th_peak_verdict verdict)
{
	static const th_label words[] = {[TH_PEAK_UNKNOWN] = W_P_UNKNOWN, [TH_PEAK_NOT] = W_P_NOT_PEAKED, [TH_PEAK_YES] = W_P_PEAKED};
	return words[verdict];
}

static void put_criterion(th_page *p, const th_trend *trend, th_c40 which)
{
	static const th_label words[] = {W_P_C40_YEARS, W_P_C40_BEFORE, W_P_C40_RECENT, W_P_C40_ABOVE};
	const th_c40_criterion *c = &trend->criterion[which];
	bool mass = which == TH_C40_ABOVE;
	th_doc_end(&p->doc);
	th_page_cell(p, c->holds ? W_P_HOLDS : W_P_FAILS);
	TH_SAY(p, words[which], mass ? th_fill_mass(c->observed) : th_fill_integer((long long)c->observed),
	       mass ? th_fill_mass(c->required) : th_fill_integer((long long)c->required), th_fill_real(c->percent, 1, false));
	th_doc_end(&p->doc);
}

static void put_c40(th_page *p, const th_trend *trend)
{
	th_page_cell(p, W_P_C40);
	th_page_cell(p, verdict_word(trend->c40));
	th_doc_end(&p->doc);
	for (int c = 0; c < TH_C40_CRITERIA; c++)
		put_criterion(p, trend, (th_c40)c);
}

static void put_slope(th_page *p, const th_trend *trend)
{
	const th_slope_test *slope = &trend->slope;
	th_page_fill years = th_fill_integer((long long)slope->years);
	th_page_cell(p, W_P_SLOPE);
	th_page_cell(p, verdict_word(slope->verdict));
	if (slope->verdict == TH_PEAK_UNKNOWN)
		TH_SAY(p, W_P_SLOPE_FEW, years, th_fill_integer(trend->rules->least_after));
	else
		TH_SAY(p, W_P_SLOPE_FOUND, th_fill_real(slope->slope / 1000, p->digits, true), th_fill_real(slope->percent, 2, true), years,
		       th_fill_real(slope->p, 4, false));
	th_doc_end(&p->doc);
}

static void put_maximum(th_page *p, const th_plain_maximum *m)
{
	th_page_cell(p, W_P_MAXIMUM);
	th_doc_year(&p->doc, m->year);
	TH_SAY(p, W_P_MAX_FOUND, th_fill_integer(m->year), th_fill_mass(m->mass));
	if (m->has_runner_up)
		TH_SAY(p, W_P_MAX_NEXT, th_fill_integer(m->runner_up), th_fill_mass(m->runner_up_mass), th_fill_mass(m->difference));
	th_doc_end(&p->doc);
}

static void put_cases(th_page *p, const th_trend *trend)
{
	static const th_label words[TH_CASE_KINDS] = {
		W_P_CASE_FEW_YEARS, W_P_CASE_LAST_MAXIMUM, W_P_CASE_ONE_LOWER_YEAR, W_P_CASE_FIRST_MAXIMUM, W_P_CASE_PLATEAU, W_P_CASE_DOUBLE_PEAK,
		W_P_CASE_LOCAL_MAXIMUM, W_P_CASE_DIP, W_P_CASE_GAP, W_P_CASE_REVISED, W_P_CASE_REVISED_PEAK,
	};
	for (size_t i = 0; i < trend->cases; i++) {
		th_doc_cell_text(&p->doc, i ? TH_S("") : th_page_word(p, W_P_CASES));
		th_doc_end(&p->doc);
		if (trend->list[i].kind == TH_CASE_LAST_MAXIMUM && trend->points == 1) /* nothing can have risen */
			TH_SAY(p, W_P_CASE_ONE_YEAR, th_fill_integer(trend->list[i].year));
		else
			TH_SAY(p, words[trend->list[i].kind], th_fill_integer(trend->list[i].year), th_fill_integer(trend->list[i].other));
		th_doc_end(&p->doc);
	}
}

/* What a terminal shows without heads. */
static const th_page_column answers[] = {{W_D_H_TEST, TH_DOC_WORD}, {W_D_H_ANSWER, TH_DOC_WORD}, {W_D_H_REASON, TH_DOC_WORD}};
static const th_page_column amounts[] = {{W_D_H_ITEM, TH_DOC_WORD}, {W_TONNES, TH_DOC_MASS}};

static void put_series(th_page *p, const th_case_plan *plan, const th_plan_series *series)
{
	const th_trend *trend = &series->trend;
	th_slice unnamed = th_page_word(p, series == plan->series && plan->a->account ? W_P_SERIES_INVENTORY : W_P_SERIES_UNNAMED);
	th_put_name_id(series->name.len ? series->name : unnamed, th_slice_of(series->file), p->lang, &p->doc.text);
	th_page_say(p, W_COLON);
	TH_SAY(p, W_P_YEARS_OF, th_fill_integer((long long)trend->points), th_fill_integer(trend->point[0].year),
	       th_fill_integer(trend->point[trend->points - 1].year), th_fill_integer(trend->as_of));
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	th_page_quiet_table(p, answers, sizeof answers / sizeof *answers);
	put_c40(p, trend);
	put_slope(p, trend);
	put_maximum(p, &trend->maximum);
	put_cases(p, trend);
	th_doc_close(&p->doc);
}

/* --- decomposition --- */

static void open_span(th_page *p, th_slice name, int from, int to)
{
	th_page_text(p, name);
	th_page_say(p, W_COMMA);
	TH_SAY(p, W_P_LMDI_SPAN, th_fill_integer(from), th_fill_integer(to));
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
}

static void put_term(th_page *p, const th_case_plan *plan, const th_plan_term *row)
{
	th_doc_cell_text(&p->doc, th_activity_name(p, plan, row->activity));
	if (row->divided) {
		th_page_mass(p, row->terms.activity + row->terms.intensity);
		th_page_mass(p, row->terms.factor);
		th_doc_end(&p->doc);
	} else {
		th_doc_end(&p->doc);
		th_doc_end(&p->doc);
		th_page_mass(p, row->terms.change);
	}
	th_page_mass(p, row->terms.change);
}

static void put_inventory_terms(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_ACTIVITY, TH_DOC_WORD}, {W_P_LMDI_ACTIVITY, TH_DOC_MASS}, {W_P_LMDI_FACTOR, TH_DOC_MASS},
		{W_P_LMDI_UNDIVIDED, TH_DOC_MASS}, {W_P_LMDI_CHANGE, TH_DOC_MASS},
	};
	const th_plan_lmdi *lmdi = &plan->lmdi;
	if (!plan->a->account)
		return;
	if (!lmdi->done) {
		th_page_paragraph(p, W_P_LMDI_NONE);
		return;
	}
	open_span(p, th_page_word(p, W_P_SERIES_INVENTORY), lmdi->from, lmdi->to);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < lmdi->rows; i++)
		put_term(p, plan, &lmdi->row[i]);
	th_page_cell(p, W_P_SUM);
	th_page_mass(p, lmdi->sum.activity + lmdi->sum.intensity);
	th_page_mass(p, lmdi->sum.factor);
	th_page_mass(p, lmdi->undivided);
	th_page_mass(p, lmdi->sum.change);
	th_doc_close(&p->doc);
}

static void put_series_terms(th_page *p, const th_plan_series *series)
{
	static const th_label heads[] = {W_P_LMDI_OUTPUT, W_P_LMDI_ENERGY, W_P_LMDI_FACTOR, W_P_LMDI_CHANGE};
	const th_mass value[] = {series->terms.activity, series->terms.intensity, series->terms.factor, series->terms.change};
	open_span(p, series->name.len ? series->name : th_page_word(p, W_P_SERIES_UNNAMED), series->from, series->to);
	th_page_quiet_table(p, amounts, sizeof amounts / sizeof *amounts);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		th_page_cell(p, heads[i]);
		th_page_mass(p, value[i]);
	}
	th_doc_close(&p->doc);
}

void th_put_past_text(th_page *p, const th_case_plan *plan)
{
	if (plan->series_count == 0)
		return;
	th_page_section(p, W_P_TREND);
	for (size_t i = 0; i < plan->series_count; i++)
		put_series(p, plan, &plan->series[i]);
	th_doc_close(&p->doc);
	th_page_section(p, W_P_LMDI);
	put_inventory_terms(p, plan);
	for (size_t i = 0; i < plan->series_count; i++)
		if (plan->series[i].has_terms)
			put_series_terms(p, &plan->series[i]);
	th_doc_close(&p->doc);
}
