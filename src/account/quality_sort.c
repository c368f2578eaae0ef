/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sorting many long lines in little room: keys and pointers are merged, and then each line moves once. qsort would take as much memory again, and
 * fetch two lines for each comparison. */

#include "account/quality.h"

#include <stdlib.h>

typedef int compare_fn(const void *a, const void *b);

struct row {
	uint64_t key[2];
	const th_seen_line *line;
};

/* Is a not behind b? The lines themselves are asked only where their keys are the same. */
static inline bool goes_first(const struct row *a, const struct row *b, compare_fn *compare)
{
	if (a->key[0] != b->key[0])
		return a->key[0] < b->key[0];
	if (a->key[1] != b->key[1])
		return a->key[1] < b->key[1];
	return !compare || compare(a->line, b->line) <= 0;
}

/* Two sorted runs, [from, middle) and [middle, end), into one. */
static void merge(const struct row *list, struct row *to, size_t from, size_t middle, size_t end, compare_fn *compare)
{
	size_t a = from, b = middle;
	if (goes_first(&list[middle - 1], &list[middle], compare)) {
		memcpy(to + from, list + from, (end - from) * sizeof *list);
		return;
	}
	for (size_t n = from; n < end; n++)
		to[n] = b == end || (a < middle && goes_first(&list[a], &list[b], compare)) ? list[a++] : list[b++];
}

/* Runs of 1, 2, 4 ... lines; the list that has them all is list[0] in the end. */
static void sort(struct row *list[2], size_t count, compare_fn *compare)
{
	for (size_t run = 1; run < count; run *= 2) {
		for (size_t from = 0; from < count; from += 2 * run) {
			size_t middle = from + run < count ? from + run : count, end = middle + run < count ? middle + run : count;
			if (middle < end)
				merge(list[0], list[1], from, middle, end, compare);
			else
				memcpy(list[1] + from, list[0] + from, (end - from) * sizeof *list[0]);
		}
		struct row *other = list[0];
		list[0] = list[1];
		list[1] = other;
	}
}

/* To place i goes the line of list[i]: round each circle of places once. */
static void move(th_seen_line *line, struct row *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!list[i].line || list[i].line == &line[i])
			continue;
		th_seen_line first = line[i];
		size_t at = i;
		for (;;) {
			size_t from = (size_t)(list[at].line - line);
			list[at].line = NULL;
			if (from == i)
				break;
			line[at] = line[from];
			at = from;
		}
		line[at] = first;
	}
}

bool th_seen_sort(th_seen_line *line, size_t lines, void (*key)(const th_seen_line *line, uint64_t key[2]), int (*compare)(const void *a, const void *b))
{
	struct row *list[2] = {th_calloc(lines, sizeof *list[0]), th_calloc(lines, sizeof *list[0])};
	bool ok = list[0] && list[1];
	for (size_t i = 0; ok && i < lines; i++) {
		list[0][i].line = &line[i];
		key(&line[i], list[0][i].key);
	}
	if (ok) {
		sort(list, lines, compare);
		move(line, list[0], lines);
	}
	free(list[0]);
	free(list[1]);
	return ok;
}

static int by_order(const void *a, const void *b)
{
	return th_seen_by_order(*(const th_seen_line *const *)a, *(const th_seen_line *const *)b);
}

bool th_seen_say(th_shard *shard, const th_seen_line *line, size_t lines, unsigned flags, bool (*say)(th_shard *shard, const th_seen_line *line))
{
	size_t count = 0;
	for (size_t i = 0; i < lines; i++)
		count += (line[i].flags & flags) != 0;
	const th_seen_line **list = th_calloc(count, sizeof(const th_seen_line *));
	bool ok = list != NULL;
	count = 0;
	for (size_t i = 0; ok && i < lines; i++)
		if (line[i].flags & flags)
			list[count++] = &line[i];
	if (count)
		qsort(list, count, sizeof(const th_seen_line *), by_order);
	for (size_t i = 0; i < count && ok; i++)
		ok = say(shard, list[i]);
	free(list);
	return ok;
}
