/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_DIAG_LIST_H
#define TH_BASE_DIAG_LIST_H

/* A list of findings from within: diag.c fills it, diag_say.c puts it into words. */

#include "base/diag.h"

/* Findings that are kept: the first KEEP, and behind them, up to KEEP_ALL, the first KEEP_RARE of each code in a file, so that a fault of many
 * rows hides no other. */
enum { KEEP = 1000, KEEP_ALL = 2000, KEEP_RARE = 20, MAX_ARGS = 9 };

struct diag {
	th_code code;
	uint64_t order;
	size_t line, column;
	const char *file;
	th_slice where;
	th_slice *arg;
	size_t args;
};

/* A code in a file: how many findings of it are kept, and how many were only counted. */
struct kind {
	th_code code;
	const char *file;
	size_t kept, omitted;
};

/* Bytes that stand for a file, or the file itself, which is open. */
struct lent {
	const char *path;
	th_slice bytes;
	const th_lent_part *part;
	struct th_bytes *open;
	void (*close)(struct th_bytes *open); /* NULL: another list does */
};

/* What a file was read as: inventory, params. */
struct table_kind {
	const char *file, *kind;
};

struct th_diags {
	th_arena arena;
	struct diag *list;
	size_t room;               /* always for one more than are kept: that memory ran out must be said without any */
	size_t kept, count, errors;
	struct kind *kind;
	size_t kinds;
	uint64_t order; /* of the line that is being read */
	th_held *held;
	size_t holds;
	struct lent *lent;
	size_t lents;
	const struct th_listing *listing;
	th_reading reading;
	bool doubted;
	struct table_kind *table;
	size_t tables;
	th_title_of *title_of; /* NULL: nobody */
	const void *titles;
};

th_diag_info th_diag_info_of(th_code code);
/* The detail of a code with its arguments filled in; "" where it has none. */
void th_diag_detail(th_buf *buf, th_code code, th_lang lang, const th_slice *args, size_t count);
bool th_diag_same_file(const char *a, const char *b); /* by name, or both none */

#endif
