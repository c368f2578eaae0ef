/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables that sum others, 合计 beside 一厂 and 二厂 or beside the months: each of their amounts against the lines of the others of the same thing, within its
 * time and at its site. Nothing of them is added. */

#include "case/layout_parts.h"

#include <stdio.h>
#include <stdlib.h>

/* A line of a part, with all that is asked of it. */
struct line {
	const th_layout *of;
	const th_long_row *row;
	th_slice site, called;   /* 一厂 as the site of its lines, or as what its sheet or file is called */
	uint32_t activity;
	int32_t from, longest;   /* from: INT32_MIN where its time is not known; the longest of its activity's, in days */
	bool has_unit;
	th_unit unit;
};

struct repeat {
	struct line *line;       /* by activity and time */
	size_t lines;
	th_intern sites;         /* of the parts: those of their lines, and what they are called */
	const th_layout *whole;
	bool sited;              /* its lines are of several sites, or of one that a part is */
};

static th_slice site_of(const th_layout *l, const th_long_row *row)
{
	return row->cell[l->f_site].text;
}

static bool unit_of(const th_layout *l, const th_long_row *row, th_unit *unit)
{
	th_slice at;
	return th_unit_parse(l->reference->units, row->cell[l->f_unit].text, unit, &at) == TH_UNIT_OK;
}

static int by_activity(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	if (x->activity != y->activity)
		return x->activity < y->activity ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

static void find_longest(struct repeat *r)
{
	for (size_t i = 0, end; i < r->lines; i = end) {
		int32_t longest = 0;
		for (end = i; end < r->lines && r->line[end].activity == r->line[i].activity; end++)
			if (r->line[end].row->to - r->line[end].row->from > longest)
				longest = r->line[end].row->to - r->line[end].row->from;
		for (size_t k = i; k < end; k++)
			r->line[k].longest = longest;
	}
}

/* False without memory. */
static bool open_parts(struct repeat *r, th_layout *const *part, const char *const *name, size_t parts)
{
	size_t lines = 0;
	for (size_t p = 0; p < parts; p++)
		lines += part[p]->f_quantity < 0 ? 0 : part[p]->rows;
	r->line = th_calloc(lines + 1, sizeof *r->line);
	bool good = r->line != NULL;
	for (size_t p = 0; p < parts && good; p++) {
		const th_layout *of = part[p];
		const th_slice called = th_slice_of(name[p]);
		good = th_intern_add(&r->sites, called) != TH_NONE;
		for (size_t i = 0; good && of->f_quantity >= 0 && i < of->rows; i++) {
			const th_long_row *row = &of->row[i];
			struct line *line = &r->line[r->lines++];
			*line = (struct line){.of = of, .row = row, .site = site_of(of, row), .called = called, .from = row->from > row->to ? INT32_MIN : row->from};
			line->activity = th_lay_activity(of, row->cell[of->f_activity].text);
			line->has_unit = unit_of(of, row, &line->unit);
			good = th_intern_add(&r->sites, line->site) != TH_NONE;
		}
	}
	if (good && r->lines)
		qsort(r->line, r->lines, sizeof *r->line, by_activity);
	find_longest(r);
	return good;
}

/* A number in another unit, rounded to 1e-9 of it. */
static bool in_unit(const struct line *line, const th_unit *into, th_mass *out)
{
	th_decimal number;
	th_unit unit = line->unit;
	const th_layout *l = line->of;
	if (!line->has_unit || !th_unit_same_dimension(&unit, into) ||
	    !th_is_number(th_grid_at(l->grid, line->row->row, line->row->column)->text, l->grid->delimiter, &number))
		return false;
	th_unit_div(&unit, into);
	th_ratio ratio = th_ratio_one();
	th_ratio_mul(&ratio, number);
	th_ratio_mul_unit(&ratio, &unit);
	return unit.num && th_ratio_round(&ratio, out);
}

static bool is_at(const struct repeat *r, const struct line *line, th_slice site)
{
	return !r->sited || th_slice_eq(line->site, site) || th_slice_eq(line->called, site);
}

static bool has_site(const struct repeat *r, th_slice site)
{
	return th_intern_find(&r->sites, site) != TH_NONE;
}

/* The company in its title is that of all, and tells nothing apart. */
static bool tells_sites(const struct repeat *r)
{
	const th_layout *l = r->whole;
	const th_slice first = l->rows ? site_of(l, &l->row[0]) : TH_S("");
	for (size_t i = 0; i < l->rows; i++)
		if (!th_slice_eq(site_of(l, &l->row[i]), first))
			return true;
	return first.len && has_site(r, first);
}

/* The first line of an activity that starts on that day or later. */
static size_t first_of(const struct repeat *r, uint32_t activity, int32_t from)
{
	const struct line want = {.activity = activity, .from = from};
	size_t low = 0, high = r->lines;
	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		if (by_activity(&r->line[mid], &want) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_of(const struct repeat *r, size_t i, uint32_t activity)
{
	return i < r->lines && r->line[i].activity == activity;
}

/* What the parts have of a line: false where one cannot be compared. */
static bool sum_of(const struct repeat *r, const th_long_row *row, th_sum *sum)
{
	const th_layout *l = r->whole;
	const uint32_t activity = th_lay_activity(l, row->cell[l->f_activity].text);
	const th_slice site = site_of(l, row);
	th_unit unit;
	if (activity == TH_NONE || row->from > row->to || !unit_of(l, row, &unit))
		return false;
	size_t i = first_of(r, activity, INT32_MIN);
	for (; is_of(r, i, activity) && r->line[i].from == INT32_MIN; i++)
		if (is_at(r, &r->line[i], site))
			return false;
	if (is_of(r, i, activity))
		i = first_of(r, activity, row->from - r->line[i].longest);
	for (; is_of(r, i, activity) && r->line[i].from <= row->to; i++) {
		const struct line *line = &r->line[i];
		th_mass value;
		if (line->from == INT32_MIN || !is_at(r, line, site) || line->row->to < row->from)
			continue;
		if (line->from < row->from || line->row->to > row->to || !in_unit(line, &unit, &value))
			return false;
		th_sum_add(sum, true, value);
	}
	return !sum->lost;
}

static th_status fail(const struct repeat *r, const th_long_row *row, const th_sum *sum, th_diags *diags)
{
	const th_layout *l = r->whole;
	th_buf text = {0}, what = {0}, printed = {0};
	th_put_mass(&text, sum->sum, 0);
	th_buf_slice(&what, row->cell[l->f_activity].text);
	th_buf_slice(&printed, th_grid_at(l->grid, row->row, row->column)->text);
	th_buf *const each[] = {&text, &what, &printed};
	bool failed = false;
	for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
		th_buf_char(each[i], '\0');
		failed |= each[i]->failed;
	}
	th_status status = failed ? th_no_memory(diags)
	                          : th_report(diags, TH_SHEET_SUM, th_grid_place(l->grid, row->row, row->column, NULL), what.ptr, printed.ptr, text.ptr, (char *)NULL);
	for (size_t i = 0; i < sizeof each / sizeof *each; i++)
		th_buf_free(each[i]);
	return status;
}

static th_status compare(struct repeat *r, th_diags *diags, size_t *compared)
{
	const th_layout *whole = r->whole;
	th_status worst = TH_OK;
	r->sited = tells_sites(r);
	for (size_t i = 0; i < whole->rows && worst != TH_SYSTEM; i++) {
		const th_long_row *row = &whole->row[i];
		th_sum sum = {0};
		th_mass value;
		if (!th_lay_number(whole, row->row, row->column, &value) || (r->sited && !has_site(r, site_of(whole, row))) || !sum_of(r, row, &sum) ||
		    (sum.count == 0 && value == 0))
			continue;
		++*compared;
		if (th_lay_agrees(th_grid_at(whole->grid, row->row, row->column)->text, value, sum.sum))
			continue;
		th_status told = fail(r, row, &sum, diags);
		worst = told > worst ? told : worst;
	}
	return worst;
}

th_status th_layouts_repeat(th_layout *const *part, const char *const *name, size_t parts, th_layout *const *whole, size_t wholes, th_diags *diags, size_t *compared)
{
	struct repeat r = {.lines = 0};
	th_status worst = open_parts(&r, part, name, parts) ? TH_OK : th_no_memory(diags);
	for (size_t i = 0; i < wholes; i++) {
		compared[i] = 0;
		r.whole = whole[i];
		if (worst == TH_SYSTEM || !whole[i] || whole[i]->f_quantity < 0)
			continue;
		th_status status = compare(&r, diags, &compared[i]);
		worst = status > worst ? status : worst;
	}
	free(r.line);
	th_intern_free(&r.sites);
	return worst;
}
