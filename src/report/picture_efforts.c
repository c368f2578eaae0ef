/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When the measures are built and work, and what they cost. */
#include <math.h>

#include "report/drawing.h"

static const th_measure *stated(const th_case_plan *plan, size_t i)
{
	return &plan->a->measures.measure[plan->measure_of[i]];
}

/* `M1 屋顶光伏`; the page's open text. */
static void say_measure(th_page *p, const th_case_plan *plan, size_t i)
{
	th_page_text(p, plan->path.input->measure[i].id);
	th_page_text(p, TH_S(" "));
	th_page_text(p, stated(plan, i)->name);
}

/* --- when --- */

enum { LEFT = 250, RIGHT = 640, HEAD = 26, MOST = 36 };

typedef struct schedule {
	th_drawing d;
	const th_case_plan *plan;
	th_scale x;
	int from, to;            /* years; `to` ends the picture */
} schedule;

/* Its last year with effect; 0: for good. */
static int end_of(const th_path_measure *m)
{
	int years = (int)th_decimal_double(m->lifetime);
	return m->end || years < 1 ? m->end : m->start + years - 1;
}

static double at_year(const schedule *s, int year)
{
	int shown = year < s->from ? s->from : year > s->to ? s->to : year;
	return th_on(&s->x, shown - s->from);
}

static void draw_works(schedule *s, double y, const th_measure *m)
{
	if (!m->has_start || !m->has_end || m->end.last_year < s->from || m->start.first_year >= s->to)
		return;
	double from = at_year(s, m->start.first_year), to = at_year(s, m->end.last_year + 1);
	th_draw_segment(&s->d.picture, (th_spot){from, y + 13}, (th_spot){to, y + 13}, 3, TH_TONE_MUTED, TH_LOOK_SOLID);
}

static void draw_measure(schedule *s, double y, size_t i)
{
	th_page *p = s->d.page;
	const th_path_measure *m = &s->plan->path.input->measure[i];
	int end = end_of(m);
	double from = at_year(s, m->start), to = end ? at_year(s, end + 1) : at_year(s, s->to);
	say_measure(p, s->plan, i);
	th_drawing_text(&s->d, LEFT - 8, y + 17, th_body(TH_ANCHOR_END), LEFT - 12);
	draw_works(s, y, stated(s->plan, i));
	if (to > from)
		th_draw_box(&s->d.picture, from, y + 6, to - from, TH_ROW - 12, TH_TONE_OTHER, m->required ? TH_LOOK_SOLID : TH_LOOK_HOLLOW);
	say_measure(p, s->plan, i);
	th_slice name = th_doc_take(&p->doc);
	if (to > from)
		th_drawing_exact(&s->d, name, m->reduction);
	th_say_mass(p, m->reduction, false);
	th_drawing_text(&s->d, TH_ACROSS - 2, y + 17, th_body(TH_ANCHOR_END), 0);
}

static void choose_years(schedule *s)
{
	const th_path *path = &s->plan->path;
	s->from = path->year[0].year;
	s->to = path->year[path->years - 1].year + 1;
	for (size_t i = 0; i < path->input->measures; i++) {
		const th_measure *m = stated(s->plan, i);
		if (m->has_start && m->start.first_year < s->from && m->start.first_year > s->from - 10)
			s->from = m->start.first_year;
	}
}

static void draw_frame(schedule *s, double bottom)
{
	th_page *p = s->d.page;
	int years = s->to - s->from, every = 1;
	s->x = (th_scale){.at = LEFT, .length = RIGHT - LEFT, .most = years};
	while ((RIGHT - LEFT) * every / years < 36)
		every++;
	for (int year = s->from; year <= s->to; year += every) {
		double x = at_year(s, year), middle = at_year(s, year + 1);
		th_draw_segment(&s->d.picture, (th_spot){x, HEAD - 4}, (th_spot){x, bottom}, 1, TH_TONE_FAINT, TH_LOOK_SOLID);
		if (year == s->to)
			continue;
		th_buf_printf(&p->doc.text, "%d", year);
		th_drawing_text(&s->d, (x + middle) / 2, 14, th_small(TH_ANCHOR_MIDDLE), 0);
	}
	th_drawing_word(&s->d, TH_ACROSS - 2, 14, W_F_PER_YEAR, th_small(TH_ANCHOR_END), 0);
}

static void put_schedule(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_P_H_MEASURE, TH_DOC_WORD}, {W_H_GAS_NAME, TH_DOC_WORD}, {W_F_WORKS_FROM, TH_DOC_WORD}, {W_F_WORKS_TO, TH_DOC_WORD}, {W_P_H_FROM, TH_DOC_YEAR},
		{W_P_H_TO, TH_DOC_YEAR}, {W_P_H_STATED, TH_DOC_MASS}, {W_F_DECIDED, TH_DOC_WORD},
	};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < plan->path.input->measures; i++) {
		const th_path_measure *m = &plan->path.input->measure[i];
		th_doc_cell_text(&p->doc, m->id);
		th_doc_cell_text(&p->doc, stated(plan, i)->name);
		th_doc_cell_text(&p->doc, stated(plan, i)->start_text);
		th_doc_cell_text(&p->doc, stated(plan, i)->end_text);
		th_doc_year(&p->doc, m->start);
		th_doc_year(&p->doc, end_of(m));
		th_page_mass(p, m->reduction);
		th_page_cell(p, m->required ? W_P_YES : W_F_NOT_YET);
	}
}

static void draw_schedule(th_page *p, const th_case_plan *plan)
{
	const th_path_input *input = plan->path.input;
	size_t shown = input->measures < MOST ? input->measures : MOST, decided = 0;
	double bottom = HEAD + TH_ROW * (double)shown;
	th_mass most = 0;
	for (size_t i = 0; i < input->measures; i++) {
		most = input->measure[i].reduction > most ? input->measure[i].reduction : most;
		decided += input->measure[i].required;
	}
	schedule s = {.d = th_drawing_begin(p, bottom + 4, most), .plan = plan};
	choose_years(&s);
	draw_frame(&s, bottom);
	for (size_t i = 0; i < shown; i++)
		draw_measure(&s, HEAD + TH_ROW * (double)i, i);
	if (shown < input->measures) {
		TH_SAY(p, W_F_MORE_MEASURES, th_fill_integer((long long)(input->measures - shown)));
		s.d.picture.height += 18;
		th_drawing_text(&s.d, LEFT, bottom + 14, th_small(TH_ANCHOR_START), 0);
	}
	TH_SAY(p, W_F_SCHEDULE, th_fill_integer((long long)input->measures), th_fill_integer((long long)decided));
	th_drawing_end(&s.d, W_F_SCHEDULE_ABOUT);
}

void th_put_schedule_picture(th_page *p, const th_case_plan *plan, bool table)
{
	if (!plan->has_base || plan->path.input->measures == 0 || plan->path.years == 0) {
		th_page_paragraph(p, W_P_MEASURES_NONE);
		return;
	}
	draw_schedule(p, plan);
	if (!table)
		return;
	th_drawing_table(p, W_F_SCHEDULE_TABLE);
	put_schedule(p, plan);
}

/* --- what it costs --- */

enum { COST_LEFT = 84, COST_RIGHT = 735, COST_TOP = 34, COST_BOTTOM = 300, COST_HEIGHT = 345, STEPS = 6 };
#define COST_MOST 1e9 /* yuan for a tonne; beyond it is no cost curve */

typedef struct curve {
	th_drawing d;
	const th_case_plan *plan;
	double low, high, step;  /* yuan for a tonne */
	th_scale x;
} curve;

static double at_cost(const curve *c, double cost)
{
	return COST_BOTTOM - (COST_BOTTOM - COST_TOP) * (cost - c->low) / (c->high - c->low);
}

static bool is_drawn(const th_path_cost *cost)
{
	return cost->has_per_tonne && cost->after > 0 && fabs(cost->per_tonne) < COST_MOST;
}

static void measure_curve(curve *c, th_mass *sum, th_mass *gain)
{
	const th_path *path = &c->plan->path;
	for (size_t i = 0; i < path->costs; i++) {
		const th_path_cost *cost = &path->cost[i];
		if (!is_drawn(cost))
			continue;
		c->low = cost->per_tonne < c->low ? cost->per_tonne : c->low;
		c->high = cost->per_tonne > c->high ? cost->per_tonne : c->high;
		*sum += cost->after;
		*gain += cost->per_tonne < 0 ? cost->after : 0;
	}
	c->step = th_axis_step(c->high - c->low, STEPS);
	c->low = floor(c->low / c->step) * c->step;
	c->high = c->high > 0 ? ceil(c->high / c->step) * c->step : 0;
}

static void draw_costs_axis(curve *c)
{
	th_page *p = c->d.page;
	for (int i = 0; c->low + i * c->step <= c->high + c->step / 2; i++) {
		double cost = c->low + i * c->step, y = at_cost(c, cost);
		bool zero = fabs(cost) < c->step / 2;
		th_draw_segment(&c->d.picture, (th_spot){COST_LEFT, y}, (th_spot){COST_RIGHT, y}, zero ? 1.5 : 1, zero ? TH_TONE_INK : TH_TONE_FAINT, TH_LOOK_SOLID);
		th_put_mass_rounded(&p->doc.text, (th_mass)nearbyint(cost) * 1000000000, 0, 0, true);
		th_drawing_text(&c->d, COST_LEFT - 8, y + 4, th_small(TH_ANCHOR_END), 0);
	}
	th_drawing_word(&c->d, 0, 14, W_F_PER_TONNE, th_small(TH_ANCHOR_START), 0);
	th_drawing_word(&c->d, COST_RIGHT, COST_BOTTOM + 38, W_F_CUMULATED, th_small(TH_ANCHOR_END), 0);
}

static void draw_cost(curve *c, const th_path_cost *cost, th_mass before)
{
	th_page *p = c->d.page;
	double left = th_on(&c->x, th_tonnes(before)), right = th_on(&c->x, th_tonnes(before + cost->after)), zero = at_cost(c, 0), end = at_cost(c, cost->per_tonne);
	double top = cost->per_tonne < 0 ? zero : end, middle = (left + right) / 2;
	const th_spot near[] = {{middle, top - 5}, {middle, top - 20}, {middle, top - 35}, {middle, (cost->per_tonne < 0 ? end : zero) + 15}};
	th_draw_box(&c->d.picture, left, top, right - left < 1 ? 1 : right - left, fabs(end - zero), cost->per_tonne < 0 ? TH_TONE_SCOPE3 : TH_TONE_SCOPE2, TH_LOOK_SOLID);
	say_measure(p, c->plan, cost->measure);
	th_drawing_exact(&c->d, th_doc_take(&p->doc), cost->after);
	th_page_text(p, c->plan->path.input->measure[cost->measure].id);
	th_drawing_near(&c->d, near, sizeof near / sizeof *near, th_strong(TH_ANCHOR_MIDDLE));
}

static void put_costs(th_page *p, const th_case_plan *plan)
{
	static const th_page_column columns[] = {
		{W_P_H_MEASURE, TH_DOC_WORD}, {W_H_GAS_NAME, TH_DOC_WORD}, {W_P_H_ALONE, TH_DOC_MASS}, {W_P_H_AFTER, TH_DOC_MASS}, {W_P_H_SUM, TH_DOC_MASS},
		{W_P_H_PER_TONNE, TH_DOC_MONEY},
	};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < plan->path.costs; i++) {
		const th_path_cost *cost = &plan->path.cost[i];
		th_doc_cell_text(&p->doc, plan->path.input->measure[cost->measure].id);
		th_doc_cell_text(&p->doc, stated(plan, cost->measure)->name);
		th_page_mass(p, cost->alone);
		th_page_mass(p, cost->after);
		th_page_mass(p, cost->sum);
		if (cost->has_per_tonne)
			th_doc_real(&p->doc, cost->per_tonne, 1);
		else
			th_doc_none(&p->doc);
	}
}

void th_put_cost_picture(th_page *p, const th_case_plan *plan, bool table)
{
	curve c = {.plan = plan};
	th_mass sum = 0, gain = 0, before = 0;
	if (!plan->has_base || !plan->has_discount || plan->path.costs == 0) {
		th_page_paragraph(p, W_P_MACC_NONE);
		return;
	}
	measure_curve(&c, &sum, &gain);
	if (sum > 0) {
		c.d = th_drawing_begin(p, COST_HEIGHT, sum);
		c.x = th_axis_right(&c.d, COST_LEFT, COST_RIGHT, COST_BOTTOM, COST_BOTTOM + 4, th_tonnes(sum));
		draw_costs_axis(&c);
		for (size_t i = 0; i < plan->path.costs; i++)
			if (is_drawn(&plan->path.cost[i])) {
				draw_cost(&c, &plan->path.cost[i], before);
				before += plan->path.cost[i].after;
			}
		c.d.picture.screen = true;
		TH_SAY(p, W_F_COSTS, th_fill_mass(sum), th_fill_mass(gain));
		th_drawing_end(&c.d, W_F_COSTS_ABOUT);
	} else
		th_page_paragraph(p, W_F_COSTS_NONE);
	if (!table)
		return;
	th_drawing_table(p, W_F_COSTS_TABLE);
	put_costs(p, plan);
}
