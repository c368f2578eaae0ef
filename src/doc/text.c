/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document as text. Every cell is written out once; then the widths of a table's columns are known, and its rows follow. */
#include "doc/doc.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { GAP = 2, NARROW = 12, NOTE_INDENT = 4 };

struct th_grid_cell {
	size_t end; /* in grid->text */
	bool note;
};

typedef struct layout {
	size_t columns, indent;
	size_t width[TH_GRID_COLUMNS];
	size_t part[TH_GRID_COLUMNS]; /* d: columns behind the decimal point, the point included */
} layout;

void th_grid_text(th_grid *grid, th_slice text)
{
	th_utf8_escape(text, &grid->text);
}

static void end_cell(th_grid *grid, bool note)
{
	if (grid->cells == grid->room) {
		size_t room = grid->room ? grid->room * 2 : 64;
		struct th_grid_cell *grown = room <= SIZE_MAX / 2 / sizeof *grown ? th_realloc(grid->cell, room * sizeof *grown) : NULL;
		if (!grown) {
			grid->failed = true;
			return;
		}
		grid->cell = grown;
		grid->room = room;
	}
	grid->cell[grid->cells++] = (struct th_grid_cell){grid->text.len, note};
}

void th_grid_end(th_grid *grid)
{
	end_cell(grid, false);
}

void th_grid_cell(th_grid *grid, th_slice text)
{
	th_grid_text(grid, text);
	end_cell(grid, false);
}

void th_grid_note(th_grid *grid)
{
	end_cell(grid, true);
}

static th_slice cell_text(const th_grid *grid, size_t index)
{
	size_t from = index ? grid->cell[index - 1].end : 0;
	return (th_slice){grid->text.ptr ? grid->text.ptr + from : "", grid->cell[index].end - from};
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

static bool is_head(const th_grid *grid, const layout *lay, size_t index)
{
	return grid->headed && index < lay->columns;
}

static void measure(const th_grid *grid, layout *lay)
{
	size_t whole[TH_GRID_COLUMNS] = {0};
	for (size_t i = 0, column = 0; i < grid->cells; i++) {
		if (grid->cell[i].note)
			continue;
		th_slice text = cell_text(grid, i);
		size_t width = th_width(text), part = 0;
		if (grid->align[column] == 'd' && !is_head(grid, lay, i) && is_number(text)) {
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
static void shrink(const th_grid *grid, layout *lay)
{
	size_t total = lay->indent + GAP * (lay->columns - 1);
	for (size_t c = 0; c < lay->columns; c++)
		total += lay->width[c];
	while (total > TH_PAGE) {
		size_t widest = lay->columns;
		for (size_t c = 0; c < lay->columns; c++)
			if (grid->align[c] == 'l' && lay->width[c] > NARROW && (widest == lay->columns || lay->width[c] > lay->width[widest]))
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

static void print_row(const th_grid *grid, const layout *lay, size_t first, th_buf *out)
{
	th_slice rest[TH_GRID_COLUMNS];
	for (size_t c = 0; c < lay->columns; c++)
		rest[c] = cell_text(grid, first + c);
	bool more = true;
	while (more) {
		size_t from = out->len;
		more = false;
		blanks(out, lay->indent);
		for (size_t c = 0; c < lay->columns; c++) {
			th_slice line = grid->align[c] == 'l' ? take_line(&rest[c], lay->width[c]) : rest[c];
			if (grid->align[c] != 'l')
				rest[c].len = 0;
			more |= rest[c].len > 0;
			if (c > 0)
				blanks(out, GAP);
			print_cell(out, line, grid->align[c] == 'd' && is_head(grid, lay, first) ? 'r' : grid->align[c], lay->width[c], lay->part[c]);
		}
		end_line(out, from);
	}
}

static void print_note(th_slice rest, size_t indent, th_buf *out)
{
	do {
		blanks(out, indent);
		th_buf_slice(out, take_line(&rest, TH_PAGE - indent));
		th_buf_char(out, '\n');
	} while (rest.len);
}

void th_grid_print(th_grid *grid, size_t indent, th_buf *out)
{
	layout lay = {.columns = strlen(grid->align), .indent = indent};
	if (grid->failed || grid->text.failed)
		out->failed = true;
	else {
		measure(grid, &lay);
		shrink(grid, &lay);
		for (size_t i = 0; i < grid->cells;) {
			if (grid->cell[i].note) {
				print_note(cell_text(grid, i), indent + NOTE_INDENT, out);
				i++;
			} else {
				print_row(grid, &lay, i, out);
				i += lay.columns;
			}
		}
	}
	th_buf_free(&grid->text);
	free(grid->cell);
	*grid = (th_grid){0};
}

/* --- blocks --- */

enum { SECTION_INDENT = 2, ITEM_INDENT = 4 };

static void put_cell(const th_doc *doc, const th_doc_cell *cell, th_buf *out)
{
	if (cell->plus && (cell->value == TH_DOC_AMOUNT) && cell->is.number.mass > 0)
		th_buf_char(out, '+');
	switch (cell->value) {
	case TH_DOC_TEXT:
	case TH_DOC_NOTE:
		th_utf8_escape(th_doc_text_of(doc, cell), out);
		break;
	case TH_DOC_SHORT_NOTE: {
		th_buf whole = {0};
		th_utf8_escape(th_doc_text_of(doc, cell), &whole);
		th_width_cut(th_buf_view(&whole), TH_TEXT_PAGE - NOTE_INDENT, out);
		out->failed |= whole.failed;
		th_buf_free(&whole);
		break;
	}
	case TH_DOC_NONE:
		th_buf_char(out, '-');
		break;
	case TH_DOC_INTEGER:
		th_buf_printf(out, "%lld", cell->is.integer);
		break;
	case TH_DOC_REAL:
		th_buf_printf(out, "%.*f", cell->digits, cell->is.real);
		break;
	case TH_DOC_AMOUNT:
		th_put_mass_rounded(out, cell->is.number.mass, cell->shift, cell->digits, true);
		break;
	case TH_DOC_SHARE:
		if (!th_put_percent(out, cell->is.number.mass, cell->is.number.whole, cell->plus))
			th_buf_char(out, '-');
		break;
	case TH_DOC_QUOTIENT:
		th_put_mass_quotient(out, cell->is.number.mass, cell->shift, cell->is.number.divisor, cell->digits);
		break;
	}
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
	th_grid grid = {.align = "ll"};
	for (size_t i = 0; i < block->cells; i++) {
		put_cell(doc, &doc->cell[block->first + i], &grid.text);
		th_grid_end(&grid);
	}
	th_grid_print(&grid, indent, out);
}

static void fill_row(th_grid *grid, size_t columns, size_t *column)
{
	while (*column % columns != 0) {
		th_grid_end(grid);
		++*column;
	}
}

static void put_table(const th_doc *doc, const th_doc_block *block, size_t indent, th_buf *out)
{
	static const char letter[TH_DOC_KINDS] = {[TH_DOC_WORD] = 'l', [TH_DOC_YEAR] = 'r', [TH_DOC_COUNT] = 'r', [TH_DOC_NUMBER] = 'd',
	                                          [TH_DOC_MASS] = 'd', [TH_DOC_MONEY] = 'd', [TH_DOC_PERCENT] = 'r', [TH_DOC_FIGURE] = 'r'};
	char align[TH_DOC_COLUMNS + 2] = "l";
	size_t bullet = block->bulleted, columns = block->columns + bullet, column = 0;
	th_grid grid = {.align = align, .headed = block->headed};
	for (size_t c = 0; c < block->columns; c++)
		align[bullet + c] = letter[block->column[c]];
	for (size_t i = block->headed ? 0 : block->columns; i < block->cells; i++) {
		const th_doc_cell *cell = &doc->cell[block->first + i];
		bool note = cell->value == TH_DOC_NOTE || cell->value == TH_DOC_SHORT_NOTE;
		if (note)
			fill_row(&grid, columns, &column);
		else if (bullet && column % columns == 0) {
			th_grid_cell(&grid, block->headed && column == 0 ? TH_S("") : TH_S("-"));
			column++;
		}
		put_cell(doc, cell, &grid.text);
		if (note)
			th_grid_note(&grid);
		else {
			th_grid_end(&grid);
			column++;
		}
	}
	fill_row(&grid, columns, &column);
	th_grid_print(&grid, indent, out);
}

/* A part at the margin is set off by a blank line; further in, whatever is no section of its own is, but not at the head of what holds it. */
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
