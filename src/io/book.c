/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/book.h"

#include "io/csv.h"

void th_book_begin(th_book *book)
{
	*book = (th_book){0};
	book->end = &book->sheet;
}

void th_book_free(th_book *book)
{
	th_arena_free(&book->arena);
	*book = (th_book){0};
}

static th_slice copy(th_book *book, th_slice text)
{
	th_slice kept = th_arena_copy(&book->arena, text);
	book->failed |= !kept.ptr;
	return kept;
}

static void *room(th_book *book, size_t count, size_t size)
{
	void *object = book->failed ? NULL : th_arena_alloc(&book->arena, count, size);
	book->failed |= !object;
	return object;
}

void th_book_open(th_book *book, th_slice name, const th_book_column *column, size_t columns)
{
	th_book_sheet *sheet = room(book, 1, sizeof *sheet);
	th_book_column *own = room(book, columns, sizeof *own);
	if (!sheet || !own)
		return;
	memcpy(own, column, columns * sizeof *own);
	*sheet = (th_book_sheet){.name = copy(book, name), .column = own, .columns = columns};
	sheet->end = &sheet->row;
	sheet->choice_end = &sheet->choice;
	*book->end = sheet;
	book->end = &sheet->next;
	book->now = sheet;
}

/* The row that is being filled. */
static th_book_row *open_row(th_book *book)
{
	th_book_sheet *sheet = book->now;
	if (book->failed || sheet->open)
		return book->failed ? NULL : sheet->open;
	th_book_row *row = room(book, 1, sizeof *row);
	th_slice *cell = room(book, sheet->columns, sizeof *cell);
	if (!row || !cell)
		return NULL;
	row->cell = cell;
	sheet->open = row;
	return row;
}

void th_book_put(th_book *book, th_slice text)
{
	th_book_row *row = open_row(book);
	if (row && row->cells < book->now->columns)
		row->cell[row->cells++] = copy(book, text);
}

void th_book_end(th_book *book, bool head)
{
	th_book_row *row = open_row(book);
	th_book_sheet *sheet = book->now;
	if (!row)
		return;
	row->head = head;
	*sheet->end = row;
	sheet->end = &row->next;
	sheet->open = NULL;
	sheet->rows++;
}

void th_book_choose(th_book *book, const th_book_choice *choice)
{
	th_book_choice *own = room(book, 1, sizeof *own);
	if (!own)
		return;
	*own = *choice;
	own->next = NULL;
	own->list = copy(book, choice->list);
	own->title = copy(book, choice->title);
	own->hint = copy(book, choice->hint);
	own->question = copy(book, choice->question);
	*book->now->choice_end = own;
	book->now->choice_end = &own->next;
}

void th_book_put_csv(const th_book_sheet *sheet, th_buf *out)
{
	th_buf_str(out, "\xEF\xBB\xBF");
	for (const th_book_row *row = sheet->row; row; row = row->next) {
		for (size_t i = 0; i < sheet->columns; i++) {
			th_buf_str(out, i ? "," : "");
			th_put_csv_text(out, row->cell[i]);
		}
		th_buf_str(out, "\r\n");
	}
}
