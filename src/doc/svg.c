/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture as SVG 1.1: text stays text, nothing is fetched and nothing runs. In a page a colour is a variable, so that the page's style has the say; its
 * fallback is the one on white. */
#include "doc/picture.h"

/* By role: its name and its colours on white and on black. Of the first four, found by search: at least 28 apart (CIELAB) on white for normal sight and each of the
 * three dichromacies, 12.9 apart in lightness and 3.1 : 1 against the ground; 34, 15.3 and 3.4 on black. Text is at least 4.5 : 1. */
const char *const th_tone_names[TH_TONES] = {"scope1", "scope2", "scope3", "other", "ink", "muted", "faint", "soft", "ground"};
const unsigned th_tone_colours[TH_TONES] = {0x961E1E, 0x0F2D69, 0x3CA569, 0x786996, 0x1B1F24, 0x59636E, 0xD5DAE0, 0xE9ECF0, 0xFFFFFF};
static const unsigned on_black[TH_TONES] = {0xE1785A, 0x2D69D2, 0x96FFC3, 0xD2B4E1, 0xE8EAED, 0xA5AEB8, 0x3A424B, 0x2A3037, 0x16191D};

static void put_colours(th_buf *out, const unsigned *colour)
{
	th_buf_str(out, ":root{");
	for (int tone = 0; tone < TH_TONES; tone++)
		th_buf_printf(out, "--%s:#%06X%s", th_tone_names[tone], colour[tone], tone + 1 < TH_TONES ? ";" : "}\n");
}

void th_put_picture_style(th_buf *out)
{
	put_colours(out, th_tone_colours);
	th_buf_str(out, "@media screen and (prefers-color-scheme:dark){");
	put_colours(out, on_black);
	th_buf_str(out, "}\n");
}

/* --- marks --- */

static void put_colour(th_buf *out, const char *attribute, th_tone tone, bool alone)
{
	if (alone)
		th_buf_printf(out, " %s=\"#%06X\"", attribute, th_tone_colours[tone]);
	else
		th_buf_printf(out, " %s=\"var(--%s,#%06X)\"", attribute, th_tone_names[tone], th_tone_colours[tone]);
}

/* How the inside and the edge of a box, an area or a dot are painted. */
static void put_paint(th_buf *out, const th_picture_mark *mark, bool alone)
{
	bool outline = mark->look == TH_LOOK_HOLLOW || mark->look == TH_LOOK_DASHED;
	if (mark->look == TH_LOOK_DASHED)
		th_buf_str(out, " fill=\"none\"");
	else
		put_colour(out, "fill", mark->look == TH_LOOK_HOLLOW ? TH_TONE_GROUND : mark->tone, alone);
	if (mark->look == TH_LOOK_SHEER)
		th_buf_str(out, " fill-opacity=\".45\"");
	if (outline) {
		put_colour(out, "stroke", mark->tone, alone);
		th_buf_str(out, mark->look == TH_LOOK_DASHED ? " stroke-width=\"2\" stroke-dasharray=\"5 3\"" : " stroke-width=\"2\"");
	}
}

static void put_spots(th_buf *out, const th_picture_mark *mark)
{
	th_buf_str(out, " points=\"");
	for (size_t i = 0; i < mark->spots; i++)
		th_buf_printf(out, "%s%.1f,%.1f", i ? " " : "", mark->spot[i].x, mark->spot[i].y);
	th_buf_char(out, '"');
}

static void put_line(th_buf *out, const th_picture_mark *mark, bool alone)
{
	th_buf_str(out, "<polyline");
	put_spots(out, mark);
	th_buf_str(out, " fill=\"none\"");
	put_colour(out, "stroke", mark->tone, alone);
	th_buf_printf(out, " stroke-width=\"%.1f\"%s", mark->width, mark->look == TH_LOOK_DASHED ? " stroke-dasharray=\"6 4\"" : "");
}

static void put_text(th_buf *out, const th_picture_mark *mark, bool alone)
{
	static const char *const anchor[] = {"start", "middle", "end"};
	const th_letters *letters = &mark->letters;
	th_buf_printf(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\"", mark->spot->x, mark->spot->y, letters->size);
	if (letters->anchor != TH_ANCHOR_START)
		th_buf_printf(out, " text-anchor=\"%s\"", anchor[letters->anchor]);
	if (letters->bold)
		th_buf_str(out, " font-weight=\"600\"");
	put_colour(out, "fill", letters->tone, alone);
}

static const char *put_start(th_buf *out, const th_picture_mark *mark, bool alone)
{
	const th_spot *at = mark->spot;
	switch (mark->kind) {
	case TH_MARK_BOX:
		th_buf_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", at[0].x, at[0].y, at[1].x - at[0].x, at[1].y - at[0].y);
		put_paint(out, mark, alone);
		return "rect";
	case TH_MARK_LINE:
		put_line(out, mark, alone);
		return "polyline";
	case TH_MARK_AREA:
		th_buf_str(out, "<polygon");
		put_spots(out, mark);
		put_paint(out, mark, alone);
		return "polygon";
	case TH_MARK_DOT:
		th_buf_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"", at->x, at->y, mark->width);
		put_paint(out, mark, alone);
		return "circle";
	case TH_MARK_TEXT:
		break;
	}
	put_text(out, mark, alone);
	return "text";
}

static void put_mark(th_buf *out, const th_picture_mark *mark, bool alone)
{
	const char *name = put_start(out, mark, alone);
	if (!mark->text.len && !mark->hint.len) {
		th_buf_str(out, "/>\n");
		return;
	}
	th_buf_char(out, '>');
	if (mark->hint.len) {
		th_buf_str(out, "<title>");
		th_put_markup(out, mark->hint);
		th_buf_str(out, "</title>");
	}
	th_put_markup(out, mark->text);
	th_buf_printf(out, "</%s>\n", name);
}

/* --- the picture --- */

static void put_named(th_buf *out, const char *name, char letter, size_t number, th_slice text)
{
	th_buf_printf(out, "<%s id=\"p%zu%c\">", name, number, letter);
	th_put_markup(out, text);
	th_buf_printf(out, "</%s>", name);
}

void th_put_picture_svg(th_buf *out, const th_picture *picture, size_t number)
{
	bool alone = number == 0;
	out->failed |= picture->failed;
	if (alone)
		th_buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\"", picture->width,
		              picture->height);
	else
		th_buf_str(out, "<svg class=\"picture\"");
	th_buf_printf(out, " viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"p%zut p%zud\" font-family=\"%s\">", picture->width, picture->height, number, number,
	              alone ? "SimSun,'Noto Sans CJK SC','WenQuanYi Zen Hei',sans-serif" : "inherit");
	put_named(out, "title", 't', number, picture->title);
	put_named(out, "desc", 'd', number, picture->about);
	th_buf_char(out, '\n');
	for (size_t i = 0; i < picture->marks; i++)
		put_mark(out, &picture->mark[i], alone);
	th_buf_str(out, "</svg>\n");
}
