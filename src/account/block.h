/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_BLOCK_H
#define TH_ACCOUNT_BLOCK_H

/* Lines of an inventory straight from its bytes. Equal bytes are equal cells, so what a run of neighbouring columns holds is looked up as one text, quotes and
 * all, which was seen before on a line that went the careful way; a line is then of a known kind (kind.h) by a few look-ups, and none of its words is read
 * again. Which columns make a run is chosen from the first lines. Whatever is new or odd about a line, it is left to line.c. */

#include "account/kind.h"
#include "io/scan.h"

typedef struct th_block th_block;

/* For the lines of one inventory, which its view outlives, and one shard. NULL without memory. */
th_block *th_block_new(th_inventory *view, th_shard *shard);
void th_block_free(th_block *block);

/* The next lines are from that row on, of inventory `number`. */
void th_block_start(th_block *block, const char *path, size_t number, uint64_t row);
/* A line, whose text stays until th_block_end: all lines are computed there, in their order, and most before. */
TH_MUST_USE th_status th_block_line(th_block *block, const th_scanned *scanned);
TH_MUST_USE th_status th_block_end(th_block *block);

#endif
