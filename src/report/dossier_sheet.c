/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document as a sheet of a workbook: its blocks below each other, tables in columns, numbers as numbers. */
#include "report/dossier.h"

#include "base/print.h"
#include "base/utf8.h"

enum { LONGEST = 32000, NARROW = 12, WIDE = 48, NUMBER = 18 };

/* The last byte of a whole character before `at`. */
static size_t whole_before(th_slice text, size_t at)
{
	while (at > 0 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

void th_sheet_text(th_book *book, size_t row, size_t column, th_slice text)
{
	th_buf shown = {0};
	if (text.len == 0)
		return;
	if (th_utf8_valid(text) == text.len)
		th_buf_slice(&shown, text);
	else
		th_utf8_escape(text, &shown);
	th_slice all = th_buf_view(&shown);
	if (all.len > LONGEST) {
		shown.len = whole_before(all, LONGEST);
		th_buf_str(&shown, "…");
	}
	book->failed |= shown.failed;
	th_book_set(book, row, column, &(th_book_value){.kind = TH_BOOK_TEXT, .text = th_buf_view(&shown)});
	th_buf_free(&shown);
}

static void put_number(th_book *book, size_t row, size_t column, const th_doc_cell *cell)
{
	th_buf digits = {0};
	double number = 0;
	th_put_doc_digits(cell, &digits);
	th_buf_char(&digits, '\0');
	book->failed |= digits.failed;
	if (!digits.failed && th_read_double(digits.ptr, &number))
		th_book_set(book, row, column, &(th_book_value){.kind = TH_BOOK_NUMBER, .number = number});
	th_buf_free(&digits);
}

static void put_cell(th_book *book, size_t row, size_t column, const th_doc *doc, const th_doc_cell *cell)
{
	if (th_doc_is_text(cell))
		th_sheet_text(book, row, column, th_doc_text_of(doc, cell));
	else if (cell->value != TH_DOC_NONE)
		put_number(book, row, column, cell);
}

static size_t put_table(th_book *book, size_t row, const th_doc *doc, const th_doc_block *table)
{
	bool headed = th_doc_has_heads(doc, table);
	size_t column = 0;
	for (size_t i = headed ? 0 : table->columns; i < table->cells; i++) {
		const th_doc_cell *cell = &doc->cell[table->first + i];
		if (th_doc_is_note(cell)) {
			put_cell(book, row++, 0, doc, cell);
			continue;
		}
		put_cell(book, row, column, doc, cell);
		if (i < table->columns)
			th_book_mark(book, row, column, TH_BOOK_NOTED, TH_S(""));
		column = (column + 1) % table->columns;
		row += column == 0;
	}
	return row + 1;
}

static size_t put_block(th_book *book, size_t row, const th_doc *doc, const th_doc_block *block)
{
	const th_doc_cell *cell = &doc->cell[block->first];
	switch (block->kind) {
	case TH_DOC_CLOSE:
	case TH_DOC_PICTURE: /* the table behind it has its numbers */
		return row;
	case TH_DOC_TABLE:
		return th_doc_is_nothing(doc, block) ? row : put_table(book, row, doc, block);
	case TH_DOC_FIELDS:
		for (size_t i = 0; i < block->cells; i++)
			put_cell(book, row + i / 2, i % 2, doc, &cell[i]);
		return row + block->cells / 2 + 1;
	case TH_DOC_OPEN:
		if (block->cells == 0 || th_doc_text_of(doc, cell).len == 0)
			return row;
		row++;
		break;
	case TH_DOC_TITLE:
	case TH_DOC_PARAGRAPH:
	case TH_DOC_MARK:
	case TH_DOC_LIST:
	case TH_DOC_CAPTION:
		break;
	}
	for (size_t i = 0; i < block->cells; i++)
		put_cell(book, row + i, 0, doc, &cell[i]);
	if (block->kind == TH_DOC_TITLE || block->kind == TH_DOC_OPEN || block->kind == TH_DOC_MARK)
		th_book_mark(book, row, 0, block->kind == TH_DOC_MARK ? TH_BOOK_TO_FILL : TH_BOOK_NOTED, TH_S(""));
	return row + block->cells;
}

void th_put_doc_blocks(th_book *book, size_t row, const th_doc *doc)
{
	book->failed |= th_doc_failed(doc);
	for (size_t i = 0; i < doc->blocks && !book->failed; i++)
		row = put_block(book, row, doc, &doc->block[i]);
}

/* As wide as what stands in its tables and fields; what runs across is not asked. */
void th_doc_sheet_widths(const th_doc *doc, unsigned *width)
{
	for (size_t i = 0; i < TH_DOC_COLUMNS; i++)
		width[i] = NARROW;
	for (size_t i = 0; i < doc->blocks; i++) {
		const th_doc_block *b = &doc->block[i];
		size_t columns = b->kind == TH_DOC_TABLE ? b->columns : b->kind == TH_DOC_FIELDS ? 2 : 0, column = 0;
		for (size_t k = 0; columns && k < b->cells; k++) {
			const th_doc_cell *cell = &doc->cell[b->first + k];
			if (th_doc_is_note(cell))
				continue;
			size_t wide = th_doc_is_text(cell) ? th_width(th_doc_text_of(doc, cell)) + 2 : NUMBER;
			wide = wide > WIDE ? WIDE : wide;
			width[column] = wide > width[column] ? (unsigned)wide : width[column];
			column = (column + 1) % columns;
		}
	}
}

void th_put_doc_sheet(th_book *book, th_slice name, const th_doc *doc)
{
	unsigned width[TH_DOC_COLUMNS];
	th_doc_sheet_widths(doc, width);
	th_book_open(book, name, NULL, 0);
	if (book->failed)
		return;
	th_book_page(book, false);
	th_book_widths(book, width, TH_DOC_COLUMNS);
	th_put_doc_blocks(book, 0, doc);
}
