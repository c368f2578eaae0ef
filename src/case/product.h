/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_PRODUCT_H
#define TH_CASE_PRODUCT_H

/* products.csv: the products whose footprint is computed, one in a row (ISO 14067, GB/T 24067-2024): what it is counted by, how far its life is
 * followed, how much of it was made in which time, and by what it shares lines with others. */

#include "reference/loader.h"
#include "reference/reference.h"

typedef enum th_boundary { TH_TO_GATE, TH_TO_GRAVE, TH_BOUNDARIES } th_boundary;
extern const char *const th_boundaries[TH_BOUNDARIES]; /* cradle-to-gate cradle-to-grave */

typedef enum th_allocation { TH_ALLOCATE_NONE, TH_ALLOCATE_PHYSICAL, TH_ALLOCATE_ECONOMIC, TH_ALLOCATIONS } th_allocation;
extern const char *const th_allocations[TH_ALLOCATIONS]; /* none physical economic */

typedef struct th_product {
	/* As written; empty where nothing is. `rule` is the product category rule, `excluded` what was left out by it and why, `basis` what the
	 * allocation rests on, `goal` what the footprint is for. */
	th_slice id, name, unit, goal, period_text, output_text, output_unit, physical_text, physical_unit, price_text, basis, rule, cut_off_text, excluded, excluded_text, evidence, note;
	th_boundary boundary;
	th_allocation allocation;
	th_period period;
	th_decimal output;
	th_decimal many;         /* the declared unit: so many of `of` */
	th_slice of;
	th_ratio units;          /* how many of the declared unit the output is */
	/* What a share is measured by, for the whole output in 1e-9: the physical amount (`measure` tells its kind; of an output without one, the
	 * output itself) and the value. */
	bool has_physical, has_price;
	th_unit measure;
	th_mass physical, value;
	bool has_cut_off, has_excluded;
	th_mass cut_off, excluded_share; /* 1e-9 of 1; what the rule lets be left out, and what was by estimate */
	size_t line;
} th_product;

typedef struct th_products {
	th_product *row;
	size_t count;
	const char *path, *encoding;
	char sha256[65];
} th_products;

/* Read the file into the arena. Errors: a product twice, a boundary or an allocation that is none, an output that is not above zero or not counted in what the declared unit is. */
TH_MUST_USE th_status th_products_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_products *out);

/* A share of a whole, `3 %` or `0.03`, in 1e-9 of it; false: it is none, or more than all of it. */
#define TH_WHOLE_SHARE ((th_mass)1000000000)
TH_MUST_USE bool th_product_share(const th_units *units, th_slice text, th_mass *out);

/* The number of the product with that id, or of the only one with that name; TH_NONE: none. */
uint32_t th_product_find(const th_products *list, th_slice text);

#endif
