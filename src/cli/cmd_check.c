/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/os.h"

struct check_words {
	const char *format, *output, *fallback;
	cli_list factors, units, params, readings;
	th_check_options options;
	bool all_categories;
	cli_paths paths;
	cli_uncertainty sure;
};

/* The exit status of a verdict. */
static int status_of(th_verdict_code verdict)
{
	static const int status[] = {[TH_VERDICT_YES] = 0, [TH_VERDICT_NO] = 1, [TH_VERDICT_OPEN] = 4, [TH_VERDICT_EXPERTS] = 4};
	return status[verdict];
}

static th_status check(cli *c, struct check_words *w, th_format format, const th_reference *reference, th_diags *diags, int *verdict)
{
	th_assessment *assessment = NULL;
	char *text = NULL;
	size_t length = 0;
	th_status status = TH_OK;
	w->options.user_folder = cli_params_folder(&w->paths, &status);
	if (status == TH_OK)
		status = th_check_run(reference, cli_data(c), &w->options, diags, &assessment);
	if (status == TH_OK)
		status = th_report_check(assessment, format, c->lang, &text, &length);
	if (status == TH_OK)
		status = cli_ready(c, diags);
	if (status == TH_OK)
		status = th_report_write(w->output, text, length, diags);
	if (status == TH_OK)
		*verdict = status_of(th_assessment_verdict(assessment));
	th_assessment_free(assessment);
	free(text);
	return status;
}

/* A case's own correlations are read without being named. */
static bool take_correlations(struct check_words *w, const char *folder)
{
	const char *path = w->sure.approach ? cli_part(&w->paths, folder, TH_CASE_CORRELATIONS) : NULL;
	if (path && th_os_there(path))
		w->sure.options.correlations = path;
	return path || !w->sure.approach;
}

static int run(cli *c, struct check_words *w, int operands, char **argv)
{
	static const char *const formats[] = {"text", "json", NULL}, *const fallbacks[] = {"nearest", NULL};
	size_t format = 0, which;
	int verdict = 0;
	if (w->format && !cli_one_of(c, "--format", w->format, formats, &format))
		return TH_USAGE;
	if (w->fallback && !cli_one_of(c, "--fallback", w->fallback, fallbacks, &which))
		return TH_USAGE;
	if (!cli_read_uncertainty(c, &w->sure, &w->options.uncertainty))
		return TH_USAGE;
	if (operands != 1) {
		cli_usage(c, operands ? "more than one case" : "no case", operands ? "案例多于一个" : "缺少案例文件夹", "tanhe check CASE");
		return TH_USAGE;
	}
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_reference *reference = NULL;
	th_file_kind kind;
	th_status status = cli_look(argv[0], diags, &kind);
	if (status == TH_OK && kind != TH_FILE_FOLDER && kind != TH_FILE_ABSENT) {
		cli_usage(c, "a case is a folder", "案例应为文件夹", argv[0]);
		status = TH_USAGE;
	}
	if (status == TH_OK && !cli_take_own(&w->paths, argv[0], &w->factors, &w->units))
		status = TH_SYSTEM;
	const cli_list *const inputs[] = {&w->params, &w->factors, &w->units};
	if (status == TH_OK)
		status = cli_guard_case(&w->paths, argv[0], diags);
	if (status == TH_OK)
		status = cli_guard(w->output, NULL, inputs, CLI_COUNT(inputs), diags);
	if (status == TH_OK && cli_clashes_folder(c, w->output, argv[0]))
		status = TH_USAGE;
	if (status == TH_OK && !take_correlations(w, argv[0]))
		status = TH_SYSTEM;
	w->options.folder = argv[0];
	w->options.params = w->params.item;
	w->options.params_count = w->params.count;
	w->options.readings = w->readings.item;
	w->options.readings_count = w->readings.count;
	w->options.all_categories = w->all_categories;
	w->options.fallback_nearest = w->fallback != NULL;
	if (status == TH_OK)
		status = cli_open_reference(c, &w->units, &w->factors, diags, &reference);
	if (status == TH_OK)
		status = check(c, w, (th_format)format, reference, diags, &verdict);
	int code = cli_close(c, diags, status);
	th_reference_free(reference);
	return code == TH_OK ? verdict : code;
}

int cmd_check(cli *c, int argc, char **argv)
{
	struct check_words w = {0};
	const cli_option table[] = {
		{"--format", 'f', "FORMAT", &w.format, NULL, NULL, "text (default) or json", "text（默认）或 json"},
		{"--output", 'o', "FILE", &w.output, NULL, NULL, "write the report there, as a whole or not at all", "报告写入该文件，完整写出或不写"},
		{"--params", 0, "FILE", NULL, &w.params, NULL, "values for the scheme's parameters; before the case's params.csv", "方案参数值，优先于案例的 params.csv"},
		{"--rules", 0, "ID|FILE", &w.options.rules, NULL, NULL, "rule pack", "规则包"},
		{"--reading", 0, "NAME=VALUE", NULL, &w.readings, NULL, "how to read what the text leaves open", "原文未写明之处的读法"},
		{"--all-categories", 0, NULL, NULL, NULL, &w.all_categories, "also decide for the other categories of applicant", "同时按其他申报类别判定"},
		{"--profile", 0, "ID", &w.options.profile, NULL, NULL, "which factors serve which purpose", "核算口径"},
		{"--factors", 0, "FILE", NULL, &w.factors, NULL, "the user's factors; they win over shipped ones of the same id", "自备因子文件，同名时优先"},
		{"--units", 0, "FILE", NULL, &w.units, NULL, "the user's units", "自备单位文件"},
		{"--gwp", 0, "SET", &w.options.gwp, NULL, NULL, "SAR, TAR, AR4, AR5 or AR6 (default: the profile's)", "SAR、TAR、AR4、AR5 或 AR6（默认随口径）"},
		{"--encoding", 0, "NAME", &w.options.encoding, NULL, NULL, "of the inventory, instead of finding out", "清单编码，不再自动识别"},
		{"--gas-condition", 0, "TEMP", &w.options.gas_condition, NULL, NULL, "what a bare m3 of gas means: 0C, 20C", "未注明状态的气体 m3 的温度：0C、20C"},
		{"--fallback", 0, "HOW", &w.fallback, NULL, NULL, "nearest: take the factor of the nearest year", "nearest：取最近年份的因子"},
		{"--uncertainty", 0, "HOW", &w.sure.approach, NULL, NULL, "approach1 or approach2: how sure the limits are", "approach1 或 approach2：限值的把握程度"},
		{"--trials", 0, "N", &w.sure.trials, NULL, NULL, "of approach2; auto (default): until the limits are known", "approach2 的次数；auto（默认）：至区间稳定"},
		{"--seed", 0, "N", &w.sure.seed, NULL, NULL, "of approach2 (default 1)", "approach2 的随机种子（默认 1）"},
		{"--threads", 0, "N", &w.sure.threads, NULL, NULL, "never shows in the output", "不影响输出"},
	};
	if (c->help) {
		cli_help_command(c, cli_find_command("check"), table, CLI_COUNT(table),
		                 "  tanhe check examples/enterprise\n"
		                 "  tanhe check examples/enterprise --params examples/params-illustrative.csv\n"
		                 "  tanhe check examples/first/region -f json -o check.json\n");
		return TH_OK;
	}
	int operands, code = TH_USAGE;
	if (cli_parse(c, table, CLI_COUNT(table), argc, argv, &operands))
		code = run(c, &w, operands, argv);
	cli_paths_free(&w.paths);
	free(w.factors.item);
	free(w.units.item);
	free(w.params.item);
	free(w.readings.item);
	return code;
}
