/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_ASSESS_H
#define TANHE_ASSESS_H

/* A case through account and rules: which requirements of a published text it meets. */

#include <tanhe/rules.h>
#include <tanhe/uncertainty.h>

/* What follows for one case. */
typedef struct th_assessment th_assessment;

typedef struct th_check_options {
	const char *folder;           /* the case: case.csv, and inventory.csv, measures.csv, targets.csv, params.csv where there are */
	const char *rules;            /* a pack's id, or the path of a file (it has a slash or ends in .json); NULL: the default one */
	const char *const *params;    /* files of parameters; a value in an earlier one wins */
	size_t params_count;
	const char *user_folder;      /* the user's files of parameters, of which ID.csv of the pack comes behind the case's own where it is there; NULL: none */
	const char *const *readings;  /* `definition=reading`: how to read what the text leaves open, in place of the pack's choice */
	size_t readings_count;
	int all_categories;           /* also decide for every other category of applicant */
	/* As in th_account_options; the listeners are told of the case's inventory. */
	const char *profile, *gwp, *encoding, *gas_condition;
	int fallback_nearest;
	const th_listener *listener;
	size_t listeners;
	const th_uncertainty_options *uncertainty; /* never changes a status or the verdict */
} th_check_options;

/* Read the whole case, compute its account and decide. `data` is the folder that holds rules/. The case's own factors.csv and
 * units.csv count only if they were added to the reference before (th_reference_add_factors). The options' strings, the
 * reference, `data` and the diagnostics, which keep the names of the files, must outlive the assessment; after an error *out is NULL. TH_INVALID when any file has an error: all files are read first, so that
 * all errors are reported; a file other than case.csv that is not there is no error, what it would tell is unknown. An option
 * that names nothing known is TH_USAGE. The verdict is no status: see th_assessment_verdict. */
TH_PUBLIC TH_MUST_USE th_status th_check_run(const th_reference *reference, const char *data, const th_check_options *options,
                                              th_diags *diags, th_assessment **out);
/* Only the pack and its parameters, from the same files (`folder` may be NULL: no case). */
TH_PUBLIC TH_MUST_USE th_status th_check_params(const th_reference *reference, const char *data, const th_check_options *options,
                                                 th_diags *diags, th_assessment **out);
TH_PUBLIC void th_assessment_free(th_assessment *assessment);

typedef enum th_verdict_code { TH_VERDICT_YES, TH_VERDICT_NO, TH_VERDICT_OPEN, TH_VERDICT_EXPERTS } th_verdict_code;
/* eligible, not eligible, undetermined, expert review. */
TH_PUBLIC th_verdict_code th_assessment_verdict(const th_assessment *assessment);

#endif
