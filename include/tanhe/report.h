/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_REPORT_H
#define TANHE_REPORT_H

/* Writers. Each gives its whole text in *text (to be freed by free()), so that a failed run writes nothing; the ledger, which can be larger
 * than memory, goes to a temporary file that is renamed at the end. */

#include <tanhe/footprint.h>
#include <tanhe/plan.h>

/* TH_FORMAT_BRIEF is text of one page: what was decided or computed, what lacks, and each caveat by its name. */
typedef enum th_format { TH_FORMAT_TEXT, TH_FORMAT_JSON, TH_FORMAT_CSV, TH_FORMAT_BRIEF } th_format;

/* The account. CSV is its groups, one a row, UTF-8 with BOM and CRLF as spreadsheets want it. `lang` is that of the text and of the heads of
 * CSV; JSON has both languages, as of every report here, and is the same for either. */
TH_PUBLIC TH_MUST_USE th_status th_report_account(const th_account *account, th_format format, th_lang lang, char **text, size_t *len);

/* `tanhe --version`: program, build, data set with its digest and folder, libraries. `reference` NULL: there are no data in `folder`. */
TH_PUBLIC TH_MUST_USE th_status th_report_version(const th_reference *reference, const char *folder, th_lang lang, char **text, size_t *len);

/* Write bytes to a file (NULL or "-": standard output) as a whole or not at all. TH_USAGE, and nothing is written, when the file is one that was
 * read under these diagnostics, by whatever name or link, when it lies in a folder of reference data that was opened under them, or when another
 * output that is not finished goes there. */
TH_PUBLIC TH_MUST_USE th_status th_report_write(const char *path, const char *text, size_t len, th_diags *diags);

/* The ledger: a row for each line and gas. The format goes by the end of the name: .ndjson or .jsonl, which is the same for every `lang`, else
 * CSV (UTF-8 with BOM, CRLF, formula cells neutralised; heads and names of activities in `lang`). What th_report_write refuses is refused here too, when it is opened and again when it is prepared.
 * `path` and `diags` must live until commit or abort. */
typedef struct th_ledger th_ledger;
TH_PUBLIC TH_MUST_USE th_status th_ledger_open(const char *path, th_lang lang, th_diags *diags, th_ledger **out);
/* For th_listener.entry, with the ledger as its context. */
TH_PUBLIC TH_MUST_USE th_status th_ledger_entry(void *ledger, const th_entry *entry);
/* Everything but the rename: with a report beside it, both are prepared before either is committed. */
TH_PUBLIC TH_MUST_USE th_status th_ledger_prepare(th_ledger *ledger, th_diags *diags);
TH_PUBLIC TH_MUST_USE th_status th_ledger_commit(th_ledger *ledger, th_diags *diags); /* and free it */
TH_PUBLIC void th_ledger_abort(th_ledger *ledger);                                   /* and free it; NULL is allowed */

/* What became of each factor row of the user's files in an account: used on how many lines, or why not. As text. */
TH_PUBLIC TH_MUST_USE th_status th_report_user_rows(const th_account *account, th_lang lang, char **text, size_t *len);
/* The same as JSON (schema tanhe.factors_check/1), with the units of the user's files. `account` is one by this reference; NULL: the rows and units
 * as they were read, and nothing of their use. */
TH_PUBLIC TH_MUST_USE th_status th_report_user_rows_json(const th_reference *reference, const th_account *account, char **text, size_t *len);

/* `tanhe factors`: a table of the factors whose id, names, gas, region, activity or category contain all the words of `query` (NULL or empty: all); the
 * full record of one with its document, the profiles that take it, and the other official values of the same thing. CSV is a factor file, its
 * heads in `lang`. TH_USAGE with a
 * diagnostic when nothing has that id. */
TH_PUBLIC TH_MUST_USE th_status th_report_factors(const th_reference *reference, const char *query, th_format format, th_lang lang,
                                                  char **text, size_t *len);
TH_PUBLIC TH_MUST_USE th_status th_report_factor(const th_reference *reference, const char *id, th_format format, th_lang lang,
                                                 th_diags *diags, char **text, size_t *len);

/* What a job that gave no result says instead of one: schema tanhe.error/1, with all findings that were kept, in both languages. `command` is its
 * name, "" where none is known; `folder` the case, NULL: none; `status` what the program ends with. */
TH_PUBLIC TH_MUST_USE th_status th_report_failure(const th_diags *diags, const char *command, const char *folder, int status, char **text, size_t *len);

/* A check of a case: TH_FORMAT_TEXT, TH_FORMAT_BRIEF or TH_FORMAT_JSON (schema tanhe.check/2); TH_USAGE for another format. The assessment is one of
 * th_check_run. */
TH_PUBLIC TH_MUST_USE th_status th_report_check(const th_assessment *assessment, th_format format, th_lang lang, char **text, size_t *len);

/* `tanhe rules`: one line for each pack, the first one the default; a pack as a checklist; the values of its parameters and where each
 * comes from; a file of parameters to fill in, CSV in UTF-8 with BOM and CRLF. */
TH_PUBLIC TH_MUST_USE th_status th_report_packs(const th_pack *const *packs, size_t count, th_lang lang, char **text, size_t *len);
TH_PUBLIC TH_MUST_USE th_status th_report_pack(const th_pack *pack, th_lang lang, char **text, size_t *len);
TH_PUBLIC TH_MUST_USE th_status th_report_params(const th_assessment *assessment, th_lang lang, char **text, size_t *len);
TH_PUBLIC TH_MUST_USE th_status th_report_params_template(const th_pack *pack, th_lang lang, char **text, size_t *len);

/* A plan: TH_FORMAT_TEXT, TH_FORMAT_BRIEF or TH_FORMAT_JSON (schema tanhe.plan/2); TH_USAGE for another format. */
TH_PUBLIC TH_MUST_USE th_status th_report_plan(const th_case_plan *plan, th_format format, th_lang lang, char **text, size_t *len);

/* Footprints: TH_FORMAT_TEXT, TH_FORMAT_BRIEF or TH_FORMAT_JSON (schema tanhe.footprint/1); TH_USAGE for another format. */
TH_PUBLIC TH_MUST_USE th_status th_report_footprint(const th_footprints *footprints, th_format format, th_lang lang, char **text, size_t *len);

#endif
