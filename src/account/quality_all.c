/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of all lines, however many: is one there twice, does a period overlap another of its series. Of each line a trace is kept, so
 * short that the lines of any file can be compared; where traces are many they lie in a file (io/pile.h), and memory stays flat. Which of two
 * lines came first is told by their order, so neither threads nor the order in which shards are merged show. */

#include "account/quality.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/pile.h"
#include "io/reason.h"

enum { LATELY_LINES = 1 << 10, LATELY_SPANS = 1 << 12, IN_BUCKET = 8 };

struct line_trace {
	uint64_t hash, order;
};

/* A period of one site, source and activity (their hash), and a line that has it. */
struct span {
	uint64_t what, order;
	int32_t from, to;
};

struct period_of {
	uint64_t what;
	int32_t from, to;
};

struct th_traces {
	th_pile *line, *span;
	/* What came lately, NULL before there are many: what comes again and again leaves no trace each time. */
	uint64_t *lately;          /* LATELY_LINES */
	struct period_of *lately_span; /* LATELY_SPANS */
	uint32_t identical;        /* its caveat */
};

struct th_traces *th_traces_make(void)
{
	struct th_traces *t = th_calloc(1, sizeof *t);
	if (!t)
		return NULL;
	t->line = th_pile_new(sizeof(struct line_trace));
	t->span = th_pile_new(sizeof(struct span));
	t->identical = TH_NONE;
	if (t->line && t->span)
		return t;
	th_traces_free(t);
	return NULL;
}

void th_traces_free(struct th_traces *t)
{
	if (!t)
		return;
	th_pile_free(t->line);
	th_pile_free(t->span);
	free(t->lately);
	free(t->lately_span);
	free(t);
}

void th_traces_merge(struct th_traces *into, struct th_traces *from)
{
	th_pile_join(into->line, from->line);
	th_pile_join(into->span, from->span);
	from->line = from->span = NULL;
}

/* --- while lines are read --- */

bool th_trace_failed(th_shard *shard, int error)
{
	if (error != ENOMEM && error != ECANCELED)
		(void)th_report_system(shard->diags, TH_SOURCE_SCRATCH, (th_pos){NULL, 0, 0, NULL}, error);
	return false;
}

static uint32_t identical(th_shard *shard)
{
	uint32_t *number = &shard->traces->identical;
	if (*number == TH_NONE)
		*number = th_caveat_number(shard, TH_IDENTICAL_LINES, (char *)NULL);
	return *number;
}

bool th_trace_line(th_shard *shard, const th_now *now, uint64_t hash)
{
	struct th_traces *t = shard->traces;
	if (th_pile_large(t->line)) {
		if (!t->lately && !(t->lately = th_calloc(LATELY_LINES, sizeof *t->lately)))
			return false;
		uint64_t *lately = &t->lately[hash % (LATELY_LINES / 2) * 2];
		/* An earlier line of this shard: whichever is the first of all, it is not this one. */
		if (hash && (lately[0] == hash || lately[1] == hash)) {
			th_caveat_line(shard, identical(shard), now);
			return t->identical != TH_NONE;
		}
		lately[1] = lately[0];
		lately[0] = hash;
	}
	int error = th_pile_add(t->line, &(struct line_trace){hash, now->order});
	return error == 0 || th_trace_failed(shard, error);
}

static size_t place_of(uint64_t what, int32_t from, int32_t to)
{
	return (size_t)(what ^ (uint64_t)(uint32_t)from * 0x9E3779B97F4A7C15u ^ (uint64_t)(uint32_t)to * 0xC2B2AE3D27D4EB4Fu);
}

bool th_trace_span(th_shard *shard, const th_now *now, uint64_t what)
{
	struct th_traces *t = shard->traces;
	const int32_t from = now->whole.from, to = now->whole.to;
	if (th_pile_large(t->span)) {
		if (!t->lately_span && !(t->lately_span = th_calloc(LATELY_SPANS, sizeof *t->lately_span)))
			return false;
		struct period_of *lately = &t->lately_span[place_of(what, from, to) % LATELY_SPANS];
		if (lately->what == what && lately->from == from && lately->to == to)
			return true;
		*lately = (struct period_of){what, from, to};
	}
	int error = th_pile_add(t->span, &(struct span){what, now->order, from, to});
	return error == 0 || th_trace_failed(shard, error);
}

/* --- when all are there --- */

/* How many lines were found, and the first of them. */
struct found {
	size_t count;
	uint64_t order[TH_CAVEAT_LINES];
};

static void add_found(struct found *found, uint64_t order)
{
	size_t at = found->count < TH_CAVEAT_LINES ? found->count : TH_CAVEAT_LINES;
	found->count++;
	for (; at > 0 && found->order[at - 1] > order; at--)
		if (at < TH_CAVEAT_LINES)
			found->order[at] = found->order[at - 1];
	if (at < TH_CAVEAT_LINES)
		found->order[at] = order;
}

static bool say_found(th_shard *shard, const struct found *found, uint32_t number)
{
	th_caveat more = {.count = found->count};
	if (number == TH_NONE)
		return false;
	for (size_t i = 0; i < found->count && i < TH_CAVEAT_LINES; i++) {
		th_line line;
		th_now now = th_seen_place(shard, found->order[i], &line);
		more.at[i].order = now.order;
		more.at[i].file = now.file;
		more.at[i].line = line.line;
	}
	th_caveat_add(&shard->caveat[number], &more);
	return true;
}

/* What the records of a part are looked at with. */
struct look {
	struct found found;
	uint32_t *table;       /* open addressing: the number of a record + 1 */
	size_t slots, room;
	struct span *sorted;
	size_t spans;          /* room in it */
};

/* An empty table for so many records. False without memory. */
static bool clear_table(struct look *look, size_t count)
{
	for (look->slots = 64; look->slots < count * 2;)
		look->slots *= 2;
	if (look->slots > look->room) {
		free(look->table);
		look->table = th_calloc(look->slots, sizeof *look->table);
		look->room = look->table ? look->slots : 0;
	} else
		memset(look->table, 0, look->slots * sizeof *look->table);
	return look->table != NULL;
}

static bool find_identical(void *context, void *records, size_t count)
{
	struct look *look = context;
	struct line_trace *trace = records;
	if (!clear_table(look, count))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t at = (size_t)trace[i].hash & (look->slots - 1);
		while (look->table[at] && trace[look->table[at] - 1].hash != trace[i].hash)
			at = (at + 1) & (look->slots - 1);
		if (look->table[at] == 0) {
			look->table[at] = (uint32_t)i + 1;
			continue;
		}
		uint64_t *first = &trace[look->table[at] - 1].order, order = trace[i].order;
		add_found(&look->found, order > *first ? order : *first);
		*first = order < *first ? order : *first;
	}
	return true;
}

/* Each period once, with the first line that has it, in front. */
static size_t keep_each_once(struct look *look, struct span *span, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		const struct span s = span[i];
		size_t at = place_of(s.what, s.from, s.to) & (look->slots - 1);
		struct span *same = NULL;
		while (look->table[at] && !same) {
			struct span *other = &span[look->table[at] - 1];
			same = other->what == s.what && other->from == s.from && other->to == s.to ? other : NULL;
			at = same ? at : (at + 1) & (look->slots - 1);
		}
		if (same) {
			same->order = s.order < same->order ? s.order : same->order;
			continue;
		}
		span[kept++] = s;
		look->table[at] = (uint32_t)kept;
	}
	return kept;
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

/* Those of one series together, each in its order of time: into buckets by their hash, then each bucket. Into look->sorted; the table is used up. */
static bool sort_spans(struct look *look, const struct span *span, size_t count)
{
	size_t buckets = look->slots / IN_BUCKET - 1; /* of the table, with one place more than there are buckets */
	uint32_t *end = look->table;
	if (count > look->spans) {
		free(look->sorted);
		look->sorted = th_calloc(count, sizeof *look->sorted);
		look->spans = look->sorted ? count : 0;
	}
	if (!look->sorted)
		return false;
	memset(end, 0, (buckets + 1) * sizeof *end);
	for (size_t i = 0; i < count; i++)
		end[span[i].what % buckets + 1]++;
	for (size_t b = 1; b < buckets; b++)
		end[b] += end[b - 1];
	for (size_t i = 0; i < count; i++)
		look->sorted[end[span[i].what % buckets]++] = span[i];
	for (size_t b = 0, from = 0; b < buckets; from = end[b++])
		if (end[b] - from > 1)
			qsort(look->sorted + from, end[b] - from, sizeof *look->sorted, by_what_and_time);
	return true;
}

static bool find_overlaps(void *context, void *records, size_t count)
{
	struct look *look = context;
	int32_t reach = 0, from = 0; /* how far the periods so far go, and where the one begins that goes so far */
	uint64_t what = 0;
	if (!clear_table(look, count))
		return false;
	count = keep_each_once(look, records, count);
	if (!sort_spans(look, records, count))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct span s = look->sorted[i];
		bool same = i > 0 && what == s.what, overlaps = same && s.from <= reach;
		if (overlaps && s.from == reach && s.to > s.from && from < reach)
			overlaps = false; /* the day of a reading ends one bill and begins the next */
		what = s.what;
		if (!same || s.to >= reach) {
			reach = s.to;
			from = s.from;
		}
		if (overlaps)
			add_found(&look->found, s.order);
	}
	return true;
}

/* What `find` finds in all of them becomes the caveat. */
static bool ask(th_shard *shard, th_pile *pile, bool (*find)(void *context, void *records, size_t count), th_code code)
{
	struct look look = {0};
	int error = th_pile_each(pile, find, &look);
	free(look.table);
	free(look.sorted);
	if (error != 0)
		return th_trace_failed(shard, error);
	return look.found.count == 0 || say_found(shard, &look.found, th_caveat_number(shard, code, (char *)NULL));
}

bool th_traces_finish(th_shard *shard)
{
	return ask(shard, shard->traces->line, find_identical, TH_IDENTICAL_LINES) && ask(shard, shard->traces->span, find_overlaps, TH_OVERLAPPING_PERIODS);
}
