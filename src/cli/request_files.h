/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_CLI_REQUEST_FILES_H
#define TANHE_CLI_REQUEST_FILES_H

/* What check makes beside its answer: lists of what is missing for those who have it, and tasks of what is not met. */

#include "check/check.h"
#include "cli/new_files.h"

/* --requests: a folder with a list (CSV and workbook) and a letter for each, or, by the ending of the path, one workbook or one CSV of all of them. */
TH_MUST_USE th_status cli_make_requests(cli_job *job, const th_assessment *assessment, const char *path, cli_new_files *files);
/* --tasks: a tasks.csv. */
TH_MUST_USE th_status cli_make_tasks(cli_job *job, const th_assessment *assessment, const char *path, cli_new_files *files);

#endif
