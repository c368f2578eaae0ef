/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "footprint/dividing.h"

#include <stdlib.h>

#include "base/list.h"

typedef struct th_dividing {
	th_footprints *f;
	th_diags *diags;
	th_mass *part;           /* of each sharer of the flow */
	bool large;
} th_dividing;

static bool add(th_dividing *d, th_mass *sum, th_mass term)
{
	d->large |= !th_mass_add(sum, term);
	return !d->large;
}

/* --- where a flow belongs --- */

th_carbon th_carbon_of(const th_flow *flow)
{
	if (flow->bucket == TH_BIOGENIC)
		return TH_CARBON_BIOGENIC;
	if (flow->bucket == TH_REMOVAL)
		return TH_CARBON_UPTAKE;
	return flow->activity->carbon == TH_OF_AIRCRAFT ? TH_CARBON_AIRCRAFT : flow->activity->carbon == TH_OF_LAND_USE ? TH_CARBON_LAND_USE : TH_CARBON_FOSSIL;
}

bool th_flow_is_beyond(const th_product *product, th_life_stage stage)
{
	return product->boundary == TH_TO_GATE && (stage == TH_STAGE_DISTRIBUTION || stage == TH_STAGE_USE || stage == TH_STAGE_END_OF_LIFE);
}

bool th_flow_is_of_time(const th_product *product, const th_flow *flow)
{
	return flow->span.from >= product->period.from && flow->span.to <= product->period.to;
}

/* Of scope 2 is what the power stations emit (GHG Protocol Scope 2 Guidance); a footprint takes their fuels' upstream and the losses, too. */
static bool is_generation_alone(const th_flow *flow)
{
	return flow->activity->method == TH_METHOD_ELECTRICITY && flow->factor && flow->factor->scope == 2;
}

/* --- what a product takes --- */

static th_process *process_for(th_dividing *d, th_footprint *p, const th_flow *flow, th_life_stage stage)
{
	for (size_t i = 0; i < p->processes; i++)
		if (p->process[i].stage == stage && p->process[i].activity == flow->activity && p->process[i].factor == flow->factor)
			return &p->process[i];
	th_process *grown = th_grown_in(&d->f->arena, p->process, p->processes, sizeof *grown);
	if (!grown)
		return NULL;
	p->process = grown;
	p->process[p->processes] = (th_process){.stage = stage, .activity = flow->activity, .factor = flow->factor};
	return &p->process[p->processes++];
}

static bool add_gas(th_dividing *d, th_footprint *p, const th_gas *gas, th_mass mass, th_mass co2e)
{
	size_t i = 0;
	while (i < p->gases && p->gas[i].gas != gas)
		i++;
	if (i == p->gases) {
		th_product_gas *grown = th_grown_in(&d->f->arena, p->gas, p->gases, sizeof *grown);
		if (!grown)
			return false;
		p->gas = grown;
		p->gas[p->gases++] = (th_product_gas){.gas = gas};
	}
	add(d, &p->gas[i].mass, mass);
	add(d, &p->gas[i].co2e, co2e);
	return true;
}

/* Its part of a flow that is counted in it. */
static bool count_in(th_dividing *d, th_footprint *p, const th_flow *flow, th_life_stage stage, th_mass mass, th_mass co2e, bool shared)
{
	th_mass primary = 0;
	th_carbon carbon = th_carbon_of(flow);
	th_process *process = process_for(d, p, flow, stage);
	if (!process)
		return false;
	p->has_stage[stage] = true;
	process->lines += flow->lines;
	add(d, &process->carbon[carbon], co2e);
	add(d, &p->carbon[carbon], co2e);
	if (carbon > TH_CARBON_AIRCRAFT)
		return true;
	add(d, &process->co2e, co2e);
	add(d, &p->stage[stage], co2e);
	add(d, &p->total, co2e);
	add(d, &p->grade[flow->grade], co2e);
	d->large |= !th_portion(co2e, flow->primary, TH_WHOLE_SHARE, &primary);
	add(d, &p->primary, primary);
	add(d, &d->f->site.in_products, co2e);
	if (shared)
		add(d, &p->shared, co2e);
	if (is_generation_alone(flow))
		add(d, &p->grid, co2e);
	return add_gas(d, p, flow->gas, mass, co2e);
}

static bool give(th_dividing *d, th_footprint *p, const th_flow *flow, th_life_stage stage, th_mass mass, th_mass co2e, bool shared)
{
	th_site_balance *site = &d->f->site;
	if (flow->bucket == TH_CREDIT)
		return add(d, &p->credits, co2e);
	if (flow->bucket == TH_AVOIDED)
		return add(d, &p->avoided, co2e);
	if (flow->bucket == TH_OUTSIDE)
		return add(d, &p->outside, co2e);
	bool gross = flow->bucket == TH_GROSS;
	if (!th_flow_is_of_time(p->product, flow))
		return add(d, &p->other_time, gross ? co2e : 0) && add(d, &site->other_time, gross ? co2e : 0);
	if (th_flow_is_beyond(p->product, stage))
		return add(d, &p->beyond, gross ? co2e : 0) && add(d, &site->beyond, gross ? co2e : 0);
	return count_in(d, p, flow, stage, mass, co2e, shared);
}

/* --- what else it could have taken --- */

static void rule_out(th_dividing *d, const th_sharers *who, th_allocation method)
{
	for (size_t i = 0; i < who->count; i++)
		d->f->product[who->product[i]].has_under[method] = false;
}

static bool add_other_ways(th_dividing *d, const th_flow *flow, const th_sharers *who, th_life_stage stage)
{
	th_mass rest;
	uint32_t lacks;
	bool undivided = th_is_undivided(who);
	if (flow->bucket != TH_GROSS)
		return true;
	for (th_allocation method = 0; method < TH_ALLOCATIONS; method++) {
		if (undivided && method == TH_ALLOCATE_NONE)
			continue;
		if (undivided && !th_can_divide(&d->f->products, who, method, &lacks)) {
			rule_out(d, who, method);
			continue;
		}
		if (!th_divide(&d->f->products, who, method, flow->co2e, d->part, &rest))
			return !(d->large = true);
		for (size_t i = 0; i < who->count; i++) {
			th_footprint *p = &d->f->product[who->product[i]];
			if (th_flow_is_of_time(p->product, flow) && !th_flow_is_beyond(p->product, stage))
				add(d, &p->under[method], d->part[i]);
		}
	}
	return true;
}

/* --- all flows --- */

static bool divide_flow(th_dividing *d, const th_flow *flow, const th_sharers *who, th_life_stage stage)
{
	th_footprints *f = d->f;
	th_mass rest, *co2e = d->part + f->count;
	if (flow->bucket == TH_GROSS)
		add(d, &f->site.gross, flow->co2e);
	if (who->count == 0)
		return flow->bucket != TH_GROSS || add(d, &f->site.of_none, flow->co2e);
	d->large |= !th_divide(&f->products, who, who->method, flow->mass, d->part, &rest) || !th_divide(&f->products, who, who->method, flow->co2e, co2e, &rest);
	if (d->large)
		return false;
	if (flow->bucket == TH_GROSS)
		add(d, &f->site.undivided, rest);
	for (size_t i = 0; i < who->count; i++) {
		f->product[who->product[i]].has_allocated |= th_is_undivided(who);
		if (!give(d, &f->product[who->product[i]], flow, stage, d->part[i], co2e[i], who->count > 1 || who->share))
			return false;
	}
	return add_other_ways(d, flow, who, stage);
}

static int by_size(const void *a, const void *b)
{
	const th_process *x = a, *y = b;
	if (x->stage != y->stage)
		return x->stage < y->stage ? -1 : 1;
	if (x->co2e != y->co2e)
		return x->co2e > y->co2e ? -1 : 1;
	int order = th_slice_cmp(x->activity->id, y->activity->id);
	return order || !x->factor || !y->factor ? order : th_slice_cmp(x->factor->id, y->factor->id);
}

static int by_name(const void *a, const void *b)
{
	return th_slice_cmp(((const th_product_gas *)a)->gas->name, ((const th_product_gas *)b)->gas->name);
}

/* A product in which nothing was counted has no footprint: missing is not zero. */
static th_status say_empty(th_footprints *f, const th_product *product, th_diags *diags)
{
	const char *id = th_arena_copy(&f->arena, product->id).ptr, *period = th_arena_copy(&f->arena, product->period_text).ptr;
	return id && period ? th_report(diags, TH_PRODUCT_EMPTY, (th_pos){f->products.path, product->line, 0, NULL}, id, period, (char *)NULL) : TH_SYSTEM;
}

static void finish(th_footprint *p)
{
	const th_product *product = p->product;
	if (p->processes)
		qsort(p->process, p->processes, sizeof *p->process, by_size);
	if (p->gases)
		qsort(p->gas, p->gases, sizeof *p->gas, by_name);
	if (product->has_cut_off && product->has_excluded)
		p->cut_off = product->excluded_share <= product->cut_off ? TH_CUT_OFF_KEPT : TH_CUT_OFF_BROKEN;
}

static bool make_room(th_dividing *d)
{
	th_footprints *f = d->f;
	f->count = f->products.count;
	f->product = th_arena_alloc(&f->arena, f->count ? f->count : 1, sizeof *f->product);
	d->part = th_arena_alloc(&f->arena, 2 * f->count + 2, sizeof *d->part);
	if (!f->product || !d->part)
		return false;
	for (size_t i = 0; i < f->count; i++) {
		f->product[i].product = &f->products.row[i];
		for (th_allocation method = 0; method < TH_ALLOCATIONS; method++)
			f->product[i].has_under[method] = true;
	}
	return true;
}

th_status th_footprints_divide(th_footprints *f, bool large, th_diags *diags)
{
	th_dividing d = {.f = f, .diags = diags, .large = large};
	th_status worst = TH_OK, empty = TH_OK;
	if (!make_room(&d))
		return TH_SYSTEM;
	for (size_t i = 0; i < f->flows && worst != TH_SYSTEM; i++) {
		th_flow *flow = &f->flow[i];
		bool again = i && f->flow[i - 1].order == flow->order; /* the gases of a line say the same */
		if (again && worst != TH_OK)
			continue;
		th_status status = th_read_flow(f->reference, &f->products, flow, &f->arena, diags);
		worst = status > worst ? status : worst;
		if (worst == TH_OK && !divide_flow(&d, flow, &flow->who, flow->life) && !d.large)
			return TH_SYSTEM;
	}
	if (worst == TH_OK && d.large)
		worst = th_report(diags, TH_NUMBER_TOO_LARGE, (th_pos){f->products.path, 0, 0, NULL}, "-", (char *)NULL);
	for (size_t i = 0; i < f->count && !d.large && worst != TH_SYSTEM; i++) {
		th_status status = worst == TH_OK && !f->product[i].processes && TH_FOOTPRINT_SHOWN(f, i) ? say_empty(f, f->product[i].product, diags) : TH_OK;
		finish(&f->product[i]);
		empty = status > empty ? status : empty;
	}
	worst = empty > worst ? empty : worst;
	return worst == TH_OK && !th_footprints_doubt(f) ? TH_SYSTEM : worst;
}
