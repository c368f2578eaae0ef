/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What headers say by themselves: their names, and whether they are of another table or in another encoding. */
#include "reference/table.h"

/* --- what a header says --- */

/* 单位：万千瓦时 in brackets says no more than 万千瓦时. */
static th_slice without_word(th_slice text)
{
	static const char *const words[] = {"计量单位", "数量单位", "单位", "unit"}, *const behind[] = {":", "："};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) {
			size_t len = strlen(words[i]), sign = strlen(behind[k]);
			if (text.len > len + sign && memcmp(text.ptr, words[i], len) == 0 && memcmp(text.ptr + len, behind[k], sign) == 0)
				return th_slice_trim((th_slice){text.ptr + len + sign, text.len - len - sign});
		}
	return text;
}

th_slice th_header_name(th_slice header, th_slice *unit)
{
	static const struct { th_slice open, close; } brackets[] = {{{"(", 1}, {")", 1}}, {{"（", 3}, {"）", 3}}, {{"[", 1}, {"]", 1}}};
	*unit = (th_slice){"", 0};
	for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
		size_t open = brackets[i].open.len, close = brackets[i].close.len;
		if (header.len <= open + close || memcmp(header.ptr + header.len - close, brackets[i].close.ptr, close) != 0)
			continue;
		for (size_t at = 1; at + open + close <= header.len; at++)
			if (memcmp(header.ptr + at, brackets[i].open.ptr, open) == 0) {
				*unit = without_word(th_slice_trim((th_slice){header.ptr + at + open, header.len - at - open - close}));
				return th_slice_trim((th_slice){header.ptr, at});
			}
	}
	return header;
}

/* --- a table in place of another --- */

/* What the files are called, for those who gave one for another. */
static const struct { const char *kind, *en, *zh; } tables[] = {
	{"inventory", "an inventory", "活动数据表"}, {"case", "the facts of a case", "基本信息表"}, {"measures", "measures", "措施表"}, {"targets", "targets", "目标表"},
	{"params", "parameters or assumptions", "参数或测算假设表"}, {"instruments", "contracts and certificates of power", "绿电绿证表"},
	{"factors", "factors", "自备因子表"}, {"units", "units", "自备单位表"},
};

enum { TABLES = sizeof tables / sizeof *tables };

/* Its place among them, TABLES: it has none. */
static size_t table_of(const char *kind)
{
	size_t i = 0;
	while (i < TABLES && strcmp(tables[i].kind, kind) != 0)
		i++;
	return i;
}

th_slice th_table_called(th_slice kind, th_lang lang)
{
	for (size_t i = 0; i < TABLES; i++)
		if (th_slice_eq(kind, th_slice_of(tables[i].kind)))
			return th_slice_of(lang == TH_LANG_ZH ? tables[i].zh : tables[i].en);
	return (th_slice){"", 0};
}

static size_t named_as(const th_columns *columns, const char *kind, const th_record *header, size_t *filled)
{
	size_t known = 0;
	*filled = 0;
	for (size_t i = 0; i < header->cells; i++) {
		th_slice unit, name = th_header_name(header->cell[i], &unit);
		*filled += header->cell[i].len > 0;
		known += header->cell[i].len > 0 && (th_column_named(columns, kind, header->cell[i]).len > 0 ||
		                                     (name.len < header->cell[i].len && th_column_named(columns, kind, name).len > 0));
	}
	return known;
}

/* A header in one cell, whose names of columns have a full-width sign between them: the sign, else NULL. */
static const char *wide_separator(const th_columns *columns, const char *kind, const th_record *header)
{
	static const char *const signs[] = {"，", "；", "、", "｜", "|"};
	for (size_t k = 0; header->cells == 1 && k < sizeof signs / sizeof *signs; k++) {
		th_slice text = header->cell[0], sign = th_slice_of(signs[k]);
		size_t known = 0, from = 0;
		for (size_t at = 0; at <= text.len; at++) {
			if (at < text.len && !th_slice_starts((th_slice){text.ptr + at, text.len - at}, sign))
				continue;
			known += at > from && th_column_named(columns, kind, th_slice_trim((th_slice){text.ptr + from, at - from})).len > 0;
			from = at + sign.len;
		}
		if (known > 1)
			return signs[k];
	}
	return NULL;
}

th_status th_table_is_other(const th_columns *columns, const char *kind, const th_rows *rows, th_diags *diags, bool *other)
{
	const th_record *header = th_rows_header(rows);
	const char *wide = columns ? wide_separator(columns, kind, header) : NULL;
	if (wide) {
		*other = true;
		return th_report(diags, TH_TABLE_SEPARATOR, (th_pos){th_rows_path(rows), header->line, 1, NULL}, wide, NULL);
	}
	size_t filled = 0, most = 0, which = 0, own = columns ? named_as(columns, kind, header, &filled) : 0, here = table_of(kind);
	*other = false;
	if (!columns || here == TABLES || own == filled) /* no other table has more of its columns */
		return TH_OK;
	for (size_t i = 0; i < TABLES; i++) {
		size_t known = i == here ? 0 : named_as(columns, tables[i].kind, header, &filled);
		if (known > most) {
			most = known;
			which = i;
		}
	}
	if (most < 4 || (most < own + 2 && !(most == filled && own < most)) || 2 * most <= filled)
		return TH_OK;
	*other = true;
	th_buf is = {0}, wanted = {0};
	th_buf_both(&is, th_slice_of(tables[which].en), th_slice_of(tables[which].zh));
	th_buf_both(&wanted, th_slice_of(tables[here].en), th_slice_of(tables[here].zh));
	th_buf_char(&is, '\0');
	th_buf_char(&wanted, '\0');
	th_status status = is.failed || wanted.failed ? th_no_memory(diags) : th_report(diags, TH_TABLE_OTHER, (th_pos){th_rows_path(rows), 1, 1, NULL}, is.ptr, wanted.ptr, NULL);
	th_buf_free(&is);
	th_buf_free(&wanted);
	return status;
}

/* --- an encoding that was guessed --- */

enum { MOST_LOOKED_AT = 1000 };

static bool is_ascii(th_slice text)
{
	size_t i = 0;
	while (i < text.len && (unsigned char)text.ptr[i] < 0x80)
		i++;
	return i == text.len;
}

void th_doubt_look(th_doubt *doubt, const th_columns *columns, const th_record *record)
{
	for (size_t i = 0; i < record->cells && doubt->open && doubt->looked < MOST_LOOKED_AT; i++) {
		th_slice cell = record->cell[i];
		if (is_ascii(cell))
			continue;
		if (doubt->looked++ == 0) {
			size_t len = cell.len < sizeof doubt->first ? cell.len : sizeof doubt->first - 1;
			while (len < cell.len && ((unsigned char)cell.ptr[len] & 0xC0) == 0x80)
				len--;
			memcpy(doubt->first, cell.ptr, len);
			doubt->first[len] = '\0';
		}
		doubt->open = !th_columns_know(columns, cell);
	}
}

void th_doubt_start(th_doubt *doubt, const th_columns *columns, const th_rows *rows)
{
	*doubt = (th_doubt){.open = th_rows_guessed(rows) || th_rows_ambiguous(rows)};
	th_doubt_look(doubt, columns, th_rows_header(rows));
}

th_status th_doubt_end(const th_doubt *doubt, const th_rows *rows, th_diags *diags)
{
	if (!doubt->open || !rows)
		return TH_OK;
	return th_report(diags, TH_ENCODING_UNCONFIRMED, (th_pos){th_rows_path(rows), 1, 1, NULL}, doubt->first, (char *)NULL);
}
