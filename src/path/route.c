/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cheapest set of measures that saves enough: depth-first branch and bound.
 *
 * What a set saves is monotone and submodular: a measure takes its share of what others leave, so that it never saves more than it would
 * now. Hence now's savings, filled in by cost per mass and the last one in part, bound the cost from below. Bounds are in double with
 * a margin; whether a set saves enough, and what it costs, is decided in integers. */
#include "path/route.h"

#include <math.h>

#include "base/digits.h"

enum { NUMBER_BITS = 100 };

typedef struct free_measure {
	size_t measure, group;
	double share, cost;   /* cost in units of `unit` */
	th_money price;       /* exact, in units of `unit` */
	uint64_t dominated;   /* later ones that are no better: with this one left out, so are they */
} free_measure;

typedef struct search {
	const th_route_problem *p;
	size_t group_of[TH_ROUTE_MEASURES]; /* activity of a group */
	size_t groups, count;
	free_measure item[TH_ROUTE_MEASURES];
	th_money unit;                      /* divides every free cost */
	double need, margin;
	uint64_t fixed, best;
	th_money best_cost;                 /* of the free ones in `best` */
	uint64_t nodes, limit;
	bool stopped, dominance, edge;      /* edge: a set came within rounding of the need */
	th_money root_bound;
} search;

/* What is left of each group, and of all activities together; what is saved so far. */
typedef struct state {
	double left[TH_ROUTE_MEASURES], total, saved;
} state;

bool th_route_saving(const th_route_problem *p, uint64_t chosen, th_mass *saving)
{
	th_mass saved = 0, part;
	for (size_t a = 0; a < p->activities; a++) {
		th_mass left = p->activity[a];
		for (size_t i = 0; i < p->measures; i++) {
			const th_route_measure *m = &p->measure[i];
			if (!(chosen >> i & 1) || (m->activity != a && m->activity != TH_ROUTE_ALL))
				continue;
			if (!th_share_of(&m->share, left, &part))
				return false;
			left -= part;
		}
		if (!th_mass_add(&saved, p->activity[a] - left))
			return false;
	}
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		if (!(chosen >> i & 1) || m->activity != TH_ROUTE_APART)
			continue;
		th_share share = {(th_mass)m->share.num, (th_mass)m->share.den, 1, 1};
		if (!th_share_of(&share, m->share.part, &part) || !th_mass_add(&saved, part))
			return false;
	}
	*saving = saved;
	return true;
}

/* --- savings in double --- */

static double gain_of(const search *s, const state *now, const free_measure *item)
{
	size_t activity = s->p->measure[item->measure].activity;
	return item->share * (activity == TH_ROUTE_APART ? 1 : activity == TH_ROUTE_ALL ? now->total : now->left[item->group]);
}

static void take(const search *s, state *now, const free_measure *item)
{
	size_t activity = s->p->measure[item->measure].activity;
	double gain = gain_of(s, now, item);
	now->saved += gain;
	if (activity == TH_ROUTE_APART)
		return;
	now->total -= gain;
	if (activity != TH_ROUTE_ALL) {
		now->left[item->group] -= gain;
		return;
	}
	for (size_t g = 0; g < s->groups; g++)
		now->left[g] -= now->left[g] * item->share;
}

/* --- bounds --- */

/* A lower bound of what the missing part costs with items from `from` on that `open` has; false when they cannot save it. */
static bool bound_of(const search *s, const state *now, size_t from, uint64_t open, th_money *bound)
{
	double gain[TH_ROUTE_MEASURES], missing = s->need - s->margin - now->saved, cost = 0;
	size_t order[TH_ROUTE_MEASURES], n = 0;
	state all = *now;
	for (size_t i = from; i < s->count; i++) {
		if (!(open >> i & 1))
			continue;
		take(s, &all, &s->item[i]);
		gain[i] = gain_of(s, now, &s->item[i]);
		if (!(gain[i] > 0))
			continue;
		size_t at = n++;
		for (; at > 0 && s->item[order[at - 1]].cost * gain[i] > s->item[i].cost * gain[order[at - 1]]; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	if (all.saved < s->need - s->margin)
		return false;
	for (size_t k = 0; k < n && missing > 0; k++) {
		double part = gain[order[k]] < missing ? 1 : missing / gain[order[k]];
		cost += part * s->item[order[k]].cost;
		missing -= gain[order[k]];
	}
	*bound = (th_money)ceil(cost * (1 - 1e-12)); /* costs are whole numbers */
	return true;
}

/* --- the search --- */

static uint64_t measures_of(const search *s, uint64_t items)
{
	uint64_t chosen = s->fixed;
	for (size_t i = 0; i < s->count; i++)
		if (items >> i & 1)
			chosen |= (uint64_t)1 << s->item[i].measure;
	return chosen;
}

/* Does the set save enough? In integers where doubles cannot tell. */
static bool enough(search *s, const state *now, uint64_t items)
{
	th_mass saving;
	if (now->saved >= s->need + s->margin)
		return true;
	if (now->saved < s->need - s->margin || !th_route_saving(s->p, measures_of(s, items), &saving))
		return false;
	th_mass off = saving - s->p->need;
	s->edge |= off < TH_ROUTE_MEASURES && off > -TH_ROUTE_MEASURES;
	return off >= 0;
}

static void branch(search *s, const state *now, size_t k, uint64_t items, uint64_t open, th_money cost)
{
	th_money bound;
	if (s->stopped || cost >= s->best_cost)
		return;
	if (s->nodes++ >= s->limit) {
		s->stopped = true;
		return;
	}
	if (enough(s, now, items)) {
		s->best = items;
		s->best_cost = cost;
		return;
	}
	while (k < s->count && !(open >> k & 1))
		k++;
	if (k == s->count || !bound_of(s, now, k, open, &bound) || cost + bound >= s->best_cost)
		return;
	const free_measure *item = &s->item[k];
	uint64_t bit = (uint64_t)1 << k;
	state with = *now;
	take(s, &with, item);
	branch(s, &with, k + 1, items | bit, open & ~bit, cost + item->price);
	branch(s, now, k + 1, items, open & ~bit & ~(s->dominance ? item->dominated : 0), cost);
}

/* --- preparation --- */

static size_t group_of(search *s, size_t activity)
{
	for (size_t g = 0; g < s->groups; g++)
		if (s->group_of[g] == activity)
			return g;
	s->group_of[s->groups] = activity;
	return s->groups++;
}

static double share_of(const th_route_measure *m)
{
	double share = (double)m->share.part * m->share.num / m->share.den;
	return m->activity == TH_ROUTE_APART ? share : share / (double)m->share.whole;
}

static bool no_better(const search *s, const free_measure *a, const free_measure *than)
{
	const th_route_measure *x = &s->p->measure[a->measure], *y = &s->p->measure[than->measure];
	bool same = x->share.part == y->share.part && x->share.whole == y->share.whole && x->share.num == y->share.num &&
	            x->share.den == y->share.den;
	return x->activity == y->activity && x->cost >= y->cost && (same || a->share < than->share * (1 - 1e-12));
}

static bool fits(__int128 number)
{
	return th_magnitude(number) >> NUMBER_BITS == 0;
}

static bool in_range(const th_route_problem *p)
{
	if (p->measures > TH_ROUTE_MEASURES || !fits(p->need))
		return false;
	for (size_t a = 0; a < p->activities; a++)
		if (p->activity[a] < 0 || !fits(p->activity[a]))
			return false;
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		if (!fits(m->cost) || m->share.part < 0 || m->share.whole <= 0 || m->share.den == 0 || !fits(m->share.part) || !fits(m->share.whole))
			return false;
	}
	return true;
}

/* The free measures by cost per mass, what they dominate, and the state with the fixed ones taken. */
static void prepare(search *s, state *start)
{
	const th_route_problem *p = s->p;
	free_measure all[TH_ROUTE_MEASURES];
	double gain[TH_ROUTE_MEASURES];
	*start = (state){0};
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		bool own = m->activity != TH_ROUTE_ALL && m->activity != TH_ROUTE_APART;
		all[i] = (free_measure){.measure = i, .group = own ? group_of(s, m->activity) : 0, .share = share_of(m)};
	}
	for (size_t a = 0; a < p->activities; a++)
		start->total += (double)p->activity[a];
	for (size_t g = 0; g < s->groups; g++)
		start->left[g] = s->group_of[g] < p->activities ? (double)p->activity[s->group_of[g]] : 0;
	double scale = start->total + fabs((double)p->need);
	for (size_t i = 0; i < p->measures; i++) {
		if (p->measure[i].activity == TH_ROUTE_APART)
			scale += all[i].share;
		if (s->fixed >> i & 1)
			take(s, start, &all[i]);
		else
			s->unit = (th_money)th_gcd((u128)p->measure[i].cost, (u128)s->unit); /* free ones cost more than nothing */
	}
	/* Some hundred operations, each with an error of 2^-53 at most, and one of rounding to integers. */
	s->margin = scale * 1e-13 + 2 * TH_ROUTE_MEASURES;
	for (size_t i = 0; i < p->measures; i++) {
		if (s->fixed >> i & 1)
			continue;
		all[i].price = p->measure[i].cost / s->unit;
		all[i].cost = (double)all[i].price;
		gain[i] = gain_of(s, start, &all[i]);
		size_t at = s->count++;
		for (; at > 0 && s->item[at - 1].cost * gain[i] > all[i].cost * gain[s->item[at - 1].measure]; at--)
			s->item[at] = s->item[at - 1];
		s->item[at] = all[i];
	}
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = i + 1; k < s->count; k++)
			if (no_better(s, &s->item[k], &s->item[i]))
				s->item[i].dominated |= (uint64_t)1 << k;
}

/* Run once; all free measures together are the first answer. */
static void run(search *s, const state *start)
{
	uint64_t every = s->count == 64 ? ~(uint64_t)0 : ((uint64_t)1 << s->count) - 1;
	s->best = every;
	s->best_cost = 1;
	for (size_t i = 0; i < s->count; i++)
		s->best_cost += s->item[i].price; /* one more: the search may find this very set */
	s->nodes = 0;
	s->stopped = s->edge = false;
	if (!bound_of(s, start, 0, every, &s->root_bound))
		s->root_bound = 0;
	branch(s, start, 0, 0, every, 0);
	if (s->best == every) {
		s->best_cost = 0;
		for (size_t i = 0; i < s->count; i++)
			s->best_cost += s->item[i].price;
	}
}

void th_route_find(const th_route_problem *p, th_route *out)
{
	search s = {.p = p, .limit = p->limit ? p->limit : TH_ROUTE_NODES, .need = (double)p->need, .dominance = true};
	th_money fixed = 0, all = 0;
	uint64_t every = p->measures >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << p->measures) - 1;
	state start;
	*out = (th_route){.verdict = TH_ROUTE_UNDECIDED};
	if (!in_range(p) || !th_route_saving(p, every, &out->saving))
		return;
	for (size_t i = 0; i < p->measures; i++) {
		all += p->measure[i].cost;
		if (p->measure[i].cost > 0 && !p->measure[i].required)
			continue;
		s.fixed |= (uint64_t)1 << i;
		fixed += p->measure[i].cost;
	}
	if (out->saving < p->need) {
		*out = (th_route){TH_ROUTE_UNREACHABLE, every, all, out->saving, all, 0};
		return;
	}
	prepare(&s, &start);
	run(&s, &start);
	out->nodes = s.nodes;
	if (s.edge && s.dominance && !s.stopped) {
		/* Where a set meets the need to the last unit, exchanging like measures might not round alike. */
		s.dominance = false;
		run(&s, &start);
		out->nodes += s.nodes;
	}
	out->verdict = s.stopped ? TH_ROUTE_FOUND : TH_ROUTE_OPTIMAL;
	out->chosen = measures_of(&s, s.best);
	th_money unit = s.count ? s.unit : 1;
	out->cost = fixed + s.best_cost * unit;
	out->bound = s.stopped ? fixed + s.root_bound * unit : out->cost;
	if (!th_route_saving(p, out->chosen, &out->saving))
		out->verdict = TH_ROUTE_UNDECIDED;
}
