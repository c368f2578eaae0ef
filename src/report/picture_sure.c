/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the choice of a profile is worth, and how sure an account is: dots and ranges on one axis from 0. */
#include <math.h>
#include <stdlib.h>

#include "report/drawing.h"
#include "uncertainty/uncertainty.h"

enum { LEFT = 250, RIGHT = 590, TOP = 6, MOST_RANGES = 12 };

/* --- profiles --- */

typedef struct by_profile {
	const th_profile *profile;
	const th_profile_total *other; /* NULL: the account's own */
	bool known;
	th_mass gross;
} by_profile;

static by_profile profile_at(const th_account *a, size_t year, size_t i)
{
	const th_totals *t = &a->of_year[year].totals;
	if (i == 0)
		return (by_profile){.profile = a->profile, .known = true, .gross = t->gross};
	const th_profile_total *other = &a->other[i - 1];
	th_mass gross = !other->computed ? 0 : a->years > 1 ? a->of_year[year].other[i - 1] : other->gross;
	return (by_profile){&a->reference->profile[other->profile], other, other->computed, gross};
}

static void draw_profile(th_drawing *d, const th_scale *scale, double y, const by_profile *row, th_mass own)
{
	th_page *p = d->page;
	th_slice name = th_in_lang(p->lang, row->profile->name_zh, row->profile->name_en);
	double x = th_on(scale, th_tonnes(row->gross));
	th_page_text(p, name);
	th_drawing_text(d, LEFT - 10, y + 17, row->other ? th_body(TH_ANCHOR_END) : th_strong(TH_ANCHOR_END), LEFT - 14);
	if (!row->known) {
		th_drawing_word(d, LEFT + 8, y + 17, W_F_PROFILE_NONE, th_small(TH_ANCHOR_START), 0);
		return;
	}
	th_draw_segment(&d->picture, (th_spot){LEFT, y + 13}, (th_spot){x, y + 13}, 2, row->other ? TH_TONE_MUTED : TH_TONE_INK, TH_LOOK_SOLID);
	th_draw_dot(&d->picture, (th_spot){x, y + 13}, 6, row->other ? TH_TONE_OTHER : TH_TONE_INK, TH_LOOK_SOLID);
	th_drawing_exact(d, name, row->gross);
	th_say_mass(p, row->gross, false);
	if (row->other) {
		th_page_say(p, W_OPEN);
		th_say_mass(p, row->gross - own, true);
		th_page_say(p, W_CLOSE);
	}
	th_drawing_text(d, x + 12, y + 17, row->other ? th_body(TH_ANCHOR_START) : th_strong(TH_ANCHOR_START), 0);
}

static void put_profile(th_page *p, const th_account *a, const by_profile *row, th_mass own)
{
	th_doc_cell_text(&p->doc, row->profile->id);
	if (row->known) {
		th_page_mass(p, row->gross);
		th_page_change(p, row->gross - own);
		th_doc_cell_text(&p->doc, th_in_lang(p->lang, row->profile->name_zh, row->profile->name_en));
		return;
	}
	th_doc_none(&p->doc);
	th_doc_none(&p->doc);
	th_put_other_missing(p, a->reference, row->other);
}

static void put_profiles(th_page *p, const th_account *a, size_t year)
{
	static const th_page_column columns[] = {{W_H_PROFILE, TH_DOC_WORD}, {W_TONNES, TH_DOC_MASS}, {W_F_DIFFERENCE, TH_DOC_MASS}, {W_F_REMARK, TH_DOC_WORD}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i <= a->others; i++) {
		by_profile row = profile_at(a, year, i);
		put_profile(p, a, &row, a->of_year[year].totals.gross);
	}
}

/* The least and the most of what is known. */
static size_t spread_of(const th_account *a, size_t year, th_mass *least, th_mass *most)
{
	size_t known = 0;
	*least = *most = a->of_year[year].totals.gross;
	for (size_t i = 0; i <= a->others; i++) {
		by_profile row = profile_at(a, year, i);
		known += row.known;
		*least = row.known && row.gross < *least ? row.gross : *least;
		*most = row.known && row.gross > *most ? row.gross : *most;
	}
	return known;
}

static void draw_profiles(th_page *p, const th_account *a, size_t year, th_mass least, th_mass most)
{
	double bottom = TOP + TH_ROW * (double)(a->others + 1);
	th_drawing d = th_drawing_begin(p, bottom + 24, most);
	th_scale scale = th_axis_right(&d, LEFT, RIGHT, TOP, bottom, th_tonnes(most));
	for (size_t i = 0; i <= a->others; i++) {
		by_profile row = profile_at(a, year, i);
		draw_profile(&d, &scale, TOP + TH_ROW * (double)i, &row, a->of_year[year].totals.gross);
	}
	TH_SAY(p, W_F_PROFILES, th_fill_integer(a->year[year]), th_fill_mass(least), th_fill_mass(most));
	th_drawing_end(&d, W_F_PROFILES_ABOUT);
}

void th_put_profiles_picture(th_page *p, const th_account *a, int year, bool table)
{
	th_mass least, most;
	size_t at = 0;
	if (!th_year_totals(p, a, year))
		return;
	while (a->year[at] != year)
		at++;
	if (spread_of(a, at, &least, &most) > 1)
		draw_profiles(p, a, at, least, most);
	else
		th_page_paragraph(p, W_F_PROFILES_NONE);
	if (!table)
		return;
	th_drawing_table(p, W_F_PROFILES_TABLE);
	put_profiles(p, a, at);
}

/* --- ranges --- */

typedef struct range {
	th_slice name;
	int scope;
	double value, low, high; /* kg */
	double part;             /* of the variance; below zero: of the total, none */
} range;

static int by_part(const void *left, const void *right)
{
	const range *a = left, *b = right;
	return (a->part < b->part) - (a->part > b->part);
}

static range range_of(th_page *p, const th_category *c, double variance)
{
	range r = {.scope = c->scope, .value = c->row.current, .part = c->row.contribution / variance};
	r.low = r.value - fabs(r.value) * c->side.low / 100;
	r.high = r.value + fabs(r.value) * c->side.high / 100;
	th_page_text(p, th_in_lang(p->lang, c->name_zh, c->name_en));
	th_page_text(p, TH_S(" "));
	th_page_text(p, c->gas->name);
	r.name = th_doc_take(&p->doc);
	return r;
}

static const th_result *gross_of(const th_uncertainty *u)
{
	const th_result *found = NULL;
	for (size_t i = 0; i < u->results; i++)
		if (u->result[i].total == TH_TOTAL_GROSS && u->result[i].value > 0 && (u->result[i].year == u->year || (u->result[i].year == 0 && !u->base_year)))
			found = &u->result[i];
	return found;
}

/* The total, then the categories that make up 95 % of its variance; NULL without memory. */
static range *ranges_of(th_page *p, const th_uncertainty *u, const th_result *gross, size_t *count)
{
	range *list = th_arena_alloc(&p->doc.arena, u->categories + 1, sizeof *list);
	const th_range *whole = u->simulation.trials ? &gross->approach2 : &gross->approach1;
	double variance = 0, covered = 0;
	p->doc.failed |= !list;
	if (!list)
		return NULL;
	for (size_t i = 0; i < u->categories; i++)
		variance += u->category[i].row.contribution;
	for (size_t i = 0; i < u->categories && variance > 0; i++)
		list[1 + i] = range_of(p, &u->category[i], variance);
	list[0] = (range){.name = th_page_word(p, W_GROSS), .value = gross->value, .low = whole->low, .high = whole->high, .part = -1};
	*count = 1;
	if (variance <= 0)
		return list;
	qsort(list + 1, u->categories, sizeof *list, by_part);
	while (*count <= u->categories && *count <= MOST_RANGES && covered < .95) {
		covered += list[*count].part;
		++*count;
	}
	return list;
}

static th_mass mass_of(double kg)
{
	return (th_mass)nearbyint(kg * 1000) * 1000000;
}

static void draw_range(th_drawing *d, const th_scale *scale, double y, const range *r)
{
	enum { CAP = 5 };
	th_page *p = d->page;
	th_tone tone = r->part < 0 ? TH_TONE_INK : th_scope_tone(r->scope);
	double low = th_on(scale, (r->low > 0 ? r->low : 0) / 1000), high = th_on(scale, r->high / 1000), middle = y + 13;
	th_page_text(p, r->name);
	th_drawing_text(d, LEFT - 10, y + 17, r->part < 0 ? th_strong(TH_ANCHOR_END) : th_body(TH_ANCHOR_END), LEFT - 14);
	th_draw_segment(&d->picture, (th_spot){low, middle}, (th_spot){high, middle}, 2.5, tone, TH_LOOK_SOLID);
	th_draw_segment(&d->picture, (th_spot){low, middle - CAP}, (th_spot){low, middle + CAP}, 2.5, tone, TH_LOOK_SOLID);
	th_draw_segment(&d->picture, (th_spot){high, middle - CAP}, (th_spot){high, middle + CAP}, 2.5, tone, TH_LOOK_SOLID);
	th_draw_dot(&d->picture, (th_spot){th_on(scale, r->value / 1000), middle}, 4.5, tone, TH_LOOK_SOLID);
	TH_SAY(p, W_F_BETWEEN, th_fill_mass(mass_of(r->low)), th_fill_mass(mass_of(r->high)));
	th_drawing_text(d, high + 10, y + 17, r->part < 0 ? th_strong(TH_ANCHOR_START) : th_body(TH_ANCHOR_START), TH_ACROSS - high - 10);
}

static void put_ranges(th_page *p, const range *list, size_t count)
{
	static const th_page_column columns[] = {{W_SOURCE, TH_DOC_WORD}, {W_TONNES, TH_DOC_MASS}, {W_F_LOW, TH_DOC_MASS}, {W_F_HIGH, TH_DOC_MASS},
	                                         {W_F_VARIANCE, TH_DOC_PERCENT}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++) {
		th_doc_cell_text(&p->doc, list[i].name);
		th_page_mass(p, mass_of(list[i].value));
		th_page_mass(p, mass_of(list[i].low));
		th_page_mass(p, mass_of(list[i].high));
		if (list[i].part < 0)
			th_doc_none(&p->doc);
		else
			th_doc_real(&p->doc, 100 * list[i].part, 1);
	}
}

static void draw_ranges(th_page *p, const th_uncertainty *u, const range *list, size_t count)
{
	double most = 0, bottom = TOP + TH_ROW * (double)count;
	for (size_t i = 0; i < count; i++)
		most = list[i].high > most ? list[i].high : most;
	th_drawing d = th_drawing_begin(p, bottom + 24, mass_of(list->value));
	th_scale scale = th_axis_right(&d, LEFT, RIGHT, TOP, bottom, most / 1000);
	for (size_t i = 0; i < count; i++)
		draw_range(&d, &scale, TOP + TH_ROW * (double)i, &list[i]);
	TH_SAY(p, W_F_RANGES, th_fill_integer(u->year), th_fill_mass(mass_of(list->low)), th_fill_mass(mass_of(list->high)));
	th_drawing_end(&d, W_F_RANGES_ABOUT);
}

void th_put_range_picture(th_page *p, const th_uncertainty *u)
{
	size_t count;
	const th_result *gross = u ? gross_of(u) : NULL;
	if (!gross) {
		th_page_paragraph(p, u ? W_F_RANGES_EMPTY : W_F_RANGES_NONE);
		return;
	}
	range *list = ranges_of(p, u, gross, &count);
	if (!list)
		return;
	draw_ranges(p, u, list, count);
	th_drawing_table(p, W_F_RANGES_TABLE);
	put_ranges(p, list, count);
}
