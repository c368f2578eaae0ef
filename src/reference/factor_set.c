/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped factor files as one set, and which of its numbers are for what. */
#include "io/digest.h"
#include "reference/load.h"

/* --- set.json --- */

static void load_file(th_loader *l, th_reference *r, const char *folder, const th_json *node, th_digest *digest)
{
	char sha256[65];
	if (node->kind != TH_JSON_STRING || !th_plain_name(node->text)) {
		TH_FAIL_NODE(l, node, TH_DATA_FILE_NAME, th_loader_text(l, node->text), NULL);
		return;
	}
	const char *path = th_path_join(&r->arena, folder, th_loader_text(l, node->text));
	if (!path) {
		th_loader_no_memory(l);
		return;
	}
	sha256[0] = '\0';
	th_loader_worse(l, th_factors_load(r, path, 0, sha256, l->diags));
	th_digest_add(digest, sha256, strlen(sha256));
	th_digest_add(digest, "  ", 2);
	th_digest_add(digest, node->text.ptr, node->text.len);
	th_digest_add(digest, "\n", 1);
}

static void load_files(th_loader *l, th_reference *r, const char *folder, const th_json *set)
{
	const th_json *files = th_json_get(set, "files");
	if (!files || files->kind != TH_JSON_ARRAY || !files->child) {
		TH_FAIL_NODE(l, files ? files : set, TH_DATA_SHAPE, "files", "[\"name.csv\", ...]", NULL);
		return;
	}
	th_digest *digest = th_digest_new();
	if (!digest) {
		th_loader_no_memory(l);
		return;
	}
	for (const th_json *node = files->child; node && l->status != TH_SYSTEM; node = node->next)
		load_file(l, r, folder, node, digest);
	th_digest_hex(digest, r->set_sha256);
}

th_status th_factor_set_load(th_reference *r, const char *dir, th_diags *diags)
{
	const char *folder = th_path_join(&r->arena, dir, "factors");
	if (!folder)
		return th_no_memory(diags);
	th_loader l;
	const th_json *set = th_loader_json(&l, &r->arena, folder, "set.json", diags);
	if (set) {
		th_json_keys(&l, set, "id version name_zh name_en files");
		r->set_id = th_json_need(&l, set, "id");
		r->set_version = th_json_need(&l, set, "version");
		load_files(&l, r, folder, set);
	}
	if (l.status != TH_SYSTEM)
		th_loader_worse(&l, th_factors_overlap(r, 0, diags));
	return th_loader_close(&l);
}

/* --- conflicts.csv --- */

enum { C_SUBJECT_ZH, C_SUBJECT_EN, C_FACTORS, C_READING_ZH, C_READING_EN, C_COUNT };
static const th_column conflict_columns[C_COUNT] = {
	{"subject_zh", true}, {"subject_en", true}, {"factors", true}, {"reading_zh", true}, {"reading_en", true},
};

static void conflict_row(th_loader *l, th_reference *r)
{
	th_conflict c = {0};
	th_slice rest = th_loader_cell(l, C_FACTORS), id;
	size_t room = 1;
	for (size_t i = 0; i < rest.len; i++)
		room += rest.ptr[i] == ';';
	c.factor = th_arena_alloc(&r->arena, room, sizeof *c.factor);
	th_conflict *grown = c.factor ? th_grown(r->conflict, r->conflicts, sizeof *grown) : NULL;
	if (!grown) {
		th_loader_no_memory(l);
		return;
	}
	r->conflict = grown;
	/* The rows are those shipped, also when a user's file redefines the id: the documents disagree, not the user. */
	while (th_slice_split(&rest, ';', &id)) {
		uint32_t row = th_find_factor(r, id);
		if (row == TH_NONE)
			TH_FAIL(l, C_FACTORS, TH_CELL_NOT_FOUND, th_loader_text(l, id), "factors/", NULL);
		else
			c.factor[c.factors++] = row;
	}
	if (th_loader_copy(l, &r->arena, th_loader_cell(l, C_SUBJECT_ZH), &c.subject_zh) &&
	    th_loader_copy(l, &r->arena, th_loader_cell(l, C_SUBJECT_EN), &c.subject_en) &&
	    th_loader_copy(l, &r->arena, th_loader_cell(l, C_READING_ZH), &c.reading_zh) &&
	    th_loader_copy(l, &r->arena, th_loader_cell(l, C_READING_EN), &c.reading_en))
		r->conflict[r->conflicts++] = c;
}

th_status th_conflicts_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "conflicts.csv", conflict_columns, C_COUNT, diags))
		while (th_loader_next(&l))
			conflict_row(&l, r);
	return th_loader_close(&l);
}
