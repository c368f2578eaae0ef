/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sums are complete: put them in the order in which they are written, which depends on nothing but their names. */

#include <stdlib.h>
#include <string.h>

#include "account/frame.h"
#include "base/filename.h"
#include "base/day.h"
#include "base/print.h"
#include "case/facts.h"
#include "case/folder.h"

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

static bool is_met(const th_gas_total *gas)
{
	return gas->mass != 0 || gas->co2e != 0;
}

static bool take_sums(const th_shard *shard, const th_sums *sums, th_arena *arena, th_totals *t)
{
	size_t gases = shard->frame->reference->gases, met = 0;
	for (uint32_t i = 0; i < gases; i++)
		met += is_met(&sums->gas[i]);
	t->gas = th_arena_alloc(arena, met + 1, sizeof *t->gas);
	t->outside_gas = th_arena_alloc(arena, met + 1, sizeof *t->outside_gas);
	if (!t->gas || !t->outside_gas)
		return false;
	for (uint32_t i = 0; i < gases; i++)
		if (is_met(&sums->gas[i])) {
			th_gas_total *to = shard->frame->reference->gas[i].outside ? &t->outside_gas[t->outside_gases++] : &t->gas[t->gases++];
			*to = sums->gas[i];
			to->gas = i;
		}
	memcpy(t->has_scope, sums->has_scope, sizeof t->has_scope);
	memcpy(t->scope, sums->scope, sizeof t->scope);
	memcpy(t->iso, sums->iso, sizeof t->iso);
	t->gross = sums->bucket[TH_GROSS];
	t->biogenic = sums->bucket[TH_BIOGENIC];
	t->removals = sums->bucket[TH_REMOVAL];
	t->credits = sums->bucket[TH_CREDIT];
	t->avoided = sums->bucket[TH_AVOIDED];
	t->outside = sums->bucket[TH_OUTSIDE];
	t->scope2_market = sums->bucket[TH_MARKET];
	t->net = t->gross - t->removals;
	t->net_after_credits = t->net - t->credits;
	t->has_market = shard->has_market;
	t->of_profile = (t->has_market ? t->gross - t->scope[2] + t->scope2_market : t->gross) - (shard->frame->profile->less_given_out ? t->avoided : 0);
	th_grades_take(sums, t);
	t->has_energy = sums->has_energy;
	t->has_energy_equal = sums->has_energy_equal;
	t->coal = sums->coal;
	t->coal_equal = sums->coal_equal;
	t->coal_non_fossil = sums->coal_non_fossil;
	t->has_energy_out = sums->has_energy_out;
	t->coal_out = sums->coal_out;
	return true;
}

static bool take_year(const th_shard *shard, const th_sums *sums, th_account *account, th_account_year *year)
{
	size_t others = shard->frame->others;
	year->other = th_arena_alloc(&account->arena, others ? others : 1, sizeof *year->other);
	if (!year->other || !take_sums(shard, sums, &account->arena, &year->totals))
		return false;
	for (size_t i = 0; i < others; i++)
		year->other[i] = sums->other[i] + year->totals.gross;
	return true;
}

static bool list_years(const th_shard *shard, th_account *account)
{
	const th_sums *sums;
	size_t count = 0, most = TH_LAST_YEAR - TH_FIRST_YEAR + 1;
	for (size_t i = 0; i < most; i++)
		count += th_by_year_seen(shard->by_year, TH_FIRST_YEAR + (int)i, &sums);
	account->year = th_arena_alloc(&account->arena, count ? count : 1, sizeof *account->year);
	account->of_year = th_arena_alloc(&account->arena, count ? count : 1, sizeof *account->of_year);
	if (!account->year || !account->of_year)
		return false;
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++) {
		if (!th_by_year_seen(shard->by_year, year, &sums))
			continue;
		th_account_year *one = &account->of_year[account->years];
		account->year[account->years++] = one->year = year;
		one->known = sums != NULL;
		if (sums && !take_year(shard, sums, account, one))
			return false;
	}
	return true;
}

static bool list_used(const th_shard *shard, th_account *account)
{
	const th_uses *uses = &shard->uses;
	account->use = th_arena_alloc(&account->arena, uses->count ? uses->count : 1, sizeof *account->use);
	if (!account->use)
		return false;
	/* Market-based values count as used only where a market-based total is reported. */
	for (uint32_t i = 0; i < uses->count; i++)
		if (!uses->list[i].market || shard->has_market)
			account->use[account->uses++] = uses->list[i];
	return true;
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
	size_t left_out = frame->year_unasked && account->years <= 1; /* one year: nobody asked for it */
	for (size_t k = left_out; k < frame->bys; k++)
		account->by[account->bys++] = th_slice_of(th_group_names[frame->by[k]]);
	for (size_t i = 0; left_out && i < shard->groups; i++) {
		shard->group[i].key++;
		shard->group[i].keys--;
	}
	for (account->others = 0; account->others < frame->others; account->others++) {
		th_profile_total *other = &account->other[account->others];
		*other = shard->other[account->others];
		other->gross = other->computed ? account->whole.gross + shard->sums.other[account->others] : 0;
	}
	return true;
}

/* Lists and the memory that they point into change hands. */
static void take_lists(th_shard *shard, th_account *account)
{
	th_arena_take(&account->arena, &shard->arena);
	th_undeclared_take(shard->frame->undeclared, &account->arena);
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

/* Of a contract's row that other lines name, nobody thinks that it was meant for all of them. */
static bool is_served(const th_account *account, const th_caveat *caveat)
{
	bool found = false;
	for (size_t i = 0; i < account->uses && caveat->code == TH_INSTRUMENT_PASSED && !found; i++)
		found = th_slice_eq(account->use[i].factor->id, caveat->arg[0]);
	return found;
}

static void sort_lists(th_account *account)
{
	size_t kept = 0;
	for (size_t i = 0; i < account->caveats; i++)
		if ((account->whole.has_market || !account->caveat[i].market) && !is_served(account, &account->caveat[i]))
			account->caveat[kept++] = account->caveat[i];
	account->caveats = kept;
	if (account->groups)
		qsort(account->group, account->groups, sizeof *account->group, by_keys);
	qsort(account->use, account->uses, sizeof *account->use, by_factor_id);
	if (account->caveats)
		qsort(account->caveat, account->caveats, sizeof *account->caveat, by_code_and_text);
}

/* A file that an account would take from the folder of the inventory, if it were there under its name. */
static bool is_part_beside(const char *inventory, const char *file)
{
	size_t folder = (size_t)(th_file_name(inventory) - inventory);
	for (size_t i = 0; i < TH_CASE_PARTS; i++)
		if (th_case_files[i].account != TH_CASE_IGNORES && strncmp(file, inventory, folder) == 0 && strcmp(file + folder, th_case_files[i].name) == 0)
			return true;
	return false;
}

static bool is_of_account(const th_shard *shard, const char *file)
{
	const th_account_options *o = shard->frame->options;
	const th_reference *reference = shard->frame->reference;
	bool found = (o->case_file && th_same_source(o->case_file, file)) || (o->instruments && th_same_source(o->instruments, file));
	for (size_t i = 0; i < o->inventories; i++)
		found |= th_same_source(o->inventory[i], file) || is_part_beside(o->inventory[i], file);
	for (size_t i = 0; i < reference->overlays; i++)
		found |= th_same_source(reference->overlay[i].path, file);
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
	th_status status = TH_OK;
	account->lines = shard->lines;
	if (!take_sums(shard, &shard->sums, &account->arena, &account->whole) || !list_years(shard, account) || !list_used(shard, account) || !th_quality_finish(shard) || !take_frame(shard, account) || !th_user_rows_finish(shard, account))
		return TH_SYSTEM;
	if ((!shard->frame->options->passing && !th_coverage_finish(shard, facts, account)) || !th_generated_finish(shard) || !th_quality_sites(shard, facts))
		return TH_SYSTEM;
	th_status held = th_instrument_finish(shard, account);
	status = held > status ? held : status;
	if (!th_firsts_say(shard) || !tell_of_files(shard) || !th_caveats_weighed(shard))
		return TH_SYSTEM;
	for (size_t i = 0; i < reference->overlays; i++)
		th_caveat_all(shard, th_caveat_number(shard, TH_USER_FILE, reference->overlay[i].path, (char *)NULL));
	if (status == TH_OK && facts)
		status = th_intensities(shard, facts, account);
	take_lists(shard, account);
	if (status == TH_OK && th_shard_sound(shard))
		status = close_listeners(shard->frame->options, account);
	sort_lists(account);
	return status;
}
