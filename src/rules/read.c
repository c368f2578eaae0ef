/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small things from which a pack is read. */

#include <stdlib.h>

#include "base/utf8.h"
#include "rules/read.h"

void th_reader_worse(th_reader *r, th_status status)
{
	r->status = status > r->status ? status : r->status;
}

void *th_reader_alloc(th_reader *r, size_t count, size_t size)
{
	void *object = th_arena_alloc(&r->pack->arena, count + !count, size);
	if (!object)
		th_reader_worse(r, th_no_memory(r->diags));
	return object;
}

/* A buffer's text in the pack's arena, the buffer freed; empty without memory, which is noted. */
static const char *keep(th_reader *r, th_buf *buf)
{
	char *copy = buf->failed ? th_reader_alloc(r, SIZE_MAX, 1) : th_reader_alloc(r, buf->len + 1, 1);
	if (copy)
		memcpy(copy, buf->len ? buf->ptr : "", buf->len);
	th_buf_free(buf);
	return copy ? copy : "";
}

th_pos th_reader_at(th_reader *r, const th_json *node)
{
	th_buf pointer = {0};
	th_json_pointer(node, &pointer);
	return (th_pos){r->pack->path, 1, 1, keep(r, &pointer)};
}

const char *th_reader_text(th_reader *r, th_slice text)
{
	enum { SHOWN = 120 };
	th_buf shown = {0};
	for (size_t at = 0, size; at < text.len; at += size) {
		(void)th_utf8_next((th_slice){text.ptr + at, text.len - at}, &size);
		if (at + size > SHOWN) {
			th_buf_str(&shown, "...");
			break;
		}
		th_buf_add(&shown, text.ptr + at, size);
	}
	return keep(r, &shown);
}

void th_reject_dimension(th_reader *r, const th_json *node, const th_unit *expected)
{
	th_buf dimension = {0};
	th_unit_dimension(r->units, expected, &dimension);
	TH_REJECT(r, node, TH_PACK_DIMENSION, th_reader_text(r, th_buf_view(&dimension)), NULL);
	th_buf_free(&dimension);
}

static const char *const kinds[] = {"null", "false", "true", "1", "\"text\"", "[...]", "{...}"};

const th_json *th_read_member(th_reader *r, const th_json *object, const char *key, th_json_kind kind, bool needed)
{
	const th_json *member = th_json_get(object, key);
	if (member ? member->kind == kind : !needed)
		return member;
	TH_REJECT(r, member ? member : object, TH_PACK_SHAPE, key, kinds[kind], NULL);
	return NULL;
}

th_slice th_read_text(th_reader *r, const th_json *object, const char *key, bool needed)
{
	const th_json *member = th_read_member(r, object, key, TH_JSON_STRING, needed);
	return member ? member->text : (th_slice){"", 0};
}

th_words th_read_pair(th_reader *r, const th_json *object, bool needed)
{
	return (th_words){.zh = th_read_text(r, object, "zh", needed), .en = th_read_text(r, object, "en", needed)};
}

static void remember(th_reader *r, const th_json *text)
{
	th_sentence *sentence = text ? th_reader_alloc(r, 1, sizeof *sentence) : NULL;
	if (!sentence)
		return;
	*sentence = (th_sentence){text, r->owner, NULL};
	*r->sentence_end = sentence;
	r->sentence_end = &sentence->next;
}

th_words th_read_sentence(th_reader *r, const th_json *object)
{
	th_words words = th_read_pair(r, object, true);
	remember(r, th_json_get(object, "zh"));
	remember(r, th_json_get(object, "en"));
	return words;
}

bool th_read_true(th_reader *r, const th_json *object, const char *key)
{
	return th_json_get(object, key) && th_read_member(r, object, key, TH_JSON_TRUE, true);
}

const th_json *th_read_list(th_reader *r, const th_json *object, const char *key, bool needed, size_t *count)
{
	const th_json *list = th_read_member(r, object, key, TH_JSON_ARRAY, needed);
	*count = 0;
	if (!list)
		return NULL;
	if (needed && !list->child)
		TH_REJECT(r, list, TH_PACK_SHAPE, key, "[element, ...]", NULL);
	for (const th_json *node = list->child; node; node = node->next)
		++*count;
	if (*count <= TH_READ_MOST)
		return list->child;
	TH_REJECT(r, list, TH_PACK_LARGE, key, "1000", NULL);
	*count = 0;
	return NULL;
}

static bool in_words(th_slice key, const char *words)
{
	th_slice rest = th_slice_of(words), word;
	while (th_slice_split(&rest, ' ', &word))
		if (th_slice_eq(word, key))
			return true;
	return false;
}

bool th_read_keys(th_reader *r, const th_json *object, const char *known)
{
	if (object->kind != TH_JSON_OBJECT) {
		TH_REJECT(r, object, TH_PACK_SHAPE, "element", kinds[TH_JSON_OBJECT], NULL);
		return false;
	}
	for (const th_json *member = object->child; member; member = member->next)
		if (!in_words(member->key, known))
			TH_REJECT(r, member, TH_PACK_KEY, th_reader_text(r, member->key), known, NULL);
	return true;
}

size_t th_read_word(th_reader *r, const th_json *node, const char *const *words, size_t count)
{
	th_buf list = {0};
	size_t which = 0;
	while (which < count && !th_slice_eq(node->text, th_slice_of(words[which])))
		which++;
	if (which < count)
		return which;
	for (size_t i = 0; i < count; i++) {
		th_buf_str(&list, i ? ", " : "");
		th_buf_str(&list, words[i]);
	}
	TH_REJECT(r, node, TH_PACK_WORD, th_reader_text(r, node->text), keep(r, &list), NULL);
	return 0;
}

bool th_read_unit(th_reader *r, const th_json *node, th_unit *out, th_words *name)
{
	th_slice at;
	if (node->kind == TH_JSON_STRING && th_unit_parse(r->units, node->text, out, &at) == TH_UNIT_OK) {
		th_buf zh = {0}, en = {0};
		th_unit_put_name(r->units, node->text, TH_LANG_ZH, &zh);
		th_unit_put_many(r->units, node->text, &en);
		*name = (th_words){th_slice_of(keep(r, &zh)), th_slice_of(keep(r, &en))};
		return true;
	}
	TH_REJECT(r, node, TH_PACK_UNIT, th_reader_text(r, node->text), NULL);
	return false;
}

/* --- names of people --- */

static void add_alias(th_reader *r, th_slice text, th_slice **alias, size_t *aliases)
{
	th_buf key = {0};
	th_utf8_key(text, &key);
	th_slice folded = th_slice_of(keep(r, &key)); /* empty without memory, and no longer than that */
	if (folded.len > 0 && !th_has_alias(*alias, *aliases, folded))
		(*alias)[(*aliases)++] = folded;
}

void th_read_aliases(th_reader *r, const th_json *object, th_slice **alias, size_t *aliases)
{
	static const char *const own[] = {"id", "zh", "en"};
	enum { OWN = 3 };
	size_t count;
	const th_json *more = th_read_list(r, object, "aliases", false, &count);
	*alias = th_reader_alloc(r, OWN + count, sizeof **alias);
	if (!*alias)
		return;
	for (int i = 0; i < OWN; i++)
		add_alias(r, th_json_string(object, own[i]), alias, aliases);
	for (const th_json *node = more; node; node = node->next) {
		if (node->kind == TH_JSON_STRING)
			add_alias(r, node->text, alias, aliases);
		else
			TH_REJECT(r, node, TH_PACK_SHAPE, "aliases", kinds[TH_JSON_STRING], NULL);
	}
}

void th_read_twice(th_reader *r, const th_json *object, th_slice id)
{
	const th_json *node = th_json_get(object, "id");
	if (node)
		TH_REJECT(r, node, TH_PACK_TWICE, th_reader_text(r, id), NULL);
}

bool th_read_clash(th_reader *r, const th_json *object, const th_slice *a, size_t as, const th_slice *b, size_t bs)
{
	for (size_t i = 0; i < bs; i++)
		if (th_has_alias(a, as, b[i])) {
			const th_json *id = th_json_get(object, "id");
			TH_REJECT(r, id ? id : object, TH_PACK_TWICE, th_reader_text(r, b[i]), NULL);
			return true;
		}
	return false;
}
