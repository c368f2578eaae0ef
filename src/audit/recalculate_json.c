/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a base year is to be stated anew, as tanhe.recalculation/1 (data/schema/recalculation.schema.json). */
#include "audit/audit_json.h"
#include "audit/recalculate_parts.h"
#include "case/folder.h"

static void put_end(th_writer *w, const th_recalculation *r, size_t which)
{
	th_put_open(w, which ? "now" : "then", '{');
	th_put_diff_side(w, &r->of->side[which], r->found->other[which]);
	th_put_tonnes(w, "gross", which ? r->year->bridge.to : r->year->bridge.from);
	th_put_close(w, '}');
}

static void put_threshold(th_writer *w, const th_recalculation *r)
{
	const th_case_plan *plan = r->of->plan;
	const th_param_row *row = plan->restate_row;
	if (!row)
		return;
	th_put_open(w, "threshold", '{');
	th_put_number_if(w, "value", true, row->value, plan->restate_percent);
	th_put_text(w, "unit", TH_S("%"));
	th_put_text_if(w, "source", row->source);
	th_put_place(w, "place", plan->assumptions_path, row->line);
	th_put_close(w, '}');
}

/* Members value, percent and above. */
static void put_weight(th_writer *w, const th_recalculation *r, th_mass value, bool above)
{
	th_mass base = r->year->bridge.from;
	th_put_tonnes(w, "value", value);
	if (base > 0)
		th_put_real(w, "percent", th_in_percent(th_mass_double(value), th_mass_double(base)), 6);
	if (r->has_threshold)
		th_put_truth(w, "above", above);
}

static void put_reasons(th_writer *w, const th_recalculation *r)
{
	static const char *const kinds[TH_RESTATES] = {"structure", "method", "data"};
	th_put_open(w, "reasons", '[');
	for (size_t i = 0; i < TH_RESTATE_REASONS; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", th_slice_of(r->reason[i].id));
		th_put_text(w, "kind", th_slice_of(kinds[r->reason[i].kind]));
		th_put_label(w, "title", r->reason[i].word);
		put_weight(w, r, r->reason[i].value, r->reason[i].above);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_tonnes(w, "remainder", r->year->bridge.rest);
	th_put_open(w, "change", '{');
	put_weight(w, r, r->year->bridge.to - r->year->bridge.from, r->above);
	th_put_close(w, '}');
	th_put_text(w, "unit", TH_S("t CO2e"));
}

static void put_sites(th_writer *w, const th_recalculation *r)
{
	th_put_open(w, "sites", '[');
	for (size_t i = 0; i < r->sites; i++) {
		const th_page_fill fill[2] = {th_fill_text(r->site[i].site), th_fill_integer(r->year->year[1])};
		th_put_open(w, NULL, '{');
		th_put_text(w, "site", r->site[i].site);
		th_put_said(w, "asked", r->site[i].gone ? "gone" : "appeared", r->site[i].gone ? W_RC_SITE_GONE : W_RC_SITE_NEW, fill, 2);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_missing(th_writer *w, const th_recalculation *r)
{
	th_put_open(w, "missing", '[');
	if (!r->has_threshold) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "kind", TH_S("param"));
		th_put_text(w, "id", th_slice_of(th_assumed_names[TH_ASSUMED_THRESHOLD]));
		th_put_text(w, "file", th_slice_of(th_case_files[TH_CASE_ASSUMPTIONS].name));
		th_put_label(w, "title", W_RC_THRESHOLD);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_recalculation_json(const th_recalculation *r, th_buf *out)
{
	static const char *const answers[] = {[TH_RECALCULATED_NO] = "stands", [TH_RECALCULATED_YES] = "restate", [TH_RECALCULATED_OPEN] = "undetermined"};
	static const th_label words[] = {[TH_RECALCULATED_NO] = W_RC_NO, [TH_RECALCULATED_YES] = W_RC_YES, [TH_RECALCULATED_OPEN] = W_RC_OPEN};
	th_writer w = th_writer_begin(out, "tanhe.recalculation/1");
	th_put_count(&w, "base_year", (size_t)r->year->year[1]);
	th_put_reason(&w, "result", answers[r->answer], r->answer == TH_RECALCULATED_NO && !r->year->bridge.differs ? W_RC_SAME : words[r->answer]);
	put_end(&w, r, 0);
	put_end(&w, r, 1);
	put_threshold(&w, r);
	put_reasons(&w, r);
	put_sites(&w, r);
	put_missing(&w, r);
	th_writer_end(&w);
}
