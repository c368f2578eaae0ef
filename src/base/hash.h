/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_HASH_H
#define TH_BASE_HASH_H

#include <stdint.h>

#include "base/arena.h"

/* SipHash-1-3 (Aumasson, Bernstein 2012) under a key drawn once a process: hostile names cannot make tables slow, and
 * nothing that is written depends on the order in a table. */
uint64_t th_hash(const void *bytes, size_t len);

/* The key, handed in before the first hash by the room that knows the system (io). Without it the key is fixed and tables still work. */
void th_hash_key(const uint64_t key[2]);

/* Under the same key, a product for sixteen bytes: for what is only compared with its like, and lies in no table that a name could make slow. */
uint64_t th_hash_value(const void *bytes, size_t len);

/* Of a few whole numbers, under the same key; quick, for what is not text. */
uint64_t th_hash_words(const uint64_t *word, size_t count);

/* Both halves of a product, folded. */
static inline uint64_t th_hash_fold(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Of two words under two of a key of the caller's own, which he has of th_hash_words. Those of several pairs, each under its own, are joined by exclusive or. */
static inline uint64_t th_hash_pair(const uint64_t key[2], uint64_t a, uint64_t b)
{
	return th_hash_fold(a ^ key[0], b ^ key[1]);
}

#define TH_NONE UINT32_MAX

/* One without a key: for tables that are written into a file, whose names nobody but who wrote them chooses. A product a step, quicker than SipHash. */
uint64_t th_hash_fixed(const void *bytes, size_t len);

/* A set of strings numbered from 0 in the order in which they came. */
typedef struct th_intern {
	th_arena arena;
	th_slice *text;   /* by number */
	uint64_t *slot;   /* open addressing: the hash's upper half, and number + 1 below it; 0 is free */
	uint32_t count, room, slots;
	const uint64_t *fixed; /* of a set that came from a file: the same for the names that it came with, under the fixed key; never freed or changed */
	uint32_t fixed_slots, fixed_count;
	bool lent;             /* text[] is the file's too, until a name is added */
} th_intern;

/* The number of `text`, a new one if it was not there; TH_NONE when there is no memory. */
TH_MUST_USE uint32_t th_intern_add(th_intern *set, th_slice text);

/* The slots of such a set: room for `slots`, a power of two above its count. */
void th_intern_fix(const th_intern *set, uint64_t *fixed, uint32_t slots);

/* The number of `text`, or TH_NONE. */
uint32_t th_intern_find(const th_intern *set, th_slice text);

/* The same for a text whose hash (th_hash) is known. */
uint32_t th_intern_find_hash(const th_intern *set, th_slice text, uint64_t hash);

static inline th_slice th_intern_text(const th_intern *set, uint32_t number)
{
	return number < set->count ? set->text[number] : (th_slice){"", 0};
}

void th_intern_free(th_intern *set);

/* Numbers from 0, each found again by the hash of what it stands for; whether it is that, its owner sees, who has it. Eight bytes a slot, for what a
 * set of strings would hold a second time. */
typedef struct th_numbers {
	uint64_t *slot;   /* as of th_intern, but that the upper half finds the place, too */
	uint32_t count, slots;
} th_numbers;

/* One more, whose hash has the same upper half, TH_NONE behind the last; *at is 0 before the first. */
uint32_t th_numbers_next(const th_numbers *set, uint64_t hash, uint32_t *at);
/* Enter number `count`. False without memory. */
TH_MUST_USE bool th_numbers_add(th_numbers *set, uint64_t hash);
void th_numbers_free(th_numbers *set);

#endif
