/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_GUARD_H
#define TH_IO_GUARD_H

/* No output over any input. Whatever a job reads is entered in one list, by what the system calls it and not by its name, and the list is
 * asked before anything is written. The list is the job's: it lies with its findings (th_diags), and two runs share nothing. */

#include "base/diag.h"
#include "io/os.h"

/* A regular file that was opened under this name. th_source_open does it: nobody else has to. */
TH_MUST_USE th_status th_guard_read(const char *path, const th_file_about *about, th_diags *diags);

/* A file that the job will read: so that an output over it is found before hours of work and not after. A file that is not there is entered by
 * its folder and name: what would be read the next time is no place for a report. "-" and what cannot be looked at are left to who opens them. */
TH_MUST_USE th_status th_guard_input(const char *path, th_diags *diags);

/* What another job reads, which is a part of this one. */
TH_MUST_USE th_status th_guard_too(const th_diags *of, th_diags *diags);

/* The file of a path that may name a sheet, which is guarded as its workbook: the path itself, or a part of it that lives as long as the list.
 * NULL without memory. */
const char *th_guard_file(const char *path, th_diags *diags);

/* A folder in which everything is input, read or not, at any depth. */
TH_MUST_USE th_status th_guard_folder(const char *path, th_diags *diags);

/* Whether a file that is there is an input of the job. */
bool th_guard_is_input(const char *path, th_diags *diags);

/* Ask whether this may be written, and claim it: TH_USAGE, and said with both names, when it is an input, lies in a folder of inputs, or is
 * another output of the job that was not released yet. NULL and "-" are standard output, which may be a file as well. `diags` must live
 * until the release. *claim is what the other two want. */
TH_MUST_USE th_status th_guard_claim(const char *path, th_diags *diags, size_t *claim);
/* Ask again: more may have been read since. */
TH_MUST_USE th_status th_guard_ask(const char *path, th_diags *diags, size_t claim);
void th_guard_release(th_diags *diags, size_t claim);

#endif
