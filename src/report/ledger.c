/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "io/csv.h"
#include "io/json.h"
#include "io/output.h"

enum { FLUSH_AT = 65536 };

struct th_ledger {
	th_output *output;
	th_buf row;    /* rows that wait for the next flush */
	th_buf number; /* scratch for one cell */
	bool json;
	th_lang lang;
	th_label column; /* of the next cell */
	bool first;     /* JSON: no member yet */
	bool failed;    /* a line was not written whole */
};

static bool ends_with(const char *path, const char *tail)
{
	size_t n = strlen(path), m = strlen(tail);
	return n >= m && memcmp(path + n - m, tail, m) == 0;
}

static void flush(th_ledger *l, size_t at)
{
	if (l->row.len >= at && !l->row.failed) {
		th_output_write(l->output, th_buf_view(&l->row));
		th_buf_clear(&l->row);
	}
}

/* Make room for the cell of the next column; false when it is not to be written (JSON has no empty members). */
static bool next_cell(th_ledger *l, bool empty)
{
	th_label column = l->column++;
	if (!l->json) {
		if (column != W_L_FILE)
			th_buf_char(&l->row, ',');
		return true;
	}
	if (empty)
		return false;
	th_buf_str(&l->row, l->first ? "\"" : ",\"");
	th_buf_str(&l->row, th_word_text(column, TH_LANG_EN));
	th_buf_str(&l->row, "\":");
	l->first = false;
	return true;
}

static void text(th_ledger *l, th_slice cell)
{
	if (!next_cell(l, cell.len == 0))
		return;
	if (l->json)
		th_put_json_string(&l->row, cell);
	else
		th_put_csv_text(&l->row, cell);
}

/* What stands in l->number. */
static void number(th_ledger *l)
{
	if (next_cell(l, l->number.len == 0))
		th_buf_slice(&l->row, th_buf_view(&l->number));
	th_buf_clear(&l->number);
}

static void count(th_ledger *l, size_t value)
{
	if (value)
		th_buf_printf(&l->number, "%zu", value);
	number(l);
}

static void mass(th_ledger *l, th_mass value)
{
	th_put_mass(&l->number, value, 0);
	number(l);
}

/* A name from another system may not be UTF-8; what is written always is. */
static void file(th_ledger *l, th_slice name)
{
	if (th_utf8_valid(name) == name.len) {
		text(l, name);
		return;
	}
	th_buf shown = {0};
	th_utf8_escape(name, &shown);
	text(l, th_buf_view(&shown));
	l->row.failed |= shown.failed;
	th_buf_free(&shown);
}

static void quantity(th_ledger *l, th_slice cell)
{
	th_decimal value;
	unsigned notes;
	if (th_number_parse(cell, &value, &notes) == TH_NUM_OK)
		th_put_number(&l->number, cell, value);
	number(l);
}

static th_status start(const char *path, th_lang lang, th_diags *diags, th_ledger **out)
{
	th_ledger *l = th_calloc(1, sizeof *l);
	if (!l)
		return th_no_memory(diags);
	l->lang = lang;
	l->json = path && (ends_with(path, ".ndjson") || ends_with(path, ".jsonl"));
	th_status status = th_output_open(path, diags, &l->output);
	if (status != TH_OK) {
		free(l);
		return status;
	}
	if (!l->json) {
		th_buf_str(&l->row, "\xEF\xBB\xBF");
		for (th_label column = W_L_FILE; column <= W_L_NOTE; column++) {
			if (column != W_L_FILE)
				th_buf_char(&l->row, ',');
			th_put_csv_text(&l->row, th_slice_of(th_word_text(column, lang)));
		}
		th_buf_str(&l->row, "\r\n");
	}
	*out = l;
	return TH_OK;
}

static th_status put_entry(th_ledger *l, const th_entry *e)
{
	static const th_factor no_factor; /* a credit is counted as written */
	const th_activity *activity = e->activity;
	const th_factor *factor = e->factor ? e->factor : &no_factor;
	l->column = W_L_FILE;
	l->first = true;
	if (l->json)
		th_buf_char(&l->row, '{');
	file(l, th_slice_of(e->file));
	count(l, e->line);
	text(l, e->period);
	text(l, e->site);
	text(l, e->source);
	count(l, e->scope > 0 ? (size_t)e->scope : 0);
	count(l, (size_t)e->iso);
	text(l, activity->id);
	text(l, th_in_lang(l->lang, activity->name_zh, activity->name_en));
	quantity(l, e->quantity);
	text(l, e->unit);
	text(l, e->gas->name);
	text(l, th_slice_of(th_bucket_names[e->bucket]));
	text(l, factor->id);
	if (factor->has_value)
		th_put_number(&l->number, factor->value_text, factor->value);
	number(l);
	text(l, factor->unit_text);
	text(l, e->formula);
	mass(l, e->mass);
	th_put_decimal(&l->number, e->gwp);
	number(l);
	mass(l, e->co2e);
	text(l, factor->source);
	text(l, factor->table);
	text(l, factor->url);
	text(l, e->region.len ? e->region : factor->region_text);
	text(l, e->instrument);
	text(l, e->evidence);
	text(l, e->note);
	th_buf_str(&l->row, l->json ? "}\n" : "\r\n");
	flush(l, FLUSH_AT);
	return l->row.failed || l->number.failed ? TH_SYSTEM : TH_OK;
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
	th_status status = th_settle(mark, NULL, put_entry(l, entry));
	l->failed |= status != TH_OK;
	return status;
}

static void release(th_ledger *l)
{
	th_buf_free(&l->row);
	th_buf_free(&l->number);
	free(l);
}

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
