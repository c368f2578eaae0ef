/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A requirement that several missing things keep open. None of them decides it alone, so all are set: to the ends of what they may be, each
 * with each; and one is moved while the others stand where the requirement can be met. No value is taken for true by that. */

#include "base/day.h"
#include "base/list.h"
#include "check/flip.h"

enum { ENDS = 16, BEFORE = 2, TRIALS = 4096, MOST_POWER = 15, LEAST_POWER = -6 };

/* The ends of one thing: of a number nothing and very much; each option; of a day one in each of the years around. */
typedef struct ends {
	th_setting at[ENDS];
	size_t count;
} ends;

/* The most that a number can be without an error. */
static bool most_of(th_bench *b, const th_lever *l, th_setting *out)
{
	for (int power = MOST_POWER; power >= LEAST_POWER; power--)
		for (int digit = 9; digit > 0; digit--) {
			*out = (th_setting){.number = {digit, power}};
			if (th_bench_try(b, l, out))
				return true;
		}
	return false;
}

/* A year that the case speaks of; 0: none. */
static int year_around(const th_assessment *a)
{
	static const char *const dates[] = {"base_year", "start", "end"};
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		th_rule_value v = th_check_fact(a, dates[i]);
		if (v.known && v.type == TH_RULE_DATE)
			return v.date.first_year;
	}
	return a->years ? a->year[a->years - 1].year : 0;
}

/* The first day of years, of an end the last one. */
static bool days_of(const th_bench *b, const th_lever *l, ends *e)
{
	const th_assessment *a = b->s->a;
	bool last = l->kind == TH_FLIP_FACT && th_slice_eq(a->pack->decl[l->at].id, TH_S("end"));
	int year = year_around(a);
	for (int i = 0; year && i < ENDS; i++)
		e->at[e->count++] = (th_setting){.day = last ? th_day(year - BEFORE + i, 12, 31) : th_day(year - BEFORE + i, 1, 1)};
	return e->count > 0;
}

static bool find_ends(th_bench *b, const th_lever *l, ends *e)
{
	e->count = 0;
	if (l->scale == TH_FLIP_NUMBER) {
		e->at[e->count++] = (th_setting){.number = th_lever_least(l)};
		e->count += most_of(b, l, &e->at[1]);
		return e->count == 2;
	}
	if (l->scale == TH_FLIP_DAY)
		return days_of(b, l, e);
	uint32_t options = th_lever_options(b, l);
	for (uint32_t i = 0; i < options && i < ENDS; i++)
		e->at[e->count++] = (th_setting){.option = th_lever_option(b, l, i)};
	return options && options <= ENDS;
}

static int rank(th_rule_status status)
{
	static const int of[TH_RULE_STATUSES] = {[TH_RULE_NOT_MET] = 0, [TH_RULE_UNDETERMINED] = 1, [TH_RULE_EXPERT_REVIEW] = 2, [TH_RULE_MET] = 3,
	                                         [TH_RULE_NOT_APPLICABLE] = 3};
	return of[status];
}

static bool is_time(const th_bench *b, const th_lever *l)
{
	return l->scale == TH_FLIP_DAY || (l->kind == TH_FLIP_FACT && b->s->a->pack->decl[l->at].is_year);
}

/* The next combination of ends; false behind the last. */
static bool step(th_setting *to, size_t *which, const ends *e, size_t levers)
{
	for (size_t i = 0; i < levers; i++) {
		which[i] = (which[i] + 1) % e[i].count;
		to[i] = e[i].at[which[i]];
		if (which[i])
			return true;
	}
	return false;
}

static void add_end(th_bench *b, uint32_t requirement, bool best, const th_setting *to)
{
	th_assessment *a = b->s->a;
	memcpy(b->given_to, to, b->givens * sizeof *to);
	if (!th_bench_try(b, b->given, b->given_to))
		return;
	const th_flip_given *given = th_bench_given(b);
	th_check_end *grown = th_grown_in(&a->arena, a->end, a->ends, sizeof *grown);
	if (!given || !grown) {
		th_check_no_memory(b->s);
		return;
	}
	a->end = grown;
	grown[a->ends++] = (th_check_end){.requirement = requirement, .best = best, .status = b->status[requirement], .verdict = b->verdict,
	                                  .given = given, .givens = b->givens};
}

/* All combinations of the ends: the worst and the best one. */
static bool try_all(th_bench *b, uint32_t requirement, const ends *e, th_setting *best)
{
	th_setting worst[TH_LEVERS];
	size_t which[TH_LEVERS] = {0};
	int low = 9, high = -1;
	for (size_t i = 0; i < b->givens; i++)
		b->given_to[i] = e[i].at[0];
	do {
		if (!th_bench_try(b, b->given, b->given_to))
			continue;
		int now = rank(b->status[requirement]);
		if (now < low)
			memcpy(worst, b->given_to, b->givens * sizeof *worst);
		if (now > high)
			memcpy(best, b->given_to, b->givens * sizeof *best);
		low = now < low ? now : low;
		high = now > high ? now : high;
	} while (step(b->given_to, which, e, b->givens));
	if (high < 0)
		return false;
	/* Of days and years only some are tried: what they lead to is a bound where it is one of the two that nothing is beyond. */
	for (size_t i = 0; i < b->givens; i++)
		if (is_time(b, &b->given[i]) && (low > rank(TH_RULE_NOT_MET) || high < rank(TH_RULE_MET)))
			return high == rank(TH_RULE_MET);
	add_end(b, requirement, false, worst);
	add_end(b, requirement, true, best);
	return high == rank(TH_RULE_MET);
}

/* One of them is moved, the others stand at their best. */
static void move_one(th_bench *b, uint32_t requirement, const th_lever *lever, size_t levers, const th_setting *best, size_t which)
{
	th_lever rest[TH_LEVERS];
	th_setting to[TH_LEVERS];
	size_t count = 0;
	for (size_t i = 0; i < levers; i++)
		if (i != which) {
			rest[count] = lever[i];
			to[count++] = best[i];
		}
	b->given = rest;
	b->given_to = to;
	b->givens = count;
	b->only = requirement;
	th_lever_search(b, &lever[which]);
	b->only = TH_NONE;
}

void th_bench_open_ends(th_bench *b, uint32_t requirement, const th_lever *lever, size_t levers)
{
	ends e[TH_LEVERS];
	th_setting to[TH_LEVERS], best[TH_LEVERS];
	size_t trials = 1;
	for (size_t i = 0; i < levers; i++) {
		if (!find_ends(b, &lever[i], &e[i]))
			return;
		trials *= e[i].count;
	}
	if (trials > TRIALS)
		return;
	b->given = lever;
	b->given_to = to;
	b->givens = levers;
	bool can_be_met = try_all(b, requirement, e, best);
	for (size_t i = 0; can_be_met && levers > 1 && i < levers; i++)
		move_one(b, requirement, lever, levers, best, i);
	b->given = NULL;
	b->givens = 0;
}
