/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_JSON_H
#define TH_AUDIT_JSON_H

/* What the writers of this room's JSON share. */

#include "audit/recorded.h"
#include "report/report.h"

/* Member "report": the file by its last name, its digest, its schema and the program that it says wrote it. */
void th_put_recorded(th_writer *w, const th_recorded *recorded);
/* {"code","text"}, the text filled in in both languages. */
void th_put_said(th_writer *w, const char *key, const char *code, th_label label, const th_page_fill *fill, size_t count);
/* A value of a report as it stands there: {"kind","value"}, without a value where it is a list, an object or null. Absent where `value` is NULL. */
void th_put_kept_value(th_writer *w, const char *key, const th_json *value);
/* A value of a report, whole, under another key. */
void th_put_copy(th_writer *w, const char *key, const th_json *value);

#endif
