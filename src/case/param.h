/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_PARAM_H
#define TH_CASE_PARAM_H

/* params.csv: a value for a parameter that a text leaves open, with the document in which it was read. */

#include "reference/reference.h"

typedef struct th_param_row {
	th_slice param, value, unit, source; /* as written; value is not empty */
	size_t line, param_column, value_column, unit_column;
	bool illustrative;         /* its source, or the file's name, says that it is an example */
} th_param_row;

typedef struct th_params {
	th_param_row *row;         /* rows without a value are left out: they are still to be filled in */
	size_t count, rows;        /* rows: of the file */
	const char *path, *encoding;
	bool illustrative;         /* the file's name says that its values are examples */
	char sha256[65];
} th_params;

/* Read a file of parameters into the arena. Reported: a row without a parameter, a parameter that stands twice, a value without a
 * source. Whether there is such a parameter, and whether the value is one for it, the rules know. `path` must outlive the
 * parameters and what is reported. */
TH_MUST_USE th_status th_params_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_params *out);

/* Where a folder of the user's has the parameters of a rule pack, whether they are there or not; *path NULL: no folder, or an id that names no
 * file. False: without memory. */
TH_MUST_USE bool th_params_of_user(const char *folder, th_slice pack, th_arena *arena, const char **path);

/* Does a word, in small letters, stand anywhere in the text, in letters of either case? */
bool th_says(th_slice text, const char *word);
/* Does a text say that values are examples: illustrative, 示例? */
bool th_says_illustrative(th_slice text);

#endif
