/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures as data and as SVG: what is drawn is there, hostile text is text, cut text is kept whole beside. */
#include <check.h>
#include <stdint.h>
#include <stdio.h>

#include "doc/doc.h"
#include "doc/picture.h"
#include "suites.h"

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

static th_arena arena;
static th_picture picture;
static th_buf out;

static void begin(void)
{
	arena = (th_arena){0};
	out = (th_buf){0};
	picture = th_picture_begin(&arena, 200, 100);
	th_picture_name(&picture, TH_S("title & unit"), TH_S("what is seen"));
}

static void end(void)
{
	th_buf_free(&out);
	th_arena_free(&arena);
}

static bool has(const char *text)
{
	th_buf_char(&out, '\0');
	out.len--;
	return strstr(out.ptr, text) != NULL;
}

static const th_letters plain = {.size = 13, .tone = TH_TONE_INK};

/* --- text for XML --- */

static const struct { const char *text, *markup; } markups[] = {
	{"a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c'"},
	{"a\tb\nc\x01" "d", "a b c\xEF\xBF\xBD" "d"},
	{"\xEF\xBF\xBE\xEF\xBF\xBF", "\xEF\xBF\xBD\xEF\xBF\xBD"},     /* U+FFFE, U+FFFF */
	{"\xE2\x80\xAE" "abc", "\xEF\xBF\xBD" "abc"},                 /* right to left from here */
	{"\xC2\x85\xFF\xE5\xA4", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* C1; no UTF-8; a character cut off */
	{"天然气 𠮷㎥₂", "天然气 𠮷㎥₂"},
};

START_TEST(markup_holds_any_text)
{
	th_put_markup(&out, th_slice_of(markups[_i].text));
	ck_assert_msg(th_slice_eq(th_buf_view(&out), th_slice_of(markups[_i].markup)), "`%s` becomes `%.*s`", markups[_i].text, (int)out.len, out.ptr);
}
END_TEST

/* --- SVG --- */

START_TEST(a_page_says_what_a_picture_is)
{
	th_draw_box(&picture, 1, 2, 30.26, 4, TH_TONE_SCOPE2, TH_LOOK_SOLID);
	th_draw_hint(&picture, TH_S("<b>"));
	th_put_picture_svg(&out, &picture, 7);
	ck_assert(has("<svg class=\"picture\" viewBox=\"0 0 200 100\" role=\"img\" aria-labelledby=\"p7t p7d\""));
	ck_assert(has("<title id=\"p7t\">title &amp; unit</title><desc id=\"p7d\">what is seen</desc>"));
	ck_assert(has("<rect x=\"1.0\" y=\"2.0\" width=\"30.3\" height=\"4.0\" fill=\"var(--scope2,#0F2D69)\"><title>&lt;b&gt;</title></rect>"));
	ck_assert(!has("xmlns"));
}
END_TEST

START_TEST(a_file_has_its_own_colours)
{
	const th_spot spot[] = {{0, 0}, {10, 5}, {20, 0}};
	th_draw_line(&picture, spot, 3, 2, TH_TONE_MUTED, TH_LOOK_DASHED);
	th_draw_area(&picture, spot, 3, TH_TONE_SCOPE1, TH_LOOK_SHEER);
	th_draw_dot(&picture, spot[1], 4, TH_TONE_OTHER, TH_LOOK_HOLLOW);
	th_draw_box(&picture, 0, 0, 1, 1, TH_TONE_INK, TH_LOOK_DASHED);
	th_put_picture_svg(&out, &picture, 0);
	ck_assert(has("xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\""));
	ck_assert(has("<polyline points=\"0.0,0.0 10.0,5.0 20.0,0.0\" fill=\"none\" stroke=\"#59636E\" stroke-width=\"2.0\" stroke-dasharray=\"6 4\"/>"));
	ck_assert(has("fill=\"#961E1E\" fill-opacity=\".45\"/>"));
	ck_assert(has("<circle cx=\"10.0\" cy=\"5.0\" r=\"4.0\" fill=\"#FFFFFF\" stroke=\"#786996\" stroke-width=\"2\"/>"));
	ck_assert(has("fill=\"none\" stroke=\"#1B1F24\" stroke-width=\"2\" stroke-dasharray=\"5 3\"/>"));
	ck_assert(!has("var("));
}
END_TEST

START_TEST(a_flow_is_as_high_at_both_ends)
{
	th_draw_ribbon(&picture, (th_spot){10, 20}, (th_spot){110, 50}, 8, TH_TONE_SCOPE3);
	const th_picture_mark *mark = picture.mark;
	ck_assert_uint_eq(picture.marks, 1);
	ck_assert(mark->spot[0].x == 10 && mark->spot[0].y == 20);
	ck_assert(mark->spot[mark->spots - 1].x == 10 && mark->spot[mark->spots - 1].y == 28);
	ck_assert(mark->spot[mark->spots / 2 - 1].x == 110 && mark->spot[mark->spots / 2 - 1].y == 50);
	ck_assert(mark->spot[mark->spots / 2].y == 58);
}
END_TEST

/* 外购电力 at 13 px takes 52 across from x, and from 13 above the line it stands on to 3.9 below. */
static const struct {
	th_spot from, to;
	double width;
	bool free, clear;
} crossings[] = {
	{{0, 40}, {200, 40}, 2, true, true},     /* above */
	{{0, 48}, {200, 48}, 2, true, false},    /* through it */
	{{0, 48}, {200, 48}, 1, true, true},     /* a grid's */
	{{0, 48}, {90, 48}, 2, true, true},      /* ends before it */
	{{120, 0}, {120, 100}, 2, true, false},  /* upright */
	{{90, 0}, {90, 100}, 2, true, true},
	{{80, 0}, {180, 100}, 2, true, false},   /* falls through it */
	{{0, 0}, {100, 100}, 2, true, true},     /* passes its corner */
	{{120, 50}, {121, 51}, 2, true, false},  /* inside */
};

START_TEST(a_text_sees_the_lines_it_would_stand_on)
{
	const th_spot line[] = {crossings[_i].from, crossings[_i].to};
	th_draw_line(&picture, line, 2, crossings[_i].width, TH_TONE_SCOPE2, TH_LOOK_SOLID);
	ck_assert(th_picture_is_free(&picture, 100, 55, TH_S("外购电力"), plain) == crossings[_i].free);
	ck_assert(th_picture_is_clear(&picture, 100, 55, TH_S("外购电力"), plain) == crossings[_i].clear);
	th_draw_text(&picture, 100, 55, TH_S("外购电力"), plain, 0);
	ck_assert(!th_picture_is_clear(&picture, 100, 55, TH_S("外购电力"), plain));
}
END_TEST

/* 13 px: four wide characters are 52; those and an ellipsis, which may be wide, 65. */
START_TEST(text_is_cut_to_its_room)
{
	th_draw_text(&picture, 5, 9, TH_S("外购电力与热力"), plain, 70);
	th_draw_text(&picture, 5, 9, TH_S("外购电力"), plain, 52);
	th_put_picture_svg(&out, &picture, 1);
	ck_assert(has("<text x=\"5.0\" y=\"9.0\" font-size=\"13.0\" fill=\"var(--ink,#1B1F24)\"><title>外购电力与热力</title>外购电力…</text>"));
	ck_assert(has(">外购电力</text>"));
}
END_TEST

/* Worked out by hand: 1 em for each wide character and sign, .6 for a digit or small letter. */
static const struct { const char *text; double em; } ems[] = {
	{"", 0}, {"电力", 2}, {"123", 1.8}, {"±×≥−…", 5}, {"e\xCC\x81", .6}, {"㎥₂", 2},
};

START_TEST(text_takes_room_by_its_characters)
{
	double width = th_text_width(th_slice_of(ems[_i].text), 10, false);
	ck_assert_msg(width > ems[_i].em * 10 - 1e-9 && width < ems[_i].em * 10 + 1e-9, "`%s` is %g wide", ems[_i].text, width);
}
END_TEST

static const struct { double most; size_t steps; double step; } axes[] = {
	{100, 5, 20}, {101, 5, 25}, {14777, 4, 5000}, {.3, 3, .1}, {0, 4, 1}, {1e300 * 1e10, 4, 1}, {7, 7, 1}, {1936.5, 4, 500}, {9.9, 1, 10},
};

START_TEST(axes_have_round_steps)
{
	double step = th_axis_step(axes[_i].most, axes[_i].steps);
	ck_assert_msg(step > axes[_i].step * (1 - 1e-12) && step < axes[_i].step * (1 + 1e-12), "%g in %zu steps: %g", axes[_i].most, axes[_i].steps, step);
}
END_TEST

START_TEST(a_style_names_each_role)
{
	th_put_picture_style(&out);
	for (int tone = 0; tone < TH_TONES; tone++) {
		char name[32];
		snprintf(name, sizeof name, "--%s:#", th_tone_names[tone]);
		ck_assert_msg(has(name), "%s", name);
	}
}
END_TEST

/* --- EMF --- */

static uint32_t word_at(size_t at)
{
	const unsigned char *b = (const unsigned char *)out.ptr + at;
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Where the first record of that kind is; records follow each other without a gap to the end ([MS-EMF] 2.3). */
static size_t record_of(uint32_t kind, size_t *count)
{
	size_t found = 0;
	*count = 0;
	for (size_t at = 0; at < out.len; at += word_at(at + 4)) {
		ck_assert_uint_eq(word_at(at + 4) % 4, 0);
		ck_assert_uint_ge(word_at(at + 4), 8);
		if (word_at(at) == kind && ++*count == 1)
			found = at;
	}
	return found;
}

START_TEST(a_metafile_has_what_was_drawn)
{
	size_t count, at;
	const th_spot spot[] = {{0, 0}, {10, 5}, {20, 0}};
	th_draw_box(&picture, 1, 2, 30, 4, TH_TONE_SCOPE2, TH_LOOK_SOLID);
	th_draw_line(&picture, spot, 3, 2, TH_TONE_SCOPE1, TH_LOOK_SOLID);
	th_draw_dot(&picture, spot[1], 4, TH_TONE_OTHER, TH_LOOK_HOLLOW);
	th_put_picture_emf(&out, &picture);
	ck_assert_uint_eq(word_at(40), 0x464D4520);
	ck_assert_uint_eq(word_at(48), out.len);
	ck_assert_uint_eq(word_at(16), 2000); /* 200 wide, ten points each */
	at = record_of(14, &count);
	ck_assert(count == 1 && at + 20 == out.len);
	at = record_of(3, &count); /* the box: five corners from (10, 20) to (310, 60) */
	ck_assert(count == 1 && word_at(at + 24) == 5 && word_at(at + 28) == 10 && word_at(at + 32) == 20 && word_at(at + 44) == 310 && word_at(at + 48) == 60);
	at = record_of(4, &count);
	ck_assert(count == 1 && word_at(at + 24) == 3);
	at = record_of(42, &count);
	ck_assert(count == 1 && word_at(at + 8) == 60 && word_at(at + 16) == 140);
	at = record_of(38, &count); /* the first pen: scope 1, red last */
	ck_assert_uint_eq(word_at(at + 24), 0x1E1E96);
}
END_TEST

/* 20 units of 6 and 4: two dashes; a corner in a dash makes it two lines. */
START_TEST(a_metafile_draws_each_dash)
{
	size_t count;
	const th_spot spot[] = {{0, 0}, {3, 0}, {20, 0}};
	th_draw_line(&picture, spot, 3, 2, TH_TONE_MUTED, TH_LOOK_DASHED);
	th_put_picture_emf(&out, &picture);
	(void)record_of(4, &count);
	ck_assert_uint_eq(count, 3);
}
END_TEST

/* U+20BB7 is two units, and the second of them takes no room: 𠮷㎥₂ is four, at 1 em of 130 less a twentieth. */
START_TEST(a_metafile_has_text_of_any_plane)
{
	size_t count, at;
	th_draw_text(&picture, 5, 9, TH_S("𠮷㎥₂"), plain, 0);
	th_put_picture_emf(&out, &picture);
	at = record_of(84, &count);
	ck_assert(count == 1 && word_at(at + 44) == 4 && word_at(at + 48) == 76);
	ck_assert_uint_eq(word_at(at + 76), 0xDFB7D842);
	ck_assert_uint_eq(word_at(at + 80), 0x208233A5);
	ck_assert_uint_eq(word_at(at + 72), 84);
	ck_assert(word_at(at + 84) > 110 && word_at(at + 88) == 0 && word_at(at + 92) == word_at(at + 84));
}
END_TEST

/* --- in a document --- */

START_TEST(a_terminal_shows_no_picture)
{
	th_doc doc = {0};
	th_picture shown = th_picture_begin(&doc.arena, 10, 10);
	th_draw_text(&shown, 1, 1, TH_S("x"), plain, 0);
	th_doc_picture(&doc, &shown);
	th_doc_caption(&doc, TH_S("its numbers"));
	th_doc_table(&doc);
	th_doc_column(&doc, TH_DOC_WORD, TH_S(""));
	th_doc_cell_text(&doc, TH_S("cell"));
	th_put_doc_text(&out, &doc);
	ck_assert(th_slice_eq(th_buf_view(&out), TH_S("its numbers\ncell\n")));
	ck_assert_ptr_eq(doc.block[0].picture->mark->text.ptr, shown.mark->text.ptr);
	th_doc_free(&doc);
}
END_TEST

START_TEST(a_picture_without_memory_is_none)
{
	th_doc doc = {0};
	picture.marks = (size_t)1 << 62;
	th_draw_text(&picture, 1, 1, TH_S("x"), plain, 0);
	ck_assert(picture.failed);
	picture.marks = 0;
	th_put_picture_svg(&out, &picture, 1);
	ck_assert(out.failed);
	th_doc_picture(&doc, &picture);
	ck_assert(th_doc_failed(&doc));
	th_doc_free(&doc);
}
END_TEST

Suite *picture_suite(void)
{
	Suite *suite = suite_create("picture");
	TCase *tcase = tcase_create("picture");
	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_loop_test(tcase, markup_holds_any_text, 0, COUNT(markups));
	tcase_add_test(tcase, a_page_says_what_a_picture_is);
	tcase_add_test(tcase, a_file_has_its_own_colours);
	tcase_add_test(tcase, a_flow_is_as_high_at_both_ends);
	tcase_add_loop_test(tcase, a_text_sees_the_lines_it_would_stand_on, 0, COUNT(crossings));
	tcase_add_test(tcase, text_is_cut_to_its_room);
	tcase_add_loop_test(tcase, text_takes_room_by_its_characters, 0, COUNT(ems));
	tcase_add_loop_test(tcase, axes_have_round_steps, 0, COUNT(axes));
	tcase_add_test(tcase, a_style_names_each_role);
	tcase_add_test(tcase, a_metafile_has_what_was_drawn);
	tcase_add_test(tcase, a_metafile_draws_each_dash);
	tcase_add_test(tcase, a_metafile_has_text_of_any_plane);
	tcase_add_test(tcase, a_terminal_shows_no_picture);
	tcase_add_test(tcase, a_picture_without_memory_is_none);
	return suite;
}
