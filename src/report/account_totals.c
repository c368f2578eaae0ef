/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an account sums, for people: of one year in a column with its unit, of several in a column for each year. Nothing is summed over
 * years. */
#include "report/report.h"

th_label th_bucket_word(th_bucket bucket)
{
	static const th_label words[TH_BUCKETS] = {
		[TH_GROSS] = W_GROSS, [TH_BIOGENIC] = W_BIOGENIC, [TH_REMOVAL] = W_REMOVALS, [TH_CREDIT] = W_CREDITS, [TH_AVOIDED] = W_D_AVOIDED,
		[TH_MARKET] = W_D_MARKET, [TH_OUTSIDE] = W_D_OUTSIDE, [TH_ENERGY] = W_ENERGY,
	};
	return words[bucket];
}

th_slice th_activity_called(const th_activity *activity, th_lang lang)
{
	th_slice name = th_in_lang(lang, activity->name_zh, activity->name_en);
	return name.len ? name : activity->id;
}

enum { PER_TABLE = 5 }; /* years that stand side by side; further ones follow in a table of their own */

th_slice th_amount_unit(const th_page *p)
{
	return th_page_word(p, p->shift ? W_TONNES : W_KILOGRAMS);
}

bool th_is_several(const th_account *a)
{
	return a->years > 1;
}

/* The totals in a column; NULL where they are not known. */
static const th_totals *totals_of(const th_account *a, size_t column)
{
	if (!th_is_several(a))
		return &a->whole;
	return a->of_year[column].known ? &a->of_year[column].totals : NULL;
}

static size_t columns_of(const th_account *a)
{
	return th_is_several(a) ? a->years : 1;
}

/* Where a table ends that begins with this column. */
static size_t end_of(const th_account *a, size_t first)
{
	size_t columns = columns_of(a);
	return columns - first > PER_TABLE ? first + PER_TABLE : columns;
}

/* Columns for the years; the words before them are there. */
static void year_heads(th_page *p, const th_account *a, size_t first, th_doc_kind kind)
{
	for (size_t i = first; i < end_of(a, first); i++) {
		th_buf_printf(&p->doc.text, "%d", a->year[i]);
		th_doc_column(&p->doc, kind, TH_S(""));
	}
}

/* A table of a label, the years, and of one year a word behind it. */
static void open_table(th_page *p, const th_account *a, size_t first, th_slice unit)
{
	if (!th_is_several(a)) {
		th_doc_quiet_table(&p->doc);
		th_page_column_of(p, TH_DOC_WORD, W_D_H_ITEM);
		th_page_column_of(p, TH_DOC_MASS, W_H_VALUE);
		th_page_column_of(p, TH_DOC_WORD, W_L_UNIT);
		return;
	}
	th_doc_table(&p->doc);
	th_doc_column(&p->doc, TH_DOC_WORD, unit);
	year_heads(p, a, first, TH_DOC_MASS);
}

/* --- totals --- */

typedef bool (*amount_fn)(const th_totals *t, th_mass *mass);

#define AMOUNT(name, there, what) \
	static bool name(const th_totals *t, th_mass *mass) \
	{ \
		*mass = (what); \
		return (there); \
	}
AMOUNT(of_profile, true, t->of_profile)
AMOUNT(scope1, t->has_scope[1], t->scope[1])
AMOUNT(scope2, t->has_scope[2], t->scope[2])
AMOUNT(scope2_market, t->has_market, t->scope2_market)
AMOUNT(scope3, t->has_scope[3], t->scope[3])
AMOUNT(gross, true, t->gross)
AMOUNT(removals, true, t->removals)
AMOUNT(net, true, t->net)
AMOUNT(credits, true, t->credits)
AMOUNT(net_after_credits, true, t->net_after_credits)
AMOUNT(biogenic, true, t->biogenic)
AMOUNT(avoided, true, t->avoided)
AMOUNT(outside, true, t->outside)
AMOUNT(coal, t->has_energy, t->coal)
AMOUNT(coal_out, t->has_energy_out, t->coal_out)
AMOUNT(coal_equal, t->has_energy_equal, t->coal_equal)

/* Is it above or below 0 in any column? */
static bool in_any(const th_account *a, amount_fn amount)
{
	bool any = false;
	th_mass mass;
	for (size_t i = 0; i < columns_of(a); i++) {
		const th_totals *t = totals_of(a, i);
		any |= t && amount(t, &mass) && mass != 0;
	}
	return any;
}

/* The open text is the label. */
static void put_amounts(th_page *p, const th_account *a, size_t first, amount_fn amount, th_slice unit)
{
	th_mass mass;
	bool none = false;
	for (size_t i = first; i < end_of(a, first); i++)
		none |= totals_of(a, i) && !amount(totals_of(a, i), &mass);
	if (none && th_is_several(a))
		th_page_say(p, W_DASH_IS_NO_LINE);
	th_doc_end(&p->doc);
	for (size_t i = first; i < end_of(a, first); i++)
		if (totals_of(a, i) && amount(totals_of(a, i), &mass))
			th_page_mass(p, mass);
		else
			th_doc_none(&p->doc);
	if (!th_is_several(a))
		th_doc_cell_text(&p->doc, none ? th_page_word(p, W_NO_LINE) : unit);
}

static void put_row(th_page *p, const th_account *a, size_t first, th_label label, amount_fn amount, th_slice unit)
{
	th_page_say(p, label);
	put_amounts(p, a, first, amount, unit);
}

static void put_apart(th_page *p, const th_account *a, size_t first, th_slice unit)
{
	static const struct { th_label label; amount_fn amount; } rows[] = {
		{W_BIOGENIC, biogenic}, {W_AVOIDED, avoided}, {W_OUTSIDE, outside},
	};
	bool head = false;
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		if (!in_any(a, rows[r].amount))
			continue;
		if (!head) {
			th_page_cell(p, W_APART);
			for (size_t i = first; i < end_of(a, first) + !th_is_several(a); i++)
				th_doc_end(&p->doc);
		}
		head = true;
		put_row(p, a, first, rows[r].label, rows[r].amount, unit);
	}
}

void th_put_totals_text(th_page *p, const th_account *a, bool apart)
{
	th_slice unit = th_amount_unit(p);
	bool credited = in_any(a, credits), netted = credited || in_any(a, removals);
	for (size_t first = 0; first < columns_of(a); first = end_of(a, first)) {
		open_table(p, a, first, unit);
		if (a->profile->has_total) { /* what the purpose asks for stands first, the GHG Protocol's beside it */
			th_page_text(p, th_in_lang(p->lang, a->profile->total_zh, a->profile->total_en));
			put_amounts(p, a, first, of_profile, unit);
		}
		put_row(p, a, first, W_SCOPE1, scope1, unit);
		put_row(p, a, first, W_SCOPE2_LOCATION, scope2, unit);
		if (a->whole.has_market)
			put_row(p, a, first, W_SCOPE2_MARKET, scope2_market, unit);
		put_row(p, a, first, W_SCOPE3, scope3, unit);
		put_row(p, a, first, W_GROSS_OF, gross, unit);
		if (netted) {
			put_row(p, a, first, W_REMOVALS, removals, unit);
			put_row(p, a, first, W_NET, net, unit);
		}
		if (credited) {
			put_row(p, a, first, W_CREDITS, credits, unit);
			put_row(p, a, first, W_NET_AFTER_CREDITS, net_after_credits, unit);
		}
		if (apart)
			put_apart(p, a, first, unit);
	}
}

/* --- categories and gases --- */

static void put_iso_row(th_page *p, const th_account *a, size_t first, int category)
{
	bool any = false;
	for (size_t i = 0; i < columns_of(a); i++)
		any |= totals_of(a, i) && totals_of(a, i)->iso[category] != 0;
	if (!any)
		return;
	th_page_cell(p, (th_label)((int)W_ISO_0 + category));
	for (size_t i = first; i < end_of(a, first); i++) {
		const th_totals *t = totals_of(a, i);
		if (t && t->iso[category])
			th_page_mass(p, t->iso[category]);
		else
			th_doc_none(&p->doc);
		if (!th_is_several(a))
			th_doc_share(&p->doc, t->iso[category], t->gross, false);
	}
}

void th_put_iso_text(th_page *p, const th_account *a)
{
	th_page_say(p, W_ISO);
	th_page_say(p, W_OPEN);
	th_page_text(p, th_amount_unit(p));
	th_doc_open(&p->doc, TH_DOC_SECTION, th_page_word(p, W_CLOSE));
	for (size_t first = 0; first < columns_of(a); first = end_of(a, first)) {
		if (th_is_several(a))
			open_table(p, a, first, TH_S(""));
		else {
			th_doc_quiet_table(&p->doc);
			th_page_column_of(p, TH_DOC_WORD, W_D_H_CATEGORY);
			th_doc_column(&p->doc, TH_DOC_MASS, th_amount_unit(p));
			th_page_column_of(p, TH_DOC_PERCENT, W_SHARE);
		}
		for (int category = 1; category <= 6; category++)
			put_iso_row(p, a, first, category);
		put_iso_row(p, a, first, 0); /* what is not assigned stands last */
	}
	th_doc_close_if_any(&p->doc);
}

static const th_gas_total *gas_of(const th_totals *t, uint32_t gas, bool outside_kyoto)
{
	const th_gas_total *list = outside_kyoto ? t->outside_gas : t->gas;
	for (size_t i = 0; i < (outside_kyoto ? t->outside_gases : t->gases); i++)
		if (list[i].gas == gas)
			return &list[i];
	return NULL;
}

static void put_gas(th_page *p, const th_account *a, size_t first, uint32_t number, bool outside_kyoto)
{
	const th_gas *gas = &a->reference->gas[number];
	bool any = false;
	for (size_t i = 0; i < columns_of(a); i++)
		any |= totals_of(a, i) && gas_of(totals_of(a, i), number, outside_kyoto);
	if (!any)
		return;
	th_doc_cell_text(&p->doc, gas->name);
	th_doc_cell_text(&p->doc, th_in_lang(p->lang, gas->name_zh, gas->name_en));
	for (size_t i = first; i < end_of(a, first); i++) {
		const th_totals *t = totals_of(a, i);
		const th_gas_total *total = t ? gas_of(t, number, outside_kyoto) : NULL;
		int digits = total ? th_mass_decimals(total->mass, 0) : 0;
		if (total && !th_is_several(a))
			th_doc_mass(&p->doc, total->mass, 0, digits < 2 ? digits : 2, false);
		if (total)
			th_page_mass(p, total->co2e);
		else
			th_doc_none(&p->doc);
	}
}

void th_put_gases_text(th_page *p, const th_account *a, bool outside_kyoto)
{
	if ((outside_kyoto ? a->whole.outside_gases : a->whole.gases) == 0)
		return;
	th_page_say(p, outside_kyoto ? W_BY_OUTSIDE_GAS : W_BY_GAS);
	if (th_is_several(a)) {
		th_page_say(p, W_OPEN);
		th_page_text(p, th_amount_unit(p));
		th_page_say(p, W_CLOSE);
	}
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	for (size_t first = 0; first < columns_of(a); first = end_of(a, first)) {
		th_doc_table(&p->doc);
		th_page_column_of(p, TH_DOC_WORD, W_GAS);
		th_page_column_of(p, TH_DOC_WORD, W_H_GAS_NAME);
		if (th_is_several(a))
			year_heads(p, a, first, TH_DOC_MASS);
		else {
			th_page_say(p, W_MASS);
			th_doc_column(&p->doc, TH_DOC_MASS, TH_S(" (kg)")); /* a kilogram of SF6 matters */
			th_doc_column(&p->doc, TH_DOC_MASS, th_amount_unit(p));
		}
		for (uint32_t gas = 0; gas < a->reference->gases; gas++)
			put_gas(p, a, first, gas, outside_kyoto);
	}
	th_doc_close(&p->doc);
}

/* --- energy --- */

void th_put_energy_text(th_page *p, const th_account *a)
{
	int shift = p->shift, digits = p->digits;
	if (!a->whole.has_energy)
		return;
	p->shift = 3;
	p->digits = 2;
	th_page_section(p, W_ENERGY);
	for (size_t first = 0; first < columns_of(a); first = end_of(a, first)) {
		open_table(p, a, first, TH_S("tce"));
		put_row(p, a, first, W_TCE, coal, TH_S("tce"));
		if (a->whole.has_energy_equal)
			put_row(p, a, first, W_TCE_EQUAL, coal_equal, TH_S("tce"));
		if (a->whole.has_energy_out)
			put_row(p, a, first, W_TCE_OUT, coal_out, TH_S("tce"));
		th_page_cell(p, W_NON_FOSSIL);
		for (size_t i = first; i < end_of(a, first); i++) {
			const th_totals *t = totals_of(a, i);
			th_doc_share(&p->doc, t ? t->coal_non_fossil : 0, t ? t->coal : 0, false);
		}
		if (!th_is_several(a))
			th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
	p->shift = shift;
	p->digits = digits;
}

/* --- other profiles --- */

/* What the first such line wants is an activity's id with the unit behind it, or the id of a factor without a value. */
static void put_missing(th_page *p, const th_reference *r, th_slice missing)
{
	uint32_t factor = 0, activity;
	while (factor < r->factors && !th_slice_eq(r->factor[factor].id, missing))
		factor++;
	const char *open = missing.len ? memchr(missing.ptr, ' ', missing.len) : NULL;
	th_slice id = {missing.ptr, open ? (size_t)(open - missing.ptr) : missing.len}, unit = {missing.ptr + id.len, missing.len - id.len};
	if (factor < r->factors) {
		th_slice name = th_in_lang(p->lang, r->factor[factor].name_zh, r->factor[factor].name_en);
		TH_SAY(p, W_NO_VALUE_OF, th_fill_text(missing), th_fill_text(name));
		return;
	}
	for (activity = 0; activity < r->activities && !th_slice_eq(r->activity[activity].id, id); activity++)
		;
	th_slice name = activity < r->activities ? th_in_lang(p->lang, r->activity[activity].name_zh, r->activity[activity].name_en) : id;
	if (unit.len > 3) /* " (kWh)" */
		TH_SAY(p, W_NO_FACTOR_IN, th_fill_text(name), th_fill_text((th_slice){unit.ptr + 2, unit.len - 3}));
	else
		TH_SAY(p, W_NO_FACTOR_OF, th_fill_text(name));
}

void th_put_other_missing(th_page *p, const th_reference *reference, const th_profile_total *other)
{
	put_missing(p, reference, other->missing);
	if (other->file) {
		th_page_say(p, W_OPEN);
		th_put_place_text(other->file, other->line, &p->doc.text);
		th_page_say(p, W_CLOSE);
	}
	th_doc_end(&p->doc);
}

void th_put_others_of_years(th_page *p, const th_account *a)
{
	for (size_t first = 0; first < a->years; first = end_of(a, first)) {
		th_doc_table(&p->doc);
		th_page_column_of(p, TH_DOC_WORD, W_H_PROFILE);
		year_heads(p, a, first, TH_DOC_MASS);
		th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
		for (size_t o = 0; o < a->others; o++) {
			const th_profile *profile = &a->reference->profile[a->other[o].profile];
			th_doc_cell_text(&p->doc, profile->id);
			for (size_t i = first; i < end_of(a, first); i++)
				if (a->other[o].computed && a->of_year[i].known)
					th_page_mass(p, a->of_year[i].other[o]);
				else
					th_doc_none(&p->doc);
			if (a->other[o].computed)
				th_doc_cell_text(&p->doc, th_in_lang(p->lang, profile->name_zh, profile->name_en));
			else
				th_put_other_missing(p, a->reference, &a->other[o]);
		}
	}
}
