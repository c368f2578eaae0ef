/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was reached in a year against what the path said. */
#include "path/path.h"

static th_follow_measure follow_measure(const th_path *path, const th_path_year *plan, const th_follow_input *actual, const th_follow *f,
                                        size_t i)
{
	const th_path_measure *m = &path->input->measure[i];
	th_follow_measure out = {.planned = plan->measure[i]};
	bool behind;
	if (out.planned == 0)
		return out;
	if (actual->measure && actual->has_measure[i]) {
		out.actual = actual->measure[i];
		out.lack = out.planned - out.actual;
		out.state = out.lack > 0 ? TH_FOLLOW_SHORT : TH_FOLLOW_DELIVERS;
		return out;
	}
	if (m->kind == TH_PATH_REMOVAL)
		behind = actual->removals < plan->removals;
	else if (m->kind == TH_PATH_CREDIT)
		behind = actual->credits < plan->credits;
	else
		behind = (m->activity == TH_PATH_ALL ? f->behind : f->activity[m->activity]) > 0;
	out.state = behind ? TH_FOLLOW_SUSPECT : TH_FOLLOW_UNKNOWN;
	return out;
}

th_status th_path_follow(const th_path *path, const th_follow_input *actual, th_arena *arena, th_follow *out)
{
	const th_path_input *in = path->input;
	if (actual->year < in->base_year || actual->year > in->last_year)
		return TH_USAGE;
	size_t t = (size_t)(actual->year - in->base_year);
	const th_path_year *plan = &path->year[t];
	*out = (th_follow){.plan = plan, .gross = actual->other};
	out->activity = th_arena_alloc(arena, in->activities + 1, sizeof *out->activity);
	out->gap = th_arena_alloc(arena, path->ladders + 1, sizeof *out->gap);
	out->measure = th_arena_alloc(arena, in->measures + 1, sizeof *out->measure);
	if (!out->activity || !out->gap || !out->measure)
		return TH_SYSTEM;
	for (size_t a = 0; a < in->activities; a++) {
		out->activity[a] = actual->activity[a] - plan->activity[a];
		out->gross += actual->activity[a];
	}
	out->net = out->gross - actual->removals;
	out->net_credits = out->net - actual->credits;
	out->behind = out->gross - plan->gross;
	out->behind_net = out->net - plan->net;
	out->on_track = out->behind <= 0 && out->behind_net <= 0;
	out->on_line = true;
	for (size_t i = 0; i < path->ladders; i++) {
		const th_path_ladder *ladder = &path->ladder[i];
		th_mass limit = ladder->limit[t];
		if (ladder->kind == TH_PATH_INTENSITY && actual->driver) {
			th_share share = {actual->driver[ladder->driver], plan->driver[ladder->driver], 1, 1};
			if (share.part < 0 || share.whole <= 0 || !th_share_of(&share, limit, &limit))
				return TH_USAGE;
		}
		out->gap[i] = (ladder->kind == TH_PATH_NET ? out->net : out->gross) - limit;
		out->on_line &= out->gap[i] <= 0;
	}
	for (size_t i = 0; i < in->measures; i++)
		out->measure[i] = follow_measure(path, plan, actual, out, i);
	return TH_OK;
}
