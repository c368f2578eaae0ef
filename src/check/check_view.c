/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What <tanhe/check.h> tells of an assessment. */

#include <math.h>

#include "check/check.h"

#include "rules/expr.h"

th_verdict_code th_assessment_verdict(const th_assessment *a)
{
	static const th_verdict_code code[TH_VERDICTS] = {
		[TH_ELIGIBLE] = TH_VERDICT_YES, [TH_NOT_ELIGIBLE] = TH_VERDICT_NO, [TH_VERDICT_UNDETERMINED] = TH_VERDICT_OPEN,
		[TH_VERDICT_EXPERT_REVIEW] = TH_VERDICT_EXPERTS,
	};
	return a->broken ? TH_VERDICT_ERROR : code[a->results.verdict];
}

int th_check_exit(const th_assessment *a)
{
	static const int status[] = {[TH_VERDICT_YES] = 0, [TH_VERDICT_NO] = 1, [TH_VERDICT_OPEN] = 4, [TH_VERDICT_EXPERTS] = 4, [TH_VERDICT_ERROR] = 3};
	return status[th_assessment_verdict(a)];
}

const th_account *th_assessment_account(const th_assessment *a)
{
	return a->account;
}

int th_assessment_illustrative(const th_assessment *a)
{
	return a->illustrative;
}

static th_requirement_status status_of(th_rule_status status)
{
	static const th_requirement_status of[TH_RULE_STATUSES] = {
		[TH_RULE_MET] = TH_REQUIREMENT_MET, [TH_RULE_NOT_MET] = TH_REQUIREMENT_NOT_MET, [TH_RULE_UNDETERMINED] = TH_REQUIREMENT_OPEN,
		[TH_RULE_EXPERT_REVIEW] = TH_REQUIREMENT_EXPERTS, [TH_RULE_NOT_APPLICABLE] = TH_REQUIREMENT_NOT_APPLICABLE,
	};
	return of[status];
}

int th_assessment_requirement(const th_assessment *a, size_t index, th_lang lang, th_requirement_row *row)
{
	if (index >= a->results.results)
		return 0;
	const th_rule_result *result = &a->results.result[index];
	const th_requirement *r = result->requirement;
	*row = (th_requirement_row){
		.id = r->id, .clause = r->clause, .quote = result->quote, .title = th_word(r->title, lang), .mandatory = r->level == TH_RULE_MANDATORY,
		.status = status_of(result->status), .flips = result->flips, .limits = result->limits, .missing = result->missings,
		.binding = result->binding, .why = th_word(result->why, lang), .advice = th_word(r->advice, lang),
	};
	return 1;
}

static double in_unit(const th_rule_value *value, const th_unit *unit)
{
	th_exact number;
	return value->known && th_exact_in(value->number, unit, &number) ? (double)number.num / (double)number.den : NAN;
}

int th_assessment_limit(const th_assessment *a, size_t requirement, size_t k, th_lang lang, th_limit_row *row)
{
	if (requirement >= a->results.results || k >= a->results.result[requirement].limits)
		return 0;
	const th_rule_limit_result *at = &a->results.result[requirement].limit[k];
	const th_rule_limit *limit = at->limit;
	*row = (th_limit_row){
		.name = th_word(limit->name, lang), .compare = th_rule_compare_signs[limit->compare], .observed = in_unit(&at->observed, &limit->unit),
		.required = in_unit(&at->required, &limit->unit), .margin = in_unit(&at->margin, &limit->unit), .unit = limit->unit_text,
		.status = status_of(at->status),
	};
	return 1;
}

int th_assessment_missing(const th_assessment *a, size_t requirement, size_t k, th_slice *id)
{
	if (requirement >= a->results.results || k >= a->results.result[requirement].missings)
		return 0;
	*id = a->results.result[requirement].missing[k];
	return 1;
}
