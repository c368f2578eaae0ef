/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One factor: its whole record, what it is converted to, who takes it and why, and what other documents say. */
#include "report/report.h"

enum { RIVALS_SHOWN = 20 };

/* --- the record --- */

static void put_part(th_page *p, bool first, th_slice text, th_slice unit)
{
	th_page_text(p, first ? TH_S("") : TH_S(" × "));
	th_page_text(p, text);
	th_page_text(p, unit.len ? TH_S(" ") : TH_S(""));
	th_page_text(p, unit);
}

static void put_derivation(th_page *p, const th_factor *f)
{
	th_mass value;
	if (!th_factor_derived(f, &value))
		return;
	if (f->has_value)
		put_part(p, true, f->value_text, f->unit_text);
	else {
		put_part(p, true, f->ncv_text, f->ncv_unit_text);
		put_part(p, false, f->carbon_content_text, f->carbon_content_unit_text);
		put_part(p, false, f->oxidation_text, TH_S(""));
	}
	th_page_text(p, f->has_value && f->basis == TH_BASIS_NITROGEN ? TH_S(" × 44/28 = ") : TH_S(" × 44/12 = "));
	th_put_mass(&p->doc.text, value, 0);
	th_page_text(p, TH_S(" "));
	th_page_field(p, W_DERIVED, f->has_value ? f->gas_text : f->unit_text);
}

static void put_value(th_page *p, const th_factor *f)
{
	if (f->confidence == TH_UNSET)
		th_page_field(p, W_VALUE, th_page_word(p, W_UNSET_VALUE));
	else if (f->has_value) {
		th_put_factor_value(&p->doc.text, f, NULL, p->lang);
		th_page_field(p, W_VALUE, TH_S(""));
	}
	put_derivation(p, f);
	th_put_factor_parameters(&p->doc.text, f);
	th_page_field(p, W_PARAMETERS_OF, TH_S(""));
	if (f->has_low || f->has_high) {
		th_page_text(p, TH_S("-"));
		th_put_decimal(&p->doc.text, f->low);
		th_page_text(p, TH_S(" % / +"));
		th_put_decimal(&p->doc.text, f->high);
		th_page_text(p, TH_S(" % "));
		th_page_field(p, W_UNCERTAINTY, f->distribution);
	}
}

static void put_document(th_page *p, const th_factor *f)
{
	static const th_label confidence[] = {W_TWO_SOURCES, W_ONE_SOURCE, W_USER, W_UNSET};
	th_put_factor_document(&p->doc.text, f, p->lang);
	th_page_field(p, W_DOCUMENT, TH_S(""));
	th_page_field(p, W_URL, f->url);
	th_page_text(p, th_slice_of(th_confidence_name(f->confidence)));
	th_page_say(p, W_COLON);
	th_page_field(p, W_CONFIDENCE, th_page_word(p, confidence[f->confidence]));
	th_put_factor_time(&p->doc.text, f);
	th_page_field(p, W_VALID, TH_S(""));
}

static void put_use(th_page *p, const th_factor_view *v, const th_factor *f)
{
	th_page_text(p, f->region_text);
	const th_region *region = TH_AT(v->reference->region, f->region);
	if (region) {
		th_page_text(p, TH_S(" "));
		th_page_text(p, th_in_lang(p->lang, region->name_zh, region->name_en));
	}
	th_page_field(p, W_REGION_LABEL, TH_S(""));
	th_page_field(p, W_CATEGORY, f->category);
	if (f->scope) {
		th_buf_printf(&p->doc.text, "%d", f->scope);
		th_page_field(p, W_SCOPE_OF_FACTOR, TH_S(""));
	}
	for (size_t i = 0; i < f->activities; i++) {
		const th_activity *activity = &v->reference->activity[f->activity[i]];
		th_page_text(p, i ? th_page_word(p, W_COMMA) : TH_S(""));
		th_page_text(p, activity->id);
		th_page_text(p, TH_S(" "));
		th_page_text(p, th_in_lang(p->lang, activity->name_zh, activity->name_en));
	}
	th_page_field(p, W_ACTIVITIES, TH_S(""));
}

static void put_record(th_page *p, const th_factor_view *v, const th_factor *f)
{
	const th_factor *first = th_view_row(v, v->first);
	th_slice name = th_in_lang(p->lang, f->name_zh, f->name_en);
	th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
	if (!th_slice_eq(name, th_in_lang(p->lang, first->name_zh, first->name_en)))
		th_page_field(p, W_NAME, name);
	th_page_field(p, W_GAS_LABEL, f->gas_text);
	put_value(p, f);
	put_document(p, f);
	put_use(p, v, f);
	th_page_field(p, W_NOTE, f->note);
	/* A shipped row by its place in the data folder, wherever that lies. */
	const char *folder = f->layer ? NULL : strstr(f->file, "factors/");
	th_buf_printf(&p->doc.text, "%s:%zu", folder ? folder : f->file, f->line);
	th_page_field(p, W_ROW_OF, TH_S(""));
	th_doc_close(&p->doc);
}

/* --- who takes it --- */

static void put_rule(th_page *p, th_leg leg, const th_rule *rule)
{
	th_slice note = th_in_lang(p->lang, rule->note_zh, rule->note_en);
	th_page_say(p, (th_label)((int)W_LEG_MAIN + (int)leg));
	if (rule->region_of_line) {
		th_page_say(p, W_COMMA);
		th_page_say(p, W_REGION_LINE);
	}
	if (rule->year != TH_YEAR_ANY) {
		th_page_say(p, W_COMMA);
		th_page_say(p, rule->year == TH_YEAR_DATA ? W_YEAR_DATA : W_YEAR_VALID);
	}
	if (note.len) {
		th_page_say(p, W_COLON);
		th_page_text(p, note);
	}
	th_doc_end(&p->doc);
}

static bool put_taker(th_page *p, const th_factor_view *v, const th_profile *profile)
{
	bool named = false;
	for (int leg = 0; leg < TH_LEGS; leg++) {
		const th_rule *rule = th_taking_rule(v, profile, (th_leg)leg);
		if (!rule)
			continue;
		th_doc_cell_text(&p->doc, named ? TH_S("") : profile->id);
		put_rule(p, (th_leg)leg, rule);
		named = true;
	}
	if (!named)
		return false;
	th_doc_end(&p->doc);
	th_doc_cell_text(&p->doc, th_in_lang(p->lang, profile->purpose_zh, profile->purpose_en));
	th_doc_end(&p->doc);
	th_doc_cell_text(&p->doc, profile->document);
	return true;
}

static void put_takers(th_page *p, const th_factor_view *v)
{
	bool any = false;
	th_page_section(p, W_TAKEN);
	th_page_plain_table(p, "ww");
	for (uint32_t i = 0; i < v->reference->profiles; i++)
		any |= put_taker(p, v, &v->reference->profile[i]);
	if (!any)
		th_page_paragraph(p, th_factor_serves_all(th_view_row(v, v->first)) ? W_TAKEN_BY_ALL : W_NOT_TAKEN);
	th_doc_close(&p->doc);
}

/* --- other values --- */

static void put_takers_of(th_page *p, const th_factor_view *v, const th_factor *factor)
{
	bool more = false;
	for (uint32_t i = 0; i < v->reference->profiles && !factor->hidden; i++)
		if (th_profile_takes_any(v->reference, &v->reference->profile[i], factor)) {
			th_page_text(p, more ? TH_S(", ") : TH_S(""));
			th_page_text(p, v->reference->profile[i].id);
			more = true;
		}
	th_doc_end(&p->doc);
}

static void put_other(th_page *p, const th_factor_view *v, const th_factor *f)
{
	th_doc_cell_text(&p->doc, f->id);
	th_put_factor_value(&p->doc.text, f, NULL, p->lang);
	th_doc_end(&p->doc);
	th_doc_cell_text(&p->doc, f->region_text);
	th_put_factor_time(&p->doc.text, f);
	th_doc_end(&p->doc);
	put_takers_of(p, v, f);
	th_put_factor_document(&p->doc.text, f, p->lang);
	th_doc_note(&p->doc, TH_S(""));
}

static void put_conflict(th_page *p, const th_factor_view *v, const th_conflict *conflict)
{
	th_page_text(p, th_in_lang(p->lang, conflict->subject_zh, conflict->subject_en));
	th_page_say(p, W_COLON);
	th_doc_open(&p->doc, TH_DOC_SECTION, th_in_lang(p->lang, conflict->reading_zh, conflict->reading_en));
	th_page_plain_table(p, "wwwww");
	for (size_t i = 0; i < conflict->factors; i++)
		put_other(p, v, th_view_row(v, conflict->factor[i]));
	th_doc_close(&p->doc);
}

static void put_conflicts(th_page *p, const th_factor_view *v)
{
	th_page_section(p, W_CONFLICTS);
	for (uint32_t i = 0; i < v->reference->conflicts; i++)
		if (th_conflict_names(v->reference, &v->reference->conflict[i], th_view_row(v, v->first)->id))
			put_conflict(p, v, &v->reference->conflict[i]);
	th_doc_close_if_any(&p->doc);
}

/* It stands in the text already, under a conflict. */
static bool in_conflict(const th_factor_view *v, th_slice other)
{
	for (uint32_t i = 0; i < v->reference->conflicts; i++) {
		const th_conflict *conflict = &v->reference->conflict[i];
		if (th_conflict_names(v->reference, conflict, th_view_row(v, v->first)->id) && th_conflict_names(v->reference, conflict, other))
			return true;
	}
	return false;
}

static void put_rivals(th_page *p, const th_factor_view *v)
{
	static const th_page_column columns[] = {
		{W_L_FACTOR, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_WORD}, {W_REGION, TH_DOC_WORD}, {W_H_VALID, TH_DOC_WORD},
		{W_H_TAKEN, TH_DOC_WORD},
	};
	size_t found = 0;
	for (uint32_t i = 0; i < v->reference->factors; i++) {
		const th_factor *other = th_view_row(v, i);
		if (!th_view_rivals(v, other) || in_conflict(v, other->id))
			continue;
		if (found++ == 0) {
			th_page_section(p, W_RIVALS);
			th_page_table(p, columns, sizeof columns / sizeof *columns);
		}
		if (found <= RIVALS_SHOWN)
			put_other(p, v, other);
	}
	if (found > RIVALS_SHOWN) {
		TH_SAY(p, W_MORE, th_fill_integer((long long)(found - RIVALS_SHOWN)));
		th_doc_paragraph(&p->doc, TH_S(""));
	}
	if (found)
		th_doc_close(&p->doc);
}

void th_put_factor_text(th_page *p, const th_factor_view *v)
{
	const th_factor *first = th_view_row(v, v->first);
	th_page_text(p, first->id);
	th_page_text(p, TH_S("  "));
	th_doc_open(&p->doc, TH_DOC_SECTION, th_in_lang(p->lang, first->name_zh, first->name_en));
	for (uint32_t i = v->first; i != TH_NONE; i = th_view_next(v, i))
		put_record(p, v, th_view_row(v, i));
	th_doc_close(&p->doc);
	put_takers(p, v);
	put_conflicts(p, v);
	put_rivals(p, v);
}
