/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_TEMPORARY_H
#define TH_IO_TEMPORARY_H

/* The temporary file beside a target: .NAME.tanhe-XXXXXX.tmp. Used by output.c only. Functions return 0 or errno. */

#include "base/diag.h"

typedef struct th_temporary {
	char *path, *folder;
	int fd;
} th_temporary;

/* Remove what killed runs left for this target, then create and lock a file. A left-over that the job reads as its input stays. */
TH_MUST_USE int th_temporary_create(th_temporary *temporary, const char *target, th_diags *diags);
/* The file takes the target's place. Nothing that fails behind that is a failure. */
TH_MUST_USE int th_temporary_replace(th_temporary *temporary, const char *target);
/* Remove it if it is still there, close, free. */
void th_temporary_drop(th_temporary *temporary);

#endif
