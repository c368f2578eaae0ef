/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/list.h"
#include "base/memory.h"
#include "io/sheet_rows.h"

/* The cells of a row side by side, with those that lie under merged ones. */
struct wide {
	th_slice *cell;
	unsigned *flags;
	size_t room;
};

static bool make_room(struct wide *w, size_t columns)
{
	if (columns <= w->room)
		return true;
	size_t room = columns < 64 ? 64 : 2 * columns;
	th_slice *cell = th_realloc(w->cell, room * sizeof *cell);
	w->cell = cell ? cell : w->cell;
	unsigned *flags = cell ? th_realloc(w->flags, room * sizeof *flags) : NULL;
	w->flags = flags ? flags : w->flags;
	w->room = flags ? room : w->room;
	return flags != NULL;
}

static unsigned flags_of(const th_sheet_cell *cell)
{
	const th_sheet_kind kind = (th_sheet_kind)cell->kind;
	return (cell->flags & TH_SHEET_FORMULA ? TH_GRID_FORMULA : 0u) | (kind == TH_SHEET_NUMBER ? TH_GRID_NUMBER : 0u) |
	       (cell->flags & TH_SHEET_LINKED ? TH_GRID_LINKED : 0u) | (cell->flags & TH_SHEET_ROUNDED ? TH_GRID_ROUNDED : 0u) |
	       (cell->flags & TH_SHEET_SCALED ? TH_GRID_SCALED : 0u) | (unsigned)TH_GRID_INDENT * cell->indent |
	       (kind == TH_SHEET_FAULT || kind == TH_SHEET_UNCACHED || kind == TH_SHEET_BAD ? TH_GRID_ERROR : 0u);
}

/* The digits and formats of the row that was added. */
static bool keep_notes(const th_sheet_row *row, th_grid *out)
{
	for (size_t i = 0; i < row->cells; i++) {
		const th_sheet_cell *cell = &row->cell[i];
		if (!cell->stored)
			continue;
		th_grid_note *grown = th_grown_in(&out->arena, out->note, out->notes, sizeof *grown);
		const char *stored = grown ? th_arena_copy(&out->arena, th_slice_of(cell->stored)).ptr : NULL;
		if (!stored)
			return false;
		out->note = grown;
		grown[out->notes++] = (th_grid_note){out->rows - 1, cell->column - 1, stored};
	}
	return true;
}

static th_status add_row(struct wide *w, const th_sheet_row *row, const th_merge *merges, th_grid *out, th_diags *diags)
{
	size_t columns = row->cell[row->cells - 1].column;
	if (row->merges && row->merged[row->merges - 1]->right > columns)
		columns = row->merged[row->merges - 1]->right;
	if (!make_room(w, columns))
		return th_no_memory(diags);
	for (size_t i = 0; i < columns; i++) {
		w->cell[i] = TH_S("");
		w->flags[i] = 0;
	}
	for (size_t i = 0; i < row->cells; i++) {
		const th_sheet_cell *cell = &row->cell[i];
		w->cell[cell->column - 1] = cell->kind == TH_SHEET_UNCACHED ? TH_S("=") : cell->text;
		w->flags[cell->column - 1] = flags_of(cell);
	}
	for (size_t k = 0; k < row->merges; k++) {
		const th_merge *m = row->merged[k];
		for (size_t c = m->left + (row->number == m->top); c <= m->right; c++) {
			w->cell[c - 1] = TH_S("");
			w->flags[c - 1] = TH_GRID_COVERED | (unsigned)TH_GRID_INDENT * (unsigned)(m - merges);
		}
	}
	size_t rows = out->rows;
	th_status status = th_grid_add(out, row->number, TH_S(""), w->cell, w->flags, columns, diags);
	if (status != TH_OK || out->rows == rows)
		return status;
	out->row[rows].hidden = row->hidden;
	return keep_notes(row, out) ? TH_OK : th_no_memory(diags);
}

/* The range between rows that are there. */
static void in_rows(const th_grid *grid, const th_merge *merge, th_grid_range *out)
{
	size_t low = 0, high = grid->rows;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		*(grid->row[mid].line < merge->top ? &low : &high) = grid->row[mid].line < merge->top ? mid + 1 : mid;
	}
	*out = (th_grid_range){low, merge->left - 1, low, merge->right - 1};
	while (out->bottom + 1 < grid->rows && grid->row[out->bottom + 1].line <= merge->bottom)
		out->bottom++;
}

static th_status keep_merges(const th_sheet *sheet, th_grid *out, th_diags *diags)
{
	size_t merges;
	const th_merge *merge = th_sheet_merges(sheet, &merges);
	out->merged = th_arena_alloc(&out->arena, merges ? merges : 1, sizeof *out->merged);
	if (!out->merged)
		return th_no_memory(diags);
	out->ranges = merges;
	for (size_t m = 0; m < merges; m++)
		in_rows(out, &merge[m], &out->merged[m]);
	return TH_OK;
}

static th_status keep_hidden(const th_sheet *sheet, th_grid *out, th_diags *diags)
{
	for (size_t c = 0; c < out->columns; c++) {
		if (!th_sheet_hides_column(sheet, c + 1))
			continue;
		if (!out->hides && !(out->hides = th_arena_alloc(&out->arena, out->columns / 8 + 1, 1)))
			return th_no_memory(diags);
		out->hides[c / 8] |= (unsigned char)(1u << c % 8);
	}
	return TH_OK;
}

th_status th_grid_of_sheet(th_workbook *workbook, size_t index, size_t most, th_diags *diags, th_grid *out)
{
	th_sheet *sheet;
	th_sheet_row row;
	struct wide w = {0};
	bool end = false;
	size_t ranges;
	const th_merge *merges = NULL;
	*out = (th_grid){.name = th_workbook_path(workbook), .sheet = th_workbook_sheet_at(workbook, index)->name, .delimiter = ','};
	th_status status = th_sheet_open(workbook, index, &sheet);
	if (status == TH_OK)
		out->name = th_sheet_name(sheet);
	if (status == TH_OK)
		merges = th_sheet_merges(sheet, &ranges);
	while (status == TH_OK && out->rows < most && (status = th_sheet_next(sheet, &row, &end)) == TH_OK && !end)
		status = add_row(&w, &row, merges, out, diags);
	if (status == TH_OK)
		status = keep_merges(sheet, out, diags);
	if (status == TH_OK)
		status = keep_hidden(sheet, out, diags);
	th_sheet_close(sheet);
	free(w.cell);
	free(w.flags);
	return status;
}
