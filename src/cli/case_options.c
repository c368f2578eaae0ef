/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths of a case folder. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

bool cli_same_file(const char *a, const char *b)
{
	struct stat x, y;
	return strcmp(a, b) == 0 || (stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

static bool same_place(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The folder a file is in, or would be. */
static bool folder_of(const char *path, struct stat *about)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];
	snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
	return stat(folder, about) == 0;
}

/* The same name in the same folder, for files that are not there yet. */
static bool same_target(const char *a, const char *b)
{
	const char *slash_a = strrchr(a, '/'), *slash_b = strrchr(b, '/');
	struct stat x, y;
	return strcmp(slash_a ? slash_a + 1 : a, slash_b ? slash_b + 1 : b) == 0 && folder_of(a, &x) && folder_of(b, &y) && same_place(&x, &y);
}

bool cli_clashes(const cli *c, const char *output, const char *other, const cli_list *const *inputs, size_t lists)
{
	if (!output || strcmp(output, "-") == 0)
		return false;
	if (other && strcmp(other, "-") != 0 && (cli_same_file(output, other) || same_target(output, other)))
		return !cli_usage(c, "two outputs in one file", "两个输出写入同一文件", output);
	for (size_t k = 0; k < lists; k++)
		for (size_t i = 0; i < inputs[k]->count; i++)
			if (cli_same_file(output, inputs[k]->item[i]))
				return !cli_usage(c, "the output would overwrite an input", "输出会覆盖输入文件", output);
	return false;
}

bool cli_clashes_folder(const cli *c, const char *output, const char *folder)
{
	struct stat there, parent, about;
	if (!output || strcmp(output, "-") == 0 || stat(output, &about) != 0 || stat(folder, &there) != 0 || !S_ISDIR(there.st_mode))
		return false;
	const char *dot = strrchr(output, '.');
	if (!dot || strcmp(dot, ".csv") != 0 || !folder_of(output, &parent) || !same_place(&parent, &there))
		return false;
	return !cli_usage(c, "the output would overwrite a file of the case", "输出会覆盖案例文件夹中的文件", output);
}
