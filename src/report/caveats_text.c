/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Caveats: code, title and detail, and where; those of an account with how often and the first places. */
#include "report/check_report.h"

enum { LINES_SHOWN = 3 };

static void put_code(th_page *p, th_code code)
{
	th_diag_code(&p->doc.text, code);
	th_doc_end(&p->doc);
}

static void put_places(th_page *p, const th_caveat *caveat)
{
	size_t shown = 0;
	for (; shown < LINES_SHOWN && caveat->at[shown].file; shown++) {
		th_page_text(p, shown ? th_page_word(p, W_COMMA) : TH_S(""));
		th_put_place_text(caveat->at[shown].file, caveat->at[shown].line, &p->doc.text);
	}
	if (shown)
		th_doc_note(&p->doc, caveat->count > shown ? TH_S(" …") : TH_S(""));
}

void th_put_account_caveats(th_page *p, const th_account *a, th_label title)
{
	static const th_page_column columns[] = {{W_D_H_CODE, TH_DOC_WORD}, {W_D_H_TIMES, TH_DOC_FIGURE}, {W_D_H_SAYS, TH_DOC_WORD}};
	th_page_say(p, title);
	if (a->caveats == 0) {
		th_page_say(p, W_OPEN);
		th_page_say(p, W_NO_CAVEATS);
		th_page_say(p, W_CLOSE);
	}
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	th_page_quiet_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->caveats; i++) {
		const th_caveat *caveat = &a->caveat[i];
		put_code(p, caveat->code);
		th_buf_printf(&p->doc.text, "×%zu", caveat->count);
		th_doc_end(&p->doc);
		th_diag_sentence(&p->doc.text, caveat->code, p->lang, caveat->arg, caveat->args);
		th_doc_end(&p->doc);
		put_places(p, caveat);
	}
	th_doc_close(&p->doc);
}

void th_put_caveat_heads(th_page *p)
{
	static const th_page_column columns[] = {{W_D_H_CODE, TH_DOC_WORD}, {W_D_H_SAYS, TH_DOC_WORD}};
	th_page_quiet_table(p, columns, sizeof columns / sizeof *columns);
}

void th_put_caveat_rows(th_page *p, const th_check_caveat *caveat, size_t count)
{
	for (size_t i = 0; i < count; i++, caveat++) {
		put_code(p, caveat->code);
		th_diag_sentence(&p->doc.text, caveat->code, p->lang, caveat->arg, caveat->args);
		if (caveat->file) {
			th_page_text(p, TH_S("  "));
			th_put_place_text(caveat->file, caveat->line, &p->doc.text);
		}
		th_doc_end(&p->doc);
	}
}

/* By its name and how often, each code once; `account` may be NULL. */
void th_put_caveats_brief(th_page *p, const th_account *account, const th_check_caveat *caveat, size_t count)
{
	size_t of_account = account ? account->caveats : 0;
	th_page_section(p, W_CAVEATS);
	th_page_plain_table(p, "wfw");
	for (size_t i = 0; i < of_account + count; i++) {
		th_code code = i < of_account ? account->caveat[i].code : caveat[i - of_account].code;
		size_t times = 0, first = i;
		for (size_t k = 0; k < of_account + count; k++) {
			th_code other = k < of_account ? account->caveat[k].code : caveat[k - of_account].code;
			if (other != code)
				continue;
			first = k < first ? k : first;
			times += k < of_account ? account->caveat[k].count : 1;
		}
		if (first < i)
			continue;
		put_code(p, code);
		th_buf_printf(&p->doc.text, "×%zu", times);
		th_doc_end(&p->doc);
		th_doc_cell_text(&p->doc, th_slice_of(th_diag_title(code, p->lang)));
	}
	if (of_account + count == 0)
		th_page_paragraph(p, W_NO_CAVEATS);
	th_doc_close(&p->doc);
}
