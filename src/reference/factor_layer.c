/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user's rows leave of the factors below that have their ids: other gases, regions and times stay as they were. */
#include <stdio.h>

#include "base/day.h"
#include "reference/load.h"

/* CO2e holds the gases that it is made of, so that either replaces the other. */
static bool same_gas(const th_reference *r, const th_factor *a, const th_factor *b)
{
	const th_gas *x = TH_AT(r->gas, a->gas), *y = TH_AT(r->gas, b->gas);
	if (!x || !y)
		return !x && !y;
	bool sum = x->kind == TH_GAS_CO2E || y->kind == TH_GAS_CO2E;
	return x == y || (sum && x->kind != TH_GAS_BIOGENIC && y->kind != TH_GAS_BIOGENIC && x->kind != TH_GAS_REMOVAL && y->kind != TH_GAS_REMOVAL);
}

static bool replaces(const th_reference *r, const th_factor *mine, const th_factor *below)
{
	return same_gas(r, mine, below) && (!th_index_is(mine->region) || th_index_same(mine->region, below->region));
}

static void chain_on(th_reference *r, struct th_factor_chain *chain, uint32_t row)
{
	r->factor[row].next = th_index_of(TH_NONE);
	r->factor[chain->last].next = th_index_of(row);
	chain->last = row;
}

static bool put_day(th_reference *r, int32_t day, th_slice *text)
{
	char date[40];
	int year, month, mday;
	th_day_split(day, &year, &month, &mday);
	*text = th_arena_copy(&r->arena, (th_slice){date, (size_t)snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, mday)});
	return text->ptr != NULL;
}

/* A copy of the row for a part of its time. */
static bool add_piece(th_reference *r, struct th_factor_chain *chain, uint32_t below, int32_t from, int32_t to)
{
	th_factor *grown = th_grown(r->factor, r->factors, sizeof *grown);
	if (!grown || r->factors == TH_NONE - 1)
		return false;
	r->factor = grown;
	th_factor *piece = &grown[r->factors];
	*piece = grown[below];
	piece->hidden = false;
	if ((from != piece->from && !put_day(r, from, &piece->valid_from_text)) || (to != piece->to && !put_day(r, to, &piece->valid_to_text)))
		return false;
	piece->from = from;
	piece->to = to;
	chain_on(r, chain, r->factors++);
	return true;
}

/* The first of the rows from `first` to `end` that replaces some day from `from` to `to`; TH_NONE: none does. */
static uint32_t first_over(const th_reference *r, uint32_t first, uint32_t below, int32_t from, int32_t to)
{
	uint32_t best = TH_NONE;
	for (uint32_t i = first; i != TH_NONE; i = th_index_number(r->factor[i].next)) {
		const th_factor *mine = &r->factor[i];
		if (mine->layer == r->factor[first].layer && replaces(r, mine, &r->factor[below]) && mine->from <= to && mine->to >= from &&
		    (best == TH_NONE || mine->from < r->factor[best].from))
			best = i;
	}
	return best;
}

/* What is left of one row below. */
static bool leave(th_reference *r, struct th_factor_chain *chain, uint32_t below)
{
	int32_t from = r->factor[below].from, to = r->factor[below].to;
	uint32_t over = first_over(r, chain->first, below, from, to);
	if (over == TH_NONE) {
		chain_on(r, chain, below);
		return true;
	}
	r->factor[below].hidden = true;
	for (; over != TH_NONE; over = first_over(r, chain->first, below, from, to)) {
		int32_t start = r->factor[over].from, end = r->factor[over].to;
		if (start > from && !add_piece(r, chain, below, from, start - 1))
			return false;
		if (end >= to)
			return true;
		from = end + 1;
	}
	return add_piece(r, chain, below, from, to);
}

th_status th_factors_settle(th_reference *r, uint32_t first, th_diags *diags)
{
	uint32_t end = r->factors;
	for (uint32_t i = first; i < end; i++) {
		uint32_t number = th_intern_find(&r->index->factor_id, r->factor[i].id);
		struct th_factor_chain *chain = number == TH_NONE ? NULL : &r->index->chain[number];
		if (!chain || chain->first != i)
			continue;
		uint32_t below = th_index_number(chain->below), next;
		chain->below = th_index_of(TH_NONE);
		for (; below != TH_NONE; below = next) {
			next = th_index_number(r->factor[below].next);
			if (!leave(r, chain, below))
				return th_no_memory(diags);
		}
	}
	return TH_OK;
}
