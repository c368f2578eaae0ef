/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_DOC_DOCX_H
#define TH_DOC_DOCX_H

/* A document as a text of a word processor (ISO/IEC 29500, WordprocessingML), looking as public documents do (GB/T 9704-2012): margins, 方正小标宋 for the
 * title, 仿宋 for the text, 黑体 and 楷体 for headings, tables of three lines. The parts of the package; to put them into one is for who has a
 * writer of packages (io/package.h). The same document gives the same bytes. */

#include "doc/doc.h"

typedef struct th_docx_part {
	char name[40];
	th_buf bytes;
} th_docx_part;

typedef struct th_docx {
	th_docx_part *part;
	size_t parts;
	bool failed; /* without memory, of the document too */
} th_docx;

/* `program` is named as the one that wrote it. To be given back by th_docx_free, failed or not. */
th_docx th_docx_of(const th_doc *doc, th_slice program);
void th_docx_free(th_docx *docx);

/* --- what its own files share --- */

/* Twentieths of a point. */
enum { TH_DOCX_ACROSS = 11906 - 1587 - 1474, TH_DOCX_DOWN = 16838 - 2098 - 1984 };

/* docx_table.c: a table, or what is set like one. */
void th_docx_table(th_buf *out, const th_doc *doc, const th_doc_block *block);
void th_docx_fields(th_buf *out, const th_doc *doc, const th_doc_block *block);

/* docx_styles.c: the parts that say how it looks. */
void th_docx_styles(th_buf *out, bool chinese);
void th_docx_settings(th_buf *out);
void th_docx_footer(th_buf *out);

#define TH_DOCX_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define TH_DOCX_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

#endif
