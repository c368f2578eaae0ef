/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 计费周期 12.26-1.25: days whose year stands elsewhere, and of which only some are of one year. */

#include "case/layout_parts.h"

#include "base/day.h"

enum { NEAR = 24 }; /* rows in which the next time of the same meter is looked for */

static bool take_number(th_slice *text, size_t most, int *out)
{
	size_t len = 0;
	*out = 0;
	while (len < text->len && len < most && th_is_digit(text->ptr[len]))
		*out = 10 * *out + (text->ptr[len++] - '0');
	*text = (th_slice){text->ptr + len, text->len - len};
	return len > 0;
}

static bool take_word(th_slice *text, const char *word)
{
	if (!th_slice_starts(*text, th_slice_of(word)))
		return false;
	*text = (th_slice){text->ptr + strlen(word), text->len - strlen(word)};
	return true;
}

/* 12.26, 12/26, 12月26日. */
static bool take_day(th_slice *text, const char *sign, int *out)
{
	int month, day;
	if (!take_number(text, 2, &month) || !take_word(text, sign) || !take_number(text, 2, &day))
		return false;
	(void)(strcmp(sign, "月") == 0 && (take_word(text, "日") || take_word(text, "号")));
	*out = 100 * month + day;
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool read_days(th_slice text, const char *sign, const char *year, th_days *out)
{
	static const char *const joins[] = {"-", "~", "–", "—", "～", "－", "至", "到"};
	th_slice rest = text;
	bool joined = false;
	*out = (th_days){0};
	if (!(take_number(&rest, 4, &out->year) && out->year >= 1990 && out->year <= 2100 && take_word(&rest, year))) {
		out->year = 0;
		rest = text;
	}
	if (!take_day(&rest, sign, &out->from))
		return false;
	for (size_t i = 0; i < sizeof joins / sizeof *joins && !joined; i++)
		joined = take_word(&rest, joins[i]);
	return joined && take_day(&rest, sign, &out->to) && rest.len == 0;
}

bool th_days_read(th_slice text, th_days *out)
{
	return read_days(text, ".", ".", out) || read_days(text, "/", "/", out) || read_days(text, "月", "年", out);
}

static int32_t day_of(int year, int day)
{
	return th_day(year, day / 100, day % 100);
}

static bool exists(int year, int day)
{
	int y, month, of_month;
	th_day_split(day_of(year, day), &y, &month, &of_month);
	return month == day / 100 && of_month == day % 100;
}

static bool crosses(const th_days *days)
{
	return days->from > days->to;
}

static th_when from_year(const th_days *days, int year)
{
	return (th_when){.whole = true, .bounds = true, .from = day_of(year, days->from), .to = day_of(year + crosses(days), days->to)};
}

/* Words of another thing beside it: another meter's days say nothing of these. */
static bool same_words(const th_walk *w, size_t row, size_t other, size_t column)
{
	th_decimal number;
	for (size_t c = 0; c < w->b->columns; c++) {
		th_slice x = th_lay_text(w->l, row, c), y = th_lay_text(w->l, other, c);
		bool amounts = th_is_number(x, w->l->grid->delimiter, &number) && th_is_number(y, w->l->grid->delimiter, &number);
		if (c != column && x.len && y.len && w->b->column[c].role != TH_ROLE_QUANTITY && !amounts && !th_slice_eq(x, y))
			return false;
	}
	return true;
}

/* The next other time in the column, up or down; false: none near, or of something else. */
static bool next_days(const th_walk *w, size_t row, size_t column, bool down, const th_days *own, th_days *out)
{
	for (size_t i = 1; i <= NEAR && (down ? row + i < w->b->end : row >= w->b->data + i); i++) {
		size_t other = down ? row + i : row - i;
		if (!th_days_read(th_lay_squeezed(w->l, th_lay_text(w->l, other, column)), out))
			continue;
		if (!same_words(w, row, other, column))
			return false;
		if (out->from != own->from || out->to != own->to)
			return !crosses(out) && !out->year;
	}
	return false;
}

/* Days over New Year of a table of one year: into it where the times of that year go on from them, out of it where they end before; 0: nobody knows. */
static int start_by_rows(const th_walk *w, size_t row, size_t column, const th_days *days, int year)
{
	th_days above, below;
	bool out = next_days(w, row, column, false, days, &above) && day_of(year, above.to) + 1 == day_of(year, days->from);
	bool in = next_days(w, row, column, true, days, &below) && day_of(year, days->to) + 1 == day_of(year, below.from);
	return in == out ? 0 : in ? year - 1 : year;
}

static void put_text(const th_when *when, th_buf *out)
{
	th_when_put(when, out);
	th_buf_char(out, '\0');
}

static bool tell_readings(th_walk *w, const th_long_cell *cell, int year, const th_days *days)
{
	th_buf one = {0}, two = {0};
	const th_when into = from_year(days, year - 1), out = from_year(days, year);
	put_text(&into, &one);
	put_text(&out, &two);
	if (one.failed || two.failed)
		th_lay_worse(w->l, th_no_memory(w->l->diags));
	else if (!w->asked_period)
		TH_LAY_FAIL(w->l, cell->row, cell->column, TH_LAYOUT_NEW_YEAR, th_lay_z(w->l, cell->text), one.ptr, two.ptr);
	w->asked_period = true;
	th_buf_free(&one);
	th_buf_free(&two);
	return false;
}

bool th_walk_complete_days(th_walk *w, const th_long_cell *cell, int year, th_when *when)
{
	const th_days days = when->days;
	const th_when *above = when->whole ? when : &w->b->when;
	const int part = when->sub ? when->sub : w->b->part.sub, month = part <= 12 ? part : 0;
	int start = days.year;
	if (!start && above->whole) { /* 2023-12-26 to 2024-12-25, 2024年1月: only one of the years is of that time */
		int y, m, d, years = 0;
		th_day_split(above->from, &y, &m, &d);
		for (int i = y - 1; i <= y + 1; i++) {
			const th_when one = from_year(&days, i);
			bool within = th_when_year(above) ? one.from >= above->from && one.to <= above->to : one.from <= above->to && one.to >= above->from;
			start = within ? i : start;
			years += within;
		}
		start = years == 1 ? start : 0;
		year = y;
		if (!start && !th_when_year(above))
			return tell_readings(w, cell, year, &days);
	}
	if (!start && !year) {
		if (!w->asked_year)
			TH_LAY_FAIL(w->l, cell->row, cell->column, TH_LAYOUT_NO_YEAR, th_lay_z(w->l, cell->text));
		w->asked_year = true;
		return false;
	}
	if (!start && !crosses(&days))
		start = year;
	else if (!start && month && (month == days.to / 100) != (month == days.from / 100)) /* 1月 beside it */
		start = month == days.to / 100 ? year - 1 : year;
	else if (!start)
		start = start_by_rows(w, cell->row, cell->column, &days, year);
	if (!start)
		return tell_readings(w, cell, year, &days);
	if (!exists(start, days.from) || !exists(start + crosses(&days), days.to))
		return TH_LAY_FAIL(w->l, cell->row, cell->column, TH_CELL_PERIOD_NO_DATE, th_lay_z(w->l, cell->text)), false;
	*when = from_year(&days, start);
	return true;
}
