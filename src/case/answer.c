/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/answer.h"

#include "reference/loader.h"

enum { ITEM, VALUE, UNIT, YEAR, SOURCE, EVIDENCE, KIND, OWNER, TITLE, ALLOWED, CLAUSE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"item", true}, {"value", true}, {"unit", TH_COLUMN_DECIDES}, {"year", TH_COLUMN_DECIDES}, {"source", TH_COLUMN_DECIDES}, {"evidence", TH_COLUMN_DECIDES},
	{"kind", false}, {"owner", false}, {"title", false}, {"allowed", false}, {"clause", false}, /* for who fills in */
};

static const th_text_cell texts[] = {
	{ITEM, offsetof(th_answer, item)}, {VALUE, offsetof(th_answer, value)}, {UNIT, offsetof(th_answer, unit)},
	{SOURCE, offsetof(th_answer, source)}, {EVIDENCE, offsetof(th_answer, evidence)},
};

static bool read_year(th_loader *l, th_answer *answer)
{
	return th_says_nothing(th_loader_cell(l, YEAR)) || th_loader_year_written(l, YEAR, &answer->year);
}

/* The first row of this item and year; another one is reported. */
static bool is_first(th_loader *l, int year, th_arena *arena, th_once *rows)
{
	th_buf key = {0};
	size_t before = 0;
	th_buf_printf(&key, "%d ", year);
	th_buf_slice(&key, th_loader_cell(l, ITEM));
	bool first = key.failed ? th_loader_no_memory(l) : th_loader_first(l, th_buf_view(&key), arena, rows, &before);
	th_buf_free(&key);
	if (before)
		TH_FAIL(l, ITEM, TH_FACT_TWICE, th_loader_text(l, th_loader_cell(l, ITEM)), th_loader_printf(l, "%zu", before), NULL);
	return first;
}

static void add_row(th_loader *l, th_arena *arena, th_once *rows, th_answers *out)
{
	th_answer answer = {.line = l->record.line, .item_column = th_loader_at(l, ITEM).column, .value_column = th_loader_at(l, VALUE).column,
	                    .unit_column = th_loader_at(l, UNIT).column, .source_column = th_loader_at(l, SOURCE).column, .evidence_column = th_loader_at(l, EVIDENCE).column};
	out->rows++;
	if (th_says_nothing(th_loader_cell(l, VALUE)) && th_says_nothing(th_loader_cell(l, EVIDENCE)))
		return;
	if (!th_loader_filled(l, ITEM) || th_loader_comma(l, VALUE) || !read_year(l, &answer) || !is_first(l, answer.year, arena, rows))
		return;
	if (th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &answer))
		out->answer = th_loader_append(l, arena, out->answer, &out->count, &answer, sizeof answer);
}

th_status th_answers_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_answers *out)
{
	th_loader l;
	th_once rows = {0};
	*out = (th_answers){.path = path};
	if (th_loader_open(&l, path, TH_ENC_AUTO, reference->columns, "answers", columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, arena, &rows, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	th_intern_free(&rows.key);
	return th_loader_close(&l);
}
