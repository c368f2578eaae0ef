/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Caveats: code, title and detail, and where; those of an account with how often and the first places. */
#include "report/check_report.h"

/* What an object of every kind begins with. */
static void put_what(th_writer *w, th_code code, th_lang lang, const th_slice *arg, size_t args)
{
	th_buf text = {0};
	th_buf_printf(&text, "C%u", (unsigned)code);
	th_put_text(w, "code", th_buf_view(&text));
	th_buf_clear(&text);
	th_diag_sentence(&text, code, lang, arg, args);
	th_put_text(w, "text", th_buf_view(&text));
	w->buf->failed |= text.failed;
	th_buf_free(&text);
}

void th_put_account_caveats_json(th_writer *w, const th_account *a, th_lang lang)
{
	th_put_open(w, "caveats", '[');
	for (size_t i = 0; i < a->caveats; i++) {
		const th_caveat *caveat = &a->caveat[i];
		th_put_open(w, NULL, '{');
		put_what(w, caveat->code, lang, caveat->arg, caveat->args);
		th_put_count(w, "count", caveat->count);
		th_put_open(w, "lines", '[');
		for (size_t k = 0; k < TH_CAVEAT_LINES && caveat->at[k].file; k++)
			th_put_place(w, NULL, caveat->at[k].file, caveat->at[k].line);
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_caveat_objects(th_writer *w, const th_check_caveat *caveat, size_t count, th_lang lang)
{
	for (size_t i = 0; i < count; i++, caveat++) {
		th_put_open(w, NULL, '{');
		put_what(w, caveat->code, lang, caveat->arg, caveat->args);
		if (caveat->file)
			th_put_place(w, "line", caveat->file, caveat->line);
		th_put_close(w, '}');
	}
}
