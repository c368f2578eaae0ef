/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What single lines of the inventory say: the quantity of one of the largest, and a heat value or carbon content that was measured, on all lines
 * that state it. What a line emits goes with either, so another one is a sum, and no second reading. */

#include "base/list.h"
#include "check/flip.h"
#include "path/share.h"

enum { LARGEST = 8, MOST_MEASURED = 256, SHIFT = 18 };

struct th_check_lines {
	int year[2];               /* base, end; 0: none */
	th_check_stated largest[2][LARGEST]; /* by what they emit, of each year */
	size_t lines[2];
	th_check_stated line;      /* the one that is being heard, gas by gas; its texts are lent by the entry, so they are held here */
	struct { char *ptr; size_t size; } held[4];
	bool heard, usable;
	th_check_stated *measured;
	size_t measureds;
	bool full;                 /* too many to tell of any that was measured */
};

bool th_check_open_lines(th_checking *s, int base, int end)
{
	s->lines = th_arena_alloc(&s->a->arena, 1, sizeof *s->lines);
	if (!s->lines)
		return th_check_no_memory(s);
	s->lines->year[0] = base;
	s->lines->year[1] = end;
	return true;
}

/* --- heard --- */

static int which_year(const struct th_check_lines *all, const th_entry *entry)
{
	int year = entry->span.first_year;
	bool one = year == entry->span.last_year;
	return one && year && year == all->year[0] ? 0 : one && year && year == all->year[1] ? 1 : -1;
}

static void texts_of(th_check_stated *line, th_slice *text[4])
{
	text[0] = &line->period;
	text[1] = &line->site;
	text[2] = &line->source;
	text[3] = &line->unit;
}

/* Texts of any line in the same room, which grows by doubling. */
static bool hold(th_checking *s)
{
	struct th_check_lines *all = s->lines;
	th_slice *text[4];
	texts_of(&all->line, text);
	for (size_t i = 0; i < 4; i++) {
		if (text[i]->len > all->held[i].size) {
			all->held[i].size = text[i]->len * 2;
			all->held[i].ptr = th_arena_alloc(&s->a->arena, all->held[i].size, 1);
		}
		if (text[i]->len && !all->held[i].ptr)
			return th_check_no_memory(s);
		if (text[i]->len)
			text[i]->ptr = memcpy(all->held[i].ptr, text[i]->ptr, text[i]->len);
	}
	return true;
}

/* The line is complete: is it one of the largest? */
static bool keep(th_checking *s)
{
	struct th_check_lines *all = s->lines;
	th_check_stated *line = &all->line;
	int y = line->co2e[0] ? 0 : 1;
	bool asked = all->heard && all->usable && line->co2e[y] > 0;
	all->heard = false;
	if (!asked)
		return true;
	th_check_stated *list = all->largest[y];
	size_t at = all->lines[y];
	while (at > 0 && list[at - 1].co2e[y] < line->co2e[y])
		at--;
	if (at == LARGEST)
		return true;
	th_slice *text[4];
	texts_of(line, text);
	for (size_t i = 0; i < 4; i++) {
		*text[i] = th_arena_copy(&s->a->arena, *text[i]);
		if (!text[i]->ptr)
			return th_check_no_memory(s);
	}
	all->lines[y] += all->lines[y] < LARGEST;
	for (size_t i = all->lines[y] - 1; i > at; i--)
		list[i] = list[i - 1];
	list[at] = *line;
	return true;
}

/* Part of a year's, a contract's, or a deposit's is not simply in proportion. */
static bool hear_line(th_checking *s, const th_entry *entry, int y)
{
	struct th_check_lines *all = s->lines;
	if (all->heard && all->line.order != entry->order && !keep(s))
		return false;
	if (!all->heard) {
		all->line = (th_check_stated){.kind = TH_FLIP_LINE, .file = entry->file, .line = entry->line, .order = entry->order, .period = entry->period,
		                     .site = entry->site, .source = entry->source, .unit = entry->unit, .activity = entry->activity, .now = entry->amount};
		all->usable = all->heard = true;
		if (!hold(s))
			return false;
	}
	all->usable &= entry->days == entry->all_days && !entry->instrument.len && entry->amount.mant > 0 && entry->order < TH_ORDER_LATER;
	all->usable &= th_mass_add(&all->line.co2e[y], entry->co2e);
	return true;
}

static const th_formula_term *measured_term(const th_entry *entry, const char *name)
{
	for (size_t i = 0; i < entry->terms; i++)
		if (entry->term[i].origin == TH_FROM_CELL && entry->term[i].form == TH_TERM && strcmp(entry->term[i].name, name) == 0)
			return &entry->term[i];
	return NULL;
}

static bool add_measured(th_checking *s, const th_entry *entry, int y, th_flip_kind kind, const th_formula_term *term)
{
	struct th_check_lines *all = s->lines;
	th_decimal now;
	unsigned notes;
	for (size_t i = 0; i < all->measureds; i++) {
		th_check_stated *m = &all->measured[i];
		if (m->kind == kind && m->activity == entry->activity && th_slice_eq(m->text, term->value) && th_slice_eq(m->unit, term->unit)) {
			all->full |= !th_mass_add(&m->co2e[y], entry->co2e);
			return true;
		}
	}
	if (th_number_parse(term->value, &now, &notes) != TH_NUM_OK || now.mant <= 0)
		return true;
	all->full |= all->measureds == MOST_MEASURED;
	if (all->full)
		return true;
	th_check_stated *grown = th_grown_in(&s->a->arena, all->measured, all->measureds, sizeof *grown);
	th_check_stated fresh = {.kind = kind, .file = entry->file, .line = entry->line, .activity = entry->activity, .now = now,
	                .text = th_arena_copy(&s->a->arena, term->value), .unit = th_arena_copy(&s->a->arena, term->unit)};
	if (!grown || !fresh.text.ptr || !fresh.unit.ptr)
		return th_check_no_memory(s);
	fresh.co2e[y] = entry->co2e;
	all->measured = grown;
	grown[all->measureds++] = fresh;
	return true;
}

th_status th_check_hear_stated(th_checking *s, const th_entry *entry)
{
	static const struct { th_flip_kind kind; const char *name; } values[] = {{TH_FLIP_NCV, "ncv"}, {TH_FLIP_CARBON, "carbon_content"}};
	struct th_check_lines *all = s->lines;
	int y = which_year(all, entry);
	if (y < 0 || entry->bucket != TH_GROSS)
		return TH_OK;
	bool ok = hear_line(s, entry, y);
	for (size_t i = 0; ok && i < sizeof values / sizeof *values; i++) {
		const th_formula_term *term = all->full ? NULL : measured_term(entry, values[i].name);
		ok = !term || add_measured(s, entry, y, values[i].kind, term);
	}
	return ok ? TH_OK : TH_SYSTEM;
}

/* --- set to something else --- */

bool th_bench_scaled(th_mass co2e, th_decimal from, th_decimal to, th_mass *out)
{
	th_mass num = to.mant, den = from.mant;
	int shift = to.exp - from.exp;
	if (shift > SHIFT || shift < -SHIFT)
		return false;
	for (; shift > 0; shift--)
		num *= 10;
	for (; shift < 0; shift++)
		den *= 10;
	th_share share = {num, den, 1, 1};
	bool negative = co2e < 0;
	bool fits = den > 0 && num >= 0 && th_share_of(&share, negative ? -co2e : co2e, out);
	*out = fits && negative ? -*out : *out;
	return fits;
}

bool th_bench_change_year(th_bench *b, int year, th_mass change)
{
	bool fits = true;
	for (size_t i = 0; i < b->a.years; i++)
		if (b->a.year[i].year == year)
			fits &= th_mass_add(&b->a.year[i].gross, change);
	return fits;
}

bool th_bench_change_activity(th_bench *b, th_slice activity, th_mass change)
{
	bool fits = true;
	for (size_t i = 0; i < b->a.measures.count; i++) {
		const th_activity *on = TH_AT(b->a.reference->activity, b->a.measures.measure[i].activity);
		if (on && th_slice_eq(on->id, activity))
			fits &= th_mass_add(&b->a.measure[i].emissions, change);
	}
	return fits;
}

bool th_bench_set_stated(th_bench *b, const th_lever *l, const th_setting *to)
{
	const th_check_stated *of = l->stated;
	for (int y = 0; y < 2; y++) {
		th_mass then;
		int year = b->s->lines->year[y];
		if (!of->co2e[y])
			continue;
		if (!th_bench_scaled(of->co2e[y], of->now, to->number, &then) || __builtin_sub_overflow(then, of->co2e[y], &then) || !th_bench_change_year(b, year, then))
			return false;
		if (year == b->s->base_year && !th_bench_change_activity(b, of->activity->id, then))
			return false;
	}
	return true;
}

/* --- asked for --- */

const th_check_stated *th_check_stated_of(th_checking *s, size_t number)
{
	struct th_check_lines *all = s->lines;
	if (!keep(s))
		return NULL;
	for (int y = 0; y < 2; y++) {
		if (number < all->lines[y])
			return &all->largest[y][number];
		number -= all->lines[y];
	}
	return !all->full && number < all->measureds ? &all->measured[number] : NULL;
}
