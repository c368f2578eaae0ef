/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a check misses, and what proves what it was told, as objects of tanhe.check/2. */
#include "base/list.h"
#include "report/wanted.h"

/* --- missing --- */

/* The file's name, and what of it: `measures.csv: M3`. */
static void put_file_title(const th_wanted *wanted, th_lang lang, th_buf *out)
{
	const th_slice rest = wanted->rest;
	th_buf_str(out, th_wanted_file(wanted));
	th_buf_str(out, !rest.len ? "" : lang == TH_LANG_ZH ? "：" : ": ");
	th_buf_slice(out, rest);
}

static void put_title(th_writer *w, const th_wanted *wanted)
{
	const th_assessment *a = wanted->a;
	th_buf zh = {0}, en = {0};
	th_put_rule_lack(&a->inputs, wanted->id, TH_LANG_ZH, &zh);
	th_put_rule_lack(&a->inputs, wanted->id, TH_LANG_EN, &en);
	if (th_slice_eq(th_buf_view(&en), wanted->id) && wanted->part != TH_CASE_PARTS) { /* nobody gave it words */
		th_buf_clear(&zh);
		th_buf_clear(&en);
		put_file_title(wanted, TH_LANG_ZH, &zh);
		put_file_title(wanted, TH_LANG_EN, &en);
	}
	th_put_both(w, "title", th_buf_view(&zh), th_buf_view(&en));
	w->buf->failed |= zh.failed || en.failed;
	th_buf_free(&zh);
	th_buf_free(&en);
}

/* Something about it in both languages; nothing where there is nothing to say. */
static void put_said(th_writer *w, const char *key, const th_wanted *wanted, void (*put)(const th_wanted *, th_lang, th_buf *))
{
	th_buf zh = {0}, en = {0};
	put(wanted, TH_LANG_ZH, &zh);
	put(wanted, TH_LANG_EN, &en);
	th_put_both(w, key, th_buf_view(&zh), th_buf_view(&en));
	w->buf->failed |= zh.failed || en.failed;
	th_buf_free(&zh);
	th_buf_free(&en);
}

/* The heads of a table, or those that it lacks, are the same for whatever is to be added to it: they are made once. */
static const th_slice *heads_of(th_writer *w, const th_wanted *wanted)
{
	th_slice *heads = w->heads[wanted->part];
	for (int lang = TH_LANG_EN; lang <= TH_LANG_ZH && !heads[lang].ptr; lang++) {
		th_buf text = {0};
		(wanted->a->table[wanted->part].there ? th_put_wanted_new_heads : th_put_wanted_heads)(wanted, (th_lang)lang, &text);
		heads[lang] = text.failed ? (th_slice){NULL, 0} : th_arena_copy(&w->names.arena, th_buf_view(&text));
		w->buf->failed |= !heads[lang].ptr;
		th_buf_free(&text);
	}
	return heads;
}

/* The line to add, under which heads. */
static void put_paste(th_writer *w, const th_wanted *wanted)
{
	put_said(w, "paste", wanted, th_put_wanted_line);
	const th_slice *heads = heads_of(w, wanted);
	th_put_both(w, wanted->a->table[wanted->part].there ? "new_heads" : "heads", heads[TH_LANG_ZH], heads[TH_LANG_EN]);
}

static void put_where(th_writer *w, const th_wanted *wanted)
{
	if (!wanted->path)
		return;
	th_put_open(w, "place", '{');
	th_put_spot_json(w, wanted->path, wanted->line, wanted->column);
	th_put_close(w, '}');
}

static void put_allowed(th_writer *w, const th_wanted *wanted)
{
	const th_pack_json *pack = wanted->pack;
	const size_t number = wanted->decl ? (size_t)(wanted->decl - wanted->a->pack->decl) : 0;
	th_slice made = {NULL, 0};
	if (pack && wanted->sort == TH_WANTED_PAPER)
		made = pack->paper;
	else if (pack && wanted->decl && wanted->part != TH_CASE_PARTS)
		made = pack->allowed[number];
	if (!th_put_ready(w, made))
		put_said(w, "allowed", wanted, th_put_wanted_allowed);
}

static void put_name(th_writer *w, const th_wanted *wanted)
{
	const th_rule_decl *decl = wanted->decl;
	if (!th_put_ready(w, wanted->pack ? wanted->pack->name[decl - wanted->a->pack->decl] : (th_slice){NULL, 0}))
		th_put_both(w, "title", decl->name.zh, decl->name.en);
}

/* Of a number of the text for which the case has no table the words are the pack's alone. */
static bool put_ready_lack(th_writer *w, const th_wanted *wanted)
{
	const th_pack *pack = wanted->a->pack;
	return wanted->pack && wanted->part == TH_CASE_PARAMS && wanted->pastes && !wanted->a->contents.there[TH_CASE_PARAMS] &&
	       th_put_ready(w, wanted->pack->lack[(size_t)(wanted->decl - pack->decl) - pack->facts]);
}

void th_put_lack_json(th_writer *w, const th_assessment *a, th_slice id)
{
	static const char *const kinds[] = {[TH_RULE_FACT] = "fact", [TH_RULE_PARAM] = "param", [TH_RULE_COMPUTED] = "computed"};
	th_wanted wanted = th_wanted_of(a, id);
	const th_rule_decl *decl = wanted.decl;
	bool evidence = wanted.sort == TH_WANTED_PAPER;
	wanted.pack = w->pack;
	if (put_ready_lack(w, &wanted))
		return;
	th_put_open(w, NULL, '{');
	th_put_text(w, "kind", evidence ? TH_S("evidence") : decl ? th_slice_of(kinds[decl->role]) : wanted.part != TH_CASE_PARTS ? TH_S("file") : TH_S("computed"));
	th_put_text(w, "id", wanted.whose);
	if (wanted.part != TH_CASE_PARTS)
		th_put_text(w, "file", th_slice_of(th_wanted_file(&wanted)));
	if (decl && !evidence)
		put_name(w, &wanted);
	else
		put_title(w, &wanted);
	put_where(w, &wanted);
	if (wanted.pastes)
		put_paste(w, &wanted);
	put_allowed(w, &wanted);
	th_put_close(w, '}');
}

/* One thing may lack to many requirements, and to the whole. */
struct th_lack_made {
	th_slice id, json;
};

static th_slice made_before(const th_writer *w, th_slice id)
{
	for (size_t i = 0; i < w->lacks; i++)
		if (th_slice_eq(w->lack[i].id, id))
			return w->lack[i].json;
	return (th_slice){NULL, 0};
}

static void put_lack_once(th_writer *w, const th_assessment *a, th_slice id)
{
	th_slice before = made_before(w, id);
	if (before.ptr) {
		th_put_made(w, before);
		return;
	}
	size_t from = w->buf->len;
	th_put_lack_json(w, a, id);
	while (from < w->buf->len && w->buf->ptr[from] != '{') /* what parts it from the one before */
		from++;
	struct th_lack_made *grown = th_grown_in(&w->names.arena, w->lack, w->lacks, sizeof *grown);
	th_slice json = th_arena_copy(&w->names.arena, (th_slice){w->buf->ptr + from, w->buf->len - from});
	w->buf->failed |= !grown || !json.ptr;
	if (w->buf->failed)
		return;
	w->lack = grown;
	grown[w->lacks++] = (struct th_lack_made){id, json};
}

void th_put_missing_json(th_writer *w, const th_assessment *a, const th_slice *id, size_t count)
{
	th_put_open(w, "missing", '[');
	for (size_t i = 0; i < count; i++)
		put_lack_once(w, a, id[i]);
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
		if (th_slice_eq(th_lack_is(lack, TH_S("evidence")) ? (th_slice){lack.ptr + strlen("evidence:"), lack.len - strlen("evidence:")} : lack, id))
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
		if (!th_put_ready(w, w->pack->fact[fact])) {
			th_put_text(w, "fact", decl->id);
			th_put_both(w, "title", decl->name.zh, decl->name.en);
			th_put_truth(w, "needed", decl->needs_evidence);
		}
		th_put_truth(w, "given", th_rule_evidenced(input));
		th_put_text_if(w, "written", input->evidence);
		put_papers(w, a, fact);
		if (input->file)
			th_put_place(w, "place", input->file, input->line);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}
