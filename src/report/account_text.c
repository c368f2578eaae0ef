/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account for people. How amounts are shown (display only; th_put_mass in the JSON has every decimal):
 * tonnes with two decimals, thousands grouped; an amount with more decimals is rounded half to even, and the last line of the report
 * says so. An account of less than a tonne is shown in kg, exactly. */
#include "report/report.h"

#include <stdio.h>

#include "uncertainty/uncertainty.h"

enum { SIGNIFICANT = 6, MOST_KEYS = TH_DOC_COLUMNS - 6 };

static void put_unit_head(th_page *p)
{
	th_doc_column(&p->doc, TH_DOC_MASS, th_amount_unit(p));
}

/* --- the head --- */

static void put_years(th_page *p, const th_account *a)
{
	for (size_t i = 0, k; i < a->years; i = k + 1) {
		for (k = i; k + 1 < a->years && a->year[k + 1] == a->year[k] + 1; k++)
			;
		th_page_text(p, i ? th_page_word(p, W_LIST) : TH_S(""));
		th_buf_printf(&p->doc.text, "%d", a->year[i]);
		if (k > i)
			th_buf_printf(&p->doc.text, "%s%d", th_word_text(W_DASH, p->lang), a->year[k]);
	}
	th_page_field(p, W_YEARS, TH_S(""));
}

static void put_input(th_page *p, const th_input *input)
{
	th_page_text(p, th_slice_of(input->path));
	th_page_say(p, W_COMMA);
	th_page_text(p, th_slice_of(input->encoding));
	if (input->ambiguous) {
		th_page_say(p, W_COMMA);
		th_page_say(p, W_AMBIGUOUS);
	}
	th_page_say(p, W_COMMA);
	th_page_rows(p, input->rows);
	th_page_say(p, W_COMMA);
	th_page_short_sha(p, input->sha256);
	th_page_field(p, W_INPUT, TH_S(""));
	if (!input->layout_zh)
		return;
	th_page_text(p, th_slice_of(p->lang == TH_LANG_ZH ? input->layout_zh : input->layout_en));
	if (input->layout_file) {
		th_page_say(p, W_COMMA);
		th_page_text(p, th_slice_of(input->layout_file));
		th_page_say(p, W_COMMA);
		th_page_short_sha(p, input->layout_sha256);
	}
	th_page_field(p, W_LAYOUT, TH_S(""));
}

static void put_digested(th_page *p, th_label label, const char *path, const char *sha256)
{
	th_page_text(p, th_slice_of(path));
	th_page_say(p, W_COMMA);
	th_page_short_sha(p, sha256);
	th_page_field(p, label, TH_S(""));
}

void th_put_account_method(th_page *p, const th_account *a)
{
	const th_profile *profile = a->profile;
	const th_reference *reference = a->reference;
	th_page_text(p, profile->id);
	th_page_text(p, TH_S("  "));
	th_page_field(p, W_PROFILE, th_in_lang(p->lang, profile->name_zh, profile->name_en));
	th_page_field(p, W_PURPOSE, th_in_lang(p->lang, profile->purpose_zh, profile->purpose_en));
	th_page_field(p, W_DOCUMENT, profile->document);
	TH_SAY(p, W_GWP_OF, th_fill_text(th_slice_of(th_gwp_names[a->gwp])));
	th_page_field(p, W_GWP, TH_S(""));
	th_page_text(p, reference->set_id);
	th_page_text(p, TH_S(" "));
	th_page_text(p, reference->set_version);
	th_page_say(p, W_COMMA);
	th_page_short_sha(p, reference->set_sha256);
	th_page_field(p, W_FACTOR_SET, TH_S(""));
	for (size_t i = 0; i < reference->overlays; i++)
		put_digested(p, W_OVERLAY, reference->overlay[i].path, reference->overlay[i].sha256);
}

static void put_head(th_page *p, const th_account *a)
{
	th_page_banner(p, W_TITLE);
	th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
	th_put_account_method(p, a);
	for (size_t i = 0; i < a->inputs; i++)
		put_input(p, &a->input[i]);
	if (a->case_path)
		put_digested(p, W_CASE, a->case_path, a->case_sha256);
	put_years(p, a);
	th_doc_close(&p->doc);
}

/* --- groups --- */

/* What a group may have beside its gross emissions; a column is there when one of them has it. */
static const struct {
	size_t offset; /* of a th_mass in th_group */
	th_label head;
} beside[] = {
	{offsetof(th_group, biogenic), W_H_BIOGENIC}, {offsetof(th_group, removals), W_H_REMOVALS}, {offsetof(th_group, credits), W_H_CREDITS},
	{offsetof(th_group, outside), W_H_OUTSIDE},
};
enum { BESIDE = sizeof beside / sizeof *beside };

static th_mass beside_of(const th_group *group, size_t which)
{
	th_mass mass;
	memcpy(&mass, (const char *)group + beside[which].offset, sizeof mass);
	return mass;
}

static void put_group_heads(th_page *p, const th_account *a, size_t keys, bool shown[BESIDE])
{
	bool zh = p->lang == TH_LANG_ZH;
	th_page_say(p, W_GROUPS);
	for (size_t k = 0; k < keys; k++) {
		th_page_text(p, k ? th_page_word(p, W_LIST) : zh ? TH_S("（") : TH_S(" "));
		th_page_text(p, th_key_text(a->by[k], p->lang));
	}
	th_page_text(p, zh ? TH_S("）") : TH_S(""));
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	th_doc_table(&p->doc);
	for (size_t k = 0; k < keys; k++)
		th_doc_column(&p->doc, TH_DOC_WORD, th_key_text(a->by[k], p->lang));
	put_unit_head(p);
	th_page_column_of(p, TH_DOC_PERCENT, W_SHARE);
	for (size_t b = 0; b < BESIDE; b++) {
		for (size_t i = 0; i < a->groups; i++)
			shown[b] |= beside_of(&a->group[i], b) != 0;
		if (shown[b])
			th_page_column_of(p, TH_DOC_MASS, beside[b].head);
	}
}

/* What a group is a share of: the gross emissions of its year; 0, and no share, where they are not known. */
static th_mass whole_of(const th_account *a, const th_group *group)
{
	for (size_t k = 0; k < a->bys && th_is_several(a); k++)
		for (size_t i = 0; th_slice_eq(a->by[k], TH_S("year")) && i < a->years; i++) {
			char year[16];
			int n = snprintf(year, sizeof year, "%d", a->year[i]);
			if (a->of_year[i].known && th_slice_eq(group->key[k], (th_slice){year, (size_t)n}))
				return a->of_year[i].totals.gross;
		}
	return th_is_several(a) ? 0 : a->whole.gross;
}

/* Of another year than the last. */
static bool is_earlier(const th_account *a, const th_group *group)
{
	char year[16];
	int n = snprintf(year, sizeof year, "%d", a->years ? a->year[a->years - 1] : 0);
	bool earlier = false;
	for (size_t k = 0; k < a->bys && a->years; k++)
		earlier |= th_slice_eq(a->by[k], TH_S("year")) && !th_slice_eq(group->key[k], (th_slice){year, (size_t)n});
	return earlier;
}

/* Less than a hundredth of what it is a share of, in every respect. */
static bool is_small(const th_account *a, const th_group *group)
{
	th_mass whole = whole_of(a, group), most = group->gross < 0 ? -group->gross : group->gross;
	for (size_t b = 0; b < BESIDE; b++) {
		th_mass mass = beside_of(group, b);
		mass = mass < 0 ? -mass : mass;
		most = mass > most ? mass : most;
	}
	return whole > 0 && most < whole / 100;
}

static void put_groups(th_page *p, const th_account *a)
{
	enum { BRIEF_GROUPS = 20 };
	bool shown[BESIDE] = {0}, chosen = p->brief && a->groups > BRIEF_GROUPS;
	size_t keys = a->bys < MOST_KEYS ? a->bys : MOST_KEYS, left_out = 0;
	put_group_heads(p, a, keys, shown);
	for (size_t i = 0; i < a->groups; i++) {
		const th_group *group = &a->group[i];
		if (chosen && (is_earlier(a, group) || is_small(a, group))) {
			left_out++;
			continue;
		}
		for (size_t k = 0; k < keys; k++)
			th_doc_cell_text(&p->doc, group->key[k]);
		th_page_mass(p, group->gross);
		th_doc_share(&p->doc, group->gross, whole_of(a, group), false);
		for (size_t b = 0; b < BESIDE; b++)
			if (shown[b])
				th_page_mass(p, beside_of(group, b));
	}
	if (left_out) {
		TH_SAY(p, W_GROUPS_LEFT_OUT, th_fill_integer((long long)left_out));
		th_doc_paragraph(&p->doc, TH_S(""));
	}
	th_doc_close(&p->doc);
}

/* --- factors --- */

static bool same_document(const th_factor *a, const th_factor *b)
{
	return th_slice_eq(a->id, b->id) && th_slice_eq(a->source, b->source) && th_slice_eq(a->table, b->table);
}

static void put_use(th_page *p, const th_account *a, const th_factor_use *use, bool sums)
{
	const th_slice name = th_in_lang(p->lang, use->factor->name_zh, use->factor->name_en);
	th_page_text(p, use->factor->id);
	if (use->market)
		th_page_say(p, W_MARKET_MARK);
	th_doc_end(&p->doc);
	th_doc_cell_text(&p->doc, use->factor->gas_text);
	th_put_factor_value(&p->doc.text, use->factor, p->titled ? a->reference->units : NULL, p->lang);
	th_doc_end(&p->doc);
	if (sums) {
		th_doc_count(&p->doc, use->lines);
		th_page_mass(p, use->co2e);
	}
	th_doc_cell_text(&p->doc, name.len ? name : use->factor->name_en.len ? use->factor->name_en : use->factor->name_zh);
}

static void put_document(th_page *p, const th_factor *factor)
{
	th_put_factor_document(&p->doc.text, factor, p->lang);
	if (factor->layer) {
		th_page_say(p, W_OPEN);
		th_page_say(p, W_OF_USER);
		th_put_place_text(factor->file, factor->line, &p->doc.text);
		th_page_say(p, W_CLOSE);
	}
	th_doc_note(&p->doc, TH_S(""));
}

static void put_factor_heads(th_page *p, bool sums)
{
	static const th_page_column columns[] = {{W_L_FACTOR, TH_DOC_WORD}, {W_GAS, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_WORD}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	if (sums) {
		th_page_column_of(p, TH_DOC_COUNT, W_ROWS);
		put_unit_head(p);
	}
	th_page_column_of(p, TH_DOC_WORD, W_NAME);
}

/* The rows of one factor stand behind each other, its document below the last. */
static void put_used(th_page *p, const th_account *a, size_t i, bool sums)
{
	put_use(p, a, &a->use[i], sums);
	if (i + 1 == a->uses || !same_document(a->use[i].factor, a->use[i + 1].factor))
		put_document(p, a->use[i].factor);
}

void th_put_factors_used(th_page *p, const th_account *a, bool sums)
{
	if (a->uses == 0)
		return;
	th_page_section(p, th_is_several(a) && sums ? W_FACTORS_OF_YEARS : W_FACTORS_USED);
	put_factor_heads(p, sums);
	for (size_t i = 0; i < a->uses; i++)
		put_used(p, a, i, sums);
	th_doc_close(&p->doc);
}

void th_put_factors_wanted(th_page *p, const th_account *a, bool (*wanted)(const void *context, const th_factor *factor), const void *context)
{
	th_page_section(p, W_FACTORS_USED);
	put_factor_heads(p, false);
	for (size_t i = 0; i < a->uses; i++)
		if (!a->use[i].market && wanted(context, a->use[i].factor))
			put_used(p, a, i, false);
	th_doc_close(&p->doc);
}

/* --- energy, intensities, other profiles --- */

static void put_fact(th_page *p, const th_account *a, const th_intensity_value *v)
{
	const th_slice unit = th_slice_eq(v->unit_text, v->intensity->unit_text) ? th_in_lang(p->lang, v->intensity->unit_zh, v->unit_text) : v->unit_text;
	const th_slice name = th_intensity_fact(v->intensity, p->lang);
	th_page_text(p, name);
	th_page_text(p, p->lang == TH_LANG_ZH ? TH_S(" ") : TH_S(" = "));
	th_page_text(p, v->value_text);
	th_page_text(p, th_unit_gap(unit, p->lang));
	th_page_text(p, unit);
	th_page_say(p, W_OPEN);
	th_put_place_text(a->case_path ? a->case_path : "", v->line, &p->doc.text);
	th_page_say(p, W_CLOSE);
}

static void put_intensity(th_page *p, const th_account *a, const th_intensity_value *v, bool of_energy)
{
	const th_intensity *intensity = v->intensity;
	const th_totals *t = th_intensity_totals(a, v);
	const th_slice unit = th_in_lang(p->lang, intensity->unit_zh, intensity->unit_text);
	bool compound = unit.len && memchr(unit.ptr, ' ', unit.len) != NULL;
	th_doc_cell_text(&p->doc, of_energy ? TH_S("") : th_in_lang(p->lang, intensity->name_zh, intensity->name_en));
	th_doc_year(&p->doc, of_energy ? 0 : v->year);
	th_doc_quotient(&p->doc, of_energy ? t->coal : t->gross, 3, &v->divisor, SIGNIFICANT);
	th_page_text(p, of_energy ? TH_S("tce") : th_page_word(p, W_TONNES));
	th_page_text(p, TH_S("/"));
	th_page_text(p, compound ? TH_S("(") : TH_S(""));
	th_page_text(p, unit);
	th_doc_cell_text(&p->doc, compound ? TH_S(")") : TH_S(""));
	if (!of_energy)
		put_fact(p, a, v);
	th_doc_end(&p->doc);
}

/* A fact of a year without totals, or of none that is said: there is nothing to divide. */
static void put_undivided(th_page *p, const th_account *a, const th_intensity_value *v)
{
	th_doc_cell_text(&p->doc, th_in_lang(p->lang, v->intensity->name_zh, v->intensity->name_en));
	th_doc_year(&p->doc, v->year);
	th_doc_none(&p->doc);
	th_page_cell(p, v->year ? W_YEAR_WITHOUT_TOTAL : W_FACT_WITHOUT_YEAR);
	put_fact(p, a, v);
	th_doc_end(&p->doc);
}

void th_put_intensities_text(th_page *p, const th_account *a)
{
	static const th_page_column columns[] = {
		{W_D_H_INDICATOR, TH_DOC_WORD}, {W_YEAR, TH_DOC_YEAR}, {W_H_VALUE, TH_DOC_FIGURE}, {W_L_UNIT, TH_DOC_WORD}, {W_D_H_BY, TH_DOC_WORD},
	};
	if (a->intensities == 0)
		return;
	th_page_section(p, W_INTENSITIES);
	th_page_quiet_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->intensities; i++) {
		const th_intensity_value *v = &a->intensity[i];
		const th_totals *t = th_intensity_totals(a, v);
		if (!t)
			put_undivided(p, a, v);
		for (int of_energy = 0; t && of_energy <= t->has_energy; of_energy++)
			put_intensity(p, a, v, of_energy);
	}
	th_doc_close(&p->doc);
}

void th_put_others_text(th_page *p, const th_account *a)
{
	if (a->others == 0)
		return;
	th_page_say(p, W_OTHERS);
	if (th_is_several(a)) {
		th_page_say(p, W_OPEN);
		th_page_text(p, th_amount_unit(p));
		th_page_say(p, W_CLOSE);
	}
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	if (th_is_several(a)) {
		th_put_others_of_years(p, a);
		th_doc_close(&p->doc);
		return;
	}
	th_doc_table(&p->doc);
	th_page_column_of(p, TH_DOC_WORD, W_H_PROFILE);
	put_unit_head(p);
	th_page_column_of(p, TH_DOC_MASS, W_DIFFERENCE);
	th_doc_column(&p->doc, TH_DOC_PERCENT, TH_S("%"));
	th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
	for (size_t i = 0; i < a->others; i++) {
		const th_profile_total *other = &a->other[i];
		const th_profile *profile = &a->reference->profile[other->profile];
		th_doc_cell_text(&p->doc, profile->id);
		if (!other->computed) {
			th_doc_none(&p->doc);
			th_doc_end(&p->doc);
			th_doc_end(&p->doc);
			th_put_other_missing(p, a->reference, other);
			continue;
		}
		th_page_mass(p, other->gross);
		th_page_change(p, other->gross - a->whole.gross);
		th_doc_share(&p->doc, other->gross - a->whole.gross, a->whole.gross, true);
		th_doc_cell_text(&p->doc, th_in_lang(p->lang, profile->name_zh, profile->name_en));
	}
	th_doc_close(&p->doc);
}

void th_put_account_text(th_page *p, const th_account *a)
{
	th_mass shown = a->whole.gross ? a->whole.gross : a->whole.outside, size = shown < 0 ? -shown : shown;
	bool kg = size > 0 && size < (th_mass)1000 * 1000000000;
	p->shift = kg ? 0 : 3;
	p->digits = kg ? TH_PAGE_EXACT : 2;
	put_head(p, a);
	th_page_section(p, W_TOTALS);
	th_put_totals_text(p, a, true);
	th_doc_close(&p->doc);
	if (p->brief) {
		put_groups(p, a);
		th_put_caveats_brief(p, a, NULL, 0);
		return;
	}
	th_put_iso_text(p, a);
	th_put_gases_text(p, a, false);
	th_put_gases_text(p, a, true);
	th_put_grades_text(p, a);
	put_groups(p, a);
	th_put_factors_used(p, a, true);
	th_put_instruments_text(p, a);
	th_put_user_rows_text(p, a);
	th_put_user_units_text(p, a);
	th_put_energy_text(p, a);
	th_put_intensities_text(p, a);
	th_put_others_text(p, a);
	th_put_uncertainty_text(p, th_uncertainty_of(a));
	th_put_account_caveats(p, a, W_CAVEATS);
	if (p->rounded) {
		th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
		th_page_paragraph(p, W_ROUNDED);
		th_doc_close(&p->doc);
	}
}
