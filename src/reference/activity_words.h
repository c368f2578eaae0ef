/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_ACTIVITY_WORDS_H
#define TH_REFERENCE_ACTIVITY_WORDS_H

/* activity_words.csv: what bills and tables write around the name of an activity. */

#include <stdint.h>

#include "base/str.h"

typedef enum th_around_place { TH_AROUND_BEHIND, TH_AROUND_BEFORE, TH_AROUND_BOTH, TH_AROUND_BRACKET, TH_AROUND_HEAD, TH_AROUND_APART, TH_AROUND_BROAD, TH_AROUND_PLACES } th_around_place;
typedef enum th_around_of { TH_OF_USE, TH_OF_BOUGHT, TH_OF_GAS, TH_OF_REFRIGERANT, TH_OF_KINDS } th_around_of;

typedef struct th_around_word {
	th_around_place place;
	th_around_of of;      /* of which activities it says nothing more */
	th_slice front, back; /* folded (th_utf8_key): 耗 and 量 of 耗…量; of the others only one */
} th_around_word;

typedef struct th_activity_words {
	th_around_word *word;
	size_t words;
} th_activity_words;

struct th_reference;
/* The number of the activity whose name is left of `name`, without an ordinal before it (1. 一、（一）) and without such words around it; TH_NONE when
 * none is. 供…量 and 发…量 are no such words: what is given out is no use. */
uint32_t th_activity_without_words(const struct th_reference *reference, th_slice name);

/* The same for a name with a word in brackets behind, `head(word)`: a known name with a bracket that says nothing known (天然气（管道）, *says_more),
 * or a head that only says that it is used (TH_AROUND_HEAD: 用电量, 能源) with a known name in brackets. TH_NONE where each names another activity, and where the
 * bracket has a word that may make it one (TH_AROUND_APART: 光伏, 外供). */
uint32_t th_activity_in_brackets(const struct th_reference *reference, th_slice name, bool *says_more);
/* Is a name, without an ordinal and words around it, one that may mean another activity than the one it stands for: 燃气, where gas of coal and LPG are burnt? */
bool th_activity_is_broad(const struct th_reference *reference, th_slice name);
/* What the two halves of such a name are, when both are activities. */
bool th_activity_candidates(const struct th_reference *reference, th_slice name, uint32_t out[2]);

#endif
