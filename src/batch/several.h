/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BATCH_SEVERAL_H
#define TH_BATCH_SEVERAL_H

/* Applicants in tables of several. For several.c, which reads them, and applicant.c, which hands out one of them. */

#include "batch/batch.h"
#include "case/applicants.h"
#include "case/wide.h"

/* What is wrong with one that is no case. */
typedef struct th_batch_fault {
	th_code code;
	th_pos at;
	const char *arg[3];
	struct th_batch_fault *next;
} th_batch_fault;

/* A table cut up. */
typedef struct th_batch_table {
	th_case_part part;
	th_wide *wide;
} th_batch_table;

struct th_batch_several {
	struct th_batch_several *next;
	th_arena arena;
	const char *path;          /* of the table of applicants, as it was named */
	const char *folder;        /* a folder, or a workbook */
	th_case_contents contents; /* what all have: where their parameters, factors and papers are */
	th_applicants *list;
	th_batch_table *table;
	size_t tables;
	size_t inventories;
	th_diags **told;           /* of each table */
	th_diags *own;             /* of that of the applicants */
};

struct th_batch_applicant {
	const struct th_batch_several *of;
	th_facts facts;
	th_batch_fault *fault, *last;
	size_t *index;             /* of each table: its number there; how many are there: it has no rows */
	th_diags *told;            /* this is a table, of which that is wrong */
};

#endif
