/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A check for people: the verdict, what decides it, whose it is and by which text, then each requirement, how far the limits are, other
 * readings and categories, the parameters, the account, and all caveats. */
#include "base/filename.h"
#include "report/wanted.h"

/* The status that made the verdict what it is. */
static th_rule_status deciding(th_verdict verdict)
{
	static const th_rule_status status[TH_VERDICTS] = {TH_RULE_MET, TH_RULE_NOT_MET, TH_RULE_UNDETERMINED, TH_RULE_EXPERT_REVIEW};
	return status[verdict];
}

/* Mandatory requirements 8: all met. Those that decide are counted apart: one of the others that is not met turns nothing. */
static void put_counts(th_page *p, const th_rule_results *results, bool mandatory)
{
	size_t count[TH_RULE_STATUSES] = {0}, all = 0;
	bool more = false;
	for (size_t i = 0; i < results->results; i++) {
		bool counts = (results->result[i].requirement->level == TH_RULE_MANDATORY) == mandatory;
		count[results->result[i].status] += counts;
		all += counts;
	}
	if (all == 0)
		return;
	th_page_say(p, mandatory ? W_COUNT_MANDATORY : W_COUNT_OTHER);
	th_buf_printf(&p->doc.text, " %zu", all);
	th_page_say(p, W_COLON);
	for (int s = 0; s < TH_RULE_STATUSES; s++) {
		if (count[s] == 0)
			continue;
		th_page_text(p, more ? th_page_word(p, W_COMMA) : TH_S(""));
		if (count[s] == all) {
			th_page_say(p, W_COUNT_ALL);
			th_page_text(p, p->lang == TH_LANG_ZH ? TH_S("") : TH_S(" "));
		}
		th_page_say(p, th_status_word((th_rule_status)s));
		if (count[s] < all)
			th_buf_printf(&p->doc.text, " %zu", count[s]);
		more = true;
	}
	th_doc_paragraph(&p->doc, TH_S(""));
}

static const th_page_column requirement_columns[] = {{W_H_REQUIREMENT, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD}, {W_D_H_ASKED, TH_DOC_WORD}};

static void put_line(th_page *p, const th_rule_result *result)
{
	th_buf_printf(&p->doc.text, "%s ", th_status_mark(result->status));
	th_doc_cell_text(&p->doc, result->requirement->id);
	th_page_cell(p, th_status_word(result->status));
	th_doc_cell_text(&p->doc, th_word(result->requirement->title, p->lang));
}

static void put_deciding(th_page *p, const th_rule_results *results)
{
	th_rule_status status = deciding(results->verdict);
	th_page_section(p, W_DECIDES);
	th_page_quiet_table(p, requirement_columns, sizeof requirement_columns / sizeof *requirement_columns);
	for (size_t i = 0; i < results->results; i++)
		if (results->result[i].requirement->level == TH_RULE_MANDATORY && results->result[i].status == status)
			put_line(p, &results->result[i]);
	th_doc_close(&p->doc);
}

/* Each requirement on a line; those that do not apply are left out. */
void th_put_requirement_list(th_page *p, const th_rule_results *results)
{
	th_page_section(p, W_REQUIREMENTS);
	th_page_quiet_table(p, requirement_columns, sizeof requirement_columns / sizeof *requirement_columns);
	for (size_t i = 0; i < results->results; i++)
		if (results->result[i].status != TH_RULE_NOT_APPLICABLE)
			put_line(p, &results->result[i]);
	th_doc_close(&p->doc);
}

void th_put_verdict_text(th_page *p, const th_assessment *a)
{
	th_page_say(p, W_SELF_CHECK);
	th_page_say(p, W_COLON);
	th_doc_open(&p->doc, TH_DOC_SECTION, a->broken ? th_page_word(p, W_V_ERROR) : th_verdict_said(a->pack, a->results.verdict, p->lang));
	put_counts(p, &a->results, true);
	put_counts(p, &a->results, false);
	th_page_paragraph(p, W_SELF_CHECK_NOTE);
	if (a->illustrative)
		th_doc_mark(&p->doc, th_page_word(p, W_ILLUSTRATIVE));
	th_doc_close(&p->doc);
	if (a->results.verdict != TH_ELIGIBLE && !p->brief)
		put_deciding(p, &a->results);
}

static th_page_fill text_of(th_page *p, const th_buf *text)
{
	p->doc.failed |= text->failed;
	return th_fill_text(th_buf_view(text));
}

/* What was said is a note below what it is about. */
static void end_note(th_page *p)
{
	th_doc_note(&p->doc, TH_S(""));
}

/* The heads of a new file, or those that a table lacks. */
static void put_heads(th_page *p, const th_wanted *w, const th_buf *file)
{
	bool there = w->a->contents.there[w->part];
	th_buf heads = {0};
	if (there)
		th_put_wanted_new_heads(w, p->lang, &heads);
	else
		th_put_wanted_heads(w, p->lang, &heads);
	if (heads.len) {
		if (there)
			TH_SAY(p, W_WANT_HEADS, text_of(p, &heads), text_of(p, file));
		else if (th_sheet_mark(file->ptr))
			TH_SAY(p, W_WANT_SHEET, text_of(p, file), text_of(p, &heads));
		else
			TH_SAY(p, W_WANT_FILE, text_of(p, file), text_of(p, &heads));
		end_note(p);
	}
	th_buf_free(&heads);
}

/* The line to add, and where; heads are told once. */
static void put_line_to_add(th_page *p, const th_wanted *w, bool *headed)
{
	const th_assessment *a = w->a;
	const char *path = a->contents.path[w->part];
	size_t last = a->contents.there[w->part] && th_sheet_mark(path) && w->part != TH_CASE_INVENTORY ? a->table[w->part].last : 0;
	th_buf file = {0}, line = {0};
	th_buf_str(&file, path);
	th_buf_char(&file, '\0'); /* for who asks for its sheet */
	file.len -= !file.failed;
	if (!*headed && !file.failed)
		put_heads(p, w, &file);
	*headed = true;
	th_put_wanted_line(w, p->lang, &line);
	if (last)
		TH_SAY(p, W_WANT_ROW, text_of(p, &file), text_of(p, &line), th_fill_integer((long long)last + 1));
	else
		TH_SAY(p, W_WANT_LINE, text_of(p, &file), text_of(p, &line));
	end_note(p);
	th_buf_free(&file);
	th_buf_free(&line);
}

static void put_what_to_fill(th_page *p, const th_wanted *w)
{
	th_buf text = {0};
	th_put_wanted_allowed(w, p->lang, &text);
	if (text.len) {
		if (w->pastes)
			TH_SAY(p, W_WANT_MARK, text_of(p, &text));
		else
			th_page_text(p, th_buf_view(&text));
		p->doc.failed |= text.failed;
		end_note(p);
	}
	th_buf_clear(&text);
	if (w->sort == TH_WANTED_PAPER)
		th_put_wanted_clauses(w, p->lang, &text);
	if (text.len) {
		TH_SAY(p, W_WANT_PROVES, text_of(p, &text));
		end_note(p);
	}
	th_buf_free(&text);
}

static void put_cell_that_waits(th_page *p, const th_wanted *w)
{
	if (!w->path)
		return;
	th_page_text(p, th_slice_of(w->path));
	if (w->line)
		th_put_spot(&p->doc.text, w->path, w->line, w->column);
}

/* The cell that waits, or the line to add; what may be filled in. */
static void put_wanted(th_page *p, const th_wanted *w, bool headed[TH_CASE_PARTS + 1])
{
	th_put_rule_lack(&w->a->inputs, w->id, p->lang, &p->doc.text);
	th_doc_end(&p->doc);
	put_cell_that_waits(p, w);
	th_doc_end(&p->doc);
	if (w->pastes)
		put_line_to_add(p, w, &headed[w->part]);
	put_what_to_fill(p, w);
}

/* On one page, only what it is and where. */
static void put_wanted_brief(th_page *p, const th_wanted *w)
{
	th_put_rule_lack(&w->a->inputs, w->id, p->lang, &p->doc.text);
	th_page_text(p, w->path ? TH_S("  ") : TH_S(""));
	put_cell_that_waits(p, w);
	th_doc_item(&p->doc, TH_S(""));
}

static void begin_wanted(th_page *p, th_label title)
{
	th_page_paragraph(p, title);
	if (p->brief)
		return;
	th_doc_bullets(&p->doc);
	th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
	th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
}

enum { BRIEF_MOST = 8 }; /* of all that is missing, on one page */

static void put_lacking(th_page *p, const th_assessment *a, const th_slice *missing, size_t count, th_wanted_sort sort, size_t *told)
{
	static const th_label title[TH_WANTED_SORTS] = {W_LACKS_DATA, W_LACKS_PAPERS, W_LACKS_NUMBERS};
	bool any = false, headed[TH_CASE_PARTS + 1] = {false};
	for (size_t i = 0; i < count; i++) {
		const th_wanted w = th_wanted_of(a, missing[i]);
		if (w.sort != sort || (p->brief && *told == BRIEF_MOST))
			continue;
		if (!any)
			begin_wanted(p, title[sort]);
		any = true;
		++*told;
		if (p->brief)
			put_wanted_brief(p, &w);
		else
			put_wanted(p, &w, headed);
	}
	if (any && sort == TH_WANTED_NUMBER && !p->brief)
		th_put_template_hint(p, a, W_WANT_PARAMS);
}

void th_put_would_decide(th_page *p, const th_assessment *a)
{
	if (a->results.verdict != TH_VERDICT_UNDETERMINED && !a->broken)
		return;
	size_t count, told = 0;
	th_arena arena = {0};
	const th_slice *missing = th_whole_lacks(a, &arena, &count);
	p->doc.failed |= !missing;
	th_page_section(p, W_WOULD_DECIDE);
	for (th_wanted_sort sort = 0; missing && sort < TH_WANTED_SORTS; sort++)
		put_lacking(p, a, missing, count, sort, &told);
	if (missing && told < count) {
		TH_SAY(p, W_WANT_OTHERS, th_fill_integer((long long)(count - told)));
		th_doc_paragraph(&p->doc, TH_S(""));
	}
	th_doc_close_if_any(&p->doc);
	th_arena_free(&arena);
}

/* --- whose it is and by which text --- */

/* Nothing of a fact that the pack does not have. */
static void put_input(th_page *p, const th_assessment *a, th_label label, th_index fact)
{
	uint32_t decl;
	if (!th_index_get(fact, &decl))
		return;
	size_t from = p->doc.text.len;
	th_put_rule_input(&a->inputs, decl, p->lang, &p->doc.text);
	th_page_field(p, label, p->doc.text.len > from ? TH_S("") : th_page_word(p, W_NOT_STATED));
}

static void put_file(th_page *p, const th_check_file *file)
{
	if (!file->found && !th_check_misses(file))
		return;
	if (file->errors) {
		th_page_text(p, th_slice_of(file->path));
		th_page_say(p, W_COMMA);
		th_buf_printf(&p->doc.text, p->lang == TH_LANG_ZH ? "%zu处错误" : file->errors == 1 ? "%zu error" : "%zu errors", file->errors);
		th_page_field(p, W_INPUT, TH_S(""));
		return;
	}
	th_put_file_text(p, file->path, file->encoding, file->found || file->unfilled ? file->sha256 : NULL, file->rows);
	if (file->found && file->illustrative) {
		th_page_say(p, W_COMMA);
		th_page_say(p, W_ILLUSTRATIVE_MARK);
	}
	th_page_field(p, W_INPUT, TH_S(""));
	if (file->found && file->layout_zh)
		th_page_field(p, W_LAYOUT, th_slice_of(p->lang == TH_LANG_ZH ? file->layout_zh : file->layout_en));
}

static void put_head(th_page *p, const th_assessment *a)
{
	const th_pack *pack = a->pack;
	th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
	put_input(p, a, a->asks_offsets ? W_EVENT : W_APPLICANT, th_index_of(th_pack_fact(pack, TH_S("name"))));
	put_input(p, a, W_KIND, pack->category);
	put_input(p, a, W_TARGET, pack->target);
	th_put_pack_name(pack, p->lang, &p->doc.text);
	if (!p->brief) {
		th_page_say(p, W_COMMA);
		th_page_short_sha(p, pack->sha256);
	}
	th_page_field(p, W_RULES, TH_S(""));
	th_page_field(p, W_DOCUMENT, pack->document);
	if (pack->at)
		th_put_stage_of(p, a);
	for (size_t i = 0; i < a->files; i++)
		if (!p->brief || a->file[i].errors)
			put_file(p, &a->file[i]);
	th_doc_close(&p->doc);
}

void th_put_check_text(th_page *p, const th_assessment *a)
{
	th_page_banner(p, a->pack->at ? W_CHECK_TITLE_STAGE : a->asks_offsets ? W_EVENT_TITLE : W_CHECK_TITLE);
	th_put_verdict_text(p, a);
	th_put_claim_text(p, a);
	th_put_would_decide(p, a);
	put_head(p, a);
	if (p->brief) {
		th_put_requirement_list(p, &a->results);
		th_put_distance_text(p, a);
		th_put_caveats_brief(p, a->account, a->caveat, a->caveats);
		return;
	}
	th_put_offsets_text(p, a);
	th_put_requirements_text(p, a);
	th_put_follow_text(p, a);
	th_put_distance_text(p, a);
	th_put_readings_text(p, a);
	th_put_check_params_section(p, a);
	th_put_check_account_text(p, a);
	th_put_check_caveats_text(p, a);
}
