/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/frame.h"

/* E = AD x EF: activity data times emission factor (IPCC 2006 Vol 1 Ch 1, 1.2.1; GHG Protocol; ISO 14064-1). AD in the unit of
 * the line, EF in mass of gas per unit of activity. Also: purchased electricity, AD in kWh x kg CO2/kWh; refrigerants and SF6 by
 * the amount topped up, or charge x annual leak rate (IPCC 2006 Vol 3 Ch 7 Eq 7.4 and 7.14, Ch 8 Eq 8.1), where the factor is
 * per 100 kg of charge and year; freight and travel by t km and p km. */
th_status th_method_activity_factor(th_build *build, const th_factor *factor, th_formula *f)
{
	if (!factor->has_value)
		return th_build_fail(build, TH_FACTOR_NO_VALUE, TH_COL_ACTIVITY, th_z(build->shard, factor->id), "", "");
	th_status status = th_build_quantity(build, factor, &factor->per, factor->unit_text, f);
	if (status != TH_OK)
		return status;
	th_build_value(factor, f);
	th_build_basis(factor, f);
	return TH_OK;
}
