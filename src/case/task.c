/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/task.h"

#include "case/folder.h"

enum { ID, TASK, REQUIREMENT, CLAUSE, OWNER, DUE, DONE, EVIDENCE, CORRECTION, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"id", true}, {"task", true}, {"requirement", false}, {"clause", false}, {"owner", false}, {"due", TH_COLUMN_DECIDES}, {"done", TH_COLUMN_DECIDES},
	{"evidence", TH_COLUMN_DECIDES}, {"correction", false}, {"note", false},
};

static const th_text_cell texts[] = {
	{ID, offsetof(th_task, id)}, {TASK, offsetof(th_task, name)}, {REQUIREMENT, offsetof(th_task, requirement)}, {CLAUSE, offsetof(th_task, clause)},
	{OWNER, offsetof(th_task, owner)}, {DUE, offsetof(th_task, due_text)}, {DONE, offsetof(th_task, done_text)}, {EVIDENCE, offsetof(th_task, evidence)},
	{CORRECTION, offsetof(th_task, correction)},
};

/* 2025年底, 2025年6月底前: the end of that time, which is when it is due. */
static void read_due(th_loader *l, th_task *task)
{
	static const char *const ends[] = {"底之前", "底以前", "底前", "末前", "底", "末"};
	th_slice text = th_slice_trim(th_loader_cell(l, DUE));
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (th_slice_ends(text, th_slice_of(ends[i])) && th_period_parse((th_slice){text.ptr, text.len - strlen(ends[i])}, &task->due) == TH_PERIOD_OK) {
			task->has_due = true;
			return;
		}
	th_loader_period(l, DUE, &task->has_due, &task->due);
}

/* A day, or that it is not done: by a word, a sign, or nothing. */
static void read_done(th_loader *l, th_task *task)
{
	th_slice text = th_loader_cell(l, DONE);
	if (!th_says_nothing(text) && !th_column_named(l->columns, "tasks.done", text).len)
		th_loader_period(l, DONE, &task->is_done, &task->done);
}

static void add_row(th_loader *l, th_arena *arena, th_once *ids, th_tasks *out)
{
	th_task task = {.line = l->record.line};
	if (th_loader_filled(l, ID))
		th_loader_once(l, ID, TH_TASK_TWICE, arena, ids);
	th_loader_filled(l, TASK);
	read_due(l, &task);
	read_done(l, &task);
	if (th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &task))
		out->task = th_loader_append(l, arena, out->task, &out->count, &task, sizeof task);
}

th_status th_tasks_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_tasks *out)
{
	th_loader l;
	th_once ids = {0};
	*out = (th_tasks){.path = path};
	if (th_case_open(&l, reference, TH_CASE_TASKS, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, arena, &ids, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	th_intern_free(&ids.key);
	return th_loader_close(&l);
}
