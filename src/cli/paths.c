/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths put together, and what they lead to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/filename.h"
#include "base/list.h"
#include "cli/cli.h"
#include "io/os.h"
#include "io/reason.h"

bool cli_append(cli_list *list, const char *item)
{
	const char **grown = th_grown(list->item, list->count, sizeof *grown);
	if (!grown)
		return false;
	list->item = grown;
	grown[list->count++] = item;
	return true;
}

const char *cli_join(cli_paths *paths, const char *folder, const char *name)
{
	return th_path_join(&paths->arena, folder, name);
}

void cli_paths_free(cli_paths *paths)
{
	th_arena_free(&paths->arena);
}

bool cli_same_file(const char *a, const char *b)
{
	th_file_about x, y;
	return strcmp(a, b) == 0 ||
	       (th_os_look(a, &x) == 0 && th_os_look(b, &y) == 0 && x.kind == TH_FILE_REGULAR && th_os_same_file(&x, &y));
}

th_status cli_look(const char *path, th_diags *diags, th_file_kind *kind)
{
	th_file_about about;
	int error = strcmp(path, "-") == 0 ? 0 : th_os_look(path, &about);
	*kind = error == 0 && strcmp(path, "-") != 0 ? about.kind : TH_FILE_SPECIAL;
	return error == 0 ? TH_OK : th_report_system(diags, TH_SOURCE_OPEN, (th_pos){.file = path, .line = 1, .column = 1}, error);
}
