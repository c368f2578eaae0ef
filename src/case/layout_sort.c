/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row of an office table is: a line, a sum, a part of the row above it, a note. */

#include "case/layout_parts.h"

#include "io/marks.h"

th_slice th_walk_first(const th_walk *w, size_t row)
{
	for (size_t c = 0; c < w->l->grid->row[row].cells; c++)
		if (th_grid_at(w->l->grid, row, c)->text.len)
			return th_walk_text(w, row, c);
	return (th_slice){"", 0};
}

const th_layout_word *th_walk_word(const th_walk *w, th_layout_kind kind, th_slice text)
{
	return th_lay_word(w->l, kind, text);
}

static bool is_text_column(const th_walk *w, size_t column)
{
	const th_layout_column *c = &w->b->column[column];
	return c->role == TH_ROLE_FIELD || c->role == TH_ROLE_UNKNOWN || c->role == TH_ROLE_NONE || c->role == TH_ROLE_VARIANT ||
	       (c->role == TH_ROLE_ASIDE && !c->numbers);
}

/* 总量 as the kind of a target is none that sums others. */
static bool names_target(const th_walk *w, size_t column, th_slice text)
{
	const th_layout_column *c = &w->b->column[column];
	return w->l->f_quantity < 0 && c->role == TH_ROLE_FIELD && c->field >= 0 && strcmp(w->l->field[c->field].name, "kind") == 0 &&
	       th_column_named(w->l->reference->columns, "targets.kind", text).len > 0;
}

static bool is_site(const th_walk *w, size_t column)
{
	const th_layout_column *c = &w->b->column[column];
	return w->l->f_site >= 0 && c->role == TH_ROLE_FIELD && c->field == w->l->f_site;
}

/* The column in which a text of the row says that it sums others, `合计` as a whole word; b->columns: none. */
static size_t total_column(const th_walk *w, size_t row)
{
	for (size_t c = 0; c < w->b->columns; c++) {
		th_slice text = is_text_column(w, c) || w->b->column[c].role == TH_ROLE_ASIDE ? th_without_ordinal(th_walk_text(w, row, c)) : (th_slice){"", 0};
		if (text.len && (th_walk_word(w, TH_LW_TOTAL, text) || th_walk_word(w, TH_LW_AVERAGE, text) || (is_site(w, c) && th_lay_is_whole_use(w->l, text))) &&
		    !(c == w->label && th_lay_activity(w->l, text) != TH_NONE) && !names_target(w, c, text))
			return c;
	}
	return w->b->columns;
}

static bool is_total(const th_walk *w, size_t row)
{
	return total_column(w, row) < w->b->columns;
}

/* 合计 beside 电, and below it a blank beside 天然气: the cell is merged over both, whether or not the file says so. */
static bool is_under_total(th_walk *w, size_t row)
{
	if (!w->total)
		return false;
	for (size_t c = 0; c < w->total; c++)
		if (th_walk_text(w, row, c).len) {
			w->total = 0;
			return false;
		}
	return th_walk_counts(w, row) && th_walk_text(w, row, w->label).len;
}

/* Such a row says itself of what it is the total. */
static void see_total(th_walk *w, size_t row)
{
	const size_t column = total_column(w, row);
	w->total = w->label < w->b->columns && column < w->label && th_lay_activity(w->l, th_walk_text(w, row, w->label)) != TH_NONE ? column + 1 : 0;
}

static bool is_running(const th_walk *w, size_t row)
{
	for (size_t c = 0; c < w->b->columns; c++)
		if (is_text_column(w, c) && th_walk_word(w, TH_LW_RUNNING, th_walk_text(w, row, c)))
			return true;
	return false;
}

/* How far the label is moved in, as a part is: blanks before it in its cell; of a sheet also its style. */
static size_t indent(const th_walk *w, size_t row, size_t column)
{
	const th_grid_row *r = &w->l->grid->row[row];
	size_t at = 0, width = 0;
	if (w->l->grid->sheet)
		return th_grid_at(w->l->grid, row, column)->flags / TH_GRID_INDENT;
	for (; column > 0 && at < r->raw.len; column--)
		at = th_cell_end(r->raw, at, w->l->grid->delimiter) + 1;
	if (at + 1 < r->raw.len && r->raw.ptr[at] == '"')
		at++;
	for (; at < r->raw.len; width++)
		if (r->raw.ptr[at] == ' ' || r->raw.ptr[at] == '\t')
			at++;
		else if (th_slice_starts((th_slice){r->raw.ptr + at, r->raw.len - at}, TH_S("\xE3\x80\x80"))) {
			at += 3;
			width++;
		} else
			break;
	return width;
}

/* May a row below 其中 that does not say so be a part too, all but its name as in the whole's row? `known`: a kind of thing that is known; `same`: that
 * of the whole. */
static bool may_be_part(const th_walk *w, size_t row, bool *known, bool *same)
{
	th_slice label = th_without_ordinal(th_walk_text(w, row, w->label)), whole = th_without_ordinal(th_walk_text(w, w->whole_row - 1, w->label));
	uint32_t activity = th_lay_activity(w->l, label), of = th_lay_activity(w->l, whole);
	*known = activity != TH_NONE;
	*same = activity == of;
	if (!label.len || th_slice_eq(label, whole) || of == TH_NONE || !th_walk_counts(w, row) || is_total(w, row))
		return false;
	for (size_t c = 0; c < w->b->columns; c++) {
		th_slice text = th_walk_text(w, row, c);
		if (c != w->label && w->b->column[c].role == TH_ROLE_FIELD && text.len && !th_slice_eq(text, th_walk_text(w, w->whole_row - 1, c)))
			return false;
	}
	return true;
}

/* Do the rows from the first part to `last` give the whole in each column of quantities? */
static bool make_whole(const th_walk *w, size_t first, size_t last)
{
	size_t columns = 0;
	for (size_t c = 0; c < w->b->columns; c++) {
		th_decimal whole, part, sum = th_decimal_int(0);
		if (w->b->column[c].role != TH_ROLE_QUANTITY || !th_is_number(th_grid_at(w->l->grid, w->whole_row - 1, c)->text, w->l->grid->delimiter, &whole))
			continue;
		columns++;
		for (size_t r = first; r <= last; r++)
			if (th_is_number(th_grid_at(w->l->grid, r, c)->text, w->l->grid->delimiter, &part) && !th_decimal_add(sum, part, &sum))
				return false;
		if (th_decimal_cmp(sum, whole) != 0)
			return false;
	}
	return columns > 0;
}

/* 其中：生产用电, 办公用电, 照明用电 below 外购电力, none moved in: where they give the whole together all are its parts; else it is asked, since
 * a part that is counted as a line is counted twice. Of another kind (烟煤 below 煤炭) it is asked where they give the whole. */
static void see_parts(th_walk *w, size_t first)
{
	enum { PARTS_MOST = 64 }; /* looked at, so that no table takes the square of its rows */
	size_t open = 0, other = 0, end = w->b->end - first < PARTS_MOST ? w->b->end : first + PARTS_MOST;
	for (size_t r = first; w->whole_row && r < end; r++) {
		th_slice label = th_without_ordinal(th_walk_text(w, r, w->label));
		bool known = false, same = false, marked = r == first || (label.len && (th_walk_word(w, TH_LW_PART, label) || indent(w, r, w->label) > w->whole_indent));
		if (!marked && !may_be_part(w, r, &known, &same))
			break;
		if (!marked && known && same && !open && !other)
			open = r + 1;
		if (!marked && known && !same && !other)
			other = r + 1;
		if (make_whole(w, first, r)) {
			w->parts_end = other ? 0 : r + 1;
			open = other;
			break;
		}
	}
	if (open)
		TH_LAY_FAIL(w->l, open - 1, w->label, TH_LAYOUT_PART_UNCLEAR, th_lay_z(w->l, th_walk_text(w, open - 1, w->label)),
		            th_lay_z(w->l, th_walk_text(w, w->whole_row - 1, w->label)));
}

/* Is a row a part of the one above: it says so, or stands below one that does and is moved in further than what they are parts of? */
static bool is_part(th_walk *w, size_t row, th_slice label)
{
	size_t in = label.len ? indent(w, row, w->label) : 0;
	bool part = label.len && th_walk_word(w, TH_LW_PART, label);
	if (part && !w->in_part)
		see_parts(w, row);
	w->in_part = part || (w->in_part && label.len && (in > w->whole_indent || row < w->parts_end));
	if (!w->in_part) {
		w->whole_indent = in;
		w->whole_row = label.len ? row + 1 : 0;
	}
	return w->in_part;
}

static const th_layout_kind aside_kinds[] = {
	TH_LW_NO_ACTIVITY, TH_LW_MONEY, TH_LW_OPENING, TH_LW_PURCHASE, TH_LW_MOVED, TH_LW_CLOSING, TH_LW_COEFFICIENT, TH_LW_ASIDE,
};

/* 电费, 天然气费（一厂）: what is paid for a thing that is used; 单价 and 金额 may stand below the unit of the quantity. */
static bool has_fee(th_slice label)
{
	for (size_t at = 0; at < label.len; at++)
		if (th_slice_starts((th_slice){label.ptr + at, label.len - at}, TH_S("费")) && !th_slice_starts((th_slice){label.ptr + at, label.len - at}, TH_S("费率")))
			return true;
	return false;
}

/* 电费 in 千瓦时: what was used by the name of what was paid, or the reverse; no one knows, so it is told. */
static void see_fee(const th_walk *w, size_t row, th_slice label)
{
	static const char *const amounts[] = {"energy", "mass", "length", "gas-volume", "coal-equivalent"};
	const th_units *units = w->l->reference->units;
	th_slice unit, at;
	th_unit parsed;
	if (!has_fee(label) || !th_walk_counts(w, row))
		return;
	(void)th_split_unit(units, label, &unit);
	for (size_t c = 0; c < w->b->columns && !unit.len; c++)
		if (w->b->column[c].role == TH_ROLE_FIELD && w->b->column[c].field == w->l->f_unit && !(th_grid_at(w->l->grid, row, c)->flags & TH_GRID_COVERED))
			unit = th_walk_text(w, row, c);
	if (!unit.len || th_unit_parse(units, unit, &parsed, &at) != TH_UNIT_OK || th_unit_exponent(units, &parsed, "money") != 0)
		return;
	bool amount = false;
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		amount |= th_unit_exponent(units, &parsed, amounts[i]) != 0;
	if (amount)
		TH_LAY_FAIL(w->l, row, w->label, TH_LAYOUT_FEE, th_lay_z(w->l, label), th_lay_z(w->l, unit));
}

static bool is_known_aside(const th_walk *w, size_t row, th_slice label)
{
	th_slice unit;
	if (th_lay_is_generated(w->l, th_split_unit(w->l->reference->units, label, &unit)))
		return false; /* a line until the balance is known */
	for (size_t i = 0; i < sizeof aside_kinds / sizeof *aside_kinds; i++)
		if (th_walk_word(w, aside_kinds[i], label)) {
			if (aside_kinds[i] == TH_LW_MONEY)
				see_fee(w, row, label);
			return true;
		}
	return w->makes && th_walk_word(w, TH_LW_OUTPUT, label);
}

/* 计划用电量, 上年用电量, 一厂电费: a name with words around it that is no line; 累计用电量 is one that sums where months stand across. */
static th_row_sort sort_by_words(const th_walk *w, size_t row, th_slice label)
{
	if (!label.len || w->label == w->b->columns || w->b->column[w->label].field != w->l->f_activity || th_lay_is_bare(w->l, label))
		return TH_SORT_LINE;
	th_part part = th_lay_part(w->l, label);
	size_t months = 0;
	for (size_t c = 0; c < w->b->columns; c++)
		months += w->b->column[c].role == TH_ROLE_QUANTITY && (w->b->column[c].when.whole || w->b->column[c].when.sub);
	for (size_t i = 0; i < sizeof aside_kinds / sizeof *aside_kinds; i++)
		if (th_part_says(&part, aside_kinds[i])) {
			if (aside_kinds[i] == TH_LW_MONEY)
				see_fee(w, row, label);
			return TH_SORT_ASIDE;
		}
	if (th_part_says(&part, TH_LW_RUNNING))
		return months > 1 ? TH_SORT_RUNNING : TH_SORT_ASIDE;
	return part.said && th_part_says(&part, TH_LW_AVERAGE) ? TH_SORT_ASIDE : TH_SORT_LINE;
}

/* 日均用电量; 电力平均 may be the mean of the rows above it, which is compared. */
static bool is_mean(th_walk *w, size_t row, th_slice label)
{
	if (!label.len || w->label == w->b->columns || w->b->column[w->label].field != w->l->f_activity ||
	    !(th_walk_word(w, TH_LW_MEAN, label) || th_walk_word(w, TH_LW_AVERAGE, label)))
		return false;
	th_part part = th_lay_part(w->l, label);
	if (part.kind != TH_PART_ACTIVITY || !(part.said >> TH_LW_AVERAGE & 1))
		return false;
	th_walk_mean(w, row, label, part.name);
	return !th_walk_word(w, TH_LW_AVERAGE, label);
}

static bool has_coefficient(const th_walk *w)
{
	for (size_t c = 0; c < w->b->columns; c++)
		if (w->b->column[c].role == TH_ROLE_COEFFICIENT)
			return true;
	return false;
}

/* Does the row say its unit, and is it one of standard coal? */
static bool is_coal(const th_walk *w, size_t row, th_slice label)
{
	const th_units *units = w->l->reference->units;
	th_slice unit, at;
	(void)th_split_unit(units, label, &unit);
	for (size_t c = 0; c < w->b->columns && !unit.len; c++)
		if (w->b->column[c].role == TH_ROLE_FIELD && w->b->column[c].field == w->l->f_unit)
			unit = th_walk_text(w, row, c);
	th_unit parsed;
	return unit.len && th_unit_parse(units, unit, &parsed, &at) == TH_UNIT_OK && th_unit_exponent(units, &parsed, "coal-equivalent") != 0;
}

/* 综合能耗, 综合能源消费量 in standard coal: the sum of what stands beside it by the coefficients of the table, else nothing that can be compared. */
static bool is_aggregate(th_walk *w, size_t row, th_slice label, th_row_sort *sort)
{
	th_slice unit, name = th_split_unit(w->l->reference->units, label, &unit), inside;
	bool named = label.len && (th_walk_word(w, TH_LW_AGGREGATE, name) || th_walk_word(w, TH_LW_AGGREGATE, th_header_name(name, &inside)));
	bool total = named && (th_walk_word(w, TH_LW_TOTAL, name) || has_coefficient(w));
	if (!named || (total && (has_coefficient(w) || !is_coal(w, row, label)))) {
		*sort = TH_SORT_TOTAL;
		return total;
	}
	*sort = TH_SORT_ASIDE;
	w->aggregate_row = w->aggregate_row ? w->aggregate_row : row + 1;
	return true;
}

static bool is_heading(const th_walk *w, size_t row, th_slice label)
{
	for (size_t c = 0; c < w->b->columns; c++)
		if (c != w->label && th_grid_at(w->l->grid, row, c)->text.len && w->b->column[c].role != TH_ROLE_ASIDE)
			return false;
	return label.len && th_lay_activity(w->l, label) != TH_NONE;
}

static bool is_skipped(const th_walk *w, size_t row)
{
	for (size_t i = 0; w->l->rules && i < w->l->rules->skips; i++)
		if (w->l->rules->skip[i] == w->l->grid->row[row].line)
			return true;
	return false;
}

/* Has a row a word that tells what its numbers are of? Where nothing else is told apart, a unit alone does not. */
static bool has_label(const th_walk *w, size_t row)
{
	bool activities = false;
	for (size_t c = 0; c < w->b->columns; c++)
		activities |= w->b->column[c].role == TH_ROLE_FIELD && w->b->column[c].field == w->l->f_activity;
	for (size_t c = 0; c < w->b->columns; c++) {
		const th_layout_column *column = &w->b->column[c];
		bool names = column->role == TH_ROLE_FIELD || column->role == TH_ROLE_VARIANT || column->role == TH_ROLE_UNKNOWN;
		if (names && (activities || column->role != TH_ROLE_FIELD || column->field != w->l->f_unit) && th_lay_text(w->l, row, c).len)
			return true;
	}
	return false;
}

bool th_walk_nameless(const th_walk *w, size_t row)
{
	size_t c = 0;
	while (c < w->b->columns && !(w->b->column[c].role == TH_ROLE_FIELD && w->b->column[c].field == w->l->f_activity))
		c++;
	return w->b->columns > 1 && (w->labelled || c < w->b->columns) && th_walk_counts(w, row) && !has_label(w, row);
}

void th_walk_sum(th_walk *w, size_t row)
{
	w->labelled = w->labelled || has_label(w, row);
	for (size_t c = 0; c < w->b->columns; c++) {
		th_mass value;
		bool counts = w->b->column[c].role == TH_ROLE_QUANTITY && th_lay_number(w->l, row, c, &value);
		th_sum_add(&w->since[c], counts, counts ? value : 0);
		th_sum_add(&w->above[c], counts, counts ? value : 0);
	}
}

/* Is a row without a word the total of the lines above it, or of those since the last one: each of its quantities, and of one at least two lines? */
static bool sums_above(const th_walk *w, size_t row)
{
	bool several = false;
	for (size_t c = 0; c < w->b->columns; c++) {
		th_mass value;
		th_slice printed = th_grid_at(w->l->grid, row, c)->text;
		const th_sum *since = &w->since[c], *above = &w->above[c];
		if (w->b->column[c].role != TH_ROLE_QUANTITY || !th_lay_number(w->l, row, c, &value))
			continue;
		bool part = since->count && !since->lost && th_lay_agrees(printed, value, since->sum);
		if (!part && (!above->count || above->lost || !th_lay_agrees(printed, value, above->sum)))
			return false;
		several |= (part ? since : above)->count > 1;
	}
	return several;
}

/* 合计 right below 一、电力 with nothing of its own under it but parts: it is how much was used. */
static bool is_headed(const th_walk *w, size_t row)
{
	if (w->l->f_quantity < 0 || !w->heading.len || w->heading_row + 1 != row || w->label >= w->b->columns ||
	    !th_walk_word(w, TH_LW_TOTAL, th_walk_text(w, row, w->label)))
		return false;
	return row + 1 == w->b->end || !th_walk_counts(w, row + 1) || th_walk_word(w, TH_LW_PART, th_without_ordinal(th_walk_text(w, row + 1, w->label)));
}

th_row_sort th_walk_sort(th_walk *w, size_t row)
{
	th_slice first = th_walk_first(w, row), label = w->label < w->b->columns ? th_walk_text(w, row, w->label) : (th_slice){"", 0};
	if (is_skipped(w, row))
		return TH_SORT_ASIDE;
	if (th_lay_is_marker(w->l, row))
		return TH_SORT_MARKER;
	bool counts = th_walk_counts(w, row);
	w->in_footer = !counts && (w->in_footer || th_lay_is_footer(w->l, first));
	if (w->in_footer)
		return TH_SORT_FOOTER;
	if (th_lay_is_domain(w->l, w->b, row))
		return TH_SORT_HEADING;
	th_row_sort sort;
	if (counts && th_walk_aside(w, row))
		return TH_SORT_ASIDE;
	if (w->l->f_quantity >= 0 && counts && is_mean(w, row, th_without_ordinal(label)))
		return TH_SORT_ASIDE;
	if (w->l->f_quantity >= 0 && is_aggregate(w, row, th_without_ordinal(label), &sort))
		return sort;
	const bool year = th_walk_is_year(w, row);
	if (!year && w->l->f_quantity >= 0 && is_under_total(w, row))
		return TH_SORT_TOTAL;
	if (!year && is_total(w, row) && !is_headed(w, row)) {
		see_total(w, row);
		return TH_SORT_TOTAL;
	}
	if (!year && is_running(w, row))
		return TH_SORT_RUNNING;
	if (w->l->f_quantity < 0)
		return th_lay_target_aside(w->l, w->b, row) ? TH_SORT_ASIDE : TH_SORT_LINE;
	if (th_walk_nameless(w, row) && sums_above(w, row))
		return TH_SORT_TOTAL;
	label = th_without_ordinal(label);
	if (is_part(w, row, label))
		return TH_SORT_PART;
	if (label.len && is_known_aside(w, row, label))
		return TH_SORT_ASIDE;
	if (w->label < w->b->columns && w->b->column[w->label].field == w->l->f_activity && is_heading(w, row, label))
		return TH_SORT_HEADING;
	sort = sort_by_words(w, row, label);
	if (counts && sort == TH_SORT_LINE)
		th_walk_see_variant(w, row);
	return sort;
}
