/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "audit/script.h"
#include "audit/verify.h"
#include "cli/again.h"
#include "io/output.h"

struct own {
	const char *script;
	cli_report report;
	th_script lines;
};

/* The program is written before the report is: what goes wrong then leaves neither. */
static th_status put_script(cli_job *job, struct own *own)
{
	th_status status = th_script_end(&own->lines, &own->report.recorded, job->diags);
	th_buf *text = &own->lines.text;
	return status == TH_OK ? th_report_write(own->script, text->ptr, text->len, job->diags) : status;
}

static th_status see(cli_job *job, void *context)
{
	struct own *own = context;
	char *text;
	size_t length;
	bool equal;
	th_status status = th_verify(&own->report.recorded, (th_slice){job->text, job->length}, own->report.format, job->c->lang, job->diags, &text, &length, &equal);
	if (status == TH_OK && own->script)
		status = put_script(job, own);
	if (status != TH_OK) {
		free(text);
		return status;
	}
	cli_replace(job, text, length, equal ? 0 : 1);
	return TH_OK;
}

int cmd_verify(cli *c, int argc, char **argv)
{
	struct own own = {.script = NULL};
	const cli_option rows[] = {
		CLI_ANSWER(own.report),
		{"--script", 0, &cli_script, &own.script, NULL, NULL, "a Python program that works all lines and totals out again", "另存 Python 程序，可独立重算每一行和各项总量"},
	};
	cli_again again = {.see = see, .context = &own};
	static const char examples[] = "  tanhe check examples/enterprise -f json -o check.json\n"
	                               "  tanhe verify check.json examples/enterprise\n"
	                               "  tanhe verify check.json examples/enterprise --script again.py && python3 again.py\n";
	int code;
	if (!cli_open_report(c, rows, CLI_COUNT(rows), examples, argc, argv, &own.report, &code))
		return code;
	again.beside = own.script;
	if (own.script)
		again.listener = (th_listener){.entry = th_script_entry, .context = &own.lines};
	code = cli_make_again(c, &own.report, &again, 1);
	th_buf_free(&own.lines.text);
	th_arena_free(&own.report.arena);
	return code;
}
