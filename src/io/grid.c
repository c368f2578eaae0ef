/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/grid.h"

#include <stdio.h>

#include "base/list.h"
#include "io/csv.h"
#include "io/marks.h"

static th_status too_large(const th_grid *grid, size_t line, th_diags *diags)
{
	char cells[24], bytes[24];
	snprintf(cells, sizeof cells, "%d", TH_GRID_CELLS);
	snprintf(bytes, sizeof bytes, "%d", TH_GRID_BYTES);
	return th_report(diags, TH_GRID_LARGE, (th_pos){grid->name, line, 1, NULL}, cells, bytes, NULL);
}

static th_status add_row(th_grid *grid, size_t line, th_slice raw, const th_slice *cell, const unsigned *flags, size_t cells)
{
	th_grid_row *grown = th_grown_in(&grid->arena, grid->row, grid->rows, sizeof *grown);
	if (!grown)
		return TH_SYSTEM;
	grid->row = grown;
	th_grid_row *row = &grid->row[grid->rows];
	*row = (th_grid_row){.line = line, .raw = raw.len ? th_arena_copy(&grid->arena, raw) : (th_slice){"", 0}, .cells = cells,
	                     .cell = th_arena_alloc(&grid->arena, cells, sizeof *row->cell)};
	if (!row->cell || !row->raw.ptr)
		return TH_SYSTEM;
	for (size_t i = 0; i < cells; i++) {
		th_slice text = th_slice_trim(cell[i]);
		row->cell[i] = (th_grid_cell){text.len ? th_arena_copy(&grid->arena, text) : (th_slice){"", 0}, flags ? flags[i] : 0};
		if (!row->cell[i].text.ptr)
			return TH_SYSTEM;
	}
	grid->rows++;
	grid->columns = cells > grid->columns ? cells : grid->columns;
	return TH_OK;
}

th_status th_grid_add(th_grid *grid, size_t line, th_slice raw, const th_slice *cell, const unsigned *flags, size_t cells, th_diags *diags)
{
	size_t bytes = raw.len;
	while (cells > 0 && th_slice_trim(cell[cells - 1]).len == 0 && !(flags && flags[cells - 1] & TH_GRID_COVERED))
		cells--;
	if (cells == 0)
		return TH_OK;
	for (size_t i = 0; i < cells; i++)
		bytes += cell[i].len;
	if (cells > TH_GRID_CELLS - grid->held || bytes > TH_GRID_BYTES - grid->bytes)
		return too_large(grid, line, diags);
	grid->held += cells;
	grid->bytes += bytes;
	return add_row(grid, line, raw, cell, flags, cells) == TH_OK ? TH_OK : th_no_memory(diags);
}

th_status th_grid_of_csv(th_source *source, th_diags *diags, th_grid *out)
{
	size_t errors = th_diags_errors(diags);
	th_csv *csv = NULL;
	th_record record;
	bool end = false;
	*out = (th_grid){.name = th_source_path(source)};
	th_status status = th_csv_open_ragged(source, diags, &csv);
	if (status != TH_OK)
		return status;
	out->delimiter = th_csv_delimiter(csv);
	while (status == TH_OK && (status = th_csv_next(csv, &record, &end)) == TH_OK && !end)
		status = th_grid_add(out, record.line, record.raw, record.cell, NULL, record.cells, diags);
	th_csv_close(csv);
	return status == TH_OK && th_diags_errors(diags) > errors ? TH_INVALID : status;
}

void th_grid_free(th_grid *grid)
{
	th_arena_free(&grid->arena);
	*grid = (th_grid){.name = NULL};
}

th_pos th_grid_place(const th_grid *grid, size_t row, size_t column, const char *where)
{
	if (row >= grid->rows)
		return (th_pos){grid->name, 1, 1, where};
	const th_grid_row *r = &grid->row[row];
	th_pos pos = {grid->name, r->line, column + 1, where};
	if (grid->sheet)
		return pos;
	size_t at = 0;
	for (; column > 0 && at < r->raw.len; column--) {
		size_t end = th_cell_end(r->raw, at, grid->delimiter);
		at = end < r->raw.len ? end + 1 : end;
	}
	th_text_place(r->raw, r->line, at, &pos.line, &pos.column);
	return pos;
}
