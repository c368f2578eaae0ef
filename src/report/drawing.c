/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drawing.h"

#include <math.h>

enum { STEPS = 5 };

double th_tonnes(th_mass mass)
{
	return th_mass_double(mass) / 1000;
}

/* --- letters --- */

th_letters th_body(th_anchor anchor)
{
	return (th_letters){.size = TH_BODY, .tone = TH_TONE_INK, .anchor = anchor};
}

th_letters th_strong(th_anchor anchor)
{
	return (th_letters){.size = TH_BODY, .bold = true, .tone = TH_TONE_INK, .anchor = anchor};
}

th_letters th_small(th_anchor anchor)
{
	return (th_letters){.size = TH_SMALL, .tone = TH_TONE_MUTED, .anchor = anchor};
}

/* --- a picture on a page --- */

/* About four digits of the largest. */
static int label_digits(th_mass largest)
{
	double tonnes = fabs(th_tonnes(largest));
	int digits = 0;
	for (double limit = 1000; digits < 6 && tonnes > 0 && tonnes < limit; limit /= 10)
		digits++;
	return digits;
}

th_drawing th_drawing_begin(th_page *p, double height, th_mass largest)
{
	th_drawing d = {.page = p, .picture = th_picture_begin(&p->doc.arena, TH_ACROSS, height), .digits = p->digits};
	p->digits = label_digits(largest);
	return d;
}

/* What has no room in the usual letters has it in small ones, before it is cut. */
void th_drawing_text(th_drawing *d, double x, double y, th_letters letters, double room)
{
	th_slice text = th_doc_take(&d->page->doc);
	if (room > 0 && letters.size > TH_SMALL && th_text_width(text, letters.size, letters.bold) > room)
		letters.size = TH_SMALL;
	th_draw_text(&d->picture, x, y, text, letters, room);
}

void th_drawing_word(th_drawing *d, double x, double y, th_label word, th_letters letters, double room)
{
	th_page_say(d->page, word);
	th_drawing_text(d, x, y, letters, room);
}

void th_drawing_exact(th_drawing *d, th_slice name, th_mass mass)
{
	th_page *p = d->page;
	th_page_text(p, name);
	th_page_say(p, W_COLON);
	th_put_mass(&p->doc.text, mass, 3);
	th_page_text(p, TH_S(" "));
	th_page_say(p, W_TONNES);
	th_draw_hint(&d->picture, th_doc_take(&p->doc));
}

void th_drawing_end(th_drawing *d, th_label about)
{
	th_page *p = d->page;
	th_picture_name(&d->picture, th_doc_take(&p->doc), th_page_word(p, about));
	if (p->doc.mark.len) {
		d->picture.height += 20;
		th_draw_text(&d->picture, 0, d->picture.height - 5, p->doc.mark, th_small(TH_ANCHOR_START), TH_ACROSS);
	}
	th_doc_picture(&p->doc, &d->picture);
	p->digits = d->digits;
}

void th_drawing_table(th_page *p, th_label word)
{
	th_doc_caption(&p->doc, th_page_word(p, word));
}

/* The first of the places where a text would stand so; `spots`: none. */
static size_t first_place(const th_drawing *d, const th_spot *spot, size_t spots, th_slice text, th_letters letters,
                          bool (*stands)(const th_picture *, double, double, th_slice, th_letters))
{
	size_t i = 0;
	while (i < spots && !stands(&d->picture, spot[i].x, spot[i].y, text, letters))
		i++;
	return i;
}

void th_drawing_near(th_drawing *d, const th_spot *spot, size_t spots, th_letters letters)
{
	th_slice text = th_doc_take(&d->page->doc);
	size_t at = first_place(d, spot, spots, text, letters, th_picture_is_clear);
	if (at == spots)
		at = first_place(d, spot, spots, text, letters, th_picture_is_free);
	if (at < spots)
		th_draw_text(&d->picture, spot[at].x, spot[at].y, text, letters, 0);
}

/* --- axes --- */

/* `most` rounded up to whole steps, of which there are at most STEPS + 1. */
static double whole(double most, double step)
{
	return most > 0 ? ceil(most / step - 1e-9) * step : step;
}

static void axis_label(th_drawing *d, double x, double y, double value, double step, th_anchor anchor)
{
	int digits = 0;
	for (double left = step; digits < 6 && fabs(left - nearbyint(left)) > 1e-6 * left; left *= 10)
		digits++;
	th_mass mass = (th_mass)nearbyint(value * 1e6) * 1000;
	th_put_mass_rounded(&d->page->doc.text, mass, 0, digits, true);
	th_drawing_text(d, x, y, th_small(anchor), 0);
}

static th_scale scale_of(double from, double to, double most, double *step)
{
	*step = th_axis_step(most, STEPS);
	return (th_scale){.at = from, .length = to - from, .most = whole(most, *step)};
}

/* Lines across an axis, upright ones or level ones, between two places beside it; each with its number where it begins below or at the left. */
static void draw_grid(th_drawing *d, const th_scale *scale, double step, bool upright, double from, double to)
{
	for (int i = 0; step * i <= scale->most * (1 + 1e-9); i++) {
		double at = th_on(scale, step * i);
		th_spot begin = upright ? (th_spot){at, from} : (th_spot){from, at}, end = upright ? (th_spot){at, to} : (th_spot){to, at};
		th_draw_segment(&d->picture, begin, end, 1, i ? TH_TONE_FAINT : TH_TONE_MUTED, TH_LOOK_SOLID);
		axis_label(d, upright ? at : from - 8, upright ? to + 15 : at + 4, step * i, step, upright ? TH_ANCHOR_MIDDLE : TH_ANCHOR_END);
	}
}

th_scale th_axis_right(th_drawing *d, double left, double right, double top, double bottom, double most)
{
	double step;
	th_scale scale = scale_of(left, right, most, &step);
	draw_grid(d, &scale, step, true, top, bottom);
	return scale;
}

th_scale th_axis_up(th_drawing *d, double left, double right, double bottom, double top, double most)
{
	double step;
	th_scale scale = scale_of(bottom, top, most, &step);
	draw_grid(d, &scale, step, false, left, right);
	return scale;
}

th_scale th_axis_years(th_drawing *d, double left, double right, double bottom, int from, int to)
{
	enum { ROOM = 44 };
	int years = to - from, every = 1;
	while (years > 0 && (right - left) * every / years < ROOM)
		every++;
	th_scale scale = {.at = left, .length = right - left, .most = years > 0 ? years : 1};
	for (int year = from; year <= to; year++) {
		if ((to - year) % every != 0) /* the last one always */
			continue;
		th_buf_printf(&d->page->doc.text, "%d", year);
		th_drawing_text(d, th_on(&scale, year - from), bottom + 17, th_small(TH_ANCHOR_MIDDLE), 0);
	}
	return scale;
}

/* --- words --- */

th_tone th_scope_tone(int scope)
{
	static const th_tone tone[] = {TH_TONE_OTHER, TH_TONE_SCOPE1, TH_TONE_SCOPE2, TH_TONE_SCOPE3};
	return scope >= 0 && scope <= 3 ? tone[scope] : TH_TONE_OTHER;
}

th_label th_scope_word(int scope)
{
	static const th_label word[] = {W_SCOPE, W_SCOPE1, W_SCOPE2_LOCATION, W_SCOPE3};
	return word[scope >= 0 && scope <= 3 ? scope : 0];
}

void th_say_percent(th_page *p, th_mass part, th_mass all)
{
	size_t from = p->doc.text.len;
	if (th_put_percent(&p->doc.text, part, all, false) && p->lang == TH_LANG_ZH && p->doc.text.len > from + 2) {
		p->doc.text.len -= 2; /* no blank before the sign */
		th_buf_char(&p->doc.text, '%');
	}
}

void th_say_mass(th_page *p, th_mass mass, bool plus)
{
	if (plus && mass > 0)
		th_buf_char(&p->doc.text, '+');
	th_put_mass_rounded(&p->doc.text, mass, 3, p->digits, true);
}
