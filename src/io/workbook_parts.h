/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_WORKBOOK_PARTS_H
#define TH_IO_WORKBOOK_PARTS_H

/* What the files of the workbook reader share: workbook.c, workbook_styles.c, workbook_strings.c, sheet.c. */

#include "io/numfmt.h"
#include "io/workbook.h"
#include "io/xml.h"

/* The texts that cells name by number, one behind the other. */
typedef struct th_shared_strings {
	th_buf pool;
	uint32_t *end; /* where each ends */
	size_t count, room;
} th_shared_strings;

TH_MUST_USE th_status th_shared_strings_load(th_package *package, const char *part, th_shared_strings *out);
static inline th_slice th_shared_string(const th_shared_strings *strings, size_t index)
{
	uint32_t start = index ? strings->end[index - 1] : 0;
	return (th_slice){strings->pool.ptr + start, strings->end[index] - start};
}
void th_shared_strings_free(th_shared_strings *strings);

/* Text of a workbook: _xHHHH_ stands for the UTF-16 unit of that number (ECMA-376 part 1, 22.9.2.19). In place, never longer; control characters
 * that are no white space become blanks. */
size_t th_unescape_workbook(char *text, size_t len);

/* How cells are shown, by style. */
typedef struct th_styles {
	th_numfmt *format;
	const char **code; /* as written, NULL for those built in */
	unsigned char *indent; /* how many steps a text is moved in from the left */
	unsigned *id;
	size_t count;
} th_styles;

TH_MUST_USE th_status th_styles_load(th_package *package, const char *part, th_arena *arena, th_styles *out);

struct th_workbook {
	th_package *package;
	th_diags *diags;
	th_arena arena;
	th_workbook_sheet *sheet;
	size_t sheets;
	const char *strings_part, *styles_part;
	bool from_1904;
	bool loaded; /* the strings and styles */
	th_shared_strings strings;
	th_styles styles;
};

/* What the cells refer to; read when the first sheet is opened. */
TH_MUST_USE th_status th_workbook_load(th_workbook *workbook);

#endif
