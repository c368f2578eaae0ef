/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be read and is hardly meant: parameters, sizes, targets, measures that stand twice. None of it decides anything. No bound is made up: what
 * is doubted contradicts its own unit, another cell, or says nothing at all. */

#include <stdio.h>

#include "base/utf8.h"
#include "check/run.h"
#include "rules/expr.h"

enum { MOST_COMPARED = 1000 };

static const char *named(th_checking *s, const th_rule_decl *decl)
{
	return th_check_both(s, decl->id, decl->name.zh);
}

/* --- parameters --- */

/* What is usual is within what is allowed; else one of the two is a slip, and the limit for experts decides before the one of the text. */
static void usual_above_most(th_checking *s)
{
	const th_pack *pack = s->a->pack;
	uint32_t usual = th_pack_param(pack, TH_S("peak_years_usual")), most = th_pack_param(pack, TH_S("peak_years_max"));
	if (usual == TH_NONE || most == TH_NONE)
		return;
	const th_rule_input *a = &s->a->inputs.input[usual], *b = &s->a->inputs.input[most];
	if (a->value.known && b->value.known && a->value.type == TH_RULE_NUMBER && b->value.type == TH_RULE_NUMBER && th_exact_cmp(a->value.number, b->value.number) > 0)
		th_check_say(s, TH_PARAMS_USUAL_ABOVE, a->file, a->line, th_check_text(s, a->text), th_check_text(s, b->text), th_check_text(s, pack->decl[usual].id),
		    th_check_text(s, pack->decl[most].id), (char *)NULL);
}

/* 1.11 of 0.0111: what a share is in percent, that was written as a fraction. */
static const char *in_percent(th_checking *s, th_slice text)
{
	th_decimal value;
	unsigned notes;
	th_buf percent = {0};
	if (th_number_parse(text, &value, &notes) == TH_NUM_OK)
		th_put_decimal(&percent, (th_decimal){value.mant, value.exp + 2});
	return th_check_built(s, &percent);
}

static void share(th_checking *s, const th_check_param *param, const th_rule_decl *decl)
{
	const double value = (double)param->number.number.num / (double)param->number.number.den;
	if (value >= 1)
		th_check_say(s, TH_PARAM_SHARE_ALL, param->file, param->line, named(s, decl), th_check_text(s, param->value), th_check_text(s, param->unit), (char *)NULL);
	else if (value < s->a->reference->plausible.bound[TH_BOUND_SHARE])
		th_check_say(s, TH_PARAM_SHARE_TINY, param->file, param->line, named(s, decl), th_check_text(s, param->value), in_percent(s, param->value),
		             th_check_text(s, param->unit), (char *)NULL);
}

static void params(th_checking *s)
{
	for (size_t i = 0; i < s->a->params; i++) {
		const th_check_param *param = &s->a->param[i];
		const th_rule_decl *decl = &s->a->pack->decl[param->decl];
		if (!param->supplied || !param->number.known || param->number.type != TH_RULE_NUMBER)
			continue;
		if (param->number.number.num == 0)
			th_check_say(s, TH_PARAM_ZERO, param->file, param->line, named(s, decl), (char *)NULL);
		else if (th_slice_eq(decl->unit_text, TH_S("%")) && th_slice_eq(param->unit, TH_S("%")))
			share(s, param, decl);
	}
}

/* --- sizes --- */

/* Of what there are only whole ones. */
static bool is_count(th_checking *s, const th_rule_decl *decl)
{
	static const char *const counted[] = {"household", "person"};
	bool found = false;
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
		th_unit unit;
		th_slice at;
		found |= th_unit_parse(s->a->reference->units, th_slice_of(counted[i]), &unit, &at) == TH_UNIT_OK && th_unit_same_dimension(&unit, &decl->unit);
	}
	return found;
}

static void sizes(th_checking *s)
{
	const th_pack *pack = s->a->pack;
	for (size_t i = 0; i < pack->facts; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		const th_rule_input *input = &s->a->inputs.input[i];
		if (!input->value.known || input->value.type != TH_RULE_NUMBER)
			continue;
		if (input->value.number.den != 1 && is_count(s, decl))
			th_check_say(s, TH_FACT_PART_OF_ONE, input->file, input->line, named(s, decl), th_check_text(s, input->text),
			             th_check_text(s, input->unit_text.len ? input->unit_text : decl->unit_text), (char *)NULL);
	}
}

/* A household is one person or more. */
static void persons(th_checking *s)
{
	uint32_t people = th_pack_fact(s->a->pack, TH_S("population")), homes = th_pack_fact(s->a->pack, TH_S("households"));
	if (people == TH_NONE || homes == TH_NONE)
		return;
	const th_rule_input *a = &s->a->inputs.input[people], *b = &s->a->inputs.input[homes];
	bool both = a->value.known && b->value.known && a->value.type == TH_RULE_NUMBER && b->value.type == TH_RULE_NUMBER && a->value.number.num > 0;
	if (both && th_exact_cmp(a->value.number, b->value.number) < 0)
		th_check_say(s, TH_FACT_PERSONS_FEW, a->file, a->line, th_check_text(s, a->text), th_check_text(s, b->text), (char *)NULL);
}

/* --- targets --- */

static const char *tonnes(th_checking *s, const th_target *target)
{
	th_buf text = {0};
	th_put_mass_rounded(&text, target->mass, 3, 2, true);
	return th_check_built(s, &text);
}

static const char *year(th_checking *s, const th_target *target)
{
	th_buf text = {0};
	th_buf_printf(&text, "%d", target->when.last_year);
	return th_check_built(s, &text);
}

/* Of one kind in an earlier year, the latest such. */
static const th_target *before(const th_targets *all, const th_target *target)
{
	const th_target *found = NULL;
	for (size_t i = 0; i < all->count; i++) {
		const th_target *t = &all->target[i];
		if (t->kind == target->kind && t->when.last_year < target->when.last_year && (!found || t->when.last_year > found->when.last_year))
			found = t;
	}
	return found;
}

static const char *percent(th_checking *s, th_decimal value)
{
	th_buf text = {0};
	th_put_decimal(&text, value);
	return th_check_built(s, &text);
}

static const char *of_mass(th_checking *s, th_mass mass)
{
	return tonnes(s, &(th_target){.mass = mass});
}

void th_check_compare_targets(th_checking *s, th_check_file *file, const th_check_year *base)
{
	th_targets *all = &s->a->targets;
	bool wrong = false;
	for (size_t i = 0; i < all->count; i++) {
		const th_target *t = &all->target[i];
		th_mass left;
		char line[24], of[24];
		if (t->less.line == 0)
			continue;
		if (!base || th_target_agrees(t, base->gross, &left)) {
			th_check_say(s, base ? TH_TARGET_TWO_WAYS : TH_TARGET_UNCOMPARED, all->path, t->line, year(s, t), tonnes(s, t), percent(s, t->less.percent), (char *)NULL);
			continue;
		}
		wrong = true;
		snprintf(line, sizeof line, "%zu", t->less.line);
		snprintf(of, sizeof of, "%d", base->year);
		const size_t before_it = th_diags_errors(s->diags) - file->errors;
		const th_status status = th_report(s->diags, TH_TARGET_CONTRADICTS, (th_pos){all->path, t->line, 1, "emissions"}, year(s, t), tonnes(s, t),
		                                   percent(s, t->less.percent), line, of_mass(s, base->gross), of, of_mass(s, left), (char *)NULL);
		th_check_worse(s, th_check_excuse(s, file, before_it, status));
	}
	all->count = wrong ? 0 : all->count;
}

/* Nobody says of which emissions the percent is. */
static void percent_of_net(th_checking *s, const th_target *t)
{
	const th_targets *all = &s->a->targets;
	for (size_t i = 0; i < all->count && t->of_base && t->kind == TH_TARGET_GROSS; i++) {
		const th_target *net = &all->target[i];
		if (net->kind == TH_TARGET_NET && net->when.last_year == t->when.last_year)
			th_check_say(s, TH_TARGET_PERCENT_NET, all->path, t->line, year(s, t), percent(s, t->emissions), tonnes(s, t), tonnes(s, net), (char *)NULL);
	}
}

static void targets(th_checking *s)
{
	const th_targets *all = &s->a->targets;
	for (size_t i = 0; i < all->count && all->count <= MOST_COMPARED; i++) {
		const th_target *t = &all->target[i], *earlier = before(all, t);
		percent_of_net(s, t);
		if (t->kind != TH_TARGET_GROSS && t->kind != TH_TARGET_NET)
			continue;
		if (earlier && t->mass > earlier->mass)
			th_check_say(s, TH_TARGET_UPWARD, all->path, t->line, th_check_text(s, t->phase), tonnes(s, t), year(s, t), th_check_text(s, earlier->phase), tonnes(s, earlier),
			             year(s, earlier), (char *)NULL);
		for (size_t k = 0; k < all->count && t->kind == TH_TARGET_NET; k++) {
			const th_target *gross = &all->target[k];
			if (gross->kind == TH_TARGET_GROSS && gross->when.last_year == t->when.last_year && t->mass > gross->mass)
				th_check_say(s, TH_TARGET_NET_ABOVE, all->path, t->line, year(s, t), tonnes(s, t), tonnes(s, gross), (char *)NULL);
		}
	}
}

/* --- measures that stand twice --- */

/* Do two cells say the same, or one of them nothing? */
static bool agree(bool has, bool other_has, bool same)
{
	return !has || !other_has || same;
}

static bool same_days(const th_period *a, const th_period *b)
{
	return a->from == b->from && a->to == b->to;
}

/* Nothing that both say tells them apart, beside the name, and at least one thing beside it they both say. */
static bool is_copy(const th_check_measure *one, const th_check_measure *other)
{
	const th_measure *a = one->measure, *b = other->measure;
	bool amounts = a->has_reduction && b->has_reduction, starts = a->has_start && b->has_start, ends = a->has_end && b->has_end;
	return one->domain == other->domain && (amounts || starts || ends || !(a->has_reduction || b->has_reduction)) && agree(a->has_reduction, b->has_reduction, a->reduction == b->reduction) &&
	       agree(a->has_start, b->has_start, same_days(&a->start, &b->start)) && agree(a->has_end, b->has_end, same_days(&a->end, &b->end)) &&
	       a->state != TH_MEASURE_CANCELLED && b->state != TH_MEASURE_CANCELLED && (!th_index_is(a->activity) || !th_index_is(b->activity) || th_index_same(a->activity, b->activity));
}

static void copies(th_checking *s)
{
	const th_assessment *a = s->a;
	size_t count = a->measures.count < MOST_COMPARED ? a->measures.count : MOST_COMPARED;
	th_slice *name = th_arena_alloc(&s->a->arena, count + 1, sizeof *name);
	if (!name) {
		th_check_no_memory(s);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		th_buf key = {0};
		th_utf8_key(a->measure[i].measure->name, &key);
		name[i] = th_slice_of(th_check_built(s, &key));
		for (size_t k = 0; k < i; k++)
			if (th_slice_eq(name[k], name[i]) && is_copy(&a->measure[k], &a->measure[i])) {
				th_check_say(s, TH_MEASURES_COPIES, a->measures.path, a->measure[i].measure->line, th_check_text(s, a->measure[k].measure->id),
				             th_check_text(s, a->measure[i].measure->id), (char *)NULL);
				break;
			}
	}
}

void th_check_doubt(th_checking *s)
{
	usual_above_most(s);
	params(s);
	sizes(s);
	persons(s);
	targets(s);
	copies(s);
}
