/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_DIAG_H
#define TH_BASE_DIAG_H

/* Everything that can be said about the input, from one list: diag.def. */

#include "base/arena.h"

typedef enum th_severity { TH_CAVEAT, TH_WARNING, TH_ERROR } th_severity;

typedef enum th_code {
#define D(code, severity, name, en, zh, detail_en, detail_zh) TH_##name = code,
#include "base/diag.def"
#undef D
	TH_CODE_NONE = 0
} th_code;

/* A place: file, line and column from 1 (columns in characters), and the column's name or a JSON pointer. */
typedef struct th_pos {
	const char *file; /* lives at least as long as the list it is reported to */
	size_t line, column;
	const char *where; /* "" or NULL: none; copied */
} th_pos;

/* Report one finding. The arguments are what {1} {2} ... of its detail stand for, NUL-terminated, a NULL behind the
 * last; they are copied. Returns TH_INVALID for an error, TH_OK for a warning or caveat, TH_SYSTEM without memory. */
th_status th_report(th_diags *diags, th_code code, th_pos pos, ...) TH_SENTINEL;

/* A copy of the name of a file that lives as long as the list, for the places of its diagnostics; NULL without memory. */
const char *th_diags_keep(th_diags *diags, const char *path);

/* Title, and detail with its arguments filled in, of a code. `args` are slices. */
const char *th_diag_title(th_code code, th_lang lang);
void th_diag_detail(th_buf *buf, th_code code, th_lang lang, const th_slice *args, size_t count);

#endif
