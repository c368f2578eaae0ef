/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_TRANSCENDENTAL_H
#define TH_BASE_TRANSCENDENTAL_H

/* Functions of math.h whose last bit IEEE 754-2019 leaves to the library (clause 9.2 recommends, and requires nothing): called through here alone, so that a port
 * whose C library rounds otherwise is one change. Square roots and the four operations are exact to the last bit (clause 5.4.1) and need none of it. */

#include <math.h>

static inline double th_exp(double x) { return exp(x); }
static inline double th_expm1(double x) { return expm1(x); }
static inline double th_log(double x) { return log(x); }
static inline double th_log1p(double x) { return log1p(x); }
static inline double th_log10(double x) { return log10(x); }
static inline double th_pow(double x, double y) { return pow(x, y); }
static inline long double th_log10l(long double x) { return log10l(x); }
static inline long double th_powl(long double x, long double y) { return powl(x, y); }
static inline double th_atanh(double x) { return atanh(x); }
static inline double th_hypot(double x, double y) { return hypot(x, y); }
static inline double th_erfc(double x) { return erfc(x); }

#endif
