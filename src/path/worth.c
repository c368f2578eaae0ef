/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an investment is worth to who makes it: when it is paid back, and at which rate it pays (the internal rate of return, by bracketing its root). */
#include "path/worth.h"

#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

enum { STEPS = 200, WIDEST = 40, STATE = 32 };

/* A flow for each year from the first. */
static double present(double rate, void *of)
{
	const th_flows *flows = of;
	double sum = 0;
	for (size_t i = flows->years; i-- > 0;) /* by Horner, which neither overflows nor loses the first years */
		sum = sum / (1 + rate) + flows->flow[i];
	return sum;
}

static unsigned turns_of(const th_flows *flows)
{
	unsigned turns = 0;
	double last = 0;
	for (size_t i = 0; i < flows->years; i++) {
		if (flows->flow[i] == 0)
			continue;
		turns += last != 0 && (last < 0) != (flows->flow[i] < 0);
		last = flows->flow[i];
	}
	return turns;
}

/* The rate lies between: below 0 the later years weigh more, far above 0 only the first one does. */
static bool bracket(th_flows *flows, double *low, double *high)
{
	const bool below = present(0, flows) < 0;
	*low = below ? -0.5 : 0;
	*high = below ? 0 : 1;
	for (int i = 0; i < WIDEST; i++) {
		const double at_low = present(*low, flows), at_high = present(*high, flows);
		if (!isfinite(at_low) || !isfinite(at_high))
			return false;
		if ((at_low < 0) != (at_high < 0))
			return true;
		*low = below ? (*low - 1) / 2 : *low;
		*high = below ? *high : *high * 2;
	}
	return false;
}

/* The solver's state lies here: GSL asks for no memory, and is given nothing that it would refuse. */
static bool solve(th_flows *flows, double *rate)
{
	double low, high, state[STATE];
	gsl_function f = {.function = present, .params = flows};
	gsl_root_fsolver solver = {.type = gsl_root_fsolver_brent, .state = state};
	bool found = solver.type->size <= sizeof state && bracket(flows, &low, &high) && gsl_root_fsolver_set(&solver, &f, low, high) == GSL_SUCCESS;
	for (int i = 0; found && i < STEPS; i++) {
		found = gsl_root_fsolver_iterate(&solver) == GSL_SUCCESS;
		if (gsl_root_test_interval(gsl_root_fsolver_x_lower(&solver), gsl_root_fsolver_x_upper(&solver), 1e-12, 1e-10) == GSL_SUCCESS)
			break;
	}
	*rate = found ? gsl_root_fsolver_root(&solver) : 0;
	return found;
}

th_worth th_worth_of(th_flows *flows)
{
	th_worth out = {.turns = turns_of(flows)};
	double sum = 0;
	for (size_t i = 0; i < flows->years; i++) {
		const double before = sum;
		sum += flows->flow[i];
		if (!out.pays && before < 0 && sum >= 0) {
			out.pays = true;
			out.payback = (double)i - 1 + -before / flows->flow[i];
		} else if (sum < 0)
			out.pays = false;
	}
	if (out.turns == 1 && flows->flow[0] < 0)
		out.has_rate = solve(flows, &out.rate);
	return out;
}
