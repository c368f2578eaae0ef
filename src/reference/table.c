/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/table.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/near.h"
#include "base/utf8.h"
#include "reference/loader.h"

/* A canonical name or an alias of one column of one kind of file. */
struct entry {
	th_slice kind, column, text;
	size_t line;
};

struct th_columns {
	th_arena arena;
	th_intern key;        /* kind, unit separator, folded name */
	struct entry *entry;  /* by number of the key */
};

th_columns *th_columns_new(void)
{
	return calloc(1, sizeof(th_columns));
}

void th_columns_free(th_columns *columns)
{
	if (!columns)
		return;
	th_intern_free(&columns->key);
	th_arena_free(&columns->arena);
	free(columns->entry);
	free(columns);
}

static void put_key(th_buf *buf, th_slice kind, th_slice name)
{
	th_buf_clear(buf);
	th_buf_slice(buf, kind);
	th_buf_char(buf, '\x1F');
	th_utf8_key(name, buf);
}

enum { C_FILE, C_COLUMN, C_ALIASES, C_COUNT };
static const th_column columns_columns[C_COUNT] = {{"file", true}, {"column", true}, {"aliases", true}};

static bool add_name(th_loader *l, th_columns *columns, size_t at, th_slice kind, th_slice column, th_slice name, th_buf *buf)
{
	put_key(buf, kind, name);
	uint32_t count = columns->key.count;
	struct entry *grown = th_grown(columns->entry, count, sizeof *grown);
	if (grown)
		columns->entry = grown;
	uint32_t number = grown && !buf->failed ? th_intern_add(&columns->key, th_buf_view(buf)) : TH_NONE;
	if (number == TH_NONE)
		return th_loader_no_memory(l);
	struct entry *entry = &columns->entry[number];
	if (number == count) {
		*entry = (struct entry){kind, column, name, l->record.line};
		return th_loader_copy(l, &columns->arena, name, &entry->text);
	}
	if (!th_slice_eq(entry->column, column))
		TH_FAIL(l, at, TH_NAME_TWICE, th_loader_text(l, name), th_loader_text(l, entry->column), th_loader_text(l, column),
		        th_loader_printf(l, "%zu", entry->line), NULL);
	return true;
}

static void add_row(th_loader *l, th_columns *columns, th_buf *buf)
{
	th_slice kind, column, alias, rest = th_loader_cell(l, C_ALIASES);
	if (!th_loader_filled(l, C_FILE) || !th_loader_filled(l, C_COLUMN) ||
	    !th_loader_copy(l, &columns->arena, th_loader_cell(l, C_FILE), &kind) ||
	    !th_loader_copy(l, &columns->arena, th_loader_cell(l, C_COLUMN), &column) ||
	    !add_name(l, columns, C_COLUMN, kind, column, column, buf))
		return;
	while (th_slice_split(&rest, ';', &alias))
		if (alias.len && !add_name(l, columns, C_ALIASES, kind, column, alias, buf))
			return;
}

th_status th_columns_load(th_columns *columns, const char *path, th_diags *diags)
{
	th_loader l;
	th_buf buf = {0};
	if (th_loader_open(&l, path, TH_ENC_UTF8, NULL, "columns", columns_columns, C_COUNT, diags))
		while (th_loader_next(&l))
			add_row(&l, columns, &buf);
	th_buf_free(&buf);
	return th_loader_close(&l);
}

th_slice th_column_named(const th_columns *columns, const char *kind, th_slice name)
{
	th_buf key = {0};
	put_key(&key, th_slice_of(kind), name);
	uint32_t number = key.failed ? TH_NONE : th_intern_find(&columns->key, th_buf_view(&key));
	th_buf_free(&key);
	return number == TH_NONE ? (th_slice){"", 0} : columns->entry[number].column;
}

/* --- headers --- */

static th_status no_memory(th_diags *diags, const char *path)
{
	return th_report(diags, TH_NO_MEMORY, (th_pos){path, 0, 0, NULL}, "column names", NULL);
}

static void worsen(th_status *status, th_status with)
{
	if (with > *status)
		*status = with;
}

th_pos th_cell_place(const th_csv *csv, const th_record *record, const char *path, int index, const char *name)
{
	th_pos pos = {path, record->line, 1, name};
	if (index >= 0)
		th_csv_place(csv, record, (size_t)index, &pos.line, &pos.column);
	return pos;
}

struct mapping {
	const th_columns *columns;
	th_slice kind;
	const th_csv *csv;
	const char *path;
	const th_column *want;
	size_t count;
	int *cell;
	th_diags *diags;
	th_buf key, text; /* scratch */
};

/* Which of want[] a header is; count when none. */
static size_t column_of(struct mapping *m, th_slice header)
{
	put_key(&m->key, m->kind, header);
	if (m->key.failed)
		return m->count;
	uint32_t number = m->columns ? th_intern_find(&m->columns->key, th_buf_view(&m->key)) : TH_NONE;
	th_slice folded = {m->key.ptr + m->kind.len + 1, m->key.len - m->kind.len - 1};
	th_slice name = number == TH_NONE ? folded : m->columns->entry[number].column;
	size_t i = 0;
	while (i < m->count && !th_slice_eq(name, th_slice_of(m->want[i].name)))
		i++;
	return i;
}

/* The known name nearest to a header: canonical names and aliases of the wanted columns. */
static th_slice nearest_column(const struct mapping *m, th_slice header)
{
	th_near_name best = {.text = header};
	for (size_t i = 0; i < m->count; i++)
		if (m->cell[i] < 0)
			th_near_offer(&best, th_slice_of(m->want[i].name));
	for (uint32_t e = 0; m->columns && e < m->columns->key.count; e++)
		if (th_slice_eq(m->columns->entry[e].kind, m->kind))
			th_near_offer(&best, m->columns->entry[e].text);
	return th_near_found(&best);
}

static const char *scratch_text(struct mapping *m, th_slice text)
{
	th_buf_clear(&m->text);
	th_buf_slice(&m->text, text);
	th_buf_char(&m->text, '\0');
	return m->text.failed ? "" : m->text.ptr;
}

static th_status report_unknown(struct mapping *m, const th_record *header, size_t index)
{
	th_pos pos = th_cell_place(m->csv, header, m->path, (int)index, NULL);
	th_slice near = nearest_column(m, header->cell[index]);
	char meant[4 * TH_NEAR_LONGEST + 1];
	if (near.len == 0 || near.len >= sizeof meant || th_slice_eq(near, header->cell[index]))
		return th_report(m->diags, TH_COLUMN_UNKNOWN, pos, scratch_text(m, header->cell[index]), NULL);
	memcpy(meant, near.ptr, near.len);
	meant[near.len] = '\0';
	return th_report(m->diags, TH_COLUMN_MEANT, pos, scratch_text(m, header->cell[index]), meant, NULL);
}

static th_status report_missing(struct mapping *m, const th_record *header, size_t which)
{
	th_buf_clear(&m->key);
	th_slice name = th_slice_of(m->want[which].name);
	for (uint32_t e = 0; m->columns && e < m->columns->key.count; e++) {
		const struct entry *entry = &m->columns->entry[e];
		if (!th_slice_eq(entry->kind, m->kind) || !th_slice_eq(entry->column, name) || th_slice_eq(entry->text, name))
			continue;
		th_buf_str(&m->key, m->key.len ? ", " : "");
		th_buf_slice(&m->key, entry->text);
	}
	if (m->key.len == 0)
		th_buf_str(&m->key, "-");
	th_buf_char(&m->key, '\0');
	th_buf_clear(&m->text);
	for (size_t i = 0; i < header->cells && m->text.len < 240; i++) {
		th_buf_str(&m->text, i ? ", " : "");
		th_buf_slice(&m->text, header->cell[i]);
	}
	th_buf_char(&m->text, '\0');
	if (m->key.failed || m->text.failed)
		return no_memory(m->diags, m->path);
	return th_report(m->diags, TH_COLUMN_MISSING, (th_pos){m->path, 1, 1, m->want[which].name}, m->want[which].name, m->key.ptr,
	                 m->text.ptr, NULL);
}

static th_status map_header(struct mapping *m, const th_record *header)
{
	th_status status = TH_OK;
	size_t nameless = 0, first_nameless = 0;
	for (size_t i = 0; i < header->cells; i++) {
		if (header->cell[i].len == 0) {
			first_nameless = nameless++ ? first_nameless : i;
			continue;
		}
		size_t which = column_of(m, header->cell[i]);
		if (m->key.failed)
			return no_memory(m->diags, m->path);
		if (which == m->count)
			continue;
		if (m->cell[which] >= 0) {
			char first[32];
			snprintf(first, sizeof first, "%d", m->cell[which] + 1);
			worsen(&status, th_report(m->diags, TH_COLUMN_TWICE, th_cell_place(m->csv, header, m->path, (int)i, m->want[which].name),
			                          m->want[which].name, first, scratch_text(m, header->cell[i]), NULL));
			continue;
		}
		m->cell[which] = (int)i;
	}
	/* Only now is it known which columns are still looked for: an unknown header may have been meant as one of them. */
	for (size_t i = 0; i < header->cells; i++)
		if (header->cell[i].len && column_of(m, header->cell[i]) == m->count)
			worsen(&status, report_unknown(m, header, i));
	if (nameless) {
		char count[32];
		snprintf(count, sizeof count, "%zu", nameless);
		worsen(&status, th_report(m->diags, TH_COLUMN_NAMELESS, th_cell_place(m->csv, header, m->path, (int)first_nameless, NULL), count, NULL));
	}
	for (size_t i = 0; i < m->count; i++)
		if (m->cell[i] < 0 && m->want[i].required)
			worsen(&status, report_missing(m, header, i));
	return m->key.failed || m->text.failed ? no_memory(m->diags, m->path) : status;
}

th_status th_table_map(const th_columns *columns, const char *kind, const th_csv *csv, const char *path, const th_column *want,
                       size_t count, int *cell, th_diags *diags)
{
	struct mapping m = {columns, th_slice_of(kind), csv, path, want, count, cell, diags, {0}, {0}};
	for (size_t i = 0; i < count; i++)
		cell[i] = -1;
	th_status status = map_header(&m, th_csv_header(csv));
	th_buf_free(&m.key);
	th_buf_free(&m.text);
	return status;
}
