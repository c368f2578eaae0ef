/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_FILENAME_H
#define TH_BASE_FILENAME_H

/* Names of files. */

#include "base/arena.h"

/* dir/name in an arena; NULL without memory. */
TH_MUST_USE const char *th_path_join(th_arena *arena, const char *dir, const char *name);

/* May `name` be the name of a file in a folder: no path, not hidden? */
bool th_plain_name(th_slice name);

#endif
