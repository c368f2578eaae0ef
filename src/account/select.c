/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which factor serves a line: the profile's rules in their order, then region, then year. */

#include "account/frame.h"

enum { FAR = 100 };

/* How far up from the line's region a factor's region lies: 0 the same, 1 its parent ...; FAR - 1: it has none; FAR: not above it. */
static int distance(const th_reference *reference, uint32_t region, th_index of_factor)
{
	if (!th_index_is(of_factor))
		return FAR - 1;
	int steps = th_region_steps(reference, th_index_of(region), of_factor);
	return steps >= 0 && steps < FAR - 1 ? steps : FAR;
}

bool th_is_elsewhere(const th_reference *reference, const th_factor *row, uint32_t region)
{
	return th_index_is(row->region) && th_region_steps(reference, th_index_of(region), row->region) < 0;
}

static bool covers(const th_factor *row, const th_period *period)
{
	return row->from <= period->from && row->to >= period->to;
}

/* Power from a grid is of a place (GHG Protocol Scope 2 Guidance 6.1): a user's row without one that is 0, or is named as low-carbon power or as
 * a certificate, is what a contract says, for the line that names it. */
bool th_is_contract_row(const th_build *build, const th_factor *row)
{
	const th_reference *reference = build->frame->reference;
	const th_slice text[] = {row->id, row->name_zh, row->name_en, row->source, row->note};
	bool found = row->has_value && row->value.mant == 0;
	if (build->activity->method != TH_METHOD_ELECTRICITY || row->layer == 0 || th_index_is(row->region))
		return false;
	for (size_t i = 0; i < sizeof text / sizeof *text && !found; i++)
		found = th_is_certificate(reference, &build->frame->certificates, text[i]) || (i < 3 && th_row_word_in(&reference->row_words, TH_ROW_LOW_CARBON, text[i]) != TH_WORD_NONE);
	return found;
}

/* Whether a user's row can give a leg of the activity its factor: of a fuel CH4, N2O and biogenic CO2 have legs of their own. */
static bool serves_leg(const th_build *build, const th_factor *row, th_leg leg)
{
	const th_reference *reference = build->frame->reference;
	th_method method = build->activity->method;
	uint32_t gas;
	th_leg of_gas = TH_LEG_MAIN;
	if (th_is_contract_row(build, row))
		return false;
	if (method == TH_METHOD_COMBUSTION && th_index_get(row->gas, &gas)) {
		const th_gas *g = &reference->gas[gas];
		of_gas = th_slice_eq(g->name, TH_S("CH4"))  ? TH_LEG_CH4
		         : th_slice_eq(g->name, TH_S("N2O")) ? TH_LEG_N2O
		         : g->kind == TH_GAS_BIOGENIC        ? TH_LEG_BIOGENIC
		                                             : TH_LEG_MAIN;
	}
	return leg == of_gas;
}

static void list_id(th_buf *out, th_slice id)
{
	if (out->len > 400)
		return;
	if (out->len)
		th_buf_str(out, ", ");
	th_buf_slice(out, id);
}

/* The years for which rows exist, for the message about a year without a factor. */
static void list_years(th_build *build, const th_factor *const *row, size_t count)
{
	th_buf_clear(&build->shard->text);
	for (size_t i = 0; i < count; i++)
		list_id(&build->shard->text, row[i]->valid_from_text.len ? (th_slice){row[i]->valid_from_text.ptr, row[i]->valid_from_text.len < 4 ? row[i]->valid_from_text.len : 4}
		                                                : TH_S("?"));
}

static th_status fail(th_build *build, th_choice *choice, th_code code, th_inventory_column column, const char *a, const char *b, const char *c)
{
	choice->failed = true;
	if (!choice->missing.ptr)
		choice->missing = th_arena_copy(build->arena, th_slice_of(a));
	if (!build->report)
		return TH_OK;
	return th_report(build->shard->diags, code, th_inventory_place(build->now->inventory, column), a, b, c, (char *)NULL);
}

/* Among rows of the nearest region, the one for the period by the rule's way with years. NULL when there is none or two. */
static th_status pick_year(th_build *build, th_year_rule rule, const th_factor *const *row, size_t count, th_choice *choice, const th_factor **out)
{
	const th_now *now = build->now;
	const th_factor *best = NULL, *tie = NULL, *later = NULL;
	for (size_t i = 0; i < count; i++) {
		const th_factor *r = row[i];
		bool covers = r->from <= now->period.from && r->to >= now->period.to;
		if (rule == TH_YEAR_VALID && !covers)
			continue;
		if (rule == TH_YEAR_DATA && !covers) {
			if (r->from > now->period.from) {
				if (!later || r->from < later->from)
					later = r;
				continue;
			}
			if (r->to >= now->period.from)
				continue; /* covers a part of the period only */
		}
		/* A row that covers the period before one that does not, then the newest. */
		bool best_covers = best && best->from <= now->period.from && best->to >= now->period.to;
		if (!best || covers > best_covers ||
		    (covers == best_covers && (r->from > best->from || (r->from == best->from && r->to > best->to)))) {
			best = r;
			tie = NULL;
		} else if (r->from == best->from && r->to == best->to && r->layer != best->layer) {
			best = r->layer > best->layer ? r : best; /* the later file of the user's */
			tie = r == best ? NULL : tie;
		} else if (r->from == best->from && r->to == best->to && !th_slice_eq(r->id, best->id))
			tie = r;
	}
	bool spans = false;
	for (size_t i = 0; i < count; i++)
		spans |= rule == TH_YEAR_DATA && !(row[i]->from <= now->period.from && row[i]->to >= now->period.to) &&
		         row[i]->from <= now->period.to && row[i]->to >= now->period.from;
	th_slice name = build->activity->id;
	if (spans && !(best && best->from <= now->period.from && best->to >= now->period.to))
		return fail(build, choice, TH_PERIOD_SPANS_FACTORS, TH_COL_PERIOD, th_z(build->shard, now->line->cell[TH_COL_PERIOD]),
		            th_z_both(build->shard, name, build->activity->name_zh), "");
	if (!best && later && build->frame->options->fallback_nearest) {
		best = later;
		choice->newer = true;
	}
	if (!best) {
		list_years(build, row, count);
		return fail(build, choice, TH_FACTOR_NO_YEAR, TH_COL_PERIOD, th_z_both(build->shard, name, build->activity->name_zh), th_z(build->shard, now->line->cell[TH_COL_PERIOD]),
		            th_z(build->shard, th_buf_view(&build->shard->text)));
	}
	if (tie) {
		th_buf_clear(&build->shard->text);
		for (size_t i = 0; i < count; i++)
			if (row[i]->from == best->from && row[i]->to == best->to)
				list_id(&build->shard->text, row[i]->id);
		return fail(build, choice, TH_FACTOR_AMBIGUOUS, TH_COL_ACTIVITY, th_z_both(build->shard, name, build->activity->name_zh), th_z(build->shard, th_buf_view(&build->shard->text)), "");
	}
	choice->older = rule == TH_YEAR_DATA && !choice->newer && best->to < now->period.from;
	*out = best;
	return TH_OK;
}

/* All gases of the factor `best` stands for: its rows of the same region that hold for the period too, each gas having a time of its own;
 * where `best` itself does not hold, those with time in common with it. */
static void take_siblings(const th_build *build, const th_factor *best, th_choice *choice)
{
	const th_reference *reference = build->frame->reference;
	const th_period *period = &build->now->period;
	bool holds = covers(best, period);
	choice->count = 0;
	for (uint32_t i = th_find_factor(reference, best->id); i != TH_NONE; i = th_index_number(reference->factor[i].next)) {
		const th_factor *row = &reference->factor[i];
		if (!th_index_same(row->region, best->region) || (holds ? !covers(row, period) : row->from > best->to || row->to < best->from))
			continue;
		if (choice->count == TH_MOST_GASES)
			choice->crowded = true;
		else
			choice->row[choice->count++] = row;
	}
}

static th_status unset_is_an_error(th_build *build, th_inventory_column column, th_choice *choice)
{
	if (choice->crowded)
		return fail(build, choice, TH_FACTOR_GASES, column, th_z(build->shard, choice->row[0]->id), "", "");
	for (size_t i = 0; i < choice->count; i++)
		if (choice->row[i]->confidence == TH_UNSET)
			return fail(build, choice, TH_FACTOR_UNSET, column, th_z(build->shard, choice->row[i]->id), th_z(build->shard, choice->row[i]->source), "");
	return TH_OK;
}

th_status th_choose_named(th_build *build, th_slice id, th_inventory_column column, uint32_t region, th_choice *choice)
{
	const th_reference *reference = build->frame->reference;
	const th_now *now = build->now;
	*choice = (th_choice){0};
	uint32_t first = th_find_factor(reference, id);
	if (first == TH_NONE) {
		th_buf_clear(&build->shard->text);
		if (th_build_shown(build, TH_FACTOR_UNKNOWN))
			th_suggest_factors(reference, id, 5, &build->shard->text);
		return fail(build, choice, TH_FACTOR_UNKNOWN, column, th_z(build->shard, id), th_z(build->shard, th_buf_view(&build->shard->text)), "");
	}
	const th_factor *best = NULL;
	int near = FAR + 1;
	for (uint32_t i = first; i != TH_NONE; i = th_index_number(reference->factor[i].next)) {
		const th_factor *row = &reference->factor[i];
		int far = distance(reference, region, row->region);
		bool covers = row->from <= now->period.from && row->to >= now->period.to;
		bool best_covers = best && best->from <= now->period.from && best->to >= now->period.to;
		if (!best || far < near || (far == near && covers && !best_covers) ||
		    (far == near && covers == best_covers && row->from > best->from && !covers)) {
			best = row;
			near = far;
		}
	}
	choice->outside = !(best->from <= now->period.from && best->to >= now->period.to);
	take_siblings(build, best, choice);
	return unset_is_an_error(build, column, choice);
}

static th_status choose_by_rule(th_build *build, const th_rule *rule, th_leg leg, uint32_t region, bool user_only, th_choice *choice)
{
	const th_reference *reference = build->frame->reference;
	const th_now *now = build->now;
	size_t rows = 0, count;
	int near = FAR + 1;
	bool elsewhere = false;
	const uint32_t *list = th_factors_of(reference, (uint32_t)(build->activity - reference->activity), &count);
	const th_factor **row = th_arena_alloc(&build->shard->scratch, count ? count : 1, sizeof *row);
	if (!row)
		return TH_SYSTEM;
	for (size_t i = 0; i < count; i++) {
		const th_factor *r = &reference->factor[list[i]];
		bool own = th_factor_serves_all(r) && serves_leg(build, r, leg);
		if (user_only ? r->layer == 0 || !serves_leg(build, r, leg) : !th_rule_takes(rule, r) && !own)
			continue;
		int far = distance(reference, region, r->region);
		if (far == FAR && (user_only || own || rule->region_of_line)) {
			elsewhere = true; /* of a place that has nothing to do with the line's */
			continue;
		}
		if (far < near) {
			near = far;
			rows = 0;
		}
		if (far == near)
			row[rows++] = r;
	}
	choice->elsewhere |= elsewhere && rows == 0;
	if (rows == 0)
		return TH_OK;
	const th_factor *best = NULL;
	th_status status = pick_year(build, rule ? rule->year : TH_YEAR_ANY, row, rows, choice, &best);
	if (!best)
		return status;
	choice->rule = rule;
	choice->wider = (user_only || rule->region_of_line) && near > 0 && near < FAR - 1;
	choice->outside = (!rule || rule->year == TH_YEAR_ANY) && !(best->from <= now->period.from && best->to >= now->period.to);
	take_siblings(build, best, choice);
	return unset_is_an_error(build, TH_COL_ACTIVITY, choice);
}

/* Of the user's rows that serve the activity under every profile, those that hold for the period, of the nearest region, newest first. *near: how
 * far its region is. */
static th_status choose_own(th_build *build, th_leg leg, uint32_t region, int *near, th_choice *choice)
{
	const th_reference *reference = build->frame->reference;
	size_t rows = 0, count;
	*near = FAR;
	if (leg > TH_LEG_BIOGENIC || reference->overlays == 0)
		return TH_OK;
	const uint32_t *list = th_factors_of(reference, (uint32_t)(build->activity - reference->activity), &count);
	const th_factor **row = th_arena_alloc(&build->shard->scratch, count ? count : 1, sizeof *row);
	if (!row)
		return TH_SYSTEM;
	for (size_t i = 0; i < count; i++) {
		const th_factor *r = &reference->factor[list[i]];
		int far = distance(reference, region, r->region);
		if (!th_factor_serves_all(r) || !serves_leg(build, r, leg) || far == FAR || !covers(r, &build->now->period) || far > *near)
			continue;
		rows = far < *near ? 0 : rows;
		*near = far;
		row[rows++] = r;
	}
	const th_factor *best = NULL;
	th_status status = rows ? pick_year(build, TH_YEAR_ANY, row, rows, choice, &best) : TH_OK;
	if (!best)
		return status;
	choice->own = !build->activity->declared;
	choice->wider = *near > 0 && *near < FAR - 1;
	take_siblings(build, best, choice);
	return unset_is_an_error(build, TH_COL_ACTIVITY, choice);
}

/* What the profile's rules say, the first that finds something. */
static th_status choose_by_profile(th_build *build, const th_profile *profile, th_leg leg, uint32_t region, th_choice *choice)
{
	const th_reference *reference = build->frame->reference;
	for (size_t i = 0; i < profile->rules; i++) {
		const th_rule *rule = &profile->rule[i];
		if (!th_rule_is_for(reference, rule, leg, (uint32_t)(build->activity - reference->activity)))
			continue;
		if (th_index_is(rule->factor)) {
			th_status status = th_choose_named(build, rule->factor_id, TH_COL_ACTIVITY, region, choice);
			choice->rule = rule;
			if (status == TH_OK && !choice->failed && rule->year == TH_YEAR_VALID && choice->outside) {
				list_years(build, choice->row, choice->count);
				return fail(build, choice, TH_FACTOR_NO_YEAR, TH_COL_PERIOD, th_z(build->shard, rule->factor_id),
				            th_z(build->shard, build->now->line->cell[TH_COL_PERIOD]), th_z(build->shard, th_buf_view(&build->shard->text)));
			}
			return status;
		}
		th_status status = choose_by_rule(build, rule, leg, region, false, choice);
		if (status != TH_OK || choice->count || choice->failed)
			return status;
	}
	return leg == TH_LEG_MAIN ? choose_by_rule(build, NULL, leg, region, true, choice) : TH_OK;
}

/* A factor of the profile for a nearer region, where its rule goes by region, is before the user's for a wider one. */
static bool is_nearer(const th_build *build, const th_choice *choice, uint32_t region, int near)
{
	return choice->count && !choice->failed && choice->rule && choice->rule->region_of_line &&
	       distance(build->frame->reference, region, choice->row[0]->region) < near;
}

/* A user's row that would serve the line, were it not a contract's; of one that is 0 nobody expects that. */
static const th_factor *find_passed(const th_build *build)
{
	const th_reference *reference = build->frame->reference;
	size_t count;
	const uint32_t *list = th_factors_of(reference, (uint32_t)(build->activity - reference->activity), &count);
	for (size_t i = 0; i < count && reference->overlays; i++) {
		const th_factor *row = &reference->factor[list[i]];
		if (th_factor_serves_all(row) && th_is_contract_row(build, row) && covers(row, &build->now->period) && row->has_value &&
		    row->value.mant != 0 && !th_slice_eq(row->id, build->instrument))
			return row;
	}
	return NULL;
}

static th_status choose_any(th_build *build, const th_profile *profile, th_leg leg, uint32_t region, th_choice *choice)
{
	int near;
	th_status status = choose_own(build, leg, region, &near, choice);
	if (status != TH_OK || choice->failed || (choice->count && !choice->wider))
		return status;
	if (choice->count == 0)
		return choose_by_profile(build, profile, leg, region, choice);
	th_choice by_profile = {0};
	bool report = build->report;
	build->report = false; /* what the profile lacks is no error: there is the user's */
	status = choose_by_profile(build, profile, leg, region, &by_profile);
	build->report = report;
	if (status == TH_OK && is_nearer(build, &by_profile, region, near))
		*choice = by_profile;
	return status == TH_SYSTEM ? status : TH_OK;
}

th_status th_choose(th_build *build, const th_profile *profile, th_leg leg, uint32_t region, th_choice *choice)
{
	*choice = (th_choice){0};
	if (build->activity->undeclared)
		return TH_OK;
	th_status status = choose_any(build, profile, leg, region, choice);
	choice->passed = leg == TH_LEG_MAIN && build->report ? find_passed(build) : NULL;
	return status;
}
