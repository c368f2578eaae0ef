/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 柴油（购入）, 柴油（库存） beside 柴油（消耗）: names that say what came in, what lay there and what was used, in rows or across. What was used counts,
 * and what was bought where nothing says that. Of power and heat what was bought counts: the rest of what was used was made here. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/list.h"

typedef enum name_kind { PLAIN, USED, BOUGHT, STOCK } name_kind;

struct bought {
	th_layout *l;
	th_block *b;
	th_intern name;        /* of activities, as they stand */
	unsigned char *kind;   /* of each */
	th_intern key;         /* of a thing, its time and place */
	unsigned char *says;   /* of each: a bit for each kind that a line of it has */
	th_buf text;
	bool failed;
};

static name_kind kind_of(const th_layout *l, th_slice name)
{
	const th_row_words *words = &l->reference->row_words;
	th_slice inside;
	(void)th_header_name(name, &inside);
	const bool bought = th_row_word_in(words, TH_ROW_CAME_IN, name), used = th_row_word_in(words, TH_ROW_CONSUMED, name);
	if (inside.len && th_row_word_in(words, TH_ROW_STOCK, inside))
		return STOCK;
	return bought == used ? PLAIN : bought ? BOUGHT : USED;
}

/* Each name is looked at once. */
static name_kind kind_in(struct bought *w, const th_long_row *line)
{
	const th_slice name = line->cell[w->l->f_activity].text;
	const uint32_t known = w->name.count, number = name.len ? th_intern_add(&w->name, name) : TH_NONE;
	if (number == TH_NONE || number < known) {
		w->failed |= name.len && number == TH_NONE;
		return number == TH_NONE ? PLAIN : (name_kind)w->kind[number];
	}
	unsigned char *grown = th_grown(w->kind, known, sizeof *grown);
	w->failed |= !grown;
	if (!grown)
		return PLAIN;
	w->kind = grown;
	return (name_kind)(grown[number] = (unsigned char)kind_of(w->l, name));
}

/* What the line has in common with those that may say another kind of the same; TH_NONE: of no known activity, or without memory. */
static uint32_t key_of(struct bought *w, const th_long_row *line)
{
	static const char *const same[] = {"period", "site", "region", "source", "scope"};
	const th_layout *l = w->l;
	const uint32_t activity = th_lay_activity(l, line->cell[l->f_activity].text);
	if (activity == TH_NONE)
		return TH_NONE;
	th_buf_clear(&w->text);
	th_buf_printf(&w->text, "%lu", (unsigned long)activity);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		th_buf_char(&w->text, '\x1f');
		th_buf_slice(&w->text, line->cell[th_lay_field(l, same[i])].text);
	}
	const uint32_t known = w->key.count, at = w->text.failed ? TH_NONE : th_intern_add(&w->key, th_buf_view(&w->text));
	unsigned char *grown = at == known ? th_grown(w->says, known, sizeof *grown) : w->says;
	w->failed |= at == TH_NONE || !grown;
	if (at == TH_NONE || !grown)
		return TH_NONE;
	w->says = grown;
	if (at == known)
		grown[at] = 0;
	return at;
}

static bool is_power(const th_layout *l, th_slice name)
{
	const th_method method = l->reference->activity[th_lay_activity(l, name)].method;
	return method == TH_METHOD_ELECTRICITY || method == TH_METHOD_HEAT;
}

static bool is_out(struct bought *w, const th_long_row *line, name_kind kind, unsigned says)
{
	th_layout *l = w->l;
	const th_slice name = line->cell[l->f_activity].text;
	if (says >> USED & 1 && says >> BOUGHT & 1 && is_power(l, name))
		return kind != BOUGHT && kind != PLAIN;
	if (says >> USED & 1)
		return kind == BOUGHT || kind == STOCK;
	if (kind != STOCK && !(kind == BOUGHT && says >> STOCK & 1))
		return false;
	if (!(says >> PLAIN & 1) && (kind == STOCK || says >> STOCK & 1)) {
		const th_long_cell *at = w->b->column[line->column].activity.len ? &line->cell[l->f_quantity] : &line->cell[l->f_activity];
		if (kind == STOCK)
			TH_LAY_FAIL(l, at->row, at->column, TH_LAYOUT_NO_USE, th_lay_z(l, name));
		return false;
	}
	return true; /* beside 柴油 alone */
}

/* The names of rows that are left out, each once. */
static void note(struct bought *w, const th_long_row *line)
{
	th_block *b = w->b;
	if (b->column[line->column].activity.len || (b->skipped_row == line->row + 1u))
		return;
	b->skipped_row = line->row + 1u;
	b->skipped_rows++;
	if (b->skipped.len > 200)
		return;
	th_buf_str(&b->skipped, b->skipped.len ? "、" : "");
	th_buf_slice(&b->skipped, line->cell[w->l->f_activity].text);
}

static void settle(struct bought *w, uint32_t *key, bool *drop)
{
	const th_long_row *line = &w->l->row[w->b->first_line];
	bool any = false;
	for (size_t i = 0; i < w->b->lines && !w->failed; i++) {
		key[i] = key_of(w, &line[i]);
		if (key[i] != TH_NONE)
			w->says[key[i]] |= (unsigned char)(1u << kind_in(w, &line[i]));
	}
	for (size_t i = 0; i < w->b->lines && !w->failed; i++) {
		drop[i] = key[i] != TH_NONE && is_out(w, &line[i], kind_in(w, &line[i]), w->says[key[i]]);
		any |= drop[i];
		if (drop[i])
			note(w, &line[i]);
	}
	if (any && !w->failed)
		w->failed = !th_lay_take_off(w->l, w->b, drop);
}

/* Does a line say that it is of what was bought or in stock? Of most tables none does. */
static bool asks(struct bought *w)
{
	bool found = false;
	for (size_t i = 0; i < w->b->lines && !found && !w->failed; i++)
		found = kind_in(w, &w->l->row[w->b->first_line + i]) >= BOUGHT;
	return found && !w->failed;
}

bool th_lay_bought(th_layout *l, th_block *b)
{
	struct bought w = {.l = l, .b = b};
	if (l->f_quantity < 0)
		return true;
	if (asks(&w)) {
		uint32_t *key = th_arena_alloc(&l->arena, b->lines, sizeof *key);
		bool *drop = th_arena_alloc(&l->arena, b->lines, sizeof *drop);
		w.failed = !key || !drop;
		if (!w.failed)
			settle(&w, key, drop);
	}
	if (w.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	th_intern_free(&w.name);
	th_intern_free(&w.key);
	th_buf_free(&w.text);
	free(w.kind);
	free(w.says);
	return l->status != TH_SYSTEM;
}
