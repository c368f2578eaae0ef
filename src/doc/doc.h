/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_DOC_H
#define TH_DOC_H

/* What stands between a result and a page: a document, built once and written by one renderer for each format. It knows no subject and no
 * language. It is a tree: parts with titles hold paragraphs, lists, fields, tables and further parts. Masses, shares and other numbers stay
 * numbers in it, with the digits to show, so that a renderer may give a spreadsheet the number and a terminal its digits.
 *
 * Text is built in pieces: what stands in `text` behind the last end is open, and whatever ends it (a cell, a paragraph, a title) takes it,
 * with its own argument behind it:
 *
 *     th_buf_str(&doc->text, "sha256 ");
 *     th_doc_paragraph(doc, digest);
 *
 * What a reader must not miss is marked: with `mark` set, every table that follows has that sentence above it.
 *
 * Texts are copied and stay as they came; a renderer escapes what its format cannot show. A document without memory is never half a text:
 * the first failure stays, and a renderer hands it on. */

#include "base/arena.h"
#include "base/decimal.h"

/* --- doc.c: building --- */

/* What a column holds. A cell may be something else: a word among numbers. */
typedef enum th_doc_kind {
	TH_DOC_WORD,
	TH_DOC_YEAR,
	TH_DOC_COUNT,
	TH_DOC_NUMBER,
	TH_DOC_MASS,
	TH_DOC_MONEY,
	TH_DOC_PERCENT,
	TH_DOC_FIGURE, /* numbers of several kinds, or with their units: not to be compared digit by digit */
	TH_DOC_KINDS
} th_doc_kind;

typedef enum th_doc_part {
	TH_DOC_SECTION, /* a title and what stands under it */
	TH_DOC_PLAIN,   /* the same, on the level of what is around it; without a title it is only set off */
	TH_DOC_ITEM     /* one of several things that are told one after the other */
} th_doc_part;

typedef enum th_doc_block_kind {
	TH_DOC_TITLE,     /* of the document: one cell */
	TH_DOC_OPEN,      /* a part begins: one cell, its title */
	TH_DOC_CLOSE,
	TH_DOC_PARAGRAPH, /* one cell */
	TH_DOC_MARK,      /* a paragraph that must not be missed: one cell */
	TH_DOC_LIST,      /* a cell for each item */
	TH_DOC_FIELDS,    /* label, value, label, value */
	TH_DOC_TABLE,     /* row by row, notes between the rows */
	TH_DOC_CAPTION,   /* of the table behind it: one cell */
	TH_DOC_PICTURE    /* no cell; the table behind it has the same numbers */
} th_doc_block_kind;

enum { TH_DOC_COLUMNS = 16, TH_DOC_DEPTH = 8 };

typedef struct th_doc_block {
	th_doc_block_kind kind;
	th_doc_part part;           /* of OPEN */
	size_t first, cells;        /* in doc->cell */
	size_t columns;             /* of a table: its heads are the first cells */
	th_doc_kind column[TH_DOC_COLUMNS];
	bool headed, bulleted;      /* a table's heads are to be shown; its rows are the items of a list */
	bool quiet;                 /* its heads only say what a terminal's reader sees: they are for pages and readers of columns */
	const struct th_picture *picture;
} th_doc_block;

typedef enum th_doc_value {
	TH_DOC_TEXT,
	TH_DOC_NOTE,       /* text about the row above, across all columns */
	TH_DOC_SHORT_NOTE, /* the same, of which the beginning is enough */
	TH_DOC_NONE,       /* there is no value */
	TH_DOC_INTEGER,
	TH_DOC_REAL,       /* an estimate */
	TH_DOC_AMOUNT,     /* mass x 10^-shift, exact */
	TH_DOC_SHARE,      /* mass / whole */
	TH_DOC_QUOTIENT    /* mass x 10^-shift / divisor */
} th_doc_value;

typedef struct th_doc_cell {
	unsigned char value;       /* th_doc_value */
	signed char shift, digits; /* digits: decimals to show, of a quotient significant digits */
	bool plus;                 /* a positive number shows its sign */
	union {
		const th_mass *whole;
		const th_ratio *divisor;
	} by;
	union {
		struct {
			size_t from, len; /* in doc->text */
		} text;
		long long integer;
		double real;
		th_mass mass;
	} is;
} th_doc_cell;

/* Zero is an empty document. th_doc_free gives everything back. */
typedef struct th_doc {
	th_buf text;
	size_t open;            /* where the open text begins */
	th_doc_block *block;
	size_t blocks;
	th_doc_cell *cell;
	size_t cells;
	th_arena arena;         /* wholes, divisors, pictures */
	const th_mass *whole;   /* of the last share */
	size_t depth;
	const char *lang;       /* of the words, as HTML names it (`zh-CN`); NULL: not known */
	th_slice mark;          /* above each table from now on; empty: none. Lent until the next table */
	bool failed;
} th_doc;

void th_doc_title(th_doc *doc, th_slice text);
void th_doc_open(th_doc *doc, th_doc_part part, th_slice title); /* at most TH_DOC_DEPTH deep */
void th_doc_close(th_doc *doc);
void th_doc_close_if_any(th_doc *doc); /* a part in which nothing stands is taken back */
void th_doc_paragraph(th_doc *doc, th_slice text);
void th_doc_mark(th_doc *doc, th_slice text);
void th_doc_item(th_doc *doc, th_slice text); /* of a list: items that follow each other are one list */
/* A label and its value, which is the open text and `text`; nothing when the value is empty. Fields that follow each other are one
 * block. */
void th_doc_field(th_doc *doc, th_slice label, th_slice text);

/* A table: its columns (at most TH_DOC_COLUMNS), each with a head or none of them, then its cells row by row. A table without heads and
 * without rows is nothing. */
void th_doc_table(th_doc *doc);
void th_doc_quiet_table(th_doc *doc); /* one whose heads text does not show */
void th_doc_bullets(th_doc *doc); /* a table whose rows are the items of a list */
void th_doc_column(th_doc *doc, th_doc_kind kind, th_slice head);
void th_doc_cell_text(th_doc *doc, th_slice text);
void th_doc_end(th_doc *doc);        /* the open text, which may be empty, is a cell */
void th_doc_none(th_doc *doc);       /* no value: shown as a dash */
void th_doc_text_or_none(th_doc *doc, th_slice text); /* an empty text is no value */
void th_doc_year(th_doc *doc, int year); /* 0: empty */
void th_doc_count(th_doc *doc, size_t count);
void th_doc_real(th_doc *doc, double value, int digits);
void th_doc_mass(th_doc *doc, th_mass mass, int shift, int digits, bool plus);
void th_doc_share(th_doc *doc, th_mass part, th_mass whole, bool plus); /* in percent; no value when whole is not positive */
void th_doc_quotient(th_doc *doc, th_mass mass, int shift, const th_ratio *divisor, int digits); /* divisor > 0 */
void th_doc_note(th_doc *doc, th_slice text);
void th_doc_short_note(th_doc *doc, th_slice text);

void th_doc_caption(th_doc *doc, th_slice text); /* what the table that follows is called */

/* A picture (doc/picture.h) whose arena lives as long as the document's, which is such an arena itself. */
void th_doc_picture(th_doc *doc, const struct th_picture *picture);

/* The open text, which is taken away: for a label. It lives as long as the document. */
th_slice th_doc_take(th_doc *doc);

bool th_doc_failed(const th_doc *doc);
void th_doc_free(th_doc *doc);

static inline th_slice th_doc_text_of(const th_doc *doc, const th_doc_cell *cell)
{
	return (th_slice){doc->text.ptr ? doc->text.ptr + cell->is.text.from : "", cell->is.text.len};
}

/* --- cell.c: what every renderer shows of a cell --- */

/* Is it text that a renderer escapes? Else digits and a dash, which need none. */
bool th_doc_is_text(const th_doc_cell *cell);
bool th_doc_is_note(const th_doc_cell *cell); /* across all columns */
bool th_doc_is_number(th_doc_kind kind);      /* of a column: set to the right */
bool th_doc_has_heads(const th_doc *doc, const th_doc_block *table);
bool th_doc_is_nothing(const th_doc *doc, const th_doc_block *table); /* neither heads nor rows */
void th_put_doc_number(const th_doc_cell *cell, th_buf *out); /* of a cell that is no text: rounded, thousands apart */
void th_put_doc_digits(const th_doc_cell *cell, th_buf *out); /* the same for programs: all digits that are sure, shares in percent; nothing for none */

/* --- outline.c: titles on their levels, numbered --- */

/* Where a renderer is that walks the blocks one by one; zero before the first. Parts with a title are numbered but for items: 一、 and （一） in
 * Chinese, 1 and 1.1 else, and not further down. */
typedef struct th_doc_outline {
	size_t depth;
	bool titled[TH_DOC_DEPTH + 1];
	size_t number[TH_DOC_DEPTH + 2]; /* by level */
	size_t level;                    /* of the part that was opened last; 1: under no titled part */
	size_t tables;
} th_doc_outline;

bool th_doc_is_chinese(const th_doc *doc);
/* Of each OPEN; true when it has a title, whose number is added to `number`. */
bool th_doc_outline_open(th_doc_outline *outline, const th_doc *doc, const th_doc_block *block, th_buf *number);
void th_doc_outline_close(th_doc_outline *outline); /* of each CLOSE */
/* Of each CAPTION: `表1　` */
void th_doc_outline_caption(th_doc_outline *outline, const th_doc *doc, th_buf *number);

/* --- markdown.c: as CommonMark with tables (GitHub Flavored Markdown) --- */

void th_put_doc_markdown(th_buf *out, const th_doc *doc);

/* --- html.c: as one page that fetches and runs nothing, for a screen, light or dark, and for paper --- */

void th_put_doc_html(th_buf *out, const th_doc *doc);

/* --- text.c: for a terminal, in columns of one width; pictures are left out, since their numbers stand in tables --- */

enum { TH_TEXT_PAGE = 100 };

/* Failures, of the document too, end in out->failed. */
void th_put_doc_text(th_buf *out, const th_doc *doc);

/* --- width.c: columns of a terminal --- */

/* Wide and full-width characters take two columns, combining marks none (Unicode 14, UAX #11; ambiguous ones take one). */
size_t th_width(th_slice text);
/* How many bytes of `text` go on a line of `columns`: all of them, or up to a good place to break (behind a blank; beside a wide
 * character, but not before closing punctuation or behind an opening one); at least one character. */
size_t th_width_break(th_slice text, size_t columns);
/* `text` in at most `columns`, with `…` at the end where it was cut. */
void th_width_cut(th_slice text, size_t columns, th_buf *out);

#endif
