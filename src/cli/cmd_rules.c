/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "audit/pack_diff.h"
#include "cli/job.h"
#include "report/check_report.h"

enum { LIST, SHOW, PARAMS, CHECK, DIFF };

struct own {
	size_t task;
	bool template, coverage;
	th_check_options options;
	th_assessment *assessment;
};

static th_status list(cli_job *job)
{
	th_pack **packs;
	size_t count;
	th_status status = th_rules_open_all(job->reference, job->c->data, job->diags, &packs, &count);
	if (status == TH_OK)
		status = th_report_packs((const th_pack *const *)packs, count, job->c->lang, &job->text, &job->length);
	th_rules_free_all(packs, count);
	return status;
}

/* The pack that was named behind `show`, or by --rules. */
static th_status show(cli_job *job)
{
	const struct own *own = job->own;
	th_pack *pack = NULL;
	const char *id = own->task == SHOW && job->operands > 1 ? job->operand[1] : job->rules;
	th_status status = th_rules_open(job->reference, job->c->data, id, job->diags, &pack);
	if (status == TH_OK && job->stage)
		status = th_rules_stage(pack, job->stage, job->diags);
	if (status == TH_OK)
		status = own->coverage   ? th_report_coverage(pack, (th_format)job->format, job->c->lang, &job->text, &job->length)
		         : own->template ? th_report_params_template(pack, job->c->lang, &job->text, &job->length)
		                         : th_report_pack(pack, job->c->lang, &job->text, &job->length);
	th_rules_free(pack);
	return status;
}

static th_status params(cli_job *job)
{
	struct own *own = job->own;
	if (own->template)
		return show(job);
	own->options.folder = job->operands > 1 ? job->operand[1] : NULL;
	th_status status = cli_check_options(job, &own->options);
	if (status == TH_OK)
		status = th_check_params(job->reference, job->c->data, &own->options, job->diags, &own->assessment);
	return status == TH_OK ? th_report_params(own->assessment, job->c->lang, &job->text, &job->length) : status;
}

/* A file is meant, also when its name looks like an id: `x` is not data/rules/x.json here. */
static const char *as_path(cli_job *job, const char *file)
{
	size_t length = strlen(file);
	bool path = strchr(file, '/') || (length > 5 && strcmp(file + length - 5, ".json") == 0);
	return path ? file : cli_join(&job->paths, ".", file);
}

/* Each file is read whatever the one before it held, so that all errors come at once. */
static th_status check(cli_job *job)
{
	th_buf out = {0};
	th_status worst = TH_OK;
	for (int i = 1; i < job->operands; i++) {
		th_pack *pack = NULL;
		const char *path = as_path(job, job->operand[i]);
		th_status status = path ? th_rules_open(job->reference, job->c->data, path, job->diags, &pack) : TH_SYSTEM;
		th_rules_free(pack);
		worst = status > worst ? status : worst;
		th_buf_str(&out, job->operand[i]);
		th_buf_str(&out, job->c->lang == TH_LANG_ZH ? "：没有错误\n" : ": no errors\n");
	}
	job->length = out.len;
	th_buf_char(&out, '\0');
	job->text = out.ptr;
	return out.failed ? TH_SYSTEM : worst;
}

/* By their files, each read as data too: both hold together, or their errors are told. */
static th_status diff(cli_job *job)
{
	th_pack *pack[2] = {NULL, NULL};
	th_pack_side side[2];
	th_arena arena = {0};
	bool equal = false;
	th_status worst = TH_OK;
	for (int i = 0; i < 2; i++) {
		const char *name = job->operand[1 + i];
		th_status status = th_rules_open(job->reference, job->c->data, name, job->diags, &pack[i]);
		if (status == TH_OK)
			status = th_json_load(pack[i]->path, job->diags, &arena, NULL, &side[i].json);
		side[i].pack = pack[i];
		worst = status > worst ? status : worst;
	}
	if (worst == TH_OK)
		worst = th_pack_diff(side, (th_format)job->format, job->c->lang, &job->text, &job->length, &equal);
	job->answer = equal ? 0 : 1;
	th_arena_free(&arena);
	th_rules_free(pack[0]);
	th_rules_free(pack[1]);
	return worst;
}

static bool words(cli_job *job)
{
	static const struct { int least, most; } operands[] = {[LIST] = {1, 1}, [SHOW] = {1, 2}, [PARAMS] = {1, 2}, [CHECK] = {2, INT_MAX}, [DIFF] = {3, 3}}; /* the task one of them */
	const char *const *tasks = cli_rule_tasks.choice;
	struct own *own = job->own;
	if (job->operands == 0)
		return cli_usage_both(job->c, "what to do with rules is missing", "list, show, params, check, diff", "缺少子命令", "list、show、params、check、diff");
	if (!cli_one_of(job->c, "rules", job->operand[0], tasks, &own->task))
		return false;
	const bool few = job->operands < operands[own->task].least;
	if (few || job->operands > operands[own->task].most)
		return cli_usage(job->c, few ? "a word is missing" : "too many words", few ? "缺少参数" : "参数过多", tasks[own->task]);
	if (own->coverage && own->task != SHOW)
		return cli_usage(job->c, "only for show", "仅用于 show", "--coverage");
	if (job->format == TH_FORMAT_JSON && !own->coverage && own->task != DIFF)
		return cli_usage(job->c, "JSON is for diff, and for show --coverage", "JSON 用于 diff 和 show --coverage", job->format_name);
	return !own->template || own->task == PARAMS || cli_usage(job->c, "only for params", "仅用于 params", "--template");
}

static th_status take(cli_job *job)
{
	const struct own *own = job->own;
	th_case_contents contents;
	if (own->task == PARAMS && job->operands > 1 && !th_os_there(job->operand[1])) {
		cli_usage(job->c, "no such case folder or workbook", "没有这个项目文件夹或工作簿", job->operand[1]);
		return TH_USAGE;
	}
	return own->task == PARAMS && job->operands > 1 ? cli_take_folder(job, job->operand[1], own->template, false, &contents) : TH_OK;
}

static th_status work(cli_job *job)
{
	static th_status (*const tasks[])(cli_job *) = {[LIST] = list, [SHOW] = show, [PARAMS] = params, [CHECK] = check, [DIFF] = diff};
	const struct own *own = job->own;
	return tasks[own->task](job);
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_assessment_free(own->assessment);
}

int cmd_rules(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "json", NULL};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .release = release,
	                                .examples = "  tanhe rules show\n"
	                                            "  tanhe rules params --template > params.csv\n"
	                                            "  tanhe rules params examples/enterprise --params examples/params-illustrative.csv\n"
	                                            "  tanhe rules show ndrc-2025-910 --coverage\n"
	                                            "  tanhe rules check my-rules.json\n"
	                                            "  tanhe rules diff shanghai-2022-189 my-rules.json\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	const cli_option rows[] = {
		{"--format", 'f', &cli_text_or_json, &job.format_name, NULL, NULL, "of diff and show --coverage: text (default) or json", "diff 和 show --coverage 的格式：text（默认）或 json"},
		{"--output", 'o', &cli_any_file, &job.output, NULL, NULL, "write there instead of to standard output", "把报告写入文件（出错时不改动原文件）"},
		{"--rules", 0, &cli_pack, &job.rules, NULL, NULL, "rule pack of show and params", "show 和 params 所用的申报规则"},
		{"--params", 0, &cli_table_file, NULL, &job.params, NULL, "params: a file of values", "params：参数值文件"},
		{"--template", 0, NULL, NULL, NULL, &own.template, "params: a file to fill in, with the words of each clause", "params：输出待填文件，附各条款原文"},
		{"--coverage", 0, NULL, NULL, NULL, &own.coverage, "show: what becomes of each clause of the text", "show：原文各条款的处理方式"},
		{"--units", 0, &cli_table_file, NULL, &job.units, NULL, "the user's units", "自备单位文件"},
	};
	cli_add(&job, rows, CLI_COUNT(rows));
	cli_add_stage(&job);
	return cli_run(&job, &steps, argc, argv);
}
