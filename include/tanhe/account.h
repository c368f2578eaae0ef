/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_ACCOUNT_H
#define TANHE_ACCOUNT_H

/* The greenhouse-gas account of one or more inventories. */

#include <tanhe/reference.h>

typedef struct th_account th_account;

/* One line of an inventory and one gas, as computed; a report writes it, nobody else looks inside. */
typedef struct th_entry th_entry;

/* How sure the account is, by IPCC 2006 volume 1 chapter 3. */
typedef struct th_uncertainty_options {
	int approach;                 /* 1: error propagation; 2: also Monte Carlo */
	size_t trials;                /* of approach 2; 0: chosen by the stopping rule of JCGM 101:2008 7.9.4 */
	unsigned long long seed;
	unsigned threads;             /* they never change the result; 0 is 1 */
	int factors_yearly;           /* factors are independent from year to year; else one draw for all years */
	int activities_correlated;    /* activity data are fully correlated between years; else independent */
	const char *data;             /* the folder that holds uncertainty.csv */
	const char *correlations;     /* a file of correlations between activities; NULL: none */
} th_uncertainty_options;

typedef struct th_account_options {
	const char *const *inventory; /* paths; "-" is standard input */
	size_t inventories;
	const char *profile;          /* id; NULL: the default one */
	const char *gwp;              /* SAR TAR AR4 AR5 AR6; NULL: the profile's */
	const char *encoding;         /* of all inventories; NULL: detected for each */
	const char *gas_condition;    /* what a bare m3 of gas means: "0C", "20C", ...; NULL: nothing, an error */
	const char *by;               /* keys of the groups, comma between: site period year scope activity source gas region; NULL: scope,activity */
	const char *case_file;        /* case.csv for intensities; NULL: none */
	int fallback_nearest;         /* a factor of the nearest year, also a later one */
	/* Called once for each line and gas in the order of the input (waste in landfills at the end), or NULL. A status
	 * other than TH_OK ends the run with it. */
	th_status (*entry)(void *context, const th_entry *entry);
	void *context;
	const th_uncertainty_options *uncertainty; /* NULL: not asked for */
} th_account_options;

/* Read, check and compute. Errors in the input are all reported and give TH_INVALID and no account; an option that
 * names nothing known is TH_USAGE with a diagnostic. */
TH_PUBLIC TH_MUST_USE th_status th_account_run(const th_reference *reference, const th_account_options *options, th_diags *diags,
                                               th_account **out);
TH_PUBLIC void th_account_free(th_account *account);

/* --- how sure a total is --- */

typedef struct th_uncertainty th_uncertainty;

typedef enum th_total { TH_TOTAL_GROSS, TH_TOTAL_NET, TH_TOTAL_SCOPE1, TH_TOTAL_SCOPE2, TH_TOTAL_SCOPE3, TH_TOTAL_REMOVALS } th_total;

/* Mean, standard deviation and the limits that 95 % lie between, 2.5 % outside each. */
typedef struct th_range {
	double mean, sd, low, high;
} th_range;

/* The limits of a total in kg CO2e, from approach 2 if it was run, else from approach 1. `year` 0: the whole account; a single
 * year has gross and net emissions only, and only in an account of several years. 0 when there is nothing to say: the
 * account was computed without uncertainty, or the total is not known for that year. */
TH_PUBLIC TH_MUST_USE int th_account_range(const th_account *account, th_total total, int year, th_range *range);

/* The probability that such a total is at least `threshold` kg CO2e, 0 to 1; negative when there is nothing to say. For `x <= limit` it
 * is 1 minus this. A quotient with an exact divisor, such as an intensity, is asked for at threshold x divisor. */
TH_PUBLIC TH_MUST_USE double th_account_probability(const th_account *account, th_total total, int year, double threshold);

/* The same for the change of gross emissions between two years of the account, in percent of the first: -12 is 12 % less. Only from
 * approach 2; nothing to say otherwise. */
TH_PUBLIC TH_MUST_USE int th_account_change(const th_account *account, int from, int to, th_range *percent);
TH_PUBLIC TH_MUST_USE double th_account_change_probability(const th_account *account, int from, int to, double percent);

#endif
