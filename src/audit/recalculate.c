/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/recalculate_parts.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/list.h"

typedef struct recalculating {
	th_recalculation r;
	th_arena arena;
	th_diags *diags;
	bool large;
} recalculating;

/* --- reasons --- */

static void put_reasons(th_recalculation *r)
{
	const th_bridge *b = &r->year->bridge;
	const th_restate_reason reasons[TH_RESTATE_REASONS] = {
		{"joined", TH_RESTATE_STRUCTURE, W_RC_JOINED, b->joined, false}, {"left", TH_RESTATE_STRUCTURE, W_RC_LEFT, b->left, false},
		{"factor", TH_RESTATE_METHOD, W_DIFF_FACTOR, b->cause[TH_CAUSE_FACTOR], false}, {"gwp", TH_RESTATE_METHOD, W_DIFF_GWP, b->cause[TH_CAUSE_GWP], false},
		{"method", TH_RESTATE_METHOD, W_DIFF_METHOD, b->cause[TH_CAUSE_METHOD], false},
		{"activity", TH_RESTATE_DATA, W_RC_ACTIVITY, b->cause[TH_CAUSE_ACTIVITY], false}, {"new", TH_RESTATE_DATA, W_RC_NEW, b->cause[TH_CAUSE_NEW], false},
		{"dropped", TH_RESTATE_DATA, W_RC_DROPPED, b->cause[TH_CAUSE_DROPPED], false}, {"data", TH_RESTATE_DATA, W_DIFF_DATA, b->cause[TH_CAUSE_DATA], false},
	};
	memcpy(r->reason, reasons, sizeof reasons);
}

/* |value| > threshold percent of the base, exactly: both times a power of ten that makes them whole. */
static bool is_above(recalculating *x, th_mass value)
{
	const th_decimal threshold = x->r.of->plan->restate_percent;
	th_mass base = x->r.year->bridge.from, limit, size;
	uint32_t digits = threshold.exp < 0 ? (uint32_t)-threshold.exp : 0;
	th_ratio of_base = th_mass_ratio(base < 0 ? -base : base), of_value = th_mass_ratio(value < 0 ? -value : value);
	th_ratio_mul(&of_base, threshold);
	th_ratio_mul_int(&of_base, 1, 1, (int32_t)digits);
	th_ratio_mul_int(&of_value, 100, 1, (int32_t)digits);
	x->large |= !th_ratio_round(&of_base, &limit) || !th_ratio_round(&of_value, &size);
	return !x->large && size > limit;
}

static void weigh(recalculating *x)
{
	th_recalculation *r = &x->r;
	r->has_threshold = r->of->plan->restate_row != NULL;
	if (!r->has_threshold)
		return;
	for (size_t i = 0; i < TH_RESTATE_REASONS; i++)
		r->reason[i].above = is_above(x, r->reason[i].value);
	r->above = is_above(x, r->year->bridge.to - r->year->bridge.from);
}

/* --- sites --- */

/* Has the site lines in the base year, and in any later one? */
static void look_for(const th_side *side, th_slice site, int base, bool *in_base, bool *later)
{
	*in_base = *later = false;
	for (size_t i = 0; i < side->lines; i++)
		if (th_slice_eq(side->line[i].site, site)) {
			*in_base |= side->line[i].year == base;
			*later |= side->line[i].year > base;
		}
}

static bool has_later(const th_side *side, int base)
{
	for (size_t i = 0; i < side->lines; i++)
		if (side->line[i].year > base)
			return true;
	return false;
}

static bool is_known(const th_recalculation *r, th_slice site)
{
	for (size_t i = 0; i < r->sites; i++)
		if (th_slice_eq(r->site[i].site, site))
			return true;
	return false;
}

/* What began or ended in the years between, as the case states it, is growth or decline. */
static bool is_organic(const th_case_plan *plan, th_slice site, int base, bool gone)
{
	int32_t from, until;
	th_facts_in_use(&plan->a->facts, site, &from, &until);
	return gone ? until < TH_DAY_MAX : from > th_day(base, 12, 31);
}

/* Sites that only the base year or only later years of the case have. */
static bool find_sites(recalculating *x)
{
	th_recalculation *r = &x->r;
	const th_side *side = &r->of->side[1].side;
	int base = r->year->year[1];
	bool later = has_later(side, base), in_base, in_later;
	for (size_t i = 0; i < side->lines && later; i++) {
		th_slice site = side->line[i].site;
		if (site.len == 0 || is_known(r, site))
			continue;
		look_for(side, site, base, &in_base, &in_later);
		if (in_base == in_later || is_organic(r->of->plan, site, base, in_base))
			continue;
		th_restate_site *grown = th_grown_in(&x->arena, r->site, r->sites, sizeof *grown);
		if (!grown)
			return false;
		r->site = grown;
		grown[r->sites++] = (th_restate_site){site, in_base};
	}
	return true;
}

/* --- the whole --- */

/* Significant: by one reason, whatever another takes off, or by all together. Without a threshold only "nothing has changed" is known; a site of which it is
 * not known whether it was there may still speak for it. */
static th_recalculated decide(const th_recalculation *r)
{
	bool any = r->above && r->has_threshold, change = r->year->bridge.differs;
	for (size_t i = 0; i < TH_RESTATE_REASONS; i++)
		any |= r->reason[i].above && r->has_threshold;
	if (any)
		return TH_RECALCULATED_YES;
	return (change && !r->has_threshold) || r->sites ? TH_RECALCULATED_OPEN : TH_RECALCULATED_NO;
}

static th_status find(recalculating *x, th_diff_side side[2], th_diff_found *found)
{
	const th_case_plan *plan = x->r.of->plan;
	int year = plan->has_base ? plan->input.base_year : 0;
	if (!year)
		return th_report(x->diags, TH_RESTATE_NO_BASE, (th_pos){side[1].name, 0, 0, NULL}, (char *)NULL);
	side[0].year = side[1].year = year;
	th_status status = th_diff_find(side, &x->arena, x->diags, found);
	if (status != TH_OK)
		return status;
	if (found->moved[0])
		return th_report(x->diags, TH_RESTATE_INPUTS, (th_pos){side[0].name, 0, 0, NULL}, side[0].name, (char *)NULL);
	x->r.found = found;
	x->r.year = &found->year[0];
	put_reasons(&x->r);
	weigh(x);
	if (x->large)
		return th_report(x->diags, TH_DIFF_LARGE, (th_pos){NULL, 0, 0, NULL}, (char *)NULL);
	if (!find_sites(x))
		return th_no_memory(x->diags);
	x->r.answer = decide(&x->r);
	return TH_OK;
}

static th_status give(const th_recalculation *r, th_recalculation_format format, th_lang lang, th_mark mark, char **text, size_t *len)
{
	th_page page = {.lang = lang, .shift = 3, .digits = 2, .doc.lang = lang == TH_LANG_ZH ? "zh-CN" : "en"};
	th_buf out = {0};
	if (format == TH_RECALCULATION_JSON) {
		th_put_recalculation_json(r, &out);
		return th_give(mark, &out, text, len);
	}
	th_put_recalculation_page(&page, r);
	if (format == TH_RECALCULATION_TEXT)
		return th_page_give(mark, &page, text, len);
	th_put_doc_markdown(&out, &page.doc);
	th_doc_free(&page.doc);
	return th_give(mark, &out, text, len);
}

th_status th_recalculate(const th_recalculation_of *of, th_recalculation_format format, th_lang lang, th_diags *diags, char **text, size_t *len,
                         th_recalculated *answer)
{
	th_mark mark = th_report_begin(diags, text, len);
	recalculating x = {.r = {.of = of}, .diags = diags};
	th_diff_side side[2] = {of->side[0], of->side[1]};
	th_diff_found found;
	*answer = TH_RECALCULATED_OPEN;
	th_status status = find(&x, side, &found);
	if (status == TH_OK) {
		*answer = x.r.answer;
		status = give(&x.r, format, lang, mark, text, len);
	}
	th_arena_free(&x.arena);
	return status;
}
