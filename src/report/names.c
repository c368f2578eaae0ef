/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the things of a rule pack are called in reports. */
#include "report/check.h"

void th_name_id_put(th_slice name, th_slice id, th_lang lang, th_buf *out)
{
	th_buf_slice(out, name);
	th_buf_str(out, lang == TH_LANG_ZH ? "（" : " (");
	th_buf_slice(out, id);
	th_buf_str(out, lang == TH_LANG_ZH ? "）" : ")");
}

void th_name_put(const th_pack *pack, th_slice id, th_lang lang, th_buf *out)
{
	uint32_t decl = th_pack_fact(pack, id);
	if (decl == TH_NONE)
		decl = th_pack_param(pack, id);
	if (decl == TH_NONE)
		decl = th_pack_computed(pack, id);
	if (decl == TH_NONE)
		th_buf_slice(out, id);
	else
		th_name_id_put(th_word(pack->decl[decl].name, lang), id, lang, out);
}

void th_names_put(const th_pack *pack, const th_slice *id, size_t count, th_lang lang, th_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		th_buf_str(out, i ? th_word_text(W_SEMICOLON, lang) : "");
		th_name_put(pack, id[i], lang, out);
	}
}

void th_quote_put(th_slice quote, th_lang lang, th_buf *out)
{
	th_buf_str(out, lang == TH_LANG_ZH ? "“" : "\"");
	th_buf_slice(out, quote);
	th_buf_str(out, lang == TH_LANG_ZH ? "”" : "\"");
}

void th_exact_text(th_exact number, const th_unit *unit, th_slice unit_text, bool plus, th_buf *out)
{
	th_buf digits = {0};
	bool exact = th_exact_put(&digits, number, unit);
	th_buf_str(out, exact ? "" : "≈ ");
	th_buf_str(out, plus && number.num > 0 ? "+" : "");
	th_buf_slice(out, th_buf_view(&digits));
	th_buf_str(out, unit_text.len ? " " : "");
	th_buf_slice(out, unit_text);
	out->failed |= digits.failed;
	th_buf_free(&digits);
}

void th_place_put(const char *file, size_t line, th_buf *out)
{
	th_buf_str(out, file);
	if (line)
		th_buf_printf(out, ":%zu", line);
}

void th_paragraph(th_slice text, size_t indent, th_buf *out)
{
	th_grid grid = {.align = "l"};
	th_grid_cell(&grid, text);
	th_grid_print(&grid, indent, out);
}

th_label th_status_word(th_rule_status status)
{
	static const th_label words[TH_RULE_STATUSES] = {W_MET, W_NOT_MET, W_UNDETERMINED, W_EXPERT_REVIEW, W_NOT_APPLICABLE};
	return words[status];
}

th_label th_verdict_word(th_verdict verdict)
{
	static const th_label words[TH_VERDICTS] = {W_V_ELIGIBLE, W_V_NOT_ELIGIBLE, W_V_UNDETERMINED, W_V_EXPERT_REVIEW};
	return words[verdict];
}

void th_field(th_grid *grid, th_label label, th_lang lang, th_slice text)
{
	if (text.len == 0)
		return;
	th_grid_cell(grid, th_slice_of(th_word_text(label, lang)));
	th_grid_cell(grid, text);
}

void th_field_built(th_grid *grid, th_label label, th_lang lang, th_buf *text)
{
	th_field(grid, label, lang, th_buf_view(text));
	grid->failed |= text->failed;
	th_buf_clear(text);
}

static bool rests_on_measures(const th_assessment *a, const th_rule_result *result)
{
	for (size_t i = 0; i < result->useds; i++)
		if (result->used[i] == a->pack->decls)
			return true;
	for (size_t i = 0; i < result->missings; i++)
		if (th_slice_eq(result->missing[i], TH_S("measures")))
			return true;
	return false;
}

const th_rule_limit_result *th_check_domain_limit(const th_assessment *a)
{
	for (size_t i = 0; i < a->results.results; i++) {
		const th_rule_result *result = &a->results.result[i];
		if (result->limits && rests_on_measures(a, result))
			return &result->limit[result->binding];
	}
	return NULL;
}

const th_slice *th_check_missing(const th_assessment *a, th_arena *arena, size_t *count)
{
	size_t room = 1;
	for (size_t i = 0; i < a->results.results; i++)
		room += a->results.result[i].missings;
	th_slice *list = th_arena_alloc(arena, room, sizeof *list);
	*count = 0;
	for (size_t i = 0; list && i < a->results.results; i++) {
		const th_rule_result *result = &a->results.result[i];
		for (size_t m = 0; m < result->missings && result->requirement->mandatory; m++) {
			size_t k = 0;
			while (k < *count && !th_slice_eq(list[k], result->missing[m]))
				k++;
			if (k == *count)
				list[(*count)++] = result->missing[m];
		}
	}
	return list;
}
