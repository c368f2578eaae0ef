/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/cli.h"

struct rules_words {
	const char *output, *rules;
	cli_list params, factors, units;
	bool template;
	cli_paths paths;
};

static th_status list(const cli *c, const th_reference *reference, th_diags *diags, char **text, size_t *length)
{
	th_pack **packs;
	size_t count;
	th_status status = th_rules_open_all(reference, cli_data(c), diags, &packs, &count);
	if (status == TH_OK)
		status = th_report_packs((const th_pack *const *)packs, count, c->lang, text, length);
	th_rules_free_all(packs, count);
	return status;
}

static th_status show(const cli *c, const struct rules_words *w, const th_reference *reference, const char *id, th_diags *diags, char **text, size_t *length)
{
	th_pack *pack = NULL;
	th_status status = th_rules_open(reference, cli_data(c), id, diags, &pack);
	if (status == TH_OK)
		status = w->template ? th_report_params_template(pack, c->lang, text, length) : th_report_pack(pack, c->lang, text, length);
	th_rules_free(pack);
	return status;
}

static th_status params(const cli *c, struct rules_words *w, const th_reference *reference, const char *folder, th_diags *diags, char **text, size_t *length)
{
	th_assessment *assessment = NULL;
	th_status status = TH_OK;
	th_check_options options = {.folder = folder, .rules = w->rules, .params = w->params.item, .params_count = w->params.count};
	options.user_folder = cli_params_folder(&w->paths, &status);
	if (status == TH_OK)
		status = th_check_params(reference, cli_data(c), &options, diags, &assessment);
	if (status == TH_OK)
		status = th_report_params(assessment, c->lang, text, length);
	th_assessment_free(assessment);
	return status;
}

/* A file is meant, also when its name looks like an id: `x` is not data/rules/x.json here. */
static const char *as_path(struct rules_words *w, const char *file)
{
	size_t length = strlen(file);
	bool path = strchr(file, '/') || (length > 5 && strcmp(file + length - 5, ".json") == 0);
	return path ? file : cli_join(&w->paths, ".", file);
}

/* Each file is read whatever the one before it held, so that all errors come at once. */
static th_status check(const cli *c, struct rules_words *w, const th_reference *reference, int count, char **files, th_diags *diags, char **text,
                       size_t *length)
{
	th_buf out = {0};
	th_status worst = TH_OK;
	for (int i = 0; i < count; i++) {
		th_pack *pack = NULL;
		const char *path = as_path(w, files[i]);
		th_status status = path ? th_rules_open(reference, cli_data(c), path, diags, &pack) : TH_SYSTEM;
		th_rules_free(pack);
		worst = status > worst ? status : worst;
		th_buf_str(&out, files[i]);
		th_buf_str(&out, c->lang == TH_LANG_ZH ? "：没有错误\n" : ": no errors\n");
	}
	*length = out.len;
	th_buf_char(&out, '\0');
	*text = out.ptr;
	return out.failed ? TH_SYSTEM : worst;
}

static int run(cli *c, struct rules_words *w, int operands, char **argv)
{
	static const char *const jobs[] = {"list", "show", "params", "check", NULL};
	enum { LIST, SHOW, PARAMS, CHECK };
	size_t job, length = 0;
	char *text = NULL;
	if (operands == 0) {
		cli_usage(c, "what to do with rules is missing", "缺少子命令", "list, show, params, check");
		return TH_USAGE;
	}
	if (!cli_one_of(c, "rules", argv[0], jobs, &job))
		return TH_USAGE;
	const char *operand = operands > 1 ? argv[1] : NULL;
	if (job == CHECK ? operands < 2 : operands > (job == LIST ? 1 : 2)) {
		cli_usage(c, job == CHECK ? "a word is missing" : "too many words", job == CHECK ? "缺少参数" : "参数过多", jobs[job]);
		return TH_USAGE;
	}
	if (w->template && job != PARAMS) {
		cli_usage(c, "only for params", "仅用于 params", "--template");
		return TH_USAGE;
	}
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_reference *reference = NULL;
	th_status status = TH_OK;
	if (job == PARAMS && operand && !cli_take_own(&w->paths, operand, &w->factors, &w->units))
		status = TH_SYSTEM;
	if (status == TH_OK && job == PARAMS && operand)
		status = cli_guard_case(&w->paths, operand, diags);
	if (status == TH_OK)
		status = cli_open_reference(c, &w->units, &w->factors, diags, &reference);
	if (status == TH_OK && job == LIST)
		status = list(c, reference, diags, &text, &length);
	else if (status == TH_OK && job == CHECK)
		status = check(c, w, reference, operands - 1, argv + 1, diags, &text, &length);
	else if (status == TH_OK && (job == SHOW || w->template))
		status = show(c, w, reference, job == SHOW && operand ? operand : w->rules, diags, &text, &length);
	else if (status == TH_OK)
		status = params(c, w, reference, operand, diags, &text, &length);
	if (status == TH_OK)
		status = cli_ready(c, diags);
	if (status == TH_OK)
		status = th_report_write(w->output, text, length, diags);
	free(text);
	int code = cli_close(c, diags, status);
	th_reference_free(reference);
	return code;
}

int cmd_rules(cli *c, int argc, char **argv)
{
	struct rules_words w = {0};
	const cli_option table[] = {
		{"--output", 'o', "FILE", &w.output, NULL, NULL, "write there instead of to standard output", "写入该文件"},
		{"--rules", 0, "ID|FILE", &w.rules, NULL, NULL, "rule pack of show and params", "show 和 params 的规则包"},
		{"--params", 0, "FILE", NULL, &w.params, NULL, "params: a file of values", "params：参数值文件"},
		{"--template", 0, NULL, NULL, NULL, &w.template, "params: a file to fill in, with the words of each clause", "params：输出待填文件，附各条款原文"},
		{"--units", 0, "FILE", NULL, &w.units, NULL, "the user's units", "自备单位文件"},
	};
	if (c->help) {
		cli_help_command(c, cli_find_command("rules"), table, CLI_COUNT(table),
		                 "  tanhe rules show\n"
		                 "  tanhe rules params --template > params.csv\n"
		                 "  tanhe rules params examples/enterprise --params examples/params-illustrative.csv\n"
		                 "  tanhe rules check my-rules.json\n");
		return TH_OK;
	}
	int operands, code = TH_USAGE;
	if (cli_parse(c, table, CLI_COUNT(table), argc, argv, &operands))
		code = run(c, &w, operands, argv);
	cli_paths_free(&w.paths);
	free(w.params.item);
	free(w.factors.item);
	free(w.units.item);
	return code;
}
