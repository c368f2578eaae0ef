/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/os.h"

static const cli_command commands[] = {
	{"account", "INVENTORY... [OPTION...]", "活动数据表... [选项...]", "compute the account of inventories or case folders", "核算活动数据表或项目文件夹", cmd_account, &cli_inventories},
	{"batch", "PATH... [OPTION...]", "路径... [选项...]", "check many cases, one line of JSON each", "批量判定多个项目，每个项目一行 JSON", cmd_batch, &cli_inventories},
	{"check", "CASE [OPTION...]", "项目文件夹 [选项...]", "decide clause by clause whether a case is eligible", "逐条对照申报条件", cmd_check, &cli_case},
	{"completion", "bash | zsh | fish", "bash | zsh | fish", "what a shell completes of commands, options and their values", "生成命令行补全脚本", cmd_completion, &cli_shells},
	{"diff", "A B [PLACE...] [OPTION...]", "前者 后者 [其他位置...] [选项...]", "what makes two accounts differ, cause by cause", "两份核算结果相差多少、各由什么引起", cmd_diff, &cli_sides},
	{"event", "CASE [OPTION...]", "项目文件夹 [选项...]", "whether an event is carbon neutral, and what may be claimed", "大型活动是否满足碳中和条件，可作何声明", cmd_event, &cli_case},
	{"explain", "REPORT.json ID [CASE] [PLACE...] [OPTION...]", "报告.json 编号 [项目文件夹] [其他位置...] [选项...]", "the chain behind a total, a line or a requirement of a report", "说明报告中总量、行或要求的来历", cmd_explain, &cli_recorded},
	{"factors", "list | show ID... | search WORD... | check FILE... [OPTION...]", "list | show 编号... | search 词... | check 文件... [选项...]", "emission factors with their documents", "排放因子及依据文件",
	 cmd_factors, &cli_factor_tasks},
	{"footprint", "CASE [PRODUCT] [OPTION...]", "项目文件夹 [产品] [选项...]", "the carbon footprints of the products of a case", "核算产品碳足迹", cmd_footprint, &cli_case},
	{"init", "PATH --category CATEGORY --target TARGET [OPTION...]", "路径 --category 试点类型 --target 试点目标 [选项...]", "write a case to fill in", "生成待填写的项目文件", cmd_init, &cli_new_case},
	{"layout", "FILE [OPTION...]", "文件 [选项...]", "how an office table was understood, as a file to correct", "查看表格的识别结果，可修改后使用", cmd_layout, &cli_inventories},
	{"plan", "CASE [OPTION...]", "项目文件夹 [选项...]", "has it peaked, why, and the way to the targets", "是否达峰、变化原因与实现目标的路径", cmd_plan, &cli_case},
	{"report", "CASE [OPTION...]", "项目文件夹 [选项...]", "the whole dossier of a case, to hand in", "生成完整的申报材料", cmd_report, &cli_case},
	{"rules", "list | show [ID] | params [CASE] | check FILE... | diff A B [OPTION...]", "list | show [编号] | params [项目文件夹] | check 文件... | diff 甲 乙 [选项...]", "rule packs, their clauses and parameters", "查看申报规则、条款和待填参数", cmd_rules, &cli_rule_tasks},
	{"verify", "REPORT.json [CASE] [PLACE...] [OPTION...]", "报告.json [项目文件夹] [其他位置...] [选项...]", "compute a report again and say where it differs", "重新计算报告并指出不一致之处", cmd_verify, &cli_recorded},
	{NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

static const cli_command *find_command(const char *name)
{
	const cli_command *command = commands;
	while (command->name && strcmp(command->name, name) != 0)
		command++;
	return command->name ? command : NULL;
}

/* TANHE_LANG says it, else the locale. */
static th_lang language_of_locale(void)
{
	static const char *const names[] = {"TANHE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < CLI_COUNT(names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return strncmp(value, "zh", 2) == 0 ? TH_LANG_ZH : TH_LANG_EN;
	}
	return TH_LANG_EN;
}

/* The exit status of the whole run, which is a job on one thread: what ended after memory ran out, however it ended, is told by no word
 * but this. Nothing is asked of memory here. */
static int ended(const cli *c, int status)
{
	enum { NO_MEMORY = 5001 };
	if (fflush(stdout) != 0)
		status = TH_SYSTEM;
	if (th_memory_missed() == 0)
		return status;
	th_diag_info info;
	for (size_t i = 0; th_diag_table(i, &info) && info.code != NO_MEMORY; i++)
		;
	bool zh = c->lang == TH_LANG_ZH;
	fprintf(stderr,
	        cli_as_json(c) ? "{\"severity\":\"%s\",\"code\":\"%c%u\",\"text\":{\"zh\":\"%s：%s\",\"en\":\"%s: %s\"}}\n" : zh ? "%s %c%u：%s：%s\n" : "%s %c%u: %s: %s\n",
	        zh && !cli_as_json(c) ? "错误" : "error", info.letter, info.code, zh || cli_as_json(c) ? info.title_zh : info.title_en,
	        zh || cli_as_json(c) ? info.detail_zh : info.detail_en, info.title_en, info.detail_en);
	return TH_SYSTEM;
}

/* The global options, which may stand before or behind the command's name. */
static bool read_globals(cli *c, int *argc, char **argv)
{
	cli_option global[CLI_GLOBALS];
	cli_global_options(c, global);
	int kept = 1;
	bool ended = false;
	for (int i = 1; i < *argc; i++) {
		char *word = argv[i];
		size_t found = CLI_GLOBALS;
		ended |= strcmp(word, "--") == 0;
		for (size_t k = 0; k < CLI_GLOBALS && !ended; k++) {
			size_t length = strlen(global[k].name);
			bool is_long = strncmp(word, global[k].name, length) == 0 && (word[length] == '\0' || word[length] == '=');
			bool is_short = global[k].letter && word[0] == '-' && word[1] == global[k].letter;
			if (!global[k].text || (!is_long && !is_short))
				continue;
			found = k;
			const char *value = is_short ? word + 2 : word + length + (word[length] == '=');
			if (*value == '\0' && (is_short || word[length] != '=')) {
				if (i + 1 == *argc)
					return cli_usage(c, "an option without its value", "选项缺少值", word);
				value = argv[++i];
			}
			*global[k].text = value;
			break;
		}
		if (!ended && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0))
			c->help = true;
		else if (found == CLI_GLOBALS)
			argv[kept++] = word;
	}
	*argc = kept;
	size_t which;
	if (c->lang_name) {
		size_t tag = strcspn(c->lang_name, "-_"); /* zh-CN, en_GB.UTF-8 */
		bool region = c->lang_name[tag] && (strncmp(c->lang_name, "zh", tag) == 0 || strncmp(c->lang_name, "en", tag) == 0) && tag == 2;
		if (!region && !cli_one_of(c, "--lang", c->lang_name, cli_lang_name.choice, &which))
			return false;
		c->lang = c->lang_name[0] == 'z' ? TH_LANG_ZH : TH_LANG_EN;
	}
	return cli_one_of(c, "--color", c->color, cli_when.choice, &which) && (!c->diagnostics || cli_one_of(c, "--diagnostics", c->diagnostics, cli_text_or_json.choice, &which));
}

static int run(cli *c, int argc, char **argv)
{
	if (!read_globals(c, &argc, argv))
		return TH_USAGE;
	if (argc > 1 && strcmp(argv[1], "--version") == 0)
		return cli_version(c);
	bool asked = argc > 1 && strcmp(argv[1], "help") == 0;
	if (asked) { /* help COMMAND is COMMAND --help */
		c->help = true;
		argc--;
		argv++;
	}
	if (argc < 2 && c->help) {
		cli_help_program(c);
		return TH_OK;
	}
	const char *meant = asked && argc > 1 ? cli_tried_command(argv[1]) : NULL;
	c->command = argc < 2 ? NULL : find_command(meant ? meant : argv[1]);
	if (c->command && c->command->run == cmd_batch) /* whose cases ask for the same memory again and again */
		th_memory_keep();
	else if (c->command)
		th_memory_give_back();
	if (c->command)
		return c->command->run(c, argc - 2, argv + 2);
	if (asked && argv[1][0] != '-') {
		c->help = false;
		return cmd_help(c, argc - 1, argv + 1);
	}
	if (argc < 2)
		cli_usage(c, "no command", "缺少命令", "tanhe");
	else
		cli_unknown_command(c, argv[1]);
	return TH_USAGE;
}

int main(int argc, char **argv)
{
	th_os_end_cleanly();
	cli c = {.lang = language_of_locale(), .color = "auto", .program = "tanhe", .commands = commands};
	cli_expect_json(&c, argc, argv);
	int status = run(&c, argc, argv);
	cli_put_failure(&c, status);
	return ended(&c, status);
}
