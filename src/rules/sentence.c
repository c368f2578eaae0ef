/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences with {names}: {missing}, {limits}, {variant}, an input's id (its value), a definition's id (the name of its reading), {not ID ...} (of those the
 * names of which it is known that they are not so). */

#include "rules/expr.h"

/* The next {name} at or behind *at; *at moves behind its brace, *name is empty when there is none. *before is the text up to it. */
static bool next_name(th_slice text, size_t *at, th_slice *before, th_slice *name)
{
	const char *start = text.ptr + *at, *end = text.ptr + text.len;
	const char *open = memchr(start, '{', (size_t)(end - start));
	const char *close = open ? memchr(open, '}', (size_t)(end - open)) : NULL;
	*before = (th_slice){start, (size_t)((close ? open : end) - start)};
	*name = close ? (th_slice){open + 1, (size_t)(close - open - 1)} : (th_slice){"", 0};
	*at = close ? (size_t)(close + 1 - text.ptr) : text.len;
	return close != NULL;
}

static const th_slice special[] = {{"missing", 7}, {"limits", 6}, {"variant", 7}};

static bool is_name(const th_pack *pack, th_slice name)
{
	return th_pack_decl(pack, name) != TH_NONE || th_pack_define(pack, name) != TH_NONE;
}

/* {not ID ...}: *ids is the list. */
static bool is_not(th_slice name, th_slice *ids)
{
	*ids = (th_slice){name.ptr + 4, name.len < 4 ? 0 : name.len - 4};
	return name.len > 4 && memcmp(name.ptr, "not ", 4) == 0;
}

th_slice th_template_unknown(const th_pack *pack, th_slice text)
{
	size_t at = 0;
	th_slice before, name, ids, id;
	while (next_name(text, &at, &before, &name)) {
		bool list = is_not(name, &ids);
		while (list && th_slice_split(&ids, ' ', &id))
			if (!is_name(pack, id))
				return id;
		if (!list && !th_has_alias(special, 3, name) && !is_name(pack, name))
			return name;
	}
	return (th_slice){NULL, 0};
}

/* How numbers are written: in which unit, to how many decimals, in which language. */
typedef struct writing {
	const th_unit *unit;
	th_slice unit_name;
	unsigned places;
	th_lang lang;
} writing;

static void put_exact(th_buf *out, const char *word, th_exact number, const writing *how)
{
	th_buf_str(out, word);
	th_put_exact_rounded(out, number, how->unit, how->places);
}

/* 至少873 tCO2e; 至多...; 873～1000 tCO2e. */
static void put_bounds(th_buf *out, const th_rule_value *value, const writing *how)
{
	bool zh = how->lang == TH_LANG_ZH;
	size_t from = out->len;
	if (value->has_low)
		put_exact(out, value->has_high ? "" : zh ? "至少" : "at least ", value->low, how);
	if (value->has_high)
		put_exact(out, value->has_low ? (zh ? "～" : " to ") : zh ? "至多" : "at most ", value->high, how);
	th_unit_put_behind(how->unit_name, from, how->lang, out);
}

static const char *unknown(th_lang lang)
{
	return lang == TH_LANG_ZH ? "未知" : "unknown";
}

static void put_number(th_buf *out, const th_rule_value *value, const writing *how)
{
	if (!value->known && (value->has_low || value->has_high)) {
		put_bounds(out, value, how);
		return;
	}
	if (!value->known) {
		th_buf_str(out, unknown(how->lang));
		return;
	}
	size_t from = out->len;
	put_exact(out, "", value->number, how);
	th_unit_put_behind(how->unit_name, from, how->lang, out);
}

static void put_date(th_buf *out, const th_period *date)
{
	int y, m, d;
	th_rule_grain grain = th_rule_grain_of(date);
	th_day_split(date->from, &y, &m, &d);
	th_buf_printf(out, "%04d", y);
	if (grain == TH_GRAIN_YEAR)
		return;
	th_buf_printf(out, "-%02d", m);
	if (grain != TH_GRAIN_MONTH)
		th_buf_printf(out, "-%02d", d);
}

static void put_list(th_buf *out, const th_rule_decl *decl, uint64_t list, th_lang lang)
{
	const char *between = "";
	for (size_t i = 0; i < decl->options; i++) {
		if (!(list >> i & 1))
			continue;
		th_buf_str(out, between);
		th_buf_slice(out, th_word(decl->option[i].name, lang));
		between = lang == TH_LANG_ZH ? "、" : ", ";
	}
}

static void put_series(th_buf *out, const th_rule_decl *decl, const th_rule_value *value, th_lang lang)
{
	const writing how = {&decl->unit, th_word(decl->unit_name, lang), TH_PLACES, lang};
	size_t from = out->len;
	for (size_t i = 0; i < value->count; i++) {
		th_buf_str(out, i ? ", " : "");
		put_exact(out, "", value->series[i], &how);
	}
	th_unit_put_behind(how.unit_name, from, lang, out);
}

void th_put_rule_input(const th_rule_inputs *inputs, uint32_t which, th_lang lang, th_buf *out)
{
	const th_rule_decl *decl = &inputs->pack->decl[which];
	const th_rule_value *value = &inputs->input[which].value;
	if (!value->known)
		return;
	switch (decl->type) {
	case TH_RULE_BOOL:
		th_buf_slice(out, th_word(inputs->pack->answer[value->truth].name, lang));
		return;
	case TH_RULE_NUMBER:
		put_number(out, value, &(writing){&decl->unit, th_word(decl->unit_name, lang), decl->role == TH_RULE_COMPUTED ? TH_PLACES : TH_PLACES_MOST, lang});
		return;
	case TH_RULE_CHOICE:
		th_buf_slice(out, th_word(decl->option[value->choice].name, lang));
		return;
	case TH_RULE_LIST:
		put_list(out, decl, value->list, lang);
		return;
	case TH_RULE_DATE:
		put_date(out, &value->date);
		return;
	case TH_RULE_SERIES:
		if (inputs->input[which].shown.len) {
			th_buf_slice(out, inputs->input[which].shown);
			return;
		}
		put_series(out, decl, value, lang);
		return;
	default: {
		bool in_chinese = lang == TH_LANG_ZH && inputs->input[which].shown.len > 0;
		th_buf_slice(out, in_chinese ? inputs->input[which].shown : value->text);
	}
	}
}

/* What some input lacks under that id. */
static th_slice lack_text(const th_rule_inputs *inputs, th_slice id, th_lang lang)
{
	for (size_t i = 0; i < inputs->pack->decls; i++)
		for (size_t k = 0; inputs->input[i].lack_text && k < inputs->input[i].lack_count; k++)
			if (th_slice_eq(inputs->input[i].lacks[k], id))
				return th_word(inputs->input[i].lack_text[k], lang);
	return (th_slice){"", 0};
}

void th_put_rule_lack(const th_rule_inputs *inputs, th_slice id, th_lang lang, th_buf *out)
{
	uint32_t which = th_pack_decl(inputs->pack, id);
	th_slice text = lack_text(inputs, id, lang);
	if (!text.len && th_slice_eq(id, TH_S("measures")))
		text = lang == TH_LANG_ZH ? TH_S("措施表 measures.csv") : TH_S("table of measures (measures.csv)");
	if (which == TH_NONE || text.len) {
		th_buf_slice(out, text.len ? text : id);
		return;
	}
	th_buf_slice(out, th_word(inputs->pack->decl[which].name, lang));
	th_buf_str(out, lang == TH_LANG_ZH ? "（" : " (");
	th_buf_slice(out, id);
	th_buf_str(out, lang == TH_LANG_ZH ? "）" : ")");
}

static void put_missing(const th_rule_inputs *inputs, const th_rule_result *result, th_lang lang, th_buf *out)
{
	for (size_t i = 0; i < result->missings; i++) {
		th_buf_str(out, i == 0 ? "" : lang == TH_LANG_ZH ? "、" : ", ");
		th_put_rule_lack(inputs, result->missing[i], lang, out);
	}
}

/* Things and years are counted, areas and masses are high or low. */
const char *th_rule_compare_word(th_rule_compare compare, th_slice unit_name, th_lang lang)
{
	static const char *const amounts[TH_RULE_COMPARES] = {"不低于", "大于", "不超过", "低于"};
	static const char *const counts[TH_RULE_COMPARES] = {"不少于", "多于", "不超过", "少于"};
	static const char *const en[TH_RULE_COMPARES] = {"at least", "more than", "at most", "less than"};
	static const th_slice counted[] = {{"年", 3}, {"户", 3}, {"人", 3}, {"个", 3}};
	if (lang != TH_LANG_ZH)
		return en[compare];
	return (unit_name.len == 0 || th_has_alias(counted, sizeof counted / sizeof *counted, unit_name) ? counts : amounts)[compare];
}

/* By how much a limit is kept or missed; `lower`: it is a lower one. */
static void put_margin(th_buf *out, const th_rule_limit_result *one, const writing *how)
{
	const bool lower = one->limit->compare == TH_RULE_GE || one->limit->compare == TH_RULE_GT;
	th_rule_value margin = one->margin;
	if (how->lang != TH_LANG_ZH) {
		th_buf_str(out, ", margin ");
	} else if (margin.number.num == 0) {
		th_buf_str(out, "，刚好达到");
		return;
	} else {
		th_buf_str(out, margin.number.num > 0 ? (lower ? "，高出" : "，少") : lower ? "，差" : "，超出");
		margin.number.num = margin.number.num < 0 ? -margin.number.num : margin.number.num;
	}
	put_number(out, &margin, how);
}

static void put_limits(const th_rule_result *result, th_lang lang, th_buf *out)
{
	bool zh = lang == TH_LANG_ZH;
	if (result->requirement && result->limits == 0) /* several variants may apply, and say the same */
		th_buf_str(out, zh ? "尚缺的资料无论如何，结论都相同" : "the same whatever the facts still missing are");
	for (size_t i = 0; i < result->limits; i++) {
		const th_rule_limit_result *one = &result->limit[i];
		const th_rule_limit *limit = one->limit;
		const writing how = {&limit->unit, th_word(limit->unit_name, lang), th_rule_limit_places(one), lang};
		th_buf_str(out, i == 0 ? "" : zh ? "；" : "; ");
		th_buf_slice(out, th_word(limit->name, lang));
		th_buf_str(out, zh ? "为" : ": ");
		put_number(out, &one->observed, &how);
		th_buf_str(out, zh ? "，要求" : ", required ");
		th_buf_str(out, th_rule_compare_word(limit->compare, how.unit_name, lang));
		th_buf_str(out, zh ? "" : " ");
		put_number(out, &one->required, &how);
		if (one->margin.known)
			put_margin(out, one, &how);
	}
}

/* What the list of a {not ...} names and what is not so. */
static void put_not(const th_rule_inputs *inputs, th_slice ids, th_lang lang, th_buf *out)
{
	const th_pack *pack = inputs->pack;
	const char *between = "";
	th_slice id;
	while (th_slice_split(&ids, ' ', &id)) {
		uint32_t which = th_pack_decl(pack, id), define = th_pack_define(pack, id);
		th_rule_value value = which != TH_NONE ? inputs->input[which].value
		                      : define != TH_NONE ? th_expr_eval(inputs, pack->define[define].reading[inputs->chosen[define]].expr) : (th_rule_value){0};
		if (!value.known || value.type != TH_RULE_BOOL || value.truth)
			continue;
		th_buf_str(out, between);
		th_buf_slice(out, th_word(which != TH_NONE ? pack->decl[which].name : pack->define[define].reading[inputs->chosen[define]].name, lang));
		between = lang == TH_LANG_ZH ? "、" : ", ";
	}
}

static void put_name(const th_rule_inputs *inputs, const th_rule_result *result, th_slice name, th_lang lang, th_buf *out)
{
	static const th_rule_result nothing = {0};
	const th_pack *pack = inputs->pack;
	const th_rule_result *about = result ? result : &nothing;
	uint32_t which = th_pack_decl(pack, name), define = th_pack_define(pack, name);
	th_slice ids;
	if (is_not(name, &ids))
		put_not(inputs, ids, lang, out);
	else if (which != TH_NONE && inputs->input[which].value.known)
		th_put_rule_input(inputs, which, lang, out);
	else if (which != TH_NONE)
		th_buf_str(out, unknown(lang));
	else if (define != TH_NONE)
		th_buf_slice(out, th_word(pack->define[define].reading[inputs->chosen[define]].name, lang));
	else if (th_slice_eq(name, special[0]))
		put_missing(inputs, about, lang, out);
	else if (th_slice_eq(name, special[1]))
		put_limits(about, lang, out);
	else if (about->variant)
		th_buf_slice(out, th_word(about->variant->name, lang));
}

void th_template_fill(const th_rule_inputs *inputs, const th_rule_result *result, th_slice text, th_lang lang, th_buf *out)
{
	size_t at = 0;
	th_slice before, name;
	bool more;
	do {
		more = next_name(text, &at, &before, &name);
		th_buf_slice(out, before);
		if (more)
			put_name(inputs, result, name, lang, out);
	} while (more);
}
