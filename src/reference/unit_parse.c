/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/unit_table.h"

#include "base/utf8.h"

/* expression: operand { ("/" | "per") operand | ["·" | "*" | "x"] operand }, but no product behind a "/"
 * operand:    { number ["·" | "*" | "x"] } ( word { "-" word } | "(" expression ")" | "(" temperature ["," pressure] ")" ), or numbers alone
 * number:     digits ["^" exponent], 万
 * word:       up to four words that are one name, [exponent], ["@" temperature]
 *
 * `a/b c` is refused because half of the world reads it as a/(b c). */

enum { MAX_POWER = 9, MAX_TEN_POWER = 30, MAX_DEPTH = 16 };

typedef struct parser {
	const th_units *units;
	th_unit_text text;
	size_t pos, depth;
	size_t at, at_end; /* where the error is */
	bool *seen;        /* by the user's rows: was it read by that; NULL where nobody asks */
} parser;

static th_unit_error fail(parser *p, th_unit_error error, size_t at, size_t end)
{
	p->at = at;
	p->at_end = end;
	return error;
}

static th_unit_error fail_here(parser *p)
{
	return fail(p, TH_UNIT_SYNTAX, p->pos, p->pos < p->text.len ? p->pos + 1 : p->pos);
}

static bool digit_at(const parser *p, size_t at)
{
	return p->text.s[at] >= '0' && p->text.s[at] <= '9';
}

static void skip_blanks(parser *p)
{
	while (p->text.s[p->pos] == ' ')
		p->pos++;
}

/* Does the word `w` (in lower case) stand here, alone? */
static bool word_here(const parser *p, const char *w)
{
	size_t len = strlen(w);
	if (!th_unit_word_start(&p->text, p->pos) || th_unit_word_end(&p->text, p->pos) != p->pos + len)
		return false;
	for (size_t i = 0; i < len; i++)
		if ((p->text.s[p->pos + i] | 0x20) != w[i])
			return false;
	return true;
}

static bool take_times(parser *p)
{
	const char *s = p->text.s + p->pos;
	size_t len = s[0] == '*' ? 1 : s[0] == '\xC2' && s[1] == '\xB7' ? 2 : word_here(p, "x") ? 1 : 0;
	p->pos += len;
	return len > 0;
}

static bool take_per(parser *p)
{
	size_t len = p->text.s[p->pos] == '/' ? 1 : word_here(p, "per") ? 3 : 0;
	p->pos += len;
	return len > 0;
}

/* A signed whole number at p->pos, up to `most` in size. */
static th_unit_error take_exponent(parser *p, int most, int *out)
{
	size_t from = p->pos;
	bool negative = p->text.s[p->pos] == '-';
	int value = 0;
	if (negative || p->text.s[p->pos] == '+')
		p->pos++;
	if (!digit_at(p, p->pos))
		return fail_here(p);
	for (; digit_at(p, p->pos); p->pos++)
		value = value > most ? value : value * 10 + (p->text.s[p->pos] - '0');
	if (value > most)
		return fail(p, TH_UNIT_RANGE, from, p->pos);
	*out = negative ? -value : value;
	return TH_UNIT_OK;
}

static void raise_to(th_unit *unit, int exponent)
{
	th_unit factor = *unit;
	*unit = th_unit_one();
	for (int i = 0; i < exponent; i++)
		th_unit_mul(unit, &factor);
	for (int i = 0; i > exponent; i--)
		th_unit_div(unit, &factor);
	unit->note = factor.note;
}

static bool multiply_decimal(th_unit *unit, th_decimal value, bool divide)
{
	if (value.mant <= 0)
		return false;
	if (divide)
		th_unit_scale(unit, 1, (uint64_t)value.mant, -value.exp);
	else
		th_unit_scale(unit, (uint64_t)value.mant, 1, value.exp);
	return true;
}

static th_unit_error take_number(parser *p, th_unit *out)
{
	const char *s = p->text.s;
	size_t from = p->pos, end = p->pos;
	while (digit_at(p, end) || s[end] == '.' || s[end] == ',')
		end++;
	if ((s[end] | 0x20) == 'e' && (digit_at(p, end + 1) || ((s[end + 1] == '-' || s[end + 1] == '+') && digit_at(p, end + 2))))
		for (end += 2; digit_at(p, end);)
			end++;
	th_decimal value;
	unsigned notes;
	th_number number = th_number_parse((th_slice){s + from, end - from}, &value, &notes);
	if (number == TH_NUM_RANGE || number == TH_NUM_DIGITS)
		return fail(p, TH_UNIT_RANGE, from, end);
	*out = th_unit_one();
	if (number != TH_NUM_OK)
		return fail(p, TH_UNIT_SYNTAX, from, end);
	if (!multiply_decimal(out, value, false))
		return fail(p, TH_UNIT_RANGE, from, end);
	p->pos = end;
	if (s[p->pos] != '^')
		return TH_UNIT_OK;
	p->pos++;
	int exponent;
	th_unit_error error = take_exponent(p, MAX_TEN_POWER, &exponent);
	if (error == TH_UNIT_OK)
		raise_to(out, exponent);
	return error;
}

/* `@20C`, or `(20C`: where it ends and the two numbers of the gas law. Ideal gas law at constant pressure: V0 = V x 273.15 K / T. Fahrenheit:
 * T = (t + 459.67) x 5/9 K, so 273.15 x 9/5 = 491.67. */
static th_unit_error read_condition(parser *p, bool of_volume, th_decimal *zero, th_decimal *kelvin)
{
	static const struct { const char *sign; th_decimal zero, offset; } scales[] = {
		{"\xC2\xB0""C", {27315, -2}, {27315, -2}}, {"degC", {27315, -2}, {27315, -2}}, {"C", {27315, -2}, {27315, -2}},
		{"\xC2\xB0""F", {49167, -2}, {45967, -2}}, {"degF", {49167, -2}, {45967, -2}}, {"F", {49167, -2}, {45967, -2}},
		{"K", {27315, -2}, {0, 0}},
	};
	const char *s = p->text.s;
	size_t from = p->pos++;
	skip_blanks(p);
	size_t end = p->pos + (s[p->pos] == '-' || s[p->pos] == '+');
	while (digit_at(p, end) || s[end] == '.')
		end++;
	th_decimal given;
	unsigned notes;
	if (!of_volume || th_number_parse((th_slice){s + p->pos, end - p->pos}, &given, &notes) != TH_NUM_OK)
		return fail(p, TH_UNIT_SYNTAX, from, end);
	for (p->pos = end, skip_blanks(p); th_unit_word_start(&p->text, p->pos);) {
		size_t word_end = th_unit_word_end(&p->text, p->pos);
		th_slice word = {s + p->pos, word_end - p->pos};
		for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
			if (!th_slice_eq(word, th_slice_of(scales[i].sign)))
				continue;
			/* 50 to 1000 K or degrees Rankine: what a meter may see, and no absolute zero. */
			if (!th_decimal_add(given, scales[i].offset, kelvin) || th_decimal_cmp(*kelvin, th_decimal_int(50)) < 0 ||
			    th_decimal_cmp(*kelvin, th_decimal_int(1000)) > 0)
				return fail(p, TH_UNIT_RANGE, from, word_end);
			*zero = scales[i].zero;
			p->pos = word_end;
			return TH_UNIT_OK;
		}
		break;
	}
	return fail_here(p);
}

/* `@20C` behind a volume: the amount of gas in it at that temperature and 101.325 kPa. */
static th_unit_error take_condition(parser *p, th_unit *unit)
{
	size_t from = p->pos;
	uint32_t length = th_intern_find(&p->units->dimensions, TH_S("length"));
	uint32_t gas = th_intern_find(&p->units->dimensions, TH_S("gas-volume"));
	th_unit volume = th_unit_one();
	th_decimal zero, kelvin;
	if (length == TH_NONE || gas == TH_NONE)
		return fail_here(p);
	volume.dim[length] = 3;
	th_unit_error error = read_condition(p, th_unit_same_dimension(unit, &volume), &zero, &kelvin);
	if (error != TH_UNIT_OK)
		return error;
	unit->dim[length] = 0;
	unit->dim[gas] = 1;
	return multiply_decimal(unit, zero, false) && multiply_decimal(unit, kelvin, true) ? TH_UNIT_OK : fail(p, TH_UNIT_RANGE, from, p->pos);
}

/* The longest name that starts here; *number is set for a multiplier alone. */
static th_unit_error take_word(parser *p, th_unit *out, bool *number)
{
	char key[TH_UNIT_TEXT + 1];
	size_t key_end[TH_UNIT_WORDS], text_end[TH_UNIT_WORDS], from = p->pos;
	size_t count = th_unit_words(&p->text, p->pos, key, key_end, text_end);
	th_unit_reading reading;
	th_unit_error error = TH_UNIT_UNKNOWN;
	size_t used = count;
	while (used && (error = th_unit_read_word(p->units, (th_slice){key, key_end[used - 1]}, &reading, NULL)) == TH_UNIT_UNKNOWN)
		used--;
	p->pos = text_end[used ? used - 1 : 0];
	if (error != TH_UNIT_OK)
		return fail(p, error, from, p->pos);
	if (p->seen && reading.row && reading.row >= p->units->row + p->units->shipped)
		p->seen[reading.row - p->units->row - p->units->shipped] = true;
	*number = reading.exponent == 0 && reading.multiplier;
	if (*number) {
		*out = th_unit_one();
		th_unit_scale(out, 1, 1, reading.multiplier);
		return TH_UNIT_OK;
	}
	/* m^-2, and m-2 as in kg m-2: a name already followed by an exponent takes no second one. */
	const char *s = p->text.s;
	bool caret = s[p->pos] == '^', minus = s[p->pos] == '-' && digit_at(p, p->pos + 1);
	if (caret || minus) {
		if (reading.exponent != 1 || (minus && digit_at(p, p->pos - 1)))
			return fail_here(p);
		p->pos += caret;
		error = take_exponent(p, MAX_POWER, &reading.exponent);
		if (error != TH_UNIT_OK)
			return error;
	}
	if (reading.exponent == 0 || (reading.exponent != 1 && th_unit_has_tag(p->units, &reading.unit)))
		return fail(p, TH_UNIT_SYNTAX, from, p->pos);
	if (reading.exponent > MAX_POWER)
		return fail(p, TH_UNIT_RANGE, from, p->pos);
	raise_to(&reading.unit, reading.exponent);
	th_unit_scale(&reading.unit, 1, 1, reading.multiplier);
	*out = reading.unit;
	return s[p->pos] == '@' ? take_condition(p, out) : TH_UNIT_OK;
}

/* The pressure that every volume of gas is counted at may stand behind its temperature. */
static void skip_pressure(parser *p)
{
	static const char *const same[] = {"101.325kPa", "101.325 kPa", "101.3kPa", "0.101325MPa", "101325Pa", "1atm", "1 atm"};
	const char *s = p->text.s;
	size_t at = p->pos;
	while (s[at] == ' ' || s[at] == ',' || s[at] == ';')
		at++;
	for (size_t i = 0; i < sizeof same / sizeof *same && at > p->pos; i++)
		if (strncmp(s + at, same[i], strlen(same[i])) == 0) {
			p->pos = at + strlen(same[i]);
			skip_blanks(p);
			return;
		}
}

static th_unit_error take_expression(parser *p, th_unit *out);

/* `(20C)`, or `(标况)` of a row that is one: the amount of gas in a volume at that temperature. False, and nothing read, where something else
 * stands in the brackets. */
static bool take_bracket_condition(parser *p, th_unit *out)
{
	parser before = *p;
	uint32_t length = th_intern_find(&p->units->dimensions, TH_S("length")), gas = th_intern_find(&p->units->dimensions, TH_S("gas-volume"));
	th_unit per_volume = th_unit_one();
	th_decimal zero, kelvin;
	if (p->text.s[p->pos] != '(' || p->depth || length == TH_NONE || gas == TH_NONE)
		return false;
	per_volume.dim[length] = -3;
	per_volume.dim[gas] = 1;
	bool found = read_condition(p, true, &zero, &kelvin) == TH_UNIT_OK;
	if (found) {
		*out = per_volume;
		found = multiply_decimal(out, zero, false) && multiply_decimal(out, kelvin, true);
		skip_blanks(p);
		skip_pressure(p);
	} else {
		p->pos = before.pos + 1;
		p->depth = 1;
		found = th_unit_word_start(&p->text, p->pos) && take_expression(p, out) == TH_UNIT_OK && th_unit_same_dimension(out, &per_volume);
	}
	found &= p->text.s[p->pos] == ')';
	size_t behind = p->pos + 1;
	*p = before;
	p->pos = found ? behind : before.pos;
	return found;
}

static th_unit_error take_parenthesis(parser *p, th_unit *out)
{
	size_t open = p->pos++;
	if (p->depth == MAX_DEPTH)
		return fail(p, TH_UNIT_SYNTAX, open, p->pos);
	p->depth++;
	th_unit_error error = take_expression(p, out);
	p->depth--;
	if (error != TH_UNIT_OK)
		return error;
	if (p->text.s[p->pos] != ')')
		return fail(p, TH_UNIT_SYNTAX, open, open + 1);
	p->pos++;
	/* (km)2 would be read as two of them, so it is not read. */
	return p->text.s[p->pos] == '^' || p->text.s[p->pos] == '@' || digit_at(p, p->pos) ? fail_here(p) : TH_UNIT_OK;
}

/* A condition in brackets belongs to the volume before it, also behind a stroke: GJ/万m3（标况）. */
static void take_condition_behind(parser *p, th_unit *unit)
{
	size_t from = p->pos;
	th_unit condition;
	skip_blanks(p);
	if (!take_bracket_condition(p, &condition))
		p->pos = from;
	else
		th_unit_mul(unit, &condition);
}

static th_unit_error take_operand(parser *p, th_unit *out)
{
	bool any = false, times = false;
	th_unit part;
	*out = th_unit_one();
	for (;;) {
		th_unit_error error;
		bool number = digit_at(p, p->pos);
		if (number) {
			if (any && !times)
				return fail_here(p); /* 10 000: digits are not grouped by blanks */
			error = take_number(p, &part);
		} else if (p->text.s[p->pos] == '(') {
			error = take_parenthesis(p, &part);
		} else if (th_unit_word_start(&p->text, p->pos) && !(any && !times && word_here(p, "per"))) {
			error = take_word(p, &part, &number);
			while (error == TH_UNIT_OK && !number && p->text.s[p->pos] == '-' && th_unit_word_start(&p->text, p->pos + 1)) {
				th_unit_mul(out, &part);
				p->pos++;
				error = take_word(p, &part, &number);
			}
		} else {
			return any && !times ? TH_UNIT_OK : fail_here(p);
		}
		if (error != TH_UNIT_OK)
			return error;
		th_unit_mul(out, &part);
		if (!number) {
			take_condition_behind(p, out);
			return TH_UNIT_OK;
		}
		any = true;
		skip_blanks(p);
		times = take_times(p);
		skip_blanks(p);
	}
}

static th_unit_error take_expression(parser *p, th_unit *out)
{
	bool divide = false;
	*out = th_unit_one();
	for (;;) {
		th_unit operand;
		skip_blanks(p);
		size_t from = p->pos;
		th_unit_error error = take_operand(p, &operand);
		if (error != TH_UNIT_OK)
			return error;
		if (divide)
			th_unit_div(out, &operand);
		else
			th_unit_mul(out, &operand);
		if (out->num == 0)
			return fail(p, TH_UNIT_RANGE, from, p->pos);
		skip_blanks(p);
		if (p->pos == p->text.len || p->text.s[p->pos] == ')')
			return TH_UNIT_OK;
		if (take_per(p)) {
			divide = true;
			continue;
		}
		if (divide)
			return fail_here(p);
		/* A number behind a unit needs a sign: `kWh 10` is a slip. */
		if (!take_times(p) && digit_at(p, p->pos))
			return fail_here(p);
	}
}

bool th_unit_has_comma(th_slice text)
{
	char place[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(text, place); /* full-width forms folded */
	for (size_t i = 1; key.ptr && i + 1 < key.len; i++)
		if (key.ptr[i] == ',' && th_is_digit(key.ptr[i - 1]) && th_is_digit(key.ptr[i + 1]))
			return true;
	return false;
}

/* kW.h: a point between letters is a sign of a product, where it is part of no name (d.m.). False: there is none. */
static bool points_to_signs(th_unit_text *text)
{
	bool found = false;
	for (size_t i = 1; i + 1 < text->len; i++)
		if (text->s[i] == '.' && (text->s[i - 1] | 0x20) >= 'a' && (text->s[i - 1] | 0x20) <= 'z' && (text->s[i + 1] | 0x20) >= 'a' && (text->s[i + 1] | 0x20) <= 'z') {
			text->s[i] = '-';
			found = true;
		}
	return found;
}

static th_unit_error parse(const th_units *units, th_slice text, th_unit *out, th_slice *at, bool *seen)
{
	parser p = {.units = units, .seen = seen};
	text = th_slice_trim(text);
	*at = text;
	if (text.len == 0)
		return TH_UNIT_EMPTY;
	th_unit_error error = th_unit_fold(text, &p.text);
	if (error != TH_UNIT_OK)
		return error;
	error = take_expression(&p, out);
	if (error == TH_UNIT_UNKNOWN && points_to_signs(&p.text)) {
		p.pos = p.depth = 0;
		error = take_expression(&p, out);
	}
	if (error == TH_UNIT_OK && p.pos < p.text.len)
		error = fail_here(&p);
	if (error == TH_UNIT_OK)
		return error;
	while (p.at_end < p.text.len && p.at_end > p.at && p.text.from[p.at_end] == p.text.from[p.at_end - 1])
		p.at_end++; /* never end inside a character */
	*at = (th_slice){text.ptr + p.text.from[p.at], (size_t)(p.text.from[p.at_end] - p.text.from[p.at])};
	return error;
}

th_unit_error th_unit_parse(const th_units *units, th_slice text, th_unit *out, th_slice *at)
{
	*at = th_slice_trim(text);
	return th_unit_known(units, *at, out) ? TH_UNIT_OK : parse(units, text, out, at, NULL);
}

void th_units_see(const th_units *units, th_slice text, bool *seen)
{
	th_unit unit;
	th_slice at;
	(void)parse(units, text, &unit, &at, seen);
	for (size_t i = th_units_user_rows(units); i-- > 0;) /* what a row is defined by stands before it */
		if (seen[i])
			(void)parse(units, units->row[units->shipped + i].of, &unit, &at, seen);
}

bool th_unit_condition(th_slice text, th_decimal *zero, th_decimal *kelvin)
{
	parser p = {.units = NULL};
	if (th_unit_fold(th_slice_trim(text), &p.text) != TH_UNIT_OK)
		return false;
	for (const char *at = p.text.s; (at = strpbrk(at, "@(")) != NULL; at++) {
		p.pos = (size_t)(at - p.text.s);
		if (read_condition(&p, true, zero, kelvin) == TH_UNIT_OK)
			return true;
	}
	return false;
}

/* A time and nothing else: a year, or a second. */
static bool is_time(const th_units *units, const th_unit *unit)
{
	int year = th_unit_exponent(units, unit, "year"), second = th_unit_exponent(units, unit, "time");
	int all = 0;
	for (int i = 0; i < TH_DIMS; i++)
		all += unit->dim[i] < 0 ? -unit->dim[i] : unit->dim[i];
	return all == 1 && year + second == 1;
}

bool th_unit_rate(const th_units *units, th_slice text, th_slice *amount, th_slice *time, th_unit *time_unit)
{
	parser p = {.units = units};
	th_slice at;
	size_t end = 0;
	text = th_slice_trim(text);
	if (th_unit_fold(text, &p.text) != TH_UNIT_OK)
		return false;
	for (size_t from = 0; from < p.text.len;) {
		p.pos = from;
		bool per = take_per(&p);
		if (per) {
			*amount = (th_slice){text.ptr, p.text.from[from]};
			end = p.text.from[p.pos];
		}
		from = per ? p.pos : th_unit_word_start(&p.text, from) ? th_unit_word_end(&p.text, from) : from + 1;
	}
	*time = th_slice_trim((th_slice){text.ptr + end, text.len - end});
	*amount = end ? th_slice_trim(*amount) : *amount;
	return end > 0 && th_unit_parse(units, *time, time_unit, &at) == TH_UNIT_OK && is_time(units, time_unit);
}
