/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture as an enhanced metafile ([MS-EMF]), which word processors of any age draw. Ten units of the file are one of the picture, and a point of
 * 96 to the inch. All lines are solid: a broken one is drawn dash by dash, since a pen of more than a point's breadth is never dashed; what is sheer has
 * the colour that it has on white. */
#include "base/utf8.h"
#include "doc/picture.h"

#include <math.h>

enum { UNIT = 10, HEADER = 108, FACE = 32 };

/* Records, by their numbers in [MS-EMF] 2.1.1. */
enum { EMR_HEADER = 1, EMR_POLYGON = 3, EMR_POLYLINE = 4, EMR_SETWINDOWEXTEX = 9, EMR_SETVIEWPORTEXTEX = 11, EMR_EOF = 14, EMR_SETMAPMODE = 17, EMR_SETBKMODE = 18,
       EMR_SETTEXTALIGN = 22, EMR_SETTEXTCOLOR = 24, EMR_SELECTOBJECT = 37, EMR_CREATEPEN = 38, EMR_CREATEBRUSHINDIRECT = 39, EMR_DELETEOBJECT = 40, EMR_ELLIPSE = 42,
       EMR_EXTCREATEFONTINDIRECTW = 82, EMR_EXTTEXTOUTW = 84 };

/* Objects of the file, and those that every device has. */
enum { BRUSH = 1, PEN, FONT, HANDLES };
#define STOCK 0x80000000u
enum { NULL_BRUSH = 5, NULL_PEN = 8, SYSTEM_FONT = 13 };

typedef struct metafile {
	th_buf *out;
	size_t from;             /* where it begins in `out` */
	uint32_t records;
} metafile;

/* --- bytes --- */

static void put16(metafile *m, uint32_t value)
{
	th_buf_char(m->out, (char)(value & 0xFF));
	th_buf_char(m->out, (char)(value >> 8 & 0xFF));
}

static void put32(metafile *m, uint32_t value)
{
	put16(m, value & 0xFFFF);
	put16(m, value >> 16);
}

static void set32(metafile *m, size_t at, uint32_t value)
{
	for (size_t i = 0; i < 4 && !m->out->failed; i++)
		m->out->ptr[m->from + at + i] = (char)(value >> 8 * i & 0xFF);
}

static void put_zeros(metafile *m, size_t words)
{
	for (size_t i = 0; i < words; i++)
		put32(m, 0);
}

static void record(metafile *m, uint32_t kind, size_t size)
{
	put32(m, kind);
	put32(m, (uint32_t)size);
	m->records++;
}

static void put_one(metafile *m, uint32_t kind, uint32_t value)
{
	record(m, kind, 12);
	put32(m, value);
}

static uint32_t device(double units)
{
	return (uint32_t)(int32_t)nearbyint(units * UNIT);
}

/* 0x00BBGGRR. */
static uint32_t colour_of(th_tone tone, th_look look)
{
	uint32_t rgb = th_tone_colours[tone], bgr = 0;
	for (int i = 0; i < 3; i++) {
		uint32_t part = rgb >> 8 * (2 - i) & 0xFF;
		bgr |= (look == TH_LOOK_SHEER ? (part * 45 + 255 * 55 + 50) / 100 : part) << 8 * i;
	}
	return bgr;
}

/* --- objects --- */

static void take_brush(metafile *m, uint32_t colour)
{
	record(m, EMR_CREATEBRUSHINDIRECT, 24);
	put32(m, BRUSH);
	put32(m, 0); /* solid */
	put32(m, colour);
	put32(m, 0);
	put_one(m, EMR_SELECTOBJECT, BRUSH);
}

static void take_pen(metafile *m, double width, uint32_t colour)
{
	record(m, EMR_CREATEPEN, 28);
	put32(m, PEN);
	put32(m, 0); /* solid */
	put32(m, device(width));
	put32(m, 0);
	put32(m, colour);
	put_one(m, EMR_SELECTOBJECT, PEN);
}

static void drop(metafile *m, uint32_t object)
{
	put_one(m, EMR_SELECTOBJECT, STOCK + (object == BRUSH ? NULL_BRUSH : NULL_PEN));
	put_one(m, EMR_DELETEOBJECT, object);
}

/* --- lines --- */

static void put_spots(metafile *m, uint32_t kind, const th_spot *spot, size_t spots)
{
	record(m, kind, 28 + 8 * spots);
	put_zeros(m, 4); /* bounds: as the reader finds them */
	put32(m, (uint32_t)spots);
	for (size_t i = 0; i < spots; i++) {
		put32(m, device(spot[i].x));
		put32(m, device(spot[i].y));
	}
}

static th_spot between(th_spot from, th_spot to, double part)
{
	return (th_spot){from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}

/* A stretch of a broken line; `done` is how far into a dash and its gap it begins, and then how far it ends. */
static void put_dashes(metafile *m, th_spot from, th_spot to, double dash, double gap, double *done)
{
	double dx = to.x - from.x, dy = to.y - from.y, length = sqrt(dx * dx + dy * dy), at = 0;
	while (at < length) {
		bool drawn = *done < dash;
		double left = (drawn ? dash : dash + gap) - *done, step = left < length - at ? left : length - at;
		const th_spot end[] = {between(from, to, at / length), between(from, to, (at + step) / length)};
		if (drawn)
			put_spots(m, EMR_POLYLINE, end, 2);
		at += step;
		*done += step;
		if (step >= left)
			*done = drawn ? dash : 0;
	}
}

static void put_broken(metafile *m, const th_spot *spot, size_t spots, double dash, double gap)
{
	double done = 0;
	for (size_t i = 1; i < spots; i++)
		put_dashes(m, spot[i - 1], spot[i], dash, gap, &done);
}

static void put_line(metafile *m, const th_picture_mark *mark)
{
	take_pen(m, mark->width, colour_of(mark->tone, mark->look));
	if (mark->look == TH_LOOK_DASHED)
		put_broken(m, mark->spot, mark->spots, 6, 4);
	else
		put_spots(m, EMR_POLYLINE, mark->spot, mark->spots);
	drop(m, PEN);
}

/* --- areas --- */

static void take_paint(metafile *m, const th_picture_mark *mark)
{
	bool outline = mark->look == TH_LOOK_HOLLOW;
	take_brush(m, colour_of(outline ? TH_TONE_GROUND : mark->tone, mark->look));
	if (outline)
		take_pen(m, 2, colour_of(mark->tone, TH_LOOK_SOLID));
	else
		put_one(m, EMR_SELECTOBJECT, STOCK + NULL_PEN);
}

static void drop_paint(metafile *m, const th_picture_mark *mark)
{
	if (mark->look == TH_LOOK_HOLLOW)
		drop(m, PEN);
	drop(m, BRUSH);
}

static void put_area(metafile *m, const th_picture_mark *mark, const th_spot *spot, size_t spots)
{
	if (mark->look == TH_LOOK_DASHED) {
		take_pen(m, 2, colour_of(mark->tone, TH_LOOK_SOLID));
		put_broken(m, spot, spots, 5, 3);
		drop(m, PEN);
		return;
	}
	take_paint(m, mark);
	put_spots(m, EMR_POLYGON, spot, spots);
	drop_paint(m, mark);
}

static void put_box(metafile *m, const th_picture_mark *mark)
{
	const th_spot *c = mark->spot;
	const th_spot corner[] = {c[0], {c[1].x, c[0].y}, c[1], {c[0].x, c[1].y}, c[0]};
	put_area(m, mark, corner, sizeof corner / sizeof *corner);
}

static void put_dot(metafile *m, const th_picture_mark *mark)
{
	take_paint(m, mark);
	record(m, EMR_ELLIPSE, 24);
	put32(m, device(mark->spot->x - mark->width));
	put32(m, device(mark->spot->y - mark->width));
	put32(m, device(mark->spot->x + mark->width));
	put32(m, device(mark->spot->y + mark->width));
	drop_paint(m, mark);
}

/* --- text --- */

static void take_font(metafile *m, const th_letters *letters)
{
	static const char face[] = "SimSun";
	record(m, EMR_EXTCREATEFONTINDIRECTW, 12 + 320);
	put32(m, FONT);
	put32(m, -device(letters->size)); /* below zero: the height of the letters without what is between lines */
	put_zeros(m, 3);
	put32(m, letters->bold ? 700 : 400);
	put32(m, 134u << 24); /* not italic, underlined or struck out; the Chinese character set */
	put32(m, 0);
	for (size_t i = 0; i < FACE; i++)
		put16(m, i < sizeof face ? (uint32_t)(unsigned char)face[i] : 0);
	put_zeros(m, (320 - 28 - 2 * FACE) / 4);
	put_one(m, EMR_SELECTOBJECT, FONT);
}

/* In UTF-16; how many units. `spacing`: how far from each to the next instead. */
static size_t put_units(metafile *m, th_slice text, const th_letters *letters, bool spacing, bool write)
{
	size_t units = 0;
	for (size_t i = 0, size; i < text.len; i += size) {
		uint32_t code = th_utf8_next(th_slice_from(text, i), &size);
		uint32_t width = device(th_text_width((th_slice){text.ptr + i, size}, letters->size, letters->bold) * .95);
		bool pair = code > 0xFFFF;
		if (write && spacing) {
			put32(m, width);
			for (int k = 0; k < pair; k++)
				put32(m, 0);
		} else if (write && pair) {
			put16(m, 0xD800 | (code - 0x10000) >> 10);
			put16(m, 0xDC00 | (code & 0x3FF));
		} else if (write)
			put16(m, code);
		units += pair ? 2 : 1;
	}
	return units;
}

static void put_text(metafile *m, const th_picture_mark *mark)
{
	static const uint32_t align[] = {[TH_ANCHOR_START] = 0, [TH_ANCHOR_MIDDLE] = 6, [TH_ANCHOR_END] = 2};
	const th_letters *letters = &mark->letters;
	size_t units = put_units(m, mark->text, letters, false, false), even = (units + 1) & ~(size_t)1;
	take_font(m, letters);
	put_one(m, EMR_SETTEXTALIGN, 24 | align[letters->anchor]); /* y is the line that the letters stand on */
	put_one(m, EMR_SETTEXTCOLOR, colour_of(letters->tone, TH_LOOK_SOLID));
	record(m, EMR_EXTTEXTOUTW, 76 + 2 * even + 4 * units);
	put_zeros(m, 4);
	put32(m, 1);           /* as a device draws that is no screen */
	put32(m, 0x3F800000);  /* 1 */
	put32(m, 0x3F800000);
	put32(m, device(mark->spot->x));
	put32(m, device(mark->spot->y));
	put32(m, (uint32_t)units);
	put32(m, 76);
	put_zeros(m, 5);
	put32(m, (uint32_t)(76 + 2 * even));
	put_units(m, mark->text, letters, false, true);
	if (units % 2)
		put16(m, 0);
	put_units(m, mark->text, letters, true, true);
	put_one(m, EMR_SELECTOBJECT, STOCK + SYSTEM_FONT);
	put_one(m, EMR_DELETEOBJECT, FONT);
}

/* --- the file --- */

static void put_extent(metafile *m, uint32_t kind, const th_picture *picture)
{
	record(m, kind, 16);
	put32(m, device(picture->width));
	put32(m, device(picture->height));
}

static void put_header(metafile *m, const th_picture *picture)
{
	static const double mm = 25.4 / 96; /* of a unit of the picture */
	record(m, EMR_HEADER, HEADER);
	put_zeros(m, 2);
	put32(m, device(picture->width));
	put32(m, device(picture->height));
	put_zeros(m, 2);
	put32(m, (uint32_t)nearbyint(picture->width * mm * 100));
	put32(m, (uint32_t)nearbyint(picture->height * mm * 100));
	put32(m, 0x464D4520); /* " EMF" */
	put32(m, 0x10000);
	put_zeros(m, 5); /* its length, records, handles, without a description */
	put_zeros(m, 1); /* no palette */
	put32(m, 19200); /* a device of 20 x 11.25 inches with ten points for each of its own */
	put32(m, 10800);
	put32(m, 508);
	put32(m, 286);
	put_zeros(m, 3); /* no pixel format, no OpenGL */
	put32(m, 508000);
	put32(m, 285750);
	put_one(m, EMR_SETMAPMODE, 8); /* by the two extents */
	put_extent(m, EMR_SETWINDOWEXTEX, picture);
	put_extent(m, EMR_SETVIEWPORTEXTEX, picture);
	put_one(m, EMR_SETBKMODE, 1); /* nothing behind letters */
}

static void put_mark(metafile *m, const th_picture_mark *mark)
{
	switch (mark->kind) {
	case TH_MARK_BOX:
		put_box(m, mark);
		break;
	case TH_MARK_LINE:
		put_line(m, mark);
		break;
	case TH_MARK_AREA:
		put_area(m, mark, mark->spot, mark->spots);
		break;
	case TH_MARK_DOT:
		put_dot(m, mark);
		break;
	case TH_MARK_TEXT:
		put_text(m, mark);
		break;
	}
}

void th_put_picture_emf(th_buf *out, const th_picture *picture)
{
	metafile m = {.out = out, .from = out->len};
	out->failed |= picture->failed;
	put_header(&m, picture);
	for (size_t i = 0; i < picture->marks; i++)
		put_mark(&m, &picture->mark[i]);
	record(&m, EMR_EOF, 20);
	put_zeros(&m, 1);
	put32(&m, 16);
	put32(&m, 20);
	set32(&m, 48, (uint32_t)(out->len - m.from));
	set32(&m, 52, m.records);
	set32(&m, 56, HANDLES);
}
