/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/numfmt.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/print.h"
#include "base/transcendental.h"

/* ---- what a format is ---- */

/* Built in, for zh-cn where languages differ. */
static th_numfmt_kind built_in(unsigned id)
{
	if (id == 9 || id == 10)
		return TH_NUMFMT_PERCENT;
	if (id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57)
		return TH_NUMFMT_MONTH;
	if (id == 22)
		return TH_NUMFMT_MOMENT;
	if ((id >= 14 && id <= 16) || (id >= 28 && id <= 31) || id == 51 || id == 53 || id == 54 || id == 58)
		return TH_NUMFMT_DAY;
	if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
		return TH_NUMFMT_TIME;
	return TH_NUMFMT_PLAIN;
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool is_digit_place(char c)
{
	return c == '0' || c == '#' || c == '?';
}

/* What one section of a code has been found to show. */
struct shown {
	bool year, month, day, time, percent, scaled, digits;
	char before;     /* the last letter of date or time */
	bool open_month; /* m that may turn out to be minutes */
	bool point_next; /* a point that is a mere sign stands behind digits */
};

/* A sign that is shown as it is: a point of its own among digits moves the number's, and 万 or % behind them is none of the number. */
static void see_sign(struct shown *s, const char *sign, size_t len)
{
	static const char *const scales[] = {"万", "亿", "千", "百", "%", "％", "‰"};
	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
		size_t n = strlen(scales[i]);
		for (size_t at = 0; at + n <= len; at++)
			s->scaled |= memcmp(sign + at, scales[i], n) == 0;
	}
	if (len == 1 && *sign == '.' && s->digits)
		s->point_next = true;
}

static void see_letter(struct shown *s, char c)
{
	if (c == 'm') {
		if (s->before == 'h')
			s->time = true;
		else if (s->before != 'm')
			s->open_month = true;
	} else {
		if (c == 's' && s->open_month)
			s->open_month = false;
		s->month |= s->open_month;
		s->open_month = false;
		s->year |= c == 'y' || c == 'e';
		s->day |= c == 'd';
		s->time |= c == 'h' || c == 's';
	}
	s->before = c;
}

/* [h] [mm] [ss] are times that go on; colours, conditions and languages are none. */
static const char *see_brackets(struct shown *s, const char *at)
{
	const char *end = strchr(at, ']');
	char c = lower(at[1]);
	size_t n = 1;
	if (!end)
		return at + strlen(at) - 1;
	while (lower(at[n]) == c)
		n++;
	if ((c == 'h' || c == 'm' || c == 's') && at + n == end) {
		s->time = true;
		s->before = c;
	}
	return end;
}

/* Behind the digits a comma leaves three of them out. */
static bool scales(const char *comma)
{
	while (*comma == ',')
		comma++;
	return !is_digit_place(*comma);
}

static const char *see(struct shown *s, const char *p)
{
	const char *end;
	char c = lower(*p);
	switch (*p) {
	case '"':
		end = strchr(p + 1, '"');
		end = end ? end : p + strlen(p);
		see_sign(s, p + 1, (size_t)(end - p - 1));
		return *end ? end : end - 1;
	case '\\':
	case '!':
		if (p[1])
			see_sign(s, p + 1, 1);
		return p[1] ? p + 1 : p;
	case '_':
	case '*':
		return p[1] ? p + 1 : p;
	case '[':
		return see_brackets(s, p);
	case '%':
		s->percent = true;
		return p;
	case ',':
		s->scaled |= s->digits && scales(p);
		return p;
	default:
		break;
	}
	if (is_digit_place(*p)) {
		s->digits = true;
		s->scaled |= s->point_next;
		s->point_next = false;
	} else if (c == 'e' && (p[1] == '+' || p[1] == '-'))
		return p + 1;
	else if (c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's' || c == 'e')
		see_letter(s, c);
	else if ((unsigned char)*p >= 0x80) { /* Chinese stands there without quotes too */
		size_t n = 1;
		while (((unsigned char)p[n] & 0xC0) == 0x80)
			n++;
		see_sign(s, p, n);
		return p + n - 1;
	}
	return p;
}

static bool is_general(const char *code)
{
	static const char general[] = "general";
	size_t i = 0;
	while (general[i] && lower(code[i]) == general[i])
		i++;
	return !general[i] || code[0] == '@';
}

static th_numfmt of_code(const char *code)
{
	th_numfmt format = {TH_NUMFMT_PLAIN, false};
	bool first = true;
	for (const char *p = code; *p; first = false) {
		struct shown s = {0};
		for (; *p && *p != ';'; p++)
			if (is_general(p))
				p += *p == '@' ? 0 : 6;
			else
				p = see(&s, p);
		p += *p == ';';
		s.month |= s.open_month;
		format.scaled |= s.scaled;
		if (!first)
			continue;
		bool date = s.year || s.month || s.day;
		format.kind = date && s.time           ? TH_NUMFMT_MOMENT
		              : s.day                  ? TH_NUMFMT_DAY
		              : s.month                ? TH_NUMFMT_MONTH
		              : s.year                 ? TH_NUMFMT_YEAR
		              : s.time                 ? TH_NUMFMT_TIME
		              : s.percent              ? TH_NUMFMT_PERCENT
		                                       : TH_NUMFMT_PLAIN;
	}
	format.scaled &= format.kind == TH_NUMFMT_PLAIN || format.kind == TH_NUMFMT_PERCENT;
	return format;
}

th_numfmt th_numfmt_of(unsigned id, const char *code)
{
	return code ? of_code(code) : (th_numfmt){(unsigned char)built_in(id), false};
}

/* ---- what a number is ---- */

enum { DIGITS = 15 };

/* A number as digits and where its point is: 0.DDD x 10^point. */
struct digits {
	char digit[DIGITS + 1];
	int count, point;
	bool negative;
};

/* Plain digits, at most 15 of them that count: these are what was meant, without a double between. */
static bool read_plain(const char *text, size_t len, struct digits *d)
{
	size_t i = 0;
	bool point = false, any = false;
	*d = (struct digits){.negative = len > 0 && text[0] == '-'};
	for (i = d->negative; i < len; i++) {
		if (text[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			return false;
		any = true;
		if (text[i] == '0' && d->count == 0) {
			d->point -= point;
			continue;
		}
		if (d->count == DIGITS)
			return false; /* a zero there counts as well: 0.10000000000000000 is rare */
		d->digit[d->count++] = text[i];
		d->point += !point;
	}
	return any;
}

/* `text` ends with a NUL. */
static bool read_real(const char *text, struct digits *d, double *value, bool *rounded)
{
	char shortest[40];
	double again;
	if (!th_read_double(text, value) || th_print(shortest, sizeof shortest, "%.*e", DIGITS - 1, *value) < 0 || !th_read_double(shortest, &again))
		return false;
	*rounded = again < *value || again > *value;
	*d = (struct digits){.negative = shortest[0] == '-'};
	const char *p = shortest + d->negative;
	for (; *p != 'e'; p++)
		if (*p != '.')
			d->digit[d->count++] = *p;
	d->point = (int)strtol(p + 1, NULL, 10) + 1;
	if (d->digit[0] == '0')
		d->count = d->point = 0;
	return true;
}

static void put_digits(const struct digits *number, bool percent, th_numfmt_text *out)
{
	struct digits d = *number;
	char *to = out->text;
	while (d.count > 0 && d.digit[d.count - 1] == '0')
		d.count--;
	if (percent)
		d.point += 2;
	if (d.count == 0)
		d = (struct digits){.digit = "0", .count = 1, .point = 1};
	if (d.negative)
		*to++ = '-';
	if (d.point > 20 || d.point < -20) { /* 0.DDD x 10^point = D.DD x 10^(point - 1) */
		*to++ = d.digit[0];
		if (d.count > 1)
			*to++ = '.';
		memcpy(to, d.digit + 1, (size_t)d.count - 1);
		to += d.count - 1;
		to += snprintf(to, 16, "e%d", d.point - 1);
	} else {
		if (d.point <= 0)
			*to++ = '0';
		for (int i = 0; i < d.point; i++)
			*to++ = i < d.count ? d.digit[i] : '0';
		if (d.point < d.count)
			*to++ = '.';
		for (int i = d.point; i < 0 && d.point < d.count; i++)
			*to++ = '0';
		for (int i = d.point > 0 ? d.point : 0; i < d.count; i++)
			*to++ = d.digit[i];
	}
	if (percent)
		*to++ = '%';
	*to = '\0';
	out->len = (size_t)(to - out->text);
}

/* ---- dates ---- */

static double double_of(const struct digits *d)
{
	double value = 0;
	for (int i = 0; i < d->count; i++)
		value = value * 10 + (d->digit[i] - '0');
	value = d->point >= d->count ? value * th_pow(10, d->point - d->count) : value / th_pow(10, d->count - d->point);
	return d->negative ? -value : value;
}

/* Days are numbered from 1900-01-01 as 1, with a 29 February that was none as 60 (ECMA-376 part 1, 18.17.4.1), or from 1904-01-01 as 0. */
static void put_day(int serial, bool from_1904, int *year, int *month, int *day)
{
	int32_t base = from_1904 ? th_day(1904, 1, 1) : th_day(1899, 12, 30) + (serial < 60);
	th_day_split(base + serial, year, month, day);
	if (!from_1904 && serial == 60) {
		*month = 2;
		*day = 29;
	}
}

/* Dates that Excel shows; what it shows as ##### or as day 0 is a number. */
static bool put_date(double value, th_numfmt_kind kind, bool from_1904, th_numfmt_text *out)
{
	const double last = from_1904 ? 2957003 : 2958465; /* 9999-12-31 */
	if (value < 0 || value >= last + 1 || (value < 1 && !from_1904 && kind != TH_NUMFMT_TIME))
		return false;
	int serial = (int)value, seconds = (int)((value - serial) * 86400 + 0.5), year, month, day, n;
	if (seconds == 86400) {
		serial++;
		seconds = 0;
	}
	put_day(serial, from_1904, &year, &month, &day);
	if (kind == TH_NUMFMT_TIME)
		n = snprintf(out->text, sizeof out->text, "%02d:%02d:%02d", serial * 24 + seconds / 3600, seconds / 60 % 60, seconds % 60);
	else if (kind == TH_NUMFMT_YEAR)
		n = snprintf(out->text, sizeof out->text, "%04d", year);
	else if (kind == TH_NUMFMT_MONTH)
		n = snprintf(out->text, sizeof out->text, "%04d-%02d", year, month);
	else if (kind == TH_NUMFMT_MOMENT && seconds)
		n = snprintf(out->text, sizeof out->text, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day, seconds / 3600, seconds / 60 % 60, seconds % 60);
	else
		n = snprintf(out->text, sizeof out->text, "%04d-%02d-%02d", year, month, day);
	out->len = (size_t)n;
	return true;
}

bool th_numfmt_put(const char *stored, size_t len, th_numfmt format, bool from_1904, th_numfmt_text *out)
{
	struct digits d;
	double value = 0;
	out->rounded = false;
	bool plain = read_plain(stored, len, &d);
	if (!plain && !read_real(stored, &d, &value, &out->rounded))
		return false;
	bool percent = format.kind == TH_NUMFMT_PERCENT;
	out->date = false;
	if (format.kind != TH_NUMFMT_PLAIN && !percent) {
		out->date = put_date(plain ? double_of(&d) : value, (th_numfmt_kind)format.kind, from_1904, out);
		if (out->date) {
			out->rounded = false;
			return true;
		}
	}
	put_digits(&d, percent, out);
	return true;
}
