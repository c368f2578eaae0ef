/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From values to statuses, and from statuses to a verdict. */

#include "rules/expr.h"

static th_rule_status of_truth(const th_rule_inputs *inputs, const th_expr *e)
{
	th_rule_value room;
	const th_rule_value *value = th_expr_look(inputs, e, &room);
	if (!value->known)
		return TH_RULE_UNDETERMINED;
	return value->truth ? TH_RULE_MET : TH_RULE_NOT_MET;
}

/* Of two that both have to be met. */
static th_rule_status both(th_rule_status a, th_rule_status b)
{
	if (a == TH_RULE_NOT_MET || b == TH_RULE_NOT_MET)
		return TH_RULE_NOT_MET;
	return a == TH_RULE_MET ? b : a;
}

/* What the bounds of an unknown number decide against a known threshold: only what holds for all that it may be. */
static th_rule_status by_bounds(const th_rule_value *observed, const th_rule_value *required, int side, int least)
{
	bool has_worst = side > 0 ? observed->has_low : observed->has_high, has_best = side > 0 ? observed->has_high : observed->has_low;
	if (observed->known || !required->known)
		return TH_RULE_UNDETERMINED;
	if (has_worst && side * th_exact_cmp(side > 0 ? observed->low : observed->high, required->number) >= least)
		return TH_RULE_MET;
	if (has_best && side * th_exact_cmp(side > 0 ? observed->high : observed->low, required->number) < least)
		return TH_RULE_NOT_MET;
	return TH_RULE_UNDETERMINED;
}

/* 1: the observed number has to be the larger one, -1: the smaller. */
static int good_side(const th_rule_limit *limit)
{
	static const int good[TH_RULE_COMPARES] = {1, 1, -1, -1};
	return good[limit->compare];
}

static th_rule_status against(const th_rule_limit *limit, const th_rule_value *observed, const th_rule_value *required)
{
	int side = good_side(limit), least = limit->compare == TH_RULE_GT || limit->compare == TH_RULE_LT;
	if (!observed->known || !required->known)
		return by_bounds(observed, required, side, least);
	return side * th_exact_cmp(observed->number, required->number) >= least ? TH_RULE_MET : TH_RULE_NOT_MET;
}

static th_rule_status of_limit(const th_rule_inputs *inputs, const th_rule_limit *limit)
{
	th_rule_value rooms[2];
	const th_rule_value *observed = th_expr_look(inputs, limit->observed, &rooms[0]);
	return against(limit, observed, th_expr_look(inputs, limit->required, &rooms[1]));
}

bool th_rule_limit_stated(const th_pack *pack, const th_rule_limit *limit)
{
	const th_expr *observed = limit->observed;
	return observed->op == TH_OP_GET && pack->decl[observed->ref].role == TH_RULE_FACT;
}

th_rule_limit_result th_rule_limit_weigh(const th_rule_inputs *inputs, const th_rule_limit *limit)
{
	th_rule_limit_result result = {.limit = limit};
	result.observed = th_expr_eval(inputs, limit->observed);
	result.required = th_expr_eval(inputs, limit->required);
	result.status = against(limit, &result.observed, &result.required);
	result.margin.type = TH_RULE_NUMBER;
	if (!result.observed.known || !result.required.known)
		return result;
	th_exact margin = {0, 1};
	result.margin.known = good_side(limit) > 0 ? th_exact_sub(result.observed.number, result.required.number, &margin)
	                                           : th_exact_sub(result.required.number, result.observed.number, &margin);
	result.margin.number = margin;
	return result;
}

static th_rule_status of_variant(const th_rule_inputs *inputs, const th_rule_variant *variant)
{
	th_rule_status status = variant->test ? of_truth(inputs, variant->test) : TH_RULE_MET;
	for (size_t i = 0; i < variant->limits; i++)
		status = both(status, of_limit(inputs, &variant->limit[i]));
	return status;
}

/* Is a variant for this applicant? */
static th_rule_status applies(const th_rule_inputs *inputs, const th_expr *when)
{
	return when ? of_truth(inputs, when) : TH_RULE_MET;
}

typedef struct outcome {
	th_rule_status status;
	const th_rule_variant *variant;     /* the one that applies; NULL: none, or it is open which */
	const th_rule_otherwise *otherwise; /* what it gave way to */
} outcome;

/* An unknown choice on which it rests whether an expression holds; TH_NONE. */
static uint32_t open_choice(const th_rule_inputs *inputs, const th_expr *e)
{
	uint32_t found = TH_NONE;
	if (th_expr_known(inputs, e))
		return TH_NONE;
	if (e->op == TH_OP_GET && inputs->pack->decl[e->ref].type == TH_RULE_CHOICE)
		return e->ref;
	if (e->op == TH_OP_DEFINED)
		return open_choice(inputs, inputs->pack->define[e->ref].reading[inputs->chosen[e->ref]].expr);
	for (size_t i = 0; i < e->args && found == TH_NONE; i++)
		found = open_choice(inputs, e->arg[i]);
	return found;
}

/* The choice on which it rests which variant is for the applicant, when its options can be tried within `budget`. */
static uint32_t choice_of(const th_rule_inputs *inputs, const th_requirement *rule, size_t budget)
{
	uint32_t found = TH_NONE;
	th_rule_status when = TH_RULE_NOT_MET;
	for (size_t i = 0; i < rule->variants && found == TH_NONE && when != TH_RULE_MET; i++) {
		when = applies(inputs, rule->variant[i].when);
		if (rule->variant[i].when)
			found = open_choice(inputs, rule->variant[i].when);
	}
	return found != TH_NONE && inputs->pack->decl[found].options <= budget ? found : TH_NONE;
}

enum { TRIALS = 1024 }; /* combinations of choices that are tried; a scheme has a dozen */

/* The first variant that applies decides. While it is open whether one applies, it and those behind it have to agree. */
static outcome settle_as_is(const th_rule_inputs *inputs, const th_requirement *rule)
{
	outcome out = {TH_RULE_NOT_APPLICABLE, NULL, NULL};
	bool open = false, closed = false;
	for (size_t i = 0; !closed && i < rule->variants; i++) {
		const th_rule_variant *variant = &rule->variant[i];
		th_rule_status when = applies(inputs, variant->when);
		if (when == TH_RULE_NOT_MET)
			continue;
		th_rule_status status = of_variant(inputs, variant);
		closed = when == TH_RULE_MET;
		out.variant = open ? NULL : variant;
		out.status = open && status != out.status ? TH_RULE_UNDETERMINED : status;
		open |= !closed;
	}
	if (open) {
		out.variant = NULL;
		out.status = closed ? out.status : TH_RULE_UNDETERMINED;
	}
	for (size_t i = 0; i < rule->otherwises; i++) {
		const th_rule_otherwise *other = &rule->otherwise[i];
		if (other->from[out.status] && applies(inputs, other->when) == TH_RULE_MET) {
			out.status = other->status;
			out.otherwise = other;
			break;
		}
	}
	return out;
}

/* What every option of the choices that are not known comes to is certain. The inputs are as before when it returns. */
static outcome settle_within(const th_rule_inputs *inputs, const th_requirement *rule, size_t budget)
{
	uint32_t choice = choice_of(inputs, rule, budget);
	if (choice == TH_NONE)
		return settle_as_is(inputs, rule);
	th_rule_value *value = &inputs->input[choice].value, before = *value;
	size_t options = inputs->pack->decl[choice].options;
	outcome out = {TH_RULE_UNDETERMINED, NULL, NULL};
	for (uint32_t i = 0; i < options; i++) {
		*value = th_rule_choice(i);
		outcome one = settle_within(inputs, rule, budget / options);
		if (i == 0)
			out = one;
		if (one.variant != out.variant)
			out.variant = NULL;
		if (one.status != out.status)
			out = (outcome){TH_RULE_UNDETERMINED, NULL, NULL};
	}
	*value = before;
	return out;
}

static outcome settle(const th_rule_inputs *inputs, const th_requirement *rule)
{
	return settle_within(inputs, rule, TRIALS);
}

static th_verdict conclude(const th_pack *pack, const th_rule_status *status)
{
	/* The worst among the mandatory ones, in this order. */
	static const int worse[TH_RULE_STATUSES] = {0, 3, 2, 1, 0};
	static const th_verdict verdict[] = {TH_ELIGIBLE, TH_VERDICT_EXPERT_REVIEW, TH_VERDICT_UNDETERMINED, TH_NOT_ELIGIBLE};
	int worst = 0;
	for (size_t i = 0; i < pack->requirements; i++) {
		int one = pack->requirement[i].level == TH_RULE_MANDATORY ? worse[status[i]] : 0;
		worst = one > worst ? one : worst;
	}
	return verdict[worst];
}

th_verdict th_rules_verdict(const th_rule_inputs *inputs, th_rule_status *status)
{
	const th_pack *pack = inputs->pack;
	for (size_t i = 0; i < pack->requirements; i++)
		status[i] = settle(inputs, &pack->requirement[i]).status;
	return conclude(pack, status);
}

th_verdict th_rules_verdict_after(const th_rule_inputs *inputs, size_t changed, th_rule_status *status)
{
	const th_pack *pack = inputs->pack;
	for (size_t i = 0; i < pack->requirements; i++)
		if (pack->requirement[i].reach[changed])
			status[i] = settle(inputs, &pack->requirement[i]).status;
	return conclude(pack, status);
}

/* --- what it rests on --- */

static void mark_expr(const th_rule_inputs *inputs, const th_expr *e, bool missing, bool *mark)
{
	if (e)
		th_expr_rests(inputs, e, missing, mark);
}

static void mark_variant(const th_rule_inputs *inputs, const th_rule_variant *variant, bool missing, bool *mark)
{
	if (missing && of_variant(inputs, variant) != TH_RULE_UNDETERMINED)
		return;
	mark_expr(inputs, variant->test, missing, mark);
	for (size_t i = 0; i < variant->limits; i++) {
		if (missing && of_limit(inputs, &variant->limit[i]) != TH_RULE_UNDETERMINED)
			continue;
		th_expr_rests(inputs, variant->limit[i].observed, missing, mark);
		th_expr_rests(inputs, variant->limit[i].required, missing, mark);
	}
}

static void mark_as_is(const th_rule_inputs *inputs, const th_requirement *rule, bool missing, bool *mark)
{
	th_rule_status when = TH_RULE_NOT_MET;
	for (size_t i = 0; when != TH_RULE_MET && i < rule->variants; i++) {
		when = applies(inputs, rule->variant[i].when);
		mark_expr(inputs, rule->variant[i].when, missing, mark);
		if (when != TH_RULE_NOT_MET)
			mark_variant(inputs, &rule->variant[i], missing, mark);
	}
}

/* Of each option of the choices that are not known, what it rests on. */
static void mark_within(const th_rule_inputs *inputs, const th_requirement *rule, bool missing, bool *mark, size_t budget)
{
	uint32_t choice = choice_of(inputs, rule, budget);
	if (choice == TH_NONE) {
		mark_as_is(inputs, rule, missing, mark);
		return;
	}
	th_rule_value *value = &inputs->input[choice].value, before = *value;
	size_t options = inputs->pack->decl[choice].options;
	for (uint32_t i = 0; i < options; i++) {
		*value = th_rule_choice(i);
		if (!missing || settle_within(inputs, rule, budget / options).status == TH_RULE_UNDETERMINED)
			mark_within(inputs, rule, missing, mark, budget / options);
	}
	*value = before;
	mark[choice] = missing;
}

static void mark_rule(const th_rule_inputs *inputs, const th_requirement *rule, bool missing, bool *mark)
{
	mark_within(inputs, rule, missing, mark, TRIALS);
}

/* --- building the results --- */

typedef struct deciding {
	const th_rule_inputs *inputs;
	th_arena *arena;
	bool no_memory;
} deciding;

static void *give(deciding *d, size_t count, size_t size)
{
	void *object = th_arena_alloc(d->arena, count + !count, size);
	d->no_memory |= !object;
	return object;
}

static th_slice give_text(deciding *d, th_buf *buf)
{
	th_slice copy = th_arena_copy(d->arena, th_buf_view(buf));
	d->no_memory |= buf->failed | !copy.ptr;
	th_buf_free(buf);
	return copy;
}

static void add_name(th_slice *list, size_t *count, th_slice name)
{
	if (!th_has_alias(list, *count, name))
		list[(*count)++] = name;
}

/* The names of the marked inputs; an unknown computed value stands for what it lacks. */
static th_slice *names_of(deciding *d, const bool *mark, size_t *count)
{
	const th_pack *pack = d->inputs->pack;
	size_t most = 1;
	for (size_t i = 0; i < pack->decls; i++)
		most += mark[i] ? 1 + d->inputs->input[i].lack_count : 0;
	th_slice *list = give(d, most, sizeof *list);
	*count = 0;
	if (!list)
		return NULL;
	for (size_t i = 0; i < pack->decls; i++) {
		if (!mark[i])
			continue;
		const th_rule_input *input = &d->inputs->input[i];
		for (size_t k = 0; k < input->lack_count; k++)
			add_name(list, count, input->lacks[k]);
		if (input->lack_count == 0)
			add_name(list, count, pack->decl[i].id);
	}
	if (mark[pack->decls])
		add_name(list, count, TH_S("measures"));
	return list;
}

static uint32_t *numbers_of(deciding *d, const bool *mark, size_t *count)
{
	uint32_t *list = give(d, d->inputs->pack->names, sizeof *list);
	*count = 0;
	for (uint32_t i = 0; list && i < d->inputs->pack->names; i++)
		if (mark[i])
			list[(*count)++] = i;
	return list;
}

static th_words fill(deciding *d, const th_rule_result *result, th_words text)
{
	th_buf zh = {0}, en = {0};
	th_template_fill(d->inputs, result, text.zh, TH_LANG_ZH, &zh);
	th_template_fill(d->inputs, result, text.en, TH_LANG_EN, &en);
	th_slice said = give_text(d, &zh);
	return (th_words){said, give_text(d, &en)};
}

static th_words *remarks(deciding *d, const th_rule_result *result, const th_rule_remark *remark, size_t most, size_t *count)
{
	th_words *list = give(d, most, sizeof *list);
	*count = 0;
	for (size_t i = 0; list && i < most; i++)
		if (applies(d->inputs, remark[i].when) == TH_RULE_MET)
			list[(*count)++] = fill(d, result, remark[i].text);
	return list;
}

static void weigh_all(deciding *d, const th_rule_variant *variant, th_rule_result *result)
{
	static const int first[TH_RULE_STATUSES] = {0, 2, 1, 0, 0};
	int worst = 0;
	result->limit = give(d, variant->limits, sizeof *result->limit);
	if (!result->limit)
		return;
	for (size_t i = 0; i < variant->limits; i++) {
		result->limit[i] = th_rule_limit_weigh(d->inputs, &variant->limit[i]);
		if (first[result->limit[i].status] > worst) {
			worst = first[result->limit[i].status];
			result->binding = i;
		}
	}
	result->limits = variant->limits;
}

static void decide_one(deciding *d, const th_requirement *rule, th_rule_result *result)
{
	outcome out = settle(d->inputs, rule);
	bool *missing = give(d, d->inputs->pack->names, sizeof *missing), *used = give(d, d->inputs->pack->names, sizeof *used);
	if (d->no_memory)
		return;
	*result = (th_rule_result){.requirement = rule, .variant = out.variant, .status = out.status, .quote = rule->quote};
	if (out.variant) {
		result->quote = out.variant->quote.len ? out.variant->quote : rule->quote;
		weigh_all(d, out.variant, result);
	}
	mark_rule(d->inputs, rule, false, used);
	if (out.status == TH_RULE_UNDETERMINED)
		mark_rule(d->inputs, rule, true, missing);
	if (out.otherwise) {
		result->quote = out.otherwise->quote.len ? out.otherwise->quote : result->quote;
		th_expr_rests(d->inputs, out.otherwise->when, false, used);
	}
	result->missing = names_of(d, missing, &result->missings);
	result->used = numbers_of(d, used, &result->useds);
	if (d->no_memory)
		return;
	result->why = fill(d, result, out.otherwise ? out.otherwise->why : (out.variant ? out.variant->why : rule->why)[out.status]);
	result->caveat = remarks(d, result, rule->caveat, rule->caveats, &result->caveats);
}

static void find_flips(th_rule_results *out, th_rule_status *status)
{
	for (size_t i = 0; i < out->results; i++) {
		th_rule_status now = status[i];
		status[i] = now == TH_RULE_MET ? TH_RULE_NOT_MET : TH_RULE_MET;
		out->result[i].flips = now != TH_RULE_NOT_APPLICABLE && conclude(out->pack, status) != out->verdict;
		status[i] = now;
	}
}

static void find_route(deciding *d, th_rule_results *out)
{
	const th_pack *pack = d->inputs->pack;
	bool *mark = give(d, pack->names, sizeof *mark);
	th_rule_status when = TH_RULE_NOT_MET;
	const th_rule_route *route = pack->route;
	for (; when == TH_RULE_NOT_MET && route < pack->route + pack->routes; route++)
		when = applies(d->inputs, route->when);
	if (when == TH_RULE_MET)
		out->route = route - 1;
	if (mark && when == TH_RULE_UNDETERMINED)
		th_expr_rests(d->inputs, route[-1].when, true, mark);
	out->route_missing = mark ? names_of(d, mark, &out->route_missings) : NULL;
}

static void find_domains(deciding *d, th_rule_results *out)
{
	const th_pack *pack = d->inputs->pack;
	out->domain = give(d, pack->domains, sizeof *out->domain);
	for (uint32_t domain = 0; out->domain && domain < pack->domains; domain++) {
		bool found = false;
		for (size_t i = 0; i < d->inputs->measures; i++)
			found |= th_rule_measure_domain(pack, &d->inputs->measure[i]) == domain;
		if (found)
			out->domain[out->domains++] = domain;
	}
}

/* What the other reading of a definition says, when it says something else. */
static void try_reading(deciding *d, const th_rule_inputs *other, const th_rule_status *now, th_rule_alternative *alternative)
{
	size_t rules = d->inputs->pack->requirements;
	th_rule_status *status = give(d, rules, sizeof *status), *differing = give(d, rules, sizeof *differing);
	uint32_t *rule = give(d, rules, sizeof *rule);
	if (d->no_memory)
		return;
	memcpy(status, now, rules * sizeof *status);
	alternative->verdict = th_rules_verdict_after(other, d->inputs->pack->names + alternative->define, status);
	for (uint32_t i = 0; i < rules; i++)
		if (status[i] != now[i]) {
			rule[alternative->requirements] = i;
			differing[alternative->requirements++] = status[i];
		}
	alternative->requirement = rule;
	alternative->status = differing;
}

static void find_alternatives(deciding *d, const th_rule_status *status, th_rule_results *out)
{
	const th_pack *pack = d->inputs->pack;
	th_rule_inputs other = *d->inputs;
	size_t most = 0;
	for (size_t i = 0; i < pack->defines; i++)
		most += pack->define[i].readings;
	out->alternative = give(d, most, sizeof *out->alternative);
	other.chosen = give(d, pack->defines, sizeof *other.chosen);
	for (size_t i = 0; other.chosen && i < pack->defines; i++)
		other.chosen[i] = d->inputs->chosen[i];
	for (uint32_t i = 0; !d->no_memory && i < pack->defines; i++) {
		for (uint32_t k = 0; k < pack->define[i].readings; k++) {
			if (k == d->inputs->chosen[i])
				continue; /* it says what is said */
			th_rule_alternative *alternative = &out->alternative[out->alternatives];
			*alternative = (th_rule_alternative){.define = i, .reading = k};
			other.chosen[i] = k;
			try_reading(d, &other, status, alternative);
			out->alternatives += alternative->requirements > 0;
		}
		other.chosen[i] = d->inputs->chosen[i];
	}
}

th_status th_rules_decide(const th_rule_inputs *inputs, th_arena *arena, th_rule_results *out)
{
	const th_pack *pack = inputs->pack;
	deciding d = {inputs, arena, false};
	*out = (th_rule_results){.pack = pack};
	th_rule_status *status = give(&d, pack->requirements, sizeof *status);
	out->result = give(&d, pack->requirements, sizeof *out->result);
	for (; !d.no_memory && out->results < pack->requirements; out->results++) {
		decide_one(&d, &pack->requirement[out->results], &out->result[out->results]);
		status[out->results] = out->result[out->results].status;
	}
	if (!d.no_memory) {
		out->verdict = conclude(pack, status);
		find_flips(out, status);
		find_domains(&d, out);
		find_route(&d, out);
		out->caveat = remarks(&d, NULL, pack->caveat, pack->caveats, &out->caveats);
		find_alternatives(&d, status, out);
		if (out->verdict == TH_ELIGIBLE && pack->claim.zh.len)
			out->claim = fill(&d, NULL, pack->claim);
	}
	return d.no_memory ? TH_SYSTEM : TH_OK;
}
