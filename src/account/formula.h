/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_FORMULA_H
#define TH_ACCOUNT_FORMULA_H

/* An equation in the making: each term that is added multiplies the exact product, so that the formula that is printed is the one that was
 * computed. Where a term is stated per another unit than the product stands in, the conversion becomes a term of its own. */

#include "account/account.h"

enum { TH_MOST_FORMULA_TERMS = 32 };

typedef struct th_formula {
	const th_units *units;
	th_arena *arena;         /* for texts that stand nowhere else */
	th_ratio product;        /* of the terms, per unit of the quantity; its unit is `at` */
	th_unit at;
	th_slice at_text;        /* as written where it came from */
	th_formula_term term[TH_MOST_FORMULA_TERMS];
	size_t terms;
	bool failed;             /* no memory */
} th_formula;

/* Begin with one of the quantity's unit. */
void th_formula_begin(th_formula *f, const th_units *units, th_arena *arena, const th_unit *unit, th_slice unit_text);

/* x value. The term's name, value and unit as written, origin and form are given; its number is `value`, for the forms 1 - x and 1 + x the
 * sum. `unit` is the term's unit (NULL: a bare number), `lower` what it is per (NULL: what stands behind the slash of its text). */
void th_formula_times(th_formula *f, th_formula_term term, th_decimal value, const th_unit *unit, const th_unit *lower);
/* As if by a term that is 1: from now on the product stands in what `unit` is of, per `lower`. */
void th_formula_unit(th_formula *f, const th_unit *unit, th_slice unit_text, const th_unit *lower);
/* x num/den, a constant of an equation. */
void th_formula_constant(th_formula *f, const char *name, unsigned num, unsigned den);
/* x percent of it. */
void th_formula_percent(th_formula *f, const char *name, th_decimal percent);
/* x num/den years. */
void th_formula_years(th_formula *f, uint64_t num, uint64_t den, const th_unit *year);
/* A volume of gas becomes the amount that it is at `condition`, in words `20C`: `condition` is m3@20C, `volume` m3. */
void th_formula_condition(th_formula *f, const th_unit *volume, const th_unit *condition, th_slice words);
/* The last conversion: into kg, whatever the mass is of. */
void th_formula_end(th_formula *f, const th_unit *kg);

/* The words: ` × 10000 × 0.5849 kg/kWh`, what stands behind the quantity and its unit. */
void th_put_formula(th_buf *buf, const th_formula_term *term, size_t terms);

#endif
