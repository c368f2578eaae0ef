/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/os.h"

struct plan_words {
	const char *format, *output, *fallback, *actual, *as_of, *between;
	cli_list factors, units, params, readings, scenarios, series;
	th_plan_options options;
	cli_paths paths;
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
	return cli_usage(c, "not a year from 1900 to 2199", "不是 1900 至 2199 的年份", option);
}

static bool read_years(const cli *c, struct plan_words *w)
{
	th_plan_options *o = &w->options;
	if (w->actual && !year_of(c, "--actual", w->actual, strlen(w->actual), &o->actual))
		return false;
	if (w->as_of && !year_of(c, "--as-of", w->as_of, strlen(w->as_of), &o->as_of))
		return false;
	if (!w->between)
		return true;
	const char *comma = strchr(w->between, ',');
	if (!comma || !year_of(c, "--between", w->between, (size_t)(comma - w->between), &o->from) ||
	    !year_of(c, "--between", comma + 1, strlen(comma + 1), &o->to))
		return comma ? false : cli_usage(c, "expected two years, as 2020,2023", "应为两个年份，如 2020,2023", "--between");
	return o->from < o->to || cli_usage(c, "the second year lies behind the first", "后一年份须晚于前一年份", "--between");
}

static th_status plan(cli *c, struct plan_words *w, th_format format, const th_reference *reference, th_diags *diags, int *answer,
                      th_case_plan **made)
{
	char *text = NULL;
	size_t length = 0;
	th_status status = TH_OK;
	w->options.assess.user_folder = cli_params_folder(&w->paths, &status);
	if (status == TH_OK)
		status = th_plan_run(reference, cli_data(c), &w->options, diags, made);
	if (status == TH_OK)
		status = th_report_plan(*made, format, c->lang, &text, &length);
	if (status == TH_OK)
		status = cli_ready(c, diags);
	if (status == TH_OK)
		status = th_report_write(w->output, text, length, diags);
	if (status == TH_OK)
		*answer = status_of(th_plan_answer_of(*made));
	free(text);
	return status;
}

static int run(cli *c, struct plan_words *w, int operands, char **argv)
{
	static const char *const formats[] = {"text", "json", NULL}, *const fallbacks[] = {"nearest", NULL};
	size_t format = 0, which;
	int answer = 0;
	if ((w->format && !cli_one_of(c, "--format", w->format, formats, &format)) ||
	    (w->fallback && !cli_one_of(c, "--fallback", w->fallback, fallbacks, &which)) || !read_years(c, w))
		return TH_USAGE;
	if (operands != 1) {
		cli_usage(c, operands ? "more than one case" : "no case", operands ? "案例多于一个" : "缺少案例文件夹", "tanhe plan CASE");
		return TH_USAGE;
	}
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_reference *reference = NULL;
	th_case_plan *made = NULL;
	th_file_kind kind;
	th_status status = cli_look(argv[0], diags, &kind);
	if (status == TH_OK && kind != TH_FILE_FOLDER && kind != TH_FILE_ABSENT) {
		cli_usage(c, "a case is a folder", "案例应为文件夹", argv[0]);
		status = TH_USAGE;
	}
	if (status == TH_OK && !cli_take_own(&w->paths, argv[0], &w->factors, &w->units))
		status = TH_SYSTEM;
	th_check_options *assess = &w->options.assess;
	const cli_list *const inputs[] = {&w->params, &w->factors, &w->units, &w->scenarios, &w->series};
	if (status == TH_OK)
		status = cli_guard_case(&w->paths, argv[0], diags);
	if (status == TH_OK)
		status = cli_guard(w->output, NULL, inputs, CLI_COUNT(inputs), diags);
	if (status == TH_OK && cli_clashes_folder(c, w->output, argv[0]))
		status = TH_USAGE;
	assess->folder = argv[0];
	assess->params = w->params.item;
	assess->params_count = w->params.count;
	assess->readings = w->readings.item;
	assess->readings_count = w->readings.count;
	assess->fallback_nearest = w->fallback != NULL;
	w->options.scenario = w->scenarios.item;
	w->options.scenarios = w->scenarios.count;
	w->options.series = w->series.item;
	w->options.series_count = w->series.count;
	if (status == TH_OK)
		status = cli_open_reference(c, &w->units, &w->factors, diags, &reference);
	if (status == TH_OK)
		status = plan(c, w, (th_format)format, reference, diags, &answer, &made);
	int code = cli_close(c, diags, status);
	th_plan_free(made); /* the diagnostics show its file names */
	th_reference_free(reference);
	return code == TH_OK ? answer : code;
}

int cmd_plan(cli *c, int argc, char **argv)
{
	struct plan_words w = {0};
	th_plan_options *o = &w.options;
	const cli_option table[] = {
		{"--format", 'f', "FORMAT", &w.format, NULL, NULL, "text (default) or json", "text（默认）或 json"},
		{"--output", 'o', "FILE", &w.output, NULL, NULL, "write the report there, as a whole or not at all", "报告写入该文件，完整写出或不写"},
		{"--assumptions", 0, "FILE", &o->assumptions, NULL, NULL, "growth, prices, rates; instead of the case's assumptions.csv",
		 "增长、价格、折现率，代替案例的 assumptions.csv"},
		{"--scenario", 0, "FILE", NULL, &w.scenarios, NULL, "other assumptions, side by side; may be repeated", "另一组假设，并列比较，可多次给出"},
		{"--series", 0, "FILE", NULL, &w.series, NULL, "more yearly series to be tested for a peak", "另行检验达峰的逐年序列"},
		{"--as-of", 0, "YEAR", &w.as_of, NULL, NULL, "when the peak test is asked (default: the last data year)", "达峰判断年份（默认为数据末年）"},
		{"--between", 0, "YEAR,YEAR", &w.between, NULL, NULL, "years to decompose (default: first and last whole year)", "分解的两个年份（默认首末完整年）"},
		{"--route", 0, "GOAL", &o->route, NULL, NULL, "cheapest measures to `threshold` or a phase", "达到 threshold（门槛）或某阶段的最低成本措施"},
		{"--actual", 0, "YEAR", &w.actual, NULL, NULL, "set that year's account against the path", "以该年核算对照路径"},
		{"--params", 0, "FILE", NULL, &w.params, NULL, "values for the scheme's parameters; before the case's params.csv", "方案参数值，优先于案例的 params.csv"},
		{"--rules", 0, "ID|FILE", &o->assess.rules, NULL, NULL, "rule pack", "规则包"},
		{"--reading", 0, "NAME=VALUE", NULL, &w.readings, NULL, "how to read what the text leaves open", "原文未写明之处的读法"},
		{"--profile", 0, "ID", &o->assess.profile, NULL, NULL, "which factors serve which purpose", "核算口径"},
		{"--factors", 0, "FILE", NULL, &w.factors, NULL, "the user's factors; they win over shipped ones of the same id", "自备因子文件，同名时优先"},
		{"--units", 0, "FILE", NULL, &w.units, NULL, "the user's units", "自备单位文件"},
		{"--gwp", 0, "SET", &o->assess.gwp, NULL, NULL, "SAR, TAR, AR4, AR5 or AR6 (default: the profile's)", "SAR、TAR、AR4、AR5 或 AR6（默认随口径）"},
		{"--encoding", 0, "NAME", &o->assess.encoding, NULL, NULL, "of the inventory, instead of finding out", "清单编码，不再自动识别"},
		{"--gas-condition", 0, "TEMP", &o->assess.gas_condition, NULL, NULL, "what a bare m3 of gas means: 0C, 20C", "未注明状态的气体 m3 的温度：0C、20C"},
		{"--fallback", 0, "HOW", &w.fallback, NULL, NULL, "nearest: take the factor of the nearest year", "nearest：取最近年份的因子"},
	};
	if (c->help) {
		cli_help_command(c, cli_find_command("plan"), table, CLI_COUNT(table),
		                 "  tanhe plan examples/enterprise\n"
		                 "  tanhe plan examples/region-2010-2020 --series examples/region-2010-2020/series.csv\n"
		                 "  tanhe plan examples/enterprise --route 第二阶段 -f json\n");
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
	free(w.scenarios.item);
	free(w.series.item);
	return code;
}
