/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_NEAR_H
#define TH_BASE_NEAR_H

/* What a misspelled word may have meant. */

#include <stdint.h>

#include "base/str.h"

enum { TH_NEAR_LONGEST = 64 }; /* characters: a longer text is near to nothing */

/* Edit distance in characters, blanks, full-width forms and capitals folded; SIZE_MAX for long texts. */
size_t th_distance(th_slice a, th_slice b);

/* Is that near enough for `text` to be a slip of the pen? */
bool th_near(th_slice text, size_t distance);

/* The distance where it is near enough, else SIZE_MAX: most names are told by their length. */
size_t th_near_distance(th_slice text, th_slice known);

/* The characters that stand in a text: a bit for each, which several share. Two texts that are so far apart are told without a look at either. */
uint64_t th_characters(th_slice text);
/* As far as the characters tell: may `known` be near to a text of so many characters, or one stand in the other? */
bool th_near_may(uint64_t text, size_t length, uint64_t known);

/* The nearest to `text` of the names that are offered one by one, the first among equals. Start with {.text = text}. */
typedef struct th_near_name {
	th_slice text, name;
	size_t distance;
	bool offered; /* any name yet */
} th_near_name;

void th_near_offer(th_near_name *best, th_slice known);
/* That name when it is near enough to be meant; an empty slice otherwise. */
th_slice th_near_found(const th_near_name *best);

/* The same for a list. */
th_slice th_nearest(th_slice text, const th_slice *known, size_t count);

/* What to advise: the nearest, else the one that lies inside `text` or that `text` lies inside, with the least beside it (在本市注册 of 是否在本市注册).
 * For messages only: what lies inside is not what was meant. */
th_slice th_advised(th_slice text, const th_slice *known, size_t count);

#endif
