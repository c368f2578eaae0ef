/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_DRAWING_H
#define TH_REPORT_DRAWING_H

/* What the pictures of reports share: a picture on a page, labelled with the page's words. A label is the page's open text. */

#include "doc/picture.h"
#include "report/pictures.h"

enum { TH_ACROSS = 760, TH_ROW = 26, TH_BODY = 13, TH_SMALL = 11 };

typedef struct th_drawing {
	th_page *page;
	th_picture picture;
	int digits;              /* of the page, before */
} th_drawing;

/* `largest`: of the masses that labels show, which decides how many decimals they have. */
th_drawing th_drawing_begin(th_page *page, double height, th_mass largest);
/* The open text, at most `room` wide (0: as it is). */
void th_drawing_text(th_drawing *drawing, double x, double y, th_letters letters, double room);
void th_drawing_word(th_drawing *drawing, double x, double y, th_label word, th_letters letters, double room);
/* What the last mark is: a name and its mass with all digits. */
void th_drawing_exact(th_drawing *drawing, th_slice name, th_mass mass);
/* The picture is done and stands in the document: the open text is its title. What marks the document's tables stands in it as well. */
void th_drawing_end(th_drawing *drawing, th_label about);
/* What the table that follows is called. */
void th_drawing_table(th_page *page, th_label word);
/* The open text at the first of these spots (x and the line it stands on) where it is over no other and over no line, else where it is over no other;
 * else it is left out, and the hint of the last mark or the table has it. */
void th_drawing_near(th_drawing *drawing, const th_spot *spot, size_t spots, th_letters letters);

th_letters th_body(th_anchor anchor);
th_letters th_strong(th_anchor anchor);
th_letters th_small(th_anchor anchor);

/* Where a number lies on an axis. */
typedef struct th_scale {
	double at, length;       /* of 0, and from there to `most`; below zero upwards */
	double most;
} th_scale;
static inline double th_on(const th_scale *scale, double value)
{
	return scale->at + scale->length * value / scale->most;
}
/* A scale for numbers from 0 to `most` whose end is a whole step; the lines of its grid and their numbers. */
th_scale th_axis_right(th_drawing *drawing, double left, double right, double top, double bottom, double most);
th_scale th_axis_up(th_drawing *drawing, double left, double right, double bottom, double top, double most);
/* Years below an axis, as many as have room. A year lies at th_on(scale, year - from). */
th_scale th_axis_years(th_drawing *drawing, double left, double right, double bottom, int from, int to);

/* --- picture_sources.c: what is shown of a year's sources --- */

typedef struct th_source_bar {
	th_slice name;
	int scope;
	th_mass gross;
} th_source_bar;

/* Those of a year above zero, by scope and size; of those below `least` per mille of all, where a scope has several, their sum. *bar is the page's arena's. The year's totals,
 * or NULL when there is nothing to draw; where they are not known, a sentence says so. */
const th_totals *th_year_sources(th_page *page, const th_sources *sources, const th_account *account, int year, int least, th_source_bar **bar, size_t *count);
/* The totals of a year, NULL when they are not known, and then a sentence says so. */
const th_totals *th_year_totals(th_page *page, const th_account *account, int year);

/* --- drawing_bars.c: bars from zero, one under the other --- */

typedef struct th_bar {
	th_slice head;           /* above it, where a group of them begins; empty: none */
	th_slice name, amount;   /* before it and at its end */
	th_tone tone;
	th_mass mass;            /* at least 0 */
} th_bar;

/* Drawn from the top; how high they are. */
double th_draw_bars(th_drawing *drawing, const th_bar *bar, size_t count);

/* --- drawing.c --- */

double th_tonnes(th_mass mass);
th_tone th_scope_tone(int scope);
th_label th_scope_word(int scope);
/* A percent with one decimal, as it stands in a sentence: 54.3%. Nothing of nothing. */
void th_say_percent(th_page *page, th_mass part, th_mass whole);
/* tonnes with the page's decimals */
void th_say_mass(th_page *page, th_mass mass, bool plus);

#endif
