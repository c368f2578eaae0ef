/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CLI_MANY_RULES_H
#define TH_CLI_MANY_RULES_H

#include "cli/job.h"
#include "report/schemes.h"

/* The case by each of --rules, at options->stage, which each of them must have. A reading and a reason for missing data go to those that know of
 * such, and to all where none does. What is found is told once; that a fact or parameter is not known, only where no scheme knows it. *out is to be freed either way. */
TH_MUST_USE th_status cli_check_schemes(cli_job *job, const th_check_options *options, th_schemes *out);

#endif
