/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/side.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/list.h"
#include "base/period.h"

enum { FIRST_YEAR = 1900 };
#define PART '\x1f'

/* --- keys --- */

/* Whole months by their numbers, whatever their year; else days by their dates. */
static void put_days(th_buf *out, const th_period *span)
{
	int year, month, day, last_month, last_day;
	int months = th_period_months(span);
	th_day_split(span->from, &year, &month, &day);
	th_day_split(span->to, &year, &last_month, &last_day);
	if (months && day == 1)
		th_buf_printf(out, "%d+%d", month, months);
	else
		th_buf_printf(out, "%d-%d/%d-%d", month, day, last_month, last_day);
}

static void put_year(th_buf *out, int year)
{
	th_buf_printf(out, "%d%c", year, PART);
}

static void put_key(th_buf *out, const th_entry *e)
{
	put_year(out, e->span.first_year);
	th_buf_slice(out, e->site);
	th_buf_char(out, PART);
	th_buf_slice(out, e->source);
	th_buf_char(out, PART);
	th_buf_slice(out, e->activity->id);
	th_buf_char(out, PART);
	put_days(out, &e->span);
	th_buf_char(out, PART);
	th_buf_slice(out, e->gas->name);
}

/* --- lines --- */

static th_slice kept(th_side *side, th_slice text, bool *good)
{
	if (text.len == 0)
		return (th_slice){"", 0};
	th_slice copy = th_arena_copy(&side->arena, text);
	*good &= copy.ptr != NULL;
	return copy;
}

static th_side_line *line_for(th_side *side, const th_entry *e)
{
	th_buf key = {0};
	put_key(&key, e);
	uint32_t number = key.failed ? TH_NONE : th_intern_add(&side->key, th_buf_view(&key));
	th_buf_free(&key);
	if (number == TH_NONE)
		return NULL;
	if (number < side->lines)
		return &side->line[number];
	th_side_line *grown = th_grown(side->line, side->lines, sizeof *grown);
	if (!grown)
		return NULL;
	side->line = grown;
	bool good = true;
	th_side_line *line = &grown[side->lines];
	*line = (th_side_line){.year = e->span.first_year, .scope = e->scope, .countable = true, .order = UINT64_MAX};
	line->site = kept(side, e->site, &good);
	line->activity = kept(side, e->activity->id, &good);
	line->zh = kept(side, e->activity->name_zh.len ? e->activity->name_zh : e->activity_text, &good);
	line->en = kept(side, e->activity->name_en.len ? e->activity->name_en : e->activity_text, &good);
	side->lines++;
	return good ? line : NULL;
}

static void put_term(th_buf *names, th_buf *terms, const th_formula_term *term)
{
	th_buf_str(names, term->name);
	th_buf_char(names, ' ');
	const th_slice parts[] = {th_slice_of(term->name), term->value, term->unit};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		th_buf_slice(terms, parts[i]);
		th_buf_char(terms, PART);
	}
}

/* The names of the terms that are no units: `ncv carbon_content oxidation CO2/C`. Of several equations the first by name stands for all. */
static bool note_method(th_side *side, th_side_line *line, const th_entry *e)
{
	th_buf names = {0}, terms = {0};
	bool good = true, first = line->method.ptr == NULL;
	for (size_t i = 0; i < e->terms; i++)
		if (e->term[i].origin != TH_FROM_UNITS && !th_slice_eq(th_slice_of(e->term[i].name), TH_S("period")))
			put_term(&names, &terms, &e->term[i]);
	if (!names.failed && (first || th_slice_cmp(th_buf_view(&names), line->method) < 0))
		line->method = kept(side, th_buf_view(&names), &good);
	if (!terms.failed && first)
		line->terms = kept(side, th_buf_view(&terms), &good);
	line->other_terms |= !th_slice_eq(th_buf_view(&terms), line->terms);
	good &= !names.failed && !terms.failed;
	th_buf_free(&names);
	th_buf_free(&terms);
	return good;
}

static void note_gwp(th_side_line *line, th_decimal gwp)
{
	if (!line->gross)
		line->gwp = gwp;
	line->other_gwp |= th_decimal_cmp(gwp, line->gwp) != 0;
}

/* Once for a line: its gases have lines of their own here. */
static void count_quantity(th_side *side, th_side_line *line, const th_entry *e)
{
	th_mass quantity;
	th_ratio r = th_ratio_one();
	if (line->order != UINT64_MAX && !th_unit_same_dimension(&line->unit, e->measure))
		line->countable = false;
	line->unit = *e->measure;
	line->order = e->order;
	th_ratio_mul(&r, e->amount);
	th_ratio_mul_int(&r, (uint64_t)e->days, (uint64_t)e->all_days, 0);
	th_ratio_mul_unit(&r, e->measure);
	if (!th_ratio_round(&r, &quantity) || !th_mass_add(&line->quantity, quantity))
		side->large = true;
}

static bool cover(th_side *side, int year, const char *what, th_slice name)
{
	th_buf text = {0};
	put_year(&text, year);
	th_buf_str(&text, what);
	th_buf_slice(&text, name);
	bool good = !text.failed && th_intern_add(&side->covered, th_buf_view(&text)) != TH_NONE;
	th_buf_free(&text);
	return good;
}

static void see_years(th_side *side, const th_entry *e)
{
	bool crossed = e->span.first_year != e->span.last_year;
	for (int y = e->span.first_year; y <= e->span.last_year; y++) {
		side->seen[y - FIRST_YEAR] = true;
		side->crossed[y - FIRST_YEAR] |= crossed;
	}
}

th_status th_side_entry(void *context, const th_entry *e)
{
	static const char scopes[] = "0123";
	th_side *side = context;
	see_years(side, e);
	if (e->span.first_year != e->span.last_year || e->bucket == TH_ENERGY || e->bucket == TH_MARKET)
		return TH_OK;
	th_side_line *line = line_for(side, e);
	if (!line || !cover(side, line->year, "site ", e->site) || (e->scope && !cover(side, line->year, "scope ", (th_slice){scopes + e->scope, 1})))
		return TH_SYSTEM;
	if (e->bucket != TH_GROSS) {
		line->elsewhere = true;
		return TH_OK;
	}
	note_gwp(line, e->gwp);
	line->gross = true;
	line->scope = e->scope;
	count_quantity(side, line, e);
	side->large |= !th_mass_add(&line->mass, e->mass) || !th_mass_add(&line->co2e, e->co2e) || !th_mass_add(&side->gross[line->year - FIRST_YEAR], e->co2e);
	return note_method(side, line, e) ? TH_OK : TH_SYSTEM;
}

void th_side_free(th_side *side)
{
	free(side->line);
	th_intern_free(&side->key);
	th_intern_free(&side->covered);
	th_arena_free(&side->arena);
}

/* --- look-ups --- */

bool th_side_has_year(const th_side *side, int year)
{
	return side->seen[year - FIRST_YEAR] && !side->crossed[year - FIRST_YEAR];
}

/* A key behind its year. */
static th_slice behind_year(th_slice key)
{
	const char *mark = memchr(key.ptr, PART, key.len);
	return mark ? (th_slice){mark + 1, key.len - (size_t)(mark + 1 - key.ptr)} : key;
}

const th_side_line *th_side_find(const th_side *side, th_slice key, int year, bool *failed)
{
	th_buf text = {0};
	put_year(&text, year);
	th_buf_slice(&text, behind_year(key));
	*failed |= text.failed;
	uint32_t number = text.failed ? TH_NONE : th_intern_find(&side->key, th_buf_view(&text));
	th_buf_free(&text);
	return number == TH_NONE ? NULL : &side->line[number];
}

static bool covers(const th_side *side, int year, const char *what, th_slice name, bool *failed)
{
	th_buf text = {0};
	put_year(&text, year);
	th_buf_str(&text, what);
	th_buf_slice(&text, name);
	*failed |= text.failed;
	bool there = !text.failed && th_intern_find(&side->covered, th_buf_view(&text)) != TH_NONE;
	th_buf_free(&text);
	return there;
}

bool th_side_covers(const th_side *side, int year, const th_side_line *line, bool *failed)
{
	static const char scopes[] = "0123";
	return covers(side, year, "site ", line->site, failed) && (line->scope == 0 || covers(side, year, "scope ", (th_slice){scopes + line->scope, 1}, failed));
}
