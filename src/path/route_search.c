/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Depth-first branch and bound over sets of measures.
 *
 * What a set saves is monotone and submodular: a measure takes its share of what others leave, so that it never saves more than it would
 * now. Hence now's savings, filled in by cost (or price) per mass and the last one in part, bound what is still to be had. What measures
 * require and exclude only makes less of it. Bounds are in double with a margin; what a set saves, costs and takes of the budget is decided
 * in integers. */
#include "path/route_search.h"

#include <math.h>

#include "base/digits.h"

typedef struct item {
	size_t measure, group;
	double share, cost, price;   /* cost and price in units of `unit` */
	th_money whole_cost;         /* in units of `unit` */
	uint64_t brings, drops, bars;/* of items, as th_ties has them */
	uint64_t dominated;          /* later ones that are no better: with this one left out, so are they */
	bool free;                   /* tied to no other */
} item;

typedef struct search {
	const th_route_problem *p;
	const th_ties *ties;
	bool most;                   /* of savings, not the least cost */
	size_t group_of[TH_ROUTE_MEASURES]; /* activity of a group */
	size_t groups, count;
	item item[TH_ROUTE_MEASURES];
	th_money unit;               /* divides every cost of an item */
	double need, margin;
	uint64_t fixed, open;        /* measures in every set; items that may come */
	uint64_t best;
	bool found, stopped, dominance;
	bool edge;                   /* a set came within rounding of what decides */
	bool earns;                  /* an item costs less than nothing */
	th_money best_cost;          /* of the items in `best` */
	th_mass best_kilograms;
	uint64_t nodes, limit;
	th_money root_bound;
	double root_most;
} search;

/* What is left of each group, and of all activities together; what is saved so far. */
typedef struct state {
	double left[TH_ROUTE_MEASURES], total, saved;
} state;

/* Where the search stands: items taken, items that may still come, from `next` on, their cost in units, what is left of the budget. */
typedef struct node {
	size_t next;
	uint64_t items, open;
	th_money cost, budget;
	bool seen; /* the set was looked at */
} node;

/* --- savings in double --- */

static double gain_of(const search *s, const state *now, const item *it)
{
	size_t activity = s->p->measure[it->measure].activity;
	return it->share * (activity == TH_ROUTE_APART ? 1 : activity == TH_ROUTE_ALL ? now->total : now->left[it->group]);
}

static void take(const search *s, state *now, const item *it)
{
	size_t activity = s->p->measure[it->measure].activity;
	double gain = gain_of(s, now, it);
	now->saved += gain;
	if (activity == TH_ROUTE_APART)
		return;
	now->total -= gain;
	if (activity != TH_ROUTE_ALL) {
		now->left[it->group] -= gain;
		return;
	}
	for (size_t g = 0; g < s->groups; g++)
		now->left[g] -= now->left[g] * it->share;
}

/* --- bounds --- */

/* The open items that save something now, and what all of them would together with what is saved. */
typedef struct open_items {
	double gain[TH_ROUTE_MEASURES], all;
	size_t which[TH_ROUTE_MEASURES], count;
	double earned; /* what those that cost less than nothing make, in units */
	double spread; /* the sum of all costs without their signs */
} open_items;

static void list_open(const search *s, const state *now, const node *at, open_items *o)
{
	state all = *now;
	*o = (open_items){.count = 0};
	for (size_t i = at->next; i < s->count; i++) {
		const item *it = &s->item[i];
		if (!(at->open >> i & 1))
			continue;
		take(s, &all, it);
		o->spread += fabs(it->cost);
		o->earned += it->cost < 0 ? it->cost : 0;
		o->gain[i] = gain_of(s, now, it);
		if (o->gain[i] > 0)
			o->which[o->count++] = i;
	}
	o->all = all.saved;
}

/* By what each asks for what it saves, the least first. */
static void sort_open(const search *s, open_items *o, bool by_price)
{
	for (size_t n = 1; n < o->count; n++) {
		size_t i = o->which[n], at = n;
		double asks = by_price ? s->item[i].price : s->item[i].cost;
		for (; at > 0; at--) {
			size_t before = o->which[at - 1];
			if ((by_price ? s->item[before].price : s->item[before].cost) * o->gain[i] <= asks * o->gain[before])
				break;
			o->which[at] = before;
		}
		o->which[at] = i;
	}
}

/* The most that can be saved from here. */
static double most_from(const search *s, const state *now, const node *at, open_items *o)
{
	double saved = now->saved, budget = (double)at->budget * (1 + 1e-12);
	if (!s->p->budgeted)
		return o->all;
	sort_open(s, o, true);
	for (size_t k = 0; k < o->count && budget >= 0; k++) {
		double price = s->item[o->which[k]].price, part = price <= budget ? 1 : budget / price;
		saved += part * o->gain[o->which[k]];
		if (part < 1)
			break;
		budget -= price;
	}
	return saved < o->all ? saved : o->all;
}

/* The least that the missing part costs from here, in units. Costs are whole numbers. */
static th_money least_from(const search *s, const state *now, open_items *o)
{
	double missing = s->need - s->margin - now->saved, cost = o->earned;
	sort_open(s, o, false);
	for (size_t k = 0; k < o->count && missing > 0; k++) {
		const item *it = &s->item[o->which[k]];
		double gain = o->gain[o->which[k]], part = gain < missing ? 1 : missing / gain;
		cost += it->cost > 0 ? part * it->cost : 0;
		missing -= gain;
	}
	return (th_money)ceil(cost - 1e-12 * o->spread);
}

/* So much is better than the best so far. */
static double better_than_best(const search *s)
{
	return ((double)s->best_kilograms + 0.5) * TH_ROUTE_KILOGRAM;
}

/* Can a better set than the best be here? */
static bool promises(const search *s, const state *now, const node *at)
{
	open_items o;
	list_open(s, now, at, &o);
	if (s->most)
		return !s->found || most_from(s, now, at, &o) + s->margin >= better_than_best(s);
	return most_from(s, now, at, &o) >= s->need - s->margin && (!s->found || at->cost + least_from(s, now, &o) < s->best_cost);
}

/* --- the sets --- */

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

static void keep(search *s, const node *at)
{
	s->found = true;
	s->best = at->items;
	s->best_cost = at->cost;
}

static void see(search *s, const state *now, const node *at)
{
	th_mass saving;
	if (at->seen)
		return;
	if (!s->most) {
		if ((!s->found || at->cost < s->best_cost) && enough(s, now, at->items))
			keep(s, at);
		return;
	}
	if ((s->found && now->saved + s->margin < better_than_best(s)) || !th_route_saving(s->p, measures_of(s, at->items), &saving))
		return;
	th_mass shifted = saving + TH_ROUTE_KILOGRAM / 2, rest = shifted % TH_ROUTE_KILOGRAM;
	s->edge |= rest < TH_ROUTE_MEASURES || rest > TH_ROUTE_KILOGRAM - TH_ROUTE_MEASURES;
	if (s->found && shifted / TH_ROUTE_KILOGRAM <= s->best_kilograms)
		return;
	s->best_kilograms = shifted / TH_ROUTE_KILOGRAM;
	keep(s, at);
}

/* The item and all that it brings; false when the budget does not have it. */
static bool take_item(const search *s, const item *it, state *now, node *at)
{
	uint64_t more = it->brings & ~at->items;
	for (size_t i = 0; i < s->count; i++) {
		if (!(more >> i & 1))
			continue;
		take(s, now, &s->item[i]);
		at->cost += s->item[i].whole_cost;
		at->budget -= s->p->measure[s->item[i].measure].price;
	}
	at->items |= more;
	at->open &= ~(more | it->bars);
	at->seen = false;
	return !s->p->budgeted || at->budget >= 0;
}

static void branch(search *s, const state *now, node at)
{
	if (s->stopped || (!s->most && !s->earns && s->found && at.cost >= s->best_cost))
		return;
	if (s->nodes++ >= s->limit) {
		s->stopped = true;
		return;
	}
	see(s, now, &at);
	while (at.next < s->count && !(at.open >> at.next & 1))
		at.next++;
	if (at.next == s->count || !promises(s, now, &at))
		return;
	const item *it = &s->item[at.next];
	state with = *now;
	node taken = at, left = at;
	taken.next = left.next = at.next + 1;
	if (take_item(s, it, &with, &taken))
		branch(s, &with, taken);
	left.open &= ~(it->drops | (s->dominance ? it->dominated : 0));
	left.seen = true;
	branch(s, now, left);
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

static bool no_better(const search *s, const item *a, const item *than)
{
	const th_route_measure *x = &s->p->measure[a->measure], *y = &s->p->measure[than->measure];
	bool same = x->share.part == y->share.part && x->share.whole == y->share.whole && x->share.num == y->share.num &&
	            x->share.den == y->share.den;
	return a->free && than->free && x->activity == y->activity && x->cost >= y->cost && (!s->p->budgeted || x->price >= y->price) &&
	       (same || a->share < than->share * (1 - 1e-12));
}

/* What is in every set: the required ones with all they need, and what costs nothing and is tied to nothing. */
static uint64_t fixed_of(const th_route_problem *p, const th_ties *ties)
{
	uint64_t fixed = 0;
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		if (m->required || (m->cost <= 0 && th_ties_free(ties, i) && (!p->budgeted || m->price == 0)))
			fixed |= (uint64_t)1 << i;
	}
	return th_ties_needs(p, ties, fixed);
}

/* A set of measures as a set of items. */
static uint64_t items_of(const search *s, uint64_t measures)
{
	uint64_t items = 0;
	for (size_t i = 0; i < s->count; i++)
		if (measures >> s->item[i].measure & 1)
			items |= (uint64_t)1 << i;
	return items;
}

static void tie_items(search *s)
{
	uint64_t barred = th_ties_bars(s->p, s->ties, s->fixed);
	for (size_t i = 0; i < s->count; i++) {
		item *it = &s->item[i];
		it->brings = items_of(s, s->ties->needs[it->measure]);
		it->drops = items_of(s, s->ties->drops[it->measure]);
		it->bars = items_of(s, s->ties->bars[it->measure]);
		if (!(barred >> it->measure & 1) && !(s->ties->needs[it->measure] & s->ties->bars[it->measure]))
			s->open |= (uint64_t)1 << i;
	}
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = i + 1; k < s->count; k++)
			if (no_better(s, &s->item[k], &s->item[i]))
				s->item[i].dominated |= (uint64_t)1 << k;
}

/* The items by cost per mass, what they dominate, and the state with the fixed ones taken. */
static void prepare(search *s, state *start)
{
	const th_route_problem *p = s->p;
	item all[TH_ROUTE_MEASURES];
	double gain[TH_ROUTE_MEASURES];
	*start = (state){.total = 0};
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		bool own = m->activity != TH_ROUTE_ALL && m->activity != TH_ROUTE_APART;
		all[i] = (item){.measure = i, .group = own ? group_of(s, m->activity) : 0, .share = share_of(m), .price = (double)m->price,
		                .free = th_ties_free(s->ties, i)};
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
			s->unit = (th_money)th_gcd(th_magnitude(p->measure[i].cost), (u128)s->unit);
	}
	s->unit = s->unit ? s->unit : 1;
	/* Some hundred operations, each with an error of 2^-53 at most, and one of rounding to integers. */
	s->margin = scale * 1e-13 + 2 * TH_ROUTE_MEASURES;
	for (size_t i = 0; i < p->measures; i++) {
		if (s->fixed >> i & 1)
			continue;
		all[i].whole_cost = p->measure[i].cost / s->unit;
		all[i].cost = (double)all[i].whole_cost;
		s->earns |= all[i].whole_cost < 0;
		gain[i] = gain_of(s, start, &all[i]);
		double asks = s->most ? all[i].price : all[i].cost;
		size_t at = s->count++;
		for (; at > 0 && (s->most ? s->item[at - 1].price : s->item[at - 1].cost) * gain[i] > asks * gain[s->item[at - 1].measure]; at--)
			s->item[at] = s->item[at - 1];
		s->item[at] = all[i];
	}
	tie_items(s);
}

static th_money price_of(const th_route_problem *p, uint64_t set)
{
	th_money sum = 0;
	for (size_t i = 0; i < p->measures; i++)
		sum += set >> i & 1 && !p->measure[i].required ? p->measure[i].price : 0;
	return sum;
}

/* Run once. Where nothing is tied and no budget limits them, all items together are the first answer. */
static void run(search *s, const state *start)
{
	node root = {.open = s->open, .budget = s->p->budget - price_of(s->p, s->fixed)};
	open_items o;
	s->nodes = 0;
	s->found = s->stopped = s->edge = false;
	list_open(s, start, &root, &o);
	s->root_most = most_from(s, start, &root, &o);
	s->root_bound = s->most ? 0 : least_from(s, start, &o);
	branch(s, start, root);
	if (!s->found && s->stopped && !s->ties->any && !s->p->budgeted) {
		s->found = true;
		s->best = s->open;
	}
}

void th_route_search(const th_route_problem *p, const th_ties *ties, bool most, th_searched *out)
{
	search s = {.p = p, .ties = ties, .most = most, .limit = p->limit ? p->limit : TH_ROUTE_NODES, .need = (double)p->need, .dominance = true};
	state start;
	*out = (th_searched){.lawful = false};
	s.fixed = fixed_of(p, ties);
	if ((s.fixed & th_ties_bars(p, ties, s.fixed)) || (p->budgeted && price_of(p, s.fixed) > p->budget))
		return;
	prepare(&s, &start);
	run(&s, &start);
	out->nodes = s.nodes;
	if (s.edge && s.dominance && !s.stopped) {
		/* Where a set meets what decides to the last unit, exchanging like measures might not round alike. */
		s.dominance = false;
		run(&s, &start);
		out->nodes += s.nodes;
	}
	th_money fixed = 0;
	for (size_t i = 0; i < p->measures; i++)
		fixed += s.fixed >> i & 1 ? p->measure[i].cost : 0;
	out->lawful = true;
	out->found = s.found;
	out->stopped = s.stopped;
	out->chosen = measures_of(&s, s.found ? s.best : 0);
	out->bound = fixed + s.root_bound * s.unit;
	out->kilograms = s.best_kilograms;
	out->kilograms_bound = s.stopped ? (th_mass)((s.root_most + s.margin) / TH_ROUTE_KILOGRAM + 0.5) : s.best_kilograms;
}
