/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account as tanhe.account/2 (data/schema/account.schema.json): codes and ids in keys and values, texts in both languages. Masses are
 * tonnes with all their decimals; a quotient (an intensity, a share)
 * is rounded half to even to ten significant digits. What was not computed is absent. */
#include "report/report.h"

#include "io/json.h"
#include "uncertainty/uncertainty.h"

static void put_sheets(th_writer *w, const th_input *input)
{
	if (input->sheets < 2)
		return;
	th_put_open(w, "sheets", '[');
	for (size_t i = 0; i < input->sheets; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "sheet", th_slice_of(input->sheet[i].name));
		th_put_text(w, "zh", th_slice_of(input->sheet[i].zh));
		th_put_text(w, "en", th_slice_of(input->sheet[i].en));
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_inputs(th_writer *w, const th_account *a)
{
	th_put_open(w, "inputs", '[');
	for (size_t i = 0; i < a->inputs; i++) {
		th_put_open(w, NULL, '{');
		th_put_file_name(w, a->input[i].path);
		th_put_text(w, "sha256", th_slice_of(a->input[i].sha256));
		th_put_text(w, "encoding", th_slice_of(a->input[i].encoding));
		th_put_text(w, "delimiter", (th_slice){&a->input[i].delimiter, 1});
		th_put_count(w, "rows", a->input[i].rows);
		if (a->input[i].layout_en) {
			th_put_open(w, "layout", '{');
			th_put_text(w, "zh", th_slice_of(a->input[i].layout_zh));
			th_put_text(w, "en", th_slice_of(a->input[i].layout_en));
			if (a->input[i].layout_file) {
				th_put_text(w, "path", th_name_of(&w->names, a->input[i].layout_file));
				th_put_text(w, "sha256", th_slice_of(a->input[i].layout_sha256));
			}
			put_sheets(w, &a->input[i]);
			th_put_close(w, '}');
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	if (a->case_path) {
		th_put_open(w, "facts", '{');
		th_put_file_name(w, a->case_path);
		th_put_text(w, "sha256", th_slice_of(a->case_sha256));
		th_put_close(w, '}');
	}
}

static void put_profile(th_writer *w, const th_account *a)
{
	const th_profile *profile = a->profile;
	th_put_open(w, "profile", '{');
	th_put_text(w, "id", profile->id);
	th_put_both(w, "name", profile->name_zh, profile->name_en);
	th_put_text_if(w, "document", profile->document);
	th_put_both(w, "total", profile->total_zh, profile->total_en);
	if (profile->less_given_out)
		th_put_text(w, "given_out", TH_S("subtracted"));
	th_put_text(w, "region", a->reference->region[profile->region].id);
	th_put_close(w, '}');
}

static void put_gases(th_writer *w, const th_account *a, const char *key, const th_gas_total *gas, size_t gases, bool mass)
{
	th_put_open(w, key, '{');
	for (size_t i = 0; i < gases; i++) {
		th_put_key(w, a->reference->gas[gas[i].gas].name);
		th_put_mass(w->buf, mass ? gas[i].mass : gas[i].co2e, 3);
	}
	th_put_close(w, '}');
}

static void put_totals(th_writer *w, const th_account *a, const th_totals *t)
{
	th_put_open(w, "totals", '{');
	if (a->profile->has_total)
		th_put_tonnes(w, "profile_total", t->of_profile);
	if (t->has_scope[1])
		th_put_tonnes(w, "scope1", t->scope[1]);
	if (t->has_scope[2])
		th_put_tonnes(w, "scope2_location", t->scope[2]);
	if (t->has_market)
		th_put_tonnes(w, "scope2_market", t->scope2_market);
	if (t->has_scope[3])
		th_put_tonnes(w, "scope3", t->scope[3]);
	th_put_tonnes(w, "gross", t->gross);
	th_put_tonnes(w, "biogenic_co2", t->biogenic);
	th_put_tonnes(w, "removals", t->removals);
	th_put_tonnes(w, "credits", t->credits);
	th_put_tonnes(w, "avoided", t->avoided);
	th_put_tonnes(w, "outside_kyoto", t->outside);
	th_put_tonnes(w, "net", t->net);
	th_put_tonnes(w, "net_after_credits", t->net_after_credits);
	th_put_close(w, '}');

	/* A category that no line is in was not computed: absent, like one of the gases. */
	static const char *const category[] = {"unassigned", "1", "2", "3", "4", "5", "6"};
	th_put_open(w, "iso_14064_1", '{');
	for (int i = 1; i <= 6; i++)
		if (t->iso[i])
			th_put_tonnes(w, category[i], t->iso[i]);
	if (t->iso[0])
		th_put_tonnes(w, category[0], t->iso[0]);
	th_put_close(w, '}');

	put_gases(w, a, "by_gas", t->gas, t->gases, false);
	put_gases(w, a, "by_gas_mass", t->gas, t->gases, true);
	if (t->outside_gases) {
		put_gases(w, a, "outside_kyoto_by_gas", t->outside_gas, t->outside_gases, false);
		put_gases(w, a, "outside_kyoto_by_gas_mass", t->outside_gas, t->outside_gases, true);
	}
	th_put_grades_json(w, t);
}

static void put_groups(th_writer *w, const th_account *a)
{
	th_put_open(w, "by", '[');
	for (size_t k = 0; k < a->bys; k++)
		th_put_text(w, NULL, a->by[k]);
	th_put_close(w, ']');
	th_put_open(w, "groups", '[');
	for (size_t i = 0; i < a->groups; i++) {
		const th_group *group = &a->group[i];
		th_put_open(w, NULL, '{');
		th_put_open(w, "keys", '{');
		for (size_t k = 0; k < a->bys; k++) {
			th_put_key(w, a->by[k]);
			th_put_json_string(w->buf, group->key[k]);
		}
		th_put_close(w, '}');
		th_put_tonnes(w, "tco2e", group->gross);
		if (group->biogenic)
			th_put_tonnes(w, "biogenic_co2", group->biogenic);
		if (group->removals)
			th_put_tonnes(w, "removals", group->removals);
		if (group->credits)
			th_put_tonnes(w, "credits", group->credits);
		if (group->outside)
			th_put_tonnes(w, "outside_kyoto", group->outside);
		th_put_count(w, "lines", group->lines);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_energy(th_writer *w, const th_totals *t)
{
	if (!t->has_energy)
		return;
	th_put_open(w, "energy", '{');
	th_put_tonnes(w, "tce", t->coal);
	if (t->has_energy_equal)
		th_put_tonnes(w, "tce_equal_value", t->coal_equal);
	if (t->coal > 0) {
		th_ratio whole = th_mass_ratio(t->coal);
		th_put_quotient(w, "non_fossil_share", t->coal_non_fossil, 0, &whole);
	}
	if (t->has_energy_out)
		th_put_tonnes(w, "tce_given_out", t->coal_out);
	th_put_close(w, '}');
}

/* The intensities whose facts are of that year. */
static void put_intensities(th_writer *w, const th_account *a, const th_totals *t, int year)
{
	bool any = false;
	for (size_t i = 0; i < a->intensities; i++) {
		const th_intensity_value *v = &a->intensity[i];
		if (v->year != year)
			continue;
		if (!any)
			th_put_open(w, "intensity", '{');
		any = true;
		th_put_key_open(w, v->intensity->id, '{');
		th_put_quotient(w, "value", t->gross, 3, &v->divisor);
		if (t->has_energy)
			th_put_quotient(w, "tce", t->coal, 3, &v->divisor);
		th_put_text(w, "per", v->intensity->unit_text);
		th_put_open(w, "fact", '{');
		th_put_text(w, "id", v->intensity->fact);
		th_decimal fact;
		unsigned notes;
		th_put_number_if(w, "value", th_number_is(th_number_parse(v->value_text, &fact, &notes)), v->value_text, fact);
		th_put_text_if(w, "unit", v->unit_text);
		if (a->case_path)
			th_put_place(w, "place", a->case_path, v->line);
		th_put_close(w, '}');
		th_put_close(w, '}');
	}
	if (any)
		th_put_close(w, '}');
}

static bool is_factor(const th_reference *reference, th_slice id)
{
	for (uint32_t i = 0; i < reference->factors; i++)
		if (th_slice_eq(reference->factor[i].id, id))
			return true;
	return false;
}

/* What another profile wants: a factor that has no value, or one for an activity; the unit of a line that none counts stands in brackets
 * behind it. */
static void put_wanted(th_writer *w, const th_account *a, th_slice missing)
{
	th_slice id = missing, unit = {"", 0};
	const char *open = missing.len > 3 && missing.ptr[missing.len - 1] == ')' ? memchr(missing.ptr, '(', missing.len) : NULL;
	if (open && open > missing.ptr + 1 && open[-1] == ' ') {
		id.len = (size_t)(open - 1 - missing.ptr);
		unit = (th_slice){open + 1, (size_t)(missing.ptr + missing.len - 1 - (open + 1))};
	}
	th_put_open(w, "missing", '{');
	th_put_text(w, "kind", is_factor(a->reference, id) ? TH_S("factor") : TH_S("activity"));
	th_put_text(w, "id", id);
	th_put_text_if(w, "unit", unit);
	th_put_close(w, '}');
}

/* The other profiles; `gross` in their order, of a year or of all lines. */
static void put_others(th_writer *w, const th_account *a, const th_mass *gross)
{
	th_put_open(w, "profiles", '[');
	for (size_t i = 0; i < a->others; i++) {
		const th_profile_total *other = &a->other[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", a->reference->profile[other->profile].id);
		if (other->computed)
			th_put_tonnes(w, "gross", gross[i]);
		else {
			put_wanted(w, a, other->missing);
			if (other->file)
				th_put_place(w, "place", other->file, other->line);
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* Each year by itself; of one whose totals are not known only that there are data. */
static void put_years(th_writer *w, const th_account *a)
{
	th_put_open(w, "years", '[');
	for (size_t i = 0; i < a->years; i++) {
		const th_account_year *year = &a->of_year[i];
		th_put_open(w, NULL, '{');
		th_put_count(w, "year", (size_t)year->year);
		if (year->known) {
			put_totals(w, a, &year->totals);
			put_energy(w, &year->totals);
			put_intensities(w, a, &year->totals, year->year);
			put_others(w, a, year->other);
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_built(th_writer *w, const char *key, th_buf *text)
{
	th_put_text(w, key, th_buf_view(text));
	w->buf->failed |= text->failed;
	th_buf_free(text);
}

/* Series of lines with days missing. */
static void put_holes(th_writer *w, const th_account *a)
{
	if (a->holes == 0)
		return;
	th_put_open(w, "holes", '[');
	for (size_t i = 0; i < a->holes; i++) {
		const th_hole *hole = &a->hole[i];
		th_put_open(w, NULL, '{');
		th_put_text_if(w, "site", hole->site);
		th_put_text_if(w, "source", hole->source);
		th_put_text(w, "activity", hole->activity);
		th_put_open(w, "periods", '[');
		for (size_t k = 0; k < hole->gaps; k++) {
			th_buf gap = {0};
			th_put_gap(&gap, &hole->gap[k]);
			put_built(w, NULL, &gap);
		}
		th_put_close(w, ']');
		th_put_place(w, "place", hole->file, hole->line);
		th_buf paste = {0};
		th_put_hole_line(&paste, hole);
		put_built(w, "paste", &paste);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_account(th_writer *w, const char *key, const th_account *a)
{
	const th_account_year *one = a->years == 1 && a->of_year[0].known ? &a->of_year[0] : NULL; /* several are never summed */
	if (key) {
		th_put_open(w, key, '{');
		th_put_tool(w, "tanhe.account/2");
	}
	put_inputs(w, a);
	put_profile(w, a);
	th_put_factor_set(w, a->reference);
	th_put_text(w, "gwp", th_slice_of(th_gwp_names[a->gwp]));
	put_years(w, a);
	if (one)
		put_totals(w, a, &one->totals);
	put_groups(w, a);
	th_put_open(w, "factors", '[');
	for (size_t i = 0; i < a->uses; i++)
		th_put_factor(w, NULL, a->use[i].factor, &a->use[i]);
	th_put_close(w, ']');
	if (one) {
		put_energy(w, &one->totals);
		put_intensities(w, a, &one->totals, one->year);
		put_others(w, a, one->other);
	}
	put_holes(w, a);
	th_put_instruments_json(w, a);
	th_put_user_rows_json(w, a);
	th_put_user_units_json(w, a);
	th_put_uncertainty_json(w, th_uncertainty_of(a));
	th_put_account_caveats_json(w, a);
	if (key)
		th_put_close(w, '}');
}

void th_put_account_json(const th_account *account, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.account/2");
	th_put_account(&w, NULL, account);
	th_put_account_options(&w, account);
	th_writer_end(&w);
}
