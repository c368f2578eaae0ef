/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times within a text: which may be that of a table, which are stamps and versions of a form, which are several or one end alone. */

#include "case/layout_parts.h"

#include <stdio.h>

#include "base/day.h"
#include "base/period_text.h"

#define COUNT(words) (sizeof (words) / sizeof *(words))

enum { NEAR = 240, TIMES_MOST = 8 }; /* bytes around a time, and times of a text, that are looked at: a title is short, and a cell may be of any length */

static int number_of(th_slice text)
{
	int value = 0;
	for (size_t i = 0; i < text.len; i++)
		value = 10 * value + (text.ptr[i] - '0');
	return value;
}

/* How long the first of the words is with which a text starts or ends; 0: with none. */
static size_t starts(th_slice text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (th_slice_starts(text, th_slice_of(words[i])))
			return strlen(words[i]);
	return 0;
}

static size_t ends(th_slice text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (th_slice_ends(text, th_slice_of(words[i])))
			return strlen(words[i]);
	return 0;
}

/* How long the time with a year is that a text starts with; four digits alone are none. */
static size_t time_at(th_slice text, th_when *out)
{
	enum { LONGEST = 48 };
	bool year = text.len > 4 && (text.ptr[0] == '1' || text.ptr[0] == '2');
	for (size_t i = 1; i < 4 && year; i++)
		year = th_is_digit(text.ptr[i]);
	for (size_t len = text.len < LONGEST ? text.len : LONGEST; year && len > 4; len--) {
		bool cut = len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80;
		bool goes_on = len < text.len && th_is_digit(text.ptr[len]) && th_is_digit(text.ptr[len - 1]);
		th_period period;
		if (cut || goes_on || th_period_parse((th_slice){text.ptr, len}, &period) != TH_PERIOD_OK)
			continue;
		*out = th_when_of_period((th_slice){text.ptr, len}, &period);
		return len;
	}
	return 0;
}

/* The same, or 2023 alone, or 11月 in the year that stands before it. */
static size_t more_at(th_slice text, int year, th_when *out)
{
	enum { LONGEST = 24 };
	char whole[LONGEST + 8];
	size_t len = time_at(text, out), digits = 0;
	if (len)
		return len;
	while (digits < text.len && digits < 5 && th_is_digit(text.ptr[digits]))
		digits++;
	if (digits == 4) {
		int value = number_of((th_slice){text.ptr, 4});
		*out = th_when_of_year(value);
		return value >= 1990 && value <= 2100 ? 4 : 0;
	}
	int front = snprintf(whole, sizeof whole, "%04d年", year % 10000);
	size_t rest = text.len < LONGEST ? text.len : LONGEST;
	memcpy(whole + front, text.ptr, rest);
	len = time_at((th_slice){whole, (size_t)front + rest}, out);
	return len > (size_t)front && !th_is_digit(whole[len - 1]) ? len - (size_t)front : 0; /* 5号楼 is no May */
}

/* 2023年前…, 2023年1月起…: more of a time stands behind what was read, which is none of it alone. */
static bool goes_on_as_time(th_slice rest)
{
	static const char *const words[] = {"前", "上", "下", "第", "至", "到", "起", "-", "~", "～", "—", "–"};
	static const char *const units[] = {"季", "个季", "月", "个月", "半年", "年", "旬"};
	for (size_t i = 0; i < COUNT(words); i++) {
		if (!th_slice_starts(rest, th_slice_of(words[i])))
			continue;
		size_t at = strlen(words[i]), digits = at;
		while (digits < rest.len && (th_is_digit(rest.ptr[digits]) || th_period_numeral(th_slice_from(rest, digits)) > 0))
			digits += th_is_digit(rest.ptr[digits]) ? 1 : 3;
		for (size_t k = 0; k < COUNT(units); k++)
			if (digits < rest.len && th_slice_starts(th_slice_from(rest, digits), th_slice_of(units[k])))
				return digits > at || k == 4;
	}
	return false;
}

/* --- stamps --- */

bool th_when_is_stamp_name(th_slice name, const th_when *when)
{
	static const char *const signs[] = {":", "："}, *const kinds[] = {"日期", "时间"};
	static const char *const writes[] = {"填表", "填报", "填写", "填制", "制表", "制单", "审核", "审批", "复核", "报出", "报送", "上报", "提交", "打印", "导出", "编制", "编报", "签字",
	                                     "签署", "签发", "盖章", "批准", "截止", "截至", "生成", "下载", "查询", "更新", "发布", "印发", "修订", "录入"};
	for (size_t sign; (sign = ends(name, signs, COUNT(signs))) > 0;)
		name = th_slice_trim((th_slice){name.ptr, name.len - sign});
	size_t kind = ends(name, kinds, COUNT(kinds));
	return kind && (when->from == when->to || ends((th_slice){name.ptr, name.len - kind}, writes, COUNT(writes)));
}

/* Nothing more of a word: 2022年制）, and not 2022年制冷. */
static bool ends_there(th_slice rest)
{
	static const char *const signs[] = {"）", "】", "」", "』", "》", "〉", "，", "。", "；", "、", "：", "　"};
	return rest.len == 0 || ((unsigned char)rest.ptr[0] < 0x80 && !th_is_digit(rest.ptr[0])) || starts(rest, signs, COUNT(signs));
}

/* 2022年制, 2023年版, 2021年修订的…, 2022年1月起执行: the year of a form or of a rule. 2024年1月10日填: the day on which it was filled in. */
static bool is_written(th_slice piece, th_slice rest, const th_when *when)
{
	static const char *const forms[] = {"版", "修订", "修正", "发布", "印发", "颁布", "制定", "制订", "起执行", "起施行", "起实施", "起试行", "起启用"};
	static const char *const fills[] = {"填报", "填表", "填写", "填制", "填", "制表", "编制", "打印", "导出", "审核", "复核", "报出", "报送", "上报", "提交", "签字", "签发", "盖章", "制"};
	size_t fill = starts(rest, fills, COUNT(fills));
	if (starts(rest, forms, COUNT(forms)))
		return true;
	bool day = when->from == when->to, year_of_data = th_slice_ends(piece, TH_S("度"));
	return fill && (day || (!year_of_data && ends_there(th_slice_from(rest, fill))));
}

/* 根据2021年…: in the same part of a sentence a rule is cited. */
static bool is_cited(th_slice before)
{
	static const char *const words[] = {"根据", "依据", "按照", "参照", "遵照"}, *const stops[] = {"，", "。", "；", "：", ",", ";", ":"};
	bool cited = false;
	for (size_t at = before.len > NEAR ? before.len - NEAR : 0; at < before.len; at++)
		cited = (cited && !starts(th_slice_from(before, at), stops, COUNT(stops))) || starts(th_slice_from(before, at), words, COUNT(words));
	return cited;
}

static bool is_stamp(th_slice text, size_t at, size_t len, const th_when *when)
{
	th_slice before = th_slice_trim((th_slice){text.ptr, at}), rest = th_slice_trim(th_slice_from(text, at + len));
	return th_when_is_stamp_name(before, when) || is_written((th_slice){text.ptr + at, len}, rest, when) || is_cited(before);
}

/* The year without 年: 2022版. */
static bool is_stamp_year(th_slice text, size_t at)
{
	static const char *const years[] = {"年度", "年"};
	size_t more = starts(th_slice_from(text, at + 4), years, COUNT(years));
	const th_when year = th_when_of_year(2000); /* whichever: no day */
	return is_stamp(text, at, 4 + more, &year);
}

/* --- several, and one end alone --- */

static const char *const lists[] = {"、", "和", "与", "及", "以及", "，", ",", "&", "＆"};

static void add_to(th_when *out, const th_when *more)
{
	if (!out->several) {
		out->several = true;
		out->each[0] = (th_span){out->from, out->to};
		out->each[1] = (th_span){more->from, more->to};
	}
	out->from = more->from < out->from ? more->from : out->from;
	out->to = more->to > out->to ? more->to : out->to;
}

/* 2022-2023年, 2021、2022年: the year that goes along before `at`, and whether it is one of a list. */
static int joined_year(th_slice text, size_t at, bool *list)
{
	static const char *const ranges[] = {"-", "—", "–", "－", "~", "～", "至", "到", "/"}, *const years[] = {"年度", "年"};
	th_slice before = th_slice_trim((th_slice){text.ptr, at});
	size_t sign = ends(before, lists, COUNT(lists));
	*list = sign > 0;
	if (!sign)
		for (size_t one; (one = ends((th_slice){before.ptr, before.len - sign}, ranges, COUNT(ranges))) > 0;)
			sign += one;
	if (!sign)
		return 0;
	*list |= th_slice_ends(before, TH_S("年/")) || th_slice_ends(before, TH_S("年度/")); /* 2022年/2023年 */
	before = th_slice_trim((th_slice){before.ptr, before.len - sign});
	before.len -= ends(before, years, COUNT(years));
	if (before.len < 4 || (before.len > 4 && th_is_digit(before.ptr[before.len - 5])))
		return 0;
	int year = 0;
	for (size_t i = before.len - 4; i < before.len; i++) {
		if (!th_is_digit(before.ptr[i]))
			return 0;
		year = 10 * year + before.ptr[i] - '0';
	}
	return year >= 1990 && year <= 2100 ? year : 0;
}

static void join_before(th_slice text, size_t at, th_when *out)
{
	bool list = false;
	int year = joined_year(text, at, &list);
	th_when first = year ? th_when_of_year(year) : *out;
	if (list && year) {
		add_to(&first, out);
		*out = first;
	} else if (first.from < out->from)
		out->from = first.from;
}

/* 2022年度、2023年度, 2023年1月和2月. */
static void join_behind(th_slice rest, th_when *out)
{
	int year, month, day;
	th_day_split(out->from, &year, &month, &day);
	size_t times = 0;
	for (size_t sign, len; times++ < TIMES_MOST && (sign = starts(rest, lists, COUNT(lists))) > 0; rest = th_slice_from(rest, sign + len)) {
		th_when more;
		while (sign < rest.len && rest.ptr[sign] == ' ')
			sign++;
		len = more_at(th_slice_from(rest, sign), year, &more);
		if (!len || (more.from <= out->to && more.to >= out->from))
			return;
		add_to(out, &more);
	}
}

/* 2022年2023年, 2022 2023, 2022年较2023年, 2022 vs 2023: another year with nothing between, or a word that compares. */
static void join_year(th_slice text, size_t at, th_slice rest, th_when *out)
{
	static const char *const words[] = {"较", "比", "对比", "相比", "对", "vs.", "vs", "VS", "/"}, *const years[] = {"年度", "年"};
	th_slice behind = th_slice_trim(rest);
	behind = th_slice_from(behind, starts(behind, words, COUNT(words)));
	behind = th_slice_trim(behind);
	th_when more;
	const size_t digits = behind.len, year = th_when_year(out) && !out->several ? more_at(behind, 0, &more) : 0;
	if (!year || !th_when_year(&more) || more.from == out->from || (digits > 4 && th_is_digit(behind.ptr[4])))
		return;
	size_t len = 4 + starts(th_slice_from(behind, 4), years, COUNT(years));
	if (!is_stamp((th_slice){text.ptr, text.len}, at, (size_t)(behind.ptr - text.ptr) + len - at, &more))
		add_to(out, &more);
}

static const char *const up_to[] = {"截止到", "截至到", "截止至", "截止", "截至"};

/* Is it said that what is counted starts with the year: 累计, 1月起? */
static bool since_january(th_slice text)
{
	static const char *const words[] = {"累计", "年初", "1月起", "1月份起", "1月1日起", "一月起", "自1月", "从1月", "本年以来"};
	for (size_t at = 0; at < text.len && at < NEAR; at++)
		if (starts(th_slice_from(text, at), words, COUNT(words)) && !(th_is_digit(text.ptr[at]) && at && th_is_digit(text.ptr[at - 1])) &&
		    !th_slice_ends((th_slice){text.ptr, at}, TH_S("十")))
			return true;
	return false;
}

/* 截至2023年6月30日; 2023年1月起, 2023年1月1日起至6月30日. */
static void see_ends(th_slice text, size_t at, th_slice rest, th_when *out)
{
	static const char *const to[] = {"截止到", "截至到", "截止至", "截止", "截至", "至", "到", "止"}, *const gaps[] = {"，", "、", ",", " "};
	int year, month, day;
	th_day_split(out->from, &year, &month, &day);
	if (th_slice_starts(rest, TH_S("起"))) {
		th_when last;
		rest = th_slice_from(rest, strlen("起"));
		for (size_t gap; (gap = starts(rest, gaps, COUNT(gaps))) > 0;)
			rest = th_slice_from(rest, gap);
		size_t word = starts(rest, to, COUNT(to));
		out->open = !word || !more_at(th_slice_from(rest, word), year, &last) || last.to < out->from;
		out->to = out->open ? out->to : last.to;
	} else if (ends(th_slice_trim((th_slice){text.ptr, at}), up_to, COUNT(up_to))) {
		out->open = !since_january(text);
		out->from = out->open ? out->from : th_day(year, 1, 1);
	}
}

bool th_when_up_to(th_slice text, th_when *when)
{
	static const char *const hands_in[] = {"填报", "报送", "上报", "提交", "申报"};
	int year = th_when_year(when);
	for (size_t at = 0; at < text.len && at < NEAR && year; at++) {
		size_t word = starts(th_slice_from(text, at), up_to, COUNT(up_to));
		th_when end;
		if (!word || !more_at(th_slice_from(text, at + word), year, &end) || ends((th_slice){text.ptr, at}, hands_in, COUNT(hands_in)))
			continue;
		if (end.to < when->from || end.to > when->to)
			return false;
		when->to = end.to;
		return true;
	}
	return false;
}

bool th_when_find(th_slice text, th_when *out)
{
	size_t stamps = 0;
	for (size_t at = 0; at + 4 <= text.len && stamps < TIMES_MOST; at++) {
		size_t len = at == 0 || !th_is_digit(text.ptr[at - 1]) ? time_at(th_slice_from(text, at), out) : 0;
		if (!len)
			continue;
		th_slice rest = th_slice_from(text, at + len);
		if (is_stamp(text, at, len, out)) {
			at += len - 1;
			stamps++;
			continue;
		}
		if (goes_on_as_time(rest))
			return false;
		join_before(text, at, out);
		join_behind(rest, out);
		join_year(text, at, rest, out);
		see_ends(text, at, rest, out);
		(void)th_when_up_to(rest, out);
		return true;
	}
	return false;
}

/* --- in names --- */

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
	return th_is_digit((char)c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
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
			int part = cut || joins(name, at + len, false) ? 0 : th_when_part(words, (th_slice){name.ptr + at, len});
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
	size_t month = name.len > 3 && th_is_digit(name.ptr[0]) && th_is_digit(name.ptr[1]) && (name.ptr[2] == '.' || name.ptr[2] == '-') ? name.len - 3 : 0;
	if (month < 1 || month > 2 || !th_is_digit(name.ptr[3]) || !th_is_digit(name.ptr[name.len - 1]))
		return false;
	const th_when sub = {.sub = number_of((th_slice){name.ptr + 3, month})}, year = th_when_of_year(2000 + number_of((th_slice){name.ptr, 2}));
	if (sub.sub < 1 || sub.sub > 12)
		return false;
	*out = th_when_join(&sub, &year);
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
		bool year = (at == 0 || !th_is_digit(name.ptr[at - 1])) && (at + 4 == name.len || !th_is_digit(name.ptr[at + 4]));
		for (size_t i = 0; i < 4; i++)
			year = year && th_is_digit(name.ptr[at + i]);
		int value = year ? number_of((th_slice){name.ptr + at, 4}) : 0;
		if (value < 1990 || value > 2100 || is_stamp_year(name, at))
			continue;
		th_when of = th_when_of_year(value);
		*out = out->sub ? th_when_join(out, &of) : of;
		return true;
	}
	return out->sub > 0;
}
