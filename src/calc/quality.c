/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a careful reader would ask about the lines: the same one twice, a year and its months side by side, corrections. Memory is bounded: past
 * the bounds the question is no longer asked, and the report says so. */

#include <stdlib.h>

#include "calc/run.h"

enum { MOST_LINES = 1 << 19, MOST_SPANS = 1 << 16 };

struct span {
	uint32_t what;
	int32_t from, to;
	size_t line;
	const char *file;
};

struct th_seen {
	uint64_t *hash; /* open addressing, 0 is free */
	size_t lines;
	bool lines_full, spans_full;
	th_intern what, key;
	struct span *span;
	uint32_t room;
	uint32_t identical, negative;
};

bool th_quality_new(th_run *run)
{
	struct th_seen *seen = calloc(1, sizeof *seen);
	if (!seen)
		return false;
	run->seen = seen;
	seen->identical = seen->negative = TH_NONE;
	seen->hash = calloc((size_t)MOST_LINES * 2, sizeof *seen->hash);
	return seen->hash != NULL;
}

void th_quality_free(th_run *run)
{
	if (!run->seen)
		return;
	th_intern_free(&run->seen->what);
	th_intern_free(&run->seen->key);
	free(run->seen->hash);
	free(run->seen->span);
	free(run->seen);
}

static void identical(th_run *run, const th_now *now)
{
	struct th_seen *seen = run->seen;
	if (seen->lines == MOST_LINES) {
		seen->lines_full = true;
		return;
	}
	uint64_t hash = th_hash(now->line->raw.ptr, now->line->raw.len);
	hash += hash == 0;
	size_t mask = (size_t)MOST_LINES * 2 - 1, at = (size_t)hash & mask;
	while (seen->hash[at] && seen->hash[at] != hash)
		at = (at + 1) & mask;
	if (seen->hash[at]) {
		if (seen->identical == TH_NONE)
			seen->identical = th_caveat_number(run, TH_IDENTICAL_LINES, (char *)NULL);
		th_caveat_count(run, seen->identical, now->file, now->line->line);
		return;
	}
	seen->hash[at] = hash;
	seen->lines++;
}

static bool remember_span(th_run *run, const th_now *now, const th_plan *plan)
{
	struct th_seen *seen = run->seen;
	if (seen->key.count >= MOST_SPANS) {
		seen->spans_full = true;
		return true;
	}
	th_buf_clear(&run->key);
	th_buf_slice(&run->key, now->line->cell[TH_COL_SITE]);
	th_buf_char(&run->key, '\x1f');
	th_buf_slice(&run->key, now->line->cell[TH_COL_SOURCE]);
	th_buf_char(&run->key, '\x1f');
	th_buf_slice(&run->key, plan->activity->id);
	if (run->key.failed)
		return false;
	struct { uint32_t what; int32_t from, to; } key = {th_intern_put(&seen->what, th_buf_view(&run->key)), now->period.from, now->period.to};
	uint32_t before = seen->key.count, number = key.what == TH_NONE ? TH_NONE : th_intern_put(&seen->key, (th_slice){(const char *)&key, sizeof key});
	if (number == TH_NONE)
		return false;
	if (number < before)
		return true;
	if (number >= seen->room) {
		uint32_t room = seen->room ? seen->room * 2 : 256;
		struct span *grown = realloc(seen->span, room * sizeof *grown);
		if (!grown)
			return false;
		seen->span = grown;
		seen->room = room;
	}
	seen->span[number] = (struct span){key.what, key.from, key.to, now->line->line, now->file};
	return true;
}

void th_quality_line(th_run *run, const th_now *now, const th_plan *plan)
{
	identical(run, now);
	if (!remember_span(run, now, plan))
		run->entry_status = TH_SYSTEM;
}

static int by_what_and_time(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	if (x->what != y->what)
		return x->what < y->what ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to < y->to) - (x->to > y->to); /* the longer one first */
}

bool th_quality_finish(th_run *run)
{
	struct th_seen *seen = run->seen;
	uint32_t overlap = TH_NONE, count = seen->key.count;
	if (count)
		qsort(seen->span, count, sizeof *seen->span, by_what_and_time);
	int32_t reach = 0;
	for (uint32_t i = 0; i < count; i++) {
		const struct span *s = &seen->span[i];
		bool same = i > 0 && seen->span[i - 1].what == s->what;
		if (same && s->from <= reach) {
			if (overlap == TH_NONE)
				overlap = th_caveat_number(run, TH_OVERLAPPING_PERIODS, (char *)NULL);
			th_caveat_count(run, overlap, s->file, s->line);
		}
		reach = same && reach > s->to ? reach : s->to;
	}
	if (seen->lines_full || seen->spans_full)
		th_caveat_count(run, th_caveat_number(run, TH_CHECKS_BOUNDED, (char *)NULL), NULL, 0);
	return run->entry_status != TH_SYSTEM;
}
