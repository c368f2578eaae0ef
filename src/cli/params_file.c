/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the user keeps parameters of rule packs. */
#include <stdlib.h>

#include "cli/cli.h"

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

const char *cli_params_folder(cli_paths *paths, th_status *status)
{
	const char *config = config_folder(paths, status);
	const char *folder = config ? cli_join(paths, config, "tanhe/params") : NULL;
	if (config && !folder)
		*status = TH_SYSTEM;
	return folder;
}
