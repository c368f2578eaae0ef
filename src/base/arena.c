/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 2048, LARGEST_STEP = 1048576 };

struct th_arena_block {
	struct th_arena_block *older;
	size_t used, size;
	max_align_t bytes[];
};

/* --- blocks that are kept for the next arena --- */

/* Of each size how many, the last one given back first, which is still near the processor. */
enum { SIZES = 7, SPARES = 8 };

static _Thread_local struct {
	bool keeps;
	struct th_arena_block *first[SIZES];
	unsigned count[SIZES];
} spare;

/* Which of the sizes; SIZES: none. */
static unsigned size_of(size_t room)
{
	unsigned size = 0;
	while (size < SIZES && room != (size_t)FIRST_BLOCK << size)
		size++;
	return size;
}

static struct th_arena_block *new_block(size_t room)
{
	const unsigned size = spare.keeps ? size_of(room) : SIZES;
	struct th_arena_block *block = size < SIZES ? spare.first[size] : NULL;
	if (!block)
		return th_malloc(sizeof *block + room);
	spare.first[size] = block->older;
	spare.count[size]--;
	return block;
}

static void free_block(struct th_arena_block *block)
{
	const unsigned size = spare.keeps ? size_of(block->size) : SIZES;
	if (size == SIZES || spare.count[size] == SPARES) {
		free(block);
		return;
	}
	block->older = spare.first[size];
	spare.first[size] = block;
	spare.count[size]++;
}

void th_arena_keep_blocks(bool keeps)
{
	for (unsigned size = 0; size < SIZES && !keeps; size++)
		while (spare.first[size]) {
			struct th_arena_block *older = spare.first[size]->older;
			free(spare.first[size]);
			spare.first[size] = older;
			spare.count[size]--;
		}
	spare.keeps = keeps;
}

/* --- arenas --- */

/* A block in front of the others with room for so much; NULL without memory. */
static struct th_arena_block *add_block(th_arena *arena, size_t want)
{
	struct th_arena_block *older = arena->head;
	size_t room = !older ? FIRST_BLOCK : older->size < LARGEST_STEP ? older->size * 2 : older->size;
	if (room > LARGEST_STEP)
		room = LARGEST_STEP;
	if (room < want)
		room = want;
	struct th_arena_block *fresh = new_block(room);
	if (!fresh)
		return NULL;
	*fresh = (struct th_arena_block){.older = older, .used = 0, .size = room};
	arena->head = fresh;
	return fresh;
}

static inline void *take(th_arena *arena, size_t want)
{
	struct th_arena_block *block = arena->head;
	want = (want + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!block || block->size - block->used < want)
		block = add_block(arena, want);
	if (!block)
		return NULL;
	void *at = (char *)block->bytes + block->used;
	block->used += want;
	return at;
}

void *th_arena_room(th_arena *arena, size_t count, size_t size)
{
	size_t want;
	if (__builtin_mul_overflow(count, size, &want) || want > SIZE_MAX / 4) {
		th_memory_miss(1);
		return NULL;
	}
	return take(arena, want);
}

void *th_arena_alloc(th_arena *arena, size_t count, size_t size)
{
	void *at = th_arena_room(arena, count, size);
	if (at)
		memset(at, 0, count * size);
	return at;
}

th_slice th_arena_copy(th_arena *arena, th_slice text)
{
	char *at = text.len < SIZE_MAX ? th_arena_room(arena, text.len + 1, 1) : NULL;
	if (!at)
		return (th_slice){NULL, 0};
	if (text.len)
		memcpy(at, text.ptr, text.len);
	at[text.len] = '\0';
	return (th_slice){at, text.len};
}

void th_arena_take(th_arena *into, th_arena *from)
{
	struct th_arena_block **oldest = &into->head;
	while (*oldest)
		oldest = &(*oldest)->older;
	*oldest = from->head;
	from->head = NULL;
}

static void free_from(struct th_arena_block *block)
{
	while (block) {
		struct th_arena_block *older = block->older;
		free_block(block);
		block = older;
	}
}

void th_arena_reset(th_arena *arena)
{
	if (!arena->head)
		return;
	free_from(arena->head->older);
	arena->head->older = NULL;
	arena->head->used = 0;
}

th_arena_mark th_arena_here(const th_arena *arena)
{
	return (th_arena_mark){arena->head, arena->head ? arena->head->used : 0};
}

void th_arena_rewind(th_arena *arena, th_arena_mark mark)
{
	while (arena->head != mark.block) {
		struct th_arena_block *older = arena->head->older;
		free_block(arena->head);
		arena->head = older;
	}
	if (arena->head)
		arena->head->used = mark.used;
}

void th_arena_free(th_arena *arena)
{
	free_from(arena->head);
	arena->head = NULL;
}
