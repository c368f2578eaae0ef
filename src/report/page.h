/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_PAGE_H
#define TH_REPORT_PAGE_H

/* A document in the words of one language: what every text report is built with. Every function below adds to the document; what takes a
 * label takes its word. */

#include "base/diag.h"
#include "doc/doc.h"
#include "report/words.h"

typedef struct th_page {
	th_doc doc;
	th_lang lang;
	/* How th_page_mass shows masses: x 10^-shift, with `digits` decimals, or all there are (EXACT). */
	int shift, digits;
	bool brief;   /* one page: what is behind the numbers is left out */
	bool titled;  /* what has a title is called by it, not by the id that files have: a document to hand in */
	bool covered; /* which domains there are has been told */
	bool rounded; /* th_page_mass has left decimals out */
} th_page;

enum { TH_PAGE_EXACT = -1 };

th_slice th_page_word(const th_page *page, th_label label);

/* --- blocks --- */

void th_page_banner(th_page *page, th_label title); /* the program, its version, what this is */
void th_page_section(th_page *page, th_label title);
void th_page_paragraph(th_page *page, th_label text);
/* A label and what stands in the open text, with `text` behind it; nothing when that is empty. */
void th_page_field(th_page *page, th_label label, th_slice text);

/* --- tables --- */

typedef struct th_page_column {
	th_label head;
	th_doc_kind kind;
} th_page_column;

void th_page_table(th_page *page, const th_page_column *column, size_t count);
void th_page_quiet_table(th_page *page, const th_page_column *column, size_t count); /* heads that text does not show */
void th_page_plain_table(th_page *page, const char *kinds); /* without heads; w word, n number, m mass, % percent, f figure */
void th_page_column_of(th_page *page, th_doc_kind kind, th_label head);
void th_page_cell(th_page *page, th_label word);
void th_page_mass(th_page *page, th_mass mass);
void th_page_change(th_page *page, th_mass mass); /* with its sign */
void th_page_money(th_page *page, th_mass money); /* 10^4 CNY, two decimals */

int th_mass_decimals(th_mass mass, int shift); /* the fewest that show mass x 10^-shift exactly */

/* --- text in pieces --- */

void th_page_text(th_page *page, th_slice text);
void th_page_say(th_page *page, th_label word);
void th_page_rows(th_page *page, size_t rows); /* how many rows a table has, with the word */
void th_page_short_sha(th_page *page, const char *sha256);

/* What is filled in for {1} {2} ... of a label. */
typedef struct th_page_fill {
	enum { TH_FILL_TEXT, TH_FILL_INTEGER, TH_FILL_MASS, TH_FILL_MONEY, TH_FILL_REAL } kind;
	th_slice text;
	long long integer;
	th_mass mass;
	double real;
	int digits;
	bool plus;
} th_page_fill;

static inline th_page_fill th_fill_text(th_slice text)
{
	return (th_page_fill){.kind = TH_FILL_TEXT, .text = text};
}
static inline th_page_fill th_fill_integer(long long integer)
{
	return (th_page_fill){.kind = TH_FILL_INTEGER, .integer = integer};
}
static inline th_page_fill th_fill_mass(th_mass mass) /* tonnes, with the page's decimals */
{
	return (th_page_fill){.kind = TH_FILL_MASS, .mass = mass};
}
static inline th_page_fill th_fill_money(th_mass money) /* 10^4 CNY */
{
	return (th_page_fill){.kind = TH_FILL_MONEY, .mass = money};
}
static inline th_page_fill th_fill_real(double real, int digits, bool plus)
{
	return (th_page_fill){.kind = TH_FILL_REAL, .real = real, .digits = digits, .plus = plus};
}
void th_page_fill_in(th_page *page, th_label label, const th_page_fill *fill, size_t count);
#define TH_SAY(page, label, ...) \
	th_page_fill_in((page), (label), (const th_page_fill[]){__VA_ARGS__}, \
	                sizeof((const th_page_fill[]){__VA_ARGS__}) / sizeof(th_page_fill))

/* --- the end --- */

/* The document as text; it is freed. Failures end in out->failed, or TH_SYSTEM. */
void th_page_put(th_page *page, th_buf *out);
TH_MUST_USE th_status th_page_give(th_mark mark, th_page *page, char **text, size_t *len);

#endif
