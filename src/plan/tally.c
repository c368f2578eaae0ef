/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the inventory says of each activity in each year: a listener to the account, which tells every line and gas once. Which years are
 * whole is known when all are told; the others are dropped then. */

#include <stdlib.h>

#include "base/list.h"
#include "plan/planning.h"

static th_plan_cell *new_cell(th_tally *t, th_slice activity, int year)
{
	th_case_plan *plan = t->p->plan;
	th_plan_cell *grown = th_grown_in(&plan->arena, plan->cell, plan->cells, sizeof *grown);
	if (!grown) {
		th_check_no_memory(t->p->s);
		return NULL;
	}
	plan->cell = grown;
	t->last = plan->cells;
	plan->cell[plan->cells] = (th_plan_cell){.activity = th_arena_copy(&plan->arena, activity), .year = year};
	if (plan->cell[plan->cells].activity.ptr)
		return &plan->cell[plan->cells++];
	th_check_no_memory(t->p->s);
	return NULL;
}

/* Lines of one kind stand together, so the search begins where the last one ended. */
static th_plan_cell *cell_for(th_tally *t, th_slice activity, int year)
{
	th_case_plan *plan = t->p->plan;
	for (size_t i = 0; i < plan->cells; i++) {
		size_t at = (t->last + i) % plan->cells;
		if (plan->cell[at].year == year && th_slice_eq(plan->cell[at].activity, activity)) {
			t->last = at;
			return &plan->cell[at];
		}
	}
	return new_cell(t, activity, year);
}

/* The quantity of a line, once, however many gases it has. What a landfill emits in a year is no share of a quantity of that year. */
static void count_quantity(th_tally *t, const th_entry *entry, th_plan_cell *cell)
{
	th_mass quantity;
	th_ratio r = th_ratio_one();
	if (entry->activity->method == TH_METHOD_LANDFILL) {
		cell->uncountable = true; /* of every year in which it emits */
		return;
	}
	if (t->any && t->order == entry->order && t->year == entry->span.first_year)
		return;
	t->any = true;
	t->order = entry->order;
	t->year = entry->span.first_year;
	bool read = !cell->counted || th_unit_same_dimension(entry->measure, &cell->unit);
	if (read) {
		th_ratio_mul(&r, entry->amount);
		th_ratio_mul_int(&r, (uint64_t)entry->days, (uint64_t)entry->all_days, 0);
		th_ratio_mul_unit(&r, entry->measure);
		read = th_ratio_round(&r, &quantity) && th_mass_add(&cell->quantity, quantity);
	}
	if (read)
		cell->unit = *entry->measure;
	cell->counted |= read;
	cell->uncountable |= !read;
}

/* Power under a contract or certificate: told by location first, then by the market. */
static bool count_contract(th_tally *t, const th_entry *entry, th_plan_cell *cell)
{
	if (t->power != entry->order)
		t->located = 0;
	t->power = entry->order;
	if (entry->bucket == TH_GROSS)
		return th_mass_add(&t->located, entry->co2e);
	const th_mass located = t->located;
	t->located = 0;
	return th_mass_add(&cell->by_contract, entry->co2e) && th_mass_add(&cell->by_contract, -located);
}

th_status th_plan_hear(void *tally, const th_entry *entry)
{
	th_tally *t = tally;
	if (entry->span.first_year != entry->span.last_year)
		return TH_OK;
	static const bool heard[TH_BUCKETS] = {[TH_GROSS] = true, [TH_REMOVAL] = true, [TH_CREDIT] = true, [TH_MARKET] = true, [TH_AVOIDED] = true};
	if (!heard[entry->bucket] && entry->coal == 0)
		return TH_OK;
	th_plan_cell *cell = cell_for(t, entry->activity->id, entry->span.first_year);
	if (!cell)
		return TH_SYSTEM;
	bool fits = true;
	if (entry->bucket == TH_GROSS) {
		fits = th_mass_add(&cell->gross, entry->co2e);
		count_quantity(t, entry, cell);
	} else if (entry->bucket == TH_REMOVAL)
		fits = th_mass_add(&cell->removals, entry->co2e);
	else if (entry->bucket == TH_CREDIT)
		fits = th_mass_add(&cell->credits, entry->co2e);
	else if (entry->bucket == TH_AVOIDED)
		fits = th_mass_add(&cell->given_out, entry->co2e);
	if (entry->bucket == TH_MARKET || (entry->bucket == TH_GROSS && entry->scope == 2))
		fits &= count_contract(t, entry, cell);
	cell->large |= !fits || !th_mass_add(entry->activity->non_fossil ? &cell->non_fossil : &cell->fossil, entry->coal);
	return TH_OK;
}

static int by_activity(const void *left, const void *right)
{
	const th_plan_cell *a = left, *b = right;
	int order = th_slice_cmp(a->activity, b->activity);
	return order ? order : (a->year > b->year) - (a->year < b->year);
}

const th_plan_cell *th_plan_cell_of(const th_case_plan *plan, th_slice activity, int year)
{
	const th_plan_cell key = {.activity = activity, .year = year};
	return plan->cells ? bsearch(&key, plan->cell, plan->cells, sizeof key, by_activity) : NULL;
}

static void keep_whole_years(th_planning *p)
{
	th_case_plan *plan = p->plan;
	size_t kept = 0;
	for (size_t i = 0; i < plan->cells; i++) {
		if (!th_check_whole_year(plan->a, plan->cell[i].year))
			continue;
		plan->cell[kept++] = plan->cell[i];
		if (plan->cell[i].large)
			th_check_worse(p->s, th_report(p->s->diags, TH_PLAN_LARGE, (th_pos){plan->a->file[TH_CASE_INVENTORY].path, 1, 1, NULL},
			                               th_plan_printf(p, "%s, %d", th_check_text(p->s, plan->cell[i].activity), plan->cell[i].year),
			                               (char *)NULL));
	}
	plan->cells = kept;
	if (kept)
		qsort(plan->cell, kept, sizeof *plan->cell, by_activity);
}

/* A scheme with a total of its own counts power by its contracts, and may take off what is given out. */
static void take_total(th_case_plan *plan, const th_profile *own)
{
	for (size_t i = 0; own && i < plan->cells; i++) {
		th_plan_cell *cell = &plan->cell[i];
		cell->large |= !th_mass_add(&cell->gross, cell->by_contract) || (own->less_given_out && !th_mass_add(&cell->gross, -cell->given_out));
	}
}

void th_plan_close_tally(th_planning *p)
{
	const th_assessment *a = p->plan->a;
	th_buf partial = {0};
	take_total(p->plan, th_check_total(a));
	keep_whole_years(p);
	for (size_t i = 0; i < a->years; i++)
		if (!th_check_whole_year(a, a->year[i].year))
			th_buf_printf(&partial, "%s%d (%u/12)", partial.len ? ", " : "", a->year[i].year, a->year[i].months);
	bool any = partial.len > 0;
	const char *years = th_check_built(p->s, &partial);
	if (any)
		th_plan_caveat(p, TH_PLAN_PARTIAL_YEAR, a->file[TH_CASE_INVENTORY].path, 0, years, (char *)NULL);
}
