/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The years of an account, heard from its entries. */

#include "base/day.h"
#include "check/run.h"
#include "path/share.h"

enum { YEARS = TH_LAST_YEAR - TH_FIRST_YEAR + 1, ALL_MONTHS = 0xFFF };

struct th_check_tally {
	bool seen, coal_seen, crossed; /* crossed: a period longer than a year reaches over its ends */
	unsigned month;     /* bit m is month m + 1 */
	th_mass gross, gross_12, removals, credits;
	th_mass coal, coal_of_power; /* standard coal by calorific value: of all but power, of power */
	const th_activity *no_coal;   /* energy of which no standard coal is known: then both are too low */
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

/* Made when its year is met: most accounts have one year of all that there may be. */
static struct th_check_tally *tally_of(th_checking *s, int year)
{
	struct th_check_tally **of = &s->tally[year - TH_FIRST_YEAR];
	if (!*of)
		*of = th_arena_alloc(&s->a->arena, 1, sizeof **of);
	return *of;
}

/* What waste of earlier years emits in a year is no line of that year: it tells nothing of its months. */
static bool see(th_checking *s, const th_entry *entry)
{
	const th_period *span = &entry->span;
	for (int year = span->first_year; year <= span->last_year; year++) {
		struct th_check_tally *t = tally_of(s, year);
		if (!t)
			return false;
		t->seen = true;
		t->month |= entry->order < TH_ORDER_LATER ? th_check_months_of(span, year) : 0;
		t->crossed |= span->first_year != span->last_year;
	}
	return true;
}

static const th_energy *power_of(const th_reference *reference)
{
	const th_activity *power = TH_AT(reference->activity, th_index_of(th_find_activity(reference, TH_S("electricity"))));
	return power ? TH_AT(reference->energy, power->energy) : NULL;
}

/* The first of a line's entries carries its standard coal. */
static void see_coal(const th_checking *s, struct th_check_tally *t, const th_entry *entry)
{
	const th_activity *a = entry->activity;
	bool first = s->coal_order != entry->order || s->coal_year != entry->span.first_year || !t->coal_seen;
	bool carrier = a->method == TH_METHOD_COMBUSTION || a->method == TH_METHOD_ELECTRICITY || a->method == TH_METHOD_HEAT;
	if (first && carrier && a->kind == TH_KIND_EMISSION && entry->coal == 0 && entry->amount.mant != 0 && (!t->no_coal || a < t->no_coal))
		t->no_coal = a;
	t->coal_seen = true;
}

/* Power apart, since a scheme may count it at another value than its heat. */
static bool add_coal(th_checking *s, struct th_check_tally *t, const th_entry *entry)
{
	const th_energy *of = TH_AT(s->a->reference->energy, entry->activity->energy);
	return th_mass_add(of && of == s->power ? &t->coal_of_power : &t->coal, entry->coal);
}

th_status th_check_hear(void *checking, const th_entry *entry)
{
	th_checking *s = checking;
	struct th_check_tally *t = tally_of(s, entry->span.first_year);
	if (!t)
		return th_no_memory(s->diags);
	see_coal(s, t, entry);
	s->coal_order = entry->order;
	s->coal_year = entry->span.first_year;
	if (entry->coal && entry->span.first_year == entry->span.last_year && !add_coal(s, t, entry))
		return th_check_too_large(s, entry);
	if (entry->bucket == TH_MARKET || entry->bucket == TH_ENERGY) /* what emits nothing covers no month of the emissions */
		return TH_OK;
	if (s->order != entry->order || s->year != entry->span.first_year || !t->seen)
		if (!see(s, entry))
			return th_no_memory(s->diags);
	s->order = entry->order;
	s->year = entry->span.first_year;
	if (entry->span.first_year != entry->span.last_year)
		return TH_OK;
	th_mass *sum = entry->bucket == TH_GROSS ? &t->gross : entry->bucket == TH_REMOVAL ? &t->removals : entry->bucket == TH_CREDIT ? &t->credits : NULL;
	bool fits = !sum || th_mass_add(sum, entry->co2e);
	if (sum == &t->gross && entry->scope != 3)
		fits &= th_mass_add(&t->gross_12, entry->co2e);
	return fits ? TH_OK : th_check_too_large(s, entry);
}

bool th_check_open_years(th_checking *s)
{
	s->power = power_of(s->a->reference);
	s->tally = th_arena_alloc(&s->a->arena, YEARS, sizeof *s->tally);
	return s->tally || th_check_no_memory(s);
}

static unsigned bits(unsigned mask)
{
	unsigned count = 0;
	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

bool th_check_close_years(th_checking *s)
{
	th_assessment *a = s->a;
	size_t met = 0;
	for (int i = 0; i < YEARS; i++)
		met += s->tally[i] && s->tally[i]->seen;
	a->year = th_arena_alloc(&a->arena, met + 1, sizeof *a->year);
	if (!a->year)
		return th_check_no_memory(s);
	for (int i = 0; i < YEARS; i++) {
		const struct th_check_tally *t = s->tally[i];
		if (t && t->seen)
			a->year[a->years++] = (th_check_year){.year = TH_FIRST_YEAR + i, .whole = !t->crossed, .months = bits(t->month),
			                                      .gross = t->gross, .gross_12 = t->gross_12, .removals = t->removals, .credits = t->credits, .coal = t->coal, .coal_of_power = t->coal_of_power, .no_coal = t->no_coal};
	}
	const th_profile *own = th_check_total(a);
	for (size_t i = 0; i < a->years; i++)
		for (size_t k = 0; k < a->account->years; k++)
			if (a->account->year[k] == a->year[i].year && a->account->of_year[k].known) {
				a->year[i].of_profile = a->account->of_year[k].totals.of_profile;
				a->year[i].gross = own ? a->year[i].of_profile : a->year[i].gross;
			}
	return true;
}

const th_profile *th_check_total(const th_assessment *a)
{
	const th_profile *profile = a->account ? a->account->profile : NULL;
	return profile && profile->has_total && th_slice_eq(profile->id, a->pack->profile) ? profile : NULL;
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

size_t th_check_whole_years(const th_assessment *a, const th_check_year **last)
{
	size_t count = 0;
	*last = NULL;
	for (size_t i = 0; i < a->years; i++) {
		const th_check_year *year = a->until && a->year[i].year > a->until ? NULL : th_check_whole_year(a, a->year[i].year);
		count += year != NULL;
		*last = year ? year : *last;
	}
	return count;
}

/* What a series would carry over the whole year, at the average of its days that are there. */
static th_mass whole_of(const th_hole_year *y)
{
	uint32_t days = (uint32_t)(th_day(y->year + 1, 1, 1) - th_day(y->year, 1, 1));
	th_share share = {1, 1, days, days > y->days ? days - y->days : 1};
	th_mass whole;
	return days > y->days && th_share_of(&share, y->gross, &whole) ? whole : y->gross;
}

bool th_check_sum_holes(const th_assessment *a, int year, th_mass *sum)
{
	*sum = 0;
	for (size_t i = 0; i < a->account->holes; i++)
		for (size_t k = 0; k < a->account->hole[i].years; k++) {
			const th_hole_year *y = &a->account->hole[i].year[k];
			if ((year == 0 || y->year == year) && !th_mass_add(sum, whole_of(y)))
				return false;
		}
	return true;
}
