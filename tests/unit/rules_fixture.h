/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_RULES_FIXTURE_H
#define TH_TEST_RULES_FIXTURE_H

/* Packs and cases for the tests of the rules. */

#include <check.h>

#include "rules/expr.h"

#ifndef TEST_RULES_DIR
#define TEST_RULES_DIR "tests/rules"
#endif

typedef struct rules_fixture {
	th_units *units;
	th_diags *diags;
	th_arena arena;
	th_pack *pack;
	th_rule_inputs inputs;
} rules_fixture;

void rules_setup(rules_fixture *f);
void rules_teardown(rules_fixture *f);

/* Load a pack, which has to be clean, and begin a case of it. */
void rules_pack(rules_fixture *f, const char *path);
void rules_begin(rules_fixture *f);

/* Set inputs: `name=value unit@evidence; ...`; without a value the input becomes unknown. Values of facts and parameters are read
 * as from a file; computed ones by their type; `measures=group group` is the list of measures. */
void rules_set(rules_fixture *f, const char *changes);

/* The bytes of a file as text, to be freed. */
char *rules_read(const char *path);

/* All diagnostics so far as `E3801 /pointer; ...`; lives until the next call. The list is emptied. */
const char *rules_errors(rules_fixture *f);

#endif
