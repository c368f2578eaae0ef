/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheet of the path: year by year what is planned and what the targets ask, with a chart of it, and below what the document says. */
#include "base/filename.h"
#include "report/dossier.h"

enum { WIDTH = 18, HIGH = 18, LADDERS = 4, BEFORE_LADDERS = 5 };
enum { YEAR, BAU, GROSS, SAVED, NET };

struct way {
	th_book *book;
	const th_page *words;
	const th_dossier *d;
	size_t head;                 /* row of the heads */
	size_t ladder[LADDERS];      /* those of masses */
	size_t ladders;
	th_buf text;
};

static void put_number(struct way *w, size_t row, size_t column, th_mass mass)
{
	th_book_set(w->book, row, column, &(th_book_value){.kind = TH_BOOK_NUMBER, .number = th_mass_double(mass) / 1000});
}

/* One cell of a row less another. */
static void put_less(struct way *w, size_t row, size_t column, size_t from, size_t less, th_mass mass)
{
	th_buf_clear(&w->text);
	th_buf_char(&w->text, '=');
	th_put_cell(&w->text, from, row, false);
	th_buf_char(&w->text, '-');
	th_put_cell(&w->text, less, row, false);
	w->book->failed |= w->text.failed;
	th_book_set(w->book, row, column, &(th_book_value){.kind = TH_BOOK_FORMULA, .number = th_mass_double(mass) / 1000, .text = th_buf_view(&w->text)});
}

static size_t of_ladder(size_t k)
{
	return BEFORE_LADDERS + 2 * k;
}

static void put_heads(struct way *w)
{
	static const th_label heads[] = {[YEAR] = W_P_H_YEAR, [BAU] = W_P_H_BAU, [GROSS] = W_D_PLANNED_GROSS, [SAVED] = W_X_SAVED, [NET] = W_D_PLANNED_NET};
	const th_path *path = &w->d->plan->path;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		th_sheet_text(w->book, w->head, i, th_page_word(w->words, heads[i]));
		th_book_mark(w->book, w->head, i, TH_BOOK_NOTED, TH_S(""));
	}
	for (size_t k = 0; k < w->ladders; k++) {
		th_page named = {.lang = w->words->lang};
		th_put_ladder_name(&named, path->input, &path->ladder[w->ladder[k]]);
		th_page_say(&named, W_D_TARGET);
		th_sheet_text(w->book, w->head, of_ladder(k), th_buf_view(&named.doc.text));
		th_book_mark(w->book, w->head, of_ladder(k), TH_BOOK_NOTED, TH_S(""));
		th_sheet_text(w->book, w->head, of_ladder(k) + 1, th_page_word(w->words, W_P_H_GAP));
		th_book_mark(w->book, w->head, of_ladder(k) + 1, TH_BOOK_NOTED, TH_S(""));
		w->book->failed |= th_doc_failed(&named.doc);
		th_doc_free(&named.doc);
	}
}

static void put_year(struct way *w, size_t t)
{
	const th_path *path = &w->d->plan->path;
	const th_path_year *y = &path->year[t];
	size_t row = w->head + 1 + t;
	th_book_set(w->book, row, YEAR, &(th_book_value){.kind = TH_BOOK_NUMBER, .number = y->year});
	put_number(w, row, BAU, y->bau);
	put_number(w, row, GROSS, y->gross);
	put_less(w, row, SAVED, BAU, GROSS, y->bau - y->gross);
	put_number(w, row, NET, y->net);
	for (size_t k = 0; k < w->ladders; k++) {
		const th_path_ladder *ladder = &path->ladder[w->ladder[k]];
		put_number(w, row, of_ladder(k), ladder->limit[t]);
		put_less(w, row, of_ladder(k) + 1, ladder->kind == TH_PATH_NET ? NET : GROSS, of_ladder(k), (ladder->kind == TH_PATH_NET ? y->net : y->gross) - ladder->limit[t]);
	}
}

static void draw(struct way *w)
{
	const th_path *path = &w->d->plan->path;
	th_book_chart chart = {.row = (uint32_t)w->head, .column = (uint32_t)of_ladder(w->ladders) + 1, .head = (uint32_t)w->head,
	                       .last = (uint32_t)(w->head + path->years), .category = YEAR, .series = {BAU, GROSS}, .look = {TH_BOOK_BROKEN, TH_BOOK_LINE}, .count = 2,
	                       .title = th_page_word(w->words, W_X_CHART), .axis = th_page_word(w->words, W_TONNES)};
	bool net = false;
	for (size_t k = 0; k < w->ladders; k++)
		net |= path->ladder[w->ladder[k]].kind == TH_PATH_NET;
	if (net) {
		chart.series[chart.count] = NET;
		chart.look[chart.count++] = TH_BOOK_LINE;
	}
	for (size_t k = 0; k < w->ladders; k++) {
		chart.series[chart.count] = (uint32_t)of_ladder(k);
		chart.look[chart.count++] = TH_BOOK_MARKED;
	}
	th_book_draw(w->book, &chart);
}

/* The row behind table and chart. */
static size_t put_years(struct way *w)
{
	const th_path *path = &w->d->plan->path;
	if (w->d->illustrative) {
		th_sheet_text(w->book, 0, 0, th_page_word(w->words, W_D_ILLUSTRATIVE));
		th_book_mark(w->book, 0, 0, TH_BOOK_TO_FILL, TH_S(""));
		w->head = 1;
	}
	for (size_t i = 0; i < path->ladders && w->ladders < LADDERS; i++)
		if (path->ladder[i].kind != TH_PATH_INTENSITY)
			w->ladder[w->ladders++] = i;
	put_heads(w);
	for (size_t t = 0; t < path->years; t++)
		put_year(w, t);
	draw(w);
	return w->head + (path->years > HIGH ? path->years : HIGH) + 2;
}

void th_put_way_sheet(th_book *book, th_slice name, const th_page *words, const th_dossier *d, const th_doc *doc)
{
	unsigned width[TH_DOC_COLUMNS];
	struct way w = {.book = book, .words = words, .d = d};
	size_t row = 0;
	th_doc_sheet_widths(doc, width);
	for (size_t i = 0; i < TH_DOC_COLUMNS; i++)
		width[i] = i <= of_ladder(LADDERS) && width[i] < WIDTH ? WIDTH : width[i];
	th_book_open(book, name, NULL, 0);
	if (book->failed)
		return;
	th_book_page(book, false);
	th_book_widths(book, width, TH_DOC_COLUMNS);
	if (th_has_path(d->plan))
		row = put_years(&w);
	th_buf_free(&w.text);
	th_put_doc_blocks(book, row, doc);
}
