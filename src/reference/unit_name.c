/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units in Chinese text. A sign that every reader knows (kWh, t) stays; a word of English and a power of ten (10^4 kWh: 万kWh) do not. */

#include "reference/unit_table.h"

/* Its own name, or that of a row that only names it; empty for none. */
static th_slice name_of(const th_units *units, th_slice text)
{
	uint32_t known = th_intern_find(&units->names, text);
	if (known != TH_NONE && units->row[units->row_of[known]].name_zh.len)
		return units->row[units->row_of[known]].name_zh;
	for (uint32_t i = 0; i < units->rows; i++)
		if (units->row[i].name_zh.len && th_slice_eq(units->row[i].of, text))
			return units->row[i].name_zh;
	return (th_slice){"", 0};
}

/* 10^4 m2: *times is 万 and the rest m2; empty when the text does not begin with such a number. */
static th_slice without_times(th_slice text, th_slice *times)
{
	static const struct { const char *sign, *zh; } known[] = {{"10^4 ", "万"}, {"10^8 ", "亿"}};
	*times = (th_slice){"", 0};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t len = strlen(known[i].sign);
		if (text.len <= len || memcmp(text.ptr, known[i].sign, len) != 0)
			continue;
		*times = th_slice_of(known[i].zh);
		return (th_slice){text.ptr + len, text.len - len};
	}
	return text;
}

/* A product: whole where it has a name (room night), else factor by factor. */
static void put_product(const th_units *units, th_slice text, th_buf *out)
{
	th_slice times, rest = without_times(text, &times), name = name_of(units, rest), word;
	if (name.len) {
		th_buf_slice(out, times);
		th_buf_slice(out, name);
		return;
	}
	th_buf_slice(out, times);
	for (bool first = true; th_slice_split(&rest, ' ', &word); first = false) {
		name = name_of(units, word);
		th_buf_str(out, first || th_slice_eq(word, TH_S("CO2e")) ? "" : " "); /* tCO2e */
		th_buf_slice(out, name.len ? name : word);
	}
}

static bool joins(char c)
{
	return c == '/' || c == '(' || c == ')';
}

/* A bracket from there round a product that has a name, which needs none: how long it is, else 0. */
static size_t named_bracket(const th_units *units, th_slice text, size_t at)
{
	size_t end = at + 1;
	th_slice times;
	while (end < text.len && !joins(text.ptr[end]))
		end++;
	if (text.ptr[at] != '(' || end == text.len || text.ptr[end] != ')')
		return 0;
	return name_of(units, without_times((th_slice){text.ptr + at + 1, end - at - 1}, &times)).len ? end + 1 - at : 0;
}

/* Of English letters and blanks, and longer than a symbol: year, room nights. */
static bool is_word(th_slice text)
{
	enum { SYMBOL = 3 };
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != ' ' && (text.ptr[i] < 'a' || text.ptr[i] > 'z'))
			return false;
	return text.len > SYMBOL;
}

th_slice th_unit_gap(th_slice name, th_lang lang)
{
	bool close = name.len == 0 || (unsigned char)*name.ptr >= 0x80 || (lang == TH_LANG_ZH && *name.ptr == '%');
	return close ? TH_S("") : TH_S(" ");
}

void th_unit_put_many(const th_units *units, th_slice text, th_buf *out)
{
	th_unit one, many;
	th_slice at;
	size_t from = out->len;
	th_buf_slice(out, text);
	if (!is_word(text))
		return;
	th_buf_char(out, 's');
	if (out->failed)
		return;
	th_slice with = {out->ptr + from, out->len - from};
	if (th_unit_parse(units, text, &one, &at) != TH_UNIT_OK || th_unit_parse(units, with, &many, &at) != TH_UNIT_OK || !th_unit_same_dimension(&one, &many))
		out->len--;
}

void th_unit_put_behind(th_slice name, size_t from, th_lang lang, th_buf *out)
{
	size_t sign = from < out->len && (out->ptr[from] == '+' || out->ptr[from] == '-');
	bool one = !out->failed && out->len == from + sign + 1 && out->ptr[from + sign] == '1';
	th_buf_slice(out, th_unit_gap(name, lang));
	if (one && lang != TH_LANG_ZH && is_word(name) && name.ptr[name.len - 1] == 's')
		name.len--;
	th_buf_slice(out, name);
}

void th_unit_put_name(const th_units *units, th_slice text, th_lang lang, th_buf *out)
{
	if (lang != TH_LANG_ZH) {
		th_buf_slice(out, text);
		return;
	}
	for (size_t at = 0, end; at < text.len; at = end) {
		size_t bracket = named_bracket(units, text, at);
		for (end = at; end < text.len && !joins(text.ptr[end]); end++)
			;
		if (bracket) {
			put_product(units, (th_slice){text.ptr + at + 1, bracket - 2}, out);
			end = at + bracket;
		} else if (end > at)
			put_product(units, (th_slice){text.ptr + at, end - at}, out);
		else
			th_buf_char(out, text.ptr[end++]);
	}
}
