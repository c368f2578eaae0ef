/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The caveats of an account: code, how often, title and detail, and the first places. */
#include "report/report.h"

enum { CAVEAT_LINES_SHOWN = 3 };

static void caveat_lines(th_lang lang, th_grid *grid, const th_caveat *caveat)
{
	size_t shown = 0;
	for (; shown < CAVEAT_LINES_SHOWN && caveat->at[shown].file; shown++) {
		if (shown)
			th_buf_slice(&grid->text, th_slice_of(th_word_text(W_COMMA, lang)));
		th_grid_text(grid, th_slice_of(caveat->at[shown].file));
		if (caveat->at[shown].line)
			th_buf_printf(&grid->text, ":%zu", caveat->at[shown].line);
	}
	if (shown == 0)
		return;
	if (caveat->count > shown)
		th_buf_str(&grid->text, " …");
	th_grid_note(grid);
}

void th_caveats_text(const th_account *a, th_label title, th_lang lang, th_buf *out)
{
	th_grid grid = {.align = "lrl"};
	th_buf_printf(out, "\n%s", th_word_text(title, lang));
	if (a->caveats == 0)
		th_buf_printf(out, lang == TH_LANG_ZH ? "（%s）" : " (%s)", th_word_text(W_NO_CAVEATS, lang));
	th_buf_char(out, '\n');
	for (size_t i = 0; i < a->caveats; i++) {
		const th_caveat *caveat = &a->caveat[i];
		th_buf detail = {0};
		th_buf_printf(&grid.text, "C%u", (unsigned)caveat->code);
		th_grid_end(&grid);
		th_buf_printf(&grid.text, "×%zu", caveat->count);
		th_grid_end(&grid);
		th_grid_text(&grid, th_slice_of(th_diag_title(caveat->code, lang)));
		th_diag_detail(&detail, caveat->code, lang, caveat->arg, caveat->args);
		if (detail.len) {
			th_buf_str(&grid.text, lang == TH_LANG_ZH ? "：" : ": ");
			th_grid_text(&grid, th_buf_view(&detail));
		}
		out->failed |= detail.failed;
		th_buf_free(&detail);
		th_grid_end(&grid);
		caveat_lines(lang, &grid, caveat);
	}
	th_grid_print(&grid, 2, out);
}
