/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_DIFF_H
#define TH_AUDIT_DIFF_H

#include "audit/bridge.h"
#include "audit/recorded.h"

#include <tanhe/report.h>

/* One of two things to be compared, computed. */
typedef struct th_diff_side {
	const char *name;        /* as it was named */
	bool reported;           /* it is a report: */
	th_recorded recorded;    /* what it says */
	th_side side;            /* what was heard */
	char *json;              /* the report as it comes out */
	size_t length;
	int year;                /* to be compared; 0: those that both have */
} th_diff_side;

/* The bridge from the first to the second, as text or JSON (tanhe.diff/1), to be freed by free(); *equal: nothing differs. TH_INVALID, and reported: no year can be compared. */
TH_MUST_USE th_status th_diff(const th_diff_side side[2], th_format format, th_lang lang, th_diags *diags, char **text, size_t *len, bool *equal);

#endif
