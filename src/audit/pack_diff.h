/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_PACK_DIFF_H
#define TH_AUDIT_PACK_DIFF_H

/* Two rule packs, or two versions of one: which requirements, parameters, facts, clauses were added, removed, changed. Both are data, and are compared as data: whatever
 * a later format may hold is seen too. */

#include "io/json.h"
#include "report/report.h"
#include "rules/rules.h"

typedef struct th_pack_side {
	const th_pack *pack;   /* opened, so its file holds together */
	const th_json *json;   /* the same file */
} th_pack_side;

/* Text, or JSON (tanhe.rules_diff/1), to be freed by free(); *equal: nothing differs but the digest. */
TH_MUST_USE th_status th_pack_diff(const th_pack_side side[2], th_format format, th_lang lang, char **text, size_t *len, bool *equal);

#endif
