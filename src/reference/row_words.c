/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/row_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "reference/load.h"

enum { KIND, PLACE, WORD, COLUMNS };
static const th_column columns[COLUMNS] = {{"kind", true}, {"place", true}, {"word", true}};

static const char *const kinds[TH_ROW_KINDS] = {"total", "part", "main", "submeter", "low_carbon", "maybe_total", "green", "self_used", "fed_in", "power_used", "power_open", "bought", "came_in", "used", "stock"};
static const char *const places[] = {"within", "start", "end", "whole"};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void add_row(th_loader *l, th_reference *r)
{
	size_t kind = 0, place = 0;
	bool ok = th_loader_choice(l, KIND, kinds, TH_ROW_KINDS, &kind);
	ok &= th_loader_choice(l, PLACE, places, sizeof places / sizeof *places, &place);
	ok &= th_loader_filled(l, WORD);
	if (!ok)
		return;
	th_row_words *all = &r->row_words;
	char space[TH_KEY_PLACE];
	th_slice word = th_loader_cell(l, WORD), key = th_utf8_key_in(word, space);
	th_row_word row = {.kind = (th_row_kind)kind, .place = (th_word_place)(place + 1), .latin = is_letter(word.ptr[0])};
	if (!key.ptr)
		TH_FAIL(l, WORD, TH_CELL_RANGE, "word", th_loader_text(l, word), "255", NULL);
	else if (th_loader_copy(l, &r->arena, key, &row.key)) {
		const th_slice spelt[] = {key, word}; /* Σ and σ begin alike in no byte */
		for (size_t i = 0; i < 2; i++) {
			unsigned char first = (unsigned char)spelt[i].ptr[0], last = (unsigned char)spelt[i].ptr[spelt[i].len - 1];
			all->first[kind][first] = all->first[kind][toupper(first)] = true;
			all->last[kind][last] = all->last[kind][toupper(last)] = true;
		}
		all->word = th_loader_append(l, &r->arena, all->word, &all->words, &row, sizeof row);
	}
}

static unsigned char last_of(const th_row_word *word)
{
	return (unsigned char)word->key.ptr[word->key.len - 1];
}

static int by_last(const void *a, const void *b)
{
	return last_of(a) - last_of(b);
}

static void sort(th_row_words *all)
{
	if (all->words)
		qsort(all->word, all->words, sizeof *all->word, by_last);
	for (size_t i = 0; i < all->words; i++)
		all->from[last_of(&all->word[i]) + 1]++;
	for (size_t byte = 0; byte < 256; byte++)
		all->from[byte + 1] = (uint16_t)(all->from[byte + 1] + all->from[byte]);
}

th_status th_row_words_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "row_words.csv", columns, COLUMNS, diags))
		while (th_loader_next(&l))
			add_row(&l, r);
	sort(&r->row_words);
	return th_loader_close(&l);
}

/* --- in a name --- */

/* Folded as a key is, but with its blanks: they part words. */
static th_slice fold(th_slice name, char space[TH_KEY_PLACE])
{
	th_slice key = th_utf8_key_in(name, space);
	bool plain = name.len < TH_KEY_PLACE;
	for (size_t i = 0; i < name.len && plain; i++)
		plain = (unsigned char)name.ptr[i] < 0x80;
	for (size_t i = 0; i < name.len && plain; i++)
		space[i] = (char)tolower((unsigned char)name.ptr[i]);
	return plain ? (th_slice){space, name.len} : key;
}

/* The length of `word` at the start of `text`, blanks in the text not counting; 0: it is not there. */
static size_t match(th_slice text, th_slice word)
{
	size_t at = 0, n = 0;
	while (n < word.len && at < text.len) {
		if (n && text.ptr[at] == ' ')
			at++;
		else if (text.ptr[at++] != word.ptr[n++])
			return 0;
	}
	return n == word.len ? at : 0;
}

static th_word_place place_of(const th_row_word *word, th_slice name)
{
	th_word_place best = TH_WORD_NONE;
	bool at_end = word->place == TH_WORD_END || word->place == TH_WORD_WHOLE, at_start = word->place == TH_WORD_START;
	if (name.len == 0 || (at_end && name.ptr[name.len - 1] != word->key.ptr[word->key.len - 1]) || (at_start && name.ptr[0] != word->key.ptr[0]))
		return TH_WORD_NONE;
	for (size_t i = 0; i < name.len; i++) {
		size_t len = match((th_slice){name.ptr + i, name.len - i}, word->key);
		bool whole = len && i == 0 && len == name.len;
		if (len == 0 || (word->latin && ((i > 0 && is_letter(name.ptr[i - 1])) || (i + len < name.len && is_letter(name.ptr[i + len])))))
			continue;
		if (whole)
			return TH_WORD_WHOLE;
		if (word->place == TH_WORD_WITHIN)
			best = TH_WORD_WITHIN;
		else if (word->place == TH_WORD_START && i == 0)
			best = TH_WORD_START;
		else if (word->place == TH_WORD_END && i + len == name.len)
			best = TH_WORD_END;
	}
	return best;
}

/* Folded, and without the signs before it: (其中), - 其中. */
static th_slice begin(th_slice name, char space[TH_KEY_PLACE])
{
	name = fold(name, space);
	while (name.len && name.ptr[0] && (strchr("([-*# ", name.ptr[0]) || (name.len > 3 && memcmp(name.ptr, "【", 3) == 0))) {
		size_t mark = (unsigned char)name.ptr[0] < 0x80 ? 1 : 3;
		name.ptr += mark;
		name.len -= mark;
	}
	return name;
}

/* Where words of a kind, or of each (TH_ROW_KINDS), stand in a name. One whose first or last byte the name has not does not stand in it: most are never looked at. */
static void find(const th_row_words *words, th_row_kind kind, th_slice name, th_word_place place[TH_ROW_KINDS])
{
	char space[TH_KEY_PLACE];
	bool has[256] = {false}, looked[256] = {false};
	name = begin(name, space);
	for (size_t i = 0; i < name.len; i++)
		has[(unsigned char)name.ptr[i]] = true;
	for (size_t i = 0; i < name.len; i++) {
		unsigned char last = (unsigned char)name.ptr[i];
		for (size_t k = looked[last] ? words->from[last + 1] : words->from[last]; k < words->from[last + 1]; k++) {
			const th_row_word *word = &words->word[k];
			if (!has[(unsigned char)word->key.ptr[0]] || (kind != TH_ROW_KINDS && word->kind != kind))
				continue;
			th_word_place found = place_of(word, name);
			place[word->kind] = found > place[word->kind] ? found : place[word->kind];
		}
		looked[last] = true;
	}
}

th_word_place th_row_word_in(const th_row_words *words, th_row_kind kind, th_slice name)
{
	th_word_place place[TH_ROW_KINDS] = {TH_WORD_NONE};
	find(words, kind, name, place);
	return place[kind];
}

void th_row_words_in(const th_row_words *words, th_slice name, th_word_place place[TH_ROW_KINDS])
{
	for (int kind = 0; kind < TH_ROW_KINDS; kind++)
		place[kind] = TH_WORD_NONE;
	find(words, TH_ROW_KINDS, name, place);
}
