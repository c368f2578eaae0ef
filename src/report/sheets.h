/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_SHEETS_H
#define TH_REPORT_SHEETS_H

/* Sheets that compute each other, within one workbook. */

#include "report/dossier.h"

/* A factor's number as a row of the sheet of factors, from 0 behind its heads. */
typedef struct th_sheet_factor {
	const th_factor *factor;
	const th_formula_term *term;
} th_sheet_factor;

typedef struct th_sheets {
	th_book *book;
	const th_page *words;
	const th_dossier *d;
	th_file_names *names;
	th_intern factor_key, gwp_key; /* their number is the row */
	th_sheet_factor *factor;
	const th_dossier_line **gwp;   /* whose gas and GWP */
	size_t factors, gwps;
	const th_dossier_line **of;    /* by the number that entries have of it */
	size_t rows, terms;            /* of the ledger: rows behind its heads, columns of multipliers */
	bool by_market;                /* its column of the market-based total adds up to that of the account */
	th_buf text;                   /* a formula, a key */
} th_sheets;

/* Columns of the ledger; the multipliers stand behind the unit. */
typedef enum th_ledger_column {
	TH_LEDGER_YEAR, TH_LEDGER_FILE, TH_LEDGER_LINE, TH_LEDGER_PERIOD, TH_LEDGER_SITE, TH_LEDGER_SOURCE, TH_LEDGER_ACTIVITY, TH_LEDGER_SCOPE, TH_LEDGER_BUCKET,
	TH_LEDGER_GAS, TH_LEDGER_QUANTITY, TH_LEDGER_UNIT, TH_LEDGER_MASS, TH_LEDGER_GWP, TH_LEDGER_CO2E, TH_LEDGER_OURS, TH_LEDGER_MARKET, TH_LEDGER_FACTOR,
	TH_LEDGER_FORMULA, TH_LEDGER_EVIDENCE, TH_LEDGER_NOTE, TH_LEDGER_REMARK, TH_LEDGER_COLUMNS
} th_ledger_column;

enum { TH_FACTOR_ID, TH_FACTOR_TERM, TH_FACTOR_VALUE, TH_FACTOR_UNIT, TH_FACTOR_DOCUMENT, TH_FACTOR_TABLE, TH_FACTOR_URL };

/* --- sheets.c --- */

th_slice th_sheet_word(const th_sheets *s, th_label label);
void th_sheet_number(th_sheets *s, size_t row, size_t column, double number);
/* s->text as a formula, or as a text; it is taken away. `number`: what the formula comes to. */
void th_sheet_formula(th_sheets *s, size_t row, size_t column, double number);
void th_sheet_open_text(th_sheets *s, size_t row, size_t column);
void th_sheet_head(th_sheets *s, size_t column, th_slice head);
/* A sheet whose first row are these heads, its columns so many characters wide; false when there is none. */
bool th_sheet_begin(th_sheets *s, th_label name, const th_label *head, size_t heads, const unsigned *width, size_t columns);
/* Behind the open text: `'GWP'!`; `O12`, columns and rows from 0; the same so that no sorting moves it. */
void th_sheet_put_name(th_sheets *s, th_label name);
void th_sheet_put_place(th_sheets *s, size_t column, size_t row);
void th_sheet_put_fixed(th_sheets *s, size_t column, size_t row);
/* Where a column of the ledger is, and all of it but its head. */
size_t th_ledger_at(const th_sheets *s, th_ledger_column column);
void th_sheet_put_range(th_sheets *s, th_ledger_column column);
bool th_sheet_is_near(double a, double b);

/* --- dossier_terms.c: multipliers as numbers --- */

/* Its number as a spreadsheet computes it; false where it is none. */
bool th_sheet_term(const th_formula_term *term, double *value);
/* The value as written, as a formula behind the open text; it has been read. */
void th_sheet_put_value(th_sheets *s, const th_formula_term *term);
void th_sheet_put_term(th_sheets *s, size_t row, size_t column, const th_dossier_line *l, const th_formula_term *term);
double th_sheet_value(const th_formula_term *term);

/* --- dossier_ledger.c --- */

void th_put_ledger_rows(th_sheets *s);
/* What the entries come to that are counted in the market-based total of a year: those of contracts and certificates, and of scope 2 by location where a line has
 * none. */
th_mass th_ledger_market(const th_sheets *s, int year);

#endif
