/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set of measures saves, exactly. */
#include "path/route.h"

/* Each in its order takes its share of what those before it have left of the activity. */
static bool on_activity(const th_route_problem *p, uint64_t chosen, size_t activity, th_mass *part, th_mass *saved)
{
	th_mass left = p->activity[activity], took;
	for (size_t i = 0; i < p->measures; i++) {
		const th_route_measure *m = &p->measure[i];
		if (!(chosen >> i & 1) || (m->activity != activity && m->activity != TH_ROUTE_ALL))
			continue;
		if (!th_share_of(&m->share, left, &took) || (part && !th_mass_add(&part[i], took)))
			return false;
		left -= took;
	}
	return th_mass_add(saved, p->activity[activity] - left);
}

static bool apart(const th_route_measure *m, th_mass *part, th_mass *saved)
{
	th_share share = {(th_mass)m->share.num, (th_mass)m->share.den, 1, 1};
	th_mass took;
	if (!th_share_of(&share, m->share.part, &took) || !th_mass_add(saved, took))
		return false;
	if (part)
		*part = took;
	return true;
}

static bool save(const th_route_problem *p, uint64_t chosen, th_mass *part, th_mass *saving)
{
	th_mass saved = 0;
	for (size_t a = 0; a < p->activities; a++)
		if (!on_activity(p, chosen, a, part, &saved))
			return false;
	for (size_t i = 0; i < p->measures; i++)
		if (chosen >> i & 1 && p->measure[i].activity == TH_ROUTE_APART && !apart(&p->measure[i], part ? &part[i] : NULL, &saved))
			return false;
	*saving = saved;
	return true;
}

bool th_route_saving(const th_route_problem *p, uint64_t chosen, th_mass *saving)
{
	return save(p, chosen, NULL, saving);
}

bool th_route_parts(const th_route_problem *p, uint64_t chosen, th_mass *part)
{
	th_mass saving;
	for (size_t i = 0; i < p->measures; i++)
		part[i] = 0;
	return save(p, chosen, part, &saving);
}
