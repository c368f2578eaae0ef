/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/cli.h"

struct factors_words {
	const char *format, *output;
	cli_list factors, units;
};

/* Several records one behind the other; as JSON each is a document of its own. */
static th_status show(const cli *c, const th_reference *reference, int count, char **ids, th_format format, th_diags *diags, th_buf *out)
{
	th_status worst = TH_OK;
	for (int i = 0; i < count; i++) {
		char *text = NULL;
		size_t length = 0;
		th_status status = th_report_factor(reference, ids[i], format, c->lang, diags, &text, &length);
		if (status == TH_OK)
			th_buf_add(out, text, length);
		worst = status > worst ? status : worst;
		free(text);
	}
	return out->failed ? TH_SYSTEM : worst;
}

static th_status search(const cli *c, const th_reference *reference, int count, char **words, th_format format, th_buf *out)
{
	th_buf query = {0};
	for (int i = 0; i < count; i++) {
		th_buf_str(&query, i ? " " : "");
		th_buf_str(&query, words[i]);
	}
	th_buf_char(&query, '\0');
	char *text = NULL;
	size_t length = 0;
	th_status status = query.failed ? TH_SYSTEM : th_report_factors(reference, query.ptr, format, c->lang, &text, &length);
	if (status == TH_OK)
		th_buf_add(out, text, length);
	free(text);
	th_buf_free(&query);
	return out->failed ? TH_SYSTEM : status;
}

static th_status checked(const cli *c, int count, char **files, th_buf *out)
{
	for (int i = 0; i < count; i++) {
		th_buf_str(out, files[i]);
		th_buf_str(out, c->lang == TH_LANG_ZH ? "：没有错误\n" : ": no errors\n");
	}
	return out->failed ? TH_SYSTEM : TH_OK;
}

static int run(cli *c, struct factors_words *w, int operands, char **argv)
{
	static const char *const formats[] = {"text", "json", "csv", NULL}, *const jobs[] = {"list", "show", "search", "check", NULL};
	enum { LIST, SHOW, SEARCH, CHECK };
	size_t format = 0, job;
	if (operands == 0) {
		cli_usage(c, "what to do with factors is missing", "缺少子命令", "list, show, search, check");
		return TH_USAGE;
	}
	if (!cli_one_of(c, "factors", argv[0], jobs, &job) || (w->format && !cli_one_of(c, "--format", w->format, formats, &format)))
		return TH_USAGE;
	char **rest = argv + 1;
	int count = operands - 1;
	if (job == LIST ? count > 0 : count == 0) {
		cli_usage(c, job == LIST ? "too many words" : "a word is missing", job == LIST ? "参数过多" : "缺少参数", jobs[job]);
		return TH_USAGE;
	}
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_reference *reference = NULL;
	th_buf out = {0};
	th_status status = cli_open_reference(c, &w->units, &w->factors, diags, &reference);
	if (status == TH_OK && job == CHECK) {
		/* Each file is read whatever the one before it held, so that all errors come at once. */
		for (int i = 0; i < count; i++) {
			th_status one = th_reference_add_factors(reference, rest[i], diags);
			status = one > status ? one : status;
		}
		if (status == TH_OK)
			status = checked(c, count, rest, &out);
	} else if (status == TH_OK)
		status = job == SHOW ? show(c, reference, count, rest, (th_format)format, diags, &out) : search(c, reference, count, rest, (th_format)format, &out);
	if (status == TH_OK)
		status = cli_ready(c, diags);
	if (status == TH_OK)
		status = th_report_write(w->output, out.ptr ? out.ptr : "", out.len, diags);
	th_buf_free(&out);
	int code = cli_close(c, diags, status);
	th_reference_free(reference);
	return code;
}

int cmd_factors(cli *c, int argc, char **argv)
{
	struct factors_words w = {0};
	const cli_option table[] = {
		{"--format", 'f', "FORMAT", &w.format, NULL, NULL, "text (default), json or csv", "text（默认）、json 或 csv"},
		{"--output", 'o', "FILE", &w.output, NULL, NULL, "write there instead of to standard output", "写入该文件"},
		{"--factors", 0, "FILE", NULL, &w.factors, NULL, "the user's factors; they win over shipped ones of the same id", "自备因子文件，同名时优先"},
		{"--units", 0, "FILE", NULL, &w.units, NULL, "the user's units", "自备单位文件"},
	};
	if (c->help) {
		cli_help_command(c, cli_find_command("factors"), table, CLI_COUNT(table),
		                 "  tanhe factors search 上海 电力\n"
		                 "  tanhe factors show grid-shanghai-2023\n"
		                 "  tanhe factors check my-factors.csv\n");
		return TH_OK;
	}
	int operands, code = TH_USAGE;
	if (cli_parse(c, table, CLI_COUNT(table), argc, argv, &operands))
		code = run(c, &w, operands, argv);
	free(w.factors.item);
	free(w.units.item);
	return code;
}
