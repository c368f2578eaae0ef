/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_BLOCK_RUNS_H
#define TH_ACCOUNT_BLOCK_RUNS_H

/* Runs of neighbouring columns of words, and what each text of one says: the numbers of its words. Private to block.c. */

#include "account/kind.h"
#include "io/scan.h"

enum { TH_RUNS = 8, TH_RUN_WORDS = 4 };

typedef struct th_run {
	unsigned first, last;    /* columns of the table */
	th_inventory_column column[TH_RUN_WORDS];
	unsigned columns;
	/* The number of a text is that of all that decides a kind of line, its value its words, 16 bits each. */
	th_texts texts;
	th_arena arena;          /* of texts that do not fit their slots */
	th_intern deciding;
} th_run;

typedef struct th_runs {
	bool chosen;             /* which they are */
	th_run run[TH_RUNS];
	unsigned count;
	struct { th_inventory_column column; unsigned run, shift; } place[TH_WORDED]; /* of each word */
	unsigned places, place_of[TH_COLS]; /* + 1; 0: the table has no such column */
	int factor;              /* the column of the table, -1: none */
	/* until they are chosen */
	const th_inventory *inventory;
	uint64_t *sample;        /* hashes of cells, line by line */
	size_t columns, lines;
} th_runs;

TH_MUST_USE bool th_runs_make(th_runs *runs, const th_inventory *inventory);
void th_runs_free(th_runs *runs);
void th_runs_clear(th_runs *runs);
/* One of the lines that they are chosen from; behind the last of them they are. False without memory. */
TH_MUST_USE bool th_runs_sample(th_runs *runs, const th_scanned *scanned);
/* Of a line whose words are kinds->now. False without memory. */
TH_MUST_USE bool th_runs_learn(th_runs *runs, const struct th_kinds *kinds, const th_scanned *scanned);

/* Of a text at the end of what can be read, or a long one. */
void th_run_key_slow(th_slice text, uint64_t key[4]);

/* As many bytes of 255 as a text of up to 32 bytes has, then zeros. */
static inline const char *th_run_mask(size_t len)
{
	static const unsigned char mask[64] = {
		255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
	};
	return (const char *)mask + 32 - len;
}

/* Of a text of up to 32 bytes all of them, zeros behind; whole words are read, but none beyond `end`. */
static inline void th_run_key(th_slice text, const char *end, uint64_t key[4])
{
	if (text.len > 32 || end - text.ptr < 32) {
		th_run_key_slow(text, key);
		return;
	}
	const char *mask = th_run_mask(text.len);
	key[0] = th_word_bytes(text.ptr) & th_word_bytes(mask);
	key[1] = th_word_bytes(text.ptr + 8) & th_word_bytes(mask + 8);
	key[2] = th_word_bytes(text.ptr + 16) & th_word_bytes(mask + 16);
	key[3] = th_word_bytes(text.ptr + 24) & th_word_bytes(mask + 24);
}

static inline th_slice th_run_text(const th_run *run, const th_scanned *scanned)
{
	const uint32_t from = run->first ? scanned->end[run->first - 1] + 1 : scanned->start;
	return (th_slice){scanned->text + from, scanned->end[run->last] - from};
}

/* What a line says there, of a text of which no byte from `end` on may be read; NULL, or a slot of number 0: it is new. */
static inline const th_text_slot *th_run_find(const th_run *run, th_slice text, const char *end)
{
	th_text_slot wanted;
	if (!run->texts.longer && end - text.ptr >= TH_TEXT_HALF) {
		if (text.len > TH_TEXT_HALF)
			return NULL;
		const char *mask = th_run_mask(text.len);
		return th_text_short(&run->texts, text.len, th_word_bytes(text.ptr) & th_word_bytes(mask), th_word_bytes(text.ptr + 8) & th_word_bytes(mask + 8));
	}
	th_run_key(text, end, wanted.key);
	return th_text_at(&run->texts, text, &wanted);
}

#endif
