/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table that names cases. Who is handed one with its cases must not be led by it to other files: what lies outside of its folder, by its name or by
 * a link, is not read. */

#include "batch/batch.h"

#include <errno.h>
#include <stdlib.h>

#include "base/filename.h"
#include "io/guard.h"
#include "reference/loader.h"

enum { PATH, COLUMNS };
static const th_column columns[COLUMNS] = {{"path", true}};

bool th_batch_is_table(const char *path)
{
	th_file_about about;
	size_t len = strlen(path);
	return len > 4 && path[len - 4] == '.' && (path[len - 3] | 0x20) == 'c' && (path[len - 2] | 0x20) == 's' && (path[len - 1] | 0x20) == 'v' &&
	       th_os_look(path, &about) == 0 && about.kind == TH_FILE_REGULAR;
}

bool th_batch_is_manifest(const th_reference *reference, const char *path, bool *sure)
{
	th_diags *unheard = th_diags_new();
	th_rows *rows = NULL;
	bool is = false;
	*sure = false;
	if (unheard && th_rows_open(path, TH_ENC_AUTO, unheard, &rows) == TH_OK)
		for (size_t i = 0; i < th_rows_header(rows)->cells; i++) {
			th_slice cell = th_rows_header(rows)->cell[i];
			if (!th_slice_eq(th_column_named(reference->columns, "manifest", cell), TH_S("path")))
				continue;
			is = true;
			*sure |= !th_slice_eq(th_column_named(reference->columns, th_case_files[TH_CASE_APPLICANTS].kind, cell), TH_S("applicant"));
		}
	th_rows_close(rows);
	th_diags_free(unheard);
	return is;
}

/* Does a name lead out of where it stands, whatever is there? */
static bool leads_out(const char *path)
{
	th_slice rest = th_slice_of(path), name;
	int depth = 0;
	if (*path == '/')
		return true;
	while (th_slice_split(&rest, '/', &name)) {
		depth += th_slice_eq(name, TH_S("..")) ? -1 : name.len > 0 && !th_slice_eq(name, TH_S("."));
		if (depth < 0)
			return true;
	}
	return false;
}

/* Of what is there the real path tells, with all links followed; of what is not, its name. */
static int lies_outside(const char *folder, const char *where, const char *path, bool *outside)
{
	char *real;
	int error = th_os_real_path(where, &real);
	if (error == ENOMEM)
		return error;
	*outside = error != 0 && leads_out(path);
	if (error != 0)
		return 0;
	size_t len = strlen(folder);
	*outside = strncmp(real, folder, len) != 0 || (real[len] != '/' && real[len] != '\0' && len > 1);
	free(real);
	return 0;
}

typedef struct reading {
	th_loader *l;
	th_batch_list *list;
	const char *folder, *real; /* as it was named; without links */
} reading;

static void add_row(const reading *r)
{
	th_loader *l = r->l;
	if (!th_loader_filled(l, PATH))
		return;
	th_batch_case item = {.path = th_arena_copy(&r->list->arena, th_loader_cell(l, PATH)).ptr, .from = th_loader_at(l, PATH)};
	if (item.path)
		item.where = *item.path == '/' ? item.path : th_path_join(&r->list->arena, r->folder, item.path);
	if (!item.where || lies_outside(r->real, item.where, item.path, &item.outside) != 0 || !th_batch_list_append(r->list, &item))
		(void)th_loader_no_memory(l);
}

static th_status read_all(const th_reference *reference, const char *path, reading *r, th_diags *diags)
{
	th_loader l;
	r->l = &l;
	if (th_loader_open_rows(&l, path, TH_ENC_AUTO, reference->columns, columns, COLUMNS, diags) && th_loader_map(&l, "manifest"))
		while (th_loader_next(&l))
			add_row(r);
	return th_loader_close(&l);
}

th_status th_batch_manifest(const th_reference *reference, const char *path, th_batch_list *list, th_diags *diags)
{
	th_slice folder, name;
	char *real = NULL;
	th_os_split(path, &folder, &name);
	reading r = {.list = list, .folder = th_arena_copy(&list->arena, folder).ptr};
	if (!r.folder || th_os_real_path(r.folder, &real) == ENOMEM)
		return th_no_memory(diags);
	r.real = real ? real : r.folder;
	th_status status = read_all(reference, path, &r, diags);
	free(real);
	return status;
}
