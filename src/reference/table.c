/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/table.h"

#include <stdio.h>

#include "base/near.h"
#include "base/utf8.h"

static void worsen(th_status *status, th_status with)
{
	if (with > *status)
		*status = with;
}

th_pos th_cell_place(const th_rows *rows, const th_record *record, int index, const char *name)
{
	return index >= 0 ? th_rows_place(rows, record, (size_t)index, name) : (th_pos){th_rows_path(rows), record->line, 1, name};
}

struct mapping {
	const th_columns *columns;
	const char *kind;
	const th_rows *rows;
	const th_column *want;
	size_t count;
	int *cell;
	th_diags *diags;
	th_buf key, text; /* scratch */
};

/* Whose readers look for a unit in the header. */
static bool has_units_in_headers(const struct mapping *m)
{
	static const char *const kinds[] = {"measures", "targets", "params", "delivered", "series"};
	for (size_t i = 0; m->columns && i < sizeof kinds / sizeof *kinds; i++)
		if (th_slice_eq(th_slice_of(m->kind), th_slice_of(kinds[i])))
			return true;
	return false;
}

static size_t named(struct mapping *m, th_slice header)
{
	th_slice name = m->columns ? th_column_named(m->columns, m->kind, header) : (th_slice){"", 0};
	if (name.len == 0) { /* a table may have canonical names that columns.csv does not list */
		th_buf_clear(&m->key);
		th_utf8_key(header, &m->key);
		name = th_buf_view(&m->key);
	}
	size_t i = 0;
	while (i < m->count && !m->key.failed && !th_slice_eq(name, th_slice_of(m->want[i].name)))
		i++;
	return m->key.failed ? m->count : i;
}

/* Which of want[] a header is; count when none. */
static size_t column_of(struct mapping *m, th_slice header)
{
	th_slice unit;
	size_t which = named(m, header);
	if (which < m->count || m->key.failed)
		return which;
	which = named(m, th_header_name(header, &unit));
	return which < m->count && unit.len && (has_units_in_headers(m) || m->want[which].required == TH_COLUMN_MEASURED) ? which : m->count;
}

/* The known name nearest to a header: canonical names and aliases of the wanted columns. */
static th_slice nearest_column(const struct mapping *m, th_slice header)
{
	th_near_name best = {.text = header};
	for (size_t i = 0; i < m->count; i++)
		if (m->cell[i] < 0)
			th_near_offer(&best, th_slice_of(m->want[i].name));
	uint32_t at = 0;
	for (const th_column_name *name; (name = th_columns_each(m->columns, m->kind, &at)) != NULL;)
		th_near_offer(&best, name->text);
	return th_near_found(&best);
}

/* --- an unknown header that looks like a column the file does not have --- */

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

/* A name of three characters or more stands in the header, an English one as a word: 减排量合计, reduction_t; but no end in vendor. */
static bool holds(th_slice header, th_slice name)
{
	if (th_utf8_length(name) < 3)
		return false;
	for (size_t at = 0; at + name.len <= header.len; at++) {
		size_t i = 0;
		while (i < name.len && lower(header.ptr[at + i]) == lower(name.ptr[i]))
			i++;
		bool starts = at == 0 || !is_letter((unsigned char)header.ptr[at - 1]) || !is_letter((unsigned char)name.ptr[0]);
		bool ends = at + i == header.len || !is_letter((unsigned char)header.ptr[at + i]) || !is_letter((unsigned char)name.ptr[name.len - 1]);
		if (i == name.len && starts && ends)
			return true;
	}
	return false;
}

struct likeness {
	th_slice header, name; /* the nearest so far that was meant as a column which is asked for */
	size_t distance, any;  /* its; the least to any name of the table */
	size_t which;          /* of want[] */
};

/* 完成率, 减排比例: a share of what the column holds is not what it holds. */
static bool is_share(th_slice name)
{
	static const char *const ends[] = {"率", "比例", "占比", "百分比", "进度"};
	bool found = false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends && !found; i++) {
		size_t len = strlen(ends[i]);
		found = name.len > len && memcmp(name.ptr + name.len - len, ends[i], len) == 0;
	}
	return found;
}

/* Two characters of a script like 汉字, one of them another: 凭正 of 凭证. Not words that are others by themselves. */
static bool is_short_slip(th_slice header, th_slice name, size_t distance)
{
	static const char *const words[] = {
		"依据", "票据", "单据", "数据", "条件", "文件", "附注", "附图", "附表", "附加", "证号", "单价", "单号", "单元", "部位", "定位", "岗位", "职位", "地区", "住所",
		"年数", "上限", "下限", "权限", "开支", "结果", "结算", "结余", "完善", "组成", "构成", "生产", "资产", "投资", "投入", "建设", "建议", "动态", "开展", "程度",
		"强度", "年度", "年份", "费用", "使用", "变动", "流动", "活力", "节点", "节电", "节水", "节气", "目标", "指数", "类别",
	};
	if (distance != 1 || th_utf8_length(header) != 2 || th_utf8_length(name) != 2 || (unsigned char)*header.ptr < 0xE3 || (unsigned char)*name.ptr < 0xE3)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (th_slice_eq(header, th_slice_of(words[i])))
			return false;
	return true;
}

/* A name of column `which`; of one that the file has it says only how near the nearest is. */
static void liken(const struct mapping *m, struct likeness *like, size_t which, th_slice name)
{
	size_t distance = th_distance(like->header, name);
	if (is_share(like->header) && !is_share(name))
		return;
	if (!holds(like->header, name) && (distance == SIZE_MAX || !(th_near(like->header, distance) || is_short_slip(like->header, name, distance))))
		return;
	if (distance < like->any)
		like->any = distance;
	if (which == m->count || m->cell[which] >= 0 || !(m->want[which].required & (true | TH_COLUMN_DECIDES)) || distance >= like->distance)
		return;
	like->distance = distance;
	like->which = which;
	like->name = name;
}

/* Was the header meant as a required or a deciding column that the file does not have? Not when another name is nearer. */
static bool looks_like(const struct mapping *m, th_slice header, struct likeness *like)
{
	th_slice unit;
	*like = (struct likeness){.header = th_header_name(header, &unit), .distance = SIZE_MAX, .any = SIZE_MAX};
	for (size_t i = 0; i < m->count; i++)
		liken(m, like, i, th_slice_of(m->want[i].name));
	uint32_t at = 0;
	for (const th_column_name *name; (name = th_columns_each(m->columns, m->kind, &at)) != NULL;) {
		size_t which = 0;
		while (which < m->count && !th_slice_eq(name->column, th_slice_of(m->want[which].name)))
			which++;
		liken(m, like, which, name->text);
	}
	return like->name.len && like->distance <= like->any;
}

static const char *scratch_text(struct mapping *m, th_slice text)
{
	th_buf_clear(&m->text);
	th_buf_slice(&m->text, text);
	th_buf_char(&m->text, '\0');
	return m->text.failed ? "" : m->text.ptr;
}

static const char *scratch_other(struct mapping *m, th_slice text)
{
	th_buf_clear(&m->key);
	th_buf_slice(&m->key, text);
	th_buf_char(&m->key, '\0');
	return m->key.failed ? "" : m->key.ptr;
}

static th_status report_unknown(struct mapping *m, const th_record *header, size_t index)
{
	th_pos pos = th_cell_place(m->rows, header, (int)index, NULL);
	if (strcmp(m->kind, "inventory") == 0 && th_columns_unread(m->columns, header->cell[index]))
		return TH_OK;
	struct likeness like;
	bool lacks = looks_like(m, header->cell[index], &like);
	th_slice near = lacks ? like.name : nearest_column(m, header->cell[index]);
	char meant[4 * TH_NEAR_LONGEST + 1];
	if (near.len == 0 || near.len >= sizeof meant || th_slice_eq(near, header->cell[index]))
		return th_report(m->diags, TH_COLUMN_UNKNOWN, pos, scratch_text(m, header->cell[index]), NULL);
	memcpy(meant, near.ptr, near.len);
	meant[near.len] = '\0';
	if (lacks && m->want[like.which].required == TH_COLUMN_DECIDES)
		return th_report(m->diags, TH_COLUMN_DECIDING, pos, scratch_text(m, header->cell[index]), meant, m->want[like.which].name, NULL);
	return th_report(m->diags, TH_COLUMN_MEANT, pos, scratch_text(m, header->cell[index]), meant, NULL);
}

/* Of the headers that name no column, the one that was probably meant as this column; empty when none is near. */
static th_slice misspelt(struct mapping *m, const th_record *header, size_t which)
{
	th_slice found = {"", 0};
	size_t least = SIZE_MAX;
	for (size_t i = 0; i < header->cells; i++) {
		if (header->cell[i].len == 0 || column_of(m, header->cell[i]) < m->count)
			continue;
		bool inside = false;
		th_near_name best = {.text = header->cell[i]};
		th_near_offer(&best, th_slice_of(m->want[which].name));
		uint32_t at = 0;
		for (const th_column_name *name; (name = th_columns_each(m->columns, m->kind, &at)) != NULL;)
			if (th_slice_eq(name->column, th_slice_of(m->want[which].name))) {
				th_near_offer(&best, name->text);
				inside |= th_advised(best.text, &name->text, 1).len > 0;
			}
		bool near = th_near_found(&best).len > 0 || (th_utf8_length(best.text) == 2 && best.distance == 1 && (unsigned char)*best.text.ptr >= 0x80);
		if (!near && inside && found.len == 0)
			found = header->cell[i];
		if (near && best.distance < least) {
			least = best.distance;
			found = header->cell[i];
		}
	}
	return found;
}

enum { MOST_NAMES = 4 }; /* of a column that a message lists */

static void put_between(th_buf *list, bool en, bool zh)
{
	th_buf_both(list, en ? TH_S(", ") : TH_S(""), zh ? TH_S("、") : TH_S(""));
}

static th_status report_missing(struct mapping *m, const th_record *header, size_t which)
{
	th_buf_clear(&m->key);
	th_slice name = th_slice_of(m->want[which].name);
	th_slice called = {"", 0};
	uint32_t at = 0;
	int en = 0, zh = 0;
	for (const th_column_name *alias; (alias = th_columns_each(m->columns, m->kind, &at)) != NULL;) {
		bool chinese = alias->text.len > 0 && (unsigned char)*alias->text.ptr >= 0x80;
		if (!th_slice_eq(alias->column, name) || th_slice_eq(alias->text, name))
			continue;
		th_slice of_en = en < MOST_NAMES ? alias->text : TH_S(""), of_zh = chinese && zh < MOST_NAMES ? alias->text : TH_S("");
		if (of_en.len || of_zh.len) {
			put_between(&m->key, of_en.len && en, of_zh.len && zh);
			th_buf_both(&m->key, of_en, of_zh);
		}
		en += of_en.len > 0;
		zh += of_zh.len > 0;
		called = called.len ? called : of_zh;
	}
	th_buf both = {0}, meant = {0};
	th_buf_both(&both, name, called.len ? called : name);
	th_buf_char(&both, '\0');
	th_buf_char(&m->key, '\0');
	th_buf_clear(&m->text);
	for (size_t i = 0; i < header->cells && m->text.len < 240; i++) {
		if (i)
			put_between(&m->text, true, true);
		th_buf_slice(&m->text, header->cell[i]);
	}
	th_buf_char(&m->text, '\0');
	th_buf names = m->key; /* looking for what was meant needs the scratch */
	m->key = (th_buf){0};
	th_buf_slice(&meant, misspelt(m, header, which));
	th_buf_char(&meant, '\0');
	m->key.failed |= names.failed || meant.failed;
	const th_pos pos = {th_rows_path(m->rows), 1, 1, m->want[which].name};
	th_status status = m->key.failed || m->text.failed || both.failed
	                       ? th_no_memory(m->diags) : th_report(m->diags, TH_COLUMN_MISSING, pos, both.ptr, names.ptr, m->text.ptr, meant.ptr, NULL);
	th_buf_free(&both);
	th_buf_free(&names);
	th_buf_free(&meant);
	return status;
}

/* --- the columns --- */

static bool lacks_required(const struct mapping *m)
{
	bool lacks = false;
	for (size_t i = 0; i < m->count; i++)
		lacks |= m->cell[i] < 0 && m->want[i].required == true;
	return lacks;
}

/* 申报单位: no column that a reader asks for, since a case is of one, and none that it leaves out. */
static bool tells_applicants(const struct mapping *m, th_slice header)
{
	return m->columns && th_slice_eq(th_column_named(m->columns, m->kind, header), TH_S("applicant"));
}

static th_status take_headers(struct mapping *m, const th_record *header)
{
	th_status status = TH_OK;
	for (size_t i = 0; i < header->cells; i++) {
		size_t which = header->cell[i].len ? column_of(m, header->cell[i]) : m->count;
		if (m->key.failed)
			return th_no_memory(m->diags);
		if (which == m->count)
			continue;
		if (m->cell[which] >= 0) {
			char first[32];
			snprintf(first, sizeof first, "%d", m->cell[which] + 1);
			worsen(&status, th_report(m->diags, TH_COLUMN_TWICE, th_cell_place(m->rows, header, (int)i, m->want[which].name),
			                          scratch_text(m, header->cell[m->cell[which]]), first, scratch_other(m, header->cell[i]), NULL));
			continue;
		}
		m->cell[which] = (int)i;
	}
	return status;
}

static th_status map_header(struct mapping *m, const th_record *header)
{
	bool other;
	th_status status = th_table_is_other(m->columns, m->kind, m->rows, m->diags, &other);
	size_t nameless = 0, first_nameless = 0;
	if (status != TH_OK)
		return status;
	for (size_t i = 0; i < header->cells; i++)
		if (header->cell[i].len == 0)
			first_nameless = nameless++ ? first_nameless : i;
	status = take_headers(m, header);
	if (m->key.failed)
		return status;
	/* Only now is it known which columns are still looked for: an unknown header may have been meant as one of them. Where one lacks that
	 * must be there, its error shows the whole header, and the nearest of it. */
	bool lacks = lacks_required(m);
	for (size_t i = 0; i < header->cells && !lacks; i++)
		if (header->cell[i].len && column_of(m, header->cell[i]) == m->count && !tells_applicants(m, header->cell[i]))
			worsen(&status, report_unknown(m, header, i));
	if (nameless && !lacks) {
		char count[32];
		snprintf(count, sizeof count, "%zu", nameless);
		worsen(&status, th_report(m->diags, TH_COLUMN_NAMELESS, th_cell_place(m->rows, header, (int)first_nameless, NULL), count, NULL));
	}
	for (size_t i = 0; i < m->count; i++)
		if (m->cell[i] < 0 && m->want[i].required == true)
			worsen(&status, report_missing(m, header, i));
	return m->key.failed || m->text.failed ? th_no_memory(m->diags) : status;
}

static th_status map(const th_columns *columns, const char *kind, th_rows *rows, const th_column *want, size_t count, int *cell, th_diags *diags,
                     th_status (*by)(struct mapping *, const th_record *))
{
	struct mapping m = {columns, kind, rows, want, count, cell, diags, {0}, {0}};
	for (size_t i = 0; i < count; i++)
		cell[i] = -1;
	th_status status = by(&m, th_rows_header(rows));
	th_rows_read(rows, cell, count);
	th_buf_free(&m.key);
	th_buf_free(&m.text);
	return status;
}

th_status th_table_map(const th_columns *columns, const char *kind, th_rows *rows, const th_column *want, size_t count, int *cell, th_diags *diags)
{
	return th_diags_table(diags, th_rows_path(rows), kind) ? map(columns, kind, rows, want, count, cell, diags, map_header) : th_no_memory(diags);
}

th_status th_table_find(const th_columns *columns, const char *kind, th_rows *rows, const th_column *want, size_t count, int *cell, th_diags *diags)
{
	return map(columns, kind, rows, want, count, cell, diags, take_headers);
}
