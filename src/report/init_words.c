/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said of a fact that is asked for: what may be filled in, and why, in the words of the clause. */
#include "report/init.h"

#include "report/check_report.h"

void th_init_put(th_buf *out, th_lang lang, th_label label, const th_slice *fill, size_t count)
{
	const char *text = th_word_text(label, lang);
	for (; *text; text++) {
		size_t number = text[0] == '{' && text[1] > '0' && text[1] <= '9' && text[2] == '}' ? (size_t)(text[1] - '1') : count;
		if (number >= count)
			th_buf_char(out, *text);
		else {
			th_buf_slice(out, fill[number]);
			text += 2;
		}
	}
}

th_slice th_init_column(const th_init *init, th_case_part part, const char *column)
{
	uint32_t at = 0;
	const th_column_name *name;
	while (init->lang == TH_LANG_ZH && (name = th_columns_each(init->reference->columns, th_case_files[part].kind, &at)) != NULL)
		if (th_slice_eq(name->column, th_slice_of(column)) && name->text.len && (unsigned char)name->text.ptr[0] >= 0x80)
			return name->text;
	return th_slice_of(column);
}

/* The names of a declaration's options, all (`some` 0) or some of them. */
static void put_options(const th_init *init, const th_rule_decl *decl, uint64_t some, th_buf *out)
{
	size_t from = out->len;
	for (size_t i = 0; i < decl->options; i++) {
		if (some && !(some >> i & 1))
			continue;
		th_buf_str(out, out->len > from ? th_word_text(W_LIST, init->lang) : "");
		th_buf_slice(out, th_word(decl->option[i].name, init->lang));
	}
}

static void put_one_of(const th_init *init, th_label label, th_buf *names, th_buf *out)
{
	out->failed |= names->failed;
	TH_INIT_PUT(out, init->lang, label, th_buf_view(names));
	th_buf_free(names);
}

void th_init_put_allowed(const th_init *init, const th_init_fact *fact, th_buf *out)
{
	const th_rule_decl *decl = fact->decl;
	th_slice unit = th_word(decl->unit_name, init->lang);
	th_buf names = {0};
	switch (decl->type) {
	case TH_RULE_BOOL:
		for (int i = 1; i >= 0; i--) {
			th_buf_slice(&names, th_word(init->pack->answer[i].name, init->lang));
			th_buf_str(&names, i ? th_word_text(W_LIST, init->lang) : "");
		}
		put_one_of(init, W_INIT_ONE_OF, &names, out);
		break;
	case TH_RULE_CHOICE:
	case TH_RULE_LIST:
		put_options(init, decl, 0, &names);
		put_one_of(init, decl->type == TH_RULE_LIST ? W_INIT_SOME_OF : W_INIT_ONE_OF, &names, out);
		break;
	case TH_RULE_NUMBER:
		TH_INIT_PUT(out, init->lang, unit.len == 0 ? W_INIT_NUMBER : decl->several_units ? W_INIT_NUMBER_WITH : W_INIT_NUMBER_IN, unit);
		break;
	case TH_RULE_DATE:
		th_buf_str(out, th_word_text(decl->is_year ? W_INIT_YEAR : W_INIT_DATE, init->lang));
		break;
	default:
		th_buf_str(out, th_word_text(W_INIT_TEXT, init->lang));
		break;
	}
}

static void put_space(const th_init *init, th_buf *out, size_t from)
{
	th_buf_str(out, out->len > from && init->lang != TH_LANG_ZH ? " " : "");
}

static void put_sentence(const th_init *init, th_label label, th_slice what, th_buf *out, size_t from)
{
	if (what.len == 0)
		return;
	put_space(init, out, from);
	TH_INIT_PUT(out, init->lang, label, what);
}

static bool is_of_intensity(const th_init *init, const th_rule_decl *decl)
{
	for (uint32_t i = 0; i < init->reference->intensities; i++)
		if (th_slice_eq(init->reference->intensity[i].fact, decl->id))
			return true;
	return false;
}

void th_init_put_hint(const th_init *init, const th_init_fact *fact, th_buf *out)
{
	const th_rule_ask *ask = fact->ask;
	size_t from = out->len;
	th_buf fit = {0};
	if (ask) {
		if (ask->requirement)
			th_buf_slice(out, ask->requirement->clause);
		if (ask->quote.len)
			th_put_quote(ask->quote, out);
	}
	if (fact->fits)
		put_options(init, fact->decl, fact->fits, &fit);
	put_sentence(init, W_INIT_FIT, th_buf_view(&fit), out, from);
	out->failed |= fit.failed;
	th_buf_free(&fit);
	put_sentence(init, W_INIT_FOR, fact->computed.len ? fact->computed : ask && ask->define ? th_word(ask->define->name, init->lang) : TH_S(""), out, from);
	if (fact->decl->needs_evidence) {
		put_space(init, out, from);
		th_buf_str(out, th_word_text(W_INIT_EVIDENCE, init->lang));
	}
	if (fact->value.len)
		th_buf_str(out, th_word_text(W_INIT_GIVEN, init->lang));
	else if (!ask && is_of_intensity(init, fact->decl))
		th_buf_str(out, th_word_text(W_INIT_INTENSITY, init->lang));
}
