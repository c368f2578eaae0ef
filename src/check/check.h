/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CHECK_H
#define TH_CHECK_H

/* What an assessment holds when it is done: everything a report shows, nothing to compute any more. */

#include <tanhe/check.h>

#include "account/account.h"
#include "case/contents.h"
#include "case/evidence.h"
#include "case/folder.h"
#include "case/measure.h"
#include "case/offset.h"
#include "case/param.h"
#include "case/target.h"
#include "case/task.h"
#include "rules/rules.h"

/* A file of the case, or one of parameters. Not there: `found` is false and the rest empty. */
typedef struct th_check_file {
	const char *path, *encoding;
	const char *layout_zh, *layout_en; /* how an office table was understood; NULL: a long table */
	th_case_part kind;
	size_t unfilled, unfilled_line; /* rows of an inventory of which none is filled in, the first of them: then it is as if it were not there */
	bool found, illustrative; /* illustrative: the file's name says so */
	bool idle;                /* the pack asks nothing of it, or, of tasks, nothing before there are any: where it is not there, nothing is to be said */
	char sha256[TH_DIGEST];
	size_t rows;
	size_t errors; /* above 0: nothing that rests on what they are about is decided */
} th_check_file;

/* Is it told that it is not there? Nobody misses parameters. */
static inline bool th_check_misses(const th_check_file *file)
{
	return !file->found && !file->idle && file->kind != TH_CASE_PARAMS;
}

/* A parameter of the pack and where its value came from. */
typedef struct th_check_param {
	uint32_t decl;             /* in pack->decl */
	bool supplied;             /* else missing, and the rest is empty */
	bool illustrative;
	th_slice value, unit, source; /* as written; unit: the declaration's where the row has none */
	const char *file;
	size_t line;
	th_rule_value number;
	th_pos waits;              /* not supplied: the cell of the case's own file that waits for its value; line 0: none does */
} th_check_param;

/* A table of the case as somebody finds it who adds a line to it (tables.c). Looked at when something is missing. */
enum { TH_TABLE_COLUMNS = 8 };
extern const char *const th_check_columns[TH_CASE_PARTS][TH_TABLE_COLUMNS]; /* that such a line fills, NULL behind the last */
typedef struct th_check_table {
	bool there;                /* its heads are known */
	th_slice *head;            /* as written, in their order */
	size_t heads;
	int cell[TH_TABLE_COLUMNS]; /* of th_check_columns: under which head; -1: the table has none */
	size_t last;               /* its last row; not of an inventory */
} th_check_table;

/* A reading of a definition that the text leaves open. */
typedef struct th_check_reading {
	uint32_t define, reading;  /* pack->define[define].reading[reading] */
	bool chosen;               /* in force */
	bool overridden;           /* chosen by an option, not by the pack */
	th_rule_value value;
} th_check_reading;

/* How a measure is counted over the creation period, and why not. */
typedef enum th_count {
	TH_COUNT_FULL,             /* its whole reduction, at the end of the period */
	TH_COUNT_PART,             /* a part of it: still in its ramp, or begun in the base year */
	TH_COUNT_CANCELLED,        /* the rest counts 0: cancelled, */
	TH_COUNT_APART,            /* a removal or a credit, */
	TH_COUNT_BASE,             /* complete before the base year, whose emissions are lower for it, */
	TH_COUNT_LATE,             /* takes effect only after the period, */
	TH_COUNT_ENDED,            /* no longer in effect on its last day (the cumulative amount may be above 0) */
	TH_COUNT_BLANK,            /* not known: no reduction is given, */
	TH_COUNT_UNDATED,          /* nothing tells when its effect begins, */
	TH_COUNT_ABSENT,           /* the base year has no emissions of the activity it works on, */
	TH_COUNT_OPEN,             /* the case does not say what the period or the base year is */
	TH_COUNTS
} th_count;
extern const char *const th_count_names[TH_COUNTS];

/* Between what and what an amount lies: the same where it is known. In 1e-9 kg. */
typedef struct th_check_range {
	th_mass low, high;
	bool bounded;              /* high is given */
} th_check_range;

/* A measure with its group; the same order as measures.measure. */
typedef struct th_check_measure {
	const th_measure *measure;
	uint32_t group, domain;    /* in pack->group, pack->domain; domain: pack->domains where it tells none apart */
	th_count count;
	th_check_range annual;     /* reduction at the end of the creation period, against the base year */
	th_check_range cumulative; /* over the period */
	uint32_t before_num, before_den; /* which part of its effect the base year had; den 0: not known */
	bool has_emissions;        /* the base year is whole and it names an activity */
	th_mass emissions;         /* of that activity then */
	bool has_savings;
	th_mass savings;           /* what its savings are in emissions, at the base year's emissions per unit */
} th_check_measure;

/* The verdict if the applicant were of another category; everything else stays. */
typedef struct th_check_category {
	uint32_t option;           /* of the category's declaration */
	bool own;                  /* the stated one */
	th_verdict verdict;
	th_rule_status *status;    /* one for each pack->requirement */
} th_check_category;

/* A finding of the cross-checks: a code of diag.def with its arguments. */
typedef struct th_check_caveat {
	th_code code;
	th_slice *arg;
	size_t args;
	const char *file;          /* NULL: about no one place */
	size_t line;
} th_check_caveat;

/* A year of the account, from its entries. */
typedef struct th_check_year {
	int year;
	bool whole;                /* no line reaches over its ends, so that the sums are its own */
	unsigned months;           /* how many of its months the lines touch; what waste of earlier years emits is no line */
	th_mass gross, removals, credits; /* gross: of a scheme with a total of its own (th_check_total) that total */
	th_mass gross_12;          /* gross without scope 3 */
	th_mass of_profile;        /* the total by the words of the profile's document */
	const th_activity *no_coal; /* energy of which no standard coal is known; NULL: none */
	th_mass coal, coal_of_power; /* standard coal by calorific value, 1e-9 kg: of all but power, of power */
} th_check_year;

/* An emission class: what the lines come to whose source is a name of a fact of the pack. */
typedef struct th_check_class {
	uint32_t fact;             /* in pack->decl: it says whether the class occurs */
	bool seen;                 /* a line is of it */
	size_t lines;
	th_mass gross;
} th_check_class;

/* A paper that a fact names as its evidence. */
typedef struct th_check_paper {
	uint32_t decl;             /* the fact, in pack->decl */
	th_evidence evidence;
} th_check_paper;

/* How a task stands on the last day that the inventory tells of. */
typedef enum th_task_state {
	TH_TASK_DONE,              /* and evidenced, */
	TH_TASK_UNPROVEN,          /* done, and nothing proves it: it is not counted as done, */
	TH_TASK_OVERDUE,           /* not done, and its time is over, */
	TH_TASK_OPEN,              /* not done; it is not due yet, or nothing tells whether it is */
	TH_TASK_STATES
} th_task_state;
extern const char *const th_task_state_names[TH_TASK_STATES]; /* done unproven overdue open */

/* The same order as tasks.task. */
typedef struct th_check_task {
	th_task_state state;
	bool late_known;           /* it is known by how many days it was late, or is */
	int32_t late;              /* 0: in time */
} th_check_task;

/* A target beside what the inventory has of its year. */
typedef enum th_outcome_state { TH_OUTCOME_REACHED, TH_OUTCOME_MISSED, TH_OUTCOME_OPEN, TH_OUTCOME_NOT_DUE, TH_OUTCOMES } th_outcome_state;
extern const char *const th_outcome_names[TH_OUTCOMES]; /* reached missed undetermined not_due */
typedef struct th_check_outcome {
	const th_target *target;
	th_outcome_state state;
	bool has_actual;           /* the year is whole, and of an intensity what it is per is known */
	bool at_least;             /* days are missing: the actual one is at least that */
	th_mass planned, actual;   /* gross, net, intensity: emissions of the year, 1e-9 kg; planned of an intensity at what the year had of what it is per */
	th_mass base;              /* of a target in percent: gross emissions of the base year; else 0 */
	const th_intensity_value *driver; /* of an intensity; NULL: not known */
} th_check_outcome;

/* How sure a limit is that rests on emissions computed from the inventory, everything else fixed. */
typedef struct th_check_odds {
	const th_rule_limit_result *limit;
	uint32_t decl;             /* the computed value that is uncertain */
	bool percent;              /* lower and upper are percent of the base year's gross emissions, else in the unit of the declaration */
	double lower, upper;       /* 95 % of it lie between */
	double probability;        /* that the limit is met */
	bool at_bound;             /* met at lower and at upper; else, if it is met, at the centre only */
} th_check_odds;

/* What would change a requirement (flip.c): one thing set to something else, everything else as it is. Proved by deciding again, on both
 * sides of where it turns. */
typedef enum th_flip_kind { TH_FLIP_PARAM, TH_FLIP_FACT, TH_FLIP_EVIDENCE, TH_FLIP_MEASURE, TH_FLIP_CANCEL, TH_FLIP_FACTOR, TH_FLIP_GWP,
                             TH_FLIP_ACTIVITY, TH_FLIP_SCOPE, TH_FLIP_MONTHS, TH_FLIP_EFFECT, TH_FLIP_LINE, TH_FLIP_NCV, TH_FLIP_CARBON, TH_FLIP_KINDS } th_flip_kind;
extern const char *const th_flip_kind_names[TH_FLIP_KINDS]; /* param fact evidence measure cancelled factor gwp activity scope months effect_start line ncv carbon_content; activity and scope: left out */
typedef enum th_flip_scale { TH_FLIP_NUMBER, TH_FLIP_DAY, TH_FLIP_OPTION } th_flip_scale;
/* A line of the inventory, or the first that states what was measured. */
typedef struct th_flip_place {
	const char *file;          /* NULL: none */
	size_t line;
	th_slice period, site, source;
} th_flip_place;
/* Something that is not known set to something, so that it can be seen what the rest does. */
typedef struct th_flip_given {
	th_flip_kind kind;
	th_flip_scale scale;
	uint32_t decl, option;     /* as of a flip */
	th_slice what, unit_text;
	th_words name;
	th_decimal at;             /* NUMBER */
	int32_t day;               /* DAY */
	bool evidenced;
} th_flip_given;
typedef struct th_check_flip {
	uint32_t requirement;
	th_flip_kind kind;
	th_flip_scale scale;
	th_slice what;             /* id of the parameter, fact, measure, factor, activity; of a scope its number */
	const th_factor *factor;   /* FACTOR: its row */
	th_flip_place place;       /* LINE: whose quantity; NCV, CARBON: measured on the lines of this activity that say so, of which it is the first */
	const th_hole *hole;       /* MONTHS: of which series the base year's missing days emit that */
	double typical;            /* MONTHS: what as many days emit by the lines that are there, t CO2e; 0: not known */
	th_words name;
	uint32_t decl;             /* of a parameter, a fact or evidence */
	th_rule_value now;         /* as it is; not known: the case does not say */
	const th_unit *unit;       /* of a NUMBER */
	th_slice unit_text;
	th_decimal at;             /* NUMBER: where it turns, in `unit` */
	int32_t day;               /* DAY */
	uint32_t option;           /* OPTION: of a choice; 0 no, 1 yes; a GWP set; a year */
	int side;                  /* from there up (1), down (-1) */
	bool inclusive;            /* there already, else only beyond */
	bool evidenced;            /* where the fact is given with its evidence */
	th_rule_status status;     /* of the requirement then */
	th_verdict verdict;
	uint32_t *also;            /* other requirements whose status changes with it */
	size_t alsos;
	const th_flip_given *given; /* with these at their best, without which nothing alone decides */
	size_t givens;
	double size;               /* how large the change is, to sort by: a part of what it is */
	size_t order;
} th_check_flip;

/* A requirement that is undetermined, with all that is missing at its worst, and at its best. */
typedef struct th_check_end {
	uint32_t requirement;
	bool best;
	th_rule_status status;
	th_verdict verdict;
	const th_flip_given *given;
	size_t givens;
} th_check_end;

struct th_assessment {
	th_arena arena;
	const th_reference *reference;
	const th_pack *pack;
	th_pack *own_pack;         /* the same where it was opened for this case alone; NULL: the caller's */
	bool decided;              /* false: only pack and parameters were asked for */
	const char *folder;
	struct { const char *rules, *user_folder, *accept_holes, *phase; bool require_evidence; } asked; /* as in th_check_options */
	bool broken;              /* some file of it has errors: the rest is decided, and there is no verdict */
	th_finding_row *finding;  /* when it is broken: what was found, for who reads no messages */
	size_t findings;
	th_slice name;             /* of the folder, without the way to it */
	th_check_file *file;      /* case, inventory, measures, targets, tasks, then the files of parameters in their order */
	size_t files;
	th_case_contents contents;
	th_check_table table[TH_CASE_PARTS];
	th_facts facts;
	uint32_t *fact_decl;       /* by row of the facts: the pack's declaration, TH_NONE for what it does not know */
	th_check_paper *paper;     /* by fact, in the order of its cell */
	size_t papers;
	const char *facts_path;
	bool factless;             /* the case is of other schemes: the table of this one's facts is not there */
	th_account *account;       /* owned; NULL: there is no inventory. Its groups are by year and period */
	th_check_year *year;      /* ascending */
	size_t years;
	th_measures measures;
	th_check_measure *measure; /* one for each of measures.measure */
	th_targets targets;
	th_check_outcome *outcome; /* one for each of targets.target */
	th_tasks tasks;
	th_check_task *task;       /* one for each of tasks.task */
	int until;                 /* the last year of the phase that is evaluated, behind which no year tells; 0: none was named */
	int32_t told_until;        /* the last day of the last whole year of the account; TH_DAY_MIN: there is none */
	bool asks_offsets;         /* the pack looks at offsets.csv */
	th_offsets offsets;
	th_check_class *class;     /* the emission classes of the pack, in the order of its computed values */
	size_t classes, unclassed; /* unclassed: lines whose source names none of them */
	th_check_param *param;    /* one for each parameter of the pack, in its order */
	size_t params;
	bool illustrative;         /* a value in use comes from an illustrative file */
	th_check_reading *reading; /* of all definitions that have several, in the pack's order */
	size_t readings;
	th_rule_inputs inputs;
	th_rule_results results;
	th_check_odds *odds;      /* empty unless asked for; those of which something is known */
	size_t oddses;
	th_check_category *category; /* empty unless asked for; in the order of the declaration */
	size_t categories;
	th_check_caveat *caveat;
	size_t caveats;
	th_check_flip *flip;      /* by requirement, the smallest change first */
	size_t flips;
	th_check_end *end;        /* of undetermined requirements, in their order: the worst, the best */
	size_t ends;
};

/* The account's profile where it is the pack's own and its document has a total of its own, which is what gross emissions are then, in check and plan; else
 * NULL. */
const th_profile *th_check_total(const th_assessment *a);

/* How sure a limit of the results is; NULL: nothing is known of that. */
const th_check_odds *th_check_odds_of(const th_assessment *a, const th_rule_limit_result *limit);

/* The status with which a command ends whose answer is this verdict. */
int th_check_exit(const th_assessment *a);

/* Of each choice that is not known, by its number in decl, the options with which no mandatory requirement is failed that is not failed without; a bit for each, 0: all.
 * NULL without memory. */
uint64_t *th_check_fits(const th_rule_inputs *inputs, th_arena *arena);

/* The facts that a computed value asks for, one after another; NULL behind the last, and for a name that is not offered. */
enum { TH_COMPUTED_FACTS = 2 };
const char *th_check_computed_fact(th_slice computed, size_t index);

/* The computed values that an assessment offers, by name; a pack declares those it uses, with these types:
 *
 *   account_ok            bool    the inventory was read without an error (a case with one is not assessed at all)
 *   account_method        text    the id of the account's profile
 *   holes_gross           number  t CO2e  what the series with days missing carry in the base year: their lines, at the average of their days, over the year
 *                                 (unknown where no series tells and months have no line at all)
 *   account_completeness  text    the years of the inventory and how many of their months have any line, with what lacks days: `2022 (12/12), 2023 (12/12; 外购电力 -31 d)`
 *   base_gross            number  t CO2e  gross emissions of the fact `base_year`
 *   base_gross_least      number  t CO2e  base_gross; where days are missing unknown, with that as the least
 *   base_gross_12         number  t CO2e  base_gross without scope 3
 *   end_gross             number  t CO2e  gross emissions of the year in which `end` lies
 *   holes_end_gross       number  t CO2e  holes_gross of that year
 *   reduction_annual      number  t CO2e  a year's reduction by the measures in effect on the last day of the fact `end`, against `base_year`
 *   reduction_cumulative  number  t CO2e  reductions from the fact `start` to `end`: each measure's annual one x months / 12
 *   reduction_inventory   number  t CO2e  base_gross less the gross emissions of the year in which `end` lies; may be below zero
 *   reduction_inventory_most number t CO2e  reduction_inventory; where days are missing unknown, with that as the most if the base year is whole
 *   years_whole           number  how many whole years the inventory has
 *   latest_total          number  t CO2e  of the last of them, the total by the words of the profile's document (else gross)
 *   latest_energy         number  tce     of the last of them, energy used but for power, by calorific value
 *   latest_coal           number  tce     of the last of them, energy used, power too, by calorific value
 *   latest_power          number  kWh     of the last of them, power used, one's own included
 *   emissions_FACT        number  t CO2e  gross emissions of the lines whose source is a name of the fact FACT of the pack; unknown where there is none
 *   grade_share_GRADE     number  %       of the gross emissions of all lines, the part whose quantities are of that grade: none measured invoice allocated estimated proxy
 *   lines_unclassed       number  how many lines have a source that is a name of none of these facts
 *   whole_gross           number  t CO2e  gross emissions of all lines, whatever their years; unknown below zero
 *   offsets_retired       number  t CO2e  what offsets.csv states as retired, with kind, registry, serial number and beneficiary; between what is stated and what may be, where that lacks
 *   offsets_unlisted      number  t CO2e  what offsets.csv has of kinds that are none of allowance, ccer, puhui, cer and forestry
 *   offsets_delay         number  month   from the end of the fact `end` to the last retirement among them, 0 before it: whole months, and days of the month that they begin; unknown where one has no day
 *   has_targets           bool    targets.csv has a row
 *   targets_given         bool    there is a targets.csv, readable or not
 *   measures_given        bool    there is a measures.csv, readable or not
 *   tasks_given           bool    there is a tasks.csv, with a row or unreadable
 *   tasks_complete        bool    each task of tasks.csv is done, with its evidence
 *   targets_reached       bool    the targets of the last phase that a whole year of the inventory tells of are reached
 *   phase_targets         series  the targets in the order of their ends, in one unit; unknown when kinds differ or there is none
 *   first_phase_end       date    of the first target
 *
 * Emissions of a year are those of an inventory that has lines in each of its months and none that reaches over its ends. What is
 * unknown says by its `lacks` what would tell: a fact, `inventory`, `inventory:2027`, `measures`, `measures:M3` (a measure without
 * its dates or its reduction), `measures:reduction`, `targets`, `targets:kind`. */

#endif
