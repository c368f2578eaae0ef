/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/inventories.h"

#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "io/sheet_rows.h"

enum { HEAD = 20 }; /* rows in which a header is looked for */

struct look {
	th_slice header; /* of its first rows the one with the most words; empty: nothing stands in the sheet */
	size_t known;    /* how many of these are names of an inventory's columns */
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

static size_t words_in(const th_sheet_row *row)
{
	size_t words = 0;
	for (size_t i = 0; i < row->cells; i++)
		words += row->cell[i].kind == TH_SHEET_TEXT;
	return words;
}

static bool keep_header(struct listing *l, const th_sheet_row *row, struct look *look)
{
	th_buf text = {0};
	look->known = 0;
	for (size_t i = 0; i < row->cells; i++) {
		th_buf_printf(&text, "%u ", (unsigned)row->cell[i].column);
		th_buf_slice(&text, row->cell[i].text);
		th_buf_char(&text, '\x1f');
		look->known += th_column_named(l->reference->columns, "inventory", row->cell[i].text).len > 0;
	}
	look->header = text.failed ? (th_slice){NULL, 0} : th_arena_copy(l->arena, th_buf_view(&text));
	th_buf_free(&text);
	return look->header.ptr != NULL;
}

static th_status look_at(struct listing *l, th_workbook *workbook, size_t index, struct look *look)
{
	th_sheet *sheet;
	th_sheet_row row;
	bool end = false;
	size_t most = 0;
	*look = (struct look){.header = {"", 0}};
	th_status status = th_sheet_open(workbook, index, &sheet);
	for (size_t i = 0; i < HEAD && status == TH_OK && (status = th_sheet_next(sheet, &row, &end)) == TH_OK && !end; i++) {
		size_t words = words_in(&row);
		if (i > 0 && words <= most)
			continue;
		most = words;
		if (!keep_header(l, &row, look))
			status = th_no_memory(l->diags);
	}
	th_sheet_close(sheet);
	return status;
}

/* The sheet whose header is the table's: all visible ones have it, or it alone has names of an inventory's columns. `sheets` when that cannot be told. */
static size_t find_table(const th_workbook *workbook, const struct look *look, size_t sheets)
{
	size_t first = sheets, named = sheets;
	bool same = true, alone = true;
	for (size_t i = 0; i < sheets; i++) {
		if (look[i].header.len == 0 || th_workbook_sheet_at(workbook, i)->hidden)
			continue;
		same &= first == sheets || th_slice_eq(look[first].header, look[i].header);
		first = first == sheets ? i : first;
		if (look[i].known == 0)
			continue;
		alone &= named == sheets || th_slice_eq(look[named].header, look[i].header);
		named = named == sheets ? i : named;
	}
	return same ? first : alone ? named : sheets;
}

static const char *path_of(struct listing *l, const th_workbook *workbook, size_t index)
{
	th_buf text = {0};
	th_buf_str(&text, th_workbook_path(workbook));
	th_buf_char(&text, '#');
	th_buf_str(&text, th_workbook_sheet_at(workbook, index)->name);
	const char *path = text.failed ? NULL : th_arena_copy(l->arena, th_buf_view(&text)).ptr;
	th_buf_free(&text);
	return path;
}

static void add_name(th_buf *names, const char *name)
{
	th_buf_str(names, names->len ? "、" : "");
	th_buf_str(names, name);
}

/* The sheets with the header of `table`, and what is said of the others. */
static th_status add_sheets(struct listing *l, const th_workbook *workbook, const struct look *look, size_t table)
{
	th_buf hidden = {0}, skipped = {0};
	th_status status = TH_OK;
	const th_pos pos = {th_workbook_path(workbook), 1, 1, NULL};
	for (size_t i = 0; status == TH_OK && i < th_workbook_sheets(workbook); i++) {
		const th_workbook_sheet *sheet = th_workbook_sheet_at(workbook, i);
		if (look[i].header.len == 0)
			continue;
		if (sheet->hidden)
			add_name(&hidden, sheet->name);
		else if (!th_slice_eq(look[i].header, look[table].header))
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
	size_t sheets = th_workbook_sheets(workbook), visible = 0;
	struct look *look = th_arena_alloc(l->arena, sheets + 1, sizeof *look);
	if (!look)
		status = th_no_memory(l->diags);
	for (size_t i = 0; status == TH_OK && i < sheets; i++) {
		status = look_at(l, workbook, i, &look[i]);
		visible += look[i].header.len > 0 && !th_workbook_sheet_at(workbook, i)->hidden;
	}
	size_t table = status == TH_OK && visible > 1 ? find_table(workbook, look, sheets) : sheets;
	if (status == TH_OK)
		status = table < sheets ? add_sheets(l, workbook, look, table) : add(l, path);
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
