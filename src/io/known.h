/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_KNOWN_H
#define TH_IO_KNOWN_H

/* Files by what the system calls them, so that one under two names is read once. */

#include "base/diag.h"
#include "io/os.h"

typedef struct th_known {
	th_file_about *file;
	size_t count;
} th_known;

/* Was the file asked for before? From now on it was. What cannot be looked at is always new: opening it tells why. The list lies in the arena. */
TH_MUST_USE th_status th_known_before(th_known *known, th_arena *arena, const char *path, bool *before, th_diags *diags);

#endif
