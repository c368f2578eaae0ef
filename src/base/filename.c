/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/filename.h"

const char *th_path_join(th_arena *arena, const char *dir, const char *name)
{
	size_t a = strlen(dir), b = strlen(name);
	bool slash = a > 0 && dir[a - 1] != '/';
	char *path = th_arena_room(arena, a + slash + b + 1, 1);
	if (!path)
		return NULL;
	memcpy(path, dir, a);
	if (slash)
		path[a] = '/';
	memcpy(path + a + slash, name, b + 1);
	return path;
}

const char *th_sheet_path(th_arena *arena, const char *workbook, th_slice sheet)
{
	size_t file = strlen(workbook);
	char *path = th_arena_alloc(arena, file + sheet.len + 2, 1);
	if (!path)
		return NULL;
	memcpy(path, workbook, file);
	path[file] = '#';
	memcpy(path + file + 1, sheet.ptr, sheet.len);
	path[file + 1 + sheet.len] = '\0';
	return path;
}

bool th_plain_name(th_slice name)
{
	return name.len > 0 && name.ptr[0] != '.' && !memchr(name.ptr, '/', name.len) && !memchr(name.ptr, '\\', name.len);
}

const char *th_file_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

th_slice th_file_stem(const char *path)
{
	const char *name = th_file_name(path), *dot = strrchr(name, '.');
	return (th_slice){name, dot && dot > name ? (size_t)(dot - name) : strlen(name)};
}

static bool ends_with(const char *text, size_t len, const char *end)
{
	size_t n = strlen(end);
	if (len <= n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = text[len - n + i];
		if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != end[i])
			return false;
	}
	return true;
}

static bool ends_with_one(const char *name, size_t len, const char *const *ends)
{
	for (; *ends; ends++)
		if (ends_with(name, len, *ends))
			return true;
	return false;
}

/* .xlsx and its kin, and those that are refused with advice. */
static bool is_workbook_name(const char *name, size_t len)
{
	static const char *const ends[] = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ods", NULL};
	return ends_with_one(name, len, ends);
}

bool th_named_as_workbook(const char *path)
{
	return is_workbook_name(path, strlen(path));
}

bool th_named_as_document(const char *path)
{
	static const char *const ends[] = {".docx", ".doc", ".wps", ".odt", ".rtf", ".pdf", ".pptx", ".ppt", ".dps", ".numbers", ".pages", ".ofd", NULL};
	return ends_with_one(path, strlen(path), ends);
}

const char *th_sheet_mark(const char *path)
{
	const char *name = strrchr(path, '/');
	name = name ? name + 1 : path;
	for (const char *mark = strchr(name, '#'); mark; mark = strchr(mark + 1, '#'))
		if (is_workbook_name(name, (size_t)(mark - name)))
			return mark;
	return NULL;
}

th_slice th_sheet_file(const char *path)
{
	const char *mark = th_sheet_mark(path);
	return (th_slice){path, mark ? (size_t)(mark - path) : strlen(path)};
}

bool th_same_source(const char *a, const char *b)
{
	return strcmp(a, b) == 0 || (!(th_sheet_mark(a) && th_sheet_mark(b)) && th_slice_eq(th_sheet_file(a), th_sheet_file(b)));
}

const char *th_column_letters(size_t column, char place[TH_COLUMN_LETTERS])
{
	char *at = place + TH_COLUMN_LETTERS - 1;
	*at = '\0';
	for (; column > 0 && at > place; column = (column - 1) / 26)
		*--at = (char)('A' + (column - 1) % 26);
	return at;
}

void th_put_cell(th_buf *out, size_t column, size_t row, bool fixed)
{
	char letters[TH_COLUMN_LETTERS];
	const char *mark = fixed ? "$" : "";
	th_buf_printf(out, "%s%s%s%zu", mark, th_column_letters(column + 1, letters), mark, row + 1);
}

void th_put_spot(th_buf *out, const char *file, size_t line, size_t column)
{
	char letters[TH_COLUMN_LETTERS];
	if (th_sheet_mark(file))
		th_buf_printf(out, "!%s%zu", th_column_letters(column, letters), line);
	else if (column)
		th_buf_printf(out, ":%zu:%zu", line, column);
	else
		th_buf_printf(out, ":%zu", line);
}
