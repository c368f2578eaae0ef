/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rule pack as a checklist: clause by clause in the order of the text, with what each requirement needs to know of whom. */
#include "report/check_report.h"

typedef struct page {
	const th_pack *pack;
	th_lang lang;
	th_buf *out;
	th_arena arena;
	/* What every requirement would need, decided for each kind of applicant and target with nothing else known. */
	th_rule_results *combo;
	size_t combos, targets;
} page;

static th_slice word(const page *p, th_label which)
{
	return th_slice_of(th_word_text(which, p->lang));
}

static void heading(const page *p, th_label title)
{
	th_buf_printf(p->out, "\n%s\n", th_word_text(title, p->lang));
}

static void put_head(const page *p)
{
	const th_pack *pack = p->pack;
	th_grid grid = {.align = "ll"};
	th_buf text = {0};
	th_buf_slice(&text, pack->id);
	th_buf_char(&text, ' ');
	th_buf_slice(&text, pack->version);
	th_buf_str(&text, "  ");
	th_buf_slice(&text, th_word(pack->name, p->lang));
	th_paragraph(th_buf_view(&text), 0, p->out);
	th_buf_clear(&text);
	th_buf_char(p->out, '\n');
	th_field(&grid, W_DOCUMENT, p->lang, pack->document);
	th_field(&grid, W_ISSUERS, p->lang, pack->issuers);
	th_field(&grid, W_DATE, p->lang, pack->date);
	th_field(&grid, W_URL, p->lang, pack->url);
	if (pack->text_sha256.len) {
		th_buf_str(&text, "sha256 ");
		th_buf_slice(&text, pack->text_sha256);
		th_field_built(&grid, W_TEXT_READ, p->lang, &text);
	}
	th_buf_printf(&text, "sha256 %s", pack->sha256);
	th_field_built(&grid, W_PACK, p->lang, &text);
	th_field(&grid, W_NOTE, p->lang, th_word(pack->note, p->lang));
	p->out->failed |= text.failed;
	th_buf_free(&text);
	th_grid_print(&grid, 0, p->out);
}

/* How many kinds a fact tells apart; without such a fact all are of one. */
static size_t told_apart(const th_pack *pack, th_index fact)
{
	const th_rule_decl *decl = TH_AT(pack->decl, fact);
	return decl ? decl->options : 1;
}

static bool decide_combos(page *p)
{
	const th_pack *pack = p->pack;
	p->targets = told_apart(pack, pack->target);
	p->combos = told_apart(pack, pack->category) * p->targets;
	p->combo = th_arena_alloc(&p->arena, p->combos, sizeof *p->combo);
	for (size_t i = 0; p->combo && i < p->combos; i++) {
		th_rule_inputs *inputs = th_arena_alloc(&p->arena, 1, sizeof *inputs); /* the results point into it */
		if (!inputs || th_rule_inputs_new(pack, &p->arena, inputs) != TH_OK)
			return false;
		th_rule_inputs_suppose(inputs, pack->category, (uint32_t)(i / p->targets));
		th_rule_inputs_suppose(inputs, pack->target, (uint32_t)(i % p->targets));
		if (th_rules_decide(inputs, &p->arena, &p->combo[i]) != TH_OK)
			return false;
	}
	return p->combo != NULL;
}

static bool applies(const page *p, size_t combo, size_t requirement)
{
	return p->combo[combo].result[requirement].status != TH_RULE_NOT_APPLICABLE;
}

static bool same_needs(const page *p, size_t a, size_t b, size_t requirement)
{
	const th_rule_result *x = &p->combo[a].result[requirement], *y = &p->combo[b].result[requirement];
	bool same = applies(p, a, requirement) && applies(p, b, requirement) && x->missings == y->missings;
	for (size_t i = 0; same && i < x->missings; i++)
		same = th_slice_eq(x->missing[i], y->missing[i]);
	return same;
}

static th_slice option_name(const page *p, th_index fact, size_t option)
{
	const th_rule_decl *decl = TH_AT(p->pack->decl, fact);
	return decl ? th_word(decl->option[option].name, p->lang) : (th_slice){"", 0};
}

static th_slice kind_name(const page *p, size_t combo)
{
	return option_name(p, p->pack->category, combo / p->targets);
}

static th_slice target_name(const page *p, size_t combo)
{
	return option_name(p, p->pack->target, combo % p->targets);
}

static void listed(const page *p, th_buf *out, th_slice name)
{
	th_buf_str(out, out->len ? th_word_text(W_LIST, p->lang) : "");
	th_buf_slice(out, name);
}

/* Who needs what `first` needs: everybody, some kinds of applicants, some targets, or pairs of both. */
static void put_who(const page *p, size_t first, size_t requirement, th_buf *out)
{
	bool by_kind = true, by_target = true;
	size_t count = 0;
	for (size_t i = 0; i < p->combos; i++) {
		bool in = same_needs(p, first, i, requirement);
		count += in;
		by_kind &= in == same_needs(p, first, i - i % p->targets, requirement);
		by_target &= in == same_needs(p, first, i % p->targets, requirement);
	}
	if (count == p->combos)
		th_buf_slice(out, word(p, W_EVERYBODY));
	for (size_t i = 0; i < p->combos && count < p->combos; i++) {
		if (!same_needs(p, first, i, requirement))
			continue;
		if (by_kind && i % p->targets == 0)
			listed(p, out, kind_name(p, i));
		else if (!by_kind && by_target && i < p->targets)
			listed(p, out, target_name(p, i));
		else if (!by_kind && !by_target) {
			listed(p, out, kind_name(p, i));
			th_buf_str(out, " · ");
			th_buf_slice(out, target_name(p, i));
		}
	}
}

static bool said_before(const page *p, size_t combo, size_t requirement)
{
	for (size_t i = 0; i < combo; i++)
		if (same_needs(p, i, combo, requirement))
			return true;
	return false;
}

static void put_needs(const page *p, size_t requirement, th_grid *grid)
{
	th_buf text = {0}, who = {0};
	for (size_t i = 0; i < p->combos; i++) {
		const th_rule_result *result = &p->combo[i].result[requirement];
		if (!applies(p, i, requirement) || said_before(p, i, requirement))
			continue;
		th_buf_clear(&who);
		put_who(p, i, requirement, &who);
		th_buf_slice(&text, th_buf_view(&who));
		th_buf_str(&text, p->lang == TH_LANG_ZH ? "：" : ": ");
		th_put_lacks(p->pack, result->missing, result->missings, p->lang, &text);
		th_buf_str(&text, result->missings ? "" : th_word_text(W_NOTHING, p->lang));
		th_field_built(grid, W_NEEDS, p->lang, &text);
	}
	grid->failed |= text.failed || who.failed;
	th_buf_free(&text);
	th_buf_free(&who);
}

/* The value that a limit requires of an applicant and target of which nothing else is known; NULL: it is not for them, or open. */
static const th_exact *threshold(const page *p, size_t combo, size_t requirement, const th_rule_limit *limit)
{
	const th_rule_result *result = &p->combo[combo].result[requirement];
	for (size_t i = 0; i < result->limits; i++)
		if (result->limit[i].limit == limit && result->limit[i].required.known)
			return &result->limit[i].required.number;
	return NULL;
}

/* A threshold that the pack knows, with the kinds of applicants it is for where they differ; ? for one that it does not. */
static void put_threshold(const page *p, const th_rule_limit *limit, size_t requirement, th_buf *out)
{
	bool more = false;
	for (size_t i = 0; i < p->combos; i += p->targets) {
		const th_exact *at = threshold(p, i, requirement, limit);
		bool said = at == NULL;
		for (size_t k = 0; k < i && !said; k += p->targets) {
			const th_exact *other = threshold(p, k, requirement, limit);
			said = other && other->num == at->num && other->den == at->den;
		}
		if (said)
			continue;
		th_buf who = {0};
		for (size_t k = i; k < p->combos; k += p->targets) {
			const th_exact *other = threshold(p, k, requirement, limit);
			if (other && other->num == at->num && other->den == at->den)
				listed(p, &who, kind_name(p, k));
		}
		th_buf_str(out, more ? th_word_text(W_SEMICOLON, p->lang) : "");
		th_exact_text(*at, &limit->unit, limit->unit_text, false, out);
		if (who.len) {
			th_buf_str(out, p->lang == TH_LANG_ZH ? "（" : " (");
			th_buf_slice(out, th_buf_view(&who));
			th_buf_str(out, p->lang == TH_LANG_ZH ? "）" : ")");
		}
		out->failed |= who.failed;
		th_buf_free(&who);
		more = true;
	}
	if (more)
		return;
	th_buf_str(out, limit->unit_text.len ? "? " : "?");
	th_buf_slice(out, limit->unit_text);
}

static void put_variants(const page *p, size_t requirement, th_grid *grid)
{
	const th_requirement *r = &p->pack->requirement[requirement];

	th_buf text = {0};
	for (size_t i = 0; i < r->variants; i++) {
		const th_rule_variant *variant = &r->variant[i];
		bool own_quote = variant->quote.len && !th_slice_eq(variant->quote, r->quote);
		th_slice name = th_word(variant->name, p->lang);
		th_buf_slice(&text, name);
		if (own_quote) {
			th_buf_str(&text, name.len ? p->lang == TH_LANG_ZH ? "：" : ": " : "");
			th_put_quote(variant->quote, &text);
		}
		th_field_built(grid, W_VARIANT, p->lang, &text);
		for (size_t k = 0; k < variant->limits; k++) {
			const th_rule_limit *limit = &variant->limit[k];
			th_buf_slice(&text, th_word(limit->name, p->lang));
			th_buf_printf(&text, " %s ", th_rule_compare_signs[limit->compare]);
			put_threshold(p, limit, requirement, &text);
			th_field_built(grid, W_LIMIT, p->lang, &text);
		}
	}
	for (size_t i = 0; i < r->otherwises; i++) {
		const th_rule_otherwise *other = &r->otherwise[i];
		th_buf_slice(&text, word(p, th_status_word(other->status)));
		th_buf_slice(&text, word(p, W_COLON));
		if (other->quote.len)
			th_put_quote(other->quote, &text);
		else
			th_buf_slice(&text, th_word(other->why, p->lang));
		th_field_built(grid, W_OTHERWISE, p->lang, &text);
	}
	grid->failed |= text.failed;
	th_buf_free(&text);
}

static void put_requirements(const page *p)
{
	heading(p, W_REQUIREMENTS);
	for (size_t i = 0; i < p->pack->requirements; i++) {
		const th_requirement *r = &p->pack->requirement[i];
		th_grid grid = {.align = "ll"};
		th_buf text = {0};
		th_buf_str(&text, "[ ] ");
		th_buf_slice(&text, r->id);
		th_buf_str(&text, "  ");
		th_put_name_id(th_word(r->title, p->lang), word(p, r->mandatory ? W_MANDATORY : W_RECOMMENDED), p->lang, &text);
		th_buf_str(p->out, i ? "\n" : "");
		th_paragraph(th_buf_view(&text), 2, p->out);
		th_buf_clear(&text);
		th_field(&grid, W_CLAUSE, p->lang, r->clause);
		th_put_quote(r->quote, &text);
		th_field_built(&grid, W_QUOTE, p->lang, &text);
		put_variants(p, i, &grid);
		put_needs(p, i, &grid);
		th_field(&grid, W_ADVICE, p->lang, th_word(r->advice, p->lang));
		p->out->failed |= text.failed;
		th_buf_free(&text);
		th_grid_print(&grid, 6, p->out);
	}
}

static void put_domains(const page *p)
{
	th_grid grid = {.align = "ll"};
	th_buf text = {0};
	if (p->pack->domains == 0)
		return;
	heading(p, W_DOMAINS_AND_GROUPS);
	for (uint32_t d = 0; d < p->pack->domains; d++) {
		const th_rule_domain *domain = &p->pack->domain[d];
		th_put_name_id(th_word(domain->name, p->lang), domain->id, p->lang, &text);
		th_grid_cell(&grid, th_buf_view(&text));
		th_buf_clear(&text);
		for (size_t g = 0; g < p->pack->groups; g++) {
			const th_rule_group *group = &p->pack->group[g];
			if (group->domain != d)
				continue;
			th_buf_str(&text, text.len ? th_word_text(W_SEMICOLON, p->lang) : "");
			th_put_name_id(th_word(group->name, p->lang), group->id, p->lang, &text);
		}
		th_grid_cell(&grid, th_buf_view(&text));
		th_buf_clear(&text);
	}
	p->out->failed |= text.failed;
	th_buf_free(&text);
	th_grid_print(&grid, 2, p->out);
}

static void put_readings(const page *p)
{
	th_grid grid = {.align = "l"};
	for (size_t i = 0; i < p->pack->defines; i++) {
		const th_rule_define *define = &p->pack->define[i];
		if (define->readings < 2)
			continue;
		th_put_name_id(th_word(define->name, p->lang), define->id, p->lang, &grid.text);
		th_grid_end(&grid);
		for (size_t k = 0; k < define->readings; k++) {
			th_buf_str(&grid.text, k == define->chosen ? "  (x) " : "  ( ) ");
			th_grid_text(&grid, define->reading[k].id);
			th_buf_str(&grid.text, "  ");
			th_grid_cell(&grid, th_word(define->reading[k].name, p->lang));
		}
	}
	if (grid.cells) {
		heading(p, W_READINGS);
		th_grid_cell(&grid, word(p, W_READING_NOTE));
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_routes(const page *p)
{
	th_grid grid = {.align = "ll"};
	if (p->pack->routes == 0)
		return;
	heading(p, W_ROUTES);
	for (size_t i = 0; i < p->pack->routes; i++) {
		const th_rule_route *route = &p->pack->route[i];
		th_grid_cell(&grid, TH_S("-"));
		th_grid_text(&grid, th_word(route->text, p->lang));
		if (route->quote.len) {
			th_buf_char(&grid.text, ' ');
			th_put_quote(route->quote, &grid.text);
		}
		th_grid_end(&grid);
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_params(const page *p)
{
	const th_pack *pack = p->pack;
	th_grid grid = {.align = "lll"};
	if (pack->params == 0)
		return;
	heading(p, W_LOST);
	for (size_t i = pack->facts; i < pack->facts + pack->params; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		th_grid_cell(&grid, decl->id);
		th_grid_text(&grid, decl->comparison);
		th_buf_str(&grid.text, " ? ");
		th_grid_cell(&grid, decl->unit_text);
		th_grid_text(&grid, th_word(decl->name, p->lang));
		th_buf_str(&grid.text, p->lang == TH_LANG_ZH ? "；" : "; ");
		th_grid_text(&grid, decl->clause);
		th_buf_char(&grid.text, ' ');
		th_put_quote(decl->quote, &grid.text);
		th_grid_end(&grid);
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_facts(const page *p)
{
	const th_pack *pack = p->pack;
	th_grid grid = {.align = "lll"};
	heading(p, W_FACTS);
	for (size_t i = 0; i < pack->facts; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		th_grid_cell(&grid, decl->id);
		th_grid_cell(&grid, th_word(decl->name, p->lang));
		th_grid_text(&grid, th_slice_of(th_word_text((th_label)(W_TYPE_BOOL + (int)decl->type), p->lang)));
		if (decl->unit_text.len) {
			th_buf_char(&grid.text, ' ');
			th_grid_text(&grid, decl->unit_text);
		}
		for (size_t k = 0; k < decl->options; k++) {
			th_buf_str(&grid.text, k ? th_word_text(W_LIST, p->lang) : p->lang == TH_LANG_ZH ? "：" : ": ");
			th_put_name_id(th_word(decl->option[k].name, p->lang), decl->option[k].id, p->lang, &grid.text);
		}
		th_grid_end(&grid);
	}
	th_grid_print(&grid, 2, p->out);
}

th_status th_report_pack(const th_pack *pack, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_begin(NULL);
	th_buf out = {0};
	page p = {.pack = pack, .lang = lang, .out = &out};
	out.failed = !decide_combos(&p);
	if (!out.failed) {
		put_head(&p);
		put_requirements(&p);
		put_readings(&p);
		put_domains(&p);
		put_routes(&p);
		put_params(&p);
		put_facts(&p);
	}
	th_arena_free(&p.arena);
	return th_give(mark, &out, text, len);
}
