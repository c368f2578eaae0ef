/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How sure a footprint is: the uncertainty engine hears of each line what a product takes of it, as if that were all there is. Shares are exact. */
#include "footprint/dividing.h"

#include "uncertainty/uncertainty.h"

th_status th_sure_open(th_sure *sure, th_footprints *f, const th_uncertainty_options *options, th_diags *diags)
{
	*sure = (th_sure){.f = f};
	if (!options)
		return TH_OK;
	sure->of = th_arena_alloc(&f->arena, f->products.count + 1, sizeof *sure->of);
	sure->part = th_arena_alloc(&f->arena, f->products.count + 1, sizeof *sure->part);
	sure->diags = th_diags_new();
	th_status status = sure->of && sure->part && sure->diags ? TH_OK : TH_SYSTEM;
	for (size_t i = 0; i < f->products.count && status == TH_OK; i++)
		if (TH_FOOTPRINT_SHOWN(f, i))
			status = th_collector_new(f->reference, options, diags, &sure->of[i]);
	return status;
}

th_status th_sure_flow(th_sure *sure, th_flow *flow)
{
	th_footprints *f = sure->f;
	if (!sure->of)
		return TH_OK;
	/* What is wrong with it is told when it is divided. */
	th_status status = th_read_flow(f->reference, &f->products, flow, &f->arena, sure->diags);
	return status == TH_SYSTEM ? TH_SYSTEM : TH_OK;
}

th_status th_sure_entry(th_sure *sure, const th_flow *flow, const th_entry *entry)
{
	const th_products *products = &sure->f->products;
	th_mass rest;
	if (!sure->of || !flow->who.count || !th_divide(products, &flow->who, flow->who.method, entry->co2e, sure->part, &rest))
		return TH_OK;
	for (size_t i = 0; i < flow->who.count; i++) {
		const uint32_t product = flow->who.product[i];
		th_entry part = *entry;
		part.co2e = sure->part[i];
		if (!sure->of[product] || !th_footprint_takes(products, flow, product))
			continue;
		th_status status = th_collector_entry(sure->of[product], &part);
		if (status != TH_OK)
			return status;
	}
	return TH_OK;
}

th_status th_sure_finish(th_sure *sure)
{
	th_status status = TH_OK;
	for (size_t i = 0; sure->of && i < sure->f->count && status == TH_OK; i++)
		if (sure->of[i])
			status = th_collector_finish(sure->of[i], &sure->f->product[i].uncertainty);
	return status;
}

void th_sure_close(th_sure *sure)
{
	for (size_t i = 0; sure->of && i < sure->f->products.count; i++)
		th_collector_free(sure->of[i]);
	th_diags_free(sure->diags);
}
