/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates that mean months. A spreadsheet makes 2023-01-01 of 2023-01, and meters are exported by the first days of their months. Which of the two is
 * meant, the day or the month, a line alone does not tell, but its series does. So when the first such date is met, all lines of all inventories are
 * looked at once more, before any line with such a date is computed: neither their order nor the files they stand in decide. Where no such date is,
 * nothing is done at all. */

#include "account/quality.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/digits.h"
#include "base/list.h"

enum {
	MOST_LINES = 100000,
	YEAR = 12,
};

/* What a text of a period says. */
enum says { SAYS_NOTHING, SAYS_FIRST, SAYS_MONTH, SAYS_YEAR, SAYS_DAY, SAYS_RANGE };

struct said {
	enum says says;
	int32_t month; /* from the year 0 on */
};

/* What the first days of a series mean. */
enum meaning { MEANS_DAYS, MEANS_ONE, MEANS_MONTHS, MEANS_ASKED };

struct series {
	bool day, range, year; /* a line of it is of another day; of days that are no whole months; of a year */
	unsigned char means;
	unsigned char apart; /* asked: how many months, where that is a usual period; else 0 */
};

/* A line that is of a month or of the first day of one. */
struct dated {
	uint64_t order;
	uint32_t series;
	int32_t month;
	bool first;
};

/* An activity's name and what it is. */
struct named {
	th_slice id;        /* empty: nobody knows */
	bool apart;
};

struct th_firsts {
	pthread_mutex_t lock;
	th_inventory *const *inventory;
	size_t inventories;
	bool decided, failed, many; /* many: there are too many lines to look at */
	th_first_day mean;
	size_t lines;
	th_intern text, name, key;
	struct said *said;  /* by text */
	struct named *named; /* by name */
	struct series *series; /* by key */
	struct dated *dated;
	size_t count;
	th_buf buf;
};

struct th_firsts *th_firsts_make(void)
{
	struct th_firsts *f = th_calloc(1, sizeof *f);
	if (f)
		pthread_mutex_init(&f->lock, NULL);
	return f;
}

void th_firsts_open(struct th_firsts *f, th_inventory *const *inventory, size_t inventories)
{
	f->inventory = inventory;
	f->inventories = inventories;
}

void th_firsts_free(struct th_firsts *f)
{
	if (!f)
		return;
	pthread_mutex_destroy(&f->lock);
	th_intern_free(&f->text);
	th_intern_free(&f->name);
	th_intern_free(&f->key);
	free(f->said);
	free(f->named);
	free(f->series);
	free(f->dated);
	th_buf_free(&f->buf);
	free(f);
}

bool th_firsts_failed(const struct th_firsts *f)
{
	return f->failed;
}

/* --- what a line says --- */

static struct said read_period(th_slice text)
{
	th_period p;
	int year, month, day;
	if (th_period_parse(text, &p) != TH_PERIOD_OK)
		return (struct said){SAYS_NOTHING, 0};
	th_day_split(p.from, &year, &month, &day);
	const int32_t of = year * YEAR + month - 1;
	if (p.from == p.to)
		return (struct said){th_period_is_first(text, &p) ? SAYS_FIRST : SAYS_DAY, of};
	if (p.den != YEAR)
		return (struct said){SAYS_RANGE, of};
	return (struct said){p.num == 1 ? SAYS_MONTH : p.num == YEAR && month == 1 ? SAYS_YEAR : SAYS_NOTHING, of}; /* another tells nothing of the days beside it */
}

/* Numbers of texts, and what is known of each, in a list beside them. NULL without memory; *known: it was there before. */
static void *entry_of(th_intern *set, void **list, size_t size, th_slice text, uint32_t *number, bool *known)
{
	const uint32_t before = set->count;
	void *grown = th_grown(*list, before, size);
	if (!grown)
		return NULL;
	*list = grown;
	*number = th_intern_add(set, text);
	*known = *number < before;
	return *number == TH_NONE ? NULL : (char *)grown + *number * size;
}

static const struct said *said_of(struct th_firsts *f, th_slice text)
{
	uint32_t number;
	bool known;
	void *list = f->said;
	struct said *said = entry_of(&f->text, &list, sizeof *said, text, &number, &known);
	f->said = list;
	if (said && !known)
		*said = read_period(text);
	return said;
}

static const struct named *named_of(struct th_firsts *f, const th_frame *frame, const th_line *line)
{
	uint32_t number;
	bool known;
	void *list = f->named;
	th_buf_clear(&f->buf);
	th_buf_slice(&f->buf, line->cell[TH_COL_ACTIVITY]);
	th_buf_char(&f->buf, '\x1f');
	th_buf_slice(&f->buf, line->cell[TH_COL_FACTOR]);
	struct named *named = f->buf.failed ? NULL : entry_of(&f->name, &list, sizeof *named, th_buf_view(&f->buf), &number, &known);
	f->named = list;
	if (named && !known) {
		th_slice name = th_intern_text(&f->name, number);
		*named = (struct named){.id = th_activity_named(frame, line, &named->apart)};
		named->apart = named->apart && named->id.len;
		if (named->id.ptr == line->cell[TH_COL_ACTIVITY].ptr) /* that of the line goes with it */
			named->id = (th_slice){name.ptr, named->id.len};
	}
	return named;
}

static bool add_dated(struct th_firsts *f, const struct dated *line)
{
	struct dated *grown = th_grown(f->dated, f->count, sizeof *grown);
	if (!grown)
		return false;
	f->dated = grown;
	grown[f->count++] = *line;
	return true;
}

/* False without memory. */
static bool look_at_line(struct th_firsts *f, const th_frame *frame, const th_line *line, uint64_t order)
{
	if (line->cell[TH_COL_PERIOD].len == 0)
		return true;
	const struct said *said = said_of(f, line->cell[TH_COL_PERIOD]);
	if (!said || said->says == SAYS_NOTHING)
		return said != NULL;
	const struct said says = *said;
	const struct named *named = named_of(f, frame, line);
	uint32_t number;
	bool known;
	void *list = f->series;
	if (!named || named->id.len == 0)
		return named != NULL;
	th_put_series(&f->buf, line, named->id, named->apart);
	struct series *series = f->buf.failed ? NULL : entry_of(&f->key, &list, sizeof *series, th_buf_view(&f->buf), &number, &known);
	f->series = list;
	if (!series)
		return false;
	if (!known)
		*series = (struct series){.means = MEANS_DAYS};
	series->day |= says.says == SAYS_DAY;
	series->range |= says.says == SAYS_RANGE;
	series->year |= says.says == SAYS_YEAR;
	const struct dated dated = {.order = order, .series = number, .month = says.month, .first = says.says == SAYS_FIRST};
	return (says.says != SAYS_FIRST && says.says != SAYS_MONTH) || add_dated(f, &dated);
}

static uint64_t order_of(th_inventory *inventory, size_t number, const th_line *line)
{
	const th_layout *layout = th_inventory_layout(inventory);
	return layout ? th_order_of_cell(number, line->line, th_layout_at(layout)) : th_order_of(number, line->line);
}

static th_status look_at_lines(struct th_firsts *f, const th_frame *frame, th_inventory *inventory, size_t number)
{
	th_line line;
	bool end = false;
	for (;;) {
		th_status status = th_inventory_next(inventory, &line, &end);
		if (status != TH_OK || end)
			return status;
		f->many = f->lines++ == MOST_LINES;
		if (f->many)
			return TH_OK;
		if (!look_at_line(f, frame, &line, order_of(inventory, number, &line)))
			return TH_SYSTEM;
	}
}

static th_status look_at_all(struct th_firsts *f, const th_frame *frame, th_diags *diags)
{
	th_status status = TH_OK;
	for (size_t i = 0; i < f->inventories && status != TH_SYSTEM && !f->many; i++) {
		th_inventory *again;
		if (!f->inventory[i])
			continue;
		status = th_inventory_again(f->inventory[i], diags, &again);
		if (status == TH_OK)
			status = look_at_lines(f, frame, again, i);
		th_inventory_close(again);
	}
	return status == TH_SYSTEM ? status : TH_OK; /* what is wrong with a file is said when it is read */
}

/* --- what they mean --- */

static int by_series(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;
	if (x->series != y->series)
		return x->series < y->series ? -1 : 1;
	if (x->month != y->month)
		return x->month < y->month ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static int by_order(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;
	return (x->order > y->order) - (x->order < y->order);
}

static bool is_usual(unsigned months)
{
	return months == 2 || months == 3 || months == 6 || months == YEAR;
}

/* The dates of one series, by month. A month may stand in several lines, as one for each tariff, but not both as month and as day. */
static void decide_series(struct series *s, const struct dated *dated, size_t count)
{
	size_t days = 0, months = 0; /* different ones */
	unsigned apart = 0;
	bool both = false, january = true;
	int32_t last = 0;
	for (size_t i = 0, next; i < count; i = next) {
		bool first = false, month = false;
		for (next = i; next < count && dated[next].month == dated[i].month; next++) {
			first |= dated[next].first;
			month |= !dated[next].first;
		}
		both |= first && month;
		months += month;
		apart = first && days ? (unsigned)th_gcd(apart, (unsigned)(dated[i].month - last)) : apart;
		days += first;
		january &= !first || dated[i].month % YEAR == 0;
		last = first ? dated[i].month : last;
	}
	if (days == 0 || s->day)
		return;
	if (s->year && january && !months && !s->range) { /* 2022, 2023-01-01 */
		s->means = MEANS_ASKED;
		apart = YEAR;
	} else if (both || s->range)
		s->means = MEANS_ASKED;
	else if (months || apart == 1)
		s->means = MEANS_MONTHS;
	else
		s->means = days == 1 ? MEANS_ONE : MEANS_ASKED;
	s->apart = (unsigned char)(s->means == MEANS_ASKED && !both && !s->range && is_usual(apart) ? apart : 0);
}

/* One date alone is asked about where others are months, or where no other day is there to say that days are written. */
static void decide_alone(struct th_firsts *f)
{
	size_t count[4] = {0};
	bool day = false;
	for (uint32_t i = 0; i < f->key.count; i++) {
		count[f->series[i].means]++;
		day |= f->series[i].day;
	}
	bool asked = count[MEANS_MONTHS] || count[MEANS_ASKED] || (count[MEANS_ONE] > 1 && !day);
	for (uint32_t i = 0; i < f->key.count; i++)
		if (f->series[i].means == MEANS_ONE)
			f->series[i].means = asked ? MEANS_ASKED : MEANS_DAYS;
}

static void decide(struct th_firsts *f)
{
	bool months = false, days = false;
	if (f->count)
		qsort(f->dated, f->count, sizeof *f->dated, by_series);
	for (size_t i = 0, next; i < f->count; i = next) {
		for (next = i + 1; next < f->count && f->dated[next].series == f->dated[i].series;)
			next++;
		decide_series(&f->series[f->dated[i].series], f->dated + i, next - i);
	}
	decide_alone(f);
	for (size_t i = 0; i < f->count; i++) {
		bool month = f->series[f->dated[i].series].means == MEANS_MONTHS;
		months |= f->dated[i].first && month;
		days |= f->dated[i].first && !month;
	}
	f->mean = !months ? TH_FIRST_IS_DAY : days ? TH_FIRST_BY_SERIES : TH_FIRST_IS_MONTH;
	if (f->count)
		qsort(f->dated, f->count, sizeof *f->dated, by_order);
}

static void look(struct th_firsts *f, th_shard *shard)
{
	th_diags *own = th_diags_new();
	th_status status = TH_SYSTEM;
	if (own) {
		th_diags_read_by(own, th_diags_reading(shard->diags));
		status = look_at_all(f, shard->frame, own);
	}
	f->failed = status != TH_OK;
	if (own && f->failed) /* the device failed, say */
		th_diags_merge(shard->diags, own);
	th_diags_free(own);
	if (!f->failed && !f->many)
		decide(f);
}

th_first_day th_first_day_in(th_shard *shard, th_slice text, const th_period *period)
{
	struct th_firsts *f = shard->frame->firsts;
	if (period->from != period->to)
		return TH_FIRST_IS_DAY;
	if (!th_period_is_first(text, period)) {
		shard->other_day = true;
		return TH_FIRST_IS_DAY;
	}
	shard->first_day = shard->first_day == 0 || period->from < shard->first_day ? period->from : shard->first_day;
	pthread_mutex_lock(&f->lock);
	if (!f->decided)
		look(f, shard);
	f->decided = true;
	pthread_mutex_unlock(&f->lock);
	return f->mean;
}

bool th_first_day_is_month(th_shard *shard, const th_line *line)
{
	const struct th_firsts *f = shard->frame->firsts;
	bool apart;
	th_slice id = th_activity_named(shard->frame, line, &apart);
	th_put_series(&shard->key, line, id, apart);
	uint32_t number = th_intern_find(&f->key, th_buf_view(&shard->key));
	return number != TH_NONE && f->series[number].means == MEANS_MONTHS;
}

/* --- what is said --- */

/* The day as one writes it, and what stands for `months` from it. */
static void put_day(int32_t day, int months, char text[16], th_buf *period)
{
	int y, m, d;
	th_day_split(day, &y, &m, &d);
	snprintf(text, 16, "%04d-%02d-%02d", y % 10000, m % 100, d % 100);
	th_buf_clear(period);
	th_put_gap(period, &(th_gap){day, th_day_after_months(day, months) - 1});
	th_buf_char(period, '\0');
}

static int32_t first_of(const struct dated *dated)
{
	return th_day(dated->month / YEAR, dated->month % YEAR + 1, 1);
}

/* The lines whose first days mean that, each kind of period with a caveat of its own, which shows the earliest of its dates. */
static bool say(th_shard *shard, const struct th_firsts *f, enum meaning means, unsigned char apart)
{
	char day[16], months[8];
	const struct dated *earliest = NULL;
	for (size_t i = 0; i < f->count; i++) {
		const struct dated *d = &f->dated[i];
		const struct series *s = &f->series[d->series];
		if (d->first && s->means == means && s->apart == apart && (!earliest || d->month < earliest->month))
			earliest = d;
	}
	if (!earliest)
		return true;
	put_day(first_of(earliest), apart ? apart : 1, day, &shard->key);
	snprintf(months, sizeof months, "%d", apart);
	uint32_t caveat = shard->key.failed ? TH_NONE
	                  : means == MEANS_MONTHS ? th_caveat_number(shard, TH_FIRST_DAYS_MONTHS, day, shard->key.ptr, (char *)NULL)
	                                          : th_caveat_number(shard, TH_FIRST_DAYS_ASKED, day, apart ? months : "-", shard->key.ptr, (char *)NULL);
	for (size_t i = 0; i < f->count && caveat != TH_NONE; i++) {
		const struct dated *d = &f->dated[i];
		th_line line;
		const th_now now = th_seen_place(shard, d->order, &line);
		if (d->first && f->series[d->series].means == means && f->series[d->series].apart == apart)
			th_caveat_line(shard, caveat, &now);
	}
	return caveat != TH_NONE;
}

/* Of more lines than are looked at. */
static bool say_many(th_shard *shard)
{
	char day[16], most[16];
	put_day(shard->first_day, 1, day, &shard->key);
	snprintf(most, sizeof most, "%d", MOST_LINES);
	uint32_t caveat = shard->key.failed ? TH_NONE : th_caveat_number(shard, TH_DATES_ARE_MONTHS, day, most, shard->key.ptr, (char *)NULL);
	th_caveat_all(shard, caveat);
	return caveat != TH_NONE;
}

bool th_firsts_say(th_shard *shard)
{
	static const unsigned char lengths[] = {0, 2, 3, 6, YEAR};
	const struct th_firsts *f = shard->frame->firsts;
	if (f->many)
		return shard->other_day || say_many(shard);
	bool ok = say(shard, f, MEANS_MONTHS, 0);
	for (size_t i = 0; i < sizeof lengths && ok; i++)
		ok = say(shard, f, MEANS_ASKED, lengths[i]);
	return ok;
}
