/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/kind.h"

#include <stdlib.h>

bool th_shard_sound(const th_shard *shard)
{
	return th_diags_errors(shard->diags) == shard->errors;
}

bool th_shard_make(th_shard *shard, const th_frame *frame, th_diags *diags)
{
	const th_reference *reference = frame->reference;
	size_t factors = reference->factors ? reference->factors : 1;
	*shard = (th_shard){.frame = frame, .diags = diags, .errors = th_diags_errors(diags)};
	shard->uses.of[0] = th_calloc(factors, sizeof *shard->uses.of[0]);
	shard->uses.of[1] = th_calloc(factors, sizeof *shard->uses.of[1]);
	shard->row_fate = th_calloc(factors, sizeof *shard->row_fate);
	size_t held = frame->instruments ? frame->instruments->count : 0;
	shard->instrument_use = th_calloc(held ? held : 1, sizeof *shard->instrument_use);
	shard->other = th_calloc(frame->others ? frame->others : 1, sizeof *shard->other);
	shard->by_year = th_by_year_make(&shard->arena);
	shard->coverage = th_coverage_make();
	shard->kinds = th_kinds_make(frame);
	if (!shard->kinds || !shard->coverage || !shard->by_year || !th_sums_make(&shard->sums, frame, &shard->arena) || !shard->uses.of[0] || !shard->uses.of[1] || !shard->instrument_use || !shard->row_fate || !shard->other || !th_quality_make(shard))
		return false;
	for (size_t i = 0; i < frame->others; i++)
		shard->other[i] = (th_profile_total){.profile = frame->other[i], .computed = true};
	return true;
}

static void free_recipes(th_recipes *recipes)
{
	th_arena_free(&recipes->arena);
	th_numbers_free(&recipes->number);
	th_intern_free(&recipes->unit);
	free(recipes->slot);
	free(recipes->list);
	*recipes = (th_recipes){0};
}

void th_shard_end_lines(th_shard *shard)
{
	th_kinds_free(shard->kinds);
	shard->kinds = NULL;
	if (shard->deposits == 0)
		free_recipes(&shard->recipes);
}

void th_shard_free(th_shard *shard)
{
	th_arena_free(&shard->arena);
	th_arena_free(&shard->scratch);
	th_arena_free(&shard->spill);
	free_recipes(&shard->recipes);
	th_buf_free(&shard->key);
	th_buf_free(&shard->text);
	th_intern_free(&shard->period_text);
	th_intern_free(&shard->period_kind);
	th_intern_free(&shard->group_key);
	th_intern_free(&shard->caveat_key);
	free(shard->period);
	free(shard->uses.of[0]);
	free(shard->uses.of[1]);
	free(shard->uses.list);
	free(shard->instrument_use);
	th_intern_free(&shard->unit_word);
	free(shard->unit_lines);
	th_intern_free(&shard->spelling_text);
	free(shard->spelling);
	free(shard->row_fate);
	free(shard->other);
	free(shard->group);
	free(shard->caveat);
	free(shard->deposit);
	free(shard->asked);
	th_coverage_free(shard->coverage);
	th_quality_free(shard);
	th_kinds_free(shard->kinds);
}
