/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 其中：光伏自发自用 beside or below 用电量: a part is counted with its whole, which is doubted where it is another kind of thing. */

#include "case/layout_parts.h"

/* 光伏自发自用 of 其中：光伏自发自用; all of a text that does not begin so. */
static th_slice part_in(const th_layout *l, th_slice text)
{
	static const char *const marks[] = {":", "：", "-", "—", "、", ",", "，"};
	const th_layout_word *word = th_lay_word(l, TH_LW_PART, text);
	if (!word || word->place != TH_WORD_START || word->key.len > text.len)
		return text;
	text = th_slice_trim(th_slice_from(text, word->key.len));
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (th_slice_starts(text, th_slice_of(marks[i])))
			return th_slice_trim(th_slice_from(text, strlen(marks[i])));
	return text;
}

/* Is a part of another kind than the line that it is a part of: own or green power of 用电量, anthracite of coal? Of an unknown name nobody can tell. */
static bool is_other(const th_layout *l, th_slice part, const th_long_row *line)
{
	th_slice unit, name = th_split_unit(l->reference->units, part_in(l, part), &unit);
	const uint32_t own = th_lay_activity(l, name), whole = th_lay_activity(l, line->cell[l->f_activity].text);
	const bool green = th_row_word_in(&l->reference->row_words, TH_ROW_LOW_CARBON, name) && !th_row_word_in(&l->reference->row_words, TH_ROW_LOW_CARBON, line->cell[l->f_activity].text);
	return green || th_lay_is_generated(l, name) || th_lay_word(l, TH_LW_RENAME, name) || (own != TH_NONE && own != whole);
}

static bool has_amount(const th_layout *l, size_t row, size_t column)
{
	th_mass value;
	return th_lay_number(l, row, column, &value) && value != 0;
}

static void tell(th_layout *l, size_t row, size_t column, th_slice part, const th_long_row *line)
{
	TH_LAY_FAIL(l, row, column, TH_LAYOUT_PART_LEFT, th_lay_z(l, part), th_lay_z(l, line->cell[l->f_activity].text));
}

/* The quantity that a column is a part of: the nearest to its left, or else to its right. */
static size_t whole_of(const th_block *b, size_t column)
{
	for (size_t c = column; c-- > 0;)
		if (b->column[c].role == TH_ROLE_QUANTITY)
			return c;
	for (size_t c = column; c < b->columns; c++)
		if (b->column[c].role == TH_ROLE_QUANTITY)
			return c;
	return b->columns;
}

static void tell_columns(th_layout *l, const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		const size_t whole = column->part.len && column->numbers && column->role == TH_ROLE_ASIDE && !column->forced ? whole_of(b, c) : b->columns;
		for (size_t i = 0; whole < b->columns && i < b->lines; i++) {
			const th_long_row *line = &l->row[b->first_line + i];
			if (line->column != whole || !has_amount(l, line->row, c) || !is_other(l, column->part, line))
				continue;
			tell(l, line->row, c, column->part, line);
			break;
		}
	}
}

static void tell_rows(th_layout *l, const th_block *b, const unsigned char *sort)
{
	const size_t label = th_lay_field_column(b, l->f_activity);
	size_t i = 0, row = b->end;
	for (size_t r = b->data; r < b->end && label < b->columns; r++) {
		for (; i < b->lines && l->row[b->first_line + i].row <= r; i++)
			row = b->first_line + i;
		const th_slice part = sort[r - b->data] == TH_SORT_PART ? th_lay_squeezed(l, th_lay_text(l, r, label)) : (th_slice){"", 0};
		if (!part.len || i == 0 || !is_other(l, part, &l->row[row]))
			continue;
		bool amount = false;
		for (size_t c = 0; c < b->columns && !amount; c++)
			amount = b->column[c].role == TH_ROLE_QUANTITY && has_amount(l, r, c);
		if (amount)
			tell(l, r, label, part, &l->row[row]);
	}
}

void th_lay_tell_parts(th_layout *l, const th_block *b, const unsigned char *sort)
{
	if (l->f_quantity < 0)
		return;
	tell_columns(l, b);
	tell_rows(l, b, sort);
}
