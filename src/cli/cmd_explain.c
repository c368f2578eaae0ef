/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "audit/explain.h"
#include "cli/again.h"
#include "io/guard.h"

struct own {
	bool all;
	cli_report report;
	th_chain chain;
};

static th_explanation wanted(struct own *own, th_slice again)
{
	return (th_explanation){.chain = &own->chain, .recorded = &own->report.recorded, .again = again, .all = own->all};
}

static th_status see(cli_job *job, void *context)
{
	struct own *own = context;
	th_explanation explanation = wanted(own, (th_slice){job->text, job->length});
	char *text;
	size_t length;
	explanation.footprints = job->footprints;
	th_status status = th_explain(&explanation, own->report.format, job->c->lang, job->diags, &text, &length);
	if (status == TH_OK)
		cli_replace(job, text, length, TH_OK);
	return status;
}

/* What a requirement rests on stands in the report itself. */
static int explain_alone(cli *c, struct own *own)
{
	char *text = NULL;
	size_t length;
	th_explanation explanation = wanted(own, (th_slice){NULL, 0});
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_status status = th_guard_input(own->report.recorded.path, diags);
	if (status == TH_OK)
		status = th_explain(&explanation, own->report.format, c->lang, diags, &text, &length);
	if (status == TH_OK)
		status = th_report_write(own->report.output, text, length, diags);
	free(text);
	return cli_close(c, diags, status);
}

static int find(cli *c, struct own *own)
{
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	if (own->report.operands < 2) {
		th_diags_free(diags);
		return cli_usage(c, "no number or requirement to explain", "缺少要说明的数值或要求的编号", c->command->name) ? TH_OK : TH_USAGE;
	}
	return cli_close(c, diags, th_chain_open(&own->report.recorded, own->report.operand[1], &own->report.arena, diags, &own->chain));
}

int cmd_explain(cli *c, int argc, char **argv)
{
	struct own own = {.all = false};
	const cli_option rows[] = {
		CLI_ANSWER(own.report),
		{"--all", 0, NULL, NULL, NULL, &own.all, "the whole chain: lines, terms, factors, documents, inputs", "列出全部：各行、算式各项、因子、依据文件、所依据的填报项"},
	};
	cli_again again = {.see = see, .context = &own, .listener = {.entry = th_chain_entry, .context = &own.chain}};
	static const char examples[] = "  tanhe explain check.json gross:2023 examples/enterprise\n"
	                               "  tanhe explain check.json inventory.csv:12 examples/enterprise --all\n"
	                               "  tanhe explain check.json 4.3-req5\n";
	int code;
	if (!cli_open_report(c, rows, CLI_COUNT(rows), examples, argc, argv, &own.report, &code))
		return code;
	code = find(c, &own);
	if (code == TH_OK)
		code = own.chain.of == TH_CHAIN_REQUIREMENT ? explain_alone(c, &own) : cli_make_again(c, &own.report, &again, 2);
	th_arena_free(&own.report.arena);
	return code;
}
