/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What measures say of each other: which they require, and which they exclude. */

#include "base/list.h"
#include "base/near.h"
#include "case/measure.h"

/* A table may say no more than so many of these words: what follows from them is looked for one by one. */
enum { MOST_LINKS = 10000 };

typedef struct linking {
	th_measures *all;
	th_arena *arena;
	th_diags *diags;
	th_intern id;
	size_t *first;             /* by number of the id: its measure */
	size_t links;
	size_t *mark, *queue;      /* rooms for walks, one of each for a measure */
	size_t *from;              /* by measure: where a walk came from; later, the walk that was the first of two */
	size_t walk;               /* number of the last one, from 1 */
	bool failed;               /* memory was lacking */
	th_status status;
} linking;

static const char *text_of(linking *k, th_slice text)
{
	th_slice copy = th_arena_copy(k->arena, text);
	k->failed |= !copy.ptr;
	return copy.ptr ? copy.ptr : "";
}

static const char *id_of(linking *k, size_t i)
{
	return text_of(k, k->all->measure[i].id);
}

static th_pos place(const linking *k, size_t i, const th_measure_links *links, const char *name)
{
	return (th_pos){k->all->path, k->all->measure[i].line, links->column, name};
}

static void worse(linking *k, th_status status)
{
	if (status > k->status)
		k->status = status;
}

/* --- the ids of a cell --- */

static bool find(const linking *k, th_slice id, size_t *out)
{
	uint32_t number = th_intern_find(&k->id, id);
	if (number != TH_NONE)
		*out = k->first[number];
	return number != TH_NONE;
}

static void unknown(linking *k, size_t i, const th_measure_links *links, const char *column, th_slice id)
{
	th_near_name near = {.text = id};
	for (size_t m = 0; m < k->all->count && th_diags_takes(k->diags, TH_MEASURE_LINK, k->all->path); m++)
		th_near_offer(&near, k->all->measure[m].id);
	worse(k, th_report(k->diags, TH_MEASURE_LINK, place(k, i, links, column), text_of(k, id), text_of(k, th_near_found(&near)), (char *)NULL));
}

static void add(linking *k, size_t i, th_measure_links *links, const char *column, th_slice id)
{
	size_t other;
	if (!find(k, id, &other)) {
		unknown(k, i, links, column, id);
		return;
	}
	for (size_t n = 0; n < links->count; n++)
		if (links->measure[n] == other)
			return;
	size_t *grown = th_grown_in(k->arena, links->measure, links->count, sizeof *grown);
	k->failed |= !grown;
	if (!grown)
		return;
	links->measure = grown;
	grown[links->count++] = other;
	k->links++;
}

/* An id may hold a sign that stands between ids: the whole cell goes first. */
static void read_cell(linking *k, size_t i, th_measure_links *links, const char *column)
{
	static const char *const signs[] = {";", "；", "、", ",", "，", "\n"};
	th_slice rest = links->text, id;
	size_t other;
	if (th_says_nothing(rest))
		return;
	if (find(k, rest, &other)) {
		add(k, i, links, column, rest);
		return;
	}
	while (!k->failed && k->links <= MOST_LINKS && th_slice_split_any(&rest, signs, sizeof signs / sizeof *signs, &id))
		if (id.len)
			add(k, i, links, column, id);
}

/* --- circles --- */

/* M1 → M2 → M1, along the ways that were walked. */
static void say_circle(linking *k, size_t last, size_t start)
{
	th_buf text = {0};
	size_t steps = 0, at = last;
	for (k->queue[steps++] = start; at != start; at = k->from[at])
		k->queue[steps++] = at;
	th_buf_slice(&text, k->all->measure[start].id);
	while (steps-- > 1) {
		th_buf_str(&text, " → ");
		th_buf_slice(&text, k->all->measure[k->queue[steps]].id);
	}
	th_buf_str(&text, " → ");
	th_buf_slice(&text, k->all->measure[start].id);
	const char *chain = text_of(k, th_buf_view(&text));
	k->failed |= text.failed;
	th_buf_free(&text);
	worse(k, th_report(k->diags, TH_MEASURE_CIRCLE, place(k, start, &k->all->measure[start].requires, "requires"), chain, (char *)NULL));
}

/* Does a walk along `requires` from a measure lead back to it, over measures behind it in the table alone? So each circle is found once, at its first
 * measure. */
static bool returns(linking *k, size_t start, size_t *last)
{
	size_t count = 0;
	k->walk++;
	k->queue[count++] = start;
	for (size_t at = 0; at < count; at++) {
		const th_measure_links *links = &k->all->measure[k->queue[at]].requires;
		for (size_t n = 0; n < links->count; n++) {
			size_t next = links->measure[n];
			*last = k->queue[at];
			if (next == start)
				return true;
			if (next < start || k->mark[next] == k->walk)
				continue;
			k->mark[next] = k->walk;
			k->from[next] = k->queue[at];
			k->queue[count++] = next;
		}
	}
	return false;
}

static void circles(linking *k)
{
	size_t last;
	for (size_t i = 0; i < k->all->count && !k->failed; i++)
		if (k->all->measure[i].requires.count && returns(k, i, &last))
			say_circle(k, last, i);
}

/* --- contradictions --- */

typedef struct users {
	size_t *measure, *start; /* of i: measure[start[i]] up to measure[start[i + 1]], those that name it in `requires` */
} users;

static bool list_users(linking *k, users *u)
{
	size_t n = k->all->count;
	u->start = th_arena_alloc(k->arena, n + 2, sizeof *u->start);
	u->measure = th_arena_alloc(k->arena, k->links + 1, sizeof *u->measure);
	if (!u->start || !u->measure)
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t l = 0; l < k->all->measure[i].requires.count; l++)
			u->start[k->all->measure[i].requires.measure[l] + 2]++;
	for (size_t i = 2; i < n + 2; i++)
		u->start[i] += u->start[i - 1];
	for (size_t i = 0; i < n; i++)
		for (size_t l = 0; l < k->all->measure[i].requires.count; l++)
			u->measure[u->start[k->all->measure[i].requires.measure[l] + 1]++] = i;
	return true;
}

/* Walk to a measure and all that rest on it, which then stand in the queue; their number. */
static size_t walk_users(linking *k, const users *u, size_t measure)
{
	size_t count = 0;
	k->walk++;
	k->mark[measure] = k->walk;
	k->queue[count++] = measure;
	for (size_t at = 0; at < count; at++)
		for (size_t n = u->start[k->queue[at]]; n < u->start[k->queue[at] + 1]; n++)
			if (k->mark[u->measure[n]] != k->walk) {
				k->mark[u->measure[n]] = k->walk;
				k->queue[count++] = u->measure[n];
			}
	return count;
}

static bool rests_on_one(const linking *k, size_t measure, const bool *both)
{
	const th_measure_links *links = &k->all->measure[measure].requires;
	bool any = false;
	for (size_t n = 0; n < links->count; n++)
		any |= both[links->measure[n]];
	return any;
}

/* The measures that rest on both of two, of which one excludes the other; of these, those that rest on no other of them. `both` is all false. */
static void contradicts(linking *k, const users *u, size_t one, size_t other, bool *both)
{
	size_t count = walk_users(k, u, one);
	for (size_t at = 0; at < count; at++)
		k->from[k->queue[at]] = k->walk;
	const size_t first = k->walk;
	count = walk_users(k, u, other);
	for (size_t at = 0; at < count; at++)
		both[k->queue[at]] = k->from[k->queue[at]] == first;
	for (size_t at = 0; at < count; at++) {
		const size_t i = k->queue[at];
		const th_measure *m = &k->all->measure[i];
		const th_pos pos = i == one ? place(k, i, &m->excludes, "excludes") : place(k, i, &m->requires, "requires");
		if (both[i] && !rests_on_one(k, i, both))
			worse(k, th_report(k->diags, TH_MEASURE_CONTRADICTS, pos, id_of(k, i), id_of(k, one), id_of(k, other), (char *)NULL));
	}
	for (size_t at = 0; at < count; at++)
		both[k->queue[at]] = false;
}

/* Has the other one said it already? */
static bool said_before(const linking *k, size_t one, size_t other)
{
	const th_measure_links *links = &k->all->measure[other].excludes;
	bool said = false;
	for (size_t n = 0; n < links->count; n++)
		said |= links->measure[n] == one && other < one;
	return said;
}

static void contradictions(linking *k)
{
	users u;
	bool *both = th_arena_alloc(k->arena, k->all->count + 1, sizeof *both);
	k->failed |= !both || !list_users(k, &u);
	for (size_t i = 0; i < k->all->count; i++)
		k->from[i] = 0;
	for (size_t i = 0; i < k->all->count && !k->failed; i++) {
		const th_measure_links *links = &k->all->measure[i].excludes;
		for (size_t n = 0; n < links->count; n++)
			if (!said_before(k, i, links->measure[n]))
				contradicts(k, &u, i, links->measure[n], both);
	}
}

/* --- all of them --- */

static bool rooms(linking *k)
{
	size_t n = k->all->count + 1;
	k->first = th_arena_alloc(k->arena, n, sizeof *k->first);
	k->mark = th_arena_alloc(k->arena, n, sizeof *k->mark);
	k->queue = th_arena_alloc(k->arena, n + 1, sizeof *k->queue);
	k->from = th_arena_alloc(k->arena, n, sizeof *k->from);
	return k->first && k->mark && k->queue && k->from;
}

static bool number_ids(linking *k)
{
	for (size_t i = 0; i < k->all->count; i++) {
		uint32_t known = k->id.count, number = th_intern_add(&k->id, k->all->measure[i].id);
		if (number == TH_NONE)
			return false;
		if (number == known) /* one that stands twice was reported */
			k->first[number] = i;
	}
	return true;
}

static void link_all(linking *k)
{
	for (size_t i = 0; i < k->all->count && !k->failed && k->links <= MOST_LINKS; i++) {
		read_cell(k, i, &k->all->measure[i].requires, "requires");
		read_cell(k, i, &k->all->measure[i].excludes, "excludes");
	}
	if (k->links > MOST_LINKS)
		worse(k, th_report(k->diags, TH_MEASURE_LINKS, (th_pos){k->all->path, 1, 1, NULL}, "10,000", (char *)NULL));
	if (k->failed || k->status != TH_OK || !k->links)
		return;
	circles(k);
	if (!k->failed && k->status == TH_OK)
		contradictions(k);
}

th_status th_measures_link(th_measures *measures, th_arena *arena, th_diags *diags)
{
	linking k = {.all = measures, .arena = arena, .diags = diags};
	bool any = false;
	for (size_t i = 0; i < measures->count; i++)
		any |= measures->measure[i].requires.text.len || measures->measure[i].excludes.text.len;
	if (!any)
		return TH_OK;
	k.failed = !rooms(&k) || !number_ids(&k);
	if (!k.failed)
		link_all(&k);
	th_intern_free(&k.id);
	return k.failed ? th_no_memory(diags) : k.status;
}
