/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may apply: the options of a choice that no requirement refuses. */
#include "check/check.h"

/* Is no mandatory requirement failed only because an applicant has this option? `now`: the statuses without it. The inputs are as before when it
 * returns. */
static bool option_fits(const th_rule_inputs *inputs, uint32_t fact, uint32_t option, const th_rule_status *now, th_rule_status *then)
{
	const th_pack *pack = inputs->pack;
	const th_rule_value before = inputs->input[fact].value;
	bool fits = true;
	inputs->input[fact].value = th_rule_choice(option);
	memcpy(then, now, pack->requirements * sizeof *then);
	(void)th_rules_verdict_after(inputs, fact, then);
	for (size_t i = 0; i < pack->requirements; i++)
		fits &= then[i] != TH_RULE_NOT_MET || now[i] == TH_RULE_NOT_MET || pack->requirement[i].level != TH_RULE_MANDATORY;
	inputs->input[fact].value = before;
	return fits;
}

uint64_t *th_check_fits(const th_rule_inputs *inputs, th_arena *arena)
{
	const th_pack *pack = inputs->pack;
	th_rule_status *now = th_arena_alloc(arena, pack->requirements + 1, sizeof *now), *then = th_arena_alloc(arena, pack->requirements + 1, sizeof *then);
	uint64_t *fits = th_arena_alloc(arena, pack->decls + 1, sizeof *fits);
	if (!now || !then || !fits)
		return NULL;
	(void)th_rules_verdict(inputs, now);
	for (uint32_t i = 0; i < pack->facts; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		bool all = true;
		for (uint32_t o = 0; decl->type == TH_RULE_CHOICE && !inputs->input[i].value.known && o < decl->options; o++) {
			bool one = option_fits(inputs, i, o, now, then);
			fits[i] |= (uint64_t)one << o;
			all &= one;
		}
		fits[i] = all ? 0 : fits[i];
	}
	return fits;
}
