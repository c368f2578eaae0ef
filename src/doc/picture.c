/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Building a picture, and how much room its texts take. */
#include "doc/picture.h"

#include <math.h>

#include "base/list.h"
#include "base/utf8.h"
#include "doc/doc.h"

enum { THIN = 1 }; /* lines of a grid are so wide */

static th_slice keep(th_picture *p, th_slice text)
{
	th_slice copy = th_arena_copy(p->arena, text);
	p->failed |= !copy.ptr;
	return copy.ptr ? copy : TH_S("");
}

th_picture th_picture_begin(th_arena *arena, double width, double height)
{
	return (th_picture){.arena = arena, .width = width, .height = height, .title = TH_S(""), .about = TH_S("")};
}

void th_picture_name(th_picture *p, th_slice title, th_slice about)
{
	p->title = keep(p, title);
	p->about = keep(p, about);
}

/* --- marks --- */

static void add(th_picture *p, th_picture_mark mark, const th_spot *spot, size_t spots)
{
	th_picture_mark *to = th_grown_in(p->arena, p->mark, p->marks, sizeof *to);
	mark.spot = th_arena_alloc(p->arena, spots, sizeof *spot);
	if (!to || !mark.spot) {
		p->failed = true;
		return;
	}
	for (size_t i = 0; i < spots; i++)
		mark.spot[i] = spot[i];
	mark.spots = spots;
	p->mark = to;
	p->mark[p->marks++] = mark;
}

void th_draw_box(th_picture *p, double x, double y, double width, double height, th_tone tone, th_look look)
{
	const th_spot corner[] = {{x, y}, {x + width, y + height}};
	add(p, (th_picture_mark){.kind = TH_MARK_BOX, .tone = tone, .look = look}, corner, 2);
}

void th_draw_line(th_picture *p, const th_spot *spot, size_t spots, double width, th_tone tone, th_look look)
{
	add(p, (th_picture_mark){.kind = TH_MARK_LINE, .tone = tone, .look = look, .width = width}, spot, spots);
}

void th_draw_segment(th_picture *p, th_spot from, th_spot to, double width, th_tone tone, th_look look)
{
	const th_spot spot[] = {from, to};
	th_draw_line(p, spot, 2, width, tone, look);
}

void th_draw_area(th_picture *p, const th_spot *spot, size_t spots, th_tone tone, th_look look)
{
	add(p, (th_picture_mark){.kind = TH_MARK_AREA, .tone = tone, .look = look}, spot, spots);
}

/* How far a flow has come down at a part t of its way: flat at both ends. */
static double eased(double t)
{
	return t * t * (3 - 2 * t);
}

void th_draw_ribbon(th_picture *p, th_spot from, th_spot to, double height, th_tone tone)
{
	enum { STEPS = 24 };
	th_spot spot[2 * (STEPS + 1)];
	for (int i = 0; i <= STEPS; i++) {
		double t = (double)i / STEPS;
		th_spot at = {from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * eased(t)};
		spot[i] = at;
		spot[2 * STEPS + 1 - i] = (th_spot){at.x, at.y + height};
	}
	th_draw_area(p, spot, sizeof spot / sizeof *spot, tone, TH_LOOK_SHEER);
}

void th_draw_dot(th_picture *p, th_spot middle, double radius, th_tone tone, th_look look)
{
	add(p, (th_picture_mark){.kind = TH_MARK_DOT, .tone = tone, .look = look, .width = radius}, &middle, 1);
}

void th_draw_hint(th_picture *p, th_slice hint)
{
	if (p->marks)
		p->mark[p->marks - 1].hint = keep(p, hint);
}

/* --- text --- */

/* What is narrow or broad of Latin, in the fonts that pages are shown in. */
static double latin(uint32_t code)
{
	if (code < 0x80 && strchr(" .,:;'|!iljI", (int)code))
		return code == 'I' || code == ' ' ? .36 : .34;
	if (code < 0x80 && strchr("mwMW%@", (int)code))
		return .95;
	return code >= 'A' && code <= 'Z' ? .76 : .6;
}

/* Signs that are not wide by Unicode, but are in Chinese fonts. */
static bool is_sign(uint32_t code)
{
	return code == 0xB0 || code == 0xB1 || code == 0xB7 || code == 0xD7 || code == 0xF7 || code >= 0x2010;
}

static double em(th_slice text, size_t *size)
{
	uint32_t code = th_utf8_next(text, size);
	size_t columns = th_width((th_slice){text.ptr, *size});
	return columns == 0 ? 0 : columns == 2 || is_sign(code) ? 1 : latin(code);
}

double th_text_width(th_slice text, double size, bool bold)
{
	double width = 0;
	for (size_t i = 0, bytes; i < text.len; i += bytes)
		width += em(th_slice_from(text, i), &bytes);
	return width * size * (bold ? 1.06 : 1);
}

/* The beginning of a text that leaves room for an ellipsis. */
static size_t fitting(th_slice text, const th_letters *letters, double room)
{
	double factor = letters->size * (letters->bold ? 1.06 : 1), width = factor;
	for (size_t i = 0, bytes; i < text.len; i += bytes) {
		width += em(th_slice_from(text, i), &bytes) * factor;
		if (width > room)
			return i;
	}
	return text.len;
}

/* Bytes that are no UTF-8 have no width; a back end shows each by one sign. */
static th_slice well_formed(th_picture *p, th_slice text)
{
	th_buf out = {0};
	th_utf8_escape(text, &out);
	th_slice kept = keep(p, th_buf_view(&out));
	p->failed |= out.failed;
	th_buf_free(&out);
	return kept;
}

void th_draw_text(th_picture *p, double x, double y, th_slice text, th_letters letters, double room)
{
	const th_spot at = {x, y};
	th_picture_mark mark = {.kind = TH_MARK_TEXT, .tone = letters.tone, .letters = letters, .text = well_formed(p, text)};
	if (room > 0 && th_text_width(mark.text, letters.size, letters.bold) > room) {
		th_buf cut = {0};
		mark.hint = mark.text;
		th_buf_add(&cut, mark.text.ptr, fitting(mark.text, &letters, room));
		th_buf_str(&cut, "…");
		mark.text = keep(p, th_buf_view(&cut));
		p->failed |= cut.failed;
		th_buf_free(&cut);
	}
	add(p, mark, &at, 1);
}

typedef struct extent {
	double left, right, top, bottom;
} extent;

static extent extent_of(double x, double y, th_slice text, const th_letters *letters)
{
	double width = th_text_width(text, letters->size, letters->bold);
	double left = letters->anchor == TH_ANCHOR_START ? x : letters->anchor == TH_ANCHOR_MIDDLE ? x - width / 2 : x - width;
	return (extent){left, left + width, y - letters->size, y + letters->size * .3};
}

bool th_picture_is_free(const th_picture *p, double x, double y, th_slice text, th_letters letters)
{
	extent own = extent_of(x, y, text, &letters);
	if (own.left < 0 || own.right > p->width || own.top < 0 || own.bottom > p->height)
		return false;
	for (size_t i = 0; i < p->marks; i++) {
		const th_picture_mark *mark = &p->mark[i];
		if (mark->kind != TH_MARK_TEXT)
			continue;
		extent other = extent_of(mark->spot->x, mark->spot->y, mark->text, &mark->letters);
		if (own.left < other.right && other.left < own.right && own.top < other.bottom && other.top < own.bottom)
			return false;
	}
	return true;
}

/* The part of a segment between two upright or two level edges, as a range of it: begin to end. */
static void clip(double from, double to, double low, double high, double *begin, double *end)
{
	const double step = to - from;
	if (step == 0) {
		*end = from < low || from > high ? -1 : *end;
		return;
	}
	const double a = (low - from) / step, b = (high - from) / step;
	*begin = fmax(*begin, fmin(a, b));
	*end = fmin(*end, fmax(a, b));
}

static bool crosses(extent box, th_spot from, th_spot to)
{
	double begin = 0, end = 1;
	clip(from.x, to.x, box.left, box.right, &begin, &end);
	clip(from.y, to.y, box.top, box.bottom, &begin, &end);
	return begin <= end;
}

bool th_picture_is_clear(const th_picture *p, double x, double y, th_slice text, th_letters letters)
{
	if (!th_picture_is_free(p, x, y, text, letters))
		return false;
	const extent own = extent_of(x, y, text, &letters);
	for (size_t i = 0; i < p->marks; i++)
		for (size_t k = 1; p->mark[i].kind == TH_MARK_LINE && p->mark[i].width > THIN && k < p->mark[i].spots; k++)
			if (crosses(own, p->mark[i].spot[k - 1], p->mark[i].spot[k]))
				return false;
	return true;
}

/* --- axes --- */

double th_axis_step(double most, size_t steps)
{
	static const double round[] = {1, 2, 2.5, 5};
	if (!(most > 0 && most < 1e300) || steps == 0)
		return 1;
	double wanted = most / (double)steps, power = 1;
	while (power * 10 <= wanted)
		power *= 10;
	while (power > wanted)
		power /= 10;
	for (size_t i = 0; i < sizeof round / sizeof *round; i++)
		if (round[i] * power >= wanted)
			return round[i] * power;
	return 10 * power;
}
