/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document as Markdown: CommonMark 0.31, with the tables of GitHub Flavored Markdown. Whatever a text holds stays text: each sign that means
 * something has a backslash before it, and a cell is one line. */
#include "doc/doc.h"

#include "base/utf8.h"

/* Signs that may mean something within a line. */
static bool is_sign(char c)
{
	return c && strchr("\\`*_[]<>|~&$#", c) != NULL;
}

/* What may begin a list, a heading or a rule at the head of a line: `-`, `+`, `=`, `12.`, `12)`. */
static size_t head_of(th_slice text)
{
	size_t digits = th_slice_digits(text, 0);
	if (text.len && strchr("-+=", text.ptr[0]))
		return 0;
	return digits && digits < text.len && strchr(".)", text.ptr[digits]) ? digits : SIZE_MAX;
}

static void put_escaped(th_slice text, bool at_head, th_buf *out)
{
	th_buf plain = {0}, line = {0};
	for (size_t i = 0; i < text.len; i++) /* a cell is one line */
		th_buf_char(&line, memchr("\n\r\t", text.ptr[i], 3) ? ' ' : text.ptr[i]);
	th_utf8_escape(th_buf_view(&line), &plain);
	th_slice shown = th_buf_view(&plain);
	size_t head = at_head ? head_of(shown) : SIZE_MAX;
	for (size_t i = 0; i < shown.len; i++) {
		if (i == head || is_sign(shown.ptr[i]))
			th_buf_char(out, '\\');
		th_buf_char(out, shown.ptr[i]);
	}
	out->failed |= plain.failed || line.failed;
	th_buf_free(&line);
	th_buf_free(&plain);
}

static void put_cell(const th_doc *doc, const th_doc_cell *cell, th_buf *out)
{
	if (th_doc_is_text(cell))
		put_escaped(th_doc_text_of(doc, cell), false, out);
	else
		th_put_doc_number(cell, out);
}

/* At the head of a line; such blocks hold text. */
static void put_head(const th_doc *doc, const th_doc_cell *cell, th_buf *out)
{
	put_escaped(th_doc_text_of(doc, cell), true, out);
}

/* --- blocks --- */

static void put_title(const th_doc *doc, const th_doc_cell *cell, size_t level, const th_buf *number, th_buf *out)
{
	enum { DEEPEST = 6 };
	for (size_t i = 0; i < level && i < DEEPEST; i++)
		th_buf_char(out, '#');
	th_buf_char(out, ' ');
	if (number)
		th_buf_slice(out, th_buf_view(number));
	put_cell(doc, cell, out);
	th_buf_str(out, "\n\n");
}

/* A value without a label goes on with the one before. */
static void put_fields(const th_doc *doc, const th_doc_block *block, th_buf *out)
{
	for (size_t i = 0; i + 1 < block->cells; i += 2) {
		const th_doc_cell *label = &doc->cell[block->first + i];
		bool again = label->is.text.len == 0;
		th_buf_str(out, again ? "  - " : "- **");
		put_cell(doc, label, out);
		th_buf_str(out, again ? "" : th_doc_is_chinese(doc) ? "**　" : "**  ");
		put_escaped(th_doc_text_of(doc, label + 1), again, out);
		th_buf_char(out, '\n');
	}
	th_buf_char(out, '\n');
}

static void put_list(const th_doc *doc, const th_doc_block *block, th_buf *out)
{
	for (size_t i = 0; i < block->cells; i++) {
		th_buf_str(out, "- ");
		put_head(doc, &doc->cell[block->first + i], out);
		th_buf_char(out, '\n');
	}
	th_buf_char(out, '\n');
}

static void end_row(size_t *column, size_t columns, th_buf *out)
{
	for (; *column % columns != 0; ++*column)
		th_buf_str(out, "  |");
	th_buf_char(out, '\n');
	*column = 0;
}

static void put_heads(const th_doc *doc, const th_doc_block *block, th_buf *out)
{
	th_buf_char(out, '|');
	for (size_t c = 0; c < block->columns; c++) {
		th_buf_char(out, ' ');
		put_cell(doc, &doc->cell[block->first + c], out);
		th_buf_str(out, " |");
	}
	th_buf_str(out, "\n|");
	for (size_t c = 0; c < block->columns; c++)
		th_buf_str(out, th_doc_is_number(block->column[c]) ? " ---: |" : " --- |");
	th_buf_char(out, '\n');
}

/* A note is a row whose first cell holds it, in italics. */
static void put_note(const th_doc *doc, const th_doc_cell *cell, size_t columns, th_buf *out)
{
	size_t column = 1;
	th_buf_str(out, "| *");
	put_cell(doc, cell, out);
	th_buf_str(out, "* |");
	end_row(&column, columns, out);
}

static void put_table(const th_doc *doc, const th_doc_block *block, th_buf *out)
{
	size_t column = 0;
	if (th_doc_is_nothing(doc, block))
		return;
	put_heads(doc, block, out);
	for (size_t i = block->columns; i < block->cells; i++) {
		const th_doc_cell *cell = &doc->cell[block->first + i];
		if (column && (th_doc_is_note(cell) || column == block->columns))
			end_row(&column, block->columns, out);
		if (th_doc_is_note(cell)) {
			put_note(doc, cell, block->columns, out);
			continue;
		}
		th_buf_str(out, column++ ? " " : "| ");
		put_cell(doc, cell, out);
		th_buf_str(out, " |");
	}
	if (column)
		end_row(&column, block->columns, out);
	th_buf_char(out, '\n');
}

static void put_open(th_doc_outline *outline, const th_doc *doc, const th_doc_block *block, th_buf *out)
{
	th_buf number = {0};
	if (th_doc_outline_open(outline, doc, block, &number))
		put_title(doc, &doc->cell[block->first], outline->level + 1, &number, out);
	out->failed |= number.failed;
	th_buf_free(&number);
}

static void put_caption(th_doc_outline *outline, const th_doc *doc, const th_doc_block *block, th_buf *out)
{
	th_buf_str(out, "**");
	th_doc_outline_caption(outline, doc, out);
	put_cell(doc, &doc->cell[block->first], out);
	th_buf_str(out, "**\n\n");
}

static void put_paragraph(const th_doc *doc, const th_doc_block *block, const char *before, const char *behind, th_buf *out)
{
	th_buf_str(out, before);
	put_head(doc, &doc->cell[block->first], out);
	th_buf_str(out, behind);
}

static void put_block(th_doc_outline *outline, const th_doc *doc, const th_doc_block *block, th_buf *out)
{
	switch (block->kind) {
	case TH_DOC_TITLE:
		put_title(doc, &doc->cell[block->first], 1, NULL, out);
		break;
	case TH_DOC_OPEN:
		put_open(outline, doc, block, out);
		break;
	case TH_DOC_CLOSE:
		th_doc_outline_close(outline);
		break;
	case TH_DOC_PARAGRAPH:
		put_paragraph(doc, block, "", "\n\n", out);
		break;
	case TH_DOC_MARK:
		put_paragraph(doc, block, "> **", "**\n\n", out);
		break;
	case TH_DOC_CAPTION:
		put_caption(outline, doc, block, out);
		break;
	case TH_DOC_LIST:
		put_list(doc, block, out);
		break;
	case TH_DOC_FIELDS:
		put_fields(doc, block, out);
		break;
	case TH_DOC_TABLE:
		put_table(doc, block, out);
		break;
	case TH_DOC_PICTURE: /* its numbers stand in the table behind it */
		break;
	}
}

void th_put_doc_markdown(th_buf *out, const th_doc *doc)
{
	th_doc_outline outline = {0};
	out->failed |= th_doc_failed(doc);
	for (size_t i = 0; i < doc->blocks && !out->failed; i++)
		put_block(&outline, doc, &doc->block[i], out);
}
