/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/kept.h"

#include <stdlib.h>

#include "base/list.h"

enum { LONGEST = 64, MOST_BYTES = 2 * 1024 * 1024 };

typedef struct read_period {
	th_period_error error;
	th_period period;
} read_period;

struct th_kept {
	const th_reference *reference;
	th_certificate_words certificates;
	bool has_certificates;
	size_t bytes;              /* about: of all below */
	th_intern spelling_text, period_text, fact_name;
	th_spelling *spelling;     /* by number of the text, as are periods */
	read_period *period;
	const bool **per;          /* by number of the fact's name, one for each intensity */
	th_arena pers;
	th_kept_recipes recipes;
};

struct th_kept *th_kept_new(const th_reference *reference)
{
	struct th_kept *kept = th_calloc(1, sizeof *kept);
	if (kept)
		kept->reference = reference;
	return kept;
}

static void forget(struct th_kept *kept)
{
	th_intern_free(&kept->spelling_text);
	th_intern_free(&kept->period_text);
	th_intern_free(&kept->fact_name);
	th_intern_free(&kept->recipes.key);
	th_arena_free(&kept->pers);
	th_arena_free(&kept->recipes.arena);
	free(kept->spelling);
	free(kept->period);
	free(kept->per);
	free(kept->recipes.list);
	kept->spelling = NULL;
	kept->period = NULL;
	kept->per = NULL;
	kept->recipes.list = NULL;
	kept->bytes = 0;
}

void th_kept_free(struct th_kept *kept)
{
	if (!kept)
		return;
	forget(kept);
	th_certificate_words_free(&kept->certificates);
	free(kept);
}

struct th_kept *th_kept_for(struct th_kept *kept, const th_reference *reference)
{
	if (!kept || kept->reference != reference || reference->overlays || th_units_user_rows(reference->units))
		return NULL;
	if (kept->bytes >= MOST_BYTES)
		forget(kept);
	return kept;
}

const th_certificate_words *th_kept_certificates(struct th_kept *kept)
{
	if (!kept->has_certificates)
		kept->has_certificates = th_certificate_words_make(kept->reference, &kept->certificates);
	return kept->has_certificates ? &kept->certificates : NULL;
}

bool th_kept_room(struct th_kept *kept, size_t bytes)
{
	bool room = kept->bytes < MOST_BYTES && bytes < MOST_BYTES / 16;
	kept->bytes += room ? bytes : 0;
	return room;
}

th_kept_recipes *th_kept_recipes_of(struct th_kept *kept)
{
	return &kept->recipes;
}

/* The text becomes the next of them, and the list has room for what it is of, `size` bytes; false: it is not kept. */
static bool enter(struct th_kept *kept, th_intern *texts, th_slice text, void **list, size_t size)
{
	const uint32_t count = texts->count;
	if (text.len > LONGEST || !th_kept_room(kept, text.len + size))
		return false;
	void *grown = th_grown(*list, count, size);
	if (!grown)
		return false;
	*list = grown;
	return th_intern_add(texts, text) == count;
}

const th_spelling *th_kept_spelling(const struct th_kept *kept, th_slice text, uint64_t hash)
{
	uint32_t number = kept && text.len <= LONGEST ? th_intern_find_hash(&kept->spelling_text, text, hash) : TH_NONE;
	return number == TH_NONE ? NULL : &kept->spelling[number];
}

void th_kept_spell(struct th_kept *kept, th_slice text, const th_spelling *says)
{
	void *list = kept ? kept->spelling : NULL;
	bool entered = kept && enter(kept, &kept->spelling_text, text, &list, sizeof *says);
	if (kept)
		kept->spelling = list;
	if (entered)
		kept->spelling[kept->spelling_text.count - 1] = *says;
}

static void keep_period(struct th_kept *kept, th_slice text, th_period_error error, const th_period *period)
{
	void *list = kept->period;
	bool entered = enter(kept, &kept->period_text, text, &list, sizeof *kept->period);
	kept->period = list;
	if (entered)
		kept->period[kept->period_text.count - 1] = (read_period){error, *period};
}

th_period_error th_kept_period(struct th_kept *kept, th_slice text, th_period *out)
{
	th_period period = {0};
	uint32_t number = kept && text.len <= LONGEST ? th_intern_find(&kept->period_text, text) : TH_NONE;
	th_period_error error = number == TH_NONE ? th_period_parse(text, &period) : kept->period[number].error;
	if (kept && number == TH_NONE)
		keep_period(kept, text, error, &period);
	if (error == TH_PERIOD_OK)
		*out = number == TH_NONE ? period : kept->period[number].period;
	return error;
}

const bool *th_kept_pers(const struct th_kept *kept, th_slice name)
{
	uint32_t number = kept && name.len <= LONGEST ? th_intern_find(&kept->fact_name, name) : TH_NONE;
	return number == TH_NONE ? NULL : kept->per[number];
}

void th_kept_per(struct th_kept *kept, th_slice name, const bool *per)
{
	if (!kept || !th_kept_room(kept, kept->reference->intensities))
		return;
	bool *copy = th_arena_alloc(&kept->pers, kept->reference->intensities + 1, sizeof *copy);
	void *list = kept->per;
	bool entered = copy && enter(kept, &kept->fact_name, name, &list, sizeof *kept->per);
	kept->per = list;
	if (!entered)
		return;
	memcpy(copy, per, kept->reference->intensities * sizeof *copy);
	kept->per[kept->fact_name.count - 1] = copy;
}
