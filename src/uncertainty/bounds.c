/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an account says about how sure it is: limits and probabilities for verdicts. */

#include "uncertainty/uncertainty.h"

#include "base/transcendental.h"

static const th_result *find(const th_account *account, th_total total, int year)
{
	const th_uncertainty *u = th_uncertainty_of(account);
	for (size_t i = 0; u && i < u->results; i++)
		if (u->result[i].total == total && u->result[i].year == year)
			return &u->result[i];
	return NULL;
}

int th_account_range(const th_account *account, th_total total, int year, th_range *range)
{
	const th_result *r = find(account, total, year);
	if (r)
		*range = th_uncertainty_of(account)->simulation.trials ? r->approach2 : r->approach1;
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
		return th_erfc((threshold - p->total) / sd / sqrt(2)) / 2;
	double sign = p->total < 0 ? -1 : 1, x = sign * threshold / size, upper = th_log1p(high / 100), lower = th_log1p(-low / 100),
	       score = x <= 0 ? -INFINITY : (th_log(x) - (upper + lower) / 2) / ((upper - lower) / 2 / 1.96), above = th_erfc(score / sqrt(2)) / 2;
	return sign > 0 ? above : 1 - above;
}

double th_account_probability(const th_account *account, th_total total, int year, double threshold)
{
	const th_result *r = find(account, total, year);
	if (!r)
		return -1;
	const th_uncertainty *u = th_uncertainty_of(account);
	const th_simulation *s = &u->simulation;
	return s->trials ? share_from(s->value[r - u->result], s->trials, threshold) : share_above(&r->propagated, threshold);
}

static const double *trials_of(const th_account *account, int year)
{
	const th_uncertainty *u = th_uncertainty_of(account);
	const th_result *r = year ? find(account, TH_TOTAL_GROSS, year) : NULL;
	return r && u->simulation.trials ? u->simulation.value[r - u->result] : NULL;
}

int th_account_change(const th_account *account, int from, int to, th_range *percent)
{
	const double *first = trials_of(account, from), *last = trials_of(account, to);
	return first && last && th_change_range(first, last, th_uncertainty_of(account)->simulation.trials, percent);
}

double th_account_change_probability(const th_account *account, int from, int to, double percent)
{
	const double *first = trials_of(account, from), *last = trials_of(account, to);
	if (!first || !last)
		return -1;
	size_t trials = th_uncertainty_of(account)->simulation.trials, count = 0;
	for (size_t i = 0; i < trials; i++)
		count += last[i] - first[i] >= percent / 100 * fabs(first[i]);
	return (double)count / (double)trials;
}
