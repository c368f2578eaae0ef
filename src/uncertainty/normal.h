/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_UNCERTAINTY_NORMAL_H
#define TH_UNCERTAINTY_NORMAL_H

/* GSL's generator taus2 (P. L'Ecuyer, "Tables of maximally equidistributed combined LFSR generators", Math. Comp. 68, 1999), written out
 * so that a draw is no call: the tests hold it against gsl_rng_taus2, number by number. Normal numbers by the ziggurat of 128 layers
 * (G. Marsaglia, W. W. Tsang, J. Stat. Softw. 5(8), 2000), in J. A. Doornik's form. */

#include <math.h>
#include <stdint.h>

typedef struct th_taus2 {
	uint32_t a, b, c;
} th_taus2;

static inline uint32_t th_taus2_next(th_taus2 *s)
{
	s->a = (s->a & 0xFFFFFFFEu) << 12 ^ ((s->a << 13 ^ s->a) >> 19);
	s->b = (s->b & 0xFFFFFFF8u) << 4 ^ ((s->b << 2 ^ s->b) >> 25);
	s->c = (s->c & 0xFFFFFFF0u) << 17 ^ ((s->c << 3 ^ s->c) >> 11);
	return s->a ^ s->b ^ s->c;
}

static inline th_taus2 th_taus2_seed(uint32_t seed)
{
	th_taus2 s;
	s.a = 69069u * (seed ? seed : 1);
	s.a += s.a < 2 ? 2 : 0;
	s.b = 69069u * s.a;
	s.b += s.b < 8 ? 8 : 0;
	s.c = 69069u * s.b;
	s.c += s.c < 16 ? 16 : 0;
	for (int i = 0; i < 6; i++)
		(void)th_taus2_next(&s);
	return s;
}

/* From 0 to below 1, and above 0. */
static inline double th_uniform(th_taus2 *s)
{
	return th_taus2_next(s) / 4294967296.0;
}

static inline double th_uniform_above(th_taus2 *s)
{
	return (th_taus2_next(s) + 0.5) / 4294967296.0;
}

enum { TH_LAYERS = 128 };
typedef struct th_ziggurat {
	double x[TH_LAYERS + 1], step[TH_LAYERS]; /* right ends of the layers, the widest first; 2^-24 of each */
} th_ziggurat;

void th_ziggurat_make(th_ziggurat *z);
/* What is beyond the inner rectangle of a layer, the tail or a wedge: true with a number in *x. */
int th_ziggurat_edge(const th_ziggurat *z, th_taus2 *s, uint32_t layer, double *x);

static inline double th_normal(const th_ziggurat *z, th_taus2 *s)
{
	for (;;) {
		uint32_t bits = th_taus2_next(s), layer = bits & (TH_LAYERS - 1);
		double x = ((int32_t)(bits >> 7) - 0x1000000) * z->step[layer]; /* 25 bits, sign and all */
		if (fabs(x) < z->x[layer + 1] || th_ziggurat_edge(z, s, layer, &x))
			return x;
	}
}

#endif
