/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/os.h"
#include "io/output.h"

struct account_words {
	const char *format, *output, *ledger, *fallback;
	cli_list factors, units, inventories;
	th_account_options options;
	cli_paths paths;
	cli_uncertainty sure;
	const th_uncertainty_options *uncertainty;
};

/* A folder is a case: its inventory, and its own factors, units and facts as if they had been named. */
static bool take_folder(struct account_words *w, const char *operand)
{
<<<<<<< HEAD
	if (strcmp(operand, "-") == 0 || !cli_is_folder(operand))
		return cli_append(&w->inventories, operand);
	const char *inventory = cli_part(&w->paths, operand, TH_CASE_INVENTORY), *facts = cli_part(&w->paths, operand, TH_CASE_FACTS),
	           *correlations = cli_part(&w->paths, operand, TH_CASE_CORRELATIONS);
=======
	const char *inventory = cli_join(&w->paths, operand, "inventory.csv"), *facts = cli_join(&w->paths, operand, "case.csv"),
	           *correlations = cli_join(&w->paths, operand, "correlations.csv");
>>>>>>> f9721e4 (tests: system calls fail at thousands of points, signals end the run, another run comes in between)
	if (!inventory || !facts || !correlations || !cli_append(&w->inventories, inventory))
		return false;
	if (!w->options.case_file && th_os_there(facts))
		w->options.case_file = facts;
	if (w->sure.approach && !w->sure.correlations && th_os_there(correlations))
		w->sure.correlations = correlations;
	return cli_take_own(&w->paths, operand, &w->factors, &w->units);
}

static th_status take_operand(struct account_words *w, const char *operand, th_diags *diags)
{
	th_file_kind kind;
	th_status status = cli_look(operand, diags, &kind);
	if (status != TH_OK)
		return status;
	if (kind != TH_FILE_FOLDER)
		return cli_append(&w->inventories, operand) ? TH_OK : TH_SYSTEM;
	return take_folder(w, operand) ? cli_guard_case(&w->paths, operand, diags) : TH_SYSTEM;
}

static th_status write_all(cli *c, const struct account_words *w, th_format format, th_reference *reference, th_diags *diags)
{
	th_account_options options = w->options;
	th_listener listener = {.entry = th_ledger_entry};
	th_account *account = NULL;
	th_ledger *ledger = NULL;
	char *text = NULL;
	size_t length = 0;
	th_status status = TH_OK;
	if (w->ledger) {
		status = th_ledger_open(w->ledger, c->lang, diags, &ledger);
		listener.context = ledger;
		options.listener = &listener;
		options.listeners = 1;
	}
	if (status == TH_OK)
		status = th_uncertainty_run(reference, &options, w->uncertainty, diags, &account);
	if (status == TH_OK)
		status = th_report_account(account, format, c->lang, &text, &length);
	th_output *report = NULL;
	if (status == TH_OK)
		status = cli_ready(c, diags);
	if (status == TH_OK)
		status = th_output_open(w->output, diags, &report);
	if (status == TH_OK) {
		th_output_write(report, (th_slice){text, length});
		status = ledger ? th_ledger_prepare(ledger, diags) : TH_OK;
	}
	if (status == TH_OK && ledger) /* else commit does it all */
		status = th_output_prepare(report, diags);
	if (status == TH_OK && ledger) {
		status = th_ledger_commit(ledger, diags);
		ledger = NULL;
	}
	if (status == TH_OK) {
		status = th_output_commit(report, diags);
		report = NULL;
	}
	th_output_abort(report);
	th_ledger_abort(ledger);
	th_account_free(account);
	free(text);
	return status;
}

/* An inventory that is counted twice is a mistake, never a wish. */
static bool named_twice(const cli *c, const cli_list *inventories)
{
	for (size_t i = 1; i < inventories->count; i++)
		for (size_t k = 0; k < i; k++)
			if (cli_same_file(inventories->item[i], inventories->item[k]))
				return !cli_usage(c, "the same inventory twice", "同一清单出现两次", inventories->item[i]);
	return false;
}

static int run(cli *c, struct account_words *w, int operands, char **argv)
{
	static const char *const formats[] = {"text", "json", "csv", NULL}, *const fallbacks[] = {"nearest", NULL};
	size_t format = 0, which;
	if (w->format && !cli_one_of(c, "--format", w->format, formats, &format))
		return TH_USAGE;
	if (w->fallback && !cli_one_of(c, "--fallback", w->fallback, fallbacks, &which))
		return TH_USAGE;
	if (!cli_read_uncertainty(c, &w->sure, &w->uncertainty))
		return TH_USAGE;
	if (operands == 0) {
		cli_usage(c, "no inventory", "缺少清单", "tanhe account INVENTORY...");
		return TH_USAGE;
	}
	if (w->ledger && strcmp(w->ledger, "-") == 0 && (!w->output || strcmp(w->output, "-") == 0)) {
		cli_usage(c, "report and ledger cannot both go to standard output", "报告和台账不能同时写到标准输出", "--ledger -");
		return TH_USAGE;
	}
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_reference *reference = NULL;
	th_status status = TH_OK;
	for (int i = 0; i < operands && status == TH_OK; i++)
		status = take_operand(w, argv[i], diags);
	const cli_list facts = {&w->options.case_file, w->options.case_file != NULL};
	const cli_list correlations = {&w->sure.correlations, w->sure.correlations != NULL};
	const cli_list *const inputs[] = {&w->inventories, &w->factors, &w->units, &facts, &correlations};
	if (status == TH_OK && named_twice(c, &w->inventories))
		status = TH_USAGE;
	if (status == TH_OK)
		status = cli_guard(w->output, w->ledger, inputs, CLI_COUNT(inputs), diags);
	w->options.inventory = w->inventories.item;
	w->options.inventories = w->inventories.count;
	w->options.fallback_nearest = w->fallback != NULL;
	w->sure.options.correlations = w->sure.correlations; /* perhaps a case's own */
	if (status == TH_OK)
		status = cli_open_reference(c, &w->units, &w->factors, diags, &reference);
	if (status == TH_OK)
		status = write_all(c, w, (th_format)format, reference, diags);
	int code = cli_close(c, diags, status);
	th_reference_free(reference);
	return code;
}

int cmd_account(cli *c, int argc, char **argv)
{
	struct account_words w = {0};
	const cli_option table[] = {
		{"--format", 'f', "FORMAT", &w.format, NULL, NULL, "text (default), json, or csv (the groups)", "text（默认）、json 或 csv（仅分组）"},
		{"--output", 'o', "FILE", &w.output, NULL, NULL, "write the report there, as a whole or not at all", "报告写入该文件，完整写出或不写"},
		{"--ledger", 0, "FILE", &w.ledger, NULL, NULL, "a row for each line and gas: .csv, .ndjson or .jsonl", "逐行逐气体的台账：.csv、.ndjson 或 .jsonl"},
		{"--by", 0, "KEY,...", &w.options.by, NULL, NULL, "group by site, period, year, scope, activity, source, gas", "按 site、period、year、scope、activity、source、gas 分组"},
		{"--profile", 0, "ID", &w.options.profile, NULL, NULL, "which factors serve which purpose", "核算口径"},
		{"--factors", 0, "FILE", NULL, &w.factors, NULL, "the user's factors; they win over shipped ones of the same id", "自备因子文件，同名时优先"},
		{"--units", 0, "FILE", NULL, &w.units, NULL, "the user's units", "自备单位文件"},
		{"--gwp", 0, "SET", &w.options.gwp, NULL, NULL, "SAR, TAR, AR4, AR5 or AR6 (default: the profile's)", "SAR、TAR、AR4、AR5 或 AR6（默认随口径）"},
		{"--case", 0, "FILE", &w.options.case_file, NULL, NULL, "case.csv with the facts for intensities", "含强度分母的 case.csv"},
		{"--encoding", 0, "NAME", &w.options.encoding, NULL, NULL, "of the inventories, instead of finding out", "清单编码，不再自动识别"},
		{"--gas-condition", 0, "TEMP", &w.options.gas_condition, NULL, NULL, "what a bare m3 of gas means: 0C, 20C", "未注明状态的气体 m3 的温度：0C、20C"},
		{"--fallback", 0, "HOW", &w.fallback, NULL, NULL, "nearest: take the factor of the nearest year", "nearest：取最近年份的因子"},
		{"--uncertainty", 0, "HOW", &w.sure.approach, NULL, NULL, "approach1 (error propagation) or approach2 (Monte Carlo)", "approach1（误差传递）或 approach2（蒙特卡洛）"},
		{"--trials", 0, "N", &w.sure.trials, NULL, NULL, "of approach2; auto (default): until the limits are known", "approach2 的次数；auto（默认）：至区间稳定"},
		{"--seed", 0, "N", &w.sure.seed, NULL, NULL, "of approach2 (default 1)", "approach2 的随机种子（默认 1）"},
		{"--correlations", 0, "FILE", &w.sure.correlations, NULL, NULL, "between activity data: first, second, correlation", "活动数据间的相关系数：first、second、correlation"},
		{"--year-correlation", 0, "WHAT", &w.sure.years, NULL, NULL, "one draw for all years: factors (default), activities, both, none", "各年共用一次抽样：factors（默认）、activities、both、none"},
		{"--threads", 0, "N", &w.sure.threads, NULL, NULL, "never shows in the output", "不影响输出"},
	};
	if (c->help) {
		cli_help_command(c, cli_find_command("account"), table, CLI_COUNT(table),
		                 "  tanhe account examples/enterprise\n"
		                 "  tanhe account examples/enterprise --by site,source -f json --ledger ledger.csv\n");
		return TH_OK;
	}
	int operands, code = TH_USAGE;
	if (cli_parse(c, table, CLI_COUNT(table), argc, argv, &operands))
		code = run(c, &w, operands, argv);
	cli_paths_free(&w.paths);
	free(w.factors.item);
	free(w.units.item);
	free(w.inventories.item);
	return code;
}
