/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/check.h"

void th_name_put(const th_pack *pack, th_slice id, th_lang lang, th_buf *out)
{
	uint32_t decl = th_pack_fact(pack, id);
	if (decl == TH_NONE)
		decl = th_pack_param(pack, id);
	if (decl == TH_NONE)
		decl = th_pack_computed(pack, id);
	if (decl == TH_NONE) {
		th_buf_slice(out, id);
		return;
	}
	th_buf_slice(out, th_word(pack->decl[decl].name, lang));
	th_buf_str(out, lang == TH_LANG_ZH ? "（" : " (");
	th_buf_slice(out, id);
	th_buf_str(out, lang == TH_LANG_ZH ? "）" : ")");
}

void th_names_put(const th_pack *pack, const th_slice *id, size_t count, th_lang lang, th_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		th_buf_str(out, i ? th_word_text(W_SEMICOLON, lang) : "");
		th_name_put(pack, id[i], lang, out);
	}
}

void th_exact_text(th_exact number, const th_unit *unit, th_slice unit_text, bool sign, th_buf *out)
{
	th_buf digits = {0};
	bool exact = th_exact_put(&digits, number, unit);
	th_buf_str(out, exact ? "" : "≈ ");
	th_buf_str(out, sign && number.num > 0 ? "+" : "");
	th_buf_slice(out, th_buf_view(&digits));
	th_buf_str(out, unit_text.len ? " " : "");
	th_buf_slice(out, unit_text);
	out->failed |= digits.failed;
	th_buf_free(&digits);
}

void th_paragraph(th_slice text, size_t indent, th_buf *out)
{
	th_grid grid = {.align = "l"};
	th_grid_cell(&grid, text);
	th_grid_print(&grid, indent, out);
}

th_word th_status_word(th_rule_status status)
{
	static const th_word words[TH_RULE_STATUSES] = {W_MET, W_NOT_MET, W_UNDETERMINED, W_EXPERT_REVIEW, W_NOT_APPLICABLE};
	return words[status];
}
