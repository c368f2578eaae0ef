/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sheet_rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/filename.h"
#include "base/memory.h"

enum { SHOWN = 240 }; /* of a cell, in a message */

/* How often something was met, and where first. */
struct met {
	size_t count, row, column;
};

/* A column over which a merged cell lies. */
struct merged {
	th_buf text;
	size_t top;
	unsigned char kind;
	bool told;
};

struct th_sheet_rows {
	th_sheet *sheet;
	th_diags *diags;
	th_arena arena;       /* of the header */
	th_record header;
	size_t first;         /* the column of its first cell, from 1 */
	bool *read;           /* by column of the header: is it */
	struct merged *merged;
	th_slice cell[TH_MAX_COLUMNS];
	struct met formulas, linked, hidden, rounded, scaled, filled, beside;
	char digits[2][SHOWN], format[SHOWN], shown[SHOWN]; /* of the first */
	bool ended;
};

static th_pos place(const th_sheet_rows *rows, size_t row, size_t column, const char *where)
{
	return th_sheet_place(rows->sheet, row, column, where);
}

static void meet(struct met *met, size_t row, size_t column)
{
	if (met->count++ == 0) {
		met->row = row;
		met->column = column;
	}
}

static void copy_text(char *to, th_slice text)
{
	size_t len = text.len < SHOWN ? text.len : SHOWN - 1;
	while (len < text.len && len > 0 && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
		len--;
	if (len)
		memcpy(to, text.ptr, len);
	to[len] = '\0';
}

/* ---- the header ---- */

/* A cell that has no text to give: reported, and TH_INVALID. */
static th_status refuse_cell(const th_sheet_rows *rows, const th_sheet_cell *cell, size_t row, const char *where)
{
	char found[SHOWN], limit[24];
	th_pos pos = place(rows, row, cell->column, where);
	copy_text(found, cell->text);
	switch ((th_sheet_kind)cell->kind) {
	case TH_SHEET_FAULT:
		return th_report(rows->diags, TH_SHEET_CELL_FAILED, pos, found, NULL);
	case TH_SHEET_UNCACHED:
		return th_report(rows->diags, TH_SHEET_CELL_UNCACHED, pos, NULL);
	case TH_SHEET_BAD:
		return th_report(rows->diags, TH_SHEET_CELL, pos, found, NULL);
	default:
		if (cell->text.len <= TH_MAX_FIELD)
			return TH_OK;
		snprintf(found, sizeof found, "%zu", cell->text.len);
		snprintf(limit, sizeof limit, "%d", TH_MAX_FIELD);
		return th_report(rows->diags, TH_CSV_CELL_LONG, pos, found, limit, NULL);
	}
}

static th_status keep_header(th_sheet_rows *rows, const th_sheet_row *row)
{
	char found[24], limit[24];
	rows->first = row->cell[0].column;
	size_t columns = row->cell[row->cells - 1].column - rows->first + 1;
	if (columns > TH_MAX_COLUMNS) {
		snprintf(found, sizeof found, "%zu", columns);
		snprintf(limit, sizeof limit, "%d", TH_MAX_COLUMNS);
		return th_report(rows->diags, TH_CSV_COLUMNS_MANY, place(rows, row->number, rows->first + TH_MAX_COLUMNS, NULL), found, limit, NULL);
	}
	th_slice *cell = th_arena_alloc(&rows->arena, columns, sizeof *cell);
	rows->read = th_arena_alloc(&rows->arena, columns, sizeof *rows->read);
	rows->merged = th_arena_alloc(&rows->arena, columns, sizeof *rows->merged);
	if (!cell || !rows->read || !rows->merged)
		return th_no_memory(rows->diags);
	rows->header = (th_record){cell, columns, row->number, {"", 0}};
	for (size_t i = 0; i < columns; i++) {
		cell[i] = TH_S("");
		rows->read[i] = true;
	}
	th_status worst = TH_OK;
	for (size_t i = 0; i < row->cells; i++) {
		th_status status = refuse_cell(rows, &row->cell[i], row->number, NULL);
		worst = status > worst ? status : worst;
		th_slice *kept = &cell[row->cell[i].column - rows->first];
		*kept = th_arena_copy(&rows->arena, row->cell[i].text);
		if (!kept->ptr)
			return th_no_memory(rows->diags);
	}
	return worst;
}

static th_status read_header(th_sheet_rows *rows)
{
	th_sheet_row row;
	bool end;
	th_status status = th_sheet_next(rows->sheet, &row, &end);
	if (status != TH_OK)
		return status;
	if (end)
		return th_report(rows->diags, TH_SHEET_NONE, place(rows, 1, 1, NULL), NULL);
	return keep_header(rows, &row);
}

th_status th_sheet_rows_open(th_workbook *workbook, size_t index, th_diags *diags, th_sheet_rows **out)
{
	*out = NULL;
	th_sheet_rows *rows = th_calloc(1, sizeof *rows);
	if (!rows)
		return th_no_memory(diags);
	rows->diags = diags;
	th_status status = th_sheet_open_to(workbook, index, diags, &rows->sheet);
	if (status == TH_OK)
		status = read_header(rows);
	if (status == TH_OK)
		*out = rows;
	else
		th_sheet_rows_backend.close(rows);
	return status;
}

const char *th_sheet_rows_name(const th_sheet_rows *rows)
{
	return th_sheet_name(rows->sheet);
}

bool th_sheet_rows_merged(const th_sheet_rows *rows)
{
	size_t merges;
	const th_merge *merge = th_sheet_merges(rows->sheet, &merges);
	for (size_t i = 0; i < merges; i++)
		if (merge[i].top > rows->header.line && merge[i].bottom > merge[i].top)
			return true;
	return false;
}

void th_sheet_rows_read(th_sheet_rows *rows, const int *cell, size_t count)
{
	memset(rows->read, 0, rows->header.cells * sizeof *rows->read);
	for (size_t i = 0; i < count; i++)
		if (cell[i] >= 0 && (size_t)cell[i] < rows->header.cells)
			rows->read[cell[i]] = true;
}

void th_sheet_rows_read_as(th_sheet_rows *rows, const th_sheet_rows *other)
{
	memcpy(rows->read, other->read, rows->header.cells * sizeof *rows->read);
}

/* ---- rows ---- */

static void note_cell(th_sheet_rows *rows, const th_sheet_cell *cell, size_t row)
{
	if (cell->flags & TH_SHEET_FORMULA)
		meet(&rows->formulas, row, cell->column);
	if (cell->flags & TH_SHEET_LINKED)
		meet(&rows->linked, row, cell->column);
	if (cell->flags & TH_SHEET_ROUNDED) {
		meet(&rows->rounded, row, cell->column);
		if (rows->rounded.count == 1) {
			copy_text(rows->digits[0], th_slice_of(cell->stored));
			copy_text(rows->digits[1], cell->text);
		}
	}
	if (cell->flags & TH_SHEET_SCALED) {
		meet(&rows->scaled, row, cell->column);
		if (rows->scaled.count == 1) {
			copy_text(rows->format, th_slice_of(cell->stored));
			copy_text(rows->shown, cell->text);
		}
	}
}

/* A cell under a merged one, in a row below its first: what stands there is not seen. */
static th_status fill_cell(th_sheet_rows *rows, size_t i, size_t row, bool *filled)
{
	struct merged *over = &rows->merged[i];
	char found[SHOWN];
	rows->cell[i] = over->text.len ? th_buf_view(&over->text) : TH_S("");
	*filled |= over->text.len > 0;
	if (over->kind != TH_SHEET_NUMBER || !rows->read[i] || over->text.len == 0)
		return TH_OK;
	if (over->told)
		return TH_INVALID;
	over->told = true;
	copy_text(found, rows->cell[i]);
	return th_report(rows->diags, TH_SHEET_MERGED, place(rows, row, rows->first + i, rows->header.cell[i].ptr), found, NULL);
}

/* A range that begins in this row: its text counts for the rows below. */
static th_status keep_first(th_sheet_rows *rows, const th_sheet_row *row, size_t i)
{
	struct merged *over = &rows->merged[i];
	size_t low = 0, high = row->cells;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (row->cell[mid].column - rows->first < i || row->cell[mid].column < rows->first)
			low = mid + 1;
		else
			high = mid;
	}
	th_buf_clear(&over->text);
	over->told = false;
	if (low == row->cells || row->cell[low].column - rows->first != i)
		return TH_OK;
	over->kind = row->cell[low].kind;
	th_buf_slice(&over->text, row->cell[low].text);
	return over->text.failed ? th_no_memory(rows->diags) : TH_OK;
}

/* Ranges over several rows, in their first column. */
static th_status see_merged(th_sheet_rows *rows, const th_sheet_row *row)
{
	th_status worst = TH_OK;
	bool filled = false;
	for (size_t k = 0; k < row->merges; k++) {
		const th_merge *m = row->merged[k];
		if (m->top <= rows->header.line || m->bottom == m->top || m->left < rows->first || m->left - rows->first >= rows->header.cells)
			continue;
		size_t i = m->left - rows->first;
		if (m->top < row->number && rows->merged[i].top != m->top) { /* its first row has no cells */
			th_buf_clear(&rows->merged[i].text);
			rows->merged[i].told = false;
		}
		rows->merged[i].top = m->top;
		th_status status = m->top == row->number ? keep_first(rows, row, i) : fill_cell(rows, i, row->number, &filled);
		worst = status > worst ? status : worst;
	}
	if (filled)
		meet(&rows->filled, row->number, rows->first);
	return worst;
}

/* The cells of a row; *good is whether all that are read can be. */
static th_status take_row(th_sheet_rows *rows, const th_sheet_row *row, bool *any, bool *good)
{
	*any = false;
	for (size_t i = 0; i < rows->header.cells; i++)
		rows->cell[i] = TH_S("");
	th_status worst = TH_OK;
	for (size_t i = 0; i < row->cells; i++) {
		const th_sheet_cell *cell = &row->cell[i];
		if (cell->column < rows->first || cell->column - rows->first >= rows->header.cells) {
			meet(&rows->beside, row->number, cell->column);
			continue;
		}
		size_t at = cell->column - rows->first;
		*any = true;
		rows->cell[at] = cell->text.len ? cell->text : TH_S("");
		if (!rows->read[at])
			continue;
		th_status status = refuse_cell(rows, cell, row->number, rows->header.cell[at].ptr);
		worst = status > worst ? status : worst;
		note_cell(rows, cell, row->number);
	}
	th_status status = see_merged(rows, row);
	worst = status > worst ? status : worst;
	if (*any && row->hidden)
		meet(&rows->hidden, row->number, rows->first);
	*good = worst == TH_OK;
	return worst == TH_SYSTEM ? TH_SYSTEM : TH_OK;
}

/* ---- what is said of a sheet behind its last row ---- */

static th_status tell(const th_sheet_rows *rows, const struct met *met, th_code code, bool by_row, const char *third, const char *fourth)
{
	char count[24], where[48], letters[TH_COLUMN_LETTERS];
	if (met->count == 0)
		return TH_OK;
	snprintf(count, sizeof count, "%zu", met->count);
	snprintf(where, sizeof where, "%s%zu", by_row ? "" : th_column_letters(met->column, letters), met->row);
	return th_report(rows->diags, code, place(rows, met->row, met->column, NULL), count, where, third, fourth, NULL);
}

static th_status tell_hidden_columns(const th_sheet_rows *rows)
{
	char count[24], letters[TH_COLUMN_LETTERS];
	size_t hidden = 0, first = 0;
	for (size_t i = 0; i < rows->header.cells; i++)
		if (rows->read[i] && rows->header.cell[i].len && th_sheet_hides_column(rows->sheet, rows->first + i)) {
			first = hidden ? first : rows->first + i;
			hidden++;
		}
	if (hidden == 0)
		return TH_OK;
	snprintf(count, sizeof count, "%zu", hidden);
	return th_report(rows->diags, TH_SHEET_HIDDEN_COLUMNS, place(rows, rows->header.line, first, NULL), count, th_column_letters(first, letters), NULL);
}

static th_status tell_all(const th_sheet_rows *rows)
{
	const th_status status[] = {
		tell(rows, &rows->beside, TH_SHEET_BESIDE, false, NULL, NULL),
		tell(rows, &rows->formulas, TH_SHEET_FORMULAS, false, NULL, NULL),
		tell(rows, &rows->linked, TH_SHEET_LINKS, false, NULL, NULL),
		tell(rows, &rows->hidden, TH_SHEET_HIDDEN_ROWS, true, NULL, NULL),
		tell_hidden_columns(rows),
		tell(rows, &rows->rounded, TH_SHEET_DIGITS, false, rows->digits[0], rows->digits[1]),
		tell(rows, &rows->scaled, TH_SHEET_DISPLAY, false, rows->format, rows->shown),
		tell(rows, &rows->filled, TH_SHEET_FILLED, true, NULL, NULL),
	};
	th_status worst = TH_OK;
	for (size_t i = 0; i < sizeof status / sizeof *status; i++)
		worst = status[i] > worst ? status[i] : worst;
	return worst;
}

/* ---- as rows.h wants it ---- */

static const th_record *header(const void *self)
{
	return &((const th_sheet_rows *)self)->header;
}

static th_status next(void *self, th_record *record, bool *end)
{
	th_sheet_rows *rows = self;
	th_sheet_row row;
	bool any = false, good = false;
	while (!(any && good)) {
		th_status status = th_sheet_next(rows->sheet, &row, end);
		if (status == TH_OK && *end && !rows->ended) {
			rows->ended = true;
			status = tell_all(rows);
		}
		if (status == TH_INVALID) { /* the sheet ends where it cannot be read on; it has been said */
			*end = true;
			return TH_OK;
		}
		if (status != TH_OK || *end)
			return status;
		status = take_row(rows, &row, &any, &good);
		if (status != TH_OK)
			return status;
	}
	*record = (th_record){rows->cell, rows->header.cells, row.number, {"", 0}};
	return TH_OK;
}

static th_pos place_of(const void *self, const th_record *record, size_t index, const char *where)
{
	const th_sheet_rows *rows = self;
	return place(rows, record->line, rows->first + (index < record->cells ? index : record->cells), where);
}

static void close(void *self)
{
	th_sheet_rows *rows = self;
	for (size_t i = 0; rows->merged && i < rows->header.cells; i++)
		th_buf_free(&rows->merged[i].text);
	th_sheet_close(rows->sheet);
	th_arena_free(&rows->arena);
	free(rows);
}

const th_rows_backend th_sheet_rows_backend = {header, next, place_of, close, NULL};

/* ---- which sheet ---- */

th_status th_workbook_sheet_filled(th_workbook *workbook, size_t index, bool *filled)
{
	th_sheet *sheet;
	th_sheet_row row;
	bool end = true;
	th_status status = th_sheet_open(workbook, index, &sheet);
	if (status == TH_OK)
		status = th_sheet_next(sheet, &row, &end);
	th_sheet_close(sheet);
	*filled = status == TH_OK && !end;
	return status;
}

/* Names between 、, and how the first of them is meant in a path. */
struct names {
	th_buf list, example;
	size_t count, index;
};

static void add_name(struct names *names, const th_workbook *workbook, size_t index)
{
	const char *name = th_workbook_sheet_at(workbook, index)->name;
	th_buf_str(&names->list, names->count ? "、" : "");
	th_buf_str(&names->list, name);
	if (names->count++ == 0) {
		names->index = index;
		th_buf_str(&names->example, th_workbook_path(workbook));
		th_buf_char(&names->example, '#');
		th_buf_str(&names->example, name);
	}
}

/* Ended, to be told; false, and said, without memory. */
static bool end_names(struct names *names, th_diags *diags)
{
	th_buf_char(&names->list, '\0');
	th_buf_char(&names->example, '\0');
	return !(names->list.failed || names->example.failed) || th_no_memory(diags) == TH_OK;
}

static void free_names(struct names *names)
{
	th_buf_free(&names->list);
	th_buf_free(&names->example);
}

static th_status find_named(const th_workbook *workbook, const char *name, th_diags *diags, size_t *index)
{
	struct names all = {{0}, {0}, 0, 0};
	th_slice wanted = th_slice_trim(th_slice_of(name));
	size_t sheets = th_workbook_sheets(workbook);
	for (*index = 0; *index < sheets; ++*index) {
		if (th_slice_eq(th_slice_trim(th_slice_of(th_workbook_sheet_at(workbook, *index)->name)), wanted))
			break;
		add_name(&all, workbook, *index);
	}
	th_status status = TH_OK;
	if (*index == sheets)
		status = end_names(&all, diags) ? th_report(diags, TH_SHEET_UNKNOWN, (th_pos){th_workbook_path(workbook), 1, 1, NULL}, name, all.list.ptr, NULL) : TH_SYSTEM;
	free_names(&all);
	return status;
}

static th_status choose(const th_workbook *workbook, struct names *visible, struct names *hidden, th_diags *diags)
{
	const th_pos pos = {th_workbook_path(workbook), 1, 1, NULL};
	if (!end_names(visible, diags) || !end_names(hidden, diags))
		return TH_SYSTEM;
	if (visible->count > 1)
		return th_report(diags, TH_SHEET_WHICH, pos, visible->list.ptr, visible->example.ptr, NULL);
	if (visible->count == 0 && hidden->count)
		return th_report(diags, TH_SHEET_HIDDEN_ONLY, pos, hidden->list.ptr, hidden->example.ptr, NULL);
	if (visible->count == 0)
		return th_report(diags, TH_SHEET_NONE, pos, NULL);
	return hidden->count ? th_report(diags, TH_SHEETS_HIDDEN, pos, hidden->list.ptr, NULL) : TH_OK;
}

th_status th_workbook_choose(th_workbook *workbook, const char *name, th_diags *diags, size_t *index)
{
	struct names visible = {{0}, {0}, 0, 0}, hidden = visible;
	th_status status = TH_OK;
	if (name)
		return find_named(workbook, name, diags, index);
	for (size_t i = 0; status == TH_OK && i < th_workbook_sheets(workbook); i++) {
		bool filled;
		status = th_workbook_sheet_filled(workbook, i, &filled);
		if (status == TH_OK && filled)
			add_name(th_workbook_sheet_at(workbook, i)->hidden ? &hidden : &visible, workbook, i);
	}
	*index = visible.index;
	if (status == TH_OK)
		status = choose(workbook, &visible, &hidden, diags);
	free_names(&visible);
	free_names(&hidden);
	return status;
}
