/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/instrument.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/utf8.h"
#include "case/folder.h"

const char *const th_instrument_kinds[TH_INSTRUMENT_KINDS] = {"green_power", "certificate", "direct"};

enum { ID, KIND, QUANTITY, UNIT, YEAR, FACTOR, SOURCE, EVIDENCE, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"id", true}, {"kind", true}, {"quantity", true}, {"unit", true}, {"year", true}, {"factor", false}, {"source", false}, {"evidence", false},
	{"note", false},
};

static const th_text_cell texts[] = {
	{ID, offsetof(th_instrument, id)}, {QUANTITY, offsetof(th_instrument, quantity_text)}, {UNIT, offsetof(th_instrument, unit_text)},
	{YEAR, offsetof(th_instrument, year_text)}, {FACTOR, offsetof(th_instrument, factor)}, {SOURCE, offsetof(th_instrument, source)},
	{EVIDENCE, offsetof(th_instrument, evidence)},
};

/* A unit of electricity, or of certificates by their number (个, 张) where they are certificates. */
static bool read_unit(const th_units *units, th_slice text, bool certificates, th_unit *out)
{
	th_unit power;
	th_slice at;
	if (th_unit_parse(units, TH_S("kWh"), &power, &at) != TH_UNIT_OK)
		return false;
	if (th_unit_parse(units, text, out, &at) == TH_UNIT_OK && th_unit_same_dimension(out, &power))
		return true;
	/* 个, 张: units.csv has them with the word behind them, and the energy that one certificate stands for. */
	th_buf name = {0};
	th_buf_slice(&name, text);
	th_buf_str(&name, "绿证");
	bool known = certificates && !name.failed && th_unit_parse(units, th_buf_view(&name), out, &at) == TH_UNIT_OK && th_unit_same_dimension(out, &power);
	th_buf_free(&name);
	return known;
}

static bool read_kind(th_loader *l, th_instrument *row)
{
	size_t kind;
	if (!th_loader_word(l, KIND, "instruments.kind", th_instrument_kinds, TH_INSTRUMENT_KINDS, &kind))
		return false;
	row->kind = (th_instrument_kind)kind;
	return true;
}

static void read_held(th_loader *l, const th_units *units, th_instrument *row)
{
	bool given;
	th_decimal number;
	th_unit unit, kwh;
	th_slice at;
	if (!th_loader_filled(l, QUANTITY) || !th_loader_number(l, QUANTITY, &given, &number))
		return;
	if (!given || number.mant <= 0) {
		TH_FAIL(l, QUANTITY, TH_CELL_RANGE, th_loader_called(l, QUANTITY), th_loader_text(l, row->quantity_text), TH_ABOVE_ZERO, NULL);
		return;
	}
	if (!th_loader_filled(l, UNIT))
		return;
	if (!read_unit(units, row->unit_text, row->kind == TH_INSTRUMENT_CERTIFICATE, &unit) ||
	    th_unit_parse(units, TH_S("kWh"), &kwh, &at) != TH_UNIT_OK) {
		TH_FAIL(l, UNIT, TH_INSTRUMENT_UNIT, th_loader_text(l, row->unit_text), NULL);
		return;
	}
	th_ratio held = th_ratio_one();
	th_ratio_mul(&held, number);
	th_ratio_mul_unit(&held, &unit);
	th_ratio_div_unit(&held, &kwh);
	if (!th_ratio_round(&held, &row->held))
		TH_FAIL(l, QUANTITY, TH_NUMBER_TOO_LARGE, th_loader_text(l, row->quantity_text), NULL);
}

/* A factor is named by its id; 0 alone needs no unit, and so no row. */
static void read_factor(th_loader *l, const th_reference *reference, th_instrument *row)
{
	th_decimal number;
	unsigned notes;
	if (row->factor.len == 0 || th_find_factor(reference, row->factor) != TH_NONE)
		return;
	row->zero = th_number_is(th_number_parse(row->factor, &number, &notes)) && number.mant == 0;
	if (!row->zero)
		TH_FAIL(l, FACTOR, TH_INSTRUMENT_FACTOR, th_loader_text(l, row->factor), NULL);
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_once *once, th_instruments *out)
{
	th_instrument row = {.line = l->record.line, .quantity_column = th_loader_at(l, QUANTITY).column};
	bool given = false;
	if (!th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &row))
		return;
	bool named = th_loader_filled(l, ID) && th_loader_once(l, ID, TH_INSTRUMENT_TWICE, arena, once);
	(void)read_kind(l, &row);
	read_held(l, reference->units, &row);
	if (th_loader_filled(l, YEAR) && th_loader_period(l, YEAR, &given, &row.year) && !given)
		TH_FAIL(l, YEAR, TH_CELL_EMPTY, "year", NULL);
	read_factor(l, reference, &row);
	if (named)
		out->row = th_loader_append(l, arena, out->row, &out->count, &row, sizeof row);
}

static int by_id(const void *a, const void *b)
{
	return th_slice_cmp((*(const th_instrument *const *)a)->id, (*(const th_instrument *const *)b)->id);
}

static void sort(th_loader *l, th_arena *arena, th_instruments *out)
{
	out->by_id = th_arena_alloc(arena, out->count ? out->count : 1, sizeof *out->by_id);
	if (!out->by_id) {
		th_loader_no_memory(l);
		out->count = 0;
	}
	for (size_t i = 0; i < out->count; i++)
		out->by_id[i] = &out->row[i];
	if (out->count)
		qsort(out->by_id, out->count, sizeof *out->by_id, by_id);
}

th_status th_instruments_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_instruments *out)
{
	th_loader l;
	th_once once = {0};
	*out = (th_instruments){.path = path};
	if (th_case_open(&l, reference, TH_CASE_INSTRUMENTS, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, &once, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	sort(&l, arena, out);
	th_intern_free(&once.key);
	return th_loader_close(&l);
}

const th_instrument *th_instrument_find(const th_instruments *list, th_slice id)
{
	const th_instrument key = {.id = id}, *wanted = &key;
	const th_instrument **found = list && list->count ? bsearch(&wanted, list->by_id, list->count, sizeof *list->by_id, by_id) : NULL;
	return found ? *found : NULL;
}

bool th_certificate_words_make(const th_reference *reference, th_certificate_words *out)
{
	uint32_t at = 0;
	*out = (th_certificate_words){0};
	for (const th_column_name *name; (name = th_columns_each(reference->columns, "inventory.activity", &at)) != NULL;) {
		if (name->text.len == th_utf8_length(name->text))
			continue;
		th_slice *grown = th_grown(out->word, out->count, sizeof *grown);
		if (!grown)
			return false;
		out->word = grown;
		grown[out->count++] = name->text;
	}
	return true;
}

void th_certificate_words_free(th_certificate_words *words)
{
	free(words->word);
	*words = (th_certificate_words){0};
}

static bool holds(th_slice text, th_slice word)
{
	const char *at = text.ptr, *end = text.ptr + text.len;
	while ((size_t)(end - at) >= word.len && (at = memchr(at, word.ptr[0], (size_t)(end - at) - word.len + 1)) != NULL) {
		if (memcmp(at, word.ptr, word.len) == 0)
			return true;
		at++;
	}
	return false;
}

bool th_is_certificate(const th_reference *reference, const th_certificate_words *words, th_slice text)
{
	bool found = text.len && th_column_named(reference->columns, "inventory.activity", text).len;
	for (size_t i = 0; i < words->count && !found; i++)
		found = holds(text, words->word[i]);
	return found;
}
