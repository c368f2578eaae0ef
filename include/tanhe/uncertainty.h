/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_UNCERTAINTY_H
#define TANHE_UNCERTAINTY_H

/* How sure an account is, and any of its totals. */

#include <tanhe/account.h>

/* By IPCC 2006 volume 1 chapter 3. */
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

typedef struct th_uncertainty th_uncertainty;

/* th_account_run with `uncertainty`; NULL: it is th_account_run. */
TH_PUBLIC TH_MUST_USE th_status th_uncertainty_run(const th_reference *reference, const th_account_options *options,
                                                   const th_uncertainty_options *uncertainty, th_diags *diags, th_account **out);

/* Mean, standard deviation and the limits that 95 % lie between, 2.5 % outside each. */
typedef struct th_range {
	double mean, sd, low, high;
} th_range;

/* The limits of a total in kg CO2e, from approach 2 if it was run, else from approach 1: gross, net, scopes 1 to 3 and
 * removals. `year` 0: the whole account; a single year has gross and net emissions only, and only in an account of several
 * years. 0 when there is nothing to say: the account was computed without uncertainty, or not of that total or year. */
TH_PUBLIC TH_MUST_USE int th_account_range(const th_account *account, th_total total, int year, th_range *range);

/* The probability that such a total is at least `threshold` kg CO2e, 0 to 1; negative when there is nothing to say. For `x <= limit` it
 * is 1 minus this. A quotient with an exact divisor, such as an intensity, is asked for at threshold x divisor. */
TH_PUBLIC TH_MUST_USE double th_account_probability(const th_account *account, th_total total, int year, double threshold);

/* The same for the change of gross emissions between two years of the account, in percent of the first: -12 is 12 % less. Only from
 * approach 2; nothing to say otherwise. */
TH_PUBLIC TH_MUST_USE int th_account_change(const th_account *account, int from, int to, th_range *percent);
TH_PUBLIC TH_MUST_USE double th_account_change_probability(const th_account *account, int from, int to, double percent);

#endif
