/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_FIXTURE_H
#define TH_REPORT_FIXTURE_H

/* An account built by hand, for the tests of the writers. */

#include <check.h>

#include "report/report.h"

#define KG ((th_mass)1000000000)
#define T (KG * 1000)
enum { CO2, CH4, GASES };
enum { ELECTRICITY, GAS_FUEL, ACTIVITIES };
enum { GRID, CITY, FUEL, FACTORS };
enum { PROVINCIAL, SHANGHAI, UNSET_2026, PROFILES };

typedef struct report_fixture {
	th_reference reference;
	th_gas gas[GASES];
	th_region region[3];
	th_activity activity[ACTIVITIES];
	th_factor factor[FACTORS];
	th_profile profile[PROFILES];
	th_intensity intensity;
	th_account account;
	th_input input;
	th_slice by[2], key[2][2];
	th_group group[2];
	th_gas_total gas_total[GASES];
	th_profile_total other[2];
	th_factor_use use[2];
	th_caveat caveat[1];
	th_slice arg[2];
	th_intensity_value value;
	int year[3];
	th_account_year of_year[3];
	th_mass other_gross[2];
	uint32_t electricity, fuel;
} report_fixture;

extern report_fixture f;

/* 518.49 t of power (1,234.5 MWh x 0.42) and 0.000000000001 t of methane; no removals, no credits, no energy. */
void report_fixture_build(void);
/* Its first `years` data years, 2021, 2022, 2024, each with the totals that the account has then. */
void report_fixture_years(size_t years);

/* The cases of the other files, for report_suite. */
void add_ledger_cases(Suite *suite);
TCase *report_case(Suite *suite, const char *name);

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

#endif
