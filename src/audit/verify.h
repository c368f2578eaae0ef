/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_VERIFY_H
#define TH_AUDIT_VERIFY_H

#include "audit/recorded.h"

/* What came of a report made again: `again` is its JSON now. The text is in *text, to be freed by free(); *equal: all is as it was. */
TH_MUST_USE th_status th_verify(const th_recorded *recorded, th_slice again, th_lang lang, th_diags *diags, char **text, size_t *len, bool *equal);

#endif
