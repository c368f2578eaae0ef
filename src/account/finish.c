/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sums are complete: put them in the order in which they are written, which depends on nothing but their names. */

#include <stdio.h>
#include <stdlib.h>

#include "account/run.h"

static size_t keys; /* qsort has no context; the caller sets this and one thread sorts */

static int by_keys(const void *a, const void *b)
{
	const th_group *x = a, *y = b;
	for (size_t i = 0; i < keys; i++) {
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

static bool list_years(th_run *run)
{
	th_account *account = run->account;
	size_t count = 0;
	for (size_t i = 0; i < sizeof run->year_seen; i++)
		count += run->year_seen[i];
	account->year = th_arena_alloc(&account->arena, count ? count : 1, sizeof *account->year);
	if (!account->year)
		return false;
	for (size_t i = 0; i < sizeof run->year_seen; i++)
		if (run->year_seen[i])
			account->year[account->years++] = TH_FIRST_YEAR + (int)i;
	if (count > 1) {
		char first[16], last[16];
		snprintf(first, sizeof first, "%d", account->year[0]);
		snprintf(last, sizeof last, "%d", account->year[count - 1]);
		th_caveat_count(run, th_caveat_number(run, TH_YEARS_SUMMED, first, last, (char *)NULL), NULL, 0);
	}
	return true;
}

static bool list_used(th_run *run)
{
	th_account *account = run->account;
	const th_reference *reference = run->reference;
	account->gas = th_arena_alloc(&account->arena, reference->gases ? reference->gases : 1, sizeof *account->gas);
	size_t used = 0;
	/* Market-based values count as used only where a market-based total is reported. */
	size_t most = account->has_market ? 2 : 1;
	for (uint32_t i = 0; i < reference->factors; i++)
		used += (size_t)(run->use[i].factor != NULL) + (size_t)(run->market_use[i].factor != NULL);
	account->use = th_arena_alloc(&account->arena, used ? used : 1, sizeof *account->use);
	if (!account->gas || !account->use)
		return false;
	for (uint32_t i = 0; i < reference->gases; i++)
		if (run->gas[i].mass != 0 || run->gas[i].co2e != 0) {
			account->gas[account->gases] = run->gas[i];
			account->gas[account->gases++].gas = i;
		}
	for (size_t k = 0; k < most; k++)
		for (uint32_t i = 0; i < reference->factors; i++) {
			th_factor_use *use = &(k ? run->market_use : run->use)[i];
			use->market = k == 1;
			if (use->factor)
				account->use[account->uses++] = *use;
		}
	return true;
}

static th_status close_listeners(th_run *run)
{
	th_status status = TH_OK;
	for (size_t i = 0; i < run->options->listeners && status == TH_OK; i++) {
		const th_listener *listener = &run->options->listener[i];
		if (listener->close)
			status = listener->close(listener->context, run->account);
	}
	run->entry_status = status > run->entry_status ? status : run->entry_status;
	return status;
}

th_status th_run_finish(th_run *run)
{
	th_account *account = run->account;
	if (!list_years(run) || !list_used(run) || !th_quality_finish(run))
		return TH_SYSTEM;
	account->net = account->gross - account->removals - account->credits;
	for (size_t i = 0; i < account->others; i++)
		if (account->other[i].computed)
			account->other[i].gross += account->gross;
	if (run->reference->overlays)
		for (size_t i = 0; i < run->reference->overlays; i++)
			th_caveat_count(run, th_caveat_number(run, TH_USER_FILE, run->reference->overlay[i].path, (char *)NULL), NULL, 0);
	th_status status = th_run_intensities(run);
	if (status == TH_OK && th_diags_errors(run->diags) == 0)
		status = close_listeners(run);
	if (status != TH_OK)
		return status;
	size_t kept = 0;
	for (size_t i = 0; i < account->caveats; i++)
		if (account->has_market || !account->caveat[i].market)
			account->caveat[kept++] = account->caveat[i];
	account->caveats = kept;
	keys = account->bys;
	if (account->groups)
		qsort(account->group, account->groups, sizeof *account->group, by_keys);
	qsort(account->gas, account->gases, sizeof *account->gas, by_gas_name);
	qsort(account->use, account->uses, sizeof *account->use, by_factor_id);
	if (account->caveats)
		qsort(account->caveat, account->caveats, sizeof *account->caveat, by_code_and_text);
	return run->entry_status;
}
