/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most tables are CSV, line by line; what else there is has a backend, told apart here and nowhere else. */
#include "io/rows.h"

#include <stdlib.h>

#include "base/filename.h"
#include "base/memory.h"
#include "io/csv.h"
#include "io/guard.h"
#include "io/scan.h"
#include "io/sheet_rows.h"

struct th_rows {
	th_source *source;              /* NULL: a sheet of `workbook` */
	th_csv *csv;
	th_workbook *workbook;
	th_sheet_rows *sheet;           /* until all of it is asked for */
	size_t index;                   /* of the sheet */
	const char *name;               /* FILE.xlsx#SHEET */
	const th_rows_backend *backend; /* NULL: the rows of `csv` */
	void *self;                     /* of the backend */
	th_grid grid;                   /* all of it, where it was asked for */
	char delimiter;                 /* without `csv` */
	const th_rows *of;              /* whose source and workbook it reads; NULL: its own */
};

static th_status open_sheet(th_rows *rows, th_bytes *bytes, const char *sheet, th_diags *diags)
{
	th_status status = th_workbook_open(bytes, &rows->workbook);
	if (status == TH_OK)
		status = th_workbook_choose(rows->workbook, sheet, diags, &rows->index);
	if (status == TH_OK)
		status = th_sheet_rows_open(rows->workbook, rows->index, diags, &rows->sheet);
	if (status != TH_OK)
		return status;
	rows->name = th_sheet_rows_name(rows->sheet);
	rows->delimiter = ',';
	th_rows_take(rows, &th_sheet_rows_backend, rows->sheet);
	return TH_OK;
}

static th_status open_csv(th_rows *rows, th_bytes *bytes, th_encoding encoding, bool tree, th_diags *diags)
{
	th_status status = th_source_take(bytes, encoding, tree, &rows->source);
	return status == TH_OK ? th_csv_open(rows->source, diags, &rows->csv) : status;
}

static th_status open_any(th_rows *rows, const char *path, th_encoding encoding, bool tree, th_diags *diags)
{
	const bool part = th_diags_lent_part(diags, path) != NULL; /* of a sheet too it is CSV */
	const char *mark = part ? NULL : th_sheet_mark(path), *file = part ? path : th_guard_file(path, diags);
	unsigned char head[8];
	size_t got = 0;
	th_bytes bytes;
	if (!file)
		return th_no_memory(diags);
	th_status status = th_bytes_open(&bytes, file, diags);
	if (status == TH_OK)
		status = th_bytes_at(&bytes, head, sizeof head, 0, &got);
	if (status != TH_OK) {
		th_bytes_close(&bytes);
		return status;
	}
	if (mark || th_starts_as_package(head, got))
		return open_sheet(rows, &bytes, mark ? mark + 1 : NULL, diags);
	return open_csv(rows, &bytes, encoding, tree, diags);
}

static th_status open_rows(const char *path, th_encoding encoding, bool tree, th_diags *diags, th_rows **out)
{
	*out = NULL;
	th_rows *rows = th_calloc(1, sizeof *rows);
	if (!rows)
		return th_no_memory(diags);
	th_status status = open_any(rows, path, encoding, tree, diags);
	if (status == TH_OK)
		*out = rows;
	else
		th_rows_close(rows);
	return status;
}

th_status th_rows_open(const char *path, th_encoding encoding, th_diags *diags, th_rows **out)
{
	return open_rows(path, encoding, false, diags, out);
}

th_status th_rows_open_long(const char *path, th_encoding encoding, th_diags *diags, th_rows **out)
{
	return open_rows(path, encoding, true, diags, out);
}

void th_rows_read(th_rows *rows, const int *cell, size_t count)
{
	if (rows->sheet)
		th_sheet_rows_read(rows->sheet, cell, count);
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

bool th_rows_in_pieces(const th_rows *rows)
{
	return !rows->backend && th_csv_in_pieces(rows->csv);
}

bool th_rows_piece(th_rows *rows, size_t most, bool (*take)(void *context, const struct th_scanned *record), void *context, th_piece *piece)
{
	return !rows->backend && th_csv_piece(rows->csv, most, take, context, piece);
}

th_pos th_rows_place(const th_rows *rows, const th_record *record, size_t index, const char *where)
{
	if (rows->backend)
		return rows->backend->place(rows->self, record, index, where);
	th_pos pos = {th_source_path(rows->source), record->line, 1, where};
	th_csv_place(rows->csv, record, index, &pos.line, &pos.column);
	return pos;
}

/* The sheet from its beginning once more; the rows that are kept stand where they are. */
static bool look_at_sheet(const th_rows *rows, size_t most, bool (*see)(void *context, const th_record *record), void *context, th_diags *own)
{
	th_sheet_rows *again;
	th_record record;
	if (th_sheet_rows_open(rows->workbook, rows->index, own, &again) != TH_OK)
		return false;
	bool end = false;
	for (size_t i = 0; i < most && !end; i++)
		end = th_sheet_rows_backend.next(again, &record, &end) != TH_OK || end || !see(context, &record);
	th_sheet_rows_backend.close(again);
	return true;
}

/* The next row; false: none that is plain (*odd), or none. */
static bool next_plain(th_scan *scan, th_scanned *scanned, bool *odd)
{
	do
		if (!th_scan_next(scan, scanned) || scanned->odd) {
			*odd |= scanned->odd;
			return false;
		}
	while (th_scanned_blank(scanned));
	return true;
}

/* Are the next rows, `most` of them or all there are up to the end of the text, plain? */
static bool are_plain(th_scan *scan, th_slice text, size_t from, size_t most)
{
	th_scanned scanned = {.next = (uint32_t)from};
	bool odd = false;
	size_t rows = 0;
	th_scan_text(scan, text, from, 0);
	while (rows < most && next_plain(scan, &scanned, &odd))
		rows++;
	return !odd && (rows == most || scanned.next == text.len);
}

/* The same without libcsv, where all that is looked at is plain; false: it is not, and nothing was seen. */
static bool look_at_plain(const th_rows *rows, size_t most, bool (*see)(void *context, const th_record *record), void *context, th_reading reading)
{
	const th_slice text = th_csv_ahead(rows->csv);
	const th_record *header = th_csv_header(rows->csv);
	size_t from = header->raw.len;
	if (reading.how == TH_READ_CAREFUL || from >= text.len || th_source_is_part(rows->source) || memchr(header->raw.ptr, '"', from))
		return false;
	from += text.ptr[from] == '\r' && from + 1 < text.len && text.ptr[from + 1] == '\n' ? 2 : 1;
	th_scan *scan = th_scan_new(th_csv_delimiter(rows->csv), header->cells, text.len, reading.cpu);
	th_slice *cell = th_malloc(header->cells * sizeof *cell);
	char *room = th_malloc(text.len);
	const bool plain = scan && cell && room && are_plain(scan, text, from, most);
	bool odd = false, goes_on = plain;
	th_scanned scanned;
	if (plain)
		th_scan_text(scan, text, from, header->line + 1);
	for (size_t i = 0; i < most && goes_on && next_plain(scan, &scanned, &odd); i++) {
		char *to = room;
		for (size_t k = 0; k < scanned.cells; k++)
			cell[k] = th_scanned_plain(th_scanned_raw(&scanned, k), &to);
		goes_on = see(context, &(th_record){cell, scanned.cells, scanned.line, {text.ptr + scanned.start, scanned.stop - scanned.start}});
	}
	th_scan_free(scan);
	free(cell);
	free(room);
	return plain;
}

static bool look_at_csv(const th_rows *rows, size_t most, bool (*see)(void *context, const th_record *record), void *context, th_diags *own)
{
	th_source *source = NULL;
	th_csv *csv = NULL;
	th_record record;
	bool opened = th_source_of_bytes(th_source_path(rows->source), th_csv_ahead(rows->csv), TH_ENC_UTF8, own, &source) == TH_OK &&
	              th_csv_open(source, own, &csv) == TH_OK;
	bool end = !opened;
	for (size_t i = 0; i < most && !end; i++)
		end = th_csv_next(csv, &record, &end) != TH_OK || end || !see(context, &record);
	th_csv_close(csv);
	th_source_close(source);
	return opened;
}

th_status th_rows_look(const th_rows *rows, size_t most, bool (*see)(void *context, const th_record *record), void *context, th_diags *diags)
{
	th_diags *own = th_diags_new();
	if (!own)
		return th_no_memory(diags);
	if (rows->workbook)
		(void)look_at_sheet(rows, most, see, context, own);
	else if (!look_at_plain(rows, most, see, context, th_diags_reading(diags)))
		(void)look_at_csv(rows, most, see, context, own);
	th_diags_free(own);
	return TH_OK;
}

static th_status again_sheet(const th_rows *rows, th_diags *diags, th_rows *again)
{
	th_status status = th_sheet_rows_open(rows->workbook, rows->index, diags, &again->sheet);
	if (status == TH_OK) {
		th_sheet_rows_read_as(again->sheet, rows->sheet);
		th_rows_take(again, &th_sheet_rows_backend, again->sheet);
	}
	return status;
}

static th_status again_csv(const th_rows *rows, th_diags *diags, th_rows *again)
{
	th_status status = th_source_again(rows->source, diags, &again->source);
	return status == TH_OK ? th_csv_open(again->source, diags, &again->csv) : status;
}

static th_status again_other(const th_rows *rows, th_diags *diags, th_rows *again)
{
	const th_rows_backend *as;
	void *self = rows->backend->again(rows->self, &as);
	if (self)
		th_rows_take(again, as, self);
	return self ? TH_OK : th_no_memory(diags);
}

th_status th_rows_again(const th_rows *rows, th_diags *diags, th_rows **out, void **self)
{
	*out = NULL;
	*self = NULL;
	th_rows *again = th_calloc(1, sizeof *again);
	if (!again)
		return th_no_memory(diags);
	again->of = rows;
	again->delimiter = th_rows_delimiter(rows);
	th_status status = rows->sheet ? again_sheet(rows, diags, again) : rows->backend ? again_other(rows, diags, again) : again_csv(rows, diags, again);
	if (status == TH_OK) {
		*out = again;
		*self = again->self;
	} else
		th_rows_close(again);
	return status;
}

static th_status read_csv_grid(th_rows *rows, th_diags *diags)
{
	rows->delimiter = th_csv_delimiter(rows->csv);
	th_csv_close(rows->csv);
	rows->csv = NULL;
	th_status status = th_source_rewind(rows->source);
	if (status == TH_OK)
		status = th_grid_of_csv(rows->source, diags, &rows->grid);
	rows->delimiter = status == TH_OK ? rows->grid.delimiter : rows->delimiter;
	return status;
}

th_status th_rows_grid(th_rows *rows, th_diags *diags, const th_grid **out)
{
	*out = NULL;
	th_status status = rows->workbook ? th_grid_of_sheet(rows->workbook, rows->index, SIZE_MAX, diags, &rows->grid) : read_csv_grid(rows, diags);
	*out = status == TH_OK ? &rows->grid : NULL;
	return status;
}

void th_rows_take(th_rows *rows, const th_rows_backend *backend, void *self)
{
	if (rows->backend)
		rows->backend->close(rows->self);
	if (self != rows->sheet)
		rows->sheet = NULL;
	rows->backend = backend;
	rows->self = self;
}

bool th_rows_merged(const th_rows *rows)
{
	return rows->sheet && th_sheet_rows_merged(rows->sheet);
}

/* Whose the input is. */
static const th_rows *owner(const th_rows *rows)
{
	return rows->of ? rows->of : rows;
}

const char *th_rows_path(const th_rows *rows)
{
	rows = owner(rows);
	return rows->workbook ? rows->name : th_source_path(rows->source);
}

const char *th_rows_sha256(const th_rows *rows)
{
	rows = owner(rows);
	return rows->workbook ? th_workbook_sha256(rows->workbook) : th_source_sha256(rows->source);
}

const char *th_rows_encoding(const th_rows *rows)
{
	rows = owner(rows);
	return rows->workbook ? "XLSX" : th_source_encoding(rows->source);
}

bool th_rows_ambiguous(const th_rows *rows)
{
	rows = owner(rows);
	return !rows->workbook && th_source_ambiguous(rows->source);
}

bool th_rows_guessed(const th_rows *rows)
{
	rows = owner(rows);
	return !rows->workbook && th_source_guessed(rows->source);
}

char th_rows_delimiter(const th_rows *rows)
{
	return rows->csv ? th_csv_delimiter(rows->csv) : rows->delimiter;
}

uint64_t th_rows_size(const th_rows *rows)
{
	return rows->backend ? 0 : th_source_size(rows->source);
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
	th_workbook_close(rows->workbook);
	free(rows);
}
