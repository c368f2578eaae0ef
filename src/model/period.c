/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/period.h"

#include "base/utf8.h"
#include "model/reference.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199, LONGEST = 64 };

typedef struct date {
	int year, month, day; /* 0: not given */
} date;

static bool starts(th_slice text, const char *word)
{
	size_t len = strlen(word);
	return text.len >= len && memcmp(text.ptr, word, len) == 0;
}

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
	if (starts(*text, word)) {
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

static bool parse_date(th_slice text, date *d)
{
	*d = (date){0};
	text = th_slice_trim(text);
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

/* Where a range is split, if it is one: at ~ or 至, or at a `/` that stands between two dates and not inside one. */
static bool split_range(th_slice text, th_slice *left, th_slice *right)
{
	size_t at = 0, width = 0, slashes = 0;
	bool dashed = false;
	for (size_t i = 0; i < text.len; i++) {
		th_slice rest = {text.ptr + i, text.len - i};
		if (starts(rest, "~") || starts(rest, "至")) {
			at = i;
			width = text.ptr[i] == '~' ? 1 : 3;
			break;
		}
		if (text.ptr[i] == '/') {
			slashes++;
			at = i;
		}
		dashed |= slashes == 0 && (text.ptr[i] == '-' || (unsigned char)text.ptr[i] >= 0x80);
	}
	if (!width) {
		size_t digits = 0;
		while (at + 1 + digits < text.len && text.ptr[at + 1 + digits] >= '0' && text.ptr[at + 1 + digits] <= '9')
			digits++;
		if (slashes != 1 || !(dashed || digits == 4))
			return false;
		width = 1;
	}
	*left = (th_slice){text.ptr, at};
	*right = (th_slice){text.ptr + at + width, text.len - at - width};
	return true;
}

/* Jul-23, 23-Jul, Jul 2023: an English month name and digits. */
static bool is_excel_month(th_slice text)
{
	static const char names[] = "jan feb mar apr may jun jul aug sep oct nov dec";
	for (const char *name = names;; name += 4) {
		for (size_t i = 0; i + 3 <= text.len; i++) {
			char low[3];
			for (int k = 0; k < 3; k++)
				low[k] = (char)(text.ptr[i + (size_t)k] | 0x20);
			if (memcmp(low, name, 3) == 0)
				return true;
		}
		if (name[3] == '\0')
			return false;
	}
}

static th_period_error parse_folded(th_slice text, th_period *out)
{
	th_slice left, right;
	date a, b;
	if (text.len == 0)
		return TH_PERIOD_EMPTY;
	if (!split_range(text, &left, &right))
		left = right = text;
	if (!parse_date(left, &a) || !parse_date(right, &b))
		return is_excel_month(text) ? TH_PERIOD_EXCEL : TH_PERIOD_BAD;
	if (!exists(a) || !exists(b))
		return TH_PERIOD_NO_DATE;
	out->from = first_day(a);
	out->to = last_day(b);
	if (out->to < out->from)
		return TH_PERIOD_ORDER;
	measure(out);
	return TH_PERIOD_OK;
}

th_period_error th_period_parse(th_slice text, th_period *out)
{
	text = th_slice_trim(text);
	if (text.len > LONGEST)
		return TH_PERIOD_BAD;
	th_buf folded = {0};
	th_utf8_fold(text, &folded);
	th_period_error error = folded.failed ? TH_PERIOD_BAD : parse_folded(th_slice_trim(th_buf_view(&folded)), out);
	th_buf_free(&folded);
	return error;
}
