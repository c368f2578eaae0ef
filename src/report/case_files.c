/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a case was read from, as JSON. */
#include "base/filename.h"
#include "report/check_report.h"

bool th_in_case_workbook(const th_assessment *a, const char *path)
{
	return a->contents.workbook && th_slice_eq(th_sheet_file(path), th_slice_of(a->folder)); /* one of its sheets, or several */
}

static void put_one(th_writer *w, const th_check_file *file)
{
	if (!file->layout_en) {
		th_put_file(w, th_case_files[file->kind].kind, file->path, file->encoding, file->sha256, file->rows);
		return;
	}
	th_put_open(w, NULL, '{');
	th_put_file_members(w, th_case_files[file->kind].kind, file->path, file->encoding, file->sha256, file->rows);
	th_put_open(w, "layout", '{');
	th_put_text(w, "zh", th_slice_of(file->layout_zh));
	th_put_text(w, "en", th_slice_of(file->layout_en));
	th_put_close(w, '}');
	th_put_close(w, '}');
}

void th_put_case_files(th_writer *w, const th_assessment *a)
{
	const th_check_file *first = NULL;
	size_t rows = 0;
	for (size_t i = 0; i < a->files; i++)
		if (a->file[i].found && !a->file[i].errors && th_in_case_workbook(a, a->file[i].path)) {
			first = first ? first : &a->file[i];
			rows += a->file[i].rows;
		}
	if (first)
		th_put_file(w, "workbook", a->folder, first->encoding, first->sha256, rows);
	for (size_t i = 0; i < a->files; i++) {
		const th_check_file *file = &a->file[i];
		if (file->found && !file->errors && !th_in_case_workbook(a, file->path))
			put_one(w, file);
	}
}
