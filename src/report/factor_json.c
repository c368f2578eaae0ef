/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One factor as tanhe.factors/2: its record, who takes it and why, and what other documents say. */
#include "report/report.h"

static void put_takers(const th_factor_view *v, th_writer *w)
{
	th_put_open(w, "profiles", '[');
	for (uint32_t p = 0; p < v->reference->profiles; p++) {
		const th_profile *profile = &v->reference->profile[p];
		for (int leg = 0; leg < TH_LEGS; leg++) {
			const th_rule *rule = th_taking_rule(v, profile, (th_leg)leg);
			if (!rule)
				continue;
			th_put_open(w, NULL, '{');
			th_put_text(w, "id", profile->id);
			th_put_text(w, "leg", th_slice_of(th_leg_names[leg]));
			th_put_both(w, "purpose", profile->purpose_zh, profile->purpose_en);
			th_put_text_if(w, "document", profile->document);
			th_put_both(w, "note", rule->note_zh, rule->note_en);
			th_put_close(w, '}');
		}
	}
	th_put_close(w, ']');
}

static void put_conflicts(const th_factor_view *v, th_writer *w)
{
	th_put_open(w, "conflicts", '[');
	for (uint32_t i = 0; i < v->reference->conflicts; i++) {
		const th_conflict *conflict = &v->reference->conflict[i];
		if (!th_conflict_names(v->reference, conflict, th_view_row(v, v->first)->id))
			continue;
		th_put_open(w, NULL, '{');
		th_put_both(w, "subject", conflict->subject_zh, conflict->subject_en);
		th_put_both(w, "reading", conflict->reading_zh, conflict->reading_en);
		th_put_open(w, "factors", '[');
		for (size_t k = 0; k < conflict->factors; k++)
			th_put_text(w, NULL, th_view_row(v, conflict->factor[k])->id);
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_others(const th_factor_view *v, th_writer *w)
{
	th_put_open(w, "others", '[');
	for (uint32_t i = 0; i < v->reference->factors; i++) {
		const th_factor *other = th_view_row(v, i);
		if (!th_view_rivals(v, other))
			continue;
		th_put_open(w, NULL, '{');
		th_put_factor(w, "factor", other, NULL);
		th_put_open(w, "profiles", '[');
		for (uint32_t p = 0; p < v->reference->profiles && !other->hidden; p++)
			if (th_profile_takes_any(v->reference, &v->reference->profile[p], other))
				th_put_text(w, NULL, v->reference->profile[p].id);
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_factor_json(const th_factor_view *v, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.factors/2");
	th_put_factor_set(&w, v->reference);
	th_put_open(&w, "factors", '[');
	for (uint32_t i = v->first; i != TH_NONE; i = th_view_next(v, i))
		th_put_factor(&w, NULL, th_view_row(v, i), NULL);
	th_put_close(&w, ']');
	put_takers(v, &w);
	put_conflicts(v, &w);
	put_others(v, &w);
	th_writer_end(&w);
}
