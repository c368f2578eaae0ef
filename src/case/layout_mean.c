/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 日均用电量, 用电量（月均）, 单位面积用电量: means beside the amounts that they are of are not read; where nothing says the amount, nobody knows it, and
 * what was used must not be missing without a word. */

#include "case/layout_parts.h"

#include "base/list.h"

static bool note(th_layout *l, const th_mean *mean)
{
	th_mean *grown = th_grown_in(&l->arena, l->mean, l->means, sizeof *grown);
	if (!grown)
		return th_lay_worse(l, th_no_memory(l->diags));
	l->mean = grown;
	grown[l->means++] = *mean;
	return true;
}

bool th_lay_mean_columns(th_layout *l, const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		const bool mean = column->mean || (column->average && column->role == TH_ROLE_CONTROL);
		if (mean && column->numbers && !column->forced && column->activity.len &&
		    !note(l, &(th_mean){column->name, column->activity, (uint32_t)(b->head + b->heads - 1), (uint32_t)c}))
			return false;
	}
	return true;
}

void th_walk_mean(th_walk *w, size_t row, th_slice name, th_slice activity)
{
	if (th_walk_counts(w, row))
		(void)note(w->l, &(th_mean){name, activity, (uint32_t)row, (uint32_t)w->label});
}

/* 用电量 and 外购电力 are of one energy. */
static bool is_same(const th_reference *reference, uint32_t one, uint32_t other)
{
	uint32_t energy, its;
	if (one == other || one == TH_NONE || other == TH_NONE)
		return one == other;
	const th_activity *a = &reference->activity[one], *b = &reference->activity[other];
	return (a->coal && b->coal) || (th_index_get(a->energy, &energy) && th_index_get(b->energy, &its) && energy == its);
}

static bool has_amount(const th_layout *l, th_slice activity)
{
	const uint32_t thing = th_lay_activity(l, activity);
	for (size_t i = 0; i < l->rows; i++)
		if (is_same(l->reference, thing, th_lay_activity(l, l->row[i].cell[l->f_activity].text)))
			return true;
	return false;
}

static bool is_told(const th_layout *l, size_t mean)
{
	for (size_t i = 0; i < mean; i++)
		if (th_slice_eq(l->mean[i].name, l->mean[mean].name))
			return true;
	return false;
}

void th_lay_tell_means(th_layout *l)
{
	enum { TOLD_MOST = 100 };
	for (size_t i = 0; i < l->means && i < TOLD_MOST; i++)
		if (!is_told(l, i) && !has_amount(l, l->mean[i].activity))
			TH_LAY_FAIL(l, l->mean[i].row, l->mean[i].column, TH_LAYOUT_MEAN, th_lay_z(l, l->mean[i].name));
}
