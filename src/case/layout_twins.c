/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One use that is measured twice: in two units, by mass and by heat. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/list.h"

/* 热量 beside 蒸汽量 is the heat in it; 热力 may be bought besides. */
static bool is_heat_of(const th_layout *l, uint32_t steam, const th_layout_column *x, const th_layout_column *heat)
{
	return x->activity.len && th_slice_ends(heat->activity, TH_S("热量")) && th_lay_activity(l, x->activity) == steam;
}

/* Also in another unit: 用电量（kWh） beside 用电量（万kWh）, 蒸汽（t） beside 蒸汽（GJ） are one use measured twice. */
void th_lay_twins(th_layout *l, th_block *b)
{
	const uint32_t steam = th_find_activity(l->reference, TH_S("steam"));
	for (size_t c = 0; c < b->columns; c++)
		for (size_t k = 0; k < c && b->column[c].role == TH_ROLE_QUANTITY; k++) {
			th_layout_column *x = &b->column[k], *y = &b->column[c];
			if (x->role != TH_ROLE_QUANTITY || !th_when_same(&x->when, &y->when) || !th_slice_eq(x->site, y->site) ||
			    (!th_slice_eq(x->activity, y->activity) && !is_heat_of(l, steam, x, y) && !is_heat_of(l, steam, y, x)))
				continue;
			bool one = th_lay_is_actual(l, b, k), other = th_lay_is_actual(l, b, c);
			if (one != other) /* 实际用电量 beside 用电量 */
				(one ? y : x)->role = TH_ROLE_ASIDE;
			else if (x->above.len && y->above.len && !th_slice_eq(x->above, y->above))
				TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_GROUPS, th_lay_z(l, x->name), th_lay_z(l, y->name), th_lay_z(l, x->above), th_lay_z(l, y->above));
			else if (x->whole == y->whole)
				TH_LAY_FAIL(l, b->head + b->heads - 1, c, TH_LAYOUT_TWO_COLUMNS, th_lay_z(l, x->name), th_lay_z(l, y->name));
			else
				continue; /* compared line by line */
			break;
		}
}

/* --- lines --- */

struct twins {
	th_layout *l;
	const th_block *b;
	uint32_t steam;
	th_intern key; /* of a thing, its time and place */
	size_t *first; /* of each: the first line */
	th_buf text;
	bool failed;
};

static th_slice key_of(struct twins *w, uint32_t thing, const th_long_row *row)
{
	static const char *const same[] = {"period", "site", "region", "source", "scope"};
	th_buf_clear(&w->text);
	th_buf_printf(&w->text, "%lu", (unsigned long)thing);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		th_buf_char(&w->text, '\x1f');
		th_buf_slice(&w->text, row->cell[th_lay_field(w->l, same[i])].text);
	}
	w->failed |= w->text.failed;
	return th_buf_view(&w->text);
}

/* The first line of a thing at the time and place of a line, which is it where none was before. */
static size_t first_of(struct twins *w, uint32_t thing, size_t line)
{
	const uint32_t known = w->key.count, at = th_intern_add(&w->key, key_of(w, thing, &w->l->row[line]));
	size_t *grown = at == known ? th_grown(w->first, known, sizeof *grown) : w->first;
	w->failed |= at == TH_NONE || !grown;
	if (w->failed)
		return line;
	w->first = grown;
	if (at == known)
		grown[at] = line;
	return grown[at];
}

static size_t found(struct twins *w, uint32_t thing, size_t line)
{
	const uint32_t at = th_intern_find(&w->key, key_of(w, thing, &w->l->row[line]));
	return at == TH_NONE || w->failed ? line : w->first[at];
}

/* Is the amount of a line that of another in its unit, to the last digit of that? */
static bool is_converted(const th_layout *l, const th_long_row *row, th_unit unit, const th_long_row *other, const th_unit *into)
{
	th_mass value, converted;
	th_decimal number;
	if (!th_lay_number(l, other->row, other->column, &value) || value == 0 ||
	    !th_is_number(th_grid_at(l->grid, row->row, row->column)->text, l->grid->delimiter, &number))
		return false;
	th_unit_div(&unit, into);
	th_ratio ratio = th_ratio_one();
	th_ratio_mul(&ratio, number);
	th_ratio_mul_unit(&ratio, &unit);
	return unit.num && th_ratio_round(&ratio, &converted) && converted != 0 && th_lay_agrees(th_grid_at(l->grid, other->row, other->column)->text, value, converted);
}

static bool is_same_amount(const th_layout *l, const th_long_row *row, const th_long_row *other)
{
	const th_slice one = row->cell[l->f_unit].text, second = other->cell[l->f_unit].text;
	th_unit unit, its;
	th_slice at;
	return !th_slice_eq(one, second) && th_unit_parse(l->reference->units, one, &unit, &at) == TH_UNIT_OK &&
	       th_unit_parse(l->reference->units, second, &its, &at) == TH_UNIT_OK && th_unit_same_dimension(&unit, &its) && !th_lay_same_unit(l, one, second) &&
	       (is_converted(l, row, unit, other, &its) || is_converted(l, other, its, row, &unit));
}

/* Once: the others are alike. */
static void tell(struct twins *w, size_t line, size_t first, bool *told)
{
	th_layout *l = w->l;
	const th_long_row *row = &l->row[line], *other = &l->row[first];
	if (!*told)
		TH_LAY_FAIL(l, row->row, row->column, TH_LAYOUT_TWO_ROWS, th_lay_z(l, other->cell[l->f_activity].text), th_lay_z(l, other->cell[l->f_unit].text),
		            th_lay_z(l, row->cell[l->f_activity].text), th_lay_z(l, row->cell[l->f_unit].text));
	*told = true;
}

static void see_lines(struct twins *w)
{
	enum { HEAT = TH_NONE - 1 };
	const th_layout *l = w->l;
	bool told = false, told_heat = false;
	for (size_t i = w->b->first_line; i < l->rows && !w->failed && !(told && told_heat); i++) {
		const th_slice name = l->row[i].cell[l->f_activity].text;
		const uint32_t activity = th_lay_activity(l, name);
		if (activity == TH_NONE)
			continue;
		const size_t first = first_of(w, activity, i);
		if (first < i && is_same_amount(l, &l->row[i], &l->row[first]))
			tell(w, i, first, &told);
		const bool heat = th_slice_ends(name, TH_S("热量"));
		if (heat)
			(void)first_of(w, HEAT, i);
		const size_t other = heat ? found(w, w->steam, i) : activity == w->steam ? found(w, HEAT, i) : i;
		if (other < i)
			tell(w, i, other, &told_heat);
	}
}

/* A table of one unit has none. */
static bool has_units(const th_layout *l, const th_block *b)
{
	for (size_t i = b->first_line + 1; i < l->rows; i++)
		if (!th_slice_eq(l->row[i].cell[l->f_unit].text, l->row[b->first_line].cell[l->f_unit].text))
			return true;
	return false;
}

bool th_lay_twin_lines(th_layout *l, th_block *b)
{
	struct twins w = {.l = l, .b = b, .steam = th_find_activity(l->reference, TH_S("steam"))};
	if (l->f_quantity < 0 || l->rules || !has_units(l, b))
		return true;
	see_lines(&w);
	if (w.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	th_intern_free(&w.key);
	th_buf_free(&w.text);
	free(w.first);
	return l->status != TH_SYSTEM;
}
