/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_PATH_PARTS_H
#define TH_PATH_PARTS_H

/* What pathway.c, path_check.c and cost.c share. */

#include "path/path.h"

enum { TH_PATH_MASS_BITS = 100, TH_PATH_MOST_YEARS = 200 };

/* Emissions, energy of all activities in the base year. False beyond 2^100. */
typedef struct th_path_base {
	th_mass gross, fossil, energy;
} th_path_base;
TH_MUST_USE bool th_path_base_of(const th_path_input *input, th_path_base *out);

/* Of which a measure is a share: activity's or all of them. */
th_path_base th_path_whole(const th_path_input *input, const th_path_base *base, const th_path_measure *m);

/* How far a measure has come beyond the base year in `year`: share->num / den. The base year's emissions hold what it had done by then. */
void th_path_ramp(const th_path_input *input, const th_path_measure *m, int year, th_share *share);

/* Everything wrong with the input, by kind. False without memory. */
TH_MUST_USE bool th_path_check(const th_path_input *input, th_arena *arena, th_path_problem **problem, size_t *problems);

/* Costs into path->cost. TH_SYSTEM, or TH_USAGE when a number does not fit. */
TH_MUST_USE th_status th_path_costs(const th_path_base *base, th_arena *arena, th_path *path);

#endif
