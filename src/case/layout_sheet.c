/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sheet has besides texts, where an office table was read in it: formulas, digits and formats behind numbers, hidden rows and columns, cells
 * that failed. Only cells that the long table has count: an error of Excel's in a column that nobody reads is nothing. */

#include "case/layout_parts.h"

#include <stdio.h>

#include "base/filename.h"

enum { FORMULAS, LINKS, ROWS, COLUMNS, DIGITS, SCALES, KINDS };

/* How often something was met, and where first. */
struct met {
	size_t count, row, column;
};

struct seen {
	size_t *start;       /* by row of the grid: the number of its first cell */
	unsigned char *cell; /* a bit for each */
	struct met met[KINDS];
};

static void meet(struct met *met, size_t row, size_t column)
{
	if (met->count++ == 0) {
		met->row = row;
		met->column = column;
	}
}

static bool first_time(unsigned char *bits, size_t at)
{
	bool first = !(bits[at / 8] >> at % 8 & 1);
	bits[at / 8] |= (unsigned char)(1u << at % 8);
	return first;
}

static void refuse(th_layout *l, size_t row, size_t column, th_slice text)
{
	if (th_slice_eq(text, TH_S("=")))
		TH_LAY_FAIL(l, row, column, TH_SHEET_CELL_UNCACHED, NULL);
	else
		TH_LAY_FAIL(l, row, column, th_slice_starts(text, TH_S("#")) ? TH_SHEET_CELL_FAILED : TH_SHEET_CELL, th_lay_z(l, text));
}

static void see(th_layout *l, struct seen *seen, size_t row, size_t column)
{
	static const struct { unsigned flag; int kind; } flags[] = {
		{TH_GRID_FORMULA, FORMULAS}, {TH_GRID_LINKED, LINKS}, {TH_GRID_ROUNDED, DIGITS}, {TH_GRID_SCALED, SCALES},
	};
	const th_grid_cell *cell = th_grid_at(l->grid, row, column);
	if (cell->text.len == 0 || !first_time(seen->cell, seen->start[row] + column))
		return;
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (cell->flags & flags[i].flag)
			meet(&seen->met[flags[i].kind], row, column);
	if (cell->flags & TH_GRID_ERROR)
		refuse(l, row, column, cell->text);
}

/* The rows of lines and the columns that are read, each once. */
static void see_hidden(th_layout *l, struct seen *seen)
{
	for (size_t i = 0; i < l->rows; i++)
		if (l->grid->row[l->row[i].row].hidden && (i == 0 || l->row[i - 1].row != l->row[i].row))
			meet(&seen->met[ROWS], l->row[i].row, 0);
	for (size_t i = 0; i < l->blocks && l->grid->hides; i++)
		for (size_t c = 0; c < l->block[i].columns; c++)
			if ((l->block[i].column[c].role == TH_ROLE_FIELD || l->block[i].column[c].role == TH_ROLE_QUANTITY) && l->grid->hides[c / 8] >> c % 8 & 1)
				meet(&seen->met[COLUMNS], l->block[i].head, c);
}

static const char *stored_at(const th_grid *grid, size_t row, size_t column)
{
	size_t low = 0, high = grid->notes;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const th_grid_note *note = &grid->note[mid];
		if (note->row < row || (note->row == row && note->column < column))
			low = mid + 1;
		else
			high = mid;
	}
	return low < grid->notes ? grid->note[low].stored : "";
}

static void tell(th_layout *l, const struct met *met, int kind)
{
	static const th_code codes[KINDS] = {
		[FORMULAS] = TH_SHEET_FORMULAS, [LINKS] = TH_SHEET_LINKS, [ROWS] = TH_SHEET_HIDDEN_ROWS, [COLUMNS] = TH_SHEET_HIDDEN_COLUMNS,
		[DIGITS] = TH_SHEET_DIGITS, [SCALES] = TH_SHEET_DISPLAY,
	};
	char count[24], where[48], letters[TH_COLUMN_LETTERS];
	const th_grid *grid = l->grid;
	if (met->count == 0)
		return;
	snprintf(count, sizeof count, "%zu", met->count);
	if (kind == COLUMNS)
		snprintf(where, sizeof where, "%s", th_column_letters(met->column + 1, letters));
	else
		snprintf(where, sizeof where, "%s%zu", kind == ROWS ? "" : th_column_letters(met->column + 1, letters), grid->row[met->row].line);
	bool noted = kind == DIGITS || kind == SCALES;
	const char *stored = noted ? th_lay_z(l, th_slice_of(stored_at(grid, met->row, met->column))) : NULL;
	TH_LAY_FAIL(l, met->row, met->column, codes[kind], count, where, stored, noted ? th_lay_z(l, th_grid_at(grid, met->row, met->column)->text) : NULL);
}

bool th_lay_sheet(th_layout *l)
{
	size_t cells = 0;
	if (!l->grid->sheet)
		return true;
	struct seen seen = {.start = th_arena_alloc(&l->arena, l->grid->rows + 1, sizeof *seen.start)};
	for (size_t r = 0; r < l->grid->rows && seen.start; r++) {
		seen.start[r] = cells;
		cells += l->grid->row[r].cells;
	}
	seen.cell = th_arena_alloc(&l->arena, cells / 8 + 1, 1);
	if (!seen.start || !seen.cell)
		return th_lay_worse(l, th_no_memory(l->diags));
	for (size_t i = 0; i < l->rows; i++)
		for (size_t f = 0; f < l->fields; f++)
			if (l->row[i].cell[f].text.len)
				see(l, &seen, l->row[i].cell[f].row, l->row[i].cell[f].column);
	see_hidden(l, &seen);
	for (int kind = 0; kind < KINDS; kind++)
		tell(l, &seen.met[kind], kind);
	return l->status != TH_SYSTEM;
}
