/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_WIDE_H
#define TH_CASE_WIDE_H

/* A table with the rows of several applicants, which a column (申报单位) tells apart, cut up: each applicant's part is read as if it were a file of
 * its own, with the places of the whole.
 *
 * A part is the lines down to the header, and the applicant's rows as they stand, so it may be laid out in any way that a table of one applicant
 * may. What is wrong in a row is found by who reads the part. */

#include "case/folder.h"

typedef struct th_wide th_wide;

/* Read a table, CSV or a sheet, as that part of a case; all of it stays in memory. TH_OK also with rows that are nobody's, each reported at its
 * place: broken ones, and those that name no applicant. Notes and totals below the table are not read, which a caveat says. TH_INVALID, and
 * reported: no column tells applicants apart. `path` must live as long as `diags` is read, the reference as long as the table. */
TH_MUST_USE th_status th_wide_open(const th_reference *reference, th_case_part part, const char *path, th_encoding encoding, th_diags *diags,
                                   th_wide **out);
/* Only who is named, up to `most` of them, in a column that is for applicants expressly (申报单位, applicant, not 企业名称): no part can be had, and memory
 * is flat. TH_OK and none when there is no such column. */
TH_MUST_USE th_status th_wide_peek(const th_reference *reference, th_case_part part, const char *path, th_encoding encoding, th_diags *diags, size_t most,
                                   th_wide **out);
/* Its applicants are numbered from 0 in the order of their first rows. */
size_t th_wide_count(const th_wide *wide);
th_slice th_wide_name(const th_wide *wide, size_t index); /* as first written */
th_pos th_wide_place(const th_wide *wide, size_t index);  /* of the name in its first row */
/* The number of a name, however it is spelled; th_wide_count when it has no rows. False without memory. */
TH_MUST_USE bool th_wide_find(const th_wide *wide, th_slice name, size_t *index);
const char *th_wide_path(const th_wide *wide);
/* What of the table is that applicant's, for th_diags_lend_part; it lives in the arena and as long as the table. False without memory. Any thread. */
TH_MUST_USE bool th_wide_part(const th_wide *wide, size_t index, th_arena *arena, th_slice *text, th_lent_part *part);
void th_wide_close(th_wide *wide);

/* Which of a header's cells tells applicants apart: of several that may, the one whose name says it first in columns.csv. -1: none. */
int th_applicant_column(const th_columns *columns, const char *kind, const th_slice *cell, size_t cells);

#endif
