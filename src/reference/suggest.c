/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a misspelled name may have meant. */
#include <stdlib.h>

#include "base/near.h"
#include "base/utf8.h"
#include "reference/load.h"

/* Which carriers of energy a name speaks of: 用气 is never meant by 用电, however near they are. */
static unsigned carriers(th_slice text)
{
	static const char *const words[] = {"电", "气", "水", "热", "油", "煤"};
	unsigned found = 0;
	for (size_t i = 0; i + 3 <= text.len; i++)
		for (size_t k = 0; (unsigned char)text.ptr[i] >= 0xE6 && k < sizeof words / sizeof *words; k++) /* their first byte is E6 or E7 */
			if (memcmp(text.ptr + i, words[k], 3) == 0)
				found |= 1u << k;
	return found;
}

/* Does a text stand in another that is longer? */
static bool stands_in(th_slice text, th_slice longer)
{
	for (size_t i = 0; text.len < longer.len && i + text.len <= longer.len; i++)
		if (memcmp(longer.ptr + i, text.ptr, text.len) == 0)
			return true;
	return false;
}

/* How far a known name is from the text, smaller is nearer; SIZE_MAX when it is no suggestion. One that contains the
 * other (天然气 in 天然气（自备）) ranks behind a single slip. */
static size_t rank(th_slice text, th_slice known)
{
	unsigned mine = carriers(text), its = carriers(known);
	if (mine && its && !(mine & its))
		return SIZE_MAX;
	size_t distance = th_near_distance(text, known);
	if (distance != SIZE_MAX && known.len > text.len && distance == known.len - text.len && distance <= 2 && text.len > 2 &&
	    (known.ptr[0] | 0x20) == (text.ptr[0] | 0x20)) /* R410 of R410A */
		return 1;
	if (distance != SIZE_MAX)
		return 2 * distance;
	th_slice longer = text.len > known.len ? text : known, shorter = text.len > known.len ? known : text;
	if (th_utf8_length(shorter) < 2)
		return SIZE_MAX;
	for (size_t i = 0; i + shorter.len <= longer.len; i++)
		if (memcmp(longer.ptr + i, shorter.ptr, shorter.len) == 0)
			return 3 + 2 * (th_utf8_length(longer) - th_utf8_length(shorter));
	return SIZE_MAX;
}

/* The best few so far, nearest first, ties in the order in which they came. */
enum { BEST = 8 };
struct best {
	size_t count, most;
	struct { size_t rank; uint32_t number; } at[BEST];
};

static void offer(struct best *best, size_t rank_of, uint32_t number)
{
	if (rank_of == SIZE_MAX)
		return;
	size_t i = 0;
	while (i < best->count && best->at[i].number != number)
		i++;
	if (i < best->count && best->at[i].rank <= rank_of)
		return;
	if (i == best->count) {
		if (best->count < best->most)
			best->count++;
		else if (best->most == 0 || best->at[--i].rank <= rank_of)
			return;
	}
	for (; i > 0 && best->at[i - 1].rank > rank_of; i--)
		best->at[i] = best->at[i - 1];
	best->at[i].rank = rank_of;
	best->at[i].number = number;
}

/* Equal but for one character that differs, is missing or is too many. */
static bool one_slip(th_slice a, th_slice b)
{
	size_t front = 0, back = 0, least = a.len < b.len ? a.len : b.len;
	while (front < least && a.ptr[front] == b.ptr[front])
		front++;
	while (front > 0 && front < least && ((unsigned char)a.ptr[front] & 0xC0) == 0x80)
		front--; /* to the start of the character */
	while (back < least - front && a.ptr[a.len - 1 - back] == b.ptr[b.len - 1 - back])
		back++;
	while (back > 0 && ((unsigned char)a.ptr[a.len - back] & 0xC0) == 0x80)
		back--;
	size_t left = th_utf8_length((th_slice){a.ptr + front, a.len - front - back});
	size_t right = th_utf8_length((th_slice){b.ptr + front, b.len - front - back});
	return left <= 1 && right <= 1 && left + right > 0;
}

/* --- one slip away --- */

/* The first two characters and the last two; false for a shorter text. */
static bool take_ends(th_slice text, th_slice end[2])
{
	size_t front = 0, back = text.len, size;
	for (int i = 0; i < 2 && front < text.len; i++, front += size)
		(void)th_utf8_next((th_slice){text.ptr + front, text.len - front}, &size);
	for (int i = 0; i < 2 && back > 0; i++)
		do
			back--;
		while (back > 0 && ((unsigned char)text.ptr[back] & 0xC0) == 0x80);
	end[0] = (th_slice){text.ptr, front};
	end[1] = (th_slice){text.ptr + back, text.len - back};
	return th_utf8_length(text) > 2;
}

bool th_slips_make(th_slips *slips, const th_reference *r)
{
	const th_names *names = &r->index->activity;
	th_slice end[2];
	*slips = (th_slips){.names = names->key.count};
	slips->next = th_calloc(2 * (size_t)slips->names + 1, sizeof *slips->next);
	if (!slips->next)
		return false;
	for (uint32_t key = slips->names; key-- > 0;) { /* from the end, so that each list is in order */
		th_slice known = th_intern_text(&names->key, key);
		if (r->activity[names->owner[key].number].declared || th_utf8_length(known) <= 3 || !take_ends(known, end))
			continue;
		for (uint32_t i = 0; i < 2; i++) {
			uint32_t count = slips->end.count, *grown = th_grown(slips->first, count, sizeof *grown);
			if (grown)
				slips->first = grown;
			uint32_t number = grown ? th_intern_add(&slips->end, end[i]) : TH_NONE;
			if (number == TH_NONE)
				return false;
			slips->next[2 * key + i] = number == count ? TH_NONE : slips->first[number];
			slips->first[number] = 2 * key + i;
		}
	}
	return true;
}

void th_slips_free(th_slips *slips)
{
	th_intern_free(&slips->end);
	free(slips->first);
	free(slips->next);
	*slips = (th_slips){0};
}

th_slice th_slip_of(const th_slips *slips, const th_reference *r, th_slice text)
{
	const th_names *names = &r->index->activity;
	th_slice end[2];
	uint32_t least = TH_NONE;
	for (int i = 0; i < 2 && take_ends(text, end); i++) {
		uint32_t number = th_intern_find(&slips->end, end[i]);
		for (uint32_t at = number == TH_NONE ? TH_NONE : slips->first[number]; at != TH_NONE && at / 2 < least; at = slips->next[at])
			if (one_slip(text, th_intern_text(&names->key, at / 2)))
				least = at / 2;
	}
	return least == TH_NONE ? (th_slice){"", 0} : r->activity[names->owner[least].number].id;
}

/* Names that users declare may be as alike as they want: 2022 and 2023 of the same thing. */
th_slice th_nearest_activity(const th_reference *r, th_slice text)
{
	th_slips slips;
	th_slice found = th_slips_make(&slips, r) ? th_slip_of(&slips, r, text) : (th_slice){"", 0};
	th_slips_free(&slips);
	return found;
}

void th_suggest_activities(const th_reference *r, th_slice text, size_t most, th_lang lang, th_buf *out)
{
	const th_names *names = &r->index->activity;
	struct best best = {.most = most < BEST ? most : BEST};
	uint32_t last = TH_NONE;
	size_t kinds = 0; /* activities that are called so and something more */
	const uint64_t characters = th_characters(text);
	const size_t length = th_utf8_length(text);
	for (uint32_t key = 0; key < names->key.count; key++) {
		if (!th_near_may(characters, length, th_characters(th_intern_text(&names->key, key))))
			continue;
		offer(&best, rank(text, th_intern_text(&names->key, key)), names->owner[key].number);
		if (names->owner[key].number != last && stands_in(text, th_intern_text(&names->key, key))) {
			last = names->owner[key].number;
			kinds++;
		}
	}
	if (kinds > 12 && best.count && best.at[0].rank > 2) /* 制冷剂 is no more the one than the other */
		return;
	for (size_t i = 0; i < best.count; i++) {
		const th_activity *a = &r->activity[best.at[i].number];
		th_buf_str(out, out->len ? ", " : "");
		th_buf_both(out, lang == TH_LANG_ZH ? a->name_zh : a->name_en, a->name_zh);
	}
}

void th_suggest_factors(const th_reference *r, th_slice text, size_t most, th_buf *out)
{
	const th_intern *ids = &r->index->factor_id;
	struct best best = {.most = most < BEST ? most : BEST};
	for (uint32_t key = 0; key < ids->count; key++)
		offer(&best, rank(text, th_intern_text(ids, key)), key);
	for (size_t i = 0; i < best.count; i++) {
		th_buf_str(out, i ? ", " : "");
		th_buf_slice(out, th_intern_text(ids, best.at[i].number));
	}
}
