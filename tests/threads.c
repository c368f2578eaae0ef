/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jobs at once in one process, each on a thread of its own with its own inventories, profile and options: every one gives the bytes that it
 * gives alone. Built with ThreadSanitizer (make check-threads), which sees whatever they share. A program of its own: a test that forks has
 * one thread. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tanhe/tanhe.h>

#include "base/diag.h"
#include "batch/batch.h"

/* The sanitizer forgets after some million steps where a thread has been, so short jobs meet again and again. */
enum { ROUNDS_SHORT = 30, ROUNDS_LONG = 1 };

typedef struct job {
	const char *name;
	const char *folder;          /* of a case */
	enum { ACCOUNT, CHECK, PLAN, BATCH } what;
	th_account_options account;
	const th_uncertainty_options *uncertainty;
	int own_factors;             /* the case's factors.csv */
	int shared;                  /* on the reference that other threads use, too */
} job;

static const char *const enterprise[] = {"examples/enterprise/inventory.csv"}, *const building[] = {"examples/building/inventory.csv"},
	*const two[] = {"examples/community/inventory.csv", "examples/park/inventory.csv"}, *const gb18030[] = {"examples/gb18030/inventory.csv"},
	*const series[] = {"examples/region-2010-2020/inventory.csv"};
static const th_uncertainty_options approach2 = {.approach = 2, .trials = 2048, .seed = 7, .threads = 2, .data = "data"};
static const th_uncertainty_options until_known = {.approach = 2, .seed = 8, .threads = 7, .factors_yearly = 1, .activities_correlated = 1, .data = "data"};
static const job jobs[] = {
	{"enterprise, national, Monte Carlo", "examples/enterprise", ACCOUNT,
	 {.inventory = enterprise, .inventories = 1, .profile = "mee-national", .by = "site,year", .threads = 3}, &approach2, 1, 0},
	{"building, AR6, by gas", "examples/building", ACCOUNT, {.inventory = building, .inventories = 1, .gwp = "AR6", .by = "gas,scope"}, NULL, 1, 0},
	{"two inventories", NULL, ACCOUNT, {.inventory = two, .inventories = 2, .by = "activity", .fallback_nearest = 1, .threads = 3}, NULL, 0, 1},
	{"park, Monte Carlo until the limits are known", "examples/park", ACCOUNT, {.inventory = two + 1, .inventories = 1, .threads = 2}, &until_known, 0, 1},
	{"GB18030, with errors", NULL, ACCOUNT, {.inventory = gb18030, .inventories = 1, .threads = 2}, NULL, 0, 1},
	{"GB18030, Shanghai", NULL, ACCOUNT, {.inventory = gb18030, .inventories = 1, .profile = "shanghai-2022", .by = "period"}, NULL, 0, 1},
	{"region, many years", "examples/region-2010-2020", ACCOUNT, {.inventory = series, .inventories = 1, .by = "year,source", .threads = 4}, NULL, 1, 0},
	{"check of a community", "examples/community", CHECK, {.inventories = 0}, NULL, 0, 1},
	{"batch, three threads", NULL, BATCH, {.inventories = 0}, NULL, 0, 1},
	{"plan of a park", "examples/park", PLAN, {.inventories = 0}, NULL, 0, 1},
	{"plan of an enterprise", "examples/enterprise", PLAN, {.inventories = 0}, NULL, 1, 0},
};
enum { JOBS = sizeof jobs / sizeof *jobs };

static th_reference *open_reference(const job *j, th_diags *diags)
{
	th_reference *reference = NULL;
	char factors[128];
	snprintf(factors, sizeof factors, "%s/factors.csv", j && j->folder ? j->folder : "");
	if (th_reference_open("data", diags, &reference) != TH_OK || (j && j->own_factors && th_reference_add_factors(reference, factors, diags) != TH_OK))
		abort();
	return reference;
}

/* Its lines, one behind the other. */
static th_status take_line(void *context, size_t index, const th_batch_answer *answer)
{
	(void)index;
	th_buf_add(context, answer->line, answer->length);
	return TH_OK;
}

/* Cases of several kinds, one that is none and one with errors among them, over threads of their own that keep what they have found out. */
static th_status batch(const th_reference *reference, th_diags *diags, char **text, size_t *len)
{
	static const char *const folders[] = {"examples/community", "examples/park", "examples/community", "tests/bad/E3822-end-before-start", "examples/park", "nowhere"};
	const th_check_options check = {.folder = NULL};
	const th_batch_options options = {.data = "data", .check = &check, .reading = th_diags_reading(diags), .ordered = true, .threads = 3};
	th_batch_list list = {.item = NULL};
	th_buf lines = {0};
	th_pack *pack = NULL;
	int worst = 0;
	th_status status = th_rules_open(reference, "data", NULL, diags, &pack);
	for (size_t i = 0; status == TH_OK && i < sizeof folders / sizeof *folders; i++)
		status = th_batch_list_append(&list, &(th_batch_case){.path = folders[i], .where = folders[i]}) ? TH_OK : TH_SYSTEM;
	if (status == TH_OK)
		status = th_batch_run(reference, pack, &options, &list, &(th_batch_sink){.take = take_line, .context = &lines}, diags, &worst);
	th_batch_list_free(&list);
	th_pack_free(pack);
	*len = lines.len;
	th_buf_char(&lines, '\0');
	*text = lines.ptr;
	return lines.failed ? TH_SYSTEM : status;
}

static th_status report(const job *j, const th_reference *reference, th_diags *diags, char **text, size_t *len)
{
	th_status status;
	if (j->what == ACCOUNT) {
		th_account *account = NULL;
		status = th_uncertainty_run(reference, &j->account, j->uncertainty, diags, &account);
		if (status == TH_OK)
			status = th_report_account(account, TH_FORMAT_JSON, TH_LANG_EN, text, len);
		th_account_free(account);
	} else if (j->what == BATCH) {
		status = batch(reference, diags, text, len);
	} else if (j->what == CHECK) {
		th_assessment *assessment = NULL;
		const th_check_options options = {.folder = j->folder, .all_categories = 1, .threads = 3};
		status = th_check_run(reference, "data", &options, diags, &assessment);
		if (status == TH_OK)
			status = th_report_check(assessment, TH_FORMAT_TEXT, TH_LANG_ZH, text, len);
		th_assessment_free(assessment);
	} else {
		th_case_plan *plan = NULL;
		const th_plan_options options = {.assess = {.folder = j->folder, .threads = 2}};
		status = th_plan_run(reference, "data", &options, diags, &plan);
		if (status == TH_OK)
			status = th_report_plan(plan, TH_FORMAT_JSON, TH_LANG_EN, text, len);
		th_plan_free(plan);
	}
	return status;
}

/* What the job answers, to be freed: its report, or what is wrong. */
static char *answer(const job *j, const th_reference *shared)
{
	th_diags *diags = th_diags_new();
	char *text = NULL, *findings = NULL;
	size_t len = 0;
	if (!diags)
		abort();
	th_diags_read_by(diags, (th_reading){.how = TH_READ_FAST, .block = 500}); /* so that small inventories have pieces for several threads */
	th_reference *own = j->shared ? NULL : open_reference(j, diags);
	th_status status = report(j, own ? own : shared, diags, &text, &len);
	if (th_diags_jsonl(diags, &findings) != TH_OK)
		abort();
	size_t room = len + strlen(findings) + 16;
	char *out = malloc(room);
	if (!out)
		abort();
	snprintf(out, room, "%d\n%.*s%s", (int)status, (int)len, text ? text : "", findings);
	free(text);
	free(findings);
	th_reference_free(own);
	th_diags_free(diags);
	return out;
}

typedef struct worker {
	const job *job;
	const th_reference *shared;
	const char *wanted;
	int wrong;
	pthread_t thread;
} worker;

static void *work(void *context)
{
	worker *w = context;
	for (int i = 0; i < (w->job->shared ? ROUNDS_SHORT : ROUNDS_LONG); i++) {
		char *found = answer(w->job, w->shared);
		w->wrong += strcmp(found, w->wanted) != 0;
		free(found);
	}
	return NULL;
}

int main(void)
{
	th_diags *diags = th_diags_new();
	th_reference *shared = open_reference(NULL, diags);
	worker list[JOBS];
	char *wanted[JOBS];
	int wrong = 0;
	for (size_t i = 0; i < JOBS; i++)
		wanted[i] = answer(&jobs[i], shared);
	for (size_t i = 0; i < JOBS; i++) {
		list[i] = (worker){.job = &jobs[i], .shared = shared, .wanted = wanted[i]};
		if (pthread_create(&list[i].thread, NULL, work, &list[i]) != 0)
			abort();
	}
	for (size_t i = 0; i < JOBS; i++) {
		pthread_join(list[i].thread, NULL);
		if (list[i].wrong)
			printf("threads: %s: another answer than alone\n", jobs[i].name);
		wrong += list[i].wrong;
	}
	for (size_t i = 0; i < JOBS; i++) {
		if ((wanted[i][0] == '0') == (strstr(jobs[i].name, "errors") != NULL)) {
			printf("threads: %s: %.300s\n", jobs[i].name, wanted[i]);
			wrong++;
		}
		free(wanted[i]);
	}
	th_reference_free(shared);
	th_diags_free(diags);
	printf("threads: %d jobs at once, %d wrong\n", (int)JOBS, wrong);
	return wrong != 0;
}
