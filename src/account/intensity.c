/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Emissions per GDP, output, area, person, household: for every intensity of intensities.csv whose fact the case gives. An intensity is of
 * the year that its fact belongs to. */

#include <stdio.h>

#include "account/kept.h"
#include "base/list.h"
#include "case/facts.h"

bool th_intensity_is_per(const th_intensity *intensity, th_slice name)
{
	const th_fact fact = {.fact = name, .value = name};
	th_slice rest = intensity->fact_aliases, alias;
	bool found = th_fact_is(&fact, intensity->fact);
	while (!found && rest.ptr) {
		if (th_name_differs(name, rest)) { /* by its first byte: it need not be cut out */
			const char *end = memchr(rest.ptr, ';', rest.len);
			rest = end ? th_slice_from(rest, (size_t)(end - rest.ptr) + 1) : (th_slice){NULL, 0};
			continue;
		}
		found = th_slice_split(&rest, ';', &alias) && alias.len && th_fact_is(&fact, alias);
	}
	return found;
}

/* Of each fact that has a value and no site the list of what th_intensity_is_per says, by intensity; of others NULL. NULL without memory. */
static const bool **list_pers(th_shard *shard, const th_facts *facts)
{
	const th_reference *reference = shard->frame->reference;
	const bool **per = th_arena_alloc(&shard->arena, facts->count + 1, sizeof *per);
	for (size_t k = 0; per && k < facts->count; k++) {
		const th_fact *fact = &facts->fact[k];
		if (fact->value.len == 0 || fact->site.len)
			continue;
		per[k] = th_kept_pers(shard->kept, fact->fact);
		if (per[k])
			continue;
		bool *own = th_arena_alloc(&shard->arena, reference->intensities + 1, sizeof *own);
		for (uint32_t i = 0; own && i < reference->intensities; i++)
			own[i] = th_intensity_is_per(&reference->intensity[i], fact->fact);
		if (!own)
			return NULL;
		th_kept_per(shard->kept, fact->fact, own);
		per[k] = own;
	}
	return per;
}

static const th_account_year *year_of(const th_account *account, int year)
{
	for (size_t i = 0; i < account->years; i++)
		if (account->year[i] == year)
			return &account->of_year[i];
	return NULL;
}

const th_totals *th_intensity_totals(const th_account *account, const th_intensity_value *value)
{
	const th_account_year *year = year_of(account, value->year);
	return year && year->known ? &year->totals : NULL;
}

/* Another row under another of its names. */
static th_status twice(th_shard *shard, const th_fact *fact, const th_intensity_value *first)
{
	char other[24];
	snprintf(other, sizeof other, "%zu", first->line);
	return th_report(shard->diags, TH_FACT_TWICE, (th_pos){shard->frame->options->case_file, fact->line, fact->fact_column, "fact"}, th_z(shard, fact->fact), other, (char *)NULL);
}

/* Only a count of people or households may stand without a unit, and it is whole: 31.2 may be ten thousands. */
static bool says_unit(const th_shard *shard, const th_fact *fact, const th_intensity_value *value)
{
	static const char *const counts[] = {"person", "household"};
	th_unit unit;
	th_slice at;
	bool counted = false;
	for (size_t i = 0; i < sizeof counts / sizeof *counts && !counted; i++)
		counted = th_unit_parse(shard->frame->reference->units, th_slice_of(counts[i]), &unit, &at) == TH_UNIT_OK &&
		          th_unit_same_dimension(&unit, &value->intensity->unit);
	return fact->unit.len || (counted && th_decimal_is_whole(value->value));
}

/* Its value in the intensity's unit. *there false: the cell says that there is none. */
static th_status read_fact(th_shard *shard, const th_fact *fact, th_intensity_value *out, bool *there)
{
	const char *path = shard->frame->options->case_file;
	const th_intensity *intensity = out->intensity;
	th_pos value_at = {path, fact->line, fact->value_column, "value"}, unit_at = {path, fact->line, fact->unit_column, "unit"};
	unsigned notes;
	th_number kind = th_number_parse(fact->value, &out->value, &notes);
	*there = kind != TH_NUM_MISSING && kind != TH_NUM_EMPTY;
	/* The rules may have read the cell before, and said what is wrong with it: there is no such intensity then, and an account there is. */
	*there &= !th_diags_told(shard->diags, TH_FACT_VALUE, value_at) && !th_diags_told(shard->diags, TH_FACT_UNIT, unit_at);
	if (!*there)
		return TH_OK;
	if ((kind != TH_NUM_OK && !(kind == TH_NUM_DIGITS && fact->unit.len > 0)) || out->value.mant <= 0)
		return th_report(shard->diags, TH_FACT_NUMBER, value_at, th_z(shard, fact->value), th_z(shard, fact->fact), (char *)NULL);
	th_unit unit = intensity->unit;
	th_slice at;
	out->value_text = fact->value;
	out->unit_text = fact->unit.len ? fact->unit : intensity->unit_text;
	out->line = fact->line;
	if (!says_unit(shard, fact, out) || (fact->unit.len && (th_unit_parse(shard->frame->reference->units, fact->unit, &unit, &at) != TH_UNIT_OK ||
	                                                        !th_unit_same_dimension(&unit, &intensity->unit))))
		return th_report(shard->diags, TH_FACT_UNIT, unit_at, th_z(shard, fact->unit), th_z_unit(shard, intensity->unit_text), (char *)NULL);
	out->divisor = th_ratio_one();
	th_ratio_mul(&out->divisor, out->value);
	th_ratio_mul_unit(&out->divisor, &unit);
	th_ratio_div_unit(&out->divisor, &intensity->unit);
	return TH_OK;
}

/* The row with the year stands; where the other one differs, that is said, once: check may have said it of its own facts. */
static th_status gives_way(th_shard *shard, const th_intensity_value *undated, const th_intensity_value *dated)
{
	th_mass a, b;
	if (th_ratio_round(&undated->divisor, &a) && th_ratio_round(&dated->divisor, &b) && a == b)
		return TH_OK;
	char line[2][24], year[16];
	snprintf(line[0], sizeof line[0], "%zu", dated->line);
	snprintf(line[1], sizeof line[1], "%zu", undated->line);
	snprintf(year, sizeof year, "%d", dated->year);
	size_t before = shard->caveats;
	uint32_t caveat = th_caveat_number(shard, TH_FACT_UNDATED, th_z(shard, dated->intensity->fact), year, th_z(shard, dated->value_text), line[0],
	                                   th_z(shard, undated->value_text), line[1], (char *)NULL);
	const th_line at = {.line = undated->line};
	if (caveat != TH_NONE && caveat >= before)
		th_caveat_line(shard, caveat, &(th_now){.file = shard->frame->options->case_file, .line = &at});
	return caveat == TH_NONE ? TH_SYSTEM : TH_OK;
}

static th_status add(th_shard *shard, const th_fact *fact, const th_intensity *intensity, th_account *account)
{
	bool there;
	th_intensity_value value = {.intensity = intensity, .year = fact->year};
	if (value.year == 0 && account->years == 1)
		value.year = account->year[0]; /* there is no other that it could be of */
	th_status status = read_fact(shard, fact, &value, &there);
	if (status != TH_OK || !there)
		return status;
	for (size_t i = 0; i < account->intensities; i++)
		if (account->intensity[i].intensity == intensity && account->intensity[i].year == value.year)
			return fact->year ? twice(shard, fact, &account->intensity[i]) : gives_way(shard, &value, &account->intensity[i]);
	th_intensity_value *grown = th_grown_in(&account->arena, account->intensity, account->intensities, sizeof *grown);
	if (!grown)
		return TH_SYSTEM;
	account->intensity = grown;
	grown[account->intensities++] = value;
	return TH_OK;
}

/* By their years, behind those of the intensities before. */
static void sort_years(th_intensity_value *list, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k > 0 && list[k - 1].year > list[k].year; k--) {
			th_intensity_value swap = list[k];
			list[k] = list[k - 1];
			list[k - 1] = swap;
		}
}

static void say_why(th_shard *shard, const th_account *account)
{
	for (size_t i = 0; i < account->intensities; i++) {
		const th_intensity_value *v = &account->intensity[i];
		char year[16];
		snprintf(year, sizeof year, "%d", v->year);
		const char *fact = th_z_both(shard, v->intensity->fact, th_intensity_fact(v->intensity, TH_LANG_ZH));
		if (v->year == 0)
			th_caveat_all(shard, th_caveat_number(shard, TH_FACT_OF_NO_YEAR, fact, (char *)NULL));
		else if (!th_intensity_totals(account, v))
			th_caveat_all(shard, th_caveat_number(shard, TH_FACT_OF_OTHER_YEAR, fact, year, (char *)NULL));
	}
}

th_status th_intensities(th_shard *shard, const th_facts *facts, th_account *account)
{
	const th_reference *reference = shard->frame->reference;
	const char *path = shard->frame->options->case_file;
	th_status worst = TH_OK;
	if (!path)
		return TH_OK;
	const bool **per = list_pers(shard, facts);
	if (!per)
		return TH_SYSTEM;
	account->case_path = path;
	memcpy(account->case_sha256, facts->sha256, sizeof account->case_sha256);
	for (uint32_t i = 0; i < reference->intensities && worst != TH_SYSTEM; i++) {
		size_t before = account->intensities;
		for (size_t k = 0; k < 2 * facts->count && worst != TH_SYSTEM; k++) { /* with a year, then without */
			const th_fact *fact = &facts->fact[k % facts->count];
			bool now = (fact->year == 0) == (k >= facts->count) && per[k % facts->count] && per[k % facts->count][i];
			th_status status = now ? add(shard, fact, &reference->intensity[i], account) : TH_OK;
			worst = status > worst ? status : worst;
		}
		if (account->intensities > before)
			sort_years(account->intensity + before, account->intensities - before);
	}
	if (worst == TH_OK)
		say_why(shard, account);
	return worst;
}
