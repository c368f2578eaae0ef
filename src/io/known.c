/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/known.h"

#include "base/list.h"

th_status th_known_before(th_known *known, th_arena *arena, const char *path, bool *before, th_diags *diags)
{
	th_file_about about;
	*before = false;
	if (th_os_look(path, &about) != 0 || about.kind < TH_FILE_REGULAR)
		return TH_OK;
	for (size_t i = 0; i < known->count && !*before; i++)
		*before = th_os_same_file(&known->file[i], &about);
	if (*before)
		return TH_OK;
	th_file_about *grown = th_grown_in(arena, known->file, known->count, sizeof *grown);
	if (!grown)
		return th_no_memory(diags);
	known->file = grown;
	known->file[known->count++] = about;
	return TH_OK;
}
