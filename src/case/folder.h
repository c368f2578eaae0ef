/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_FOLDER_H
#define TH_CASE_FOLDER_H

/* The files that a case's folder may hold: the one list of them. What is read, what is asked for and what is told takes its names here. */

#include "reference/loader.h"
#include "reference/reference.h"

typedef enum th_case_part {
	TH_CASE_FACTS, TH_CASE_INVENTORY, TH_CASE_MEASURES, TH_CASE_TARGETS, TH_CASE_OFFSETS, TH_CASE_TASKS, TH_CASE_PARAMS, TH_CASE_ASSUMPTIONS, TH_CASE_DELIVERED,
	TH_CASE_SERIES, TH_CASE_CORRELATIONS, TH_CASE_FACTORS, TH_CASE_UNITS, TH_CASE_INSTRUMENTS, TH_CASE_EVENTS, TH_CASE_PRODUCTS,
	TH_CASE_PROJECT, TH_CASE_APPLICANTS, TH_CASE_PARTS
} th_case_part;

/* What a job makes of a file: it never looks at it, reads it when an option names it, takes it where it is there, or cannot do without it. */
typedef enum th_case_need { TH_CASE_IGNORES, TH_CASE_NAMED, TH_CASE_TAKES, TH_CASE_NEEDS } th_case_need;

typedef struct th_case_file {
	const char *name;                /* in the folder */
	const char *kind;                /* of table, as columns.csv calls it */
	const char *sheets;              /* what its sheet is called in a workbook that is a whole case, ; between */
	th_case_need account, check, plan;
} th_case_file;

extern const th_case_file th_case_files[TH_CASE_PARTS];

extern const char th_case_evidence[]; /* the folder in a case's folder in which its papers may lie */

/* Of which part is a sheet of that name, or a table without its ending; TH_CASE_PARTS: of none. Of inventories there may be several, 活动数据 and what
 * stands behind it. */
th_case_part th_case_part_named(th_slice name);

/* What a case is called, whatever path names it and from where: the last name of its folder. Where the system does not know the folder, of the
 * path as it is. */
void th_put_case_name(const char *folder, th_buf *out);
/* The same where it was looked at what stands there. */
struct th_file_about;
void th_put_case_name_at(const char *folder, const struct th_file_about *about, th_buf *out);

/* th_loader_open for one of these files, wherever it lies: in any encoding, its columns by their aliases too. */
struct th_layout;
bool th_case_open(th_loader *l, const th_reference *reference, th_case_part part, const char *path, const th_column *want, size_t count,
                  th_diags *diags);
/* The same for a file that may be an office table: *layout is how it was understood, and goes with the rows; NULL: a long table. */
bool th_case_open_office(th_loader *l, const th_reference *reference, th_case_part part, const char *path, const th_column *want, size_t count,
                         th_diags *diags, struct th_layout **layout);

#endif
