/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/node.h"

#include "base/filename.h"

const th_json *th_loader_json(th_loader *l, th_arena *arena, const char *dir, const char *name, th_diags *diags)
{
	const char *path = th_path_join(arena, dir, name);
	const th_json *root = NULL;
	*l = th_loader_plain(path ? path : dir, diags);
	if (path)
		th_loader_worse(l, th_json_load(path, diags, arena, NULL, &root));
	else
		th_loader_no_memory(l);
	return root;
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
