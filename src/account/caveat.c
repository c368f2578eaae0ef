/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/frame.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/list.h"

static bool make(th_arena *arena, th_code code, const th_slice *arg, size_t args, th_caveat *out)
{
	*out = (th_caveat){.code = code, .args = args, .arg = th_arena_alloc(arena, args ? args : 1, sizeof *out->arg)};
	for (size_t i = 0; i < args && out->arg; i++) {
		out->arg[i] = th_arena_copy(arena, arg[i]);
		if (!out->arg[i].ptr)
			return false;
	}
	return out->arg != NULL;
}

static bool note_asked(th_shard *shard, uint32_t number)
{
	uint32_t *grown = th_grown(shard->asked, shard->askeds, sizeof *grown);
	if (!grown)
		return false;
	shard->asked = grown;
	grown[shard->askeds++] = number;
	return true;
}

uint32_t th_caveat_of(th_shard *shard, th_code code, const th_slice *arg, size_t args)
{
	th_buf *key = &shard->text;
	th_buf_clear(key);
	th_buf_printf(key, "%d", (int)code);
	for (size_t i = 0; i < args; i++) {
		th_buf_char(key, '\x1f');
		th_buf_slice(key, arg[i]);
	}
	uint32_t number = key->failed ? TH_NONE : th_intern_add(&shard->caveat_key, th_buf_view(key));
	if (number == TH_NONE || (shard->noting && !note_asked(shard, number)))
		return TH_NONE;
	if (number < shard->caveats)
		return number;
	th_caveat *grown = th_grown(shard->caveat, shard->caveats, sizeof *grown);
	if (!grown)
		return TH_NONE;
	shard->caveat = grown;
	if (!make(&shard->arena, code, arg, args, &grown[shard->caveats]))
		return TH_NONE;
	return (uint32_t)shard->caveats++;
}

/* Texts up to NULL, TH_ARGS at most; how many there are. */
static size_t take_args(va_list list, th_slice *arg)
{
	size_t args = 0;
	const char *next;
	while (args < TH_ARGS && (next = va_arg(list, const char *)) != NULL)
		arg[args++] = th_slice_of(next);
	return args;
}

uint32_t th_caveat_number(th_shard *shard, th_code code, ...)
{
	th_slice arg[TH_ARGS];
	va_list list;
	va_start(list, code);
	size_t args = take_args(list, arg);
	va_end(list);
	return th_caveat_of(shard, code, arg, args);
}

void th_caveat_line(th_shard *shard, uint32_t number, const th_now *now)
{
	if (number == TH_NONE)
		return;
	th_caveat *caveat = &shard->caveat[number];
	size_t at = caveat->count < TH_CAVEAT_LINES ? caveat->count : TH_CAVEAT_LINES;
	caveat->count++;
	for (; at > 0 && caveat->at[at - 1].order > now->order; at--) /* seldom: most come in their order */
		if (at < TH_CAVEAT_LINES)
			caveat->at[at] = caveat->at[at - 1];
	if (at == TH_CAVEAT_LINES)
		return;
	caveat->at[at].order = now->order;
	caveat->at[at].file = now->file;
	caveat->at[at].line = now->line->line;
}

void th_caveat_add(th_caveat *into, const th_caveat *from)
{
	th_caveat both = *into;
	size_t a = 0, b = 0, as = into->count < TH_CAVEAT_LINES ? into->count : TH_CAVEAT_LINES, bs = from->count < TH_CAVEAT_LINES ? from->count : TH_CAVEAT_LINES;
	for (size_t n = 0; n < TH_CAVEAT_LINES && a + b < as + bs; n++)
		both.at[n] = b == bs || (a < as && into->at[a].order <= from->at[b].order) ? into->at[a++] : from->at[b++];
	both.count += from->count;
	both.market |= from->market;
	both.weighed |= from->weighed;
	both.compared |= from->compared;
	both.share = from->weighed ? from->share : both.share;
	*into = both;
}

bool th_caveat_weigh(th_shard *shard, uint32_t number, th_mass gross)
{
	return number == TH_NONE || !shard->caveat[number].weighed || th_mass_add(&shard->caveat[number].gross, gross);
}

/* What its lines come to, behind its other arguments. */
static bool put_sums(th_shard *shard, th_caveat *caveat, th_buf *text)
{
	size_t ends[3], args = caveat->compared ? 3 : 1;
	th_buf_clear(text);
	th_put_mass_rounded(text, caveat->compared ? caveat->stated : caveat->gross / 100 * caveat->share, 3, 3, false);
	ends[0] = ends[1] = ends[2] = text->len;
	if (caveat->compared) {
		th_put_mass_rounded(text, caveat->gross, 3, 3, false);
		ends[1] = text->len;
		if (!th_put_percent(text, caveat->stated - caveat->gross, caveat->gross, true))
			th_buf_char(text, '-');
		ends[2] = text->len;
	}
	th_slice *arg = th_arena_alloc(&shard->arena, caveat->args + args, sizeof *arg);
	bool ok = arg && !text->failed;
	if (ok)
		memcpy(arg, caveat->arg, caveat->args * sizeof *arg);
	for (size_t i = 0, from = 0; i < args && ok; from = ends[i++]) {
		arg[caveat->args + i] = th_arena_copy(&shard->arena, (th_slice){text->ptr + from, ends[i] - from});
		ok = arg[caveat->args + i].ptr != NULL;
	}
	caveat->arg = ok ? arg : caveat->arg;
	caveat->args += ok ? args : 0;
	return ok;
}

bool th_caveats_weighed(th_shard *shard)
{
	th_buf text = {0};
	bool ok = true;
	for (size_t i = 0; i < shard->caveats && ok; i++)
		ok = (!shard->caveat[i].weighed && !shard->caveat[i].compared) || put_sums(shard, &shard->caveat[i], &text);
	th_buf_free(&text);
	return ok;
}

void th_caveat_all(th_shard *shard, uint32_t number)
{
	if (number != TH_NONE)
		shard->caveat[number].count++;
}

/* --- from outside, when the account's own are complete --- */

static bool same(const th_caveat *caveat, th_code code, const th_slice *arg, size_t args)
{
	bool equal = caveat->code == code && caveat->args == args;
	for (size_t i = 0; i < args && equal; i++)
		equal = th_slice_eq(caveat->arg[i], arg[i]);
	return equal;
}

bool th_account_add_caveat(th_account *account, size_t count, th_code code, ...)
{
	th_slice arg[TH_ARGS];
	va_list list;
	va_start(list, code);
	size_t args = take_args(list, arg);
	va_end(list);
	for (size_t i = 0; i < account->caveats; i++)
		if (same(&account->caveat[i], code, arg, args)) {
			account->caveat[i].count += count;
			return true;
		}
	th_caveat *grown = th_grown(account->caveat, account->caveats, sizeof *grown);
	if (!grown)
		return false;
	account->caveat = grown;
	if (!make(&account->arena, code, arg, args, &grown[account->caveats]))
		return false;
	grown[account->caveats++].count = count;
	return true;
}
