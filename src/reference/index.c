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

/* Rows of one id, gas and region: `from` to `end` in the sorted list, in the order of their first days; reach[] is the latest end up to a row. */
struct run {
	size_t from, end;
};

/* The first row of the run that counts twice with `sum`; NULL: none. With `which` false any of them. */
static const th_factor *part_in(const th_reference *r, const th_factor *sum, const struct run *run, const th_factor *const *sorted, const int32_t *reach, bool which)
{
	const th_gas *gas = TH_AT(r->gas, sorted[run->from]->gas);
	size_t low = run->from, high = run->end; /* rows before low begin in the sum's time or before it, those from high on behind it */
	if (!gas || (gas->kind != TH_GAS_PLAIN && gas->kind != TH_GAS_BLEND) || !th_index_same(sum->region, sorted[run->from]->region))
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (sorted[middle]->from <= sum->to)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == run->from || reach[low - 1] < sum->from)
		return NULL;
	size_t first = run->from;
	while (which && sorted[first]->to < sum->from)
		first++;
	return sorted[first];
}

/* A row of CO2e and a row of a gas that CO2e is made of, of one id, region and time: added up, the gas would count twice. `sorted` has the rows of
 * one meaning together, and those of one id. */
static void find_counted_twice(th_loader *l, const th_reference *r, const th_factor *const *sorted, size_t count)
{
	struct run *run = th_calloc(count ? count : 1, sizeof *run);
	int32_t *reach = th_calloc(count ? count : 1, sizeof *reach);
	size_t runs = 0;
	for (size_t i = 0; run && reach && i < count; i++) {
		bool more = runs && same_meaning(sorted[i], sorted[i - 1]);
		if (!more)
			run[runs++].from = i;
		run[runs - 1].end = i + 1;
		reach[i] = more && reach[i - 1] > sorted[i]->to ? reach[i - 1] : sorted[i]->to;
	}
	for (size_t a = 0, of_id = 0; run && reach && a < runs; a++) {
		if (!th_slice_eq(sorted[run[a].from]->id, sorted[run[of_id].from]->id))
			of_id = a;
		const th_gas *gas = TH_AT(r->gas, sorted[run[a].from]->gas);
		if (sorted[run[a].from]->id.len == 0 || !gas || gas->kind != TH_GAS_CO2E)
			continue;
		for (size_t i = run[a].from; i < run[a].end; i++) {
			const th_factor *sum = sorted[i], *part = NULL;
			bool shown = th_diags_takes(l->diags, TH_FACTOR_COUNTED_TWICE, sum->file);
			for (size_t b = of_id; b < runs && !part && th_slice_eq(sorted[run[b].from]->id, sum->id); b++)
				part = part_in(r, sum, &run[b], sorted, reach, shown);
			if (!part)
				continue;
			th_arena_reset(&l->scratch);
			th_loader_worse(l, th_report(l->diags, TH_FACTOR_COUNTED_TWICE, (th_pos){sum->file, sum->line, sum->column, "id"},
			                             th_loader_text(l, sum->id), th_loader_text(l, part->gas_text),
			                             th_loader_printf(l, "%s:%zu", part->file, part->line), NULL));
		}
	}
	if (!run || !reach)
		th_loader_no_memory(l);
	free(run);
	free(reach);
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

static bool takes(const th_factor *f, bool shipped)
{
	return shipped ? f->layer == 0 : !f->hidden;
}

/* The rows of each activity: counted at a + 2, summed, and filled through a + 1, which leaves the start of a's rows at a. *total has room for one more. */
static bool list_rows(const th_reference *r, bool shipped, uint32_t **start, uint32_t **list, size_t *total)
{
	size_t rows = 0;
	for (uint32_t i = 0; i < r->factors; i++)
		rows += r->factor[i].activities;
	uint32_t *from = *start = th_calloc((size_t)r->activities + 2, sizeof *from), *row = *list = th_calloc(rows + 1, sizeof *row);
	if (!from || !row || rows >= TH_NONE)
		return false;
	*total = rows + 1;
	for (int fill = 0; fill <= 1; fill++) {
		for (uint32_t i = 0; i < r->factors; i++) {
			const th_factor *f = &r->factor[i];
			for (size_t k = 0; k < f->activities && takes(f, shipped); k++) {
				if (fill)
					row[from[f->activity[k] + 1]++] = i;
				else
					from[f->activity[k] + 2]++;
			}
		}
		for (size_t a = 2; !fill && a < (size_t)r->activities + 2; a++)
			from[a] += from[a - 1];
	}
	return true;
}

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

static bool list_edges(const th_reference *r, int32_t **list, size_t *edges)
{
	size_t count = 0, kept = 0;
	int32_t *edge = *list = th_calloc(r->factors ? 2 * (size_t)r->factors : 1, sizeof *edge);
	if (!edge)
		return false;
	for (uint32_t i = 0; i < r->factors; i++) {
		const th_factor *f = &r->factor[i];
		if (f->from != TH_DAY_MIN)
			edge[count++] = f->from;
		if (f->to != TH_DAY_MAX)
			edge[count++] = f->to + 1;
	}
	if (count)
		qsort(edge, count, sizeof *edge, by_day);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || edge[i] != edge[kept - 1])
			edge[kept++] = edge[i];
	*edges = kept;
	return true;
}

static void free_lists(th_lent image, struct th_reference_index *x)
{
	void *const lists[] = {x->serve_start, x->serve, x->shipped_start, x->shipped, x->edge};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		th_lent_free(image, lists[i]);
}

void th_factors_index_free(th_reference *r)
{
	free_lists(r->image, r->index);
}

th_status th_factors_index(th_reference *r, th_diags *diags)
{
	struct th_reference_index fresh = {0}, *x = r->index;
	if (!list_rows(r, false, &fresh.serve_start, &fresh.serve, &fresh.serves) || !list_rows(r, true, &fresh.shipped_start, &fresh.shipped, &fresh.shippeds) ||
	    !list_edges(r, &fresh.edge, &fresh.edges)) {
		free_lists((th_lent){0}, &fresh);
		return th_no_memory(diags);
	}
	free_lists(r->image, x);
	x->serve_start = fresh.serve_start;
	x->serve = fresh.serve;
	x->serve_starts = (size_t)r->activities + 2;
	x->serves = fresh.serves;
	x->shipped_start = fresh.shipped_start;
	x->shipped = fresh.shipped;
	x->shippeds = fresh.shippeds;
	x->edge = fresh.edge;
	x->edges = fresh.edges;
	for (uint32_t p = 0; p < r->profiles; p++)
		for (size_t i = 0; i < r->profile[p].rules; i++)
			if (r->profile[p].rule[i].factor_id.len)
				r->profile[p].rule[i].factor = th_index_of(th_find_factor(r, r->profile[p].rule[i].factor_id));
	return TH_OK;
}
