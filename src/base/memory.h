/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_MEMORY_H
#define TH_BASE_MEMORY_H

/* Every request for memory goes through here, and every one that is not granted is counted: for ever, by the thread that asked. What a
 * failed request leads to (an empty text, a name that is not found, a default) may look like an answer; whoever starts a job looks at the
 * count before and after and gives no answer when it grew. See th_begin and th_settle in base/diag.h.
 *
 * The count is a thread's own because that is the one owner which each request has, a growing text in a look-up as well as a run's arena,
 * and because two jobs at once are two threads: neither sees the other's. It never goes back, so a job inside a job needs no saving. A job
 * that lets other threads work hands their misses to its own: th_memory_miss(th_memory_missed()) told to it when they are joined. */

#include <stddef.h>

#include <tanhe/base.h>

/* As malloc, calloc and realloc; given back with free. */
TH_MUST_USE void *th_malloc(size_t size);
TH_MUST_USE void *th_calloc(size_t count, size_t size);
TH_MUST_USE void *th_realloc(void *old, size_t size);

/* Memory that belongs to something else and is given back with it, such as a mapped file. */
typedef struct th_lent {
	const char *start, *end;
} th_lent;
/* free, but for what lies there. */
void th_lent_free(th_lent lent, void *memory);

/* For a program's start: what is large goes back to the system when it is given back, however often such memory was asked for; the C library would
 * keep ever more of it. */
void th_memory_give_back(void);
/* The same for one that asks for as much memory again and again: a few MiB stay with each thread between one time and the next, and the system is not
 * asked to clear them anew. */
void th_memory_keep(void);

/* How many requests of this thread were not granted since it began. */
size_t th_memory_missed(void);

/* Count requests that were made elsewhere: by a library, by a thread of this job; or a size that no number holds. */
void th_memory_miss(size_t requests);

#endif
