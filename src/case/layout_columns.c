/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of an office table are together. */

#include "case/layout_parts.h"

#include <stdio.h>

#include "base/day.h"

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
	size_t label = th_lay_field_column(b, l->f_activity);
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
			if (source && mine != others && th_lay_field_column(b, l->f_activity) == b->columns)
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
/* No column is called activity: one whose words are activities. */
static void find_activity(th_layout *l, th_block *b)
{
	bool across = false;
	for (size_t c = 0; c < b->columns; c++)
		across |= b->column[c].role == TH_ROLE_QUANTITY && b->column[c].activity.len > 0;
	size_t best = b->columns, most = 0;
	size_t named = th_lay_field_column(b, l->f_activity);
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
	} else if (!b->set[l->f_activity].given && !th_lay_has_like(b) && !th_lay_title_activity(l, b))
		th_lay_fail_names(l, b, TH_LAYOUT_NO_ACTIVITY, th_lay_is_candidate);
}

/* 地区 over names that are no regions tells sites apart. */
static void settle_region(th_layout *l, th_block *b)
{
	int region = -1;
	for (size_t i = 0; i < l->fields; i++)
		region = strcmp(l->field[i].name, "region") == 0 ? (int)i : region;
	size_t c = region >= 0 ? th_lay_field_column(b, region) : b->columns;
	if (c == b->columns || th_lay_field_column(b, l->f_site) < b->columns)
		return;
	for (size_t r = b->data; r < b->end; r++) {
		th_slice text = th_lay_squeezed(l, th_lay_text(l, r, c));
		if (text.len && !th_lay_is_footer(l, text) && !th_lay_word(l, TH_LW_TOTAL, text) &&
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
	bool across = th_lay_count_role(b, TH_ROLE_QUANTITY) > 1;
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
		th_lay_settle_since(l, b);
		th_lay_settle_yearly(l, b);
		th_lay_choose_quantity(l, b);
		th_lay_bounds(l, b, th_diags_errors(l->diags) == errors);
		th_lay_year_columns(l, b);
		th_lay_settle_controls(b);
		if (th_diags_errors(l->diags) == errors)
			find_activity(l, b);
		name_activities(l, b);
		th_lay_twins(l, b);
		if (th_diags_errors(l->diags) == errors && !th_lay_span_columns(l, b))
			return false;
		settle_emissions(l, b);
	}
	tell_unknown(l, b);
	return l->status != TH_SYSTEM && th_diags_errors(l->diags) == errors;
}
