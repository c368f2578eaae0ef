/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A requirement of a check down to the words of its clause and the cells of its inputs, as the report says it. */
#include "audit/explain_parts.h"

#include "check/check.h"
#include "report/check_report.h"

static th_slice both(const th_page *p, const th_json *object, const char *key)
{
	const th_json *words = th_json_get(object, key);
	th_slice own = th_json_string(words, p->lang == TH_LANG_ZH ? "zh" : "en");
	return own.len ? own : th_json_string(words, p->lang == TH_LANG_ZH ? "en" : "zh");
}

static th_slice status_of(const th_page *p, const th_json *r)
{
	th_slice status = th_json_string(r, "status");
	for (size_t i = 0; i < TH_RULE_STATUSES; i++)
		if (th_slice_eq(status, th_slice_of(th_rule_status_names[i])))
			return th_page_word(p, th_status_word((th_rule_status)i));
	return status;
}

/* A value as JSON has it: a list its elements. */
static void put_value(th_page *p, const th_json *value)
{
	if (!value)
		return;
	if (value->kind == TH_JSON_TRUE || value->kind == TH_JSON_FALSE)
		th_page_say(p, value->kind == TH_JSON_TRUE ? W_E_YES : W_E_NO);
	else if (value->kind == TH_JSON_ARRAY)
		for (const th_json *one = value->child; one; one = one->next) {
			th_page_text(p, one == value->child ? TH_S("") : th_page_word(p, W_COMMA));
			th_page_text(p, one->text);
		}
	else
		th_page_text(p, value->text);
}

static void put_number(th_page *p, const th_json *limit, const char *key)
{
	const th_json *number = th_json_get(limit, key);
	if (number)
		put_value(p, number);
	else
		th_page_say(p, W_E_UNKNOWN);
}

static th_slice compare_sign(th_slice name)
{
	static const char *const signs[][2] = {{"ge", ">="}, {"gt", ">"}, {"le", "<="}, {"lt", "<"}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (th_slice_eq(name, th_slice_of(signs[i][0])))
			return th_slice_of(signs[i][1]);
	return name;
}

/* The limit that decides, and each other one. */
static void put_limit(th_page *p, const th_json *limit, th_label label)
{
	th_slice unit = th_json_string(limit, "unit"), name = both(p, limit, "name");
	th_page_text(p, name);
	th_page_text(p, name.len ? TH_S(" ") : TH_S(""));
	put_number(p, limit, "observed");
	th_buf_char(&p->doc.text, ' ');
	th_page_text(p, compare_sign(th_json_string(limit, "compare")));
	th_buf_char(&p->doc.text, ' ');
	put_number(p, limit, "required");
	th_page_text(p, unit.len ? TH_S(" ") : TH_S(""));
	th_page_text(p, unit);
	if (th_json_get(limit, "margin")) {
		th_page_say(p, W_COMMA);
		th_page_say(p, W_E_MARGIN);
		put_number(p, limit, "margin");
	}
	th_page_field(p, label, TH_S(""));
}

static void put_deciding(th_page *p, const th_json *r)
{
	const th_json *limit = th_json_list(r, "limits");
	while (limit && limit->next && (!th_json_get(limit, "decides") || th_json_get(limit, "decides")->kind != TH_JSON_TRUE))
		limit = limit->next;
	if (limit)
		put_limit(p, limit, W_E_LIMIT);
}

static void put_place(th_page *p, const th_json *place)
{
	const th_json *line = th_json_get(place, "line"), *cell = th_json_get(place, "cell");
	th_slice sheet = th_json_string(place, "sheet");
	th_page_text(p, th_json_string(place, "file"));
	if (sheet.len) {
		th_buf_char(&p->doc.text, '#');
		th_page_text(p, sheet);
	}
	if (cell || line) {
		th_buf_char(&p->doc.text, sheet.len ? '!' : ':');
		th_page_text(p, cell ? cell->text : line->text);
	}
}

static void put_names(th_page *p, const th_json *list, th_label label)
{
	enum { SHOWN = 5 };
	size_t count = 0;
	for (const th_json *at = list; at; at = at->next, count++) {
		if (count >= SHOWN)
			continue;
		th_slice title = both(p, at, "title");
		th_page_text(p, count ? th_page_word(p, W_E_SEMICOLON) : TH_S(""));
		th_page_text(p, title.len ? title : th_json_string(at, "id"));
		if (th_json_get(at, "place")) {
			th_page_say(p, W_OPEN);
			put_place(p, th_json_get(at, "place"));
			th_page_say(p, W_CLOSE);
		}
	}
	if (count > SHOWN)
		TH_SAY(p, W_E_MORE, th_fill_integer((long long)(count - SHOWN)));
	th_page_field(p, label, TH_S(""));
}

/* --- all of it --- */

static void put_inputs(th_page *p, const th_json *r)
{
	static const th_page_column columns[] = {{W_E_INPUT, TH_DOC_WORD}, {W_E_INPUT_VALUE, TH_DOC_WORD}, {W_E_WHERE, TH_DOC_WORD}, {W_E_SOURCE, TH_DOC_WORD}};
	th_page_section(p, W_E_RESTS_ON);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (const th_json *at = th_json_list(r, "inputs"); at; at = at->next) {
		th_slice unit = th_json_string(at, "unit");
		th_page_text(p, both(p, at, "title"));
		th_page_say(p, W_OPEN);
		th_page_text(p, th_json_string(at, "id"));
		th_page_say(p, W_CLOSE);
		th_doc_end(&p->doc);
		put_value(p, th_json_get(at, "value"));
		th_page_text(p, unit.len ? TH_S(" ") : TH_S(""));
		th_page_text(p, unit);
		th_doc_end(&p->doc);
		put_place(p, th_json_get(at, "place"));
		th_doc_end(&p->doc);
		th_doc_cell_text(&p->doc, th_json_string(at, "source"));
	}
	th_doc_close(&p->doc);
}

static void put_evidence(th_page *p, const th_json *r)
{
	static const th_page_column columns[] = {{W_E_INPUT, TH_DOC_WORD}, {W_E_EVIDENCE, TH_DOC_WORD}, {W_E_WHERE, TH_DOC_WORD}};
	th_page_section(p, W_E_EVIDENCE);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (const th_json *at = th_json_list(r, "evidence"); at; at = at->next) {
		th_doc_cell_text(&p->doc, both(p, at, "title"));
		th_doc_cell_text(&p->doc, th_json_string(at, "written"));
		put_place(p, th_json_get(at, "place"));
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
}

void th_put_requirement_chain(th_page *p, const th_json *r, const th_recorded *recorded, bool all)
{
	const th_json *missing = th_json_list(r, "missing"), *rules = th_json_get(recorded->root, "rules");
	th_page_text(p, th_json_string(r, "id"));
	th_buf_char(&p->doc.text, ' ');
	th_page_text(p, both(p, r, "title"));
	th_page_say(p, W_E_COLON);
	th_page_field(p, W_E_REQUIREMENT, status_of(p, r));
	th_page_text(p, th_json_string(r, "clause"));
	th_page_say(p, W_E_COLON);
	th_page_field(p, W_E_CLAUSE, th_json_string(r, "quote"));
	th_page_field(p, W_E_WHY, both(p, r, "why"));
	put_deciding(p, r);
	if (missing)
		put_names(p, missing, W_E_MISSING);
	else
		put_names(p, th_json_list(r, "inputs"), W_E_RESTS_ON);
	if (!all)
		return;
	th_page_field(p, W_E_ADVICE, both(p, r, "advice"));
	th_page_text(p, th_json_string(rules, "id"));
	th_buf_char(&p->doc.text, ' ');
	th_page_text(p, th_json_string(rules, "version"));
	th_page_say(p, W_COMMA);
	th_page_field(p, W_E_RULES, th_json_string(rules, "document"));
	for (const th_json *limit = th_json_list(r, "limits"); limit; limit = limit->next)
		put_limit(p, limit, W_E_LIMIT);
	put_inputs(p, r);
	put_evidence(p, r);
}
