/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of each line and gas. */

#include "account/frame.h"

th_status th_tell(th_shard *shard, th_now *now, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e, th_slice period,
                  const th_formula_term *decay)
{
	const th_frame *frame = shard->frame;
	const th_account_options *options = frame->options;
	th_buf *words = &shard->text;
	const th_line *line = now->line;
	const th_gas *gas = &frame->reference->gas[term->gas];
	th_status status = TH_OK;
	if (options->listeners == 0 || th_diags_errors(shard->diags) > 0)
		return TH_OK;
	int32_t days, all;
	(void)th_is_part(now, &days, &all);
	th_formula_term longer[TH_MOST_FORMULA_TERMS + 1];
	th_buf_clear(words);
	th_buf_slice(words, line->cell[TH_COL_QUANTITY]);
	th_buf_slice(words, term->formula);
	size_t parts = term->parts;
	if (decay) {
		memcpy(longer, term->part, parts * sizeof *longer);
		longer[parts++] = *decay;
		th_put_formula(words, decay, 1);
	}
	if (words->failed)
		return TH_SYSTEM;
	th_entry entry = {
		.order = now->order, .file = now->file, .line = line->line, .cell = now->cell, .period = period, .site = line->cell[TH_COL_SITE],
		.source = line->cell[TH_COL_SOURCE], .activity_text = line->cell[TH_COL_ACTIVITY],
		.quantity = line->cell[TH_COL_QUANTITY], .unit = line->cell[TH_COL_UNIT], .region = line->cell[TH_COL_REGION],
		.uncertainty = line->cell[TH_COL_UNCERTAINTY],
		.instrument = line->cell[TH_COL_INSTRUMENT], .evidence = line->cell[TH_COL_EVIDENCE], .note = line->cell[TH_COL_NOTE],
		.span = now->period, .days = days, .all_days = all, .amount = now->quantity, .measure = &recipe->unit, .has_half = now->has_half, .half = now->half,
		.recipe = recipe, .activity = recipe->activity, .scope = th_scope_of(recipe, term->bucket),
		.iso = term->bucket == TH_OUTSIDE ? 0 : recipe->iso, .gas = gas, .factor = term->factor,
		.bucket = term->bucket, .mass = mass, .co2e = co2e,
		.gwp = gas->kind == TH_GAS_PLAIN || gas->kind == TH_GAS_BLEND ? gas->gwp[frame->gwp] : th_decimal_int(1),
		.coal = now->coal, .term = decay ? longer : term->part, .terms = parts, .formula = th_buf_view(words),
	};
	now->coal = 0;
	for (size_t i = 0; i < options->listeners && status == TH_OK; i++) {
		const th_listener *listener = &options->listener[i];
		if (listener->entry)
			status = listener->entry(listener->context, &entry);
	}
	return status;
}
