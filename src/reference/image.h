/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_IMAGE_H
#define TH_REFERENCE_IMAGE_H

/* The reference data as one file that is mapped and not read: what th_reference_open makes of a folder, with the size and time of every file that it
 * read there. `make` writes it and installs it with the program, whose part it is: who could change it could change the program, so that its checksum
 * answers for what is in it. It is never looked for in a folder of data that somebody hands over. */

#include "reference/reference.h"

/* Write the image of what was read from `dir`, with these diags and no others. What was read is no longer good for anything else. */
TH_MUST_USE th_status th_image_write(th_reference *reference, const char *dir, const char *path, th_diags *diags);

/* Take the data of `dir` from the image at `path` where that is of these data and of this program, and undamaged; else *out is NULL, and they are read. To be
 * freed in any case. */
TH_MUST_USE th_status th_image_open(const char *dir, const char *path, th_diags *diags, th_reference **out);

/* Before a user's file is added: lists that grow leave the image. False without memory. */
TH_MUST_USE bool th_image_thaw(th_reference *reference);

#endif
