/* SPDX-License-Identifier: GPL-3.0-or-later */
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

static void measure(const th_grid *grid, layout *lay)
{
	size_t whole[TH_GRID_COLUMNS] = {0};
	for (size_t i = 0, column = 0; i < grid->cells; i++) {
		if (grid->cell[i].note)
			continue;
		th_slice text = cell_text(grid, i);
		size_t width = th_width(text), part = 0;
		if (grid->align[column] == 'd' && is_number(text)) {
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
			print_cell(out, line, grid->align[c], lay->width[c], lay->part[c]);
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
