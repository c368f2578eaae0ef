/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of each factor row that the user brought: on how many lines it is used, or why on none. Of all lines that could have taken a row
 * the one counts with which it came furthest, so the order of lines decides nothing. */

#include <stdlib.h>
#include <string.h>

#include "account/frame.h"
#include "account/recipe.h"
#include "base/list.h"

const char *const th_row_fates[TH_ROW_FATES] = {"no_line", "not_named", "other_region", "other_time", "not_of_profile", "contract",
                                                "line_names_another", "gas_not_counted", "another_taken", "replaced", "used"};

static th_row_fate judge(const th_build *build, const th_factor *row, uint32_t region)
{
	const th_reference *reference = build->frame->reference;
	const th_period *period = &build->now->period;
	th_slice named = th_build_cell(build, TH_COL_FACTOR);
	if (th_is_elsewhere(reference, row, region))
		return TH_ROW_REGION;
	if (row->from > period->from || row->to < period->to)
		return TH_ROW_TIME;
	if (th_is_contract_row(build, row))
		return TH_ROW_CONTRACT;
	if (named.len && !th_slice_eq(named, row->id))
		return TH_ROW_SHADOWED;
	if (row->category.len && !th_profile_takes_any(reference, build->frame->profile, row))
		return TH_ROW_PROFILE;
	uint32_t gas;
	if (th_index_get(row->gas, &gas) && !th_counts_gas(build, &reference->gas[gas]))
		return TH_ROW_GAS;
	return TH_ROW_BEATEN;
}

static void see(const th_build *build, uint32_t number, uint32_t region)
{
	const th_factor *row = &build->frame->reference->factor[number];
	unsigned char *fate = &build->shard->row_fate[number];
	if (row->layer == 0)
		return;
	th_row_fate now = judge(build, row, region);
	*fate = now > *fate ? (unsigned char)now : *fate;
}

void th_user_rows_see(const th_build *build, uint32_t region)
{
	const th_reference *reference = build->frame->reference;
	const th_slice named[] = {th_build_cell(build, TH_COL_FACTOR), build->row && build->row->factor.len ? build->row->factor : build->instrument};
	size_t count = 0;
	if (reference->overlays == 0 || !build->report)
		return;
	const uint32_t *list = build->activity->undeclared ? NULL : th_factors_of(reference, (uint32_t)(build->activity - reference->activity), &count);
	for (size_t i = 0; i < count; i++)
		see(build, list[i], region);
	for (size_t k = 0; k < 2; k++)
		for (uint32_t i = named[k].len ? th_find_factor(reference, named[k]) : TH_NONE; i != TH_NONE; i = th_index_number(reference->factor[i].next))
			see(build, i, region);
}

/* --- units --- */

static bool add_unit_lines(th_shard *shard, th_slice text, size_t lines)
{
	uint32_t before = shard->unit_word.count, at = th_intern_add(&shard->unit_word, text);
	if (at == TH_NONE)
		return false;
	if (at == before) {
		size_t *grown = th_grown(shard->unit_lines, at, sizeof *grown);
		if (!grown)
			return false;
		shard->unit_lines = grown;
		grown[at] = 0;
	}
	shard->unit_lines[at] += lines;
	return true;
}

bool th_user_units_add(th_shard *shard, th_slice unit, size_t lines)
{
	return th_units_user_rows(shard->frame->reference->units) == 0 || add_unit_lines(shard, unit, lines);
}

bool th_user_units_merge(th_shard *into, const th_shard *from)
{
	bool added = true;
	for (uint32_t i = 0; i < from->unit_word.count; i++)
		added &= add_unit_lines(into, th_intern_text(&from->unit_word, i), from->unit_lines[i]);
	return added;
}

static void count_seen(const th_units *units, th_slice text, bool *seen, size_t times, bool factors, th_account *account)
{
	memset(seen, 0, account->user_units * sizeof *seen);
	th_units_see(units, text, seen);
	for (size_t i = 0; i < account->user_units; i++)
		*(factors ? &account->user_unit[i].factors : &account->user_unit[i].lines) += seen[i] ? times : 0;
}

static bool list_units(const th_shard *shard, th_account *account)
{
	const th_reference *reference = shard->frame->reference;
	size_t count = th_units_user_rows(reference->units);
	bool *seen = th_arena_alloc(&account->arena, count + 1, sizeof *seen);
	account->user_unit = th_arena_alloc(&account->arena, count + 1, sizeof *account->user_unit);
	if (!seen || !account->user_unit)
		return false;
	account->user_units = count;
	for (size_t i = 0; i < count; i++)
		account->user_unit[i].name = th_units_user_row(reference->units, i, &account->user_unit[i].file, &account->user_unit[i].line);
	for (uint32_t i = 0; count && i < shard->unit_word.count; i++)
		count_seen(reference->units, th_intern_text(&shard->unit_word, i), seen, shard->unit_lines[i], false, account);
	for (uint32_t i = 0; count && i < reference->factors; i++)
		if (reference->factor[i].layer > 0 && !reference->factor[i].hidden)
			count_seen(reference->units, reference->factor[i].unit_text, seen, 1, true, account);
	return true;
}

/* --- factors --- */

/* Rows of which a part stays are not replaced: their copies speak for them. */
static bool has_copy(const th_reference *reference, const th_factor *row)
{
	bool found = false;
	uint32_t i = row->hidden ? th_find_factor(reference, row->id) : TH_NONE;
	for (; i != TH_NONE && !found; i = th_index_number(reference->factor[i].next))
		found = !reference->factor[i].hidden && reference->factor[i].line == row->line && reference->factor[i].file == row->file;
	return found;
}

bool th_is_user_row(const th_reference *reference, const th_factor *row)
{
	return row->layer > 0 && !has_copy(reference, row);
}

static int by_use_and_place(const void *a, const void *b)
{
	const th_user_row *x = a, *y = b;
	bool used[2] = {x->fate == TH_ROW_USED, y->fate == TH_ROW_USED};
	if (used[0] != used[1])
		return used[0] ? 1 : -1;
	return (x->factor > y->factor) - (x->factor < y->factor);
}

/* The lines of a factor row; where it serves the market-based total only, those of that. */
static size_t lines_of(const th_uses *uses, uint32_t factor)
{
	size_t lines = 0;
	for (int market = 0; market < 2 && lines == 0; market++)
		lines = uses->of[market][factor] ? uses->list[uses->of[market][factor] - 1].lines : 0;
	return lines;
}

bool th_user_rows_finish(const th_shard *shard, th_account *account)
{
	const th_reference *reference = shard->frame->reference;
	size_t rows = 0;
	const uint32_t factors = reference->overlays ? reference->factors : 0;
	for (uint32_t i = 0; i < factors; i++)
		rows += reference->factor[i].layer > 0;
	account->user_row = th_arena_alloc(&account->arena, rows ? rows : 1, sizeof *account->user_row);
	if (!account->user_row || !list_units(shard, account))
		return false;
	for (uint32_t i = 0; i < factors; i++) {
		const th_factor *row = &reference->factor[i];
		if (!th_is_user_row(reference, row))
			continue;
		size_t lines = lines_of(&shard->uses, i);
		th_row_fate fate = lines ? TH_ROW_USED : row->hidden ? TH_ROW_REPLACED : (th_row_fate)shard->row_fate[i];
		if (fate == TH_ROW_NO_LINE && row->activities == 0)
			fate = TH_ROW_UNNAMED;
		account->user_row[account->user_rows++] = (th_user_row){.factor = row, .lines = lines, .fate = fate};
	}
	if (account->user_rows)
		qsort(account->user_row, account->user_rows, sizeof *account->user_row, by_use_and_place);
	return true;
}
