/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/activity_words.h"

#include "base/utf8.h"
#include "reference/load.h"

enum { PLACE, WORD, OF, COLUMNS };
static const th_column columns[COLUMNS] = {{"place", true}, {"word", true}, {"of", true}};

static const char *const places[TH_AROUND_PLACES] = {"behind", "before", "around", "bracket", "head", "apart", "broad"};
static const char *const kinds[TH_OF_KINDS] = {"use", "bought", "gas", "refrigerant"};
static const th_slice gap = {"…", 3};

/* Where 耗…量 is parted; the length of the word when it is not. */
static size_t gap_in(th_slice word)
{
	size_t at = 0;
	while (at + gap.len <= word.len && memcmp(word.ptr + at, gap.ptr, gap.len) != 0)
		at++;
	return at + gap.len <= word.len ? at : word.len;
}

static void add_row(th_loader *l, th_reference *r)
{
	size_t place = 0, of = 0;
	bool ok = th_loader_choice(l, PLACE, places, TH_AROUND_PLACES, &place);
	ok &= th_loader_choice(l, OF, kinds, TH_OF_KINDS, &of);
	ok &= th_loader_filled(l, WORD);
	if (!ok)
		return;
	char space[TH_KEY_PLACE];
	th_slice word = th_loader_cell(l, WORD), key = th_utf8_key_in(word, space), front = {key.ptr, 0}, back = {key.ptr, 0};
	size_t at = key.ptr ? gap_in(key) : 0;
	if (!key.ptr || (place == TH_AROUND_BOTH) != (at < key.len && at > 0 && at + gap.len < key.len)) {
		TH_FAIL(l, WORD, TH_CELL_CHOICE, "word", th_loader_text(l, word), "耗…量", NULL);
		return;
	}
	if (place == TH_AROUND_BOTH) {
		front = (th_slice){key.ptr, at};
		back = (th_slice){key.ptr + at + gap.len, key.len - at - gap.len};
	} else if (place == TH_AROUND_BEFORE)
		front = key;
	else
		back = key;
	th_around_word row = {.place = (th_around_place)place, .of = (th_around_of)of};
	if (th_loader_copy(l, &r->arena, front, &row.front) && th_loader_copy(l, &r->arena, back, &row.back))
		r->activity_words.word = th_loader_append(l, &r->arena, r->activity_words.word, &r->activity_words.words, &row, sizeof row);
}

th_status th_activity_words_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "activity_words.csv", columns, COLUMNS, diags))
		while (th_loader_next(&l))
			add_row(&l, r);
	return th_loader_close(&l);
}

/* --- in a name --- */

/* 1. 1、 1) 一、（一）(1) ①: the rest of the text; all of it where there is none. */
static th_slice without_ordinal(th_slice text)
{
	static const char numerals[] = "一二三四五六七八九十";
	bool open = text.len && text.ptr[0] == '(';
	size_t at = open, digits = 0;
	if (text.len > 3 && memcmp(text.ptr, "\xE2\x91", 2) == 0 && (unsigned char)text.ptr[2] >= 0xA0 && (unsigned char)text.ptr[2] <= 0xB3)
		return (th_slice){text.ptr + 3, text.len - 3};
	while (at < text.len && digits < 4) {
		size_t step = text.ptr[at] >= '0' && text.ptr[at] <= '9' ? 1 : 0;
		for (size_t i = 0; i + 3 < sizeof numerals && step == 0 && at + 3 <= text.len; i += 3)
			step = memcmp(text.ptr + at, numerals + i, 3) == 0 ? 3 : 0;
		if (step == 0 && digits && text.ptr[at] == '.' && at + 1 < text.len && text.ptr[at + 1] >= '0' && text.ptr[at + 1] <= '9')
			step = 1; /* 1.2 */
		if (step == 0)
			break;
		digits++;
		at += step;
	}
	static const th_slice marks[] = {{".", 1}, {"、", 3}, {")", 1}, {"．", 3}, {":", 1}};
	for (size_t i = 0; i < sizeof marks / sizeof *marks && digits; i++) {
		th_slice rest = {text.ptr + at, text.len - at};
		if (open != (marks[i].ptr[0] == ')') && open)
			continue;
		if (rest.len > marks[i].len && th_slice_starts(rest, marks[i]))
			return (th_slice){rest.ptr + marks[i].len, rest.len - marks[i].len};
	}
	return text;
}

/* Told by single bytes: can the word stand around the text? */
static bool may_stand(th_slice text, const th_around_word *word)
{
	const size_t mark = word->place == TH_AROUND_BRACKET; /* the ) behind it */
	if (word->place == TH_AROUND_HEAD || word->place == TH_AROUND_APART || word->place == TH_AROUND_BROAD || text.len <= word->front.len + word->back.len + mark)
		return false;
	return (!word->front.len || text.ptr[0] == word->front.ptr[0]) && (!word->back.len || text.ptr[text.len - 1 - mark] == word->back.ptr[word->back.len - 1]);
}

/* What is left of the text inside the word; all of it where the word does not stand around it. */
static th_slice without(th_slice text, const th_around_word *word)
{
	th_slice inner = text;
	if (!may_stand(text, word))
		return text;
	if (word->place == TH_AROUND_BRACKET) {
		if (inner.len < word->back.len + 3 || inner.ptr[inner.len - 1] != ')')
			return text;
		inner.len--;
	}
	if (inner.len <= word->front.len + word->back.len || !th_slice_starts(inner, word->front) || !th_slice_ends(inner, word->back))
		return text;
	inner = (th_slice){inner.ptr + word->front.len, inner.len - word->front.len - word->back.len};
	if (word->place != TH_AROUND_BRACKET)
		return inner;
	return inner.len > 1 && inner.ptr[inner.len - 1] == '(' ? (th_slice){inner.ptr, inner.len - 1} : text;
}

static bool speaks_of(const th_activity *activity, th_around_of of)
{
	bool fuel = activity->method == TH_METHOD_COMBUSTION, emission = activity->kind == TH_KIND_EMISSION;
	bool heat = activity->method == TH_METHOD_HEAT && emission;
	if (of == TH_OF_GAS)
		return fuel && activity->gas;
	if (of == TH_OF_REFRIGERANT)
		return activity->method == TH_METHOD_REFRIGERANT;
	if (of == TH_OF_BOUGHT)
		return fuel || heat;
	return fuel || heat || activity->method == TH_METHOD_ENERGY_ONLY ||
	       (emission && (activity->method == TH_METHOD_ELECTRICITY || activity->method == TH_METHOD_ACTIVITY_FACTOR));
}

static uint32_t named(const th_reference *r, th_slice text, unsigned of)
{
	uint32_t number = th_names_find(&r->index->activity, text);
	for (int kind = 0; kind < TH_OF_KINDS && number != TH_NONE; kind++)
		if ((of >> kind & 1) && !speaks_of(&r->activity[number], (th_around_of)kind))
			return TH_NONE;
	return number;
}

enum { MOST_WORDS = 3 };

/* One word after another: each may stand around what the next stands around. */
static uint32_t inside(const th_reference *r, th_slice text, unsigned of, int words)
{
	uint32_t number = named(r, text, of);
	const th_activity_words *all = &r->activity_words;
	for (size_t i = 0; i < all->words && number == TH_NONE && words > 0; i++) {
		th_slice left = without(text, &all->word[i]);
		if (left.len < text.len)
			number = inside(r, left, of | 1u << all->word[i].of, words - 1);
	}
	return number;
}

uint32_t th_activity_without_words(const th_reference *r, th_slice name)
{
	char space[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, space);
	return key.ptr && key.len ? inside(r, without_ordinal(key), 0, MOST_WORDS) : TH_NONE;
}

static bool is_broad(const th_activity_words *all, th_slice text, int words)
{
	bool broad = false;
	for (size_t i = 0; i < all->words && !broad; i++) {
		const th_around_word *word = &all->word[i];
		th_slice left = without(text, word);
		broad = word->place == TH_AROUND_BROAD ? th_slice_eq(text, word->back) : left.len < text.len && words > 0 && is_broad(all, left, words - 1);
	}
	return broad;
}

bool th_activity_is_broad(const th_reference *r, th_slice name)
{
	char space[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, space);
	return key.ptr && key.len && is_broad(&r->activity_words, without_ordinal(key), MOST_WORDS);
}
