/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/word.h"

#include <stdlib.h>

#include "base/list.h"

enum { FIRST_SLOTS = 16, LINE = 64 };

/* --- texts --- */

/* Empty slots, and the memory they are in; NULL without any. */
static th_text_slot *make_slots(uint32_t slots, void **room)
{
	*room = th_calloc((size_t)slots + 1, sizeof(th_text_slot));
	return *room ? (th_text_slot *)(void *)((char *)*room + (LINE - (uintptr_t)*room % LINE) % LINE) : NULL;
}

bool th_texts_make(th_texts *texts, uint64_t seed)
{
	_Static_assert(sizeof(void *) != 8 || sizeof(th_text_slot) == LINE, "a slot is a line of the cache");
	*texts = (th_texts){.slots = FIRST_SLOTS};
	texts->slot = make_slots(FIRST_SLOTS, &texts->room);
	for (uint64_t i = 0; i < sizeof texts->seed / sizeof *texts->seed; i++)
		texts->seed[i] = th_hash_words((const uint64_t[]){seed, i}, 2);
	texts->beside = th_hash_fold(texts->seed[2], texts->seed[3]);
	return texts->slot != NULL;
}

void th_texts_free(th_texts *texts)
{
	free(texts->room);
	*texts = (th_texts){0};
}

void th_texts_clear(th_texts *texts)
{
	memset(texts->slot, 0, texts->slots * sizeof *texts->slot);
	texts->count = 0;
	texts->longer = false;
}

static void place(th_text_slot *table, uint32_t slots, const th_text_slot *slot)
{
	uint32_t at = (uint32_t)slot->hash & (slots - 1);
	while (table[at].number)
		at = (at + 1) & (slots - 1);
	table[at] = *slot;
}

static bool widen(th_texts *texts)
{
	uint32_t slots = texts->slots * 2;
	void *room;
	th_text_slot *table = make_slots(slots, &room);
	for (uint32_t i = 0; table && i < texts->slots; i++)
		if (texts->slot[i].number)
			place(table, slots, &texts->slot[i]);
	if (!table)
		return false;
	free(texts->room);
	texts->room = room;
	texts->slot = table;
	texts->slots = slots;
	return true;
}

bool th_texts_add(th_texts *texts, const th_text_slot *text)
{
	if (texts->count * 2 + 2 > texts->slots && !widen(texts))
		return false;
	texts->count++;
	texts->longer |= text->len > TH_TEXT_HALF;
	place(texts->slot, texts->slots, text);
	return true;
}

/* --- words --- */

bool th_words_make(th_words *words, uint64_t seed)
{
	*words = (th_words){.word = th_grown(NULL, 0, sizeof *words->word)};
	if (words->word)
		words->word[0] = (th_word){.text = {"", 0}}; /* of an empty cell */
	return th_texts_make(&words->texts, seed) && words->word;
}

void th_words_free(th_words *words)
{
	th_texts_free(&words->texts);
	free(words->word);
	th_arena_free(&words->arena);
	*words = (th_words){0};
}

void th_words_clear(th_words *words)
{
	th_texts_clear(&words->texts);
	th_arena_free(&words->arena);
}

uint32_t th_words_add(th_words *words, const th_text_slot *wanted, const th_word *word, bool odd)
{
	th_word *grown = th_grown(words->word, words->texts.count + (size_t)1, sizeof *grown);
	if (!grown)
		return 0;
	words->word = grown;
	uint32_t number = words->texts.count + 1;
	grown[number] = *word;
	th_text_slot slot = *wanted;
	slot.number = number | (odd ? TH_WORD_ODD : 0);
	slot.text = word->text.ptr;
	return th_texts_add(&words->texts, &slot) ? slot.number : 0;
}
