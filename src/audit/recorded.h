/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_RECORDED_H
#define TH_AUDIT_RECORDED_H

/* A report of account, check, plan or footprint that was written as JSON, read again. It may come from anybody: what stands in it is believed of nothing, it
 * names no file but one that lies in a folder that the reader names, and its size, depth and numbers have the limits of io/json.h. */

#include "io/json.h"

typedef enum th_recorded_kind { TH_RECORDED_ACCOUNT, TH_RECORDED_CHECK, TH_RECORDED_PLAN, TH_RECORDED_FOOTPRINT, TH_RECORDED_KINDS } th_recorded_kind;
extern const char *const th_recorded_commands[TH_RECORDED_KINDS]; /* account check plan footprint */

typedef struct th_recorded {
	const char *path;
	char sha256[65];
	th_recorded_kind kind;
	const th_json *root;
} th_recorded;

/* Read one into the arena. Reported: what is no such report. `path` must outlive what is reported. */
TH_MUST_USE th_status th_recorded_open(const char *path, th_arena *arena, th_diags *diags, th_recorded *out);

/* The account in it; NULL: a case without an inventory. */
const th_json *th_recorded_account(const th_recorded *recorded);

/* The words behind the name of the command that makes it again, without a format. */
typedef struct th_recorded_words {
	char **word;
	size_t count;
	const char *user_folder; /* where the user's own file of parameters lies that it was made with; NULL: with none */
} th_recorded_words;

/* Each file that it names is looked for in the first place (the case), beside the report, then in the other places: folders, or files of that
 * name. Of several, the one with the bytes that it was made from counts. Reported: each that is not there, options that are not known. */
TH_MUST_USE th_status th_recorded_again(const th_recorded *recorded, const char *const *place, size_t places, th_arena *arena, th_diags *diags,
                                        th_recorded_words *out);

#endif
