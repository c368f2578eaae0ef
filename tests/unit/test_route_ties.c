/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Budgets, prerequisites and exclusions against every subset. */

#include "path/route.h"
#include "random.h"
#include "suites.h"

#define T ((th_mass)1000000000000) /* 1e-9 kg in a tonne */
#define YUAN ((th_money)1000000000)

enum { MEASURES = 12, CASES = 500, KILOGRAM = 1000000000 };

typedef struct example {
	th_mass activity[4];
	th_route_measure measure[MEASURES];
	th_route_problem problem;
} example;

static void tie(example *e, size_t i)
{
	size_t n = e->problem.measures;
	uint64_t kind = next() % 4, other = next() % n;
	if (other == i)
		return;
	if (kind == 0 || (kind == 1 && next() % 2))
		e->measure[i].requires |= (uint64_t)1 << other; /* a circle, too: then all of it or nothing */
	else if (kind == 2)
		e->measure[i].excludes |= (uint64_t)1 << other;
}

/* Up to twelve, some that only enable others, some that earn, some alike, few required. */
static void make(example *e)
{
	th_mass sum = 0;
	th_money prices = 0;
	size_t n = next() % MEASURES + 1, activities = next() % 4 + 1;
	e->problem = (th_route_problem){.activity = e->activity, .activities = activities, .measure = e->measure, .measures = n};
	for (size_t a = 0; a < activities; a++)
		sum += e->activity[a] = (th_mass)(next() % 1000 + 1) * T + (next() % 2 ? (th_mass)(next() % 1000000007) : 0);
	for (size_t i = 0; i < n; i++) {
		th_route_measure *m = &e->measure[i];
		uint64_t kind = next() % 10;
		*m = (th_route_measure){.activity = kind == 0 ? TH_ROUTE_ALL : kind == 1 ? TH_ROUTE_APART : (size_t)(next() % activities)};
		th_mass whole = m->activity < activities ? e->activity[m->activity] : sum;
		m->share = (th_share){whole / 100 * (th_mass)(next() % 40), whole, (uint32_t)(next() % 3), 2};
		if (kind == 1)
			m->share = (th_share){whole / 50, 1, 1, 1};
		m->cost = ((th_money)(next() % 1000) - (next() % 4 == 0 ? 1000 : 0)) * YUAN;
		m->price = next() % 6 == 0 ? 0 : (th_money)(next() % 1000) * YUAN + (th_money)(next() % 2);
		if (i > 0 && next() % 6 == 0)
			*m = e->measure[i - 1];
		m->required = next() % 16 == 0;
	}
	for (size_t i = 0; i < n; i++) {
		tie(e, i);
		prices += e->measure[i].price;
	}
	e->problem.need = sum / 100 * (th_mass)(next() % 50);
	e->problem.budgeted = next() % 3 != 0;
	e->problem.budget = prices / 8 * (th_money)(next() % 9);
}

/* By the words of route.h alone. */
static bool lawful(const th_route_problem *p, uint64_t set)
{
	uint64_t decided = 0;
	th_money price = 0;
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		if (m->required)
			decided |= (uint64_t)1 << i;
		if (!(set >> i & 1))
			continue;
		price += m->required ? 0 : m->price;
		if ((m->requires & ~set) || (m->excludes & set))
			return false;
	}
	return !(decided & ~set) && (!p->budgeted || price <= p->budget);
}

typedef struct best {
	bool any, reached;
	th_money least;          /* of those that save the need */
	th_mass kilograms;       /* the most */
	th_money least_for_most; /* of those that save as much */
} best;

static best brute(const th_route_problem *p)
{
	best b = {.any = false};
	for (uint64_t set = 0; set < (uint64_t)1 << p->measures; set++) {
		th_money cost = 0;
		th_mass saving;
		if (!lawful(p, set))
			continue;
		for (size_t i = 0; i < p->measures; i++)
			cost += set >> i & 1 ? p->measure[i].cost : 0;
		ck_assert(th_route_saving(p, set, &saving));
		if (saving >= p->need && (!b.reached || cost < b.least))
			b.least = cost;
		b.reached |= saving >= p->need;
		th_mass kilograms = (saving + KILOGRAM / 2) / KILOGRAM;
		if (!b.any || kilograms > b.kilograms || (kilograms == b.kilograms && cost < b.least_for_most))
			b.least_for_most = cost;
		if (!b.any || kilograms > b.kilograms)
			b.kilograms = kilograms;
		b.any = true;
	}
	return b;
}

static void is_lawful(const th_route_problem *p, const th_route *route)
{
	th_mass saving, part[MEASURES], sum = 0;
	th_money cost = 0;
	ck_assert(lawful(p, route->chosen));
	ck_assert(th_route_saving(p, route->chosen, &saving) && saving == route->saving);
	ck_assert(th_route_parts(p, route->chosen, part));
	for (size_t i = 0; i < p->measures; i++) {
		cost += route->chosen >> i & 1 ? p->measure[i].cost : 0;
		sum += part[i];
		ck_assert(part[i] == 0 || route->chosen >> i & 1);
	}
	ck_assert(cost == route->cost && sum == saving);
}

START_TEST(all_subsets)
{
	int reached = 0, tied = 0, none = 0;
	seed = 20221127;
	for (int i = 0; i < CASES; i++) {
		example e;
		th_route route;
		make(&e);
		best b = brute(&e.problem);
		th_route_find(&e.problem, &route);
		ck_assert_msg(route.verdict == (b.reached ? TH_ROUTE_OPTIMAL : b.any ? TH_ROUTE_UNREACHABLE : TH_ROUTE_IMPOSSIBLE), "case %d: %d", i, (int)route.verdict);
		ck_assert_msg(!b.reached || route.cost == b.least, "case %d: %.9g, least %.9g", i, (double)route.cost, (double)b.least);
		if (b.any)
			is_lawful(&e.problem, &route);
		if (b.reached)
			ck_assert(route.saving >= e.problem.need && route.bound == route.cost);
		else if (b.any)
			ck_assert((route.saving + KILOGRAM / 2) / KILOGRAM == b.kilograms);
		th_route_most(&e.problem, &route);
		ck_assert_msg(route.verdict == (b.any ? TH_ROUTE_OPTIMAL : TH_ROUTE_IMPOSSIBLE), "case %d: %d", i, (int)route.verdict);
		none += !b.any;
		if (!b.any)
			continue;
		is_lawful(&e.problem, &route);
		ck_assert_msg((route.saving + KILOGRAM / 2) / KILOGRAM == b.kilograms, "case %d: saves %.9g, most %.9g", i, (double)route.saving, (double)b.kilograms);
		ck_assert_msg(route.cost == b.least_for_most, "case %d: costs %.9g, least %.9g", i, (double)route.cost, (double)b.least_for_most);
		ck_assert(route.most == b.kilograms * KILOGRAM);
		reached += b.reached;
		for (size_t k = 0; k < e.problem.measures; k++)
			tied += (route.chosen >> k & 1) && e.measure[k].requires;
	}
	ck_assert_int_gt(reached, CASES / 4); /* the cases are of all kinds */
	ck_assert_int_gt(tied, CASES / 4);
	ck_assert_int_gt(none, CASES / 50);
}
END_TEST

/* M0 saves 100 t for 3 yuan a year and a price of 2; M1 needs it and saves 300 t for 1 (price 4); M2 saves 250 t for 2 (price 5) and excludes M1. */
START_TEST(by_hand)
{
	const th_route_measure measure[] = {
		{TH_ROUTE_APART, {100 * T, 1, 1, 1}, 3 * YUAN, false, 2 * YUAN, 0, 0},
		{TH_ROUTE_APART, {300 * T, 1, 1, 1}, 1 * YUAN, false, 4 * YUAN, 1, 0},
		{TH_ROUTE_APART, {250 * T, 1, 1, 1}, 2 * YUAN, false, 5 * YUAN, 0, 2},
	};
	th_route_problem p = {.measure = measure, .measures = 3, .need = 260 * T};
	th_route route;
	th_route_find(&p, &route); /* M0 and M1: 4 yuan, 400 t; M0 and M2: 5 yuan, 350 t; M1 alone is not to be had */
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.chosen == 3 && route.cost == 4 * YUAN && route.saving == 400 * T);
	p.need = 401 * T; /* M1 and M2 together would do */
	th_route_find(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_UNREACHABLE && route.chosen == 3 && route.saving == 400 * T);
	p.budgeted = true;
	p.budget = 6 * YUAN;
	th_route_most(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.chosen == 3 && route.price == 6 * YUAN);
	p.budget--; /* a 1e-9 yuan less */
	th_route_most(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.chosen == 4 && route.saving == 250 * T && route.price == 5 * YUAN);
	p.budget = 2 * YUAN - 1;
	th_route_most(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.chosen == 0 && route.saving == 0);
	p.budget = -1;
	th_route_most(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_IMPOSSIBLE && route.chosen == 0);
}
END_TEST

/* Of equal tonnes the cheaper; what is done takes nothing of the budget; what it needs does. */
START_TEST(ties_and_money)
{
	th_route_measure measure[] = {
		{TH_ROUTE_APART, {100 * T, 1, 1, 1}, 3 * YUAN, false, YUAN, 0, 0},
		{TH_ROUTE_APART, {100 * T, 1, 1, 1}, 2 * YUAN, false, YUAN, 0, 0},
		{TH_ROUTE_APART, {10 * T, 1, 1, 1}, 9 * YUAN, true, 99 * YUAN, 8, 0},
		{TH_ROUTE_APART, {0, 1, 1, 1}, 1 * YUAN, false, YUAN, 0, 0},
	};
	th_route_problem p = {.measure = measure, .measures = 4, .budgeted = true, .budget = 2 * YUAN};
	th_route route;
	th_route_most(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.chosen == 14 && route.saving == 110 * T && route.price == 2 * YUAN && route.cost == 12 * YUAN);
	p.budget = YUAN - 1;
	th_route_most(&p, &route);
	ck_assert_int_eq(route.verdict, TH_ROUTE_IMPOSSIBLE);
}
END_TEST

/* Thirty alike, each tied to nothing: half of them are to be had, and that is proved. */
START_TEST(alike)
{
	th_route_measure measure[30];
	th_route route;
	for (size_t i = 0; i < 30; i++)
		measure[i] = (th_route_measure){TH_ROUTE_APART, {10 * T, 1, 1, 1}, 7 * YUAN, false, 10 * YUAN, 0, 0};
	th_route_problem p = {.measure = measure, .measures = 30, .budgeted = true, .budget = 155 * YUAN};
	th_route_most(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.saving == 150 * T && route.cost == 105 * YUAN);
}
END_TEST

/* The limit of the search: a lawful set, and how much more there might be. */
START_TEST(stopped)
{
	th_route_measure measure[40];
	th_route route;
	seed = 7;
	for (size_t i = 0; i < 40; i++)
		measure[i] = (th_route_measure){TH_ROUTE_APART, {(th_mass)(next() % 1000 + 1000) * T, 1, 1, 1}, YUAN, false, (th_money)(next() % 1000 + 1000) * YUAN, 0, 0};
	th_route_problem p = {.measure = measure, .measures = 40, .budgeted = true, .budget = 20000 * YUAN, .limit = 60};
	th_route_most(&p, &route);
	ck_assert_int_eq(route.verdict, TH_ROUTE_FOUND);
	ck_assert(route.saving > 0 && route.price <= p.budget && route.most > route.saving);
	p.limit = 0;
	const th_mass bound = route.most, before = route.saving;
	th_route_most(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.saving >= before && route.saving <= bound);
}
END_TEST

Suite *route_ties_suite(void)
{
	Suite *suite = suite_create("route_ties");
	TCase *tcase = tcase_create("route_ties");
	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, all_subsets);
	tcase_add_test(tcase, by_hand);
	tcase_add_test(tcase, ties_and_money);
	tcase_add_test(tcase, alike);
	tcase_add_test(tcase, stopped);
	return suite;
}
