/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_LEND_H
#define TH_TEST_LEND_H

/* Files that are texts in memory, and what was reported about them. For test programs only. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

/* Let a text stand for a file, from now on and as long as `diags`; both are copied. Returns the file's name as diagnostics keep it. */
static inline const char *lend(th_diags *diags, const char *path, const char *text)
{
	const char *name = th_diags_keep(diags, path), *kept = th_diags_keep(diags, text);
	ck_assert(name && kept && th_diags_lend(diags, name, th_slice_of(kept)));
	return name;
}

static inline void take_back(th_diags *diags, const char *path)
{
	const char *name = th_diags_keep(diags, path);
	ck_assert(name && th_diags_lend(diags, name, (th_slice){NULL, 0}));
}

/* Every diagnostic as `line:column E1234` joined by `; `, to be freed: codes and places are what is promised, wording is not. */
static inline char *places(const th_diags *diags)
{
	char *jsonl, *out = calloc(1, 65536);
	ck_assert_ptr_nonnull(out);
	ck_assert_int_eq(th_diags_jsonl(diags, &jsonl), TH_OK);
	size_t len = 0;
	for (char *line = strtok(jsonl, "\n"); line; line = strtok(NULL, "\n")) {
		unsigned long row = 0, column = 0;
		char code[16] = "?";
		const char *at = strstr(line, "\"line\":"), *c = strstr(line, "\"code\":\"");
		if (at)
			(void)sscanf(at, "\"line\":%lu,\"column\":%lu", &row, &column);
		if (c && sscanf(c, "\"code\":\"%15[A-Z0-9]", code) == 1)
			len += (size_t)snprintf(out + len, 65536 - len, "%s%lu:%lu %s", len ? "; " : "", row, column, code);
	}
	free(jsonl);
	return out;
}

/* Compare with what places() gives; on a mismatch the full text is shown. */
static inline void expect_places(const th_diags *diags, const char *expected, const char *what)
{
	char *found = places(diags), *text;
	ck_assert_int_eq(th_diags_jsonl(diags, &text), TH_OK);
	ck_assert_msg(strcmp(found, expected) == 0, "%s: expected [%s], found [%s]\n%s", what, expected, found, text);
	free(text);
	free(found);
}

#endif
