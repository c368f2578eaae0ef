/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of the dossier as CSV: the numbers with all their digits, UTF-8 with BOM and CRLF as spreadsheets want it. */
#include "report/dossier.h"

#include "io/csv.h"

/* `-0.5`, which is no formula. */
static bool is_number(th_slice text)
{
	size_t at = th_slice_starts(text, TH_S("-")), digits = th_slice_digits(text, at);
	at += digits;
	if (digits && at < text.len && text.ptr[at] == '.')
		at += 1 + th_slice_digits(text, at + 1);
	return digits && at == text.len;
}

static void put_text(th_slice text, th_doc_kind kind, th_buf *out)
{
	if (th_doc_is_number(kind) && is_number(text))
		th_buf_slice(out, text);
	else
		th_put_csv_text(out, text);
}

static void put_cell(const th_doc *doc, const th_doc_cell *cell, th_doc_kind kind, th_buf *out)
{
	if (th_doc_is_text(cell))
		put_text(th_doc_text_of(doc, cell), kind, out);
	else
		th_put_doc_digits(cell, out);
}

/* Notes are about rows and no rows. */
static void put_table(const th_doc *doc, const th_doc_block *table, th_buf *out)
{
	size_t column = 0;
	for (size_t i = 0; i < table->cells; i++) {
		const th_doc_cell *cell = &doc->cell[table->first + i];
		if (th_doc_is_note(cell))
			continue;
		put_cell(doc, cell, table->column[column], out);
		column = (column + 1) % table->columns;
		th_buf_str(out, column ? "," : "\r\n");
	}
}

void th_put_first_table(const th_doc *doc, th_buf *out)
{
	th_buf_str(out, "\xEF\xBB\xBF");
	out->failed |= th_doc_failed(doc);
	for (size_t i = 0; i < doc->blocks && !out->failed; i++)
		if (doc->block[i].kind == TH_DOC_TABLE && doc->block[i].columns) {
			put_table(doc, &doc->block[i], out);
			return;
		}
}

/* --- which tables there are --- */

static void put_measures(th_page *p, const th_dossier *d)
{
	if (d->plan->has_base)
		th_put_path_measures(p, d->plan);
}

static const struct {
	const char *name;
	void (*put)(th_page *page, const th_dossier *d);
} tables[] = {
	{"conditions", th_put_dossier_overview}, {"limits", th_put_dossier_limits}, {"projects", th_put_dossier_projects}, {"evidence", th_put_dossier_papers},
	{"outcomes", th_put_dossier_outcomes}, {"tasks", th_put_dossier_tasks}, {"params", th_put_dossier_params}, {"caveats", th_put_dossier_caveat_table}, {"indicators", th_put_dossier_each_indicator}, {"measures", put_measures},
	{"series", th_put_dossier_series}, {"path", th_put_dossier_years}, {"targets", th_put_dossier_targets}, {"costs", th_put_dossier_costs}, {"schedule", th_put_dossier_schedule},
};

const char *const th_tables_of_check[] = {"conditions", "limits", "projects", "evidence", "outcomes", "tasks", "params", "caveats", "wanted", NULL};
const char *const th_tables_of_plan[] = {"path", "targets", "projects", "costs", "schedule", "indicators", "measures", "series", "params", "caveats", NULL};

static th_status give(const th_dossier *d, const char *name, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(d->diags, text, len);
	th_buf out = {0};
	th_page p = {.lang = lang, .shift = 3, .digits = 2};
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (strcmp(tables[i].name, name) == 0)
			tables[i].put(&p, d);
	th_put_first_table(&p.doc, &out);
	th_doc_free(&p.doc);
	return th_give(mark, &out, text, len);
}

th_status th_report_check_table(const th_assessment *a, const char *name, th_lang lang, th_diags *diags, char **text, size_t *len)
{
	return give(&(th_dossier){.a = a, .diags = diags}, name, lang, text, len);
}

th_status th_report_plan_table(const th_case_plan *plan, const char *name, th_lang lang, th_diags *diags, char **text, size_t *len)
{
	return give(&(th_dossier){.plan = plan, .a = plan->a, .diags = diags}, name, lang, text, len);
}
