/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What would change a requirement of a check: members of a requirement in tanhe.check/2. */
#include "report/check_report.h"

#include "base/day.h"

static void put_now(th_writer *w, const th_assessment *a, const th_check_flip *f)
{
	if (f->scale == TH_FLIP_NUMBER) {
		if (f->now.known) {
			th_put_key(w, TH_S("now"));
			(void)th_put_exact(w->buf, f->now.number, f->unit);
		}
	} else if (f->kind == TH_FLIP_FACT)
		th_put_input_value(w, "now", &a->inputs, f->decl);
	else if (f->kind == TH_FLIP_EVIDENCE)
		th_put_text_if(w, "now", a->inputs.input[f->decl].evidence);
}

/* What it is set to: an option by its id, a truth as such. */
static void put_to(th_writer *w, const th_assessment *a, const th_check_flip *f)
{
	const th_rule_option *option = th_flip_option(a, f);
	if (option && a->pack->decl[f->decl].type == TH_RULE_BOOL)
		th_put_truth(w, "to", f->option != 0);
	else
		th_put_text(w, "to", f->kind == TH_FLIP_GWP ? th_slice_of(th_gwp_names[f->option])
		                   : f->kind == TH_FLIP_ACTIVITY || f->kind == TH_FLIP_SCOPE ? TH_S("left_out")
		                   : f->kind == TH_FLIP_CANCEL ? TH_S("cancelled") : option ? option->id
		                   : f->kind == TH_FLIP_EVIDENCE && !f->option ? TH_S("absent") : TH_S("given"));
}

static void put_year(th_writer *w, uint32_t year)
{
	th_put_key(w, TH_S("to"));
	th_buf_printf(w->buf, "\"%04u\"", (unsigned)year);
}

static void put_at(th_writer *w, const th_assessment *a, const th_check_flip *f)
{
	if (f->scale == TH_FLIP_NUMBER) {
		th_put_key(w, TH_S("at"));
		th_put_decimal(w->buf, f->at);
		th_put_text_if(w, "unit", f->unit_text);
	} else if (f->scale == TH_FLIP_DAY) {
		th_put_key(w, TH_S("at"));
		th_buf_char(w->buf, '"');
		th_put_day(f->day, w->buf);
		th_buf_char(w->buf, '"');
	} else if (th_flip_is_year(a, f)) {
		put_year(w, f->option);
		return;
	} else {
		put_to(w, a, f);
		return;
	}
	th_put_text(w, "direction", f->side > 0 ? TH_S("up") : TH_S("down"));
	th_put_truth(w, "inclusive", f->inclusive);
}

/* Things set beside. */
static void put_given(th_writer *w, const th_assessment *a, const th_flip_given *given, size_t count)
{
	th_put_open(w, "given", '[');
	for (const th_flip_given *g = given; g < given + count; g++) {
		const th_check_flip set = {.kind = g->kind, .scale = g->scale, .decl = g->decl, .option = g->option};
		th_put_open(w, NULL, '{');
		th_put_text(w, "kind", th_slice_of(th_flip_kind_names[g->kind]));
		th_put_text(w, "id", g->what);
		th_put_both(w, "title", g->name.zh, g->name.en);
		if (g->scale == TH_FLIP_NUMBER) {
			th_put_key(w, TH_S("at"));
			th_put_decimal(w->buf, g->at);
			th_put_text_if(w, "unit", g->unit_text);
		} else if (g->scale == TH_FLIP_DAY) {
			th_put_key(w, TH_S("at"));
			th_buf_char(w->buf, '"');
			th_put_day(g->day, w->buf);
			th_buf_char(w->buf, '"');
		} else if (th_flip_is_year(a, &set))
			put_year(w, set.option);
		else if (g->scale == TH_FLIP_OPTION)
			put_to(w, a, &set);
		else
			th_put_text(w, "to", TH_S("given"));
		if (g->evidenced)
			th_put_truth(w, "with_evidence", true);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* Of which series days are missing, which, and what as many other days emit. */
static void put_series(th_writer *w, const th_check_flip *f)
{
	th_put_text_if(w, "site", f->hole->site);
	th_put_text_if(w, "source", f->hole->source);
	th_put_open(w, "periods", '[');
	for (size_t i = 0; i < f->hole->gaps; i++) {
		th_buf gap = {0};
		th_put_gap(&gap, &f->hole->gap[i]);
		th_put_text(w, NULL, th_buf_view(&gap));
		w->buf->failed |= gap.failed;
		th_buf_free(&gap);
	}
	th_put_close(w, ']');
	if (f->typical > 0)
		th_put_real(w, "typical", f->typical, 3);
}

static void put_flip(th_writer *w, const th_assessment *a, const th_check_flip *f)
{
	th_put_open(w, NULL, '{');
	th_put_text(w, "kind", th_slice_of(th_flip_kind_names[f->kind]));
	th_put_text(w, "id", f->what);
	th_put_both(w, "title", f->name.zh, f->name.en);
	if (f->factor && th_index_is(f->factor->gas))
		th_put_text(w, "gas", TH_AT(a->reference->gas, f->factor->gas)->name);
	if (f->hole)
		put_series(w, f);
	if (f->place.file) {
		th_put_place(w, "place", f->place.file, f->place.line);
		th_put_text_if(w, "period", f->place.period);
		th_put_text_if(w, "site", f->place.site);
		th_put_text_if(w, "source", f->place.source);
	}
	put_now(w, a, f);
	put_at(w, a, f);
	if (f->evidenced)
		th_put_truth(w, "with_evidence", true);
	th_put_text(w, "status", th_slice_of(th_rule_status_names[f->status]));
	th_put_text(w, "verdict", th_slice_of(th_verdict_names[f->verdict]));
	if (f->givens)
		put_given(w, a, f->given, f->givens);
	if (f->alsos) {
		th_put_open(w, "also", '[');
		for (size_t i = 0; i < f->alsos; i++)
			th_put_text(w, NULL, a->pack->requirement[f->also[i]].id);
		th_put_close(w, ']');
	}
	th_put_close(w, '}');
}

static void put_ends(th_writer *w, const th_assessment *a, uint32_t requirement)
{
	for (size_t i = 0; i < a->ends; i++) {
		const th_check_end *end = &a->end[i];
		if (end->requirement != requirement)
			continue;
		if (!end->best)
			th_put_open(w, "ends", '{');
		th_put_open(w, end->best ? "best" : "worst", '{');
		th_put_text(w, "status", th_slice_of(th_rule_status_names[end->status]));
		th_put_text(w, "verdict", th_slice_of(th_verdict_names[end->verdict]));
		put_given(w, a, end->given, end->givens);
		th_put_close(w, '}');
		if (end->best)
			th_put_close(w, '}');
	}
}

void th_put_flips_json(th_writer *w, const th_assessment *a, uint32_t requirement)
{
	put_ends(w, a, requirement);
	th_put_open(w, "would_change", '[');
	for (size_t i = 0; i < a->flips; i++)
		if (a->flip[i].requirement == requirement)
			put_flip(w, a, &a->flip[i]);
	th_put_close(w, ']');
}
