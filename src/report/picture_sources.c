/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where emissions come from: a bar for each source, by scope. */
#include "report/drawing.h"

enum { LEAST = 10 /* per mille */ };

/* --- what is shown --- */

const th_totals *th_year_totals(th_page *p, const th_account *a, int year)
{
	for (size_t i = 0; i < a->years; i++)
		if (a->year[i] == year && a->of_year[i].known && a->of_year[i].totals.gross > 0)
			return &a->of_year[i].totals;
	TH_SAY(p, W_F_YEAR_UNKNOWN, th_fill_integer(year));
	th_doc_paragraph(&p->doc, TH_S(""));
	return NULL;
}

static bool is_small(const th_source_sum *sum, th_mass whole, int least)
{
	return sum->gross * 1000 < whole * least;
}

/* Sources from `from` on that are of its scope and year and above zero; how many of the last of them are small. */
static size_t run_of(const th_sources *s, size_t from, th_mass whole, int least, size_t *small)
{
	size_t to = from;
	*small = 0;
	while (to < s->sums && s->sum[to].year == s->sum[from].year && s->sum[to].scope == s->sum[from].scope) {
		*small += s->sum[to].gross > 0 && is_small(&s->sum[to], whole, least);
		to++;
	}
	return to;
}

static th_source_bar rest_of(th_page *p, const th_source_sum *sum, size_t count)
{
	th_source_bar bar = {.scope = sum->scope};
	for (size_t i = 0; i < count; i++)
		bar.gross += sum[i].gross;
	TH_SAY(p, W_F_OTHERS, th_fill_integer((long long)count));
	bar.name = th_doc_take(&p->doc);
	return bar;
}

static th_source_bar *source_bars(th_page *p, const th_sources *s, int year, th_mass whole, int least, size_t *count)
{
	th_source_bar *bar = th_arena_alloc(&p->doc.arena, s->sums + 1, sizeof *bar);
	*count = 0;
	p->doc.failed |= !bar;
	for (size_t from = 0, to, small; bar && from < s->sums; from = to) {
		to = run_of(s, from, whole, least, &small);
		for (size_t i = from; i < to && s->sum[i].year == year && s->sum[i].gross > 0; i++) {
			if (small > 1 && is_small(&s->sum[i], whole, least)) {
				bar[(*count)++] = rest_of(p, &s->sum[i], small);
				break;
			}
			bar[(*count)++] = (th_source_bar){th_activity_called(s->sum[i].activity, p->lang), s->sum[i].scope, s->sum[i].gross};
		}
	}
	return bar;
}

/* --- the picture --- */

static void say_with_share(th_page *p, th_mass mass, th_mass whole)
{
	th_say_mass(p, mass, false);
	th_page_say(p, W_OPEN);
	th_say_percent(p, mass, whole);
	th_page_say(p, W_CLOSE);
}

const th_totals *th_year_sources(th_page *p, const th_sources *s, const th_account *a, int year, int least, th_source_bar **bar, size_t *count)
{
	const th_totals *t = th_year_totals(p, a, year);
	*count = 0;
	*bar = t ? source_bars(p, s, year, t->gross, least, count) : NULL;
	return *bar && *count ? t : NULL;
}

static const th_source_bar *largest(const th_source_bar *bar, size_t count)
{
	const th_source_bar *most = bar;
	for (size_t i = 1; i < count; i++)
		if (bar[i].gross > most->gross)
			most = &bar[i];
	return most;
}

/* With what is said at each, in memory of the page; NULL without. */
static th_bar *labelled(th_page *p, const th_source_bar *bar, size_t count, const th_totals *t)
{
	th_bar *out = th_arena_alloc(&p->doc.arena, count, sizeof *out);
	p->doc.failed |= !out;
	for (size_t i = 0; out && i < count; i++) {
		const int scope = bar[i].scope;
		out[i] = (th_bar){.name = bar[i].name, .tone = th_scope_tone(scope), .mass = bar[i].gross};
		if (i == 0 || scope != bar[i - 1].scope) {
			th_page_say(p, th_scope_word(scope));
			th_page_text(p, TH_S(" "));
			say_with_share(p, t->scope[scope], t->gross);
			out[i].head = th_doc_take(&p->doc);
		}
		say_with_share(p, bar[i].gross, t->gross);
		out[i].amount = th_doc_take(&p->doc);
	}
	return out;
}

static void put_rows(th_page *p, const th_sources *s, int year, const th_totals *t)
{
	static const th_page_column columns[] = {{W_SCOPE, TH_DOC_WORD}, {W_SOURCE, TH_DOC_WORD}, {W_TONNES, TH_DOC_MASS}, {W_SHARE, TH_DOC_PERCENT}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < s->sums; i++) {
		if (s->sum[i].year != year)
			continue;
		th_page_cell(p, th_scope_word(s->sum[i].scope));
		th_doc_cell_text(&p->doc, th_activity_called(s->sum[i].activity, p->lang));
		th_page_mass(p, s->sum[i].gross);
		th_doc_share(&p->doc, s->sum[i].gross, t->gross, false);
	}
	th_page_cell(p, W_GROSS);
	th_doc_end(&p->doc);
	th_page_mass(p, t->gross);
	th_doc_share(&p->doc, t->gross, t->gross, false);
}

void th_put_sources_picture(th_page *p, const th_sources *s, const th_account *a, int year)
{
	size_t count;
	th_source_bar *bar;
	const th_totals *t = th_year_sources(p, s, a, year, LEAST, &bar, &count);
	if (!t)
		return;
	th_drawing d = th_drawing_begin(p, 0, t->gross);
	const th_bar *labels = labelled(p, bar, count, t);
	if (labels)
		d.picture.height = th_draw_bars(&d, labels, count) + 4;
	const th_source_bar *most = largest(bar, count);
	th_page_text(p, most->name);
	th_slice name = th_doc_take(&p->doc);
	th_say_percent(p, most->gross, t->gross);
	th_slice share = th_doc_take(&p->doc);
	TH_SAY(p, W_F_SOURCES, th_fill_text(name), th_fill_integer(year), th_fill_text(share));
	th_drawing_end(&d, W_F_SOURCES_ABOUT);
	th_drawing_table(p, W_F_SOURCES_TABLE);
	put_rows(p, s, year, t);
}
