/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/list.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST = 16 };

/* How much room a list needs that has none for another object; 0 while it has. */
static size_t next_room(const void *list, size_t count)
{
	if (list && (count < FIRST || (count & (count - 1)) != 0))
		return 0;
	return count < FIRST ? FIRST : count * 2;
}

void *th_grown(void *list, size_t count, size_t size)
{
	size_t room = next_room(list, count);
	if (room == 0)
		return list;
	if (count > SIZE_MAX / 2 / size) {
		th_memory_miss(1);
		return NULL;
	}
	return th_realloc(list, room * size);
}

void *th_grown_in(th_arena *arena, void *list, size_t count, size_t size)
{
	size_t room = next_room(list, count);
	if (room == 0)
		return list;
	void *grown = th_arena_alloc(arena, count > SIZE_MAX / 2 / size ? SIZE_MAX : room, size); /* the arena knows what no size is */
	if (grown && count)
		memcpy(grown, list, count * size);
	return grown;
}
