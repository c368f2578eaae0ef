/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the sheets of the account share: cells, places and ranges of their formulas. */
#include "report/sheets.h"

#include <math.h>

#include "base/filename.h"

th_slice th_sheet_word(const th_sheets *s, th_label label)
{
	return th_page_word(s->words, label);
}

void th_sheet_number(th_sheets *s, size_t row, size_t column, double number)
{
	th_book_set(s->book, row, column, &(th_book_value){.kind = TH_BOOK_NUMBER, .number = number});
}

void th_sheet_formula(th_sheets *s, size_t row, size_t column, double number)
{
	th_book_set(s->book, row, column, &(th_book_value){.kind = TH_BOOK_FORMULA, .number = number, .text = th_buf_view(&s->text)});
	s->book->failed |= s->text.failed;
	th_buf_clear(&s->text);
}

void th_sheet_open_text(th_sheets *s, size_t row, size_t column)
{
	s->book->failed |= s->text.failed;
	th_sheet_text(s->book, row, column, th_buf_view(&s->text));
	th_buf_clear(&s->text);
}

void th_sheet_head(th_sheets *s, size_t column, th_slice head)
{
	th_sheet_text(s->book, 0, column, head);
	th_book_mark(s->book, 0, column, TH_BOOK_NOTED, TH_S(""));
}

bool th_sheet_begin(th_sheets *s, th_label name, const th_label *head, size_t heads, const unsigned *width, size_t columns)
{
	th_book_open(s->book, th_sheet_word(s, name), NULL, 0);
	if (s->book->failed)
		return false;
	th_book_page(s->book, true);
	th_book_widths(s->book, width, columns);
	for (size_t i = 0; i < heads; i++)
		th_sheet_head(s, i, th_sheet_word(s, head[i]));
	return !s->book->failed;
}

/* --- places --- */

void th_sheet_put_name(th_sheets *s, th_label name)
{
	th_buf_char(&s->text, '\'');
	th_buf_slice(&s->text, th_sheet_word(s, name));
	th_buf_str(&s->text, "'!");
}

void th_sheet_put_place(th_sheets *s, size_t column, size_t row)
{
	th_put_cell(&s->text, column, row, false);
}

void th_sheet_put_fixed(th_sheets *s, size_t column, size_t row)
{
	th_put_cell(&s->text, column, row, true);
}

size_t th_ledger_at(const th_sheets *s, th_ledger_column column)
{
	return column > TH_LEDGER_UNIT ? (size_t)column + s->terms : (size_t)column;
}

void th_sheet_put_range(th_sheets *s, th_ledger_column column)
{
	th_sheet_put_name(s, W_X_LEDGER);
	th_sheet_put_fixed(s, th_ledger_at(s, column), 1);
	th_buf_char(&s->text, ':');
	th_sheet_put_fixed(s, th_ledger_at(s, column), s->rows ? s->rows : 1);
}

bool th_sheet_is_near(double a, double b)
{
	return fabs(a - b) <= 1e-7 + 1e-12 * fabs(b);
}
