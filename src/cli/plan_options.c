/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The options of whoever makes a plan, and what they mean. */
#include <stdlib.h>
#include <string.h>

#include "cli/job.h"

static bool year_of(const cli *c, const char *option, const char *text, size_t length, int *out)
{
	*out = 0;
	for (size_t i = 0; i < length && i < 5; i++)
		*out = text[i] >= '0' && text[i] <= '9' ? *out * 10 + (text[i] - '0') : 100000;
	if (length == 4 && *out >= 1900 && *out <= 2199)
		return true;
	return cli_no_year(c, option, text);
}

void cli_add_plan(cli_job *job, cli_plan *plan)
{
	th_plan_options *o = &plan->options;
	const cli_option rows[] = {
		{"--assumptions", 0, &cli_table_file, &o->assumptions, NULL, NULL, "growth, prices, rates; instead of the case's assumptions.csv",
		 "增长、价格、折现率，代替项目文件夹中的 assumptions.csv"},
		{"--scenario", 0, &cli_table_file, NULL, &plan->scenarios, NULL, "other assumptions, side by side; may be repeated", "另一组假设，并列比较，可多次给出"},
		{"--series", 0, &cli_table_file, NULL, &plan->series, NULL, "more yearly series to be tested for a peak", "另行检验达峰的逐年序列"},
		{"--as-of", 0, &cli_year, &plan->as_of, NULL, NULL, "when the peak test is asked (default: the last data year)", "达峰判断年份（默认为数据末年）"},
		{"--between", 0, &cli_two_years, &plan->between, NULL, NULL, "years to decompose (default: first and last whole year)", "分解的两个年份（默认首末完整年）"},
		{"--route", 0, &cli_goal, &o->route, NULL, NULL, "cheapest measures to `threshold` or a phase; or, as budget=500万元, those that reduce most for it", "求达到减排量门槛（threshold）或某阶段目标的最低成本措施，或预算内减排最多的措施（如 budget=500万元）"},
		{"--actual", 0, &cli_year, &plan->actual, NULL, NULL, "set that year's account against the path", "用该年实际排放对照减排路径"},
	};
	cli_add(job, rows, CLI_COUNT(rows));
}

bool cli_read_plan(const cli_job *job, cli_plan *plan)
{
	const cli *c = job->c;
	th_plan_options *o = &plan->options;
	if ((plan->actual && !year_of(c, "--actual", plan->actual, strlen(plan->actual), &o->actual)) ||
	    (plan->as_of && !year_of(c, "--as-of", plan->as_of, strlen(plan->as_of), &o->as_of)))
		return false;
	if (!plan->between)
		return cli_one_case(job);
	const char *comma = strchr(plan->between, ',');
	if (!comma || !year_of(c, "--between", plan->between, (size_t)(comma - plan->between), &o->from) ||
	    !year_of(c, "--between", comma + 1, strlen(comma + 1), &o->to))
		return comma ? false : cli_usage(c, "expected two years, as 2020,2023", "应为两个年份，如 2020,2023", "--between");
	return (o->from < o->to || cli_usage(c, "the second year lies behind the first", "后一年份须晚于前一年份", "--between")) && cli_one_case(job);
}

th_status cli_take_plan(cli_job *job, const cli_plan *plan)
{
	const cli_list *const lists[] = {&plan->scenarios, &plan->series};
	bool kept = !plan->options.assumptions || cli_append(&job->named, plan->options.assumptions);
	for (size_t i = 0; i < CLI_COUNT(lists); i++)
		for (size_t k = 0; k < lists[i]->count && kept; k++)
			kept = cli_append(&job->named, lists[i]->item[k]);
	return kept ? cli_take_case(job) : TH_SYSTEM;
}

th_status cli_run_plan(cli_job *job, cli_plan *plan, th_case_plan **out)
{
	th_plan_options *o = &plan->options;
	o->assess.folder = job->operand[0];
	o->scenario = plan->scenarios.item;
	o->scenarios = plan->scenarios.count;
	o->series = plan->series.item;
	o->series_count = plan->series.count;
	th_status status = cli_check_options(job, &o->assess);
	return status == TH_OK ? th_plan_run(job->reference, job->c->data, o, job->diags, out) : status;
}

void cli_free_plan(cli_plan *plan)
{
	free(plan->scenarios.item);
	free(plan->series.item);
}
