/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One use that is measured twice: in two units, by mass and by heat. */

#include "case/layout_parts.h"

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
