/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of several columns of quantities the one that counts, and what sums or repeats it. */

#include "case/layout_parts.h"

#include "base/day.h"

static bool is_quantity(const th_layout_column *c)
{
	return c->role == TH_ROLE_QUANTITY;
}

/* 上期示数, 表底, 倍率: what a meter shows, which is no use. */
static bool is_reading(const th_layout_column *c)
{
	static const char *const words[] = {"示数", "表底", "读数", "止码", "起码", "起度", "止度", "行码", "行度", "倍率"};
	bool found = false;
	for (size_t i = 0; i < sizeof words / sizeof *words && c->numbers && !found; i++)
		for (size_t at = 0; at + strlen(words[i]) <= c->name.len && !found; at++)
			found = memcmp(c->name.ptr + at, words[i], strlen(words[i])) == 0;
	return found;
}

static size_t count_readings(const th_block *b)
{
	size_t n = 0;
	for (size_t c = 0; c < b->columns; c++)
		n += is_reading(&b->column[c]);
	return n;
}

/* 2022年合计, 2023年合计 with nothing that they sum. */
static void timed_totals(th_block *b)
{
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		if (column->role == TH_ROLE_CONTROL && !column->average && !column->aggregate && (column->when.whole || column->when.sub))
			column->role = TH_ROLE_QUANTITY;
	}
}

/* No column is a quantity: all energy in one number, a name that is told of as unknown, or none that is meant to be one. */
static void fail_quantity(th_layout *l, const th_block *b)
{
	if (th_lay_has_like(b))
		return;
	for (size_t c = 0; c < b->columns; c++)
		if ((b->column[c].mean || b->column[c].average) && b->column[c].numbers) {
			TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_MEAN, th_lay_z(l, b->column[c].name));
			return;
		}
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].aggregate && b->column[c].numbers) {
			TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_AGGREGATE, th_lay_z(l, b->column[c].name));
			return;
		}
	th_lay_fail_names(l, b, count_readings(b) ? TH_LAYOUT_READINGS : TH_LAYOUT_NO_QUANTITY, count_readings(b) ? is_reading : th_lay_is_candidate);
}

/* 财务, 人事 over 实际: words above that may be sites, which is told of each pair. */
static bool are_apart(const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++)
		for (size_t k = 0; k <= c; k++) {
			const th_layout_column *x = &b->column[k], *y = &b->column[c];
			bool both = x->role == TH_ROLE_QUANTITY && y->role == TH_ROLE_QUANTITY && !x->activity.len && !y->activity.len && !x->site.len && !y->site.len;
			if (both && (!y->above.len || (k != c && th_slice_eq(x->above, y->above))))
				return false;
		}
	return true;
}

/* Does a column of what this one is of stand beside it, of which it can be the sum? */
static bool has_summand(const th_block *b, const th_layout_column *total)
{
	for (size_t k = 0; k < b->columns; k++) {
		const th_layout_column *x = &b->column[k];
		bool counts = x->role == TH_ROLE_QUANTITY || x->role == TH_ROLE_RUNNING, timed = total->when.whole || total->when.sub;
		if (counts && x->group == total->group && th_slice_eq(x->activity, total->activity) && (!timed || th_when_same(&x->when, &total->when)))
			return true;
	}
	return false;
}

/* 合计 alone under 电力 or 本月实际 is the quantity, also where 其中 or what is not understood stands beside it; beside plants and months it sums them. */
static void settle_totals(th_layout *l, th_block *b)
{
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		if (column->role != TH_ROLE_CONTROL || column->average || column->forced || has_summand(b, column))
			continue;
		if (column->activity.len || (column->group && th_lay_is_actual(l, b, c) && th_lay_count_role(b, TH_ROLE_QUANTITY) == 0))
			column->role = TH_ROLE_QUANTITY;
	}
}

/* 合计 beside 尖, 峰, 平, 谷 or other parts, and no other quantity: it is how much was used. */
static void settle_whole(th_block *b)
{
	size_t whole = b->columns, parts = 0, wholes = 0;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		parts += column->role == TH_ROLE_ASIDE && column->part.len && column->numbers;
		if (column->role == TH_ROLE_CONTROL && !column->average && !column->aggregate && !column->forced) {
			whole = c;
			wholes++;
		}
	}
	if (wholes == 1 && parts)
		b->column[whole].role = TH_ROLE_QUANTITY;
}

/* Of several columns of quantities the one that counts; of months, activities and sites all do. */
void th_lay_choose_quantity(th_layout *l, th_block *b)
{
	bool timed = false, actual = false;
	size_t plain = 0;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		timed |= column->role == TH_ROLE_QUANTITY && (column->when.whole || column->when.sub) && !column->activity.len;
		actual |= column->role == TH_ROLE_QUANTITY && !column->site.len && th_lay_is_actual(l, b, c);
	}
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		if (column->role != TH_ROLE_QUANTITY || column->activity.len || column->site.len || column->forced)
			continue;
		if (actual && !th_lay_is_actual(l, b, c) && !(column->when.whole || column->when.sub))
			column->role = TH_ROLE_ASIDE;
		else
			plain += !(column->when.whole || column->when.sub);
	}
	if ((plain > 1 && !are_apart(b)) || (plain > 0 && timed))
		th_lay_fail_names(l, b, TH_LAYOUT_QUANTITIES, is_quantity);
	settle_totals(l, b);
	if (th_lay_count_role(b, TH_ROLE_QUANTITY) == 0 && th_lay_count_role(b, TH_ROLE_RUNNING) == 0)
		timed_totals(b);
	if (th_lay_count_role(b, TH_ROLE_QUANTITY) == 0 && th_lay_count_role(b, TH_ROLE_RUNNING) == 0)
		settle_whole(b);
	if (th_lay_count_role(b, TH_ROLE_QUANTITY) == 0 && th_lay_count_role(b, TH_ROLE_RUNNING) == 1)
		for (size_t c = 0; c < b->columns; c++)
			if (b->column[c].role == TH_ROLE_RUNNING) { /* 累计 alone: all since January */
				b->column[c].role = TH_ROLE_QUANTITY;
				b->column[c].when.sub = -1;
			}
	if (th_lay_count_role(b, TH_ROLE_QUANTITY) == 0)
		fail_quantity(l, b);
}

/* The time of the table; a month of the sheet's name in any year. */
static bool time_of(const th_block *b, th_when *out)
{
	const th_when any = th_when_of_year(2001);
	*out = b->when.whole ? b->when : th_when_join(&b->part, &any);
	return b->when.whole || b->part.sub > 0;
}

/* 1-2月累计 beside 本月 in a table of February, 1-3季度 beside 本季 in one of the third quarter: what has been used since January, up to its end. */
void th_lay_settle_since(th_layout *l, th_block *b)
{
	th_when time;
	int year, month, day;
	bool actual = false;
	for (size_t c = 0; c < b->columns && !actual; c++) {
		const th_layout_column *column = &b->column[c];
		actual = column->role == TH_ROLE_QUANTITY && !column->yearly && !column->when.whole && !column->when.sub && th_lay_is_actual(l, b, c);
	}
	if (!actual || !time_of(b, &time))
		return;
	th_day_split(time.to, &year, &month, &day);
	const th_when of = th_when_of_year(year);
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		const th_when since = th_when_join(&column->when, &of);
		if (column->role != TH_ROLE_QUANTITY || column->forced || !since.whole || !(column->when.whole || column->when.sub > 0) || since.from != th_day(year, 1, 1) ||
		    since.to != time.to || since.from >= time.from || th_lay_is_actual(l, b, c))
			continue;
		column->role = TH_ROLE_RUNNING;
		column->when = (th_when){0};
	}
}

/* 本年 beside 本月 is what has been used since January; without it, in a table of a month, nobody knows. */
void th_lay_settle_yearly(th_layout *l, th_block *b)
{
	bool monthly = b->when.whole ? !th_when_year(&b->when) : b->part.sub > 0, month = false;
	for (size_t c = 0; c < b->columns && !month; c++)
		month = b->column[c].role == TH_ROLE_QUANTITY && !b->column[c].yearly && th_lay_is_actual(l, b, c);
	for (size_t c = 0; c < b->columns && (month || (monthly && th_lay_field_column(b, l->f_period) == b->columns)); c++) {
		th_layout_column *column = &b->column[c];
		if (column->role != TH_ROLE_QUANTITY || !column->yearly || column->forced || column->when.whole || column->when.sub)
			continue;
		if (month)
			column->role = TH_ROLE_RUNNING;
		else
			TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_YEARLY, th_lay_z(l, column->name));
	}
}

/* 三年平均 of other years than these, 能源合计 over columns of unlike things: nothing that can be compared. */
void th_lay_settle_controls(th_block *b)
{
	size_t quantities = th_lay_count_role(b, TH_ROLE_QUANTITY), first = b->columns;
	bool unlike = false;
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].role == TH_ROLE_QUANTITY) {
			first = first < b->columns ? first : c;
			unlike |= !th_slice_eq(b->column[c].unit, b->column[first].unit) && b->column[c].activity.len;
		}
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		bool others = column->years > 0 && (size_t)column->years != quantities;
		if (column->role == TH_ROLE_CONTROL && !column->forced && (others || (column->aggregate && unlike)))
			column->role = TH_ROLE_ASIDE;
	}
}
