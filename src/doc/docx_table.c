/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of a word processor's document: three lines, heads that stand on every page, rows that are not torn apart, columns as wide as their numbers need. */
#include "base/utf8.h"
#include "doc/docx.h"
#include "doc/picture.h"

enum { MOST = TH_DOC_COLUMNS + 1 /* a bullet */, MARGINS = 160 };

typedef struct table {
	th_buf *out;
	const th_doc *doc;
	const th_doc_block *block;
	size_t columns;
	bool bulleted, headed, ruled;
	bool prose;                     /* what is said in it may take several lines: its letters stay large */
	double least[MOST], wish[MOST]; /* widths in em: what cannot be broken, all of it */
	unsigned width[MOST];           /* in twentieths of a point */
	int size;                       /* of letters, in half points */
} table;

/* --- cells --- */

static void put_cell(const th_doc *doc, const th_doc_cell *cell, th_buf *out)
{
	if (th_doc_is_text(cell))
		th_put_markup(out, th_doc_text_of(doc, cell));
	else
		th_put_doc_number(cell, out);
}

/* --- widths --- */

/* A hyphen behind a digit belongs to a day. */
static bool ends_piece(th_slice text, size_t at)
{
	return text.ptr[at] == '/' || (text.ptr[at] == '-' && !(at > 0 && text.ptr[at - 1] >= '0' && text.ptr[at - 1] <= '9'));
}

/* The widest piece of a text that a line is not to end in: a word, or a character of a script that may end anywhere. */
static double longest_piece(th_slice text)
{
	double longest = 0, piece = 0;
	for (size_t i = 0, size; i < text.len; i += size) {
		(void)th_utf8_next(th_slice_from(text, i), &size);
		th_slice one = {text.ptr + i, size};
		bool wide = th_width(one) == 2;
		piece = (wide || one.ptr[0] == ' ' ? 0 : piece) + th_text_width(one, 1, false);
		longest = piece > longest ? piece : longest;
		piece = wide || ends_piece(text, i) ? 0 : piece;
	}
	return longest;
}

static void measure_cell(table *t, size_t column, const th_doc_cell *cell, bool head)
{
	enum { LONG = 7 }; /* em: a name or a digest that is longer is broken in its middle */
	static const double SHORT = 4.5, SPARE = .4;
	th_buf number = {0};
	th_slice text = th_doc_text_of(t->doc, cell);
	if (!th_doc_is_text(cell)) {
		th_put_doc_number(cell, &number);
		text = th_buf_view(&number);
	}
	double wish = th_text_width(text, 1, head) + SPARE, least = th_doc_is_text(cell) ? longest_piece(text) + SPARE : wish;
	least = !th_doc_is_text(cell) ? least : least > LONG ? LONG : least > SHORT ? least : wish < SHORT ? wish : SHORT;
	t->wish[column] = wish > t->wish[column] ? wish : t->wish[column];
	t->least[column] = least > t->least[column] ? least : t->least[column];
	t->out->failed |= number.failed;
	th_buf_free(&number);
}

/* In em, without the margins of the cells. */
static double room_of(const table *t, int size)
{
	return (double)(TH_DOCX_ACROSS - (int)t->columns * MARGINS) / (size * 10);
}

static double sum_of(const table *t, const double *width)
{
	double sum = 0;
	for (size_t c = 0; c < t->columns; c++)
		sum += width[c];
	return sum;
}

/* The largest letters with which no cell has to be broken, if they are of a good size; else those with which what cannot be broken fits. */
static int size_for(const table *t)
{
	static const int sizes[] = {21, 18, 15, 13};
	enum { SIZES = sizeof sizes / sizeof *sizes, GOOD = 2 };
	for (size_t s = 0; s < GOOD && !t->prose; s++)
		if (sum_of(t, t->wish) <= room_of(t, sizes[s]))
			return sizes[s];
	for (size_t s = 0; s + 1 < SIZES; s++)
		if (sum_of(t, t->least) <= room_of(t, sizes[s]))
			return sizes[s];
	return sizes[SIZES - 1];
}

/* The room that is left goes to the columns by what they wish for. */
static void share_out(table *t)
{
	t->size = size_for(t);
	double room = room_of(t, t->size), least = sum_of(t, t->least), wish = sum_of(t, t->wish) - least, left = room - least, used = 0;
	for (size_t c = 0; c < t->columns; c++) {
		double width = t->least[c];
		if (left < 0)
			width *= room / least;
		else if (wish > left)
			width += left * (t->wish[c] - t->least[c]) / wish;
		else
			width = t->wish[c] + (left - wish) * (t->wish[c] + 1) / (wish + least + (double)t->columns);
		t->width[c] = (unsigned)(width * t->size * 10) + MARGINS;
		used += t->width[c];
	}
	t->width[t->columns - 1] += used < TH_DOCX_ACROSS ? (unsigned)(TH_DOCX_ACROSS - used) : 0;
}

/* --- rows --- */

static void open_row(table *t, bool head)
{
	th_buf_str(t->out, head ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
}

static void open_cell(table *t, size_t column, size_t span, bool head, const char *side)
{
	unsigned width = 0;
	for (size_t i = 0; i < span; i++)
		width += t->width[column + i];
	th_buf_printf(t->out, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>", width);
	if (span > 1)
		th_buf_printf(t->out, "<w:gridSpan w:val=\"%zu\"/>", span);
	if (head)
		th_buf_str(t->out, "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:tcBorders>");
	th_buf_printf(t->out, "<w:vAlign w:val=\"%s\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/>", head ? "center" : "top");
	if (head)
		th_buf_str(t->out, "<w:keepNext/>");
	th_buf_printf(t->out, "<w:jc w:val=\"%s\"/></w:pPr><w:r><w:rPr>%s<w:sz w:val=\"%d\"/></w:rPr><w:t xml:space=\"preserve\">", side, head ? "<w:b/>" : "", t->size);
}

static void close_cell(table *t)
{
	th_buf_str(t->out, "</w:t></w:r></w:p></w:tc>");
}

static void put_bullet(table *t, bool head)
{
	open_cell(t, 0, 1, head, "left");
	th_buf_str(t->out, head ? "" : "•");
	close_cell(t);
}

static const char *side_of(const table *t, size_t column, const th_doc_cell *cell)
{
	bool number = th_doc_is_number(t->block->column[column]);
	return !number ? "left" : th_doc_is_text(cell) && t->block->column[column] == TH_DOC_YEAR ? "left" : "right";
}

/* Cells from `at` on that are a row; where it ends. A row that is not full is filled up. */
static size_t put_row(table *t, size_t at, bool head)
{
	size_t column = 0;
	open_row(t, head);
	if (t->bulleted)
		put_bullet(t, head);
	for (; column < t->block->columns && at < t->block->cells && !th_doc_is_note(&t->doc->cell[t->block->first + at]); column++, at++) {
		const th_doc_cell *cell = &t->doc->cell[t->block->first + at];
		open_cell(t, column + t->bulleted, 1, head, side_of(t, column, cell));
		put_cell(t->doc, cell, t->out);
		close_cell(t);
	}
	for (; column < t->block->columns; column++) {
		open_cell(t, column + t->bulleted, 1, head, "left");
		close_cell(t);
	}
	th_buf_str(t->out, "</w:tr>\n");
	return at;
}

static void put_note(table *t, const th_doc_cell *cell)
{
	open_row(t, false);
	open_cell(t, 0, t->columns, false, "left");
	put_cell(t->doc, cell, t->out);
	close_cell(t);
	th_buf_str(t->out, "</w:tr>\n");
}

static void put_frame(table *t)
{
	th_buf_printf(t->out, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/>", TH_DOCX_ACROSS);
	if (t->ruled)
		th_buf_str(t->out, "<w:tblBorders><w:top w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/>"
		                   "<w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders>");
	th_buf_str(t->out, "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
	for (size_t c = 0; c < t->columns; c++)
		th_buf_printf(t->out, "<w:gridCol w:w=\"%u\"/>", t->width[c]);
	th_buf_str(t->out, "</w:tblGrid>\n");
}

/* Two tables that follow each other would be one. */
static void end(table *t)
{
	th_buf_str(t->out, "</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"Gap\"/></w:pPr></w:p>\n");
}

void th_docx_table(th_buf *out, const th_doc *doc, const th_doc_block *block)
{
	table t = {.out = out, .doc = doc, .block = block, .columns = block->columns + block->bulleted, .bulleted = block->bulleted, .headed = th_doc_has_heads(doc, block),
	           .ruled = th_doc_has_heads(doc, block) && !block->bulleted};
	size_t first = t.headed ? 0 : block->columns;
	if (block->columns == 0 || first >= block->cells)
		return;
	if (t.bulleted)
		t.least[0] = t.wish[0] = 1;
	for (size_t i = first, column = 0; i < block->cells; i++) {
		const th_doc_cell *cell = &doc->cell[block->first + i];
		if (th_doc_is_note(cell)) {
			column = 0;
			continue;
		}
		measure_cell(&t, column + t.bulleted, cell, t.headed && i < block->columns);
		column = (column + 1) % block->columns;
	}
	share_out(&t);
	put_frame(&t);
	for (size_t at = first; at < block->cells;)
		if (th_doc_is_note(&doc->cell[block->first + at]))
			put_note(&t, &doc->cell[block->first + at++]);
		else
			at = put_row(&t, at, t.headed && at < block->columns);
	end(&t);
}

void th_docx_fields(th_buf *out, const th_doc *doc, const th_doc_block *block)
{
	th_doc_block pairs = *block;
	table t = {.out = out, .doc = doc, .block = &pairs, .columns = 2, .prose = true};
	pairs.columns = 2;
	pairs.column[0] = pairs.column[1] = TH_DOC_WORD;
	for (size_t i = 0; i < pairs.cells; i++)
		measure_cell(&t, i % 2, &doc->cell[pairs.first + i], false);
	/* Labels stand on one line, where they leave the values half of the page. */
	t.least[0] = t.wish[0] < room_of(&t, 21) / 3 ? t.wish[0] : room_of(&t, 21) / 3;
	share_out(&t);
	put_frame(&t);
	for (size_t at = 0; at < pairs.cells;)
		at = put_row(&t, at, false);
	end(&t);
}
