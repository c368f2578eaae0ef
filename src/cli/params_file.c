/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the user keeps parameters of a rule pack. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "rules/rules.h"

/* XDG Base Directory Specification 0.8: a path that is not absolute is no path. */
static const char *config_folder(cli_paths *paths, th_status *status)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (xdg && *xdg == '/')
		return xdg;
	if (!home || *home != '/')
		return NULL;
	const char *folder = cli_join(paths, home, ".config");
	*status = folder ? TH_OK : TH_SYSTEM;
	return folder;
}

const char *cli_user_params(const th_reference *reference, const char *data, const char *rules, cli_paths *paths, th_diags *diags, th_status *status)
{
	th_pack *pack = NULL;
	char name[256];
	const char *path = NULL;
	const char *folder = config_folder(paths, status);
	if (!folder)
		return NULL;
	*status = th_rules_open(reference, data, rules, diags, &pack);
	if (*status != TH_OK)
		return NULL;
	int length = snprintf(name, sizeof name, "tanhe/params/%.*s.csv", (int)pack->id.len, pack->id.ptr);
	if (length > 0 && (size_t)length < sizeof name) {
		path = cli_join(paths, folder, name);
		*status = path ? TH_OK : TH_SYSTEM;
	}
	th_rules_free(pack);
	return path;
}
