/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_INVENTORY_H
#define TH_CASE_INVENTORY_H

/* An inventory file, line by line, its columns found by their names. */

#include "case/layout.h"

typedef enum th_inventory_column {
	TH_COL_PERIOD, TH_COL_ACTIVITY, TH_COL_QUANTITY, TH_COL_UNIT, TH_COL_SITE, TH_COL_SOURCE, TH_COL_SCOPE, TH_COL_FACTOR, TH_COL_REGION,
	TH_COL_UNCERTAINTY, TH_COL_NCV, TH_COL_CARBON, TH_COL_OXIDATION, TH_COL_DENSITY, TH_COL_INSTRUMENT, TH_COL_EVIDENCE, TH_COL_NOTE, TH_COL_STATED_FACTOR, TH_COL_STATED_EMISSIONS, TH_COL_GRADE,
	TH_COL_PRODUCT, TH_COL_STAGE, TH_COL_SHARE,
	TH_COLS
} th_inventory_column;

typedef struct th_inventory th_inventory;

typedef struct th_line {
	/* Empty when the line or the file has none; valid until the next line. A number has the unit of its header behind it. A number in the column
	 * of factors is the filer's own factor, TH_COL_STATED_FACTOR, unless a factor is called that. */
	th_slice cell[TH_COLS];
	size_t line;
	th_slice raw;
	char delimiter; /* of the file's cells */
} th_line;

/* Open and read the header. A long table with its header in the first line is read line by line; any other is recognised as a whole (layout.h),
 * by `layout`. `path` must outlive the inventory and what it reports. */
TH_MUST_USE th_status th_inventory_open(const th_reference *reference, const char *path, th_encoding encoding, const th_layout_options *layout,
                                        th_diags *diags, th_inventory **out);
TH_MUST_USE th_status th_inventory_next(th_inventory *inventory, th_line *line, bool *end);

/* --- many lines at once, by several threads --- */

/* Instead of th_inventory_next: lines, up to `most` bytes of them, which anybody can read by himself; valid until the next call. False: there are
 * none now, and th_inventory_next goes on. `take`, if any, is asked to take each of them, and with false leaves it and ends the piece. */
struct th_scanned;
typedef bool th_take_line(void *context, const struct th_scanned *scanned);
TH_MUST_USE bool th_inventory_piece(th_inventory *inventory, size_t most, th_take_line *take, void *context, th_piece *piece);
/* Another reader of the same table, which reports to its own list: th_inventory_take gives it a piece, which must outlive it, and
 * th_inventory_scan finds the lines in it up to its end. Places and unread cells are those of the line that th_inventory_line took. NULL without memory. Close it
 * before the inventory. */
th_inventory *th_inventory_view(const th_inventory *inventory, th_diags *diags);
TH_MUST_USE bool th_inventory_take(th_inventory *view, const th_piece *piece); /* false without memory */
bool th_inventory_scan(th_inventory *view, struct th_scanned *scanned);
void th_inventory_line(th_inventory *view, const struct th_scanned *scanned, th_line *line); /* line may be NULL */

/* A second reader of the same table, from its first line, with a list of findings of its own; `inventory` must outlive it, and another thread may read
 * on only where it is read in pieces. */
TH_MUST_USE th_status th_inventory_again(const th_inventory *inventory, th_diags *diags, th_inventory **out);

bool th_inventory_has(const th_inventory *inventory, th_inventory_column column);
bool th_inventory_is_read(const th_inventory *inventory); /* is each column of the file one of these? */
/* In which column of the file, from 1; 0 when it has none. */
size_t th_inventory_cell(const th_inventory *inventory, th_inventory_column column);
/* Of the line last read the next cell from column *at (0: the first) on that holds something and that no known column is, with its header
 * (empty: it has none); *at becomes the column's number from 1. False behind the last. */
bool th_inventory_unread(const th_inventory *inventory, size_t *at, th_slice *name, th_slice *cell);
/* The place of a cell of the line last read. */
th_pos th_inventory_place(const th_inventory *inventory, th_inventory_column column);
th_layout *th_inventory_layout(const th_inventory *inventory); /* NULL: a long table */
/* In which column the quantity of the line last read stands, from 1. */
size_t th_inventory_quantity(const th_inventory *inventory);
const th_rows *th_inventory_table(const th_inventory *inventory); /* what it is read from */
size_t th_inventory_rows(const th_inventory *inventory);
void th_inventory_close(th_inventory *inventory);

#endif
