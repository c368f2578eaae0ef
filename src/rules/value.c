/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Evaluation, and what a value rests on. Three-valued throughout: Kleene's strong logic (Introduction to Metamathematics,
 * 1952, section 64), and a number is unknown as long as an operand that counts is. */

#include "rules/expr.h"

const char *const th_rule_type_names[TH_RULE_TYPES] = {"bool", "number", "choice", "list", "text", "date", "series"};

static const th_rule_value unknown = {0};

th_rule_value th_rule_bool(bool truth)
{
	return (th_rule_value){.known = true, .type = TH_RULE_BOOL, .truth = truth};
}

th_rule_value th_rule_text(th_slice text)
{
	return (th_rule_value){.known = true, .type = TH_RULE_TEXT, .text = text};
}

th_rule_value th_rule_date(th_period date)
{
	return (th_rule_value){.known = true, .type = TH_RULE_DATE, .date = date};
}

th_rule_value th_rule_choice(uint32_t option)
{
	return (th_rule_value){.known = true, .type = TH_RULE_CHOICE, .choice = option};
}

th_rule_value th_rule_series(const th_exact *series, size_t count)
{
	return (th_rule_value){.known = true, .type = TH_RULE_SERIES, .series = series, .count = count};
}

bool th_rule_evidenced(const th_rule_input *input)
{
	return input->evidence.len > 0 && !input->evidence_void;
}

static th_rule_value number(bool known, th_exact value)
{
	return (th_rule_value){.known = known, .type = TH_RULE_NUMBER, .number = value};
}

th_rule_value th_rule_mass(th_mass mass, const th_unit *unit)
{
	th_exact value = {0, 1};
	bool fits = th_exact_of(mass, -TH_MASS_SCALE, unit, &value);
	return number(fits, value);
}

th_rule_value th_rule_number(th_decimal value, const th_unit *unit)
{
	th_exact exact = {0, 1};
	bool fits = th_exact_of(value.mant, value.exp, unit, &exact);
	return number(fits, exact);
}

th_rule_value th_rule_between(th_rule_value least, const th_rule_value *most)
{
	th_rule_value value = number(false, (th_exact){0, 1});
	if (most && least.known && most->known && th_exact_cmp(least.number, most->number) == 0)
		return least;
	value.has_low = least.known;
	value.low = least.number;
	value.has_high = most && most->known;
	if (value.has_high)
		value.high = most->number;
	return value;
}

/* -1, 0, 1; of things that are only equal or not, 0 or 1. */
static int compare(const th_rule_value *a, const th_rule_value *b)
{
	switch (a->type) {
	case TH_RULE_NUMBER:
		return th_exact_cmp(a->number, b->number);
	case TH_RULE_DATE:
		return (a->date.from > b->date.from) - (a->date.from < b->date.from);
	case TH_RULE_TEXT:
		return !th_slice_eq(a->text, b->text);
	case TH_RULE_BOOL:
		return a->truth != b->truth;
	case TH_RULE_LIST:
		return a->list != b->list;
	case TH_RULE_SERIES:
		return a->series != b->series;
	default:
		return a->choice != b->choice;
	}
}

static bool holds(th_op op, int order)
{
	switch (op) {
	case TH_OP_EQ:
		return order == 0;
	case TH_OP_NE:
		return order != 0;
	case TH_OP_LT:
		return order < 0;
	case TH_OP_LE:
		return order <= 0;
	case TH_OP_GT:
		return order > 0;
	default:
		return order >= 0;
	}
}

/* A value where it stands, or in `room`: most are looked at a hundred times and copied never. */
static const th_rule_value *truth(bool is)
{
	static const th_rule_value truths[] = {{.known = true, .type = TH_RULE_BOOL}, {.known = true, .type = TH_RULE_BOOL, .truth = true}};
	return &truths[is];
}

static const th_rule_value *put(th_rule_value value, th_rule_value *room)
{
	*room = value;
	return room;
}

/* An `and` is decided by one false operand, an `or` by one true one. */
static const th_rule_value *junction(const th_rule_inputs *inputs, const th_expr *e)
{
	bool decides = e->op == TH_OP_OR, open = false;
	th_rule_value room;
	for (size_t i = 0; i < e->args; i++) {
		const th_rule_value *value = th_expr_look(inputs, e->arg[i], &room);
		open |= !value->known;
		if (value->known && value->truth == decides)
			return truth(decides);
	}
	return open ? &unknown : truth(!decides);
}

static bool is_zero(const th_rule_value *value)
{
	return value->known && value->number.num == 0;
}

/* A number between bounds, times or by a number above zero, lies between theirs. */
static th_rule_value scaled(const th_rule_value *a, const th_rule_value *b, bool (*operation)(th_exact, th_exact, th_exact *))
{
	th_rule_value value = {.type = TH_RULE_NUMBER};
	value.has_low = a->has_low && operation(a->low, b->number, &value.low);
	value.has_high = a->has_high && operation(a->high, b->number, &value.high);
	return value;
}

/* What is at most something, not below zero, by what is at least something above zero, has a most. */
static th_rule_value at_most(const th_rule_value *a, const th_rule_value *b)
{
	th_rule_value value = {.type = TH_RULE_NUMBER};
	th_exact most = a->known ? a->number : a->high;
	value.has_high = (a->known || a->has_high) && most.num >= 0 && th_exact_div(most, b->low, &value.high);
	return value;
}

static th_rule_value arithmetic(th_op op, const th_rule_value *a, const th_rule_value *b)
{
	static bool (*const operation[])(th_exact, th_exact, th_exact *) = {th_exact_add, th_exact_sub, th_exact_mul, th_exact_div};
	th_exact result = {0, 1};
	if (op == TH_OP_MUL && (is_zero(a) || is_zero(b)))
		return number(true, result);
	if (!a->known && b->known && b->number.num > 0 && (op == TH_OP_MUL || op == TH_OP_DIV))
		return scaled(a, b, operation[op - TH_OP_ADD]);
	if (op == TH_OP_DIV && !b->known && b->has_low && b->low.num > 0)
		return at_most(a, b);
	if (!a->known || !b->known)
		return unknown;
	bool fits = operation[op - TH_OP_ADD](a->number, b->number, &result);
	return number(fits, result);
}

/* Which argument a condition or choice selects; 0 when it is unknown. */
static size_t selected(const th_rule_inputs *inputs, const th_expr *e)
{
	th_rule_value room;
	const th_rule_value *value = th_expr_look(inputs, e->arg[0], &room);
	if (!value->known)
		return 0;
	return e->op == TH_OP_IF ? (value->truth ? 1 : 2) : 1 + (size_t)value->choice;
}

/* Of several that may be selected the value that all have, unknown when they differ or one is unknown. */
static const th_rule_value *branch(const th_rule_inputs *inputs, const th_expr *e, th_rule_value *room)
{
	size_t which = selected(inputs, e);
	const th_rule_value *value = th_expr_look(inputs, e->arg[which ? which : 1], room);
	for (size_t i = 2; which == 0 && i < e->args; i++) {
		th_rule_value own;
		const th_rule_value *other = th_expr_look(inputs, e->arg[i], &own);
		value = value->known && other->known && compare(value, other) == 0 ? value : &unknown;
	}
	return value;
}

/* The anniversary of a day: the same day of the month, or the last of a shorter one. */
static int32_t anniversary(int32_t day, int years)
{
	return th_day_after_months(day, 12 * years);
}

/* From the first day of `from` to the last day of `to`: the whole years, and of the year behind them the days over its days. So a limit
 * of N years is kept when `to` does not end after the day before the Nth anniversary, and a day more is more. Unknown when `to` ends
 * before `from` begins. */
static th_rule_value years(const th_period *from, const th_period *to)
{
	int whole = 0;
	int32_t behind = to->to + 1;
	th_exact value = {0, 1};
	if (behind <= from->from)
		return number(false, value);
	whole = (behind - from->from) / 366; /* no year is longer */
	while (anniversary(from->from, whole + 1) <= behind)
		whole++;
	int32_t last = anniversary(from->from, whole), next = anniversary(from->from, whole + 1);
	__int128 days = next - last;
	bool fits = th_exact_div((th_exact){whole * days + behind - last, 1}, (th_exact){days, 1}, &value);
	return number(fits, value);
}

th_rule_grain th_rule_grain_of(const th_period *date)
{
	int y, m, d, y2, m2, d2;
	if (date->from == date->to)
		return TH_GRAIN_DAY;
	th_day_split(date->from, &y, &m, &d);
	th_day_split(date->to + 1, &y2, &m2, &d2);
	if (d != 1 || d2 != 1)
		return TH_GRAIN_OTHER;
	int months = (y2 - y) * 12 + m2 - m;
	if (months == 1)
		return TH_GRAIN_MONTH;
	return months == 12 && m == 1 ? TH_GRAIN_YEAR : TH_GRAIN_OTHER;
}

static size_t bits(uint64_t list)
{
	size_t count = 0;
	for (; list; list &= list - 1)
		count++;
	return count;
}

static th_rule_value distinct(const th_rule_inputs *inputs, bool domains)
{
	const th_pack *pack = inputs->pack;
	int64_t count = 0;
	size_t names = domains ? pack->domains : pack->groups;
	for (uint32_t name = 0; name < names; name++) {
		bool found = false;
		for (size_t i = 0; i < inputs->measures; i++) {
			const th_rule_measure *measure = &inputs->measure[i];
			found |= (domains ? th_rule_measure_domain(pack, measure) : measure->group) == name;
		}
		count += found;
	}
	return number(inputs->has_measures, (th_exact){count, 1});
}

static const th_rule_value *strictly(const th_rule_value *series, int direction)
{
	bool so = true;
	for (size_t i = 1; i < series->count; i++)
		so &= th_exact_cmp(series->series[i], series->series[i - 1]) == direction;
	return truth(so);
}

/* Operators of which every operand has to be known. */
static const th_rule_value *strict(const th_rule_inputs *inputs, const th_expr *e, th_rule_value *room)
{
	th_rule_value rooms[2];
	const th_rule_value *a = th_expr_look(inputs, e->arg[0], &rooms[0]);
	const th_rule_value *b = e->args > 1 ? th_expr_look(inputs, e->arg[1], &rooms[1]) : truth(true);
	if (!a->known || !b->known)
		return &unknown;
	switch (e->op) {
	case TH_OP_NOT:
		return truth(!a->truth);
	case TH_OP_IN:
		return truth(e->literal.list >> a->choice & 1);
	case TH_OP_SIZE:
		return put(number(true, (th_exact){(__int128)(bits(a->list) + a->count), 1}), room);
	case TH_OP_YEARS:
		return put(years(&a->date, &b->date), room);
	case TH_OP_FALLING:
		return strictly(a, -1);
	case TH_OP_RISING:
		return strictly(a, 1);
	default:
		return truth(holds(e->op, compare(a, b)));
	}
}

static const th_expr *definition(const th_rule_inputs *inputs, const th_expr *e)
{
	return inputs->pack->define[e->ref].reading[inputs->chosen[e->ref]].expr;
}

const th_rule_value *th_expr_look(const th_rule_inputs *inputs, const th_expr *e, th_rule_value *room)
{
	th_rule_value other;
	const th_rule_value *a, *b;
	switch (e->op) {
	case TH_OP_LITERAL:
		return &e->literal;
	case TH_OP_GET:
		return &inputs->input[e->ref].value;
	case TH_OP_EVIDENCE:
		return truth(th_rule_evidenced(&inputs->input[e->ref]));
	case TH_OP_EVIDENCED:
		return th_rule_evidenced(&inputs->input[e->ref]) ? &inputs->input[e->ref].value : &unknown;
	case TH_OP_STAGE:
		return truth(inputs->pack->at == e->ref);
	case TH_OP_DEFINED:
		return th_expr_look(inputs, definition(inputs, e), room);
	case TH_OP_KNOWN:
		return truth(th_expr_look(inputs, e->arg[0], &other)->known);
	case TH_OP_DEFAULT:
		a = th_expr_look(inputs, e->arg[0], room);
		return a->known ? a : th_expr_look(inputs, e->arg[1], room);
	case TH_OP_AND:
	case TH_OP_OR:
		return junction(inputs, e);
	case TH_OP_ADD:
	case TH_OP_SUB:
	case TH_OP_MUL:
	case TH_OP_DIV:
		a = th_expr_look(inputs, e->arg[0], room);
		b = th_expr_look(inputs, e->arg[1], &other);
		return put(arithmetic(e->op, a, b), room);
	case TH_OP_IF:
	case TH_OP_LOOKUP:
		return branch(inputs, e, room);
	case TH_OP_DISTINCT:
		return put(distinct(inputs, e->ref == 1), room);
	default:
		return strict(inputs, e, room);
	}
}

bool th_expr_known(const th_rule_inputs *inputs, const th_expr *e)
{
	th_rule_value room;
	return th_expr_look(inputs, e, &room)->known;
}

th_rule_value th_expr_eval(const th_rule_inputs *inputs, const th_expr *e)
{
	th_rule_value room;
	return *th_expr_look(inputs, e, &room);
}

th_rule_value th_rule_reading_value(const th_rule_inputs *inputs, uint32_t define, uint32_t reading)
{
	return th_expr_eval(inputs, inputs->pack->define[define].reading[reading].expr);
}

/* --- what it rests on --- */

static void rests_of_args(const th_rule_inputs *inputs, const th_expr *e, bool missing, bool *mark)
{
	bool open = false;
	for (size_t i = 0; i < e->args; i++) {
		open |= !th_expr_known(inputs, e->arg[i]);
		th_expr_rests(inputs, e->arg[i], missing, mark);
	}
	/* Unknown though everything in it is known: a quotient by zero, an end before its start. Other values would decide. */
	for (size_t i = 0; missing && !open && i < e->args; i++)
		th_expr_rests(inputs, e->arg[i], false, mark);
}

void th_expr_rests(const th_rule_inputs *inputs, const th_expr *e, bool missing, bool *mark)
{
	size_t which;
	if (missing && th_expr_known(inputs, e))
		return;
	switch (e->op) {
	case TH_OP_GET:
	case TH_OP_EVIDENCE:
	case TH_OP_EVIDENCED:
		mark[e->ref] |= missing || inputs->input[e->ref].value.known;
		return;
	case TH_OP_DEFINED:
		th_expr_rests(inputs, definition(inputs, e), missing, mark);
		return;
	case TH_OP_DISTINCT:
		mark[inputs->pack->decls] |= inputs->has_measures != missing;
		return;
	case TH_OP_IF:
	case TH_OP_LOOKUP:
		which = selected(inputs, e);
		if (which) {
			th_expr_rests(inputs, e->arg[0], missing, mark);
			th_expr_rests(inputs, e->arg[which], missing, mark);
			return;
		}
		/* fall through */
	default:
		rests_of_args(inputs, e, missing, mark);
	}
}
