/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "cli/job.h"

enum { LIST, SHOW, SEARCH, CHECK };

struct own {
	size_t task;
	cli_list inventories; /* of check */
};

static th_lang lang_of(const cli_job *job)
{
	return job->format == TH_FORMAT_CSV ? job->heads : job->c->lang;
}

/* Several records one behind the other; as JSON each is a document of its own. */
static th_status show(const cli_job *job, th_buf *out)
{
	th_status worst = TH_OK;
	for (int i = 1; i < job->operands; i++) {
		char *text = NULL;
		size_t length = 0;
		th_status status = th_report_factor(job->reference, job->operand[i], (th_format)job->format, lang_of(job), job->diags, &text, &length);
		if (status == TH_OK)
			th_buf_add(out, text, length);
		worst = status > worst ? status : worst;
		free(text);
	}
	return out->failed ? TH_SYSTEM : worst;
}

static th_status search(const cli_job *job, th_buf *out)
{
	th_buf query = {0};
	for (int i = 1; i < job->operands; i++) {
		th_buf_str(&query, i > 1 ? " " : "");
		th_buf_str(&query, job->operand[i]);
	}
	th_buf_char(&query, '\0');
	char *text = NULL;
	size_t length = 0;
	th_status status = query.failed ? TH_SYSTEM : th_report_factors(job->reference, query.ptr, (th_format)job->format, lang_of(job), &text, &length);
	if (status == TH_OK)
		th_buf_add(out, text, length);
	free(text);
	th_buf_free(&query);
	return out->failed ? TH_SYSTEM : status;
}

/* The rows in words or as JSON; account NULL: without what became of them, of which there is nothing to say in words. */
static th_status put_rows(const cli_job *job, const th_account *account, th_buf *out)
{
	char *text = NULL;
	size_t length = 0;
	th_status status = TH_OK;
	if (job->format == TH_FORMAT_JSON)
		status = th_report_user_rows_json(job->reference, account, &text, &length);
	else if (account)
		status = th_report_user_rows(account, job->c->lang, &text, &length);
	if (status == TH_OK)
		th_buf_add(out, text, length);
	free(text);
	return status;
}

/* What became of each row in an account of the inventories. */
static th_status check_use(const cli_job *job, th_buf *out)
{
	const struct own *own = job->own;
	const th_account_options options = {.inventory = own->inventories.item, .inventories = own->inventories.count, .profile = job->profile};
	th_account *account = NULL;
	th_status status = th_account_run(job->reference, &options, job->diags, &account);
	if (status == TH_OK)
		status = put_rows(job, account, out);
	th_account_free(account);
	return status;
}

/* Each file is read whatever the one before it held, so that all errors come at once. */
static th_status check(const cli_job *job, th_buf *out)
{
	th_status worst = TH_OK;
	for (int i = 1; i < job->operands; i++) {
		th_status status = th_reference_add_factors(job->reference, job->operand[i], job->diags);
		worst = status > worst ? status : worst;
		if (job->format == TH_FORMAT_TEXT) {
			th_buf_str(out, job->operand[i]);
			th_buf_str(out, job->c->lang == TH_LANG_ZH ? "：没有错误\n" : ": no errors\n");
		}
	}
	const struct own *own = job->own;
	if (worst == TH_OK)
		worst = own->inventories.count ? check_use(job, out) : put_rows(job, NULL, out);
	return out->failed ? TH_SYSTEM : worst;
}

static bool words(cli_job *job)
{
	const char *const *tasks = cli_factor_tasks.choice;
	struct own *own = job->own;
	size_t *task = &own->task;
	if (job->operands == 0)
		return cli_usage_both(job->c, "what to do with factors is missing", "list, show, search, check", "缺少子命令", "list、show、search、check");
	if (!cli_one_of(job->c, "factors", job->operand[0], tasks, task))
		return false;
	if (*task == CHECK && job->format == TH_FORMAT_CSV)
		return cli_usage(job->c, "factors check is text or JSON, not", "factors check 只有 text 和 json，没有", job->format_name);
	bool more = job->operands > 1, list = *task == LIST;
	return more != list || cli_usage(job->c, list ? "too many words" : "a word is missing", list ? "参数过多" : "缺少参数", tasks[*task]);
}

static th_status take(cli_job *job)
{
	const struct own *own = job->own;
	const size_t *task = &own->task;
	for (size_t i = 0; i < own->inventories.count; i++)
		if (!cli_append(&job->named, own->inventories.item[i]))
			return TH_SYSTEM;
	for (int i = 1; *task == CHECK && i < job->operands; i++)
		if (!cli_append(&job->named, job->operand[i]))
			return TH_SYSTEM;
	return TH_OK;
}

static th_status work(cli_job *job)
{
	static th_status (*const tasks[])(const cli_job *, th_buf *) = {[LIST] = search, [SHOW] = show, [SEARCH] = search, [CHECK] = check};
	const struct own *own = job->own;
	const size_t *task = &own->task;
	th_buf out = {0};
	th_status status = tasks[*task](job, &out);
	job->length = out.len;
	th_buf_char(&out, '\0');
	job->text = out.ptr;
	return out.failed ? TH_SYSTEM : status;
}

int cmd_factors(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "json", "csv", NULL};
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work,
	                                .examples = "  tanhe factors search 上海 电力\n"
	                                            "  tanhe factors show grid-shanghai-2023\n"
	                                            "  tanhe factors check my-factors.csv --inventory inventory.csv\n"};
	struct own own = {.task = LIST};
	cli_job job = {.c = c, .own = &own};
	const cli_option rows[] = {
		{"--format", 'f', &format, &job.format_name, NULL, NULL, "text (default), json or csv", "text（默认）、json 或 csv"},
		{"--output", 'o', &cli_any_file, &job.output, NULL, NULL, "write there instead of to standard output", "把报告写入文件（出错时不改动原文件）"},
		{"--factors", 0, &cli_table_file, NULL, &job.factors, NULL, "the user's factors; they win over shipped ones of the same id", "自备因子文件（编号相同时优先于随附因子）"},
		{"--units", 0, &cli_table_file, NULL, &job.units, NULL, "the user's units", "自备单位文件"},
		{"--inventory", 0, &cli_table_file, NULL, &own.inventories, NULL, "check: what becomes of each row on its lines", "check：各行在该活动数据表中是否被采用"},
		{"--profile", 0, &cli_profile, &job.profile, NULL, NULL, "which factors serve which purpose, with --inventory", "核算口径，与 --inventory 同用"},
	};
	cli_add(&job, rows, CLI_COUNT(rows));
	cli_add_headers(&job);
	int code = cli_run(&job, &steps, argc, argv);
	free(own.inventories.item);
	return code;
}
