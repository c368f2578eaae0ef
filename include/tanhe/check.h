/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_ASSESS_H
#define TANHE_ASSESS_H

/* A case through account and rules: which requirements of a published text it meets. */

#include <tanhe/rules.h>
#include <tanhe/uncertainty.h>

/* What follows for one case. */
typedef struct th_assessment th_assessment;

struct th_case_contents;
typedef struct th_check_options {
	const struct th_case_contents *contents; /* of tanhe's own: what the case consists of, where that is known; NULL: what is in the folder */
	const char *folder;           /* the case: case.csv, and inventory.csv, measures.csv, targets.csv, params.csv where there are */
	const char *rules;            /* a pack's id, or the path of a file (it has a slash or ends in .json); NULL: the default one */
	const char *stage;            /* of the pack's scheme: apply, follow, accept; NULL: the first. Not of a pack that is handed in (th_rules_stage) */
	const char *phase;            /* at a stage behind the first: which phase of targets.csv is evaluated, nothing of later years; NULL: the last that a whole year tells of */
	const th_pack *pack;          /* that pack, opened once for many cases with these units (th_rules_open) and outliving them; NULL: opened for this one */
	const char *const *params;    /* files of parameters; a value in an earlier one wins */
	size_t params_count;
	const char *const *answers;   /* lists of what was asked (th_report_requests), filled in: they say what the case leaves open, before params */
	size_t answers_count;
	const char *user_folder;      /* the user's files of parameters, of which ID.csv of the pack comes behind the case's own where it is there; NULL: none */
	const char *const *readings;  /* `definition=reading`: how to read what the text leaves open, in place of the pack's choice */
	size_t readings_count;
	int all_categories;           /* also decide for every other category of applicant */
	const char *accept_holes;     /* why days without data are as they are, in place of the case's fact `holes_reason`; NULL: none */
	int no_flips;                 /* do not look for what would change a requirement, which takes most of the time */
	int all_measures;             /* read measures as well where the pack counts none, for who asks what they do (th_plan_run) */
	int require_evidence;         /* a fact that needs evidence counts only when each paper that it names lies in the case's folder */
	/* As in th_account_options; the listeners are told of the case's inventory. */
	const char *profile, *gwp, *encoding, *gas_condition, *layout;
	int year;
	int fallback_nearest;
	const th_listener *listener;
	size_t listeners;
	unsigned threads;
	struct th_kept *kept;
	const th_uncertainty_options *uncertainty; /* never changes a status or the verdict */
} th_check_options;

/* Read the whole case, compute its account and decide. `data` is the folder that holds rules/. The case's own factors.csv and
 * units.csv count only if they were added to the reference before (th_reference_add_factors). The options' strings, the
 * reference and `data` must outlive the assessment. All files are read first, so that all errors are
 * reported. With errors in the rules or the reference data there is no assessment (TH_INVALID); with errors in a table of the case there is one
 * in which nothing rests on what they are about, and its verdict is TH_VERDICT_ERROR; a file other than case.csv that is not there is no error, what it would tell is unknown. An option
 * that names nothing known is TH_USAGE. The verdict is no status: see th_assessment_verdict. */
TH_PUBLIC TH_MUST_USE th_status th_check_run(const th_reference *reference, const char *data, const th_check_options *options,
                                              th_diags *diags, th_assessment **out);
/* Only the pack and its parameters, from the same files (`folder` may be NULL: no case). */
TH_PUBLIC TH_MUST_USE th_status th_check_params(const th_reference *reference, const char *data, const th_check_options *options,
                                                 th_diags *diags, th_assessment **out);
TH_PUBLIC void th_assessment_free(th_assessment *assessment);

typedef enum th_verdict_code { TH_VERDICT_YES, TH_VERDICT_NO, TH_VERDICT_OPEN, TH_VERDICT_EXPERTS, TH_VERDICT_ERROR } th_verdict_code;
/* eligible, not eligible, undetermined, expert review; error: a table of the case has errors, and what does not rest on it is decided. */
TH_PUBLIC th_verdict_code th_assessment_verdict(const th_assessment *assessment);

/* --- what an assessment says ---
 *
 * What is handed out belongs to the assessment and lives as long. A function with an index gives row `index` from 0 in *row and 1, or 0
 * past the end and leaves *row alone. Only for what th_check_run made. */

/* The account of the case's inventory, grouped by year and period; NULL: the case has none. It belongs to the assessment. */
TH_PUBLIC const th_account *th_assessment_account(const th_assessment *assessment);

/* Whether a value in use comes from a file of illustrative parameters: then the verdict is no conclusion about anybody. */
TH_PUBLIC int th_assessment_illustrative(const th_assessment *assessment);

typedef enum th_requirement_status {
	TH_REQUIREMENT_MET, TH_REQUIREMENT_NOT_MET,
	TH_REQUIREMENT_OPEN,           /* undetermined: th_assessment_missing tells what is not known */
	TH_REQUIREMENT_EXPERTS,        /* the text leaves it to experts */
	TH_REQUIREMENT_NOT_APPLICABLE
} th_requirement_status;

/* A requirement of the text, in the text's order. `title`, `why` and `advice` are in the language asked for; the quote is the text's. */
typedef struct th_requirement_row {
	th_slice id, clause, quote, title;
	int mandatory;                 /* else general or recommended: it does not decide */
	th_requirement_status status;
	int flips;                     /* decided the other way, it alone would change the verdict */
	size_t limits, missing;        /* how many of each there are */
	size_t binding;                /* the limit that decides; meaningless without limits */
	th_slice why, advice;          /* a sentence each; advice may be empty */
} th_requirement_row;
TH_PUBLIC TH_MUST_USE int th_assessment_requirement(const th_assessment *assessment, size_t index, th_lang lang, th_requirement_row *row);

/* The k-th limit of a requirement: `observed` is to be `compare` than `required`. All in `unit`, nearest doubles of exact values; what is not
 * known is NaN. The margin is how far on the good side: not below 0 is met (0 of a strict limit is not). */
typedef struct th_limit_row {
	th_slice name;                 /* may be empty */
	const char *compare;           /* >= > <= < */
	double observed, required, margin;
	th_slice unit;                 /* empty: a pure number */
	th_requirement_status status;  /* met, not met or open */
} th_limit_row;
TH_PUBLIC TH_MUST_USE int th_assessment_limit(const th_assessment *assessment, size_t requirement, size_t k, th_lang lang, th_limit_row *row);

/* The k-th thing that is not known and could still change a requirement that is open: the id of a fact, a parameter or a computed value, or
 * `measures`. */
TH_PUBLIC TH_MUST_USE int th_assessment_missing(const th_assessment *assessment, size_t requirement, size_t k, th_slice *id);

#endif
