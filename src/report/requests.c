/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who must supply what: a list and a letter for each. */
#include "report/requests.h"

#include "base/list.h"
#include "base/utf8.h"
#include "report/page.h"

enum { LETTER_ROWS = 15, NAME_LETTERS = 24 }; /* a page; a sheet's name has 31 letters */

/* --- who --- */

static th_slice owner_of_measure(const th_assessment *a, th_slice id)
{
	th_slice owner = {"", 0};
	for (size_t i = 0; i < a->measures.count && !owner.len; i++)
		if (th_slice_eq(a->measures.measure[i].id, id))
			owner = th_slice_trim(a->measures.measure[i].owner);
	return owner;
}

/* Of the row of a fact, whether it waits for its value or for its evidence. */
static th_slice owner_of_fact(const th_assessment *a, th_slice id)
{
	uint32_t decl = th_pack_fact(a->pack, id);
	th_slice owner = {"", 0};
	for (size_t i = 0; decl != TH_NONE && i < a->facts.count && !owner.len; i++)
		if (a->fact_decl[i] == decl)
			owner = th_slice_trim(a->facts.fact[i].owner);
	return owner;
}

static th_label kind_of(const th_wanted *w)
{
	return w->sort == TH_WANTED_PAPER    ? W_Q_PAPER
	       : w->sort == TH_WANTED_NUMBER ? W_Q_NUMBER
	       : w->part == TH_CASE_FACTS    ? W_Q_FACT
	       : w->part == TH_CASE_INVENTORY ? W_Q_BILL
	                                     : W_Q_TABLE;
}

static size_t supplier_of(th_requests *r, th_slice name)
{
	size_t i = 0;
	while (i < r->suppliers && !th_slice_eq(r->supplier[i], name))
		i++;
	if (i < r->suppliers)
		return i;
	th_slice *grown = th_grown_in(&r->arena, r->supplier, r->suppliers, sizeof *grown);
	if (!grown)
		return TH_REQUESTS_ALL;
	r->supplier = grown;
	grown[r->suppliers] = name;
	return r->suppliers++;
}

static bool is_asked(const th_requests *r, th_slice id)
{
	bool asked = false;
	for (size_t i = 0; i < r->requests && !asked; i++)
		asked = th_slice_eq(r->request[i].wanted.id, id);
	return asked;
}

static bool add(th_requests *r, th_slice id)
{
	th_request request = {.wanted = th_wanted_of(r->a, id)};
	const th_wanted *w = &request.wanted;
	if (is_asked(r, id))
		return true;
	request.kind = kind_of(w);
	th_slice owner = w->part == TH_CASE_FACTS || w->sort == TH_WANTED_PAPER ? owner_of_fact(r->a, w->whose)
	                 : w->part == TH_CASE_MEASURES                          ? owner_of_measure(r->a, w->rest)
	                                                                        : (th_slice){"", 0};
	request.supplier = supplier_of(r, owner.len ? owner : th_slice_of(th_word_text(request.kind, r->lang)));
	th_request *grown = request.supplier == TH_REQUESTS_ALL ? NULL : th_grown_in(&r->arena, r->request, r->requests, sizeof *grown);
	if (!grown)
		return false;
	r->request = grown;
	grown[r->requests++] = request;
	return true;
}

th_status th_requests_open(th_requests *out, const th_assessment *a, th_lang lang, th_diags *diags)
{
	bool kept = true;
	*out = (th_requests){.a = a, .lang = lang};
	for (size_t i = 0; i < a->results.results; i++)
		for (size_t k = 0; k < a->results.result[i].missings && kept; k++)
			kept = add(out, a->results.result[i].missing[k]);
	return kept ? TH_OK : th_no_memory(diags);
}

void th_requests_close(th_requests *r)
{
	th_arena_free(&r->arena);
}

/* --- the list --- */

static void put_title(const th_requests *r, const th_request *q, th_buf *out)
{
	th_put_rule_lack(&r->a->inputs, q->wanted.id, r->lang, out);
}

/* What may be filled in; of what belongs into another table, the line to add there. */
static void put_allowed(const th_requests *r, const th_request *q, th_buf *out)
{
	const th_wanted *w = &q->wanted;
	size_t from = out->len;
	th_put_wanted_allowed(w, r->lang, out);
	bool own = w->sort == TH_WANTED_PAPER || w->sort == TH_WANTED_NUMBER || w->part == TH_CASE_FACTS;
	if (own || w->part == TH_CASE_PARTS)
		return;
	th_buf_str(out, out->len > from ? th_word_text(W_SEMICOLON, r->lang) : "");
	th_buf_str(out, th_word_text(W_Q_INTO, r->lang));
	th_buf_str(out, th_case_files[w->part].name);
	if (w->pastes) {
		th_buf_str(out, th_word_text(W_COLON, r->lang));
		th_put_wanted_line(w, r->lang, out);
	}
}

void th_put_book_cell(th_book *book, th_buf *text)
{
	book->failed |= text->failed;
	th_book_put(book, th_buf_view(text));
	th_buf_clear(text);
}

static void put_row(const th_requests *r, const th_request *q, bool together, th_book *book)
{
	const th_rule_decl *decl = q->wanted.decl;
	th_buf text = {0};
	th_book_put(book, th_slice_of(th_word_text(q->kind, r->lang)));
	if (together)
		th_book_put(book, r->supplier[q->supplier]);
	th_book_put(book, q->wanted.id);
	put_title(r, q, &text);
	th_put_book_cell(book, &text);
	th_book_put(book, TH_S(""));
	if (decl && q->wanted.sort != TH_WANTED_PAPER)
		th_buf_slice(&text, r->lang == TH_LANG_ZH ? decl->unit_name.zh : decl->unit_text);
	th_put_book_cell(book, &text);
	for (int i = 0; i < 3; i++) /* year, source, evidence */
		th_book_put(book, TH_S(""));
	put_allowed(r, q, &text);
	th_put_book_cell(book, &text);
	th_put_wanted_clauses(&q->wanted, r->lang, &text);
	th_put_book_cell(book, &text);
	th_book_end(book, false);
	th_buf_free(&text);
}

void th_requests_put_sheet(const th_requests *r, size_t supplier, th_book *book)
{
	static const struct { th_label head; th_book_column column; } all[] = {
		{W_Q_H_KIND, {12, TH_BOOK_HINT, true}}, {W_Q_H_OWNER, {14, TH_BOOK_HINT, true}}, {W_Q_H_ITEM, {22, TH_BOOK_HINT, true}}, {W_Q_H_TITLE, {34, TH_BOOK_PLAIN, true}},
		{W_Q_H_VALUE, {24, TH_BOOK_ENTRY, true}}, {W_Q_H_UNIT, {10, TH_BOOK_ENTRY, true}}, {W_Q_H_YEAR, {8, TH_BOOK_ENTRY, true}}, {W_Q_H_SOURCE, {20, TH_BOOK_ENTRY, true}},
		{W_Q_H_EVIDENCE, {22, TH_BOOK_ENTRY, true}}, {W_Q_H_ALLOWED, {40, TH_BOOK_HINT, true}}, {W_Q_H_CLAUSE, {26, TH_BOOK_HINT, true}},
	};
	enum { OWNER = 1, COLUMNS = sizeof all / sizeof *all };
	const bool together = supplier == TH_REQUESTS_ALL;
	th_book_column column[COLUMNS];
	th_buf name = {0};
	size_t columns = 0;
	for (size_t i = 0; i < COLUMNS; i++)
		if (together || i != OWNER)
			column[columns++] = all[i].column;
	if (together)
		th_buf_str(&name, th_word_text(W_Q_LIST, r->lang));
	else
		th_requests_put_name(r, supplier, &name);
	book->failed |= name.failed;
	th_book_open(book, th_buf_view(&name), column, columns);
	for (size_t i = 0; i < COLUMNS; i++)
		if (together || i != OWNER)
			th_book_put(book, th_slice_of(th_word_text(all[i].head, r->lang)));
	th_book_end(book, true);
	for (size_t s = 0; s < r->suppliers; s++)
		for (size_t i = 0; i < r->requests && (together || s == supplier); i++)
			if (r->request[i].supplier == s)
				put_row(r, &r->request[i], together, book);
	th_buf_free(&name);
}

/* --- names of files and sheets --- */

static bool is_plain(uint32_t c)
{
	return (c >= 0x4E00 && c <= 0x9FFF) || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

/* What no system takes in a name becomes _; a long name is cut between letters. */
void th_requests_put_name(const th_requests *r, size_t supplier, th_buf *out)
{
	th_slice name = r->supplier[supplier];
	th_buf_printf(out, "%zu-", supplier + 1);
	for (size_t letters = 0, size; name.len && letters < NAME_LETTERS; letters++) {
		uint32_t c = th_utf8_next(name, &size);
		th_buf_slice(out, is_plain(c) ? (th_slice){name.ptr, size} : TH_S("_"));
		name = th_slice_from(name, size);
	}
}

/* --- the letter --- */

static void put_asked(th_page *p, const th_requests *r, size_t supplier)
{
	static const th_page_column columns[] = {{W_Q_H_NUMBER, TH_DOC_COUNT}, {W_Q_H_TITLE, TH_DOC_WORD}, {W_Q_H_KIND, TH_DOC_WORD}, {W_Q_H_CLAUSE, TH_DOC_WORD}};
	size_t count = 0, more = 0;
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < r->requests; i++) {
		const th_request *q = &r->request[i];
		if (q->supplier != supplier)
			continue;
		if (count == LETTER_ROWS) {
			more++;
			continue;
		}
		th_doc_count(&p->doc, ++count);
		put_title(r, q, &p->doc.text);
		th_doc_end(&p->doc);
		th_page_cell(p, q->kind);
		th_put_wanted_clauses(&q->wanted, r->lang, &p->doc.text);
		th_doc_end(&p->doc);
	}
	if (more) {
		TH_SAY(p, W_Q_MORE, th_fill_integer((long long)more));
		th_doc_paragraph(&p->doc, TH_S(""));
	}
}

/* Is it somebody, and not the kind of what is asked? */
static bool is_named(const th_requests *r, size_t supplier)
{
	bool kind = false;
	for (size_t i = 0; i < r->requests; i++)
		kind |= r->request[i].supplier == supplier && th_slice_eq(r->supplier[supplier], th_slice_of(th_word_text(r->request[i].kind, r->lang)));
	return !kind;
}

void th_requests_put_letter(const th_requests *r, size_t supplier, const char *list, th_buf *out)
{
	th_page p = {.lang = r->lang, .titled = true};
	th_slice applicant = th_applicant(r->a);
	th_doc_title(&p.doc, th_page_word(&p, W_Q_LETTER));
	th_doc_open(&p.doc, TH_DOC_PLAIN, TH_S(""));
	TH_SAY(&p, is_named(r, supplier) ? W_Q_TO : W_Q_TO_WHOM, th_fill_text(r->supplier[supplier]));
	th_doc_paragraph(&p.doc, TH_S(""));
	TH_SAY(&p, W_Q_PLEASE, th_fill_text(applicant.len ? applicant : r->a->name), th_fill_text(th_word(r->a->pack->name, r->lang)), th_fill_text(th_slice_of(list)));
	th_doc_paragraph(&p.doc, TH_S(""));
	put_asked(&p, r, supplier);
	th_page_paragraph(&p, W_Q_HOW);
	th_page_paragraph(&p, W_Q_UNTIL);
	th_doc_close(&p.doc);
	out->failed |= th_doc_failed(&p.doc);
	if (!out->failed)
		th_put_docx_file(out, &p.doc);
	th_doc_free(&p.doc);
}
