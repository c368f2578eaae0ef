/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_INIT_BOOK_H
#define TH_REPORT_INIT_BOOK_H

/* What the sheets of a case to fill in have in common while they are made. */

#include "report/init.h"

/* One column of the sheet of choices. */
struct th_init_list {
	th_slice head;
	th_slice *item;
	size_t items, column;
};

/* Of a kind of words that columns.csv has, from TH_INIT_STATUSES on; behind them one for each fact that is a choice. */
enum {
	TH_INIT_ACTIVITIES, TH_INIT_PAIR_ACTIVITY, TH_INIT_PAIR_UNIT, TH_INIT_ANSWERS, TH_INIT_GROUPS, TH_INIT_STATUSES, TH_INIT_KINDS, TH_INIT_OFFSET_TYPES, TH_INIT_BOUNDARIES,
	TH_INIT_ALLOCATIONS, TH_INIT_STAGES, TH_INIT_FIRST_FACT, TH_INIT_NO_LIST
};

typedef struct th_init_making {
	th_init *init;
	th_book *book;
	th_lang lang;
	struct th_init_list *list;
	size_t lists;
	bool files;
	th_buf text;             /* of one cell */
} th_init_making;

/* What may be filled in below a head; the texts live as long as the book. */
typedef struct th_init_ask {
	size_t column, row, rows;
	th_slice title;
	const char *hint;
} th_init_ask;

/* init_book.c */
const char *th_init_word(const th_init_making *m, th_label label);
void th_init_open_sheet(th_init_making *m, th_init_sheet sheet, const th_book_column *column, size_t columns);
void th_init_put_text(th_init_making *m);                                          /* m->text as the next cell */
void th_init_put_range(const th_init_making *m, size_t list, th_buf *out);         /* 'sheet'!$A$2:$A$9 */
void th_init_choose_by(th_init_making *m, const th_init_ask *ask, th_buf *formula); /* takes the formula; empty: only the hint */
void th_init_choose(th_init_making *m, const th_init_ask *ask, size_t list);
void th_init_ask_only(th_init_making *m, const th_init_ask *ask);

/* init_tables.c: inventory, measures, targets, tasks, offsets, products, parameters */
void th_init_put_table(th_init_making *m, th_init_sheet sheet);

#endif
