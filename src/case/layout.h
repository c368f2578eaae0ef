/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_LAYOUT_H
#define TH_CASE_LAYOUT_H

/* Office tables as they are: what a table laid out for people says, as the rows of a long table.
 *
 * Titles, headers of up to three rows, periods, activities or sites across, units in headers, totals, notes and several tables in one sheet are
 * recognised by the aliases of columns.csv, the names of activities and units, and layout_words.csv. What is ambiguous is an error that names the
 * candidates. Every long cell keeps the place of the cell that it comes from. */

#include "reference/reference.h"

typedef struct th_layout_options {
	const char *file; /* a layout to read by, NULL: TABLE.layout.csv beside the table if it is there, else what is recognised */
	int year;         /* of months that say none; 0: not given */
} th_layout_options;

typedef struct th_layout th_layout;

/* Read the table in `rows`, of which only the header was read, as an office table of a kind of file ("inventory", "measures", "targets"; NULL: the
 * one whose columns it has most of): from now on
 * the rows are those of the long table, their header the canonical names. The layout, which *out shows, is the rows' and goes with them.
 * Reported: whatever is not understood. */
TH_MUST_USE th_status th_layout_open(const th_reference *reference, const char *kind, th_rows *rows, const th_layout_options *options,
                                     th_diags *diags, th_layout **out);
/* Is there a layout that the user keeps: one named by the options, or TABLE.layout.csv? TH_SYSTEM, and reported, when that cannot be seen. */
TH_MUST_USE th_status th_layout_kept(const th_layout_options *options, const char *path, th_diags *diags, bool *kept);

/* Does a header do as that of a long table: each required column once, no month beside a year? Nothing is reported. */
bool th_layout_is_long(const th_reference *reference, const char *kind, const th_rows *rows, const th_column *want, size_t count);

/* Does a text begin a note or a line of signatures below a table: 注：, 制表人： */
bool th_layout_is_note(const th_reference *reference, th_slice text);

/* What was recognised: `key,value`, as FILE.layout.csv has it. */
void th_layout_put(const th_layout *layout, th_buf *out);
/* The same in one line, for the head of a report. */
void th_layout_say(const th_layout *layout, th_lang lang, th_buf *out);
/* The long table as CSV, all of it or at most so many rows, with the names of its columns in `lang`; and as JSON's rows. */
void th_layout_put_long(const th_layout *layout, th_lang lang, size_t most, th_buf *out);
void th_layout_put_json(const th_layout *layout, const char *path, const char *sha256, th_buf *out);
size_t th_layout_at(const th_layout *layout); /* of the table, from 0: that of the quantity of the row last read */
size_t th_layout_lines(const th_layout *layout);
/* Of the layout file that was followed: its name and SHA-256; NULL when there is none. */
const char *th_layout_file(const th_layout *layout, const char **sha256);

#endif
