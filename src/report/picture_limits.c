/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which conditions hold, and how far: a bullet graph for each limit below its name, on a scale of its own, since their units differ. */
#include "report/drawing.h"
#include "rules/expr.h"

enum { LEFT = 2, RIGHT = 488, ROW = 54, TOP = 24, BACK = 20, BAR = 10, GAP = 8 };

static bool is_illustrative(const th_assessment *a, const th_rule_result *result)
{
	for (size_t i = 0; i < a->params; i++)
		for (size_t k = 0; k < result->useds && a->param[i].supplied && a->param[i].illustrative; k++)
			if (result->used[k] == a->param[i].decl)
				return true;
	return false;
}

/* In the limit's unit; false when it is not known. */
static bool number_of(const th_rule_value *value, const th_unit *unit, double *number)
{
	th_exact in;
	if (!value->known || !th_exact_in(value->number, unit, &in))
		return false;
	*number = (double)in.num / (double)in.den;
	return true;
}

static void say_value(th_page *p, const th_rule_limit_result *at, const th_rule_value *value)
{
	const th_rule_limit *limit = at->limit;
	th_put_exact_text(value->number, &limit->unit, th_word(limit->unit_name, p->lang), th_rule_limit_places(at), p->lang, &p->doc.text);
}

static void draw_numbers(th_drawing *d, double y, const th_rule_limit_result *at)
{
	double observed = 0, required = 0;
	bool has_observed = number_of(&at->observed, &at->limit->unit, &observed), has_required = number_of(&at->required, &at->limit->unit, &required);
	double most = (observed > required ? observed : required) * 1.15;
	most = most > 0 ? most : 1;
	th_draw_box(&d->picture, 0, y + TOP, RIGHT, BACK, TH_TONE_SOFT, TH_LOOK_SOLID);
	if (has_observed && observed > 0) {
		th_draw_box(&d->picture, 0, y + TOP + (BACK - BAR) / 2, RIGHT * observed / most, BAR, TH_TONE_SCOPE2, TH_LOOK_SOLID);
		say_value(d->page, at, &at->observed);
		th_draw_hint(&d->picture, th_doc_take(&d->page->doc));
	}
	if (has_required && required >= 0)
		th_draw_box(&d->picture, RIGHT * required / most - (required > 0 ? 1.5 : 0), y + TOP - 4, 3, BACK + 8, TH_TONE_INK, TH_LOOK_SOLID);
}

static void draw_words(th_drawing *d, double y, const th_rule_limit_result *at, bool illustrative)
{
	th_page *p = d->page;
	th_buf_str(&p->doc.text, th_status_mark(at->status));
	th_page_text(p, TH_S(" "));
	th_page_say(p, th_status_word(at->status));
	if (at->observed.known) {
		th_page_say(p, W_COLON);
		say_value(p, at, &at->observed);
	}
	th_drawing_text(d, RIGHT + 12, y + TOP + 7, th_strong(TH_ANCHOR_START), TH_ACROSS - RIGHT - 12);
	th_page_say(p, W_F_ASKED);
	if (at->required.known) {
		th_put_compare(at->limit, p->lang, &p->doc.text);
		say_value(p, at, &at->required);
	} else
		th_page_say(p, W_F_UNKNOWN);
	if (illustrative)
		th_page_say(p, W_F_ILLUSTRATIVE);
	th_drawing_text(d, RIGHT + 12, y + TOP + 23, th_small(TH_ANCHOR_START), TH_ACROSS - RIGHT - 12);
}

static void draw_limit(th_drawing *d, double y, const th_rule_result *result, const th_rule_limit_result *at, bool illustrative)
{
	th_page *p = d->page;
	th_slice name = th_word(at->limit->name, p->lang), title = th_word(result->requirement->title, p->lang);
	double behind = LEFT + th_text_width(name.len ? name : title, TH_BODY, false) + GAP;
	th_page_text(p, name.len ? name : title);
	th_drawing_text(d, LEFT, y + TOP - 8, th_body(TH_ANCHOR_START), RIGHT - LEFT); /* a letter may begin before its place */
	th_page_text(p, name.len ? title : result->requirement->id);
	if (behind < RIGHT)
		th_drawing_text(d, behind, y + TOP - 8, th_small(TH_ANCHOR_START), TH_ACROSS - behind);
	else
		th_buf_clear(&p->doc.text);
	draw_numbers(d, y, at);
	draw_words(d, y, at, illustrative);
}

static void put_value(th_page *p, const th_rule_limit_result *at, const th_rule_value *value)
{
	if (value->known)
		th_put_exact_text(value->number, &at->limit->unit, TH_S(""), th_rule_limit_places(at), p->lang, &p->doc.text);
	else
		th_page_text(p, TH_S("-"));
	th_doc_end(&p->doc);
}

static void put_rows(th_page *p, const th_assessment *a)
{
	static const th_page_column columns[] = {
		{W_H_REQUIREMENT, TH_DOC_WORD}, {W_LIMIT, TH_DOC_WORD}, {W_OBSERVED, TH_DOC_FIGURE}, {W_REQUIRED, TH_DOC_FIGURE}, {W_MARGIN, TH_DOC_FIGURE},
		{W_L_UNIT, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD},
	};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->results.results; i++)
		for (size_t k = 0; k < a->results.result[i].limits; k++) {
			const th_rule_limit_result *at = &a->results.result[i].limit[k];
			th_doc_cell_text(&p->doc, th_word(a->results.result[i].requirement->title, p->lang));
			th_doc_cell_text(&p->doc, th_word(at->limit->name, p->lang));
			put_value(p, at, &at->observed);
			th_put_compare(at->limit, p->lang, &p->doc.text);
			put_value(p, at, &at->required);
			put_value(p, at, &at->margin);
			th_doc_cell_text(&p->doc, th_word(at->limit->unit_name, p->lang));
			th_page_cell(p, th_status_word(at->status));
		}
}

void th_put_limits_picture(th_page *p, const th_assessment *a, bool table)
{
	size_t limits = 0, met = 0, not_met = 0;
	double y = 0;
	for (size_t i = 0; i < a->results.results; i++)
		limits += a->results.result[i].limits;
	if (limits == 0) {
		th_page_paragraph(p, W_F_LIMITS_NONE);
		return;
	}
	th_drawing d = th_drawing_begin(p, ROW * (double)limits, 0);
	for (size_t i = 0; i < a->results.results; i++)
		for (size_t k = 0; k < a->results.result[i].limits; k++, y += ROW) {
			const th_rule_limit_result *at = &a->results.result[i].limit[k];
			draw_limit(&d, y, &a->results.result[i], at, is_illustrative(a, &a->results.result[i]));
			met += at->status == TH_RULE_MET;
			not_met += at->status == TH_RULE_NOT_MET;
		}
	TH_SAY(p, W_F_LIMITS, th_fill_integer((long long)limits), th_fill_integer((long long)met), th_fill_integer((long long)not_met),
	       th_fill_integer((long long)(limits - met - not_met)));
	th_drawing_end(&d, W_F_LIMITS_ABOUT);
	if (!table)
		return;
	th_drawing_table(p, W_F_LIMITS_TABLE);
	put_rows(p, a);
}
