/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/word.h"

#include <stdlib.h>

#include "base/list.h"

enum { FIRST_SLOTS = 16 };

bool th_words_make(th_words *words, uint64_t seed)
{
	*words = (th_words){.slots = FIRST_SLOTS, .slot = th_calloc(FIRST_SLOTS, sizeof *words->slot), .word = th_grown(NULL, 0, sizeof *words->word)};
	for (uint64_t i = 0; i < sizeof words->seed / sizeof *words->seed; i++)
		words->seed[i] = th_hash_words((const uint64_t[]){seed, i}, 2);
	if (words->word)
		words->word[0] = (th_word){.text = {"", 0}}; /* of an empty cell */
	return words->slot && words->word;
}

void th_words_free(th_words *words)
{
	free(words->slot);
	free(words->word);
	th_arena_free(&words->arena);
	*words = (th_words){0};
}

void th_words_clear(th_words *words)
{
	memset(words->slot, 0, words->slots * sizeof *words->slot);
	words->count = 0;
	th_arena_free(&words->arena);
}

static void place(th_word_slot *table, uint32_t slots, const th_word_slot *slot)
{
	uint32_t at = (uint32_t)slot->hash & (slots - 1);
	while (table[at].number)
		at = (at + 1) & (slots - 1);
	table[at] = *slot;
}

static bool widen(th_words *words)
{
	uint32_t slots = words->slots * 2;
	th_word_slot *table = th_calloc(slots, sizeof *table);
	for (uint32_t i = 0; table && i < words->slots; i++)
		if (words->slot[i].number)
			place(table, slots, &words->slot[i]);
	if (!table)
		return false;
	free(words->slot);
	words->slot = table;
	words->slots = slots;
	return true;
}

uint32_t th_words_add(th_words *words, const th_word_slot *wanted, const th_word *word, const char *bytes, bool odd)
{
	if (words->count * 2 + 2 > words->slots && !widen(words))
		return 0;
	th_word *grown = th_grown(words->word, words->count + (size_t)1, sizeof *grown);
	if (!grown)
		return 0;
	words->word = grown;
	uint32_t number = ++words->count;
	grown[number] = *word;
	th_word_slot slot = *wanted;
	slot.number = number | (odd ? TH_WORD_ODD : 0);
	slot.text = bytes;
	place(words->slot, words->slots, &slot);
	return slot.number;
}
