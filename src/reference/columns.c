/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the columns of files may be called. */
#include "reference/columns.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"
#include "reference/layout_words.h"

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
	th_lent_free(columns->image, columns->entry);
	free(columns);
}

void th_columns_beside(th_columns *columns, const th_layout_words *words)
{
	columns->beside = words;
}

/* Numbers of rows, persons, codes, plans and other years beside what is read. */
bool th_columns_unread(const th_columns *columns, th_slice header)
{
	return columns && columns->beside && header.len &&
	       (th_layout_word_is(columns->beside, TH_LW_ORDINAL, header) || th_layout_word_is(columns->beside, TH_LW_ASIDE, header));
}

static void put_key(th_buf *buf, th_slice kind, th_slice name)
{
	th_buf_clear(buf);
	th_buf_slice(buf, kind);
	th_buf_char(buf, '\x1F');
	th_utf8_key(name, buf);
}

static bool copy(th_columns *columns, th_slice text, th_slice *out)
{
	*out = th_arena_copy(&columns->arena, text);
	return out->ptr != NULL;
}

bool th_columns_add(th_columns *columns, const th_column_name *name, const th_column_name **there)
{
	th_buf key = {0};
	uint32_t count = columns->key.count;
	th_column_name *grown = th_grown(columns->entry, count, sizeof *grown);
	if (grown)
		columns->entry = grown;
	put_key(&key, name->kind, name->text);
	uint32_t number = grown && !key.failed ? th_intern_add(&columns->key, th_buf_view(&key)) : TH_NONE;
	th_buf_free(&key);
	if (number == TH_NONE)
		return false;
	th_column_name *entry = &columns->entry[number];
	*there = entry;
	if (number < count)
		return true;
	*entry = *name;
	return copy(columns, name->kind, &entry->kind) && copy(columns, name->column, &entry->column) && copy(columns, name->text, &entry->text);
}

/* Has a name at an end what may be a sign to be taken off? Most have not. */
static bool may_be_dressed(th_slice name)
{
	return name.len && (memchr(":\"*\xEF\xE2", name.ptr[0], 5) || memchr(":\"*\x9A\x9C\x9D\x8A", name.ptr[name.len - 1], 7));
}

/* 单位： and “单位” are 单位. */
static th_slice bare(th_slice name)
{
	static const char *const signs[] = {":", "：", "“", "”", "\"", "*", "＊"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs && may_be_dressed(name); i++) {
		th_slice sign = th_slice_of(signs[i]);
		if (name.len > sign.len && th_slice_ends(name, sign))
			name.len -= sign.len;
		if (name.len > sign.len && th_slice_starts(name, sign))
			name = (th_slice){name.ptr + sign.len, name.len - sign.len};
	}
	return name;
}

th_slice th_column_named(const th_columns *columns, const char *kind, th_slice name)
{
	name = bare(name);
	char place[TH_KEY_PLACE];
	bool longer = strlen(kind) + 1 + name.len > TH_KEY_LONGEST;
	th_buf key = longer ? (th_buf){0} : (th_buf){.ptr = place, .cap = sizeof place};
	put_key(&key, th_slice_of(kind), name);
	uint32_t number = key.failed ? TH_NONE : th_intern_find(&columns->key, th_buf_view(&key));
	if (longer)
		th_buf_free(&key);
	return number == TH_NONE ? (th_slice){"", 0} : columns->entry[number].column;
}

size_t th_column_choice(const th_columns *columns, const char *kind, th_slice text, const char *const *word, size_t count)
{
	th_slice known = th_column_named(columns, kind, text);
	size_t i = 0;
	while (i < count && !th_slice_eq(known.len ? known : text, th_slice_of(word[i])))
		i++;
	return i;
}

th_slice th_column_title(const th_columns *columns, const char *kind, th_slice column)
{
	for (uint32_t at = 0; columns && at < columns->key.count; at++) {
		const th_column_name *entry = &columns->entry[at];
		if (th_slice_eq(entry->column, column) && (unsigned char)*entry->text.ptr >= 0x80 && (!kind || th_slice_eq(entry->kind, th_slice_of(kind))))
			return entry->text;
	}
	return (th_slice){"", 0};
}

void th_put_column_called(const th_columns *columns, const char *kind, th_slice word, th_buf *out)
{
	th_slice title = th_column_title(columns, kind, word);
	th_buf_both(out, word, title.len ? title : word);
}

void th_put_column_words(const th_columns *columns, const char *kind, const char *const *word, size_t count, th_buf *out)
{
	th_buf list[2] = {{0}};
	for (size_t i = 0; i < count; i++) {
		th_slice name = th_slice_of(word[i]), title = th_column_title(columns, kind, name);
		th_buf_str(&list[0], i ? ", " : "");
		th_buf_slice(&list[0], name);
		th_buf_str(&list[1], i ? ", " : "");
		th_buf_slice(&list[1], title.len ? title : name);
	}
	th_buf_both(out, th_buf_view(&list[0]), th_buf_view(&list[1]));
	out->failed |= list[0].failed || list[1].failed;
	th_buf_free(&list[0]);
	th_buf_free(&list[1]);
}

th_status th_column_no_choice(const th_columns *columns, const char *kind, const char *const *word, size_t count, th_diags *diags, th_code code, th_pos pos, const char *text)
{
	th_buf list = {0};
	th_put_column_words(columns, kind, word, count, &list);
	th_buf_char(&list, '\0');
	th_status status = list.failed ? th_no_memory(diags) : th_report(diags, code, pos, text, list.ptr, (char *)NULL);
	th_buf_free(&list);
	return status;
}

const th_column_name *th_columns_each(const th_columns *columns, const char *kind, uint32_t *at)
{
	const th_slice wanted = th_slice_of(kind);
	while (columns && *at < columns->key.count) {
		const th_column_name *entry = &columns->entry[(*at)++];
		if (th_slice_eq(entry->kind, wanted))
			return entry;
	}
	return NULL;
}

/* --- words --- */

void th_columns_words(th_columns *columns, const th_intern *const words[TH_WORD_LISTS])
{
	memcpy(columns->words, words, sizeof columns->words);
}

enum { TWO_HANZI = 6 };

static bool stands_in(th_slice word, th_slice text)
{
	for (size_t i = 0; i < word.len; i++)
		if ((unsigned char)word.ptr[i] < 0x80)
			return false;
	for (size_t at = 0; word.len >= TWO_HANZI && at + word.len <= text.len; at++)
		if (memcmp(text.ptr + at, word.ptr, word.len) == 0)
			return true;
	return false;
}

bool th_columns_know(const th_columns *columns, th_slice text)
{
	th_buf key = {0};
	bool found = false;
	th_utf8_key(text, &key);
	for (uint32_t i = 0; columns && i < columns->key.count && !found; i++)
		found = stands_in(columns->entry[i].text, th_buf_view(&key));
	for (size_t list = 0; columns && list < TH_WORD_LISTS; list++)
		for (uint32_t i = 0; columns->words[list] && i < columns->words[list]->count && !found; i++)
			found = stands_in(th_intern_text(columns->words[list], i), th_buf_view(&key));
	th_buf_free(&key);
	return found;
}
