/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Member `options` of a report: what was asked for and every file that was named, so that it can be made again (src/audit). What was not asked
 * for is absent. The files of a case are found by what they are called there, and are no part of it. */
#include "report/footprint_report.h"

#include "base/filename.h"
#include "uncertainty/uncertainty.h"

static void put_word(th_writer *w, const char *key, const char *word)
{
	if (word)
		th_put_text(w, key, th_slice_of(word));
}

static void put_file(th_writer *w, const char *key, const char *path, const char *sha256)
{
	if (!path)
		return;
	th_put_open(w, key, '{');
	th_put_file_name(w, path);
	th_put_text_if(w, "sha256", th_slice_of(sha256));
	th_put_close(w, '}');
}

/* Of a sheet, its workbook's. */
static const th_input *input_of(const th_account *a, const char *path)
{
	for (size_t i = 0; i < a->inputs; i++)
		if (th_same_source(a->input[i].path, path))
			return &a->input[i];
	return NULL;
}

static void put_inventories(th_writer *w, const th_account *a)
{
	th_put_open(w, "inventories", '[');
	for (size_t i = 0; i < a->asked.inventories; i++) {
		const th_input *input = input_of(a, a->asked.inventory[i]);
		put_file(w, NULL, a->asked.inventory[i], input ? input->sha256 : "");
	}
	th_put_close(w, ']');
}

static void put_overlays(th_writer *w, const char *key, const th_reference *reference, bool units)
{
	bool any = false;
	for (size_t i = 0; i < reference->overlays; i++)
		any |= reference->overlay[i].units == units;
	if (!any)
		return;
	th_put_open(w, key, '[');
	for (size_t i = 0; i < reference->overlays; i++)
		if (reference->overlay[i].units == units)
			put_file(w, NULL, reference->overlay[i].path, reference->overlay[i].sha256);
	th_put_close(w, ']');
}

static const char *layout_digest(const th_account *a)
{
	for (size_t i = 0; i < a->inputs; i++)
		if (a->input[i].layout_file)
			return a->input[i].layout_sha256;
	return "";
}

static void put_uncertainty(th_writer *w, const th_uncertainty *u)
{
	const th_uncertainty_options *o = &u->options;
	th_put_text(w, "uncertainty", o->approach == 2 ? TH_S("approach2") : TH_S("approach1"));
	if (o->approach != 2)
		return;
	if (o->trials)
		th_put_count(w, "trials", o->trials);
	th_put_key(w, TH_S("seed"));
	th_buf_printf(w->buf, "%llu", o->seed);
}

/* What an account alone is asked for. */
static void put_correlations(th_writer *w, const th_uncertainty *u)
{
	static const char *const between[2][2] = {{"factors", "both"}, {"none", "activities"}};
	put_file(w, "correlations", u->correlations.path, u->correlations.sha256);
	if (u->options.approach == 2)
		put_word(w, "year_correlation", between[u->options.factors_yearly != 0][u->options.activities_correlated != 0]);
}

/* How the inventories are read and computed: the same for an account and for a case. */
static void put_computing(th_writer *w, const th_reference *reference, const th_account *a)
{
	put_overlays(w, "factors", reference, false);
	put_overlays(w, "units", reference, true);
	if (!a)
		return;
	put_word(w, "profile", a->asked.profile);
	put_word(w, "gwp", a->asked.gwp);
	put_word(w, "encoding", a->asked.encoding);
	put_word(w, "gas_condition", a->asked.gas_condition);
	put_file(w, "layout", a->asked.layout, layout_digest(a));
	th_put_year_if(w, "year", a->asked.year);
	if (a->asked.fallback_nearest)
		th_put_text(w, "fallback", TH_S("nearest"));
	const th_uncertainty *u = th_uncertainty_of(a);
	if (u)
		put_uncertainty(w, u);
}

void th_put_footprint_options(th_writer *w, const th_footprints *f)
{
	th_put_open(w, "options", '{');
	uint32_t shown;
	if (th_index_get(f->shown, &shown))
		th_put_text(w, "product", f->products.row[shown].id);
	put_computing(w, f->reference, f->account);
	th_put_close(w, '}');
}

void th_put_account_options(th_writer *w, const th_account *a)
{
	const th_uncertainty *u = th_uncertainty_of(a);
	th_put_open(w, "options", '{');
	put_inventories(w, a);
	put_file(w, "case", a->case_path, a->case_sha256);
	put_file(w, "instruments", a->instruments.path, a->instruments.sha256);
	if (u)
		put_correlations(w, u);
	put_word(w, "by", a->asked.by);
	put_computing(w, a->reference, a);
	th_put_close(w, '}');
}

/* --- a case --- */

/* Whose a file of parameters is: of those that were named, of the case, or the user's. */
typedef enum owner { NAMED, CASE, USER } owner;

static owner owner_of(const th_assessment *a, const th_check_file *file)
{
	size_t length = a->asked.user_folder ? strlen(a->asked.user_folder) : 0;
	if (a->contents.path[TH_CASE_PARAMS] && strcmp(file->path, a->contents.path[TH_CASE_PARAMS]) == 0)
		return CASE;
	return length && strncmp(file->path, a->asked.user_folder, length) == 0 && th_file_name(file->path) == file->path + length + 1 ? USER : NAMED;
}

static void put_params(th_writer *w, const th_assessment *a)
{
	const th_check_file *users = NULL;
	bool open = false;
	for (size_t i = 0; i < a->files; i++) {
		const th_check_file *file = &a->file[i];
		owner whose = file->kind == TH_CASE_PARAMS && file->found ? owner_of(a, file) : CASE;
		if (whose == USER)
			users = file;
		if (whose != NAMED)
			continue;
		if (!open)
			th_put_open(w, "params", '[');
		open = true;
		put_file(w, NULL, file->path, file->sha256);
	}
	if (open)
		th_put_close(w, ']');
	if (users)
		put_file(w, "user_params", users->path, users->sha256);
}

/* Lists that were filled in: tables of facts beside the case's own. */
static void put_answers(th_writer *w, const th_assessment *a)
{
	bool open = false;
	for (size_t i = TH_CASE_FACTS + 1; i < a->files; i++) {
		if (a->file[i].kind != TH_CASE_FACTS)
			continue;
		if (!open)
			th_put_open(w, "answers", '[');
		open = true;
		put_file(w, NULL, a->file[i].path, a->file[i].sha256);
	}
	if (open)
		th_put_close(w, ']');
}

static void put_rules(th_writer *w, const th_assessment *a)
{
	const char *rules = a->asked.rules;
	if (rules && th_rules_are_a_file(rules))
		put_file(w, "rules_file", rules, a->pack->sha256);
	else
		put_word(w, "rules", rules);
	th_put_text_if(w, "stage", th_pack_stage_id(a->pack));
	put_word(w, "phase", a->asked.phase);
}

static void put_readings(th_writer *w, const th_assessment *a)
{
	bool open = false;
	for (size_t i = 0; i < a->readings; i++) {
		const th_rule_define *define = &a->pack->define[a->reading[i].define];
		th_buf text = {0};
		if (!a->reading[i].overridden)
			continue;
		if (!open)
			th_put_open(w, "readings", '[');
		open = true;
		th_buf_slice(&text, define->id);
		th_buf_char(&text, '=');
		th_buf_slice(&text, define->reading[a->reading[i].reading].id);
		th_put_text(w, NULL, th_buf_view(&text));
		w->buf->failed |= text.failed;
		th_buf_free(&text);
	}
	if (open)
		th_put_close(w, ']');
}

static void put_case(th_writer *w, const th_assessment *a)
{
	put_rules(w, a);
	put_params(w, a);
	put_answers(w, a);
	put_readings(w, a);
	if (a->categories)
		th_put_truth(w, "all_categories", true);
	put_word(w, "accept_holes", a->asked.accept_holes);
	if (a->asked.require_evidence)
		th_put_truth(w, "require_evidence", true);
	put_computing(w, a->reference, a->account);
}

void th_put_check_options(th_writer *w, const th_assessment *a)
{
	th_put_open(w, "options", '{');
	put_case(w, a);
	th_put_close(w, '}');
}

void th_put_plan_options(th_writer *w, const th_case_plan *plan)
{
	const th_plan_options *o = &plan->options;
	th_put_open(w, "options", '{');
	if (o->assumptions)
		put_file(w, "assumptions", o->assumptions, plan->assumptions.sha256);
	if (plan->scenarios)
		th_put_open(w, "scenarios", '[');
	for (size_t i = 0; i < plan->scenarios; i++)
		put_file(w, NULL, plan->scenario[i].path, plan->scenario[i].params.sha256);
	if (plan->scenarios)
		th_put_close(w, ']');
	if (plan->yearlys)
		th_put_open(w, "series", '[');
	for (size_t i = 0; i < plan->yearlys; i++)
		put_file(w, NULL, plan->yearly[i].path, plan->yearly[i].sha256);
	if (plan->yearlys)
		th_put_close(w, ']');
	put_word(w, "route", o->route);
	th_put_year_if(w, "actual", o->actual);
	th_put_year_if(w, "as_of", o->as_of);
	th_put_year_if(w, "from", o->from);
	th_put_year_if(w, "to", o->to);
	put_case(w, plan->a);
	th_put_close(w, '}');
}
