/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a misspelled name may have meant. */
#include "base/near.h"
#include "base/utf8.h"
#include "reference/load.h"

/* How far a known name is from the text, smaller is nearer; SIZE_MAX when it is no suggestion. One that contains the
 * other (天然气 in 天然气（自备）) ranks behind a single slip. */
static size_t rank(th_slice text, th_slice known)
{
	size_t distance = th_distance(text, known);
	if (th_near(text, distance))
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

/* The shipped activity that a newly declared one is one slip away from. Names that users declare may be as alike as they
 * want: 2022 and 2023 of the same thing. */
th_slice th_nearest_activity(const th_reference *r, th_slice text)
{
	const th_names *names = &r->index->activity;
	for (uint32_t key = 0; key < names->key.count; key++) {
		th_slice known = th_intern_text(&names->key, key);
		const th_activity *activity = &r->activity[names->owner[key].number];
		if (!activity->declared && one_slip(text, known) && th_utf8_length(known) > 3)
			return activity->id;
	}
	return (th_slice){"", 0};
}

void th_suggest_activities(const th_reference *r, th_slice text, size_t most, th_lang lang, th_buf *out)
{
	const th_names *names = &r->index->activity;
	struct best best = {.most = most < BEST ? most : BEST};
	for (uint32_t key = 0; key < names->key.count; key++)
		offer(&best, rank(text, th_intern_text(&names->key, key)), names->owner[key].number);
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
