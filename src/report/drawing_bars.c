/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drawing.h"

enum { LEFT = 220, RIGHT = 615, HEAD = 28 };

static void draw_bar(th_drawing *d, double y, const th_bar *bar, double most)
{
	th_page *p = d->page;
	double width = (RIGHT - LEFT) * th_tonnes(bar->mass) / most;
	th_page_text(p, bar->name);
	th_drawing_text(d, LEFT - 8, y + 17, th_body(TH_ANCHOR_END), LEFT - 12);
	th_draw_box(&d->picture, LEFT, y + 4, width < 1 ? 1 : width, TH_ROW - 8, bar->tone, TH_LOOK_SOLID);
	th_drawing_exact(d, bar->name, bar->mass);
	th_page_text(p, bar->amount);
	th_drawing_text(d, LEFT + width + 7, y + 17, th_body(TH_ANCHOR_START), 0);
}

double th_draw_bars(th_drawing *d, const th_bar *bar, size_t count)
{
	double y = 0, most = 0;
	for (size_t i = 0; i < count; i++)
		most = th_tonnes(bar[i].mass) > most ? th_tonnes(bar[i].mass) : most;
	for (size_t i = 0; i < count; i++) {
		if (bar[i].head.len) {
			th_page_text(d->page, bar[i].head);
			th_drawing_text(d, 0, y + 18, th_strong(TH_ANCHOR_START), 0);
			y += HEAD;
		}
		draw_bar(d, y, &bar[i], most);
		y += TH_ROW;
	}
	return y;
}
