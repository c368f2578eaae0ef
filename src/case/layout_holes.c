/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Months of a thing in which no quantity stands, though others have one: blank, -, 无, N/A. They are no lines and no zero, which is said. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/list.h"

enum { MOST_BYTES = 240 }; /* of names in one message */

/* The cells of one thing, down a column or across a row. */
struct series {
	th_buf holes;   /* their times */
	bool numbers, cut;
	uint32_t row, column; /* the first hole */
};

struct holes {
	th_layout *l;
	const th_block *b;
	const unsigned char *sort;
	uint32_t *group;       /* by column: which thing stands across; of columns without a time TH_NONE */
	uint32_t groups;
	bool *filled;          /* by column: a number stands in it */
	th_slice *held;        /* by column: the last text of a field, which stands for blanks below it */
	th_intern key;         /* what tells series apart that go down */
	struct series *down;   /* by key and column */
	size_t keys;
	struct series *across; /* by group */
	struct series blank;   /* rows and columns without any number */
	bool failed;
};

static void add_name(struct series *to, th_slice name, size_t row, size_t column)
{
	if (to->holes.len == 0) {
		to->row = (uint32_t)row;
		to->column = (uint32_t)column;
	}
	to->cut |= to->holes.len > MOST_BYTES;
	if (to->holes.len > MOST_BYTES)
		return;
	th_buf_str(&to->holes, to->holes.len ? ", " : "");
	th_buf_slice(&to->holes, name);
}

static const char *names_of(struct holes *h, struct series *of)
{
	th_buf_str(&of->holes, of->cut ? ", ..." : "");
	th_buf_char(&of->holes, '\0');
	h->failed |= of->holes.failed;
	return of->holes.failed ? "" : of->holes.ptr;
}

/* The last piece of a header's path: 2月 of 用电量;2月. */
static th_slice leaf_of(th_slice name)
{
	for (size_t at = name.len; at > 0; at--)
		if (name.ptr[at - 1] == ';')
			return th_slice_from(name, at);
	return name;
}

static bool is_timed(const th_layout_column *c)
{
	return c->when.whole || c->when.sub;
}

static bool counts(const th_layout_column *c)
{
	return c->role == TH_ROLE_QUANTITY && c->span == TH_SPAN_NONE;
}

static bool is_field(const struct holes *h, size_t c, int field)
{
	return h->b->column[c].role == TH_ROLE_FIELD && h->b->column[c].field == field;
}

/* What a row says of a field, all its columns behind each other. */
static th_slice row_says(struct holes *h, int field)
{
	th_slice text = {"", 0};
	for (size_t c = 0; c < h->b->columns; c++)
		if (is_field(h, c, field) && h->held[c].len)
			text = text.len ? th_lay_glued(h->l, text, "", h->held[c]) : h->held[c];
	return text;
}

/* 一厂 柴油: what the cells of a series are of. */
static th_slice thing_of(struct holes *h, size_t column)
{
	const th_layout_column *c = &h->b->column[column];
	th_slice site = c->site.len ? c->site : row_says(h, h->l->f_site), name = c->activity.len ? c->activity : row_says(h, h->l->f_activity);
	if (!name.len)
		name = h->b->set[h->l->f_activity].given ? h->b->set[h->l->f_activity].text : c->name;
	return site.len ? th_lay_glued(h->l, site, " ", name) : name;
}

static void tell(struct holes *h, th_slice thing, struct series *of)
{
	if (of->numbers && of->holes.len)
		TH_LAY_FAIL(h->l, of->row, of->column, TH_LAYOUT_HOLES, th_lay_z(h->l, thing), names_of(h, of));
}

/* --- across --- */

static bool group_columns(struct holes *h)
{
	th_intern things = {.count = 0};
	bool held = true;
	for (size_t c = 0; c < h->b->columns && held; c++) {
		const th_layout_column *column = &h->b->column[c];
		h->group[c] = TH_NONE;
		if (!counts(column) || !is_timed(column))
			continue;
		h->group[c] = th_intern_add(&things, th_lay_glued(h->l, column->site, "\x1f", column->activity));
		held = h->group[c] != TH_NONE;
	}
	h->groups = things.count;
	th_intern_free(&things);
	h->across = th_calloc(h->groups + 1, sizeof *h->across);
	return held && h->across;
}

static void look_across(struct holes *h, size_t row)
{
	const th_grid *grid = h->l->grid;
	th_decimal number;
	for (uint32_t g = 0; g < h->groups; g++) {
		th_buf_clear(&h->across[g].holes);
		h->across[g].numbers = h->across[g].cut = false;
	}
	for (size_t c = 0; c < h->b->columns; c++) {
		struct series *of = h->group[c] != TH_NONE ? &h->across[h->group[c]] : NULL;
		const th_grid_cell *cell = th_grid_at(grid, row, c);
		if (!of || cell->flags & TH_GRID_COVERED)
			continue;
		if (th_is_number(cell->text, grid->delimiter, &number))
			of->numbers = true;
		else if (h->filled[c] && th_is_hole(cell->text))
			add_name(of, leaf_of(h->b->column[c].name), row, c);
	}
	for (uint32_t g = 0; g < h->groups; g++)
		if (h->across[g].holes.len)
			tell(h, thing_of(h, h->across[g].column), &h->across[g]);
}

/* --- down --- */

static struct series *series_of(struct holes *h, th_buf *key)
{
	th_buf_clear(key);
	for (size_t c = 0; c < h->b->columns; c++)
		if (h->b->column[c].role == TH_ROLE_FIELD && h->b->column[c].field >= 0 && !is_field(h, c, h->l->f_period) && h->l->field[h->b->column[c].field].text) {
			th_buf_slice(key, h->held[c]);
			th_buf_char(key, '\x1f');
		}
	const uint32_t at = key->failed ? TH_NONE : th_intern_add(&h->key, th_buf_view(key));
	if (at == TH_NONE)
		return NULL;
	if (at == h->keys) {
		struct series *grown = th_grown(h->down, h->keys, h->b->columns * sizeof *grown);
		if (!grown)
			return NULL;
		h->down = grown;
		memset(&grown[h->keys++ * h->b->columns], 0, h->b->columns * sizeof *grown);
	}
	return &h->down[(size_t)at * h->b->columns];
}

static void look_down(struct holes *h, size_t row, th_slice time, th_buf *key)
{
	th_decimal number;
	struct series *of = series_of(h, key);
	h->failed |= !of;
	for (size_t c = 0; of && c < h->b->columns; c++) {
		const th_grid_cell *cell = th_grid_at(h->l->grid, row, c);
		if (!counts(&h->b->column[c]) || is_timed(&h->b->column[c]) || cell->flags & TH_GRID_COVERED)
			continue;
		if (th_is_number(cell->text, h->l->grid->delimiter, &number))
			of[c].numbers = true;
		else if (th_is_hole(cell->text))
			add_name(&of[c], time, row, c);
	}
}

static void tell_down(struct holes *h)
{
	for (size_t k = 0; k < h->keys; k++)
		for (size_t c = 0; c < h->b->columns; c++) {
			struct series *of = &h->down[k * h->b->columns + c];
			th_slice rest = th_intern_text(&h->key, (uint32_t)k);
			for (size_t f = 0; of->holes.len && of->numbers && f < h->b->columns; f++) {
				if (h->b->column[f].role != TH_ROLE_FIELD || h->b->column[f].field < 0 || is_field(h, f, h->l->f_period) || !h->l->field[h->b->column[f].field].text)
					continue;
				const char *end = memchr(rest.ptr, '\x1f', rest.len);
				const size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
				h->held[f] = (th_slice){rest.ptr, len};
				rest = th_slice_from(rest, len + (end != NULL));
			}
			if (of->holes.len && of->numbers)
				tell(h, thing_of(h, c), of);
		}
}

/* --- rows --- */

static bool has_number(const struct holes *h, size_t row)
{
	th_decimal number;
	for (size_t c = 0; c < h->b->columns; c++)
		if (h->b->column[c].role == TH_ROLE_QUANTITY && th_is_number(th_grid_at(h->l->grid, row, c)->text, h->l->grid->delimiter, &number))
			return true;
	return false;
}

static void hold(struct holes *h, size_t row)
{
	for (size_t c = 0; c < h->b->columns; c++) {
		const th_slice text = h->b->column[c].role == TH_ROLE_FIELD ? th_lay_squeezed(h->l, th_lay_text(h->l, row, c)) : (th_slice){"", 0};
		if (text.len || (h->b->column[c].role == TH_ROLE_FIELD && h->b->column[c].field >= 0 && !h->l->field[h->b->column[c].field].text))
			h->held[c] = text;
	}
}

/* 柴油 without a number anywhere, 11月 that is still to come; a heading is neither. */
static void see_blank(struct holes *h, size_t row, th_slice time)
{
	th_when when;
	const size_t label = th_lay_field_column(h->b, h->l->f_activity);
	const th_slice own = label < h->b->columns ? th_lay_squeezed(h->l, th_lay_text(h->l, row, label)) : (th_slice){"", 0}, site = row_says(h, h->l->f_site);
	if (own.len && th_lay_activity(h->l, th_without_ordinal(own)) != TH_NONE)
		add_name(&h->blank, own, row, label);
	else if (!own.len && time.len && th_lay_when(h->l, time, &when))
		add_name(&h->blank, site.len ? th_lay_glued(h->l, site, " ", time) : time, row, th_lay_field_column(h->b, h->l->f_period));
}

static void see_columns(struct holes *h)
{
	th_decimal number;
	for (size_t r = h->b->data; r < h->b->end; r++)
		for (size_t c = 0; c < h->b->columns; c++)
			if (h->sort[r - h->b->data] == TH_SORT_LINE && counts(&h->b->column[c]) && !h->filled[c])
				h->filled[c] = th_is_number(th_grid_at(h->l->grid, r, c)->text, h->l->grid->delimiter, &number);
	for (size_t c = 0; c < h->b->columns; c++)
		if (counts(&h->b->column[c]) && !h->filled[c])
			add_name(&h->blank, h->b->column[c].name, h->b->head + h->b->heads - 1, c);
}

static void see_rows(struct holes *h)
{
	th_buf key = {0};
	for (size_t r = h->b->data; r < h->b->end && !h->failed; r++) {
		if (h->sort[r - h->b->data] != TH_SORT_LINE)
			continue;
		hold(h, r);
		const th_slice time = row_says(h, h->l->f_period);
		if (!has_number(h, r)) {
			see_blank(h, r, time);
			continue;
		}
		if (h->groups)
			look_across(h, r);
		if (time.len)
			look_down(h, r, time, &key);
	}
	tell_down(h);
	th_buf_free(&key);
}

static void close_holes(struct holes *h)
{
	for (size_t i = 0; i < h->keys * h->b->columns; i++)
		th_buf_free(&h->down[i].holes);
	for (uint32_t g = 0; h->across && g < h->groups; g++)
		th_buf_free(&h->across[g].holes);
	th_buf_free(&h->blank.holes);
	th_intern_free(&h->key);
	free(h->down);
	free(h->across);
}

bool th_lay_tell_holes(th_layout *l, const th_block *b, const unsigned char *sort)
{
	struct holes h = {.l = l, .b = b, .sort = sort};
	if (l->f_quantity < 0 || l->status != TH_OK || b->long_rows || b->lines == 0)
		return true;
	h.group = th_arena_alloc(&l->arena, b->columns, sizeof *h.group);
	h.filled = th_arena_alloc(&l->arena, b->columns, sizeof *h.filled);
	h.held = th_arena_alloc(&l->arena, b->columns, sizeof *h.held);
	h.failed = !h.group || !h.filled || !h.held || !group_columns(&h);
	for (size_t c = 0; c < b->columns && !h.failed; c++)
		h.held[c] = (th_slice){"", 0};
	if (!h.failed) {
		see_columns(&h);
		see_rows(&h);
		if (h.blank.holes.len)
			TH_LAY_FAIL(l, h.blank.row, h.blank.column, TH_LAYOUT_BLANK, names_of(&h, &h.blank));
	}
	close_holes(&h);
	return h.failed ? th_lay_worse(l, th_no_memory(l->diags)) : l->status != TH_SYSTEM;
}
