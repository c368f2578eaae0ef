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

void th_put_ladder_name(th_page *p, const th_path_input *input, const th_path_ladder *ladder)
{
	static const th_label words[] = {[TH_PATH_GROSS] = W_P_GROSS, [TH_PATH_NET] = W_P_NET, [TH_PATH_INTENSITY] = W_P_INTENSITY};
	th_page_say(p, words[ladder->kind]);
	if (ladder->kind == TH_PATH_INTENSITY) {
		th_page_text(p, TH_S(" /"));
		th_page_text(p, input->driver[ladder->driver].id);
	}
}
