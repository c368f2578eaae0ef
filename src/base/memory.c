/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { LARGE = 256 * 1024, KEPT = 8 * 1024 * 1024, STEP = 1024 * 1024 };

static _Thread_local size_t missed;

static void *counted(void *memory)
{
	missed += memory == NULL;
	return memory;
}

void *th_malloc(size_t size)
{
	return counted(malloc(size ? size : 1));
}

void *th_calloc(size_t count, size_t size)
{
	return counted(calloc(count ? count : 1, size ? size : 1));
}

void *th_realloc(void *old, size_t size)
{
	return counted(realloc(old, size ? size : 1));
}

void th_lent_free(th_lent lent, void *memory)
{
	const uintptr_t at = (uintptr_t)memory;
	if (at < (uintptr_t)lent.start || at >= (uintptr_t)lent.end)
		free(memory);
}

size_t th_memory_missed(void)
{
	return missed;
}

void th_memory_miss(size_t requests)
{
	missed += requests;
}

void th_memory_give_back(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, LARGE);
#endif
}

void th_memory_keep(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, KEPT);
	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_TOP_PAD, STEP);
#endif
}
