/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a scheme of neutrality asks beside its requirements: emissions by class, what was retired to offset them, and the sentence that may then
 * be said in public. Nothing where the pack asks for none of it. */
#include "report/check_report.h"

/* --- emission classes --- */

typedef enum said { SAID_LINES, SAID_ABSENT, SAID_AT_ODDS, SAID_NO_LINE, SAID_NOTHING } said;
static const char *const said_names[] = {"lines", "absent", "at_odds", "no_line", "open"};
static const th_label said_words[] = {W_CLASS_LINES, W_CLASS_ABSENT, W_CLASS_AT_ODDS, W_CLASS_NO_LINE, W_CLASS_OPEN};

static said said_of(const th_assessment *a, const th_check_class *class)
{
	const th_rule_value *fact = &a->inputs.input[class->fact].value;
	if (class->seen)
		return fact->known && !fact->truth ? SAID_AT_ODDS : SAID_LINES;
	return !fact->known ? SAID_NOTHING : fact->truth ? SAID_NO_LINE : SAID_ABSENT;
}

static void put_classes(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {{W_H_CLASS, TH_DOC_WORD}, {W_G_LINES, TH_DOC_COUNT}, {W_TONNES, TH_DOC_MASS}, {W_H_STATE, TH_DOC_WORD}};
	if (a->classes == 0)
		return;
	th_page_section(p, W_CLASSES);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->classes; i++) {
		const th_check_class *class = &a->class[i];
		th_doc_cell_text(&p->doc, th_word(a->pack->decl[class->fact].name, p->lang));
		th_doc_count(&p->doc, class->lines);
		if (class->seen)
			th_page_mass(p, class->gross);
		else
			th_doc_none(&p->doc);
		th_page_cell(p, said_words[said_of(a, class)]);
	}
	th_doc_close(&p->doc);
}

/* --- offsets --- */

static const th_label state_words[TH_OFFSET_STATES] = {
	[TH_OFFSET_COUNTS] = W_OFFSET_COUNTS, [TH_OFFSET_NOT_RETIRED] = W_OFFSET_NOT_RETIRED, [TH_OFFSET_NO_RETIREMENT] = W_OFFSET_NO_RETIREMENT,
	[TH_OFFSET_NO_REGISTRY] = W_OFFSET_NO_REGISTRY, [TH_OFFSET_NO_SERIAL] = W_OFFSET_NO_SERIAL, [TH_OFFSET_NO_BENEFICIARY] = W_OFFSET_NO_BENEFICIARY,
	[TH_OFFSET_OTHER_KIND] = W_OFFSET_OTHER_KIND,
};

static void put_said(th_page *p, th_label label, th_slice text)
{
	if (text.len == 0)
		return;
	th_page_say(p, label);
	th_page_say(p, W_COLON);
	th_page_text(p, text);
	th_page_say(p, W_SEMICOLON);
}

static void put_offset(th_page *p, const th_assessment *a, const th_offset *o)
{
	th_doc_cell_text(&p->doc, o->type);
	th_page_mass(p, o->mass);
	th_doc_cell_text(&p->doc, o->vintage);
	th_doc_cell_text(&p->doc, o->retired_text);
	th_page_cell(p, state_words[o->state]);
	put_said(p, W_OFFSET_REGISTRY, o->registry);
	put_said(p, W_OFFSET_SERIAL, o->serial);
	put_said(p, W_OFFSET_BENEFICIARY, o->beneficiary);
	th_put_place_text(a->offsets.path, o->line, &p->doc.text);
	th_doc_note(&p->doc, TH_S(""));
}

static void put_offsets(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {
		{W_OFFSET_TYPE, TH_DOC_WORD}, {W_TONNES, TH_DOC_MASS}, {W_OFFSET_VINTAGE, TH_DOC_WORD}, {W_OFFSET_RETIRED, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD},
	};
	if (a->offsets.count == 0)
		return;
	th_page_section(p, W_OFFSETS);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->offsets.count; i++)
		put_offset(p, a, &a->offsets.offset[i]);
	th_doc_close(&p->doc);
}

void th_put_offsets_text(th_page *p, const th_assessment *a)
{
	put_classes(p, a);
	put_offsets(p, a);
}

static bool may_claim(const th_assessment *a)
{
	return a->results.claim.zh.len && !a->broken && !a->illustrative;
}

/* In both languages, whichever the report is in: it is there to be pasted. */
void th_put_claim_text(th_page *p, const th_assessment *a)
{
	if (!may_claim(a))
		return;
	th_page_section(p, W_CLAIM);
	th_doc_paragraph(&p->doc, a->results.claim.zh);
	th_doc_paragraph(&p->doc, a->results.claim.en);
	th_doc_close(&p->doc);
}

/* --- JSON --- */

static void put_classes_json(th_writer *w, const th_assessment *a)
{
	if (a->classes == 0)
		return;
	th_put_open(w, "classes", '[');
	for (size_t i = 0; i < a->classes; i++) {
		const th_check_class *class = &a->class[i];
		const th_rule_decl *fact = &a->pack->decl[class->fact];
		const said is = said_of(a, class);
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", fact->id);
		th_put_both(w, "title", fact->name.zh, fact->name.en);
		th_put_reason(w, "stated", said_names[is], said_words[is]);
		th_put_count(w, "lines", class->lines);
		if (class->seen)
			th_put_tonnes(w, "tco2e", class->gross);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_offset_json(th_writer *w, const th_assessment *a, const th_offset *o)
{
	th_put_open(w, NULL, '{');
	th_put_place(w, "place", a->offsets.path, o->line);
	th_put_text(w, "kind", th_slice_of(th_offset_kinds[o->kind]));
	th_put_text(w, "type", o->type);
	th_put_tonnes(w, "tco2e", o->mass);
	th_put_text_if(w, "vintage", o->vintage);
	th_put_text_if(w, "registry", o->registry);
	th_put_text_if(w, "serial", o->serial);
	th_put_text_if(w, "retired", o->retired_text);
	th_put_text_if(w, "beneficiary", o->beneficiary);
	th_put_text_if(w, "evidence", o->evidence);
	th_put_reason(w, "counted", th_offset_states[o->state], state_words[o->state]);
	th_put_close(w, '}');
}

void th_put_offsets_json(th_writer *w, const th_assessment *a)
{
	put_classes_json(w, a);
	if (!a->asks_offsets)
		return;
	th_put_open(w, "offsets", '[');
	for (size_t i = 0; i < a->offsets.count; i++)
		put_offset_json(w, a, &a->offsets.offset[i]);
	th_put_close(w, ']');
	if (may_claim(a))
		th_put_both(w, "claim", a->results.claim.zh, a->results.claim.en);
}
