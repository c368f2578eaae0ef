/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document as text. Every cell is written out once; then the widths of a table's columns are known, and its rows follow. */
#include "doc/doc.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/utf8.h"

enum { GAP = 2, NARROW = 12, NOTE_INDENT = 4, MOST = TH_DOC_COLUMNS + 1 /* a bullet */ };

typedef struct grid_cell {
	size_t end; /* in g->text */
	bool note;  /* a line of its own across all columns */
} grid_cell;

/* Cells written out, under one set of widths. The widest columns of words are wrapped when the page is too narrow. */
typedef struct grid {
	const char *align;  /* a letter for each column: l left, r right, d numbers at the decimal point */
	th_buf text;        /* of the cells, one behind the other */
	grid_cell *cell;
	size_t cells;
	bool failed, headed; /* headed: the first row are heads */
} grid;

typedef struct layout {
	size_t columns, indent;
	size_t width[MOST];
	size_t part[MOST]; /* d: columns behind the decimal point, the point included */
} layout;

static void end_cell(grid *g, bool note)
{
	grid_cell *to = th_grown(g->cell, g->cells, sizeof *to);
	if (!to) {
		g->failed = true;
		return;
	}
	g->cell = to;
	g->cell[g->cells++] = (grid_cell){g->text.len, note};
}

static th_slice cell_text(const grid *g, size_t index)
{
	size_t from = index ? g->cell[index - 1].end : 0;
	return (th_slice){g->text.ptr ? g->text.ptr + from : "", g->cell[index].end - from};
}

static bool is_number(th_slice text)
{
	size_t sign = text.len > 1 && (text.ptr[0] == '-' || text.ptr[0] == '+');
	return text.len > sign && text.ptr[sign] >= '0' && text.ptr[sign] <= '9';
}

/* Bytes (all ASCII) from the decimal point on. */
static size_t part_of(th_slice number)
{
	const char *point = memchr(number.ptr, '.', number.len);
	return point ? number.len - (size_t)(point - number.ptr) : 0;
}

static bool is_head(const grid *g, const layout *lay, size_t index)
{
	return g->headed && index < lay->columns;
}

static void measure(const grid *g, layout *lay)
{
	size_t whole[MOST] = {0};
	for (size_t i = 0, column = 0; i < g->cells; i++) {
		if (g->cell[i].note)
			continue;
		th_slice text = cell_text(g, i);
		size_t width = th_width(text), part = 0;
		if (g->align[column] == 'd' && !is_head(g, lay, i) && is_number(text)) {
			part = part_of(text);
			whole[column] = width - part > whole[column] ? width - part : whole[column];
			lay->part[column] = part > lay->part[column] ? part : lay->part[column];
		} else if (width > lay->width[column])
			lay->width[column] = width;
		column = (column + 1) % lay->columns;
	}
	for (size_t c = 0; c < lay->columns; c++)
		if (whole[c] + lay->part[c] > lay->width[c])
			lay->width[c] = whole[c] + lay->part[c];
}

/* Take columns from the widest text until the row fits the page, or nothing can be taken. */
static void shrink(const grid *g, layout *lay)
{
	size_t total = lay->indent + GAP * (lay->columns - 1);
	for (size_t c = 0; c < lay->columns; c++)
		total += lay->width[c];
	while (total > TH_TEXT_PAGE) {
		size_t widest = lay->columns;
		for (size_t c = 0; c < lay->columns; c++)
			if (g->align[c] == 'l' && lay->width[c] > NARROW && (widest == lay->columns || lay->width[c] > lay->width[widest]))
				widest = c;
		if (widest == lay->columns)
			return;
		lay->width[widest]--;
		total--;
	}
}

static void blanks(th_buf *out, size_t count)
{
	for (; count > 0; count--)
		th_buf_char(out, ' ');
}

static void end_line(th_buf *out, size_t from)
{
	while (out->len > from && out->ptr[out->len - 1] == ' ')
		out->len--;
	th_buf_char(out, '\n');
}

/* What of *rest goes on this line; *rest moves behind it and the blanks that follow. */
static th_slice take_line(th_slice *rest, size_t columns)
{
	size_t len = th_width_break(*rest, columns);
	th_slice line = {rest->ptr, len};
	while (len < rest->len && rest->ptr[len] == ' ')
		len++;
	*rest = (th_slice){rest->ptr + len, rest->len - len};
	while (line.len && line.ptr[line.len - 1] == ' ')
		line.len--;
	return line;
}

/* `part`: how far from the right edge the decimal point of a number stands. */
static void print_cell(th_buf *out, th_slice text, char align, size_t width, size_t part)
{
	size_t used = th_width(text), right = 0;
	if (align == 'd' && is_number(text))
		right = part - part_of(text);
	size_t left = align != 'l' && used + right < width ? width - used - right : 0;
	blanks(out, left);
	th_buf_slice(out, text);
	blanks(out, left + used < width ? width - left - used : 0);
}

static void print_row(const grid *g, const layout *lay, size_t first, th_buf *out)
{
	th_slice rest[MOST];
	for (size_t c = 0; c < lay->columns; c++)
		rest[c] = cell_text(g, first + c);
	bool more = true;
	while (more) {
		size_t from = out->len;
		more = false;
		blanks(out, lay->indent);
		for (size_t c = 0; c < lay->columns; c++) {
			th_slice line = g->align[c] == 'l' ? take_line(&rest[c], lay->width[c]) : rest[c];
			if (g->align[c] != 'l')
				rest[c].len = 0;
			more |= rest[c].len > 0;
			if (c > 0)
				blanks(out, GAP);
			print_cell(out, line, g->align[c] == 'd' && is_head(g, lay, first) ? 'r' : g->align[c], lay->width[c], lay->part[c]);
		}
		end_line(out, from);
	}
}

static void print_note(th_slice rest, size_t indent, th_buf *out)
{
	do {
		blanks(out, indent);
		th_buf_slice(out, take_line(&rest, TH_TEXT_PAGE - indent));
		th_buf_char(out, '\n');
	} while (rest.len);
}

static void print_grid(grid *g, size_t indent, th_buf *out)
{
	layout lay = {.columns = strlen(g->align), .indent = indent};
	if (g->failed || g->text.failed)
		out->failed = true;
	else {
		measure(g, &lay);
		shrink(g, &lay);
		for (size_t i = 0; i < g->cells;) {
			if (g->cell[i].note) {
				print_note(cell_text(g, i), indent + NOTE_INDENT, out);
				i++;
			} else {
				print_row(g, &lay, i, out);
				i += lay.columns;
			}
		}
	}
	th_buf_free(&g->text);
	free(g->cell);
	*g = (grid){0};
}

/* --- blocks --- */

enum { SECTION_INDENT = 2, ITEM_INDENT = 4 };

static void put_cell(const th_doc *doc, const th_doc_cell *cell, th_buf *out)
{
	if (!th_doc_is_text(cell)) {
		th_put_doc_number(cell, out);
		return;
	}
	if (cell->value != TH_DOC_SHORT_NOTE) {
		th_utf8_escape(th_doc_text_of(doc, cell), out);
		return;
	}
	th_buf whole = {0};
	th_utf8_escape(th_doc_text_of(doc, cell), &whole);
	th_width_cut(th_buf_view(&whole), TH_TEXT_PAGE - NOTE_INDENT, out);
	out->failed |= whole.failed;
	th_buf_free(&whole);
}

/* Text from `indent` to the end of the page, on as many lines as it takes. */
static void put_wrapped(th_slice rest, size_t indent, th_buf *out)
{
	do {
		size_t from = out->len;
		blanks(out, indent);
		th_buf_slice(out, take_line(&rest, TH_TEXT_PAGE - indent));
		end_line(out, from);
	} while (rest.len);
}

static void put_line(const th_doc *doc, size_t cell, const char *before, size_t indent, th_buf *out)
{
	th_buf text = {0};
	th_buf_str(&text, before);
	put_cell(doc, &doc->cell[cell], &text);
	out->failed |= text.failed;
	put_wrapped(th_buf_view(&text), indent, out);
	th_buf_free(&text);
}

static void put_fields(const th_doc *doc, const th_doc_block *block, size_t indent, th_buf *out)
{
	grid g = {.align = "ll"};
	for (size_t i = 0; i < block->cells; i++) {
		put_cell(doc, &doc->cell[block->first + i], &g.text);
		end_cell(&g, false);
	}
	print_grid(&g, indent, out);
}

static void fill_row(grid *g, size_t columns, size_t *column)
{
	while (*column % columns != 0) {
		end_cell(g, false);
		++*column;
	}
}

static void put_table(const th_doc *doc, const th_doc_block *block, size_t indent, th_buf *out)
{
	static const char letter[TH_DOC_KINDS] = {[TH_DOC_WORD] = 'l', [TH_DOC_YEAR] = 'r', [TH_DOC_COUNT] = 'r', [TH_DOC_NUMBER] = 'd',
	                                          [TH_DOC_MASS] = 'd', [TH_DOC_MONEY] = 'd', [TH_DOC_PERCENT] = 'r', [TH_DOC_FIGURE] = 'r'};
	char align[MOST + 1] = "l";
	size_t bullet = block->bulleted, columns = block->columns + bullet, column = 0;
	grid g = {.align = align, .headed = block->headed};
	if (block->columns == 0)
		return;
	for (size_t c = 0; c < block->columns; c++)
		align[bullet + c] = letter[block->column[c]];
	for (size_t i = block->headed ? 0 : block->columns; i < block->cells; i++) {
		const th_doc_cell *cell = &doc->cell[block->first + i];
		bool note = th_doc_is_note(cell);
		if (note)
			fill_row(&g, columns, &column);
		else if (bullet && column % columns == 0) {
			th_buf_str(&g.text, block->headed && column == 0 ? "" : "-");
			end_cell(&g, false);
			column++;
		}
		put_cell(doc, cell, &g.text);
		if (note)
			end_cell(&g, true);
		else {
			end_cell(&g, false);
			column++;
		}
	}
	fill_row(&g, columns, &column);
	print_grid(&g, indent, out);
}

/* A part at the margin is set off by a blank line; further in, whatever is no section of its own is, but not at the head of what
 * holds it. */
static void open_part(const th_doc *doc, size_t block, size_t indent, th_buf *out)
{
	const th_doc_block *part = &doc->block[block];
	bool set_off = indent == 0 ? out->len > 0 : part->part != TH_DOC_SECTION && part[-1].kind != TH_DOC_OPEN;
	if (set_off)
		th_buf_char(out, '\n');
	if (doc->cell[part->first].is.text.len)
		put_line(doc, part->first, "", indent, out);
}

static void put_block(const th_doc *doc, const th_doc_block *block, size_t indent, th_buf *out)
{
	if (block->kind == TH_DOC_TABLE)
		put_table(doc, block, indent, out);
	else if (block->kind == TH_DOC_FIELDS)
		put_fields(doc, block, indent, out);
	else
		for (size_t i = 0; i < block->cells; i++)
			put_line(doc, block->first + i, block->kind == TH_DOC_LIST ? "- " : "", indent, out);
}

void th_put_doc_text(th_buf *out, const th_doc *doc)
{
	static const size_t step[] = {[TH_DOC_SECTION] = SECTION_INDENT, [TH_DOC_PLAIN] = 0, [TH_DOC_ITEM] = ITEM_INDENT};
	size_t indent[TH_DOC_DEPTH + 1] = {0}, depth = 0;
	out->failed |= th_doc_failed(doc);
	for (size_t i = 0; i < doc->blocks && !out->failed; i++) {
		const th_doc_block *block = &doc->block[i];
		if (block->kind == TH_DOC_OPEN) {
			open_part(doc, i, indent[depth], out);
			indent[depth + 1] = indent[depth] + step[block->part];
			depth++;
		} else if (block->kind == TH_DOC_CLOSE)
			depth--;
		else
			put_block(doc, block, indent[depth], out);
	}
}
