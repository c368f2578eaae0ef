/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --answers FOLDER: the lists that lie in it, as --requests FOLDER wrote them and they came back. */
#include <stdlib.h>
#include <string.h>

#include "base/filename.h"
#include "cli/job.h"
#include "io/listing.h"

struct listing {
	cli_job *job;
	const char *folder;
	cli_list *lists;
	bool failed; /* memory was lacking */
};

/* What an office program keeps beside a file that it has open begins with ~$, what people do not see with a dot. */
static void see_file(void *context, const char *name)
{
	struct listing *l = context;
	th_slice file = th_slice_of(name);
	if (name[0] == '.' || strncmp(name, "~$", 2) == 0 || !(th_slice_ends(file, TH_S(".csv")) || th_named_as_workbook(name)))
		return;
	const char *path = cli_join(&l->job->paths, l->folder, name);
	l->failed |= !path || !cli_append(l->lists, path);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lists of a folder behind those before it, in the order of their names. */
static th_status take_folder(cli_job *job, const char *folder, cli_list *lists)
{
	struct listing l = {.job = job, .folder = folder, .lists = lists};
	const size_t before = lists->count;
	if (!th_list_names(folder, see_file, &l) || l.failed)
		return th_no_memory(job->diags);
	if (lists->count == before)
		return th_report(job->diags, TH_ANSWERS_NONE, (th_pos){.file = folder}, (char *)NULL);
	qsort(lists->item + before, lists->count - before, sizeof *lists->item, by_name);
	return TH_OK;
}

th_status cli_take_answers(cli_job *job)
{
	cli_list lists = {.count = 0};
	th_status status = TH_OK;
	for (size_t i = 0; i < job->answers.count && status == TH_OK; i++) {
		th_file_about about;
		const char *path = job->answers.item[i];
		if (strcmp(path, "-") != 0 && th_os_look(path, &about) == 0 && about.kind == TH_FILE_FOLDER)
			status = take_folder(job, path, &lists);
		else
			status = cli_append(&lists, path) ? TH_OK : th_no_memory(job->diags);
	}
	free(job->answers.item);
	job->answers = lists;
	return status;
}
