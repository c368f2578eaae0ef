/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/filename.h"
#include "case/absent.h"
#include "cli/job.h"
#include "report/report.h"

struct own {
	cli_list inventories;
	const char *by, *case_file, *instruments;
	th_account *account;
};

static bool words(cli_job *job)
{
	const struct own *own = job->own;
	if (!cli_no_changed_comma(job->c, own->by))
		return false;
	if (job->operands == 0)
		return cli_usage(job->c, "no inventory", "缺少活动数据表", "tanhe account");
	bool both = job->ledger && strcmp(job->ledger, "-") == 0 && (!job->output || strcmp(job->output, "-") == 0);
	return !both || cli_usage(job->c, "report and ledger cannot both go to standard output", "报告和计算明细不能同时写到标准输出", "--ledger -");
}

/* A folder or a workbook is a case: its inventories, and its own factors, units and facts as if they had been named. */
static th_status take_folder(cli_job *job, const char *folder)
{
	struct own *own = job->own;
	th_case_contents contents;
	th_status status = cli_take_folder(job, folder, job->format == TH_FORMAT_CSV, true, &contents);
	if (status == TH_OK)
		status = th_case_wants(folder, &contents, TH_CASE_INVENTORY, job->diags);
	for (size_t i = 0; status == TH_OK && i < contents.inventories; i++)
		status = cli_append(&own->inventories, contents.inventory[i]) ? TH_OK : TH_SYSTEM;
	if (status == TH_OK && !own->case_file)
		own->case_file = cli_own_file(&contents, TH_CASE_FACTS);
	if (status == TH_OK && !own->instruments)
		own->instruments = cli_own_file(&contents, TH_CASE_INSTRUMENTS);
	if (status == TH_OK && job->sure.wanted && !job->sure.correlations)
		job->sure.correlations = cli_own_file(&contents, TH_CASE_CORRELATIONS);
	return status;
}

/* One file, and of a workbook one sheet, or all of them beside one. */
static bool is_same(const char *a, const char *b)
{
	const char *marks[2] = {th_sheet_mark(a), th_sheet_mark(b)}, *paths[2] = {a, b};
	char file[2][CLI_PATH];
	if (!marks[0] && !marks[1])
		return cli_same_file(a, b);
	if (marks[0] && marks[1] && strcmp(marks[0], marks[1]) != 0)
		return false;
	for (size_t i = 0; i < 2; i++) {
		th_slice part = th_sheet_file(paths[i]);
		if (part.len >= CLI_PATH)
			return th_same_source(a, b);
		memcpy(file[i], part.ptr, part.len);
		file[i][part.len] = '\0';
	}
	return cli_same_file(file[0], file[1]);
}

/* An inventory that is counted twice is a mistake, never a wish. */
static bool named_twice(const cli *c, const cli_list *inventories)
{
	for (size_t i = 1; i < inventories->count; i++)
		for (size_t k = 0; k < i; k++)
			if (is_same(inventories->item[i], inventories->item[k]))
				return !cli_usage(c, "the same inventory twice", "同一文件给出了两次", inventories->item[i]);
	return false;
}

static th_status take(cli_job *job)
{
	struct own *own = job->own;
	th_status status = TH_OK;
	for (int i = 0; i < job->operands && status == TH_OK; i++) {
		th_file_kind kind;
		status = th_sheet_mark(job->operand[i]) ? TH_OK : cli_look(job->operand[i], job->diags, &kind);
		if (status == TH_OK && !th_sheet_mark(job->operand[i]) && (kind == TH_FILE_FOLDER || (kind == TH_FILE_REGULAR && th_case_is_workbook(job->operand[i]))))
			status = take_folder(job, job->operand[i]);
		else if (status == TH_OK && !cli_append(&own->inventories, job->operand[i]))
			status = TH_SYSTEM;
	}
	for (size_t i = 0; i < own->inventories.count && status == TH_OK; i++)
		if (!cli_append(&job->named, own->inventories.item[i]))
			status = TH_SYSTEM;
	if (status == TH_OK && ((own->case_file && !cli_append(&job->named, own->case_file)) ||
	                        (own->instruments && !cli_append(&job->named, own->instruments)) ||
	                        (job->sure.correlations && !cli_append(&job->named, job->sure.correlations))))
		status = TH_SYSTEM;
	return status == TH_OK && named_twice(job->c, &own->inventories) ? TH_USAGE : status;
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	th_listener listener[2];
	th_account_options options = {
		.inventory = own->inventories.item, .inventories = own->inventories.count, .by = own->by, .case_file = own->case_file,
		.instruments = own->instruments,
		.profile = job->profile, .gwp = job->gwp, .encoding = job->encoding, .gas_condition = job->gas_condition, .layout = job->layout, .year = job->year,
		.fallback_nearest = job->fallback != NULL, .threads = job->sure.hands,
	};
	th_status status = TH_OK;
	if (job->ledger) {
		status = th_ledger_open(job->ledger, job->heads, job->diags, &job->rows);
		listener[options.listeners++] = (th_listener){.entry = th_ledger_entry, .context = job->rows, .pieces = &th_ledger_pieces};
	}
	if (job->listener)
		listener[options.listeners++] = *job->listener;
	options.listener = listener;
	if (status == TH_OK)
		status = th_uncertainty_run(job->reference, &options, cli_uncertainty_of(job), job->diags, &own->account);
	if (status == TH_OK)
		status = cli_locked(job, own->account, NULL);
	th_lang lang = job->format == TH_FORMAT_CSV ? job->heads : job->c->lang;
	return status == TH_OK ? th_report_account(own->account, (th_format)job->format, lang, &job->text, &job->length) : status;
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_account_free(own->account);
}

int cmd_account(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "json", "csv", NULL};
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .release = release,
	                                .examples = "  tanhe account examples/enterprise\n"
	                                            "  tanhe account examples/enterprise --by site,source -f json --ledger ledger.csv\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	const cli_option about_result[] = {
		{"--ledger", 0, &cli_rows_file, &job.ledger, NULL, NULL, "a row for each line and gas: .csv, .ndjson or .jsonl", "另存计算明细（每行每种气体一行）：.csv、.ndjson、.jsonl"},
		{"--by", 0, &cli_keys, &own.by, NULL, NULL, "group by site, period, year, scope, activity, source, gas", "按 site、period、year、scope、activity、source、gas 分组"},
	}, about_input[] = {
		{"--case", 0, &cli_table_file, &own.case_file, NULL, NULL, "case.csv with the facts for intensities", "基本信息表，用于计算碳排放强度"},
		{"--instruments", 0, &cli_table_file, &own.instruments, NULL, NULL, "what contracts and certificates of electricity hold", "绿电合同和绿证的电量与年份"},
		{"--encoding", 0, &cli_encoding, &job.encoding, NULL, NULL, "of the inventories, instead of finding out", "指定文件编码（默认自动识别）"},
	};
	cli_add_report(&job, &format, "text (default), json, or csv (the groups)", "text（默认）、json 或 csv（仅分组）");
	cli_add_brief(&job);
	cli_add_headers(&job);
	cli_add(&job, about_result, CLI_COUNT(about_result));
	cli_add_factors(&job);
	cli_add(&job, about_input, CLI_COUNT(about_input));
	cli_add_meaning(&job);
	cli_add_lock(&job);
	cli_add_uncertainty(&job, "approach1 (error propagation) or approach2 (Monte Carlo)", "计算不确定性：approach1（误差传播）或 approach2（蒙特卡罗）", true);
	int code = cli_run(&job, &steps, argc, argv);
	free(own.inventories.item);
	return code;
}
