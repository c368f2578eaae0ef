/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 柴油（购入） beside 柴油（消耗） of one site and time: what came in and what was used of it, which are one use added twice. */

#include "account/quality.h"

#include <stdlib.h>

static int by_site(const void *a, const void *b)
{
	const th_seen_line *x = a, *y = b;
	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return th_seen_by_order(a, b);
}

/* Of one activity and site, by their beginnings: which of what was bought shares a day with what was used. */
static void look_at(th_seen_line *line, size_t lines)
{
	int32_t last = INT32_MIN, next = INT32_MAX; /* the last day of those used so far, the first of those behind */
	for (size_t i = 0; i < lines; i++) {
		if (line[i].flags & TH_SEEN_BOUGHT && last >= line[i].from)
			line[i].flags |= TH_SEEN_BESIDE_USE;
		if (line[i].flags & TH_SEEN_USED && line[i].mant)
			last = line[i].to > last ? line[i].to : last;
	}
	for (size_t i = lines; i-- > 0;) {
		if (line[i].flags & TH_SEEN_BOUGHT && next <= line[i].to)
			line[i].flags |= TH_SEEN_BESIDE_USE;
		if (line[i].flags & TH_SEEN_USED && line[i].mant)
			next = line[i].from;
	}
}

static bool say_of(th_shard *shard, const th_seen_line *line)
{
	th_line space;
	const th_now now = th_seen_place(shard, line->order, &space);
	const th_slice arg[] = {line->activity->name_en, line->activity->name_zh};
	uint32_t caveat = th_caveat_of(shard, TH_BOUGHT_AND_USED, arg, sizeof arg / sizeof *arg);
	th_caveat_line(shard, caveat, &now);
	return caveat != TH_NONE;
}

/* Does any line say that it was bought, and another that it was used? Of most files none does. */
static bool has_both(const th_seen_line *line, size_t lines)
{
	unsigned flags = 0;
	for (size_t i = 0; i < lines; i++)
		flags |= line[i].flags;
	return flags & TH_SEEN_BOUGHT && flags & TH_SEEN_USED;
}

/* Of one activity, in whatever units. */
static void key_of_activity(const th_seen_line *line, uint64_t key[2])
{
	key[0] = (uint64_t)(uintptr_t)line->activity;
	key[1] = 0;
}

bool th_quality_bought(th_shard *shard, th_seen_line *line, size_t lines)
{
	if (!has_both(line, lines))
		return true;
	if (!th_seen_sort(line, lines, key_of_activity, by_site))
		return false;
	for (size_t i = 0, next; i < lines; i = next) {
		for (next = i + 1; next < lines && line[next].activity == line[i].activity && line[next].site == line[i].site;)
			next++;
		look_at(line + i, next - i);
	}
	return th_seen_say(shard, line, lines, TH_SEEN_BESIDE_USE, say_of);
}
