/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/book.h"

#include "io/csv.h"

void th_book_begin(th_book *book)
{
	*book = (th_book){0};
	book->end = &book->sheet;
	book->format_end = &book->format;
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
	th_book_column *own = room(book, columns + 1, sizeof *own);
	if (!sheet || !own)
		return;
	if (columns)
		memcpy(own, column, columns * sizeof *own);
	*sheet = (th_book_sheet){.name = copy(book, name), .column = own, .columns = columns};
	sheet->end = &sheet->row;
	sheet->choice_end = &sheet->choice;
	sheet->cell_end = &sheet->cell;
	sheet->note_end = &sheet->note;
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

/* --- copies --- */

/* _xHHHH_ in the text of a workbook stands for a character of that number. */
static bool is_escape(th_slice text, size_t at)
{
	enum { LONG = 7 };
	if (text.len - at < LONG || text.ptr[at] != '_' || text.ptr[at + 1] != 'x' || text.ptr[at + 6] != '_')
		return false;
	for (size_t i = at + 2; i < at + 6; i++)
		if (!strchr("0123456789abcdefABCDEF", text.ptr[i]))
			return false;
	return true;
}

/* A copy that XML can hold: U+FFFD for U+FFFE and U+FFFF; what only looks like an escape is one of its own underscore. Comments have no control characters;
 * those of cells are escaped when they are written. */
static th_slice clean(th_book *book, th_slice text, bool comment)
{
	th_buf plain = {0};
	for (size_t i = 0; i < text.len; i++) {
		unsigned char b = (unsigned char)text.ptr[i];
		if (b == 0xEF && text.len - i > 2 && (unsigned char)text.ptr[i + 1] == 0xBF && (unsigned char)text.ptr[i + 2] >= 0xBE) {
			th_buf_str(&plain, "\xEF\xBF\xBD");
			i += 2;
		} else if (comment && ((b < 0x20 && b != '\n') || b == 0x7F))
			th_buf_char(&plain, ' ');
		else {
			th_buf_str(&plain, is_escape(text, i) ? "_x005F" : "");
			th_buf_char(&plain, (char)b);
		}
	}
	book->failed |= plain.failed;
	th_slice kept = copy(book, th_buf_view(&plain));
	th_buf_free(&plain);
	return kept;
}

void th_book_set(th_book *book, size_t row, size_t column, const th_book_value *value)
{
	th_book_cell *cell = room(book, 1, sizeof *cell);
	if (!cell)
		return;
	*cell = (th_book_cell){.row = (uint32_t)row, .column = (uint32_t)column, .value = *value};
	if (value->kind == TH_BOOK_FORMULA)
		cell->value.text = copy(book, value->text);
	else
		cell->value.text = value->kind == TH_BOOK_TEXT ? clean(book, value->text, false) : (th_slice){"", 0};
	*book->now->cell_end = cell;
	book->now->cell_end = &cell->next;
	book->cells++;
	book->bytes += cell->value.text.len;
}

unsigned th_book_new_format(th_book *book, unsigned id, const char *code, unsigned indent)
{
	th_book_format *format = room(book, 1, sizeof *format);
	if (!format)
		return 0;
	*format = (th_book_format){.id = id, .indent = indent, .code = code ? copy(book, (th_slice){code, strlen(code)}).ptr : NULL};
	*book->format_end = format;
	book->format_end = &format->next;
	return ++book->formats;
}

void th_book_merge(th_book *book, const th_book_range *range)
{
	th_book_range *own = room(book, 1, sizeof *own);
	if (!own)
		return;
	*own = *range;
	own->next = book->now->merged;
	book->now->merged = own;
}

/* At most so many characters: the cut is behind a whole one. */
static th_slice cut(th_slice text, size_t most)
{
	size_t at = 0, count = 0;
	while (at < text.len) {
		size_t next = at + 1;
		while (next < text.len && ((unsigned char)text.ptr[next] & 0xC0) == 0x80)
			next++;
		count += next - at == 4 ? 2 : 1; /* as UTF-16 counts */
		if (count > most)
			break;
		at = next;
	}
	return (th_slice){text.ptr, at};
}

void th_book_mark(th_book *book, size_t row, size_t column, th_book_paint paint, th_slice comment)
{
	th_book_note *note = room(book, 1, sizeof *note);
	if (!note)
		return;
	*note = (th_book_note){.row = (uint32_t)row, .column = (uint32_t)column, .paint = paint, .comment = clean(book, cut(comment, TH_BOOK_CELL), true)};
	*book->now->note_end = note;
	book->now->note_end = &note->next;
}

void th_book_widths(th_book *book, const unsigned *width, size_t columns)
{
	th_book_column *own = room(book, columns + 1, sizeof *own);
	for (size_t i = 0; own && i < columns; i++)
		own[i] = (th_book_column){.width = width[i]};
	if (!own)
		return;
	book->now->column = own;
	book->now->columns = columns;
}

void th_book_page(th_book *book, bool heads)
{
	if (book->failed)
		return;
	book->now->paged = true;
	book->now->frozen = heads;
}

void th_book_draw(th_book *book, const th_book_chart *chart)
{
	th_book_chart *own = room(book, 1, sizeof *own);
	if (!own)
		return;
	*own = *chart;
	own->title = clean(book, chart->title, true);
	own->axis = clean(book, chart->axis, true);
	own->next = book->now->chart;
	book->now->chart = own;
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
