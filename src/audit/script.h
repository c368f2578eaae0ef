/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_SCRIPT_H
#define TH_AUDIT_SCRIPT_H

/* A program in Python, of its standard library alone, that works every line and total of an account out again: for an auditor who trusts nobody's
 * binary. It has the equation of each line as the ledger shows it, multiplies in exact fractions and rounds as the account does, half to even
 * to 1e-9 kg; where waste decays it needs exp, as the account did. */

#include "account/account.h"
#include "audit/recorded.h"

typedef struct th_script {
	th_buf text;             /* freed by th_buf_free */
	uint64_t order;          /* of the line that came last, */
	size_t line;             /* and which it was */
} th_script;

/* For th_listener.entry, with the script as its context. */
TH_MUST_USE th_status th_script_entry(void *script, const th_entry *entry);
/* What the report says, behind the lines, and the program around it all: the whole text is script->text. */
TH_MUST_USE th_status th_script_end(th_script *script, const th_recorded *recorded, th_diags *diags);

#endif
