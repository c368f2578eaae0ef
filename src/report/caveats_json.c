/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Caveats, of whatever report: code, title and detail in both languages, how often, and the first places. */
#include "report/check_report.h"

static void put_sentence(th_writer *w, const char *key, th_code code, th_lang lang, const th_slice *arg, size_t args)
{
	th_buf sentence = {0}, text = {0};
	th_diag_sentence(&sentence, code, lang, arg, args);
	th_put_renamed(&w->names, th_buf_view(&sentence), &text);
	th_put_text(w, key, th_buf_view(&text));
	w->buf->failed |= sentence.failed || text.failed;
	th_buf_free(&sentence);
	th_buf_free(&text);
}

void th_put_sentence(th_writer *w, th_code code, const th_slice *arg, size_t args)
{
	th_buf text = {0};
	th_diag_code(&text, code);
	th_put_text(w, "code", th_buf_view(&text));
	w->buf->failed |= text.failed;
	th_buf_free(&text);
	th_put_open(w, "text", '{');
	put_sentence(w, "zh", code, TH_LANG_ZH, arg, args);
	put_sentence(w, "en", code, TH_LANG_EN, arg, args);
	th_put_close(w, '}');
}

void th_put_account_caveats_json(th_writer *w, const th_account *a)
{
	th_put_open(w, "caveats", '[');
	for (size_t i = 0; i < a->caveats; i++) {
		const th_caveat *caveat = &a->caveat[i];
		th_put_open(w, NULL, '{');
		th_put_sentence(w, caveat->code, caveat->arg, caveat->args);
		th_put_count(w, "count", caveat->count);
		th_put_open(w, "places", '[');
		for (size_t k = 0; k < TH_CAVEAT_LINES && caveat->at[k].file; k++)
			th_put_place(w, NULL, caveat->at[k].file, caveat->at[k].line);
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_caveat_objects(th_writer *w, const th_check_caveat *caveat, size_t count)
{
	for (size_t i = 0; i < count; i++, caveat++) {
		th_put_open(w, NULL, '{');
		th_put_sentence(w, caveat->code, caveat->arg, caveat->args);
		th_put_count(w, "count", 1);
		th_put_open(w, "places", '[');
		if (caveat->file)
			th_put_place(w, NULL, caveat->file, caveat->line);
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
}
