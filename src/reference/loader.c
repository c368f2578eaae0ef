/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/loader.h"

#include <stdarg.h>

#include "base/filename.h"
#include "base/print.h"

bool th_loader_open_rows(th_loader *l, const char *path, th_encoding encoding, const th_columns *columns, const th_column *want, size_t count,
                         th_diags *diags)
{
	*l = th_loader_plain(path, diags);
	l->want = want;
	l->count = count;
	l->columns = columns;
	th_loader_worse(l, th_rows_open(path, encoding, diags, &l->rows));
	if (l->status == TH_OK)
		th_doubt_start(&l->doubt, columns, l->rows);
	return l->status == TH_OK;
}

bool th_loader_map(th_loader *l, const char *kind)
{
	l->kind = kind;
	th_loader_worse(l, th_table_map(l->columns, kind, l->rows, l->want, l->count, l->cell, l->diags));
	return l->status == TH_OK;
}

bool th_loader_open(th_loader *l, const char *path, th_encoding encoding, const th_columns *columns, const char *kind,
                    const th_column *want, size_t count, th_diags *diags)
{
	return th_loader_open_rows(l, path, encoding, columns, want, count, diags) && th_loader_map(l, kind);
}

bool th_loader_open_data(th_loader *l, th_arena *arena, const char *dir, const char *name, const th_column *want, size_t count,
                         th_diags *diags)
{
	const char *path = th_path_join(arena, dir, name);
	if (path)
		return th_loader_open(l, path, TH_ENC_UTF8, NULL, name, want, count, diags);
	*l = th_loader_plain(dir, diags);
	return th_loader_no_memory(l);
}

th_loader th_loader_plain(const char *path, th_diags *diags)
{
	return (th_loader){.diags = diags, .path = path, .errors = th_diags_errors(diags)};
}

/* In a table split by semicolons a comma inside the number of a unit may be a point: 1,000 kWh. */
static void look_at_units(th_loader *l)
{
	if (th_rows_delimiter(l->rows) != ';')
		return;
	for (size_t i = 0; i < l->count; i++) {
		th_slice name = th_slice_of(l->want[i].name), unit = TH_S("unit");
		if (name.len >= unit.len && memcmp(name.ptr + name.len - unit.len, unit.ptr, unit.len) == 0 && th_unit_has_comma(th_loader_cell(l, i)))
			TH_FAIL(l, i, TH_CELL_UNIT_COMMA, th_loader_text(l, th_loader_cell(l, i)), NULL);
	}
}

bool th_loader_next(th_loader *l)
{
	bool end = false;
	th_arena_reset(&l->scratch);
	if (l->status == TH_SYSTEM)
		return false;
	th_loader_worse(l, th_rows_next(l->rows, &l->record, &end));
	if (l->doubt.open && l->status != TH_SYSTEM && !end)
		th_doubt_look(&l->doubt, l->columns, &l->record);
	if (l->status != TH_SYSTEM && !end)
		look_at_units(l);
	return l->status != TH_SYSTEM && !end;
}

void th_loader_tell(const th_loader *l, const char **encoding, char sha256[65])
{
	*encoding = th_rows_encoding(l->rows);
	memcpy(sha256, th_rows_sha256(l->rows), 65);
}

th_status th_loader_close(th_loader *l)
{
	if (l->status == TH_OK && th_diags_errors(l->diags) > l->errors)
		l->status = TH_INVALID;
	if (l->status != TH_SYSTEM)
		th_loader_worse(l, th_doubt_end(&l->doubt, l->rows, l->diags));
	th_rows_close(l->rows);
	th_arena_free(&l->scratch);
	return l->status;
}

th_pos th_loader_at(const th_loader *l, size_t column)
{
	return th_cell_place(l->rows, &l->record, l->cell[column], l->want[column].name);
}

th_slice th_loader_header(const th_loader *l, size_t column)
{
	return th_cell(th_rows_header(l->rows), l->cell[column]);
}

th_slice th_loader_header_unit(const th_loader *l, size_t column)
{
	th_slice unit;
	(void)th_header_name(th_loader_header(l, column), &unit);
	return unit;
}

enum { SHOWN = 240 };

const char *th_loader_text(th_loader *l, th_slice text)
{
	if (text.len <= SHOWN) {
		th_slice copy = th_arena_copy(&l->scratch, text);
		if (!copy.ptr)
			th_loader_no_memory(l);
		return copy.ptr ? copy.ptr : "";
	}
	size_t cut = SHOWN;
	while (cut > 0 && ((unsigned char)text.ptr[cut] & 0xC0) == 0x80)
		cut--;
	return th_loader_printf(l, "%.*s...", (int)cut, text.ptr);
}

const char *th_loader_called(th_loader *l, size_t column)
{
	th_slice name = th_slice_of(l->want[column].name), title = l->kind ? th_column_title(l->columns, l->kind, name) : TH_S("");
	if (title.len == 0)
		title = th_column_title(l->columns, NULL, name);
	th_buf both = {0};
	th_buf_both(&both, name, title.len ? title : name);
	const char *text = both.failed ? "" : th_arena_copy(&l->scratch, th_buf_view(&both)).ptr;
	th_buf_free(&both);
	if (text && *text)
		return text;
	th_loader_no_memory(l);
	return "";
}

const char *th_loader_printf(th_loader *l, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	int need = th_vprint(NULL, 0, format, list);
	va_end(list);
	char *text = need < 0 ? NULL : th_arena_alloc(&l->scratch, (size_t)need + 1, 1);
	if (!text) {
		th_loader_no_memory(l);
		return "";
	}
	va_start(list, format);
	(void)th_vprint(text, (size_t)need + 1, format, list);
	va_end(list);
	return text;
}

void th_loader_worse(th_loader *l, th_status status)
{
	if (status > l->status)
		l->status = status;
}

bool th_loader_no_memory(th_loader *l)
{
	th_loader_worse(l, th_no_memory(l->diags));
	return false;
}

bool th_loader_filled(th_loader *l, size_t column)
{
	if (th_loader_cell(l, column).len)
		return true;
	TH_FAIL(l, column, TH_CELL_EMPTY, th_loader_called(l, column), NULL);
	return false;
}

bool th_loader_choice(th_loader *l, size_t column, const char *const *names, size_t count, size_t *which)
{
	th_slice text = th_loader_cell(l, column);
	for (*which = 0; *which < count; ++*which)
		if (th_slice_eq(text, th_slice_of(names[*which])))
			return true;
	th_buf list = {0};
	for (size_t i = 0; i < count; i++) {
		th_buf_str(&list, i ? ", " : "");
		th_buf_str(&list, *names[i] ? names[i] : "\"\"");
	}
	if (list.failed)
		th_loader_no_memory(l);
	else
		TH_FAIL(l, column, TH_CELL_CHOICE, th_loader_called(l, column), th_loader_text(l, text), th_loader_text(l, th_buf_view(&list)), NULL);
	th_buf_free(&list);
	return false;
}

const char *th_loader_words(th_loader *l, const char *kind, const char *const *names, size_t count)
{
	th_buf list = {0};
	th_put_column_words(l->columns, kind, names, count, &list);
	const char *text = list.failed ? "" : th_loader_text(l, th_buf_view(&list));
	if (list.failed)
		th_loader_no_memory(l);
	th_buf_free(&list);
	return text;
}

bool th_loader_word(th_loader *l, size_t column, const char *kind, const char *const *names, size_t count, size_t *which)
{
	th_slice text = th_loader_cell(l, column);
	*which = th_column_choice(l->columns, kind, text, names, count);
	if (*which < count)
		return true;
	TH_FAIL(l, column, TH_CELL_CHOICE, th_loader_called(l, column), th_loader_text(l, text), th_loader_words(l, kind, names, count), NULL);
	return false;
}

bool th_loader_unit(th_loader *l, const th_units *units, size_t column, th_unit *out)
{
	th_slice text = th_loader_cell(l, column), at = text;
	if (!th_loader_filled(l, column))
		return false;
	if (th_unit_parse(units, text, out, &at) == TH_UNIT_OK)
		return true;
	TH_FAIL(l, column, TH_CELL_UNIT, th_loader_text(l, text), th_loader_text(l, at), NULL);
	return false;
}

bool th_loader_copy(th_loader *l, th_arena *arena, th_slice text, th_slice *out)
{
	if (text.len == 0) {
		*out = (th_slice){"", 0};
		return true;
	}
	*out = th_arena_copy(arena, text);
	return out->ptr || th_loader_no_memory(l);
}
