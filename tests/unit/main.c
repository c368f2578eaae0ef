/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "suites.h"

int tests_skipped;

int main(void)
{
	Suite *(*const suites[])(void) = {
		base_suite, book_suite, source_suite, encoding_suite, csv_suite, scan_suite, pile_suite, grid_suite, json_suite, output_suite, unit_suite, period_suite, table_suite, factor_suite, workbook_suite,
		reference_suite, doc_suite, picture_suite, docx_suite, report_suite, account_suite, shards_suite, listen_suite, uncertainty_suite, sampler_suite, trend_suite, lmdi_suite, pathway_suite, route_suite, route_ties_suite,
		rules_suite, rules_pack_suite, rules_set_suite, rules_ways_suite, measure_suite, applicants_suite, assess_suite, plan_suite, face_suite, contract_suite,
	};
	/* A slow machine is no failure: no test is timed. */
	if (setenv("CK_DEFAULT_TIMEOUT", "0", 1) != 0)
		return 1;
	SRunner *runner = srunner_create(NULL);
	for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
		srunner_add_suite(runner, suites[i]());
	srunner_run_all(runner, CK_NORMAL);
	int run = srunner_ntests_run(runner), failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	printf("%d passed, %d failed", run - failed, failed);
	if (tests_skipped)
		printf(", %d skipped", tests_skipped);
	putchar('\n');
	return run == 0 || failed > 0;
}
