/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_LOCK_H
#define TH_AUDIT_LOCK_H

/* What the numbers of a job rest on beside the case's own tables, pinned by digest in a file (tanhe.lock/1): factor set and the tables of the reference data,
 * the user's factor and unit files, profile, GWP set, layout files, rule pack. Each is an element of `pinned`: its kind, its id or file, version, sha256. */

#include "account/account.h"
#include "rules/rules.h"

typedef struct th_lock_of {
	const th_reference *reference;
	const char *data;          /* the folder that it was read from */
	const th_account *account; /* NULL: none was made, and no profile, GWP set or layout is pinned */
	const th_pack *pack;       /* NULL: no rules decide */
} th_lock_of;

/* It as JSON, the same bytes for the same data. */
TH_MUST_USE th_status th_lock_put(const th_lock_of *of, th_diags *diags, th_buf *out);
/* Is a job, whose own lock `now` is, on what the file says? Every item that is another one is reported, with what it was and what it is: TH_INVALID and
 * *differs. What only one of the two jobs rests on (rules, for an account) is not compared; what is new in this one is told as not pinned.
 * TH_INVALID without *differs: the file is no lock, which was reported. */
TH_MUST_USE th_status th_lock_check(const char *path, th_slice now, th_diags *diags, bool *differs);

#endif
