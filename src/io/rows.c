/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most tables are CSV, line by line; what else there is has a backend, told apart here and nowhere else. */
#include "io/rows.h"

#include <stdlib.h>

#include "base/memory.h"
#include "io/csv.h"

struct th_rows {
	th_source *source;
	th_csv *csv;
	const th_rows_backend *backend; /* NULL: the rows of `csv` */
	void *self;                     /* of the backend */
	th_grid grid;                   /* all of it, where it was asked for */
	char delimiter;                 /* without `csv` */
};

th_status th_rows_open(const char *path, th_encoding encoding, th_diags *diags, th_rows **out)
{
	*out = NULL;
	th_rows *rows = th_calloc(1, sizeof *rows);
	if (!rows)
		return th_no_memory(diags);
	th_status status = th_source_open(path, encoding, diags, &rows->source);
	if (status == TH_OK)
		status = th_csv_open(rows->source, diags, &rows->csv);
	if (status == TH_OK)
		*out = rows;
	else
		th_rows_close(rows);
	return status;
}

const th_record *th_rows_header(const th_rows *rows)
{
	if (rows->backend)
		return rows->backend->header(rows->self);
	return th_csv_header(rows->csv);
}

th_status th_rows_next(th_rows *rows, th_record *record, bool *end)
{
	if (rows->backend)
		return rows->backend->next(rows->self, record, end);
	return th_csv_next(rows->csv, record, end);
}

th_pos th_rows_place(const th_rows *rows, const th_record *record, size_t index, const char *where)
{
	if (rows->backend)
		return rows->backend->place(rows->self, record, index, where);
	th_pos pos = {th_source_path(rows->source), record->line, 1, where};
	th_csv_place(rows->csv, record, index, &pos.line, &pos.column);
	return pos;
}

th_status th_rows_grid(th_rows *rows, th_diags *diags, const th_grid **out)
{
	*out = NULL;
	rows->delimiter = th_csv_delimiter(rows->csv);
	th_csv_close(rows->csv);
	rows->csv = NULL;
	th_status status = th_source_rewind(rows->source);
	if (status == TH_OK)
		status = th_grid_of_csv(rows->source, diags, &rows->grid);
	rows->delimiter = status == TH_OK ? rows->grid.delimiter : rows->delimiter;
	*out = status == TH_OK ? &rows->grid : NULL;
	return status;
}

void th_rows_take(th_rows *rows, const th_rows_backend *backend, void *self)
{
	if (rows->backend)
		rows->backend->close(rows->self);
	rows->backend = backend;
	rows->self = self;
}

const char *th_rows_path(const th_rows *rows)
{
	return th_source_path(rows->source);
}

const char *th_rows_sha256(const th_rows *rows)
{
	return th_source_sha256(rows->source);
}

const char *th_rows_encoding(const th_rows *rows)
{
	return th_source_encoding(rows->source);
}

bool th_rows_ambiguous(const th_rows *rows)
{
	return th_source_ambiguous(rows->source);
}

bool th_rows_guessed(const th_rows *rows)
{
	return th_source_guessed(rows->source);
}

char th_rows_delimiter(const th_rows *rows)
{
	return rows->csv ? th_csv_delimiter(rows->csv) : rows->delimiter;
}

void th_rows_close(th_rows *rows)
{
	if (!rows)
		return;
	if (rows->backend)
		rows->backend->close(rows->self);
	th_grid_free(&rows->grid);
	th_csv_close(rows->csv);
	th_source_close(rows->source);
	free(rows);
}
