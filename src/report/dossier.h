/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_DOSSIER_H
#define TH_REPORT_DOSSIER_H

/* The dossier of a case: what check, plan and account say of it, as one document to hand in, in the order of an implementation plan. */

#include "base/hash.h"
#include "io/book.h"
#include "report/pictures.h"

/* --- dossier_lines.c: the account's lines, those alike taken together --- */

/* Lines of one year that one equation computes: quantity x terms = mass, whose sums stand here. */
typedef struct th_dossier_line {
	uint32_t number;           /* in the order in which they came */
	int year, scope;           /* scope 0: none */
	th_bucket bucket;
	const th_activity *activity;
	const th_factor *factor;   /* NULL: a credit counted as written */
	const th_gas *gas;
	th_slice unit, terms;      /* unit as written; terms: ` × 10000 × 0.5849 kg/kWh` */
	th_formula_term *term;     /* the same one by one */
	size_t term_count;
	th_mass quantity;          /* in 1e-9 of `unit` */
	bool large;                /* the sum of the quantities does not fit */
	size_t lines;
	th_mass mass, co2e;        /* of the gas; in CO2 equivalent */
	th_decimal gwp;
	th_mass of_activity;       /* co2e of all with its year, bucket, scope and activity */
} th_dossier_line;

/* One gas of one line. */
typedef struct th_dossier_entry {
	uint64_t order;            /* of its line */
	uint32_t number;           /* of the row that it is added to */
	const char *file;
	size_t line;
	th_slice period, site, source, quantity, evidence, note;
	th_decimal amount;         /* the quantity */
	th_mass mass, co2e;
} th_dossier_entry;

/* What lines of an activity name as their evidence, and how many do. */
typedef struct th_dossier_proof {
	const th_activity *activity;
	const char *file;          /* of the first of them */
	th_slice evidence;         /* the cell */
	size_t line, lines;
	uint64_t order;            /* of the last */
} th_dossier_proof;

typedef struct th_dossier_lines {
	th_intern key;
	th_dossier_line *row;      /* by key; sorted once they are asked for */
	th_arena arena;            /* their texts */
	size_t rows;
	th_buf scratch;
	bool sorted;
	bool each;                 /* set before: the entries are kept as well, for a workbook */
	bool many;                 /* more than one takes: none is kept */
	th_dossier_entry *entry;   /* in the order of the input */
	size_t entries, cells;     /* that they fill */
	th_intern proof_key;
	th_dossier_proof *proof;   /* in the order of the input */
	size_t proofs;
} th_dossier_lines;

/* For th_listener.entry, with zeroed lines as its context. TH_SYSTEM without memory. */
TH_MUST_USE th_status th_dossier_hear(void *lines, const th_entry *entry);
/* By year, then gross by scope and what is in no total; the largest activity of each first. */
void th_dossier_sort(th_dossier_lines *lines);
void th_dossier_lines_free(th_dossier_lines *lines);

/* --- dossier.c: the whole --- */

typedef enum th_dossier_part {
	TH_DOSSIER_ALL, TH_DOSSIER_ACCOUNT, TH_DOSSIER_CHECK, TH_DOSSIER_PLAN, TH_DOSSIER_PICTURES,
	/* A table of an implementation plan by itself, to be taken into another text. */
	TH_DOSSIER_INDICATORS, TH_DOSSIER_PROJECTS, TH_DOSSIER_SCHEDULE, TH_DOSSIER_COSTS, TH_DOSSIER_CONDITIONS, TH_DOSSIER_EVIDENCE,
	TH_DOSSIER_OUTLINE, /* --outline, all in the order of another text; behind the names of parts */
	TH_DOSSIER_PARTS
} th_dossier_part;
extern const char *const th_dossier_parts[TH_DOSSIER_PARTS + 1]; /* their names, NULL behind the last */
typedef enum th_dossier_format { TH_DOSSIER_MARKDOWN, TH_DOSSIER_HTML, TH_DOSSIER_DOCX, TH_DOSSIER_XLSX, TH_DOSSIER_FORMATS } th_dossier_format;

typedef struct th_dossier {
	const th_case_plan *plan;
	const th_assessment *a;    /* of the plan */
	th_dossier_lines *lines;   /* what the plan's account was told to, */
	const th_sources *sources; /* as this was */
	th_diags *diags;
	int year;                  /* the one that is shown: the base year, else the last whole one; 0: there is no account */
	bool illustrative;         /* a value of the plan's assumptions is an example */
	bool own_illustrative;     /* a factor of the applicant's own that lines use is one */
} th_dossier;

/* Papers that measures name are looked for in the case. *text is to be freed by free(). */
TH_MUST_USE th_status th_report_dossier(const th_case_plan *plan, th_dossier_lines *lines, const th_sources *sources, th_dossier_part part,
                                        th_dossier_format format, th_lang lang, th_diags *diags, char **text, size_t *len);

/* --- dossier_csv.c: a table of it as CSV, numbers with all digits; heads and words in `lang` --- */

/* The first table of a document as CSV; nothing stands behind the BOM where there is none. */
void th_put_first_table(const th_doc *doc, th_buf *out);
extern const char *const th_tables_of_check[], *const th_tables_of_plan[]; /* names, NULL behind the last */
TH_MUST_USE th_status th_report_check_table(const th_assessment *a, const char *name, th_lang lang, th_diags *diags, char **text, size_t *len);
TH_MUST_USE th_status th_report_plan_table(const th_case_plan *plan, const char *name, th_lang lang, th_diags *diags, char **text, size_t *len);

/* --- dossier_tables.c: tables for who computes with them, a fact in each column --- */

void th_put_dossier_params(th_page *page, const th_dossier *d);  /* of the conditions; of a plan its assumptions */
void th_put_dossier_series(th_page *page, const th_dossier *d);
void th_put_dossier_caveat_table(th_page *page, const th_dossier *d); /* as JSON has them */

/* --- dossier_page.c: what the chapters share --- */

/* Of the year that is shown; NULL where a line over its ends leaves its totals unknown, and without an account. */
const th_totals *th_dossier_totals(const th_dossier *d);
/* The values of a table that uses examples stand below a sentence that says so. */
void th_dossier_mark(th_page *page, bool illustrative);
/* Does a factor of the user's own that lines use say that it is an example? `account` may be NULL. */
bool th_uses_illustrative(const th_account *account);
/* The document in a format that is no workbook. */
void th_put_doc_as(th_dossier_format format, th_buf *out, const th_doc *doc);
/* The chapter of the files begins, with the heads of its table; a row of it, `encoding` NULL where none is known; rows of inventories; of what the
 * user and the program bring. */
void th_put_file_heads(th_page *page);
void th_put_file_row(th_page *page, const char *path, th_label what, const char *encoding, size_t rows, const char *sha256);
void th_put_input_files(th_page *page, const th_account *account);
void th_put_reference_files(th_page *page, const th_reference *reference);
/* The caption of the table that follows. */
void th_dossier_caption(th_page *page, th_label caption, int year);

/* --- dossier_sheet.c, dossier_way.c, dossier_ledger.c: a workbook --- */

/* The document as a sheet, block under block; numbers stay numbers. */
void th_put_doc_sheet(th_book *book, th_slice name, const th_doc *doc);
/* How wide its TH_DOC_COLUMNS columns are to be. */
void th_doc_sheet_widths(const th_doc *doc, unsigned *width);
/* The blocks behind each other from `row` of the sheet that is open. */
void th_put_doc_blocks(th_book *book, size_t row, const th_doc *doc);
/* The path year by year with its chart, and the document below. */
void th_put_way_sheet(th_book *book, th_slice name, const th_page *words, const th_dossier *d, const th_doc *doc);
/* A text of anybody: bytes that are not UTF-8 escaped, and cut with a mark at what a cell holds. */
void th_sheet_text(th_book *book, size_t row, size_t column, th_slice text);
/* Totals, ledger, factors and GWP, which compute each other. `names`: of files, as the whole report has them. */
void th_put_ledger_sheets(th_book *book, const th_page *words, const th_dossier *d, th_file_names *names);

/* --- chapters: dossier_account.c, dossier_plan.c, dossier_check.c, dossier_papers.c --- */

void th_put_dossier_method(th_page *page, const th_dossier *d);
void th_put_dossier_account(th_page *page, const th_dossier *d);
void th_put_dossier_peak(th_page *page, const th_dossier *d);
void th_put_dossier_path(th_page *page, const th_dossier *d);
void th_put_dossier_indicators(th_page *page, const th_dossier *d);
void th_put_dossier_projects(th_page *page, const th_dossier *d);
void th_put_dossier_schedule(th_page *page, const th_dossier *d);
void th_put_dossier_costs(th_page *page, const th_dossier *d);
void th_put_dossier_applicant(th_page *page, const th_dossier *d);
void th_put_dossier_check(th_page *page, const th_dossier *d);
void th_put_dossier_overview(th_page *page, const th_dossier *d); /* of the conditions */
void th_put_dossier_limits(th_page *page, const th_dossier *d);   /* numbers apart from their units, for who computes with them */
void th_put_dossier_years(th_page *page, const th_dossier *d);    /* of the path */
void th_put_dossier_each_indicator(th_page *page, const th_dossier *d); /* a row for each of each year */
void th_put_dossier_targets(th_page *page, const th_dossier *d);
void th_put_dossier_outcomes(th_page *page, const th_dossier *d); /* check_follow.c: of an assessment alone, too */
void th_put_dossier_outline(th_page *page, const th_dossier *d); /* dossier_outline.c: all chapters */
void th_put_dossier_accounts(th_page *page, const th_dossier *d); /* dossier_evaluation.c: base year and last one */
void th_put_dossier_proven(th_page *page, const th_dossier *d);   /* measures with their evidence */
void th_put_dossier_deviations(th_page *page, const th_dossier *d);
void th_put_dossier_tasks(th_page *page, const th_dossier *d);
void th_put_dossier_caveats(th_page *page, const th_dossier *d);
void th_put_dossier_papers(th_page *page, const th_dossier *d);
void th_put_dossier_files(th_page *page, const th_dossier *d);
void th_put_dossier_command(th_page *page, const th_dossier *d); /* dossier_options.c: and how to have it verified */

#endif
