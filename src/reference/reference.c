/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-ups in the reference data. */
#include "reference/load.h"

uint32_t th_find_activity(const th_reference *r, th_slice name)
{
	return th_names_find(&r->index->activity, name);
}

uint32_t th_find_gas(const th_reference *r, th_slice name)
{
	return th_names_find(&r->index->gas, name);
}

uint32_t th_find_region(const th_reference *r, th_slice name)
{
	return th_names_find(&r->index->region, name);
}

uint32_t th_find_profile(const th_reference *r, th_slice id)
{
	for (uint32_t i = 0; i < r->profiles; i++)
		if (th_slice_eq(r->profile[i].id, id))
			return i;
	return TH_NONE;
}

uint32_t th_find_factor(const th_reference *r, th_slice id)
{
	uint32_t number = th_intern_find(&r->index->factor_id, id);
	return number == TH_NONE ? TH_NONE : r->index->chain[number].first;
}

const uint32_t *th_factors_of(const th_reference *r, uint32_t activity, size_t *count)
{
	const struct th_reference_index *x = r->index;
	*count = x->serve_start[activity + 1] - x->serve_start[activity];
	return x->serve + x->serve_start[activity];
}

th_slice th_param_text(const th_factor *factor, const char *name, th_decimal *value)
{
	for (size_t i = 0; i < factor->params; i++) {
		if (th_slice_eq(factor->param[i].name, th_slice_of(name))) {
			*value = factor->param[i].value;
			return factor->param[i].text;
		}
	}
	return (th_slice){"", 0};
}
