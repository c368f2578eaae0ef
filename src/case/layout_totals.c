/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines that a row of totals sums: those above it that agree in whatever it says of itself, its site, activity or unit. Summed by these texts
 * while the rows go by, so that many totals under many lines cost no more than the rows. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/list.h"

/* Which fields a total speaks of, and what it says of them, as one key: a bit for each, and the texts. */
static bool put_key(const th_layout *l, unsigned fields, const th_slice *text, th_buf *out)
{
	th_buf_clear(out);
	th_buf_printf(out, "%x", fields);
	for (size_t f = 0; f < l->fields; f++)
		if (fields >> f & 1) {
			th_buf_char(out, '\x1f');
			th_buf_slice(out, text[f]);
		}
	return !out->failed;
}

/* False: it says two things of one field, so no line is meant. */
static bool fields_of(const th_layout *l, const th_block *b, size_t row, bool by_unit, unsigned *fields, th_slice *text)
{
	*fields = 0;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		if (column->role != TH_ROLE_FIELD || column->field < 0 || !l->field[column->field].text || column->field == l->f_period ||
		    (column->field == l->f_unit && !by_unit))
			continue;
		th_slice own = th_without_ordinal(th_lay_text(l, row, c));
		if (own.len == 0 || (column->field == l->f_site && th_lay_is_whole_use(l, own)) || th_lay_word(l, TH_LW_TOTAL, own) ||
		    th_lay_word(l, TH_LW_AVERAGE, own) || th_lay_word(l, TH_LW_AGGREGATE, own))
			continue;
		unsigned bit = 1u << column->field;
		if (*fields & bit && !th_slice_eq(text[column->field], own))
			return false;
		*fields |= bit;
		text[column->field] = own;
	}
	return true;
}

static bool add_mask(th_totals *t, unsigned fields)
{
	for (size_t i = 0; i < t->masks; i++)
		if (t->mask[i] == fields)
			return true;
	unsigned *grown = th_grown(t->mask, t->masks, sizeof *grown);
	if (!grown)
		return false;
	t->mask = grown;
	grown[t->masks++] = fields;
	return true;
}

bool th_totals_open(th_totals *t, th_layout *l, const th_block *b, const unsigned char *sort)
{
	*t = (th_totals){.l = l, .b = b};
	for (size_t r = b->data; r < b->end; r++)
		for (int by_unit = 0; by_unit < 2; by_unit++) {
			unsigned fields;
			th_slice text[TH_FIELDS_MOST];
			if (sort[r - b->data] == TH_SORT_TOTAL && fields_of(l, b, r, by_unit, &fields, text) && !add_mask(t, fields))
				return false;
		}
	return true;
}

void th_totals_start(th_totals *t, bool plain)
{
	t->plain = plain;
	th_intern_free(&t->key);
	t->sums = 0;
	t->round = 0;
}

static th_total_sums *sums_at(th_totals *t, th_slice key)
{
	uint32_t at = th_intern_add(&t->key, key);
	if (at == TH_NONE || at < t->sums)
		return at == TH_NONE ? NULL : &t->sum[at];
	th_total_sums *grown = th_grown(t->sum, t->sums, sizeof *grown);
	if (!grown)
		return NULL;
	t->sum = grown;
	grown[t->sums] = (th_total_sums){.unit = {NULL, 0}};
	return &grown[t->sums++];
}

bool th_totals_add(th_totals *t, const th_long_row *line, const th_total_cell *cell)
{
	th_slice text[TH_FIELDS_MOST];
	for (size_t f = 0; f < t->l->fields && t->masks; f++)
		text[f] = th_lay_text(t->l, line->cell[f].row, line->cell[f].column);
	for (size_t i = 0; i < t->masks; i++) {
		th_total_sums *sums = put_key(t->l, t->mask[i], text, &t->text) ? sums_at(t, th_buf_view(&t->text)) : NULL;
		if (!sums)
			return false;
		if (sums->round != t->round) {
			sums->round = t->round;
			sums->since = (th_sum){0};
		}
		th_sum_add(&sums->since, cell->counts, cell->value);
		th_sum_add(&sums->all, cell->counts, cell->value);
		th_sum_add(&sums->coal, cell->coal_counts, cell->coal);
		sums->coal.lost |= cell->coal_lost;
		if (t->plain)
			continue;
		th_slice unit = line->cell[t->l->f_unit].text;
		sums->mixed |= sums->unit.ptr && !th_slice_eq(sums->unit, unit);
		sums->unit = unit;
	}
	return true;
}

bool th_totals_of(th_totals *t, size_t row, bool by_unit, th_total_sums *out)
{
	unsigned fields;
	th_slice text[TH_FIELDS_MOST];
	*out = (th_total_sums){.unit = {NULL, 0}};
	if (!fields_of(t->l, t->b, row, by_unit, &fields, text))
		return true;
	if (!put_key(t->l, fields, text, &t->text))
		return false;
	uint32_t at = th_intern_find(&t->key, th_buf_view(&t->text));
	if (at == TH_NONE)
		return true;
	*out = t->sum[at];
	if (out->round != t->round)
		out->since = (th_sum){0};
	return true;
}

void th_totals_close(th_totals *t)
{
	th_intern_free(&t->key);
	th_buf_free(&t->text);
	free(t->sum);
	free(t->mask);
}
