/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small plan, worked by hand, and everything that can be wrong with one. */

#include "path/path.h"
#include "suites.h"

#define T ((th_mass)1000000000000) /* 1e-9 kg in a tonne */
#define YUAN ((th_money)1000000000)
#define ANY ((size_t)-1)

static th_arena arena;
static th_path path;
static th_path_problem *problem;
static size_t problems;

/* 2020: boilers 1000 t, power 500 t; boilers grow by 10 % a year to 2022 and stay; power stays. */
static th_growth growth[2], output_growth[1];
static th_path_activity activity[2];
static th_path_driver driver[1];
static th_path_price price[1];
static th_path_fuel fuel[1];
static th_path_measure measure[5];
static th_path_target target[4];
static th_path_input plan;

static void setup(void)
{
	growth[0] = (th_growth){2021, {10, 0}};
	growth[1] = (th_growth){2023, {0, 0}};
	output_growth[0] = (th_growth){2021, {5, 0}};
	activity[0] = (th_path_activity){.id = TH_S("boilers"), .base = 1000 * T, .growth = growth, .growths = 2, .fossil = 400 * T};
	activity[1] = (th_path_activity){.id = TH_S("power"), .base = 500 * T, .fossil = 80 * T, .non_fossil = 20 * T};
	driver[0] = (th_path_driver){TH_S("output"), 100 * (th_mass)1000000000, output_growth, 1};
	price[0] = (th_path_price){TH_S("gas"), {3, 0}};
	fuel[0] = (th_path_fuel){0, {10000, 0}};
	measure[0] = (th_path_measure){.id = TH_S("burners"), .activity = 0, .reduction = 200 * T, .start = 2022, .ramp = 2, .has_cost = true,
	                               .lifetime = {10, 0}, .capex = {1000000, 0}, .opex = {5000, 0}, .fuel = fuel, .fuels = 1,
	                               .energy_saved = 80 * T};
	measure[1] = (th_path_measure){.id = TH_S("heat pump"), .activity = 0, .reduction = 500 * T, .start = 2024, .has_cost = true,
	                               .lifetime = {15, 0}, .capex = {1000000, 0}, .to_non_fossil = 100 * T};
	measure[2] = (th_path_measure){.id = TH_S("all"), .activity = TH_PATH_ALL, .reduction = 150 * T, .start = 2025, .end = 2025,
	                               .has_cost = true, .opex = {-3, 2}};
	measure[3] = (th_path_measure){.id = TH_S("trees"), .kind = TH_PATH_REMOVAL, .reduction = 30 * T, .start = 2021, .ramp = 3};
	measure[4] = (th_path_measure){.id = TH_S("bought"), .kind = TH_PATH_CREDIT, .reduction = 1000 * T, .start = 2025, .has_cost = true,
	                               .opex = {50000, 0}};
	target[0] = (th_path_target){.phase = TH_S("1"), .year = 2022, .kind = TH_PATH_GROSS, .mass = 1400 * T};
	target[1] = (th_path_target){.phase = TH_S("2"), .year = 2025, .kind = TH_PATH_GROSS, .mass = 1100 * T};
	target[2] = (th_path_target){.phase = TH_S("n"), .year = 2025, .kind = TH_PATH_NET, .mass = 800 * T};
	target[3] = (th_path_target){.phase = TH_S("i"), .year = 2025, .kind = TH_PATH_INTENSITY, .value = {10000, 0}}; /* kg per unit */
	plan = (th_path_input){.base_year = 2020, .last_year = 2026, .activity = activity, .activities = 2, .removals = 10 * T, .driver = driver,
	                       .drivers = 1, .measure = measure, .measures = 5, .target = target, .targets = 4, .price = price, .prices = 1,
	                       .discount = {8, 0}};
}

static void teardown(void)
{
	th_arena_free(&arena);
}

static void run(void)
{
	ck_assert_int_eq(th_path_run(&plan, &arena, &path, &problem, &problems), TH_OK);
}

START_TEST(years)
{
	run();
	ck_assert_uint_eq(problems, 0);
	ck_assert_uint_eq(path.years, 7);
	/* Boilers 1000 1100 1210 1210 ..., power 500. Burners half of 20 % in 2022: 10 % of 1210 = 121; from 2023 20 % = 242.
	 * Heat pump from 2024: half of the 968 left = 484. 2025: 10 % of all: of 484 and of 500. */
	static const int bau[] = {1500, 1600, 1710, 1710, 1710, 1710, 1710}, removals[] = {10, 20, 30, 40, 40, 40, 40};
	static const double gross[] = {1500, 1600, 1589, 1468, 984, 885.6, 984}, energy[] = {500, 540, 535.6, 487.2, 487.2, 487.2, 487.2};
	for (size_t t = 0; t < 7; t++) {
		const th_path_year *y = &path.year[t];
		ck_assert_int_eq(y->year, 2020 + (int)t);
		ck_assert(y->bau == bau[t] * T && y->bau_low == y->bau && y->bau_high == y->bau);
		ck_assert(y->gross == (th_mass)(gross[t] * 10 + 0.5) * (T / 10));
		ck_assert(y->removals == removals[t] * T && y->saved == y->bau - y->gross && y->net == y->gross - y->removals);
		ck_assert(y->credits == (t >= 5 ? 1000 * T : 0) && y->net_credits == y->net - y->credits);
		/* 400 x 1.21 = 484; half of 80/400 off in 2022: 435.6; all of it: 387.2; with 100 of power. */
		ck_assert(y->energy == (th_mass)(energy[t] * 10 + 0.5) * (T / 10));
		th_mass saved = 0;
		for (size_t i = 0; i < 3; i++)
			saved += y->measure[i];
		ck_assert(saved == y->saved);
	}
	ck_assert(path.year[4].measure[0] == 242 * T && path.year[4].measure[1] == 484 * T && path.year[4].activity[0] == 484 * T);
	ck_assert(path.year[5].measure[2] == 984 * T / 10);
	/* 100/400 of the 387.2 left move from fossil: 96.8, to the 20 of power. */
	ck_assert(path.year[3].non_fossil == 20 * T && path.year[4].non_fossil == 1168 * T / 10);
	/* The path ends at 984 - 40 net; credits would cover it from 2025 on. */
	ck_assert(path.net_zero == 0 && path.missing == 944 * T && path.net_zero_credits == 2025 && path.missing_credits == 0);
}
END_TEST

START_TEST(targets)
{
	run();
	ck_assert_uint_eq(path.ladders, 3);
	/* 1500 to 1400 in 2022, to 1100 in 2025, then level. */
	static const int gross[] = {1500, 1450, 1400, 1300, 1200, 1100, 1100};
	for (size_t t = 0; t < 7; t++) {
		ck_assert(path.ladder[0].limit[t] == gross[t] * T);
		ck_assert(path.ladder[0].gap[t] == path.year[t].gross - gross[t] * T);
	}
	/* Net: 1490 to 800 in five years: 1352 1214 1076 938. */
	ck_assert(path.ladder[1].limit[0] == 1490 * T && path.ladder[1].limit[2] == 1214 * T && path.ladder[1].limit[4] == 938 * T);
	ck_assert(path.ladder[1].gap[5] == 8456 * T / 10 - 800 * T);
	/* Intensity 15 t to 10 t a unit; output 105 in 2021: 14 x 105 = 1470; 100 x 1.05^5 = 127.62815625: 1276.2815625 t. */
	ck_assert(path.year[1].driver[0] == 105 * (th_mass)1000000000);
	ck_assert(path.ladder[2].limit[1] == 1470 * T && path.ladder[2].limit[5] == (th_mass)12762815625 * (T / 10000000));
	ck_assert(!path.target[0].met && path.target[0].gap == 189 * T && path.target[0].bau_gap == 310 * T);
	ck_assert(path.target[1].met && path.target[1].limit == 1100 * T && path.target[1].planned == 8856 * T / 10);
	ck_assert(!path.target[2].met && path.target[2].bau_gap == 900 * T && path.target[2].ladder == 1);
	ck_assert(path.target[3].met);
}
END_TEST

START_TEST(costs)
{
	run();
	/* Capital recovery r / (1 - (1 + r)^-n) at 8 %: 0.14902948869707536 (10 a), 0.11682954493601999 (15 a), computed apart.
	 * all: -300 / 150 t = -2; burners: (149029.488697 + 5000 - 30000) / 200 t = 620.147; heat pump: 116829.544936 / 500 t = 233.659;
	 * credits: 50 a tonne. Trees have no cost. */
	static const struct { size_t measure; double per_tonne; int alone, sum10; double after; } want[] = {
		{2, -2, 150, 1500, 150}, {4, 50, 1000, 1500, 1000}, {1, 233.65908987203998, 500, 6000, 450}, {0, 620.1474434853767, 200, 6900, 90},
	};
	ck_assert_uint_eq(path.costs, 5);
	for (size_t i = 0; i < 4; i++) {
		const th_path_cost *c = &path.cost[i];
		ck_assert_uint_eq(c->measure, want[i].measure);
		ck_assert(c->has_cost && c->has_per_tonne);
		ck_assert_double_eq_tol(c->per_tonne, want[i].per_tonne, 1e-9);
		/* Behind the cheaper ones: 10 % of 1500; half of 900; a fifth of 450. */
		ck_assert(c->alone == want[i].alone * T && c->after == (th_mass)want[i].after * T && c->sum == want[i].sum10 * T / 10);
	}
	ck_assert(!path.cost[4].has_cost && path.cost[4].measure == 3);
	ck_assert(path.cost[3].fuel == 30000 * YUAN && path.cost[3].opex == 5000 * YUAN);
	ck_assert_double_eq_tol((double)path.cost[3].capex_year / 1e9, 149029.48869707536, 1e-6);
	plan.discount = (th_decimal){0, 0};
	run();
	for (size_t i = 0; i < path.costs; i++)
		if (path.cost[i].measure == 0)
			ck_assert(path.cost[i].capex_year == 100000 * YUAN); /* a tenth a year */
}
END_TEST

START_TEST(life)
{
	/* Three years of life from 2022, half in the first. Of a measure begun in 2019 only what it gains after 2020 counts. */
	measure[0].lifetime = (th_decimal){35, -1};
	measure[1] = (th_path_measure){.activity = 1, .reduction = 300 * T, .start = 2019, .ramp = 3};
	plan.measures = 2;
	run();
	ck_assert_uint_eq(problems, 1);
	ck_assert_int_eq(problem[0].kind, TH_PATH_STARTS_BEFORE);
	static const int first[] = {0, 0, 121, 242, 242, 0, 0}, second[] = {0, 100, 100, 100, 100, 100, 100};
	for (size_t t = 0; t < 7; t++)
		ck_assert(path.year[t].measure[0] == first[t] * T && path.year[t].measure[1] == second[t] * T);
}
END_TEST

START_TEST(net_zero)
{
	measure[3].reduction = 1600 * T;
	measure[3].start = 2024;
	measure[3].ramp = 2;
	run();
	ck_assert_int_eq(path.net_zero, 2025); /* 984 - 810 in 2024; 885.6 - 1610 in 2025 */
	ck_assert(path.missing == 0);
}
END_TEST

START_TEST(fitted)
{
	/* Emissions rise by 10 t a year through 950 in 2020; the account says 1000: the line starts there. */
	static th_point series[11];
	th_peak_rules rules = {.least_fit = 5, .resamples = 999, .seed = 1, .generator = TH_S("mt19937"), .level = {5, -2}};
	for (int i = 0; i < 11; i++)
		series[i] = (th_point){2010 + i, (850 + 10 * i) * T};
	activity[0].series = series;
	activity[0].points = 11;
	plan.rules = &rules;
	plan.measures = 0;
	run();
	for (int t = 0; t < 7; t++) {
		ck_assert_double_eq_tol(th_mass_double(path.year[t].bau), (1500 + 10 * t) * 1e3, 1e-3);
		ck_assert(path.year[t].bau_low <= path.year[t].bau && path.year[t].bau <= path.year[t].bau_high);
	}
	ck_assert(path.year[0].bau == 1500 * T && path.year[0].bau_low == 1500 * T);
	ck_assert_double_eq_tol(th_mass_double(path.year[5].energy), (400 * 1.05 + 100) * 1e3, 1e-3);
	activity[0].points = 4;
	ck_assert_int_eq(th_path_run(&plan, &arena, &path, &problem, &problems), TH_INVALID);
	ck_assert(problem[0].kind == TH_PATH_BAD_TREND && problem[0].trend == TH_TREND_FEW);
}
END_TEST

/* --- what is wrong --- */

static void bad_years(void) { plan.last_year = 2019; }
static void bad_activity(void) { activity[1].base = -1; }
static void bad_growth(void) { growth[0].percent = (th_decimal){-100, 0}; }
static void bad_growth_order(void) { growth[1].from = 2021; }
static void bad_driver(void) { driver[0].base = 0; }
static void bad_discount(void) { plan.discount = (th_decimal){-100, 0}; }
static void bad_discount_small(void) { plan.discount = (th_decimal){-1, -3}; }
static void bad_price(void) { price[0].price = (th_decimal){-1, 0}; }
static void bad_reduction(void) { measure[1].reduction = -1; }
static void bad_link(void) { measure[1].activity = 2; }
static void bad_link_price(void) { fuel[0].price = 1; }
static void bad_link_driver(void) { target[3].driver = 1; }
static void over(void) { measure[1].reduction = 1000 * T + 1; }
static void over_all(void) { measure[2].reduction = 1501 * T; }
static void over_energy(void) { measure[0].energy_saved = 401 * T; }
static void bad_start(void) { measure[0].start = 0; }
static void ends_before(void) { measure[2].end = 2024; }
static void bad_ramp(void) { measure[0].ramp = -1; }
static void long_ramp(void) { measure[2].ramp = 2; }
static void bad_life(void) { measure[0].lifetime = (th_decimal){5, -1}; }
static void no_life(void) { measure[0].lifetime = (th_decimal){0, 0}; }
static void target_past(void) { target[0].year = 2020; }
static void target_late(void) { target[1].year = 2027; }
static void target_negative(void) { target[0].mass = -1; }
static void phase_order(void) { target[0].first = 2023; }
static void overlap_year(void) { target[0].year = 2025; }
static void overlap_first(void) { target[1].first = 2022; }
static void rises(void) { target[1].mass = 1401 * T; }
static void above_base(void) { target[0].mass = 1501 * T; }
static void starts_late(void) { measure[1].start = 2027; }
static void twice(void) { bad_price(); bad_years(); }

static const struct { void (*spoil)(void); th_path_problem_kind kind; size_t index, other; } wrong[] = {
	{bad_years, TH_PATH_BAD_YEARS, 0, 0},
	{bad_activity, TH_PATH_BAD_ACTIVITY, 1, 0},
	{bad_growth, TH_PATH_BAD_GROWTH, 0, 0},
	{bad_growth_order, TH_PATH_BAD_GROWTH, 0, 0},
	{bad_driver, TH_PATH_BAD_DRIVER, 0, 0},
	{bad_discount, TH_PATH_BAD_DISCOUNT, 0, 0},
	{bad_discount_small, TH_PATH_BAD_DISCOUNT, 0, 0},
	{bad_price, TH_PATH_BAD_PRICE, 0, 0},
	{bad_reduction, TH_PATH_BAD_REDUCTION, 1, 0},
	{bad_link, TH_PATH_BAD_LINK, 1, 0},
	{bad_link_price, TH_PATH_BAD_LINK, 0, 0},
	{bad_link_driver, TH_PATH_BAD_LINK, 3, 0},
	{over, TH_PATH_REDUCTION_OVER, 1, 0},
	{over_all, TH_PATH_REDUCTION_OVER, 2, 0},
	{over_energy, TH_PATH_REDUCTION_OVER, 0, 0},
	{bad_start, TH_PATH_BAD_START, 0, 0},
	{ends_before, TH_PATH_ENDS_BEFORE_START, 2, 0},
	{bad_ramp, TH_PATH_BAD_RAMP, 0, 0},
	{long_ramp, TH_PATH_BAD_RAMP, 2, 0},
	{bad_life, TH_PATH_BAD_LIFETIME, 0, 0},
	{no_life, TH_PATH_BAD_LIFETIME, 0, 0},
	{target_past, TH_PATH_TARGET_PAST, 0, 0},
	{target_late, TH_PATH_TARGET_LATE, 1, 0},
	{target_negative, TH_PATH_TARGET_NEGATIVE, 0, 0},
	{phase_order, TH_PATH_PHASE_ORDER, 0, 0},
	{overlap_year, TH_PATH_PHASES_OVERLAP, 0, 1},
	{overlap_first, TH_PATH_PHASES_OVERLAP, 0, 1},
	{rises, TH_PATH_TARGET_RISES, 1, 0},
	{above_base, TH_PATH_TARGET_ABOVE_BASE, 0, 0},
	{starts_late, TH_PATH_STARTS_LATE, 1, 0},
	{twice, TH_PATH_BAD_YEARS, 0, 0},
};

START_TEST(refused)
{
	wrong[_i].spoil();
	th_status status = th_path_run(&plan, &arena, &path, &problem, &problems);
	ck_assert_int_eq(status, wrong[_i].kind < TH_PATH_FIRST_CAVEAT ? TH_INVALID : TH_OK);
	ck_assert_uint_gt(problems, 0);
	size_t at = 0;
	while (at < problems && problem[at].kind != wrong[_i].kind)
		at++;
	ck_assert_uint_lt(at, problems);
	ck_assert_uint_eq(problem[at].index, wrong[_i].index);
	ck_assert_uint_eq(problem[at].other, wrong[_i].other);
	for (size_t i = 1; i < problems; i++)
		ck_assert_int_le(problem[i - 1].kind, problem[i].kind);
}
END_TEST

START_TEST(no_fit)
{
	activity[0].base = ((th_mass)1 << 100) - 1;
	ck_assert_int_eq(th_path_run(&plan, &arena, &path, &problem, &problems), TH_USAGE);
}
END_TEST

/* --- scenarios, route, follow-up --- */

START_TEST(scenario)
{
	const th_path_override set[] = {
		{TH_SET_GROWTH, 0, {0, 0}}, {TH_SET_DISCOUNT, 0, {0, 0}}, {TH_SET_PRICE, 0, {6, 0}},          {TH_SET_START, 2, {2022, 0}},
		{TH_SET_OFF, 1, {1, 0}},    {TH_SET_REDUCTION, 0, {5, 1}}, {TH_SET_CAPEX, 0, {110, 0}},        {TH_SET_OPEX, 0, {50, 0}},
		{TH_SET_LAST_YEAR, 0, {2030, 0}}, {TH_SET_DRIVER_GROWTH, 0, {0, 0}},
	};
	th_path_input other;
	size_t bad;
	ck_assert_int_eq(th_path_scenario(&plan, set, 10, &arena, &other, &bad), TH_OK);
	ck_assert_int_eq(th_path_run(&other, &arena, &path, &problem, &problems), TH_OK);
	ck_assert_uint_eq(path.years, 11);
	/* Boilers stay at 1000; burners half as large: 5 % in 2022, 10 % after; all: 10 % in 2022 alone. */
	ck_assert(path.year[2].gross == 1450 * T / 10 * 9 && path.year[3].gross == 1400 * T && path.year[10].gross == 1400 * T);
	ck_assert(path.year[10].driver[0] == driver[0].base);
	for (size_t i = 0; i < path.costs; i++)
		if (path.cost[i].measure == 0) /* 1.1 million in ten years; half of 10000 at 6 */
			ck_assert(path.cost[i].capex_year == 110000 * YUAN && path.cost[i].fuel == 30000 * YUAN && path.cost[i].opex == 2500 * YUAN);
	/* The plan itself is as it was. */
	run();
	ck_assert(path.years == 7 && path.year[6].gross == 984 * T);
}
END_TEST

static const th_path_override bad_sets[] = {
	{TH_SET_GROWTH, 2, {0, 0}},   {TH_SET_DRIVER_GROWTH, 1, {0, 0}}, {TH_SET_PRICE, 1, {0, 0}},
	{TH_SET_OFF, 5, {0, 0}},      {TH_SET_OFF, 0, {2, 0}},           {TH_SET_START, 0, {20225, -1}},
	{TH_SET_REDUCTION, 0, {-1, 0}}, {TH_SET_CAPEX, 0, {-1, 0}},      {TH_SET_LAST_YEAR, 0, {1, 9}},
	{TH_SET_CAPEX, 0, {123456789012345678, 0}},
};

START_TEST(bad_scenario)
{
	th_path_input other;
	const th_path_override set[] = {{TH_SET_DISCOUNT, 0, {3, 0}}, bad_sets[_i]};
	size_t bad;
	measure[0].capex = (th_decimal){12345678901, 0};
	ck_assert_int_eq(th_path_scenario(&plan, set, 2, &arena, &other, &bad), TH_USAGE);
	ck_assert_uint_eq(bad, 1);
}
END_TEST

START_TEST(routes)
{
	th_route_problem p;
	th_route route;
	size_t *which;
	run();
	/* Gross 1100 in 2025: 610 to save of 1710. all earns and is in. With burners: 242 + 10 % of 968 and 500 = 388.8, too little. With the
	 * heat pump: 605 + 10 % of 605 and 500 = 715.5. Trees have no price, credits never count. */
	ck_assert_int_eq(th_path_route(&path, 1, &arena, &p, &which), TH_OK);
	ck_assert_uint_eq(p.measures, 3);
	ck_assert(p.need == 610 * T);
	th_route_find(&p, &route);
	ck_assert_int_eq(route.verdict, TH_ROUTE_OPTIMAL);
	ck_assert(route.chosen == 6 && which[1] == 1 && which[2] == 2);
	ck_assert(route.saving == 7155 * T / 10);
	/* The whole plan saves what the path says. */
	th_mass saving;
	ck_assert(th_route_saving(&p, 7, &saving) && saving == path.year[5].saved);
	/* Net: required trees count, at no cost. 1710 - 10 - 800 = 900 by bau. */
	measure[3].required = true;
	ck_assert_int_eq(th_path_route(&path, 2, &arena, &p, &which), TH_OK);
	ck_assert_uint_eq(p.measures, 4);
	ck_assert(p.need == 900 * T && p.measure[3].cost == 0 && p.measure[3].required);
	th_route_find(&p, &route);
	ck_assert(route.verdict == TH_ROUTE_UNREACHABLE && route.saving == path.year[5].saved + 30 * T);
	ck_assert_int_eq(th_path_route(&path, 4, &arena, &p, &which), TH_USAGE);
}
END_TEST

START_TEST(follow_up)
{
	/* 2024 by plan: boilers 484, power 500, net 944, burners 242, heat pump 484, trees 30. */
	const th_mass actual[] = {600 * T, 480 * T}, evidenced[] = {200 * T, 0, 0, 30 * T, 0}, output = 100 * (th_mass)1000000000;
	const bool known[] = {true, false, false, true, false};
	const th_follow_input in = {.year = 2024, .activity = actual, .other = 5 * T, .removals = 40 * T, .driver = &output,
	                            .measure = evidenced, .has_measure = known};
	th_follow f;
	run();
	ck_assert_int_eq(th_path_follow(&path, &in, &arena, &f), TH_OK);
	ck_assert(f.gross == 1085 * T && f.behind == 101 * T && f.behind_net == 101 * T && !f.on_track);
	ck_assert(f.activity[0] == 116 * T && f.activity[1] == -20 * T);
	ck_assert(f.measure[0].state == TH_FOLLOW_SHORT && f.measure[0].lack == 42 * T);
	ck_assert(f.measure[1].state == TH_FOLLOW_SUSPECT && f.measure[1].planned == 484 * T);
	ck_assert(f.measure[2].state == TH_FOLLOW_NOT_DUE && f.measure[3].state == TH_FOLLOW_DELIVERS);
	/* Limits: 1200 gross, 938 net; intensity 11 t a unit in 2024, for 100 units made: 1100. */
	ck_assert(f.gap[0] == -115 * T && f.gap[1] == 107 * T && f.gap[2] == -15 * T);
	const th_mass good[] = {484 * T, 500 * T};
	const th_follow_input on = {.year = 2024, .activity = good, .removals = 40 * T};
	ck_assert_int_eq(th_path_follow(&path, &on, &arena, &f), TH_OK);
	ck_assert(f.on_track && f.measure[0].state == TH_FOLLOW_UNKNOWN);
	const th_follow_input late = {.year = 2027, .activity = good};
	ck_assert_int_eq(th_path_follow(&path, &late, &arena, &f), TH_USAGE);
}
END_TEST

Suite *pathway_suite(void)
{
	Suite *suite = suite_create("pathway");
	TCase *tcase = tcase_create("pathway");
	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, years);
	tcase_add_test(tcase, targets);
	tcase_add_test(tcase, costs);
	tcase_add_test(tcase, life);
	tcase_add_test(tcase, net_zero);
	tcase_add_test(tcase, fitted);
	tcase_add_loop_test(tcase, refused, 0, (int)(sizeof wrong / sizeof *wrong));
	tcase_add_test(tcase, no_fit);
	tcase_add_test(tcase, scenario);
	tcase_add_loop_test(tcase, bad_scenario, 0, (int)(sizeof bad_sets / sizeof *bad_sets));
	tcase_add_test(tcase, routes);
	tcase_add_test(tcase, follow_up);
	return suite;
}
