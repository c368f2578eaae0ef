/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Power from the sun or the wind beside lines that may hold it, too. A line of generation whose name does not say that it was used on the site, beside
 * one that does or beside power that was fed in, may be all that was generated. And 用电量, power used, may be bought and self-used power together: as
 * power bought it then has emissions that nobody caused. Asked of the lines that are remembered, by site and year. */

#include "account/quality.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/list.h"

/* Quantities of energy here are in 1e-6 J: 1e-9 kWh is 3,600 of them. */
enum { MICRO = 6, NANO_KWH = 3600, SPARE_BITS = 100, YEARS = TH_LAST_YEAR - TH_FIRST_YEAR + 1 };

/* The first line that is asked about. */
struct first {
	uint64_t order;
	bool any;
};

/* What a site has in a year. */
struct generation {
	int year;
	bool self, own, fed_in, power; /* a line said to be used here; of any that is counted so; given out; taken from outside */
	bool vague;                /* a quantity that cannot be added up, or that is of several years */
	struct first bare, use, open;
	__int128 sum_self, sum_use, sum_open, sum_bought;
};

struct all {
	th_intern key;
	struct generation *of;
	bool away[YEARS];          /* self-used power of a site that has no other: it is used at another */
};

/* NULL without memory. */
static struct generation *find(struct all *all, uint64_t site, int year)
{
	const struct { uint64_t site; int64_t year; } key = {site, year};
	uint32_t known = all->key.count;
	struct generation *grown = th_grown(all->of, known, sizeof *grown);
	if (!grown)
		return NULL;
	all->of = grown;
	uint32_t number = th_intern_add(&all->key, (th_slice){(const char *)&key, sizeof key});
	if (number == TH_NONE)
		return NULL;
	if (number == known)
		grown[number] = (struct generation){.year = year};
	return &grown[number];
}

static void see(struct first *first, const th_seen_line *line)
{
	if (!first->any || line->order < first->order)
		*first = (struct first){line->order, true};
}

/* False when it does not fit. */
static bool energy_of(const th_seen_line *line, __int128 *energy)
{
	const __int128 most = (__int128)1 << SPARE_BITS;
	int32_t up = line->exp + MICRO;
	*energy = th_seen_mant(line);
	for (; up > 0 && *energy < most && *energy > -most; up--)
		*energy *= 10;
	for (; up < 0 && *energy % 10 == 0 && *energy; up++)
		*energy /= 10;
	return (up == 0 || *energy == 0) && *energy < most && *energy > -most;
}

static void add(struct generation *of, const th_seen_line *line, bool of_one_year)
{
	const unsigned flags = line->flags;
	const unsigned own = TH_SEEN_SELF_USED | TH_SEEN_GENERATED;
	__int128 energy = 0, *sum = flags & own ? &of->sum_self : flags & TH_SEEN_POWER_USED ? &of->sum_use :
	                            flags & TH_SEEN_POWER_OPEN ? &of->sum_open : &of->sum_bought;
	of->self |= (flags & TH_SEEN_SELF_USED) != 0;
	of->own |= (flags & own) != 0;
	of->fed_in |= (flags & TH_SEEN_FED_IN) != 0;
	if (flags & TH_SEEN_GENERATED)
		see(&of->bare, line);
	if (flags & (TH_SEEN_POWER_USED | TH_SEEN_POWER_OPEN))
		see(flags & TH_SEEN_POWER_USED ? &of->use : &of->open, line);
	of->power |= (flags & TH_SEEN_POWER) != 0;
	if (!(flags & (own | TH_SEEN_POWER)))
		return;
	of->vague |= !of_one_year || !energy_of(line, &energy) || __builtin_add_overflow(*sum, energy, sum);
}

static bool gather(void *context, void *records, size_t count)
{
	const th_seen_line *line = records;
	const unsigned asked = TH_SEEN_SELF_USED | TH_SEEN_GENERATED | TH_SEEN_FED_IN | TH_SEEN_POWER;
	for (size_t i = 0; i < count; i++) {
		int first, last, m, d;
		if (!(line[i].flags & asked))
			continue;
		th_day_split(line[i].from, &first, &m, &d);
		th_day_split(line[i].to, &last, &m, &d);
		for (int year = first; year <= last; year++) {
			struct generation *of = find(context, line[i].site, year);
			if (!of)
				return false;
			add(of, &line[i], first == last);
		}
	}
	return true;
}

static bool say(th_shard *shard, th_code code, const char *amount, uint64_t order)
{
	th_line line;
	const th_now now = th_seen_place(shard, order, &line);
	uint32_t number = th_caveat_number(shard, code, amount, (char *)NULL);
	th_caveat_line(shard, number, &now);
	return number != TH_NONE;
}

/* In kWh. */
static const char *kwh(th_shard *shard, __int128 energy)
{
	th_buf_clear(&shard->text);
	th_put_mass(&shard->text, energy / NANO_KWH, 0);
	return th_z(shard, th_buf_view(&shard->text));
}

/* 用电量, or 电 where no name says it of all, is to the last digit what was bought and what was generated and used. */
static const struct first *is_both(const struct generation *of)
{
	bool use = of->use.any;
	__int128 whole = use ? of->sum_use : of->sum_open, bought = use ? of->sum_bought + of->sum_open : of->sum_bought;
	return !of->vague && of->own && of->sum_self > 0 && bought > 0 && whole == bought + of->sum_self ? use ? &of->use : &of->open : NULL;
}

static bool ask(th_shard *shard, const struct all *all, const struct generation *of)
{
	const struct first *both = is_both(of);
	if (of->bare.any && (of->self || of->fed_in) && !say(shard, TH_GENERATED_WHOLE, NULL, of->bare.order))
		return false;
	if (both)
		return say(shard, TH_POWER_IS_BOTH, kwh(shard, of->sum_self), both->order);
	if (!of->use.any || !(of->own || all->away[of->year - TH_FIRST_YEAR]))
		return true;
	return say(shard, TH_POWER_MAY_BE_BOTH, NULL, of->use.order);
}

bool th_generated_finish(th_shard *shard)
{
	struct all *all = th_calloc(1, sizeof *all);
	int error = all ? th_seen_each(shard, gather, all) : 0;
	bool ok = all && error == 0;
	for (uint32_t i = 0; ok && i < all->key.count; i++)
		all->away[all->of[i].year - TH_FIRST_YEAR] |= all->of[i].own && !all->of[i].power;
	for (uint32_t i = 0; ok && i < all->key.count; i++)
		ok = ask(shard, all, &all->of[i]);
	if (all) {
		th_intern_free(&all->key);
		free(all->of);
		free(all);
	}
	return error == 0 ? ok : th_trace_failed(shard, error);
}
