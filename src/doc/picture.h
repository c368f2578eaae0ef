/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_DOC_PICTURE_H
#define TH_DOC_PICTURE_H

/* A picture as data: what is drawn where, in which role of the palette. It is built once and drawn by a back end for each format (svg.c, emf.c), so it
 * knows neither bytes nor colours. Units are those of its width and height, from the upper left corner; a line of text is about 20 of them high and the usual
 * picture 760 wide.
 *
 * All of it is the arena's, texts are copied. The first failed request for memory stays, and what shows the picture hands it on. */

#include "base/arena.h"

/* --- picture.c: building --- */

/* Roles of colours. The first four are told apart by everybody, on white and on black, and in grey as well. */
typedef enum th_tone {
	TH_TONE_SCOPE1,
	TH_TONE_SCOPE2,
	TH_TONE_SCOPE3,
	TH_TONE_OTHER,  /* measures, removals, what is of no scope */
	TH_TONE_INK,    /* text, totals */
	TH_TONE_MUTED,  /* text of the second rank, the ends of ranges */
	TH_TONE_FAINT,  /* lines of a grid */
	TH_TONE_SOFT,   /* areas behind everything */
	TH_TONE_GROUND,
	TH_TONES
} th_tone;

typedef enum th_look {
	TH_LOOK_SOLID,
	TH_LOOK_SHEER,  /* lets through what lies under it */
	TH_LOOK_HOLLOW, /* an outline round the ground */
	TH_LOOK_DASHED  /* a broken outline or line, nothing in it */
} th_look;

typedef enum th_anchor { TH_ANCHOR_START, TH_ANCHOR_MIDDLE, TH_ANCHOR_END } th_anchor;

typedef struct th_letters {
	double size;
	bool bold;
	th_tone tone;
	th_anchor anchor; /* where in the text its x is; y is the line it stands on */
} th_letters;

typedef struct th_spot {
	double x, y;
} th_spot;

typedef struct th_picture_mark {
	enum { TH_MARK_BOX, TH_MARK_LINE, TH_MARK_AREA, TH_MARK_DOT, TH_MARK_TEXT } kind;
	th_tone tone;
	th_look look;
	th_spot *spot;    /* of a box two corners, of a dot its middle, of a text where it is */
	size_t spots;
	double width;     /* of a line; the radius of a dot */
	th_letters letters;
	th_slice text;    /* as it is shown */
	th_slice hint;    /* what the mark stands for, where a reader asks; empty: nothing */
} th_picture_mark;

typedef struct th_picture {
	th_arena *arena;
	double width, height;
	th_slice title, about; /* what is found, with its unit; what is seen, for who does not see it */
	bool screen;      /* too fine for paper: there the table beside it is enough */
	th_picture_mark *mark;
	size_t marks;
	bool failed;
} th_picture;

/* Texts are copied. */
th_picture th_picture_begin(th_arena *arena, double width, double height);
void th_picture_name(th_picture *picture, th_slice title, th_slice about);

void th_draw_box(th_picture *picture, double x, double y, double width, double height, th_tone tone, th_look look);
void th_draw_line(th_picture *picture, const th_spot *spot, size_t spots, double width, th_tone tone, th_look look);
void th_draw_segment(th_picture *picture, th_spot from, th_spot to, double width, th_tone tone, th_look look);
void th_draw_area(th_picture *picture, const th_spot *spot, size_t spots, th_tone tone, th_look look);
/* From one upright edge to another, of one height: what flows from there to there. */
void th_draw_ribbon(th_picture *picture, th_spot from, th_spot to, double height, th_tone tone);
void th_draw_dot(th_picture *picture, th_spot middle, double radius, th_tone tone, th_look look);
/* In at most `room` (0: as it is); what is cut off stands in its hint. */
void th_draw_text(th_picture *picture, double x, double y, th_slice text, th_letters letters, double room);
void th_draw_hint(th_picture *picture, th_slice hint); /* of the last mark */

/* How wide a text is, at most, in whatever fonts there are: 1 em for a wide character (width.c) and for a sign that Chinese fonts draw wide, less for
 * Latin. */
double th_text_width(th_slice text, double size, bool bold);

/* Would a text there be inside the picture and over no other? */
bool th_picture_is_free(const th_picture *picture, double x, double y, th_slice text, th_letters letters);
/* And over no line but those of a grid? */
bool th_picture_is_clear(const th_picture *picture, double x, double y, th_slice text, th_letters letters);

/* A round step, 1, 2, 2.5 or 5 times a power of ten, so that at most `steps` of them reach `most`; 1 for nothing. */
double th_axis_step(double most, size_t steps);

/* --- svg.c: as SVG --- */

extern const char *const th_tone_names[TH_TONES];
extern const unsigned th_tone_colours[TH_TONES]; /* 0xRRGGBB on white */

/* Declarations of the palette for the style of a page: the colours of every role as variables, on white and, behind a query, on black and on paper. */
void th_put_picture_style(th_buf *out);

/* The picture as an <svg> element of a page that has that style; `number`, of which no other picture of the page has the same, is for its ids. 0: as a file
 * of its own, on white. Failures, of the picture too, end in out->failed. */
void th_put_picture_svg(th_buf *out, const th_picture *picture, size_t number);

/* --- emf.c: as an enhanced metafile --- */

/* On white. Failures, of the picture too, end in out->failed. */
void th_put_picture_emf(th_buf *out, const th_picture *picture);

/* --- markup.c --- */

/* Text for XML and HTML, between tags and in quotes. A tab or an end of line is a blank; what XML 1.0 cannot hold, what turns the direction of a line round,
 * and bytes that are no UTF-8 become U+FFFD. */
void th_put_markup(th_buf *out, th_slice text);

#endif
