/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Quantities of one thing whose times lie in each other: 1月 2月 3月 beside 一季度, 1-3月 1-6月 1-9月 side by side or below each other, a row 上半年 under its months.
 * What is made up of others sums them and is compared; of sums from one start the longest counts; 本月 at the end of 1-6月 is the line. None is added
 * to what it holds. In a row where nothing stands inside a time, the time is the line. */

#include "case/layout_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"

enum { ACROSS = TH_SUM_ACROSS, DOWN = TH_SUM_DOWN };

/* A quantity with its time. `up` is the next longer one that holds it, SIZE_MAX: none. */
struct span {
	int32_t from, to;
	const th_layout_column *of;
	const th_layout *layout; /* down a column, where what the line says besides its time tells it apart; NULL: across a row */
	size_t row, column, line, up;
	size_t inside, first, last; /* how many lie in it next, and the first and last of them */
	bool running, tiled, inner; /* inner: in one of which the longest counts */
	th_mass value;
	th_sum sum;              /* of those next in it */
};

/* Down a column: are two lines of the same but for their times? */
static int by_line(const struct span *x, const struct span *y)
{
	static const char *const apart[] = {"period", "quantity", "evidence", "note"};
	const th_layout *l = x->layout;
	int order = x->column < y->column ? -1 : x->column > y->column;
	for (size_t f = 0; f < l->fields && order == 0; f++) {
		bool tells = true;
		for (size_t i = 0; i < sizeof apart / sizeof *apart && tells; i++)
			tells = strcmp(l->field[f].name, apart[i]) != 0;
		order = tells ? th_slice_cmp(l->row[x->line].cell[f].text, l->row[y->line].cell[f].text) : 0;
	}
	return order;
}

static int by_thing(const struct span *x, const struct span *y)
{
	if (x->layout)
		return by_line(x, y);
	int order = th_slice_cmp(x->of->activity, y->of->activity);
	return order ? order : th_slice_cmp(x->of->site, y->of->site);
}

static int by_time(const struct span *x, const struct span *y)
{
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to > y->to ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->column < y->column ? -1 : x->column > y->column;
}

static int by_order(const void *a, const void *b)
{
	int order = by_thing(a, b);
	return order ? order : by_time(a, b);
}

static bool holds(const struct span *x, const struct span *y)
{
	return x->from <= y->from && x->to >= y->to && !(x->from == y->from && x->to == y->to);
}

/* Which lies in which, of sorted spans; those next in each are counted, and whether they fill it. False: two overlap otherwise, *at and the one before
 * it that it does not lie in. */
static bool nest(struct span *span, size_t count, size_t *at, size_t *with)
{
	size_t top = SIZE_MAX;
	bool nested = true;
	for (size_t i = 0; i < count; i++) {
		struct span *s = &span[i];
		s->inside = 0;
		s->tiled = s->inner = false;
		s->sum = (th_sum){0};
		while (top != SIZE_MAX && !(by_thing(&span[top], s) == 0 && holds(&span[top], s))) {
			const struct span *t = &span[top];
			if (nested && by_thing(t, s) == 0 && t->to >= s->from && !(t->from == s->from && t->to == s->to)) {
				*at = i;
				*with = top;
				nested = false;
			}
			top = t->up;
		}
		s->up = top;
		if (top != SIZE_MAX) {
			struct span *up = &span[top];
			const struct span *last = up->inside ? &span[up->last] : NULL;
			bool joins = last ? s->from == last->to + 1 || (s->from == last->from && s->to == last->to) : s->from == up->from;
			up->tiled = joins && (!up->inside || up->tiled);
			up->first = up->inside++ ? up->first : i;
			up->last = i;
			th_sum_add(&up->sum, true, s->value);
		}
		top = i;
	}
	for (size_t i = 0; i < count; i++)
		span[i].tiled = span[i].inside > 1 && span[i].tiled && span[span[i].last].to == span[i].to;
	return nested;
}

/* --- columns --- */

static int year_for(const th_block *b)
{
	int year, month, day;
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].role == TH_ROLE_QUANTITY && b->column[c].when.whole) {
			th_day_split(b->column[c].when.from, &year, &month, &day);
			return year;
		}
	return 2001;
}

/* The columns of quantities that have times, in order. */
static size_t spans_of_columns(const th_block *b, struct span *span)
{
	const th_when of = th_when_of_year(year_for(b));
	size_t count = 0;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		th_when when = th_when_join(&column->when, &of);
		if (column->role == TH_ROLE_QUANTITY && (column->when.whole || column->when.sub > 0))
			span[count++] = (struct span){.from = when.from, .to = when.to, .of = column, .column = c, .running = when.running};
	}
	if (count)
		qsort(span, count, sizeof *span, by_order);
	return count;
}

static void overlap(th_layout *l, const th_block *b, size_t column, size_t with)
{
	TH_LAY_FAIL(l, b->head + b->heads - 1, column, TH_LAYOUT_OVERLAP, th_lay_z(l, b->column[column].name), th_lay_z(l, b->column[with].name));
}

static bool in_january(int32_t from)
{
	int year, month, day;
	th_day_split(from, &year, &month, &day);
	return month == 1 && day == 1;
}

static th_span_kind kind_of(const struct span *span, const struct span *s)
{
	const struct span *first = &span[s->first];
	if (s->inside == 0)
		return TH_SPAN_NONE;
	if (s->tiled)
		return TH_SPAN_SUM;
	if (s->inside == 1 && first->from == s->from)
		return TH_SPAN_LONGEST;
	return s->inside == 1 && first->to == s->to && in_january(s->from) ? TH_SPAN_SINCE : TH_SPAN_UNCLEAR;
}

/* Take those whose start is not known out of the tree; they are compared with the lines. */
static size_t without_running(struct span *span, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (!span[i].running)
			span[kept++] = span[i];
	return kept;
}

bool th_lay_span_columns(th_layout *l, th_block *b)
{
	struct span *span = th_arena_alloc(&l->arena, b->columns + 1, sizeof *span);
	size_t at, with, errors = th_diags_errors(l->diags);
	if (!span)
		return th_lay_worse(l, th_no_memory(l->diags));
	size_t count = spans_of_columns(b, span);
	for (size_t i = 0; i < count; i++)
		if (span[i].running) {
			b->column[span[i].column].span = TH_SPAN_RUNNING;
			b->spans = true;
		}
	count = without_running(span, count);
	if (!nest(span, count, &at, &with))
		overlap(l, b, span[at].column, span[with].column);
	for (size_t i = 0; i < count && th_diags_errors(l->diags) == errors; i++) {
		th_layout_column *column = &b->column[span[i].column];
		column->span = kind_of(span, &span[i]);
		b->spans |= column->span != TH_SPAN_NONE;
		if (column->span == TH_SPAN_UNCLEAR)
			overlap(l, b, span[i].column, span[span[i].first].column);
		for (size_t k = span[i].first; column->span != TH_SPAN_NONE && span[i].inside && k <= span[i].last; k++)
			if (span[k].up == i && !th_slice_eq(column->unit, b->column[span[k].column].unit)) {
				overlap(l, b, span[i].column, span[k].column);
				break;
			}
	}
	return l->status != TH_SYSTEM;
}

/* --- cells --- */

static void mark(th_block *b, const struct span *s, unsigned bit)
{
	b->sum[(s->row - b->data) * b->columns + s->column] |= (unsigned char)bit;
}

/* A printed sum and what stands in it. */
static void compare(th_layout *l, th_block *b, const struct span *s, th_sum sum)
{
	b->compared++;
	if (!sum.lost)
		th_lay_compare(l, s->row, s->column, sum.sum, sum.count, false);
}

/* Is 全年 what sums from one start give together, as 350 beside 100 and 250? Nobody adds a year up so, and if it is none nobody knows it. `inner` are the sums
 * that it holds, the longest first. */
static void see_year(const th_layout *l, th_block *b, const struct span *s, const struct span *inner, size_t count)
{
	th_sum all = {0};
	for (size_t i = 0; i < count; i++)
		th_sum_add(&all, true, inner[i].value);
	if (count < 2 || all.lost || s->value == inner[0].value)
		return;
	const bool odd = th_lay_agrees(th_grid_at(l->grid, s->row, s->column)->text, s->value, all.sum);
	if (odd && b->odd_years++ == 0)
		b->odd_year = (th_odd_year){s->row, s->column, inner[0].row, inner[0].column, count};
	b->years++;
}

/* Of one line among others it is chance. */
static void tell_years(th_layout *l, const th_block *b)
{
	char number[24];
	const th_odd_year *y = &b->odd_year;
	if (b->years == 0 || b->odd_years < b->years)
		return;
	snprintf(number, sizeof number, "%zu", y->sums);
	TH_LAY_FAIL(l, y->row, y->column, TH_LAYOUT_YEAR_OF_SUMS, th_lay_z(l, th_grid_at(l->grid, y->row, y->column)->text), number,
	            th_lay_z(l, th_grid_at(l->grid, y->last_row, y->last_column)->text));
}

static void unclear(th_layout *l, th_block *b, const struct span *s, unsigned bit)
{
	th_layout_column *column = &b->column[s->column];
	if (bit == DOWN)
		TH_LAY_FAIL(l, s->row, s->column, TH_LAYOUT_RUNNING_UNCLEAR, th_lay_z(l, l->row[s->line].cell[l->f_period].text));
	else if (!column->told_span)
		TH_LAY_FAIL(l, b->head + b->heads - 1, s->column, TH_LAYOUT_RUNNING_UNCLEAR, th_lay_z(l, column->name));
	column->told_span = true;
}

/* 二季度累计: agrees with the lines of the quarter, or with those since January. */
static void compare_running(th_layout *l, th_block *b, const struct span *running, const struct span *span, size_t count, unsigned bit)
{
	int year, month, day;
	th_sum own = {0}, since = {0};
	th_day_split(running->from, &year, &month, &day);
	for (size_t i = 0; i < count; i++) {
		const struct span *s = &span[i];
		if (by_thing(s, running) != 0 || s->to > running->to || s->from < th_day(year, 1, 1) || (b->sum[(s->row - b->data) * b->columns + s->column] & bit))
			continue;
		th_sum_add(&own, s->from >= running->from, s->value);
		th_sum_add(&since, true, s->value);
	}
	mark(b, running, bit);
	th_slice printed = th_grid_at(l->grid, running->row, running->column)->text;
	if (own.count == 0)
		unclear(l, b, running, bit);
	else
		compare(l, b, running, th_lay_agrees(printed, running->value, since.sum) ? since : own);
}

/* Of a sum since January that ends with a line: which line. */
static bool note_since(th_layout *l, const struct span *span, size_t i)
{
	size_t line = SIZE_MAX;
	for (size_t k = i + 1; k <= span[i].last; k++)
		line = span[k].to == span[i].to && span[k].line != SIZE_MAX && !span[k].inside ? span[k].line : line;
	return th_lay_add_since(l, &(th_since){line, (uint32_t)span[i].row, (uint32_t)span[i].column, false});
}

/* Sums since January go behind all the others, where there is room for as many. How many the others are. */
static size_t part_running(struct span *span, size_t count)
{
	struct span *running = span + count;
	for (size_t i = 0; i < count; i++)
		if (span[i].running)
			*running++ = span[i];
	return without_running(span, count);
}

/* The filled cells of a row that have times; behind them room for as many. */
static bool settle_row(th_layout *l, th_block *b, struct span *span, size_t count)
{
	size_t at, with, all = count;
	count = part_running(span, count);
	(void)nest(span, count, &at, &with); /* of the columns it was told */
	for (size_t i = 0; i < count; i++) {
		struct span *s = &span[i];
		const struct span *up = s->up == SIZE_MAX ? NULL : &span[s->up];
		th_span_kind kind = s->inside ? b->column[s->column].span : TH_SPAN_NONE;
		s->inner = up && (up->inner || b->column[up->column].span == TH_SPAN_LONGEST);
		if (s->inner || kind == TH_SPAN_SUM || kind == TH_SPAN_SINCE)
			mark(b, s, ACROSS);
		if (kind == TH_SPAN_SUM || (kind == TH_SPAN_LONGEST && s->sum.sum > s->value))
			compare(l, b, s, s->sum);
		else if (kind == TH_SPAN_SINCE && s->line != SIZE_MAX && !note_since(l, span, i))
			return false;
	}
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && span[end].inner;)
			end++;
		if (b->column[span[i].column].of_year)
			see_year(l, b, &span[i], &span[i + 1], end - i - 1);
	}
	for (size_t i = 0; i < all - count; i++)
		compare_running(l, b, &span[all + i], span, count, ACROSS);
	return l->status != TH_SYSTEM;
}

/* Of each row of lines and totals those of its columns that lie in each other; *line is its first line. */
static bool settle_across(th_layout *l, th_block *b, const unsigned char *sort)
{
	struct span *column = th_arena_alloc(&l->arena, b->columns + 1, sizeof *column), *span = th_arena_alloc(&l->arena, 2 * b->columns + 1, sizeof *span);
	size_t *line = th_arena_alloc(&l->arena, b->columns + 1, sizeof *line);
	size_t columns = column ? spans_of_columns(b, column) : 0, next = b->first_line;
	if (!column || !span || !line)
		return th_lay_worse(l, th_no_memory(l->diags));
	for (size_t r = b->data; r < b->end; r++) {
		size_t count = 0;
		th_row_sort what = (th_row_sort)sort[r - b->data];
		if (what != TH_SORT_LINE && what != TH_SORT_TOTAL)
			continue;
		for (size_t c = 0; c < b->columns; c++)
			line[c] = SIZE_MAX;
		for (; next < l->rows && l->row[next].row <= r; next++)
			if (l->row[next].row == r)
				line[l->row[next].column] = next;
		for (size_t i = 0; i < columns; i++) {
			span[count] = column[i];
			span[count].row = r;
			span[count].line = line[column[i].column];
			count += th_lay_number(l, r, column[i].column, &span[count].value);
		}
		if (!settle_row(l, b, span, count))
			return false;
	}
	return true;
}

/* --- down a column --- */

/* Is every line of one thing that holds another one longer from the same start: 1-3月, 1-6月, 1-9月, or the months under 累计用电量? In a list of lines
 * only where they grow as such sums do. */
static bool is_running_series(const th_block *b, const struct span *span, size_t count)
{
	size_t holding = 0;
	bool grows = true;
	for (size_t i = 0; i < count; i++) {
		const struct span *s = &span[i];
		if (s->inside > 1 || (s->inside == 1 && span[i + 1].from != s->from))
			return false;
		holding += s->inside;
		grows &= s->inside == 0 || s->sum.sum <= s->value;
	}
	return holding > 0 && (!b->long_rows || b->column[span->column].when.sub == -1 || (grows && holding > 1));
}

/* Of sums from one start the longest is the line; none is less than one that it holds. */
static void settle_series(th_layout *l, th_block *b, const struct span *span, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct span *s = &span[i];
		if (s->up != SIZE_MAX)
			mark(b, s, DOWN);
		if (s->inside && s->sum.sum > s->value)
			compare(l, b, s, s->sum);
		else
			b->compared += s->inside > 0;
	}
	const th_long_cell *when = &l->row[span->line].cell[l->f_period];
	if (th_lay_is_all_year(l, th_lay_text(l, when->row, when->column)))
		see_year(l, b, span, span + 1, count - 1);
}

/* A line that is filled up by others of its column sums them. In a list of lines, each of which may be a thing of its own, only where it gives their sum. */
static void settle_columns(th_layout *l, th_block *b, struct span *span, size_t count)
{
	size_t at, with, all = count;
	count = part_running(span, count);
	(void)nest(span, count, &at, &with);
	for (size_t i = 0; i < count; i++) {
		const struct span *s = &span[i];
		bool agrees = s->tiled && !s->sum.lost && th_lay_agrees(th_grid_at(l->grid, s->row, s->column)->text, s->value, s->sum.sum);
		if (!s->tiled || (b->long_rows && !agrees))
			continue;
		mark(b, s, DOWN);
		compare(l, b, s, s->sum);
	}
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && by_thing(&span[end], &span[i]) == 0;)
			end++;
		if (is_running_series(b, &span[i], end - i))
			settle_series(l, b, &span[i], end - i);
	}
	for (size_t i = 0; i < all - count; i++)
		compare_running(l, b, &span[all + i], span, count, DOWN);
}

/* Have the lines of a block, by their own column of periods, times of more than one length? */
static bool has_lengths(const th_layout *l, const th_block *b)
{
	bool down = false;
	for (size_t c = 0; c < b->columns && l->f_quantity >= 0; c++)
		down |= b->column[c].role == TH_ROLE_FIELD && b->column[c].field == l->f_period;
	int32_t shortest = INT32_MAX, longest = 0;
	for (size_t i = b->first_line; i < l->rows && down; i++) {
		const th_long_row *row = &l->row[i];
		int32_t days = row->to >= row->from ? row->to - row->from + 1 : 0;
		shortest = days && days < shortest ? days : shortest;
		longest = days > longest ? days : longest;
		if (row->running)
			return true;
	}
	return longest > 0 && longest - shortest > 3; /* months differ by three days */
}

static bool settle_down(th_layout *l, th_block *b)
{
	size_t count = 0;
	struct span *span = th_calloc(2 * (l->rows - b->first_line) + 1, sizeof *span);
	if (!span)
		return th_lay_worse(l, th_no_memory(l->diags));
	for (size_t i = b->first_line; i < l->rows; i++) {
		const th_long_row *row = &l->row[i];
		span[count] = (struct span){.from = row->from, .to = row->to, .layout = l, .row = row->row, .column = row->column, .line = i, .running = row->running};
		count += row->to >= row->from && th_lay_number(l, row->row, row->column, &span[count].value);
	}
	if (count)
		qsort(span, count, sizeof *span, by_order);
	settle_columns(l, b, span, count);
	free(span);
	return l->status != TH_SYSTEM;
}

bool th_lay_spans(th_layout *l, th_block *b, const unsigned char *sort)
{
	bool down = has_lengths(l, b);
	if (!b->spans && !down)
		return true;
	b->sum = th_arena_alloc(&l->arena, (b->end - b->data) * b->columns + 1, 1);
	if (!b->sum)
		return th_lay_worse(l, th_no_memory(l->diags));
	if ((b->spans && !settle_across(l, b, sort)) || (down && !settle_down(l, b)))
		return false;
	tell_years(l, b);
	return l->status != TH_SYSTEM;
}

bool th_lay_drop_sums(th_layout *l, th_block *b)
{
	size_t kept = b->first_line, *moved = b->sum ? th_arena_alloc(&l->arena, l->rows - kept + 1, sizeof *moved) : NULL;
	if (!b->sum)
		return true;
	if (!moved)
		return th_lay_worse(l, th_no_memory(l->diags));
	for (size_t i = b->first_line; i < l->rows; i++) {
		const th_long_row row = l->row[i];
		bool sum = th_lay_is_sum(b, row.row, row.column, false) || th_lay_is_sum(b, row.row, row.column, true);
		moved[i - b->first_line] = sum ? SIZE_MAX : kept;
		l->row[kept] = row;
		kept += !sum;
	}
	for (size_t i = b->first_since; i < l->sinces; i++)
		if (l->since[i].line != SIZE_MAX)
			l->since[i].line = moved[l->since[i].line - b->first_line];
	b->sums = l->rows - kept;
	b->lines -= b->sums;
	l->rows = kept;
	return true;
}
