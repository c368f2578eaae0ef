/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How it turned out: targets beside what the inventory has of their years. No clock is asked. */

#include "base/day.h"
#include "check/lacks.h"
#include "path/share.h"

const char *const th_outcome_names[TH_OUTCOMES] = {"reached", "missed", "undetermined", "not_due"};

/* What an intensity is per, in that year, and what it allows then. */
static void of_driver(const th_assessment *a, th_check_outcome *o)
{
	th_decimal each;
	th_mass amount;
	for (size_t i = 0; i < a->account->intensities; i++) {
		const th_intensity_value *value = &a->account->intensity[i];
		if (value->year != o->target->when.last_year || !th_target_per(a->reference->units, o->target, &value->intensity->unit, &each))
			continue;
		if (th_ratio_round(&value->divisor, &amount) && th_mass_times(amount, each, &o->planned))
			o->driver = value;
		return;
	}
}

/* Days without data hide emissions: what is there is the least. */
static bool hides(const th_assessment *a, int year)
{
	th_mass sum;
	uint32_t reason = th_pack_fact(a->pack, TH_S("holes_reason"));
	return (reason == TH_NONE || !a->inputs.input[reason].value.known) && (!th_check_sum_holes(a, year, &sum) || sum != 0);
}

static void follow_target(const th_assessment *a, const th_check_year *last, th_check_outcome *o)
{
	const th_target *t = o->target;
	const th_check_year *year = a->account ? th_check_whole_year(a, t->when.last_year) : NULL;
	o->planned = t->mass;
	o->state = !last || t->when.last_year > last->year ? TH_OUTCOME_NOT_DUE : TH_OUTCOME_OPEN;
	if (!year || t->kind == TH_TARGET_PERCENT || (a->until && o->state == TH_OUTCOME_NOT_DUE))
		return;
	if (t->kind == TH_TARGET_INTENSITY)
		of_driver(a, o);
	o->has_actual = t->kind != TH_TARGET_INTENSITY || o->driver;
	o->actual = t->kind == TH_TARGET_NET ? year->gross - year->removals : year->gross;
	o->at_least = hides(a, t->when.last_year);
	if (!o->has_actual)
		return;
	const bool over = o->actual > o->planned;
	o->state = over ? TH_OUTCOME_MISSED : o->at_least ? TH_OUTCOME_OPEN : TH_OUTCOME_REACHED;
}

void th_check_follow_targets(th_checking *s, const th_check_year *base)
{
	th_assessment *a = s->a;
	const th_check_year *last;
	(void)th_check_whole_years(a, &last);
	a->told_until = last ? th_day(last->year, 12, 31) : TH_DAY_MIN;
	a->outcome = th_arena_alloc(&a->arena, a->targets.count + 1, sizeof *a->outcome);
	if (!a->outcome) {
		th_check_no_memory(s);
		return;
	}
	for (size_t i = 0; i < a->targets.count; i++) {
		a->outcome[i].target = &a->targets.target[i];
		a->outcome[i].base = a->targets.target[i].of_base && base ? base->gross : 0;
		follow_target(a, last, &a->outcome[i]);
	}
}

static void no_such_phase(th_checking *s, const char *phase)
{
	th_buf list = {0};
	for (size_t i = 0; i < s->a->targets.count; i++) {
		th_buf_str(&list, i ? ", " : "");
		th_buf_slice(&list, s->a->targets.target[i].phase);
	}
	(void)th_report(s->diags, TH_OPTION_PHASE, (th_pos){NULL, 0, 0, NULL}, phase, th_check_built(s, &list), (char *)NULL);
	th_check_worse(s, TH_USAGE);
}

bool th_check_choose_phase(th_checking *s)
{
	th_assessment *a = s->a;
	const char *phase = a->asked.phase;
	if (!phase)
		return true;
	if (!a->pack->at) {
		(void)th_report(s->diags, TH_OPTION_PHASE_STAGE, (th_pos){NULL, 0, 0, NULL}, phase, (char *)NULL);
		th_check_worse(s, TH_USAGE);
		return false;
	}
	for (size_t i = 0; i < a->targets.count; i++)
		if (th_slice_eq(a->targets.target[i].phase, th_slice_of(phase)) && a->targets.target[i].when.last_year > a->until)
			a->until = a->targets.target[i].when.last_year;
	if (!a->until)
		no_such_phase(s, phase);
	return a->until != 0;
}

/* Those of the phase that was named, else of the last one that a whole year tells of: earlier ones had their own evaluation. */
static int last_due(const th_assessment *a)
{
	int year = a->until;
	for (size_t i = 0; i < a->targets.count && !a->until; i++)
		if (a->outcome[i].state != TH_OUTCOME_NOT_DUE && a->outcome[i].target->when.last_year > year)
			year = a->outcome[i].target->when.last_year;
	return year;
}

static int first_year(const th_assessment *a)
{
	int year = 0;
	for (size_t i = 0; i < a->targets.count; i++)
		if (year == 0 || a->outcome[i].target->when.last_year < year)
			year = a->outcome[i].target->when.last_year;
	return year;
}

/* What it takes to tell: the year, whole and without days missing; of an intensity what it is per. */
static void lack_outcome(th_checking *s, th_computing *v, const th_check_outcome *o)
{
	if (o->has_actual || !th_check_whole_year(s->a, o->target->when.last_year) || o->target->kind != TH_TARGET_INTENSITY) {
		th_lack_year(s, v, o->target->when.last_year);
		return;
	}
	th_buf zh = {0}, en = {0};
	th_buf_printf(&zh, "%d年的强度分母（%.*s，%s）", o->target->when.last_year, (int)o->target->unit_text.len, o->target->unit_text.ptr, th_check_part_name(s, TH_CASE_FACTS));
	th_buf_printf(&en, "what the intensity is per in %d (%.*s, %s)", o->target->when.last_year, (int)o->target->unit_text.len, o->target->unit_text.ptr, th_check_part_name(s, TH_CASE_FACTS));
	th_lack_part(s, v, "targets", o->target->phase, &zh, &en);
}

void th_check_targets_reached(th_checking *s, th_computing *v)
{
	const th_assessment *a = s->a;
	if (!th_lack_unless_there(s, v, TH_CASE_TARGETS))
		return;
	const int due = last_due(a);
	bool reached = due != 0;
	for (size_t i = 0; i < a->targets.count; i++) {
		const th_check_outcome *o = &a->outcome[i];
		if (o->target->when.last_year != due)
			continue;
		if (o->state == TH_OUTCOME_MISSED) {
			v->value = th_rule_bool(false);
			v->lacks = 0;
			return;
		}
		if (o->state == TH_OUTCOME_OPEN || o->state == TH_OUTCOME_NOT_DUE)
			lack_outcome(s, v, o);
		reached &= o->state == TH_OUTCOME_REACHED;
	}
	if (reached)
		v->value = th_rule_bool(true);
	else if (due == 0 && a->targets.count)
		th_lack_year(s, v, first_year(a));
	else if (due == 0)
		th_lack_file(s, v, TH_CASE_TARGETS);
}
