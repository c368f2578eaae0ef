/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/contents.h"

#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "base/near.h"
#include "base/utf8.h"
#include "io/listing.h"
#include "io/sheet_rows.h"

struct finding {
	th_arena *arena;
	th_diags *diags;
	th_case_contents *out;
	bool failed; /* memory was lacking */
};

static th_status settled(const struct finding *f, th_status status)
{
	return f->failed ? th_no_memory(f->diags) : status;
}

static bool add_inventory(struct finding *f, const char *path)
{
	const char **grown = path ? th_grown_in(f->arena, f->out->inventory, f->out->inventories, sizeof *grown) : NULL;
	if (!grown) {
		f->failed = true;
		return false;
	}
	f->out->inventory = grown;
	grown[f->out->inventories++] = path;
	return true;
}

/* ---- a folder ---- */

struct listing {
	struct finding *f;
	const char *folder;
};

/* cases.csv, 措施表.csv, case.csv.txt: as which part such a table may be meant that is not read; TH_CASE_PARTS: none. */
static th_case_part part_meant(th_slice file)
{
	static const char *const ends[] = {".txt", ".csv", ".xlsx", ".xlsm", ".xls", ".et", ".tsv"};
	th_slice stem = file;
	bool table = false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (th_slice_ends(stem, th_slice_of(ends[i]))) {
			stem.len -= strlen(ends[i]);
			table = true;
		}
	th_case_part part = TH_CASE_PARTS, best = TH_CASE_PARTS;
	size_t least = SIZE_MAX;
	if (!table || th_slice_ends(stem, TH_S(".layout")))
		return part;
	part = th_case_part_named(stem);
	if (part == TH_CASE_PARTS && th_slice_ends(stem, TH_S("表")))
		part = th_case_part_named((th_slice){stem.ptr, stem.len - strlen("表")});
	for (th_case_part i = 0; part == TH_CASE_PARTS && i < TH_CASE_PARTS; i++) {
		th_slice name = th_slice_of(th_case_files[i].name);
		name.len -= strlen(".csv");
		size_t distance = th_distance(stem, name);
		if (distance < least && distance <= 2 && th_near(stem, distance)) {
			least = distance;
			best = i;
		}
	}
	return part == TH_CASE_PARTS ? best : part;
}

/* inventory-2023.csv, 活动数据.xlsx; not what tells how to read another: X.layout.csv. */
static void see_file(void *context, const char *name)
{
	struct listing *l = context;
	th_slice file = th_slice_of(name);
	bool named = th_slice_starts(file, TH_S("inventory")) || th_slice_starts(file, TH_S("活动数据"));
	bool table = th_slice_ends(file, TH_S(".csv")) || th_slice_ends(file, TH_S(".xlsx")) || th_slice_ends(file, TH_S(".xlsm"));
	if (named && table && !th_slice_ends(file, TH_S(".layout.csv"))) {
		if (strcmp(name, th_case_files[TH_CASE_INVENTORY].name) != 0)
			(void)add_inventory(l->f, th_path_join(l->f->arena, l->folder, name));
		return;
	}
	th_case_part part = part_meant(file);
	const char **misnamed = l->f->out->misnamed;
	if (part < TH_CASE_PARTS && strcmp(name, th_case_files[part].name) != 0 && (!misnamed[part] || strcmp(name, misnamed[part]) < 0)) {
		misnamed[part] = th_arena_copy(l->f->arena, file).ptr;
		l->f->failed |= !misnamed[part];
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static th_status find_in_folder(struct finding *f, const char *folder)
{
	th_case_contents *out = f->out;
	out->papers = folder;
	struct listing listing = {.f = f, .folder = folder};
	(void)th_list_folder(folder, &out->about, f->diags, see_file, &listing);
	for (th_case_part part = 0; part < TH_CASE_PARTS; part++) {
		out->path[part] = th_path_join(f->arena, folder, th_case_files[part].name);
		f->failed |= !out->path[part];
		out->there[part] = out->path[part] && th_source_there(out->path[part], f->diags);
	}
	if (!f->failed && out->inventories)
		qsort(out->inventory, out->inventories, sizeof *out->inventory, by_name);
	size_t others = out->inventories;
	if (!f->failed && (out->there[TH_CASE_INVENTORY] || others == 0) && add_inventory(f, out->path[TH_CASE_INVENTORY]))
		for (size_t i = out->inventories - 1; i > 0; i--) { /* the plain name first */
			const char *path = out->inventory[i];
			out->inventory[i] = out->inventory[i - 1];
			out->inventory[i - 1] = path;
		}
	if (!f->failed) {
		out->path[TH_CASE_INVENTORY] = out->inventory[0];
		out->there[TH_CASE_INVENTORY] |= others > 0;
	}
	return settled(f, TH_OK);
}

/* ---- a workbook ---- */

/* Sheets that `init` makes for people and lists, and that hold no data. */
static bool is_help(th_slice name)
{
	static const char *const names[] = {"填写说明", "说明", "选项", "readme", "howtofillin", "choices", "notes"}; /* as keys */
	char place[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, place);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (th_slice_eq(key, th_slice_of(names[i])))
			return true;
	return false;
}

static const char *sheet_path(struct finding *f, const char *path, th_slice name)
{
	const char *kept = th_sheet_path(f->arena, path, name);
	f->failed |= !kept;
	return kept;
}

static th_status twice(struct finding *f, const char *path, th_case_part part, const char *second)
{
	th_buf names = {0};
	th_buf_str(&names, th_sheet_mark(f->out->path[part]) + 1);
	th_buf_str(&names, "、");
	th_buf_str(&names, second);
	th_buf_char(&names, '\0');
	th_status status = names.failed ? th_no_memory(f->diags)
	                                : th_report(f->diags, TH_CASE_SHEETS, (th_pos){path, 1, 1, NULL}, names.ptr, th_case_files[part].name, NULL);
	th_buf_free(&names);
	return status;
}

static th_status see_sheet(struct finding *f, th_workbook *workbook, size_t index, th_buf *skipped)
{
	const th_workbook_sheet *sheet = th_workbook_sheet_at(workbook, index);
	th_slice name = th_slice_of(sheet->name);
	th_case_part part = th_case_part_named(name);
	bool filled = false;
	if (part == TH_CASE_PARTS || sheet->hidden) {
		if (!sheet->hidden && !is_help(name)) {
			th_buf_str(skipped, skipped->len ? "、" : "");
			th_buf_slice(skipped, name);
		}
		return TH_OK;
	}
	th_status status = th_workbook_sheet_filled(workbook, index, &filled);
	if (status != TH_OK || !filled)
		return status;
	if (f->out->there[part] && part != TH_CASE_INVENTORY)
		return twice(f, th_workbook_path(workbook), part, sheet->name);
	const char *path = sheet_path(f, th_workbook_path(workbook), name);
	if (part == TH_CASE_INVENTORY)
		(void)add_inventory(f, path);
	if (!f->out->there[part])
		f->out->path[part] = path;
	f->out->there[part] = true;
	return settled(f, TH_OK);
}

static th_status see_sheets(struct finding *f, th_workbook *workbook)
{
	th_buf skipped = {0};
	th_status status = TH_OK;
	for (size_t i = 0; status == TH_OK && i < th_workbook_sheets(workbook); i++)
		status = see_sheet(f, workbook, i, &skipped);
	if (skipped.len)
		f->out->skipped = th_arena_copy(f->arena, th_buf_view(&skipped)).ptr;
	if (status == TH_OK && (skipped.failed || (skipped.len && !f->out->skipped)))
		status = th_no_memory(f->diags);
	th_buf_free(&skipped);
	return status;
}

static th_status find_in_workbook(struct finding *f, const char *path)
{
	th_workbook *workbook;
	th_case_contents *out = f->out;
	th_slice folder, name;
	th_os_split(path, &folder, &name);
	out->workbook = true;
	out->papers = th_arena_copy(f->arena, folder).ptr;
	f->failed |= !out->papers;
	th_status status = th_workbook_open_file(path, f->diags, &workbook);
	if (status == TH_OK)
		status = see_sheets(f, workbook);
	th_workbook_close(workbook);
	for (th_case_part part = 0; status == TH_OK && part < TH_CASE_PARTS; part++) {
		th_slice rest = th_slice_of(th_case_files[part].sheets), first = {"", 0};
		if (!out->there[part] && th_slice_split(&rest, ';', &first))
			out->path[part] = sheet_path(f, path, first);
	}
	if (status == TH_OK && out->inventories == 0)
		(void)add_inventory(f, out->path[TH_CASE_INVENTORY]);
	return settled(f, status);
}

/* A file that is no folder is meant as a workbook, whatever it is called: what it is instead, its reader tells. */
static bool is_file(const char *path, const th_file_about *about, const th_diags *diags)
{
	th_slice lent;
	return about->kind == TH_FILE_REGULAR || th_diags_lent(diags, path, &lent);
}

th_status th_case_find(const char *path, th_arena *arena, th_diags *diags, th_case_contents *out)
{
	th_file_about about;
	if (th_os_look(path, &about) != 0)
		about.kind = TH_FILE_ABSENT;
	return th_case_find_at(path, &about, arena, diags, out);
}

th_status th_case_find_at(const char *path, const th_file_about *about, th_arena *arena, th_diags *diags, th_case_contents *out)
{
	struct finding f = {.arena = arena, .diags = diags, .out = out};
	*out = (th_case_contents){.about = *about};
	return is_file(path, about, diags) ? find_in_workbook(&f, path) : find_in_folder(&f, path);
}

th_status th_case_tell(const char *path, const th_case_contents *contents, th_diags *diags)
{
	th_status status = TH_OK;
	if (contents->skipped)
		return th_report(diags, TH_SHEETS_SKIPPED, (th_pos){path, 1, 1, NULL}, contents->skipped, NULL);
	for (th_case_part part = 0; part < TH_CASE_PARTS && status == TH_OK; part++)
		if (contents->misnamed[part] && !contents->there[part])
			status = th_report(diags, TH_FILE_MISNAMED, (th_pos){contents->path[part], 1, 1, NULL}, contents->misnamed[part], th_case_files[part].name, NULL);
	return status;
}

bool th_case_is_workbook(const char *path)
{
	th_workbook *workbook;
	th_diags *unheard = th_diags_new();
	bool other = false;
	if (!unheard || th_sheet_mark(path) || strcmp(path, "-") == 0 || th_workbook_open_file(path, unheard, &workbook) != TH_OK) {
		th_diags_free(unheard);
		return false;
	}
	for (size_t i = 0; i < th_workbook_sheets(workbook); i++) {
		const th_workbook_sheet *sheet = th_workbook_sheet_at(workbook, i);
		th_case_part part = th_case_part_named(th_slice_of(sheet->name));
		other |= !sheet->hidden && part != TH_CASE_PARTS && part != TH_CASE_INVENTORY;
	}
	th_workbook_close(workbook);
	th_diags_free(unheard);
	return other;
}

const char *th_case_part_name(const th_case_contents *contents, th_case_part part)
{
	const char *mark = contents->workbook ? th_sheet_mark(contents->path[part]) : NULL;
	bool named = contents->path[part] && (contents->facts || part == TH_CASE_FACTS);
	return mark ? mark + 1 : named ? th_file_name(contents->path[part]) : th_case_files[part].name;
}
