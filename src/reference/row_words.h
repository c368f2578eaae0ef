/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_ROW_WORDS_H
#define TH_REFERENCE_ROW_WORDS_H

/* row_words.csv: words in a name that say what kind of row it heads. */

#include "base/str.h"

typedef enum th_row_kind {
	TH_ROW_TOTAL,      /* sums or averages others */
	TH_ROW_PART,       /* is part of another */
	TH_ROW_MAIN,       /* a meter before others */
	TH_ROW_SUBMETER,   /* a meter behind another */
	TH_ROW_LOW_CARBON, /* a factor that may be far below the usual ones */
	TH_ROW_MAYBE_TOTAL, /* may sum others, or be a name */
	TH_ROW_GREEN,      /* power said to be green by its name */
	TH_ROW_SELF_USED,  /* used where it was generated */
	TH_ROW_FED_IN,     /* given to the grid where it was generated */
	TH_ROW_POWER_USED, /* power that was used, from wherever */
	TH_ROW_POWER_OPEN, /* power, and nothing more */
	TH_ROW_BOUGHT,     /* power taken from outside */
	TH_ROW_CAME_IN, TH_ROW_CONSUMED, TH_ROW_STOCK, /* what came in, what was used of it, what lay there */
	TH_ROW_KINDS
} th_row_kind;

/* TH_WORD_BEFORE: of layout_words.csv alone, before another name and never without one: 总 of 总用电量. */
typedef enum th_word_place { TH_WORD_NONE, TH_WORD_WITHIN, TH_WORD_START, TH_WORD_END, TH_WORD_WHOLE, TH_WORD_BEFORE } th_word_place;

typedef struct th_row_word {
	th_row_kind kind;
	th_word_place place;
	th_slice key;    /* folded, see th_utf8_key */
	bool latin;      /* stands for itself between letters: wind is not in window */
} th_row_word;

typedef struct th_row_words {
	th_row_word *word;         /* by the last bytes of their keys */
	size_t words;
	uint16_t from[257];        /* where those with a last byte begin, and the next one's */
	bool first[TH_ROW_KINDS][256], last[TH_ROW_KINDS][256]; /* bytes with which words of a kind begin and end */
} th_row_words;

/* Where in a name a word of the kind stands: the strongest of all (the whole name, its end or start, somewhere), TH_WORD_NONE without any.
 * A word counts only where its row allows. */
th_word_place th_row_word_in(const th_row_words *words, th_row_kind kind, th_slice name);
/* The same of each kind. */
void th_row_words_in(const th_row_words *words, th_slice name, th_word_place place[TH_ROW_KINDS]);

#endif
