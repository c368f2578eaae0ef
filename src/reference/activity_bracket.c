/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names with a word in brackets behind: 天然气（管道）, 柴油(叉车), 用电量（外购电力）. The words that matter are in activity_words.csv. */
#include "base/utf8.h"
#include "reference/load.h"

/* head(inside), both folded; false where nothing stands in brackets at the end. */
static bool part(th_slice key, th_slice *head, th_slice *inside)
{
	size_t at = key.len;
	if (key.len < 4 || key.ptr[key.len - 1] != ')')
		return false;
	while (at > 1 && key.ptr[at - 1] != '(')
		at--;
	if (at <= 1 || at == key.len)
		return false;
	*head = (th_slice){key.ptr, at - 1};
	*inside = (th_slice){key.ptr + at, key.len - at - 1};
	return inside->len > 0 && head->len > 0;
}

static bool has_word(const th_reference *r, th_around_place place, th_slice text)
{
	for (size_t i = 0; i < r->activity_words.words; i++) {
		const th_around_word *word = &r->activity_words.word[i];
		if (word->place != place)
			continue;
		if (place == TH_AROUND_HEAD && th_slice_eq(text, word->back))
			return true;
		for (size_t at = 0; place == TH_AROUND_APART && at + word->back.len <= text.len; at++)
			if (memcmp(text.ptr + at, word->back.ptr, word->back.len) == 0)
				return true;
	}
	return false;
}

static uint32_t known(const th_reference *r, th_slice key)
{
	uint32_t number = th_names_find(&r->index->activity, key);
	return number != TH_NONE ? number : th_activity_without_words(r, key);
}

/* 用电量（计划）, 柴油（期末库存）: not what was used. */
static bool is_aside(const th_reference *r, th_slice inside)
{
	static const th_layout_kind kinds[] = {TH_LW_OPENING, TH_LW_CLOSING};
	const th_layout_word *word = th_layout_word_is(&r->layout_words, TH_LW_ASIDE, inside);
	bool aside = word && th_slice_eq(word->value, TH_S("sheet"));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !aside; i++)
		aside = th_layout_word_is(&r->layout_words, kinds[i], inside) != NULL;
	return aside;
}

/* Both are power, both heat, both gases or both no gases: 用电量（光伏自用） is of one kind, 用气量（柴油） of none. */
static bool alike(const th_activity *a, const th_activity *b)
{
	return a->method == b->method && a->gas == b->gas;
}

uint32_t th_activity_in_brackets(const th_reference *r, th_slice name, bool *says_more)
{
	char space[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, space), head, inside;
	*says_more = false;
	if (!key.ptr || !part(key, &head, &inside))
		return TH_NONE;
	uint32_t of_head = known(r, head), of_inside = known(r, inside);
	bool generic = has_word(r, TH_AROUND_HEAD, head);
	if (of_inside != TH_NONE && of_head != TH_NONE && of_inside != of_head)
		return generic && alike(&r->activity[of_head], &r->activity[of_inside]) ? of_inside : TH_NONE;
	if (of_inside != TH_NONE)
		return of_head == of_inside || generic ? of_inside : TH_NONE;
	th_unit unit;
	th_slice at, written; /* mwh may be two units, MWh is one */
	(void)th_header_name(name, &written);
	if (of_head == TH_NONE || is_aside(r, inside) || has_word(r, TH_AROUND_APART, inside) || th_unit_parse(r->units, inside, &unit, &at) == TH_UNIT_OK ||
	    th_unit_parse(r->units, written, &unit, &at) == TH_UNIT_OK)
		return TH_NONE; /* 电力（光伏）, 天然气（外供） may be something else, and a unit is to be read as one */
	*says_more = true;
	return of_head;
}

bool th_activity_candidates(const th_reference *r, th_slice name, uint32_t out[2])
{
	char space[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, space), head, inside;
	if (!key.ptr || !part(key, &head, &inside))
		return false;
	out[0] = known(r, head);
	out[1] = known(r, inside);
	return out[0] != TH_NONE && out[1] != TH_NONE;
}
