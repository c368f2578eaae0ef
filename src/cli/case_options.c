/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths of a case folder. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/guard.h"

bool cli_append(cli_list *list, const char *item)
{
	const char **grown = th_realloc(list->item, (list->count + 1) * sizeof *grown);
	if (!grown)
		return false;
	list->item = grown;
	grown[list->count++] = item;
	return true;
}

const char *cli_join(cli_paths *paths, const char *folder, const char *name)
{
	size_t length = strlen(folder) + strlen(name) + 2;
	char *path = th_malloc(length), **grown = th_realloc(paths->item, (paths->count + 1) * sizeof *grown);
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

const char *cli_part(cli_paths *paths, const char *folder, th_case_part part)
{
	return cli_join(paths, folder, th_case_files[part].name);
}

bool cli_take_own(cli_paths *paths, const char *folder, cli_list *factors, cli_list *units)
{
	const char *own_factors = cli_part(paths, folder, TH_CASE_FACTORS), *own_units = cli_part(paths, folder, TH_CASE_UNITS);
	if (!own_factors || !own_units)
		return false;
	return (!th_os_there(own_factors) || cli_append(factors, own_factors)) && (!th_os_there(own_units) || cli_append(units, own_units));
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
	char reason[256];
	int error = strcmp(path, "-") == 0 ? 0 : th_os_look(path, &about);
	*kind = error == 0 && strcmp(path, "-") != 0 ? about.kind : TH_FILE_SPECIAL;
	if (error == 0)
		return TH_OK;
	(void)th_report(diags, TH_SOURCE_OPEN, (th_pos){.file = path, .line = 1, .column = 1}, th_os_reason(error, reason, sizeof reason), NULL);
	return TH_SYSTEM;
}

/* The folder a file is in, or would be. */
static bool folder_of(const char *path, th_file_about *about)
{
	th_slice where, name;
	char folder[PATH_MAX];
	th_os_split(path, &where, &name);
	int length = snprintf(folder, sizeof folder, "%.*s", (int)where.len, where.ptr);
	return length > 0 && (size_t)length < sizeof folder && th_os_look(folder, about) == 0;
}

th_status cli_guard_case(cli_paths *paths, const char *folder, th_diags *diags)
{
	th_status status = TH_OK;
	for (th_case_part part = 0; part < TH_CASE_PARTS && status == TH_OK; part++) {
		const char *path = cli_part(paths, folder, part);
		status = path ? th_guard_input(path, diags) : TH_SYSTEM;
	}
	return status;
}

th_status cli_guard(const char *output, const char *ledger, const cli_list *const *inputs, size_t lists, th_diags *diags)
{
	th_status status = TH_OK;
	size_t claim = SIZE_MAX, second = SIZE_MAX;
	for (size_t k = 0; k < lists; k++)
		for (size_t i = 0; i < inputs[k]->count && status == TH_OK; i++)
			status = th_guard_input(inputs[k]->item[i], diags);
	if (status == TH_OK)
		status = th_guard_claim(output, diags, &claim);
	if (status == TH_OK && ledger)
		status = th_guard_claim(ledger, diags, &second);
	th_guard_release(diags, claim);
	th_guard_release(diags, second);
	return status;
}

bool cli_clashes_folder(const cli *c, const char *output, const char *folder)
{
	th_file_about there, parent, about;
	if (!output || strcmp(output, "-") == 0 || th_os_look(output, &about) != 0 || about.kind == TH_FILE_ABSENT || th_os_look(folder, &there) != 0 ||
	    there.kind != TH_FILE_FOLDER)
		return false;
	const char *dot = strrchr(output, '.');
	if (!dot || strcmp(dot, ".csv") != 0 || !folder_of(output, &parent) || !th_os_same_file(&parent, &there))
		return false;
	return !cli_usage(c, "the output would overwrite a file of the case", "输出会覆盖案例文件夹中的文件", output);
}
