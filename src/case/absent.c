/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/absent.h"

#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "io/listing.h"
#include "io/workbook.h"

enum { NAMES_SHOWN = 6 }; /* of what is there; the rest is only counted */

struct names {
	th_arena arena;
	th_slice *name;
	size_t count;
	bool failed;
};

static void add_name(struct names *names, th_slice name)
{
	th_slice *grown = th_grown_in(&names->arena, names->name, (uint32_t)names->count, sizeof *grown);
	th_slice kept = grown ? th_arena_copy(&names->arena, name) : name;
	names->failed |= !grown || !kept.ptr;
	if (names->failed)
		return;
	names->name = grown;
	grown[names->count++] = kept;
}

/* What begins with a dot is no file of people. */
static void see_file(void *context, const char *name)
{
	if (name[0] != '.')
		add_name(context, th_slice_of(name));
}

static void see_sheets(const char *path, struct names *names)
{
	th_workbook *workbook = NULL;
	th_diags *unheard = th_diags_new(); /* it was opened before, and what is to be said was */
	names->failed |= !unheard;
	if (unheard && th_workbook_open_file(path, unheard, &workbook) == TH_OK)
		for (size_t i = 0; i < th_workbook_sheets(workbook); i++)
			if (!th_workbook_sheet_at(workbook, i)->hidden)
				add_name(names, th_slice_of(th_workbook_sheet_at(workbook, i)->name));
	th_workbook_close(workbook);
	th_diags_free(unheard);
}

static int by_name(const void *a, const void *b)
{
	return th_slice_cmp(*(const th_slice *)a, *(const th_slice *)b);
}

/* In one language after the other, as an argument of a finding; of more than `most` only how many. */
static void list_names(const struct names *names, size_t most, th_buf *out)
{
	th_buf text[2] = {{0}, {0}};
	for (int zh = 0; zh < 2; zh++) {
		for (size_t i = 0; i < names->count && i < most; i++) {
			th_buf_str(&text[zh], i == 0 ? "" : zh ? "、" : ", ");
			th_buf_slice(&text[zh], names->name[i]);
		}
		if (names->count > most)
			th_buf_printf(&text[zh], zh ? "等%zu个" : " and %zu more", zh ? names->count : names->count - most);
		if (names->count == 0)
			th_buf_str(&text[zh], zh ? "无" : "nothing");
		out->failed |= text[zh].failed;
	}
	th_buf_both(out, th_buf_view(&text[0]), th_buf_view(&text[1]));
	th_buf_free(&text[0]);
	th_buf_free(&text[1]);
	th_buf_char(out, '\0');
}

/* Is any file of a case there? */
static bool any_there(const th_case_contents *contents)
{
	bool any = false;
	for (th_case_part p = 0; p < TH_CASE_PARTS; p++)
		any |= contents->there[p];
	return any;
}

/* The one workbook of a folder without tables, where that is a whole case: what init makes. Its path; NULL: there is none, or more than one. */
static const char *case_inside(const char *path, struct names *names)
{
	const char *found = NULL;
	for (size_t i = 0; i < names->count; i++) {
		const char *file = th_path_join(&names->arena, path, names->name[i].ptr);
		names->failed |= !file;
		if (!file || !th_named_as_workbook(file) || !th_case_is_workbook(file))
			continue;
		if (found)
			return NULL;
		found = file;
	}
	return found;
}

/* What the tables that a case is made of would be called, that of its facts first. */
static th_status tell_names(th_pos at, th_case_part facts, const char *found, const char *rules, th_diags *diags)
{
	struct names names = {.count = 0};
	th_buf list = {0};
	add_name(&names, th_slice_of(th_case_files[facts].name));
	for (th_case_part part = TH_CASE_INVENTORY; part <= TH_CASE_PARAMS; part++)
		if (th_case_files[part].check != TH_CASE_NAMED)
			add_name(&names, th_slice_of(th_case_files[part].name));
	list_names(&names, names.count, &list);
	th_status status = names.failed || list.failed ? th_no_memory(diags) : th_report(diags, TH_CASE_EMPTY, at, found, list.ptr, rules, (char *)NULL);
	th_buf_free(&list);
	th_arena_free(&names.arena);
	return status;
}

/* In the words that fit what is there; `inside`: the path of that workbook. */
static th_status tell(const char *path, const th_case_contents *contents, th_case_part part, const char *found, const char *inside, const char *rules, th_diags *diags)
{
	const th_pos at = {.file = path};
	const char *table = th_case_part_name(contents, part);
	if (inside)
		return th_report(diags, TH_CASE_IN_WORKBOOK, at, inside, (char *)NULL);
	if (part == TH_CASE_INVENTORY)
		return th_report(diags, TH_CASE_NO_INVENTORY, at, table, found, (char *)NULL);
	if (part == TH_CASE_PRODUCTS)
		return th_report(diags, TH_CASE_NO_TABLE, at, table, found, (char *)NULL);
	if (contents->workbook)
		return th_report(diags, TH_CASE_NO_SHEET, at, table, found, path, rules, (char *)NULL);
	if (contents->there[TH_CASE_INVENTORY])
		return th_report(diags, TH_CASE_INVENTORY_ALONE, at, table, found, path, rules, (char *)NULL);
	return any_there(contents) ? th_report(diags, TH_CASE_NO_FACTS, at, table, found, rules, (char *)NULL) : tell_names(at, part, found, rules, diags);
}

static th_status wants(const char *path, const th_case_contents *contents, th_case_part part, const char *rules, th_diags *diags)
{
	struct names names = {.count = 0};
	th_file_about about;
	th_buf found = {0};
	if (contents->there[part] || (!contents->workbook && (th_os_look(path, &about) != 0 || about.kind != TH_FILE_FOLDER)))
		return TH_OK;
	if (contents->workbook)
		see_sheets(path, &names);
	else {
		th_list_names(path, see_file, &names);
		if (names.count)
			qsort(names.name, names.count, sizeof *names.name, by_name); /* a system lists in any order */
	}
	list_names(&names, NAMES_SHOWN, &found);
	bool bare = !contents->workbook && !any_there(contents);
	const char *inside = bare ? case_inside(path, &names) : NULL;
	th_status status = names.failed || found.failed ? th_no_memory(diags) : tell(path, contents, part, found.ptr, inside, rules, diags);
	th_buf_free(&found);
	th_arena_free(&names.arena);
	return status;
}

th_status th_case_wants(const char *path, const th_case_contents *contents, th_case_part part, th_diags *diags)
{
	return wants(path, contents, part, "-", diags);
}

/* By its facts a folder is a case; what else it may be the case of, other files tell. */
static bool is_another(const th_case_contents *contents, th_case_part part)
{
	return part == TH_CASE_FACTS ? contents->there[TH_CASE_EVENTS] || contents->there[TH_CASE_PROJECT] : any_there(contents);
}

th_status th_case_wants_facts(const char *path, const th_case_contents *contents, th_case_part part, const char *rules, th_diags *diags, bool *unknown)
{
	*unknown = !contents->there[part] && is_another(contents, part);
	return *unknown ? TH_OK : wants(path, contents, part, rules ? rules : "-", diags);
}
