/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Do the measures reach the targets: business as usual, the way with measures, the targets and what lacks to the last of them. */
#include "report/drawing.h"

enum { LEFT = 84, RIGHT = 550, TOP = 34, BOTTOM = 300, HEIGHT = 330, APART = 17 };

typedef struct way {
	th_drawing d;
	const th_path *path;
	th_scale x, y;
	struct line_end {
		double y;
		th_slice text;
		bool strong;
	} end[4];
	size_t ends;
} way;

static double at_year(const way *w, int year)
{
	return th_on(&w->x, year - w->path->year[0].year);
}

static double at_mass(const way *w, th_mass mass)
{
	return th_on(&w->y, th_tonnes(mass > 0 ? mass : 0));
}

static bool has_net(const th_path *path)
{
	for (size_t i = 0; i < path->ladders; i++)
		if (path->ladder[i].kind == TH_PATH_NET)
			return true;
	return false;
}

/* --- lines --- */

typedef th_mass number_of(const th_path_year *year);

static th_mass bau_of(const th_path_year *y)
{
	return y->bau;
}

static th_mass gross_of(const th_path_year *y)
{
	return y->gross;
}

static th_mass net_of(const th_path_year *y)
{
	return y->net;
}

static th_mass low_of(const th_path_year *y)
{
	return y->bau_low;
}

static th_mass high_of(const th_path_year *y)
{
	return y->bau_high;
}

static th_spot *spots_of(way *w, number_of *number, bool back, th_spot *spot)
{
	size_t years = w->path->years;
	for (size_t t = 0; spot && t < years; t++) {
		const th_path_year *y = &w->path->year[back ? years - 1 - t : t];
		spot[t] = (th_spot){at_year(w, y->year), at_mass(w, number(y))};
	}
	return spot;
}

static th_spot *room_for(way *w, size_t spots)
{
	th_spot *spot = th_arena_alloc(w->d.picture.arena, spots, sizeof *spot);
	w->d.picture.failed |= !spot;
	return spot;
}

static void draw_line(way *w, number_of *number, th_label name, double width, th_tone tone, th_look look)
{
	th_page *p = w->d.page;
	const th_path_year *last = &w->path->year[w->path->years - 1];
	th_spot *spot = spots_of(w, number, false, room_for(w, w->path->years));
	if (!spot)
		return;
	th_draw_line(&w->d.picture, spot, w->path->years, width, tone, look);
	th_drawing_exact(&w->d, th_page_word(p, name), number(last));
	th_page_say(p, name);
	th_page_text(p, TH_S(" "));
	th_say_mass(p, number(last), false);
	w->end[w->ends++] = (struct line_end){at_mass(w, number(last)), th_doc_take(&p->doc), look == TH_LOOK_SOLID && width > 2};
}

/* Between the bounds of a fitted trend; else between the two lines, which is what the measures save. */
static void draw_band(way *w, number_of *upper, number_of *lower)
{
	size_t years = w->path->years;
	th_spot *spot = room_for(w, 2 * years);
	if (spots_of(w, upper, false, spot) && spots_of(w, lower, true, spot + years))
		th_draw_area(&w->d.picture, spot, 2 * years, TH_TONE_SOFT, TH_LOOK_SOLID);
}

/* --- targets --- */

static void draw_target(way *w, size_t i)
{
	th_page *p = w->d.page;
	const th_path_target *target = &w->path->input->target[i];
	const th_path_target_result *result = &w->path->target[i];
	double x = at_year(w, target->year), y = at_mass(w, result->limit);
	const th_spot near[] = {{x - 12, y + 20}, {x - 12, y - 12}, {x - 12, y + 36}, {x - 12, y - 28}, {x - 12, y + 52}, {x - 12, y - 44}, {x - 12, y - 60}, {x - 12, y - 76}};
	th_draw_box(&w->d.picture, x - 5.5, y - 5.5, 11, 11, TH_TONE_SCOPE1, result->met ? TH_LOOK_SOLID : TH_LOOK_HOLLOW);
	TH_SAY(p, W_F_TARGET, th_fill_text(target->phase));
	th_slice name = th_doc_take(&p->doc);
	th_drawing_exact(&w->d, name, result->limit);
	th_page_text(p, name);
	th_page_text(p, TH_S(" "));
	th_say_mass(p, result->limit, false);
	th_page_text(p, result->met ? TH_S(" ✓") : TH_S(" ✗"));
	th_drawing_near(&w->d, near, sizeof near / sizeof *near, th_body(TH_ANCHOR_END));
}

/* The last target that the line of gross or of net emissions is to meet. */
static const th_path_target_result *last_target(const th_path *path, size_t *which)
{
	const th_path_target_result *last = NULL;
	for (size_t i = 0; i < path->input->targets; i++)
		if (path->input->target[i].kind != TH_PATH_INTENSITY && (!last || path->input->target[i].year >= path->input->target[*which].year)) {
			last = &path->target[i];
			*which = i;
		}
	return last;
}

static void draw_gap(way *w)
{
	th_page *p = w->d.page;
	size_t which = 0;
	const th_path_target_result *last = last_target(w->path, &which);
	if (!last || last->gap <= 0)
		return;
	int year = w->path->input->target[which].year;
	double x = at_year(w, year) + (year == w->path->year[w->path->years - 1].year ? 4 : 0), from = at_mass(w, last->planned), to = at_mass(w, last->limit);
	th_draw_segment(&w->d.picture, (th_spot){x, from}, (th_spot){x, to}, 2, TH_TONE_SCOPE1, TH_LOOK_SOLID);
	TH_SAY(p, W_F_GAP, th_fill_mass(last->gap));
	if (year == w->path->year[w->path->years - 1].year) {
		w->end[w->ends++] = (struct line_end){(from + to) / 2 + 4, th_doc_take(&p->doc), false};
		return;
	}
	const th_spot near[] = {{x + 8, (from + to) / 2 + 4}, {x + 8, from - 14}, {x + 8, to + 20}};
	th_drawing_near(&w->d, near, sizeof near / sizeof *near, th_body(TH_ANCHOR_START));
}

/* Labels at the ends of the lines, from above, each a line of text below the one before. */
static void draw_ends(way *w)
{
	for (size_t i = 1; i < w->ends; i++)
		for (size_t k = i; k > 0 && w->end[k].y < w->end[k - 1].y; k--) {
			struct line_end swap = w->end[k];
			w->end[k] = w->end[k - 1];
			w->end[k - 1] = swap;
		}
	for (size_t i = 1; i < w->ends; i++)
		if (w->end[i].y < w->end[i - 1].y + APART)
			w->end[i].y = w->end[i - 1].y + APART;
	double over = w->ends ? w->end[w->ends - 1].y - BOTTOM : 0;
	for (size_t i = 0; i < w->ends; i++)
		th_draw_text(&w->d.picture, RIGHT + 10, w->end[i].y + 4 - (over > 0 ? over : 0), w->end[i].text,
		             w->end[i].strong ? th_strong(TH_ANCHOR_START) : th_body(TH_ANCHOR_START), TH_ACROSS - RIGHT - 10);
}

/* --- the picture --- */

static void say_title(way *w)
{
	th_page *p = w->d.page;
	size_t which = 0;
	const th_path_target_result *last = last_target(w->path, &which);
	const th_path_year *end = &w->path->year[w->path->years - 1];
	if (last)
		TH_SAY(p, last->gap > 0 ? W_F_PATH_ABOVE : W_F_PATH_BELOW, th_fill_integer(w->path->input->target[which].year),
		       th_fill_mass(last->gap > 0 ? last->gap : -last->gap));
	else
		TH_SAY(p, W_F_PATH, th_fill_integer(end->year), th_fill_mass(end->gross), th_fill_mass(end->bau));
}

static th_mass largest(const th_path *path)
{
	th_mass most = 0;
	for (size_t t = 0; t < path->years; t++) {
		most = path->year[t].bau_high > most ? path->year[t].bau_high : most;
		most = path->year[t].bau > most ? path->year[t].bau : most;
	}
	for (size_t i = 0; i < path->input->targets; i++)
		most = path->target[i].limit > most ? path->target[i].limit : most;
	return most;
}

static void draw(th_page *p, const th_case_plan *plan)
{
	const th_path *path = &plan->path;
	th_mass most = largest(path);
	way w = {.d = th_drawing_begin(p, HEIGHT, most), .path = path};
	th_drawing_word(&w.d, 0, 14, W_TONNES, th_small(TH_ANCHOR_START), 0);
	w.y = th_axis_up(&w.d, LEFT, RIGHT, BOTTOM, TOP, th_tonnes(most));
	w.x = th_axis_years(&w.d, LEFT + 14, RIGHT - 8, BOTTOM, path->year[0].year, path->year[path->years - 1].year);
	draw_band(&w, plan->trend_bau ? high_of : bau_of, plan->trend_bau ? low_of : gross_of);
	draw_line(&w, bau_of, W_P_H_BAU, 2, TH_TONE_MUTED, TH_LOOK_DASHED);
	if (has_net(path))
		draw_line(&w, net_of, W_P_H_NET, 2, TH_TONE_SCOPE3, TH_LOOK_SOLID);
	draw_line(&w, gross_of, W_P_H_GROSS, 3, TH_TONE_SCOPE2, TH_LOOK_SOLID);
	for (size_t i = 0; i < path->input->targets; i++)
		if (path->input->target[i].kind != TH_PATH_INTENSITY)
			draw_target(&w, i);
	draw_gap(&w);
	draw_ends(&w);
	say_title(&w);
	th_drawing_end(&w.d, plan->trend_bau ? W_F_PATH_ABOUT_BAND : W_F_PATH_ABOUT);
}

static void put_years(th_page *p, const th_path *path)
{
	static const th_page_column columns[] = {{W_P_H_YEAR, TH_DOC_YEAR}, {W_P_H_BAU, TH_DOC_MASS}, {W_P_H_GROSS, TH_DOC_MASS}, {W_P_H_NET, TH_DOC_MASS}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < path->input->targets; i++) {
		TH_SAY(p, W_F_TARGET, th_fill_text(path->input->target[i].phase));
		if (i + 4 < TH_DOC_COLUMNS)
			th_doc_column(&p->doc, TH_DOC_MASS, TH_S(""));
		else
			(void)th_doc_take(&p->doc);
	}
	for (size_t t = 0; t < path->years; t++) {
		th_doc_year(&p->doc, path->year[t].year);
		th_page_mass(p, path->year[t].bau);
		th_page_mass(p, path->year[t].gross);
		th_page_mass(p, path->year[t].net);
		for (size_t i = 0; i < path->input->targets && i + 4 < TH_DOC_COLUMNS; i++)
			if (path->input->target[i].year == path->year[t].year)
				th_page_mass(p, path->target[i].limit);
			else
				th_doc_end(&p->doc);
	}
}

void th_put_path_picture(th_page *p, const th_case_plan *plan, bool table)
{
	if (!th_has_path(plan) || largest(&plan->path) <= 0) {
		th_page_paragraph(p, W_P_PATH_NONE);
		return;
	}
	draw(p, plan);
	if (!table)
		return;
	th_drawing_table(p, W_F_PATH_TABLE);
	put_years(p, &plan->path);
}
