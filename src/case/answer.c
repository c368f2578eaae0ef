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
	th_slice text = th_loader_cell(l, YEAR);
	th_period period;
	if (th_says_nothing(text))
		return true;
	if (th_period_parse(text, &period) == TH_PERIOD_OK && period.num == period.den && period.first_year == period.last_year) {
		answer->year = period.first_year;
		return true;
	}
	TH_FAIL(l, YEAR, TH_TARGET_YEAR, th_loader_text(l, text), NULL);
	return false;
}

/* The line that said it before; 0: none. */
static size_t said_before(const th_answers *out, th_slice item, int year)
{
	size_t line = 0;
	for (size_t i = 0; i < out->count && !line; i++)
		if (th_slice_eq(out->answer[i].item, item) && out->answer[i].year == year)
			line = out->answer[i].line;
	return line;
}

static void add_row(th_loader *l, th_arena *arena, th_answers *out)
{
	th_answer answer = {.line = l->record.line, .item_column = th_loader_at(l, ITEM).column, .value_column = th_loader_at(l, VALUE).column,
	                    .unit_column = th_loader_at(l, UNIT).column, .source_column = th_loader_at(l, SOURCE).column, .evidence_column = th_loader_at(l, EVIDENCE).column};
	out->rows++;
	if (th_says_nothing(th_loader_cell(l, VALUE)) && th_says_nothing(th_loader_cell(l, EVIDENCE)))
		return;
	if (!th_loader_filled(l, ITEM) || th_loader_comma(l, VALUE) || !read_year(l, &answer))
		return;
	size_t before = said_before(out, th_loader_cell(l, ITEM), answer.year);
	if (before) {
		TH_FAIL(l, ITEM, TH_FACT_TWICE, th_loader_text(l, th_loader_cell(l, ITEM)), th_loader_printf(l, "%zu", before), NULL);
		return;
	}
	if (th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &answer))
		out->answer = th_loader_append(l, arena, out->answer, &out->count, &answer, sizeof answer);
}

th_status th_answers_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_answers *out)
{
	th_loader l;
	*out = (th_answers){.path = path};
	if (th_loader_open(&l, path, TH_ENC_AUTO, reference->columns, "answers", columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, arena, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	return th_loader_close(&l);
}
