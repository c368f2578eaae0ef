/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts in office tables: times that say only a part, words with blanks inside, units behind names. */

#include "case/layout_parts.h"

#include "base/day.h"
#include "base/utf8.h"

/* --- times --- */

int th_when_year(const th_when *when)
{
	int year, month, day;
	if (!when->whole)
		return 0;
	th_day_split(when->from, &year, &month, &day);
	return when->from == th_day(year, 1, 1) && when->to == th_day(year, 12, 31) ? year : 0;
}

th_when th_when_of_year(int year)
{
	return (th_when){.whole = true, .from = th_day(year, 1, 1), .to = th_day(year, 12, 31)};
}

static th_when of_part(int year, int sub)
{
	int month = sub <= 12 ? sub : sub <= 16 ? 3 * (sub - 13) + 1 : 6 * (sub - 17) + 1, months = sub <= 12 ? 1 : sub <= 16 ? 3 : 6;
	int32_t from = th_day(year, month, 1);
	return (th_when){.whole = true, .from = from, .to = th_day_after_months(from, months) - 1};
}

static int digits(th_slice text)
{
	int value = 0;
	for (size_t i = 0; i < text.len; i++)
		value = 10 * value + (text.ptr[i] - '0');
	return value;
}

static int part_of(const th_layout_words *words, th_slice text)
{
	const th_layout_word *word = th_layout_word_in(words, TH_LW_MONTH, text);
	if (word)
		return digits(word->value);
	word = th_layout_word_in(words, TH_LW_QUARTER, text);
	if (word && word->value.len == 2)
		return 12 + (word->value.ptr[1] - '0');
	word = th_layout_word_in(words, TH_LW_HALF, text);
	return word && word->value.len == 2 ? 16 + (word->value.ptr[1] - '0') : 0;
}

bool th_when_read(const th_layout_words *words, th_slice text, th_when *out)
{
	th_period period;
	*out = (th_when){0};
	if (text.len && th_period_parse(text, &period) == TH_PERIOD_OK) {
		*out = (th_when){.whole = true, .from = period.from, .to = period.to};
		return true;
	}
	out->sub = part_of(words, text);
	return out->sub > 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 2022-2023年, 2021、2022年: the first day of the year that goes along before `at`; `from` when there is none. */
static int32_t joined_year(th_slice text, size_t at, int32_t from)
{
	static const char *const signs[] = {"-", "—", "–", "－", "~", "～", "至", "到", "、", "和", "及", "/"};
	th_slice before = th_slice_trim((th_slice){text.ptr, at});
	bool joined = false;
	for (size_t i = 0, whole = before.len; i < sizeof signs / sizeof *signs; i++)
		if (whole == before.len)
			while (th_slice_ends(before, th_slice_of(signs[i]))) {
				before.len -= strlen(signs[i]);
				joined = true;
			}
	before = th_slice_trim(before);
	if (th_slice_ends(before, TH_S("年度")))
		before.len -= 6;
	else if (th_slice_ends(before, TH_S("年")))
		before.len -= 3;
	if (!joined || before.len < 4 || (before.len > 4 && is_digit(before.ptr[before.len - 5])))
		return from;
	int year = 0;
	for (size_t i = before.len - 4; i < before.len; i++) {
		if (!is_digit(before.ptr[i]))
			return from;
		year = 10 * year + before.ptr[i] - '0';
	}
	int32_t day = th_day(year, 1, 1);
	return year >= 1990 && year <= 2100 && day < from ? day : from;
}

bool th_when_find(th_slice text, th_when *out)
{
	enum { LONGEST = 48 };
	for (size_t at = 0; at + 4 <= text.len; at++) {
		bool year = (text.ptr[at] == '1' || text.ptr[at] == '2') && (at == 0 || !is_digit(text.ptr[at - 1]));
		for (size_t i = 0; i < 4 && year; i++)
			year = is_digit(text.ptr[at + i]);
		if (!year)
			continue;
		size_t len = text.len - at < LONGEST ? text.len - at : LONGEST;
		for (; len > 4; len--) { /* four digits alone are no time in a text */
			th_slice piece = {text.ptr + at, len};
			bool cut = at + len < text.len && ((unsigned char)text.ptr[at + len] & 0xC0) == 0x80;
			bool goes_on = at + len < text.len && is_digit(text.ptr[at + len]) && is_digit(text.ptr[at + len - 1]);
			th_period period;
			if (cut || goes_on || th_period_parse(piece, &period) != TH_PERIOD_OK)
				continue;
			*out = (th_when){.whole = true, .from = joined_year(text, at, period.from), .to = period.to};
			return true;
		}
	}
	return false;
}

/* Digits, and what stands between them in a range of months: 1-3月 is no March. */
static bool joins(th_slice text, size_t at, bool before)
{
	static const char *const signs[] = {"-", "—", "–", "~", "～", "至", "到", ".", "/", "十", "一", "二"};
	unsigned char c = at < text.len ? (unsigned char)text.ptr[at] : 0;
	if (before)
		for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
			if (th_slice_ends((th_slice){text.ptr, at}, th_slice_of(signs[i])))
				return true;
	if (before)
		c = at ? (unsigned char)text.ptr[at - 1] : 0;
	return is_digit((char)c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* 1月用电, 用电（一季度）: the only month, quarter or half that a name has; 0: none, or several. */
static int part_in(const th_layout_words *words, th_slice name)
{
	enum { LONGEST = 30 };
	int found = 0;
	for (size_t at = 0; at < name.len; at++) {
		if (((unsigned char)name.ptr[at] & 0xC0) == 0x80 || joins(name, at, true))
			continue;
		for (size_t len = name.len - at < LONGEST ? name.len - at : LONGEST; len > 1; len--) {
			bool cut = at + len < name.len && ((unsigned char)name.ptr[at + len] & 0xC0) == 0x80;
			int part = cut || joins(name, at + len, false) ? 0 : part_of(words, (th_slice){name.ptr + at, len});
			if (part == 0)
				continue;
			if (found && found != part)
				return 0;
			found = part;
			at += len - 1;
			break;
		}
	}
	return found;
}

/* 23.1, 23-01: the year in two digits, and the month. */
static bool short_month(th_slice name, th_when *out)
{
	size_t month = name.len > 3 && is_digit(name.ptr[0]) && is_digit(name.ptr[1]) && (name.ptr[2] == '.' || name.ptr[2] == '-') ? name.len - 3 : 0;
	if (month < 1 || month > 2 || !is_digit(name.ptr[3]) || !is_digit(name.ptr[name.len - 1]))
		return false;
	int sub = digits((th_slice){name.ptr + 3, month});
	if (sub < 1 || sub > 12)
		return false;
	*out = of_part(2000 + digits((th_slice){name.ptr, 2}), sub);
	return true;
}

bool th_when_named(const th_layout_words *words, th_slice name, th_when *out)
{
	th_slice inside, bare = th_header_name(name, &inside); /* 23.1 (2) is a copy of 23.1 */
	if (bare.len && short_month(bare, out))
		return true;
	if (th_when_read(words, name, out) || (bare.len && th_when_read(words, bare, out)) || th_when_find(name, out))
		return true;
	*out = (th_when){.sub = part_in(words, name)};
	for (size_t at = 0; at + 4 <= name.len; at++) { /* 2023用电 */
		bool year = (at == 0 || !is_digit(name.ptr[at - 1])) && (at + 4 == name.len || !is_digit(name.ptr[at + 4]));
		for (size_t i = 0; i < 4; i++)
			year = year && is_digit(name.ptr[at + i]);
		int value = year ? digits((th_slice){name.ptr + at, 4}) : 0;
		if (value < 1990 || value > 2100)
			continue;
		th_when of = th_when_of_year(value);
		*out = out->sub ? th_when_join(out, &of) : of;
		return true;
	}
	return out->sub > 0;
}

th_when th_when_join(const th_when *first, const th_when *second)
{
	int year = th_when_year(first) ? th_when_year(first) : th_when_year(second);
	if (first->sub && year)
		return of_part(year, first->sub);
	if (first->whole && second->sub && th_when_year(first))
		return of_part(year, second->sub);
	if (first->whole || first->sub)
		return *first;
	return *second;
}

void th_when_put(const th_when *when, th_buf *out)
{
	int year, month, day, last_year, last_month, last_day;
	th_day_split(when->from, &year, &month, &day);
	th_day_split(when->to, &last_year, &last_month, &last_day);
	int months = day == 1 && th_day_after_months(when->from, th_whole_months(when->from, when->to)) == when->to + 1
	                     ? th_whole_months(when->from, when->to) : 0;
	if (months == 12 && month == 1)
		th_buf_printf(out, "%d", year);
	else if (months == 1)
		th_buf_printf(out, "%d-%02d", year, month);
	else if (months == 3 && month % 3 == 1)
		th_buf_printf(out, "%dQ%d", year, month / 3 + 1);
	else if (months == 6 && month % 6 == 1)
		th_buf_printf(out, "%dH%d", year, month / 6 + 1);
	else if (months > 0)
		th_buf_printf(out, "%d-%02d/%d-%02d", year, month, last_year, last_month);
	else if (when->from == when->to)
		th_buf_printf(out, "%d-%02d-%02d", year, month, day);
	else
		th_buf_printf(out, "%d-%02d-%02d/%d-%02d-%02d", year, month, day, last_year, last_month, last_day);
}

/* --- words --- */

static bool is_plain(unsigned char c)
{
	return c > ' ' && c < 0x80 && (is_digit((char)c) || (c | 0x20) >= 'a');
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
		if (is_digit(text.ptr[at])) {
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
		if (*marks[i] == '.' && is_digit(rest.ptr[1]))
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

bool th_lay_is_footer(const th_layout *l, th_slice text)
{
	return th_layout_is_note(l->reference, text);
}

bool th_layout_is_note(const th_reference *reference, th_slice text)
{
	text = th_slice_trim(text);
	for (size_t len = text.len < 60 ? text.len : 60; len >= 3; len--) {
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
		if (rest.len && is_digit(rest.ptr[0]))
			return true;
	}
	return false;
}

static bool squeeze(th_slice text, th_arena *arena, th_slice *out)
{
	char *to = th_arena_alloc(arena, text.len + 1, 1);
	size_t n = 0, len;
	if (!to)
		return false;
	for (size_t at = 0; at < text.len;) {
		len = th_blank_at(text, at);
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
		plain = c > ' ' && c != 0xC2 && c != 0xE3;
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

int th_lay_field(const th_layout *l, const char *name)
{
	for (size_t i = 0; i < l->fields; i++)
		if (strcmp(l->field[i].name, name) == 0)
			return (int)i;
	return -1;
}
