/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_WORKBOOK_H
#define TH_IO_WORKBOOK_H

/* Workbooks (.xlsx: ECMA-376 part 1, transitional or strict): which sheets there are. What stands in one, sheet.h reads. */

#include "io/package.h"

enum { TH_MAX_SHEETS = 4096 };

typedef struct th_workbook th_workbook;

/* Open the workbook in `bytes`, which are taken over, opened or not; its path must outlive it. Refused with advice: what th_package_open refuses,
 * and packages of another kind (.xlsb, .ods, .docx). */
TH_MUST_USE th_status th_workbook_open(th_bytes *bytes, th_workbook **out);
/* The same by name, or the bytes that `diags` was lent under it. */
TH_MUST_USE th_status th_workbook_open_file(const char *path, th_diags *diags, th_workbook **out);

typedef struct th_workbook_sheet {
	const char *name;
	const char *part; /* in the package */
	bool hidden;
} th_workbook_sheet;

/* The sheets that hold cells, in their order: no charts, no dialogues. */
size_t th_workbook_sheets(const th_workbook *workbook);
const th_workbook_sheet *th_workbook_sheet_at(const th_workbook *workbook, size_t index);

const char *th_workbook_path(const th_workbook *workbook);
const char *th_workbook_sha256(const th_workbook *workbook);

void th_workbook_close(th_workbook *workbook);

#endif
