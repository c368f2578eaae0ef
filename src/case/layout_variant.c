/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of several kinds: a column that says of each whether it is 计划 or 实际, 上年 or 本年, 期初库存, 购进 or 消费. Those of them that are no use are not
 * read, by the words that say so in a header too. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/list.h"

/* What a cell says of its row. */
typedef enum th_says {
	SAYS_NOTHING, SAYS_OTHER, SAYS_SUM,
	SAYS_USE, SAYS_ACTUAL, SAYS_YEAR, /* 消费量; 实际, 本月; 本年 */
	SAYS_PURCHASE, SAYS_STOCK, SAYS_ASIDE,
	SAYS_WHOLE, SAYS_PART, /* 总, and of it 峰, 谷 */
	SAYS_KINDS
} th_says;

static th_says says_word(const th_layout *l, th_slice text)
{
	static const th_layout_kind order[] = {
		TH_LW_WHOLE, TH_LW_PART, TH_LW_ASIDE, TH_LW_MONEY, TH_LW_OPENING, TH_LW_PURCHASE, TH_LW_MOVED, TH_LW_CLOSING, TH_LW_COEFFICIENT, TH_LW_RUNNING, TH_LW_TOTAL, TH_LW_AVERAGE,
		TH_LW_ACTUAL, TH_LW_CONSUMPTION, TH_LW_ITEM, TH_LW_NO_ACTIVITY,
	};
	static const th_says says[TH_LW_KINDS] = {
		[TH_LW_ASIDE] = SAYS_ASIDE, [TH_LW_MONEY] = SAYS_ASIDE, [TH_LW_OPENING] = SAYS_STOCK, [TH_LW_PURCHASE] = SAYS_PURCHASE, [TH_LW_MOVED] = SAYS_STOCK,
		[TH_LW_CLOSING] = SAYS_STOCK, [TH_LW_COEFFICIENT] = SAYS_ASIDE, [TH_LW_RUNNING] = SAYS_SUM, [TH_LW_TOTAL] = SAYS_SUM, [TH_LW_AVERAGE] = SAYS_SUM,
		[TH_LW_ACTUAL] = SAYS_ACTUAL, [TH_LW_CONSUMPTION] = SAYS_USE, [TH_LW_ITEM] = SAYS_USE, [TH_LW_NO_ACTIVITY] = SAYS_ASIDE,
		[TH_LW_WHOLE] = SAYS_WHOLE, [TH_LW_PART] = SAYS_PART,
	};
	const th_layout_word *word = th_layout_word_first(&l->reference->layout_words, order, sizeof order / sizeof *order, text);
	if (!word || (word->kind == TH_LW_PART && word->place != TH_WORD_WHOLE))
		return SAYS_OTHER;
	return word->kind == TH_LW_ACTUAL && th_slice_eq(word->value, TH_S("year")) ? SAYS_YEAR : says[word->kind];
}

/* 计划用量, 计划（万kWh） too; 计划用电量 where another column has the names. */
static th_says says_of(th_layout *l, th_slice text, bool named)
{
	const uint64_t kinds = UINT64_C(1) << TH_LW_ASIDE | UINT64_C(1) << TH_LW_ACTUAL;
	th_slice inside;
	size_t end;
	text = th_without_ordinal(th_lay_squeezed(l, text));
	if (th_is_hole(text))
		return SAYS_NOTHING;
	th_says says = says_word(l, text);
	(void)th_header_name(text, &inside);
	if (says != SAYS_OTHER || !(inside.len || th_layout_word_before(&l->reference->layout_words, kinds, text, &end)))
		return says;
	th_part part = th_lay_part(l, text);
	if (part.kind == TH_PART_UNKNOWN || part.kind == TH_PART_EMPTY || (part.kind == TH_PART_ACTIVITY && !named))
		return SAYS_OTHER;
	if (th_part_says(&part, TH_LW_ASIDE))
		return SAYS_ASIDE;
	return part.kind == TH_PART_WORD ? says_word(l, part.name) : th_part_says(&part, TH_LW_ACTUAL) ? part.yearly ? SAYS_YEAR : SAYS_ACTUAL : SAYS_OTHER;
}

static bool is_note(const th_layout *l, const th_layout_column *c)
{
	return c->role == TH_ROLE_FIELD && c->field >= 0 && strcmp(l->field[c->field].name, "note") == 0;
}

static bool may_tell(const th_layout *l, const th_layout_column *c)
{
	if ((c->forced && c->role != TH_ROLE_VARIANT) || c->numbers || !c->words)
		return false;
	if (c->role == TH_ROLE_FIELD)
		return c->field >= 0 && c->field != l->f_unit && c->field != l->f_quantity && !c->time_part && !c->bound;
	return c->role == TH_ROLE_NONE || c->role == TH_ROLE_UNKNOWN || c->role == TH_ROLE_VARIANT || c->role == TH_ROLE_ASIDE;
}

/* How many cells of rows with numbers say what, and in which row the first does. */
struct tally {
	size_t n[SAYS_KINDS], row[SAYS_KINDS];
};

/* What the texts of a column say, each looked up once. */
struct heard {
	th_intern texts;
	unsigned char *says; /* by number */
};

static th_says hear(th_layout *l, struct heard *heard, th_slice text, bool named)
{
	const uint32_t known = heard->texts.count, number = th_intern_add(&heard->texts, text);
	if (number < known)
		return (th_says)heard->says[number];
	unsigned char *grown = number == TH_NONE ? NULL : th_grown(heard->says, number, sizeof *grown);
	if (!grown) {
		th_lay_worse(l, th_no_memory(l->diags));
		return SAYS_OTHER;
	}
	heard->says = grown;
	return (th_says)(grown[number] = (unsigned char)says_of(l, text, named));
}

/* Ends where nothing that follows could make the column tell rows apart: no more than half of the rows may be others, and without names none. */
static struct tally tally_of(th_layout *l, th_block *b, size_t column, bool named)
{
	const th_walk w = {.l = l, .b = b};
	struct tally t = {{0}, {0}};
	struct heard heard = {0};
	const size_t others = named ? (b->end - b->data) / 2 : 0;
	for (size_t r = b->data; r < b->end && l->status < TH_SYSTEM && t.n[SAYS_OTHER] <= others; r++) {
		th_slice text = th_lay_text(l, r, column);
		const bool counts = th_walk_counts(&w, r);
		if (!counts && (named || th_lay_activity(l, th_without_ordinal(th_lay_squeezed(l, text))) == TH_NONE))
			continue;
		th_says says = counts ? hear(l, &heard, text, named) : SAYS_OTHER; /* a heading */
		t.row[says] = t.n[says]++ ? t.row[says] : r;
	}
	if (t.n[SAYS_WHOLE] == 0) { /* a part of nothing that stands in the column */
		t.row[SAYS_OTHER] = t.n[SAYS_OTHER] ? t.row[SAYS_OTHER] : t.row[SAYS_PART];
		t.n[SAYS_OTHER] += t.n[SAYS_PART];
		t.n[SAYS_PART] = 0;
	}
	th_intern_free(&heard.texts);
	free(heard.says);
	return t;
}

static bool has_field(const th_block *b, int field, size_t but)
{
	for (size_t c = 0; c < b->columns; c++)
		if (c != but && b->column[c].role == TH_ROLE_FIELD && b->column[c].field == field)
			return true;
	return false;
}

/* Do the names of activities stand elsewhere? */
static bool is_named(const th_layout *l, const th_block *b, size_t column)
{
	bool across = false;
	for (size_t c = 0; c < b->columns; c++)
		across |= b->column[c].role == TH_ROLE_QUANTITY && b->column[c].activity.len;
	return across || has_field(b, l->f_activity, column);
}

/* Does the column tell rows that are not read from others? Names of activities with such words among them are names. */
static bool tells(const struct tally *t, bool named)
{
	const size_t use = t->n[SAYS_USE] + t->n[SAYS_ACTUAL] + t->n[SAYS_YEAR] + t->n[SAYS_WHOLE];
	const size_t known = use + t->n[SAYS_PURCHASE] + t->n[SAYS_STOCK] + t->n[SAYS_ASIDE] + t->n[SAYS_PART];
	if (named ? t->n[SAYS_OTHER] > known : t->n[SAYS_OTHER])
		return false;
	return (t->n[SAYS_ASIDE] && (named || use)) || t->n[SAYS_STOCK] || (t->n[SAYS_PURCHASE] && use) || (t->n[SAYS_YEAR] && t->n[SAYS_ACTUAL]) ||
	       (t->n[SAYS_PART] && t->n[SAYS_WHOLE]);
}

static const char *name_of(th_layout *l, const th_layout_column *c)
{
	return th_lay_z(l, c->name.len ? c->name : TH_S("?"));
}

static void settle(th_layout *l, th_block *b, size_t column, const struct tally *t)
{
	th_layout_column *c = &b->column[column];
	const size_t use = t->n[SAYS_USE] + t->n[SAYS_ACTUAL] + t->n[SAYS_YEAR] + t->n[SAYS_WHOLE];
	const bool monthly = b->when.whole ? !th_when_year(&b->when) : b->part.sub > 0, note = is_note(l, c);
	c->tells = true;
	c->wholes = t->n[SAYS_WHOLE] > 0;
	c->blank_counts = note;
	c->purchase_counts = use == 0 && t->n[SAYS_STOCK] == 0;
	c->role = TH_ROLE_VARIANT;
	c->field = -1;
	if (t->n[SAYS_YEAR] && (t->n[SAYS_ACTUAL] || (monthly && !has_field(b, l->f_period, column))))
		TH_LAY_FAIL(l, t->row[SAYS_YEAR], column, TH_LAYOUT_YEARLY, th_lay_z(l, th_lay_text(l, t->row[SAYS_YEAR], column)));
	else if (use == 0 && !(t->n[SAYS_PURCHASE] && c->purchase_counts) && !(note && t->n[SAYS_NOTHING]) && t->n[SAYS_OTHER] == 0 && t->n[SAYS_SUM] == 0)
		TH_LAY_FAIL(l, b->head + b->heads - 1, column, TH_LAYOUT_VARIANT, name_of(l, c), "");
}

void th_lay_variants(th_layout *l, th_block *b)
{
	for (size_t c = 0; c < b->columns; c++) {
		if (!may_tell(l, &b->column[c]))
			continue;
		const bool named = is_named(l, b, c) && !(b->column[c].role == TH_ROLE_FIELD && b->column[c].field == l->f_activity);
		struct tally t = tally_of(l, b, c, named);
		if (tells(&t, named))
			settle(l, b, c, &t);
	}
}

/* Blank below a filled cell, with nothing to its left and before the column of names: the cell was merged. */
static bool is_merged(const th_walk *w, size_t row, size_t column)
{
	for (size_t c = 0; c < column; c++)
		if (th_lay_text(w->l, row, c).len)
			return false;
	return column < w->label && !(w->l->rules && w->l->rules->no_fill);
}

/* Is 峰 right below the 总 that it is part of, or another part of that: all else in the rows is the same, or merged? */
static bool is_below_whole(const th_walk *w, size_t row, const th_layout_column *column)
{
	bool same = row > w->b->data && (column->said == SAYS_WHOLE || column->said == SAYS_PART);
	for (size_t c = 0; c < w->b->columns && same; c++) {
		const th_slice own = th_lay_text(w->l, row, c);
		same = w->b->column[c].role != TH_ROLE_FIELD || w->b->column[c].field < 0 || !own.len || th_slice_eq(own, th_lay_text(w->l, row - 1, c));
	}
	return same;
}

bool th_walk_aside(th_walk *w, size_t row)
{
	bool aside = false;
	for (size_t c = 0; c < w->b->columns; c++) {
		th_layout_column *column = &w->b->column[c];
		if (!column->tells)
			continue;
		th_says says = says_of(w->l, th_lay_text(w->l, row, c), true);
		if (says == SAYS_NOTHING && is_merged(w, row, c))
			says = (th_says)column->said;
		if (says == SAYS_PART && !(column->wholes && is_below_whole(w, row, column)))
			says = SAYS_OTHER;
		column->said = (unsigned char)says;
		aside |= says == SAYS_PART || says == SAYS_ASIDE || says == SAYS_STOCK || (says == SAYS_PURCHASE && !column->purchase_counts);
	}
	return aside;
}

void th_walk_see_variant(th_walk *w, size_t row)
{
	for (size_t c = 0; c < w->b->columns; c++) {
		th_layout_column *column = &w->b->column[c];
		if (!column->tells || column->told || (column->said != SAYS_OTHER && (column->said != SAYS_NOTHING || column->blank_counts)))
			continue;
		column->told = true;
		th_slice text = th_walk_text(w, row, c);
		TH_LAY_FAIL(w->l, row, c, TH_LAYOUT_VARIANT, name_of(w->l, column), th_lay_z(w->l, column->said == SAYS_OTHER ? text : TH_S("")));
	}
}
