/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What overlaps among the factors of a layer, and the index over all layers. */
#include <stdlib.h>

#include "reference/load.h"

/* --- overlaps --- */

/* None behind all. */
static int by_number(th_index a, th_index b)
{
	uint32_t x = th_index_number(a), y = th_index_number(b);
	return (x > y) - (x < y);
}

static int by_meaning(const void *a, const void *b)
{
	const th_factor *f = *(const th_factor *const *)a, *g = *(const th_factor *const *)b;
	int order = th_slice_cmp(f->id, g->id);
	if (order == 0)
		order = by_number(f->gas, g->gas);
	if (order == 0)
		order = by_number(f->region, g->region);
	if (order == 0)
		order = (f->from > g->from) - (f->from < g->from);
	return order ? order : (f > g) - (f < g);
}

static bool same_meaning(const th_factor *f, const th_factor *g)
{
	return th_index_same(f->gas, g->gas) && th_index_same(f->region, g->region) && th_slice_eq(f->id, g->id);
}

static void report_overlap(th_loader *l, const th_factor *a, const th_factor *b)
{
	const th_factor *first = a < b ? a : b, *second = a < b ? b : a;
	th_arena_reset(&l->scratch);
	/* Open ends as in ISO 8601-2: 2024-01-01/.. */
	const char *from = second->valid_from_text.len ? th_loader_text(l, second->valid_from_text) : "..";
	const char *to = second->valid_to_text.len ? th_loader_text(l, second->valid_to_text) : "..";
	th_loader_worse(l, th_report(l->diags, TH_FACTOR_OVERLAP, (th_pos){second->file, second->line, second->column, "id"},
	                             th_loader_text(l, second->id), th_loader_text(l, second->gas_text),
	                             second->region_text.len ? th_loader_text(l, second->region_text) : "-",
	                             th_loader_printf(l, "%s/%s", from, to), th_loader_printf(l, "%s:%zu", first->file, first->line), NULL));
}

/* A row of CO2e and a row of a gas that CO2e is made of, of one id, region and time: added up, the gas would count twice. */
static bool counts_twice(const th_reference *r, const th_factor *sum, const th_factor *part)
{
	const th_gas *gas = TH_AT(r->gas, part->gas);
	bool together = th_index_same(sum->region, part->region) && sum->from <= part->to && part->from <= sum->to;
	return together && gas && (gas->kind == TH_GAS_PLAIN || gas->kind == TH_GAS_BLEND);
}

/* `sorted` has the rows of one id together. */
static void find_counted_twice(th_loader *l, const th_reference *r, const th_factor **sorted, size_t count)
{
	for (size_t i = 0, first = 0; i < count; i++) {
		if (!th_slice_eq(sorted[i]->id, sorted[first]->id))
			first = i;
		const th_gas *gas = TH_AT(r->gas, sorted[i]->gas);
		if (sorted[i]->id.len == 0 || !gas || gas->kind != TH_GAS_CO2E)
			continue;
		const th_factor *part = NULL;
		for (size_t k = first; k < count && !part && th_slice_eq(sorted[k]->id, sorted[i]->id); k++)
			part = counts_twice(r, sorted[i], sorted[k]) ? sorted[k] : NULL;
		if (!part)
			continue;
		th_arena_reset(&l->scratch);
		th_loader_worse(l, th_report(l->diags, TH_FACTOR_COUNTED_TWICE, (th_pos){sorted[i]->file, sorted[i]->line, sorted[i]->column, "id"},
		                             th_loader_text(l, sorted[i]->id), th_loader_text(l, part->gas_text),
		                             th_loader_printf(l, "%s:%zu", part->file, part->line), NULL));
	}
}

th_status th_factors_overlap(th_reference *r, uint32_t first, th_diags *diags)
{
	size_t count = r->factors - first;
	th_loader l = th_loader_plain(count ? r->factor[first].file : NULL, diags);
	const th_factor **sorted = th_calloc(count ? count : 1, sizeof *sorted);
	if (!sorted)
		th_loader_no_memory(&l);
	for (size_t i = 0; sorted && i < count; i++)
		sorted[i] = &r->factor[first + i];
	if (sorted)
		qsort(sorted, count, sizeof *sorted, by_meaning);
	/* Among rows that mean the same, in the order of their starts, a row overlaps an earlier one when it starts before
	 * the latest end so far. */
	for (size_t i = 0, reach = 0; sorted && i < count; i++) {
		if (i == reach)
			continue;
		if (!same_meaning(sorted[i], sorted[reach])) {
			reach = i;
			continue;
		}
		if (sorted[i]->id.len && (th_index_is(sorted[i]->gas) || th_slice_eq(sorted[i]->gas_text, sorted[reach]->gas_text)) &&
		    sorted[i]->from <= sorted[reach]->to)
			report_overlap(&l, sorted[reach], sorted[i]);
		if (sorted[i]->to > sorted[reach]->to)
			reach = i;
	}
	if (sorted)
		find_counted_twice(&l, r, sorted, count);
	free(sorted);
	return th_loader_close(&l);
}

/* --- index --- */

th_status th_factors_index(th_reference *r, th_diags *diags)
{
	struct th_reference_index *x = r->index;
	size_t total = 0;
	for (uint32_t i = 0; i < r->factors; i++)
		total += r->factor[i].activities;
	uint32_t *start = th_calloc((size_t)r->activities + 2, sizeof *start), *serve = th_calloc(total + 1, sizeof *serve);
	if (!start || !serve || total >= TH_NONE) {
		free(start);
		free(serve);
		return th_no_memory(diags);
	}
	free(x->serve_start);
	free(x->serve);
	x->serve_start = start;
	x->serve = serve;
	/* Count at a + 2, sum, and fill through a + 1: that leaves the start of a's rows at a. */
	for (int fill = 0; fill <= 1; fill++) {
		for (uint32_t i = 0; i < r->factors; i++) {
			const th_factor *f = &r->factor[i];
			if (!f->activities || f->hidden)
				continue;
			for (size_t k = 0; k < f->activities; k++) {
				if (fill)
					serve[start[f->activity[k] + 1]++] = i;
				else
					start[f->activity[k] + 2]++;
			}
		}
		for (size_t a = 2; !fill && a < (size_t)r->activities + 2; a++)
			start[a] += start[a - 1];
	}
	for (uint32_t p = 0; p < r->profiles; p++)
		for (size_t i = 0; i < r->profile[p].rules; i++)
			if (r->profile[p].rule[i].factor_id.len)
				r->profile[p].rule[i].factor = th_index_of(th_find_factor(r, r->profile[p].rule[i].factor_id));
	return TH_OK;
}
