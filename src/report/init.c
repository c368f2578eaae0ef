/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an applicant of a kind is asked. */
#include "report/init.h"

#include "check/check.h"

struct gathering {
	th_init *init;
	th_rule_inputs inputs;
	const th_rule_ask **ask; /* by fact: what asks for it */
	const th_rule_decl **computed; /* by fact: the computed value that needs it */
	bool *wanted;
	uint64_t *fits;          /* by input: options of a choice that no mandatory requirement refuses; 0: all */
};

static void want(struct gathering *g, uint32_t fact)
{
	if (fact != TH_NONE)
		g->wanted[fact] = true;
}

/* Facts that the rules look at, and those that what they compute is made of. */
static void take_asks(struct gathering *g, const th_rule_asks *asks)
{
	const th_pack *pack = g->init->pack;
	for (size_t i = 0; i < asks->asks; i++) {
		const th_rule_ask *ask = &asks->ask[i];
		const th_rule_decl *decl = &pack->decl[ask->decl];
		const char *name;
		if (decl->role == TH_RULE_FACT && !g->ask[ask->decl]) {
			g->ask[ask->decl] = ask;
			want(g, ask->decl);
		}
		for (size_t k = 0; decl->role == TH_RULE_COMPUTED && (name = th_check_computed_fact(decl->id, k)) != NULL; k++) {
			uint32_t fact = th_pack_fact(pack, th_slice_of(name));
			want(g, fact);
			if (fact == TH_NONE || g->ask[fact])
				continue;
			g->ask[fact] = ask;
			g->computed[fact] = decl;
		}
	}
}

/* One kind of applicant, of which nothing else is known. */
static th_status take_kind(struct gathering *g, uint32_t category, uint32_t target)
{
	th_init *init = g->init;
	th_rule_asks asks;
	if (th_rule_inputs_new(init->pack, &init->arena, &g->inputs) != TH_OK)
		return TH_SYSTEM;
	if (category != TH_NONE)
		th_rule_inputs_suppose(&g->inputs, init->pack->category, category);
	if (target != TH_NONE)
		th_rule_inputs_suppose(&g->inputs, init->pack->target, target);
	g->fits = th_check_fits(&g->inputs, &init->arena);
	if (!g->fits)
		return TH_SYSTEM;
	th_status status = th_rules_ask(&g->inputs, g->fits, &init->arena, &asks);
	if (status == TH_OK)
		take_asks(g, &asks);
	return status;
}

static void take_typical(struct gathering *g)
{
	const th_typical *typical = &g->init->typical;
	for (size_t i = 0; i < typical->rows; i++)
		if (typical->row[i].fact.len && th_typical_is_for(&typical->row[i], g->init->category))
			want(g, th_pack_fact(g->init->pack, typical->row[i].fact));
}

static th_slice option_name(const th_init *init, th_index fact, uint32_t option)
{
	const th_rule_decl *decl = TH_AT(init->pack->decl, fact);
	return decl && option != TH_NONE ? th_word(decl->option[option].name, init->lang) : TH_S("");
}

static bool is(th_index index, size_t number)
{
	uint32_t own;
	return th_index_get(index, &own) && own == number;
}

static th_status list_facts(struct gathering *g, uint32_t category, uint32_t target)
{
	th_init *init = g->init;
	const th_pack *pack = init->pack;
	init->fact = th_arena_alloc(&init->arena, pack->facts + 1, sizeof *init->fact);
	if (!init->fact)
		return TH_SYSTEM;
	for (uint32_t i = 0; i < pack->facts; i++) {
		bool kind = is(pack->category, i), aim = is(pack->target, i);
		if (!g->wanted[i] && !kind && !aim)
			continue;
		init->fact[init->facts++] = (th_init_fact){
			.decl = &pack->decl[i], .ask = g->ask[i], .computed = g->computed[i] ? th_word(g->computed[i]->name, init->lang) : TH_S(""),
			.fits = g->fits[i],
			.value = kind ? option_name(init, pack->category, category) : aim ? option_name(init, pack->target, target) : TH_S(""),
		};
	}
	return TH_OK;
}

static size_t options_of(const th_pack *pack, th_index fact)
{
	const th_rule_decl *decl = TH_AT(pack->decl, fact);
	return decl ? decl->options : 1;
}

/* Each kind that is meant: one, or all that there are. */
static th_status take_kinds(struct gathering *g, uint32_t category, uint32_t target)
{
	const th_pack *pack = g->init->pack;
	th_status status = TH_OK;
	bool any_category = category == TH_NONE && th_index_is(pack->category), any_target = target == TH_NONE && th_index_is(pack->target);
	uint32_t categories = any_category ? (uint32_t)options_of(pack, pack->category) : 1, targets = any_target ? (uint32_t)options_of(pack, pack->target) : 1;
	for (uint32_t i = 0; i < categories && status == TH_OK; i++)
		for (uint32_t k = 0; k < targets && status == TH_OK; k++)
			status = take_kind(g, any_category ? i : category, any_target ? k : target);
	return status;
}

static th_status gather(th_init *init, uint32_t category, uint32_t target)
{
	const th_pack *pack = init->pack;
	struct gathering g = {
		.init = init, .ask = th_arena_alloc(&init->arena, pack->facts + 1, sizeof *g.ask),
		.computed = th_arena_alloc(&init->arena, pack->facts + 1, sizeof *g.computed), .wanted = th_arena_alloc(&init->arena, pack->facts + 1, sizeof *g.wanted),
	};
	if (!g.ask || !g.computed || !g.wanted)
		return TH_SYSTEM;
	th_status status = take_kinds(&g, category, target);
	if (status != TH_OK)
		return status;
	take_typical(&g);
	return list_facts(&g, category, target);
}

/* Of which applicants typical rows are taken: of a kind; of a scheme that tells none apart, those that name it, or all where none does. */
static th_slice kind_of(const th_init *init, const th_rule_decl *kinds, uint32_t category)
{
	if (kinds)
		return category == TH_NONE ? TH_S("") : kinds->option[category].id;
	for (size_t i = 0; i < init->typical.rows; i++)
		if (th_typical_names(&init->typical.row[i], init->pack->id))
			return init->pack->id;
	return TH_S("");
}

th_status th_init_open_products(th_init *init, const th_reference *reference, const th_pack *pack, const char *data, th_lang lang, th_diags *diags)
{
	*init = (th_init){.reference = reference, .pack = pack, .lang = lang, .category = TH_S("product-footprint"), .alone = true, .products = true, .title = th_slice_of(th_word_text(W_INIT_FOOTPRINT, lang))};
	th_book_begin(&init->book);
	return th_typical_load(reference, data, &init->arena, diags, &init->typical);
}

th_status th_init_open(th_init *init, const th_reference *reference, const th_pack *pack, const char *data, uint32_t category, uint32_t target, th_lang lang,
                       th_diags *diags)
{
	const th_rule_decl *kinds = TH_AT(pack->decl, pack->category);
	th_buf title = {0};
	*init = (th_init){.reference = reference, .pack = pack, .lang = lang, .category = TH_S("")};
	th_book_begin(&init->book);
	th_buf_slice(&title, kinds ? option_name(init, pack->category, category) : th_word(pack->name, lang));
	th_buf_str(&title, title.len && target != TH_NONE ? th_word_text(W_COMMA, lang) : "");
	th_buf_slice(&title, option_name(init, pack->target, target));
	init->title = th_arena_copy(&init->arena, th_buf_view(&title));
	bool failed = title.failed || !init->title.ptr;
	th_buf_free(&title);
	th_status status = failed ? TH_SYSTEM : th_typical_load(reference, data, &init->arena, diags, &init->typical);
	init->category = kind_of(init, kinds, category);
	if (status == TH_OK)
		status = gather(init, category, target);
	return status;
}

void th_init_close(th_init *init)
{
	th_book_free(&init->book);
	th_arena_free(&init->arena);
}
