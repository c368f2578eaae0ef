/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/layout_words.h"

#include <string.h>

#include "base/utf8.h"

static bool stands_in(th_slice key, const th_layout_word *word)
{
	size_t len = word->key.len;
	if (len > key.len)
		return false;
	switch (word->place) {
	case TH_WORD_WHOLE: return len == key.len && memcmp(key.ptr, word->key.ptr, len) == 0;
	case TH_WORD_START: return memcmp(key.ptr, word->key.ptr, len) == 0;
	case TH_WORD_END: return memcmp(key.ptr + key.len - len, word->key.ptr, len) == 0;
	default:
		for (size_t at = 0; at + len <= key.len; at++)
			if (key.ptr[at] == *word->key.ptr && memcmp(key.ptr + at, word->key.ptr, len) == 0)
				return true;
		return false;
	}
}

const th_layout_word *th_layout_word_in(const th_layout_words *words, th_layout_kind kind, th_slice name)
{
	char space[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, space);
	const th_layout_word *best = NULL;
	for (size_t i = words->of[kind].from; key.ptr && key.len && i < words->of[kind].end; i++) {
		const th_layout_word *word = &words->word[i];
		if (word->kind != kind || !stands_in(key, word))
			continue;
		if (!best || word->place > best->place || (word->place == best->place && word->key.len > best->key.len))
			best = word;
	}
	return best;
}

const th_layout_word *th_layout_word_is(const th_layout_words *words, th_layout_kind kind, th_slice name)
{
	const th_layout_word *word = th_layout_word_in(words, kind, name);
	return word && word->place == TH_WORD_WHOLE ? word : NULL;
}
