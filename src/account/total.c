/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that sum others. */

#include "account/frame.h"

#include "base/utf8.h"

static bool ends_with(th_slice text, const char *word)
{
	size_t len = strlen(word);
	return text.len >= len && memcmp(text.ptr + text.len - len, word, len) == 0;
}

th_total_kind th_total_in(th_slice text)
{
	static const char *const words[] = {"合计", "小计", "总计", "共计", "合 计", "总 计", "小 计", NULL};
	static const char *const latin[] = {"total", "subtotal", "sub-total", "grandtotal", "sum", NULL};
	size_t before;
	if (text.len == 0 || text.len > 60)
		return TH_SUMS_NOTHING;
	/* All but a few cells are known by one byte at each end: 计 ： ） end in A1 9A 89, the rest are ASCII or full-width. */
	unsigned char first = (unsigned char)text.ptr[0], last = (unsigned char)text.ptr[text.len - 1];
	if (last != 0xA1 && last != 0x9A && last != 0x89 && last != ':' && last != ')' && first != 0xEF && !(first < 0x80 && strchr("tTsSgG", first)))
		return TH_SUMS_NOTHING;
	do {
		before = text.len;
		if (ends_with(text, ":") || ends_with(text, "："))
			text.len -= ends_with(text, ":") ? 1 : 3;
		const char *open = ends_with(text, ")") ? memchr(text.ptr, '(', text.len) : NULL;
		for (size_t i = 0; ends_with(text, "）") && !open && i + 3 <= text.len; i++)
			if (memcmp(text.ptr + i, "（", 3) == 0)
				open = text.ptr + i;
		if (open && open > text.ptr)
			text.len = (size_t)(open - text.ptr);
		text = th_slice_trim(text);
	} while (text.len && text.len < before);
	for (int i = 0; words[i]; i++)
		if (ends_with(text, words[i]))
			return text.len == strlen(words[i]) ? TH_SUMS_OTHERS : TH_SUMS_PERHAPS;
	if (text.len == 0 || !(strchr("tTsSgG", text.ptr[0]) || (unsigned char)text.ptr[0] == 0xEF))
		return TH_SUMS_NOTHING;
	char place[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(text, place);
	for (int i = 0; latin[i]; i++)
		if (th_slice_eq(key, th_slice_of(latin[i])))
			return TH_SUMS_OTHERS;
	return TH_SUMS_NOTHING;
}
