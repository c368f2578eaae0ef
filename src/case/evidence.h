/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_EVIDENCE_H
#define TH_CASE_EVIDENCE_H

/* The papers that a cell names as evidence, and whether they lie with the case: in its folder or in `evidence` there. Nothing else is
 * looked at, whatever a name says. */

#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"

typedef enum th_evidence_state {
	TH_EVIDENCE_FOUND,
	TH_EVIDENCE_ABSENT, /* named, not found here: it may lie elsewhere */
	TH_EVIDENCE_APART,  /* a path, or a link that leads out of the case's folder: not looked for */
	TH_EVIDENCE_NO_PAPER, /* there, but without a byte, or one of the case's own tables: it proves nothing */
	TH_EVIDENCE_STATES
} th_evidence_state;
extern const char *const th_evidence_states[TH_EVIDENCE_STATES]; /* found not_found not_followed no_paper */

typedef struct th_evidence {
	th_slice name;       /* as written */
	th_evidence_state state;
	const char *path;    /* of what was found: folder/name or folder/evidence/name; the rest is of it alone */
	uint64_t size;       /* bytes */
	char sha256[65];
} th_evidence;

/* The papers that `cell` names, one or several between `;` `；` `、` or line breaks; a name with such a sign in it is one where it is
 * there as a whole. They and the list lie in the arena; an empty cell names none. Reported: a file that is there and cannot be read. */
TH_MUST_USE th_status th_evidence_find(const char *folder, th_slice cell, th_arena *arena, th_diags *diags, th_evidence **list, size_t *count);

#endif
