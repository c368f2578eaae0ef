/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the filer states beside his quantities, a factor or emissions, against what is computed. It decides what is said, never what is computed. */

#include "account/recipe.h"
#include "base/print.h"
#include "base/transcendental.h"

/* A number as it is written. */
struct stated {
	th_decimal exact;
	double value, half;        /* of its last printed digit */
	th_slice number, unit;
};

/* What the account has for one unit of the quantity, in kg. */
struct computed {
	double co2, co2e;
	bool any;
};

/* Half of the last digit: 0.57 is anything from 0.565 to 0.575. */
static double half_digit(th_slice number)
{
	int behind = 0, exponent = 0, sign = 1;
	bool point = false;
	size_t i = 0;
	for (; i < number.len && number.ptr[i] != 'e' && number.ptr[i] != 'E'; i++) {
		behind += point && number.ptr[i] >= '0' && number.ptr[i] <= '9';
		point |= number.ptr[i] == '.';
	}
	for (i++; i < number.len && exponent < 100; i++)
		if (number.ptr[i] == '-')
			sign = -1;
		else if (number.ptr[i] >= '0' && number.ptr[i] <= '9')
			exponent = exponent * 10 + (number.ptr[i] - '0');
	return 0.5 * th_pow(10, sign * exponent - behind);
}

static bool read_stated(const th_now *now, th_slice cell, struct stated *out)
{
	unsigned notes;
	out->number = th_slice_front(cell, TH_NUMBER_BYTES, &out->unit);
	if (out->number.len == 0 || !th_number_is(th_number_in(out->number, now->line->delimiter, &out->exact, &notes)))
		return false;
	out->value = th_decimal_double(out->exact);
	out->half = half_digit(out->number);
	return true;
}

static struct computed compute(const th_build *build, const th_resolved *r)
{
	struct computed sum = {0, 0, false};
	int32_t days, all;
	(void)th_is_part(build->now, &days, &all);
	for (size_t i = 0; i < r->terms && !r->landfill; i++) {
		const th_term *term = &r->term[i];
		th_mass mass, co2e;
		if (term->bucket != TH_GROSS)
			continue;
		/* of a million units: nothing is lost by the rounding of masses */
		if (!th_coef_apply(&term->mass, (th_decimal){1, 6}, &mass) || !th_coef_apply(&term->co2e, (th_decimal){1, 6}, &co2e))
			return (struct computed){0, 0, false};
		sum.any = true;
		sum.co2e += th_mass_double(co2e) * 1e-6 * all / days;
		if (th_slice_eq(build->frame->reference->gas[term->gas].name, TH_S("CO2")))
			sum.co2 += th_mass_double(mass) * 1e-6 * all / days;
	}
	return sum;
}

/* How much energy one unit of the quantity has, as it is computed with: in GJ. False: it is not. */
static bool heat_of(const th_build *build, const th_resolved *r, th_decimal *value, th_unit *unit)
{
	if (!build->has_ncv && !(r->main && r->main->has_ncv))
		return false;
	*value = build->has_ncv ? build->ncv : r->main->ncv;
	*unit = build->has_ncv ? build->ncv_unit : r->main->ncv_unit;
	return true;
}

/* kg of gas for one unit of the quantity, by a factor of 1 in this unit; 0: it is of something else. */
static double scale_of(const th_build *build, const th_resolved *r, const th_unit *per)
{
	const th_unit *const base[] = {&build->frame->co2e_mass, &build->frame->co2_mass, &build->frame->mass, &build->frame->carbon};
	th_decimal heat;
	th_unit heat_unit;
	for (int with_heat = 0; with_heat < 2; with_heat++) {
		th_unit product = *per;
		th_unit_mul(&product, &build->unit);
		if (with_heat && !heat_of(build, r, &heat, &heat_unit))
			return 0;
		if (with_heat)
			th_unit_mul(&product, &heat_unit);
		for (size_t i = 0; product.num && i < sizeof base / sizeof *base; i++) {
			th_ratio ratio = th_ratio_one();
			th_mass kg;
			if (!th_unit_same_dimension(&product, base[i]))
				continue;
			th_ratio_mul_unit(&ratio, &product);
			th_ratio_div_unit(&ratio, base[i]);
			th_ratio_mul_int(&ratio, base[i] == &build->frame->carbon ? 44 : 1, base[i] == &build->frame->carbon ? 12 : 1, 6);
			if (with_heat)
				th_ratio_mul(&ratio, heat);
			return th_ratio_round(&ratio, &kg) ? th_mass_double(kg) * 1e-6 : 0;
		}
	}
	return 0;
}

static bool is_equal(const struct stated *stated, const struct computed *ours, double scale)
{
	double off = fabs(stated->value * scale - ours->co2e), off_co2 = fabs(stated->value * scale - ours->co2);
	return (off < off_co2 ? off : off_co2) <= stated->half * scale + 1e-9 * fabs(ours->co2e);
}

/* A bare number may be in t or kg, for this unit, for a thousand or ten thousand of it, or for its energy. False: in none of them it is near; else *scale
 * is the one that it is nearest in. */
static bool guess_scale(const th_build *build, const th_resolved *r, const struct stated *stated, const struct computed *ours, double *scale)
{
	enum { POWERS = 7 };
	th_unit per_energy = th_build_unit(build, "kg CO2/GJ");
	double energy = scale_of(build, r, &per_energy), bases[] = {1, th_unit_same_dimension(&build->unit, &build->frame->energy_unit) ? 0 : energy};
	double best = th_log(2);
	*scale = 0;
	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
		for (int k = -POWERS; k <= POWERS && bases[i] > 0; k++) {
			double s = bases[i] * th_pow(10, k), off = stated->value > 0 && ours->co2e > 0 ? fabs(th_log(stated->value * s / ours->co2e)) : HUGE_VAL;
			if (off < th_log(2) && is_equal(stated, ours, s)) {
				*scale = s;
				return true;
			}
			if (i == 0 && off < best) {
				best = off;
				*scale = s;
			}
		}
	return *scale > 0;
}

/* A number of the account in the unit of the stated one. */
static const char *in_unit(th_build *build, double value, th_slice unit)
{
	char number[32];
	th_buf *text = &build->shard->text;
	(void)th_print(number, sizeof number, "%.6g", value);
	th_buf_clear(text);
	th_buf_str(text, number);
	th_buf_str(text, unit.len ? " " : "");
	th_buf_slice(text, unit);
	return th_z(build->shard, th_buf_view(text));
}

void th_stated_factor(th_build *build, th_resolved *r)
{
	th_slice cell = th_build_cell(build, TH_COL_STATED_FACTOR), at;
	struct stated stated;
	th_unit unit;
	double scale = 0;
	if (cell.len == 0)
		return;
	const struct computed ours = compute(build, r);
	const char *written = th_z(build->shard, cell), *activity = th_z_activity(build->shard, build->activity);
	bool known = ours.any && read_stated(build->now, cell, &stated);
	if (known && stated.unit.len == 0)
		known = guess_scale(build, r, &stated, &ours, &scale);
	else if (known)
		known = th_unit_parse(build->frame->reference->units, stated.unit, &unit, &at) == TH_UNIT_OK && (scale = scale_of(build, r, &unit)) > 0;
	if (!known) {
		th_buf *per = &build->shard->text;
		const char *of_line = th_z(build->shard, build->unit_text);
		th_buf_clear(per);
		th_buf_str(per, "kg CO2e/");
		th_buf_slice(per, build->unit_text);
		th_slice per_unit = th_slice_of(th_z(build->shard, th_buf_view(per)));
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_STATED_FACTOR_UNCOMPARED, written, activity, of_line,
		                                            ours.any ? in_unit(build, ours.co2e, per_unit) : "-", (char *)NULL));
	} else if (!is_equal(&stated, &ours, scale))
		th_resolved_note(r, build, th_caveat_number(build->shard, TH_STATED_FACTOR, written, activity, in_unit(build, (ours.co2 > 0 ? ours.co2 : ours.co2e) / scale, stated.unit),
		                                            r->main ? th_z(build->shard, r->main->id) : "-", (char *)NULL));
}

/* --- emissions --- */

void th_stated_add(const th_shard *shard, th_now *now, const th_term *term, th_mass mass, th_mass co2e)
{
	bool fits = true; /* they do where the sums of the account do */
	if (term->bucket == TH_MARKET)
		fits = th_mass_add(&now->market, co2e);
	else if (term->bucket == TH_GROSS)
		fits = th_mass_add(&now->gross, co2e) && (!th_slice_eq(shard->frame->reference->gas[term->gas].name, TH_S("CO2")) || th_mass_add(&now->co2, mass));
	(void)fits;
}

/* A stated number in a unit of mass: *kg of it, and how many kg one unit is. False where it is no mass. */
static bool take_mass(const th_frame *frame, const struct stated *stated, th_slice unit_text, th_mass *kg, double *scale)
{
	th_unit unit;
	th_slice at;
	if (th_unit_parse(frame->reference->units, unit_text, &unit, &at) != TH_UNIT_OK)
		return false;
	const th_unit *const base[] = {&frame->co2e_mass, &frame->co2_mass, &frame->mass};
	for (size_t i = 0; i < sizeof base / sizeof *base; i++) {
		th_ratio ratio = th_ratio_one();
		th_mass million;
		if (!th_unit_same_dimension(&unit, base[i]))
			continue;
		th_ratio_mul_unit(&ratio, &unit);
		th_ratio_div_unit(&ratio, base[i]);
		th_ratio whole = ratio;
		th_ratio_mul_int(&ratio, 1, 1, 6);
		th_ratio_mul(&whole, stated->exact);
		if (!th_ratio_round(&ratio, &million) || !th_ratio_round(&whole, kg))
			return false;
		*scale = th_mass_double(million) * 1e-6;
		return true;
	}
	return false;
}

/* Is it, to its last digit, what the line has come to: in CO2e, in CO2 alone, or market-based? */
static bool is_mass(const th_now *now, th_mass kg, double half)
{
	bool market = now->market != 0 || now->line->cell[TH_COL_INSTRUMENT].len;
	const th_mass ours[] = {now->gross, now->co2, market ? now->market : now->gross};
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (fabs(th_mass_double(kg - ours[i])) <= half + 1e-9 * fabs(th_mass_double(ours[i])))
			return true;
	return false;
}

/* A bare number is of t or kg, whichever is nearer. False where the unit is of no mass. */
static bool find_mass(const th_frame *frame, const th_now *now, const struct stated *stated, th_mass *kg, double *scale)
{
	const double near = sqrt(0.001); /* half-way between them */
	if (stated->unit.len)
		return take_mass(frame, stated, stated->unit, kg, scale);
	if (!take_mass(frame, stated, TH_S("t"), kg, scale))
		return false;
	bool tonnes = is_mass(now, *kg, stated->half * *scale) || fabs(th_mass_double(*kg)) * near <= fabs(th_mass_double(now->gross));
	return tonnes || take_mass(frame, stated, TH_S("kg"), kg, scale);
}

/* Nothing, or a mark for missing, behind which the header's unit may stand. */
static bool is_blank(const th_now *now, th_slice cell)
{
	th_decimal value;
	th_slice rest, front = th_slice_front(cell, TH_NUMBER_BYTES, &rest), both[] = {cell, front.len ? front : cell};
	unsigned notes;
	for (size_t i = 0; i < 2; i++) {
		th_number kind = th_number_in(both[i], now->line->delimiter, &value, &notes);
		if (kind == TH_NUM_EMPTY || kind == TH_NUM_MISSING)
			return true;
	}
	return false;
}

th_status th_stated_emissions(th_shard *shard, const th_now *now, const th_activity *activity)
{
	th_slice cell = now->line->cell[TH_COL_STATED_EMISSIONS];
	struct stated stated = {.unit = {"", 0}};
	th_mass kg = 0;
	double scale = 0;
	if (is_blank(now, cell))
		return TH_OK;
	bool known = read_stated(now, cell, &stated) && now->gross != 0 && find_mass(shard->frame, now, &stated, &kg, &scale);
	if (known && is_mass(now, kg, stated.half * scale))
		return TH_OK;
	const th_slice arg[] = {th_slice_of(th_z_activity(shard, activity))}; /* the sums come at the end */
	uint32_t caveat = th_caveat_of(shard, known ? TH_STATED_EMISSIONS : TH_STATED_EMISSIONS_UNCOMPARED, arg, 1);
	if (caveat == TH_NONE)
		return TH_SYSTEM;
	th_caveat_line(shard, caveat, now);
	shard->caveat[caveat].compared = known;
	bool fits = !known || (th_mass_add(&shard->caveat[caveat].stated, kg) && th_mass_add(&shard->caveat[caveat].gross, now->gross));
	return fits ? TH_OK : th_cell_error(shard, now, TH_NUMBER_TOO_LARGE, TH_COL_STATED_EMISSIONS, "");
}
