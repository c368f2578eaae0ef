/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in its life a product emits: a bar for each activity, by stage, in kg CO2e of the declared unit. */
#include "base/list.h"
#include "report/drawing.h"
#include "report/footprint_report.h"

enum { LEAST = 10 /* per mille */, SIGNIFICANT = 4 };

/* An activity in a stage, whatever its factors and gases. */
typedef struct th_stage_bar {
	th_life_stage stage;
	th_slice name;
	th_mass co2e;
} th_stage_bar;

/* --- what is shown --- */

/* Processes are by stage and size; those of one activity are taken together, in the place of the first. */
static th_stage_bar *activities_of(th_page *p, const th_footprint *fp, size_t *count)
{
	th_stage_bar *bar = th_arena_alloc(&p->doc.arena, fp->processes + 1, sizeof *bar);
	const th_activity **of = th_arena_alloc(&p->doc.arena, fp->processes + 1, sizeof *of);
	*count = 0;
	p->doc.failed |= !bar || !of;
	for (size_t i = 0; bar && of && i < fp->processes; i++) {
		const th_process *process = &fp->process[i];
		size_t k = 0;
		while (k < *count && (of[k] != process->activity || bar[k].stage != process->stage))
			k++;
		if (k == *count) {
			of[k] = process->activity;
			bar[(*count)++] = (th_stage_bar){process->stage, th_activity_called(process->activity, p->lang), 0};
		}
		bar[k].co2e += process->co2e;
	}
	return of ? bar : NULL;
}

static bool is_small(const th_footprint *fp, const th_stage_bar *bar)
{
	return bar->co2e * 1000 < fp->total * LEAST;
}

static void say_each(th_page *p, const th_footprint *fp, th_mass mass)
{
	th_put_mass_quotient(&p->doc.text, mass, 0, &fp->product->units, SIGNIFICANT);
	th_page_say(p, W_OPEN);
	th_say_percent(p, mass, fp->total);
	th_page_say(p, W_CLOSE);
}

static void add_bar(th_page *p, const th_footprint *fp, th_bar *out, size_t *count, const th_stage_bar *bar, bool first)
{
	th_bar *to = &out[(*count)++];
	*to = (th_bar){.name = bar->name, .tone = TH_TONE_OTHER, .mass = bar->co2e};
	if (first) {
		th_page_say(p, th_stage_words[bar->stage]);
		th_page_text(p, TH_S(" "));
		say_each(p, fp, fp->stage[bar->stage]);
		to->head = th_doc_take(&p->doc);
	}
	say_each(p, fp, bar->co2e);
	to->amount = th_doc_take(&p->doc);
}

/* The large ones of a stage, and behind them the sum of the small ones. */
static void add_stage(th_page *p, const th_footprint *fp, const th_stage_bar *bar, size_t bars, th_life_stage stage, th_bar *out, size_t *count)
{
	th_stage_bar rest = {.stage = stage};
	size_t small = 0, before = *count;
	for (size_t i = 0; i < bars; i++)
		if (bar[i].stage == stage && bar[i].co2e > 0 && is_small(fp, &bar[i])) {
			rest.co2e += bar[i].co2e;
			rest.name = bar[i].name;
			small++;
		}
	for (size_t i = 0; i < bars; i++)
		if (bar[i].stage == stage && bar[i].co2e > 0 && !is_small(fp, &bar[i]))
			add_bar(p, fp, out, count, &bar[i], *count == before);
	if (small > 1) {
		TH_SAY(p, W_F_OTHERS, th_fill_integer((long long)small));
		rest.name = th_doc_take(&p->doc);
	}
	if (small)
		add_bar(p, fp, out, count, &rest, *count == before);
}

static void put_rows(th_page *p, const th_footprint *fp, const th_stage_bar *bar, size_t bars)
{
	static const th_page_column columns[] = {
		{W_FP_H_STAGE, TH_DOC_WORD}, {W_FP_H_PROCESS, TH_DOC_WORD}, {W_FP_H_EACH, TH_DOC_FIGURE}, {W_FP_H_PERIOD, TH_DOC_MASS}, {W_FP_H_SHARE, TH_DOC_PERCENT},
	};
	th_drawing_table(p, W_FP_F_TABLE);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < bars; i++) {
		th_page_cell(p, th_stage_words[bar[i].stage]);
		th_doc_cell_text(&p->doc, bar[i].name);
		th_put_footprint_amount(p, fp, bar[i].co2e);
	}
}

void th_put_stages_picture(th_page *p, const th_footprint *fp)
{
	size_t bars, count = 0;
	const th_stage_bar *bar = activities_of(p, fp, &bars), *most = bar;
	th_bar *out = th_arena_alloc(&p->doc.arena, bars + 1, sizeof *out);
	p->doc.failed |= !out;
	if (!bar || !out || bars == 0 || fp->total <= 0)
		return;
	th_drawing d = th_drawing_begin(p, 0, fp->total);
	for (th_life_stage stage = 0; stage < TH_STAGES; stage++)
		add_stage(p, fp, bar, bars, stage, out, &count);
	d.picture.height = th_draw_bars(&d, out, count) + 4;
	for (size_t i = 1; i < bars; i++)
		most = bar[i].co2e > most->co2e ? &bar[i] : most;
	th_say_percent(p, most->co2e, fp->total);
	th_slice share = th_doc_take(&p->doc);
	TH_SAY(p, W_FP_F_STAGES, th_fill_text(most->name), th_fill_text(th_page_word(p, th_stage_words[most->stage])), th_fill_text(share), th_fill_text(fp->product->unit));
	th_drawing_end(&d, W_FP_F_STAGES_ABOUT);
	put_rows(p, fp, bar, bars);
}
