/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/plausible.h"

#include "reference/load.h"

enum { KIND, ID, VALUE, UNIT, NAME_ZH, NAME_EN, SOURCE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"kind", true}, {"id", true}, {"value", true}, {"unit", true}, {"name_zh", true}, {"name_en", true}, {"source", true},
};

static const char *const kinds[] = {"bound", "heat", "carbon", "factor", "quantity", "enthalpy_low", "enthalpy_high"}; /* th_slip_kind, then two more */
enum { ENTHALPY_LOW = TH_SLIP_QUANTITY + 1, ENTHALPY_HIGH };

static const char *const bounds[TH_BOUNDS] = {
	"heat_times", "carbon_times", "error_times", "liquid_low", "liquid_high", "gas_low", "gas_high", "factor_times", "month_times", "near_percent", "sum_named_steps", "sum_beside_steps", "sum_metered", "sum_bought",
	"least_year", "years_after", "net_gas", "net_coal", "share_least",
};

static void bound_row(th_loader *l, th_reference *r, th_decimal value)
{
	size_t which;
	if (th_loader_choice(l, ID, bounds, TH_BOUNDS, &which) && th_loader_unit(l, r->units, UNIT, &r->plausible.bound_unit[which]))
		r->plausible.bound[which] = th_decimal_double(value);
}

static void slip_row(th_loader *l, th_reference *r, th_slip_kind kind, th_decimal value)
{
	static const th_text_cell texts[] = {{ID, offsetof(th_slip, id)}, {NAME_ZH, offsetof(th_slip, name_zh)}, {NAME_EN, offsetof(th_slip, name_en)}};
	th_slip slip = {.kind = kind, .multiply = value};
	th_unit unit;
	if (!th_loader_unit(l, r->units, UNIT, &unit))
		return;
	slip.energy = !th_unit_is_number(&unit);
	if (th_loader_texts(l, &r->arena, texts, sizeof texts / sizeof *texts, &slip))
		r->plausible.slip = th_loader_append(l, &r->arena, r->plausible.slip, &r->plausible.slips, &slip, sizeof slip);
}

/* Two rows make a range: low, and high behind it. */
static void enthalpy_row(th_loader *l, th_reference *r, bool high, th_decimal value)
{
	th_plausible *p = &r->plausible;
	th_unit unit;
	th_mass base;
	th_ratio ratio = th_ratio_one();
	if (!th_loader_unit(l, r->units, UNIT, &unit))
		return;
	th_ratio_mul(&ratio, value);
	th_ratio_mul_unit(&ratio, &unit);
	double number = th_ratio_round(&ratio, &base) ? th_mass_double(base) : 0;
	if (!high) {
		static const th_text_cell texts[] = {{ID, offsetof(th_enthalpy_range, activity)}, {VALUE, offsetof(th_enthalpy_range, low_text)},
		                                     {UNIT, offsetof(th_enthalpy_range, unit_text)}};
		th_enthalpy_range range = {.low = number};
		if (th_loader_texts(l, &r->arena, texts, sizeof texts / sizeof *texts, &range))
			p->enthalpy = th_loader_append(l, &r->arena, p->enthalpy, &p->enthalpies, &range, sizeof range);
		return;
	}
	th_enthalpy_range *last = p->enthalpies ? &p->enthalpy[p->enthalpies - 1] : NULL;
	if (!last || !th_slice_eq(last->activity, th_loader_cell(l, ID)) || number <= last->low)
		TH_FAIL(l, ID, TH_CELL_CHOICE, "id", th_loader_text(l, th_loader_cell(l, ID)), "enthalpy_low", NULL);
	else if (th_loader_copy(l, &r->arena, th_loader_cell(l, VALUE), &last->high_text))
		last->high = number;
}

static void add_row(th_loader *l, th_reference *r)
{
	size_t kind = 0;
	th_decimal value = {0, 0};
	bool ok = th_loader_filled(l, ID);
	ok &= th_loader_filled(l, SOURCE);
	ok &= th_loader_choice(l, KIND, kinds, sizeof kinds / sizeof *kinds, &kind);
	ok &= th_loader_decimal(l, VALUE, &value);
	if (!ok)
		return;
	if (value.mant <= 0)
		TH_FAIL(l, VALUE, TH_CELL_RANGE, "value", th_loader_text(l, th_loader_cell(l, VALUE)), TH_ABOVE_ZERO, NULL);
	else if (kind == TH_SLIP_NONE)
		bound_row(l, r, value);
	else if (kind > TH_SLIP_QUANTITY)
		enthalpy_row(l, r, kind == ENTHALPY_HIGH, value);
	else
		slip_row(l, r, (th_slip_kind)kind, value);
}

th_status th_plausible_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "plausible.csv", columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, r);
		for (size_t i = 0; i < TH_BOUND_NET_GAS && l.status == TH_OK; i++)
			if (r->plausible.bound[i] <= 0)
				TH_FAIL(&l, ID, TH_CELL_CHOICE, "id", "-", bounds[i], NULL);
	}
	return th_loader_close(&l);
}

/* How far x lies from 1, up or down. */
static double apart(double x)
{
	return x >= 1 ? x : 1 / x;
}

const th_slip *th_slip_for(const th_plausible *plausible, th_slip_kind kind, double times, double within)
{
	const th_slip *best = NULL;
	double least = within;
	for (size_t i = 0; i < plausible->slips && times > 0; i++) {
		const th_slip *slip = &plausible->slip[i];
		double left = apart(times * th_decimal_double(slip->multiply));
		if (slip->kind == kind && left <= least) {
			best = slip;
			least = left;
		}
	}
	return best;
}
