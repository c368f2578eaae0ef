/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/book_copy.h"

#include <stdlib.h>

#include "base/print.h"
#include "base/utf8.h"
#include "io/csv.h"
#include "io/workbook_parts.h"

enum { WIDTHS = 256, NARROWEST = 9, WIDEST = 48 };

struct copying {
	th_book *book;
	th_diags *diags;
	const char *name;        /* of places */
	th_encoding encoding;    /* of CSV */
	const th_book_remark *remark;
	size_t remarks, next;
	unsigned width[WIDTHS];
	size_t columns;
	th_buf text;             /* of one comment */
};

static th_status too_much(const struct copying *c, size_t row)
{
	char limit[24];
	(void)th_print(limit, sizeof limit, "%d", (int)TH_BOOK_CELLS);
	return th_report(c->diags, TH_BOOK_LARGE, (th_pos){c->name, row + 1, 1, NULL}, limit, (char *)NULL);
}

/* Wide characters take two; only the first of a long text count. */
static unsigned width_of(th_slice text)
{
	size_t width = 0;
	for (size_t i = 0; i < text.len && width < WIDEST; i++)
		width += ((unsigned char)text.ptr[i] & 0xC0) == 0xC0 ? 2 : ((unsigned char)text.ptr[i] & 0x80) == 0;
	return (unsigned)(width < WIDEST ? width : WIDEST) + 2;
}

static th_status put(struct copying *c, size_t row, size_t column, const th_book_value *value, th_slice shown)
{
	if (c->book->cells >= TH_BOOK_CELLS || c->book->bytes > TH_BOOK_BYTES || row >= TH_BOOK_ROWS || column >= TH_BOOK_COLUMNS)
		return too_much(c, row);
	if (value->kind == TH_BOOK_TEXT && value->text.len > TH_BOOK_CELL && th_utf8_length(value->text) > TH_BOOK_CELL)
		return th_report(c->diags, TH_BOOK_CELL_LONG, (th_pos){c->name, row + 1, 1, NULL}, (char *)NULL);
	unsigned width = width_of(shown);
	if (column < WIDTHS && width > c->width[column])
		c->width[column] = width;
	if (column < WIDTHS && column >= c->columns)
		c->columns = column + 1;
	th_book_set(c->book, row, column, value);
	return c->book->failed ? th_no_memory(c->diags) : TH_OK;
}

/* All remarks of one cell, from `from` to `to`, as one. */
static void mark(struct copying *c, size_t row, size_t column, const th_book_remark *from, const th_book_remark *to)
{
	th_book_paint paint = TH_BOOK_UNPAINTED;
	th_buf_clear(&c->text);
	for (; from < to; from++) {
		paint = from->paint > paint ? from->paint : paint;
		if (c->text.len > (size_t)4 * TH_BOOK_CELL)
			continue;
		th_buf_str(&c->text, c->text.len ? "\n\n" : "");
		th_buf_slice(&c->text, from->text);
	}
	c->book->failed |= c->text.failed;
	th_book_mark(c->book, row, column, paint, th_buf_view(&c->text));
}

static void begin(struct copying *c, th_slice name)
{
	for (size_t i = 0; i < WIDTHS; i++)
		c->width[i] = NARROWEST;
	th_book_open(c->book, name, NULL, 0);
}

static th_status end(struct copying *c, th_status status)
{
	if (status == TH_OK)
		th_book_widths(c->book, c->width, c->columns);
	th_buf_free(&c->text);
	return status == TH_OK && c->book->failed ? th_no_memory(c->diags) : status;
}

/* --- a sheet --- */

/* The book's number of a cell's format, made once a style; the ids of those that are built in are small. */
static unsigned format_of(struct copying *c, const th_sheet *sheet, const th_sheet_cell *cell, unsigned *known, size_t styles)
{
	unsigned id, indent;
	const char *code;
	th_sheet_format(sheet, cell, &id, &code, &indent);
	id = code || id > UINT8_MAX ? 0 : id;
	if (cell->style >= styles || (!code && id == 0 && indent == 0))
		return 0;
	if (known[cell->style] == 0)
		known[cell->style] = th_book_new_format(c->book, id, code, indent);
	return known[cell->style];
}

static th_book_value value_of(const th_sheet_cell *cell, bool from_1904)
{
	enum { DAYS_1904 = 1462 }; /* by which the two ways of counting days differ; the copy counts from 1900 */
	th_book_value value = {.kind = TH_BOOK_TEXT, .text = cell->raw.len ? cell->raw : cell->text};
	bool stored = (cell->kind == TH_SHEET_NUMBER || cell->kind == TH_SHEET_DATE) && cell->raw.len > 0;
	char digits[64];
	if (cell->kind == TH_SHEET_UNCACHED)
		value.text = TH_S("=");
	if (cell->kind == TH_SHEET_BOOLEAN)
		return (th_book_value){.kind = TH_BOOK_TRUTH, .number = cell->text.len == 4, .text = {"", 0}};
	if (!stored || cell->raw.len >= sizeof digits)
		return value;
	memcpy(digits, cell->raw.ptr, cell->raw.len);
	digits[cell->raw.len] = '\0';
	if (!th_read_double(digits, &value.number))
		return value;
	value.kind = TH_BOOK_NUMBER;
	if (from_1904 && cell->kind == TH_SHEET_DATE && value.number >= 1)
		value.number += DAYS_1904;
	return value;
}

static void put_merges(struct copying *c, const th_sheet *sheet)
{
	size_t count, covered = 0;
	const th_merge *merge = th_sheet_merges(sheet, &count);
	for (size_t i = 0; i < count; i++, merge++) {
		size_t area = (size_t)(merge->bottom - merge->top + 1) * (merge->right - merge->left + 1);
		if (area < 2 || area > TH_BOOK_MERGED - covered)
			continue; /* of more than anybody sees, the first cell is all there is */
		covered += area;
		th_book_merge(c->book, &(th_book_range){.top = merge->top - 1, .left = merge->left - 1, .bottom = merge->bottom - 1, .right = merge->right - 1});
	}
}

/* Remarks of a sheet know their cells. */
static void put_remarks(struct copying *c)
{
	for (size_t i = 0, k; i < c->remarks; i = k) {
		const th_book_remark *first = &c->remark[i];
		size_t column = first->column ? first->column : 1;
		for (k = i + 1; k < c->remarks && c->remark[k].line == first->line && (c->remark[k].column ? c->remark[k].column : 1) == column; k++)
			;
		if (first->line <= TH_BOOK_ROWS && column <= TH_BOOK_COLUMNS)
			mark(c, first->line - 1, column - 1, first, c->remark + k);
	}
}

th_status th_book_copy_sheet(th_book *book, th_workbook *workbook, size_t index, th_slice name, const th_book_remark *remark, size_t remarks, th_diags *diags,
                             size_t *formulas)
{
	struct copying c = {.book = book, .diags = diags, .remark = remark, .remarks = remarks};
	th_sheet *sheet;
	th_sheet_row row;
	bool done = false;
	begin(&c, name);
	th_status status = th_sheet_open(workbook, index, &sheet);
	if (status != TH_OK)
		return end(&c, status);
	size_t styles = workbook->styles.count;
	unsigned *known = th_arena_alloc(&book->arena, styles + 1, sizeof *known);
	c.name = th_sheet_name(sheet);
	th_sheet_want_raw(sheet);
	while (known && status == TH_OK && (status = th_sheet_next(sheet, &row, &done)) == TH_OK && !done)
		for (size_t i = 0; i < row.cells && status == TH_OK; i++) {
			const th_sheet_cell *cell = &row.cell[i];
			th_book_value value = value_of(cell, workbook->from_1904);
			value.format = format_of(&c, sheet, cell, known, styles);
			*formulas += (cell->flags & TH_SHEET_FORMULA) != 0;
			status = put(&c, row.number - 1, cell->column - 1, &value, cell->text);
		}
	if (status == TH_OK && known) {
		put_merges(&c, sheet);
		put_remarks(&c);
	}
	th_sheet_close(sheet);
	return end(&c, known ? status : th_no_memory(diags));
}

/* --- CSV --- */

/* A physical line as it stands; NULL: there is none, or it cannot be read. Asked of broken lines only. */
static bool raw_line(const struct copying *c, size_t line, th_buf *out)
{
	th_diags *unheard = th_diags_new();
	th_source *source = NULL;
	th_slice piece = {"", 0};
	size_t at = 1;
	bool good = unheard && th_source_open(c->name, c->encoding, unheard, &source) == TH_OK;
	while (good && at <= line && (good = th_source_read(source, &piece) == TH_OK && piece.len > 0))
		for (size_t i = 0; i < piece.len && at <= line; i++) {
			bool ends = piece.ptr[i] == '\n';
			if (at == line && !ends && piece.ptr[i] != '\r' && out->len <= TH_BOOK_CELL)
				th_buf_char(out, piece.ptr[i]);
			at += ends;
		}
	th_source_close(source);
	th_diags_free(unheard);
	return out->len > 0 && out->len <= TH_BOOK_CELL && !out->failed;
}

/* Remarks on lines before this one: broken ones, whose text stands in one cell as it is. */
static th_status put_orphans(struct copying *c, size_t line)
{
	th_status status = TH_OK;
	while (c->next < c->remarks && c->remark[c->next].line < line && status == TH_OK) {
		size_t k = c->next, at = c->remark[c->next].line;
		th_buf raw = {0};
		while (k < c->remarks && c->remark[k].line == at)
			k++;
		if (at <= TH_BOOK_ROWS && raw_line(c, at, &raw))
			status = put(c, at - 1, 0, &(th_book_value){.kind = TH_BOOK_TEXT, .text = th_buf_view(&raw)}, TH_S(""));
		if (at <= TH_BOOK_ROWS)
			mark(c, at - 1, 0, c->remark + c->next, c->remark + k);
		th_buf_free(&raw);
		c->next = k;
	}
	return status;
}

/* The cell of a record at whose start, or behind, a place lies. */
static size_t cell_at(const th_csv *csv, const th_record *record, size_t line, size_t column)
{
	size_t at = 0;
	for (size_t i = 0; i < record->cells; i++) {
		size_t l, col;
		th_csv_place(csv, record, i, &l, &col);
		if (l > line || (l == line && col > column))
			break;
		at = i;
	}
	return at;
}

/* All remarks on the lines of a record. */
static void put_on_record(struct copying *c, const th_csv *csv, const th_record *record)
{
	size_t last, column;
	th_csv_place(csv, record, record->cells - 1, &last, &column);
	while (c->next < c->remarks && c->remark[c->next].line <= last) {
		size_t cell = cell_at(csv, record, c->remark[c->next].line, c->remark[c->next].column), k = c->next + 1;
		while (k < c->remarks && c->remark[k].line <= last && cell_at(csv, record, c->remark[k].line, c->remark[k].column) == cell)
			k++;
		mark(c, record->line - 1, cell, c->remark + c->next, c->remark + k);
		c->next = k;
	}
}

static th_status put_record(struct copying *c, const th_csv *csv, const th_record *record)
{
	th_status status = put_orphans(c, record->line);
	for (size_t i = 0; i < record->cells && status == TH_OK; i++)
		if (record->cell[i].len)
			status = put(c, record->line - 1, i, &(th_book_value){.kind = TH_BOOK_TEXT, .text = record->cell[i]}, record->cell[i]);
	put_on_record(c, csv, record);
	return status;
}

th_status th_book_copy_csv(th_book *book, const char *path, th_encoding encoding, th_slice name, const th_book_remark *remark, size_t remarks, th_diags *diags)
{
	struct copying c = {.book = book, .diags = diags, .name = path, .encoding = encoding, .remark = remark, .remarks = remarks};
	th_diags *unheard = th_diags_new();
	th_source *source = NULL;
	th_csv *csv = NULL;
	th_record record;
	bool done = false;
	begin(&c, name);
	th_status status = unheard ? th_source_open(path, encoding, unheard, &source) : th_no_memory(diags);
	if (status == TH_OK)
		status = th_csv_open_ragged(source, unheard, &csv);
	th_status copied = TH_OK;
	while (status == TH_OK && copied == TH_OK && (status = th_csv_next(csv, &record, &done)) == TH_OK && !done)
		copied = put_record(&c, csv, &record);
	if (copied == TH_OK)
		copied = put_orphans(&c, SIZE_MAX);
	th_csv_close(csv);
	th_source_close(source);
	if (status == TH_SYSTEM && unheard)
		th_diags_merge(diags, unheard);
	th_diags_free(unheard);
	return end(&c, copied != TH_OK ? copied : status == TH_SYSTEM ? status : TH_OK);
}
