/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_NODE_H
#define TH_REFERENCE_NODE_H

/* Values of JSON data files, with every error reported at its pointer. */

#include "io/json.h"
#include "reference/loader.h"

/* The file dir/name, its path and its values kept in the arena; NULL when it cannot be read. th_loader_close is called either way. */
const th_json *th_loader_json(th_loader *l, th_arena *arena, const char *dir, const char *name, th_diags *diags);

/* The place of a JSON value: its pointer. */
th_pos th_loader_node(th_loader *l, const th_json *value);
/* Report at a JSON value. */
#define TH_FAIL_NODE(l, node, code, ...) th_loader_worse((l), th_report((l)->diags, (code), th_loader_node((l), (node)), __VA_ARGS__))

/* The member as text; reports a missing or wrong one and returns an empty slice then. */
th_slice th_json_need(th_loader *l, const th_json *object, const char *key);
/* Report members of `object` whose key is not in `known` (separated by blanks). */
void th_json_keys(th_loader *l, const th_json *object, const char *known);

#endif
