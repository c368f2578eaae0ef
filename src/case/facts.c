/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/facts.h"

#include <stdio.h>

#include "base/utf8.h"

enum { FACT, VALUE, UNIT, EVIDENCE, NOTE, COLUMNS };

static const th_column columns[COLUMNS] = {
	{"fact", true}, {"value", true}, {"unit", false}, {"evidence", false}, {"note", false},
};

static bool same_fact(th_slice a, th_slice b)
{
	th_buf x = {0}, y = {0};
	th_utf8_key(a, &x);
	th_utf8_key(b, &y);
	bool same = !x.failed && !y.failed && th_slice_eq(th_buf_view(&x), th_buf_view(&y));
	th_buf_free(&x);
	th_buf_free(&y);
	return same;
}

static th_status add_row(const th_csv *csv, const th_record *record, const char *path, const int *cell, th_arena *arena, th_diags *diags,
                         th_facts *facts, size_t *room, th_intern *names)
{
	th_pos place = th_cell_place(csv, record, path, cell[FACT], "fact");
	th_slice name = th_cell(record, cell[FACT]);
	if (name.len == 0)
		return th_report(diags, TH_FACT_EMPTY, place, (char *)NULL);
	th_buf key = {0};
	th_utf8_key(name, &key);
	uint32_t number = key.failed ? TH_NONE : th_intern_add(names, th_buf_view(&key));
	th_buf_free(&key);
	if (number == TH_NONE)
		return TH_SYSTEM;
	if (number < facts->count) {
		char first[32];
		snprintf(first, sizeof first, "%zu", facts->fact[number].line);
		th_slice copy = th_arena_copy(arena, name);
		return th_report(diags, TH_FACT_TWICE, place, copy.ptr ? copy.ptr : "", first, (char *)NULL);
	}
	if (facts->count == *room) {
		size_t more = *room ? *room * 2 : 32;
		th_fact *grown = th_arena_alloc(arena, more, sizeof *grown);
		if (!grown)
			return TH_SYSTEM;
		if (facts->count)
			memcpy(grown, facts->fact, facts->count * sizeof *grown);
		facts->fact = grown;
		*room = more;
	}
	th_fact *fact = &facts->fact[facts->count];
	th_slice *text[COLUMNS] = {&fact->fact, &fact->value, &fact->unit, &fact->evidence, &fact->note};
	for (int i = 0; i < COLUMNS; i++) {
		*text[i] = th_arena_copy(arena, th_cell(record, cell[i]));
		if (!text[i]->ptr)
			return TH_SYSTEM;
	}
	fact->line = record->line;
	fact->value_column = th_cell_place(csv, record, path, cell[VALUE], "value").column;
	fact->unit_column = th_cell_place(csv, record, path, cell[UNIT], "unit").column;
	facts->count++;
	return TH_OK;
}

th_status th_facts_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_facts *out)
{
	th_source *source = NULL;
	th_csv *csv = NULL;
	int cell[COLUMNS];
	size_t room = 0, errors = th_diags_errors(diags);
	th_intern names = {0}; /* the number of a name is the number of its fact */
	*out = (th_facts){0};
	th_status status = th_source_open(path, TH_ENC_AUTO, diags, &source);
	if (status == TH_OK)
		status = th_csv_open(source, diags, &csv);
	if (status == TH_OK)
		status = th_table_map(reference->columns, "case", csv, path, columns, COLUMNS, cell, diags);
	th_record record;
	bool end = false;
	while (status == TH_OK && (status = th_csv_next(csv, &record, &end)) == TH_OK && !end)
		if (add_row(csv, &record, path, cell, arena, diags, out, &room, &names) == TH_SYSTEM)
			status = TH_SYSTEM;
	if (status == TH_OK) {
		out->encoding = th_source_encoding(source);
		memcpy(out->sha256, th_source_sha256(source), sizeof out->sha256);
	}
	th_intern_free(&names);
	th_csv_close(csv);
	th_source_close(source);
	return status == TH_OK && th_diags_errors(diags) > errors ? TH_INVALID : status;
}

const th_fact *th_fact_find(const th_facts *facts, th_slice id)
{
	for (size_t i = 0; i < facts->count; i++)
		if (same_fact(facts->fact[i].fact, id) && facts->fact[i].value.len)
			return &facts->fact[i];
	return NULL;
}
