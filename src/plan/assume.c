/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assumptions.csv: growth, prices and rates that somebody supposes, each with its source; and scenarios, which change them. */

#include "base/digits.h"
#include "base/near.h"
#include "plan/planning.h"

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

/* A row of a file, with its name in parts: head.subject@from. */
typedef struct assumption {
	th_planning *p;
	const th_params *file;
	const th_param_row *row;
	bool scenario;
	th_slice name, head, subject; /* name: without the year */
	th_slice value, unit;         /* the unit of the cell of units, or behind the number or the name */
	int from;
} assumption;

static void fail(const assumption *a, th_code code, size_t column, const char *where, const char *two, const char *three)
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
static th_slice near_subject(const assumption *a)
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
static void bad_name(const assumption *a)
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

static void bad_value(const assumption *a, const char *expected)
{
	fail(a, TH_ASSUMPTION_VALUE, a->row->value_column, "value", th_check_text(a->p->s, a->row->value), expected);
}

static void bad_unit(const assumption *a, const char *expected)
{
	fail(a, TH_ASSUMPTION_UNIT, a->row->unit_column, "unit", th_check_text(a->p->s, a->unit), expected);
}

/* The same assumption by another of its names. */
static void twice(const assumption *a)
{
	fail(a, TH_ASSUMPTION_TWICE, a->row->param_column, "param", NULL, NULL);
}

static bool ends_with(th_slice text, th_slice end)
{
	return text.len > end.len && memcmp(text.ptr + text.len - end.len, end.ptr, end.len) == 0;
}

static void split_name(assumption *a, th_slice name)
{
	const char *dot = memchr(name.ptr, '.', name.len);
	a->head = (th_slice){name.ptr, dot ? (size_t)(dot - name.ptr) : name.len};
	a->subject = dot ? (th_slice){dot + 1, name.len - a->head.len - 1} : (th_slice){"", 0};
}

/* Whole names first (电价), then what stands before a dot (增长率.外购电力), then the end of a name (产值增长率). */
static void read_name(assumption *a)
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
static bool read_unit(assumption *a, th_slice behind_name)
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

static bool take_name(assumption *a)
{
	th_slice unit, name = th_header_name(a->row->param, &unit);
	const char *at = memchr(name.ptr, '@', name.len);
	a->name = name;
	if (at) {
		th_period year;
		th_slice text = {at + 1, name.len - (size_t)(at + 1 - name.ptr)};
		if (a->scenario || th_period_parse(text, &year) != TH_PERIOD_OK || year.first_year != year.last_year) {
			bad_name(a);
			return false;
		}
		a->from = year.first_year;
		a->name.len = (size_t)(at - name.ptr);
	}
	read_name(a);
	return read_unit(a, unit);
}

static bool take_number(const assumption *a, th_decimal *out)
{
	unsigned notes;
	if (th_number_is(th_number_parse(a->value, out, &notes))) /* one that is rounded, who read the table has said */
		return true;
	bad_value(a, "123.45");
	return false;
}

static bool take_percent(const assumption *a, th_decimal *out)
{
	static const char *const units[] = {"%", "%/a", "%/年", "％"};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (th_slice_eq(a->unit, th_slice_of(units[i])))
			return take_number(a, out);
	bad_unit(a, "%, %/a");
	return false;
}

static bool take_year(const assumption *a, th_decimal *out)
{
	th_period year;
	if (th_period_parse(a->row->value, &year) != TH_PERIOD_OK || year.first_year != year.last_year) {
		bad_value(a, "2030");
		return false;
	}
	*out = th_decimal_int(year.first_year);
	return true;
}

/* Of what a growth is: an activity of the base year, a driver, or TH_PATH_ALL for all activities. */
static bool find_growing(const assumption *a, bool *driver, size_t *index)
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
	bad_name(a);
	return false;
}

static th_slice carrier_of(const th_case_plan *plan, th_slice text)
{
	uint32_t number = th_find_activity(plan->a->reference, text);
	return number != TH_NONE ? plan->a->reference->activity[number].id : text;
}

static const char price_unit[] = "\xFF" "CNY/kWh" "\xFE" "元/kWh、元/t" "\xFD";

/* As people write it: what stands behind the slash is one thing (元/t CO2e). */
static bool take_price_unit(const assumption *a, th_unit *unit)
{
	const th_units *units = a->p->plan->a->reference->units;
	const char *slash = memchr(a->unit.ptr, '/', a->unit.len);
	th_slice at;
	th_unit money_alone;
	if (!slash && th_unit_parse(units, a->unit, unit, &at) == TH_UNIT_OK && th_unit_parse(units, TH_S("CNY"), &money_alone, &at) == TH_UNIT_OK &&
	    th_unit_same_dimension(unit, &money_alone)) { /* 元, of what? */
		bad_unit(a, price_unit);
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
	bad_unit(a, price_unit);
	return false;
}

/* --- the base --- */

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

static bool stands_twice(const assumption *a, const growths *of)
{
	for (size_t i = 0; i < of->count; i++)
		if (of->list[i].from == a->from) {
			twice(a);
			return true;
		}
	return false;
}

static void take_growth(const assumption *a, growths *all)
{
	th_growth growth = {a->from, {0, 0}}; /* without a year: from before all of them, so that a dated one may begin with the path */
	size_t index;
	bool driver;
	if (!find_growing(a, &driver, &index) || !take_percent(a, &growth.percent))
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
static bool has_price(const assumption *a)
{
	const th_reference *r = a->p->plan->a->reference;
	bool known = th_find_activity(r, a->subject) != TH_NONE;
	uint32_t at = 0;
	for (const th_column_name *name; !known && (name = th_columns_each(r->columns, "assumptions", &at)) != NULL;)
		known = name->column.len == strlen("price.") + a->subject.len && th_slice_starts(name->column, TH_S("price.")) &&
		        th_slice_ends(name->column, a->subject);
	return known;
}

static void take_price(const assumption *a, th_path_price *price)
{
	th_case_plan *plan = a->p->plan;
	size_t at = plan->input.prices;
	if (!a->subject.len || !has_price(a)) { /* it would be the price of nothing */
		bad_name(a);
		return;
	}
	price[at].carrier = carrier_of(plan, a->subject);
	for (size_t i = 0; i < at; i++)
		if (th_slice_eq(price[i].carrier, price[at].carrier)) {
			twice(a);
			return;
		}
	if (take_price_unit(a, &plan->price_unit[at]) && take_number(a, &price[at].price))
		plan->input.prices++;
}

static void take_bau(const assumption *a)
{
	if (th_slice_eq(a->row->value, TH_S("trend")))
		a->p->plan->trend_bau = true;
	else if (!th_slice_eq(a->row->value, TH_S("growth")))
		bad_value(a, "trend, growth");
}

/* The applicant's own: it has no value that everybody takes. */
static void take_threshold(const assumption *a)
{
	th_case_plan *plan = a->p->plan;
	if (plan->restate_row)
		twice(a);
	else if (take_percent(a, &plan->restate_percent) && plan->restate_percent.mant < 0)
		bad_value(a, "123.45");
	else
		plan->restate_row = a->row;
}

static void take_row(const assumption *a, growths *all, th_path_price *price)
{
	th_case_plan *plan = a->p->plan;
	th_decimal year;
	th_assumed kind = th_assumed_of(a->head);
	if (kind == TH_ASSUMED_GROWTH)
		take_growth(a, all);
	else if (kind == TH_ASSUMED_PRICE)
		take_price(a, price);
	else if (a->subject.len || a->from)
		bad_name(a);
	else if (kind == TH_ASSUMED_DISCOUNT && plan->has_discount)
		twice(a);
	else if (kind == TH_ASSUMED_DISCOUNT)
		plan->has_discount |= take_percent(a, &plan->input.discount);
	else if (kind == TH_ASSUMED_BAU)
		take_bau(a);
	else if (kind == TH_ASSUMED_THRESHOLD)
		take_threshold(a);
	else if (kind == TH_ASSUMED_LAST_YEAR)
		plan->input.last_year = take_year(a, &year) ? (int)year.mant : plan->input.last_year;
	else
		bad_name(a);
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
		assumption a = {.p = p, .file = &plan->assumptions, .row = &plan->assumptions.row[i]};
		if (take_name(&a))
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
		assumption a = {.p = p, .file = file, .row = &file->row[i]};
		th_slice unit;
		th_decimal value;
		unsigned notes;
		a.name = th_header_name(a.row->param, &unit);
		const char *at = memchr(a.name.ptr, '@', a.name.len);
		a.name.len = at ? (size_t)(at - a.name.ptr) : a.name.len;
		read_name(&a);
		if (th_assumed_of(a.head) != kind || (a.subject.len && !th_slice_eq(carrier_of(p->plan, a.subject), activity)))
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

/* --- scenarios --- */

static bool measure_field(const assumption *a, th_path_override *set)
{
	static const struct { const char *name; th_path_field field; } fields[] = {
		{"start", TH_SET_START}, {"off", TH_SET_OFF}, {"reduction", TH_SET_REDUCTION}, {"capex", TH_SET_CAPEX}, {"opex", TH_SET_OPEX},
	};
	const th_case_plan *plan = a->p->plan;
	for (size_t i = 0; i < plan->input.measures; i++)
		for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
			th_slice id = plan->input.measure[i].id, rest = a->subject;
			if (rest.len <= id.len || memcmp(rest.ptr, id.ptr, id.len) != 0 || rest.ptr[id.len] != '.')
				continue;
			rest = (th_slice){rest.ptr + id.len + 1, rest.len - id.len - 1};
			if (!th_slice_eq(rest, th_slice_of(fields[f].name)))
				continue;
			set->index = i;
			set->field = fields[f].field;
			if (set->field == TH_SET_START)
				return take_year(a, &set->value);
			return set->field == TH_SET_OFF ? take_number(a, &set->value) : take_percent(a, &set->value);
		}
	bad_name(a);
	return false;
}

static bool price_field(const assumption *a, th_path_override *set)
{
	const th_case_plan *plan = a->p->plan;
	th_slice carrier = carrier_of(plan, a->subject);
	th_unit unit;
	th_mass value;
	th_ratio r = th_ratio_one();
	set->field = TH_SET_PRICE;
	for (set->index = 0; set->index < plan->input.prices; set->index++)
		if (th_slice_eq(plan->input.price[set->index].carrier, carrier))
			break;
	if (set->index == plan->input.prices) {
		bad_name(a);
		return false;
	}
	if (!take_price_unit(a, &unit) || !take_number(a, &set->value))
		return false;
	if (!th_unit_same_dimension(&unit, &plan->price_unit[set->index])) {
		bad_unit(a, th_check_part_name(a->p->s, TH_CASE_ASSUMPTIONS));
		return false;
	}
	th_ratio_mul(&r, set->value);
	th_ratio_mul_unit(&r, &unit);
	th_ratio_div_unit(&r, &plan->price_unit[set->index]);
	if (!th_ratio_round(&r, &value) || th_digit_count(th_magnitude(value)) > 18) {
		bad_value(a, "123.45");
		return false;
	}
	set->value = (th_decimal){(int64_t)value, -TH_MASS_SCALE};
	for (; set->value.mant && set->value.mant % 10 == 0; set->value.exp++)
		set->value.mant /= 10;
	return true;
}

static bool growth_field(const assumption *a, th_path_override *set)
{
	bool driver;
	if (!find_growing(a, &driver, &set->index))
		return false;
	set->field = driver ? TH_SET_DRIVER_GROWTH : TH_SET_GROWTH;
	return take_percent(a, &set->value);
}

static bool scenario_field(const assumption *a, th_path_override *set)
{
	th_assumed kind = th_assumed_of(a->head);
	*set = (th_path_override){0};
	if (kind == TH_ASSUMED_GROWTH)
		return growth_field(a, set);
	if (kind == TH_ASSUMED_PRICE)
		return price_field(a, set);
	if (kind == TH_ASSUMED_MEASURE)
		return measure_field(a, set);
	if (kind == TH_ASSUMED_DISCOUNT && a->subject.len == 0) {
		set->field = TH_SET_DISCOUNT;
		return take_percent(a, &set->value);
	}
	if (kind == TH_ASSUMED_LAST_YEAR && a->subject.len == 0) {
		set->field = TH_SET_LAST_YEAR;
		return take_year(a, &set->value);
	}
	bad_name(a);
	return false;
}

size_t th_plan_overrides(th_planning *p, const th_params *params, th_path_override *set)
{
	size_t count = 0;
	for (size_t i = 0; i < params->count; i++) {
		assumption a = {.p = p, .file = params, .row = &params->row[i], .scenario = true};
		if (take_name(&a) && scenario_field(&a, &set[count]))
			count++;
	}
	return count;
}
