/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ziggurat's layers, and the few numbers in a hundred that fall beside them: normal.h says after whom. */

#include "uncertainty/normal.h"

static const double ZIGGURAT_TAIL = 3.442619855899, ZIGGURAT_AREA = 9.91256303526217e-3; /* of 128 layers */

void th_ziggurat_make(th_ziggurat *z)
{
	double f = exp(-0.5 * ZIGGURAT_TAIL * ZIGGURAT_TAIL);
	z->x[0] = ZIGGURAT_AREA / f;
	z->x[1] = ZIGGURAT_TAIL;
	z->x[TH_LAYERS] = 0;
	for (int i = 2; i < TH_LAYERS; i++) {
		z->x[i] = sqrt(-2 * log(ZIGGURAT_AREA / z->x[i - 1] + f));
		f = exp(-0.5 * z->x[i] * z->x[i]);
	}
	for (int i = 0; i < TH_LAYERS; i++)
		z->step[i] = z->x[i] / 16777216.0;
}

int th_ziggurat_edge(const th_ziggurat *z, th_taus2 *s, uint32_t layer, double *x)
{
	if (layer == 0) {
		double beyond, y;
		do {
			beyond = -log(th_uniform_above(s)) / ZIGGURAT_TAIL;
			y = -log(th_uniform_above(s));
		} while (y + y < beyond * beyond);
		*x = copysign(ZIGGURAT_TAIL + beyond, *x);
		return 1;
	}
	double low = exp(-0.5 * z->x[layer] * z->x[layer]), high = exp(-0.5 * z->x[layer + 1] * z->x[layer + 1]);
	return low + th_uniform(s) * (high - low) < exp(-0.5 * *x * *x);
}
