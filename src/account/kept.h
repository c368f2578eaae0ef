/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_KEPT_H
#define TH_ACCOUNT_KEPT_H

/* What accounts have in common that one thread makes one after another on one reference: what a word says by itself, which days a period has, and the
 * recipes of lines. Each hangs on the reference and on its key alone, so an account says the same whether something was kept or not, and whatever was made
 * before it. Nothing of a user's is kept: with factors or units of his own an account begins as if it were the first. */

#include "account/frame.h"

struct th_kept *th_kept_new(const th_reference *reference); /* which outlives it; NULL without memory */
void th_kept_free(struct th_kept *kept); /* NULL is allowed */

/* For an account that begins, when the ones before it are done: past a bound all is forgotten. NULL: it goes without. */
struct th_kept *th_kept_for(struct th_kept *kept, const th_reference *reference);

/* Of the reference; NULL: there is no memory for them. */
const th_certificate_words *th_kept_certificates(struct th_kept *kept);

/* What a spelling says; NULL: not known. `kept` may be NULL, here and below. */
const th_spelling *th_kept_spelling(const struct th_kept *kept, th_slice text, uint64_t hash);
void th_kept_spell(struct th_kept *kept, th_slice text, const th_spelling *says);

/* th_period_parse, of a text that was read before without reading it again. */
th_period_error th_kept_period(struct th_kept *kept, th_slice text, th_period *out);

/* Of a fact's name whether it is one of each of the reference's intensities; NULL: not known. */
const bool *th_kept_pers(const struct th_kept *kept, th_slice name);
void th_kept_per(struct th_kept *kept, th_slice name, const bool *per);

/* --- kept_recipe.c --- */

/* What a recipe hangs on beside the reference, as bytes; the line's key, without the period's kind, comes last. */
TH_MUST_USE bool th_kept_key(const th_shard *shard, th_slice period_kind, th_slice line, th_buf *out);
/* A recipe of that key for the shard, with its caveats as if it were made now. *out NULL: none is kept. False without memory. */
TH_MUST_USE bool th_kept_recipe(th_shard *shard, th_slice key, th_recipe **out);
/* Keep it, when it can serve others; `caveats` were asked for while it was made, in their order. */
void th_kept_keep(th_shard *shard, th_slice key, const th_recipe *recipe, const uint32_t *caveat, size_t caveats);

/* --- between the two --- */

struct th_kept_recipe;
typedef struct th_kept_recipes {
	th_intern key;
	struct th_kept_recipe **list;
	th_arena arena;
} th_kept_recipes;
th_kept_recipes *th_kept_recipes_of(struct th_kept *kept);
/* Is there room for so many bytes more? They count as taken then. */
bool th_kept_room(struct th_kept *kept, size_t bytes);

#endif
