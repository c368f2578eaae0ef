/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the texts of a table say, each looked up once: many cells say the same, and each is asked about several times. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/utf8.h"

enum { TEXTS_MOST = 4096 }; /* then it is forgotten: a table of notes that are all different takes no memory */

struct known {
	th_layout_key key;
	uint64_t asked, said; /* a bit for each kind of words: whether it was looked up, and whether one stands in the text */
	bool timed, is_time, sought;
	th_when when;
	uint32_t activity;
};

struct th_heard {
	th_intern texts;
	struct known known[TEXTS_MOST];
};

_Static_assert(TH_LW_KINDS <= 64, "a bit for each kind");

th_heard *th_heard_new(void)
{
	return th_calloc(1, sizeof(th_heard));
}

void th_heard_free(th_heard *heard)
{
	if (heard)
		th_intern_free(&heard->texts);
	free(heard);
}

/* NULL: without it the text is looked up as it is. */
static struct known *known_of(th_heard *heard, th_slice text)
{
	char space[TH_KEY_PLACE];
	if (!heard || text.len == 0 || text.len > TH_KEY_LONGEST)
		return NULL;
	const uint32_t found = th_intern_find(&heard->texts, text);
	if (found != TH_NONE)
		return &heard->known[found];
	if (heard->texts.count == TEXTS_MOST) {
		th_intern_free(&heard->texts);
		heard->texts = (th_intern){0};
	}
	th_layout_key key = th_layout_key_of(text, space);
	const th_slice copy = th_arena_copy(&heard->texts.arena, key.text);
	const uint32_t number = copy.ptr ? th_intern_add(&heard->texts, text) : TH_NONE;
	if (number == TH_NONE)
		return NULL;
	key.text = copy;
	heard->known[number] = (struct known){.key = key};
	return &heard->known[number];
}

const th_layout_word *th_lay_word(const th_layout *l, th_layout_kind kind, th_slice text)
{
	const uint64_t bit = UINT64_C(1) << kind;
	struct known *known = known_of(l->heard, text);
	if (!known)
		return th_layout_word_in(&l->reference->layout_words, kind, text);
	if ((known->asked & ~known->said) & bit)
		return NULL;
	const th_layout_word *word = th_layout_word_of(&l->reference->layout_words, kind, &known->key);
	known->asked |= bit;
	known->said |= word ? bit : 0;
	return word;
}

bool th_lay_when(const th_layout *l, th_slice text, th_when *out)
{
	struct known *known = known_of(l->heard, text);
	if (!known)
		return th_when_read(&l->reference->layout_words, text, out);
	if (!known->timed)
		known->is_time = th_when_read(&l->reference->layout_words, text, &known->when);
	known->timed = true;
	*out = known->when;
	return known->is_time;
}

static uint32_t find_activity(const th_reference *reference, th_slice name)
{
	static const char *const tails[] = {"使用量", "消耗量", "消费量", "耗用量", "用量", "量"}, *const never[] = {"供", "发", "耗油"};
	uint32_t found = name.len ? th_find_activity(reference, name) : TH_NONE;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (found != TH_NONE || th_slice_starts(name, th_slice_of(never[i])))
			return found;
	th_slice inside, bare = th_header_name(name, &inside);
	if (inside.len && bare.len)
		found = th_find_activity(reference, bare);
	size_t head = th_slice_starts(bare, TH_S("耗")) ? 3 : 0; /* 耗天然气量, 耗水量 */
	for (size_t i = 0; i < sizeof tails / sizeof *tails && found == TH_NONE; i++) {
		size_t tail = strlen(tails[i]);
		if (bare.len <= head + tail || memcmp(bare.ptr + bare.len - tail, tails[i], tail) != 0)
			continue; /* a suffix is never stripped to nothing */
		found = th_find_activity(reference, (th_slice){bare.ptr, bare.len - tail});
		if (found == TH_NONE && head)
			found = th_find_activity(reference, (th_slice){bare.ptr + head, bare.len - tail - head});
	}
	return found;
}

uint32_t th_lay_activity(const th_layout *l, th_slice name)
{
	struct known *known = known_of(l->heard, name);
	if (!known)
		return find_activity(l->reference, name);
	if (!known->sought)
		known->activity = find_activity(l->reference, name);
	known->sought = true;
	return known->activity;
}
