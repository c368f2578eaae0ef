/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What <tanhe/account.h> tells of a finished account and of an entry. */

#include <stdlib.h>
#include <string.h>

#include "account/frame.h"

const char *const th_bucket_names[TH_BUCKETS] = {"gross", "biogenic_co2", "removals", "credits", "avoided", "market", "outside_kyoto", "energy"};

static th_amount amount_of(th_mass mass)
{
	enum { DECIMALS = TH_MASS_SCALE + 3 };
	th_amount amount = {.kg = th_mass_double(mass)};
	char reversed[sizeof amount.tonnes], *to = amount.tonnes;
	size_t n = 0, end = 0;
	unsigned __int128 rest = mass < 0 ? -(unsigned __int128)mass : (unsigned __int128)mass;
	for (; rest || n <= DECIMALS; rest /= 10)
		reversed[n++] = (char)('0' + (int)(rest % 10));
	while (end < DECIMALS && reversed[end] == '0')
		end++;
	if (mass < 0)
		*to++ = '-';
	for (size_t i = n; i-- > end;) {
		*to++ = reversed[i];
		if (i == DECIMALS && end < DECIMALS)
			*to++ = '.';
	}
	return amount;
}

static const th_totals *totals_of(const th_account *a, int year)
{
	for (size_t i = 0; i < a->years; i++)
		if (a->year[i] == year)
			return a->of_year[i].known ? &a->of_year[i].totals : NULL;
	return year ? NULL : &a->whole;
}

int th_account_total(const th_account *a, th_total total, int year, th_amount *amount)
{
	const th_totals *t = totals_of(a, year);
	if ((unsigned)total >= TH_TOTALS || !t || (total == TH_TOTAL_SCOPE2_MARKET && !t->has_market) ||
	    (total >= TH_TOTAL_SCOPE1 && total <= TH_TOTAL_SCOPE3 && !t->has_scope[1 + total - TH_TOTAL_SCOPE1]))
		return 0;
	const th_mass sum[TH_TOTALS] = {
		[TH_TOTAL_GROSS] = t->gross, [TH_TOTAL_NET] = t->net, [TH_TOTAL_SCOPE1] = t->scope[1], [TH_TOTAL_SCOPE2] = t->scope[2],
		[TH_TOTAL_SCOPE3] = t->scope[3], [TH_TOTAL_REMOVALS] = t->removals, [TH_TOTAL_SCOPE2_MARKET] = t->scope2_market,
		[TH_TOTAL_BIOGENIC] = t->biogenic, [TH_TOTAL_CREDITS] = t->credits, [TH_TOTAL_AVOIDED] = t->avoided,
		[TH_TOTAL_NET_AFTER_CREDITS] = t->net_after_credits, [TH_TOTAL_OUTSIDE] = t->outside,
	};
	*amount = amount_of(sum[total]);
	return 1;
}

size_t th_account_years(const th_account *a, const int **year)
{
	*year = a->year;
	return a->years;
}

th_slice th_account_profile(const th_account *a)
{
	return a->profile->id;
}

const char *th_account_gwp(const th_account *a)
{
	return th_gwp_names[a->gwp];
}

int th_account_gas(const th_account *a, size_t index, th_gas_row *row)
{
	if (index >= a->whole.gases)
		return 0;
	const th_gas_total *gas = &a->whole.gas[index];
	*row = (th_gas_row){a->reference->gas[gas->gas].name, amount_of(gas->mass), amount_of(gas->co2e)};
	return 1;
}

size_t th_account_keys(const th_account *a)
{
	return a->bys;
}

th_slice th_account_key(const th_account *a, size_t k)
{
	return k < a->bys ? a->by[k] : TH_S("");
}

int th_account_group(const th_account *a, size_t index, th_group_row *row)
{
	if (index >= a->groups)
		return 0;
	const th_group *group = &a->group[index];
	*row = (th_group_row){amount_of(group->gross), amount_of(group->biogenic), amount_of(group->removals), amount_of(group->credits),
	                      group->lines, amount_of(group->outside)};
	return 1;
}

th_slice th_account_group_key(const th_account *a, size_t index, size_t k)
{
	return index < a->groups && k < a->bys ? a->group[index].key[k] : TH_S("");
}

static size_t places_of(const th_caveat *caveat)
{
	size_t n = 0;
	while (n < TH_CAVEAT_LINES && caveat->at[n].file)
		n++;
	return n;
}

int th_account_caveat(const th_account *a, size_t index, th_caveat_row *row)
{
	if (index >= a->caveats)
		return 0;
	const th_caveat *caveat = &a->caveat[index];
	*row = (th_caveat_row){(unsigned)caveat->code, caveat->count, places_of(caveat)};
	return 1;
}

int th_account_caveat_place(const th_account *a, size_t index, size_t place, const char **file, size_t *line)
{
	if (index >= a->caveats || place >= places_of(&a->caveat[index]))
		return 0;
	*file = a->caveat[index].at[place].file;
	*line = a->caveat[index].at[place].line;
	return 1;
}

th_status th_account_caveat_text(const th_account *a, size_t index, th_lang lang, char **text)
{
	th_mark mark = th_begin(NULL);
	th_buf buf = {0};
	*text = NULL;
	if (index >= a->caveats)
		return th_settle(mark, NULL, TH_USAGE);
	th_diag_sentence(&buf, a->caveat[index].code, lang, a->caveat[index].arg, a->caveat[index].args);
	th_buf_char(&buf, '\0');
	th_status status = th_settle(mark, NULL, TH_OK);
	if (status != TH_OK)
		th_buf_free(&buf);
	*text = buf.ptr;
	return status;
}

bool th_account_has_said(const th_account *account, const th_finding *found)
{
	for (size_t i = 0; i < account->caveats; i++) {
		const th_caveat *c = &account->caveat[i];
		bool same = c->code == found->code && c->args == found->args, there = false;
		for (size_t k = 0; same && k < c->args; k++)
			same = th_slice_eq(c->arg[k], found->arg[k]);
		for (size_t k = 0; same && k < TH_CAVEAT_LINES && c->at[k].file; k++)
			there |= c->at[k].line == found->line && strcmp(c->at[k].file, found->file) == 0;
		if (same && (there || c->count > TH_CAVEAT_LINES))
			return true;
	}
	return false;
}

void th_entry_read(const th_entry *e, th_entry_row *row)
{
	*row = (th_entry_row){
		.order = e->order, .file = e->file, .line = e->line, .column = e->cell,
		.period = e->period, .site = e->site, .source = e->source, .activity_text = e->activity_text, .quantity = e->quantity, .unit = e->unit,
		.region = e->region, .uncertainty = e->uncertainty, .instrument = e->instrument, .evidence = e->evidence, .note = e->note,
		.first_year = e->span.first_year, .last_year = e->span.last_year,
		.activity = e->activity->id, .gas = e->gas ? e->gas->name : TH_S(""), .factor = e->factor ? e->factor->id : TH_S(""), .scope = e->scope, .iso = e->iso,
		.bucket = th_bucket_names[e->bucket], .mass = amount_of(e->mass), .co2e = amount_of(e->co2e), .formula = e->formula,
	};
}
