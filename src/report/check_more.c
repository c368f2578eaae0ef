/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a check says besides its requirements: domains, route, distance, readings, other categories, parameters, the account
 * and all caveats. */
#include "report/check_report.h"

static th_slice word(const th_check_page *p, th_label which)
{
	return th_slice_of(th_word_text(which, p->lang));
}

static void heading(const th_check_page *p, th_label title)
{
	th_buf_printf(p->out, "\n%s\n", th_word_text(title, p->lang));
}

static void domain_rows(const th_check_page *p, uint32_t domain, th_grid *grid)
{
	const th_assessment *a = p->a;
	th_put_name_id(th_word(a->pack->domain[domain].name, p->lang), a->pack->domain[domain].id, p->lang, &grid->text);
	th_grid_end(grid);
	bool more = false;
	for (size_t i = 0; i < a->measures.count; i++) {
		if (a->measure[i].domain != domain)
			continue;
		th_buf_str(&grid->text, more ? th_word_text(W_SEMICOLON, p->lang) : "");
		th_grid_text(grid, a->measure[i].measure->id);
		th_buf_char(&grid->text, ' ');
		th_grid_text(grid, a->measure[i].measure->name);
		th_buf_printf(&grid->text, " (:%zu)", a->measure[i].measure->line);
		more = true;
	}
	th_grid_end(grid);
}

static void put_domains(const th_check_page *p)
{
	const th_assessment *a = p->a;
	const th_rule_limit_result *limit = th_check_domain_limit(a);
	th_grid grid = {.align = "ll"};
	if (a->pack->domains == 0)
		return;
	th_buf_printf(p->out, "\n%s%s", th_word_text(W_DOMAINS, p->lang), th_word_text(W_COLON, p->lang));
	if (a->inputs.has_measures)
		th_buf_printf(p->out, "%zu", a->results.domains);
	else
		th_buf_slice(p->out, word(p, W_UNKNOWN));
	if (limit && limit->required.known) {
		th_buf_printf(p->out, "%s%s %s ", th_word_text(W_COMMA, p->lang), th_word_text(W_REQUIRED, p->lang),
		              th_rule_compare_signs[limit->limit->compare]);
		th_exact_text(limit->required.number, &limit->limit->unit, limit->limit->unit_text, false, p->out);
	}
	th_buf_char(p->out, '\n');
	for (size_t i = 0; i < a->results.domains; i++)
		domain_rows(p, a->results.domain[i], &grid);
	th_grid_print(&grid, 2, p->out);
}

static void put_route(const th_check_page *p)
{
	const th_rule_results *results = &p->a->results;
	th_buf text = {0};
	if (p->a->pack->routes == 0)
		return;
	heading(p, W_ROUTE);
	if (results->route) {
		th_buf_slice(&text, th_word(results->route->text, p->lang));
		if (results->route->quote.len) {
			th_buf_char(&text, ' ');
			th_put_quote(results->route->quote, &text);
		}
	} else {
		th_buf_slice(&text, word(p, W_ROUTE_OPEN));
		th_buf_slice(&text, word(p, W_COLON));
		th_put_lacks(p->a->pack, results->route_missing, results->route_missings, p->lang, &text);
	}
	p->out->failed |= text.failed;
	th_paragraph(th_buf_view(&text), 2, p->out);
	th_buf_free(&text);
}

static void limit_row(const th_check_page *p, const th_rule_result *result, const th_rule_limit_result *at, th_grid *grid)
{
	const th_rule_limit *limit = at->limit;
	const th_slice none = {"", 0}, dash = TH_S("-");
	th_grid_cell(grid, result->requirement->id);
	th_grid_cell(grid, th_word(limit->name, p->lang));
	const th_rule_value *value[] = {&at->observed, &at->required, &at->margin};
	for (int i = 0; i < 3; i++) {
		if (i == 1)
			th_buf_printf(&grid->text, "%s ", th_rule_compare_signs[limit->compare]);
		if (value[i]->known)
			th_exact_text(value[i]->number, &limit->unit, none, i == 2, &grid->text);
		else
			th_grid_text(grid, i == 1 ? TH_S("?") : dash);
		th_grid_end(grid);
	}
	th_grid_cell(grid, limit->unit_text);
	th_grid_cell(grid, word(p, th_status_word(at->status)));
}

static void put_distance(const th_check_page *p)
{
	const th_rule_results *results = &p->a->results;
	static const th_label head[] = {W_H_REQUIREMENT, W_LIMIT, W_OBSERVED, W_REQUIRED, W_MARGIN, W_L_UNIT, W_H_STATE};
	th_grid grid = {.align = "llrrrll"};
	for (size_t i = 0; i < results->results; i++)
		for (size_t k = 0; k < results->result[i].limits; k++) {
			if (grid.cells == 0)
				for (size_t h = 0; h < sizeof head / sizeof *head; h++)
					th_grid_cell(&grid, word(p, head[h]));
			limit_row(p, &results->result[i], &results->result[i].limit[k], &grid);
		}
	if (grid.cells)
		heading(p, W_DISTANCE);
	th_grid_print(&grid, 2, p->out);
}

/* What, decided the other way, would change a verdict that is not the wanted one. */
static void put_flips(const th_check_page *p)
{
	const th_rule_results *results = &p->a->results;
	th_grid grid = {.align = "lll"};
	if (results->verdict == TH_ELIGIBLE)
		return;
	heading(p, W_FLIP_LIST);
	for (size_t i = 0; i < results->results; i++) {
		const th_rule_result *result = &results->result[i];
		if (!result->flips || result->status == TH_RULE_MET)
			continue;
		th_grid_cell(&grid, TH_S("-"));
		th_grid_cell(&grid, result->requirement->id);
		th_grid_cell(&grid, th_word(result->requirement->title, p->lang));
	}
	if (grid.cells == 0)
		th_paragraph(word(p, W_FLIP_NONE), 2, p->out);
	th_grid_print(&grid, 2, p->out);
}

static void alternative_row(const th_check_page *p, const th_rule_alternative *other, th_grid *grid)
{
	const th_pack *pack = p->a->pack;
	th_grid_text(grid, word(p, W_OTHER_READING));
	th_grid_text(grid, word(p, W_COLON));
	th_put_name_id(th_word(pack->define[other->define].reading[other->reading].name, p->lang), pack->define[other->define].reading[other->reading].id,
	               p->lang, &grid->text);
	th_buf_printf(&grid->text, "%s%s", th_word_text(W_SEMICOLON, p->lang), th_word_text(th_verdict_word(other->verdict), p->lang));
	for (size_t i = 0; i < other->requirements; i++) {
		th_buf_str(&grid->text, th_word_text(W_SEMICOLON, p->lang));
		th_grid_text(grid, pack->requirement[other->requirement[i]].id);
		th_buf_printf(&grid->text, " %s", th_word_text(th_status_word(other->status[i]), p->lang));
	}
	th_grid_end(grid);
}

static void put_readings(const th_check_page *p)
{
	const th_assessment *a = p->a;
	th_grid grid = {.align = "lll"};
	if (a->readings == 0)
		return;
	heading(p, W_READINGS);
	for (size_t i = 0; i < a->readings; i++) {
		const th_check_reading *at = &a->reading[i];
		const th_rule_define *define = &a->pack->define[at->define];
		if (i == 0 || at->define != a->reading[i - 1].define) {
			th_buf title = {0};
			th_grid_print(&grid, 4, p->out);
			grid.align = "lll";
			th_put_name_id(th_word(define->name, p->lang), define->id, p->lang, &title);
			p->out->failed |= title.failed;
			th_paragraph(th_buf_view(&title), 2, p->out);
			th_buf_free(&title);
		}
		th_buf_str(&grid.text, at->chosen ? "(x) " : "( ) ");
		th_grid_cell(&grid, define->reading[at->reading].id);
		th_grid_cell(&grid, th_word(define->reading[at->reading].name, p->lang));
		if (!at->value.known)
			th_grid_text(&grid, word(p, W_UNKNOWN));
		else if (at->value.type == TH_RULE_NUMBER)
			th_exact_text(at->value.number, &define->unit, define->unit_text, false, &grid.text);
		th_grid_end(&grid);
	}
	th_grid_print(&grid, 4, p->out);
	grid.align = "l";
	for (size_t i = 0; i < a->results.alternatives; i++)
		alternative_row(p, &a->results.alternative[i], &grid);
	th_grid_cell(&grid, word(p, W_READING_NOTE));
	th_grid_print(&grid, 2, p->out);
}

static void put_categories(const th_check_page *p)
{
	const th_assessment *a = p->a;
	th_grid grid = {.align = "lll"};
	const th_rule_decl *decl = TH_AT(a->pack->decl, a->pack->category);
	if (!decl || a->categories == 0)
		return;
	heading(p, W_CATEGORIES);
	th_grid_cell(&grid, word(p, W_H_CATEGORY));
	th_grid_cell(&grid, word(p, W_H_VERDICT));
	th_grid_cell(&grid, word(p, W_H_OPEN));
	for (size_t i = 0; i < a->categories; i++) {
		const th_check_category *at = &a->category[i];
		bool more = false;
		th_grid_text(&grid, th_word(decl->option[at->option].name, p->lang));
		th_grid_cell(&grid, at->own ? word(p, W_H_OWN) : (th_slice){"", 0});
		th_grid_cell(&grid, word(p, th_verdict_word(at->verdict)));
		for (size_t r = 0; r < a->pack->requirements; r++) {
			if (!a->pack->requirement[r].mandatory || at->status[r] == TH_RULE_MET || at->status[r] == TH_RULE_NOT_APPLICABLE)
				continue;
			th_buf_str(&grid.text, more ? th_word_text(W_SEMICOLON, p->lang) : "");
			th_grid_text(&grid, a->pack->requirement[r].id);
			th_buf_printf(&grid.text, " %s", th_word_text(th_status_word(at->status[r]), p->lang));
			more = true;
		}
		th_grid_end(&grid);
	}
	th_grid_print(&grid, 2, p->out);
}

static void param_row(const th_check_page *p, const th_check_param *param, th_grid *grid)
{
	const th_rule_decl *decl = &p->a->pack->decl[param->decl];
	th_grid_cell(grid, decl->id);
	if (param->supplied) {
		th_grid_text(grid, param->value);
		th_buf_char(&grid->text, ' ');
		th_grid_cell(grid, param->unit);
		th_grid_cell(grid, word(p, param->illustrative ? W_ILLUSTRATIVE_MARK : W_STATE_SUPPLIED));
		th_grid_text(grid, param->source);
		th_buf_str(&grid->text, "  ");
		th_put_place_text(param->file, param->line, &grid->text);
		th_grid_end(grid);
		return;
	}
	th_buf_str(&grid->text, "? ");
	th_grid_cell(grid, decl->unit_text);
	th_grid_cell(grid, word(p, W_STATE_MISSING));
	th_grid_text(grid, th_word(decl->name, p->lang));
	th_grid_text(grid, word(p, W_SEMICOLON));
	th_grid_text(grid, decl->clause);
	th_buf_char(&grid->text, ' ');
	th_put_quote(decl->quote, &grid->text);
	th_grid_end(grid);
}

void th_put_check_params(const th_check_page *p)
{
	static const th_label head[] = {W_H_PARAM, W_H_VALUE, W_H_STATE, W_H_SOURCE};
	th_grid grid = {.align = "llll"};
	bool gaps = false;
	if (p->a->params == 0)
		return;
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		th_grid_cell(&grid, word(p, head[i]));
	for (size_t i = 0; i < p->a->params; i++) {
		param_row(p, &p->a->param[i], &grid);
		gaps |= !p->a->param[i].supplied;
	}
	th_grid_print(&grid, 2, p->out);
	if (gaps)
		th_paragraph(word(p, W_PARAM_FILL), 2, p->out);
}

static void mass_row(th_grid *grid, th_slice label, th_mass mass)
{
	th_grid_cell(grid, label);
	th_put_mass_rounded(&grid->text, mass, 3, 2, true);
	th_grid_end(grid);
	th_grid_cell(grid, TH_S("t CO2e"));
}

static void put_account(const th_check_page *p)
{
	const th_account *account = p->a->account;
	th_grid grid = {.align = "ldl"}, profile = {.align = "ll"};
	heading(p, W_ACCOUNT);
	if (!account) {
		th_paragraph(word(p, W_NO_ACCOUNT), 2, p->out);
		return;
	}
	th_grid_cell(&profile, word(p, W_PROFILE));
	th_put_name_id(th_in_lang(p->lang, account->profile->name_zh, account->profile->name_en), account->profile->id, p->lang, &profile.text);
	th_buf_printf(&profile.text, "%s%s", th_word_text(W_COMMA, p->lang), th_gwp_names[account->gwp]);
	th_grid_end(&profile);
	th_grid_print(&profile, 2, p->out);
	mass_row(&grid, word(p, W_SCOPE1), account->scope[1]);
	mass_row(&grid, word(p, W_SCOPE2_LOCATION), account->scope[2]);
	if (account->has_market)
		mass_row(&grid, word(p, W_SCOPE2_MARKET), account->scope2_market);
	mass_row(&grid, word(p, W_SCOPE3), account->scope[3]);
	mass_row(&grid, word(p, W_GROSS), account->gross);
	for (size_t i = 0; i < p->a->years && p->a->years > 1; i++) {
		th_buf label = {0};
		th_buf_printf(&label, "  %d", p->a->year[i].year);
		mass_row(&grid, th_buf_view(&label), p->a->year[i].gross);
		grid.failed |= label.failed;
		th_buf_free(&label);
	}
	if (account->removals || account->credits) {
		mass_row(&grid, word(p, W_REMOVALS), account->removals);
		mass_row(&grid, word(p, W_CREDITS), account->credits);
		mass_row(&grid, word(p, W_NET), account->net);
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_caveats(const th_check_page *p)
{
	const th_assessment *a = p->a;
	th_grid grid = {.align = "ll"};
	for (size_t i = 0; i < a->caveats; i++) {
		const th_check_caveat *caveat = &a->caveat[i];
		th_buf detail = {0};
		th_buf_printf(&grid.text, "C%u", (unsigned)caveat->code);
		th_grid_end(&grid);
		th_buf_str(&grid.text, th_diag_title(caveat->code, p->lang));
		th_diag_detail(&detail, caveat->code, p->lang, caveat->arg, caveat->args);
		if (detail.len) {
			th_grid_text(&grid, word(p, W_COLON));
			th_grid_text(&grid, th_buf_view(&detail));
		}
		if (caveat->file) {
			th_buf_str(&grid.text, "  ");
			th_put_place_text(caveat->file, caveat->line, &grid.text);
		}
		grid.failed |= detail.failed;
		th_buf_free(&detail);
		th_grid_end(&grid);
	}
	for (size_t i = 0; i < a->results.caveats; i++) {
		th_grid_cell(&grid, TH_S("-"));
		th_grid_cell(&grid, th_word(a->results.caveat[i], p->lang));
	}
	if (grid.cells)
		heading(p, W_CHECK_CAVEATS);
	th_grid_print(&grid, 2, p->out);
	if (a->account && a->account->caveats)
		th_caveats_text(a->account, W_ACCOUNT_CAVEATS, p->lang, p->out);
}

void th_check_more(const th_check_page *p)
{
	put_domains(p);
	put_route(p);
	put_distance(p);
	put_flips(p);
	put_readings(p);
	put_categories(p);
	if (p->a->params)
		heading(p, W_PARAMS);
	th_put_check_params(p);
	put_account(p);
	put_caveats(p);
}
