/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How emissions add up: from the activities over the scopes to the total, each as broad as its mass (a Sankey diagram). Removals are no part of it. */
#include "report/drawing.h"

enum { SOURCES = 280, SCOPES = 490, TOTAL = 690, POST = 12, GAP = 12, LABEL = 16, BREADTH = 330, BETWEEN = 30, TOP = 30, LEAST = 15 /* per mille */ };

typedef struct flow {
	th_drawing d;
	const th_totals *totals;
	double scale;            /* breadth of a tonne */
	double height;
	double scope[4], into[4], total; /* where a scope's post begins, where the next source joins it; where the next scope joins the total */
} flow;

static double breadth(const flow *f, th_mass mass)
{
	return th_tonnes(mass) * f->scale;
}

static double room_of(const flow *f, const th_source_bar *bar)
{
	double own = breadth(f, bar->gross);
	return own > LABEL ? own : LABEL;
}

/* Below zero nothing flows. */
static th_mass scope_of(const flow *f, int scope)
{
	return f->totals->scope[scope] > 0 ? f->totals->scope[scope] : 0;
}

static void stand(flow *f, const th_source_bar *bar, size_t count)
{
	double sources = 0, scopes = -BETWEEN;
	for (size_t i = 0; i < count; i++)
		sources += room_of(f, &bar[i]) + GAP;
	for (int s = 1; s <= 3; s++)
		scopes += scope_of(f, s) ? breadth(f, scope_of(f, s)) + BETWEEN : 0;
	double most = sources > scopes ? sources : scopes, y = TOP + (most - scopes) / 2;
	f->height = TOP + most;
	for (int s = 1; s <= 3; s++) {
		f->scope[s] = f->into[s] = y;
		y += scope_of(f, s) ? breadth(f, scope_of(f, s)) + BETWEEN : 0;
	}
	f->total = TOP + (most - breadth(f, f->totals->gross)) / 2;
}

static void draw_source(flow *f, double y, const th_source_bar *bar)
{
	th_page *p = f->d.page;
	double own = breadth(f, bar->gross), room = room_of(f, bar), at = y + (room - own) / 2;
	th_draw_ribbon(&f->d.picture, (th_spot){SOURCES, at}, (th_spot){SCOPES, f->into[bar->scope]}, own, th_scope_tone(bar->scope));
	th_drawing_exact(&f->d, bar->name, bar->gross);
	th_draw_box(&f->d.picture, SOURCES - POST, at, POST, own < .8 ? .8 : own, th_scope_tone(bar->scope), TH_LOOK_SOLID);
	f->into[bar->scope] += own;
	th_say_mass(p, bar->gross, false);
	th_slice number = th_doc_take(&p->doc);
	double taken = th_text_width(number, TH_BODY, false) + 8;
	th_draw_text(&f->d.picture, SOURCES - POST - 6, y + room / 2 + 4.5, number, th_body(TH_ANCHOR_END), 0);
	th_page_text(p, bar->name);
	th_drawing_text(&f->d, SOURCES - POST - 6 - taken, y + room / 2 + 4.5, th_body(TH_ANCHOR_END), SOURCES - POST - 8 - taken);
}

static void draw_scope(flow *f, int scope)
{
	th_page *p = f->d.page;
	double own = breadth(f, scope_of(f, scope));
	th_slice name = th_page_word(p, th_scope_word(scope));
	if (own <= 0)
		return;
	th_draw_ribbon(&f->d.picture, (th_spot){SCOPES + POST, f->scope[scope]}, (th_spot){TOTAL, f->total}, own, th_scope_tone(scope));
	th_drawing_exact(&f->d, name, f->totals->scope[scope]);
	th_draw_box(&f->d.picture, SCOPES, f->scope[scope], POST, own < 1 ? 1 : own, th_scope_tone(scope), TH_LOOK_SOLID);
	th_page_text(p, name);
	th_page_text(p, TH_S(" "));
	th_say_mass(p, f->totals->scope[scope], false);
	th_drawing_text(&f->d, SCOPES + POST / 2, f->scope[scope] - 7, th_strong(TH_ANCHOR_MIDDLE), 0);
	f->total += own;
}

static void draw_total(flow *f)
{
	th_page *p = f->d.page;
	double from = f->total, own = breadth(f, f->totals->gross);
	for (int scope = 1; scope <= 3; scope++)
		draw_scope(f, scope);
	th_draw_box(&f->d.picture, TOTAL, from, POST, own, TH_TONE_INK, TH_LOOK_SOLID);
	th_drawing_exact(&f->d, th_page_word(p, W_GROSS), f->totals->gross);
	th_drawing_word(&f->d, TOTAL + POST / 2, from - 25, W_GROSS, th_strong(TH_ANCHOR_MIDDLE), 2 * (TH_ACROSS - TOTAL - POST / 2));
	th_say_mass(p, f->totals->gross, false);
	th_drawing_text(&f->d, TOTAL + POST / 2, from - 6, th_strong(TH_ANCHOR_MIDDLE), 0);
}

/* What the scopes are beside the sources that are shown: corrections below zero would leave a gap. */
static bool adds_up(const th_source_bar *bar, size_t count, const th_totals *t)
{
	th_mass left = t->gross;
	for (size_t i = 0; i < count; i++)
		left -= bar[i].gross;
	return left == 0;
}

void th_put_flow_picture(th_page *p, const th_sources *s, const th_account *a, int year)
{
	size_t count;
	th_source_bar *bar;
	const th_totals *t = th_year_sources(p, s, a, year, LEAST, &bar, &count);
	if (!t)
		return;
	if (!adds_up(bar, count, t)) {
		th_page_paragraph(p, W_F_FLOW_NEGATIVE);
		return;
	}
	flow f = {.d = th_drawing_begin(p, 0, t->gross), .totals = t, .scale = BREADTH / th_tonnes(t->gross)};
	stand(&f, bar, count);
	double y = TOP;
	for (size_t i = 0; i < count; i++) {
		draw_source(&f, y, &bar[i]);
		y += room_of(&f, &bar[i]) + GAP;
	}
	draw_total(&f);
	f.d.picture.height = f.height;
	f.d.picture.screen = true;
	TH_SAY(p, W_F_FLOW, th_fill_integer(year), th_fill_mass(t->gross));
	th_drawing_end(&f.d, W_F_FLOW_ABOUT);
}
