/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/facts.h"

#include "base/utf8.h"
#include "case/folder.h"

enum { FACT, VALUE, UNIT, EVIDENCE, NOTE, COLUMNS };

static const th_column columns[COLUMNS] = {
	{"fact", true}, {"value", true}, {"unit", false}, {"evidence", false}, {"note", false},
};

/* Names that the data set asks for are short; a longer fact is another one. */
static bool same_fact(th_slice a, th_slice b)
{
	char x[TH_KEY_PLACE], y[TH_KEY_PLACE];
	return a.len <= TH_KEY_LONGEST && b.len <= TH_KEY_LONGEST && th_slice_eq(th_utf8_key_in(a, x), th_utf8_key_in(b, y));
}

static const th_text_cell texts[] = {
	{FACT, offsetof(th_fact, fact)}, {VALUE, offsetof(th_fact, value)}, {UNIT, offsetof(th_fact, unit)}, {EVIDENCE, offsetof(th_fact, evidence)},
	{NOTE, offsetof(th_fact, note)},
};

static void add_row(th_loader *l, th_arena *arena, th_once *names, th_facts *out)
{
	th_fact fact = {.line = l->record.line, .value_column = th_loader_at(l, VALUE).column, .unit_column = th_loader_at(l, UNIT).column};
	if (th_loader_cell(l, FACT).len == 0) {
		TH_FAIL(l, FACT, TH_FACT_EMPTY, NULL);
		return;
	}
	if (th_loader_comma(l, VALUE))
		return;
	if (th_loader_once(l, FACT, TH_FACT_TWICE, arena, names) && th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &fact))
		out->fact = th_loader_append(l, arena, out->fact, &out->count, &fact, sizeof fact);
}

th_status th_facts_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_facts *out)
{
	th_loader l;
	th_once names = {0};
	*out = (th_facts){0};
	if (th_case_open(&l, reference, TH_CASE_FACTS, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, arena, &names, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	th_intern_free(&names.key);
	return th_loader_close(&l);
}

const th_fact *th_fact_find(const th_facts *facts, th_slice id)
{
	for (size_t i = 0; i < facts->count; i++)
		if (same_fact(facts->fact[i].fact, id) && facts->fact[i].value.len)
			return &facts->fact[i];
	return NULL;
}
