/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/script.h"

#include "base/day.h"
#include "base/filename.h"

/* --- a line --- */

/* A number as Python reads it. What a program has made of units is that already, and may be longer than what anybody writes. */
static void put_number(th_buf *out, th_slice text, bool made)
{
	th_decimal value;
	unsigned notes;
	text = th_slice_trim(text);
	if (!made && th_number_is(th_number_parse(text, &value, &notes)))
		th_put_decimal(out, value);
	else
		th_buf_slice(out, text);
}

/* Where a number ends before `sign`, which is not its own; its length where there is none. */
static size_t before(th_slice text, char sign)
{
	for (size_t i = 1; i < text.len; i++)
		if (text.ptr[i] == sign && text.ptr[i - 1] != 'e' && text.ptr[i - 1] != 'E')
			return i;
	return text.len;
}

/* a, a/b, a - b, 1 - a, 1 + a; percent is a hundredth. */
static void put_term(th_buf *out, const th_formula_term *t)
{
	bool made = t->origin == TH_FROM_UNITS || t->origin == TH_FROM_EQUATION;
	char sign = t->form == TH_TERM_INNER ? '-' : '/';
	size_t end = before(t->value, sign);
	th_buf_str(out, t->form == TH_TERM_REST ? "'1 - " : t->form == TH_TERM_MORE ? "'1 + " : t->form == TH_TERM_DECAY ? "'decay " : "'");
	put_number(out, (th_slice){t->value.ptr, end}, made);
	if (end < t->value.len) {
		th_buf_printf(out, " %c ", sign);
		put_number(out, (th_slice){t->value.ptr + end + 1, t->value.len - end - 1}, made);
	}
	if (t->form == TH_TERM_DECAY)
		th_buf_printf(out, " %d", t->year);
	th_buf_str(out, th_slice_eq(t->unit, TH_S("%")) ? " / 100'" : "'");
}

static void put_integer(th_buf *out, th_mass mass)
{
	th_put_mass(out, mass, -TH_MASS_SCALE);
}

static void put_place(th_buf *out, const th_entry *entry)
{
	th_buf place = {0};
	const char *name = th_file_name(entry->file);
	th_buf_str(&place, name);
	th_put_spot(&place, name, entry->line, 0);
	th_put_json_string(out, th_buf_view(&place));
	out->failed |= place.failed;
	th_buf_free(&place);
}

th_status th_script_entry(void *context, const th_entry *entry)
{
	th_script *script = context;
	th_buf *out = &script->text;
	if (entry->bucket == TH_ENERGY)
		return TH_OK;
	if (script->line == 0 || script->order != entry->order)
		script->line++;
	script->order = entry->order;
	th_buf_printf(out, "    (%zu, ", script->line);
	put_place(out, entry);
	th_buf_str(out, ", ");
	th_put_json_string(out, entry->gas->name);
	if (entry->span.first_year == entry->span.last_year)
		th_buf_printf(out, ", %d", entry->span.first_year);
	else
		th_buf_str(out, ", None");
	th_buf_printf(out, ", '%s', %d, %d, (", th_bucket_names[entry->bucket], entry->scope, entry->iso);
	th_buf_char(out, '\'');
	th_put_decimal(out, entry->amount);
	th_buf_char(out, '\'');
	for (size_t i = 0; i < entry->terms; i++) {
		th_buf_str(out, ", ");
		put_term(out, &entry->term[i]);
	}
	th_buf_str(out, ",), '");
	th_put_decimal(out, entry->gwp);
	th_buf_str(out, "', ");
	put_integer(out, entry->mass);
	th_buf_str(out, ", ");
	put_integer(out, entry->co2e);
	th_buf_str(out, ",\n     ");
	th_put_json_string(out, entry->formula);
	th_buf_str(out, "),\n");
	return out->failed ? TH_SYSTEM : TH_OK;
}

/* --- what the report says --- */

static void put_totals(th_buf *out, const th_json *year, const char *member, const char *before_name)
{
	const th_json *totals = th_json_get(year, member);
	for (const th_json *total = totals && totals->kind == TH_JSON_OBJECT ? totals->child : NULL; total; total = total->next) {
		th_buf name = {0};
		if (total->kind != TH_JSON_NUMBER)
			continue;
		th_buf_str(&name, before_name);
		th_buf_slice(&name, total->key);
		th_put_json_string(out, th_buf_view(&name));
		th_buf_str(out, ": '");
		th_buf_slice(out, total->text);
		th_buf_str(out, "', ");
		out->failed |= name.failed;
		th_buf_free(&name);
	}
}

static void put_years(th_buf *out, const th_recorded *recorded)
{
	for (const th_json *year = th_json_list(th_recorded_account(recorded), "years"); year; year = year->next) {
		const th_json *number = th_json_get(year, "year");
		if (!number || number->kind != TH_JSON_NUMBER || !th_json_get(year, "totals"))
			continue;
		th_buf_str(out, "    ");
		th_buf_slice(out, number->text);
		th_buf_str(out, ": {");
		put_totals(out, year, "totals", "");
		put_totals(out, year, "iso_14064_1", "iso_14064_1 ");
		put_totals(out, year, "by_gas", "by_gas ");
		th_buf_str(out, "},\n");
	}
}

/* --- the program --- */

static const char head[] =
	"import math\n"
	"from fractions import Fraction as F\n"
	"\n"
	"# A line and a gas: number of the line, its place, gas, year, total, scope, category of ISO 14064-1, what is multiplied (the quantity first),\n"
	"# GWP, then the mass and the CO2 equivalent that tanhe has, in 1e-9 kg; below them the same equation in words.\n"
	"LINES = [\n";

static const char middle[] =
	"]\n"
	"\n"
	"# The totals of the report, tonnes of CO2 equivalent.\n"
	"REPORT = {\n";

static const char tail[] =
	"}\n"
	"\n"
	"\n"
	"def number(term):\n"
	"    \"\"\"A term of an equation: a, a / b, a - b, a + b.\"\"\"\n"
	"    words = term.split()\n"
	"    value = F(words[0])\n"
	"    for sign, word in zip(words[1::2], words[2::2]):\n"
	"        other = F(word)\n"
	"        value = value / other if sign == '/' else value - other if sign == '-' else value + other\n"
	"    return value\n"
	"\n"
	"\n"
	"def share(terms):\n"
	"    \"\"\"Of what may decay, the part that does in the n-th year (IPCC 2006 volume 5 chapter 3, equations 3.5 and 3.6); None: nothing decays.\"\"\"\n"
	"    for term in terms:\n"
	"        if term.startswith('decay '):\n"
	"            k, n = float(term.split()[1]), int(term.split()[2])\n"
	"            return math.exp(-k * (n - 1)) * -math.expm1(-k)\n"
	"    return None\n"
	"\n"
	"\n"
	"def amount(terms, more='1'):\n"
	"    \"\"\"Their product in 1e-9 kg, rounded once, half to even.\"\"\"\n"
	"    product = F(more) * 10 ** 9\n"
	"    for term in terms:\n"
	"        if not term.startswith('decay '):\n"
	"            product *= number(term)\n"
	"    part = share(terms)\n"
	"    return round(product) if part is None else round(float(round(product)) * part)\n"
	"\n"
	"\n"
	"def tonnes(mass):\n"
	"    whole, rest = divmod(abs(mass), 10 ** 12)\n"
	"    return ('-' if mass < 0 else '') + (f'{whole}.{rest:012}').rstrip('0').rstrip('.')\n"
	"\n"
	"\n"
	"def totals(lines, names):\n"
	"    \"\"\"The totals of these names, of the lines of a year.\"\"\"\n"
	"    market = {line for line, total, _, _, _, _ in lines if total == 'market'}\n"
	"    found = {}\n"
	"\n"
	"    def add(name, mass):\n"
	"        found[name] = found.get(name, 0) + mass\n"
	"    for line, total, scope, category, gas, mass in lines:\n"
	"        if total == 'gross':\n"
	"            add({1: 'scope1', 2: 'scope2_location', 3: 'scope3'}.get(scope, 'no scope'), mass)\n"
	"            add('iso_14064_1 ' + (str(category) if category else 'unassigned'), mass)\n"
	"            add('by_gas ' + gas, mass)\n"
	"            if scope == 2 and line not in market:\n"
	"                add('scope2_market', mass)\n"
	"        add('scope2_market' if total == 'market' else total, mass)\n"
	"    add('net', found.get('gross', 0) - found.get('removals', 0))\n"
	"    add('net_after_credits', found['net'] - found.get('credits', 0))\n"
	"    by_market = found.get('scope2_market', 0) - found.get('scope2_location', 0) if 'scope2_market' in names else 0\n"
	"    given_out = found.get('avoided', 0) if GIVEN_OUT == 'subtracted' else 0 # of the profile's document\n"
	"    add('profile_total', found.get('gross', 0) + by_market - given_out)\n"
	"    return {name: found.get(name, 0) for name in names}\n"
	"\n"
	"\n"
	"def main():\n"
	"    wrong, years = 0, {}\n"
	"    for line, place, gas, year, total, scope, category, terms, gwp, mass, co2e, words in LINES:\n"
	"        own, own_co2e = amount(terms), amount(terms, gwp)\n"
	"        if (own, own_co2e) != (mass, co2e):\n"
	"            wrong += 1\n"
	"            print(f'{place} {gas}: {words} gives {own} and {own_co2e}, tanhe has {mass} and {co2e} (1e-9 kg)')\n"
	"        years.setdefault(year, []).append((line, total, scope, category, gas, own_co2e))\n"
	"    for year, names in REPORT.items():\n"
	"        for name, mass in totals(years.get(year, []), names).items():\n"
	"            same = F(names[name]) == F(mass, 10 ** 12)\n"
	"            wrong += not same\n"
	"            print(f'{year} {name} {tonnes(mass)} t CO2e' + ('' if same else f'; the report has {names[name]}'))\n"
	"    print(f'{len(LINES)} lines and gases, {sum(map(len, REPORT.values()))} totals, {wrong} differ')\n"
	"    return 1 if wrong else 0\n"
	"\n"
	"\n"
	"if __name__ == '__main__':\n"
	"    raise SystemExit(main())\n";

th_status th_script_end(th_script *script, const th_recorded *recorded, th_diags *diags)
{
	th_buf all = {0}, title = {0};
	th_buf_str(&all, "#!/usr/bin/env python3\n");
	th_buf_printf(&title, "The account in a report of tanhe %s worked out again from its lines; needs nothing but Python 3.\nReport: ", th_version());
	th_buf_str(&title, th_file_name(recorded->path));
	th_buf_printf(&title, ", sha256 %s", recorded->sha256);
	th_put_json_string(&all, th_buf_view(&title));
	th_buf_str(&all, "\n\n");
	th_buf_str(&all, "# What the profile's document says of what is given out.\nGIVEN_OUT = ");
	th_put_json_string(&all, th_json_string(th_json_get(th_recorded_account(recorded), "profile"), "given_out"));
	th_buf_str(&all, "\n\n");
	th_buf_str(&all, head);
	th_buf_slice(&all, th_buf_view(&script->text));
	th_buf_str(&all, middle);
	put_years(&all, recorded);
	th_buf_str(&all, tail);
	all.failed |= script->text.failed || title.failed;
	th_buf_free(&title);
	th_buf_free(&script->text);
	script->text = all;
	return all.failed ? th_no_memory(diags) : TH_OK;
}
