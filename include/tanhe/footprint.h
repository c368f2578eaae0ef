/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_FOOTPRINT_H
#define TANHE_FOOTPRINT_H

/* Carbon footprints of products (ISO 14067:2018, GB/T 24067-2024): the lines of an account by product and stage of life, shared lines divided, per
 * declared unit. */

#include <tanhe/uncertainty.h>

typedef struct th_footprints th_footprints;

typedef struct th_footprint_options {
	const th_account_options *account; /* of the site; a profile of NULL is that of footprints (product-footprint). The listeners are told, too */
	const th_uncertainty_options *uncertainty; /* of the site and of each product; NULL: it is not asked for */
	const char *products;              /* products.csv */
	const char *product;               /* id of the one that is shown; NULL: all */
} th_footprint_options;

/* Compute the account and divide it. Errors, all at once: those of the account; a line for a product that is none, in a stage that is none, with
 * shares that add to more than all of it, or shared without what divides it. TH_USAGE: `product` is none of the products. The options' strings and
 * the reference must outlive the footprints. */
TH_PUBLIC TH_MUST_USE th_status th_footprint_run(const th_reference *reference, const th_footprint_options *options, th_diags *diags,
                                                 th_footprints **out);
TH_PUBLIC void th_footprints_free(th_footprints *footprints);
/* The account that was divided; it lives as long as the footprints. */
TH_PUBLIC const th_account *th_footprints_account(const th_footprints *footprints);

#endif
