/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plan in a dossier: whether emissions have peaked, the indicators year by year, the projects by domain, when they are done and what they
 * cost. */
#include "base/day.h"
#include "report/dossier.h"

/* --- peak --- */

void th_put_dossier_peak(th_page *p, const th_dossier *d)
{
	th_page_section(p, W_D_PEAK);
	if (d->plan->series_count == 0)
		th_page_paragraph(p, W_D_NO_SERIES);
	th_put_peak_pictures(p, d->plan);
	th_put_past_text(p, d->plan);
	th_doc_close(&p->doc);
}

/* --- indicators --- */

enum { YEARS_ABREAST = 6, SIGNIFICANT = 4 };

/* Years of the path side by side; the base year stands in each table. */
typedef struct abreast {
	const th_case_plan *plan;
	size_t from, to;
	bool alone;             /* `from` alone, which stands before each row */
} abreast;

/* The k-th year of such a table in the path: the base year, then its own. */
static size_t year_at(const abreast *s, size_t k)
{
	return s->alone ? s->from : k ? s->from + k - 1 : 0;
}

static size_t years_of(const abreast *s)
{
	return s->alone ? 1 : s->to - s->from + 1;
}

static void begin_row(th_page *p, const abreast *s)
{
	if (s->alone)
		th_doc_year(&p->doc, s->plan->path.year[s->from].year);
}

static void put_per(th_page *p, th_mass mass, th_mass driver)
{
	th_ratio divisor = th_mass_ratio(driver);
	if (driver > 0)
		th_doc_quotient(&p->doc, mass, 3, &divisor, SIGNIFICANT);
	else
		th_doc_none(&p->doc);
}

static th_slice driver_unit(const th_page *p, const th_case_plan *plan, size_t driver)
{
	const th_intensity *intensity = plan->driver_of[driver]->intensity;
	return th_in_lang(p->lang, intensity->unit_zh, intensity->unit_text);
}

static void end_intensity_unit(th_page *p, const th_case_plan *plan, size_t driver)
{
	th_page_say(p, W_TONNES);
	th_page_text(p, TH_S("/"));
	th_doc_cell_text(&p->doc, driver_unit(p, plan, driver));
}

/* What targets ask in each year. */
static void put_ladder(th_page *p, const abreast *s, const th_path_ladder *ladder)
{
	const th_path *path = &s->plan->path;
	bool per = ladder->kind == TH_PATH_INTENSITY;
	begin_row(p, s);
	th_put_ladder_name(p, path->input, ladder);
	th_doc_cell_text(&p->doc, th_page_word(p, W_D_TARGET));
	if (per)
		end_intensity_unit(p, s->plan, ladder->driver);
	else
		th_page_cell(p, W_TONNES);
	for (size_t k = 0; k < years_of(s); k++) {
		size_t t = year_at(s, k);
		if (per)
			put_per(p, ladder->limit[t], path->year[t].driver[ladder->driver]);
		else
			th_page_mass(p, ladder->limit[t]);
	}
}

static void put_masses(th_page *p, const abreast *s, th_label label, const char *unit, size_t offset)
{
	begin_row(p, s);
	th_page_cell(p, label);
	th_doc_cell_text(&p->doc, unit ? th_slice_of(unit) : th_page_word(p, W_TONNES));
	for (size_t k = 0; k < years_of(s); k++) {
		th_mass value;
		memcpy(&value, (const char *)&s->plan->path.year[year_at(s, k)] + offset, sizeof value);
		th_page_mass(p, value);
	}
}

static void put_planned_intensity(th_page *p, const abreast *s, size_t driver)
{
	const th_path *path = &s->plan->path;
	const th_intensity *intensity = s->plan->driver_of[driver]->intensity;
	begin_row(p, s);
	th_doc_cell_text(&p->doc, th_in_lang(p->lang, intensity->name_zh, intensity->name_en));
	end_intensity_unit(p, s->plan, driver);
	for (size_t k = 0; k < years_of(s); k++)
		put_per(p, path->year[year_at(s, k)].gross, path->year[year_at(s, k)].driver[driver]);
}

static void put_planned(th_page *p, const abreast *s)
{
	const th_path *path = &s->plan->path;
	put_masses(p, s, W_D_PLANNED_GROSS, NULL, offsetof(th_path_year, gross));
	put_masses(p, s, W_D_PLANNED_NET, NULL, offsetof(th_path_year, net));
	if (path->year[0].energy > 0) {
		put_masses(p, s, W_D_ENERGY, "tce", offsetof(th_path_year, energy));
		begin_row(p, s);
		th_page_cell(p, W_P_H_NON_FOSSIL);
		th_doc_cell_text(&p->doc, TH_S("%"));
		for (size_t k = 0; k < years_of(s); k++)
			th_doc_share(&p->doc, path->year[year_at(s, k)].non_fossil, path->year[year_at(s, k)].energy, false);
	}
	for (size_t driver = 0; driver < path->input->drivers; driver++)
		put_planned_intensity(p, s, driver);
}

static void put_rows(th_page *p, const abreast *s)
{
	for (size_t i = 0; i < s->plan->path.ladders; i++)
		put_ladder(p, s, &s->plan->path.ladder[i]);
	put_planned(p, s);
}

static void put_indicator_table(th_page *p, const abreast *s)
{
	const th_path *path = &s->plan->path;
	th_dossier_caption(p, W_D_INDICATORS, 0);
	th_doc_table(&p->doc);
	th_page_column_of(p, TH_DOC_WORD, W_D_H_INDICATOR);
	th_page_column_of(p, TH_DOC_WORD, W_L_UNIT);
	for (size_t k = 0; k < years_of(s); k++) {
		th_buf_printf(&p->doc.text, "%d", path->year[year_at(s, k)].year);
		th_doc_column(&p->doc, TH_DOC_FIGURE, k ? TH_S("") : th_page_word(p, W_D_BASE_MARK));
	}
	put_rows(p, s);
}

static void put_indicators(th_page *p, const th_case_plan *plan)
{
	th_page_section(p, W_D_INDICATORS);
	th_page_paragraph(p, W_D_INDICATORS_NOTE);
	size_t years = plan->path.years - 1, tables = (years + YEARS_ABREAST - 1) / YEARS_ABREAST;
	for (size_t i = 0; i < tables; i++)
		put_indicator_table(p, &(abreast){.plan = plan, .from = 1 + years * i / tables, .to = 1 + years * (i + 1) / tables});
	th_doc_close(&p->doc);
}

void th_put_dossier_indicators(th_page *p, const th_dossier *d)
{
	th_dossier_mark(p, d->illustrative);
	if (th_has_path(d->plan))
		put_indicators(p, d->plan);
	else
		th_page_paragraph(p, W_P_PATH_NONE);
	th_dossier_mark(p, false);
}

void th_put_dossier_each_indicator(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {{W_P_H_YEAR, TH_DOC_YEAR}, {W_D_H_INDICATOR, TH_DOC_WORD}, {W_L_UNIT, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_FIGURE}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t t = 0; th_has_path(d->plan) && t < d->plan->path.years; t++)
		put_rows(p, &(abreast){.plan = d->plan, .from = t, .alone = true});
}

void th_put_dossier_path(th_page *p, const th_dossier *d)
{
	const th_case_plan *plan = d->plan;
	th_page_section(p, W_D_PATH);
	th_dossier_mark(p, d->illustrative);
	if (th_has_path(plan))
		put_indicators(p, plan);
	th_put_path_picture(p, plan, false);
	th_put_bridge_picture(p, plan);
	th_put_way_text(p, plan);
	th_put_assumptions_text(p, plan);
	th_put_scenarios_text(p, plan);
	th_put_asked_text(p, plan);
	th_put_plan_methods(p, plan);
	th_dossier_mark(p, false);
	th_doc_close(&p->doc);
}

void th_put_dossier_years(th_page *p, const th_dossier *d)
{
	if (d->plan->has_base && d->plan->has_bau)
		th_put_path_years(p, d->plan);
}

void th_put_dossier_targets(th_page *p, const th_dossier *d)
{
	if (d->plan->has_base && d->plan->has_bau)
		th_put_targets_text(p, d->plan);
}

/* --- projects --- */

/* CNY as written, in 1e-9 of them; false where it is not known or does not fit. */
static bool money_of(const th_measure *m, th_mass *money)
{
	th_ratio ratio = th_ratio_one();
	th_ratio_mul(&ratio, m->capex);
	return m->has_capex && !m->bare_money && th_ratio_round(&ratio, money);
}

static void put_span(th_page *p, const th_measure *m)
{
	if (m->start_text.len == 0 && m->end_text.len == 0) {
		th_doc_none(&p->doc);
		return;
	}
	th_page_text(p, m->start_text.len ? m->start_text : TH_S("?"));
	th_page_say(p, W_D_TO);
	th_doc_cell_text(&p->doc, m->end_text.len ? m->end_text : TH_S("?"));
}

static void put_project(th_page *p, const th_assessment *a, const th_check_measure *at)
{
	const th_measure *m = at->measure;
	th_mass money;
	th_doc_text_or_none(&p->doc, at->domain == a->pack->domains ? m->group : th_word(a->pack->domain[at->domain].name, p->lang));
	th_doc_cell_text(&p->doc, m->id);
	th_doc_cell_text(&p->doc, m->name);
	th_doc_text_or_none(&p->doc, m->owner);
	th_doc_text_or_none(&p->doc, m->content);
	if (money_of(m, &money))
		th_page_money(p, money);
	else
		th_doc_none(&p->doc);
	put_span(p, m);
	if (m->has_reduction)
		th_page_mass(p, m->reduction);
	else
		th_doc_none(&p->doc);
	th_page_cell(p, m->effect == TH_EFFECT_REMOVAL ? W_P_REMOVAL : m->effect == TH_EFFECT_CREDIT ? W_P_CREDIT : W_D_REDUCTION);
}

static void put_project_table(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {
		{W_D_H_DOMAIN, TH_DOC_WORD}, {W_D_H_NUMBER, TH_DOC_WORD}, {W_D_H_PROJECT, TH_DOC_WORD}, {W_D_H_OWNER, TH_DOC_WORD},
		{W_D_H_CONTENT, TH_DOC_WORD}, {W_D_H_CAPEX, TH_DOC_MONEY}, {W_D_H_WORKS, TH_DOC_WORD}, {W_D_H_REDUCTION, TH_DOC_MASS},
		{W_D_H_EFFECT, TH_DOC_WORD},
	};
	th_dossier_caption(p, W_D_PROJECTS, 0);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (uint32_t domain = 0; domain <= a->pack->domains; domain++) /* behind all domains those of none */
		for (size_t i = 0; i < a->measures.count; i++)
			if (a->measure[i].domain == domain)
				put_project(p, a, &a->measure[i]);
	th_page_paragraph(p, W_D_PROJECTS_NOTE);
}

/* All domains, those without a project too. */
static void put_coverage(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {{W_D_H_DOMAIN, TH_DOC_WORD}, {W_D_H_PROJECTS, TH_DOC_COUNT}, {W_D_H_PROJECT, TH_DOC_WORD}};
	th_page_section(p, W_D_COVERAGE);
	th_dossier_caption(p, W_D_COVERAGE, 0);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (uint32_t domain = 0; domain < a->pack->domains; domain++) {
		size_t count = 0;
		th_doc_cell_text(&p->doc, th_word(a->pack->domain[domain].name, p->lang));
		for (size_t i = 0; i < a->measures.count; i++)
			count += a->measure[i].domain == domain && a->measure[i].measure->state != TH_MEASURE_CANCELLED;
		th_doc_count(&p->doc, count);
		for (size_t i = 0, shown = 0; i < a->measures.count; i++) {
			if (a->measure[i].domain != domain || a->measure[i].measure->state == TH_MEASURE_CANCELLED)
				continue;
			th_page_text(p, shown++ ? th_page_word(p, W_LIST) : TH_S(""));
			th_page_text(p, a->measure[i].measure->id);
			th_page_text(p, TH_S(" "));
			th_page_text(p, a->measure[i].measure->name);
		}
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
	p->covered = true;
}

void th_put_dossier_projects(th_page *p, const th_dossier *d)
{
	th_page_section(p, W_D_PROJECTS);
	if (d->a->measures.count)
		put_project_table(p, d->a);
	else
		th_page_paragraph(p, W_P_MEASURES_NONE);
	if (d->a->measures.count && d->a->pack->domains)
		put_coverage(p, d->a);
	if (d->plan && d->plan->has_base) {
		th_dossier_mark(p, d->illustrative);
		th_put_path_measures(p, d->plan);
		th_dossier_mark(p, false);
	}
	th_doc_close(&p->doc);
}

/* --- schedule --- */

static void put_day(th_page *p, bool known, int32_t day)
{
	if (known && day > TH_DAY_MIN && day < TH_DAY_MAX) {
		th_put_day(day, &p->doc.text);
		th_doc_end(&p->doc);
	} else
		th_doc_none(&p->doc);
}

static void put_date(th_page *p, const th_measure *m)
{
	static const th_label states[TH_MEASURE_STATUSES] = {W_D_PLANNED, W_D_STARTED, W_D_DONE, W_D_CANCELLED};
	th_doc_cell_text(&p->doc, m->id);
	th_doc_cell_text(&p->doc, m->name);
	th_doc_text_or_none(&p->doc, m->start_text);
	th_doc_text_or_none(&p->doc, m->end_text);
	put_day(p, m->dated, m->from);
	th_doc_count(&p->doc, (size_t)th_measure_steps(m));
	put_day(p, m->dated, m->to);
	th_page_cell(p, states[m->state]);
	th_doc_text_or_none(&p->doc, m->owner);
}

void th_put_dossier_schedule(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_D_H_NUMBER, TH_DOC_WORD}, {W_D_H_PROJECT, TH_DOC_WORD}, {W_D_H_START, TH_DOC_WORD}, {W_D_H_END, TH_DOC_WORD},
		{W_D_H_EFFECT_FROM, TH_DOC_WORD}, {W_P_H_RAMP, TH_DOC_COUNT}, {W_D_H_EFFECT_TO, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD},
		{W_D_H_OWNER, TH_DOC_WORD},
	};
	if (d->a->measures.count == 0)
		return;
	th_page_section(p, W_D_SCHEDULE);
	if (d->sources) /* not of one table alone */
		th_put_schedule_picture(p, d->plan, false);
	th_dossier_caption(p, W_D_SCHEDULE, 0);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < d->a->measures.count; i++)
		put_date(p, &d->a->measures.measure[i]);
	th_doc_close(&p->doc);
}

/* --- costs --- */

/* What is known of the investment, and of how many projects it is not. */
static void put_capex(th_page *p, const th_measures *measures)
{
	th_mass sum = 0, money;
	size_t unknown = 0;
	bool fits = true;
	for (size_t i = 0; i < measures->count; i++) {
		if (measures->measure[i].state == TH_MEASURE_CANCELLED)
			continue;
		if (money_of(&measures->measure[i], &money))
			fits &= th_mass_add(&sum, money);
		else
			unknown++;
	}
	if (!fits)
		return;
	TH_SAY(p, unknown ? W_D_CAPEX_PART : W_D_CAPEX_ALL, th_fill_money(sum), th_fill_integer((long long)unknown));
	th_doc_paragraph(&p->doc, TH_S(""));
}

void th_put_dossier_costs(th_page *p, const th_dossier *d)
{
	if (d->a->measures.count == 0)
		return;
	th_page_section(p, W_D_COSTS);
	put_capex(p, &d->a->measures);
	if (d->plan->has_base) {
		th_dossier_mark(p, d->illustrative);
		th_put_costs_text(p, d->plan);
		th_put_cost_picture(p, d->plan, false);
		th_dossier_mark(p, false);
	}
	th_doc_close(&p->doc);
}
