/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_HEARD_H
#define TH_CLI_HEARD_H

/* One of two accounts to be compared: a report, a case or an inventory, computed and heard; what diff and plan --recalculate have in common. */

#include "audit/diff.h"
#include "cli/again.h"

typedef struct cli_heard {
	const char *data;        /* folder of its reference data; NULL: as of the other */
	char **place;            /* where the inputs of a report are looked for, beside where it lies */
	int places;
	cli_report report;
	th_diff_side side;       /* name, year and what is heard */
} cli_heard;

/* Compute it; the exit status. What was said of it is printed. Nothing is written. */
int cli_hear(cli *c, cli_heard *heard);
void cli_free_heard(cli_heard *heard);

#endif
