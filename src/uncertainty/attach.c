/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account and how sure it is, in one: the collector listens while the account is computed, and at its closing hangs the result on it,
 * with caveats that say what the result rests on. */

#include <stdio.h>

#include "base/print.h"
#include "uncertainty/uncertainty.h"

static bool counted(th_account *account, th_code code, size_t count)
{
	char text[32];
	snprintf(text, sizeof text, "%zu", count);
	return count == 0 || th_account_add_caveat(account, 1, code, text, (char *)NULL);
}

static void share_text(char text[32], double part, double whole)
{
	(void)th_print(text, 32, "%.1f", 100 * part / whole);
}

/* year: 0, or which of several. */
static void limits_text(char text[64], int year, const th_range *range)
{
	char of[16] = "";
	if (year)
		(void)th_print(of, sizeof of, "%d: ", year);
	(void)th_print(text, 64, "%s%.6g - %.6g t", of, range->low / 1000, range->high / 1000);
}

static bool say_cover(th_account *account, const th_uncertainty *u)
{
	double whole = u->both_known + u->one_known + u->none_known;
	char both[32], one[32], none[32];
	if (whole <= u->both_known)
		return true;
	share_text(both, u->both_known, whole);
	share_text(one, u->one_known, whole);
	share_text(none, u->none_known, whole);
	return th_account_add_caveat(account, 1, TH_UNCERTAINTY_PART, both, one, none, (char *)NULL);
}

static bool say_default(th_account *account, const th_default_use *use)
{
	const th_default *row = use->row;
	char taken[160];
	(void)th_print(taken, sizeof taken, "%.100s %% → -%g/+%g %%", row->printed.ptr, th_decimal_double(row->low), th_decimal_double(row->high));
	return th_account_add_caveat(account, use->lines > 1 ? use->lines : 1, TH_UNCERTAINTY_DEFAULT, row->name_en.ptr, row->name_zh.ptr, taken,
	                         row->source.ptr, (char *)NULL);
}

static bool say_differ(th_account *account, const th_result *gross)
{
	char first[64], second[64];
	limits_text(first, gross->year, &gross->approach1);
	limits_text(second, gross->year, &gross->approach2);
	return th_account_add_caveat(account, 1, TH_UNCERTAINTY_DIFFER, first, second, (char *)NULL);
}

static bool say_all(th_account *account, const th_uncertainty *u)
{
	bool ok = say_cover(account, u);
	for (size_t i = 0; i < u->uses && ok; i++)
		ok = say_default(account, &u->use[i]);
	ok = ok && counted(account, TH_UNCERTAINTY_ASYMMETRIC, u->asymmetric) && counted(account, TH_UNCERTAINTY_LARGE, u->large);
	if (u->simulation.trials == 0 || !ok)
		return ok;
	return counted(account, TH_UNCERTAINTY_CUT, u->cut) && counted(account, TH_UNCERTAINTY_MERGED, u->merged) &&
	       (u->simulation.settled || counted(account, TH_UNCERTAINTY_UNSETTLED, u->simulation.trials)) &&
	       (!u->differ || say_differ(account, &u->result[u->base_year ? u->results - 2 : 0]));
}

static void release(void *uncertainty)
{
	th_uncertainty_free(uncertainty);
}

const th_uncertainty *th_uncertainty_of(const th_account *account)
{
	return th_account_attached(account, release);
}

static th_status close_account(void *collector, th_account *account)
{
	th_uncertainty *u;
	th_status status = th_collector_finish(collector, &u);
	if (status != TH_OK)
		return status;
	if (!th_account_attach(account, u, release)) {
		th_uncertainty_free(u);
		return TH_SYSTEM;
	}
	return say_all(account, u) ? TH_OK : TH_SYSTEM;
}

static th_status run_facts(const th_reference *reference, const th_account_options *options, const struct th_facts *facts,
                           const th_uncertainty_options *uncertainty, th_diags *diags, th_account **out)
{
	th_arena arena = {0};
	th_account_options more = *options;
	th_collector *collector = NULL;
	if (!uncertainty)
		return th_account_run_facts(reference, options, facts, diags, out);
	th_listener *all = th_arena_alloc(&arena, options->listeners + 1, sizeof *all);
	th_status status = all ? th_collector_new(reference, uncertainty, diags, &collector) : TH_SYSTEM;
	if (status == TH_OK) {
		all[0] = (th_listener){.entry = th_collector_entry, .close = close_account, .context = collector};
		if (options->listeners)
			memcpy(all + 1, options->listener, options->listeners * sizeof *all);
		more.listener = all;
		more.listeners++;
		status = th_account_run_facts(reference, &more, facts, diags, out);
	}
	th_collector_free(collector);
	th_arena_free(&arena);
	return status;
}

th_status th_uncertainty_run_facts(const th_reference *reference, const th_account_options *options, const struct th_facts *facts,
                                   const th_uncertainty_options *uncertainty, th_diags *diags, th_account **out)
{
	th_mark mark = th_begin(diags);
	*out = NULL;
	th_status status = th_settle(mark, diags, run_facts(reference, options, facts, uncertainty, diags, out));
	if (status != TH_OK) {
		th_account_free(*out);
		*out = NULL;
	}
	return status;
}

th_status th_uncertainty_run(const th_reference *reference, const th_account_options *options, const th_uncertainty_options *uncertainty,
                             th_diags *diags, th_account **out)
{
	return th_uncertainty_run_facts(reference, options, NULL, uncertainty, diags, out);
}
