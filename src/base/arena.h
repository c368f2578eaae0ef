/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_ARENA_H
#define TH_BASE_ARENA_H

/* Memory that is given back all at once. A function that takes an arena allocates from it and says so by taking it. */

#include <stddef.h>

#include "base/str.h"

typedef struct th_arena {
	struct th_arena_block *head; /* the block that is being filled; older ones hang behind it */
} th_arena;

/* `count` objects of `size` bytes, zeroed, aligned for any type; NULL when there is no memory or the product overflows. */
TH_MUST_USE void *th_arena_alloc(th_arena *arena, size_t count, size_t size);
/* The same with whatever stands there, for what is written over at once. */
TH_MUST_USE void *th_arena_room(th_arena *arena, size_t count, size_t size);

/* A copy of `text` in the arena, with a NUL behind it; .ptr is NULL when there is no memory. */
TH_MUST_USE th_slice th_arena_copy(th_arena *arena, th_slice text);

/* How far an arena is filled; what is allocated from there on can be given back alone. */
typedef struct th_arena_mark {
	struct th_arena_block *block;
	size_t used;
} th_arena_mark;
th_arena_mark th_arena_here(const th_arena *arena);
void th_arena_rewind(th_arena *arena, th_arena_mark mark);

/* Everything of `from` lives as long as `into` from now on; `from` is empty. */
void th_arena_take(th_arena *into, th_arena *from);

/* Forget everything allocated, keep the newest block for the next round. */
void th_arena_reset(th_arena *arena);
void th_arena_free(th_arena *arena);

/* For a thread that makes many arenas one after another: what they give back stays its own, some of each size, until it says that it is done. */
void th_arena_keep_blocks(bool keeps);

#endif
