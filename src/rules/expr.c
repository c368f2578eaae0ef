/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Expressions in JSON: what is written (first pass), what its names mean and whether it ends (second pass). */

#include <stdio.h>

#include "rules/read.h"

/* How the operands of an operator are written. */
typedef enum shape {
	ARGS,     /* [expression, ...], or one expression without the brackets */
	NAME,     /* "id" */
	QUANTITY, /* [number, "unit"] */
	CHOICES,  /* [expression, ["option", ...]] */
	LOOKUP    /* [expression, {"option": expression, ...}] */
} shape;

static const struct {
	const char *name;
	th_op op;
	shape shape;
	size_t least, most;
} operators[] = {
	{"get", TH_OP_GET, NAME, 0, 0}, {"evidence", TH_OP_EVIDENCE, NAME, 0, 0}, {"evidenced", TH_OP_EVIDENCED, NAME, 0, 0},
	{"distinct", TH_OP_DISTINCT, NAME, 0, 0}, {"quantity", TH_OP_LITERAL, QUANTITY, 0, 0}, {"known", TH_OP_KNOWN, ARGS, 1, 1},
	{"default", TH_OP_DEFAULT, ARGS, 2, 2}, {"not", TH_OP_NOT, ARGS, 1, 1}, {"and", TH_OP_AND, ARGS, 1, 64}, {"or", TH_OP_OR, ARGS, 1, 64},
	{"eq", TH_OP_EQ, ARGS, 2, 2}, {"ne", TH_OP_NE, ARGS, 2, 2}, {"lt", TH_OP_LT, ARGS, 2, 2}, {"le", TH_OP_LE, ARGS, 2, 2},
	{"gt", TH_OP_GT, ARGS, 2, 2}, {"ge", TH_OP_GE, ARGS, 2, 2}, {"add", TH_OP_ADD, ARGS, 2, 2}, {"sub", TH_OP_SUB, ARGS, 2, 2},
	{"mul", TH_OP_MUL, ARGS, 2, 2}, {"div", TH_OP_DIV, ARGS, 2, 2}, {"in", TH_OP_IN, CHOICES, 0, 0}, {"if", TH_OP_IF, ARGS, 3, 3},
	{"lookup", TH_OP_LOOKUP, LOOKUP, 0, 0}, {"size", TH_OP_SIZE, ARGS, 1, 1}, {"years", TH_OP_YEARS, ARGS, 2, 2},
	{"falling", TH_OP_FALLING, ARGS, 1, 1}, {"rising", TH_OP_RISING, ARGS, 1, 1}, {"stage", TH_OP_STAGE, NAME, 0, 0}, {"date", TH_OP_DATE, NAME, 0, 0},
};

enum { OPERATORS = sizeof operators / sizeof *operators };

static size_t count_of(const th_json *list)
{
	size_t count = 0;
	for (const th_json *node = list->child; node; node = node->next)
		count++;
	return count;
}

static th_expr *no_shape(th_reader *r, const th_json *node, const char *expected)
{
	TH_REJECT(r, node, TH_PACK_SHAPE, "expression", expected, NULL);
	return NULL;
}

static th_expr *parse(th_reader *r, const th_json *node);

/* The arguments, one for each of `list`'s children behind those that stand already in `e`. */
static th_expr *parse_list(th_reader *r, th_expr *e, const th_json *list)
{
	for (const th_json *node = list; node; node = node->next) {
		th_expr *arg = parse(r, node);
		if (!arg)
			return NULL;
		e->arg[e->args++] = arg;
	}
	return e;
}

static th_expr *room(th_reader *r, th_expr *e, size_t count)
{
	e->arg = th_reader_alloc(r, count, sizeof(th_expr *));
	return e->arg ? e : NULL;
}

static th_expr *parse_args(th_reader *r, th_expr *e, const th_json *node, size_t least, size_t most)
{
	char expected[64];
	bool list = node->kind == TH_JSON_ARRAY;
	size_t count = list ? count_of(node) : 1;
	if (count < least || count > most) {
		snprintf(expected, sizeof expected, least == most ? "[%zu]" : "[%zu..%zu]", least, most);
		return no_shape(r, node, expected);
	}
	if (!room(r, e, count))
		return NULL;
	if (list)
		return parse_list(r, e, node->child);
	e->arg[0] = parse(r, node);
	e->args = 1;
	return e->arg[0] ? e : NULL;
}

/* The second of exactly two elements, of a kind. */
static const th_json *second(const th_json *node, th_json_kind kind)
{
	if (node->kind != TH_JSON_ARRAY || count_of(node) != 2 || node->child->next->kind != kind)
		return NULL;
	return node->child->next;
}

/* A number of a pack decides, so it is exact or none. */
static bool take_number(th_reader *r, const th_json *node, const th_json *number, th_expr *e)
{
	if (number->rounded) {
		th_reader_worse(r, th_report(r->diags, TH_JSON_RANGE, th_reader_at(r, number), th_reader_text(r, number->text), NULL));
		return false;
	}
	e->literal = th_rule_number(number->number, &e->unit);
	if (!e->literal.known)
		TH_REJECT(r, node, TH_PACK_LARGE, th_reader_text(r, number->text), "128 bits", NULL);
	return e->literal.known;
}

static th_expr *parse_quantity(th_reader *r, th_expr *e, const th_json *node)
{
	const th_json *unit = second(node, TH_JSON_STRING);
	th_slice at;
	if (!unit || node->child->kind != TH_JSON_NUMBER)
		return no_shape(r, node, "[number, \"unit\"]");
	e->word = unit->text;
	if (th_unit_parse(r->units, unit->text, &e->unit, &at) != TH_UNIT_OK) {
		TH_REJECT(r, unit, TH_PACK_UNIT, th_reader_text(r, unit->text), NULL);
		return NULL;
	}
	return take_number(r, node, node->child, e) ? e : NULL;
}

static th_expr *parse_choices(th_reader *r, th_expr *e, const th_json *node)
{
	const th_json *list = second(node, TH_JSON_ARRAY);
	if (!list)
		return no_shape(r, node, "[expression, [\"option\", ...]]");
	for (const th_json *option = list->child; option; option = option->next)
		if (option->kind != TH_JSON_STRING)
			return no_shape(r, option, "\"option\"");
	return room(r, e, 1) && (e->arg[0] = parse(r, node->child)) ? (e->args = 1, e) : NULL;
}

static th_expr *parse_lookup(th_reader *r, th_expr *e, const th_json *node)
{
	const th_json *table = second(node, TH_JSON_OBJECT);
	if (!table)
		return no_shape(r, node, "[expression, {\"option\": expression, ...}]");
	if (!room(r, e, 1 + count_of(table)) || !(e->arg[0] = parse(r, node->child)))
		return NULL;
	e->args = 1;
	return parse_list(r, e, table->child);
}

static th_expr *parse_operator(th_reader *r, th_expr *e, const th_json *node)
{
	size_t which = 0;
	const th_json *operand = node->child;
	while (which < OPERATORS && !th_slice_eq(operand->key, th_slice_of(operators[which].name)))
		which++;
	if (which == OPERATORS) {
		TH_REJECT(r, operand, TH_PACK_NAME, th_reader_text(r, operand->key), "operators", NULL);
		return NULL;
	}
	e->op = operators[which].op;
	switch (operators[which].shape) {
	case NAME:
		e->word = operand->text;
		return operand->kind == TH_JSON_STRING ? e : no_shape(r, operand, "\"id\"");
	case QUANTITY:
		return parse_quantity(r, e, operand);
	case CHOICES:
		return parse_choices(r, e, operand);
	case LOOKUP:
		return parse_lookup(r, e, operand);
	default:
		return parse_args(r, e, operand, operators[which].least, operators[which].most);
	}
}

static th_expr *parse(th_reader *r, const th_json *node)
{
	th_expr *e = th_reader_alloc(r, 1, sizeof *e);
	if (!e)
		return NULL;
	*e = (th_expr){.op = TH_OP_LITERAL, .at = node, .unit = {.num = 1, .den = 1}};
	switch (node->kind) {
	case TH_JSON_TRUE:
	case TH_JSON_FALSE:
		e->literal = th_rule_bool(node->kind == TH_JSON_TRUE);
		return e;
	case TH_JSON_NUMBER:
		return take_number(r, node, node, e) ? e : NULL;
	case TH_JSON_STRING:
		e->literal = th_rule_text(node->text);
		return e;
	case TH_JSON_OBJECT:
		if (count_of(node) == 1)
			return parse_operator(r, e, node);
		/* fall through */
	default:
		return no_shape(r, node, "true, false, number, \"text\", {\"operator\": ...}");
	}
}

th_expr *th_read_expr(th_reader *r, const th_json *object, const char *key, bool needed, th_rule_type type, const th_unit *unit)
{
	const th_json *node = th_json_get(object, key);
	if (!node && needed)
		TH_REJECT(r, object, TH_PACK_SHAPE, key, "expression", NULL);
	th_expr *expr = node ? parse(r, node) : NULL;
	th_root *root = expr ? th_reader_alloc(r, 1, sizeof *root) : NULL;
	if (!root)
		return NULL;
	*root = (th_root){expr, r->owner, type, unit, NULL};
	*r->root_end = root;
	r->root_end = &root->next;
	return expr;
}

/* --- names --- */

void th_expr_resolve(th_reader *r, th_expr *e)
{
	static const char *const lists[] = {"groups", "domains"};
	for (size_t i = 0; i < e->args; i++)
		th_expr_resolve(r, e->arg[i]);
	if (e->op == TH_OP_DISTINCT) {
		e->ref = th_slice_eq(e->word, th_slice_of(lists[1]));
		if (!th_slice_eq(e->word, th_slice_of(lists[e->ref])))
			TH_REJECT(r, e->at->child, TH_PACK_NAME, th_reader_text(r, e->word), "domains, groups", NULL);
		return;
	}
	if (e->op == TH_OP_DATE) {
		th_period period;
		if (th_period_parse(e->word, &period) != TH_PERIOD_OK)
			TH_REJECT(r, e->at->child, TH_PACK_SHAPE, "date", "\"2025\", \"2025-06\", \"2025-06-30\"", NULL);
		else
			e->literal = th_rule_date(period);
		e->op = TH_OP_LITERAL;
		return;
	}
	if (e->op == TH_OP_STAGE) {
		e->ref = th_pack_stage(r->pack, e->word);
		if (e->ref == TH_NONE)
			TH_REJECT(r, e->at->child, TH_PACK_NAME, th_reader_text(r, e->word), "stages", NULL);
		return;
	}
	if (e->op != TH_OP_GET && e->op != TH_OP_EVIDENCE && e->op != TH_OP_EVIDENCED)
		return;
	e->ref = th_pack_decl(r->pack, e->word);
	if (e->ref == TH_NONE && e->op == TH_OP_GET) {
		e->op = TH_OP_DEFINED;
		e->ref = th_pack_define(r->pack, e->word);
	}
	if (e->ref == TH_NONE)
		TH_REJECT(r, e->at->child, TH_PACK_NAME, th_reader_text(r, e->word), "facts, parameters, computed, define", NULL);
	else if (e->op == TH_OP_EVIDENCED)
		r->pack->decl[e->ref].needs_evidence = true;
}

/* --- depth and steps, definitions unfolded --- */

typedef struct extent {
	size_t depth, steps; /* steps stop counting a little above the limit */
} extent;

typedef struct measuring {
	th_reader *r;
	extent *of;          /* by definition; steps 0: not known yet */
	bool *open;          /* being measured: a way back to it is a cycle */
} measuring;

static extent measure(measuring *m, const th_expr *e);

static extent measure_define(measuring *m, uint32_t which)
{
	const th_rule_define *define = &m->r->pack->define[which];
	extent *of = &m->of[which];
	if (of->steps)
		return *of;
	m->open[which] = true;
	for (size_t i = 0; i < define->readings; i++) {
		extent reading = measure(m, define->reading[i].expr);
		of->depth = reading.depth > of->depth ? reading.depth : of->depth;
		of->steps = reading.steps > of->steps ? reading.steps : of->steps;
	}
	m->open[which] = false;
	return *of;
}

static extent measure(measuring *m, const th_expr *e)
{
	extent sum = {0, 1};
	if (e->op == TH_OP_DEFINED && m->open[e->ref])
		TH_REJECT(m->r, e->at->child, TH_PACK_CYCLE, th_reader_text(m->r, e->word), NULL);
	else if (e->op == TH_OP_DEFINED)
		sum = measure_define(m, e->ref);
	for (size_t i = 0; i < e->args; i++) {
		extent arg = measure(m, e->arg[i]);
		sum.depth = arg.depth > sum.depth ? arg.depth : sum.depth;
		sum.steps += arg.steps;
	}
	sum.depth++;
	/* Said where the limit is passed, and then counted from there, so that it is said once. */
	if (sum.depth > TH_EXPR_DEPTH || sum.steps > TH_EXPR_STEPS) {
		TH_REJECT(m->r, e->at, TH_PACK_LARGE, "expression", "64 levels, 10000 steps", NULL);
		return (extent){1, 1};
	}
	return sum;
}

/* Those were measured with their definition. */
static bool is_reading(const th_pack *pack, const th_expr *e)
{
	for (size_t i = 0; i < pack->defines; i++)
		for (size_t k = 0; k < pack->define[i].readings; k++)
			if (pack->define[i].reading[k].expr == e)
				return true;
	return false;
}

void th_expr_measure(th_reader *r)
{
	const th_pack *pack = r->pack;
	measuring m = {r, th_reader_alloc(r, pack->defines, sizeof *m.of), th_reader_alloc(r, pack->defines, sizeof *m.open)};
	if (r->status != TH_OK)
		return;
	for (uint32_t i = 0; i < pack->defines; i++) {
		r->owner = th_reader_text(r, pack->define[i].id);
		(void)measure_define(&m, i);
	}
	for (const th_root *root = r->root; root; root = root->next) {
		r->owner = root->owner;
		if (!is_reading(pack, root->expr))
			(void)measure(&m, root->expr);
	}
}
