/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What would change a requirement: its parameters and facts, their evidence, the measures, one at a time, everything else as it is. What
 * is known is moved away from what it is; what is not known is set to all that it may be, so no value is ever invented for it. */

#include <stdlib.h>

#include "base/day.h"
#include "check/flip.h"

/* Every trial counts all measures: with more than that only parameters and facts are tried, and of the measures the largest. */
enum { MOST_MEASURES = 100, LARGEST = 20, MOST_HOLES = 24 };
#define BY_GWP 0.05 /* to sort by: about as much as another set moves a total */

const char *const th_flip_kind_names[TH_FLIP_KINDS] = {"param", "fact", "evidence", "measure", "cancelled", "factor", "gwp",
                                                       "activity", "scope", "months", "effect_start", "line", "ncv", "carbon_content"};

typedef struct finding {
	th_bench b;
	bool *used, *lacking;      /* by decl: a status rests on it; it is not known and could decide one */
	th_unit *tonne;
} finding;

static void mark_all(finding *f)
{
	const th_assessment *a = f->b.s->a;
	for (size_t i = 0; i < a->results.results; i++) {
		const th_rule_result *r = &a->results.result[i];
		for (size_t k = 0; k < r->useds; k++)
			f->used[r->used[k]] |= r->status != TH_RULE_NOT_APPLICABLE;
		for (size_t k = 0; k < r->missings; k++)
			for (uint32_t d = 0; d < a->pack->facts + a->pack->params; d++)
				f->lacking[d] |= th_slice_eq(r->missing[k], a->pack->decl[d].id);
	}
}

static th_flip_scale scale_of(th_rule_type type)
{
	return type == TH_RULE_NUMBER ? TH_FLIP_NUMBER : type == TH_RULE_DATE ? TH_FLIP_DAY : TH_FLIP_OPTION;
}

static th_lever lever_of(const th_assessment *a, uint32_t d)
{
	const th_rule_decl *decl = &a->pack->decl[d];
	const th_rule_input *input = &a->inputs.input[d];
	return (th_lever){.kind = decl->role == TH_RULE_PARAM ? TH_FLIP_PARAM : TH_FLIP_FACT, .at = d, .what = decl->id,
	                  .scale = decl->is_year ? TH_FLIP_OPTION : scale_of(decl->type),
	                  .name = decl->name, .now = input->value, .unit = &decl->unit, .unit_text = decl->unit_text, .size = 1,
	                  .evidenced = !input->value.known && decl->role == TH_RULE_FACT,
	                  .positive = decl->role != TH_RULE_PARAM || th_check_counts_years(a, decl)};
}

/* A fact or parameter. Another category or target is another application; words and years are not moved. */
static void search_decl(finding *f, uint32_t d)
{
	const th_assessment *a = f->b.s->a;
	const th_rule_decl *decl = &a->pack->decl[d];
	const th_rule_input *input = &a->inputs.input[d];
	bool known = input->value.known, is_kind = th_index_same(a->pack->category, th_index_of(d)) || th_index_same(a->pack->target, th_index_of(d));
	th_lever l = lever_of(a, d);
	l.day = known && decl->type == TH_RULE_DATE ? (th_slice_eq(decl->id, TH_S("end")) ? input->value.date.to : input->value.date.from) : 0;
	bool moves = known ? f->used[d] && !is_kind && !decl->is_year && decl->type != TH_RULE_TEXT && decl->type != TH_RULE_LIST
	                   : f->lacking[d];
	if (moves && (l.scale != TH_FLIP_DAY || a->measures.count <= MOST_MEASURES))
		th_lever_search(&f->b, &l);
	l.kind = TH_FLIP_EVIDENCE;
	l.scale = TH_FLIP_OPTION;
	l.evidenced = false;
	if (known && decl->role == TH_RULE_FACT && (f->used[d] || f->lacking[d]))
		th_lever_search(&f->b, &l);
}

static th_lever reduction_of(const finding *f, uint32_t i)
{
	const th_measure *m = f->b.s->a->measure[i].measure;
	return (th_lever){.kind = TH_FLIP_MEASURE, .scale = TH_FLIP_NUMBER, .at = i, .what = m->id, .name = {m->name, m->name}, .unit = f->tonne,
	                  .unit_text = TH_S("t CO2e"), .size = 1,
	                  .now = m->has_reduction ? th_rule_mass(m->reduction, &f->b.s->kilogram) : (th_rule_value){.type = TH_RULE_NUMBER}};
}

static th_lever effect_of(const finding *f, uint32_t i)
{
	const th_measure *m = f->b.s->a->measure[i].measure;
	return (th_lever){.kind = TH_FLIP_EFFECT, .scale = TH_FLIP_DAY, .at = i, .what = m->id, .name = {m->name, m->name}, .size = 1};
}

/* Is it one of the largest, those without a reduction before all? */
static bool is_large(const th_assessment *a, uint32_t i)
{
	const th_measure *all = a->measures.measure;
	size_t larger = 0;
	for (uint32_t k = 0; k < a->measures.count; k++)
		larger += all[k].has_reduction == all[i].has_reduction ? all[k].reduction > all[i].reduction || (all[k].reduction == all[i].reduction && k < i)
		                                                       : !all[k].has_reduction;
	return larger < LARGEST;
}

static void search_measures(finding *f)
{
	const th_assessment *a = f->b.s->a;
	for (uint32_t i = 0; i < a->measures.count; i++) {
		if (!th_check_counts(&a->measure[i]) || !is_large(a, i))
			continue;
		th_lever l = effect_of(f, i);
		if (!a->measures.measure[i].dated)
			th_lever_search(&f->b, &l);
		l = reduction_of(f, i);
		th_lever_search(&f->b, &l);
		l.kind = TH_FLIP_CANCEL;
		l.scale = TH_FLIP_OPTION;
		th_lever_search(&f->b, &l);
	}
}

/* --- what emissions are made of --- */

static const th_unit bare = {.num = 1, .den = 1};

/* The first part of each factor, activity, scope stands for it. */
static bool is_first(const th_check_part *part, size_t i, th_flip_kind kind)
{
	for (size_t k = 0; k < i; k++)
		if (part[k].bucket == TH_GROSS && (kind == TH_FLIP_FACTOR ? part[k].factor == part[i].factor : kind == TH_FLIP_SCOPE
		                                   ? part[k].scope == part[i].scope : part[k].activity == part[i].activity))
			return false;
	return part[i].bucket == TH_GROSS;
}

/* Each line that uses the factor takes its value, and it is above zero. */
static bool is_linear(const th_check_part *part, size_t parts, const th_factor *factor)
{
	bool linear = factor && factor->has_value && factor->value.mant > 0;
	for (size_t i = 0; i < parts; i++)
		linear &= part[i].factor != factor || (part[i].linear && part[i].bucket == TH_GROSS);
	return linear;
}

static void search_factor(finding *f, const th_factor *factor, uint32_t at)
{
	th_lever l = {.kind = TH_FLIP_FACTOR, .scale = TH_FLIP_NUMBER, .at = at, .what = factor->id, .name = {factor->name_zh, factor->name_en},
	              .now = th_rule_number(factor->value, &bare), .unit = &bare, .unit_text = factor->unit_text, .factor = factor};
	th_lever_search(&f->b, &l);
}

/* Which part of the gross emissions of the base year that is. */
static double share_of(const finding *f, const th_check_part *part, size_t parts, size_t at, th_flip_kind kind)
{
	double sum = 0, all = 0;
	for (size_t i = 0; i < parts; i++) {
		if (part[i].bucket != TH_GROSS || part[i].year != f->b.s->base_year)
			continue;
		bool is = kind == TH_FLIP_SCOPE ? part[i].scope == part[at].scope : part[i].activity == part[at].activity;
		all += th_mass_double(part[i].co2e);
		sum += is ? th_mass_double(part[i].co2e) : 0;
	}
	return all > 0 ? sum / all : 1;
}

static void search_left_out(finding *f, const th_check_part *part, size_t parts, size_t at, th_flip_kind kind)
{
	static const char *const scopes[] = {"", "1", "2", "3"};
	const th_activity *activity = part[at].activity;
	th_lever l = {.kind = kind, .scale = TH_FLIP_OPTION, .at = (uint32_t)at, .what = activity->id, .name = {activity->name_zh, activity->name_en}};
	l.size = share_of(f, part, parts, at, kind);
	if (kind == TH_FLIP_SCOPE) {
		l.at = (uint32_t)part[at].scope;
		l.what = th_slice_of(scopes[part[at].scope]);
		l.name = (th_words){l.what, l.what};
	}
	th_lever_search(&f->b, &l);
}

/* Where months are missing, what is left out tells less than the whole. */
static void search_parts(finding *f)
{
	size_t parts;
	const th_check_part *part = th_check_parts_of(f->b.s, &parts);
	bool whole = f->b.s->a->account && !f->b.s->a->account->holes;
	if (!part)
		return;
	for (uint32_t i = 0; i < parts; i++) {
		if (is_first(part, i, TH_FLIP_FACTOR) && is_linear(part, parts, part[i].factor))
			search_factor(f, part[i].factor, i);
		if (!whole)
			continue;
		if (is_first(part, i, TH_FLIP_ACTIVITY))
			search_left_out(f, part, parts, i, TH_FLIP_ACTIVITY);
		if (part[i].scope && is_first(part, i, TH_FLIP_SCOPE))
			search_left_out(f, part, parts, i, TH_FLIP_SCOPE);
	}
	th_lever_search(&f->b, &(th_lever){.kind = TH_FLIP_GWP, .scale = TH_FLIP_OPTION, .what = TH_S("gwp"), .size = BY_GWP});
}

/* --- what single lines state --- */

/* Where days of its activity are missing, what is counted for them hangs on the lines that are there. */
static bool has_hole(const th_bench *b, const th_activity *activity)
{
	const th_account *account = b->s->a->account;
	for (size_t i = 0; i < account->holes; i++)
		if (th_slice_eq(account->hole[i].activity, activity->id))
			return true;
	return false;
}

/* How far a measured value is moved: what is farther off than that is asked about as a slip, or is an error; and not all of it is carbon. */
static double farthest(const th_bench *b, const th_check_stated *of)
{
	const double *bound = b->s->a->reference->plausible.bound;
	double now = th_decimal_double(of->now), times = bound[of->kind == TH_FLIP_NCV ? TH_BOUND_HEAT : TH_BOUND_CARBON];
	bool per_energy = of->unit.len && memchr(of->unit.ptr, 'J', of->unit.len);
	double whole = th_slice_eq(of->unit, TH_S("%")) ? 100 : 1;
	return of->kind == TH_FLIP_NCV || per_energy || now * times < whole ? times : whole / now;
}

static void search_stated(th_bench *b, const th_check_stated *of)
{
	if (has_hole(b, of->activity))
		return;
	th_lever l = {.kind = of->kind, .scale = TH_FLIP_NUMBER, .what = of->activity->id, .name = {of->activity->name_zh, of->activity->name_en},
	              .now = th_rule_number(of->now, &bare), .unit = &bare, .unit_text = of->unit, .stated = of};
	l.place = (th_flip_place){.file = of->file, .line = of->line, .period = of->period, .site = of->site, .source = of->source};
	l.farthest = of->kind == TH_FLIP_LINE ? 0 : farthest(b, of);
	th_lever_search(b, &l);
}

/* --- what several missing things keep open --- */

/* Its reduction, when its effect begins, or both. */
static size_t levers_of_measure(const finding *f, uint32_t i, th_lever *lever)
{
	const th_assessment *a = f->b.s->a;
	const th_measure *m = &a->measures.measure[i];
	size_t levers = 0;
	if (a->measure[i].count != TH_COUNT_BLANK && a->measure[i].count != TH_COUNT_UNDATED)
		return 0;
	if (!m->has_reduction)
		lever[levers++] = reduction_of(f, i);
	if (!m->dated)
		lever[levers++] = effect_of(f, i);
	return levers;
}

/* What is missing of one requirement, as things that can be set; false where one cannot. */
static bool levers_of(const finding *f, const th_rule_result *r, th_lever *lever, size_t *levers)
{
	const th_assessment *a = f->b.s->a;
	const th_slice prefix = TH_S("measures:");
	size_t found = 0;
	*levers = 0;
	for (size_t k = 0; k < r->missings && *levers + 1 < TH_LEVERS; k++) {
		th_slice name = r->missing[k];
		size_t before = *levers;
		for (uint32_t d = 0; d < a->pack->facts + a->pack->params; d++)
			if (th_slice_eq(name, a->pack->decl[d].id) && a->pack->decl[d].type != TH_RULE_TEXT && !a->inputs.input[d].value.known)
				lever[(*levers)++] = lever_of(a, d);
		bool of_measure = name.len > prefix.len && memcmp(name.ptr, prefix.ptr, prefix.len) == 0;
		for (uint32_t i = 0; of_measure && i < a->measures.count; i++)
			if (th_slice_eq((th_slice){name.ptr + prefix.len, name.len - prefix.len}, a->measures.measure[i].id))
				*levers += levers_of_measure(f, i, &lever[*levers]);
		if (*levers == before)
			return false;
		found++;
	}
	return found == r->missings && *levers > 0;
}

static void search_open(finding *f)
{
	const th_assessment *a = f->b.s->a;
	for (uint32_t i = 0; i < a->results.results; i++) {
		th_lever lever[TH_LEVERS];
		size_t levers;
		const th_rule_result *r = &a->results.result[i];
		if (r->status == TH_RULE_UNDETERMINED && levers_of(f, r, lever, &levers))
			th_bench_open_ends(&f->b, i, lever, levers);
	}
}

/* --- months without data --- */

static const th_hole_year *missing_in(const th_hole *hole, int year)
{
	for (size_t i = 0; i < hole->years; i++)
		if (hole->year[i].year == year)
			return &hole->year[i];
	return NULL;
}

/* A series is filled, whatever its missing days of the base year emit. */
static void search_months(finding *f)
{
	const th_account *account = f->b.s->a->account;
	int year = f->b.s->base_year;
	size_t parts;
	if (!account || !year || !th_check_parts_of(f->b.s, &parts))
		return;
	for (uint32_t i = 0; i < account->holes && i < MOST_HOLES; i++) {
		const th_hole *hole = &account->hole[i];
		const th_hole_year *missing = missing_in(hole, year);
		const th_activity *activity = missing ? TH_AT(f->b.s->a->reference->activity, th_index_of(th_find_activity(f->b.s->a->reference, hole->activity)))
		                                      : NULL;
		if (!activity)
			continue;
		th_lever l = {.kind = TH_FLIP_MONTHS, .scale = TH_FLIP_NUMBER, .at = i, .what = activity->id, .name = {activity->name_zh, activity->name_en},
		              .now.type = TH_RULE_NUMBER, .unit = f->tonne, .unit_text = TH_S("t CO2e"), .hole = hole};
		l.series = th_check_series_of(f->b.s, hole, year);
		l.unit_text = l.series ? hole->unit : l.unit_text;
		unsigned days = (unsigned)(th_day(year + 1, 1, 1) - th_day(year, 1, 1));
		double there = l.series ? th_check_series_quantity(l.series) : th_mass_double(missing->gross) / 1000;
		if (missing->days < days)
			l.typical = there * missing->days / (days - missing->days);
		th_lever_search(&f->b, &l);
	}
}

static int by_size(const void *x, const void *y)
{
	const th_check_flip *a = x, *b = y;
	if (a->requirement != b->requirement)
		return a->requirement < b->requirement ? -1 : 1;
	if (a->size < b->size || a->size > b->size)
		return a->size < b->size ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static void sort(th_assessment *a)
{
	for (size_t i = 0; i < a->flips; i++)
		a->flip[i].order = i;
	if (a->flips)
		qsort(a->flip, a->flips, sizeof *a->flip, by_size);
}

void th_check_find_flips(th_checking *s)
{
	finding f = {.used = NULL};
	const th_assessment *a = s->a;
	th_slice at;
	if (!th_bench_open(&f.b, s))
		return;
	f.used = th_arena_alloc(&f.b.arena, a->pack->names, sizeof *f.used);
	f.lacking = th_arena_alloc(&f.b.arena, a->pack->names, sizeof *f.lacking);
	f.tonne = th_arena_alloc(&s->a->arena, 1, sizeof *f.tonne);
	bool room = f.used && f.lacking && f.tonne;
	if (room && th_unit_parse(a->reference->units, TH_S("t CO2e"), f.tonne, &at) == TH_UNIT_OK) {
		mark_all(&f);
		for (uint32_t d = 0; d < a->pack->facts + a->pack->params; d++)
			search_decl(&f, d);
		if (a->measures.count <= MOST_MEASURES) {
			search_measures(&f);
			search_parts(&f);
			const th_check_stated *stated;
			for (size_t i = 0; a->account && (stated = th_check_stated_of(s, i)) != NULL; i++)
				search_stated(&f.b, stated);
			search_months(&f);
			search_open(&f);
		}
		sort(s->a);
	} else if (!room)
		th_check_no_memory(s);
	th_bench_close(&f.b);
}
