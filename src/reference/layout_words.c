/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/layout_words.h"

#include <string.h>

static bool stands_in(th_slice key, const th_layout_word *word)
{
	size_t len = word->key.len;
	if (len > key.len)
		return false;
	switch (word->place) {
	case TH_WORD_WHOLE: return len == key.len && memcmp(key.ptr, word->key.ptr, len) == 0;
	case TH_WORD_START: return memcmp(key.ptr, word->key.ptr, len) == 0;
	case TH_WORD_BEFORE: return false;
	case TH_WORD_END: return memcmp(key.ptr + key.len - len, word->key.ptr, len) == 0;
	default:
		for (size_t at = 0; at + len <= key.len; at++)
			if (key.ptr[at] == *word->key.ptr && memcmp(key.ptr + at, word->key.ptr, len) == 0)
				return true;
		return false;
	}
}

uint64_t th_layout_pairs(th_slice key)
{
	uint64_t pairs = 0;
	for (size_t i = 1; i < key.len; i++)
		pairs |= UINT64_C(1) << (((unsigned char)key.ptr[i - 1] * 7u + (unsigned char)key.ptr[i]) & 63);
	return pairs;
}

th_layout_key th_layout_key_of(th_slice name, char space[TH_KEY_PLACE])
{
	const th_slice text = th_utf8_key_in(name, space);
	return (th_layout_key){text, th_layout_pairs(text)};
}

const th_layout_word *th_layout_word_of(const th_layout_words *words, th_layout_kind kind, const th_layout_key *key)
{
	const th_layout_word *best = NULL;
	for (size_t i = words->of[kind].from; key->text.len && i < words->of[kind].end; i++) {
		const th_layout_word *word = &words->word[i];
		if ((word->pairs & ~key->pairs) || word->kind != kind || !stands_in(key->text, word)) /* most words have a pair that the name has not */
			continue;
		if (!best || word->place > best->place || (word->place == best->place && word->key.len > best->key.len))
			best = word;
	}
	return best;
}

const th_layout_word *th_layout_word_in(const th_layout_words *words, th_layout_kind kind, th_slice name)
{
	char space[TH_KEY_PLACE];
	const th_layout_key key = th_layout_key_of(name, space);
	return th_layout_word_of(words, kind, &key);
}

const th_layout_word *th_layout_word_first(const th_layout_words *words, const th_layout_kind *kind, size_t kinds, th_slice name)
{
	char space[TH_KEY_PLACE];
	const th_layout_key key = th_layout_key_of(name, space);
	const th_layout_word *found = NULL;
	for (size_t i = 0; i < kinds && !found; i++)
		found = th_layout_word_of(words, kind[i], &key);
	return found;
}

const th_layout_word *th_layout_word_is(const th_layout_words *words, th_layout_kind kind, th_slice name)
{
	const th_layout_word *word = th_layout_word_in(words, kind, name);
	return word && word->place == TH_WORD_WHOLE ? word : NULL;
}

/* Where in a name as it is written so many bytes of its key end. */
static size_t end_of(th_slice name, size_t key)
{
	char space[TH_KEY_PLACE];
	size_t at = 0;
	while (at < name.len) {
		at++;
		if ((at == name.len || ((unsigned char)name.ptr[at] & 0xC0) != 0x80) && th_utf8_key_in((th_slice){name.ptr, at}, space).len >= key)
			break;
	}
	return at;
}

const th_layout_word *th_layout_word_before(const th_layout_words *words, uint64_t kinds, th_slice name, size_t *end)
{
	char space[TH_KEY_PLACE];
	const th_layout_key folded = th_layout_key_of(name, space);
	const th_slice key = folded.text;
	const th_layout_word *best = NULL;
	for (int kind = 0; key.ptr && kind < TH_LW_KINDS; kind++) {
		const bool wanted = kinds >> kind & 1;
		for (size_t i = words->of[kind].from; wanted && i < words->of[kind].end; i++) {
			const th_layout_word *word = &words->word[i];
			if (!(word->pairs & ~folded.pairs) && (int)word->kind == kind && (word->place == TH_WORD_WHOLE || word->place == TH_WORD_BEFORE) &&
			    word->key.len < key.len &&
			    th_slice_starts(key, word->key) && (!best || word->key.len > best->key.len || (word->key.len == best->key.len && word < best)))
				best = word;
		}
	}
	*end = best ? end_of(name, best->key.len) : 0;
	return best;
}
