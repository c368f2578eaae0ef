/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the first rows of a sheet tell of the table in it: enough to say which sheets of a workbook are one table. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/list.h"

static void put_column(const th_layout *l, const th_layout_column *c, th_buf *out)
{
	bool spoken = c->role == TH_ROLE_FIELD && c->field >= 0 && (l->field[c->field].always || l->field[c->field].text);
	if (spoken && c->field != l->f_period)
		th_buf_printf(out, "f%d", c->field);
	else if (c->role == TH_ROLE_QUANTITY || c->role == TH_ROLE_UNKNOWN) {
		uint32_t activity = c->activity.len ? th_lay_activity(l, c->activity) : TH_NONE;
		th_buf_printf(out, "q%lu ", (unsigned long)(activity == TH_NONE ? 0 : activity + 1));
		th_buf_slice(out, activity == TH_NONE ? c->activity : TH_S(""));
		th_buf_char(out, ' ');
		th_buf_slice(out, c->site);
	}
}

static int by_text(const void *a, const void *b)
{
	return th_slice_cmp(*(const th_slice *)a, *(const th_slice *)b);
}

/* What its columns are, whatever their order and number and of which times: each thing once. */
static bool put_header(th_layout *l, const th_block *b, th_buf *out)
{
	th_slice *name = th_arena_alloc(&l->arena, b->columns + 1, sizeof *name);
	size_t names = 0;
	for (size_t c = 0; c < b->columns && name; c++) {
		th_buf text = {0};
		put_column(l, &b->column[c], &text);
		name[names] = text.len ? th_arena_copy(&l->arena, th_buf_view(&text)) : (th_slice){"", 0};
		bool failed = text.failed || !name[names].ptr;
		names += text.len > 0;
		th_buf_free(&text);
		if (failed)
			return false;
	}
	if (!name)
		return false;
	if (names)
		qsort(name, names, sizeof *name, by_text);
	for (size_t i = 0; i < names; i++)
		if (i == 0 || !th_slice_eq(name[i], name[i - 1])) {
			th_buf_slice(out, name[i]);
			th_buf_char(out, '\x1f');
		}
	return !out->failed;
}

/* Is it a table of quantities: a column of them, or of numbers under a word that is not known? */
static bool has_quantities(const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].role == TH_ROLE_QUANTITY || b->column[c].role == TH_ROLE_RUNNING ||
		    (b->column[c].role == TH_ROLE_UNKNOWN && b->column[c].numbers && !b->column[c].words))
			return true;
	return false;
}

static bool keep(th_arena *arena, th_slice text, th_slice *out)
{
	*out = th_arena_copy(arena, text);
	return out->ptr != NULL;
}

static bool keep_cells(th_layout *l, size_t row, th_arena *arena, th_slice *out)
{
	th_buf text = {0};
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		th_slice cell = th_lay_squeezed(l, th_lay_text(l, row, c));
		if (cell.len) {
			th_buf_slice(&text, cell);
			th_buf_char(&text, '\x1f');
		}
	}
	bool ok = !text.failed && keep(arena, th_buf_view(&text), out);
	th_buf_free(&text);
	return ok;
}

/* The row in which most is known, where no header is found. */
static size_t likely_row(th_layout *l)
{
	size_t most = 0, at = 0;
	for (size_t r = 0; r < l->grid->rows; r++) {
		size_t known;
		(void)th_lay_score(l, r, &known);
		at = known > most ? r : at;
		most = known > most ? known : most;
	}
	return at;
}

static bool look(th_layout *l, th_arena *arena, th_layout_look *out)
{
	th_block block = {0};
	th_buf header = {0};
	l->block = &block;
	if (!th_lay_head(l, &block, 0))
		return keep_cells(l, likely_row(l), arena, &out->cells);
	block.end = l->grid->rows;
	th_lay_titles(l, &block, 0);
	bool torn = th_diags_errors(l->diags) > 0; /* it is of two times */
	if ((!th_lay_columns(l, &block) && l->status == TH_SYSTEM) || !has_quantities(&block)) /* what else is wrong, who reads it tells */
		return true;
	bool timed = false, sited = false;
	for (size_t c = 0; c < block.columns; c++) {
		const th_layout_column *column = &block.column[c];
		timed |= (column->role == TH_ROLE_FIELD && column->field == l->f_period) || (column->role == TH_ROLE_QUANTITY && (column->when.whole || column->when.sub > 0));
		sited |= column->role == TH_ROLE_FIELD && column->field == l->f_site;
	}
	out->found = true;
	const bool plan = th_lay_is_plan(l, &block);
	out->target = plan && block.target;
	out->times = timed;
	out->sites = sited;
	out->dated = block.when.whole && !torn;
	out->from = block.when.from;
	out->to = block.when.to;
	out->part = block.part.sub;
	bool ok = put_header(l, &block, &header) && keep_cells(l, block.head + block.heads - 1, arena, &out->cells) && keep(arena, th_buf_view(&header), &out->header) &&
	          keep(arena, plan ? block.plan.text : TH_S(""), &out->plan) && keep(arena, block.set[l->f_site].given ? block.set[l->f_site].text : TH_S(""), &out->site) &&
	          keep(arena, block.set[l->f_activity].given ? block.set[l->f_activity].text : TH_S(""), &out->activity);
	th_buf_free(&header);
	return ok;
}

th_status th_layout_look_at(const th_reference *reference, const th_grid *grid, th_arena *arena, th_diags *diags, th_layout_look *out)
{
	*out = (th_layout_look){.cells = {"", 0}, .header = {"", 0}, .plan = {"", 0}, .site = {"", 0}, .activity = {"", 0}};
	if (grid->rows == 0)
		return TH_OK;
	th_layout l = {.reference = reference, .kind = "inventory", .path = grid->name, .grid = grid, .diags = th_diags_new()};
	bool ok = l.diags && th_lay_kind(&l, l.kind) && look(&l, arena, out) && l.status != TH_SYSTEM;
	th_diags_free(l.diags);
	th_arena_free(&l.arena);
	return ok ? TH_OK : th_no_memory(diags);
}
