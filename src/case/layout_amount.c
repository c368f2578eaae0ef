/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells of quantities with their unit behind the number: 1000度, 1,200 kWh. The number is the quantity; the unit that of its line where no other says
 * it, and else the same. In a long table the unit has its column, and the cell is an error of who reads it. */

#include "case/layout_parts.h"

#include <string.h>

#include "base/list.h"

/* Nothing longer is a number that somebody wrote. */
enum { LONGEST_NUMBER = 48 };

bool th_lay_same_unit(const th_layout *l, th_slice a, th_slice b)
{
	th_unit one, other;
	th_slice at;
	return th_slice_eq(a, b) || (th_unit_parse(l->reference->units, a, &one, &at) == TH_UNIT_OK && th_unit_parse(l->reference->units, b, &other, &at) == TH_UNIT_OK &&
	                             th_unit_same_dimension(&one, &other) && one.num == other.num && one.den == other.den && one.exp == other.exp);
}

bool th_lay_amount(const th_layout *l, th_slice text, th_slice *number, th_slice *unit)
{
	th_when when;
	th_decimal value;
	th_unit parsed;
	th_slice at;
	text = th_slice_trim(text);
	bool may = text.len > 1 && (strchr("0123456789+-.", text.ptr[0]) || (unsigned char)text.ptr[0] == 0xE2 || (unsigned char)text.ptr[0] == 0xEF); /* −１ */
	if (!may || th_is_number(text, l->grid->delimiter, &value) || th_lay_when(l, text, &when))
		return false;
	for (size_t cut = text.len < LONGEST_NUMBER ? text.len - 1 : LONGEST_NUMBER; cut > 0; cut--) {
		if (((unsigned char)text.ptr[cut] & 0xC0) == 0x80 || !th_is_number(th_slice_trim((th_slice){text.ptr, cut}), l->grid->delimiter, &value))
			continue;
		*number = th_slice_trim((th_slice){text.ptr, cut});
		*unit = th_slice_trim((th_slice){text.ptr + cut, text.len - cut});
		return th_unit_parse(l->reference->units, *unit, &parsed, &at) == TH_UNIT_OK && !th_unit_is_number(&parsed); /* 3万 says no unit */
	}
	return false;
}

th_slice th_lay_amount_unit(const th_block *b, size_t row, size_t column)
{
	size_t from = 0, to = b->amounts;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const th_amount_unit *at = &b->amount[middle];
		if (at->row == row && at->column == column)
			return at->unit;
		if (at->row < row || (at->row == row && at->column < column))
			from = middle + 1;
		else
			to = middle;
	}
	return (th_slice){"", 0};
}

/* Is it one of the columns whose cells are quantities or sums of them? */
static bool counts(const th_layout_column *c)
{
	return c->role == TH_ROLE_QUANTITY || c->role == TH_ROLE_CONTROL || c->role == TH_ROLE_RUNNING || c->role == TH_ROLE_OPENING || c->role == TH_ROLE_PURCHASE ||
	       c->role == TH_ROLE_CLOSING;
}

static bool set_apart(th_layout *l, th_block *b, size_t row, size_t column)
{
	th_slice number, unit;
	th_grid_cell *cell = column < l->grid->row[row].cells ? &l->grid->row[row].cell[column] : NULL;
	if (!cell || !counts(&b->column[column]) || !th_lay_amount(l, cell->text, &number, &unit))
		return true;
	th_amount_unit *grown = th_grown_in(&l->arena, b->amount, b->amounts, sizeof *grown);
	if (!grown)
		return th_lay_worse(l, th_no_memory(l->diags));
	b->amount = grown;
	grown[b->amounts++] = (th_amount_unit){unit, (uint32_t)row, (uint32_t)column};
	cell->text = number;
	return true;
}

/* What sums or repeats quantities of its row is in their unit: else the numbers tell nothing of each other. */
static void tell_unlike(th_layout *l, const th_block *b, size_t row, size_t control)
{
	const th_layout_column *sum = &b->column[control];
	th_slice first = th_lay_amount_unit(b, row, control);
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *q = &b->column[c];
		th_slice unit = th_lay_amount_unit(b, row, c);
		bool apart = q->activity.len && sum->activity.len && !th_slice_eq(q->activity, sum->activity);
		if (q->role != TH_ROLE_QUANTITY || apart || !unit.len)
			continue;
		if (first.len && !th_lay_same_unit(l, first, unit)) {
			TH_LAY_FAIL(l, row, control, TH_LAYOUT_CONTROL_UNCLEAR, th_lay_z(l, th_grid_at(l->grid, row, control)->text));
			l->grid->row[row].cell[control].text = (th_slice){"", 0}; /* said once: it is compared with nothing */
			return;
		}
		first = first.len ? first : unit;
	}
}

bool th_lay_is_lines(const th_layout *l, const th_block *b)
{
	size_t quantities = 0, periods = 0, activities = 0;
	bool own = true;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		periods += column->role == TH_ROLE_FIELD && column->field == l->f_period;
		activities += column->role == TH_ROLE_FIELD && column->field == l->f_activity;
		quantities += column->role == TH_ROLE_QUANTITY;
		own &= column->role != TH_ROLE_QUANTITY || column->field == l->f_quantity;
	}
	return l->f_quantity >= 0 && quantities == 1 && own && periods && activities;
}

bool th_lay_amounts(th_layout *l, th_block *b)
{
	if (l->f_quantity < 0 || th_lay_is_lines(l, b))
		return true;
	for (size_t r = b->data; r < b->end; r++)
		for (size_t c = 0; c < b->columns; c++)
			if (!set_apart(l, b, r, c))
				return false;
	for (size_t r = b->data; r < b->end && b->amounts; r++)
		for (size_t c = 0; c < b->columns; c++) {
			th_decimal number;
			if (counts(&b->column[c]) && b->column[c].role != TH_ROLE_QUANTITY && th_is_number(th_grid_at(l->grid, r, c)->text, l->grid->delimiter, &number))
				tell_unlike(l, b, r, c);
		}
	return l->status != TH_SYSTEM;
}

void th_lay_put_amount_unit(th_layout *l, const th_block *b, size_t row, size_t column, th_long_cell *unit)
{
	th_slice own = th_lay_amount_unit(b, row, column);
	if (!own.len || (unit->text.len && th_lay_same_unit(l, own, unit->text)))
		return;
	if (unit->text.len)
		TH_LAY_FAIL(l, row, column, TH_LAYOUT_AMOUNT_UNIT, th_lay_z(l, own), th_lay_z(l, unit->text));
	else
		*unit = (th_long_cell){own, (uint32_t)row, (uint32_t)column};
}
