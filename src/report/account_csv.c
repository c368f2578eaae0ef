/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The groups of an account, one a row. */
#include "report/report.h"

#include "io/csv.h"

void th_put_account_csv(const th_account *a, th_lang lang, th_buf *out)
{
	static const th_label after[] = {W_G_TCO2E, W_G_BIOGENIC, W_G_REMOVALS, W_G_CREDITS, W_G_OUTSIDE, W_G_LINES};
	th_buf_str(out, "\xEF\xBB\xBF");
	for (size_t k = 0; k < a->bys; k++) {
		th_put_csv_text(out, th_key_text(a->by[k], lang));
		th_buf_char(out, ',');
	}
	for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
		if (i > 0)
			th_buf_char(out, ',');
		th_put_csv_text(out, th_slice_of(th_word_text(after[i], lang)));
	}
	th_buf_str(out, "\r\n");
	for (size_t i = 0; i < a->groups; i++) {
		const th_group *group = &a->group[i];
		const th_mass mass[] = {group->gross, group->biogenic, group->removals, group->credits, group->outside};
		for (size_t k = 0; k < a->bys; k++) {
			th_put_csv_text(out, group->key[k]);
			th_buf_char(out, ',');
		}
		for (size_t m = 0; m < sizeof mass / sizeof *mass; m++) {
			th_put_mass(out, mass[m], 3);
			th_buf_char(out, ',');
		}
		th_buf_printf(out, "%zu\r\n", group->lines);
	}
}
