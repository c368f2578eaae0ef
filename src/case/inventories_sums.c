/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets and files that are called 合计 or 汇总 beside others: read quietly, with those that they sum, and compared with them. What is wrong with one of
 * these is told by who reads it for the account. */

#include "case/inventories_sums.h"

#include <stdio.h>
#include <string.h>

#include "base/filename.h"
#include "base/utf8.h"
#include "io/rows.h"

enum { MOST = 64 }; /* parts that are open at once */

bool th_is_sums(const th_reference *reference, th_slice name)
{
	static const char *const names[] = {"汇总", "汇总表", "总表", "合计表", "总计表", "summary"};
	char place[TH_KEY_PLACE];
	th_slice key = th_layout_without_year(th_utf8_key_in(name, place));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (th_slice_eq(key, th_slice_of(names[i])))
			return true;
	return key.len && th_layout_word_is(&reference->layout_words, TH_LW_TOTAL, key);
}

/* Without what stands before such a word in the name of an inventory: inventory-汇总, 活动数据（合计）. */
static th_slice without_front(th_slice name)
{
	static const char *const fronts[] = {"inventory", "活动数据"};
	for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
		if (th_slice_starts(name, th_slice_of(fronts[i]))) {
			name = th_slice_from(name, strlen(fronts[i]));
			break;
		}
	while (name.len && strchr("-_.( ", name.ptr[0]))
		name = th_slice_from(name, 1);
	while (name.len && strchr(") ", name.ptr[name.len - 1]))
		name.len--;
	return name;
}

bool th_is_sums_file(const th_reference *reference, th_slice name)
{
	char place[TH_KEY_PLACE];
	size_t end;
	const th_slice key = without_front(th_utf8_key_in(name, place));
	if (key.len == 0 || th_is_sums(reference, key))
		return key.len > 0;
	return th_layout_word_before(&reference->layout_words, UINT64_C(1) << TH_LW_TOTAL, key, &end) && th_is_sums(reference, th_slice_from(key, end)); /* 公司汇总表 */
}

struct table {
	th_rows *rows;
	th_layout *layout;
};

struct comparing {
	const th_reference *reference;
	const th_inventories_by *by;
	th_diags *quiet, *diags;
	struct table *table;      /* those that sum, then the parts */
	th_layout **layout;
	const char **name;        /* of each part */
	size_t *compared;
};

static th_status open_table(const struct comparing *c, const char *path, struct table *out)
{
	th_layout_options options = c->by->layout;
	th_status status = th_rows_open_long(path, c->by->encoding, c->quiet, &out->rows);
	if (status == TH_OK)
		status = th_layout_kept(&options, path, c->quiet, &options.file);
	return status == TH_OK ? th_layout_open(c->reference, "inventory", out->rows, &options, c->quiet, &out->layout) : status;
}

/* Its last name, of a sheet that of the sheet, of a file without its ending. */
static const char *name_of(th_arena *arena, const char *path)
{
	const char *mark = th_sheet_mark(path);
	return mark ? mark + 1 : th_arena_copy(arena, th_file_stem(path)).ptr;
}

static th_status tell(const char *path, const char *name, size_t compared, size_t amounts, th_diags *diags)
{
	char count[24], of[24];
	const th_pos pos = {path, 1, 1, NULL};
	if (compared == 0)
		return th_report(diags, TH_SHEETS_SUMS, pos, name, (char *)NULL);
	snprintf(count, sizeof count, "%zu", compared);
	snprintf(of, sizeof of, "%zu", amounts);
	return th_report(diags, TH_SHEETS_COMPARED, pos, name, count, of, (char *)NULL);
}

/* Where one of the parts cannot be read nothing can be compared; of those that sum each is by itself. */
static th_status compare(struct comparing *c, const char *const *sums, size_t count, const char *const *part, size_t parts, th_arena *arena)
{
	th_status status = TH_OK;
	for (size_t i = 0; i < parts && status == TH_OK; i++) {
		status = open_table(c, part[i], &c->table[count + i]);
		c->layout[count + i] = c->table[count + i].layout;
		c->name[i] = name_of(arena, part[i]);
		if (!c->name[i])
			return TH_SYSTEM;
	}
	for (size_t i = 0; i < count && status == TH_OK; i++) {
		if (open_table(c, sums[i], &c->table[i]) == TH_SYSTEM)
			return TH_SYSTEM;
		c->layout[i] = c->table[i].layout;
	}
	return status == TH_OK ? th_layouts_repeat(c->layout + count, c->name, parts, c->layout, count, c->diags, c->compared) : status == TH_SYSTEM ? status : TH_OK;
}

th_status th_sums_compare(const th_reference *reference, const char *const *sums, size_t count, const char *const *part, size_t parts, const th_inventories_by *by,
                          th_diags *diags)
{
	th_arena arena = {0};
	struct comparing c = {.reference = reference, .by = by, .quiet = th_diags_new(), .diags = diags};
	c.table = th_arena_alloc(&arena, count + parts + 1, sizeof *c.table);
	c.layout = th_arena_alloc(&arena, count + parts + 1, sizeof(th_layout *));
	c.name = th_arena_alloc(&arena, parts + 1, sizeof *c.name);
	c.compared = th_arena_alloc(&arena, count + 1, sizeof *c.compared);
	const bool good = c.quiet && c.table && c.layout && c.name && c.compared;
	th_status worst = !good ? TH_SYSTEM : parts > MOST ? TH_OK : compare(&c, sums, count, part, parts, &arena);
	if (worst == TH_SYSTEM)
		worst = th_no_memory(diags);
	for (size_t i = 0; i < count && worst == TH_OK; i++) {
		const char *name = name_of(&arena, sums[i]);
		worst = name ? tell(sums[i], name, c.compared[i], c.layout[i] ? th_layout_lines(c.layout[i]) : 0, diags) : th_no_memory(diags);
	}
	for (size_t i = 0; c.table && i < count + parts; i++)
		th_rows_close(c.table[i].rows);
	th_diags_free(c.quiet);
	th_arena_free(&arena);
	return worst;
}
