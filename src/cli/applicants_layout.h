/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_APPLICANTS_LAYOUT_H
#define TH_CLI_APPLICANTS_LAYOUT_H

/* `tanhe layout` of a table of applicants: which column is which fact. */

#include "case/applicants.h"
#include "cli/job.h"

/* What facts of applicants may be called; NULL without memory. */
th_known_fact *cli_known_facts(const th_pack *pack, th_arena *arena);

/* How the table was understood into `out`, as text or, `csv`, as a line for each fact. Where it is not `sure` that it is one of applicants it is
 * looked at first: *meant is false, and nothing written or reported, when it is none. */
TH_MUST_USE th_status cli_layout_applicants(cli_job *job, const char *path, bool sure, bool csv, bool *meant, th_buf *out);

#endif
