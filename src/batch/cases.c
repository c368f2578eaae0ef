/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which cases a batch has, in the order in which they were given. */

#include "batch/batch.h"

#include <errno.h>
#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "case/applicants.h"
#include "io/listing.h"
#include "io/reason.h"

void th_batch_list_free(th_batch_list *list)
{
	th_batch_several_free(list->several);
	th_arena_free(&list->arena);
	*list = (th_batch_list){.item = NULL};
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

static th_status add_one(th_batch_list *list, const char *path, th_diags *diags)
{
	return th_batch_list_append(list, &(th_batch_case){.path = path, .where = path}) ? TH_OK : th_no_memory(diags);
}

/* A folder in which applicants stand in tables, and no case: each of them. *is: it was one. */
static th_status add_several(th_batch_list *list, const th_batch_naming *by, const char *folder, th_diags *diags, bool *is)
{
	const char *table, *facts = th_path_join(&list->arena, folder, th_case_files[TH_CASE_FACTS].name);
	*is = false;
	if (!facts || !th_batch_has_applicants(folder, &table, &list->arena))
		return th_no_memory(diags);
	*is = table && !th_os_there(facts);
	return *is ? th_batch_several(by, table, list, diags) : TH_OK;
}

/* One of what lies in a folder. */
static th_status add_inner(th_batch_list *list, const th_batch_naming *by, const char *path, th_diags *diags)
{
	bool is = false;
	th_status status = th_named_as_workbook(path) ? TH_OK : add_several(list, by, path, diags, &is);
	return status != TH_OK || is ? status : add_one(list, path, diags);
}

static th_status add_folder(th_batch_list *list, const th_batch_naming *by, const char *path, th_diags *diags)
{
	struct listing l = {.arena = &list->arena, .folder = path};
	bool is;
	th_status status = add_several(list, by, path, diags, &is);
	if (status != TH_OK || is)
		return status;
	if (!th_list_names(path, see, &l))
		return th_report_system(diags, TH_SOURCE_OPEN, (th_pos){path, 1, 1, NULL}, errno);
	for (size_t i = 0; i < l.count; i++)
		l.is_case |= is_inventory(l.name[i]);
	if (l.failed)
		return th_no_memory(diags);
	if (l.is_case || l.count == 0)
		return add_one(list, path, diags);
	qsort(l.name, l.count, sizeof *l.name, by_name);
	for (size_t i = 0; i < l.count && status == TH_OK; i++)
		status = add_inner(list, by, l.name[i], diags);
	return status;
}

static th_status add_table(th_batch_list *list, const th_batch_naming *by, const char *path, bool alone, th_diags *diags)
{
	bool sure, manifest = th_batch_is_manifest(by->reference, path, &sure);
	if (!sure && th_applicants_meant(by->reference, path, by->known, by->count))
		return th_batch_several(by, path, list, diags);
	return manifest || alone ? th_batch_manifest(by->reference, path, list, diags) : add_one(list, path, diags);
}

th_status th_batch_list_add(th_batch_list *list, const th_batch_naming *by, const char *path, bool alone, th_diags *diags)
{
	th_file_about about;
	bool is = false;
	if (th_batch_is_table(path))
		return add_table(list, by, path, alone, diags);
	if (th_os_look(path, &about) == 0 && about.kind == TH_FILE_FOLDER)
		return add_folder(list, by, path, diags);
	th_status status = th_named_as_workbook(path) ? th_batch_several_book(by, path, list, diags, &is) : TH_OK;
	return status != TH_OK || is ? status : add_one(list, path, diags);
}
