/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_CHECK_REPORT_H
#define TH_REPORT_CHECK_REPORT_H

/* What the writers of rule packs and of checks share. */

#include "check/check.h"
#include "report/report.h"

/* --- pack_words.c --- */

/* Who applies, as stated; empty when that is not known. */
th_slice th_applicant(const th_assessment *a);
/* Things a requirement may lack, as people read them: th_put_rule_lack. */
void th_put_lacks(const th_rule_inputs *inputs, const th_slice *id, size_t count, th_lang lang, th_buf *out);
/* The name of something and its id in parentheses. */
void th_put_name_id(th_slice name, th_slice id, th_lang lang, th_buf *out);
void th_put_quote(th_slice quote, th_buf *out);
/* A number counted in a unit, to some decimals, with the unit's name. */
void th_put_exact_text(th_exact number, const th_unit *unit, th_slice unit_name, unsigned places, th_lang lang, th_buf *out);
/* What a limit asks of the number behind it: >= in English, a word in Chinese. */
void th_put_compare(const th_rule_limit *limit, th_lang lang, th_buf *out);
/* By how much a value is on the good side of its limit: with its sign in English, in words in Chinese. */
void th_put_margin(const th_rule_limit_result *result, th_slice unit_name, th_lang lang, th_buf *out);
void th_put_pack_name(const th_pack *pack, th_lang lang, th_buf *out); /* id, version, name */
/* Does any requirement rest on its value? True where none was decided. */
bool th_param_is_used(const th_assessment *a, const th_check_param *param);
/* Is it a parameter of the pack, which the original text has, and no data of the applicant? */
bool th_is_lost_number(const th_pack *pack, th_slice id);
/* What a person needs to find a parameter in the text: what it is, where, in which words, with which comparison (params_text.c). */
void th_put_param_note(const th_rule_decl *decl, th_lang lang, th_buf *out);
void th_put_param_clause(const th_rule_decl *decl, th_lang lang, th_buf *out); /* only where, in which words, with which comparison */
/* pack_history.c: how the text changed; nothing where the pack does not say. What becomes of each clause, as text or JSON (tanhe.rules_coverage/1). */
void th_put_amendments_text(th_page *page, const th_pack *pack);
TH_MUST_USE th_status th_report_coverage(const th_pack *pack, th_format format, th_lang lang, char **text, size_t *len);
th_label th_no_account_word(const th_assessment *a); /* why there is none: check_account.c */
th_label th_status_word(th_rule_status status);
th_label th_level_word(th_rule_level level);
th_label th_verdict_word(th_verdict verdict);
th_slice th_verdict_said(const th_pack *pack, th_verdict verdict, th_lang lang); /* as the stage in force calls it */
/* A stage of the pack with the words of the text, as a field. */
void th_put_stage(th_page *page, const th_pack *pack, size_t stage);
const char *th_status_mark(th_rule_status status); /* one character */
/* A file of a case: path, encoding, rows, digest; that it is absent without a digest. The field is still open. */
void th_put_file_text(th_page *page, const char *path, const char *encoding, const char *sha256, size_t rows);

/* The limit that counts the domains of the measures, or NULL. */
const th_rule_limit_result *th_domain_limit(const th_assessment *a);
/* What the whole still lacks: distinct names of the requirements that keep the verdict open, in memory of the arena; NULL
 * without memory. */
const th_slice *th_whole_lacks(const th_assessment *a, th_arena *arena, size_t *count);

void th_put_check_options(th_writer *w, const th_assessment *a); /* options_json.c */

/* --- check_offsets.c: of schemes of neutrality --- */

void th_put_offsets_text(th_page *page, const th_assessment *a); /* emissions by class, offsets */
void th_put_claim_text(th_page *page, const th_assessment *a);
void th_put_offsets_json(th_writer *w, const th_assessment *a);  /* members "classes", "offsets", "claim" */

/* --- a check: check_text.c, and its parts in their order --- */

void th_put_check_text(th_page *page, const th_assessment *a);
void th_put_verdict_text(th_page *page, const th_assessment *a);  /* a section, and another of what decides */
void th_put_requirement_list(th_page *page, const th_rule_results *results); /* a line each */
void th_put_would_decide(th_page *page, const th_assessment *a);  /* what lacks; nothing where nothing is open */
void th_put_requirements_text(th_page *page, const th_assessment *a); /* check_requirements.c */
void th_put_distance_text(th_page *page, const th_assessment *a);     /* check_distance.c */
void th_put_readings_text(th_page *page, const th_assessment *a);     /* check_readings.c: and other categories */
void th_put_check_params(th_page *page, const th_assessment *a);      /* check_account.c */
void th_put_template_hint(th_page *page, const th_assessment *a, th_label label); /* its {1}: whose parameters, where they are not the default scheme's */
void th_put_check_params_section(th_page *page, const th_assessment *a);
void th_put_check_account_text(th_page *page, const th_assessment *a);
void th_put_check_caveats_text(th_page *page, const th_assessment *a);

void th_put_caveat_heads(th_page *page); /* begins the table of the rows below */
/* Rows of a table of two columns: code, and what it says (caveats_text.c); objects of an array (caveats_json.c). */
void th_put_caveat_rows(th_page *page, const th_check_caveat *caveat, size_t count);
void th_put_caveat_objects(th_writer *w, const th_check_caveat *caveat, size_t count);

/* How it turned out (check_follow.c): sections of text, members "outcomes" and "tasks". */
void th_put_follow_text(th_page *page, const th_assessment *a);
void th_put_stage_of(th_page *p, const th_assessment *a); /* fields: the stage, the phase that was named */
void th_put_outcomes_json(th_writer *w, const th_assessment *a);
/* Where the scheme has a total of its own: that it is what gross emissions are; that sources and other profiles are shown by gross emissions all the same. */
void th_put_total_text(th_page *p, const th_assessment *a);
void th_put_total_of(th_writer *w, const th_assessment *a);
void th_put_gross_text(th_page *p, const th_assessment *a);
void th_put_tasks_json(th_writer *w, const th_assessment *a);

/* What would change a requirement: fields of it (check_flips.c), an array of it (check_flips_json.c). */
void th_put_flips_text(th_page *page, const th_assessment *a, uint32_t requirement);
void th_put_flips_json(th_writer *w, const th_assessment *a, uint32_t requirement);
const th_rule_option *th_flip_option(const th_assessment *a, const th_check_flip *flip); /* to which it is set; NULL: to none of several */
bool th_flip_is_year(const th_assessment *a, const th_check_flip *f); /* `option` is a year */

/* check_inputs_json.c: a number that is known, in a unit; one without an end is rounded to six decimals, as in text. */
void th_put_rule_number(th_writer *w, const char *key, const th_rule_value *value, const th_unit *unit);
void th_put_inputs_json(th_writer *w, const th_assessment *a, const th_rule_result *result); /* member "inputs" */
/* An input's value as its type wants it (true, a number in the pack's unit, the id of an option, an array, a day or text); nothing
 * where it is not known. */
void th_put_input_value(th_writer *w, const char *key, const th_rule_inputs *inputs, uint32_t which);
/* check_lacks_json.c: members "missing", of things by their ids, and "evidence", of the facts that a requirement rests on. */
void th_put_missing_json(th_writer *w, const th_assessment *a, const th_slice *id, size_t count);
void th_put_lack_json(th_writer *w, const th_assessment *a, th_slice id); /* one of the former */
void th_put_evidence_json(th_writer *w, const th_assessment *a, const th_rule_result *result);

/* pack_json.c: what a pack says in the same words of every case, as members of JSON in one line; made once for all of a batch. */
typedef struct th_pack_json {
	const th_pack *pack;
	th_arena arena;
	th_slice rules;                /* member "rules" */
	th_slice *id, *title, *advice; /* of each requirement: "id", "clause"; "title", "level"; "advice" */
	th_slice *name, *fact, *allowed; /* of each declaration: "title"; "fact", "title", "needed"; "allowed" of what is to be filled in */
	th_slice paper;                /* "allowed" of evidence */
	th_slice *lack;                /* of each parameter: the object of "missing", where a case has no table of parameters */
	th_slice column[TH_CASE_PARTS][TH_TABLE_COLUMNS]; /* what th_check_columns are called in Chinese */
} th_pack_json;
/* TH_SYSTEM without memory; to be freed all the same. The pack must outlive it. */
TH_MUST_USE th_status th_pack_json_make(const th_reference *reference, const th_pack *pack, th_pack_json *out);
void th_pack_json_free(th_pack_json *made);
void th_put_rules_json(th_writer *w, const th_pack *pack); /* member "rules" */

void th_put_check_json(const th_assessment *a, th_buf *out);
void th_put_check_of_several(th_writer *w, const th_assessment *a); /* the same as an element of a list */

/* One of many cases as a line of NDJSON (schema tanhe.batch/1): its check as th_put_check_json has it, with its place among them, the path by which it
 * was named and what `diags` tells beside. Of a case that has no assessment (failure_json.c): what is wrong with it. */
typedef struct th_case_line {
	size_t number;        /* from 1 */
	const char *path;     /* as it was named */
	const char *folder;   /* where it is */
	const char *name;     /* what the case is called; NULL: as its folder */
	const th_pack_json *pack; /* of the pack by which most cases are decided; NULL: not made */
	bool full;            /* with account and parameters, and of each requirement its inputs and what would change it */
} th_case_line;
TH_MUST_USE th_status th_report_case_line(const th_assessment *a, const th_diags *diags, const th_case_line *line, char **text, size_t *len);
TH_MUST_USE th_status th_report_failed_line(const th_diags *diags, const th_case_line *line, int status, char **text, size_t *len);

/* The files of a case as objects; a workbook that is the case is one, with the rows of all its sheets. */
void th_put_case_files(th_writer *w, const th_assessment *a);
/* Is it a sheet of that workbook? */
bool th_in_case_workbook(const th_assessment *a, const char *path);

#endif
