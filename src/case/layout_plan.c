/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is called a plan, a budget or another year, by the name of its sheet or file or by its title: it was not used. */

#include "case/layout_parts.h"

#include "base/utf8.h"

th_slice th_layout_without_year(th_slice text)
{
	static const char *const behind[] = {"年度", "年"};
	while (text.len && th_is_digit(text.ptr[0]))
		text = th_slice_from(text, 1);
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		if (th_slice_starts(text, th_slice_of(behind[i])))
			return th_slice_from(text, strlen(behind[i]));
	return text;
}

/* Without 统计表, 用电情况 and the like behind it. */
static th_slice without_form(const th_layout_words *words, th_slice text)
{
	const th_layout_word *word;
	while (text.len && (word = th_layout_word_in(words, TH_LW_TITLE_END, text)) != NULL && word->key.len <= text.len && th_slice_ends(text, word->key))
		text.len -= word->key.len;
	return text;
}

/* What stands around the word of a plan: a time, what the table is of, or nothing. */
static bool says_little(const th_reference *reference, th_slice text)
{
	text = without_form(&reference->layout_words, th_layout_without_year(text));
	return text.len == 0 || th_find_activity(reference, text) != TH_NONE;
}

/* 2024年预算, 2024年用电预算表, 计划用电量, budget: a word of plans at the end, or at the start with little behind it. 含上年同期 is more than that. */
static bool piece_is_plan(const th_reference *reference, th_slice key, th_slice as)
{
	const th_layout_words *words = &reference->layout_words;
	th_slice bare = without_form(words, key);
	if (th_slice_starts(key, TH_S("含")) || th_slice_starts(key, TH_S("与")))
		return false;
	for (size_t i = words->of[TH_LW_ASIDE].from; i < words->of[TH_LW_ASIDE].end; i++) {
		const th_layout_word *word = &words->word[i];
		if (word->kind != TH_LW_ASIDE || !th_slice_eq(word->value, as))
			continue;
		if (th_slice_ends(key, word->key) || th_slice_ends(bare, word->key) ||
		    (th_slice_starts(key, word->key) && says_little(reference, (th_slice){key.ptr + word->key.len, key.len - word->key.len})))
			return true;
	}
	return false;
}

static bool parts_name(char c)
{
	return strchr(" ()[]-_/.", c) != NULL;
}

bool th_layout_is_plan(const th_reference *reference, th_slice name, th_slice as)
{
	char place[TH_KEY_PLACE];
	const th_layout_words *words = &reference->layout_words;
	const th_layout_word *whole = th_layout_word_is(words, TH_LW_ASIDE, name);
	if (whole && th_slice_eq(whole->value, as))
		return true;
	th_slice key = th_utf8_key_in(name, place);
	if (!key.ptr || th_layout_word_in(words, TH_LW_PAST, name))
		return false;
	for (size_t from = 0, to; from < key.len; from = to + 1) {
		for (to = from; to < key.len && !parts_name(key.ptr[to]); to++)
			;
		if (to > from && piece_is_plan(reference, (th_slice){key.ptr + from, to - from}, as))
			return true;
	}
	return false;
}

void th_lay_see_plan(th_layout *l, th_block *b, th_slice title, size_t row, size_t column)
{
	const bool latin = title.len && (unsigned char)title.ptr[0] < 0x80 && !th_is_digit(title.ptr[0]); /* a plan may be a drawing */
	if (b->plan.given || l->f_quantity < 0 || l->rules || latin)
		return;
	b->target = th_layout_is_plan(l->reference, title, TH_S("target"));
	if (b->target || th_layout_is_plan(l->reference, title, TH_S("sheet")))
		b->plan = (th_known_cell){title, (uint32_t)row, (uint32_t)column, true};
}

/* 实际, or 本年 beside 上年: the header says itself what of it was used. */
static bool tells_apart(th_layout *l, const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].tells || th_lay_is_actual(l, b, c) || th_lay_word(l, TH_LW_PAST, b->column[c].name))
			return true;
	return false;
}

bool th_lay_is_plan(th_layout *l, th_block *b)
{
	b->plan.given = b->plan.given && !tells_apart(l, b);
	return b->plan.given;
}

void th_lay_tell_plans(th_layout *l)
{
	size_t plans = 0;
	for (size_t i = 0; i < l->blocks; i++)
		plans += l->block[i].plan.given;
	for (size_t i = 0; i < l->blocks && l->status == TH_OK; i++) {
		const th_known_cell *plan = &l->block[i].plan;
		if (plan->given)
			TH_LAY_FAIL(l, plan->row, plan->column, plans < l->blocks ? TH_LAYOUT_PLAN_LEFT : TH_LAYOUT_PLAN, th_lay_z(l, plan->text));
	}
}
