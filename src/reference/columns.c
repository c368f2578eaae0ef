/* SPDX-License-Identifier: GPL-3.0-or-later */
/* columns.csv: what the columns of files may be called. */
#include "reference/columns.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"
#include "reference/loader.h"

struct th_columns {
	th_arena arena;
	th_intern key;        /* kind, unit separator, folded name */
	th_column_name *entry; /* by number of the key */
};

th_columns *th_columns_new(void)
{
	return th_calloc(1, sizeof(th_columns));
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
	th_column_name *grown = th_grown(columns->entry, count, sizeof *grown);
	if (grown)
		columns->entry = grown;
	uint32_t number = grown && !buf->failed ? th_intern_add(&columns->key, th_buf_view(buf)) : TH_NONE;
	if (number == TH_NONE)
		return th_loader_no_memory(l);
	th_column_name *entry = &columns->entry[number];
	if (number == count) {
		*entry = (th_column_name){kind, column, name, l->record.line};
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
	char place[TH_KEY_PLACE];
	bool longer = strlen(kind) + 1 + name.len > TH_KEY_LONGEST;
	th_buf key = longer ? (th_buf){0} : (th_buf){.ptr = place, .cap = sizeof place};
	put_key(&key, th_slice_of(kind), name);
	uint32_t number = key.failed ? TH_NONE : th_intern_find(&columns->key, th_buf_view(&key));
	if (longer)
		th_buf_free(&key);
	return number == TH_NONE ? (th_slice){"", 0} : columns->entry[number].column;
}

const th_column_name *th_columns_each(const th_columns *columns, const char *kind, uint32_t *at)
{
	while (columns && *at < columns->key.count) {
		const th_column_name *entry = &columns->entry[(*at)++];
		if (th_slice_eq(entry->kind, th_slice_of(kind)))
			return entry;
	}
	return NULL;
}
