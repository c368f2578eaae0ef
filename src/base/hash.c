/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hash.h"

#include <stdlib.h>

#include "base/eight.h"

static uint64_t hash_key[2] = {0x9E3779B97F4A7C15u, 0x9E3779B97F4A7C15u};

void th_hash_key(const uint64_t key[2])
{
	hash_key[0] = key[0];
	hash_key[1] = key[1];
}

#define ROTL(x, b) ((x) << (b) | (x) >> (64 - (b)))
#define ROUND \
	do { \
		v0 += v1; v1 = ROTL(v1, 13); v1 ^= v0; v0 = ROTL(v0, 32); \
		v2 += v3; v3 = ROTL(v3, 16); v3 ^= v2; \
		v0 += v3; v3 = ROTL(v3, 21); v3 ^= v0; \
		v2 += v1; v1 = ROTL(v1, 17); v1 ^= v2; v2 = ROTL(v2, 32); \
	} while (0)

static inline uint64_t hash_under(const uint64_t key[2], const void *bytes, size_t len)
{
	const unsigned char *s = bytes;
	uint64_t v0 = key[0] ^ 0x736f6d6570736575u, v1 = key[1] ^ 0x646f72616e646f6du;
	uint64_t v2 = key[0] ^ 0x6c7967656e657261u, v3 = key[1] ^ 0x7465646279746573u, m;
	size_t rest = len;
	for (; rest >= 8; s += 8, rest -= 8) {
		memcpy(&m, s, 8);
		v3 ^= m;
		ROUND;
		v0 ^= m;
	}
	m = (uint64_t)len << 56 | th_eight_of(s, rest);
	v3 ^= m;
	ROUND;
	v0 ^= m;
	v2 ^= 0xFF;
	ROUND;
	ROUND;
	ROUND;
	return v0 ^ v1 ^ v2 ^ v3;
}

uint64_t th_hash(const void *bytes, size_t len)
{
	return hash_under(hash_key, bytes, len);
}

/* A product for sixteen bytes. */
static inline uint64_t hash_quickly(const uint64_t key[2], const void *bytes, size_t len)
{
	const unsigned char *s = bytes;
	uint64_t h = len ^ key[0] ^ 0xA0761D6478BD642Fu, a, b = 0;
	size_t rest = len;
	for (; rest > 16; s += 16, rest -= 16) {
		memcpy(&a, s, 8);
		memcpy(&b, s + 8, 8);
		h = th_hash_fold(a ^ 0xE7037ED1A0B428DBu, b ^ h);
	}
	if (rest >= 8) {
		memcpy(&a, s, 8);
		memcpy(&b, s + rest - 8, 8);
	} else {
		a = th_eight_of(s, rest);
		b = 0;
	}
	h = th_hash_fold(a ^ 0x8EBC6AF09C88C6E3u, b ^ h);
	return th_hash_fold(h ^ 0x589965CC75374CC3u, 0x1D8E4E27C47D124Fu ^ key[1] ^ len);
}

uint64_t th_hash_fixed(const void *bytes, size_t len)
{
	return hash_quickly((const uint64_t[]){0, 0}, bytes, len);
}

uint64_t th_hash_value(const void *bytes, size_t len)
{
	return hash_quickly(hash_key, bytes, len);
}

/* Two numbers a product, which hangs on the key and on all before them. */
uint64_t th_hash_words(const uint64_t *word, size_t count)
{
	uint64_t h = hash_key[0] ^ count;
	for (size_t i = 0; i < count; i += 2)
		h = th_hash_fold(word[i] ^ hash_key[1] ^ 0x9E3779B97F4A7C15u, (i + 1 < count ? word[i + 1] : 0) ^ h) + h;
	return th_hash_fold(h ^ hash_key[1], 0xD6E8FEB86659FD93u);
}

/* Most misses end at the slot: half of the hash stands in it, so the text is looked at only when it is probably the one. */
static uint32_t lookup(const th_slice *list, const uint64_t *slots, uint32_t mask, th_slice text, uint64_t hash, uint32_t *free_slot)
{
	for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
		uint64_t slot = slots[at];
		if (slot == 0) {
			*free_slot = at;
			return TH_NONE;
		}
		uint32_t number = (uint32_t)slot - 1;
		if (slot >> 32 == hash >> 32 && th_slice_eq(list[number], text))
			return number;
	}
}

static uint32_t find_fixed(const th_intern *set, th_slice text)
{
	uint32_t at;
	return set->fixed ? lookup(set->text, set->fixed, set->fixed_slots - 1, text, th_hash_fixed(text.ptr, text.len), &at) : TH_NONE;
}

static void enter(uint64_t *slot, uint32_t slots, uint64_t hash, uint32_t number)
{
	uint32_t at = (uint32_t)hash & (slots - 1);
	while (slot[at])
		at = (at + 1) & (slots - 1);
	slot[at] = hash >> 32 << 32 | (number + 1);
}

void th_intern_fix(const th_intern *set, uint64_t *fixed, uint32_t slots)
{
	for (uint32_t i = 0; i < set->count; i++)
		enter(fixed, slots, th_hash_fixed(set->text[i].ptr, set->text[i].len), i);
}

/* Names that came from a file are found by its slots. */
static bool widen(th_intern *set)
{
	uint32_t slots = set->slots ? set->slots * 2 : 64;
	while (slots / 2 <= set->count && slots <= UINT32_MAX / 4)
		slots *= 2;
	if (slots > UINT32_MAX / 4)
		return false;
	th_slice *text = set->lent ? th_malloc(slots / 2 * sizeof *text) : th_realloc(set->text, slots / 2 * sizeof *text);
	if (!text)
		return false;
	if (set->lent)
		memcpy(text, set->text, set->count * sizeof *text);
	set->lent = false;
	set->text = text;
	uint64_t *slot = th_calloc(slots, sizeof *slot);
	if (!slot)
		return false;
	for (uint32_t i = set->fixed_count; i < set->count; i++)
		enter(slot, slots, th_hash(text[i].ptr, text[i].len), i);
	free(set->slot);
	set->slot = slot;
	set->slots = slots;
	set->room = slots / 2;
	return true;
}

uint32_t th_intern_add(th_intern *set, th_slice text)
{
	uint32_t at, number = find_fixed(set, text);
	if (number != TH_NONE)
		return number;
	if (set->count >= set->room && !widen(set))
		return TH_NONE;
	uint64_t hash = th_hash(text.ptr, text.len);
	number = lookup(set->text, set->slot, set->slots - 1, text, hash, &at);
	if (number != TH_NONE)
		return number;
	th_slice copy = th_arena_copy(&set->arena, text);
	if (!copy.ptr)
		return TH_NONE;
	number = set->count++;
	set->text[number] = copy;
	set->slot[at] = hash >> 32 << 32 | (number + 1);
	return number;
}

uint32_t th_intern_find_hash(const th_intern *set, th_slice text, uint64_t hash)
{
	uint32_t at, number = find_fixed(set, text);
	return number != TH_NONE || !set->slots ? number : lookup(set->text, set->slot, set->slots - 1, text, hash, &at);
}

uint32_t th_intern_find(const th_intern *set, th_slice text)
{
	uint32_t at, number = find_fixed(set, text);
	return number != TH_NONE || !set->slots ? number : lookup(set->text, set->slot, set->slots - 1, text, th_hash(text.ptr, text.len), &at);
}

void th_intern_free(th_intern *set)
{
	th_arena_free(&set->arena);
	if (!set->lent)
		free(set->text);
	free(set->slot);
	*set = (th_intern){0};
}

/* --- numbers --- */

uint32_t th_numbers_next(const th_numbers *set, uint64_t hash, uint32_t *at)
{
	const uint64_t upper = hash >> 32;
	for (; set->slots; ++*at) {
		uint64_t slot = set->slot[(upper + *at) & (set->slots - 1)];
		if (slot == 0)
			return TH_NONE;
		if (slot >> 32 == upper) {
			++*at;
			return (uint32_t)slot - 1;
		}
	}
	return TH_NONE;
}

static bool widen_numbers(th_numbers *set)
{
	uint32_t slots = set->slots ? set->slots * 2 : 64;
	uint64_t *slot = slots <= UINT32_MAX / 4 ? th_calloc(slots, sizeof *slot) : NULL;
	if (!slot)
		return false;
	for (uint32_t i = 0; i < set->slots; i++)
		if (set->slot[i])
			enter(slot, slots, set->slot[i] >> 32 << 32 | set->slot[i] >> 32, (uint32_t)set->slot[i] - 1);
	free(set->slot);
	set->slot = slot;
	set->slots = slots;
	return true;
}

bool th_numbers_add(th_numbers *set, uint64_t hash)
{
	if (set->count / 3 >= set->slots / 4 && !widen_numbers(set))
		return false;
	enter(set->slot, set->slots, hash >> 32 << 32 | hash >> 32, set->count++);
	return true;
}

void th_numbers_free(th_numbers *set)
{
	free(set->slot);
	*set = (th_numbers){0};
}
