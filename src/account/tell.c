/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of each line and gas, and of the energy of a line without one. */

#include "account/frame.h"
#include "account/turns.h"

/* What an entry says of its line, whatever the gas. */
static th_entry of_line(const th_now *now, const th_recipe *recipe)
{
	const th_line *line = now->line;
	int32_t days, all;
	(void)th_is_part(now, &days, &all);
	return (th_entry){
		.order = now->order, .file = now->file, .line = line->line, .cell = now->cell, .period = line->cell[TH_COL_PERIOD],
		.site = line->cell[TH_COL_SITE], .source = line->cell[TH_COL_SOURCE], .activity_text = line->cell[TH_COL_ACTIVITY],
		.quantity = line->cell[TH_COL_QUANTITY], .unit = line->cell[TH_COL_UNIT], .region = line->cell[TH_COL_REGION],
		.uncertainty = line->cell[TH_COL_UNCERTAINTY],
		.instrument = line->cell[TH_COL_INSTRUMENT], .evidence = line->cell[TH_COL_EVIDENCE], .note = line->cell[TH_COL_NOTE],
		.product = line->cell[TH_COL_PRODUCT], .stage = line->cell[TH_COL_STAGE], .share = line->cell[TH_COL_SHARE],
		.span = now->period, .days = days, .all_days = all, .amount = now->quantity, .measure = recipe->unit, .has_half = now->has_half, .half = now->half,
		.grade = (th_grade)now->grade,
		.recipe = recipe, .activity = recipe->activity, .gwp = th_decimal_int(1), .coal = now->coal, .formula = {"", 0},
	};
}

static th_status tell(th_shard *shard, th_now *now, const th_entry *entry)
{
	const th_account_options *options = shard->frame->options;
	th_status status = TH_OK;
	now->coal = 0;
	if (shard->turn)
		return th_turn_keep(shard->turn, entry, entry->recipe->spilled);
	for (size_t i = 0; i < options->listeners && status == TH_OK; i++) {
		const th_listener *listener = &options->listener[i];
		if (listener->entry)
			status = listener->entry(listener->context, entry);
	}
	return status;
}

th_status th_tell(th_shard *shard, th_now *now, const th_recipe *recipe, const th_term *term, th_mass mass, th_mass co2e, th_slice period,
                  const th_formula_term *decay)
{
	const th_frame *frame = shard->frame;
	th_buf *words = &shard->text;
	const th_gas *gas = &frame->reference->gas[term->gas];
	if (frame->options->listeners == 0 || !th_shard_sound(shard))
		return TH_OK;
	th_formula_term longer[TH_MOST_FORMULA_TERMS + 1];
	th_buf_clear(words);
	th_buf_slice(words, now->line->cell[TH_COL_QUANTITY]);
	th_buf_slice(words, term->told->formula);
	size_t parts = term->told->parts;
	if (decay) {
		memcpy(longer, term->told->part, parts * sizeof *longer);
		longer[parts++] = *decay;
		th_put_formula(words, decay, 1);
	}
	if (words->failed)
		return TH_SYSTEM;
	th_entry entry = of_line(now, recipe);
	entry.period = period;
	entry.scope = th_scope_of(recipe, (th_bucket)term->bucket);
	entry.iso = term->bucket == TH_OUTSIDE ? 0 : recipe->iso;
	entry.gas = gas;
	entry.factor = term->factor;
	entry.bucket = (th_bucket)term->bucket;
	entry.mass = mass;
	entry.co2e = co2e;
	if (gas->kind == TH_GAS_PLAIN || gas->kind == TH_GAS_BLEND)
		entry.gwp = gas->gwp[frame->gwp];
	entry.term = decay ? longer : term->told->part;
	entry.terms = parts;
	entry.formula = th_buf_view(words);
	return tell(shard, now, &entry);
}

th_status th_tell_energy(th_shard *shard, th_now *now, const th_recipe *recipe)
{
	th_entry entry = of_line(now, recipe);
	entry.bucket = TH_ENERGY;
	entry.scope = recipe->scope;
	entry.iso = recipe->iso;
	return !th_shard_sound(shard) ? TH_OK : tell(shard, now, &entry);
}
