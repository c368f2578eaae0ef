/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is handed in for a case: facts read as the pack's catalogue says. */

#include <stdio.h>

#include "base/near.h"
#include "base/utf8.h"
#include "rules/expr.h"

th_status th_rule_inputs_new(const th_pack *pack, th_arena *arena, th_rule_inputs *out)
{
	*out = (th_rule_inputs){.pack = pack};
	out->input = th_arena_alloc(arena, pack->names, sizeof *out->input);
	out->chosen = th_arena_alloc(arena, pack->defines + 1, sizeof *out->chosen);
	if (!out->input || !out->chosen)
		return TH_SYSTEM;
	for (size_t i = 0; i < pack->defines; i++)
		out->chosen[i] = pack->define[i].chosen;
	for (size_t i = 0; i < pack->decls; i++)
		out->input[i].value.type = pack->decl[i].type;
	return TH_OK;
}

th_status th_rule_inputs_copy(const th_rule_inputs *from, th_arena *arena, th_rule_inputs *out)
{
	const th_pack *pack = from->pack;
	*out = *from;
	out->input = th_arena_room(arena, pack->names, sizeof *out->input);
	out->chosen = th_arena_alloc(arena, pack->defines + 1, sizeof *out->chosen);
	if (!out->input || !out->chosen)
		return TH_SYSTEM;
	memcpy(out->input, from->input, pack->names * sizeof *out->input);
	memcpy(out->chosen, from->chosen, pack->defines * sizeof *out->chosen);
	return TH_OK;
}

void th_rule_inputs_suppose(th_rule_inputs *inputs, th_index fact, uint32_t option)
{
	th_rule_input *input = TH_AT(inputs->input, fact);
	if (input)
		input->value = th_rule_choice(option);
}

th_rule_read th_rule_read_number(const th_rule_decl *decl, const th_units *units, th_slice text, th_slice unit_text, th_rule_value *out)
{
	th_decimal value;
	unsigned notes;
	th_unit unit = decl->unit;
	th_slice at;
	th_number kind = th_number_parse(text, &value, &notes);
	*out = (th_rule_value){.type = TH_RULE_NUMBER};
	if (kind == TH_NUM_EMPTY || kind == TH_NUM_MISSING)
		return TH_RULE_READ_EMPTY;
	if (kind != TH_NUM_OK && !(kind == TH_NUM_DIGITS && unit_text.len > 0)) /* of one that is rounded, who read the table has said it */
		return TH_RULE_READ_NUMBER;
	if (value.mant < 0 && !decl->is_signed)
		return TH_RULE_READ_NEGATIVE;
	if (unit_text.len > 0) {
		if (th_unit_parse(units, unit_text, &unit, &at) != TH_UNIT_OK)
			return TH_RULE_READ_UNIT;
	} else if (decl->unit_needed || (decl->unit_text.len > 0 && !th_decimal_is_whole(value))) /* a bare count is whole: 31.2 may be ten thousands */
		return TH_RULE_READ_NO_UNIT;
	if (!th_unit_same_dimension(&unit, &decl->unit))
		return TH_RULE_READ_DIMENSION;
	*out = th_rule_number(value, &unit);
	return out->known ? TH_RULE_READ_OK : TH_RULE_READ_RANGE;
}

/* --- one fact --- */

typedef struct facing {
	const th_pack *pack;
	const th_rule_decl *decl;
	const th_fact *fact;
	const char *path;
	const th_units *units;
	th_arena *arena;
	th_diags *diags;
} facing;

static const char *zero_ended(const facing *f, th_slice text)
{
	th_slice copy = th_arena_copy(f->arena, text);
	return copy.ptr ? copy.ptr : "";
}

static const char *both(const facing *f, th_slice en, th_slice zh)
{
	th_buf text = {0};
	th_buf_both(&text, en, zh);
	const char *copy = zero_ended(f, th_buf_view(&text));
	th_buf_free(&text);
	return copy;
}

static th_pos value_at(const facing *f)
{
	return (th_pos){f->path, f->fact->line, f->fact->value_column, "value"};
}

static th_status not_this_value(const facing *f, th_slice found, const char *expected, const char *meant)
{
	if (th_diags_told(f->diags, TH_FACT_NUMBER, value_at(f))) /* the account has read the cell before, for an intensity */
		return TH_INVALID;
	return th_report(f->diags, TH_FACT_VALUE, value_at(f), zero_ended(f, found), both(f, f->decl->id, f->decl->name.zh), expected, meant, NULL);
}

static th_status not_a_value(const facing *f, const char *expected)
{
	return not_this_value(f, f->fact->value, expected, "");
}

static th_status not_an_option(const facing *f, th_slice found, const th_rule_option *option, size_t options)
{
	th_buf en = {0}, zh = {0};
	for (size_t i = 0; i < options; i++) {
		th_buf_str(&en, i ? ", " : "");
		th_buf_slice(&en, option[i].id);
		th_buf_str(&zh, i ? "、" : "");
		th_buf_slice(&zh, option[i].name.zh);
	}
	const char *expected = both(f, th_buf_view(&en), th_buf_view(&zh));
	th_buf_free(&en);
	th_buf_free(&zh);
	return not_this_value(f, found, expected, "");
}

/* A number alone; where one stands there with words behind it, that these go into the column of units. */
static const char *number_wanted(const facing *f)
{
	unsigned notes;
	th_decimal number;
	th_slice behind, front = th_slice_front(f->fact->value, TH_NUMBER_BYTES, &behind);
	if (f->decl->unit_text.len && front.len && th_slice_trim(behind).len && th_number_parse(front, &number, &notes) == TH_NUM_OK)
		return both(f, TH_S("a number alone, and its unit in the column of units"), TH_S("单写的数字，单位写在“单位”列"));
	return both(f, TH_S("a number, as 123.45"), TH_S("数字（如 123.45）"));
}

static th_status read_number(const facing *f, th_rule_value *out)
{
	th_pos unit_at = {f->path, f->fact->line, f->fact->unit_column, "unit"};
	switch (th_rule_read_number(f->decl, f->units, f->fact->value, f->fact->unit, out)) {
	case TH_RULE_READ_OK:
	case TH_RULE_READ_EMPTY:
		return TH_OK;
	case TH_RULE_READ_NO_UNIT:
	case TH_RULE_READ_UNIT:
	case TH_RULE_READ_DIMENSION:
		if (th_diags_told(f->diags, TH_FACT_UNIT, unit_at)) /* the account has read the cell before, for an intensity */
			return TH_INVALID;
		return th_report(f->diags, TH_FACT_UNIT, unit_at, zero_ended(f, f->fact->unit), both(f, f->decl->unit_text, f->decl->unit_name.zh), NULL);
	case TH_RULE_READ_NEGATIVE:
		return not_a_value(f, both(f, TH_S(">= 0"), TH_S("不小于0的数")));
	default:
		return not_a_value(f, number_wanted(f));
	}
}

static th_status read_bool(const facing *f, th_rule_value *out)
{
	const th_rule_decl answers = {.option = (th_rule_option *)f->pack->answer, .options = 2};
	uint32_t answer = th_decl_option(&answers, f->fact->value);
	if (answer == TH_NONE)
		return not_an_option(f, f->fact->value, f->pack->answer, 2);
	*out = th_rule_bool(answer == 1);
	return TH_OK;
}

static th_status read_choice(const facing *f, th_rule_value *out)
{
	uint32_t option = th_decl_option(f->decl, f->fact->value);
	if (option == TH_NONE)
		return not_an_option(f, f->fact->value, f->decl->option, f->decl->options);
	*out = th_rule_choice(option);
	return TH_OK;
}

/* Are all parts of a text between 、 or commas, which are half-width by now, options? One that is not is told in *wrong. */
static bool read_enumeration(const facing *f, th_slice text, uint64_t *list, th_slice *wrong)
{
	static const th_slice sign[] = {{"、", 3}, {",", 1}};
	uint64_t found = 0;
	for (size_t from = 0, at = 0; at <= text.len; at++) {
		size_t width = at == text.len;
		for (size_t k = 0; k < 2 && !width; k++)
			width = th_slice_starts((th_slice){text.ptr + at, text.len - at}, sign[k]) ? sign[k].len : 0;
		if (!width)
			continue;
		th_slice piece = th_slice_trim((th_slice){text.ptr + from, at - from});
		uint32_t option = piece.len ? th_decl_option(f->decl, piece) : TH_NONE;
		if (piece.len && option == TH_NONE) {
			*wrong = piece;
			return false;
		}
		if (piece.len)
			found |= (uint64_t)1 << option;
		from = at + width;
		at = from - 1;
	}
	*list |= found;
	return true;
}

/* Elements stand between `;`, also the full-width one, or `、` where no element has one; empty ones do not count. */
static th_status read_list(const facing *f, th_rule_value *out)
{
	uint64_t list = 0;
	th_buf folded = {0};
	(void)th_utf8_fold(f->fact->value, &folded);
	th_slice rest = th_buf_view(&folded), piece, wrong;
	if (folded.failed) {
		th_buf_free(&folded);
		return th_no_memory(f->diags);
	}
	while (th_slice_split(&rest, ';', &piece)) {
		uint32_t option = piece.len ? th_decl_option(f->decl, piece) : TH_NONE;
		if (option != TH_NONE)
			list |= (uint64_t)1 << option;
		else if (piece.len && !read_enumeration(f, piece, &list, &wrong)) {
			th_status status = not_an_option(f, wrong, f->decl->option, f->decl->options);
			th_buf_free(&folded);
			return status;
		}
	}
	th_buf_free(&folded);
	*out = (th_rule_value){.known = list != 0, .type = TH_RULE_LIST, .list = list};
	return TH_OK;
}

static th_status read_date(const facing *f, th_rule_value *out)
{
	const char *expected = f->decl->is_year ? both(f, TH_S("YYYY"), TH_S("年份（如 2028）"))
	                                            : both(f, TH_S("YYYY-MM-DD, YYYY-MM, YYYY"), TH_S("日期（如 2024-01-01、2024-01 或 2024）"));
	th_period date;
	char meant[16];
	if (th_period_parse(f->fact->value, &date) != TH_PERIOD_OK)
		return not_this_value(f, f->fact->value, expected, th_date_meant(f->fact->value, f->decl->is_year, meant));
	th_rule_grain grain = th_rule_grain_of(&date);
	if (f->decl->is_year ? grain != TH_GRAIN_YEAR : grain == TH_GRAIN_OTHER)
		return not_a_value(f, expected);
	*out = th_rule_date(date);
	return TH_OK;
}

static th_status read_value(const facing *f, th_rule_value *out)
{
	switch (f->decl->type) {
	case TH_RULE_BOOL:
		return read_bool(f, out);
	case TH_RULE_NUMBER:
		return read_number(f, out);
	case TH_RULE_CHOICE:
		return read_choice(f, out);
	case TH_RULE_LIST:
		return read_list(f, out);
	case TH_RULE_DATE:
		return read_date(f, out);
	default:
		if (!th_says_nothing(f->fact->value))
			*out = th_rule_text(f->fact->value);
		return TH_OK;
	}
}

/* The fact that may have been meant, by its id or its title in either language; NULL: none, or no memory. */
static const th_rule_decl *meant(const facing *f)
{
	enum { NAMES = 3 };
	size_t count = 0;
	th_slice *known = th_arena_alloc(f->arena, NAMES * f->pack->facts + 1, sizeof *known);
	if (!known)
		return NULL;
	for (size_t i = 0; i < f->pack->facts; i++) {
		const th_rule_decl *decl = &f->pack->decl[i];
		const th_slice names[NAMES] = {decl->id, decl->name.zh, decl->name.en};
		for (size_t k = 0; k < NAMES; k++)
			known[count++] = names[k];
	}
	th_slice near = th_advised(f->fact->fact, known, count);
	size_t i = 0;
	while (i < count && known[i].ptr != near.ptr) /* one of them, or none */
		i++;
	return i < count ? &f->pack->decl[i / NAMES] : NULL;
}

static th_status unknown_fact(const facing *f)
{
	th_pos at = {f->path, f->fact->line, 1, "fact"};
	const th_rule_decl *near = meant(f);
	if (!near)
		return th_report(f->diags, TH_FACT_UNKNOWN, at, zero_ended(f, f->fact->fact), zero_ended(f, f->pack->id), NULL);
	return th_report(f->diags, TH_FACT_MEANT, at, zero_ended(f, f->fact->fact), zero_ended(f, near->id), zero_ended(f, near->name.zh), NULL);
}

/* `which`: the declaration of its name; TH_NONE. */
static th_status one_fact(facing *f, uint32_t which, th_rule_inputs *inputs)
{
	if (which == TH_NONE)
		return unknown_fact(f);
	f->decl = &f->pack->decl[which];
	th_rule_input *input = &inputs->input[which];
	if (input->file) {
		char line[24];
		snprintf(line, sizeof line, "%zu", input->line);
		input->value.known = false; /* which of the two holds, nobody can say */
		if (th_diags_told(f->diags, TH_FACT_TWICE, (th_pos){f->path, f->fact->line, f->fact->fact_column, "fact"})) /* by the account, for an intensity */
			return TH_INVALID;
		return th_report(f->diags, TH_FACT_TWICE, (th_pos){f->path, f->fact->line, f->fact->fact_column, "fact"}, zero_ended(f, f->fact->fact), line, NULL);
	}
	input->file = f->path;
	input->line = f->fact->line;
	input->text = f->fact->value;
	input->unit_text = f->fact->unit;
	if (!th_says_nothing(f->fact->evidence)) /* 无 is no paper */
		input->evidence = th_slice_trim(f->fact->evidence);
	if (th_slice_trim(f->fact->value).len == 0)
		return TH_OK;
	return read_value(f, &input->value);
}

/* What is said of a site, or for the account alone, is no fact of the applicant. */
static bool is_of_applicant(const th_fact *fact)
{
	return fact->site.len == 0 && !th_fact_is_use(fact) && !th_fact_is_gas_condition(fact);
}

/* which[]: the declaration of each of the applicant's facts. Of each fact of the pack, among its rows with a value and of no site: the row of the latest
 * year, behind all years the one without. */
static const th_fact **find_latest(const th_pack *pack, const th_facts *facts, th_arena *arena, uint32_t *which)
{
	const th_fact **latest = th_arena_alloc(arena, pack->facts + 1, sizeof *latest);
	for (size_t i = 0; i < facts->count && latest && which; i++) {
		const th_fact *fact = &facts->fact[i];
		which[i] = is_of_applicant(fact) ? th_pack_fact(pack, fact->fact) : TH_NONE;
		if (which[i] != TH_NONE && fact->value.len && (!latest[which[i]] || fact->year > latest[which[i]]->year))
			latest[which[i]] = fact;
	}
	return latest;
}

/* Do two rows say the same, however they are written? */
static bool same_value(facing *f, const th_rule_decl *decl, const th_fact *other)
{
	th_rule_value a, b;
	char x[TH_KEY_PLACE], y[TH_KEY_PLACE];
	if (decl->type == TH_RULE_NUMBER)
		return th_rule_read_number(decl, f->units, f->fact->value, f->fact->unit, &a) == TH_RULE_READ_OK &&
		       th_rule_read_number(decl, f->units, other->value, other->unit, &b) == TH_RULE_READ_OK && th_exact_cmp(a.number, b.number) == 0;
	if (decl->type == TH_RULE_CHOICE)
		return th_decl_option(decl, f->fact->value) == th_decl_option(decl, other->value);
	bool keys = f->fact->value.len <= TH_KEY_LONGEST && other->value.len <= TH_KEY_LONGEST;
	return keys ? th_slice_eq(th_utf8_key_in(f->fact->value, x), th_utf8_key_in(other->value, y)) : th_slice_eq(f->fact->value, other->value);
}

/* A row without a year gives way to one with a year, which says more; where they differ both places are said. */
static th_status gives_way(facing *f, const th_fact *dated)
{
	if (same_value(f, f->decl, dated))
		return TH_OK;
	char line[2][24], year[16];
	snprintf(line[0], sizeof line[0], "%zu", dated->line);
	snprintf(line[1], sizeof line[1], "%zu", f->fact->line);
	snprintf(year, sizeof year, "%d", dated->year);
	return th_report(f->diags, TH_FACT_UNDATED, value_at(f), zero_ended(f, f->decl->id), year, zero_ended(f, dated->value), line[0],
	                 zero_ended(f, f->fact->value), line[1], NULL);
}

/* Of a fact given for several years the row of the latest one is the applicant's. */
static th_status hand(facing *f, const th_fact *const *latest, uint32_t which, th_rule_inputs *inputs)
{
	const th_fact *fact = f->fact;
	if (!is_of_applicant(fact))
		return TH_OK;
	const th_fact *row = which == TH_NONE ? NULL : latest[which];
	if (!row || row->year <= fact->year)
		return one_fact(f, which, inputs);
	f->decl = &f->pack->decl[which];
	return fact->year == 0 && fact->value.len ? gives_way(f, row) : TH_OK;
}

th_status th_rule_inputs_facts(th_rule_inputs *inputs, const th_facts *facts, const char *path, const th_units *units, th_arena *arena,
                               th_diags *diags)
{
	facing f = {.pack = inputs->pack, .path = path, .units = units, .arena = arena, .diags = diags};
	uint32_t *which = th_arena_alloc(arena, facts->count + 1, sizeof *which);
	const th_fact **latest = find_latest(inputs->pack, facts, arena, which);
	th_status worst = latest && which ? TH_OK : TH_SYSTEM;
	for (size_t i = 0; i < facts->count && worst != TH_SYSTEM; i++) {
		f.fact = &facts->fact[i];
		f.path = f.fact->path ? f.fact->path : path;
		th_status status = hand(&f, latest, which[i], inputs);
		worst = status > worst ? status : worst;
	}
	return worst;
}
