/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a base year is to be stated anew, for people. */
#include "audit/recalculate_parts.h"

#include "base/filename.h"

static void put_end(th_page *p, const th_recalculation *r, size_t which)
{
	const th_bridge *b = &r->year->bridge;
	th_put_mass(&p->doc.text, which ? b->to : b->from, 3);
	th_buf_char(&p->doc.text, ' ');
	th_page_say(p, W_TONNES);
	th_page_say(p, W_OPEN);
	th_page_text(p, th_slice_of(r->of->side[which].name));
	th_page_field(p, which ? W_RC_NOW : W_RC_THEN, th_page_word(p, W_CLOSE));
}

static void put_threshold(th_page *p, const th_recalculation *r)
{
	const th_param_row *row = r->of->plan->restate_row;
	if (!row) {
		th_page_field(p, W_RC_THRESHOLD, th_page_word(p, W_RC_NO_THRESHOLD));
		return;
	}
	th_put_decimal(&p->doc.text, r->of->plan->restate_percent);
	th_buf_str(&p->doc.text, "%");
	if (row->source.len) {
		th_page_say(p, W_OPEN);
		th_page_text(p, row->source);
		th_page_say(p, W_CLOSE);
	}
	th_page_field(p, W_RC_THRESHOLD, TH_S(""));
}

static void put_share(th_page *p, th_mass value, th_mass base)
{
	th_buf text = {0};
	if (base > 0 && th_put_percent(&text, value, base, true))
		th_doc_cell_text(&p->doc, th_buf_view(&text));
	else
		th_doc_none(&p->doc);
	p->doc.failed |= text.failed;
	th_buf_free(&text);
}

static void put_row(th_page *p, const th_recalculation *r, th_mass value, bool above, bool weighed)
{
	th_doc_mass(&p->doc, value, 0, TH_MASS_SCALE, true);
	put_share(p, value, r->year->bridge.from);
	if (r->has_threshold && weighed)
		th_page_cell(p, above ? W_E_YES : W_E_NO);
	else
		th_doc_none(&p->doc);
}

static void put_reasons(th_page *p, const th_recalculation *r)
{
	static const th_label kinds[TH_RESTATES] = {W_RC_STRUCTURE, W_RC_METHOD, W_RC_DATA};
	static const th_page_column columns[] = {{W_RC_KIND, TH_DOC_WORD}, {W_DIFF_CAUSE, TH_DOC_WORD}, {W_DIFF_KILOGRAMS, TH_DOC_MASS}, {W_RC_SHARE, TH_DOC_FIGURE}, {W_RC_ABOVE, TH_DOC_WORD}};
	const th_bridge *b = &r->year->bridge;
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < TH_RESTATE_REASONS; i++) {
		th_page_cell(p, kinds[r->reason[i].kind]);
		th_page_cell(p, r->reason[i].word);
		put_row(p, r, r->reason[i].value, r->reason[i].above, true);
	}
	th_doc_none(&p->doc);
	th_page_cell(p, W_DIFF_REST);
	put_row(p, r, b->rest, false, false);
	th_doc_none(&p->doc);
	th_page_cell(p, W_RC_TOGETHER);
	put_row(p, r, b->to - b->from, r->above, true);
}

static void put_sites(th_page *p, const th_recalculation *r)
{
	if (r->sites == 0)
		return;
	th_page_section(p, W_RC_SITES);
	for (size_t i = 0; i < r->sites; i++) {
		TH_SAY(p, r->site[i].gone ? W_RC_SITE_GONE : W_RC_SITE_NEW, th_fill_text(r->site[i].site), th_fill_integer(r->year->year[1]));
		th_doc_item(&p->doc, TH_S(""));
	}
	th_doc_close(&p->doc);
}

void th_put_recalculation_page(th_page *p, const th_recalculation *r)
{
	static const th_label answers[] = {[TH_RECALCULATED_NO] = W_RC_NO, [TH_RECALCULATED_YES] = W_RC_YES, [TH_RECALCULATED_OPEN] = W_RC_OPEN};
	th_page_banner(p, W_RC_TITLE);
	th_buf_printf(&p->doc.text, "%d", r->year->year[1]);
	th_page_field(p, W_RC_YEAR, TH_S(""));
	put_end(p, r, 0);
	put_end(p, r, 1);
	put_threshold(p, r);
	th_page_field(p, W_RC_ANSWER, th_page_word(p, r->answer == TH_RECALCULATED_NO && !r->year->bridge.differs ? W_RC_SAME : answers[r->answer]));
	put_reasons(p, r);
	th_page_paragraph(p, W_RC_STANDARD);
	if (r->found->other[0] != TH_CAUSE_DATA)
		th_page_paragraph(p, W_RC_OTHER);
	put_sites(p, r);
}
