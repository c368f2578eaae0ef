/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the header of an office table is, and what stands above it. */

#include "case/layout_parts.h"

#include <stdio.h>

#include "base/day.h"
#include "base/utf8.h"

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

static bool is_caption(th_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == ':' || th_slice_starts((th_slice){text.ptr + i, text.len - i}, TH_S("：")))
			return true;
	return false;
}

double th_lay_score(th_layout *l, size_t row, size_t *known)
{
	double score = 0;
	size_t names = 0, times = 0, unknown = 0, places = 0, fields = 0;
	bool keyed = false;
	*known = 0;
	if (th_lay_is_marker(l, row))
		return 0;
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		th_slice text = th_grid_at(l->grid, row, c)->text;
		th_part part = th_lay_part(l, text);
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
			score -= is_caption(text) ? 1 : 0.3; /* an unknown word never costs more than a known one gains */
		places += part.kind == TH_PART_UNKNOWN && l->f_quantity >= 0 && th_lay_is_place(l, part.name);
		fields += part.kind == TH_PART_FIELD && part.field >= 0;
		*known += part.kind != TH_PART_UNKNOWN || part.like.len;
		unknown += part.kind == TH_PART_UNKNOWN && !part.like.len;
		keyed |= part.kind == TH_PART_FIELD && l->f_period >= 0 && (part.field == l->f_period || part.field == l->f_site);
	}
	double of_name = keyed && unknown == 0 ? 0.8 : 0.4; /* 月份 or 区域 beside 用电量 and nothing else: a header of names alone, whose unit stands in the title */
	if (fields) { /* 月份, 一厂, 二厂: sites across */
		*known += places;
		score += 0.8 * (double)places;
	}
	return score + (times > 1 ? (double)times : 0.4 * (double)times) + of_name * (double)names;
}

static size_t filled_in(const th_layout *l, size_t row)
{
	size_t filled = 0;
	for (size_t c = 0; c < l->grid->row[row].cells; c++)
		filled += th_grid_at(l->grid, row, c)->text.len > 0;
	return filled;
}

static bool has_numbers(th_layout *l, size_t row)
{
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		th_slice text = th_grid_at(l->grid, row, c)->text;
		th_decimal number;
		th_slice count, unit;
		bool amount = l->f_quantity >= 0 && th_lay_amount(l, text, &count, &unit);
		if (text.len && (amount || th_is_number(text, l->grid->delimiter, &number) || th_is_hole(text)) && th_lay_part(l, text).kind != TH_PART_WHEN)
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
	if (l->f_unit < 0 || filled_in(l, lower) != 1 || !is_unit_row(l, lower))
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
	size_t known, texts = filled_in(l, lower);
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
		if (is_caption(text) || (left.len && th_when_read(&l->reference->layout_words, text, &when) && th_when_is_stamp_name(left, &when)))
			return false; /* 填表日期, 2024年1月10日 */
		left = text.len ? text : left;
	}
	return filled_in(l, upper) > 1 && !has_numbers(l, upper) && !th_lay_is_marker(l, upper) && th_lay_score(l, upper, &known) > 0 &&
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
		if (th_lay_part(l, text).kind != TH_PART_UNKNOWN || th_is_number(text, l->grid->delimiter, &number) ||
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
		const double alone = filled_in(l, r) == 1 ? 10 : 0; /* a title is no header, whatever it says */
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

/* --- above it --- */

static void set(th_block *b, int field, th_slice text, size_t row, size_t column)
{
	if (field >= 0 && text.len && !b->set[field].given)
		b->set[field] = (th_known_cell){text, (uint32_t)row, (uint32_t)column, true};
}

static void take_when(th_layout *l, th_block *b, const th_when *when, size_t row, size_t column)
{
	if (when->open && th_when_year(&b->when)) { /* 2023年度, 截至2023年6月30日; up to a day of another year is when it was counted */
		b->when.to = when->to >= b->when.from && when->to < b->when.to ? when->to : b->when.to;
		return;
	}
	if (!b->when.whole) {
		b->when = *when;
		b->when_row = row;
		b->when_column = column;
		return;
	}
	bool inside = when->from >= b->when.from && when->to <= b->when.to, outside = when->from <= b->when.from && when->to >= b->when.to;
	if (inside) {
		b->when = *when;
		b->when_row = row;
		b->when_column = column;
	} else if (!outside) {
		th_buf first = {0}, again = {0};
		th_when_put(&b->when, &first);
		th_when_put(when, &again);
		th_buf_char(&first, '\0');
		th_buf_char(&again, '\0');
		if (!first.failed && !again.failed)
			TH_LAY_FAIL(l, row, column, TH_LAYOUT_TWO_PERIODS, first.ptr, again.ptr);
		th_buf_free(&first);
		th_buf_free(&again);
	}
}

/* `name: value` in one cell, or the value in a cell behind it. */
static bool caption(th_layout *l, th_block *b, th_slice text, size_t row, size_t column)
{
	size_t at = 0, wide = 0;
	for (; at < text.len && !wide; at++)
		wide = text.ptr[at] == ':' ? 1 : th_slice_starts((th_slice){text.ptr + at, text.len - at}, TH_S("：")) ? 3 : 0;
	if (!wide)
		return false;
	at--;
	th_slice inside, name = th_slice_trim((th_slice){text.ptr, at}), value = th_slice_trim((th_slice){text.ptr + at + wide, text.len - at - wide});
	th_slice bare = th_header_name(name, &inside);
	const th_layout_word *word = th_layout_word_in(&l->reference->layout_words, TH_LW_CAPTION, bare);
	if (!word)
		return value.len == 0;
	if (value.len == 0 && word->value.len)
		for (size_t c = column + 1; c < l->grid->row[row].cells && value.len == 0; c++)
			value = th_lay_squeezed(l, th_grid_at(l->grid, row, c)->text);
	if (word->value.len == 0 || value.len == 0 || is_caption(value))
		return true;
	th_slice unit;
	th_when when;
	if (th_slice_eq(word->value, TH_S("period"))) {
		if (th_when_read(&l->reference->layout_words, value, &when) || th_when_find(value, &when))
			take_when(l, b, &when, row, column);
		return true;
	}
	/* 单位：万千瓦时 names a unit, 单位：某厂 the one that reports */
	bool is_unit = th_slice_eq(word->value, TH_S("unit")) || th_slice_eq(bare, TH_S("单位"));
	th_slice probe = th_split_unit(l->reference->units, value, &unit);
	th_unit parsed;
	th_slice rest;
	if (is_unit && th_unit_parse(l->reference->units, value, &parsed, &rest) == TH_UNIT_OK) {
		set(b, l->f_unit, value, row, column);
		return true;
	}
	if (th_when_read(&l->reference->layout_words, value, &when)) { /* the value's cell is empty, and the next holds the time */
		take_when(l, b, &when, row, column);
		return true;
	}
	if (th_slice_eq(word->value, TH_S("activity"))) {
		if (th_lay_activity(l, probe) != TH_NONE)
			set(b, l->f_activity, probe, row, column);
		set(b, l->f_unit, unit, row, column);
	} else {
		for (size_t i = 0; i < l->fields; i++)
			if (th_slice_eq(word->value, th_slice_of(l->field[i].name)))
				set(b, (int)i, value, row, column);
	}
	return true;
}

/* 供热单位：某公司 is whoever that word says, and not the one whose table it is. */
static bool has_colon(th_slice text)
{
	for (size_t at = 0; at < text.len; at++)
		if (text.ptr[at] == ':' || th_slice_starts((th_slice){text.ptr + at, text.len - at}, TH_S("：")))
			return true;
	return false;
}

/* The organisation that a title begins with: 青禾热力厂生产月报表. */
static th_slice organisation_in(th_layout *l, th_slice title)
{
	th_when when;
	const th_layout_word *word;
	size_t cut = title.len;
	for (size_t at = 0; at + 4 <= title.len; at++) /* what stands before a year */
		if (th_when_find((th_slice){title.ptr + at, title.len - at}, &when) && title.ptr[at] >= '1' && title.ptr[at] <= '2') {
			cut = at;
			break;
		}
	th_slice name = th_slice_trim((th_slice){title.ptr, cut});
	while (name.len && (word = th_layout_word_in(&l->reference->layout_words, TH_LW_TITLE_END, name)) != NULL && word->key.len < name.len &&
	       !th_layout_word_in(&l->reference->layout_words, TH_LW_ORGANISATION, name))
		name.len -= word->key.len;
	return !has_colon(name) && th_layout_word_in(&l->reference->layout_words, TH_LW_ORGANISATION, name) ? name : (th_slice){"", 0};
}

/* The sheet's name goes with what stands above the table: a month in the year of the title, or the same time again. */
static void take_sheet(th_layout *l, th_block *b)
{
	th_slice name = th_lay_squeezed(l, th_slice_of(l->grid->sheet));
	th_when when;
	if (l->f_site >= 0 && th_layout_word_in(&l->reference->layout_words, TH_LW_ORGANISATION, name))
		set(b, l->f_site, name, b->head, 0);
	if (!th_when_named(&l->reference->layout_words, name, &when))
		return;
	b->named = when;
	if (when.sub && b->when.whole) {
		int year, month, day;
		th_day_split(b->when.to, &year, &month, &day);
		th_when of = th_when_of_year(year);
		when = th_when_join(&when, &of);
	}
	if (!when.whole) {
		b->part = when;
		return;
	}
	bool inside = b->when.whole && b->when.from >= when.from && b->when.to <= when.to;
	if (b->when.whole && !inside && (when.from < b->when.from || when.to > b->when.to)) {
		th_lay_other_time(l, &b->when, b->when_row, b->when_column);
		b->met = true;
	} else if (!inside) {
		b->when = when;
		b->when_row = b->head;
		b->when_column = 0;
	}
}

/* 河湾  锅炉房生产月报表: blanks stand between the one whose table it is and what it is of. Neither is a word of titles alone, or a thing that is used. */
static th_slice name_before_gap(th_layout *l, th_slice title)
{
	const th_layout_words *words = &l->reference->layout_words;
	const th_layout_word *word;
	size_t gaps = 0, from = 0, to = 0;
	for (size_t at = 0, len = 0, end; at < title.len; at = end > at ? end : at + 1) {
		size_t width = 0;
		for (end = at; end < title.len && (len = th_blank_at(title, end)) > 0; end += len)
			width += len == 3 ? 2 : 1;
		if (width < 2)
			continue;
		gaps++;
		from = at;
		to = end;
	}
	if (gaps != 1)
		return (th_slice){"", 0};
	th_slice name = th_lay_squeezed(l, (th_slice){title.ptr, from}), rest = th_lay_squeezed(l, (th_slice){title.ptr + to, title.len - to});
	th_when when;
	size_t whole = rest.len;
	while (rest.len && (word = th_layout_word_in(words, TH_LW_TITLE_END, rest)) != NULL)
		rest.len -= word->key.len < rest.len ? word->key.len : rest.len;
	bool named = rest.len > 0 && rest.len < whole && !th_layout_word_in(words, TH_LW_TITLE_END, name) && th_lay_activity(l, name) == TH_NONE;
	return named && !has_colon(name) && !th_when_named(words, name, &when) ? name : (th_slice){"", 0};
}

/* 各月用电量（单位：万千瓦时）, 2023年度  单位：吨: the unit that a title ends with is of the quantities below that say none. What stands before it. */
static th_slice take_unit(th_layout *l, th_block *b, th_slice text, size_t row, size_t column)
{
	static const char *const words[] = {"计量单位", "数量单位", "单位"}, *const behind[] = {":", "："};
	th_slice inside, rest, bare = th_header_name(text, &inside);
	th_unit unit;
	bool found = inside.len && (inside.ptr[0] < '0' || inside.ptr[0] > '9') && th_unit_parse(l->reference->units, inside, &unit, &rest) == TH_UNIT_OK;
	for (size_t at = 1; at < text.len && !found; at++)
		for (size_t i = 0; i < 6 && !found; i++) {
			size_t word = strlen(words[i / 2]), sign = strlen(behind[i % 2]);
			if (at + word + sign >= text.len || memcmp(text.ptr + at, words[i / 2], word) != 0 || memcmp(text.ptr + at + word, behind[i % 2], sign) != 0)
				continue;
			inside = th_slice_trim((th_slice){text.ptr + at + word + sign, text.len - at - word - sign});
			bare = th_slice_trim((th_slice){text.ptr, at});
			found = th_unit_parse(l->reference->units, inside, &unit, &rest) == TH_UNIT_OK;
		}
	if (!found)
		return text;
	if (l->f_unit >= 0)
		set(b, l->f_unit, inside, row, column);
	return bare;
}

void th_lay_titles(th_layout *l, th_block *b, size_t from)
{
	bool site_asked = false;
	for (size_t r = from; r < b->head; r++) {
		th_slice left, here = {"", 0};
		for (size_t c = 0; c < l->grid->row[r].cells; c++) {
			th_slice text = th_lay_squeezed(l, th_grid_at(l->grid, r, c)->text);
			th_when when;
			if (text.len == 0)
				continue;
			left = here;
			here = text;
			text = take_unit(l, b, text, r, c);
			if (caption(l, b, text, r, c) || th_lay_is_footer(l, text))
				continue;
			th_lay_see_plan(l, b, text, r, c);
			th_lay_see_mean(l, b, text, r, c);
			if (th_when_read(&l->reference->layout_words, text, &when) ? when.whole : th_when_find(text, &when)) {
				if (th_when_is_stamp_name(left, &when))
					continue;
				take_when(l, b, &when, r, c);
			} else
				(void)th_when_up_to(text, &b->when);
			if (!site_asked && filled_in(l, r) == 1 && l->f_site >= 0) {
				th_slice name = organisation_in(l, text);
				set(b, l->f_site, name.len ? name : name_before_gap(l, th_grid_at(l->grid, r, c)->text), r, c);
			}
			site_asked |= b->set[l->f_site >= 0 ? l->f_site : 0].given;
		}
	}
	if (l->grid->sheet)
		take_sheet(l, b);
}
