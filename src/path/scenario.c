/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan with some of its assumptions changed. */
#include "path/path.h"

#include "base/digits.h"

/* Copies of what a scenario changes; NULL: still shared. */
typedef struct scenario {
	th_arena *arena;
	th_path_input *out;
	th_path_activity *activity;
	th_path_driver *driver;
	th_path_price *price;
	th_path_measure *measure;
} scenario;

static void *copy_of(scenario *s, const void *list, size_t count, size_t size)
{
	void *copy = th_arena_alloc(s->arena, count, size);
	if (copy && count)
		memcpy(copy, list, count * size);
	return copy;
}

/* value x percent / 100, when it still has at most 18 digits. */
static bool percent_of(th_decimal *value, th_decimal percent)
{
	__int128 mant = (__int128)value->mant * percent.mant;
	int32_t exp = value->exp + percent.exp - 2;
	for (; mant != 0 && mant % 10 == 0; exp++)
		mant /= 10;
	if (th_digit_count(th_magnitude(mant)) > 18)
		return false;
	*value = mant ? (th_decimal){(int64_t)mant, exp} : th_decimal_int(0);
	return true;
}

static bool mass_percent(th_mass *mass, th_decimal percent)
{
	percent.exp -= 2;
	return th_mass_times(*mass, percent, mass);
}

/* A whole number from low to high. */
static bool whole(th_decimal value, int low, int high, int *out)
{
	for (; value.exp > 0 && value.mant < 100000 && value.mant > -100000; value.exp--)
		value.mant *= 10;
	if (value.exp != 0 || value.mant < low || value.mant > high)
		return false;
	*out = (int)value.mant;
	return true;
}

static th_status set_growth(scenario *s, const th_path_override *o)
{
	th_path_input *out = s->out;
	if (o->index != TH_PATH_ALL && o->index >= out->activities)
		return TH_USAGE;
	th_growth *growth = th_arena_alloc(s->arena, 1, sizeof *growth);
	if (!s->activity)
		s->activity = copy_of(s, out->activity, out->activities, sizeof *s->activity);
	if (!growth || !s->activity)
		return TH_SYSTEM;
	out->activity = s->activity;
	*growth = (th_growth){out->base_year + 1, o->value};
	for (size_t i = 0; i < out->activities; i++)
		if (o->index == TH_PATH_ALL || o->index == i) {
			s->activity[i].growth = growth;
			s->activity[i].growths = 1;
			s->activity[i].series = NULL;
		}
	return TH_OK;
}

static th_status set_driver_growth(scenario *s, const th_path_override *o)
{
	th_path_input *out = s->out;
	if (o->index >= out->drivers)
		return TH_USAGE;
	th_growth *growth = th_arena_alloc(s->arena, 1, sizeof *growth);
	if (!s->driver)
		s->driver = copy_of(s, out->driver, out->drivers, sizeof *s->driver);
	if (!growth || !s->driver)
		return TH_SYSTEM;
	out->driver = s->driver;
	*growth = (th_growth){out->base_year + 1, o->value};
	s->driver[o->index].growth = growth;
	s->driver[o->index].growths = 1;
	return TH_OK;
}

static th_status set_price(scenario *s, const th_path_override *o)
{
	th_path_input *out = s->out;
	if (o->index >= out->prices)
		return TH_USAGE;
	if (!s->price)
		s->price = copy_of(s, out->price, out->prices, sizeof *s->price);
	if (!s->price)
		return TH_SYSTEM;
	out->price = s->price;
	s->price[o->index].price = o->value;
	return TH_OK;
}

/* Energy and fuel in proportion: a measure half as large saves half of each. */
static th_status scale_measure(scenario *s, th_path_measure *m, th_decimal percent)
{
	th_path_fuel *fuel = copy_of(s, m->fuel, m->fuels, sizeof *fuel);
	if (!fuel && m->fuels)
		return TH_SYSTEM;
	for (size_t i = 0; i < m->fuels; i++)
		if (!percent_of(&fuel[i].saved, percent))
			return TH_USAGE;
	if (m->fuels)
		m->fuel = fuel;
	return mass_percent(&m->reduction, percent) && mass_percent(&m->energy_saved, percent) && mass_percent(&m->to_non_fossil, percent)
	           ? TH_OK
	           : TH_USAGE;
}

static th_status set_measure(scenario *s, const th_path_override *o)
{
	th_path_input *out = s->out;
	int number;
	if (o->index >= out->measures)
		return TH_USAGE;
	if (!s->measure)
		s->measure = copy_of(s, out->measure, out->measures, sizeof *s->measure);
	if (!s->measure)
		return TH_SYSTEM;
	out->measure = s->measure;
	th_path_measure *m = &s->measure[o->index];
	switch (o->field) {
	case TH_SET_START:
		if (!whole(o->value, 1, 9999, &number))
			return TH_USAGE;
		m->end = m->end ? m->end + number - m->start : 0;
		m->start = number;
		return TH_OK;
	case TH_SET_OFF:
		if (!whole(o->value, 0, 1, &number))
			return TH_USAGE;
		m->off = number != 0;
		return TH_OK;
	case TH_SET_REDUCTION:
		return o->value.mant < 0 ? TH_USAGE : scale_measure(s, m, o->value);
	case TH_SET_CAPEX:
		return o->value.mant >= 0 && percent_of(&m->capex, o->value) ? TH_OK : TH_USAGE;
	default:
		return o->value.mant >= 0 && percent_of(&m->opex, o->value) ? TH_OK : TH_USAGE;
	}
}

static th_status set_one(scenario *s, const th_path_override *o)
{
	switch (o->field) {
	case TH_SET_DISCOUNT:
		s->out->discount = o->value;
		return TH_OK;
	case TH_SET_LAST_YEAR:
		return whole(o->value, 1, 9999, &s->out->last_year) ? TH_OK : TH_USAGE;
	case TH_SET_GROWTH:
		return set_growth(s, o);
	case TH_SET_DRIVER_GROWTH:
		return set_driver_growth(s, o);
	case TH_SET_PRICE:
		return set_price(s, o);
	default:
		return set_measure(s, o);
	}
}

th_status th_path_scenario(const th_path_input *input, const th_path_override *set, size_t count, th_arena *arena, th_path_input *out,
                           size_t *bad)
{
	scenario s = {.arena = arena, .out = out};
	*out = *input;
	for (size_t i = 0; i < count; i++) {
		th_status status = set_one(&s, &set[i]);
		*bad = i;
		if (status != TH_OK)
			return status;
	}
	return TH_OK;
}
