/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/inventories.h"

#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "case/layout.h"
#include "io/sheet_rows.h"

enum { HEAD = 24 }; /* rows in which a header is looked for, and some below it */

/* What is known of a sheet. */
struct sheet {
	th_layout_look look;
	bool filled;
};

struct listing {
	const th_reference *reference;
	th_arena *arena;
	th_diags *diags;
	const char **list;
	size_t listed;
};

static th_status add(struct listing *l, const char *path)
{
	const char **grown = path ? th_grown_in(l->arena, l->list, l->listed, sizeof *grown) : NULL;
	if (!grown)
		return th_no_memory(l->diags);
	l->list = grown;
	grown[l->listed++] = path;
	return TH_OK;
}

static th_status look_at(struct listing *l, th_workbook *workbook, size_t index, struct sheet *sheet)
{
	th_grid grid = {.name = NULL};
	th_status status = th_grid_of_sheet(workbook, index, HEAD, l->diags, &grid);
	sheet->filled = grid.rows > 0;
	if (status == TH_OK)
		status = th_layout_look_at(l->reference, &grid, l->arena, l->diags, &sheet->look);
	th_grid_free(&grid);
	return status;
}

static bool is_candidate(const th_workbook *workbook, const struct sheet *sheet, size_t index)
{
	return sheet[index].look.found && !th_workbook_sheet_at(workbook, index)->hidden;
}

static const char *path_of(struct listing *l, const th_workbook *workbook, size_t index)
{
	return th_sheet_path(l->arena, th_workbook_path(workbook), th_slice_of(th_workbook_sheet_at(workbook, index)->name));
}

static void add_name(th_buf *names, const char *name)
{
	th_buf_str(names, names->len ? "、" : "");
	th_buf_str(names, name);
}

static bool has_cell(th_slice cells, th_slice cell)
{
	th_slice piece;
	while (th_slice_split(&cells, '\x1f', &piece))
		if (th_slice_eq(piece, cell))
			return true;
	return false;
}

/* Has a sheet that is no table most of the table's header, one word of it being misspelled say? */
static bool is_near(th_slice cells, th_slice header)
{
	size_t all = 0, same = 0;
	th_slice piece;
	while (th_slice_split(&header, '\x1f', &piece))
		if (piece.len) {
			all++;
			same += has_cell(cells, piece);
		}
	return same > 1 && 2 * same >= all;
}

/* What is meant for a table, of whatever columns. */
static bool is_rival(const th_workbook *workbook, const struct sheet *sheet, size_t index, size_t first)
{
	if (th_workbook_sheet_at(workbook, index)->hidden || !sheet[index].filled)
		return false;
	const th_layout_look *look = &sheet[index].look;
	return look->found ? !th_slice_eq(look->header, sheet[first].look.header) : is_near(look->cells, sheet[first].look.cells);
}

/* The first of the sheets that is one; `sheets` when all tables are alike. */
static size_t find_rival(const th_workbook *workbook, const struct sheet *sheet, size_t first, size_t sheets)
{
	size_t i = 0;
	while (i < sheets && !is_rival(workbook, sheet, i, first))
		i++;
	return i;
}

static th_status refuse_rivals(struct listing *l, const th_workbook *workbook, const struct sheet *sheet, size_t first, size_t sheets)
{
	th_buf names = {0};
	for (size_t i = 0; i < sheets; i++)
		if (is_candidate(workbook, sheet, i) || is_rival(workbook, sheet, i, first))
			add_name(&names, th_workbook_sheet_at(workbook, i)->name);
	th_buf_char(&names, '\0');
	const char *example = path_of(l, workbook, first);
	th_status status = names.failed || !example ? th_no_memory(l->diags)
	                                            : th_report(l->diags, TH_SHEET_WHICH, (th_pos){th_workbook_path(workbook), 1, 1, NULL}, names.ptr, example, NULL);
	th_buf_free(&names);
	return status;
}

/* Do title and name of two sheets give the same time to all that stands in both, and nothing tell them apart? */
static bool same_time(const th_layout_look *a, const th_layout_look *b)
{
	if (a->times || a->sites || b->times || b->sites || !th_slice_eq(a->site, b->site) || !th_slice_eq(a->activity, b->activity))
		return false;
	return a->dated && b->dated ? a->from <= b->to && b->from <= a->to : !a->dated && !b->dated && a->part && a->part == b->part;
}

static th_status refuse_twins(struct listing *l, const th_workbook *workbook, const struct sheet *sheet, size_t first, size_t sheets)
{
	for (size_t i = first; i < sheets; i++)
		for (size_t k = first; k < i; k++) {
			if (!is_candidate(workbook, sheet, i) || !is_candidate(workbook, sheet, k) || !same_time(&sheet[i].look, &sheet[k].look))
				continue;
			const char *name = th_workbook_sheet_at(workbook, k)->name, *example = path_of(l, workbook, k), *path = path_of(l, workbook, i);
			return example && path ? th_report(l->diags, TH_SHEETS_SAME_TIME, (th_pos){path, 1, 1, NULL}, name, th_workbook_sheet_at(workbook, i)->name, example, NULL)
			                       : th_no_memory(l->diags);
		}
	return TH_OK;
}

/* The sheets that are one table, and what is said of the others. */
static th_status add_sheets(struct listing *l, const th_workbook *workbook, const struct sheet *look)
{
	th_buf hidden = {0}, skipped = {0};
	th_status status = TH_OK;
	const th_pos pos = {th_workbook_path(workbook), 1, 1, NULL};
	for (size_t i = 0; status == TH_OK && i < th_workbook_sheets(workbook); i++) {
		const th_workbook_sheet *sheet = th_workbook_sheet_at(workbook, i);
		if (!look[i].filled)
			continue;
		if (sheet->hidden)
			add_name(&hidden, sheet->name);
		else if (!look[i].look.found)
			add_name(&skipped, sheet->name);
		else
			status = add(l, path_of(l, workbook, i));
	}
	bool any[2] = {hidden.len > 0, skipped.len > 0};
	th_buf_char(&hidden, '\0');
	th_buf_char(&skipped, '\0');
	if (hidden.failed || skipped.failed)
		status = th_no_memory(l->diags);
	if (status == TH_OK && any[0])
		status = th_report(l->diags, TH_SHEETS_HIDDEN, pos, hidden.ptr, NULL);
	if (status == TH_OK && any[1])
		status = th_report(l->diags, TH_SHEETS_SKIPPED, pos, skipped.ptr, NULL);
	th_buf_free(&hidden);
	th_buf_free(&skipped);
	return status;
}

static th_status add_workbook(struct listing *l, const char *path)
{
	th_workbook *workbook;
	th_status status = th_workbook_open_file(path, l->diags, &workbook);
	if (status != TH_OK)
		return status;
	size_t sheets = th_workbook_sheets(workbook), visible = 0, first = sheets;
	struct sheet *sheet = th_arena_alloc(l->arena, sheets + 1, sizeof *sheet);
	if (!sheet)
		status = th_no_memory(l->diags);
	for (size_t i = 0; status == TH_OK && i < sheets; i++) {
		status = look_at(l, workbook, i, &sheet[i]);
		visible += sheet[i].filled && !th_workbook_sheet_at(workbook, i)->hidden;
		first = status == TH_OK && first == sheets && is_candidate(workbook, sheet, i) ? i : first;
	}
	bool chosen = status == TH_OK && visible > 1 && first < sheets;
	if (chosen && find_rival(workbook, sheet, first, sheets) < sheets)
		status = refuse_rivals(l, workbook, sheet, first, sheets);
	else if (chosen)
		status = refuse_twins(l, workbook, sheet, first, sheets);
	if (status == TH_OK)
		status = chosen ? add_sheets(l, workbook, sheet) : add(l, path);
	th_workbook_close(workbook);
	return status;
}

th_status th_inventories_list(const th_reference *reference, const char *const *given, size_t count, th_arena *arena, th_diags *diags,
                              const char ***list, size_t *listed)
{
	struct listing l = {.reference = reference, .arena = arena, .diags = diags};
	th_status worst = TH_OK;
	for (size_t i = 0; i < count && worst != TH_SYSTEM; i++) {
		bool workbook = th_named_as_workbook(given[i]) && !th_sheet_mark(given[i]);
		th_status status = workbook ? add_workbook(&l, given[i]) : add(&l, given[i]);
		worst = status > worst ? status : worst;
	}
	*list = l.list;
	*listed = l.listed;
	return worst;
}
