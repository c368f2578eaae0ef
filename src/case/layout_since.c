/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 本年累计 of tables that are read together: where all months since January are there, in whatever sheet or file, their sum is compared with it; where
 * they are not, that is said. */

#include "case/layout_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/list.h"

bool th_lay_add_since(th_layout *l, const th_since *since)
{
	th_since *grown = th_grown_in(&l->arena, l->since, l->sinces, sizeof *grown);
	if (!grown)
		return th_lay_worse(l, th_no_memory(l->diags));
	l->since = grown;
	grown[l->sinces++] = *since;
	return true;
}

/* What a line is of, and how much; a sum since January has its own amount and place. */
struct part {
	const th_layout *layout;
	const th_long_row *row;
	uint32_t activity;
	int32_t from, to;
};

static const char *const fields[] = {"site", "region", "source", "unit", "scope"};

/* All kinds that lines are of are inventories, whose columns are the same. */
static th_slice field_of(const struct part *p, const char *name)
{
	const int f = th_lay_field(p->layout, name);
	return f < 0 ? (th_slice){"", 0} : p->row->cell[f].text;
}

static int compare_keys(const struct part *a, const struct part *b)
{
	if (a->activity != b->activity)
		return a->activity < b->activity ? -1 : 1;
	int order = a->activity == TH_NONE ? th_slice_cmp(field_of(a, "activity"), field_of(b, "activity")) : 0;
	for (size_t i = 0; i < sizeof fields / sizeof *fields && order == 0; i++)
		order = th_slice_cmp(field_of(a, fields[i]), field_of(b, fields[i]));
	return order;
}

static int by_key(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	int order = compare_keys(x, y);
	return order ? order : (x->from > y->from) - (x->from < y->from);
}

/* Are all days of a table first days of months, as spreadsheets write months? */
static bool has_months(const th_layout *l)
{
	bool first = false;
	for (size_t r = 0; r < l->rows; r++) {
		th_period period;
		th_slice text = l->row[r].cell[l->f_period].text;
		if (th_period_parse(text, &period) != TH_PERIOD_OK || period.from != period.to)
			continue;
		if (!th_period_is_first(text, &period))
			return false;
		first = true;
	}
	return first;
}

static bool make_part(const th_layout *l, const th_long_row *row, bool months, struct part *out)
{
	th_period period;
	*out = (struct part){.layout = l, .row = row, .activity = th_lay_activity(l, row->cell[l->f_activity].text)};
	if (th_period_parse(row->cell[l->f_period].text, &period) != TH_PERIOD_OK)
		return false;
	out->from = period.from;
	out->to = months && period.from == period.to ? th_day_after_months(period.from, 1) - 1 : period.to;
	return true;
}

/* What could not be compared, and why the first could not. */
struct left {
	size_t count;
	const th_layout *layout;
	size_t row, column;
	int32_t from, to; /* the time that is missing; none: from > to */
};

enum { GAPS, EARLIER, LEFTS };

static void leave(struct left *left, const th_layout *l, const th_since *since, int32_t from, int32_t to)
{
	if (left->count++ == 0)
		*left = (struct left){1, l, since->row, since->column, from, to};
}

static size_t first_of(const struct part *part, size_t parts, const struct part *want)
{
	size_t low = 0, high = parts;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (by_key(&part[mid], want) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void compare_one(th_layout *l, bool months, const th_since *since, const struct part *part, size_t parts, struct left *left)
{
	struct part want;
	th_mass sum = 0, value, own;
	int year, month, day;
	size_t count = 0;
	if (!th_lay_number(l, since->row, since->column, &value))
		return;
	if (since->line == SIZE_MAX || !make_part(l, &l->row[since->line], months, &want)) {
		leave(left, l, since, 1, 0);
		return;
	}
	int32_t to = want.to, next, gap = want.to;
	th_day_split(to, &year, &month, &day);
	next = want.from = th_day(year, 1, 1);
	for (size_t i = first_of(part, parts, &want); i < parts && compare_keys(&part[i], &want) == 0 && part[i].to <= to; i++) {
		gap = part[i].from > next ? part[i].from - 1 : next;
		if (part[i].from != next || !th_lay_number(part[i].layout, part[i].row->row, part[i].row->column, &own) || !th_mass_add(&sum, own))
			break;
		next = part[i].to + 1;
		gap = to;
		count++;
	}
	if (next <= to)
		leave(left, l, since, next, gap);
	else if (since->open && count == 1 && value > sum && !th_lay_agrees(th_grid_at(l->grid, since->row, since->column)->text, value, sum))
		leave(&left[EARLIER], l, since, 1, 0); /* the line is all since January, and the sum is more */
	else
		th_lay_compare(l, since->row, since->column, sum, count, false);
}

static void tell_left(const struct left *left, th_diags *diags)
{
	char count[24];
	th_buf when = {0};
	if (left->from <= left->to) {
		const th_when missing = {.whole = true, .from = left->from, .to = left->to};
		th_when_put(&missing, &when);
	} else
		th_buf_char(&when, '-');
	th_buf_char(&when, '\0');
	snprintf(count, sizeof count, "%zu", left->count);
	if (when.failed)
		(void)th_no_memory(diags);
	else
		(void)th_report(diags, TH_LAYOUT_SINCE, th_grid_place(left->layout->grid, left->row, left->column, NULL), count, when.ptr, (char *)NULL);
	th_buf_free(&when);
}

static void tell_earlier(const struct left *left, th_diags *diags)
{
	char count[24];
	snprintf(count, sizeof count, "%zu", left->count);
	(void)th_report(diags, TH_LAYOUT_SINCE_EARLIER, th_grid_place(left->layout->grid, left->row, left->column, NULL), count, (char *)NULL);
}

th_status th_layouts_compare(th_layout *const *layout, size_t count, th_diags *diags)
{
	size_t lines = 0, sinces = 0, parts = 0, errors = th_diags_errors(diags);
	struct left left[LEFTS] = {{.count = 0}};
	for (size_t i = 0; i < count; i++) {
		lines += layout[i]->f_quantity >= 0 ? layout[i]->rows : 0;
		sinces += layout[i]->sinces;
	}
	if (sinces == 0)
		return TH_OK;
	struct part *part = th_calloc(lines + 1, sizeof *part);
	if (!part)
		return th_no_memory(diags);
	for (size_t i = 0; i < count; i++) {
		const bool months = layout[i]->f_quantity >= 0 && has_months(layout[i]);
		for (size_t r = 0; layout[i]->f_quantity >= 0 && r < layout[i]->rows; r++)
			parts += make_part(layout[i], &layout[i]->row[r], months, &part[parts]);
	}
	qsort(part, parts, sizeof *part, by_key);
	th_status status = TH_OK;
	for (size_t i = 0; i < count; i++) {
		const bool months = layout[i]->sinces && has_months(layout[i]);
		for (size_t s = 0; s < layout[i]->sinces; s++)
			compare_one(layout[i], months, &layout[i]->since[s], part, parts, left);
		status = layout[i]->status > status ? layout[i]->status : status;
	}
	free(part);
	if (left[GAPS].count)
		tell_left(&left[GAPS], diags);
	if (left[EARLIER].count)
		tell_earlier(&left[EARLIER], diags);
	return status == TH_OK && th_diags_errors(diags) > errors ? TH_INVALID : status;
}
