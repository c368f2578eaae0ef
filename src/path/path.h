/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_H
#define TH_PATH_H

/* The way from a base year: business as usual, measures, targets, gaps, neutrality, costs, scenarios, follow-up.
 *
 * Pure calculation on plain structs that the caller fills; nothing is read or printed. Masses are in 1e-9 kg, money in 1e-9 CNY,
 * energy in 1e-9 kg of standard coal; each product is exact and rounded half to even once. Everything returned is the arena's. */

#include "base/arena.h"
#include "path/route.h"
#include "path/trend.h"

/* --- what goes in --- */

/* Growth in percent a year, from `from` (the first year that is larger than the one before it) until the next entry. */
typedef struct th_growth {
	int from;
	th_decimal percent;
} th_growth;

typedef struct th_path_activity {
	th_slice id;
	th_mass base;              /* gross emissions of the base year, not negative */
	const th_growth *growth;   /* business as usual by stated growth: ascending; none: constant */
	size_t growths;
	/* Not NULL: business as usual is the trend fitted through this (ascending, one a year), moved so that it passes through `base`;
	 * growth is ignored. */
	const th_point *series;
	size_t points;
	th_mass fossil, non_fossil;/* energy of the base year */
} th_path_activity;

/* What an intensity is per: output, value added, area. */
typedef struct th_path_driver {
	th_slice id;
	th_mass base;              /* in 1e-9 of its unit, in the base year, positive */
	const th_growth *growth;
	size_t growths;
} th_path_driver;

typedef struct th_path_price {
	th_slice carrier;
	th_decimal price;          /* CNY per unit, not negative */
} th_path_price;

typedef struct th_path_fuel {
	size_t price;              /* index */
	th_decimal saved;          /* units a year at full effect; negative: more is used */
} th_path_fuel;

typedef enum th_path_kind { TH_PATH_REDUCTION, TH_PATH_REMOVAL, TH_PATH_CREDIT } th_path_kind;

#define TH_PATH_ALL TH_ROUTE_ALL

typedef struct th_path_measure {
	th_slice id;
	th_path_kind kind;
	size_t activity;           /* of a reduction: index, or TH_PATH_ALL */
	th_mass reduction;         /* a year at full effect, stated against the base year's emissions, not negative */
	int start;                 /* the first year with effect */
	int end;                   /* the last one; 0: as long as it lives, or for good */
	int ramp;                  /* years until the full effect: 1/ramp in the first, 2/ramp in the second ...; 0 and 1: at once */
	uint32_t before_num, before_den; /* which part of it the base year had; den 0: what the years above make of it */
	th_decimal lifetime;       /* years, for annualising capex; its whole years also end the effect. 0: not given */
	bool has_cost;             /* capex and opex are known: without, the measure has no cost and no place in a route */
	th_decimal capex, opex;    /* CNY; CNY a year (negative earns) */
	const th_path_fuel *fuel;
	size_t fuels;
	th_mass energy_saved;      /* a year at full effect, stated against the base year */
	th_mass to_non_fossil;     /* fossil energy that becomes non-fossil, likewise */
	bool off;                  /* left out of this scenario */
	bool required;             /* done or decided: in every route */
	bool needed;               /* another one requires it: it may be in a route that it saves nothing for */
} th_path_measure;

typedef enum th_path_target_kind { TH_PATH_GROSS, TH_PATH_NET, TH_PATH_INTENSITY } th_path_target_kind;

typedef struct th_path_target {
	th_slice phase;
	int first;                 /* of the phase; 0: the year after the one before of the same kind and driver, or after the base year */
	int year;                  /* its last year, in which the target holds */
	th_path_target_kind kind;
	th_mass mass;              /* GROSS, NET: at most this; net is after removals, before credits */
	size_t driver;             /* INTENSITY: gross emissions per unit of this driver ... */
	th_decimal value;          /* ... at most so many kg */
} th_path_target;

typedef struct th_path_input {
	int base_year, last_year;
	const th_path_activity *activity;
	size_t activities;
	th_mass removals;          /* of the base year, kept up */
	th_mass credits;           /* of the base year, and of no other: each year's are bought anew */
	const th_path_driver *driver;
	size_t drivers;
	const th_path_measure *measure; /* in the order in which they work: this order is the overlap rule */
	size_t measures;
	const th_path_target *target;
	size_t targets;
	const th_path_price *price;
	size_t prices;
	th_decimal discount;       /* percent a year, more than -100 and not negative */
	const th_peak_rules *rules;/* for fitted trends; may be NULL without one */
} th_path_input;

/* --- what is wrong with it --- */

typedef enum th_path_problem_kind {
	/* The path cannot be computed. index: activity, driver, measure, target or price; other: a second one. */
	TH_PATH_BAD_YEARS,         /* last year before base year, or outside 1..9999, or more than 200 years */
	TH_PATH_BAD_ACTIVITY,      /* negative emissions or energy */
	TH_PATH_BAD_GROWTH,        /* activity `index`: growth of -100 % or less, or years not ascending */
	TH_PATH_BAD_DRIVER,        /* not positive, or its growth is bad */
	TH_PATH_BAD_TREND,         /* activity `index`: its series cannot be fitted; `trend` says why */
	TH_PATH_BAD_DISCOUNT,      /* negative: also -100 % and less, for which there is no annuity */
	TH_PATH_BAD_PRICE,         /* negative */
	TH_PATH_BAD_REDUCTION,     /* measure: negative reduction or energy */
	TH_PATH_BAD_LINK,          /* measure or target (`target` true) names an activity, driver or price that is not there */
	TH_PATH_REDUCTION_OVER,    /* measure: saves more than its activity emits (or uses) in the base year */
	TH_PATH_BAD_START,         /* measure: starts or ends outside the years 1..9999 */
	TH_PATH_ENDS_BEFORE_START, /* measure */
	TH_PATH_BAD_RAMP,          /* measure: negative ramp, or a ramp longer than the measure's life */
	TH_PATH_BAD_LIFETIME,      /* measure: negative, below one year, or capex without a lifetime */
	TH_PATH_TARGET_PAST,       /* target: its year is not after the base year */
	TH_PATH_TARGET_LATE,       /* target: its year is after the last year */
	TH_PATH_TARGET_NEGATIVE,   /* gross or intensity target below zero */
	TH_PATH_PHASE_ORDER,       /* target: its phase ends before it begins */
	TH_PATH_PHASES_OVERLAP,    /* targets `index` and `other`, of one kind and driver */
	TH_PATH_TARGET_RISES,      /* target `index` is above target `other`, which comes before it */
	/* Worth a caveat; the path is computed. */
	TH_PATH_TARGET_ABOVE_BASE, /* the target is above the base year: a peak still to come */
	TH_PATH_STARTS_LATE,       /* measure: starts after the last year */
	TH_PATH_STARTS_BEFORE,     /* measure: started in the base year or before it; only what it gains after the base year counts */
	TH_PATH_PROBLEMS
} th_path_problem_kind;

#define TH_PATH_FIRST_CAVEAT TH_PATH_TARGET_ABOVE_BASE

typedef struct th_path_problem {
	th_path_problem_kind kind;
	bool target;               /* TH_PATH_BAD_LINK: index is a target's */
	size_t index, other;
	th_trend_error trend;
} th_path_problem;

/* --- what comes out --- */

typedef struct th_path_year {
	int year;
	th_mass bau, bau_low, bau_high;  /* equal where nothing is fitted; the activities' bands are added, as if they moved together */
	th_mass saved;             /* bau - gross */
	th_mass gross;             /* residual emissions */
	th_mass removals;          /* the base year's and the measures' */
	th_mass credits;           /* of measures, in the base year its own too; never part of net */
	th_mass net;               /* gross - removals */
	th_mass net_credits;       /* gross - removals - credits */
	th_mass energy, non_fossil;/* non_fossil is part of energy */
	th_mass *driver;           /* by driver, in 1e-9 of its unit */
	th_mass *activity;         /* gross by activity */
	th_mass *bau_activity;
	th_mass *measure;          /* what each measure takes away, after those before it; removals and credits: what it adds */
} th_path_year;

/* Targets of one kind and driver: the line from the base year through them, year by year; behind the last one it stays there. For an
 * intensity the line is drawn through the intensities and limit is the mass it allows. */
typedef struct th_path_ladder {
	th_path_target_kind kind;
	size_t driver;
	th_mass *limit;            /* by year from the base year */
	th_mass *gap;              /* gross (or net) - limit: positive is missing */
} th_path_ladder;

typedef struct th_path_target_result {
	size_t ladder;
	th_mass limit, planned, gap;     /* in the target's year */
	th_mass bau_gap;           /* without any measure; for net: with the base year's removals */
	bool met;
} th_path_target_result;

/* Costs of a measure, at full effect and against the base year. */
typedef struct th_path_cost {
	size_t measure;
	bool has_cost;             /* and what follows; cost_per_tonne also needs a reduction */
	th_money capex;            /* once */
	th_money capex_year;       /* annualised: capex x r / (1 - (1 + r)^-lifetime); capex / lifetime when r is zero */
	th_money opex, fuel;       /* fuel: saved at the stated prices */
	th_money year;             /* capex_year + opex - fuel */
	bool has_per_tonne;
	double per_tonne;          /* CNY per t CO2e of the reduction alone */
	th_mass alone;             /* the reduction by itself */
	th_mass after;             /* what it still takes away behind the cheaper ones; alone - after is the overlap */
	th_mass sum;               /* of `after`, up to here */
} th_path_cost;

typedef struct th_path {
	const th_path_input *input;
	th_path_year *year;        /* from base_year to last_year */
	size_t years;
	th_path_ladder *ladder;
	size_t ladders;
	th_path_target_result *target;   /* one for each target of the input */
	th_path_cost *cost;        /* of every measure that is not off: by per_tonne, ascending; those without one at the end */
	size_t costs;
	int net_zero, net_zero_credits;  /* the first year from which it stays at or below zero; 0: not by last_year */
	th_mass missing, missing_credits;/* what last_year still emits net: at least 0 */
} th_path;

/* Check, then compute. *problems lists everything wrong, in the order of the kinds; with one before TH_PATH_FIRST_CAVEAT nothing is
 * computed and TH_INVALID returned. TH_SYSTEM: no memory. TH_USAGE: a number does not fit (2^100). */
TH_MUST_USE th_status th_path_run(const th_path_input *input, th_arena *arena, th_path *out, th_path_problem **problem, size_t *problems);

/* --- scenarios --- */

typedef enum th_path_field {
	TH_SET_DISCOUNT,           /* percent */
	TH_SET_LAST_YEAR,
	TH_SET_GROWTH,             /* activity `index`, percent a year; TH_PATH_ALL: every activity. A fitted trend gives way */
	TH_SET_DRIVER_GROWTH,      /* driver */
	TH_SET_PRICE,              /* price, CNY per unit */
	TH_SET_START,              /* measure, year; a stated end moves with it */
	TH_SET_OFF,                /* measure; value 0 or 1 */
	TH_SET_REDUCTION,          /* measure, percent of the stated reduction; energy and fuel go with it */
	TH_SET_CAPEX,              /* measure, percent of the stated capex */
	TH_SET_OPEX                /* measure, percent of the stated opex */
} th_path_field;

typedef struct th_path_override {
	th_path_field field;
	size_t index;
	th_decimal value;
} th_path_override;

/* The input with overrides, the later one winning; what is not overridden is shared with `input`. TH_USAGE: *bad is an override whose
 * index is not there or whose value makes no sense (no whole year, a percentage that does not fit). Then th_path_run as for any input. */
TH_MUST_USE th_status th_path_scenario(const th_path_input *input, const th_path_override *set, size_t count, th_arena *arena,
                                       th_path_input *out, size_t *bad);

/* --- the cheapest route --- */

#define TH_PATH_LAST_YEAR ((size_t)-1)

/* The problem for th_route_find of reaching a target: what is in effect in its year; removals count for net targets only, credits never.
 * TH_PATH_LAST_YEAR in its place, for th_route_most: what saves in the last year, removals too; there is no need. The price of a measure is its
 * capex. Budget, requires and excludes are for the caller to fill.
 * which[i] is the measure in the input of measure i of the problem: those in effect with known cost, those with a cost that are needed, and all
 * required ones (these at no cost where it is unknown). need is never negative. TH_USAGE: no such target. TH_INVALID: more than TH_ROUTE_MEASURES measures. */
TH_MUST_USE th_status th_path_route(const th_path *path, size_t target, th_arena *arena, th_route_problem *out, size_t **which);

/* --- follow-up --- */

typedef struct th_follow_input {
	int year;
	const th_mass *activity;   /* actual gross emissions by activity of the plan */
	th_mass other;             /* of activities that the plan does not have */
	th_mass removals, credits;
	const th_mass *driver;     /* actual drivers, in 1e-9 of their units; NULL: as planned */
	const th_mass *measure;    /* what was evidenced for each measure; may be NULL */
	const bool *has_measure;   /* for which measures that is known; with `measure` */
} th_follow_input;

typedef enum th_follow_state {
	TH_FOLLOW_NOT_DUE,         /* no effect was planned in that year */
	TH_FOLLOW_DELIVERS,        /* evidenced at least as planned */
	TH_FOLLOW_SHORT,           /* evidenced less than planned */
	TH_FOLLOW_SUSPECT,         /* nothing evidenced, and its activity is above the path */
	TH_FOLLOW_UNKNOWN          /* nothing evidenced, its activity is on the path */
} th_follow_state;

typedef struct th_follow_measure {
	th_follow_state state;
	th_mass planned, actual, lack;   /* actual, lack = planned - actual: with DELIVERS and SHORT */
} th_follow_measure;

typedef struct th_follow {
	const th_path_year *plan;
	th_mass gross, net, net_credits; /* actual */
	th_mass behind;            /* actual gross - planned gross: positive is behind */
	th_mass behind_net;
	bool on_track;             /* not behind, gross and net: the path is kept */
	bool on_line;              /* no target line is above its limit */
	th_mass *activity;         /* actual - planned, by activity */
	th_mass *gap;              /* by ladder: actual - limit; an intensity's limit goes with the actual driver */
	th_follow_measure *measure;
} th_follow;

/* TH_USAGE: a year the path does not have, or a number that does not fit. */
TH_MUST_USE th_status th_path_follow(const th_path *path, const th_follow_input *actual, th_arena *arena, th_follow *out);

#endif
