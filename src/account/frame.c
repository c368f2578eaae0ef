/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the options ask for, looked up once. */

#include "account/kept.h"

#include <stdlib.h>

#include "case/facts.h"

const char *const th_group_names[TH_BYS] = {"site", "period", "year", "scope", "activity", "source", "gas", "grade"};

static th_status usage(th_diags *diags, th_code code, const char *found, const char *known)
{
	th_report(diags, code, (th_pos){NULL, 0, 0, NULL}, found, known, (char *)NULL);
	return TH_USAGE;
}

/* The same for what is no C string. */
static th_status usage_slice(th_diags *diags, th_code code, th_slice found, const char *known)
{
	th_buf text = {0};
	th_buf_slice(&text, found);
	th_buf_char(&text, '\0');
	th_status status = text.failed ? TH_SYSTEM : usage(diags, code, text.ptr, known);
	th_buf_free(&text);
	return status;
}

/* Groups of several years are never one: the year is a key, whether asked for or not. */
static void add_year(th_frame *frame)
{
	for (size_t i = 0; i < frame->bys; i++)
		if (frame->by[i] == TH_BY_YEAR)
			return;
	memmove(frame->by + 1, frame->by, frame->bys++ * sizeof *frame->by);
	frame->by[0] = TH_BY_YEAR;
	frame->year_unasked = true;
}

static th_status read_by(th_frame *frame, th_diags *diags)
{
	th_slice rest = th_slice_of(frame->options->by ? frame->options->by : "scope,activity"), name;
	while (th_slice_split(&rest, ',', &name)) {
		int by = 0;
		while (by < TH_BYS && !th_slice_eq(name, th_slice_of(th_group_names[by])))
			by++;
		for (size_t i = 0; i < frame->bys; i++)
			by = (int)frame->by[i] == by ? TH_BYS : by; /* no key twice */
		if (by == TH_BYS)
			return usage_slice(diags, TH_OPTION_BY, name, "site, period, year, scope, activity, source, gas");
		frame->by[frame->bys++] = (th_group_by)by;
	}
	add_year(frame);
	return TH_OK;
}

static th_status no_profile(const th_reference *reference, const char *id, th_diags *diags)
{
	th_buf known = {0};
	for (uint32_t i = 0; i < reference->profiles; i++) {
		th_buf_str(&known, i ? ", " : "");
		th_buf_slice(&known, reference->profile[i].id);
	}
	th_buf_char(&known, '\0');
	th_status status = known.failed ? TH_SYSTEM : usage(diags, TH_OPTION_PROFILE, id, known.ptr);
	th_buf_free(&known);
	return status;
}

static th_status read_profile(th_frame *frame, th_diags *diags)
{
	const th_reference *reference = frame->reference;
	const char *id = frame->options->profile, *gwp = frame->options->gwp;
	uint32_t number = id ? th_find_profile(reference, th_slice_of(id)) : 0;
	if (number == TH_NONE)
		return no_profile(reference, id, diags);
	frame->profile = &reference->profile[number];
	frame->gwp = frame->profile->gwp;
	if (gwp) {
		frame->gwp = -1;
		for (int i = 0; i < TH_GWP_SETS; i++)
			if (strcmp(gwp, th_gwp_names[i]) == 0)
				frame->gwp = i;
		if (frame->gwp < 0)
			return usage(diags, TH_OPTION_GWP, gwp, "SAR, TAR, AR4, AR5, AR6");
	}
	frame->other = th_calloc(reference->profiles, sizeof *frame->other);
	if (!frame->other)
		return TH_SYSTEM;
	for (uint32_t i = 0; i < reference->profiles; i++)
		if (i != number && !reference->profile[i].alone)
			frame->other[frame->others++] = i;
	return TH_OK;
}

/* `20C` behind @, or 标况 in brackets behind m3; of a bare number degrees Celsius are meant. */
static bool is_condition(th_frame *frame, const char *before, th_slice given, const char *behind)
{
	th_buf text = {0};
	th_slice at;
	th_buf_str(&text, before);
	th_buf_slice(&text, given);
	th_buf_str(&text, behind);
	frame->has_condition = !text.failed && th_unit_parse(frame->reference->units, th_buf_view(&text), &frame->condition, &at) == TH_UNIT_OK &&
	                       th_unit_same_dimension(&frame->condition, &frame->normal_volume);
	th_buf_free(&text);
	return frame->has_condition;
}

/* The case's own word on it; only one, and for all sites. */
static th_status condition_of_case(th_frame *frame, const th_facts *facts, th_diags *diags)
{
	const char *path = frame->options->case_file;
	for (size_t i = 0; facts && i < facts->count; i++) {
		const th_fact *fact = &facts->fact[i];
		if (!th_fact_is_gas_condition(fact) || fact->value.len == 0)
			continue;
		th_slice given = th_slice_trim(fact->value);
		bool taken = fact->site.len == 0 && fact->year == 0 && given.len < 64 &&
		             (is_condition(frame, "m3@", given, "") || is_condition(frame, "m3(", given, ")") || is_condition(frame, "m3@", given, "C"));
		if (!taken) {
			th_buf shown = {0};
			th_buf_slice(&shown, given.len < 64 ? given : (th_slice){given.ptr, 0});
			th_buf_char(&shown, '\0');
			th_status status = shown.failed ? th_no_memory(diags) : th_report(diags, TH_GAS_CONDITION_FACT, (th_pos){path, fact->line, fact->value_column, "value"}, shown.ptr, (char *)NULL);
			th_buf_free(&shown);
			return status;
		}
		frame->condition_text = given;
		frame->condition_file = path ? path : "";
	}
	return TH_OK;
}

static th_status read_condition(th_frame *frame, const th_facts *facts, th_diags *diags)
{
	const char *given = frame->options->gas_condition;
	if (!given)
		return condition_of_case(frame, facts, diags);
	frame->condition_text = th_slice_of(given);
	return is_condition(frame, "m3@", frame->condition_text, "") ? TH_OK : usage(diags, TH_OPTION_CONDITION, given, "0C, 15C, 20C, 25C");
}

/* The units that the methods compare with; all are rows of the shipped table. */
static th_status read_units(th_frame *frame, const th_facts *facts, th_diags *diags)
{
	const struct { th_unit *unit; const char *text; } wanted[] = {
		{&frame->year, "a"}, {&frame->volume, "m3"}, {&frame->normal_volume, "Nm3"}, {&frame->energy_unit, "J"}, {&frame->coal, "kgce"},
		{&frame->mass, "kg"}, {&frame->carbon, "kg C"}, {&frame->co2_mass, "kg CO2"}, {&frame->co2e_mass, "kg CO2e"},
	};
	th_slice at;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		if (th_unit_parse(frame->reference->units, th_slice_of(wanted[i].text), wanted[i].unit, &at) != TH_UNIT_OK)
			return th_report(diags, TH_DATA_UNIT_MISSING, (th_pos){"units.csv", 0, 0, NULL}, wanted[i].text, "units.csv", (char *)NULL);
	}
	return read_condition(frame, facts, diags);
}

/* --- what holds when --- */

uint32_t th_frame_stretch(const th_frame *frame, int32_t day)
{
	size_t low = 0, high = frame->edges; /* edges below low are not after the day, those from high on are */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (frame->edge[middle] <= day)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

const uint32_t *th_frame_shipped(const th_frame *frame, const th_activity *activity, size_t *count)
{
	*count = 0;
	return activity->undeclared ? NULL : th_factors_shipped(frame->reference, (uint32_t)(activity - frame->reference->activity), count);
}

static bool take_certificates(th_frame *frame)
{
	struct th_kept *kept = th_kept_for(frame->options->kept, frame->reference);
	const th_certificate_words *words = kept ? th_kept_certificates(kept) : NULL;
	frame->certificates_lent = words;
	if (words)
		frame->certificates = *words;
	return words || (!kept && th_certificate_words_make(frame->reference, &frame->certificates));
}

th_status th_frame_make(th_frame *frame, const th_reference *reference, const th_account_options *options, const th_facts *facts, th_diags *diags)
{
	*frame = (th_frame){.reference = reference, .options = options, .careful = th_diags_reading(diags).how == TH_READ_CAREFUL};
	frame->firsts = th_firsts_make();
	frame->undeclared = th_undeclared_make();
	th_status status = frame->firsts && frame->undeclared ? read_by(frame, diags) : TH_SYSTEM;
	if (status == TH_OK)
		status = read_profile(frame, diags);
	frame->edge = th_factor_edges(reference, &frame->edges);
	if (status == TH_OK && !take_certificates(frame))
		status = TH_SYSTEM;
	return status == TH_OK ? read_units(frame, facts, diags) : status;
}

void th_frame_free(th_frame *frame)
{
	free(frame->other);
	if (!frame->certificates_lent)
		th_certificate_words_free(&frame->certificates);
	th_firsts_free(frame->firsts);
	th_undeclared_free(frame->undeclared);
	frame->firsts = NULL;
	frame->undeclared = NULL;
	frame->other = NULL;
}
