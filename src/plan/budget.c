/* SPDX-License-Identifier: GPL-3.0-or-later */

/* --route budget=500万元: how much may be invested. */

#include "path/share.h"
#include "plan/planning.h"

static const char *const heads[] = {"budget=", "预算="};
static const th_money one_yuan = 1000000000;

/* The amount behind the head; NULL when it is no budget. */
static const char *amount_of(const char *route)
{
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (strncmp(route, heads[i], strlen(heads[i])) == 0)
			return route + strlen(heads[i]);
	return NULL;
}

bool th_plan_is_budget(const char *route)
{
	return amount_of(route) != NULL;
}

bool th_plan_read_budget(th_planning *p, const char *route, th_money *out)
{
	const th_units *units = p->plan->a->reference->units;
	th_slice amount = th_slice_trim(th_slice_of(amount_of(route))), unit, front = th_slice_front(amount, "+-.,0123456789", &unit), at;
	th_decimal number, money;
	th_unit written, yuan;
	unsigned notes;
	bool read = th_number_parse(front, &number, &notes) == TH_NUM_OK && number.mant >= 0 && unit.len && th_unit_parse(units, unit, &written, &at) == TH_UNIT_OK &&
	            th_unit_parse(units, TH_S("CNY"), &yuan, &at) == TH_UNIT_OK && th_unit_same_dimension(&written, &yuan);
	if (read && th_unit_count(number, &written, &yuan, &money) && th_mass_times(one_yuan, money, out))
		return true;
	th_report(p->s->diags, TH_OPTION_BUDGET, (th_pos){NULL, 0, 0, NULL}, th_check_text(p->s, amount), (char *)NULL);
	th_check_worse(p->s, TH_USAGE);
	return false;
}
