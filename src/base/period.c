/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/period.h"

#include <stdio.h>

#include "base/day.h"
#include "base/period_text.h"
#include "base/slip.h"
#include "base/utf8.h"

enum { FIRST_YEAR = TH_FIRST_YEAR, LAST_YEAR = TH_LAST_YEAR, LONGEST = 64 };

typedef struct date {
	int year, month, day; /* 0: not given */
} date;

static void skip(th_slice *text, size_t len)
{
	text->ptr += len;
	text->len -= len;
}

static int number(th_slice *text, size_t most)
{
	int value = 0;
	size_t n = 0;
	while (n < text->len && n < most && text->ptr[n] >= '0' && text->ptr[n] <= '9')
		value = value * 10 + (text->ptr[n++] - '0');
	skip(text, n);
	return n ? value : -1;
}

/* Behind a part of a date: one of - / . or the Chinese word for the part. True when another part may follow. */
static bool separator(th_slice *text, const char *word)
{
	if (th_slice_starts(*text, th_slice_of(word))) {
		skip(text, strlen(word));
		return true;
	}
	if (text->len && (text->ptr[0] == '-' || text->ptr[0] == '/' || text->ptr[0] == '.')) {
		skip(text, 1);
		return true;
	}
	return false;
}

/* A part that is written as 0 does not exist; it must not pass for one that is not given. */
enum { WRITTEN_ZERO = 99 };

static bool part(th_slice *text, int *value)
{
	*value = number(text, 2);
	if (*value == 0)
		*value = WRITTEN_ZERO;
	return *value > 0;
}

static bool all_digits(th_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return text.len > 0;
}

/* 202307, 20230715. */
static bool parse_digits(th_slice text, date *d)
{
	d->year = number(&text, 4);
	return d->year >= FIRST_YEAR && d->year <= LAST_YEAR && part(&text, &d->month) && (text.len == 0 || part(&text, &d->day));
}

static bool parse_date(th_slice text, date *d)
{
	*d = (date){0};
	text = th_slice_trim(text);
	if ((text.len == 6 || text.len == 8) && all_digits(text))
		return parse_digits(text, d);
	size_t before = text.len;
	d->year = number(&text, 4);
	if (before - text.len != 4 || d->year < FIRST_YEAR || d->year > LAST_YEAR)
		return false;
	if (text.len == 0 || th_slice_eq(text, TH_S("年")))
		return true;
	if (!separator(&text, "年") || !part(&text, &d->month))
		return false;
	if (text.len == 0 || th_slice_eq(text, TH_S("月")))
		return true;
	if (!separator(&text, "月") || !part(&text, &d->day))
		return false;
	return text.len == 0 || th_slice_eq(text, TH_S("日"));
}

static int month_days(int year, int month)
{
	return month == 12 ? 31 : th_day(year, month + 1, 1) - th_day(year, month, 1);
}

static bool exists(date d)
{
	return (d.month == 0 && d.day == 0) ||
	       (d.month >= 1 && d.month <= 12 && (d.day == 0 || (d.day >= 1 && d.day <= month_days(d.year, d.month))));
}

static int32_t first_day(date d)
{
	return th_day(d.year, d.month ? d.month : 1, d.day ? d.day : 1);
}

static int32_t last_day(date d)
{
	int month = d.month ? d.month : 12;
	return th_day(d.year, month, d.day ? d.day : month_days(d.year, month));
}

static void measure(th_period *p)
{
	int y, m, d, y2, m2, d2;
	th_day_split(p->from, &y, &m, &d);
	th_day_split(p->to, &y2, &m2, &d2);
	p->first_year = y;
	p->last_year = y2;
	if (d == 1 && d2 == month_days(y2, m2)) {
		p->num = (uint64_t)((y2 - y) * 12 + m2 - m + 1);
		p->den = 12;
		return;
	}
	/* 365 x 366 as the common denominator of days in common and in leap years. */
	p->num = 0;
	p->den = 365 * 366;
	for (int year = y; year <= y2; year++) {
		int32_t start = th_day(year, 1, 1), end = th_day(year, 12, 31);
		int32_t from = p->from > start ? p->from : start, to = p->to < end ? p->to : end;
		p->num += (uint64_t)(to - from + 1) * (uint64_t)(end - start + 1 == 366 ? 365 : 366);
	}
}

/* Where a range is split, if it is one: at ~ or 至; at a `-` behind 月, 日 or 年, or one between dates written with dots or
 * strokes; at a `/` that stands between two dates and not inside one. */
static bool split_range(th_slice text, th_slice *left, th_slice *right)
{
	size_t at = 0, width = 0, slashes = 0, dashes = 0, dash = 0, dots = 0, before = 0;
	bool dashed = false;
	for (size_t i = 0; i < text.len && !width; i++) {
		th_slice rest = {text.ptr + i, text.len - i};
		if (th_slice_starts(rest, TH_S("~")) || th_slice_starts(rest, TH_S("至"))) {
			at = i;
			width = text.ptr[i] == '~' ? 1 : 3;
		} else if (th_slice_starts(rest, TH_S("月-")) || th_slice_starts(rest, TH_S("日-")) || th_slice_starts(rest, TH_S("年-"))) {
			at = i + 3;
			width = 1;
		} else if (text.ptr[i] == '/') {
			slashes++;
			at = i;
		} else if (text.ptr[i] == '-') {
			dashes++;
			dash = i;
			before = slashes;
		}
		dots += text.ptr[i] == '.';
		dashed |= slashes == 0 && (text.ptr[i] == '-' || (unsigned char)text.ptr[i] >= 0x80);
	}
	const bool strokes = before > 0 && slashes == 2 * before; /* 2022/12/26-2023/1/25 */
	if (!width && dashes == 1 && (dots || strokes || dash == 6 || dash == 8)) { /* 202301-202306 */
		at = dash;
		width = 1;
	}
	if (!width) {
		size_t digits = 0;
		while (at + 1 + digits < text.len && text.ptr[at + 1 + digits] >= '0' && text.ptr[at + 1 + digits] <= '9')
			digits++;
		if (slashes != 1 || !(dashed || digits == 4 || digits == 6 || digits == 8))
			return false;
		width = 1;
	}
	*left = (th_slice){text.ptr, at};
	*right = (th_slice){text.ptr + at + width, text.len - at - width};
	return true;
}

/* Digits, or a numeral of one or two hanzi: 3, 三, 十一; -1 of anything else. */
static int ordinal(th_slice *text)
{
	int value = 0, count = 0;
	if (part(text, &value))
		return value;
	for (int n; count < 2 && (n = th_period_numeral(*text)) > 0; count++) {
		value = value == 10 ? 10 + n : n;
		skip(text, 3);
	}
	return count ? value : -1;
}

/* Behind an ordinal: how many months are meant, 0 when it does not say. */
static int unit_of_months(th_slice *text)
{
	static const struct { const char *word; int months; } units[] = {{"个月", 1}, {"月", 1}, {"个季度", 3}, {"季度", 3}, {"季", 3}};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (th_slice_starts(*text, th_slice_of(units[i].word))) {
			skip(text, strlen(units[i].word));
			return units[i].months;
		}
	return 0;
}

static void skip_word(th_slice *text, const char *word)
{
	if (th_slice_starts(*text, th_slice_of(word)))
		skip(text, strlen(word));
}

/* 2023年1-6月, 2023年1月至6月, 2023年一至三季度, 2023年前三季度, 2023年前9个月: months or quarters of one year. */
static bool months_of_year(th_slice text, date *a, date *b)
{
	static const char *const joins[] = {"-", "~", "至", "到"};
	*a = *b = (date){0};
	size_t before = text.len, wide = 0;
	int first = 1, last, unit;
	a->year = b->year = number(&text, 4);
	if (before - text.len != 4 || a->year < FIRST_YEAR || a->year > LAST_YEAR || !th_slice_starts(text, TH_S("年")))
		return false;
	skip(&text, 3);
	bool from_start = th_slice_starts(text, TH_S("前"));
	skip_word(&text, from_start ? "前" : "第");
	last = ordinal(&text);
	unit = last > 0 ? unit_of_months(&text) : 0;
	if (!from_start) {
		const int said = unit;
		first = last;
		for (size_t i = 0; i < sizeof joins / sizeof *joins && !wide; i++)
			wide = th_slice_starts(text, th_slice_of(joins[i])) ? strlen(joins[i]) : 0;
		skip(&text, wide);
		skip_word(&text, "第");
		last = wide ? ordinal(&text) : -1;
		unit = last > 0 ? unit_of_months(&text) : 0;
		if (said && said != unit)
			return false;
	}
	if (last < 1 || first < 1 || unit == 0 || text.len)
		return false;
	a->month = (first - 1) * unit + 1;
	b->month = last * unit;
	return true;
}

/* 2023Q1, 2023-Q1, 2023年Q1, 2023年第一季度, 2023年1季度, 2023一季度, 2023年一季. */
/* Q1 2023, 1季度2023: the year stands behind it. */
static th_slice year_in_front(th_slice text, char space[LONGEST])
{
	size_t year = text.len;
	while (year > 0 && text.len - year < 4 && text.ptr[year - 1] >= '0' && text.ptr[year - 1] <= '9')
		year--;
	size_t end = year;
	while (end > 0 && (text.ptr[end - 1] == '-' || text.ptr[end - 1] == '/'))
		end--;
	bool quarter = text.len - year == 4 && end > 1 && (text.ptr[0] == 'Q' || text.ptr[0] == 'q' || text.ptr[0] == 'H' || text.ptr[0] == 'h');
	if (!quarter || text.len >= LONGEST)
		return text;
	memcpy(space, text.ptr + year, 4);
	memcpy(space + 4, text.ptr, end);
	return (th_slice){space, 4 + end};
}

static bool quarter_of_year(th_slice text, date *a, date *b)
{
	static const char *const numerals[] = {"一", "二", "三", "四"};
	*a = *b = (date){0};
	int quarter = 0;
	size_t before = text.len;
	a->year = b->year = number(&text, 4);
	if (before - text.len != 4 || a->year < FIRST_YEAR || a->year > LAST_YEAR)
		return false;
	if (th_slice_starts(text, TH_S("年")))
		skip(&text, 3);
	else if (th_slice_starts(text, TH_S("-")) || th_slice_starts(text, TH_S("/")) || th_slice_starts(text, TH_S(".")))
		skip(&text, 1);
	bool latin = th_slice_starts(text, TH_S("Q")) || th_slice_starts(text, TH_S("q")), ordinal = th_slice_starts(text, TH_S("第"));
	if (latin)
		skip(&text, 1);
	if (ordinal)
		skip(&text, 3);
	for (int i = 0; i < 4 && !quarter; i++)
		if (th_slice_starts(text, th_slice_of(numerals[i]))) {
			quarter = i + 1;
			skip(&text, 3);
		}
	if (!quarter)
		quarter = number(&text, 1);
	if (quarter < 1 || quarter > 4 || !(latin ? text.len == 0 : th_slice_eq(text, TH_S("季度")) || th_slice_eq(text, TH_S("季"))))
		return false;
	a->month = quarter * 3 - 2;
	b->month = quarter * 3;
	return true;
}

/* 2023上半年, 2023年下半年, 2023H1, 2023-H2. */
static bool half_of_year(th_slice text, date *a, date *b)
{
	*a = *b = (date){0};
	size_t before = text.len;
	a->year = b->year = number(&text, 4);
	if (before - text.len != 4 || a->year < FIRST_YEAR || a->year > LAST_YEAR)
		return false;
	if (th_slice_starts(text, TH_S("年")))
		skip(&text, 3);
	else if (th_slice_starts(text, TH_S("-")))
		skip(&text, 1);
	bool first = th_slice_eq(text, TH_S("上半年")) || th_slice_eq(text, TH_S("H1")) || th_slice_eq(text, TH_S("h1"));
	if (!first && !th_slice_eq(text, TH_S("下半年")) && !th_slice_eq(text, TH_S("H2")) && !th_slice_eq(text, TH_S("h2")))
		return false;
	a->month = first ? 1 : 7;
	b->month = first ? 6 : 12;
	return true;
}

/* The number of a day as spreadsheets count, 1 being the first of 1900 and 1900 a leap year to them: 29221 is the first of 1980, 73050 the last of 2099;
 * 0 of another text. A time of the day may stand behind a point. */
static int32_t serial_day(th_slice text)
{
	int day = number(&text, 5);
	if (day < 29221 || day > 73050 || (text.len && (text.ptr[0] != '.' || !all_digits((th_slice){text.ptr + 1, text.len - 1}))))
		return 0;
	return th_day(1899, 12, 30) + day;
}

/* Jul-23, 23-Jul, July 2023: a word that starts with an English month, and digits on one side of it. */
static int excel_month(th_slice text)
{
	static const char names[][4] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
	size_t letters = 0, digits = 0, at = 0;
	for (size_t i = 0; i < text.len; i++) {
		char low = (char)(text.ptr[i] | 0x20);
		if (low >= 'a' && low <= 'z') {
			at = letters++ ? at : i;
		} else if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
			digits++;
		else if (!strchr("-/ .", text.ptr[i]))
			return 0;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names && letters >= 3 && digits; i++) {
		bool same = true;
		for (size_t k = 0; k < 3; k++)
			same &= (text.ptr[at + k] | 0x20) == names[i][k];
		if (same)
			return (int)i + 1;
	}
	return 0;
}

static th_period_error parse_folded(th_slice text, th_period *out)
{
	char space[LONGEST];
	th_slice left, right;
	date a, b;
	if (text.len == 0)
		return TH_PERIOD_EMPTY;
	text = year_in_front(text, space);
	if (!split_range(text, &left, &right))
		left = right = text;
	if (!months_of_year(text, &a, &b) && !quarter_of_year(text, &a, &b) && !half_of_year(text, &a, &b) && (!parse_date(left, &a) || !parse_date(right, &b)))
		return excel_month(text) ? TH_PERIOD_EXCEL : serial_day(text) ? TH_PERIOD_SERIAL : TH_PERIOD_BAD;
	if (!exists(a) || !exists(b))
		return TH_PERIOD_NO_DATE;
	out->from = first_day(a);
	out->to = last_day(b);
	if (out->to < out->from)
		return TH_PERIOD_ORDER;
	measure(out);
	return TH_PERIOD_OK;
}

enum { FOLDED = 4 * LONGEST };

/* In plain digits and signs. Folding makes nothing longer: the room is enough, and needs no memory of its own. */
static th_slice fold(th_slice text, char room[FOLDED])
{
	th_buf folded = {.ptr = room, .cap = FOLDED};
	th_utf8_fold(text, &folded);
	th_period_plain(&folded);
	return th_slice_trim(th_buf_view(&folded));
}

th_period_error th_period_parse(th_slice text, th_period *out)
{
	char room[FOLDED];
	text = th_slice_trim(text);
	return text.len > LONGEST ? TH_PERIOD_BAD : parse_folded(fold(text, room), out);
}

bool th_period_is_first(th_slice text, const th_period *period)
{
	char room[FOLDED];
	int y, m, d;
	th_slice left, right;
	text = th_slice_trim(text);
	if (period->from != period->to || text.len > LONGEST)
		return false;
	th_day_split(period->from, &y, &m, &d);
	return d == 1 && !split_range(fold(text, room), &left, &right);
}

th_period th_period_month(const th_period *period)
{
	int y, m, d;
	th_day_split(period->from, &y, &m, &d);
	th_period month = {.from = th_day(y, m, 1), .to = last_day((date){y, m, 0})};
	measure(&month);
	return month;
}

/* A period in the shortest form: a year, a month, months, a day; "" of another. */
static const char *shortest(const th_period *p, char space[16])
{
	int y, m, d, y2, m2, d2;
	th_day_split(p->from, &y, &m, &d);
	th_day_split(p->to, &y2, &m2, &d2);
	bool months = d == 1 && d2 == month_days(y2, m2);
	if (months && y == y2 && m == 1 && m2 == 12)
		snprintf(space, 16, "%04d", y % 10000);
	else if (months && y == y2 && m == m2)
		snprintf(space, 16, "%04d-%02d", y % 10000, m % 100);
	else if (months)
		snprintf(space, 16, "%04u-%02u/%04u-%02u", (unsigned)y % 10000, (unsigned)m % 100, (unsigned)y2 % 10000, (unsigned)m2 % 100);
	else if (p->from == p->to)
		snprintf(space, 16, "%04d-%02d-%02d", y % 10000, m % 100, d % 100);
	return space;
}

/* What was probably meant: without slips, without 全年, with the 月 that lacks, with the century that lacks. */
static const char *mended_period(th_slice text, char space[16])
{
	static const struct { const char *front, *back; } variants[] = {{"", ""}, {"", "月"}, {"20", ""}};
	char place[TH_SLIP_LONGEST];
	th_slice mended = th_slip_mend(text, true, place);
	th_period period;
	space[0] = '\0';
	if (mended.len == 0)
		mended = text;
	if (th_slice_ends(mended, TH_S("全年")))
		mended.len -= strlen("全年");
	for (size_t i = 0; i < sizeof variants / sizeof *variants && mended.len < TH_SLIP_LONGEST; i++) {
		char whole[TH_SLIP_LONGEST + 8];
		bool century = variants[i].front[0] != '\0', short_year = mended.len > 1 && all_digits((th_slice){mended.ptr, 2}) && (mended.len == 2 || (mended.len > 3 && strchr("-./", mended.ptr[2])));
		snprintf(whole, sizeof whole, "%s%.*s%s", variants[i].front, (int)mended.len, mended.ptr, variants[i].back);
		if ((!century || short_year) && th_period_parse(th_slice_of(whole), &period) == TH_PERIOD_OK)
			return shortest(&period, space);
	}
	return space;
}

const char *th_period_meant(th_slice text, char space[16])
{
	int y, m, d, year = -1;
	space[0] = '\0';
	text = th_slice_trim(text);
	int32_t day = serial_day(text);
	if (day) {
		th_day_split(day, &y, &m, &d);
		snprintf(space, 16, "%04d-%02d-%02d", y % 10000, m % 100, d % 100);
		return space;
	}
	for (th_slice rest = text; rest.len && year < 0; skip(&rest, 1))
		if (rest.ptr[0] >= '0' && rest.ptr[0] <= '9')
			year = number(&rest, 4);
	m = excel_month(text);
	if (m && year >= 0 && year < 100)
		snprintf(space, 16, "%04d-%02d", year + 2000, m);
	else if (m && year >= FIRST_YEAR && year <= LAST_YEAR)
		snprintf(space, 16, "%04d-%02d", year, m);
	return m ? space : mended_period(text, space);
}

const char *th_date_meant(th_slice text, bool year, char space[16])
{
	const char *meant = th_period_meant(text, space);
	return year && strlen(meant) != 4 ? "" : meant;
}

int th_period_months(const th_period *period)
{
	int months = th_whole_months(period->from, period->to);
	return th_day_after_months(period->from, months) == period->to + 1 ? months : 0;
}
