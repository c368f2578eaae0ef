/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times in office tables: those that say only a part, several of them. */

#include "case/layout_parts.h"

#include "base/day.h"

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

int th_when_last_month(const th_when *when)
{
	const int sub = when->sub;
	return sub <= 12 ? sub : sub <= 16 ? 3 * (sub - 12) : sub <= 18 ? 6 * (sub - 16) : sub % 100;
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

/* Q1-Q3, Q1~3. */
static int quarters_of(th_slice text)
{
	static const char *const joins[] = {"-", "~", "–", "—", "～", "至", "到"};
	if (text.len < 4 || (text.ptr[0] | 0x20) != 'q' || text.ptr[1] < '1' || text.ptr[1] > '4')
		return 0;
	th_slice rest = {text.ptr + 2, text.len - 2};
	for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
		size_t sign = strlen(joins[i]);
		if (!th_slice_starts(rest, th_slice_of(joins[i])))
			continue;
		rest = (th_slice){rest.ptr + sign, rest.len - sign};
		bool again = rest.len == 2 && (rest.ptr[0] | 0x20) == 'q';
		char last = rest.len == 1 ? rest.ptr[0] : again ? rest.ptr[1] : '0';
		return last > text.ptr[1] && last <= '4' ? part_of_months(3 * (text.ptr[1] - '1') + 1, 3 * (last - '0')) : 0;
	}
	return 0;
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

int th_when_part(const th_layout_words *words, th_slice text)
{
	const th_layout_word *word = th_layout_word_in(words, TH_LW_MONTH, text);
	if (word)
		return digits(word->value);
	word = th_layout_word_in(words, TH_LW_QUARTER, text);
	if (word && word->value.len == 2)
		return 12 + (word->value.ptr[1] - '0');
	word = th_layout_word_in(words, TH_LW_HALF, text);
	if (word && word->value.len == 2)
		return 16 + (word->value.ptr[1] - '0');
	const int quarters = quarters_of(text);
	return quarters ? quarters : range_of(text);
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

th_when th_when_of_period(th_slice text, const th_period *period)
{
	int year, month, day;
	th_day_split(period->from, &year, &month, &day);
	bool bounds = period->from == period->to && day == 1 && !th_period_is_first(text, period);
	return (th_when){.whole = true, .bounds = bounds, .from = period->from, .to = period->to};
}

static bool read_plain(const th_layout_words *words, th_slice text, th_when *out)
{
	th_period period;
	*out = (th_when){0};
	if (text.len && th_period_parse(text, &period) == TH_PERIOD_OK) {
		*out = th_when_of_period(text, &period);
		return true;
	}
	out->sub = text.len ? th_when_part(words, text) : 0;
	return out->sub > 0;
}

/* 截至3月, 截止2023年3月底: the month up to whose end; empty: none. */
static th_slice up_to(th_slice text)
{
	static const char *const firsts[] = {"截至", "截止到", "截止"}, *const lasts[] = {"底", "末", "止"};
	size_t cut = 0;
	for (size_t i = 0; i < sizeof firsts / sizeof *firsts && !cut; i++)
		cut = th_slice_starts(text, th_slice_of(firsts[i])) ? strlen(firsts[i]) : 0;
	text = cut ? th_slice_trim(th_slice_from(text, cut)) : (th_slice){"", 0};
	for (size_t i = 0; i < sizeof lasts / sizeof *lasts; i++)
		if (th_slice_ends(text, th_slice_of(lasts[i])))
			return (th_slice){text.ptr, text.len - strlen(lasts[i])};
	return text;
}

/* 3月累计, 截至3月, 截至2023年3月累计: from January to that month. */
static bool read_since(const th_layout_words *words, th_slice text, th_when *out)
{
	bool running = false;
	const th_slice bare = without_sum(text, &running), end = up_to(bare.len && running ? bare : text);
	int year, month, day;
	if (!(end.len || (bare.len && running)) || !read_plain(words, end.len ? end : bare, out))
		return false;
	if (!out->whole) {
		out->sub = out->sub >= 1 && out->sub <= 12 ? part_of_months(1, out->sub) : 0;
		return out->sub > 0;
	}
	th_day_split(out->from, &year, &month, &day);
	if (day != 1 || out->to != th_day_after_months(out->from, 1) - 1)
		return false;
	*out = of_part(year, part_of_months(1, month));
	return true;
}

bool th_when_read(const th_layout_words *words, th_slice text, th_when *out)
{
	if (read_plain(words, text, out) || read_since(words, text, out))
		return true;
	bool running = false;
	th_slice bare = without_sum(text, &running);
	bool longer = bare.len && read_plain(words, bare, out) && (out->whole ? out->to - out->from > 31 && !(running && th_when_year(out)) : out->sub > 12);
	if (longer && running && out->sub > 13 && out->sub <= 16 && (th_slice_ends(bare, TH_S("季度")) || th_slice_ends(bare, TH_S("季"))))
		out->running = true;
	return longer;
}

bool th_when_same(const th_when *a, const th_when *b)
{
	return a->whole == b->whole && a->sub == b->sub && (!a->whole || (a->from == b->from && a->to == b->to));
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
