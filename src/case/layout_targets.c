/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Targets as offices list them: years as columns, indicators as rows, or the other way round. Each cell is a row of targets.csv. */

#include "case/layout_parts.h"

static bool is_targets(const th_layout *l)
{
	return strcmp(l->kind, "targets") == 0;
}

static bool is_word(const th_layout *l, th_layout_kind kind, th_slice text)
{
	return th_lay_word(l, kind, text) != NULL;
}

/* 碳排放总量（吨） is gross: the name without its unit; empty when it is no kind of target. */
static th_slice kind_in(const th_layout *l, th_slice text, th_slice *unit)
{
	th_slice name = th_without_ordinal(th_split_unit(l->reference->units, text, unit));
	return th_column_named(l->reference->columns, "targets.kind", name).len ? name : (th_slice){"", 0};
}

static bool compares(th_slice text)
{
	bool found = false;
	for (size_t at = 0; at + 3 <= text.len && !found; at++)
		found = memcmp(text.ptr + at, "较", 3) == 0 || memcmp(text.ptr + at, "比", 3) == 0;
	return found;
}

bool th_lay_target_part(th_layout *l, th_part *part)
{
	th_slice unit, kind;
	if (!is_targets(l))
		return false;
	kind = kind_in(l, part->text, &unit);
	if (kind.len) {
		part->kind = TH_PART_ACTIVITY;
		part->name = kind;
		part->unit = unit;
		return true;
	}
	if (is_word(l, TH_LW_PAST, part->text) && !compares(part->text)) { /* 2020年（基准年）, 现状值: no target */
		part->kind = TH_PART_WORD;
		part->word = TH_LW_ASIDE;
		return true;
	}
	if (!th_when_find(part->text, &part->when) || !th_when_year(&part->when) || compares(part->text)) {
		part->when = (th_when){0};
		return false;
	}
	part->kind = TH_PART_WHEN; /* 近期（2025年） */
	part->name = th_header_name(part->text, &unit);
	part->unit = (th_slice){"", 0};
	return true;
}

bool th_lay_names_targets(th_layout *l)
{
	enum { LOOKED_AT = 40 };
	size_t kinds = 0;
	for (size_t r = 0; r < l->grid->rows && r < LOOKED_AT; r++)
		for (size_t c = 0; c < l->grid->row[r].cells; c++) {
			th_slice unit, text = th_lay_squeezed(l, th_grid_at(l->grid, r, c)->text);
			kinds += text.len && kind_in(l, text, &unit).len && !is_word(l, TH_LW_TOTAL, text);
			if (text.len && th_find_activity(l->reference, text) != TH_NONE)
				return false;
		}
	return kinds > 0;
}

/* Columns of years, and columns that are kinds of targets, are quantities; beside such a one the column of emissions is one too. */
void th_lay_target_columns(th_layout *l, th_block *b)
{
	bool wide = false;
	for (size_t c = 0; c < b->columns && is_targets(l); c++)
		wide |= b->column[c].role == TH_ROLE_QUANTITY;
	for (size_t c = 0; c < b->columns && wide; c++) {
		th_layout_column *column = &b->column[c];
		if (column->role != TH_ROLE_FIELD || column->field < 0 || strcmp(l->field[column->field].name, "emissions") != 0)
			continue;
		column->role = TH_ROLE_QUANTITY;
		column->field = -1;
		column->activity = TH_S("gross");
	}
}

/* An indicator that is none of emissions: 非化石能源占比, 能耗总量. */
bool th_lay_target_aside(th_layout *l, const th_block *b, size_t row)
{
	static const th_layout_kind kinds[] = {TH_LW_NO_TARGET, TH_LW_NO_ACTIVITY, TH_LW_ASIDE, TH_LW_MONEY};
	th_slice unit, text = {"", 0};
	const int kind = th_lay_field(l, "kind");
	bool aside = false;
	for (size_t c = 0; c < b->columns && is_targets(l) && !text.len; c++)
		if (b->column[c].role == TH_ROLE_FIELD && b->column[c].field == kind)
			text = th_lay_squeezed(l, th_lay_text(l, row, c));
	if (!text.len || kind_in(l, text, &unit).len)
		return false;
	th_slice name = th_without_ordinal(th_split_unit(l->reference->units, text, &unit));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !aside; i++)
		aside = is_word(l, kinds[i], name);
	return aside;
}

static th_slice kept(th_layout *l, th_buf *text)
{
	th_slice copy = text->failed ? (th_slice){NULL, 0} : th_arena_copy(&l->arena, th_buf_view(text));
	th_buf_free(text);
	if (copy.ptr)
		return copy;
	th_lay_worse(l, th_no_memory(l->diags));
	return (th_slice){"", 0};
}

/* The name of a phase stands once: a second indicator of the year adds its own. */
static void tell_apart(th_layout *l, const th_block *b, th_slice kind, th_long_cell *phase)
{
	enum { MOST_LOOKED_AT = 2000 };
	const int name = th_lay_field(l, "phase");
	bool twice = false;
	for (size_t i = b->first_line; i < l->rows && i < b->first_line + MOST_LOOKED_AT && !twice; i++)
		twice = th_slice_eq(l->row[i].cell[name].text, phase->text);
	if (!twice || !kind.len)
		return;
	phase->text = th_lay_glued(l, phase->text, " ", kind);
}

bool th_lay_target_cell(th_layout *l, const th_block *b, size_t row, size_t column, th_long_cell *cell)
{
	const th_layout_column *q = &b->column[column];
	const int phase = th_lay_field(l, "phase"), year = th_lay_field(l, "year"), kind = th_lay_field(l, "kind"), unit_at = l->f_unit;
	uint32_t head = (uint32_t)(b->head + b->heads - 1);
	th_slice text = th_lay_text(l, row, column), unit = {"", 0};
	th_when when = q->when;
	if (th_is_hole(text))
		return false;
	if (q->activity.len)
		cell[kind] = (th_long_cell){q->activity, head, (uint32_t)column};
	else if (cell[kind].text.len) {
		th_slice name = kind_in(l, th_lay_squeezed(l, cell[kind].text), &unit);
		if (!name.len) {
			TH_LAY_FAIL(l, cell[kind].row, cell[kind].column, TH_LAYOUT_NO_TARGET, th_lay_z(l, cell[kind].text));
			return false;
		}
		cell[kind].text = name;
	}
	if (!cell[unit_at].text.len && q->unit.len)
		cell[unit_at] = (th_long_cell){q->unit, head, (uint32_t)column};
	if (!cell[unit_at].text.len && unit.len)
		cell[unit_at] = (th_long_cell){unit, cell[kind].row, cell[kind].column};
	if (!cell[unit_at].text.len && b->set[unit_at].given)
		cell[unit_at] = (th_long_cell){b->set[unit_at].text, b->set[unit_at].row, b->set[unit_at].column};
	if (!when.whole && !cell[year].text.len && th_when_find(cell[phase].text, &when))
		cell[year] = cell[phase]; /* its place */
	if (when.whole) {
		th_buf put = {0};
		th_when_put(&when, &put);
		cell[year] = q->when.whole ? (th_long_cell){kept(l, &put), head, (uint32_t)column} : (th_long_cell){kept(l, &put), cell[year].row, cell[year].column};
	}
	if (!cell[phase].text.len)
		cell[phase] = q->site.len ? (th_long_cell){q->site, head, (uint32_t)column} : cell[year];
	tell_apart(l, b, cell[kind].text, &cell[phase]);
	cell[th_lay_field(l, "emissions")] = (th_long_cell){text, (uint32_t)row, (uint32_t)column};
	return true;
}
