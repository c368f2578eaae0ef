/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What does not fit together in a case, or is less than it seems. None of it decides anything. */

#include <stdio.h>

#include "check/run.h"
#include "base/filename.h"
#include "rules/expr.h"

static const char *number(th_checking *s, long long value)
{
	th_buf text = {0};
	th_buf_printf(&text, "%lld", value);
	return th_check_built(s, &text);
}

/* As tables have it: two decimals; one that they would make a zero, whole. */
static const char *tonnes(th_checking *s, th_mass mass)
{
	th_buf text = {0};
	th_put_mass_rounded(&text, mass, 3, 2, true);
	if (mass != 0 && (th_slice_eq(th_buf_view(&text), TH_S("0.00")) || th_slice_eq(th_buf_view(&text), TH_S("-0.00")))) {
		th_buf_clear(&text);
		th_put_mass(&text, mass, 3);
	}
	return th_check_built(s, &text);
}

static void absent_files(th_checking *s)
{
	for (size_t i = 0; i < s->a->files; i++)
		if (s->a->file[i].unfilled)
			th_check_say(s, TH_LINE_UNFILLED, s->a->file[i].path, s->a->file[i].unfilled_line, (char *)NULL);
		else if (th_check_misses(&s->a->file[i]))
			th_check_say(s, TH_CASE_FILE_ABSENT, NULL, 0, s->a->file[i].path, (char *)NULL);
}

/* What was said of files while they were read; the account has said it of those that are its own. */
static void said_of_files(th_checking *s)
{
	th_finding found;
	for (size_t at = 0; th_diags_caveat(s->diags, &at, &found);) {
		if (!found.file || (s->a->account && th_account_has_said(s->a->account, &found)))
			continue;
		th_slice arg[TH_CHECK_ARGS];
		size_t args = found.args < TH_CHECK_ARGS ? found.args : TH_CHECK_ARGS;
		for (size_t i = 0; i < args; i++)
			arg[i] = th_slice_of(th_check_text(s, found.arg[i]));
		th_check_add_caveat(s, found.code, th_check_text(s, th_slice_of(found.file)), found.line, arg, args);
	}
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
			th_check_say(s, TH_PARAMS_ILLUSTRATIVE, a->file[f].path, 0, text, a->file[f].path, (char *)NULL);
	}
}

/* Measures with something in common, by their ids. */
typedef bool (*chooser)(const th_check_measure *m);

static bool is_unquantified(const th_check_measure *m)
{
	return !m->measure->has_reduction && th_check_counts(m);
}

static bool is_apart(const th_check_measure *m)
{
	return m->count == TH_COUNT_APART && m->measure->has_reduction;
}

static bool is_cancelled(const th_check_measure *m)
{
	return m->count == TH_COUNT_CANCELLED;
}

static bool is_late(const th_check_measure *m)
{
	return m->count == TH_COUNT_LATE;
}

static bool has_ended(const th_check_measure *m)
{
	return m->count == TH_COUNT_ENDED;
}

static bool was_before(const th_check_measure *m)
{
	return m->count != TH_COUNT_CANCELLED && m->before_num > 0;
}

static bool is_endless(const th_check_measure *m)
{
	return m->measure->endless && (th_check_counts(m) ? m->annual.high > 0 || !m->annual.bounded : m->count == TH_COUNT_APART);
}

static bool is_undated(const th_check_measure *m)
{
	return m->count == TH_COUNT_UNDATED;
}

static bool is_absent(const th_check_measure *m)
{
	return m->count == TH_COUNT_ABSENT;
}

static size_t choose(th_checking *s, chooser wanted, const char **ids)
{
	const th_assessment *a = s->a;
	th_buf names = {0};
	size_t count = 0;
	for (size_t i = 0; i < a->measures.count; i++)
		if (wanted(&a->measure[i])) {
			th_buf_str(&names, count++ ? ", " : "");
			th_buf_slice(&names, a->measure[i].measure->id);
		}
	*ids = th_check_built(s, &names);
	return count;
}

/* Names of papers of that state, with their facts' lines. */
static void papers(th_checking *s, th_evidence_state state, th_code code)
{
	const th_assessment *a = s->a;
	th_buf names = {0};
	size_t count = 0, line = 0;
	for (size_t i = 0; i < a->papers; i++) {
		const th_check_paper *paper = &a->paper[i];
		if (paper->evidence.state != state || !a->inputs.input[paper->decl].value.known)
			continue;
		char where[2][48];
		int en = snprintf(where[0], sizeof where[0], " (line %zu)", a->inputs.input[paper->decl].line);
		int zh = snprintf(where[1], sizeof where[1], "（第%zu行）", a->inputs.input[paper->decl].line);
		if (count++)
			th_buf_both(&names, TH_S("; "), TH_S("；"));
		th_buf_slice(&names, paper->evidence.name);
		th_buf_both(&names, (th_slice){where[0], (size_t)en}, (th_slice){where[1], (size_t)zh});
		line = line ? line : a->inputs.input[paper->decl].line;
	}
	const char *text = th_check_built(s, &names);
	if (count)
		th_check_say(s, code, a->facts_path, line, text, number(s, (long long)count), th_case_evidence, (char *)NULL);
}

/* Both are computed; more than 20 % apart (this program's choice: rounded factors differ less) they tell of a slip. */
static void savings(th_checking *s)
{
	for (size_t i = 0; i < s->a->measures.count; i++) {
		const th_check_measure *m = &s->a->measure[i];
		th_mass stated = m->measure->reduction, off = stated > m->savings ? stated - m->savings : m->savings - stated;
		if (m->has_savings && m->measure->has_reduction && m->measure->effect == TH_EFFECT_REDUCTION && th_check_counts(m) && 5 * off > stated)
			th_check_say(s, TH_MEASURE_SAVINGS_DIFFER, s->a->measures.path, m->measure->line, th_check_text(s, m->measure->id), tonnes(s, stated),
			    tonnes(s, m->savings), (char *)NULL);
	}
}

static void measures(th_checking *s)
{
	static const struct { chooser wanted; th_code code; } told[] = {
		{is_apart, TH_MEASURES_APART}, {is_cancelled, TH_MEASURES_CANCELLED}, {was_before, TH_PLAN_STARTS_BEFORE}, {is_late, TH_MEASURES_LATE},
		{has_ended, TH_MEASURES_ENDED}, {is_endless, TH_MEASURES_ENDLESS}, {is_undated, TH_PLAN_NO_DATES}, {is_absent, TH_MEASURES_OPEN},
	};
	const th_measures *all = &s->a->measures;
	const char *ids;
	size_t count = choose(s, is_unquantified, &ids);
	if (s->a->file[TH_CASE_MEASURES].found && !s->a->file[TH_CASE_MEASURES].errors && s->a->file[TH_CASE_MEASURES].rows == 0)
		th_check_say(s, TH_MEASURES_NO_ROWS, all->path, 1, all->path, (char *)NULL);
	if (count)
		th_check_say(s, TH_MEASURES_UNQUANTIFIED, all->path, 0, number(s, (long long)count), number(s, (long long)all->count), ids, (char *)NULL);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (choose(s, told[i].wanted, &ids))
			th_check_say(s, told[i].code, all->path, 0, ids, (char *)NULL);
	savings(s);
}

/* A year that a requirement wants and that the inventory has only in part. */
static void part_year(th_checking *s, const th_period *period)
{
	const th_check_year *year = period ? th_check_year_of(s->a, period->last_year) : NULL;
	if (!year || th_check_whole_year(s->a, year->year))
		return;
	th_check_say(s, TH_INVENTORY_YEAR, s->a->file[TH_CASE_INVENTORY].path, 0, number(s, year->year), number(s, year->months),
	    year->whole ? "0" : "> 0", (char *)NULL);
}

/* More is taken away than there is. */
static void over(th_checking *s, const th_period *base)
{
	const th_check_year *year = th_check_whole_year(s->a, base->last_year);
	th_check_range sum;
	if (th_check_is_over(s->a, year, &sum))
		th_check_say(s, TH_MEASURES_OVER, s->a->measures.path, 0, tonnes(s, sum.low), tonnes(s, year->gross), number(s, year->year), (char *)NULL);
}

/* Days are missing, and the case says why. */
static void accepted(th_checking *s, const th_period *period)
{
	th_mass sum;
	th_rule_value reason = th_check_fact(s->a, "holes_reason");
	if (period && s->a->account && reason.known && th_check_sum_holes(s->a, period->last_year, &sum) && sum != 0)
		th_check_say(s, TH_HOLES_ACCEPTED, s->a->file[TH_CASE_INVENTORY].path, 0, number(s, period->last_year), tonnes(s, sum), th_check_text(s, reason.text), (char *)NULL);
}

/* A base year that values.c does not take. */
static void base_below(th_checking *s, const th_period *base)
{
	const th_check_year *year = base ? th_check_whole_year(s->a, base->last_year) : NULL;
	if (year && year->gross <= 0)
		th_check_say(s, TH_BASE_NOT_ABOVE_ZERO, s->a->file[TH_CASE_INVENTORY].path, 0, number(s, year->year), tonnes(s, year->gross), (char *)NULL);
}

/* A base year is before what it is the base of. */
static void base_inside(th_checking *s, const th_period *base, const th_period *start, const th_period *end)
{
	if (base->to >= start->from && base->from <= end->to)
		th_check_say(s, TH_BASE_INSIDE, s->a->facts_path, 0, number(s, base->last_year), th_check_day(s, start->from), th_check_day(s, end->to), (char *)NULL);
	else if (base->from > end->to)
		th_check_say(s, TH_BASE_BEHIND, s->a->facts_path, 0, number(s, base->last_year), th_check_day(s, start->from), th_check_day(s, end->to), (char *)NULL);
}

static void targets(th_checking *s, const th_period *start, const th_period *end)
{
	const th_targets *all = &s->a->targets;
	bool mixed = false;
	for (size_t i = 0; i < all->count; i++) {
		const th_target *target = &all->target[i];
		mixed |= target->kind != all->target[0].kind;
		if (start && end && (target->when.last_year < start->first_year || target->when.last_year > end->last_year))
			th_check_say(s, TH_TARGET_OUTSIDE, all->path, target->line, th_check_text(s, target->phase), number(s, target->when.last_year),
			    th_check_day(s, start->from), th_check_day(s, end->to), (char *)NULL);
	}
	if (mixed)
		th_check_say(s, TH_TARGETS_MIXED, all->path, 0, (char *)NULL);
}

/* Do the measures explain the way from the base year to the last gross target within the period? */
static void gap(th_checking *s, const th_period *base, const th_period *end)
{
	const th_check_year *year = th_check_whole_year(s->a, base->last_year);
	const th_target *last = NULL;
	th_check_range annual;
	for (size_t i = 0; i < s->a->targets.count; i++) {
		const th_target *target = &s->a->targets.target[i];
		if (target->kind == TH_TARGET_GROSS && target->when.last_year <= end->last_year && (!last || target->when.last_year >= last->when.last_year))
			last = target;
	}
	if (!year || !last || s->a->measures.count == 0 || !th_check_sum(s->a, false, &annual) || !annual.bounded ||
	    year->gross - annual.high <= last->mass)
		return;
	th_check_say(s, TH_MEASURES_SHORT, s->a->targets.path, last->line, tonnes(s, year->gross - last->mass), number(s, year->year), tonnes(s, last->mass),
	    number(s, last->when.last_year), tonnes(s, annual.high),
	    tonnes(s, year->gross - last->mass - annual.high), (char *)NULL);
}

void th_check_cross_check(th_checking *s)
{
	th_rule_value base = th_check_fact(s->a, "base_year"), start = th_check_fact(s->a, "start"), end = th_check_fact(s->a, "end");
	bool has_base = base.known && base.type == TH_RULE_DATE, has_start = start.known && start.type == TH_RULE_DATE,
	     has_end = end.known && end.type == TH_RULE_DATE;
	absent_files(s);
	said_of_files(s);
	illustrative(s);
	papers(s, TH_EVIDENCE_ABSENT, TH_EVIDENCE_NOT_HERE);
	papers(s, TH_EVIDENCE_APART, TH_EVIDENCE_ELSEWHERE);
	papers(s, TH_EVIDENCE_NO_PAPER, TH_EVIDENCE_NO_PROOF);
	th_check_doubt(s);
	th_check_say_links(s);
	part_year(s, has_base ? &base.date : NULL);
	part_year(s, has_end && s->a->pack->file != TH_CASE_EVENTS ? &end.date : NULL);
	accepted(s, has_base ? &base.date : NULL);
	accepted(s, has_end && !(has_base && end.date.last_year == base.date.last_year) ? &end.date : NULL);
	measures(s);
	if (has_base)
		over(s, &base.date);
	base_below(s, has_base ? &base.date : NULL);
	if (has_base && has_start && has_end)
		base_inside(s, &base.date, &start.date, &end.date);
	targets(s, has_start ? &start.date : NULL, has_end ? &end.date : NULL);
	if (has_base && has_end)
		gap(s, &base.date, &end.date);
}
