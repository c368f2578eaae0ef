/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times in office tables: those that say only a part, those within a text, several of them. */

#include "case/layout_parts.h"

#include "base/day.h"
#include "base/period_text.h"

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
	int first = sub <= 12 ? sub : sub <= 16 ? 3 * (sub - 13) + 1 : sub <= 18 ? 6 * (sub - 17) + 1 : sub / 100;
	int months = sub <= 12 ? 1 : sub <= 16 ? 3 : sub <= 18 ? 6 : sub % 100 - first + 1;
	int32_t from = th_day(year, first, 1);
	return (th_when){.whole = true, .from = from, .to = th_day_after_months(from, months) - 1};
}

/* Months of a year as a part of it: 13 is the first quarter, 104 January to April. */
static int part_of_months(int first, int last)
{
	int months = last - first + 1;
	return months == 1 ? first : months == 3 && first % 3 == 1 ? 13 + first / 3 : months == 6 && first % 6 == 1 ? 17 + first / 6 : 100 * first + last;
}

static int digits(th_slice text)
{
	int value = 0;
	for (size_t i = 0; i < text.len; i++)
		value = 10 * value + (text.ptr[i] - '0');
	return value;
}

/* 1-3月, 一至三季度, 前9个月: months of a year that is not said. What does not end in such a word may be anything: 5 is no May. */
static int range_of(th_slice text)
{
	enum { LONGEST = 40 };
	static const char *const ends[] = {"月", "月份", "季度", "季"};
	char whole[LONGEST + 8] = "2001年";
	size_t year = strlen(whole);
	int y, first, last, day, last_day;
	th_period period;
	bool ended = false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		ended |= th_slice_ends(text, th_slice_of(ends[i]));
	if (!ended || text.len > LONGEST)
		return 0;
	memcpy(whole + year, text.ptr, text.len);
	if (th_period_parse((th_slice){whole, year + text.len}, &period) != TH_PERIOD_OK)
		return 0;
	th_day_split(period.from, &y, &first, &day);
	th_day_split(period.to, &y, &last, &last_day);
	return day == 1 && y == 2001 && period.to == th_day_after_months(th_day(2001, last, 1), 1) - 1 ? part_of_months(first, last) : 0;
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
	return word && word->value.len == 2 ? 16 + (word->value.ptr[1] - '0') : range_of(text);
}

/* 一季度累计, 1-3月合计, 2023年小计: the time, and that a sum is meant; text.len == 0: no such word stands behind it. */
static th_slice without_sum(th_slice text, bool *running)
{
	static const struct { const char *word; bool running; } words[] = {
		{"累计数", true}, {"累计值", true}, {"止累计", true}, {"累计", true}, {"合计数", false}, {"合计", false}, {"小计", false}, {"总计", false}, {"共计", false},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (th_slice_ends(text, th_slice_of(words[i].word))) {
			*running = words[i].running;
			return th_slice_trim((th_slice){text.ptr, text.len - strlen(words[i].word)});
		}
	return (th_slice){"", 0};
}

static bool has_bounds(th_slice text, const th_period *period)
{
	int year, month, day;
	th_day_split(period->from, &year, &month, &day);
	return period->from == period->to && day == 1 && !th_period_is_first(text, period);
}

static bool read_plain(const th_layout_words *words, th_slice text, th_when *out)
{
	th_period period;
	*out = (th_when){0};
	if (text.len && th_period_parse(text, &period) == TH_PERIOD_OK) {
		*out = (th_when){.whole = true, .bounds = has_bounds(text, &period), .from = period.from, .to = period.to};
		return true;
	}
	out->sub = text.len ? part_of(words, text) : 0;
	return out->sub > 0;
}

bool th_when_read(const th_layout_words *words, th_slice text, th_when *out)
{
	if (read_plain(words, text, out))
		return true;
	bool running = false;
	th_slice bare = without_sum(text, &running);
	bool longer = bare.len && read_plain(words, bare, out) && (out->whole ? out->to - out->from > 31 && !(running && th_when_year(out)) : out->sub > 12);
	if (longer && running && out->sub > 13 && out->sub <= 16 && (th_slice_ends(bare, TH_S("季度")) || th_slice_ends(bare, TH_S("季"))))
		out->running = true;
	return longer;
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

/* 2023年前…, 2023年1月起…: more of a time stands behind what was read, which is none of it alone. */
static bool goes_on_as_time(th_slice rest)
{
	static const char *const words[] = {"前", "上", "下", "第", "至", "到", "起", "-", "~", "～", "—", "–"};
	static const char *const behind[] = {"季", "个季", "月", "个月", "半年", "年", "旬"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!th_slice_starts(rest, th_slice_of(words[i])))
			continue;
		size_t at = strlen(words[i]), digits = at;
		while (digits < rest.len && (is_digit(rest.ptr[digits]) || th_period_numeral((th_slice){rest.ptr + digits, rest.len - digits}) > 0))
			digits += is_digit(rest.ptr[digits]) ? 1 : 3;
		for (size_t k = 0; k < sizeof behind / sizeof *behind; k++)
			if (digits < rest.len && th_slice_starts((th_slice){rest.ptr + digits, rest.len - digits}, th_slice_of(behind[k])))
				return digits > at || k == 4;
	}
	return false;
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
			if (goes_on_as_time((th_slice){text.ptr + at + len, text.len - at - len}))
				return false;
			*out = (th_when){.whole = true, .bounds = has_bounds(piece, &period), .from = joined_year(text, at, period.from), .to = period.to};
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
	th_when out = first->sub && year ? of_part(year, first->sub)
	              : first->whole && second->sub && th_when_year(first) ? of_part(year, second->sub) : first->whole || first->sub ? *first : *second;
	out.running = first->running || second->running;
	return out;
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
	else if (when->from == when->to && !when->bounds)
		th_buf_printf(out, "%d-%02d-%02d", year, month, day);
	else
		th_buf_printf(out, "%d-%02d-%02d/%d-%02d-%02d", year, month, day, last_year, last_month, last_day);
}
