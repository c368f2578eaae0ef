/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rule packs by name: the folder `rules` beside the other data, and set.json in it that lists what is there. */

#include <stdlib.h>

#include <tanhe/rules.h>

#include "base/filename.h"
#include "base/memory.h"
#include "reference/node.h"
#include "rules/rules.h"

static const char *rules_file(const char *data, const char *name, th_arena *arena)
{
	const char *folder = th_path_join(arena, data, "rules");
	return folder ? th_path_join(arena, folder, name) : NULL;
}

static bool is_listed(const th_slice *id, size_t count, th_slice wanted)
{
	for (size_t i = 0; i < count; i++)
		if (th_slice_eq(id[i], wanted))
			return true;
	return false;
}

static void read_set(th_loader *l, const th_json *set, th_arena *arena, th_slice **id, size_t *count)
{
	const th_json *list = th_json_get(set, "packs");
	th_slice first = th_json_need(l, set, "default");
	th_json_keys(l, set, "default packs");
	if (first.len && !th_plain_name(first))
		TH_FAIL_NODE(l, th_json_get(set, "default"), TH_DATA_FILE_NAME, th_loader_text(l, first), (char *)NULL);
	if (!list || list->kind != TH_JSON_ARRAY) {
		TH_FAIL_NODE(l, set, TH_DATA_MEMBER, "packs", (char *)NULL);
		return;
	}
	size_t most = 1;
	for (const th_json *item = list->child; item; item = item->next)
		most++;
	*id = th_arena_alloc(arena, most, sizeof **id);
	if (!*id) {
		th_loader_no_memory(l);
		return;
	}
	(*id)[(*count)++] = first;
	for (const th_json *item = list->child; item; item = item->next)
		if (item->kind != TH_JSON_STRING || !th_plain_name(item->text))
			TH_FAIL_NODE(l, item, TH_DATA_FILE_NAME, th_loader_text(l, item->text), (char *)NULL);
		else if (!is_listed(*id, *count, item->text))
			(*id)[(*count)++] = item->text;
}

/* The ids of set.json, the default one first. */
static th_status pack_ids(const char *data, th_arena *arena, th_diags *diags, th_slice **id, size_t *count)
{
	const char *path = rules_file(data, "set.json", arena);
	const th_json *set;
	*count = 0;
	if (!path)
		return th_no_memory(diags);
	th_loader l = th_loader_plain(path, diags);
	th_loader_worse(&l, th_json_load(path, diags, arena, NULL, &set));
	if (l.status == TH_OK)
		read_set(&l, set, arena, id, count);
	return th_loader_close(&l);
}

/* What to say when no pack has that id. */
static th_status unknown_pack(const char *rules, const th_slice *id, size_t count, th_diags *diags)
{
	th_buf list = {0};
	for (size_t i = 0; i < count; i++) {
		th_buf_str(&list, i ? ", " : "");
		th_buf_slice(&list, id[i]);
	}
	th_buf_char(&list, '\0');
	th_status status = list.failed ? th_no_memory(diags)
	                               : th_report(diags, TH_OPTION_RULES, (th_pos){NULL, 0, 0, NULL}, rules, list.ptr, (char *)NULL);
	th_buf_free(&list);
	return status == TH_SYSTEM ? status : TH_USAGE;
}

/* The file of a pack that is listed; NULL without memory. */
static const char *file_of(const char *data, th_slice id, th_arena *arena)
{
	th_buf name = {0};
	th_buf_slice(&name, id);
	th_buf_str(&name, ".json");
	th_buf_char(&name, '\0');
	const char *path = name.failed ? NULL : rules_file(data, name.ptr, arena);
	th_buf_free(&name);
	return path;
}

bool th_rules_are_a_file(const char *rules)
{
	th_slice name = th_slice_of(rules);
	return strchr(rules, '/') || (name.len > strlen(".json") && th_slice_ends(name, TH_S(".json")));
}

/* The file of a pack: a path is taken as it is, an id has to be listed. */
static th_status find_pack(const char *data, const char *rules, th_arena *arena, th_diags *diags, const char **path)
{
	th_slice *id = NULL, name = th_slice_of(rules);
	size_t count;
	if (rules && th_rules_are_a_file(rules)) {
		*path = th_arena_copy(arena, name).ptr;
		return *path ? TH_OK : th_no_memory(diags);
	}
	th_status status = pack_ids(data, arena, diags, &id, &count);
	if (status != TH_OK)
		return status;
	if (rules && !is_listed(id, count, name))
		return unknown_pack(rules, id, count, diags);
	*path = file_of(data, rules ? name : id[0], arena);
	return *path ? TH_OK : th_no_memory(diags);
}

static th_status open_file(const th_reference *reference, const char *path, th_diags *diags, th_pack **out)
{
	th_status status = th_pack_load(path, reference->units, diags, out);
	if (status != TH_OK)
		return status;
	(*out)->path = th_arena_copy(&(*out)->arena, th_slice_of(path)).ptr; /* the caller's may be gone before the pack is */
	return (*out)->path ? TH_OK : th_no_memory(diags);
}

static th_status open_pack(const th_reference *reference, const char *data, const char *rules, th_diags *diags, th_pack **out)
{
	th_arena arena = {0};
	const char *path = NULL;
	*out = NULL;
	th_status status = find_pack(data, rules, &arena, diags, &path);
	if (status == TH_OK)
		status = open_file(reference, path, diags, out);
	th_arena_free(&arena);
	return status;
}

th_status th_rules_open(const th_reference *reference, const char *data, const char *rules, th_diags *diags, th_pack **out)
{
	th_mark mark = th_begin(diags);
	th_status status = th_settle(mark, diags, open_pack(reference, data, rules, diags, out));
	if (status != TH_OK) {
		th_pack_free(*out);
		*out = NULL;
	}
	return status;
}

void th_rules_free(th_pack *pack)
{
	th_pack_free(pack);
}

static th_status open_all(const th_reference *reference, const char *data, th_diags *diags, th_pack ***packs, size_t *count)
{
	th_arena arena = {0};
	th_slice *id = NULL;
	size_t ids;
	th_status status = pack_ids(data, &arena, diags, &id, &ids);
	if (status == TH_OK && !(*packs = th_calloc(ids, sizeof(th_pack *))))
		status = th_no_memory(diags);
	for (size_t i = 0; status == TH_OK && i < ids; i++) {
		const char *path = file_of(data, id[i], &arena);
		status = path ? open_file(reference, path, diags, &(*packs)[(*count)++]) : th_no_memory(diags);
	}
	th_arena_free(&arena);
	return status;
}

th_status th_rules_open_all(const th_reference *reference, const char *data, th_diags *diags, th_pack ***packs, size_t *count)
{
	th_mark mark = th_begin(diags);
	*packs = NULL;
	*count = 0;
	th_status status = th_settle(mark, diags, open_all(reference, data, diags, packs, count));
	if (status != TH_OK) {
		th_rules_free_all(*packs, *count);
		*packs = NULL;
		*count = 0;
	}
	return status;
}

void th_rules_free_all(th_pack **packs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		th_pack_free(packs[i]);
	free(packs);
}
