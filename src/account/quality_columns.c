/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines that are one by all that is read of them, and that a column tells apart that is not read: two meters without a name, whose series is
 * then one, or a line entered twice with another number. */

#include "account/quality.h"

#include <stdlib.h>

static void key_of_reading(const th_seen_line *line, uint64_t key[2])
{
	key[0] = line->alike;
	key[1] = line->order;
}

static void key_of_place(const th_seen_line *line, uint64_t key[2])
{
	key[0] = line->order;
	key[1] = 0;
}

static int by_name(const void *a, const void *b)
{
	return th_slice_cmp(*(const th_slice *)a, *(const th_slice *)b);
}

/* The names of the columns that count in one of those places, in an order of their own. False without memory. */
static bool put_names(const th_intern *names, uint16_t apart, th_buf *out)
{
	th_slice *list = th_calloc(names->count + (size_t)1, sizeof *list);
	size_t count = 0;
	th_buf_clear(out);
	for (uint32_t i = 0; list && i < names->count; i++)
		if (apart >> th_seen_slot(th_intern_text(names, i)) & 1)
			list[count++] = th_intern_text(names, i);
	if (count)
		qsort(list, count, sizeof *list, by_name);
	for (size_t i = 0; i < count; i++) {
		th_buf_str(out, i ? ", " : "");
		th_buf_slice(out, list[i]);
	}
	bool ok = list && !out->failed;
	free(list);
	return ok;
}

/* One group of lines that are read alike: which columns tell them apart. */
static void look_at(th_seen_line *line, size_t lines)
{
	unsigned apart = 0;
	for (size_t i = 1; i < lines; i++)
		for (unsigned k = 0; k < TH_SEEN_COLUMNS; k++)
			apart |= (unsigned)(line[i].column[k] != line[0].column[k]) << k;
	for (size_t i = 0; i < lines; i++)
		line[i].apart = (uint16_t)apart;
}

static bool say(th_shard *shard, const th_intern *names, const th_seen_line *line, size_t lines)
{
	th_buf text = {0};
	uint32_t caveat = 0;
	uint16_t said = 0;
	for (size_t i = 0; i < lines && caveat != TH_NONE; i++) {
		th_line space;
		const th_now now = th_seen_place(shard, line[i].order, &space);
		if (!line[i].apart)
			continue;
		if (line[i].apart != said && put_names(names, line[i].apart, &text)) {
			const th_slice arg[] = {th_buf_view(&text)};
			caveat = th_caveat_of(shard, TH_COLUMN_TELLS_APART, arg, 1);
			said = line[i].apart;
		}
		caveat = said == line[i].apart ? caveat : TH_NONE;
		th_caveat_line(shard, caveat, &now);
	}
	th_buf_free(&text);
	return caveat != TH_NONE;
}

bool th_quality_columns(th_shard *shard, const th_intern *names, th_seen_line *line, size_t lines)
{
	if (lines == 0 || names->count == 0)
		return true;
	if (!th_seen_sort(line, lines, key_of_reading, NULL))
		return false;
	for (size_t i = 0, next; i < lines; i = next) {
		for (next = i + 1; next < lines && line[next].alike == line[i].alike;)
			next++;
		look_at(line + i, next - i);
	}
	return th_seen_sort(line, lines, key_of_place, NULL) && say(shard, names, line, lines);
}
