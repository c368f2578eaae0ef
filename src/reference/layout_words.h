/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_LAYOUT_WORDS_H
#define TH_REFERENCE_LAYOUT_WORDS_H

/* layout_words.csv: the words of office tables that are no column, activity or unit: periods, totals, what is not read, captions, notes. */

#include <stdint.h>

#include "base/utf8.h"
#include "reference/row_words.h"

typedef enum th_layout_kind {
	TH_LW_MONTH, TH_LW_QUARTER, TH_LW_HALF, /* value: 01 ... 12, Q1 ... Q4, H1 H2 */
	TH_LW_ORDINAL,
	TH_LW_ASIDE,          /* plans, other years, ratios, codes: never a quantity */
	TH_LW_MONEY,
	TH_LW_OPENING, TH_LW_PURCHASE, TH_LW_MOVED, TH_LW_CLOSING, /* stocks and what goes in and out of them */
	TH_LW_COEFFICIENT,    /* standard coal per unit */
	TH_LW_TOTAL, TH_LW_RUNNING, TH_LW_AVERAGE, /* controls */
	TH_LW_ACTUAL,         /* this month's, this period's */
	TH_LW_CONSUMPTION,
	TH_LW_PART, TH_LW_MATERIAL,
	TH_LW_FOOTER,
	TH_LW_CAPTION,        /* value: the column that a line `name: value` above the table stands for; empty: none */
	TH_LW_TITLE_END, TH_LW_ORGANISATION,
	TH_LW_NO_ACTIVITY, TH_LW_OUTPUT, TH_LW_OUTPUT_BESIDE,
	TH_LW_CHARGE,
	TH_LW_ITEM,           /* what a row of a ledger of one carrier says of it */
	TH_LW_RENAME, TH_LW_RENAME_BESIDE, /* value: what the word means where one of the second kind stands beside it */
	TH_LW_FIELD_INVENTORY, TH_LW_FIELD_MEASURES, /* value: the column, empty for one that is not read */
	TH_LW_NO_TARGET,      /* an indicator of a table of targets that is none of emissions */
	TH_LW_PAST,           /* a year that has been: 基准年, 现状 */
	TH_LW_ACTIVITIES,     /* a name of many activities: 制冷剂; value: what to search the factors for */
	TH_LW_PLACE,          /* what the name of a site ends in; value `no`: what is none though it does */
	TH_LW_AGGREGATE,      /* all energy in standard coal: 综合能耗 */
	TH_LW_MEAN,           /* 日均, 人均, 单位面积: no amount of a period, and no mean of the numbers beside it */
	TH_LW_STORED,         /* a title of what came into stock or lay there: 采购入库明细 */
	TH_LW_BOUGHT,         /* and of what was bought: 油品采购台账 */
	TH_LW_WHOLE,          /* what a meter shows in all: 总 over 峰 and 谷 */
	TH_LW_GENERATED,      /* power made here, used here or fed in */
	TH_LW_KINDS
} th_layout_kind;

typedef struct th_layout_word {
	th_layout_kind kind;
	th_word_place place;
	th_slice key, value; /* key: folded, see th_utf8_key */
	uint64_t pairs;      /* of the key */
} th_layout_word;

/* A name that is looked up, folded, and the pairs of bytes that stand in it: a bit for each, which several pairs share. */
typedef struct th_layout_key {
	th_slice text;
	uint64_t pairs;
} th_layout_key;

typedef struct th_layout_words {
	th_layout_word *word;
	size_t words;
	struct { uint32_t from, end; } of[TH_LW_KINDS]; /* words of the kind are from here on, and none is behind the end; others may be among them */
} th_layout_words;

/* The word of a kind in a name, the longest of those at the strongest place; NULL: none. */
const th_layout_word *th_layout_word_in(const th_layout_words *words, th_layout_kind kind, th_slice name);
/* The same for a name whose key is known. */
const th_layout_word *th_layout_word_of(const th_layout_words *words, th_layout_kind kind, const th_layout_key *key);
th_layout_key th_layout_key_of(th_slice name, char space[TH_KEY_PLACE]);
uint64_t th_layout_pairs(th_slice key);
/* The same of the first of several kinds that has one: the name is folded once for all of them. */
const th_layout_word *th_layout_word_first(const th_layout_words *words, const th_layout_kind *kind, size_t kinds, th_slice name);
/* As th_layout_word_in for a name that is such a word and nothing more. */
const th_layout_word *th_layout_word_is(const th_layout_words *words, th_layout_kind kind, th_slice name);

/* The longest word of the kinds (bits) that as a whole stands before something else in a name, and where that begins; NULL: none. */
const th_layout_word *th_layout_word_before(const th_layout_words *words, uint64_t kinds, th_slice name, size_t *end);

#endif
