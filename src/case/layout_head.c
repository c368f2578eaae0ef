/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the header of an office table is. */

#include "case/layout_parts.h"

#include <stdio.h>

enum { LOOKED_AT = 20 };

/* A letter alone, maybe with its formula: E(=A×B). */
static int letter_mark(th_slice text)
{
	if (text.len == 0 || (text.ptr[0] | 0x20) < 'a' || (text.ptr[0] | 0x20) > 'z')
		return 0;
	th_slice rest = {text.ptr + 1, text.len - 1};
	bool formula = th_slice_starts(rest, TH_S("(=")) || th_slice_starts(rest, TH_S("（=")) || th_slice_starts(rest, TH_S("="));
	return rest.len == 0 || formula ? text.ptr[0] | 0x20 : 0;
}

static int stem_mark(th_slice text)
{
	static const char *const stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"};
	for (int i = 0; i < 8; i++)
		if (th_slice_eq(text, th_slice_of(stems[i])))
			return i + 1;
	return 0;
}

/* 甲 乙 丙 1 2 3, A B C(=A×B): a row that numbers columns. */
bool th_lay_is_marker(const th_layout *l, size_t row)
{
	int last_number = 0, last_letter = 0, last_stem = 0;
	size_t filled = 0, runs = 0;
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		th_slice text = th_grid_at(l->grid, row, c)->text;
		th_decimal number;
		if (text.len == 0)
			continue;
		filled++;
		int letter = letter_mark(text), stem = stem_mark(text);
		if (stem) {
			runs += stem == last_stem + 1 && stem > 1;
			last_stem = stem;
		} else if (letter) {
			runs += last_letter > 0 && letter == last_letter + 1;
			last_letter = letter;
		} else if (th_is_number(text, ',', &number) && th_decimal_cmp(number, th_decimal_int(last_number + 1)) == 0) {
			runs += last_number > 0;
			last_number++;
		} else
			return false;
	}
	return filled >= 3 && runs >= 2 && (last_stem || last_letter || runs >= 3);
}

double th_lay_score(th_layout *l, size_t row, size_t *known)
{
	double score = 0;
	size_t names = 0, times = 0, unknown = 0, places = 0, fields = 0;
	bool keyed = false;
	*known = 0;
	if (th_lay_is_marker(l, row))
		return 0;
	const bool heads = th_lay_heads_times(l, row);
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		th_slice text = th_grid_at(l->grid, row, c)->text;
		th_part part = th_lay_head_part(l, row, c, heads);
		th_decimal number;
		if (part.kind == TH_PART_EMPTY)
			continue;
		bool bare_activity = part.kind == TH_PART_ACTIVITY && part.unit.len == 0;
		if (part.kind == TH_PART_WHEN)
			times++;
		else if (bare_activity)
			names++;
		else if (part.kind != TH_PART_UNKNOWN || part.like.len)
			score += 1;
		else if (th_is_number(text, l->grid->delimiter, &number) || th_is_hole(text))
			score -= 1.5;
		else
			score -= th_lay_has_colon(text) ? 1 : 0.3; /* an unknown word never costs more than a known one gains */
		places += part.kind == TH_PART_UNKNOWN && l->f_quantity >= 0 && th_lay_is_place(l, part.name);
		fields += part.kind == TH_PART_FIELD && part.field >= 0;
		*known += part.kind != TH_PART_UNKNOWN || part.like.len;
		unknown += part.kind == TH_PART_UNKNOWN && !part.like.len;
		keyed |= part.kind == TH_PART_FIELD && l->f_period >= 0 && (part.field == l->f_period || part.field == l->f_site || part.field == th_lay_field(l, "region"));
	}
	double of_name = keyed && unknown == 0 ? 0.8 : 0.4; /* 月份 or 区域 beside 用电量 and nothing else: a header of names alone, whose unit stands in the title */
	if (fields) { /* 月份, 一厂, 二厂: sites across */
		*known += places;
		score += 0.8 * (double)places;
	}
	return score + (times > 1 ? (double)times : 0.4 * (double)times) + of_name * (double)names;
}

static bool has_numbers(th_layout *l, size_t row)
{
	const bool heads = th_lay_heads_times(l, row);
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		th_slice text = th_grid_at(l->grid, row, c)->text;
		th_decimal number;
		th_slice count, unit;
		bool amount = l->f_quantity >= 0 && th_lay_amount(l, text, &count, &unit);
		if (text.len && (amount || th_is_number(text, l->grid->delimiter, &number) || th_is_hole(text)) && th_lay_head_part(l, row, c, heads).kind != TH_PART_WHEN)
			return true;
	}
	return false;
}

/* 单位 and behind it units alone: the row below a header of names. */
static bool is_unit_row(th_layout *l, size_t row)
{
	size_t units = 0;
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		th_slice text = th_lay_squeezed(l, th_grid_at(l->grid, row, c)->text), at;
		th_unit unit;
		if (text.len == 0 || (th_is_hole(text) && units > 0))
			continue;
		bool named = units == 0 && th_lay_part(l, text).field == l->f_unit;
		if (!named && th_unit_parse(l->reference->units, text, &unit, &at) != TH_UNIT_OK)
			return false;
		units += !named;
	}
	return units > 0;
}

/* Does the lower row leave blank what stands under the fields of the upper one, so that both are one header? */
static bool leaves_fields(th_layout *l, size_t upper, size_t lower)
{
	if (l->f_unit >= 0 && is_unit_row(l, lower))
		return true;
	for (size_t c = 0; c < l->grid->row[upper].cells; c++) {
		th_part part = th_lay_part(l, th_grid_at(l->grid, upper, c)->text), under = th_lay_part(l, th_grid_at(l->grid, lower, c)->text);
		if (part.kind == TH_PART_FIELD && part.field != l->f_quantity && !th_lay_is_either(l, &part) && under.kind != TH_PART_EMPTY &&
		    !(part.field == l->f_period && under.kind == TH_PART_WHEN))
			return false;
	}
	return true;
}

/* One unit alone, below what is counted in it and not in a column of units. */
static bool is_lone_unit(th_layout *l, size_t upper, size_t lower)
{
	if (l->f_unit < 0 || th_lay_filled(l, lower) != 1 || !is_unit_row(l, lower))
		return false;
	for (size_t c = 0; c < l->grid->row[lower].cells && c < l->grid->row[upper].cells; c++)
		if (th_grid_at(l->grid, lower, c)->text.len) {
			th_part part = th_lay_part(l, th_grid_at(l->grid, upper, c)->text);
			return part.kind != TH_PART_EMPTY && (part.kind != TH_PART_FIELD || part.field == l->f_quantity);
		}
	return false;
}

static bool goes_down(th_layout *l, size_t upper, size_t lower)
{
	size_t known, texts = th_lay_filled(l, lower);
	return lower < l->grid->rows && texts > 0 && !has_numbers(l, lower) && !th_lay_is_marker(l, lower) && leaves_fields(l, upper, lower) &&
	       !th_lay_is_footer(l, th_grid_at(l->grid, lower, 0)->text) && (th_lay_score(l, lower, &known) > 0 || texts > 1 || l->grid->ranges > 0 || is_lone_unit(l, upper, lower));
}

static bool goes_up(th_layout *l, size_t upper, size_t lower)
{
	size_t known;
	th_slice left = {"", 0};
	for (size_t c = 0; c < l->grid->row[upper].cells; c++) {
		th_slice text = th_lay_squeezed(l, th_grid_at(l->grid, upper, c)->text);
		th_when when;
		if (th_lay_has_colon(text) || (left.len && th_lay_when(l, text, &when) && th_when_is_stamp_name(left, &when)))
			return false; /* 填表日期, 2024年1月10日 */
		left = text.len ? text : left;
	}
	return th_lay_filled(l, upper) > 1 && !has_numbers(l, upper) && !th_lay_is_marker(l, upper) && th_lay_score(l, upper, &known) > 0 &&
	       leaves_fields(l, upper, lower);
}

static void put_cells(th_layout *l, size_t row, bool known, th_buf *out)
{
	for (size_t c = 0; c < l->grid->row[row].cells && out->len < 160; c++) {
		th_part part = th_lay_part(l, th_grid_at(l->grid, row, c)->text);
		if (part.kind == TH_PART_EMPTY || (part.kind != TH_PART_UNKNOWN) != known)
			continue;
		th_buf_str(out, out->len ? ", " : "");
		th_buf_slice(out, part.text);
	}
	if (out->len == 0)
		th_buf_char(out, '-');
	th_buf_char(out, '\0');
}

/* 青浦, 松江 beside 月份: the first of two unknown words or more over numbers, which may be sites; empty: none. */
static const char *like_sites(th_layout *l, size_t row)
{
	size_t found = 0, first = 0;
	for (size_t c = 0; l->f_site >= 0 && row + 1 < l->grid->rows && c < l->grid->row[row].cells; c++) {
		th_slice text = th_grid_at(l->grid, row, c)->text;
		th_decimal number;
		static const char *const none[] = {"量", "数", "额", "率", "费", "值", "价"}; /* 加注量 is no site */
		bool amount = false;
		for (size_t i = 0; i < sizeof none / sizeof *none; i++)
			amount |= th_slice_ends(th_lay_squeezed(l, text), th_slice_of(none[i]));
		if (amount || th_lay_part(l, text).kind != TH_PART_UNKNOWN || th_is_number(text, l->grid->delimiter, &number) ||
		    !th_is_number(th_grid_at(l->grid, row + 1, c)->text, l->grid->delimiter, &number))
			continue;
		first = found++ ? first : c;
	}
	return found > 1 ? th_lay_z(l, th_lay_squeezed(l, th_grid_at(l->grid, row, first)->text)) : "";
}

static void fail_head(th_layout *l, size_t best)
{
	th_buf known = {0}, unknown = {0};
	char line[24];
	size_t row = best < l->grid->rows ? best : 0;
	th_buf_printf(&known, "%s", "");
	if (l->grid->rows > 0) {
		put_cells(l, row, true, &known);
		put_cells(l, row, false, &unknown);
	}
	snprintf(line, sizeof line, "%zu", l->grid->rows ? l->grid->row[row].line : 1);
	if (known.failed || unknown.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	else
		TH_LAY_FAIL(l, row, 0, TH_LAYOUT_NO_HEADER, line, known.ptr, unknown.ptr, like_sites(l, row));
	th_buf_free(&known);
	th_buf_free(&unknown);
}

bool th_lay_head(th_layout *l, th_block *b, size_t from)
{
	const th_layout_rules *rules = l->rules;
	double best = 0, second = 0;
	size_t at = l->grid->rows, guess = l->grid->rows, rival = l->grid->rows;
	size_t looked = l->grid->rows - from < LOOKED_AT ? l->grid->rows : from + LOOKED_AT;
	double most = -1e9;
	b->title = from;
	for (size_t r = from; r < looked; r++) {
		size_t known;
		double score = th_lay_score(l, r, &known);
		const double alone = th_lay_filled(l, r) == 1 ? 10 : 0; /* a title is no header, whatever it says */
		if (score - alone > most && known > 0) {
			most = score - alone;
			guess = r;
		}
		if (known < 2 || score < 1.8)
			continue;
		if (score > best) {
			second = best;
			rival = at;
			best = score;
			at = r;
		}
	}
	(void)second;
	(void)rival;
	if (rules && rules->head_first) {
		for (at = from; at < l->grid->rows && l->grid->row[at].line < rules->head_first; at++)
			;
		b->head = at;
		while (at < l->grid->rows && l->grid->row[at].line <= rules->head_last)
			at++;
		b->heads = at - b->head;
		b->data = at;
		if (b->heads > 0 && b->heads <= TH_HEAD_ROWS)
			return true;
		fail_head(l, guess);
		return false;
	}
	if (at == l->grid->rows) {
		fail_head(l, guess);
		return false;
	}
	b->head = at;
	b->heads = 1;
	while (b->heads < TH_HEAD_ROWS && b->head > from && goes_up(l, b->head - 1, b->head)) {
		b->head--;
		b->heads++;
	}
	while (b->heads < TH_HEAD_ROWS && b->head + b->heads < l->grid->rows && goes_down(l, b->head + b->heads - 1, b->head + b->heads))
		b->heads++;
	b->data = b->head + b->heads;
	while (b->data < l->grid->rows && th_lay_is_marker(l, b->data))
		b->data++;
	return true;
}
