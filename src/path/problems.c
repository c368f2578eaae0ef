/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be wrong with a plan. */
#include "path/parts.h"

#include "base/digits.h"

#define NO_INDEX ((size_t)-1)

typedef struct check_list {
	const th_path_input *in;
	th_path_problem *problem;
	size_t problems;
} check_list;

static void found(check_list *c, th_path_problem_kind kind, size_t index, size_t other)
{
	c->problem[c->problems++] = (th_path_problem){.kind = kind, .index = index, .other = other};
}

static bool is_mass(th_mass mass)
{
	return mass >= 0 && mass >> TH_PATH_MASS_BITS == 0;
}

static bool growth_is_good(const th_growth *growth, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (th_decimal_cmp(growth[i].percent, th_decimal_int(-100)) <= 0 || (i > 0 && growth[i].from <= growth[i - 1].from))
			return false;
	return true;
}

static void check_activities(check_list *c)
{
	const th_path_input *in = c->in;
	for (size_t i = 0; i < in->activities; i++) {
		const th_path_activity *a = &in->activity[i];
		if (!is_mass(a->base) || !is_mass(a->fossil) || !is_mass(a->non_fossil))
			found(c, TH_PATH_BAD_ACTIVITY, i, 0);
		if (!a->series && !growth_is_good(a->growth, a->growths))
			found(c, TH_PATH_BAD_GROWTH, i, 0);
	}
	for (size_t i = 0; i < in->drivers; i++)
		if (in->driver[i].base == 0 || !is_mass(in->driver[i].base) || !growth_is_good(in->driver[i].growth, in->driver[i].growths))
			found(c, TH_PATH_BAD_DRIVER, i, 0);
	for (size_t i = 0; i < in->prices; i++)
		if (in->price[i].price.mant < 0)
			found(c, TH_PATH_BAD_PRICE, i, 0);
}

/* Whole years of life; 0: not given. */
static int whole_life(const th_path_measure *m)
{
	double life = th_decimal_double(m->lifetime);
	return life < 1 ? 0 : life < 9999 ? (int)life : 9999;
}

static int last_year_of(const th_path_measure *m)
{
	int life = whole_life(m), last = m->end ? m->end : 9999;
	return life && m->start + life - 1 < last ? m->start + life - 1 : last;
}

void th_path_ramp(const th_path_input *in, const th_path_measure *m, int year, th_share *share)
{
	int ramp = m->ramp > 1 ? m->ramp : 1, years[2] = {year, in->base_year}, come[2];
	for (int i = 0; i < 2; i++) {
		come[i] = years[i] < m->start || years[i] > last_year_of(m) ? 0 : years[i] - m->start + 1;
		come[i] = come[i] < ramp ? come[i] : ramp;
	}
	int64_t den = m->before_den ? m->before_den : 1, had = m->before_den ? m->before_num * (int64_t)ramp : come[1];
	int64_t more = come[0] * den - had;
	share->num = (uint32_t)(more > 0 ? more : 0);
	share->den = (uint32_t)(ramp * den);
}

th_path_base th_path_whole(const th_path_input *in, const th_path_base *base, const th_path_measure *m)
{
	if (m->activity == TH_PATH_ALL)
		return *base;
	const th_path_activity *a = &in->activity[m->activity];
	return (th_path_base){a->base, a->fossil, a->fossil + a->non_fossil};
}

static bool links_are_good(const th_path_input *in, const th_path_measure *m)
{
	if (m->kind == TH_PATH_REDUCTION && m->activity != TH_PATH_ALL && m->activity >= in->activities)
		return false;
	for (size_t i = 0; i < m->fuels; i++)
		if (m->fuel[i].price >= in->prices)
			return false;
	return true;
}

static void check_measure(check_list *c, const th_path_base *base, size_t i)
{
	const th_path_input *in = c->in;
	const th_path_measure *m = &in->measure[i];
	if (!is_mass(m->reduction) || !is_mass(m->energy_saved) || !is_mass(m->to_non_fossil))
		found(c, TH_PATH_BAD_REDUCTION, i, 0);
	if (!links_are_good(in, m)) {
		found(c, TH_PATH_BAD_LINK, i, 0);
	} else if (base && m->kind == TH_PATH_REDUCTION && (m->before_den == 0 || m->before_num < m->before_den)) {
		th_path_base whole = th_path_whole(in, base, m);
		if (m->reduction > whole.gross || m->energy_saved > whole.energy || m->to_non_fossil > whole.fossil)
			found(c, TH_PATH_REDUCTION_OVER, i, 0);
	}
	bool life_is_good = m->lifetime.mant >= 0 && (m->lifetime.mant == 0 || th_decimal_cmp(m->lifetime, th_decimal_int(1)) >= 0);
	if (!life_is_good || (m->has_cost && m->capex.mant != 0 && m->lifetime.mant == 0))
		found(c, TH_PATH_BAD_LIFETIME, i, 0);
	if (m->start < 1 || m->start > 9999 || m->end > 9999) {
		found(c, TH_PATH_BAD_START, i, 0);
		return;
	}
	if (m->end && m->end < m->start)
		found(c, TH_PATH_ENDS_BEFORE_START, i, 0);
	else if (m->ramp < 0 || m->ramp > 9999 || (life_is_good && m->start + m->ramp - 1 > last_year_of(m)))
		found(c, TH_PATH_BAD_RAMP, i, 0);
	if (m->start > in->last_year)
		found(c, TH_PATH_STARTS_LATE, i, 0);
	if (m->start <= in->base_year)
		found(c, TH_PATH_STARTS_BEFORE, i, 0);
}

/* --- targets --- */

static bool like(const th_path_target *a, const th_path_target *b)
{
	return a->kind == b->kind && (a->kind != TH_PATH_INTENSITY || a->driver == b->driver);
}

/* The latest target of the same kind and driver that ends before this one. */
static size_t target_before(const th_path_input *in, size_t target)
{
	size_t before = NO_INDEX;
	for (size_t i = 0; i < in->targets; i++)
		if (like(&in->target[i], &in->target[target]) && in->target[i].year < in->target[target].year &&
		    (before == NO_INDEX || in->target[i].year > in->target[before].year))
			before = i;
	return before;
}

/* The first year of a target's phase, stated or following from the ones before. */
static int phase_start(const th_path_input *in, size_t target)
{
	size_t before = target_before(in, target);
	if (in->target[target].first)
		return in->target[target].first;
	return (before == NO_INDEX ? in->base_year : in->target[before].year) + 1;
}

static bool above(const th_path_target *a, const th_path_target *b)
{
	return a->kind == TH_PATH_INTENSITY ? th_decimal_cmp(a->value, b->value) > 0 : a->mass > b->mass;
}

static bool above_base(const th_path_input *in, const th_path_base *base, const th_path_target *t)
{
	th_mass allowed = t->mass;
	if (t->kind == TH_PATH_INTENSITY && !th_mass_times(in->driver[t->driver].base, t->value, &allowed))
		return true;
	return allowed > (t->kind == TH_PATH_NET ? base->gross - in->removals : base->gross);
}

static void check_target(check_list *c, const th_path_base *base, size_t i)
{
	const th_path_input *in = c->in;
	const th_path_target *t = &in->target[i];
	size_t before = target_before(in, i);
	if (t->kind == TH_PATH_INTENSITY && t->driver >= in->drivers) {
		found(c, TH_PATH_BAD_LINK, i, 0);
		c->problem[c->problems - 1].target = true;
	} else if (base && above_base(in, base, t)) {
		found(c, TH_PATH_TARGET_ABOVE_BASE, i, 0);
	}
	if (t->year <= in->base_year)
		found(c, TH_PATH_TARGET_PAST, i, 0);
	if (t->year > in->last_year)
		found(c, TH_PATH_TARGET_LATE, i, 0);
	if (t->kind == TH_PATH_INTENSITY ? t->value.mant < 0 : t->kind == TH_PATH_GROSS ? !is_mass(t->mass) : th_magnitude(t->mass) >> TH_PATH_MASS_BITS != 0)
		found(c, TH_PATH_TARGET_NEGATIVE, i, 0);
	if (t->first > t->year)
		found(c, TH_PATH_PHASE_ORDER, i, 0);
	if (before != NO_INDEX && above(t, &in->target[before]))
		found(c, TH_PATH_TARGET_RISES, i, before);
	for (size_t k = 0; k < i; k++)
		if (like(&in->target[k], t) && phase_start(in, k) <= t->year && phase_start(in, i) <= in->target[k].year)
			found(c, TH_PATH_PHASES_OVERLAP, k, i);
}

bool th_path_base_of(const th_path_input *in, th_path_base *out)
{
	*out = (th_path_base){0};
	for (size_t i = 0; i < in->activities; i++)
		if (!th_mass_add(&out->gross, in->activity[i].base) || !th_mass_add(&out->fossil, in->activity[i].fossil) ||
		    !th_mass_add(&out->energy, in->activity[i].fossil) || !th_mass_add(&out->energy, in->activity[i].non_fossil))
			return false;
	return is_mass(out->gross) && is_mass(out->energy);
}

/* Fit once more than th_path_run will: the fit says itself what is wrong with a series. */
static bool check_trends(check_list *c, th_arena *arena)
{
	const th_path_input *in = c->in;
	size_t years = (size_t)(in->last_year - in->base_year + 1);
	for (size_t i = 0; i < in->activities; i++) {
		const th_path_activity *a = &in->activity[i];
		double slope;
		th_mass *room = a->series ? th_arena_alloc(arena, 3 * years, sizeof *room) : NULL;
		if (!a->series)
			continue;
		if (!room)
			return false;
		th_trend_error error = !in->rules ? TH_TREND_GENERATOR
		                                  : th_trend_fit(a->series, a->points, in->rules, in->base_year, in->last_year, room, room + years,
		                                                 room + 2 * years, &slope);
		if (error == TH_TREND_NO_MEMORY)
			return false;
		if (error != TH_TREND_OK) {
			found(c, TH_PATH_BAD_TREND, i, 0);
			c->problem[c->problems - 1].trend = error;
		}
	}
	return true;
}

bool th_path_check(const th_path_input *in, th_arena *arena, th_path_problem **problem, size_t *problems)
{
	check_list c = {.in = in};
	th_path_base sum, *base = th_path_base_of(in, &sum) ? &sum : NULL;
	size_t room = 4 + 3 * in->activities + in->drivers + in->prices + 8 * in->measures + in->targets * (7 + in->targets);
	c.problem = th_arena_alloc(arena, room, sizeof *c.problem);
	*problem = c.problem;
	*problems = 0;
	if (!c.problem)
		return false;
	bool years_are_good = in->base_year >= 1 && in->last_year <= 9999 && in->last_year >= in->base_year &&
	                      in->last_year - in->base_year < TH_PATH_MOST_YEARS;
	if (!years_are_good)
		found(&c, TH_PATH_BAD_YEARS, 0, 0);
	if (in->discount.mant < 0)
		found(&c, TH_PATH_BAD_DISCOUNT, 0, 0);
	check_activities(&c);
	if (years_are_good && !check_trends(&c, arena))
		return false;
	for (size_t i = 0; i < in->measures; i++)
		if (!in->measure[i].off)
			check_measure(&c, base, i);
	for (size_t i = 0; i < in->targets; i++)
		check_target(&c, base, i);
	/* By kind, else in the order found. */
	for (size_t i = 1; i < c.problems; i++)
		for (size_t k = i; k > 0 && c.problem[k - 1].kind > c.problem[k].kind; k--) {
			th_path_problem swap = c.problem[k];
			c.problem[k] = c.problem[k - 1];
			c.problem[k - 1] = swap;
		}
	*problems = c.problems;
	return true;
}
