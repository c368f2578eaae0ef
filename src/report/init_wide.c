/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of applicants for a batch, and what is said when something to fill in was written. */
#include "report/init.h"

#include "io/csv.h"

/* The applicant first, then what it is asked, evidence beside what needs it. */
void th_init_put_wide(const th_init *init, th_buf *out)
{
	th_slice evidence = th_init_column(init, TH_CASE_FACTS, "evidence");
	th_buf head = {0};
	th_buf_str(out, "\xEF\xBB\xBF");
	th_put_csv_text(out, th_init_column(init, TH_CASE_FACTS, "applicant"));
	for (size_t i = 0; i < init->facts; i++) {
		const th_rule_decl *decl = init->fact[i].decl;
		th_slice unit = th_word(decl->unit_name, init->lang);
		th_buf_clear(&head);
		th_buf_slice(&head, th_word(decl->name, init->lang));
		if (unit.len) {
			th_buf_str(&head, th_word_text(W_OPEN, init->lang));
			th_buf_slice(&head, unit);
			th_buf_str(&head, th_word_text(W_CLOSE, init->lang));
		}
		th_buf_char(out, ',');
		th_put_csv_text(out, th_buf_view(&head));
		if (!decl->needs_evidence)
			continue;
		th_buf_clear(&head);
		th_buf_slice(&head, th_word(decl->name, init->lang));
		th_buf_str(&head, init->lang == TH_LANG_ZH ? "" : " ");
		th_buf_slice(&head, evidence);
		th_buf_char(out, ',');
		th_put_csv_text(out, th_buf_view(&head));
	}
	th_buf_str(out, "\r\n");
	out->failed |= head.failed;
	th_buf_free(&head);
}

void th_init_put_command(const th_init *init, const char *path, th_buf *out)
{
	th_buf_printf(out, "%s %s", init->alone ? "footprint" : "check", path);
	if (!init->alone && init->rules)
		th_buf_printf(out, " --rules %s", init->rules);
}

th_status th_init_say(const th_init *init, const char *path, bool wide, char **text, size_t *length)
{
	th_mark mark = th_report_begin(NULL, text, length);
	th_page p = {.lang = init->lang};
	th_buf line = {0}, command = {0};
	th_doc_open(&p.doc, TH_DOC_PLAIN, TH_S(""));
	th_page_field(&p, W_INIT_MADE, th_slice_of(path));
	if (wide)
		th_page_field(&p, W_INIT_NEXT, th_page_word(&p, W_INIT_NEXT_WIDE));
	else {
		TH_INIT_PUT(&line, init->lang, W_INIT_NEXT_CASE, th_init_place(init, init->alone ? TH_INIT_PRODUCTS : TH_INIT_CASE), th_init_place(init, TH_INIT_INVENTORY));
		th_page_field(&p, W_INIT_NEXT, th_buf_view(&line));
		th_buf_clear(&line);
		th_init_put_command(init, path, &command);
		TH_INIT_PUT(&line, init->lang, W_INIT_NEXT_CHECK, th_buf_view(&command));
		th_page_field(&p, W_INIT_NEXT, th_buf_view(&line));
	}
	th_doc_close(&p.doc);
	p.doc.failed |= line.failed || command.failed;
	th_buf_free(&command);
	th_buf_free(&line);
	return th_page_give(mark, &p, text, length);
}
