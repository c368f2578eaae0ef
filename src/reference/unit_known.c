/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The units that the data and the program name are read once, when the data are: a job meets the same few again and again. */
#include <stdlib.h>

#include "base/list.h"
#include "reference/load.h"
#include "reference/unit_table.h"

/* What is no unit is left to who reads it. False without memory. */
static bool know(th_units *units, th_slice text)
{
	th_unit unit;
	th_slice at;
	uint32_t count = units->known.count;
	text = th_slice_trim(text);
	if (text.len == 0 || th_unit_parse(units, text, &unit, &at) != TH_UNIT_OK)
		return true;
	th_unit *grown = th_grown(units->reading, count, sizeof *grown);
	if (!grown)
		return false;
	units->reading = grown;
	uint32_t number = th_intern_add(&units->known, text);
	if (number == count)
		grown[number] = unit;
	return number != TH_NONE;
}

/* A unit, and what stands before its slash: the equations of the methods ask for both. */
static bool know_both(th_units *units, th_slice text)
{
	const char *slash = text.len ? memchr(text.ptr, '/', text.len) : NULL;
	return know(units, text) && (!slash || know(units, (th_slice){text.ptr, (size_t)(slash - text.ptr)}));
}

th_status th_units_know(th_reference *r, th_diags *diags)
{
	static const char *const asked[] = {
		"1", "%", "a", "1/a", "J", "GJ", "kWh", "MWh", "kg", "t", "kg C", "kgce", "tce", "m3", "Nm3", "m3@0C", "m3@20C", "L", "person", "household",
		"kg CO2", "kg CO2e", "kg CO2/a", "kg CO2e/a", "t CO2", "t CO2e", "t CO2/a", "t CO2e/a", "tCO2", "tCO2e", "tCO2/a", "tCO2e/a",
	};
	bool ok = true;
	for (size_t i = 0; i < sizeof asked / sizeof *asked && ok; i++)
		ok = know(r->units, th_slice_of(asked[i]));
	for (uint32_t i = 0; i < r->factors && ok; i++) {
		const th_factor *f = &r->factor[i];
		ok = know_both(r->units, f->unit_text) && know_both(r->units, f->ncv_unit_text) && know_both(r->units, f->carbon_content_unit_text);
	}
	for (uint32_t i = 0; i < r->intensities && ok; i++)
		ok = know_both(r->units, r->intensity[i].unit_text);
	return ok ? TH_OK : th_no_memory(diags);
}
