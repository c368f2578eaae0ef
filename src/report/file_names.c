/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What files are called where a program reads it: neither the folder that a run was started in nor how a path was typed shows. The last name
 * of a path tells; of two files that would be called alike the second one has `#2` behind its name. */
#include "report/report.h"

#include "base/filename.h"
#include "base/list.h"

static bool is_taken(const th_file_names *names, th_slice name)
{
	for (size_t i = 0; i < names->count; i++)
		if (th_slice_eq(names->file[i].name, name))
			return true;
	return false;
}

/* The name, with a number where others have it; its ptr is NULL without memory. */
static th_slice free_name(th_file_names *names, th_slice name)
{
	th_buf numbered = {0};
	th_slice kept = name;
	for (unsigned n = 2; is_taken(names, kept) && !numbered.failed; n++) {
		th_buf_clear(&numbered);
		th_buf_slice(&numbered, name);
		th_buf_printf(&numbered, "#%u", n);
		kept = th_buf_view(&numbered);
	}
	kept = numbered.failed ? (th_slice){NULL, 0} : th_arena_copy(&names->arena, kept);
	th_buf_free(&numbered);
	return kept;
}

th_slice th_name_of(th_file_names *names, const char *path)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->file[i].path, path) == 0)
			return names->file[i].name;
	th_file_named *grown = th_grown_in(&names->arena, names->file, names->count, sizeof *grown);
	th_slice kept = th_arena_copy(&names->arena, th_slice_of(path)), name = free_name(names, th_slice_of(th_file_name(path)));
	if (!grown || !kept.ptr || !name.ptr) {
		names->failed = true;
		return TH_S("");
	}
	names->file = grown;
	names->file[names->count++] = (th_file_named){kept.ptr, name};
	return name;
}

/* The longest path with a folder in it that stands at the beginning of the text. */
static const th_file_named *standing(const th_file_names *names, th_slice text, size_t *len)
{
	const th_file_named *found = NULL;
	*len = 0;
	for (size_t i = 0; i < names->count; i++) {
		size_t n = strlen(names->file[i].path);
		if (n > *len && n <= text.len && memcmp(text.ptr, names->file[i].path, n) == 0 && strchr(names->file[i].path, '/')) {
			found = &names->file[i];
			*len = n;
		}
	}
	return found;
}

/* Where in the text a path may begin: at a byte with which one of them does. */
static size_t next_start(const th_file_names *names, th_slice text)
{
	size_t first = text.len;
	for (size_t i = 0; i < names->count && first; i++) {
		const char *at = memchr(text.ptr, *names->file[i].path, first);
		first = at ? (size_t)(at - text.ptr) : first;
	}
	return first;
}

void th_put_renamed(th_file_names *names, th_slice text, th_buf *out)
{
	while (text.len > 0) {
		size_t before = next_start(names, text);
		th_buf_add(out, text.ptr, before);
		text = (th_slice){text.ptr + before, text.len - before};
		if (text.len == 0)
			break;
		size_t len;
		const th_file_named *file = standing(names, text, &len);
		if (file)
			th_buf_slice(out, file->name);
		else
			th_buf_char(out, *text.ptr);
		len += file == NULL;
		text.ptr += len;
		text.len -= len;
	}
}

void th_rename_in_doc(th_file_names *names, th_doc *doc)
{
	th_buf text = {0};
	for (size_t i = 0; i < doc->cells; i++) {
		th_doc_cell *cell = &doc->cell[i];
		size_t from = text.len;
		if (!th_doc_is_text(cell))
			continue;
		th_put_renamed(names, th_doc_text_of(doc, cell), &text);
		cell->is.text.from = from;
		cell->is.text.len = text.len - from;
	}
	doc->failed |= names->failed || text.failed || doc->text.failed;
	th_buf_free(&doc->text);
	doc->text = text;
}

void th_file_names_free(th_file_names *names)
{
	th_arena_free(&names->arena);
}
