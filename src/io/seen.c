/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/seen.h"

#include "base/list.h"

th_status th_seen_before(th_seen *seen, th_arena *arena, const char *path, bool *before, th_diags *diags)
{
	th_file_about about;
	*before = false;
	if (th_os_look(path, &about) != 0 || about.kind < TH_FILE_REGULAR)
		return TH_OK;
	for (size_t i = 0; i < seen->count && !*before; i++)
		*before = th_os_same_file(&seen->file[i], &about);
	if (*before)
		return TH_OK;
	th_file_about *grown = th_grown_in(arena, seen->file, seen->count, sizeof *grown);
	if (!grown)
		return th_no_memory(diags);
	seen->file = grown;
	seen->file[seen->count++] = about;
	return TH_OK;
}
