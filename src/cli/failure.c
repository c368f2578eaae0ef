/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who asks for JSON gets JSON: an object on standard output for a run that gave no report, beside the messages on standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "cli/cli.h"

void cli_expect_json(cli *c, int argc, char **argv)
{
	const char *format = cli_value_among(argc, argv, "--format", 'f'), *output = cli_value_among(argc, argv, "--output", 'o');
	if (format && strcmp(format, "json") == 0 && (!output || strcmp(output, "-") == 0))
		c->usage = th_diags_new(); /* NULL: memory ran out, which is told by no word but main's */
}

static bool is_failure(const cli *c, int status) /* and no verdict */
{
	return c->refused || status == TH_USAGE || status == TH_INVALID || status == TH_SYSTEM;
}

void cli_fail(cli *c, th_diags *diags, int status)
{
	if (!c->usage || c->failure || c->answered || !is_failure(c, status) || th_memory_missed() > 0)
		return;
	if (diags != c->usage)
		th_diags_merge(diags, c->usage);
	if (th_report_failure(diags, c->command ? c->command->name : "", c->folder, status, &c->failure, &c->failure_length) != TH_OK)
		c->failure = NULL;
}

void cli_put_failure(cli *c, int status)
{
	if (c->usage)
		cli_fail(c, c->usage, status);
	if (c->failure && is_failure(c, status) && th_memory_missed() == 0)
		fwrite(c->failure, 1, c->failure_length, stdout);
	free(c->failure);
	th_diags_free(c->usage);
}
