/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/inventories.h"

#include <stdlib.h>
#include <string.h>

#include "base/filename.h"
#include "base/list.h"
#include "case/inventories_sums.h"
#include "io/sheet_rows.h"

enum { HEAD = 24 }; /* rows in which a header is looked for, and some below it */

/* What is known of a sheet. */
struct sheet {
	th_layout_look look;
	bool filled;
	bool target;  /* planned, and maybe a table of targets */
	bool planned; /* by its name a plan, or another year beside the one that counts; so may its title say */
	bool sums;    /* by its name the sum of other sheets */
};

struct listing {
	const th_reference *reference;
	th_arena *arena;
	th_diags *diags;
	const th_inventories_by *by;
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
	if (status == TH_OK && sheet->look.found) {
		const char *name = th_workbook_sheet_at(workbook, index)->name;
		sheet->target = th_layout_is_plan(l->reference, th_slice_of(name), TH_S("target")) || sheet->look.target;
		sheet->planned = sheet->target || th_layout_is_plan(l->reference, th_slice_of(name), TH_S("sheet"));
		sheet->sums = th_is_sums(l->reference, th_slice_of(name));
	}
	return status;
}

static bool is_plan(const struct sheet *sheet)
{
	return sheet->planned || sheet->look.plan.len;
}

/* Refused when there is no other: one of targets is, where it would be counted; else it may be read as what it is. */
static bool is_refused(const struct listing *l, const th_workbook *workbook, const struct sheet *sheet, size_t index)
{
	return sheet[index].planned && (l->by->counts || !sheet[index].target) && !th_workbook_sheet_at(workbook, index)->hidden;
}

static bool is_candidate(const th_workbook *workbook, const struct sheet *sheet, size_t index)
{
	return sheet[index].look.found && !is_plan(&sheet[index]) && !sheet[index].sums && !th_workbook_sheet_at(workbook, index)->hidden;
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
	if (th_workbook_sheet_at(workbook, index)->hidden || !sheet[index].filled || is_plan(&sheet[index]) || sheet[index].sums)
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

/* A sum is one beside two others or more; else it is a table as any. */
static void see_sums(const th_workbook *workbook, struct sheet *sheet, size_t sheets)
{
	size_t others = 0;
	for (size_t i = 0; i < sheets; i++)
		others += is_candidate(workbook, sheet, i);
	for (size_t i = 0; i < sheets; i++)
		sheet[i].sums &= others > 1;
}

/* Only plans are there: which, and how to have one read all the same. */
static th_status refuse_plans(struct listing *l, const th_workbook *workbook, const struct sheet *sheet, size_t plan)
{
	th_buf names = {0};
	for (size_t i = plan; i < th_workbook_sheets(workbook); i++)
		if (is_refused(l, workbook, sheet, i))
			add_name(&names, th_workbook_sheet_at(workbook, i)->name);
	th_buf_char(&names, '\0');
	const char *example = path_of(l, workbook, plan);
	th_status status = names.failed || !example ? th_no_memory(l->diags)
	                                            : th_report(l->diags, TH_SHEETS_PLANNED_ONLY, (th_pos){example, 1, 1, NULL}, names.ptr, example, NULL);
	th_buf_free(&names);
	return status;
}

/* The same by the title of each. */
static th_status refuse_titles(struct listing *l, const th_workbook *workbook, const struct sheet *sheet)
{
	size_t i = 0;
	while (i < th_workbook_sheets(workbook) && (!sheet[i].look.plan.len || th_workbook_sheet_at(workbook, i)->hidden))
		i++;
	if (i == th_workbook_sheets(workbook))
		return TH_OK;
	const char *path = path_of(l, workbook, i), *title = th_arena_copy(l->arena, sheet[i].look.plan).ptr;
	return path && title ? th_report(l->diags, TH_LAYOUT_PLAN, (th_pos){path, 1, 1, NULL}, title, NULL) : th_no_memory(l->diags);
}

static bool is_sum(const th_workbook *workbook, const struct sheet *sheet, size_t index)
{
	return sheet[index].filled && sheet[index].sums && !is_plan(&sheet[index]) && !th_workbook_sheet_at(workbook, index)->hidden;
}

/* What is said of sheets that are not read. */
static th_status tell_names(const struct listing *l, th_code code, th_pos pos, th_buf *names)
{
	bool any = names->len > 0;
	th_buf_char(names, '\0');
	th_status status = names->failed ? th_no_memory(l->diags) : any ? th_report(l->diags, code, pos, names->ptr, NULL) : TH_OK;
	th_buf_free(names);
	return status;
}

/* The sheets that are one table, and what is said of the others. */
static th_status add_sheets(struct listing *l, const th_workbook *workbook, const struct sheet *look)
{
	enum { HIDDEN, PLANNED, SKIPPED, ALL };
	static const th_code codes[ALL] = {TH_SHEETS_HIDDEN, TH_SHEETS_PLANNED, TH_SHEETS_SKIPPED};
	th_buf names[ALL] = {{0}};
	th_status status = TH_OK;
	const size_t first = l->listed;
	const th_pos pos = {th_workbook_path(workbook), 1, 1, NULL};
	for (size_t i = 0; status == TH_OK && i < th_workbook_sheets(workbook); i++) {
		const th_workbook_sheet *sheet = th_workbook_sheet_at(workbook, i);
		if (!look[i].filled)
			continue;
		if (is_candidate(workbook, look, i))
			status = add(l, path_of(l, workbook, i));
		else if (!is_sum(workbook, look, i))
			add_name(&names[sheet->hidden ? HIDDEN : is_plan(&look[i]) ? PLANNED : SKIPPED], sheet->name);
	}
	for (size_t i = 0; i < ALL; i++) {
		th_status told = status == TH_OK ? tell_names(l, codes[i], pos, &names[i]) : status;
		th_buf_free(&names[i]);
		status = told;
	}
	struct listing sums = *l;
	sums.list = NULL;
	sums.listed = 0;
	for (size_t i = 0; status == TH_OK && i < th_workbook_sheets(workbook); i++)
		if (is_sum(workbook, look, i))
			status = add(&sums, path_of(l, workbook, i));
	if (status == TH_OK && sums.listed)
		status = th_sums_compare(l->reference, sums.list, sums.listed, l->list + first, l->listed - first, l->by, l->diags);
	return status;
}

static th_status add_workbook(struct listing *l, const char *path)
{
	th_workbook *workbook;
	th_status status = th_workbook_open_file(path, l->diags, &workbook);
	if (status != TH_OK)
		return status;
	size_t sheets = th_workbook_sheets(workbook), visible = 0, first = sheets, plan = sheets;
	struct sheet *sheet = th_arena_alloc(l->arena, sheets + 1, sizeof *sheet);
	if (!sheet)
		status = th_no_memory(l->diags);
	for (size_t i = 0; status == TH_OK && i < sheets; i++) {
		status = look_at(l, workbook, i, &sheet[i]);
		visible += sheet[i].filled && !th_workbook_sheet_at(workbook, i)->hidden;
		plan = status == TH_OK && plan == sheets && is_refused(l, workbook, sheet, i) ? i : plan;
	}
	if (status == TH_OK)
		see_sums(workbook, sheet, sheets);
	for (size_t i = 0; status == TH_OK && i < sheets && first == sheets; i++)
		first = is_candidate(workbook, sheet, i) ? i : first;
	bool chosen = status == TH_OK && visible > 1 && first < sheets;
	if (status == TH_OK && plan < sheets && first == sheets)
		status = refuse_plans(l, workbook, sheet, plan);
	else if (status == TH_OK && visible > 1 && first == sheets)
		status = refuse_titles(l, workbook, sheet);
	else if (chosen && find_rival(workbook, sheet, first, sheets) < sheets)
		status = refuse_rivals(l, workbook, sheet, first, sheets);
	else if (chosen)
		status = refuse_twins(l, workbook, sheet, first, sheets);
	if (status == TH_OK)
		status = chosen ? add_sheets(l, workbook, sheet) : add(l, path);
	th_workbook_close(workbook);
	return status;
}

enum { ORDINARY, PLAN, SUMS, SORTS };

/* 2024年预算.csv, 2024年目标.csv, 合计.csv: what a file is by its name, without the ending, or a sheet that is named. Of plans such a sheet is meant. */
static int sort_of(const th_reference *reference, const char *path)
{
	const char *mark = th_sheet_mark(path);
	const th_slice name = mark ? th_slice_of(mark + 1) : th_file_stem(path);
	if (strcmp(path, "-") == 0)
		return ORDINARY;
	const bool plan = !mark && (th_layout_is_plan(reference, name, TH_S("sheet")) || th_layout_is_plan(reference, name, TH_S("target")));
	return plan ? PLAN : th_is_sums_file(reference, name) ? SUMS : ORDINARY;
}

/* What is said of plans: that others are read, or that there are none. */
static th_status tell_plans(struct listing *l, const char *const *given, const int *sort, size_t count)
{
	th_buf names = {0};
	size_t plan = count, kept = 0;
	for (size_t i = 0; i < count; i++) {
		kept += sort[i] != PLAN;
		if (sort[i] != PLAN)
			continue;
		add_name(&names, given[i]);
		plan = plan < i ? plan : i;
	}
	const th_pos pos = {plan < count ? given[plan] : NULL, 1, 1, NULL};
	return tell_names(l, kept ? TH_FILES_PLANNED : TH_FILES_PLANNED_ONLY, pos, &names);
}

/* The tables of all files of a sort, behind those that are listed. */
static th_status list_files(struct listing *l, const char *const *given, const int *sort, size_t count, int wanted)
{
	th_status worst = TH_OK;
	for (size_t i = 0; i < count && worst != TH_SYSTEM; i++) {
		if (sort[i] != wanted)
			continue;
		const bool workbook = th_named_as_workbook(given[i]) && !th_sheet_mark(given[i]);
		th_status status = workbook ? add_workbook(l, given[i]) : add(l, given[i]);
		worst = status > worst ? status : worst;
	}
	return worst;
}

/* Files of sums: beside two tables or more they are compared with them, else they are tables as any. */
static th_status list_sums(struct listing *l, const char *const *given, const int *sort, size_t count)
{
	if (l->listed < 2)
		return list_files(l, given, sort, count, SUMS);
	struct listing sums = *l;
	sums.list = NULL;
	sums.listed = 0;
	th_status status = list_files(&sums, given, sort, count, SUMS);
	return status == TH_OK && sums.listed ? th_sums_compare(l->reference, sums.list, sums.listed, l->list, l->listed, l->by, l->diags) : status;
}

th_status th_inventories_list(const th_reference *reference, const char *const *given, size_t count, const th_inventories_by *by, th_arena *arena, th_diags *diags,
                              const char ***list, size_t *listed)
{
	struct listing l = {.reference = reference, .arena = arena, .diags = diags, .by = by};
	int *sort = th_arena_alloc(arena, count + 1, sizeof *sort);
	if (!sort)
		return th_no_memory(diags);
	for (size_t i = 0; by->counts && i < count; i++)
		sort[i] = sort_of(reference, given[i]);
	th_status worst = tell_plans(&l, given, sort, count);
	if (worst != TH_SYSTEM) {
		th_status status = list_files(&l, given, sort, count, ORDINARY);
		worst = status > worst ? status : worst;
	}
	if (worst == TH_OK)
		worst = list_sums(&l, given, sort, count);
	*list = l.list;
	*listed = l.listed;
	return worst;
}
