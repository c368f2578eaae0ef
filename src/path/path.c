/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Year by year from the base year: business as usual, measures in their order, targets, net zero. */
#include "path/parts.h"

#include "base/digits.h"

typedef struct path_run {
	const th_path_input *in;
	th_arena *arena;
	th_path *out;
	th_path_base base;
	th_mass *low, *high;             /* bands, of activity a in year t at [a * years + t] */
	th_mass *bau_fossil, *bau_non_fossil, *fossil, *non_fossil; /* energy by activity in the year at work: as usual, and what is left */
	th_status status;
} path_run;

static void *room(path_run *run, size_t count)
{
	void *list = th_arena_alloc(run->arena, count ? count : 1, sizeof(th_mass));
	if (!list)
		run->status = TH_SYSTEM;
	return list;
}

/* Keep a failed product in mind; the result is 0 then. */
static th_mass sure(path_run *run, bool fits, th_mass value)
{
	if (!fits || th_magnitude(value) >> TH_PATH_MASS_BITS != 0)
		run->status = run->status > TH_USAGE ? run->status : TH_USAGE;
	else
		return value;
	return 0;
}

static th_mass share_of(path_run *run, th_share share, th_mass of)
{
	th_mass value = 0;
	if (share.part == 0 || share.num == 0)
		return 0;
	bool fits = th_share_of(&share, of, &value);
	return sure(run, fits, value);
}

/* --- business as usual --- */

static th_mass grown(path_run *run, th_mass before, const th_growth *growth, size_t count, int year)
{
	const th_growth *now = NULL;
	th_mass value = before;
	for (size_t i = 0; i < count && growth[i].from <= year; i++)
		now = &growth[i];
	bool fits = !now || now->percent.mant == 0 || th_mass_grow(before, now->percent, &value);
	return sure(run, fits, value);
}

static void add_bands(path_run *run)
{
	th_path *out = run->out;
	for (size_t t = 0; t < out->years; t++) {
		th_path_year *y = &out->year[t];
		for (size_t a = 0; a < run->in->activities; a++) {
			y->bau = sure(run, true, y->bau + y->bau_activity[a]);
			y->bau_low = sure(run, true, y->bau_low + run->low[a * out->years + t]);
			y->bau_high = sure(run, true, y->bau_high + run->high[a * out->years + t]);
		}
	}
}

/* The trend through the base year's own value: slope and band are the fit's, the level is the account's. */
static void trend_bau(path_run *run, size_t a)
{
	const th_path_activity *activity = &run->in->activity[a];
	size_t years = run->out->years;
	th_mass *low = run->low + a * years, *high = run->high + a * years, *fit = room(run, years);
	double slope;
	if (!fit)
		return;
	th_trend_error error = th_trend_fit(activity->series, activity->points, run->in->rules, run->in->base_year, run->in->last_year, fit,
	                                    low, high, &slope);
	if (error != TH_TREND_OK) { /* checked before: only memory is left */
		run->status = TH_SYSTEM;
		return;
	}
	th_mass shift = activity->base - fit[0];
	for (size_t t = 0; t < years; t++) {
		low[t] = low[t] + shift > 0 ? low[t] + shift : 0;
		high[t] = high[t] + shift > 0 ? high[t] + shift : 0;
		run->out->year[t].bau_activity[a] = fit[t] + shift > 0 ? fit[t] + shift : 0;
	}
	low[0] = high[0] = activity->base;
}

static void business_as_usual(path_run *run)
{
	th_path *out = run->out;
	for (size_t a = 0; a < run->in->activities && run->status == TH_OK; a++) {
		const th_path_activity *activity = &run->in->activity[a];
		if (activity->series) {
			trend_bau(run, a);
			continue;
		}
		th_mass value = activity->base;
		for (size_t t = 0; t < out->years; t++) {
			if (t)
				value = grown(run, value, activity->growth, activity->growths, out->year[t].year);
			out->year[t].bau_activity[a] = run->low[a * out->years + t] = run->high[a * out->years + t] = value;
		}
	}
	for (size_t d = 0; d < run->in->drivers; d++) {
		th_mass value = run->in->driver[d].base;
		for (size_t t = 0; t < out->years; t++) {
			if (t)
				value = grown(run, value, run->in->driver[d].growth, run->in->driver[d].growths, out->year[t].year);
			out->year[t].driver[d] = value;
		}
	}
	add_bands(run);
}

/* --- measures --- */

/* Energy grows with its activity; behind a fitted trend, in the proportion of emissions. */
static void grow_energy(path_run *run, size_t t)
{
	const th_path_year *y = &run->out->year[t];
	for (size_t a = 0; a < run->in->activities; a++) {
		const th_path_activity *activity = &run->in->activity[a];
		if (t == 0) {
			run->bau_fossil[a] = activity->fossil;
			run->bau_non_fossil[a] = activity->non_fossil;
		} else if (!activity->series) {
			run->bau_fossil[a] = grown(run, run->bau_fossil[a], activity->growth, activity->growths, y->year);
			run->bau_non_fossil[a] = grown(run, run->bau_non_fossil[a], activity->growth, activity->growths, y->year);
		} else if (activity->base > 0) {
			th_share share = {y->bau_activity[a], activity->base, 1, 1};
			run->bau_fossil[a] = share_of(run, share, activity->fossil);
			run->bau_non_fossil[a] = share_of(run, share, activity->non_fossil);
		}
		run->fossil[a] = run->bau_fossil[a];
		run->non_fossil[a] = run->bau_non_fossil[a];
	}
}

/* One measure on one activity: it takes its share of what the measures before it have left. */
static void apply_to(path_run *run, th_path_year *y, size_t measure, size_t a, th_share share, th_path_base whole)
{
	const th_path_measure *m = &run->in->measure[measure];
	share.part = m->reduction;
	share.whole = whole.gross;
	th_mass saved = share_of(run, share, y->activity[a]);
	y->activity[a] -= saved;
	y->measure[measure] += saved;
	share.part = m->energy_saved;
	share.whole = whole.energy;
	run->fossil[a] -= share_of(run, share, run->fossil[a]);
	run->non_fossil[a] -= share_of(run, share, run->non_fossil[a]);
	share.part = m->to_non_fossil;
	share.whole = whole.fossil;
	th_mass moved = share_of(run, share, run->fossil[a]);
	run->fossil[a] -= moved;
	run->non_fossil[a] += moved;
}

static void apply(path_run *run, th_path_year *y, size_t measure)
{
	const th_path_measure *m = &run->in->measure[measure];
	th_share share;
	th_path_ramp(run->in, m, y->year, &share);
	if (m->off || share.num == 0)
		return;
	if (m->kind != TH_PATH_REDUCTION) {
		th_share own = {(th_mass)share.num, (th_mass)share.den, 1, 1};
		y->measure[measure] = share_of(run, own, m->reduction);
		if (m->kind == TH_PATH_REMOVAL)
			y->removals = sure(run, true, y->removals + y->measure[measure]);
		else
			y->credits = sure(run, true, y->credits + y->measure[measure]);
		return;
	}
	th_path_base whole = th_path_whole(run->in, &run->base, m);
	for (size_t a = 0; a < run->in->activities; a++)
		if (m->activity == TH_PATH_ALL || m->activity == a)
			apply_to(run, y, measure, a, share, whole);
}

static void work_year(path_run *run, size_t t)
{
	th_path_year *y = &run->out->year[t];
	const th_path_input *in = run->in;
	grow_energy(run, t);
	for (size_t a = 0; a < in->activities; a++)
		y->activity[a] = y->bau_activity[a];
	y->removals = in->removals;
	y->credits = y->year == in->base_year ? in->credits : 0;
	for (size_t i = 0; i < in->measures; i++)
		apply(run, y, i);
	for (size_t a = 0; a < in->activities; a++) {
		y->gross += y->activity[a];
		y->energy = sure(run, true, y->energy + run->fossil[a] + run->non_fossil[a]);
		y->non_fossil += run->non_fossil[a];
	}
	y->saved = y->bau - y->gross;
	y->net = y->gross - y->removals;
	y->net_credits = y->net - y->credits;
}

/* --- targets --- */

/* What a target allows in a year: with (size_t)-1, what the base year's own value would. */
static th_mass allowed(path_run *run, const th_path_ladder *ladder, size_t target, const th_path_year *y)
{
	const th_path_input *in = run->in;
	th_mass mass = 0;
	bool fits;
	if (target == (size_t)-1) {
		if (ladder->kind != TH_PATH_INTENSITY)
			return run->base.gross - (ladder->kind == TH_PATH_NET ? in->removals : 0);
		th_share growth = {y->driver[ladder->driver], in->driver[ladder->driver].base, 1, 1};
		return share_of(run, growth, run->base.gross);
	}
	if (ladder->kind != TH_PATH_INTENSITY)
		return in->target[target].mass;
	fits = th_mass_times(y->driver[ladder->driver], in->target[target].value, &mass);
	return sure(run, fits, mass);
}

static th_mass between(path_run *run, th_mass from, th_mass to, int step, int steps)
{
	th_share share = {th_magnitude(to - from) ? 1 : 0, 1, (uint32_t)step, (uint32_t)steps};
	return from + share_of(run, share, to - from);
}

static void climb(path_run *run, th_path_ladder *ladder, size_t any)
{
	const th_path_input *in = run->in;
	for (size_t t = 0; t < run->out->years; t++) {
		const th_path_year *y = &run->out->year[t];
		size_t before = (size_t)-1, next = (size_t)-1;
		for (size_t i = 0; i < in->targets; i++) {
			const th_path_target *target = &in->target[i];
			if (target->kind != in->target[any].kind || (target->kind == TH_PATH_INTENSITY && target->driver != in->target[any].driver))
				continue;
			if (target->year < y->year && (before == (size_t)-1 || target->year > in->target[before].year))
				before = i;
			if (target->year >= y->year && (next == (size_t)-1 || target->year < in->target[next].year))
				next = i;
		}
		int start = before == (size_t)-1 ? in->base_year : in->target[before].year;
		ladder->limit[t] = allowed(run, ladder, before, y);
		if (next != (size_t)-1)
			ladder->limit[t] = between(run, ladder->limit[t], allowed(run, ladder, next, y), y->year - start, in->target[next].year - start);
		ladder->gap[t] = (ladder->kind == TH_PATH_NET ? y->net : y->gross) - ladder->limit[t];
	}
}

static void measure_targets(path_run *run)
{
	const th_path_input *in = run->in;
	th_path *out = run->out;
	out->ladder = th_arena_alloc(run->arena, in->targets + 1, sizeof *out->ladder);
	out->target = th_arena_alloc(run->arena, in->targets + 1, sizeof *out->target);
	if (!out->ladder || !out->target) {
		run->status = TH_SYSTEM;
		return;
	}
	for (size_t i = 0; i < in->targets && run->status == TH_OK; i++) {
		const th_path_target *target = &in->target[i];
		size_t driver = target->kind == TH_PATH_INTENSITY ? target->driver : 0, k = 0;
		while (k < out->ladders && (out->ladder[k].kind != target->kind || out->ladder[k].driver != driver))
			k++;
		if (k == out->ladders) {
			out->ladder[k] = (th_path_ladder){target->kind, driver, room(run, out->years), room(run, out->years)};
			if (run->status != TH_OK)
				return;
			climb(run, &out->ladder[out->ladders++], i);
		}
		size_t t = (size_t)(target->year - in->base_year);
		const th_path_year *y = &out->year[t];
		th_path_target_result *r = &out->target[i];
		r->ladder = k;
		r->limit = out->ladder[k].limit[t];
		r->gap = out->ladder[k].gap[t];
		r->planned = r->limit + r->gap;
		r->bau_gap = y->bau - (target->kind == TH_PATH_NET ? in->removals : 0) - r->limit;
		r->met = r->gap <= 0;
	}
}

static int zero_from(const th_path *path, bool credits)
{
	int from = 0;
	for (size_t t = path->years; t-- > 0;) {
		if ((credits ? path->year[t].net_credits : path->year[t].net) > 0)
			break;
		from = path->year[t].year;
	}
	return from;
}

th_status th_path_run(const th_path_input *in, th_arena *arena, th_path *out, th_path_problem **problem, size_t *problems)
{
	path_run run = {.in = in, .arena = arena, .out = out};
	*out = (th_path){.input = in};
	if (!th_path_check(in, arena, problem, problems))
		return TH_SYSTEM;
	if (*problems && (*problem)[0].kind < TH_PATH_FIRST_CAVEAT)
		return TH_INVALID;
	if (!th_path_base_of(in, &run.base) || th_magnitude(in->removals) >> TH_PATH_MASS_BITS != 0)
		return TH_USAGE;
	out->years = (size_t)(in->last_year - in->base_year + 1);
	out->year = th_arena_alloc(arena, out->years, sizeof *out->year);
	run.low = room(&run, out->years * in->activities);
	run.high = room(&run, out->years * in->activities);
	run.bau_fossil = room(&run, in->activities);
	run.bau_non_fossil = room(&run, in->activities);
	run.fossil = room(&run, in->activities);
	run.non_fossil = room(&run, in->activities);
	if (!out->year || run.status != TH_OK)
		return TH_SYSTEM;
	for (size_t t = 0; t < out->years; t++) {
		th_path_year *y = &out->year[t];
		y->year = in->base_year + (int)t;
		y->driver = room(&run, in->drivers);
		y->activity = room(&run, in->activities);
		y->bau_activity = room(&run, in->activities);
		y->measure = room(&run, in->measures);
		if (run.status != TH_OK)
			return TH_SYSTEM;
	}
	business_as_usual(&run);
	for (size_t t = 0; t < out->years && run.status == TH_OK; t++)
		work_year(&run, t);
	if (run.status == TH_OK)
		measure_targets(&run);
	if (run.status != TH_OK)
		return run.status;
	const th_path_year *last = &out->year[out->years - 1];
	out->net_zero = zero_from(out, false);
	out->net_zero_credits = zero_from(out, true);
	out->missing = last->net > 0 ? last->net : 0;
	out->missing_credits = last->net_credits > 0 ? last->net_credits : 0;
	return th_path_costs(&run.base, arena, out);
}
