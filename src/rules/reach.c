/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which inputs and definitions the status of a requirement can rest on, whatever the others are: what it names, and what the definitions that it
 * names do in any of their readings. */

#include "rules/read.h"

static void reach_expr(const th_pack *pack, const th_expr *e, bool *reach)
{
	if (!e)
		return;
	if (e->op == TH_OP_GET || e->op == TH_OP_EVIDENCE || e->op == TH_OP_EVIDENCED)
		reach[e->ref] = true;
	else if (e->op == TH_OP_DISTINCT)
		reach[pack->decls] = true;
	else if (e->op == TH_OP_DEFINED && !reach[pack->names + e->ref]) {
		reach[pack->names + e->ref] = true;
		for (size_t i = 0; i < pack->define[e->ref].readings; i++)
			reach_expr(pack, pack->define[e->ref].reading[i].expr, reach);
	}
	for (size_t i = 0; i < e->args; i++)
		reach_expr(pack, e->arg[i], reach);
}

static void reach_requirement(const th_pack *pack, const th_requirement *rule)
{
	for (size_t i = 0; i < rule->variants; i++) {
		const th_rule_variant *variant = &rule->variant[i];
		reach_expr(pack, variant->when, rule->reach);
		reach_expr(pack, variant->test, rule->reach);
		for (size_t k = 0; k < variant->limits; k++) {
			reach_expr(pack, variant->limit[k].observed, rule->reach);
			reach_expr(pack, variant->limit[k].required, rule->reach);
		}
	}
	for (size_t i = 0; i < rule->otherwises; i++)
		reach_expr(pack, rule->otherwise[i].when, rule->reach);
}

void th_read_reach(const th_pack *pack)
{
	for (size_t i = 0; i < pack->everys; i++)
		reach_requirement(pack, &pack->every[i]);
}
