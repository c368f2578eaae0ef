/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_PLAUSIBLE_H
#define TH_REFERENCE_PLAUSIBLE_H

/* plausible.csv: beyond which bounds a number is asked about, and the slips that lead there. */

#include "base/decimal.h"
#include "reference/unit.h"

typedef enum th_slip_kind { TH_SLIP_NONE, TH_SLIP_HEAT, TH_SLIP_CARBON, TH_SLIP_FACTOR, TH_SLIP_QUANTITY } th_slip_kind;

/* What was written times `multiply` is what was meant. */
typedef struct th_slip {
	th_slip_kind kind;
	th_slice id;
	th_decimal multiply;
	bool energy;      /* only of quantities of energy */
	th_slice name_zh, name_en;
} th_slip;

/* Within which the heat of steam or hot water lies, above its feed water; in base units. */
typedef struct th_enthalpy_range {
	th_slice activity;
	double low, high;
	th_slice low_text, high_text, unit_text;
} th_enthalpy_range;

typedef enum th_bound {
	TH_BOUND_HEAT, TH_BOUND_CARBON, TH_BOUND_ERROR, TH_BOUND_LIQUID_LOW, TH_BOUND_LIQUID_HIGH, TH_BOUND_GAS_LOW, TH_BOUND_GAS_HIGH, TH_BOUND_FACTOR,
	TH_BOUND_MONTH, TH_BOUND_NEAR, TH_BOUND_SUM_NAMED, TH_BOUND_SUM_BESIDE, TH_BOUND_SUM_METERED, TH_BOUND_SUM_BOUGHT, TH_BOUND_LEAST_YEAR, TH_BOUND_YEARS_AFTER, TH_BOUND_NET_GAS,
	TH_BOUND_NET_COAL, TH_BOUND_SHARE, /* these three may be absent */ TH_BOUNDS
} th_bound;

typedef struct th_plausible {
	double bound[TH_BOUNDS];
	th_unit bound_unit[TH_BOUNDS];
	th_slip *slip;
	size_t slips;
	th_enthalpy_range *enthalpy;
	size_t enthalpies;
} th_plausible;

/* The slip that turns what is `times` too large (or too small) into what it should be, nearest first; NULL when none brings it within a
 * factor of `within`. */
const th_slip *th_slip_for(const th_plausible *plausible, th_slip_kind kind, double times, double within);

#endif
