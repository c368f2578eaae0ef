/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The totals of each year. */

#include "account/frame.h"

enum { YEARS = TH_LAST_YEAR - TH_FIRST_YEAR + 1 };

struct th_by_year {
	struct { bool seen, crossed; th_mass sum[TH_TOTALS]; } year[YEARS]; /* crossed: a period longer than a year reaches over its ends */
};

struct th_by_year *th_by_year_make(th_arena *arena)
{
	return th_arena_alloc(arena, 1, sizeof(struct th_by_year));
}

/* The totals that a gas of a line belongs to. */
static size_t totals_of(const th_frame *frame, const th_recipe *recipe, th_bucket bucket, th_total total[4])
{
	static const th_total other[TH_BUCKETS] = {[TH_BIOGENIC] = TH_TOTAL_BIOGENIC, [TH_REMOVAL] = TH_TOTAL_REMOVALS, [TH_CREDIT] = TH_TOTAL_CREDITS,
	                                          [TH_AVOIDED] = TH_TOTAL_AVOIDED, [TH_MARKET] = TH_TOTAL_SCOPE2_MARKET, [TH_OUTSIDE] = TH_TOTAL_OUTSIDE};
	size_t n = 0;
	total[n++] = bucket == TH_GROSS ? TH_TOTAL_GROSS : other[bucket];
	if (bucket == TH_GROSS && recipe->scope)
		total[n++] = TH_TOTAL_SCOPE1 + (th_total)recipe->scope - 1;
	if (bucket == TH_GROSS && recipe->scope == 2 && frame->market_column && !recipe->electricity_market) /* at its location */
		total[n++] = TH_TOTAL_SCOPE2_MARKET;
	return n;
}

bool th_by_year_add(struct th_by_year *by, const th_frame *frame, const th_period *period, const th_recipe *recipe, th_bucket bucket, th_mass co2e)
{
	bool crossed = period->first_year != period->last_year, ok = true;
	for (int y = period->first_year; y <= period->last_year; y++) {
		by->year[y - TH_FIRST_YEAR].seen = true;
		by->year[y - TH_FIRST_YEAR].crossed |= crossed;
	}
	th_total total[4];
	size_t n = crossed ? 0 : totals_of(frame, recipe, bucket, total);
	for (size_t i = 0; i < n; i++)
		ok &= th_mass_add(&by->year[period->first_year - TH_FIRST_YEAR].sum[total[i]], co2e);
	return ok;
}

bool th_by_year_merge(struct th_by_year *into, const struct th_by_year *from)
{
	bool ok = true;
	for (size_t y = 0; y < YEARS; y++) {
		into->year[y].seen |= from->year[y].seen;
		into->year[y].crossed |= from->year[y].crossed;
		for (size_t i = 0; i < TH_TOTALS; i++)
			ok &= th_mass_add(&into->year[y].sum[i], from->year[y].sum[i]);
	}
	return ok;
}

bool th_by_year_total(const struct th_by_year *by, int year, th_total total, th_mass *mass)
{
	if (year < TH_FIRST_YEAR || year > TH_LAST_YEAR || !by->year[year - TH_FIRST_YEAR].seen || by->year[year - TH_FIRST_YEAR].crossed)
		return false;
	const th_mass *sum = by->year[year - TH_FIRST_YEAR].sum;
	th_mass net = sum[TH_TOTAL_GROSS] - sum[TH_TOTAL_REMOVALS];
	*mass = total == TH_TOTAL_NET ? net : total == TH_TOTAL_NET_AFTER_CREDITS ? net - sum[TH_TOTAL_CREDITS] : sum[total];
	return true;
}
