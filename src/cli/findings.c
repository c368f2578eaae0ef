/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was found, on standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/os.h"

static bool colored(const cli *c)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
	if (strcmp(c->color, "auto") != 0)
		return strcmp(c->color, "always") == 0;
	return !(no && *no) && term && strcmp(term, "dumb") != 0 && th_os_terminal(TH_STANDARD_ERROR);
}

bool cli_as_json(const cli *c)
{
	return c->diagnostics && strcmp(c->diagnostics, "json") == 0;
}

th_status cli_ready(cli *c, const th_diags *diags)
{
	free(c->said);
	c->said = NULL;
	c->said_count = th_diags_count(diags);
	if (th_memory_missed() > 0)
		return TH_SYSTEM;
	return c->said_count == 0 ? TH_OK : cli_as_json(c) ? th_diags_jsonl(diags, &c->said) : th_diags_text(diags, c->lang, colored(c), &c->said);
}

/* How many there are, and what became of the result: check, event and batch answer what does not rest on them. */
static void say_errors(const cli *c, size_t errors, th_status status)
{
	static const char *const said[][2] = {
		{"%s: %zu errors, no result written\n", "%s：共%zu处错误，未生成结果。请改正后重新运行。\n"},
		{"%s: %zu errors; the result says what they leave open\n", "%s：共%zu处错误，与之有关的内容在结果中未判定。请改正后重新运行。\n"},
		{"%s: %zu errors, no result: the file that was written names them\n", "%s：共%zu处错误，未生成结果，输出文件只列出这些错误。请改正后重新运行。\n"},
	};
	const size_t which = c->answered && status == TH_OK ? 1 : c->named_errors ? 2 : 0;
	fprintf(stderr, said[which][c->lang == TH_LANG_ZH], c->program, errors);
}

int cli_close(cli *c, th_diags *diags, th_status status)
{
	th_status said = c->said_count == th_diags_count(diags) ? TH_OK : cli_ready(c, diags);
	int code = said > status ? (int)said : c->refused && status == TH_INVALID ? CLI_OTHER_DATA : (int)status;
	size_t errors = th_diags_errors(diags);
	cli_fail(c, diags, code); /* before anything is printed: it asks for memory */
	if (th_memory_missed() > 0)
		code = TH_SYSTEM;
	else if (!c->silent && (!c->again || status != TH_OK)) { /* what was said of a report when it was made is not said again */
		fputs(c->said ? c->said : "", stderr);
		if (!cli_as_json(c) && errors > 1)
			say_errors(c, errors, status);
	}
	free(c->said);
	c->said = NULL;
	c->said_count = 0; /* the next job's findings are others */
	th_diags_free(diags);
	return code;
}
