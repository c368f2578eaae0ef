/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/yearly.h"

#include "case/folder.h"

enum { SERIES, YEAR, EMISSIONS, UNIT, OUTPUT, OUTPUT_UNIT, ENERGY, ENERGY_UNIT, SOURCE, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"series", false}, {"year", true}, {"emissions", true}, {"unit", false}, {"output", false}, {"output_unit", false}, {"energy", false},
	{"energy_unit", false}, {"source", false}, {"note", false},
};

/* A number above zero with its unit; `like` NULL: any unit. */
static void read_quantity(th_loader *l, const th_units *units, size_t column, const char *like, bool *has, th_unit *unit, th_mass *out)
{
	th_cell_amount amount;
	th_unit base = {.num = 1, .den = 1};
	th_slice at;
	if (!th_loader_amount(l, units, column, column + 1, &amount) || !amount.given)
		return;
	if (amount.number.mant <= 0) {
		TH_FAIL(l, column, TH_CELL_BELOW_ZERO, th_loader_called(l, column), th_loader_text(l, th_loader_cell(l, column)), TH_ABOVE_ZERO, NULL);
		return;
	}
	if (th_unit_parse(units, amount.unit, unit, &at) != TH_UNIT_OK ||
	    (like && (th_unit_parse(units, th_slice_of(like), &base, &at) != TH_UNIT_OK || !th_unit_same_dimension(unit, &base)))) {
		TH_FAIL(l, amount.column, TH_SERIES_UNIT, th_loader_text(l, amount.unit), like ? like : "10^8 CNY", NULL);
		return;
	}
	*has = th_loader_mass(l, column, amount.number, unit, &base, out);
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_yearly *out)
{
	th_yearly_row row = {.line = l->record.line};
	th_unit energy;
	th_loader_year(l, YEAR, &row.year);
	th_loader_emissions(l, reference->units, EMISSIONS, UNIT, true, &row.mass);
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
	if (th_case_open(&l, reference, TH_CASE_SERIES, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	return th_loader_close(&l);
}
