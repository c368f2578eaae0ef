/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers that may be times: 2023, 202305 and 2023.1 head columns of years and months, or are how much was used. What stands beside and above them tells. */

#include "case/layout_parts.h"

/* What tells it, of the cells of a row. */
struct row {
	size_t filled, known; /* and how many of them are what stands in headers */
	bool times;        /* numbers that may be times */
	bool numbers;      /* and such as are none */
	bool names;        /* the names of columns: 能源, 场所 */
	bool values;       /* 1月, kWh: what stands in the rows of a table, and beside years in no header */
	bool text;         /* any words */
	bool colon;        /* 单位：kWh */
	bool pairs;        /* 建筑面积, 2023, 人数, 2050: each number behind what it is of */
};

/* 建筑面积, 人数: what no column of years is called. */
static bool is_measure(const th_part *part)
{
	return part->kind == TH_PART_WORD && part->word == TH_LW_NO_ACTIVITY;
}

static struct row look(th_layout *l, size_t row)
{
	struct row seen = {.filled = 0};
	size_t behind = 0, numbers = 0;
	bool word = false, measure = false;
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		const th_slice text = th_grid_at(l->grid, row, c)->text;
		th_decimal number;
		if (text.len == 0)
			continue;
		seen.filled++;
		if (th_is_number(text, l->grid->delimiter, &number)) {
			numbers++;
			behind += word;
			seen.pairs |= measure;
			word = measure = false;
			*(th_lay_is_bare_time(l, text) ? &seen.times : &seen.numbers) = true;
			continue;
		}
		const th_part part = th_lay_part(l, text);
		th_unit unit;
		th_slice at;
		seen.text = word = true;
		seen.known += part.kind != TH_PART_UNKNOWN && part.kind != TH_PART_EMPTY;
		seen.colon |= th_lay_has_colon(text);
		measure = is_measure(&part);
		seen.names |= part.kind == TH_PART_FIELD && part.field >= 0 && part.field != l->f_quantity;
		seen.values |= part.kind == TH_PART_WHEN || (part.kind == TH_PART_UNKNOWN && th_unit_parse(l->reference->units, part.text, &unit, &at) == TH_UNIT_OK);
	}
	seen.pairs |= numbers > 1 && behind == numbers;
	return seen;
}

/* Are the numbers of a row what the row of names above it is of: a word stands below one of the names, as 1月, 2023, 2050 below 月份, 用电量, 用水量, or
 * each number has a name of its own? A group over several years is blank over all but the first of them, and years leave blank what stands below 场所. */
static bool are_named(th_layout *l, size_t names, size_t row)
{
	bool all = true, word = false, blank = false;
	for (size_t c = 0; c < l->grid->row[row].cells || c < l->grid->row[names].cells; c++) {
		const th_slice text = th_grid_at(l->grid, row, c)->text, name = th_grid_at(l->grid, names, c)->text;
		const bool time = text.len && th_lay_is_bare_time(l, text);
		if (!text.len && name.len) {
			const th_part part = th_lay_part(l, name);
			blank |= part.kind == TH_PART_FIELD && part.field >= 0 && part.field != l->f_quantity;
		}
		all &= !time || name.len > 0;
		word |= text.len && !time && name.len;
	}
	return word || (all && !blank);
}

bool th_lay_is_bare_time(const th_layout *l, th_slice text)
{
	th_decimal number;
	th_when when;
	return th_is_number(text, l->grid->delimiter, &number) && th_lay_when(l, text, &when);
}

bool th_lay_heads_times(th_layout *l, size_t row)
{
	enum { LOOKED_AT = 20 };
	const struct row own = look(l, row);
	if (!own.times || own.numbers || own.pairs)
		return false;
	if (own.names || own.values)
		return own.names;
	bool gap = false;
	for (size_t u = row; u-- > 0 && u + LOOKED_AT > row;) {
		const struct row above = look(l, u);
		if (above.filled < 2) {
			gap = true;
			continue;
		}
		if (above.times || above.numbers)
			return gap && !own.text;
		if (above.names || above.known > 1 || (above.filled >= own.filled && !above.colon))
			return !are_named(l, u, row);
	}
	return true;
}

th_part th_lay_head_part(th_layout *l, size_t row, size_t column, bool times)
{
	const th_slice text = th_grid_at(l->grid, row, column)->text;
	th_part part = th_lay_part(l, text);
	if (part.kind == TH_PART_WHEN && !times && th_lay_is_bare_time(l, text)) {
		part.kind = TH_PART_UNKNOWN;
		part.when = (th_when){0};
	}
	return part;
}
