/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How sure a limit is that rests on emissions of the inventory: their range of 95 % and the probability that the limit holds, all
 * else fixed. A status never comes from here. */

#include "base/transcendental.h"
#include "uncertainty/uncertainty.h"
#include "check/run.h"

enum { FINEST = -20, WIDEST = 6, HALVINGS = 80 }; /* steps away from the centre are 2^-20 to 2^6 of the base year's emissions */

/* What is tried in place of a computed value: gross emissions of the base year, or how much lower they are at the end. In kg CO2e. */
typedef struct odds {
	th_checking *s;
	th_rule_inputs other;
	const th_rule_limit_result *limit;
	uint32_t decl;
	int year, end;             /* of the account, as it is asked for them; end 0: the base year alone */
	double base, centre, least, most, lower, upper;
} odds;

static double number_of(const th_rule_value *value)
{
	return (double)value->number.num / (double)value->number.den;
}

static bool same(const th_rule_value *a, const th_rule_value *b)
{
	return a->known == b->known && a->number.num == b->number.num && a->number.den == b->number.den;
}

static void substitute(odds *o, uint32_t decl, double kg)
{
	if (fabs(kg) < 1e27)
		o->other.input[decl].value = th_rule_mass((th_mass)(kg * 1e9), &o->s->kilogram);
	else
		o->other.input[decl].value.known = false;
}

static void restore(odds *o, uint32_t decl)
{
	o->other.input[decl] = o->s->a->inputs.input[decl];
}

static th_rule_limit_result with(odds *o, double kg)
{
	substitute(o, o->decl, kg);
	th_rule_limit_result result = th_rule_limit_weigh(&o->other, o->limit->limit);
	restore(o, o->decl);
	return result;
}

static bool rests_on(odds *o)
{
	const double tried[] = {o->lower, o->upper, 2 * o->centre, o->centre + o->base / 1024};
	for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
		th_rule_limit_result result = with(o, tried[i]);
		if (!same(&result.margin, &o->limit->margin))
			return true;
	}
	return false;
}

/* --- what the account knows --- */

/* A year's gross emissions in kg, and the year by which the account is asked for them: 0 where it has no other. */
static bool find_year(const th_assessment *a, const char *fact, int *asked, double *gross)
{
	th_rule_value date = th_check_fact(a, fact);
	const th_check_year *year = date.known && date.type == TH_RULE_DATE ? th_check_whole_year(a, date.date.last_year) : NULL;
	const th_uncertainty *u = th_uncertainty_of(a->account);
	if (!year)
		return false;
	*gross = (double)year->gross / 1e9;
	*asked = a->years == 1 ? 0 : year->year;
	for (size_t i = 0; i < u->results; i++) /* it must be about the same lines */
		if (u->result[i].total == TH_TOTAL_GROSS && u->result[i].year == *asked)
			return *gross > 0 && fabs(u->result[i].value - *gross) <= 1e-9 * *gross;
	return false;
}

static bool base_year(odds *o)
{
	th_range range;
	o->end = 0;
	if (!find_year(o->s->a, "base_year", &o->year, &o->base) || !th_account_range(o->s->a->account, TH_TOTAL_GROSS, o->year, &range))
		return false;
	o->centre = o->base;
	o->least = 0;
	o->most = INFINITY;
	o->lower = range.low;
	o->upper = range.high;
	return true;
}

/* The change is known in percent of the base year, so it tells of limits that ask for a share of it, whatever it is. */
static bool reduction(odds *o)
{
	double last;
	th_range change;
	const th_assessment *a = o->s->a;
	if (!find_year(a, "base_year", &o->year, &o->base) || !find_year(a, "end", &o->end, &last) || o->year == o->end ||
	    !th_account_change(a->account, o->year, o->end, &change))
		return false;
	o->centre = o->base - last;
	o->least = -INFINITY;
	o->most = o->base;
	o->lower = -change.high / 100 * o->base;
	o->upper = -change.low / 100 * o->base;
	return true;
}

/* Does the limit say the same of all emissions times any number? Then it is about shares, not amounts. */
static bool of_shares(odds *o, uint32_t base)
{
	bool ok = base != TH_NONE, square = true, flat = true;
	for (int times = 2; ok && times <= 3; times++)
		for (int point = 0; ok && point < 3; point++) {
			const double part[] = {o->centre, o->lower - o->base / 64, o->upper + o->base / 64};
			th_rule_limit_result once = with(o, part[point]);
			substitute(o, base, times * o->base);
			th_rule_limit_result more = with(o, times * part[point]);
			restore(o, base);
			ok = once.margin.known && more.margin.known;
			double x = number_of(&once.margin), y = number_of(&more.margin), slack = 1e-9 * (fabs(x) + fabs(y));
			square &= fabs(y - times * x) <= slack;
			flat &= fabs(y - x) <= slack;
		}
	return ok && (square || flat);
}

/* --- probability --- */

static double at_least(const odds *o, double kg)
{
	const th_account *account = o->s->a->account;
	if (o->end == 0)
		return th_account_probability(account, TH_TOTAL_GROSS, o->year, kg);
	return 1 - th_account_change_probability(account, o->year, o->end, -100 * kg / o->base);
}

/* How far the status of the centre reaches on a side: up to `inner`, at `outer` it is another. False: as far as can be seen. */
static bool edge(odds *o, int side, double *inner, double *outer)
{
	*inner = *outer = o->centre;
	for (int k = FINEST; k <= WIDEST && *inner == *outer; k++) {
		*outer = fmax(o->least, fmin(o->most, o->centre + side * ldexp(o->base, k)));
		th_rule_status status = with(o, *outer).status;
		if (status == TH_RULE_UNDETERMINED)
			return false;
		if (status == o->limit->status)
			*inner = *outer;
	}
	for (int i = 0; i < HALVINGS && *inner != *outer; i++) {
		double middle = *inner + (*outer - *inner) / 2;
		*(with(o, middle).status == o->limit->status ? inner : outer) = middle;
	}
	return *inner != *outer;
}

static double probability(odds *o)
{
	double inner, outer, from = edge(o, -1, &inner, &outer) ? at_least(o, inner) : 1, to = edge(o, 1, &inner, &outer) ? at_least(o, outer) : 0;
	double stays = fmax(0, fmin(1, from - to));
	return o->limit->status == TH_RULE_MET ? stays : 1 - stays;
}

/* --- all limits --- */

static void add(odds *o)
{
	th_assessment *a = o->s->a;
	const th_unit *unit = &a->pack->decl[o->decl].unit, *kilogram = &o->s->kilogram;
	double scale = o->end ? 100 / o->base
	                      : (double)kilogram->num / (double)kilogram->den / ((double)unit->num / (double)unit->den) * th_pow(10, kilogram->exp - unit->exp);
	a->odds[a->oddses++] = (th_check_odds){
		.limit = o->limit, .decl = o->decl, .percent = o->end != 0, .lower = o->lower * scale, .upper = o->upper * scale, .probability = probability(o),
		.at_bound = with(o, o->lower).status == TH_RULE_MET && with(o, o->upper).status == TH_RULE_MET,
	};
}

static void look_at(odds *o, const th_rule_limit_result *limit)
{
	const th_pack *pack = o->s->a->pack;
	uint32_t base = th_pack_computed(pack, TH_S("base_gross")), difference = th_pack_computed(pack, TH_S("reduction_inventory"));
	o->limit = limit;
	if (limit->status == TH_RULE_UNDETERMINED || !limit->margin.known)
		return;
	if (difference != TH_NONE && o->other.input[difference].value.known) {
		/* Its own spread may be unknown; that the limit rests on it, never. */
		o->decl = difference;
		bool known = reduction(o);
		if (!known) {
			double from, to;
			int year;
			if (!find_year(o->s->a, "base_year", &year, &from) || !find_year(o->s->a, "end", &year, &to))
				return;
			o->base = from;
			o->centre = o->lower = from - to;
			o->upper = from;
		}
		if (rests_on(o)) {
			if (known && of_shares(o, base))
				add(o);
			return;
		}
	}
	o->decl = base;
	if (base != TH_NONE && o->other.input[base].value.known && base_year(o) && rests_on(o))
		add(o);
}

const th_check_odds *th_check_odds_of(const th_assessment *a, const th_rule_limit_result *limit)
{
	for (size_t i = 0; i < a->oddses; i++)
		if (a->odds[i].limit == limit)
			return &a->odds[i];
	return NULL;
}

void th_check_weigh_odds(th_checking *s)
{
	th_assessment *a = s->a;
	odds o = {.s = s};
	size_t limits = 0;
	if (!a->account || !th_uncertainty_of(a->account))
		return;
	for (size_t i = 0; i < a->results.results; i++)
		limits += a->results.result[i].limits;
	a->odds = th_arena_alloc(&a->arena, limits + 1, sizeof *a->odds);
	if (!a->odds || th_rule_inputs_copy(&a->inputs, &a->arena, &o.other) != TH_OK) {
		th_check_no_memory(s);
		return;
	}
	for (size_t i = 0; i < a->results.results; i++)
		for (size_t k = 0; k < a->results.result[i].limits; k++)
			look_at(&o, &a->results.result[i].limit[k]);
}
