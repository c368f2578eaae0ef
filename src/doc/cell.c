/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cell as it is shown to people, whatever the page is. */
#include "doc/doc.h"

bool th_doc_is_text(const th_doc_cell *cell)
{
	return cell->value == TH_DOC_TEXT || th_doc_is_note(cell);
}

bool th_doc_is_note(const th_doc_cell *cell)
{
	return cell->value == TH_DOC_NOTE || cell->value == TH_DOC_SHORT_NOTE;
}

bool th_doc_is_number(th_doc_kind kind)
{
	return kind != TH_DOC_WORD;
}

bool th_doc_has_heads(const th_doc *doc, const th_doc_block *table)
{
	for (size_t c = 0; c < table->columns; c++)
		if (doc->cell[table->first + c].is.text.len)
			return true;
	return false;
}

bool th_doc_is_nothing(const th_doc *doc, const th_doc_block *table)
{
	return table->cells == table->columns && !th_doc_has_heads(doc, table);
}

/* Its whole part in groups of three, as masses have it. */
static void put_real(double value, int digits, th_buf *out)
{
	enum { GROUP = 3 };
	th_buf text = {0};
	th_buf_printf(&text, "%.*f", digits, value);
	size_t first = text.len && text.ptr[0] == '-', end = first;
	while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9')
		end++;
	for (size_t i = 0; i < text.len; i++) {
		if (i > first && i < end && (end - i) % GROUP == 0)
			th_buf_char(out, ',');
		th_buf_char(out, text.ptr[i]);
	}
	out->failed |= text.failed;
	th_buf_free(&text);
}

void th_put_doc_number(const th_doc_cell *cell, th_buf *out)
{
	if (cell->plus && cell->value == TH_DOC_AMOUNT && cell->is.mass > 0)
		th_buf_char(out, '+');
	switch ((th_doc_value)cell->value) {
	case TH_DOC_TEXT:
	case TH_DOC_NOTE:
	case TH_DOC_SHORT_NOTE:
		break;
	case TH_DOC_NONE:
		th_buf_char(out, '-');
		break;
	case TH_DOC_INTEGER:
		th_buf_printf(out, "%lld", cell->is.integer);
		break;
	case TH_DOC_REAL:
		put_real(cell->is.real, cell->digits, out);
		break;
	case TH_DOC_AMOUNT:
		th_put_mass_rounded(out, cell->is.mass, cell->shift, cell->digits, true);
		break;
	case TH_DOC_SHARE:
		if (!th_put_percent(out, cell->is.mass, *cell->by.whole, cell->plus))
			th_buf_char(out, '-');
		break;
	case TH_DOC_QUOTIENT:
		th_put_mass_quotient(out, cell->is.mass, cell->shift, cell->by.divisor, cell->digits);
		break;
	}
}

void th_put_doc_digits(const th_doc_cell *cell, th_buf *out)
{
	enum { SIGNIFICANT = 15 };
	th_ratio percent;
	switch ((th_doc_value)cell->value) {
	case TH_DOC_TEXT:
	case TH_DOC_NOTE:
	case TH_DOC_SHORT_NOTE:
	case TH_DOC_NONE:
		break;
	case TH_DOC_INTEGER:
		th_buf_printf(out, "%lld", cell->is.integer);
		break;
	case TH_DOC_REAL:
		th_buf_printf(out, "%.9f", cell->is.real);
		break;
	case TH_DOC_AMOUNT:
		th_put_mass(out, cell->is.mass, cell->shift);
		break;
	case TH_DOC_SHARE:
		percent = th_mass_ratio(*cell->by.whole);
		th_ratio_mul_int(&percent, 1, 100, 0);
		th_put_mass_quotient(out, cell->is.mass, 0, &percent, SIGNIFICANT);
		break;
	case TH_DOC_QUOTIENT:
		th_put_mass_quotient(out, cell->is.mass, cell->shift, cell->by.divisor, SIGNIFICANT);
		break;
	}
}
