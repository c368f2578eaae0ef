/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_RUN_H
#define TH_ACCOUNT_RUN_H

/* The working state of one account, shared by the files of this room. */

#include "account/formula.h"
#include "base/hash.h"
#include "base/period.h"
#include "case/inventory.h"

/* One gas that a line emits: its mass is the line's quantity, as written, times a coefficient. */
typedef struct th_term {
	const th_factor *factor; /* NULL: the quantity is the mass itself */
	uint32_t gas;
	th_bucket bucket;
	th_coef mass, co2e;
	const th_formula_term *part; /* of its formula, behind the quantity; neither they nor the words are kept when nobody listens */
	size_t parts;
	th_slice formula;        /* what stands behind the quantity: ` t × 42.652 GJ/t × ...` */
} th_term;

/* What another profile would make of the same line, where it differs. */
typedef struct th_alternative {
	uint32_t other;          /* in th_account.other */
	bool missing;
	th_slice what;           /* missing: the factor or activity without a value */
	th_coef *co2e;           /* of each gross term */
	size_t count;
} th_alternative;

/* All that depends only on a line's words and on the kind of its period: computed once, used for every such line. */
struct th_recipe {
	const th_activity *activity;
	th_unit unit;              /* of the quantity */
	int scope, iso;
	th_term *term;
	size_t terms;
	th_alternative *alternative;
	size_t alternatives;
	bool electricity_market;  /* has TH_MARKET terms of its own */
	bool has_energy, has_energy_equal;
	th_coef energy, energy_equal;
	const th_factor *landfill; /* waste in a landfill decays over later years: terms are per unit of carbon that may decay */
	double decay;              /* its k, 1/year */
	th_slice decay_text;       /* as written */
	uint32_t *caveat;
	size_t caveats;
};

/* The line that is being computed: where it is, and what its cells hold. */
typedef struct th_now {
	th_inventory *inventory;   /* NULL: a deposit, whose file is closed */
	const th_line *line;
	const char *file;
	uint64_t order;
	size_t cell;               /* the column of the quantity, from 1 */
	th_period period;
	th_decimal quantity, half;
	bool has_half;             /* an uncertainty is given */
} th_now;

typedef struct th_deposit {
	const th_recipe *recipe;   /* in the account's memory, as is what `now` points to */
	th_now now;
} th_deposit;

/* Kinds of period that a recipe can tell apart. */
typedef struct th_period_kind {
	th_period period;
	uint32_t kind;
} th_period_kind;

typedef struct th_run {
	const th_reference *reference;
	const th_account_options *options;
	const struct th_facts *facts; /* of options->case_file; NULL: to be read */
	const th_profile *profile;
	th_account *account;
	th_diags *diags;
	th_arena scratch;          /* of one line */
	th_arena spill, *recipes;    /* where recipes are made: the account's memory, or once there are too many, `spill` */
	th_buf key, text;
	th_mass line_coal;         /* standard coal of the line at work, until its first entry is out */
	th_unit year, volume, normal_volume, energy_unit, coal, mass, carbon, co2e_mass; /* reference units */
	bool has_condition;
	th_unit condition;         /* what bare m3 of gas is, in Nm3 */
	bool market_column;        /* some inventory has an instrument column */
	/* periods as written, and the kinds of period they are */
	th_intern period_text, period_kind;
	th_period_kind *period;
	/* recipes by the words that decide them */
	th_intern recipe_key;
	th_recipe **recipe;
	uint32_t recipes_room;
	/* groups by their keys */
	th_intern group_key;
	uint32_t groups_room;
	/* sums by gas and by factor row, in the reference's numbering */
	th_gas_total *gas;
	th_factor_use *use, *market_use;
	bool year_seen[TH_LAST_YEAR - TH_FIRST_YEAR + 1]; /* data years */
	/* caveats by code and arguments */
	th_intern caveat_key;
	uint32_t caveats_room;
	/* identical lines, overlapping periods */
	struct th_seen *seen;
	th_deposit *deposit;
	size_t deposits, deposits_room;
	size_t failures;           /* kinds of line that no recipe could be made for */
	th_status entry_status;
} th_run;

/* --- caveat.c --- */

enum { TH_ARGS = 4 };
/* The number of the caveat with this code and these arguments (NULL behind the last); TH_NONE without memory. */
uint32_t th_caveat_number(th_run *run, th_code code, ...) TH_SENTINEL;
/* Count one more line for it (file NULL: the whole account). */
void th_caveat_count(th_run *run, uint32_t number, const char *file, size_t line);

/* --- select.c --- */

/* The rows that give a leg its factors under a profile: all gases of one factor id. *count 0: the profile has none. An error is
 * reported only for `report`; without it (what another profile would do) *missing names what is lacking. */
enum { TH_MOST_GASES = 64 };
typedef struct th_choice {
	const th_factor *row[TH_MOST_GASES];
	size_t count;
	const th_rule *rule;
	bool older, newer, wider, outside; /* fallbacks that were taken */
	bool elsewhere;          /* there are rows, all of other regions */
	bool crowded;            /* more gases than fit */
	bool failed;
	th_slice missing;
} th_choice;
th_status th_choose(th_run *run, const th_now *now, const th_profile *profile, th_leg leg, const th_activity *activity, uint32_t region,
                    bool report, th_choice *choice);
/* The rows of a named factor for the period and region; `column` is where the line names it, or what made a rule name it. */
th_status th_choose_named(th_run *run, const th_now *now, th_slice id, th_inventory_column column, uint32_t region, bool report,
                          th_choice *choice);

/* --- recipe.c --- */

/* What the methods build on. */
typedef struct th_build {
	th_run *run;
	const th_now *now;
	bool report;               /* the profile in force: say what is wrong; else only fail */
	const th_activity *activity;
	th_unit unit;              /* of the quantity */
	th_slice unit_text;
	bool has_ncv, has_carbon, has_oxidation;
	th_decimal ncv, carbon, oxidation;
	th_unit ncv_unit, carbon_unit, oxidation_unit;
	th_slice ncv_text, carbon_text, oxidation_text; /* the cells, with the unit that a bare number is read in */
	th_formula_term ncv_term, carbon_term, oxidation_term;
	bool used_measured;        /* a measured value entered a term */
	const th_factor *heat_value; /* the row whose NCV turns the fuel into energy, or NULL */
	bool has_enthalpy;         /* of steam or hot water by mass, above the feed water */
	th_decimal enthalpy;
	th_unit enthalpy_unit;
	th_slice missing;
} th_build;

/* The recipe for the line; *out NULL when its errors were reported. */
TH_MUST_USE th_status th_recipe_for(th_run *run, const th_now *now, uint32_t period_kind, const th_recipe **out);

/* Only the checks of the line's words, for a line whose period cannot be read. */
TH_MUST_USE th_status th_recipe_words(th_run *run, const th_now *now);

/* --- methods/ --- */

/* A method: the terms of its equation onto the formula, which stands in the quantity's unit and then in a mass of gas. */
typedef th_status (*th_method_fn)(th_build *build, const th_factor *factor, th_formula *f);
th_status th_method_activity_factor(th_build *build, const th_factor *factor, th_formula *f);
th_status th_method_combustion(th_build *build, const th_factor *factor, th_formula *f);
th_status th_method_heat(th_build *build, const th_factor *factor, th_formula *f);
th_status th_method_carbonate(th_build *build, const th_factor *factor, th_formula *f);
th_status th_method_wastewater(th_build *build, const th_factor *factor, th_formula *f);
th_status th_method_landfill(th_build *build, const th_factor *factor, th_formula *f);
th_status th_method_incineration(th_build *build, const th_factor *factor, th_formula *f);
th_status th_method_sink(th_build *build, const th_factor *factor, th_formula *f);
double th_landfill_share(double decay, int years); /* of the decayable carbon, in the `years`-th year after the deposit */

/* Makes the quantity one that a factor per `per` can be multiplied with: checks the dimensions, a gas's condition and factors per year. */
th_status th_build_quantity(th_build *build, const th_factor *factor, const th_unit *per, th_slice per_text, th_formula *f);
/* x the factor's value. */
void th_build_value(const th_factor *factor, th_formula *f);
/* × 44/12, × 44/28 for a factor given as carbon or as nitrogen. */
void th_build_basis(const th_factor *factor, th_formula *f);
/* An error about a cell, or silence when only another profile is tried. */
th_status th_build_fail(th_build *build, th_code code, th_inventory_column column, const char *a, const char *b, const char *c);
/* A NUL-terminated copy for a message, in the line's scratch memory. */
const char *th_z(th_run *run, th_slice text);

/* --- energy.c --- */
th_status th_recipe_energy(th_build *build, th_recipe *recipe);

/* --- quality.c --- */
TH_MUST_USE bool th_quality_new(th_run *run);
void th_quality_free(th_run *run);
void th_quality_line(th_run *run, const th_now *now, const th_recipe *recipe);
TH_MUST_USE bool th_quality_finish(th_run *run);

/* --- line.c --- */
TH_MUST_USE th_status th_run_line(th_run *run, th_now *now);
TH_MUST_USE th_status th_run_deposits(th_run *run);

/* --- intensity.c --- */
TH_MUST_USE th_status th_run_intensities(th_run *run);

/* --- finish.c --- */
TH_MUST_USE th_status th_run_finish(th_run *run);

#endif
