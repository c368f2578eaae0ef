/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_LISTING_H
#define TH_IO_LISTING_H

/* What a folder holds, listed once. Of a case's folder many names are asked, of files and of what may lie beside them, and few are there: who asks in this
 * job is answered from the list, which lies with its findings (th_diags). A name that begins to be there while the job runs is not seen. */

#include "base/diag.h"
#include "io/os.h"

/* th_os_list for whom an answer rests on it: that it could not be opened for want of memory, which the system asks for itself, is a missed request. */
bool th_list_names(const char *folder, void (*see)(void *context, const char *name), void *context);
/* Lists `folder`, which `about` tells of, and hands each name to `see`. It is the one that the job has from then on, if all of it could be read and it
 * holds no more than a case would; false: it could not be read, or without memory. */
bool th_list_folder(const char *folder, const th_file_about *about, th_diags *diags, void (*see)(void *context, const char *name), void *context);

/* th_os_look, and th_os_there, which ask the list first; *folder, if it is asked for, tells of the folder in which a path is not, else NULL. */
TH_MUST_USE int th_listed_look(const th_diags *diags, const char *path, th_file_about *about, const th_file_about **folder);
bool th_listed_there(const th_diags *diags, const char *path);

#endif
