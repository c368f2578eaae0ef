/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Additive LMDI-I, in integers that add up. */
#include "path/lmdi.h"

#include "base/digits.h"
#include "base/transcendental.h"

enum { MASS_BITS = 100, TERMS = 3 };

/* L(a, b) = (a - b) / (ln a - ln b), L(a, a) = a; Ang 2005, equation 4. Written with atanh, which keeps its digits where a and b are
 * nearly equal: with m = (a + b) / 2 and u = (a - b) / (a + b), L = m u / atanh u. */
static double log_mean(double a, double b)
{
	double m = a / 2 + b / 2, u = (a - b) / (a + b);
	return u == 0 ? m : m * (u / th_atanh(u));
}

static bool good(const th_lmdi_year *y)
{
	return isfinite(y->activity) && isfinite(y->quantity) && y->activity >= 0 && y->quantity >= 0 && y->mass >= 0;
}

/* What rounding leaves over goes into the largest term. */
static void put_terms(const double *term, th_mass change, th_mass *out)
{
	size_t largest = 0;
	th_mass rest = change;
	for (size_t i = 0; i < TERMS; i++) {
		out[i] = (th_mass)rint(term[i] * 1e9);
		rest -= out[i];
		if (th_magnitude(out[i]) > th_magnitude(out[largest]))
			largest = i;
	}
	out[largest] += rest;
}

static th_lmdi_error decompose(const th_lmdi_row *row, th_mass out[TERMS])
{
	const th_lmdi_year *from = &row->from, *to = &row->to;
	if (!good(from) || !good(to))
		return TH_LMDI_NEGATIVE;
	if (from->mass >> MASS_BITS != 0 || to->mass >> MASS_BITS != 0)
		return TH_LMDI_RANGE;
	if ((from->mass > 0 && from->quantity <= 0) || (from->quantity > 0 && from->activity <= 0) || (to->mass > 0 && to->quantity <= 0) ||
	    (to->quantity > 0 && to->activity <= 0))
		return TH_LMDI_NO_DRIVER;
	th_mass change = to->mass - from->mass;
	out[0] = out[1] = out[2] = 0;
	if (from->mass == 0 || to->mass == 0) {
		const th_lmdi_year *empty = from->mass == 0 ? from : to;
		out[empty->activity <= 0 ? 0 : empty->quantity <= 0 ? 1 : 2] = change;
		return TH_LMDI_OK;
	}
	double mean = log_mean(th_mass_double(to->mass), th_mass_double(from->mass));
	double activity = th_log(to->activity / from->activity), quantity = th_log(to->quantity / from->quantity);
	double mass = th_log(th_mass_double(to->mass) / th_mass_double(from->mass));
	double term[TERMS] = {mean * activity, mean * (quantity - activity), mean * (mass - quantity)};
	for (size_t i = 0; i < TERMS; i++)
		if (!(fabs(term[i]) < 0x1p90)) /* kg; 1e9 times that fits */
			return TH_LMDI_RANGE;
	put_terms(term, change, out);
	return TH_LMDI_OK;
}

th_lmdi_error th_lmdi(const th_lmdi_row *row, size_t count, th_lmdi_terms *each, th_lmdi_terms *sum, size_t *bad)
{
	*sum = (th_lmdi_terms){0};
	for (size_t i = 0; i < count; i++) {
		th_mass out[TERMS];
		th_lmdi_error error = decompose(&row[i], out);
		*bad = i;
		if (error != TH_LMDI_OK)
			return error;
		th_lmdi_terms terms = {out[0], out[1], out[2], row[i].to.mass - row[i].from.mass};
		if (!th_mass_add(&sum->activity, terms.activity) || !th_mass_add(&sum->intensity, terms.intensity) ||
		    !th_mass_add(&sum->factor, terms.factor) || !th_mass_add(&sum->change, terms.change))
			return TH_LMDI_RANGE;
		if (each)
			each[i] = terms;
	}
	return TH_LMDI_OK;
}
