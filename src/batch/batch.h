/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BATCH_H
#define TH_BATCH_H

/* Many cases, each checked as `tanhe check` does it: one reference and one rule pack for all, cases over threads, a line for each. A case that is
 * wrong is a line that says so and stops no other. */

#include "check/check.h"

/* --- cases.c: which cases --- */

typedef struct th_batch_case {
	const char *path;      /* as it was named, or the path of the folder that was named and its name */
	th_pos from;           /* where a manifest names it; file NULL: nowhere */
	bool outside;          /* a manifest names it and it lies beside, not beneath: it is not read */
} th_batch_case;

typedef struct th_batch_list {
	th_arena arena;
	th_batch_case *item;
	size_t count;
} th_batch_list;

/* What a path names: a case, or, of a folder that is none, the folders and workbooks in it by their names. A path at which nothing is stays
 * one: its line says so. */
TH_MUST_USE th_status th_batch_list_add(th_batch_list *list, const char *path, th_diags *diags);
void th_batch_list_free(th_batch_list *list);

/* --- one.c: a case --- */

typedef struct th_batch_options {
	const char *data;                /* the folder of the reference data */
	const th_check_options *check;   /* of every case; without folder and pack */
	const char *const *factors, *const *units; /* the user's, which the reference has */
	size_t factors_count, units_count;
	const char *const *outputs;      /* where the run writes: no case reads from there */
	size_t outputs_count;
	th_reading reading;
	bool full, ordered;
	unsigned threads;
} th_batch_options;

typedef struct th_batch_answer {
	char *line;                /* with its line end, to be freed; NULL: see status */
	size_t length;
	int exit;                  /* what check would end with */
	th_status status;          /* not TH_OK: the run cannot go on, and `diags` says why */
	th_diags *diags;           /* of the case */
	th_buf facts;              /* what a summary wants of it: summary.c */
} th_batch_answer;

void th_batch_check(const th_reference *reference, const th_pack *pack, const th_batch_options *options, const th_batch_case *item, size_t number,
                    th_batch_answer *answer);
void th_batch_answer_free(th_batch_answer *answer);
/* The worse of two exit statuses: 5 over 3 over 1 over 4 over 0. */
int th_batch_worse(int a, int b);

/* --- batch.c: all of them --- */

/* Who takes the answers, one at a time, by any thread. After anything but TH_OK no other comes. */
typedef struct th_batch_sink {
	th_status (*take)(void *context, size_t index, const th_batch_answer *answer);
	bool (*stops)(void *context);  /* no further case is begun; NULL: never */
	void *context;
} th_batch_sink;

/* TH_OK: all cases are told, or the sink stopped it; *worst is the exit status. An option that names nothing known is TH_USAGE, told in `diags`. */
TH_MUST_USE th_status th_batch_run(const th_reference *reference, const th_batch_options *options, const th_batch_list *list, const th_batch_sink *sink,
                                   th_diags *diags, int *worst);

#endif
