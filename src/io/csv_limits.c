/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a record's cells are, and which records are none of a table: too long, too wide, of another width than the header. */
#include "io/csv_parts.h"

#include <stdio.h>

#include "io/csv_guess.h"

th_pos th_csv_pos(const th_csv *csv, size_t line, size_t column, const char *where)
{
	return (th_pos){th_source_path(csv->records.source), th_source_line(csv->records.source, line), column, where};
}

void th_csv_place(const th_csv *csv, const th_record *record, size_t index, size_t *line, size_t *column)
{
	size_t at = 0;
	if (th_source_in_cells(csv->records.source)) {
		*line = record->line;
		*column = index + 1;
		return;
	}
	for (; index > 0 && at < record->raw.len; index--) {
		at = th_cell_end(record->raw, at, csv->delimiter);
		if (at < record->raw.len)
			at++;
		else
			break;
	}
	th_text_place(record->raw, record->line, at, line, column);
}

th_record th_csv_current(const th_csv *csv)
{
	const size_t line = th_source_line(csv->records.source, csv->records.line);
	return (th_record){csv->cell, csv->cells < TH_MAX_COLUMNS ? csv->cells : TH_MAX_COLUMNS, line, th_records_raw(&csv->records)};
}

/* A report about cell `index` of the current record, with two numbers and two texts to tell. */
static th_status report_cell(th_csv *csv, th_code code, size_t index, size_t found, size_t limit, const char *third, const char *fourth)
{
	char found_text[24], limit_text[24];
	snprintf(found_text, sizeof found_text, "%zu", found);
	snprintf(limit_text, sizeof limit_text, "%zu", limit);
	th_record record = th_csv_current(csv);
	size_t line, column;
	record.line = csv->records.line;
	th_csv_place(csv, &record, index, &line, &column);
	const char *where = index < csv->header.cells ? csv->header.cell[index].ptr : NULL;
	return th_report(csv->diags, code, th_csv_pos(csv, line, column, where), found_text, limit_text, third, fourth, NULL);
}

bool th_csv_within_limits(th_csv *csv, th_status *status)
{
	if (csv->cells > TH_MAX_COLUMNS)
		*status = report_cell(csv, TH_CSV_COLUMNS_MANY, TH_MAX_COLUMNS, csv->cells, TH_MAX_COLUMNS, NULL, NULL);
	else if (csv->long_cell > 0)
		*status = report_cell(csv, TH_CSV_CELL_LONG, csv->long_cell - 1, csv->long_len, TH_MAX_FIELD, NULL, NULL);
	else
		return true;
	return false;
}

static th_status report_extra(th_csv *csv, size_t used)
{
	size_t columns = csv->header.cells, extra = used - columns;
	size_t index = csv->delimiter == ',' ? th_csv_split_number(csv->cell, csv->cells, extra) : csv->cells;
	if (index >= columns)
		return report_cell(csv, TH_CSV_CELLS_MANY, columns, used, columns, NULL, NULL);
	th_buf plain = {0}, grouped = {0};
	for (size_t i = index; i <= index + extra; i++) {
		if (i > index)
			th_buf_char(&grouped, ',');
		th_buf_slice(&grouped, csv->cell[i]);
		th_buf_slice(&plain, csv->cell[i]);
	}
	th_buf_char(&plain, '\0');
	th_buf_char(&grouped, '\0');
	th_status status = plain.failed || grouped.failed
	                           ? th_no_memory(csv->diags)
	                           : report_cell(csv, TH_CSV_CELLS_GROUPS, index, used, columns, plain.ptr, grouped.ptr);
	th_buf_free(&plain);
	th_buf_free(&grouped);
	return status;
}

bool th_csv_fits_header(th_csv *csv, th_status *status)
{
	size_t columns = csv->header.cells, used = csv->cells;
	if (csv->ragged)
		return true;
	while (used > columns && csv->cell[used - 1].len == 0)
		used--;
	if (used < columns) {
		*status = report_cell(csv, TH_CSV_CELLS_FEW, used, used, columns, csv->header.cell[used].ptr, NULL);
		return false;
	}
	if (used > columns) {
		*status = report_extra(csv, used);
		return false;
	}
	csv->cells = columns;
	return true;
}
