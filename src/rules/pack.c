/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pack from its file: shape, names, types, in this order, and no later pass before the earlier one is clean. */

#include <stdlib.h>

#include "base/utf8.h"
#include "rules/read.h"

static void read_document(th_reader *r, const th_json *root)
{
	th_pack *pack = r->pack;
	const th_json *document = th_read_member(r, root, "document", TH_JSON_OBJECT, true);
	if (!document)
		return;
	(void)th_read_keys(r, document, "number issuers date sha256 url zh en");
	pack->document = th_read_text(r, document, "number", true);
	pack->issuers = th_read_text(r, document, "issuers", true);
	pack->date = th_read_text(r, document, "date", true);
	pack->text_sha256 = th_read_text(r, document, "sha256", false);
	pack->url = th_read_text(r, document, "url", false);
	pack->note = th_read_pair(r, document, false);
}

/* The fact that a member of the pack names; it has to be a choice. */
static th_index read_fact(th_reader *r, const th_json *root, const char *key)
{
	const th_json *node = th_read_member(r, root, key, TH_JSON_STRING, false);
	for (uint32_t i = 0; node && i < r->pack->facts; i++)
		if (th_slice_eq(r->pack->decl[i].id, node->text) && r->pack->decl[i].type == TH_RULE_CHOICE)
			return th_index_of(i);
	if (node)
		TH_REJECT(r, node, TH_PACK_NAME, th_reader_text(r, node->text), "facts (choice)", NULL);
	return (th_index){0};
}

/* Of the files that hold facts the one in which those of this pack stand. */
static th_case_part read_file(th_reader *r, const th_json *root)
{
	static const th_case_part parts[] = {TH_CASE_FACTS, TH_CASE_EVENTS, TH_CASE_PROJECT};
	enum { PARTS = sizeof parts / sizeof *parts };
	const char *names[PARTS];
	const th_json *node = th_read_member(r, root, "file", TH_JSON_STRING, false);
	for (size_t i = 0; i < PARTS; i++)
		names[i] = th_case_files[parts[i]].name;
	return node ? parts[th_read_word(r, node, names, PARTS)] : TH_CASE_FACTS;
}

static void first_pass(th_reader *r, const th_json *root)
{
	static const char *const schemas[] = {"tanhe.rules/1"};
	th_pack *pack = r->pack;
	if (!th_read_keys(r, root, "schema id version zh en document category target yes no facts parameters computed domains define why "
	                           "profile file claim stages requirements routes caveats amendments coverage"))
		return;
	const th_json *schema = th_read_member(r, root, "schema", TH_JSON_STRING, true);
	if (schema)
		(void)th_read_word(r, schema, schemas, 1);
	pack->id = th_read_text(r, root, "id", true);
	pack->version = th_read_text(r, root, "version", true);
	pack->name = th_read_pair(r, root, true);
	pack->profile = th_read_text(r, root, "profile", false);
	pack->file = read_file(r, root);
	read_document(r, root);
	th_read_declarations(r, root);
	r->owner = "pack";
	pack->category = read_fact(r, root, "category");
	pack->target = read_fact(r, root, "target");
	th_read_stages(r, root);
	th_read_requirements(r, root);
	th_read_history(r, root);
	r->owner = "pack";
	const th_json *claim = th_read_member(r, root, "claim", TH_JSON_OBJECT, false);
	if (claim) {
		(void)th_read_keys(r, claim, "zh en");
		pack->claim = th_read_sentence(r, claim);
	}
}

static void second_pass(th_reader *r)
{
	for (const th_root *root = r->root; root; root = root->next) {
		r->owner = root->owner;
		th_expr_resolve(r, root->expr);
	}
	for (const th_sentence *sentence = r->sentence; sentence; sentence = sentence->next) {
		th_slice name = th_template_unknown(r->pack, sentence->at->text);
		r->owner = sentence->owner;
		if (name.ptr)
			TH_REJECT(r, sentence->at, TH_PACK_SENTENCE, th_reader_text(r, name), NULL);
	}
	if (r->status == TH_OK)
		th_expr_measure(r);
}

static void check_root(th_reader *r, const th_root *root)
{
	th_expr *e = root->expr;
	r->owner = root->owner;
	if (!th_expr_check(r, e) || root->type == TH_RULE_TYPES)
		return;
	if (e->type != root->type)
		TH_REJECT(r, e->at, TH_PACK_TYPE, th_rule_type_names[e->type], th_rule_type_names[root->type], NULL);
	else if (root->unit && !th_unit_same_dimension(&e->unit, root->unit))
		th_reject_dimension(r, e->at, root->unit);
}

static void third_pass(th_reader *r)
{
	for (const th_root *root = r->root; root; root = root->next)
		check_root(r, root);
	if (r->status != TH_OK)
		return;
	for (size_t i = 0; i < r->pack->defines; i++) {
		const th_rule_define *define = &r->pack->define[i];
		r->owner = th_reader_text(r, define->id);
		for (size_t k = 1; k < define->readings; k++)
			(void)th_expr_alike(r, define->reading[0].expr, define->reading[k].expr);
	}
}

static th_status passes(th_pack *pack, const th_json *json, const th_units *units, th_diags *diags)
{
	static const char year[] = "year";
	th_slice at;
	th_reader r = {.pack = pack, .units = units, .diags = diags, .owner = "pack"};
	r.root_end = &r.root;
	r.sentence_end = &r.sentence;
	if (th_unit_parse(units, th_slice_of(year), &r.year, &at) != TH_UNIT_OK)
		return th_report(diags, TH_DATA_UNIT_MISSING, (th_pos){pack->path, 1, 1, NULL}, year, "units.csv", NULL);
	first_pass(&r, json);
	if (r.status == TH_OK)
		second_pass(&r);
	if (r.status == TH_OK)
		third_pass(&r);
	return r.status;
}

static th_status finish(th_pack *pack, th_status status, const th_json *json, const th_units *units, th_diags *diags, th_pack **out)
{
	if (status == TH_OK)
		status = passes(pack, json, units, diags);
	if (status != TH_OK) {
		th_pack_free(pack);
		return status;
	}
	th_read_reach(pack);
	*out = pack;
	return status;
}

static th_pack *new_pack(const char *path, th_diags *diags, th_status *status)
{
	th_arena arena = {0};
	th_pack *pack = th_arena_alloc(&arena, 1, sizeof *pack);
	*status = pack ? TH_OK : th_no_memory(diags);
	if (pack) {
		pack->arena = arena;
		pack->path = path;
	}
	return pack;
}

th_status th_pack_parse(const char *name, th_slice text, const th_units *units, th_diags *diags, th_pack **out)
{
	th_status status;
	const th_json *json = NULL;
	*out = NULL;
	th_pack *pack = new_pack(name, diags, &status);
	if (!pack)
		return status;
	status = th_json_parse(name, text, diags, &pack->arena, &json);
	return finish(pack, status, json, units, diags, out);
}

th_status th_pack_load(const char *path, const th_units *units, th_diags *diags, th_pack **out)
{
	th_status status;
	const th_json *json = NULL;
	*out = NULL;
	th_pack *pack = new_pack(path, diags, &status);
	if (!pack)
		return status;
	status = th_json_load(path, diags, &pack->arena, pack->sha256, &json);
	return finish(pack, status, json, units, diags, out);
}

void th_pack_free(th_pack *pack)
{
	if (!pack)
		return;
	/* The pack lies in its own arena. */
	th_arena arena = pack->arena;
	th_arena_free(&arena);
}
