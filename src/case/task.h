/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_TASK_H
#define TH_CASE_TASK_H

/* tasks.csv: a task of the implementation plan in a row, as planned and as it turned out. */

#include "base/period.h"
#include "reference/reference.h"

typedef struct th_task {
	th_slice id, name, requirement, clause, owner, due_text, done_text, evidence, correction;
	th_period due, done;       /* where they are given */
	bool has_due, is_done;     /* is_done: a day is given on which it was */
	size_t line;
} th_task;

typedef struct th_tasks {
	th_task *task;             /* in the order of the file */
	size_t count;
	const char *path, *encoding;
	char sha256[65];
} th_tasks;

/* Read the file into the arena. Reported: a row without an id or without what is to be done, an id that stands twice, a date that is none. `path` must outlive
 * the tasks and what is reported. */
TH_MUST_USE th_status th_tasks_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_tasks *out);

#endif
