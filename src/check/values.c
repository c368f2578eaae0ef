/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the account and the tables of a case say, under the names that a pack may declare (check.h lists them). */

#include <stdio.h>
#include <stdlib.h>

#include "base/digits.h"
#include "check/run.h"

enum { LACKS = 64 }; /* names of what is missing for one value; more would help nobody */

/* One computed value on its way to the inputs. */
typedef struct value {
	th_rule_value value;
	th_slice lack[LACKS];
	size_t lacks;
	const char *file;
} value;

static void lack(value *v, th_slice name)
{
	for (size_t i = 0; i < v->lacks; i++)
		if (th_slice_eq(v->lack[i], name))
			return;
	if (name.len && v->lacks < LACKS)
		v->lack[v->lacks++] = name;
}

static void lack_part(th_checking *s, value *v, const char *file, th_slice part)
{
	th_buf name = {0};
	th_buf_printf(&name, "%s:", file);
	th_buf_slice(&name, part);
	lack(v, th_slice_of(th_check_built(s, &name)));
}

/* The file behind a value; one that is not there is what the value lacks. */
static bool there(th_checking *s, value *v, th_case_part kind)
{
	const th_check_file *file = &s->a->file[kind];
	v->file = file->path;
	if (!file->found)
		lack(v, th_slice_of(th_case_files[kind].kind));
	return file->found;
}

/* Targets stand in one list, so that the addresses of those of one day give the order of the file. */
static int by_end(const void *left, const void *right)
{
	const th_target *a = *(const th_target *const *)left, *b = *(const th_target *const *)right;
	if (a->when.to != b->when.to)
		return a->when.to < b->when.to ? -1 : 1;
	return (a > b) - (a < b);
}

/* --- facts --- */

static bool date(th_checking *s, value *v, const char *id, th_period *out)
{
	th_rule_value fact = th_check_fact(s->a, id);
	if (fact.known && fact.type == TH_RULE_DATE) {
		*out = fact.date;
		return true;
	}
	lack(v, th_slice_of(id));
	return false;
}

/* --- the inventory --- */

static void account_ok(th_checking *s, value *v)
{
	if (there(s, v, TH_CASE_INVENTORY))
		v->value = th_rule_bool(true);
}

static void account_method(th_checking *s, value *v)
{
	if (there(s, v, TH_CASE_INVENTORY))
		v->value = th_rule_text(s->a->account->profile->id);
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

static void account_completeness(th_checking *s, value *v)
{
	if (!there(s, v, TH_CASE_INVENTORY))
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
static bool gross_of(th_checking *s, value *v, const char *fact, th_mass *out)
{
	th_period period;
	bool dated = date(s, v, fact, &period);
	if (!there(s, v, TH_CASE_INVENTORY) || !dated)
		return false;
	const th_check_year *year = th_check_whole_year(s->a, period.last_year);
	if (year) {
		*out = year->gross;
		return true;
	}
	char text[16];
	lack_part(s, v, "inventory", (th_slice){text, (size_t)snprintf(text, sizeof text, "%d", period.last_year)});
	return false;
}

/* A base year at or below zero is a slip, or has nothing to take a share of: it decides nothing. */
static bool base_of(th_checking *s, value *v, th_mass *out)
{
	th_period base;
	if (!gross_of(s, v, "base_year", out))
		return false;
	if (*out > 0)
		return true;
	char text[24];
	(void)date(s, v, "base_year", &base);
	lack_part(s, v, "inventory", (th_slice){text, (size_t)snprintf(text, sizeof text, "%d", base.last_year)});
	return false;
}

static void base_gross(th_checking *s, value *v)
{
	th_mass gross;
	if (base_of(s, v, &gross))
		v->value = th_rule_mass(gross, &s->kilogram);
}

/* The same without scope 3. */
static void base_gross_12(th_checking *s, value *v)
{
	th_mass gross;
	th_period base;
	if (!base_of(s, v, &gross) || !date(s, v, "base_year", &base))
		return;
	v->value = th_rule_mass(th_check_whole_year(s->a, base.last_year)->gross_12, &s->kilogram);
}

/* What the series with missing days have emitted in the base year, or in all years where none is stated, by the lines that are there. */
static void holes_gross(th_checking *s, value *v)
{
	th_mass sum = 0;
	th_rule_value base = th_check_fact(s->a, "base_year");
	if (!there(s, v, TH_CASE_INVENTORY))
		return;
	const th_account *account = s->a->account;
	for (size_t i = 0; i < account->holes; i++)
		for (size_t k = 0; k < account->hole[i].years; k++) {
			bool counts = !base.known || account->hole[i].year[k].year == base.date.last_year;
			if (counts && !th_mass_add(&sum, account->hole[i].year[k].gross))
				return;
		}
	v->value = th_rule_mass(sum, &s->kilogram);
}

static void reduction_inventory(th_checking *s, value *v)
{
	th_mass base, end;
	bool has_base = base_of(s, v, &base), has_end = gross_of(s, v, "end", &end);
	if (has_base && has_end)
		v->value = th_rule_mass(base - end, &s->kilogram);
}

/* --- measures --- */

/* What is not known of a measure is something of its row. */
static void lack_measures(th_checking *s, value *v, bool cumulative)
{
	for (size_t i = 0; i < s->a->measures.count; i++) {
		const th_check_measure *m = &s->a->measure[i];
		if (m->count == TH_COUNT_OPEN && m->before_den == 0 && m->measure->dated)
			lack(v, TH_S("base_year"));
		else if (th_check_is_open(cumulative ? &m->cumulative : &m->annual))
			lack_part(s, v, "measures", m->measure->id);
	}
}

/* More than all emissions cannot be taken away: then the sum says nothing but that something is wrong. */
static bool above_emissions(const th_checking *s)
{
	th_period base;
	th_check_range sum;
	th_rule_value fact = th_check_fact(s->a, "base_year");
	const th_check_year *year = fact.known && fact.type == TH_RULE_DATE ? (base = fact.date, th_check_whole_year(s->a, base.last_year)) : NULL;
	return year && th_check_sum(s->a, false, &sum) && sum.low > year->gross;
}

/* The sum of what the measures count, or what it surely is at least and at most. */
static void reduction(th_checking *s, value *v, bool cumulative)
{
	th_period day;
	th_check_range sum;
	bool has_start = !cumulative || date(s, v, "start", &day), has_end = date(s, v, "end", &day), has_rows = there(s, v, TH_CASE_MEASURES);
	if (has_rows && s->a->measures.count == 0)
		lack(v, TH_S("measures"));
	if (!has_start || !has_end || !has_rows || v->lacks)
		return;
	if (above_emissions(s)) {
		lack(v, TH_S("measures:reduction"));
		return;
	}
	lack_measures(s, v, cumulative);
	if (!th_check_sum(s->a, cumulative, &sum))
		return;
	th_rule_value most = th_rule_mass(sum.high, &s->kilogram);
	v->value = th_rule_between(th_rule_mass(sum.low, &s->kilogram), sum.bounded ? &most : NULL);
}

static void reduction_annual(th_checking *s, value *v)
{
	reduction(s, v, false);
}

static void reduction_cumulative(th_checking *s, value *v)
{
	reduction(s, v, true);
}

/* --- targets --- */

static void has_targets(th_checking *s, value *v)
{
	if (there(s, v, TH_CASE_TARGETS))
		v->value = th_rule_bool(s->a->targets.count > 0);
}

/* The targets in the order of their ends, those of one day as they stand. NULL when there is none, which is noted. */
static const th_target **in_order(th_checking *s, value *v)
{
	const th_targets *all = &s->a->targets;
	if (!there(s, v, TH_CASE_TARGETS))
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
		lack(v, TH_S("targets"));
	return all->count ? list : NULL;
}

/* Numbers of one unit, which the declaration does not name: they are there to be compared with each other. */
static void phase_targets(th_checking *s, value *v)
{
	const th_target **list = in_order(s, v);
	size_t targets = s->a->targets.count;
	th_exact *series = th_arena_alloc(&s->a->arena, targets + 1, sizeof *series);
	if (!series) {
		th_check_no_memory(s);
		return;
	}
	for (size_t i = 0; list && i < targets; i++) {
		th_rule_value number = list[i]->kind == TH_TARGET_INTENSITY ? th_rule_number(list[i]->emissions, &list[i]->unit)
		                                                            : th_rule_mass(list[i]->mass, &s->kilogram);
		bool alike = list[i]->kind == list[0]->kind &&
		             (list[i]->kind != TH_TARGET_INTENSITY || th_unit_same_dimension(&list[i]->unit, &list[0]->unit));
		if (!alike)
			lack(v, TH_S("targets:kind"));
		if (!alike || !number.known)
			return;
		series[i] = number.number;
	}
	if (list)
		v->value = th_rule_series(series, targets);
}

static void first_phase_end(th_checking *s, value *v)
{
	const th_target **list = in_order(s, v);
	if (list)
		v->value = th_rule_date(list[0]->when);
}

/* --- all of them --- */

static const struct {
	const char *id;
	th_rule_type type;
	bool mass;
	void (*compute)(th_checking *s, value *v);
} offered[] = {
	{"account_ok", TH_RULE_BOOL, false, account_ok},
	{"account_method", TH_RULE_TEXT, false, account_method},
	{"account_completeness", TH_RULE_TEXT, false, account_completeness},
	{"base_gross", TH_RULE_NUMBER, true, base_gross},
	{"base_gross_12", TH_RULE_NUMBER, true, base_gross_12},
	{"holes_gross", TH_RULE_NUMBER, true, holes_gross},
	{"reduction_annual", TH_RULE_NUMBER, true, reduction_annual},
	{"reduction_cumulative", TH_RULE_NUMBER, true, reduction_cumulative},
	{"reduction_inventory", TH_RULE_NUMBER, true, reduction_inventory},
	{"has_targets", TH_RULE_BOOL, false, has_targets},
	{"phase_targets", TH_RULE_SERIES, false, phase_targets},
	{"first_phase_end", TH_RULE_DATE, false, first_phase_end},
};
enum { OFFERED = sizeof offered / sizeof *offered };

static bool fits(const th_checking *s, size_t i, const th_rule_decl *decl)
{
	bool number = decl->type == TH_RULE_NUMBER || decl->type == TH_RULE_SERIES;
	return th_slice_eq(decl->id, th_slice_of(offered[i].id)) && decl->type == offered[i].type &&
	       (!number || (offered[i].mass ? th_unit_same_dimension(&decl->unit, &s->kilogram) : th_unit_is_number(&decl->unit)));
}

void th_check_check_computed(th_checking *s)
{
	const th_pack *pack = s->a->pack;
	for (size_t d = pack->facts + pack->params; d < pack->decls; d++) {
		size_t i = 0;
		while (i < OFFERED && !fits(s, i, &pack->decl[d]))
			i++;
		if (i < OFFERED)
			continue;
		th_buf list = {0};
		for (i = 0; i < OFFERED; i++)
			th_buf_printf(&list, "%s%s %s", i ? ", " : "", offered[i].id, th_rule_type_names[offered[i].type]);
		const char *known = th_check_built(s, &list);
		th_check_worse(s, th_report(s->diags, TH_RULES_COMPUTED, (th_pos){pack->path, 1, 1, NULL}, th_check_text(s, pack->id),
		                             th_check_text(s, pack->decl[d].id), known, (char *)NULL));
	}
}

/* What is not known lacks something; what lacks nothing is there and does not fit. */
static void too_large(th_checking *s, size_t i, const value *v)
{
	th_check_worse(s, th_report(s->diags, TH_VALUE_LARGE, (th_pos){v->file, 1, 1, NULL}, offered[i].id, (char *)NULL));
}

void th_check_compute(th_checking *s)
{
	th_assessment *a = s->a;
	for (size_t i = 0; i < OFFERED; i++) {
		uint32_t decl = th_pack_computed(a->pack, th_slice_of(offered[i].id));
		if (decl == TH_NONE || !fits(s, i, &a->pack->decl[decl]))
			continue;
		value v = {.lacks = 0};
		offered[i].compute(s, &v);
		if (!v.value.known && v.lacks == 0)
			too_large(s, i, &v);
		th_slice *names = th_arena_alloc(&a->arena, v.lacks + 1, sizeof *names);
		if (!names) {
			th_check_no_memory(s);
			return;
		}
		memcpy(names, v.lack, v.lacks * sizeof *names);
		v.value.type = offered[i].type;
		a->inputs.input[decl] = (th_rule_input){.value = v.value, .file = v.value.known ? v.file : NULL, .lacks = names,
		                                        .lack_count = v.value.known ? 0 : v.lacks};
	}
}
