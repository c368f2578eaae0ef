/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_AUDIT_H
#define TANHE_AUDIT_H

/* A report read again: is it what comes out, and what makes two accounts differ. */

#include <tanhe/report.h>

/* A report of account, check or plan in JSON (the file `report`) against the same made again by the host (`again`, `len` bytes of UTF-8, as th_report_account,
 * th_report_check or th_report_plan give it), value by value: TH_FORMAT_TEXT or TH_FORMAT_JSON (schema tanhe.verify/1) in *text, to be freed by free(); *equal: 1 when
 * every value comes out again. What options it was made with stands in its member `options`. TH_INVALID, and reported: the file is no such report, or `again` no JSON;
 * TH_USAGE for another format. After anything but TH_OK *text is NULL and *equal 0. */
TH_PUBLIC TH_MUST_USE th_status th_audit_verify(const char *report, const char *again, size_t len, th_format format, th_lang lang, th_diags *diags, char **text,
                                                size_t *text_len, int *equal);

/* An account as it is heard: one end of a bridge. It needs neither the account nor its reference any longer. */
typedef struct th_side th_side;
TH_PUBLIC TH_MUST_USE th_status th_audit_side_new(th_diags *diags, th_side **out);
/* For th_listener.entry, with the side as its context. TH_SYSTEM without memory. */
TH_PUBLIC TH_MUST_USE th_status th_audit_side_entry(void *side, const th_entry *entry);
TH_PUBLIC void th_audit_side_free(th_side *side); /* NULL is allowed */

/* What makes gross emissions differ, in the order of the report of diff. */
typedef enum th_audit_cause {
	TH_AUDIT_ACTIVITY, /* more or less of the same */
	TH_AUDIT_FACTOR,   /* another emission per unit, by the same equation */
	TH_AUDIT_GWP,      /* another potential of the same gas */
	TH_AUDIT_METHOD,   /* another equation, or a quantity of another dimension */
	TH_AUDIT_BOUNDARY, /* a site or a scope of which only one has any line, what only one counts in the gross emissions */
	TH_AUDIT_NEW,      /* lines that only the second has */
	TH_AUDIT_DROPPED,  /* lines that only the first has */
	TH_AUDIT_CAUSES    /* how many there are */
} th_audit_cause;

/* In CO2 equivalent. The causes and the remainder of rounding each to 1e-9 kg are to - from, to the last digit of `tonnes`; from the second to the first each
 * has the other sign, and new lines are dropped ones (Shapley 1953: the mean over all orders in which causes may come). */
typedef struct th_audit_bridge_row {
	th_amount from, to, change;
	th_amount cause[TH_AUDIT_CAUSES];
	th_amount remainder;
	int differs;               /* 1: some cause is not 0, even where they cancel */
} th_audit_bridge_row;

/* From one account in one year to another in another; it may be the same year. TH_USAGE, and *row left alone: one of them has no line in its year, or one that
 * reaches over its ends, so that its emissions are not known. TH_INVALID: a sum does not fit; TH_SYSTEM without memory. */
TH_PUBLIC TH_MUST_USE th_status th_audit_bridge(const th_side *from, int from_year, const th_side *to, int to_year, th_audit_bridge_row *row);

#endif
