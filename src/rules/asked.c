/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pack asks of a kind of applicant: each input that could decide something, with the words that ask for it. */

#include "rules/expr.h"

struct asking {
	const th_pack *pack;
	const th_rule_inputs *inputs;
	th_rule_asks *out;
	const uint64_t *fits;
	bool *seen;
	th_rule_ask ask; /* where the expression that is walked stands */
};

static void note(struct asking *a, uint32_t decl)
{
	if (a->seen[decl] || a->inputs->input[decl].value.known)
		return;
	a->seen[decl] = true;
	a->ask.decl = decl;
	a->out->ask[a->out->asks++] = a->ask;
}

static const th_expr *defined(const struct asking *a, const th_expr *e)
{
	return a->pack->define[e->ref].reading[a->inputs->chosen[e->ref]].expr;
}

/* Is it settled only because something is not stated (yet): a default, a question whether it is known? */
static bool is_soft(const struct asking *a, const th_expr *e)
{
	bool asks = e->op == TH_OP_DEFAULT || e->op == TH_OP_KNOWN;
	if (e->op == TH_OP_EVIDENCE)
		return true;
	if (e->op == TH_OP_DEFINED)
		return is_soft(a, defined(a, e));
	for (size_t i = 0; i < e->args; i++)
		if ((asks && !th_expr_eval(a->inputs, e->arg[i]).known) || is_soft(a, e->arg[i]))
			return true;
	return false;
}

static bool is_settled(const struct asking *a, const th_expr *e)
{
	return th_expr_eval(a->inputs, e).known && !is_soft(a, e);
}

/* Is one of several alternatives, or of several conditions, settled so that the others decide nothing? */
static bool is_decided(const struct asking *a, const th_expr *e)
{
	for (size_t i = 0; (e->op == TH_OP_AND || e->op == TH_OP_OR) && i < e->args; i++)
		if (is_settled(a, e->arg[i]) && th_expr_eval(a->inputs, e->arg[i]).truth == (e->op == TH_OP_OR))
			return true;
	return false;
}

/* Only what the value can still rest on: of a condition that is settled, the branch that is taken. Packs bound depth and size. */
static void walk(struct asking *a, const th_expr *e)
{
	size_t from = 0, to = e->args;
	if (is_settled(a, e) || is_decided(a, e))
		return;
	if (e->op == TH_OP_GET || e->op == TH_OP_EVIDENCE || e->op == TH_OP_EVIDENCED)
		note(a, e->ref);
	if (e->op == TH_OP_DEFINED) {
		const th_rule_define *outer = a->ask.define;
		a->ask.define = &a->pack->define[e->ref];
		walk(a, defined(a, e));
		a->ask.define = outer;
	}
	if (e->op == TH_OP_IF && is_settled(a, e->arg[0])) {
		bool yes = th_expr_eval(a->inputs, e->arg[0]).truth;
		from = yes ? 1 : 2;
		to = yes ? 2 : e->args;
	}
	for (size_t i = from; i < to; i++)
		walk(a, e->arg[i]);
}

static void walk_requirement(struct asking *a, const th_requirement *requirement)
{
	a->ask = (th_rule_ask){.requirement = requirement};
	for (size_t i = 0; i < requirement->variants; i++) {
		const th_rule_variant *variant = &requirement->variant[i];
		th_rule_value when = {.known = true, .truth = true};
		if (variant->when)
			when = th_expr_eval(a->inputs, variant->when);
		if (when.known && !when.truth)
			continue;
		a->ask.quote = variant->quote.len ? variant->quote : requirement->quote;
		if (variant->when)
			walk(a, variant->when);
		if (variant->test)
			walk(a, variant->test);
		for (size_t k = 0; k < variant->limits; k++) {
			walk(a, variant->limit[k].observed);
			walk(a, variant->limit[k].required);
		}
		if (when.known)
			break;
	}
	for (size_t i = 0; i < requirement->otherwises; i++) {
		a->ask.quote = requirement->otherwise[i].quote.len ? requirement->otherwise[i].quote : requirement->quote;
		walk(a, requirement->otherwise[i].when);
	}
}

/* --- routes --- */

/* The first choice that an expression looks at, with nothing of it known. */
static uint32_t choice_in(const struct asking *a, const th_expr *e)
{
	uint32_t found = TH_NONE;
	if (e->op == TH_OP_GET && a->pack->decl[e->ref].type == TH_RULE_CHOICE && !a->inputs->input[e->ref].value.known)
		return e->ref;
	for (size_t i = 0; i < e->args && found == TH_NONE; i++)
		found = choice_in(a, e->arg[i]);
	return found;
}

static bool same(th_rule_value a, th_rule_value b)
{
	return a.known == b.known && (!a.known || a.truth == b.truth);
}

/* Does a truth decide the expression for some applicant that is not refused by what it says of itself? */
static bool decides(const struct asking *a, const th_expr *when, uint32_t fact, th_rule_inputs *trial)
{
	uint32_t choice = choice_in(a, when);
	size_t options = choice == TH_NONE ? 1 : a->pack->decl[choice].options;
	bool decided = false;
	for (uint32_t o = 0; o < options && !decided; o++) {
		if (choice != TH_NONE && a->fits[choice] && !(a->fits[choice] >> o & 1))
			continue;
		if (choice != TH_NONE)
			trial->input[choice].value = th_rule_choice(o);
		trial->input[fact].value = th_rule_bool(true);
		th_rule_value yes = th_expr_eval(trial, when);
		trial->input[fact].value = th_rule_bool(false);
		decided = !same(yes, th_expr_eval(trial, when));
		trial->input[fact].value = a->inputs->input[fact].value;
		if (choice != TH_NONE)
			trial->input[choice].value = a->inputs->input[choice].value;
	}
	return decided;
}

static void walk_route(struct asking *a, const th_expr *when, const th_expr *e, th_rule_inputs *trial)
{
	if (e->op == TH_OP_GET && (a->pack->decl[e->ref].type != TH_RULE_BOOL || decides(a, when, e->ref, trial)))
		note(a, e->ref);
	if (e->op == TH_OP_DEFINED)
		walk_route(a, when, defined(a, e), trial);
	for (size_t i = 0; i < e->args; i++)
		walk_route(a, when, e->arg[i], trial);
}

/* The route of which it is open whether it is for the applicant, none before it being so. */
static const th_expr *open_route(const th_rule_inputs *inputs)
{
	const th_pack *pack = inputs->pack;
	size_t i = 0;
	while (i < pack->routes && pack->route[i].when && th_expr_known(inputs, pack->route[i].when))
		i++;
	return i < pack->routes ? pack->route[i].when : NULL;
}

th_status th_rules_ask_route(const th_rule_inputs *inputs, const uint64_t *fits, th_arena *arena, th_rule_results *results)
{
	const th_expr *when = open_route(inputs);
	th_rule_inputs trial;
	size_t kept = 0;
	if (!when)
		return TH_OK;
	struct asking a = {.pack = inputs->pack, .inputs = inputs, .fits = fits};
	if (th_rule_inputs_copy(inputs, arena, &trial) != TH_OK)
		return TH_SYSTEM;
	for (size_t i = 0; i < results->route_missings; i++) {
		uint32_t fact = th_pack_fact(a.pack, results->route_missing[i]);
		if (fact == TH_NONE || a.pack->decl[fact].type != TH_RULE_BOOL || decides(&a, when, fact, &trial))
			results->route_missing[kept++] = results->route_missing[i];
	}
	results->route_missings = kept;
	return TH_OK;
}

/* --- all of it --- */

th_status th_rules_ask(const th_rule_inputs *inputs, const uint64_t *fits, th_arena *arena, th_rule_asks *out)
{
	const th_pack *pack = inputs->pack;
	th_rule_inputs trial;
	struct asking a = {.pack = pack, .inputs = inputs, .out = out, .fits = fits, .seen = th_arena_alloc(arena, pack->decls + 1, sizeof *a.seen)};
	*out = (th_rule_asks){.ask = th_arena_alloc(arena, pack->decls + 1, sizeof *out->ask)};
	if (!a.seen || !out->ask || th_rule_inputs_copy(inputs, arena, &trial) != TH_OK)
		return TH_SYSTEM;
	for (size_t i = 0; i < pack->requirements; i++)
		walk_requirement(&a, &pack->requirement[i]);
	for (size_t i = 0; i < pack->routes; i++) {
		a.ask = (th_rule_ask){.quote = pack->route[i].quote};
		if (pack->route[i].when)
			walk_route(&a, pack->route[i].when, pack->route[i].when, &trial);
	}
	return TH_OK;
}
