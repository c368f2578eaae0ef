/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a dossier rests on: the papers that prove what is stated, each with what it proves and whether it lies with the case; and the files that
 * were read, with their digests. */
#include "report/dossier.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/list.h"

/* --- papers --- */

/* Of an inventory whose every line has a paper of its own no more are listed: the ledger has them all. */
enum { MOST_PROOFS = 500 };

/* A paper as somebody names it; it may prove several things. */
typedef struct paper {
	th_evidence evidence;
	uint32_t decl;            /* the fact that it proves, */
	const th_measure *measure; /* or the measure, */
	const th_dossier_proof *proof; /* or lines of the inventory */
	size_t next;              /* of the same name, SIZE_MAX: none */
} paper;

typedef struct catalogue {
	const th_assessment *a;
	th_arena arena;
	th_intern name;
	paper *paper;
	size_t papers;
	size_t *first, *last;     /* by name */
	bool failed;
} catalogue;

static void enter(catalogue *c, paper one)
{
	uint32_t number = th_intern_add(&c->name, one.evidence.name);
	paper *grown = number == TH_NONE ? NULL : th_grown(c->paper, c->papers, sizeof *grown);
	c->failed |= !grown;
	if (!grown)
		return;
	c->paper = grown;
	one.next = SIZE_MAX;
	c->paper[c->papers++] = one;
}

/* `one` for each paper of a cell, which are looked for now. */
static void look_for(catalogue *c, th_slice cell, th_diags *diags, paper one)
{
	th_evidence *found;
	size_t count;
	c->failed |= th_evidence_find(c->a->contents.papers, cell, &c->arena, diags, &found, &count) != TH_OK;
	for (size_t k = 0; k < count && !c->failed; k++) {
		one.evidence = found[k];
		enter(c, one);
	}
}

/* Papers that facts name were looked for by the check. */
static void enter_all(catalogue *c, const th_dossier_lines *lines, th_diags *diags)
{
	const th_assessment *a = c->a;
	for (size_t i = 0; i < a->papers; i++)
		enter(c, (paper){.evidence = a->paper[i].evidence, .decl = a->paper[i].decl});
	for (size_t i = 0; i < a->measures.count && !c->failed; i++) {
		const th_measure *m = &a->measures.measure[i];
		look_for(c, m->evidence, diags, (paper){.measure = m});
	}
	for (size_t i = 0; lines && i < lines->proofs && i < MOST_PROOFS && !c->failed; i++)
		look_for(c, lines->proof[i].evidence, diags, (paper){.proof = &lines->proof[i]});
}

/* Those of one name hang on each other. */
static void chain(catalogue *c)
{
	c->first = th_arena_alloc(&c->arena, c->name.count + 1, sizeof *c->first);
	c->last = th_arena_alloc(&c->arena, c->name.count + 1, sizeof *c->last);
	c->failed |= !c->first || !c->last;
	for (size_t i = 0; i < c->name.count && !c->failed; i++)
		c->first[i] = SIZE_MAX;
	for (size_t i = 0; i < c->papers && !c->failed; i++) {
		uint32_t number = th_intern_find(&c->name, c->paper[i].evidence.name);
		if (c->first[number] == SIZE_MAX)
			c->first[number] = i;
		else
			c->paper[c->last[number]].next = i;
		c->last[number] = i;
	}
}

/* On the list of measures, or on what was computed from it? */
static bool is_of_measures(const th_assessment *a, uint32_t used)
{
	const th_rule_input *input = used < a->pack->decls ? &a->inputs.input[used] : NULL;
	return !input || (used >= a->pack->facts + a->pack->params && input->file && a->measures.path && strcmp(input->file, a->measures.path) == 0);
}

/* Was it computed from the inventory? */
static bool is_of_inventory(const th_assessment *a, uint32_t used, const char *file)
{
	const th_rule_input *input = used < a->pack->decls ? &a->inputs.input[used] : NULL;
	return input && used >= a->pack->facts + a->pack->params && input->file && strcmp(input->file, file) == 0;
}

static bool rests_on(const th_assessment *a, const th_rule_result *result, const paper *one)
{
	for (size_t i = 0; i < result->useds; i++) {
		uint32_t used = result->used[i];
		if (one->measure ? is_of_measures(a, used) : one->proof ? is_of_inventory(a, used, one->proof->file) : used == one->decl)
			return true;
	}
	return false;
}

static void put_proved_lines(th_page *p, const th_dossier_proof *proof)
{
	th_page_text(p, th_activity_called(proof->activity, p->lang));
	TH_SAY(p, proof->lines > 1 ? W_D_PROVED_LINES : W_D_PROVED_LINE, th_fill_integer((long long)proof->line), th_fill_integer((long long)proof->lines));
}

static void put_proved(th_page *p, const catalogue *c, size_t first)
{
	for (size_t i = first; i != SIZE_MAX; i = c->paper[i].next) {
		const paper *at = &c->paper[i];
		th_page_text(p, i == first ? TH_S("") : th_page_word(p, W_LIST));
		if (at->proof) {
			put_proved_lines(p, at->proof);
			continue;
		}
		if (!at->measure) {
			th_page_text(p, th_word(c->a->pack->decl[at->decl].name, p->lang));
			continue;
		}
		th_page_text(p, at->measure->id);
		th_page_text(p, TH_S(" "));
		th_page_text(p, at->measure->name);
	}
	th_doc_end(&p->doc);
}

/* Each requirement that rests on one of them, once. */
static void put_clauses(th_page *p, const catalogue *c, size_t first)
{
	bool any = false;
	for (size_t r = 0; r < c->a->results.results; r++) {
		const th_rule_result *result = &c->a->results.result[r];
		bool rests = false;
		for (size_t i = first; i != SIZE_MAX && !rests; i = c->paper[i].next)
			rests = rests_on(c->a, result, &c->paper[i]);
		if (!rests)
			continue;
		th_page_text(p, any ? th_page_word(p, W_LIST) : TH_S(""));
		th_page_text(p, result->requirement->id);
		any = true;
	}
	if (any)
		th_doc_end(&p->doc);
	else
		th_doc_none(&p->doc);
}

static void put_paper(th_page *p, const catalogue *c, uint32_t number)
{
	static const th_label states[TH_EVIDENCE_STATES] = {W_D_FOUND, W_D_ABSENT, W_D_APART, W_D_NO_PAPER};
	const th_evidence *e = &c->paper[c->first[number]].evidence;
	bool found = e->state == TH_EVIDENCE_FOUND;
	th_doc_count(&p->doc, (size_t)number + 1);
	th_doc_cell_text(&p->doc, e->name);
	put_proved(p, c, c->first[number]);
	put_clauses(p, c, c->first[number]);
	th_page_cell(p, states[e->state]);
	if (found) {
		th_buf_printf(&p->doc.text, "%" PRIu64, e->size);
		th_doc_end(&p->doc);
		th_doc_cell_text(&p->doc, th_slice_of(e->sha256));
	} else {
		th_doc_none(&p->doc);
		th_doc_none(&p->doc);
	}
}

static void put_catalogue(th_page *p, const catalogue *c, const th_dossier_lines *lines)
{
	static const th_page_column columns[] = {
		{W_D_H_ORDER, TH_DOC_COUNT}, {W_L_EVIDENCE, TH_DOC_WORD}, {W_D_H_PROVES, TH_DOC_WORD}, {W_D_H_CLAUSES, TH_DOC_WORD},
		{W_H_STATE, TH_DOC_WORD}, {W_D_H_BYTES, TH_DOC_FIGURE}, {W_D_H_DIGEST, TH_DOC_WORD},
	};
	if (c->papers == 0) {
		th_page_paragraph(p, W_D_NO_PAPERS);
		return;
	}
	th_dossier_caption(p, W_D_PAPERS, 0);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (uint32_t number = 0; number < c->name.count && !c->failed; number++)
		put_paper(p, c, number);
	th_page_paragraph(p, W_D_PAPERS_NOTE);
	if (lines && lines->proofs > MOST_PROOFS) {
		TH_SAY(p, W_D_PAPERS_MORE, th_fill_integer((long long)(lines->proofs - MOST_PROOFS)));
		th_doc_paragraph(&p->doc, TH_S(""));
	}
}

void th_put_dossier_papers(th_page *p, const th_dossier *d)
{
	catalogue c = {.a = d->a};
	th_page_section(p, W_D_PAPERS);
	enter_all(&c, d->lines, d->diags);
	chain(&c);
	put_catalogue(p, &c, d->lines);
	p->doc.failed |= c.failed;
	th_doc_close(&p->doc);
	th_intern_free(&c.name);
	th_arena_free(&c.arena);
	free(c.paper);
}

/* --- files --- */

static th_label what_is(th_case_part kind)
{
	return kind == TH_CASE_FACTS ? W_D_F_FACTS : kind == TH_CASE_MEASURES ? W_D_F_MEASURES : kind == TH_CASE_TARGETS ? W_D_F_TARGETS : kind == TH_CASE_TASKS ? W_O_TASKS
	     : kind == TH_CASE_INVENTORY ? W_D_F_INVENTORY : kind == TH_CASE_OFFSETS ? W_OFFSETS : W_D_F_PARAMS;
}

static void put_case_files(th_page *p, const th_assessment *a)
{
	for (size_t i = 0; i < a->files; i++) {
		const th_check_file *file = &a->file[i];
		if (file->found && !(file->kind == TH_CASE_INVENTORY && a->account))
			th_put_file_row(p, file->path, what_is(file->kind), file->encoding, file->rows, file->sha256);
	}
	if (a->account)
		th_put_input_files(p, a->account);
	if (a->account && a->account->instruments.path)
		th_put_file_row(p, a->account->instruments.path, W_D_F_INSTRUMENTS, a->account->instruments.encoding, a->account->instruments.count,
		         a->account->instruments.sha256);
}

static void put_plan_files(th_page *p, const th_case_plan *plan)
{
	if (plan->has_assumptions)
		th_put_file_row(p, plan->assumptions_path, W_D_F_ASSUMPTIONS, plan->assumptions.encoding, plan->assumptions.rows, plan->assumptions.sha256);
	if (plan->has_delivered)
		th_put_file_row(p, plan->delivered_path, W_D_F_DELIVERED, plan->delivered.encoding, plan->delivered.count, plan->delivered.sha256);
	for (size_t i = 0; i < plan->yearlys; i++)
		th_put_file_row(p, plan->yearly[i].path, W_D_F_SERIES, plan->yearly[i].encoding, plan->yearly[i].count, plan->yearly[i].sha256);
	for (size_t i = 0; i < plan->scenarios; i++)
		th_put_file_row(p, plan->scenario[i].path, W_D_F_SCENARIO, plan->scenario[i].params.encoding, plan->scenario[i].params.rows,
		         plan->scenario[i].params.sha256);
}

void th_put_dossier_files(th_page *p, const th_dossier *d)
{
	th_put_file_heads(p);
	put_case_files(p, d->a);
	put_plan_files(p, d->plan);
	th_put_pack_name(d->a->pack, p->lang, &p->doc.text);
	th_put_file_row(p, "", W_RULES, NULL, 0, d->a->pack->sha256);
	th_put_reference_files(p, d->a->reference);
	th_put_dossier_command(p, d);
	th_doc_close(&p->doc);
}
