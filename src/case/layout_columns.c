/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of an office table are together: of several quantities the one that counts, and what sums or repeats it. */

#include "case/layout_parts.h"

#include <stdio.h>

#include "base/day.h"

static size_t count_role(const th_block *b, th_role role)
{
	size_t n = 0;
	for (size_t c = 0; c < b->columns; c++)
		n += b->column[c].role == role;
	return n;
}

static size_t find_field(const th_block *b, int field)
{
	size_t c = 0;
	while (c < b->columns && !(b->column[c].role == TH_ROLE_FIELD && b->column[c].field == field))
		c++;
	return c;
}

static void put_names(const th_block *b, bool (*takes)(const th_layout_column *), th_buf *out)
{
	for (size_t c = 0; c < b->columns; c++)
		if (takes(&b->column[c]) && out->len < 200) {
			th_buf_str(out, out->len ? ", " : "");
			th_buf_slice(out, b->column[c].name.len ? b->column[c].name : TH_S("?"));
		}
	if (out->len == 0)
		th_buf_char(out, '-');
	th_buf_char(out, '\0');
}

static bool is_quantity(const th_layout_column *c)
{
	return c->role == TH_ROLE_QUANTITY;
}

static bool is_candidate(const th_layout_column *c)
{
	return c->numbers && c->role != TH_ROLE_FIELD && c->role != TH_ROLE_COEFFICIENT;
}

static void fail_names(th_layout *l, const th_block *b, th_code code, bool (*takes)(const th_layout_column *))
{
	th_buf names = {0};
	put_names(b, takes, &names);
	if (names.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	else
		TH_LAY_FAIL(l, b->head, 0, code, names.ptr);
	th_buf_free(&names);
}

/* How many of a column's words are activities, and how many there are. */
static size_t activities_in(th_layout *l, const th_block *b, size_t column, size_t *words)
{
	size_t found = 0;
	*words = 0;
	for (size_t r = b->data; r < b->end; r++) {
		th_slice text = th_without_ordinal(th_lay_squeezed(l, th_lay_text(l, r, column)));
		th_decimal number;
		if (text.len == 0 || th_is_number(text, l->grid->delimiter, &number))
			continue;
		++*words;
		found += th_lay_activity(l, text) != TH_NONE;
	}
	return found;
}

/* Beside each other, 供热量 and 装机容量 speak of what is made: so it is no heat that is bought. */
static bool stands_beside(th_layout *l, const th_block *b, th_layout_kind kind)
{
	const th_layout_words *words = &l->reference->layout_words;
	size_t label = find_field(b, l->f_activity);
	for (size_t c = 0; c < b->columns; c++)
		if (th_layout_word_in(words, kind, b->column[c].name) || (b->column[c].activity.len && th_layout_word_in(words, kind, b->column[c].activity)))
			return true;
	for (size_t r = b->data; r < b->end && label < b->columns; r++)
		if (th_layout_word_in(words, kind, th_lay_squeezed(l, th_lay_text(l, r, label))))
			return true;
	return false;
}

static void name_activities(th_layout *l, th_block *b)
{
	const th_layout_words *words = &l->reference->layout_words;
	bool makes = stands_beside(l, b, TH_LW_OUTPUT_BESIDE);
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		if (column->role != TH_ROLE_QUANTITY || column->activity.len == 0 || column->forced)
			continue;
		const th_layout_word *rename = th_layout_word_in(words, TH_LW_RENAME, column->activity);
		bool beside = false;
		for (size_t k = 0; k < b->columns && rename && !beside; k++) {
			th_slice unit;
			beside = k != c && th_layout_word_in(words, TH_LW_RENAME_BESIDE, th_split_unit(l->reference->units, b->column[k].name, &unit)) != NULL;
		}
		const th_layout_word *output = th_layout_word_in(words, TH_LW_OUTPUT, column->activity);
		if (makes && output)
			column->role = TH_ROLE_ASIDE;
		else if (output)
			column->activity = output->value;
		else if (rename && beside)
			column->activity = rename->value;
	}
}

/* Of several names for one field: all that make up a period or a site, the one with activities, else an error. */
static void settle_fields(th_layout *l, th_block *b)
{
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		if (column->role != TH_ROLE_FIELD || column->field == l->f_period || column->field == l->f_site)
			continue;
		for (size_t k = c + 1; k < b->columns && column->role == TH_ROLE_FIELD; k++) {
			th_layout_column *other = &b->column[k];
			if (other->role != TH_ROLE_FIELD || other->field != column->field)
				continue;
			size_t words, mine = activities_in(l, b, c, &words), others = activities_in(l, b, k, &words);
			bool source = strcmp(l->field[column->field].name, "source") == 0;
			bool what = column->field == l->f_activity || source;
			if (source && mine != others && find_field(b, l->f_activity) == b->columns)
				(mine > others ? column : other)->field = l->f_activity; /* 排放源 beside 设施 says what is burnt there */
			else if (what && mine != others)
				(mine > others ? other : column)->role = TH_ROLE_ASIDE;
			else if (th_lay_two_groups(l, column, other))
				continue;
			else if (!l->field[column->field].text)
				other->role = TH_ROLE_ASIDE;
			else
				TH_LAY_FAIL(l, b->head + b->heads - 1, k, TH_LAYOUT_TWO_FIELDS, th_lay_z(l, column->name), th_lay_z(l, other->name), l->field[column->field].zh);
		}
	}
}

/* Is there a column that is told of as unknown by the activity in which its name ends? */
static bool has_like(const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].like.len && b->column[c].role == TH_ROLE_UNKNOWN)
			return true;
	return false;
}

/* No column is called activity: one whose words are activities. */
static void find_activity(th_layout *l, th_block *b)
{
	bool across = false;
	for (size_t c = 0; c < b->columns; c++)
		across |= b->column[c].role == TH_ROLE_QUANTITY && b->column[c].activity.len > 0;
	size_t best = b->columns, most = 0;
	size_t named = find_field(b, l->f_activity);
	if (across || named < b->columns)
		return;
	for (size_t c = 0; c < b->columns; c++) {
		size_t words, found = b->column[c].role == TH_ROLE_FIELD || b->column[c].role == TH_ROLE_UNKNOWN ? activities_in(l, b, c, &words) : 0;
		if (found > most && 2 * found >= words) {
			most = found;
			best = c;
		}
	}
	if (best < b->columns) {
		b->column[best].role = TH_ROLE_FIELD;
		b->column[best].field = l->f_activity;
	} else if (!b->set[l->f_activity].given && !has_like(b) && !th_lay_title_activity(l, b))
		fail_names(l, b, TH_LAYOUT_NO_ACTIVITY, is_candidate);
}

/* 地区 over names that are no regions tells sites apart. */
static void settle_region(th_layout *l, th_block *b)
{
	int region = -1;
	for (size_t i = 0; i < l->fields; i++)
		region = strcmp(l->field[i].name, "region") == 0 ? (int)i : region;
	size_t c = region >= 0 ? find_field(b, region) : b->columns;
	if (c == b->columns || find_field(b, l->f_site) < b->columns)
		return;
	for (size_t r = b->data; r < b->end; r++) {
		th_slice text = th_lay_squeezed(l, th_lay_text(l, r, c));
		if (text.len && !th_lay_is_footer(l, text) && !th_layout_word_in(&l->reference->layout_words, TH_LW_TOTAL, text) &&
		    th_find_region(l->reference, text) == TH_NONE)
			b->column[c].field = l->f_site;
	}
}

/* Emissions beside several quantities are of none of them. */
static void settle_emissions(th_layout *l, th_block *b)
{
	int emissions = th_lay_field(l, "stated_emissions");
	size_t quantities = 0;
	for (size_t c = 0; c < b->columns; c++)
		quantities += b->column[c].role == TH_ROLE_QUANTITY;
	for (size_t c = 0; c < b->columns && quantities > 1; c++)
		if (b->column[c].role == TH_ROLE_FIELD && b->column[c].field == emissions && !b->column[c].forced)
			b->column[c].role = TH_ROLE_ASIDE;
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
	if (has_like(b))
		return;
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].aggregate && b->column[c].numbers) {
			TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_AGGREGATE, th_lay_z(l, b->column[c].name));
			return;
		}
	fail_names(l, b, count_readings(b) ? TH_LAYOUT_READINGS : TH_LAYOUT_NO_QUANTITY, count_readings(b) ? is_reading : is_candidate);
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

static bool same_when(const th_when *a, const th_when *b)
{
	return a->whole == b->whole && a->sub == b->sub && (!a->whole || (a->from == b->from && a->to == b->to));
}

/* Does a column of what this one is of stand beside it, of which it can be the sum? */
static bool has_summand(const th_block *b, const th_layout_column *total)
{
	for (size_t k = 0; k < b->columns; k++) {
		const th_layout_column *x = &b->column[k];
		bool counts = x->role == TH_ROLE_QUANTITY || x->role == TH_ROLE_RUNNING, timed = total->when.whole || total->when.sub;
		if (counts && x->group == total->group && th_slice_eq(x->activity, total->activity) && (!timed || same_when(&x->when, &total->when)))
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
		if (column->activity.len || (column->group && th_lay_is_actual(l, b, c) && count_role(b, TH_ROLE_QUANTITY) == 0))
			column->role = TH_ROLE_QUANTITY;
	}
}

/* Of several columns of quantities the one that counts; of months, activities and sites all do. */
static void choose_quantity(th_layout *l, th_block *b)
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
		fail_names(l, b, TH_LAYOUT_QUANTITIES, is_quantity);
	settle_totals(l, b);
	if (count_role(b, TH_ROLE_QUANTITY) == 0 && count_role(b, TH_ROLE_RUNNING) == 0)
		timed_totals(b);
	if (count_role(b, TH_ROLE_QUANTITY) == 0 && count_role(b, TH_ROLE_RUNNING) == 1)
		for (size_t c = 0; c < b->columns; c++)
			if (b->column[c].role == TH_ROLE_RUNNING) { /* 累计 alone: all since January */
				b->column[c].role = TH_ROLE_QUANTITY;
				b->column[c].when.sub = -1;
			}
	if (count_role(b, TH_ROLE_QUANTITY) == 0)
		fail_quantity(l, b);
}

/* 本年 beside 本月 is what has been used since January; without it, in a table of a month, nobody knows. */
static void settle_yearly(th_layout *l, th_block *b)
{
	bool monthly = b->when.whole ? !th_when_year(&b->when) : b->part.sub > 0, month = false;
	for (size_t c = 0; c < b->columns && !month; c++)
		month = b->column[c].role == TH_ROLE_QUANTITY && !b->column[c].yearly && th_lay_is_actual(l, b, c);
	for (size_t c = 0; c < b->columns && (month || (monthly && find_field(b, l->f_period) == b->columns)); c++) {
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
static void settle_controls(th_block *b)
{
	size_t quantities = count_role(b, TH_ROLE_QUANTITY), first = b->columns;
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

/* 热量 beside 蒸汽量 is the heat in it; 热力 may be bought besides. */
static bool is_heat_of(const th_layout *l, uint32_t steam, const th_layout_column *x, const th_layout_column *heat)
{
	return x->activity.len && th_slice_ends(heat->activity, TH_S("热量")) && th_lay_activity(l, x->activity) == steam;
}

/* Also in another unit: 用电量（kWh） beside 用电量（万kWh）, 蒸汽（t） beside 蒸汽（GJ） are one use measured twice. */
static void find_twins(th_layout *l, th_block *b)
{
	const uint32_t steam = th_find_activity(l->reference, TH_S("steam"));
	for (size_t c = 0; c < b->columns; c++)
		for (size_t k = 0; k < c && b->column[c].role == TH_ROLE_QUANTITY; k++) {
			th_layout_column *x = &b->column[k], *y = &b->column[c];
			if (x->role != TH_ROLE_QUANTITY || !same_when(&x->when, &y->when) || !th_slice_eq(x->site, y->site) ||
			    (!th_slice_eq(x->activity, y->activity) && !is_heat_of(l, steam, x, y) && !is_heat_of(l, steam, y, x)))
				continue;
			bool one = th_lay_is_actual(l, b, k), other = th_lay_is_actual(l, b, c);
			if (one != other) /* 实际用电量 beside 用电量 */
				(one ? y : x)->role = TH_ROLE_ASIDE;
			else if (x->above.len && y->above.len && !th_slice_eq(x->above, y->above))
				TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_GROUPS, th_lay_z(l, x->name), th_lay_z(l, y->name), th_lay_z(l, x->above), th_lay_z(l, y->above));
			else if (x->whole == y->whole)
				TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_TWO_COLUMNS, th_lay_z(l, x->name), th_lay_z(l, y->name));
			else
				continue; /* compared line by line */
			break;
		}
}

/* 蓝色用电量: what stands before the activity may be a site. */
static void tell_like(th_layout *l, const th_block *b, size_t c)
{
	const th_layout_column *column = &b->column[c];
	th_slice unit, name = th_split_unit(l->reference->units, column->name, &unit), front = name;
	if (th_slice_ends(name, column->like))
		front.len -= column->like.len;
	TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_UNKNOWN_COLUMN, th_lay_z(l, column->name), th_lay_z(l, column->like), th_lay_z(l, front));
}

static void tell_unknown(th_layout *l, const th_block *b)
{
	bool across = count_role(b, TH_ROLE_QUANTITY) > 1;
	size_t nameless = 0, first = 0;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		if (column->role == TH_ROLE_UNKNOWN && column->like.len)
			tell_like(l, b, c);
		else if (column->role == TH_ROLE_UNKNOWN && across && column->numbers && !column->words)
			TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_UNKNOWN_COLUMN, th_lay_z(l, column->name), "", "");
		else if (column->role == TH_ROLE_UNKNOWN)
			TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_COLUMN_UNKNOWN, th_lay_z(l, column->name));
		if (column->role == TH_ROLE_NONE && (column->numbers || column->words)) {
			first = nameless++ ? first : c;
			if (column->numbers && !column->words)
				TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_UNKNOWN_COLUMN, "", "", "");
		}
	}
	if (nameless) {
		char count[24];
		snprintf(count, sizeof count, "%zu", nameless);
		TH_LAY_FAIL(l, b->head + b->heads - 1, first, TH_COLUMN_NAMELESS, count);
	}
}

/* 2022年12月, 2023年1月, 2月: a month without a year is in that of the month before it, or in the next one. */
static void year_of_neighbour(th_block *b)
{
	int year = 0, month = 0;
	for (size_t c = 0; c < b->columns; c++) {
		th_when *when = &b->column[c].when;
		int y, m, day;
		if (b->column[c].role != TH_ROLE_QUANTITY || (!when->whole && when->sub < 1))
			continue;
		if (!when->whole && year && when->sub <= 12) {
			th_when of = th_when_of_year(when->sub < month ? year + 1 : year);
			*when = th_when_join(when, &of);
		}
		if (!when->whole)
			continue;
		th_day_split(when->from, &y, &m, &day);
		year = y;
		month = m;
	}
}

/* The year over the months, where it does not stand over each: 年度, 2022 beside it. */
static void year_of_header(th_layout *l, th_block *b)
{
	bool needs = false;
	for (size_t c = 0; c < b->columns; c++)
		needs |= b->column[c].role == TH_ROLE_QUANTITY && b->column[c].when.sub > 0;
	for (size_t h = 0; needs && h + 1 < b->heads; h++)
		for (size_t c = 0; c < b->columns; c++) {
			th_part part = th_lay_part(l, th_grid_at(l->grid, b->head + h, c)->text);
			int year = part.kind == TH_PART_WHEN ? th_when_year(&part.when) : 0;
			for (size_t k = 0; k < b->columns && year; k++)
				if (b->column[k].when.sub > 0) {
					th_when of = th_when_of_year(year);
					b->column[k].when = th_when_join(&b->column[k].when, &of);
				}
		}
}

/* What an equipment holds is no loss: known beside what was topped up, an error without. */
static void settle_charges(th_layout *l, th_block *b)
{
	bool topped_up = false;
	for (size_t c = 0; c < b->columns; c++)
		topped_up |= !b->column[c].charge && l->f_quantity >= 0 && b->column[c].field == l->f_quantity;
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *of = &b->column[c];
		if (of->charge && !of->forced && topped_up)
			of->role = TH_ROLE_ASIDE;
		else if (of->charge && !of->forced)
			TH_LAY_FAIL(l, b->head, c, TH_LAYOUT_CHARGE, th_lay_z(l, of->name));
	}
}

bool th_lay_columns(th_layout *l, th_block *b)
{
	size_t errors = th_diags_errors(l->diags);
	b->columns = 0;
	for (size_t r = b->head; r < b->end; r++)
		b->columns = l->grid->row[r].cells > b->columns ? l->grid->row[r].cells : b->columns;
	b->column = th_arena_alloc(&l->arena, b->columns, sizeof *b->column);
	if (!b->column)
		return th_lay_worse(l, th_no_memory(l->diags));
	for (size_t c = 0; c < b->columns; c++)
		th_lay_column(l, b, c, &b->column[c]);
	th_lay_force(l, b);
	settle_charges(l, b);
	if (l->f_quantity >= 0) {
		year_of_header(l, b);
		year_of_neighbour(b);
		settle_region(l, b);
	}
	th_lay_target_columns(l, b);
	settle_fields(l, b);
	if (l->f_quantity >= 0) {
		th_lay_variants(l, b);
		th_lay_sites(l, b);
		settle_yearly(l, b);
		choose_quantity(l, b);
		th_lay_bounds(l, b, th_diags_errors(l->diags) == errors);
		th_lay_year_columns(l, b);
		settle_controls(b);
		if (th_diags_errors(l->diags) == errors)
			find_activity(l, b);
		name_activities(l, b);
		find_twins(l, b);
		if (th_diags_errors(l->diags) == errors && !th_lay_span_columns(l, b))
			return false;
		settle_emissions(l, b);
	}
	tell_unknown(l, b);
	return l->status != TH_SYSTEM && th_diags_errors(l->diags) == errors;
}
