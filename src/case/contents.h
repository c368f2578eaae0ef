/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_CONTENTS_H
#define TH_CASE_CONTENTS_H

/* What one case consists of: the files of a folder, or the sheets of a workbook. */

#include "case/folder.h"
#include "io/os.h"

struct th_facts;
typedef struct th_case_contents {
	bool workbook;
	th_file_about about;   /* what stands at its path */
	/* Of an applicant in tables of several (batch), else NULL: what it is called, and what path[TH_CASE_FACTS] says of it, read already. */
	const char *name;
	const struct th_facts *facts;
	const char *papers;    /* the folder in which its evidence lies */
	/* By part, the path of its table, FOLDER/measures.csv or CASE.xlsx#措施: where it is, or where it would be. Of the inventories the first. */
	const char *path[TH_CASE_PARTS];
	bool there[TH_CASE_PARTS];
	/* All of them, at least one: inventory*.csv, 活动数据*.csv and 活动数据*.xlsx of the folder, or the sheets of these names. */
	const char **inventory;
	size_t inventories;
	/* For th_case_tell: files of a folder that may have been meant as a part that is not there, and visible sheets that are none. */
	const char *misnamed[TH_CASE_PARTS], *skipped;
} th_case_contents;

/* Look what is there; nothing is read but the names of a workbook's sheets. Texts live in the arena or as long as `path` and `diags`. Reported: a
 * workbook that cannot be read, two sheets for one part. A path that is not there is an empty folder. */
TH_MUST_USE th_status th_case_find(const char *path, th_arena *arena, th_diags *diags, th_case_contents *out);
/* The same where it was looked at already. */
TH_MUST_USE th_status th_case_find_at(const char *path, const th_file_about *about, th_arena *arena, th_diags *diags, th_case_contents *out);
/* As caveats, what else lies there: a file that may have been meant as a part that is not there, visible sheets that are none. */
TH_MUST_USE th_status th_case_tell(const char *path, const th_case_contents *contents, th_diags *diags);
/* Is it an applicant in tables of several, and no case of its own? */
static inline bool th_case_is_cut(const th_case_contents *contents)
{
	return contents->facts != NULL;
}

/* Is a workbook a case, and not an inventory alone: has it a sheet of another part? False also when it cannot be read, which its reader tells. */
bool th_case_is_workbook(const char *path);

/* How a part is called there: measures.csv, or the sheet 措施. */
const char *th_case_part_name(const th_case_contents *contents, th_case_part part);

#endif
