/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outline of a document, for the renderers that number titles and tables. */
#include "doc/doc.h"

enum { NUMBERED = 2 }; /* levels */

bool th_doc_is_chinese(const th_doc *doc)
{
	return doc->lang && strncmp(doc->lang, "zh", 2) == 0;
}

/* 一, 十, 十二, 二十, 二十三; from 100 on as digits. */
static void put_chinese(size_t number, th_buf *out)
{
	static const char *const digit[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	if (number > 99) {
		th_buf_count(out, number);
		return;
	}
	if (number >= 20)
		th_buf_str(out, digit[number / 10]);
	if (number >= 10)
		th_buf_str(out, "十");
	th_buf_str(out, digit[number % 10]);
}

static void put_number(const th_doc_outline *o, const th_doc *doc, th_buf *out)
{
	size_t last = o->number[o->level];
	if (th_doc_is_chinese(doc)) {
		th_buf_str(out, o->level > 1 ? "（" : "");
		put_chinese(last, out);
		th_buf_str(out, o->level > 1 ? "）" : "、");
		return;
	}
	for (size_t level = 1; level < o->level; level++) {
		th_buf_count(out, o->number[level]);
		th_buf_char(out, '.');
	}
	th_buf_count(out, last);
	th_buf_char(out, ' ');
}

bool th_doc_outline_open(th_doc_outline *o, const th_doc *doc, const th_doc_block *block, th_buf *number)
{
	bool titled = doc->cell[block->first].is.text.len > 0;
	o->level = 1;
	for (size_t i = 1; i <= o->depth; i++)
		o->level += o->titled[i];
	o->titled[++o->depth] = titled;
	if (!titled || block->part == TH_DOC_ITEM || o->level > NUMBERED)
		return titled;
	o->number[o->level]++;
	o->number[o->level + 1] = 0;
	put_number(o, doc, number);
	return true;
}

void th_doc_outline_close(th_doc_outline *o)
{
	o->depth--;
}

void th_doc_outline_caption(th_doc_outline *o, const th_doc *doc, th_buf *number)
{
	bool zh = th_doc_is_chinese(doc);
	th_buf_str(number, zh ? "表" : "Table ");
	th_buf_count(number, ++o->tables);
	th_buf_str(number, zh ? "　" : "  ");
}
