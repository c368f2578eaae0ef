/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_SUITES_H
#define TH_TEST_SUITES_H

#include <check.h>

/* Tests left out for want of something that the caller may name; they are counted, never as passed. */
extern int tests_skipped;

Suite *base_suite(void);
Suite *book_suite(void);
Suite *source_suite(void);
Suite *encoding_suite(void);
Suite *csv_suite(void);
Suite *scan_suite(void);
Suite *pile_suite(void);
Suite *grid_suite(void);
Suite *workbook_suite(void);
Suite *json_suite(void);
Suite *output_suite(void);
Suite *unit_suite(void);
Suite *period_suite(void);
Suite *table_suite(void);
Suite *factor_suite(void);
Suite *reference_suite(void);
Suite *doc_suite(void);
Suite *picture_suite(void);
Suite *docx_suite(void);
Suite *report_suite(void);
Suite *listen_suite(void);
Suite *account_suite(void);
Suite *shards_suite(void);
Suite *uncertainty_suite(void);
Suite *sampler_suite(void);
Suite *trend_suite(void);
Suite *lmdi_suite(void);
Suite *pathway_suite(void);
Suite *route_suite(void);
Suite *route_ties_suite(void);
Suite *rules_suite(void);
Suite *rules_pack_suite(void);
Suite *rules_set_suite(void);
Suite *rules_ways_suite(void);
Suite *measure_suite(void);
Suite *applicants_suite(void);
Suite *assess_suite(void);
Suite *plan_suite(void);
Suite *face_suite(void);
Suite *contract_suite(void);

#endif
