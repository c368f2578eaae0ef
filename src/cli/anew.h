/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_ANEW_H
#define TH_CLI_ANEW_H

/* Locking anew: where the file that --lock names is not there, and the report is about to take the place of an earlier one of the same command, what is between the
 * two is shown as `tanhe diff` shows it. */

#include "cli/heard.h"

typedef struct cli_anew {
	cli_heard earlier;       /* the report that is replaced, computed again */
	th_diff_side now;        /* the job's own */
	th_listener listener;    /* of the job */
	cli_list places;         /* where the files of the earlier one may lie */
	bool heard;              /* the earlier one */
	char *bridge;            /* to be said before the report takes its place; NULL: none */
} cli_anew;

/* Behind the guard, before the work: hear the earlier one, and let the job be heard. Nothing of it is found wrong: the job goes on without. */
TH_MUST_USE th_status cli_anew_hear(cli_job *job, cli_anew *anew);
/* Behind the work: make the bridge, or report which command makes one. */
TH_MUST_USE th_status cli_anew_find(cli_job *job, cli_anew *anew);
void cli_anew_say(const cli_anew *anew);
void cli_anew_free(cli_anew *anew);

#endif
