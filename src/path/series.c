/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The named cases of a series: why a maximum may not be a peak. */
#include "path/series.h"

#include "path/share.h"

/* Among equals the latest: a peak that was reached again is not past. */
size_t th_series_maximum(const th_point *point, size_t count)
{
	size_t best = 0;
	for (size_t i = 1; i < count; i++)
		if (point[i].mass >= point[best].mass)
			best = i;
	return best;
}

typedef struct case_list {
	th_trend *t;
	const th_point *old;
	size_t peak;
	size_t from, to;   /* the plateau around the maximum; equal: none */
	th_mass threshold; /* within `near` of the maximum */
	bool overflow;
} case_list;

static void name_case(case_list *c, th_trend_case_kind kind, int year, int other, size_t at)
{
	c->t->list[c->t->cases++] = (th_trend_case){kind, year, other, c->t->point[at].mass, c->old[at].mass};
}

/* Less by near percent of its size. */
static th_mass less_near(case_list *c, th_mass mass)
{
	th_decimal by = c->t->rules->near;
	th_mass result = 0;
	by.mant = mass < 0 ? by.mant : -by.mant;
	c->overflow |= !th_mass_grow(mass, by, &result);
	return result;
}

/* Is the run of equal points that ends at i higher than what stands on both its sides? The last point of a series is no local
 * maximum: what follows is not known. */
static bool is_top(const th_trend *t, size_t i)
{
	const th_point *p = t->point;
	if (i + 1 >= t->points || p[i].mass <= p[i + 1].mass)
		return false;
	for (size_t k = i; k-- > 0;)
		if (p[k].mass != p[i].mass)
			return p[k].mass < p[i].mass;
	return true;
}

static void tops(case_list *c)
{
	const th_trend *t = c->t;
	for (size_t i = 0; i < t->points; i++) {
		size_t above = i + 1;
		while (above < t->points && t->point[above].mass <= t->point[i].mass)
			above++;
		if (is_top(t, i) && above < t->points && (i < c->from || i > c->to))
			name_case(c, TH_CASE_LOCAL_MAXIMUM, t->point[i].year, t->point[above].year, i);
	}
}

static void double_peaks(case_list *c)
{
	const th_trend *t = c->t;
	for (size_t i = 0; i < t->points; i++)
		if ((i < c->from || i > c->to) && (is_top(t, i) || i + 1 == t->points) && t->point[i].mass >= c->threshold)
			name_case(c, TH_CASE_DOUBLE_PEAK, t->point[c->peak].year, t->point[i].year, i);
}

static void dips(case_list *c)
{
	const th_point *p = c->t->point;
	for (size_t i = 1; i + 1 < c->t->points; i++)
		if (p[i].mass < less_near(c, p[i - 1].mass) && p[i].mass < less_near(c, p[i + 1].mass))
			name_case(c, TH_CASE_DIP, p[i].year, 0, i);
}

static void gaps_and_revisions(case_list *c)
{
	const th_trend *t = c->t;
	for (size_t i = 0; i + 1 < t->points; i++)
		if (t->point[i + 1].year > t->point[i].year + 1)
			name_case(c, TH_CASE_GAP, t->point[i].year, t->point[i + 1].year, i);
	for (size_t i = 0; i < t->points; i++)
		if (c->old[i].mass != t->point[i].mass)
			name_case(c, TH_CASE_REVISED, t->point[i].year, 0, i);
	size_t before = th_series_maximum(c->old, t->points);
	if (before != c->peak)
		name_case(c, TH_CASE_REVISED_PEAK, t->point[c->peak].year, t->point[before].year, c->peak);
}

th_trend_error th_series_cases(th_trend *t, const th_point *old, size_t peak, th_arena *arena)
{
	size_t n = t->points;
	const th_point *p = t->point;
	case_list c = {.t = t, .old = old, .peak = peak, .from = peak, .to = peak};
	t->list = th_arena_alloc(arena, 6 * n + TH_CASE_KINDS, sizeof *t->list);
	if (!t->list)
		return TH_TREND_NO_MEMORY;
	c.threshold = less_near(&c, p[peak].mass);
	while (c.from > 0 && p[c.from - 1].mass >= c.threshold)
		c.from--;
	while (c.to + 1 < n && p[c.to + 1].mass >= c.threshold)
		c.to++;
	if (n < (size_t)t->rules->least_years)
		name_case(&c, TH_CASE_FEW_YEARS, p[0].year, p[n - 1].year, 0);
	if (peak + 1 == n)
		name_case(&c, TH_CASE_LAST_MAXIMUM, p[peak].year, 0, peak);
	if (peak + 2 == n)
		name_case(&c, TH_CASE_ONE_LOWER_YEAR, p[n - 1].year, p[peak].year, n - 1);
	if (peak == 0 && n > 1)
		name_case(&c, TH_CASE_FIRST_MAXIMUM, p[0].year, 0, 0);
	if (c.from < c.to)
		name_case(&c, TH_CASE_PLATEAU, p[c.from].year, p[c.to].year, peak);
	double_peaks(&c);
	tops(&c);
	dips(&c);
	gaps_and_revisions(&c);
	return c.overflow ? TH_TREND_RANGE : TH_TREND_OK;
}
