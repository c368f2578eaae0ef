/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a check misses, and what proves what it was told, as objects of tanhe.check/2. */
#include "report/check_report.h"

/* --- missing --- */

static bool begins(th_slice id, th_slice with)
{
	return th_slice_starts(id, with) && (id.len == with.len || id.ptr[with.len] == ':');
}

/* The file of the case in which it, or what of it is named behind a colon, would stand; TH_CASE_PARTS: in none. */
static th_case_part part_of(th_slice id)
{
	static const th_case_part parts[] = {TH_CASE_INVENTORY, TH_CASE_MEASURES, TH_CASE_TARGETS};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (begins(id, th_slice_of(th_case_files[parts[i]].kind)))
			return parts[i];
	return th_slice_eq(id, th_slice_of(th_case_files[TH_CASE_ASSUMPTIONS].name)) ? TH_CASE_ASSUMPTIONS : TH_CASE_PARTS;
}

static th_slice behind(th_slice id, size_t at)
{
	return at < id.len ? (th_slice){id.ptr + at, id.len - at} : (th_slice){"", 0};
}

/* The file's name, and what of it: `measures.csv: M3`. */
static void put_file_title(th_case_part part, th_slice rest, th_lang lang, th_buf *out)
{
	th_buf_str(out, th_case_files[part].name);
	th_buf_str(out, !rest.len ? "" : lang == TH_LANG_ZH ? "：" : ": ");
	th_buf_slice(out, rest);
}

static void put_title(th_writer *w, const th_assessment *a, th_slice id, th_case_part part)
{
	th_buf zh = {0}, en = {0};
	th_slice rest = part == TH_CASE_PARTS || part == TH_CASE_ASSUMPTIONS ? (th_slice){"", 0} : behind(id, strlen(th_case_files[part].kind) + 1);
	th_put_rule_lack(&a->inputs, id, TH_LANG_ZH, &zh);
	th_put_rule_lack(&a->inputs, id, TH_LANG_EN, &en);
	if (th_slice_eq(th_buf_view(&en), id) && part != TH_CASE_PARTS) { /* nobody gave it words */
		th_buf_clear(&zh);
		th_buf_clear(&en);
		put_file_title(part, rest, TH_LANG_ZH, &zh);
		put_file_title(part, rest, TH_LANG_EN, &en);
	}
	th_put_both(w, "title", th_buf_view(&zh), th_buf_view(&en));
	w->buf->failed |= zh.failed || en.failed;
	th_buf_free(&zh);
	th_buf_free(&en);
}

static const th_rule_decl *decl_of(const th_pack *pack, th_slice id)
{
	for (size_t i = 0; i < pack->decls; i++)
		if (th_slice_eq(pack->decl[i].id, id))
			return &pack->decl[i];
	return NULL;
}

static void put_lack(th_writer *w, const th_assessment *a, th_slice id)
{
	static const char *const kinds[] = {[TH_RULE_FACT] = "fact", [TH_RULE_PARAM] = "param", [TH_RULE_COMPUTED] = "computed"};
	static const th_case_part files[] = {[TH_RULE_FACT] = TH_CASE_FACTS, [TH_RULE_PARAM] = TH_CASE_PARAMS, [TH_RULE_COMPUTED] = TH_CASE_PARTS};
	bool evidence = begins(id, TH_S("evidence"));
	th_slice whose = evidence ? behind(id, strlen("evidence:")) : id;
	const th_rule_decl *decl = decl_of(a->pack, whose);
	th_case_part part = decl ? files[decl->role] : part_of(id);
	th_put_open(w, NULL, '{');
	th_put_text(w, "kind", evidence ? TH_S("evidence") : decl ? th_slice_of(kinds[decl->role]) : part != TH_CASE_PARTS ? TH_S("file") : TH_S("computed"));
	th_put_text(w, "id", whose);
	if (part != TH_CASE_PARTS)
		th_put_text(w, "file", th_slice_of(th_case_files[part].name));
	if (decl && !evidence)
		th_put_both(w, "title", decl->name.zh, decl->name.en);
	else
		put_title(w, a, id, part);
	th_put_close(w, '}');
}

void th_put_missing_json(th_writer *w, const th_assessment *a, const th_slice *id, size_t count)
{
	th_put_open(w, "missing", '[');
	for (size_t i = 0; i < count; i++)
		put_lack(w, a, id[i]);
	th_put_close(w, ']');
}

/* --- evidence --- */

/* By its path in the case's folder, in which it lies. */
static th_slice within(const char *folder, const char *path)
{
	size_t len = strlen(folder);
	if (strncmp(path, folder, len) == 0)
		path += len;
	return th_slice_of(path + strspn(path, "/"));
}

/* What the cell names, and whether it lies with the case. */
static void put_papers(th_writer *w, const th_assessment *a, uint32_t fact)
{
	th_put_open(w, "papers", '[');
	for (size_t i = 0; i < a->papers; i++) {
		const th_evidence *e = &a->paper[i].evidence;
		if (a->paper[i].decl != fact)
			continue;
		th_put_open(w, NULL, '{');
		th_put_text(w, "name", e->name);
		th_put_text(w, "state", th_slice_of(th_evidence_states[e->state]));
		if (e->state == TH_EVIDENCE_FOUND) {
			th_put_text(w, "file", within(a->folder, e->path));
			th_put_count(w, "size", e->size);
			th_put_text(w, "sha256", th_slice_of(e->sha256));
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static bool rests_on(const th_rule_result *result, th_slice id, uint32_t fact)
{
	for (size_t i = 0; i < result->useds; i++)
		if (result->used[i] == fact)
			return true;
	for (size_t i = 0; i < result->missings; i++) {
		th_slice lack = result->missing[i];
		if (th_slice_eq(begins(lack, TH_S("evidence")) ? behind(lack, strlen("evidence:")) : lack, id))
			return true;
	}
	return false;
}

void th_put_evidence_json(th_writer *w, const th_assessment *a, const th_rule_result *result)
{
	th_put_open(w, "evidence", '[');
	for (uint32_t fact = 0; fact < a->pack->facts; fact++) {
		const th_rule_decl *decl = &a->pack->decl[fact];
		const th_rule_input *input = &a->inputs.input[fact];
		if ((!decl->needs_evidence && !input->evidence.len) || !rests_on(result, decl->id, fact))
			continue;
		th_put_open(w, NULL, '{');
		th_put_text(w, "fact", decl->id);
		th_put_both(w, "title", decl->name.zh, decl->name.en);
		th_put_truth(w, "needed", decl->needs_evidence);
		th_put_truth(w, "given", th_rule_evidenced(input));
		th_put_text_if(w, "written", input->evidence);
		put_papers(w, a, fact);
		if (input->file)
			th_put_place(w, "place", input->file, input->line);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}
