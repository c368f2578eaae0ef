/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/kind.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 256 };

const th_inventory_column th_worded[TH_WORDED] = {
	TH_COL_PERIOD, TH_COL_ACTIVITY, TH_COL_UNIT, TH_COL_SITE, TH_COL_SOURCE, TH_COL_SCOPE, TH_COL_FACTOR, TH_COL_REGION, TH_COL_UNCERTAINTY,
	TH_COL_NCV, TH_COL_CARBON, TH_COL_OXIDATION, TH_COL_DENSITY, TH_COL_INSTRUMENT, TH_COL_STATED_FACTOR, TH_COL_GRADE,
};

struct th_kinds *th_kinds_make(const th_frame *frame)
{
	struct th_kinds *k = th_calloc(1, sizeof *k);
	if (!k)
		return NULL;
	for (size_t i = 0; i < frame->bys; i++) {
		k->by_site |= frame->by[i] == TH_BY_SITE;
		k->by_source |= frame->by[i] == TH_BY_SOURCE;
		k->by_grade |= frame->by[i] == TH_BY_GRADE;
		k->by_period |= frame->by[i] == TH_BY_PERIOD;
		k->by_activity |= frame->by[i] == TH_BY_ACTIVITY;
	}
	bool ok = true;
	for (uint64_t i = 0; i < 2; i++)
		k->seed[i] = th_hash_words((const uint64_t[]){TH_COLS, i}, 2);
	for (size_t i = 0; i < TH_WORDED && ok; i++)
		ok = th_words_make(&k->words[th_worded[i]], i);
	k->slots = k->group_slots = FIRST_SLOTS;
	k->slot = th_calloc(k->slots, sizeof *k->slot);
	k->group = th_calloc(k->group_slots, sizeof *k->group);
	if (ok && k->slot && k->group)
		return k;
	th_kinds_free(k);
	return NULL;
}

void th_kinds_free(struct th_kinds *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < TH_COLS; i++)
		th_words_free(&k->words[i]);
	th_numbers_free(&k->alike);
	th_intern_free(&k->klass);
	th_arena_free(&k->arena);
	free(k->slot);
	free(k->kind);
	free(k->group);
	free(k);
}

void th_kind_cells(struct th_kinds *k)
{
	for (size_t i = 0; i < TH_WORDED && k->line; i++)
		k->line->cell[th_worded[i]] = th_word_of(&k->words[th_worded[i]], k->now[th_worded[i]])->text;
	k->line = NULL;
}
