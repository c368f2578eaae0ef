/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pack requires: requirements with their variants and limits, routes, remarks. */

#include "rules/read.h"

const char *const th_rule_level_names[TH_RULE_LEVELS] = {"mandatory", "general", "recommended"};
const char *const th_rule_status_names[TH_RULE_STATUSES] = {"met", "not_met", "undetermined", "expert_review", "not_applicable"};
const char *const th_rule_compare_names[TH_RULE_COMPARES] = {"ge", "gt", "le", "lt"};
const char *const th_rule_compare_signs[TH_RULE_COMPARES] = {">=", ">", "<=", "<"};

static void read_remarks(th_reader *r, const th_json *object, th_rule_remark **out, size_t *count)
{
	size_t most;
	const th_json *list = th_read_list(r, object, "caveats", false, &most);
	th_rule_remark *remark = th_reader_alloc(r, most, sizeof *remark);
	if (!remark)
		return;
	*out = remark;
	for (; list; list = list->next, remark++) {
		if (!th_read_keys(r, list, "when zh en"))
			return;
		remark->when = th_read_expr(r, list, "when", false, TH_RULE_BOOL, NULL);
		remark->text = th_read_sentence(r, list);
		++*count;
	}
}

static void read_limit(th_reader *r, const th_json *node, th_rule_limit *limit)
{
	if (!th_read_keys(r, node, "zh en observed compare required unit"))
		return;
	const th_json *compare = th_read_member(r, node, "compare", TH_JSON_STRING, true);
	const th_json *unit = th_read_member(r, node, "unit", TH_JSON_STRING, false);
	limit->name = th_read_pair(r, node, true);
	limit->unit = (th_unit){.num = 1, .den = 1};
	if (compare)
		limit->compare = (th_rule_compare)th_read_word(r, compare, th_rule_compare_names, TH_RULE_COMPARES);
	if (unit && th_read_unit(r, unit, &limit->unit, &limit->unit_name))
		limit->unit_text = unit->text;
	limit->observed = th_read_expr(r, node, "observed", true, TH_RULE_NUMBER, &limit->unit);
	limit->required = th_read_expr(r, node, "required", true, TH_RULE_NUMBER, &limit->unit);
}

/* The sentences of a requirement or of a variant, where it has its own, else those above it. */
static void read_whys(th_reader *r, const th_json *object, const th_words *usual, th_words *why)
{
	const th_json *list = th_read_member(r, object, "why", TH_JSON_OBJECT, false);
	if (list)
		(void)th_read_keys(r, list, "met not_met undetermined expert_review not_applicable");
	for (int i = 0; i < TH_RULE_STATUSES; i++) {
		const th_json *one = list ? th_read_member(r, list, th_rule_status_names[i], TH_JSON_OBJECT, !usual) : NULL;
		if (one)
			why[i] = th_read_sentence(r, one);
		else if (usual)
			why[i] = usual[i];
	}
}

static void read_variant(th_reader *r, const th_json *node, const th_words *usual, th_rule_variant *variant)
{
	size_t count;
	if (!th_read_keys(r, node, "zh en quote when test limits why"))
		return;
	variant->name = th_read_pair(r, node, false);
	variant->quote = th_read_text(r, node, "quote", false);
	variant->when = th_read_expr(r, node, "when", false, TH_RULE_BOOL, NULL);
	variant->test = th_read_expr(r, node, "test", false, TH_RULE_BOOL, NULL);
	read_whys(r, node, usual, variant->why);
	const th_json *list = th_read_list(r, node, "limits", false, &count);
	/* Something has to be asked: a variant that asks nothing would always be met. */
	if (count == 0 && !th_json_get(node, "test"))
		TH_REJECT(r, node, TH_PACK_SHAPE, "test", "expression", NULL);
	variant->limit = th_reader_alloc(r, count, sizeof *variant->limit);
	if (!variant->limit)
		return;
	for (; list; list = list->next)
		read_limit(r, list, &variant->limit[variant->limits++]);
}

static void read_otherwise(th_reader *r, const th_json *node, th_rule_otherwise *other)
{
	size_t count;
	if (!th_read_keys(r, node, "from when status quote zh en"))
		return;
	for (const th_json *from = th_read_list(r, node, "from", true, &count); from; from = from->next)
		other->from[th_read_word(r, from, th_rule_status_names, TH_RULE_STATUSES)] = true;
	const th_json *status = th_read_member(r, node, "status", TH_JSON_STRING, true);
	if (status)
		other->status = (th_rule_status)th_read_word(r, status, th_rule_status_names, TH_RULE_STATUSES);
	other->quote = th_read_text(r, node, "quote", false);
	other->when = th_read_expr(r, node, "when", true, TH_RULE_BOOL, NULL);
	other->why = th_read_sentence(r, node);
}

static void read_requirement(th_reader *r, const th_json *node, const th_words *usual)
{
	th_requirement *rule = &r->pack->requirement[r->pack->requirements];
	size_t variants, otherwises;
	if (!th_read_keys(r, node, "id clause quote zh en level stages applies otherwise caveats why advice"))
		return;
	rule->id = th_read_text(r, node, "id", true);
	r->owner = th_reader_text(r, rule->id);
	if (th_pack_requirement(r->pack, rule->id) != TH_NONE)
		th_read_twice(r, node, rule->id);
	r->pack->requirements++;
	rule->clause = th_read_text(r, node, "clause", true);
	rule->quote = th_read_text(r, node, "quote", true);
	rule->title = th_read_pair(r, node, true);
	const th_json *level = th_read_member(r, node, "level", TH_JSON_STRING, true);
	const th_json *advice = th_read_member(r, node, "advice", TH_JSON_OBJECT, true);
	rule->level = level ? (th_rule_level)th_read_word(r, level, th_rule_level_names, TH_RULE_LEVELS) : TH_RULE_RECOMMENDED;
	th_read_levels(r, node, rule);
	if (advice)
		rule->advice = th_read_pair(r, advice, true);
	read_whys(r, node, usual, rule->why);
	const th_json *variant = th_read_list(r, node, "applies", true, &variants);
	const th_json *other = th_read_list(r, node, "otherwise", false, &otherwises);
	rule->variant = th_reader_alloc(r, variants, sizeof *rule->variant);
	rule->otherwise = th_reader_alloc(r, otherwises, sizeof *rule->otherwise);
	rule->reach = th_reader_alloc(r, r->pack->names + r->pack->defines, sizeof *rule->reach);
	if (r->status == TH_SYSTEM)
		return;
	for (; variant; variant = variant->next)
		read_variant(r, variant, rule->why, &rule->variant[rule->variants++]);
	for (; other; other = other->next)
		read_otherwise(r, other, &rule->otherwise[rule->otherwises++]);
	read_remarks(r, node, &rule->caveat, &rule->caveats);
}

static void read_route(th_reader *r, const th_json *node, th_rule_route *route)
{
	r->owner = "routes";
	if (!th_read_keys(r, node, "id quote when zh en"))
		return;
	route->id = th_read_text(r, node, "id", true);
	route->quote = th_read_text(r, node, "quote", false);
	route->when = th_read_expr(r, node, "when", false, TH_RULE_BOOL, NULL);
	route->text = th_read_pair(r, node, true);
}

void th_read_requirements(th_reader *r, const th_json *root)
{
	th_pack *pack = r->pack;
	th_words usual[TH_RULE_STATUSES] = {{{0}, {0}}};
	size_t count, routes;
	r->owner = "pack";
	if (th_read_member(r, root, "why", TH_JSON_OBJECT, true))
		read_whys(r, root, NULL, usual);
	read_remarks(r, root, &pack->caveat, &pack->caveats);
	const th_json *list = th_read_list(r, root, "requirements", true, &count);
	const th_json *route = th_read_list(r, root, "routes", false, &routes);
	pack->requirement = th_reader_alloc(r, count, sizeof *pack->requirement);
	pack->route = th_reader_alloc(r, routes, sizeof *pack->route);
	if (r->status == TH_SYSTEM)
		return;
	for (; list; list = list->next) {
		r->owner = "requirements";
		read_requirement(r, list, usual);
	}
	th_read_asked(r, root);
	for (; route; route = route->next)
		read_route(r, route, &pack->route[pack->routes++]);
}
