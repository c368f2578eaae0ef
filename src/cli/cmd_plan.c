/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/job.h"

struct own {
	cli_plan words;
	th_case_plan *plan;
};

/* Reached, or nothing asked: 0; not reached or behind: 1; not to be told: 4. */
static int status_of(th_plan_answer answer)
{
	static const int status[] = {[TH_PLAN_YES] = 0, [TH_PLAN_NO] = 1, [TH_PLAN_OPEN] = 4};
	return status[answer];
}

static bool words(cli_job *job)
{
	struct own *own = job->own;
	return cli_read_threads(job->c, job->sure.threads, &job->sure.hands) && cli_read_plan(job, &own->words);
}

static th_status take(cli_job *job)
{
	const struct own *own = job->own;
	return cli_take_plan(job, &own->words);
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	th_status status = cli_run_plan(job, &own->words, &own->plan);
	if (status == TH_OK)
		job->answer = status_of(th_plan_answer_of(own->plan));
	return status == TH_OK ? th_report_plan(own->plan, (th_format)job->format, job->c->lang, &job->text, &job->length) : status;
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_plan_free(own->plan);
}

int cmd_plan(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "json", NULL};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .release = release,
	                                .examples = "  tanhe plan examples/enterprise\n"
	                                            "  tanhe plan examples/region-2010-2020 --series examples/region-2010-2020/series.csv\n"
	                                            "  tanhe plan examples/enterprise --route 第二阶段 -f json\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	cli_add_report(&job, "text (default) or json", "text（默认）或 json");
	cli_add_brief(&job);
	cli_add_plan(&job, &own.words);
	cli_add_pack(&job);
	cli_add_proof(&job);
	cli_add_case(&job);
	cli_add_threads(&job);
	int code = cli_run(&job, &steps, argc, argv);
	cli_free_plan(&own.words);
	return code;
}
