/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a panel recomputes: each equation once, with the sum of the quantities that go into it, and for a workbook the lines behind them. */
#include "report/dossier.h"

#include <stdlib.h>

#include "account/formula.h"
#include "base/list.h"

/* What makes two entries one row. Pointers tell activity, factor and gas apart: there is one of each. */
static void put_key(th_buf *key, const th_entry *e)
{
	const void *const what[] = {e->activity, e->factor, e->gas};
	const int number[] = {e->span.first_year, e->scope, (int)e->bucket};
	th_buf_clear(key);
	th_buf_add(key, what, sizeof what);
	th_buf_add(key, number, sizeof number);
	th_put_decimal(key, e->gwp);
	th_buf_char(key, '\0');
	th_buf_slice(key, e->unit);
	th_buf_char(key, '\0');
}

static void add(th_dossier_line *row, const th_entry *e)
{
	th_ratio quantity = th_ratio_one();
	th_mass term;
	th_ratio_mul(&quantity, e->amount);
	row->large |= !th_ratio_round(&quantity, &term) || !th_mass_add(&row->quantity, term);
	row->lines++;
	row->mass += e->mass; /* no larger than the account's own sums, which fit */
	row->co2e += e->co2e;
}

static bool begin(th_dossier_lines *l, const th_entry *e, th_slice terms, th_dossier_line *row)
{
	*row = (th_dossier_line){.number = (uint32_t)l->rows, .year = e->span.first_year, .scope = e->scope, .bucket = e->bucket, .activity = e->activity, .factor = e->factor,
	                         .gas = e->gas, .gwp = e->gwp};
	row->unit = th_arena_copy(&l->arena, e->unit);
	row->terms = th_arena_copy(&l->arena, terms);
	row->term = th_arena_alloc(&l->arena, e->terms + 1, sizeof *row->term);
	row->term_count = e->terms;
	bool whole = row->unit.ptr && row->terms.ptr && row->term;
	for (size_t i = 0; whole && i < e->terms; i++) {
		row->term[i] = e->term[i];
		row->term[i].name = th_arena_copy(&l->arena, th_slice_of(e->term[i].name)).ptr;
		row->term[i].value = th_arena_copy(&l->arena, e->term[i].value);
		row->term[i].unit = th_arena_copy(&l->arena, e->term[i].unit);
		whole = row->term[i].name && row->term[i].value.ptr && row->term[i].unit.ptr;
	}
	return whole;
}

/* --- the lines themselves --- */

/* Of a book, so that the other sheets have room, and how many of a row are no multipliers. */
enum { MOST_CELLS = TH_BOOK_CELLS / 8 * 7, CELLS = 22 };

static bool copy_all(th_arena *arena, th_slice *const *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		*text[i] = th_arena_copy(arena, *text[i]);
		if (!text[i]->ptr)
			return false;
	}
	return true;
}

static bool keep(th_dossier_lines *l, const th_entry *e, uint32_t number)
{
	l->many |= l->cells + CELLS + e->terms > MOST_CELLS;
	if (l->many) {
		free(l->entry);
		l->entry = NULL;
		l->entries = 0;
		return true;
	}
	th_dossier_entry *grown = th_grown(l->entry, l->entries, sizeof *grown);
	if (!grown)
		return false;
	l->entry = grown;
	th_dossier_entry *own = &grown[l->entries];
	*own = (th_dossier_entry){.order = e->order, .number = number, .file = e->file, .line = e->line, .period = e->period, .site = e->site, .source = e->source,
	                          .quantity = e->quantity, .evidence = e->evidence, .note = e->note, .amount = e->amount, .mass = e->mass, .co2e = e->co2e};
	th_slice *const text[] = {&own->period, &own->site, &own->source, &own->quantity, &own->evidence, &own->note};
	if (!copy_all(&l->arena, text, sizeof text / sizeof *text))
		return false;
	l->entries++;
	l->cells += CELLS + e->terms;
	return true;
}

/* --- what proves them --- */

static bool prove(th_dossier_lines *l, const th_entry *e)
{
	if (e->evidence.len == 0)
		return true;
	th_buf_clear(&l->scratch);
	th_buf_add(&l->scratch, &e->activity, sizeof e->activity);
	th_buf_slice(&l->scratch, e->evidence);
	uint32_t number = l->scratch.failed ? TH_NONE : th_intern_add(&l->proof_key, th_buf_view(&l->scratch));
	if (number == TH_NONE)
		return false;
	if (number == l->proofs) {
		th_dossier_proof *grown = th_grown(l->proof, l->proofs, sizeof *grown);
		if (!grown)
			return false;
		l->proof = grown;
		grown[number] = (th_dossier_proof){.activity = e->activity, .file = e->file, .line = e->line, .evidence = th_arena_copy(&l->arena, e->evidence)};
		if (!grown[number].evidence.ptr)
			return false;
		l->proofs++;
	}
	l->proof[number].lines += l->proof[number].lines == 0 || l->proof[number].order != e->order;
	l->proof[number].order = e->order;
	return true;
}

th_status th_dossier_hear(void *lines, const th_entry *e)
{
	th_dossier_lines *l = lines;
	if (!prove(l, e))
		return TH_SYSTEM;
	if (!e->gas)
		return TH_OK;
	put_key(&l->scratch, e);
	size_t from = l->scratch.len;
	th_put_formula(&l->scratch, e->term, e->terms);
	if (l->scratch.failed)
		return TH_SYSTEM;
	uint32_t number = th_intern_add(&l->key, th_buf_view(&l->scratch));
	if (number == TH_NONE)
		return TH_SYSTEM;
	if (number == l->rows) {
		th_dossier_line *grown = th_grown(l->row, l->rows, sizeof *grown);
		if (grown)
			l->row = grown;
		if (!grown || !begin(l, e, th_slice_from(th_buf_view(&l->scratch), from), &l->row[number]))
			return TH_SYSTEM;
		l->rows++;
	}
	add(&l->row[number], e);
	return l->each && !keep(l, e, number) ? TH_SYSTEM : TH_OK;
}

/* --- in order --- */

static int by_number(long long a, long long b)
{
	return a < b ? -1 : a > b;
}

static int by_mass(th_mass a, th_mass b) /* the larger first */
{
	return a > b ? -1 : a < b;
}

static int by_place(const th_dossier_line *a, const th_dossier_line *b)
{
	int order = by_number(a->year, b->year);
	order = order ? order : by_number((long long)a->bucket, (long long)b->bucket);
	return order ? order : by_number(a->scope, b->scope);
}

static int by_activity(const void *left, const void *right)
{
	const th_dossier_line *a = left, *b = right;
	int order = by_place(a, b);
	return order ? order : th_slice_cmp(a->activity->id, b->activity->id);
}

/* To the last thing that can differ, so that the order of the input decides nothing. */
static int by_size(const void *left, const void *right)
{
	const th_dossier_line *a = left, *b = right;
	int order = by_place(a, b);
	order = order ? order : by_mass(a->of_activity, b->of_activity);
	order = order ? order : th_slice_cmp(a->activity->id, b->activity->id);
	order = order ? order : by_mass(a->co2e, b->co2e);
	order = order ? order : th_slice_cmp(a->gas->name, b->gas->name);
	order = order ? order : th_slice_cmp(a->unit, b->unit);
	order = order ? order : th_slice_cmp(a->terms, b->terms);
	order = order ? order : by_number(a->factor != NULL, b->factor != NULL);
	order = order || !a->factor ? order : th_slice_cmp(a->factor->id, b->factor->id);
	return order || !a->factor ? order : by_number((long long)a->factor->line, (long long)b->factor->line);
}

void th_dossier_sort(th_dossier_lines *l)
{
	if (l->sorted || l->rows == 0)
		return;
	qsort(l->row, l->rows, sizeof *l->row, by_activity);
	for (size_t i = 0, k; i < l->rows; i = k) {
		th_mass sum = 0;
		for (k = i; k < l->rows && by_activity(&l->row[i], &l->row[k]) == 0; k++)
			sum += l->row[k].co2e;
		for (size_t n = i; n < k; n++)
			l->row[n].of_activity = sum;
	}
	qsort(l->row, l->rows, sizeof *l->row, by_size);
	l->sorted = true;
}

void th_dossier_lines_free(th_dossier_lines *l)
{
	th_intern_free(&l->key);
	th_arena_free(&l->arena);
	th_buf_free(&l->scratch);
	free(l->row);
	free(l->entry);
	th_intern_free(&l->proof_key);
	free(l->proof);
	*l = (th_dossier_lines){0};
}
