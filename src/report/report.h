/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_H
#define TH_REPORT_H

/* What the writers share: words, JSON, amounts. */

#include <tanhe/report.h>

#include "account/account.h"
#include "case/folder.h"
#include "report/page.h"

/* --- docx_file.c --- */

/* The document as a .docx behind *out; the same document gives the same bytes. Failures end in out->failed. */
void th_put_docx_file(th_buf *out, const th_doc *doc);

/* --- file_names.c: files in what a program reads --- */

typedef struct th_file_named {
	const char *path;
	th_slice name;
} th_file_named;

typedef struct th_file_names {
	th_arena arena;
	th_file_named *file;      /* in the order in which they were met */
	size_t count;
	bool failed;         /* without memory; names are empty then */
} th_file_names;

th_slice th_name_of(th_file_names *names, const char *path); /* lives as long as the names */
/* A text in which the paths that were met, if they have a folder, stand as their names. */
void th_put_renamed(th_file_names *names, th_slice text, th_buf *out);
void th_rename_in_doc(th_file_names *names, th_doc *doc); /* in every text of it */
void th_file_names_free(th_file_names *names);

/* --- ledger.c --- */

extern const th_in_pieces th_ledger_pieces; /* for th_listener.pieces, with the ledger as its context */

/* --- writer.c: JSON, and numbers --- */

/* Members of the document and of what it holds directly stand on lines of their own, what is deeper in one line. Keys are NULL
 * in arrays. */
typedef struct th_writer {
	th_buf *buf;
	unsigned depth;
	bool first;
	bool line;           /* the whole document is one line */
	th_file_names names;
	struct th_lack_made *lack; /* what lacks, as it was put (check_lacks_json.c) */
	size_t lacks;
	const struct th_pack_json *pack; /* what it says in the same words of every case (pack_json.c); NULL: not made */
	th_slice heads[TH_CASE_PARTS][2]; /* of the tables to which lines may be added, by language; .ptr NULL: not yet asked for */
} th_writer;

th_writer th_writer_begin(th_buf *out, const char *schema); /* a document, with its schema and the program */
th_writer th_writer_begin_line(th_buf *out, const char *schema); /* the same in one line, for NDJSON */
void th_writer_end(th_writer *w);

void th_put_open(th_writer *w, const char *key, char bracket);
void th_put_made(th_writer *w, th_slice json); /* an element or members that were made before, where all is in one line */
/* The same of members, of which there may be none (.len 0); false: they were not made (.ptr NULL). */
bool th_put_ready(th_writer *w, th_slice json);
void th_put_key_open(th_writer *w, th_slice key, char bracket);
void th_put_close(th_writer *w, char bracket);
void th_put_key(th_writer *w, th_slice key); /* the caller appends the value to w->buf */
void th_put_text(th_writer *w, const char *key, th_slice text);
void th_put_text_if(th_writer *w, const char *key, th_slice text); /* absent when empty */
void th_put_count(th_writer *w, const char *key, size_t count);
void th_put_truth(th_writer *w, const char *key, bool truth);
void th_put_real(th_writer *w, const char *key, double value, int digits); /* an estimate, with so many decimals */
void th_put_cny(th_writer *w, const char *key, th_mass money);
void th_put_year_if(th_writer *w, const char *key, int year); /* absent when 0 */
void th_put_tonnes(th_writer *w, const char *key, th_mass mass);
/* mass x 10^-shift / divisor to ten significant digits, half to even; nothing where it has no decimal form. */
void th_put_quotient(th_writer *w, const char *key, th_mass mass, int shift, const th_ratio *divisor);
void th_put_number_if(th_writer *w, const char *key, bool there, th_slice text, th_decimal value);
/* The same text in both languages, as {"zh","en"}; the other one absent where only one is there, all of it where none is. */
void th_put_both(th_writer *w, const char *key, th_slice zh, th_slice en);
void th_put_label(th_writer *w, const char *key, th_label label); /* in both languages, as it is */
/* Why something is as it is: {"code","text"}. */
void th_put_reason(th_writer *w, const char *key, const char *code, th_label label);
void th_put_file_name(th_writer *w, const char *path); /* member "file" */
/* Members "file", "line", "column" where above 0, and of a workbook "sheet" and "cell". */
void th_put_spot_json(th_writer *w, const char *file, size_t line, size_t column);
void th_put_place(th_writer *w, const char *key, const char *file, size_t line); /* {"file","line"}; line 0: of the whole file, absent */
void th_put_tool(th_writer *w, const char *schema);
void th_put_factor_set(th_writer *w, const th_reference *reference);

/* A file that was read. */
void th_put_file_members(th_writer *w, const char *kind, const char *path, const char *encoding, const char *sha256, size_t rows); /* of an object that is open */
void th_put_file(th_writer *w, const char *kind, const char *path, const char *encoding, const char *sha256, size_t rows);

/* Members code and text of something that diag.def has: its letter and number; title and detail. */
void th_put_sentence(th_writer *w, th_code code, const th_slice *arg, size_t args);

void th_put_place_text(const char *file, size_t line, th_buf *out); /* file:line, or the file alone */
/* A number with the digits it was written with when they are a JSON number, else its value. */
void th_put_number(th_buf *buf, th_slice text, th_decimal value);
/* Hand over what a buffer holds, or TH_SYSTEM when memory ran out since `mark`. */
/* Is there a writer for a format? They stand in the order text, JSON, CSV; a report that has fewer has the first ones. */
#define TH_KNOWN(writer, format) ((size_t)(format) < sizeof (writer) / sizeof *(writer))

/* Every report begins so: there is nothing to give until th_give. */
th_mark th_report_begin(const th_diags *diags, char **text, size_t *len);
TH_MUST_USE th_status th_give(th_mark mark, th_buf *buf, char **text, size_t *len);

void th_put_finding_json(th_writer *w, const th_finding_row *row); /* failure_json.c: as an element of a list */
/* Members "diagnostics" and, where not all were kept, "omitted": those of that severity and above; nothing where there are none. */
void th_put_findings_json(th_writer *w, const th_diags *diags, th_severity least);

/* --- account_totals.c: totals as text, of one year or in a column for each --- */

th_slice th_amount_unit(const th_page *page);
bool th_is_several(const th_account *account); /* years */
th_label th_bucket_word(th_bucket bucket); /* which total it is */
th_slice th_activity_called(const th_activity *activity, th_lang lang); /* its id where it has no name */
void th_put_totals_text(th_page *page, const th_account *account, bool apart); /* apart: with what is in no total */
void th_put_iso_text(th_page *page, const th_account *account);
void th_put_gases_text(th_page *page, const th_account *account, bool outside_kyoto);
void th_put_energy_text(th_page *page, const th_account *account);
void th_put_grades_text(th_page *page, const th_account *account); /* grades.c: by grade of data, where lines have one */
th_label th_grade_word(int grade);
int th_grade_nth(int i); /* the grade that stands there in a list: what has none is last */
void th_put_grades_json(th_writer *w, const th_totals *totals); /* member "data_quality" */
void th_put_others_of_years(th_page *page, const th_account *account);
/* Why there is no total under another profile, as a cell. */
void th_put_other_missing(th_page *page, const th_reference *reference, const th_profile_total *other);

/* --- factor_words.c: what is said of a factor in every format --- */

/* Its number as a reader wants it: value and unit; for fuels the value derived from its parameters behind `≈`; `no value`. */
/* Its number and unit; `units`: the unit in the words of the language, NULL: as it is in the file. */
void th_put_factor_value(th_buf *buf, const th_factor *factor, const th_units *units, th_lang lang);
/* NCV x carbon content x oxidation x 44/12 in the factor's unit (IPCC 2006 vol 2 ch 1 box 1.1), or a value by mass of carbon (x 44/12) or
 * nitrogen (x 44/28) as gas, exact but for the rounding to 1e-9; false when the row has nothing to derive. */
TH_MUST_USE bool th_factor_derived(const th_factor *factor, th_mass *value);
const char *th_confidence_name(th_confidence confidence);
void th_put_factor_document(th_buf *buf, const th_factor *factor, th_lang lang); /* source, table */
void th_put_factor_time(th_buf *buf, const th_factor *factor);     /* 2023; 2022-02-11 to ... */
void th_put_factor_parameters(th_buf *buf, const th_factor *factor); /* name=value;name=value */
void th_put_factor_csv(th_buf *buf, const th_factor *factor); /* factor_csv.c: a row of a factor file */
void th_put_factor_csv_header(const th_reference *reference, th_lang lang, th_buf *buf); /* its header, behind a BOM */
/* A whole row as a JSON object; with `use` also the lines and mass of an account. */
void th_put_factor(th_writer *w, const char *key, const th_factor *factor, const th_factor_use *use);

/* A factor that is asked for, with all its rows. */
typedef struct th_factor_view {
	const th_reference *reference;
	th_lang lang;
	uint32_t first; /* its first row; the next by th_factor.next */
} th_factor_view;

const th_factor *th_view_row(const th_factor_view *view, uint32_t number);
uint32_t th_view_next(const th_factor_view *view, uint32_t number); /* the next row of the same id; TH_NONE behind the last */
/* The first rule of a profile and leg that takes one of the rows; NULL if none does. */
const th_rule *th_taking_rule(const th_factor_view *view, const th_profile *profile, th_leg leg);
bool th_view_rivals(const th_factor_view *view, const th_factor *other); /* other is another official value of one of the rows */

void th_put_factor_text(th_page *page, const th_factor_view *view); /* factor_text.c */
void th_put_factor_json(const th_factor_view *view, th_buf *out);   /* factor_json.c */

/* --- an account: account_text.c, account_json.c, account_csv.c --- */

void th_put_account_text(th_page *page, const th_account *account);
void th_put_account_method(th_page *page, const th_account *account); /* fields: profile, document, GWP set, factor set, the user's files */
/* Sections, nothing where there are none. `sums`: with how many lines and what mass used each, in all years together. */
void th_put_factors_used(th_page *page, const th_account *account, bool sums);
/* The same without sums, of those factors that `wanted` says. */
void th_put_factors_wanted(th_page *page, const th_account *account, bool (*wanted)(const void *context, const th_factor *factor), const void *context);
void th_put_intensities_text(th_page *page, const th_account *account);
void th_put_others_text(th_page *page, const th_account *account);  /* the total under other profiles */
void th_put_account_json(const th_account *account, th_buf *out);
void th_put_account_csv(const th_account *account, th_lang lang, th_buf *out); /* its groups */
void th_put_account(th_writer *w, const char *key, const th_account *account); /* a member of a document; its members where there is no key */

/* options_json.c: member `options`, what was asked for, from which the report can be made again */
void th_put_account_options(th_writer *w, const th_account *account);

/* brought.c: what the user brought */
void th_put_user_rows_text(th_page *page, const th_account *account);
void th_put_user_rows_json(th_writer *w, const th_account *account);
void th_put_brought_json(const th_reference *reference, const th_account *account, th_buf *out); /* a document; account NULL: without use */
void th_put_user_units_text(th_page *page, const th_account *account);
void th_put_user_units_json(th_writer *w, const th_account *account);
void th_put_instruments_text(th_page *page, const th_account *account);
void th_put_instruments_json(th_writer *w, const th_account *account);

struct th_check_caveat;
/* Those of an account, or NULL, and others beside, each code once with its name. */
void th_put_caveats_brief(th_page *page, const th_account *account, const struct th_check_caveat *caveat, size_t count);
void th_put_account_caveats(th_page *page, const th_account *account, th_label title); /* caveats_text.c */
void th_put_account_caveats_json(th_writer *w, const th_account *account); /* caveats_json.c */

/* How sure it is: uncertainty_text.c, uncertainty_json.c; nothing where that was not asked for. */
double th_in_percent(double part, double whole); /* of what whole is without its sign; 0 of nothing */
void th_put_uncertainty_text(th_page *page, const th_uncertainty *uncertainty);
void th_put_uncertainty_json(th_writer *w, const th_uncertainty *uncertainty);

#endif
