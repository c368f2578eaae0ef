/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an office table sums itself: compared with what it sums, never added. A difference beyond half of the last digit that the sum is
 * printed with is an error that shows both. Sums are in 1e-9 of the unit, exact. */

#include "case/layout_parts.h"

#include <stdio.h>

bool th_lay_number(const th_layout *l, size_t row, size_t column, th_mass *out)
{
	th_decimal number;
	if (!th_is_number(th_grid_at(l->grid, row, column)->text, l->grid->delimiter, &number))
		return false;
	th_ratio ratio = th_ratio_one();
	th_ratio_mul(&ratio, number);
	return th_ratio_round(&ratio, out);
}

static void add_cell(const th_layout *l, th_sum *sum, size_t row, size_t column)
{
	th_mass value;
	if (th_lay_number(l, row, column, &value))
		th_sum_add(sum, true, value);
}

/* Half of the last digit that is printed. */
static th_mass half_digit(th_slice text)
{
	const char *point = text.len ? memchr(text.ptr, '.', text.len) : NULL;
	size_t digits = point ? (size_t)(text.ptr + text.len - point - 1) : 0;
	th_mass half = 500000000;
	for (size_t i = 0; i < digits && half; i++)
		half /= 10;
	return half;
}

bool th_lay_agrees(th_slice printed, th_mass value, th_mass sum)
{
	th_mass apart = value > sum ? value - sum : sum - value;
	return apart <= half_digit(printed);
}

static void fail(th_layout *l, size_t row, size_t column, th_slice printed, th_mass found, size_t cells, bool whole)
{
	th_buf text = {0};
	th_put_mass(&text, found, 0);
	th_buf_char(&text, '\0');
	char count[24];
	snprintf(count, sizeof count, "%zu", cells);
	if (text.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	else
		TH_LAY_FAIL(l, row, column, TH_LAYOUT_CONTROL, th_lay_z(l, printed), text.ptr, count, whole ? "其中" : "");
	th_buf_free(&text);
}

void th_lay_compare(th_layout *l, size_t row, size_t column, th_mass sum, size_t count, bool whole)
{
	th_mass value;
	th_slice printed = th_grid_at(l->grid, row, column)->text;
	if (th_lay_number(l, row, column, &value) && !th_lay_agrees(printed, value, sum))
		fail(l, row, column, printed, sum, count, whole);
}

/* 合计 of 1-3月 1-6月 1-9月, of which the last counts: what all of them give. How many they are, of the row or else of those near above. */
static size_t add_running(const th_layout *l, const th_block *b, size_t row, size_t column, th_sum *all)
{
	enum { NEAR = 64 };
	size_t cells = 0;
	for (size_t c = 0; c < b->columns; c++)
		if (c != column && b->column[c].role == TH_ROLE_QUANTITY && th_lay_is_sum(b, row, c, false)) {
			add_cell(l, all, row, c);
			cells++;
		}
	for (size_t r = row; cells == 0 && r > b->data && row - r < NEAR; r--)
		if (th_lay_is_sum(b, r - 1, column, true)) {
			for (size_t i = r; i > b->data && row - i < NEAR && th_lay_is_sum(b, i - 1, column, true); i--) {
				add_cell(l, all, i - 1, column);
				cells++;
			}
		}
	return cells;
}

static void fail_running(th_layout *l, size_t row, size_t column, th_slice printed, th_mass last, th_mass all)
{
	th_buf one = {0}, both = {0};
	th_put_mass(&one, last, 0);
	th_put_mass(&both, all, 0);
	th_buf_char(&one, '\0');
	th_buf_char(&both, '\0');
	if (one.failed || both.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	else
		TH_LAY_FAIL(l, row, column, TH_LAYOUT_CONTROL_RUNNING, th_lay_z(l, printed), one.ptr, both.ptr);
	th_buf_free(&one);
	th_buf_free(&both);
}

/* A sum that is printed at a place, and what the cells give. */
static void compare(th_layout *l, th_block *b, size_t row, size_t column, const th_sum *sum, bool average)
{
	th_mass value;
	th_slice printed = th_grid_at(l->grid, row, column)->text;
	if (sum->lost || sum->count == 0 || !th_lay_number(l, row, column, &value))
		return;
	th_mass found = sum->sum;
	b->compared++;
	if (average && sum->count == 1 && value != found)
		return; /* 月均 beside the amount of a year: of how many it is the mean nobody says */
	if (average) {
		th_mass times = value * (th_mass)sum->count, apart = times > found ? times - found : found - times;
		if (apart <= half_digit(printed) * (th_mass)sum->count)
			return;
		found /= (th_mass)sum->count;
	} else if (th_lay_agrees(printed, value, found))
		return;
	th_sum all = *sum;
	if (!average && sum->count == 1 && add_running(l, b, row, column, &all) && !all.lost)
		fail_running(l, row, column, printed, found, all.sum);
	else
		fail(l, row, column, printed, found, sum->count, false);
}

/* --- across a row --- */

/* Sums others in its row: 合计, or 合计 below 本年累计. */
static bool is_sum(const th_layout_column *c)
{
	return c->role == TH_ROLE_CONTROL || (c->role == TH_ROLE_RUNNING && c->total);
}

static bool same_group(const th_block *b, size_t a, size_t c)
{
	return b->column[a].group == b->column[c].group || !b->column[a].group || !b->column[c].group;
}

static bool unlike(const th_block *b, size_t a, size_t c)
{
	return b->column[a].activity.len && b->column[c].activity.len && !th_slice_eq(b->column[a].unit, b->column[c].unit);
}

/* 2023年合计 sums what is of 2023 alone. */
static bool is_within(const th_when *when, const th_when *of)
{
	return !of->whole || !when->whole || (when->from >= of->from && when->to <= of->to);
}

static void across_row(th_layout *l, th_block *b, size_t row, size_t control)
{
	const th_layout_column *c = &b->column[control];
	th_sum sum = {0};
	size_t first = b->columns;
	size_t from = 0, to = b->columns;
	if (c->subtotal) {
		to = control;
		for (size_t k = 0; k < control; k++)
			if (is_sum(&b->column[k]) && k + 1 < control)
				from = k + 1;
	}
	th_mass value;
	for (size_t k = from; k < to; k++) {
		bool summed = b->column[k].role == (c->role == TH_ROLE_RUNNING ? TH_ROLE_RUNNING : TH_ROLE_QUANTITY) && !is_sum(&b->column[k]);
		if (!summed || !same_group(b, k, control) || th_lay_is_sum(b, row, k, false) || (c->site.len && !th_slice_eq(c->site, b->column[k].site)) ||
		    !is_within(&b->column[k].when, &c->when))
			continue;
		if (first < b->columns && unlike(b, first, k)) {
			if (th_lay_number(l, row, control, &value))
				TH_LAY_FAIL(l, row, control, TH_LAYOUT_CONTROL_UNCLEAR, th_lay_z(l, th_grid_at(l->grid, row, control)->text));
			return;
		}
		first = first < b->columns ? first : k;
		add_cell(l, &sum, row, k);
	}
	compare(l, b, row, control, &sum, c->average);
}

/* 累计 behind January and the months after it sums them. */
static void since_january(th_layout *l, th_block *b, size_t row, size_t control)
{
	th_sum sum = {0};
	size_t months = 0;
	for (size_t k = 0; k < b->columns; k++)
		if (b->column[k].role == TH_ROLE_QUANTITY && !th_lay_is_sum(b, row, k, false)) {
			months += b->column[k].when.sub > 0 || b->column[k].when.whole;
			add_cell(l, &sum, row, k);
		}
	if (months > 1)
		compare(l, b, row, control, &sum, false);
}

/* 期初 + 购进 - 消费 = 期末. */
static void stock(th_layout *l, th_block *b, size_t row)
{
	size_t opening = b->columns, purchase = b->columns, closing = b->columns, used = b->columns, quantities = 0;
	for (size_t c = 0; c < b->columns; c++)
		switch (b->column[c].role) {
		case TH_ROLE_OPENING: opening = c; break;
		case TH_ROLE_PURCHASE: purchase = purchase < b->columns ? purchase : c; break;
		case TH_ROLE_CLOSING: closing = c; break;
		case TH_ROLE_QUANTITY: used = c; quantities++; break;
		default: break;
		}
	th_mass value[3] = {0, 0, 0}, left;
	if (quantities != 1 || opening == b->columns || purchase == b->columns || !th_lay_number(l, row, purchase, &value[1]) ||
	    !th_lay_number(l, row, used, &value[2]) || closing == b->columns || !th_lay_number(l, row, closing, &left))
		return;
	for (size_t c = 0; c < b->columns; c++)
		if (th_lay_word(l, TH_LW_MOVED, b->column[c].name))
			return;
	(void)th_lay_number(l, row, opening, &value[0]);
	th_sum sum = {.sum = value[0] + value[1] - value[2], .count = 3};
	compare(l, b, row, closing, &sum, false);
}

/* --- down a column --- */

static size_t coefficient_of(const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].role == TH_ROLE_COEFFICIENT)
			return c;
	return b->columns;
}

/* What a line gives to the sums of a column. */
static th_total_cell cell_of(const th_layout *l, size_t row, size_t column, size_t coefficient)
{
	th_total_cell cell = {.counts = th_lay_number(l, row, column, &cell.value)};
	th_decimal number, factor;
	if (!th_is_number(th_grid_at(l->grid, row, coefficient)->text, l->grid->delimiter, &factor)) {
		cell.coal_lost = cell.counts;
		return cell;
	}
	if (!th_is_number(th_grid_at(l->grid, row, column)->text, l->grid->delimiter, &number))
		return cell;
	th_ratio ratio = th_ratio_one();
	th_ratio_mul(&ratio, number);
	th_ratio_mul(&ratio, factor);
	cell.coal_counts = th_ratio_round(&ratio, &cell.coal);
	cell.coal_lost = !cell.coal_counts;
	return cell;
}

/* In standard coal, or as whatever its unit is: is a total of unlike units one of these? */
static void total_of(th_layout *l, th_block *b, size_t row, size_t column, const th_total_sums *sums, bool mixed, bool partial, bool average)
{
	th_mass value;
	th_slice printed = th_grid_at(l->grid, row, column)->text;
	if (!th_lay_number(l, row, column, &value))
		return;
	th_slice own = th_lay_amount_unit(b, row, column);
	if (mixed || (own.len && sums->unit.len && !th_lay_same_unit(l, own, sums->unit))) {
		if (mixed && coefficient_of(b) < b->columns && !sums->coal.lost)
			compare(l, b, row, column, &sums->coal, false);
		else
			TH_LAY_FAIL(l, row, column, TH_LAYOUT_CONTROL_UNCLEAR, th_lay_z(l, printed));
		return;
	}
	if (!average && sums->since.count && !sums->since.lost && th_lay_agrees(printed, value, sums->since.sum)) {
		b->compared++;
		return;
	}
	compare(l, b, row, column, partial && sums->since.count ? &sums->since : &sums->all, average);
}

static bool is_average(const th_layout *l, const th_block *b, size_t row, bool *partial)
{
	*partial = false;
	for (size_t c = 0; c < b->columns; c++) {
		th_slice text = th_without_ordinal(th_lay_text(l, row, c));
		const th_layout_word *word = th_lay_word(l, TH_LW_TOTAL, text);
		if (word) {
			*partial = word->place == TH_WORD_END || th_slice_eq(word->key, TH_S("小计")) || th_slice_eq(word->key, TH_S("subtotal"));
			return false;
		}
		if (th_lay_word(l, TH_LW_AVERAGE, text))
			return true;
	}
	return false;
}

/* A column of its own unit, in a table with a row for each of its things. */
static bool is_plain(const th_layout *l, const th_layout_column *c)
{
	return l->f_quantity < 0 && c->role == TH_ROLE_FIELD;
}

/* The totals down a column; `line` are the lines of it, by row. */
static bool down_column(th_totals *t, th_block *b, size_t column, const uint32_t *line, size_t lines, const unsigned char *sort)
{
	th_layout *l = t->l;
	size_t at = 0, coefficient = coefficient_of(b);
	th_totals_start(t, is_plain(l, &b->column[column]));
	for (size_t r = b->data; r < b->end; r++) {
		bool partial, average;
		th_total_sums sums;
		th_mass value;
		if (sort[r - b->data] != TH_SORT_TOTAL)
			continue;
		for (; at < lines && l->row[line[at]].row < r; at++) {
			const th_total_cell cell = cell_of(l, l->row[line[at]].row, column, coefficient);
			if (!th_lay_is_sum(b, l->row[line[at]].row, column, true) && !th_totals_add(t, &l->row[line[at]], &cell))
				return false;
		}
		average = is_average(l, b, r, &partial);
		if (th_lay_number(l, r, column, &value)) {
			if (!th_totals_of(t, r, true, &sums))
				return false;
			bool mixed = sums.mixed, none = sums.all.count == 0 && !sums.all.lost;
			if (none && !th_totals_of(t, r, false, &sums)) /* none has its unit: standard coal, or nobody knows */
				return false;
			total_of(l, b, r, column, &sums, none ? sums.all.count > 0 : mixed, partial, average);
		}
		t->round += !average;
	}
	return true;
}

/* The lines of a block by the column of their quantity, each column's by row: where a column's begin, start[c]. Behind them all by row. */
static bool sort_lines(th_layout *l, const th_block *b, size_t **start, uint32_t **line)
{
	*start = th_arena_alloc(&l->arena, b->columns + 2, sizeof **start);
	*line = th_arena_alloc(&l->arena, 2 * b->lines + 1, sizeof **line);
	if (!*start || !*line)
		return false;
	for (size_t i = 0; i < b->lines; i++)
		(*start)[l->row[b->first_line + i].column + 2]++;
	for (size_t c = 2; c < b->columns + 2; c++)
		(*start)[c] += (*start)[c - 1];
	for (size_t i = 0; i < b->lines; i++)
		(*line)[b->lines + i] = (*line)[(*start)[l->row[b->first_line + i].column + 1]++] = (uint32_t)(b->first_line + i);
	return true;
}

static bool is_summed(const th_layout *l, const th_layout_column *c)
{
	return c->role == TH_ROLE_QUANTITY || (l->f_quantity < 0 && c->role == TH_ROLE_FIELD && c->field >= 0 && l->field[c->field].number);
}

static bool down_columns(th_layout *l, th_block *b, const unsigned char *sort)
{
	th_totals totals;
	size_t *start;
	uint32_t *line;
	bool ok = sort_lines(l, b, &start, &line);
	ok = th_totals_open(&totals, l, b, sort) && ok;
	for (size_t c = 0; c < b->columns && ok && totals.masks; c++) {
		bool all = is_plain(l, &b->column[c]);
		if (is_summed(l, &b->column[c]))
			ok = down_column(&totals, b, c, line + (all ? b->lines : start[c]), all ? b->lines : start[c + 1] - start[c], sort);
	}
	th_totals_close(&totals);
	return ok;
}

/* A row 累计 under the row that it adds up, month by month. */
static void running_row(th_layout *l, th_block *b, size_t row)
{
	th_sum sum = {0};
	for (size_t c = 0; c < b->columns; c++) {
		if (b->column[c].role != TH_ROLE_QUANTITY)
			continue;
		add_cell(l, &sum, row - 1, c);
		if (!th_is_hole(th_grid_at(l->grid, row - 1, c)->text))
			compare(l, b, row, c, &sum, false);
	}
}

/* 一、能源领域 with sums behind it: of the measures below, up to the next heading or total. */
static void below_heading(th_layout *l, th_block *b, size_t row, const unsigned char *sort)
{
	for (size_t c = 0; c < b->columns; c++) {
		th_sum sum = {0};
		const th_layout_column *column = &b->column[c];
		if (column->role != TH_ROLE_FIELD || column->field < 0 || !l->field[column->field].number)
			continue;
		for (size_t r = row + 1; r < b->end && sort[r - b->data] != TH_SORT_HEADING && sort[r - b->data] != TH_SORT_TOTAL; r++)
			if (sort[r - b->data] == TH_SORT_LINE)
				add_cell(l, &sum, r, c);
		compare(l, b, row, c, &sum, false);
	}
}

bool th_lay_controls(th_layout *l, th_block *b, const unsigned char *sort)
{
	for (size_t r = b->data; r < b->end; r++) {
		th_row_sort what = (th_row_sort)sort[r - b->data];
		for (size_t c = 0; c < b->columns && (what == TH_SORT_LINE || what == TH_SORT_TOTAL); c++)
			if (is_sum(&b->column[c]))
				across_row(l, b, r, c);
			else if (b->column[c].role == TH_ROLE_RUNNING && what == TH_SORT_LINE)
				since_january(l, b, r, c);
		if (what == TH_SORT_LINE)
			stock(l, b, r);
		if (what == TH_SORT_HEADING && l->f_quantity < 0)
			below_heading(l, b, r, sort);
		if (what == TH_SORT_RUNNING && r > b->data && sort[r - b->data - 1] == TH_SORT_LINE)
			running_row(l, b, r);
	}
	if (!down_columns(l, b, sort))
		th_lay_worse(l, th_no_memory(l->diags));
	return l->status != TH_SYSTEM;
}

/* --- columns that are sums of others --- */

enum { MOST_COLUMNS = 10 };

struct choice {
	size_t column[MOST_COLUMNS];
	size_t count;
};

static bool summand(const th_layout *l, const th_block *b, size_t total, size_t c)
{
	const th_layout_column *x = &b->column[total], *y = &b->column[c];
	bool named = x->activity.len && y->activity.len; /* a plant may be as large as two others by chance */
	if ((x->site.len && !th_slice_eq(x->site, y->site)) || (y->whole && !x->whole) || th_lay_is_generated(l, y->activity))
		return false;
	return c != total && y->role == TH_ROLE_QUANTITY && named && th_slice_eq(x->unit, y->unit) && same_group(b, total, c) && x->when.sub == y->when.sub &&
	       x->when.whole == y->when.whole && (!x->when.whole || (x->when.from == y->when.from && x->when.to == y->when.to));
}

/* In how many rows does a column equal the sum of the chosen ones, and in how many not? */
static void count_rows(th_layout *l, th_block *b, size_t total, const struct choice *choice, unsigned set, size_t *equal, size_t *other)
{
	*equal = *other = 0;
	for (size_t r = b->data; r < b->end; r++) {
		th_sum sum = {0};
		th_mass value;
		if (!th_lay_number(l, r, total, &value) || value == 0)
			continue;
		for (size_t i = 0; i < choice->count; i++)
			if (set >> i & 1)
				add_cell(l, &sum, r, choice->column[i]);
		bool same = sum.count > 1 && th_lay_agrees(th_grid_at(l->grid, r, total)->text, value, sum.sum);
		*equal += same;
		*other += !same;
	}
}

static void make_control(th_layout *l, th_block *b, size_t total, const struct choice *choice, unsigned set)
{
	th_buf names = {0};
	for (size_t i = 0; i < choice->count; i++)
		if (set >> i & 1) {
			th_buf_str(&names, names.len ? " + " : "");
			th_buf_slice(&names, b->column[choice->column[i]].name);
		}
	th_buf_char(&names, '\0');
	for (size_t r = b->data; r < b->end; r++) {
		th_sum sum = {0};
		for (size_t i = 0; i < choice->count; i++)
			if (set >> i & 1)
				add_cell(l, &sum, r, choice->column[i]);
		compare(l, b, r, total, &sum, false);
	}
	if (names.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	else
		TH_LAY_FAIL(l, b->head + b->heads - 1, total, TH_LAYOUT_SUM_COLUMN, th_lay_z(l, b->column[total].name), names.ptr);
	th_buf_free(&names);
	b->column[total].role = TH_ROLE_ASIDE;
}

/* May a column be the sum of others by its name: 谷电量 is none, and beside 总用电量 no other is. */
static bool may_sum(const th_layout *l, const th_block *b, size_t total)
{
	const th_layout_column *column = &b->column[total];
	size_t end;
	bool wholes = false;
	for (size_t c = 0; c < b->columns; c++)
		wholes |= b->column[c].role == TH_ROLE_QUANTITY && b->column[c].whole;
	return column->role == TH_ROLE_QUANTITY && !column->forced && (column->whole || !wholes) && !th_lay_is_generated(l, column->activity) &&
	       !th_layout_word_before(&l->reference->layout_words, UINT64_C(1) << TH_LW_PART, column->activity, &end);
}

bool th_lay_sum_columns(th_layout *l, th_block *b)
{
	for (size_t total = 0; total < b->columns; total++) {
		struct choice choice = {.count = 0};
		if (!may_sum(l, b, total))
			continue;
		for (size_t c = 0; c < b->columns && choice.count < MOST_COLUMNS; c++)
			if (summand(l, b, total, c))
				choice.column[choice.count++] = c;
		for (unsigned set = 0; choice.count > 1 && set < 1u << choice.count; set++) {
			size_t equal, other;
			if ((set & (set - 1)) == 0)
				continue;
			count_rows(l, b, total, &choice, set, &equal, &other);
			if (equal == 0 || (other && (equal < 2 || equal <= other)))
				continue;
			make_control(l, b, total, &choice, set);
			break;
		}
	}
	return l->status != TH_SYSTEM;
}
