/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Emissions per GDP, output, area, person, household: for every intensity of intensities.csv whose fact the case gives. */

#include "account/frame.h"
#include "case/facts.h"

static th_status one(th_shard *shard, const th_facts *facts, const th_intensity *intensity, th_account *account)
{
	const char *path = shard->frame->options->case_file;
	const th_fact *fact = th_fact_find(facts, intensity->fact);
	th_slice rest = intensity->fact_aliases, alias;
	while (!fact && th_slice_split(&rest, ';', &alias))
		fact = alias.len ? th_fact_find(facts, alias) : NULL;
	if (!fact)
		return TH_OK;
	th_pos value_at = {path, fact->line, fact->value_column, "value"}, unit_at = {path, fact->line, fact->unit_column, "unit"};
	th_decimal value;
	unsigned notes;
	th_number kind = th_number_parse(fact->value, &value, &notes);
	if (kind == TH_NUM_MISSING || kind == TH_NUM_EMPTY)
		return TH_OK;
	if ((kind != TH_NUM_OK && !(kind == TH_NUM_DIGITS && fact->unit.len > 0)) || value.mant <= 0)
		return th_report(shard->diags, TH_FACT_NUMBER, value_at, th_z(shard, fact->value), th_z(shard, fact->fact), (char *)NULL);
	th_unit unit = intensity->unit;
	th_slice at, unit_text = fact->unit;
	if (unit_text.len == 0)
		unit_text = intensity->unit_text;
	else {
		if (th_unit_parse(shard->frame->reference->units, unit_text, &unit, &at) != TH_UNIT_OK ||
		    !th_unit_same_dimension(&unit, &intensity->unit))
			return th_report(shard->diags, TH_FACT_UNIT, unit_at, th_z(shard, fact->unit), th_z(shard, intensity->unit_text), (char *)NULL);
	}
	th_intensity_value *out = &account->intensity[account->intensities++];
	*out = (th_intensity_value){.intensity = intensity, .value = value, .value_text = fact->value, .unit_text = unit_text,
	                            .line = fact->line, .divisor = th_ratio_one()};
	th_ratio_mul(&out->divisor, value);
	th_ratio_mul_unit(&out->divisor, &unit);
	th_ratio_div_unit(&out->divisor, &intensity->unit);
	return TH_OK;
}

th_status th_intensities(th_shard *shard, const th_facts *facts, th_account *account)
{
	const th_reference *reference = shard->frame->reference;
	const char *path = shard->frame->options->case_file;
	th_status status = TH_OK;
	if (!path)
		return TH_OK;
	account->case_path = path;
	memcpy(account->case_sha256, facts->sha256, sizeof account->case_sha256);
	account->intensity = th_arena_alloc(&account->arena, reference->intensities ? reference->intensities : 1, sizeof *account->intensity);
	if (!account->intensity)
		return TH_SYSTEM;
	for (uint32_t i = 0; i < reference->intensities && status != TH_SYSTEM; i++) {
		th_status one_status = one(shard, facts, &reference->intensity[i], account);
		status = one_status > status ? one_status : status;
	}
	if (status == TH_OK && account->years > 1 && account->intensities)
		th_caveat_all(shard, th_caveat_number(shard, TH_INTENSITY_OF_YEARS, (char *)NULL));
	return status;
}
