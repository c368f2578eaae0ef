/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_FRAME_H
#define TH_ACCOUNT_FRAME_H

/* How an account is computed, shared by the files of this room. A frame is what all lines share and no line changes; a shard is what one
 * thread makes of the lines it is given, in memory that no other one touches; a line is now. Shards are merged: their sums are whole numbers,
 * so no order shows in them, and what does need an order (first places, first findings) takes it from the lines' order numbers. */

#include "account/formula.h"
#include "base/hash.h"
#include "base/period.h"
#include "case/instrument.h"
#include "case/inventory.h"

/* --- a recipe --- */

/* How a gas is computed, for those who listen. */
typedef struct th_told {
	const th_formula_term *part; /* of its formula, behind the quantity */
	size_t parts;
	th_slice formula;        /* what stands behind the quantity: ` t × 42.652 GJ/t × ...` */
} th_told;

/* One gas that a line emits: its mass is the line's quantity, as written, times a coefficient. */
typedef struct th_term {
	const th_factor *factor; /* NULL: the quantity is the mass itself */
	uint32_t gas;
	unsigned char bucket;    /* a th_bucket */
	bool further;            /* a further gas of the blend of the term before: the line has used the factor already */
	th_coef mass, co2e;
	const th_told *told;     /* NULL: nobody listens */
} th_term;

/* Waste in a landfill decays over later years: terms are per unit of carbon that may decay. */
typedef struct th_decay {
	double k;                /* 1/year */
	th_slice text;           /* as written */
} th_decay;

/* What another profile would make of the same line, where it differs. */
typedef struct th_alternative {
	uint32_t other;          /* in th_account.other */
	bool missing;
	th_slice what;           /* missing: the factor or activity without a value */
	th_coef *co2e;           /* of each gross term */
	size_t count;
} th_alternative;

/* Power that is green by its name alone: the profile counts green power apart, or as any other. */
typedef enum th_bare_green { TH_GREEN_NOT, TH_GREEN_APART, TH_GREEN_AS_ANY } th_bare_green;

/* All that depends only on a line's words and on the kind of its period: computed once, used for every such line. A large file has tens of thousands
 * in every thread, so what few of them have stands behind a pointer. */
struct th_recipe {
	const th_activity *activity;
	const th_unit *unit;       /* of the quantity */
	th_slice unit_text;        /* as written; of a rate (MWh/月) the amount in it */
	int scope, iso;
	uint32_t terms, alternatives, caveats;
	th_index instrument;       /* in frame->instruments */
	th_term *term;
	th_alternative *alternative;
	uint32_t *caveat;
	const th_coef *energy, *energy_equal; /* NULL: no standard coal */
	const th_coef *of_instrument; /* kWh of it for one unit of the quantity; NULL without one */
	const th_decay *decay;     /* NULL: what it emits, it emits in its own year */
	bool electricity_market;   /* has TH_MARKET terms of its own */
	bool gives_out;            /* its energy is not used here but given out: nothing of it is consumption */
	bool spilled;              /* lasts until the next one is made */
	/* What quality asks of every line of its kind. */
	uint64_t what;             /* hash of what is measured: the activity, and what its quantity is of */
	uint64_t said;             /* hash of the cells that decide it, by their value */
	uint64_t series;           /* hash of the activity, and of whether its name is one apart */
	bool apart;                /* its name of the activity is one apart */
	bool of_energy;            /* its quantity is of energy */
	unsigned char bare_green;  /* a th_bare_green */
};

/* --- the frame --- */

/* What lines may be grouped by. */
typedef enum th_group_by { TH_BY_SITE, TH_BY_PERIOD, TH_BY_YEAR, TH_BY_SCOPE, TH_BY_ACTIVITY, TH_BY_SOURCE, TH_BY_GAS, TH_BY_GRADE, TH_BYS } th_group_by;
extern const char *const th_group_names[TH_BYS];

typedef struct th_frame {
	const th_reference *reference;
	const th_account_options *options;
	const th_profile *profile;
	int gwp;                   /* in th_gwp_names */
	th_group_by by[TH_BYS];
	size_t bys;
	bool year_unasked;         /* by[0] is the year, which stands only where there are several */
	uint32_t *other;           /* the profiles that are not in force */
	size_t others;
	th_unit year, volume, normal_volume, energy_unit, coal, mass, carbon, co2_mass, co2e_mass; /* reference units */
	bool has_condition;
	th_slice condition_text;   /* `20C`: of the option, or as the case's fact gas_condition has it */
	const char *condition_file; /* the case's file where it is a fact, or NULL */
	th_unit condition;         /* what bare m3 of gas is, in Nm3 */
	const th_instruments *instruments; /* of instruments.csv; NULL or empty: none */
	bool careful;              /* every line goes the careful way (line.c); no answer depends on it */
	bool market_column;        /* some inventory has an instrument column */
	struct th_firsts *firsts;  /* what first days of months mean: decided by whichever thread meets the first of them, and fixed then */
	struct th_undeclared *undeclared; /* activities that only lines name */
	const int32_t *edge;       /* the days on which any factor begins to hold or has just ceased, ascending */
	size_t edges;
	th_certificate_words certificates;
	bool certificates_lent;    /* they are kept for others, too */
} th_frame;

/* What the options say; a finding, or TH_USAGE with one, when they name what is not there. Free with th_frame_free. */
struct th_facts;
/* `facts` of the case, NULL: none; they live as long as the frame. */
TH_MUST_USE th_status th_frame_make(th_frame *frame, const th_reference *reference, const th_account_options *options, const struct th_facts *facts,
                                    th_diags *diags);
void th_frame_free(th_frame *frame);
/* In which stretch between two edges a day lies. Of two days in one stretch exactly the same factors hold. */
uint32_t th_frame_stretch(const th_frame *frame, int32_t day);
/* The rows that come with tanhe for an activity, ascending, also those that the user's replace; none for one that only lines declare. */
const uint32_t *th_frame_shipped(const th_frame *frame, const th_activity *activity, size_t *count);

/* --- a line --- */

/* The order number of a line of an inventory: TH_MAX_FILE bytes have fewer than 2^40 lines with anything in them. */
static inline uint64_t th_order_of(size_t inventory, size_t line)
{
	return (uint64_t)inventory << 41 | line;
}

static inline size_t th_order_inventory(uint64_t order)
{
	return (size_t)(order >> 41);
}

/* Of a table with several lines in a row (case/layout.h), of fewer than 2^26 rows: the column tells them apart. */
#define TH_ORDER_CELL (UINT64_C(1) << 40)
static inline uint64_t th_order_of_cell(size_t inventory, size_t line, size_t column)
{
	return (uint64_t)inventory << 41 | TH_ORDER_CELL | (uint64_t)line << 14 | (column & 16383);
}

static inline size_t th_order_line(uint64_t order)
{
	return (size_t)(order & TH_ORDER_CELL ? (order & (TH_ORDER_CELL - 1)) >> 14 : order & (TH_ORDER_CELL - 1));
}

/* Is a period that reaches over the end of a year shared out by days? One of up to a year is (bills); a longer one belongs to no single year. */
static inline bool th_is_shared(const th_period *period)
{
	return period->first_year != period->last_year && period->num <= period->den;
}

/* The sums of a year, or of all lines. */
typedef struct th_sums {
	bool has_scope[4], has_energy, has_energy_equal, has_energy_out, has_grades;
	th_mass grade[TH_GRADES][4]; /* gross by scope of the lines that have a grade */
	th_mass bucket[TH_BUCKETS], scope[4], iso[7];
	th_mass coal, coal_equal, coal_non_fossil, coal_out;
	th_gas_total *gas;         /* in the reference's numbering */
	th_mass *other;            /* by frame->other: the gross emissions over those of the profile in force */
} th_sums;

/* The line that is being computed: where it is, and what its cells hold. */
typedef struct th_now {
	th_inventory *inventory;   /* NULL: a deposit, whose file is closed */
	const th_line *line;
	const char *file;
	uint64_t order;
	uint64_t row;              /* over all inventories, from 0 */
	size_t cell;               /* the column of the quantity, from 1 */
	th_period period;          /* that is being computed: the whole, or the part of it in one year */
	th_period whole;           /* as written */
	th_decimal quantity, half;
	bool has_half;             /* an uncertainty is given */
	unsigned char grade;       /* a th_grade */
	bool rounded;              /* one of these has more than 18 digits */
	th_mass coal;              /* its standard coal, until its first entry is out */
	th_sums *year;             /* of the year of `period`; NULL: it reaches over the ends of one */
	th_mass gross, co2, market; /* what a line beside which emissions are stated has come to so far: CO2e, of that the CO2, and CO2e market-based */
} th_now;

/* Of the line's quantity, what falls into `period`: *days of *all; both 1 for the whole. */
static inline bool th_is_part(const th_now *now, int32_t *days, int32_t *all)
{
	bool part = now->period.from != now->whole.from || now->period.to != now->whole.to;
	*days = part ? now->period.to - now->period.from + 1 : 1;
	*all = part ? now->whole.to - now->whole.from + 1 : 1;
	return part;
}

typedef struct th_deposit {
	const th_recipe *recipe;   /* in the shard's memory, as is what `now` points to */
	th_now now;
} th_deposit;

/* --- a shard --- */

/* Kinds of period that a recipe can tell apart. */
typedef struct th_period_kind {
	th_period period;
	uint32_t kind;
	bool by_series;            /* it is the month of that day in some series */
} th_period_kind;

/* What the words of a cell say by themselves, all 0 of an empty cell. Hashes are equal for equal texts; none is 0 but that. */
typedef struct th_spelling {
	uint64_t text, name, value; /* hashes of what is written, of it without blanks and capitals, and of its value: see th_said_value */
	unsigned char place[TH_ROW_KINDS]; /* a th_word_place: where in it a word of the kind stands */
	unsigned char total;       /* a th_total_kind */
	bool certificate;
	bool point_one;            /* 2023.1 */
} th_spelling;

/* Those of the line that is being computed, and its quantity. */
typedef struct th_said {
	const th_spelling *activity, *unit, *site, *source, *period;
	th_spelling own[5];        /* where they stand that no word holds */
	th_number quantity;
	unsigned notes;            /* of the quantity */
} th_said;

/* Recipes by the words that decide them, which are many: of these two hashes under the key of the process are kept. */
typedef struct th_recipe_slot {
	uint64_t words[2];
	th_recipe *recipe;         /* NULL: free */
} th_recipe_slot;

typedef struct th_recipes {
	th_arena arena;            /* of all recipes that are kept */
	th_recipe_slot *slot;
	uint32_t slots, taken;
	/* those that differ, by a hash of what they say */
	th_numbers number;
	th_recipe **list;
	th_intern unit;            /* of their quantities; its memory is theirs */
} th_recipes;

/* What lines used of factors; an account uses a few of many. */
typedef struct th_uses {
	uint32_t *of[2];           /* by factor row in the reference's numbering, [1] for the market-based total only: 1 + its place in the list, 0: not used */
	th_factor_use *list;
	uint32_t count;
} th_uses;

typedef struct th_shard {
	const th_frame *frame;
	th_diags *diags;
	size_t errors;       /* of it, when the shard was made: what was wrong with other files does not count here */
	th_arena arena;            /* what may go into the account */
	th_arena scratch;          /* of one line */
	th_arena spill;            /* of one recipe, once there are too many to keep */
	th_buf key, text;
	/* periods as written, and the kinds of period they are */
	th_intern period_text, period_kind;
	th_period_kind *period;
	int32_t first_day;         /* the earliest date that is the first day of a month; 0: none */
	bool other_day;            /* there is another date of one day */
	th_recipes recipes;
	size_t failures;           /* kinds of line that no recipe could be made for */
	th_intern unit_word;       /* units as written, where the user has some, and the lines of each */
	size_t *unit_lines;
	/* what spellings say */
	th_intern spelling_text;
	th_spelling *spelling;
	th_said said;
	th_sums sums;              /* of all lines */
	struct th_by_year *by_year;
	size_t lines;
	bool has_market;
	th_uses uses;
	unsigned char *row_fate;   /* by factor row: a th_row_fate, of the user's */
	th_instrument_use *instrument_use; /* by the rows of instruments.csv */
	th_profile_total *other;   /* by frame->other; their sums are in `sums` */
	/* groups by their keys */
	th_intern group_key;
	th_group *group;
	size_t groups;
	/* caveats by code and arguments */
	th_intern caveat_key;
	th_caveat *caveat;
	size_t caveats;
	struct th_seen *seen;      /* the first lines, to be compared (quality.h) */
	struct th_traces *traces;  /* of all lines */
	struct th_coverage *coverage; /* the days of each series */
	th_deposit *deposit;
	size_t deposits;
	struct th_kinds *kinds;    /* of lines, by their words (kind.h) */
	struct th_turn *turn;      /* where entries wait for their turn (turns.h); NULL: they are told at once */
	struct th_kept *kept;      /* of accounts before this one (kept.h); NULL: nothing */
	uint32_t *asked;           /* caveats that were asked for since `noting` was set, in their order */
	size_t askeds;
	bool noting;
} th_shard;

/* An empty one, which reports to `diags`. Free with th_shard_free, also when that failed. */
TH_MUST_USE bool th_shard_make(th_shard *shard, const th_frame *frame, th_diags *diags);
bool th_shard_sound(const th_shard *shard); /* no error since then */
/* No line comes any more, and all are folded and merged: what only lines need is given back. */
void th_shard_end_lines(th_shard *shard);
void th_shard_free(th_shard *shard);

/* --- merge.c --- */

/* Add what another shard of the frame found, whichever of them has the earlier lines; what it reported goes over to the other list. `from` is
 * left for th_shard_free. TH_INVALID with a finding when a sum does not fit. */
TH_MUST_USE th_status th_shard_merge(th_shard *into, th_shard *from);

/* --- caveat.c --- */

enum { TH_ARGS = 8 };
/* The number of the caveat with this code and these arguments (NULL behind the last); TH_NONE without memory. */
uint32_t th_caveat_number(th_shard *shard, th_code code, ...) TH_SENTINEL;
/* The same for arguments in a list. */
uint32_t th_caveat_of(th_shard *shard, th_code code, const th_slice *arg, size_t args);
/* Count one more line for it; the first ones in the order of the lines are kept. TH_NONE, of a caveat that there was no memory for, counts nothing. */
void th_caveat_line(th_shard *shard, uint32_t number, const th_now *now);
/* Of one that tells what its lines emit: so much more. False when the sum does not fit. */
TH_MUST_USE bool th_caveat_weigh(th_shard *shard, uint32_t number, th_mass gross);
/* Their last argument, when all lines are in. False without memory. */
TH_MUST_USE bool th_caveats_weighed(th_shard *shard);
/* The first places of both, and all their lines. */
void th_caveat_add(th_caveat *into, const th_caveat *from);
/* Count the whole account for it. */
void th_caveat_all(th_shard *shard, uint32_t number);

/* --- build.c --- */

/* What the methods build on. */
typedef struct th_build {
	th_shard *shard;
	const th_frame *frame;
	const th_now *now;
	th_arena *arena;           /* where the recipe is made */
	bool dated;                /* the line's period was read */
	bool only_co2;             /* the profile that is looked at counts no other gas */
	bool report;               /* the profile in force: say what is wrong; else only fail */
	const th_activity *activity;
	th_unit unit;              /* of the quantity */
	th_slice unit_text;        /* of a rate (MWh/月) the amount in it */
	bool rate;
	th_heat_basis heat;        /* what the unit says of it */
	bool has_ncv, has_carbon, has_oxidation, has_density;
	th_decimal ncv, carbon, oxidation, density;
	th_unit ncv_unit, carbon_unit, oxidation_unit, density_unit;
	th_slice ncv_text, carbon_text, oxidation_text; /* the cells, with the unit that a bare number is read in */
	th_formula_term ncv_term, carbon_term, oxidation_term, density_term;
	const th_conversion *assumed; /* a density, or the heat of standard coal, that entered a term without standing on the line; NULL: none */
	bool rounded;              /* a measured value has more than 18 digits */
	bool used_measured;        /* a measured value entered a term */
	const th_factor *heat_value; /* the row whose NCV turns the fuel into energy, or NULL */
	bool has_enthalpy;         /* of steam or hot water by mass, above the feed water */
	th_decimal enthalpy;
	th_unit enthalpy_unit;
	/* The contract or certificate that the line names, and which part of the line it covers. */
	th_slice instrument;       /* its id; empty: none */
	const th_instrument *row;  /* of instruments.csv, or NULL */
	th_slice share_text;       /* `30`; empty: all of it */
	th_decimal share, rest;    /* in percent; together 100 */
	th_slice missing;
} th_build;

static inline th_slice th_build_cell(const th_build *build, th_inventory_column column)
{
	return build->now->line->cell[column];
}

/* Would the line's finding of that code be shown? Else what was meant need not be sought. */
bool th_build_shown(const th_build *build, th_code code);
/* A unit of the method's own; one of nothing where it is not known. */
th_unit th_build_unit(const th_build *build, const char *text);
/* An error about a cell, or silence when only another profile is tried. */
th_status th_build_fail(th_build *build, th_code code, th_inventory_column column, const char *a, const char *b, const char *c);
/* A NUL-terminated copy for a message, in the line's scratch memory. */
const char *th_z(th_shard *shard, th_slice text);
/* The same for findings, in both languages (th_buf_both); of a text that names no region, the text. */
const char *th_z_both(th_shard *shard, th_slice en, th_slice zh);
/* A unit as each language calls it. */
const char *th_z_unit(th_shard *shard, th_slice text);
const char *th_z_activity(th_shard *shard, const th_activity *activity);
const char *th_z_profile(th_shard *shard, const th_profile *profile);
const char *th_z_region(th_shard *shard, const th_reference *reference, th_slice region);
/* An error about a cell of the line: what is in it, and `more`. */
th_status th_cell_error(th_shard *shard, const th_now *now, th_code code, th_inventory_column column, const char *more);

/* Is it a number? One that was rounded is noted. */
static inline bool th_number_taken(th_now *now, th_number kind)
{
	now->rounded |= kind == TH_NUM_DIGITS;
	return th_number_is(kind);
}

/* The error of a cell that should be a number. */
th_status th_number_error(th_shard *shard, const th_now *now, th_number kind, th_inventory_column column);
/* shard->key becomes the key of the series that a line is of: its site, its source, the id of its activity, and whether its name of the
 * activity is one apart. */
void th_series_key(th_shard *shard, const th_now *now, const th_recipe *recipe);
/* The same for a line of which nothing is known but what th_activity_named gave. */
void th_put_series(th_buf *key, const th_line *line, th_slice id, bool apart);

/* --- line_words.c --- */

/* The id of the activity that a line's words name, as a recipe would have it, and whether the name is one apart; an empty one where they name none. */
th_slice th_activity_named(const th_frame *frame, const th_line *line, bool *apart);

/* --- undeclared.c --- */

struct th_undeclared *th_undeclared_make(void); /* NULL without memory */
void th_undeclared_free(struct th_undeclared *undeclared);
/* The one of this name whose lines name that row of a factor, the same for all threads; NULL without memory. */
const th_activity *th_undeclared_of(const th_frame *frame, uint32_t factor, th_slice name);
/* They live as long as the arena from now on. */
void th_undeclared_take(struct th_undeclared *undeclared, th_arena *arena);

/* --- firsts.c: dates that mean months --- */

struct th_firsts *th_firsts_make(void); /* NULL without memory */
/* The inventories of the account, NULL of one that could not be opened; they must be open as long as lines are read. */
void th_firsts_open(struct th_firsts *firsts, th_inventory *const *inventory, size_t inventories);
void th_firsts_free(struct th_firsts *firsts);
bool th_firsts_failed(const struct th_firsts *firsts); /* without memory, or the device did */

typedef enum th_first_day { TH_FIRST_IS_DAY, TH_FIRST_IS_MONTH, TH_FIRST_BY_SERIES } th_first_day;
/* What a period means that was read from this text. Of the first day of a month in all series, or by each of them. */
th_first_day th_first_day_in(th_shard *shard, th_slice text, const th_period *period);
/* By the series of this line. */
bool th_first_day_is_month(th_shard *shard, const th_line *line);
/* The caveats that say so, behind the last line. False without memory. */
TH_MUST_USE bool th_firsts_say(th_shard *shard);

/* --- select.c --- */

/* The rows that give a leg its factors under a profile: all gases of one factor id. *count 0: the profile has none. An error is
 * reported only for build->report; without it (what another profile would do) *missing names what is lacking. */
enum { TH_MOST_GASES = 64 };
typedef struct th_choice {
	const th_factor *row[TH_MOST_GASES];
	size_t count;
	const th_rule *rule;
	bool older, newer, wider, outside; /* fallbacks that were taken */
	bool own;                /* the user's, which names the activity and stands before the profile's */
	const th_factor *passed; /* a row of the user's for the activity that is a contract's, and serves only lines that name it */
	bool elsewhere;          /* there are rows, all of other regions */
	bool crowded;            /* more gases than fit */
	bool failed;
	th_slice missing;
} th_choice;
th_status th_choose(th_build *build, const th_profile *profile, th_leg leg, uint32_t region, th_choice *choice);
/* The rows of a named factor for the period and region; `column` is where the line names it, or what made a rule name it. */
th_status th_choose_named(th_build *build, th_slice id, th_inventory_column column, uint32_t region, th_choice *choice);

/* Is the row of a region that the line's does not lie in? */
bool th_is_elsewhere(const th_reference *reference, const th_factor *row, uint32_t region);
/* A user's row for electricity that is a contract's or a certificate's: it serves only lines that name it. */
bool th_is_contract_row(const th_build *build, const th_factor *row);

/* --- user_rows.c: what became of the user's rows --- */

/* How far the user's rows come with a line like this. */
void th_user_rows_see(const th_build *build, uint32_t region);
/* So many lines are in that unit, where the user has units. False without memory. */
TH_MUST_USE bool th_user_units_add(th_shard *shard, th_slice unit, size_t lines);
TH_MUST_USE bool th_user_units_merge(th_shard *into, const th_shard *from);
/* False without memory. */
TH_MUST_USE bool th_user_rows_finish(const th_shard *shard, th_account *account);

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

/* Makes the quantity one that a factor per `per` can be multiplied with: checks the dimensions, a gas's condition and factors per year. */
th_status th_build_quantity(th_build *build, const th_factor *factor, const th_unit *per, th_slice per_text, th_formula *f);
/* Mass per volume of what the line is of: as measured, else the document's; false when neither is known. */
bool th_build_density(th_build *build, th_formula_term *term, th_decimal *value, th_unit *unit);
/* x the factor's value. */
void th_build_value(const th_factor *factor, th_formula *f);
/* × 44/12, × 44/28 for a factor given as carbon or as nitrogen. */
void th_build_basis(const th_factor *factor, th_formula *f);

/* --- recipe.c --- */

/* The number of a kind of period, or of its part in a year; `whole` is the same pointer where there are no parts. TH_NONE without memory. */
uint32_t th_period_kind_of(th_shard *shard, const th_period *period, const th_period *whole);

/* The recipe for the line; *out NULL when its errors were reported. It lives as long as the shard, or, when there are too many to keep,
 * until the next one is made. It is remembered by its words, but for `by_kind`: then its kind remembers it (th_kind_learn). */
enum { TH_DECIDING = 11 };
extern const th_inventory_column th_deciding[TH_DECIDING]; /* the words that decide a recipe, beside the kind of period */
TH_MUST_USE th_status th_recipe_for(th_shard *shard, const th_now *now, uint32_t period_kind, bool by_kind, const th_recipe **out);

/* Only the checks of the line's words, for a line whose period cannot be read. */
TH_MUST_USE th_status th_recipe_words(th_shard *shard, const th_now *now);

/* --- energy.c --- */
th_status th_recipe_energy(th_build *build, th_recipe *recipe);

/* --- quality.c --- */
TH_MUST_USE bool th_quality_make(th_shard *shard);
void th_quality_free(th_shard *shard);
/* False without memory. */
TH_MUST_USE bool th_quality_line(th_shard *shard, const th_now *now, const th_recipe *recipe);
/* Of a line whose words are no parts and whose year is none too early. */
TH_MUST_USE bool th_quality_known(th_shard *shard, const th_now *now, const th_recipe *recipe);
TH_MUST_USE bool th_quality_merge(th_shard *into, th_shard *from);
TH_MUST_USE bool th_quality_finish(th_shard *shard);
/* Facts that say when a site is in use, of a site without a line, are said; facts may be NULL. False without memory. */
TH_MUST_USE bool th_quality_sites(th_shard *shard, const struct th_facts *facts);

/* --- holes.c: months without a line --- */

struct th_facts;
struct th_coverage *th_coverage_make(void); /* NULL without memory */
void th_coverage_free(struct th_coverage *coverage);
/* A line of these gross emissions covers its days. False without memory; *fits: their sum has room. */
TH_MUST_USE bool th_coverage_line(th_shard *shard, const th_now *now, const th_recipe *recipe, th_mass gross, bool *fits);
TH_MUST_USE bool th_coverage_merge(th_shard *into, const th_shard *from, bool *fits);
/* The holes of the account, each with its caveat; facts (NULL: none) say when a site is in use. */
TH_MUST_USE bool th_coverage_finish(th_shard *shard, const struct th_facts *facts, th_account *account);

/* --- generated.c --- */

/* Power generated and used that other lines may hold, too. False without memory. */
TH_MUST_USE bool th_generated_finish(th_shard *shard);

/* --- hole_words.c: false without memory --- */
TH_MUST_USE bool th_say_hole(th_shard *shard, const th_hole *hole);
TH_MUST_USE bool th_say_excused(th_shard *shard, const th_hole *hole, int32_t from, int32_t until);
TH_MUST_USE bool th_say_out_of_use(th_shard *shard, const th_hole *hole, const th_gap *used);
/* The gaps are years of which a series of whole years has no line. */
TH_MUST_USE bool th_say_years_missing(th_shard *shard, const th_hole *hole);

/* --- sums.c --- */

/* What is outside the seven gases is in no scope, whatever the line is in. */
static inline int th_scope_of(const th_recipe *recipe, th_bucket bucket)
{
	return bucket == TH_OUTSIDE ? 0 : recipe->scope;
}


/* The group that a gas of the line belongs to, with its scope (0: none) and `period` as the group is to call it. NULL without memory. */
th_group *th_group_for(th_shard *shard, const th_now *now, int scope, th_slice gas, th_slice period);
/* The group with this key, whose parts are copied by the caller's rule: the index of a new one is the count before. */
th_group *th_group_of(th_shard *shard, th_slice key);
/* False when a sum does not fit. */
TH_MUST_USE bool th_group_add(th_group *group, th_bucket bucket, th_mass co2e);
TH_MUST_USE bool th_sums_add(th_shard *shard, const th_now *now, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e);
/* The use of a factor, a new one where there is none; NULL without memory. */
TH_MUST_USE th_factor_use *th_use_of(th_shard *shard, const th_factor *factor, bool market);
TH_MUST_USE bool th_sums_add_market(th_shard *shard, const th_now *now, th_mass co2e);
TH_MUST_USE bool th_sums_add_energy(th_shard *shard, const th_now *now, const th_recipe *recipe, th_mass coal, th_mass equal);
TH_MUST_USE bool th_sums_add_other(th_shard *shard, const th_now *now, uint32_t other, th_mass over);
/* A line of that scope is computed, whatever it comes to. */
void th_sums_see(th_shard *shard, const th_now *now, const th_recipe *recipe);
/* Room for what is summed by gas and by profile; false without memory. */
TH_MUST_USE bool th_sums_make(th_sums *sums, const th_frame *frame, th_arena *arena);
TH_MUST_USE bool th_sums_merge(th_sums *into, const th_sums *from, const th_frame *frame);
/* The other profiles that cannot compute such a line: their totals are not known any more. */
void th_note_missing(th_shard *shard, const th_now *now, const th_recipe *recipe);

/* --- grade.c: how quantities were come by --- */

/* The grade that a cell names; false: it names none. */
bool th_grade_of(const th_reference *reference, th_slice text, unsigned char *grade);
th_status th_grade_error(th_shard *shard, const th_now *now); /* the line's is none: reported */
/* So much gross of the line is of its grade. False when a sum does not fit. */
TH_MUST_USE bool th_grade_add(th_shard *shard, th_sums *year, unsigned char grade, int scope, th_mass gross);
TH_MUST_USE bool th_grades_merge(th_sums *into, const th_sums *from);
/* With what has none, which is the rest. */
void th_grades_take(const th_sums *sums, th_totals *totals);

/* --- by_year.c: the sums of each year --- */

struct th_by_year *th_by_year_make(th_arena *arena); /* NULL without memory */
/* now->year for now->period. False without memory. */
TH_MUST_USE bool th_by_year_open(th_shard *shard, th_now *now);
TH_MUST_USE bool th_by_year_merge(th_shard *into, const th_shard *from); /* false when a sum does not fit */
/* Was there a line or an emission in it? *sums: its sums, NULL where they are not known. */
bool th_by_year_seen(const struct th_by_year *by, int year, const th_sums **sums);

/* --- spelling.c: what words say by themselves --- */

/* What a cell says by itself. False without memory. */
TH_MUST_USE bool th_spell(th_shard *shard, th_slice text, th_spelling *found);
/* shard->said for the words of a line. False without memory. */
TH_MUST_USE bool th_spell_line(th_shard *shard, const th_line *line);
/* Hash of a cell by its value: a number by what it is worth, words without blanks and capitals, 0 of an empty one. */
uint64_t th_said_value(th_slice cell, char delimiter);

/* ±5, 5%, ±5%: a half-width in percent of the quantity. */
th_number th_half_in(th_slice text, char delimiter, th_decimal *half);

/* --- certificate.c: contracts and certificates of electricity --- */

/* What the line's cell names; an error where a share is none. */
TH_MUST_USE th_status th_read_instrument(th_build *build);
/* What a line uses of it. */
TH_MUST_USE bool th_instrument_part(const th_build *build, th_recipe *recipe);
/* An error where a certificate is written as a line, whatever else is wrong with it. */
TH_MUST_USE th_status th_instrument_words(th_shard *shard, const th_now *now);
/* A line that names one: its sign and its time; what it uses. TH_SYSTEM without memory. */
TH_MUST_USE th_status th_instrument_line(th_shard *shard, const th_now *now, const th_recipe *recipe);
/* Not more than each holds. */
TH_MUST_USE th_status th_instrument_finish(th_shard *shard, th_account *account);

/* --- stated.c --- */

/* One gas of a line beside which emissions are stated. */
void th_stated_add(const th_shard *shard, th_now *now, const th_term *term, th_mass mass, th_mass co2e);
/* What the filer has computed himself for the line, if anything, against what it has come to; it is only compared. */
TH_MUST_USE th_status th_stated_emissions(th_shard *shard, const th_now *now, const th_activity *activity);

/* --- tell.c --- */

/* Tell the listeners of one gas of the line. decay: of waste in a landfill, the term that says which part of it comes in the year; NULL: none. */
TH_MUST_USE th_status th_tell(th_shard *shard, th_now *now, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e,
                              th_slice period, const th_formula_term *decay);
/* Tell them of a line's energy that no gas of it has told. */
TH_MUST_USE th_status th_tell_energy(th_shard *shard, th_now *now, const th_recipe *recipe);

/* --- total.c --- */

typedef enum th_total_kind { TH_SUMS_NOTHING, TH_SUMS_PERHAPS, TH_SUMS_OTHERS } th_total_kind;
/* 合计, 合计（kWh）, Total: a row that sums others would be counted twice. 全厂合计 may be one too, but 公布合计 is a source by its own
 * right: such names are only asked about. */
th_total_kind th_total_in(const th_row_words *words, th_slice text);

/* --- landfill.c --- */

/* Waste is kept until the last year of the inventory is known. */
TH_MUST_USE th_status th_landfill_keep(th_shard *shard, const th_now *now, const th_recipe *recipe);
/* The gas of every year from the one after the deposit to the last one of the account. */
TH_MUST_USE th_status th_landfill_run(th_shard *shard);

/* --- line.c --- */
TH_MUST_USE th_status th_line_run(th_shard *shard, th_now *now);
/* Of a line of a known kind (kind.h), whose numbers are read; *done false: it is not added, and th_line_run does it. */
struct th_line_kind;
TH_MUST_USE th_status th_line_run_kind(th_shard *shard, th_now *now, struct th_line_kind *kind, bool *done);

/* --- intensity.c --- */
struct th_facts;
TH_MUST_USE th_status th_intensities(th_shard *shard, const struct th_facts *facts, th_account *account);

/* --- finish.c --- */

/* The books are closed: what the shard holds, all lines of the account, becomes the account's. */
TH_MUST_USE th_status th_finish(th_shard *shard, const struct th_facts *facts, th_account *account);

#endif
