/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_VERIFY_H
#define TH_AUDIT_VERIFY_H

#include "audit/compare.h"
#include "audit/recorded.h"

#include <tanhe/report.h>

/* What came of a report made again: `again` is its JSON now. As text or JSON (tanhe.verify/1) in *text, to be freed by free(); *equal: all is as it was. */
TH_MUST_USE th_status th_verify(const th_recorded *recorded, th_slice again, th_format format, th_lang lang, th_diags *diags, char **text, size_t *len, bool *equal);

/* verify_json.c: what was found, as JSON. */
void th_put_verify_json(const th_recorded *recorded, const th_comparison *found, th_buf *out);

#endif
