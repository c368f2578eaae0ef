/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the things of a rule pack are called in reports. */
#include "report/check_report.h"

void th_put_name_id(th_slice name, th_slice id, th_lang lang, th_buf *out)
{
	th_buf_slice(out, name);
	th_buf_str(out, th_word_text(W_OPEN, lang));
	th_buf_slice(out, id);
	th_buf_str(out, th_word_text(W_CLOSE, lang));
}

void th_put_pack_name(const th_pack *pack, th_lang lang, th_buf *out)
{
	th_buf_slice(out, pack->id);
	th_buf_char(out, ' ');
	th_buf_slice(out, pack->version);
	th_buf_str(out, "  ");
	th_buf_slice(out, th_word(pack->name, lang));
}

th_slice th_applicant(const th_assessment *a)
{
	uint32_t name = th_pack_fact(a->pack, TH_S("name"));
	return name != TH_NONE && a->inputs.input[name].value.known ? a->inputs.input[name].text : TH_S("");
}

void th_put_lacks(const th_rule_inputs *inputs, const th_slice *id, size_t count, th_lang lang, th_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		th_buf_str(out, i ? th_word_text(W_SEMICOLON, lang) : "");
		th_put_rule_lack(inputs, id[i], lang, out);
	}
}

void th_put_quote(th_slice quote, th_buf *out)
{
	th_buf_str(out, "“");
	th_buf_slice(out, quote);
	th_buf_str(out, "”");
}

void th_put_exact_text(th_exact number, const th_unit *unit, th_slice unit_name, unsigned places, th_lang lang, th_buf *out)
{
	size_t from = out->len;
	th_put_exact_rounded(out, number, unit, places);
	th_unit_put_behind(unit_name, from, lang, out);
}

void th_put_compare(const th_rule_limit *limit, th_lang lang, th_buf *out)
{
	if (lang == TH_LANG_ZH)
		th_buf_str(out, th_rule_compare_word(limit->compare, th_word(limit->unit_name, lang), lang));
	else
		th_buf_printf(out, "%s ", th_rule_compare_signs[limit->compare]);
}

void th_put_margin(const th_rule_limit_result *result, th_slice unit_name, th_lang lang, th_buf *out)
{
	const th_rule_limit *limit = result->limit;
	th_exact margin = result->margin.number;
	const bool lower = limit->compare == TH_RULE_GE || limit->compare == TH_RULE_GT;
	if (lang != TH_LANG_ZH) {
		th_buf_str(out, margin.num > 0 ? "+" : "");
		th_put_exact_text(margin, &limit->unit, unit_name, th_rule_limit_places(result), lang, out);
		return;
	}
	if (margin.num == 0) {
		th_buf_str(out, th_word_text(W_MARGIN_NONE, lang));
		return;
	}
	const char *word = th_word_text(margin.num > 0 ? (lower ? W_MARGIN_MORE : W_MARGIN_LESS) : lower ? W_MARGIN_LACKS : W_MARGIN_EXCEEDS, lang);
	th_buf_str(out, word);
	margin.num = margin.num < 0 ? -margin.num : margin.num;
	th_put_exact_text(margin, &limit->unit, unit_name, th_rule_limit_places(result), lang, out);
}

bool th_is_lost_number(const th_pack *pack, th_slice id)
{
	return th_pack_param(pack, id) != TH_NONE;
}

bool th_param_is_used(const th_assessment *a, const th_check_param *param)
{
	bool used = !a->decided;
	for (size_t i = 0; i < a->results.results && !used; i++)
		for (size_t k = 0; k < a->results.result[i].useds; k++)
			used |= a->results.result[i].used[k] == param->decl;
	return used;
}

th_label th_level_word(th_rule_level level)
{
	static const th_label words[TH_RULE_LEVELS] = {W_MANDATORY, W_GENERAL, W_RECOMMENDED};
	return words[level];
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

th_slice th_verdict_said(const th_pack *pack, th_verdict verdict, th_lang lang)
{
	th_slice own = pack->stages ? th_word(pack->stage[pack->at].verdict[verdict], lang) : (th_slice){"", 0};
	return own.len ? own : th_slice_of(th_word_text(th_verdict_word(verdict), lang));
}

void th_put_stage(th_page *p, const th_pack *pack, size_t stage)
{
	const th_rule_stage *at = &pack->stage[stage];
	th_put_name_id(th_word(at->name, p->lang), at->id, p->lang, &p->doc.text);
	if (at->quote.len) {
		th_page_say(p, W_COMMA);
		th_page_text(p, at->clause);
		th_page_say(p, W_COLON);
		th_put_quote(at->quote, &p->doc.text);
	}
	th_page_field(p, W_STAGE, TH_S(""));
}

const char *th_status_mark(th_rule_status status)
{
	static const char *const marks[TH_RULE_STATUSES] = {"✓", "✗", "?", "!", "-"};
	return marks[status];
}

void th_put_file_text(th_page *p, const char *path, const char *encoding, const char *sha256, size_t rows)
{
	th_buf_str(&p->doc.text, path);
	th_page_say(p, W_COMMA);
	if (!sha256) {
		th_page_say(p, W_ABSENT);
		return;
	}
	th_buf_str(&p->doc.text, encoding);
	th_page_say(p, W_COMMA);
	th_page_rows(p, rows);
	th_page_say(p, W_COMMA);
	th_page_short_sha(p, sha256);
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

const th_rule_limit_result *th_domain_limit(const th_assessment *a)
{
	for (size_t i = 0; i < a->results.results; i++) {
		const th_rule_result *result = &a->results.result[i];
		if (result->limits && rests_on_measures(a, result))
			return &result->limit[result->binding];
	}
	return NULL;
}

const th_slice *th_whole_lacks(const th_assessment *a, th_arena *arena, size_t *count)
{
	size_t room = 2;
	for (size_t i = 0; i < a->results.results; i++)
		room += a->results.result[i].missings;
	th_slice *list = th_arena_alloc(arena, room, sizeof *list);
	*count = 0;
	if (list && a->factless)
		list[(*count)++] = th_slice_of(th_case_files[a->pack->file].name);
	for (size_t i = 0; list && i < a->results.results; i++) {
		const th_rule_result *result = &a->results.result[i];
		for (size_t m = 0; m < result->missings && result->requirement->level == TH_RULE_MANDATORY; m++) {
			size_t k = 0;
			while (k < *count && !th_slice_eq(list[k], result->missing[m]))
				k++;
			if (k == *count)
				list[(*count)++] = result->missing[m];
		}
	}
	return list;
}
