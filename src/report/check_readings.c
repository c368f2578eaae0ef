/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the verdict would be otherwise: under other readings of the text, and for other categories of applicants. */
#include "report/check_report.h"

static void put_state(th_page *p, th_slice requirement, th_rule_status status)
{
	th_page_text(p, requirement);
	th_page_text(p, TH_S(" "));
	th_page_say(p, th_status_word(status));
}

/* With the id by which --reading knows it, where the page shows ids. */
static void put_name(th_page *p, th_slice name, th_slice id)
{
	if (p->titled)
		th_page_text(p, name);
	else
		th_put_name_id(name, id, p->lang, &p->doc.text);
}

static void put_alternative(th_page *p, const th_pack *pack, const th_rule_alternative *other)
{
	const struct th_rule_reading *reading = &pack->define[other->define].reading[other->reading];
	th_page_say(p, W_OTHER_READING);
	th_page_say(p, W_COLON);
	put_name(p, th_word(reading->name, p->lang), reading->id);
	th_page_say(p, W_SEMICOLON);
	th_page_text(p, th_verdict_said(pack, other->verdict, p->lang));
	for (size_t i = 0; i < other->requirements; i++) {
		th_page_say(p, W_SEMICOLON);
		put_state(p, pack->requirement[other->requirement[i]].id, other->status[i]);
	}
	th_doc_paragraph(&p->doc, TH_S(""));
}

static void put_reading(th_page *p, const th_rule_define *define, const th_check_reading *at)
{
	th_page_text(p, at->chosen ? TH_S("● ") : TH_S("○ "));
	if (!p->titled)
		th_doc_cell_text(&p->doc, define->reading[at->reading].id);
	th_doc_cell_text(&p->doc, th_word(define->reading[at->reading].name, p->lang));
	if (!at->value.known)
		th_page_say(p, W_UNKNOWN);
	else if (at->value.type == TH_RULE_NUMBER)
		th_put_exact_text(at->value.number, &define->unit, th_word(define->unit_name, p->lang), TH_PLACES, p->lang, &p->doc.text);
	th_doc_end(&p->doc);
}

static void put_readings(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {{W_D_H_READING, TH_DOC_WORD}, {W_H_GAS_NAME, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_WORD}};
	if (a->readings == 0)
		return;
	th_page_section(p, W_READINGS);
	for (size_t i = 0, k; i < a->readings; i = k) {
		const th_rule_define *define = &a->pack->define[a->reading[i].define];
		put_name(p, th_word(define->name, p->lang), define->id);
		th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
		th_page_quiet_table(p, columns + p->titled, sizeof columns / sizeof *columns - p->titled);
		for (k = i; k < a->readings && a->reading[k].define == a->reading[i].define; k++)
			put_reading(p, define, &a->reading[k]);
		th_doc_close(&p->doc);
	}
	for (size_t i = 0; i < a->results.alternatives; i++)
		put_alternative(p, a->pack, &a->results.alternative[i]);
	th_page_paragraph(p, p->titled ? W_D_READING_NOTE : W_READING_NOTE);
	th_doc_close(&p->doc);
}

static void put_category(th_page *p, const th_pack *pack, const th_rule_decl *kinds, const th_check_category *at)
{
	bool more = false;
	th_page_text(p, th_word(kinds->option[at->option].name, p->lang));
	th_doc_cell_text(&p->doc, at->own ? th_page_word(p, W_H_OWN) : TH_S(""));
	th_doc_cell_text(&p->doc, th_verdict_said(pack, at->verdict, p->lang));
	for (size_t r = 0; r < pack->requirements; r++) {
		if (pack->requirement[r].level != TH_RULE_MANDATORY || at->status[r] == TH_RULE_MET || at->status[r] == TH_RULE_NOT_APPLICABLE)
			continue;
		th_page_text(p, more ? th_page_word(p, W_SEMICOLON) : TH_S(""));
		put_state(p, pack->requirement[r].id, at->status[r]);
		more = true;
	}
	th_doc_end(&p->doc);
}

static void put_categories(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {{W_H_CATEGORY, TH_DOC_WORD}, {W_H_VERDICT, TH_DOC_WORD}, {W_H_OPEN, TH_DOC_WORD}};
	const th_rule_decl *kinds = TH_AT(a->pack->decl, a->pack->category);
	if (!kinds || a->categories == 0)
		return;
	th_page_section(p, W_CATEGORIES);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->categories; i++)
		put_category(p, a->pack, kinds, &a->category[i]);
	th_doc_close(&p->doc);
}

void th_put_readings_text(th_page *p, const th_assessment *a)
{
	put_readings(p, a);
	put_categories(p, a);
}
