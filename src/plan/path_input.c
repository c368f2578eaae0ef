/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the files of a case to what the path is computed from. Years are whole ones: a measure that takes effect in April counts from
 * January of the next year, so that no year is credited with more than it had. */

#include "plan/planning.h"

/* --- the base year --- */

static void no_inventory(th_planning *p, th_buf *why)
{
	const char *file = th_check_part_name(p->s, TH_CASE_INVENTORY);
	const char *en = th_plan_printf(p, "there is no %s", file), *zh = th_plan_printf(p, "未提供活动数据表（%s）", file);
	th_buf_both(why, th_slice_of(en), th_slice_of(zh));
}

/* How much of the year there is. */
static void part_of_base(th_planning *p, int number, th_buf *why)
{
	const th_check_year *year = th_check_year_of(p->plan->a, number);
	const int months = year ? (int)year->months : 0;
	const char *en = th_plan_printf(p, "of %d there are %d of 12 months", number, months), *zh = th_plan_printf(p, "%d年只有%d个月有数据", number, months);
	th_buf_both(why, th_slice_of(en), th_slice_of(zh));
}

static void none_in_base(th_planning *p, int number, th_buf *why)
{
	const char *en = th_plan_printf(p, "gross emissions of %d are not above zero", number), *zh = th_plan_printf(p, "%d年总排放量不大于0", number);
	th_buf_both(why, th_slice_of(en), th_slice_of(zh));
}

static bool base_year(th_planning *p)
{
	th_case_plan *plan = p->plan;
	const th_assessment *a = plan->a;
	th_rule_value fact = th_check_fact(a, "base_year");
	th_buf why = {0};
	if (!a->account)
		no_inventory(p, &why);
	else if (!fact.known || fact.type != TH_RULE_DATE)
		th_buf_both(&why, TH_S("the case file states no base_year"), TH_S("基本信息表未填基准年（base_year）"));
	else if (!th_check_whole_year(a, fact.date.first_year))
		part_of_base(p, fact.date.first_year, &why);
	else if (th_check_whole_year(a, fact.date.first_year)->gross <= 0)
		none_in_base(p, fact.date.first_year, &why);
	if (why.len) {
		th_plan_caveat(p, TH_PLAN_NO_BASE, NULL, 0, th_check_built(p->s, &why), (char *)NULL);
		return false;
	}
	plan->input.base_year = fact.date.first_year;
	plan->input.rules = &plan->rules;
	return true;
}

static void activities(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_path_input *in = &plan->input;
	p->activity = th_plan_room(p, plan->cells + 1, sizeof *p->activity);
	for (size_t i = 0; p->activity && i < plan->cells; i++) {
		const th_plan_cell *cell = &plan->cell[i];
		if (cell->year != in->base_year)
			continue;
		in->removals += cell->removals;
		in->credits += cell->credits;
		if (cell->gross != 0 || cell->fossil != 0 || cell->non_fossil != 0)
			p->activity[in->activities++] = (th_path_activity){.id = cell->activity, .base = cell->gross, .fossil = cell->fossil,
			                                                  .non_fossil = cell->non_fossil};
	}
	in->activity = p->activity;
	th_buf text = {0};
	th_put_mass_rounded(&text, in->credits, 3, 2, true);
	const char *credits = th_check_built(p->s, &text);
	if (in->credits)
		th_plan_caveat(p, TH_PLAN_CREDITS_ONCE, NULL, 0, th_plan_printf(p, "%d", in->base_year), credits, (char *)NULL);
}

/* Is it of the base year? Without a row of that year, the one that names no year is. */
static bool is_of_base(const th_account *account, const th_intensity_value *value, int base_year)
{
	bool dated = false;
	for (size_t i = 0; i < account->intensities; i++)
		dated |= account->intensity[i].intensity == value->intensity && account->intensity[i].year == base_year;
	return value->year == (dated ? base_year : 0);
}

static void drivers(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_path_input *in = &plan->input;
	const th_account *account = plan->a->account;
	p->driver = th_plan_room(p, account->intensities + 1, sizeof *p->driver);
	plan->driver_of = th_plan_room(p, account->intensities + 1, sizeof *plan->driver_of);
	for (size_t i = 0; p->driver && plan->driver_of && i < account->intensities; i++) {
		const th_intensity_value *value = &account->intensity[i];
		if (!is_of_base(account, value, in->base_year))
			continue;
		p->driver[in->drivers] = (th_path_driver){.id = value->intensity->fact};
		if (th_ratio_round(&value->divisor, &p->driver[in->drivers].base))
			plan->driver_of[in->drivers++] = value;
		else
			th_check_worse(p->s, th_report(p->s->diags, TH_PLAN_LARGE, (th_pos){plan->a->facts_path, value->line, 1, NULL},
			                               th_check_text(p->s, value->intensity->fact), (char *)NULL));
	}
	in->driver = p->driver;
}

/* Only what is known to grow can be divided by. */
static void drop_drivers(th_planning *p)
{
	th_case_plan *plan = p->plan;
	size_t kept = 0;
	for (size_t i = 0; i < plan->input.drivers; i++) {
		if (p->driver[i].growths == 0 || p->driver[i].growth[0].from > plan->input.base_year + 1) {
			if (plan->has_bau)
				th_plan_caveat(p, TH_PLAN_NO_DRIVER_GROWTH, NULL, 0,
				               th_check_both(p->s, p->driver[i].id, th_intensity_fact(plan->driver_of[i]->intensity, TH_LANG_ZH)),
				               th_check_text(p->s, p->driver[i].id), (char *)NULL);
			continue;
		}
		plan->driver_of[kept] = plan->driver_of[i];
		p->driver[kept++] = p->driver[i];
	}
	plan->input.drivers = kept;
}

/* With `bau,trend`: every activity's own whole years. */
static void trends(th_planning *p)
{
	th_case_plan *plan = p->plan;
	for (size_t i = 0; plan->trend_bau && i < plan->input.activities; i++) {
		th_path_activity *activity = &p->activity[i];
		th_point *point = activity->growths ? NULL : th_plan_room(p, plan->a->years + 1, sizeof *point);
		if (!point)
			continue;
		for (size_t c = 0; c < plan->cells; c++)
			if (th_slice_eq(plan->cell[c].activity, activity->id))
				point[activity->points++] = (th_point){plan->cell[c].year, plan->cell[c].gross};
		activity->series = point;
	}
}

/* --- measures --- */

static void list_name(th_buf *list, th_slice id)
{
	th_buf_str(list, list->len ? ", " : "");
	th_buf_slice(list, id);
}

/* The first year that lies whole behind `day`, and the last one before it. */
static int whole_from(int32_t day)
{
	int year, month, mday;
	th_day_split(day, &year, &month, &mday);
	return month == 1 && mday == 1 ? year : year + 1;
}

static int whole_to(int32_t day)
{
	int year, month, mday;
	th_day_split(day, &year, &month, &mday);
	return month == 12 && mday == 31 ? year : year - 1;
}

/* When it works: false when it never does for a whole year. */
static bool take_time(th_planning *p, const th_check_measure *counted, th_path_measure *out)
{
	const th_measure *m = counted->measure;
	out->start = whole_from(m->from);
	out->end = m->to == TH_DAY_MAX ? 0 : whole_to(m->to);
	out->ramp = m->ramp;
	out->before_num = counted->before_num;
	out->before_den = counted->before_den;
	if (!out->end || out->end >= out->start)
		return true;
	th_plan_caveat(p, TH_PLAN_NO_WHOLE_YEAR, p->plan->a->measures.path, m->line, th_check_text(p->s, m->id), (char *)NULL);
	return false;
}

/* saved x unit, counted in the unit of the price; false when they do not go together. */
static bool saved_in(const th_unit *price, const th_saving *saving, const th_units *units, th_decimal *out)
{
	static const char *const money[] = {"CNY", "CNY/a"};
	th_unit product = saving->unit, like;
	th_slice at;
	th_unit_mul(&product, price);
	for (size_t i = 0; i < sizeof money / sizeof *money; i++)
		if (product.num != 0 && th_unit_parse(units, th_slice_of(money[i]), &like, &at) == TH_UNIT_OK && th_unit_same_dimension(&product, &like))
			return th_unit_count(saving->quantity, &product, &like, out);
	return false;
}

static bool take_fuels(th_planning *p, const th_measure *m, th_path_measure *out)
{
	th_case_plan *plan = p->plan;
	const th_reference *reference = plan->a->reference;
	th_path_fuel *fuel = th_plan_room(p, m->savings + 1, sizeof *fuel);
	bool all = fuel != NULL;
	for (size_t i = 0; fuel && i < m->savings; i++) {
		uint32_t number = th_find_activity(reference, m->saving[i].carrier);
		th_slice carrier = number == TH_NONE ? m->saving[i].carrier : reference->activity[number].id;
		bool found = false;
		for (size_t k = 0; k < plan->input.prices && !found; k++)
			if (th_slice_eq(plan->input.price[k].carrier, carrier) && saved_in(&plan->price_unit[k], &m->saving[i], reference->units, &fuel[i].saved)) {
				fuel[i].price = k;
				found = true;
			}
		if (!found && plan->has_discount)
			th_plan_caveat(p, TH_PLAN_NO_PRICE, plan->a->measures.path, m->line, th_check_text(p->s, m->id),
			               th_check_text(p->s, m->saving[i].carrier), plan->assumptions_path, (char *)NULL);
		all &= found;
	}
	out->fuel = fuel;
	out->fuels = all ? m->savings : 0;
	return all;
}

static void take_cost(th_planning *p, const th_measure *m, th_path_measure *out)
{
	bool priced = take_fuels(p, m, out);
	const char *lacks = !m->has_capex ? "capex" : !m->has_opex ? "opex" : m->capex.mant != 0 && !m->has_lifetime ? "lifetime" : NULL;
	const char *lacks_zh = !m->has_capex ? "投资" : !m->has_opex ? "运行费用" : "寿命";
	if (lacks)
		th_plan_caveat(p, TH_PLAN_NO_COST, p->plan->a->measures.path, m->line, th_check_text(p->s, m->id),
		               th_check_both(p->s, th_slice_of(lacks), th_slice_of(lacks_zh)), (char *)NULL);
	out->has_cost = priced && !lacks;
	if (!out->has_cost) {
		out->fuels = 0;
		return;
	}
	out->capex = m->capex;
	out->opex = m->opex;
}

/* False: it counts nothing on the path. */
static bool take_measure(th_planning *p, const th_check_measure *counted, th_path_measure *out, th_buf *unbound)
{
	static const th_path_kind kinds[TH_EFFECTS] = {TH_PATH_REDUCTION, TH_PATH_REMOVAL, TH_PATH_CREDIT};
	const th_case_plan *plan = p->plan;
	const th_reference *reference = plan->a->reference;
	const th_measure *m = counted->measure;
	*out = (th_path_measure){.id = m->id, .kind = kinds[m->effect], .activity = TH_PATH_ALL, .reduction = m->reduction,
	                         .lifetime = m->has_lifetime ? m->lifetime : th_decimal_int(0), .energy_saved = m->energy_saved,
	                         .to_non_fossil = m->to_non_fossil,
	                         .required = m->state == TH_MEASURE_DONE || m->state == TH_MEASURE_STARTED};
	if (!take_time(p, counted, out))
		return false;
	const th_activity *activity = TH_AT(reference->activity, m->activity);
	if (activity && m->effect == TH_EFFECT_REDUCTION) {
		th_slice id = activity->id;
		for (out->activity = 0; out->activity < plan->input.activities; out->activity++)
			if (th_slice_eq(plan->input.activity[out->activity].id, id))
				break;
		if (out->activity == plan->input.activities) {
			th_plan_caveat(p, TH_PLAN_ACTIVITY_ABSENT, plan->a->measures.path, m->line, th_check_text(p->s, m->id), th_plan_activity_name(p, id),
			               (char *)NULL);
			return false;
		}
	} else if (m->effect == TH_EFFECT_REDUCTION && m->reduction > 0)
		list_name(unbound, m->id);
	take_cost(p, m, out);
	return true;
}

static void list_activity(th_planning *p, th_buf *list, th_slice id)
{
	th_buf_str(list, list->len ? ", " : "");
	th_plan_put_activity(p, id, list);
}

/* What the user brings is used, or it is said that it is not. */
static void unused_prices(th_planning *p)
{
	const th_case_plan *plan = p->plan;
	const th_measures *list = &plan->a->measures;
	th_buf unused = {0};
	for (size_t k = 0; k < plan->input.prices; k++) {
		bool saved = false;
		for (size_t i = 0; i < list->count; i++)
			for (size_t s = 0; s < list->measure[i].savings; s++) {
				th_slice carrier = list->measure[i].saving[s].carrier;
				uint32_t number = th_find_activity(plan->a->reference, carrier);
				saved |= th_slice_eq(number == TH_NONE ? carrier : plan->a->reference->activity[number].id, plan->input.price[k].carrier);
			}
		if (!saved)
			list_activity(p, &unused, plan->input.price[k].carrier);
	}
	if (unused.len)
		th_plan_caveat(p, TH_PLAN_UNUSED_PRICE, plan->assumptions_path, 0, th_check_built(p->s, &unused), (char *)NULL);
	th_buf_free(&unused);
}

static void measures(th_planning *p)
{
	th_case_plan *plan = p->plan;
	const th_measures *list = &plan->a->measures;
	th_path_measure *measure = th_plan_room(p, list->count + 1, sizeof *measure);
	th_buf unbound = {0}, bare = {0};
	plan->measure_of = th_plan_room(p, list->count + 1, sizeof *plan->measure_of);
	const bool *needed = th_plan_needed(p);
	for (size_t i = 0; measure && plan->measure_of && needed && i < list->count; i++) {
		const th_measure *m = &list->measure[i];
		if (m->bare_money && m->state != TH_MEASURE_CANCELLED)
			list_name(&bare, m->id);
		if (m->has_reduction && m->dated && m->state != TH_MEASURE_CANCELLED && take_measure(p, &plan->a->measure[i], &measure[plan->input.measures], &unbound)) {
			measure[plan->input.measures].needed = needed[i];
			plan->measure_of[plan->input.measures++] = i;
		}
	}
	plan->input.measure = measure;
	if (bare.len)
		th_plan_caveat(p, TH_MEASURE_MONEY_UNIT, list->path, 0, th_check_built(p->s, &bare), (char *)NULL);
	if (unbound.len)
		th_plan_caveat(p, TH_PLAN_UNBOUND, list->path, 0, th_check_built(p->s, &unbound), (char *)NULL);
	th_buf_free(&bare);
	th_buf_free(&unbound);
}

/* --- targets --- */

/* Whether some fact, known to grow or not, is what the intensity is per. */
static bool has_fact(const th_assessment *a, const th_target *t)
{
	th_decimal value;
	for (size_t i = 0; i < a->account->intensities; i++)
		if (th_target_per(a->reference->units, t, &a->account->intensity[i].intensity->unit, &value))
			return true;
	return false;
}

static bool take_target(th_planning *p, const th_target *t, th_path_target *out)
{
	static const th_path_target_kind kinds[TH_TARGET_KINDS] = {TH_PATH_GROSS, TH_PATH_NET, TH_PATH_INTENSITY, TH_PATH_GROSS};
	const th_case_plan *plan = p->plan;
	*out = (th_path_target){.phase = t->phase, .first = t->first, .year = t->when.last_year, .kind = kinds[t->kind], .mass = t->mass};
	if (t->kind != TH_TARGET_INTENSITY)
		return true;
	for (out->driver = 0; out->driver < plan->input.drivers; out->driver++)
		if (th_target_per(plan->a->reference->units, t, &plan->driver_of[out->driver]->intensity->unit, &out->value))
			return true;
	if (!has_fact(plan->a, t))
		th_check_worse(p->s, th_report(p->s->diags, TH_TARGET_DRIVER, (th_pos){plan->a->targets.path, t->line, 1, "unit"},
		                                th_check_text(p->s, t->phase), th_check_text(p->s, t->unit_text), (char *)NULL));
	return false; /* its fact has no growth: said already */
}

static void targets(th_planning *p)
{
	th_case_plan *plan = p->plan;
	const th_targets *list = &plan->a->targets;
	th_path_target *target = th_plan_room(p, list->count + 1, sizeof *target);
	plan->target_of = th_plan_room(p, list->count + 1, sizeof *plan->target_of);
	for (size_t i = 0; target && plan->target_of && i < list->count; i++)
		if (take_target(p, &list->target[i], &target[plan->input.targets]))
			plan->target_of[plan->input.targets++] = i;
	plan->input.target = target;
}

/* The last year of the plan where no assumption says it: the end of the creation period or the last target. */
static void last_year(th_planning *p)
{
	th_case_plan *plan = p->plan;
	th_rule_value end = th_check_fact(plan->a, "end");
	int last = plan->input.base_year;
	if (plan->input.last_year)
		return;
	if (end.known && end.type == TH_RULE_DATE && end.date.last_year > last)
		last = end.date.last_year;
	for (size_t i = 0; i < plan->a->targets.count; i++)
		if (plan->a->targets.target[i].when.last_year > last)
			last = plan->a->targets.target[i].when.last_year;
	plan->input.last_year = last;
}

void th_plan_input(th_planning *p)
{
	th_case_plan *plan = p->plan;
	if (!base_year(p))
		return;
	activities(p);
	drivers(p);
	if (p->s->status != TH_OK)
		return;
	th_plan_assume(p);
	last_year(p);
	drop_drivers(p);
	trends(p);
	measures(p);
	unused_prices(p);
	targets(p);
	if (!plan->has_bau)
		th_plan_caveat(p, TH_PLAN_NO_GROWTH, NULL, 0, plan->assumptions_path, (char *)NULL);
	if (!plan->has_discount && plan->input.measures)
		th_plan_caveat(p, TH_PLAN_NO_DISCOUNT, NULL, 0, plan->assumptions_path, (char *)NULL);
	plan->has_base = p->s->status == TH_OK;
}
