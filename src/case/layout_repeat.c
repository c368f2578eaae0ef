/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table that sums others, 合计 beside 一厂 and 二厂 or beside the months: each of its amounts against the lines of the others of the same thing, within its
 * time and at its site. Nothing of it is added. */

#include "case/layout_parts.h"

#include <stdio.h>

struct repeat {
	const th_layout *whole;
	th_layout *const *part;
	const th_slice *name; /* of each part: what its sheet or file is called */
	size_t parts;
	bool sited;           /* its lines are of several sites, or of one that a part is */
};

static th_slice site_of(const th_layout *l, const th_long_row *row)
{
	return row->cell[l->f_site].text;
}

/* A number in another unit, rounded to 1e-9 of it. */
static bool in_unit(const th_layout *l, const th_long_row *row, th_unit unit, const th_unit *into, th_mass *out)
{
	th_decimal number;
	if (!th_is_number(th_grid_at(l->grid, row->row, row->column)->text, l->grid->delimiter, &number))
		return false;
	th_unit_div(&unit, into);
	th_ratio ratio = th_ratio_one();
	th_ratio_mul(&ratio, number);
	th_ratio_mul_unit(&ratio, &unit);
	return unit.num && th_ratio_round(&ratio, out);
}

static bool unit_of(const th_layout *l, const th_long_row *row, th_unit *unit)
{
	th_slice at;
	return th_unit_parse(l->reference->units, row->cell[l->f_unit].text, unit, &at) == TH_UNIT_OK;
}

/* 一厂 as the site of its lines, or as what its sheet is called. */
static bool is_at(const struct repeat *r, size_t part, const th_long_row *row, th_slice site)
{
	return !r->sited || th_slice_eq(site_of(r->part[part], row), site) || th_slice_eq(r->name[part], site);
}

static bool has_site(const struct repeat *r, th_slice site)
{
	for (size_t p = 0; p < r->parts; p++) {
		if (th_slice_eq(r->name[p], site))
			return true;
		for (size_t i = 0; i < r->part[p]->rows; i++)
			if (th_slice_eq(site_of(r->part[p], &r->part[p]->row[i]), site))
				return true;
	}
	return false;
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

/* What the parts have of a line: false where one cannot be compared. */
static bool sum_of(const struct repeat *r, const th_long_row *line, th_sum *sum)
{
	const th_layout *l = r->whole;
	const uint32_t activity = th_lay_activity(l, line->cell[l->f_activity].text);
	th_unit unit;
	if (activity == TH_NONE || line->from > line->to || !unit_of(l, line, &unit))
		return false;
	for (size_t p = 0; p < r->parts; p++)
		for (size_t i = 0; i < r->part[p]->rows; i++) {
			const th_layout *of = r->part[p];
			const th_long_row *row = &of->row[i];
			th_unit its;
			th_mass value;
			if (th_lay_activity(of, row->cell[of->f_activity].text) != activity || !is_at(r, p, row, site_of(l, line)))
				continue;
			if (row->from > row->to)
				return false;
			if (row->to < line->from || row->from > line->to)
				continue;
			if (row->from < line->from || row->to > line->to || !unit_of(of, row, &its) || !th_unit_same_dimension(&unit, &its) ||
			    !in_unit(of, row, its, &unit, &value))
				return false;
			th_sum_add(sum, true, value);
		}
	return !sum->lost;
}

static th_status fail(const struct repeat *r, const th_long_row *line, const th_sum *sum, th_diags *diags)
{
	const th_layout *l = r->whole;
	th_buf text = {0}, what = {0};
	th_put_mass(&text, sum->sum, 0);
	th_buf_char(&text, '\0');
	th_buf_slice(&what, line->cell[l->f_activity].text);
	th_buf_char(&what, '\0');
	th_buf printed = {0};
	th_buf_slice(&printed, th_grid_at(l->grid, line->row, line->column)->text);
	th_buf_char(&printed, '\0');
	const bool failed = text.failed || what.failed || printed.failed;
	th_status status = failed ? th_no_memory(diags)
	                          : th_report(diags, TH_SHEET_SUM, th_grid_place(l->grid, line->row, line->column, NULL), what.ptr, printed.ptr, text.ptr, (char *)NULL);
	th_buf_free(&text);
	th_buf_free(&what);
	th_buf_free(&printed);
	return status;
}

th_status th_layouts_repeat(th_layout *const *part, const char *const *name, size_t parts, const th_layout *whole, th_diags *diags, size_t *compared)
{
	th_slice named[TH_REPEAT_MOST];
	struct repeat r = {.whole = whole, .part = part, .name = named, .parts = parts};
	th_status worst = TH_OK;
	*compared = 0;
	if (whole->f_quantity < 0 || parts > TH_REPEAT_MOST)
		return TH_OK;
	for (size_t p = 0; p < parts; p++)
		named[p] = th_slice_of(name[p]);
	r.sited = tells_sites(&r);
	for (size_t i = 0; i < whole->rows && worst != TH_SYSTEM; i++) {
		const th_long_row *line = &whole->row[i];
		th_sum sum = {0};
		th_mass value;
		if (!th_lay_number(whole, line->row, line->column, &value) || (r.sited && !has_site(&r, site_of(whole, line))) || !sum_of(&r, line, &sum) ||
		    (sum.count == 0 && value == 0))
			continue;
		++*compared;
		if (th_lay_agrees(th_grid_at(whole->grid, line->row, line->column)->text, value, sum.sum))
			continue;
		th_status told = fail(&r, line, &sum, diags);
		worst = told > worst ? told : worst;
	}
	return worst;
}
