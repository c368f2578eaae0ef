/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a careful reader would ask about the lines: the same one twice, a year and its months side by side, corrections. Memory is bounded: past
 * the bounds the question is no longer asked, and the report says so. */

#include <stdlib.h>

#include "account/run.h"

enum { MOST_LINES = 1 << 18, MOST_SPANS = 1 << 16, FIRST_SPANS = 1 << 10 };

/* A period of one site, source and activity (their hash; 0 is a free slot). */
struct span {
	uint64_t what;
	int32_t from, to;
	size_t input, line;
	const char *file;
};

struct th_seen {
	uint64_t *hash; /* open addressing, 0 is free */
	size_t lines;
	bool lines_full, spans_full;
	struct span *span; /* open addressing */
	size_t spans, slots;
	uint32_t identical;
};

bool th_quality_new(th_run *run)
{
	struct th_seen *seen = th_calloc(1, sizeof *seen);
	if (!seen)
		return false;
	run->seen = seen;
	seen->identical = TH_NONE;
	seen->slots = FIRST_SPANS;
	seen->hash = th_calloc((size_t)MOST_LINES * 2, sizeof *seen->hash);
	seen->span = th_calloc(seen->slots, sizeof *seen->span);
	return seen->hash && seen->span;
}

void th_quality_free(th_run *run)
{
	if (!run->seen)
		return;
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

/* The slot of a period, or the free one where it belongs. */
static struct span *slot_of(struct span *table, size_t slots, uint64_t what, int32_t from, int32_t to)
{
	size_t at = (size_t)(what ^ (uint64_t)(uint32_t)from * 0x9E3779B97F4A7C15u ^ (uint64_t)(uint32_t)to * 0xC2B2AE3D27D4EB4Fu) & (slots - 1);
	while (table[at].what && !(table[at].what == what && table[at].from == from && table[at].to == to))
		at = (at + 1) & (slots - 1);
	return &table[at];
}

static bool widen(struct th_seen *seen)
{
	size_t slots = seen->slots * 2;
	struct span *table = th_calloc(slots, sizeof *table);
	if (!table)
		return false;
	for (size_t i = 0; i < seen->slots; i++)
		if (seen->span[i].what)
			*slot_of(table, slots, seen->span[i].what, seen->span[i].from, seen->span[i].to) = seen->span[i];
	free(seen->span);
	seen->span = table;
	seen->slots = slots;
	return true;
}

static bool remember_span(th_run *run, const th_now *now, const th_recipe *recipe)
{
	struct th_seen *seen = run->seen;
	if (seen->spans_full)
		return true;
	th_buf_clear(&run->key);
	th_buf_slice(&run->key, now->line->cell[TH_COL_SITE]);
	th_buf_char(&run->key, '\x1f');
	th_buf_slice(&run->key, now->line->cell[TH_COL_SOURCE]);
	th_buf_char(&run->key, '\x1f');
	th_buf_slice(&run->key, recipe->activity->id);
	if (run->key.failed || (seen->spans * 2 >= seen->slots && !widen(seen)))
		return false;
	uint64_t what = th_hash(run->key.ptr, run->key.len);
	what += what == 0;
	struct span *span = slot_of(seen->span, seen->slots, what, now->period.from, now->period.to);
	if (span->what)
		return true;
	if (seen->spans == MOST_SPANS) {
		seen->spans_full = true;
		return true;
	}
	*span = (struct span){what, now->period.from, now->period.to, run->account->inputs, now->line->line, now->file};
	seen->spans++;
	return true;
}

void th_quality_line(th_run *run, const th_now *now, const th_recipe *recipe)
{
	identical(run, now);
	if (!remember_span(run, now, recipe))
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

static int by_place(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	if (x->input != y->input)
		return x->input < y->input ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

bool th_quality_finish(th_run *run)
{
	struct th_seen *seen = run->seen;
	size_t count = 0, found = 0;
	for (size_t i = 0; i < seen->slots; i++)
		if (seen->span[i].what)
			seen->span[count++] = seen->span[i];
	if (count)
		qsort(seen->span, count, sizeof *seen->span, by_what_and_time);
	int32_t reach = 0;
	uint64_t what = 0;
	for (size_t i = 0; i < count; i++) {
		const struct span *s = &seen->span[i];
		bool same = i > 0 && what == s->what;
		bool overlaps = same && s->from <= reach;
		what = s->what;
		reach = same && reach > s->to ? reach : s->to;
		if (overlaps)
			seen->span[found++] = *s;
	}
	/* The table's order is a hash's; the report's is the input's. */
	qsort(seen->span, found, sizeof *seen->span, by_place);
	for (size_t i = 0; i < found; i++)
		th_caveat_count(run, th_caveat_number(run, TH_OVERLAPPING_PERIODS, (char *)NULL), seen->span[i].file, seen->span[i].line);
	if (seen->lines_full || seen->spans_full)
		th_caveat_count(run, th_caveat_number(run, TH_CHECKS_BOUNDED, (char *)NULL), NULL, 0);
	return run->entry_status != TH_SYSTEM;
}
