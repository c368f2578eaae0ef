/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/diff_parts.h"

static th_status give(const th_diff_found *found, th_format format, th_lang lang, th_mark mark, char **text, size_t *len)
{
	th_page page = {.lang = lang, .shift = 3, .digits = 2};
	th_buf out = {0};
	if (format == TH_FORMAT_JSON) {
		th_put_diff_json(found, &out);
		return th_give(mark, &out, text, len);
	}
	th_put_diff_text(&page, found);
	return th_page_give(mark, &page, text, len);
}

th_status th_diff(const th_diff_side side[2], th_format format, th_lang lang, th_diags *diags, char **text, size_t *len, bool *equal)
{
	th_mark mark = th_report_begin(diags, text, len);
	th_arena arena = {0};
	th_diff_found found;
	th_status status = th_diff_find(side, &arena, diags, &found);
	*equal = status == TH_OK && !found.differs;
	if (status == TH_OK)
		status = give(&found, format, lang, mark, text, len);
	th_arena_free(&arena);
	return status;
}
