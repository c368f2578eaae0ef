/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sorting many long lines in little room: pointers are merged, and then each line moves once. qsort would take as much memory again. */

#include "account/quality.h"

#include <stdlib.h>

typedef int compare_fn(const void *a, const void *b);

/* Two sorted runs, [from, middle) and [middle, to), into one. */
static void merge(const th_seen_line **list, const th_seen_line **to, size_t from, size_t middle, size_t end, compare_fn *compare)
{
	size_t a = from, b = middle;
	if (compare(list[middle - 1], list[middle]) <= 0) {
		memcpy(to + from, list + from, (end - from) * sizeof(const th_seen_line *));
		return;
	}
	for (size_t n = from; n < end; n++)
		to[n] = b == end || (a < middle && compare(list[a], list[b]) <= 0) ? list[a++] : list[b++];
}

/* Runs of 1, 2, 4 ... lines; the list that has them all is *list in the end. */
static void sort(const th_seen_line **list[2], size_t count, compare_fn *compare)
{
	for (size_t run = 1; run < count; run *= 2) {
		for (size_t from = 0; from < count; from += 2 * run) {
			size_t middle = from + run < count ? from + run : count, end = middle + run < count ? middle + run : count;
			if (middle < end)
				merge(list[0], list[1], from, middle, end, compare);
			else
				memcpy(list[1] + from, list[0] + from, (end - from) * sizeof(const th_seen_line *));
		}
		const th_seen_line **other = list[0];
		list[0] = list[1];
		list[1] = other;
	}
}

/* To place i goes the line that list[i] points to: round each circle of places once. */
static void move(th_seen_line *line, const th_seen_line **list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!list[i] || list[i] == &line[i])
			continue;
		th_seen_line first = line[i];
		size_t at = i;
		for (;;) {
			size_t from = (size_t)(list[at] - line);
			list[at] = NULL;
			if (from == i)
				break;
			line[at] = line[from];
			at = from;
		}
		line[at] = first;
	}
}

bool th_seen_sort(th_seen_line *line, size_t lines, int (*compare)(const void *a, const void *b))
{
	const th_seen_line **list[2] = {th_calloc(lines, sizeof(const th_seen_line *)), th_calloc(lines, sizeof(const th_seen_line *))};
	bool ok = list[0] && list[1];
	for (size_t i = 0; ok && i < lines; i++)
		list[0][i] = &line[i];
	if (ok) {
		sort(list, lines, compare);
		move(line, list[0], lines);
	}
	free(list[0]);
	free(list[1]);
	return ok;
}
