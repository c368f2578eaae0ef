/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A period in two columns: 起始日期 and 截止日期, or the days on which a meter was read, 上期抄表日 and 本期抄表日. The day of the reading before is the last of
 * the period before, so a period starts with the day behind it. */

#include "case/layout_parts.h"

static bool is_bound(const th_layout *l, const th_layout_column *c)
{
	return c->role == TH_ROLE_FIELD && c->field == l->f_period && c->bound != TH_END_NONE;
}

void th_lay_bounds(th_layout *l, th_block *b, bool tell)
{
	bool period = false, first = false, last = false, timed = false;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		period |= column->role == TH_ROLE_FIELD && column->field == l->f_period && !column->bound;
		timed |= column->role == TH_ROLE_QUANTITY && (column->when.whole || column->when.sub > 0);
		first |= is_bound(l, column) && (column->bound == TH_END_FROM || column->bound == TH_END_AFTER);
		last |= is_bound(l, column) && (column->bound == TH_END_TO || column->bound == TH_END_READ);
	}
	const bool of_month = b->when.whole ? b->when.to - b->when.from <= 31 : b->part.sub > 0 && b->part.sub <= 12;
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		if (!is_bound(l, column) || (first && last && !period && !timed))
			continue;
		if (tell && !period && !timed && !of_month && !b->half_bound && column->words)
			TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_ONE_BOUND, th_lay_z(l, column->name), first ? "本期抄表日" : "上期抄表日");
		b->half_bound |= !period && !timed && !of_month;
		column->role = TH_ROLE_ASIDE;
		column->field = -1;
		column->bound = TH_END_NONE;
	}
}

/* The day that a cell says; a month is from its first day to its last. */
static bool day_in(const th_walk *w, size_t column, int32_t *from, int32_t *to)
{
	th_when when;
	if (!th_lay_when(w->l, th_lay_squeezed(w->l, w->held[column]), &when) || !when.whole || when.to - when.from > 31)
		return false;
	*from = when.from;
	*to = when.to;
	return true;
}

bool th_walk_bounds(th_walk *w, th_when *out, th_long_cell *cell)
{
	bool first = false, last = false, any = false;
	int32_t from = 0, to = 0;
	for (size_t c = 0; c < w->b->columns; c++) {
		const th_layout_column *column = &w->b->column[c];
		int32_t day, end;
		if (!is_bound(w->l, column))
			continue;
		any = true;
		if (!day_in(w, c, &day, &end))
			continue;
		bool starts = column->bound == TH_END_FROM || column->bound == TH_END_AFTER;
		first |= starts;
		last |= !starts;
		from = starts ? (column->bound == TH_END_AFTER ? end + 1 : day) : from;
		to = starts ? to : end;
		cell->row = (uint32_t)w->held_row[c];
		cell->column = (uint32_t)c;
	}
	if (first && last && from <= to)
		*out = (th_when){.whole = true, .bounds = true, .from = from, .to = to};
	return any;
}

bool th_walk_tell_bounds(th_walk *w, size_t row)
{
	for (size_t c = 0; c < w->b->columns; c++) {
		int32_t day, end;
		if (is_bound(w->l, &w->b->column[c]) && (!day_in(w, c, &day, &end) || c + 1 == w->b->columns || w->b->column[c].bound == TH_END_TO || w->b->column[c].bound == TH_END_READ))
			return TH_LAY_FAIL(w->l, row, c, TH_LAYOUT_BOUNDS, th_lay_z(w->l, w->b->column[c].name), th_lay_z(w->l, th_lay_squeezed(w->l, w->held[c])));
	}
	return true;
}
