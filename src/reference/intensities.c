/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an activity is worth in standard coal (energy.csv), and what totals are divided by (intensities.csv). */
#include "reference/load.h"

enum { E_ACTIVITY, E_BASIS, E_VALUE, E_UNIT, E_SOURCE, E_TABLE, E_CONFIDENCE, E_NOTE, E_COUNT };
static const th_column energy_columns[E_COUNT] = {
	{"activity", true}, {"basis", true}, {"value", true}, {"unit", true}, {"source", true}, {"table", true}, {"confidence", false},
	{"note", true},
};

static void energy_row(th_loader *l, th_reference *r)
{
	static const char *const bases[] = {"equivalent", "equal"};
	static const struct { size_t column, offset; } texts[] = {
		{E_ACTIVITY, offsetof(th_energy, activity)}, {E_VALUE, offsetof(th_energy, value_text)}, {E_UNIT, offsetof(th_energy, unit_text)},
		{E_SOURCE, offsetof(th_energy, source)}, {E_TABLE, offsetof(th_energy, table)}, {E_NOTE, offsetof(th_energy, note)},
	};
	th_energy energy = {0};
	size_t basis;
	bool ok = th_loader_filled(l, E_ACTIVITY);
	ok &= th_loader_filled(l, E_SOURCE);
	ok &= th_loader_choice(l, E_BASIS, bases, 2, &basis);
	ok &= th_loader_decimal(l, E_VALUE, &energy.value);
	ok &= th_loader_unit(l, r->units, E_UNIT, &energy.unit);
	if (!ok)
		return;
	energy.equal = basis == 1;
	if (energy.value.mant <= 0)
		TH_FAIL(l, E_VALUE, TH_CELL_RANGE, "value", th_loader_text(l, th_loader_cell(l, E_VALUE)), "> 0", NULL);
	if (th_unit_exponent(r->units, &energy.unit, "coal-equivalent") != 1)
		TH_FAIL(l, E_UNIT, TH_ENERGY_UNIT, th_loader_text(l, th_loader_cell(l, E_UNIT)), NULL);
	for (uint32_t i = 0; i < r->energies; i++)
		if (r->energy[i].equal == energy.equal && th_slice_eq(r->energy[i].activity, th_loader_cell(l, E_ACTIVITY)))
			TH_FAIL(l, E_ACTIVITY, TH_ROW_TWICE, th_loader_printf(l, "%s %s", th_loader_text(l, r->energy[i].activity), bases[basis]), NULL);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!th_loader_copy(l, &r->arena, th_loader_cell(l, texts[i].column), (th_slice *)(void *)((char *)&energy + texts[i].offset)))
			return;
	th_energy *grown = th_grown(r->energy, r->energies, sizeof *grown);
	if (!grown) {
		th_loader_no_memory(l);
		return;
	}
	r->energy = grown;
	r->energy[r->energies++] = energy;
}

th_status th_energy_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "energy.csv", energy_columns, E_COUNT, diags))
		while (th_loader_next(&l))
			energy_row(&l, r);
	return th_loader_close(&l);
}

enum { I_ID, I_FACT, I_FACT_ALIASES, I_UNIT, I_PER, I_NAME_ZH, I_NAME_EN, I_COUNT };
static const th_column intensity_columns[I_COUNT] = {
	{"id", true}, {"fact", true}, {"fact_aliases", false}, {"unit", true}, {"per", true}, {"name_zh", true}, {"name_en", true},
};

th_slice th_intensity_fact(const th_intensity *intensity, th_lang lang)
{
	th_slice rest = intensity->fact_aliases, first;
	return lang == TH_LANG_ZH && th_slice_split(&rest, ';', &first) && first.len ? first : intensity->fact;
}

static bool copy_unit_zh(th_loader *l, th_reference *r, th_intensity *intensity)
{
	th_buf zh = {0};
	th_unit_put_name(r->units, intensity->unit_text, TH_LANG_ZH, &zh);
	bool copied = zh.failed ? th_loader_no_memory(l) : th_loader_copy(l, &r->arena, th_buf_view(&zh), &intensity->unit_zh);
	th_buf_free(&zh);
	return copied;
}

static void intensity_row(th_loader *l, th_reference *r)
{
	th_intensity intensity = {0};
	th_unit of_fact;
	bool ok = th_loader_filled(l, I_ID);
	ok &= th_loader_filled(l, I_FACT);
	ok &= th_loader_unit(l, r->units, I_UNIT, &of_fact);
	ok &= th_loader_unit(l, r->units, I_PER, &intensity.unit);
	if (!ok)
		return;
	if (!th_unit_same_dimension(&of_fact, &intensity.unit))
		TH_FAIL(l, I_PER, TH_INTENSITY_UNIT, th_loader_text(l, th_loader_cell(l, I_PER)), th_loader_text(l, th_loader_cell(l, I_UNIT)), NULL);
	for (uint32_t i = 0; i < r->intensities; i++)
		if (th_slice_eq(r->intensity[i].id, th_loader_cell(l, I_ID)))
			TH_FAIL(l, I_ID, TH_ROW_TWICE, th_loader_text(l, r->intensity[i].id), NULL);
	th_intensity *grown = th_grown(r->intensity, r->intensities, sizeof *grown);
	if (!grown) {
		th_loader_no_memory(l);
		return;
	}
	r->intensity = grown;
	if (th_loader_copy(l, &r->arena, th_loader_cell(l, I_ID), &intensity.id) &&
	    th_loader_copy(l, &r->arena, th_loader_cell(l, I_FACT), &intensity.fact) &&
	    th_loader_copy(l, &r->arena, th_loader_cell(l, I_FACT_ALIASES), &intensity.fact_aliases) &&
	    th_loader_copy(l, &r->arena, th_loader_cell(l, I_PER), &intensity.unit_text) && copy_unit_zh(l, r, &intensity) &&
	    th_loader_copy(l, &r->arena, th_loader_cell(l, I_NAME_ZH), &intensity.name_zh) &&
	    th_loader_copy(l, &r->arena, th_loader_cell(l, I_NAME_EN), &intensity.name_en))
		r->intensity[r->intensities++] = intensity;
}

th_status th_intensities_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "intensities.csv", intensity_columns, I_COUNT, diags))
		while (th_loader_next(&l))
			intensity_row(&l, r);
	return th_loader_close(&l);
}
