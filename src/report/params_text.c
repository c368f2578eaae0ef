/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What packs there are, what their parameters are worth, and the file in which a person fills them in. */
#include "report/check_report.h"

#include "io/csv.h"

th_status th_report_packs(const th_pack *const *packs, size_t count, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_begin(NULL);
	th_grid grid = {.align = "llll"};
	th_buf out = {0};
	for (size_t i = 0; i < count; i++) {
		th_grid_cell(&grid, packs[i]->id);
		th_grid_cell(&grid, packs[i]->version);
		th_grid_cell(&grid, th_word(packs[i]->name, lang));
		th_grid_cell(&grid, th_slice_of(i ? "" : th_word_text(W_PACK_DEFAULT, lang)));
	}
	th_grid_print(&grid, 0, &out);
	return th_give(mark, &out, text, len);
}

th_status th_report_params(const th_assessment *assessment, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_begin(NULL);
	th_buf out = {0};
	th_check_page page = {.a = assessment, .lang = lang, .out = &out};
	th_put_name_id(th_word(assessment->pack->name, lang), assessment->pack->id, lang, &out);
	th_buf_char(&out, '\n');
	if (assessment->illustrative)
		th_paragraph(th_slice_of(th_word_text(W_ILLUSTRATIVE, lang)), 0, &out);
	th_buf_char(&out, '\n');
	th_put_check_params(&page);
	return th_give(mark, &out, text, len);
}

/* What a person needs to find the number in the text: what it is, where, in which words, with which comparison. */
static void note_of(const th_rule_decl *decl, th_lang lang, th_buf *out)
{
	const char *semicolon = th_word_text(W_SEMICOLON, lang);
	th_buf_slice(out, th_word(decl->name, lang));
	th_buf_str(out, semicolon);
	th_buf_slice(out, decl->clause);
	th_buf_char(out, ' ');
	th_put_quote(decl->quote, out);
	if (decl->comparison.len) {
		th_buf_str(out, semicolon);
		th_buf_slice(out, decl->comparison);
		th_buf_str(out, " ?");
	}
	if (th_word(decl->why_missing, lang).len) {
		th_buf_str(out, semicolon);
		th_buf_slice(out, th_word(decl->why_missing, lang));
	}
}

th_status th_report_params_template(const th_pack *pack, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_begin(NULL);
	th_buf out = {0}, note = {0};
	th_buf_str(&out, "\xEF\xBB\xBFparam,value,unit,source,note\r\n");
	for (size_t i = pack->facts; i < pack->facts + pack->params; i++) {
		th_put_csv_text(&out, pack->decl[i].id);
		th_buf_str(&out, ",,");
		th_put_csv_text(&out, pack->decl[i].unit_text);
		th_buf_str(&out, ",,");
		th_buf_clear(&note);
		note_of(&pack->decl[i], lang, &note);
		th_put_csv_text(&out, th_buf_view(&note));
		th_buf_str(&out, "\r\n");
	}
	out.failed |= note.failed;
	th_buf_free(&note);
	return th_give(mark, &out, text, len);
}
