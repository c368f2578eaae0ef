/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which measure does what: from the base year's gross emissions over growth and each measure to what is planned, and to the target. Each bar begins where the one
 * before it ends, so the picture is a sum. Removals and credits are no part of gross emissions and not in it. */
#include <stdlib.h>

#include "report/drawing.h"

enum { LEFT = 290, RIGHT = 650, MOST = 24 };

typedef struct bridge {
	th_drawing d;
	const th_case_plan *plan;
	const th_path_year *base, *end;
	const th_path_target_result *target; /* NULL: none of gross emissions */
	th_slice phase;
	th_scale scale;
	double y;
	th_mass at;              /* where the next bar begins */
} bridge;

/* --- the sum --- */

/* To the year of the last target of gross emissions, else to the last year. */
static void choose_end(bridge *b)
{
	const th_path *path = &b->plan->path;
	int year = 0;
	b->base = path->year;
	b->end = &path->year[path->years - 1];
	for (size_t i = 0; i < path->input->targets; i++)
		if (path->input->target[i].kind == TH_PATH_GROSS && path->input->target[i].year >= year) {
			year = path->input->target[i].year;
			b->target = &path->target[i];
			b->phase = path->input->target[i].phase;
		}
	for (size_t t = 0; t < path->years && year; t++)
		if (path->year[t].year == year)
			b->end = &path->year[t];
}

static bool is_in(const bridge *b, size_t measure)
{
	return b->plan->path.input->measure[measure].kind == TH_PATH_REDUCTION && b->end->measure[measure] != 0;
}

static th_mass growth_of(const bridge *b)
{
	return b->end->bau - b->base->gross;
}

/* What is planned less what the bars before it come to: 0, but where the path knows of more than these. */
static th_mass rest_of(const bridge *b)
{
	th_mass rest = b->end->gross - b->base->gross - growth_of(b);
	for (size_t i = 0; i < b->plan->path.input->measures; i++)
		if (is_in(b, i))
			rest += b->end->measure[i];
	return rest;
}

static int by_size(const void *left, const void *right)
{
	const th_mass *a = left, *b = right;
	return (*a < *b) - (*a > *b);
}

/* The smallest that has a bar of its own; where there are too many, the others are one bar. */
static th_mass least_shown(bridge *b)
{
	size_t count = 0, measures = b->plan->path.input->measures;
	th_mass *size = th_arena_alloc(b->d.picture.arena, measures + 1, sizeof *size);
	b->d.picture.failed |= !size;
	for (size_t i = 0; size && i < measures; i++)
		if (is_in(b, i))
			size[count++] = b->end->measure[i];
	if (count <= MOST)
		return 0;
	qsort(size, count, sizeof *size, by_size);
	return size[MOST - 1];
}

/* --- bars --- */

static void draw_bar(bridge *b, th_slice name, th_mass from, th_mass to, th_tone tone, th_look look, bool change)
{
	th_page *p = b->d.page;
	th_mass low = from < to ? from : to, high = from < to ? to : from, shown = change ? to - from : to;
	double left = th_on(&b->scale, th_tonnes(low)), right = th_on(&b->scale, th_tonnes(high));
	th_page_text(p, name);
	th_drawing_text(&b->d, LEFT - 8, b->y + 17, change ? th_body(TH_ANCHOR_END) : th_strong(TH_ANCHOR_END), LEFT - 12);
	th_draw_box(&b->d.picture, left, b->y + 4, right - left < 1.2 ? 1.2 : right - left, TH_ROW - 8, tone, look);
	th_drawing_exact(&b->d, name, shown);
	th_say_mass(p, shown, change);
	th_drawing_text(&b->d, right + 7, b->y + 17, change ? th_body(TH_ANCHOR_START) : th_strong(TH_ANCHOR_START), 0);
	b->y += TH_ROW;
	b->at = to;
}

static void draw_measures(bridge *b)
{
	th_page *p = b->d.page;
	const th_path_input *input = b->plan->path.input;
	th_mass least = least_shown(b), others = 0;
	size_t count = 0, shown = 0;
	for (size_t i = 0; i < input->measures; i++) {
		if (!is_in(b, i))
			continue;
		if (b->end->measure[i] < least || (least && shown == MOST)) {
			others += b->end->measure[i];
			count++;
			continue;
		}
		shown++;
		th_page_text(p, input->measure[i].id);
		th_page_text(p, TH_S(" "));
		th_page_text(p, b->plan->a->measures.measure[b->plan->measure_of[i]].name);
		draw_bar(b, th_doc_take(&p->doc), b->at, b->at - b->end->measure[i], TH_TONE_OTHER, TH_LOOK_SOLID, true);
	}
	if (count == 0)
		return;
	TH_SAY(p, W_F_OTHER_MEASURES, th_fill_integer((long long)count));
	draw_bar(b, th_doc_take(&p->doc), b->at, b->at - others, TH_TONE_OTHER, TH_LOOK_SOLID, true);
}

static void draw_year(bridge *b, th_label label, int year, th_mass gross)
{
	TH_SAY(b->d.page, label, th_fill_integer(year));
	draw_bar(b, th_doc_take(&b->d.page->doc), 0, gross, TH_TONE_INK, TH_LOOK_SOLID, false);
}

static void draw_bars(bridge *b)
{
	th_page *p = b->d.page;
	draw_year(b, W_F_GROSS_IN, b->base->year, b->base->gross);
	draw_bar(b, th_page_word(p, W_F_GROWTH), b->at, b->at + growth_of(b), TH_TONE_MUTED, TH_LOOK_SOLID, true);
	draw_measures(b);
	if (rest_of(b))
		draw_bar(b, th_page_word(p, W_F_REST), b->at, b->at + rest_of(b), TH_TONE_MUTED, TH_LOOK_SOLID, true);
	draw_year(b, W_F_PLANNED_IN, b->end->year, b->end->gross);
	if (!b->target)
		return;
	TH_SAY(p, W_F_TARGET, th_fill_text(b->phase));
	draw_bar(b, th_doc_take(&p->doc), 0, b->target->limit, TH_TONE_SCOPE1, TH_LOOK_DASHED, false);
}

/* --- its table --- */

static void put_row(th_page *p, th_slice name, th_mass mass, bool change)
{
	th_page_text(p, name);
	th_doc_end(&p->doc);
	if (change)
		th_page_change(p, mass);
	else
		th_page_mass(p, mass);
}

static void put_year(th_page *p, th_label label, int year, th_mass gross)
{
	TH_SAY(p, label, th_fill_integer(year));
	put_row(p, TH_S(""), gross, false);
}

static void put_rows(th_page *p, const bridge *b)
{
	static const th_page_column columns[] = {{W_F_STEP, TH_DOC_WORD}, {W_TONNES, TH_DOC_MASS}};
	const th_path_input *input = b->plan->path.input;
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	put_year(p, W_F_GROSS_IN, b->base->year, b->base->gross);
	put_row(p, th_page_word(p, W_F_GROWTH), growth_of(b), true);
	for (size_t i = 0; i < input->measures; i++) {
		if (!is_in(b, i))
			continue;
		th_page_text(p, input->measure[i].id);
		th_page_text(p, TH_S(" "));
		put_row(p, b->plan->a->measures.measure[b->plan->measure_of[i]].name, -b->end->measure[i], true);
	}
	if (rest_of(b))
		put_row(p, th_page_word(p, W_F_REST), rest_of(b), true);
	put_year(p, W_F_PLANNED_IN, b->end->year, b->end->gross);
	if (!b->target)
		return;
	TH_SAY(p, W_F_TARGET, th_fill_text(b->phase));
	put_row(p, TH_S(""), b->target->limit, false);
	put_row(p, th_page_word(p, W_P_H_GAP), b->target->gap, true);
}

void th_put_bridge_picture(th_page *p, const th_case_plan *plan)
{
	bridge b = {.plan = plan};
	if (!th_has_path(plan) || plan->path.year[0].gross <= 0) {
		th_page_paragraph(p, W_P_PATH_NONE);
		return;
	}
	choose_end(&b);
	th_mass most = b.end->bau > b.base->gross ? b.end->bau : b.base->gross;
	most = b.target && b.target->limit > most ? b.target->limit : most;
	b.d = th_drawing_begin(p, 0, most);
	b.scale = (th_scale){.at = LEFT, .length = RIGHT - LEFT, .most = th_tonnes(most)};
	draw_bars(&b);
	b.d.picture.height = b.y + 4;
	TH_SAY(p, W_F_BRIDGE, th_fill_integer(b.base->year), th_fill_integer(b.end->year), th_fill_mass(b.end->bau - b.end->gross), th_fill_mass(b.end->gross));
	th_drawing_end(&b.d, W_F_BRIDGE_ABOUT);
	th_drawing_table(p, W_F_BRIDGE_TABLE);
	put_rows(p, &b);
}
