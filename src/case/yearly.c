/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/yearly.h"

#include "reference/loader.h"

enum { SERIES, YEAR, EMISSIONS, UNIT, OUTPUT, OUTPUT_UNIT, ENERGY, ENERGY_UNIT, SOURCE, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"series", false}, {"year", true}, {"emissions", true}, {"unit", true}, {"output", false}, {"output_unit", false}, {"energy", false},
	{"energy_unit", false}, {"source", false}, {"note", false},
};

enum { D_MEASURE, D_YEAR, D_REDUCTION, D_UNIT, D_EVIDENCE, D_NOTE, D_COLUMNS };
static const th_column delivered_columns[D_COLUMNS] = {
	{"measure", true}, {"year", true}, {"reduction", true}, {"unit", true}, {"evidence", false}, {"note", false},
};

static void read_year(th_loader *l, size_t column, int *out)
{
	bool given;
	th_period period;
	if (!th_loader_filled(l, column) || !th_loader_period(l, column, &given, &period))
		return;
	if (!given || period.first_year != period.last_year || period.num != period.den)
		TH_FAIL(l, column, TH_TARGET_YEAR, th_loader_text(l, th_loader_cell(l, column)), NULL);
	else
		*out = period.first_year;
}

/* A mass of CO2e, not below zero. */
static void read_mass(th_loader *l, const th_units *units, size_t column, size_t unit_column, th_mass *out)
{
	th_decimal number;
	th_unit unit, kilogram;
	bool given;
	if (!th_loader_filled(l, column) || !th_loader_number(l, column, &given, &number))
		return;
	if (!given)
		TH_FAIL(l, column, TH_CELL_EMPTY, l->want[column].name, NULL);
	else if (number.mant < 0)
		TH_FAIL(l, column, TH_CELL_BELOW_ZERO, l->want[column].name, th_loader_text(l, th_loader_cell(l, column)), ">= 0", NULL);
	else if (th_loader_mass_unit(l, units, unit_column, "", &unit, &kilogram))
		th_loader_mass(l, column, number, &unit, &kilogram, out);
}

/* A number above zero with its unit; `like` NULL: any unit. */
static void read_quantity(th_loader *l, const th_units *units, size_t column, const char *like, bool *has, th_unit *unit, th_mass *out)
{
	th_decimal number;
	th_unit base = {.num = 1, .den = 1};
	th_slice text = th_loader_cell(l, column + 1), at;
	bool given;
	if (!th_loader_number(l, column, &given, &number) || !given)
		return;
	if (number.mant <= 0) {
		TH_FAIL(l, column, TH_CELL_BELOW_ZERO, l->want[column].name, th_loader_text(l, th_loader_cell(l, column)), "> 0", NULL);
		return;
	}
	if (th_unit_parse(units, text, unit, &at) != TH_UNIT_OK ||
	    (like && (th_unit_parse(units, th_slice_of(like), &base, &at) != TH_UNIT_OK || !th_unit_same_dimension(unit, &base)))) {
		TH_FAIL(l, column + 1, TH_SERIES_UNIT, th_loader_text(l, text), like ? like : "10^8 CNY", NULL);
		return;
	}
	*has = th_loader_mass(l, column, number, unit, &base, out);
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_yearly *out)
{
	th_yearly_row row = {.line = l->record.line};
	th_unit energy;
	read_year(l, YEAR, &row.year);
	read_mass(l, reference->units, EMISSIONS, UNIT, &row.mass);
	read_quantity(l, reference->units, OUTPUT, NULL, &row.has_output, &row.output_unit, &row.output);
	read_quantity(l, reference->units, ENERGY, "kgce", &row.has_energy, &energy, &row.energy);
	if (!th_loader_copy(l, arena, th_loader_cell(l, SERIES), &row.series) || !th_loader_copy(l, arena, th_loader_cell(l, SOURCE), &row.source))
		return;
	out->row = th_loader_append(l, arena, out->row, &out->count, &row, sizeof row);
}

th_status th_yearly_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_yearly *out)
{
	th_loader l;
	*out = (th_yearly){.path = path};
	if (th_loader_open(&l, path, TH_ENC_AUTO, reference->columns, "series", columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, out);
		out->encoding = th_source_encoding(l.source);
		memcpy(out->sha256, th_source_sha256(l.source), sizeof out->sha256);
	}
	return th_loader_close(&l);
}

static void add_delivered(th_loader *l, const th_reference *reference, th_arena *arena, th_delivered *out)
{
	th_delivered_row row = {.line = l->record.line};
	th_loader_filled(l, D_MEASURE);
	read_year(l, D_YEAR, &row.year);
	read_mass(l, reference->units, D_REDUCTION, D_UNIT, &row.reduction);
	if (!th_loader_copy(l, arena, th_loader_cell(l, D_MEASURE), &row.measure) ||
	    !th_loader_copy(l, arena, th_loader_cell(l, D_EVIDENCE), &row.evidence))
		return;
	for (size_t i = 0; i < out->count; i++)
		if (row.measure.len && th_slice_eq(out->row[i].measure, row.measure) && out->row[i].year == row.year)
			TH_FAIL(l, D_MEASURE, TH_ROW_TWICE, th_loader_printf(l, "%s %d", th_loader_text(l, row.measure), row.year), NULL);
	out->row = th_loader_append(l, arena, out->row, &out->count, &row, sizeof row);
}

th_status th_delivered_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_delivered *out)
{
	th_loader l;
	*out = (th_delivered){.path = path};
	if (th_loader_open(&l, path, TH_ENC_AUTO, reference->columns, "delivered", delivered_columns, D_COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_delivered(&l, reference, arena, out);
		out->encoding = th_source_encoding(l.source);
		memcpy(out->sha256, th_source_sha256(l.source), sizeof out->sha256);
	}
	return th_loader_close(&l);
}
