/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/period_text.h"

#include <stdio.h>

static bool two_digits(th_slice text)
{
	return text.len > 1 && th_is_digit(text.ptr[0]) && th_is_digit(text.ptr[1]);
}

/* How much of a text is the midnight that spreadsheets write behind a date: ` 0:00`, `T00:00:00`, ` 00:00:00.000`; 0 when none. */
static size_t midnight(th_slice text)
{
	size_t i = 0, zeros = 0;
	while (i < text.len && text.ptr[i] == ' ')
		i++;
	i += i == 0 && text.len && text.ptr[0] == 'T';
	size_t start = i, colons = 0;
	for (; i < text.len && (text.ptr[i] == '0' || text.ptr[i] == ':' || (text.ptr[i] == '.' && colons == 2)); i++) {
		zeros += text.ptr[i] == '0';
		colons += text.ptr[i] == ':';
	}
	bool ends = i == text.len || text.ptr[i] == ' ' || text.ptr[i] == '~' || text.ptr[i] == '/' || (unsigned char)text.ptr[i] >= 0x80;
	return start > 0 && zeros > 2 && colons && colons < 3 && text.ptr[start] == '0' && ends ? i : 0;
}

int th_period_numeral(th_slice text)
{
	static const char *const digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
	const unsigned char first = text.len ? (unsigned char)*text.ptr : 0;
	if (first != 0xE3 && first != 0xE4 && first != 0xE5 && first != 0xE9) /* with which they begin */
		return -1;
	for (int i = 0; i < (int)(sizeof digits / sizeof *digits); i++)
		if (th_slice_starts(text, th_slice_of(digits[i])))
			return i;
	return th_slice_starts(text, TH_S("零")) ? 0 : -1;
}

/* 八月, 十二月, 二十一日 and 二〇二三年 in digits, where they stand before such a word. They become shorter. */
static void numerals_to_digits(th_buf *text)
{
	size_t to = 0;
	for (size_t i = 0; i < text->len;) {
		char out[8];
		size_t end = i, digits = 0, count = 0;
		int value = 0;
		bool tens = false;
		for (int n; end < text->len && count < 4 && (n = th_period_numeral((th_slice){text->ptr + end, text->len - end})) >= 0; end += 3, count++) {
			if (n == 10) {
				value = value ? value * 10 : 10;
				tens = true;
			} else
				value = tens ? value + n : value * 10 + n;
			digits++;
		}
		th_slice rest = {text->ptr + end, text->len - end};
		bool year = th_slice_starts(rest, TH_S("年")) && !tens && digits == 4, part = (th_slice_starts(rest, TH_S("月")) || th_slice_starts(rest, TH_S("日"))) && value > 0 && value < 32 && digits < 4;
		if (count && (year || part)) {
			int len = snprintf(out, sizeof out, "%d", value);
			memcpy(text->ptr + to, out, (size_t)len);
			to += (size_t)len;
			i = end;
		} else
			text->ptr[to++] = text->ptr[i++];
	}
	text->len = to;
}

/* 23年 is 2023年: two digits alone before 年. They become longer, within the room of four bytes for each of the text. */
static void whole_years(th_buf *text)
{
	for (size_t i = 0; i + 5 <= text->len && text->len + 2 <= text->cap; i++) {
		th_slice rest = {text->ptr + i, text->len - i};
		bool before = i > 0 && text->ptr[i - 1] >= '0' && text->ptr[i - 1] <= '9';
		if (before || !two_digits(rest) || !th_slice_starts(th_slice_from(rest, 2), TH_S("年")))
			continue;
		memmove(text->ptr + i + 2, text->ptr + i, text->len - i);
		memcpy(text->ptr + i, rest.ptr[2] < '5' ? "20" : "19", 2);
		text->len += 2;
		i += 2;
	}
}

/* Blanks inside, 年度 and 月份 say nothing more, nor does the midnight behind a day. */
static void without_blanks(th_buf *text)
{
	size_t to = 0;
	for (size_t i = 0; i < text->len; i++) {
		th_slice rest = {text->ptr + i, text->len - i};
		bool behind_year = to >= 3 && memcmp(text->ptr + to - 3, "年", 3) == 0, behind_month = to >= 3 && memcmp(text->ptr + to - 3, "月", 3) == 0;
		if ((behind_year && th_slice_starts(rest, TH_S("度"))) || (behind_month && th_slice_starts(rest, TH_S("份"))))
			i += 2;
		else if (midnight(rest))
			i += midnight(rest) - 1;
		else if (text->ptr[i] != ' ')
			text->ptr[to++] = text->ptr[i];
	}
	text->len = to;
}

void th_period_plain(th_buf *text)
{
	without_blanks(text);
	numerals_to_digits(text);
	whole_years(text);
}
