/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * assumptions.csv: growth, prices and rates that somebody supposes, each with its source. */
#include "plan/assumption.h"

typedef struct growths {
	const th_growth *list;
	size_t count;
} growths;

/* Growth of one thing from several rows, by year. */
static void add_growth(th_planning *p, const th_growth **list, size_t *count, th_growth growth)
{
	th_growth *grown = th_plan_room(p, *count + 1, sizeof *grown);
	size_t at = *count;
	if (!grown)
		return;
	for (; at > 0 && (*list)[at - 1].from > growth.from; at--)
		grown[at] = (*list)[at - 1];
	grown[at] = growth;
	if (at)
		memcpy(grown, *list, at * sizeof *grown);
	*list = grown;
	++*count;
}

static bool stands_twice(const th_assumption *a, const growths *of)
{
	for (size_t i = 0; i < of->count; i++)
		if (of->list[i].from == a->from) {
			th_assumption_twice(a);
			return true;
		}
	return false;
}

static void take_growth(const th_assumption *a, growths *all)
{
	th_growth growth = {a->from, {0, 0}}; /* without a year: from before all of them, so that a dated one may begin with the path */
	size_t index;
	bool driver;
	if (!th_assumption_find_growing(a, &driver, &index) || !th_assumption_take_percent(a, &growth.percent))
		return;
	th_planning *p = a->p;
	growths of = driver ? (growths){p->driver[index].growth, p->driver[index].growths}
	             : index == TH_PATH_ALL ? *all : (growths){p->activity[index].growth, p->activity[index].growths};
	if (stands_twice(a, &of))
		return;
	if (driver)
		add_growth(p, &p->driver[index].growth, &p->driver[index].growths, growth);
	else if (index == TH_PATH_ALL)
		add_growth(p, &all->list, &all->count, growth);
	else
		add_growth(p, &p->activity[index].growth, &p->activity[index].growths, growth);
}

/* An activity, or what columns.csv knows the price of (price.carbon). */
static bool has_price(const th_assumption *a)
{
	const th_reference *r = a->p->plan->a->reference;
	bool known = th_find_activity(r, a->subject) != TH_NONE;
	uint32_t at = 0;
	for (const th_column_name *name; !known && (name = th_columns_each(r->columns, "assumptions", &at)) != NULL;)
		known = name->column.len == strlen("price.") + a->subject.len && th_slice_starts(name->column, TH_S("price.")) &&
		        th_slice_ends(name->column, a->subject);
	return known;
}

static void take_price(const th_assumption *a, th_path_price *price)
{
	th_case_plan *plan = a->p->plan;
	size_t at = plan->input.prices;
	if (!a->subject.len || !has_price(a)) { /* it would be the price of nothing */
		th_assumption_bad_name(a);
		return;
	}
	price[at].carrier = th_assumption_carrier(plan, a->subject);
	for (size_t i = 0; i < at; i++)
		if (th_slice_eq(price[i].carrier, price[at].carrier)) {
			th_assumption_twice(a);
			return;
		}
	if (th_assumption_take_price_unit(a, &plan->price_unit[at]) && th_assumption_take_number(a, &price[at].price))
		plan->input.prices++;
}

static void take_bau(const th_assumption *a)
{
	if (th_slice_eq(a->row->value, TH_S("trend")))
		a->p->plan->trend_bau = true;
	else if (!th_slice_eq(a->row->value, TH_S("growth")))
		th_assumption_bad_value(a, "trend, growth");
}

/* The applicant's own: it has no value that everybody takes. */
static void take_threshold(const th_assumption *a)
{
	th_case_plan *plan = a->p->plan;
	if (plan->restate_row)
		th_assumption_twice(a);
	else if (th_assumption_take_percent(a, &plan->restate_percent) && plan->restate_percent.mant < 0)
		th_assumption_bad_value(a, "123.45");
	else
		plan->restate_row = a->row;
}

static void take_row(const th_assumption *a, growths *all, th_path_price *price)
{
	th_case_plan *plan = a->p->plan;
	th_decimal year;
	th_assumed kind = th_assumed_of(a->head);
	if (kind == TH_ASSUMED_GROWTH)
		take_growth(a, all);
	else if (kind == TH_ASSUMED_PRICE)
		take_price(a, price);
	else if (a->subject.len || a->from)
		th_assumption_bad_name(a);
	else if (kind == TH_ASSUMED_DISCOUNT && plan->has_discount)
		th_assumption_twice(a);
	else if (kind == TH_ASSUMED_DISCOUNT)
		plan->has_discount |= th_assumption_take_percent(a, &plan->input.discount);
	else if (kind == TH_ASSUMED_BAU)
		take_bau(a);
	else if (kind == TH_ASSUMED_THRESHOLD)
		take_threshold(a);
	else if (kind == TH_ASSUMED_LAST_YEAR)
		plan->input.last_year = th_assumption_take_year(a, &year) ? (int)year.mant : plan->input.last_year;
	else
		th_assumption_bad_name(a);
}

/* Growth of its own holds from its first year on, before that what is said of all activities. */
static void fill_growth(th_planning *p, th_path_activity *activity, const growths *all)
{
	const th_growth *own = activity->growth;
	size_t count = activity->growths;
	activity->growth = NULL;
	activity->growths = 0;
	for (size_t i = 0; i < all->count && (count == 0 || all->list[i].from < own[0].from); i++)
		add_growth(p, &activity->growth, &activity->growths, all->list[i]);
	for (size_t i = 0; i < count; i++)
		add_growth(p, &activity->growth, &activity->growths, own[i]);
}

/* Whether every year of the path has a growth. One that begins later leaves years of which nobody says anything: they are not 0 %. */
static bool grows_from(th_planning *p, const th_path_activity *activity, th_buf *late)
{
	if (activity->growths ? activity->growth[0].from <= p->plan->input.base_year + 1 : p->plan->trend_bau)
		return true;
	if (activity->growths) {
		th_buf_str(late, late->len ? ", " : "");
		th_plan_put_activity(p, activity->id, late);
		th_buf_printf(late, " (%d)", activity->growth[0].from);
	}
	return false;
}

void th_plan_assume(th_planning *p)
{
	th_case_plan *plan = p->plan;
	size_t rows = plan->assumptions.count;
	growths all = {0};
	th_buf late = {0};
	th_path_price *price = th_plan_room(p, rows + 1, sizeof *price);
	plan->price_unit = th_plan_room(p, rows + 1, sizeof *plan->price_unit);
	if (!price || !plan->price_unit)
		return;
	plan->input.price = price;
	for (size_t i = 0; i < rows; i++) {
		th_assumption a = {.p = p, .file = &plan->assumptions, .row = &plan->assumptions.row[i]};
		if (th_assumption_take_name(&a))
			take_row(&a, &all, price);
	}
	plan->has_bau = plan->input.activities > 0 || all.count > 0 || plan->trend_bau;
	for (size_t i = 0; i < plan->input.activities; i++) {
		fill_growth(p, &p->activity[i], &all);
		plan->has_bau &= grows_from(p, &p->activity[i], &late);
	}
	bool any = late.len > 0;
	const char *names = th_check_built(p->s, &late);
	if (any)
		th_plan_caveat(p, TH_PLAN_GROWTH_LATE, plan->assumptions_path, 0, names, th_plan_printf(p, "%d", plan->input.base_year + 1), (char *)NULL);
}

size_t th_plan_assumption_line(th_planning *p, th_assumed kind, th_slice activity)
{
	const th_params *file = &p->plan->assumptions;
	size_t line = 1, best = 0;
	for (size_t i = 0; i < file->count; i++) {
		th_assumption a = {.p = p, .file = file, .row = &file->row[i]};
		th_slice unit;
		th_decimal value;
		unsigned notes;
		a.name = th_header_name(a.row->param, &unit);
		const char *at = memchr(a.name.ptr, '@', a.name.len);
		a.name.len = at ? (size_t)(at - a.name.ptr) : a.name.len;
		th_assumption_read_name(&a);
		if (th_assumed_of(a.head) != kind || (a.subject.len && !th_slice_eq(th_assumption_carrier(p->plan, a.subject), activity)))
			continue;
		bool wrong = th_number_is(th_number_parse(a.row->value, &value, &notes)) && th_decimal_double(value) <= -100;
		size_t good = 1 + (size_t)(a.subject.len != 0) + (wrong ? 2u : 0u);
		if (good > best) {
			best = good;
			line = a.row->line;
		}
	}
	return line;
}
