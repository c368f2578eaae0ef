/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_ACCOUNT_H
#define TANHE_ACCOUNT_H

/* The greenhouse-gas account of one or more inventories. */

#include <tanhe/reference.h>

typedef struct th_account th_account;

/* One line of an inventory and one gas, as computed: th_entry_read tells what is in it. */
typedef struct th_entry th_entry;

/* Somebody who is told all entries while they are computed, so that an inventory is read once, whoever wants to know of it. Either
 * function may be NULL; a status other than TH_OK ends the run with it, and why is the listener's to say. */
typedef struct th_listener {
	/* Once for each line and gas in the order of the input (waste in landfills at the end); of a line that is energy and emits nothing (power of
	 * one's own panels) once, without a gas. The entry is good until it returns. */
	th_status (*entry)(void *context, const th_entry *entry);
	/* Once, when all sums are complete and nothing was wrong. */
	th_status (*close)(void *context, th_account *account);
	void *context;
	const struct th_in_pieces *pieces; /* of tanhe's own; NULL: it is told on the thread that runs the account, however many compute */
} th_listener;

typedef struct th_account_options {
	const char *const *inventory; /* paths; "-" is standard input */
	size_t inventories;
	const char *profile;          /* id; NULL: the default one */
	const char *gwp;              /* SAR TAR AR4 AR5 AR6; NULL: the profile's */
	const char *encoding;         /* of all inventories; NULL: detected for each */
	const char *gas_condition;    /* what a bare m3 of gas means: "0C", "20C", ...; NULL: nothing, an error */
	const char *by;               /* keys of the groups, comma between: site period year scope activity source gas grade; NULL: scope,activity */
	const char *case_file;        /* case.csv for intensities; NULL: none */
	const char *instruments;      /* instruments.csv, what contracts and certificates hold; NULL: none */
	const char *layout;           /* how inventories are laid out, a file; NULL: TABLE.layout.csv beside each, else what is recognised */
	int year;                     /* of months that say none, 1900 to 2199; 0: nothing, an error */
	int fallback_nearest;         /* a factor of the nearest year, also a later one */
	int unfilled_is_none;         /* inventories of which no line has a period or a quantity yet give an account of no lines, else an error */
	int passing;                  /* of tanhe's own: an event of some days, of which no day is missing */
	const th_listener *listener;  /* told in this order */
	size_t listeners;
	struct th_kept *kept;         /* of tanhe's own: what accounts before this one have found out; NULL: nothing. No answer hangs on it */
	unsigned threads;             /* that compute lines of large inventories; they never change the result; 0 is 1 */
} th_account_options;

/* Read, check and compute. Errors in the input are all reported and give TH_INVALID and no account; an option that
 * names nothing known is TH_USAGE with a diagnostic. */
TH_PUBLIC TH_MUST_USE th_status th_account_run(const th_reference *reference, const th_account_options *options, th_diags *diags,
                                               th_account **out);
TH_PUBLIC void th_account_free(th_account *account);

/* --- what an account says ---
 *
 * Every function below only reads a finished account. What it hands out belongs to the account or to its reference and lives as long. A
 * function with an index gives row `index` from 0 in *row and 1, or 0 past the end and leaves *row alone. */

/* A mass. The account adds exactly; kg is the nearest double to its sum. */
typedef struct th_amount {
	double kg;
	char tonnes[48]; /* all decimals, as in JSON: "14776.90612", NUL-terminated */
} th_amount;

/* Totals in CO2 equivalent. Gross is scope 1, 2 (location-based) and 3; net is gross - removals, and net after credits is
 * what credits then leave. The market-based scope 2 stands
 * beside the location-based one and is in no other total; biogenic CO2, avoided emissions and the gases outside the seven of the Kyoto
 * Protocol (HCFC, CFC, halons) are in none, either. */
typedef enum th_total {
	TH_TOTAL_GROSS, TH_TOTAL_NET, TH_TOTAL_SCOPE1, TH_TOTAL_SCOPE2, TH_TOTAL_SCOPE3, TH_TOTAL_REMOVALS,
	TH_TOTAL_SCOPE2_MARKET, TH_TOTAL_BIOGENIC, TH_TOTAL_CREDITS, TH_TOTAL_AVOIDED, TH_TOTAL_NET_AFTER_CREDITS,
	TH_TOTAL_OUTSIDE,
	TH_TOTALS /* how many there are */
} th_total;

/* A total of the whole account (year 0; of several years, their sum) or of one year. 0, and *amount left alone, when there is nothing to
 * say: no line is in that scope, which is not to say that it emits nothing; no line names a
 * contract or certificate for market-based scope 2; the year has no line, or a line that reaches over its ends, whose amount belongs
 * to no single year. */
TH_PUBLIC TH_MUST_USE int th_account_total(const th_account *account, th_total total, int year, th_amount *amount);

/* The years that the lines touch, ascending; waste in a landfill emits in the years between, too. */
TH_PUBLIC size_t th_account_years(const th_account *account, const int **year);

/* The profile's id, and the set of global warming potentials: SAR TAR AR4 AR5 AR6. */
TH_PUBLIC th_slice th_account_profile(const th_account *account);
TH_PUBLIC const char *th_account_gwp(const th_account *account);

/* Gross emissions by gas, by name. */
typedef struct th_gas_row {
	th_slice gas;     /* CO2, CH4, HFC-134a, ...; CO2e where a factor is in CO2 equivalent */
	th_amount mass;   /* of the gas itself */
	th_amount co2e;
} th_gas_row;
TH_PUBLIC TH_MUST_USE int th_account_gas(const th_account *account, size_t index, th_gas_row *row);

/* Groups by the keys of `by`, in bytewise order of their values: how many keys there are, the name of the k-th, and its value
 * in a group. What a line leaves empty is an empty value. */
typedef struct th_group_row {
	th_amount gross, biogenic, removals, credits;
	size_t lines;
	th_amount outside;
} th_group_row;
TH_PUBLIC size_t th_account_keys(const th_account *account);
TH_PUBLIC th_slice th_account_key(const th_account *account, size_t k);
TH_PUBLIC TH_MUST_USE int th_account_group(const th_account *account, size_t index, th_group_row *row);
TH_PUBLIC th_slice th_account_group_key(const th_account *account, size_t index, size_t k);

/* Caveats: what was taken for lack of better, by code. The text is title and detail in one line; *text is to be freed by free(). The
 * account keeps the first 20 places of each: `line` 0 where a caveat is about a whole file, no place where it is about the account. */
typedef struct th_caveat_row {
	unsigned code;    /* of tanhe-diag(7) */
	size_t count;     /* how often */
	size_t places;    /* how many are kept */
} th_caveat_row;
TH_PUBLIC TH_MUST_USE int th_account_caveat(const th_account *account, size_t index, th_caveat_row *row);
TH_PUBLIC TH_MUST_USE int th_account_caveat_place(const th_account *account, size_t index, size_t place, const char **file, size_t *line);
/* TH_USAGE past the end, TH_SYSTEM without memory; then *text is NULL. */
TH_PUBLIC TH_MUST_USE th_status th_account_caveat_text(const th_account *account, size_t index, th_lang lang, char **text);

/* --- what an entry says, while a listener is told of it --- */

typedef struct th_entry_row {
	unsigned long long order;  /* grows from line to line over all inventories; the gases of a line share it */
	const char *file;
	size_t line, column;       /* where the line begins; the column of its quantity, from 1 */
	/* As written; empty where the line says nothing. For waste in a landfill `period` is the year of emission. */
	th_slice period, site, source, activity_text, quantity, unit, region, uncertainty, instrument, evidence, note;
	int first_year, last_year; /* of the period */
	th_slice activity, gas;    /* ids of the reference; gas is empty with bucket energy */
	th_slice factor;           /* id; empty: a credit counted as written */
	int scope, iso;            /* 1 to 3; ISO 14064-1 category 1 to 6; 0: none */
	const char *bucket;        /* which total: gross biogenic_co2 removals credits avoided market outside_kyoto energy */
	th_amount mass, co2e;      /* of the gas; in CO2 equivalent */
	th_slice formula;          /* quantity x terms = mass: `15,062.4 万kWh × 10000 × 0.5849 kg/kWh` */
} th_entry_row;
/* Texts live until the listener returns; file, activity, gas, factor and bucket as long as the account. */
TH_PUBLIC void th_entry_read(const th_entry *entry, th_entry_row *row);

#endif
