/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account in a dossier: by what it was computed, what it comes to, and each equation with its numbers. */
#include "report/dossier.h"

#include "account/formula.h"
#include "uncertainty/uncertainty.h"

/* --- method --- */

static void put_inputs(th_page *p, const th_account *a)
{
	for (size_t i = 0; i < a->inputs; i++) {
		th_page_text(p, th_slice_of(a->input[i].path));
		th_page_say(p, W_COMMA);
		th_page_rows(p, a->input[i].rows);
		th_page_field(p, W_INPUT, TH_S(""));
	}
}

static void put_scopes(th_page *p, const th_account *a)
{
	static const th_label scope[] = {W_SCOPE1, W_SCOPE1, W_SCOPE2_LOCATION, W_SCOPE3};
	bool more = false;
	for (int s = 1; s <= 3; s++) {
		if (!a->whole.has_scope[s])
			continue;
		th_page_text(p, more ? th_page_word(p, W_LIST) : TH_S(""));
		th_page_say(p, scope[s]);
		more = true;
	}
	th_page_field(p, W_D_SCOPES, TH_S(""));
	for (int s = 1; s <= 3; s++)
		if (!a->whole.has_scope[s]) {
			TH_SAY(p, W_D_NO_SCOPE, th_fill_text(th_page_word(p, scope[s])));
			th_doc_paragraph(&p->doc, TH_S(""));
		}
}

void th_put_dossier_method(th_page *p, const th_dossier *d)
{
	const th_account *a = d->a->account;
	th_page_section(p, W_D_METHOD);
	if (!a) {
		th_page_paragraph(p, th_no_account_word(d->a));
		th_doc_close(&p->doc);
		return;
	}
	th_put_account_method(p, a);
	put_inputs(p, a);
	if (d->year) {
		th_buf_printf(&p->doc.text, "%d", d->year);
		th_page_field(p, W_D_YEAR_SHOWN, TH_S(""));
	}
	put_scopes(p, a);
	th_doc_close(&p->doc);
}

/* --- equations --- */

/* Where a line is counted: its scope, or the total that it is in. */
static void put_counted(th_page *p, const th_dossier_line *l)
{
	static const th_label scope[] = {W_D_UNSCOPED, W_SCOPE1, W_SCOPE2_LOCATION, W_SCOPE3};
	th_page_cell(p, l->bucket == TH_GROSS ? scope[l->scope > 0 && l->scope <= 3 ? l->scope : 0] : th_bucket_word(l->bucket));
}

static void put_activity(th_page *p, const th_dossier_line *l)
{
	th_doc_cell_text(&p->doc, th_activity_called(l->activity, p->lang));
}

static bool is_shown(const th_dossier *d, const th_dossier_line *l)
{
	return l->year == d->year;
}

/* The terms with their units in the words of the page. */
static void put_terms(th_page *p, const th_units *units, const th_dossier_line *l)
{
	th_formula_term *term = th_arena_alloc(&p->doc.arena, l->term_count + 1, sizeof *term);
	th_buf unit = {0};
	p->doc.failed |= !term;
	for (size_t i = 0; term && i < l->term_count; i++) {
		th_buf_clear(&unit);
		th_unit_put_name(units, l->term[i].unit, p->lang, &unit);
		term[i] = l->term[i];
		term[i].unit = th_arena_copy(&p->doc.arena, th_buf_view(&unit));
		p->doc.failed |= unit.failed || !term[i].unit.ptr;
	}
	if (!p->doc.failed)
		th_put_formula(&p->doc.text, term, l->term_count);
	th_doc_end(&p->doc);
	th_buf_free(&unit);
}

static void put_equation(th_page *p, const th_units *units, const th_dossier_line *l)
{
	if (l->large)
		th_page_say(p, W_D_QUANTITY);
	else
		th_put_mass_rounded(&p->doc.text, l->quantity, 0, th_mass_decimals(l->quantity, 0), true);
	th_page_text(p, TH_S(" "));
	th_unit_put_name(units, l->unit, p->lang, &p->doc.text);
	put_terms(p, units, l);
}

static void put_line(th_page *p, const th_units *units, const th_dossier_line *l)
{
	int digits = th_mass_decimals(l->mass, 0);
	put_counted(p, l);
	put_activity(p, l);
	put_equation(p, units, l);
	th_doc_cell_text(&p->doc, l->gas->name);
	th_doc_mass(&p->doc, l->mass, 0, digits < 2 ? digits : 2, false);
	th_put_decimal(&p->doc.text, l->gwp);
	th_doc_end(&p->doc);
	th_page_mass(p, l->co2e);
	th_doc_count(&p->doc, l->lines);
	th_doc_cell_text(&p->doc, l->factor ? l->factor->id : TH_S("-"));
}

static void put_equations(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_D_H_COUNTED_IN, TH_DOC_WORD}, {W_ACTIVITY, TH_DOC_WORD}, {W_L_FORMULA, TH_DOC_WORD}, {W_GAS, TH_DOC_WORD}, {W_D_H_KILOGRAMS, TH_DOC_MASS},
		{W_L_GWP, TH_DOC_FIGURE},
	};
	th_page_section(p, W_D_EQUATIONS);
	th_page_paragraph(p, W_D_EQUATIONS_NOTE);
	th_dossier_caption(p, W_D_EQUATIONS_OF, d->year);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	th_doc_column(&p->doc, TH_DOC_MASS, th_amount_unit(p));
	th_page_column_of(p, TH_DOC_COUNT, W_ROWS);
	th_page_column_of(p, TH_DOC_WORD, W_L_FACTOR);
	for (size_t i = 0; i < d->lines->rows; i++)
		if (is_shown(d, &d->lines->row[i]))
			put_line(p, d->a->reference->units, &d->lines->row[i]);
	th_doc_close(&p->doc);
}

void th_put_dossier_account(th_page *p, const th_dossier *d)
{
	const th_account *a = d->a->account;
	if (!a)
		return;
	th_page_section(p, W_ACCOUNT);
	th_dossier_mark(p, d->own_illustrative);
	th_page_section(p, th_is_several(a) ? W_D_TOTALS_OF_YEARS : W_TOTALS);
	th_put_totals_text(p, a, true);
	th_doc_close(&p->doc);
	if (d->year) {
		th_page_section(p, W_D_SOURCES_TITLE);
		th_put_gross_text(p, d->a);
		th_put_sources_picture(p, d->sources, a, d->year);
		th_put_flow_picture(p, d->sources, a, d->year);
		th_doc_close(&p->doc);
		put_equations(p, d);
	}
	th_put_factors_used(p, a, !th_is_several(a));
	th_put_iso_text(p, a);
	th_put_gases_text(p, a, false);
	th_put_gases_text(p, a, true);
	th_put_grades_text(p, a);
	th_put_instruments_text(p, a);
	th_put_energy_text(p, a);
	th_put_intensities_text(p, a);
	th_put_others_text(p, a);
	if (d->year)
		th_put_profiles_picture(p, a, d->year, false);
	th_put_user_rows_text(p, a);
	th_put_user_units_text(p, a);
	th_dossier_mark(p, false);
	th_doc_close(&p->doc);
	if (!th_uncertainty_of(a))
		return;
	th_page_section(p, W_D_UNCERTAINTY);
	th_put_range_picture(p, th_uncertainty_of(a));
	th_put_uncertainty_text(p, th_uncertainty_of(a));
	th_doc_close(&p->doc);
}
