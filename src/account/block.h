/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_BLOCK_H
#define TH_ACCOUNT_BLOCK_H

/* Lines of an inventory straight from its bytes. Equal bytes are equal cells, so what a run of neighbouring columns holds is looked up as one text, quotes and
 * all, which was seen before on a line that went the careful way; a line is then of a known kind (kind.h) by a few look-ups, and none of its words is read
 * again. Which columns make a run is chosen from the first lines. Whatever is new or odd about a line, it is left to line.c. */

#include "account/kind.h"
#include "io/scan.h"

typedef struct th_block th_block;

/* For the lines of one inventory, which outlives it, and one shard. NULL without memory. */
th_block *th_block_new(const th_inventory *inventory, const th_shard *shard);
void th_block_free(th_block *block);

/* Compute the line; now->line stands for it until the next one. *done false: it is for th_line_run. */
TH_MUST_USE th_status th_block_line(th_block *block, th_shard *shard, th_now *now, const th_scanned *scanned, bool *done);
/* Behind th_line_run of such a line, `line`: what it says is known from now on. False without memory. */
TH_MUST_USE bool th_block_learn(th_block *block, th_shard *shard, const th_scanned *scanned, const th_line *line);

#endif
