/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Has it peaked: each series as a line over its years, its maximum marked, with the verdict of the C40 test in words. */
#include "base/print.h"
#include "report/drawing.h"

enum { LEFT = 84, RIGHT = 720, TOP = 34, BOTTOM = 250, HEIGHT = 278 };

static th_spot spot_of(const th_scale *x, const th_scale *y, const th_trend *trend, size_t i)
{
	return (th_spot){th_on(x, trend->point[i].year - trend->point[0].year), th_on(y, th_tonnes(trend->point[i].mass))};
}

/* A year whose number will still change, as the source of a series says; what stands last for a year holds. */
static bool is_provisional(const th_case_plan *plan, const th_plan_series *series, int year)
{
	static const char *const words[] = {"provisional", "preliminary", "初步", "快报"};
	bool found = false;
	for (size_t f = 0; f < plan->yearlys; f++)
		for (size_t i = 0; i < plan->yearly[f].count && plan->yearly[f].path == series->file; i++) {
			const th_yearly_row *row = &plan->yearly[f].row[i];
			if (row->year != year || !th_slice_eq(row->series, series->name))
				continue;
			found = false;
			for (size_t w = 0; w < sizeof words / sizeof *words; w++)
				found |= th_says(row->source, words[w]);
		}
	return found;
}

/* Over years without data the line is broken, provisional years are hollow; are there any? */
static bool draw_line(th_drawing *d, const th_scale *x, const th_scale *y, const th_case_plan *plan, const th_plan_series *series)
{
	const th_trend *trend = &series->trend;
	bool any = false;
	for (size_t i = 1; i < trend->points; i++)
		th_draw_segment(&d->picture, spot_of(x, y, trend, i - 1), spot_of(x, y, trend, i), 2.5, TH_TONE_SCOPE2,
		                trend->point[i].year == trend->point[i - 1].year + 1 ? TH_LOOK_SOLID : TH_LOOK_DASHED);
	for (size_t i = 0; i < trend->points; i++) {
		char year[16];
		int len = th_print(year, sizeof year, "%d", trend->point[i].year);
		bool provisional = is_provisional(plan, series, trend->point[i].year);
		any |= provisional;
		th_draw_dot(&d->picture, spot_of(x, y, trend, i), trend->point[i].year == trend->maximum.year ? 6 : 3.5, TH_TONE_SCOPE2,
		            provisional ? TH_LOOK_HOLLOW : TH_LOOK_SOLID);
		th_drawing_exact(d, (th_slice){year, len > 0 ? (size_t)len : 0}, trend->point[i].mass);
	}
	return any;
}

static void label_point(th_drawing *d, th_spot at, int year, th_mass mass, th_letters letters)
{
	const th_spot near[] = {{at.x, at.y - 12}, {at.x, at.y + 22}, {at.x, at.y - 28}, {at.x, at.y + 38}};
	th_page *p = d->page;
	letters.anchor = at.x < LEFT + 70 ? TH_ANCHOR_START : at.x > RIGHT - 70 ? TH_ANCHOR_END : TH_ANCHOR_MIDDLE;
	TH_SAY(p, W_P_MAX_FOUND, th_fill_integer(year), th_fill_mass(mass));
	th_drawing_near(d, near, sizeof near / sizeof *near, letters);
}

static th_slice series_name(const th_page *p, const th_case_plan *plan, const th_plan_series *series)
{
	if (series->name.len)
		return series->name;
	return th_page_word(p, series == plan->series && plan->a->account ? W_P_SERIES_INVENTORY : W_P_SERIES_UNNAMED);
}

static void draw_series(th_page *p, const th_case_plan *plan, const th_plan_series *series)
{
	static const th_label verdict[] = {[TH_PEAK_UNKNOWN] = W_P_UNKNOWN, [TH_PEAK_NOT] = W_P_NOT_PEAKED, [TH_PEAK_YES] = W_P_PEAKED};
	const th_trend *trend = &series->trend;
	const th_plain_maximum *most = &trend->maximum;
	size_t last = trend->points - 1, peak = 0;
	while (trend->point[peak].year != most->year)
		peak++;
	th_drawing d = th_drawing_begin(p, HEIGHT, most->mass);
	th_drawing_word(&d, 0, 14, W_TONNES, th_small(TH_ANCHOR_START), 0);
	th_scale y = th_axis_up(&d, LEFT, RIGHT, BOTTOM, TOP, th_tonnes(most->mass));
	th_scale x = th_axis_years(&d, LEFT + 14, RIGHT - 14, BOTTOM, trend->point[0].year, trend->point[last].year);
	if (draw_line(&d, &x, &y, plan, series)) {
		th_draw_dot(&d.picture, (th_spot){RIGHT - th_text_width(th_page_word(p, W_F_PROVISIONAL), TH_SMALL, false) - 10, 10}, 3.5, TH_TONE_SCOPE2, TH_LOOK_HOLLOW);
		th_drawing_word(&d, RIGHT, 14, W_F_PROVISIONAL, th_small(TH_ANCHOR_END), 0);
	}
	label_point(&d, spot_of(&x, &y, trend, peak), most->year, most->mass, th_strong(TH_ANCHOR_MIDDLE));
	if (last != peak)
		label_point(&d, spot_of(&x, &y, trend, last), trend->point[last].year, trend->point[last].mass, th_body(TH_ANCHOR_MIDDLE));
	TH_SAY(p, W_F_PEAK, th_fill_text(series_name(p, plan, series)), th_fill_text(th_page_word(p, verdict[trend->c40])), th_fill_integer(most->year),
	       th_fill_mass(most->mass));
	th_drawing_end(&d, W_F_PEAK_ABOUT);
}

static void put_points(th_page *p, const th_trend *trend)
{
	static const th_page_column columns[] = {{W_P_H_YEAR, TH_DOC_YEAR}, {W_TONNES, TH_DOC_MASS}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < trend->points; i++) {
		th_doc_year(&p->doc, trend->point[i].year);
		th_page_mass(p, trend->point[i].mass);
	}
}

void th_put_peak_pictures(th_page *p, const th_case_plan *plan)
{
	if (plan->series_count == 0)
		th_page_paragraph(p, W_F_PEAK_NO_SERIES);
	for (size_t i = 0; i < plan->series_count; i++) {
		const th_plan_series *series = &plan->series[i];
		if (series->trend.points > 1 && series->trend.maximum.mass > 0)
			draw_series(p, plan, series);
		else {
			TH_SAY(p, W_F_PEAK_NONE, th_fill_text(series_name(p, plan, series)));
			th_doc_paragraph(&p->doc, TH_S(""));
		}
		TH_SAY(p, W_F_PEAK_TABLE, th_fill_text(series_name(p, plan, series)));
		th_doc_caption(&p->doc, TH_S(""));
		put_points(p, &series->trend);
	}
}
