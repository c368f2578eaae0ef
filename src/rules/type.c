/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The third pass over expressions: types and dimensions. Nothing is coerced; a string beside a choice is one of its options. */

#include "rules/expr.h"

static bool wrong_type(th_reader *r, const th_expr *e, const char *expected)
{
	TH_REJECT(r, e->at, TH_PACK_TYPE, th_rule_type_names[e->type], expected, NULL);
	return false;
}

static bool wants(th_reader *r, const th_expr *e, th_rule_type type)
{
	if (e->type == type)
		return true;
	return wrong_type(r, e, th_rule_type_names[type]);
}

static bool becomes(th_expr *e, th_rule_type type)
{
	e->type = type;
	return true;
}

static bool becomes_like(th_expr *e, const th_expr *like)
{
	e->type = like->type;
	e->unit = like->unit;
	e->domain = like->domain;
	return true;
}

static bool becomes_declared(th_expr *e, const th_rule_decl *decl)
{
	e->type = decl->type;
	e->unit = decl->unit;
	e->domain = decl->options ? decl : NULL;
	return true;
}

/* By id only: titles and aliases are for people. */
static uint32_t option_of(const th_rule_decl *decl, th_slice id)
{
	uint32_t which = 0;
	while (which < decl->options && !th_slice_eq(decl->option[which].id, id))
		which++;
	return which < decl->options ? which : TH_NONE;
}

/* A text beside a choice: which option it is. */
static bool adopt(th_reader *r, th_expr *e, const th_expr *like)
{
	if (like->type != TH_RULE_CHOICE || e->op != TH_OP_LITERAL || e->type != TH_RULE_TEXT)
		return true;
	uint32_t option = option_of(like->domain, e->literal.text);
	e->literal = th_rule_choice(option);
	if (option != TH_NONE)
		return becomes_like(e, like);
	TH_REJECT(r, e->at, TH_PACK_NAME, th_reader_text(r, e->at->text), th_reader_text(r, like->domain->id), NULL);
	return false;
}

bool th_expr_alike(th_reader *r, th_expr *a, th_expr *b)
{
	if (!adopt(r, a, b) || !adopt(r, b, a) || !wants(r, b, a->type))
		return false;
	if (!th_unit_same_dimension(&a->unit, &b->unit)) {
		th_reject_dimension(r, b->at, &a->unit);
		return false;
	}
	if (a->domain != b->domain)
		return wrong_type(r, b, th_reader_text(r, a->domain->id));
	return true;
}

static bool all_bool(th_reader *r, th_expr *e)
{
	bool good = true;
	for (size_t i = 0; i < e->args; i++)
		good &= wants(r, e->arg[i], TH_RULE_BOOL);
	if (!good)
		return false;
	return becomes(e, TH_RULE_BOOL);
}

static bool equality(th_reader *r, th_expr *e)
{
	if (!th_expr_alike(r, e->arg[0], e->arg[1]))
		return false;
	if (e->arg[0]->type == TH_RULE_LIST || e->arg[0]->type == TH_RULE_SERIES)
		return wrong_type(r, e->arg[0], "bool, number, choice, text, date");
	return becomes(e, TH_RULE_BOOL);
}

static bool order(th_reader *r, th_expr *e)
{
	if (e->arg[0]->type != TH_RULE_NUMBER && e->arg[0]->type != TH_RULE_DATE)
		return wrong_type(r, e->arg[0], "number, date");
	if (!th_expr_alike(r, e->arg[0], e->arg[1]))
		return false;
	return becomes(e, TH_RULE_BOOL);
}

static bool sum(th_reader *r, th_expr *e)
{
	if (!wants(r, e->arg[0], TH_RULE_NUMBER) || !th_expr_alike(r, e->arg[0], e->arg[1]))
		return false;
	return becomes_like(e, e->arg[0]);
}

static bool product(th_reader *r, th_expr *e)
{
	if (!wants(r, e->arg[0], TH_RULE_NUMBER) || !wants(r, e->arg[1], TH_RULE_NUMBER))
		return false;
	e->unit = e->arg[0]->unit;
	(e->op == TH_OP_MUL ? th_unit_mul : th_unit_div)(&e->unit, &e->arg[1]->unit);
	if (e->unit.num)
		return becomes(e, TH_RULE_NUMBER);
	TH_REJECT(r, e->at, TH_PACK_LARGE, "unit", "64 bits", NULL);
	return false;
}

static bool membership(th_reader *r, th_expr *e)
{
	if (!wants(r, e->arg[0], TH_RULE_CHOICE))
		return false;
	const th_rule_decl *decl = e->arg[0]->domain;
	for (const th_json *node = e->at->child->child->next->child; node; node = node->next) {
		uint32_t option = option_of(decl, node->text);
		if (option == TH_NONE) {
			TH_REJECT(r, node, TH_PACK_NAME, th_reader_text(r, node->text), th_reader_text(r, decl->id), NULL);
			return false;
		}
		e->literal.list |= (uint64_t)1 << option;
	}
	return becomes(e, TH_RULE_BOOL);
}

static bool branches(th_reader *r, th_expr *e)
{
	if (!wants(r, e->arg[0], TH_RULE_BOOL) || !th_expr_alike(r, e->arg[1], e->arg[2]))
		return false;
	return becomes_like(e, e->arg[1]);
}

/* The arguments behind the first are put into the order of the options, so that each option finds its own. */
static bool lookup(th_reader *r, th_expr *e)
{
	if (!wants(r, e->arg[0], TH_RULE_CHOICE))
		return false;
	const th_rule_decl *decl = e->arg[0]->domain;
	th_expr **sorted = th_reader_alloc(r, decl->options + 1, sizeof *sorted);
	if (!sorted)
		return false;
	sorted[0] = e->arg[0];
	for (size_t i = 1; i < e->args; i++) {
		uint32_t option = option_of(decl, e->arg[i]->at->key);
		if (option == TH_NONE) {
			TH_REJECT(r, e->arg[i]->at, TH_PACK_NAME, th_reader_text(r, e->arg[i]->at->key), th_reader_text(r, decl->id), NULL);
			return false;
		}
		sorted[1 + option] = e->arg[i];
	}
	for (size_t i = 0; i < decl->options; i++) {
		if (!sorted[1 + i]) {
			TH_REJECT(r, e->at, TH_PACK_LOOKUP, th_reader_text(r, decl->option[i].id), NULL);
			return false;
		}
		if (!th_expr_alike(r, sorted[1], sorted[1 + i]))
			return false;
	}
	e->arg = sorted;
	e->args = 1 + decl->options;
	return becomes_like(e, sorted[1]);
}

static bool size(th_reader *r, th_expr *e)
{
	if (e->arg[0]->type != TH_RULE_LIST && e->arg[0]->type != TH_RULE_SERIES)
		return wrong_type(r, e->arg[0], "list, series");
	return becomes(e, TH_RULE_NUMBER);
}

static bool fallback(th_reader *r, th_expr *e)
{
	if (e->arg[1]->op != TH_OP_LITERAL)
		return wrong_type(r, e->arg[1], "constant");
	if (!th_expr_alike(r, e->arg[0], e->arg[1]))
		return false;
	return becomes_like(e, e->arg[0]);
}

static bool years(th_reader *r, th_expr *e)
{
	e->unit = r->year;
	if (!wants(r, e->arg[0], TH_RULE_DATE) || !wants(r, e->arg[1], TH_RULE_DATE))
		return false;
	return becomes(e, TH_RULE_NUMBER);
}

/* The readings of a definition are compared with one another once, in pack.c. */
static bool defined(th_reader *r, th_expr *e)
{
	const th_rule_define *define = &r->pack->define[e->ref];
	bool good = true;
	for (size_t i = 0; i < define->readings; i++)
		good &= th_expr_check(r, define->reading[i].expr);
	if (!good)
		return false;
	return becomes_like(e, define->reading[0].expr);
}

static bool check(th_reader *r, th_expr *e)
{
	switch (e->op) {
	case TH_OP_LITERAL:
		return becomes(e, e->literal.type);
	case TH_OP_GET:
	case TH_OP_EVIDENCED:
		return becomes_declared(e, &r->pack->decl[e->ref]);
	case TH_OP_DEFINED:
		return defined(r, e);
	case TH_OP_EVIDENCE:
	case TH_OP_KNOWN:
	case TH_OP_STAGE:
		return becomes(e, TH_RULE_BOOL);
	case TH_OP_DEFAULT:
		return fallback(r, e);
	case TH_OP_NOT:
	case TH_OP_AND:
	case TH_OP_OR:
		return all_bool(r, e);
	case TH_OP_EQ:
	case TH_OP_NE:
		return equality(r, e);
	case TH_OP_LT:
	case TH_OP_LE:
	case TH_OP_GT:
	case TH_OP_GE:
		return order(r, e);
	case TH_OP_ADD:
	case TH_OP_SUB:
		return sum(r, e);
	case TH_OP_MUL:
	case TH_OP_DIV:
		return product(r, e);
	case TH_OP_IN:
		return membership(r, e);
	case TH_OP_IF:
		return branches(r, e);
	case TH_OP_LOOKUP:
		return lookup(r, e);
	case TH_OP_SIZE:
		return size(r, e);
	case TH_OP_DISTINCT:
		return becomes(e, TH_RULE_NUMBER);
	case TH_OP_YEARS:
		return years(r, e);
	default: /* falling, rising */
		if (!wants(r, e->arg[0], TH_RULE_SERIES))
		return false;
	return becomes(e, TH_RULE_BOOL);
	}
}

bool th_expr_check(th_reader *r, th_expr *e)
{
	if (e->checked || e->failed)
		return e->checked;
	for (size_t i = 0; i < e->args; i++)
		e->failed |= !th_expr_check(r, e->arg[i]);
	e->checked = !e->failed && check(r, e);
	e->failed = !e->checked;
	return e->checked;
}
