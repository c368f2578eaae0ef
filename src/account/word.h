/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_WORD_H
#define TH_ACCOUNT_WORD_H

/* The words of a column: what its cells hold, numbered from 1 in the order in which they came. A file has millions of lines and few words, so
 * finding one again is the quick part: a slot is a cache line with up to 32 bytes of the word in it, under a hash whose key is the process's. */

#include "account/frame.h"

typedef struct th_text_slot {
	uint64_t key[4];       /* of up to 32 bytes all; of a longer word its hash, its first and its last bytes */
	uint64_t hash;
	uint32_t len, number;  /* number 0: free */
	const char *text;
	uint64_t value;        /* the owner's */
} th_text_slot;

/* Texts, each found again by its bytes. */
typedef struct th_texts {
	th_text_slot *slot;    /* each a line of the cache */
	void *room;            /* in which they are */
	uint32_t slots, count;
	uint64_t seed[4], beside; /* beside: what of a hash the second half of a key has that is 0 */
	bool longer;           /* one of them has more than TH_TEXT_HALF bytes */
} th_texts;
enum { TH_TEXT_HALF = 16 }; /* bytes that half a key says all of, the other half being 0 */

typedef struct th_word {
	th_slice text;
	th_spelling says;      /* of what has one */
	th_period period;      /* of a period */
	uint32_t period_kind;
	bool has_half;         /* of an uncertainty */
	th_decimal half;
	bool certificate;
	unsigned char grade;   /* a th_grade */
} th_word;

/* A word that only the careful way reads has this in its number. */
#define TH_WORD_ODD (UINT32_C(1) << 31)
enum { TH_WORDS_MOST = 1 << 15 };

typedef struct th_words {
	th_texts texts;
	th_word *word;         /* by number */
	th_arena arena;        /* of their texts */
} th_words;

static inline uint64_t th_word_bytes(const char *at)
{
	uint64_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	return bytes;
}

/* Reads no byte beyond the text: runs that overlap, with the length, tell texts of up to 32 bytes apart. */
static inline void th_word_key(th_slice text, uint64_t key[4])
{
	const char *p = text.ptr;
	size_t n = text.len;
	uint32_t head, tail;
	key[1] = key[2] = key[3] = 0;
	if (n > 32) {
		key[0] = th_hash(p, n);
		key[1] = th_word_bytes(p);
		key[2] = th_word_bytes(p + n - 8);
	} else if (n >= 16) {
		key[0] = th_word_bytes(p);
		key[1] = th_word_bytes(p + 8);
		key[2] = th_word_bytes(p + n - 16);
		key[3] = th_word_bytes(p + n - 8);
	} else if (n >= 8) {
		key[0] = th_word_bytes(p);
		key[1] = th_word_bytes(p + n - 8);
	} else if (n >= 4) {
		memcpy(&head, p, 4);
		memcpy(&tail, p + n - 4, 4);
		key[0] = (uint64_t)head << 32 | tail;
	} else
		key[0] = n ? (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1] : 0;
}

/* The slot of a text whose key is in *wanted, whose hash and length are put there; a free one where it is new. */
static inline th_text_slot *th_text_at(const th_texts *texts, th_slice text, th_text_slot *wanted)
{
	const uint64_t *key = wanted->key, *seed = texts->seed;
	uint64_t hash = th_hash_fold(key[0] ^ seed[0], key[1] ^ seed[1] ^ text.len) ^ th_hash_fold(key[2] ^ seed[2], key[3] ^ seed[3]);
	wanted->hash = hash;
	wanted->len = (uint32_t)text.len;
	for (uint32_t at = (uint32_t)hash & (texts->slots - 1);; at = (at + 1) & (texts->slots - 1)) {
		th_text_slot *slot = &texts->slot[at];
		uint64_t other = (slot->key[0] ^ key[0]) | (slot->key[1] ^ key[1]) | (slot->key[2] ^ key[2]) | (slot->key[3] ^ key[3]) | (slot->len ^ wanted->len);
		if (slot->number == 0 || (other == 0 && (text.len <= 32 || memcmp(slot->text, text.ptr, text.len) == 0)))
			return slot;
	}
}

/* The same of a text of no more than TH_TEXT_HALF bytes, by half its key. */
static inline const th_text_slot *th_text_short(const th_texts *texts, size_t len, uint64_t first, uint64_t second)
{
	const uint64_t hash = th_hash_fold(first ^ texts->seed[0], second ^ texts->seed[1] ^ len) ^ texts->beside;
	for (uint32_t at = (uint32_t)hash & (texts->slots - 1);; at = (at + 1) & (texts->slots - 1)) {
		const th_text_slot *slot = &texts->slot[at];
		if (slot->number == 0 || ((slot->key[0] ^ first) | (slot->key[1] ^ second) | (slot->len ^ (uint32_t)len)) == 0)
			return slot;
	}
}

/* The number of a word, with TH_WORD_ODD or without; 0: it is a new one, whose key and hash are in *wanted. */
static inline uint32_t th_word_find(const th_words *words, th_slice text, th_text_slot *wanted)
{
	th_word_key(text, wanted->key);
	return th_text_at(&words->texts, text, wanted)->number;
}

TH_MUST_USE bool th_texts_make(th_texts *texts, uint64_t seed);
void th_texts_free(th_texts *texts);
void th_texts_clear(th_texts *texts);
/* Enter a new one, with all that is in the slot: its key and hash came from th_text_at, its text must last. False without memory. */
TH_MUST_USE bool th_texts_add(th_texts *texts, const th_text_slot *text);

TH_MUST_USE bool th_words_make(th_words *words, uint64_t seed);
void th_words_free(th_words *words);
void th_words_clear(th_words *words);
/* Enter a new one, of which `wanted` came from th_word_find; its text, which must last, has the bytes that were looked for. Its number, also with
 * TH_WORD_ODD; 0 without memory. */
TH_MUST_USE uint32_t th_words_add(th_words *words, const th_text_slot *wanted, const th_word *word, bool odd);

static inline const th_word *th_word_of(const th_words *words, uint32_t number)
{
	return &words->word[number & ~TH_WORD_ODD];
}

#endif
