/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/job.h"

struct own {
	bool all_categories;
	th_check_options options;
	th_assessment *assessment;
};

/* The exit status of a verdict. */
static int status_of(th_verdict_code verdict)
{
	static const int status[] = {[TH_VERDICT_YES] = 0, [TH_VERDICT_NO] = 1, [TH_VERDICT_OPEN] = 4, [TH_VERDICT_EXPERTS] = 4, [TH_VERDICT_ERROR] = 3};
	return status[verdict];
}

static bool words(cli_job *job)
{
	return cli_one_case(job);
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	own->options.folder = job->operand[0];
	own->options.all_categories = own->all_categories;
	th_status status = cli_check_options(job, &own->options);
	if (status == TH_OK)
		status = th_check_run(job->reference, job->c->data, &own->options, job->diags, &own->assessment);
	if (status == TH_OK)
		job->answer = status_of(th_assessment_verdict(own->assessment));
	return status == TH_OK ? th_report_check(own->assessment, (th_format)job->format, job->c->lang, &job->text, &job->length) : status;
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_assessment_free(own->assessment);
}

int cmd_check(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "json", NULL};
	static const cli_steps steps = {.formats = formats, .words = words, .take = cli_take_case, .work = work, .release = release, .names_errors = true,
	                                .examples = "  tanhe check examples/enterprise\n"
	                                            "  tanhe check examples/enterprise --params examples/params-illustrative.csv\n"
	                                            "  tanhe check examples/first/region -f json -o check.json\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	const cli_option more[] = {
		{"--all-categories", 0, NULL, NULL, NULL, &own.all_categories, "also decide for the other categories of applicant", "同时按其他试点类型判定"},
	};
	cli_add_report(&job, "text (default) or json", "text（默认）或 json");
	cli_add_brief(&job);
	cli_add_pack(&job);
	cli_add(&job, more, CLI_COUNT(more));
	cli_add_proof(&job);
	cli_add_case(&job);
	cli_add_uncertainty(&job, "approach1 or approach2: whether limits hold with it", "approach1 或 approach2：考虑不确定性后是否仍满足", false);
	return cli_run(&job, &steps, argc, argv);
}
