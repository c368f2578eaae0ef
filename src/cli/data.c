/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the reference data are. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/os.h"

/* Cut the last name off a path; false when there is none. */
static bool cut(char *path, th_slice *name)
{
	th_slice folder;
	th_os_split(path, &folder, name);
	if (folder.ptr != path || name->ptr == path)
		return false;
	path[folder.len] = '\0';
	return true;
}

/* Beside the build tree that the program lies in: build/tanhe or build/asan/tanhe -> data. */
static bool beside_build(char *path)
{
	th_slice name;
	if (!cut(path, &name) || !cut(path, &name) || (strcmp(name.ptr, "build") != 0 && (!cut(path, &name) || strcmp(name.ptr, "build") != 0)))
		return false;
	strcat(path, "/data");
	return th_os_there(path);
}

/* Installed, wherever that was moved to: bin/tanhe -> share/tanhe. */
static bool beside_program(char *path)
{
	th_slice name;
	if (!cut(path, &name) || !cut(path, &name))
		return false;
	strcat(path, "/share/tanhe");
	return th_os_there(path);
}

/* Where the system does not tell programs their own path, the folder that was given when it was built; any other reason not to know it is no
 * reason to take other data. */
static bool find(cli *c)
{
	const char *environment = getenv("TANHE_DATA");
	if (c->data)
		return true;
	c->data = environment && *environment ? environment : NULL;
	if (c->data)
		return true;
	char own[CLI_PATH];
	int error = th_os_program(own, sizeof own - sizeof "/share/tanhe");
	c->data = c->beside;
	if (error == 0 && (beside_build(strcpy(c->beside, own)) || beside_program(strcpy(c->beside, own))))
		return true;
	c->data = TH_DATADIR;
	return error == 0 || error == ENOENT;
}

static bool has_units(const char *folder)
{
	char path[CLI_PATH];
	int n = snprintf(path, sizeof path, "%s/units.csv", folder);
	return n > 0 && (size_t)n < sizeof path && th_os_there(path);
}

bool cli_find_data(cli *c)
{
	return find(c) && has_units(c->data);
}
