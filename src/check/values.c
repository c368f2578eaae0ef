/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the account and the tables of a case say, under the names that a pack may declare (check.h lists them). */

#include <stdio.h>
#include <stdlib.h>

#include "base/digits.h"
#include "base/day.h"
#include "check/lacks.h"
#include "rules/expr.h"

/* Targets stand in one list, so that the addresses of those of one day give the order of the file. */
static int by_end(const void *left, const void *right)
{
	const th_target *a = *(const th_target *const *)left, *b = *(const th_target *const *)right;
	if (a->when.to != b->when.to)
		return a->when.to < b->when.to ? -1 : 1;
	return (a > b) - (a < b);
}

/* --- facts --- */

static bool date(th_checking *s, th_computing *v, const char *id, th_period *out)
{
	th_rule_value fact = th_check_fact(s->a, id);
	if (fact.known && fact.type == TH_RULE_DATE) {
		*out = fact.date;
		return true;
	}
	th_lack(v, th_slice_of(id));
	return false;
}

/* --- the inventory --- */

static void account_ok(th_checking *s, th_computing *v)
{
	if (th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		v->value = th_rule_bool(true);
}

static void account_method(th_checking *s, th_computing *v)
{
	if (th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		v->value = th_rule_text(s->a->account->profile->id);
	if (v->value.known) { /* its name, for people */
		th_buf name = {0};
		th_buf_slice(&name, s->a->account->profile->name_zh);
		th_buf_str(&name, "（");
		th_buf_slice(&name, s->a->account->profile->id);
		th_buf_str(&name, "）");
		v->shown = th_slice_of(th_check_built(s, &name));
	}
}

/* Behind the months with any line: what has days missing in the year, as its lines call it. */
static void put_gaps(th_buf *out, const th_account *account, int year)
{
	for (size_t i = 0; i < account->holes; i++) {
		const th_hole *hole = &account->hole[i];
		for (size_t k = 0; k < hole->years; k++) {
			if (hole->year[k].year != year)
				continue;
			th_buf_str(out, "; ");
			th_buf_slice(out, hole->activity_text);
			th_buf_printf(out, " -%u d", hole->year[k].days);
		}
	}
}

static void account_completeness(th_checking *s, th_computing *v)
{
	if (!th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		return;
	th_buf text = {0};
	for (size_t i = 0; i < s->a->years; i++) {
		th_buf_printf(&text, "%s%d (%u/12", i ? ", " : "", s->a->year[i].year, s->a->year[i].months);
		put_gaps(&text, s->a->account, s->a->year[i].year);
		th_buf_char(&text, ')');
	}
	v->value = th_rule_text(th_slice_of(th_check_built(s, &text)));
}

/* Gross emissions of the year in which a fact ends. */
static bool gross_of(th_checking *s, th_computing *v, const char *fact, th_mass *out)
{
	th_period period;
	bool dated = date(s, v, fact, &period);
	if (!th_lack_unless_there(s, v, TH_CASE_INVENTORY) || !dated)
		return false;
	const th_check_year *year = th_check_whole_year(s->a, period.last_year);
	if (year) {
		*out = year->gross;
		return true;
	}
	th_lack_year(s, v, period.last_year);
	return false;
}

/* A base year at or below zero is a slip, or has nothing to take a share of: it decides nothing. */
static bool base_of(th_checking *s, th_computing *v, th_mass *out)
{
	th_period base;
	if (!gross_of(s, v, "base_year", out))
		return false;
	if (*out > 0)
		return true;
	(void)date(s, v, "base_year", &base);
	th_lack_year(s, v, base.last_year);
	return false;
}

static void base_gross(th_checking *s, th_computing *v)
{
	th_mass gross;
	if (base_of(s, v, &gross))
		v->value = th_rule_mass(gross, &s->kilogram);
}

/* The same without scope 3. */
static void base_gross_12(th_checking *s, th_computing *v)
{
	th_mass gross;
	th_period base;
	if (!base_of(s, v, &gross) || !date(s, v, "base_year", &base))
		return;
	v->value = th_rule_mass(th_check_whole_year(s->a, base.last_year)->gross_12, &s->kilogram);
}

/* The base year where it is stated, else all years. A base year of which months have no line at all has no series that could tell what they lack. */
static void holes_gross(th_checking *s, th_computing *v)
{
	th_mass sum;
	th_rule_value base = th_check_fact(s->a, "base_year");
	int year = base.known && base.type == TH_RULE_DATE ? base.date.last_year : 0;
	if (!th_lack_unless_there(s, v, TH_CASE_INVENTORY) || !th_check_sum_holes(s->a, year, &sum))
		return;
	const th_check_year *found = th_check_year_of(s->a, year);
	if (year != 0 && sum == 0 && (!found || found->months < 12))
		th_lack_year(s, v, year);
	else
		v->value = th_rule_mass(sum, &s->kilogram);
}

static void holes_end_gross(th_checking *s, th_computing *v)
{
	th_period end;
	th_mass sum;
	bool dated = date(s, v, "end", &end);
	if (th_lack_unless_there(s, v, TH_CASE_INVENTORY) && dated && th_check_sum_holes(s->a, end.last_year, &sum))
		v->value = th_rule_mass(sum, &s->kilogram);
}

/* The series of a year with days missing, and the reason that would do in their place. */
static void lack_holes(th_checking *s, th_computing *v, const char *fact)
{
	const th_assessment *a = s->a;
	th_period year;
	if (!date(s, v, fact, &year))
		return;
	for (size_t i = 0; i < a->account->holes; i++)
		for (size_t k = 0; k < a->account->hole[i].years; k++) {
			const th_hole *hole = &a->account->hole[i];
			th_buf part = {0}, zh = {0}, en = {0};
			if (hole->year[k].year != year.last_year)
				continue;
			th_buf_printf(&part, "%d:", year.last_year);
			th_buf_slice(&part, hole->site);
			th_buf_char(&part, ':');
			th_buf_slice(&part, hole->source);
			th_buf_char(&part, ':');
			th_buf_slice(&part, hole->activity);
			th_buf_printf(&zh, "%d年缺少的%u天数据：", year.last_year, hole->year[k].days);
			th_buf_printf(&en, "%u days of %d without data: ", hole->year[k].days, year.last_year);
			const th_slice name[] = {hole->site, hole->source, hole->activity_text};
			for (size_t n = 0; n < sizeof name / sizeof *name; n++) {
				th_buf_slice(&zh, name[n]);
				th_buf_str(&zh, name[n].len && n < 2 ? " " : "");
				th_buf_slice(&en, name[n]);
				th_buf_str(&en, name[n].len && n < 2 ? " " : "");
			}
			th_lack_part(s, v, "inventory", th_buf_view(&part), &zh, &en);
			th_buf_free(&part);
		}
	th_lack(v, TH_S("holes_reason"));
}

static bool has_holes(const th_assessment *a, const char *fact)
{
	th_rule_value when = th_check_fact(a, fact);
	for (size_t i = 0; when.known && when.type == TH_RULE_DATE && i < a->account->holes; i++)
		for (size_t k = 0; k < a->account->hole[i].years; k++)
			if (a->account->hole[i].year[k].year == when.date.last_year)
				return true;
	return false;
}

/* Where days are missing, emissions are not less than by the lines that are there. */
static void base_gross_least(th_checking *s, th_computing *v)
{
	th_mass gross;
	if (!base_of(s, v, &gross))
		return;
	v->value = th_rule_mass(gross, &s->kilogram);
	if (!has_holes(s->a, "base_year"))
		return;
	v->value = th_rule_between(v->value, NULL);
	lack_holes(s, v, "base_year");
}

static void end_gross(th_checking *s, th_computing *v)
{
	th_mass gross;
	if (gross_of(s, v, "end", &gross))
		v->value = th_rule_mass(gross, &s->kilogram);
}

static void reduction_inventory(th_checking *s, th_computing *v)
{
	th_mass base, end;
	bool has_base = base_of(s, v, &base), has_end = gross_of(s, v, "end", &end);
	if (has_base && has_end)
		v->value = th_rule_mass(base - end, &s->kilogram);
}

/* Emissions that are missing at the end make the difference smaller, those of the base year larger: of the one there is a most. */
static void reduction_inventory_most(th_checking *s, th_computing *v)
{
	reduction_inventory(s, v);
	if (!v->value.known)
		return;
	bool base = has_holes(s->a, "base_year"), end = has_holes(s->a, "end");
	th_rule_value most = v->value;
	if (base || end)
		v->value = th_rule_between((th_rule_value){.type = TH_RULE_NUMBER}, base ? NULL : &most);
	if (base)
		lack_holes(s, v, "base_year");
	if (end)
		lack_holes(s, v, "end");
}

/* --- measures --- */

/* Something of the row itself is not said; else only what the base year had of a measure is not known. */
static bool is_row_open(const th_check_measure *m)
{
	return m->count == TH_COUNT_BLANK || m->count == TH_COUNT_UNDATED || m->count == TH_COUNT_ABSENT;
}

static void lack_measures(th_checking *s, th_computing *v, bool cumulative)
{
	for (size_t i = 0; i < s->a->measures.count; i++) {
		const th_check_measure *m = &s->a->measure[i];
		if (!th_check_is_open(cumulative ? &m->cumulative : &m->annual))
			continue;
		if (is_row_open(m))
			th_lack_row(s, v, m);
		else
			th_lack(v, TH_S("base_year"));
	}
}

/* More than all emissions cannot be taken away: then the sum says nothing but that something is wrong. */
static bool above_emissions(const th_checking *s)
{
	th_check_range sum;
	th_rule_value base = th_check_fact(s->a, "base_year");
	return base.known && base.type == TH_RULE_DATE && th_check_is_over(s->a, th_check_whole_year(s->a, base.date.last_year), &sum);
}

/* The sum of what the measures count, or what it surely is at least and at most. */
static void reduction(th_checking *s, th_computing *v, bool cumulative)
{
	th_period day;
	th_check_range sum;
	bool has_start = !cumulative || date(s, v, "start", &day), has_end = date(s, v, "end", &day), has_rows = th_lack_unless_there(s, v, TH_CASE_MEASURES);
	if (has_rows && s->a->measures.count == 0)
		th_lack_file(s, v, TH_CASE_MEASURES);
	if (!has_start || !has_end || !has_rows || v->lacks)
		return;
	if (above_emissions(s)) {
		th_lack_over(s, v);
		return;
	}
	lack_measures(s, v, cumulative);
	if (!th_check_sum(s->a, cumulative, &sum))
		return;
	th_rule_value most = th_rule_mass(sum.high, &s->kilogram);
	v->value = th_rule_between(th_rule_mass(sum.low, &s->kilogram), sum.bounded ? &most : NULL);
}

static void reduction_annual(th_checking *s, th_computing *v)
{
	reduction(s, v, false);
}

static void reduction_cumulative(th_checking *s, th_computing *v)
{
	reduction(s, v, true);
}

/* --- targets --- */

static void has_targets(th_checking *s, th_computing *v)
{
	if (th_lack_unless_there(s, v, TH_CASE_TARGETS))
		v->value = th_rule_bool(s->a->targets.count > 0);
}

/* A table that could not be read is one that is given. */
static void targets_given(th_checking *s, th_computing *v)
{
	v->value = th_rule_bool(s->a->file[TH_CASE_TARGETS].found);
}

/* A header alone states nothing. */
static void tasks_given(th_checking *s, th_computing *v)
{
	const th_check_file *file = &s->a->file[TH_CASE_TASKS];
	v->value = th_rule_bool(file->found && (s->a->tasks.count > 0 || file->errors > 0));
}

static void measures_given(th_checking *s, th_computing *v)
{
	v->value = th_rule_bool(s->a->file[TH_CASE_MEASURES].found);
}

/* The targets in the order of their ends, those of one day as they stand. NULL when there is none, which is noted. */
static const th_target **in_order(th_checking *s, th_computing *v)
{
	const th_targets *all = &s->a->targets;
	if (!th_lack_unless_there(s, v, TH_CASE_TARGETS))
		return NULL;
	const th_target **list = th_arena_alloc(&s->a->arena, all->count + 1, sizeof *list);
	if (!list) {
		th_check_no_memory(s);
		return NULL;
	}
	for (size_t i = 0; i < all->count; i++)
		list[i] = &all->target[i];
	qsort(list, all->count, sizeof *list, by_end);
	if (all->count == 0)
		th_lack_file(s, v, TH_CASE_TARGETS);
	return all->count ? list : NULL;
}

/* The targets as people read them: masses in t CO2e, others as written. */
static const char *show_targets(th_checking *s, const th_target **list, size_t count)
{
	th_buf text = {0};
	for (size_t i = 0; i < count; i++) {
		th_buf_str(&text, i ? ", " : "");
		if (list[i]->kind == TH_TARGET_INTENSITY)
			th_put_decimal(&text, list[i]->emissions);
		else
			th_put_mass(&text, list[i]->mass, 3);
	}
	th_buf_char(&text, ' ');
	if (count && list[0]->kind == TH_TARGET_INTENSITY)
		th_buf_slice(&text, list[0]->unit_text);
	else
		th_buf_str(&text, "t CO2e");
	return th_check_built(s, &text);
}

/* Numbers of one unit, which the declaration does not name: they are there to be compared with each other. */
static void phase_targets(th_checking *s, th_computing *v)
{
	const th_target **list = in_order(s, v);
	size_t targets = s->a->targets.count;
	th_exact *series = th_arena_alloc(&s->a->arena, targets + 1, sizeof *series);
	if (!series) {
		th_check_no_memory(s);
		return;
	}
	for (size_t i = 0; list && i < targets; i++) {
		th_decimal less = {-list[i]->emissions.mant, list[i]->emissions.exp}; /* percent of a base year that is not known: more of them is less */
		th_rule_value number = list[i]->kind == TH_TARGET_INTENSITY ? th_rule_number(list[i]->emissions, &list[i]->unit)
		                       : list[i]->kind == TH_TARGET_PERCENT ? th_rule_number(less, &list[i]->unit)
		                                                            : th_rule_mass(list[i]->mass, &s->kilogram);
		bool alike = list[i]->kind == list[0]->kind &&
		             (list[i]->kind != TH_TARGET_INTENSITY || th_unit_same_dimension(&list[i]->unit, &list[0]->unit));
		if (!alike)
			th_lack_kind(s, v);
		if (!alike || !number.known)
			return;
		series[i] = number.number;
	}
	if (list) {
		v->value = th_rule_series(series, targets);
		v->shown = th_slice_of(show_targets(s, list, targets));
	}
}

static void first_phase_end(th_checking *s, th_computing *v)
{
	const th_target **list = in_order(s, v);
	if (list)
		v->value = th_rule_date(list[0]->when);
}

/* --- the last whole year --- */

static void years_whole(th_checking *s, th_computing *v)
{
	const th_check_year *last;
	const th_unit one = {.num = 1, .den = 1};
	if (th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		v->value = th_rule_number(th_decimal_int((int64_t)th_check_whole_years(s->a, &last)), &one);
}

/* NULL: there is none, and it is said. */
static const th_check_year *latest(th_checking *s, th_computing *v)
{
	const th_check_year *last = NULL;
	if (!th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		return NULL;
	if (!th_check_whole_years(s->a, &last))
		th_lack_year(s, v, s->a->years ? s->a->year[s->a->years - 1].year : 0);
	return last;
}

static void latest_total(th_checking *s, th_computing *v)
{
	const th_check_year *year = latest(s, v);
	if (year)
		v->value = th_rule_mass(year->of_profile, &s->kilogram);
}

static void latest_energy(th_checking *s, th_computing *v)
{
	const th_check_year *year = latest(s, v);
	if (!year)
		return;
	if (!year->no_coal) {
		v->value = th_rule_mass(year->coal, &s->coal);
		return;
	}
	th_buf zh = {0}, en = {0};
	th_buf_printf(&zh, "%.*s的折标准煤量（按吨、立方米或吨标准煤填写）", (int)year->no_coal->name_zh.len, year->no_coal->name_zh.ptr);
	th_buf_printf(&en, "%.*s in standard coal (write it by mass, by volume or in tce)", (int)year->no_coal->name_en.len, year->no_coal->name_en.ptr);
	th_lack_part(s, v, "inventory", year->no_coal->id, &zh, &en);
}

/* Power too, at its calorific value. */
static void latest_coal(th_checking *s, th_computing *v)
{
	latest_energy(s, v);
	const th_check_year *year = v->value.known ? latest(s, v) : NULL;
	if (!year)
		return;
	th_mass sum = year->coal;
	v->value = th_mass_add(&sum, year->coal_of_power) ? th_rule_mass(sum, &s->coal) : (th_rule_value){.type = TH_RULE_NUMBER};
}

/* Its standard coal over the coefficient: the power, whatever unit each line has. */
static void latest_power(th_checking *s, th_computing *v)
{
	const th_check_year *year = latest(s, v);
	if (!year || !s->power)
		return;
	th_rule_value coal = th_rule_mass(year->coal_of_power, &s->coal), each = th_rule_number(s->power->value, &s->power->unit);
	coal.known = coal.known && each.known && th_exact_div(coal.number, each.number, &coal.number);
	v->value = coal;
}

/* --- all of them --- */

typedef enum value_of { PLAIN, MASS, COAL, POWER, MONTHS } value_of; /* what a number counts */

static const struct {
	const char *id;
	th_rule_type type;
	value_of of;
	void (*compute)(th_checking *s, th_computing *v);
	const char *fact[TH_COMPUTED_FACTS]; /* that it asks for */
} offered[] = {
	{"account_ok", TH_RULE_BOOL, PLAIN, account_ok, {NULL}},
	{"account_method", TH_RULE_TEXT, PLAIN, account_method, {NULL}},
	{"account_completeness", TH_RULE_TEXT, PLAIN, account_completeness, {NULL}},
	{"base_gross", TH_RULE_NUMBER, MASS, base_gross, {"base_year"}},
	{"base_gross_12", TH_RULE_NUMBER, MASS, base_gross_12, {"base_year"}},
	{"base_gross_least", TH_RULE_NUMBER, MASS, base_gross_least, {"base_year"}},
	{"holes_gross", TH_RULE_NUMBER, MASS, holes_gross, {"base_year"}},
	{"end_gross", TH_RULE_NUMBER, MASS, end_gross, {"end"}},
	{"holes_end_gross", TH_RULE_NUMBER, MASS, holes_end_gross, {"end"}},
	{"reduction_annual", TH_RULE_NUMBER, MASS, reduction_annual, {"end"}},
	{"reduction_cumulative", TH_RULE_NUMBER, MASS, reduction_cumulative, {"start", "end"}},
	{"reduction_inventory", TH_RULE_NUMBER, MASS, reduction_inventory, {"base_year", "end"}},
	{"reduction_inventory_most", TH_RULE_NUMBER, MASS, reduction_inventory_most, {"base_year", "end"}},
	{"years_whole", TH_RULE_NUMBER, PLAIN, years_whole, {NULL}},
	{"latest_total", TH_RULE_NUMBER, MASS, latest_total, {NULL}},
	{"latest_energy", TH_RULE_NUMBER, COAL, latest_energy, {NULL}},
	{"latest_coal", TH_RULE_NUMBER, COAL, latest_coal, {NULL}},
	{"latest_power", TH_RULE_NUMBER, POWER, latest_power, {NULL}},
	{"lines_unclassed", TH_RULE_NUMBER, PLAIN, th_class_unclassed, {NULL}},
	{"whole_gross", TH_RULE_NUMBER, MASS, th_whole_gross, {NULL}},
	{"offsets_retired", TH_RULE_NUMBER, MASS, th_offsets_retired, {NULL}},
	{"offsets_unlisted", TH_RULE_NUMBER, MASS, th_offsets_unlisted, {NULL}},
	{"offsets_delay", TH_RULE_NUMBER, MONTHS, th_offsets_delay, {"end"}},
	{"has_targets", TH_RULE_BOOL, PLAIN, has_targets, {NULL}},
	{"targets_given", TH_RULE_BOOL, PLAIN, targets_given, {NULL}},
	{"measures_given", TH_RULE_BOOL, PLAIN, measures_given, {NULL}},
	{"tasks_given", TH_RULE_BOOL, PLAIN, tasks_given, {NULL}},
	{"tasks_complete", TH_RULE_BOOL, PLAIN, th_check_tasks_complete, {NULL}},
	{"targets_reached", TH_RULE_BOOL, PLAIN, th_check_targets_reached, {NULL}},
	{"phase_targets", TH_RULE_SERIES, PLAIN, phase_targets, {NULL}},
	{"first_phase_end", TH_RULE_DATE, PLAIN, first_phase_end, {NULL}},
};
enum { OFFERED = sizeof offered / sizeof *offered };

static size_t grade_named(th_slice name)
{
	size_t grade = 0;
	while (grade < TH_GRADES && !th_slice_eq(name, th_slice_of(th_grade_names[grade])))
		grade++;
	return grade;
}

/* Of emissions at or below zero there is no share. */
static void grade_share(th_checking *s, th_computing *v, th_slice name)
{
	const size_t grade = grade_named(name);
	if (!th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		return;
	const th_totals *whole = &s->a->account->whole;
	if (whole->gross <= 0) {
		th_lack_file(s, v, TH_CASE_INVENTORY);
		return;
	}
	const th_mass part = whole->grade[grade][1] + whole->grade[grade][2] + whole->grade[grade][3];
	v->value = (th_rule_value){.type = TH_RULE_NUMBER};
	v->value.known = th_exact_div((th_exact){part, 1}, (th_exact){whole->gross, 1}, &v->value.number);
}

/* Numbers of which there is one for each thing of a kind, whose id stands behind this. */
static const struct {
	const char *prefix, *kind; /* what stands for the thing in messages */
	value_of of;
	void (*compute)(th_checking *s, th_computing *v, th_slice rest);
} each_of[] = {
	{"emissions_", "FACT", MASS, th_class_emissions},
	{"grade_share_", "GRADE", PLAIN, grade_share},
};
enum { EACH_OF = sizeof each_of / sizeof *each_of };

static bool is_of(const th_checking *s, const th_rule_decl *decl, value_of of)
{
	const th_unit *const unit[] = {[PLAIN] = NULL, [MASS] = &s->kilogram, [COAL] = &s->coal, [POWER] = &s->kilowatt_hour, [MONTHS] = &s->month};
	bool number = decl->type == TH_RULE_NUMBER || decl->type == TH_RULE_SERIES;
	return !number || (unit[of] ? th_unit_same_dimension(&decl->unit, unit[of]) : th_unit_is_number(&decl->unit));
}

static bool fits(const th_checking *s, size_t i, const th_rule_decl *decl)
{
	return th_slice_eq(decl->id, th_slice_of(offered[i].id)) && decl->type == offered[i].type && is_of(s, decl, offered[i].of);
}

/* Which of each_of it is; EACH_OF: none. Of emissions_FACT the fact has to be one of the pack. */
static size_t each_of_decl(const th_checking *s, const th_rule_decl *decl, th_slice *rest)
{
	for (size_t i = 0; i < EACH_OF; i++) {
		th_slice prefix = th_slice_of(each_of[i].prefix);
		if (!th_slice_starts(decl->id, prefix) || decl->type != TH_RULE_NUMBER || !is_of(s, decl, each_of[i].of))
			continue;
		*rest = th_slice_from(decl->id, prefix.len);
		if (each_of[i].compute == grade_share ? grade_named(*rest) < TH_GRADES : th_pack_decl(s->a->pack, *rest) < s->a->pack->facts)
			return i;
	}
	return EACH_OF;
}

const char *th_check_computed_fact(th_slice computed, size_t index)
{
	for (size_t i = 0; i < OFFERED && index < TH_COMPUTED_FACTS; i++)
		if (th_slice_eq(computed, th_slice_of(offered[i].id)))
			return offered[i].fact[index];
	return NULL;
}

void th_check_check_computed(th_checking *s)
{
	const th_pack *pack = s->a->pack;
	for (size_t d = pack->facts + pack->params; d < pack->decls; d++) {
		size_t i = 0;
		while (i < OFFERED && !fits(s, i, &pack->decl[d]))
			i++;
		th_slice rest;
		if (i < OFFERED || each_of_decl(s, &pack->decl[d], &rest) < EACH_OF)
			continue;
		th_buf list = {0};
		for (i = 0; i < OFFERED; i++)
			th_buf_printf(&list, "%s%s %s", i ? ", " : "", offered[i].id, th_rule_type_names[offered[i].type]);
		for (i = 0; i < EACH_OF; i++)
			th_buf_printf(&list, ", %s%s number", each_of[i].prefix, each_of[i].kind);
		const char *known = th_check_built(s, &list);
		th_check_worse(s, th_report(s->diags, TH_RULES_COMPUTED, (th_pos){pack->path, 1, 1, NULL}, th_check_text(s, pack->id),
		                             th_check_text(s, pack->decl[d].id), known, (char *)NULL));
	}
}

/* What is not known lacks something; what lacks nothing is there and does not fit. */
static void too_large(th_checking *s, const th_rule_decl *decl, const th_computing *v)
{
	th_check_worse(s, th_report(s->diags, TH_VALUE_LARGE, (th_pos){v->file, 1, 1, NULL}, th_check_text(s, decl->id), (char *)NULL));
}

/* Why days are missing nobody can say of a table that is not there: then that is what lacks. */
static void lack_inventory(th_checking *s)
{
	th_assessment *a = s->a;
	uint32_t reason = th_pack_fact(a->pack, TH_S("holes_reason"));
	th_computing v = {.lacks = 0};
	if (reason == TH_NONE || a->inputs.input[reason].value.known || th_lack_unless_there(s, &v, TH_CASE_INVENTORY))
		return;
	(void)th_lacks_hand(s, &v, &a->inputs.input[reason]);
}

/* False without memory. */
static bool hand(th_checking *s, th_computing *v, uint32_t number)
{
	th_assessment *a = s->a;
	const th_rule_decl *decl = &a->pack->decl[number];
	if (a->factless) { /* nothing tells that the tables are of what this scheme is about */
		v->value = (th_rule_value){.known = false};
		th_lack_facts(s, v);
	}
	if (!v->value.known && v->lacks == 0)
		too_large(s, decl, v);
	v->value.type = decl->type;
	a->inputs.input[number] = (th_rule_input){.value = v->value, .file = v->value.known ? v->file : NULL, .shown = v->shown};
	return th_lacks_hand(s, v, &a->inputs.input[number]);
}

void th_check_compute(th_checking *s)
{
	const th_pack *pack = s->a->pack;
	th_slice rest;
	for (size_t i = 0; i < OFFERED; i++) {
		uint32_t decl = th_pack_computed(pack, th_slice_of(offered[i].id));
		if (decl == TH_NONE || !fits(s, i, &pack->decl[decl]))
			continue;
		th_computing v = {.lacks = 0};
		offered[i].compute(s, &v);
		if (!hand(s, &v, decl))
			return;
	}
	for (uint32_t d = (uint32_t)(pack->facts + pack->params); d < pack->decls; d++) {
		size_t i = each_of_decl(s, &pack->decl[d], &rest);
		th_computing v = {.lacks = 0};
		if (i == EACH_OF)
			continue;
		each_of[i].compute(s, &v, rest);
		if (!hand(s, &v, d))
			return;
	}
	lack_inventory(s);
}
