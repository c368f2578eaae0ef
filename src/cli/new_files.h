/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_CLI_NEW_FILES_H
#define TANHE_CLI_NEW_FILES_H

/* Files that a command makes beside its report, maybe in a folder of their own: all of them or none, and never over one that is there. */

#include "cli/job.h"
#include "io/output.h"

typedef struct cli_new_file {
	const char *path;
	th_output *output;
	bool put;
} cli_new_file;

typedef struct cli_new_files {
	cli_new_file *file;      /* grows in the job's arena of paths */
	size_t files;
	const char *folder;      /* that was made for them; NULL: none */
	bool made;               /* by this job; else it is not touched */
} cli_new_files;

/* Make the folder; one that is there is a usage error. */
TH_MUST_USE th_status cli_new_folder(cli_job *job, cli_new_files *files, const char *path);
/* A file with this text, ready to take its place. `path` NULL: there was no memory for it. */
TH_MUST_USE th_status cli_new_file_of(cli_job *job, cli_new_files *files, const char *path, th_slice text);
/* Let all take their places; after a failure none stays. Asked again at the last moment: somebody else may have been quicker. */
TH_MUST_USE th_status cli_put_new_files(cli_job *job, cli_new_files *files);
/* Whatever has not taken its place goes, and so does a folder that was made for it. */
void cli_drop_new_files(cli_new_files *files);

#endif
