/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which distribution stands for a stated 95 % interval: IPCC 2006 volume 1 section 3.2.2.4. */

#include "uncertainty/uncertainty.h"

#include "base/transcendental.h"

const char *const th_shape_names[TH_SHAPES] = {"exact", "normal", "lognormal", "triangular", "uniform"};

static const double TAIL = 0.025;          /* outside each limit */
static const double NORMAL_MOST = 0.3;     /* standard deviation over mean */
static const double SURELY_POSITIVE = 6.0; /* standard deviations between zero and the mean: one draw in 10^9 is below */

double th_spread_deviation(const th_spread *spread)
{
	return fmax(spread->low, spread->high) / TH_Z95;
}

double th_spread_expansion(const th_spread *s)
{
	double half = (s->low + s->high) / 2, variance = 0;
	if (s->shape == TH_SHAPE_UNIFORM)
		variance = (s->b - s->a) * (s->b - s->a) / 12;
	else if (s->shape == TH_SHAPE_TRIANGULAR)
		variance = (s->a * s->a + s->b * s->b + s->c * s->c - s->a * s->b - s->a * s->c - s->b * s->c) / 18;
	return variance > 0 && half > 0 ? TH_Z95 * sqrt(variance) / half : 1;
}

th_spread th_spread_standard(void)
{
	return (th_spread){.shape = TH_SHAPE_NORMAL, .low = TH_Z95, .high = TH_Z95, .b = 1};
}

static void fit_lognormal(th_spread *s)
{
	if (s->low == s->high) {
		double cv = s->low / TH_Z95, variance = th_log1p(cv * cv);
		s->a = -variance / 2;
		s->b = sqrt(variance);
	} else if (s->low < 1) {
		s->a = (th_log1p(-s->low) + th_log1p(s->high)) / 2;
		s->b = (th_log1p(s->high) - th_log1p(-s->low)) / (2 * TH_Z95);
	} else {
		s->a = 0;
		s->b = th_log1p(s->high) / TH_Z95;
	}
}

/* The ends p below and q above the mode, with 2.5 % outside each limit: (p - low)^2 = 0.025 p (p + q), (q - high)^2 = 0.025 q (p + q). */
static void fit_triangle(th_spread *s)
{
	double p = s->low, q = s->high;
	for (int i = 0; i < 200; i++) {
		double width = p + q, old = p, other = q;
		p = s->low + sqrt(TAIL * width * old);
		q = s->high + sqrt(TAIL * width * other);
		if (p == old && q == other)
			break;
	}
	s->a = 1 - p;
	s->b = 1;
	s->c = 1 + q;
}

th_spread th_spread_fit(th_shape named, double low, double high)
{
	th_spread s = {.shape = named, .low = low, .high = high};
	if (low == 0 && high == 0) {
		s.shape = TH_SHAPE_EXACT;
		return s;
	}
	if (named == TH_SHAPES || named == TH_SHAPE_EXACT)
		s.shape = low == high && low / TH_Z95 <= NORMAL_MOST ? TH_SHAPE_NORMAL : TH_SHAPE_LOGNORMAL;
	switch (s.shape) {
	case TH_SHAPE_NORMAL:
		s.a = 1;
		s.b = th_spread_deviation(&s);
		s.cut = s.a < SURELY_POSITIVE * s.b;
		break;
	case TH_SHAPE_LOGNORMAL:
		fit_lognormal(&s);
		break;
	case TH_SHAPE_TRIANGULAR:
		fit_triangle(&s);
		s.cut = s.a < 0;
		break;
	case TH_SHAPE_UNIFORM: {
		double beyond = (low + high) * TAIL / (1 - 2 * TAIL);
		s.a = 1 - low - beyond;
		s.b = 1 + high + beyond;
		s.cut = s.a < 0;
		break;
	}
	case TH_SHAPE_EXACT: case TH_SHAPES: break;
	}
	return s;
}
