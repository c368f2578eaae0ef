/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped factor files as one set, what overlaps in it, and the index over all layers. */
#include <stdlib.h>

#include "reference/loader.h"

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
	const char *path = folder ? th_path_join(&r->arena, folder, "set.json") : NULL;
	th_loader l = th_loader_plain(path ? path : dir, diags);
	const th_json *set;
	if (!path)
		th_loader_no_memory(&l);
	else
		th_loader_worse(&l, th_json_load(path, diags, &r->arena, &set));
	if (l.status == TH_OK) {
		th_json_keys(&l, set, "id version name_zh name_en files");
		r->set_id = th_json_need(&l, set, "id");
		r->set_version = th_json_need(&l, set, "version");
		load_files(&l, r, folder, set);
	}
	if (l.status != TH_SYSTEM)
		th_loader_worse(&l, th_factors_overlap(r, 0, diags));
	return th_loader_close(&l);
}

/* --- overlaps --- */

static int by_meaning(const void *a, const void *b)
{
	const th_factor *f = *(const th_factor *const *)a, *g = *(const th_factor *const *)b;
	int order = th_slice_cmp(f->id, g->id);
	if (order == 0)
		order = (f->gas > g->gas) - (f->gas < g->gas);
	if (order == 0)
		order = (f->region > g->region) - (f->region < g->region);
	if (order == 0)
		order = (f->from > g->from) - (f->from < g->from);
	return order ? order : (f > g) - (f < g);
}

static bool same_meaning(const th_factor *f, const th_factor *g)
{
	return f->gas == g->gas && f->region == g->region && th_slice_eq(f->id, g->id);
}

static void report_overlap(th_loader *l, const th_factor *a, const th_factor *b)
{
	const th_factor *first = a < b ? a : b, *second = a < b ? b : a;
	th_arena_reset(&l->scratch);
	/* Open ends as in ISO 8601-2: 2024-01-01/.. */
	const char *from = second->valid_from_text.len ? th_loader_text(l, second->valid_from_text) : "..";
	const char *to = second->valid_to_text.len ? th_loader_text(l, second->valid_to_text) : "..";
	th_loader_worse(l, th_report(l->diags, TH_FACTOR_OVERLAP, (th_pos){second->file, second->line, second->column, "id"},
	                             th_loader_text(l, second->id), th_loader_text(l, second->gas_text),
	                             second->region_text.len ? th_loader_text(l, second->region_text) : "-",
	                             th_loader_printf(l, "%s/%s", from, to), th_loader_printf(l, "%s:%zu", first->file, first->line), NULL));
}

th_status th_factors_overlap(th_reference *r, uint32_t first, th_diags *diags)
{
	size_t count = r->factors - first;
	th_loader l = th_loader_plain(count ? r->factor[first].file : NULL, diags);
	const th_factor **sorted = calloc(count ? count : 1, sizeof *sorted);
	if (!sorted)
		th_loader_no_memory(&l);
	for (size_t i = 0; sorted && i < count; i++)
		sorted[i] = &r->factor[first + i];
	if (sorted)
		qsort(sorted, count, sizeof *sorted, by_meaning);
	/* Among rows that mean the same, in the order of their starts, a row overlaps an earlier one when it starts before
	 * the latest end so far. */
	for (size_t i = 0, reach = 0; sorted && i < count; i++) {
		if (i == reach)
			continue;
		if (!same_meaning(sorted[i], sorted[reach])) {
			reach = i;
			continue;
		}
		if (sorted[i]->id.len && (sorted[i]->gas != TH_NONE || th_slice_eq(sorted[i]->gas_text, sorted[reach]->gas_text)) &&
		    sorted[i]->from <= sorted[reach]->to)
			report_overlap(&l, sorted[reach], sorted[i]);
		if (sorted[i]->to > sorted[reach]->to)
			reach = i;
	}
	free(sorted);
	return th_loader_close(&l);
}

/* --- index --- */

uint32_t th_find_factor(const th_reference *r, th_slice id)
{
	uint32_t number = th_intern_find(&r->index->factor_id, id);
	return number == TH_NONE ? TH_NONE : r->index->chain[number].first;
}

const uint32_t *th_factors_of(const th_reference *r, uint32_t activity, size_t *count)
{
	const struct th_reference_index *x = r->index;
	*count = x->serve_start[activity + 1] - x->serve_start[activity];
	return x->serve + x->serve_start[activity];
}

/* Rows that a higher layer does not hide. */
static bool shows(const th_reference *r, const th_factor *f)
{
	return r->factor[th_find_factor(r, f->id)].layer == f->layer;
}

th_status th_factors_index(th_reference *r, th_diags *diags)
{
	struct th_reference_index *x = r->index;
	size_t total = 0;
	for (uint32_t i = 0; i < r->factors; i++)
		total += r->factor[i].activities;
	uint32_t *start = calloc((size_t)r->activities + 2, sizeof *start), *serve = calloc(total + 1, sizeof *serve);
	if (!start || !serve || total >= TH_NONE) {
		free(start);
		free(serve);
		return th_report(diags, TH_NO_MEMORY, (th_pos){NULL, 0, 0, NULL}, "reference data", NULL);
	}
	free(x->serve_start);
	free(x->serve);
	x->serve_start = start;
	x->serve = serve;
	/* Count at a + 2, sum, and fill through a + 1: that leaves the start of a's rows at a. */
	for (int fill = 0; fill <= 1; fill++) {
		for (uint32_t i = 0; i < r->factors; i++) {
			const th_factor *f = &r->factor[i];
			if (!f->activities || !shows(r, f))
				continue;
			for (size_t k = 0; k < f->activities; k++) {
				if (fill)
					serve[start[f->activity[k] + 1]++] = i;
				else
					start[f->activity[k] + 2]++;
			}
		}
		for (size_t a = 2; !fill && a < (size_t)r->activities + 2; a++)
			start[a] += start[a - 1];
	}
	for (uint32_t p = 0; p < r->profiles; p++)
		for (size_t i = 0; i < r->profile[p].rules; i++)
			if (r->profile[p].rule[i].factor_id.len)
				r->profile[p].rule[i].factor = th_find_factor(r, r->profile[p].rule[i].factor_id);
	return TH_OK;
}

th_slice th_param_text(const th_factor *factor, const char *name, th_decimal *value)
{
	for (size_t i = 0; i < factor->params; i++) {
		if (th_slice_eq(factor->param[i].name, th_slice_of(name))) {
			*value = factor->param[i].value;
			return factor->param[i].text;
		}
	}
	return (th_slice){"", 0};
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
	if (th_loader_open_data(&l, r, dir, "conflicts.csv", conflict_columns, C_COUNT, diags))
		while (th_loader_next(&l))
			conflict_row(&l, r);
	return th_loader_close(&l);
}
