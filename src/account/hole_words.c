/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is missing, in words: a gap, the line that would fill it, the caveats of a series. */

#include "account/frame.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"

enum { MOST_NAMED = 24 };

static bool ends_month(int32_t day)
{
	int y, m, d;
	th_day_split(day + 1, &y, &m, &d);
	return d == 1;
}

void th_put_gap(th_buf *out, const th_gap *gap)
{
	int y, m, d, y2, m2, d2;
	th_day_split(gap->from, &y, &m, &d);
	th_day_split(gap->to, &y2, &m2, &d2);
	if (d != 1 || !ends_month(gap->to)) {
		th_buf_printf(out, "%04d-%02d-%02d", y, m, d);
		if (gap->to > gap->from)
			th_buf_printf(out, "/%04d-%02d-%02d", y2, m2, d2);
	} else if (m == 1 && m2 == 12 && y == y2)
		th_buf_printf(out, "%04d", y);
	else {
		th_buf_printf(out, "%04d-%02d", y, m);
		if (y != y2 || m != m2)
			th_buf_printf(out, "/%04d-%02d", y2, m2);
	}
}

static void put_cell(th_buf *out, th_slice cell)
{
	bool quoted = cell.len && (memchr(cell.ptr, ',', cell.len) || memchr(cell.ptr, '"', cell.len));
	if (quoted)
		th_buf_char(out, '"');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '"')
			th_buf_char(out, '"');
		th_buf_char(out, cell.ptr[i]);
	}
	if (quoted)
		th_buf_char(out, '"');
}

void th_put_hole_line(th_buf *out, const th_hole *hole)
{
	const th_slice cell[] = {hole->site, hole->source, hole->activity_text};
	th_put_gap(out, &hole->gap[0]);
	for (size_t i = 0; i < sizeof cell / sizeof *cell; i++) {
		th_buf_char(out, ',');
		put_cell(out, cell[i]);
	}
	th_buf_str(out, ",?,");
	put_cell(out, hole->unit);
}

static void put_series(th_buf *out, const th_hole *hole)
{
	th_slice part[] = {hole->site, hole->source, hole->activity_text};
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		th_buf_str(out, part[i].len && out->len ? ", " : "");
		th_buf_slice(out, part[i]);
	}
}

static uint32_t say(th_shard *shard, const th_hole *hole, th_code code, const th_slice *arg, size_t args)
{
	th_line line = {.line = hole->line};
	const th_now now = {.order = hole->order, .file = hole->file, .line = &line};
	uint32_t caveat = th_caveat_of(shard, code, arg, args);
	th_caveat_line(shard, caveat, &now);
	return caveat;
}

/* Lines on days on which the facts say that the site was not in use: one of the two is wrong. */
bool th_say_out_of_use(th_shard *shard, const th_hole *hole, const th_gap *used)
{
	th_buf name = {0}, days = {0};
	put_series(&name, hole);
	th_put_gap(&days, used);
	const th_slice arg[] = {th_buf_view(&name), th_buf_view(&days)};
	bool ok = !name.failed && !days.failed && say(shard, hole, TH_USED_WHEN_OUT_OF_USE, arg, 2) != TH_NONE;
	th_buf_free(&name);
	th_buf_free(&days);
	return ok;
}

/* The days missing that facts excuse: those outside of the use of the site. */
bool th_say_excused(th_shard *shard, const th_hole *hole, int32_t from, int32_t until)
{
	th_buf name = {0}, days = {0};
	size_t named = 0;
	for (size_t i = 0; i < hole->gaps; i++) {
		const th_gap gap = hole->gap[i], part[] = {{gap.from, gap.to < from ? gap.to : from - (from > TH_DAY_MIN)}, {gap.from > until ? gap.from : until + (until < TH_DAY_MAX), gap.to}};
		for (size_t k = 0; k < 2; k++)
			if (part[k].from <= part[k].to && named++ < MOST_NAMED) {
				th_buf_str(&days, named > 1 ? ", " : "");
				th_put_gap(&days, &part[k]);
			}
	}
	put_series(&name, hole);
	const th_slice arg[] = {th_buf_view(&name), th_buf_view(&days)};
	bool ok = !name.failed && !days.failed && (named == 0 || say(shard, hole, TH_MONTHS_EXCUSED, arg, 2) != TH_NONE);
	th_buf_free(&name);
	th_buf_free(&days);
	return ok;
}

static void put_year(th_buf *out, int year)
{
	if (year)
		th_buf_printf(out, "%d", year);
}

static void put_gaps(th_buf *out, const th_hole *hole)
{
	for (size_t i = 0; i < hole->gaps && i < MOST_NAMED; i++) {
		th_buf_str(out, i ? ", " : "");
		th_put_gap(out, &hole->gap[i]);
	}
	if (hole->gaps > MOST_NAMED)
		th_buf_printf(out, ", ... (%zu)", hole->gaps);
}

bool th_say_years_missing(th_shard *shard, const th_hole *hole)
{
	th_buf name = {0}, missing = {0};
	put_series(&name, hole);
	put_gaps(&missing, hole);
	const th_slice arg[] = {th_buf_view(&name), th_buf_view(&missing)};
	bool ok = !name.failed && !missing.failed && say(shard, hole, TH_YEARS_MISSING, arg, 2) != TH_NONE;
	th_buf_free(&name);
	th_buf_free(&missing);
	return ok;
}

bool th_say_hole(th_shard *shard, const th_hole *hole)
{
	th_buf name = {0}, missing = {0}, paste = {0}, begins = {0}, ends = {0};
	put_series(&name, hole);
	put_gaps(&missing, hole);
	th_put_hole_line(&paste, hole);
	put_year(&begins, hole->begins);
	put_year(&ends, hole->ends);
	bool ok = !name.failed && !missing.failed && !paste.failed && !begins.failed && !ends.failed;
	const th_slice arg[] = {th_buf_view(&name), th_buf_view(&missing), th_buf_view(&paste), th_buf_view(&begins), th_buf_view(&ends)};
	ok = ok && say(shard, hole, TH_MONTHS_MISSING, arg, sizeof arg / sizeof *arg) != TH_NONE;
	th_buf_free(&name);
	th_buf_free(&missing);
	th_buf_free(&paste);
	th_buf_free(&begins);
	th_buf_free(&ends);
	return ok;
}

