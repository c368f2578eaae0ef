/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/job.h"

struct own {
	const char *actual, *as_of, *between;
	cli_list scenarios, series;
	th_plan_options options;
	th_case_plan *plan;
};

/* Reached, or nothing asked: 0; not reached or behind: 1; not to be told: 4. */
static int status_of(th_plan_answer answer)
{
	static const int status[] = {[TH_PLAN_YES] = 0, [TH_PLAN_NO] = 1, [TH_PLAN_OPEN] = 4};
	return status[answer];
}

static bool year_of(const cli *c, const char *option, const char *text, size_t length, int *out)
{
	*out = 0;
	for (size_t i = 0; i < length && i < 5; i++)
		*out = text[i] >= '0' && text[i] <= '9' ? *out * 10 + (text[i] - '0') : 100000;
	if (length == 4 && *out >= 1900 && *out <= 2199)
		return true;
	return cli_no_year(c, option, text);
}

static bool words(cli_job *job)
{
	const cli *c = job->c;
	struct own *own = job->own;
	th_plan_options *o = &own->options;
	if (!cli_read_threads(c, job->sure.threads, &job->sure.hands))
		return false;
	if ((own->actual && !year_of(c, "--actual", own->actual, strlen(own->actual), &o->actual)) ||
	    (own->as_of && !year_of(c, "--as-of", own->as_of, strlen(own->as_of), &o->as_of)))
		return false;
	if (!own->between)
		return cli_one_case(job);
	const char *comma = strchr(own->between, ',');
	if (!comma || !year_of(c, "--between", own->between, (size_t)(comma - own->between), &o->from) ||
	    !year_of(c, "--between", comma + 1, strlen(comma + 1), &o->to))
		return comma ? false : cli_usage(c, "expected two years, as 2020,2023", "应为两个年份，如 2020,2023", "--between");
	return (o->from < o->to || cli_usage(c, "the second year lies behind the first", "后一年份须晚于前一年份", "--between")) && cli_one_case(job);
}

static th_status take(cli_job *job)
{
	const struct own *own = job->own;
	const cli_list *const lists[] = {&own->scenarios, &own->series};
	bool kept = !own->options.assumptions || cli_append(&job->named, own->options.assumptions);
	for (size_t i = 0; i < CLI_COUNT(lists); i++)
		for (size_t k = 0; k < lists[i]->count && kept; k++)
			kept = cli_append(&job->named, lists[i]->item[k]);
	return kept ? cli_take_case(job) : TH_SYSTEM;
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	th_plan_options *o = &own->options;
	o->assess.folder = job->operand[0];
	o->scenario = own->scenarios.item;
	o->scenarios = own->scenarios.count;
	o->series = own->series.item;
	o->series_count = own->series.count;
	th_status status = cli_check_options(job, &o->assess);
	if (status == TH_OK)
		status = th_plan_run(job->reference, job->c->data, o, job->diags, &own->plan);
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
	th_plan_options *o = &own.options;
	cli_job job = {.c = c, .own = &own};
	const cli_option rows[] = {
		{"--assumptions", 0, "FILE", &o->assumptions, NULL, NULL, "growth, prices, rates; instead of the case's assumptions.csv",
		 "增长、价格、折现率，代替项目文件夹中的 assumptions.csv"},
		{"--scenario", 0, "FILE", NULL, &own.scenarios, NULL, "other assumptions, side by side; may be repeated", "另一组假设，并列比较，可多次给出"},
		{"--series", 0, "FILE", NULL, &own.series, NULL, "more yearly series to be tested for a peak", "另行检验达峰的逐年序列"},
		{"--as-of", 0, "YEAR", &own.as_of, NULL, NULL, "when the peak test is asked (default: the last data year)", "达峰判断年份（默认为数据末年）"},
		{"--between", 0, "YEAR,YEAR", &own.between, NULL, NULL, "years to decompose (default: first and last whole year)", "分解的两个年份（默认首末完整年）"},
		{"--route", 0, "GOAL", &o->route, NULL, NULL, "cheapest measures to `threshold` or a phase", "求达到减排量门槛（threshold）或某阶段目标的最低成本措施"},
		{"--actual", 0, "YEAR", &own.actual, NULL, NULL, "set that year's account against the path", "用该年实际排放对照减排路径"},
	};
	cli_add_report(&job, "text (default) or json", "text（默认）或 json");
	cli_add_brief(&job);
	cli_add(&job, rows, CLI_COUNT(rows));
	cli_add_pack(&job);
	cli_add_proof(&job);
	cli_add_case(&job);
	cli_add_threads(&job);
	int code = cli_run(&job, &steps, argc, argv);
	free(own.scenarios.item);
	free(own.series.item);
	return code;
}
