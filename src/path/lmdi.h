/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_LMDI_H
#define TH_PATH_LMDI_H

/* Why emissions changed between two years: the additive logarithmic mean Divisia index, LMDI-I (Ang 2005, Energy Policy 33:867-871),
 * of emissions = sum over rows of activity x intensity x factor, with intensity = quantity / activity and factor = emissions /
 * quantity. */

#include "base/decimal.h"

typedef struct th_lmdi_year {
	double activity;         /* value added, output, area ... */
	double quantity;         /* energy, or whatever the factor is per; equal to activity where a row has no third number */
	th_mass mass;
} th_lmdi_year;

typedef struct th_lmdi_row {
	th_lmdi_year from, to;
} th_lmdi_row;

/* In 1e-9 kg. activity + intensity + factor == change, exactly: what rounding leaves over goes into the row's largest term (the first
 * of equal ones). */
typedef struct th_lmdi_terms {
	th_mass activity, intensity, factor, change;
} th_lmdi_terms;

typedef enum th_lmdi_error {
	TH_LMDI_OK,
	TH_LMDI_NEGATIVE,        /* a number of the row is negative or not finite */
	TH_LMDI_NO_DRIVER,       /* emissions without quantity, or quantity without activity */
	TH_LMDI_RANGE            /* a mass or a sum beyond 2^100 */
} th_lmdi_error;

/* The terms of every row (`each`, may be NULL, has `count` places) and their sums. A row that begins or ends gives its whole change to
 * the first of activity, intensity, factor that is zero in one of the years: the limit of Ang, Zhang and Choi 1998 (Energy
 * 23:489-495). On an error *bad is the row. */
TH_MUST_USE th_lmdi_error th_lmdi(const th_lmdi_row *row, size_t count, th_lmdi_terms *each, th_lmdi_terms *sum, size_t *bad);

#endif
