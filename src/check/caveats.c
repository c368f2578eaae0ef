/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What does not fit together in a case, or is less than it seems. None of it decides anything. */

#include <stdarg.h>
#include <stdio.h>

#include "check/run.h"

enum { MOST_ARGS = 6 };

static void say(th_checking *s, th_code code, const char *file, size_t line, ...)
{
	th_assessment *a = s->a;
	th_check_caveat *grown = a->caveat;
	if (a->caveats % 16 == 0) {
		grown = th_arena_alloc(&a->arena, a->caveats + 16, sizeof *grown);
		if (grown && a->caveats)
			memcpy(grown, a->caveat, a->caveats * sizeof *grown);
	}
	th_slice *arg = th_arena_alloc(&a->arena, MOST_ARGS, sizeof *arg);
	if (!grown || !arg) {
		th_check_no_memory(s);
		return;
	}
	size_t args = 0;
	va_list list;
	va_start(list, line);
	for (const char *text; args < MOST_ARGS && (text = va_arg(list, const char *)) != NULL;)
		arg[args++] = th_slice_of(text);
	va_end(list);
	a->caveat = grown;
	a->caveat[a->caveats++] = (th_check_caveat){.code = code, .arg = arg, .args = args, .file = file, .line = line};
}

static const char *number(th_checking *s, long long value)
{
	th_buf text = {0};
	th_buf_printf(&text, "%lld", value);
	return th_check_built(s, &text);
}

static const char *tonnes(th_checking *s, th_mass mass)
{
	th_buf text = {0};
	th_put_mass(&text, mass, 3);
	return th_check_built(s, &text);
}

static void absent_files(th_checking *s)
{
	for (size_t i = 0; i < s->a->files; i++)
		if (!s->a->file[i].found)
			say(s, TH_CASE_FILE_ABSENT, NULL, 0, s->a->file[i].path, (char *)NULL);
}

/* One caveat for each file of examples, with the parameters that come from it. */
static void illustrative(th_checking *s)
{
	const th_assessment *a = s->a;
	for (size_t f = 0; f < a->files; f++) {
		th_buf names = {0};
		for (size_t i = 0; a->file[f].illustrative && i < a->params; i++)
			if (a->param[i].supplied && a->param[i].file == a->file[f].path) {
				th_buf_str(&names, names.len ? ", " : "");
				th_buf_slice(&names, a->pack->decl[a->param[i].decl].id);
			}
		bool any = names.len > 0;
		const char *text = th_check_built(s, &names);
		if (any)
			say(s, TH_PARAMS_ILLUSTRATIVE, a->file[f].path, 0, text, a->file[f].path, (char *)NULL);
	}
}

/* Measures with something in common, by their ids. */
typedef bool (*chooser)(const th_measure *measure, const th_period *end);

static bool is_unquantified(const th_measure *measure, const th_period *end)
{
	(void)end;
	return !measure->has_reduction;
}

static bool is_apart(const th_measure *measure, const th_period *end)
{
	(void)end;
	return measure->has_reduction && !th_check_counts(measure);
}

static bool is_late(const th_measure *measure, const th_period *end)
{
	return th_check_counts(measure) && measure->dated && measure->from > end->to;
}

static bool has_ended(const th_measure *measure, const th_period *end)
{
	return th_check_counts(measure) && measure->dated && measure->to < end->to;
}

static size_t choose(th_checking *s, chooser wanted, const th_period *end, const char **ids)
{
	const th_measures *all = &s->a->measures;
	th_buf names = {0};
	size_t count = 0;
	for (size_t i = 0; i < all->count; i++)
		if (wanted(&all->measure[i], end)) {
			th_buf_str(&names, count++ ? ", " : "");
			th_buf_slice(&names, all->measure[i].id);
		}
	*ids = th_check_built(s, &names);
	return count;
}

static void measures(th_checking *s, const th_period *end)
{
	const th_measures *all = &s->a->measures;
	const char *ids;
	size_t count = choose(s, is_unquantified, end, &ids);
	if (count)
		say(s, TH_MEASURES_UNQUANTIFIED, all->path, 0, number(s, (long long)count), number(s, (long long)all->count), ids, (char *)NULL);
	if (choose(s, is_apart, end, &ids))
		say(s, TH_MEASURES_APART, all->path, 0, ids, (char *)NULL);
	if (end && choose(s, is_late, end, &ids))
		say(s, TH_MEASURES_LATE, all->path, 0, ids, (char *)NULL);
	if (end && choose(s, has_ended, end, &ids))
		say(s, TH_MEASURES_ENDED, all->path, 0, ids, (char *)NULL);
}

/* A year that a requirement wants and that the inventory has only in part. */
static void part_year(th_checking *s, const th_period *period)
{
	const th_check_year *year = period ? th_check_year_of(s->a, period->last_year) : NULL;
	if (!year || th_check_whole_year(s->a, year->year))
		return;
	say(s, TH_INVENTORY_YEAR, s->a->file[TH_CASE_INVENTORY].path, 0, number(s, year->year), number(s, year->months),
	    year->whole ? "0" : "> 0", (char *)NULL);
}

static const char *day(th_checking *s, int32_t number_of)
{
	int y, m, d;
	th_buf text = {0};
	th_day_split(number_of, &y, &m, &d);
	th_buf_printf(&text, "%04d-%02d-%02d", y, m, d);
	return th_check_built(s, &text);
}

static void targets(th_checking *s, const th_period *start, const th_period *end)
{
	const th_targets *all = &s->a->targets;
	bool mixed = false;
	for (size_t i = 0; i < all->count; i++) {
		const th_target *target = &all->target[i];
		mixed |= target->kind != all->target[0].kind;
		if (start && end && (target->when.last_year < start->first_year || target->when.last_year > end->last_year))
			say(s, TH_TARGET_OUTSIDE, all->path, target->line, th_check_text(s, target->phase), number(s, target->when.last_year),
			    day(s, start->from), day(s, end->to), (char *)NULL);
	}
	if (mixed)
		say(s, TH_TARGETS_MIXED, all->path, 0, (char *)NULL);
}

/* Do the measures explain the way from the base year to the last gross target within the period? */
static void gap(th_checking *s, const th_period *base, const th_period *end)
{
	const th_check_year *year = th_check_whole_year(s->a, base->last_year);
	const th_target *last = NULL;
	th_mass annual;
	for (size_t i = 0; i < s->a->targets.count; i++) {
		const th_target *target = &s->a->targets.target[i];
		if (target->kind == TH_TARGET_GROSS && target->when.last_year <= end->last_year && (!last || target->when.last_year >= last->when.last_year))
			last = target;
	}
	if (!year || !last || !th_check_annual(s->a, end->to, &annual) || year->gross - annual <= last->mass)
		return;
	say(s, TH_MEASURES_SHORT, s->a->targets.path, last->line, tonnes(s, year->gross), number(s, year->year), tonnes(s, last->mass),
	    number(s, last->when.last_year), tonnes(s, annual), (char *)NULL);
}

void th_check_cross_check(th_checking *s)
{
	th_rule_value base = th_check_fact(s->a, "base_year"), start = th_check_fact(s->a, "start"), end = th_check_fact(s->a, "end");
	bool has_base = base.known && base.type == TH_RULE_DATE, has_start = start.known && start.type == TH_RULE_DATE,
	     has_end = end.known && end.type == TH_RULE_DATE;
	absent_files(s);
	illustrative(s);
	part_year(s, has_base ? &base.date : NULL);
	part_year(s, has_end ? &end.date : NULL);
	measures(s, has_end ? &end.date : NULL);
	targets(s, has_start ? &start.date : NULL, has_end ? &end.date : NULL);
	if (has_base && has_end)
		gap(s, &base.date, &end.date);
}
