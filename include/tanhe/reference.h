/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_REFERENCE_H
#define TANHE_REFERENCE_H

/* The reference data: units, gases, regions, activities, factors with their documents, and profiles. */

#include <tanhe/base.h>

typedef struct th_reference th_reference;

/* Load the data folder `dir` (the one that holds units.csv, activities.csv, factors/, profiles/). TH_INVALID with
 * diagnostics when a file is malformed, TH_SYSTEM when one cannot be read. */
TH_PUBLIC TH_MUST_USE th_status th_reference_open(const char *dir, th_diags *diags, th_reference **out);
TH_PUBLIC void th_reference_free(th_reference *reference);

/* Add a user's file. A row of a factor id that is there already replaces that id's rows for the same gas, region and time; a unit's name that is
 * there already is an error. The same file twice counts once (by device and inode). Not to be called once an account
 * has used the reference; after anything but TH_OK the reference is only good for freeing. */
TH_PUBLIC TH_MUST_USE th_status th_reference_add_factors(th_reference *reference, const char *path, th_diags *diags);
TH_PUBLIC TH_MUST_USE th_status th_reference_add_units(th_reference *reference, const char *path, th_diags *diags);

#endif
