/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The past: whether emissions peaked, and why they changed. */

#include "plan/planning.h"

/* --- series --- */

static void inventory_series(th_planning *p)
{
	th_case_plan *plan = p->plan;
	const th_assessment *a = plan->a;
	th_plan_series *series = &plan->series[0];
	*series = (th_plan_series){.file = a->file[TH_CASE_INVENTORY].path, .point = th_plan_room(p, a->years, sizeof *series->point)};
	for (size_t i = 0; series->point && i < a->years; i++)
		if (th_check_whole_year(a, a->year[i].year))
			series->point[series->points++] = (th_point){a->year[i].year, a->year[i].gross};
	plan->series_count = series->points > 0;
}

/* LMDI of a series that tells output and energy: one row (Kaya). */
static void series_terms(th_planning *p, th_plan_series *series, const th_yearly *file)
{
	const th_yearly_row *from = NULL, *to = NULL;
	const th_plan_options *o = &p->plan->options;
	size_t bad;
	for (size_t i = 0; i < file->count; i++) {
		const th_yearly_row *row = &file->row[i];
		if (!th_slice_eq(row->series, series->name) || !row->has_output || !row->has_energy)
			continue;
		if (o->from ? row->year == o->from : !from || row->year <= from->year) /* of a year that stands twice the last counts */
			from = row;
		if (o->to ? row->year == o->to : !to || row->year >= to->year)
			to = row;
	}
	if (!from || !to || from->year >= to->year || !th_unit_same_dimension(&from->output_unit, &to->output_unit))
		return;
	const th_lmdi_row row = {{th_mass_double(from->output), th_mass_double(from->energy), from->mass},
	                         {th_mass_double(to->output), th_mass_double(to->energy), to->mass}};
	series->from = from->year;
	series->to = to->year;
	series->has_terms = th_lmdi(&row, 1, NULL, &series->terms, &bad) == TH_LMDI_OK;
	if (!series->has_terms && (from->mass < 0 || to->mass < 0))
		th_plan_caveat(p, TH_PLAN_NO_LOGARITHM, series->file, from->mass < 0 ? from->line : to->line,
		               series->name.len ? th_check_text(p->s, series->name) : "-", th_plan_printf(p, "%d", from->mass < 0 ? from->year : to->year), (char *)NULL);
}

static void split_file(th_planning *p, const th_yearly *file)
{
	th_case_plan *plan = p->plan;
	size_t first = plan->series_count;
	for (size_t i = 0; i < file->count; i++) {
		size_t at = first;
		while (at < plan->series_count && !th_slice_eq(plan->series[at].name, file->row[i].series))
			at++;
		th_plan_series *series = &plan->series[at];
		if (at == plan->series_count) {
			*series = (th_plan_series){.name = file->row[i].series, .file = file->path, .source = file->row[i].source,
			                           .point = th_plan_room(p, file->count, sizeof *series->point)};
			if (!series->point)
				return;
			plan->series_count++;
		}
		series->point[series->points++] = (th_point){file->row[i].year, file->row[i].mass};
	}
	for (size_t i = first; i < plan->series_count; i++)
		series_terms(p, &plan->series[i], file);
}

void th_plan_read_series(th_planning *p, const th_reference *reference)
{
	th_case_plan *plan = p->plan;
	const th_plan_options *o = &plan->options;
	size_t room = 1;
	plan->yearly = th_plan_room(p, o->series_count + 1, sizeof *plan->yearly);
	for (size_t i = 0; plan->yearly && i < o->series_count; i++) {
		th_check_worse(p->s, th_yearly_load(reference, o->series[i], &plan->arena, p->s->diags, &plan->yearly[i]));
		room += plan->yearly[i].count;
		plan->yearlys++;
	}
	plan->series = th_plan_room(p, room, sizeof *plan->series);
}

static void trend_failed(th_planning *p, const th_plan_series *series, th_trend_error error)
{
	static const char *const what[] = {[TH_TREND_YEAR] = "year", [TH_TREND_RANGE] = "2^100"};
	if (error == TH_TREND_AS_OF) {
		th_report(p->s->diags, TH_AS_OF_PAST, (th_pos){NULL, 0, 0, NULL}, th_plan_printf(p, "%d", p->plan->options.as_of), series->file,
		          th_plan_printf(p, "%d", series->point[series->points - 1].year), (char *)NULL);
		th_check_worse(p->s, TH_USAGE);
		return;
	}
	if (error == TH_TREND_NO_MEMORY) {
		th_check_no_memory(p->s);
		return;
	}
	size_t at = (size_t)error;
	th_check_worse(p->s, th_report(p->s->diags, TH_PLAN_LARGE, (th_pos){series->file, 1, 1, NULL},
	                                th_plan_printf(p, "%s: %s", series->file, at < sizeof what / sizeof *what && what[at] ? what[at] : "trend.json"),
	                                (char *)NULL));
}

void th_plan_trends(th_planning *p)
{
	th_case_plan *plan = p->plan;
	if (!plan->series)
		return;
	if (plan->a->account)
		inventory_series(p);
	for (size_t i = 0; i < plan->yearlys; i++)
		split_file(p, &plan->yearly[i]);
	for (size_t i = 0; i < plan->series_count && p->s->status == TH_OK; i++) {
		th_plan_series *series = &plan->series[i];
		th_trend_error error = th_trend_run(series->point, series->points, plan->options.as_of, &plan->rules, &plan->arena, &series->trend);
		if (error != TH_TREND_OK)
			trend_failed(p, series, error);
	}
}

/* --- decomposition of the inventory --- */

/* The row of an activity in both years; false when it cannot be divided. */
static bool lmdi_row(const th_plan_cell *from, const th_plan_cell *to, th_lmdi_row *row)
{
	static const th_plan_cell none = {0};
	from = from ? from : &none;
	to = to ? to : &none;
	const double quantity[2] = {th_mass_double(from->quantity), th_mass_double(to->quantity)};
	*row = (th_lmdi_row){{quantity[0], quantity[0], from->gross}, {quantity[1], quantity[1], to->gross}};
	bool alike = !from->counted || !to->counted || th_unit_same_dimension(&from->unit, &to->unit);
	return alike && !from->uncountable && !to->uncountable && from->gross >= 0 && to->gross >= 0 && quantity[0] >= 0 && quantity[1] >= 0;
}

/* `once`: activities of one year only. */
static void decompose_activity(th_planning *p, th_slice activity, th_buf *once)
{
	th_plan_lmdi *out = &p->plan->lmdi;
	const th_plan_cell *from = th_plan_cell_of(p->plan, activity, out->from), *to = th_plan_cell_of(p->plan, activity, out->to);
	th_plan_term *term = &out->row[out->rows];
	th_lmdi_row row;
	size_t bad;
	*term = (th_plan_term){.activity = activity};
	term->divided = lmdi_row(from, to, &row) && th_lmdi(&row, 1, NULL, &term->terms, &bad) == TH_LMDI_OK;
	term->terms.change = row.to.mass - row.from.mass;
	if (row.to.mass == 0 && row.from.mass == 0)
		return;
	out->rows++;
	if (term->divided && (!from || !to)) {
		th_buf_str(once, once->len ? ", " : "");
		th_plan_put_activity(p, activity, once);
		th_buf_printf(once, " (%d)", from ? out->from : out->to);
	}
	out->sum.change += term->terms.change;
	if (term->divided) {
		out->sum.activity += term->terms.activity;
		out->sum.intensity += term->terms.intensity;
		out->sum.factor += term->terms.factor;
		return;
	}
	out->undivided += term->terms.change;
	if (row.from.mass < 0 || row.to.mass < 0 || row.from.quantity < 0 || row.to.quantity < 0) {
		bool first = row.from.mass < 0 || row.from.quantity < 0;
		th_plan_caveat(p, TH_PLAN_NO_LOGARITHM, p->plan->a->file[TH_CASE_INVENTORY].path, 0, th_plan_activity_name(p, activity),
		               th_plan_printf(p, "%d", first ? out->from : out->to), (char *)NULL);
		return;
	}
	th_plan_caveat(p, TH_PLAN_NO_QUANTITY, p->plan->a->file[TH_CASE_INVENTORY].path, 0, th_plan_activity_name(p, activity), (char *)NULL);
}

void th_plan_decompose(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_plan_lmdi *out = &plan->lmdi;
	const th_plan_options *o = &plan->options;
	int first = 0, last = 0;
	th_buf once = {0};
	for (size_t i = 0; i < plan->a->years; i++)
		if (th_check_whole_year(plan->a, plan->a->year[i].year)) {
			last = plan->a->year[i].year;
			first = first ? first : last;
		}
	out->from = o->from ? o->from : first;
	out->to = o->to ? o->to : last;
	if (!first || out->from >= out->to || !th_check_whole_year(plan->a, out->from) || !th_check_whole_year(plan->a, out->to))
		return;
	out->row = th_plan_room(p, plan->cells + 1, sizeof *out->row);
	for (size_t i = 0; out->row && i < plan->cells; i++)
		if (i == 0 || !th_slice_eq(plan->cell[i].activity, plan->cell[i - 1].activity))
			decompose_activity(p, plan->cell[i].activity, &once);
	bool any = once.len > 0;
	const char *names = th_check_built(p->s, &once);
	if (any)
		th_plan_caveat(p, TH_PLAN_ONE_YEAR_ONLY, plan->a->file[TH_CASE_INVENTORY].path, 0, names, (char *)NULL);
	out->done = out->row != NULL;
}
