/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each measure counts over the creation period, for the verdict and for the cheapest route alike. What is not known of one leaves a
 * range: between them the ranges say what is certain of the sum. Each amount is rounded once, half to even, to 1e-9 kg. */

#include "check/run.h"
#include "path/share.h"

const char *const th_count_names[TH_COUNTS] = {"full", "part", "cancelled", "apart", "before_base_year", "too_late", "ended", "no_reduction",
                                               "no_dates", "no_emissions", "open"};

typedef struct counting {
	bool has_base, has_start, has_end;
	th_period base, start, end;
} counting;

static bool fact_date(const th_assessment *a, const char *id, th_period *out)
{
	th_rule_value fact = th_check_fact(a, id);
	if (fact.known && fact.type == TH_RULE_DATE)
		*out = fact.date;
	return fact.known && fact.type == TH_RULE_DATE;
}

static th_check_range exactly(th_mass mass)
{
	return (th_check_range){mass, mass, true};
}

/* reduction x num / den; parts are at most 1, so it fits. */
static th_mass part_of(const th_measure *m, int64_t num, int64_t den)
{
	th_mass value = 0;
	th_share share = {1, 1, (uint32_t)(num > 0 ? num : 0), (uint32_t)den};
	return th_share_of(&share, m->reduction, &value) ? value : m->reduction;
}

/* Which part of its effect the base year had, of 12 x steps; the base year's emissions are lower by it already. */
static int64_t before(const counting *c, const th_measure *m)
{
	return c->has_base ? th_measure_months(m, c->base.from, c->base.to) : 0;
}

/* Whether the base year could have had a part of it, as far as is told. */
static bool base_is_open(const counting *c, const th_measure *m)
{
	return !c->has_base && !(c->has_start && m->from >= c->start.from);
}

static void count_annual(const counting *c, const th_measure *m, th_check_measure *out)
{
	int64_t year = 12 * (int64_t)th_measure_steps(m), had = before(c, m), has = 12 * (int64_t)th_measure_step(m, c->end.to);
	out->annual = exactly(part_of(m, has - had, year));
	if (base_is_open(c, m) && out->annual.high > 0)
		out->annual.low = 0;
	out->count = m->from > c->end.to ? TH_COUNT_LATE
	           : m->to < c->end.to   ? TH_COUNT_ENDED
	           : has <= had          ? TH_COUNT_BASE
	           : base_is_open(c, m)  ? TH_COUNT_OPEN
	           : has - had < year    ? TH_COUNT_PART
	                                 : TH_COUNT_FULL;
}

/* Month by month of the period, less what the base year had of each of them. */
static void count_cumulative(const counting *c, const th_measure *m, th_check_measure *out)
{
	if (!c->has_start) {
		out->cumulative = (th_check_range){0, 0, false};
		return;
	}
	int64_t year = 12 * (int64_t)th_measure_steps(m), had = before(c, m);
	int32_t last = m->to < c->end.to ? m->to : c->end.to, first = m->from > c->start.from ? m->from : c->start.from;
	int64_t sum = th_measure_months(m, c->start.from, c->end.to), months = th_whole_months(first, last);
	th_mass value = 0, times = 0;
	/* steps of a month are of `steps`, the base year's of 12 x steps: both over 12 x 12 x steps */
	int64_t num = 12 * sum - months * had, den = 12 * year;
	th_share whole = {1, 1, 1, 1};
	num = num > 0 ? num : 0;
	whole.num = (uint32_t)(num % den);
	whole.den = (uint32_t)den;
	bool fits = th_share_of(&whole, m->reduction, &value) && !__builtin_mul_overflow(m->reduction, (th_mass)(num / den), &times) &&
	            th_mass_add(&value, times);
	out->cumulative = fits ? exactly(value) : (th_check_range){0, 0, false};
	if (base_is_open(c, m) && value > 0)
		out->cumulative.low = 0;
}

/* Months from a day to the period's end, at most: what a measure can add up to that has no date yet. */
static th_mass most_cumulative(const counting *c, const th_measure *m)
{
	th_mass value = 0;
	int32_t from = m->earliest > c->start.from ? m->earliest : c->start.from;
	int months = th_whole_months(from, c->end.to);
	th_share rest = {1, 1, (uint32_t)(months % 12), 12};
	return th_share_of(&rest, m->reduction, &value) ? value + m->reduction * (months / 12) : 0;
}

/* What a measure can count of which something is not told: from nothing to all it could. */
static void leave_open(const counting *c, const th_measure *m, th_count why, th_check_measure *out)
{
	bool bounded = m->has_reduction;
	out->count = why;
	out->annual = (th_check_range){0, bounded ? m->reduction : 0, bounded};
	out->cumulative = (th_check_range){0, bounded && c->has_start && c->has_end ? most_cumulative(c, m) : 0, bounded && c->has_start && c->has_end};
}

/* Without a reduction: does anything say that it counts 0 whatever that is? */
static void count_blank(const counting *c, th_measure m, th_check_measure *out)
{
	m.reduction = 1000000000;
	count_annual(c, &m, out);
	count_cumulative(c, &m, out);
	bool nothing = out->annual.high == 0;
	if (!nothing)
		out->count = TH_COUNT_BLANK;
	if (!nothing)
		out->annual = (th_check_range){0};
	if (out->cumulative.high != 0)
		out->cumulative = (th_check_range){0};
}

static void count_one(const counting *c, th_check_measure *out)
{
	const th_measure *m = out->measure;
	out->annual = out->cumulative = exactly(0);
	if (m->dated && c->has_base) {
		out->before_num = (uint32_t)before(c, m);
		out->before_den = 12u * (uint32_t)th_measure_steps(m);
	}
	if (m->state == TH_MEASURE_CANCELLED)
		out->count = TH_COUNT_CANCELLED;
	else if (m->effect != TH_EFFECT_REDUCTION)
		out->count = TH_COUNT_APART;
	else if (c->has_end && m->earliest > c->end.to)
		out->count = TH_COUNT_LATE;
	else if (m->has_reduction && m->reduction == 0)
		out->count = TH_COUNT_FULL;
	else if (!m->dated)
		leave_open(c, m, m->has_reduction ? TH_COUNT_UNDATED : TH_COUNT_BLANK, out);
	else if (!c->has_end)
		leave_open(c, m, TH_COUNT_OPEN, out);
	else if (!m->has_reduction)
		count_blank(c, *m, out);
	else if (out->has_emissions && out->emissions <= 0)
		leave_open(c, m, TH_COUNT_ABSENT, out);
	else {
		count_annual(c, m, out);
		count_cumulative(c, m, out);
	}
}

static const char *tonnes(th_checking *s, th_mass mass)
{
	th_buf text = {0};
	th_put_mass_rounded(&text, mass, 3, 2, true);
	return th_check_built(s, &text);
}

/* A measure cannot take away more than there is; one that was there before the base year may have. */
static void refuse_over(th_checking *s, const th_check_measure *m)
{
	if (m->has_emissions && m->emissions > 0 && m->measure->reduction > m->emissions && (m->annual.high > 0 || m->cumulative.high > 0))
		th_check_worse(s, th_report(s->diags, TH_PLAN_OVER, (th_pos){s->a->measures.path, m->measure->line, 1, "reduction"},
		                             th_check_text(s, m->measure->id), tonnes(s, m->measure->reduction), tonnes(s, m->emissions), (char *)NULL));
}

void th_check_count(th_checking *s)
{
	th_assessment *a = s->a;
	counting c = {0};
	c.has_base = fact_date(a, "base_year", &c.base);
	c.has_start = fact_date(a, "start", &c.start);
	c.has_end = fact_date(a, "end", &c.end);
	for (size_t i = 0; i < a->measures.count; i++)
		count_one(&c, &a->measure[i]);
	for (size_t i = 0; i < a->measures.count; i++)
		refuse_over(s, &a->measure[i]);
}

bool th_check_counts(const th_check_measure *m)
{
	return m->count != TH_COUNT_CANCELLED && m->count != TH_COUNT_APART;
}

bool th_check_is_open(const th_check_range *range)
{
	return !range->bounded || range->low != range->high;
}

bool th_check_sum(const th_assessment *a, bool cumulative, th_check_range *sum)
{
	*sum = exactly(0);
	for (size_t i = 0; i < a->measures.count; i++) {
		const th_check_range *one = cumulative ? &a->measure[i].cumulative : &a->measure[i].annual;
		sum->bounded &= one->bounded;
		if (!th_mass_add(&sum->low, one->low) || !th_mass_add(&sum->high, one->high))
			return false;
	}
	return true;
}

bool th_check_is_over(const th_assessment *a, const th_check_year *year, th_check_range *sum)
{
	return year && th_check_sum(a, false, sum) && sum->low > year->gross;
}
