/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The years of an account, heard from its entries. */

#include "check/run.h"

enum { YEARS = TH_LAST_YEAR - TH_FIRST_YEAR + 1, ALL_MONTHS = 0xFFF };

struct th_check_tally {
	bool seen, crossed; /* crossed: a period longer than a year reaches over its ends */
	unsigned month;     /* bit m is month m + 1 */
	th_mass gross, gross_12, removals, credits;
};

unsigned th_check_months_of(const th_period *period, int year)
{
	int y, from = 1, to = 12, day;
	if (period->first_year == year)
		th_day_split(period->from, &y, &from, &day);
	if (period->last_year == year)
		th_day_split(period->to, &y, &to, &day);
	return (ALL_MONTHS >> (12 - to)) & ~((1u << (from - 1)) - 1u);
}

/* What waste of earlier years emits in a year is no line of that year: it tells nothing of its months. */
static void see(struct th_check_tally *all, const th_entry *entry)
{
	const th_period *span = &entry->span;
	for (int year = span->first_year; year <= span->last_year; year++) {
		struct th_check_tally *t = &all[year - TH_FIRST_YEAR];
		t->seen = true;
		t->month |= entry->order < TH_ORDER_LATER ? th_check_months_of(span, year) : 0;
		t->crossed |= span->first_year != span->last_year;
	}
}

th_status th_check_hear(void *checking, const th_entry *entry)
{
	th_checking *s = checking;
	struct th_check_tally *t = &s->tally[entry->span.first_year - TH_FIRST_YEAR];
	if (entry->bucket == TH_MARKET || entry->bucket == TH_ENERGY) /* what emits nothing covers no month of the emissions */
		return TH_OK;
	if (s->order != entry->order || s->year != entry->span.first_year || !t->seen)
		see(s->tally, entry);
	s->order = entry->order;
	s->year = entry->span.first_year;
	if (entry->span.first_year != entry->span.last_year)
		return TH_OK;
	th_mass *sum = entry->bucket == TH_GROSS ? &t->gross : entry->bucket == TH_REMOVAL ? &t->removals : entry->bucket == TH_CREDIT ? &t->credits : NULL;
	bool fits = !sum || th_mass_add(sum, entry->co2e);
	if (sum == &t->gross && entry->scope != 3)
		fits &= th_mass_add(&t->gross_12, entry->co2e);
	if (fits)
		return TH_OK;
	return th_report(s->diags, TH_NUMBER_TOO_LARGE, (th_pos){entry->file, entry->line, 1, "quantity"}, th_check_text(s, entry->quantity),
	                 (char *)NULL);
}

bool th_check_open_years(th_checking *s)
{
	s->tally = th_arena_alloc(&s->a->arena, YEARS, sizeof *s->tally);
	s->a->year = th_arena_alloc(&s->a->arena, YEARS, sizeof *s->a->year);
	return (s->tally && s->a->year) || th_check_no_memory(s);
}

static unsigned bits(unsigned mask)
{
	unsigned count = 0;
	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

void th_check_close_years(th_checking *s)
{
	th_assessment *a = s->a;
	for (int i = 0; i < YEARS; i++) {
		const struct th_check_tally *t = &s->tally[i];
		if (t->seen)
			a->year[a->years++] = (th_check_year){.year = TH_FIRST_YEAR + i, .whole = !t->crossed, .months = bits(t->month),
			                                      .gross = t->gross, .gross_12 = t->gross_12, .removals = t->removals, .credits = t->credits};
	}
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
