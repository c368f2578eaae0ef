/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/applicants_head.h"

#include "base/utf8.h"
#include "case/layout_parts.h"

static size_t fact_named(const th_facts_named *r, th_slice key)
{
	size_t i = 0;
	while (i < r->count) {
		const th_known_fact *fact = &r->known[i];
		for (size_t a = 0; key.len && a < fact->aliases; a++)
			if (th_slice_eq(fact->alias[a], key))
				return i;
		i++;
	}
	return i;
}

/* 启用, 气体状态: facts of the account, which no rules declare. */
static bool of_account(th_slice name)
{
	const th_fact fact = {.fact = name};
	return th_fact_is_use(&fact) || th_fact_is_gas_condition(&fact);
}

static bool take_name(const th_facts_named *r, th_slice name, th_facts_column *c)
{
	char place[TH_KEY_PLACE];
	c->fact = fact_named(r, th_utf8_key_in(name, place));
	if (c->fact < r->count) {
		c->name = r->known[c->fact].id;
		c->number = r->known[c->fact].number;
	} else if (of_account(name))
		c->name = name;
	else
		return false;
	c->is = TH_HEAD_FACT;
	return true;
}

/* 地区生产总值凭证, gdp evidence: what stands before the word is a fact. */
static bool take_evidence(const th_facts_named *r, th_slice name, th_facts_column *c)
{
	char place[TH_KEY_PLACE], word[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, place);
	uint32_t at = 0;
	for (const th_column_name *alias; key.ptr && (alias = th_columns_each(r->reference->columns, "case", &at)) != NULL;) {
		th_slice behind = th_utf8_key_in(alias->text, word);
		if (!th_slice_eq(alias->column, TH_S("evidence")) || !behind.len || !th_slice_ends(key, behind) || key.len == behind.len)
			continue;
		size_t cut = key.len - behind.len;
		cut -= key.ptr[cut - 1] == '.' || key.ptr[cut - 1] == '-' || key.ptr[cut - 1] == '_';
		c->fact = fact_named(r, (th_slice){key.ptr, cut});
		if (c->fact == r->count)
			continue;
		c->is = TH_HEAD_EVIDENCE;
		c->name = r->known[c->fact].id;
		return true;
	}
	return false;
}

/* Without the last pair of brackets, when one ends it; what is in them. */
static th_slice last_bracket(th_slice name, th_slice *inside)
{
	size_t close = th_slice_ends(name, TH_S(")")) ? 1 : th_slice_ends(name, TH_S("）")) ? 3 : 0;
	for (size_t at = close ? name.len - close : 0; at > 0; at--) {
		th_slice rest = {name.ptr + at, name.len - close - at};
		size_t open = th_slice_starts(rest, TH_S("(")) ? 1 : th_slice_starts(rest, TH_S("（")) ? 3 : 0;
		if (!open)
			continue;
		*inside = th_slice_trim((th_slice){rest.ptr + open, rest.len - open});
		return th_slice_trim((th_slice){name.ptr, at});
	}
	*inside = (th_slice){"", 0};
	return name;
}

/* A year in front, 2023年常住人口, or in brackets behind, 常住人口（2023年）. */
static th_slice without_year(const th_layout_words *words, th_slice name, int *year)
{
	th_when when;
	th_slice inside, bare = last_bracket(name, &inside);
	if (inside.len && th_when_read(words, inside, &when) && th_when_year(&when)) {
		*year = th_when_year(&when);
		return bare;
	}
	static const char *const behind[] = {"年度", "年"};
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
		size_t len = 4 + strlen(behind[i]);
		th_slice rest = {name.ptr + 4, name.len < len ? 0 : name.len - 4};
		if (!th_slice_starts(rest, th_slice_of(behind[i])) || !th_when_read(words, (th_slice){name.ptr, len}, &when) || !th_when_year(&when))
			continue;
		*year = th_when_year(&when);
		return (th_slice){name.ptr + len, name.len - len};
	}
	return name;
}

static bool names_applicant(const th_facts_named *r, th_slice header)
{
	return th_slice_eq(th_column_named(r->reference->columns, "case", header), TH_S("applicant"));
}

th_facts_column th_facts_head(const th_facts_named *r, th_slice header)
{
	const th_reference *reference = r->reference;
	th_facts_column c = {.is = TH_HEAD_UNKNOWN, .fact = r->count, .name = header, .unit = {"", 0}};
	if (take_name(r, header, &c) || take_evidence(r, header, &c))
		return c;
	th_slice name = header, inside, bare = last_bracket(header, &inside);
	th_unit unit;
	th_slice at;
	for (int i = 0; i < 2 && c.year == 0; i++) { /* （2023年）（万元） in either order */
		name = without_year(&reference->layout_words, name, &c.year);
		if (c.year || !inside.len || th_unit_parse(reference->units, inside, &unit, &at) != TH_UNIT_OK)
			break;
		c.unit = inside;
		name = bare;
	}
	if (c.unit.len == 0)
		name = th_split_unit(reference->units, name, &c.unit);
	if (take_name(r, name, &c))
		return c;
	c.unit = (th_slice){"", 0};
	if (names_applicant(r, header))
		c.is = TH_HEAD_APPLICANT;
	else if (header.len && (th_layout_word_in(&reference->layout_words, TH_LW_ORDINAL, header) || th_layout_word_in(&reference->layout_words, TH_LW_ASIDE, header)))
		c.is = TH_HEAD_ASIDE;
	return c;
}

size_t th_facts_score(const th_facts_named *r, const th_slice *cell, size_t cells)
{
	size_t facts = 0;
	bool applicant = false;
	for (size_t i = 0; i < cells; i++) {
		bool tells = names_applicant(r, cell[i]); /* 单位名称 may be the fact that is called so as well */
		applicant |= tells;
		facts += !tells && th_facts_head(r, cell[i]).is == TH_HEAD_FACT;
	}
	return (applicant ? TH_NAMES_APPLICANTS : 0) + (facts < TH_NAMES_APPLICANTS ? facts : TH_NAMES_APPLICANTS - 1);
}
