/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "io/csv.h"
#include "io/output.h"

static void put_csv(const th_account *a, th_lang lang, th_buf *out)
{
	static const th_label after[] = {W_G_TCO2E, W_G_BIOGENIC, W_G_REMOVALS, W_G_CREDITS, W_G_LINES};
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
		const th_mass mass[] = {group->gross, group->biogenic, group->removals, group->credits};
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

th_status th_report_account(const th_account *account, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_begin(NULL);
	static void (*const writer[])(const th_account *, th_lang, th_buf *) = {th_account_text, th_account_json, put_csv};
	th_buf out = {0};
	writer[format](account, lang, &out);
	return th_give(mark, &out, text, len);
}

th_status th_report_write(const char *path, const char *text, size_t len, th_diags *diags)
{
	th_mark mark = th_begin(diags);
	th_output *output;
	th_status status = th_settle(mark, diags, th_output_open(path, diags, &output));
	if (status != TH_OK) {
		th_output_abort(output);
		return status;
	}
	th_output_write(output, (th_slice){text, len});
	return th_output_commit(output, diags);
}
