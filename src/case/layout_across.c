/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sites across, 一厂 二厂 三厂 with nothing over them; what was used there stands in a column, or above the table: 2023年各厂用电量. */

#include "case/layout_parts.h"

static bool has_quantity(const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].role == TH_ROLE_QUANTITY || b->column[c].role == TH_ROLE_RUNNING)
			return true;
	return false;
}

void th_lay_sites(const th_layout *l, th_block *b)
{
	if (has_quantity(b))
		return;
	for (size_t c = 0; c < b->columns; c++) {
		th_layout_column *column = &b->column[c];
		th_slice unit, name = th_split_unit(l->reference->units, column->name, &unit);
		if (column->role != TH_ROLE_UNKNOWN || column->forced || !column->numbers || column->words || column->like.len || !th_lay_is_place(l, name))
			continue;
		column->role = TH_ROLE_QUANTITY;
		column->site = name;
		column->unit = unit;
	}
}

/* --- what the title says was used --- */

/* Without 统计表 and what else a title ends with, up to the name of a thing that is used; empty: it ends with none. */
static th_slice thing_behind(const th_layout *l, th_slice title)
{
	static const char *const ends[] = {"表", "统计", "情况", "汇总", "台账", "明细", "清单", "记录", "报", "月", "季", "年", "收发存", "进销存", "出入库", "入库", "出库", "领用", "采购", "一览", "数据", "对比", "消耗", "消费", "使用", "报告", "分时", "分时段", "尖峰平谷", "峰平谷", "峰谷", "分月", "逐月", "分项"};
	for (bool again = true; again;) {
		th_slice found = th_lay_activity_behind(l, title);
		if (found.len)
			return found;
		again = false;
		for (size_t i = 0; i < sizeof ends / sizeof *ends && !again; i++)
			if (title.len > strlen(ends[i]) && th_slice_ends(title, th_slice_of(ends[i]))) {
				title.len -= strlen(ends[i]);
				again = true;
			}
	}
	return (th_slice){"", 0};
}

/* 用水、用电 and 用水和用电 are of two things. */
static bool is_one_of_several(const th_layout *l, th_slice front)
{
	static const char *const joins[] = {"、", "和", "与", "及", "以及", "，", ",", "/"};
	for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
		if (th_slice_ends(front, th_slice_of(joins[i])))
			return true;
	return th_lay_activity_behind(l, front).len > 0;
}

static th_slice thing_in(th_layout *l, th_slice title)
{
	enum { LONGEST = 120 };
	static const char *const marks[] = {"（", "("};
	title = th_lay_squeezed(l, title);
	for (size_t at = 1; at < title.len; at++) /* what stands in brackets is its unit or a note */
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
			if (th_slice_starts((th_slice){title.ptr + at, title.len - at}, th_slice_of(marks[i])))
				title.len = at;
	for (size_t at = 1; at < title.len; at++)
		if (th_slice_starts((th_slice){title.ptr + at, title.len - at}, TH_S("单位：")) || th_slice_starts((th_slice){title.ptr + at, title.len - at}, TH_S("单位:")))
			title.len = at;
	th_slice found = title.len > LONGEST ? (th_slice){"", 0} : thing_behind(l, th_slice_trim(title));
	return found.len && !is_one_of_several(l, (th_slice){title.ptr, (size_t)(found.ptr - title.ptr)}) ? found : (th_slice){"", 0};
}

static void take(th_layout *l, th_block *b, th_slice found, size_t row, size_t column, bool *other)
{
	th_known_cell *set = &b->set[l->f_activity];
	if (!found.len)
		return;
	*other |= set->given && th_lay_activity(l, set->text) != th_lay_activity(l, found);
	if (!set->given)
		*set = (th_known_cell){found, (uint32_t)row, (uint32_t)column, true};
}

bool th_lay_title_activity(th_layout *l, th_block *b)
{
	bool other = false;
	for (size_t r = b->title; r < b->head; r++)
		for (size_t c = 0; c < l->grid->row[r].cells; c++)
			take(l, b, thing_in(l, th_grid_at(l->grid, r, c)->text), r, c, &other);
	if (!b->set[l->f_activity].given && l->grid->sheet)
		take(l, b, thing_in(l, th_slice_of(l->grid->sheet)), b->head, 0, &other);
	b->set[l->f_activity].given &= !other;
	return b->set[l->f_activity].given;
}
