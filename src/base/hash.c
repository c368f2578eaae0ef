/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hash.h"

#include <stdlib.h>

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

uint64_t th_hash(const void *bytes, size_t len)
{
	const unsigned char *s = bytes;
	uint64_t v0 = hash_key[0] ^ 0x736f6d6570736575u, v1 = hash_key[1] ^ 0x646f72616e646f6du;
	uint64_t v2 = hash_key[0] ^ 0x6c7967656e657261u, v3 = hash_key[1] ^ 0x7465646279746573u, m;
	size_t rest = len;
	for (; rest >= 8; s += 8, rest -= 8) {
		memcpy(&m, s, 8);
		v3 ^= m;
		ROUND;
		v0 ^= m;
	}
	m = (uint64_t)len << 56;
	for (size_t i = 0; i < rest; i++)
		m |= (uint64_t)s[i] << (8 * i);
	v3 ^= m;
	ROUND;
	v0 ^= m;
	v2 ^= 0xFF;
	ROUND;
	ROUND;
	ROUND;
	return v0 ^ v1 ^ v2 ^ v3;
}

/* Each number is multiplied by one that hangs on the key and on all before it. */
uint64_t th_hash_words(const uint64_t *word, size_t count)
{
	uint64_t h = hash_key[0] ^ count;
	for (size_t i = 0; i < count; i++)
		h = th_hash_fold(h ^ word[i], hash_key[1] ^ (0x9E3779B97F4A7C15u + i)) + word[i];
	return th_hash_fold(h ^ hash_key[1], 0xD6E8FEB86659FD93u);
}

/* Most misses end at the slot: half of the hash stands in it, so the text is looked at only when it is probably the one. */
static uint32_t lookup(const th_intern *set, th_slice text, uint64_t hash, uint32_t *free_slot)
{
	uint32_t mask = set->slots - 1;
	for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
		uint64_t slot = set->slot[at];
		if (slot == 0) {
			*free_slot = at;
			return TH_NONE;
		}
		uint32_t number = (uint32_t)slot - 1;
		if (slot >> 32 == hash >> 32 && th_slice_eq(set->text[number], text))
			return number;
	}
}

static bool widen(th_intern *set)
{
	if (set->slots > UINT32_MAX / 4)
		return false;
	uint32_t slots = set->slots ? set->slots * 2 : 64, room = slots / 2;
	th_slice *text = th_realloc(set->text, room * sizeof *text);
	if (!text)
		return false;
	set->text = text;
	uint64_t *slot = th_calloc(slots, sizeof *slot);
	if (!slot)
		return false;
	for (uint32_t i = 0; i < set->count; i++) {
		uint64_t hash = th_hash(text[i].ptr, text[i].len);
		uint32_t at = (uint32_t)hash & (slots - 1);
		while (slot[at])
			at = (at + 1) & (slots - 1);
		slot[at] = hash >> 32 << 32 | (i + 1);
	}
	free(set->slot);
	set->slot = slot;
	set->slots = slots;
	set->room = room;
	return true;
}

uint32_t th_intern_add(th_intern *set, th_slice text)
{
	if (set->count == set->room && !widen(set))
		return TH_NONE;
	uint64_t hash = th_hash(text.ptr, text.len);
	uint32_t at, number = lookup(set, text, hash, &at);
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
	uint32_t at;
	return set->slots ? lookup(set, text, hash, &at) : TH_NONE;
}

uint32_t th_intern_find(const th_intern *set, th_slice text)
{
	return set->slots ? th_intern_find_hash(set, text, th_hash(text.ptr, text.len)) : TH_NONE;
}

void th_intern_free(th_intern *set)
{
	th_arena_free(&set->arena);
	free(set->text);
	free(set->slot);
	*set = (th_intern){0};
}
