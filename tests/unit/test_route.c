/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cheapest route against every subset. */

#include <math.h>

#include "path/worth.h"
#include "path/route.h"
#include "random.h"
#include "suites.h"

#define T ((th_mass)1000000000000) /* 1e-9 kg in a tonne */
#define YUAN ((th_money)1000000000)

typedef struct example {
	th_mass activity[5];
	th_route_measure measure[TH_ROUTE_MEASURES];
	th_route_problem problem;
} example;

/* Round numbers and ragged ones, measures on one activity, on all and apart, some that earn money, some equal to the one before. */
static void make(example *e, size_t measures, size_t activities)
{
	th_mass sum = 0;
	e->problem = (th_route_problem){.activity = e->activity, .activities = activities, .measure = e->measure, .measures = measures};
	for (size_t a = 0; a < activities; a++)
		sum += e->activity[a] = (th_mass)(next() % 100000 + 1) * T + (next() % 2 ? (th_mass)(next() % 1000000007) : 0);
	for (size_t i = 0; i < measures; i++) {
		th_route_measure *m = &e->measure[i];
		uint64_t kind = next() % 10;
		*m = (th_route_measure){.activity = kind == 0 ? TH_ROUTE_ALL : kind == 1 ? TH_ROUTE_APART : (size_t)(next() % activities)};
		th_mass whole = m->activity < activities ? e->activity[m->activity] : sum;
		m->share = (th_share){whole / 1000 * (th_mass)(next() % 500 + 1), whole, (uint32_t)(next() % 3 + 1), 3};
		if (kind == 1)
			m->share = (th_share){whole / 50, 1, 1, 1};
		m->cost = ((th_money)(next() % 1000000) - (next() % 12 == 0 ? 1000000 : 0)) * (next() % 2 ? YUAN : 12345679);
		m->required = next() % 20 == 0;
		if (i > 0 && next() % 6 == 0)
			*m = e->measure[i - 1];
	}
	e->problem.need = sum / 100 * (th_mass)(next() % 70);
}

/* The least cost of all 2^n subsets; needs no bound and no order. long double tells all but the nearest from enough. */
static bool brute(const th_route_problem *p, th_money *least)
{
	bool found = false;
	long double share[16], sum = 0;
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		share[i] = (long double)m->share.part / (long double)m->share.whole * m->share.num / m->share.den;
	}
	for (size_t a = 0; a < p->activities; a++)
		sum += (long double)p->activity[a];
	for (uint64_t set = 0; set < (uint64_t)1 << p->measures; set++) {
		th_money cost = 0;
		long double saved = sum;
		th_mass exact;
		bool legal = true;
		for (size_t i = 0; i < p->measures; i++) {
			cost += set >> i & 1 ? p->measure[i].cost : 0;
			legal &= !p->measure[i].required || (set >> i & 1);
			if (set >> i & 1 && p->measure[i].activity == TH_ROUTE_APART)
				saved += share[i];
		}
		if (!legal || (found && cost >= *least))
			continue;
		for (size_t a = 0; a < p->activities; a++) {
			long double left = (long double)p->activity[a];
			for (size_t i = 0; i < p->measures; i++)
				if (set >> i & 1 && (p->measure[i].activity == a || p->measure[i].activity == TH_ROUTE_ALL))
					left *= 1 - share[i];
			saved -= left;
		}
		long double off = saved - (long double)p->need;
		if (off > 1e6L) {
			legal = true;
		} else if (off < -1e6L) {
			legal = false;
		} else {
			ck_assert(th_route_saving(p, set, &exact));
			legal = exact >= p->need;
		}
		if (legal) {
			found = true;
			*least = cost;
		}
	}
	return found;
}

/* What an investment is worth: rates by hand, and where there is none. */
START_TEST(worth)
{
	static const struct {
		double flow[5];
		size_t years;
		unsigned turns;
		double rate, payback; /* below -1: none */
	} cases[] = {
		{{-100, 110}, 2, 1, 0.10, 100.0 / 110},
		{{-100, 60, 60}, 3, 1, 0.130662, 1 + 40.0 / 60}, /* 0.6 (x + x^2) = 1, x = 0.884438 */
		{{-100, 0, 121}, 3, 1, 0.10, 1 + 100.0 / 121},
		{{-100, 50}, 2, 1, -0.5, -2},
		{{-100, 230, -132}, 3, 2, -2, -2}, /* both 10 % and 20 % */
		{{-100, -1}, 2, 0, -2, -2},
		{{100, -110}, 2, 1, -2, -2}, /* a loan */
		{{0, 0}, 2, 0, -2, -2},
		{{-100, 100}, 2, 1, 0, 1},
		{{-1, 1e6}, 2, 1, 999999, 1e-6},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		th_flows flows = {cases[i].flow, cases[i].years};
		const th_worth found = th_worth_of(&flows);
		ck_assert_uint_eq(found.turns, cases[i].turns);
		ck_assert_int_eq(found.has_rate, cases[i].rate >= -1);
		ck_assert_int_eq(found.pays, cases[i].payback >= -1);
		if (found.has_rate)
			ck_assert_double_eq_tol(found.rate, cases[i].rate, 1e-6 * (1 + cases[i].rate));
		if (found.pays)
			ck_assert_double_eq_tol(found.payback, cases[i].payback, 1e-9);
	}
}
END_TEST

START_TEST(all_subsets)
{
	seed = 19740117;
	int reached = 0;
	for (int i = 0; i < 1000; i++) {
		example e;
		th_route route;
		th_money least = 0, cost = 0;
		th_mass saving;
		make(&e, 12, next() % 5 + 1);
		th_route_find(&e.problem, &route);
		if (!brute(&e.problem, &least)) {
			ck_assert_int_eq(route.verdict, TH_ROUTE_UNREACHABLE);
			continue;
		}
		reached++;
		ck_assert_int_eq(route.verdict, TH_ROUTE_OPTIMAL);
		for (size_t k = 0; k < 12; k++) {
			cost += route.chosen >> k & 1 ? e.measure[k].cost : 0;
			ck_assert(!e.measure[k].required || (route.chosen >> k & 1));
		}
		ck_assert(th_route_saving(&e.problem, route.chosen, &saving));
		ck_assert_msg(route.cost == least, "set %d: %.9g, least %.9g", i, (double)route.cost, (double)least);
		ck_assert(cost == least && saving == route.saving && saving >= e.problem.need && route.bound == route.cost);
	}
	ck_assert_int_gt(reached, 500);
}
END_TEST

/* Thirty measures are proved within the node limit. */
START_TEST(thirty)
{
	seed = 271828;
	for (int i = 0; i < 40; i++) {
		example e;
		th_route route;
		make(&e, 30, next() % 5 + 1);
		th_route_find(&e.problem, &route);
		ck_assert_msg(route.verdict == TH_ROUTE_OPTIMAL || route.verdict == TH_ROUTE_UNREACHABLE, "set %d: %d after %llu nodes", i,
		              (int)route.verdict, (unsigned long long)route.nodes);
	}
}
END_TEST

START_TEST(alike)
{
	/* Thirty equal ones of 10 t for 7 yuan, 155 t needed: 16 of them, 112 yuan. */
	th_route_measure measure[30];
	th_route route;
	for (size_t i = 0; i < 30; i++)
		measure[i] = (th_route_measure){.activity = TH_ROUTE_APART, .share = {10 * T, 1, 1, 1}, .cost = 7 * YUAN};
	th_route_problem problem = {.measure = measure, .measures = 30, .need = 155 * T};
	th_route_find(&problem, &route);
	ck_assert_int_eq(route.verdict, TH_ROUTE_OPTIMAL);
	ck_assert(route.cost == 112 * YUAN && route.saving == 160 * T);
	/* Exactly met: 15 of them. */
	problem.need = 150 * T;
	th_route_find(&problem, &route);
	ck_assert_int_eq(route.verdict, TH_ROUTE_OPTIMAL);
	ck_assert(route.cost == 105 * YUAN && route.saving == 150 * T);
}
END_TEST

START_TEST(multiplies)
{
	/* 50 % and 50 % of 1000 t leave 250 t: 750 t, not 1000 t. 751 t is out of reach. */
	const th_mass activity = 1000 * T;
	const th_route_measure measure[] = {{.share = {500 * T, 1000 * T, 1, 1}, .cost = 2 * YUAN}, {.share = {500 * T, 1000 * T, 1, 1}, .cost = YUAN}};
	th_route_problem problem = {.activity = &activity, .activities = 1, .measure = measure, .measures = 2, .need = 750 * T};
	th_route route;
	th_route_find(&problem, &route);
	ck_assert_int_eq(route.verdict, TH_ROUTE_OPTIMAL);
	ck_assert(route.chosen == 3 && route.cost == 3 * YUAN && route.saving == 750 * T);
	problem.need = 500 * T;
	th_route_find(&problem, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.chosen == 2);
	problem.need++;
	th_route_find(&problem, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.chosen == 3);
	problem.need = 751 * T;
	th_route_find(&problem, &route);
	ck_assert(route.verdict == TH_ROUTE_UNREACHABLE && route.saving == 750 * T);
	problem.need = 0;
	th_route_find(&problem, &route);
	ck_assert(route.verdict == TH_ROUTE_OPTIMAL && route.chosen == 0 && route.cost == 0);
	problem.need = (th_mass)1 << 100;
	th_route_find(&problem, &route);
	ck_assert_int_eq(route.verdict, TH_ROUTE_UNDECIDED);
}
END_TEST

START_TEST(stopped)
{
	seed = 5;
	example e;
	th_route route, whole;
	do {
		make(&e, 24, 2);
		th_route_find(&e.problem, &whole);
	} while (whole.verdict != TH_ROUTE_OPTIMAL || whole.nodes < 500);
	e.problem.limit = 100;
	th_route_find(&e.problem, &route);
	ck_assert_int_eq(route.verdict, TH_ROUTE_FOUND);
	ck_assert(route.saving >= e.problem.need && route.bound <= whole.cost && whole.cost <= route.cost);
}
END_TEST

Suite *route_suite(void)
{
	Suite *suite = suite_create("route");
	TCase *tcase = tcase_create("route");
	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, worth);
	tcase_add_test(tcase, all_subsets);
	tcase_add_test(tcase, thirty);
	tcase_add_test(tcase, alike);
	tcase_add_test(tcase, multiplies);
	tcase_add_test(tcase, stopped);
	return suite;
}
