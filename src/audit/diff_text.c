/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bridge between two accounts for people. */
#include "audit/diff_parts.h"

#include "check/check.h"
#include "report/check_report.h"

enum { SHOWN = 20 };

th_label th_cause_word(th_cause cause)
{
	static const th_label words[TH_CAUSES] = {W_DIFF_ACTIVITY, W_DIFF_FACTOR, W_DIFF_GWP, W_DIFF_METHOD, W_DIFF_BOUNDARY, W_DIFF_NEW, W_DIFF_DROPPED, W_DIFF_DATA};
	return words[cause];
}

static void put_head(th_page *p, const th_diff_found *f, size_t which, const th_diff_year *y)
{
	th_page_text(p, th_slice_of(f->side[which].name));
	th_page_say(p, W_COMMA);
	th_buf_printf(&p->doc.text, "%d", y->year[which]);
	th_page_say(p, W_E_COLON);
	th_put_mass(&p->doc.text, which ? y->bridge.to : y->bridge.from, 3);
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, which ? W_DIFF_TO : W_DIFF_FROM, th_page_word(p, W_TONNES));
}

static void put_kilograms(th_page *p, th_mass mass)
{
	th_doc_mass(&p->doc, mass, 0, TH_MASS_SCALE, true);
}

static void put_causes(th_page *p, const th_bridge *bridge)
{
	static const th_page_column columns[] = {{W_DIFF_CAUSE, TH_DOC_WORD}, {W_DIFF_KILOGRAMS, TH_DOC_MASS}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < TH_CAUSES; i++) {
		th_page_cell(p, th_cause_word((th_cause)i));
		put_kilograms(p, bridge->cause[i]);
	}
	th_page_cell(p, W_DIFF_REST);
	put_kilograms(p, bridge->rest);
	th_page_cell(p, W_DIFF_CHANGE);
	put_kilograms(p, bridge->to - bridge->from);
}

static void put_more(th_page *p, size_t count)
{
	if (count <= SHOWN)
		return;
	TH_SAY(p, W_V_MORE, th_fill_integer((long long)(count - SHOWN)));
	th_doc_note(&p->doc, TH_S(""));
}

static void put_parts(th_page *p, const th_diff_year *y)
{
	static const th_page_column columns[] = {{W_E_ACTIVITY, TH_DOC_WORD}, {W_DIFF_FROM_TONNES, TH_DOC_MASS}, {W_DIFF_TO_TONNES, TH_DOC_MASS}, {W_DIFF_DIFFERENCE, TH_DOC_MASS}};
	if (y->parts == 0)
		return;
	th_page_section(p, W_DIFF_BY_ACTIVITY);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < y->parts && i < SHOWN; i++) {
		const th_bridge_part *part = &y->part[i];
		th_doc_cell_text(&p->doc, p->lang == TH_LANG_ZH ? part->zh : part->en);
		th_page_mass(p, part->from);
		th_page_mass(p, part->to);
		th_page_change(p, part->to - part->from);
	}
	put_more(p, y->parts);
	th_doc_close(&p->doc);
}

/* --- pairs --- */

static void put_pair(th_page *p, th_slice name, th_slice before, th_slice after)
{
	th_doc_cell_text(&p->doc, name);
	th_doc_cell_text(&p->doc, before.len ? before : th_page_word(p, W_V_NOTHING));
	th_doc_cell_text(&p->doc, after.len ? after : th_page_word(p, W_V_NOTHING));
}

static void open_pairs(th_page *p, th_label title)
{
	static const th_page_column columns[] = {{W_DIFF_WHAT, TH_DOC_WORD}, {W_DIFF_FROM, TH_DOC_FIGURE}, {W_DIFF_TO, TH_DOC_FIGURE}};
	th_page_section(p, title);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
}

th_label th_diff_total_word(th_slice key)
{
	static const struct { const char *key; th_label word; } words[] = {
		{"scope2_market", W_SCOPE2_MARKET}, {"removals", W_REMOVALS}, {"credits", W_CREDITS}, {"biogenic_co2", W_BIOGENIC}, {"avoided", W_AVOIDED}, {"outside_kyoto", W_OUTSIDE},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (th_slice_eq(key, th_slice_of(words[i].key)))
			return words[i].word;
	return 0;
}

static void put_totals(th_page *p, const th_diff_found *f, const th_diff_list *list)
{
	if (list->count == 0)
		return;
	open_pairs(p, W_DIFF_TOTALS);
	for (size_t i = 0; i < list->count; i++) {
		const th_json *const *of = list->pair[i].of;
		th_label word = th_diff_total_word(of[of[0] ? 0 : 1]->key);
		put_pair(p, word ? th_page_word(p, word) : th_diff_profile_total(f, p->lang == TH_LANG_ZH ? "zh" : "en"), of[0] ? of[0]->text : TH_S(""), of[1] ? of[1]->text : TH_S(""));
	}
	th_doc_close(&p->doc);
}

/* An id; with its version where only that, or with its digest where not even that is another one. */
static void put_basis_cell(th_page *p, const th_diff_pair *pair, size_t which)
{
	enum { DIGEST = 12 };
	const th_json *own = pair->of[which], *other = pair->of[!which];
	th_slice sha256 = th_json_string(own, "sha256");
	bool same_id = th_slice_eq(th_json_string(own, "id"), th_json_string(other, "id")), same_version = th_slice_eq(th_json_string(own, "version"), th_json_string(other, "version"));
	th_page_text(p, own->kind == TH_JSON_STRING ? own->text : th_json_string(own, "id"));
	if (th_json_string(own, "version").len) {
		th_buf_char(&p->doc.text, ' ');
		th_page_text(p, th_json_string(own, "version"));
	}
	if (same_id && same_version && sha256.len > DIGEST) {
		th_buf_str(&p->doc.text, ", sha256 ");
		th_buf_add(&p->doc.text, sha256.ptr, DIGEST);
	}
	th_doc_end(&p->doc);
}

static void put_basis(th_page *p, const th_diff_list *list)
{
	static const struct { const char *key; th_label word; } words[] = {
		{"profile", W_PROFILE}, {"gwp", W_GWP}, {"factor_set", W_FACTOR_SET}, {"rules", W_E_RULES},
	};
	if (list->count == 0)
		return;
	open_pairs(p, W_DIFF_BASIS);
	for (size_t i = 0; i < list->count; i++) {
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (th_slice_eq(list->pair[i].of[0]->key, th_slice_of(words[k].key)))
				th_page_cell(p, words[k].word);
		put_basis_cell(p, &list->pair[i], 0);
		put_basis_cell(p, &list->pair[i], 1);
	}
	th_doc_close(&p->doc);
}

/* Its value, or what is derived from its parameters; empty: neither. */
static th_slice number_of(const th_json *factor)
{
	const th_json *value = th_json_get(factor, "value"), *derived = th_json_get(factor, "derived");
	return value ? value->text : derived ? derived->text : (th_slice){"", 0};
}

/* The parameters of a factor that are not those of the other, as `ncv 38.931 GJ/t`. */
static void put_parameters(th_page *p, const th_json *own, const th_json *other)
{
	static const char *const names[][2] = {{"ncv", "ncv_unit"}, {"carbon_content", "carbon_content_unit"}, {"oxidation", ""}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const th_json *x = th_json_get(own, names[i][0]), *y = th_json_get(other, names[i][0]);
		if (!x || (y && th_slice_eq(x->text, y->text) && th_slice_eq(th_json_string(own, names[i][1]), th_json_string(other, names[i][1]))))
			continue;
		th_buf_printf(&p->doc.text, "; %s ", names[i][0]);
		th_page_text(p, x->text);
		th_buf_char(&p->doc.text, ' ');
		th_page_text(p, th_json_string(own, names[i][1]));
	}
	for (const th_json *x = th_other_parameter(own, other, NULL); x; x = th_other_parameter(own, other, x)) {
		th_buf_str(&p->doc.text, "; ");
		th_page_text(p, x->key);
		th_buf_char(&p->doc.text, ' ');
		th_page_text(p, x->text);
	}
}

/* Its number and unit; of a factor that both have, what else of it is another. */
static void put_factor_cell(th_page *p, const th_json *own, const th_json *other)
{
	th_slice number = own ? number_of(own) : TH_S(""), unit = th_json_string(own, "unit");
	if (!own) {
		th_page_cell(p, W_V_NOTHING);
		return;
	}
	th_page_text(p, number);
	if (number.len && unit.len) {
		th_buf_char(&p->doc.text, ' ');
		th_page_text(p, unit);
	}
	if (other)
		put_parameters(p, own, other);
	th_doc_end(&p->doc);
}

/* Those of both, or those of one. */
static void put_factors(th_page *p, const th_diff_list *list, bool both)
{
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++) {
		const th_json *const *of = list->pair[i].of;
		if ((of[0] && of[1]) != both)
			continue;
		if (count == 0)
			open_pairs(p, both ? W_DIFF_FACTORS : W_DIFF_FACTORS_ALONE);
		if (count++ >= SHOWN)
			continue;
		th_doc_cell_text(&p->doc, th_json_string(of[of[0] ? 0 : 1], "id"));
		put_factor_cell(p, of[0], of[1]);
		put_factor_cell(p, of[1], of[0]);
	}
	if (count == 0)
		return;
	put_more(p, count);
	th_doc_close(&p->doc);
}

static th_slice status_word(const th_page *p, th_slice status)
{
	for (size_t i = 0; i < TH_RULE_STATUSES; i++)
		if (th_slice_eq(status, th_slice_of(th_rule_status_names[i])))
			return th_page_word(p, th_status_word((th_rule_status)i));
	return status;
}

static th_slice verdict_word(const th_page *p, th_slice verdict)
{
	for (size_t i = 0; i < TH_VERDICTS; i++)
		if (th_slice_eq(verdict, th_slice_of(th_verdict_names[i])))
			return th_page_word(p, th_verdict_word((th_verdict)i));
	return verdict;
}

static void put_rules(th_page *p, const th_diff_found *f)
{
	if (!f->checks)
		return;
	open_pairs(p, W_DIFF_RULES);
	th_slice before = th_json_string(f->root[0], "verdict"), after = th_json_string(f->root[1], "verdict");
	bool same = th_slice_eq(before, after);
	if (!same)
		put_pair(p, th_page_word(p, W_DIFF_VERDICT), verdict_word(p, before), verdict_word(p, after));
	for (size_t i = 0; i < f->requirements.count; i++) {
		const th_json *const *of = f->requirements.pair[i].of;
		put_pair(p, th_json_string(of[of[0] ? 0 : 1], "id"), status_word(p, th_json_string(of[0], "status")), status_word(p, th_json_string(of[1], "status")));
	}
	if (same && f->requirements.count == 0) {
		th_page_cell(p, W_DIFF_SAME_RULES);
		th_doc_none(&p->doc);
		th_doc_none(&p->doc);
	}
	th_doc_close(&p->doc);
}

void th_put_diff_text(th_page *p, const th_diff_found *f)
{
	th_page_banner(p, W_DIFF_TITLE);
	for (size_t i = 0; i < f->years; i++) {
		th_doc_open(&p->doc, TH_DOC_ITEM, TH_S(""));
		put_head(p, f, 0, &f->year[i]);
		put_head(p, f, 1, &f->year[i]);
		put_causes(p, &f->year[i].bridge);
		put_parts(p, &f->year[i]);
		put_totals(p, f, &f->year[i].totals);
		th_doc_close(&p->doc);
	}
	th_put_diff_footprints(p, f);
	for (size_t k = 0; k < 2; k++)
		if (f->other[k] != TH_CAUSE_DATA)
			th_page_paragraph(p, k ? W_DIFF_OTHER_TO : W_DIFF_OTHER_FROM);
	put_basis(p, &f->basis);
	put_factors(p, &f->factors, true);
	put_factors(p, &f->factors, false);
	put_rules(p, f);
	th_page_paragraph(p, f->differs ? W_DIFF_DIFFERS : W_DIFF_EQUAL);
}
