/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/loader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

bool th_loader_open(th_loader *l, const char *path, th_encoding encoding, const th_columns *columns, const char *kind,
                    const th_column *want, size_t count, th_diags *diags)
{
	*l = th_loader_plain(path, diags);
	l->want = want;
	l->count = count;
	th_loader_worse(l, th_source_open(path, encoding, diags, &l->source));
	if (l->status == TH_OK)
		th_loader_worse(l, th_csv_open(l->source, diags, &l->csv));
	if (l->status == TH_OK)
		th_loader_worse(l, th_table_map(columns, kind, l->csv, path, want, count, l->cell, diags));
	return l->status == TH_OK;
}

bool th_loader_open_data(th_loader *l, th_reference *r, const char *dir, const char *name, const th_column *want, size_t count,
                         th_diags *diags)
{
	const char *path = th_path_join(&r->arena, dir, name);
	if (path)
		return th_loader_open(l, path, TH_ENC_UTF8, NULL, name, want, count, diags);
	*l = th_loader_plain(dir, diags);
	return th_loader_no_memory(l);
}

th_loader th_loader_plain(const char *path, th_diags *diags)
{
	return (th_loader){.diags = diags, .path = path, .errors = th_diags_errors(diags)};
}

bool th_loader_next(th_loader *l)
{
	bool end = false;
	th_arena_reset(&l->scratch);
	if (l->status == TH_SYSTEM)
		return false;
	th_loader_worse(l, th_csv_next(l->csv, &l->record, &end));
	return l->status != TH_SYSTEM && !end;
}

th_status th_loader_close(th_loader *l)
{
	if (l->status == TH_OK && th_diags_errors(l->diags) > l->errors)
		l->status = TH_INVALID;
	th_csv_close(l->csv);
	th_source_close(l->source);
	th_arena_free(&l->scratch);
	return l->status;
}

th_pos th_loader_at(const th_loader *l, size_t column)
{
	return th_cell_place(l->csv, &l->record, l->path, l->cell[column], l->want[column].name);
}

th_pos th_loader_node(th_loader *l, const th_json *value)
{
	th_buf pointer = {0};
	th_json_pointer(value, &pointer);
	th_slice copy = th_arena_copy(&l->scratch, th_buf_view(&pointer));
	if (pointer.failed || !copy.ptr)
		th_loader_no_memory(l);
	th_buf_free(&pointer);
	return (th_pos){l->path, 1, 1, copy.ptr};
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

const char *th_loader_printf(th_loader *l, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	int need = vsnprintf(NULL, 0, format, list);
	va_end(list);
	char *text = need < 0 ? NULL : th_arena_alloc(&l->scratch, (size_t)need + 1, 1);
	if (!text) {
		th_loader_no_memory(l);
		return "";
	}
	va_start(list, format);
	vsnprintf(text, (size_t)need + 1, format, list);
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
	th_loader_worse(l, th_report(l->diags, TH_NO_MEMORY, (th_pos){l->path, 0, 0, NULL}, "reference data", NULL));
	return false;
}

bool th_loader_filled(th_loader *l, size_t column)
{
	if (th_loader_cell(l, column).len)
		return true;
	TH_FAIL(l, column, TH_CELL_EMPTY, l->want[column].name, NULL);
	return false;
}

bool th_loader_decimal(th_loader *l, size_t column, th_decimal *out)
{
	unsigned notes = 0;
	th_slice text = th_loader_cell(l, column);
	/* A table that others rely on is corrected at its source, so digits in groups are not joined here. */
	if (th_number_parse(text, out, &notes) == TH_NUM_OK && !(notes & TH_NUM_GROUPED))
		return true;
	TH_FAIL(l, column, TH_CELL_NUMBER, l->want[column].name, th_loader_text(l, text), NULL);
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
		TH_FAIL(l, column, TH_CELL_CHOICE, l->want[column].name, th_loader_text(l, text), th_loader_text(l, th_buf_view(&list)), NULL);
	th_buf_free(&list);
	return false;
}

bool th_loader_unit(th_loader *l, const th_units *units, size_t column, th_unit *out)
{
	th_slice text = th_loader_cell(l, column), at = text;
	if (!th_loader_filled(l, column))
		return false;
	th_unit_error error = th_unit_parse(units, text, out, &at);
	if (error == TH_UNIT_OK)
		return true;
	if (error == TH_UNIT_NO_MEMORY)
		return th_loader_no_memory(l);
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

const char *th_path_join(th_arena *arena, const char *dir, const char *name)
{
	size_t a = strlen(dir), b = strlen(name);
	bool slash = a > 0 && dir[a - 1] != '/';
	char *path = th_arena_alloc(arena, a + slash + b + 1, 1);
	if (!path)
		return NULL;
	memcpy(path, dir, a);
	if (slash)
		path[a] = '/';
	memcpy(path + a + slash, name, b);
	return path;
}

/* --- names --- */

/* A name folded in `place` where it fits (folding never lengthens a text), so that looking up a short name allocates
 * nothing: a failure on the way would turn a known name into an unknown one. */
enum { PLACE = 512 };
static th_buf fold(th_slice name, char place[PLACE])
{
	th_buf folded = {0};
	if (name.len < PLACE / 2)
		folded = (th_buf){.ptr = place, .cap = PLACE};
	th_utf8_key(name, &folded);
	return folded;
}

static void unfold(th_buf *folded, const char *place)
{
	if (folded->ptr != place)
		th_buf_free(folded);
}

th_name_status th_names_add(th_names *names, th_slice name, uint32_t number, size_t line, struct th_name_owner *taken)
{
	char place[PLACE];
	uint32_t count = names->key.count;
	struct th_name_owner *owner = th_grown(names->owner, count, sizeof *owner);
	if (!owner)
		return TH_NAME_NO_MEMORY;
	names->owner = owner;
	th_buf folded = fold(name, place);
	uint32_t key = folded.failed ? TH_NONE : th_intern_add(&names->key, th_buf_view(&folded));
	unfold(&folded, place);
	if (key == TH_NONE)
		return TH_NAME_NO_MEMORY;
	if (key == count)
		names->owner[key] = (struct th_name_owner){number, line};
	*taken = names->owner[key];
	return taken->number == number ? TH_NAME_OK : TH_NAME_TAKEN;
}

uint32_t th_names_find(const th_names *names, th_slice name)
{
	char place[PLACE];
	th_buf folded = fold(name, place);
	uint32_t key = folded.failed || folded.len == 0 ? TH_NONE : th_intern_find(&names->key, th_buf_view(&folded));
	unfold(&folded, place);
	return key == TH_NONE ? TH_NONE : names->owner[key].number;
}

void th_names_free(th_names *names)
{
	th_intern_free(&names->key);
	free(names->owner);
}

void th_loader_name(th_loader *l, size_t column, th_names *names, th_slice name, uint32_t number, th_slice id,
                    th_slice (*id_of)(const void *list, uint32_t number), const void *list)
{
	struct th_name_owner taken;
	if (name.len == 0)
		return;
	switch (th_names_add(names, name, number, l->csv ? l->record.line : 0, &taken)) {
	case TH_NAME_OK:
		break;
	case TH_NAME_NO_MEMORY:
		th_loader_no_memory(l);
		break;
	case TH_NAME_TAKEN:
		TH_FAIL(l, column, TH_NAME_TWICE, th_loader_text(l, name), th_loader_text(l, id_of(list, taken.number)), th_loader_text(l, id),
		        th_loader_printf(l, "%zu", taken.line), NULL);
	}
}

/* --- JSON --- */

th_slice th_json_need(th_loader *l, const th_json *object, const char *key)
{
	const th_json *member = th_json_get(object, key);
	if (member && member->kind == TH_JSON_STRING && member->text.len)
		return member->text;
	if (member)
		TH_FAIL_NODE(l, member, TH_DATA_SHAPE, key, "\"...\"", NULL);
	else
		TH_FAIL_NODE(l, object, TH_DATA_MEMBER, key, NULL);
	return (th_slice){"", 0};
}

/* Is `word` one of the words in `list`? */
static bool is_word_of(const char *list, th_slice word)
{
	for (const char *at = list; *at; at += *at == ' ') {
		size_t len = strcspn(at, " ");
		if (len == word.len && memcmp(at, word.ptr, len) == 0)
			return true;
		at += len;
	}
	return false;
}

void th_json_keys(th_loader *l, const th_json *object, const char *known)
{
	for (const th_json *member = object->child; member; member = member->next)
		if (!is_word_of(known, member->key))
			TH_FAIL_NODE(l, member, TH_DATA_KEY, th_loader_text(l, member->key), known, NULL);
}

bool th_plain_name(th_slice name)
{
	return name.len > 0 && name.ptr[0] != '.' && !memchr(name.ptr, '/', name.len) && !memchr(name.ptr, '\\', name.len);
}
