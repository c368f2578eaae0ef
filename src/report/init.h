/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_INIT_H
#define TH_REPORT_INIT_H

/* The case to fill in. What an applicant of a kind is asked comes from the rule pack, what it usually has from the reference data: a book of sheets that is
 * written as a workbook or as the tables of a case folder, or one table for a batch. */

#include "case/folder.h"
#include "io/book.h"
#include "reference/typical.h"
#include "report/report.h"
#include "rules/rules.h"

/* The sheets of a case, in their order; a case has those of its scheme. Sheets that are a file of a case have the same name in both. */
typedef enum th_init_sheet {
	TH_INIT_GUIDE, TH_INIT_CASE, TH_INIT_PRODUCTS, TH_INIT_INVENTORY, TH_INIT_MEASURES, TH_INIT_TARGETS, TH_INIT_TASKS, TH_INIT_OFFSETS, TH_INIT_PARAMS, TH_INIT_CHOICES, TH_INIT_SHEETS
} th_init_sheet;

/* A fact that is asked for. */
typedef struct th_init_fact {
	const th_rule_decl *decl;
	const th_rule_ask *ask;    /* the words that ask for it; NULL: nothing does, it is usually stated */
	th_slice computed;         /* what it is needed for, where something computed needs it; else empty */
	uint64_t fits;             /* of a choice: the options that no mandatory requirement refuses; 0: any */
	th_slice value;            /* the option that was asked for with the command; empty: to be filled in */
} th_init_fact;

typedef struct th_init {
	const th_reference *reference;
	const th_pack *pack;
	th_lang lang;
	th_arena arena;
	th_typical typical;
	th_slice category;         /* its id; empty: of any */
	th_slice title;            /* category and target in words */
	th_init_fact *fact;        /* in the pack's order */
	size_t facts;
	bool alone;                /* products alone, by no scheme */
	bool products;             /* with the table of products, and the inventory's columns that divide it among them */
	const char *rules;         /* the scheme as the command named it; NULL: the default one */
	bool files;                /* its sheets will be files of a folder */
	th_init_sheet sheet[TH_INIT_SHEETS]; /* those of the book, in their order */
	size_t sheets;
	th_book book;
} th_init;

/* Gather what applicants of a kind are asked: `category` and `target` are options of the pack's facts of that role, TH_NONE for any of them. `data` is the folder
 * of the reference data; everything must outlive `init`. Close it in any case. */
TH_MUST_USE th_status th_init_open(th_init *init, const th_reference *reference, const th_pack *pack, const char *data, uint32_t category, uint32_t target, th_lang lang,
                                   th_diags *diags);
void th_init_close(th_init *init);

/* The same for the footprints of products alone, by no scheme. */
TH_MUST_USE th_status th_init_open_products(th_init *init, const th_reference *reference, const th_pack *pack, const char *data, th_lang lang, th_diags *diags);

/* init_sheets.c: fill init->book; `files`: its sheets will be files of a folder, which the guide then names. TH_SYSTEM without memory. */
TH_MUST_USE th_status th_init_fill(th_init *init, bool files);
/* init_book.c: the name of the file in the folder that a sheet becomes. */
const char *th_init_file(const th_init *init, th_init_sheet sheet);
/* What a sheet is called, or the file that it becomes. */
th_slice th_init_place(const th_init *init, th_init_sheet sheet);
const char *th_init_workbook(const th_init *init); /* of a workbook in a folder */
/* init_wide.c: the table of applicants, one a row: a header only, facts and their evidence as columns. */
void th_init_put_wide(const th_init *init, th_buf *out);
/* The command that comes next, without the name of the program: check PATH --rules ID. */
void th_init_put_command(const th_init *init, const char *path, th_buf *out);
/* What was written, and what comes next, for people. */
TH_MUST_USE th_status th_init_say(const th_init *init, const char *path, bool wide, char **text, size_t *length);

/* init_words.c */

/* A label with its {1} {2} filled in: TH_INIT_PUT(out, lang, label, text...). */
void th_init_put(th_buf *out, th_lang lang, th_label label, const th_slice *fill, size_t count);
#define TH_INIT_PUT(out, lang, label, ...) \
	th_init_put((out), (lang), (label), (const th_slice[]){__VA_ARGS__}, sizeof((const th_slice[]){__VA_ARGS__}) / sizeof(th_slice))
void th_init_put_allowed(const th_init *init, const th_init_fact *fact, th_buf *out); /* what may be filled in */
void th_init_put_hint(const th_init *init, const th_init_fact *fact, th_buf *out);    /* why, in the words of the clause */
/* What a column of a case's table is called: in Chinese its first alias in columns.csv. */
th_slice th_init_column(const th_init *init, th_case_part part, const char *column);

#endif
