/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/job.h"

#include "check/check.h"

/* A check by the pack of events: whether an event is carbon neutral. */

static const char pack_of_events[] = "event-neutrality";

struct own {
	th_check_options options;
	th_assessment *assessment;
};

static bool words(cli_job *job)
{
	job->rules = pack_of_events;
	return cli_one_case(job);
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	own->options.folder = job->operand[0];
	th_status status = cli_check_options(job, &own->options);
	if (status == TH_OK)
		status = th_check_run(job->reference, job->c->data, &own->options, job->diags, &own->assessment);
	if (status == TH_OK)
		status = cli_locked(job, own->assessment->account, own->assessment->pack);
	if (status == TH_OK)
		job->answer = th_check_exit(own->assessment);
	return status == TH_OK ? th_report_check(own->assessment, (th_format)job->format, job->c->lang, &job->text, &job->length) : status;
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_assessment_free(own->assessment);
}

int cmd_event(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "json", NULL};
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats};
	static const cli_steps steps = {.formats = formats, .words = words, .take = cli_take_case, .work = work, .release = release, .names_errors = true,
	                                .examples = "  tanhe event examples/event\n"
	                                            "  tanhe event examples/event -f json -o event.json\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	cli_add_report(&job, &format, "text (default) or json", "text（默认）或 json");
	cli_add_brief(&job);
	cli_add_params(&job);
	cli_add_evidence(&job);
	cli_add_case(&job);
	cli_add_lock(&job);
	cli_add_uncertainty(&job, "approach1 or approach2: whether limits hold with it", "approach1 或 approach2：考虑不确定性后是否仍满足", false);
	return cli_run(&job, &steps, argc, argv);
}
