/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "uncertainty/normal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static double polynomial(const double *coefficient, int count, double x)
{
	double sum = coefficient[count - 1];
	for (int i = count - 2; i >= 0; i--)
		sum = sum * x + coefficient[i];
	return sum;
}

/* The natural logarithm of a normal number above zero: x = 2^k m with m from root 1/2 to root 2, and ln m = 2 artanh((m - 1) / (m + 1)). */
static double logarithm(double x)
{
	static const double LN2 = 0.693147180559945309417;
	static const double odd[] = {1, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23};
	int k;
	double m = frexp(x, &k); /* exact */
	if (m < 0.707106781186547524) {
		m *= 2;
		k--;
	}
	double s = (m - 1) / (m + 1);
	return k * LN2 + 2 * s * polynomial(odd, sizeof odd / sizeof *odd, s * s);
}

static double ratio(const double above[8], const double below[8], double x)
{
	return polynomial(above, 8, x) / polynomial(below, 8, x);
}

double th_normal_at(double p)
{
	static const double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
	                            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
	                    b[8] = {1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
	                            2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3},
	                    c[8] = {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
	                            1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
	                    d[8] = {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
	                            1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9},
	                    e[8] = {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
	                            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
	                    f[8] = {1, 5.99832206555887937690e-1, 1.36929880922737805310e-1, 1.48753612908506148525e-2,
	                            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};
	double q = p - 0.5, tail = q < 0 ? p : 1 - p;
	if (fabs(q) <= 0.425)
		return q * ratio(a, b, 0.180625 - q * q);
	double r = sqrt(-logarithm(tail)), size = r <= 5 ? ratio(c, d, r - 1.6) : ratio(e, f, r - 5);
	return q < 0 ? -size : size;
}

/* Through the Chebyshev points of each stratum: Newton's divided differences, then powers of s. */
void th_quantiles_make(th_quantiles *table)
{
	enum { N = TH_COEFFICIENTS };
	static const double point[N] = {-0.49039264020161522, -0.41573480615127262, -0.27778511650980111, -0.09754516100806413,
	                                0.09754516100806413, 0.27778511650980111, 0.41573480615127262, 0.49039264020161522};
	memset(table, 0, sizeof *table);
	for (int j = 1; j < TH_HALF; j++) {
		double difference[N], power[N] = {0};
		for (int i = 0; i < N; i++)
			difference[i] = th_normal_at((j + 0.5 + point[i]) / TH_STRATA);
		for (int k = 1; k < N; k++)
			for (int i = N - 1; i >= k; i--)
				difference[i] = (difference[i] - difference[i - 1]) / (point[i] - point[i - k]);
		for (int i = N - 1; i >= 0; i--) { /* power = power (s - point) + difference */
			for (int k = N - 1; k > 0; k--)
				power[k] = power[k - 1] - point[i] * power[k];
			power[0] = difference[i] - point[i] * power[0];
		}
		for (int k = 0; k < N; k++)
			table->row[k][j] = power[k];
	}
}
