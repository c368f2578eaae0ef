/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tanhe.plan/2: a path year by year, its targets, and neutrality. */
#include "report/plan_report.h"

const char *const th_path_kind_names[] = {[TH_PATH_GROSS] = "gross", [TH_PATH_NET] = "net", [TH_PATH_INTENSITY] = "intensity"};

static void put_energy(th_writer *w, const th_path *path, size_t t, const th_case_plan *plan)
{
	const th_path_year *y = &path->year[t];
	if (path->year[0].energy > 0) {
		th_put_tonnes(w, "tce", y->energy);
		th_put_tonnes(w, "tce_non_fossil", y->non_fossil);
	}
	if (y->energy > 0) { /* as the account has it */
		th_ratio whole = th_mass_ratio(y->energy);
		th_put_key(w, TH_S("non_fossil_share"));
		th_put_mass_quotient(w->buf, y->non_fossil, 0, &whole, 10);
	}
	if (path->input->drivers == 0)
		return;
	th_put_open(w, "intensity", '{');
	for (size_t d = 0; d < path->input->drivers; d++) {
		th_ratio divisor = th_mass_ratio(y->driver[d]);
		th_put_key(w, plan->driver_of[d]->intensity->id);
		th_put_mass_quotient(w->buf, y->gross, 3, &divisor, 6);
	}
	th_put_close(w, '}');
}

static void put_years(th_writer *w, const th_path *path, const th_case_plan *plan)
{
	th_put_open(w, "years", '[');
	for (size_t t = 0; t < path->years; t++) {
		const th_path_year *y = &path->year[t];
		th_put_open(w, NULL, '{');
		th_put_count(w, "year", (size_t)y->year);
		th_put_tonnes(w, "business_as_usual", y->bau);
		if (plan->trend_bau) {
			th_put_tonnes(w, "business_as_usual_low", y->bau_low);
			th_put_tonnes(w, "business_as_usual_high", y->bau_high);
		}
		th_put_tonnes(w, "saved", y->saved);
		th_put_tonnes(w, "gross", y->gross);
		th_put_tonnes(w, "removals", y->removals);
		th_put_tonnes(w, "net", y->net);
		th_put_tonnes(w, "credits", y->credits);
		th_put_tonnes(w, "net_after_credits", y->net_credits);
		put_energy(w, path, t, plan);
		th_put_open(w, "measures", '{');
		for (size_t i = 0; i < path->input->measures; i++) {
			th_put_key(w, path->input->measure[i].id);
			th_put_mass(w->buf, y->measure[i], 3);
		}
		th_put_close(w, '}');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_ladders(th_writer *w, const th_path *path)
{
	th_put_open(w, "target_lines", '[');
	for (size_t i = 0; i < path->ladders; i++) {
		const th_path_ladder *ladder = &path->ladder[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "kind", th_slice_of(th_path_kind_names[ladder->kind]));
		if (ladder->kind == TH_PATH_INTENSITY)
			th_put_text(w, "per", path->input->driver[ladder->driver].id);
		th_put_open(w, "years", '[');
		for (size_t t = 0; t < path->years; t++) {
			th_put_open(w, NULL, '{');
			th_put_count(w, "year", (size_t)path->year[t].year);
			th_put_tonnes(w, "limit", ladder->limit[t]);
			th_put_tonnes(w, "gap", ladder->gap[t]);
			th_put_close(w, '}');
		}
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_targets(th_writer *w, const th_path *path, const th_case_plan *plan)
{
	th_put_open(w, "targets", '[');
	for (size_t i = 0; i < path->input->targets; i++) {
		const th_path_target *target = &path->input->target[i];
		const th_path_target_result *result = &path->target[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "phase", target->phase);
		th_put_count(w, "year", (size_t)target->year);
		th_put_text(w, "kind", th_slice_of(th_path_kind_names[target->kind]));
		if (plan->a->targets.target[plan->target_of[i]].of_base) {
			th_put_key(w, TH_S("reduction_percent"));
			th_put_decimal(w->buf, plan->a->targets.target[plan->target_of[i]].emissions);
		}
		th_put_tonnes(w, "limit", result->limit);
		th_put_tonnes(w, "planned", result->planned);
		th_put_tonnes(w, "gap", result->gap);
		th_put_tonnes(w, "gap_as_usual", result->bau_gap);
		th_put_truth(w, "met", result->met);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_neutrality(th_writer *w, const th_path *path)
{
	const th_path_year *last = &path->year[path->years - 1];
	th_put_open(w, "neutrality", '{');
	th_put_count(w, "year", (size_t)last->year);
	th_put_tonnes(w, "residual", last->gross);
	th_put_tonnes(w, "removals", last->removals);
	th_put_tonnes(w, "net", last->net);
	th_put_tonnes(w, "credits", last->credits);
	th_put_year_if(w, "net_zero", path->net_zero);
	th_put_tonnes(w, "missing", path->missing);
	th_put_year_if(w, "net_zero_with_credits", path->net_zero_credits);
	th_put_tonnes(w, "missing_with_credits", path->missing_credits);
	th_put_close(w, '}');
}

void th_put_way_json(th_writer *w, const th_path *path, const th_case_plan *plan)
{
	put_years(w, path, plan);
	put_targets(w, path, plan);
	put_ladders(w, path);
	put_neutrality(w, path);
}
