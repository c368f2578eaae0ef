/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_H
#define TH_REPORT_H

/* What the writers share: words, JSON, amounts. */

#include <tanhe/report.h>

#include "account/account.h"
#include "doc/doc.h"

/* --- words.c: labels from one list --- */

typedef enum th_label {
#define W(name, en, zh) W_##name,
#include "report/words.def"
#undef W
	W_WORDS
} th_label;

const char *th_word_text(th_label word, th_lang lang);
/* The label of a key of --by; the key itself when it has none. */
th_slice th_key_text(th_slice key, th_lang lang);
/* One of two texts by language, the other one where the wanted one is empty. */
th_slice th_in_lang(th_lang lang, th_slice zh, th_slice en);

/* --- writer.c: JSON, and numbers --- */

/* Members of the document and of what it holds directly stand on lines of their own, what is deeper in one line. Keys are NULL
 * in arrays. */
typedef struct th_writer {
	th_buf *buf;
	unsigned depth;
	bool first;
} th_writer;

void th_put_open(th_writer *w, const char *key, char bracket);
void th_put_key_open(th_writer *w, th_slice key, char bracket);
void th_put_close(th_writer *w, char bracket);
void th_put_key(th_writer *w, th_slice key); /* the caller appends the value to w->buf */
void th_put_text(th_writer *w, const char *key, th_slice text);
void th_put_text_if(th_writer *w, const char *key, th_slice text); /* absent when empty */
void th_put_count(th_writer *w, const char *key, size_t count);
void th_put_tonnes(th_writer *w, const char *key, th_mass mass);
void th_put_number_if(th_writer *w, const char *key, bool there, th_slice text, th_decimal value);
void th_put_place(th_writer *w, const char *key, const char *file, size_t line); /* "file:line" */
void th_put_tool(th_writer *w, const char *schema);
void th_put_factor_set(th_writer *w, const th_reference *reference);

/* A number with the digits it was written with when they are a JSON number, else its value. */
void th_number_text(th_buf *buf, th_slice text, th_decimal value);
/* 1000 x part/whole to the nearest integer, half to even, as percent with one decimal; false when whole is not positive. */
TH_MUST_USE bool th_percent_text(th_buf *buf, th_mass part, th_mass whole, bool sign);
th_ratio th_mass_ratio(th_mass mass); /* the number that th_mass stands for (kg) */
/* Hand over what a buffer holds, or TH_SYSTEM when memory ran out since `mark`. */
TH_MUST_USE th_status th_give(th_mark mark, th_buf *buf, char **text, size_t *len);

/* --- record.c: a factor in words and as a row --- */

/* Its number as a reader wants it: value and unit; for fuels the value derived from its parameters behind `≈`; `no value`. */
void th_factor_value_text(th_buf *buf, const th_factor *factor, th_lang lang);
/* NCV x carbon content x oxidation x 44/12 in the factor's unit (IPCC 2006 vol 2 ch 1 box 1.1), or a value by mass of carbon (x 44/12) or
 * nitrogen (x 44/28) as gas, exact but for the rounding to 1e-9; false when the row has nothing to derive. */
TH_MUST_USE bool th_factor_derived(const th_factor *factor, th_mass *value);
const char *th_confidence_name(th_confidence confidence);
void th_factor_document(th_buf *buf, const th_factor *factor); /* source, table */
void th_factor_time(th_buf *buf, const th_factor *factor);     /* 2023; 2022-02-11 to ... */
void th_factor_parameters(th_buf *buf, const th_factor *factor); /* name=value;name=value */
void th_factor_csv(th_buf *buf, const th_factor *factor);      /* a row of a factor file */
/* Its header, behind a BOM. */
void th_factor_csv_header(th_buf *buf);
/* A whole row as a JSON object; with `use` also the lines and mass of an account. */
void th_put_factor(th_writer *w, const char *key, const th_factor *factor, const th_factor_use *use);
/* The rows of one layer hide those of the same id below. */
bool th_factor_hidden(const th_reference *reference, const th_factor *factor);

/* --- text.c, json.c: an account; its CSV and the choice among them are in groups.c --- */

void th_account_text(const th_account *account, th_lang lang, th_buf *out);
void th_account_json(const th_account *account, th_lang lang, th_buf *out);

/* --- bounds.c: how sure it is; nothing where that was not asked for --- */

void th_uncertainty_text(const th_uncertainty *uncertainty, th_lang lang, th_buf *out);
void th_uncertainty_json(th_writer *w, const th_uncertainty *uncertainty);
void th_put_account(th_writer *w, const char *key, const th_account *account, th_lang lang); /* the same inside a document */
void th_caveats_text(const th_account *account, th_label title, th_lang lang, th_buf *out);   /* caveats.c */

#endif
