/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sums are complete: put them in the order in which they are written, which depends on nothing but their names. */

#include <stdio.h>
#include <stdlib.h>

#include "account/frame.h"
#include "base/day.h"
#include "base/print.h"
#include "case/facts.h"

static int by_keys(const void *a, const void *b)
{
	const th_group *x = a, *y = b;
	for (size_t i = 0; i < x->keys && i < y->keys; i++) {
		int order = th_slice_cmp(x->key[i], y->key[i]);
		if (order)
			return order;
	}
	return 0;
}

static int by_gas_name(const void *a, const void *b)
{
	const th_gas_total *x = a, *y = b;
	return (x->gas > y->gas) - (x->gas < y->gas);
}

static int by_factor_id(const void *a, const void *b)
{
	const th_factor_use *x = a, *y = b;
	int order = th_slice_cmp(x->factor->id, y->factor->id);
	if (order == 0)
		order = (x->factor > y->factor) - (x->factor < y->factor);
	return order ? order : x->market - y->market;
}

static int by_code_and_text(const void *a, const void *b)
{
	const th_caveat *x = a, *y = b;
	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	for (size_t i = 0; i < x->args && i < y->args; i++) {
		int order = th_slice_cmp(x->arg[i], y->arg[i]);
		if (order)
			return order;
	}
	return (x->args > y->args) - (x->args < y->args);
}

static bool list_years(th_shard *shard, th_account *account)
{
	const bool *seen = shard->sums.year_seen;
	size_t count = 0;
	for (size_t i = 0; i < sizeof shard->sums.year_seen; i++)
		count += seen[i];
	account->year = th_arena_alloc(&account->arena, count ? count : 1, sizeof *account->year);
	if (!account->year)
		return false;
	for (size_t i = 0; i < sizeof shard->sums.year_seen; i++)
		if (seen[i])
			account->year[account->years++] = TH_FIRST_YEAR + (int)i;
	if (count > 1) {
		char first[16], last[16];
		snprintf(first, sizeof first, "%d", account->year[0]);
		snprintf(last, sizeof last, "%d", account->year[count - 1]);
		th_caveat_all(shard, th_caveat_number(shard, TH_YEARS_SUMMED, first, last, (char *)NULL));
	}
	return true;
}

static bool list_used(const th_shard *shard, th_account *account)
{
	const th_reference *reference = shard->frame->reference;
	account->gas = th_arena_alloc(&account->arena, reference->gases ? reference->gases : 1, sizeof *account->gas);
	account->outside_gas = th_arena_alloc(&account->arena, reference->gases ? reference->gases : 1, sizeof *account->outside_gas);
	size_t used = 0;
	/* Market-based values count as used only where a market-based total is reported. */
	size_t most = account->has_market ? 2 : 1;
	for (uint32_t i = 0; i < reference->factors; i++)
		used += (size_t)(shard->use[i].factor != NULL) + (size_t)(shard->market_use[i].factor != NULL);
	account->use = th_arena_alloc(&account->arena, used ? used : 1, sizeof *account->use);
	if (!account->gas || !account->outside_gas || !account->use)
		return false;
	for (uint32_t i = 0; i < reference->gases; i++)
		if (shard->gas[i].mass != 0 || shard->gas[i].co2e != 0) {
			bool outside = reference->gas[i].outside;
			th_gas_total *to = outside ? &account->outside_gas[account->outside_gases++] : &account->gas[account->gases++];
			*to = shard->gas[i];
			to->gas = i;
		}
	for (size_t k = 0; k < most; k++)
		for (uint32_t i = 0; i < reference->factors; i++) {
			th_factor_use *use = &(k ? shard->market_use : shard->use)[i];
			use->market = k == 1;
			if (use->factor)
				account->use[account->uses++] = *use;
		}
	return true;
}

static void take_sums(const th_sums *sums, th_account *account)
{
	account->lines = sums->lines;
	memcpy(account->scope, sums->scope, sizeof account->scope);
	memcpy(account->iso, sums->iso, sizeof account->iso);
	account->gross = sums->bucket[TH_GROSS];
	account->biogenic = sums->bucket[TH_BIOGENIC];
	account->removals = sums->bucket[TH_REMOVAL];
	account->credits = sums->bucket[TH_CREDIT];
	account->avoided = sums->bucket[TH_AVOIDED];
	account->outside = sums->bucket[TH_OUTSIDE];
	account->scope2_market = sums->bucket[TH_MARKET];
	account->net = account->gross - account->removals;
	account->net_after_credits = account->net - account->credits;
	account->has_market = sums->has_market;
	account->has_energy = sums->has_energy;
	account->has_energy_equal = sums->has_energy_equal;
	account->coal = sums->coal;
	account->coal_equal = sums->coal_equal;
	account->coal_non_fossil = sums->coal_non_fossil;
	account->has_energy_out = sums->has_energy_out;
	account->coal_out = sums->coal_out;
}

/* What the account says of itself, of the other profiles, and how its lines are grouped. */
static bool take_frame(const th_shard *shard, th_account *account)
{
	const th_frame *frame = shard->frame;
	account->reference = frame->reference;
	account->profile = frame->profile;
	account->gwp = frame->gwp;
	account->by = th_arena_alloc(&account->arena, frame->bys ? frame->bys : 1, sizeof *account->by);
	account->other = th_arena_alloc(&account->arena, frame->others ? frame->others : 1, sizeof *account->other);
	if (!account->by || !account->other)
		return false;
	for (account->bys = 0; account->bys < frame->bys; account->bys++)
		account->by[account->bys] = th_slice_of(th_group_names[frame->by[account->bys]]);
	for (account->others = 0; account->others < frame->others; account->others++) {
		th_profile_total *other = &account->other[account->others];
		*other = shard->other[account->others];
		if (other->computed)
			other->gross += account->gross;
	}
	return true;
}

/* Lists and the memory that they point into change hands. */
static void take_lists(th_shard *shard, th_account *account)
{
	th_arena_take(&account->arena, &shard->arena);
	account->by_year = shard->by_year;
	account->group = shard->group;
	account->groups = shard->groups;
	account->caveat = shard->caveat;
	account->caveats = shard->caveats;
	shard->group = NULL;
	shard->caveat = NULL;
	shard->groups = shard->caveats = 0;
}

static th_status close_listeners(const th_account_options *options, th_account *account)
{
	th_status status = TH_OK;
	for (size_t i = 0; i < options->listeners && status == TH_OK; i++) {
		const th_listener *listener = &options->listener[i];
		if (listener->close)
			status = listener->close(listener->context, account);
	}
	return status;
}

static void sort_lists(th_account *account)
{
	size_t kept = 0;
	for (size_t i = 0; i < account->caveats; i++)
		if (account->has_market || !account->caveat[i].market)
			account->caveat[kept++] = account->caveat[i];
	account->caveats = kept;
	if (account->groups)
		qsort(account->group, account->groups, sizeof *account->group, by_keys);
	qsort(account->gas, account->gases, sizeof *account->gas, by_gas_name);
	qsort(account->outside_gas, account->outside_gases, sizeof *account->outside_gas, by_gas_name);
	qsort(account->use, account->uses, sizeof *account->use, by_factor_id);
	if (account->caveats)
		qsort(account->caveat, account->caveats, sizeof *account->caveat, by_code_and_text);
}

static bool is_of_account(const th_shard *shard, const char *file)
{
	const th_account_options *o = shard->frame->options;
	const th_reference *reference = shard->frame->reference;
	bool found = o->case_file && strcmp(o->case_file, file) == 0;
	for (size_t i = 0; i < o->inventories; i++)
		found |= strcmp(o->inventory[i], file) == 0;
	for (size_t i = 0; i < reference->overlays; i++)
		found |= strcmp(reference->overlay[i].path, file) == 0;
	return found;
}

/* What was said of the account's files while they were read. */
static bool tell_of_files(th_shard *shard)
{
	th_finding found;
	for (size_t at = 0; th_diags_caveat(shard->diags, &at, &found);) {
		if (!found.file || !is_of_account(shard, found.file))
			continue;
		uint32_t number = th_caveat_of(shard, found.code, found.arg, found.args);
		const char *file = th_arena_copy(&shard->arena, th_slice_of(found.file)).ptr;
		if (number == TH_NONE || !file)
			return false;
		const th_line line = {.line = found.line};
		th_caveat_line(shard, number, &(th_now){.file = file, .line = &line});
	}
	return true;
}

th_status th_finish(th_shard *shard, const struct th_facts *facts, th_account *account)
{
	const th_reference *reference = shard->frame->reference;
	take_sums(&shard->sums, account);
	th_facts own;
	th_status status = TH_OK;
	if (!list_years(shard, account) || !list_used(shard, account) || !th_quality_finish(shard) || !take_frame(shard, account) || !th_user_rows_finish(shard, account))
		return TH_SYSTEM;
	if (!facts && shard->frame->options->case_file) {
		status = th_facts_load(reference, shard->frame->options->case_file, &account->arena, shard->diags, &own);
		facts = &own;
	}
	if (status == TH_SYSTEM || !th_coverage_finish(shard, facts, account))
		return TH_SYSTEM;
	th_status held = th_instrument_finish(shard, account);
	status = held > status ? held : status;
	if (!tell_of_files(shard) || !th_caveats_weighed(shard))
		return TH_SYSTEM;
	for (size_t i = 0; i < reference->overlays; i++)
		th_caveat_all(shard, th_caveat_number(shard, TH_USER_FILE, reference->overlay[i].path, (char *)NULL));
	if (status == TH_OK && facts)
		status = th_intensities(shard, facts, account);
	take_lists(shard, account);
	if (status == TH_OK && th_diags_errors(shard->diags) == 0)
		status = close_listeners(shard->frame->options, account);
	sort_lists(account);
	return status;
}
