/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the reference data are. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/os.h"
#include "reference/image.h"

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
static bool find(cli *c, const char *own, int error)
{
	const char *environment = getenv("TANHE_DATA");
	if (c->data)
		return true;
	c->data = environment && *environment ? environment : NULL;
	if (c->data)
		return true;
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

static const char image_name[] = "/reference.img";

/* The image of the data is the program's, not the folder's: it lies beside the program in the build tree, in the installed folder else. */
static void find_image(cli *c, const char *own)
{
	th_slice program;
	if (*own && cut(strcpy(c->image, own), &program) && th_os_there(strcat(c->image, image_name)))
		return;
	if (*own && beside_program(strcpy(c->image, own)))
		strcat(c->image, image_name);
	else
		snprintf(c->image, sizeof c->image, "%s%s", TH_DATADIR, image_name);
}

bool cli_find_data(cli *c)
{
	char own[CLI_PATH];
	int error = th_os_program(own, sizeof own - sizeof "/share/tanhe" - sizeof image_name);
	if (error != 0)
		own[0] = '\0';
	find_image(c, own);
	return find(c, own, error) && has_units(c->data);
}

th_status cli_open_data(const cli *c, th_diags *diags, th_reference **out)
{
	*out = NULL;
	th_status status = c->image[0] ? th_image_open(c->data, c->image, diags, out) : TH_OK;
	if (status == TH_OK)
		return *out ? TH_OK : th_reference_open(c->data, diags, out);
	th_reference_free(*out);
	*out = NULL;
	return status;
}
