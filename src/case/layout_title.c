/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a title says of all numbers below it: that they are means or ratios, or sums since January. */

#include "case/layout_parts.h"

static bool holds(th_slice title, const char *const *word, size_t words)
{
	for (size_t at = 0; at < title.len; at++)
		for (size_t i = 0; i < words; i++)
			if (th_slice_starts((th_slice){title.ptr + at, title.len - at}, th_slice_of(word[i])))
				return true;
	return false;
}

/* 能源消耗及人均能耗: amounts stand there too; 人均能耗见附表，另报: no title at all. */
static bool says_more(th_slice title)
{
	static const char *const words[] = {"及", "和", "与", "、", "含", "附", "见", "，", "。", "；"};
	return holds(title, words, sizeof words / sizeof *words);
}

static bool says_sums(th_slice title)
{
	static const char *const words[] = {"累计"};
	return holds(title, words, 1);
}

void th_lay_see_mean(th_layout *l, th_block *b, th_slice title, size_t row, size_t column)
{
	const th_known_cell cell = {title, (uint32_t)row, (uint32_t)column, true};
	if (l->f_quantity < 0 || l->rules)
		return;
	if (!b->mean.given && !says_more(title) && th_lay_word(l, TH_LW_MEAN, title)) /* 月均能耗, 单位面积用电量: no amounts */
		b->mean = cell;
	if (!b->since.given && says_sums(title))
		b->since = cell;
	if (!b->stored.given && th_lay_word(l, TH_LW_STORED, title))
		b->stored = cell;
	if (!b->bought.given && th_lay_word(l, TH_LW_BOUGHT, title) && !th_row_word_in(&l->reference->row_words, TH_ROW_CONSUMED, title))
		b->bought = cell;
}

/* Does a header or a name say what was used, or what came in and what was left, so that the rest was? */
static bool says_use(const th_layout *l, const th_block *b)
{
	const th_reference *reference = l->reference;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		th_slice unit, name = th_split_unit(reference->units, column->name, &unit);
		if (column->tells || column->forced || th_layout_word_in(&reference->layout_words, TH_LW_CONSUMPTION, name) ||
		    th_row_word_in(&reference->row_words, TH_ROW_CONSUMED, name))
			return true;
	}
	for (size_t i = 0; i < b->lines; i++)
		if (th_row_word_in(&reference->row_words, TH_ROW_CONSUMED, l->row[b->first_line + i].cell[l->f_activity].text))
			return true;
	return false;
}

/* Power and heat are not stored; gas may be, in bottles, and is asked about where the title says that it came into stock. */
static bool is_stored(const th_layout *l, const th_long_row *line, bool gas)
{
	const uint32_t activity = th_lay_activity(l, line->cell[l->f_activity].text);
	const th_method method = activity == TH_NONE ? TH_METHOD_ELECTRICITY : l->reference->activity[activity].method;
	return method != TH_METHOD_ELECTRICITY && method != TH_METHOD_HEAT && (gas || (method == TH_METHOD_COMBUSTION && !l->reference->activity[activity].gas));
}

void th_lay_tell_stored(th_layout *l, const th_block *b)
{
	const th_known_cell *said = b->stored.given ? &b->stored : &b->bought;
	if (!said->given || l->f_quantity < 0 || says_use(l, b))
		return;
	for (size_t i = 0; i < b->lines; i++)
		if (is_stored(l, &l->row[b->first_line + i], b->stored.given)) {
			TH_LAY_FAIL(l, said->row, said->column, b->stored.given ? TH_LAYOUT_TITLE_STORED : TH_BOUGHT_COUNTED, th_lay_z(l, said->text));
			return;
		}
}

bool th_lay_tell_mean(th_layout *l, const th_block *b)
{
	if (b->mean.given)
		TH_LAY_FAIL(l, b->mean.row, b->mean.column, TH_LAYOUT_TITLE_MEAN, th_lay_z(l, b->mean.text));
	return !b->mean.given;
}

/* Something below says itself which numbers are sums since January, or adds them up. */
static bool tells_sums(const th_layout *l, const th_block *b, const unsigned char *sort)
{
	bool found = l->sinces > b->first_since;
	for (size_t c = 0; c < b->columns; c++)
		found |= b->column[c].role == TH_ROLE_RUNNING || b->column[c].role == TH_ROLE_CONTROL || b->column[c].tells;
	for (size_t r = b->data; r < b->end; r++)
		found |= sort[r - b->data] == TH_SORT_TOTAL || sort[r - b->data] == TH_SORT_RUNNING;
	return found;
}

/* Two lines of one thing: how its amount goes from the earlier to the later. */
static bool same_thing(const th_layout *l, const th_long_row *a, const th_long_row *b)
{
	return th_slice_eq(a->cell[l->f_activity].text, b->cell[l->f_activity].text) && th_slice_eq(a->cell[l->f_site].text, b->cell[l->f_site].text) &&
	       th_slice_eq(a->cell[l->f_unit].text, b->cell[l->f_unit].text) && a->from <= a->to && b->from <= b->to && a->from != b->from;
}

struct trend {
	size_t pairs, falls;
};

static void see_pair(const th_layout *l, const th_long_row *a, const th_long_row *b, struct trend *trend)
{
	th_mass one, two;
	if (!same_thing(l, a, b) || !th_lay_number(l, a->row, a->column, &one) || !th_lay_number(l, b->row, b->column, &two))
		return;
	trend->pairs++;
	trend->falls += a->from < b->from ? two < one : one < two;
}

bool th_lay_title_sums(th_layout *l, const th_block *b, const unsigned char *sort)
{
	struct trend trend = {0, 0};
	if (!b->since.given || l->f_quantity < 0 || tells_sums(l, b, sort))
		return true;
	size_t *last = th_arena_alloc(&l->arena, b->columns + 1, sizeof *last); /* 1 + the line before, by column */
	if (!last)
		return th_lay_worse(l, th_no_memory(l->diags));
	for (size_t i = 0; i < b->lines; i++) {
		const th_long_row *line = &l->row[b->first_line + i];
		if (i && l->row[b->first_line + i - 1].row == line->row)
			see_pair(l, &l->row[b->first_line + i - 1], line, &trend);
		if (last[line->column])
			see_pair(l, &l->row[last[line->column] - 1], line, &trend);
		last[line->column] = b->first_line + i + 1;
	}
	if (trend.pairs && !trend.falls)
		TH_LAY_FAIL(l, b->since.row, b->since.column, TH_LAYOUT_TITLE_SUMS, th_lay_z(l, b->since.text));
	return l->status != TH_SYSTEM;
}
