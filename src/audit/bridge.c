/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/bridge.h"

#include <stdlib.h>

const char *const th_cause_names[TH_CAUSES] = {"activity", "factor", "gwp", "method", "boundary", "new", "dropped", "data"};

/* Shares are sixths of 1e-9 kg until all are summed: three causes have six orders. */
enum { ORDERS = 6 };

typedef struct building {
	const th_side *side[2];
	int year[2];
	th_arena *arena;
	th_mass sixth[TH_CAUSES];
	th_intern names;         /* of parts, by id */
	th_bridge_part *part;
	size_t parts;
	th_mass beyond[2];       /* the boundary, of either */
	bool differs, large, failed;
} building;

static void add(building *b, th_cause cause, th_mass sixths)
{
	b->large |= !th_mass_add(&b->sixth[cause], sixths);
	b->differs |= sixths != 0;
}

static void add_whole(building *b, th_cause cause, th_mass mass)
{
	th_mass sixths;
	if (__builtin_mul_overflow(mass, (th_mass)ORDERS, &sixths))
		b->large = true;
	else
		add(b, cause, sixths);
}

/* --- one line in both --- */

/* start x a/b x c/d, half to even; 0 where nothing is to be multiplied. */
static th_mass scaled(building *b, th_mass start, th_mass num, th_mass den, th_mass num2, th_mass den2)
{
	th_mass out = 0;
	th_ratio r = th_mass_ratio(start);
	th_ratio_mul_mass(&r, num, den);
	th_ratio_mul_mass(&r, num2, den2);
	b->large |= !th_ratio_round(&r, &out);
	return out;
}

static bool same_factor(const th_side_line *x, const th_side_line *y)
{
	return !x->other_terms && !y->other_terms && th_slice_eq(x->terms, y->terms);
}

static bool same_gwp(const th_side_line *x, const th_side_line *y)
{
	return !x->other_gwp && !y->other_gwp && th_decimal_cmp(x->gwp, y->gwp) == 0;
}

/* The emissions with quantity, factor and potential each of one of the two: index 4 for the second's quantity, 2 for its factor, 1 for its potential. A factor
 * that both have is taken with the quantity and a potential with the factor, as they were computed together: masses are rounded, and what rounding makes of a
 * quotient of them is no other factor. Where a side emits nothing its potential shows nowhere, and the other's stands for it; likewise its factor where it has
 * no quantity. */
static void put_values(building *b, const th_side_line *x, const th_side_line *y, th_mass v[8])
{
	const th_side_line *of[2] = {x, y};
	bool one_factor = same_factor(x, y), one_gwp = same_gwp(x, y);
	for (unsigned which = 0; which < 8; which++) {
		const th_side_line *q = of[which >> 2 & 1], *f = one_factor ? q : of[which >> 1 & 1], *g = one_gwp ? f : of[which & 1];
		f = f->quantity != 0 ? f : of[f == x];
		g = g->mass != 0 ? g : of[g == x];
		bool nothing = q->quantity == 0 || f->quantity == 0 || f->mass == 0 || g->mass == 0;
		v[which] = nothing ? 0 : q == f && f == g ? q->co2e : scaled(b, g->co2e, q->quantity, f->quantity, f->mass, g->mass);
	}
	v[0] = x->co2e;
	v[7] = y->co2e;
}

/* What changing the bit adds, over the orders: alone, behind either of the others, behind both. */
static th_mass share(building *b, const th_mass v[8], unsigned bit)
{
	const unsigned others[3] = {bit == 4 ? 2u : 4u, bit == 1 ? 2u : 1u, 7u & ~bit};
	th_mass sum = 2 * (v[bit] - v[0]) + 2 * (v[7] - v[others[2]]);
	for (size_t i = 0; i < 2; i++)
		b->large |= !th_mass_add(&sum, v[bit | others[i]] - v[others[i]]);
	return sum;
}

static void compare(building *b, const th_side_line *x, const th_side_line *y)
{
	th_mass v[8];
	const th_mass most = (th_mass)1 << 120;
	bool same_kind = x->countable && y->countable && th_unit_same_dimension(&x->unit, &y->unit);
	if (!same_kind || x->co2e > most || x->co2e < -most || y->co2e > most || y->co2e < -most) {
		add_whole(b, TH_CAUSE_METHOD, y->co2e - x->co2e);
		return;
	}
	put_values(b, x, y, v);
	for (size_t i = 0; i < 8; i++)
		b->large |= v[i] > most || v[i] < -most;
	if (b->large)
		return;
	add(b, TH_CAUSE_ACTIVITY, share(b, v, 4));
	add(b, th_slice_eq(x->method, y->method) ? TH_CAUSE_FACTOR : TH_CAUSE_METHOD, share(b, v, 2));
	add(b, TH_CAUSE_GWP, share(b, v, 1));
}

/* --- all lines --- */

static void note_part(building *b, const th_side_line *line, size_t which)
{
	uint32_t number = th_intern_add(&b->names, line->activity.len ? line->activity : line->zh);
	if (number == TH_NONE) {
		b->failed = true;
		return;
	}
	th_bridge_part *part = &b->part[number];
	if (number == b->parts)
		*part = (th_bridge_part){.id = line->activity, .zh = line->zh, .en = line->en, .order = b->parts++};
	b->large |= !th_mass_add(which ? &part->to : &part->from, line->co2e);
}

/* A line of one side alone: what the other does not cover is a boundary, what it counts elsewhere too. */
static void one_sided(building *b, th_slice key, const th_side_line *line, size_t which)
{
	const th_side *other = b->side[!which];
	const th_side_line *there = th_side_find(other, key, b->year[!which], &b->failed);
	bool boundary = (there && there->elsewhere) || !th_side_covers(other, b->year[!which], line, &b->failed);
	if (boundary)
		b->large |= !th_mass_add(&b->beyond[which], which ? line->co2e : -line->co2e);
	add_whole(b, boundary ? TH_CAUSE_BOUNDARY : which ? TH_CAUSE_NEW : TH_CAUSE_DROPPED, which ? line->co2e : -line->co2e);
}

static void add_lines(building *b, size_t which)
{
	const th_side *side = b->side[which];
	for (size_t i = 0; i < side->lines && !b->failed; i++) {
		const th_side_line *line = &side->line[i];
		th_slice key = th_intern_text(&side->key, (uint32_t)i);
		if (line->year != b->year[which] || !line->gross)
			continue;
		note_part(b, line, which);
		const th_side_line *other = th_side_find(b->side[!which], key, b->year[!which], &b->failed);
		if (!other || !other->gross)
			one_sided(b, key, line, which);
		else if (which == 0)
			compare(b, line, other);
	}
}

/* --- the end --- */

static th_mass sixth_of(th_mass sixths)
{
	unsigned __int128 size = sixths < 0 ? -(unsigned __int128)sixths : (unsigned __int128)sixths;
	unsigned __int128 whole = size / ORDERS, left = size % ORDERS;
	whole += left > ORDERS / 2 || (left == ORDERS / 2 && (whole & 1));
	return sixths < 0 ? -(th_mass)whole : (th_mass)whole;
}

static th_mass change_of(const th_bridge_part *p)
{
	th_mass change = p->to - p->from;
	return change < 0 ? -change : change;
}

static int by_change(const void *a, const void *b)
{
	const th_bridge_part *x = a, *y = b;
	th_mass p = change_of(x), q = change_of(y);
	return p != q ? (p < q ? 1 : -1) : th_slice_cmp(x->id, y->id);
}

static void close(building *b, th_bridge *out)
{
	out->rest = out->to - out->from;
	for (size_t i = 0; i < TH_CAUSES; i++) {
		out->cause[i] = sixth_of(b->sixth[i]);
		out->rest -= out->cause[i];
	}
	out->left = b->beyond[0];
	out->joined = b->beyond[1];
	out->differs = b->differs;
}

th_status th_bridge_make(const th_bridge_end end[2], th_arena *arena, th_bridge *out, th_bridge_part **part, size_t *parts)
{
	building b = {.side = {end[0].side, end[1].side}, .year = {end[0].year, end[1].year}, .arena = arena};
	th_mass *said[2] = {&out->from, &out->to};
	*out = (th_bridge){.from = 0};
	b.part = th_arena_alloc(arena, b.side[0]->lines + b.side[1]->lines + 1, sizeof *b.part);
	b.failed = !b.part;
	b.large = b.side[0]->large || b.side[1]->large;
	for (size_t which = 0; which < 2 && !b.failed; which++) {
		th_mass computed = end[which].side->gross[end[which].year - TH_FIRST_YEAR];
		*said[which] = end[which].has_stated ? end[which].stated : computed;
		add_lines(&b, which);
		th_mass beside = *said[which] - computed;
		add_whole(&b, end[which].cause, which ? beside : -beside);
		b.differs |= beside != 0;
	}
	th_intern_free(&b.names);
	if (b.failed)
		return TH_SYSTEM;
	if (b.large)
		return TH_INVALID;
	close(&b, out);
	qsort(b.part, b.parts, sizeof *b.part, by_change);
	*part = b.part;
	*parts = b.parts;
	return TH_OK;
}
