/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the things of a plan are called. */
#include "report/plan_report.h"

th_slice th_activity_name(const th_page *p, const th_case_plan *plan, th_slice id)
{
	const th_activity *activity = th_plan_activity(plan, id);
	th_slice name = activity ? th_in_lang(p->lang, activity->name_zh, activity->name_en) : id;
	return name.len ? name : id;
}

bool th_has_path(const th_case_plan *plan)
{
	return plan->has_base && plan->has_bau && plan->path.years > 1;
}

void th_put_ladder_name(th_page *p, const th_path_input *input, const th_path_ladder *ladder)
{
	static const th_label words[] = {[TH_PATH_GROSS] = W_P_GROSS, [TH_PATH_NET] = W_P_NET, [TH_PATH_INTENSITY] = W_P_INTENSITY};
	th_page_say(p, words[ladder->kind]);
	if (ladder->kind == TH_PATH_INTENSITY) {
		th_page_text(p, TH_S(" /"));
		th_page_text(p, input->driver[ladder->driver].id);
	}
}

/* --- assumptions --- */

/* What a part of a case is called that an assumption names: a fact, an activity; else the name itself. */
static th_slice subject_title(const th_page *p, const th_assessment *a, th_slice subject)
{
	uint32_t fact = th_pack_fact(a->pack, subject), activity = fact == TH_NONE ? th_find_activity(a->reference, subject) : TH_NONE;
	th_slice title = {"", 0};
	if (fact != TH_NONE)
		title = th_word(a->pack->decl[fact].name, p->lang);
	else if (activity != TH_NONE)
		title = th_in_lang(p->lang, a->reference->activity[activity].name_zh, a->reference->activity[activity].name_en);
	return title.len ? title : subject;
}

void th_put_assumption_name(th_page *p, const th_assessment *a, th_slice name)
{
	static const th_label words[TH_ASSUMEDS] = { /* of what has one for the whole case */
		[TH_ASSUMED_GROWTH] = W_D_GROWTH, [TH_ASSUMED_PRICE] = W_WORDS, [TH_ASSUMED_DISCOUNT] = W_P_DISCOUNT, [TH_ASSUMED_LAST_YEAR] = W_D_LAST_YEAR,
		[TH_ASSUMED_BAU] = W_P_BAU, [TH_ASSUMED_THRESHOLD] = W_RC_THRESHOLD, [TH_ASSUMED_MEASURE] = W_WORDS,
	};
	const char *at = memchr(name.ptr, '@', name.len);
	th_slice plain = {name.ptr, at ? (size_t)(at - name.ptr) : name.len};
	const char *dot = memchr(plain.ptr, '.', plain.len);
	th_slice head = {plain.ptr, dot ? (size_t)(dot - plain.ptr) : plain.len};
	th_assumed kind = th_assumed_of(head);
	bool of_each = kind == TH_ASSUMED_GROWTH || kind == TH_ASSUMED_PRICE;
	if (kind == TH_ASSUMEDS || (dot ? !of_each : words[kind] == W_WORDS)) {
		th_page_text(p, name);
		return;
	}
	if (dot)
		TH_SAY(p, kind == TH_ASSUMED_GROWTH ? W_D_GROWTH_OF : W_D_PRICE_OF, th_fill_text(subject_title(p, a, th_slice_from(plain, head.len + 1))));
	else
		th_page_say(p, words[kind]);
	if (at)
		TH_SAY(p, W_D_FROM_YEAR, th_fill_text(th_slice_from(name, plain.len + 1)));
}
