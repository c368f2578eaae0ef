/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts in office tables: words with blanks inside, units behind names, marks for nothing. */

#include "case/layout_parts.h"

#include "base/utf8.h"

/* --- words --- */

static bool is_plain(unsigned char c)
{
	return c > ' ' && c < 0x80 && (th_is_digit((char)c) || (c | 0x20) >= 'a');
}

/* The length of the blank at the start: ASCII ones, U+00A0, U+3000; 0 if it is none. */
size_t th_blank_at(th_slice text, size_t at)
{
	const unsigned char *c = (const unsigned char *)text.ptr + at;
	size_t left = text.len - at;
	if (*c == ' ' || *c == '\t' || *c == '\r' || *c == '\n')
		return 1;
	if (left >= 2 && c[0] == 0xC2 && c[1] == 0xA0)
		return 2;
	return left >= 3 && c[0] == 0xE3 && c[1] == 0x80 && c[2] == 0x80 ? 3 : 0;
}

static size_t numeral_at(th_slice text)
{
	static const char *const han[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
	size_t at = 0;
	while (at < text.len) {
		if (th_is_digit(text.ptr[at])) {
			at++;
			continue;
		}
		size_t i = 0;
		while (i < 10 && !th_slice_starts((th_slice){text.ptr + at, text.len - at}, th_slice_of(han[i])))
			i++;
		if (i == 10)
			break;
		at += 3;
	}
	return at;
}

th_slice th_without_ordinal(th_slice text)
{
	static const char *const marks[] = {"、", "．", "）", ")", "."};
	size_t open = th_slice_starts(text, TH_S("(")) ? 1 : th_slice_starts(text, TH_S("（")) ? 3 : 0;
	th_slice rest = {text.ptr + open, text.len - open};
	size_t n = numeral_at(rest);
	if (n == 0 || n > 9)
		return text;
	rest = (th_slice){rest.ptr + n, rest.len - n};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t len = strlen(marks[i]);
		bool closes = i == 2 || i == 3;
		if (!th_slice_starts(rest, th_slice_of(marks[i])) || (open && !closes) || rest.len == len)
			continue;
		if (*marks[i] == '.' && th_is_digit(rest.ptr[1]))
			break;
		return th_slice_trim((th_slice){rest.ptr + len, rest.len - len});
	}
	return text;
}

/* A unit, or several with 或 between them, of which the fuel decides. */
static bool is_unit(const th_units *units, th_slice text)
{
	th_unit unit;
	th_slice at;
	size_t start = 0;
	for (size_t i = 0; i <= text.len; i++) {
		bool end = i == text.len, or = !end && th_slice_starts((th_slice){text.ptr + i, text.len - i}, TH_S("或"));
		if (!end && !or)
			continue;
		if (i == start || th_unit_parse(units, (th_slice){text.ptr + start, i - start}, &unit, &at) != TH_UNIT_OK)
			return false;
		start = i + 3;
	}
	return true;
}

/* 用电量（实际）（kWh）: behind a bracket another with a unit alone. */
bool th_split_last(const th_units *units, th_slice text, th_slice *name, th_slice *unit)
{
	static const char *const between[] = {"）（", ")(", "）(", ")（"};
	bool found = false;
	for (size_t at = 0; at < text.len && !found; at++)
		for (size_t i = 0; i < sizeof between / sizeof *between && !found; i++) {
			th_slice rest = {text.ptr + at, text.len - at}, inside;
			size_t close = between[i][0] == ')' ? 1 : 3;
			if (!th_slice_starts(rest, th_slice_of(between[i])))
				continue;
			*name = (th_slice){text.ptr, at + close};
			(void)th_header_name((th_slice){text.ptr + at, rest.len}, &inside); /* it wants something before the bracket: the one that closes */
			*unit = inside;
			found = inside.len > 0 && is_unit(units, inside);
		}
	return found;
}

th_slice th_split_unit(const th_units *units, th_slice text, th_slice *unit)
{
	th_slice inside, name = th_header_name(text, &inside);
	*unit = (th_slice){"", 0};
	if (inside.len && is_unit(units, inside)) {
		*unit = inside;
		return name;
	}
	for (size_t at = 1; at + 1 < text.len; at++) /* 柴油/t: the first stroke behind which all is a unit, t/MWh too */
		if (text.ptr[at] == '/' || text.ptr[at] == ',' || th_slice_starts((th_slice){text.ptr + at, text.len - at}, TH_S("，"))) {
			size_t len = text.ptr[at] == '/' || text.ptr[at] == ',' ? 1 : 3;
			th_slice behind = {text.ptr + at + len, text.len - at - len};
			th_slice before = {text.ptr, at};
			if (!is_unit(units, before) && is_unit(units, behind)) {
				*unit = behind;
				return before;
			}
		}
	return text;
}

bool th_unit_is_money(const th_units *units, th_slice unit)
{
	th_unit parsed;
	th_slice at;
	return unit.len && th_unit_parse(units, unit, &parsed, &at) == TH_UNIT_OK && th_unit_exponent(units, &parsed, "money") != 0;
}

bool th_is_number(th_slice text, char delimiter, th_decimal *out)
{
	unsigned notes;
	return text.len > 0 && th_number_is(th_number_in(text, delimiter, out, &notes));
}

bool th_is_hole(th_slice text)
{
	static const char *const marks[] = {"-", "--", "—", "——", "－", "/", "／", "无", "\\"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (th_slice_eq(text, th_slice_of(marks[i])))
			return true;
	th_decimal number;
	unsigned notes;
	th_number kind = text.len ? th_number_parse(text, &number, &notes) : TH_NUM_EMPTY;
	return kind == TH_NUM_EMPTY || kind == TH_NUM_MISSING;
}

/* --- notes --- */

enum { NOTE_LOOKED_AT = 60 }; /* bytes of its start */

bool th_lay_is_footer(const th_layout *l, th_slice text)
{
	text = th_slice_trim(text);
	return (text.len > NOTE_LOOKED_AT || th_lay_word(l, TH_LW_FOOTER, text)) && th_layout_is_note(l->reference, text);
}

bool th_layout_is_note(const th_reference *reference, th_slice text)
{
	text = th_slice_trim(text);
	for (size_t len = text.len < NOTE_LOOKED_AT ? text.len : NOTE_LOOKED_AT; len >= 3; len--) {
		if (len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
			continue;
		const th_layout_word *word = th_layout_word_in(&reference->layout_words, TH_LW_FOOTER, (th_slice){text.ptr, len});
		if (!word)
			return false;
		th_slice rest = {text.ptr + len, text.len - len};
		if (th_slice_eq(th_slice_of(""), rest) && th_layout_word_in(&reference->layout_words, TH_LW_FOOTER, text)->key.len >= text.len)
			return true;
		static const char *const behind[] = {":", "：", "（", "(", "、", " ", "\xE3\x80\x80"};
		for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
			if (th_slice_starts(rest, th_slice_of(behind[i])))
				return true;
		if (rest.len && th_is_digit(rest.ptr[0]))
			return true;
	}
	return false;
}

bool th_lay_has_colon(th_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == ':' || th_slice_starts((th_slice){text.ptr + i, text.len - i}, TH_S("：")))
			return true;
	return false;
}

/* A full-width digit stands there: which, as it is else written. */
static bool is_wide_digit(th_slice text, size_t at, char *digit)
{
	if (at + 3 > text.len || memcmp(text.ptr + at, "\xEF\xBC", 2) != 0)
		return false;
	const unsigned char last = (unsigned char)text.ptr[at + 2];
	*digit = (char)(last - 0x90 + '0');
	return last >= 0x90 && last <= 0x99;
}

static bool squeeze(th_slice text, th_arena *arena, th_slice *out)
{
	char *to = th_arena_alloc(arena, text.len + 1, 1);
	size_t n = 0, len;
	if (!to)
		return false;
	for (size_t at = 0; at < text.len;) {
		len = th_blank_at(text, at);
		if (len == 0 && is_wide_digit(text, at, &to[n])) {
			n++;
			at += 3;
			continue;
		}
		if (len == 0) {
			to[n++] = text.ptr[at++];
			continue;
		}
		while (at < text.len && (len = th_blank_at(text, at)) > 0)
			at += len;
		if (n > 0 && at < text.len && is_plain((unsigned char)to[n - 1]) && is_plain((unsigned char)text.ptr[at]))
			to[n++] = ' ';
	}
	*out = (th_slice){to, n};
	return true;
}

/* --- what the files share --- */

bool th_lay_worse(th_layout *l, th_status status)
{
	l->status = status > l->status ? status : l->status;
	return status != TH_SYSTEM;
}

const char *th_lay_z(th_layout *l, th_slice text)
{
	enum { SHOWN = 120 };
	size_t cut = text.len;
	if (cut > SHOWN)
		for (cut = SHOWN; cut > 0 && ((unsigned char)text.ptr[cut] & 0xC0) == 0x80;)
			cut--;
	th_slice copy = th_arena_copy(&l->arena, (th_slice){text.len ? text.ptr : "", cut});
	if (!copy.ptr)
		th_lay_worse(l, th_no_memory(l->diags));
	return copy.ptr ? copy.ptr : "";
}

th_slice th_lay_glued(th_layout *l, th_slice a, const char *between, th_slice b)
{
	const size_t middle = strlen(between), len = a.len + middle + b.len;
	char *text = th_arena_alloc(&l->arena, len + 1, 1);
	if (!text) {
		th_lay_worse(l, th_no_memory(l->diags));
		return (th_slice){"", 0};
	}
	memcpy(text, a.ptr, a.len);
	memcpy(text + a.len, between, middle);
	memcpy(text + a.len + middle, b.ptr, b.len);
	return (th_slice){text, len};
}

th_slice th_lay_squeezed(th_layout *l, th_slice text)
{
	th_slice out = {"", 0};
	bool plain = true;
	for (size_t i = 0; i < text.len && plain; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		plain = c > ' ' && c != 0xC2 && c != 0xE3 && c != 0xEF;
	}
	if (plain)
		return text;
	if (!squeeze(text, &l->arena, &out)) {
		th_lay_worse(l, th_no_memory(l->diags));
		return (th_slice){"", 0};
	}
	return out;
}

th_slice th_lay_text_from(const th_layout *l, size_t row, size_t column, size_t *from)
{
	const th_grid_cell *cell = th_grid_at(l->grid, row, column);
	*from = column;
	if (!(cell->flags & TH_GRID_COVERED))
		return cell->text;
	const th_grid_range *range = &l->grid->merged[cell->flags / TH_GRID_INDENT];
	*from = range->left;
	return th_grid_at(l->grid, range->top, range->left)->text;
}

th_slice th_lay_text(const th_layout *l, size_t row, size_t column)
{
	size_t from;
	return th_lay_text_from(l, row, column, &from);
}

size_t th_lay_filled(const th_layout *l, size_t row)
{
	size_t filled = 0;
	for (size_t c = 0; c < l->grid->row[row].cells; c++)
		filled += th_grid_at(l->grid, row, c)->text.len > 0;
	return filled;
}

bool th_lay_is_generated(const th_layout *l, th_slice name)
{
	return th_layout_word_is(&l->reference->layout_words, TH_LW_GENERATED, name) != NULL;
}

int th_lay_field(const th_layout *l, const char *name)
{
	for (size_t i = 0; i < l->fields; i++)
		if (strcmp(l->field[i].name, name) == 0)
			return (int)i;
	return -1;
}

void th_lay_other_time(th_layout *l, const th_when *when, size_t row, size_t column)
{
	th_buf said = {0};
	th_when_put(when, &said);
	th_buf_char(&said, '\0');
	if (said.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	else
		TH_LAY_FAIL(l, row, column, TH_LAYOUT_SHEET_PERIOD, th_lay_z(l, th_slice_of(l->grid->sheet)), said.ptr);
	th_buf_free(&said);
}

th_slice th_walk_text(const th_walk *w, size_t row, size_t column)
{
	return th_lay_squeezed(w->l, th_lay_text(w->l, row, column));
}

bool th_walk_counts(const th_walk *w, size_t row)
{
	th_decimal number;
	for (size_t c = 0; c < w->b->columns; c++)
		if ((w->b->column[c].role == TH_ROLE_QUANTITY || w->b->column[c].role == TH_ROLE_CONTROL || w->b->column[c].role == TH_ROLE_RUNNING) &&
		    th_is_number(th_grid_at(w->l->grid, row, c)->text, w->l->grid->delimiter, &number))
			return true;
	return false;
}
