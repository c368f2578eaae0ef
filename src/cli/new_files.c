/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/new_files.h"

#include <errno.h>

#include "base/list.h"

static th_status refuse(cli_job *job, th_code code, const char *path, const char *why, th_status status)
{
	th_status said = th_report(job->diags, code, (th_pos){path, 1, 1, NULL}, why, (char *)NULL);
	return said == TH_SYSTEM ? said : status;
}

th_status cli_new_folder(cli_job *job, cli_new_files *files, const char *path)
{
	char reason[256];
	int error = th_os_make_folder(path);
	files->folder = path;
	files->made = error == 0;
	if (error == EEXIST)
		return refuse(job, TH_INIT_THERE, path, NULL, TH_USAGE);
	return error == 0 ? TH_OK : refuse(job, TH_INIT_FOLDER, path, th_os_reason(error, reason, sizeof reason), TH_SYSTEM);
}

th_status cli_new_file_of(cli_job *job, cli_new_files *files, const char *path, th_slice text)
{
	cli_new_file *grown = path ? th_grown_in(&job->paths.arena, files->file, files->files, sizeof *grown) : NULL;
	if (!grown)
		return th_no_memory(job->diags);
	files->file = grown;
	grown[files->files] = (cli_new_file){.path = path};
	th_status status = th_output_open(path, job->diags, &grown[files->files].output);
	if (status != TH_OK)
		return status;
	th_output *output = grown[files->files++].output;
	th_output_write(output, text);
	return th_output_prepare(output, job->diags);
}

th_status cli_put_new_files(cli_job *job, cli_new_files *files)
{
	th_status status = TH_OK;
	for (size_t i = 0; i < files->files && status == TH_OK; i++)
		status = cli_must_be_new(job, files->file[i].path);
	for (size_t i = 0; i < files->files && status == TH_OK; i++) {
		status = th_output_commit(files->file[i].output, job->diags);
		files->file[i].output = NULL;
		files->file[i].put = status == TH_OK;
	}
	if (status == TH_OK)
		files->made = false;
	else
		for (size_t i = 0; i < files->files; i++)
			if (files->file[i].put)
				th_os_remove(files->file[i].path);
	return status;
}

void cli_drop_new_files(cli_new_files *files)
{
	for (size_t i = 0; i < files->files; i++)
		th_output_abort(files->file[i].output);
	if (files->made)
		th_os_remove_folder(files->folder);
}
