/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_LIST_H
#define TH_BASE_LIST_H

/* Lists that grow by one object at a time. Their rooms are 16, 32, 64 ... objects, so that the count alone, which the owner
 * keeps, tells when to grow. */

#include "base/arena.h"

/* `list` of `count` objects of `size` bytes with room for one more: the same pointer, a larger one, or NULL without memory (the
 * list is then still there). It is the caller's, to be given back by free(). */
TH_MUST_USE void *th_grown(void *list, size_t count, size_t size);

/* The same in an arena, which keeps what the list outgrew. */
TH_MUST_USE void *th_grown_in(th_arena *arena, void *list, size_t count, size_t size);

#endif
