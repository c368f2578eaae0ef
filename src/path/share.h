/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_SHARE_H
#define TH_PATH_SHARE_H

/* What a measure takes away of what is left, and the other exact products of masses that a plan needs. */

#include "base/decimal.h"

/* part / whole x num / den of something: a measure that saves `part` of `whole`, in the year num / den of the way to its full
 * effect. whole and den are positive, part and num not negative. */
typedef struct th_share {
	th_mass part, whole;
	uint32_t num, den;
} th_share;

/* `of` x the share, rounded half to even. False when it does not fit. */
TH_MUST_USE bool th_share_of(const th_share *share, th_mass of, th_mass *out);
/* `of` x factor (kg per unit x units of a driver, CNY per unit x units), rounded half to even. False when it does not fit. */
TH_MUST_USE bool th_mass_times(th_mass of, th_decimal factor, th_mass *out);
/* `of` x (100 + percent) / 100, rounded half to even: one year's growth. False when it does not fit. */
TH_MUST_USE bool th_mass_grow(th_mass of, th_decimal percent, th_mass *out);

#endif
