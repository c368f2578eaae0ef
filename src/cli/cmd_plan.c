/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/job.h"
#include "report/dossier.h"

struct own {
	cli_plan words;
	th_case_plan *plan;
	const char *table_name;
	size_t table; /* of th_tables_of_plan */
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
	return cli_read_table(job, own->table_name, th_tables_of_plan, &own->table) && cli_read_threads(job->c, job->sure.threads, &job->sure.hands) &&
	       cli_read_plan(job, &own->words);
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
		status = cli_locked(job, own->plan->a->account, own->plan->a->pack);
	if (status == TH_OK)
		job->answer = status_of(th_plan_answer_of(own->plan));
	if (status == TH_OK && job->format == TH_FORMAT_CSV)
		return th_report_plan_table(own->plan, th_tables_of_plan[own->table], job->heads, job->diags, &job->text, &job->length);
	return status == TH_OK ? th_report_plan(own->plan, (th_format)job->format, job->c->lang, &job->text, &job->length) : status;
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_plan_free(own->plan);
}

int cmd_plan(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "json", "csv", NULL};
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats}, tables = {.en = "NAME", .zh = "名称", .choice = th_tables_of_plan};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .release = release,
	                                .examples = "  tanhe plan examples/enterprise\n"
	                                            "  tanhe plan examples/region-2010-2020 --series examples/region-2010-2020/series.csv\n"
	                                            "  tanhe plan examples/enterprise --route 第二阶段 -f json\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	cli_add_report(&job, &format, "text (default), json, or csv with --table", "text（默认）、json，或 csv（另用 --table）");
	cli_add_brief(&job);
	cli_add_table(&job, &tables, &own.table_name, "of -f csv: path, targets, projects, costs or schedule", "-f csv 写哪个表：path（路径）、targets（目标）、projects（项目）、costs（成本）或 schedule（进度）");
	cli_add_plan(&job, &own.words);
	cli_add_pack(&job);
	cli_add_proof(&job);
	cli_add_case(&job);
	cli_add_lock(&job);
	cli_add_threads(&job);
	int code = cli_run(&job, &steps, argc, argv);
	cli_free_plan(&own.words);
	return code;
}
