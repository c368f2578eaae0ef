/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets and files that are called 合计 or 汇总 beside others: read quietly, with those that they sum, and compared with them. What is wrong with one of
 * these is told by who reads it for the account. */

#include "case/inventories_sums.h"

#include <stdio.h>
#include <string.h>

#include "base/filename.h"
#include "base/utf8.h"
#include "io/rows.h"

/* Without the year that it begins with. */
static th_slice without_year(th_slice text)
{
	static const char *const behind[] = {"年度", "年"};
	while (text.len && th_is_digit(text.ptr[0]))
		text = (th_slice){text.ptr + 1, text.len - 1};
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		if (th_slice_starts(text, th_slice_of(behind[i])))
			return (th_slice){text.ptr + strlen(behind[i]), text.len - strlen(behind[i])};
	return text;
}

bool th_is_sums(const th_reference *reference, th_slice name)
{
	static const char *const names[] = {"汇总", "汇总表", "总表", "合计表", "总计表", "summary"};
	char place[TH_KEY_PLACE];
	th_slice key = without_year(th_utf8_key_in(name, place));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (th_slice_eq(key, th_slice_of(names[i])))
			return true;
	return key.len && th_layout_word_is(&reference->layout_words, TH_LW_TOTAL, key);
}

struct table {
	th_rows *rows;
	th_layout *layout;
};

static th_status open_table(const th_reference *reference, const char *path, int year, th_diags *quiet, struct table *out)
{
	th_layout_options options = {.year = year};
	th_status status = th_rows_open_long(path, TH_ENC_AUTO, quiet, &out->rows);
	if (status == TH_OK)
		status = th_layout_kept(&options, path, quiet, &options.file);
	return status == TH_OK ? th_layout_open(reference, "inventory", out->rows, &options, quiet, &out->layout) : status;
}

/* Its last name, of a sheet that of the sheet. */
static const char *name_of(const char *path)
{
	const char *mark = th_sheet_mark(path), *slash = strrchr(path, '/');
	return mark ? mark + 1 : slash ? slash + 1 : path;
}

static th_status tell(const char *path, size_t compared, size_t amounts, th_diags *diags)
{
	char count[24], of[24];
	const th_pos pos = {path, 1, 1, NULL};
	if (compared == 0)
		return th_report(diags, TH_SHEETS_SUMS, pos, name_of(path), (char *)NULL);
	snprintf(count, sizeof count, "%zu", compared);
	snprintf(of, sizeof of, "%zu", amounts);
	return th_report(diags, TH_SHEETS_COMPARED, pos, name_of(path), count, of, (char *)NULL);
}

static th_status compare(const th_reference *reference, const char *path, const char *const *part, size_t parts, int year, struct table *table, th_diags *quiet,
                         th_diags *diags)
{
	th_layout *layout[TH_REPEAT_MOST];
	const char *name[TH_REPEAT_MOST];
	size_t compared = 0;
	th_status status = open_table(reference, path, year, quiet, &table[parts]);
	for (size_t i = 0; i < parts && status == TH_OK; i++) {
		status = open_table(reference, part[i], year, quiet, &table[i]);
		layout[i] = table[i].layout;
		name[i] = name_of(part[i]);
	}
	if (status == TH_SYSTEM)
		return th_no_memory(diags);
	if (status == TH_OK)
		status = th_layouts_repeat(layout, name, parts, table[parts].layout, diags, &compared);
	else
		status = TH_OK;
	return status == TH_OK ? tell(path, compared, table[parts].layout ? th_layout_lines(table[parts].layout) : 0, diags) : status;
}

th_status th_sums_compare(const th_reference *reference, const char *path, const char *const *part, size_t parts, int year, th_diags *diags)
{
	struct table table[TH_REPEAT_MOST + 1] = {{NULL, NULL}};
	if (parts > TH_REPEAT_MOST)
		return tell(path, 0, 0, diags);
	th_diags *quiet = th_diags_new();
	th_status status = quiet ? compare(reference, path, part, parts, year, table, quiet, diags) : th_no_memory(diags);
	for (size_t i = 0; i <= parts; i++)
		th_rows_close(table[i].rows);
	th_diags_free(quiet);
	return status;
}
