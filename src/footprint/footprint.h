/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_FOOTPRINT_H
#define TH_FOOTPRINT_H

/* What footprints hold when they are done. Masses are 1e-9 kg for the whole output of the period; a figure per declared unit is one of them over
 * product->units. */

#include <tanhe/footprint.h>

#include "account/account.h"
#include "base/hash.h"
#include "case/product.h"

/* ISO 14067 6.3.7 asks for the stages of life; 运输 is what happens behind the gate, transport to the site belongs to the raw materials. */
typedef enum th_life_stage { TH_STAGE_RAW_MATERIAL, TH_STAGE_PRODUCTION, TH_STAGE_DISTRIBUTION, TH_STAGE_USE, TH_STAGE_END_OF_LIFE, TH_STAGE_UNSTATED, TH_STAGES } th_life_stage;
extern const char *const th_life_stages[TH_STAGES]; /* raw_material production distribution use end_of_life unstated */

/* What ISO 14067 7.2 wants apart. The first three are the footprint. */
typedef enum th_carbon { TH_CARBON_FOSSIL, TH_CARBON_LAND_USE, TH_CARBON_AIRCRAFT, TH_CARBON_BIOGENIC, TH_CARBON_UPTAKE, TH_CARBONS } th_carbon;
extern const char *const th_carbons[TH_CARBONS]; /* fossil land_use_change aircraft biogenic_co2 biogenic_uptake */

/* One activity, by one factor, in one stage of one product. */
typedef struct th_process {
	th_life_stage stage;
	const th_activity *activity;
	const th_factor *factor;   /* NULL: none */
	th_mass carbon[TH_CARBONS], co2e; /* co2e: of the footprint */
	size_t lines;
} th_process;

typedef struct th_product_gas {
	const th_gas *gas;
	th_mass mass, co2e;        /* of the footprint */
} th_product_gas;

/* Does what was left out keep the product rule? */
typedef enum th_cut_off { TH_CUT_OFF_UNKNOWN, TH_CUT_OFF_KEPT, TH_CUT_OFF_BROKEN } th_cut_off;

typedef struct th_footprint {
	const th_product *product;
	th_mass total;             /* fossil, land use and aircraft */
	th_mass carbon[TH_CARBONS], stage[TH_STAGES];
	th_process *process;       /* by stage, the largest first */
	size_t processes;
	th_product_gas *gas;       /* by name */
	size_t gases;
	th_mass primary;           /* of the total: primary data, as far as lines say how quantities were come by */
	th_uncertainty *uncertainty; /* NULL: it was not asked for */
	th_mass shared;            /* of the total, from lines that it shares */
	th_mass grid;              /* of the total: power by a factor of generation alone, without what comes before it */
	bool has_allocated;        /* it takes part of a line by the allocation of its products */
	th_mass grade[TH_GRADES];  /* of the total, by how quantities were come by; all [TH_GRADE_NONE] where no line says */
	th_mass under[TH_ALLOCATIONS]; /* the total if shared lines were divided so; NONE: not at all, only what is its own */
	bool has_under[TH_ALLOCATIONS];
	/* Not in the footprint: behind the gate, of another time, credits, avoided emissions, gases outside the seven. */
	th_mass beyond, other_time, credits, avoided, outside;
	bool has_stage[TH_STAGES]; /* some line is in it */
	th_cut_off cut_off;
} th_footprint;

/* Of what the whole site emits (gross), what is where; together it is all of it. */
typedef struct th_site_balance {
	th_mass gross, in_products, beyond, other_time, of_none, undivided;
} th_site_balance;
/* of_none: lines that name no product; undivided: the part of lines with shares that no product takes. */

typedef struct th_footprint_caveat {
	th_code code;
	th_slice arg[3];
	size_t args;
	const char *file;          /* NULL: none */
	size_t line;
} th_footprint_caveat;

/* Of a factor: how much of a supplier's footprint rests on primary data, percent. */
#define TH_PRIMARY_DATA_SHARE "primary_data_share"

/* Does a line of it say how its quantity was come by? */
static inline bool th_footprint_is_graded(const th_footprint *fp)
{
	for (int grade = TH_GRADE_MEASURED; grade < TH_GRADES; grade++)
		if (fp->grade[grade] != 0)
			return true;
	return false;
}

/* Do all? */
static inline bool th_footprint_is_all_graded(const th_footprint *fp)
{
	return th_footprint_is_graded(fp) && fp->grade[TH_GRADE_NONE] == 0;
}

/* Is that one to be shown? */
#define TH_FOOTPRINT_SHOWN(footprints, number) (!th_index_is((footprints)->shown) || th_index_number((footprints)->shown) == (number))

struct th_footprints {
	const th_reference *reference;
	th_products products;
	th_account *account;
	th_footprint *product;     /* as the products are in the file */
	size_t count;
	th_index shown;            /* the one that was asked for; none: all */
	th_site_balance site;
	struct th_flow *flow;      /* what was divided (sharers.h), in the order of the input */
	size_t flows;
	th_intern flow_key;        /* their number is the flow */
	th_footprint_caveat *caveat;
	size_t caveats;
	th_arena arena;
};

#endif
