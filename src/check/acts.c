/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the base year emits by the activities that measures work on or save, heard from the account's entries: a reduction can be held
 * against what it acts on, and against what it saves. */

#include "check/run.h"
#include "path/share.h"

struct th_check_act {
	const th_activity *activity;
	th_mass gross, quantity;   /* quantity in 1e-9 of the base units of `unit` */
	th_unit unit;
	bool counted, uncountable; /* a quantity was added; one is of another kind */
	uint64_t order;            /* of the line whose quantity was taken last */
};

static void add_activity(th_checking *s, th_index number)
{
	const th_activity *activity = TH_AT(s->a->reference->activity, number);
	for (size_t i = 0; activity && i < s->acts; i++)
		if (s->act[i].activity == activity)
			return;
	if (activity)
		s->act[s->acts++] = (struct th_check_act){.activity = activity};
}

bool th_check_open_acts(th_checking *s)
{
	const th_assessment *a = s->a;
	size_t most = 0;
	for (size_t i = 0; i < a->measures.count; i++)
		most += 1 + a->measures.measure[i].savings;
	s->act = th_arena_alloc(&s->a->arena, most + 1, sizeof *s->act);
	if (!s->act)
		return th_check_no_memory(s);
	for (size_t i = 0; i < a->measures.count; i++) {
		const th_measure *m = &a->measures.measure[i];
		add_activity(s, m->activity);
		for (size_t k = 0; k < m->savings; k++)
			add_activity(s, th_index_of(th_find_activity(a->reference, m->saving[k].carrier)));
	}
	th_rule_value base = th_check_fact(a, "base_year");
	s->base_year = base.known && base.type == TH_RULE_DATE ? base.date.last_year : 0;
	return true;
}

static struct th_check_act *act_of(th_checking *s, const th_activity *activity)
{
	for (size_t i = 0; i < s->acts; i++)
		if (s->act[i].activity == activity || th_slice_eq(s->act[i].activity->id, activity->id))
			return &s->act[i];
	return NULL;
}

/* The quantity of a line once, however many gases it has. */
static void add_quantity(struct th_check_act *act, const th_entry *entry)
{
	th_mass quantity = 0;
	th_ratio r = th_ratio_one();
	if (act->order == entry->order && act->counted)
		return;
	act->order = entry->order;
	th_ratio_mul(&r, entry->amount);
	th_ratio_mul_unit(&r, entry->measure);
	bool like = entry->activity->method != TH_METHOD_LANDFILL && (!act->counted || th_unit_same_dimension(entry->measure, &act->unit));
	if (like && th_ratio_round(&r, &quantity) && th_mass_add(&act->quantity, quantity)) {
		act->unit = *entry->measure;
		act->counted = true;
	} else
		act->uncountable = true;
}

th_status th_check_hear_act(void *checking, const th_entry *entry)
{
	th_checking *s = checking;
	if (!s->acts || entry->bucket != TH_GROSS || entry->span.first_year != s->base_year || entry->span.last_year != s->base_year)
		return TH_OK;
	struct th_check_act *act = act_of(s, entry->activity);
	if (!act)
		return TH_OK;
	act->uncountable |= !th_mass_add(&act->gross, entry->co2e);
	add_quantity(act, entry);
	return TH_OK;
}

/* --- what came of it --- */

static th_mass emitted_by(th_checking *s, const th_activity *activity)
{
	const struct th_check_act *act = act_of(s, activity);
	return act ? act->gross : 0;
}

/* saved x unit in emissions: the base year's emissions per unit of that activity. False when it cannot be told. */
static bool saving_of(th_checking *s, const th_saving *saving, th_mass *out)
{
	uint32_t number = th_find_activity(s->a->reference, saving->carrier);
	const struct th_check_act *act = number == TH_NONE ? NULL : act_of(s, &s->a->reference->activity[number]);
	th_ratio r = th_ratio_one();
	th_mass saved;
	th_unit a_year = saving->unit, year;
	th_slice at;
	if (!act || !act->counted || act->uncountable || act->quantity <= 0)
		return false;
	if (!th_unit_same_dimension(&a_year, &act->unit) && th_unit_parse(s->a->reference->units, TH_S("a"), &year, &at) == TH_UNIT_OK)
		th_unit_mul(&a_year, &year);
	if (a_year.num == 0 || !th_unit_same_dimension(&a_year, &act->unit))
		return false;
	th_ratio_mul(&r, saving->quantity);
	th_ratio_mul_unit(&r, &a_year);
	if (!th_ratio_round(&r, &saved))
		return false;
	th_share share = {saved < 0 ? -saved : saved, act->quantity, 1, 1};
	if (!th_share_of(&share, act->gross, out))
		return false;
	*out = saved < 0 ? -*out : *out;
	return true;
}

static void weigh_savings(th_checking *s, th_check_measure *m)
{
	const th_measure *row = m->measure;
	th_mass sum = 0, one;
	for (size_t i = 0; i < row->savings; i++)
		if (!saving_of(s, &row->saving[i], &one) || !th_mass_add(&sum, one))
			return;
	m->has_savings = row->savings > 0;
	m->savings = sum;
}

void th_check_close_acts(th_checking *s, bool whole)
{
	const th_assessment *a = s->a;
	for (size_t i = 0; whole && i < a->measures.count; i++) {
		const th_activity *works_on = TH_AT(a->reference->activity, a->measures.measure[i].activity);
		weigh_savings(s, &a->measure[i]);
		a->measure[i].has_emissions = works_on != NULL;
		a->measure[i].emissions = works_on ? emitted_by(s, works_on) : 0;
	}
}
