/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Building a document. Everything lies in three growing arrays: text, cells, blocks; parts are brackets among the blocks, so that a
 * renderer is one loop. */
#include "doc/doc.h"

#include <stdlib.h>

#include "base/list.h"
#include "doc/picture.h"

static void add_cell(th_doc *doc, th_doc_cell cell)
{
	th_doc_cell *to = th_grown(doc->cell, doc->cells, sizeof *to);
	if (!to) {
		doc->failed = true;
		return;
	}
	doc->cell = to;
	doc->cell[doc->cells++] = cell;
	if (doc->blocks)
		doc->block[doc->blocks - 1].cells++;
	doc->open = doc->text.len;
}

/* `text` without the open text, which stays open only for a field's value. */
static th_doc_cell text_from(th_doc *doc, size_t from, th_slice text, th_doc_value value)
{
	th_buf_slice(&doc->text, text);
	return (th_doc_cell){.value = (unsigned char)value, .is.text = {from, doc->text.len - from}};
}

static void add_text(th_doc *doc, th_slice text, th_doc_value value)
{
	add_cell(doc, text_from(doc, doc->open, text, value));
}

static void add_block(th_doc *doc, th_doc_block block)
{
	th_doc_block *to = th_grown(doc->block, doc->blocks, sizeof *to);
	if (!to) {
		doc->failed = true;
		return;
	}
	doc->block = to;
	block.first = doc->cells;
	doc->block[doc->blocks++] = block;
}

/* Go on with the block that is there if it is of this kind. */
static void join_block(th_doc *doc, th_doc_block_kind kind)
{
	if (doc->blocks == 0 || doc->block[doc->blocks - 1].kind != kind)
		add_block(doc, (th_doc_block){.kind = kind});
}

void th_doc_title(th_doc *doc, th_slice text)
{
	add_block(doc, (th_doc_block){.kind = TH_DOC_TITLE});
	add_text(doc, text, TH_DOC_TEXT);
}

void th_doc_open(th_doc *doc, th_doc_part part, th_slice title)
{
	add_block(doc, (th_doc_block){.kind = TH_DOC_OPEN, .part = part});
	add_text(doc, title, TH_DOC_TEXT);
	doc->failed |= ++doc->depth > TH_DOC_DEPTH;
}

void th_doc_close(th_doc *doc)
{
	add_block(doc, (th_doc_block){.kind = TH_DOC_CLOSE});
	doc->depth--;
}

static void drop_block(th_doc *doc)
{
	doc->cells = doc->block[--doc->blocks].first;
}

/* A table of nothing, and the mark that stood above one. */
static bool ends_in_nothing(const th_doc *doc)
{
	const th_doc_block *last = doc->blocks ? &doc->block[doc->blocks - 1] : NULL;
	return last && (last->kind == TH_DOC_MARK || (last->kind == TH_DOC_TABLE && !last->headed && last->cells == last->columns));
}

void th_doc_close_if_any(th_doc *doc)
{
	while (ends_in_nothing(doc))
		drop_block(doc);
	if (doc->blocks == 0 || doc->block[doc->blocks - 1].kind != TH_DOC_OPEN) {
		th_doc_close(doc);
		return;
	}
	drop_block(doc);
	doc->depth--;
}

void th_doc_paragraph(th_doc *doc, th_slice text)
{
	add_block(doc, (th_doc_block){.kind = TH_DOC_PARAGRAPH});
	add_text(doc, text, TH_DOC_TEXT);
}

void th_doc_mark(th_doc *doc, th_slice text)
{
	add_block(doc, (th_doc_block){.kind = TH_DOC_MARK});
	add_text(doc, text, TH_DOC_TEXT);
}

void th_doc_item(th_doc *doc, th_slice text)
{
	join_block(doc, TH_DOC_LIST);
	add_text(doc, text, TH_DOC_TEXT);
}

void th_doc_field(th_doc *doc, th_slice label, th_slice text)
{
	th_doc_cell value = text_from(doc, doc->open, text, TH_DOC_TEXT);
	if (value.is.text.len == 0)
		return;
	join_block(doc, TH_DOC_FIELDS);
	add_cell(doc, text_from(doc, doc->text.len, label, TH_DOC_TEXT));
	add_cell(doc, value);
}

/* A caption and its table are not parted: the mark goes before both. */
static void put_mark(th_doc *doc)
{
	if (doc->mark.len == 0 || th_doc_failed(doc))
		return;
	th_doc_block *last = doc->blocks ? &doc->block[doc->blocks - 1] : NULL;
	if (!last || last->kind != TH_DOC_CAPTION) {
		th_doc_mark(doc, doc->mark);
		return;
	}
	th_doc_cell caption = doc->cell[last->first];
	*last = (th_doc_block){.kind = TH_DOC_MARK, .first = last->first};
	doc->cells--;
	doc->open = doc->text.len;
	add_text(doc, doc->mark, TH_DOC_TEXT);
	add_block(doc, (th_doc_block){.kind = TH_DOC_CAPTION});
	add_cell(doc, caption);
}

void th_doc_picture(th_doc *doc, const th_picture *picture)
{
	th_picture *kept = th_arena_alloc(&doc->arena, 1, sizeof *kept);
	doc->failed |= !kept || picture->failed;
	if (!kept)
		return;
	*kept = *picture;
	add_block(doc, (th_doc_block){.kind = TH_DOC_PICTURE, .picture = kept});
}

/* --- tables --- */

void th_doc_caption(th_doc *doc, th_slice text)
{
	add_block(doc, (th_doc_block){.kind = TH_DOC_CAPTION});
	add_text(doc, text, TH_DOC_TEXT);
}

void th_doc_table(th_doc *doc)
{
	put_mark(doc);
	add_block(doc, (th_doc_block){.kind = TH_DOC_TABLE});
}

void th_doc_quiet_table(th_doc *doc)
{
	put_mark(doc);
	add_block(doc, (th_doc_block){.kind = TH_DOC_TABLE, .quiet = true});
}

void th_doc_bullets(th_doc *doc)
{
	put_mark(doc);
	add_block(doc, (th_doc_block){.kind = TH_DOC_TABLE, .bulleted = true});
}

void th_doc_column(th_doc *doc, th_doc_kind kind, th_slice head)
{
	th_doc_block *table = doc->blocks ? &doc->block[doc->blocks - 1] : NULL;
	if (!table || table->columns == TH_DOC_COLUMNS) {
		doc->failed = true;
		return;
	}
	table->column[table->columns++] = kind;
	add_text(doc, head, TH_DOC_TEXT);
	table->headed |= !table->quiet && doc->cells && doc->cell[doc->cells - 1].is.text.len > 0;
}

void th_doc_cell_text(th_doc *doc, th_slice text)
{
	add_text(doc, text, TH_DOC_TEXT);
}

void th_doc_end(th_doc *doc)
{
	add_text(doc, (th_slice){"", 0}, TH_DOC_TEXT);
}

void th_doc_none(th_doc *doc)
{
	add_cell(doc, (th_doc_cell){.value = TH_DOC_NONE});
}

void th_doc_text_or_none(th_doc *doc, th_slice text)
{
	if (text.len)
		th_doc_cell_text(doc, text);
	else
		th_doc_none(doc);
}

static void add_integer(th_doc *doc, long long integer)
{
	add_cell(doc, (th_doc_cell){.value = TH_DOC_INTEGER, .is.integer = integer});
}

void th_doc_year(th_doc *doc, int year)
{
	if (year)
		add_integer(doc, year);
	else
		th_doc_end(doc);
}

void th_doc_count(th_doc *doc, size_t count)
{
	add_integer(doc, (long long)count);
}

void th_doc_real(th_doc *doc, double value, int digits)
{
	add_cell(doc, (th_doc_cell){.value = TH_DOC_REAL, .digits = (signed char)digits, .is.real = value});
}

void th_doc_mass(th_doc *doc, th_mass mass, int shift, int digits, bool plus)
{
	add_cell(doc, (th_doc_cell){.value = TH_DOC_AMOUNT, .shift = (signed char)shift, .digits = (signed char)digits, .plus = plus,
	                            .is.mass = mass});
}

/* Shares stand in columns, most of them of the same whole. */
static const th_mass *keep_whole(th_doc *doc, th_mass whole)
{
	if (doc->whole && *doc->whole == whole)
		return doc->whole;
	th_mass *kept = th_arena_alloc(&doc->arena, 1, sizeof *kept);
	doc->failed |= !kept;
	if (kept)
		*kept = whole;
	return doc->whole = kept;
}

void th_doc_share(th_doc *doc, th_mass part, th_mass whole, bool plus)
{
	if (whole > 0)
		add_cell(doc, (th_doc_cell){.value = TH_DOC_SHARE, .plus = plus, .by.whole = keep_whole(doc, whole), .is.mass = part});
	else
		th_doc_none(doc);
}

void th_doc_quotient(th_doc *doc, th_mass mass, int shift, const th_ratio *divisor, int digits)
{
	th_ratio *kept = th_arena_alloc(&doc->arena, 1, sizeof *kept);
	doc->failed |= !kept;
	if (kept)
		*kept = *divisor;
	add_cell(doc, (th_doc_cell){.value = TH_DOC_QUOTIENT, .shift = (signed char)shift, .digits = (signed char)digits, .by.divisor = kept,
	                            .is.mass = mass});
}

void th_doc_note(th_doc *doc, th_slice text)
{
	add_text(doc, text, TH_DOC_NOTE);
}

void th_doc_short_note(th_doc *doc, th_slice text)
{
	add_text(doc, text, TH_DOC_SHORT_NOTE);
}

th_slice th_doc_take(th_doc *doc)
{
	const char *text = doc->text.ptr ? doc->text.ptr : "";
	th_slice taken = th_arena_copy(&doc->arena, (th_slice){text + doc->open, doc->text.len - doc->open});
	doc->failed |= !taken.ptr;
	doc->text.len = doc->open;
	return taken.ptr ? taken : TH_S("");
}

bool th_doc_failed(const th_doc *doc)
{
	return doc->failed || doc->text.failed;
}

void th_doc_free(th_doc *doc)
{
	th_buf_free(&doc->text);
	free(doc->block);
	free(doc->cell);
	th_arena_free(&doc->arena);
	*doc = (th_doc){0};
}
