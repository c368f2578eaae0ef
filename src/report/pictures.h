/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_PICTURES_H
#define TH_REPORT_PICTURES_H

/* The pictures of a report. Each function adds a picture, whose title is what is found, and behind it the table with the same numbers, which is all there is
 * where pictures are not shown; where the data lack, a sentence that says which. Of one year, never a sum of years, unless time is the axis. */

#include "report/plan_report.h"

/* --- sources.c: what emits, by year, scope and activity --- */

typedef struct th_source_sum {
	int year, scope;           /* 1 to 3 */
	const th_activity *activity;
	th_mass gross;
} th_source_sum;

typedef struct th_sources {
	th_arena arena;
	th_source_sum *sum;        /* when the account is done, by year, scope and size, the largest first */
	size_t sums, last;
} th_sources;

/* A listener to an account that adds up gross emissions; zero it before, free it behind. Entries over several years belong to none and are left out: what it
 * has of a year is all of it where the account knows that year's totals. */
th_listener th_sources_listener(th_sources *sources);
void th_sources_free(th_sources *sources);

/* --- picture_sources.c, picture_flow.c: where emissions come from, how they add up --- */

void th_put_sources_picture(th_page *page, const th_sources *sources, const th_account *account, int year);
void th_put_flow_picture(th_page *page, const th_sources *sources, const th_account *account, int year); /* for a screen; its table is that of the sources */

/* `table`: with a table of its numbers; a chapter that has them in a table of its own says them once. */

/* --- picture_sure.c: what the choice of a profile is worth, how sure it is --- */

void th_put_profiles_picture(th_page *page, const th_account *account, int year, bool table);
void th_put_range_picture(th_page *page, const th_uncertainty *uncertainty); /* NULL: it was not asked for */

/* --- picture_peak.c, picture_path.c, picture_bridge.c: over the years --- */

void th_put_peak_pictures(th_page *page, const th_case_plan *plan); /* one for each series */
void th_put_path_picture(th_page *page, const th_case_plan *plan, bool table);
void th_put_bridge_picture(th_page *page, const th_case_plan *plan);

/* --- picture_efforts.c: when, and what it costs --- */

void th_put_schedule_picture(th_page *page, const th_case_plan *plan, bool table);
void th_put_cost_picture(th_page *page, const th_case_plan *plan, bool table); /* for a screen */

/* --- picture_limits.c: which conditions hold, and how far --- */

void th_put_limits_picture(th_page *page, const th_assessment *assessment, bool table);

#endif
