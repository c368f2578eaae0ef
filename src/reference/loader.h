/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_LOADER_H
#define TH_REFERENCE_LOADER_H

/* A table being read row by row, with every error reported at its cell. */

#include "base/hash.h"
#include "base/list.h"
#include "base/period.h"
#include "reference/table.h"
#include "reference/unit.h"

enum { TH_LOADER_COLUMNS = 32 };

typedef struct th_loader {
	th_diags *diags;
	const char *path;
	const th_column *want;
	size_t count;
	int cell[TH_LOADER_COLUMNS];
	th_rows *rows;
	th_record record;
	const th_columns *columns;
	const char *kind;
	th_doubt doubt;
	th_arena scratch;  /* given back with every row */
	size_t errors;     /* in diags when the file was opened */
	uint32_t told;     /* bit by column: its header's unit and its cells' were told apart */
	th_status status;  /* the worst so far */
} th_loader;

/* Open a table and map its header. True when rows can be read; th_loader_close is called either way. `path` must live
 * as long as `diags` is read. `columns` NULL: only canonical names. */
bool th_loader_open(th_loader *l, const char *path, th_encoding encoding, const th_columns *columns, const char *kind,
                    const th_column *want, size_t count, th_diags *diags);
/* The same in two steps: rows, and which of the columns are where. Between them the rows may be turned into others (th_rows_take). */
bool th_loader_open_rows(th_loader *l, const char *path, th_encoding encoding, const th_columns *columns, const th_column *want, size_t count,
                         th_diags *diags);
bool th_loader_map(th_loader *l, const char *kind);
/* The same for a table of the data folder: dir/name, a path kept in the arena; UTF-8, canonical names. */
bool th_loader_open_data(th_loader *l, th_arena *arena, const char *dir, const char *name, const th_column *want, size_t count,
                         th_diags *diags);
/* The next row, in l->record. */
bool th_loader_next(th_loader *l);
/* What a result says of the table it was read from: its encoding and its checksum. Behind the last row. */
void th_loader_tell(const th_loader *l, const char **encoding, char sha256[65]);
/* Close everything; the worst status, TH_INVALID when errors were reported while the file was open. */
th_status th_loader_close(th_loader *l);

/* A loader over no table, for JSON files: only `scratch`, `status` and messages. */
th_loader th_loader_plain(const char *path, th_diags *diags);

static inline th_slice th_loader_cell(const th_loader *l, size_t column)
{
	return th_cell(&l->record, l->cell[column]);
}
/* The header over a column as written, empty when the file has no such column; and what stands in brackets at its end: 减排量(t/a). */
th_slice th_loader_header(const th_loader *l, size_t column);
th_slice th_loader_header_unit(const th_loader *l, size_t column);
th_pos th_loader_at(const th_loader *l, size_t column);
/* A NUL-terminated copy for a message, shortened when it is very long; lives until the next row. Empty, and reported,
 * without memory. */
const char *th_loader_text(th_loader *l, th_slice text);
/* What a column is called in each language, for a message. */
const char *th_loader_called(th_loader *l, size_t column);
const char *th_loader_printf(th_loader *l, const char *format, ...) TH_PRINTF(2, 3);

void th_loader_worse(th_loader *l, th_status status);
/* Report TH_NO_MEMORY; always false. */
bool th_loader_no_memory(th_loader *l);

/* What a number must be, as both languages put it (th_buf_both). */
#define TH_NOT_BELOW_ZERO "\xFF" ">= 0" "\xFE" "不小于0" "\xFD"
#define TH_ABOVE_ZERO "\xFF" "> 0" "\xFE" "大于0" "\xFD"

/* Report at a cell: TH_FAIL(l, COLUMN, TH_CODE, argument..., NULL). */
#define TH_FAIL(l, column, code, ...) th_loader_worse((l), th_report((l)->diags, (code), th_loader_at((l), (column)), __VA_ARGS__))
/* Common cells. Each reports what is wrong and returns false then. */
bool th_loader_filled(th_loader *l, size_t column);                         /* is not empty */
bool th_loader_decimal(th_loader *l, size_t column, th_decimal *out);       /* a plain number */
bool th_loader_choice(th_loader *l, size_t column, const char *const *names, size_t count, size_t *which);
/* One of the words of a kind, by any name that columns.csv has of it. */
bool th_loader_word(th_loader *l, size_t column, const char *kind, const char *const *names, size_t count, size_t *which);
const char *th_loader_words(th_loader *l, const char *kind, const char *const *names, size_t count); /* these words, for a report of its own: th_put_column_words */
bool th_loader_unit(th_loader *l, const th_units *units, size_t column, th_unit *out);
bool th_loader_copy(th_loader *l, th_arena *arena, th_slice text, th_slice *out);

/* Cells that users write (cells.c). An empty number or date, or a mark for a missing one, is none: *given is false. */
bool th_loader_number(th_loader *l, size_t column, bool *given, th_decimal *out);
/* Is what a cell holds a number? One that was rounded is said. */
bool th_loader_taken(th_loader *l, size_t column, th_number kind);
/* The error of a text, in that cell, that should be a number. */
void th_loader_no_number(th_loader *l, size_t column, th_slice text, th_number kind);
/* Of a cell whose number is read later, if it is one: true, and reported, where a comma in it can be a decimal point. */
bool th_loader_comma(th_loader *l, size_t column);
bool th_loader_period(th_loader *l, size_t column, bool *given, th_period *out);
/* A unit of mass of CO2e in a text that stands at the column, `per` behind it ("/a", or ""), and the kilogram of the same kind. */
bool th_loader_mass_unit_of(th_loader *l, const th_units *units, size_t column, th_slice text, const char *per, th_unit *out, th_unit *kilogram);
/* number x unit in 1e-9 kilogram; the column is where it is too large. */
bool th_loader_mass(th_loader *l, size_t column, th_decimal number, const th_unit *unit, const th_unit *kilogram, th_mass *out);

/* Numbers with their unit (amount.c): the one behind the number wins over the row's, that over the header's. */
typedef struct th_cell_amount {
	bool given;        /* there is a number */
	th_decimal number;
	th_slice unit;     /* as written, maybe no unit at all; empty where none is written */
	size_t column;     /* where it stands */
	bool in_header;
} th_cell_amount;
/* Another unit beside the one that counts: of another kind it is an error, and false; of another size a warning, once for the column. */
bool th_loader_agrees(th_loader *l, const th_units *units, size_t column, th_slice unit, th_slice other);
/* `unit_column` may be l->count: the table has none. Reported: what is no number, and a unit that contradicts the one that wins. */
bool th_loader_amount(th_loader *l, const th_units *units, size_t column, size_t unit_column, th_cell_amount *out);
/* An amount that was read, counted in the first of the units `like` (NULL behind the last) that it is one of; a bare number is in them already. Reported as
 * well: another unit, with `expected` for the message. */
bool th_loader_amount_as(th_loader *l, const th_units *units, size_t column, const th_cell_amount *amount, const char *const *like,
                         const char *expected, bool *given, th_decimal *out);
/* Both. */
bool th_loader_amount_in(th_loader *l, const th_units *units, size_t column, const char *const *like, const char *expected, bool *given,
                         th_decimal *out);

/* A whole year, which a cell must hold; the same in a cell that is known to hold something. */
bool th_loader_year(th_loader *l, size_t column, int *year);
bool th_loader_year_written(th_loader *l, size_t column, int *year);
/* A mass of CO2e, given and (unless `below_zero`) not below zero, with its unit in the row or the header; in 1e-9 kg. */
bool th_loader_emissions(th_loader *l, const th_units *units, size_t column, size_t unit_column, bool below_zero, th_mass *out);

/* Cells that are kept as written: where in an object each goes. */
typedef struct th_text_cell {
	size_t column, offset;
} th_text_cell;
bool th_loader_texts(th_loader *l, th_arena *arena, const th_text_cell *texts, size_t count, void *object);
/* Names that may stand once, with the lines where they stand. Zero it; free `key`. */
typedef struct th_once {
	th_intern key;
	size_t *line;
} th_once;
/* The cell of a column whose names are unique. When it was there before, `code` with the name and the first line, and false. */
bool th_loader_once(th_loader *l, size_t column, th_code code, th_arena *arena, th_once *once);
/* Is a text, as it is, the first of its kind in the rows? Where it is not, *before is the line of the first. False, too, and reported, with *before 0, without
 * memory. */
bool th_loader_first(th_loader *l, th_slice text, th_arena *arena, th_once *once, size_t *before);
/* The same of a text that is more than that cell. */
bool th_loader_once_named(th_loader *l, size_t column, th_slice text, th_code code, th_arena *arena, th_once *once);
/* The list with a copy of `row` of `size` bytes behind its last, and *count one more; without memory, which is reported, the list as it was. */
TH_MUST_USE void *th_loader_append(th_loader *l, th_arena *arena, void *list, size_t *count, const void *row, size_t size);

#endif
