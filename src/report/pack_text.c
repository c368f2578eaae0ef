/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rule pack as a checklist: clause by clause in the order of the text, with what each requirement needs to know of whom. */
#include "report/check_report.h"

/* What every requirement would need, decided for each kind of applicant and target with nothing else known. */
typedef struct needs {
	const th_pack *pack;
	th_lang lang;
	th_arena arena;
	th_rule_results *combo;
	const th_rule_inputs *inputs; /* of one of them */
	size_t combos, targets;
} needs;

/* All of them, where the first is shown. */
static void put_stages(th_page *p, const th_pack *pack)
{
	for (size_t i = 0; i < pack->stages; i++) {
		th_page_text(p, i ? th_page_word(p, W_SEMICOLON) : TH_S(""));
		th_put_name_id(th_word(pack->stage[i].name, p->lang), pack->stage[i].id, p->lang, &p->doc.text);
	}
	th_page_field(p, W_STAGES, TH_S(""));
}

static void put_head(th_page *p, const th_pack *pack)
{
	th_put_pack_name(pack, p->lang, &p->doc.text);
	th_doc_title(&p->doc, TH_S(""));
	th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
	th_page_field(p, W_DOCUMENT, pack->document);
	th_page_field(p, W_ISSUERS, pack->issuers);
	th_page_field(p, W_DATE, pack->date);
	th_page_field(p, W_URL, pack->url);
	if (pack->text_sha256.len) {
		th_page_text(p, TH_S("sha256 "));
		th_page_field(p, W_TEXT_READ, pack->text_sha256);
	}
	th_page_text(p, TH_S("sha256 "));
	th_page_field(p, W_PACK, th_slice_of(pack->sha256));
	th_page_field(p, W_NOTE, th_word(pack->note, p->lang));
	if (pack->at)
		th_put_stage(p, pack, pack->at);
	else if (pack->stages > 1)
		put_stages(p, pack);
	th_doc_close(&p->doc);
	th_put_amendments_text(p, pack);
}

/* How many kinds a fact tells apart; without such a fact all are of one. */
static size_t told_apart(const th_pack *pack, th_index fact)
{
	const th_rule_decl *decl = TH_AT(pack->decl, fact);
	return decl ? decl->options : 1;
}

static bool decide_combos(needs *n)
{
	const th_pack *pack = n->pack;
	n->targets = told_apart(pack, pack->target);
	n->combos = told_apart(pack, pack->category) * n->targets;
	n->combo = th_arena_alloc(&n->arena, n->combos, sizeof *n->combo);
	for (size_t i = 0; n->combo && i < n->combos; i++) {
		th_rule_inputs *inputs = th_arena_alloc(&n->arena, 1, sizeof *inputs); /* the results point into it */
		if (!inputs || th_rule_inputs_new(pack, &n->arena, inputs) != TH_OK)
			return false;
		th_rule_inputs_suppose(inputs, pack->category, (uint32_t)(i / n->targets));
		th_rule_inputs_suppose(inputs, pack->target, (uint32_t)(i % n->targets));
		n->inputs = inputs;
		if (th_rules_decide(inputs, &n->arena, &n->combo[i]) != TH_OK)
			return false;
	}
	return n->combo != NULL;
}

static bool applies(const needs *n, size_t combo, size_t requirement)
{
	return n->combo[combo].result[requirement].status != TH_RULE_NOT_APPLICABLE;
}

static bool same_needs(const needs *n, size_t a, size_t b, size_t requirement)
{
	const th_rule_result *x = &n->combo[a].result[requirement], *y = &n->combo[b].result[requirement];
	bool same = applies(n, a, requirement) && applies(n, b, requirement) && x->missings == y->missings;
	for (size_t i = 0; same && i < x->missings; i++)
		same = th_slice_eq(x->missing[i], y->missing[i]);
	return same;
}

static th_slice option_name(const needs *n, th_index fact, size_t option)
{
	const th_rule_decl *decl = TH_AT(n->pack->decl, fact);
	return decl ? th_word(decl->option[option].name, n->lang) : (th_slice){"", 0};
}

static th_slice kind_name(const needs *n, size_t combo)
{
	return option_name(n, n->pack->category, combo / n->targets);
}

static th_slice target_name(const needs *n, size_t combo)
{
	return option_name(n, n->pack->target, combo % n->targets);
}

/* One more name of a list that begins at `from`. */
static void put_listed(const needs *n, th_buf *out, size_t from, th_slice name)
{
	th_buf_str(out, out->len > from ? th_word_text(W_LIST, n->lang) : "");
	th_buf_slice(out, name);
}

/* Who needs what `first` needs: everybody, some kinds of applicants, some targets, or pairs of both. */
static void put_who(const needs *n, size_t first, size_t requirement, th_buf *out)
{
	bool by_kind = true, by_target = true;
	size_t count = 0, from = out->len;
	for (size_t i = 0; i < n->combos; i++) {
		bool in = same_needs(n, first, i, requirement);
		count += in;
		by_kind &= in == same_needs(n, first, i - i % n->targets, requirement);
		by_target &= in == same_needs(n, first, i % n->targets, requirement);
	}
	if (count == n->combos)
		th_buf_str(out, th_word_text(W_EVERYBODY, n->lang));
	for (size_t i = 0; i < n->combos && count < n->combos; i++) {
		if (!same_needs(n, first, i, requirement))
			continue;
		if (by_kind && i % n->targets == 0)
			put_listed(n, out, from, kind_name(n, i));
		else if (!by_kind && by_target && i < n->targets)
			put_listed(n, out, from, target_name(n, i));
		else if (!by_kind && !by_target) {
			put_listed(n, out, from, kind_name(n, i));
			th_buf_str(out, " · ");
			th_buf_slice(out, target_name(n, i));
		}
	}
}

static bool said_before(const needs *n, size_t combo, size_t requirement)
{
	for (size_t i = 0; i < combo; i++)
		if (same_needs(n, i, combo, requirement))
			return true;
	return false;
}

static void put_needs(th_page *p, const needs *n, size_t requirement)
{
	for (size_t i = 0; i < n->combos; i++) {
		const th_rule_result *result = &n->combo[i].result[requirement];
		if (!applies(n, i, requirement) || said_before(n, i, requirement))
			continue;
		put_who(n, i, requirement, &p->doc.text);
		th_page_say(p, W_COLON);
		th_put_lacks(n->inputs, result->missing, result->missings, p->lang, &p->doc.text);
		th_page_field(p, W_NEEDS, result->missings ? TH_S("") : th_page_word(p, W_NOTHING));
	}
}

/* The value that a limit requires of an applicant and target of which nothing else is known; NULL: it is not for them, or open. */
static const th_exact *threshold(const needs *n, size_t combo, size_t requirement, const th_rule_limit *limit)
{
	const th_rule_result *result = &n->combo[combo].result[requirement];
	for (size_t i = 0; i < result->limits; i++)
		if (result->limit[i].limit == limit && result->limit[i].required.known)
			return &result->limit[i].required.number;
	return NULL;
}

static bool same_threshold(const th_exact *a, const th_exact *b)
{
	return a && b && a->num == b->num && a->den == b->den;
}

/* In brackets, the kinds of applicants who share the threshold of `first`; nothing where the pack tells none apart. */
static void put_whose(const needs *n, size_t first, size_t requirement, const th_rule_limit *limit, th_buf *out)
{
	size_t before = out->len;
	th_buf_str(out, th_word_text(W_OPEN, n->lang));
	size_t from = out->len;
	for (size_t k = first; k < n->combos; k += n->targets)
		if (same_threshold(threshold(n, k, requirement, limit), threshold(n, first, requirement, limit)))
			put_listed(n, out, from, kind_name(n, k));
	if (out->len == from)
		out->len = before;
	else
		th_buf_str(out, th_word_text(W_CLOSE, n->lang));
}

/* A threshold that the pack knows, with the kinds of applicants it is for where they differ; ? for one that it does not. */
static void put_threshold(const needs *n, const th_rule_limit *limit, size_t requirement, th_buf *out)
{
	bool more = false;
	for (size_t i = 0; i < n->combos; i += n->targets) {
		const th_exact *at = threshold(n, i, requirement, limit);
		bool said = at == NULL;
		for (size_t k = 0; k < i && !said; k += n->targets)
			said = same_threshold(threshold(n, k, requirement, limit), at);
		if (said)
			continue;
		th_buf_str(out, more ? th_word_text(W_SEMICOLON, n->lang) : "");
		th_put_exact_text(*at, &limit->unit, th_word(limit->unit_name, n->lang), TH_PLACES_MOST, n->lang, out);
		put_whose(n, i, requirement, limit, out);
		more = true;
	}
	if (more)
		return;
	th_buf_str(out, limit->unit_text.len ? "? " : "?");
	th_buf_slice(out, th_word(limit->unit_name, n->lang));
}

static void put_variant(th_page *p, const needs *n, size_t requirement, const th_rule_variant *variant)
{
	th_slice name = th_word(variant->name, p->lang);
	th_page_text(p, name);
	if (variant->quote.len && !th_slice_eq(variant->quote, n->pack->requirement[requirement].quote)) {
		th_page_text(p, name.len ? th_page_word(p, W_COLON) : TH_S(""));
		th_put_quote(variant->quote, &p->doc.text);
	}
	th_page_field(p, W_VARIANT, TH_S(""));
	for (size_t k = 0; k < variant->limits; k++) {
		const th_rule_limit *limit = &variant->limit[k];
		th_page_text(p, th_word(limit->name, p->lang));
		th_buf_printf(&p->doc.text, " %s ", th_rule_compare_signs[limit->compare]);
		put_threshold(n, limit, requirement, &p->doc.text);
		th_page_field(p, W_LIMIT, TH_S(""));
	}
}

static void put_variants(th_page *p, const needs *n, size_t requirement)
{
	const th_requirement *r = &n->pack->requirement[requirement];
	for (size_t i = 0; i < r->variants; i++)
		put_variant(p, n, requirement, &r->variant[i]);
	for (size_t i = 0; i < r->otherwises; i++) {
		const th_rule_otherwise *other = &r->otherwise[i];
		th_page_say(p, th_status_word(other->status));
		th_page_say(p, W_COLON);
		if (other->quote.len)
			th_put_quote(other->quote, &p->doc.text);
		else
			th_page_text(p, th_word(other->why, p->lang));
		th_page_field(p, W_OTHERWISE, TH_S(""));
	}
}

static void put_requirements(th_page *p, const needs *n)
{
	th_page_section(p, W_REQUIREMENTS);
	for (size_t i = 0; i < n->pack->requirements; i++) {
		const th_requirement *r = &n->pack->requirement[i];
		th_page_text(p, TH_S("[ ] "));
		th_page_text(p, r->id);
		th_page_text(p, TH_S("  "));
		th_put_name_id(th_word(r->title, p->lang), th_page_word(p, th_level_word(r->level)), p->lang, &p->doc.text);
		th_doc_open(&p->doc, TH_DOC_ITEM, TH_S(""));
		th_page_field(p, W_CLAUSE, r->clause);
		th_put_quote(r->quote, &p->doc.text);
		th_page_field(p, W_QUOTE, TH_S(""));
		put_variants(p, n, i);
		put_needs(p, n, i);
		th_page_field(p, W_ADVICE, th_word(r->advice, p->lang));
		th_doc_close(&p->doc);
	}
	th_doc_close(&p->doc);
}

static void put_domains(th_page *p, const th_pack *pack)
{
	if (pack->domains == 0)
		return;
	th_page_section(p, W_DOMAINS_AND_GROUPS);
	th_page_plain_table(p, "ww");
	for (uint32_t d = 0; d < pack->domains; d++) {
		const th_rule_domain *domain = &pack->domain[d];
		bool more = false;
		th_put_name_id(th_word(domain->name, p->lang), domain->id, p->lang, &p->doc.text);
		th_doc_end(&p->doc);
		for (size_t g = 0; g < pack->groups; g++) {
			const th_rule_group *group = &pack->group[g];
			if (group->domain != d)
				continue;
			th_page_text(p, more ? th_page_word(p, W_SEMICOLON) : TH_S(""));
			th_put_name_id(th_word(group->name, p->lang), group->id, p->lang, &p->doc.text);
			more = true;
		}
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
}

static void put_reading_list(th_page *p, const th_rule_define *define)
{
	th_put_name_id(th_word(define->name, p->lang), define->id, p->lang, &p->doc.text);
	th_doc_end(&p->doc);
	for (size_t k = 0; k < define->readings; k++) {
		th_page_text(p, k == define->chosen ? TH_S("  ● ") : TH_S("  ○ "));
		th_page_text(p, define->reading[k].id);
		th_page_text(p, TH_S("  "));
		th_doc_cell_text(&p->doc, th_word(define->reading[k].name, p->lang));
	}
}

static void put_readings(th_page *p, const th_pack *pack)
{
	bool any = false;
	for (size_t i = 0; i < pack->defines; i++)
		any |= pack->define[i].readings >= 2;
	if (!any)
		return;
	th_page_section(p, W_READINGS);
	th_page_plain_table(p, "w");
	for (size_t i = 0; i < pack->defines; i++)
		if (pack->define[i].readings >= 2)
			put_reading_list(p, &pack->define[i]);
	th_page_paragraph(p, W_READING_NOTE);
	th_doc_close(&p->doc);
}

static void put_routes(th_page *p, const th_pack *pack)
{
	if (pack->routes == 0)
		return;
	th_page_section(p, W_ROUTES);
	th_doc_bullets(&p->doc);
	th_doc_column(&p->doc, TH_DOC_WORD, TH_S(""));
	for (size_t i = 0; i < pack->routes; i++) {
		const th_rule_route *route = &pack->route[i];
		th_page_text(p, th_word(route->text, p->lang));
		if (route->quote.len) {
			th_page_text(p, TH_S(" "));
			th_put_quote(route->quote, &p->doc.text);
		}
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
}

static void put_params(th_page *p, const th_pack *pack)
{
	if (pack->params == 0)
		return;
	th_page_section(p, W_LOST);
	th_page_plain_table(p, "www");
	for (size_t i = pack->facts; i < pack->facts + pack->params; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		th_doc_cell_text(&p->doc, decl->id);
		th_page_text(p, decl->comparison);
		th_page_text(p, TH_S(" ? "));
		th_doc_cell_text(&p->doc, th_word(decl->unit_name, p->lang));
		th_page_text(p, th_word(decl->name, p->lang));
		th_page_say(p, W_SEMICOLON);
		th_page_text(p, decl->clause);
		th_page_text(p, TH_S(" "));
		th_put_quote(decl->quote, &p->doc.text);
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
}

static void put_facts(th_page *p, const th_pack *pack)
{
	th_page_section(p, W_FACTS);
	th_page_plain_table(p, "www");
	for (size_t i = 0; i < pack->facts; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		th_doc_cell_text(&p->doc, decl->id);
		th_doc_cell_text(&p->doc, th_word(decl->name, p->lang));
		th_page_say(p, (th_label)((int)W_TYPE_BOOL + (int)decl->type));
		if (decl->unit_text.len) {
			th_page_text(p, TH_S(" "));
			th_page_text(p, th_word(decl->unit_name, p->lang));
		}
		for (size_t k = 0; k < decl->options; k++) {
			th_page_say(p, k ? W_LIST : W_COLON);
			th_put_name_id(th_word(decl->option[k].name, p->lang), decl->option[k].id, p->lang, &p->doc.text);
		}
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
}

th_status th_report_pack(const th_pack *pack, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_page p = {.lang = lang};
	needs n = {.pack = pack, .lang = lang};
	p.doc.failed = !decide_combos(&n);
	if (!p.doc.failed) {
		put_head(&p, pack);
		put_requirements(&p, &n);
		put_readings(&p, pack);
		put_domains(&p, pack);
		put_routes(&p, pack);
		put_params(&p, pack);
		put_facts(&p, pack);
	}
	th_arena_free(&n.arena);
	return th_page_give(mark, &p, text, len);
}
