/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Flows found again: by their entries, and what a product took of each when footprints are done. */
#include "footprint/dividing.h"

/* A supplier says of his footprint how much of it is primary; any other factor is where none of its numbers comes from a factor's row. */
th_mass th_entry_primary(const th_entry *e)
{
	th_mass share = 0;
	if (e->grade != TH_GRADE_MEASURED && e->grade != TH_GRADE_INVOICE)
		return 0;
	for (size_t i = 0; e->factor && i < e->factor->params; i++)
		if (th_slice_eq(e->factor->param[i].name, TH_S(TH_PRIMARY_DATA_SHARE))) {
			th_ratio percent = th_ratio_one();
			th_ratio_mul(&percent, e->factor->param[i].value);
			th_ratio_mul_int(&percent, 1, 100, 0);
			return th_ratio_round(&percent, &share) && share <= TH_WHOLE_SHARE ? share : 0;
		}
	for (size_t i = 0; i < e->terms; i++)
		if (e->term[i].origin == TH_FROM_FACTOR)
			return 0;
	return TH_WHOLE_SHARE;
}

void th_put_flow_key(th_buf *out, const th_entry *e)
{
	const th_slice said[] = {e->product, e->stage, e->share};
	const void *const of[] = {e->activity, e->factor, e->gas};
	const int64_t rest[] = {e->bucket, e->grade, (int64_t)th_entry_primary(e), e->span.from, e->span.to};
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		th_buf_slice(out, said[i]);
		th_buf_char(out, '\0');
	}
	th_buf_add(out, of, sizeof of);
	th_buf_add(out, rest, sizeof rest);
}

const th_flow *th_footprint_flow(const th_footprints *f, const th_entry *e)
{
	th_buf key = {0};
	th_put_flow_key(&key, e);
	uint32_t number = key.failed ? TH_NONE : th_intern_find(&f->flow_key, th_buf_view(&key));
	th_buf_free(&key);
	return number == TH_NONE ? NULL : &f->flow[number];
}

bool th_footprint_takes(const th_products *products, const th_flow *flow, uint32_t product)
{
	const th_product *row = &products->row[product];
	if (th_carbon_of(flow) > TH_CARBON_AIRCRAFT || (flow->bucket != TH_GROSS) || !th_flow_is_of_time(row, flow) || th_flow_is_beyond(row, flow->life))
		return false;
	for (size_t i = 0; i < flow->who.count; i++)
		if (flow->who.product[i] == product)
			return true;
	return false;
}

th_taken *th_footprint_taken(const th_footprints *f, uint32_t product, th_arena *arena, size_t *count)
{
	th_taken *out = th_arena_alloc(arena, f->flows + 1, sizeof *out);
	th_mass *part = th_arena_alloc(arena, f->count + 1, sizeof *part), rest;
	*count = 0;
	for (size_t i = 0; out && part && i < f->flows; i++) {
		const th_flow *flow = &f->flow[i];
		if (!th_footprint_takes(&f->products, flow, product) || !th_divide(&f->products, &flow->who, flow->who.method, flow->co2e, part, &rest))
			continue;
		for (size_t k = 0; k < flow->who.count; k++)
			if (flow->who.product[k] == product)
				out[(*count)++] = (th_taken){flow, part[k]};
	}
	return part ? out : NULL;
}
