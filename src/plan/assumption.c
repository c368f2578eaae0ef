/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of assumptions.csv or of a scenario: what its name says, its unit, its value, and what is wrong with them. */
#include "plan/assumption.h"

#include "base/digits.h"
#include "base/near.h"

const char *const th_assumed_names[TH_ASSUMEDS] = {"growth", "price", "discount_rate", "last_year", "bau", "recalculation_threshold", "measure"};

th_assumed th_assumed_of(th_slice name)
{
	size_t kind = 0;
	while (kind < TH_ASSUMEDS && !th_slice_eq(name, th_slice_of(th_assumed_names[kind])))
		kind++;
	return (th_assumed)kind;
}

/* In both languages (th_buf_both). */
static const char base_names[] = "\xFF" "growth, growth.<activity or fact>, growth@<year>, bau, discount_rate, last_year, recalculation_threshold, price.<carrier>"
	"\xFE" "growth（增长率）、growth.<活动或填报项>、growth@<年份>、bau（基准情景）、discount_rate（折现率）、last_year（测算末年）、recalculation_threshold（基准年重算门槛）、price.<能源品种>（价格）\xFD";
static const char scenario_names[] =
	"\xFF" "growth, growth.<activity or fact>, discount_rate, last_year, price.<carrier of assumptions.csv>, measure.<id>.start, .off, .reduction, .capex, .opex"
	"\xFE" "growth（增长率）、growth.<活动或填报项>、discount_rate（折现率）、last_year（测算末年）、price.<规划假设中的能源品种>（价格）、measure.<措施编号>.start、.off、.reduction、.capex、.opex\xFD";

static void fail(const th_assumption *a, th_code code, size_t column, const char *where, const char *two, const char *three)
{
	th_checking *s = a->p->s;
	th_check_worse(s, th_report(s->diags, code, (th_pos){a->file->path, a->row->line, column, where}, th_check_text(s, a->row->param), two,
	                             three, (char *)NULL));
}

static void offer_activity(th_near_name *best, const th_reference *r, th_slice id)
{
	uint32_t number = th_find_activity(r, id);
	th_near_offer(best, id);
	if (number != TH_NONE)
		th_near_offer(best, r->activity[number].name_zh);
}

/* Of what may stand behind the dot: what grows in this case, what has a price, a measure of it. */
static th_slice near_subject(const th_assumption *a)
{
	const th_case_plan *plan = a->p->plan;
	const th_reference *r = plan->a->reference;
	const char *dot = memchr(a->subject.ptr, '.', a->subject.len);
	bool measure = th_assumed_of(a->head) == TH_ASSUMED_MEASURE, growth = th_assumed_of(a->head) == TH_ASSUMED_GROWTH;
	th_near_name best = {.text = measure && dot ? (th_slice){a->subject.ptr, (size_t)(dot - a->subject.ptr)} : a->subject};
	for (size_t i = 0; measure && i < plan->input.measures; i++)
		th_near_offer(&best, plan->input.measure[i].id);
	for (size_t i = 0; growth && i < plan->input.drivers; i++) {
		th_slice rest = plan->driver_of[i]->intensity->fact_aliases, alias;
		th_near_offer(&best, plan->driver_of[i]->intensity->fact);
		while (th_slice_split(&rest, ';', &alias))
			th_near_offer(&best, alias);
	}
	for (size_t i = 0; growth && i < plan->input.activities; i++)
		offer_activity(&best, r, plan->input.activity[i].id);
	for (size_t i = 0; !measure && !growth && a->scenario && i < plan->input.prices; i++)
		offer_activity(&best, r, plan->input.price[i].carrier);
	for (uint32_t i = 0; !measure && !growth && !a->scenario && i < r->activities; i++)
		offer_activity(&best, r, r->activity[i].id);
	th_slice near = th_near_found(&best);
	return th_slice_eq(near, best.text) ? (th_slice){"", 0} : near; /* measure.M1.strat: the measure is there */
}

/* What a name is near to: the names that columns.csv knows, or those before a dot and an @; behind a dot that is known, what may stand there. */
void th_assumption_bad_name(const th_assumption *a)
{
	th_near_name best = {.text = a->name};
	uint32_t at = 0;
	th_assumed kind = th_assumed_of(a->head);
	bool subject = a->subject.len && (kind == TH_ASSUMED_GROWTH || kind == TH_ASSUMED_PRICE || (a->scenario && kind == TH_ASSUMED_MEASURE));
	for (const th_column_name *known; !subject && (known = th_columns_each(a->p->plan->a->reference->columns, "assumptions", &at)) != NULL;)
		th_near_offer(&best, known->text);
	th_slice near = subject ? near_subject(a) : th_near_found(&best);
	const char *meant = !near.len ? "-" : subject ? th_plan_printf(a->p, "%.*s.%.*s", (int)a->head.len, a->head.ptr, (int)near.len, near.ptr)
	                                              : th_check_text(a->p->s, near);
	fail(a, TH_ASSUMPTION_NAME, a->row->param_column, "param", a->scenario ? scenario_names : base_names, meant);
}

void th_assumption_bad_value(const th_assumption *a, const char *expected)
{
	fail(a, TH_ASSUMPTION_VALUE, a->row->value_column, "value", th_check_text(a->p->s, a->row->value), expected);
}

void th_assumption_bad_unit(const th_assumption *a, const char *expected)
{
	fail(a, TH_ASSUMPTION_UNIT, a->row->unit_column, "unit", th_check_text(a->p->s, a->unit), expected);
}

/* The same assumption by another of its names. */
void th_assumption_twice(const th_assumption *a)
{
	fail(a, TH_ASSUMPTION_TWICE, a->row->param_column, "param", NULL, NULL);
}

static bool ends_with(th_slice text, th_slice end)
{
	return text.len > end.len && memcmp(text.ptr + text.len - end.len, end.ptr, end.len) == 0;
}

static void split_name(th_assumption *a, th_slice name)
{
	const char *dot = memchr(name.ptr, '.', name.len);
	a->head = (th_slice){name.ptr, dot ? (size_t)(dot - name.ptr) : name.len};
	a->subject = dot ? (th_slice){dot + 1, name.len - a->head.len - 1} : (th_slice){"", 0};
}

/* Whole names first (电价), then what stands before a dot (增长率.外购电力), then the end of a name (产值增长率). */
void th_assumption_read_name(th_assumption *a)
{
	const th_columns *names = a->p->plan->a->reference->columns;
	th_slice known = th_column_named(names, "assumptions", a->name), end = {"", 0}, kind = end;
	split_name(a, known.len ? known : a->name);
	if (known.len)
		return;
	known = th_column_named(names, "assumptions", a->head);
	if (known.len) {
		th_slice subject = a->subject;
		split_name(a, known);
		a->subject = subject.len ? subject : a->subject;
		return;
	}
	uint32_t at = 0;
	for (const th_column_name *suffix; (suffix = th_columns_each(names, "assumptions.suffix", &at)) != NULL;)
		if (ends_with(a->name, suffix->text) && suffix->text.len > end.len) {
			end = suffix->text;
			kind = suffix->column;
		}
	if (end.len) {
		a->head = kind;
		a->subject = th_slice_trim((th_slice){a->name.ptr, a->name.len - end.len});
	}
}

/* The unit: its own cell's, else behind the number (6%, 0.72元/kWh), else in brackets behind the name. */
static bool read_unit(th_assumption *a, th_slice behind_name)
{
	const th_units *units = a->p->plan->a->reference->units;
	th_slice cell = a->row->value, at;
	size_t digits = 0;
	th_unit unit;
	a->value = cell;
	a->unit = a->row->unit.len ? a->row->unit : behind_name;
	while (digits < cell.len && memchr("+-.,0123456789", cell.ptr[digits], 14))
		digits++;
	th_slice behind = th_slice_trim((th_slice){cell.ptr + digits, cell.len - digits});
	if (digits == 0 || behind.len == 0 || th_unit_parse(units, behind, &unit, &at) != TH_UNIT_OK || ends_with(cell, TH_S("年")))
		return true;
	th_unit beside;
	if (a->unit.len && th_unit_parse(units, a->unit, &beside, &at) == TH_UNIT_OK && !th_unit_same_dimension(&unit, &beside)) {
		th_checking *s = a->p->s;
		th_check_worse(s, th_report(s->diags, TH_UNIT_CONTRADICTS, (th_pos){a->file->path, a->row->line, a->row->value_column, "value"},
		                            th_check_text(s, a->unit), th_check_text(s, behind), (char *)NULL));
		return false;
	}
	a->value = (th_slice){cell.ptr, digits};
	a->unit = behind;
	return true;
}

bool th_assumption_take_name(th_assumption *a)
{
	th_slice unit, name = th_header_name(a->row->param, &unit);
	const char *at = memchr(name.ptr, '@', name.len);
	a->name = name;
	if (at) {
		th_period year;
		th_slice text = {at + 1, name.len - (size_t)(at + 1 - name.ptr)};
		if (a->scenario || th_period_parse(text, &year) != TH_PERIOD_OK || year.first_year != year.last_year) {
			th_assumption_bad_name(a);
			return false;
		}
		a->from = year.first_year;
		a->name.len = (size_t)(at - name.ptr);
	}
	th_assumption_read_name(a);
	return read_unit(a, unit);
}

bool th_assumption_take_number(const th_assumption *a, th_decimal *out)
{
	unsigned notes;
	if (th_number_is(th_number_parse(a->value, out, &notes))) /* one that is rounded, who read the table has said */
		return true;
	th_assumption_bad_value(a, "123.45");
	return false;
}

bool th_assumption_take_percent(const th_assumption *a, th_decimal *out)
{
	static const char *const units[] = {"%", "%/a", "%/年", "％"};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (th_slice_eq(a->unit, th_slice_of(units[i])))
			return th_assumption_take_number(a, out);
	th_assumption_bad_unit(a, "%, %/a");
	return false;
}

bool th_assumption_take_year(const th_assumption *a, th_decimal *out)
{
	th_period year;
	if (th_period_parse(a->row->value, &year) != TH_PERIOD_OK || year.first_year != year.last_year) {
		th_assumption_bad_value(a, "2030");
		return false;
	}
	*out = th_decimal_int(year.first_year);
	return true;
}

/* Of what a growth is: an activity of the base year, a driver, or TH_PATH_ALL for all activities. */
bool th_assumption_find_growing(const th_assumption *a, bool *driver, size_t *index)
{
	const th_case_plan *plan = a->p->plan;
	const th_activity *activity = NULL;
	*driver = false;
	*index = TH_PATH_ALL;
	if (a->subject.len == 0)
		return true;
	for (*index = 0; *index < plan->input.drivers; ++*index)
		if (th_intensity_is_per(plan->driver_of[*index]->intensity, a->subject)) {
			*driver = true;
			return true;
		}
	uint32_t number = th_find_activity(plan->a->reference, a->subject);
	if (number != TH_NONE)
		activity = &plan->a->reference->activity[number];
	for (*index = 0; *index < plan->input.activities; ++*index)
		if (th_slice_eq(plan->input.activity[*index].id, activity ? activity->id : a->subject))
			return true;
	th_assumption_bad_name(a);
	return false;
}

th_slice th_assumption_carrier(const th_case_plan *plan, th_slice text)
{
	uint32_t number = th_find_activity(plan->a->reference, text);
	return number != TH_NONE ? plan->a->reference->activity[number].id : text;
}

static const char price_unit[] = "\xFF" "CNY/kWh" "\xFE" "元/kWh、元/t" "\xFD";

/* As people write it: what stands behind the slash is one thing (元/t CO2e). */
bool th_assumption_take_price_unit(const th_assumption *a, th_unit *unit)
{
	const th_units *units = a->p->plan->a->reference->units;
	const char *slash = memchr(a->unit.ptr, '/', a->unit.len);
	th_slice at;
	th_unit money_alone;
	if (!slash && th_unit_parse(units, a->unit, unit, &at) == TH_UNIT_OK && th_unit_parse(units, TH_S("CNY"), &money_alone, &at) == TH_UNIT_OK &&
	    th_unit_same_dimension(unit, &money_alone)) { /* 元, of what? */
		th_assumption_bad_unit(a, price_unit);
		return false;
	}
	if (slash && th_unit_parse(units, a->unit, unit, &at) != TH_UNIT_OK) {
		size_t money = (size_t)(slash + 1 - a->unit.ptr);
		const char *text = th_plan_printf(a->p, "%.*s(%.*s)", (int)money, a->unit.ptr, (int)(a->unit.len - money), slash + 1);
		if (th_unit_parse(units, th_slice_of(text), unit, &at) == TH_UNIT_OK && th_unit_exponent(units, unit, "money") == 1)
			return true;
	}
	if (th_unit_parse(units, a->unit, unit, &at) == TH_UNIT_OK && th_unit_exponent(units, unit, "money") == 1)
		return true;
	th_assumption_bad_unit(a, price_unit);
	return false;
}
