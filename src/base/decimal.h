/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_DECIMAL_H
#define TH_BASE_DECIMAL_H

/* Exact numbers: what was written (th_decimal), what is multiplied (th_ratio), what is summed (th_mass). */

#include <stdint.h>

#include "base/arena.h"

/* mantissa x 10^exponent, as written, without trailing zeros in the mantissa. */
typedef struct th_decimal {
	int64_t mant;
	int32_t exp;
} th_decimal;

/* What a cell turned out to be. */
typedef enum th_number {
	TH_NUM_OK,
	TH_NUM_EMPTY,    /* nothing but blanks */
	TH_NUM_MISSING,  /* a mark for missing: - -- — / N/A NA n.a. 无 缺 null */
	TH_NUM_PERCENT,  /* 12%: the sign belongs into the unit */
	TH_NUM_NONFINITE,/* nan, inf */
	TH_NUM_HEX,      /* 0x10 */
	TH_NUM_RANGE,    /* exponent beyond +-60 */
	TH_NUM_DIGITS,   /* more than 18 significant digits: *out is the number rounded to 18, half to even; whoever takes it says so */
	TH_NUM_GROUPS,   /* commas that do not stand between groups of three digits */
	TH_NUM_UNIT,     /* a number with something behind it: 12kWh */
	TH_NUM_EXCEL,    /* #N/A #DIV/0! #VALUE! #REF! ##### or a formula */
	TH_NUM_ZERO_COMMA,  /* 0,125: no group of three stands behind a leading zero */
	TH_NUM_SEMICOLON,   /* 1,234 in a file split by semicolons: 1234 or 1.234 */
	TH_NUM_SEMICOLONS,  /* 1,234.5 there: groups, but no comma is one in such a file */
	TH_NUM_SIGN_BEHIND, /* 100- */
	TH_NUM_BRACKETS,    /* (100) */
	TH_NUM_BAD       /* anything else */
} th_number;

enum { TH_NUM_FOLDED = 1u, TH_NUM_GROUPED = 2u }; /* notes: full-width digits folded; 1,234 taken as 1234 */

/* What numbers are written with, where a unit may stand behind one (th_slice_front). */
#define TH_NUMBER_BYTES "+-.,0123456789eE"
/* Read a number: optional sign, digits with at most one point, optional exponent; independent of the locale. Full-width
 * characters are folded, well-formed groups of three are joined, and *notes says so. *out is set only with TH_NUM_OK and
 * TH_NUM_DIGITS. */
TH_MUST_USE th_number th_number_parse(th_slice text, th_decimal *out, unsigned *notes);
/* The same in a file whose cells `delimiter` parts: where it is a semicolon, which is so because commas are decimal points there, no comma
 * is a group mark. */
TH_MUST_USE th_number th_number_in(th_slice text, char delimiter, th_decimal *out, unsigned *notes);
/* Is it one, rounded or not? */
static inline bool th_number_is(th_number kind)
{
	return kind == TH_NUM_OK || kind == TH_NUM_DIGITS;
}
/* Is a comma, whatever it means, all that is wrong? */
static inline bool th_number_has_comma(th_number kind)
{
	return kind == TH_NUM_ZERO_COMMA || kind == TH_NUM_SEMICOLON || kind == TH_NUM_SEMICOLONS;
}
/* What a cell that is no number was meant to be, where that can be said, "" where not: argument {2} of its error, and with `point`, where a
 * comma is the decimal point, argument {3}. */
enum { TH_NUMBER_MEANT = 260 };
const char *th_number_meant(th_slice text, th_number kind, bool point, char space[TH_NUMBER_MEANT]);

/* Is a text empty, or nothing but marks for missing (无, -, N/A), one or several between `;` `；` `、` or line breaks? */
bool th_says_nothing(th_slice text);

static inline th_decimal th_decimal_int(int64_t value)
{
	return (th_decimal){value, 0};
}
/* -1, 0, 1 by value, exact. */
static inline bool th_decimal_is_whole(th_decimal value)
{
	while (value.exp < 0 && value.mant % 10 == 0) {
		value.mant /= 10;
		value.exp++;
	}
	return value.exp >= 0;
}

int th_decimal_cmp(th_decimal a, th_decimal b);
/* a + b exactly; false when the sum needs more than 18 digits. */
TH_MUST_USE bool th_decimal_add(th_decimal a, th_decimal b, th_decimal *sum);
void th_put_decimal(th_buf *buf, th_decimal value); /* plain digits, no exponent: 0.00012 */
double th_decimal_double(th_decimal value);

/* An exact rational: sign, numerator and denominator as unsigned 1024-bit integers, and a power of ten. */
enum { TH_WIDE = 16 };
typedef struct th_ratio {
	uint64_t num[TH_WIDE];
	uint64_t den[TH_WIDE];
	int32_t exp;
	bool negative;
	bool overflow; /* sticky: a product did not fit; rounding then reports it */
} th_ratio;

th_ratio th_ratio_one(void);
void th_ratio_mul(th_ratio *r, th_decimal factor);
void th_ratio_mul_int(th_ratio *r, uint64_t num, uint64_t den, int32_t exp);

/* Mass in 1e-9 kg (and, by the same scale, any other summed quantity in 1e-9 of its unit). */
typedef __int128 th_mass;
#define TH_MASS_SCALE 9

/* x num/den, which is not 0. */
void th_ratio_mul_mass(th_ratio *r, th_mass num, th_mass den);

/* r x 10^9, rounded half to even. False when it does not fit 126 bits or r has overflowed. */
TH_MUST_USE bool th_ratio_round(const th_ratio *r, th_mass *out);

/* A coefficient made ready to be applied to many decimals: num/den x 10^exp in 64 bits each where that is exact. */
typedef struct th_coef {
	uint64_t num, den;     /* den 0: `exact` holds it */
	int32_t exp;
	bool negative;
	const th_ratio *exact; /* in the arena */
} th_coef;
/* False when there is no memory or the ratio has overflowed. */
TH_MUST_USE bool th_coef_make(th_coef *coef, const th_ratio *ratio, th_arena *arena);
/* Let it live in another arena. False without memory. */
TH_MUST_USE bool th_coef_keep(th_coef *coef, th_arena *arena);
/* value x coefficient x 10^9, rounded half to even: the same result as th_ratio_round of the product. */
TH_MUST_USE bool th_coef_apply(const th_coef *coef, th_decimal value, th_mass *out);

/* Add with a check; false on overflow. */
static inline bool th_mass_add(th_mass *sum, th_mass term)
{
	return !__builtin_add_overflow(*sum, term, sum);
}
/* Exact decimal of mass x 10^-(9+shift): shift 0 writes kg, 3 writes t. No trailing zeros, no exponent. */
void th_put_mass(th_buf *buf, th_mass mass, int shift);
/* Rounded half to even to `digits` decimals, for display only. */
void th_put_mass_rounded(th_buf *buf, th_mass mass, int shift, int digits, bool group);
/* mass / divisor as decimal text with `digits` significant digits, half to even (an intensity); divisor > 0. */
void th_put_mass_quotient(th_buf *buf, th_mass mass, int shift, const th_ratio *divisor, int digits);
th_ratio th_mass_ratio(th_mass mass); /* the number that th_mass stands for (kg) */
/* 1000 x part/whole to the nearest integer, half to even, as percent with one decimal; false when whole is not positive. */
TH_MUST_USE bool th_put_percent(th_buf *buf, th_mass part, th_mass whole, bool plus);
double th_mass_double(th_mass mass); /* in kg */

#endif
