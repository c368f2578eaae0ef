/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which scheme wants which fact of one case, and what is missing for which. Facts of several packs are one where their ids are. */
#include "base/list.h"
#include "report/schemes.h"
#include "report/wanted.h"

const char *const th_want_states[TH_WANT_STATES] = {"not_wanted", "given", "open", "missing"};

const char *const th_want_kinds[TH_WANT_KINDS] = {"fact", "param", "evidence", "file"};

struct gathering {
	const th_schemes *schemes;
	th_wants *wants;
};

/* The row of a thing, made where there is none; NULL without memory. */
static th_want *row_of(struct gathering *g, th_want_kind kind, th_slice id, th_words name)
{
	th_wants *w = g->wants;
	for (size_t i = 0; i < w->count; i++)
		if (w->want[i].kind == kind && th_slice_eq(w->want[i].id, id))
			return &w->want[i];
	th_want *grown = th_grown_in(&w->arena, w->want, w->count, sizeof *grown);
	if (!grown)
		return NULL;
	w->want = grown;
	w->want[w->count] = (th_want){.id = id, .kind = kind, .name = name};
	return &w->want[w->count++];
}

static bool mark(struct gathering *g, size_t scheme, th_want_kind kind, th_slice id, th_words name, th_want_state state)
{
	th_want *row = row_of(g, kind, id, name);
	if (row && state > row->of[scheme])
		row->of[scheme] = state;
	return row != NULL;
}

static th_want_kind kind_of(const th_rule_decl *decl)
{
	return decl->role == TH_RULE_PARAM ? TH_WANT_PARAM : TH_WANT_FACT;
}

static bool mark_decl(struct gathering *g, size_t scheme, uint32_t decl)
{
	const th_assessment *a = g->schemes->a[scheme];
	if (decl == TH_NONE || a->pack->decl[decl].role == TH_RULE_COMPUTED)
		return true;
	const th_rule_decl *d = &a->pack->decl[decl];
	return mark(g, scheme, kind_of(d), d->id, d->name, a->inputs.input[decl].value.known ? TH_WANT_GIVEN : TH_WANT_OPEN);
}

static void suppose(const th_assessment *a, th_rule_inputs *inputs, th_index fact)
{
	const th_rule_input *stated = TH_AT(a->inputs.input, fact);
	if (stated && stated->value.known)
		th_rule_inputs_suppose(inputs, fact, stated->value.choice);
}

/* What it asks of an applicant of this kind. */
static bool mark_asked(struct gathering *g, size_t scheme)
{
	const th_assessment *a = g->schemes->a[scheme];
	const th_pack *pack = a->pack;
	th_rule_inputs inputs;
	th_rule_asks asks;
	uint32_t decl;
	bool fits = th_index_get(pack->category, &decl) ? mark_decl(g, scheme, decl) : true;
	if (fits && th_index_get(pack->target, &decl))
		fits = mark_decl(g, scheme, decl);
	if (!fits || th_rule_inputs_new(pack, &g->wants->arena, &inputs) != TH_OK)
		return false;
	suppose(a, &inputs, pack->category);
	suppose(a, &inputs, pack->target);
	const uint64_t *options = th_check_fits(&inputs, &g->wants->arena);
	if (!options || th_rules_ask(&inputs, options, &g->wants->arena, &asks) != TH_OK)
		return false;
	for (size_t i = 0; i < asks.asks && fits; i++) {
		const th_rule_decl *asked = &pack->decl[asks.ask[i].decl];
		fits = mark_decl(g, scheme, asks.ask[i].decl);
		const char *name;
		for (size_t k = 0; asked->role == TH_RULE_COMPUTED && fits && (name = th_check_computed_fact(asked->id, k)) != NULL; k++)
			fits = mark_decl(g, scheme, th_pack_fact(pack, th_slice_of(name)));
	}
	return fits;
}

/* Words for something of a file, kept. */
static th_words lack_words(struct gathering *g, const th_assessment *a, th_slice id)
{
	th_buf zh = {0}, en = {0};
	th_put_rule_lack(&a->inputs, id, TH_LANG_ZH, &zh);
	th_put_rule_lack(&a->inputs, id, TH_LANG_EN, &en);
	th_words words = {th_arena_copy(&g->wants->arena, th_buf_view(&zh)), th_arena_copy(&g->wants->arena, th_buf_view(&en))};
	if (zh.failed || en.failed)
		words.zh.ptr = NULL;
	th_buf_free(&zh);
	th_buf_free(&en);
	return words;
}

/* What keeps its verdict open. */
static bool mark_missing(struct gathering *g, size_t scheme)
{
	const th_assessment *a = g->schemes->a[scheme];
	size_t count;
	const th_slice *missing = th_whole_lacks(a, &g->wants->arena, &count);
	bool fits = missing != NULL;
	for (size_t i = 0; fits && i < count; i++) {
		const th_wanted w = th_wanted_of(a, missing[i]);
		const bool paper = w.sort == TH_WANTED_PAPER;
		if (w.decl && !paper && w.decl->role != TH_RULE_COMPUTED) {
			fits = mark(g, scheme, kind_of(w.decl), w.decl->id, w.decl->name, TH_WANT_MISSING);
			continue;
		}
		const th_words words = lack_words(g, a, missing[i]);
		fits = words.zh.ptr && words.en.ptr && mark(g, scheme, paper ? TH_WANT_PAPER : TH_WANT_FILE, w.whose, words, TH_WANT_MISSING);
	}
	return fits;
}

/* Facts first, then parameters, evidence, files; within each as they were met. */
static bool sort_kinds(struct gathering *g)
{
	th_wants *w = g->wants;
	th_want *sorted = th_arena_alloc(&w->arena, w->count + 1, sizeof *sorted);
	size_t at = 0;
	for (th_want_kind k = 0; sorted && k < TH_WANT_KINDS; k++)
		for (size_t i = 0; i < w->count; i++)
			if (w->want[i].kind == k)
				sorted[at++] = w->want[i];
	w->want = sorted;
	return sorted != NULL;
}

th_status th_wants_find(const th_schemes *schemes, th_wants *out)
{
	*out = (th_wants){.count = 0};
	struct gathering g = {.schemes = schemes, .wants = out};
	bool fits = true;
	for (size_t i = 0; i < schemes->count && fits; i++)
		fits = mark_asked(&g, i) && mark_missing(&g, i);
	return fits && sort_kinds(&g) ? TH_OK : TH_SYSTEM;
}

void th_wants_free(th_wants *wants)
{
	th_arena_free(&wants->arena);
}
