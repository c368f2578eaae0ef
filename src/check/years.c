/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The years of an account, from its groups by year and period. */

#include "check/run.h"

enum { FIRST_YEAR = 1900, YEARS = 300, ALL_MONTHS = 0xFFF };

typedef struct tally {
	bool seen, crossed; /* crossed: a period reaches over the year's ends */
	unsigned month;     /* bit m is month m + 1 */
	th_mass gross, removals, credits;
} tally;

/* The months of one year that a period touches. */
static unsigned months_of(const th_period *period, int year)
{
	int y, from = 1, to = 12, day;
	if (period->first_year == year)
		th_day_split(period->from, &y, &from, &day);
	if (period->last_year == year)
		th_day_split(period->to, &y, &to, &day);
	return (ALL_MONTHS >> (12 - to)) & ~((1u << (from - 1)) - 1u);
}

static bool count_group(tally *all, const th_group *group)
{
	th_period period;
	if (th_period_parse(group->key[1], &period) != TH_PERIOD_OK)
		return true; /* the account has read it before */
	for (int year = period.first_year; year <= period.last_year; year++) {
		tally *t = &all[year - FIRST_YEAR];
		t->seen = true;
		t->month |= months_of(&period, year);
		t->crossed |= period.first_year != period.last_year;
	}
	tally *t = &all[period.first_year - FIRST_YEAR];
	return period.first_year != period.last_year ||
	       (th_mass_add(&t->gross, group->gross) && th_mass_add(&t->removals, group->removals) && th_mass_add(&t->credits, group->credits));
}

static unsigned bits(unsigned mask)
{
	unsigned count = 0;
	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

bool th_check_years(th_checking *s)
{
	th_assessment *a = s->a;
	tally *all = th_arena_alloc(&a->arena, YEARS, sizeof *all);
	a->year = th_arena_alloc(&a->arena, YEARS, sizeof *a->year);
	if (!all || !a->year)
		return th_check_no_memory(s);
	for (size_t i = 0; i < a->account->groups; i++)
		if (!count_group(all, &a->account->group[i]))
			return th_check_no_memory(s); /* sums that the account itself could hold */
	for (int i = 0; i < YEARS; i++)
		if (all[i].seen)
			a->year[a->years++] = (th_check_year){.year = FIRST_YEAR + i, .whole = !all[i].crossed, .months = bits(all[i].month),
			                                       .gross = all[i].gross, .removals = all[i].removals, .credits = all[i].credits};
	return true;
}

const th_check_year *th_check_year_of(const th_assessment *a, int year)
{
	for (size_t i = 0; i < a->years; i++)
		if (a->year[i].year == year)
			return &a->year[i];
	return NULL;
}

const th_check_year *th_check_whole_year(const th_assessment *a, int year)
{
	const th_check_year *found = th_check_year_of(a, year);
	return found && found->whole && found->months == 12 ? found : NULL;
}
