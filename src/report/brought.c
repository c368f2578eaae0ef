/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the user brought, row by row: what contracts and certificates hold and what the lines used of them. */
#include "report/report.h"

/* --- contracts and certificates --- */

static th_mass left_of(const th_account *a, size_t i)
{
	return a->instruments.row[i].held - a->instrument_use[i].used;
}

static void put_energy(th_page *p, th_mass kwh)
{
	th_doc_mass(&p->doc, kwh, 0, th_mass_decimals(kwh, 0), false);
}

void th_put_instruments_text(th_page *p, const th_account *a)
{
	static const th_page_column columns[] = {
		{W_H_INSTRUMENT, TH_DOC_WORD}, {W_H_KIND, TH_DOC_WORD}, {W_H_OF_TIME, TH_DOC_WORD}, {W_H_HELD, TH_DOC_MASS}, {W_H_USED, TH_DOC_MASS},
		{W_H_LEFT, TH_DOC_MASS}, {W_ROWS, TH_DOC_COUNT},
	};
	const th_instruments *list = &a->instruments;
	if (list->count == 0)
		return;
	th_page_section(p, W_INSTRUMENTS);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < list->count; i++) {
		th_doc_cell_text(&p->doc, list->row[i].id);
		th_page_cell(p, (th_label)((int)W_KIND_GREEN_POWER + (int)list->row[i].kind));
		th_doc_cell_text(&p->doc, list->row[i].year_text);
		put_energy(p, list->row[i].held);
		put_energy(p, a->instrument_use[i].used);
		put_energy(p, left_of(a, i));
		th_doc_count(&p->doc, a->instrument_use[i].lines);
	}
	th_doc_close(&p->doc);
}

static void put_kwh(th_writer *w, const char *key, th_mass kwh)
{
	th_put_key(w, th_slice_of(key));
	th_put_mass(w->buf, kwh, 0);
}

void th_put_instruments_json(th_writer *w, const th_account *a)
{
	const th_instruments *list = &a->instruments;
	if (!list->path)
		return;
	th_put_open(w, "instruments", '{');
	th_put_file_name(w, list->path);
	th_put_text(w, "sha256", th_slice_of(list->sha256));
	th_put_open(w, "rows", '[');
	for (size_t i = 0; i < list->count; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", list->row[i].id);
		th_put_text(w, "kind", th_slice_of(th_instrument_kinds[list->row[i].kind]));
		th_put_text(w, "year", list->row[i].year_text);
		put_kwh(w, "held_kwh", list->row[i].held);
		put_kwh(w, "used_kwh", a->instrument_use[i].used);
		put_kwh(w, "left_kwh", left_of(a, i));
		th_put_count(w, "lines", a->instrument_use[i].lines);
		th_put_text_if(w, "source", list->row[i].source);
		th_put_text_if(w, "evidence", list->row[i].evidence);
		th_put_place(w, "place", list->path, list->row[i].line);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_close(w, '}');
}

/* --- factor rows --- */

enum { ROWS_SHOWN = 20 };

void th_put_user_rows_text(th_page *p, const th_account *a)
{
	static const th_page_column columns[] = {{W_H_INSTRUMENT, TH_DOC_WORD}, {W_GAS, TH_DOC_WORD}, {W_ROWS, TH_DOC_COUNT}, {W_H_FATE, TH_DOC_WORD}};
	size_t unused = 0;
	while (unused < a->user_rows && a->user_row[unused].fate != TH_ROW_USED)
		unused++;
	if (a->user_rows == 0)
		return;
	TH_SAY(p, W_USER_ROWS, th_fill_integer((long long)unused), th_fill_integer((long long)a->user_rows));
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < a->user_rows && i < ROWS_SHOWN; i++) {
		const th_user_row *row = &a->user_row[i];
		th_doc_cell_text(&p->doc, row->factor->id);
		th_doc_cell_text(&p->doc, row->factor->gas_text);
		th_doc_count(&p->doc, row->lines);
		th_page_cell(p, (th_label)((int)W_FATE_NO_LINE + (int)row->fate));
		th_put_place_text(row->factor->file, row->factor->line, &p->doc.text);
		th_doc_note(&p->doc, TH_S(""));
	}
	th_doc_close(&p->doc);
}

/* --- units --- */

void th_put_user_units_text(th_page *p, const th_account *a)
{
	size_t unused = 0;
	for (size_t i = 0; i < a->user_units; i++)
		unused += a->user_unit[i].lines == 0 && a->user_unit[i].factors == 0;
	if (a->user_units == 0)
		return;
	TH_SAY(p, W_USER_UNITS, th_fill_integer((long long)unused), th_fill_integer((long long)a->user_units));
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	th_page_plain_table(p, "www");
	for (size_t i = 0; i < a->user_units; i++) {
		const th_user_unit *unit = &a->user_unit[i];
		th_doc_cell_text(&p->doc, unit->name);
		if (unit->lines)
			TH_SAY(p, W_UNIT_LINES, th_fill_integer((long long)unit->lines));
		if (unit->lines && unit->factors)
			th_page_say(p, W_SEMICOLON);
		if (unit->factors)
			TH_SAY(p, W_UNIT_FACTORS, th_fill_integer((long long)unit->factors));
		if (!unit->lines && !unit->factors)
			th_page_say(p, W_UNIT_NOWHERE);
		th_doc_end(&p->doc);
		th_put_place_text(unit->file, unit->line, &p->doc.text);
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
}

static void put_unit(th_writer *w, const th_user_unit *unit)
{
	th_put_open(w, NULL, '{');
	th_put_text(w, "unit", unit->name);
	th_put_place(w, "place", unit->file, unit->line);
	th_put_truth(w, "used", unit->lines || unit->factors);
	th_put_count(w, "lines", unit->lines);
	th_put_count(w, "factors", unit->factors);
	th_put_close(w, '}');
}

void th_put_user_units_json(th_writer *w, const th_account *a)
{
	if (a->user_units == 0)
		return;
	th_put_open(w, "user_units", '[');
	for (size_t i = 0; i < a->user_units; i++)
		put_unit(w, &a->user_unit[i]);
	th_put_close(w, ']');
}

/* --- factor rows, as objects --- */

/* use: what became of it; NULL: nobody asked. */
static void put_row(th_writer *w, const th_factor *row, const th_user_row *use)
{
	th_put_open(w, NULL, '{');
	th_put_text(w, "id", row->id);
	th_put_text(w, "gas", row->gas_text);
	th_put_place(w, "place", row->file, row->line);
	if (use) {
		th_put_truth(w, "used", use->fate == TH_ROW_USED);
		th_put_count(w, "lines", use->lines);
		if (use->fate != TH_ROW_USED)
			th_put_reason(w, "why", th_row_fates[use->fate], (th_label)((int)W_FATE_NO_LINE + (int)use->fate));
	}
	th_put_close(w, '}');
}

void th_put_user_rows_json(th_writer *w, const th_account *a)
{
	if (a->user_rows == 0)
		return;
	th_put_open(w, "user_rows", '[');
	for (size_t i = 0; i < a->user_rows; i++)
		put_row(w, a->user_row[i].factor, &a->user_row[i]);
	th_put_close(w, ']');
}

/* --- the user's files by themselves --- */

static void put_files(th_writer *w, const th_reference *reference)
{
	th_put_open(w, "files", '[');
	for (size_t i = 0; i < reference->overlays; i++) {
		th_put_open(w, NULL, '{');
		th_put_file_name(w, reference->overlay[i].path);
		th_put_text(w, "sha256", th_slice_of(reference->overlay[i].sha256));
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_units(th_writer *w, const th_reference *reference, const th_account *a)
{
	th_put_open(w, "units", '[');
	for (size_t i = 0; i < th_units_user_rows(reference->units); i++) {
		const char *file;
		size_t line;
		th_slice name = th_units_user_row(reference->units, i, &file, &line);
		if (a)
			put_unit(w, &a->user_unit[i]);
		else {
			th_put_open(w, NULL, '{');
			th_put_text(w, "unit", name);
			th_put_place(w, "place", file, line);
			th_put_close(w, '}');
		}
	}
	th_put_close(w, ']');
}

void th_put_brought_json(const th_reference *reference, const th_account *account, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.factors_check/1");
	put_files(&w, reference);
	if (account)
		th_put_text(&w, "profile", account->profile->id);
	th_put_open(&w, "rows", '[');
	for (size_t i = 0; account && i < account->user_rows; i++)
		put_row(&w, account->user_row[i].factor, &account->user_row[i]);
	for (uint32_t i = 0; !account && i < reference->factors; i++)
		if (th_is_user_row(reference, &reference->factor[i]))
			put_row(&w, &reference->factor[i], NULL);
	th_put_close(&w, ']');
	put_units(&w, reference, account);
	th_writer_end(&w);
}
