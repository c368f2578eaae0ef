/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/verify.h"

#include "base/filename.h"
#include "report/page.h"
#include "report/report.h"

static void put_value(th_page *p, const char *value)
{
	th_page_text(p, value ? th_slice_of(value) : th_page_word(p, W_V_NOTHING));
	th_doc_end(&p->doc);
}

/* Of `count` differences the first `kept` are known. */
static void put_differences(th_page *p, th_label title, const th_difference *row, size_t kept, size_t count)
{
	static const th_page_column columns[] = {{W_V_WHERE, TH_DOC_WORD}, {W_V_BEFORE, TH_DOC_FIGURE}, {W_V_AFTER, TH_DOC_FIGURE}};
	if (count == 0)
		return;
	th_page_section(p, title);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count && i < kept; i++) {
		th_doc_cell_text(&p->doc, th_slice_of(row[i].where));
		put_value(p, row[i].before);
		put_value(p, row[i].after);
	}
	if (count > kept) {
		TH_SAY(p, W_V_MORE, th_fill_integer((long long)(count - kept)));
		th_doc_note(&p->doc, TH_S(""));
	}
	th_doc_close(&p->doc);
}

static void put_head(th_page *p, const th_recorded *r)
{
	const th_json *tool = th_json_get(r->root, "tool");
	th_slice name = th_slice_of(r->path);
	th_page_banner(p, W_V_TITLE);
	th_page_text(p, name);
	th_page_say(p, W_OPEN);
	th_page_text(p, th_json_string(r->root, "schema"));
	th_page_say(p, W_COMMA);
	th_page_text(p, th_json_string(tool, "name"));
	th_buf_char(&p->doc.text, ' ');
	th_page_text(p, th_json_string(tool, "version"));
	th_page_say(p, W_COMMA);
	th_page_short_sha(p, r->sha256);
	th_page_field(p, W_V_REPORT, th_page_word(p, W_CLOSE));
}

static void put_result(th_page *p, const th_comparison *c)
{
	long long differ = (long long)(c->rests + c->results);
	if (differ)
		TH_SAY(p, W_V_DIFFERS, th_fill_integer((long long)c->values), th_fill_integer(differ));
	else
		TH_SAY(p, W_V_EQUAL, th_fill_integer((long long)c->values));
	th_page_field(p, W_V_RESULT, TH_S(""));
	if (differ && c->rests == 0)
		th_page_paragraph(p, W_V_SAME_RESTS);
	put_differences(p, W_V_RESTS, c->rest, TH_DIFFERENCES_KEPT, c->rests);
	put_differences(p, W_V_FIRST, c->result, 1, c->results > 0);
	if (c->results > 1)
		put_differences(p, W_V_RESULTS, c->result + 1, TH_DIFFERENCES_KEPT - 1, c->results - 1);
}

static th_status give(const th_recorded *r, const th_comparison *found, th_format format, th_lang lang, th_mark mark, char **text, size_t *len)
{
	th_page p = {.lang = lang};
	th_buf out = {0};
	if (format == TH_FORMAT_JSON) {
		th_put_verify_json(r, found, &out);
		return th_give(mark, &out, text, len);
	}
	put_head(&p, r);
	put_result(&p, found);
	return th_page_give(mark, &p, text, len);
}

th_status th_verify(const th_recorded *r, th_slice again, th_format format, th_lang lang, th_diags *diags, char **text, size_t *len, bool *equal)
{
	th_mark mark = th_report_begin(diags, text, len);
	th_arena arena = {0};
	const th_json *now;
	th_comparison found;
	*equal = false;
	th_status status = th_json_parse(th_recorded_commands[r->kind], again, diags, &arena, &now);
	if (status == TH_OK && !th_compare(r->root, now, &arena, &found))
		status = th_no_memory(diags);
	if (status == TH_OK) {
		*equal = found.rests + found.results == 0;
		status = give(r, &found, format, lang, mark, text, len);
	}
	th_arena_free(&arena);
	return status;
}
