/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_OUTPUT_H
#define TH_IO_OUTPUT_H

/* Results that are complete or not there: written to a temporary file beside the target, synced and renamed at the end. */

#include "base/diag.h"

typedef struct th_output th_output;

/* path NULL or "-": standard output (descriptor 1). Otherwise a temporary file in the target's folder (O_EXCL, O_NOFOLLOW, mode 0666 less
 * umask, or the mode of the file it replaces); a target that exists and is not a regular file (/dev/full, a FIFO) is written to directly.
 * Left-over temporary files of earlier killed runs for the same target are removed. */
TH_MUST_USE th_status th_output_open(const char *path, th_diags *diags, th_output **out);
/* Append; buffered. An error is kept and reported by commit. */
void th_output_write(th_output *output, th_slice bytes);
/* What was appended is written now, for who waits for it. */
void th_output_flush(th_output *output);
/* Flush, fsync and close, but leave the target as it was: with several outputs, all are prepared before the first is committed. A failure
 * is reported here; the output must still be aborted. */
TH_MUST_USE th_status th_output_prepare(th_output *output, th_diags *diags);
/* Flush, fsync, close, rename, fsync the folder. TH_SYSTEM with a diagnostic (path and reason) if anything failed; the
 * target is then as it was. Frees the output in any case. */
TH_MUST_USE th_status th_output_commit(th_output *output, th_diags *diags);
/* Remove the temporary file, leave the target as it was, free. NULL is allowed. */
void th_output_abort(th_output *output);

#endif
