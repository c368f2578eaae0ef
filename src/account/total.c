/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that sum others. */

#include "account/frame.h"

static bool ends_with(th_slice text, const char *word)
{
	return th_slice_ends(text, th_slice_of(word));
}

static size_t begins_with(th_slice text, const char *word)
{
	return th_slice_starts(text, th_slice_of(word)) ? strlen(word) : 0;
}

/* Without brackets around all of it. */
static th_slice unwrapped(th_slice text)
{
	size_t open = begins_with(text, "(") + begins_with(text, "（") + begins_with(text, "【") + begins_with(text, "["),
	       close = ends_with(text, ")") || ends_with(text, "]") ? 1 : ends_with(text, "）") || ends_with(text, "】") ? 3 : 0;
	return open && close && text.len > open + close ? th_slice_trim((th_slice){text.ptr + open, text.len - open - close}) : text;
}

/* Without the colon and the brackets at its end. */
static th_slice bare(th_slice text)
{
	size_t before;
	text = unwrapped(text);
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
	return text;
}

th_total_kind th_total_in(const th_row_words *words, th_slice text)
{
	if (text.len == 0 || text.len > 60)
		return TH_SUMS_NOTHING;
	/* Most cells are known by one byte at each end: ： ） 】 end in 9A 89 91, full-width letters begin with EF. */
	unsigned char first = (unsigned char)text.ptr[0], last = (unsigned char)text.ptr[text.len - 1];
	bool ends = words->last[TH_ROW_TOTAL][last] || words->last[TH_ROW_MAYBE_TOTAL][last];
	bool begins = (first < 0x80 && words->first[TH_ROW_TOTAL][first]) || words->first[TH_ROW_MAYBE_TOTAL][first];
	if (first != 0xEF && last != 0x9A && last != 0x89 && last != 0x91 && last != ':' && last != ')' && last != ']' && !ends && !begins)
		return TH_SUMS_NOTHING;
	th_slice name = bare(text);
	th_word_place place = th_row_word_in(words, TH_ROW_TOTAL, name);
	if (place == TH_WORD_WHOLE)
		return TH_SUMS_OTHERS;
	return place != TH_WORD_NONE || th_row_word_in(words, TH_ROW_MAYBE_TOTAL, name) != TH_WORD_NONE ? TH_SUMS_PERHAPS : TH_SUMS_NOTHING;
}
