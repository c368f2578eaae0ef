/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a requirement turns when one thing is moved. Away from what it is, in wider and wider steps, until the status is another one; then
 * halved, on a grid of seven digits, until both sides of the turn are neighbours. So each turn is proved: decided anew on both its sides. */

#include "base/day.h"
#include "base/transcendental.h"
#include "check/flip.h"
#include "rules/expr.h"

enum { FROM = 1990, UNTIL = 2100, DIGITS = 7, DOUBLINGS = 20, LEAST = -6, MOST = 15, MONTHS = 240, FINE = 9 };

/* A turn that was found: the status just there. */
typedef struct turn {
	uint32_t requirement;
	th_setting at;
	int side;                  /* 1 at and above it, -1 at and below it, 0 for an option */
	bool inclusive;
	double size;
} turn;

static void add(th_bench *b, const th_lever *l, const turn *t)
{
	th_assessment *a = b->s->a;
	bool asked = b->only == TH_NONE || (b->only == t->requirement && b->status[t->requirement] == TH_RULE_MET);
	if (!asked)
		return;
	const th_flip_given *given = th_bench_given(b);
	th_check_flip *grown = th_grown_in(&a->arena, a->flip, a->flips, sizeof *grown);
	uint32_t *also = th_arena_alloc(&a->arena, a->results.results + 1, sizeof *also);
	if (!grown || !also || !given) {
		th_check_no_memory(b->s);
		return;
	}
	a->flip = grown;
	th_check_flip *f = &grown[a->flips++];
	*f = (th_check_flip){.requirement = t->requirement, .kind = l->kind, .scale = l->scale, .what = l->what, .name = l->name, .now = l->now,
	                     .unit = l->unit, .unit_text = l->unit_text, .at = t->at.number, .day = t->at.day, .side = t->side,
	                     .inclusive = t->inclusive, .evidenced = l->evidenced, .status = b->status[t->requirement], .verdict = b->verdict,
	                     .also = also, .decl = l->at, .option = t->at.option, .size = t->size, .factor = l->factor, .place = l->place, .hole = l->hole, .typical = l->typical,
	                     .given = given,
	                     .givens = b->givens};
	for (uint32_t i = 0; i < a->results.results; i++)
		if (i != t->requirement && b->status[i] != b->now[i])
			also[f->alsos++] = i;
}

static bool try_number(th_bench *b, const th_lever *l, int64_t mant, int exp)
{
	const th_setting to = {.number = {mant, exp}};
	return th_bench_try(b, l, &to);
}

/* --- numbers --- */

/* value on a grid of 10^exp, towards zero */
static int64_t steps_of(long double value, int exp)
{
	return (int64_t)(value / th_powl(10.0L, exp));
}

static th_decimal plain(int64_t mant, int exp)
{
	while (mant && mant % 10 == 0) {
		mant /= 10;
		exp++;
	}
	return (th_decimal){mant, mant ? exp : 0};
}

/* Between two values, of which the outer one has another status than `from`. */
typedef struct bracket {
	uint32_t requirement;
	long double inner, outer;  /* not below zero */
	th_rule_status from;
	int side;                  /* the outer one is above the inner one (1), below it (-1) */
} bracket;

static bool turned(th_bench *b, const th_lever *l, const bracket *k, int64_t mant, int exp)
{
	return try_number(b, l, mant, exp) && b->status[k->requirement] != k->from;
}

/* Is the number on the grid what it is now, or beyond it on the way? */
static bool is_beyond(const th_lever *l, int64_t mant, int exp, int side)
{
	th_exact number;
	if (!l->now.known)
		return true;
	return th_exact_of(mant, exp, l->unit, &number) && side * th_exact_cmp(number, l->now.number) >= 0;
}

/* The neighbours on the grid between which it turns: *inner has the old status (or lies before what it is now), *outer the new one. */
static bool halve(th_bench *b, const th_lever *l, const bracket *k, int64_t *inner, int64_t *outer, int *exp)
{
	long double most = k->inner > k->outer ? k->inner : k->outer;
	*exp = (int)floorl(th_log10l(most)) - (DIGITS - 1);
	*inner = steps_of(k->inner, *exp);
	*outer = steps_of(k->outer, *exp);
	if (k->side < 0)
		++*inner;
	else
		++*outer;
	if (!turned(b, l, k, *outer, *exp))
		return false;
	while ((*outer - *inner) * k->side > 1) {
		int64_t middle = *inner + (*outer - *inner) / 2;
		if (turned(b, l, k, middle, *exp))
			*outer = middle;
		else
			*inner = middle;
	}
	return true;
}

static double change(const th_lever *l, th_decimal at)
{
	th_exact shown;
	double to = th_decimal_double(at);
	if (l->kind == TH_FLIP_MONTHS && l->typical > 0)
		return to / l->typical;
	if (!l->now.known || !th_exact_in(l->now.number, l->unit, &shown))
		return 0;
	double now = (double)shown.num / (double)shown.den;
	return now != 0 ? fabs(to - now) / fabs(now) : INFINITY;
}

/* A fine step from a neighbour; what a mass cannot tell is left out. */
static bool try_near(th_bench *b, const th_lever *l, int64_t at, int exp, int side)
{
	int digits = (l->kind == TH_FLIP_MEASURE || l->kind == TH_FLIP_MONTHS) && exp - FINE < -TH_MASS_SCALE - 3 ? exp + TH_MASS_SCALE + 3 : FINE;
	for (int i = 0; i < digits; i++)
		at *= 10;
	return try_number(b, l, at + side, exp - digits);
}

/* What is not known: the side from which it came is of interest as well. */
static void refine_back(th_bench *b, const th_lever *l, const bracket *k, int64_t inner, int64_t outer, int exp)
{
	bool up_to = try_near(b, l, outer, exp, -k->side) && b->status[k->requirement] == k->from;
	turn t = {.requirement = k->requirement, .side = -k->side, .inclusive = !up_to, .at.number = plain(up_to ? outer : inner, exp)};
	t.size = change(l, t.at.number);
	if (up_to || (try_number(b, l, inner, exp) && b->status[k->requirement] == k->from))
		add(b, l, &t);
}

static void refine(th_bench *b, const th_lever *l, const bracket *k)
{
	int64_t inner, outer;
	int exp;
	if (!halve(b, l, k, &inner, &outer, &exp))
		return;
	/* A bit beyond the inner neighbour: does it turn right there? */
	bool rounded = l->kind == TH_FLIP_FACTOR || l->series || l->stated, behind = !rounded && is_beyond(l, inner, exp, k->side) && try_near(b, l, inner, exp, k->side) && b->status[k->requirement] != k->from;
	turn t = {.requirement = k->requirement, .side = k->side, .inclusive = !behind, .at.number = plain(behind ? inner : outer, exp)};
	t.size = change(l, t.at.number);
	if ((behind || turned(b, l, k, outer, exp)) && b->status[k->requirement] != b->now[k->requirement])
		add(b, l, &t);
	if (!l->now.known && k->from != b->now[k->requirement])
		refine_back(b, l, k, inner, outer, exp);
}

/* Four digits, away from `from`. */
static long double coarse(long double value, int side)
{
	if (value <= 0)
		return 0;
	long double unit = th_powl(10.0L, floorl(th_log10l(value)) - 3);
	return (side > 0 ? ceill(value / unit) : floorl(value / unit)) * unit;
}

static th_decimal decimal_of(long double value)
{
	int exp = value > 0 ? (int)floorl(th_log10l(value)) - 3 : 0;
	return plain(value > 0 ? (int64_t)roundl(value / th_powl(10.0L, exp)) : 0, exp);
}

/* How far it is looked: by a thousandth, then by more, at last twice and half again and again, and to zero. */
static long double probe(long double now, int side, int i)
{
	static const int first[] = {1, 10, 100, 500};
	if (i < 4)
		return coarse(now * (1000 + side * first[i]) / 1000, side);
	if (side > 0)
		return coarse(ldexpl(now, i - 3), side);
	return i - 2 > DOUBLINGS ? 0 : coarse(ldexpl(now, -(i - 2)), side);
}

th_decimal th_lever_least(const th_lever *l)
{
	return l->positive ? (th_decimal){1, LEAST} : (th_decimal){0, 0};
}

static void walk(th_bench *b, const th_lever *l, long double now, int side)
{
	size_t rules = b->s->a->results.results;
	bool *done = th_arena_alloc(&b->arena, rules + 1, sizeof *done);
	long double inner = now;
	if (!done) {
		th_check_no_memory(b->s);
		return;
	}
	for (int i = 0; i < DOUBLINGS + 4; i++) {
		long double outer = probe(now, side, i);
		if (outer == 0 && th_lever_least(l).mant)
			return;
		th_decimal at = decimal_of(outer);
		if (l->farthest > 0 && (outer > now * l->farthest || outer * l->farthest < now))
			return;
		if (!try_number(b, l, at.mant, at.exp))
			return;
		for (uint32_t r = 0; r < rules; r++) {
			if (done[r] || b->status[r] == b->now[r])
				continue;
			done[r] = true;
			refine(b, l, &(bracket){r, inner, outer, b->now[r], side});
			(void)try_number(b, l, at.mant, at.exp);
		}
		inner = outer;
		if (outer == 0)
			return;
	}
}

/* A number that the case does not say: from nothing on. */
static void span(th_bench *b, const th_lever *l)
{
	size_t rules = b->s->a->results.results;
	th_rule_status *before = th_arena_alloc(&b->arena, rules + 1, sizeof *before);
	bool *turns = th_arena_alloc(&b->arena, rules + 1, sizeof *turns);
	long double inner = 0;
	if (!before || !turns) {
		th_check_no_memory(b->s);
		return;
	}
	th_decimal least = th_lever_least(l);
	if (!try_number(b, l, least.mant, least.exp))
		return;
	inner = th_powl(10.0L, least.exp) * (long double)least.mant;
	memcpy(before, b->status, rules * sizeof *before);
	for (int i = LEAST + (least.mant > 0); i <= MOST; i++) {
		if (!try_number(b, l, 1, i))
			break;
		for (uint32_t r = 0; r < rules; r++) {
			if (b->status[r] == before[r])
				continue;
			turns[r] = true;
			refine(b, l, &(bracket){r, inner, th_powl(10.0L, i), before[r], 1});
			(void)try_number(b, l, 1, i);
			before[r] = b->status[r];
		}
		inner = th_powl(10.0L, i);
	}
	if (!try_number(b, l, least.mant, least.exp))
		return;
	for (uint32_t r = 0; r < rules; r++)
		if (!turns[r] && b->status[r] != b->now[r])
			add(b, l, &(turn){.requirement = r, .side = 1, .inclusive = least.mant == 0}); /* whatever it is */
}

static void search_number(th_bench *b, const th_lever *l)
{
	th_exact shown;
	if (!l->now.known) {
		span(b, l);
		return;
	}
	if (!th_exact_in(l->now.number, l->unit, &shown) || shown.num < 0)
		return;
	long double now = (long double)shown.num / (long double)shown.den;
	if (now > 0 && now < 1e15L && now > 1e-12L) {
		walk(b, l, now, 1);
		walk(b, l, now, -1);
	}
}

/* --- days --- */

static bool turned_on(th_bench *b, const th_lever *l, uint32_t requirement, int32_t day)
{
	const th_setting to = {.day = day};
	return th_bench_try(b, l, &to) && b->status[requirement] != b->now[requirement];
}

static void refine_day(th_bench *b, const th_lever *l, uint32_t requirement, int32_t inner, int32_t outer)
{
	int side = outer > inner ? 1 : -1;
	while ((outer - inner) * side > 1) {
		int32_t middle = inner + (outer - inner) / 2;
		if (turned_on(b, l, requirement, middle))
			outer = middle;
		else
			inner = middle;
	}
	if (turned_on(b, l, requirement, outer))
		add(b, l, &(turn){.requirement = requirement, .at.day = outer, .side = side, .inclusive = true,
		                  .size = (double)(outer - l->day) * side / 3653});
}

static void walk_days(th_bench *b, const th_lever *l, int side)
{
	enum { STEP = 30 };
	size_t rules = b->s->a->results.results;
	bool *done = th_arena_alloc(&b->arena, rules + 1, sizeof *done);
	if (!done) {
		th_check_no_memory(b->s);
		return;
	}
	for (int i = 1; i <= MONTHS; i++) {
		const th_setting to = {.day = l->day + side * i * STEP};
		if (!th_bench_try(b, l, &to))
			return;
		for (uint32_t r = 0; r < rules; r++) {
			if (done[r] || b->status[r] == b->now[r])
				continue;
			done[r] = true;
			refine_day(b, l, r, to.day - side * STEP, to.day);
			(void)th_bench_try(b, l, &to);
		}
	}
}

/* A day that the case does not say turns between two: *inner has the old status, *outer another one. */
static void refine_open_day(th_bench *b, const th_lever *l, uint32_t requirement, th_rule_status from, int32_t inner, int32_t outer)
{
	while (outer - inner > 1) {
		const th_setting to = {.day = inner + (outer - inner) / 2};
		bool is_other = th_bench_try(b, l, &to) && b->status[requirement] != from;
		inner = is_other ? inner : to.day;
		outer = is_other ? to.day : outer;
	}
	for (int side = -1; side <= 1; side += 2) {
		const th_setting to = {.day = side > 0 ? outer : inner};
		if (th_bench_try(b, l, &to) && (b->status[requirement] == from) == (side < 0) && b->status[requirement] != b->now[requirement])
			add(b, l, &(turn){.requirement = requirement, .at = to, .side = side, .inclusive = true});
	}
}

/* A day that the case does not say: month by month over all years that a case may speak of. */
static void span_days(th_bench *b, const th_lever *l)
{
	size_t rules = b->s->a->results.results;
	th_rule_status *before = th_arena_alloc(&b->arena, rules + 1, sizeof *before);
	int32_t first = th_day(FROM, 1, 1), inner = 0;
	bool any = false;
	if (!before) {
		th_check_no_memory(b->s);
		return;
	}
	for (int i = 0; i < (UNTIL - FROM) * 12; i++) {
		const th_setting to = {.day = th_day_after_months(first, i)};
		if (!th_bench_try(b, l, &to)) {
			any = false;
			continue;
		}
		for (uint32_t r = 0; r < rules; r++) {
			if (any && b->status[r] != before[r]) {
				refine_open_day(b, l, r, before[r], inner, to.day);
				(void)th_bench_try(b, l, &to);
			}
			before[r] = b->status[r];
		}
		inner = to.day;
		any = true;
	}
}

/* --- what is one of few --- */

static void try_option(th_bench *b, const th_lever *l, uint32_t option)
{
	const th_setting to = {.option = option};
	if (!th_bench_try(b, l, &to))
		return;
	for (uint32_t r = 0; r < b->s->a->results.results; r++)
		if (b->status[r] != b->now[r])
			add(b, l, &(turn){.requirement = r, .at = to, .size = l->size});
}

uint32_t th_lever_options(const th_bench *b, const th_lever *l)
{
	const th_rule_decl *decl = l->kind == TH_FLIP_FACT ? &b->s->a->pack->decl[l->at] : NULL;
	return l->kind == TH_FLIP_GWP ? TH_GWP_SETS : !decl ? 1 : decl->is_year ? (uint32_t)b->s->a->years : decl->type == TH_RULE_BOOL ? 2 : decl->type == TH_RULE_TEXT ? 1 : (uint32_t)decl->options;
}

uint32_t th_lever_option(const th_bench *b, const th_lever *l, uint32_t number)
{
	bool is_year = l->kind == TH_FLIP_FACT && b->s->a->pack->decl[l->at].is_year;
	return is_year ? (uint32_t)b->s->a->year[number].year : number;
}

static void search_option(th_bench *b, const th_lever *l)
{
	if (l->kind == TH_FLIP_EVIDENCE) {
		try_option(b, l, b->s->a->inputs.input[l->at].evidence.len == 0);
		return;
	}
	for (uint32_t i = 0; i < th_lever_options(b, l); i++)
		if (l->kind != TH_FLIP_GWP || (int)i != b->s->a->account->gwp)
			try_option(b, l, th_lever_option(b, l, i));
}

void th_lever_search(th_bench *b, const th_lever *l)
{
	if (l->scale == TH_FLIP_NUMBER)
		search_number(b, l);
	else if (l->scale == TH_FLIP_DAY && !l->now.known)
		span_days(b, l);
	else if (l->scale == TH_FLIP_DAY) {
		walk_days(b, l, 1);
		walk_days(b, l, -1);
	} else
		search_option(b, l);
}
