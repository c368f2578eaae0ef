/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of assumptions.csv or of a scenario. What is wrong with it is reported where it is found, with its place. */
#ifndef TANHE_PLAN_ASSUMPTION_H
#define TANHE_PLAN_ASSUMPTION_H

#include "plan/planning.h"

/* A row of a file, with its name in parts: head.subject@from. */
typedef struct th_assumption {
	th_planning *p;
	const th_params *file;
	const th_param_row *row;
	bool scenario;
	th_slice name, head, subject; /* name: without the year */
	th_slice value, unit;         /* the unit of the cell of units, or behind the number or the name */
	int from;
} th_assumption;

/* Name, year and unit of the row; false, and reported, when they cannot be. */
bool th_assumption_take_name(th_assumption *a);
/* Head and subject from the name alone; nothing is reported. */
void th_assumption_read_name(th_assumption *a);
/* Its value as a number, as percent a year, as a year. False, and reported, when it is none. */
bool th_assumption_take_number(const th_assumption *a, th_decimal *out);
bool th_assumption_take_percent(const th_assumption *a, th_decimal *out);
bool th_assumption_take_year(const th_assumption *a, th_decimal *out);
/* The unit of a price: money for an amount. False, and reported, when it is none. */
bool th_assumption_take_price_unit(const th_assumption *a, th_unit *unit);
/* Of what a growth is: an activity of the base year, a driver, or TH_PATH_ALL for all activities. False, and reported, when it is of nothing here. */
bool th_assumption_find_growing(const th_assumption *a, bool *driver, size_t *index);
/* The id of the activity that a text names, else the text. */
th_slice th_assumption_carrier(const th_case_plan *plan, th_slice text);

/* Reports: its name is none of those that may be, its value or unit is not what it should be, it stands there by another of its names. */
void th_assumption_bad_name(const th_assumption *a);
void th_assumption_bad_value(const th_assumption *a, const char *expected);
void th_assumption_bad_unit(const th_assumption *a, const char *expected);
void th_assumption_twice(const th_assumption *a);

#endif
