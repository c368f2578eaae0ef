/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sums of each year. */

#include "account/frame.h"

enum { YEARS = TH_LAST_YEAR - TH_FIRST_YEAR + 1 };

struct th_by_year {
	struct { bool seen, crossed; th_sums *sums; } year[YEARS]; /* crossed: a period longer than a year reaches over its ends */
};

struct th_by_year *th_by_year_make(th_arena *arena)
{
	return th_arena_alloc(arena, 1, sizeof(struct th_by_year));
}

bool th_by_year_open(th_shard *shard, th_now *now)
{
	struct th_by_year *by = shard->by_year;
	const th_period *period = &now->period;
	bool crossed = period->first_year != period->last_year;
	th_sums **sums = &by->year[period->first_year - TH_FIRST_YEAR].sums;
	now->year = NULL;
	for (int y = period->first_year; y <= period->last_year; y++) {
		by->year[y - TH_FIRST_YEAR].seen = true;
		by->year[y - TH_FIRST_YEAR].crossed |= crossed;
	}
	if (crossed)
		return true;
	if (!*sums) {
		th_sums *made = th_arena_alloc(&shard->arena, 1, sizeof *made);
		if (!made || !th_sums_make(made, shard->frame, &shard->arena))
			return false;
		*sums = made;
	}
	now->year = *sums;
	return true;
}

bool th_by_year_merge(th_shard *into, const th_shard *from)
{
	bool ok = true;
	for (size_t y = 0; y < YEARS; y++) {
		into->by_year->year[y].seen |= from->by_year->year[y].seen;
		into->by_year->year[y].crossed |= from->by_year->year[y].crossed;
		th_sums **sums = &into->by_year->year[y].sums, *more = from->by_year->year[y].sums;
		if (*sums && more)
			ok &= th_sums_merge(*sums, more, into->frame);
		else if (more)
			*sums = more; /* the memory of `from` goes over too */
	}
	return ok;
}

bool th_by_year_seen(const struct th_by_year *by, int year, const th_sums **sums)
{
	size_t y = (size_t)(year - TH_FIRST_YEAR);
	*sums = by->year[y].crossed ? NULL : by->year[y].sums;
	return by->year[y].seen;
}
