/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void rules_setup(rules_fixture *f)
{
	*f = (rules_fixture){.units = th_units_new(), .diags = th_diags_new()};
	ck_assert(f->units && f->diags);
	ck_assert_int_eq(th_units_load(f->units, NULL, TEST_DATA_DIR "/units.csv", NULL, f->diags), TH_OK);
}

void rules_teardown(rules_fixture *f)
{
	th_pack_free(f->pack);
	th_units_free(f->units);
	th_diags_free(f->diags);
	th_arena_free(&f->arena);
}

void rules_begin(rules_fixture *f)
{
	ck_assert_int_eq(th_rule_inputs_new(f->pack, &f->arena, &f->inputs), TH_OK);
}

void rules_pack(rules_fixture *f, const char *path)
{
	th_status status = th_pack_load(path, f->units, f->diags, &f->pack);
	ck_assert_msg(status == TH_OK, "%s: %s", path, rules_errors(f));
	rules_begin(f);
}

char *rules_read(const char *path)
{
	enum { MOST = 1 << 20 };
	FILE *file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s", path);
	char *text = calloc(1, MOST);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_lt(fread(text, 1, MOST - 1, file), MOST - 1);
	fclose(file);
	return text;
}

static th_slice keep(rules_fixture *f, th_slice text)
{
	th_slice copy = th_arena_copy(&f->arena, text);
	ck_assert_ptr_nonnull(copy.ptr);
	return copy;
}

/* What stands behind the last `mark`, cut off from *text. */
static th_slice cut(th_slice *text, char mark)
{
	for (size_t i = text->len; i-- > 0;)
		if (text->ptr[i] == mark) {
			th_slice behind = {text->ptr + i + 1, text->len - i - 1};
			text->len = i;
			return behind;
		}
	return (th_slice){"", 0};
}

static void set_measures(rules_fixture *f, th_slice list)
{
	th_rule_measure *measure = th_arena_alloc(&f->arena, 64, sizeof *measure);
	th_slice name;
	ck_assert_ptr_nonnull(measure);
	f->inputs.has_measures = list.len > 0;
	f->inputs.measures = 0;
	f->inputs.measure = measure;
	while (list.len > 0 && th_slice_split(&list, ' ', &name)) {
		size_t at = f->inputs.measures++;
		measure[at] = (th_rule_measure){.group = th_pack_group(f->pack, name), .file = "measures.csv", .line = at + 2};
		ck_assert_uint_ne(measure[at].group, TH_NONE);
	}
}

static th_rule_value read_series(rules_fixture *f, const th_rule_decl *decl, th_slice text)
{
	th_exact *series = th_arena_alloc(&f->arena, 16, sizeof *series);
	size_t count = 0;
	th_slice piece;
	ck_assert_ptr_nonnull(series);
	while (th_slice_split(&text, ' ', &piece)) {
		th_rule_value one;
		ck_assert_int_eq(th_rule_read_number(decl, f->units, piece, decl->unit_text, &one), TH_RULE_READ_OK);
		series[count++] = one.number;
	}
	return th_rule_series(series, count);
}

static void set_computed(rules_fixture *f, const th_rule_decl *decl, th_rule_input *input)
{
	th_period date;
	switch (decl->type) {
	case TH_RULE_BOOL:
		input->value = th_rule_bool(th_slice_eq(input->text, TH_S("yes")));
		break;
	case TH_RULE_CHOICE:
		input->value = th_rule_choice(th_decl_option(decl, input->text));
		break;
	case TH_RULE_DATE:
		ck_assert_int_eq(th_period_parse(input->text, &date), TH_PERIOD_OK);
		input->value = th_rule_date(date);
		break;
	case TH_RULE_SERIES:
		input->value = read_series(f, decl, input->text);
		break;
	case TH_RULE_NUMBER: {
		th_rule_decl any = *decl;
		any.is_signed = true;
		ck_assert_int_eq(th_rule_read_number(&any, f->units, input->text, input->unit_text.len ? input->unit_text : any.unit_text, &input->value), TH_RULE_READ_OK);
		break;
	}
	default:
		input->value = th_rule_text(input->text);
	}
}

static void set_one(rules_fixture *f, th_slice name, th_slice value, th_slice unit, th_slice evidence)
{
	uint32_t which = th_pack_fact(f->pack, name);
	if (th_slice_eq(name, TH_S("measures"))) {
		set_measures(f, keep(f, value));
		return;
	}
	if (which == TH_NONE)
		which = th_pack_param(f->pack, name);
	if (which == TH_NONE)
		which = th_pack_computed(f->pack, name);
	ck_assert_msg(which != TH_NONE, "%.*s", (int)name.len, name.ptr);
	th_rule_input *input = &f->inputs.input[which];
	*input = (th_rule_input){.value = {.type = f->pack->decl[which].type}};
	if (f->pack->decl[which].role == TH_RULE_FACT) {
		th_fact *fact = th_arena_alloc(&f->arena, 1, sizeof *fact);
		if (f->pack->decl[which].unit_needed && unit.len == 0)
			unit = f->pack->decl[which].unit_text;
		*fact = (th_fact){.fact = keep(f, name), .value = keep(f, value), .unit = keep(f, unit), .evidence = keep(f, evidence), .line = 7,
		                  .value_column = 3, .unit_column = 9};
		th_facts facts = {.fact = fact, .count = 1};
		ck_assert_msg(th_rule_inputs_facts(&f->inputs, &facts, "case.csv", f->units, &f->arena, f->diags) == TH_OK, "%s", rules_errors(f));
		return;
	}
	if (value.len == 0)
		return;
	input->text = keep(f, value);
	input->unit_text = keep(f, unit);
	set_computed(f, &f->pack->decl[which], input);
}

void rules_set(rules_fixture *f, const char *changes)
{
	th_slice rest = th_slice_of(changes), change;
	while (th_slice_split(&rest, ';', &change)) {
		th_slice name, unit, evidence = cut(&change, '@');
		if (change.len == 0)
			continue;
		ck_assert(th_slice_split(&change, '=', &name));
		change = th_slice_trim(change);
		unit = cut(&change, '#');
		set_one(f, name, th_slice_trim(change), th_slice_trim(unit), th_slice_trim(evidence));
	}
}

const char *rules_errors(rules_fixture *f)
{
	static char out[65536];
	char *text;
	size_t len = 0;
	ck_assert_int_eq(th_diags_jsonl(f->diags, &text), TH_OK);
	out[0] = '\0';
	for (char *line = strtok(text, "\n"); line && len < sizeof out - 1000; line = strtok(NULL, "\n")) {
		char code[16] = "?", where[512] = "";
		const char *c = strstr(line, "\"code\":\""), *w = strstr(line, "\"at\":\"");
		if (w)
			(void)!sscanf(w, "\"at\":\"%511[^\"]", where);
		if (c && sscanf(c, "\"code\":\"%15[A-Z0-9]", code) == 1)
			len += (size_t)snprintf(out + len, sizeof out - len, "%s%s %s", len ? "; " : "", code, where);
	}
	free(text);
	th_diags_free(f->diags);
	f->diags = th_diags_new();
	ck_assert_ptr_nonnull(f->diags);
	return out;
}
