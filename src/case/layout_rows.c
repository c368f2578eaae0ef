/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of an office table: which of them are lines, and the long rows that they give. */

#include "case/layout_parts.h"

#include <stdio.h>

#include "base/list.h"

/* --- what counts in it --- */

static bool fills(const th_walk *w, size_t column)
{
	const th_layout_column *c = &w->b->column[column];
	return c->role == TH_ROLE_FIELD && c->field >= 0 && !c->bound && w->l->field[c->field].text && !(w->l->rules && w->l->rules->no_fill);
}

/* 〃, 同上: as above. */
static bool is_ditto(th_slice text)
{
	static const char *const marks[] = {"〃", "″", "\"", "”", "“", "同上", "ditto"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (th_slice_eq(text, th_slice_of(marks[i])))
			return true;
	return false;
}

/* Blank under a filled one, and nothing to its left has changed: the cell was merged with it. */
static void hold_row(th_walk *w, size_t row)
{
	bool same = true;
	for (size_t c = 0; c < w->b->columns; c++) {
		if (w->b->column[c].role != TH_ROLE_FIELD) {
			w->held[c] = th_lay_text(w->l, row, c);
			continue;
		}
		th_slice own = th_lay_text(w->l, row, c);
		bool may = fills(w, c);
		w->own[c] = own.len > 0;
		if (may && w->held[c].len && is_ditto(own))
			continue;
		if (may && own.len == 0 && same && w->held[c].len && !th_walk_other_domain(w, row, c)) {
			if (w->b->filled++ == 0) {
				w->filled_row = row;
				w->filled_column = c;
			}
			continue;
		}
		if (may && w->b->column[c].field != w->l->f_period)
			same &= th_slice_eq(own, w->held[c]);
		w->held[c] = own;
		w->held_row[c] = row;
	}
}

static size_t field_column(const th_walk *w, int field)
{
	size_t c = 0;
	while (c < w->b->columns && !(w->b->column[c].role == TH_ROLE_FIELD && w->b->column[c].field == field))
		c++;
	return c;
}

/* Of `t或万Nm3` the one for the fuel: a mass for solids and liquids, a volume for gases. */
static th_slice unit_for(th_walk *w, size_t row, size_t column, th_slice unit, uint32_t activity)
{
	const th_units *units = w->l->reference->units;
	th_slice found = {"", 0};
	size_t start = 0, pieces = 0, fits = 0;
	for (size_t i = 0; i <= unit.len; i++) {
		bool end = i == unit.len;
		if (!end && !th_slice_starts((th_slice){unit.ptr + i, unit.len - i}, TH_S("或")))
			continue;
		th_slice piece = {unit.ptr + start, i - start}, at;
		th_unit parsed;
		start = i + 3;
		pieces++;
		if (th_unit_parse(units, piece, &parsed, &at) != TH_UNIT_OK || activity == TH_NONE)
			continue;
		bool mass = th_unit_exponent(units, &parsed, "mass") != 0;
		const th_activity *fuel = &w->l->reference->activity[activity];
		if (fuel->method == TH_METHOD_COMBUSTION && mass != fuel->gas) {
			found = piece;
			fits++;
		}
	}
	if (pieces <= 1)
		return unit;
	if (fits == 1)
		return found;
	TH_LAY_FAIL(w->l, row, column, TH_LAYOUT_UNIT_OR, th_lay_z(w->l, unit));
	return (th_slice){"", 0};
}

/* 吨(t) says one unit twice; m3（标况） says of which volume, and 吨(kg) is no unit. */
static th_slice plain_unit(const th_walk *w, th_slice text)
{
	const th_units *units = w->l->reference->units;
	th_slice inside, bare = th_header_name(text, &inside), at;
	th_unit one;
	return inside.len && th_unit_parse(units, inside, &one, &at) == TH_UNIT_OK && th_lay_same_unit(w->l, inside, bare) ? bare : text;
}

/* --- a long row --- */

static void put_set(const th_walk *w, int field, th_long_cell *cell)
{
	const th_known_cell *set = &w->b->set[field];
	if (cell->text.len == 0 && set->given)
		*cell = (th_long_cell){set->text, set->row, set->column};
}

/* The fields of the row that go along as they are: with the unit of their header where the cell has none. */
static void put_fields(th_walk *w, size_t row, uint32_t activity, th_long_cell *cell)
{
	const th_layout *l = w->l;
	for (size_t c = 0; c < w->b->columns; c++) {
		const th_layout_column *column = &w->b->column[c];
		int f = column->field;
		if (column->role != TH_ROLE_FIELD || f < 0 || f == l->f_period || f == l->f_quantity || (l->f_quantity >= 0 && f == l->f_activity))
			continue;
		th_slice text = f == l->f_site || f == l->f_unit ? th_lay_squeezed(w->l, w->held[c]) : w->held[c];
		th_decimal number;
		bool note = strcmp(l->field[f].name, "note") == 0;
		if (l->f_quantity >= 0 && note && !w->b->long_rows)
			continue; /* a remark on a row of several lines is of none of them */
		if (column->unit.len && f != l->f_unit && !(l->f_quantity < 0 && strcmp(l->field[f].name, "reduction") == 0) && f != l->f_activity && th_is_number(text, l->grid->delimiter, &number)) {
			th_slice unit = unit_for(w, row, c, column->unit, activity);
			text = th_lay_glued(w->l, text, th_slice_eq(unit, TH_S("%")) ? "" : " ", unit);
		}
		if (f == l->f_unit)
			text = plain_unit(w, text);
		if (cell[f].text.len && text.len && f == l->f_site) { /* the company is the second half of the place */
			const th_layout_word *company = th_walk_word(w, TH_LW_CAPTION, th_lay_squeezed(w->l, column->name));
			cell[f].text = company ? th_lay_glued(w->l, cell[f].text, "/", text) : th_lay_glued(w->l, text, "/", cell[f].text);
			continue;
		}
		if (l->f_quantity < 0 && th_is_hole(text))
			text = (th_slice){"", 0};
		if (text.len)
			cell[f] = (th_long_cell){text, (uint32_t)w->held_row[c], (uint32_t)c};
	}
}

static bool add_row(th_walk *w, const th_long_cell *cell, size_t row, size_t column, const th_layout_column *own, th_slice base)
{
	th_layout *l = w->l;
	th_long_row *grown = th_grown_in(&l->arena, l->row, l->rows, sizeof *grown);
	th_long_cell *copy = grown ? th_arena_alloc(&l->arena, l->fields, sizeof *copy) : NULL;
	if (!copy)
		return th_lay_worse(l, th_no_memory(l->diags));
	l->row = grown;
	memcpy(copy, cell, l->fields * sizeof *copy);
	for (size_t f = 0; f < l->fields; f++) {
		if (!copy[f].text.len)
			copy[f] = (th_long_cell){{"", 0}, (uint32_t)row, (uint32_t)column};
		l->used[f] |= copy[f].text.len > 0;
	}
	l->row[l->rows++] = (th_long_row){.cell = copy, .row = (uint32_t)row, .column = (uint32_t)column, .from = 1, .to = 0, .base = base,
	                                  .place = own ? own->site : base, .whole = own && own->whole};
	w->b->lines++;
	return true;
}

/* 一厂用电量, 实际用电量, 总用电量 down a column: what stands before the name goes to the line's own column. */
static th_slice without_words(th_walk *w, th_slice label, th_layout_column *own)
{
	if (!label.len || th_lay_is_bare(w->l, label))
		return label;
	th_part part = th_lay_part(w->l, label);
	if (part.kind != TH_PART_ACTIVITY)
		return label;
	if (part.site.len)
		own->site = own->site.len ? th_lay_glued(w->l, part.site, "/", own->site) : part.site;
	own->when = th_when_join(&own->when, &part.when);
	own->whole |= th_part_says(&part, TH_LW_TOTAL);
	if (part.unit.len && !own->unit.len)
		own->unit = part.unit;
	return part.name;
}

/* What the line is of; `own` is its column, and may learn from the row's name. */
static th_slice activity_of(th_walk *w, size_t row, th_layout_column *q, th_long_cell *cell)
{
	const th_layout *l = w->l;
	size_t c = field_column(w, l->f_activity);
	th_slice text = q->activity.len ? q->activity : c < w->b->columns ? th_without_ordinal(th_lay_squeezed(w->l, w->held[c])) : (th_slice){"", 0};
	*cell = (th_long_cell){text, (uint32_t)(q->activity.len || c == w->b->columns ? row : w->held_row[c]), (uint32_t)(c < w->b->columns ? c : 0)};
	const bool item = text.len && (th_walk_word(w, TH_LW_ITEM, text) || (w->heading.len && th_walk_word(w, TH_LW_TOTAL, text)));
	if (item && !q->activity.len && (w->heading.len || w->b->set[l->f_activity].given)) {
		text = w->heading;
		*cell = (th_long_cell){text, (uint32_t)w->heading_row, (uint32_t)w->label};
	}
	if (!q->activity.len)
		cell->text = without_words(w, cell->text, q);
	const th_layout_word *output = q->activity.len || w->makes ? NULL : th_walk_word(w, TH_LW_OUTPUT, cell->text);
	if (output) /* nothing is made here, so it was bought */
		cell->text = output->value;
	if (!w->heading.len || text.len)
		put_set(w, l->f_activity, cell);
	return cell->text;
}

static void unknown_row(th_walk *w, size_t row, size_t column, th_slice text)
{
	th_buf near = {0};
	const bool shown = th_diags_takes(w->l->diags, TH_LAYOUT_UNKNOWN_ROW, th_grid_place(w->l->grid, row, column, NULL).file);
	if (shown)
		th_suggest_activities(w->l->reference, text, 3, TH_LANG_ZH, &near);
	uint32_t like = near.len || !shown ? TH_NONE : th_find_activity(w->l->reference, th_nearest_activity(w->l->reference, text));
	if (like != TH_NONE)
		th_buf_slice(&near, w->l->reference->activity[like].name_zh);
	th_buf_char(&near, '\0');
	char line[24];
	snprintf(line, sizeof line, "%zu", w->l->grid->row[row].line);
	if (near.failed)
		th_lay_worse(w->l, th_no_memory(w->l->diags));
	else
		TH_LAY_FAIL(w->l, row, column, TH_LAYOUT_UNKNOWN_ROW, th_lay_z(w->l, text), near.ptr, line);
	th_buf_free(&near);
}

/* 数量（万kWh） beside kWh in the column of units: the row counts, and once a column it is said that the header does not. */
static void tell_other_unit(th_walk *w, size_t column, th_slice unit)
{
	th_layout_column *q = &w->b->column[column];
	th_unit head, row;
	th_slice at;
	if (q->told_unit || !q->unit.len || !unit.len || th_lay_same_unit(w->l, q->unit, unit) || th_unit_parse(w->l->reference->units, q->unit, &head, &at) != TH_UNIT_OK ||
	    th_unit_parse(w->l->reference->units, unit, &row, &at) != TH_UNIT_OK)
		return;
	q->told_unit = true;
	TH_LAY_FAIL(w->l, w->b->head + w->b->heads - 1, column, TH_UNIT_OTHER_SIZE, th_lay_z(w->l, q->unit), th_lay_z(w->l, unit));
}

/* May a thing be counted in the unit that stands above the table: power in no tonnes, water in no kWh? */
static bool fits(const th_walk *w, th_slice unit, uint32_t activity)
{
	th_unit parsed;
	th_slice at;
	const th_units *units = w->l->reference->units;
	if (activity == TH_NONE || th_unit_parse(units, unit, &parsed, &at) != TH_UNIT_OK)
		return true;
	const th_activity *a = &w->l->reference->activity[activity];
	bool burnt = a->method == TH_METHOD_COMBUSTION || a->method == TH_METHOD_HEAT || a->method == TH_METHOD_ENERGY_ONLY || th_index_is(a->energy);
	if (th_unit_exponent(units, &parsed, "energy") != 0)
		return burnt || a->method == TH_METHOD_ELECTRICITY || a->method == TH_METHOD_AVOIDED || a->method == TH_METHOD_CREDIT;
	return a->method != TH_METHOD_ELECTRICITY && th_unit_exponent(units, &parsed, "money") == 0;
}

/* A time as a cell of the long table has it. The times of a table are few: those of the last ones are kept. No memory: NULL. */
static th_slice when_as_text(th_walk *w, const th_when *when)
{
	struct th_put_time *kept = &w->put[(uint32_t)when->to / 28 % TH_TIMES_KEPT];
	if (kept->text.len && kept->when.from == when->from && kept->when.to == when->to && kept->when.bounds == when->bounds)
		return kept->text;
	th_buf put = {0};
	th_when_put(when, &put);
	*kept = (struct th_put_time){*when, put.failed ? (th_slice){NULL, 0} : th_arena_copy(&w->l->arena, th_buf_view(&put))};
	th_buf_free(&put);
	return kept->text;
}

static bool add_quantity(th_walk *w, size_t row, size_t column)
{
	th_layout *l = w->l;
	th_layout_column own = w->b->column[column];
	const th_layout_column *q = &own;
	th_long_cell cell[TH_FIELDS_MOST] = {{{"", 0}, 0, 0}};
	const th_grid_cell *from = th_grid_at(l->grid, row, column);
	if (from->flags & TH_GRID_COVERED && th_lay_text(l, row, column).len)
		return TH_LAY_FAIL(l, row, column, TH_LAYOUT_MERGED, th_lay_z(l, th_lay_text(l, row, column)));
	if (th_is_hole(from->text) && !w->b->long_rows)
		return true; /* a hole, never zero */
	th_slice text = activity_of(w, row, &own, &cell[l->f_activity]), unit;
	th_slice bare = th_lay_split(l, text, &unit);
	uint32_t activity = th_lay_activity(l, unit.len ? bare : text);
	if (unit.len && activity != TH_NONE)
		cell[l->f_activity].text = text = bare;
	if (activity == TH_NONE && !w->b->long_rows && !w->has_factor && !th_lay_is_generated(l, text)) {
		size_t c = field_column(w, l->f_activity);
		if (w->unknown_row != row + 1)
			unknown_row(w, row, c < w->b->columns ? c : column, text.len ? text : w->b->column[column].name);
		w->unknown_row = row + 1;
		return true;
	}
	put_fields(w, row, activity, cell);
	const th_slice base = cell[l->f_site].text;
	if (q->site.len)
		cell[l->f_site] = (th_long_cell){base.len && !th_slice_eq(base, q->site) ? th_lay_glued(l, base, "/", q->site) : q->site,
		                                 (uint32_t)(w->b->head + w->b->heads - 1), (uint32_t)column};
	for (size_t f = 0; f < l->fields; f++)
		if ((int)f != l->f_unit && (int)f != l->f_period && (int)f != l->f_activity)
			put_set(w, (int)f, &cell[f]);
	tell_other_unit(w, column, cell[l->f_unit].text);
	if (q->unit.len && !cell[l->f_unit].text.len)
		cell[l->f_unit] = (th_long_cell){unit_for(w, w->b->head + w->b->heads - 1, column, q->unit, activity), (uint32_t)(w->b->head + w->b->heads - 1), (uint32_t)column};
	if (!cell[l->f_unit].text.len && unit.len)
		cell[l->f_unit] = (th_long_cell){unit, cell[l->f_activity].row, cell[l->f_activity].column};
	if (fits(w, w->b->set[l->f_unit].text, activity))
		put_set(w, l->f_unit, &cell[l->f_unit]);
	th_lay_put_amount_unit(l, w->b, row, column, &cell[l->f_unit]);
	if (!cell[l->f_unit].text.len && !w->b->long_rows) {
		if (!w->asked_unit)
			TH_LAY_FAIL(l, row, column, TH_LAYOUT_NO_UNIT, th_lay_z(l, text));
		w->asked_unit = true;
		return true;
	}
	th_when when = {0};
	if (!th_walk_when(w, q, &when, &cell[l->f_period])) {
		if (!th_walk_complete_when(w, row, column, &cell[l->f_period], &when))
			return true;
		th_walk_see_named(w, &when, &cell[l->f_period]);
		if (q->when.sub == -1)
			th_when_since_january(&when);
		const th_slice copy = when_as_text(w, &when);
		if (!copy.ptr)
			return th_lay_worse(l, th_no_memory(l->diags));
		if (!cell[l->f_period].text.len)
			cell[l->f_period] = q->when.whole || q->when.sub ? (th_long_cell){copy, (uint32_t)(w->b->head + w->b->heads - 1), (uint32_t)column}
			                                                 : (th_long_cell){copy, (uint32_t)w->b->when_row, (uint32_t)w->b->when_column};
		cell[l->f_period].text = copy;
	}
	cell[l->f_quantity] = (th_long_cell){from->text, (uint32_t)row, (uint32_t)column};
	if (!add_row(w, cell, row, column, &own, base))
		return false;
	if (when.whole) {
		l->row[l->rows - 1].from = when.from;
		l->row[l->rows - 1].to = when.to;
		l->row[l->rows - 1].running = when.running;
	}
	return true;
}

static void ask_material(th_walk *w, size_t row)
{
	th_decimal number;
	for (size_t c = 0; c < w->b->columns; c++) {
		th_slice text = th_grid_at(w->l->grid, row, c)->text;
		if (w->b->column[c].role == TH_ROLE_MATERIAL && !w->b->column[c].forced && th_is_number(text, w->l->grid->delimiter, &number) && number.mant > 0)
			TH_LAY_FAIL(w->l, row, c, TH_LAYOUT_MATERIAL, th_lay_z(w->l, text));
	}
}

/* 本年累计 beside the quantity of the same place and thing: of which line it is the sum. Beside months across it was compared in its row. */
static bool note_since(th_walk *w, size_t row, size_t first)
{
	th_layout *l = w->l;
	for (size_t c = 0; c < w->b->columns; c++) {
		const th_layout_column *column = &w->b->column[c];
		size_t line = SIZE_MAX, lines = 0;
		if (column->role != TH_ROLE_RUNNING || column->total || !th_walk_counts(w, row) || th_is_hole(th_grid_at(l->grid, row, c)->text))
			continue;
		for (size_t i = first; i < l->rows; i++) {
			const th_layout_column *q = &w->b->column[l->row[i].column];
			bool same = th_slice_eq(q->site, column->site) && (!column->activity.len || th_slice_eq(q->activity, column->activity));
			line = same ? i : line;
			lines += same;
		}
		if (lines > 1)
			continue;
		if (!th_lay_add_since(l, &(th_since){line, (uint32_t)row, (uint32_t)c, column->open}))
			return false;
	}
	return true;
}

/* The unit of reductions is the row's; where it has none, their header's. */
static void put_reduction_unit(th_walk *w, th_long_cell *cell)
{
	th_layout *l = w->l;
	for (size_t c = 0; c < w->b->columns && l->f_unit >= 0; c++) {
		const th_layout_column *column = &w->b->column[c];
		if (column->role != TH_ROLE_FIELD || strcmp(l->field[column->field].name, "reduction") != 0 || !cell[column->field].text.len)
			continue;
		if (!cell[l->f_unit].text.len && column->unit.len)
			cell[l->f_unit] = (th_long_cell){column->unit, (uint32_t)(w->b->head + w->b->heads - 1), (uint32_t)c};
		th_lay_yearly(l, column, &cell[l->f_unit]);
	}
}

static bool add_line(th_walk *w, size_t row)
{
	th_layout *l = w->l;
	if (l->f_quantity < 0) {
		th_long_cell cell[TH_FIELDS_MOST] = {{{"", 0}, 0, 0}};
		put_fields(w, row, TH_NONE, cell);
		put_reduction_unit(w, cell);
		bool wide = false;
		for (size_t c = 0; c < w->b->columns; c++) {
			th_long_cell own[TH_FIELDS_MOST];
			if (w->b->column[c].role != TH_ROLE_QUANTITY)
				continue;
			wide = true;
			memcpy(own, cell, sizeof own);
			if (th_lay_target_cell(l, w->b, row, c, own) && !add_row(w, own, row, c, NULL, TH_S("")))
				return false;
		}
		if (wide)
			return l->status != TH_SYSTEM;
		th_lay_measure(l, w->b, w->heading, w->heading_row, cell);
		return add_row(w, cell, row, 0, NULL, TH_S(""));
	}
	ask_material(w, row);
	size_t first = l->rows;
	for (size_t c = 0; c < w->b->columns; c++)
		if (w->b->column[c].role == TH_ROLE_QUANTITY && !add_quantity(w, row, c))
			return false;
	(void)(l->status != TH_SYSTEM && note_since(w, row, first));
	th_walk_sum(w, row);
	return l->status != TH_SYSTEM;
}

/* --- all of them --- */

static void skip(th_walk *w, size_t row)
{
	th_buf *out = &w->b->skipped;
	th_slice label = w->label < w->b->columns ? th_walk_text(w, row, w->label) : th_walk_first(w, row);
	w->b->skipped_rows++;
	w->b->skipped_numbers |= th_walk_counts(w, row);
	if (out->len > 200)
		return;
	th_buf_str(out, out->len ? "、" : "");
	th_buf_slice(out, label.len ? label : th_walk_first(w, row));
}

static bool start(th_walk *w, th_layout *l, th_block *b, unsigned char *sort)
{
	size_t n = b->columns ? b->columns : 1;
	*w = (th_walk){.l = l, .b = b, .sort = sort, .held = th_arena_alloc(&l->arena, n, sizeof *w->held),
	                   .held_row = th_arena_alloc(&l->arena, n, sizeof *w->held_row), .own = th_arena_alloc(&l->arena, n, sizeof *w->own),
	                   .since = th_arena_alloc(&l->arena, n, sizeof *w->since), .above = th_arena_alloc(&l->arena, n, sizeof *w->above)};
	if (!w->held || !w->held_row || !w->own || !w->since || !w->above)
		return false;
	for (size_t c = 0; c < b->columns; c++)
		w->held[c] = (th_slice){"", 0};
	w->label = l->f_activity >= 0 ? field_column(w, l->f_activity) : field_column(w, 1);
	for (size_t c = 0; c < b->columns && w->label == b->columns; c++)
		if (b->column[c].role == TH_ROLE_FIELD)
			w->label = c;
	for (size_t f = 0; f < l->fields; f++)
		w->has_factor |= strcmp(l->field[f].name, "factor") == 0 && field_column(w, (int)f) < b->columns;
	b->long_rows = th_lay_is_lines(l, b);
	for (size_t c = 0; c < b->columns; c++)
		w->makes |= th_lay_word(l, TH_LW_OUTPUT_BESIDE, b->column[c].name) != NULL;
	for (size_t r = b->data; r < b->end && w->label < b->columns; r++)
		w->makes |= th_walk_word(w, TH_LW_OUTPUT_BESIDE, th_walk_text(w, r, w->label)) != NULL;
	return true;
}

bool th_lay_rows(th_layout *l, th_block *b, unsigned char *sort)
{
	th_walk w;
	if (!start(&w, l, b, sort))
		return th_lay_worse(l, th_no_memory(l->diags));
	if (l->f_quantity >= 0)
		th_walk_see_year(&w);
	b->first_line = l->rows;
	b->first_since = l->sinces;
	for (size_t r = b->data; r < b->end; r++) {
		th_row_sort what = th_walk_sort(&w, r);
		sort[r - b->data] = (unsigned char)what;
		if (what == TH_SORT_FOOTER || what == TH_SORT_MARKER) {
			b->footers += what == TH_SORT_FOOTER;
			continue;
		}
		if (what == TH_SORT_TOTAL || what == TH_SORT_RUNNING) {
			b->control_rows++;
			for (size_t c = 0; c < b->columns && what == TH_SORT_TOTAL; c++) {
				w.held[c] = (th_slice){"", 0};
				w.since[c] = (th_sum){0};
			}
			continue;
		}
		if (what == TH_SORT_PART) {
			b->part_rows++;
			skip(&w, r);
			continue;
		}
		if (what == TH_SORT_HEADING && l->f_quantity < 0) {
			w.heading = th_without_ordinal(th_walk_first(&w, r));
			w.heading_row = r;
			for (size_t c = 0; c < b->columns; c++)
				w.held[c] = (th_slice){"", 0};
			continue;
		}
		if (what == TH_SORT_LINE && l->f_quantity >= 0 && th_walk_nameless(&w, r)) { /* not even the month above it is its own */
			TH_LAY_FAIL(l, r, 0, TH_LAYOUT_ROW_NAMELESS, NULL);
			continue;
		}
		hold_row(&w, r);
		if (what == TH_SORT_HEADING) {
			w.heading = th_without_ordinal(th_walk_text(&w, r, w.label));
			w.heading_row = r;
			sort[r - b->data] = TH_SORT_HEADING;
			continue;
		}
		if (what == TH_SORT_ASIDE) {
			skip(&w, r);
			continue;
		}
		if (!add_line(&w, r) && l->status == TH_SYSTEM)
			return false;
	}
	if ((b->named.whole || b->named.sub) && !b->met && w.first.when.whole)
		th_lay_other_time(l, &w.first.when, w.first.row, w.first.column);
	if (b->lines == 0 && w.aggregate_row)
		TH_LAY_FAIL(l, w.aggregate_row - 1, w.label < b->columns ? w.label : 0, TH_LAYOUT_AGGREGATE, th_lay_z(l, th_walk_text(&w, w.aggregate_row - 1, w.label < b->columns ? w.label : 0)));
	if (b->filled) {
		char count[24];
		snprintf(count, sizeof count, "%zu", b->filled);
		TH_LAY_FAIL(l, w.filled_row, w.filled_column, TH_LAYOUT_FILLED, count);
	}
	return l->status != TH_SYSTEM;
}
