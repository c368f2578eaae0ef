/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/wide.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "base/utf8.h"
#include "case/layout.h"
#include "io/csv.h"
#include "reference/loader.h"

enum { LOOKED_AT = 20 }; /* rows in which the header is looked for */

/* A row as it stands, and the next one of the same applicant. */
typedef struct wide_row {
	size_t at, len;   /* in the text, without line end */
	size_t line, next; /* next: 1 + its number; 0: the last */
} wide_row;

typedef struct wide_applicant {
	th_slice name;
	th_pos place;
	size_t first, last, rows; /* numbers of its rows */
} wide_applicant;

struct th_wide {
	th_arena arena;
	const th_reference *reference;
	const char *kind, *path;
	th_diags *diags;
	th_buf text;
	wide_row *row;
	size_t rows, heads;   /* row[0..heads) go with every part */
	th_intern names;      /* folded */
	wide_applicant *applicant;
	int column;           /* -1: the header has not come yet */
	bool open_head;       /* it may have more rows: it says not yet where the quantities stand */
	bool sheet;
	size_t most;          /* above 0: only so many names are wanted, and no rows */
	size_t looked, notes;
	th_pos first_note;
	char encoding[32], sha256[128];
	/* of a row of a sheet */
	th_slice above;       /* the name last read, which a merged cell has for the rows below as well */
};

int th_applicant_column(const th_columns *columns, const char *kind, const th_slice *cell, size_t cells)
{
	const th_column_name *name;
	int best = -1;
	char place[2][TH_KEY_PLACE];
	for (size_t i = 0; i < cells; i++) {
		if (!th_slice_eq(th_column_named(columns, kind, cell[i]), TH_S("applicant")))
			continue;
		if (best < 0) {
			best = (int)i;
			continue;
		}
		th_slice mine = th_utf8_key_in(cell[i], place[0]), other = th_utf8_key_in(cell[best], place[1]);
		char word[TH_KEY_PLACE];
		for (uint32_t at = 0; (name = th_columns_each(columns, kind, &at)) != NULL;) {
			th_slice key = th_utf8_key_in(name->text, word);
			if (th_slice_eq(key, other))
				break;
			if (th_slice_eq(key, mine)) {
				best = (int)i;
				break;
			}
		}
	}
	return best;
}

/* --- rows --- */

/* Text of a row of a sheet as CSV. */
static void put_cells(th_buf *out, const th_record *record)
{
	for (size_t i = 0; i < record->cells; i++) {
		th_buf_str(out, i ? ",\"" : "\"");
		for (size_t k = 0; k < record->cell[i].len; k++) {
			if (record->cell[i].ptr[k] == '"')
				th_buf_char(out, '"');
			th_buf_char(out, record->cell[i].ptr[k]);
		}
		th_buf_char(out, '"');
	}
}

static th_status add_row(th_wide *w, const th_record *record)
{
	if (w->most)
		return TH_OK;
	wide_row *grown = th_grown(w->row, w->rows, sizeof *grown);
	if (!grown)
		return th_no_memory(w->diags);
	w->row = grown;
	const size_t at = w->text.len;
	if (w->sheet)
		put_cells(&w->text, record);
	else
		th_buf_slice(&w->text, record->raw);
	if (w->text.failed)
		return th_no_memory(w->diags);
	grown[w->rows++] = (wide_row){at, w->text.len - at, record->line, 0};
	return TH_OK;
}

static th_status add_to(th_wide *w, const th_record *record, th_slice name, th_pos place)
{
	th_buf key = {0};
	th_utf8_key(name, &key);
	const uint32_t known = w->names.count;
	wide_applicant *grown = th_grown_in(&w->arena, w->applicant, known, sizeof *grown);
	uint32_t number = grown && !key.failed ? th_intern_add(&w->names, th_buf_view(&key)) : TH_NONE;
	th_buf_free(&key);
	if (number == TH_NONE)
		return th_no_memory(w->diags);
	w->applicant = grown;
	if (number == known)
		grown[number] = (wide_applicant){.name = th_arena_copy(&w->arena, name), .place = place};
	wide_applicant *a = &grown[number];
	if (w->most)
		return a->name.ptr ? TH_OK : th_no_memory(w->diags);
	th_status status = a->name.ptr ? add_row(w, record) : th_no_memory(w->diags);
	if (status != TH_OK)
		return status;
	if (a->rows++)
		w->row[a->last].next = w->rows;
	else
		a->first = w->rows - 1;
	a->last = w->rows - 1;
	w->above = a->name;
	return TH_OK;
}

/* Is a row a note, a line of signatures or a total below the table? */
static bool is_below(const th_wide *w, th_slice name, const th_record *record)
{
	th_slice first = name;
	for (size_t i = 0; i < record->cells && !first.len; i++)
		first = record->cell[i];
	return th_layout_is_note(w->reference, first) || (first.len && th_layout_word_in(&w->reference->layout_words, TH_LW_TOTAL, first));
}

/* Does a row that names no applicant, below the first of the header, belong to it, having no number but years? */
static bool is_head(const th_record *record)
{
	th_decimal number;
	unsigned notes;
	bool head = true;
	for (size_t i = 0; i < record->cells && head; i++) {
		th_slice cell = record->cell[i];
		bool year = cell.len == 4 && (th_slice_starts(cell, TH_S("19")) || th_slice_starts(cell, TH_S("20")));
		head = !cell.len || year || !th_number_is(th_number_parse(cell, &number, &notes));
	}
	return head;
}

/* A row below the header: whose it is. */
static th_status sort_row(th_wide *w, const th_record *record, th_slice name, th_pos place)
{
	if (is_below(w, name, record)) {
		if (w->notes++ == 0)
			w->first_note = place;
		return TH_OK;
	}
	if (name.len)
		return add_to(w, record, name, place);
	if (w->names.count == 0 && w->open_head && is_head(record)) {
		w->heads = w->rows + 1;
		return add_row(w, record);
	}
	th_buf both = {0};
	th_put_column_called(w->reference->columns, w->kind, TH_S("applicant"), &both);
	th_buf_char(&both, '\0');
	th_status status = both.failed ? th_no_memory(w->diags) : th_report(w->diags, TH_CELL_EMPTY, place, both.ptr, (char *)NULL);
	th_buf_free(&both);
	return status == TH_INVALID ? TH_OK : status;
}

/* Is a column that may tell applicants apart for nothing else? */
static bool is_express(th_slice header)
{
	char place[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(header, place);
	return th_slice_starts(key, TH_S("申")) || th_slice_starts(key, TH_S("applicant"));
}

/* Is all known that was asked for? */
static bool knows_enough(const th_wide *w)
{
	return w->looked > LOOKED_AT || (w->most && w->names.count >= w->most);
}

/* A row of the table, wherever it comes from; `covered`: the cell at w->column lies under a merged one. */
static th_status take_row(th_wide *w, const th_record *record, bool covered, th_pos (*place)(const void *, const th_record *, size_t), const void *of)
{
	if (w->column < 0) {
		w->column = th_applicant_column(w->reference->columns, w->kind, record->cell, record->cells);
		if (w->most && w->column >= 0 && !is_express(record->cell[w->column])) {
			w->column = -1;
			w->looked = LOOKED_AT;
		}
		w->heads = w->rows + 1;
		w->open_head = w->column >= 0 && strcmp(w->kind, th_case_files[TH_CASE_INVENTORY].kind) == 0;
		for (size_t i = 0; i < record->cells && w->open_head; i++)
			w->open_head = !th_slice_eq(th_column_named(w->reference->columns, w->kind, record->cell[i]), TH_S("quantity"));
		return w->column < 0 && ++w->looked > LOOKED_AT ? TH_OK : add_row(w, record);
	}
	th_slice name = th_slice_trim(th_cell(record, w->column));
	th_pos at = place(of, record, (size_t)w->column);
	at.where = "applicant";
	return sort_row(w, record, covered && !name.len ? w->above : name, at);
}

/* --- CSV --- */

typedef struct wide_csv {
	const char *path;
	th_csv *csv;
} wide_csv;

static th_pos place_in_csv(const void *of, const th_record *record, size_t index)
{
	const wide_csv *c = of;
	th_pos pos = {.file = c->path};
	th_csv_place(c->csv, record, index, &pos.line, &pos.column);
	return pos;
}

static th_status read_records(th_wide *w, const th_source *source, th_csv *csv)
{
	const wide_csv from = {w->path, csv};
	th_doubt doubt = {.open = th_source_guessed(source) || th_source_ambiguous(source)};
	th_record record;
	bool end = false;
	th_status status = TH_OK;
	while (status == TH_OK && !end && !knows_enough(w)) {
		status = th_csv_next(csv, &record, &end);
		if (status != TH_OK || end)
			continue;
		if (doubt.open)
			th_doubt_look(&doubt, w->reference->columns, &record);
		status = take_row(w, &record, false, place_in_csv, &from);
	}
	if (status == TH_OK && doubt.open)
		status = th_report(w->diags, TH_ENCODING_UNCONFIRMED, (th_pos){w->path, 1, 1, NULL}, doubt.first, (char *)NULL);
	return status;
}

static th_status read_csv(th_wide *w, th_encoding encoding)
{
	th_source *source = NULL;
	th_csv *csv = NULL;
	th_status status = th_source_open(w->path, encoding, w->diags, &source);
	if (status == TH_OK)
		status = th_csv_open_ragged(source, w->diags, &csv);
	if (status == TH_OK)
		status = read_records(w, source, csv);
	if (status == TH_OK) {
		snprintf(w->encoding, sizeof w->encoding, "%s", th_source_encoding(source));
		snprintf(w->sha256, sizeof w->sha256, "%s", th_source_sha256(source));
	}
	th_csv_close(csv);
	th_source_close(source);
	return status;
}

/* --- a sheet --- */

static th_pos place_in_sheet(const void *of, const th_record *record, size_t index)
{
	const th_grid *grid = of;
	return (th_pos){grid->name, record->line, index + 1, NULL};
}

static th_status read_grid(th_wide *w, const th_grid *grid)
{
	th_slice *cell = th_arena_alloc(&w->arena, grid->columns + 1, sizeof *cell);
	th_status status = cell ? TH_OK : th_no_memory(w->diags);
	for (size_t i = 0; i < grid->rows && status == TH_OK && !knows_enough(w); i++) {
		for (size_t c = 0; c < grid->columns; c++)
			cell[c] = th_grid_at(grid, i, c)->text;
		bool covered = w->column >= 0 && (th_grid_at(grid, i, (size_t)w->column)->flags & TH_GRID_COVERED);
		status = take_row(w, &(th_record){cell, grid->columns, grid->row[i].line, {"", 0}}, covered, place_in_sheet, grid);
	}
	return status;
}

static th_status read_sheet(th_wide *w)
{
	th_rows *rows;
	const th_grid *grid;
	th_status status = th_rows_open(w->path, TH_ENC_AUTO, w->diags, &rows);
	if (status == TH_OK)
		status = th_rows_grid(rows, w->diags, &grid);
	if (status == TH_OK) {
		w->path = th_diags_keep(w->diags, th_rows_path(rows));
		snprintf(w->encoding, sizeof w->encoding, "%s", th_rows_encoding(rows));
		snprintf(w->sha256, sizeof w->sha256, "%s", th_rows_sha256(rows));
		status = w->path ? read_grid(w, grid) : th_no_memory(w->diags);
	}
	th_rows_close(rows);
	return status;
}

/* --- the whole --- */

/* No row says it: what the first one has instead. */
static th_status tell_no_column(th_wide *w)
{
	th_buf text = {0};
	if (w->rows)
		th_buf_slice(&text, (th_slice){w->text.ptr + w->row[0].at, w->row[0].len < 300 ? w->row[0].len : 300});
	th_buf_char(&text, '\0');
	th_status status = text.failed ? th_no_memory(w->diags)
	                               : th_report(w->diags, TH_APPLICANTS_COLUMN, (th_pos){w->path, w->rows ? w->row[0].line : 1, 1, "applicant"}, text.ptr, (char *)NULL);
	th_buf_free(&text);
	return status;
}

static th_status read_all(th_wide *w, th_encoding encoding)
{
	char count[24];
	th_status status = w->sheet ? read_sheet(w) : read_csv(w, encoding);
	if (status == TH_OK && w->column < 0 && !w->most)
		status = tell_no_column(w);
	snprintf(count, sizeof count, "%zu", w->notes);
	return status == TH_OK && w->notes ? th_report(w->diags, TH_LAYOUT_NOTES, w->first_note, count, (char *)NULL) : status;
}

static th_status open_wide(const th_reference *reference, th_case_part part, const char *path, th_encoding encoding, size_t most, th_diags *diags, th_wide **out)
{
	*out = NULL;
	th_wide *w = th_calloc(1, sizeof *w);
	if (!w)
		return th_no_memory(diags);
	w->reference = reference;
	w->kind = th_case_files[part].kind;
	w->path = path;
	w->diags = diags;
	w->column = -1;
	w->most = most;
	w->sheet = th_named_as_workbook(path) || th_sheet_mark(path);
	th_status status = read_all(w, encoding);
	if (status == TH_OK)
		*out = w;
	else
		th_wide_close(w);
	return status;
}

th_status th_wide_open(const th_reference *reference, th_case_part part, const char *path, th_encoding encoding, th_diags *diags, th_wide **out)
{
	return open_wide(reference, part, path, encoding, 0, diags, out);
}

th_status th_wide_peek(const th_reference *reference, th_case_part part, const char *path, th_encoding encoding, th_diags *diags, size_t most, th_wide **out)
{
	return open_wide(reference, part, path, encoding, most, diags, out);
}

void th_wide_close(th_wide *w)
{
	if (!w)
		return;
	th_buf_free(&w->text);
	free(w->row);
	th_intern_free(&w->names);
	th_arena_free(&w->arena);
	free(w);
}

/* --- what is in it --- */

size_t th_wide_count(const th_wide *w)
{
	return w->names.count;
}

th_slice th_wide_name(const th_wide *w, size_t index)
{
	return w->applicant[index].name;
}

th_pos th_wide_place(const th_wide *w, size_t index)
{
	return w->applicant[index].place;
}

const char *th_wide_path(const th_wide *w)
{
	return w->path;
}

bool th_wide_find(const th_wide *w, th_slice name, size_t *index)
{
	th_buf key = {0};
	th_utf8_key(name, &key);
	uint32_t number = key.failed ? TH_NONE : th_intern_find(&w->names, th_buf_view(&key));
	bool ok = !key.failed;
	th_buf_free(&key);
	*index = number == TH_NONE ? w->names.count : number;
	return ok;
}

/* --- a part --- */

static size_t lines_in(const th_wide *w, const wide_row *row)
{
	const char *text = w->text.ptr + row->at;
	size_t lines = 1;
	for (size_t i = 0; i < row->len; i++)
		lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == row->len || text[i + 1] != '\n'));
	return lines;
}

/* The row behind one in a part: the heads, then the applicant's; 0-based, w->rows behind the last. */
static size_t row_behind(const th_wide *w, const wide_applicant *a, size_t row)
{
	if (row + 1 < w->heads)
		return row + 1;
	if (row < w->heads)
		return a->first;
	return w->row[row].next ? w->row[row].next - 1 : w->rows;
}

bool th_wide_part(const th_wide *w, size_t index, th_arena *arena, th_slice *text, th_lent_part *part)
{
	const wide_applicant *a = &w->applicant[index];
	size_t bytes = 0, lines = 0, len = 0, count = 0;
	for (size_t i = 0; i < w->rows; i = row_behind(w, a, i)) {
		bytes += w->row[i].len + 1;
		lines += lines_in(w, &w->row[i]);
	}
	char *copy = th_arena_alloc(arena, bytes, 1);
	size_t *line = th_arena_alloc(arena, lines, sizeof *line);
	if (!copy || !line)
		return false;
	for (size_t i = 0; i < w->rows; i = row_behind(w, a, i)) {
		memcpy(copy + len, w->text.ptr + w->row[i].at, w->row[i].len);
		len += w->row[i].len;
		copy[len++] = '\n';
		for (size_t k = lines_in(w, &w->row[i]), n = 0; n < k; n++)
			line[count++] = w->row[i].line + (w->sheet ? 0 : n);
	}
	*text = (th_slice){copy, len};
	*part = (th_lent_part){line, count, w->encoding, w->sha256, w->sheet};
	return true;
}
