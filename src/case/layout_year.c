/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 全年 beside sums since January is the longest of them and no total of theirs: 一季度, 上半年, 前三季度, 全年, side by side or below each other. And a year's
 * total with nothing of that year beside it, 2022年 over 全年 beside the months of 2023, is that year's quantity. */

#include "case/layout_parts.h"

#include "base/day.h"

/* What is known of the times that stand beside 全年. */
struct beside {
	size_t times;
	bool since, longer, all; /* each starts with the year; one is longer than a month; one reaches its end */
};

static void see_time(struct beside *beside, const th_when *when)
{
	static const int any = 2001;
	const th_when of = th_when_of_year(any), time = th_when_join(when, &of);
	int year, month, day, last_year, last_month, last_day;
	th_day_split(time.from, &year, &month, &day);
	th_day_split(time.to + 1, &last_year, &last_month, &last_day);
	beside->since = (beside->times++ == 0 || beside->since) && month == 1 && day == 1 && !when->running;
	beside->longer |= time.to - time.from > 31;
	beside->all |= last_year > year;
}

static bool goes_on(const struct beside *beside)
{
	return beside->times > 0 && beside->since && beside->longer && !beside->all;
}

/* --- across --- */

static bool same_thing(const th_layout_column *total, const th_layout_column *c)
{
	return (!total->activity.len || th_slice_eq(total->activity, c->activity)) && th_slice_eq(total->site, c->site) && th_slice_eq(total->above, c->above);
}

static bool may_lie_in(const th_layout_column *total, const th_layout_column *c)
{
	return c->role == TH_ROLE_QUANTITY && (!total->when.whole || !c->when.whole || (c->when.from >= total->when.from && c->when.to <= total->when.to));
}

/* Has a row another number in the total than in the column that holds the most of the year? A sum so far says no more than that one. */
static bool says_more(const th_layout *l, const th_block *b, size_t total, size_t longest)
{
	th_mass value, other;
	for (size_t r = b->data; r < b->end; r++)
		if (th_lay_number(l, r, total, &value) && th_lay_number(l, r, longest, &other) && value != other)
			return true;
	return false;
}

static void settle_total(const th_layout *l, th_block *b, size_t total)
{
	th_layout_column *of = &b->column[total];
	struct beside beside = {0};
	size_t longest = total, lie_in = 0;
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		if (!may_lie_in(of, column))
			continue;
		lie_in++;
		if (!same_thing(of, column) || !(column->when.whole || column->when.sub > 0))
			return;
		see_time(&beside, &column->when);
		const th_layout_column *most = &b->column[longest];
		longest = longest == total || (column->when.whole ? column->when.to > most->when.to : th_when_last_month(&column->when) > th_when_last_month(&most->when)) ? c : longest;
	}
	const bool alone = lie_in == 0 && th_when_year(&of->when) && of->role == TH_ROLE_CONTROL;
	if (!alone && !(of->of_year && goes_on(&beside) && says_more(l, b, total, longest)))
		return;
	of->role = TH_ROLE_QUANTITY;
	if (!of->when.whole)
		of->when.sub = TH_WHEN_ALL_MONTHS;
}

void th_lay_year_columns(const th_layout *l, th_block *b)
{
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		bool sums = column->role == TH_ROLE_CONTROL || (column->role == TH_ROLE_RUNNING && column->of_year);
		if (sums && column->numbers && !column->average && !column->aggregate && !column->forced && (column->of_year || column->when.whole))
			settle_total(l, b, c);
	}
}

/* --- down --- */

bool th_lay_is_all_year(const th_layout *l, th_slice text)
{
	const th_layout_word *word = th_layout_word_is(&l->reference->layout_words, TH_LW_TOTAL, text);
	if (!word)
		word = th_layout_word_is(&l->reference->layout_words, TH_LW_RUNNING, text);
	return word && th_slice_eq(word->value, TH_S("year"));
}

void th_walk_see_year(th_walk *w)
{
	struct beside beside = {0};
	const th_layout *l = w->l;
	for (size_t c = 0; c < w->b->columns; c++)
		for (size_t r = w->b->data; r < w->b->end && w->b->column[c].role == TH_ROLE_FIELD && w->b->column[c].field == l->f_period; r++) {
			th_when when;
			th_slice text = th_walk_text(w, r, c);
			if (th_lay_when(l, text, &when) && !th_when_year(&when))
				see_time(&beside, &when);
		}
	w->since_rows = goes_on(&beside);
}

bool th_walk_is_year(const th_walk *w, size_t row)
{
	bool named = false, more = false;
	for (size_t c = 0; c < w->b->columns && w->since_rows; c++) {
		th_mass value, above;
		const th_layout_column *column = &w->b->column[c];
		named |= column->role == TH_ROLE_FIELD && column->field == w->l->f_period && th_lay_is_all_year(w->l, th_walk_text(w, row, c));
		more |= row > w->b->data && column->role == TH_ROLE_QUANTITY && th_lay_number(w->l, row, c, &value) && th_lay_number(w->l, row - 1, c, &above) && value != above;
	}
	return named && more;
}
