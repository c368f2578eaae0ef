/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_REQUESTS_H
#define TH_REPORT_REQUESTS_H

/* What a check misses, as lists for those who have it, to be filled in and read back (check --answers); and what is not met, as tasks. */

#include "io/book.h"
#include "report/wanted.h"

typedef struct th_request {
	th_wanted wanted;
	th_label kind;             /* fact, evidence, parameter, activity data, other table */
	size_t supplier;
} th_request;

typedef struct th_requests {
	const th_assessment *a;
	th_lang lang;
	th_arena arena;
	th_slice *supplier;        /* who is responsible (责任单位), else the kind of what is asked */
	size_t suppliers;
	th_request *request;       /* by supplier, in the order in which the requirements miss them */
	size_t requests;
} th_requests;

#define TH_REQUESTS_ALL ((size_t)-1)

/* Gather them. TH_SYSTEM, and reported, without memory. Close it in any case; the assessment must outlive it. */
TH_MUST_USE th_status th_requests_open(th_requests *out, const th_assessment *assessment, th_lang lang, th_diags *diags);
void th_requests_close(th_requests *requests);

/* The list of a supplier as a sheet of the book, which was begun; of all of them with `together`, as one sheet with a column that names them. */
void th_requests_put_sheet(const th_requests *requests, size_t supplier, th_book *book);
/* The letter to a supplier, one page, as a file of a word processor; `list`: what its list is called. */
void th_requests_put_letter(const th_requests *requests, size_t supplier, const char *list, th_buf *out);
/* The supplier's name as a file may have it, behind its number: 1-设备部. */
void th_requests_put_name(const th_requests *requests, size_t supplier, th_buf *out);

void th_put_book_cell(th_book *book, th_buf *text); /* a cell of this text, which is then empty */

/* tasks_made.c: a task for each requirement that is not met and that no task of the case names, as a tasks.csv; how many. */
size_t th_put_tasks_made(const th_assessment *assessment, th_lang lang, th_buf *out);

#endif
