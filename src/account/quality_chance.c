/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line that equals the sum of others: counted twice, or by chance? Of lines that are all multiples of one step, the one that could be the sum
 * hits it about once in as many times as it has steps. So few digits prove little, by themselves: 12 kg beside 5 kg and 7 kg. They prove
 * more the rarer such numbers are where nothing is wrong, and where they are the sum in one month after the other. */

#include "account/quality.h"

#include "base/transcendental.h"

#include <stdlib.h>

/* The smallest step in which the lines are written, at most one of their units; in the scale of their values. */
static double written_step(const th_seen_line *line, size_t count, int32_t exp)
{
	double least = 0;
	for (size_t i = 0; i < count; i++) {
		int down = line[i].exp - line[i].own_exp + (line[i].own_exp < 0 ? line[i].own_exp : 0) - exp;
		double step = (double)line[i].times;
		for (; down > 0; down--)
			step *= 10;
		for (; down < 0; down++)
			step /= 10;
		least = least == 0 || step < least ? step : least;
	}
	return least;
}

static __int128 common(__int128 a, __int128 b)
{
	b = b < 0 ? -b : b;
	while (b) {
		__int128 rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* What all lines are multiples of: cylinders of 11.3 kg, cans of 20 L. A reading is rounded to tens, and two of three are even by chance. */
static double measure(const __int128 *value, size_t count, bool metered)
{
	__int128 all = 0;
	for (size_t i = 0; i < count && all != 1; i++)
		all = common(value[i] < 0 ? -value[i] : value[i], all);
	if (!metered)
		return all > 1 ? (double)all : 1;
	double tens = 1;
	for (; all && all % 10 == 0; all /= 10)
		tens *= 10;
	return tens;
}

double th_seen_step(const th_seen_line *line, const __int128 *value, size_t count, int32_t exp)
{
	double step = written_step(line, count, exp), round = measure(value, count, line->activity->continuous);
	return step > round ? step : round;
}

static double bound_of(const th_seen_line *line, const th_plausible *p)
{
	return p->bound[line->activity->continuous ? TH_BOUND_SUM_METERED : TH_BOUND_SUM_BOUGHT];
}

/* The bound is of honest lines for each that is asked about, and the sum is one of its group. Names that say parts or a main meter need none. */
double th_seen_digits(const th_seen_line *line, size_t count, size_t parts, const th_plausible *p)
{
	enum { NAMED = TH_SEEN_NAMED | TH_SEEN_MAIN_SITE | TH_SEEN_MAIN_SOURCE | TH_SEEN_SUBMETER };
	for (size_t i = 0; i < count; i++)
		if (line[i].flags & NAMED)
			return 1;
	return bound_of(line, p) / (double)parts;
}

/* --- again and again --- */

static int by_name_and_period(const void *a, const void *b)
{
	const th_seen_line *x = a, *y = b;
	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static int by_period(const void *a, const void *b)
{
	const th_seen_line *x = a, *y = b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* One name, by period. That k of its m lines are sums by chance: as many ways as there are to choose them, over all that each had to hit.
 * A number that stays the same is no new chance. */
static void look_at_name(th_seen_line *line, size_t lines, double bound)
{
	double odds = 0;
	size_t sums = 0;
	const th_seen_line *last = NULL;
	for (size_t i = 0; i < lines; i++) {
		if (!(line[i].flags & TH_SEEN_WEAK) || (last && th_seen_mant(last) == th_seen_mant(&line[i]) && last->exp == line[i].exp))
			continue;
		last = &line[i];
		odds += th_log(line[i].steps > 1 ? line[i].steps : 1);
		sums++;
	}
	for (size_t k = 0; k < sums; k++)
		odds -= th_log((double)(lines - k) / (double)(k + 1));
	if (sums < 2 || odds < th_log(bound))
		return;
	for (size_t i = 0; i < lines; i++)
		if (line[i].flags & TH_SEEN_WEAK)
			line[i].flags |= TH_SEEN_SUM;
}

void th_quality_again(th_seen_line *line, size_t lines, const th_plausible *p)
{
	size_t weak = 0;
	for (size_t i = 0; i < lines; i++)
		weak += (line[i].flags & TH_SEEN_WEAK) != 0;
	if (weak < 2)
		return;
	double bound = bound_of(line, p);
	qsort(line, lines, sizeof *line, by_name_and_period);
	for (size_t i = 0, next; i < lines; i = next) {
		for (next = i + 1; next < lines && line[next].site == line[i].site && line[next].source == line[i].source;)
			next++;
		look_at_name(line + i, next - i, bound);
	}
	qsort(line, lines, sizeof *line, by_period);
}
