/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which cases a batch has, in the order in which they were given. */

#include "batch/batch.h"

#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "io/os.h"

void th_batch_list_free(th_batch_list *list)
{
	th_arena_free(&list->arena);
	*list = (th_batch_list){.item = NULL};
}

bool th_batch_list_append(th_batch_list *list, const th_batch_case *item)
{
	th_batch_case *grown = th_grown_in(&list->arena, list->item, list->count, sizeof *grown);
	if (!grown || !item->path)
		return false;
	list->item = grown;
	grown[list->count++] = *item;
	return true;
}

/* --- a folder of cases --- */

struct listing {
	th_arena *arena;
	const char *folder;
	const char **name;
	size_t count;
	bool is_case, failed;
};

/* What office programs keep beside an open file, and what a system hides. */
static bool is_aside(th_slice name)
{
	return th_slice_starts(name, TH_S(".")) || th_slice_starts(name, TH_S("~$"));
}

static void see(void *context, const char *name)
{
	struct listing *l = context;
	th_slice file = th_slice_of(name);
	for (th_case_part part = 0; part < TH_CASE_PARTS; part++)
		l->is_case |= th_slice_eq(file, th_slice_of(th_case_files[part].name));
	if (l->is_case || is_aside(file))
		return;
	const char *path = th_path_join(l->arena, l->folder, name);
	th_file_about about;
	bool holds = path && th_os_look(path, &about) == 0 && (about.kind == TH_FILE_FOLDER || (about.kind == TH_FILE_REGULAR && th_named_as_workbook(path)));
	const char **grown = holds ? th_grown_in(l->arena, l->name, l->count, sizeof *grown) : NULL;
	l->failed |= !path || (holds && !grown);
	if (!grown)
		return;
	l->name = grown;
	grown[l->count++] = path;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Does a workbook's name say that it is an inventory, so that the folder is a case that has it? */
static bool is_inventory(const char *path)
{
	th_slice folder, name;
	th_os_split(path, &folder, &name);
	return th_slice_starts(name, TH_S("inventory")) || th_slice_starts(name, TH_S("活动数据"));
}

static th_status add_folder(th_batch_list *list, const char *path, th_diags *diags)
{
	struct listing l = {.arena = &list->arena, .folder = path};
	th_os_list(path, see, &l);
	for (size_t i = 0; i < l.count; i++)
		l.is_case |= is_inventory(l.name[i]);
	if (!l.failed && (l.is_case || l.count == 0))
		l.failed = !th_batch_list_append(list, &(th_batch_case){.path = path, .where = path});
	else if (!l.failed) {
		qsort(l.name, l.count, sizeof *l.name, by_name);
		for (size_t i = 0; i < l.count && !l.failed; i++)
			l.failed = !th_batch_list_append(list, &(th_batch_case){.path = l.name[i], .where = l.name[i]});
	}
	return l.failed ? th_no_memory(diags) : TH_OK;
}

th_status th_batch_list_add(th_batch_list *list, const char *path, th_diags *diags)
{
	th_file_about about;
	if (th_os_look(path, &about) == 0 && about.kind == TH_FILE_FOLDER)
		return add_folder(list, path, diags);
	return th_batch_list_append(list, &(th_batch_case){.path = path, .where = path}) ? TH_OK : th_no_memory(diags);
}
