/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of which time a line of an office table is. */

#include "case/layout_parts.h"

#include "base/day.h"
#include "base/filename.h"
#include "io/os.h"

/* 月 with 3 below it; a quarter where its header says so. */
static th_when part_number(const th_walk *w, size_t column, th_slice text)
{
	th_decimal number;
	th_when when = {0};
	th_slice name = w->b->column[column].name;
	if (!th_is_number(text, ',', &number) || !th_decimal_is_whole(number) || number.exp < 0)
		return when;
	int64_t value = number.mant;
	for (int32_t e = number.exp; e > 0 && value < 100; e--)
		value *= 10;
	bool quarter = th_slice_starts(name, TH_S("季")) || th_slice_starts(name, TH_S("quarter"));
	if (value >= 1 && value <= (quarter ? 4 : 12))
		when.sub = (int)value + (quarter ? 12 : 0);
	return when;
}

/* Below 月份 and 结算月份 a 3 is March too; what says more than that is read as it stands. */
static bool is_months(const th_layout_column *column)
{
	static const char *const ends[] = {"月份", "月", "month", "Month"};
	bool found = column->time_part;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		found |= th_slice_ends(column->name, th_slice_of(ends[i]));
	return found;
}

bool th_walk_when(th_walk *w, const th_layout_column *q, th_when *out, th_long_cell *cell)
{
	const th_layout *l = w->l;
	th_when when = {0};
	th_slice unread = {"", 0};
	th_long_cell of_days = {{"", 0}, 0, 0};
	th_days days = {0};
	if (th_walk_bounds(w, out, cell))
		return false;
	for (size_t c = 0; c < w->b->columns; c++) {
		const th_layout_column *column = &w->b->column[c];
		th_slice text = column->role == TH_ROLE_FIELD && column->field == l->f_period ? th_lay_squeezed(w->l, w->held[c]) : (th_slice){"", 0};
		th_when own;
		if (text.len == 0)
			continue;
		if (!cell->text.len || column->time_part) {
			cell->row = (uint32_t)w->held_row[c];
			cell->column = (uint32_t)c;
		}
		cell->text = text;
		if (is_months(column) && (own = part_number(w, c, text)).sub)
			when = th_when_join(&when, &own);
		else if (th_lay_when(l, text, &own))
			when = th_when_join(&when, &own);
		else if (w->since_rows && th_lay_is_all_year(l, text))
			when = th_when_join(&when, &(th_when){.sub = TH_WHEN_ALL_MONTHS});
		else if (th_days_read(text, &days))
			of_days = (th_long_cell){text, (uint32_t)w->held_row[c], (uint32_t)c};
		else
			unread = text;
	}
	if (unread.len) {
		cell->text = unread;
		return true;
	}
	if (q && q->when.sub >= 0)
		when = th_when_join(&when, &q->when);
	if (of_days.text.len) {
		when.days = days;
		*cell = of_days;
	}
	*out = when;
	return false;
}

void th_when_since_january(th_when *when)
{
	int year, month, day;
	th_day_split(when->to, &year, &month, &day);
	if (!th_when_year(when))
		when->from = th_day(year, 1, 1);
}

void th_walk_see_named(th_walk *w, const th_when *when, const th_long_cell *cell)
{
	int year, month, day;
	th_day_split(when->to, &year, &month, &day);
	th_when of = th_when_of_year(year), named = th_when_join(&w->b->named, &of);
	w->b->met |= when->from <= named.to && when->to >= named.from;
	if (w->b->lines == 0)
		w->first = (struct th_first_time){*when, cell->row, cell->column};
}

static int year_of_block(const th_walk *w)
{
	int first, last, month, day;
	if (!w->b->when.whole)
		return w->l->options.year ? w->l->options.year : w->l->rules ? w->l->rules->year : 0;
	th_day_split(w->b->when.from, &first, &month, &day);
	th_day_split(w->b->when.to, &last, &month, &day);
	return first == last ? first : 0;
}

/* What the file's name says, without the sheet behind it. */
static th_slice file_name(const th_layout *l)
{
	th_slice folder, name;
	const char *mark = l->grid->sheet ? th_sheet_mark(l->path) : NULL;
	th_os_split(l->path, &folder, &name);
	return mark && mark > name.ptr ? (th_slice){name.ptr, (size_t)(mark - name.ptr)} : name;
}

/* Several times above the table, or one end of one, say of no line when it was. Told once; false. */
static bool tell_unclear(th_walk *w, const th_when *when)
{
	th_layout *l = w->l;
	const th_when first = {.whole = true, .from = when->each[0].from, .to = when->each[0].to}, second = {.whole = true, .from = when->each[1].from, .to = when->each[1].to};
	const th_when end = {.whole = true, .from = when->from, .to = when->to};
	size_t row = w->b->when.whole ? w->b->when_row : w->b->head, column = w->b->when.whole ? w->b->when_column : 0;
	th_buf one = {0}, two = {0};
	if (w->asked_period)
		return false;
	w->asked_period = true;
	th_when_put(when->several ? &first : &end, &one);
	th_when_put(&second, &two);
	th_buf_char(&one, '\0');
	th_buf_char(&two, '\0');
	if (one.failed || two.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	else if (when->several)
		TH_LAY_FAIL(l, row, column, TH_LAYOUT_TWO_PERIODS, one.ptr, two.ptr);
	else
		TH_LAY_FAIL(l, row, column, TH_LAYOUT_ONE_END, one.ptr);
	th_buf_free(&one);
	th_buf_free(&two);
	return false;
}

bool th_walk_complete_when(th_walk *w, size_t row, size_t column, const th_long_cell *cell, th_when *when)
{
	th_layout *l = w->l;
	th_when none;
	th_long_cell bound;
	th_slice said = cell->text;
	if (when->days.from)
		return th_walk_complete_days(w, cell, year_of_block(w), when);
	if (!when->whole && th_walk_bounds(w, &none, &bound)) { /* no title tells the days of a row */
		(void)th_walk_tell_bounds(w, row);
		return false;
	}
	int year = year_of_block(w);
	const th_slice name = file_name(l);
	if (!when->sub && !when->whole && !w->b->when.whole && w->b->part.sub) {
		*when = w->b->part;
		said = th_slice_of(l->grid->sheet);
	}
	if (when->sub > 0) {
		th_when of = year ? th_when_of_year(year) : (th_when){0};
		th_when named = {0};
		if (!year && th_when_find(name, &named) && th_when_year(&named)) {
			of = named;
			if (!w->asked_year)
				TH_LAY_FAIL(l, row, column, TH_LAYOUT_PERIOD_OF_NAME, th_lay_z(l, name));
			w->asked_year = true;
		}
		*when = th_when_join(when, &of);
		if (!when->whole && w->b->when.several)
			return tell_unclear(w, &w->b->when);
		if (!when->whole && !w->asked_year) {
			TH_LAY_FAIL(l, row, column, TH_LAYOUT_NO_YEAR, th_lay_z(l, said.len ? said : w->b->column[column].name));
			w->asked_year = true;
		}
		return when->whole;
	}
	if (when->whole)
		return true;
	*when = w->b->when;
	if (!when->whole && year)
		*when = th_when_of_year(year);
	if (!when->whole) {
		if (th_when_find(name, when) && !when->several && !when->open) {
			if (!w->asked_period)
				TH_LAY_FAIL(l, row, column, TH_LAYOUT_PERIOD_OF_NAME, th_lay_z(l, name));
		} else if (!w->asked_period && !when->whole)
			TH_LAY_FAIL(l, w->b->head, 0, TH_LAYOUT_NO_PERIOD, NULL);
		w->asked_period |= !when->several && !when->open;
	}
	bool since = w->b->column[column].when.sub == -1;
	return when->several || (when->open && !since) ? tell_unclear(w, when) : when->whole;
}
