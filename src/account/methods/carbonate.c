/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/frame.h"

/* CO2 = M x EF x F (IPCC 2006 Vol 3 Ch 2 Eq 2.3): M mass of the carbonate, EF t CO2 per t (Table 2.1), F the fraction
 * calcined, 1 unless the line measures it (column oxidation). */
th_status th_method_carbonate(th_build *build, const th_factor *factor, th_formula *f)
{
	th_status status = th_method_activity_factor(build, factor, f);
	if (status == TH_OK && build->has_oxidation) {
		build->used_measured = true;
		th_formula_times(f, build->oxidation_term, build->oxidation, &build->oxidation_unit, NULL);
	}
	return status;
}
