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
			fprintf(stderr, c->lang == TH_LANG_ZH ? "%s：共%zu处错误，未生成结果。请改正后重新运行。\n" : "%s: %zu errors, no result written\n", c->program, errors);
	}
	free(c->said);
	c->said = NULL;
	c->said_count = 0; /* the next job's findings are others */
	th_diags_free(diags);
	return code;
}
