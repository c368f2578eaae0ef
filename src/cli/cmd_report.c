/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/job.h"
#include "report/dossier.h"

struct own {
	const char *part_name, *outline;
	size_t part;
	cli_plan words;
	th_dossier_lines lines;
	th_sources sources;
	th_case_plan *plan;
};

static const char *const outlines[] = {"910", NULL};
static const char *const formats[] = {"md", "html", "docx", "xlsx", NULL};

static bool words(cli_job *job)
{
	struct own *own = job->own;
	size_t which;
	if (own->outline && !cli_one_of(job->c, "--outline", own->outline, outlines, &which))
		return false;
	if (own->outline && own->part_name)
		return cli_usage(job->c, "an outline is of the whole dossier", "大纲用于整份材料，不用于其中一部分", own->part_name);
	if (own->outline)
		own->part = TH_DOSSIER_OUTLINE;
	return cli_read_document(job, formats, TH_DOSSIER_DOCX) && (!own->part_name || cli_one_of(job->c, "--part", own->part_name, th_dossier_parts, &own->part)) && cli_read_plan(job, &own->words);
}

static th_status take(cli_job *job)
{
	const struct own *own = job->own;
	return cli_take_plan(job, &own->words);
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	const th_listener listener[] = {{.entry = th_dossier_hear, .context = &own->lines}, th_sources_listener(&own->sources)};
	own->lines.each = job->format == TH_DOSSIER_XLSX;
	own->words.options.assess.listener = listener;
	own->words.options.assess.listeners = CLI_COUNT(listener);
	th_status status = cli_run_plan(job, &own->words, &own->plan);
	if (status == TH_OK)
		status = cli_locked(job, own->plan->a->account, own->plan->a->pack);
	if (status != TH_OK)
		return status;
	job->answer = th_check_exit(own->plan->a);
	return th_report_dossier(own->plan, &own->lines, &own->sources, (th_dossier_part)own->part, (th_dossier_format)job->format, job->c->lang, job->diags, &job->text,
	                         &job->length);
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_plan_free(own->plan);
	th_dossier_lines_free(&own->lines);
	th_sources_free(&own->sources);
}

int cmd_report(cli *c, int argc, char **argv)
{
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats}, part_of = {.en = "PART", .zh = "部分", .choice = th_dossier_parts};
	static const cli_steps steps = {.formats = formats, .documents = true, .words = words, .take = take, .work = work, .release = release,
	                                .examples = "  tanhe report examples/enterprise --params examples/params-illustrative.csv -o dossier.html\n"
	                                            "  tanhe report examples/region --part plan -f md\n"
	                                            "  tanhe report examples/park --outline 910 -f md\n"
	                                            "  tanhe report examples/building --stage accept -o accept.docx\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	const cli_option part = {"--part", 0, &part_of, &own.part_name, NULL, NULL, "account, check, plan or pictures alone, or one table: indicators, projects, schedule, costs, conditions, evidence; all (default)", "只写一部分：account、check、plan、pictures，或一种表：indicators（指标体系）、projects（重点项目）、schedule（进度）、costs（成本）、conditions（逐条对照）、evidence（佐证材料目录）；all（默认）为全部"};
	cli_add_report(&job, &format, "md, html, docx or xlsx (default: by the name of --output, else md)", "md、html、docx 或 xlsx（默认随 --output 的文件名，否则 md）");
	static const cli_value outline_of = {.en = "TEXT", .zh = "文件", .choice = outlines};
	const cli_option outline = {"--outline", 0, &outline_of, &own.outline, NULL, NULL, "910: in the order of annex 2 of 发改环资〔2025〕910号, with payback and internal rate of return", "910：按发改环资〔2025〕910号附件2的大纲编写，含投资回收期和内部收益率"};
	cli_add(&job, &part, 1);
	cli_add(&job, &outline, 1);
	cli_add_plan(&job, &own.words);
	cli_add_pack(&job);
	cli_add_phase(&job);
	cli_add_answers(&job);
	cli_add_proof(&job);
	cli_add_case(&job);
	cli_add_lock(&job);
	cli_add_uncertainty(&job, "approach1 or approach2: how sure the account is", "approach1 或 approach2：核算结果的不确定性", false);
	int code = cli_run(&job, &steps, argc, argv);
	cli_free_plan(&own.words);
	return code;
}
