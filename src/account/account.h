/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_H
#define TH_ACCOUNT_H

/* What an account holds when it is done. Masses are kg in units of 1e-9 (th_mass), exact sums. */

#include <tanhe/account.h>

#include "base/period.h"
#include "case/instrument.h"
#include "io/digest.h"
#include "reference/reference.h"

/* Where a computed mass belongs; only TH_GROSS enters gross emissions. */
typedef enum th_bucket { TH_GROSS, TH_BIOGENIC, TH_REMOVAL, TH_CREDIT, TH_AVOIDED, TH_MARKET, TH_OUTSIDE, TH_ENERGY, TH_BUCKETS } th_bucket;
extern const char *const th_bucket_names[TH_BUCKETS]; /* gross biogenic_co2 removals credits avoided market outside_kyoto energy */

/* How a quantity was come by, as the line says. */
typedef enum th_grade { TH_GRADE_NONE, TH_GRADE_MEASURED, TH_GRADE_INVOICE, TH_GRADE_ALLOCATED, TH_GRADE_ESTIMATED, TH_GRADE_PROXY, TH_GRADES } th_grade;
extern const char *const th_grade_names[TH_GRADES]; /* none measured invoice allocated estimated proxy */

/* A term of a formula. All terms are multiplied: the quantity, its unit's conversions, values, constants. */
typedef enum th_origin {
	TH_FROM_CELL,     /* of the line */
	TH_FROM_FACTOR,   /* the row of the factor, or the one that gives its fuel a heat value */
	TH_FROM_EQUATION, /* a constant of the equation: 44/12 */
	TH_FROM_UNITS,    /* a conversion between units, exact */
	TH_FROM_CONVERSION /* a row of conversions.csv: a density, the heat of standard coal */
} th_origin;
typedef enum th_term_form {
	TH_TERM,          /* x */
	TH_TERM_REST,     /* (1 - x) */
	TH_TERM_MORE,     /* (1 + x) */
	TH_TERM_INNER,    /* (x), a difference as written: (2762.9-83.7 kJ/kg) */
	TH_TERM_DECAY     /* (exp(-k (n - 1)) - exp(-k n)), k = x: of what may decay, the part that does in the n-th year */
} th_term_form;
typedef struct th_formula_term {
	const char *name;        /* conversion, condition, period, value, ncv, carbon_content, oxidation, enthalpy, a parameter of the factor, or of a
	                          * constant what it is: CO2/C, share (of a gas in a blend) */
	th_slice value, unit;    /* as written: `0.5849` and `kg/kWh`, `44/12`, `273.15/293.15`; `%` stands for 1/100 */
	th_origin origin;
	th_term_form form;
	bool named;              /* in words its name stands before it */
	const struct th_factor *row; /* TH_FROM_FACTOR: whose number it is, where that is not the factor that the line is computed by */
	int year;                /* TH_TERM_DECAY: n */
} th_formula_term;

/* How a line is computed: shared by all lines with the same words; see frame.h of this room. */
typedef struct th_recipe th_recipe;

/* One gas of one line, or the energy of a line without one (TH_ENERGY: gas and factor NULL, no terms, masses 0). All that it points to lives while it is being told, names of files, activities, gases and factors as long as the
 * account. */
struct th_entry {
	/* Grows from line to line over all inventories in the order of the input; the gases of a line share it. A gas of a landfill comes
	 * behind all lines, with TH_ORDER_LATER added to its deposit's number. */
	uint64_t order;
	const char *file;
	size_t line, cell;       /* where the line begins; in which column of the file, from 1, its quantity stands */
	/* As written in the line; empty where the line says nothing. For waste in a landfill `period` is the year of emission. */
	th_slice period, site, source, activity_text, quantity, unit, region, uncertainty, instrument, evidence, note;
	th_slice product, stage, share; /* of footprints: which products the line is for, in which stage of life, and how much of it */
	/* The same, read. */
	th_period span;          /* `period`; of a line over the end of a year, which is told year by year, the part in that year */
	int32_t days, all_days;  /* the line's quantity counts days / all_days here; both 1 but for such a line */
	th_decimal amount;       /* `quantity` */
	const th_unit *measure;  /* `unit` */
	bool has_half;
	th_decimal half;         /* `uncertainty`: the half-width of the 95 % interval, percent of the quantity */
	th_grade grade;          /* how the quantity was come by */
	const th_recipe *recipe;
	const th_activity *activity;
	int scope, iso; /* 0: none, not assigned, a gas outside the seven */
	const th_gas *gas;
	const th_factor *factor; /* NULL: a credit counted as written */
	th_bucket bucket;
	th_mass mass, co2e;      /* of the gas; as CO2 equivalent */
	th_decimal gwp;
	th_mass coal;            /* of the whole line, 1e-9 kg of standard coal, on its first entry; 0: none, or no energy */
	/* The equation: amount x terms = mass in kg, to the last digit, half to even (with TH_TERM_DECAY to 1e-12 of it). */
	const th_formula_term *term;
	size_t terms;
	th_slice formula;        /* in words, with the quantity as written: `15,062.4 万kWh × 10000 × 0.5849 kg/kWh` */
};
#define TH_ORDER_LATER (UINT64_C(1) << 63)

/* How a listener is told that makes much of each entry, such as a row of text: where several threads compute, in pieces of the input. It must not
 * matter to it where one piece ends. */
typedef struct th_in_pieces {
	void *(*make)(void *context);                  /* an empty piece, on the thread that runs the account; NULL without memory */
	th_status (*entry)(void *piece, const th_entry *entry); /* on the thread that computes it */
	th_status (*take)(void *context, void *piece); /* in the order of the input, on the thread that runs the account; the piece is empty then */
	void (*release)(void *piece);
} th_in_pieces;

/* How one sheet of a workbook was understood. */
typedef struct th_input_sheet {
	const char *name, *zh, *en;
} th_input_sheet;

typedef struct th_input {
	const char *path, *encoding;
	char sha256[TH_DIGEST]; /* or of a tree, named */
	size_t rows;
	size_t unfilled, unfilled_line; /* rows with neither period nor quantity, which are left out; the first of them */
	char delimiter;
	bool ambiguous;
	const char *layout_zh, *layout_en; /* how an office table was understood, in words; NULL: a long table */
	const char *layout_file;           /* the layout file that was followed; NULL: none */
	char layout_sha256[65];
	th_input_sheet *sheet;             /* of a workbook, those that were read as office tables */
	size_t sheets;
} th_input;

typedef struct th_group {
	th_slice *key;           /* one for each of account->by */
	size_t keys;
	th_mass gross, biogenic, removals, credits, outside;
	size_t lines;
} th_group;

typedef struct th_gas_total {
	uint32_t gas;            /* in reference->gas */
	th_mass mass, co2e;      /* gross, location-based */
} th_gas_total;

typedef struct th_profile_total {
	uint32_t profile;        /* in reference->profile */
	bool computed;
	th_mass gross;
	th_slice missing;        /* not computed: the factor without a value, or the activity without a factor */
	uint64_t order;          /* and the line that needs it */
	const char *file;
	size_t line;
} th_profile_total;

typedef struct th_factor_use {
	const th_factor *factor;
	size_t lines;
	th_mass co2e;            /* whatever bucket */
	bool market;             /* used for the market-based total only; such uses stand apart */
} th_factor_use;

/* What the lines of the account used of a contract or certificate of instruments.csv. */
typedef struct th_instrument_use {
	size_t lines;
	th_mass used;            /* 1e-9 kWh */
} th_instrument_use;

/* What became of a factor row of the user's; of several lines the furthest counts, in this order. */
typedef enum th_row_fate {
	TH_ROW_NO_LINE,  /* no line is of its activity */
	TH_ROW_UNNAMED,  /* it has no activity, and no line names it */
	TH_ROW_REGION, TH_ROW_TIME, /* lines of its activity are of other regions; of other times */
	TH_ROW_PROFILE,  /* the profile looks for other categories */
	TH_ROW_CONTRACT, /* it is a contract's, and the line does not name it */
	TH_ROW_SHADOWED, /* the line names another factor */
	TH_ROW_GAS,      /* the profile counts CO2 alone */
	TH_ROW_BEATEN,   /* another row is of a nearer region or of a newer time */
	TH_ROW_REPLACED, /* by a later file */
	TH_ROW_USED,
	TH_ROW_FATES
} th_row_fate;
extern const char *const th_row_fates[TH_ROW_FATES]; /* no_line not_named other_region ... */

/* A row of the user's files; not one of which a part stays, since its copy speaks for it. */
bool th_is_user_row(const th_reference *reference, const th_factor *row);

typedef struct th_user_row {
	const th_factor *factor;
	size_t lines;
	th_row_fate fate;
} th_user_row;

/* A row of the user's unit files. */
typedef struct th_user_unit {
	th_slice name;
	const char *file;
	size_t line;
	size_t lines, factors;   /* of the inventories, of the user's factor rows, whose unit is read by it */
} th_user_unit;

enum { TH_CAVEAT_LINES = 20 };
typedef struct th_caveat {
	th_code code;
	th_slice *arg;           /* of its detail: th_diag_sentence */
	size_t args;
	size_t count;
	bool market;             /* about the market-based total only */
	bool weighed;            /* what its lines emit is told, as its last argument: `gross`, of all of them, times `share` percent */
	th_mass gross;
	int share;
	bool compared;           /* its lines state `stated` where the account has `gross`; both, and by how much they differ, are its last arguments */
	th_mass stated;
	struct { uint64_t order; const char *file; size_t line; } at[TH_CAVEAT_LINES]; /* the first ones; file NULL: about the whole account */
} th_caveat;

typedef struct th_intensity_value {
	const th_intensity *intensity;
	int year;                /* of the fact; 0: none is given, and the data are of several */
	th_decimal value;        /* of the fact, in the intensity's unit when exact, else as written */
	th_slice value_text, unit_text; /* as written in the case file */
	size_t line;
	th_ratio divisor;        /* the fact in the intensity's unit, exact */
} th_intensity_value;

/* Days without a line, both ends included; a gap lies in one year. */
typedef struct th_gap {
	int32_t from, to;
} th_gap;

/* A year of a series with days missing. */
typedef struct th_hole_year {
	int year;
	unsigned days;           /* that are missing */
	th_mass gross;           /* of the series in that year; of its heaviest year where it has none at all */
} th_hole_year;

/* A series of lines (site, source, activity) with days missing. */
typedef struct th_hole {
	th_slice site, source, activity; /* activity: the id */
	th_slice activity_text, unit;    /* of its first line, as written */
	uint64_t order;          /* that line */
	const char *file;
	size_t line;
	th_gap *gap;             /* in the order of time, at least one */
	size_t gaps;
	th_hole_year *year;
	size_t years;
	int begins, ends;        /* the first or last year with lines of its own where years before or behind it lack; else 0 */
} th_hole;

/* Is that finding, of a file that was read, among the caveats of the account? */
bool th_account_has_said(const th_account *account, const th_finding *found);

/* 2023-03, 2023-04/2023-06, 2023, 2023-02-15/2023-02-20. */
void th_put_gap(th_buf *out, const th_gap *gap);
/* The line that would fill the first gap, its quantity a question mark: period,site,source,activity,quantity,unit. */
void th_put_hole_line(th_buf *out, const th_hole *hole);


/* th_account_run for somebody who has read options->case_file already: nothing of it is reported again. */
struct th_facts;
TH_MUST_USE th_status th_account_run_facts(const th_reference *reference, const th_account_options *options, const struct th_facts *facts,
                                           th_diags *diags, th_account **out);

/* The totals of a year, or of all lines. */
typedef struct th_totals {
	bool has_scope[4];       /* a line was computed in that scope; without one its emissions are not known to be 0 */
	th_mass scope[4];        /* [1] [2] location-based, [3] */
	bool has_market;         /* an instrument was given */
	th_mass scope2_market;
	th_mass of_profile;      /* by the words of the profile's document, where it has a total: power under a contract or certificate counts by it, and
	                          * what is given out is taken off where the document says so; else gross, market-based */
	th_mass iso[7];          /* ISO 14064-1 categories 1..6, gross; [0] not assigned */
	bool has_grades;         /* a line says how its quantity was come by */
	th_mass grade[TH_GRADES][4]; /* gross by that and by scope, [0] unused; what no line says among them */
	th_mass gross, biogenic, removals, credits, avoided;
	th_mass outside;         /* gases outside the seven of the Kyoto Protocol: in no scope and no other total */
	th_mass net, net_after_credits; /* gross - removals; that less credits */
	th_gas_total *gas;       /* by name */
	size_t gases;
	th_gas_total *outside_gas; /* those of `outside`, by name */
	size_t outside_gases;
	/* Energy in 1e-9 kg of standard coal; lines that are energy but have no coefficient are a caveat. */
	bool has_energy, has_energy_equal;
	th_mass coal, coal_equal; /* 当量值; 等价值 */
	th_mass coal_non_fossil; /* part of coal */
	bool has_energy_out;
	th_mass coal_out;        /* given out (exported power, heat): in none of the above and not taken off */
} th_totals;

/* A data year. */
typedef struct th_account_year {
	int year;
	bool known;              /* false: a line longer than a year reaches over its ends, and its totals are not known */
	th_totals totals;
	th_mass *other;          /* gross emissions under account->other, where that is computed */
} th_account_year;

/* What was asked for (th_account_options), from which the account can be made again. NULL, 0: not said. */
typedef struct th_asked {
	const char **inventory;  /* of a workbook the sheets that were read */
	size_t inventories;
	const char *profile, *gwp, *encoding, *gas_condition, *by, *layout;
	int year;
	bool fallback_nearest;
} th_asked;

struct th_account {
	th_arena arena;
	th_asked asked;
	const th_reference *reference;
	const th_profile *profile;
	int gwp;                 /* in th_gwp_names */
	th_input *input;
	size_t inputs;
	size_t lines;            /* of all inputs */
	th_slice *by;            /* names of the keys */
	size_t bys;
	th_totals whole;         /* of all lines, whatever their years */
	th_group *group;         /* sorted by their keys, bytewise */
	size_t groups;
	th_profile_total *other; /* the other profiles, in the reference's order */
	size_t others;
	th_factor_use *use;      /* by id, then region and validity */
	size_t uses;
	th_intensity_value *intensity;
	size_t intensities;
	const char *case_path;
	char case_sha256[65];
	int *year;               /* data years, ascending */
	th_account_year *of_year; /* likewise */
	size_t years;
	th_caveat *caveat;       /* by code, then detail */
	size_t caveats;
	th_user_row *user_row;   /* the unused first, then in the order of the files */
	size_t user_rows;
	th_user_unit *user_unit; /* in the order of the files */
	size_t user_units;
	th_instruments instruments; /* of instruments.csv */
	th_instrument_use *instrument_use; /* by its rows */
	th_hole *hole;           /* series with days missing, by site, source and activity */
	size_t holes;
	bool holes_unseen;       /* there were too many series to look at */
	struct th_attachment *attachment; /* what listeners made of it */
};

/* Is it per the fact of that name, its id or another one (产值)? */
bool th_intensity_is_per(const th_intensity *intensity, th_slice name);
/* What an intensity is of: the totals of its fact's year; NULL: they are not known, or the fact has no year. */
const th_totals *th_intensity_totals(const th_account *account, const th_intensity_value *value);

/* For th_listener.close. */

/* Hang `data` on the account, which frees it with itself; false, and nothing is hung on, without memory. */
TH_MUST_USE bool th_account_attach(th_account *account, void *data, void (*release)(void *data));
/* What was hung on with this function; NULL: nothing. */
void *th_account_attached(const th_account *account, void (*release)(void *data));
/* A caveat about the whole account or, with the same code and arguments (NULL behind the last, at most 4), `count` more of it. False
 * without memory. */
TH_MUST_USE bool th_account_add_caveat(th_account *account, size_t count, th_code code, ...) TH_SENTINEL;

#endif
