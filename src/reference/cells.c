/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of the files that users write: numbers, dates and masses, each reported at its place. */
#include "base/utf8.h"
#include "reference/loader.h"

void th_loader_no_number(th_loader *l, size_t column, th_slice text, th_number kind)
{
	static const th_code codes[] = {
		[TH_NUM_PERCENT] = TH_NUMBER_PERCENT,
		[TH_NUM_NONFINITE] = TH_NUMBER_NONFINITE, [TH_NUM_HEX] = TH_NUMBER_HEX, [TH_NUM_RANGE] = TH_NUMBER_RANGE,
		[TH_NUM_GROUPS] = TH_NUMBER_GROUPS, [TH_NUM_UNIT] = TH_NUMBER_UNIT,
		[TH_NUM_EXCEL] = TH_NUMBER_EXCEL, [TH_NUM_ZERO_COMMA] = TH_NUMBER_ZERO_COMMA, [TH_NUM_SEMICOLON] = TH_NUMBER_SEMICOLON,
		[TH_NUM_SEMICOLONS] = TH_NUMBER_SEMICOLONS, [TH_NUM_SIGN_BEHIND] = TH_NUMBER_SIGN_BEHIND, [TH_NUM_BRACKETS] = TH_NUMBER_BRACKETS,
		[TH_NUM_BAD] = TH_NUMBER_BAD,
	};
	char space[2][TH_NUMBER_MEANT];
	TH_FAIL(l, column, codes[kind], th_loader_text(l, text), th_number_meant(text, kind, false, space[0]),
	        th_number_meant(text, kind, true, space[1]), NULL);
}

bool th_loader_taken(th_loader *l, size_t column, th_number kind)
{
	if (kind == TH_NUM_DIGITS)
		TH_FAIL(l, column, TH_NUMBER_ROUNDED, NULL);
	return th_number_is(kind);
}

bool th_loader_comma(th_loader *l, size_t column)
{
	th_decimal number;
	unsigned notes = 0;
	th_slice text = th_loader_cell(l, column);
	th_number kind = th_number_in(text, th_rows_delimiter(l->rows), &number, &notes);
	if (!th_number_has_comma(kind))
		return false;
	th_loader_no_number(l, column, text, kind);
	return true;
}

bool th_loader_decimal(th_loader *l, size_t column, th_decimal *out)
{
	unsigned notes = 0;
	th_slice text = th_loader_cell(l, column);
	/* A table that others rely on is corrected at its source, so digits in groups are not joined here. */
	th_number kind = th_number_in(text, th_rows_delimiter(l->rows), out, &notes);
	if (th_number_is(kind) && !(notes & TH_NUM_GROUPED))
		return th_loader_taken(l, column, kind);
	if (th_number_has_comma(kind))
		th_loader_no_number(l, column, text, kind);
	else
		TH_FAIL(l, column, TH_CELL_NUMBER, th_loader_called(l, column), th_loader_text(l, text), NULL);
	return false;
}

bool th_loader_number(th_loader *l, size_t column, bool *given, th_decimal *out)
{
	unsigned notes = 0;
	th_slice text = th_loader_cell(l, column);
	th_number found = th_number_in(text, th_rows_delimiter(l->rows), out, &notes);
	*given = th_loader_taken(l, column, found);
	if (*given || found == TH_NUM_EMPTY || found == TH_NUM_MISSING)
		return true;
	th_loader_no_number(l, column, text, found);
	return false;
}

bool th_loader_period(th_loader *l, size_t column, bool *given, th_period *out)
{
	static const th_code codes[] = {
		[TH_PERIOD_EXCEL] = TH_CELL_PERIOD_EXCEL, [TH_PERIOD_NO_DATE] = TH_CELL_PERIOD_NO_DATE,
		[TH_PERIOD_ORDER] = TH_CELL_PERIOD_ORDER, [TH_PERIOD_SERIAL] = TH_CELL_PERIOD_SERIAL,
		[TH_PERIOD_BAD] = TH_CELL_PERIOD_BAD,
	};
	th_slice text = th_loader_cell(l, column);
	th_period_error error = th_period_parse(text, out);
	*given = error == TH_PERIOD_OK;
	if (error == TH_PERIOD_OK || error == TH_PERIOD_EMPTY)
		return true;
	char meant[16];
	TH_FAIL(l, column, codes[error], th_loader_text(l, text), th_period_meant(text, meant), NULL);
	return false;
}

bool th_loader_mass_unit_of(th_loader *l, const th_units *units, size_t column, th_slice text, const char *per, th_unit *out, th_unit *kilogram)
{
	static const char *const tags[] = {"CO2e", "CO2", ""}; /* CO2 has a GWP of 1; what a bare mass is of, the column says */
	th_slice at = text;
	bool read = th_unit_parse(units, text, out, &at) == TH_UNIT_OK;
	for (size_t i = 0; read && i < sizeof tags / sizeof *tags; i++) {
		const char *like = th_loader_printf(l, "kg %s%s", tags[i], per);
		if (th_unit_parse(units, th_slice_of(like), kilogram, &at) == TH_UNIT_OK && th_unit_same_dimension(out, kilogram))
			return true;
	}
	TH_FAIL(l, column, TH_CELL_MASS_UNIT, th_loader_text(l, text), th_loader_printf(l, "t CO2e%s", per), *per ? "吨二氧化碳当量/年" : "吨二氧化碳当量", NULL);
	return false;
}

bool th_loader_mass(th_loader *l, size_t column, th_decimal number, const th_unit *unit, const th_unit *kilogram, th_mass *out)
{
	th_ratio mass = th_ratio_one();
	th_ratio_mul(&mass, number);
	th_ratio_mul_unit(&mass, unit);
	th_ratio_div_unit(&mass, kilogram);
	if (th_ratio_round(&mass, out))
		return true;
	TH_FAIL(l, column, TH_NUMBER_TOO_LARGE, th_loader_text(l, th_loader_cell(l, column)), NULL);
	return false;
}

bool th_loader_year_written(th_loader *l, size_t column, int *year)
{
	th_slice text = th_loader_cell(l, column);
	th_period period;
	if (th_period_parse(text, &period) == TH_PERIOD_OK && period.num == period.den && period.first_year == period.last_year) {
		*year = period.first_year;
		return true;
	}
	TH_FAIL(l, column, TH_TARGET_YEAR, th_loader_text(l, text), NULL);
	return false;
}

bool th_loader_year(th_loader *l, size_t column, int *year)
{
	bool given;
	th_period period;
	if (!th_loader_filled(l, column) || !th_loader_period(l, column, &given, &period))
		return false;
	if (given && period.first_year == period.last_year && period.num == period.den) {
		*year = period.first_year;
		return true;
	}
	TH_FAIL(l, column, TH_TARGET_YEAR, th_loader_text(l, th_loader_cell(l, column)), NULL);
	return false;
}

bool th_loader_texts(th_loader *l, th_arena *arena, const th_text_cell *texts, size_t count, void *object)
{
	for (size_t i = 0; i < count; i++)
		if (!th_loader_copy(l, arena, th_loader_cell(l, texts[i].column), (th_slice *)(void *)((char *)object + texts[i].offset)))
			return false;
	return true;
}

void *th_loader_append(th_loader *l, th_arena *arena, void *list, size_t *count, const void *row, size_t size)
{
	char *grown = th_grown_in(arena, list, *count, size);
	if (!grown) {
		th_loader_no_memory(l);
		return list;
	}
	memcpy(grown + *count * size, row, size);
	++*count;
	return grown;
}

bool th_loader_once(th_loader *l, size_t column, th_code code, th_arena *arena, th_once *once)
{
	return th_loader_once_named(l, column, th_loader_cell(l, column), code, arena, once);
}

bool th_loader_first(th_loader *l, th_slice text, th_arena *arena, th_once *once, size_t *before)
{
	uint32_t known = once->key.count;
	size_t *grown = th_grown_in(arena, once->line, known, sizeof *grown);
	uint32_t number = grown ? th_intern_add(&once->key, text) : TH_NONE;
	*before = 0;
	if (number == TH_NONE)
		return th_loader_no_memory(l);
	once->line = grown;
	if (number == known)
		grown[number] = l->record.line;
	else
		*before = grown[number];
	return number == known;
}

bool th_loader_once_named(th_loader *l, size_t column, th_slice text, th_code code, th_arena *arena, th_once *once)
{
	th_buf key = {0};
	size_t before = 0;
	th_utf8_key(text, &key);
	bool first = key.failed ? th_loader_no_memory(l) : th_loader_first(l, th_buf_view(&key), arena, once, &before);
	th_buf_free(&key);
	if (before)
		TH_FAIL(l, column, code, th_loader_text(l, text), th_loader_printf(l, "%zu", before), NULL);
	return first;
}
