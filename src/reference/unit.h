/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_UNIT_H
#define TH_REFERENCE_UNIT_H

/* Units of measurement, exact: a vector of dimensions and a rational number. The names are data (units.csv); the
 * grammar is here. */

#include "base/decimal.h"
#include "reference/table.h"

enum { TH_DIMS = 48 };

typedef struct th_unit {
	int8_t dim[TH_DIMS];
	uint64_t num, den; /* lowest terms, without factors of ten */
	int32_t exp;       /* value = num/den x 10^exp of the base units */
	uint32_t note;     /* 1 + the row in th_units whose note must be shown; 0 none */
} th_unit;

typedef struct th_units th_units;

TH_MUST_USE th_units *th_units_new(void);
void th_units_free(th_units *units);

/* Add the rows of a units file (the shipped one, then the user's); a name that is there already, or that can be read already
 * (kWh), is an error showing both places. `columns` gives the aliases of the header, NULL for none. `sha256`, where it is
 * wanted, is that of the rows that were added. */
TH_MUST_USE th_status th_units_load(th_units *units, const th_columns *columns, const char *path, char sha256[65], th_diags *diags);

typedef enum th_unit_error {
	TH_UNIT_OK,
	TH_UNIT_EMPTY,
	TH_UNIT_UNKNOWN,   /* a name that is not in the table: *at is it */
	TH_UNIT_AMBIGUOUS, /* a name with several readings (mw, MT): *at is it, th_unit_suggest lists them */
	TH_UNIT_SYNTAX,    /* parentheses, an operator without an operand, a/b c (which could be read twice) */
	TH_UNIT_RANGE      /* the factor does not fit 64 bits or an exponent is above 9 */
} th_unit_error;

/* Read a unit: names with SI prefixes where the table allows, Chinese multipliers (万 亿 千 百 十 and their compounds, one or two) before any unit,
 * `10^4 X`, `10000 X`; products by blank, `·`, `*`, `x`, `-` between letters, `.` there where no name has it (kW.h); `/` with one unit or a parenthesis behind it (a number binds to the unit behind it:
 * t/10^4 kWh); exponents m2 m^2 m²; full-width forms folded; `m3@20C`, `m3（20℃）` a gas at a stated temperature and 101.325 kPa, read as the Nm3 that it
 * is by the ideal gas law (273.15/(273.15+t)). `%` and `1` are numbers. Pass the text as written: the folding of 10² to
 * 10^2 is done here and is lost on text folded before. *at points into `text`. */
TH_MUST_USE th_unit_error th_unit_parse(const th_units *units, th_slice text, th_unit *out, th_slice *at);

/* The temperature of a unit with `@20C` or `(20C)` in it: the two numbers of the gas law, 273.15 and 293.15 (in kelvin, or both in degrees Rankine). */
TH_MUST_USE bool th_unit_condition(th_slice text, th_decimal *zero, th_decimal *kelvin);

/* On which basis a unit says that heat is counted: GJ (net), kWh LHV, kWh（高位）. *bare is the unit before that; all of it where nothing is said. */
typedef enum th_heat_basis { TH_HEAT_UNSAID, TH_HEAT_NET, TH_HEAT_GROSS } th_heat_basis;
th_heat_basis th_unit_heat(th_slice text, th_slice *bare);

/* Of an amount in a time, MWh/a, 万kWh/月, t/d: what is before the last stroke as written, what is behind it, and the unit of that, which is a
 * time. False when the unit is not written so. */
TH_MUST_USE bool th_unit_rate(const th_units *units, th_slice text, th_slice *amount, th_slice *time, th_unit *time_unit);

/* What an unknown or ambiguous name may have meant, `MWh, mWh`, for messages; nothing when nothing is near. */
/* A text that is no unit, without the signs around it, its blanks or one character that is too many, if that is one. */
bool th_unit_mend(const th_units *units, th_slice text, th_buf *out);
void th_unit_suggest(const th_units *units, th_slice name, th_buf *out);

/* Does a comma stand between two digits of a unit's text? */
bool th_unit_has_comma(th_slice text);
bool th_unit_same_dimension(const th_unit *a, const th_unit *b);
bool th_unit_is_number(const th_unit *unit); /* no dimension */
th_unit th_unit_one(void);
void th_unit_mul(th_unit *a, const th_unit *b); /* sets num 0 when it does not fit */
void th_unit_div(th_unit *a, const th_unit *b);
/* unit x num/den x 10^exp, lowest terms; num becomes 0 when it does not fit. */
void th_unit_scale(th_unit *unit, uint64_t num, uint64_t den, int exp);
/* r x (unit in base units): how a ratio is multiplied or divided by a unit. */
void th_ratio_mul_unit(th_ratio *r, const th_unit *unit);
void th_ratio_div_unit(th_ratio *r, const th_unit *unit);

/* `number` of `unit`, counted in `like`, a unit of the same dimension: exact to 9 decimals. False when it has more than 18 digits. */
TH_MUST_USE bool th_unit_count(th_decimal number, const th_unit *unit, const th_unit *like, th_decimal *out);

/* All names of units, folded. */
const th_intern *th_units_names(const th_units *units);

/* The dimension in words, `energy`, `mass/energy`, `gas volume (Nm3)`; for messages. */
void th_unit_dimension(const th_units *units, const th_unit *unit, th_buf *out);
/* The note of a unit's name in a language; empty if none. */
th_slice th_unit_note(const th_units *units, const th_unit *unit, th_lang lang);
/* A unit as a text in `lang` has it: 万平方米 for 10^4 m2, t CO2e/人 for t CO2e/person in Chinese, where units.csv has a name; else as written. */
void th_unit_put_name(const th_units *units, th_slice text, th_lang lang, th_buf *out);
/* What stands between a number and that name: nothing before a Chinese word (5年) and, in Chinese, before % (14.3%); else a blank. */
th_slice th_unit_gap(th_slice name, th_lang lang);
/* A unit as text has it, in English of many: years for year, where units.csv has that word as well. */
void th_unit_put_many(const th_units *units, th_slice text, th_buf *out);
/* That name behind a number that ends the text from `from` on, and what stands between: of 1 year it is one. */
void th_unit_put_behind(th_slice name, size_t from, th_lang lang, th_buf *out);
/* The rows of the user's files: how many; the name and place of one; which of them (seen[], never cleared) a text is read by, itself or through
 * the row that defines it. */
size_t th_units_user_rows(const th_units *units);
th_slice th_units_user_row(const th_units *units, size_t which, const char **file, size_t *line);
void th_units_see(const th_units *units, th_slice text, bool *seen);
/* The exponent of a base dimension by its name in units.csv ("year", "mass", "gas-volume"); 0 when it has none. */
int th_unit_exponent(const th_units *units, const th_unit *unit, const char *dimension);

#endif
