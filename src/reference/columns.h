/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_COLUMNS_H
#define TH_REFERENCE_COLUMNS_H

/* What the columns of files may be called: canonical names and the aliases of columns.csv. */

#include <stdint.h>

#include "base/diag.h"
#include "base/hash.h"

/* One name of one column of one kind of file. */
typedef struct th_column_name {
	th_slice kind, column, text;
	size_t line; /* of columns.csv */
} th_column_name;

enum { TH_WORD_LISTS = 3 };
typedef struct th_columns {
	th_arena arena;
	th_intern key;        /* kind, unit separator, folded name */
	th_column_name *entry; /* by number of the key */
	const th_intern *words[TH_WORD_LISTS];
	th_lent image;        /* what lies there is not freed */
	const struct th_layout_words *beside; /* what heads columns that are not read */
} th_columns;

TH_MUST_USE th_columns *th_columns_new(void);
void th_columns_free(th_columns *columns);

/* Add a name, which is copied; *there is what stands for it now: the one that was there before, maybe of another column. False without
 * memory. */
TH_MUST_USE bool th_columns_add(th_columns *columns, const th_column_name *name, const th_column_name **there);
/* columns_load.c: all of a file. */
TH_MUST_USE th_status th_columns_load(th_columns *columns, const char *path, th_diags *diags);

/* The canonical name of `name` in a kind of file; an empty slice if it has none. */
th_slice th_column_named(const th_columns *columns, const char *kind, th_slice name);

/* Which of these words a text is, by the other names that columns.csv gives them under `kind` (`measures.status`), too; `count`: none of them. */
size_t th_column_choice(const th_columns *columns, const char *kind, th_slice text, const char *const *word, size_t count);
/* A word with its title, as both languages put it (th_buf_both); by itself where it has none. */
void th_put_column_called(const th_columns *columns, const char *kind, th_slice word, th_buf *out);
/* Those words one after another, in Chinese by their titles, as both languages put it (th_buf_both). */
void th_put_column_words(const th_columns *columns, const char *kind, const char *const *word, size_t count, th_buf *out);
/* A cell that is none of them, by a code whose {1} is what stands there and {2} these words. */
TH_MUST_USE th_status th_column_no_choice(const th_columns *columns, const char *kind, const char *const *word, size_t count, th_diags *diags, th_code code, th_pos pos, const char *text);

/* More words that files may hold, folded (th_utf8_key): lists that stay the caller's and outlive the columns. */
void th_columns_words(th_columns *columns, const th_intern *const words[TH_WORD_LISTS]);
/* Words that are known to head what is not read (layout_words.csv); they outlive the columns. */
struct th_layout_words;
void th_columns_beside(th_columns *columns, const struct th_layout_words *words);
bool th_columns_unread(const th_columns *columns, th_slice header);
/* Does any of all these names stand in the text? Only those of two hanzi or more count. */
bool th_columns_know(const th_columns *columns, th_slice text);

/* The next name in a kind of file, NULL behind the last; start with *at = 0. `columns` NULL: there are none. */
/* What a column is called in Chinese, in tables of that kind, NULL: of any; empty when nothing is known. */
th_slice th_column_title(const th_columns *columns, const char *kind, th_slice column);
const th_column_name *th_columns_each(const th_columns *columns, const char *kind, uint32_t *at);

#endif
