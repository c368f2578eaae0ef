/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands above an office table: its time, unit, site and activity, in titles, captions and the name of the sheet. */

#include "case/layout_parts.h"

#include "base/day.h"

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
	const th_layout_word *word = th_lay_word(l, TH_LW_CAPTION, bare);
	if (!word)
		return value.len == 0;
	if (value.len == 0 && word->value.len)
		for (size_t c = column + 1; c < l->grid->row[row].cells && value.len == 0; c++)
			value = th_lay_squeezed(l, th_grid_at(l->grid, row, c)->text);
	if (word->value.len == 0 || value.len == 0 || th_lay_has_colon(value))
		return true;
	th_slice unit;
	th_when when;
	if (th_slice_eq(word->value, TH_S("period"))) {
		if (th_lay_when(l, value, &when) || th_when_find(value, &when))
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
	if (th_lay_when(l, value, &when)) { /* the value's cell is empty, and the next holds the time */
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

/* The organisation that a title begins with: 青禾热力厂生产月报表. 供热单位：某公司 is whoever that word says, and not the one whose table it is. */
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
	while (name.len && (word = th_lay_word(l, TH_LW_TITLE_END, name)) != NULL && word->key.len < name.len &&
	       !th_lay_word(l, TH_LW_ORGANISATION, name))
		name.len -= word->key.len;
	return !th_lay_has_colon(name) && th_lay_word(l, TH_LW_ORGANISATION, name) ? name : (th_slice){"", 0};
}

/* The sheet's name goes with what stands above the table: a month in the year of the title, or the same time again. */
static void take_sheet(th_layout *l, th_block *b)
{
	th_slice name = th_lay_squeezed(l, th_slice_of(l->grid->sheet));
	th_when when;
	if (l->f_site >= 0 && th_lay_word(l, TH_LW_ORGANISATION, name))
		set(b, l->f_site, name, b->head, 0);
	th_lay_see_mean(l, b, name, b->head, 0);
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
	return named && !th_lay_has_colon(name) && !th_when_named(words, name, &when) ? name : (th_slice){"", 0};
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

/* 建筑面积, 2023: how large it is; 年份, 2023 and 2023 alone are times. */
static bool is_bare_amount(const th_layout *l, th_slice left, th_slice text)
{
	th_slice inside;
	const th_layout_word *word = left.len ? th_lay_word(l, TH_LW_CAPTION, th_header_name(left, &inside)) : NULL;
	return left.len && th_lay_is_bare_time(l, text) && !(word && th_slice_eq(word->value, TH_S("period"))) && !th_lay_word(l, TH_LW_ORGANISATION, left);
}

void th_lay_titles(th_layout *l, th_block *b, size_t from)
{
	bool site_asked = false;
	for (size_t r = from; r < b->head; r++) {
		th_slice left = {"", 0}, here = {"", 0};
		for (size_t c = 0; c < l->grid->row[r].cells; c++) {
			th_slice text = th_lay_squeezed(l, th_grid_at(l->grid, r, c)->text);
			th_when when;
			if (text.len == 0)
				continue;
			left = here;
			here = text;
			text = take_unit(l, b, text, r, c);
			if (caption(l, b, text, r, c) || th_lay_is_footer(l, text) || is_bare_amount(l, left, text))
				continue;
			th_lay_see_plan(l, b, text, r, c);
			th_lay_see_mean(l, b, text, r, c);
			if (th_lay_when(l, text, &when) ? when.whole : th_when_find(text, &when)) {
				if (th_when_is_stamp_name(left, &when))
					continue;
				take_when(l, b, &when, r, c);
			} else
				(void)th_when_up_to(text, &b->when);
			if (!site_asked && th_lay_filled(l, r) == 1 && l->f_site >= 0) {
				th_slice name = organisation_in(l, text);
				set(b, l->f_site, name.len ? name : name_before_gap(l, th_grid_at(l->grid, r, c)->text), r, c);
			}
			site_asked |= b->set[l->f_site >= 0 ? l->f_site : 0].given;
		}
	}
	if (l->grid->sheet)
		take_sheet(l, b);
}
