/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/list.h"
#include "io/workbook_parts.h"

/* ---- what the package says is in it ---- */

/* A part's relationships, in the order of the file. */
struct relation {
	const char *id, *type, *target;
};

struct relations {
	th_workbook *workbook;
	const char *of; /* the part; "" the package */
	struct relation *list;
	size_t count;
};

enum { MOST_RELATIONS = 65536 };

static th_status no_memory(const th_workbook *workbook)
{
	return th_no_memory(workbook->diags);
}

static th_pos start_of(const th_workbook *workbook)
{
	return (th_pos){th_package_path(workbook->package), 1, 1, NULL};
}

static const char *keep(th_workbook *workbook, const char *text)
{
	return th_arena_copy(&workbook->arena, th_slice_of(text)).ptr;
}

/* The part that a target means, as the archive names it: relative to the folder of `of`, or from the root on. NULL without memory. */
static const char *resolve(th_workbook *workbook, const char *of, const char *target)
{
	const char *slash = strrchr(of, '/');
	th_buf path = {0};
	if (*target != '/' && slash)
		th_buf_add(&path, of, (size_t)(slash + 1 - of));
	for (const char *p = target; *p;) {
		size_t len = strcspn(p, "/");
		if (len == 2 && memcmp(p, "..", 2) == 0) {
			path.len -= path.len > 0;
			while (path.len > 0 && path.ptr[path.len - 1] != '/')
				path.len--;
		} else if (len > 0 && !(len == 1 && *p == '.')) {
			th_buf_add(&path, p, len);
			if (p[len])
				th_buf_char(&path, '/');
		}
		p += len;
		p += *p == '/';
	}
	th_buf_char(&path, '\0');
	const char *kept = path.failed ? NULL : keep(workbook, path.ptr);
	th_buf_free(&path);
	return kept;
}

static th_status see_relation(void *user, const char *name, const char *const *attributes)
{
	struct relations *r = user;
	const char *id = th_xml_attribute(attributes, "Id"), *type = th_xml_attribute(attributes, "Type"),
	           *target = th_xml_attribute(attributes, "Target"), *mode = th_xml_attribute(attributes, "TargetMode");
	if (strcmp(name, "Relationship") != 0 || !id || !type || !target || (mode && strcmp(mode, "External") == 0))
		return TH_OK;
	if (r->count == MOST_RELATIONS)
		return th_report(r->workbook->diags, TH_WORKBOOK_LARGE, start_of(r->workbook), "_rels", "65536", NULL);
	struct relation *grown = th_grown(r->list, r->count, sizeof *grown);
	if (!grown)
		return no_memory(r->workbook);
	r->list = grown;
	const char *mark = strrchr(type, '/');
	grown[r->count] = (struct relation){keep(r->workbook, id), keep(r->workbook, mark ? mark + 1 : type), resolve(r->workbook, r->of, target)};
	const struct relation *kept = &grown[r->count++];
	return kept->id && kept->type && kept->target ? TH_OK : no_memory(r->workbook);
}

/* Those of a part; none where the package has none. */
static th_status read_relations(struct relations *r)
{
	static const th_xml_use use = {see_relation, NULL, NULL};
	const char *slash = strrchr(r->of, '/'), *name = slash ? slash + 1 : r->of;
	th_buf part = {0};
	th_buf_add(&part, r->of, (size_t)(name - r->of));
	th_buf_str(&part, "_rels/");
	th_buf_str(&part, name);
	th_buf_str(&part, ".rels");
	th_buf_char(&part, '\0');
	th_status status = part.failed ? no_memory(r->workbook) : TH_OK;
	if (status == TH_OK && th_package_has(r->workbook->package, part.ptr))
		status = th_xml_part(r->workbook->package, part.ptr, &use, r);
	th_buf_free(&part);
	return status;
}

static const char *of_type(const struct relations *r, const char *type)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->list[i].type, type) == 0)
			return r->list[i].target;
	return NULL;
}

/* The part with the list of sheets; a package without one is no workbook, and what it is instead is said. */
static th_status find_main(th_workbook *workbook, const char **part)
{
	struct relations root = {.workbook = workbook, .of = ""};
	th_status status = read_relations(&root);
	*part = status == TH_OK ? of_type(&root, "officeDocument") : NULL;
	free(root.list);
	if (status != TH_OK)
		return status;
	if (!*part && th_package_has(workbook->package, "xl/workbook.xml"))
		*part = "xl/workbook.xml";
	const char *other = th_package_has(workbook->package, "content.xml") ? ".ods"
	                    : !*part                                         ? ".zip"
	                    : th_slice_ends(th_slice_of(*part), TH_S(".bin"))                       ? ".xlsb"
	                    : strncmp(*part, "word/", 5) == 0                ? ".docx"
	                    : strncmp(*part, "ppt/", 4) == 0                 ? ".pptx"
	                                                                     : NULL;
	return other ? th_report(workbook->diags, TH_WORKBOOK_OTHER, start_of(workbook), other, other, NULL) : TH_OK;
}

/* ---- the sheets ---- */

struct listing {
	th_workbook *workbook;
	const struct relations *relations;
};

static const struct relation *by_id(const struct relations *r, const char *id)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->list[i].id, id) == 0)
			return &r->list[i];
	return NULL;
}

static th_status see_sheet(struct listing *l, const char *const *attributes)
{
	th_workbook *workbook = l->workbook;
	const char *name = th_xml_attribute(attributes, "name"), *state = th_xml_attribute(attributes, "state"), *id = th_xml_relation(attributes);
	const struct relation *relation = id ? by_id(l->relations, id) : NULL;
	if (!name || !relation)
		return th_report(workbook->diags, TH_WORKBOOK_DAMAGED, start_of(workbook), name ? name : "<sheet>", NULL);
	if (strcmp(relation->type, "worksheet") != 0)
		return TH_OK;
	if (workbook->sheets == TH_MAX_SHEETS)
		return th_report(workbook->diags, TH_WORKBOOK_LARGE, start_of(workbook), "<sheets>", "4096", NULL);
	th_workbook_sheet *grown = th_grown_in(&workbook->arena, workbook->sheet, workbook->sheets, sizeof *grown);
	if (!grown)
		return no_memory(workbook);
	workbook->sheet = grown;
	grown[workbook->sheets] = (th_workbook_sheet){keep(workbook, name), relation->target, state && strcmp(state, "visible") != 0};
	return grown[workbook->sheets++].name ? TH_OK : no_memory(workbook);
}

static th_status see_workbook(void *user, const char *name, const char *const *attributes)
{
	struct listing *l = user;
	if (strcmp(name, "sheet") == 0)
		return see_sheet(l, attributes);
	if (strcmp(name, "workbookPr") == 0)
		l->workbook->from_1904 = th_xml_flag(th_xml_attribute(attributes, "date1904"));
	return TH_OK;
}

static th_status read_workbook(th_workbook *workbook)
{
	static const th_xml_use use = {see_workbook, NULL, NULL};
	struct relations relations = {.workbook = workbook};
	struct listing l = {workbook, &relations};
	th_status status = find_main(workbook, &relations.of);
	if (status == TH_OK)
		status = read_relations(&relations);
	if (status == TH_OK) {
		workbook->strings_part = of_type(&relations, "sharedStrings");
		workbook->styles_part = of_type(&relations, "styles");
		status = th_xml_part(workbook->package, relations.of, &use, &l);
	}
	free(relations.list);
	return status;
}

th_status th_workbook_open(th_bytes *bytes, th_workbook **out)
{
	*out = NULL;
	th_diags *diags = bytes->diags;
	th_workbook *workbook = th_calloc(1, sizeof *workbook);
	if (!workbook) {
		th_bytes_close(bytes);
		return th_no_memory(diags);
	}
	workbook->diags = diags;
	th_status status = th_package_open(bytes, &workbook->package);
	if (status == TH_OK)
		status = read_workbook(workbook);
	if (status == TH_OK)
		*out = workbook;
	else
		th_workbook_close(workbook);
	return status;
}

th_status th_workbook_open_file(const char *path, th_diags *diags, th_workbook **out)
{
	th_bytes bytes;
	*out = NULL;
	th_status status = th_bytes_open(&bytes, path, diags);
	if (status == TH_OK)
		return th_workbook_open(&bytes, out);
	th_bytes_close(&bytes);
	return status;
}

th_status th_workbook_load(th_workbook *workbook)
{
	th_status status = TH_OK;
	if (workbook->loaded)
		return TH_OK;
	if (workbook->styles_part)
		status = th_styles_load(workbook->package, workbook->styles_part, &workbook->arena, &workbook->styles);
	if (status == TH_OK && workbook->strings_part)
		status = th_shared_strings_load(workbook->package, workbook->strings_part, &workbook->strings);
	workbook->loaded = status == TH_OK;
	return status;
}

size_t th_workbook_sheets(const th_workbook *workbook)
{
	return workbook->sheets;
}

const th_workbook_sheet *th_workbook_sheet_at(const th_workbook *workbook, size_t index)
{
	return &workbook->sheet[index];
}

const char *th_workbook_path(const th_workbook *workbook)
{
	return th_package_path(workbook->package);
}

const char *th_workbook_sha256(const th_workbook *workbook)
{
	return th_package_sha256(workbook->package);
}

void th_workbook_close(th_workbook *workbook)
{
	if (!workbook)
		return;
	th_package_close(workbook->package);
	th_shared_strings_free(&workbook->strings);
	th_arena_free(&workbook->arena);
	free(workbook);
}
