/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_LINES_H
#define TH_ACCOUNT_LINES_H

/* The lines of inventories, by one thread or several: the first one reads and hands out pieces, each thread computes what it is handed in a shard
 * of its own, and at the end the shards are merged. So neither how many threads there are nor which line falls to which shows in any answer. */

#include "account/frame.h"

typedef struct th_crew th_crew;

/* For up to so many threads, the calling one among them, whose shard is the one that all others are merged into. NULL without memory. */
th_crew *th_crew_new(th_shard *shard, unsigned threads);
/* All lines of an inventory; `number` is its place among the options'. */
TH_MUST_USE th_status th_crew_read(th_crew *crew, th_inventory *inventory, const char *path, size_t number, th_input *input);
/* Behind the last inventory: what the other threads found goes over to the shard. */
TH_MUST_USE th_status th_crew_merge(th_crew *crew);
void th_crew_free(th_crew *crew);

#endif
