/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ledger: a row for each entry, in CSV or NDJSON. What columns it has, in their order, and what stands in each is one table. */
#include "report/report.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/utf8.h"
#include "io/csv.h"
#include "io/json.h"
#include "io/output.h"

enum { FLUSH_AT = 65536 };

/* Where in the text of a piece the name of its file belongs: which of two files is `a.csv#2` is known when it is taken. */
struct unnamed {
	size_t at;
	const char *file;
};

struct th_ledger {
	th_output *output; /* NULL: of a piece */
	th_buf row;    /* rows that wait for the next flush */
	th_buf number; /* of JSON: scratch for one cell */
	bool json;
	th_lang lang;   /* of the heads and names of CSV */
	th_file_names names;
	th_label column; /* of the cell that is being written */
	bool first;     /* no cell of the row is written yet */
	size_t mass_at, mass_len; /* of a row of CSV: where in it the mass of the gas stands */
	bool failed;    /* a line was not written whole */
	struct unnamed *unnamed; /* of a piece, one for each row */
	size_t rows;
};

static void flush(th_ledger *l, size_t at)
{
	if (l->output && l->row.len >= at && !l->row.failed) {
		th_output_write(l->output, th_buf_view(&l->row));
		th_buf_clear(&l->row);
	}
}

/* --- cells --- */

/* The comma before a cell of CSV, and its name in JSON. */
static inline void begin_cell(th_ledger *l)
{
	if (!l->first)
		th_buf_char(&l->row, ',');
	l->first = false;
	if (!l->json)
		return;
	th_buf_char(&l->row, '"');
	th_buf_str(&l->row, th_word_text(l->column, TH_LANG_EN));
	th_buf_str(&l->row, "\":");
}

static void put_text(th_ledger *l, th_slice cell)
{
	if (l->json && cell.len == 0)
		return; /* it has no empty members */
	begin_cell(l);
	if (l->json)
		th_put_json_string(&l->row, cell);
	else
		th_put_csv_text(&l->row, cell);
}

/* Where a number is to be put: into CSV at once. */
static th_buf *begin_number(th_ledger *l)
{
	if (l->json)
		return &l->number;
	begin_cell(l);
	return &l->row;
}

static void end_number(th_ledger *l)
{
	if (l->number.len == 0)
		return;
	begin_cell(l);
	th_buf_slice(&l->row, th_buf_view(&l->number));
	th_buf_clear(&l->number);
}

static void put_count(th_ledger *l, size_t value)
{
	th_buf *to = begin_number(l);
	if (value)
		th_buf_count(to, value);
	end_number(l);
}

static void put_kilograms(th_ledger *l, th_mass mass)
{
	th_put_mass(begin_number(l), mass, 0);
	end_number(l);
}

/* --- what is no text of the entry or of its factor --- */

/* A name from another system may not be UTF-8; what is written always is. */
static void put_name(th_ledger *l, const char *file)
{
	th_slice name = th_name_of(&l->names, file);
	th_buf shown = {0};
	if (th_utf8_valid(name) == name.len) {
		put_text(l, name);
		return;
	}
	th_utf8_escape(name, &shown);
	put_text(l, th_buf_view(&shown));
	l->row.failed |= shown.failed;
	th_buf_free(&shown);
}

static void put_file(th_ledger *l, const th_entry *e)
{
	if (l->output) {
		put_name(l, e->file);
		return;
	}
	struct unnamed *grown = th_grown(l->unnamed, l->rows, sizeof *grown);
	l->row.failed |= !grown;
	if (!grown)
		return;
	l->unnamed = grown;
	grown[l->rows++] = (struct unnamed){l->row.len, e->file};
	l->first = false; /* a file has a name */
}

static void put_line(th_ledger *l, const th_entry *e)
{
	put_count(l, e->line);
}

static void put_scope(th_ledger *l, const th_entry *e)
{
	put_count(l, e->scope > 0 ? (size_t)e->scope : 0);
}

static void put_iso(th_ledger *l, const th_entry *e)
{
	put_count(l, (size_t)e->iso);
}

static void put_activity(th_ledger *l, const th_entry *e)
{
	put_text(l, e->activity->id);
}

/* CSV has it in the language of its heads, JSON in both. */
static void put_activity_name(th_ledger *l, const th_entry *e)
{
	th_slice zh = e->activity->name_zh, en = e->activity->name_en;
	if (!l->json) {
		put_text(l, th_in_lang(l->lang, zh, en));
		return;
	}
	if (!zh.len && !en.len)
		return;
	begin_cell(l);
	th_buf_str(&l->row, zh.len ? "{\"zh\":" : "{");
	if (zh.len)
		th_put_json_string(&l->row, zh);
	th_buf_str(&l->row, zh.len && en.len ? "," : "");
	th_buf_str(&l->row, en.len ? "\"en\":" : "");
	if (en.len)
		th_put_json_string(&l->row, en);
	th_buf_char(&l->row, '}');
}

static void put_quantity(th_ledger *l, const th_entry *e)
{
	th_put_number(begin_number(l), e->quantity, e->amount);
	end_number(l);
}

static void put_gas(th_ledger *l, const th_entry *e)
{
	put_text(l, e->gas->name);
}

static void put_bucket(th_ledger *l, const th_entry *e)
{
	put_text(l, th_slice_of(th_bucket_names[e->bucket]));
}

static void put_factor_value(th_ledger *l, const th_entry *e)
{
	th_buf *to = begin_number(l);
	if (e->factor && e->factor->has_value)
		th_put_number(to, e->factor->value_text, e->factor->value);
	end_number(l);
}

static void put_gas_mass(th_ledger *l, const th_entry *e)
{
	l->mass_at = l->row.len + 1; /* behind the comma */
	put_kilograms(l, e->mass);
	l->mass_len = l->row.len - l->mass_at;
}

static void put_gwp(th_ledger *l, const th_entry *e)
{
	th_put_decimal(begin_number(l), e->gwp);
	end_number(l);
}

static void put_co2e(th_ledger *l, const th_entry *e)
{
	if (l->json || e->co2e != e->mass || l->row.failed) {
		put_kilograms(l, e->co2e);
		return;
	}
	begin_cell(l); /* it is the same number */
	if (th_buf_reserve(&l->row, l->mass_len))
		th_buf_add(&l->row, l->row.ptr + l->mass_at, l->mass_len);
}

static void put_region(th_ledger *l, const th_entry *e)
{
	put_text(l, e->region.len || !e->factor ? e->region : e->factor->region_text);
}

/* --- rows --- */

/* A column is a text of the entry, a text of its factor (a credit has none: it is counted as written), or has a function. */
static const struct {
	th_label name;
	enum { OF_ENTRY, OF_FACTOR, OWN } how;
	size_t offset; /* of the th_slice */
	void (*put)(th_ledger *, const th_entry *);
} columns[] = {
	{.name = W_L_FILE, .how = OWN, .put = put_file},
	{.name = W_L_LINE, .how = OWN, .put = put_line},
	{.name = W_L_PERIOD, .how = OF_ENTRY, .offset = offsetof(th_entry, period)},
	{.name = W_L_SITE, .how = OF_ENTRY, .offset = offsetof(th_entry, site)},
	{.name = W_L_SOURCE, .how = OF_ENTRY, .offset = offsetof(th_entry, source)},
	{.name = W_L_SCOPE, .how = OWN, .put = put_scope},
	{.name = W_L_ISO, .how = OWN, .put = put_iso},
	{.name = W_L_ACTIVITY, .how = OWN, .put = put_activity},
	{.name = W_L_ACTIVITY_NAME, .how = OWN, .put = put_activity_name},
	{.name = W_L_QUANTITY, .how = OWN, .put = put_quantity},
	{.name = W_L_UNIT, .how = OF_ENTRY, .offset = offsetof(th_entry, unit)},
	{.name = W_L_GAS, .how = OWN, .put = put_gas},
	{.name = W_L_BUCKET, .how = OWN, .put = put_bucket},
	{.name = W_L_FACTOR, .how = OF_FACTOR, .offset = offsetof(th_factor, id)},
	{.name = W_L_FACTOR_VALUE, .how = OWN, .put = put_factor_value},
	{.name = W_L_FACTOR_UNIT, .how = OF_FACTOR, .offset = offsetof(th_factor, unit_text)},
	{.name = W_L_FORMULA, .how = OF_ENTRY, .offset = offsetof(th_entry, formula)},
	{.name = W_L_MASS, .how = OWN, .put = put_gas_mass},
	{.name = W_L_GWP, .how = OWN, .put = put_gwp},
	{.name = W_L_CO2E, .how = OWN, .put = put_co2e},
	{.name = W_L_SOURCE_DOCUMENT, .how = OF_FACTOR, .offset = offsetof(th_factor, source)},
	{.name = W_L_TABLE, .how = OF_FACTOR, .offset = offsetof(th_factor, table)},
	{.name = W_L_URL, .how = OF_FACTOR, .offset = offsetof(th_factor, url)},
	{.name = W_L_REGION, .how = OWN, .put = put_region},
	{.name = W_L_INSTRUMENT, .how = OF_ENTRY, .offset = offsetof(th_entry, instrument)},
	{.name = W_L_EVIDENCE, .how = OF_ENTRY, .offset = offsetof(th_entry, evidence)},
	{.name = W_L_NOTE, .how = OF_ENTRY, .offset = offsetof(th_entry, note)},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void put_slice_of(th_ledger *l, const void *whose, size_t offset)
{
	th_slice cell = {"", 0};
	if (whose)
		memcpy(&cell, (const char *)whose + offset, sizeof cell);
	put_text(l, cell);
}

static void put_heads(th_ledger *l)
{
	th_buf_str(&l->row, "\xEF\xBB\xBF");
	for (size_t i = 0; i < COLUMNS; i++) {
		th_buf_str(&l->row, i ? "," : "");
		th_put_csv_text(&l->row, th_slice_of(th_word_text(columns[i].name, l->lang)));
	}
	th_buf_str(&l->row, "\r\n");
}

static th_status put_entry(th_ledger *l, const th_entry *e)
{
	l->first = true;
	th_buf_str(&l->row, l->json ? "{" : "");
	for (size_t i = 0; i < COLUMNS; i++) {
		l->column = columns[i].name;
		if (columns[i].how == OWN)
			columns[i].put(l, e);
		else
			put_slice_of(l, columns[i].how == OF_ENTRY ? (const void *)e : e->factor, columns[i].offset);
	}
	th_buf_str(&l->row, l->json ? "}\n" : "\r\n");
	flush(l, FLUSH_AT);
	return l->row.failed || l->number.failed || l->names.failed ? TH_SYSTEM : TH_OK;
}

/* --- a job --- */

static th_status start(const char *path, th_lang lang, th_diags *diags, th_ledger **out)
{
	th_ledger *l = th_calloc(1, sizeof *l);
	if (!l)
		return th_no_memory(diags);
	l->lang = lang;
	l->json = path && (th_slice_ends(th_slice_of(path), TH_S(".ndjson")) || th_slice_ends(th_slice_of(path), TH_S(".jsonl")));
	th_status status = th_output_open(path, diags, &l->output);
	if (status != TH_OK) {
		free(l);
		return status;
	}
	if (!l->json)
		put_heads(l);
	*out = l;
	return TH_OK;
}

th_status th_ledger_open(const char *path, th_lang lang, th_diags *diags, th_ledger **out)
{
	th_mark mark = th_begin(diags);
	*out = NULL;
	th_status status = th_settle(mark, diags, start(path, lang, diags, out));
	if (status != TH_OK) {
		th_ledger_abort(*out);
		*out = NULL;
	}
	return status;
}

th_status th_ledger_entry(void *ledger, const th_entry *entry)
{
	th_mark mark = th_begin(NULL);
	th_ledger *l = ledger;
	th_status status = th_settle(mark, NULL, entry->gas ? put_entry(l, entry) : TH_OK); /* rows are of gases */
	l->failed |= status != TH_OK;
	return status;
}

static void release(th_ledger *l)
{
	free(l->unnamed);
	th_buf_free(&l->row);
	th_buf_free(&l->number);
	th_file_names_free(&l->names);
	free(l);
}

/* --- in pieces --- */

static void *make_piece(void *ledger)
{
	const th_ledger *of = ledger;
	th_ledger *piece = th_calloc(1, sizeof *piece);
	if (piece) {
		piece->json = of->json;
		piece->lang = of->lang;
	}
	return piece;
}

static th_status piece_entry(void *piece, const th_entry *entry)
{
	return entry->gas ? put_entry(piece, entry) : TH_OK;
}

static th_status take_piece(void *ledger, void *made)
{
	th_ledger *l = ledger, *piece = made;
	size_t from = 0;
	l->column = W_L_FILE;
	for (size_t i = 0; i < piece->rows; i++) {
		const struct unnamed *row = &piece->unnamed[i];
		th_buf_add(&l->row, piece->row.ptr + from, row->at - from);
		l->first = true;
		put_name(l, row->file);
		from = row->at;
	}
	if (piece->row.len > from)
		th_buf_add(&l->row, piece->row.ptr + from, piece->row.len - from);
	flush(l, FLUSH_AT);
	th_buf_clear(&piece->row);
	piece->rows = 0;
	l->failed |= l->row.failed || l->names.failed;
	return l->failed ? TH_SYSTEM : TH_OK;
}

static void release_piece(void *piece)
{
	release(piece);
}

const th_in_pieces th_ledger_pieces = {make_piece, piece_entry, take_piece, release_piece};

th_status th_ledger_prepare(th_ledger *ledger, th_diags *diags)
{
	if (ledger->failed)
		return th_no_memory(diags);
	flush(ledger, 1);
	return th_output_prepare(ledger->output, diags);
}

th_status th_ledger_commit(th_ledger *ledger, th_diags *diags)
{
	th_status status;
	if (ledger->failed) {
		th_output_abort(ledger->output);
		status = th_no_memory(diags);
	} else {
		flush(ledger, 1);
		status = th_output_commit(ledger->output, diags);
	}
	release(ledger);
	return status;
}

void th_ledger_abort(th_ledger *ledger)
{
	if (!ledger)
		return;
	th_output_abort(ledger->output);
	release(ledger);
}
