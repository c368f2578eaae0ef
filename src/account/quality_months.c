/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Months that no careful reader would believe: far above all others of their series, or just a usual slip above those they should be like. A
 * low month is never asked about alone, and one that is like any of its twins is believed: the months beside it, the same month of another
 * year; but where all others are steady, one that is among them times a thousand or ten thousand, or is 0, is asked about. Sums of a month are
 * whole numbers, ratios only decide what is said. And 2023.1 where a spreadsheet had 2023.10. */

#include "account/quality.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/list.h"

enum { MONTH_LEAST = 26, MONTH_MOST = 35, YEAR = 12, LIKE = 2, MOST_TWINS = 4,
       STEADY = 9,      /* the most is no more than that many times the least: each within three times what is in their middle */
       UNIT_LEAST = 100 /* a unit that is taken for another is at least that many times it */ };

/* What a series has of one period: a month, or a period of about another length. */
struct entry {
	int32_t from, to, month;   /* month: of its middle, from the year 0 */
	uint64_t order;            /* of its first line */
	int64_t mant;              /* of that line's cell */
	int32_t exp;
	size_t lines;
	const th_activity *activity;
	double value, one;         /* one: of the smallest of the lines' units, in the scale of the values */
};

static bool is_month(const th_seen_line *line)
{
	int32_t days = line->to - line->from + 1;
	return days >= MONTH_LEAST && days <= MONTH_MOST;
}

/* Lines of one series together; in it months before others, those by their length, each in the order of time. */
static void key_of_series(const th_seen_line *line, uint64_t key[2])
{
	const uint64_t series[] = {line->what, line->site, line->source};
	uint64_t days = (uint64_t)(line->to - line->from), length = is_month(line) ? 0 : 1 + days / MONTH_MOST;
	key[0] = th_hash_words(series, sizeof series / sizeof *series);
	key[1] = length << 46 | (uint64_t)((int64_t)line->from - th_day(TH_FIRST_YEAR, 1, 1)) << 23 | days; /* three hundred years have 17 bits of days */
}

static bool same_series(const th_seen_line *a, const th_seen_line *b)
{
	return a->what == b->what && a->site == b->site && a->source == b->source;
}

static bool alike(const th_seen_line *a, const th_seen_line *b)
{
	bool month = is_month(a);
	return same_series(a, b) && month == is_month(b) && (month || (a->to - a->from) / MONTH_MOST == (b->to - b->from) / MONTH_MOST);
}

static int32_t month_of(const th_seen_line *line)
{
	int y, m, d;
	th_day_split(line->from + (line->to - line->from) / 2, &y, &m, &d);
	return y * YEAR + m - 1;
}

/* --- one series --- */

struct series {
	struct entry *entry;
	size_t entries;
	bool months;
	bool energy;   /* its quantities are of energy */
	double most, second;
	size_t filled; /* entries above zero */
};

/* 1 of the unit of a line, in the scale of the values. */
static double one_of(const th_seen_line *line, int32_t exp)
{
	double one = (double)line->times;
	int32_t up = line->exp - line->own_exp - exp;
	for (; up > 0; up--)
		one *= 10;
	for (; up < 0; up++)
		one /= 10;
	return one;
}

static bool fill(struct series *s, const th_seen_line *line, size_t count, __int128 *value)
{
	int32_t exp;
	__int128 sum = 0;
	if (!th_seen_values(line, count, value, &exp))
		return false;
	s->entries = s->filled = 0;
	s->most = s->second = 0;
	s->months = is_month(line);
	s->energy = (line->flags & TH_SEEN_ENERGY) != 0;
	for (size_t i = 0; i < count; i++) {
		struct entry *e = s->entries ? &s->entry[s->entries - 1] : NULL;
		if (!e || e->from != line[i].from || e->to != line[i].to) {
			e = &s->entry[s->entries++];
			*e = (struct entry){.from = line[i].from, .to = line[i].to, .month = month_of(&line[i]), .order = line[i].order, .mant = line[i].mant,
			                    .exp = line[i].own_exp, .activity = line[i].activity, .one = one_of(&line[i], exp)};
			sum = 0;
		}
		sum += value[i];
		double one = one_of(&line[i], exp);
		e->one = one < e->one ? one : e->one;
		e->lines++;
		e->value = (double)sum;
	}
	for (size_t i = 0; i < s->entries; i++) {
		double v = s->entry[i].value;
		s->filled += v > 0;
		s->second = v > s->most ? s->most : v > s->second ? v : s->second;
		s->most = v > s->most ? v : s->most;
	}
	return true;
}

/* The month that lies `off` months from entry `at`, above zero; 0: none. Months stand in their order, seldom two in one. */
static double twin(const struct series *s, size_t at, int32_t off)
{
	int32_t month = s->entry[at].month + off;
	for (size_t i = at; off < 0 && i-- > 0 && s->entry[i].month >= month;)
		if (s->entry[i].month == month)
			return s->entry[i].value;
	for (size_t i = at + 1; off > 0 && i < s->entries && s->entry[i].month <= month; i++)
		if (s->entry[i].month == month)
			return s->entry[i].value;
	return 0;
}

static bool near(double ratio, double like, double percent)
{
	return ratio <= like * (1 + percent / 100) && ratio * (1 + percent / 100) >= like;
}

/* How many times what its twins say it is, where that is a usual slip, or where it stands out far above the months beside it and the same month
 * of another year; 0: neither, or a twin is like it. */
static double slip_of(const th_plausible *p, const struct series *s, size_t at)
{
	double most = 0;
	static const int32_t off[MOST_TWINS] = {-1, 1, -YEAR, YEAR};
	double value = s->entry[at].value, of[MOST_TWINS];
	for (size_t i = 0; i < MOST_TWINS; i++) {
		of[i] = twin(s, at, off[i]);
		if (of[i] > 0 && value <= LIKE * of[i])
			return 0;
		most = of[i] > most ? of[i] : most;
	}
	if (of[0] > 0 && of[1] > 0 && (of[2] > 0 || of[3] > 0) && value > p->bound[TH_BOUND_MONTH] * most)
		return value / most;
	for (size_t i = 0; i < p->slips; i++) {
		const th_slip *slip = &p->slip[i];
		double times = 1 / th_decimal_double(slip->multiply);
		if (slip->kind != TH_SLIP_QUANTITY || times < LIKE || (slip->energy && !s->energy))
			continue;
		bool beside = near(value / times, of[0], p->bound[TH_BOUND_NEAR]) && near(value / times, of[1], p->bound[TH_BOUND_NEAR]);
		bool year = of[0] > 0 && of[1] > 0 && (near(value / times, of[2], p->bound[TH_BOUND_NEAR]) || near(value / times, of[3], p->bound[TH_BOUND_NEAR]));
		if (beside || year)
			return times;
	}
	return 0;
}

/* How many times what it should be; 0: nothing to ask. */
static double above(const th_plausible *p, const struct series *s, size_t at)
{
	double value = s->entry[at].value, most = value >= s->most ? s->second : s->most;
	size_t others = s->filled - (value > 0);
	double bound = s->months && others > 1 ? p->bound[TH_BOUND_MONTH] : p->bound[TH_BOUND_ERROR];
	if (value <= 0 || others == 0)
		return 0;
	if (value > bound * most)
		return value / most;
	return s->months ? slip_of(p, s, at) : 0;
}

/* --- steady series --- */

/* What a steady series has below its other quantities, by one factor all of them. */
struct low {
	const th_slip *slip; /* what turns the low ones into what they were meant as; NULL: they are not just that */
	size_t high, zero;   /* how many are with the others, how many are 0 */
	size_t count;        /* of the low ones */
	double bound;        /* the low ones lie below it */
};

/* Are all of the smaller part, turned by that factor, among the larger one? */
static bool is_among(const th_plausible *p, const struct series *s, const struct low *low, double times)
{
	const bool ups = low->count <= low->high;
	const double near_by = low->count + low->high > YEAR ? 1 : 1 + p->bound[TH_BOUND_NEAR] / 100; /* of few the range says little */
	double least = s->most, most = 0;
	for (size_t i = 0; i < s->entries; i++) {
		double value = s->entry[i].value;
		if (value <= 0 || (value < low->bound) == ups)
			continue;
		least = value < least ? value : least;
		most = value > most ? value : most;
	}
	for (size_t i = 0; i < s->entries; i++) {
		double value = s->entry[i].value, turned = ups ? value * times : value / times;
		if (value > 0 && (value < low->bound) == ups && (turned * near_by < least || turned > most * near_by))
			return false;
	}
	return most <= STEADY * least;
}

static struct low low_of(const th_plausible *p, const struct series *s)
{
	struct low low = {.bound = s->most / STEADY};
	for (size_t i = 0; i < s->entries; i++) {
		double value = s->entry[i].value;
		low.high += value > 0 && value >= low.bound;
		low.zero += value == 0;
		low.count += value > 0 && value < low.bound;
	}
	for (size_t i = 0; i < p->slips && low.count && low.high > 1 && !low.slip; i++)
		if (p->slip[i].kind == TH_SLIP_QUANTITY && th_decimal_double(p->slip[i].multiply) >= UNIT_LEAST &&
		    is_among(p, s, &low, th_decimal_double(p->slip[i].multiply)))
			low.slip = &p->slip[i];
	return low;
}

/* Is the same month so low in every year that there is, of two or more? Then it is so there: a school that closes. Not looked at where there are
 * more periods than months in all years. */
static bool is_yearly(const struct series *s, const struct low *low, size_t at)
{
	enum { MOST_MONTHS = YEAR * (TH_LAST_YEAR - TH_FIRST_YEAR + 1) };
	size_t others = 0;
	if (!s->months || s->entries > MOST_MONTHS)
		return false;
	for (size_t i = 0; i < s->entries; i++) {
		if (i == at || s->entry[i].month == s->entry[at].month || (s->entry[i].month - s->entry[at].month) % YEAR != 0)
			continue;
		if (s->entry[i].value >= low->bound)
			return false;
		others++;
	}
	return others > 0;
}

/* A 0 between months that are all alike, of what goes on on every day: not read yet? Not where it is so every year. */
static bool is_odd_zero(const struct series *s, const struct low *low, size_t at)
{
	enum { MONTHS_BESIDE = 11, OF_THEM = 3 };
	if (s->entry[at].value != 0 || !s->months || low->count || low->high < MONTHS_BESIDE || low->zero * OF_THEM > low->high ||
	    !s->entry[at].activity->continuous)
		return false;
	return !is_yearly(s, low, at);
}

/* --- what is said --- */

/* As written; of several lines their sum, in the smallest of their units. */
static const char *number(th_shard *shard, const struct entry *e)
{
	th_buf_clear(&shard->text);
	if (e->lines == 1)
		th_put_decimal(&shard->text, (th_decimal){e->mant, e->exp});
	else
		th_buf_printf(&shard->text, "%.*f", e->value / e->one < 100 ? 2 : 0, e->value / e->one);
	return th_z(shard, th_buf_view(&shard->text));
}

/* What the cell would hold without the slip, behind its name. */
static const char *meant(th_shard *shard, const th_slip *slip, th_slice name, const struct entry *e)
{
	__int128 product = (__int128)e->mant * slip->multiply.mant;
	int32_t exp = e->exp + slip->multiply.exp;
	while (product && product % 10 == 0) {
		product /= 10;
		exp++;
	}
	th_buf_clear(&shard->text);
	th_buf_slice(&shard->text, name);
	if (e->lines == 1 && product == (int64_t)product) {
		th_buf_str(&shard->text, ": ");
		th_put_decimal(&shard->text, (th_decimal){(int64_t)product, exp});
	}
	return th_z(shard, th_buf_view(&shard->text));
}

/* Kept until all series are looked at: what is said follows the lines, not the series. */
struct found {
	struct entry entry, first; /* first: of those of the series that are said together; of one too high itself */
	double times;              /* how many times too high; of one too low below 1, and of a 0 it is 0 */
	const th_slip *slip;       /* of one too low */
	size_t like;               /* how many are said together; of a 0, how many are not 0 */
	bool energy;
};

struct all_found {
	struct found *list;
	size_t count;
};

/* The slip that comes nearest: one of units of energy only where it fits, any other within a factor of two. */
static const th_slip *slip_for(const th_plausible *p, double times, bool energy)
{
	const th_slip *best = NULL;
	double least = LIKE;
	for (size_t i = 0; i < p->slips; i++) {
		const th_slip *slip = &p->slip[i];
		double left = times * th_decimal_double(slip->multiply);
		left = left < 1 ? 1 / left : left;
		if (slip->kind == TH_SLIP_QUANTITY && left <= least && (!slip->energy || (energy && left <= 1 + p->bound[TH_BOUND_NEAR] / 100))) {
			best = slip;
			least = left;
		}
	}
	return best;
}

static const char *amount(th_shard *shard, double value, int places)
{
	th_buf_clear(&shard->text);
	th_buf_printf(&shard->text, "%.*f", places, value);
	return th_z(shard, th_buf_view(&shard->text));
}

static bool say(th_shard *shard, const struct found *f)
{
	const bool low = f->slip != NULL;
	const th_slip *slip = low ? f->slip : slip_for(&shard->frame->reference->plausible, f->times, f->energy);
	const struct entry *e = &f->first;
	th_line line;
	const th_now now = th_seen_place(shard, f->entry.order, &line);
	const th_gap gap = {e->from, e->to};
	th_arena_reset(&shard->scratch);
	th_buf_clear(&shard->text);
	th_put_gap(&shard->text, &gap);
	const char *en = th_z(shard, e->activity->name_en), *zh = th_z(shard, e->activity->name_zh), *period = th_z(shard, th_buf_view(&shard->text));
	uint32_t caveat;
	if (f->times == 0)
		caveat = th_caveat_number(shard, TH_MONTH_ZERO, en, zh, period, amount(shard, (double)f->like, 0), (char *)NULL);
	else
		caveat = th_caveat_number(shard, low ? TH_MONTH_LOW : TH_MONTH_UNLIKELY, en, zh, period, number(shard, e),
		                          amount(shard, low ? 1 / f->times : f->times, low || f->times >= 100 ? 0 : 1), slip ? meant(shard, slip, slip->name_en, e) : "-",
		                          slip ? meant(shard, slip, slip->name_zh, e) : "-", low && f->like > 1 ? amount(shard, (double)f->like, 0) : "-", (char *)NULL);
	th_caveat_line(shard, caveat, &now);
	return caveat != TH_NONE;
}

static bool add(struct all_found *all, const struct found *found)
{
	struct found *grown = th_grown(all->list, all->count, sizeof *grown);
	if (!grown)
		return false;
	all->list = grown;
	grown[all->count++] = *found;
	return true;
}

/* Times 1/1000 or 1/10,000 the smaller part of the series is odd: the low ones, or those above them. */
static double times_of(const th_plausible *p, const struct series *s, const struct low *low, size_t at)
{
	double value = s->entry[at].value, unit = low->slip ? th_decimal_double(low->slip->multiply) : 0;
	if (!low->slip || value <= 0)
		return above(p, s, at);
	if (low->count <= low->high)
		return value < low->bound && !is_yearly(s, low, at) ? 1 / unit : 0;
	return value < low->bound ? 0 : unit;
}

static bool look_at(const th_plausible *p, struct series *s, const th_seen_line *line, size_t count, __int128 *value, struct all_found *all)
{
	if (count < 2 || !fill(s, line, count, value))
		return true;
	const struct low low = low_of(p, s);
	const struct entry *first = NULL, *zero = NULL;
	for (size_t i = 0; i < s->entries; i++) {
		const struct entry *e = &s->entry[i];
		double times = times_of(p, s, &low, i);
		struct found found = {.entry = *e, .first = *e, .times = times, .energy = s->energy};
		if (times > 0 && times < 1) {
			first = first ? first : e;
			found = (struct found){.entry = *e, .first = *first, .times = times, .slip = low.slip, .like = low.count};
		} else if (times == 0) {
			if (!is_odd_zero(s, &low, i))
				continue;
			zero = zero ? zero : e;
			found = (struct found){.entry = *e, .first = *zero, .like = low.high};
		}
		if (!add(all, &found))
			return false;
	}
	return true;
}

/* --- 2023.1 --- */

/* A spreadsheet writes the number 2023.10 as 2023.1. Of the months of a series in one year: is one such that November or December is there
 * and October is not, or that stands twice while September is there? The last one is marked: rows stand in the order of the year. */
static void look_for_october(th_seen_line *line, size_t count)
{
	th_seen_line *one = NULL;
	size_t ones = 0;
	bool seen[YEAR] = {false};
	for (size_t i = 0; i < count; i++) {
		seen[month_of(&line[i]) % YEAR] = true;
		if (!(line[i].flags & TH_SEEN_POINT_ONE))
			continue;
		ones++;
		one = !one || line[i].order > one->order ? &line[i] : one;
	}
	if (one && !seen[9] && (seen[10] || seen[11] || (ones > 1 && seen[8])))
		one->flags |= TH_SEEN_OCTOBER;
}

static bool say_october(th_shard *shard, const th_seen_line *line)
{
	char text[16];
	th_line space;
	const th_now now = th_seen_place(shard, line->order, &space);
	snprintf(text, sizeof text, "%d", (int)(month_of(line) / YEAR));
	uint32_t caveat = th_caveat_number(shard, TH_OCTOBER_LOST, text, (char *)NULL);
	th_caveat_line(shard, caveat, &now);
	return caveat != TH_NONE;
}

/* --- all --- */

static int by_first_line(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	return (x->entry.order > y->entry.order) - (x->entry.order < y->entry.order);
}

static void look_at_years(th_seen_line *line, size_t count)
{
	for (size_t i = 0, next; i < count && is_month(line); i = next) {
		for (next = i + 1; next < count && month_of(&line[next]) / YEAR == month_of(&line[i]) / YEAR;)
			next++;
		look_for_october(line + i, next - i);
	}
}

/* What was found, in the order of the lines. */
static bool say_all(th_shard *shard, const th_seen_line *line, size_t lines, struct all_found *all)
{
	bool ok = true;
	if (all->count)
		qsort(all->list, all->count, sizeof *all->list, by_first_line);
	for (size_t i = 0; i < all->count && ok; i++)
		ok = say(shard, &all->list[i]);
	return ok && th_seen_say(shard, line, lines, TH_SEEN_OCTOBER, say_october);
}

bool th_quality_months(th_shard *shard, th_seen_line *line, size_t lines)
{
	if (lines == 0)
		return true;
	size_t most = 0;
	if (!th_seen_sort(line, lines, key_of_series, th_seen_by_order))
		return false;
	for (size_t i = 0, next; i < lines; i = next) {
		for (next = i + 1; next < lines && alike(&line[i], &line[next]);)
			next++;
		most = next - i > most ? next - i : most;
	}
	__int128 *value = th_calloc(most, sizeof *value);
	struct series series = {.entry = th_calloc(most, sizeof *series.entry)};
	struct all_found all = {0};
	bool ok = value && series.entry;
	unsigned flags = 0;
	for (size_t i = 0; i < lines; i++)
		flags |= line[i].flags;
	for (size_t i = 0, next; i < lines && ok; i = next) {
		for (next = i + 1; next < lines && alike(&line[i], &line[next]);)
			next++;
		ok = look_at(&shard->frame->reference->plausible, &series, line + i, next - i, value, &all);
		if (flags & TH_SEEN_POINT_ONE)
			look_at_years(line + i, next - i);
	}
	free(value);
	free(series.entry);
	ok = ok && say_all(shard, line, lines, &all);
	free(all.list);
	return ok;
}
