/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

/* No data, or data that cannot be read, are a finding here and no error: a person asks because something is amiss. */
int cli_version(cli *c)
{
	th_diags *diags = th_diags_new();
	th_reference *reference = NULL;
	char *text = NULL;
	size_t length;
	if (!diags)
		return TH_SYSTEM;
	bool there = cli_find_data(c) && cli_open_data(c, diags, &reference) == TH_OK;
	th_status status = th_report_version(there ? reference : NULL, c->data, c->lang, &text, &length);
	if (th_memory_missed() > 0) /* then nobody knows whether there are data */
		status = TH_SYSTEM;
	if (status == TH_OK)
		fwrite(text, 1, length, stdout);
	free(text);
	th_reference_free(reference);
	th_diags_free(diags);
	return (int)status;
}
