/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_RECIPE_H
#define TH_ACCOUNT_RECIPE_H

/* The three steps from a line's words to its recipe, for recipe.c only: read the words, resolve the factors, put it together. */

#include "account/frame.h"

enum { TH_MOST_TERMS = 6 * TH_MOST_GASES, TH_MOST_NOTES = 8 * TH_MOST_GASES };

/* What one profile makes of a line. */
typedef struct th_resolved {
	th_term term[TH_MOST_TERMS];
	size_t terms;
	bool failed, market;
	th_slice missing;
	uint32_t caveat[TH_MOST_NOTES];
	size_t caveats;
	const th_factor *landfill;
	const th_factor *main; /* the first row of the main leg */
} th_resolved;

/* What a line's words name: all that can be checked without its period. */
typedef struct th_words_of_line {
	uint32_t region;
	bool region_given;
	int scope; /* 0: not given */
} th_words_of_line;

/* --- words.c --- */
TH_MUST_USE th_status th_read_words(th_build *build, th_words_of_line *words);
TH_MUST_USE th_status th_read_measured(th_build *build);

/* --- resolve.c --- */
TH_MUST_USE th_status th_resolve(th_build *build, const th_profile *profile, uint32_t region, th_resolved *r);
/* One more caveat for lines like this; only for the profile in force. */
/* Whether the profile that is looked at counts this gas. A factor published as CO2 equivalent does not say which part of it is CO2; it counts,
 * with its caveat. */
bool th_counts_gas(const th_build *build, const th_gas *gas);
void th_resolved_note(th_resolved *r, const th_build *build, uint32_t caveat);

/* --- recipe_alike.c --- */
/* *recipe becomes one that is kept and says the same, where there is one; what was made since `before` is then given back. False without memory. */
TH_MUST_USE bool th_recipe_share(th_shard *shard, th_recipe **recipe, th_arena_mark before);

/* --- stated.c --- */
/* The factor that the filer states against the one that is computed with; it is only compared. */
void th_stated_factor(th_build *build, th_resolved *r);

/* --- likely.c --- */
/* Heat value and carbon content against what documents give for the fuel: a caveat, or an error where no fuel could have it. */
TH_MUST_USE th_status th_likely_measured(th_build *build, th_resolved *r);
/* A user's factor against its shipped twins; region: of the line. */
void th_likely_factor(th_build *build, th_resolved *r, uint32_t region);

#endif
