/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cheapest set of measures that saves enough, and the set that saves most for a budget. */
#include "path/route_search.h"

#include "base/digits.h"

enum { NUMBER_BITS = 100 };

static bool fits(__int128 number)
{
	return th_magnitude(number) >> NUMBER_BITS == 0;
}

static bool in_range(const th_route_problem *p)
{
	if (p->measures > TH_ROUTE_MEASURES || !fits(p->need) || !fits(p->budget))
		return false;
	for (size_t a = 0; a < p->activities; a++)
		if (p->activity[a] < 0 || !fits(p->activity[a]))
			return false;
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		if (!fits(m->cost) || m->price < 0 || !fits(m->price) || m->share.part < 0 || m->share.whole <= 0 || m->share.den == 0 ||
		    !fits(m->share.part) || !fits(m->share.whole))
			return false;
	}
	return true;
}

static uint64_t every(const th_route_problem *p)
{
	return p->measures >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << p->measures) - 1;
}

/* What is told of a set. */
static void tell(const th_route_problem *p, uint64_t chosen, th_route *out)
{
	out->chosen = chosen;
	out->cost = out->price = 0;
	for (size_t i = 0; i < p->measures; i++) {
		out->cost += chosen >> i & 1 ? p->measure[i].cost : 0;
		out->price += chosen >> i & 1 && !p->measure[i].required ? p->measure[i].price : 0;
	}
	if (!th_route_saving(p, chosen, &out->saving))
		out->verdict = TH_ROUTE_UNDECIDED;
}

/* The cheapest set that saves the need. */
static void cheapest(const th_route_problem *p, const th_ties *ties, th_route *out)
{
	th_searched found;
	th_route_search(p, ties, false, &found);
	out->nodes += found.nodes;
	out->verdict = found.found     ? found.stopped ? TH_ROUTE_FOUND : TH_ROUTE_OPTIMAL
	               : found.stopped ? TH_ROUTE_UNDECIDED
	                               : TH_ROUTE_UNREACHABLE;
	if (!found.found)
		return;
	tell(p, found.chosen, out);
	out->bound = found.stopped ? found.bound : out->cost;
}

/* The set that saves most: *kilograms, and whether that is proved. */
static bool most(const th_route_problem *p, const th_ties *ties, th_route *out, th_mass *kilograms)
{
	th_searched found;
	th_route_search(p, ties, true, &found);
	out->nodes += found.nodes;
	out->verdict = !found.lawful ? TH_ROUTE_IMPOSSIBLE : !found.found ? TH_ROUTE_UNDECIDED : found.stopped ? TH_ROUTE_FOUND : TH_ROUTE_OPTIMAL;
	if (found.found)
		tell(p, found.chosen, out);
	out->bound = out->cost;
	out->most = found.kilograms_bound * TH_ROUTE_KILOGRAM;
	*kilograms = found.kilograms;
	return out->verdict == TH_ROUTE_OPTIMAL;
}

/* Not reached: told is what the set does that saves most. */
static void unreachable(const th_route_problem *p, const th_ties *ties, th_route *out)
{
	th_mass kilograms;
	uint64_t nodes = out->nodes;
	*out = (th_route){.verdict = TH_ROUTE_UNREACHABLE, .nodes = nodes};
	if (ties->any || p->budgeted)
		(void)most(p, ties, out, &kilograms);
	else
		tell(p, every(p), out);
	if (out->verdict == TH_ROUTE_OPTIMAL || out->verdict == TH_ROUTE_FOUND)
		out->verdict = TH_ROUTE_UNREACHABLE;
	out->bound = out->cost;
}

void th_route_find(const th_route_problem *p, th_route *out)
{
	th_ties ties;
	th_mass all;
	*out = (th_route){.verdict = TH_ROUTE_UNDECIDED};
	if (!in_range(p) || !th_route_saving(p, every(p), &all))
		return;
	th_ties_follow(p, &ties);
	if (all >= p->need)
		cheapest(p, &ties, out);
	if (all < p->need || out->verdict == TH_ROUTE_UNREACHABLE)
		unreachable(p, &ties, out);
}

void th_route_most(const th_route_problem *p, th_route *out)
{
	th_ties ties;
	th_mass kilograms, all;
	th_route_problem like = *p;
	th_route cheap = {.verdict = TH_ROUTE_UNDECIDED};
	like.need = 0;
	*out = (th_route){.verdict = TH_ROUTE_UNDECIDED};
	if (!in_range(&like) || !th_route_saving(p, every(p), &all))
		return;
	th_ties_follow(p, &ties);
	if (!most(&like, &ties, out, &kilograms))
		return;
	like.need = kilograms * TH_ROUTE_KILOGRAM - TH_ROUTE_KILOGRAM / 2; /* of those that round to it, the cheapest */
	cheapest(&like, &ties, &cheap);
	cheap.most = out->most;
	cheap.nodes += out->nodes;
	if (cheap.verdict == TH_ROUTE_OPTIMAL || cheap.verdict == TH_ROUTE_FOUND)
		*out = cheap;
}
