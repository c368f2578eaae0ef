/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a rule pack says of every case in the same words. */
#include "report/init.h"
#include "report/wanted.h"

void th_put_rules_json(th_writer *w, const th_pack *pack)
{
	th_put_open(w, "rules", '{');
	th_put_text(w, "id", pack->id);
	th_put_text(w, "version", pack->version);
	th_put_text(w, "sha256", th_slice_of(pack->sha256));
	th_put_both(w, "name", pack->name.zh, pack->name.en);
	th_put_text_if(w, "document", pack->document);
	th_put_text_if(w, "stage", th_pack_stage_id(pack));
	th_put_close(w, '}');
}

/* Members are made one after another in a buffer and copied out of it. */
typedef struct making {
	th_pack_json *out;
	th_buf buf;
	th_writer w;
} making;

static th_writer *begin(making *m)
{
	th_buf_clear(&m->buf);
	m->w = (th_writer){.buf = &m->buf, .depth = 1, .first = true, .line = true};
	return &m->w;
}

static th_slice end(making *m)
{
	th_slice made = th_arena_copy(&m->out->arena, th_buf_view(&m->buf));
	m->buf.failed |= !made.ptr;
	return made;
}

static void make_requirement(making *m, const th_requirement *r, size_t i)
{
	th_writer *w = begin(m);
	th_put_text(w, "id", r->id);
	th_put_text(w, "clause", r->clause);
	m->out->id[i] = end(m);
	w = begin(m);
	th_put_both(w, "title", r->title.zh, r->title.en);
	th_put_text(w, "level", th_slice_of(th_rule_level_names[r->level]));
	m->out->title[i] = end(m);
	th_put_both(begin(m), "advice", r->advice.zh, r->advice.en);
	m->out->advice[i] = end(m);
}

static th_slice make_allowed(making *m, const th_reference *reference, const th_rule_decl *decl)
{
	th_buf said[2] = {{0}, {0}};
	for (int lang = TH_LANG_EN; lang <= TH_LANG_ZH; lang++) {
		const th_init words = {.reference = reference, .pack = m->out->pack, .lang = (th_lang)lang};
		th_put_allowed_of(&words, decl, &said[lang]);
	}
	th_put_both(begin(m), "allowed", th_buf_view(&said[TH_LANG_ZH]), th_buf_view(&said[TH_LANG_EN]));
	m->buf.failed |= said[0].failed || said[1].failed;
	th_buf_free(&said[0]);
	th_buf_free(&said[1]);
	return end(m);
}

static void make_declaration(making *m, const th_reference *reference, const th_rule_decl *decl, size_t i)
{
	th_put_both(begin(m), "title", decl->name.zh, decl->name.en);
	m->out->name[i] = end(m);
	th_writer *w = begin(m);
	th_put_text(w, "fact", decl->id);
	th_put_both(w, "title", decl->name.zh, decl->name.en);
	th_put_truth(w, "needed", decl->needs_evidence);
	m->out->fact[i] = end(m);
	m->out->allowed[i] = make_allowed(m, reference, decl);
}

static void name_columns(th_pack_json *out, const th_reference *reference)
{
	const th_init words = {.reference = reference, .pack = out->pack, .lang = TH_LANG_ZH};
	for (th_case_part part = 0; part < TH_CASE_PARTS; part++)
		for (size_t i = 0; i < TH_TABLE_COLUMNS && th_check_columns[part][i]; i++)
			out->column[part][i] = th_init_column(&words, part, th_check_columns[part][i]);
}

static bool make_room(th_pack_json *out, const th_pack *pack)
{
	th_slice **const lists[] = {&out->id, &out->title, &out->advice, &out->name, &out->fact, &out->allowed};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (!(*lists[i] = th_arena_alloc(&out->arena, (i < 3 ? pack->requirements : pack->decls) + 1, sizeof **lists[i])))
			return false;
	return true;
}

/* What a case without any table lacks. */
static bool make_lacks(making *m, const th_reference *reference)
{
	th_pack_json *out = m->out;
	const th_pack *pack = out->pack;
	th_slice *lack = th_arena_alloc(&out->arena, pack->params + 1, sizeof *lack);
	th_assessment *a = th_arena_alloc(&out->arena, 1, sizeof *a);
	if (!lack || !a)
		return false;
	*a = (th_assessment){.reference = reference, .pack = pack, .param = th_arena_alloc(&out->arena, pack->params + 1, sizeof *a->param),
	                     .file = th_arena_alloc(&out->arena, TH_CASE_PARTS, sizeof *a->file)};
	for (size_t i = 0; a->param && a->file && i < pack->params; i++) {
		th_put_lack_json(begin(m), a, pack->decl[pack->facts + i].id);
		lack[i] = end(m);
		th_file_names_free(&m->w.names);
	}
	out->lack = lack;
	return a->param && a->file;
}

th_status th_pack_json_make(const th_reference *reference, const th_pack *pack, th_pack_json *out)
{
	making m = {.out = out};
	*out = (th_pack_json){.pack = pack};
	if (!make_room(out, pack))
		return TH_SYSTEM;
	th_put_rules_json(begin(&m), pack);
	out->rules = end(&m);
	for (size_t i = 0; i < pack->requirements; i++)
		make_requirement(&m, &pack->requirement[i], i);
	for (size_t i = 0; i < pack->decls; i++)
		make_declaration(&m, reference, &pack->decl[i], i);
	th_put_both(begin(&m), "allowed", th_slice_of(th_word_text(W_WANT_PAPER_NAME, TH_LANG_ZH)), th_slice_of(th_word_text(W_WANT_PAPER_NAME, TH_LANG_EN)));
	out->paper = end(&m);
	name_columns(out, reference);
	bool failed = !make_lacks(&m, reference) || m.buf.failed;
	th_buf_free(&m.buf);
	return failed ? TH_SYSTEM : TH_OK;
}

void th_pack_json_free(th_pack_json *made)
{
	th_arena_free(&made->arena);
}
