/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 总用电量 beside 峰, 平 and 谷, 全厂用电量 beside those of workshops: what is said to be all of something is compared with what it is all of, and is
 * a line only where nothing else is. Its parts are the lines of the same time and place that are of the same activity, or of the same energy: what
 * was bought and what the roof gave. Alone, it is the quantity. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/list.h"

/* What the lines sum to that are of one thing, time and place. */
struct parts {
	th_sum sum;
	th_slice unit, first; /* of the first: its unit and what it is of */
	bool mixed;           /* of several units */
};

struct wholes {
	th_layout *l;
	th_block *b;
	th_intern key;
	struct parts *parts; /* by key */
	size_t count;
	th_buf text;
	bool failed;
};

/* Of the same activity; of the same energy, as coal is of any kind, power from wherever it comes. */
typedef enum th_of { OF_ACTIVITY, OF_ENERGY } th_of;

static void put_thing(struct wholes *w, const th_long_row *line, th_of of)
{
	const th_reference *reference = w->l->reference;
	th_slice name = line->cell[w->l->f_activity].text;
	uint32_t number = th_lay_activity(w->l, name), energy = 0;
	const th_activity *activity = number == TH_NONE ? NULL : &reference->activity[number];
	if (of == OF_ENERGY && activity && activity->kind == TH_KIND_EMISSION && activity->coal)
		th_buf_str(&w->text, "coal");
	else if (of == OF_ENERGY && activity && activity->kind == TH_KIND_EMISSION && th_index_get(activity->energy, &energy))
		th_buf_printf(&w->text, "e%lu", (unsigned long)energy);
	else if (activity)
		th_buf_printf(&w->text, "a%lu", (unsigned long)number);
	else
		th_buf_slice(&w->text, name);
}

/* What a whole and its parts have in common; `placed`: also the site that a header or a name gives. */
static struct parts *parts_of(struct wholes *w, const th_long_row *line, th_of of, bool placed, bool add)
{
	static const char *const same[] = {"period", "region", "source", "scope"};
	const th_layout *l = w->l;
	th_buf_clear(&w->text);
	th_buf_printf(&w->text, "%d%d", of, placed);
	put_thing(w, line, of);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		th_buf_char(&w->text, '\x1f');
		th_buf_slice(&w->text, line->cell[th_lay_field(l, same[i])].text);
	}
	th_buf_char(&w->text, '\x1f');
	th_buf_slice(&w->text, line->base);
	th_buf_char(&w->text, '\x1f');
	th_buf_slice(&w->text, placed ? line->place : TH_S(""));
	uint32_t at = w->text.failed ? TH_NONE : add ? th_intern_add(&w->key, th_buf_view(&w->text)) : th_intern_find(&w->key, th_buf_view(&w->text));
	w->failed |= w->text.failed || (add && at == TH_NONE);
	if (at == TH_NONE || at < w->count)
		return at == TH_NONE ? NULL : &w->parts[at];
	struct parts *grown = th_grown(w->parts, w->count, sizeof *grown);
	w->failed |= !grown;
	if (!grown)
		return NULL;
	w->parts = grown;
	grown[w->count] = (struct parts){.unit = line->cell[l->f_unit].text, .first = line->cell[l->f_activity].text};
	return &grown[w->count++];
}

static void add(struct wholes *w, const th_long_row *line)
{
	th_mass value;
	bool counts = th_lay_number(w->l, line->row, line->column, &value);
	for (int of = OF_ACTIVITY; of <= OF_ENERGY; of++)
		for (int placed = 0; placed < 2; placed++) {
			struct parts *parts = parts_of(w, line, (th_of)of, placed, true);
			if (!parts)
				return;
			parts->mixed |= !th_slice_eq(parts->unit, line->cell[w->l->f_unit].text);
			th_sum_add(&parts->sum, counts, value);
		}
}

/* A whole that has no parts is a line; one with them is compared. */
static bool is_line(struct wholes *w, const th_long_row *line)
{
	const bool placed = line->place.len > 0;
	const struct parts *same = parts_of(w, line, OF_ACTIVITY, placed, false);
	const struct parts alike = same ? *same : (struct parts){.mixed = false}, *energy = parts_of(w, line, OF_ENERGY, placed, false);
	th_layout *l = w->l;
	const th_slice printed = th_grid_at(l->grid, line->row, line->column)->text;
	th_mass value;
	if (!energy || w->failed)
		return true;
	if (!th_lay_number(l, line->row, line->column, &value))
		return false;
	if (energy->mixed || energy->sum.lost || !th_slice_eq(energy->unit, line->cell[l->f_unit].text)) {
		TH_LAY_FAIL(l, line->row, line->column, TH_LAYOUT_CONTROL_UNCLEAR, th_lay_z(l, printed));
		return false;
	}
	w->b->compared++;
	if (th_lay_agrees(printed, value, energy->sum.sum) || (alike.sum.count && th_lay_agrees(printed, value, alike.sum.sum)))
		return false;
	if (alike.sum.count)
		th_lay_compare(l, line->row, line->column, energy->sum.sum, energy->sum.count, true);
	else
		TH_LAY_FAIL(l, line->row, line->column, TH_LAYOUT_WHOLE, th_lay_z(l, printed), th_lay_z(l, energy->first));
	return false;
}

/* Those of a place before those of all: what is left of them is part of these. */
static void settle(struct wholes *w, bool *drop)
{
	const th_long_row *line = &w->l->row[w->b->first_line];
	for (size_t i = 0; i < w->b->lines && !w->failed; i++)
		if (!line[i].whole)
			add(w, &line[i]);
	for (size_t i = 0; i < w->b->lines && !w->failed; i++)
		drop[i] = line[i].whole && line[i].place.len && !is_line(w, &line[i]);
	for (size_t i = 0; i < w->b->lines && !w->failed; i++)
		if (line[i].whole && line[i].place.len && !drop[i])
			add(w, &line[i]);
	for (size_t i = 0; i < w->b->lines && !w->failed; i++)
		drop[i] |= line[i].whole && !line[i].place.len && !is_line(w, &line[i]);
}

/* The sums since January of lines that are dropped go with them; the others follow their lines. */
static void follow(th_layout *l, size_t first, size_t lines, const bool *drop, const size_t *now)
{
	size_t kept = 0;
	for (size_t i = 0; i < l->sinces; i++) {
		th_since since = l->since[i];
		bool ours = since.line != SIZE_MAX && since.line >= first && since.line < first + lines;
		if (ours && drop[since.line - first])
			continue;
		since.line = ours ? now[since.line - first] : since.line;
		l->since[kept++] = since;
	}
	l->sinces = kept;
}

/* By column: had[c], it had a line; left[c], it has one still. */
static void take_off(th_layout *l, th_block *b, const bool *drop, size_t *now, bool *had, bool *left)
{
	size_t kept = 0, first = b->first_line;
	for (size_t i = 0; i < b->lines; i++) {
		now[i] = first + kept;
		had[l->row[first + i].column] = true;
		if (!drop[i]) {
			left[l->row[first + i].column] = true;
			l->row[first + kept++] = l->row[first + i];
		}
	}
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].role == TH_ROLE_QUANTITY && (b->column[c].whole || had[c]) && !left[c])
			b->column[c].role = TH_ROLE_ASIDE;
	follow(l, first, b->lines, drop, now);
	l->rows = first + kept;
	b->lines = kept;
}

bool th_lay_take_off(th_layout *l, th_block *b, const bool *drop)
{
	size_t *now = th_arena_alloc(&l->arena, b->lines + 1, sizeof *now);
	bool *column = th_arena_alloc(&l->arena, 2 * b->columns + 1, sizeof *column);
	if (!now || !column)
		return false;
	take_off(l, b, drop, now, column, column + b->columns);
	return true;
}

bool th_lay_wholes(th_layout *l, th_block *b)
{
	struct wholes w = {.l = l, .b = b};
	bool any = false;
	for (size_t i = 0; i < b->lines && !any; i++)
		any = l->row[b->first_line + i].whole;
	if (!any)
		return true;
	bool *drop = th_arena_alloc(&l->arena, b->lines, sizeof *drop);
	w.failed = !drop;
	if (!w.failed)
		settle(&w, drop);
	if (w.failed || !th_lay_take_off(l, b, drop))
		th_lay_worse(l, th_no_memory(l->diags));
	th_intern_free(&w.key);
	th_buf_free(&w.text);
	free(w.parts);
	return l->status != TH_SYSTEM;
}
