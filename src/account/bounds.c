/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an account says about how sure it is: limits and probabilities for verdicts, and caveats. */

#include <math.h>
#include <stdio.h>

#include "account/run.h"
#include "account/uncertainty.h"

static const th_result *find(const th_account *account, th_total total, int year)
{
	const th_uncertainty *u = account->uncertainty;
	for (size_t i = 0; u && i < u->results; i++)
		if (u->result[i].total == total && u->result[i].year == year)
			return &u->result[i];
	return NULL;
}

int th_account_range(const th_account *account, th_total total, int year, th_range *range)
{
	const th_result *r = find(account, total, year);
	if (r)
		*range = account->uncertainty->simulation.trials ? r->approach2 : r->approach1;
	return r != NULL;
}

static double share_from(const double *value, size_t trials, double threshold)
{
	size_t count = 0;
	for (size_t i = 0; i < trials; i++)
		count += value[i] >= threshold;
	return (double)count / (double)trials;
}

/* Of a normal distribution, or beyond 50 % of a lognormal one: IPCC 2006 volume 1 section 3.7.3. */
static double share_above(const th_propagated *p, double threshold)
{
	double size = fabs(p->total), sd = p->both.larger / TH_Z95;
	if (sd == 0)
		return p->total >= threshold;
	double low, high;
	th_asymmetric(size > 0 ? 100 * p->both.larger / size : 0, &low, &high);
	if (size == 0 || low == high)
		return erfc((threshold - p->total) / sd / sqrt(2)) / 2;
	double sign = p->total < 0 ? -1 : 1, x = sign * threshold / size, upper = log1p(high / 100), lower = log1p(-low / 100),
	       score = x <= 0 ? -INFINITY : (log(x) - (upper + lower) / 2) / ((upper - lower) / 2 / 1.96), above = erfc(score / sqrt(2)) / 2;
	return sign > 0 ? above : 1 - above;
}

double th_account_probability(const th_account *account, th_total total, int year, double threshold)
{
	const th_result *r = find(account, total, year);
	if (!r)
		return -1;
	const th_simulation *s = &account->uncertainty->simulation;
	return s->trials ? share_from(s->value[r - account->uncertainty->result], s->trials, threshold) : share_above(&r->propagated, threshold);
}

static const double *trials_of(const th_account *account, int year)
{
	const th_result *r = year ? find(account, TH_TOTAL_GROSS, year) : NULL;
	return r && account->uncertainty->simulation.trials ? account->uncertainty->simulation.value[r - account->uncertainty->result] : NULL;
}

int th_account_change(const th_account *account, int from, int to, th_range *percent)
{
	const double *first = trials_of(account, from), *last = trials_of(account, to);
	return first && last && th_change_range(first, last, account->uncertainty->simulation.trials, percent);
}

double th_account_change_probability(const th_account *account, int from, int to, double percent)
{
	const double *first = trials_of(account, from), *last = trials_of(account, to);
	if (!first || !last)
		return -1;
	size_t trials = account->uncertainty->simulation.trials, count = 0;
	for (size_t i = 0; i < trials; i++)
		count += last[i] - first[i] >= percent / 100 * fabs(first[i]);
	return (double)count / (double)trials;
}

/* --- caveats --- */

static void caveat(th_run *run, size_t lines, uint32_t number)
{
	th_caveat_count(run, number, NULL, 0);
	if (number != TH_NONE && lines > 1)
		run->account->caveat[number].count += lines - 1;
}

static void counted(th_run *run, th_code code, size_t count)
{
	char text[32];
	snprintf(text, sizeof text, "%zu", count);
	if (count)
		caveat(run, 1, th_caveat_number(run, code, text, (char *)NULL));
}

static void share_text(char text[32], double part, double whole)
{
	snprintf(text, 32, "%.1f", 100 * part / whole);
}

static void limits_text(char text[64], const th_range *range)
{
	snprintf(text, 64, "%.6g - %.6g t", range->low / 1000, range->high / 1000);
}

static void caveats(th_run *run, const th_uncertainty *u)
{
	double whole = u->both_known + u->one_known + u->none_known;
	if (whole > u->both_known) {
		char both[32], one[32], none[32];
		share_text(both, u->both_known, whole);
		share_text(one, u->one_known, whole);
		share_text(none, u->none_known, whole);
		caveat(run, 1, th_caveat_number(run, TH_UNCERTAINTY_PART, both, one, none, (char *)NULL));
	}
	for (size_t i = 0; i < u->uses; i++) {
		const th_default *row = u->use[i].row;
		char taken[160];
		snprintf(taken, sizeof taken, "%.100s %% → -%g/+%g %%", row->printed.ptr, th_decimal_double(row->low), th_decimal_double(row->high));
		caveat(run, u->use[i].lines, th_caveat_number(run, TH_UNCERTAINTY_DEFAULT, row->name_en.ptr, row->name_zh.ptr, taken,
		                                             row->source.ptr, (char *)NULL));
	}
	counted(run, TH_UNCERTAINTY_ASYMMETRIC, u->asymmetric);
	counted(run, TH_UNCERTAINTY_LARGE, u->large);
	if (u->simulation.trials == 0)
		return;
	counted(run, TH_UNCERTAINTY_CUT, u->cut);
	counted(run, TH_UNCERTAINTY_MERGED, u->merged);
	if (!u->simulation.settled)
		counted(run, TH_UNCERTAINTY_UNSETTLED, u->simulation.trials);
	if (u->differ) {
		char first[64], second[64];
		limits_text(first, &u->result[0].approach1);
		limits_text(second, &u->result[0].approach2);
		caveat(run, 1, th_caveat_number(run, TH_UNCERTAINTY_DIFFER, first, second, (char *)NULL));
	}
}

th_status th_run_uncertainty(th_run *run, struct th_collector *collector)
{
	th_status status = th_collector_finish(collector, &run->account->uncertainty);
	if (status == TH_OK)
		caveats(run, run->account->uncertainty);
	return status;
}
