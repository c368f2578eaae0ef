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
	const char *file; /* a layout to read by, NULL: as the table is recognised; th_layout_kept finds the one beside it */
	int year;         /* of months that say none; 0: not given */
} th_layout_options;

typedef struct th_layout th_layout;

/* Read the table in `rows`, of which only the header was read, as an office table of a kind of file ("inventory", "measures", "targets"; NULL: the
 * one whose columns it has most of): from now on
 * the rows are those of the long table, their header the canonical names. The layout, which *out shows, is the rows' and goes with them.
 * Reported: whatever is not understood. */
TH_MUST_USE th_status th_layout_open(const th_reference *reference, const char *kind, th_rows *rows, const th_layout_options *options,
                                     th_diags *diags, th_layout **out);
/* The layout that the user keeps: the one named by the options, or TABLE.layout.csv beside the table; NULL: none. It lives as long as the findings.
 * TH_SYSTEM, and reported, when that cannot be seen. */
TH_MUST_USE th_status th_layout_kept(const th_layout_options *options, const char *path, th_diags *diags, const char **file);

/* Does the name of a sheet or file say a time, which a table without a column of periods is of? */
bool th_layout_dated(const th_reference *reference, const char *path);
/* Does a header do as that of a long table: each required column once, no month beside a year? Nothing is reported. */
bool th_layout_is_long(const th_reference *reference, const char *kind, const th_rows *rows, const th_column *want, size_t count);

/* Compare the sums since January (本年累计) that tables have with the months in any of them. A difference is an error, what could not be compared a
 * caveat. */
TH_MUST_USE th_status th_layouts_compare(th_layout *const *layout, size_t count, th_diags *diags);

/* Compare the lines of tables that are called the sum of others (NULL: none) with theirs, part[i] being called name[i]: compared[i] of whole[i]'s could be. An
 * amount that is not that of the parts is an error. */
TH_MUST_USE th_status th_layouts_repeat(th_layout *const *part, const char *const *name, size_t parts, th_layout *const *whole, size_t wholes, th_diags *diags,
                                        size_t *compared);

/* What the first rows of a sheet tell of it, read as an inventory. */
typedef struct th_layout_look {
	bool found;              /* a header, with columns of quantities */
	th_slice cells;          /* of the header's last row, or of what is most like one: their texts, 0x1f behind each */
	th_slice header;         /* the same for tables with the same columns, whatever their times and order */
	th_slice plan;           /* the title that calls it a plan; by a word of targets: */
	bool target;
	bool times, sites;       /* its rows or columns say of which time and place they are */
	bool dated;              /* title or name say of which time all of it is: */
	int32_t from, to;
	int part;                /* only which month, quarter or half; 0: none */
	th_slice site, activity; /* that title or name give to all of it */
} th_layout_look;

/* Nothing is reported but a lack of memory. Texts live in the arena. */
TH_MUST_USE th_status th_layout_look_at(const th_reference *reference, const th_grid *grid, th_arena *arena, th_diags *diags, th_layout_look *out);

/* Is a name or a title one of what was planned or of another year: 2024年预算, 计划用电量, 上年同期? 2023计划与实际 is of both, and is not. `as`: the words
 * of layout_words.csv with this value. */
bool th_layout_is_plan(const th_reference *reference, th_slice name, th_slice as);

/* A key without the year that it begins with: 合计 of 2023年合计. */
th_slice th_layout_without_year(th_slice text);

/* What the name of a line says besides a thing that is known: 计划用电量 and 用电量（上年） that it was not used, 一厂用电量 where, 实际用电量 no more. */
typedef struct th_layout_name {
	bool aside;             /* planned, of another year, a stock or money: a word says so */
	bool mean;              /* 日均用电量 */
	th_slice name, site;    /* the thing; empty: not known. Where it was used; empty: it does not say */
} th_layout_name;
/* Texts live in the arena; without memory they are empty. */
th_layout_name th_layout_name_of(const th_reference *reference, th_slice text, th_arena *arena);

/* Does a header say that a year's is meant: 年减排量, 预计年减碳量, annual reduction? */
bool th_header_is_yearly(th_slice header);

/* Does a text begin a note or a line of signatures below a table: 注：, 制表人： */
bool th_layout_is_note(const th_reference *reference, th_slice text);

/* What was recognised, of one table or of several that are one, as the sheets of a workbook: `key,value`, as FILE.layout.csv has it. */
void th_layout_put(const th_layout *const *layout, size_t count, th_buf *out);
/* The same in one line, for the head of a report. */
void th_layout_say(const th_layout *layout, th_lang lang, th_buf *out);
/* Both lines, kept in an arena. */
TH_MUST_USE bool th_layout_texts(const th_layout *layout, th_arena *arena, const char **zh, const char **en);
/* The long table as CSV, all of it or at most so many rows, with the names of its columns in `lang`; and as JSON's rows. All are of one kind. */
void th_layout_put_long(const th_layout *const *layout, size_t count, th_lang lang, size_t most, th_buf *out);
void th_layout_put_json(const th_layout *const *layout, size_t count, const char *path, const char *sha256, th_buf *out);
const char *th_layout_read_as(const th_layout *layout); /* the kind of file that it was read as */
size_t th_layout_at(const th_layout *layout); /* of the table, from 0: that of the quantity of the row last read */
size_t th_layout_lines(const th_layout *layout);
/* Of the layout file that was followed: its name and SHA-256; NULL when there is none. */
const char *th_layout_file(const th_layout *layout, const char **sha256);

#endif
