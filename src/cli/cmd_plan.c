/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "audit/recalculate.h"
#include "cli/heard.h"
#include "report/dossier.h"

/* --recalculate: an earlier account of the base year, and the case as it is now. */
struct earlier {
	cli_list places;
	cli_heard heard;
	th_diff_side now;
	th_listener listener;
};

struct own {
	cli_plan words;
	struct earlier earlier;
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

static const char *const formats[] = {"text", "json", "csv", "md", NULL};

static bool asks_markdown(const cli_job *job)
{
	return job->format_name && strcmp(job->format_name, "md") == 0;
}

/* Does what stands beside --recalculate fit? */
static bool fits(const cli_job *job, const struct own *own)
{
	const struct earlier *e = &own->earlier;
	if (e->heard.side.name)
		return job->brief || job->format == TH_FORMAT_CSV ? cli_usage(job->c, "--recalculate is text, JSON or md", "--recalculate 的格式为 text、json 或 md", job->brief ? "--brief" : job->format_name) : true;
	if (asks_markdown(job))
		return cli_usage(job->c, "md is for --recalculate; the dossier of a case is written by tanhe report", "md 只用于 --recalculate；申报材料请用 tanhe report", job->format_name);
	return !(e->places.count || e->heard.data) || cli_usage(job->c, "without --recalculate there is no earlier account", "没有 --recalculate，不需要此项", e->places.count ? "--inputs" : "--data-of-earlier");
}

static bool words(cli_job *job)
{
	struct own *own = job->own;
	return fits(job, own) && cli_read_table(job, own->table_name, th_tables_of_plan, &own->table) && cli_read_threads(job->c, job->sure.threads, &job->sure.hands) &&
	       cli_read_plan(job, &own->words);
}

/* It is computed before the case is: what was wrong with it has been said then. None of its files is written over. */
static th_status hear_earlier(cli_job *job, struct earlier *e)
{
	th_status status = cli_guard_operand(e->heard.side.name, job->diags);
	for (size_t i = 0; i < e->places.count && status == TH_OK; i++)
		status = cli_guard_operand(e->places.item[i], job->diags);
	if (status != TH_OK)
		return status;
	e->heard.place = (char **)e->places.item;
	e->heard.places = (int)e->places.count;
	status = (th_status)cli_hear(job->c, &e->heard);
	e->listener = (th_listener){.entry = th_side_entry, .context = &e->now.side};
	e->now.name = job->operand[0];
	return status;
}

static th_status take(cli_job *job)
{
	struct own *own = job->own;
	th_status status = own->earlier.heard.side.name ? hear_earlier(job, &own->earlier) : TH_OK;
	return status == TH_OK ? cli_take_plan(job, &own->words) : status;
}

static th_status recalculate(cli_job *job, struct own *own)
{
	static const int answers[] = {[TH_RECALCULATED_NO] = 0, [TH_RECALCULATED_YES] = 1, [TH_RECALCULATED_OPEN] = 4};
	struct earlier *e = &own->earlier;
	th_recalculated answer;
	th_status status = th_report_plan(own->plan, TH_FORMAT_JSON, job->c->lang, &e->now.json, &e->now.length);
	if (status != TH_OK)
		return status;
	const th_diff_side side[2] = {e->heard.side, e->now};
	const th_recalculation_of of = {side, own->plan};
	const th_recalculation_format format = asks_markdown(job) ? TH_RECALCULATION_MARKDOWN : job->format == TH_FORMAT_JSON ? TH_RECALCULATION_JSON : TH_RECALCULATION_TEXT;
	status = th_recalculate(&of, format, job->c->lang, job->diags, &job->text, &job->length, &answer);
	job->answer = answers[answer];
	return status;
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	own->words.options.assess.no_flips = 1; /* a plan does not show them */
	if (own->earlier.listener.entry) {
		own->words.options.assess.listener = &own->earlier.listener;
		own->words.options.assess.listeners = 1;
	}
	th_status status = cli_run_plan(job, &own->words, &own->plan);
	if (status == TH_OK)
		status = cli_locked(job, own->plan->a->account, own->plan->a->pack);
	if (status == TH_OK && own->earlier.listener.entry)
		return recalculate(job, own);
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
	static const char *const offered[] = {"text", "json", "csv", NULL}; /* md is for --recalculate alone */
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = offered}, tables = {.en = "NAME", .zh = "名称", .choice = th_tables_of_plan};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .release = release,
	                                .examples = "  tanhe plan examples/enterprise\n"
	                                            "  tanhe plan examples/region-2010-2020 --series examples/region-2010-2020/series.csv\n"
	                                            "  tanhe plan examples/enterprise --route 第二阶段 -f json\n"
	                                            "  tanhe plan examples/enterprise --recalculate plan-2023.json\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	const cli_option rows[] = {
		{"--recalculate", 0, &cli_earlier, &own.earlier.heard.side.name, NULL, NULL, "is the base year to be stated anew? OLD: an earlier report (JSON), case or inventory of it", "基准年是否需要重算；OLD 为以前的报告（JSON）、项目文件夹或活动数据表"},
		{"--inputs", 0, &cli_folder, NULL, &own.earlier.places, NULL, "where the files of the earlier report lie, beside its own folder; may be repeated", "以前的报告所用文件所在的文件夹，可多次给出（默认为该报告所在文件夹）"},
		{"--data-of-earlier", 0, &cli_folder, &own.earlier.heard.data, NULL, NULL, "reference data of the earlier account", "以前核算所用的参考数据文件夹"},
	};
	cli_add_report(&job, &format, "text (default), json, csv with --table, or md with --recalculate", "text（默认）、json、csv（另用 --table）或 md（另用 --recalculate）");
	cli_add_brief(&job);
	cli_add_table(&job, &tables, &own.table_name, "of -f csv: path, targets, projects, costs, schedule, indicators, measures, series, params or caveats", "-f csv 写哪个表：path（路径）、targets（目标）、projects（项目）、costs（成本）、schedule（进度）、indicators（指标）、measures（措施）、series（各年排放量）、params（测算假设）或 caveats（提示）");
	cli_add_phase(&job);
	cli_add_plan(&job, &own.words);
	cli_add(&job, rows, CLI_COUNT(rows));
	cli_add_pack(&job);
	cli_add_answers(&job);
	cli_add_proof(&job);
	cli_add_case(&job);
	cli_add_lock(&job);
	cli_add_threads(&job);
	int code = cli_run(&job, &steps, argc, argv);
	cli_free_plan(&own.words);
	cli_free_heard(&own.earlier.heard);
	th_side_free(&own.earlier.now.side);
	free(own.earlier.now.json);
	free(own.earlier.places.item);
	return code;
}
