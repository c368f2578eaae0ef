/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths of a case folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

bool cli_append(cli_list *list, const char *item)
{
	const char **grown = realloc(list->item, (list->count + 1) * sizeof *grown);
	if (!grown)
		return false;
	list->item = grown;
	grown[list->count++] = item;
	return true;
}

const char *cli_join(cli_paths *paths, const char *folder, const char *name)
{
	size_t length = strlen(folder) + strlen(name) + 2;
	char *path = malloc(length), **grown = realloc(paths->item, (paths->count + 1) * sizeof *grown);
	if (grown)
		paths->item = grown;
	if (!path || !grown) {
		free(path);
		return NULL;
	}
	bool slash = folder[0] && folder[strlen(folder) - 1] == '/';
	snprintf(path, length, "%s%s%s", folder, slash ? "" : "/", name);
	paths->item[paths->count++] = path;
	return path;
}

void cli_paths_free(cli_paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		free(paths->item[i]);
	free(paths->item);
	*paths = (cli_paths){0};
}

bool cli_take_own(cli_paths *paths, const char *folder, cli_list *factors, cli_list *units)
{
	const char *own_factors = cli_join(paths, folder, "factors.csv"), *own_units = cli_join(paths, folder, "units.csv");
	if (!own_factors || !own_units)
		return false;
	return (access(own_factors, F_OK) != 0 || cli_append(factors, own_factors)) && (access(own_units, F_OK) != 0 || cli_append(units, own_units));
}
