/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/many_rules.h"
#include "cli/request_files.h"

#include "check/check.h"
#include "io/guard.h"
#include "io/output.h"
#include "report/annotate.h"
#include "report/dossier.h"

struct own {
	bool all_categories;
	th_check_options options;
	th_assessment *assessment;
	const char *annotated;   /* --annotate */
	const char *table_name;
	size_t table;            /* of th_tables_of_check */
	th_schemes schemes;      /* of several --rules, in place of the assessment */
	th_output *copy;         /* of the case, with what was found; ready to take its place */
	const char *requests, *tasks; /* --requests, --tasks */
	cli_new_files made;      /* of these two */
};

/* Which scheme wants what: of one, too. */
static bool wants_wanted(const struct own *own)
{
	return own->table_name && strcmp(own->table_name, "wanted") == 0;
}

/* What is of one scheme only. */
static bool fits_several(const cli_job *job, const struct own *own)
{
	const cli_list *packs = &job->schemes;
	const char *alone = own->annotated ? "--annotate" : own->requests ? "--requests" : own->tasks ? "--tasks" : job->lock.path ? "--lock" : own->all_categories ? "--all-categories" : job->sure.wanted ? "--uncertainty" : NULL;
	for (size_t i = 0; i < packs->count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(packs->item[i], packs->item[k]) == 0)
				return cli_usage(job->c, "the same rules twice", "同一申报规则给出了两次", packs->item[i]);
	if (packs->count < 2 && !wants_wanted(own))
		return true;
	if (packs->count > TH_SCHEMES_MOST)
		return cli_usage(job->c, "too many --rules; at most 8", "--rules 过多，最多8个", packs->item[TH_SCHEMES_MOST]);
	if (own->table_name && !wants_wanted(own))
		return cli_usage(job->c, "this table is of one scheme; of several there is wanted", "这个表用于一个申报规则；多个规则的表为 wanted", own->table_name);
	return !alone || cli_usage(job->c, packs->count < 2 ? "this is not for the table wanted" : "this is of one --rules", packs->count < 2 ? "此项不用于 wanted 表" : "此项用于一个 --rules", alone);
}

static bool words(cli_job *job)
{
	struct own *own = job->own;
	job->rules = job->schemes.count ? job->schemes.item[0] : NULL;
	th_slice name = th_slice_of(own->annotated ? own->annotated : "x.xlsx");
	bool named = name.len > strlen(".xlsx") && th_slice_ends(name, TH_S(".xlsx"));
	return cli_read_table(job, own->table_name, th_tables_of_check, &own->table) && cli_one_case(job) && fits_several(job, own) && (named || cli_usage(job->c, "the annotated case is a workbook: its name ends in .xlsx", "批注工作簿的文件名须以 .xlsx 结尾", own->annotated));
}

/* What is to be made beside the report is asked for before the work, not after: it is no input, and not there yet. */
static th_status take(cli_job *job)
{
	const struct own *own = job->own;
	const char *const made[] = {own->annotated, own->requests, own->tasks};
	th_status status = cli_take_case(job);
	for (size_t i = 0; i < CLI_COUNT(made) && status == TH_OK; i++) {
		size_t claim = SIZE_MAX;
		if (!made[i])
			continue;
		status = th_guard_claim(made[i], job->diags, &claim);
		th_guard_release(job->diags, claim);
		if (status == TH_OK)
			status = cli_must_be_new(job, made[i]);
	}
	return status;
}

/* The copy is made of a case with errors, too: that is what it is for. */
static th_status annotate(cli_job *job, th_status status)
{
	struct own *own = job->own;
	th_buf bytes = {0};
	if (!own->annotated || (status != TH_OK && status != TH_INVALID))
		return status;
	th_status made = th_annotate(job->operand[0], own->assessment, job->encoding, job->c->lang, job->diags, &bytes);
	if (made == TH_OK && bytes.len) {
		made = th_output_open(own->annotated, job->diags, &own->copy);
		if (made == TH_OK) {
			th_output_write(own->copy, th_buf_view(&bytes));
			made = th_output_prepare(own->copy, job->diags);
		}
	}
	th_buf_free(&bytes);
	if (made == TH_OK && status == TH_INVALID && own->copy) { /* there is no report with which it could take its place */
		made = th_output_commit(own->copy, job->diags);
		own->copy = NULL;
	}
	return made > status ? made : status;
}

static th_status put(cli_job *job)
{
	struct own *own = job->own;
	th_status status = own->copy ? th_output_commit(own->copy, job->diags) : TH_OK;
	own->copy = NULL;
	return status == TH_OK ? cli_put_new_files(job, &own->made) : status;
}

static void drop(cli_job *job)
{
	struct own *own = job->own;
	th_output_abort(own->copy);
	cli_drop_new_files(&own->made);
}

/* The worst of them: 1 over 4 over 0. */
static int worst_of(const th_schemes *schemes)
{
	static const int rank[] = {[0] = 0, [1] = 2, [3] = 3, [4] = 1};
	int worst = 0;
	for (size_t i = 0; i < schemes->count; i++) {
		int one = th_check_exit(schemes->a[i]);
		worst = rank[one] > rank[worst] ? one : worst;
	}
	return worst;
}

static th_status work_several(cli_job *job, struct own *own)
{
	th_status status = cli_check_schemes(job, &own->options, &own->schemes);
	if (status != TH_OK)
		return status;
	job->answer = worst_of(&own->schemes);
	return th_report_schemes(&own->schemes, (th_format)job->format, job->format == TH_FORMAT_CSV ? job->heads : job->c->lang, &job->text, &job->length);
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	own->options.folder = job->operand[0];
	own->options.all_categories = own->all_categories;
	th_status status = cli_check_options(job, &own->options);
	if (status == TH_OK && (job->schemes.count > 1 || wants_wanted(own)))
		return work_several(job, own);
	if (status == TH_OK)
		status = th_check_run(job->reference, job->c->data, &own->options, job->diags, &own->assessment);
	if (status == TH_OK)
		status = cli_locked(job, own->assessment->account, own->assessment->pack);
	if (!job->c->refused)
		status = annotate(job, status);
	if (status == TH_OK && own->requests)
		status = cli_make_requests(job, own->assessment, own->requests, &own->made);
	if (status == TH_OK && own->tasks)
		status = cli_make_tasks(job, own->assessment, own->tasks, &own->made);
	if (status == TH_OK)
		job->answer = th_check_exit(own->assessment);
	if (status == TH_OK && job->format == TH_FORMAT_CSV)
		return th_report_check_table(own->assessment, th_tables_of_check[own->table], job->heads, job->diags, &job->text, &job->length);
	return status == TH_OK ? th_report_check(own->assessment, (th_format)job->format, job->c->lang, &job->text, &job->length) : status;
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_assessment_free(own->assessment);
	th_schemes_free(&own->schemes);
}

int cmd_check(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "json", "csv", NULL};
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats}, tables = {.en = "NAME", .zh = "名称", .choice = th_tables_of_check};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .put = put, .drop = drop, .release = release, .names_errors = true,
	                                .examples = "  tanhe check examples/enterprise\n"
	                                            "  tanhe check examples/enterprise --params examples/params-illustrative.csv\n"
	                                            "  tanhe check examples/park --rules shanghai-2022-189 --rules ndrc-2025-910\n"
	                                            "  tanhe check examples/first/region -f json -o check.json\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	const cli_option more[] = {
		{"--annotate", 0, &cli_workbook, &own.annotated, NULL, NULL, "write the case as a workbook, what was found and what lacks on its cells", "把项目另存为工作簿，标出待填单元格并附批注"},
		{"--requests", 0, &cli_any_file, &own.requests, NULL, NULL, "write what is missing as lists and letters by who has it: a new folder, or FILE.xlsx, FILE.csv", "把尚缺的资料按提供单位写成清单和函件：新文件夹，或 .xlsx、.csv 文件"},
		{"--tasks", 0, &cli_csv_file, &own.tasks, NULL, NULL, "write what is not met as tasks, to be filled in", "把未满足的要求写成任务表，供填写"},
		{"--all-categories", 0, NULL, NULL, NULL, &own.all_categories, "also decide for the other categories of applicant", "同时按其他试点类型判定"},
	};
	cli_add_report(&job, &format, "text (default), json, or csv with --table", "text（默认）、json，或 csv（另用 --table）");
	cli_add_brief(&job);
	cli_add_table(&job, &tables, &own.table_name, "of -f csv: conditions, limits, projects, evidence, outcomes, tasks, params, caveats or wanted (which scheme wants what)", "-f csv 写哪个表：conditions（要求）、limits（门槛）、projects（项目）、evidence（佐证材料）、outcomes（目标完成情况）、tasks（任务完成情况）、params（待填参数）、caveats（提示）或 wanted（各申报规则所需资料）");
	cli_add_packs(&job);
	cli_add_phase(&job);
	cli_add(&job, more, CLI_COUNT(more));
	cli_add_answers(&job);
	cli_add_proof(&job);
	cli_add_case(&job);
	cli_add_lock(&job);
	cli_add_uncertainty(&job, "approach1 or approach2: whether limits hold with it", "approach1 或 approach2：考虑不确定性后是否仍满足", false);
	return cli_run(&job, &steps, argc, argv);
}
