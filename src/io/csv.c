/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv_parts.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "io/csv_guess.h"

static th_status no_memory(const th_csv *csv)
{
	return th_no_memory(csv->diags);
}

/* The result of a report about one record: only a lack of memory stops the reading. */
static th_status go_on(th_status reported)
{
	return reported == TH_SYSTEM ? TH_SYSTEM : TH_OK;
}

/* ---- one record through libcsv ---- */

static void take_cell(void *bytes, size_t len, void *data)
{
	th_csv *csv = data;
	if (csv->cells < TH_MAX_COLUMNS) {
		char *text = csv->text + csv->text_len;
		memcpy(text, bytes, len);
		csv->text_len += len;
		csv->cell[csv->cells] = (th_slice){text, len};
		/* C2 A0, E3 80 80, EF BB BF, EE 97 A5: no-break space, full-width blank, U+FEFF, what GBK A3A0 becomes */
		if (len > 1) {
			unsigned char first = (unsigned char)text[0], last = (unsigned char)text[len - 1];
			csv->odd_ends |= first == 0xC2 || first == 0xE3 || first >= 0xEE || last == 0xA0 || last == 0x80 || last == 0xBF || last == 0xA5;
		}
	}
	csv->cells++;
	if (len > TH_MAX_FIELD && csv->long_cell == 0) {
		csv->long_cell = csv->cells;
		csv->long_len = len;
	}
}

/* Trim the unquoted cells of what libcsv does not take for blanks. */
static void trim_cells(th_csv *csv)
{
	th_slice raw = th_records_raw(&csv->records);
	size_t at = 0;
	for (size_t i = 0; i < csv->cells && i < TH_MAX_COLUMNS; i++) {
		size_t head = th_cell_head(raw, at, csv->delimiter);
		if (head == raw.len || raw.ptr[head] != '"')
			csv->cell[i] = th_slice_trim(csv->cell[i]);
		at = th_cell_end(raw, at, csv->delimiter) + 1;
		at = at < raw.len ? at : raw.len;
	}
}

static th_status restart_parser(th_csv *csv)
{
	if (csv->parser_live)
		csv_free(&csv->parser);
	csv->parser_live = csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
	if (!csv->parser_live)
		return no_memory(csv);
	csv_set_realloc_func(&csv->parser, th_realloc);
	csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
	csv_set_blk_size(&csv->parser, 65536);
	return TH_OK;
}

/* Report what is wrong at the place where libcsv stopped, or with the record's last quote when it did not. */
static th_status report_broken(th_csv *csv, size_t bad)
{
	th_slice raw = th_records_raw(&csv->records);
	size_t at = 0, end, line, column, line_of_bad;
	while ((end = th_cell_end(raw, at, csv->delimiter)) < bad)
		at = end + 1;
	size_t head = th_cell_head(raw, at, csv->delimiter);
	bool quoted = head < raw.len && raw.ptr[head] == '"' && head < bad;
	th_code code = quoted ? TH_CSV_QUOTE_TEXT : TH_CSV_STRAY_QUOTE;
	th_text_place(raw, csv->records.line, bad, &line, &column);
	line_of_bad = line;
	if (quoted) {
		/* A quote that ends on another line, before text: it is the first line that lacks its closing quote. */
		size_t quote_line, quote_column;
		th_text_place(raw, csv->records.line, head, &quote_line, &quote_column);
		if (bad == raw.len || quote_line != line_of_bad) {
			code = TH_CSV_QUOTE_OPEN;
			bad = head;
			line = quote_line;
			column = quote_column;
		}
	}
	th_pos pos = th_csv_pos(csv, line, column, NULL);
	th_status status;
	if (code == TH_CSV_QUOTE_OPEN) {
		char limit[24];
		snprintf(limit, sizeof limit, "%d", TH_MAX_ROW);
		status = th_report(csv->diags, code, pos, limit, NULL);
	} else {
		char found[8] = "";
		size_t size;
		th_utf8_next((th_slice){raw.ptr + bad, raw.len - bad}, &size);
		memcpy(found, raw.ptr + bad, size);
		status = th_report(csv->diags, code, pos, found, NULL);
	}
	if (go_on(status) != TH_OK || restart_parser(csv) != TH_OK)
		return TH_SYSTEM;
	return th_records_resume(&csv->records, bad);
}

static bool room_for(th_csv *csv, size_t len)
{
	if (csv->text_room >= len)
		return true;
	size_t room = len < 4096 ? 8192 : 2 * len;
	char *grown = th_realloc(csv->text, room);
	if (!grown)
		return false;
	csv->text = grown;
	csv->text_room = room;
	return true;
}

/* Feed the record to libcsv. *good is false when it was broken, has been reported and must be skipped. */
static th_status parse_record(th_csv *csv, bool *good)
{
	*good = false;
	csv->cells = csv->text_len = csv->long_cell = 0;
	csv->odd_ends = false;
	if (csv->records.len > TH_MAX_ROW) {
		size_t line, column;
		th_text_place(th_records_raw(&csv->records), csv->records.line, csv->records.open ? csv->records.quote : 0, &line, &column);
		bool lines_follow = csv->records.next_line > line;
		char limit[24];
		snprintf(limit, sizeof limit, "%d", TH_MAX_ROW);
		th_code code = csv->records.open && lines_follow ? TH_CSV_QUOTE_OPEN : TH_CSV_LINE_LONG;
		th_status status = th_report(csv->diags, code, th_csv_pos(csv, line, code == TH_CSV_LINE_LONG ? 1 : column, NULL), limit, NULL);
		return go_on(status) != TH_OK ? TH_SYSTEM : th_records_resume(&csv->records, code == TH_CSV_QUOTE_OPEN ? csv->records.quote : csv->records.len);
	}
	if (!room_for(csv, csv->records.len))
		return no_memory(csv);
	const char *raw = csv->records.window.ptr + csv->records.start;
	size_t feed = csv->records.len + csv->records.ended;
	size_t done = csv_parse(&csv->parser, raw, feed, take_cell, NULL, csv);
	if (done == feed && !csv->records.ended && !csv->records.open)
		done += csv_parse(&csv->parser, "\n", 1, take_cell, NULL, csv) - 1;
	if (csv_error(&csv->parser) == CSV_ENOMEM || csv_error(&csv->parser) == CSV_ETOOBIG)
		return no_memory(csv);
	if (done != feed || csv->records.open)
		return report_broken(csv, done < csv->records.len ? done : csv->records.len);
	if (csv->odd_ends)
		trim_cells(csv);
	*good = true;
	return TH_OK;
}

static bool blank_row(const th_csv *csv)
{
	if (csv->cells > TH_MAX_COLUMNS)
		return false;
	for (size_t i = 0; i < csv->cells; i++)
		if (csv->cell[i].len > 0)
			return false;
	return true;
}

/* ---- many records at a time ---- */

/* Tables from here on are worth it. Of smaller ones, too, records are found by the scan, but handed over one by one. */
enum { LARGE = 65536 };

static th_status start_scan(th_csv *csv)
{
	const th_reading reading = th_diags_reading(csv->diags);
	const uint64_t size = th_source_size(csv->records.source);
	if (reading.how == TH_READ_CAREFUL)
		return TH_OK;
	csv->pieces = reading.how == TH_READ_FAST || size >= LARGE;
	csv->scan = th_scan_new(csv->delimiter, csv->header.cells, size < LARGE ? (size_t)size : LARGE, reading.cpu);
	return csv->scan && room_for(csv, csv->pieces ? TH_MAX_FIELD : 2 * (size_t)size) /* decoded, it is longer */ ? TH_OK : no_memory(csv);
}

/* Make it the record that was read last, as if th_records_next and parse_record had. */
static void take_record(th_csv *csv, const th_scanned *scanned)
{
	th_records *r = &csv->records;
	char *room = csv->text;
	r->start = scanned->start;
	r->len = scanned->stop - scanned->start;
	r->line = scanned->line;
	r->next = scanned->next;
	r->next_line = scanned->next_line;
	r->open = false;
	r->ended = true;
	for (size_t i = 0; i < scanned->cells; i++)
		csv->cell[i] = th_scanned_plain(th_scanned_raw(scanned, i), &room);
	csv->cells = scanned->cells;
	csv->long_cell = 0;
}

/* The next record that the scan finds where the rows go on, valid until the next call; NULL: none. */
static const th_scanned *scan_record(th_csv *csv)
{
	th_records *r = &csv->records;
	if (csv->scanned != r->refills) {
		csv->scanned = r->refills;
		csv->scan_at = r->next;
		csv->again = false;
		th_scan_text(csv->scan, th_buf_view(&r->window), r->next, r->next_line);
	}
	if (r->next != (csv->again ? csv->last.start : csv->scan_at) || !(csv->again || th_scan_next(csv->scan, &csv->last))) {
		csv->scan_at = SIZE_MAX;
		csv->again = false;
		return NULL;
	}
	csv->scan_at = csv->last.next;
	csv->again = false;
	return &csv->last;
}

/* The next row, if it is plain and whole in the window. Where a record is not, the careful reader goes on, and this one behind it, if they
 * agree on where that is; if not, behind the next refill, so that no text is gone through twice. */
static bool next_plain(th_csv *csv, th_record *record)
{
	th_records *r = &csv->records;
	const th_scanned *scanned;
	while ((scanned = scan_record(csv)) != NULL) {
		if (scanned->odd)
			return false;
		if (th_scanned_blank(scanned)) {
			r->next = scanned->next;
			r->next_line = scanned->next_line;
			continue;
		}
		take_record(csv, scanned);
		*record = th_csv_current(csv);
		return true;
	}
	return false;
}

bool th_csv_in_pieces(const th_csv *csv)
{
	return csv->scan && csv->pieces && !th_source_is_part(csv->records.source);
}

bool th_csv_piece(th_csv *csv, size_t most, bool (*take)(void *context, const th_scanned *record), void *context, th_piece *piece)
{
	th_records *r = &csv->records;
	const size_t from = r->next;
	const th_scanned *scanned;
	*piece = (th_piece){.line = r->next_line};
	while (th_csv_in_pieces(csv) && (scanned = scan_record(csv)) != NULL) {
		bool blank = !scanned->odd && th_scanned_blank(scanned), lone = scanned->text[scanned->stop] == '\r' && scanned->next == scanned->stop + 1;
		if (scanned->odd || lone || scanned->next - from > most || (!blank && !take(context, scanned))) {
			csv->again = true;
			break;
		}
		piece->rows += !blank;
		piece->text = (th_slice){scanned->text + from, scanned->next - from};
		r->next = scanned->next;
		piece->next_line = r->next_line = scanned->next_line;
	}
	return piece->text.len > 0;
}

th_status th_csv_next(th_csv *csv, th_record *record, bool *end)
{
	for (;;) {
		if (csv->scan && next_plain(csv, record)) {
			*end = false;
			return TH_OK;
		}
		bool found = true, good;
		th_status status = csv->pending ? TH_OK : th_records_next(&csv->records, &found);
		*end = !found;
		if (status != TH_OK || !found)
			return status;
		csv->pending = false;
		status = parse_record(csv, &good);
		if (status != TH_OK)
			return status;
		if (!good || blank_row(csv))
			continue;
		if (th_csv_within_limits(csv, &status) && th_csv_fits_header(csv, &status)) {
			*record = th_csv_current(csv);
			return TH_OK;
		}
		if (go_on(status) != TH_OK)
			return status;
	}
}

/* ---- the header ---- */

/* Copy the header out of the window; empty cells at its end are no columns. */
static th_status keep_header(th_csv *csv)
{
	while (csv->cells > 0 && csv->cell[csv->cells - 1].len == 0)
		csv->cells--;
	th_slice *cell = th_arena_alloc(&csv->arena, csv->cells, sizeof *cell);
	th_slice raw = th_arena_copy(&csv->arena, th_records_raw(&csv->records));
	if (!cell || !raw.ptr)
		return no_memory(csv);
	for (size_t i = 0; i < csv->cells; i++) {
		cell[i] = th_arena_copy(&csv->arena, csv->cell[i]);
		if (!cell[i].ptr)
			return no_memory(csv);
	}
	csv->header = (th_record){cell, csv->cells, th_source_line(csv->records.source, csv->records.line), raw};
	return TH_OK;
}

/* What was read from the current record on. */
static th_slice ahead(const th_csv *csv)
{
	const th_records *r = &csv->records;
	return (th_slice){r->window.ptr + r->start, r->window.len - r->start};
}

static th_status read_header(th_csv *csv)
{
	bool hinted = false;
	for (bool first = true;; first = false) {
		bool found, good;
		th_status status = th_records_next(&csv->records, &found);
		if (status != TH_OK)
			return status;
		if (!found)
			return th_report(csv->diags, TH_CSV_EMPTY, th_csv_pos(csv, 1, 1, NULL), NULL);
		if (first && th_csv_hint(th_records_raw(&csv->records), &csv->delimiter)) {
			hinted = true;
			continue;
		}
		if (!hinted)
			csv->delimiter = csv->ragged ? th_csv_sniff_lines(ahead(csv)) : th_csv_sniff(th_records_raw(&csv->records));
		status = restart_parser(csv);
		csv->pending = csv->ragged;
		if (csv->ragged)
			return status;
		if (status == TH_OK)
			status = parse_record(csv, &good);
		if (status != TH_OK)
			return status;
		if (!good)
			return TH_INVALID;
		if (blank_row(csv))
			continue;
		if (!th_csv_within_limits(csv, &status))
			return status;
		status = keep_header(csv);
		return status == TH_OK ? start_scan(csv) : status;
	}
}

static th_status open_csv(th_source *source, bool ragged, th_diags *diags, th_csv **out)
{
	*out = NULL;
	th_csv *csv = th_malloc(sizeof *csv);
	if (!csv)
		return th_no_memory(diags);
	memset(csv, 0, offsetof(th_csv, cell)); /* cells are written before they are read, and there is room for many */
	csv->diags = diags;
	csv->ragged = ragged;
	csv->records = (th_records){.source = source, .diags = diags, .next_line = 1};
	th_status status = read_header(csv);
	if (status != TH_OK) {
		th_csv_close(csv);
		return status;
	}
	*out = csv;
	return TH_OK;
}

th_slice th_csv_ahead(const th_csv *csv)
{
	enum { AHEAD = 8192 };
	th_slice text = ahead(csv);
	size_t len = text.len;
	text.len = len < AHEAD ? len : AHEAD;
	while (len > AHEAD && text.len > 0 && text.ptr[text.len - 1] != '\n')
		text.len--;
	return text;
}

th_status th_csv_open(th_source *source, th_diags *diags, th_csv **out)
{
	return open_csv(source, false, diags, out);
}

th_status th_csv_open_ragged(th_source *source, th_diags *diags, th_csv **out)
{
	return open_csv(source, true, diags, out);
}

const th_record *th_csv_header(const th_csv *csv)
{
	return &csv->header;
}

char th_csv_delimiter(const th_csv *csv)
{
	return csv->delimiter;
}

void th_csv_close(th_csv *csv)
{
	if (!csv)
		return;
	if (csv->parser_live)
		csv_free(&csv->parser);
	th_arena_free(&csv->arena);
	th_scan_free(csv->scan);
	th_buf_free(&csv->records.window);
	free(csv->text);
	free(csv);
}

#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)

void th_csv_library(th_buf *out)
{
	th_buf_str(out, "libcsv " TEXT_OF(CSV_MAJOR) "." TEXT_OF(CSV_MINOR) "." TEXT_OF(CSV_RELEASE));
}
