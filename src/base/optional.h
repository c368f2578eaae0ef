/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_OPTIONAL_H
#define TH_BASE_OPTIONAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

/* A place in a list, or none. What may be none is kept as this type wherever it is stored: the compiler lets nobody use it as a
 * place before it was asked. All zero is none, so that what nobody has set leads nowhere, least of all to the first. */
typedef struct th_index {
	uint32_t place_and_one; /* the place + 1; 0 is none. Nobody but this header looks at it */
} th_index;

/* From a number, TH_NONE for none. */
static inline th_index th_index_of(uint32_t number)
{
	return (th_index){number == TH_NONE ? 0 : number + 1};
}

static inline bool th_index_is(th_index index)
{
	return index.place_and_one > 0;
}

/* The place in *number; false, and *number left alone, when there is none. */
static inline TH_MUST_USE bool th_index_get(th_index index, uint32_t *number)
{
	if (index.place_and_one > 0)
		*number = index.place_and_one - 1;
	return index.place_and_one > 0;
}

/* The number, TH_NONE for none: for keys and orders, and for loops that ask the number themselves. It is no index (lint). */
static inline uint32_t th_index_number(th_index index)
{
	return index.place_and_one > 0 ? index.place_and_one - 1 : TH_NONE;
}

static inline bool th_index_same(th_index a, th_index b)
{
	return a.place_and_one == b.place_and_one;
}

/* What stands there, NULL for none. */
#define TH_AT(list, index) (th_index_is(index) ? &(list)[(index).place_and_one - 1] : NULL)

#endif
