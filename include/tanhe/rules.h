/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_RULES_H
#define TANHE_RULES_H

/* Rule packs: a published text as data, clause by clause. */

#include <tanhe/reference.h>

typedef struct th_pack th_pack;

/* A pack by id, the default one for NULL, or by the path of a file (it has a slash or ends in .json); `data` is the folder that holds
 * rules/. An id that is not listed there is TH_USAGE. Free it with th_rules_free. The reference must outlive it. */
TH_PUBLIC TH_MUST_USE th_status th_rules_open(const th_reference *reference, const char *data, const char *rules, th_diags *diags,
                                              th_pack **out);
TH_PUBLIC void th_rules_free(th_pack *pack);

/* Which stage of its scheme the pack is to decide, by id (`apply`, `follow`, `accept`); as opened it is the first one. TH_USAGE, and reported with
 * those that it has: it knows no such stage. Before the pack is used, not while. */
TH_PUBLIC TH_MUST_USE th_status th_rules_stage(th_pack *pack, const char *stage, th_diags *diags);

/* All packs that data/rules/set.json lists, the default one first, in *packs and *count; free both with th_rules_free_all. */
TH_PUBLIC TH_MUST_USE th_status th_rules_open_all(const th_reference *reference, const char *data, th_diags *diags, th_pack ***packs,
                                                  size_t *count);
TH_PUBLIC void th_rules_free_all(th_pack **packs, size_t count);

#endif
