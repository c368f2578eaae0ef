/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A case with one thing changed, decided again: what is counted and computed from it too, where it could matter. */

#include "base/day.h"
#include "check/flip.h"

static void *room(th_bench *b, size_t count, size_t size)
{
	return th_arena_alloc(&b->arena, count + 1, size);
}

/* All of the copy that a setting can touch, as in the case. */
static void reset(th_bench *b)
{
	const th_assessment *real = b->s->a;
	memcpy(b->a.inputs.input, real->inputs.input, real->pack->decls * sizeof *real->inputs.input);
	b->a.inputs.measure = real->inputs.measure;
	b->a.inputs.measures = real->inputs.measures;
	for (size_t i = 0; i < real->measures.count; i++) {
		b->a.measures.measure[i] = real->measures.measure[i];
		b->a.measure[i] = real->measure[i];
		b->a.measure[i].measure = &b->a.measures.measure[i];
	}
	for (size_t i = 0; i < real->years; i++)
		b->a.year[i] = real->year[i];
	for (size_t i = 0; i < b->account.holes; i++)
		memcpy(b->account.hole[i].year, real->account->hole[i].year, real->account->hole[i].years * sizeof *b->account.hole[i].year);
	b->trial.status = TH_OK;
}

static bool copy_holes(th_bench *b)
{
	const th_account *real = b->s->a->account;
	if (!real)
		return true;
	b->account = *real;
	b->account.hole = room(b, real->holes, sizeof *b->account.hole);
	b->a.account = &b->account;
	bool ok = b->account.hole;
	for (size_t i = 0; ok && i < real->holes; i++) {
		b->account.hole[i] = real->hole[i];
		b->account.hole[i].year = room(b, real->hole[i].years, sizeof *real->hole[i].year);
		ok = b->account.hole[i].year;
	}
	return ok;
}

bool th_bench_open(th_bench *b, th_checking *s)
{
	const th_assessment *real = s->a;
	*b = (th_bench){.s = s, .a = *real, .trial = *s, .only = TH_NONE};
	b->trial.a = &b->a;
	b->trial.diags = th_diags_new(); /* what a trial finds is about nobody's case */
	b->a.measures.measure = room(b, real->measures.count, sizeof *b->a.measures.measure);
	b->a.measure = room(b, real->measures.count, sizeof *b->a.measure);
	b->a.year = room(b, real->years, sizeof *b->a.year);
	b->handed = room(b, real->measures.count, sizeof *b->handed);
	b->now = room(b, real->results.results, sizeof *b->now);
	b->status = room(b, real->results.results, sizeof *b->status);
	bool ok = b->trial.diags && b->a.measures.measure && b->a.measure && b->a.year && b->handed && b->now && b->status &&
	          copy_holes(b) && th_rule_inputs_copy(&real->inputs, &b->arena, &b->a.inputs) == TH_OK;
	if (!ok) {
		th_bench_close(b);
		return th_check_no_memory(s);
	}
	for (size_t i = 0; i < real->results.results; i++)
		b->now[i] = real->results.result[i].status;
	reset(b);
	return true;
}

void th_bench_close(th_bench *b)
{
	th_diags_free(b->trial.diags);
	th_arena_free(&b->arena);
	th_arena_free(&b->round);
}

static th_period day_of(int32_t day)
{
	int year, month, mday;
	th_day_split(day, &year, &month, &mday);
	return (th_period){.from = day, .to = day, .first_year = year, .last_year = year, .num = 1,
	                   .den = (uint64_t)(th_day(year + 1, 1, 1) - th_day(year, 1, 1))};
}

/* The list of measures that the rules see has no cancelled one. */
static void hand_over(th_bench *b)
{
	const th_assessment *real = b->s->a;
	b->a.inputs.measures = 0;
	for (size_t i = 0; i < real->inputs.measures; i++) {
		const th_rule_measure *row = &real->inputs.measure[i];
		bool cancelled = false;
		for (size_t k = 0; k < b->a.measures.count; k++)
			cancelled |= b->a.measures.measure[k].line == row->line && b->a.measures.measure[k].state == TH_MEASURE_CANCELLED;
		if (!cancelled)
			b->handed[b->a.inputs.measures++] = *row;
	}
	b->a.inputs.measure = b->handed;
}

static bool set_fact(th_bench *b, const th_lever *l, const th_setting *to)
{
	th_rule_input *input = &b->a.inputs.input[l->at];
	const th_rule_decl *decl = &b->a.pack->decl[l->at];
	if (l->evidenced)
		input->evidence = TH_S("-");
	if (l->scale == TH_FLIP_NUMBER)
		input->value = th_rule_number(to->number, l->unit);
	else if (l->scale == TH_FLIP_DAY)
		input->value = th_rule_date(day_of(to->day));
	else
		input->value = decl->type == TH_RULE_BOOL ? th_rule_bool(to->option == 1) : decl->type == TH_RULE_TEXT ? th_rule_text(TH_S("-"))
		                                                                                                         : th_rule_choice(to->option);
	if (decl->is_year) {
		int year = (int)to->option;
		th_period whole = {.from = th_day(year, 1, 1), .to = th_day(year, 12, 31), .first_year = year, .last_year = year, .num = 1, .den = 1};
		input->value = th_rule_date(whole);
		return th_bench_set_base(b, year);
	}
	if (decl->type == TH_RULE_LIST)
		input->value = (th_rule_value){.known = true, .type = TH_RULE_LIST, .list = UINT64_C(1) << to->option};
	return input->value.known;
}

/* False where such a case could not be. */
static bool set(th_bench *b, const th_lever *l, const th_setting *to)
{
	bool is_measure = l->kind == TH_FLIP_MEASURE || l->kind == TH_FLIP_CANCEL || l->kind == TH_FLIP_EFFECT;
	th_measure *measure = is_measure ? &b->a.measures.measure[l->at] : NULL;
	switch (l->kind) {
	case TH_FLIP_EVIDENCE:
		b->a.inputs.input[l->at].evidence = to->option ? TH_S("-") : (th_slice){"", 0};
		return true;
	case TH_FLIP_MEASURE:
		measure->has_reduction = th_lever_mass(to->number, &measure->reduction) && measure->reduction >= 0;
		return measure->has_reduction;
	case TH_FLIP_CANCEL:
		measure->state = TH_MEASURE_CANCELLED;
		hand_over(b);
		return true;
	case TH_FLIP_EFFECT:
		return th_measure_begin(measure, to->day);
	case TH_FLIP_FACTOR:
	case TH_FLIP_GWP:
	case TH_FLIP_ACTIVITY:
	case TH_FLIP_SCOPE:
		return th_bench_set_part(b, l, to);
	case TH_FLIP_LINE:
	case TH_FLIP_NCV:
	case TH_FLIP_CARBON:
		return th_bench_set_stated(b, l, to);
	case TH_FLIP_MONTHS:
		return th_bench_set_months(b, l, to);
	default:
		return set_fact(b, l, to);
	}
}

static bool dates_in_order(const th_assessment *a)
{
	th_rule_value start = th_check_fact(a, "start"), end = th_check_fact(a, "end");
	bool dates = start.known && end.known && start.type == TH_RULE_DATE && end.type == TH_RULE_DATE;
	return !dates || start.date.from <= end.date.to;
}

const th_flip_given *th_bench_given(th_bench *b)
{
	th_flip_given *list = th_arena_alloc(&b->s->a->arena, b->givens + 1, sizeof *list);
	if (!list)
		th_check_no_memory(b->s);
	for (size_t i = 0; list && i < b->givens; i++) {
		const th_lever *l = &b->given[i];
		list[i] = (th_flip_given){.kind = l->kind, .scale = l->scale, .decl = l->at, .option = b->given_to[i].option, .what = l->what,
		                          .unit_text = l->unit_text, .name = l->name, .at = b->given_to[i].number, .day = b->given_to[i].day, .evidenced = l->evidenced};
	}
	return list;
}

static bool is_whole(const th_bench *b, const th_lever *l)
{
	bool is_year = l->kind == TH_FLIP_FACT && b->s->a->pack->decl[l->at].is_year;
	return is_year || (l->kind != TH_FLIP_PARAM && l->kind != TH_FLIP_FACT && l->kind != TH_FLIP_EVIDENCE) || l->scale == TH_FLIP_DAY;
}

bool th_bench_try(th_bench *b, const th_lever *l, const th_setting *to)
{
	bool whole = is_whole(b, l), ok = set(b, l, to);
	for (size_t i = 0; i < b->givens && ok; i++) {
		whole |= is_whole(b, &b->given[i]);
		ok = &b->given[i] == l || set(b, &b->given[i], &b->given_to[i]);
	}
	ok = ok && dates_in_order(&b->a);
	if (ok && whole) {
		b->a.arena = b->round;
		th_check_count(&b->trial);
		th_check_compute(&b->trial);
		b->round = b->a.arena;
		ok = b->trial.status == TH_OK;
	}
	if (ok)
		b->verdict = th_rules_verdict(&b->a.inputs, b->status);
	if (b->trial.status == TH_SYSTEM)
		th_check_worse(b->s, TH_SYSTEM);
	th_arena_reset(&b->round);
	reset(b);
	return ok;
}
